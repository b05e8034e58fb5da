package main

import (
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"

	"zoufang/store"
)

// rebuildCmd makes all records anew from the ledger.
type rebuildCmd struct{}

// Run says whether the records changed by it.
func (c *rebuildCmd) Run(w world, all *cli) error {
	return withStore(all.Config, func(_ config, s *store.Store) error {
		before, err := s.Digest()
		if err != nil {
			fmt.Fprintln(w.errs, "the records could not all be read before:", err)
		}
		if err := s.Rebuild(); err != nil {
			return err
		}
		after, err := s.Digest()
		if err != nil {
			return err
		}
		for _, bucket := range slices.Sorted(maps.Keys(after)) {
			if before[bucket] != after[bucket] {
				fmt.Fprintln(w.out, "mended", bucket)
			}
		}
		if maps.Equal(before, after) {
			fmt.Fprintln(w.out, "rebuilt: every record is as it was")
		}
		return nil
	})
}

// checkCmd verifies the file.
type checkCmd struct{}

// Run lists every fault and fails if there is any.
func (c *checkCmd) Run(w world, all *cli) error {
	return withStore(all.Config, func(_ config, s *store.Store) error {
		r, err := s.Check()
		if err != nil {
			return err
		}
		for _, f := range r.Faults {
			fmt.Fprintln(w.out, "fault:", f)
		}
		for _, bucket := range slices.Sorted(maps.Keys(r.Counts)) {
			fmt.Fprintf(w.out, "%s\t%d\n", bucket, r.Counts[bucket])
		}
		if !r.Sound() {
			return errors.New("the file has faults, listed above: faults of records are cured by `zoufang rebuild`, others by a backup")
		}
		fmt.Fprintln(w.out, "everything is in order")
		return nil
	})
}

// versionCmd prints the version.
type versionCmd struct{}

// Run prints what the build knows of itself.
func (c *versionCmd) Run(w world) error {
	version, revision, built := "unknown", "unknown", "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		version, built = info.Main.Version, info.GoVersion
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = s.Value
			}
		}
	}
	_, err := fmt.Fprintln(w.out, "zoufang", version, "revision", revision, built)
	return err
}

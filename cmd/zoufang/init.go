package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"zoufang/sample"
	"zoufang/store"
)

// initCmd writes a configuration and a key.
type initCmd struct {
	Dir    string `arg:"" optional:"" default:"." type:"path" help:"Folder to write to."`
	Sample bool   `help:"Fill a file with the synthetic campaign of the demo, to try the commands on."`
}

// Run writes both files, and overwrites none.
func (c *initCmd) Run(w world) error {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	var key [32]byte
	if _, err := rand.Read(key[:]); err != nil {
		return fmt.Errorf("draw a key: %w", err)
	}
	for _, f := range []struct {
		name string
		data []byte
	}{
		{"config.yaml", exampleConfig},
		{"zoufang.key", []byte(hex.EncodeToString(key[:]) + "\n")},
	} {
		if err := writeNew(filepath.Join(c.Dir, f.name), f.data); err != nil {
			return err
		}
		fmt.Fprintln(w.out, "wrote", filepath.Join(c.Dir, f.name))
	}
	if c.Sample {
		return c.fill(w, key[:])
	}
	fmt.Fprintln(w.errs, "next: put the bot's token into token.txt (mode 0600), keep a copy of zoufang.key in a safe place,")
	fmt.Fprintln(w.errs, "then: zoufang template roster.xlsx, fill it in, zoufang import roster.xlsx,")
	fmt.Fprintln(w.errs, "zoufang invite --vouch CODE (a leader's or the office's), zoufang invite --all, zoufang run")
	return nil
}

// fill makes a file with the synthetic campaign.
func (c *initCmd) fill(w world, key []byte) (err error) {
	set, err := sample.Make(sample.Options{Seed: 1})
	if err != nil {
		return fmt.Errorf("make the campaign: %w", err)
	}
	path := filepath.Join(c.Dir, "zoufang.db")
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is there already and is left as it is", path)
	}
	s, err := store.Open(path, store.Options{Key: key})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.Load(each(set.Events)); err != nil {
		return err
	}
	fmt.Fprintln(w.out, "wrote", path)
	fmt.Fprintln(w.errs, "next: zoufang summary --as-of 2017-09-05, zoufang export all --as-of 2017-09-05 --out papers")
	return nil
}

// writeNew writes a file for its owner's eyes that must not be there yet.
func writeNew(path string, data []byte) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already and is left as it is: remove it first if you mean to begin anew", path)
	}
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(data); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return f.Sync()
}

package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Buckets that are no table or index of one, and names within them.
const (
	metaBucket       = "meta"
	countersBucket   = "counters"
	causesBucket     = "causes"
	attemptsBucket   = "attempts"
	strangersBucket  = "strangers"
	ledgerBucket     = "ledger"
	quarantineBucket = "quarantine"
	postedBucket     = "posted"
	lastsBucket      = "lasts"

	sealKey    = "seal"
	versionKey = "version"
	runningKey = "running"
	aliveKey   = "alive"

	inputCounter   = "input"
	eventCounter   = "event"
	letterCounter  = "letter"
	troubleCounter = "trouble"
	strangersCount = "strangers"
)

// step brings a file from one version to the next. Steps are never edited once
// released: a file must become the same whatever program brings it up to date.
// They make buckets, and change what is not derived; the projections are folded
// anew after the last of them.
type step func(*tx)

// steps lists them; the version of a file is how many it has been through.
func steps() []step { return []step{firstStep, secondStep, thirdStep, fourthStep} }

// firstStep makes the buckets of version 1.
func firstStep(t *tx) {
	for _, bucket := range []string{
		"counters", "causes", "attempts", "sessions", "strangers", "ledger", "quarantine",
		"outbox", "outbox_by_card", "posted", "cards", "cards_by_name", "drafts", "drafts_by_owner",
		"campaign", "rounds", "units", "groups", "areas",
		"staff", "staff_by_user", "staff_by_code", "staff_by_group",
		"targets", "targets_by_code", "targets_by_group", "pairings", "pairings_by_staff",
		"visits", "visits_by_code", "visits_by_target", "visits_by_staff",
		"problems", "problems_by_target", "forms",
		"invites", "invites_by_hash", "invites_by_staff", "lasts",
	} {
		t.empty(bucket)
	}
}

// secondStep makes the buckets of version 2: calls, handovers and what is due.
func secondStep(t *tx) {
	for _, bucket := range []string{
		"targets_by_due", "visits_by_reporter", "calls", "calls_by_target", "calls_by_staff",
		"problems_by_owner", "workdays", "handovers", "handovers_by_staff", "hold",
	} {
		t.empty(bucket)
	}
}

// thirdStep makes the buckets of version 3: what is done about problems, and for
// firms.
func thirdStep(t *tx) {
	for _, bucket := range []string{
		"problems_open", "task_books", "task_books_by_problem", "task_books_by_staff", "task_books_open", "issues",
		"trademarks", "trademarks_by_firm", "matters", "matters_by_code", "matters_by_firm", "policies",
	} {
		t.empty(bucket)
	}
}

// fourthStep makes the buckets of version 4: what the office does.
func fourthStep(t *tx) {
	for _, bucket := range []string{
		"exports", "exports_newest", "exports_by_code", "approvals", "approvals_open", "imports", "imports_newest",
		"announcements", "announcements_newest", "settings", "settings_newest",
		"looks", "looks_newest", "looks_by_target", "looks_by_staff", "round_plans",
	} {
		t.empty(bucket)
	}
}

// projections lists the buckets that follow from the ledger.
func projections() []string {
	out := []string{lastsBucket}
	for _, tb := range projected() {
		out = append(out, tb.buckets()...)
	}
	return out
}

// initialize makes a file of the latest version with fresh keys.
func (e *engine) initialize(key []byte, steps []step) error {
	header, err := newHeader(key)
	if err != nil {
		return err
	}
	if e.seal, err = readHeader(header, key); err != nil {
		return err
	}
	return e.update(func(t *tx) error {
		t.empty(metaBucket)
		t.putRaw(metaBucket, []byte(sealKey), header)
		t.climb(0, steps)
		return nil
	})
}

// climb runs the steps that the file has not been through.
func (t *tx) climb(from int, steps []step) {
	for _, run := range steps[from:] {
		run(t)
	}
	putAs(t, metaBucket, []byte(versionKey), len(steps))
}

// unseal reads the keys of the file.
func (e *engine) unseal(key []byte) error {
	return e.view(func(t *tx) error {
		header := t.glimpse(metaBucket, []byte(sealKey))
		if t.damage != nil {
			return t.damage
		}
		var err error
		e.seal, err = readHeader(header, key)
		return err
	})
}

// upgrade brings the file up to date, after copying it aside. How the ledger is
// folded may have changed as well, so the projections are made again.
func (e *engine) upgrade(steps []step) error {
	var version int
	err := e.view(func(t *tx) error {
		var ok bool
		version, ok = getAs[int](t, metaBucket, []byte(versionKey))
		if t.damage == nil && (!ok || version < 1) {
			return fmt.Errorf("no version: %w", ErrBroken)
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case version > len(steps):
		return ErrNewer
	case version == len(steps):
		return nil
	}
	if err := e.copyAside(fmt.Sprintf("%s.v%d.bak", e.db.Path(), version)); err != nil {
		return fmt.Errorf("copy the file aside: %w", err)
	}
	err = e.update(func(t *tx) error {
		t.climb(version, steps)
		return rebuild(t)
	})
	if err != nil {
		return fmt.Errorf("bring the file from version %d to %d: %w", version, len(steps), err)
	}
	return nil
}

// copyAside writes a copy of the file that is complete before it has its name.
// A copy that is there from an earlier try is replaced.
func (e *engine) copyAside(path string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.new")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	err = errors.Join(e.view(func(t *tx) error { return t.writeTo(f) }), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

package main

import (
	"errors"
	"fmt"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
	"zoufang/store"
)

// open opens the store that the configuration names.
func (c config) open() (*store.Store, error) {
	key, err := c.readKey()
	if err != nil {
		return nil, err
	}
	s, err := store.Open(c.Store.File, store.Options{Key: key})
	switch {
	case errors.Is(err, store.ErrLocked):
		return nil, fmt.Errorf("open %s: the service is running and has the file; ask in the chat (/summary), stop the service, or work on a copy made while it is stopped", c.Store.File)
	case err != nil:
		return nil, err
	}
	return s, nil
}

// withStore opens the store, does something with it and closes it.
func withStore(path string, do func(config, *store.Store) error) (err error) {
	c, err := readConfig(path)
	if err != nil {
		return err
	}
	s, err := c.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return do(c, s)
}

// talk makes the dialogue.
func (c config) talk() (*dialog.Dialog, error) {
	d, err := dialog.New(dialog.Options{Zone: c.zone, PerSecond: c.Pace.PerSecond, Burst: c.Pace.Burst})
	if err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	return d, nil
}

// keep records facts that come from the command line, in one commit.
func keep(s *store.Store, d *dialog.Dialog, cause string, now time.Time, facts ...casework.Fact) error {
	in := dialog.Input{Kind: dialog.Office, Cause: cause, Reached: now, Facts: facts}
	_, err := s.Apply([]dialog.Input{in}, d)
	return err
}

// publishForms puts the built-in forms into the ledger, where they are newer
// than the published ones. A published version never changes.
func publishForms(s *store.Store, d *dialog.Dialog, now time.Time) error {
	defaults, err := form.Defaults()
	if err != nil {
		return fmt.Errorf("built-in forms: %w", err)
	}
	var facts []casework.Fact
	err = s.View(func(v dialog.View) error {
		for _, f := range defaults {
			if old, ok := v.Form(f.ID, 0); ok {
				if f, ok = casework.NewerForm(old, f); !ok {
					continue
				}
			}
			facts = append(facts, casework.FormPublished{Form: f})
		}
		return nil
	})
	if err != nil || len(facts) == 0 {
		return err
	}
	if err := keep(s, d, fmt.Sprintf("forms:%d", now.UnixNano()), now, facts...); err != nil {
		return fmt.Errorf("publish forms: %w", err)
	}
	return nil
}

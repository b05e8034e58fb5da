package store

import (
	"errors"
	"fmt"

	"zoufang/casework"
)

// ErrNotEmpty is returned by [Store.Load] for a file that has a ledger already.
var ErrNotEmpty = errors.New("the file has a ledger already: load into a new one")

// Load fills an empty file with a ledger made elsewhere: the demo's, or a part of
// another file's to look at. each yields its events in order; their numbers are
// given anew. The events are committed a thousand at a time, so a file whose
// loading failed is to be thrown away.
//
// A file can be worked on after loading if the inputs behind the ledger were
// counted from one and each made an event, as those of the demo: new identities
// are then clear of the loaded ones.
func (s *Store) Load(each func(yield func(casework.Event) error) error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if started, err := s.events(1); err != nil || len(started) > 0 {
		return errors.Join(err, ErrNotEmpty)
	}
	page := make([]casework.Event, 0, eventPage)
	err := each(func(e casework.Event) error {
		page = append(page, e)
		if len(page) < eventPage {
			return nil
		}
		err := s.load(page)
		page = page[:0]
		return err
	})
	if err == nil {
		err = s.load(page)
	}
	if err != nil {
		return fmt.Errorf("load ledger: %w", err)
	}
	return nil
}

// load appends a page of events, counting an input for each.
func (s *Store) load(page []casework.Event) error {
	return s.engine.update(func(t *tx) error {
		for _, e := range page {
			t.next(inputCounter)
			if err := s.record(t, e); err != nil {
				return err
			}
		}
		return t.broken
	})
}

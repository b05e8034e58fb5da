package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// What is kept, and for how long.
const (
	causeAge    = 8 * 24 * time.Hour
	troubleAge  = 30 * 24 * time.Hour
	strangerAge = 24 * time.Hour
	cardsAChat  = 60

	sweepPage = 1000
)

// Sweep takes away what has served its time, as of now: causes older than 8
// days, quarantined inputs older than 30 days, sessions of unknown people older
// than a day, and cards that are not live and not among the newest 60 of their
// chat. It works in many short transactions; on an error it can be run again.
func (s *Store) Sweep(now time.Time) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	for _, sw := range []sweeper{
		{causesBucket, olderThan[causeRow](now.Add(-causeAge)), removeFrom(causesBucket)},
		{attemptsBucket, olderThan[attemptRow](now.Add(-causeAge)), removeFrom(attemptsBucket)},
		{quarantineBucket, olderThan[troubleRow](now.Add(-troubleAge)), removeFrom(quarantineBucket)},
		{strangersBucket, strangerSince(now.Add(-strangerAge)), forgetStranger},
	} {
		if err := s.sweep(sw); err != nil {
			return fmt.Errorf("sweep %s: %w", sw.bucket, err)
		}
	}
	if err := s.sweepCards(); err != nil {
		return fmt.Errorf("sweep cards: %w", err)
	}
	return nil
}

// sweeper says which rows of a bucket are to go, and how.
type sweeper struct {
	bucket string
	old    func(*tx, row) bool
	remove func(*tx, []byte)
}

// dated is what has a time: [causeRow], [attemptRow] and [troubleRow].
type dated interface{ when() time.Time }

func (r causeRow) when() time.Time   { return r.At }
func (r attemptRow) when() time.Time { return r.At }
func (r troubleRow) when() time.Time { return r.At }

// olderThan and strangerSince pass over rows that cannot be read: those are for the check.
func olderThan[T dated](limit time.Time) func(*tx, row) bool {
	return func(_ *tx, r row) bool {
		var v T
		return r.err == nil && json.Unmarshal(r.value, &v) == nil && v.when().Before(limit)
	}
}

func strangerSince(limit time.Time) func(*tx, row) bool {
	return func(t *tx, r row) bool {
		value, err := t.read(sessions.bucket, r.key)
		if err != nil {
			return false
		}
		row, err := decode[sessionRow](value)
		return err == nil && row.Touched.Before(limit)
	}
}

func removeFrom(bucket string) func(*tx, []byte) {
	return func(t *tx, key []byte) { t.delete(bucket, key) }
}

func forgetStranger(t *tx, key []byte) {
	sessions.drop(t, key)
	countStrangers(t, -1)
}

// sweep looks through the bucket in short readings, and writes only where
// something is to go. Nothing else writes meanwhile.
func (s *Store) sweep(sw sweeper) error {
	var after []byte
	for {
		var keys [][]byte
		var read int
		err := s.engine.view(func(t *tx) error {
			rows := t.page(sw.bucket, nil, after, sweepPage)
			read = len(rows)
			for _, r := range rows {
				after = r.key
				if sw.old(t, r) {
					keys = append(keys, r.key)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := s.remove(keys, sw.remove); err != nil {
			return err
		}
		if read < sweepPage {
			return nil
		}
	}
}

func (s *Store) remove(keys [][]byte, remove func(*tx, []byte)) error {
	if len(keys) == 0 {
		return nil
	}
	return s.engine.update(func(t *tx) error {
		for _, key := range keys {
			remove(t, key)
		}
		return nil
	})
}

// sweepCards reads the index of cards, which has those of a chat together, and
// of each name the live one first.
func (s *Store) sweepCards() error {
	var keys [][]byte
	err := s.engine.view(func(t *tx) error {
		var chat, name []byte
		var ids, idle [][]byte // of one chat: all cards, those that are not live
		for key := range t.scan("cards_by_name", nil) {
			if !slices.Equal(chat, key[:hashSize]) {
				keys = append(keys, outdated(ids, idle)...)
				chat, ids, idle = key[:hashSize], nil, nil
			}
			id := cards.target(key)
			ids = append(ids, id)
			if slices.Equal(name, key[:2*hashSize]) {
				idle = append(idle, id)
			}
			name = key[:2*hashSize]
		}
		keys = append(keys, outdated(ids, idle)...)
		return nil
	})
	if err != nil {
		return err
	}
	for page := range slices.Chunk(keys, sweepPage) {
		err := s.remove(page, func(t *tx, key []byte) {
			cards.drop(t, key)
			t.delete(postedBucket, key)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// outdated are the idle cards that are not among the newest of a chat.
func outdated(ids, idle [][]byte) [][]byte {
	if len(ids) <= cardsAChat {
		return nil
	}
	slices.SortFunc(ids, func(a, b []byte) int { return slices.Compare(b, a) })
	oldest := ids[cardsAChat-1]
	return slices.DeleteFunc(idle, func(id []byte) bool { return slices.Compare(id, oldest) >= 0 })
}

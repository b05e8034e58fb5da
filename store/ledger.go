package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"zoufang/casework"
)

// eventPage is how many events are read in one transaction.
const eventPage = 1000

// EachEvent calls f with the events of the ledger whose number is at least
// from, in order, until f returns an error, which it returns. Events are read
// in pages, f runs outside of any transaction, and may take its time; events
// appended meanwhile are given, too.
func (s *Store) EachEvent(from uint64, f func(casework.Event) error) error {
	for {
		events, err := s.events(from)
		if err != nil {
			return fmt.Errorf("read ledger: %w", err)
		}
		for _, e := range events {
			if err := f(e); err != nil {
				return err
			}
		}
		if len(events) < eventPage {
			return nil
		}
		from = events[len(events)-1].Seq + 1
	}
}

func (s *Store) events(from uint64) ([]casework.Event, error) {
	var events []casework.Event
	err := s.engine.view(func(t *tx) error {
		after := number(max(from, 1) - 1)
		for _, r := range t.page(ledgerBucket, nil, after, eventPage) {
			if r.err != nil {
				return r.err
			}
			e, err := decodeEvent(r.value)
			if err != nil {
				return err
			}
			events = append(events, e)
		}
		return nil
	})
	return events, err
}

// Digest returns for each bucket the SHA-256, in hexadecimal, of its keys and
// opened values in order. Two states of one file hold the same if their digests
// are equal. What the store notes about its own running is left out.
func (s *Store) Digest() (map[string]string, error) {
	var sums map[string]string
	err := s.engine.view(func(t *tx) (err error) {
		sums, err = digest(t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("digest: %w", err)
	}
	return sums, nil
}

func digest(t *tx) (map[string]string, error) {
	names, err := t.names()
	if err != nil {
		return nil, err
	}
	sums := make(map[string]string, len(names))
	for _, name := range names {
		if name == metaBucket {
			continue
		}
		h := sha256.New()
		for key, value := range t.scan(name, nil) {
			// The lengths keep a key from passing for the end of a value. A
			// hash never returns an error.
			_, _ = h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(key))))
			_, _ = h.Write(key)
			_, _ = h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(value))))
			_, _ = h.Write(value)
		}
		sums[name] = hex.EncodeToString(h.Sum(nil))
	}
	return sums, nil
}

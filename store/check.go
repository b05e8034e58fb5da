package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// maxFaults is how many faults a report spells out.
const maxFaults = 100

// Report is what [Store.Check] found.
type Report struct {
	// Counts says how many rows each bucket has.
	Counts map[string]int
	// Faults are the faults in words, without content, at most 100 of them;
	// More counts those beyond. None means that the file is sound.
	Faults []string
	More   int
}

// Sound reports whether nothing was found.
func (r Report) Sound() bool { return len(r.Faults) == 0 }

// fault adds a fault to the report.
func fault(r *Report, format string, args ...any) {
	if len(r.Faults) >= maxFaults {
		r.More++
		return
	}
	r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
}

// errCheckDone rolls back what the check rebuilt.
var errCheckDone = errors.New("check done")

// Check reads everything: the engine's pages, every value, every index against
// its table, the ledger for gaps, and the projections against the ledger folded
// anew. It changes nothing, but nothing can be written while it runs. The error
// says that it could not be carried out; what is wrong with the file is in the
// report. On a badly damaged file the engine's own check can end the process.
func (s *Store) Check() (Report, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	r := Report{Counts: make(map[string]int)}
	err := s.engine.view(func(t *tx) error {
		for _, err := range t.verify() {
			fault(&r, "pages: %v", err)
		}
		checkValues(t, &r)
		for _, tb := range slices.Concat(remembered(), projected()) {
			tb.check(t, &r)
		}
		checkLedger(t, &r)
		checkStrangers(t, &r)
		t.damage = nil // it is in the report
		return nil
	})
	if err == nil && r.Sound() {
		err = s.engine.update(func(t *tx) error { return checkProjections(t, &r) })
		if errors.Is(err, errCheckDone) {
			err = nil
		}
	}
	if err != nil {
		return Report{}, fmt.Errorf("check: %w", err)
	}
	return r, nil
}

// checkValues opens every value.
func checkValues(t *tx, r *Report) {
	names, err := t.names()
	if err != nil {
		fault(r, "%v", err)
	}
	for _, name := range names {
		err := t.each(name, func(row row) {
			r.Counts[name]++
			if row.err != nil && (name != metaBucket || string(row.key) != sealKey) {
				fault(r, "%s: the value at %x cannot be opened", name, row.key)
			}
		})
		if err != nil {
			fault(r, "%s: %v", name, err)
		}
	}
}

func (tb *table[T]) check(t *tx, r *Report) {
	want := make(map[string]map[string]bool)
	for _, ix := range tb.indexes {
		want[ix.bucket] = make(map[string]bool)
	}
	err := t.each(tb.bucket, func(row row) {
		if row.err != nil {
			return // reported with the values
		}
		v, err := decode[T](row.value)
		if err != nil {
			fault(r, "%s: the record at %x cannot be read", tb.bucket, row.key)
			return
		}
		if key := tb.key(t.seal, v); !slices.Equal(key, row.key) {
			fault(r, "%s: the record at %x belongs elsewhere", tb.bucket, row.key)
		}
		for _, ix := range tb.indexes {
			for _, part := range ix.parts(t.seal, v) {
				want[ix.bucket][string(slices.Concat(part, row.key))] = true
			}
		}
	})
	if err != nil {
		fault(r, "%s: %v", tb.bucket, err)
	}
	for _, ix := range tb.indexes {
		checkIndex(t, r, ix.bucket, want[ix.bucket])
	}
}

// checkIndex compares an index with the entries it should have.
func checkIndex(t *tx, r *Report, bucket string, want map[string]bool) {
	err := t.each(bucket, func(row row) {
		if !want[string(row.key)] {
			fault(r, "%s: the entry %x follows from no record", bucket, row.key)
		}
		delete(want, string(row.key))
	})
	if err != nil {
		fault(r, "%s: %v", bucket, err)
	}
	if len(want) > 0 {
		fault(r, "%s: %d entries are missing", bucket, len(want))
	}
}

// checkLedger looks for gaps: a lost page, or an entry under a damaged key.
func checkLedger(t *tx, r *Report) {
	n := uint64(0)
	err := t.each(ledgerBucket, func(row row) {
		n++
		if len(row.key) != 8 || binary.BigEndian.Uint64(row.key) != n {
			fault(r, "ledger: entry %d is at %x", n, row.key)
		}
		if row.err != nil {
			return
		}
		if e, err := decodeEvent(row.value); err != nil || e.Seq != n {
			fault(r, "ledger: entry %d cannot be read", n)
		}
	})
	if err != nil {
		fault(r, "ledger: %v", err)
	}
	if last, _ := getAs[uint64](t, countersBucket, []byte(eventCounter)); last != n {
		fault(r, "ledger: %d entries, but %d were given numbers", n, last)
	}
}

func checkStrangers(t *tx, r *Report) {
	n, _ := getAs[int](t, countersBucket, []byte(strangersCount))
	if found := r.Counts[strangersBucket]; n != found {
		fault(r, "strangers: %d, but %d were counted", found, n)
	}
}

// checkProjections rebuilds in a transaction that is then rolled back.
func checkProjections(t *tx, r *Report) error {
	before, err := digest(t)
	if err != nil {
		return err
	}
	if err := rebuild(t); err != nil {
		fault(r, "rebuild: %v", err)
		return errCheckDone
	}
	after, err := digest(t)
	if err != nil {
		return err
	}
	if err := errors.Join(t.broken, t.damage); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if before[name] != after[name] {
			fault(r, "%s: differs from what follows from the ledger: run `zoufang rebuild`", name)
		}
	}
	return errCheckDone
}

package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"zoufang/casework"
	"zoufang/dialog"
)

func testKey() []byte { return bytes.Repeat([]byte{7}, keySize) }

func openSteps(t *testing.T, path string, fault func(string) error, steps ...step) (*Store, error) {
	t.Helper()
	return open(path, Options{Key: testKey(), Fault: fault}, steps)
}

func closed(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("Close() = %v", err)
	}
}

// TestUpgradeRunsMissingSteps takes a file of version 1 to version 2 and back.
func TestUpgradeRunsMissingSteps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "campaign.db")
	s, err := openSteps(t, path, nil, steps()...)
	if err != nil {
		t.Fatalf("open at version 1: %v", err)
	}
	closed(t, s)
	runs := 0
	second := func(t *tx) {
		runs++
		t.empty("extra")
		t.put("extra", []byte("k"), []byte("v"))
	}
	newer := append(steps(), second)
	for range 2 {
		if s, err = openSteps(t, path, nil, newer...); err != nil {
			t.Fatalf("open at version 2: %v", err)
		}
		if err := s.engine.view(func(x *tx) error {
			if got, ok := x.get("extra", []byte("k")); !ok || string(got) != "v" {
				t.Errorf("what the step wrote = %q, %v", got, ok)
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
		closed(t, s)
	}
	if runs != 1 {
		t.Errorf("the step ran %d times, want once", runs)
	}
	if _, err := openSteps(t, path, nil, steps()...); !errors.Is(err, ErrNewer) {
		t.Errorf("open at version 1 again = %v, want %v", err, ErrNewer)
	}
	// The copy is still of version 1, and good.
	if s, err = openSteps(t, path+".v1.bak", nil, steps()...); err != nil {
		t.Fatalf("open the copy: %v", err)
	}
	closed(t, s)
}

// TestUpgradeIsAllOrNothing makes each step at the engine fail in turn.
func TestUpgradeIsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "campaign.db")
	s, err := openSteps(t, path, nil, steps()...)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	newer := append(steps(), func(t *tx) { t.empty("extra") }, func(t *tx) { t.put("extra", []byte("k"), nil) })
	for n, hit := 1, true; hit; n++ {
		if err := os.WriteFile(path, good, 0o600); err != nil {
			t.Fatal(err)
		}
		hit = false
		left := n
		s, err := openSteps(t, path, func(string) error {
			if left--; left == 0 {
				hit = true
				return errors.New("out of order")
			}
			return nil
		}, newer...)
		if err == nil {
			err = s.Close()
		}
		if hit && err == nil {
			continue // the fault came with the closing, or was read over
		}
		if hit == (err == nil) {
			t.Errorf("step %d: hit %v, error %v", n, hit, err)
		}
		if s, err = openSteps(t, path, nil, newer...); err != nil {
			t.Fatalf("step %d, opened again: %v", n, err)
		}
		closed(t, s)
	}
}

// TestEveryBucketIsMade compares what the steps make with what the tables use,
// and what is rebuilt with what follows from the ledger.
func TestEveryBucketIsMade(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), "campaign.db"), Options{Key: testKey()})
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, s)
	used := []string{
		metaBucket, countersBucket, causesBucket, attemptsBucket, ledgerBucket, quarantineBucket, postedBucket, lastsBucket,
	}
	for _, tb := range slices.Concat(remembered(), projected()) {
		used = append(used, tb.buckets()...)
	}
	slices.Sort(used)
	err = s.engine.view(func(x *tx) error {
		made, err := x.names()
		if !slices.Equal(used, made) {
			t.Errorf("made %q, used %q", made, used)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// twoEvents is a bot that always does the same.
type twoEvents struct{}

func (twoEvents) Turn(_ dialog.View, _ dialog.Session, in dialog.Input) dialog.Outcome {
	fact := casework.CampaignOpened{Campaign: casework.Campaign{Name: "走访"}}
	return dialog.Outcome{
		Events: []casework.Event{{Cause: in.Cause, Fact: fact}, {Cause: in.Cause, Fact: fact}},
		Cards:  []dialog.Card{{ID: 1, Name: "main"}},
	}
}

func (twoEvents) Sorry(dialog.View, dialog.Session, dialog.Input) dialog.Outcome {
	return dialog.Outcome{}
}

// TestCheckFindsFaults spoils a file behind the store's back.
func TestCheckFindsFaults(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(*tx)
	}{
		{"an index entry too many", func(t *tx) { t.put("staff_by_user", bytes.Repeat([]byte{1}, 24), nil) }},
		{"an index entry too few", func(t *tx) { t.delete("cards_by_name", t.page("cards_by_name", nil, nil, 1)[0].key) }},
		{"a record too few", func(t *tx) { t.delete("cards", t.page("cards", nil, nil, 1)[0].key) }},
		{"a value in the wrong place", func(t *tx) {
			key := t.page("cards", nil, nil, 1)[0].key
			t.putRaw("drafts", key, t.glimpse("cards", key))
		}},
		{"a value under another key of its bucket", func(t *tx) {
			t.putRaw(countersBucket, []byte("other"), t.glimpse(countersBucket, []byte(inputCounter)))
		}},
		{"a record under a wrong key", func(t *tx) { t.put("cards", number(uint64(99)), t.page("cards", nil, nil, 1)[0].value) }},
		{"no JSON in a table", func(t *tx) { t.put("drafts", number(uint64(1)), []byte("{")) }},
		{"a gap in the ledger", func(t *tx) { t.delete(ledgerBucket, number(uint64(1))) }},
		{"an end cut off the ledger", func(t *tx) { t.delete(ledgerBucket, number(uint64(2))) }},
		{"an event that cannot be read", func(t *tx) { t.put(ledgerBucket, number(uint64(2)), []byte(`{"seq":2,"kind":"?"}`)) }},
		{"a wrong count of strangers", func(t *tx) { countStrangers(t, 5) }},
		{"a projection that does not follow", func(t *tx) { putAs(t, lastsBucket, t.seal.hash("last", "WT"), 7) }},
		{"a bucket too few", func(t *tx) {
			if err := t.b.DeleteBucket([]byte("rounds")); err != nil {
				t.unwritten(err)
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Open(filepath.Join(t.TempDir(), "campaign.db"), Options{Key: testKey()})
			if err != nil {
				t.Fatal(err)
			}
			defer closed(t, s)
			if _, err := s.Apply([]dialog.Input{{Cause: "a", Kind: dialog.Said}}, twoEvents{}); err != nil {
				t.Fatal(err)
			}
			if r, err := s.Check(); err != nil || !r.Sound() {
				t.Fatalf("Check() of a sound file = %q, %v", r.Faults, err)
			}
			if err := s.engine.update(func(x *tx) error { tt.spoil(x); return nil }); err != nil {
				t.Fatal(err)
			}
			if r, err := s.Check(); err != nil || r.Sound() {
				t.Errorf("Check() = %q, %v, want a fault", r.Faults, err)
			}
		})
	}
}

// TestHeaderTellsDamageFromAWrongKey turns each bit of a header.
func TestHeaderTellsDamageFromAWrongKey(t *testing.T) {
	header, err := newHeader(testKey())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readHeader(header, testKey()); err != nil {
		t.Errorf("readHeader() = %v", err)
	}
	if _, err := readHeader(header, bytes.Repeat([]byte{8}, keySize)); !errors.Is(err, ErrKey) {
		t.Errorf("readHeader with another key = %v, want %v", err, ErrKey)
	}
	for bit := range 8 * len(header) {
		bad := bytes.Clone(header)
		bad[bit/8] ^= 1 << (bit % 8)
		if _, err := readHeader(bad, testKey()); !errors.Is(err, ErrBroken) {
			t.Errorf("readHeader with bit %d turned = %v, want %v", bit, err, ErrBroken)
		}
	}
	for n := range header {
		if _, err := readHeader(header[:n], testKey()); !errors.Is(err, ErrBroken) {
			t.Errorf("readHeader of %d bytes = %v, want %v", n, err, ErrBroken)
		}
	}
}

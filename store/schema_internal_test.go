package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

// TestUpgradeRunsMissingSteps takes a file one version further and back.
func TestUpgradeRunsMissingSteps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "campaign.db")
	s, err := openSteps(t, path, nil, steps()...)
	if err != nil {
		t.Fatalf("open at the latest version: %v", err)
	}
	closed(t, s)
	runs := 0
	next := func(t *tx) {
		runs++
		t.empty("extra")
		t.put("extra", []byte("k"), []byte("v"))
	}
	newer := append(steps(), next)
	for range 2 {
		if s, err = openSteps(t, path, nil, newer...); err != nil {
			t.Fatalf("open at the version after: %v", err)
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
		t.Errorf("open at the latest version again = %v, want %v", err, ErrNewer)
	}
	// The copy is still of the version before, and good.
	aside := fmt.Sprintf("%s.v%d.bak", path, len(steps()))
	if _, err := os.Stat(aside); err != nil {
		t.Fatal(err)
	}
	if s, err = openSteps(t, aside, nil, steps()...); err != nil {
		t.Fatalf("open the copy: %v", err)
	}
	closed(t, s)
}

// history is a ledger as version 1 knew it.
func history() []casework.Event {
	april := func(d int) casework.Date { return casework.Date{Year: 2017, Month: time.April, Day: d} }
	at := april(5).In(time.UTC)
	var events []casework.Event
	for _, f := range []casework.Fact{
		casework.CampaignOpened{Campaign: casework.Campaign{Name: "走访", Year: 2017, Params: casework.Params{KeyVisit: 20}}},
		casework.StaffImported{Staff: casework.Staff{ID: 1, Code: "R001", Name: "王五"}},
		casework.TargetImported{Target: casework.Target{ID: 1, Kind: casework.HouseholdKind, Code: "JT-0001", Household: &casework.Household{HeadName: "李四"}}},
		casework.TargetImported{Target: casework.Target{ID: 2, Kind: casework.EnterpriseKind, Code: "QY-001", Enterprise: &casework.Enterprise{Name: "安心食品厂"}}},
		casework.PairingMade{Pairing: casework.Pairing{TargetID: 1, StaffID: 1, Role: casework.Primary}},
		casework.VisitReported{Visit: casework.Visit{
			ID: 1, Code: "ZF-170405-001", TargetID: 1, VisitedOn: april(5), Participants: []casework.StaffID{1},
			Outcome: casework.Met, SubmittedAt: at,
		}},
		casework.ProblemRaised{Problem: casework.Problem{
			ID: 1, Code: "WT-2017-0001", TargetID: 1, VisitID: 1, OwnerID: 1, Status: casework.ProblemResolved, RaisedOn: april(5),
		}},
	} {
		events = append(events, casework.Event{Cause: "import/1", ReachedAt: at, Fact: f})
	}
	return events
}

// writeVersion makes a file of an older version with the ledger. Its records are
// as version 1 left them: without anything that later ones derive.
func writeVersion(t *testing.T, path string, version int, events []casework.Event) {
	t.Helper()
	s, err := openSteps(t, path, nil, steps()[:version]...)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, s)
	err = s.engine.update(func(x *tx) error {
		for _, e := range events {
			x.next(inputCounter)
			e.Seq = x.next(eventCounter)
			data, err := encodeEvent(e)
			if err != nil {
				return err
			}
			x.put(ledgerBucket, number(e.Seq), data)
		}
		x.put("targets", number(uint64(1)), []byte(`{"id":1,"kind":"household","code":"JT-0001","visits":1,"next_due":"2017-05-01"}`))
		x.put("targets_by_group", slices.Concat(number(uint64(0)), number(uint64(1))), nil)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// values are the opened values of each bucket, keys aside: those hold hashes,
// which are another file's own.
func values(t *testing.T, s *Store) map[string][]string {
	t.Helper()
	out := make(map[string][]string)
	err := s.engine.view(func(x *tx) error {
		names, err := x.names()
		for _, name := range names {
			if name == metaBucket {
				continue
			}
			out[name] = []string{}
			for _, value := range x.scan(name, nil) {
				out[name] = append(out[name], string(value))
			}
			slices.Sort(out[name])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestOldVersionsBecomeAsAFreshFile brings files of each older version up to date.
func TestOldVersionsBecomeAsAFreshFile(t *testing.T) {
	for version := 1; version < len(steps()); version++ {
		t.Run(fmt.Sprint("version ", version), func(t *testing.T) {
			becomesFresh(t, version)
		})
	}
}

func becomesFresh(t *testing.T, version int) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "campaign.db")
	writeVersion(t, path, version, history())
	s, err := Open(path, Options{Key: testKey()})
	if err != nil {
		t.Fatalf("Open() of version %d = %v", version, err)
	}
	defer closed(t, s)
	fresh, err := Open(filepath.Join(dir, "fresh.db"), Options{Key: testKey()})
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, fresh)
	err = fresh.Load(func(yield func(casework.Event) error) error {
		for _, e := range history() {
			if err := yield(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(values(t, fresh), values(t, s)); diff != "" {
		t.Errorf("the file brought up to date (-fresh +got):\n%s", diff)
	}
	if r, err := s.Check(); err != nil || !r.Sound() {
		t.Errorf("Check() = %q, %v, want no faults", r.Faults, err)
	}
	if open := values(t, s)["problems_open"]; len(open) != 1 {
		t.Errorf("%d open problems are indexed, want the one of the ledger", len(open))
	}
	old, err := openSteps(t, fmt.Sprintf("%s.v%d.bak", path, version), nil, steps()[:version]...)
	if err != nil {
		t.Fatalf("open the copy at version %d: %v", version, err)
	}
	defer closed(t, old)
	if kept := values(t, old)["targets"]; len(kept) != 1 || !strings.Contains(kept[0], "next_due") {
		t.Errorf("targets of the copy = %q, want them as they were", kept)
	}
}

// TestUpgradeIsAllOrNothing makes each step at the engine fail in turn.
func TestUpgradeIsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "campaign.db")
	writeVersion(t, path, 1, history())
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var want map[string][]string
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
		}, steps()...)
		if err == nil {
			err = s.Close()
		}
		if hit && err == nil {
			continue // the fault came with the closing, or was read over
		}
		if hit == (err == nil) {
			t.Errorf("step %d: hit %v, error %v", n, hit, err)
		}
		if s, err = openSteps(t, path, nil, steps()...); err != nil {
			t.Fatalf("step %d, opened again: %v", n, err)
		}
		got := values(t, s)
		if want == nil {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("step %d, opened again (-want +got):\n%s", n, diff)
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

package store_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"zoufang/dialog"
	"zoufang/store"
)

// writeChild applies one input after the other, and says each that the store
// has, until it is killed.
func writeChild(path string, out io.Writer) int {
	s, err := store.Open(path, store.Options{Key: secret()})
	for n := 0; err == nil; n++ {
		if _, err = s.Apply([]dialog.Input{said(n, 11, strconv.Itoa(n))}, diary{}); err == nil {
			_, err = fmt.Fprintln(out, n)
		}
	}
	_, _ = fmt.Fprintln(out, err) // makes the parent's test fail
	return 1
}

// TestKilledProcessLosesNothing kills a writer again and again. Each run gives
// all inputs from the first on, as Telegram would.
func TestKilledProcessLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "campaign.db")
	r := rand.New(rand.NewPCG(3, 4))
	acked := -1
	for range 15 {
		acked = max(acked, killedAfter(t, path, acked+1+r.IntN(12)))
		s, err := store.Open(path, store.Options{Key: secret()})
		if err != nil {
			t.Fatalf("after a kill: Open() = %v", err)
		}
		got := titles(t, s)
		for i, title := range got {
			if title != strconv.Itoa(i) {
				t.Fatalf("rounds = %q, want 0, 1, 2 …", got)
			}
		}
		if len(got) <= acked {
			t.Fatalf("%d rounds, but %d was acknowledged", len(got), acked)
		}
		sound(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killedAfter runs a writer, kills it when it has said n, and returns the last
// number it said.
func killedAfter(t *testing.T, path string, n int) int {
	t.Helper()
	cmd := child(t, "write", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last := -1
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatalf("the writer said %q", lines.Text())
		}
		if last = said; last == n {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) {
		t.Fatalf("the writer ended by itself: %v", err)
	}
	return last
}

// flips is how many single bits are turned in a good file.
const flips = 1000

// TestFlippedBitNeverGivesWrongData turns single bits of a good file. What is
// read afterwards is what was written, or an error, or missing; and nothing is
// missing without Check saying so.
func TestFlippedBitNeverGivesWrongData(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "campaign.db")
	s, err := store.Open(path, store.Options{Key: secret()})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, office("import/1", roster()...), said(1, 11, "one"), said(2, 12, "two"), said(3, 12, "panic"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]int)
	for next := 0; next < flips; {
		// Damage to the engine's pages may end the process: that is noticed,
		// too. A child does the work, and is started again.
		cmd := child(t, "flip", path, strconv.Itoa(next))
		var out bytes.Buffer
		cmd.Stdout = &out
		ended := cmd.Run()
		done := 0
		for line := range strings.Lines(out.String()) {
			done++
			word, detail, _ := strings.Cut(strings.TrimSpace(line), " ")
			seen[word]++
			if word == "wrong" {
				t.Errorf("flip %d: %s", next+done-1, detail)
			}
		}
		next += done
		if ended != nil {
			seen["ended"]++
			next++
		}
	}
	t.Logf("%d flips: %v", flips, seen)
	if seen["noticed"]+seen["refused"] == 0 || seen["ended"] > flips/10 {
		t.Errorf("flips: %v, want some noticed, and few that end the process", seen)
	}
}

// flipChild tries the flips from a number on and says a word on each.
func flipChild(path, from string, out io.Writer) int {
	first, err := strconv.Atoi(from)
	if err != nil {
		return 1
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return 1
	}
	copied := path + ".copy"
	want, err := dumpOf(copied, data)
	if err != nil {
		return 1
	}
	for n := first; n < flips; n++ {
		// A loop through damaged pages may not end.
		stuck := time.AfterFunc(10*time.Second, func() { os.Exit(3) })
		_, _ = fmt.Fprintln(out, flip(copied, data, want, n))
		stuck.Stop()
	}
	return 0
}

// dumpOf writes the data to the file and reads every record.
func dumpOf(path string, data []byte) (records, error) {
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return nil, err
	}
	s, err := store.Open(path, store.Options{Key: secret()})
	if err != nil {
		return nil, err
	}
	found, err := dump(s)
	return found, errors.Join(err, s.Close())
}

func flip(path string, data []byte, want records, n int) string {
	r := rand.New(rand.NewPCG(5, uint64(n)))
	bad := bytes.Clone(data)
	at := r.IntN(len(bad))
	for bad[at] == 0 { // most of the file is not in use
		at = r.IntN(len(bad))
	}
	bad[at] ^= 1 << r.IntN(8)
	if err := os.WriteFile(path, bad, 0o600); err != nil {
		return "wrong " + err.Error()
	}
	s, err := store.Open(path, store.Options{Key: secret()})
	if err != nil {
		return "refused"
	}
	defer s.Close() //nolint:errcheck // the file is broken on purpose
	got, readErr := dump(s)
	for name, record := range got {
		if want[name] != record {
			return fmt.Sprintf("wrong byte %d: %s = %s, want %s", at, name, record, want[name])
		}
	}
	report, err := s.Check()
	noticed := readErr != nil || err != nil || !report.Sound()
	missing := slices.DeleteFunc(slices.Sorted(maps.Keys(want)), func(name string) bool { _, ok := got[name]; return ok })
	switch {
	case len(missing) > 0 && !noticed:
		return fmt.Sprintf("wrong byte %d: nobody noticed that %q are missing", at, missing)
	case noticed:
		return "noticed"
	}
	return "harmless"
}

// records is what was read, by names.
type records map[string]string

func (r records) note(v any, name ...any) {
	data, err := json.Marshal(v)
	if err != nil {
		data = []byte(err.Error())
	}
	r[fmt.Sprint(name...)] = string(data)
}

// dump reads every record by its name.
func dump(s *store.Store) (records, error) {
	out := make(records)
	err := s.View(func(v dialog.View) error {
		dumpRoster(out, v)
		for x := range v.AllVisits() {
			out.note(x, "visit ", x.ID)
			if w, ok := v.VisitByCode(x.Code); ok {
				out.note(w, "visit ", x.Code)
			}
		}
		for x := range v.AllProblems() {
			out.note(x, "problem ", x.ID)
		}
		for _, chat := range []dialog.ChatID{11, 12} {
			if x, ok := v.Session(chat); ok {
				out.note(x, "session ", chat)
			}
			if x, ok := v.Live(chat, "main"); ok {
				out.note(x, "card ", chat, "/", x.ID)
			}
		}
		return nil
	})
	letters, pendingErr := s.Pending(0, 100)
	for _, l := range letters {
		out.note(l, "letter ", l.ID)
	}
	return out, errors.Join(err, pendingErr)
}

func dumpRoster(out records, v dialog.View) {
	for x := range v.AllTargets() {
		out.note(x, "target ", x.ID)
		for _, p := range v.PairingsOfTarget(x.ID) {
			out.note(p, "pairing ", x.ID, "/", p.StaffID)
		}
	}
	for x := range v.AllStaff() {
		out.note(x, "staff ", x.ID)
		for _, d := range v.DraftsOf(x.ID) {
			out.note(d, "draft ", d.ID)
		}
	}
}

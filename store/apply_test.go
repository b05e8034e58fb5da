package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/store"
)

func compare(want, got any) string { return cmp.Diff(want, got) }

func TestApplyIsIdempotent(t *testing.T) {
	s := fresh(t)
	tap := said(3, 12, "tap")
	tap.Kind, tap.Query = dialog.Pressed, "q3"
	batch := []dialog.Input{
		said(1, 11, "one"), said(1, 12, "two"), tap, tap, said(4, 11, "panic"),
		{Cause: "garbled/9", Kind: dialog.Garbled, Reached: begin, Raw: []byte("{")},
		office("import/1", roster()...),
	}
	toasts := apply(t, s, batch...)
	if diff := compare([]dialog.Toast{{Query: "q3", Text: "tap"}, {Query: "q3"}}, toasts); diff != "" {
		t.Errorf("first time, toasts (-want +got):\n%s", diff)
	}
	want := digest(t, s)
	for range 3 {
		toasts = apply(t, s, batch...)
		if diff := compare(want, digest(t, s)); diff != "" {
			t.Errorf("after a repetition (-want +got):\n%s", diff)
		}
		if diff := compare([]dialog.Toast{{Query: "q3"}, {Query: "q3"}}, toasts); diff != "" {
			t.Errorf("repeated, toasts (-want +got):\n%s", diff)
		}
	}
	if diff := compare([]string{"one", "two", "tap"}, titles(t, s)); diff != "" {
		t.Errorf("rounds (-want +got):\n%s", diff)
	}
}

func TestTurnSeesEarlierInputsOfTheBatch(t *testing.T) {
	s := fresh(t)
	var rounds []int
	var sessions []casework.VisitID
	var numbers []uint64
	d := diary{during: func(v dialog.View, in dialog.Input) {
		rounds = append(rounds, len(v.Rounds()))
		session, _ := v.Session(in.Chat)
		sessions = append(sessions, session.LastVisit)
		numbers = append(numbers, in.N)
	}}
	if _, err := s.Apply([]dialog.Input{said(1, 11, "a"), said(2, 11, "b"), said(3, 12, "c")}, d); err != nil {
		t.Fatalf("Apply() = %v", err)
	}
	if diff := compare([]int{0, 1, 2}, rounds); diff != "" {
		t.Errorf("rounds seen (-want +got):\n%s", diff)
	}
	if diff := compare([]casework.VisitID{0, 1, 0}, sessions); diff != "" {
		t.Errorf("sessions seen (-want +got):\n%s", diff)
	}
	if diff := compare([]uint64{1, 2, 3}, numbers); diff != "" {
		t.Errorf("numbers (-want +got):\n%s", diff)
	}
}

func TestPoisonedTurnIsUndoneAlone(t *testing.T) {
	for _, tt := range []struct {
		word    string
		letters []string
	}{
		{"panic", []string{"1", "2", "3", "4", "sorry", "6", "7", "8", "9", "10"}},
		{"misfit", []string{"1", "2", "3", "4", "sorry", "6", "7", "8", "9", "10"}},
		{"panic twice", []string{"1", "2", "3", "4", "6", "7", "8", "9", "10"}},
	} {
		t.Run(tt.word, func(t *testing.T) {
			s := fresh(t)
			var batch []dialog.Input
			for i := range 10 {
				batch = append(batch, said(i+1, 11, fmt.Sprint(i+1)))
			}
			batch[4].Text, batch[4].Kind, batch[4].Query = tt.word, dialog.Pressed, "q"
			toasts := apply(t, s, batch...)
			if diff := compare([]dialog.Toast{{Query: "q"}}, toasts); diff != "" {
				t.Errorf("toasts (-want +got):\n%s", diff)
			}
			rounds := slices.Delete(strings.Fields("1 2 3 4 5 6 7 8 9 10"), 4, 5)
			if diff := compare(rounds, titles(t, s)); diff != "" {
				t.Errorf("rounds (-want +got):\n%s", diff)
			}
			if diff := compare(tt.letters, texts(t, s)); diff != "" {
				t.Errorf("letters (-want +got):\n%s", diff)
			}
			if got := counts(t, s); got["quarantine"] != 1 || got["causes"] != 10 {
				t.Errorf("quarantine, causes = %d, %d, want 1, 10", got["quarantine"], got["causes"])
			}
		})
	}
}

func TestReadFaultFailsTheTurnAlone(t *testing.T) {
	armed := false
	s := opened(t, filepath.Join(t.TempDir(), "campaign.db"), func(op string) error {
		if armed && op == "scan targets" {
			return errors.New("bad sector")
		}
		return nil
	})
	apply(t, s, office("import/1", roster()...))
	armed = true
	apply(t, s, said(1, 11, "before"), said(2, 11, "look"), said(3, 11, "after"))
	err := s.View(func(v dialog.View) error {
		for range v.AllTargets() {
		}
		return nil
	})
	armed = false
	if err == nil {
		t.Errorf("View over a read fault = nil, want an error")
	}
	if diff := compare([]string{"before", "after"}, titles(t, s)); diff != "" {
		t.Errorf("rounds (-want +got):\n%s", diff)
	}
	if diff := compare([]string{"before", "sorry", "after"}, texts(t, s)); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
	if got := counts(t, s)["quarantine"]; got != 1 {
		t.Errorf("quarantine = %d, want 1", got)
	}
}

func TestDamagedSessionIsForgotten(t *testing.T) {
	var bad bool
	s := opened(t, filepath.Join(t.TempDir(), "campaign.db"), func(op string) error {
		if bad && op == "get sessions" {
			return errors.New("bad sector")
		}
		return nil
	})
	apply(t, s, said(1, 0, "stranger"))
	bad = true
	d := diary{during: func(dialog.View, dialog.Input) { t.Error("Turn was called with a damaged session") }}
	// Sorry of the diary writes the session, which needs the old one: let the
	// fault end once it was met.
	if _, err := s.Apply([]dialog.Input{said(2, 0, "hello")}, healing{d, &bad}); err != nil {
		t.Fatalf("Apply() = %v", err)
	}
	bad = false
	apply(t, s, said(3, 0, "again"))
	if diff := compare([]string{"stranger", "again"}, titles(t, s)); diff != "" {
		t.Errorf("rounds (-want +got):\n%s", diff)
	}
}

// healing ends a fault when Sorry is asked.
type healing struct {
	store.Turns
	fault *bool
}

func (h healing) Sorry(v dialog.View, s dialog.Session, in dialog.Input) dialog.Outcome {
	*h.fault = false
	return h.Turns.Sorry(v, s, in)
}

// notYet is a diary that asks for inputs with that text to be forgotten, having
// written all it could.
type notYet struct{ diary }

func (n notYet) Turn(v dialog.View, s dialog.Session, in dialog.Input) dialog.Outcome {
	out := n.diary.Turn(v, s, in)
	out.Undone = in.Text == "not yet"
	return out
}

func (n notYet) Sorry(v dialog.View, s dialog.Session, in dialog.Input) dialog.Outcome {
	out := n.diary.Sorry(v, s, in)
	out.Undone = true
	return out
}

func TestUndoneInputLeavesNoTrace(t *testing.T) {
	s := fresh(t)
	apply(t, s, said(1, 11, "one"))
	before := digest(t, s)
	tap := said(2, 11, "not yet")
	tap.Kind, tap.Query = dialog.Pressed, "q"
	for range 3 {
		toasts, err := s.Apply([]dialog.Input{tap}, notYet{})
		if diff := compare([]dialog.Toast{{Query: "q"}}, toasts); err != nil || diff != "" {
			t.Errorf("Apply() = %v, toasts (-want +got):\n%s", err, diff)
		}
		if diff := compare(before, digest(t, s)); diff != "" {
			t.Errorf("after what is undone (-want +got):\n%s", diff)
		}
	}
	var numbers []uint64
	var applied []bool
	d := notYet{diary{during: func(v dialog.View, in dialog.Input) {
		numbers = append(numbers, in.N)
		applied = append(applied, v.Applied(tap.Cause))
	}}}
	if _, err := s.Apply([]dialog.Input{said(3, 11, "two"), tap, said(4, 11, "three")}, d); err != nil {
		t.Fatal(err)
	}
	apply(t, s, tap, tap, said(5, 11, "four"))
	if diff := compare([]string{"one", "two", "three", "not yet", "four"}, titles(t, s)); diff != "" {
		t.Errorf("rounds (-want +got):\n%s", diff)
	}
	if diff := compare([]uint64{2, 3, 3}, numbers); diff != "" {
		t.Errorf("numbers (-want +got):\n%s", diff)
	}
	if diff := compare([]bool{false, true, false}, applied); diff != "" {
		t.Errorf("applied, during the turn before, its own and the one after (-want +got):\n%s", diff)
	}
	viewed(t, s, func(v dialog.View) {
		if !v.Applied(tap.Cause) || v.Applied("message/11/99") {
			t.Errorf("Applied() = %v, %v, want true of what was given again alone", v.Applied(tap.Cause), v.Applied("message/11/99"))
		}
	})
}

// TestUndoneInputCannotFailForEver gives an input whose turn panics and whose
// apology asks for it to be forgotten.
func TestUndoneInputCannotFailForEver(t *testing.T) {
	s := fresh(t)
	for range 2 {
		if _, err := s.Apply([]dialog.Input{said(1, 11, "panic")}, notYet{}); err != nil {
			t.Fatal(err)
		}
	}
	if got := counts(t, s); got["quarantine"] != 1 || got["causes"] != 1 || got["outbox"] != 0 {
		t.Errorf("quarantine, causes, outbox = %d, %d, %d, want 1, 1, 0", got["quarantine"], got["causes"], got["outbox"])
	}
}

func TestApplyRefusesInputWithoutCause(t *testing.T) {
	s := fresh(t)
	if _, err := s.Apply([]dialog.Input{said(1, 11, "a"), {Kind: dialog.Said}}, diary{}); err == nil {
		t.Errorf("Apply without cause = nil, want an error")
	}
	if got := titles(t, s); len(got) > 0 {
		t.Errorf("rounds = %q, want none", got)
	}
}

// failAt is a fault seam whose n-th step fails once it is armed.
type failAt struct {
	armed bool
	n     int
	err   error
	hit   string
}

func (f *failAt) fault(op string) error {
	if !f.armed {
		return nil
	}
	if f.n--; f.n == 0 {
		f.hit = op
		return f.err
	}
	return nil
}

// TestApplyIsAllOrNothing makes each step at the engine fail in turn.
func TestApplyIsAllOrNothing(t *testing.T) {
	base := prepared(t, t.TempDir())
	batch := []dialog.Input{said(101, 11, "first"), said(101, 12, "panic"), said(102, 11, "second")}
	steps, over := 0, false
	for !over {
		steps++
		t.Run(fmt.Sprint("step ", steps), func(t *testing.T) {
			over = !applyFailing(t, base, batch, &failAt{n: steps, err: errors.New("out of order")})
		})
	}
	if steps < 50 {
		t.Errorf("only %d steps", steps)
	}
}

// applyFailing applies the batch to a copy of the file, with a fault. It
// reports whether the fault was met.
func applyFailing(t *testing.T, base string, batch []dialog.Input, f *failAt) bool {
	t.Helper()
	path := filepath.Join(t.TempDir(), "campaign.db")
	copyFile(t, base, path)
	s := opened(t, path, f.fault)
	before := digest(t, s)
	f.armed = true
	_, err := s.Apply(batch, diary{})
	f.armed = false
	if err != nil {
		if diff := compare(before, digest(t, s)); diff != "" {
			t.Errorf("%s failed and something stayed (-want +got):\n%s", f.hit, diff)
		}
		apply(t, s, batch...)
	}
	got := titles(t, s)
	if c := counts(t, s); err == nil && f.hit != "" {
		// A record that could not be read: that input is in quarantine, or
		// it is the poisoned one.
		if n := len(got) + c["quarantine"]; n != 10+3 {
			t.Errorf("%s failed: rounds %q and %d in quarantine", f.hit, got, c["quarantine"])
		}
	} else if !slices.Equal(got[10:], []string{"first", "second"}) {
		t.Errorf("%s failed, tried again: rounds %q", f.hit, got)
	}
	return f.hit != ""
}

// prepared writes a file with ten rounds and the roster, and closes it.
func prepared(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "base.db")
	s, err := store.Open(path, store.Options{Key: secret()})
	if err != nil {
		t.Fatal(err)
	}
	var batch []dialog.Input
	for i := range 10 {
		batch = append(batch, said(i, 11, fmt.Sprint("round ", i)))
	}
	apply(t, s, append(batch, office("import/1", roster()...))...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenIsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	for n := 1; ; n++ {
		path := filepath.Join(dir, fmt.Sprintf("%d.db", n))
		f := &failAt{n: n, err: errors.New("out of order"), armed: true}
		s, err := store.Open(path, store.Options{Key: secret(), Fault: f.fault})
		if err == nil {
			if err := s.Close(); err != nil && f.hit == "" {
				t.Errorf("Close() = %v", err)
			}
			if f.hit == "" {
				return
			}
		}
		opened(t, path, nil)
	}
}

func TestStoreStopsWhenTheDiskRefusesACommit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "campaign.db")
	bad := false
	s, err := store.Open(path, store.Options{Key: secret(), Fault: func(op string) error {
		if bad && op == "commit" {
			return syscall.EIO
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	bad = true
	if _, err := s.Apply([]dialog.Input{said(1, 11, "a")}, diary{}); !errors.Is(err, syscall.EIO) {
		t.Errorf("Apply on a bad disk = %v, want EIO", err)
	}
	bad = false
	if _, err := s.Apply([]dialog.Input{said(1, 11, "a")}, diary{}); !errors.Is(err, syscall.EIO) {
		t.Errorf("Apply afterwards = %v, want EIO still", err)
	}
	if err := s.Close(); !errors.Is(err, syscall.EIO) {
		t.Errorf("Close() = %v, want EIO", err)
	}
	again := opened(t, path, nil)
	apply(t, again, said(1, 11, "a"))
	if diff := compare([]string{"a"}, titles(t, again)); diff != "" {
		t.Errorf("rounds (-want +got):\n%s", diff)
	}
}

// TestInputThatEndsTheProgramIsGivenUp lets the program end three times in the
// middle of a turn: the file is carried on as it lay on the disk then.
func TestInputThatEndsTheProgramIsGivenUp(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "0.db")
	batch := []dialog.Input{said(1, 11, "one"), said(2, 12, "kill"), said(3, 11, "three")}
	var turned []string
	for crash := 1; crash <= 4; crash++ {
		s := opened(t, path, nil)
		path = filepath.Join(dir, fmt.Sprintf("%d.db", crash))
		killed := false
		_, err := s.Apply(batch, diary{during: func(_ dialog.View, in dialog.Input) {
			if killed {
				return // the program is gone, what follows did not happen
			}
			turned = append(turned, in.Text)
			if in.Text == "kill" {
				copyFile(t, filepath.Join(dir, fmt.Sprintf("%d.db", crash-1)), path)
				killed = true
			}
		}})
		if err != nil {
			t.Fatalf("Apply() = %v", err)
		}
		if killed {
			continue
		}
		if crash != 4 {
			t.Errorf("given up at the start %d, want 4", crash)
		}
		givenUp(t, s)
	}
	if diff := compare([]string{"one", "kill", "one", "kill", "kill", "three"}, turned); diff != "" {
		t.Errorf("turned (-want +got):\n%s", diff)
	}
}

// givenUp expects that the second of three inputs was given up.
func givenUp(t *testing.T, s *store.Store) {
	t.Helper()
	if diff := compare([]string{"one", "three"}, titles(t, s)); diff != "" {
		t.Errorf("rounds (-want +got):\n%s", diff)
	}
	if diff := compare([]string{"one", "sorry", "three"}, texts(t, s)); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
	if c := counts(t, s); c["quarantine"] != 1 || c["attempts"] != 0 {
		t.Errorf("quarantine, attempts = %d, %d, want 1, 0", c["quarantine"], c["attempts"])
	}
}

func TestMovedChatTakesEverythingAlong(t *testing.T) {
	s := fresh(t)
	apply(t, s, said(1, -5, "one"), said(2, -5, "two"), said(1, 12, "other"))
	move := dialog.Input{Cause: "moved/-5", Kind: dialog.Moved, Reached: begin, Chat: -5, NewChat: -1005}
	apply(t, s, move)
	letters, err := s.Pending(0, 10)
	if err != nil {
		t.Fatal(err)
	}
	var chats []dialog.ChatID
	for _, l := range letters {
		chats = append(chats, l.Chat)
	}
	if diff := compare([]dialog.ChatID{-1005, -1005, 12}, chats); diff != "" {
		t.Errorf("chats of letters (-want +got):\n%s", diff)
	}
	err = s.View(func(v dialog.View) error {
		if _, ok := v.Session(-5); ok {
			t.Errorf("Session(-5) is still there")
		}
		if got, ok := v.Session(-1005); !ok || got.LastVisit != 2 {
			t.Errorf("Session(-1005) = %v, %v, want the one of input 2", got, ok)
		}
		if _, ok := v.Live(-5, "main"); ok {
			t.Errorf("Live(-5) is still there")
		}
		if c, ok := v.Live(-1005, "main"); !ok || c.ID != 2<<12|1 || c.Chat != -1005 {
			t.Errorf("Live(-1005) = %v, %v, want the card of input 2", c, ok)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestStrangersAreCounted(t *testing.T) {
	s := fresh(t)
	strangers := func() (n int) {
		t.Helper()
		if err := s.View(func(v dialog.View) error { n = v.Strangers(); return nil }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	in := said(1, 21, "hi")
	in.User = 0
	apply(t, s, in, said(1, 22, "I am known"))
	if got := strangers(); got != 1 {
		t.Errorf("Strangers() = %d, want 1", got)
	}
	apply(t, s, said(2, 21, "known by now"))
	if got := strangers(); got != 0 {
		t.Errorf("Strangers() after binding = %d, want 0", got)
	}
}

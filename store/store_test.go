package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
	"zoufang/store"
)

// childEnv names what this test binary does when it runs itself again.
const childEnv = "STORE_TEST_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(childEnv) {
	case "write":
		os.Exit(writeChild(os.Args[1], os.Stdout))
	case "flip":
		os.Exit(flipChild(os.Args[1], os.Args[2], os.Stdout))
	case "open":
		os.Exit(openChild(os.Args[1]))
	}
	os.Exit(m.Run())
}

// child returns the command that runs this binary as a child.
func child(t *testing.T, what string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), childEnv+"="+what)
	return cmd
}

// begin is the time at which the tests take place.
var begin = time.Date(2017, time.April, 5, 1, 0, 0, 0, time.UTC)

func secret() []byte { return bytes.Repeat([]byte{7}, 32) }

// diary is a small bot: every text becomes a round of the campaign, and each
// part of an outcome is used. Some words make it do worse.
type diary struct {
	// during, if set, is called by each turn.
	during func(dialog.View, dialog.Input)
}

func (d diary) Turn(v dialog.View, s dialog.Session, in dialog.Input) dialog.Outcome {
	if d.during != nil {
		d.during(v, in)
	}
	out := dialog.Outcome{Session: &s}
	out.Session.LastVisit = casework.VisitID(in.N)
	out.Session.Staff = casework.StaffID(in.User)
	for _, f := range in.Facts {
		out.Events = append(out.Events, event(in, f))
	}
	switch {
	case in.Kind == dialog.Office:
		return out
	case in.Text == "panic" || in.Text == "panic twice":
		panic("poisoned by " + in.Text)
	case in.Text == "misfit":
		out.Events = []casework.Event{event(in, casework.LanguageChosen{StaffID: 404, Lang: "en"})}
		return out
	case in.Text == "look":
		for range v.AllTargets() {
		}
		return out
	case in.Kind == dialog.Moved:
		return dialog.Outcome{MovedTo: in.NewChat}
	}
	id := casework.NewMinter(in.N).Next()
	out.Events = append(out.Events, event(in, casework.RoundOpened{Round: casework.Round{
		ID: casework.RoundID(id), No: len(v.Rounds()) + 1, Title: in.Text,
	}}))
	out.Drafts = []dialog.Draft{{
		ID: casework.VisitID(id), Owner: casework.StaffID(in.User), At: in.Text,
		Answers: form.Answers{"words": {Values: []string{in.Text}}}, Begun: in.Reached, Touched: in.Reached,
	}}
	card := dialog.Card{ID: dialog.CardID(id), Chat: in.Chat, Name: "main", Choices: []dialog.Action{{Verb: "go"}}}
	out.Cards = []dialog.Card{card}
	out.Letters = []dialog.Letter{{Kind: dialog.Show, Chat: in.Chat, Card: card.ID, Text: in.Text}}
	out.Landed = &dialog.Landing{Visit: casework.VisitID(id), Path: in.Text}
	if in.Kind == dialog.Pressed {
		out.Toast = &dialog.Toast{Query: in.Query, Text: in.Text}
	}
	return out
}

func (d diary) Sorry(_ dialog.View, s dialog.Session, in dialog.Input) dialog.Outcome {
	if in.Text == "panic twice" {
		panic("poisoned again")
	}
	return dialog.Outcome{
		Session: &s,
		Letters: []dialog.Letter{{Kind: dialog.Show, Chat: in.Chat, Text: "sorry"}},
	}
}

func event(in dialog.Input, f casework.Fact) casework.Event {
	return casework.Event{ReachedAt: in.Reached, Cause: in.Cause, Fact: f}
}

// said is a text from the person with the number.
func said(n int, user casework.UserID, text string) dialog.Input {
	return dialog.Input{
		Cause: fmt.Sprintf("message/%d/%d", user, n), Kind: dialog.Said,
		Reached: begin.Add(time.Duration(n) * time.Second), Chat: dialog.ChatID(user),
		ChatKind: dialog.PrivateChat, User: user, Message: dialog.MessageID(n), Text: text,
	}
}

// office records facts as they are.
func office(cause string, facts ...casework.Fact) dialog.Input {
	return dialog.Input{Cause: cause, Kind: dialog.Office, Reached: begin, Facts: facts}
}

// fresh opens a new file in a folder of its own.
func fresh(tb testing.TB) *store.Store {
	tb.Helper()
	return opened(tb, filepath.Join(tb.TempDir(), "campaign.db"), nil)
}

// opened opens the file, and checks it when the test is over.
func opened(tb testing.TB, path string, fault func(string) error) *store.Store {
	tb.Helper()
	s, err := store.Open(path, store.Options{Key: secret(), Fault: fault})
	if err != nil {
		tb.Fatalf("Open(%s) = %v", path, err)
	}
	tb.Cleanup(func() {
		sound(tb, s)
		if err := s.Close(); err != nil {
			tb.Errorf("Close() = %v", err)
		}
	})
	return s
}

func sound(tb testing.TB, s *store.Store) {
	tb.Helper()
	r, err := s.Check()
	if err != nil || !r.Sound() {
		tb.Errorf("Check() = %q, %v, want no faults", r.Faults, err)
	}
}

func apply(tb testing.TB, s *store.Store, batch ...dialog.Input) []dialog.Toast {
	tb.Helper()
	toasts, err := s.Apply(batch, diary{})
	if err != nil {
		tb.Fatalf("Apply() = %v", err)
	}
	return toasts
}

func digest(tb testing.TB, s *store.Store) map[string]string {
	tb.Helper()
	d, err := s.Digest()
	if err != nil {
		tb.Fatalf("Digest() = %v", err)
	}
	return d
}

func counts(tb testing.TB, s *store.Store) map[string]int {
	tb.Helper()
	r, err := s.Check()
	if err != nil {
		tb.Fatalf("Check() = %v", err)
	}
	return r.Counts
}

// titles are the rounds in order: what the diary was told.
func titles(tb testing.TB, s *store.Store) []string {
	tb.Helper()
	var out []string
	err := s.View(func(v dialog.View) error {
		for _, r := range v.Rounds() {
			out = append(out, r.Title)
		}
		return nil
	})
	if err != nil {
		tb.Fatalf("View() = %v", err)
	}
	return out
}

// texts are the letters that wait.
func texts(tb testing.TB, s *store.Store) []string {
	tb.Helper()
	letters, err := s.Pending(0, 1000)
	if err != nil {
		tb.Fatalf("Pending() = %v", err)
	}
	var out []string
	for _, l := range letters {
		out = append(out, l.Text)
	}
	return out
}

func copyFile(tb testing.TB, from, to string) {
	tb.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		tb.Fatal(err)
	}
}

func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "campaign.db")
	s, err := store.Open(path, store.Options{Key: secret()})
	if err != nil {
		t.Fatalf("Open() = %v", err)
	}
	apply(t, s, said(1, 11, "one"), said(2, 11, "two"))
	want := digest(t, s)
	if err := s.Close(); err != nil {
		t.Fatalf("Close() = %v", err)
	}
	again := opened(t, path, nil)
	if diff := compare(want, digest(t, again)); diff != "" {
		t.Errorf("after reopening (-want +got):\n%s", diff)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("mode = %v, %v, want -rw-------", info.Mode(), err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(left) > 0 || err != nil {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

func TestAliveIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "campaign.db")
	s, err := store.Open(path, store.Options{Key: secret()})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Alive(); err != nil || !got.IsZero() {
		t.Errorf("Alive() of a fresh file = %v, %v, want none", got, err)
	}
	before := digest(t, s)
	for _, at := range []time.Time{begin.Add(time.Hour), begin} {
		if err := s.SetAlive(at); err != nil {
			t.Errorf("SetAlive(%v) = %v", at, err)
		}
	}
	if diff := compare(before, digest(t, s)); diff != "" {
		t.Errorf("what the file holds (-want +got):\n%s", diff)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := opened(t, path, nil).Alive(); err != nil || !got.Equal(begin) {
		t.Errorf("Alive() after reopening = %v, %v, want %v", got, err, begin)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good.db")
	s := opened(t, good, nil)
	apply(t, s, said(1, 11, "one"))
	data, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	other := bytes.Repeat([]byte{8}, 32)
	for _, f := range []struct {
		path string
		data []byte
	}{
		{filepath.Join(dir, "copy.db"), data},
		{filepath.Join(dir, "empty.db"), nil},
		{filepath.Join(dir, "text.db"), []byte(strings.Repeat("no such file\n", 1000))},
		{filepath.Join(dir, "blank.db"), make([]byte, len(data))},
		{filepath.Join(dir, "short.db"), data[:3*os.Getpagesize()]},
	} {
		if err := os.WriteFile(f.path, f.data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name, file string
		key        []byte
		want       error
	}{
		{"another key", "copy.db", other, store.ErrKey},
		{"opened already", "good.db", secret(), store.ErrLocked},
		{"empty", "empty.db", secret(), store.ErrBroken},
		{"a text", "text.db", secret(), store.ErrBroken},
		{"cut short", "short.db", secret(), store.ErrBroken},
		{"zeros", "blank.db", secret(), store.ErrBroken},
		{"no such folder", "none/file.db", secret(), fs.ErrNotExist},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := store.Open(filepath.Join(dir, tt.file), store.Options{Key: tt.key, Timeout: time.Millisecond})
			if !errors.Is(err, tt.want) {
				t.Errorf("Open() = %v, %v, want %v", s, err, tt.want)
			}
			if info, err := os.Stat(filepath.Join(dir, "empty.db")); err != nil || info.Size() > 0 {
				t.Errorf("the empty file was written to: %v", err)
			}
		})
	}
	if _, err := store.Open(filepath.Join(dir, "new.db"), store.Options{Key: []byte("short")}); err == nil {
		t.Errorf("Open with a key of 5 bytes = nil, want an error")
	}
}

// TestFileCutShortIsNoticed cuts the file while it is open. Reading past its
// end must not end the process.
func TestFileCutShortIsNoticed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "campaign.db")
	s, err := store.Open(path, store.Options{Key: secret()})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, office("import/1", roster()...))
	if err := os.Truncate(path, int64(2*os.Getpagesize())); err != nil {
		t.Fatal(err)
	}
	err = s.View(func(v dialog.View) error {
		for range v.AllVisits() {
		}
		return nil
	})
	if !errors.Is(err, store.ErrBroken) {
		t.Errorf("View() = %v, want %v", err, store.ErrBroken)
	}
	if _, err := s.Apply([]dialog.Input{said(1, 11, "one")}, diary{}); !errors.Is(err, store.ErrBroken) {
		t.Errorf("Apply() = %v, want %v", err, store.ErrBroken)
	}
	if err := s.Close(); !errors.Is(err, store.ErrBroken) {
		t.Errorf("Close() = %v, want %v", err, store.ErrBroken)
	}
}

// TestOnlyAnUncleanStopMakesWary counts commits: after an unclean stop there are
// two for each input.
func TestOnlyAnUncleanStopMakesWary(t *testing.T) {
	dir := t.TempDir()
	clean, unclean := prepared(t, dir), filepath.Join(dir, "unclean.db")
	commits := 0
	count := func(op string) error {
		if op == "commit" {
			commits++
		}
		return nil
	}
	s := opened(t, clean, count)
	copyFile(t, clean, unclean) // as it lies there while the program runs
	for _, tt := range []struct {
		name string
		s    *store.Store
		want int
	}{
		{"clean", s, 1},
		{"unclean", opened(t, unclean, count), 6},
	} {
		commits = 0
		apply(t, tt.s, said(101, 11, "a"), said(102, 11, "b"), said(103, 11, "c"))
		if commits != tt.want {
			t.Errorf("after a stop that was %s: %d commits for a batch of three, want %d", tt.name, commits, tt.want)
		}
	}
}

// openChild opens the file as another process would, and exits 7 if it is
// locked.
func openChild(path string) int {
	s, err := store.Open(path, store.Options{Key: secret(), Timeout: time.Millisecond})
	switch {
	case errors.Is(err, store.ErrLocked):
		return 7
	case err != nil:
		return 1
	}
	if s.Close() != nil {
		return 1
	}
	return 0
}

func TestOpenRefusesFileOfAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "campaign.db")
	opened(t, path, nil)
	err := child(t, "open", path).Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 7 {
		t.Errorf("opening in another process: %v, want exit code 7 (locked)", err)
	}
}

func TestFileHoldsNoPlainText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "campaign.db")
	s := opened(t, path, nil)
	canary := "CANARY李大娘的秘密"
	in := said(1, 987654321, canary)
	in.Cause = "CANARY-CAUSE"
	apply(t, s, in, said(2, 987654321, "panic"),
		office("CANARY-OFFICE", roster()...),
		dialog.Input{Cause: "x", Kind: dialog.Garbled, Reached: begin, Raw: []byte(canary)})
	apply(t, s, said(3, 987654321, "look"))
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"CANARY", "李", "987654321", "JT-00", "138000", "main", "RoundOpened", "household", "message/"} {
		if bytes.Contains(data, []byte(word)) {
			t.Errorf("the file holds %q in plain text", word)
		}
	}
}

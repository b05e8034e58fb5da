package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zoufang/bot"
	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
	"zoufang/simulator"
	"zoufang/store"
)

// patience is how long a test waits for what must come.
const patience = 30 * time.Second

// testKey seals the files of the tests.
func testKey() []byte { return bytes.Repeat([]byte{7}, 32) }

// campaign is the synthetic campaign and a file that holds it. It is made once,
// because each test begins with a copy.
var campaign = sync.OnceValues(func() (loaded, error) {
	set, err := sample.Make(sample.Options{Seed: 1})
	if err != nil {
		return loaded{}, err
	}
	dir, err := os.MkdirTemp("", "zoufang-test")
	if err != nil {
		return loaded{}, err
	}
	file := filepath.Join(dir, "campaign.db")
	err = fill(file, testKey(), set)
	data, readErr := os.ReadFile(file)
	return loaded{set, data}, errors.Join(err, readErr, os.RemoveAll(dir))
})

type loaded struct {
	set  sample.Set
	file []byte
}

// fill makes a file with the campaign.
func fill(path string, key []byte, set sample.Set) (err error) {
	s, err := store.Open(path, store.Options{Key: key})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return s.Load(each(set.Events))
}

// house is a whole installation under test: a Telegram on the loopback, a real
// file, and the service between them over real HTTP.
type house struct {
	t      testing.TB
	set    sample.Set
	sim    *simulator.Simulator
	server *simulator.Server
	path   string
	log    lockedBuffer
	fault  atomic.Pointer[func(op string) error]

	store *store.Store // while it is open
	halt  func() error // while the service runs

	player *player // for the lines of a script
	dirty  bool    // quarantined inputs are expected
	timely bool    // the clock's messages go out as the defaults say
}

// shanghai is where the campaign is.
func shanghai(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// lockedBuffer takes what several goroutines write.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newHouse builds the house with its people, and the service not yet running.
// At the end of the test the file must be sound, and the bot must have sent
// nothing that no correct bot would send.
func newHouse(t testing.TB, o simulator.Options) *house {
	t.Helper()
	c, err := campaign()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, set: c.set, path: filepath.Join(t.TempDir(), "zoufang.db")}
	if err := os.WriteFile(h.path, c.file, 0o600); err != nil {
		t.Fatal(err)
	}
	h.sim = simulator.New(o)
	for _, p := range []simulator.Person{
		{ID: int64(sample.MemberUser), FirstName: "走访党员"},
		{ID: int64(sample.LeaderUser), FirstName: "组长"},
		{ID: int64(sample.OfficeUser), FirstName: "活动办公室"},
		{ID: int64(sample.DirectorUser), FirstName: "局领导"},
	} {
		h.sim.AddPerson(p).Start("")
	}
	h.player = &player{d: &demo{sim: h.sim}, w: world{out: new(bytes.Buffer)}}
	h.player.take("member", sample.MemberUser)
	if h.server, err = h.sim.Listen(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.tearDown)
	return h
}

// frozen is a Telegram whose clock stands at the beginning of the campaign's
// last day.
func frozen(t testing.TB) simulator.Options {
	t.Helper()
	c, err := campaign()
	if err != nil {
		t.Fatal(err)
	}
	return simulator.Options{Token: demoToken, Start: c.set.Start, Frozen: true}
}

// running is a house whose service runs.
func running(t testing.TB) *house {
	t.Helper()
	h := newHouse(t, frozen(t))
	h.start()
	return h
}

func (h *house) tearDown() {
	h.fault.Store(nil)
	if h.halt != nil {
		h.stop()
	}
	if err := h.server.Close(); err != nil {
		h.t.Error(err)
	}
	if v := h.sim.Violations(); len(v) > 0 {
		h.t.Errorf("the bot sent what no correct bot sends: %q", v)
	}
	h.read(func(s *store.Store) {
		r, err := s.Check()
		if err != nil || !r.Sound() {
			h.t.Errorf("Check() = %v, %v, want no faults", r.Faults, err)
		}
		if n := r.Counts["quarantine"]; n > 0 != h.dirty {
			h.t.Errorf("quarantine holds %d inputs, want any: %v", n, h.dirty)
		}
	})
	if h.t.Failed() {
		h.t.Logf("log:\n%s", h.log.String())
	}
}

// read opens the file if the service does not, for f alone.
func (h *house) read(f func(*store.Store)) {
	h.t.Helper()
	if h.store != nil {
		f(h.store)
		return
	}
	s, err := store.Open(h.path, store.Options{Key: testKey()})
	if err != nil {
		h.t.Fatal(err)
	}
	f(s)
	if err := s.Close(); err != nil {
		h.t.Error(err)
	}
}

// start begins the service on the file.
func (h *house) start() {
	h.t.Helper()
	var err error
	h.store, err = store.Open(h.path, store.Options{Key: testKey(), Fault: func(op string) error {
		if f := h.fault.Load(); f != nil {
			return (*f)(op)
		}
		return nil
	}})
	if err != nil {
		h.t.Fatal(err)
	}
	zone := shanghai(h.t)
	talker, err := dialog.New(dialog.Options{Zone: zone})
	if err != nil {
		h.t.Fatal(err)
	}
	conf, err := parseConfig(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	if !h.timely { // nothing comes by itself into what people are doing
		const newYear = "0 0 1 1 *"
		conf.Schedule = timetable{newYear, newYear, newYear, newYear, newYear, newYear}
	}
	log := slog.New(slog.NewTextHandler(&h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s := &service{
		store: h.store, dialog: talker, zone: zone, now: h.sim.Now, log: log, key: testKey(),
		sweep: conf.Sweep, times: conf.Schedule, moved: h.sim.ClockMoved,
	}
	s.bot, err = bot.New(bot.Config{
		Token: h.sim.Token(), APIURL: h.server.URL, Log: log, Now: h.sim.Now, Limits: bot.Limits{Off: true},
		Draw: drawChart, Hold: holdLetter(h.store, talker), Paper: s.paper, Read: s.read,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(h.t.Context()))
	done := make(chan error, 1)
	go func() { done <- s.run(ctx) }()
	h.halt = func() error {
		cancel()
		return <-done
	}
}

// stop ends the service and closes the file.
func (h *house) stop() {
	h.t.Helper()
	if err := errors.Join(h.halt(), h.store.Close()); err != nil {
		h.t.Errorf("stop: %v", err)
	}
	h.halt, h.store = nil, nil
}

// play acts the lines of a script, as a demo does.
func (h *house) play(script string) {
	h.t.Helper()
	for line := range strings.Lines(script) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			h.step(line)
		}
	}
}

func (h *house) step(line string) {
	h.t.Helper()
	if strings.HasPrefix(line, ">") {
		h.settle()
	}
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	if err := h.player.step(ctx, line); err != nil {
		h.t.Fatalf("%s: %v\n%s", line, err, h.screen(h.player.user))
	}
}

// settle waits until every letter is crossed off, if the service runs here: the
// bot answers a text with a new message only if it knows that the last one has
// arrived, and people are not as quick as a test. No event tells of it.
func (h *house) settle() {
	h.t.Helper()
	if h.store == nil {
		return
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for began := time.Now(); ; <-tick.C {
		letters, err := dueLetters(h.store, h.sim.Now())
		if err != nil {
			h.t.Fatal(err)
		}
		if len(letters) == 0 {
			return
		}
		if time.Since(began) > patience {
			h.t.Fatalf("a letter is not delivered: %+v", letters[0])
		}
	}
}

// phone is the phone of one of the people.
func (h *house) phone(who casework.UserID) *simulator.Phone { return h.sim.Person(int64(who)) }

// screen is the end of a chat, for people who look for a fault.
func (h *house) screen(user int64) string {
	var b strings.Builder
	c := h.sim.Chat(user)
	for _, m := range c.Messages[max(0, len(c.Messages)-4):] {
		fmt.Fprintf(&b, "%s %d: %s\n", m.From, m.ID, m.Text)
		for _, row := range m.Buttons {
			for _, button := range row {
				fmt.Fprintf(&b, "[%s] ", button.Text)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// until waits for what the person sees.
func (h *house) until(who casework.UserID, what string, cond func(simulator.Chat) bool) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	if err := h.phone(who).Wait(ctx, cond); err != nil {
		h.t.Fatalf("wait for %s: %v\n%s", what, err, h.screen(int64(who)))
	}
}

// wait waits for anything that the simulator notices.
func (h *house) wait(what string, cond func() bool) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	if err := h.sim.Wait(ctx, cond); err != nil {
		h.t.Fatalf("wait for %s: %v", what, err)
	}
}

// said waits until a message of the bot holds the words.
func (h *house) said(who casework.UserID, words string) {
	h.t.Helper()
	h.until(who, words, func(c simulator.Chat) bool { return count(c, words) > 0 })
}

// count is how many messages of the bot hold the words.
func count(c simulator.Chat, words string) int {
	n := 0
	for _, m := range c.Messages {
		if m.From == "bot" && strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}

// ready waits until the button that a line of a script taps is there.
func (h *house) ready(line string) {
	h.t.Helper()
	label, tap := strings.CutPrefix(line, "> [")
	if !tap {
		return
	}
	h.until(casework.UserID(h.player.user), line, func(c simulator.Chat) bool {
		m := newestCard(c)
		return m != nil && slices.ContainsFunc(slices.Concat(m.Buttons...), func(b simulator.Button) bool {
			return strings.HasPrefix(b.Text, strings.TrimSuffix(label, "]"))
		})
	})
}

// barrier returns when everything was said that earlier inputs of the person led
// to: letters leave in order within a chat. It asks for two screens, so that
// one of them is always another than the one shown.
func (h *house) barrier(who casework.UserID) {
	h.t.Helper()
	for _, screen := range [][2]string{{"/drafts", "没填完的草稿（"}, {"/help", "怎么用\n"}} {
		h.settle()
		h.phone(who).Send(screen[0])
		h.until(who, screen[0], func(c simulator.Chat) bool {
			m := newestCard(c)
			return m != nil && strings.HasPrefix(m.Text, screen[1])
		})
	}
}

// facts are the facts of that kind that the sample did not hold.
func facts[F casework.Fact](h *house) []F {
	h.t.Helper()
	var out []F
	h.read(func(s *store.Store) {
		err := s.EachEvent(uint64(len(h.set.Events))+1, func(e casework.Event) error {
			if f, ok := e.Fact.(F); ok {
				out = append(out, f)
			}
			return nil
		})
		if err != nil {
			h.t.Fatal(err)
		}
	})
	return out
}

// drafts are the forms that the person has not sent.
func (h *house) drafts(who casework.StaffID) (out []dialog.Draft) {
	h.t.Helper()
	h.read(func(s *store.Store) {
		if err := s.View(func(v dialog.View) error { out = v.DraftsOf(who); return nil }); err != nil {
			h.t.Fatal(err)
		}
	})
	return out
}

// view reads the records.
func (h *house) view(f func(casework.Records)) {
	h.t.Helper()
	h.read(func(s *store.Store) {
		if err := s.View(func(v dialog.View) error { f(v); return nil }); err != nil {
			h.t.Fatal(err)
		}
	})
}

package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"zoufang/bot"
	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/store"
)

// era is an installation that lives for years: a real file, the real dialogue and
// the service's own jobs, run by the real scheduler. Its clock is moved by hand,
// so that a quarter of an hour is one look at what is due; a jump is a move that
// nobody announced. Telegram is a few lines: it hears of each letter that is
// delivered. All of it is one goroutine at a time, so a seed makes one story.
type era struct {
	t       testing.TB
	zone    *time.Location
	rng     *rand.Rand
	talker  *dialog.Dialog
	path    string
	people  []*soul
	targets []casework.TargetID
	law     *law // the model that everything is held against
	trace   hash.Hash
	inputs  int
	calm    time.Time // faults begin then

	set   sync.Mutex // the scheduler reads the clock first, and sees all that was done before it was set
	now   time.Time
	skew  time.Duration // by how much the clock is wrong
	moved chan struct{}

	away   time.Time // Telegram does not answer before
	heard  time.Time // when it last answered a poll
	refuse int       // so many deliveries get a 429
	fuse   int       // the process dies at this many steps at the engine; zero: it lives
	dead   bool
	torn   bool // the process dies when the next letter has arrived
	panics bool // the next transaction panics

	service *service
	halt    func()
	inbox   []dialog.Input // not confirmed
	seen    dialog.LetterID
	events  uint64
	noHold  bool // a planted fault: letters are not held at delivery
}

// soul is a person of the story, with a phone.
type soul struct {
	id      casework.StaffID
	user    casework.UserID
	name    string
	roles   []casework.Role
	group   casework.GroupID
	blocked time.Time // the bot, until then; zero if not
	cards   []*shown  // on the phone, oldest first
	message dialog.MessageID
	answer  time.Time // the last of a form that is on the screen; zero if none is
	filling int       // answers to give before the form rests
}

// shown is a message of the bot with its buttons.
type shown struct {
	card    dialog.CardID
	name    string
	at      dialog.Place
	message dialog.MessageID
	rows    [][]dialog.Button
}

var errDead = errors.New("the process is dead")

// dawn is an era at its first instant, with its people known to the bot.
func dawn(t testing.TB, zone *time.Location, seed uint64, clock string) *era {
	t.Helper()
	at, err := time.ParseInLocation(time.DateTime, clock, zone)
	if err != nil {
		t.Fatal(err)
	}
	talker, err := dialog.New(dialog.Options{Zone: zone})
	if err != nil {
		t.Fatal(err)
	}
	e := &era{
		t: t, zone: zone, rng: rand.New(rand.NewPCG(seed, 1)), talker: talker, path: filepath.Join(memory(t), "years.db"),
		trace: sha256.New(), now: at.UTC(), moved: make(chan struct{}), calm: at.AddDate(0, 0, 7).UTC(),
	}
	e.law = newLaw(e)
	e.open()
	if err := publishForms(e.service.store, e.talker, e.now); err != nil {
		t.Fatal(err)
	}
	e.found()
	e.start()
	return e
}

// memory is a folder that needs no disk, where there is one: a commit every few
// minutes for two years would wait for the disk most of the time.
func memory(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "zoufang") //nolint:usetesting // the folder of the test is on a disk
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func (e *era) open() {
	e.t.Helper()
	file, err := store.Open(e.path, store.Options{Key: testKey(), Fault: e.fault})
	if err != nil {
		e.t.Fatal(err)
	}
	conf, err := parseConfig(nil)
	if err != nil {
		e.t.Fatal(err)
	}
	now := func() time.Time {
		e.set.Lock()
		defer e.set.Unlock()
		return e.now
	}
	log := slog.New(slog.DiscardHandler)
	b, err := bot.New(bot.Config{Token: demoToken, APIURL: "http://telegram.test", Log: log, Now: now, HTTPClient: &http.Client{Transport: empty{}}})
	if err != nil {
		e.t.Fatal(err)
	}
	e.service = &service{
		store: file, dialog: e.talker, bot: b, zone: e.zone, now: now, log: log, sweep: conf.Sweep, times: conf.Schedule,
		moved: func() <-chan struct{} { return e.moved },
	}
}

// start runs the jobs.
func (e *era) start() {
	e.t.Helper()
	e.hear()
	jobs, err := e.service.clock()
	if err != nil {
		e.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(e.t.Context())
	done := make(chan error, 1)
	go func() { done <- jobs.Run(ctx) }()
	e.halt = func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			e.t.Errorf("Run() = %v, want %v", err, context.Canceled)
		}
	}
	synctest.Wait()
}

// stop ends the process: in order, or as a crash does, which closes nothing.
func (e *era) stop() {
	e.t.Helper()
	e.halt()
	crashed := e.dead
	if err := e.service.store.Close(); err != nil && !crashed {
		e.t.Fatal(err)
	}
	e.dead, e.torn, e.fuse, e.panics = false, false, 0, false
	if crashed {
		e.law.crashes++
	}
	e.service, e.halt = nil, nil
	e.note("stop, crashed %v", crashed)
}

// fault is asked by the store at each step.
func (e *era) fault(op string) error {
	if e.panics && op == "begin" {
		e.panics = false
		panic("a fault of the program")
	}
	if e.fuse > 0 {
		if e.fuse--; e.fuse == 0 {
			e.dead = true
		}
	}
	if e.dead {
		return errDead
	}
	return nil
}

// note adds a line to the trace of the story.
func (e *era) note(format string, args ...any) {
	fmt.Fprintf(e.trace, "%s %s\n", e.now.Format(time.RFC3339Nano), fmt.Sprintf(format, args...))
}

// empty is a Telegram where nothing has happened: a poll brings nothing and is the
// last.
type empty struct{}

type lastPoll struct{}

func (empty) RoundTrip(r *http.Request) (*http.Response, error) {
	if end, ok := r.Context().Value(lastPoll{}).(context.CancelFunc); ok {
		defer end()
	}
	body := io.NopCloser(strings.NewReader(`{"ok":true,"result":[]}`))
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: body, Request: r}, nil
}

// hear polls Telegram once, if it answers.
func (e *era) hear() {
	e.t.Helper()
	if e.now.Before(e.away) {
		return
	}
	ctx, end := context.WithCancel(e.t.Context())
	defer end()
	ctx = context.WithValue(ctx, lastPoll{}, end)
	err := e.service.bot.Poll(ctx, func(context.Context, []dialog.Input) error { return nil })
	if err != nil || !e.service.bot.Polled().Equal(e.now) {
		e.t.Fatalf("Poll() = %v, Polled() = %v, want %v", err, e.service.bot.Polled(), e.now)
	}
	e.heard = e.now
}

// pass lets time pass that the clock counts, and does what falls due.
func (e *era) pass(d time.Duration) {
	e.now = e.now.Add(d)
	if e.service == nil {
		return
	}
	if e.now.Sub(e.heard).Abs() >= time.Hour && !e.dead {
		e.hear()
	}
	old := e.moved
	e.moved = make(chan struct{})
	close(old)
	synctest.Wait()
}

// jump sets the clock without a word. The scheduler looks within a minute.
func (e *era) jump(by time.Duration) {
	e.set.Lock()
	e.now = e.now.Add(by)
	e.set.Unlock()
	e.skew += by
	e.note("jump %v", by)
	if e.service != nil {
		<-time.After(time.Minute + time.Second)
		synctest.Wait()
	}
}

// take gives inputs to the bot. What is not taken is given again.
func (e *era) take(in ...dialog.Input) {
	e.inbox = append(e.inbox, in...)
	for len(e.inbox) > 0 && !e.dead {
		if _, err := e.service.take(e.inbox[:1]); err != nil {
			return
		}
		e.inbox = e.inbox[1:]
	}
}

// input is something that a person does.
func (e *era) input(p *soul, kind dialog.InputKind) dialog.Input {
	e.inputs++
	return dialog.Input{
		Kind: kind, Cause: fmt.Sprintf("u:%d", e.inputs), Reached: e.now, Typed: e.now,
		Chat: dialog.ChatID(p.user), ChatKind: dialog.PrivateChat, User: p.user,
	}
}

// say sends a command.
func (e *era) say(p *soul, command string) {
	in := e.input(p, dialog.Said)
	p.message++
	p.answer = time.Time{} // a command leaves the form
	in.Message, in.Text = p.message, "/"+command
	in.Command, in.Args, _ = strings.Cut(command, " ")
	e.take(in)
}

// press taps the first button of the card that begins so.
func (e *era) press(p *soul, card, label string) bool {
	message, data := p.button(card, label)
	if data == "" {
		return false
	}
	in := e.input(p, dialog.Pressed)
	in.Query, in.Data, in.Message, in.Typed = in.Cause, data, message, time.Time{}
	e.take(in)
	return true
}

// button is the one on the newest card of the name, as the phone shows it; no data if
// there is none.
func (p *soul) button(card, label string) (dialog.MessageID, string) {
	for _, m := range slices.Backward(p.cards) {
		if m.name != card {
			continue
		}
		for _, b := range slices.Concat(m.rows...) {
			if b.Data != "" && strings.HasPrefix(b.Text, label) {
				return m.message, b.Data
			}
		}
		break
	}
	return 0, ""
}

// office records facts as the command line does.
func (e *era) office(facts func(v dialog.View, ids *casework.Minter) []casework.Fact) {
	e.t.Helper()
	e.inputs++
	in := dialog.Input{Kind: dialog.Office, Cause: fmt.Sprintf("o:%d", e.inputs), Reached: e.now}
	err := e.service.store.View(func(v dialog.View) error {
		in.Facts = facts(v, casework.NewMinter(v.Inputs()+1))
		return nil
	})
	if err == nil && len(in.Facts) > 0 {
		e.take(in)
	}
}

// view reads the records. It does nothing in a process that has died.
func (e *era) view(f func(dialog.View)) {
	e.t.Helper()
	if e.service == nil || e.dead {
		return
	}
	err := e.service.store.View(func(v dialog.View) error { f(v); return nil })
	if err != nil && !e.dead {
		e.t.Fatal(err)
	}
}

// deliver is Telegram and the sender: in order, one letter at a time, each settled
// before the next.
func (e *era) deliver() {
	e.t.Helper()
	if e.now.Before(e.away) || e.dead {
		return
	}
	hold := holdLetter(e.service.store, e.talker)
	letters, err := e.service.store.Pending(0, 10_000)
	if err != nil {
		return
	}
	waits := map[dialog.ChatID]bool{} // its bulk letters
	for _, l := range letters {
		p := e.soul(l.Chat)
		switch {
		case l.NotBefore.After(e.now) || l.Bulk && waits[l.Chat]:
			continue
		case l.Bulk && !e.noHold && hold(l, e.now):
			waits[l.Chat] = true
			continue
		case e.refuse > 0:
			e.refuse--
			return // 429: everybody waits
		case e.now.Before(p.blocked):
			e.take(dialog.Input{Kind: dialog.Refused, Cause: fmt.Sprintf("r:%d", l.ID), Reached: e.now, Chat: l.Chat, ChatKind: dialog.PrivateChat})
		default:
			e.arrive(p, l)
		}
		r := dialog.Receipt{Letter: l.ID}
		if l.Kind == dialog.Show && l.Card != 0 {
			r.Card, r.Message = l.Card, p.message
		}
		if e.dead || e.service.store.Settle([]dialog.Receipt{r}) != nil {
			return
		}
	}
}

// arrive puts a letter on the phone.
func (e *era) arrive(p *soul, l dialog.Letter) {
	e.law.delivered(p, l)
	e.dead = e.dead || e.torn
	e.note("%s gets %s %d %q", p.name, l.Kind, l.ID, l.Text)
	if l.Kind != dialog.Show || l.Card == 0 {
		return
	}
	i := slices.IndexFunc(p.cards, func(m *shown) bool { return m.card == l.Card })
	if i < 0 || !l.Edit {
		p.message++
		p.cards = append(p.cards, &shown{card: l.Card})
		p.cards = p.cards[max(0, len(p.cards)-12):]
		i = len(p.cards) - 1
	}
	m := p.cards[i]
	m.message, m.rows = p.message, l.Rows
	e.view(func(v dialog.View) {
		c, _ := v.Card(l.Card)
		m.name, m.at = c.Name, c.At
	})
}

// soul is whose chat it is.
func (e *era) soul(chat dialog.ChatID) *soul {
	e.t.Helper()
	for _, p := range e.people {
		if dialog.ChatID(p.user) == chat {
			return p
		}
	}
	e.t.Fatalf("a letter to the chat %d, which is nobody's", chat)
	return nil
}

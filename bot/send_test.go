package bot_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/bot"
	"zoufang/dialog"
)

// reports are the inputs that a sender reports.
type reports struct {
	mu     sync.Mutex
	inputs []dialog.Input
	err    error
}

func (r *reports) report(_ context.Context, in dialog.Input) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return r.err
	}
	r.inputs = append(r.inputs, in)
	return nil
}

func (r *reports) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = err
}

// lines shows the inputs that were reported.
func (r *reports) lines() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for _, in := range r.inputs {
		out = append(out, fmt.Sprintf("%s %s %d %s %d", in.Cause, in.Kind, in.Chat, in.ChatKind, in.NewChat))
	}
	return out
}

// send runs Send until the test calls the function it returns, which gives back
// what Send returned.
func send(t *testing.T, b *bot.Bot, o *outbox, r *reports) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Send(ctx, o, r.report) }()
	return func() error {
		cancel()
		return <-ended
	}
}

// mustStop fails the test if the sender did not end well.
func mustStop(t *testing.T, stop func() error) {
	t.Helper()
	if err := stop(); err != nil {
		t.Errorf("Send() = %v, want nil", err)
	}
}

func show(chat dialog.ChatID, s string) dialog.Letter {
	return dialog.Letter{Kind: dialog.Show, Chat: chat, Text: s}
}

func card(id dialog.CardID, edit bool, s string) dialog.Letter {
	return dialog.Letter{Kind: dialog.Show, Chat: 7, Card: id, Edit: edit, Text: s, Rows: [][]dialog.Button{{{Text: "好", Data: "1.1.1"}}}}
}

// texts shows which texts went to the chat.
func texts(calls []call, chat dialog.ChatID) []string {
	var out []string
	for _, c := range calls {
		if c.chat() == chat {
			out = append(out, c.params["text"])
		}
	}
	return out
}

func TestSendKeepsOrderWithinAChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		tg.answer = func(_ context.Context, c call) (int, string, error) {
			if c.chat() == 1 { // slow, and the first try of the first letter fails
				pass := time.NewTimer(time.Second)
				defer pass.Stop()
				<-pass.C
				if len(texts(tg.seen(""), 1)) == 1 {
					return 0, "", errReset
				}
			}
			return 0, "", nil
		}
		for i := range 5 {
			o.put(show(1, fmt.Sprint("a", i)), show(2, fmt.Sprint("b", i)))
		}
		b, _ := newBot(t, tg)
		began := time.Now()
		stop := send(t, b, o, &reports{})
		pass(20 * time.Second)
		mustStop(t, stop)
		calls := tg.seen("sendMessage")
		if diff := cmp.Diff([]string{"a0", "a0", "a1", "a2", "a3", "a4"}, texts(calls, 1)); diff != "" {
			t.Errorf("slow chat (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"b0", "b1", "b2", "b3", "b4"}, texts(calls, 2)); diff != "" {
			t.Errorf("fast chat (-want +got):\n%s", diff)
		}
		for _, c := range calls {
			if c.chat() == 2 && c.at.Sub(began) > 100*time.Millisecond {
				t.Errorf("the fast chat got %q after %v, want at once", c.params["text"], c.at.Sub(began))
			}
		}
		if left := o.left(); len(left) != 0 {
			t.Errorf("left = %v, want none", left)
		}
	})
}

func TestSendAfterACrashRepeatsAtMostOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		o.put(show(1, "a"), show(1, "b"), show(2, "c"))
		o.fail(errors.New("killed before it was crossed off"))
		b, _ := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		pass(10 * time.Second)
		if err := stop(); err == nil {
			t.Error("Send() = nil although nothing could be crossed off")
		}
		o.fail(nil)
		o.put(show(1, "d"))
		b, _ = newBot(t, tg)
		stop = send(t, b, o, &reports{})
		pass(10 * time.Second)
		mustStop(t, stop)
		calls := tg.seen("")
		if diff := cmp.Diff([]string{"a", "b", "a", "b", "d"}, texts(calls, 1)); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"c", "c"}, texts(calls, 2)); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
		if left := o.left(); len(left) != 0 {
			t.Errorf("left = %v, want none", left)
		}
	})
}

func TestSendStopsWhenNothingCanBeCrossedOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		o.fail(errors.New("disk full"))
		for chat := range dialog.ChatID(3000) {
			o.put(show(chat+1, "x"))
		}
		b, _ := newBot(t, tg, func(c *bot.Config) { c.Limits.Off = true })
		stop := send(t, b, o, &reports{})
		pass(10 * time.Minute)
		if n := len(tg.seen("")); n > 1100 {
			t.Errorf("%d letters went out that a crash would repeat, want 1100 at most", n)
		}
		o.fail(nil)
		pass(10 * time.Minute)
		mustStop(t, stop)
		if n := len(tg.seen("")); n != 3000 || len(o.left()) != 0 {
			t.Errorf("%d letters went out, %d are left, want 3000 and none", n, len(o.left()))
		}
	})
}

func TestSendSettlesInGroups(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		for chat := range dialog.ChatID(25) {
			o.put(show(chat+1, "x"))
		}
		b, _ := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		pass(45 * time.Millisecond)
		if n := len(o.left()); n != 25 {
			t.Errorf("%d letters are left after 45ms, want 25: each settling is a commit", n)
		}
		pass(10 * time.Millisecond)
		if n := len(o.left()); n != 0 || o.settles != 1 {
			t.Errorf("%d letters are left after 55ms and %d settlings, want 0 and 1", n, o.settles)
		}
		mustStop(t, stop)
	})
}

func TestSendWaitsOutFaults(t *testing.T) {
	answers := map[string]func() (int, string, error){
		"lost connection":    func() (int, string, error) { return 0, "", errReset },
		"server error":       func() (int, string, error) { return no(500, "Internal Server Error") },
		"page of a proxy":    func() (int, string, error) { return 502, "<html>", nil },
		"refusal by a proxy": func() (int, string, error) { return 403, "<html>", nil },
	}
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o, r := newTelegram(), newOutbox(), &reports{}
				began := time.Now()
				tg.answer = func(context.Context, call) (int, string, error) {
					if time.Since(began) < time.Hour {
						return answer()
					}
					return 0, "", nil
				}
				o.put(show(1, "a"), show(1, "b"), show(2, "c"))
				b, _ := newBot(t, tg)
				stop := send(t, b, o, r)
				pass(time.Hour)
				for _, chat := range []dialog.ChatID{1, 2} {
					if n := len(texts(tg.seen(""), chat)); n < 50 || n > 70 {
						t.Errorf("%d tries for chat %d in an hour, want 50 to 70", n, chat)
					}
				}
				if got := len(o.left()); got != 3 || len(r.lines()) != 0 {
					t.Errorf("%d letters are left, reports %q, want 3 and none", got, r.lines())
				}
				pass(2 * time.Minute)
				mustStop(t, stop)
				if left := o.left(); len(left) != 0 {
					t.Errorf("left = %v, want none", left)
				}
			})
		})
	}
}

func TestSendWakesEverybodyWhenTheWayIsFree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		free := false
		tg.answer = func(context.Context, call) (int, string, error) {
			if !free {
				return 0, "", errReset
			}
			return 0, "", nil
		}
		o.put(show(1, "a"), show(2, "b"), show(3, "c"))
		b, log := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		pass(time.Hour)
		free = true
		o.put(show(4, "d"))
		b.Wake()
		pass(time.Second)
		if left := o.left(); len(left) != 0 {
			t.Errorf("left = %v a second after the way is free, want none", left)
		}
		mustStop(t, stop)
		if n := log.count("level="); n != 2 {
			t.Errorf("%d lines in the log for one outage, want 2", n)
		}
	})
}

func TestSendLooksAgainWhetherALetterStillStands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		tries := 0
		tg.answer = func(context.Context, call) (int, string, error) {
			if tries++; tries == 1 {
				return 0, "", errReset
			}
			return 0, "", nil
		}
		o.put(show(1, "old face"), show(1, "next"))
		b, _ := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		pass(500 * time.Millisecond)
		o.drop(1) // a newer face took its place
		o.put(show(1, "new face"))
		b.Wake()
		pass(time.Minute)
		mustStop(t, stop)
		if diff := cmp.Diff([]string{"old face", "next", "new face"}, texts(tg.seen(""), 1)); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
	})
}

func TestSendShowsACardBelowIfALetterThatVanishedWantedSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		o.cards[5] = 77
		tries := 0
		tg.answer = func(context.Context, call) (int, string, error) {
			if tries++; tries == 1 {
				return 0, "", errReset
			}
			return 0, "", nil
		}
		o.put(card(5, false, "below"))
		b, _ := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		pass(500 * time.Millisecond)
		o.drop(1)
		o.put(card(5, true, "newer"), card(5, true, "newest"))
		b.Wake()
		pass(time.Minute)
		mustStop(t, stop)
		var got []string
		for _, c := range tg.seen("") {
			got = append(got, c.method+" "+c.params["text"])
		}
		if diff := cmp.Diff([]string{"sendMessage below", "sendMessage newer", "editMessageText newest"}, got); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
	})
}

func TestSendDeliversWhatIsOnItsWayWhenItStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		tg.answer = func(ctx context.Context, c call) (int, string, error) {
			select {
			case <-time.After(map[dialog.ChatID]time.Duration{1: 2 * time.Second, 2: time.Hour}[c.chat()]):
				return 0, "", nil
			case <-ctx.Done():
				return 0, "", ctx.Err()
			}
		}
		o.put(show(1, "slow"), show(1, "next"), show(2, "hung"))
		b, _ := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		synctest.Wait()
		began := time.Now()
		mustStop(t, stop)
		if d := time.Since(began); d != 5*time.Second {
			t.Errorf("Send() took %v to stop, want 5s", d)
		}
		if diff := cmp.Diff([]dialog.LetterID{2, 3}, o.left()); diff != "" {
			t.Errorf("left (-want +got):\n%s", diff)
		}
	})
}

func TestSendEndsWhenTheTokenIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		tg.answer = func(context.Context, call) (int, string, error) { return no(401, "Unauthorized") }
		o.put(show(1, "a"))
		b, _ := newBot(t, tg)
		if err := b.Send(t.Context(), o, (&reports{}).report); !errors.Is(err, bot.ErrUnauthorized) {
			t.Errorf("Send() = %v, want %v", err, bot.ErrUnauthorized)
		}
		if diff := cmp.Diff([]dialog.LetterID{1}, o.left()); diff != "" {
			t.Errorf("left (-want +got):\n%s", diff)
		}
	})
}

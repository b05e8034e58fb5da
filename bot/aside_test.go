package bot_test

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/bot"
	"zoufang/dialog"
)

// dial is a clock that is moved by hand; it runs with real time unless it is
// stopped.
type dial struct {
	mu      sync.Mutex
	shift   time.Duration
	stopped time.Time
}

func (d *dial) now() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.stopped.IsZero() {
		return d.stopped.Add(d.shift)
	}
	return time.Now().Add(d.shift)
}

func (d *dial) move(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.shift += by
}

// diary notes each call with the seconds since the test began.
func diary(began time.Time, calls []call) []string {
	var out []string
	for _, c := range calls {
		out = append(out, fmt.Sprintf("%d %s %s", int(c.at.Sub(began)/time.Second), c.method, c.params["text"]+c.params["message_id"]))
	}
	return out
}

func bulk(chat dialog.ChatID, s string) dialog.Letter {
	l := show(chat, s)
	l.Bulk = true
	return l
}

func TestLettersBeforeTheirTimeStandAside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o, clock := newTelegram(), newOutbox(), &dial{shift: -1000 * time.Hour}
		b, _ := newBot(t, tg, func(c *bot.Config) { c.Now = clock.now })
		began := time.Now()
		at := func(d time.Duration, s string) dialog.Letter {
			l := show(1, s)
			l.NotBefore = clock.now().Add(d)
			return l
		}
		o.put(at(time.Minute, "in a minute"), show(1, "at once"), at(17*time.Second, "soon"), at(-time.Hour, "past"), at(10*time.Hour, "tonight"))
		stop := send(t, b, o, &reports{})
		pass(2 * time.Minute)
		clock.move(10 * time.Hour)
		b.Wake()
		pass(time.Second)
		mustStop(t, stop)
		want := []string{"0 sendMessage at once", "0 sendMessage past", "17 sendMessage soon", "60 sendMessage in a minute", "120 sendMessage tonight"}
		if diff := cmp.Diff(want, diary(began, tg.seen(""))); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
	})
}

func TestALetterTakesItsPlaceWhenItsTimeComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		tg.answer = func(context.Context, call) (int, string, error) {
			<-time.After(10 * time.Second)
			return 0, "", nil
		}
		o.put(show(1, "a"), show(1, "b"), show(1, "c"), show(1, "d"))
		for id, after := range map[dialog.LetterID]time.Duration{1: 5 * time.Second, 3: 2 * time.Second} {
			l := o.letters[id]
			l.NotBefore = time.Now().Add(after)
			o.letters[id] = l
		}
		b, _ := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		pass(time.Minute)
		mustStop(t, stop)
		if diff := cmp.Diff([]string{"b", "a", "c", "d"}, texts(tg.seen(""), 1)); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
	})
}

func TestLettersBeforeTheirTimeWaitForAClockThatStands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		clock := &dial{stopped: time.Date(2017, 9, 6, 8, 0, 0, 0, time.UTC)}
		looks := 0
		now := func() time.Time {
			looks++
			return clock.now()
		}
		b, _ := newBot(t, tg, func(c *bot.Config) { c.Now = now })
		l := show(1, "a nanosecond later")
		l.NotBefore = clock.now().Add(1)
		o.put(l)
		stop := send(t, b, o, &reports{})
		pass(time.Minute)
		if n := len(tg.seen("")); n != 0 || looks > 10_000 {
			t.Errorf("%d letters and %d looks at the clock in a minute, want none and some thousand at most", n, looks)
		}
		clock.move(1)
		b.Wake()
		pass(time.Second)
		mustStop(t, stop)
		if n := len(tg.seen("")); n != 1 {
			t.Errorf("%d letters when the clock was moved, want 1", n)
		}
	})
}

func TestLettersStandingAsideGoTheWayOfTheirChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		tg.answer = func(_ context.Context, c call) (int, string, error) {
			switch c.chat() {
			case 1:
				return no(403, "Forbidden: bot was blocked by the user")
			case -1:
				return no(400, "Bad Request: group chat was upgraded to a supergroup chat", `"migrate_to_chat_id":-100`)
			}
			return 0, "", nil
		}
		for _, chat := range []dialog.ChatID{1, -1} {
			later := show(chat, "later")
			later.NotBefore = time.Now().Add(time.Hour)
			o.put(later, bulk(chat, "held"), show(chat, "at once"))
		}
		b, _ := newBot(t, tg, func(c *bot.Config) {
			c.Hold = func(l dialog.Letter, now time.Time) bool {
				return now.Before(l.NotBefore) || l.Text == "held" && now.UTC().Hour() == 0
			}
		})
		stop := send(t, b, o, &reports{})
		pass(time.Minute)
		if diff := cmp.Diff([]dialog.LetterID{4, 5}, o.left()); diff != "" {
			t.Errorf("left after a minute (-want +got):\n%s", diff)
		}
		pass(time.Hour)
		mustStop(t, stop)
		if diff := cmp.Diff([]string{"at once"}, texts(tg.seen(""), 1)); diff != "" {
			t.Errorf("calls of who blocked the bot (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"at once", "later", "held"}, texts(tg.seen(""), -100)); diff != "" {
			t.Errorf("calls in the new group (-want +got):\n%s", diff)
		}
	})
}

func TestHeldLettersArePassedByThoseSomebodyWaitsFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o, clock := newTelegram(), newOutbox(), &dial{}
		night := func(l dialog.Letter, now time.Time) bool {
			if !l.Bulk || l.ID == 0 {
				t.Errorf("asked about %+v, want stored bulk letters alone", l)
			}
			return l.Chat == 1 && now.UTC().Hour() < 8
		}
		b, _ := newBot(t, tg, func(c *bot.Config) { c.Now, c.Hold = clock.now, night })
		began := time.Now()
		o.put(bulk(1, "digest 1"), show(1, "answer 1"), bulk(1, "digest 2"), show(1, "answer 2"), bulk(2, "other"), show(2, "answer"))
		stop := send(t, b, o, &reports{})
		pass(time.Second)
		if diff := cmp.Diff([]string{"answer 1", "answer 2"}, texts(tg.seen(""), 1)); diff != "" {
			t.Errorf("calls at night (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"other", "answer"}, texts(tg.seen(""), 2)); diff != "" {
			t.Errorf("calls to whom nothing is held (-want +got):\n%s", diff)
		}
		clock.move(7*time.Hour + 58*time.Minute)
		o.put(bulk(1, "digest 3"))
		b.Wake()
		pass(30 * time.Second)
		o.put(bulk(1, "digest 4"), show(1, "answer 3"))
		b.Wake()
		pass(3 * time.Minute)
		mustStop(t, stop)
		want := []string{
			"0 sendMessage answer 1", "0 sendMessage answer 2", "31 sendMessage answer 3",
			"121 sendMessage digest 1", "121 sendMessage digest 2", "121 sendMessage digest 3", "121 sendMessage digest 4",
		}
		var got []call
		for _, c := range tg.seen("") {
			if c.chat() == 1 {
				got = append(got, c)
			}
		}
		if diff := cmp.Diff(want, diary(began, got)); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
	})
}

func TestHeldLettersGoWhenTheClockIsMoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o, clock := newTelegram(), newOutbox(), &dial{}
		asked := 0
		b, _ := newBot(t, tg, func(c *bot.Config) {
			c.Now = clock.now
			c.Hold = func(_ dialog.Letter, now time.Time) bool {
				asked++
				return now.UTC().Hour() < 8
			}
		})
		o.put(bulk(1, "agenda"))
		stop := send(t, b, o, &reports{})
		pass(time.Second)
		for range 100 { // turns that have nothing to do with it
			b.Wake()
			pass(10 * time.Millisecond)
		}
		if asked != 1 {
			t.Errorf("asked %d times within a second, want once", asked)
		}
		clock.move(8 * time.Hour)
		b.Wake()
		pass(100 * time.Millisecond)
		mustStop(t, stop)
		if diff := cmp.Diff([]string{"agenda"}, texts(tg.seen(""), 1)); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
	})
}

func TestAHeldFaceThatWasReplacedIsNotSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o, clock := newTelegram(), newOutbox(), &dial{}
		b, _ := newBot(t, tg, func(c *bot.Config) {
			c.Now = clock.now
			c.Hold = func(_ dialog.Letter, now time.Time) bool { return now.UTC().Hour() < 8 }
		})
		agenda := card(5, false, "agenda")
		agenda.Bulk = true
		o.put(agenda)
		stop := send(t, b, o, &reports{})
		pass(time.Second)
		o.put(card(5, true, "asked for"))
		o.drop(1) // as the store does
		b.Wake()
		pass(time.Second)
		clock.move(8 * time.Hour)
		b.Wake()
		pass(time.Second)
		o.put(card(5, true, "next face"))
		b.Wake()
		pass(time.Second)
		mustStop(t, stop)
		var got []string
		for _, c := range tg.seen("") {
			got = append(got, c.method+" "+c.params["text"])
		}
		if diff := cmp.Diff([]string{"sendMessage asked for", "editMessageText next face"}, got); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
	})
}

func TestWithdraw(t *testing.T) {
	tests := []struct {
		name  string
		cards map[dialog.CardID]dialog.MessageID // posted before
		code  int                                // of deleteMessage; 0 succeeds
		says  string
		put   []dialog.Letter // cards of chat 7; NotBefore in seconds of year 1
		want  []string
		logs  int
	}{
		{
			"a posted card", map[dialog.CardID]dialog.MessageID{5: 77}, 0, "",
			[]dialog.Letter{withdraw(0)}, []string{"0 deleteMessage 77"}, 0,
		},
		{
			"gone", map[dialog.CardID]dialog.MessageID{5: 77}, 400, "Bad Request: message to delete not found",
			[]dialog.Letter{withdraw(0)}, []string{"0 deleteMessage 77"}, 0,
		},
		{
			"too old", map[dialog.CardID]dialog.MessageID{5: 77}, 400, "Bad Request: message can't be deleted for everyone",
			[]dialog.Letter{withdraw(0)}, []string{"0 deleteMessage 77"}, 1,
		},
		{"never posted", nil, 0, "", []dialog.Letter{withdraw(0)}, nil, 0},
		{
			"after a minute", nil, 0, "", []dialog.Letter{card(5, false, "number"), withdraw(60), show(7, "next")},
			[]string{"0 sendMessage number", "0 sendMessage next", "60 deleteMessage 1"}, 0,
		},
		{
			"before its face", nil, 0, "", []dialog.Letter{withdraw(0), card(5, false, "number"), show(7, "next")},
			[]string{"0 sendMessage number", "0 sendMessage next", "1 deleteMessage 1"}, 0,
		},
		{
			"its face waits longer", nil, 0, "", []dialog.Letter{later(card(5, false, "number"), 30), withdraw(10), show(7, "next")},
			[]string{"0 sendMessage next", "30 sendMessage number", "30 deleteMessage 2"}, 0,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o := newTelegram(), newOutbox()
				tg.answer = func(_ context.Context, c call) (int, string, error) {
					if tt.code != 0 && c.method == "deleteMessage" {
						return no(tt.code, tt.says)
					}
					return 0, "", nil
				}
				maps.Copy(o.cards, tt.cards)
				began := time.Now()
				for _, l := range tt.put {
					if !l.NotBefore.IsZero() {
						l.NotBefore = began.Add(l.NotBefore.Sub(time.Time{}))
					}
					o.put(l)
				}
				b, log := newBot(t, tg)
				stop := send(t, b, o, &reports{})
				pass(2 * time.Minute)
				mustStop(t, stop)
				if diff := cmp.Diff(tt.want, diary(began, tg.seen(""))); diff != "" {
					t.Errorf("calls (-want +got):\n%s", diff)
				}
				if left := o.left(); len(left) != 0 || log.count("level=") != tt.logs {
					t.Errorf("left = %v, %d lines in the log, want none and %d", left, log.count("level="), tt.logs)
				}
			})
		})
	}
}

// withdraw takes card 5 away, so many seconds from the beginning.
func withdraw(seconds int) dialog.Letter {
	return later(dialog.Letter{Kind: dialog.Withdraw, Chat: 7, Card: 5}, seconds)
}

// later gives a letter a time in seconds from the beginning, zero for none.
func later(l dialog.Letter, seconds int) dialog.Letter {
	if seconds != 0 {
		l.NotBefore = time.Time{}.Add(time.Duration(seconds) * time.Second)
	}
	return l
}

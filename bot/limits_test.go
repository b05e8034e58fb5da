package bot_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"zoufang/bot"
	"zoufang/casework"
	"zoufang/dialog"
)

func TestSendObeysRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		var until time.Time
		tg.answer = func(_ context.Context, c call) (int, string, error) {
			if c.chat() != 1 {
				return 0, "", nil
			}
			if until.IsZero() {
				until = time.Now().Add(3600 * time.Second)
				return no(429, "Too Many Requests: retry after 3600", `"retry_after":3600`)
			}
			if time.Now().Before(until) {
				t.Errorf("call to the chat %v too early", time.Until(until))
			}
			return 0, "", nil
		}
		b, _ := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		o.put(show(1, "a"), show(1, "b"), show(2, "c"))
		b.Wake()
		for range 10 {
			pass(6 * time.Minute)
			o.put(show(2, "d"), show(1, "e"))
			b.Wake()
		}
		pass(time.Minute)
		mustStop(t, stop)
		if left := o.left(); len(left) != 0 {
			t.Errorf("left = %v, want none", left)
		}
		if got := texts(tg.seen("sendMessage"), 1)[:4]; !slices.Equal(got, []string{"a", "a", "b", "e"}) {
			t.Errorf("order = %q, want a a b e", got)
		}
	})
}

func TestSendHoldsAllWhenDifferentChatsAreToldToWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		first := time.Now()
		tg.answer = func(context.Context, call) (int, string, error) {
			if time.Since(first) < 30*time.Second {
				return no(429, "Too Many Requests: retry after 30", `"retry_after":30`)
			}
			return 0, "", nil
		}
		o.put(show(1, "a"), show(2, "b"))
		b, _ := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		pass(time.Second)
		for chat := range dialog.ChatID(20) {
			o.put(show(chat+10, "c"))
		}
		b.Wake()
		pass(28 * time.Second)
		if n := len(tg.seen("")); n != 2 {
			t.Errorf("%d calls while all must wait, want 2", n)
		}
		pass(time.Minute)
		mustStop(t, stop)
		if left := o.left(); len(left) != 0 {
			t.Errorf("left = %v, want none", left)
		}
	})
}

func TestSendLetsBulkWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		for chat := range dialog.ChatID(300) {
			l := show(chat+1, "digest")
			l.Bulk = true
			o.put(l)
		}
		b, _ := newBot(t, tg)
		began := time.Now()
		stop := send(t, b, o, &reports{})
		pass(2 * time.Second)
		if n := len(tg.seen("")); n < 45 || n > 51 {
			t.Errorf("%d bulk letters within 2s, want 45 to 51", n)
		}
		for chat := range dialog.ChatID(3) {
			o.put(show(chat+1000, "answer"))
		}
		// Whoever waits behind a digest of their own gets both at once.
		o.put(show(300, "answer"))
		b.Wake()
		pass(300 * time.Millisecond)
		for _, chat := range []dialog.ChatID{1000, 1001, 1002} {
			if got := texts(tg.seen(""), chat); len(got) != 1 {
				t.Errorf("chat %d got %q within 300ms, want its answer", chat, got)
			}
		}
		if got := texts(tg.seen(""), 300); !slices.Equal(got, []string{"digest", "answer"}) {
			t.Errorf("chat 300 got %q within 300ms, want digest and answer", got)
		}
		pass(18 * time.Second)
		mustStop(t, stop)
		calls := tg.seen("")
		if len(calls) != 304 || calls[303].at.Sub(began) > 20*time.Second {
			t.Errorf("%d letters in %v, want 304 within 20s", len(calls), calls[len(calls)-1].at.Sub(began))
		}
		if n := busiest(calls, time.Second); n > 30 {
			t.Errorf("%d letters within a second, want 30 at most", n)
		}
	})
}

func TestSendCountsTheCallsOfALetter(t *testing.T) {
	tests := []struct {
		name  string
		bulk  bool
		calls int // of a letter
		again func(dialog.ChatID) dialog.Letter
	}{
		{"a card shown again", false, 2, face},
		{"a card shown again in bulk", true, 2, face},
		{"a card changed in place", false, 1, func(chat dialog.ChatID) dialog.Letter {
			l := face(chat)
			l.Edit = true
			return l
		}},
		{"files", false, 3, func(chat dialog.ChatID) dialog.Letter {
			l := dialog.Letter{Kind: dialog.Resend, Chat: chat}
			for range 3 {
				l.Files = append(l.Files, casework.Attachment{Kind: casework.Voice, FileID: "v"})
			}
			return l
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o := newTelegram(), newOutbox()
				for chat := range dialog.ChatID(100) {
					o.put(face(chat + 1))
				}
				b, _ := newBot(t, tg)
				stop := send(t, b, o, &reports{})
				pass(time.Minute)
				for chat := range dialog.ChatID(100) {
					l := tt.again(chat + 1)
					l.Bulk = tt.bulk
					o.put(l)
				}
				b.Wake()
				pass(time.Minute)
				mustStop(t, stop)
				calls := tg.seen("")
				if n := busiest(calls, time.Second); n > 30 || len(calls) != 100+100*tt.calls {
					t.Errorf("%d calls, %d within a second, want %d and 30 at most", len(calls), n, 100+100*tt.calls)
				}
			})
		})
	}
}

// face shows the card of a chat.
func face(chat dialog.ChatID) dialog.Letter {
	l := show(chat, "face")
	l.Card = dialog.CardID(chat)
	return l
}

func TestSendLetsBulkWaitForRoomOnTheWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		tg.answer = func(context.Context, call) (int, string, error) {
			<-time.After(time.Second) // a slow way
			return 0, "", nil
		}
		for chat := range dialog.ChatID(300) {
			l := show(chat+1, "digest")
			l.Bulk = true
			o.put(l)
		}
		b, _ := newBot(t, tg, func(c *bot.Config) { c.Limits.Off = true })
		stop := send(t, b, o, &reports{})
		pass(500 * time.Millisecond)
		o.put(show(1000, "answer"))
		b.Wake()
		pass(100 * time.Millisecond)
		if n := len(texts(tg.seen(""), 1000)); n != 1 {
			t.Errorf("%d answers went out while the first digests were on their way, want 1", n)
		}
		pass(500 * time.Millisecond)
		if n := len(tg.seen("")); n != 97 {
			t.Errorf("%d letters went out, want twice 48 and the answer", n)
		}
		mustStop(t, stop)
	})
}

// busiest is the largest number of calls within any stretch of that length.
func busiest(calls []call, d time.Duration) int {
	most := 0
	for i := range calls {
		n := 0
		for _, c := range calls[i:] {
			if c.at.Sub(calls[i].at) < d {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

func TestSendKeepsToTheLimitsOfAChat(t *testing.T) {
	tests := []struct {
		chat   dialog.ChatID
		off    bool
		n      int // letters
		most   int // within a minute
		within time.Duration
	}{
		{7, false, 20, 20, 100 * time.Millisecond}, // a person who taps fast does not wait
		{7, false, 100, 80, 81 * time.Second},
		{-100, false, 60, 20, 4 * time.Minute},
		{-100, true, 60, 60, 100 * time.Millisecond},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o := newTelegram(), newOutbox()
				for range tt.n {
					o.put(show(tt.chat, "x"))
				}
				b, _ := newBot(t, tg, func(c *bot.Config) { c.Limits.Off = tt.off })
				stop := send(t, b, o, &reports{})
				pass(tt.within)
				calls := tg.seen("")
				if n := busiest(calls, time.Minute); len(calls) != tt.n || n > tt.most {
					t.Errorf("%d letters after %v, %d within a minute, want %d and at most %d", len(calls), tt.within, n, tt.n, tt.most)
				}
				mustStop(t, stop)
			})
		})
	}
}

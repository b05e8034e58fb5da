package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/bot"
	"zoufang/casework"
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
		tg.answer = func(ctx context.Context, c call) (int, string, error) {
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
				t.Errorf("call to the chat %v too early", until.Sub(time.Now()))
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
		var first time.Time
		tg.answer = func(_ context.Context, c call) (int, string, error) {
			if first.IsZero() {
				first = time.Now()
			}
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

func TestSendDropsWhatTelegramDoesNotDeliver(t *testing.T) {
	tests := []struct {
		code        int
		description string
	}{
		{403, "Forbidden: bot was blocked by the user"},
		{403, "Forbidden: user is deactivated"},
		{400, "Bad Request: chat not found"},
		{400, "Bad Request: PEER_ID_INVALID"},
	}
	for _, tt := range tests {
		t.Run(tt.description, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o, r := newTelegram(), newOutbox(), &reports{}
				tg.answer = func(_ context.Context, c call) (int, string, error) {
					if c.chat() == 1 {
						return no(tt.code, tt.description)
					}
					return 0, "", nil
				}
				r.fail(errors.New("disk full")) // the fact must be saved before anything is dropped
				o.put(show(1, "a"), show(1, "b"), show(2, "c"))
				b, _ := newBot(t, tg)
				stop := send(t, b, o, r)
				pass(time.Second / 2)
				if diff := cmp.Diff([]dialog.LetterID{1, 2}, o.left()); diff != "" {
					t.Errorf("left while nothing can be saved (-want +got):\n%s", diff)
				}
				r.fail(nil)
				pass(time.Minute)
				mustStop(t, stop)
				if diff := cmp.Diff([]string{"r:1 refused 1 private 0"}, r.lines()); diff != "" {
					t.Errorf("reports (-want +got):\n%s", diff)
				}
				if left := o.left(); len(left) != 0 {
					t.Errorf("left = %v, want none", left)
				}
				if diff := cmp.Diff([]string{"a", "a"}, texts(tg.seen(""), 1)); diff != "" {
					t.Errorf("calls (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestSendFollowsAGroupToItsNewNumber(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o, r := newTelegram(), newOutbox(), &reports{}
		tg.answer = func(_ context.Context, c call) (int, string, error) {
			if c.chat() == -1 {
				return no(400, "Bad Request: group chat was upgraded to a supergroup chat", `"migrate_to_chat_id":-100`)
			}
			return 0, "", nil
		}
		o.put(show(-1, "a"), show(-1, "b"))
		b, _ := newBot(t, tg)
		stop := send(t, b, o, r)
		pass(time.Minute)
		mustStop(t, stop)
		if diff := cmp.Diff([]string{"v:1 moved -1 group -100"}, r.lines()); diff != "" {
			t.Errorf("reports (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"a", "b"}, texts(tg.seen(""), -100)); diff != "" {
			t.Errorf("calls in the new group (-want +got):\n%s", diff)
		}
	})
}

func TestSendEditsCards(t *testing.T) {
	tests := []struct {
		name     string
		code     int // of an edit; 0 succeeds
		says     string
		entities []dialog.Entity
		want     []string
		shown    dialog.MessageID
	}{
		{"in place", 0, "", nil, []string{"sendMessage", "editMessageText"}, 1},
		{
			"the same text", 400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
			nil, []string{"sendMessage", "editMessageText"}, 1,
		},
		{
			"message deleted", 400, "Bad Request: message to edit not found", []dialog.Entity{{Type: "bold", Length: 1}},
			[]string{"sendMessage", "editMessageText", "sendMessage"}, 2,
		},
		{"not editable", 400, "Bad Request: message can't be edited", nil, []string{"sendMessage", "editMessageText", "sendMessage"}, 2},
		{"unknown number", 400, "Bad Request: MESSAGE_ID_INVALID", nil, []string{"sendMessage", "editMessageText", "sendMessage"}, 2},
		{
			"bad entities", 400, "Bad Request: entity begins in a middle of a character", []dialog.Entity{{Type: "bold", Length: 1}},
			[]string{"sendMessage", "editMessageText", "editMessageText"}, 1,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o := newTelegram(), newOutbox()
				tg.answer = func(_ context.Context, c call) (int, string, error) {
					if tt.code != 0 && c.method == "editMessageText" && len(tg.seen("")) == 2 {
						return no(tt.code, tt.says)
					}
					return 0, "", nil
				}
				edit := card(5, true, "two")
				edit.Entities = tt.entities
				o.put(card(5, false, "one"), edit)
				b, _ := newBot(t, tg)
				stop := send(t, b, o, &reports{})
				pass(time.Minute)
				mustStop(t, stop)
				var methods []string
				for _, c := range tg.seen("") {
					methods = append(methods, c.method)
				}
				if diff := cmp.Diff(tt.want, methods); diff != "" {
					t.Errorf("calls (-want +got):\n%s", diff)
				}
				if m := o.cards[5]; (m == 1) != (tt.shown == 1) || m == 0 {
					t.Errorf("card is shown by message %d, want %d", m, tt.shown)
				}
			})
		})
	}
}

func TestSendAsksTheOutboxForACardSentByAnEarlierRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		o.cards[5] = 77
		o.put(card(5, true, "two"), dialog.Letter{Kind: dialog.Unbutton, Chat: 7, Card: 5},
			dialog.Letter{Kind: dialog.Unbutton, Chat: 7, Card: 6}, card(6, true, "new"))
		b, _ := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		pass(time.Minute)
		mustStop(t, stop)
		var got []string
		for _, c := range tg.seen("") {
			got = append(got, c.method+" "+c.params["message_id"]+" "+c.params["reply_markup"])
		}
		buttons := `{"inline_keyboard":[[{"text":"好","callback_data":"1.1.1"}]]}`
		want := []string{"editMessageText 77 " + buttons, "editMessageReplyMarkup 77 ", "sendMessage  " + buttons}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
	})
}

func TestSendGivesUpWhatTelegramWillNotTake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		tg.answer = func(_ context.Context, c call) (int, string, error) {
			if strings.HasPrefix(c.params["text"], "bad") {
				return no(400, "Bad Request: BUTTON_DATA_INVALID")
			}
			return 0, "", nil
		}
		long := show(1, strings.Repeat("好", 4094)+"👍")
		o.put(long, show(1, long.Text+"!"), show(1, " \n"), show(1, "bad secret words"), show(1, "last"),
			dialog.Letter{Kind: "unheard of", Chat: 1})
		b, log := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		pass(time.Minute)
		mustStop(t, stop)
		if diff := cmp.Diff([]string{long.Text, "bad secret words", "last"}, texts(tg.seen(""), 1)); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
		if n := log.count("level=ERROR"); n != 4 {
			t.Errorf("%d errors in the log, want 4", n)
		}
		if n := log.count("secret words"); n != 0 {
			t.Errorf("the log repeats the text %d times, want 0", n)
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
		if n := busiest(calls, time.Second); n > 60 {
			t.Errorf("%d letters within a second, want 60 at most: the burst and a second's ration", n)
		}
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

func TestSendSpeaksTheBotAPI(t *testing.T) {
	file := func(k casework.AttachmentKind, id string) casework.Attachment {
		return casework.Attachment{Kind: k, FileID: id}
	}
	tests := []struct {
		letter dialog.Letter
		want   []string
	}{
		{
			dialog.Letter{
				Kind: dialog.Show, Text: "您好", Entities: []dialog.Entity{{Type: "bold", Offset: 0, Length: 2}}, ReplyTo: 9,
				Silent: true, Protect: true,
				Rows: [][]dialog.Button{{{Text: "拨号", Copy: "010", Style: dialog.Primary}}, {{Text: "好", Data: "1.1.1"}}},
			},
			[]string{`sendMessage disable_notification=true entities=[{"type":"bold","offset":0,"length":2}] ` +
				`link_preview_options={"is_disabled":true} protect_content=true ` +
				`reply_markup={"inline_keyboard":[[{"text":"拨号","style":"primary","copy_text":{"text":"010"}}],[{"text":"好","callback_data":"1.1.1"}]]} ` +
				`reply_parameters={"message_id":9,"allow_sending_without_reply":true} text=您好`},
		},
		{dialog.Letter{Kind: dialog.React, Message: 9, Emoji: "👍"}, []string{`setMessageReaction message_id=9 reaction=[{"type":"emoji","emoji":"👍"}]`}},
		{
			dialog.Letter{Kind: dialog.Menu, Commands: []dialog.Command{{Name: "visit", About: "走访"}}},
			[]string{`setMyCommands commands=[{"command":"visit","description":"走访"}] scope={"chat_id":7,"type":"chat"}`},
		},
		{dialog.Letter{Kind: dialog.Menu}, []string{`deleteMyCommands scope={"chat_id":7,"type":"chat"}`}},
		{dialog.Letter{Kind: dialog.Leave}, []string{`leaveChat`}},
		{
			dialog.Letter{Kind: dialog.Resend, Text: "附件", Protect: true, Files: []casework.Attachment{
				file(casework.Photo, "p1"), file(casework.Photo, "p2"), file(casework.Voice, "v1"), file(casework.Voice, "v2"),
				file(casework.Document, "d1"),
			}},
			[]string{
				`sendMediaGroup media=[{"caption":"附件","media":"p1","type":"photo"},{"media":"p2","type":"photo"}] protect_content=true`,
				`sendVoice protect_content=true voice=v1`,
				`sendVoice protect_content=true voice=v2`,
				`sendVoice protect_content=true voice=v2`, // the first try failed
				`sendDocument document=d1 protect_content=true`,
			},
		},
	}
	for _, tt := range tests {
		t.Run(string(tt.letter.Kind), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o := newTelegram(), newOutbox()
				tg.answer = func(_ context.Context, c call) (int, string, error) {
					if c.params["voice"] == "v2" && len(tg.seen("sendVoice")) == 2 {
						return 0, "", errReset
					}
					return 0, "", nil
				}
				tt.letter.Chat = 7
				o.put(tt.letter)
				b, _ := newBot(t, tg)
				stop := send(t, b, o, &reports{})
				pass(time.Minute)
				mustStop(t, stop)
				var got []string
				for _, c := range tg.seen("") {
					line := c.method
					delete(c.params, "chat_id")
					for _, k := range sortedKeys(c.params) {
						line += " " + k + "=" + c.params[k]
					}
					got = append(got, line)
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("calls (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func TestSendToleratesWhatNobodyWaitsFor(t *testing.T) {
	tests := []struct {
		kind dialog.LetterKind
		code int
		says string
	}{
		{dialog.React, 400, "Bad Request: message to react not found"},
		{dialog.Unbutton, 400, "Bad Request: message to edit not found"},
		{dialog.Unbutton, 400, "Bad Request: message is not modified"},
		{dialog.Leave, 403, "Forbidden: bot is not a member of the group chat"},
		{dialog.Leave, 400, "Bad Request: chat not found"},
	}
	for _, tt := range tests {
		t.Run(string(tt.kind)+" "+tt.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o, r := newTelegram(), newOutbox(), &reports{}
				tg.answer = func(context.Context, call) (int, string, error) { return no(tt.code, tt.says) }
				o.cards[5] = 50
				o.put(dialog.Letter{Kind: tt.kind, Chat: -7, Card: 5, Message: 3, Emoji: "👍"})
				b, log := newBot(t, tg)
				stop := send(t, b, o, r)
				pass(time.Second)
				mustStop(t, stop)
				if len(tg.seen("")) != 1 || len(o.left()) != 0 || len(r.lines()) != 0 || log.count("level=ERROR") != 0 {
					t.Errorf("%d calls, left %v, reports %q, log %q, want one call alone", len(tg.seen("")), o.left(), r.lines(), log.lines)
				}
			})
		})
	}
}

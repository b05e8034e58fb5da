package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/bot"
	"zoufang/dialog"
)

// text is an update with a text message.
func text(message int, s string) string {
	return fmt.Sprintf(`"message":{"message_id":%d,"date":1,"from":{"id":7,"first_name":"A"},"chat":{"id":7,"type":"private"},"text":%q}`, message, s)
}

// poll runs Poll until the test calls the function it returns, which gives back
// what Poll returned.
func poll(t *testing.T, b *bot.Bot, handle func(context.Context, []dialog.Input) error) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Poll(ctx, handle) }()
	return func() error {
		cancel()
		return <-ended
	}
}

// gaps are the times between calls.
func gaps(calls []call) []time.Duration {
	var out []time.Duration
	for i := 1; i < len(calls); i++ {
		out = append(out, calls[i].at.Sub(calls[i-1].at))
	}
	return out
}

func TestPollConfirmsOnlyWhatIsSaved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg := newTelegram()
		tg.push(text(1, "a"), text(2, "b"))
		b, log := newBot(t, tg)
		var heard []string
		stop := poll(t, b, func(_ context.Context, batch []dialog.Input) error {
			for _, in := range batch {
				heard = append(heard, in.Cause)
			}
			if tg.pending() != 2 {
				t.Errorf("pending = %d before the batch is saved, want 2", tg.pending())
			}
			if len(heard) < 6 {
				return errors.New("disk full")
			}
			return nil
		})
		pass(20 * time.Second)
		if tg.pending() != 0 {
			t.Errorf("pending = %d after the batch is saved, want 0", tg.pending())
		}
		if err := stop(); err != nil {
			t.Errorf("Poll() = %v, want nil", err)
		}
		want := []string{"m:7:1", "m:7:2", "m:7:1", "m:7:2", "m:7:1", "m:7:2"}
		if diff := cmp.Diff(want, heard); diff != "" {
			t.Errorf("inputs (-want +got):\n%s", diff)
		}
		polls := tg.seen("getUpdates")
		if g := gaps(polls); g[0] < time.Second || g[1] < 2*time.Second {
			t.Errorf("waits after a failure = %v, want at least 1s and 2s", g[:2])
		}
		for i, want := range []string{"", "", "", "102"} {
			if got := polls[i].params["offset"]; got != want {
				t.Errorf("poll %d has offset %q, want %q", i, got, want)
			}
			if got := polls[i].params["allowed_updates"]; got != `["message","edited_message","callback_query","my_chat_member"]` {
				t.Errorf("poll %d allows %s", i, got)
			}
		}
		if n := log.count("level=ERROR"); n != 2 {
			t.Errorf("%d errors in the log, want 2", n)
		}
	})
}

func TestPollAfterACrashGetsTheSameAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg := newTelegram()
		tg.push(text(1, "a"))
		b, _ := newBot(t, tg)
		died := make(chan struct{})
		ctx, kill := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() {
			ended <- b.Poll(ctx, func(ctx context.Context, _ []dialog.Input) error {
				close(died)
				<-ctx.Done() // it never gets to save
				return ctx.Err()
			})
		}()
		<-died
		kill()
		if err := <-ended; err != nil {
			t.Errorf("Poll() = %v, want nil", err)
		}
		b, _ = newBot(t, tg)
		var heard []string
		stop := poll(t, b, func(_ context.Context, batch []dialog.Input) error {
			heard = append(heard, batch[0].Cause)
			return nil
		})
		synctest.Wait()
		if err := stop(); err != nil {
			t.Errorf("Poll() = %v, want nil", err)
		}
		if diff := cmp.Diff([]string{"m:7:1"}, heard); diff != "" {
			t.Errorf("inputs (-want +got):\n%s", diff)
		}
	})
}

func TestPollConfirmsTheLastBatchWhenItStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg := newTelegram()
		tg.push(text(1, "a"))
		b, _ := newBot(t, tg)
		ctx, cancel := context.WithCancel(t.Context())
		err := b.Poll(ctx, func(context.Context, []dialog.Input) error {
			cancel()
			return nil
		})
		if err != nil || tg.pending() != 0 {
			t.Errorf("Poll() = %v with %d updates not confirmed, want nil and 0", err, tg.pending())
		}
	})
}

func TestPollTakesPoisonForAnInput(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg := newTelegram()
		tg.push(text(1, "a"), `"message":{"message_id":{}}`, `"future_kind":{}`, text(2, "b"))
		b, _ := newBot(t, tg)
		var kinds []dialog.InputKind
		stop := poll(t, b, func(_ context.Context, batch []dialog.Input) error {
			for _, in := range batch {
				kinds = append(kinds, in.Kind)
			}
			return nil
		})
		synctest.Wait()
		if err := stop(); err != nil {
			t.Errorf("Poll() = %v, want nil", err)
		}
		if diff := cmp.Diff([]dialog.InputKind{dialog.Said, dialog.Garbled, dialog.Ignored, dialog.Said}, kinds); diff != "" {
			t.Errorf("inputs (-want +got):\n%s", diff)
		}
		if tg.pending() != 0 {
			t.Errorf("pending = %d, want 0", tg.pending())
		}
	})
}

func TestPollTakesAHundredAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg := newTelegram()
		for i := range 150 {
			tg.push(text(i+1, "x"))
		}
		b, _ := newBot(t, tg)
		var sizes []int
		stop := poll(t, b, func(_ context.Context, batch []dialog.Input) error {
			sizes = append(sizes, len(batch))
			return nil
		})
		synctest.Wait()
		if err := stop(); err != nil {
			t.Errorf("Poll() = %v, want nil", err)
		}
		if diff := cmp.Diff([]int{100, 50}, sizes); diff != "" {
			t.Errorf("batches (-want +got):\n%s", diff)
		}
	})
}

func TestPollWaitsOutFaults(t *testing.T) {
	refuse := func(code int, description string, parameters ...string) func(context.Context, call) (int, string, error) {
		return func(context.Context, call) (int, string, error) { return no(code, description, parameters...) }
	}
	body := func(status int, body string) func(context.Context, call) (int, string, error) {
		return func(context.Context, call) (int, string, error) { return status, body, nil }
	}
	tests := []struct {
		name   string
		answer func(context.Context, call) (int, string, error)
		least  time.Duration // between any two polls
		most   time.Duration
		polls  int // in an hour, at most
	}{
		{"server error", refuse(500, "Internal Server Error"), time.Second, 75 * time.Second, 70},
		{"page of a proxy", body(502, "<html>Bad Gateway</html>"), time.Second, 75 * time.Second, 70},
		{"refusal by a proxy", body(403, "<html>Forbidden</html>"), time.Second, 75 * time.Second, 70},
		{"nonsense", body(200, "{"), time.Second, 75 * time.Second, 70},
		{"result of another type", body(200, `{"ok":true,"result":{}}`), time.Second, 75 * time.Second, 70},
		{"updates without numbers", body(200, `{"ok":true,"result":[1,{}]}`), time.Second, 75 * time.Second, 70},
		{"lost connection", func(context.Context, call) (int, string, error) { return 0, "", errReset }, time.Second, 75 * time.Second, 70},
		{"told to wait", refuse(429, "Too Many Requests: retry after 1000", `"retry_after":1000`), 1000 * time.Second, 1001 * time.Second, 4},
		{"conflict", refuse(409, "Conflict: terminated by other getUpdates request"), 3 * time.Second, 15 * time.Second, 310},
		{"an answer at once", body(200, `{"ok":true,"result":[]}`), 500 * time.Millisecond, time.Second, 7201},
		{"the same at once", body(200, `{"ok":true,"result":[{"update_id":5}]}`), 0, time.Second, 7202},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg := newTelegram()
				tg.answer = tt.answer
				b, _ := newBot(t, tg)
				stop := poll(t, b, func(context.Context, []dialog.Input) error { return nil })
				pass(time.Hour)
				if err := stop(); err != nil {
					t.Errorf("Poll() = %v, want nil", err)
				}
				polls := tg.seen("getUpdates")
				if g := gaps(polls); slices.Min(g) < tt.least || slices.Max(g) > tt.most {
					t.Errorf("waits from %v to %v, want %v to %v", slices.Min(g), slices.Max(g), tt.least, tt.most)
				}
				if len(polls) < 3 || len(polls) > tt.polls {
					t.Errorf("%d polls in an hour, want 3 to %d", len(polls), tt.polls)
				}
			})
		})
	}
}

func TestPollRaisesTheAlarmOverConflictsOnceAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg := newTelegram()
		tg.answer = func(context.Context, call) (int, string, error) {
			return no(409, "Conflict: terminated by other getUpdates request")
		}
		b, log := newBot(t, tg)
		stop := poll(t, b, func(context.Context, []dialog.Input) error { return nil })
		pass(7 * time.Second)
		if n := log.count("level=ERROR"); n != 0 {
			t.Errorf("%d alarms after two conflicts, want 0", n)
		}
		pass(2*time.Hour + 30*time.Minute)
		if err := stop(); err != nil {
			t.Errorf("Poll() = %v, want nil", err)
		}
		if n := log.count("level=ERROR"); n != 3 {
			t.Errorf("%d alarms in two and a half hours, want 3", n)
		}
	})
}

func TestPollRecoversAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg := newTelegram()
		tg.push(text(1, "a"))
		tries := 0
		tg.answer = func(context.Context, call) (int, string, error) {
			if tries++; tries <= 3 {
				return 0, "", errReset
			}
			return 0, "", nil
		}
		b, _ := newBot(t, tg)
		began := time.Now()
		var heard time.Duration
		stop := poll(t, b, func(context.Context, []dialog.Input) error {
			heard = time.Since(began)
			return nil
		})
		pass(time.Minute)
		if err := stop(); err != nil {
			t.Errorf("Poll() = %v, want nil", err)
		}
		if heard < 7*time.Second || heard > 9*time.Second {
			t.Errorf("heard after %v, want 1s+2s+4s and up to a quarter more", heard)
		}
	})
}

func TestPollEndsWhenTheTokenIsRefused(t *testing.T) {
	for _, code := range []int{401, 404} {
		tg := newTelegram()
		tg.answer = func(context.Context, call) (int, string, error) {
			return no(code, map[int]string{401: "Unauthorized", 404: "Not Found"}[code])
		}
		b, _ := newBot(t, tg)
		err := b.Poll(t.Context(), func(context.Context, []dialog.Input) error { return nil })
		if !errors.Is(err, bot.ErrUnauthorized) {
			t.Errorf("Poll() after %d = %v, want %v", code, err, bot.ErrUnauthorized)
		}
	}
}

func TestPolledIsWhenTelegramLastAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg := newTelegram()
		var up atomic.Bool
		up.Store(true)
		tg.answer = func(context.Context, call) (int, string, error) {
			if !up.Load() {
				return 0, "", errReset
			}
			return 0, "", nil
		}
		clock := &dial{shift: -1000 * time.Hour}
		b, _ := newBot(t, tg, func(c *bot.Config) { c.Now, c.PollTimeout = clock.now, 10*time.Second })
		if got := b.Polled(); !got.IsZero() {
			t.Errorf("Polled() = %v before the first poll, want the zero time", got)
		}
		began := clock.now()
		stop := poll(t, b, func(context.Context, []dialog.Input) error { return errors.New("disk full") })
		pass(25 * time.Second)
		if got := b.Polled().Sub(began); got != 20*time.Second {
			t.Errorf("Polled() = the beginning and %v, want 20s", got)
		}
		up.Store(false)
		pass(time.Hour)
		if got := b.Polled().Sub(began); got != 30*time.Second {
			t.Errorf("Polled() = the beginning and %v while the way is cut, want 30s", got)
		}
		up.Store(true)
		pass(time.Minute - time.Second)
		tg.push(text(1, "a"))
		pass(time.Second)
		if got := clock.now().Sub(b.Polled()); got > 10*time.Second {
			t.Errorf("Polled() = %v ago when Telegram answers again, want 10s at most", got)
		}
		if err := stop(); err != nil {
			t.Errorf("Poll() = %v, want nil", err)
		}
	})
}

func TestPollGivesEachTapItsOwnRandomness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg := newTelegram()
		for _, id := range []string{"98", "99"} {
			tg.push(`"callback_query":{"id":"` + id + `","from":{"id":7},"message":{"message_id":1,"chat":{"id":7,"type":"private"}},"data":"1.1.1"}`)
		}
		tg.push(`"message":{"message_id":2,"date":1,"from":{"id":7},"chat":{"id":7,"type":"private"},"text":"x"}`)
		b, _ := newBot(t, tg)
		ctx, cancel := context.WithCancel(t.Context())
		var got []string
		err := b.Poll(ctx, func(_ context.Context, batch []dialog.Input) error {
			for _, in := range batch {
				got = append(got, in.Nonce)
			}
			cancel()
			return nil
		})
		if err != nil {
			t.Errorf("Poll() = %v, want nil", err)
		}
		if len(got) != 3 || len(got[0]) != 32 || len(got[1]) != 32 || got[0] == got[1] || got[2] != "" {
			t.Errorf("nonces = %q, want two different ones for taps and none for words", got)
		}
	})
}

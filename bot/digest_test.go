package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/bot"
	"zoufang/dialog"
	"zoufang/simulator"
)

// echo answers each text; it does not mind commands.
func echo(b *bot.Bot, o *outbox) func(context.Context, []dialog.Input) error {
	return func(_ context.Context, batch []dialog.Input) error {
		for _, in := range batch {
			if in.Kind == dialog.Said && in.Command == "" {
				o.put(show(in.Chat, "听到："+in.Text))
			}
		}
		b.Wake()
		return nil
	}
}

// chatter sends a text every three seconds and returns the longest wait for an
// answer.
func chatter(ctx context.Context, p *simulator.Phone, texts int) (longest time.Duration, err error) {
	for i := range texts {
		p.Send(fmt.Sprint(i))
		sent := time.Now()
		if err := p.Wait(ctx, says(fmt.Sprint("听到：", i))); err != nil {
			return longest, fmt.Errorf("wait for answer %d: %w", i, err)
		}
		longest = max(longest, time.Since(sent))
		<-time.After(3*time.Second - time.Since(sent))
	}
	return longest, nil
}

// TestDigestsForThreeHundred is the hour of the digests: 300 people get a
// picture and a card at one moment, while 20 others talk with the bot.
func TestDigestsForThreeHundred(t *testing.T) {
	const readers, talkers, texts = 300, 20, 10
	synctest.Test(t, func(t *testing.T) {
		sim := simulator.New(simulator.Options{Token: token, Limits: true, Strict: true})
		var drawn bytes.Buffer
		if err := png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 64, 64))); err != nil {
			t.Fatal(err)
		}
		o := newOutbox()
		b, log := newBot(t, sim.Transport(), func(c *bot.Config) {
			c.Now, c.PollTimeout = sim.Now, 10*time.Second
			c.Draw = func(dialog.Chart) ([]byte, error) { return drawn.Bytes(), nil }
		})
		ctx, cancel := context.WithCancel(t.Context())
		var loops, talks sync.WaitGroup
		loops.Go(func() {
			if err := b.Poll(ctx, echo(b, o)); err != nil {
				t.Errorf("Poll() = %v, want nil", err)
			}
		})
		stop := send(t, b, o, &reports{})
		var people []*simulator.Phone
		for id := range int64(readers + talkers) {
			p := sim.AddPerson(simulator.Person{ID: id + 1, FirstName: "党员"})
			p.Start("")
			people = append(people, p)
		}
		pass(20 * time.Second)

		began := time.Now()
		for chat := dialog.ChatID(1); chat <= readers; chat++ {
			face := bulk(chat, "今日小结")
			face.Card, face.Rows = dialog.CardID(chat), [][]dialog.Button{{{Text: "看明细", Data: "1.1.1"}}}
			chart := picture(chat, "本周情况")
			chart.Bulk = true
			o.put(chart, face)
		}
		b.Wake()
		waits := make([]time.Duration, talkers)
		for i := range talkers {
			talks.Go(func() {
				<-time.After(time.Duration(i) * 131 * time.Millisecond)
				var err error
				if waits[i], err = chatter(ctx, people[readers+i], texts); err != nil {
					t.Errorf("talker %d: %v", i, err)
				}
			})
		}
		talks.Wait()
		mustStop(t, stop)
		cancel()
		loops.Wait()

		for i, wait := range waits {
			if wait > time.Second {
				t.Errorf("talker %d waited %v for an answer, want 1s at most", i, wait)
			}
		}
		checkDigests(t, sim, people[:readers], began)
		if left := o.left(); len(left) != 0 || log.count("level=") != 0 {
			t.Errorf("%d letters are left, %d lines in the log, want none", len(left), log.count("level="))
		}
	})
}

// checkDigests looks at what arrived, and how fast.
func checkDigests(t *testing.T, sim *simulator.Simulator, readers []*simulator.Phone, began time.Time) {
	t.Helper()
	for i := range readers {
		var got []string
		for _, m := range sim.Chat(int64(i + 1)).Messages {
			if m.From == "bot" {
				got = append(got, fmt.Sprint(m.Text, " ", m.Photo != nil, " ", len(m.Buttons)))
			}
		}
		if diff := cmp.Diff([]string{"本周情况 true 0", "今日小结 false 1"}, got); diff != "" {
			t.Errorf("reader %d (-want +got):\n%s", i, diff)
		}
	}
	var sent []call
	last := began
	for _, c := range sim.Calls() {
		if !strings.HasPrefix(c.Method, "send") {
			continue
		}
		if c.Status != http.StatusOK {
			t.Errorf("%s = %d %s, want %d", c.Method, c.Status, c.Description, http.StatusOK)
		}
		sent = append(sent, call{at: c.At})
		if chat, err := strconv.Atoi(c.Params["chat_id"]); err == nil && chat <= len(readers) {
			last = c.At
		}
	}
	if n := busiest(sent, time.Second); n > 30 {
		t.Errorf("%d letters within a second, want 30 at most", n)
	}
	if d := last.Sub(began); d > 28*time.Second {
		t.Errorf("the digests took %v, want 28s at most", d)
	}
	if v, n := sim.Violations(), sim.EarlyCalls(); len(v) != 0 || n != 0 {
		t.Errorf("violations = %q, early calls = %d, want none", v, n)
	}
}

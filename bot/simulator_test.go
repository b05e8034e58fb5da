package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/bot"
	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/simulator"
)

// parrot is the smallest program on top of a bot: it says back what it hears,
// once for each cause, and keeps both in memory.
type parrot struct {
	*outbox
	bot *bot.Bot

	mu    sync.Mutex
	seen  map[string]bool
	heard []string
}

func (p *parrot) handle(ctx context.Context, batch []dialog.Input) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var toasts []dialog.Toast
	for _, in := range batch {
		if p.seen[in.Cause] {
			continue
		}
		p.seen[in.Cause] = true
		line := string(in.Kind)
		if in.ChatKind == dialog.GroupChat {
			line = "group " + line
		}
		if in.Command != "" {
			line += " /" + in.Command + "|" + in.Args
		} else if in.Text != "" {
			line += " " + in.Text
		}
		if in.File != nil {
			line += " file:" + string(in.File.Kind)
		}
		if in.Kind == dialog.Pressed {
			line += " " + in.Data
			toasts = append(toasts, dialog.Toast{Query: in.Query, Text: "好的"})
		}
		p.heard = append(p.heard, line)
		p.put(p.reply(in)...)
	}
	p.bot.Answer(ctx, toasts)
	p.bot.Wake()
	return nil
}

// reply shows card 1 of the chat: a new message for what was said, an edit for a
// tap.
func (p *parrot) reply(in dialog.Input) []dialog.Letter {
	face := dialog.Letter{
		Kind: dialog.Show, Chat: in.Chat, Card: dialog.CardID(max(in.Chat, -in.Chat)),
		Text: "听到：" + in.Text + in.Data, Entities: []dialog.Entity{{Type: "bold", Length: 2}}, Protect: true,
		Rows: [][]dialog.Button{{{Text: "好", Data: "1.1.1", Style: dialog.Good}, {Text: "抄", Copy: "ZF-1"}}},
	}
	switch in.Kind {
	case dialog.Said, dialog.Edited, dialog.Other:
		return []dialog.Letter{{Kind: dialog.Unbutton, Chat: in.Chat, Card: face.Card}, face}
	case dialog.Pressed:
		face.Edit = true
		return []dialog.Letter{face}
	case dialog.Sent:
		return []dialog.Letter{
			{Kind: dialog.React, Chat: in.Chat, Message: in.Message, Emoji: "👍"},
			{Kind: dialog.Resend, Chat: in.Chat, Text: "收到", Files: []casework.Attachment{
				{Kind: in.File.Kind, FileID: in.File.FileID}, {Kind: in.File.Kind, FileID: in.File.FileID},
			}},
		}
	case dialog.Joined:
		return []dialog.Letter{{Kind: dialog.Menu, Chat: in.Chat, Commands: []dialog.Command{{Name: "visit", About: "走访"}}}}
	case dialog.Left, dialog.Refused, dialog.Moved, dialog.Garbled, dialog.Ignored, dialog.Office,
		dialog.Delivered, dialog.Fetched, dialog.Ticked:
		return nil
	}
	return nil
}

func (p *parrot) lines() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.heard...)
}

// fly runs a parrot on the simulator until the test calls what it returns.
func fly(t *testing.T, sim *simulator.Simulator, url string, p *parrot) (stop func()) {
	t.Helper()
	b, err := bot.New(bot.Config{
		Token: sim.Token(), APIURL: url, Now: sim.Now, PollTimeout: time.Second, Limits: bot.Limits{Off: true},
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	p.bot = b
	if _, err := b.Hello(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := b.Poll(ctx, p.handle); err != nil {
			t.Errorf("Poll() = %v, want nil", err)
		}
	})
	wg.Go(func() {
		report := func(ctx context.Context, in dialog.Input) error { return p.handle(ctx, []dialog.Input{in}) }
		if err := b.Send(ctx, p, report); err != nil {
			t.Errorf("Send() = %v, want nil", err)
		}
	})
	return func() { cancel(); wg.Wait() }
}

func newSimulator(t *testing.T) (*simulator.Simulator, string) {
	t.Helper()
	sim := simulator.New(simulator.Options{Token: token})
	srv, err := sim.Listen(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := srv.Close(); err != nil {
			t.Errorf("Close() = %v, want nil", err)
		}
	})
	return sim, srv.URL
}

// await waits until the chat fits.
func await(t *testing.T, p *simulator.Phone, what string, fits func(simulator.Chat) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := p.Wait(ctx, fits); err != nil {
		t.Fatalf("waiting for %s: %v", what, err)
	}
}

// says is a condition: the newest message of the chat has that text.
func says(text string) func(simulator.Chat) bool {
	return func(c simulator.Chat) bool { return c.Last() != nil && c.Last().Text == text }
}

func TestTalkWithTheSimulator(t *testing.T) {
	sim, url := newSimulator(t)
	p := &parrot{outbox: newOutbox(), seen: map[string]bool{}}
	anna := sim.AddPerson(simulator.Person{ID: 7, FirstName: "安娜", Lang: "zh-hans"})
	stop := fly(t, sim, url, p)

	anna.Start("invite-1")
	await(t, anna, "the greeting", says("听到：/start invite-1"))
	if err := anna.PressLabel("好"); err != nil {
		t.Fatal(err)
	}
	await(t, anna, "the edit", says("听到：1.1.1"))
	id := anna.Send("请 /visit 三组")
	await(t, anna, "the answer to a command", says("听到：请 /visit 三组"))
	if err := anna.Edit(id, "改了"); err != nil {
		t.Fatal(err)
	}
	await(t, anna, "the answer to an edit", says("听到：改了"))
	anna.Sticker("👍")
	await(t, anna, "the answer to a sticker", says("听到：sticker"))
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 64, 64))); err != nil {
		t.Fatal(err)
	}
	photo, err := anna.Photo(picture.Bytes(), "门口")
	if err != nil {
		t.Fatal(err)
	}
	await(t, anna, "the photo twice as an album", func(c simulator.Chat) bool {
		n := 0
		for _, m := range c.Messages {
			if m.From == "bot" && m.Photo != nil && m.Album != "" {
				n++
			}
		}
		return n == 2 && c.Message(photo).Reaction == "👍"
	})
	anna.Voice(3, []byte("OggS"))
	await(t, anna, "the voice note twice", func(c simulator.Chat) bool {
		n := 0
		for _, m := range c.Messages {
			if m.From == "bot" && m.Voice != nil {
				n++
			}
		}
		return n == 2
	})
	if _, err := sim.RawUpdate(`{"message":{"message_id":"poison"}}`); err != nil {
		t.Fatal(err)
	}
	anna.Send("最后")
	await(t, anna, "the answer behind poison", says("听到：最后"))
	stop()

	want := []string{
		"said /start|invite-1", "pressed 1.1.1", "said /visit|三组", "edited 改了", "other sticker",
		"sent 门口 file:photo", "sent file:voice", "garbled", "said 最后",
	}
	got := p.lines()
	if len(got) > 0 && strings.HasPrefix(got[0], "joined") {
		got = got[1:] // opening the chat may count as joining
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("inputs (-want +got):\n%s", diff)
	}
	check(t, sim, p)
}

// check looks for what no correct bot does.
func check(t *testing.T, sim *simulator.Simulator, p *parrot) {
	t.Helper()
	if v := sim.Violations(); len(v) != 0 {
		t.Errorf("violations = %q, want none", v)
	}
	if n := sim.EarlyCalls(); n != 0 {
		t.Errorf("early calls = %d, want 0", n)
	}
	if left := p.left(); len(left) != 0 {
		t.Errorf("left = %v, want none", left)
	}
}

func TestGroupsAndBlocksWithTheSimulator(t *testing.T) {
	sim, url := newSimulator(t)
	p := &parrot{outbox: newOutbox(), seen: map[string]bool{}}
	anna := sim.AddPerson(simulator.Person{ID: 7, FirstName: "安娜"})
	stop := fly(t, sim, url, p)
	anna.Start("")
	await(t, anna, "the greeting", says("听到：/start"))
	anna.Block()
	sim.AddGroup(-5, "第一组", 7)
	anna.SendIn(-5, "/visit@zoufang_bot 三组")
	waitFor(t, sim, func() bool { return says("听到：/visit@zoufang_bot 三组")(sim.Chat(-5)) })
	sim.MigrateGroup(-5, -1005)
	p.put(show(-5, "还在"), show(7, "听得到吗"), show(7, "没有"))
	p.bot.Wake()
	waitFor(t, sim, func() bool { return says("还在")(sim.Chat(-1005)) })
	waitFor(t, sim, func() bool { return strings.Contains(fmt.Sprint(p.lines()), "refused") })
	stop()
	got := fmt.Sprint(p.lines())
	for _, want := range []string{"left", "group joined", "group said /visit|三组", "group moved", "refused"} {
		if !strings.Contains(got, want) {
			t.Errorf("inputs = %s, want %q among them", got, want)
		}
	}
	check(t, sim, p)
}

// waitFor waits until something holds on the simulator.
func waitFor(t *testing.T, sim *simulator.Simulator, cond func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := sim.Wait(ctx, cond); err != nil {
		t.Fatalf("waiting: %v; chats %+v", err, sim.Chat(7).Last())
	}
}

func TestFaultsOfTheSimulator(t *testing.T) {
	tests := []struct {
		fault   simulator.Fault
		repeats int // answers to one text, at most
	}{
		{simulator.Fault{Method: "sendMessage", Kind: simulator.Refuse}, 1},
		{simulator.Fault{Method: "sendMessage", Kind: simulator.Drop}, 2},
		{simulator.Fault{Method: "sendMessage", Kind: simulator.Answer, Status: 429, RetryAfter: 1}, 1},
		{simulator.Fault{Method: "sendMessage", Kind: simulator.Answer, Status: 502, Bare: true, Body: "<html>"}, 1},
		{simulator.Fault{Method: "sendMessage", Kind: simulator.Garbage}, 1},
		{simulator.Fault{Method: "sendMessage", Kind: simulator.Huge}, 1},
		{simulator.Fault{Method: "getUpdates", Kind: simulator.Drop}, 1},
		{simulator.Fault{Method: "getUpdates", Kind: simulator.Huge}, 1},
		{simulator.Fault{Method: "getUpdates", Kind: simulator.Answer, Status: 500}, 1},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.fault.Method, " ", tt.fault.Kind, " ", tt.fault.Status), func(t *testing.T) {
			t.Parallel() // each waits for a second, mostly
			sim, url := newSimulator(t)
			p := &parrot{outbox: newOutbox(), seen: map[string]bool{}}
			anna := sim.AddPerson(simulator.Person{ID: 7, FirstName: "安娜"})
			sim.Fail(tt.fault)
			stop := fly(t, sim, url, p)
			anna.Send("一")
			await(t, anna, "the answer", says("听到：一"))
			anna.Send("二")
			await(t, anna, "the next answer", says("听到：二"))
			stop()
			n := 0
			for _, m := range sim.Chat(7).Messages {
				if m.Text == "听到：一" {
					n++
				}
			}
			if n < 1 || n > tt.repeats {
				t.Errorf("%d answers to one text, want 1 to %d", n, tt.repeats)
			}
			check(t, sim, p)
		})
	}
}

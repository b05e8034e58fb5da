package simulator_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/simulator"
)

func TestMessageCarriesWhatARealOneHas(t *testing.T) {
	r := start(t, simulator.Options{})
	id := r.phone.Send("请 /visit@zoufang_bot 看 😀 https://example.org/a #走访")
	m := r.next().Message
	if m.ID != id || m.Date != monday.Unix() || m.From["language_code"] != "zh-hans" || m.From["is_bot"] != false ||
		m.Chat["type"] != "private" || m.Chat["id"] != float64(wang) {
		t.Errorf("message = %+v", m)
	}
	want := []simulator.Entity{
		{Type: "bot_command", Offset: 2, Length: 18},
		{Type: "url", Offset: 26, Length: 21},
		{Type: "hashtag", Offset: 48, Length: 3},
	}
	if diff := cmp.Diff(want, m.Entities); diff != "" {
		t.Errorf("entities (-want +got):\n%s", diff)
	}
}

func TestCommandsAreFound(t *testing.T) {
	r := start(t, simulator.Options{})
	for text, want := range map[string]int{
		"/start": 1, "/start abc": 1, "a/b": 0, "2026/4/5": 0, "请/visit": 1, "/": 0, "//x": 0, "/a /b": 2, "/a@b1t": 1,
	} {
		r.phone.Send(text)
		n := 0
		for _, e := range r.next().Message.Entities {
			if e.Type == "bot_command" {
				n++
			}
		}
		if n != want {
			t.Errorf("%q has %d commands, want %d", text, n, want)
		}
	}
}

func TestLongTextGoesOutInParts(t *testing.T) {
	r := start(t, simulator.Options{})
	r.phone.Send(strings.Repeat("😀", 2500))
	c := r.Chat(wang)
	got := []int{}
	for _, m := range c.Messages[1:] {
		got = append(got, len([]rune(m.Text)))
	}
	if diff := cmp.Diff([]int{2048, 452}, got); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
}

func TestPressing(t *testing.T) {
	r := start(t, simulator.Options{})
	card := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "?", "reply_markup": inline(
		[]map[string]any{{"text": "是", "callback_data": "y"}, {"text": "否", "callback_data": "n"}},
		[]map[string]any{{"text": "网", "url": "https://example.org"}},
	)})
	press := map[string]func() error{
		"n": func() error { return r.phone.Press(card, 0, 1) },
		"y": func() error { return r.phone.PressLabel("是") },
		"z": func() error { r.phone.PressData(card, "z"); return nil },
	}
	for want, do := range press {
		if err := do(); err != nil {
			t.Fatal(err)
		}
		q := r.next().Query
		if q.Data != want || q.Message["text"] != "?" || q.Message["reply_markup"] == nil {
			t.Errorf("query = %+v, want data %q and the message", q, want)
		}
	}
	for name, tt := range map[string]struct {
		err  error
		want error
	}{
		"no such message": {r.phone.Press(999, 0, 0), simulator.ErrNoMessage},
		"no such row":     {r.phone.Press(card, 2, 0), simulator.ErrNoButton},
		"no such label":   {r.phone.PressLabel("不"), simulator.ErrNoButton},
	} {
		if !errors.Is(tt.err, tt.want) {
			t.Errorf("%s: %v, want %v", name, tt.err, tt.want)
		}
	}
	before := r.Pending()
	if err := r.phone.Press(card, 1, 0); err != nil || r.Pending() != before {
		t.Errorf("press of a link = %v with %d updates, want nothing to happen", err, r.Pending()-before)
	}
	r.Advance(49 * time.Hour)
	r.phone.PressData(card, "old")
	if q := r.next().Query; q.Message["date"] != float64(0) || q.Message["text"] != nil {
		t.Errorf("message under an old button = %v, want it inaccessible", q.Message)
	}
	r.phone.PressData(12345, "forged")
	if q := r.next().Query; q.Message["date"] != float64(0) || q.Message["message_id"] != float64(12345) {
		t.Errorf("message that never was = %v, want it inaccessible", q.Message)
	}
}

func TestEditsAreLimited(t *testing.T) {
	r := start(t, simulator.Options{})
	id := r.phone.Send("a")
	theirs := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "x"})
	if err := r.phone.Edit(theirs, "y"); !errors.Is(err, simulator.ErrNotOwn) {
		t.Errorf("Edit(the bot's) = %v, want ErrNotOwn", err)
	}
	r.Advance(49 * time.Hour)
	if err := r.phone.Edit(id, "b"); !errors.Is(err, simulator.ErrTooOld) {
		t.Errorf("Edit(old) = %v, want ErrTooOld", err)
	}
}

func TestBlocking(t *testing.T) {
	r := start(t, simulator.Options{})
	r.phone.Block()
	if u := r.next(); u.Member == nil || u.Member.New.Status != "kicked" {
		t.Errorf("update = %+v, want kicked", u)
	}
	if a := r.call("sendMessage", map[string]any{"chat_id": wang, "text": "x"}); a.Code != 403 || a.Description != "Forbidden: bot was blocked by the user" {
		t.Errorf("sendMessage = %d %q", a.Code, a.Description)
	}
	if err := r.phone.PressLabel("x"); err == nil {
		t.Error("PressLabel while blocked = nil, want an error")
	}
	r.phone.Unblock()
	if u := r.next(); u.Member == nil || u.Member.New.Status != "member" {
		t.Errorf("update = %+v, want member", u)
	}
	r.phone.Block()
	r.phone.Start("code")
	if u := r.next(); u.Message == nil || u.Message.Text != "/start code" {
		t.Errorf("update = %+v, want the deep link", u)
	}
	r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "welcome back"})
}

func TestMediaFromPeople(t *testing.T) {
	r := start(t, simulator.Options{})
	if _, err := r.phone.Photo(picture(t, 2000, 1000), "门牌"); err != nil {
		t.Fatal(err)
	}
	m := r.next().Message
	if len(m.Photo) != 2 || m.Photo[1]["width"] != 1280.0 || m.Photo[1]["height"] != 640.0 || m.Caption != "门牌" {
		t.Errorf("photo = %+v", m)
	}
	list, err := r.phone.Album(picture(t, 8, 8), picture(t, 9, 9), picture(t, 7, 7))
	if err != nil || len(list) != 3 {
		t.Fatalf("Album = %v, %v, want 3 messages", list, err)
	}
	albums := map[string]int{}
	for _, u := range r.updates(nil) {
		albums[u.Message.Album]++
	}
	if n := albums[r.next().Message.Album]; n != 3 {
		t.Errorf("messages of the album = %d, want 3", n)
	}
	if _, err := r.phone.Photo([]byte("no picture"), ""); err == nil {
		t.Error("Photo(no picture) = nil, want an error")
	}
	r.phone.Voice(4, []byte("OggS"))
	if m := r.next().Message; m.Voice["duration"] != 4.0 || m.Voice["mime_type"] != "audio/ogg" {
		t.Errorf("voice = %+v", m.Voice)
	}
	r.phone.Document("../表.xlsx", "application/zip", []byte("PK"))
	if m := r.next().Message; m.Document["file_name"] != "表.xlsx" || m.Document["file_size"] != 2.0 {
		t.Errorf("document = %+v", m.Document)
	}
}

func TestUnknownThings(t *testing.T) {
	r := start(t, simulator.Options{})
	for name, send := range map[string]func() int{
		"sticker":  func() int { return r.phone.Sticker("👍") },
		"location": func() int { return r.phone.Location(25.1, 102.7) },
		"contact":  func() int { return r.phone.Contact("+8613800000000", "王", wang) },
		"dice":     func() int { return r.phone.Dice(6) },
		"poll":     func() int { return r.phone.Poll("几点?", "八点", "九点") },
	} {
		id := send()
		if m := r.next().Message; m.ID != id || m.Text != "" {
			t.Errorf("%s = %+v", name, m)
		}
		if !strings.Contains(string(r.call("getUpdates", nil).Result), `"`+name+`":{`) {
			t.Errorf("update has no %s", name)
		}
		if s := r.Chat(wang).Last().Service; !strings.HasPrefix(s, name) {
			t.Errorf("%s is shown as %q", name, s)
		}
	}
}

func TestReplyAndForward(t *testing.T) {
	r := start(t, simulator.Options{})
	card := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "card"})
	r.phone.Reply(card, "re")
	if m := r.next().Message; m.ReplyTo == nil || (*m.ReplyTo)["text"] != "card" {
		t.Errorf("reply = %+v", m)
	}
	if _, err := r.phone.Forward(wang, card); err != nil {
		t.Fatal(err)
	}
	if m := r.next().Message; m.Text != "card" || m.Origin["type"] != "user" {
		t.Errorf("forward = %+v", m)
	}
}

func TestGroups(t *testing.T) {
	r := start(t, simulator.Options{})
	const group = -1001
	r.AddGroup(group, "一组", wang)
	if u := r.next(); u.Member == nil || u.Member.New.Status != "member" {
		t.Errorf("update = %+v, want that the bot was added", u)
	}
	r.updates(map[string]any{"offset": first + 2})
	for _, tt := range []struct {
		name string
		send func()
		seen bool
	}{
		{"chatter", func() { r.phone.SendIn(group, "早") }, false},
		{"a command", func() { r.phone.SendIn(group, "/today") }, true},
		{"a command for us", func() { r.phone.SendIn(group, "/today@Zoufang_bot") }, true},
		{"a command for another", func() { r.phone.SendIn(group, "/today@other_bot") }, false},
		{"a command inside", func() { r.phone.SendIn(group, "x /today") }, false},
		{"a reply to us", func() {
			r.phone.ReplyIn(group, r.sent("sendMessage", map[string]any{"chat_id": group, "text": "q"}), "a")
		}, true},
		{"anonymous", func() { r.phone.SendIn(group, "/x", simulator.Anonymous()) }, true},
		{"channel", func() { r.phone.SendIn(group, "/x", simulator.AsChannel(-1009, "报")) }, true},
		{"via a bot", func() { r.phone.SendIn(group, "/x", simulator.ViaBot("gif")) }, true},
	} {
		tt.send()
		list := r.updates(nil)
		if (len(list) == 1) != tt.seen {
			t.Errorf("%s: %d updates, want seen %t", tt.name, len(list), tt.seen)
		}
		for _, u := range list {
			r.updates(map[string]any{"offset": u.ID + 1})
			if wantSender := tt.name == "anonymous" || tt.name == "channel"; (u.Message.Sender != nil) != wantSender {
				t.Errorf("%s: sender_chat = %v", tt.name, u.Message.Sender)
			}
			if (u.Message.Via != nil) != (tt.name == "via a bot") {
				t.Errorf("%s: via_bot = %v", tt.name, u.Message.Via)
			}
		}
	}
	r.phone.PressDataIn(group, 1, "x")
	if q := r.next().Query; q.Data != "x" {
		t.Errorf("query in the group = %+v, want data x", q)
	}
	r.call("leaveChat", map[string]any{"chat_id": group})
	if a := r.call("sendMessage", map[string]any{"chat_id": group, "text": "x"}); a.Code != 403 {
		t.Errorf("sendMessage after leaving = %d %q, want 403", a.Code, a.Description)
	}
}

func TestGroupBecomesSupergroup(t *testing.T) {
	r := start(t, simulator.Options{})
	r.AddGroup(-5, "组", wang)
	r.MigrateGroup(-5, -100500)
	a := r.call("sendMessage", map[string]any{"chat_id": -5, "text": "x"})
	if a.Code != 400 || a.Parameters.MigrateTo != -100500 {
		t.Errorf("sendMessage = %d %q migrate to %d, want -100500", a.Code, a.Description, a.Parameters.MigrateTo)
	}
	if id := r.sent("sendMessage", map[string]any{"chat_id": -100500, "text": "x"}); id != 2 {
		t.Errorf("first message of the supergroup = %d, want 2: it has its own count", id)
	}
}

func TestReplyKeyboardIsReplaced(t *testing.T) {
	r := start(t, simulator.Options{})
	keys := func(text string) map[string]any {
		return map[string]any{"keyboard": [][]map[string]any{{{"text": text}}}}
	}
	one := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "1", "reply_markup": keys("a")})
	two := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "2", "reply_markup": keys("b")})
	c := r.Chat(wang)
	if c.Message(one).ReplyKeyboard != nil || c.Message(two).ReplyKeyboard[0][0] != "b" {
		t.Errorf("keyboards = %v and %v, want the second alone", c.Message(one).ReplyKeyboard, c.Message(two).ReplyKeyboard)
	}
	r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "3", "reply_markup": map[string]any{"remove_keyboard": true}})
	if got := r.Chat(wang).Message(two).ReplyKeyboard; got != nil {
		t.Errorf("keyboard after its removal = %v, want none", got)
	}
}

func TestWaiting(t *testing.T) {
	r := start(t, simulator.Options{})
	done := make(chan error, 2)
	go func() {
		done <- r.Wait(t.Context(), func() bool { return len(r.Chat(wang).Messages) == 3 })
	}()
	go func() {
		done <- r.phone.Wait(t.Context(), func(c simulator.Chat) bool { return c.Last().Text == "b" })
	}()
	for _, text := range []string{"a", "b"} {
		r.sent("sendMessage", map[string]any{"chat_id": wang, "text": text})
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Errorf("Wait = %v, want nil", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Wait(ctx, func() bool { return false }); !errors.Is(err, context.Canceled) {
		t.Errorf("Wait(cancelled) = %v, want context.Canceled", err)
	}
}

func TestClock(t *testing.T) {
	r := start(t, simulator.Options{})
	moved := r.ClockMoved()
	r.Advance(time.Hour)
	<-moved
	if got, want := r.Now(), monday.Add(time.Hour); !got.Equal(want) {
		t.Errorf("Now() = %v, want %v", got, want)
	}
	r.SetNow(monday)
	if got := r.Now(); !got.Equal(monday) {
		t.Errorf("Now() = %v, want %v", got, monday)
	}
}

func TestChatsAreBounded(t *testing.T) {
	r := start(t, simulator.Options{Messages: 3})
	last := 0
	for i := range 10 {
		last = r.sent("sendMessage", map[string]any{"chat_id": wang, "text": fmt.Sprint(i)})
	}
	c := r.Chat(wang)
	if n := len(c.Messages); n < 3 || n > 5 || c.Last().ID != last {
		t.Errorf("messages = %d with %d at the end, want 3 to 5 with %d", n, c.Last().ID, last)
	}
	if a := r.call("editMessageText", map[string]any{"chat_id": wang, "message_id": 2, "text": "x"}); a.OK {
		t.Error("a forgotten message was edited")
	}
}

func TestCallLogIsBounded(t *testing.T) {
	for keep, want := range map[int]int{-1: 0, 3: 3} {
		r := start(t, simulator.Options{Calls: keep})
		for i := range 10 {
			r.sent("sendMessage", map[string]any{"chat_id": wang, "text": fmt.Sprint(i)})
		}
		log := r.Calls()
		if len(log) != want {
			t.Errorf("keep %d: Calls() = %d, want %d", keep, len(log), want)
		}
		if want > 0 && log[want-1].Params["text"] != "9" {
			t.Errorf("newest call = %v, want 9", log[want-1].Params)
		}
	}
}

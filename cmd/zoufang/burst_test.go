package main

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/sample"
	"zoufang/simulator"
)

// toSecond opens a form at its second question.
const toSecond = `
? 您好
> JT-0007
? 这次见到人了吗
> [访成]
? 2. 家里
`

// toReview goes on from there to the review, without a problem.
const toReview = `
> [其余无变化]
? 10. 今天
> [多云]
? 11. 乡亲
> [🙂 无诉求]
? 核对一遍
`

// TestBurst sends eight answers at once, as a phone does that was out of reach.
func TestBurst(t *testing.T) {
	for _, tt := range []struct {
		name          string
		before, after func(*house)
	}{
		{"while the service is down", (*house).stop, (*house).start},
		{"while it runs", func(*house) {}, func(*house) {}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := running(t)
			h.play(toSecond)
			tt.before(h)
			for _, words := range []string{"没变", "增", "4", "有隐患", "正常", "路、网", "技术", "不清楚"} {
				h.phone(sample.MemberUser).Send(words)
			}
			tt.after(h)
			h.step("? 10. 今天")
			h.barrier(sample.MemberUser)
			drafts := h.drafts(h.set.Member)
			if len(drafts) != 1 {
				t.Fatalf("%d drafts, want 1", len(drafts))
			}
			want := map[string]string{
				"change": "unchanged", "income": "up", "medical": "poverty", "housing": "hazard", "schooling": "normal",
				"utilities": "road network", "work": "technique", "policy": "unclear",
			}
			got := plain(drafts[0].Answers)
			maps.DeleteFunc(got, func(path, _ string) bool { _, ok := want[path]; return !ok })
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("answers (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSameTapTwentyTimes taps one button again and again while nothing answers.
func TestSameTapTwentyTimes(t *testing.T) {
	const taps = 20
	for _, tt := range []struct {
		name, script, button string
		visits               int
	}{
		{"an answer", toSecond, "无变化", 0},
		{"submit", toSecond + toReview, "✅ 提交", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := running(t)
			h.play(tt.script)
			h.stop()
			card := newestCard(h.sim.Chat(int64(sample.MemberUser)))
			data := ""
			for _, row := range card.Buttons {
				for _, b := range row {
					if b.Text == tt.button {
						data = b.Data
					}
				}
			}
			for range taps {
				h.phone(sample.MemberUser).PressData(card.ID, data)
			}
			toasts := len(h.sim.Toasts(int64(sample.MemberUser)))
			messages := len(h.sim.Chat(int64(sample.MemberUser)).Messages)
			h.start()
			h.wait("an answer to every tap", func() bool {
				return len(h.sim.Toasts(int64(sample.MemberUser))) == toasts+taps
			})
			h.barrier(sample.MemberUser)
			if n := len(facts[casework.VisitReported](h)); n != tt.visits {
				t.Errorf("%d records, want %d", n, tt.visits)
			}
			fresh := 0
			for _, m := range h.sim.Chat(int64(sample.MemberUser)).Messages[messages:] {
				if m.From == "bot" {
					fresh++
				}
			}
			if fresh > 1+2 { // the one for the taps, and the barrier's two
				t.Errorf("%d fresh cards, want at most 1", fresh-2)
			}
			if tt.visits == 0 {
				d := h.drafts(h.set.Member)[0]
				if d.At != "income" {
					t.Errorf("the form stands at %q, want the question after the one tapped", d.At)
				}
			}
		})
	}
}

// TestAlbumBetweenTexts sends ten photos between two answers.
func TestAlbumBetweenTexts(t *testing.T) {
	t.Parallel()
	h := running(t)
	h.play(toSecond)
	h.stop()
	p := h.phone(sample.MemberUser)
	p.Send("没变")
	album := make([][]byte, 10)
	for i := range album {
		album[i] = append(picture(), byte(i))
	}
	if _, err := p.Album(album...); err != nil {
		t.Fatal(err)
	}
	p.Send("增")
	h.start()
	h.play(`
? 4. 看病
? 📎 照片 10 张
` + toReview + `
? 照片 10 张
> [✅ 提交]
? 已记下
`)
	h.barrier(sample.MemberUser)
	reactions := 0
	for _, m := range h.sim.Chat(int64(sample.MemberUser)).Messages {
		if m.Reaction != "" {
			reactions++
		}
	}
	if reactions != 1 {
		t.Errorf("%d reactions to the album, want 1", reactions)
	}
	visits := facts[casework.VisitReported](h)
	if len(visits) != 1 || len(visits[0].Visit.Attachments) != len(album) {
		t.Fatalf("records = %+v, want one with %d photos", visits, len(album))
	}
	got := plain(visits[0].Visit.Answers)
	if got["change"] != "unchanged" || got["income"] != "up" {
		t.Errorf("change, income = %q, %q, want the answers around the album", got["change"], got["income"])
	}
}

// TestStickersAndTheLike are answered kindly at a question, which stays open.
func TestStickersAndTheLike(t *testing.T) {
	t.Parallel()
	h := running(t)
	h.play(toSecond)
	p := h.phone(sample.MemberUser)
	for _, tt := range []struct {
		send func()
		want string
	}{
		{func() { p.Sticker("👍") }, "表情收到了"},
		{func() { p.Location(34.3, 117.4) }, "不需要发位置"},
		{func() { p.Contact("13800000000", "某某", 0) }, "请不要发联系人名片"},
		{func() { p.Dice(3) }, "我用不上"},
		{func() { p.Poll("好吗", "好", "不好") }, "我用不上"},
		{func() { p.Document("a.jpg", "image/jpeg", picture()) }, "改用「照片」发送"},
		{func() { p.Send("他的身份证是320305198001011234") }, "身份证号"},
	} {
		tt.send()
		h.until(sample.MemberUser, tt.want, func(c simulator.Chat) bool {
			m := newestCard(c)
			return m != nil && strings.Contains(m.Text, tt.want) && strings.Contains(m.Text, "2. 家里")
		})
	}
	d := h.drafts(h.set.Member)[0]
	if d.At != "change" || len(d.Attachments) != 0 {
		t.Errorf("the form stands at %q with %d files, want change with none", d.At, len(d.Attachments))
	}
}

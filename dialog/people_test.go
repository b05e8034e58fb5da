package dialog_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

// The code that the office shows opens the door once; a code made later makes it void.
func TestAnInvitationOpensTheDoorOnce(t *testing.T) {
	w := newWorld(t)
	office, stranger := w.phone("office"), w.phone("stranger")
	office.play(t, "/people R003", "[🔗 邀请链接]")
	void := copied(t, office)
	office.play(t, "[🔗 邀请链接]")
	code := copied(t, office)
	if void == code {
		t.Errorf("both invitations have the code %q", code)
	}
	stranger.play(t, void)
	if got := factsOf[casework.InviteClaimed](t, w); len(got) != 0 {
		t.Errorf("a void code was claimed: %+v", got)
	}
	stranger.play(t, code, code)
	if got := factsOf[casework.InviteClaimed](t, w); len(got) != 1 {
		t.Errorf("%d claims, want 1", len(got))
	}
	w.now = w.now.Add(11 * time.Minute)
	w.deliver()
	for _, m := range office.shown {
		if strings.Contains(m.text, code) {
			t.Errorf("the code is still shown after 11 minutes: %q", m.text)
		}
	}
}

// copied is what the newest copy button on the phone copies.
func copied(t *testing.T, p *phone) string {
	t.Helper()
	for _, m := range slices.Backward(p.shown) {
		for _, row := range m.rows {
			for _, b := range row {
				if b.Copy != "" {
					return b.Copy
				}
			}
		}
	}
	t.Fatal("nothing can be copied")
	return ""
}

func TestAPersonIsAddedOnce(t *testing.T) {
	w := newWorld(t)
	office := w.phone("office")
	office.play(t, "/people", "[＋ 新增人员]", "R900", "周新民", "[不在支部]", "[没有职务]", "[选好了]")
	office.thrice(t, "✅ 保存")
	if got := factsOf[casework.StaffImported](t, w); len(got) != 1 {
		t.Errorf("three taps added %d people, want 1: %+v", len(got), got)
	}
}

// Whoever lost the right between the card and the tap changes nothing.
func TestSettingsAreTheOfficesAtEachTap(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lines []string
		tap   string
	}{
		{"a number", []string{"/params", "[走访和电话间隔]", "[重点户：上门间隔]", "21"}, "[✅ 确定改]"},
		{"a word", []string{"/words", "[家庭]", "[民情晴雨]", "[晴]", "晴好"}, "[✅ 确定改]"},
		{"an entry", []string{"/people R003", "[✎ 资料]", "[✎ 职务]", "科长"}, "[✅ 保存]"},
		{"an invitation", []string{"/people R003"}, "[🔗 邀请链接]"},
		{"a round", []string{"/rounds", "[＋ 开新一轮]", "回头看", "9月25日", "9月29日", "[跳过"}, "[✅ 确定]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			office := w.phone("office")
			office.play(t, tt.lines...)
			w.without(office.user, casework.Office)
			before := w.events(t)
			office.play(t, tt.tap)
			if n := w.events(t) - before; n != 0 {
				t.Errorf("%d events, want none", n)
			}
		})
	}
}

// A number that is set decides from the next turn on, and its change is on record.
func TestANumberIsSetOnce(t *testing.T) {
	w := newWorld(t)
	office := w.phone("office")
	office.play(t, "/params", "[走访和电话间隔]", "[重点户：上门间隔]", "２１天")
	office.thrice(t, "✅ 确定改")
	var c casework.Campaign
	var changes []casework.Setting
	err := w.store.View(func(v dialog.View) error {
		c, _ = v.Campaign()
		changes = v.Settings(10)
		return nil
	})
	if err != nil || c.Params.KeyVisit != 21 || len(changes) != 1 {
		t.Errorf("KeyVisit = %d after %d changes (%v), want 21 after one", c.Params.KeyVisit, len(changes), err)
	}
}

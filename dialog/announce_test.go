package dialog_test

import (
	"testing"

	"zoufang/casework"
	"zoufang/dialog"
)

// thrice taps the button, and twice more what it was.
func (p *phone) thrice(tb testing.TB, label string) {
	tb.Helper()
	tap := p.tap(tb, label)
	p.w.apply(tap, p.press(tap.Message, tap.Data))
	p.w.apply(p.press(tap.Message, tap.Data))
}

// without takes a role from a person of the roster.
func (w *world) without(user casework.UserID, role casework.Role) {
	w.t.Helper()
	var who casework.Staff
	err := w.store.View(func(v dialog.View) error {
		who, _ = v.StaffByUser(user)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	var left []casework.Role
	for _, r := range who.Roles {
		if r != role {
			left = append(left, r)
		}
	}
	who.Roles = left
	w.enter(casework.StaffImported{Staff: who})
}

func TestAnAnnouncementIsSentOnceAndReadOnce(t *testing.T) {
	w := newWorld(t)
	office, member := w.phone("office"), w.phone("member")
	office.play(t, "/announce", "[全体]", "九月底前完成回头看。")
	office.thrice(t, "📣 发送")
	sent := factsOf[casework.Announced](t, w)
	if len(sent) != 1 || len(sent[0].Announcement.To) < 3 {
		t.Fatalf("three taps announced %+v, want one announcement to at least 3", sent)
	}
	member.thrice(t, "✓ 已读")
	if read := factsOf[casework.AnnouncementRead](t, w); len(read) != 1 {
		t.Errorf("three taps left %d receipts, want 1", len(read))
	}
	var a casework.Announcement
	err := w.store.View(func(v dialog.View) error {
		a, _ = v.Announcement(sent[0].Announcement.ID)
		return nil
	})
	if left := casework.Unread(a); err != nil || len(left) != len(a.To)-1 {
		t.Errorf("%d of %d have not read it (%v), want all but one", len(left), len(a.To), err)
	}
}

func TestAnAnnouncementIsNotSentAfterARoleIsGone(t *testing.T) {
	w := newWorld(t)
	office := w.phone("office")
	office.play(t, "/announce", "[全体]", "九月底前完成回头看。")
	w.without(office.user, casework.Office)
	office.play(t, "[📣 发送]")
	if sent := factsOf[casework.Announced](t, w); len(sent) != 0 {
		t.Errorf("somebody who is not of the office any more announced %+v", sent)
	}
}

// Whoever is off duty gets an announcement in the morning, and the file with it.
func TestAnAnnouncementWaitsForTheMorning(t *testing.T) {
	w := newWorld(t)
	w.until("21:00")
	office := w.phone("office")
	office.play(t, "/announce", "[全体]", "九月底前完成回头看。", "(document plan)", "[📣 发送]")
	if heard := w.heardBy("member"); len(heard) != 0 {
		t.Errorf("at night the member heard %q, want nothing", heard)
	}
	w.until("2017-09-07 08:00")
	if heard := w.heardBy("member"); !hears(heard, "1 files") || !hears(heard, "九月底前完成回头看。") {
		t.Errorf("in the morning the member heard %q, want the file and the announcement", heard)
	}
}

package dialog

import (
	"zoufang/casework"
	"zoufang/form"
)

// What is asked for an announcement, in the path of [newNoticeScreen]; empty: the
// whole is shown.
const (
	whomField  = "whom"
	wordsField = "words"
)

// maxNotice is how long an announcement may be, in characters.
const maxNotice = 1000

// openNewNotice begins an announcement.
func (t *turn) openNewNotice() {
	if len(t.noticeAudiences()) == 0 {
		t.notice = t.w.say("command.unknown")
		t.draw()
		return
	}
	t.goTo(Place{Screen: newNoticeScreen})
}

// noticeAudiences are those to whom the person may announce something.
func (t *turn) noticeAudiences() []casework.Audience {
	return casework.Audiences(t.v, t.staff, casework.Announce, t.today)
}

// drawNewNotice asks to whom and what, or shows what is about to be sent.
func (t *turn) drawNewNotice(f *face) bool {
	all := t.noticeAudiences()
	at := t.s.At
	if len(all) == 0 {
		return false
	}
	if at.NewNotice == nil {
		at.Path = whomField
	}
	if at.NewNotice == nil && len(all) == 1 {
		at.NewNotice, at.Path = &casework.Announcement{GroupID: all[0].GroupID, UnitID: all[0].UnitID}, wordsField
	}
	t.s.At = at
	f.title(t.w.say("announce.new"))
	switch at.Path {
	case whomField:
		t.audienceButtons(f, at, all)
	case wordsField:
		f.line(t.w.say("announce.to", "Whom", t.audience(*at.NewNotice)))
		f.line(t.w.say("announce.ask_words", "Max", maxNotice))
	default:
		t.noticePreview(f, at)
	}
	f.row(choice{t.w.say("button.to_notices"), Plain, to(Place{Screen: noticesScreen})}, t.homeButton())
	return true
}

// audienceButtons ask to whom.
func (t *turn) audienceButtons(f *face, at Place, all []casework.Audience) {
	f.line(t.w.say("announce.ask_whom"))
	var list []choice
	for _, a := range all[:min(len(all), maxButtons-5)] {
		next := at
		chosen := newNotice(at)
		chosen.GroupID, chosen.UnitID = a.GroupID, a.UnitID
		next.NewNotice, next.Path = &chosen, wordsField
		if chosen.Text != "" {
			next.Path = ""
		}
		list = append(list, choice{t.audience(chosen), Plain, to(next)})
	}
	f.grid(list)
}

func newNotice(at Place) casework.Announcement {
	if at.NewNotice != nil {
		return *at.NewNotice
	}
	return casework.Announcement{}
}

// noticePreview shows the announcement as it would arrive, and to how many.
func (t *turn) noticePreview(f *face, at Place) {
	a := newNotice(at)
	n := len(casework.Recipients(t.v, t.staff, casework.Audience{GroupID: a.GroupID, UnitID: a.UnitID}))
	f.line(t.w.say("announce.to_count", "Whom", t.audience(a), "Count", n))
	f.gap()
	f.line(a.Text)
	f.gap()
	if a.File != nil {
		f.line(t.w.say("announce.file"))
	} else {
		f.line(t.w.say("announce.ask_file"))
	}
	if n > 0 {
		f.row(choice{t.w.say("button.send_notice", "Count", n), Good, Action{Verb: sendNotice, Place: at}})
	} else {
		f.line(t.w.say("announce.nobody"))
	}
	whom, words := at, at
	whom.Path, words.Path = whomField, wordsField
	f.row(
		choice{t.w.say("button.notice_whom"), Plain, to(whom)},
		choice{t.w.say("button.notice_words"), Plain, to(words)},
	)
}

// noticeTyped takes the words of an announcement.
func (t *turn) noticeTyped(text string) {
	at := t.s.At
	if at.NewNotice == nil || at.Path == whomField {
		t.tapInstead(text)
		return
	}
	words := form.Clean(text)
	n := len([]rune(words))
	code := form.FindPrivate(words)
	switch {
	case code != "":
		t.erase()
		t.notice = t.w.say("refused." + string(code))
		t.draw()
	case n == 0 || n > maxNotice:
		t.notice = t.w.say("announce.length", "Count", n, "Max", maxNotice)
		t.draw()
	default:
		a := newNotice(at)
		a.Text = words
		at.NewNotice, at.Path = &a, ""
		t.goTo(at)
	}
}

// noticeFile takes the file that goes along.
func (t *turn) noticeFile(file casework.Attachment) {
	if at := t.s.At; at.NewNotice != nil && len(t.noticeAudiences()) > 0 {
		a := newNotice(at)
		a.File = &file
		t.s.At.NewNotice = &a
		t.receipt()
	}
	t.draw()
}

// sendNotice sends the announcement, and shows its sender who has read it.
func (t *turn) sendNotice(_ Card, act Action) {
	fact, why := casework.SendAnnouncement(t.v, t.staff, newNotice(act.Place), t.now(), t.ids)
	if why != "" {
		t.notice = t.officeWords("announce.refused", why)
		t.goTo(act.Place)
		return
	}
	t.record(fact, t.today, "")
	sent := fact.Announcement
	n := t.tellNotice(sent, sent.To, "announce.arrived")
	t.moveOn(t.w.say("announce.sent", "Count", n), t.noticePlace(sent.ID))
}

// moveOn ends a question on the main card, so that its buttons cannot be pressed
// again, and shows the board of what came of it.
func (t *turn) moveOn(words string, at Place) {
	t.goTo(Place{Screen: homeScreen})
	t.pressedOn = Card{} // the board is a message of its own
	t.notice = words
	t.goTo(at)
}

package dialog

import (
	"fmt"
	"slices"
	"time"

	"zoufang/casework"
)

// The screens of announcements. Stored by name: never rename.
const (
	noticeScreen    Screen = "notice"     // a board: one announcement
	newNoticeScreen Screen = "new_notice" // one being written
	noticesScreen   Screen = "notices"    // those sent and received
)

// The verbs of announcements. Stored by name: never rename.
const (
	sendNotice   Verb = "send_notice"
	readNotice   Verb = "read_notice"   // the receipt
	remindNotice Verb = "remind_notice" // show it again to those who have not read it
)

// unreadPart of an announcement's board names those who have not read it.
const unreadPart = "unread"

const (
	// remindEvery is how often those who have not read an announcement can be
	// reminded of it.
	remindEvery = time.Hour
	// maxNotices is how many announcements are looked through for the list.
	maxNotices = 200
)

// noticeRoom is where announcements are sent and read.
func noticeRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{
			newNoticeScreen: (*turn).drawNewNotice, noticesScreen: (*turn).drawNotices,
		},
		boards: map[Screen]board{noticeScreen: {noticeBoard, (*turn).drawNotice}},
		verbs: map[Verb]func(*turn, Card, Action){
			sendNotice: (*turn).sendNotice, readNotice: (*turn).readNotice, remindNotice: (*turn).remindNotice,
		},
		texts: map[Screen]func(*turn, string){newNoticeScreen: (*turn).noticeTyped},
		files: map[Screen]func(*turn, casework.Attachment){newNoticeScreen: (*turn).noticeFile},
		commands: map[string]func(*turn){
			"announce":      (*turn).openNewNotice,
			"announcements": func(t *turn) { t.goTo(Place{Screen: noticesScreen}) },
		},
		offers: []offer{
			{"announce", allowed(casework.Announce)},
			{"announcements", func(casework.Staff) bool { return true }},
		},
	}
}

// noticeBoard names the card of an announcement.
func noticeBoard(at Place) string { return fmt.Sprintf("notice/%d", at.Notice) }

// noticePlace is the place of an announcement's card for the person of the turn; when
// they last reminded others of it stays known.
func (t *turn) noticePlace(id casework.AnnouncementID) Place {
	at := Place{Screen: noticeScreen, Notice: id}
	if card, ok := t.live(ChatID(t.staff.User), noticeBoard(at)); ok {
		at.From = card.At.From
	}
	return at
}

// overseesNotice reports whether the person may know who has read the announcement.
func (t *turn) overseesNotice(a casework.Announcement) bool {
	return a.By == t.staff.ID || slices.Contains(t.noticeAudiences(), casework.Audience{GroupID: a.GroupID, UnitID: a.UnitID})
}

// audience says to whom an announcement goes.
func (t *turn) audience(a casework.Announcement) string {
	if g, ok := t.v.Group(a.GroupID); ok {
		return g.Name
	}
	if u, ok := t.v.Unit(a.UnitID); ok {
		return u.Name
	}
	return t.w.say("announce.everybody")
}

// drawNotice shows an announcement: to a receiver with the receipt, to its sender with
// who has read it.
func (t *turn) drawNotice(f *face, at Place) bool {
	a, ok := t.v.Announcement(at.Notice)
	received, oversees := slices.Contains(a.To, t.staff.ID), t.overseesNotice(a)
	if !ok || !received && !oversees {
		return false
	}
	f.title(t.w.say("announce.title", "Who", t.staffName(a.By), "Whom", t.audience(a)))
	f.line(t.moment(a.At))
	f.gap()
	f.line(a.Text)
	if a.File != nil {
		f.line(t.w.say("announce.file"))
	}
	f.gap()
	i := slices.IndexFunc(a.Read, func(r casework.ReadMark) bool { return r.By == t.staff.ID })
	switch {
	case i >= 0:
		f.line(t.w.say("announce.you_read", "Time", t.moment(a.Read[i].At)))
	case received:
		f.row(choice{t.w.say("button.read"), Good, Action{Verb: readNotice, Place: Place{Notice: a.ID}}})
	}
	if oversees {
		t.noticeFigures(f, at, a)
	}
	return true
}

// noticeFigures says how many have read an announcement, and who has not.
func (t *turn) noticeFigures(f *face, at Place, a casework.Announcement) {
	left := casework.Unread(a)
	f.line(t.w.say("announce.read", "Read", len(a.To)-len(left), "Of", len(a.To)))
	if len(left) == 0 {
		f.line(t.w.say("announce.all_read"))
		return
	}
	other := at
	if at.Path == unreadPart {
		var names []string
		for _, id := range left {
			names = append(names, t.staffName(id))
		}
		f.line(t.w.say("announce.unread", "Names", t.join(names)))
		other.Path = ""
		f.row(choice{t.w.say("button.fold"), Plain, to(other)})
	} else {
		other.Path = unreadPart
		f.row(choice{t.w.say("button.unread", "Count", len(left)), Plain, to(other)})
	}
	if a.By == t.staff.ID {
		f.row(choice{t.w.say("button.remind_unread"), Plain, Action{Verb: remindNotice, Place: at}})
	}
}

// readNotice is the receipt of a receiver. A second one changes nothing.
func (t *turn) readNotice(_ Card, act Action) {
	fact, why := casework.ReadAnnouncement(t.v, t.staff, act.Place.Notice)
	switch why {
	case "":
		t.record(fact, t.today, "")
		t.toast("announce.thanks")
	case casework.NoChange:
	default:
		t.notice = t.stepWords(why)
	}
	t.goTo(t.noticePlace(act.Place.Notice))
	a, _ := t.v.Announcement(act.Place.Notice)
	if by, ok := t.v.Staff(a.By); ok && why == "" {
		t.renew(by, noticeBoard(act.Place), func(Place) bool { return true })
	}
}

// remindNotice shows the announcement again to those who have not read it, at most
// once in [remindEvery].
func (t *turn) remindNotice(card Card, act Action) {
	a, ok := t.v.Announcement(act.Place.Notice)
	at := card.At
	left := casework.Unread(a)
	switch {
	case !ok || a.By != t.staff.ID:
		t.toast("announce.not_yours")
	case len(left) == 0:
		t.toast("announce.all_read")
	case t.in.Reached.Sub(a.At) < remindEvery || t.in.Reached.Sub(at.From) < remindEvery:
		t.toast("announce.too_soon")
	default:
		at.From = t.in.Reached
		t.notice = t.w.say("announce.reminded", "Count", t.tellNotice(a, left, "announce.please"))
	}
	t.goTo(at)
}

// tellNotice shows the announcement to people, with words on top, once it disturbs
// nobody. It counts those whom it can reach.
func (t *turn) tellNotice(a casework.Announcement, whom []casework.StaffID, key string) int {
	n := 0
	for _, id := range whom {
		s, ok := t.v.Staff(id)
		if !ok || s.Binding != casework.Bound || s.Unreachable || s.ID == t.staff.ID {
			continue
		}
		n++
		o := t.as(s)
		if a.File != nil {
			t.out.Letters = append(t.out.Letters, Letter{
				Kind: Resend, Chat: ChatID(s.User), Files: []casework.Attachment{*a.File}, Protect: true, Bulk: true,
			})
		}
		o.notice = o.w.say(key)
		o.showBoard(o.noticePlace(a.ID), false, true)
	}
	return n
}

// drawNotices lists the announcements that the person sent, received or may oversee.
func (t *turn) drawNotices(f *face) bool {
	list := slices.DeleteFunc(t.v.Announcements(maxNotices), func(a casework.Announcement) bool {
		return !t.overseesNotice(a) && !slices.Contains(a.To, t.staff.ID)
	})
	f.title(t.w.say("announce.list"))
	if len(list) == 0 {
		f.line(t.w.say("announce.none"))
	}
	shown, page, pages := pageOf(list, t.s.At.Page)
	for _, a := range shown {
		line := t.day(a.On) + " " + t.staffName(a.By) + " → " + t.audience(a)
		switch {
		case t.overseesNotice(a):
			line += " · " + t.w.say("announce.read", "Read", len(a.To)-len(casework.Unread(a)), "Of", len(a.To))
		case !slices.ContainsFunc(a.Read, func(r casework.ReadMark) bool { return r.By == t.staff.ID }):
			line += " · " + t.w.say("announce.to_read")
		}
		f.line("• " + line)
		f.row(choice{clip(a.Text, 24), Plain, to(t.noticePlace(a.ID))})
	}
	f.arrows(t.s.At, page, pages)
	var row []choice
	if casework.Allowed(t.staff, casework.Announce) {
		row = append(row, choice{t.w.say("button.announce"), Primary, to(Place{Screen: newNoticeScreen})})
	}
	f.row(append(row, t.homeButton())...)
	return true
}

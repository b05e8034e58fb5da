package dialog

import (
	"fmt"
	"strings"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// liveDigest in Query marks a digest that somebody asked for before the evening: it
// goes up to now, and the next one begins where it did.
const liveDigest = "now"

// digestReach is how far back a digest goes at most for somebody who has not had
// one for long.
const digestReach = 10 * 24 * time.Hour

// digestBoard names the card of a group's digest.
func digestBoard(at Place) string { return fmt.Sprintf("digest/%d", at.Group) }

// digestPlace is the place of a group's digest up to an instant, in the chat. It
// begins where the one shown there last ended, so that each report is in exactly
// one; the first begins with the end of the working day before.
func (t *turn) digestPlace(chat ChatID, g casework.GroupID, to time.Time) Place {
	local := to.In(t.d.zone)
	day := casework.DateOf(to, t.d.zone)
	before := day.AddDays(-1)
	for !casework.IsWorkday(t.v, before) {
		before = before.AddDays(-1)
	}
	at := Place{Screen: digestScreen, Group: g, Day: day, To: to}
	at.From = time.Date(before.Year, before.Month, before.Day, local.Hour(), local.Minute(), 0, 0, t.d.zone).UTC()
	if card, ok := t.live(chat, digestBoard(at)); ok && card.At.Screen == digestScreen {
		last := card.At.To
		if card.At.Query == liveDigest {
			last = card.At.From
		}
		if last.Before(to) && to.Sub(last) < digestReach {
			at.From = last
		}
	}
	return at
}

// frozen keeps the digest's list of what was missed, so that what is done about it
// shows. It gives the figures as well.
func (t *turn) frozen(at Place) (Place, casework.Digest) {
	g, _ := t.v.Group(at.Group)
	d := casework.DigestOf(t.v, g, at.Day, at.From, at.To)
	for _, item := range d.Overdue {
		at.Items = append(at.Items, item.Target.ID)
	}
	return at, d
}

func (t *turn) maySeeDigest(id casework.GroupID) bool {
	return casework.May(t.v, t.staff, casework.SeeDigest, casework.Subject{Group: id, Today: t.today})
}

// findDigest shows how the group named stands, or the only one in reach; else it
// asks which.
func (t *turn) findDigest() {
	wanted := form.Clean(t.in.Args)
	var mine []casework.Group
	for _, g := range t.v.Groups() {
		if t.maySeeDigest(g.ID) && (wanted == "" || strings.EqualFold(form.Fold(wanted), g.Code) || wanted == g.Name) {
			mine = append(mine, g)
		}
	}
	switch {
	case len(mine) == 1:
		t.openDigest(mine[0].ID)
	case casework.Allowed(t.staff, casework.SeeDigest):
		t.goTo(Place{Screen: groupsScreen})
	default:
		t.notice = t.w.say("command.unknown")
		t.draw()
	}
}

func (t *turn) drawGroups(f *face) bool {
	var list []choice
	for _, g := range t.v.Groups() {
		if t.maySeeDigest(g.ID) {
			list = append(list, choice{g.Name, Plain, Action{Verb: openDigest, Place: Place{Group: g.ID}}})
		}
	}
	if len(list) == 0 {
		return false
	}
	f.title(t.w.say("digest.which"))
	f.grid(list)
	f.row(t.homeButton())
	return true
}

// openDigest shows how the group stands now; after the evening's digest that one,
// with what came since.
func (t *turn) openDigest(id casework.GroupID) {
	chat := ChatID(t.staff.User)
	card, ok := t.live(chat, digestBoard(Place{Group: id}))
	if ok && card.At.Screen == digestScreen && card.At.Day == t.today && card.At.Query != liveDigest {
		at := card.At
		at.Path, at.Page, at.Target, at.Problem, at.Visit = "", 0, 0, 0, 0
		t.goTo(at)
		return
	}
	at := t.digestPlace(chat, id, t.in.Reached)
	if !ok || card.At.Screen == "" {
		at.From = t.endOfWork(casework.DateOf(at.From, t.d.zone))
	}
	at.Query = liveDigest
	at, _ = t.frozen(at)
	t.goTo(at)
}

// endOfWork is when the bureau closes on the day.
func (t *turn) endOfWork(day casework.Date) time.Time {
	c, _ := t.v.Campaign()
	return time.Date(day.Year, day.Month, day.Day, 0, c.Params.WorkTo, 0, 0, t.d.zone).UTC()
}

// drawDigest shows how a group stands, or the part of it asked for.
func (t *turn) drawDigest(f *face, at Place) bool {
	g, ok := t.v.Group(at.Group)
	if !ok || !t.maySeeDigest(g.ID) {
		return false
	}
	if at.Query == liveDigest && at.Day == t.today {
		at.To = t.in.Reached
	}
	d := casework.DigestOf(t.v, g, at.Day, at.From, at.To)
	f.title(t.w.say("digest.title", "Group", g.Name, "Date", t.day(at.Day)))
	switch at.Path {
	case overduePart, reassignPart, silencePart:
		f.line(t.w.say("digest.overdue_title", "Count", len(at.Items)))
		t.missed(f, at)
	case problemPart:
		t.digestProblems(f, at, d)
	case recordPart, returnPart:
		t.digestRecords(f, at, d)
	case latePart:
		t.digestLate(f, at, d)
	case memberPart:
		t.digestMembers(f, d)
	default:
		t.digestFront(f, at, d)
		return true
	}
	f.row(choice{t.w.say("button.to_digest"), Plain, part(Place{})})
	return true
}

// digestFront is the headline with the figures, and the way to each part.
func (t *turn) digestFront(f *face, at Place, d casework.Digest) {
	f.line(t.w.say("digest.as_of", "Time", t.moment(at.To)))
	f.gap()
	done := t.digestFigures(f, at, d)
	if len(d.Silent) > 0 {
		c, _ := t.v.Campaign()
		var names []string
		for _, m := range d.Silent {
			names = append(names, m.Staff.Name)
		}
		f.line(t.w.say("digest.silent", "Count", c.Params.Silent, "Names", clip(t.join(names), 200)))
	}
	t.digestSince(f, at, d.Group)
	entry := func(key, path string, n int) choice {
		return choice{t.w.say(key, "Count", n), Plain, part(Place{Path: path})}
	}
	overdue := entry("button.digest_overdue", overduePart, len(at.Items)-done)
	if len(at.Items) > done {
		overdue.style = Primary
	}
	f.row(overdue, entry("button.digest_problems", problemPart, len(digestList(d))))
	f.row(
		entry("button.digest_records", recordPart, len(d.Visits)),
		entry("button.digest_late", latePart, len(d.LateOnes)+d.LateCalls),
		entry("button.digest_members", memberPart, d.Members),
	)
}

// digestFigures are the counts, which name nobody. It gives how many of the missed
// contacts were made since.
func (t *turn) digestFigures(f *face, at Place, d casework.Digest) (done int) {
	f.line(t.w.say("digest.visits", "Households", d.Households+d.Again, "New", d.Households, "Again", d.Again,
		"Enterprises", d.Enterprises, "Organizations", d.Organizations, "NotMet", d.NotMet))
	f.line(t.w.say("digest.calls", "Calls", d.Calls, "Unanswered", d.Unanswered))
	f.line(t.w.say("digest.out", "Out", d.Out, "Members", d.Members))
	f.line(t.w.say("digest.problems", "New", len(d.Raised), "OnSpot", d.OnSpot, "Resolved", len(d.Resolved),
		"Closed", len(d.Closed), "Respond", len(d.Respond)))
	for _, id := range at.Items {
		if x, ok := t.v.Target(id); ok && !stillMissed(x, at.Day) {
			done++
		}
	}
	f.line(t.w.say("digest.overdue", "Missed", len(at.Items), "Done", done))
	if n := len(d.LateOnes) + d.LateCalls; n > 0 {
		f.line(t.w.say("digest.late", "Late", n))
	}
	planned := 0
	for _, p := range d.Tomorrow {
		planned += p.Count
	}
	f.line(t.w.say("digest.tomorrow", "Date", t.day(d.Next), "Planned", planned))
	return done
}

// digestSince says what was reported after the digest, which is for the next one.
func (t *turn) digestSince(f *face, at Place, g casework.Group) {
	if at.Day != t.today || !t.in.Reached.After(at.To) {
		return
	}
	since := casework.DigestOf(t.v, g, at.Day, at.To, t.in.Reached)
	visits := len(since.Visits) + len(since.LateOnes)
	calls := since.Calls + since.Unanswered + since.LateCalls
	if visits+calls > 0 {
		f.gap()
		f.line(t.w.say("digest.since", "Time", at.To.In(t.d.zone).Format("15:04"), "Visits", visits, "Calls", calls))
	}
}

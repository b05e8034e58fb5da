package dialog

import (
	"strings"
	"unicode/utf8"

	"zoufang/casework"
	"zoufang/form"
)

// perPage is how many targets a list shows at once, for a thumb to reach.
const perPage = 6

// maxQuery is the longest search, in characters.
const maxQuery = 40

// openVisits is where reporting a visit begins: with a draft that waits, or
// with one's own targets.
func (t *turn) openVisits() {
	if len(t.drafts()) > 0 {
		t.goTo(Place{Screen: draftsScreen})
		return
	}
	t.goTo(Place{Screen: mineScreen})
}

func (t *turn) drawMine(f *face) bool {
	if !casework.Allowed(t.staff, casework.WriteVisit) {
		return false
	}
	drafts := t.drafts()
	mine := casework.Mine(t.v, t.staff.ID, t.today)
	f.title(t.w.say("mine.title"))
	if len(mine) == 0 {
		f.line(t.w.say("mine.none"))
	} else {
		f.line(t.w.say("mine.how"))
	}
	for _, d := range drafts[:min(2, len(drafts))] {
		f.row(t.resumeButton(d))
	}
	t.list(f, mine, len(mine))
	f.row(
		choice{t.w.say("button.register"), Plain, to(Place{Screen: registerScreen})},
		t.homeButton(),
	)
	return true
}

// list shows a page of targets, one button each, and the arrows.
func (t *turn) list(f *face, found []casework.Found, total int) {
	pages := max(1, (len(found)+perPage-1)/perPage)
	page := min(max(0, t.s.At.Page), pages-1)
	for _, x := range found[page*perPage : min(len(found), (page+1)*perPage)] {
		f.row(choice{t.targetLine(x), Plain, to(Place{Screen: targetScreen, Target: x.Target.ID})})
	}
	if total > len(found) {
		f.line(t.w.say("find.more", "Count", total-len(found)))
	}
	f.arrows(t.s.At, page, pages)
}

// targetLine is a target on one button: who, where, and what makes it urgent.
func (t *turn) targetLine(x casework.Found) string {
	s := x.Target.DisplayName()
	if a, ok := t.v.Area(x.Target.AreaID); ok {
		s += " · " + a.Name
	}
	s += " " + x.Target.Code
	switch {
	case x.Target.OpenIssues > 0:
		s = "❗" + s
	case x.Target.CareLevel == casework.Key:
		s = "⭐" + s
	}
	switch due := casework.DueOf(x.Target, t.today); {
	case due.State == casework.Overdue:
		s += " · " + t.w.say("list.overdue", "Count", due.Late)
	case due.State == casework.DueToday:
		s += " · " + t.w.say("list.today")
	case x.Target.Pause != nil && due.State == casework.Silent:
		s += " · " + t.w.say("list.paused")
	case x.Target.LastContactOn().IsZero():
		s += " · " + t.w.say("list.never")
	}
	return s
}

// search looks for targets by what was typed; the code of a record or target
// opens it.
func (t *turn) search(words string) {
	words = form.Clean(words)
	switch {
	case !casework.Allowed(t.staff, casework.SeeTarget):
		t.notice = t.w.say("command.unknown")
		t.draw()
		return
	case form.FindPrivate(words) != "":
		t.erase()
		t.notice = t.w.say("find.private")
		t.goTo(Place{Screen: findScreen})
		return
	case utf8.RuneCountInString(words) > maxQuery:
		t.notice = t.w.say("find.long")
		t.goTo(Place{Screen: findScreen})
		return
	}
	code := strings.ToUpper(form.Fold(words))
	if v, ok := t.v.VisitByCode(code); ok && t.maySee(v) {
		t.goTo(Place{Screen: visitScreen, Visit: v.ID})
		return
	}
	if x, ok := t.v.TargetByCode(code); ok {
		if _, ok := t.seen(x.ID); ok {
			t.goTo(Place{Screen: targetScreen, Target: x.ID})
			return
		}
	}
	t.goTo(Place{Screen: findScreen, Query: words})
}

// maxFound is how many targets a search shows; beyond, the words should be
// more exact.
const maxFound = 30

func (t *turn) drawFind(f *face) bool {
	if !casework.Allowed(t.staff, casework.SeeTarget) {
		return false
	}
	q := t.s.At.Query
	if q == "" {
		f.title(t.w.say("find.title"))
		f.line(t.w.say("find.how"))
		f.row(t.homeButton())
		return true
	}
	found, total := casework.Search(t.v, t.staff, q, maxFound)
	f.title(t.w.say("find.found", "Query", q, "Count", total))
	if total == 0 {
		f.line(t.w.say("find.none"))
	}
	t.list(f, found, total)
	if casework.Allowed(t.staff, casework.RegisterTarget) {
		f.row(choice{t.w.say("button.register"), Plain, to(Place{Screen: registerScreen})}, t.homeButton())
	} else {
		f.row(t.homeButton())
	}
	return true
}

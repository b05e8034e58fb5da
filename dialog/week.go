package dialog

import (
	"fmt"

	"zoufang/casework"
)

// fewest is the smallest number of cases of which a share is told.
const fewest = 10

// weekSubjects are those who see how the branches stand.
func weekSubjects(_ *Dialog, v View, _ Tick) []Subject {
	var out []Subject
	for s := range v.AllStaff() {
		if casework.Allowed(s, casework.SeeWeek) {
			out = append(out, Subject{Staff: s.ID})
		}
	}
	return out
}

// sendWeek sends the weekly summary as of the day it is for.
func (t *turn) sendWeek() {
	at := Place{Screen: weekScreen, Day: casework.DateOf(t.in.Nominal, t.d.zone)}
	if len(t.branches(at.Day)) > 0 {
		t.showBoard(at, false, true)
	}
}

func (t *turn) openWeek() {
	if !casework.Allowed(t.staff, casework.SeeWeek) {
		t.notice = t.w.say("command.unknown")
		t.draw()
		return
	}
	t.goTo(Place{Screen: weekScreen, Day: t.today})
}

// branches are the lines of the weekly summary that the person may see.
func (t *turn) branches(day casework.Date) []casework.BranchWeek {
	if casework.May(t.v, t.staff, casework.SeeWeek, casework.Subject{}) {
		return casework.WeekOf(t.v, 0, day)
	}
	own := t.staff.BranchID
	if own == 0 || !casework.May(t.v, t.staff, casework.SeeWeek, casework.Subject{Unit: own}) {
		return nil
	}
	return casework.WeekOf(t.v, own, day)
}

// drawWeek shows one branch to a page.
func (t *turn) drawWeek(f *face, at Place) bool {
	list := t.branches(at.Day)
	if len(list) == 0 {
		return false
	}
	page := min(max(0, at.Page), len(list)-1)
	b := list[page]
	f.title(t.w.say("week.title", "Date", t.day(at.Day)))
	f.line(b.Unit.Name + " · " + t.w.say("week.since", "Date", t.day(b.Since)))
	f.gap()
	f.line(t.w.say("week.visits", "Planned", b.Planned, "Visited", b.Visited, "Rate", t.rate(b.Visited, b.Planned)))
	f.line(t.w.say("week.problems", "Problems", b.Problems))
	for _, o := range t.families() {
		if n := b.Families[o.ID]; n > 0 {
			f.line("· " + o.Label.In(t.w.lang) + " " + fmt.Sprint(n))
		}
	}
	f.line(t.w.say("week.done", "Done", b.Done+b.Struck, "Rate", t.rate(b.Done+b.Struck, b.Problems), "Struck", b.Struck))
	f.line(t.w.say("week.overdue", "Overdue", b.Overdue))
	f.line(t.w.say("week.pleased", "Rate", t.rate(b.Pleased, b.Asked)))
	f.line(t.w.say("week.key", "Rate", t.rate(b.KeySeen, b.KeyOnes)))
	t.forBureau(f, b.ForBureau)
	partArrows(f, "", page, len(list))
	return true
}

// rate is a share, with what it is made of; of few cases the counts alone.
func (t *turn) rate(n, of int) string {
	if of < fewest {
		return fmt.Sprintf("%d/%d", n, of)
	}
	return t.w.say("week.rate", "Percent", (200*n+of)/(2*of), "Part", n, "Whole", of)
}

// forBureau names what a branch needs the bureau for.
func (t *turn) forBureau(f *face, list []casework.Problem) {
	if len(list) == 0 {
		return
	}
	f.gap()
	f.line(t.w.say("week.for_bureau"))
	for _, p := range list {
		f.line("• " + p.Code + " " + t.problemLabel(p, "category", p.Category) + " · " + t.w.say("status."+string(p.Status)))
	}
}

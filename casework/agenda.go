package casework

import (
	"cmp"
	"slices"
	"time"
)

// Term is one reason why a target comes before others, with its points.
type Term struct {
	What   string // emergency, no_answer, urgent, frail, illness, dibao, overdue
	Points int
}

// maxOverduePoints bounds what days overdue add to the priority.
const maxOverduePoints = 30

// Priority is how urgent a target is on the day, and the terms it is made of,
// the weightiest first.
func Priority(r Records, x Target, day Date) (int, []Term) {
	open := inHand(r, x.ID)
	has := func(u Urgency) bool {
		return slices.ContainsFunc(open, func(p Problem) bool { return p.Urgency == u })
	}
	var h Household
	if x.Household != nil {
		h = *x.Household
	}
	is := func(types ...string) bool {
		return slices.ContainsFunc(types, func(t string) bool { return slices.Contains(h.Types, t) })
	}
	var terms []Term
	sum := 0
	add := func(what string, points int, holds bool) {
		if holds && points > 0 {
			terms = append(terms, Term{what, points})
			sum += points
		}
	}
	add("emergency", 100, has(Emergency) || !x.ChangedOn.IsZero())
	add("no_answer", 60, x.Unanswered >= 2)
	add("urgent", 40, has(Urgent))
	add("frail", 30, is("wubao", "elder_alone") || h.Health == "serious")
	add("illness", 20, is("illness_poor", "illness_return"))
	add("dibao", 10, is("dibao"))
	add("overdue", min(maxOverduePoints, DueOf(x, day).Late), true)
	slices.SortStableFunc(terms, func(a, b Term) int { return cmp.Compare(b.Points, a.Points) })
	return sum, terms
}

// AgendaItem is a target that should be contacted today.
type AgendaItem struct {
	Target   Target
	Due      Due
	Score    int
	Terms    []Term
	Problems []Problem // open ones, oldest first
}

// Agenda is what the person should do on the day, the most urgent first. What
// is snoozed beyond now is left out.
func Agenda(r Records, who StaffID, day Date, now time.Time) []AgendaItem {
	var out []AgendaItem
	for _, x := range Charges(r, who, day) {
		due := DueOf(x, day)
		if !due.Pressing() || x.Snooze != nil && x.Snooze.Until.After(now) {
			continue
		}
		item := AgendaItem{Target: x, Due: due}
		item.Score, item.Terms = Priority(r, x, day)
		item.Problems = slices.DeleteFunc(r.ProblemsOfTarget(x.ID), func(p Problem) bool { return !p.Status.Open() })
		slices.SortStableFunc(item.Problems, oldestFirst)
		out = append(out, item)
	}
	slices.SortFunc(out, func(a, b AgendaItem) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Due.Late, a.Due.Late), cmp.Compare(a.Target.Code, b.Target.Code))
	})
	return out
}

// MayDisturb reports whether a message from the clock may reach the person at
// the instant: on a working day, outside quiet hours and leave, and while
// nothing is held.
func MayDisturb(r Records, s Staff, zone *time.Location, now time.Time) bool {
	quiet := DefaultQuiet()
	if s.Quiet != nil {
		quiet = *s.Quiet
	}
	local := now.In(zone)
	day := DateOf(now, zone)
	return s.Binding == Bound && !s.Unreachable &&
		!quiet.Has(local.Hour()*60+local.Minute()) &&
		!r.Hold().Held() && IsWorkday(r, day) && !OnLeave(r, s.ID, day)
}

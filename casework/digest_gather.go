package casework

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// gather reads what was reported lately: by the members, and by anybody else
// about the group's targets.
func (b *digester) gather() {
	days := max(weekDays, b.params.Silent) + 1
	after := b.d.To.Add(-time.Duration(days) * oneDay)
	if b.d.From.Before(after) {
		after = b.d.From
	}
	// What others report of the group's targets can be about days before From, as
	// far back as people are free to report late.
	oldest := b.d.Day.AddDays(1 - days)
	if late := b.fromDay().AddDays(-b.params.Backfill); late.Before(oldest) {
		oldest = late
	}
	visits, calls := map[VisitID]Visit{}, map[CallID]Call{}
	add := func(list []Visit, more []Call) {
		for _, v := range list {
			visits[v.ID] = v
		}
		for _, c := range more {
			calls[c.ID] = c
		}
	}
	for _, s := range b.staff {
		add(b.r.VisitsBy(s.ID, after), b.r.CallsBy(s.ID, after))
	}
	for _, x := range b.targets {
		add(lately(b.r, x, after, oldest))
	}
	b.keep(visits, calls)
}

// keep sorts what was gathered, leaves out what reached us after To, and notes
// who has been at work.
func (b *digester) keep(visits map[VisitID]Visit, calls map[CallID]Call) {
	b.active = map[StaffID]bool{}
	spoken := b.d.To.Add(-time.Duration(b.params.Silent) * oneDay)
	for _, v := range visits {
		if v.SubmittedAt.After(b.d.To) {
			continue
		}
		for _, p := range v.Participants {
			b.active[p] = b.active[p] || v.SubmittedAt.After(spoken)
		}
		if b.belongs(v.TargetID, v.Reporter()) {
			b.visits = append(b.visits, v)
		}
	}
	for _, c := range calls {
		if c.At.After(b.d.To) {
			continue
		}
		b.active[c.By] = b.active[c.By] || c.At.After(spoken)
		if b.belongs(c.TargetID, c.By) {
			b.calls = append(b.calls, c)
		}
	}
	slices.SortFunc(b.visits, func(a, b Visit) int {
		return cmp.Or(b.SubmittedAt.Compare(a.SubmittedAt), cmp.Compare(b.ID, a.ID))
	})
	slices.SortFunc(b.calls, func(a, b Call) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) })
}

// lately gives the visits of the target since the day oldest, and the calls
// after the instant. It reads neither if the target's history tells of none.
func lately(r Records, x Target, after time.Time, oldest Date) ([]Visit, []Call) {
	var visits []Visit
	var calls []Call
	if !x.LastTriedOn.IsZero() && !x.LastTriedOn.Before(oldest) {
		for v := range visitsOf(r, x.ID) {
			if v.VisitedOn.Before(oldest) {
				break
			}
			if v.SubmittedAt.After(after) {
				visits = append(visits, v)
			}
		}
	}
	touched := slices.MaxFunc([]Date{x.LastCallOn, x.UnansweredOn, x.LastTriedOn}, Date.Compare)
	if x.Calls > 0 && !touched.Before(oldest) {
		for c := range callsOf(r, x.ID) {
			if !c.At.After(after) {
				break
			}
			calls = append(calls, c)
		}
	}
	return visits, calls
}

// visitsOf gives the visits of a target, the newest by day visited first, and
// reads no more of them than are asked for.
func visitsOf(r Records, id TargetID) iter.Seq[Visit] {
	return pages(func(n int) []Visit { return r.VisitsOfTarget(id, n) })
}

// callsOf gives the calls of a target, the newest first, likewise.
func callsOf(r Records, id TargetID) iter.Seq[Call] {
	return pages(func(n int) []Call { return r.CallsOfTarget(id, n) })
}

// pages gives what first(n) gives for a large n, asking for more as they are
// wanted.
func pages[T any](first func(n int) []T) iter.Seq[T] {
	return func(yield func(T) bool) {
		given := 0
		for n := 2; ; n *= 4 {
			list := first(n)
			for _, v := range list[given:] {
				if !yield(v) {
					return
				}
			}
			if given = len(list); given < n {
				return
			}
		}
	}
}

// nameSilent names the members who should have something recorded and have not.
func (b *digester) nameSilent() {
	for _, s := range b.staff {
		if b.params.Silent <= 0 || s.Binding != Bound || !s.Has(Visitor) || b.active[s.ID] {
			continue
		}
		// Somebody on leave has no charges.
		if len(Charges(b.r, s.ID, b.d.Day)) > 0 {
			b.d.Silent = append(b.d.Silent, SilentMember{Staff: s, LastOn: lastRecord(b.r, s.ID, b.d.To)})
		}
	}
}

// lastRecord is the last day on which the person reported a visit or made a
// call, as known at the instant; zero if never.
func lastRecord(r Records, who StaffID, to time.Time) Date {
	// Most have a record not long ago, and some a great many before.
	for _, after := range []time.Time{to.AddDate(0, -1, 0), to.AddDate(-1, 0, 0), {}} {
		var last Date
		for _, v := range r.VisitsBy(who, after) {
			if on := cmp.Or(v.ReportedOn, v.VisitedOn); !v.SubmittedAt.After(to) && on.After(last) {
				last = on
			}
		}
		for _, c := range r.CallsBy(who, after) {
			if !c.At.After(to) && c.On.After(last) {
				last = c.On
			}
		}
		if !last.IsZero() {
			return last
		}
	}
	return Date{}
}

// planNext counts what each member has to do on the next working day.
func (b *digester) planNext() {
	for _, s := range b.staff {
		n := 0
		for _, x := range Charges(b.r, s.ID, b.d.Next) {
			if DueOf(x, b.d.Next).Pressing() {
				n++
			}
		}
		if n > 0 {
			b.d.Tomorrow = append(b.d.Tomorrow, DayPlan{Staff: s, Count: n})
		}
	}
}

// listOverdue lists the contacts of the group that were missed, as an agenda.
func (b *digester) listOverdue() {
	for _, x := range b.targets {
		due := DueOf(x, b.d.Day)
		if due.State != Overdue {
			continue
		}
		item := AgendaItem{Target: x, Due: due, Problems: openOf(b.r, x.ID)}
		item.Score, item.Terms = Priority(b.r, x, b.d.Day)
		b.d.Overdue = append(b.d.Overdue, item)
	}
	slices.SortFunc(b.d.Overdue, func(a, b AgendaItem) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Due.Late, a.Due.Late), cmp.Compare(a.Target.Code, b.Target.Code))
	})
}

// openOf gives the problems of a target that are not struck off, oldest first.
func openOf(r Records, id TargetID) []Problem {
	open := slices.DeleteFunc(r.ProblemsOfTarget(id), func(p Problem) bool { return !p.Status.Open() })
	slices.SortStableFunc(open, oldestFirst)
	return open
}

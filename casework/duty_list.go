package casework

import (
	"cmp"
	"slices"
	"time"
)

// Working days that are given for steps of which the parameters say nothing, and days
// for a unit to answer a report.
const (
	writeDays   = 3
	issueDays   = 2
	agreeDays   = 2
	judgeDays   = 3
	correctDays = 3
	answerDays  = 15
)

// Duties are all that waits for the person, in the order in which it should be
// done: emergencies, then by the day due, then as [DutyKinds] has it. What people
// of a led group or branch are late with by more than the waits of the ladder is
// in it as well, with Of and Rung.
//
// What a person may not do is not theirs. One problem gives one person one duty,
// the one that is due first; but every measure that is due is named.
func Duties(r Records, who Staff, now Moment, zone *time.Location) []Duty {
	if who.ID == 0 || who.Binding != Bound {
		return nil
	}
	d := newDesk(r, who, now, zone)
	d.ownWork()
	d.ownVisits()
	d.ownMarks()
	d.above()
	d.units()
	return d.inOrder()
}

// desk is where the duties of one person are put together.
type desk struct {
	r     Records
	c     Campaign
	who   Staff
	today Date
	late  lateness
	zone  *time.Location
	out   []Duty
}

func newDesk(r Records, who Staff, now Moment, zone *time.Location) *desk {
	c, _ := r.Campaign()
	return &desk{r: r, c: c, who: who, today: now.Today, late: latenessAt(r, c.Params, now, zone), zone: zone}
}

func (d *desk) add(v Duty) { d.out = append(d.out, v) }

// soon reports whether a day due is near enough to be shown.
func (d *desk) soon(due Date) bool { return isSoon(d.c.Params, due, d.today) }

func isSoon(params Params, due, today Date) bool {
	return !due.IsZero() && due.DaysSince(today) <= params.DueSoon
}

// may reports whether the person may do the act to the problem and book.
func (d *desk) may(a Act, p Problem, b TaskBook) bool {
	return May(d.r, d.who, a, subjectOf(d.r, p, b, d.today))
}

func subjectOf(r Records, p Problem, b TaskBook, today Date) Subject {
	x, _ := r.Target(cmp.Or(p.TargetID, b.TargetID))
	return Subject{Target: x, Problem: p, Book: b, Today: today}
}

// firstProblem is the problem that a book is numbered with.
func firstProblem(r Records, b TaskBook) Problem {
	if len(b.ProblemIDs) == 0 {
		return Problem{}
	}
	p, _ := r.Problem(b.ProblemIDs[0])
	return p
}

// about is a duty about a problem.
func about(kind DutyKind, p Problem, due Date) Duty {
	return Duty{Kind: kind, Target: p.TargetID, Problem: p.ID, Urgency: p.Urgency, Due: due}
}

// bookDuty is a duty about a task book.
func bookDuty(kind DutyKind, r Records, b TaskBook, due Date) Duty {
	v := about(kind, firstProblem(r, b), due)
	v.Target, v.Book = b.TargetID, b.ID
	return v
}

// units are the reports that a unit has not answered for long.
func (d *desk) units() {
	if !May(d.r, d.who, ReportIssues, Subject{Today: d.today}) {
		return
	}
	for _, i := range d.r.Issues() {
		if due := i.ReportedOn.AddDays(answerDays); i.Status == IssueSubmitted && d.soon(due) {
			d.add(Duty{Kind: DutyUnit, Issue: i.ID, Due: due})
		}
	}
}

// inOrder gives the duties in their order, each problem once.
func (d *desk) inOrder() []Duty {
	rank := map[DutyKind]int{}
	for i, kind := range DutyKinds() {
		rank[kind] = i
	}
	slices.SortStableFunc(d.out, func(a, b Duty) int {
		return cmp.Or(
			cmp.Compare(a.calm(), b.calm()), a.Due.Compare(b.Due), cmp.Compare(rank[a.Kind], rank[b.Kind]),
			cmp.Compare(a.Problem, b.Problem), cmp.Compare(a.Book, b.Book), cmp.Compare(a.Measure, b.Measure),
			cmp.Compare(a.Mark, b.Mark), cmp.Compare(a.Matter, b.Matter), cmp.Compare(a.Visit, b.Visit),
		)
	})
	named := map[ProblemID]bool{}
	var out []Duty
	for _, v := range d.out {
		if v.Problem != 0 && named[v.Problem] && v.Kind != DutyMeasure {
			continue
		}
		named[v.Problem] = true
		out = append(out, v)
	}
	return slices.Compact(out)
}

// calm is 0 for what is about an emergency, and else 1.
func (v Duty) calm() int {
	if v.Urgency == Emergency {
		return 0
	}
	return 1
}

package casework

import (
	"slices"
	"time"
)

// Digest 日报 is how a group stands at the end of a working day. A report is in
// exactly one digest, by when it reached us; one about an earlier day is a late
// arrival instead of changing that day's figures. What a problem went through
// has a day alone, unless the visit or call that made it says the hour: so it
// is in the digest of that day.
//
// A visit, call or problem belongs to the group of its target; one about a
// target without a group, to the first group of whoever reported or owns it.
type Digest struct {
	Group    Group
	Day      Date
	From, To time.Time // reports that reached us after From, up to and at To

	Members int // of the group, bound or not
	Out     int // distinct people who took part in a visit or made a call in time

	// The figures of what was reported in time. Targets are counted once, however
	// often they were met.

	Households, Again int // households met for the first time, and again
	Enterprises       int
	Organizations     int
	NotMet            int // visits without anybody met
	Calls, Unanswered int // calls answered, and not

	Raised   []Problem // new on the list
	OnSpot   int       // of them, solved at once
	Resolved []Problem // since From, older ones
	Closed   []Problem
	Respond  []Problem // waiting for a first response, due by the end of the day or before
	Families map[string]FamilyCount

	Visits    []Visit // in time, newest first
	LateOnes  []Visit // late arrivals: about an earlier day, newest first
	LateCalls int     // calls of an earlier day, answered or not
	Overdue   []AgendaItem
	Silent    []SilentMember
	Tomorrow  []DayPlan // of the next working day, by member
	Next      Date      // the next working day
	Week      []DayCount
}

// FamilyCount counts the problems of one of the six families: new and closed
// since From, and those not struck off yet.
type FamilyCount struct{ New, Closed, Open int }

// SilentMember has nothing recorded for some days. LastOn is zero if never.
type SilentMember struct {
	Staff  Staff
	LastOn Date
}

// DayPlan is how much a member has to do on a day, what was left undone before
// included.
type DayPlan struct {
	Staff Staff
	Count int
}

// DayCount is what a group did on one day, as known at the digest's To: the
// visits made and the calls answered.
type DayCount struct {
	Day           Date
	Visits, Calls int
}

// weekDays is how many days [Digest.Week] has.
const weekDays = 7

// oneDay is a day of the clock. Windows reach back by one more, for the hour
// that a change of clocks takes.
const oneDay = 24 * time.Hour

// DigestOf makes the digest of a group. It reads by index: its cost depends on
// the group alone. Reports are those known at to; what is overdue, open and
// planned is as the records are now.
func DigestOf(r Records, g Group, day Date, from, to time.Time) Digest {
	c, _ := r.Campaign()
	b := digester{
		r: r, params: c.Params, staff: r.StaffOfGroup(g.ID), groups: map[TargetID]GroupID{},
		d: Digest{
			Group: g, Day: day, From: from, To: to,
			Families: map[string]FamilyCount{}, Next: WorkdayFrom(r, day.AddDays(1)),
		},
	}
	for x := range r.TargetsOfGroup(g.ID) {
		b.targets = append(b.targets, x)
		b.groups[x.ID] = g.ID
	}
	b.d.Members = len(b.staff)
	b.gather()
	b.countVisits()
	b.countCalls()
	b.countProblems()
	b.listOverdue()
	b.nameSilent()
	b.planNext()
	b.countWeek()
	return b.d
}

// digester makes one digest.
type digester struct {
	r       Records
	params  Params
	staff   []Staff
	targets []Target
	groups  map[TargetID]GroupID // of targets asked for so far
	visits  []Visit              // of the group, reported lately, newest report first
	calls   []Call               // likewise
	active  map[StaffID]bool     // who has something recorded lately
	d       Digest
}

// belongs reports whether what who did about the target counts for the group.
func (b *digester) belongs(id TargetID, who StaffID) bool {
	group, known := b.groups[id]
	if !known {
		x, _ := b.r.Target(id)
		group = x.GroupID
		b.groups[id] = group
	}
	if group == 0 {
		s, _ := b.r.Staff(who)
		return len(s.Groups) > 0 && s.Groups[0] == b.d.Group.ID
	}
	return group == b.d.Group.ID
}

// inWindow reports whether what reached us at the instant is in this digest.
func (b *digester) inWindow(at time.Time) bool { return at.After(b.d.From) && !at.After(b.d.To) }

// fromDay is the day of From. The zone is not known here: To is on the digest's
// day, and From as many days earlier as the hours between them come nearest to.
func (b *digester) fromDay() Date {
	return b.d.Day.AddDays(-int(b.d.To.Sub(b.d.From).Round(oneDay) / oneDay))
}

func (b *digester) countVisits() {
	people := map[StaffID]bool{}
	met := map[TargetID]bool{}
	for _, v := range slices.Backward(b.visits) { // the first of a day says whether it was the first of all
		switch {
		case !b.inWindow(v.SubmittedAt):
			continue
		case v.VisitedOn.Before(b.d.Day):
			b.d.LateOnes = append(b.d.LateOnes, v)
			continue
		}
		b.d.Visits = append(b.d.Visits, v)
		for _, p := range v.Participants {
			people[p] = true
		}
		if v.Outcome != Met {
			b.d.NotMet++
		} else if !met[v.TargetID] {
			met[v.TargetID] = true
			b.countMet(v)
		}
	}
	slices.Reverse(b.d.Visits)
	slices.Reverse(b.d.LateOnes)
	for _, c := range b.calls {
		if b.inWindow(c.At) && !c.On.Before(b.d.Day) {
			people[c.By] = true
		}
	}
	b.d.Out = len(people)
}

func (b *digester) countMet(v Visit) {
	x, _ := b.r.Target(v.TargetID)
	switch x.Kind {
	case HouseholdKind:
		if metBefore(b.r, v) {
			b.d.Again++
		} else {
			b.d.Households++
		}
	case EnterpriseKind:
		b.d.Enterprises++
	case OrganizationKind:
		b.d.Organizations++
	}
}

// metBefore reports whether somebody met the target before the visit.
func metBefore(r Records, v Visit) bool {
	for w := range visitsOf(r, v.TargetID) {
		earlier := w.VisitedOn.Before(v.VisitedOn) || w.VisitedOn == v.VisitedOn && w.ID < v.ID
		if w.Outcome == Met && earlier {
			return true
		}
	}
	return false
}

func (b *digester) countCalls() {
	for _, c := range b.calls {
		switch {
		case !b.inWindow(c.At):
		case c.On.Before(b.d.Day):
			b.d.LateCalls++
		case c.Result == Connected:
			b.d.Calls++
		default:
			b.d.Unanswered++
		}
	}
}

// countWeek counts by the day on which something was done.
func (b *digester) countWeek() {
	first := b.d.Day.AddDays(1 - weekDays)
	b.d.Week = make([]DayCount, weekDays)
	for i := range b.d.Week {
		b.d.Week[i].Day = first.AddDays(i)
	}
	at := func(d Date) *DayCount {
		if i := d.DaysSince(first); i >= 0 && i < weekDays {
			return &b.d.Week[i]
		}
		return &DayCount{}
	}
	for _, v := range b.visits {
		at(v.VisitedOn).Visits++
	}
	for _, c := range b.calls {
		if c.Result == Connected {
			at(c.On).Calls++
		}
	}
}

package casework

import (
	"slices"
	"time"
)

// lateness says for each rung of the ladder which days due are so long ago that it
// hears of them. Zero: none is.
type lateness struct{ leader, office Date }

func latenessAt(r Records, params Params, now Moment, zone *time.Location) lateness {
	return lateness{
		leader: waitedOut(r, params, params.LeaderWait, now, zone),
		office: waitedOut(r, params, params.OfficeWait, now, zone),
	}
}

// maxWaitDays bounds the search of [waitedOut]; no holidays last as long.
const maxWaitDays = 90

// waitedOut is the last day from whose end so many working hours have passed.
func waitedOut(r Records, params Params, hours int, now Moment, zone *time.Location) Date {
	for n := range maxWaitDays {
		day := now.Today.AddDays(-n)
		if WorkingTime(r, zone, onWall(day, params.WorkTo, zone), now.At) >= time.Duration(hours)*time.Hour {
			return day
		}
	}
	return Date{}
}

// highest is the highest rung that hears of what was due on the day.
func (l lateness) highest(due Date) Rung {
	switch {
	case due.IsZero():
		return OwnerRung
	case !due.After(l.office):
		return OfficeRung
	case !due.After(l.leader):
		return LeaderRung
	}
	return OwnerRung
}

// passedUp reports whether a duty of the kind is passed up at all.
func (k DutyKind) passedUp() bool {
	return k == DutyAccept || k == DutySolve || k == DutyProgress || k == DutyMeasure || k == DutyMatter
}

// lateProblem adds the problem that another person is late with.
func (d *desk) lateProblem(p Problem) {
	if v, ok := workOn(d.r, d.c, p, d.today); ok && v.Kind.passedUp() {
		d.addLate(v, OwnerOf(d.r, p, d.today), p.UnitID)
	}
}

func (d *desk) lateMeasures(b TaskBook) {
	for _, m := range dueMeasures(d.c.Params, b, d.today) {
		d.addLate(measureDuty(d.r, b, m), doerOf(d.r, b, m, d.today), b.BranchID)
	}
}

// addLate adds another person's duty if it is so late that this one hears of it.
func (d *desk) addLate(v Duty, of StaffID, branch UnitID) {
	top := d.late.highest(v.Due)
	if of == d.who.ID || top == OwnerRung {
		return
	}
	x, _ := d.r.Target(v.Target)
	secretary := d.who.Has(BranchSecretary) && branch != 0 && d.who.BranchID == branch
	v.Of = of
	switch {
	case secretary || leads(d.r, d.who, Subject{Target: x, Today: d.today}):
		v.Rung = LeaderRung
	case d.who.Has(Office) && top == OfficeRung:
		v.Rung = OfficeRung
	default:
		return
	}
	d.add(v)
}

// LateDuties are the duties about problems, measures and matters that are to be passed
// up now: to the leader when as many working hours have passed since the end of
// the day due as [Params.LeaderWait] says, to the office after [Params.OfficeWait].
// Of is whose duty it is. Each rung that was reached has its own, until
// [DutyPassed] says that it was told. A rung nobody stands on, or
// where nobody wants to hear of it, has none.
func LateDuties(r Records, now Moment, zone *time.Location) []LateDuty {
	c, _ := r.Campaign()
	l := lateList{
		ladder: ladder{r: r, params: c.Params, zone: zone, now: now.At, day: now.Today},
		late:   latenessAt(r, c.Params, now, zone),
	}
	for p := range r.OpenProblems(0) {
		if v, ok := workOn(r, c, p, now.Today); ok && v.Kind.passedUp() {
			l.pass(v, OwnerOf(r, p, now.Today))
		}
	}
	for b := range r.OpenTaskBooks(0) {
		for _, m := range dueMeasures(c.Params, b, now.Today) {
			l.pass(measureDuty(r, b, m), doerOf(r, b, m, now.Today))
		}
	}
	for m := range r.AllMatters() {
		if v, ok := matterDuty(c.Params, m, now.Today); ok {
			l.pass(v, keeperOf(r, m, now.Today))
		}
	}
	return l.out
}

// lateList gathers what is to be passed up.
type lateList struct {
	ladder
	late lateness
	out  []LateDuty
}

// pass adds the duty for every rung that hears of it.
func (l *lateList) pass(v Duty, of StaffID) {
	top, known := l.late.highest(v.Due), v.passed(l.r)
	for rung := LeaderRung; rung <= top; rung++ {
		v.Of, v.Rung = of, rung
		if known.to(rung, v.Due) {
			continue
		}
		if to := l.wanting(l.over(v)); len(to) > 0 {
			l.out = append(l.out, LateDuty{Duty: v, To: to})
		}
	}
}

// over are the people on the duty's rung who can be told: not the one who is late.
func (l *lateList) over(v Duty) []StaffID {
	var list []StaffID
	if v.Rung == OfficeRung {
		list = slices.Clone(l.officers())
	} else if x, ok := l.r.Target(v.Target); ok {
		if g, ok := l.r.Group(x.GroupID); ok {
			list = []StaffID{g.LeaderID, g.DeputyID}
		}
	}
	var out []StaffID
	for _, id := range list {
		if id != v.Of && !slices.Contains(out, id) && l.present(id) {
			out = append(out, id)
		}
	}
	return out
}

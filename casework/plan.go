package casework

import (
	"cmp"
	"slices"
)

// plan is the contact that a target needs next, by the records alone: the
// earliest that anything asks for, on a working day. Two for the same day are
// one, for the more pressing reason. What was tried in vain makes room for the
// next try. After something grave it is the visit there, whatever else is due.
// It is zero for a target that is stopped or not in use; one that is paused is
// booked for the end of its pause.
//
// Wanted is always Anchor and Days added up.
func plan(r Records, x Target) Contact {
	if !x.InUse() {
		return Contact{}
	}
	c, _ := r.Campaign()
	b := booker{r: r, params: c.Params, x: x, rhythm: rhythmOf(c.Params, x), since: x.Since}
	if b.since.IsZero() {
		b.since = c.StartOn
	}
	if x.Pause != nil && x.Pause.in(b.lastTouch()) {
		return b.resumed()
	}
	if c, ok := b.change(); ok {
		return c
	}
	asked := slices.Concat(b.callBacks(), b.noAnswer(), b.problem(), b.matters(), b.agreedOrByRhythm())
	asked = slices.DeleteFunc(asked, b.overtaken)
	if len(asked) == 0 {
		return Contact{}
	}
	return slices.MinFunc(asked, func(a, b Contact) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(pressing(a.Why), pressing(b.Why)))
	})
}

// pressing is the place of a reason among those for the same day.
func pressing(w Why) int {
	return slices.Index([]Why{WhyCallBack, WhyNoAnswer, WhyProblem, WhyMatter, WhyAgreed, WhyFirst, WhyRhythm}, w)
}

// rhythmOf is the rhythm of the target: its own, or by the parameters.
func rhythmOf(p Params, x Target) Rhythm {
	if x.Rhythm != nil {
		return *x.Rhythm
	}
	return p.Rhythm(x.Kind, x.CareLevel)
}

// booker is what is asked to plan one target's next contact.
type booker struct {
	r      Records
	params Params
	x      Target
	rhythm Rhythm
	since  Date // on the roster
}

// on books a contact for the day wanted, whatever day that is.
func on(way Way, why Why, anchor Date, days int) Contact {
	day := anchor.AddDays(days)
	return Contact{On: day, Way: way, Why: why, Anchor: anchor, Days: days, Wanted: day}
}

// from books a contact for the first working day from the day wanted.
func (b booker) from(way Way, why Why, anchor Date, days int) Contact {
	c := on(way, why, anchor, days)
	if c.On = WorkdayFrom(b.r, c.Wanted); c.On != c.Wanted {
		c.Moved = OffHoliday
	}
	return c
}

// lastTouch is the last day on which anybody tried to reach the target.
func (b booker) lastTouch() Date {
	last := b.x.LastContactOn()
	for _, d := range []Date{b.x.LastTriedOn, b.x.UnansweredOn} {
		if d.After(last) {
			last = d
		}
	}
	return last
}

// resumed is the contact with which a pause ends; none after a stop.
func (b booker) resumed() Contact {
	until := b.x.Pause.Until
	if until.IsZero() {
		return Contact{}
	}
	way := ByVisit
	if called := b.rhythm.CallDays; !b.x.LastVisitOn.IsZero() && called > 0 &&
		(b.rhythm.VisitDays == 0 || called < b.rhythm.VisitDays) {
		way = ByCall
	}
	return b.from(way, WhyResumed, until, 0)
}

// overtaken reports whether c was tried in vain on its day or later. An
// unanswered call stands for everything that was due by then, because its own
// next step is at most a working day away. A visit that met nobody stands for
// visits alone: the telephone was not tried.
func (b booker) overtaken(c Contact) bool {
	x := b.x
	if x.Unanswered > 0 && c.Why != WhyNoAnswer && !c.On.After(x.UnansweredOn) {
		return true
	}
	visit := c.Way == ByVisit || c.Way == LookIn
	return visit && !c.On.After(x.LastTriedOn)
}

// change asks for a visit after something grave. It takes the place of whatever
// else is due, and does not wait for a working day.
func (b booker) change() (Contact, bool) {
	if b.x.ChangedOn.IsZero() {
		return Contact{}, false
	}
	return on(ByVisit, WhyChange, b.x.ChangedOn, b.params.ChangeDays), true
}

// noAnswer asks to call again: the same day, then each working day, until
// somebody has to go and look.
func (b booker) noAnswer() []Contact {
	n := b.x.Unanswered
	var c Contact
	switch {
	case n == 0:
		return nil
	case n == 1:
		c = on(ByCall, WhyNoAnswer, b.x.UnansweredOn, 0)
	case n < b.params.NoAnswer:
		c = b.from(ByCall, WhyNoAnswer, b.x.UnansweredOn, 1)
	default:
		c = b.from(LookIn, WhyNoAnswer, b.x.UnansweredOn, 1)
	}
	c.Attempt = n
	return []Contact{c}
}

// callBacks ask, for each problem that is said to be solved, whether it is.
func (b booker) callBacks() []Contact {
	var out []Contact
	for _, problem := range b.r.ProblemsOfTarget(b.x.ID) {
		if problem.Status != ProblemResolved {
			continue
		}
		c := b.from(CallBack, WhyCallBack, problem.ResolvedOn, b.params.CallBack)
		c.Problem = problem.ID
		out = append(out, c)
	}
	return out
}

// problem asks how things stand while a problem is open.
func (b booker) problem() []Contact {
	open := inHand(b.r, b.x.ID)
	if len(open) == 0 {
		return nil
	}
	anchor := b.x.LastContactOn()
	if open[0].RaisedOn.After(anchor) {
		anchor = open[0].RaisedOn
	}
	c := b.from(ByCall, WhyProblem, anchor, b.params.OpenProblemCall)
	c.Problem = open[0].ID
	return []Contact{c}
}

// inHand gives the problems of the target that somebody is to solve, oldest
// first: not those on hold, and not those that wait for their call-back.
func inHand(r Records, id TargetID) []Problem {
	out := slices.DeleteFunc(r.ProblemsOfTarget(id), func(p Problem) bool {
		return !p.Status.Open() || p.Status == ProblemOnHold || p.Status == ProblemResolved
	})
	slices.SortStableFunc(out, oldestFirst)
	return out
}

func oldestFirst(a, b Problem) int {
	return cmp.Or(a.RaisedOn.Compare(b.RaisedOn), cmp.Compare(a.ID, b.ID))
}

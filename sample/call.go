package sample

import (
	"cmp"
	"slices"
	"time"

	"zoufang/casework"
)

// ring is one telephone check-in that is to be made. Like an outing it is small.
type ring struct {
	place  int32 // in places
	minute int16 // of the day
	day    casework.Date
	result casework.CallResult
	state  casework.Wellbeing
}

// planCalls says who is rung up when: between the visits to a target, as its
// rhythm asks, so that few are overdue on the day the demo begins. The targets of
// the demo's member are left as their pins want them.
func (c *campaign) planCalls() {
	c.rng = rngFor(c.o.Seed, callStream)
	visits := make([][]casework.Date, len(c.places))
	for _, o := range c.plan {
		if o.met {
			visits[o.place] = append(visits[o.place], c.days[o.day])
		}
	}
	params := casework.DefaultParams()
	for i, x := range c.places {
		rhythm := params.Rhythm(x.Kind, x.CareLevel)
		if rhythm.CallDays == 0 || x.pinned != nil {
			continue
		}
		slices.SortFunc(visits[i], casework.Date.Compare)
		for n, from := range visits[i] {
			until := today
			if n+1 < len(visits[i]) {
				until = visits[i][n+1]
			}
			c.planRings(i, rhythm.CallDays, from, until)
		}
	}
	slices.SortFunc(c.rings, func(a, b ring) int {
		return cmp.Or(a.day.Compare(b.day), cmp.Compare(a.minute, b.minute), cmp.Compare(a.place, b.place))
	})
	c.backInput = c.inputs + 1
	c.inputs += uint64(c.o.Problems) // there cannot be more
	c.callInput = c.inputs + 1
	c.inputs += uint64(len(c.rings))
}

// back is a call that asks whether a problem was solved.
type back struct {
	problem casework.Problem
	place   int32
	day     casework.Date
}

// unasked is how many days before the demo solved problems were not asked about
// yet, so that it has call-backs to show.
const unasked = 40

// plan notes that somebody will ask about a problem that was solved on the spot.
func (b *books) plan(p casework.Problem, place int32) {
	if day := weekday(p.RaisedOn.AddDays(2)); p.Status == casework.ProblemResolved && day.Before(today.AddDays(-unasked)) {
		b.backs = append(b.backs, back{p, place, day})
	}
}

// eachBack yields the call-backs of the days before, in their order: problems are
// raised in order, too.
func (c *campaign) eachBack(b *books, before casework.Date, yield func(casework.Event) error) error {
	for len(b.backs) > 0 && b.backs[0].day.Before(before) {
		k := b.backs[0]
		b.backs = b.backs[1:]
		for _, e := range c.callBack(b, k) {
			if err := yield(e); err != nil {
				return err
			}
		}
		b.asked++
	}
	return nil
}

// callBack is the call that asks about a problem, and what becomes of the problem.
func (c *campaign) callBack(b *books, k back) []casework.Event {
	input := c.backInput + uint64(b.asked)
	satisfied := []casework.Satisfaction{casework.Satisfied, casework.Satisfied, casework.FairlySatisfied}[b.asked%3]
	e := c.call(b, input, ring{place: k.place, minute: 19*60 + 5, day: k.day, result: casework.Connected, state: casework.Fine})
	f, _ := e.Fact.(casework.CallLogged)
	f.Call.Way, f.Call.Problem, f.Call.Satisfaction = casework.CallBack, k.problem.ID, satisfied
	e.Fact = f
	moved := e
	moved.Fact = casework.ProblemMoved{
		ProblemID: k.problem.ID, From: casework.ProblemResolved, To: casework.ProblemClosed,
		Satisfaction: satisfied, CallID: f.Call.ID,
	}
	return []casework.Event{e, moved}
}

// planRings rings a target up every so many days, between two visits. One in eight
// does not answer, and is rung up again on the next day. Now and then the last call
// before the demo is forgotten.
func (c *campaign) planRings(place, every int, from, until casework.Date) {
	forgotten := until == today && c.rng.IntN(12) == 0
	for day := weekday(from.AddDays(every)); day.Before(until); day = weekday(day.AddDays(every)) {
		if forgotten && until.DaysSince(day) <= every {
			return
		}
		r := ring{
			place: int32(place), minute: int16(9*60 + c.rng.IntN(8*60)), day: day,
			result: casework.Connected, state: casework.Fine,
		}
		if c.rng.IntN(20) == 0 {
			r.state = casework.NeedsAttention
		}
		if again := weekday(day.AddDays(1)); c.rng.IntN(8) == 0 && again.Before(until) {
			missed := r
			missed.result, missed.state = casework.NoAnswer, ""
			c.rings = append(c.rings, missed)
			r.day, day = again, again
		}
		c.rings = append(c.rings, r)
	}
}

// weekday is the first day from d on that is no holiday and at no week-end.
func weekday(d casework.Date) casework.Date {
	for d.Weekday() == time.Saturday || d.Weekday() == time.Sunday || holiday(d) {
		d = d.AddDays(1)
	}
	return d
}

// eachCall yields the calls that were made before the instant.
func (c *campaign) eachCall(b *books, before time.Time, yield func(casework.Event) error) error {
	for ; b.rung < len(c.rings); b.rung++ {
		r := c.rings[b.rung]
		at := clock(r.day, int(r.minute))
		if !at.Before(before) {
			break
		}
		if err := c.eachBack(b, r.day, yield); err != nil {
			return err
		}
		if err := yield(c.call(b, c.callInput+uint64(b.rung), r)); err != nil {
			return err
		}
	}
	return c.eachBack(b, casework.DateOf(before.Add(zone), time.UTC), yield)
}

// call is the event of a call.
func (c *campaign) call(b *books, input uint64, r ring) casework.Event {
	at := clock(r.day, int(r.minute))
	x := c.places[r.place]
	prefix := casework.CallPrefix(r.day)
	b.last[prefix]++
	call := casework.Call{
		ID: casework.CallID(casework.NewMinter(input).Next()), Code: casework.CallCode(r.day, b.last[prefix]),
		TargetID: x.ID, Way: casework.ByCall, By: c.people[x.primary].ID, On: r.day, At: at, DueOn: r.day,
		Result: r.result, Wellbeing: r.state,
	}
	if !r.result.Answered() {
		call.Attempt = 1
	}
	return casework.Event{
		By: call.By, HappenedOn: r.day, ReachedAt: at, Cause: cause(input), Fact: casework.CallLogged{Call: call},
	}
}

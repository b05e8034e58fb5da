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

// unasked is how many days before the demo solved problems were not asked about
// yet, so that it has call-backs to show.
const unasked = 40

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

// eachCall yields the calls that were made before the instant, and what else was
// done before it.
func (c *campaign) eachCall(d *desk, before time.Time) error {
	for b := d.b; b.rung < len(c.rings); b.rung++ {
		r := c.rings[b.rung]
		at := clock(r.day, int(r.minute))
		if !at.Before(before) {
			break
		}
		if err := d.work(at); err != nil {
			return err
		}
		e := c.call(b, c.callInput+uint64(b.rung), r)
		if err := d.note(e); err != nil {
			return err
		}
	}
	return d.work(before)
}

// call is the event of a call.
func (c *campaign) call(b *books, input uint64, r ring) casework.Event {
	at := clock(r.day, int(r.minute))
	x := c.places[r.place]
	call := casework.Call{
		ID: casework.CallID(casework.NewMinter(input).Next()), Code: casework.CallCode(r.day, b.Last(casework.CallPrefix(r.day))+1),
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

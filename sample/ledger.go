package sample

import (
	"fmt"
	"time"

	"zoufang/casework"
)

// eachRoster yields what was there before the first visit.
func (c *campaign) eachRoster(yield func(casework.Event) error) error {
	imported := clock(opened.AddDays(1), 10*60)
	for _, x := range c.roster {
		e := casework.Event{
			By: x.by, HappenedOn: opened.AddDays(1), ReachedAt: imported, Cause: cause(x.input), Fact: x.fact,
		}
		if !x.at.IsZero() {
			e.HappenedOn, e.TypedAt, e.ReachedAt = opened.AddDays(3), x.at, x.at.Add(time.Second)
		}
		if err := yield(e); err != nil {
			return err
		}
	}
	return nil
}

// books are as much of the records as reports and the work about problems ask for:
// ordinary visits and calls are only counted, because there can be a million of them.
type books struct {
	*tables
	next int // of the plan
	rung int // of the rings
	crew crew
}

// newBooks are the books with the roster. To their eyes everybody on it has an
// account: the campaign was run before most had one, and the rules give nobody a
// right without.
func newBooks(c *campaign) (*books, error) {
	b := &books{tables: newTables(), crew: newCrew(c)}
	err := c.eachRoster(b.keep)
	for _, p := range c.people {
		s, _ := b.Staff(p.ID)
		s.Binding = casework.Bound
		b.PutStaff(s)
	}
	return b, err
}

// keep takes from an event what later work builds upon.
func (b *books) keep(e casework.Event) error {
	switch f := e.Fact.(type) {
	case casework.VisitReported:
		b.PutLast(casework.VisitPrefix(f.Visit.VisitedOn), b.Last(casework.VisitPrefix(f.Visit.VisitedOn))+1)
		return nil
	case casework.DiaryWritten: // of a visit that is only counted
		return nil
	case casework.CallLogged:
		if f.Call.Way == casework.ByCall {
			b.PutLast(casework.CallPrefix(f.Call.On), b.Last(casework.CallPrefix(f.Call.On))+1)
			return nil
		}
	}
	return casework.Project(b.tables, e)
}

// eachVisit yields the visits that were reported before the day until.
func (c *campaign) eachVisit(d *desk, until casework.Date) error {
	for b := d.b; b.next < len(c.plan) && c.reported(c.plan[b.next]).Before(until); b.next++ {
		if err := c.report(d, b.next); err != nil {
			return fmt.Errorf("sample: visit %d: %w", b.next+1, err)
		}
	}
	return nil
}

// report has the i-th visit of the plan reported.
func (c *campaign) report(d *desk, i int) error {
	b := d.b
	o, input := c.plan[i], c.visitInput+uint64(i)
	ids := casework.NewMinter(input)
	v := visitor{c: c, rng: rngFor(c.o.Seed, visitStream+uint64(i)), outing: o, place: &c.places[o.place]}
	for _, n := range c.raised[i] {
		v.issues = append(v.issues, issues[n])
	}
	on := c.reported(o)
	typed := clock(on, 0).Add(time.Duration(o.second) * time.Second)
	if err := c.eachCall(d, typed.Add(time.Second)); err != nil {
		return err
	}
	t, _ := b.Target(v.place.ID)
	rep := casework.Report{
		ID: casework.VisitID(ids.Next()), Target: t, At: typed.Add(time.Second), Today: on,
	}
	if err := v.fill(&rep, b.campaign); err != nil {
		return err
	}
	rep.Reporter, rep.Companions = b.crew.send(v)
	d.now = casework.Moment{Today: on, At: rep.At}
	facts := casework.ReportVisit(b, rep, ids)
	for _, f := range facts {
		e := casework.Event{
			By: rep.Reporter, HappenedOn: c.days[o.day], TypedAt: typed, ReachedAt: rep.At,
			Cause: cause(input), Fact: f,
		}
		if err := d.note(e); err != nil {
			return err
		}
	}
	if err := d.diary(facts, i, typed); err != nil {
		return err
	}
	d.listen(facts, v.issues, o.place)
	return nil
}

// listen begins what follows from a visit: the stories of the problems that it has
// raised, which are those of the issues in their order, and the rest.
func (d *desk) listen(facts []casework.Fact, raised []issue, place int32) {
	for _, f := range facts {
		switch f := f.(type) {
		case casework.ProblemRaised:
			p, _ := d.b.Problem(f.Problem.ID)
			d.raised(p, raised[0], place)
			raised = raised[1:]
		case casework.VisitReported:
			d.serve(f.Visit)
		}
	}
	d.watch(facts)
}

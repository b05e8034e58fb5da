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

// books are as much of the records as a report asks for; the rest would grow
// with every visit. What is not asked for is not there: a call of another
// method panics.
type books struct {
	casework.Records
	campaign casework.Campaign
	rounds   []casework.Round
	last     map[string]int
	open     map[casework.TargetID]int // problems by target
	next     int                       // of the plan
	rung     int                       // of the rings
	backs    []back                    // still to be made
	asked    int                       // call-backs made
	crew     crew
}

func newBooks(c *campaign) *books {
	b := &books{last: map[string]int{}, open: map[casework.TargetID]int{}, crew: newCrew(c)}
	for _, x := range c.roster {
		if f, ok := x.fact.(casework.CampaignOpened); ok {
			b.campaign = f.Campaign
		}
	}
	return b
}

// Campaign implements [casework.Records].
func (b *books) Campaign() (casework.Campaign, bool) { return b.campaign, true }

// Rounds implements [casework.Records].
func (b *books) Rounds() []casework.Round { return b.rounds }

// Last implements [casework.Records].
func (b *books) Last(prefix string) int { return b.last[prefix] }

// keep takes from a fact what later reports build upon.
func (b *books) keep(f casework.Fact) {
	switch f := f.(type) {
	case casework.VisitReported:
		b.last[casework.VisitPrefix(f.Visit.VisitedOn)]++
	case casework.ProblemRaised:
		b.last[casework.ProblemPrefix(f.Problem.RaisedOn.Year)]++
		b.open[f.Problem.TargetID]++
	}
}

// eachVisit yields the visits that were reported before the day until.
func (c *campaign) eachVisit(b *books, until casework.Date, yield func(casework.Event) error) error {
	for ; b.next < len(c.plan) && c.reported(c.plan[b.next]).Before(until); b.next++ {
		if err := c.report(b, b.next, yield); err != nil {
			return fmt.Errorf("sample: visit %d: %w", b.next+1, err)
		}
	}
	return nil
}

// report has the i-th visit of the plan reported.
func (c *campaign) report(b *books, i int, yield func(casework.Event) error) error {
	o, input := c.plan[i], c.visitInput+uint64(i)
	ids := casework.NewMinter(input)
	v := visitor{c: c, rng: rngFor(c.o.Seed, visitStream+uint64(i)), outing: o, place: &c.places[o.place]}
	for _, n := range c.raised[i] {
		v.issues = append(v.issues, issues[n])
	}
	on := c.reported(o)
	typed := clock(on, 0).Add(time.Duration(o.second) * time.Second)
	if err := c.eachCall(b, typed, yield); err != nil {
		return err
	}
	t := v.place.Target
	t.OpenIssues = b.open[t.ID]
	rep := casework.Report{
		ID: casework.VisitID(ids.Next()), Target: t, At: typed.Add(time.Second), Today: on,
	}
	if err := v.fill(&rep, b.campaign); err != nil {
		return err
	}
	rep.Reporter, rep.Companions = b.crew.send(v)
	for _, f := range casework.ReportVisit(b, rep, ids) {
		b.keep(f)
		if raised, ok := f.(casework.ProblemRaised); ok {
			b.plan(raised.Problem, o.place)
		}
		err := yield(casework.Event{
			By: rep.Reporter, HappenedOn: c.days[o.day], TypedAt: typed, ReachedAt: rep.At,
			Cause: cause(input), Fact: f,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

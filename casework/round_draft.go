package casework

import (
	"cmp"
	"slices"
)

// DraftPlan proposes who visits whom in the round, by target: each target in use of the
// group (zero: of all) whose contact is due before the round ends or that has an open
// problem, and that is neither planned nor met in the round. The person in charge goes.
// Then each group is levelled: who has more than half again of the average, and more
// than [Params].DayLoad, passes the least pressing to colleagues who have room, first to
// those who help with that target. It is empty for a round that is over.
func DraftPlan(r Records, id RoundID, g GroupID, today Date) []RoundPlan {
	round, ok := roundOf(r, id)
	if !ok || !round.ClosedOn.IsZero() || round.EndOn.Before(today) {
		return nil
	}
	d := drafter{r: r, round: round, from: later(round.StartOn, today), planned: plansOf(r, id)}
	d.floor = 1
	if c, ok := r.Campaign(); ok {
		d.floor = max(1, c.Params.DayLoad)
	}
	var out []RoundPlan
	for group, list := range d.open(g) {
		out = append(out, d.share(group, list)...)
	}
	slices.SortFunc(out, func(a, b RoundPlan) int { return cmp.Compare(a.TargetID, b.TargetID) })
	return out
}

// drafter drafts the plan of a round.
type drafter struct {
	r       Records
	round   Round
	from    Date // the first day that is left of it
	planned map[TargetID]RoundPlan
	floor   int // a load that is never levelled
}

// open are the targets to be planned, by group, the most pressing first.
func (d drafter) open(g GroupID) map[GroupID][]Target {
	targets := d.r.AllTargets()
	if g != 0 {
		targets = d.r.TargetsOfGroup(g)
	}
	last := d.round.EndOn
	out := map[GroupID][]Target{}
	for x := range targets {
		_, planned := d.planned[x.ID]
		due := !x.Next.On.IsZero() && !x.Next.On.After(last) || x.OpenIssues > 0
		paused := x.Pause != nil && x.Pause.in(last)
		if !planned && due && x.InUse() && !paused && !metWithin(d.r, x, d.round.StartOn, last) {
			out[x.GroupID] = append(out[x.GroupID], x)
		}
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b Target) int {
			return cmp.Or(nextDay(a).Compare(nextDay(b)), cmp.Compare(a.Code, b.Code))
		})
	}
	return out
}

// nextDay is the day of the next contact; one without comes last.
func nextDay(x Target) Date {
	if x.Next.On.IsZero() {
		return Date{Year: 9999, Month: 12, Day: 31}
	}
	return x.Next.On
}

// share gives the targets of one group to its people.
func (d drafter) share(g GroupID, list []Target) []RoundPlan {
	t := team{load: map[StaffID]int{}}
	for _, s := range d.r.StaffOfGroup(g) {
		if goesOut(s) && !OnLeave(d.r, s.ID, d.from) {
			t.members = append(t.members, s)
		}
	}
	slices.SortFunc(t.members, func(a, b Staff) int { return cmp.Compare(a.Code, b.Code) })
	total := len(list)
	for _, p := range d.planned {
		if x, ok := d.r.Target(p.TargetID); ok && x.GroupID == g {
			t.load[p.StaffID]++
			total++
		}
	}
	t.limit = d.floor
	if n := len(t.members); n > 0 {
		t.limit = max(d.floor, (3*total+2*n-1)/(2*n)) // half again of the average, rounded up
	}
	var out []RoundPlan
	give := func(x Target, who StaffID) {
		if who != 0 {
			t.load[who]++
			out = append(out, RoundPlan{RoundID: d.round.ID, TargetID: x.ID, StaffID: who})
		}
	}
	type surplus struct {
		x   Target
		who StaffID
	}
	var rest []surplus // who has room is known once everybody has their own
	for _, x := range list {
		who := InCharge(d.r, x, d.from)
		if s, ok := d.r.Staff(who); !ok || !goesOut(s) {
			who = 0
		}
		if who == 0 || t.load[who] >= t.limit {
			rest = append(rest, surplus{x, who})
			continue
		}
		give(x, who)
	}
	for _, o := range rest {
		give(o.x, t.other(d.r, o.x, o.who))
	}
	return out
}

// team are the people of a group and how much each has.
type team struct {
	members []Staff // by code
	load    map[StaffID]int
	limit   int
}

// other is who takes the target instead of who has too much, or of nobody: somebody with
// room who helps with it, else the one with least; who it was if nobody has room.
func (t team) other(r Records, x Target, who StaffID) StaffID {
	helps := func(s StaffID) bool {
		return slices.ContainsFunc(r.PairingsOfTarget(x.ID), func(p Pairing) bool { return p.StaffID == s })
	}
	best := StaffID(0)
	for _, s := range t.members {
		n := t.load[s.ID]
		if n >= t.limit {
			continue
		}
		if helps(s.ID) {
			return s.ID
		}
		if best == 0 || n < t.load[best] {
			best = s.ID
		}
	}
	return cmp.Or(best, who)
}

package casework

import (
	"cmp"
	"slices"

	"zoufang/form"
)

// The bounds of the roster for what a round is called.
const (
	maxRoundTitle = 60
	maxRoundFocus = 100
	maxRounds     = 99
)

// LastDay is the last day of the round: the one on which it was to end, or on which the
// office closed it before.
func (r Round) LastDay() Date {
	if !r.ClosedOn.IsZero() && r.ClosedOn.Before(r.EndOn) {
		return r.ClosedOn
	}
	return r.EndOn
}

// RoundOn is the round in force on the day.
func RoundOn(r Records, day Date) (Round, bool) {
	rounds := r.Rounds()
	i := slices.IndexFunc(rounds, func(x Round) bool { return x.Covers(day) })
	if i < 0 {
		return Round{}, false
	}
	return rounds[i], true
}

// roundOf finds a round by its identity.
func roundOf(r Records, id RoundID) (Round, bool) {
	rounds := r.Rounds()
	i := slices.IndexFunc(rounds, func(x Round) bool { return x.ID == id })
	if i < 0 {
		return Round{}, false
	}
	return rounds[i], true
}

// OpenRound says what opening a round makes: it gets the next number. With an ID it
// changes title, focus and days of a round that is open. A round ends today or later,
// and shares no day with another.
func OpenRound(r Records, s Staff, x Round, m Moment, ids *Minter) (RoundOpened, Refusal) {
	if !May(r, s, ManageRounds, Subject{Today: m.Today}) {
		return RoundOpened{}, NotYours
	}
	x = Round{ID: x.ID, Title: form.Clean(x.Title), StartOn: x.StartOn, EndOn: x.EndOn, Focus: form.Clean(x.Focus)}
	known, there := roundOf(r, x.ID)
	if why := x.unsound(r, known, m.Today); why != "" {
		return RoundOpened{}, why
	}
	switch {
	case x.ID != 0 && !there:
		return RoundOpened{}, NotFound
	case !there:
		for _, other := range r.Rounds() {
			x.No = max(x.No, other.No)
		}
		if x.No++; x.No > maxRounds {
			return RoundOpened{}, TooOften
		}
		x.ID = RoundID(ids.Next())
		return RoundOpened{Round: x}, ""
	case !known.ClosedOn.IsZero():
		return RoundOpened{}, NotNow
	}
	if x.No = known.No; x == known {
		return RoundOpened{}, NoChange
	}
	return RoundOpened{Round: x}, ""
}

// unsound says what is wrong with the round itself.
func (r Round) unsound(rec Records, known Round, today Date) Refusal {
	if !fits(r.Title, 0, maxRoundTitle) || !fits(r.Focus, 0, maxRoundFocus) {
		return NeedsText
	}
	c, _ := rec.Campaign()
	if r.StartOn.IsZero() || r.EndOn.Before(r.StartOn) || r.StartOn.Before(c.StartOn) || r.EndOn.Before(today) && r.EndOn != known.EndOn {
		return NeedsDay
	}
	for _, other := range rec.Rounds() {
		if other.ID != r.ID && !r.StartOn.After(other.LastDay()) && !other.StartOn.After(r.EndOn) {
			return NeedsDay
		}
	}
	return ""
}

// CloseRound ends a round today. One that has not begun cannot be closed, and one that
// is closed stays so.
func CloseRound(r Records, s Staff, id RoundID, m Moment) (RoundClosed, Refusal) {
	x, ok := roundOf(r, id)
	switch {
	case !May(r, s, ManageRounds, Subject{Today: m.Today}):
		return RoundClosed{}, NotYours
	case !ok:
		return RoundClosed{}, NotFound
	case !x.ClosedOn.IsZero():
		return RoundClosed{}, NoChange
	case m.Today.Before(x.StartOn):
		return RoundClosed{}, NotNow
	}
	return RoundClosed{RoundID: id, On: m.Today}, ""
}

// PlanRound says what planning makes: the plans that differ from what is planned, of
// each target the last. A plan without a person takes the target off. Who is planned is
// of the target's group or paired with it, and a day agreed lies within the round.
func PlanRound(r Records, s Staff, plans []RoundPlan, m Moment) (RoundPlanned, Refusal) {
	wanted := map[planKey]RoundPlan{}
	for _, p := range plans {
		if why := p.unsound(r, s, m.Today); why != "" {
			return RoundPlanned{}, why
		}
		wanted[planKey{p.RoundID, p.TargetID}] = p
	}
	known := map[RoundID]map[TargetID]RoundPlan{}
	var f RoundPlanned
	for _, p := range plans {
		key := planKey{p.RoundID, p.TargetID}
		p, ok := wanted[key]
		if !ok {
			continue
		}
		delete(wanted, key)
		if known[p.RoundID] == nil {
			known[p.RoundID] = plansOf(r, p.RoundID)
		}
		old := known[p.RoundID][p.TargetID]
		if old != p && (old.StaffID != 0 || p.StaffID != 0) {
			f.Plans = append(f.Plans, p)
		}
	}
	if len(f.Plans) == 0 {
		return RoundPlanned{}, NoChange
	}
	return f, ""
}

// plansOf is the plan of a round, by target.
func plansOf(r Records, id RoundID) map[TargetID]RoundPlan {
	out := map[TargetID]RoundPlan{}
	for p := range r.PlanOf(id) {
		out[p.TargetID] = p
	}
	return out
}

// unsound says why the plan cannot be.
func (p RoundPlan) unsound(r Records, s Staff, today Date) Refusal {
	round, ok := roundOf(r, p.RoundID)
	x, there := r.Target(p.TargetID)
	switch {
	case !ok || !there:
		return NotFound
	case !May(r, s, PlanRounds, Subject{Target: x, Today: today}):
		return NotYours
	case !round.ClosedOn.IsZero() || round.EndOn.Before(today):
		return NotNow
	case p.StaffID == 0:
		return ""
	case !x.InUse():
		return NotNow
	case !p.On.IsZero() && !round.Covers(p.On):
		return NeedsDay
	}
	who, ok := r.Staff(p.StaffID)
	paired := slices.ContainsFunc(r.PairingsOfTarget(x.ID), func(o Pairing) bool { return o.StaffID == p.StaffID })
	if !ok || !goesOut(who) || !paired && !who.In(x.GroupID) {
		return NeedsOwner
	}
	return ""
}

// goesOut reports whether the person may visit at all.
func goesOut(s Staff) bool {
	roles := Acts()[WriteVisit]
	return s.Binding != Suspended && slices.ContainsFunc(s.Roles, func(role Role) bool { return roles[role] != None })
}

// PlanLine is how far a group has come with its plan of a round.
type PlanLine struct {
	Group            Group
	Planned, Visited int // targets; of them, met within the round
}

// PlanProgress says how far the groups have come, by code; groups without a plan are
// left out.
func PlanProgress(r Records, id RoundID) []PlanLine {
	round, ok := roundOf(r, id)
	if !ok {
		return nil
	}
	lines := map[GroupID]*PlanLine{}
	for p := range r.PlanOf(id) {
		x, ok := r.Target(p.TargetID)
		if !ok {
			continue
		}
		line := lines[x.GroupID]
		if line == nil {
			line = &PlanLine{}
			line.Group, _ = r.Group(x.GroupID)
			lines[x.GroupID] = line
		}
		line.Planned++
		if metWithin(r, x, round.StartOn, round.LastDay()) {
			line.Visited++
		}
	}
	var out []PlanLine
	for _, line := range lines {
		out = append(out, *line)
	}
	slices.SortFunc(out, func(a, b PlanLine) int { return cmp.Compare(a.Group.Code, b.Group.Code) })
	return out
}

// metWithin reports whether anybody met the target on a day from the first to the last.
func metWithin(r Records, x Target, first, last Date) bool {
	if x.LastVisitOn.Before(first) {
		return false
	}
	for v := range visitsOf(r, x.ID) {
		if v.VisitedOn.Before(first) {
			break
		}
		if v.Outcome == Met && !v.VisitedOn.After(last) {
			return true
		}
	}
	return false
}

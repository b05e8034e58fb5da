package casework_test

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"zoufang/casework"
)

// rosterTables are as much of the records as a roster touches. What it must not
// touch is nil, and panics.
type rosterTables struct {
	casework.Tables
	campaign *casework.Campaign
	rounds   map[casework.RoundID]casework.Round
	units    map[casework.UnitID]casework.Unit
	groups   map[casework.GroupID]casework.Group
	areas    map[casework.AreaID]casework.Area
	staff    map[casework.StaffID]casework.Staff
	targets  map[casework.TargetID]casework.Target
	pairings []casework.Pairing
	problems map[casework.ProblemID]casework.Problem
	marks    map[casework.TrademarkID]casework.Trademark
	policies map[casework.PolicyID]casework.Policy
	last     map[string]int
}

func newRosterTables() *rosterTables {
	return &rosterTables{
		rounds: map[casework.RoundID]casework.Round{}, units: map[casework.UnitID]casework.Unit{},
		groups: map[casework.GroupID]casework.Group{}, areas: map[casework.AreaID]casework.Area{},
		staff: map[casework.StaffID]casework.Staff{}, targets: map[casework.TargetID]casework.Target{},
		problems: map[casework.ProblemID]casework.Problem{}, marks: map[casework.TrademarkID]casework.Trademark{},
		policies: map[casework.PolicyID]casework.Policy{}, last: map[string]int{},
	}
}

func inOrder[K cmp.Ordered, V any](m map[K]V) []V {
	var out []V
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, m[k])
	}
	return out
}

func byCode[K cmp.Ordered, V any](m map[K]V, code string, of func(V) string) (V, bool) {
	for _, v := range m {
		if of(v) == code {
			return v, true
		}
	}
	var none V
	return none, false
}

func (t *rosterTables) Campaign() (casework.Campaign, bool) {
	if t.campaign == nil {
		return casework.Campaign{}, false
	}
	return *t.campaign, true
}
func (t *rosterTables) Rounds() []casework.Round { return inOrder(t.rounds) }
func (t *rosterTables) Units() []casework.Unit   { return inOrder(t.units) }
func (t *rosterTables) Groups() []casework.Group { return inOrder(t.groups) }
func (t *rosterTables) Areas() []casework.Area   { return inOrder(t.areas) }
func (t *rosterTables) Unit(id casework.UnitID) (casework.Unit, bool) {
	x, ok := t.units[id]
	return x, ok
}
func (t *rosterTables) Group(id casework.GroupID) (casework.Group, bool) {
	x, ok := t.groups[id]
	return x, ok
}
func (t *rosterTables) Area(id casework.AreaID) (casework.Area, bool) {
	x, ok := t.areas[id]
	return x, ok
}
func (t *rosterTables) Staff(id casework.StaffID) (casework.Staff, bool) {
	x, ok := t.staff[id]
	return x, ok
}
func (t *rosterTables) Target(id casework.TargetID) (casework.Target, bool) {
	x, ok := t.targets[id]
	return x, ok
}
func (t *rosterTables) TargetByCode(code string) (casework.Target, bool) {
	return byCode(t.targets, code, func(x casework.Target) string { return x.Code })
}
func (t *rosterTables) AllStaff() iter.Seq[casework.Staff] { return slices.Values(inOrder(t.staff)) }
func (t *rosterTables) AllTargets() iter.Seq[casework.Target] {
	return slices.Values(inOrder(t.targets))
}
func (t *rosterTables) PairingsOfTarget(id casework.TargetID) []casework.Pairing {
	return slices.DeleteFunc(slices.Clone(t.pairings), func(p casework.Pairing) bool { return p.TargetID != id })
}
func (t *rosterTables) Last(prefix string) int          { return t.last[prefix] }
func (t *rosterTables) PutCampaign(x casework.Campaign) { t.campaign = &x }
func (t *rosterTables) PutRound(x casework.Round)       { t.rounds[x.ID] = x }
func (t *rosterTables) PutUnit(x casework.Unit)         { t.units[x.ID] = x }
func (t *rosterTables) PutGroup(x casework.Group)       { t.groups[x.ID] = x }
func (t *rosterTables) PutArea(x casework.Area)         { t.areas[x.ID] = x }
func (t *rosterTables) PutStaff(x casework.Staff)       { t.staff[x.ID] = x }
func (t *rosterTables) PutTarget(x casework.Target)     { t.targets[x.ID] = x }
func (t *rosterTables) PutLast(prefix string, n int)    { t.last[prefix] = n }
func (t *rosterTables) PutPairing(x casework.Pairing) {
	t.DropPairing(x.TargetID, x.StaffID)
	t.pairings = append(t.pairings, x)
}
func (t *rosterTables) DropPairing(target casework.TargetID, staff casework.StaffID) {
	t.pairings = slices.DeleteFunc(t.pairings, func(p casework.Pairing) bool {
		return p.TargetID == target && p.StaffID == staff
	})
}

func (t *rosterTables) PutProblem(x casework.Problem)     { t.problems[x.ID] = x }
func (t *rosterTables) PutTrademark(x casework.Trademark) { t.marks[x.ID] = x }
func (t *rosterTables) PutPolicy(x casework.Policy)       { t.policies[x.ID] = x }
func (t *rosterTables) AllTrademarks() iter.Seq[casework.Trademark] {
	return slices.Values(inOrder(t.marks))
}
func (t *rosterTables) Policies() []casework.Policy { return inOrder(t.policies) }
func (t *rosterTables) Problem(id casework.ProblemID) (casework.Problem, bool) {
	x, ok := t.problems[id]
	return x, ok
}
func (t *rosterTables) TrademarksOfFirm(id casework.TargetID) []casework.Trademark {
	return slices.DeleteFunc(inOrder(t.marks), func(x casework.Trademark) bool { return x.FirmID != id })
}
func (t *rosterTables) MattersOfFirm(casework.TargetID) []casework.Matter { return nil }
func (t *rosterTables) ProblemsOfTarget(id casework.TargetID) []casework.Problem {
	return slices.DeleteFunc(inOrder(t.problems), func(x casework.Problem) bool { return x.TargetID != id })
}

// Nobody has been to the targets of a roster yet.

func (t *rosterTables) VisitsOfTarget(casework.TargetID, int) []casework.Visit { return nil }
func (t *rosterTables) CallsOfTarget(casework.TargetID, int) []casework.Call   { return nil }
func (t *rosterTables) WorkdayOn(casework.Date) (casework.Workday, bool) {
	return casework.Workday{}, false
}

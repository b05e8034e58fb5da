package sample_test

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// tables are the records in memory, for folding a ledger into them.
type tables struct {
	campaign casework.Campaign
	rounds   map[casework.RoundID]casework.Round
	units    map[casework.UnitID]casework.Unit
	groups   map[casework.GroupID]casework.Group
	areas    map[casework.AreaID]casework.Area
	staff    map[casework.StaffID]casework.Staff
	targets  map[casework.TargetID]casework.Target
	pairings []casework.Pairing
	visits   map[casework.VisitID]casework.Visit
	problems map[casework.ProblemID]casework.Problem
	forms    []form.Definition
	invites  map[casework.InviteID]casework.Invite
	last     map[string]int

	visitsOf   map[casework.TargetID][]casework.VisitID
	problemsOf map[casework.TargetID][]casework.ProblemID
	callsOf    map[casework.TargetID][]casework.Call // newest first

	casework.Records // nil: what no ledger of the sample asks for
}

func newTables() *tables {
	return &tables{
		rounds: map[casework.RoundID]casework.Round{}, units: map[casework.UnitID]casework.Unit{},
		groups: map[casework.GroupID]casework.Group{}, areas: map[casework.AreaID]casework.Area{},
		staff: map[casework.StaffID]casework.Staff{}, targets: map[casework.TargetID]casework.Target{},
		visits: map[casework.VisitID]casework.Visit{}, problems: map[casework.ProblemID]casework.Problem{},
		invites: map[casework.InviteID]casework.Invite{}, last: map[string]int{},
		visitsOf: map[casework.TargetID][]casework.VisitID{}, problemsOf: map[casework.TargetID][]casework.ProblemID{},
		callsOf: map[casework.TargetID][]casework.Call{},
	}
}

// sorted gives the values by their keys.
func sorted[K cmp.Ordered, V any](m map[K]V) []V {
	var out []V
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, m[k])
	}
	return out
}

// find gives the first value for which yes holds.
func find[V any](list []V, yes func(V) bool) (V, bool) {
	if i := slices.IndexFunc(list, yes); i >= 0 {
		return list[i], true
	}
	var none V
	return none, false
}

func filter[V any](list []V, yes func(V) bool) []V {
	return slices.DeleteFunc(slices.Clone(list), func(v V) bool { return !yes(v) })
}

func get[K comparable, V any](m map[K]V, k K) (V, bool) {
	v, ok := m[k]
	return v, ok
}

func (t *tables) Campaign() (casework.Campaign, bool) { return t.campaign, t.campaign.Name != "" }

func (t *tables) Rounds() []casework.Round {
	return slices.SortedFunc(maps.Values(t.rounds), func(a, b casework.Round) int { return cmp.Compare(a.No, b.No) })
}
func (t *tables) Units() []casework.Unit                           { return sorted(t.units) }
func (t *tables) Unit(id casework.UnitID) (casework.Unit, bool)    { return get(t.units, id) }
func (t *tables) Groups() []casework.Group                         { return sorted(t.groups) }
func (t *tables) Group(id casework.GroupID) (casework.Group, bool) { return get(t.groups, id) }
func (t *tables) Areas() []casework.Area                           { return sorted(t.areas) }
func (t *tables) Area(id casework.AreaID) (casework.Area, bool)    { return get(t.areas, id) }
func (t *tables) Staff(id casework.StaffID) (casework.Staff, bool) { return get(t.staff, id) }
func (t *tables) AllStaff() iter.Seq[casework.Staff]               { return slices.Values(sorted(t.staff)) }
func (t *tables) Target(id casework.TargetID) (casework.Target, bool) {
	return get(t.targets, id)
}
func (t *tables) AllTargets() iter.Seq[casework.Target]               { return slices.Values(sorted(t.targets)) }
func (t *tables) Visit(id casework.VisitID) (casework.Visit, bool)    { return get(t.visits, id) }
func (t *tables) AllVisits() iter.Seq[casework.Visit]                 { return slices.Values(sorted(t.visits)) }
func (t *tables) AllProblems() iter.Seq[casework.Problem]             { return slices.Values(sorted(t.problems)) }
func (t *tables) Invite(id casework.InviteID) (casework.Invite, bool) { return get(t.invites, id) }
func (t *tables) Last(prefix string) int                              { return t.last[prefix] }
func (t *tables) Problem(id casework.ProblemID) (casework.Problem, bool) {
	return get(t.problems, id)
}

func (t *tables) StaffByUser(u casework.UserID) (casework.Staff, bool) {
	return find(sorted(t.staff), func(s casework.Staff) bool { return u != 0 && s.User == u })
}

func (t *tables) StaffByCode(code string) (casework.Staff, bool) {
	return find(sorted(t.staff), func(s casework.Staff) bool { return s.Code == code })
}

func (t *tables) StaffOfGroup(g casework.GroupID) []casework.Staff {
	return filter(sorted(t.staff), func(s casework.Staff) bool { return s.In(g) })
}

func (t *tables) TargetByCode(code string) (casework.Target, bool) {
	return find(sorted(t.targets), func(x casework.Target) bool { return x.Code == code })
}

func (t *tables) TargetsOfGroup(g casework.GroupID) iter.Seq[casework.Target] {
	return slices.Values(filter(sorted(t.targets), func(x casework.Target) bool { return x.GroupID == g }))
}

func (t *tables) PairingsOfStaff(s casework.StaffID) []casework.Pairing {
	return filter(t.pairings, func(p casework.Pairing) bool { return p.StaffID == s })
}

func (t *tables) PairingsOfTarget(id casework.TargetID) []casework.Pairing {
	return filter(t.pairings, func(p casework.Pairing) bool { return p.TargetID == id })
}

func (t *tables) VisitByCode(code string) (casework.Visit, bool) {
	return find(sorted(t.visits), func(v casework.Visit) bool { return v.Code == code })
}

// newest gives the first n by the day visited.
func newest(list []casework.Visit, n int) []casework.Visit {
	slices.SortStableFunc(list, func(a, b casework.Visit) int {
		return cmp.Or(b.VisitedOn.Compare(a.VisitedOn), cmp.Compare(b.ID, a.ID))
	})
	return list[:min(n, len(list))]
}

func (t *tables) VisitsOfTarget(id casework.TargetID, n int) []casework.Visit {
	var list []casework.Visit
	for _, v := range t.visitsOf[id] {
		list = append(list, t.visits[v])
	}
	return newest(list, n)
}

func (t *tables) VisitsOfStaff(s casework.StaffID, n int) []casework.Visit {
	return newest(filter(sorted(t.visits), func(v casework.Visit) bool { return v.Reporter() == s }), n)
}

func (t *tables) ProblemsOfTarget(id casework.TargetID) []casework.Problem {
	var list []casework.Problem
	for _, p := range t.problemsOf[id] {
		list = append(list, t.problems[p])
	}
	return list
}

func (t *tables) Form(id string, version int) (form.Definition, bool) {
	return find(t.forms, func(d form.Definition) bool { return d.ID == id && (version == 0 || version == d.Version) })
}

func (t *tables) InviteByHash(hash string) (casework.Invite, bool) {
	return find(sorted(t.invites), func(i casework.Invite) bool { return i.Hash == hash })
}

func (t *tables) InvitesOfStaff(s casework.StaffID) []casework.Invite {
	return filter(sorted(t.invites), func(i casework.Invite) bool { return i.StaffID == s })
}

func (t *tables) CallsOfTarget(id casework.TargetID, n int) []casework.Call {
	return t.callsOf[id][:min(n, len(t.callsOf[id]))]
}

func (t *tables) AllCalls() iter.Seq[casework.Call] {
	return slices.Values(slices.Concat(slices.Collect(maps.Values(t.callsOf))...))
}

func (t *tables) PutCall(c casework.Call) {
	t.callsOf[c.TargetID] = slices.Insert(t.callsOf[c.TargetID], 0, c)
}

func (t *tables) WorkdayOn(casework.Date) (casework.Workday, bool) { return casework.Workday{}, false }
func (t *tables) HandoversOf(casework.StaffID) []casework.Handover { return nil }
func (t *tables) PutWorkday(casework.Workday)                      {}
func (t *tables) PutHandover(casework.Handover)                    {}
func (t *tables) PutHold(casework.Hold)                            {}

func (t *tables) PutCampaign(c casework.Campaign) { t.campaign = c }
func (t *tables) PutRound(r casework.Round)       { t.rounds[r.ID] = r }
func (t *tables) PutUnit(u casework.Unit)         { t.units[u.ID] = u }
func (t *tables) PutGroup(g casework.Group)       { t.groups[g.ID] = g }
func (t *tables) PutArea(a casework.Area)         { t.areas[a.ID] = a }
func (t *tables) PutStaff(s casework.Staff)       { t.staff[s.ID] = s }
func (t *tables) PutTarget(x casework.Target)     { t.targets[x.ID] = x }
func (t *tables) PutForm(d form.Definition)       { t.forms = append(t.forms, d) }
func (t *tables) PutInvite(i casework.Invite)     { t.invites[i.ID] = i }
func (t *tables) PutLast(prefix string, n int)    { t.last[prefix] = n }

func (t *tables) PutPairing(p casework.Pairing) {
	t.DropPairing(p.TargetID, p.StaffID)
	t.pairings = append(t.pairings, p)
}

func (t *tables) DropPairing(id casework.TargetID, s casework.StaffID) {
	t.pairings = slices.DeleteFunc(t.pairings, func(p casework.Pairing) bool { return p.TargetID == id && p.StaffID == s })
}

func (t *tables) PutVisit(v casework.Visit) {
	if _, ok := t.visits[v.ID]; !ok {
		t.visitsOf[v.TargetID] = append(t.visitsOf[v.TargetID], v.ID)
	}
	t.visits[v.ID] = v
}

func (t *tables) PutProblem(p casework.Problem) {
	if _, ok := t.problems[p.ID]; !ok {
		t.problemsOf[p.TargetID] = append(t.problemsOf[p.TargetID], p.ID)
	}
	t.problems[p.ID] = p
}

package casework

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"zoufang/form"
)

// Campaign implements [Records], and so do the methods below.
func (a *Ahead) Campaign() (Campaign, bool) {
	if a.campaign != nil {
		return *a.campaign, true
	}
	return a.below.Campaign()
}

// Rounds implements [Records].
func (a *Ahead) Rounds() []Round {
	return a.rounds.list(a.below.Rounds(), anyOf[Round], func(v, w Round) int {
		return cmp.Or(cmp.Compare(v.No, w.No), cmp.Compare(v.ID, w.ID))
	})
}

// Units implements [Records].
func (a *Ahead) Units() []Unit { return a.units.list(a.below.Units(), anyOf[Unit], a.units.order) }

// Unit implements [Records].
func (a *Ahead) Unit(id UnitID) (Unit, bool) { return a.units.get(id, a.below.Unit) }

// Groups implements [Records].
func (a *Ahead) Groups() []Group {
	return a.groups.list(a.below.Groups(), anyOf[Group], func(v, w Group) int {
		return cmp.Or(cmp.Compare(v.Code, w.Code), cmp.Compare(v.ID, w.ID))
	})
}

// Group implements [Records].
func (a *Ahead) Group(id GroupID) (Group, bool) { return a.groups.get(id, a.below.Group) }

// Areas implements [Records].
func (a *Ahead) Areas() []Area { return a.areas.list(a.below.Areas(), anyOf[Area], a.areas.order) }

// Area implements [Records].
func (a *Ahead) Area(id AreaID) (Area, bool) { return a.areas.get(id, a.below.Area) }

// Staff implements [Records].
func (a *Ahead) Staff(id StaffID) (Staff, bool) { return a.staff.get(id, a.below.Staff) }

// StaffByUser implements [Records].
func (a *Ahead) StaffByUser(u UserID) (Staff, bool) {
	v, ok := a.below.StaffByUser(u)
	return a.staff.find(v, ok, func(v Staff) bool { return u != 0 && v.User == u })
}

// StaffByCode implements [Records].
func (a *Ahead) StaffByCode(code string) (Staff, bool) {
	v, ok := a.below.StaffByCode(code)
	return a.staff.find(v, ok, func(v Staff) bool { return code != "" && v.Code == code })
}

// StaffOfGroup implements [Records].
func (a *Ahead) StaffOfGroup(g GroupID) []Staff {
	in := func(v Staff) bool { return slices.Contains(v.Groups, g) }
	return a.staff.list(a.below.StaffOfGroup(g), in, a.staff.order)
}

// AllStaff implements [Records].
func (a *Ahead) AllStaff() iter.Seq[Staff] { return a.staff.all(a.below.AllStaff()) }

// Target implements [Records].
func (a *Ahead) Target(id TargetID) (Target, bool) { return a.targets.get(id, a.below.Target) }

// TargetByCode implements [Records].
func (a *Ahead) TargetByCode(code string) (Target, bool) {
	v, ok := a.below.TargetByCode(code)
	return a.targets.find(v, ok, func(v Target) bool { return code != "" && v.Code == code })
}

// TargetsOfGroup implements [Records].
func (a *Ahead) TargetsOfGroup(g GroupID) iter.Seq[Target] {
	in := func(v Target) bool { return v.GroupID == g }
	return a.targets.over(a.below.TargetsOfGroup(g), in, a.targets.order)
}

// AllTargets implements [Records].
func (a *Ahead) AllTargets() iter.Seq[Target] { return a.targets.all(a.below.AllTargets()) }

// PairingsOfStaff implements [Records].
func (a *Ahead) PairingsOfStaff(s StaffID) []Pairing {
	in := func(v Pairing) bool { return v.StaffID == s }
	return a.pairings.list(a.below.PairingsOfStaff(s), in, a.pairings.order)
}

// PairingsOfTarget implements [Records].
func (a *Ahead) PairingsOfTarget(x TargetID) []Pairing {
	in := func(v Pairing) bool { return v.TargetID == x }
	return a.pairings.list(a.below.PairingsOfTarget(x), in, a.pairings.order)
}

// Visit implements [Records].
func (a *Ahead) Visit(id VisitID) (Visit, bool) { return a.visits.get(id, a.below.Visit) }

// VisitByCode implements [Records].
func (a *Ahead) VisitByCode(code string) (Visit, bool) {
	v, ok := a.below.VisitByCode(code)
	return a.visits.find(v, ok, func(v Visit) bool { return code != "" && v.Code == code })
}

// VisitsOfTarget implements [Records].
func (a *Ahead) VisitsOfTarget(x TargetID, n int) []Visit {
	below := func(n int) []Visit { return a.below.VisitsOfTarget(x, n) }
	return a.visits.most(n, below, func(v Visit) bool { return v.TargetID == x }, newestVisit)
}

// VisitsOfStaff implements [Records].
func (a *Ahead) VisitsOfStaff(s StaffID, n int) []Visit {
	below := func(n int) []Visit { return a.below.VisitsOfStaff(s, n) }
	return a.visits.most(n, below, func(v Visit) bool { return v.Reporter() == s }, newestVisit)
}

// newestVisit orders visits by the day visited, the newest first.
func newestVisit(v, w Visit) int {
	return cmp.Or(w.VisitedOn.Compare(v.VisitedOn), cmp.Compare(w.ID, v.ID))
}

// VisitsBy implements [Records].
func (a *Ahead) VisitsBy(s StaffID, after time.Time) []Visit {
	in := func(v Visit) bool { return v.Reporter() == s && v.SubmittedAt.After(after) }
	return a.visits.list(a.below.VisitsBy(s, after), in, func(v, w Visit) int {
		return cmp.Or(w.SubmittedAt.Compare(v.SubmittedAt), cmp.Compare(w.ID, v.ID))
	})
}

// AllVisits implements [Records].
func (a *Ahead) AllVisits() iter.Seq[Visit] { return a.visits.all(a.below.AllVisits()) }

// Call implements [Records].
func (a *Ahead) Call(id CallID) (Call, bool) { return a.calls.get(id, a.below.Call) }

// CallsOfTarget implements [Records].
func (a *Ahead) CallsOfTarget(x TargetID, n int) []Call {
	below := func(n int) []Call { return a.below.CallsOfTarget(x, n) }
	return a.calls.most(n, below, func(v Call) bool { return v.TargetID == x }, newestCall)
}

// CallsBy implements [Records].
func (a *Ahead) CallsBy(s StaffID, after time.Time) []Call {
	in := func(v Call) bool { return v.By == s && v.At.After(after) }
	return a.calls.list(a.below.CallsBy(s, after), in, newestCall)
}

// newestCall orders calls by their instant, the newest first.
func newestCall(v, w Call) int { return cmp.Or(w.At.Compare(v.At), cmp.Compare(w.ID, v.ID)) }

// AllCalls implements [Records].
func (a *Ahead) AllCalls() iter.Seq[Call] { return a.calls.all(a.below.AllCalls()) }

// Problem implements [Records].
func (a *Ahead) Problem(id ProblemID) (Problem, bool) { return a.problems.get(id, a.below.Problem) }

// ProblemsOfTarget implements [Records].
func (a *Ahead) ProblemsOfTarget(x TargetID) []Problem {
	in := func(v Problem) bool { return v.TargetID == x }
	return a.problems.list(a.below.ProblemsOfTarget(x), in, a.problems.order)
}

// ProblemsOfStaff implements [Records].
func (a *Ahead) ProblemsOfStaff(s StaffID) []Problem {
	in := func(v Problem) bool { return v.OwnerID == s }
	return a.problems.list(a.below.ProblemsOfStaff(s), in, a.problems.order)
}

// AllProblems implements [Records].
func (a *Ahead) AllProblems() iter.Seq[Problem] { return a.problems.all(a.below.AllProblems()) }

// TargetsDue implements [Records].
func (a *Ahead) TargetsDue(last Date) iter.Seq[Target] {
	in := func(v Target) bool { return !v.Next.On.IsZero() && !v.Next.On.After(last) }
	return a.targets.over(a.below.TargetsDue(last), in, func(v, w Target) int {
		return cmp.Or(v.Next.On.Compare(w.Next.On), cmp.Compare(v.ID, w.ID))
	})
}

// WorkdayOn implements [Records].
func (a *Ahead) WorkdayOn(d Date) (Workday, bool) { return a.workdays.get(d, a.below.WorkdayOn) }

// Workdays implements [Records].
func (a *Ahead) Workdays() []Workday {
	return a.workdays.list(a.below.Workdays(), anyOf[Workday], a.workdays.order)
}

// Handover implements [Records].
func (a *Ahead) Handover(id HandoverID) (Handover, bool) {
	return a.handovers.get(id, a.below.Handover)
}

// HandoversOf implements [Records].
func (a *Ahead) HandoversOf(s StaffID) []Handover {
	in := func(v Handover) bool { return v.Giver == s || v.Taker == s }
	return a.handovers.list(a.below.HandoversOf(s), in, a.handovers.order)
}

// AllHandovers implements [Records].
func (a *Ahead) AllHandovers() iter.Seq[Handover] {
	return a.handovers.all(a.below.AllHandovers())
}

// Hold implements [Records].
func (a *Ahead) Hold() Hold {
	if a.hold != nil {
		return *a.hold
	}
	return a.below.Hold()
}

// Form implements [Records].
func (a *Ahead) Form(id string, version int) (form.Definition, bool) {
	if version != 0 {
		return a.forms.get(formKey{id, version}, func(formKey) (form.Definition, bool) {
			return a.below.Form(id, version)
		})
	}
	newest, ok := a.below.Form(id, 0)
	for k, f := range a.forms.rows {
		if k.id == id && (!ok || k.version >= newest.Version) {
			newest, ok = *f, true
		}
	}
	return newest, ok
}

// Invite implements [Records].
func (a *Ahead) Invite(id InviteID) (Invite, bool) { return a.invites.get(id, a.below.Invite) }

// InviteByHash implements [Records].
func (a *Ahead) InviteByHash(hash string) (Invite, bool) {
	v, ok := a.below.InviteByHash(hash)
	return a.invites.find(v, ok, func(v Invite) bool { return hash != "" && v.Hash == hash })
}

// InvitesOfStaff implements [Records].
func (a *Ahead) InvitesOfStaff(s StaffID) []Invite {
	in := func(v Invite) bool { return v.StaffID == s }
	return a.invites.list(a.below.InvitesOfStaff(s), in, a.invites.order)
}

// Last implements [Records].
func (a *Ahead) Last(prefix string) int {
	if n, ok := a.lasts[prefix]; ok {
		return n
	}
	return a.below.Last(prefix)
}

// anyOf is true of every record.
func anyOf[V any](V) bool { return true }

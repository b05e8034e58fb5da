package sample

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// Campaign implements [casework.Records], and so do the methods below.
func (t *tables) Campaign() (casework.Campaign, bool) { return t.campaign, t.campaign.Name != "" }

// Rounds implements [casework.Records].
func (t *tables) Rounds() []casework.Round {
	return slices.SortedFunc(t.rounds.all(), func(a, b casework.Round) int { return cmp.Compare(a.No, b.No) })
}

// Groups implements [casework.Records].
func (t *tables) Groups() []casework.Group {
	return slices.SortedFunc(t.groups.all(), func(a, b casework.Group) int { return cmp.Compare(a.Code, b.Code) })
}

// Unit implements [casework.Records].
func (t *tables) Unit(id casework.UnitID) (casework.Unit, bool) { return t.units.get(uint64(id)) }

// Group implements [casework.Records].
func (t *tables) Group(id casework.GroupID) (casework.Group, bool) { return t.groups.get(uint64(id)) }

// Area implements [casework.Records].
func (t *tables) Area(id casework.AreaID) (casework.Area, bool) { return t.areas.get(uint64(id)) }

// Staff implements [casework.Records].
func (t *tables) Staff(id casework.StaffID) (casework.Staff, bool) { return t.staff.get(uint64(id)) }

// Target implements [casework.Records].
func (t *tables) Target(id casework.TargetID) (casework.Target, bool) {
	return t.targets.get(uint64(id))
}

// Visit implements [casework.Records].
func (t *tables) Visit(id casework.VisitID) (casework.Visit, bool) { return t.visits.get(uint64(id)) }

// Call implements [casework.Records].
func (t *tables) Call(id casework.CallID) (casework.Call, bool) { return t.calls.get(uint64(id)) }

// Problem implements [casework.Records].
func (t *tables) Problem(id casework.ProblemID) (casework.Problem, bool) {
	return t.problems.get(uint64(id))
}

// TaskBook implements [casework.Records].
func (t *tables) TaskBook(id casework.TaskBookID) (casework.TaskBook, bool) {
	return t.books.get(uint64(id))
}

// Trademark implements [casework.Records].
func (t *tables) Trademark(id casework.TrademarkID) (casework.Trademark, bool) {
	return t.marks.get(uint64(id))
}

// Matter implements [casework.Records].
func (t *tables) Matter(id casework.MatterID) (casework.Matter, bool) {
	return t.matters.get(uint64(id))
}

// Policy implements [casework.Records].
func (t *tables) Policy(id casework.PolicyID) (casework.Policy, bool) {
	return t.policies.get(uint64(id))
}

// Handover implements [casework.Records].
func (t *tables) Handover(id casework.HandoverID) (casework.Handover, bool) {
	return t.handovers.get(uint64(id))
}

// Invite implements [casework.Records].
func (t *tables) Invite(id casework.InviteID) (casework.Invite, bool) {
	return t.invites.get(uint64(id))
}

// Issue implements [casework.Records].
func (t *tables) Issue(id casework.IssueID) (casework.CommonIssue, bool) {
	return t.issues.get(uint64(id))
}

// Units implements [casework.Records].
func (t *tables) Units() []casework.Unit { return slices.Collect(t.units.all()) }

// Areas implements [casework.Records].
func (t *tables) Areas() []casework.Area { return slices.Collect(t.areas.all()) }

// Issues implements [casework.Records].
func (t *tables) Issues() []casework.CommonIssue { return slices.Collect(t.issues.all()) }

// Policies implements [casework.Records].
func (t *tables) Policies() []casework.Policy { return slices.Collect(t.policies.all()) }

// AllStaff implements [casework.Records].
func (t *tables) AllStaff() iter.Seq[casework.Staff] { return t.staff.all() }

// AllTargets implements [casework.Records].
func (t *tables) AllTargets() iter.Seq[casework.Target] { return t.targets.all() }

// AllVisits implements [casework.Records].
func (t *tables) AllVisits() iter.Seq[casework.Visit] { return t.visits.all() }

// AllCalls implements [casework.Records].
func (t *tables) AllCalls() iter.Seq[casework.Call] { return t.calls.all() }

// AllProblems implements [casework.Records].
func (t *tables) AllProblems() iter.Seq[casework.Problem] { return t.problems.all() }

// AllTaskBooks implements [casework.Records].
func (t *tables) AllTaskBooks() iter.Seq[casework.TaskBook] { return t.books.all() }

// AllTrademarks implements [casework.Records].
func (t *tables) AllTrademarks() iter.Seq[casework.Trademark] { return t.marks.all() }

// AllMatters implements [casework.Records].
func (t *tables) AllMatters() iter.Seq[casework.Matter] { return t.matters.all() }

// AllHandovers implements [casework.Records].
func (t *tables) AllHandovers() iter.Seq[casework.Handover] { return t.handovers.all() }

// StaffOfGroup implements [casework.Records].
func (t *tables) StaffOfGroup(id casework.GroupID) []casework.Staff {
	return slices.Collect(t.staff.in(0, uint64(id)))
}

// ProblemsOfTarget implements [casework.Records].
func (t *tables) ProblemsOfTarget(id casework.TargetID) []casework.Problem {
	return slices.Collect(t.problems.in(0, uint64(id)))
}

// ProblemsOfStaff implements [casework.Records].
func (t *tables) ProblemsOfStaff(id casework.StaffID) []casework.Problem {
	return slices.Collect(t.problems.in(1, uint64(id)))
}

// TaskBooksOfProblem implements [casework.Records].
func (t *tables) TaskBooksOfProblem(id casework.ProblemID) []casework.TaskBook {
	return slices.Collect(t.books.in(0, uint64(id)))
}

// TaskBooksOfStaff implements [casework.Records].
func (t *tables) TaskBooksOfStaff(id casework.StaffID) []casework.TaskBook {
	return slices.Collect(t.books.in(1, uint64(id)))
}

// TrademarksOfFirm implements [casework.Records].
func (t *tables) TrademarksOfFirm(id casework.TargetID) []casework.Trademark {
	return slices.Collect(t.marks.in(0, uint64(id)))
}

// MattersOfFirm implements [casework.Records].
func (t *tables) MattersOfFirm(id casework.TargetID) []casework.Matter {
	return slices.Collect(t.matters.in(0, uint64(id)))
}

// InvitesOfStaff implements [casework.Records].
func (t *tables) InvitesOfStaff(id casework.StaffID) []casework.Invite {
	return slices.Collect(t.invites.in(0, uint64(id)))
}

// TargetsOfGroup implements [casework.Records].
func (t *tables) TargetsOfGroup(id casework.GroupID) iter.Seq[casework.Target] {
	return t.targets.in(0, uint64(id))
}

// OpenProblems implements [casework.Records].
func (t *tables) OpenProblems(u casework.UnitID) iter.Seq[casework.Problem] {
	return t.problems.under(2, uint64(u))
}

// OpenTaskBooks implements [casework.Records].
func (t *tables) OpenTaskBooks(u casework.UnitID) iter.Seq[casework.TaskBook] {
	return t.books.under(2, uint64(u))
}

// StaffByUser implements [casework.Records].
func (t *tables) StaffByUser(u casework.UserID) (casework.Staff, bool) {
	return t.staff.find(func(s casework.Staff) bool { return u != 0 && s.User == u })
}

// StaffByCode implements [casework.Records].
func (t *tables) StaffByCode(code string) (casework.Staff, bool) {
	return t.staff.find(func(v casework.Staff) bool { return code != "" && v.Code == code })
}

// TargetByCode implements [casework.Records].
func (t *tables) TargetByCode(code string) (casework.Target, bool) {
	return t.targets.find(func(v casework.Target) bool { return code != "" && v.Code == code })
}

// VisitByCode implements [casework.Records].
func (t *tables) VisitByCode(code string) (casework.Visit, bool) {
	return t.visits.find(func(v casework.Visit) bool { return code != "" && v.Code == code })
}

// MatterByCode implements [casework.Records].
func (t *tables) MatterByCode(code string) (casework.Matter, bool) {
	return t.matters.find(func(v casework.Matter) bool { return code != "" && v.Code == code })
}

// InviteByHash implements [casework.Records].
func (t *tables) InviteByHash(hash string) (casework.Invite, bool) {
	return t.invites.find(func(v casework.Invite) bool { return hash != "" && v.Hash == hash })
}

// PairingsOfStaff implements [casework.Records].
func (t *tables) PairingsOfStaff(s casework.StaffID) []casework.Pairing {
	return slices.Clone(t.pairsOfStaff[s])
}

// PairingsOfTarget implements [casework.Records].
func (t *tables) PairingsOfTarget(x casework.TargetID) []casework.Pairing {
	return slices.Clone(t.pairsOfTarget[x])
}

// newestVisit puts the newest by day visited first.
func newestVisit(a, b casework.Visit) int {
	return cmp.Or(b.VisitedOn.Compare(a.VisitedOn), cmp.Compare(b.ID, a.ID))
}

// newestCall puts the newest call first.
func newestCall(a, b casework.Call) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) }

// VisitsOfTarget implements [casework.Records].
func (t *tables) VisitsOfTarget(x casework.TargetID, n int) []casework.Visit {
	return first(t.visits.in(0, uint64(x)), n, newestVisit)
}

// VisitsOfStaff implements [casework.Records].
func (t *tables) VisitsOfStaff(s casework.StaffID, n int) []casework.Visit {
	return first(t.visits.in(1, uint64(s)), n, newestVisit)
}

// CallsOfTarget implements [casework.Records].
func (t *tables) CallsOfTarget(x casework.TargetID, n int) []casework.Call {
	return first(t.calls.in(0, uint64(x)), n, newestCall)
}

// VisitsBy implements [casework.Records].
func (t *tables) VisitsBy(s casework.StaffID, after time.Time) []casework.Visit {
	list := slices.DeleteFunc(slices.Collect(t.visits.in(1, uint64(s))), func(v casework.Visit) bool { return !v.SubmittedAt.After(after) })
	slices.SortFunc(list, func(a, b casework.Visit) int {
		return cmp.Or(b.SubmittedAt.Compare(a.SubmittedAt), cmp.Compare(b.ID, a.ID))
	})
	return list
}

// CallsBy implements [casework.Records].
func (t *tables) CallsBy(s casework.StaffID, after time.Time) []casework.Call {
	list := slices.DeleteFunc(slices.Collect(t.calls.in(1, uint64(s))), func(c casework.Call) bool { return !c.At.After(after) })
	slices.SortFunc(list, newestCall)
	return list
}

// TargetsDue implements [casework.Records].
func (t *tables) TargetsDue(until casework.Date) iter.Seq[casework.Target] {
	due := slices.DeleteFunc(slices.Collect(t.targets.all()), func(x casework.Target) bool {
		return x.Next.On.IsZero() || x.Next.On.After(until)
	})
	slices.SortStableFunc(due, func(a, b casework.Target) int { return a.Next.On.Compare(b.Next.On) })
	return slices.Values(due)
}

// WorkdayOn implements [casework.Records].
func (t *tables) WorkdayOn(d casework.Date) (casework.Workday, bool) {
	w, ok := t.workdays[d]
	return w, ok
}

// Workdays implements [casework.Records].
func (t *tables) Workdays() []casework.Workday {
	return slices.SortedFunc(maps.Values(t.workdays), func(a, b casework.Workday) int { return a.On.Compare(b.On) })
}

// HandoversOf implements [casework.Records].
func (t *tables) HandoversOf(s casework.StaffID) []casework.Handover {
	return slices.DeleteFunc(slices.Collect(t.handovers.all()), func(h casework.Handover) bool { return h.Giver != s && h.Taker != s })
}

// Form implements [casework.Records].
func (t *tables) Form(id string, version int) (form.Definition, bool) {
	var found form.Definition
	for _, d := range t.forms {
		if d.ID == id && (version == 0 && d.Version > found.Version || version != 0 && d.Version == version) {
			found = d
		}
	}
	return found, found.ID != ""
}

// Hold implements [casework.Records].
func (t *tables) Hold() casework.Hold { return t.hold }

// Last implements [casework.Records].
func (t *tables) Last(prefix string) int { return t.lasts[prefix] }

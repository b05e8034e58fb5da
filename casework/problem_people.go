package casework

import (
	"cmp"
	"slices"
)

// Receivers are the people who answer at a level for the problem: the leaders of
// its group, the secretaries of its branch, the office for everything above.
// Stand-ins included; the office where a level has nobody. Only those with rights.
func Receivers(r Records, p Problem, l Level, today Date) []Staff {
	x, _ := r.Target(p.TargetID)
	sub := Subject{Target: x, Problem: p, Today: today}
	// Following a problem is not answering for it.
	sub.Problem.Followers = nil
	var out []Staff
	add := func(id StaffID, act Act) {
		for _, who := range []StaffID{id, Acting(r, id, today)} {
			s, ok := r.Staff(who)
			if ok && !hasStaff(out, who) && May(r, s, act, sub) {
				out = append(out, s)
			}
		}
	}
	switch l {
	case LevelOnSpot, LevelGroup:
		g, _ := r.Group(x.GroupID)
		add(g.LeaderID, ManageProblem)
		add(g.DeputyID, ManageProblem)
	case LevelBranch:
		for s := range r.AllStaff() {
			if s.Has(BranchSecretary) && s.BranchID != 0 && s.BranchID == p.UnitID {
				add(s.ID, AnswerAtBranch)
			}
		}
	case LevelBureau, LevelDistrict, LevelExternal:
	}
	if len(out) > 0 {
		return out
	}
	for s := range r.AllStaff() {
		if s.Has(Office) {
			add(s.ID, AnswerAtBureau)
		}
	}
	return out
}

func hasStaff(list []Staff, id StaffID) bool {
	return slices.ContainsFunc(list, func(s Staff) bool { return s.ID == id })
}

// Owners are the people who could own the problem, for the person who triages
// it: the target's people first, then the group, then whoever has to answer at its level.
func Owners(r Records, p Problem, today Date) []Staff {
	var out []Staff
	add := func(s Staff) {
		if s.ID != 0 && !hasStaff(out, s.ID) && s.canOwn() {
			out = append(out, s)
		}
	}
	x, _ := r.Target(p.TargetID)
	first, _ := r.Staff(InCharge(r, x, today))
	add(first)
	for _, tie := range r.PairingsOfTarget(p.TargetID) {
		s, _ := r.Staff(tie.StaffID)
		add(s)
	}
	for _, s := range r.StaffOfGroup(x.GroupID) {
		add(s)
	}
	for _, s := range Receivers(r, p, p.Level, today) {
		add(s)
	}
	return out
}

// canOwn reports whether the person could work on a problem, once there is an
// account to do it with.
func (s Staff) canOwn() bool {
	roles := Acts()[WorkProblem]
	return s.Binding != Suspended && slices.ContainsFunc(s.Roles, func(role Role) bool { return roles[role] != None })
}

// OwnerOf is who works on the problem on the day: its owner, or who stands in.
func OwnerOf(r Records, p Problem, today Date) StaffID { return Acting(r, p.OwnerID, today) }

// Duplicates 疑似重复 are the other open problems of the same target and category,
// the oldest first.
func Duplicates(r Records, p Problem) []Problem {
	return slices.DeleteFunc(openOf(r, p.TargetID), func(o Problem) bool { return o.ID == p.ID || o.Category != p.Category })
}

// Silent 久无进展 reports whether nothing was said of an open problem for too long.
func (p Problem) Silent(params Params, today Date) bool {
	if p.Status != ProblemDoing && p.Status != ProblemEscalated && p.Status != ProblemTransferred {
		return false
	}
	return today.DaysSince(cmp.Or(p.MovedOn, p.RaisedOn)) > params.Stale
}

// Age is for how many days the problem has been known; it stops when it is struck off.
func (p Problem) Age(today Date) int {
	last := today
	switch {
	case p.Status == ProblemClosed:
		last = p.ClosedOn
	case !p.Status.Open():
		last = p.MovedOn
	}
	return max(0, last.DaysSince(p.RaisedOn))
}

// Overdue is by how many days the problem is late; zero if it is not, or rests.
func (p Problem) Overdue(today Date) int {
	if !p.Status.Open() || p.Status.settled() || p.Status == ProblemOnHold || p.DueOn.IsZero() {
		return 0
	}
	return max(0, today.DaysSince(p.DueOn))
}

// NeedsTaskBook reports whether a task book must be made for the problem: all of
// them in the campaign, unless the office wants them only from branch level and
// urgent ones on. One solved on the spot needs none, as long as its people do not
// say otherwise.
func NeedsTaskBook(c Campaign, p Problem) bool {
	switch {
	case p.Status == ProblemMerged || p.Status == ProblemInvalid:
		return false
	case p.Disposal == OnSpot && p.Reopened == 0:
		return false
	}
	return !c.FewTaskBooks || p.Level.high() || p.Urgency == Urgent || p.Urgency == Emergency
}

package sample

import (
	"cmp"
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// PutCampaign implements [casework.Tables], and so do the methods below.
func (t *tables) PutCampaign(v casework.Campaign) { t.campaign = v }

// PutRound implements [casework.Tables].
func (t *tables) PutRound(v casework.Round) { t.rounds.put(v) }

// PutUnit implements [casework.Tables].
func (t *tables) PutUnit(v casework.Unit) { t.units.put(v) }

// PutGroup implements [casework.Tables].
func (t *tables) PutGroup(v casework.Group) { t.groups.put(v) }

// PutArea implements [casework.Tables].
func (t *tables) PutArea(v casework.Area) { t.areas.put(v) }

// PutStaff implements [casework.Tables].
func (t *tables) PutStaff(v casework.Staff) { t.staff.put(v) }

// PutTarget implements [casework.Tables].
func (t *tables) PutTarget(v casework.Target) { t.targets.put(v) }

// PutVisit implements [casework.Tables].
func (t *tables) PutVisit(v casework.Visit) { t.visits.put(v) }

// PutProblem implements [casework.Tables].
func (t *tables) PutProblem(v casework.Problem) { t.problems.put(v) }

// PutCall implements [casework.Tables].
func (t *tables) PutCall(v casework.Call) { t.calls.put(v) }

// PutTaskBook implements [casework.Tables].
func (t *tables) PutTaskBook(v casework.TaskBook) { t.books.put(v) }

// PutIssue implements [casework.Tables].
func (t *tables) PutIssue(v casework.CommonIssue) { t.issues.put(v) }

// PutTrademark implements [casework.Tables].
func (t *tables) PutTrademark(v casework.Trademark) { t.marks.put(v) }

// PutMatter implements [casework.Tables].
func (t *tables) PutMatter(v casework.Matter) { t.matters.put(v) }

// PutPolicy implements [casework.Tables].
func (t *tables) PutPolicy(v casework.Policy) { t.policies.put(v) }

// PutHandover implements [casework.Tables].
func (t *tables) PutHandover(v casework.Handover) { t.handovers.put(v) }

// PutInvite implements [casework.Tables].
func (t *tables) PutInvite(v casework.Invite) { t.invites.put(v) }

// PutWorkday implements [casework.Tables].
func (t *tables) PutWorkday(v casework.Workday) { t.workdays[v.On] = v }

// PutHold implements [casework.Tables].
func (t *tables) PutHold(v casework.Hold) { t.hold = v }

// PutLast implements [casework.Tables].
func (t *tables) PutLast(prefix string, n int) { t.lasts[prefix] = n }

// PutForm implements [casework.Tables].
func (t *tables) PutForm(v form.Definition) {
	t.forms = slices.DeleteFunc(t.forms, func(d form.Definition) bool { return d.ID == v.ID && d.Version == v.Version })
	t.forms = append(t.forms, v)
}

// PutPairing implements [casework.Tables].
func (t *tables) PutPairing(v casework.Pairing) {
	t.DropPairing(v.TargetID, v.StaffID)
	t.pairsOfTarget[v.TargetID] = insert(t.pairsOfTarget[v.TargetID], v)
	t.pairsOfStaff[v.StaffID] = insert(t.pairsOfStaff[v.StaffID], v)
}

func insert(list []casework.Pairing, v casework.Pairing) []casework.Pairing {
	i, _ := slices.BinarySearchFunc(list, v, func(a, b casework.Pairing) int {
		return cmp.Or(cmp.Compare(a.TargetID, b.TargetID), cmp.Compare(a.StaffID, b.StaffID))
	})
	return slices.Insert(list, i, v)
}

// DropPairing implements [casework.Tables].
func (t *tables) DropPairing(x casework.TargetID, s casework.StaffID) {
	same := func(p casework.Pairing) bool { return p.TargetID == x && p.StaffID == s }
	t.pairsOfTarget[x] = slices.DeleteFunc(t.pairsOfTarget[x], same)
	t.pairsOfStaff[s] = slices.DeleteFunc(t.pairsOfStaff[s], same)
}

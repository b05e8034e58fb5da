package casework

import (
	"cmp"
	"slices"
	"time"
)

// AskApproval asks a second person for what a says: Kind, Reason and the fields of that
// kind. It is [NoChange] while the same person asks for the same already, and
// [NobodyElse] if there is nobody who could decide.
func AskApproval(r Records, s Staff, a Approval, m Moment, ids *Minter) (ApprovalAsked, Refusal) {
	reason, ok := cleanReason(a.Reason)
	a = Approval{Kind: a.Kind, Reason: reason, Export: a.Export, StaffID: a.StaffID, Roles: a.Roles, Import: a.Import}
	a, why := a.settle(r, s, m)
	switch {
	case why != "":
		return ApprovalAsked{}, why
	case !ok:
		return ApprovalAsked{}, NeedsText
	}
	a.By, a.At, a.State = s.ID, m.At.UTC(), ApprovalOpen
	for _, other := range r.OpenApprovals() {
		if other.OpenAt(m.At) && other.sameAs(a) {
			return ApprovalAsked{}, NoChange
		}
	}
	if len(Approvers(r, a)) == 0 {
		return ApprovalAsked{}, NobodyElse
	}
	a.ID = ApprovalID(ids.Next())
	return ApprovalAsked{Approval: a}, ""
}

// AskRoles asks for a person to have these roles and no others.
func AskRoles(r Records, s Staff, who StaffID, roles []Role, reason string, m Moment, ids *Minter) (ApprovalAsked, Refusal) {
	return AskApproval(r, s, Approval{Kind: ApproveRoles, Reason: reason, StaffID: who, Roles: roles}, m, ids)
}

// sameAs reports whether both ask for the same.
func (a Approval) sameAs(b Approval) bool {
	if a.Kind != b.Kind || a.By != b.By || a.StaffID != b.StaffID || a.Import != b.Import || !slices.Equal(a.Roles, b.Roles) {
		return false
	}
	return a.Export == nil && b.Export == nil || a.Export != nil && b.Export != nil && a.Export.question() == b.Export.question() &&
		a.Export.AsOf.Equal(b.Export.AsOf) && a.Export.Format == b.Export.Format
}

// settle keeps of the request what its kind needs, and says what s cannot ask for.
func (a Approval) settle(r Records, s Staff, m Moment) (Approval, Refusal) {
	switch a.Kind {
	case ApproveExport:
		a.StaffID, a.Roles, a.Import = 0, nil, 0
		if a.Export == nil {
			return a, NotFound
		}
		x := *a.Export
		x.ID, x.Code, x.Full, x.Reason, x.By, x.ApprovedBy = 0, "", true, a.Reason, s.ID, 0
		a.Export = &x
		if !May(r, s, ExportFull, Subject{Today: m.Today}) {
			return a, NotYours
		}
		return a, x.unsound(r, m.At)
	case ApproveRoles:
		a.Export, a.Import = nil, 0
		a.Roles = slices.DeleteFunc(Roles(), func(role Role) bool { return !slices.Contains(a.Roles, role) })
		who, ok := r.Staff(a.StaffID)
		if ok && !May(r, s, ChangeRoles, Subject{Staff: who, Today: m.Today}) {
			return a, NotYours
		}
		return a, a.rolesUnsound(r)
	case ApproveUndo:
		a.Export, a.StaffID, a.Roles = nil, 0, nil
		_, why := PlanUndo(r, s, a.Import, m)
		return a, why
	}
	return a, NotFound
}

// rolesUnsound says why the person cannot have the roles: somebody must be left who can
// give roles back.
func (a Approval) rolesUnsound(r Records) Refusal {
	who, ok := r.Staff(a.StaffID)
	now := slices.DeleteFunc(Roles(), func(role Role) bool { return !who.Has(role) })
	switch {
	case !ok:
		return NotFound
	case len(a.Roles) == 0:
		return NeedsWhy
	case slices.Equal(now, a.Roles):
		return NoChange
	}
	gives := Acts()[ChangeRoles]
	able := func(roles []Role) bool {
		return slices.ContainsFunc(roles, func(role Role) bool { return gives[role] != None })
	}
	if !able(now) || able(a.Roles) {
		return ""
	}
	for s := range r.AllStaff() {
		if s.ID != who.ID && s.Binding == Bound && able(s.Roles) {
			return ""
		}
	}
	return NobodyElse
}

// DecideApproval says what the second person's word makes: a granted export is begun for
// who asked, and granted roles are given. What a granted undo makes is for the caller to
// add. It is [TooLate] after [ApprovalLife], and [OwnAsking] for who asked and for whom
// it is about.
func DecideApproval(r Records, s Staff, id ApprovalID, to ApprovalState, m Moment, ids *Minter, zone *time.Location) ([]Fact, Refusal) {
	a, ok := r.Approval(id)
	switch {
	case !ok:
		return nil, NotFound
	case a.By == s.ID || a.StaffID != 0 && a.StaffID == s.ID:
		return nil, OwnAsking
	case !May(r, s, Approve, Subject{Today: m.Today}):
		return nil, NotYours
	case a.State != ApprovalOpen || to != ApprovalGranted && to != ApprovalRefused:
		return nil, NotNow
	case !a.OpenAt(m.At):
		return nil, TooLate
	}
	facts := []Fact{ApprovalDecided{ApprovalID: id, State: to}}
	if to == ApprovalRefused {
		return facts, ""
	}
	asker, _ := r.Staff(a.By)
	a, why := a.settle(r, asker, m) // rights and records may be others by now
	if why != "" {
		return nil, why
	}
	switch a.Kind {
	case ApproveExport:
		x := *a.Export
		x.ApprovedBy = s.ID
		f, why := PrepareExport(r, x, m, ids, zone)
		if why != "" {
			return nil, why
		}
		facts = append(facts, f)
	case ApproveRoles:
		who, _ := r.Staff(a.StaffID)
		who.Roles = a.Roles
		facts = append(facts, StaffImported{Staff: who})
	case ApproveUndo:
	}
	return facts, ""
}

// Approvers are those who can decide and can be reached, in the order in which to ask
// them: the office, then leaders of the bureau, then administrators, each by code.
func Approvers(r Records, a Approval) []Staff {
	var out []Staff
	for s := range r.AllStaff() {
		if s.ID != a.By && s.ID != a.StaffID && !s.Unreachable && May(r, s, Approve, Subject{}) {
			out = append(out, s)
		}
	}
	rank := func(s Staff) int {
		return slices.IndexFunc([]Role{Office, BureauLeader, Admin}, s.Has)
	}
	slices.SortFunc(out, func(a, b Staff) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Code, b.Code))
	})
	return out
}

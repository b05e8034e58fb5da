package casework

import (
	"cmp"

	"zoufang/form"
)

// Ahead is the records with facts folded in that are not kept yet: what a turn
// sees of its own doing. It implements [Tables] and changes nothing below.
//
// What was put is shared by all who read it, and must not be changed in place.
// A sequence must be used up before anything is put. Codes and accounts are
// taken to be unique.
type Ahead struct {
	below Records

	campaign *Campaign
	hold     *Hold
	lasts    map[string]int

	rounds    layer[RoundID, Round]
	units     layer[UnitID, Unit]
	groups    layer[GroupID, Group]
	areas     layer[AreaID, Area]
	staff     layer[StaffID, Staff]
	targets   layer[TargetID, Target]
	pairings  layer[pairKey, Pairing]
	visits    layer[VisitID, Visit]
	calls     layer[CallID, Call]
	problems  layer[ProblemID, Problem]
	workdays  layer[Date, Workday]
	handovers layer[HandoverID, Handover]
	forms     layer[formKey, form.Definition]
	invites   layer[InviteID, Invite]
	books     layer[TaskBookID, TaskBook]
	issues    layer[IssueID, CommonIssue]
	marks     layer[TrademarkID, Trademark]
	matters   layer[MatterID, Matter]
	policies  layer[PolicyID, Policy]
	exports   layer[ExportID, Export]
	approvals layer[ApprovalID, Approval]
	imports   layer[ImportID, Import]
	notices   layer[AnnouncementID, Announcement]
	plans     layer[planKey, RoundPlan]
	settings  layer[SettingID, Setting]
	looks     layer[LookID, Look]
}

var _ Tables = (*Ahead)(nil)

type pairKey struct {
	target TargetID
	staff  StaffID
}

type planKey struct {
	round  RoundID
	target TargetID
}

type formKey struct {
	id      string
	version int
}

// NewAhead returns the records as they are below.
func NewAhead(below Records) *Ahead {
	return &Ahead{
		below:     below,
		rounds:    newLayer(func(v Round) RoundID { return v.ID }),
		units:     newLayer(func(v Unit) UnitID { return v.ID }),
		groups:    newLayer(func(v Group) GroupID { return v.ID }),
		areas:     newLayer(func(v Area) AreaID { return v.ID }),
		staff:     newLayer(func(v Staff) StaffID { return v.ID }),
		targets:   newLayer(func(v Target) TargetID { return v.ID }),
		visits:    newLayer(func(v Visit) VisitID { return v.ID }),
		calls:     newLayer(func(v Call) CallID { return v.ID }),
		problems:  newLayer(func(v Problem) ProblemID { return v.ID }),
		handovers: newLayer(func(v Handover) HandoverID { return v.ID }),
		invites:   newLayer(func(v Invite) InviteID { return v.ID }),
		books:     newLayer(func(v TaskBook) TaskBookID { return v.ID }),
		issues:    newLayer(func(v CommonIssue) IssueID { return v.ID }),
		marks:     newLayer(func(v Trademark) TrademarkID { return v.ID }),
		matters:   newLayer(func(v Matter) MatterID { return v.ID }),
		policies:  newLayer(func(v Policy) PolicyID { return v.ID }),
		exports:   newLayer(func(v Export) ExportID { return v.ID }),
		approvals: newLayer(func(v Approval) ApprovalID { return v.ID }),
		imports:   newLayer(func(v Import) ImportID { return v.ID }),
		notices:   newLayer(func(v Announcement) AnnouncementID { return v.ID }),
		settings:  newLayer(func(v Setting) SettingID { return v.ID }),
		looks:     newLayer(func(v Look) LookID { return v.ID }),
		plans: layer[planKey, RoundPlan]{
			id: func(v RoundPlan) planKey { return planKey{v.RoundID, v.TargetID} },
			order: func(a, b RoundPlan) int {
				return cmp.Or(cmp.Compare(a.RoundID, b.RoundID), cmp.Compare(a.TargetID, b.TargetID))
			},
		},
		pairings: layer[pairKey, Pairing]{
			id: func(v Pairing) pairKey { return pairKey{v.TargetID, v.StaffID} },
			order: func(a, b Pairing) int {
				return cmp.Or(cmp.Compare(a.TargetID, b.TargetID), cmp.Compare(a.StaffID, b.StaffID))
			},
		},
		workdays: layer[Date, Workday]{
			id:    func(v Workday) Date { return v.On },
			order: func(a, b Workday) int { return a.On.Compare(b.On) },
		},
		forms: layer[formKey, form.Definition]{
			id: func(v form.Definition) formKey { return formKey{v.ID, v.Version} },
			order: func(a, b form.Definition) int {
				return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Version, b.Version))
			},
		},
	}
}

// PutCampaign implements [Tables], and so do the methods below.
func (a *Ahead) PutCampaign(v Campaign) { a.campaign = &v }

// PutRound implements [Tables].
func (a *Ahead) PutRound(v Round) { a.rounds.put(v) }

// PutUnit implements [Tables].
func (a *Ahead) PutUnit(v Unit) { a.units.put(v) }

// PutGroup implements [Tables].
func (a *Ahead) PutGroup(v Group) { a.groups.put(v) }

// PutArea implements [Tables].
func (a *Ahead) PutArea(v Area) { a.areas.put(v) }

// PutStaff implements [Tables].
func (a *Ahead) PutStaff(v Staff) { a.staff.put(v) }

// PutTarget implements [Tables].
func (a *Ahead) PutTarget(v Target) { a.targets.put(v) }

// PutPairing implements [Tables].
func (a *Ahead) PutPairing(v Pairing) { a.pairings.put(v) }

// DropPairing implements [Tables].
func (a *Ahead) DropPairing(x TargetID, s StaffID) { a.pairings.drop(pairKey{x, s}) }

// PutVisit implements [Tables].
func (a *Ahead) PutVisit(v Visit) { a.visits.put(v) }

// PutProblem implements [Tables].
func (a *Ahead) PutProblem(v Problem) { a.problems.put(v) }

// PutCall implements [Tables].
func (a *Ahead) PutCall(v Call) { a.calls.put(v) }

// PutTaskBook implements [Tables].
func (a *Ahead) PutTaskBook(v TaskBook) { a.books.put(v) }

// PutIssue implements [Tables].
func (a *Ahead) PutIssue(v CommonIssue) { a.issues.put(v) }

// PutTrademark implements [Tables].
func (a *Ahead) PutTrademark(v Trademark) { a.marks.put(v) }

// PutMatter implements [Tables].
func (a *Ahead) PutMatter(v Matter) { a.matters.put(v) }

// PutPolicy implements [Tables].
func (a *Ahead) PutPolicy(v Policy) { a.policies.put(v) }

// PutWorkday implements [Tables].
func (a *Ahead) PutWorkday(v Workday) { a.workdays.put(v) }

// PutHandover implements [Tables].
func (a *Ahead) PutHandover(v Handover) { a.handovers.put(v) }

// PutHold implements [Tables].
func (a *Ahead) PutHold(v Hold) { a.hold = &v }

// PutForm implements [Tables].
func (a *Ahead) PutForm(v form.Definition) { a.forms.put(v) }

// PutInvite implements [Tables].
func (a *Ahead) PutInvite(v Invite) { a.invites.put(v) }

// PutLast implements [Tables].
func (a *Ahead) PutLast(prefix string, n int) {
	if a.lasts == nil {
		a.lasts = make(map[string]int)
	}
	a.lasts[prefix] = n
}

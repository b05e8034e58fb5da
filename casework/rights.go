package casework

import "slices"

// Act is something a person can ask the bot to do. An act that is not in the
// table of [Acts] does not exist.
type Act string

// The acts.
const (
	// SeeTarget shows a target's card, with its name masked, its open
	// problems and its visits.
	SeeTarget Act = "see_target"
	// WriteVisit reports a visit to a target.
	WriteVisit Act = "write_visit"
	// CorrectVisit changes a sealed visit, with a reason.
	CorrectVisit Act = "correct_visit"
	// RegisterTarget adds a target to a group from the chat.
	RegisterTarget Act = "register_target"
	// ConfirmBinding says whether an account belongs to a person of the roster.
	ConfirmBinding Act = "confirm_binding"
	// SeeSummary shows the campaign's figures: numbers alone.
	SeeSummary Act = "see_summary"
	// LogCalls records a telephone check-in.
	LogCalls Act = "log_call"
	// SeePhone shows a target's telephone number for a minute; it is logged.
	SeePhone Act = "see_phone"
	// PlanContact pauses a target's contacts, resumes them, changes their
	// rhythm, notes a grave change, and tells the village.
	PlanContact Act = "plan_contact"
	// SeeDigest shows how a group stands, with the names of its members.
	SeeDigest Act = "see_digest"
	// SeeWeek shows how the branches stand.
	SeeWeek Act = "see_week"
	// Reassign gives a target or a person's work to another.
	Reassign Act = "reassign"
	// ReturnVisit sends a record back to its reporter with a remark.
	ReturnVisit Act = "return_visit"
	// SilenceMiss passes a missed contact no further up.
	SilenceMiss Act = "silence_miss"
	// LinkChat ties a Telegram group to a working group.
	LinkChat Act = "link_chat"
	// SetCalendar says which days are working days.
	SetCalendar Act = "set_calendar"
	// Suspend takes a person's rights, and gives them back.
	Suspend Act = "suspend"
	// ReleaseHold says that the clock is right.
	ReleaseHold Act = "release_hold"
)

// Scope says to which records a right extends.
type Scope string

// The scopes, from narrow to wide.
const (
	// None is no right at all.
	None Scope = ""
	// OwnRecords are the visits the person took part in.
	OwnRecords Scope = "own_records"
	// Firms are the enterprises.
	Firms Scope = "firms"
	// OwnCharges are the targets that the person has to see to today, and those
	// paired with the person.
	OwnCharges Scope = "own_charges"
	// LedGroups are the groups that the person leads or is the deputy of, with
	// their members and targets. Being a member of a group gives nothing.
	LedGroups Scope = "led_groups"
	// OwnGroup is the person's groups, and what OwnCharges is.
	OwnGroup Scope = "own_group"
	// OwnBranch is what OwnGroup is, and the targets paired with somebody of
	// the person's branch.
	OwnBranch Scope = "own_branch"
	// Everything is the whole campaign.
	Everything Scope = "everything"
)

// Acts is the table of rights: for each act, the roles that have it and how
// far. It follows the campaign's rules; a role that is not listed has none.
// All of it holds in private chats alone: in group chats there are no rights.
func Acts() map[Act]map[Role]Scope {
	return map[Act]map[Role]Scope{
		SeeTarget: {
			Visitor: OwnGroup, GroupLeader: OwnGroup, BranchSecretary: OwnBranch,
			Office: Everything, BureauLeader: OwnGroup, TrademarkOfficer: Firms,
		},
		WriteVisit: {
			Visitor: OwnGroup, GroupLeader: OwnGroup, BranchSecretary: OwnBranch,
			BureauLeader: OwnGroup, TrademarkOfficer: Firms,
		},
		CorrectVisit: {
			Visitor: OwnRecords, GroupLeader: OwnGroup, BranchSecretary: OwnRecords,
			BureauLeader: OwnRecords, TrademarkOfficer: OwnRecords,
		},
		RegisterTarget: {
			Visitor: OwnGroup, GroupLeader: OwnGroup, BranchSecretary: OwnGroup, BureauLeader: OwnGroup,
		},
		ConfirmBinding: {
			GroupLeader: OwnGroup, Office: Everything, Admin: Everything,
		},
		SeeSummary: {
			GroupLeader: Everything, BranchSecretary: Everything, Office: Everything,
			BureauLeader: Everything, Auditor: Everything, Admin: Everything,
		},
		LogCalls: {
			Visitor: OwnGroup, GroupLeader: OwnGroup, BranchSecretary: OwnBranch,
			BureauLeader: OwnGroup, TrademarkOfficer: Firms,
		},
		SeePhone: {
			Visitor: OwnCharges, GroupLeader: OwnGroup, TrademarkOfficer: Firms,
		},
		PlanContact: {
			Visitor: OwnCharges, GroupLeader: OwnGroup, Office: Everything,
		},
		SeeDigest: {
			GroupLeader: LedGroups, Office: Everything,
		},
		SeeWeek: {
			BranchSecretary: OwnBranch, Office: Everything, BureauLeader: Everything,
		},
		Reassign: {
			GroupLeader: LedGroups, Office: Everything,
		},
		ReturnVisit: {
			GroupLeader: LedGroups, Office: Everything,
		},
		SilenceMiss: {
			GroupLeader: LedGroups, Office: Everything,
		},
		LinkChat: {
			GroupLeader: LedGroups, Office: Everything,
		},
		SetCalendar: {
			Office: Everything, Admin: Everything,
		},
		Suspend: {
			Office: Everything, Admin: Everything,
		},
		ReleaseHold: {
			Office: Everything, Admin: Everything,
		},
	}
}

// Subject is what an act is about. Fields that do not apply stay zero.
type Subject struct {
	Target Target
	Visit  Visit
	Staff  Staff   // ConfirmBinding, Reassign, Suspend: the person of the roster
	Group  GroupID // the group that gets the target, is told of, or is linked
	Unit   UnitID  // SeeWeek: the branch
	Today  Date    // OwnCharges: the day; zero knows pairings alone
}

// May reports whether s may do act a to the subject, in a private chat. It is
// asked again at every press, so that what was shown before a demotion cannot
// be used after it.
//
// Nobody vouches for themselves: an account of one's own that is new is
// confirmed by others.
func May(r Records, s Staff, a Act, sub Subject) bool {
	if s.ID == 0 || s.Binding != Bound || a == ConfirmBinding && sub.Staff.ID == s.ID {
		return false
	}
	roles := Acts()[a]
	// Who leads a group today may do what its leader may, with the role or
	// without: a deputy, and who stands in for the leader.
	return roles[GroupLeader] == LedGroups && leads(r, s, sub) || slices.ContainsFunc(s.Roles, func(role Role) bool {
		return reaches(r, s, roles[role], sub)
	})
}

// Allowed reports whether s may do act a to anything at all: what a menu asks.
func Allowed(s Staff, a Act) bool {
	roles := Acts()[a]
	return s.Binding == Bound && slices.ContainsFunc(s.Roles, func(role Role) bool { return roles[role] != None })
}

// reaches reports whether the subject lies in the scope.
func reaches(r Records, s Staff, scope Scope, sub Subject) bool {
	switch scope {
	case None:
		return false
	case Everything:
		return true
	case OwnRecords:
		return slices.Contains(sub.Visit.Participants, s.ID)
	case Firms:
		return sub.Target.Kind == EnterpriseKind
	case OwnCharges:
		return inCharge(r, s, sub)
	case LedGroups:
		return leads(r, s, sub)
	case OwnGroup:
		return inGroup(r, s, sub)
	case OwnBranch:
		return sub.Unit != 0 && sub.Unit == s.BranchID || inGroup(r, s, sub) || inBranch(r, s, sub.Target.ID)
	}
	return false
}

func inGroup(r Records, s Staff, sub Subject) bool {
	if sub.Group != 0 {
		return s.In(sub.Group)
	}
	if sub.Staff.ID != 0 {
		return leadsAny(r, s.ID, sub.Staff.Groups)
	}
	if sub.Target.ID == 0 {
		return false
	}
	if s.In(sub.Target.GroupID) {
		return true
	}
	return inCharge(r, s, sub)
}

// leads reports whether the person leads everything that the subject names, on
// the subject's day also for a leader on leave.
func leads(r Records, s Staff, sub Subject) bool {
	if sub.Group == 0 && sub.Target.ID == 0 && sub.Staff.ID == 0 {
		return false
	}
	led := func(groups ...GroupID) bool {
		return leadsAny(r, s.ID, groups) || !sub.Today.IsZero() && slices.ContainsFunc(groups, func(id GroupID) bool {
			g, ok := r.Group(id)
			return ok && g.LeaderID != 0 && Acting(r, g.LeaderID, sub.Today) == s.ID
		})
	}
	return (sub.Group == 0 || led(sub.Group)) &&
		(sub.Target.ID == 0 || led(sub.Target.GroupID)) &&
		(sub.Staff.ID == 0 || led(sub.Staff.Groups...))
}

// inCharge reports whether the target is paired with the person, or is in the
// person's charge on the day because somebody is on leave.
func inCharge(r Records, s Staff, sub Subject) bool {
	if sub.Target.ID == 0 {
		return false
	}
	paired := slices.ContainsFunc(r.PairingsOfTarget(sub.Target.ID), func(p Pairing) bool { return p.StaffID == s.ID })
	return paired || !sub.Today.IsZero() && InCharge(r, sub.Target, sub.Today) == s.ID
}

// leadsAny reports whether the person leads, or stands in for the leader of,
// one of the groups.
func leadsAny(r Records, who StaffID, groups []GroupID) bool {
	return slices.ContainsFunc(groups, func(id GroupID) bool {
		g, ok := r.Group(id)
		return ok && (g.LeaderID == who || g.DeputyID == who)
	})
}

func inBranch(r Records, s Staff, t TargetID) bool {
	if s.BranchID == 0 {
		return false
	}
	return slices.ContainsFunc(r.PairingsOfTarget(t), func(p Pairing) bool {
		other, ok := r.Staff(p.StaffID)
		return ok && other.BranchID == s.BranchID
	})
}

// Confirmers are the people who can be asked whether an account belongs to the
// person: those of the person's groups who may confirm it, or else the office and
// the administrators. Only those who can be reached are named.
func Confirmers(r Records, who Staff) []Staff {
	var leaders, office []Staff
	for s := range r.AllStaff() {
		switch {
		case s.Unreachable || !May(r, s, ConfirmBinding, Subject{Staff: who}):
		case leadsAny(r, s.ID, who.Groups):
			leaders = append(leaders, s)
		default:
			office = append(office, s)
		}
	}
	if len(leaders) > 0 {
		return leaders
	}
	return office
}

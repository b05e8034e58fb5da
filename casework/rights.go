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

	// SeeProblem shows a problem's card with its history, and its task book.
	SeeProblem Act = "see_problem"
	// RaiseProblems puts a problem on the list without a visit.
	RaiseProblems Act = "raise_problem"
	// TriageProblem gives a problem its owner, marks what it is about, and merges it.
	TriageProblem Act = "triage_problem"
	// WorkProblem takes a problem up, tells its progress, asks for time and resolves it.
	WorkProblem Act = "work_problem"
	// ManageProblem grants time, lets a problem rest, resumes and reopens it, and gives
	// it another owner.
	ManageProblem Act = "manage_problem"
	// EscalateToBranch passes a problem up to the branch; the two below further.
	EscalateToBranch Act = "escalate_to_branch"
	// EscalateToBureau passes a problem up to the bureau.
	EscalateToBureau Act = "escalate_to_bureau"
	// EscalateOut passes a problem up to the district and beyond, or gives it to an
	// outside body.
	EscalateOut Act = "escalate_out"
	// AnswerAtBranch answers, takes up or sends back what was passed up to the branch.
	AnswerAtBranch Act = "answer_at_branch"
	// AnswerAtBureau does so for the bureau, and notes what came from beyond.
	AnswerAtBureau Act = "answer_at_bureau"
	// StrikeProblem closes a problem whose people cannot be reached, and takes one off
	// the list that is none.
	StrikeProblem Act = "strike_problem"

	// WriteBook drafts a task book, and changes the draft.
	WriteBook Act = "write_task_book"
	// IssueBook issues task books, answers questions about them and cancels them.
	IssueBook Act = "issue_task_book"
	// WorkBook reads, agrees to, works on and hands in a task book.
	WorkBook Act = "work_task_book"
	// AcceptBook accepts what was handed in, sends it back, and grants time.
	AcceptBook Act = "accept_task_book"
	// AcceptBookForOffice is the office's acceptance, needed at bureau level.
	AcceptBookForOffice Act = "accept_task_book_office"
	// SetTaskBooks says which problems need a task book.
	SetTaskBooks Act = "set_task_books"
	// GatherIssues gathers problems under a theme.
	GatherIssues Act = "gather_issues"
	// ReportIssues sends the report on a common issue to a unit, and hands the
	// answer back.
	ReportIssues Act = "report_issues"

	// SeeMarks shows a firm's trademarks and matters.
	SeeMarks Act = "see_marks"
	// ServeMarks records trademarks and moves matters.
	ServeMarks Act = "serve_marks"
	// ServeFirm notes that a measure was used for a firm.
	ServeFirm Act = "serve_firm"
	// EditServices changes the catalogue of measures.
	EditServices Act = "edit_services"
	// SeePolicies searches policy cards, and notes what was explained.
	SeePolicies Act = "see_policies"
	// EditPolicies issues and withdraws policy cards.
	EditPolicies Act = "edit_policies"
	// EditChecklist gives the eight items of the checklist other labels.
	EditChecklist Act = "edit_checklist"

	// ExportPapers prints ledgers and forms, masked. A paper that is limited to a group or
	// branch names it in the subject.
	ExportPapers Act = "export"
	// ExportFull asks for a paper with names and telephone numbers.
	ExportFull Act = "export_full"
	// Approve is the second person's word.
	Approve Act = "approve"
	// ImportRecords applies a workbook, and undoes it.
	ImportRecords Act = "import"
	// MergeTargets says that two records are of one target.
	MergeTargets Act = "merge_targets"
	// SeeLooks shows who looked at personal data; one's own looks anybody sees.
	SeeLooks Act = "see_looks"
	// Announce sends an announcement.
	Announce Act = "announce"
	// ManageRounds opens and closes rounds.
	ManageRounds Act = "manage_rounds"
	// PlanRounds says who visits what in a round.
	PlanRounds Act = "plan_rounds"
	// SetParams changes the numbers of the campaign; SetWords the forms' words.
	SetParams Act = "set_params"
	SetWords  Act = "set_words"
	// ManageStaff adds people and changes their entries; ChangeRoles asks for other roles.
	ManageStaff Act = "manage_staff"
	ChangeRoles Act = "change_roles"
	// InviteStaff makes a one-time link for a person of the roster.
	InviteStaff Act = "invite_staff"
	// WriteDiary writes the diary of a visit.
	WriteDiary Act = "write_diary"
)

// Scope says to which records a right extends.
type Scope string

// The scopes, from narrow to wide.
const (
	// None is no right at all.
	None Scope = ""
	// OwnRecords are the visits the person took part in.
	OwnRecords Scope = "own_records"
	// Firms are the enterprises, and the problems the person owns.
	Firms Scope = "firms"
	// OwnWork are the problems that the person works on today, and the task books that
	// the person leads or has a measure of.
	OwnWork Scope = "own_work"
	// OwnCharges are the targets that the person has to see to today, and those
	// paired with the person.
	OwnCharges Scope = "own_charges"
	// LedGroups are the groups that the person leads or is the deputy of, with
	// their members and targets. Being a member of a group gives nothing.
	LedGroups Scope = "led_groups"
	// OwnGroup is the person's groups, and what OwnCharges and OwnWork are.
	OwnGroup Scope = "own_group"
	// OwnBranch is what OwnGroup is, the targets paired with somebody of the
	// person's branch, and the problems and task books of the branch.
	OwnBranch Scope = "own_branch"
	// Everything is the whole campaign.
	Everything Scope = "everything"
)

// Subject is what an act is about. Fields that do not apply stay zero.
type Subject struct {
	Target Target
	Visit  Visit
	Staff  Staff // ConfirmBinding, Reassign, Suspend: the person of the roster
	// Inviter is who made the link in the chat (ConfirmBinding).
	Inviter StaffID
	Group   GroupID // the group that gets the target, is told of, or is linked
	Unit    UnitID  // SeeWeek: the branch
	// Problem and Book are what is worked on; their target belongs in Target.
	Problem Problem
	Book    TaskBook
	// InGroup is set when the act is asked for in a group chat or channel, where there
	// are no rights but to link it.
	InGroup bool
	Today   Date // OwnCharges: the day; zero knows pairings alone
}

// May reports whether s may do act a to the subject, in a private chat. It is
// asked again at every press, so that what was shown before a demotion cannot
// be used after it.
//
// Nobody vouches for themselves: an account of one's own that is new is
// confirmed by others, and so is that of a possible second person ([Approve]) whom
// one has invited.
func May(r Records, s Staff, a Act, sub Subject) bool {
	if s.ID == 0 || s.Binding != Bound || a == ConfirmBinding && vouches(s, sub) {
		return false
	}
	if sub.InGroup && a != LinkChat {
		return false
	}
	roles := Acts()[a]
	// Who leads a group today may do what its leader may, with the role or
	// without: a deputy, and who stands in for the leader.
	return roles[GroupLeader] == LedGroups && leads(r, s, sub) || slices.ContainsFunc(s.Roles, func(role Role) bool {
		return reaches(r, s, roles[role], sub)
	})
}

// vouches reports whether s would confirm an account that s may have made up.
func vouches(s Staff, sub Subject) bool {
	second := slices.ContainsFunc(sub.Staff.Roles, func(role Role) bool { return Acts()[Approve][role] != None })
	return sub.Staff.ID == s.ID || second && sub.Inviter == s.ID
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
		return sub.Target.Kind == EnterpriseKind || worksOn(r, s, sub)
	case OwnWork:
		return worksOn(r, s, sub)
	case OwnCharges:
		return inCharge(r, s, sub)
	case LedGroups:
		return leads(r, s, sub)
	case OwnGroup:
		return inGroup(r, s, sub)
	case OwnBranch:
		return ofBranch(s, sub) || inGroup(r, s, sub) || inBranch(r, s, sub.Target.ID)
	}
	return false
}

// ofBranch reports whether what the subject names belongs to the person's branch.
func ofBranch(s Staff, sub Subject) bool {
	return s.BranchID != 0 && slices.Contains([]UnitID{sub.Unit, sub.Problem.UnitID, sub.Book.BranchID}, s.BranchID)
}

// worksOn reports whether the person works on the problem or task book today.
func worksOn(r Records, s Staff, sub Subject) bool {
	mine := func(who StaffID) bool {
		return who != 0 && (who == s.ID || !sub.Today.IsZero() && Acting(r, who, sub.Today) == s.ID)
	}
	if sub.Problem.ID != 0 && (mine(sub.Problem.OwnerID) || slices.Contains(sub.Problem.Followers, s.ID)) {
		return true
	}
	return sub.Book.ID != 0 && slices.ContainsFunc(sub.Book.Busy(), mine)
}

func inGroup(r Records, s Staff, sub Subject) bool {
	if worksOn(r, s, sub) {
		return true
	}
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
// the administrators. Only those who can be reached are named. The inviter is who made
// the link in the chat; zero is the command line.
func Confirmers(r Records, who Staff, inviter StaffID) []Staff {
	var leaders, office []Staff
	for s := range r.AllStaff() {
		switch {
		case s.Unreachable || !May(r, s, ConfirmBinding, Subject{Staff: who, Inviter: inviter}):
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

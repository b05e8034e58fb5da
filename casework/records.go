package casework

import (
	"iter"
	"time"

	"zoufang/form"
)

// Records is read-only access to everything that is so. A record that is not
// there is reported by false. Sequences come in the order of identities
// (oldest first) unless said otherwise. The values are the caller's own.
//
// A fault of the file cannot be reported here: the store notices it, and lets
// nothing that was decided on such a reading be kept.
type Records interface {
	Campaign() (Campaign, bool)
	Rounds() []Round // by number
	Units() []Unit
	Unit(UnitID) (Unit, bool)
	Groups() []Group // by code
	Group(GroupID) (Group, bool)
	Areas() []Area
	Area(AreaID) (Area, bool)

	Staff(StaffID) (Staff, bool)
	StaffByUser(UserID) (Staff, bool)
	StaffByCode(string) (Staff, bool)
	StaffOfGroup(GroupID) []Staff
	AllStaff() iter.Seq[Staff]

	Target(TargetID) (Target, bool)
	TargetByCode(string) (Target, bool)
	TargetsOfGroup(GroupID) iter.Seq[Target]
	AllTargets() iter.Seq[Target]
	PairingsOfStaff(StaffID) []Pairing
	PairingsOfTarget(TargetID) []Pairing

	Visit(VisitID) (Visit, bool)
	VisitByCode(string) (Visit, bool)
	// VisitsOfTarget gives at most n visits, the newest by day visited first.
	VisitsOfTarget(t TargetID, n int) []Visit
	// VisitsOfStaff gives at most n visits reported by the person, the
	// newest by day visited first.
	VisitsOfStaff(s StaffID, n int) []Visit
	// VisitsBy gives the visits that the person reported after the instant, the
	// newest report first.
	VisitsBy(s StaffID, after time.Time) []Visit
	AllVisits() iter.Seq[Visit]

	Call(CallID) (Call, bool)
	// CallsOfTarget gives at most n calls, the newest first.
	CallsOfTarget(t TargetID, n int) []Call
	// CallsBy gives the calls that the person made after the instant, the
	// newest first.
	CallsBy(s StaffID, after time.Time) []Call
	AllCalls() iter.Seq[Call]

	Problem(ProblemID) (Problem, bool)
	ProblemsOfTarget(TargetID) []Problem
	// ProblemsOfStaff gives the problems the person owns.
	ProblemsOfStaff(StaffID) []Problem
	AllProblems() iter.Seq[Problem]
	// OpenProblems gives those of the branch that are open by [ProblemStatus.Open];
	// zero: of all. They come by branch, then oldest first.
	OpenProblems(UnitID) iter.Seq[Problem]

	TaskBook(TaskBookID) (TaskBook, bool)
	// TaskBooksOfProblem gives the problem's task books, cancelled ones included,
	// oldest first.
	TaskBooksOfProblem(ProblemID) []TaskBook
	// TaskBooksOfStaff gives open ones that the person leads or has a measure of
	// that is not settled.
	TaskBooksOfStaff(StaffID) []TaskBook
	// OpenTaskBooks gives open ones of the branch; zero: of all. They come by branch,
	// then oldest first.
	OpenTaskBooks(UnitID) iter.Seq[TaskBook]
	AllTaskBooks() iter.Seq[TaskBook]
	Issue(IssueID) (CommonIssue, bool)
	Issues() []CommonIssue

	Trademark(TrademarkID) (Trademark, bool)
	TrademarksOfFirm(TargetID) []Trademark
	AllTrademarks() iter.Seq[Trademark]
	Matter(MatterID) (Matter, bool)
	MatterByCode(string) (Matter, bool)
	MattersOfFirm(TargetID) []Matter
	AllMatters() iter.Seq[Matter]
	Policy(PolicyID) (Policy, bool)
	Policies() []Policy

	Export(ExportID) (Export, bool)
	// ExportByCode finds an export by its code.
	ExportByCode(string) (Export, bool)
	// Exports gives at most n, the newest first; so do Imports, Announcements,
	// Settings and the three kinds of looks.
	Exports(n int) []Export
	Approval(ApprovalID) (Approval, bool)
	// OpenApprovals gives those that nobody has decided, expired ones included.
	OpenApprovals() []Approval
	Import(ImportID) (Import, bool)
	Imports(n int) []Import
	Announcement(AnnouncementID) (Announcement, bool)
	Announcements(n int) []Announcement
	// PlanOf gives the round's plan, by target.
	PlanOf(RoundID) iter.Seq[RoundPlan]
	Settings(n int) []Setting
	Looks(n int) []Look
	LooksAt(t TargetID, n int) []Look
	LooksBy(s StaffID, n int) []Look

	// TargetsDue gives the targets with a contact booked for the day or
	// earlier, by day.
	TargetsDue(until Date) iter.Seq[Target]
	// WorkdayOn is the office's word on a day; Workdays are all of them, by day.
	WorkdayOn(Date) (Workday, bool)
	Workdays() []Workday
	Handover(HandoverID) (Handover, bool)
	// HandoversOf gives those the person gives or takes, oldest first.
	HandoversOf(StaffID) []Handover
	AllHandovers() iter.Seq[Handover]
	Hold() Hold

	// Form gives a published version; version 0 is the newest.
	Form(id string, version int) (form.Definition, bool)

	Invite(InviteID) (Invite, bool)
	InviteByHash(string) (Invite, bool)
	// InvitesOfStaff gives the person's invitations, oldest first.
	InvitesOfStaff(StaffID) []Invite

	// Last is the highest number given so far under the prefix of a code,
	// such as "WT-2017"; zero if none.
	Last(prefix string) int
}

// Tables are the records, writable: what [Project] writes to. Put replaces the
// record with the same identity and keeps every index in step.
type Tables interface {
	Records
	PutCampaign(Campaign)
	PutRound(Round)
	PutUnit(Unit)
	PutGroup(Group)
	PutArea(Area)
	PutStaff(Staff)
	PutTarget(Target)
	PutPairing(Pairing)
	DropPairing(TargetID, StaffID)
	PutVisit(Visit)
	PutProblem(Problem)
	PutCall(Call)
	PutTaskBook(TaskBook)
	PutIssue(CommonIssue)
	PutTrademark(Trademark)
	PutMatter(Matter)
	PutPolicy(Policy)
	PutExport(Export)
	PutApproval(Approval)
	PutImport(Import)
	PutAnnouncement(Announcement)
	PutRoundPlan(RoundPlan)
	DropRoundPlan(RoundID, TargetID)
	PutSetting(Setting)
	PutLook(Look)
	// What is dropped was never used: only undoing an import does so.
	DropRound(RoundID)
	DropUnit(UnitID)
	DropGroup(GroupID)
	DropArea(AreaID)
	DropStaff(StaffID)
	DropTarget(TargetID)
	DropProblem(ProblemID)
	DropTrademark(TrademarkID)
	DropMatter(MatterID)
	DropPolicy(PolicyID)
	PutWorkday(Workday)
	PutHandover(Handover)
	PutHold(Hold)
	PutForm(form.Definition)
	PutInvite(Invite)
	PutLast(prefix string, n int)
}

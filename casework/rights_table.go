package casework

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
		SeeProblem: {
			Visitor: OwnGroup, GroupLeader: OwnGroup, BranchSecretary: OwnBranch,
			Office: Everything, BureauLeader: OwnGroup, TrademarkOfficer: Firms,
		},
		RaiseProblems: {
			Visitor: OwnGroup, GroupLeader: OwnGroup, BranchSecretary: OwnBranch,
			Office: Everything, BureauLeader: OwnGroup, TrademarkOfficer: Firms,
		},
		TriageProblem: {
			GroupLeader: LedGroups, BranchSecretary: OwnBranch, Office: Everything,
		},
		WorkProblem: {
			Visitor: OwnWork, GroupLeader: OwnWork, BranchSecretary: OwnWork,
			Office: OwnWork, BureauLeader: OwnWork, TrademarkOfficer: OwnWork,
		},
		ManageProblem: {
			GroupLeader: LedGroups, BranchSecretary: OwnBranch, Office: Everything,
		},
		EscalateToBranch: {
			Visitor: OwnWork, GroupLeader: LedGroups, BranchSecretary: OwnBranch, Office: Everything,
		},
		EscalateToBureau: {
			BranchSecretary: OwnBranch, Office: Everything, TrademarkOfficer: Firms,
		},
		EscalateOut: {
			Office: Everything,
		},
		AnswerAtBranch: {
			BranchSecretary: OwnBranch, Office: Everything,
		},
		AnswerAtBureau: {
			Office: Everything, BureauLeader: Everything,
		},
		StrikeProblem: {
			Office: Everything,
		},
		WriteBook: {
			Visitor: OwnWork, GroupLeader: LedGroups, BranchSecretary: OwnBranch,
			Office: Everything, BureauLeader: OwnWork, TrademarkOfficer: OwnWork,
		},
		IssueBook: {
			BranchSecretary: OwnBranch, Office: Everything,
		},
		WorkBook: {
			Visitor: OwnWork, GroupLeader: OwnWork, BranchSecretary: OwnWork,
			Office: OwnWork, BureauLeader: OwnWork, TrademarkOfficer: OwnWork,
		},
		AcceptBook: {
			GroupLeader: LedGroups, BranchSecretary: OwnBranch, Office: Everything, BureauLeader: Everything,
		},
		AcceptBookForOffice: {
			Office: Everything,
		},
		SetTaskBooks: {
			Office: Everything,
		},
		GatherIssues: {
			GroupLeader: OwnGroup, BranchSecretary: OwnBranch, Office: Everything,
		},
		ReportIssues: {
			Office: Everything,
		},
		SeeMarks: {
			Visitor: OwnGroup, GroupLeader: OwnGroup, BranchSecretary: OwnBranch,
			Office: Everything, BureauLeader: Everything, TrademarkOfficer: Firms,
		},
		ServeMarks: {
			Visitor: OwnCharges, GroupLeader: OwnGroup, Office: Everything, TrademarkOfficer: Firms,
		},
		ServeFirm: {
			Visitor: OwnGroup, GroupLeader: OwnGroup, BranchSecretary: OwnBranch,
			Office: Everything, BureauLeader: OwnGroup, TrademarkOfficer: Firms,
		},
		EditServices: {
			Office: Everything, TrademarkOfficer: Everything,
		},
		SeePolicies: {
			Visitor: Everything, GroupLeader: Everything, BranchSecretary: Everything,
			Office: Everything, BureauLeader: Everything, TrademarkOfficer: Everything,
		},
		EditPolicies: {
			Office: Everything,
		},
		EditChecklist: {
			Office: Everything,
		},
		ExportPapers: {
			GroupLeader: LedGroups, BranchSecretary: OwnBranch, Office: Everything, Auditor: Everything,
		},
		ExportFull: {
			Office: Everything,
		},
		Approve: {
			Office: Everything, BureauLeader: Everything, Admin: Everything,
		},
		ImportRecords: {
			Office: Everything,
		},
		MergeTargets: {
			GroupLeader: LedGroups, Office: Everything,
		},
		SeeLooks: {
			Office: Everything, Auditor: Everything, Admin: Everything,
		},
		Announce: {
			GroupLeader: LedGroups, BranchSecretary: OwnBranch, Office: Everything, BureauLeader: Everything,
		},
		ManageRounds: {
			Office: Everything,
		},
		PlanRounds: {
			GroupLeader: LedGroups, Office: Everything,
		},
		SetParams: {
			Office: Everything, Admin: Everything,
		},
		SetWords: {
			Office: Everything,
		},
		ManageStaff: {
			Office: Everything, Admin: Everything,
		},
		ChangeRoles: {
			Office: Everything, Admin: Everything,
		},
		InviteStaff: {
			GroupLeader: LedGroups, Office: Everything, Admin: Everything,
		},
		WriteDiary: {
			Visitor: OwnRecords, GroupLeader: OwnRecords, BranchSecretary: OwnRecords,
			BureauLeader: OwnRecords, TrademarkOfficer: OwnRecords,
		},
	}
}

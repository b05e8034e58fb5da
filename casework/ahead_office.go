package casework

import "iter"

// Export implements [Records], and so do the methods below.
func (a *Ahead) Export(id ExportID) (Export, bool) { return a.exports.get(id, a.below.Export) }

// ExportByCode implements [Records].
func (a *Ahead) ExportByCode(code string) (Export, bool) {
	v, ok := a.below.ExportByCode(code)
	return a.exports.find(v, ok, func(v Export) bool { return code != "" && v.Code == code })
}

// Exports implements [Records].
func (a *Ahead) Exports(n int) []Export {
	return a.exports.most(n, a.below.Exports, anyOf[Export], a.exports.newest)
}

// Approval implements [Records].
func (a *Ahead) Approval(id ApprovalID) (Approval, bool) {
	return a.approvals.get(id, a.below.Approval)
}

// OpenApprovals implements [Records].
func (a *Ahead) OpenApprovals() []Approval {
	in := func(v Approval) bool { return v.State == ApprovalOpen }
	return a.approvals.list(a.below.OpenApprovals(), in, a.approvals.order)
}

// Import implements [Records].
func (a *Ahead) Import(id ImportID) (Import, bool) { return a.imports.get(id, a.below.Import) }

// Imports implements [Records].
func (a *Ahead) Imports(n int) []Import {
	return a.imports.most(n, a.below.Imports, anyOf[Import], a.imports.newest)
}

// Announcement implements [Records].
func (a *Ahead) Announcement(id AnnouncementID) (Announcement, bool) {
	return a.notices.get(id, a.below.Announcement)
}

// Announcements implements [Records].
func (a *Ahead) Announcements(n int) []Announcement {
	return a.notices.most(n, a.below.Announcements, anyOf[Announcement], a.notices.newest)
}

// PlanOf implements [Records].
func (a *Ahead) PlanOf(r RoundID) iter.Seq[RoundPlan] {
	return a.plans.over(a.below.PlanOf(r), func(v RoundPlan) bool { return v.RoundID == r }, a.plans.order)
}

// Settings implements [Records].
func (a *Ahead) Settings(n int) []Setting {
	return a.settings.most(n, a.below.Settings, anyOf[Setting], a.settings.newest)
}

// Looks implements [Records].
func (a *Ahead) Looks(n int) []Look {
	return a.looks.most(n, a.below.Looks, anyOf[Look], a.looks.newest)
}

// LooksAt implements [Records].
func (a *Ahead) LooksAt(x TargetID, n int) []Look {
	below := func(n int) []Look { return a.below.LooksAt(x, n) }
	return a.looks.most(n, below, func(v Look) bool { return v.TargetID == x }, a.looks.newest)
}

// LooksBy implements [Records].
func (a *Ahead) LooksBy(s StaffID, n int) []Look {
	below := func(n int) []Look { return a.below.LooksBy(s, n) }
	return a.looks.most(n, below, func(v Look) bool { return v.By == s }, a.looks.newest)
}

// PutExport implements [Tables].
func (a *Ahead) PutExport(v Export) { a.exports.put(v) }

// PutApproval implements [Tables].
func (a *Ahead) PutApproval(v Approval) { a.approvals.put(v) }

// PutImport implements [Tables].
func (a *Ahead) PutImport(v Import) { a.imports.put(v) }

// PutAnnouncement implements [Tables].
func (a *Ahead) PutAnnouncement(v Announcement) { a.notices.put(v) }

// PutRoundPlan implements [Tables].
func (a *Ahead) PutRoundPlan(v RoundPlan) { a.plans.put(v) }

// PutSetting implements [Tables].
func (a *Ahead) PutSetting(v Setting) { a.settings.put(v) }

// PutLook implements [Tables].
func (a *Ahead) PutLook(v Look) { a.looks.put(v) }

// DropRoundPlan implements [Tables].
func (a *Ahead) DropRoundPlan(r RoundID, x TargetID) { a.plans.drop(planKey{r, x}) }

// DropRound implements [Tables].
func (a *Ahead) DropRound(id RoundID) { a.rounds.drop(id) }

// DropUnit implements [Tables].
func (a *Ahead) DropUnit(id UnitID) { a.units.drop(id) }

// DropGroup implements [Tables].
func (a *Ahead) DropGroup(id GroupID) { a.groups.drop(id) }

// DropArea implements [Tables].
func (a *Ahead) DropArea(id AreaID) { a.areas.drop(id) }

// DropStaff implements [Tables].
func (a *Ahead) DropStaff(id StaffID) { a.staff.drop(id) }

// DropTarget implements [Tables].
func (a *Ahead) DropTarget(id TargetID) { a.targets.drop(id) }

// DropProblem implements [Tables].
func (a *Ahead) DropProblem(id ProblemID) { a.problems.drop(id) }

// DropTrademark implements [Tables].
func (a *Ahead) DropTrademark(id TrademarkID) { a.marks.drop(id) }

// DropMatter implements [Tables].
func (a *Ahead) DropMatter(id MatterID) { a.matters.drop(id) }

// DropPolicy implements [Tables].
func (a *Ahead) DropPolicy(id PolicyID) { a.policies.drop(id) }

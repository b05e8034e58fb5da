package store

import (
	"iter"
	"slices"

	"zoufang/casework"
)

// Export returns one by its identity.
func (v *view) Export(id casework.ExportID) (casework.Export, bool) {
	return exports.get(v.t, number(id))
}

// ExportByCode returns the export with the code.
func (v *view) ExportByCode(code string) (casework.Export, bool) {
	return exports.first(v.t, "exports_by_code", v.hash("export", code))
}

// Exports returns at most n, the newest first.
func (v *view) Exports(n int) []casework.Export {
	return collect(exports.by(v.t, "exports_newest", nil), n)
}

// Approval returns one by its identity.
func (v *view) Approval(id casework.ApprovalID) (casework.Approval, bool) {
	return approvals.get(v.t, number(id))
}

// OpenApprovals returns the requests that nobody has decided.
func (v *view) OpenApprovals() []casework.Approval {
	return slices.Collect(approvals.by(v.t, "approvals_open", nil))
}

// Import returns one by its identity.
func (v *view) Import(id casework.ImportID) (casework.Import, bool) {
	return imports.get(v.t, number(id))
}

// Imports returns at most n, the newest first.
func (v *view) Imports(n int) []casework.Import {
	return collect(imports.by(v.t, "imports_newest", nil), n)
}

// Announcement returns one by its identity.
func (v *view) Announcement(id casework.AnnouncementID) (casework.Announcement, bool) {
	return announcements.get(v.t, number(id))
}

// Announcements returns at most n, the newest first.
func (v *view) Announcements(n int) []casework.Announcement {
	return collect(announcements.by(v.t, "announcements_newest", nil), n)
}

// PlanOf gives the plan of a round.
func (v *view) PlanOf(r casework.RoundID) iter.Seq[casework.RoundPlan] {
	return func(yield func(casework.RoundPlan) bool) {
		for _, data := range v.t.scan(roundPlans.bucket, number(r)) {
			p, err := decode[casework.RoundPlan](data)
			if err != nil {
				v.t.unread(err)
				continue
			}
			if !yield(p) {
				return
			}
		}
	}
}

// Settings returns at most n, the newest first.
func (v *view) Settings(n int) []casework.Setting {
	return collect(settings.by(v.t, "settings_newest", nil), n)
}

// Looks returns at most n, the newest first.
func (v *view) Looks(n int) []casework.Look {
	return collect(looks.by(v.t, "looks_newest", nil), n)
}

// LooksAt returns at most n looks at the target, the newest first.
func (v *view) LooksAt(x casework.TargetID, n int) []casework.Look {
	return collect(looks.by(v.t, "looks_by_target", number(x)), n)
}

// LooksBy returns at most n looks of the person, the newest first.
func (v *view) LooksBy(s casework.StaffID, n int) []casework.Look {
	return collect(looks.by(v.t, "looks_by_staff", number(s)), n)
}

// PutExport implements [casework.Tables].
func (p *projector) PutExport(v casework.Export) { exports.put(p.t, v) }

// PutApproval implements [casework.Tables].
func (p *projector) PutApproval(v casework.Approval) { approvals.put(p.t, v) }

// PutImport implements [casework.Tables].
func (p *projector) PutImport(v casework.Import) { imports.put(p.t, v) }

// PutAnnouncement implements [casework.Tables].
func (p *projector) PutAnnouncement(v casework.Announcement) { announcements.put(p.t, v) }

// PutRoundPlan implements [casework.Tables].
func (p *projector) PutRoundPlan(v casework.RoundPlan) { roundPlans.put(p.t, v) }

// PutSetting implements [casework.Tables].
func (p *projector) PutSetting(v casework.Setting) { settings.put(p.t, v) }

// PutLook implements [casework.Tables].
func (p *projector) PutLook(v casework.Look) { looks.put(p.t, v) }

// DropRoundPlan implements [casework.Tables].
func (p *projector) DropRoundPlan(r casework.RoundID, x casework.TargetID) {
	roundPlans.drop(p.t, slices.Concat(number(r), number(x)))
}

// DropRound implements [casework.Tables].
func (p *projector) DropRound(id casework.RoundID) { rounds.drop(p.t, number(id)) }

// DropUnit implements [casework.Tables].
func (p *projector) DropUnit(id casework.UnitID) { units.drop(p.t, number(id)) }

// DropGroup implements [casework.Tables].
func (p *projector) DropGroup(id casework.GroupID) { groups.drop(p.t, number(id)) }

// DropArea implements [casework.Tables].
func (p *projector) DropArea(id casework.AreaID) { areas.drop(p.t, number(id)) }

// DropStaff implements [casework.Tables].
func (p *projector) DropStaff(id casework.StaffID) { staff.drop(p.t, number(id)) }

// DropTarget implements [casework.Tables].
func (p *projector) DropTarget(id casework.TargetID) { targets.drop(p.t, number(id)) }

// DropProblem implements [casework.Tables].
func (p *projector) DropProblem(id casework.ProblemID) { problems.drop(p.t, number(id)) }

// DropTrademark implements [casework.Tables].
func (p *projector) DropTrademark(id casework.TrademarkID) { trademarks.drop(p.t, number(id)) }

// DropMatter implements [casework.Tables].
func (p *projector) DropMatter(id casework.MatterID) { matters.drop(p.t, number(id)) }

// DropPolicy implements [casework.Tables].
func (p *projector) DropPolicy(id casework.PolicyID) { policies.drop(p.t, number(id)) }

package sample

import (
	"iter"
	"slices"

	"zoufang/casework"
)

// cabinet are the records of what the office does.
type cabinet struct {
	exports   *shelf[casework.Export]
	approvals *shelf[casework.Approval]
	imports   *shelf[casework.Import]
	notices   *shelf[casework.Announcement]
	settings  *shelf[casework.Setting]
	looks     *shelf[casework.Look]
	plans     map[casework.RoundID]*shelf[casework.RoundPlan]
}

func newCabinet() *cabinet {
	return &cabinet{
		exports:   newShelf(func(v casework.Export) uint64 { return uint64(v.ID) }),
		approvals: newShelf(func(v casework.Approval) uint64 { return uint64(v.ID) }),
		imports:   newShelf(func(v casework.Import) uint64 { return uint64(v.ID) }),
		notices:   newShelf(func(v casework.Announcement) uint64 { return uint64(v.ID) }),
		settings:  newShelf(func(v casework.Setting) uint64 { return uint64(v.ID) }),
		looks:     newShelf(func(v casework.Look) uint64 { return uint64(v.ID) }),
		plans:     map[casework.RoundID]*shelf[casework.RoundPlan]{},
	}
}

// newest are at most n of the records for which fits is true, the newest first.
func newest[V any](s *shelf[V], n int, fits func(V) bool) []V {
	var out []V
	for _, id := range slices.Backward(s.ids) {
		if v := s.rows[id]; len(out) < n && fits(v) {
			out = append(out, v)
		}
	}
	return out
}

func whatever[V any](V) bool { return true }

// Export implements [casework.Records], and so do the methods below.
func (c *cabinet) Export(id casework.ExportID) (casework.Export, bool) {
	return c.exports.get(uint64(id))
}

// ExportByCode implements [casework.Records].
func (c *cabinet) ExportByCode(code string) (casework.Export, bool) {
	found := newest(c.exports, 1, func(v casework.Export) bool { return v.Code == code })
	if len(found) == 0 {
		return casework.Export{}, false
	}
	return found[0], true
}

// Exports implements [casework.Records].
func (c *cabinet) Exports(n int) []casework.Export { return newest(c.exports, n, whatever) }

// Approval implements [casework.Records].
func (c *cabinet) Approval(id casework.ApprovalID) (casework.Approval, bool) {
	return c.approvals.get(uint64(id))
}

// OpenApprovals implements [casework.Records].
func (c *cabinet) OpenApprovals() []casework.Approval {
	open := newest(c.approvals, len(c.approvals.ids), func(v casework.Approval) bool {
		return v.State == casework.ApprovalOpen
	})
	slices.Reverse(open)
	return open
}

// Import implements [casework.Records].
func (c *cabinet) Import(id casework.ImportID) (casework.Import, bool) {
	return c.imports.get(uint64(id))
}

// Imports implements [casework.Records].
func (c *cabinet) Imports(n int) []casework.Import { return newest(c.imports, n, whatever) }

// Announcement implements [casework.Records].
func (c *cabinet) Announcement(id casework.AnnouncementID) (casework.Announcement, bool) {
	return c.notices.get(uint64(id))
}

// Announcements implements [casework.Records].
func (c *cabinet) Announcements(n int) []casework.Announcement { return newest(c.notices, n, whatever) }

// PlanOf implements [casework.Records].
func (c *cabinet) PlanOf(r casework.RoundID) iter.Seq[casework.RoundPlan] {
	return c.planShelf(r).all()
}

func (c *cabinet) planShelf(r casework.RoundID) *shelf[casework.RoundPlan] {
	if c.plans[r] == nil {
		c.plans[r] = newShelf(func(v casework.RoundPlan) uint64 { return uint64(v.TargetID) })
	}
	return c.plans[r]
}

// Settings implements [casework.Records].
func (c *cabinet) Settings(n int) []casework.Setting { return newest(c.settings, n, whatever) }

// Looks implements [casework.Records].
func (c *cabinet) Looks(n int) []casework.Look { return newest(c.looks, n, whatever) }

// LooksAt implements [casework.Records].
func (c *cabinet) LooksAt(x casework.TargetID, n int) []casework.Look {
	return newest(c.looks, n, func(v casework.Look) bool { return v.TargetID == x })
}

// LooksBy implements [casework.Records].
func (c *cabinet) LooksBy(s casework.StaffID, n int) []casework.Look {
	return newest(c.looks, n, func(v casework.Look) bool { return v.By == s })
}

// PutExport implements [casework.Tables].
func (c *cabinet) PutExport(v casework.Export) { c.exports.put(v) }

// PutApproval implements [casework.Tables].
func (c *cabinet) PutApproval(v casework.Approval) { c.approvals.put(v) }

// PutImport implements [casework.Tables].
func (c *cabinet) PutImport(v casework.Import) { c.imports.put(v) }

// PutAnnouncement implements [casework.Tables].
func (c *cabinet) PutAnnouncement(v casework.Announcement) { c.notices.put(v) }

// PutSetting implements [casework.Tables].
func (c *cabinet) PutSetting(v casework.Setting) { c.settings.put(v) }

// PutLook implements [casework.Tables].
func (c *cabinet) PutLook(v casework.Look) { c.looks.put(v) }

// PutRoundPlan implements [casework.Tables].
func (c *cabinet) PutRoundPlan(v casework.RoundPlan) { c.planShelf(v.RoundID).put(v) }

// DropRoundPlan implements [casework.Tables].
func (c *cabinet) DropRoundPlan(r casework.RoundID, x casework.TargetID) {
	c.planShelf(r).drop(uint64(x))
}

// DropRound implements [casework.Tables].
func (t *tables) DropRound(id casework.RoundID) { t.rounds.drop(uint64(id)) }

// DropUnit implements [casework.Tables].
func (t *tables) DropUnit(id casework.UnitID) { t.units.drop(uint64(id)) }

// DropGroup implements [casework.Tables].
func (t *tables) DropGroup(id casework.GroupID) { t.groups.drop(uint64(id)) }

// DropArea implements [casework.Tables].
func (t *tables) DropArea(id casework.AreaID) { t.areas.drop(uint64(id)) }

// DropStaff implements [casework.Tables].
func (t *tables) DropStaff(id casework.StaffID) { t.staff.drop(uint64(id)) }

// DropTarget implements [casework.Tables].
func (t *tables) DropTarget(id casework.TargetID) { t.targets.drop(uint64(id)) }

// DropProblem implements [casework.Tables].
func (t *tables) DropProblem(id casework.ProblemID) { t.problems.drop(uint64(id)) }

// DropTrademark implements [casework.Tables].
func (t *tables) DropTrademark(id casework.TrademarkID) { t.marks.drop(uint64(id)) }

// DropMatter implements [casework.Tables].
func (t *tables) DropMatter(id casework.MatterID) { t.matters.drop(uint64(id)) }

// DropPolicy implements [casework.Tables].
func (t *tables) DropPolicy(id casework.PolicyID) { t.policies.drop(uint64(id)) }

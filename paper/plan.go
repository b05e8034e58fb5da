package paper

import (
	"fmt"
	"iter"

	"zoufang/casework"
)

// planRow is a target planned in a round.
type planRow struct {
	casework.RoundPlan
	round casework.Round
	x     casework.Target
	done  casework.Visit // the newest of the round with somebody met; zero if there is none
}

// planTable 轮次走访计划 has a row for each target planned in the round asked for, or in
// any. The key is the round's number and the target's code.
func (m *maker) planTable() Sheet {
	columns := append(m.planColumns(), privately(m, func(p planRow) casework.Target { return p.x })...)
	return table("plan", "轮次走访计划", columns, m.plans())
}

func (m *maker) planColumns() []column[planRow] {
	return []column[planRow]{
		textColumn("round", "轮次", 7, func(p planRow) string { return roundTitle(p.round) }),
		textColumn("target", "对象编号(名称脱敏)", 10, func(p planRow) string { return m.targetName(p.x) }),
		textColumn("kind", "对象类别", 5, func(p planRow) string { return kindWord(p.x.Kind) }),
		textColumn("place", "镇村", 9, func(p planRow) string { return m.place(p.x) }),
		textColumn("group", "走访组", 7, func(p planRow) string { return m.groupName(m.groupOf(p.x, p.StaffID)) }),
		textColumn("owner", "走访人", 9, func(p planRow) string { return m.personCode(p.StaffID) }),
		dateColumn("on", "约定日期", func(p planRow) casework.Date { return p.On }),
		textColumn("state", "完成情况", 6, func(p planRow) string {
			if p.done.ID == 0 {
				return "未走访"
			}
			return "已走访"
		}),
		dateColumn("visited_on", "走访日期", func(p planRow) casework.Date { return p.done.VisitedOn }),
		textColumn("visit", "走访编号", 10, func(p planRow) string { return p.done.Code }),
	}
}

func (m *maker) plans() iter.Seq2[string, planRow] {
	return func(yield func(string, planRow) bool) {
		for _, round := range m.r.Rounds() {
			if limit := m.q.Export.RoundID; limit != 0 && limit != round.ID {
				continue
			}
			for p := range m.r.PlanOf(round.ID) {
				row := planRow{RoundPlan: p, round: round}
				row.x, _ = m.r.Target(p.TargetID)
				if !m.wants(about{x: row.x, people: []casework.StaffID{p.StaffID}, round: round.ID}) {
					continue
				}
				row.done = m.metIn(round, p.TargetID)
				if !yield(fmt.Sprintf("%d/%s", round.No, row.x.Code), row) {
					return
				}
			}
		}
	}
}

// metIn is the newest visit of the round at which somebody was met.
func (m *maker) metIn(round casework.Round, x casework.TargetID) casework.Visit {
	for _, v := range m.r.VisitsOfTarget(x, manyVisits) {
		if v.RoundID == round.ID && v.Outcome == casework.Met {
			return v
		}
	}
	return casework.Visit{}
}

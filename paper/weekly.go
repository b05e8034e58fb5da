package paper

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"zoufang/casework"
)

// weeklyReport 周汇总 has a row for each branch and, of several, one for all. The key is
// the branch's name.
func (m *maker) weeklyReport() Sheet {
	s := table("weekly", "周汇总", m.weeklyColumns(), m.weeks())
	s.Charts = []Chart{
		{Title: "各支部应走与实走", Labels: "branch", Values: []string{"planned", "visited"}},
		{Title: "各支部问题与办结", Labels: "branch", Values: []string{"problems", "resolved"}},
	}
	return s
}

func (m *maker) weeklyColumns() []column[casework.BranchWeek] {
	type row = casework.BranchWeek
	columns := []column[row]{
		textColumn("branch", "支部", 10, func(b row) string { return b.Unit.Name }),
		numberColumn("planned", "应走", func(b row) int { return b.Planned }),
		numberColumn("visited", "实走", func(b row) int { return b.Visited }),
		shareColumn("visit_rate", "走访率", func(b row) (int, int) { return b.Visited, b.Planned }),
		numberColumn("problems", "问题数(六类分列)", func(b row) int { return b.Problems }),
	}
	for _, f := range m.families {
		columns = append(columns, numberColumn("family_"+f.ID, f.Label.Zh, func(b row) int { return b.Families[f.ID] }))
	}
	return append(columns,
		numberColumn("resolved", "办结数", func(b row) int { return b.Done + b.Struck }),
		shareColumn("resolve_rate", "办结率", func(b row) (int, int) { return b.Done + b.Struck, b.Problems }),
		numberColumn("closed", "销号数", func(b row) int { return b.Struck }),
		numberColumn("overdue", "逾期数", func(b row) int { return b.Overdue }),
		shareColumn("satisfaction", "满意率", func(b row) (int, int) { return b.Pleased, b.Asked }),
		shareColumn("key_covered", "重点户覆盖", func(b row) (int, int) { return b.KeySeen, b.KeyOnes }),
		textColumn("for_bureau", "需局协调事项(≤3)", 30, func(b row) string { return m.forBureau(b.ForBureau) }),
	)
}

func (m *maker) weeks() iter.Seq2[string, casework.BranchWeek] {
	return func(yield func(string, casework.BranchWeek) bool) {
		list := casework.WeekOf(m.r, m.q.Export.UnitID, m.q.Export.Day)
		for _, b := range list {
			if !yield(cmp.Or(b.Unit.Name, fmt.Sprint(b.Unit.ID)), b) {
				return
			}
		}
		if len(list) > 1 {
			yield("", sumOfWeeks(list))
		}
	}
}

func sumOfWeeks(list []casework.BranchWeek) casework.BranchWeek {
	sum := casework.BranchWeek{Unit: casework.Unit{Name: "合计"}, Families: map[string]int{}}
	for _, b := range list {
		sum.Planned += b.Planned
		sum.Visited += b.Visited
		sum.Problems += b.Problems
		sum.Done += b.Done
		sum.Struck += b.Struck
		sum.Overdue += b.Overdue
		sum.Pleased += b.Pleased
		sum.Asked += b.Asked
		sum.KeyOnes += b.KeyOnes
		sum.KeySeen += b.KeySeen
		for f, n := range b.Families {
			sum.Families[f] += n
		}
	}
	return sum
}

// forBureau names the problems with a word on each.
func (m *maker) forBureau(list []casework.Problem) string {
	parts := make([]string, len(list))
	for i, p := range list {
		x, _ := m.r.Target(p.TargetID)
		about := p.Description
		if p.Escalation != nil && p.Escalation.Ask != "" {
			about = p.Escalation.Ask
		}
		parts[i] = p.Code + " " + m.say(x, about)
	}
	return strings.Join(slices.Compact(parts), "；")
}

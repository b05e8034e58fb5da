package paper

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"zoufang/casework"
)

// issueTable 共性问题专报. The key is the issue's code.
func (m *maker) issueTable() Sheet {
	s := table("issues", "共性问题专报", m.issueColumns(), m.issues())
	s.Charts = []Chart{{Title: "涉及对象数", Labels: "title", Values: []string{"targets"}, Bars: true, First: 10}}
	return s
}

func (m *maker) issueColumns() []column[casework.IssueReport] {
	type row = casework.IssueReport
	return []column[row]{
		textColumn("title", "主题", 20, func(r row) string { return maskOrNot(m, r.Issue.Title) }),
		numberColumn("targets", "涉及对象数", func(r row) int { return r.Targets }),
		textColumn("areas", "镇村分布", 26, func(r row) string { return m.spread(r.Areas) }),
		textColumn("cases", "典型案例编号", 20, func(r row) string {
			codes := make([]string, len(r.Cases))
			for i, p := range r.Cases {
				codes[i] = p.Code
			}
			return strings.Join(codes, "、")
		}),
		textColumn("unit", "建议承办单位", 14, func(r row) string { return r.Proposed.Name }),
	}
}

// maskOrNot masks a text that is about no target in particular.
func maskOrNot(m *maker, s string) string { return m.say(casework.Target{}, s) }

// issues are those with problems that the limits leave.
func (m *maker) issues() iter.Seq2[string, casework.IssueReport] {
	return func(yield func(string, casework.IssueReport) bool) {
		for _, i := range m.r.Issues() {
			i.ProblemIDs = slices.DeleteFunc(slices.Clone(i.ProblemIDs), func(id casework.ProblemID) bool {
				row := problemRow{}
				row.Problem, _ = m.r.Problem(id)
				row.x, _ = m.r.Target(row.TargetID)
				return !m.wants(m.aboutProblem(row))
			})
			if len(i.ProblemIDs) > 0 && !yield(i.Code, casework.ReportOf(m.r, i)) {
				return
			}
		}
	}
}

// spread says how many targets there are in which places, the most first.
func (m *maker) spread(areas map[casework.AreaID]int) string {
	type place struct {
		name string
		n    int
	}
	var list []place
	for id, n := range areas {
		list = append(list, place{cmp.Or(casework.AreaShort(m.r, id), "未填"), n})
	}
	slices.SortFunc(list, func(a, b place) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name)) })
	parts := make([]string, len(list))
	for i, p := range list {
		parts[i] = fmt.Sprintf("%s %d", p.name, p.n)
	}
	return strings.Join(parts, "、")
}

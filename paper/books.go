package paper

import (
	"iter"
	"strings"

	"zoufang/casework"
)

// bookRow is a line of the list of task books.
type bookRow struct {
	casework.TaskBook
	x casework.Target
}

// bookList 目录 has a row for each task book. The key is its code.
func (m *maker) bookList() Sheet {
	return table("book_list", "目录", m.bookColumns(), m.books())
}

func (m *maker) bookColumns() []column[bookRow] {
	return append([]column[bookRow]{
		textColumn("code", "编号", 9, func(b bookRow) string { return b.Code }),
		textColumn("target", "对象", 10, func(b bookRow) string { return m.targetName(b.x) }),
		textColumn("problems", "问题编号", 9, func(b bookRow) string { return m.problemCodes(b.ProblemIDs) }),
		textColumn("lacks", "缺什么", 8, func(b bookRow) string { return wordList(casework.Lacks(), b.Lacks) }),
		textColumn("goal", "目标", 24, func(b bookRow) string { return m.say(b.x, b.Goal) }),
		textColumn("lead", "责任人", 9, func(b bookRow) string { return m.personCode(b.LeadID) }),
		textColumn("branch", "支部", 9, func(b bookRow) string { return m.unitName(b.BranchID) }),
		dateColumn("issued_on", "签发", func(b bookRow) casework.Date { return b.IssuedOn }),
		dateColumn("due", "时限", func(b bookRow) casework.Date { return b.DueOn }),
		textColumn("status", "状态", 6, func(b bookRow) string { return word(casework.TaskStatuses(), b.Status) }),
		textColumn("effect", "成效", 20, func(b bookRow) string { return m.say(b.x, b.Effect) }),
		textColumn("opinion", "意见", 6, func(b bookRow) string { return word(casework.Satisfactions(), b.Opinion) }),
		textColumn("accepted", "验收", 16, func(b bookRow) string { return m.verdicts(b.TaskBook) }),
	}, privately(m, func(b bookRow) casework.Target { return b.x })...)
}

// books are those that the limits leave.
func (m *maker) books() iter.Seq2[string, bookRow] {
	return func(yield func(string, bookRow) bool) {
		for b := range m.r.AllTaskBooks() {
			x, _ := m.r.Target(b.TargetID)
			a := about{x: x, unit: b.BranchID, people: []casework.StaffID{b.LeadID}, day: b.StartOn}
			if len(b.ProblemIDs) > 0 {
				first, _ := m.r.Problem(b.ProblemIDs[0])
				a.day = first.RaisedOn
			}
			one := m.q.Export.BookID
			if (one == 0 || b.ID == one) && m.wants(a) && !yield(b.Code, bookRow{b, x}) {
				return
			}
		}
	}
}

func (m *maker) problemCodes(ids []casework.ProblemID) string {
	var codes []string
	for _, id := range ids {
		if p, ok := m.r.Problem(id); ok {
			codes = append(codes, p.Code)
		}
	}
	return strings.Join(codes, "、")
}

// verdicts say who accepted the task book, and when.
func (m *maker) verdicts(b casework.TaskBook) string {
	var parts []string
	for _, v := range []struct {
		as      string
		verdict *casework.Verdict
	}{{"组长", b.ByLeader}, {"局活动办", b.ByOffice}} {
		if v.verdict != nil {
			on := casework.DateOf(v.verdict.At, m.q.Zone)
			parts = append(parts, v.as+" "+m.person(v.verdict.By)+" "+on.String())
		}
	}
	return strings.Join(parts, "；")
}

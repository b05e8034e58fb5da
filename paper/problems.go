package paper

import (
	"iter"
	"slices"
	"strings"

	"zoufang/casework"
)

// problemRow is a row of the problem list.
type problemRow struct {
	casework.Problem
	no    int
	x     casework.Target
	visit casework.Visit // that raised it; zero if none did
}

// problemList 问题清单. The key of a row is the problem's code.
func (m *maker) problemList() Sheet {
	columns := append(m.problemColumns(), privately(m, func(p problemRow) casework.Target { return p.x })...)
	return table("problems", "问题清单", columns, m.problems())
}

// problems are those that the limits leave, numbered.
func (m *maker) problems() iter.Seq2[string, problemRow] {
	return func(yield func(string, problemRow) bool) {
		n := 0
		for p := range m.r.AllProblems() {
			row := problemRow{Problem: p}
			row.x, _ = m.r.Target(p.TargetID)
			row.visit, _ = m.r.Visit(p.VisitID)
			if !m.wants(m.aboutProblem(row)) || !m.fresh(p.Synced) {
				continue
			}
			n++
			row.no = n
			if !yield(p.Code, row) {
				return
			}
		}
	}
}

func (m *maker) aboutProblem(p problemRow) about {
	return about{x: p.x, unit: p.UnitID, people: []casework.StaffID{p.OwnerID}, day: p.RaisedOn, round: p.visit.RoundID}
}

func (m *maker) problemColumns() []column[problemRow] {
	return append(m.problemRaised(), m.problemHandled()...)
}

// problemRaised are the columns that say what was found, and where.
func (m *maker) problemRaised() []column[problemRow] {
	return []column[problemRow]{
		numberColumn("no", "序号", func(p problemRow) int { return p.no }),
		textColumn("code", "问题编号", 9, func(p problemRow) string { return p.Code }),
		dateColumn("visited_on", "走访日期", func(p problemRow) casework.Date {
			if p.visit.ID != 0 {
				return p.visit.VisitedOn
			}
			return p.RaisedOn
		}),
		textColumn("group", "走访组", 7, func(p problemRow) string { return m.groupName(m.groupOf(p.x, p.OwnerID)) }),
		textColumn("visitors", "走访人", 8, m.foundBy),
		textColumn("kind", "对象类别", 5, func(p problemRow) string { return kindWord(p.x.Kind) }),
		textColumn("target", "对象编号(名称脱敏)", 10, func(p problemRow) string { return m.targetName(p.x) }),
		textColumn("place", "镇村", 9, func(p problemRow) string { return m.place(p.x) }),
		textColumn("family", "六类归属", 8, func(p problemRow) string { return word(m.families, p.Family) }),
		textColumn("category", "具体类别", 8, func(p problemRow) string { return word(m.categories, p.Category) }),
		textColumn("description", "问题描述", 26, func(p problemRow) string { return m.say(p.x, p.Description) }),
		textColumn("scope", "个性/共性", 5, func(p problemRow) string {
			if p.Common {
				return "共性"
			}
			return "个性"
		}),
		textColumn("urgency", "紧急程度", 5, func(p problemRow) string { return word(casework.Urgencies(), p.Urgency) }),
	}
}

// problemHandled are the columns that say what is done about it. The office can change
// four of them, and send the list back.
func (m *maker) problemHandled() []column[problemRow] {
	owner := textColumn("owner", "责任人", 9, func(p problemRow) string { return m.personCode(p.OwnerID) })
	due := dateColumn("due", "办结时限", func(p problemRow) casework.Date { return p.DueOn })
	status := textColumn("status", "办理状态", 8, func(p problemRow) string { return word(casework.ProblemStatuses(), p.Status) })
	for _, o := range casework.ProblemStatuses() {
		status.Choices = append(status.Choices, o.Label.Zh)
	}
	remark := textColumn("remark", "备注", 14, func(p problemRow) string { return m.say(p.x, p.Remark) })
	owner.Edit, due.Edit, status.Edit, remark.Edit = true, true, true, true
	return []column[problemRow]{
		textColumn("level", "责任层级", 6, func(p problemRow) string { return word(casework.Levels(), p.Level) }),
		textColumn("unit", "责任单位", 9, m.responsible),
		owner,
		textColumn("measures", "帮扶措施(缺什么→补什么)", 26, func(p problemRow) string { return m.say(p.x, m.measures(p.Problem)) }),
		due,
		status,
		textColumn("progress", "最新进展(日期)", 22, func(p problemRow) string { return m.say(p.x, progress(p.Problem)) }),
		textColumn("resolution", "办结方式", 8, func(p problemRow) string { return word(casework.Resolutions(), p.Resolution) }),
		dateColumn("resolved_on", "办结日期", func(p problemRow) casework.Date { return p.ResolvedOn }),
		dateColumn("asked_on", "回访日期", func(p problemRow) casework.Date { return askedOn(p.Problem) }),
		textColumn("satisfaction", "满意度", 6, func(p problemRow) string { return word(casework.Satisfactions(), p.Satisfaction) }),
		dateColumn("closed_on", "销号日期", func(p problemRow) casework.Date { return p.ClosedOn }),
		remark,
	}
}

// foundBy are those who took part in the visit, or who called or noted it.
func (m *maker) foundBy(p problemRow) string {
	if p.visit.ID != 0 {
		return m.people(p.visit.Participants)
	}
	if c, ok := m.r.Call(p.CallID); ok && p.CallID != 0 {
		return m.person(c.By)
	}
	if len(p.History) > 0 {
		return m.person(p.History[0].By)
	}
	return ""
}

// responsible is the outside body that has it, else the branch.
func (m *maker) responsible(p problemRow) string {
	if p.ExternalID != 0 {
		return m.unitName(p.ExternalID)
	}
	return m.unitName(p.UnitID)
}

// measures are what fills what is lacking, by the problem's task books: 缺路→基础设施争取：…
// Without any it is how the problem was solved, or that nothing is decided yet.
func (m *maker) measures(p casework.Problem) string {
	var parts []string
	for _, b := range m.r.TaskBooksOfProblem(p.ID) {
		if b.Status == casework.TaskCancelled {
			continue
		}
		for _, x := range b.Measures {
			line := "缺" + word(casework.Lacks(), x.Fills) + "→" + word(casework.MeasureKinds(), x.Kind) + "：" + x.Content
			if x.Status != casework.MeasureDropped && !slices.Contains(parts, line) { // a second book often begins like the first
				parts = append(parts, line)
			}
		}
	}
	if len(parts) > 0 {
		return strings.Join(parts, "；")
	}
	lacks := p.Lacks
	if len(lacks) == 0 {
		lacks = []string{casework.LackOf(p.Category)}
	}
	lacking := "缺" + wordList(casework.Lacks(), lacks) + "→"
	switch {
	case p.Resolution == "":
		return lacking + "待定"
	case p.Note == "":
		return lacking + word(casework.Resolutions(), p.Resolution)
	}
	return lacking + word(casework.Resolutions(), p.Resolution) + "：" + p.Note
}

// progress is the newest word of the history, with its day.
func progress(p casework.Problem) string {
	for _, s := range slices.Backward(p.History) {
		if s.Text != "" {
			return s.Text + "(" + s.On.String() + ")"
		}
	}
	return ""
}

// askedOn is the day of the last call-back.
func askedOn(p casework.Problem) casework.Date {
	for _, s := range slices.Backward(p.History) {
		if s.Act == casework.AskBack || s.Act == "" {
			return s.On
		}
	}
	return casework.Date{}
}

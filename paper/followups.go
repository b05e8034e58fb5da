package paper

import (
	"iter"

	"zoufang/casework"
)

// followUps 回访计划 has a row for each target with a contact booked, by day. The key is the
// target's code.
func (m *maker) followUps() Sheet {
	columns := append(m.followUpColumns(), privately(m, func(f followUp) casework.Target { return f.Target })...)
	return table("follow_ups", "回访计划", columns, m.booked())
}

// followUp is a target with the contact that is due.
type followUp struct {
	casework.Target
	due casework.Due
}

func (m *maker) followUpColumns() []column[followUp] {
	return []column[followUp]{
		dateColumn("on", "应联系日期", func(f followUp) casework.Date { return f.Next.On }),
		textColumn("target", "对象编号(名称脱敏)", 10, func(f followUp) string { return m.targetName(f.Target) }),
		textColumn("kind", "对象类别", 5, func(f followUp) string { return kindWord(f.Kind) }),
		textColumn("place", "镇村", 9, func(f followUp) string { return m.place(f.Target) }),
		textColumn("group", "走访组", 7, func(f followUp) string { return m.groupName(f.GroupID) }),
		textColumn("owner", "责任人", 9, func(f followUp) string { return m.personCode(m.primary(f.Target)) }),
		textColumn("way", "联系方式", 7, func(f followUp) string { return wayWord(f.Next.Way) }),
		textColumn("why", "原因", 9, func(f followUp) string { return whyWord(f.Next.Why) }),
		textColumn("problem", "相关问题", 9, func(f followUp) string { return m.problemCodes([]casework.ProblemID{f.Next.Problem}) }),
		textColumn("state", "状态", 6, func(f followUp) string { return dueWord(f.due.State) }),
		numberColumn("late", "逾期天数", func(f followUp) int { return f.due.Late }),
		dateColumn("last_visit", "上次走访", func(f followUp) casework.Date { return f.LastVisitOn }),
		dateColumn("last_contact", "上次联系", func(f followUp) casework.Date { return f.LastContactOn() }),
	}
}

// endOfDays is later than any contact.
func endOfDays() casework.Date { return casework.Date{Year: 9999, Month: 12, Day: 31} }

func (m *maker) booked() iter.Seq2[string, followUp] {
	return func(yield func(string, followUp) bool) {
		for x := range m.r.TargetsDue(endOfDays()) {
			f := followUp{x, casework.DueOf(x, m.q.Export.Day)}
			if f.due.State == casework.Silent || !m.wants(about{x: x, people: []casework.StaffID{m.primary(x)}}) {
				continue
			}
			if !yield(x.Code, f) {
				return
			}
		}
	}
}

func wayWord(w casework.Way) string {
	switch w {
	case casework.ByCall:
		return "电话询问"
	case casework.ByVisit:
		return "上门走访"
	case casework.LookIn:
		return "上门看一眼"
	case casework.CallBack:
		return "办结回访"
	}
	return string(w)
}

func whyWord(w casework.Why) string {
	switch w {
	case casework.WhyRhythm:
		return "按联系频次"
	case casework.WhyFirst:
		return "还没联系过"
	case casework.WhyAgreed:
		return "已约定"
	case casework.WhyProblem:
		return "问题未销号"
	case casework.WhyCallBack:
		return "问题已办结"
	case casework.WhyNoAnswer:
		return "上次没接"
	case casework.WhyChange:
		return "突发变故"
	case casework.WhyResumed:
		return "暂停到期"
	case casework.WhyMatter:
		return "商标节点"
	}
	return string(w)
}

func dueWord(s casework.DueState) string {
	switch s {
	case casework.Silent:
		return "暂停"
	case casework.Later:
		return "未到期"
	case casework.Soon:
		return "即将到期"
	case casework.DueToday:
		return "今天"
	case casework.Overdue:
		return "逾期"
	}
	return string(s)
}

package paper

import (
	"iter"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// workRow is a visit or a call. Exactly one of the two is set.
type workRow struct {
	no    int
	x     casework.Target
	visit *casework.Visit
	call  *casework.Call
}

// workLedger 工作台账 has a row for each visit and call, in the order in which they reached
// us. The key is the code.
func (m *maker) workLedger() Sheet {
	columns := append(m.workColumns(), privately(m, func(w workRow) casework.Target { return w.x })...)
	return table("work", "工作台账", columns, m.work())
}

func (m *maker) workColumns() []column[workRow] {
	outcomes := m.outcomes()
	return []column[workRow]{
		numberColumn("no", "序号", func(w workRow) int { return w.no }),
		textColumn("code", "编号", 10, workRow.code),
		dateColumn("on", "日期", workRow.on),
		textColumn("way", "方式", 5, workRow.way),
		textColumn("group", "走访组", 7, func(w workRow) string { return m.groupName(m.groupOf(w.x, w.people()...)) }),
		textColumn("people", "走访人", 9, func(w workRow) string { return m.people(w.people()) }),
		textColumn("kind", "对象类别", 5, func(w workRow) string { return kindWord(w.x.Kind) }),
		textColumn("target", "对象编号(名称脱敏)", 10, func(w workRow) string { return m.targetName(w.x) }),
		textColumn("place", "镇村", 9, func(w workRow) string { return m.place(w.x) }),
		textColumn("round", "轮次", 6, func(w workRow) string {
			if w.visit == nil {
				return ""
			}
			return m.roundName(w.visit.RoundID)
		}),
		textColumn("outcome", "访成(接通)情况", 7, func(w workRow) string {
			if w.visit != nil {
				return word(outcomes, w.visit.Outcome)
			}
			return callResult(w.call.Result)
		}),
		textColumn("state", "民情晴雨(近况)", 7, func(w workRow) string {
			if w.visit != nil {
				return mood(w.visit.Mood)
			}
			return wellbeing(w.call.Wellbeing)
		}),
		textColumn("disposal", "处置", 7, func(w workRow) string {
			if w.visit == nil {
				return ""
			}
			return disposal(w.visit.Disposal)
		}),
		textColumn("words", "反映的情况", 26, func(w workRow) string { return m.say(w.x, w.words()) }),
		textColumn("problems", "问题编号", 9, func(w workRow) string { return m.problemCodes(w.problems()) }),
		dateColumn("next", "下次联系", workRow.next),
		{Column{ID: "reached_at", Heading: "上报时间", Kind: TimeCell}, func(w workRow) Cell {
			return Instant(w.reached().In(m.q.Zone))
		}},
	}
}

// work are the visits and calls that the limits leave, merged by when they reached us.
func (m *maker) work() iter.Seq2[string, workRow] {
	return func(yield func(string, workRow) bool) {
		next, stop := iter.Pull(m.calls())
		defer stop()
		n := 0
		put := func(w workRow) bool {
			n++
			w.no = n
			return yield(w.code(), w)
		}
		call, more := next()
		for v := range m.visits() {
			for more && call.call.At.Before(v.SubmittedAt) {
				if !put(call) {
					return
				}
				call, more = next()
			}
			if !put(workRow{x: v.x, visit: &v.Visit}) {
				return
			}
		}
		for more {
			if !put(call) {
				return
			}
			call, more = next()
		}
	}
}

// calls are those that the limits leave.
func (m *maker) calls() iter.Seq[workRow] {
	return func(yield func(workRow) bool) {
		for c := range m.r.AllCalls() {
			x, _ := m.r.Target(c.TargetID)
			if m.wants(about{x: x, people: []casework.StaffID{c.By}, day: c.On}) && !yield(workRow{x: x, call: &c}) {
				return
			}
		}
	}
}

func (w workRow) code() string {
	if w.visit != nil {
		return w.visit.Code
	}
	return w.call.Code
}

func (w workRow) on() casework.Date {
	if w.visit != nil {
		return w.visit.VisitedOn
	}
	return w.call.On
}

func (w workRow) way() string {
	switch {
	case w.visit != nil:
		return "走访"
	case w.call.Way == casework.CallBack:
		return "办结回访"
	}
	return "电话"
}

func (w workRow) people() []casework.StaffID {
	if w.visit != nil {
		return w.visit.Participants
	}
	return []casework.StaffID{w.call.By}
}

func (w workRow) problems() []casework.ProblemID {
	if w.visit != nil {
		return w.visit.ProblemIDs
	}
	return w.call.ProblemIDs
}

func (w workRow) next() casework.Date {
	if w.visit != nil {
		return w.visit.NextContact
	}
	return w.call.NextContact
}

func (w workRow) reached() time.Time {
	if w.visit != nil {
		return w.visit.SubmittedAt
	}
	return w.call.At
}

// words are the people's own, as both forms ask for them.
func (w workRow) words() string {
	var a form.Answer
	if w.visit != nil {
		a = w.visit.Answers["free"]
	} else {
		a = w.call.Answers["free"]
	}
	switch {
	case a.Skipped || len(a.Values) == 0:
		return ""
	case a.Via == form.Spoken:
		return "语音"
	}
	return a.Values[0]
}

// outcomes are the words for the outcome of a visit, of all three forms.
func (m *maker) outcomes() casework.Dictionary {
	var out casework.Dictionary
	for _, k := range casework.Kinds() {
		d := m.formTable(k).newest
		if it, ok := d.Item("outcome"); ok {
			out = append(out, it.Options...)
		}
	}
	return out
}

func callResult(r casework.CallResult) string {
	switch r {
	case casework.Connected:
		return "接通"
	case casework.NoAnswer:
		return "没接"
	case casework.Busy:
		return "占线"
	case casework.WrongNumber:
		return "号码不对"
	case casework.CallRefused:
		return "不愿接听"
	}
	return string(r)
}

func wellbeing(w casework.Wellbeing) string {
	switch w {
	case casework.Fine:
		return "正常"
	case casework.NeedsAttention:
		return "需关注"
	case casework.InEmergency:
		return "紧急"
	}
	return string(w)
}

func mood(s string) string {
	switch s {
	case "sunny":
		return "晴"
	case "cloudy":
		return "多云"
	case "overcast":
		return "阴"
	case "rain":
		return "雨"
	}
	return s
}

func disposal(d casework.Disposal) string {
	switch d {
	case casework.NothingRaised:
		return "无诉求"
	case casework.OnSpot:
		return "当场办结"
	case casework.InProgress:
		return "正在办理"
	case casework.Escalated:
		return "提交上一级"
	}
	return string(d)
}

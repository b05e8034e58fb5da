package paper

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zoufang/casework"
)

// bookPages is the task book 帮扶任务书: a sheet each.
func bookPages(r casework.Records, q Request) Sheet {
	m := newPages(r, q)
	return Sheet{ID: "task_book_forms", Name: "帮扶任务书", Title: "帮扶任务书", Each: true, Pages: func(yield func(Page) bool) {
		for _, b := range m.books() {
			if !yield(m.bookPage(b.TaskBook)) {
				return
			}
		}
	}}
}

func (m *maker) bookPage(b casework.TaskBook) Page {
	x, _ := m.r.Target(b.TargetID)
	out := Page{
		Key: b.Code, Name: b.Code, Title: "帮扶任务书",
		Sub:  m.under("状态："+word(casework.TaskStatuses(), b.Status), "责任支部："+cmp.Or(m.unitName(b.BranchID), "—"), "责任人："+cmp.Or(m.person(b.LeadID), "—")),
		Foot: "缺什么、帮什么、补什么" + m.seen(),
	}
	out.Blocks = []Block{
		line(Field{Label: "①编号", Value: Text(b.Code), Span: 6}, Field{Label: "签发日期", Value: Day(b.IssuedOn), Span: 6}),
		line(Field{Label: "活动", Value: Text(m.campaign.Name), Span: 6}, Field{Label: "完成时限", Value: Day(b.DueOn), Span: 6}),
		line(Field{Label: "②帮扶对象", Value: Text(m.targetName(x)), Span: 6}, Field{Label: "类别", Value: Text(m.sort(x)), Span: 6}),
		line(Field{Label: "基本情况", Value: Text(m.say(x, b.Situation)), Span: 12, Lines: 2}),
		{Table: m.bookProblems(b, x)},
		line(Field{Label: "④缺什么", Value: Text(wordList(casework.Lacks(), b.Lacks)), Span: 12}),
		{Table: m.bookMeasures(b, x)},
		line(Field{Label: "⑥目标", Value: Text(m.say(x, b.Goal)), Span: 12}),
		{Table: m.bookProgress(b, x)},
		line(Field{Label: "⑧成效", Value: Text(m.say(x, b.Effect)), Span: 12, Lines: 2}),
		line(Field{Label: "对象意见", Value: Text(cmp.Or(word(casework.Satisfactions(), b.Opinion), "（尚未询问）")), Span: 12}),
		{Table: m.bookSeals(b, x)},
	}
	return out
}

// sort is what sort of target it is.
func (m *maker) sort(x casework.Target) string {
	out := kindWord(x.Kind) + " · " + m.place(x)
	switch {
	case x.Household != nil && len(x.Household.Types) > 0:
		out += " · " + wordList(casework.HouseholdTypes(), x.Household.Types)
	case x.Enterprise != nil && x.Enterprise.Industry != "":
		out += " · " + x.Enterprise.Industry
	case x.Organization != nil && x.Organization.OrgType != "":
		out += " · " + word(casework.OrgTypes(), x.Organization.OrgType)
	}
	return out
}

func (m *maker) bookProblems(b casework.TaskBook, x casework.Target) *Grid {
	out := &Grid{Heads: []string{"③对应问题", "类别", "问题描述", "状态"}, Spans: []int{3, 2, 5, 2}, Least: 1}
	for _, id := range b.ProblemIDs {
		if p, ok := m.r.Problem(id); ok {
			out.Rows = append(out.Rows, []Cell{
				Text(p.Code), Text(word(m.categories, p.Category)), Text(m.say(x, p.Description)), Text(word(casework.ProblemStatuses(), p.Status)),
			})
		}
	}
	return out
}

func (m *maker) bookMeasures(b casework.TaskBook, x casework.Target) *Grid {
	out := &Grid{
		Heads: []string{"⑤措施类型", "内容", "责任人", "协办单位", "资金/物资", "开始\n完成时限", "状态"},
		Spans: []int{2, 3, 1, 1, 2, 2, 1}, Least: 2,
	}
	for _, s := range b.Measures {
		kind := fmt.Sprintf("%d %s", s.No, word(casework.MeasureKinds(), s.Kind))
		if s.Fills != "" {
			kind += "\n（补" + word(casework.Lacks(), s.Fills) + "）"
		}
		out.Rows = append(out.Rows, []Cell{
			Text(kind), Text(m.say(x, s.Content)), Text(m.person(s.OwnerID)), Text(m.unitName(s.PartnerID)),
			Text(joined("\n", fund(s.Fund), m.say(x, s.InKind))), Text(joined("\n", s.StartOn.String(), s.DueOn.String())),
			Text(word(casework.MeasureStatuses(), s.Status)),
		})
	}
	return out
}

// fund is an amount in words of a small table; nothing for nothing.
func fund(fen int64) string {
	if fen == 0 {
		return ""
	}
	return Money(fen).String() + " 元"
}

// joined joins those that are not empty.
func joined(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

// bookProgress is what was noted of all measures, by time.
func (m *maker) bookProgress(b casework.TaskBook, x casework.Target) *Grid {
	type note struct {
		no int
		casework.MeasureProgress
	}
	var notes []note
	for _, s := range b.Measures {
		for _, p := range s.Progress {
			notes = append(notes, note{s.No, p})
		}
	}
	slices.SortStableFunc(notes, func(a, b note) int {
		return cmp.Or(a.On.Compare(b.On), a.At.Compare(b.At), cmp.Compare(a.no, b.no))
	})
	out := &Grid{Heads: []string{"⑦进展日期", "措施", "进展记录", "记录人"}, Spans: []int{2, 1, 7, 2}, Least: 2}
	for _, n := range notes {
		text := joined("；", m.say(x, n.Text), fund(n.Fund))
		if len(n.Files) > 0 {
			text += fmt.Sprintf("（附件：%s）", attachments(n.Files))
		}
		out.Rows = append(out.Rows, []Cell{Day(n.On), Text(strconv.Itoa(n.no)), Text(text), Text(m.person(n.By))})
	}
	return out
}

// bookSeals is who issued and accepted it, with room for seals.
func (m *maker) bookSeals(b casework.TaskBook, x casework.Target) *Grid {
	office := "（本级不需要）"
	if b.NeedsOffice() || b.ByOffice != nil {
		office = m.verdict(b.ByOffice, x)
	}
	return &Grid{
		Heads: []string{"⑨签发（支部书记）", "验收（组长）", "验收（局活动办）", "备案（局分管领导）"},
		Spans: []int{3, 3, 3, 3},
		Rows: [][]Cell{{
			Text(m.seal(b.IssuedBy, b.IssuedAt, "")), Text(m.verdict(b.ByLeader, x)), Text(office), Text(m.seal(0, time.Time{}, "")),
		}},
	}
}

func (m *maker) verdict(v *casework.Verdict, x casework.Target) string {
	if v == nil {
		return m.seal(0, time.Time{}, "")
	}
	return m.seal(v.By, v.At, m.say(x, v.Opinion))
}

// seal is a name with its day, over the place for the seal.
func (m *maker) seal(by casework.StaffID, at time.Time, opinion string) string {
	day := "　　年　　月　　日"
	if !at.IsZero() {
		day = casework.DateOf(at, m.q.Zone).String()
	}
	return joined("\n", opinion, m.person(by), "\n（签章）", day)
}

package paper

import (
	"cmp"
	"fmt"
	"strings"

	"zoufang/casework"
)

// facts are what is to be known of the document.
func (m *maker) facts() []Fact {
	e := m.q.Export
	out := []Fact{
		{"台账", m.title()},
		{"导出编号", cmp.Or(e.Code, "（命令行导出，无编号）")},
		{"活动", m.campaign.Name},
		{"截至", m.asOf()},
		{"范围", cmp.Or(m.scope(), "全部")},
	}
	if e.System != "" {
		out = append(out, Fact{"对方系统", e.System})
	}
	if e.Full {
		out = append(out, Fact{"脱敏", "未脱敏：含姓名、电话和地址，用后请删除"})
	} else {
		out = append(out, Fact{"脱敏", "已脱敏：户主姓名留姓，电话留前三后四，不含地址"})
	}
	for _, f := range []Fact{{"申请人", m.q.Asked}, {"批准人", m.q.Approved}, {"理由", e.Reason}} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	for _, rule := range m.rules() {
		out = append(out, Fact{"口径", rule})
	}
	return out
}

// rules say how the figures of the paper are counted.
func (m *maker) rules() []string {
	const (
		met      = "走访家庭、企业、组织按对象去重，访成才算；户次按走访次数。电话询问不算走访。"
		resolved = "办结率＝（办结＋销号）÷全部问题，合并和作废的不算；满意率＝（满意＋基本满意）÷已回访。"
		small    = "不足 10 的只列数目，不算百分比。"
	)
	switch m.q.Export.Kind {
	case casework.PaperDaily:
		return []string{
			"从上一个工作日下班到当天下班报来的算当天；报的是以前的走访，算补记，不进当天的数。", met,
			"走访家庭（新/复）：第一次见到的户数/以前见过的户数。",
		}
	case casework.PaperWeekly:
		return []string{"对象归责任人所在支部，问题归问题责任人所在支部；暂停联系的对象不算应走。实走按本轮访成计。", resolved, small}
	case casework.PaperRounds:
		return []string{
			"参与党员：至少参加过一次已提交走访的党员，去重。", met,
			"问题归发现它的那次走访所在的轮次，不是走访发现的按登记日期。清单率＝清单内容完整的问题÷全部问题；任务书率＝已签发任务书的问题÷需要任务书的问题。", resolved, small,
		}
	case casework.PaperWork:
		return []string{"走访和电话询问各占一行；电话询问不算走访。"}
	case casework.PaperHaves:
		return []string{"按最近一次访成的走访记实表；没问过的写“未知”。"}
	case casework.PaperProblems, casework.PaperTaskBooks, casework.PaperVisits, casework.PaperTrademarks,
		casework.PaperIssues, casework.PaperFollowUps, casework.PaperDiary, casework.PaperPlan, casework.PaperRoster:
	}
	return nil
}

// note is the row under a sheet's title, with what is to be said of this sheet alone.
func (m *maker) note(own string) string {
	parts := []string{"截至 " + m.asOf()}
	if m.q.Export.Full {
		parts = append(parts, "未脱敏，注意保密")
	} else {
		parts = append(parts, "已脱敏")
	}
	if scope := m.scope(); scope != "" {
		parts = append(parts, "范围："+scope)
	}
	if own != "" {
		parts = append(parts, own)
	}
	return strings.Join(parts, " · ")
}

func (m *maker) asOf() string { return m.q.Export.AsOf.In(m.q.Zone).Format("2006-01-02 15:04") }

// scope says what the question is limited to; empty: to nothing.
func (m *maker) scope() string {
	e := m.q.Export
	var parts []string
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	add(m.groupName(e.GroupID))
	add(m.unitName(e.UnitID))
	if e.RoundID != 0 {
		add(roundTitle(m.round))
	}
	add(m.person(e.StaffID))
	if !e.Month.IsZero() {
		add(fmt.Sprintf("%d年%d月", e.Month.Year, int(e.Month.Month)))
	}
	x, _ := m.r.Target(e.TargetID)
	add(x.Code)
	v, _ := m.r.Visit(e.VisitID)
	add(v.Code)
	b, _ := m.r.TaskBook(e.BookID)
	add(b.Code)
	if e.OnlyNew {
		add("未同步到" + e.System + "的")
	}
	return strings.Join(parts, "、")
}

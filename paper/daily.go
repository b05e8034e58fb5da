package paper

import (
	"cmp"
	"fmt"
	"iter"
	"time"

	"zoufang/casework"
)

// dailyRow is a group's line of the daily report, or the sum of all.
type dailyRow struct {
	casework.Digest
	name      string
	escalated int // passed up in the digest's window
	planned   int // contacts of the next working day
	resolved  int // older ones: what was solved at once is counted apart
	raised    int
	closed    int
	overdue   int
}

// dailyReport 日报 has a row for each group and, of several, one for all. The key is the
// group's code.
func (m *maker) dailyReport() Sheet {
	s := table("daily", "日报", m.dailyColumns(), m.daily())
	s.Charts = []Chart{
		{Title: "各组当天情况", Labels: "group", Values: []string{"out", "raised", "resolved"}},
		{Title: "今日逾期", Labels: "group", Values: []string{"overdue"}, Bars: true},
	}
	return s
}

func (m *maker) dailyColumns() []column[dailyRow] {
	return []column[dailyRow]{
		dateColumn("day", "日期", func(dailyRow) casework.Date { return m.q.Export.Day }),
		textColumn("group", "组", 8, func(d dailyRow) string { return d.name }),
		numberColumn("out", "出动党员数", func(d dailyRow) int { return d.Out }),
		textColumn("households", "走访家庭(新/复)", 8, func(d dailyRow) string { return fmt.Sprintf("%d/%d", d.Households, d.Again) }),
		numberColumn("enterprises", "走访企业", func(d dailyRow) int { return d.Enterprises }),
		numberColumn("organizations", "走访组织", func(d dailyRow) int { return d.Organizations }),
		numberColumn("not_met", "未遇", func(d dailyRow) int { return d.NotMet }),
		numberColumn("raised", "新增问题", func(d dailyRow) int { return d.raised }),
		numberColumn("on_spot", "当场办结", func(d dailyRow) int { return d.OnSpot }),
		numberColumn("escalated", "上报", func(d dailyRow) int { return d.escalated }),
		numberColumn("resolved", "办结", func(d dailyRow) int { return d.resolved }),
		numberColumn("closed", "销号", func(d dailyRow) int { return d.closed }),
		numberColumn("overdue", "今日逾期", func(d dailyRow) int { return d.overdue }),
		numberColumn("tomorrow", "明日计划", func(d dailyRow) int { return d.planned }),
	}
}

func (m *maker) daily() iter.Seq2[string, dailyRow] {
	return func(yield func(string, dailyRow) bool) {
		from, to := m.window()
		up := m.escalations(from, to)
		sum, groups := dailyRow{name: "合计"}, 0
		for _, g := range m.r.Groups() {
			if limit := m.q.Export.GroupID; limit != 0 && limit != g.ID {
				continue
			}
			row := dailyRow{
				Digest: casework.DigestOf(m.r, g, m.q.Export.Day, from, to), name: cmp.Or(g.Name, g.Code), escalated: up[g.ID],
			}
			row.raised, row.closed, row.overdue = len(row.Raised), len(row.Closed), len(row.Overdue)
			row.resolved = len(row.Resolved)
			for _, p := range row.Tomorrow {
				row.planned += p.Count
			}
			sum.add(row)
			groups++
			if !yield(g.Code, row) {
				return
			}
		}
		if groups > 1 {
			yield("", sum)
		}
	}
}

// add sums up. Nobody is in two groups at once, but somebody can go out with another: the
// sum of those who were out can count them twice.
func (d *dailyRow) add(o dailyRow) {
	d.Out += o.Out
	d.Households += o.Households
	d.Again += o.Again
	d.Enterprises += o.Enterprises
	d.Organizations += o.Organizations
	d.NotMet += o.NotMet
	d.OnSpot += o.OnSpot
	d.escalated += o.escalated
	d.planned += o.planned
	d.resolved += o.resolved
	d.raised += o.raised
	d.closed += o.closed
	d.overdue += o.overdue
}

// window is from the end of the working day before to the end of the day, or to the
// instant of the question if that is earlier.
func (m *maker) window() (from, to time.Time) {
	day := m.q.Export.Day
	to = m.endOfWork(day)
	if m.q.Export.AsOf.Before(to) {
		to = m.q.Export.AsOf
	}
	before := day.AddDays(-1)
	for !casework.IsWorkday(m.r, before) {
		before = before.AddDays(-1)
	}
	return m.endOfWork(before), to
}

// endOfWork is when the bureau closes on the day.
func (m *maker) endOfWork(day casework.Date) time.Time {
	minute := cmp.Or(m.campaign.Params.WorkTo, casework.DefaultParams().WorkTo)
	return time.Date(day.Year, day.Month, day.Day, 0, minute, 0, 0, m.q.Zone)
}

// escalations counts, by group, the problems passed up in the window.
func (m *maker) escalations(from, to time.Time) map[casework.GroupID]int {
	out := map[casework.GroupID]int{}
	for p := range m.r.AllProblems() {
		for _, s := range p.History {
			if s.Act == casework.Escalate && s.At.After(from) && !s.At.After(to) {
				x, _ := m.r.Target(p.TargetID)
				out[m.groupOf(x, p.OwnerID)]++
				break
			}
		}
	}
	return out
}

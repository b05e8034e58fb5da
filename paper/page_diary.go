package paper

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"

	"zoufang/casework"
)

// diaryPages is the visit diary 走访日记: a page for each person and month. Visits whose
// diary nobody has confirmed are left out.
func diaryPages(r casework.Records, q Request) Sheet {
	m := newPages(r, q)
	return Sheet{ID: "diary_pages", Name: "走访日记", Title: "走访日记", Pages: func(yield func(Page) bool) {
		for s := range r.AllStaff() {
			if q.Export.StaffID != 0 && s.ID != q.Export.StaffID {
				continue
			}
			for page := range m.diaryMonths(s) {
				if !yield(page) {
					return
				}
			}
		}
	}}
}

// diaryMonths are the pages of one person, the oldest month first.
func (m *maker) diaryMonths(s casework.Staff) iter.Seq[Page] {
	return func(yield func(Page) bool) {
		visits := m.diaryOf(s)
		for len(visits) > 0 {
			first := visits[0].VisitedOn
			n := slices.IndexFunc(visits, func(v visitRow) bool {
				return v.VisitedOn.Year != first.Year || v.VisitedOn.Month != first.Month
			})
			if n < 0 {
				n = len(visits)
			}
			if !yield(m.diaryPage(s, visits[:n])) {
				return
			}
			visits = visits[n:]
		}
	}
}

// diaryOf are the visits with a diary that the person reported, by day.
func (m *maker) diaryOf(s casework.Staff) []visitRow {
	var out []visitRow
	for _, v := range m.r.VisitsBy(s.ID, time.Time{}) {
		if v.Diary == nil || m.q.Export.VisitID != 0 && v.ID != m.q.Export.VisitID {
			continue
		}
		x, _ := m.r.Target(v.TargetID)
		if m.wants(about{x: x, people: v.Participants, day: v.VisitedOn, round: v.RoundID}) {
			out = append(out, visitRow{Visit: v, x: x})
		}
	}
	slices.SortFunc(out, func(a, b visitRow) int {
		return cmp.Or(a.VisitedOn.Compare(b.VisitedOn), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func (m *maker) diaryPage(s casework.Staff, visits []visitRow) Page {
	first := visits[0].VisitedOn
	month := fmt.Sprintf("%d年%d月", first.Year, int(first.Month))
	out := Page{
		Key: fmt.Sprintf("%s %04d-%02d", s.Code, first.Year, int(first.Month)), Name: s.Name + " " + month,
		Title: "走访日记 " + month + " · " + s.Name,
		Sub:   m.under("活动："+m.campaign.Name, "支部："+cmp.Or(m.unitName(s.BranchID), "—"), fmt.Sprintf("共 %d 篇", len(visits))),
		Foot:  "日记由本人确认" + m.seen(),
	}
	for _, v := range visits {
		out.Blocks = append(out.Blocks,
			line(Field{Label: "日期", Value: Day(v.VisitedOn), Span: 3}, Field{Label: "对象", Value: Text(m.targetName(v.x)), Span: 5},
				Field{Label: "走访编号", Value: Text(v.Code), Span: 4}),
			line(Field{Value: Text(m.say(v.x, v.Diary.Text)), Span: 12, Lines: 3}))
	}
	return out
}

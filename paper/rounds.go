package paper

import (
	"fmt"
	"iter"
	"slices"

	"zoufang/casework"
)

// figures are those of a round or of the campaign. Both are counted in the same way.
type figures struct {
	casework.Round // zero but for its title: the campaign

	went map[casework.StaffID]bool
	met  map[casework.TargetID]casework.Kind
	// times is how often households were met.
	times                                                              int
	problems, listed, needing, books, resolved, struck, pleased, asked int
}

// roundTable 轮次/活动总表 has a row for each round and one for the campaign. The key is
// the round's number.
func (m *maker) roundTable() Sheet {
	s := table("rounds", "轮次活动总表", m.roundColumns(), m.rounds())
	s.Title = "轮次/活动总表"
	s.Charts = []Chart{
		{Title: "各轮走访", Labels: "round", Values: []string{"participants", "enterprises", "organizations"}},
		{Title: "各轮问题", Labels: "round", Values: []string{"problems"}},
	}
	return s
}

func (m *maker) roundColumns() []column[*figures] {
	type row = *figures
	return []column[row]{
		textColumn("round", "轮次", 8, func(f row) string { return roundTitle(f.Round) }),
		numberColumn("participants", "参与党员(去重)", func(f row) int { return len(f.went) }),
		textColumn("households", "家庭(去重/户次)", 8, func(f row) string {
			return fmt.Sprintf("%d/%d", f.count(casework.HouseholdKind), f.times)
		}),
		numberColumn("enterprises", "企业", func(f row) int { return f.count(casework.EnterpriseKind) }),
		numberColumn("organizations", "组织", func(f row) int { return f.count(casework.OrganizationKind) }),
		numberColumn("problems", "问题", func(f row) int { return f.problems }),
		shareColumn("list_rate", "清单率", func(f row) (int, int) { return f.listed, f.problems }),
		shareColumn("task_rate", "任务书率", func(f row) (int, int) { return f.books, f.needing }),
		shareColumn("resolve_rate", "办结率", func(f row) (int, int) { return f.resolved, f.problems }),
		shareColumn("close_rate", "销号率", func(f row) (int, int) { return f.struck, f.problems }),
		shareColumn("satisfaction", "满意率", func(f row) (int, int) { return f.pleased, f.asked }),
	}
}

func (f *figures) count(k casework.Kind) int {
	n := 0
	for _, kind := range f.met {
		if kind == k {
			n++
		}
	}
	return n
}

func (m *maker) rounds() iter.Seq2[string, *figures] {
	return func(yield func(string, *figures) bool) {
		list := m.countRounds()
		for _, f := range list[1:] {
			if !yield(fmt.Sprint(f.No), f) {
				return
			}
		}
		if m.q.Export.RoundID == 0 {
			yield("", list[0])
		}
	}
}

// countRounds reads everything once. The first figures are those of the campaign.
func (m *maker) countRounds() []*figures {
	list := []*figures{newFigures(casework.Round{Title: "全活动"})}
	for _, r := range m.r.Rounds() {
		if !r.StartOn.After(m.q.Export.Day) && (m.q.Export.RoundID == 0 || m.q.Export.RoundID == r.ID) {
			list = append(list, newFigures(r))
		}
	}
	m.countVisits(list)
	m.countProblems(list)
	return list
}

func (m *maker) countVisits(list []*figures) {
	members := map[casework.StaffID]bool{}
	for s := range m.r.AllStaff() {
		members[s.ID] = s.PartyMember
	}
	for v := range m.visits() {
		for _, f := range list {
			if !v.VisitedOn.After(m.q.Export.Day) && f.holds(v.RoundID, v.VisitedOn) {
				f.countVisit(v, members)
			}
		}
	}
}

func (m *maker) countProblems(list []*figures) {
	for _, p := range m.problems() {
		if p.RaisedOn.After(m.q.Export.Day) || p.Status == casework.ProblemInvalid || p.Status == casework.ProblemMerged {
			continue
		}
		books := m.r.TaskBooksOfProblem(p.ID)
		needed := casework.NeedsTaskBook(m.campaign, p.Problem)
		for _, f := range list {
			if f.holds(p.visit.RoundID, p.RaisedOn) {
				f.countProblem(p.Problem)
				f.countBooks(books, needed)
			}
		}
	}
}

func newFigures(r casework.Round) *figures {
	return &figures{
		Round: r,
		went:  map[casework.StaffID]bool{}, met: map[casework.TargetID]casework.Kind{},
	}
}

// holds reports whether what was found at a visit of the round, or on the day, counts.
func (f *figures) holds(visit casework.RoundID, day casework.Date) bool {
	if f.ID == 0 || visit != 0 {
		return f.ID == 0 || f.ID == visit
	}
	return f.Covers(day)
}

func (f *figures) countVisit(v visitRow, members map[casework.StaffID]bool) {
	for _, p := range v.Participants {
		if members[p] {
			f.went[p] = true
		}
	}
	if v.Outcome != casework.Met {
		return
	}
	f.met[v.TargetID] = v.x.Kind
	if v.x.Kind == casework.HouseholdKind {
		f.times++
	}
}

func (f *figures) countProblem(p casework.Problem) {
	f.problems++
	if p.Code != "" && p.Family != "" && p.Category != "" && p.Description != "" && p.OwnerID != 0 {
		f.listed++
	}
	if p.Status == casework.ProblemResolved || p.Status == casework.ProblemClosed {
		f.resolved++
	}
	if p.Status == casework.ProblemClosed {
		f.struck++
	}
	switch p.Satisfaction {
	case casework.Satisfied, casework.FairlySatisfied:
		f.pleased++
		f.asked++
	case casework.NotSatisfied:
		f.asked++
	case casework.NotReached:
	}
}

func (f *figures) countBooks(books []casework.TaskBook, needed bool) {
	issued := slices.ContainsFunc(books, func(b casework.TaskBook) bool {
		return b.Status != casework.TaskDraft && b.Status != casework.TaskCancelled
	})
	if issued {
		f.books++
	}
	if issued || needed {
		f.needing++
	}
}

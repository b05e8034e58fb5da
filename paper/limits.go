package paper

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"zoufang/casework"
)

// limit is one way in which a question can be narrowed down.
type limit struct {
	name string // as the error calls it
	set  func(casework.Export) bool
	// kinds are those that can be narrowed down so.
	kinds []casework.PaperKind
}

// limits are the ways to narrow down a question, and the kinds that know them.
func limits() []limit {
	rows := []casework.PaperKind{
		casework.PaperProblems, casework.PaperTaskBooks, casework.PaperVisits, casework.PaperWork, casework.PaperDiary,
	}
	places := []casework.PaperKind{
		casework.PaperTrademarks, casework.PaperIssues, casework.PaperHaves, casework.PaperFollowUps, casework.PaperPlan, casework.PaperRounds,
	}
	return []limit{
		{"a group", func(e casework.Export) bool { return e.GroupID != 0 }, slices.Concat(rows, places, []casework.PaperKind{casework.PaperDaily})},
		{"a branch", func(e casework.Export) bool { return e.UnitID != 0 }, slices.Concat(rows, places, []casework.PaperKind{casework.PaperWeekly})},
		{"a round", func(e casework.Export) bool { return e.RoundID != 0 },
			append(slices.Clone(rows), casework.PaperRounds, casework.PaperPlan)},
		{"a person", func(e casework.Export) bool { return e.StaffID != 0 },
			append(slices.Clone(rows), casework.PaperFollowUps, casework.PaperPlan)},
		{"a month", func(e casework.Export) bool { return !e.Month.IsZero() }, rows},
		{"a target", func(e casework.Export) bool { return e.TargetID != 0 }, rows},
		{"one visit", func(e casework.Export) bool { return e.VisitID != 0 },
			[]casework.PaperKind{casework.PaperVisits, casework.PaperDiary}},
		{"one task book", func(e casework.Export) bool { return e.BookID != 0 }, []casework.PaperKind{casework.PaperTaskBooks}},
		{"what another system has not got yet", func(e casework.Export) bool { return e.OnlyNew },
			[]casework.PaperKind{casework.PaperProblems, casework.PaperVisits, casework.PaperHaves}},
	}
}

// check says why the question cannot be answered.
func (m *maker) check() error {
	e := m.q.Export
	var known []string
	for _, o := range casework.PaperKinds() {
		known = append(known, o.ID)
	}
	if !slices.Contains(known, string(e.Kind)) {
		return fmt.Errorf("there is no such paper; there are %s", strings.Join(known, ", "))
	}
	for _, l := range limits() {
		if l.set(e) && !slices.Contains(l.kinds, e.Kind) {
			return fmt.Errorf("it cannot be limited to %s; leave that out, or ask for one of: %s", l.name, kindNames(l.kinds))
		}
	}
	if e.OnlyNew && e.System == "" {
		return errors.New("which system has got the records before? name it")
	}
	if q := m.q.Mapping; q != nil && q.Kind != e.Kind {
		return fmt.Errorf("the columns of %s are for %s; ask for that paper", q.System, q.Kind)
	}
	return m.checkRecords()
}

// checkRecords says what the question is limited to that is not there.
func (m *maker) checkRecords() error {
	e := m.q.Export
	_, group := m.r.Group(e.GroupID)
	_, unit := m.r.Unit(e.UnitID)
	_, staff := m.r.Staff(e.StaffID)
	_, target := m.r.Target(e.TargetID)
	_, visit := m.r.Visit(e.VisitID)
	_, book := m.r.TaskBook(e.BookID)
	for _, x := range []struct {
		missing bool
		what    string
	}{
		{e.GroupID != 0 && !group, "group"}, {e.UnitID != 0 && !unit, "branch"}, {e.RoundID != 0 && m.round.ID == 0, "round"},
		{e.StaffID != 0 && !staff, "person"}, {e.TargetID != 0 && !target, "target"},
		{e.VisitID != 0 && !visit, "visit"}, {e.BookID != 0 && !book, "task book"},
	} {
		if x.missing {
			return fmt.Errorf("the %s it is limited to was not there at that instant", x.what)
		}
	}
	return nil
}

func kindNames(kinds []casework.PaperKind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}

// about is what a row is about, to see whether it lies within the limits.
type about struct {
	x      casework.Target
	unit   casework.UnitID // zero: that of the first of the people
	people []casework.StaffID
	day    casework.Date
	round  casework.RoundID // zero: by day
}

// wants reports whether the row lies within the limits.
func (m *maker) wants(a about) bool {
	e := m.q.Export
	switch {
	case e.GroupID != 0 && m.groupOf(a.x, a.people...) != e.GroupID,
		e.UnitID != 0 && m.branchOf(a) != e.UnitID,
		e.StaffID != 0 && !slices.Contains(a.people, e.StaffID),
		e.TargetID != 0 && a.x.ID != e.TargetID,
		!e.Month.IsZero() && (a.day.Year != e.Month.Year || a.day.Month != e.Month.Month):
		return false
	case e.RoundID == 0:
		return true
	case a.round != 0:
		return a.round == e.RoundID
	}
	return !a.day.IsZero() && m.round.Covers(a.day)
}

// groupOf is the group of the target; of one without, the first group of the first of
// the people.
func (m *maker) groupOf(x casework.Target, people ...casework.StaffID) casework.GroupID {
	if x.GroupID != 0 || len(people) == 0 {
		return x.GroupID
	}
	s, _ := m.r.Staff(people[0])
	if len(s.Groups) == 0 {
		return 0
	}
	return s.Groups[0]
}

func (m *maker) branchOf(a about) casework.UnitID {
	if a.unit != 0 || len(a.people) == 0 {
		return a.unit
	}
	s, _ := m.r.Staff(a.people[0])
	return s.BranchID
}

// fresh reports whether a record is to be in the paper, by when it was handed over to
// which system.
func (m *maker) fresh(synced map[string]casework.Date) bool {
	e := m.q.Export
	return !e.OnlyNew || synced[e.System].IsZero()
}

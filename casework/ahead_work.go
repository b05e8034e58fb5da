package casework

import (
	"cmp"
	"iter"
	"slices"
)

// OpenProblems implements [Records], and so do the methods below.
func (a *Ahead) OpenProblems(u UnitID) iter.Seq[Problem] {
	in := func(v Problem) bool { return v.Status.Open() && (u == 0 || v.UnitID == u) }
	return a.problems.over(a.below.OpenProblems(u), in, func(v, w Problem) int {
		return cmp.Or(cmp.Compare(v.UnitID, w.UnitID), cmp.Compare(v.ID, w.ID))
	})
}

// TaskBook implements [Records].
func (a *Ahead) TaskBook(id TaskBookID) (TaskBook, bool) { return a.books.get(id, a.below.TaskBook) }

// TaskBooksOfProblem implements [Records].
func (a *Ahead) TaskBooksOfProblem(p ProblemID) []TaskBook {
	return a.books.list(a.below.TaskBooksOfProblem(p), func(v TaskBook) bool { return v.About(p) }, a.books.order)
}

// TaskBooksOfStaff implements [Records].
func (a *Ahead) TaskBooksOfStaff(s StaffID) []TaskBook {
	return a.books.list(a.below.TaskBooksOfStaff(s), func(v TaskBook) bool { return slices.Contains(v.Busy(), s) }, a.books.order)
}

// OpenTaskBooks implements [Records].
func (a *Ahead) OpenTaskBooks(u UnitID) iter.Seq[TaskBook] {
	in := func(v TaskBook) bool { return v.Status.Open() && (u == 0 || v.BranchID == u) }
	return a.books.over(a.below.OpenTaskBooks(u), in, func(v, w TaskBook) int {
		return cmp.Or(cmp.Compare(v.BranchID, w.BranchID), cmp.Compare(v.ID, w.ID))
	})
}

// AllTaskBooks implements [Records].
func (a *Ahead) AllTaskBooks() iter.Seq[TaskBook] { return a.books.all(a.below.AllTaskBooks()) }

// Issue implements [Records].
func (a *Ahead) Issue(id IssueID) (CommonIssue, bool) { return a.issues.get(id, a.below.Issue) }

// Issues implements [Records].
func (a *Ahead) Issues() []CommonIssue {
	return a.issues.list(a.below.Issues(), anyOf[CommonIssue], a.issues.order)
}

// Trademark implements [Records].
func (a *Ahead) Trademark(id TrademarkID) (Trademark, bool) {
	return a.marks.get(id, a.below.Trademark)
}

// TrademarksOfFirm implements [Records].
func (a *Ahead) TrademarksOfFirm(x TargetID) []Trademark {
	return a.marks.list(a.below.TrademarksOfFirm(x), func(v Trademark) bool { return v.FirmID == x }, a.marks.order)
}

// AllTrademarks implements [Records].
func (a *Ahead) AllTrademarks() iter.Seq[Trademark] { return a.marks.all(a.below.AllTrademarks()) }

// Matter implements [Records].
func (a *Ahead) Matter(id MatterID) (Matter, bool) { return a.matters.get(id, a.below.Matter) }

// MatterByCode implements [Records].
func (a *Ahead) MatterByCode(code string) (Matter, bool) {
	v, ok := a.below.MatterByCode(code)
	return a.matters.find(v, ok, func(v Matter) bool { return code != "" && v.Code == code })
}

// MattersOfFirm implements [Records].
func (a *Ahead) MattersOfFirm(x TargetID) []Matter {
	return a.matters.list(a.below.MattersOfFirm(x), func(v Matter) bool { return v.FirmID == x }, a.matters.order)
}

// AllMatters implements [Records].
func (a *Ahead) AllMatters() iter.Seq[Matter] { return a.matters.all(a.below.AllMatters()) }

// Policy implements [Records].
func (a *Ahead) Policy(id PolicyID) (Policy, bool) { return a.policies.get(id, a.below.Policy) }

// Policies implements [Records].
func (a *Ahead) Policies() []Policy {
	return a.policies.list(a.below.Policies(), anyOf[Policy], a.policies.order)
}

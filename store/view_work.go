package store

import (
	"iter"
	"slices"

	"zoufang/casework"
)

// OpenProblems gives the open problems of a branch; zero: of all.
func (v *view) OpenProblems(u casework.UnitID) iter.Seq[casework.Problem] {
	return problems.by(v.t, "problems_open", unitPrefix(u))
}

// unitPrefix is what the keys of a branch begin with; zero: of all branches.
func unitPrefix(u casework.UnitID) []byte {
	if u == 0 {
		return nil
	}
	return number(u)
}

// TaskBook returns a task book.
func (v *view) TaskBook(id casework.TaskBookID) (casework.TaskBook, bool) {
	return taskBooks.get(v.t, number(id))
}

// TaskBooksOfProblem returns the task books about a problem.
func (v *view) TaskBooksOfProblem(p casework.ProblemID) []casework.TaskBook {
	return slices.Collect(taskBooks.by(v.t, "task_books_by_problem", number(p)))
}

// TaskBooksOfStaff returns the open task books that give a person something to do.
func (v *view) TaskBooksOfStaff(s casework.StaffID) []casework.TaskBook {
	return slices.Collect(taskBooks.by(v.t, "task_books_by_staff", number(s)))
}

// OpenTaskBooks gives the open task books of a branch; zero: of all.
func (v *view) OpenTaskBooks(u casework.UnitID) iter.Seq[casework.TaskBook] {
	return taskBooks.by(v.t, "task_books_open", unitPrefix(u))
}

// AllTaskBooks gives all task books.
func (v *view) AllTaskBooks() iter.Seq[casework.TaskBook] { return taskBooks.all(v.t) }

// Issue returns a common issue.
func (v *view) Issue(id casework.IssueID) (casework.CommonIssue, bool) {
	return issues.get(v.t, number(id))
}

// Issues returns all common issues.
func (v *view) Issues() []casework.CommonIssue { return slices.Collect(issues.all(v.t)) }

// Trademark returns a trademark.
func (v *view) Trademark(id casework.TrademarkID) (casework.Trademark, bool) {
	return trademarks.get(v.t, number(id))
}

// TrademarksOfFirm returns the trademarks of a firm.
func (v *view) TrademarksOfFirm(x casework.TargetID) []casework.Trademark {
	return slices.Collect(trademarks.by(v.t, "trademarks_by_firm", number(x)))
}

// AllTrademarks gives all trademarks.
func (v *view) AllTrademarks() iter.Seq[casework.Trademark] { return trademarks.all(v.t) }

// Matter returns a matter about a trademark.
func (v *view) Matter(id casework.MatterID) (casework.Matter, bool) {
	return matters.get(v.t, number(id))
}

// MatterByCode returns the matter with the code.
func (v *view) MatterByCode(code string) (casework.Matter, bool) {
	return matters.first(v.t, "matters_by_code", v.hash("matter", code))
}

// MattersOfFirm returns the matters about a firm's trademarks.
func (v *view) MattersOfFirm(x casework.TargetID) []casework.Matter {
	return slices.Collect(matters.by(v.t, "matters_by_firm", number(x)))
}

// AllMatters gives all matters.
func (v *view) AllMatters() iter.Seq[casework.Matter] { return matters.all(v.t) }

// Policy returns a policy card.
func (v *view) Policy(id casework.PolicyID) (casework.Policy, bool) {
	return policies.get(v.t, number(id))
}

// Policies returns all policy cards.
func (v *view) Policies() []casework.Policy { return slices.Collect(policies.all(v.t)) }

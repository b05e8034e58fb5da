package dialog

import (
	"cmp"
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// What a list of task books is about. Stored by name in places: never rename.
const (
	mineBooks  = ""
	issueBooks = "issue"
	judgeBooks = "judge"
	lateBooks  = "late"
	allBooks   = "all"
)

func isBookCode(code, typed string) bool {
	return strings.EqualFold(code, form.Fold(form.Clean(typed)))
}

// booksWithin are the open task books that the person answers for, what is due first
// in front.
func (t *turn) booksWithin() []casework.TaskBook {
	var out []casework.TaskBook
	seen := map[casework.TaskBookID]bool{}
	add := func(list ...casework.TaskBook) {
		for _, b := range list {
			if !seen[b.ID] && b.Status.Open() && t.maySeeBook(b) {
				seen[b.ID] = true
				out = append(out, b)
			}
		}
	}
	add(t.v.TaskBooksOfStaff(t.staff.ID)...)
	switch {
	case casework.May(t.v, t.staff, casework.AcceptBook, casework.Subject{Today: t.today}): // everywhere
		add(slices.Collect(t.v.OpenTaskBooks(0))...)
	case t.staff.Has(casework.BranchSecretary) && t.staff.BranchID != 0:
		add(slices.Collect(t.v.OpenTaskBooks(t.staff.BranchID))...)
	}
	for _, id := range t.staff.Groups {
		if !casework.May(t.v, t.staff, casework.SeeDigest, casework.Subject{Group: id, Today: t.today}) {
			continue
		}
		for x := range t.v.TargetsOfGroup(id) {
			for _, p := range t.v.ProblemsOfTarget(x.ID) {
				add(t.v.TaskBooksOfProblem(p.ID)...)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b casework.TaskBook) int {
		return cmp.Or(a.DueOn.Compare(b.DueOn), cmp.Compare(a.Code, b.Code))
	})
	return out
}

// booksFor are those of the list that the filter is about.
func (t *turn) booksFor(list []casework.TaskBook, filter string) []casework.TaskBook {
	return slices.DeleteFunc(slices.Clone(list), func(b casework.TaskBook) bool {
		switch filter {
		case mineBooks:
			return !slices.Contains(b.Busy(), t.staff.ID)
		case issueBooks:
			why := casework.WhyNotTask(t.v, t.staff, b, casework.TaskIssue, t.today)
			return why == casework.NotNow || why == casework.NotYours // else it only wants finishing
		case judgeBooks:
			return casework.WhyNotTask(t.v, t.staff, b, casework.TaskAccept, t.today) != ""
		case lateBooks:
			return b.DueOn.IsZero() || !b.DueOn.Before(t.today)
		}
		return false
	})
}

// drawBooks lists task books; the filters have how many there are.
func (t *turn) drawBooks(f *face) bool {
	if !hasBooks(t.staff) {
		return false
	}
	at := t.s.At
	within := t.booksWithin()
	var filters []choice
	for _, name := range []string{mineBooks, issueBooks, judgeBooks, lateBooks, allBooks} {
		n := len(t.booksFor(within, name))
		if n == 0 && name != mineBooks && name != at.Path {
			continue
		}
		c := choice{t.w.say("books.filter."+cmp.Or(name, "mine"), "Count", n), Plain, to(Place{Screen: booksScreen, Path: name})}
		if name == at.Path {
			c.style = Primary
		}
		filters = append(filters, c)
	}
	list := t.booksFor(within, at.Path)
	f.title(t.w.say("books.title." + cmp.Or(at.Path, "mine")))
	if len(list) == 0 {
		f.line(t.w.say("books.none"))
	}
	shown, page, pages := pageOf(list, at.Page)
	for _, b := range shown {
		x, _ := t.v.Target(b.TargetID)
		f.line("• " + b.Code + " " + x.Code + " " + x.DisplayName() + " · " + t.dictionary(casework.TaskStatuses(), string(b.Status)) +
			" · " + t.staffName(b.LeadID) + t.overdueBy(b.DueOn, true))
		f.row(choice{"📋 " + b.Code + " " + x.DisplayName(), Plain, to(bookPlace(b.ID))})
	}
	f.arrows(at, page, pages)
	f.grid(filters)
	f.row(t.homeButton())
	return true
}

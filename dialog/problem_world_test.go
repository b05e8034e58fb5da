package dialog_test

import (
	"fmt"
	"slices"
	"testing"

	"zoufang/casework"
	"zoufang/dialog"
)

// secretaryUser is the account of the secretary of the member's branch.
const secretaryUser casework.UserID = 4001

// bindSecretary gives an account to the secretary of the member's branch.
func (w *world) bindSecretary() *phone {
	w.t.Helper()
	var who casework.Staff
	err := w.store.View(func(v dialog.View) error {
		member, _ := v.Staff(w.set.Member)
		for s := range v.AllStaff() {
			if s.Has(casework.BranchSecretary) && s.BranchID == member.BranchID && who.ID == 0 {
				who = s
			}
		}
		return nil
	})
	if err != nil || who.ID == 0 {
		w.t.Fatalf("the member's branch has no secretary: %v", err)
	}
	if who.Binding == casework.Bound {
		return w.add("secretary", who.User)
	}
	return w.bind("secretary", who, secretaryUser)
}

// problemByCode is the problem as it stands.
func (w *world) problemByCode(code string) (p casework.Problem) {
	w.t.Helper()
	err := w.store.View(func(v dialog.View) error {
		for q := range v.AllProblems() {
			if q.Code == code {
				p = q
			}
		}
		return nil
	})
	if err != nil || p.ID == 0 {
		w.t.Fatalf("no problem %s: %v", code, err)
	}
	return p
}

// newest is the problem put on the list last.
func (w *world) newestProblem() (p casework.Problem) {
	w.t.Helper()
	err := w.store.View(func(v dialog.View) error {
		for q := range v.AllProblems() {
			if q.ID > p.ID {
				p = q
			}
		}
		return nil
	})
	if err != nil || p.ID == 0 {
		w.t.Fatalf("no problem: %v", err)
	}
	return p
}

// acceptBook takes the task book that was drafted with the problem as far as being
// accepted, so that the problem can be resolved.
func (w *world) acceptBook(tb testing.TB, p casework.Problem) {
	tb.Helper()
	var book casework.TaskBook
	err := w.store.View(func(v dialog.View) error {
		for _, b := range v.TaskBooksOfProblem(p.ID) {
			book = b
		}
		return nil
	})
	if err != nil || book.Status != casework.TaskDraft {
		tb.Fatalf("no task book was drafted for %s: %+v, %v", p.Code, book, err)
	}
	var facts []casework.Fact
	from := casework.TaskDraft
	for _, step := range []casework.TaskBookMoved{
		{Act: casework.TaskIssue, To: casework.TaskIssued}, {Act: casework.TaskHandIn, To: casework.TaskSubmitted},
		{Act: casework.TaskAccept, To: casework.TaskAccepted},
	} {
		step.TaskBookID, step.From = book.ID, from
		from = step.To
		facts = append(facts, step)
	}
	w.apply(dialog.Input{Kind: dialog.Office, Cause: fmt.Sprint("book:", p.ID), Reached: w.now, Facts: facts})
}

// acts are the acts recorded of the problem, in their order.
func acts(p casework.Problem) []casework.ProblemAct {
	var out []casework.ProblemAct
	for _, s := range p.History {
		out = append(out, s.Act)
	}
	return slices.Clip(out)
}

// nameOf is what a person of the roster is called.
func (w *world) nameOf(id casework.StaffID) (name string) {
	w.t.Helper()
	err := w.store.View(func(v dialog.View) error {
		s, _ := v.Staff(id)
		name = s.Name
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return name
}

// external is what the first outside body of the roster is called.
func (w *world) external() string {
	w.t.Helper()
	name := ""
	err := w.store.View(func(v dialog.View) error {
		for _, u := range v.Units() {
			if u.Kind == casework.External && name == "" {
				name = u.Name
			}
		}
		return nil
	})
	if err != nil || name == "" {
		w.t.Fatalf("the roster has no outside body: %v", err)
	}
	return name
}

package dialog

import (
	"fmt"
	"slices"

	"zoufang/casework"
)

// The screens of task books and common issues. Stored by name: never rename.
const (
	bookScreen     Screen = "book"      // a board: one task book
	bookSayScreen  Screen = "book_say"  // words for a step of it, or for its draft
	booksScreen    Screen = "books"     // a list of task books
	bookRuleScreen Screen = "book_rule" // which problems need one
	issueScreen    Screen = "issue"     // a board: one common issue
	issueSayScreen Screen = "issue_say" // words for it
	issuesScreen   Screen = "issues"    // the list, and beginning a new one
)

// The verbs of task books and common issues. Stored by name: never rename.
const (
	writeBook    Verb = "write_book"    // draft one for the problem, or show the one there is
	bookPart     Verb = "book_part"     // another part of the book
	bookStep     Verb = "book_step"     // take the step in Path; the option is the phrase
	bookEdit     Verb = "book_edit"     // change the field in Path to the option
	bookLeave    Verb = "book_leave"    // from words back to the book
	bookFiles    Verb = "book_files"    // show what a measure's progress was proved with
	bookRule     Verb = "book_rule"     // turn the rule over
	gatherIssue  Verb = "gather"        // make an issue of the category in Query
	issueToggle  Verb = "issue_toggle"  // the problem belongs to it, or does not
	issueStep    Verb = "issue_step"    // take the issue to the state in Path
	issueLeave   Verb = "issue_leave"   // from words back to the issue
	issueForward Verb = "issue_forward" // the report as a message that can be passed on
)

// taskRoom is where task books and common issues are worked on.
func taskRoom() room {
	r := issueRoom()
	r.screens[bookSayScreen] = (*turn).drawBookSay
	r.screens[booksScreen] = (*turn).drawBooks
	r.screens[bookRuleScreen] = (*turn).drawBookRule
	r.boards[bookScreen] = board{bookName, (*turn).drawBook}
	r.verbs[writeBook] = (*turn).writeBook
	r.verbs[bookPart] = (*turn).bookPart
	r.verbs[bookStep] = (*turn).bookStep
	r.verbs[bookEdit] = (*turn).bookEdit
	r.verbs[bookLeave] = func(t *turn, _ Card, a Action) { t.leaveWords(bookPlace(a.Place.Book)) }
	r.verbs[bookFiles] = (*turn).bookFiles
	r.verbs[bookRule] = (*turn).turnBookRule
	r.texts[bookSayScreen] = (*turn).bookSaid
	r.files = map[Screen]func(*turn, casework.Attachment){bookSayScreen: (*turn).bookProof}
	r.commands["books"] = (*turn).openBooks
	r.commands["taskbooks"] = (*turn).openBookRule
	r.offers = append(r.offers,
		offer{"books", hasBooks},
		offer{"taskbooks", allowed(casework.SetTaskBooks)},
	)
	return r
}

// hasBooks reports whether the person can have to do with task books.
func hasBooks(s casework.Staff) bool {
	return casework.Allowed(s, casework.WorkBook) || casework.Allowed(s, casework.AcceptBook)
}

// bookName is the board's name: a chat has one for each task book.
func bookName(at Place) string { return fmt.Sprintf("book/%d", at.Book) }

func bookPlace(id casework.TaskBookID) Place { return Place{Screen: bookScreen, Book: id} }

// maySeeBook reports whether the person may see the task book: whoever may see one of
// its problems, or accepts it.
func (t *turn) maySeeBook(b casework.TaskBook) bool {
	x, _ := t.v.Target(b.TargetID)
	sub := t.subject(x)
	sub.Book = b
	return slices.ContainsFunc(b.ProblemIDs, func(id casework.ProblemID) bool {
		sub.Problem, _ = t.v.Problem(id)
		return casework.May(t.v, t.staff, casework.SeeProblem, sub) || casework.May(t.v, t.staff, casework.AcceptBook, sub)
	})
}

// taskBook is the task book, if the person may see it.
func (t *turn) taskBook(id casework.TaskBookID) (casework.TaskBook, bool) {
	b, ok := t.v.TaskBook(id)
	return b, ok && t.maySeeBook(b)
}

// leaveWords goes from a question for words back to the board it was asked from.
func (t *turn) leaveWords(at Place) {
	t.goTo(Place{Screen: homeScreen})
	t.pressedOn = Card{} // the board is a message of its own
	t.goTo(at)
}

// openBooks lists task books, or shows the one whose code was given.
func (t *turn) openBooks() {
	if !hasBooks(t.staff) {
		t.notice = t.w.say("command.unknown")
		t.draw()
		return
	}
	if t.in.Args != "" {
		for _, b := range t.booksWithin() {
			if isBookCode(b.Code, t.in.Args) {
				t.goTo(bookPlace(b.ID))
				return
			}
		}
		t.notice = t.w.say("books.unknown", "Code", clip(t.in.Args, 20))
	}
	t.goTo(Place{Screen: booksScreen})
}

// openBookRule shows which problems need a task book to whoever may say so.
func (t *turn) openBookRule() {
	if !casework.Allowed(t.staff, casework.SetTaskBooks) {
		t.notice = t.w.say("command.unknown")
		t.draw()
		return
	}
	t.goTo(Place{Screen: bookRuleScreen})
}

// drawBookRule shows which problems need a task book, to be turned over by a tap.
func (t *turn) drawBookRule(f *face) bool {
	if !casework.May(t.v, t.staff, casework.SetTaskBooks, casework.Subject{Today: t.today}) {
		return false
	}
	c, _ := t.v.Campaign()
	f.title(t.w.say("books.rule_title"))
	now, other := "all", "few"
	if c.FewTaskBooks {
		now, other = other, now
	}
	f.line(t.w.say("books.rule." + now))
	f.row(choice{t.w.say("button.rule_" + other), Primary, Action{Verb: bookRule, Option: other}})
	f.row(t.homeButton())
	return true
}

// turnBookRule records which problems need a task book from here on.
func (t *turn) turnBookRule(_ Card, a Action) {
	c, _ := t.v.Campaign()
	all := a.Option == "all"
	if casework.May(t.v, t.staff, casework.SetTaskBooks, casework.Subject{Today: t.today}) && all == c.FewTaskBooks {
		t.record(casework.TaskBooksFor{All: all}, t.today, "")
		t.toast("books.rule_set")
	}
	t.goTo(Place{Screen: bookRuleScreen})
}

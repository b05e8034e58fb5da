package casework

import (
	"slices"
	"unicode/utf8"

	"zoufang/form"
)

// How long the texts of a task book can be, in characters.
const (
	maxSituation = 300
	maxGoal      = 100
	minContent   = 5
	maxContent   = 200
	maxInKind    = 100
)

// WriteTaskBook says what changing the draft makes, or why it cannot be changed. A
// book that is not there yet is made; number, branch, level and target follow from
// its problems, which are of one target. A draft may be unfinished: what it needs
// is asked when it is issued. Whoever issues it may also change it while its lead asks
// something about it.
//
// A measure gets its number by its place, and is due no later than the book.
func WriteTaskBook(r Records, who Staff, b TaskBook, now Moment) ([]Fact, Refusal) {
	old, ok := r.TaskBook(b.ID)
	if b.ID == 0 {
		return nil, NotFound
	}
	if ok && old.Status != TaskDraft && !old.asked() {
		return nil, NotNow
	}
	problems, why := bookProblems(r, b)
	if why != "" {
		return nil, why
	}
	x, _ := r.Target(problems[0].TargetID)
	if !mayWrite(r, who, old, Subject{Target: x, Problem: problems[0], Book: old, Today: now.Today}) {
		return nil, NotYours
	}
	next := taskBookChange{old}
	next.fill(b)
	next.ID, next.TargetID = b.ID, x.ID
	if !ok {
		next.Code, next.Status = taskBookCode(r, problems[0]), TaskDraft
	}
	next.place(problems)
	next.tidyContent()
	if why := next.contentFits(); why != "" {
		return nil, why
	}
	next.History = nil
	return []Fact{TaskBookDrafted{TaskBook: next.TaskBook}}, ""
}

// mayWrite reports whether the person may write the book; a zero one is not there yet.
func mayWrite(r Records, who Staff, old TaskBook, sub Subject) bool {
	if old.asked() {
		return May(r, who, IssueBook, sub)
	}
	return May(r, who, WriteBook, sub)
}

// bookProblems are the problems that the book is about. They are open, of one target,
// and have no other book that is open.
func bookProblems(r Records, b TaskBook) ([]Problem, Refusal) {
	var list []Problem
	for _, id := range b.ProblemIDs {
		p, ok := r.Problem(id)
		switch {
		case !ok:
			return nil, NotFound
		case len(list) > 0 && p.TargetID != list[0].TargetID:
			return nil, NeedsOther
		case !p.Status.Open():
			return nil, NotNow
		}
		if other, ok := openBook(r, id); ok && other.ID != b.ID {
			return nil, NotNow
		}
		list = append(list, p)
	}
	if len(list) == 0 {
		return nil, NotFound
	}
	return list, ""
}

// openBook is the problem's task book that is neither accepted nor cancelled.
func openBook(r Records, p ProblemID) (TaskBook, bool) {
	for _, b := range r.TaskBooksOfProblem(p) {
		if b.Status.Open() {
			return b, true
		}
	}
	return TaskBook{}, false
}

// place says to which branch and level the book belongs: the highest of its problems.
func (b *taskBookChange) place(problems []Problem) {
	order := Levels()
	rank := func(l Level) int {
		return slices.IndexFunc(order, func(o form.Option) bool { return o.ID == string(l) })
	}
	b.BranchID, b.Level = problems[0].UnitID, problems[0].Level
	for _, p := range problems[1:] {
		if rank(p.Level) > rank(b.Level) {
			b.Level = p.Level
		}
	}
}

// tidyContent cleans the words, and makes the measures such as nobody worked on yet.
func (b *taskBookChange) tidyContent() {
	b.Situation, b.Goal = form.Clean(b.Situation), form.Clean(b.Goal)
	for i := range b.Measures {
		m := &b.Measures[i]
		m.No, m.Status, m.DoneOn, m.Progress = i+1, MeasureTodo, Date{}, nil
		m.Content, m.InKind = form.Clean(m.Content), form.Clean(m.InKind)
		if m.DueOn.IsZero() || m.DueOn.After(b.DueOn) {
			m.DueOn = b.DueOn
		}
	}
}

// contentFits says what of the content cannot be kept.
func (b TaskBook) contentFits() Refusal {
	switch {
	case !fits(b.Situation, 0, maxSituation) || !fits(b.Goal, 0, maxGoal):
		return NeedsText
	case !b.DueOn.IsZero() && b.DueOn.Before(b.StartOn):
		return NeedsDay
	case !distinct(b.Lacks, Lacks()):
		return NeedsWhy
	}
	for _, m := range b.Measures {
		if !fits(m.Content, minContent, maxContent) || !fits(m.InKind, 0, maxInKind) || m.Fund < 0 {
			return NeedsText
		}
		if !distinct([]string{m.Kind}, MeasureKinds()) || !distinct([]string{m.Fills}, Lacks()) {
			return NeedsWhy
		}
	}
	return ""
}

// distinct reports whether the tokens are in the dictionary, each once.
func distinct(tokens []string, d Dictionary) bool {
	for i, s := range tokens {
		known := slices.ContainsFunc(d, func(o form.Option) bool { return o.ID == s })
		if !known || slices.Contains(tokens[:i], s) {
			return false
		}
	}
	return true
}

// fits reports whether a clean text has a length within the bounds, in characters,
// and holds no private number.
func fits(text string, least, most int) bool {
	n := utf8.RuneCountInString(text)
	return n >= least && n <= most && form.FindPrivate(text) == ""
}

// unready says what keeps the draft from being issued on the day.
func (b TaskBook) unready(r Records, today Date) Refusal {
	switch {
	case b.Situation == "" || b.Goal == "" || len(b.Measures) == 0:
		return NeedsText
	case len(b.Lacks) == 0:
		return NeedsWhy
	case !works(r, b.LeadID):
		return NeedsOwner
	case b.DueOn.Before(today):
		return NeedsDay
	}
	for _, m := range b.Measures {
		switch {
		case !slices.Contains(b.Lacks, m.Fills):
			return NeedsWhy
		case !works(r, m.OwnerID):
			return NeedsOwner
		case m.DueOn.IsZero() || m.DueOn.After(b.DueOn):
			return NeedsDay
		}
	}
	return ""
}

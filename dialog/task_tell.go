package dialog

import (
	"slices"

	"zoufang/casework"
)

// renewBooks tells the people concerned what became of task books and common issues
// in this turn, and draws again the boards that show them. What is imported tells
// nobody.
func (t *turn) renewBooks() {
	if t.in.Kind == Office {
		return
	}
	t.notice = "" // it is said on the card that was pressed
	for _, e := range t.out.Events {
		switch f := e.Fact.(type) {
		case casework.TaskBookDrafted:
			t.renewBook(f.TaskBook.ID)
		case casework.TaskBookMoved:
			b, ok := t.v.TaskBook(f.TaskBookID)
			if !ok {
				continue
			}
			t.tellBook(b, t.bookHearers(b, f))
			t.renewBook(b.ID)
		case casework.IssueGathered:
			t.renewIssue(f.Issue.ID)
		case casework.IssueMoved:
			t.tellIssue(f)
			t.renewIssue(f.IssueID)
		default:
		}
	}
}

// bookHearers are who hears of a step: those whose turn it is next, and the lead of
// what others decided.
func (t *turn) bookHearers(b casework.TaskBook, f casework.TaskBookMoved) []casework.StaffID {
	lead := []casework.StaffID{casework.Acting(t.v, b.LeadID, t.today)}
	switch f.Act {
	case casework.TaskIssue:
		return t.bookWorkers(b, lead)
	case casework.TaskCancel:
		return t.bookWorkers(b, lead)
	case casework.TaskReply, casework.TaskGrantTime, casework.TaskRefuseTime, casework.TaskReturn:
		return lead
	case casework.TaskQuestion:
		return t.bookIssuers(b)
	case casework.TaskAskTime:
		return t.bookJudges(b, casework.TaskGrantTime)
	case casework.TaskHandIn:
		return t.bookJudges(b, casework.TaskAccept)
	case casework.TaskAccept:
		if b.Status == casework.TaskAccepted {
			return lead
		}
	case casework.TaskMeasure:
		open := slices.ContainsFunc(b.Measures, func(m casework.Measure) bool { return !m.Status.Settled() })
		if !open && f.Status.Settled() { // nothing is left but to hand it in
			return lead
		}
	case casework.TaskWrite, casework.TaskRead, casework.TaskAgree:
	}
	return nil
}

// bookWorkers are the lead and the owners of measures, or whoever stands in.
func (t *turn) bookWorkers(b casework.TaskBook, lead []casework.StaffID) []casework.StaffID {
	out := slices.Clone(lead)
	for _, m := range b.Measures {
		out = append(out, casework.Acting(t.v, m.OwnerID, t.today))
	}
	return out
}

// bookIssuers are who answers a question about the task book: who issued it, else the
// secretaries of its branch, else the office.
func (t *turn) bookIssuers(b casework.TaskBook) []casework.StaffID {
	can := func(s casework.Staff) bool {
		return canHear(s) && casework.WhyNotTask(t.v, s, b, casework.TaskReply, t.today) == ""
	}
	if s, ok := t.v.Staff(casework.Acting(t.v, b.IssuedBy, t.today)); ok && can(s) {
		return []casework.StaffID{s.ID}
	}
	return t.firstFitting(func(s casework.Staff) bool { return s.Has(casework.BranchSecretary) && can(s) }, can)
}

// bookJudges are who decides on the task book: the leaders of the target's group, or
// else the secretaries of its branch, or else the office; and the office as well
// where its own acceptance is needed.
func (t *turn) bookJudges(b casework.TaskBook, act casework.TaskAct) []casework.StaffID {
	can := func(s casework.Staff) bool {
		return canHear(s) && casework.WhyNotTask(t.v, s, b, act, t.today) == ""
	}
	x, _ := t.v.Target(b.TargetID)
	var out []casework.StaffID
	if g, ok := t.v.Group(x.GroupID); ok {
		for _, s := range t.leading(g) {
			if can(s) {
				out = append(out, s.ID)
			}
		}
	}
	office := func(s casework.Staff) bool { return s.Has(casework.Office) && can(s) }
	if len(out) == 0 {
		out = t.firstFitting(func(s casework.Staff) bool { return s.Has(casework.BranchSecretary) && can(s) }, office)
	}
	if act == casework.TaskAccept && b.NeedsOffice() {
		out = append(out, t.firstFitting(office)...)
	}
	return out
}

// firstFitting are the people who fit the first test that anybody fits.
func (t *turn) firstFitting(tests ...func(casework.Staff) bool) []casework.StaffID {
	for _, fits := range tests {
		var out []casework.StaffID
		for s := range t.v.AllStaff() {
			if fits(s) {
				out = append(out, s.ID)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

func canHear(s casework.Staff) bool { return s.Binding == casework.Bound && !s.Unreachable }

// tellBook shows the task book to people in a message of their own, each once a turn
// and never to who acted. What is urgent does not wait for the morning.
func (t *turn) tellBook(b casework.TaskBook, people []casework.StaffID) {
	urgent := slices.ContainsFunc(b.ProblemIDs, func(id casework.ProblemID) bool {
		p, ok := t.v.Problem(id)
		return ok && p.Urgency != casework.Normal
	})
	t.tellBoardTo(bookPlace(b.ID), people, !urgent, func(o *turn) bool { return o.maySeeBook(b) })
}

func (t *turn) tellBoardTo(at Place, people []casework.StaffID, bulk bool, may func(*turn) bool) {
	name := t.d.book.boards[at.Screen].name(at)
	for _, id := range people {
		who, ok := t.v.Staff(id)
		if !ok || id == t.staff.ID || !canHear(who) || t.drawn[boardKey{ChatID(who.User), name}] {
			continue
		}
		if o := t.as(who); may(o) {
			o.showBoard(at, false, bulk)
		}
	}
}

// renewBook draws the task book again for everybody who may have it before them.
func (t *turn) renewBook(id casework.TaskBookID) {
	b, ok := t.v.TaskBook(id)
	if !ok {
		return
	}
	people := t.bookWorkers(b, []casework.StaffID{b.LeadID, b.IssuedBy})
	for _, s := range b.History {
		people = append(people, s.By)
	}
	x, _ := t.v.Target(b.TargetID)
	if g, ok := t.v.Group(x.GroupID); ok {
		people = append(people, g.LeaderID, g.DeputyID)
	}
	for s := range t.v.AllStaff() {
		if s.Has(casework.Office) || s.Has(casework.BranchSecretary) && s.BranchID == b.BranchID {
			people = append(people, s.ID)
		}
	}
	t.renewFor(people, bookName(bookPlace(id)), func(at Place) bool { return at.Book == id })
}

// renewFor draws a board again for each of the people once.
func (t *turn) renewFor(people []casework.StaffID, name string, fits func(Place) bool) {
	slices.Sort(people)
	for _, id := range slices.Compact(people) {
		if who, ok := t.v.Staff(id); ok && who.User != 0 {
			t.renew(who, name, fits)
		}
	}
}

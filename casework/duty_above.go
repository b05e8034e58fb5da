package casework

import "slices"

// above are the duties that come from leading a group or branch, or from the office:
// to decide what others ask, and to look after what others are late with.
func (d *desk) above() {
	problems, books := d.reach()
	for _, p := range problems {
		d.decide(p)
		d.lateProblem(p)
	}
	for _, b := range books {
		d.decideBook(b)
		d.lateMeasures(b)
	}
}

// reach are the open problems and task books of the person's groups and branch; all of
// them for the office.
func (d *desk) reach() ([]Problem, []TaskBook) {
	if d.who.Has(Office) {
		return slices.Collect(d.r.OpenProblems(0)), slices.Collect(d.r.OpenTaskBooks(0))
	}
	var problems []Problem
	var books []TaskBook
	if d.who.Has(BranchSecretary) && d.who.BranchID != 0 {
		problems = slices.Collect(d.r.OpenProblems(d.who.BranchID))
		books = slices.Collect(d.r.OpenTaskBooks(d.who.BranchID))
	}
	for _, p := range d.ledProblems() {
		if slices.ContainsFunc(problems, func(o Problem) bool { return o.ID == p.ID }) {
			continue
		}
		problems = append(problems, p)
		for _, b := range d.r.TaskBooksOfProblem(p.ID) {
			known := slices.ContainsFunc(books, func(o TaskBook) bool { return o.ID == b.ID })
			if b.Status.Open() && !known {
				books = append(books, b)
			}
		}
	}
	return problems, books
}

// ledProblems are the open problems of the groups that the person leads today.
func (d *desk) ledProblems() []Problem {
	var out []Problem
	for _, x := range d.ledTargets() {
		if x.OpenIssues > 0 {
			out = append(out, slices.DeleteFunc(d.r.ProblemsOfTarget(x.ID), func(p Problem) bool { return !p.Status.Open() })...)
		}
	}
	return out
}

func (d *desk) ledTargets() []Target {
	var out []Target
	for _, g := range d.r.Groups() {
		if leads(d.r, d.who, Subject{Group: g.ID, Today: d.today}) {
			out = slices.AppendSeq(out, d.r.TargetsOfGroup(g.ID))
		}
	}
	return out
}

// decide adds what others wait for the person to decide about the problem.
func (d *desk) decide(p Problem) {
	switch {
	case p.Status == ProblemEscalated && p.Escalation != nil:
		if d.among(Receivers(d.r, p, p.Escalation.To, d.today)) {
			d.add(about(DutyRespond, p, p.Escalation.RespondBy))
		}
	case p.Status == ProblemRegistered:
		if d.first(TriageProblem, p, TaskBook{}, ladderLevels()) {
			d.add(about(DutyTriage, p, p.RaisedOn.AddDays(1)))
		}
	case p.Status == ProblemResolved && p.Unreached >= d.c.Params.NoAnswer:
		if d.may(StrikeProblem, p, TaskBook{}) {
			d.add(about(DutyStrike, p, d.today))
		}
	case p.Extension != nil:
		if d.first(ManageProblem, p, TaskBook{}, ladderLevels(), p.Extension.By) {
			d.add(about(DutyTime, p, DateOf(p.Extension.At, d.zone)))
		}
	}
}

// ladderLevels are the levels that decide, from below.
func ladderLevels() []Level { return []Level{LevelGroup, LevelBranch, LevelBureau} }

// first reports whether the person is among the first to decide: those of the lowest
// of the levels that has somebody with the right who is not left out.
func (d *desk) first(a Act, p Problem, b TaskBook, levels []Level, but ...StaffID) bool {
	sub := subjectOf(d.r, p, b, d.today)
	for _, l := range levels {
		can := slices.DeleteFunc(Receivers(d.r, p, l, d.today), func(s Staff) bool {
			return slices.Contains(but, s.ID) || !May(d.r, s, a, sub)
		})
		if len(can) > 0 {
			return d.among(can)
		}
	}
	return false
}

func (d *desk) among(people []Staff) bool {
	return slices.ContainsFunc(people, func(s Staff) bool { return s.ID == d.who.ID })
}

// decideBook adds what others wait for the person to decide about the task book.
func (d *desk) decideBook(b TaskBook) {
	p := firstProblem(d.r, b)
	issuers := ladderLevels()[1:]
	switch {
	case b.Status == TaskDraft:
		if d.first(IssueBook, p, b, issuers) {
			d.add(bookDuty(DutyIssue, d.r, b, AddWorkdays(d.r, b.MovedOn, issueDays)))
		}
	case b.Status == TaskSubmitted:
		if d.judges(p, b) {
			d.add(bookDuty(DutyJudge, d.r, b, AddWorkdays(d.r, b.HandedInOn, judgeDays)))
		}
	case b.Question != "":
		if d.first(IssueBook, p, b, issuers) {
			d.add(bookDuty(DutyReply, d.r, b, AddWorkdays(d.r, b.MovedOn, issueDays)))
		}
	}
	if b.Extension != nil && d.first(AcceptBook, p, b, ladderLevels(), b.Extension.By) {
		d.add(bookDuty(DutyTime, d.r, b, DateOf(b.Extension.At, d.zone)))
	}
}

// judges reports whether the book waits for the person's acceptance.
func (d *desk) judges(p Problem, b TaskBook) bool {
	done := b.decided()
	if b.NeedsOffice() && b.ByOffice == nil && d.may(AcceptBookForOffice, p, b) && !slices.Contains(done, d.who.ID) {
		return true
	}
	return b.ByLeader == nil && d.first(AcceptBook, p, b, ladderLevels(), done...)
}

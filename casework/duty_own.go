package casework

import "slices"

// ownWork are the problems and task books that the person works on today, those of
// people stood in for included.
func (d *desk) ownWork() {
	books := map[TaskBookID]bool{}
	take := func(list []TaskBook) {
		for _, b := range list {
			if b.Status.Open() && !books[b.ID] {
				books[b.ID] = true
				d.ownBook(b)
			}
		}
	}
	for _, giver := range givers(d.r, d.who.ID, d.today) {
		if Acting(d.r, giver, d.today) != d.who.ID {
			continue
		}
		take(d.r.TaskBooksOfStaff(giver))
		for _, p := range d.r.ProblemsOfStaff(giver) {
			if !p.Status.Open() {
				continue
			}
			take(d.r.TaskBooksOfProblem(p.ID))
			d.ownProblem(p)
		}
	}
}

func (d *desk) ownProblem(p Problem) {
	v, ok := workOn(d.r, d.c, p, d.today)
	if !ok {
		return
	}
	right := WorkProblem
	if v.Kind == DutyWrite {
		right = WriteBook
	}
	if d.may(right, p, TaskBook{}) && !d.covered(v) {
		d.add(v)
	}
}

// covered reports whether the person has something to do in the problem's task book
// by the same day, which says better what solving it takes.
func (d *desk) covered(v Duty) bool {
	return (v.Kind == DutySolve || v.Kind == DutyProgress) && slices.ContainsFunc(d.out, func(o Duty) bool {
		return o.Book != 0 && o.Problem == v.Problem && !o.Due.After(v.Due)
	})
}

// workOn is what the owner has to do about the problem today: to take it up, to write
// its task book, to solve it, to say how far it is, or to ask the outside body.
func workOn(r Records, c Campaign, p Problem, today Date) (Duty, bool) {
	switch p.Status {
	case ProblemPending:
		due := AddWorkdays(r, waitingSince(p), c.Params.FirstResponse)
		if !p.DueOn.IsZero() && p.DueOn.Before(due) {
			due = p.DueOn
		}
		return about(DutyAccept, p, due), true
	case ProblemDoing:
		return carryOn(r, c, p, today)
	case ProblemTransferred:
		due := p.MovedOn.AddDays(c.Params.TransferNudge)
		return about(DutyReceipt, p, due), !due.After(today)
	case ProblemRegistered, ProblemEscalated, ProblemOnHold, ProblemResolved, ProblemClosed, ProblemMerged, ProblemInvalid:
	}
	return Duty{}, false
}

// carryOn is what the owner has to do about a problem in hand. Work on its task book
// breaks the silence as well.
func carryOn(r Records, c Campaign, p Problem, today Date) (Duty, bool) {
	books := slices.DeleteFunc(r.TaskBooksOfProblem(p.ID), func(b TaskBook) bool { return b.Status == TaskCancelled })
	if len(books) == 0 && NeedsTaskBook(c, p) {
		return about(DutyWrite, p, AddWorkdays(r, p.RaisedOn, writeDays)), true
	}
	if isSoon(c.Params, p.DueOn, today) {
		return about(DutySolve, p, p.DueOn), true
	}
	for _, b := range books {
		if b.MovedOn.After(p.MovedOn) {
			p.MovedOn = b.MovedOn
		}
	}
	return about(DutyProgress, p, p.MovedOn.AddDays(c.Params.Stale)), p.Silent(c.Params, today)
}

// waitingSince is since when the problem waits for its owner: the day it was raised,
// or came to this owner.
func waitingSince(p Problem) Date {
	for _, step := range slices.Backward(p.History) {
		if step.Act == SendBack || step.Act == Hand {
			return step.On
		}
	}
	return p.RaisedOn
}

// ownBook is what the person has to do about the open book today.
func (d *desk) ownBook(b TaskBook) {
	head := heads(d.r, d.who.ID, b, d.today)
	settled := !slices.ContainsFunc(b.Measures, func(m Measure) bool { return !m.Status.Settled() })
	switch b.Status {
	case TaskIssued:
		if head && b.AgreedAt.IsZero() && b.Question == "" {
			d.addOwn(bookDuty(DutyRead, d.r, b, AddWorkdays(d.r, b.IssuedOn, agreeDays)), b)
			return
		}
	case TaskDoing, TaskReturned:
		if head && settled {
			d.addOwn(bookDuty(DutyHandIn, d.r, b, b.DueOn), b)
			return
		}
	case TaskDraft, TaskSubmitted, TaskAccepted, TaskCancelled:
		return
	}
	for _, m := range dueMeasures(d.c.Params, b, d.today) {
		if doerOf(d.r, b, m, d.today) == d.who.ID {
			d.addOwn(measureDuty(d.r, b, m), b)
		}
	}
}

func (d *desk) addOwn(v Duty, b TaskBook) {
	if mayOnBook(d.r, d.who, WorkBook, b, d.today) {
		d.add(v)
	}
}

// dueMeasures are those of a book being carried out that are due soon, or overdue.
func dueMeasures(params Params, b TaskBook, today Date) []Measure {
	switch b.Status {
	case TaskIssued, TaskDoing, TaskReturned:
		return slices.DeleteFunc(slices.Clone(b.Measures), func(m Measure) bool {
			return m.Status.Settled() || !isSoon(params, m.DueOn, today)
		})
	case TaskDraft, TaskSubmitted, TaskAccepted, TaskCancelled:
	}
	return nil
}

// doerOf is who works on the measure on the day: its owner, or whoever stands in; the
// book's lead if the owner has no rights any more.
func doerOf(r Records, b TaskBook, m Measure, today Date) StaffID {
	if works(r, m.OwnerID) {
		return Acting(r, m.OwnerID, today)
	}
	return Acting(r, b.LeadID, today)
}

func measureDuty(r Records, b TaskBook, m Measure) Duty {
	v := bookDuty(DutyMeasure, r, b, m.DueOn)
	v.Measure = m.No
	return v
}

// maxReturned is how many of the newest visits are looked through for remarks.
const maxReturned = 48

// ownVisits are the records that were sent back to the person.
func (d *desk) ownVisits() {
	for _, v := range d.r.VisitsOfStaff(d.who.ID, maxReturned) {
		if v.Return == nil {
			continue
		}
		x, _ := d.r.Target(v.TargetID)
		if !May(d.r, d.who, CorrectVisit, Subject{Target: x, Visit: v, Today: d.today}) {
			continue
		}
		due := AddWorkdays(d.r, DateOf(v.Return.At, d.zone), correctDays)
		d.add(Duty{Kind: DutyCorrect, Target: v.TargetID, Visit: v.ID, Due: due})
	}
}

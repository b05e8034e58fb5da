package casework

import "slices"

// fill fills in what follows from the step besides the state.
func (s stepper) fill(m *ProblemMoved) {
	// The level of a step is asked for when it is passed up, and else follows.
	if m.Act != Escalate {
		m.Level = ""
	}
	if m.Act != Triage && m.Act != Hand {
		m.OwnerID = 0
	}
	switch m.Act {
	case TakeUp:
		up := *s.p.Escalation
		m.Level, m.OwnerID = up.To, s.who.ID
		m.Until = later(up.RespondBy, s.dueAt(up.To))
	case Answer, SendBack:
		m.Until = later(s.p.Escalation.DueOn, s.dueAt(LevelGroup))
	case Resume:
		m.Until = Date{}
		if on := s.p.putOffOn(); !on.IsZero() && !s.p.DueOn.IsZero() {
			m.Until = s.p.DueOn.AddDays(max(0, s.today.DaysSince(on)))
		}
	case Reopen:
		m.Until = later(s.p.DueOn, s.dueAt(s.p.Level))
	case Mark:
		m.Until = Date{}
		if m.Urgency != "" && m.Urgency != s.p.Urgency {
			m.Until = s.p.RaisedOn.AddDays(s.params.DueDays(s.p.Level, m.Urgency))
		}
	case Escalate, PutOff, AskTime, GrantTime: // they give the day themselves
	case Triage, Accept, Progress, AskAtVisit, MoveOut, Receipt, Resolve, AskBack, StrikeUnreached, Merge, Invalidate,
		RefuseTime, Comment, Hand:
		m.Until = Date{}
	}
}

// dueAt is the day by which the level has to solve what it begins with today.
func (s stepper) dueAt(l Level) Date { return s.today.AddDays(s.params.DueDays(l, s.p.Urgency)) }

// putOffOn is the day on which the problem was put on hold; zero if the ledger does
// not tell.
func (p Problem) putOffOn() Date {
	for _, h := range slices.Backward(p.History) {
		if h.Act == PutOff {
			return h.On
		}
	}
	return Date{}
}

// also are the facts that come with the step.
func (s stepper) also(m ProblemMoved) []Fact {
	if m.To != ProblemMerged && m.To != ProblemInvalid {
		return nil
	}
	facts := s.dropBooks()
	if other, ok := s.r.Problem(m.Into); ok && m.Act == Merge {
		facts = append(facts, ProblemMoved{
			ProblemID: other.ID, Act: Comment, From: other.Status, To: other.Status, Text: s.p.Code,
		})
	}
	return facts
}

// dropBooks cancels the open task books that are about this problem alone.
func (s stepper) dropBooks() []Fact {
	var out []Fact
	for _, b := range s.r.TaskBooksOfProblem(s.p.ID) {
		if b.Status.Open() && len(b.ProblemIDs) == 1 {
			out = append(out, TaskBookMoved{TaskBookID: b.ID, Act: TaskCancel, From: b.Status, To: TaskCancelled, Text: s.p.Code})
		}
	}
	return out
}

// askedBack is what becomes of a problem that is said to be solved when its people
// are asked: m says how they were asked, and what they answered. If they are content
// it is struck off, or waits for its task book to be accepted; if they are not it
// is taken up again, and the second time it goes up a level.
func askedBack(r Records, p Problem, m ProblemMoved, today Date) []Fact {
	s := newStepper(r, Staff{}, p, today)
	m.ProblemID, m.Act, m.From, m.To = p.ID, AskBack, ProblemResolved, ProblemClosed
	if m.Satisfaction != NotSatisfied {
		if openBooks(r, p.ID) > 0 {
			m.To = ProblemResolved
		}
		return []Fact{m}
	}
	m.To = ProblemDoing
	m.Until = later(p.DueOn, s.dueAt(p.Level))
	facts := []Fact{m}
	if up := p.Level.oneUp(); p.Reopened+1 >= reopenedTwice && len(up) > 0 {
		facts = append(facts, ProblemMoved{
			ProblemID: p.ID, Act: Escalate, From: ProblemDoing, To: ProblemEscalated,
			Level: up[0], Why: whyReopened, Until: s.dueAt(up[0]),
		})
	}
	return facts
}

// reopenedTwice is after how many reopenings a problem goes up by itself.
const reopenedTwice = 2

// CloseAfterBook strikes the problem off when its task book has just been accepted,
// if its people said before that they are content. It does nothing while another
// task book is open: r may still have the accepted one as handed in.
func CloseAfterBook(r Records, p Problem) []Fact {
	handedIn := 0
	for _, b := range r.TaskBooksOfProblem(p.ID) {
		switch {
		case b.Status == TaskSubmitted:
			handedIn++
		case b.Status.Open():
			return nil
		}
	}
	if handedIn > 1 || p.Status != ProblemResolved || !p.pleased() {
		return nil
	}
	return []Fact{ProblemMoved{
		ProblemID: p.ID, Act: AskBack, From: ProblemResolved, To: ProblemClosed, Satisfaction: p.Satisfaction,
	}}
}

// pleased reports whether the people are content with the solution that holds.
func (p Problem) pleased() bool {
	for _, h := range slices.Backward(p.History) {
		switch h.Act {
		case AskBack:
			n, _ := h.Satisfaction.counts()
			return n > 0
		case Resolve, Reopen:
			return false
		default:
		}
	}
	return false
}

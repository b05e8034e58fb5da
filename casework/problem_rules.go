package casework

import "slices"

// stepper looks at one problem through the eyes of one person on one day.
type stepper struct {
	r      Records
	params Params
	camp   Campaign
	who    Staff // zero: the program
	p      Problem
	x      Target
	today  Date
}

func newStepper(r Records, who Staff, p Problem, today Date) stepper {
	c, _ := r.Campaign()
	x, _ := r.Target(p.TargetID)
	return stepper{r: r, params: c.Params, camp: c, who: who, p: p, x: x, today: today}
}

// MoveProblem says what becomes of a problem when the person takes the step m, or
// why it cannot be taken. The fact that comes first is m itself with From, To and
// what else follows filled in; after it may come others: a word at the
// problem merged into, the task book that a problem needs when it gets its
// owner. The rules and rights are those of [ProblemMoves].
//
// What is filled in: the owner and level of what is taken up above, and the new day
// due wherever a step changes it.
//
// A zero who is the program: it triages and resumes.
func MoveProblem(r Records, who Staff, m ProblemMoved, now Moment, ids *Minter) ([]Fact, Refusal) {
	p, ok := r.Problem(m.ProblemID)
	if !ok {
		return nil, NotFound
	}
	s := newStepper(r, who, p, now.Today)
	if why := s.whyNot(m.Act); why != "" {
		return nil, why
	}
	m = m.cleaned()
	if why := s.check(&m); why != "" {
		return nil, why
	}
	row, ok := moveFor(m.Act, p.Status, s.asked(m))
	if !ok || !s.may(row) {
		return nil, NotYours
	}
	m.From, m.To = p.Status, row.To
	if m.To == "" {
		m.To = p.Status
	}
	s.fill(&m)
	facts := append([]Fact{m}, s.also(m)...)
	if m.Act == Triage && s.wantsBook() {
		p.OwnerID, p.Status = m.OwnerID, m.To
		followOwner(&p, r)
		facts = append(facts, TaskBookDrafted{TaskBook: DraftTaskBook(r, p, now, ids)})
	}
	return facts, ""
}

// asked is the level that decides about the right to the step.
func (s stepper) asked(m ProblemMoved) Level {
	if s.p.Escalation != nil {
		return s.p.Escalation.To
	}
	return m.Level
}

// may reports whether the row's right is the person's. What an owner does is not
// done by those who only follow, unless an outside body has the problem.
func (s stepper) may(row Move) bool {
	if s.who.ID == 0 {
		return row.Act == Triage || row.Act == Resume
	}
	sub := Subject{Target: s.x, Problem: s.p, Today: s.today}
	if row.By != SeeProblem && s.p.Status != ProblemTransferred {
		sub.Problem.Followers = nil
	}
	return row.By != "" && May(s.r, s.who, row.By, sub)
}

// OfferedSteps are the acts that the person could take on the problem today, in
// the order of [ProblemActs]: state and rights allow them, and only words, days
// and choices are missing.
func OfferedSteps(r Records, who Staff, p Problem, today Date) []ProblemAct {
	s := newStepper(r, who, p, today)
	return slices.DeleteFunc(ProblemActs(), func(a ProblemAct) bool { return s.whyNot(a) != "" })
}

// WhyNot says why the person cannot take the act today, whatever is filled in;
// empty: something filled in will do.
func WhyNot(r Records, who Staff, p Problem, act ProblemAct, today Date) Refusal {
	return newStepper(r, who, p, today).whyNot(act)
}

func (s stepper) whyNot(act ProblemAct) Refusal {
	if s.x.ID == 0 {
		return NotFound
	}
	rows := slices.DeleteFunc(ProblemMoves(), func(m Move) bool {
		return m.Act != act || !slices.Contains(m.From, s.p.Status)
	})
	if len(rows) == 0 {
		return NotNow
	}
	switch {
	case act == Escalate:
		if len(s.p.above()) == 0 {
			return OneLevel
		}
		if len(s.passable()) == 0 {
			return NotYours
		}
	case act == TakeUp || act == Answer || act == SendBack:
		row, ok := moveFor(act, s.p.Status, s.asked(ProblemMoved{}))
		if !ok || !s.may(row) {
			return NotYours
		}
	case !s.may(rows[0]):
		return NotYours
	}
	return s.hinders(act)
}

// hinders is what stands in the way of an act that state and rights allow.
func (s stepper) hinders(act ProblemAct) Refusal {
	switch act {
	case Triage, Hand:
		return s.hindersOwner()
	case Resolve:
		return s.hindersResolving()
	case AskTime, GrantTime, RefuseTime:
		return s.hindersTime(act)
	case StrikeUnreached:
		if s.p.Unreached < s.params.NoAnswer {
			return TooFew
		}
		if openBooks(s.r, s.p.ID) > 0 {
			return BookOpen
		}
	case Reopen:
		if s.today.DaysSince(s.p.ClosedOn) > s.params.ReopenDays {
			return TooLate
		}
	case Merge:
		if len(s.others()) == 0 {
			return NeedsOther
		}
	case MoveOut:
		if !slices.ContainsFunc(s.r.Units(), Unit.outside) {
			return NeedsUnit
		}
	case Accept, Progress, AskAtVisit, Escalate, TakeUp, Answer, SendBack, Receipt, PutOff, Resume, AskBack,
		Invalidate, Comment, Mark:
	}
	return ""
}

func (s stepper) hindersOwner() Refusal {
	if s.who.ID == 0 {
		return ""
	}
	// A problem that is to be handed on needs somebody else.
	others := slices.DeleteFunc(Owners(s.r, s.p, s.today), func(o Staff) bool {
		return s.p.Status != ProblemRegistered && o.ID == s.p.OwnerID
	})
	if len(others) == 0 {
		return NeedsOwner
	}
	return ""
}

func (s stepper) hindersResolving() Refusal {
	switch {
	case openBooks(s.r, s.p.ID) > 0:
		return BookOpen
	case s.wantsBook():
		return BookMissing
	}
	return ""
}

func (s stepper) hindersTime(act ProblemAct) Refusal {
	switch {
	case act == RefuseTime && s.p.Extension == nil:
		return NotNow
	case act == RefuseTime:
		return ""
	case s.p.Extensions >= s.params.Extensions:
		return TooOften
	case act == AskTime:
		return ""
	// Whoever works on it would grant it to themselves.
	case s.p.OwnerID == s.who.ID, s.p.Extension != nil && s.p.Extension.By == s.who.ID:
		return OwnAsking
	}
	return ""
}

// wantsBook reports whether the problem needs a task book and has none that was
// not cancelled.
func (s stepper) wantsBook() bool {
	return NeedsTaskBook(s.camp, s.p) && !slices.ContainsFunc(s.r.TaskBooksOfProblem(s.p.ID), func(b TaskBook) bool {
		return b.Status != TaskCancelled
	})
}

// openBooks is how many task books of the problem are not done.
func openBooks(r Records, p ProblemID) int {
	n := 0
	for _, b := range r.TaskBooksOfProblem(p) {
		if b.Status.Open() {
			n++
		}
	}
	return n
}

// others are the open problems that this one could be joined to.
func (s stepper) others() []Problem {
	return slices.DeleteFunc(openOf(s.r, s.p.TargetID), func(o Problem) bool { return o.ID == s.p.ID })
}

// outside reports whether problems can be given to the unit for good.
func (u Unit) outside() bool { return u.Kind == External || u.Kind == DistrictBureau }

// passable are the levels that the person can pass the problem up to.
func (s stepper) passable() []Level {
	return slices.DeleteFunc(s.p.above(), func(l Level) bool {
		row, ok := moveFor(Escalate, s.p.Status, l)
		return !ok || !s.may(row)
	})
}

// Above are the levels that the problem can be passed up to by the person: the
// next one up, and those beyond it in an emergency.
func Above(r Records, who Staff, p Problem, today Date) []Level {
	return newStepper(r, who, p, today).passable()
}

package casework

import (
	"slices"
	"unicode/utf8"

	"zoufang/form"
)

// The lengths that words may have, and how many days ahead an answer or a new day
// due may lie.
const (
	shortestWord     = 2
	shortestProgress = 5
	shortestSolution = 10
	longestWord      = 300
	longestSolution  = 500
	longestDays      = 60
	answerWorkdays   = 3
)

// cleaned is the step with its words as they may be stored.
func (m ProblemMoved) cleaned() ProblemMoved {
	m.Text = form.Clean(m.Text)
	return m
}

// check says what is missing or wrong in what is filled in. Days that go without
// saying are filled in.
func (s stepper) check(m *ProblemMoved) Refusal {
	if why := s.checkText(m); why != "" {
		return why
	}
	switch m.Act {
	case Triage, Hand:
		return s.checkOwner(*m)
	case Escalate:
		return s.checkEscalation(m)
	case MoveOut:
		if u, ok := s.r.Unit(m.UnitID); !ok || !u.outside() {
			return NeedsUnit
		}
	case PutOff:
		if !m.Told {
			return NeedsTelling
		}
		return between(m.Until, s.today.AddDays(1), s.today.AddDays(s.params.HoldDays))
	case Resolve:
		return s.checkSolution(*m)
	case AskTime, GrantTime:
		return s.checkTime(m)
	case Merge:
		if !slices.ContainsFunc(s.others(), func(o Problem) bool { return o.ID == m.Into }) {
			return NeedsOther
		}
	case Mark:
		return s.checkMark(*m)
	case Accept, Progress, AskAtVisit, TakeUp, Answer, SendBack, Receipt, Resume, AskBack, StrikeUnreached,
		Invalidate, Reopen, RefuseTime, Comment:
	}
	return ""
}

// checkText refuses words that are too short or too long, or hold a number that
// belongs to a person.
func (s stepper) checkText(m *ProblemMoved) Refusal {
	low, high := shortestWord, longestWord
	switch m.Act {
	case Progress:
		low = shortestProgress
	case Resolve:
		low, high = shortestSolution, longestSolution
	default:
	}
	row, _ := moveFor(m.Act, s.p.Status, s.asked(*m))
	granted := m.Act == GrantTime && s.p.Extension != nil
	n := utf8.RuneCountInString(m.Text)
	switch {
	case n == 0 && (granted || !slices.Contains(row.Needs, NeedsText)):
		return ""
	case n < low || n > high || form.FindPrivate(m.Text) != "":
		return NeedsText
	}
	return ""
}

func (s stepper) checkOwner(m ProblemMoved) Refusal {
	o, ok := s.r.Staff(m.OwnerID)
	switch {
	case !ok || !works(s.r, o.ID), s.who.ID != 0 && !o.canOwn():
		return NeedsOwner
	case m.Act == Hand && o.ID == s.p.OwnerID:
		return NoChange
	}
	return ""
}

func (s stepper) checkEscalation(m *ProblemMoved) Refusal {
	if m.Until.IsZero() {
		m.Until = AddWorkdays(s.r, s.today, answerWorkdays)
	}
	switch {
	case !slices.Contains(s.p.above(), m.Level):
		return OneLevel
	case !slices.Contains(s.passable(), m.Level):
		return NotYours
	case !has(EscalationReasons(), m.Why):
		return NeedsWhy
	}
	return between(m.Until, s.today, s.today.AddDays(longestDays))
}

func (s stepper) checkSolution(m ProblemMoved) Refusal {
	switch {
	case !has(Resolutions(), m.Why):
		return NeedsWhy
	case mustTell(m.Why) && !m.Told:
		return NeedsTelling
	case s.p.Level.high() && len(m.Files) == 0 && !s.shown():
		return NeedsProof
	}
	return ""
}

// shown reports whether what was done is shown already: in a task book that was
// accepted, or by a file that came with progress since the problem was raised or
// reopened.
func (s stepper) shown() bool {
	if slices.ContainsFunc(s.r.TaskBooksOfProblem(s.p.ID), func(b TaskBook) bool { return b.Status == TaskAccepted }) {
		return true
	}
	for _, h := range slices.Backward(s.p.History) {
		if h.From.settled() && !h.To.settled() {
			return false
		}
		if h.Act == Progress && len(h.Files) > 0 {
			return true
		}
	}
	return false
}

func (s stepper) checkTime(m *ProblemMoved) Refusal {
	if m.Act == GrantTime && m.Until.IsZero() && s.p.Extension != nil {
		m.Until = s.p.Extension.Until
	}
	first := s.today
	if s.p.DueOn.After(first) {
		first = s.p.DueOn
	}
	last := s.today.AddDays(longestDays)
	if m.Act == GrantTime && s.p.Extension != nil && m.Until == s.p.Extension.Until {
		last = m.Until // it was right when it was asked for
	}
	return between(m.Until, first.AddDays(1), last)
}

func (s stepper) checkMark(m ProblemMoved) Refusal {
	p := s.p
	markAs(&p, m)
	unknown := m.Category != "" && familyOf(m.Category) == "" ||
		m.Urgency != "" && !has(Urgencies(), string(m.Urgency)) ||
		slices.ContainsFunc(m.Lacks, func(l string) bool { return !has(Lacks(), l) })
	switch {
	case unknown:
		return NeedsWhy
	case p.Category == s.p.Category && slices.Equal(p.Lacks, s.p.Lacks) && p.Urgency == s.p.Urgency && p.Common == s.p.Common:
		return NoChange
	}
	return ""
}

// has reports whether the token is a value of the dictionary.
func has(d Dictionary, token string) bool {
	return slices.ContainsFunc(d, func(o form.Option) bool { return o.ID == token })
}

func between(d, first, last Date) Refusal {
	if d.IsZero() || d.Before(first) || d.After(last) {
		return NeedsDay
	}
	return ""
}

// later is the later of two days.
func later(a, b Date) Date {
	if a.After(b) {
		return a
	}
	return b
}

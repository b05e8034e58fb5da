package dialog

import (
	"cmp"
	"maps"
	"slices"

	"zoufang/casework"
)

// letters are what people are to hear of one turn's steps: each person gets one card
// for each problem, with what happened last on top.
type letters map[casework.ProblemID]map[casework.StaffID]casework.ProblemMoved

func (l letters) add(m casework.ProblemMoved, who ...casework.StaffID) {
	if l[m.ProblemID] == nil {
		l[m.ProblemID] = map[casework.StaffID]casework.ProblemMoved{}
	}
	for _, id := range who {
		l[m.ProblemID][id] = m
	}
}

// tellSteps shows the problems' cards to those whom the steps recorded since the
// first one named concern, but for who took them.
func (t *turn) tellSteps(first int) {
	told := letters{}
	for _, e := range t.out.Events[first:] {
		if m, ok := e.Fact.(casework.ProblemMoved); ok {
			if p, ok := t.v.Problem(m.ProblemID); ok {
				told.add(m, t.concerned(p, m)...)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(told)) {
		p, _ := t.v.Problem(id)
		for _, who := range slices.Sorted(maps.Keys(told[id])) {
			t.tellProblem(who, p, t.toldWords(p, told[id][who]))
		}
	}
}

// concerned are those who hear of a step of the problem, as it stands afterwards.
func (t *turn) concerned(p casework.Problem, m casework.ProblemMoved) []casework.StaffID {
	owner := casework.OwnerOf(t.v, p, t.today)
	before, _ := t.v.view.Problem(p.ID)
	var out []casework.StaffID
	receivers := func(l casework.Level) {
		for _, s := range casework.Receivers(t.v, p, l, t.today) {
			out = append(out, s.ID)
		}
	}
	switch m.Act {
	case casework.Triage, casework.Hand, casework.MoveOut, casework.Receipt, casework.PutOff, casework.Resume, casework.Resolve,
		casework.StrikeUnreached, casework.Invalidate, casework.AskBack, "":
		out = append(out, owner)
	case casework.Escalate:
		receivers(m.Level)
		out = append(out, owner)
	case casework.TakeUp, casework.Answer, casework.SendBack:
		out = append(out, owner, before.OwnerID)
		if before.Escalation != nil {
			out = append(out, before.Escalation.By)
		}
	case casework.Merge, casework.Reopen:
		out = append(append(out, owner), p.Followers...)
	case casework.AskTime:
		for _, l := range []casework.Level{casework.LevelGroup, p.Level} {
			receivers(l)
		}
		out = slices.DeleteFunc(out, func(id casework.StaffID) bool {
			s, _ := t.v.Staff(id)
			return casework.WhyNot(t.v, s, p, casework.GrantTime, t.today) != ""
		})
	case casework.GrantTime, casework.RefuseTime:
		out = append(out, owner)
		if before.Extension != nil {
			out = append(out, before.Extension.By)
		}
	case casework.Accept, casework.Progress, casework.AskAtVisit, casework.Comment, casework.Mark:
	}
	return out
}

// tellProblem shows the problem's card to somebody else, with words on top. What is
// not urgent waits until it disturbs nobody.
func (t *turn) tellProblem(who casework.StaffID, p casework.Problem, words func(*turn) string) {
	s, ok := t.v.Staff(who)
	if !ok || s.Binding != casework.Bound || s.Unreachable || s.ID == t.staff.ID {
		return
	}
	o := t.as(s)
	if _, ok := o.problem(p.ID); !ok {
		return
	}
	o.notice = words(o)
	o.showBoard(problemPlace(p.ID), false, p.Urgency == casework.Normal)
}

// toldWords say who took which step, in the language of who is told.
func (t *turn) toldWords(p casework.Problem, m casework.ProblemMoved) func(*turn) string {
	by := ""
	if t.staff.ID != 0 && t.in.Kind != Ticked {
		by = t.staff.Name
	}
	return func(o *turn) string {
		who := by
		if who == "" {
			who = o.w.say("step.program")
		}
		key := "told." + string(cmp.Or(m.Act, casework.AskBack))
		if m.Act == casework.Escalate && casework.WhyNot(o.v, o.staff, p, casework.Answer, o.today) != "" {
			key = "told.escalated" // not the one who has to answer
		}
		return o.w.say(key, "Who", who, "Code", p.Code)
	}
}

// tellRaised shows new problems to the leaders who have to say whose they are: what
// cannot wait at once, the rest when it disturbs nobody.
func (t *turn) tellRaised(x casework.Target, raised []casework.Problem) {
	for _, p := range raised {
		if p.Status == casework.ProblemResolved {
			continue
		}
		for _, who := range t.alarmed(x.GroupID) {
			t.tellProblem(who.ID, p, func(o *turn) string {
				return o.w.say("alarm."+string(p.Urgency), "Code", p.Code, "Target", x.Code+" "+x.DisplayName(), "Who", t.staff.Name)
			})
		}
	}
}

// renewProblems draws again every card of a problem that the turn's events are about,
// whoever has it.
func (t *turn) renewProblems() {
	var changed []casework.ProblemID
	for _, e := range t.out.Events {
		for _, id := range t.aboutProblems(e.Fact) {
			if !slices.Contains(changed, id) {
				changed = append(changed, id)
			}
		}
	}
	if len(changed) == 0 {
		return
	}
	t.notice = "" // it is said on the card that was pressed
	for who := range t.v.AllStaff() {
		for _, id := range changed {
			t.renew(who, problemBoard(problemPlace(id)), func(at Place) bool { return at.Problem == id })
		}
	}
}

// aboutProblems are the problems whose cards show what a fact changes.
func (t *turn) aboutProblems(f casework.Fact) []casework.ProblemID {
	switch f := f.(type) {
	case casework.ProblemRaised:
		return []casework.ProblemID{f.Problem.ID}
	case casework.ProblemCorrected:
		return []casework.ProblemID{f.Problem.ID}
	case casework.ProblemMoved:
		return []casework.ProblemID{f.ProblemID}
	case casework.ProblemAssigned:
		return []casework.ProblemID{f.ProblemID}
	case casework.ProblemAmended:
		return []casework.ProblemID{f.ProblemID}
	case casework.ImportUndone:
		return t.undoneProblems(f)
	case casework.TaskBookDrafted:
		return f.TaskBook.ProblemIDs
	case casework.TaskBookMoved:
		if f.From == f.To {
			return nil // the card shows its state alone
		}
		b, _ := t.v.TaskBook(f.TaskBookID)
		return b.ProblemIDs
	default:
		return nil
	}
}

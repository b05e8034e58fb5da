package dialog

import (
	"slices"

	"zoufang/casework"
)

// settle does at the end of a turn what follows from its events, whatever they
// were: the next contacts are booked where the load allows it, and the boards
// that show what changed are drawn again.
func (t *turn) settle() {
	touched := t.touched(t.about)
	for _, id := range touched {
		if f, ok := casework.Book(t.v, id, t.today); ok {
			t.record(f, t.today, "")
		}
	}
	people := map[casework.StaffID][]casework.TargetID{}
	var groups []casework.GroupID
	for _, id := range touched {
		x, ok := t.v.Target(id)
		if !ok {
			continue
		}
		for _, p := range t.v.PairingsOfTarget(id) {
			people[p.StaffID] = append(people[p.StaffID], id)
		}
		if who := casework.InCharge(t.v, x, t.today); who != 0 {
			people[who] = append(people[who], id)
		}
		if t.staff.ID != 0 {
			people[t.staff.ID] = append(people[t.staff.ID], id)
		}
		if !slices.Contains(groups, x.GroupID) {
			groups = append(groups, x.GroupID)
		}
	}
	t.renewProblems()
	t.renewBooks()
	t.renewMarks()
	t.renewTodo()
	t.renewAgendas(people)
	t.renewDigests(groups)
	t.renewMisses(append(touched, t.touched(aboutMiss)...))
}

// touched are the targets that the turn's events are about, each once.
func (t *turn) touched(about func(casework.Fact) []casework.TargetID) []casework.TargetID {
	var out []casework.TargetID
	add := func(ids ...casework.TargetID) {
		for _, id := range ids {
			if id != 0 && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	for _, e := range t.out.Events {
		add(about(e.Fact)...)
	}
	return out
}

// about are the targets a fact is about.
func (t *turn) about(f casework.Fact) []casework.TargetID {
	switch f := f.(type) {
	case casework.TargetImported:
		return []casework.TargetID{f.Target.ID}
	case casework.TargetRegistered:
		return []casework.TargetID{f.Target.ID}
	case casework.PairingMade:
		return []casework.TargetID{f.Pairing.TargetID}
	case casework.PairingEnded:
		return []casework.TargetID{f.TargetID}
	case casework.VisitReported:
		return []casework.TargetID{f.Visit.TargetID}
	case casework.VisitCorrected:
		v, _ := t.v.Visit(f.VisitID)
		return []casework.TargetID{v.TargetID}
	case casework.VisitReturned:
		v, _ := t.v.Visit(f.VisitID)
		return []casework.TargetID{v.TargetID}
	case casework.CallLogged:
		return []casework.TargetID{f.Call.TargetID}
	case casework.ProblemRaised:
		return []casework.TargetID{f.Problem.TargetID}
	case casework.ProblemCorrected:
		return []casework.TargetID{f.Problem.TargetID}
	case casework.ProblemMoved:
		p, _ := t.v.Problem(f.ProblemID)
		return []casework.TargetID{p.TargetID}
	case casework.ProblemAssigned:
		p, _ := t.v.Problem(f.ProblemID)
		return []casework.TargetID{p.TargetID}
	case casework.ProblemAmended:
		p, _ := t.v.Problem(f.ProblemID)
		return []casework.TargetID{p.TargetID}
	case casework.TargetsMerged:
		return []casework.TargetID{f.From, f.Into}
	case casework.ImportUndone:
		return t.undoneTargets(f)
	default:
		return aboutCare(f)
	}
}

// aboutCare are the targets that a fact about contacts is about.
func aboutCare(f casework.Fact) []casework.TargetID {
	switch f := f.(type) {
	case casework.RhythmSet:
		return []casework.TargetID{f.TargetID}
	case casework.ContactPaused:
		return []casework.TargetID{f.TargetID}
	case casework.ContactResumed:
		return []casework.TargetID{f.TargetID}
	case casework.ChangeNoted:
		return []casework.TargetID{f.TargetID}
	case casework.ReminderSnoozed:
		return []casework.TargetID{f.TargetID}
	case casework.HandoverMoved:
		return f.TargetIDs
	default:
		return nil
	}
}

// aboutMiss are the targets that a fact about passing up is about. Agendas do not
// show it.
func aboutMiss(f casework.Fact) []casework.TargetID {
	switch f := f.(type) {
	case casework.MissPassed:
		return []casework.TargetID{f.TargetID}
	case casework.MissSeen:
		return []casework.TargetID{f.TargetID}
	case casework.MissSilenced:
		return []casework.TargetID{f.TargetID}
	default:
		return nil
	}
}

package casework

import (
	"slices"
	"time"
)

// countProblems sorts the group's problems by what became of them.
func (b *digester) countProblems() {
	for _, p := range b.problems() {
		if p.Status == ProblemMerged || p.Status == ProblemInvalid {
			continue
		}
		n := b.d.Families[p.Family]
		raised := b.happened(p.RaisedOn, p.RaisedAt)
		if raised {
			b.d.Raised = append(b.d.Raised, p)
			n.New++
			if p.Disposal == OnSpot {
				b.d.OnSpot++
			}
		}
		if p.Status == ProblemClosed && b.happened(p.ClosedOn, p.ClosedAt) {
			b.d.Closed = append(b.d.Closed, p)
			n.Closed++
		}
		if !raised && b.happened(p.ResolvedOn, p.ResolvedAt) {
			b.d.Resolved = append(b.d.Resolved, p)
		}
		if p.Status.Open() {
			n.Open++
		}
		if b.mustRespond(p) {
			b.d.Respond = append(b.d.Respond, p)
		}
		b.d.Families[p.Family] = n
	}
}

// problems gives the problems of the group, oldest first.
func (b *digester) problems() []Problem {
	all := map[ProblemID]bool{}
	var out []Problem
	add := func(list []Problem) {
		for _, p := range list {
			if !all[p.ID] && b.belongs(p.TargetID, p.OwnerID) {
				all[p.ID] = true
				out = append(out, p)
			}
		}
	}
	for _, x := range b.targets {
		add(b.r.ProblemsOfTarget(x.ID))
	}
	for _, s := range b.staff {
		add(b.r.ProblemsOfStaff(s.ID))
	}
	slices.SortFunc(out, oldestFirst)
	return out
}

// happened reports whether a step of a problem is in this digest: by its instant if
// the records tell, else by its day.
func (b *digester) happened(on Date, at time.Time) bool {
	if !at.IsZero() {
		return b.inWindow(at)
	}
	return !on.IsZero() && on.After(b.fromDay()) && !on.After(b.d.Day)
}

// mustRespond reports whether somebody should have taken the problem up by the
// end of the day, and nobody has.
func (b *digester) mustRespond(p Problem) bool {
	waits := p.Status == ProblemRegistered || p.Status == ProblemPending
	return waits && !AddWorkdays(b.r, p.RaisedOn, b.params.FirstResponse).After(b.d.Day)
}

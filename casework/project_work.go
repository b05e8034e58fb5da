package casework

import (
	"fmt"
	"maps"
	"slices"

	"zoufang/form"
)

// projectWork folds what was done at a target, and what it led to.
func projectWork(t Tables, e Event) error {
	switch f := e.Fact.(type) {
	case VisitReported:
		projectVisit(t, f.Visit)
	case VisitCorrected:
		return projectCorrection(t, f)
	case VisitReturned:
		return changeVisit(t, f.VisitID, func(v *Visit) {
			v.Return = &Return{By: e.By, At: e.ReachedAt, Remark: f.Remark}
		})
	case AttachmentAdded:
		return changeVisit(t, f.VisitID, func(v *Visit) {
			v.Attachments = append(slices.Clone(v.Attachments), f.Attachment)
		})
	case CallLogged:
		t.PutCall(f.Call)
		count(t, f.Call.Code)
		renew(t, f.Call.TargetID, func(x *Target) { x.Snooze = nil })
	case ProblemRaised:
		projectProblem(t, f.Problem)
		count(t, f.Problem.Code)
	case ProblemCorrected:
		projectProblem(t, f.Problem)
	case ProblemMoved:
		return projectMove(t, f, e.day())
	case ProblemAssigned:
		return projectAssignment(t, f)
	default:
		return projectCare(t, e)
	}
	return nil
}

func projectVisit(t Tables, v Visit) {
	t.PutVisit(v)
	count(t, v.Code)
	renew(t, v.TargetID, func(x *Target) {
		x.Snooze = nil
		seen(x, v)
	})
}

// seen notes that somebody went there: a grave change has been looked after,
// unless it came later.
func seen(x *Target, v Visit) {
	if v.Outcome == Met && !v.VisitedOn.Before(x.ChangedOn) {
		x.ChangedOn, x.Change = Date{}, ""
	}
}

func projectCorrection(t Tables, f VisitCorrected) error {
	v, ok := t.Visit(f.VisitID)
	if !ok {
		return fmt.Errorf("visit %d is not there", f.VisitID)
	}
	if f.Revision != v.Revision+1 {
		return fmt.Errorf("visit %d: revision %d after %d", f.VisitID, f.Revision, v.Revision)
	}
	answers := form.Answers{}
	maps.Copy(answers, v.Answers)
	v.Answers = answers
	for _, c := range f.Changes {
		if c.After == nil {
			delete(v.Answers, c.Path)
		} else {
			v.Answers[c.Path] = *c.After
		}
	}
	v.Revision, v.ProblemIDs, v.Return = f.Revision, f.ProblemIDs, nil
	v.RoundID, v.Late, v.NextContact = f.RoundID, f.Late, f.NextContact
	before := v.Outcome
	derive(&v)
	t.PutVisit(v)
	renew(t, v.TargetID, func(x *Target) {
		// Other words about an older visit say nothing of a change since.
		if before != Met {
			seen(x, v)
		}
	})
	return nil
}

func changeVisit(t Tables, id VisitID, change func(*Visit)) error {
	v, ok := t.Visit(id)
	if !ok {
		return fmt.Errorf("visit %d is not there", id)
	}
	change(&v)
	t.PutVisit(v)
	return nil
}

func projectProblem(t Tables, p Problem) {
	t.PutProblem(p.dated(p.RaisedOn))
	renew(t, p.TargetID, func(*Target) {})
}

// dated gives the problem the dates that go with its state, which are of the
// day if it has none of them yet.
func (p Problem) dated(day Date) Problem {
	switch {
	case !p.Status.settled():
		p.ResolvedOn = Date{}
	case p.ResolvedOn.IsZero():
		p.ResolvedOn = day
	}
	switch {
	case p.Status != ProblemClosed:
		p.ClosedOn = Date{}
	case p.ClosedOn.IsZero():
		p.ClosedOn = day
	}
	return p
}

// settled reports whether the problem is said to be solved.
func (s ProblemStatus) settled() bool { return s == ProblemResolved || s == ProblemClosed }

func projectMove(t Tables, f ProblemMoved, day Date) error {
	p, err := problemIn(t, f.ProblemID)
	switch {
	case err != nil:
		return err
	case p.Status != f.From:
		return fmt.Errorf("problem %d is %s, not %s", p.ID, p.Status, f.From)
	case f.From.settled() && f.To.Open() && !f.To.settled():
		p.Reopened++
	}
	p.Status = f.To
	if f.Satisfaction != "" {
		p.Satisfaction = f.Satisfaction
	}
	t.PutProblem(p.dated(day))
	renew(t, p.TargetID, func(*Target) {})
	return nil
}

func projectAssignment(t Tables, f ProblemAssigned) error {
	p, err := problemIn(t, f.ProblemID)
	if err != nil {
		return err
	}
	p.OwnerID = f.OwnerID
	t.PutProblem(p)
	return nil
}

func problemIn(t Tables, id ProblemID) (Problem, error) {
	p, ok := t.Problem(id)
	if !ok {
		return p, fmt.Errorf("problem %d is not there", id)
	}
	return p, nil
}

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
		projectAttempt(t, f.Call)
		renew(t, f.Call.TargetID, func(x *Target) { x.Snooze = nil })
	case ProblemRaised:
		projectProblem(t, f.Problem, e)
		count(t, f.Problem.Code)
	case ProblemCorrected:
		projectProblem(t, f.Problem, e)
	case ProblemMoved:
		return projectMove(t, f, e)
	case ProblemAssigned:
		return projectAssignment(t, f, e)
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

// settled reports whether the problem is said to be solved.
func (s ProblemStatus) settled() bool { return s == ProblemResolved || s == ProblemClosed }

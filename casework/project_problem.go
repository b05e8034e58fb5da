package casework

import (
	"fmt"
	"slices"
	"time"
)

// projectProblem takes what the fact says of the problem; what the ledger tells of
// its steps stays.
func projectProblem(t Tables, p Problem, e Event) {
	p.History = nil
	if old, ok := t.Problem(p.ID); ok {
		keepSteps(&p, old)
	} else {
		p.RaisedAt = instantOn(p.RaisedOn, p.RaisedAt, e)
		p.MovedOn, p.MovedAt = p.RaisedOn, p.RaisedAt
	}
	if p.UnitID == 0 {
		p.UnitID = branchOf(t, p.OwnerID)
	}
	t.PutProblem(p.tidy(p.RaisedOn, e))
	renew(t, p.TargetID, func(*Target) {})
}

// keepSteps takes over what only steps can change.
func keepSteps(p *Problem, old Problem) {
	p.History, p.IssueID, p.Followers = old.History, old.IssueID, old.Followers
	p.AcceptedOn, p.RaisedAt, p.MovedOn, p.MovedAt = old.AcceptedOn, old.RaisedAt, old.MovedOn, old.MovedAt
	p.Reopened, p.Extensions, p.Unreached = old.Reopened, old.Extensions, old.Unreached
	p.Escalation, p.Extension, p.ExternalID = old.Escalation, old.Extension, old.ExternalID
	p.ResumeOn, p.MergedInto, p.Satisfaction, p.Passed = old.ResumeOn, old.MergedInto, old.Satisfaction, old.Passed
	if p.ResolvedOn == old.ResolvedOn {
		p.ResolvedAt = old.ResolvedAt
	}
	if p.ClosedOn == old.ClosedOn {
		p.ClosedAt = old.ClosedAt
	}
}

// instantOn is the instant of something that happened on the day, as far as it is
// known: the event's own, unless that came on another day wherever the people are.
func instantOn(day Date, at time.Time, e Event) time.Time {
	if !at.IsZero() || e.ReachedAt.IsZero() {
		return at
	}
	if off := DateOf(e.ReachedAt, time.UTC).DaysSince(day); off < -1 || off > 1 {
		return time.Time{}
	}
	return e.ReachedAt
}

func branchOf(r Records, who StaffID) UnitID {
	s, _ := r.Staff(who)
	return s.BranchID
}

// tidy gives the problem the dates that go with its state, which are of the day
// if it has none of them yet, and takes from it what belongs to another state.
func (p Problem) tidy(day Date, e Event) Problem {
	if !p.Status.settled() {
		p.ResolvedOn, p.ResolvedAt = Date{}, time.Time{}
	} else {
		if p.ResolvedOn.IsZero() {
			p.ResolvedOn = day
		}
		p.ResolvedAt = instantOn(p.ResolvedOn, p.ResolvedAt, e)
	}
	if p.Status != ProblemClosed {
		p.ClosedOn, p.ClosedAt = Date{}, time.Time{}
	} else {
		if p.ClosedOn.IsZero() {
			p.ClosedOn = day
		}
		p.ClosedAt = instantOn(p.ClosedOn, p.ClosedAt, e)
	}
	if p.Status != ProblemEscalated {
		p.Escalation = nil
	}
	if p.Status != ProblemTransferred {
		p.ExternalID = 0
	}
	if p.Status != ProblemOnHold {
		p.ResumeOn = Date{}
	}
	if p.Status != ProblemMerged {
		p.MergedInto = 0
	}
	if p.Status != ProblemPending && p.Status != ProblemDoing {
		p.Extension = nil
	}
	return p
}

// projectMove folds a step.
func projectMove(t Tables, f ProblemMoved, e Event) error {
	p, err := problemIn(t, f.ProblemID)
	switch {
	case err != nil:
		return err
	case p.Status != f.From:
		return fmt.Errorf("problem %d is %s, not %s", p.ID, p.Status, f.From)
	}
	if f.Act == "" {
		f.Act = AskBack
	}
	takeStep(&p, f, e)
	followOwner(&p, t)
	t.PutProblem(p)
	if other, ok := t.Problem(f.Into); ok && f.Act == Merge {
		addFollower(&other, p.OwnerID)
		t.PutProblem(other)
	}
	renew(t, p.TargetID, func(*Target) {})
	return nil
}

// takeStep takes the problem one step further.
func takeStep(p *Problem, f ProblemMoved, e Event) {
	day := e.day()
	if f.From.settled() && f.To.Open() && !f.To.settled() {
		p.Reopened++
		p.Resolution, p.Note = "", ""
	}
	before := *p
	p.Status = f.To
	switch f.Act {
	case Escalate:
		passUp(p, f, e)
	case MoveOut:
		p.ExternalID = f.UnitID
		addFollower(p, p.OwnerID)
	case PutOff:
		p.ResumeOn = f.Until
	case Resolve:
		p.Resolution, p.Note, p.Unreached = f.Why, f.Text, 0
	case AskBack:
		p.Unreached = 0
	case StrikeUnreached:
		p.Satisfaction = NotReached
	case Merge:
		p.MergedInto = f.Into
	case AskTime:
		p.Extension = &Extension{By: e.By, At: e.ReachedAt, Until: f.Until, Why: f.Text}
	case GrantTime:
		p.Extension = nil
		p.Extensions++
	case RefuseTime:
		p.Extension = nil
	case Mark:
		markAs(p, f)
	case Triage, Accept, Progress, AskAtVisit, TakeUp, Answer, SendBack, Receipt, Resume, Invalidate, Reopen, Comment, Hand:
	}
	carryStep(p, f)
	if p.AcceptedOn.IsZero() && p.Status == ProblemDoing {
		p.AcceptedOn = day
	}
	if before.OwnerID != p.OwnerID && f.Act == TakeUp {
		addFollower(p, before.OwnerID)
	}
	*p = p.tidy(day, e)
	noteStep(p, f, e)
}

// carryStep takes what a step carries in fields that mean the same in every act.
func carryStep(p *Problem, f ProblemMoved) {
	switch f.Act {
	case Escalate, PutOff, AskTime: // their day and level are asked for, not reached
	default:
		if f.Level != "" {
			p.Level = f.Level
		}
		if !f.Until.IsZero() {
			p.DueOn = f.Until
		}
	}
	if f.OwnerID != 0 {
		p.OwnerID = f.OwnerID
	}
	if f.Satisfaction != "" {
		p.Satisfaction = f.Satisfaction
	}
}

func passUp(p *Problem, f ProblemMoved, e Event) {
	up := Escalation{
		From: p.Level, To: f.Level, By: e.By, At: e.ReachedAt, Why: f.Why, Ask: f.Text,
		RespondBy: f.Until, DueOn: p.DueOn,
	}
	// People say what they ask for.
	if f.Why == whyReopened && f.Text == "" {
		up.By = 0
	}
	p.Escalation, p.DueOn = &up, f.Until
	addFollower(p, p.OwnerID)
}

// addFollower does not touch the list that other copies of the problem share.
func addFollower(p *Problem, who StaffID) {
	if who != 0 && !slices.Contains(p.Followers, who) {
		p.Followers = append(slices.Clone(p.Followers), who)
	}
}

func markAs(p *Problem, f ProblemMoved) {
	if family := familyOf(f.Category); family != "" {
		p.Family, p.Category = family, f.Category
	}
	if len(f.Lacks) > 0 {
		p.Lacks = f.Lacks
	}
	if f.Urgency != "" {
		p.Urgency = f.Urgency
	}
	if f.Common != nil {
		p.Common = *f.Common
	}
}

// noteStep appends the step to the history.
func noteStep(p *Problem, f ProblemMoved, e Event) {
	day := e.day()
	p.History = append(slices.Clone(p.History), Step{By: e.By, On: day, At: e.ReachedAt, ProblemMoved: f})
	if f.Act != Comment && f.Act != Mark && f.Act != AskTime {
		p.MovedOn, p.MovedAt = day, e.ReachedAt
	}
}

// followOwner gives the problem to the branch of its owner: below the branch it goes up
// with whoever works on it.
func followOwner(p *Problem, r Records) {
	if p.Level != LevelGroup && p.Level != LevelOnSpot {
		return
	}
	if u := branchOf(r, p.OwnerID); u != 0 {
		p.UnitID = u
	}
}

func projectAssignment(t Tables, f ProblemAssigned, e Event) error {
	p, err := problemIn(t, f.ProblemID)
	if err != nil {
		return err
	}
	takeStep(&p, ProblemMoved{ProblemID: p.ID, Act: Hand, From: p.Status, To: p.Status, OwnerID: f.OwnerID}, e)
	followOwner(&p, t)
	t.PutProblem(p)
	return nil
}

// projectAttempt counts calls in a row that were to ask about a solved problem and
// reached nobody.
func projectAttempt(t Tables, c Call) {
	p, ok := t.Problem(c.Problem)
	if !ok || p.Status != ProblemResolved {
		return
	}
	if c.Result.Answered() {
		p.Unreached = 0
	} else {
		p.Unreached++
	}
	t.PutProblem(p)
}

func problemIn(t Tables, id ProblemID) (Problem, error) {
	p, ok := t.Problem(id)
	if !ok {
		return p, fmt.Errorf("problem %d is not there", id)
	}
	return p, nil
}

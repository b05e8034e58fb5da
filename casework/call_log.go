package casework

import (
	"cmp"
	"time"
)

// CallReport is a telephone check-in on its way to become a [Call].
type CallReport struct {
	// Call has what the caller knows: ID, By, Result, Problem, Wellbeing,
	// Satisfaction, Answers, FormVersion and Attachments. The rest is filled in.
	Call   Call
	Target Target // as it is in the records
	At     time.Time
	Today  Date
}

// LogCall says what a telephone check-in makes: the call, problems it raises,
// and what becomes of the problem that was asked about. Way, DueOn, Attempt, code
// and times are filled in here; the answers of the phone form are right, and
// say wellbeing, satisfaction and the day agreed if they are there. Of a call that
// was not answered nothing is kept that only people could have said. An emergency
// is a grave change as well, so that somebody goes there.
func LogCall(r Records, rep CallReport, ids *Minter) []Fact {
	c := rep.Call
	c.TargetID, c.On, c.At = rep.Target.ID, rep.Today, rep.At
	c.Code = CallCode(c.On, r.Last(CallPrefix(c.On))+1)
	c.DueOn = Date{}
	if due := DueOf(rep.Target, rep.Today); due.Pressing() || due.State == Soon {
		c.DueOn = rep.Target.Next.On
	}
	asked, ok := r.Problem(c.Problem)
	c.Way = CallBack
	if !ok || asked.TargetID != c.TargetID || asked.Status != ProblemResolved {
		c.Way, c.Problem = ByCall, 0
	}
	c.NextContact, c.ProblemIDs = Date{}, nil
	if !c.Result.Answered() {
		c.Attempt = rep.Target.Unanswered + 1
		c.Wellbeing, c.Satisfaction, c.Reason, c.Answers, c.FormVersion, c.Attachments = "", "", "", nil, 0, nil
		return []Fact{CallLogged{Call: c}}
	}
	c.Attempt = 0
	listen(&c)
	raised, problems := raiseAll(r, c.origin(), c.Answers, rep.Today, ids)
	c.ProblemIDs = problems
	facts := append([]Fact{CallLogged{Call: c}}, raised...)
	if c.Satisfaction != "" {
		said := ProblemMoved{Satisfaction: c.Satisfaction, CallID: c.ID, Text: c.Reason}
		facts = append(facts, askedBack(r, asked, said, rep.Today)...)
	}
	if c.Wellbeing == InEmergency {
		facts = append(facts, ChangeNoted{TargetID: c.TargetID, Change: "other"})
	}
	return facts
}

// listen fills in what the people said in a call that was answered.
func listen(c *Call) {
	c.Wellbeing = Wellbeing(cmp.Or(one(c.Answers, "wellbeing"), string(c.Wellbeing)))
	c.Satisfaction = Satisfaction(cmp.Or(one(c.Answers, "satisfaction"), string(c.Satisfaction)))
	if c.Way != CallBack || c.Satisfaction == NotReached {
		c.Satisfaction = ""
	}
	c.Reason = cmp.Or(c.Reason, one(c.Answers, "free"))
	if c.Satisfaction != NotSatisfied {
		c.Reason = ""
	}
	c.NextContact = agreed(c.Answers)
}

// origin is a problem of the call that nothing else is known of yet.
func (c Call) origin() Problem {
	return Problem{Source: FromPhone, CallID: c.ID, TargetID: c.TargetID, OwnerID: c.By}
}

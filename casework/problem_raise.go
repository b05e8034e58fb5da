package casework

import "cmp"

// RaiseProblem 登记问题 says what a problem that no visit or call raised makes: one
// that an enterprise telephoned, an organisation reported, or the office hands down.
// The answers are those of the form [RaiseForm].
func RaiseProblem(r Records, rep ProblemReport, ids *Minter) []Fact {
	origin := Problem{
		Source:   ProblemSource(cmp.Or(one(rep.Answers, "source"), string(FromOffice))),
		TargetID: rep.Target.ID, OwnerID: rep.By,
	}
	// The office keeps the list and works on none of it.
	if s, _ := r.Staff(rep.By); s.Has(Office) {
		if who := InCharge(r, rep.Target, rep.Now.Today); works(r, who) {
			origin.OwnerID = who
		}
	}
	facts, problems := raiseAll(r, origin, rep.Answers, rep.Now.Today, ids)
	if len(rep.Attachments) > 0 && len(problems) > 0 {
		raised, _ := facts[0].(ProblemRaised)
		p := raised.Problem
		facts = append(facts, ProblemMoved{ProblemID: p.ID, Act: Comment, From: p.Status, To: p.Status, Files: rep.Attachments})
	}
	return facts
}

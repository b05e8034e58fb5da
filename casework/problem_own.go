package casework

import "time"

// OwnMoves are the steps that the program takes by itself at the instant: triage
// after a day, resuming on the day. The zone is where the people are.
func OwnMoves(r Records, now Moment) []ProblemMoved {
	c, _ := r.Campaign()
	var out []ProblemMoved
	for p := range r.OpenProblems(0) {
		switch p.Status {
		case ProblemRegistered:
			if owner := ownTriage(r, p, now.Today); owner != 0 && p.waited(c.Params, now) {
				out = append(out, ProblemMoved{ProblemID: p.ID, Act: Triage, OwnerID: owner})
			}
		case ProblemOnHold:
			if !p.ResumeOn.After(now.Today) {
				out = append(out, ProblemMoved{ProblemID: p.ID, Act: Resume})
			}
		case ProblemPending, ProblemDoing, ProblemEscalated, ProblemTransferred, ProblemResolved, ProblemClosed,
			ProblemMerged, ProblemInvalid:
		}
	}
	return out
}

// ownTriage is who gets a problem that nobody gave to anybody: whoever reported it,
// else who looks after the target; zero if there is nobody.
func ownTriage(r Records, p Problem, today Date) StaffID {
	if works(r, p.OwnerID) {
		return p.OwnerID
	}
	x, _ := r.Target(p.TargetID)
	if who := InCharge(r, x, today); works(r, who) {
		return who
	}
	return 0
}

// waited reports whether the leader has had the time to triage it. Where only the
// day is known on which it was raised, its whole length is waited for as well.
func (p Problem) waited(params Params, now Moment) bool {
	wait := time.Duration(params.TriageHours) * time.Hour
	if !p.RaisedAt.IsZero() {
		return now.At.Sub(p.RaisedAt) >= wait
	}
	days := 1 + int((wait+oneDay-1)/oneDay)
	return now.Today.DaysSince(p.RaisedOn) >= days
}

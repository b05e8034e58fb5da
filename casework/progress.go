package casework

// GroupProgress 各组进度 is how far a group has come: the targets on its roster, those
// met at least once, and its problems.
type GroupProgress struct {
	Group        Group
	Targets, Met int
	Open, Solved int // problems without merged and invalid ones; resolved counts as solved
}

// ProgressOfGroups counts by group, in the order of their codes. A target without a
// group is in none of them.
func ProgressOfGroups(r Records) []GroupProgress {
	var out []GroupProgress
	for _, g := range r.Groups() {
		p := GroupProgress{Group: g}
		for x := range r.TargetsOfGroup(g.ID) {
			if !x.InUse() {
				continue
			}
			p.Targets++
			if !x.LastVisitOn.IsZero() {
				p.Met++
			}
			for _, q := range r.ProblemsOfTarget(x.ID) {
				switch q.Status {
				case ProblemMerged, ProblemInvalid:
				case ProblemResolved, ProblemClosed:
					p.Solved++
				case ProblemRegistered, ProblemPending, ProblemDoing, ProblemEscalated, ProblemTransferred, ProblemOnHold:
					p.Open++
				}
			}
		}
		out = append(out, p)
	}
	return out
}

// RoundCount is what happened in a round.
type RoundCount struct {
	Round  Round
	Visits int // of any outcome
	Met    int // of those, with somebody met
}

// VisitsOfRounds counts by round, in their order. It reads every visit.
func VisitsOfRounds(r Records) []RoundCount {
	rounds := r.Rounds()
	out := make([]RoundCount, len(rounds))
	at := map[RoundID]int{}
	for i, round := range rounds {
		out[i].Round, at[round.ID] = round, i
	}
	for v := range r.AllVisits() {
		i, ok := at[v.RoundID]
		if !ok {
			continue
		}
		out[i].Visits++
		if v.Outcome == Met {
			out[i].Met++
		}
	}
	return out
}

package casework

import "slices"

// Move is a row of the table of problems' steps.
type Move struct {
	Act  ProblemAct
	From []ProblemStatus // from any of these
	To   ProblemStatus   // empty: the state stays, or the rule decides
	// By is the right it takes; empty: only the program does it, as part of
	// something else (a call, a visit).
	By Act
	// Asked are the levels that the row is about, where the right depends on the
	// level that is asked for an answer; nil: any.
	Asked []Level
	// Needs are the fields of [ProblemMoved] without which it is refused. Resolving
	// needs telling and proof in some cases alone, and granting what was asked for
	// needs neither words nor a day.
	Needs []Refusal
}

// ProblemMoves 问题流转表 is the table of problems' steps, as the campaign's rules have
// it. An act that is not in it does not exist.
func ProblemMoves() []Move {
	inHand := []ProblemStatus{ProblemPending, ProblemDoing}
	taken := []ProblemStatus{ProblemPending, ProblemDoing, ProblemEscalated, ProblemTransferred, ProblemOnHold}
	unsolved := append([]ProblemStatus{ProblemRegistered}, taken...)
	open := append(slices.Clone(unsolved), ProblemResolved)
	known := append(slices.Clone(open), ProblemClosed)
	moves := []Move{
		{Act: Triage, From: []ProblemStatus{ProblemRegistered}, To: ProblemPending, By: TriageProblem, Needs: []Refusal{NeedsOwner}},
		{Act: Accept, From: []ProblemStatus{ProblemPending}, To: ProblemDoing, By: WorkProblem},
		{Act: Progress, From: inHand, To: ProblemDoing, By: WorkProblem, Needs: []Refusal{NeedsText}},
		{
			Act: Resolve, From: []ProblemStatus{ProblemDoing, ProblemTransferred, ProblemEscalated}, To: ProblemResolved,
			By: WorkProblem, Needs: []Refusal{NeedsWhy, NeedsText},
		},
		{Act: MoveOut, From: inHand, To: ProblemTransferred, By: EscalateOut, Needs: []Refusal{NeedsUnit}},
		{Act: Receipt, From: []ProblemStatus{ProblemTransferred}, To: ProblemDoing, By: WorkProblem, Needs: []Refusal{NeedsText}},
		{
			Act: PutOff, From: []ProblemStatus{ProblemDoing}, To: ProblemOnHold, By: ManageProblem,
			Needs: []Refusal{NeedsText, NeedsDay, NeedsTelling},
		},
		{Act: Resume, From: []ProblemStatus{ProblemOnHold}, To: ProblemDoing, By: ManageProblem},
		{Act: AskTime, From: inHand, By: WorkProblem, Needs: []Refusal{NeedsText, NeedsDay}},
		{Act: GrantTime, From: inHand, By: ManageProblem, Needs: []Refusal{NeedsText, NeedsDay}},
		{Act: RefuseTime, From: inHand, By: ManageProblem, Needs: []Refusal{NeedsText}},
		{Act: StrikeUnreached, From: []ProblemStatus{ProblemResolved}, To: ProblemClosed, By: StrikeProblem},
		{Act: Reopen, From: []ProblemStatus{ProblemClosed}, To: ProblemDoing, By: ManageProblem, Needs: []Refusal{NeedsText}},
		{Act: Merge, From: open, To: ProblemMerged, By: TriageProblem, Needs: []Refusal{NeedsOther}},
		{Act: Invalidate, From: open, To: ProblemInvalid, By: StrikeProblem, Needs: []Refusal{NeedsText}},
		{Act: Hand, From: taken, By: ManageProblem, Needs: []Refusal{NeedsOwner}},
		{Act: Mark, From: []ProblemStatus{ProblemRegistered, ProblemPending}, By: TriageProblem},
		{Act: Comment, From: known, By: SeeProblem, Needs: []Refusal{NeedsText}},
		{Act: AskAtVisit, From: unsolved, Needs: []Refusal{NeedsWhy}},
		{Act: AskBack, From: []ProblemStatus{ProblemResolved}},
	}
	return append(moves, levelMoves(inHand)...)
}

// levelMoves are the rows of the steps between one level and the next.
func levelMoves(inHand []ProblemStatus) []Move {
	var out []Move
	for _, up := range []struct {
		by     Act
		levels []Level
	}{
		{EscalateToBranch, []Level{LevelBranch}},
		{EscalateToBureau, []Level{LevelBureau}},
		{EscalateOut, []Level{LevelDistrict, LevelExternal}},
	} {
		out = append(out, Move{
			Act: Escalate, From: inHand, To: ProblemEscalated, By: up.by, Asked: up.levels,
			Needs: []Refusal{NeedsWhy, NeedsText},
		})
	}
	for _, at := range []struct {
		by     Act
		levels []Level
	}{
		{AnswerAtBranch, []Level{LevelBranch}},
		{AnswerAtBureau, []Level{LevelBureau, LevelDistrict, LevelExternal}},
	} {
		from := []ProblemStatus{ProblemEscalated}
		out = append(out,
			Move{Act: TakeUp, From: from, To: ProblemDoing, By: at.by, Asked: at.levels, Needs: []Refusal{NeedsText}},
			Move{Act: Answer, From: from, To: ProblemDoing, By: at.by, Asked: at.levels, Needs: []Refusal{NeedsText}},
			Move{Act: SendBack, From: from, To: ProblemPending, By: at.by, Asked: at.levels, Needs: []Refusal{NeedsText}},
		)
	}
	return out
}

// moveFor is the row for the act in the state, and for the level that is asked.
func moveFor(act ProblemAct, from ProblemStatus, asked Level) (Move, bool) {
	all := ProblemMoves()
	i := slices.IndexFunc(all, func(m Move) bool {
		return m.Act == act && slices.Contains(m.From, from) && (m.Asked == nil || slices.Contains(m.Asked, asked))
	})
	if i < 0 {
		return Move{}, false
	}
	return all[i], true
}

// oneUp are the levels right above: at the top of the bureau there are two ways.
func (l Level) oneUp() []Level {
	switch l {
	case LevelOnSpot, LevelGroup:
		return []Level{LevelBranch}
	case LevelBranch:
		return []Level{LevelBureau}
	case LevelBureau:
		return []Level{LevelDistrict, LevelExternal}
	case LevelDistrict, LevelExternal:
	}
	return nil
}

// above are the levels that the problem may be passed up to: in an emergency also
// those beyond the next.
func (p Problem) above() []Level {
	out := p.Level.oneUp()
	if p.Urgency != Emergency {
		return out
	}
	for i := 0; i < len(out); i++ {
		for _, l := range out[i].oneUp() {
			if !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	return out
}

// high reports whether the level is a branch's or above.
func (l Level) high() bool {
	return l == LevelBranch || l == LevelBureau || l == LevelDistrict || l == LevelExternal
}

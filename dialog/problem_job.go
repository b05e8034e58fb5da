package dialog

import (
	"fmt"
	"slices"

	"zoufang/casework"
)

// problemSubjects are the steps of problems that the program takes by itself now.
func problemSubjects(d *Dialog, v View, tick Tick) []Subject {
	today := casework.DateOf(tick.Now, d.zone)
	var out []Subject
	for _, m := range casework.OwnMoves(v, casework.Moment{Today: today, At: tick.Now}) {
		out = append(out, Subject{Problem: m.ProblemID, Act: string(m.Act), From: startOf(today, d.zone)})
	}
	return out
}

// problemOnce names a step for its day.
func problemOnce(s Subject) string { return fmt.Sprintf("%d:%s:%d", s.Problem, s.Act, s.From.Unix()) }

// moveByItself takes the step of the input, if nobody was quicker.
func (t *turn) moveByItself() {
	moves := casework.OwnMoves(t.v, t.now())
	i := slices.IndexFunc(moves, func(m casework.ProblemMoved) bool {
		return m.ProblemID == t.in.Subject.Problem && string(m.Act) == t.in.Subject.Act
	})
	if i < 0 {
		return
	}
	facts, why := casework.MoveProblem(t.v, casework.Staff{}, moves[i], t.now(), t.ids)
	if why != "" {
		return
	}
	first := len(t.out.Events)
	t.carry(facts)
	t.tellSteps(first)
}

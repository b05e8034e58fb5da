package dialog

import (
	"fmt"

	"zoufang/casework"
)

// The screens of problems. Stored by name: never rename.
const (
	problemScreen    Screen = "problem"     // a board: one problem
	problemsScreen   Screen = "problems"    // the problem list
	problemSayScreen Screen = "problem_say" // a step's words, day or file, in one's own way
)

// The verbs of problems. Stored by name: never rename.
const (
	takeStep     Verb = "step"  // take the step in Place.Move, or ask for what it lacks
	raiseProblem Verb = "raise" // begin the short form about the target
)

// What the board of a problem says in Path besides a question: the part that is
// shown.
const (
	stepsPart    = "steps"    // the whole history
	lacksPart    = "lacks"    // what is lacking, to be ticked
	categoryPart = "category" // which other category?
)

// problemRoom is where problems are worked on.
func problemRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{
			problemsScreen: (*turn).drawProblems, problemSayScreen: (*turn).drawProblemSay,
		},
		boards: map[Screen]board{problemScreen: {problemBoard, (*turn).drawProblem}},
		verbs: map[Verb]func(*turn, Card, Action){
			takeStep:     (*turn).takeStep,
			raiseProblem: func(t *turn, _ Card, a Action) { t.raise(a.Place.Target) },
		},
		texts: map[Screen]func(*turn, string){problemSayScreen: (*turn).stepTyped},
		files: map[Screen]func(*turn, casework.Attachment){problemSayScreen: (*turn).stepFile},
		commands: map[string]func(*turn){
			"problems": (*turn).openProblemList,
			"problem":  (*turn).findProblem,
			"raise":    (*turn).findToRaise,
		},
		offers: []offer{
			{"problems", allowed(casework.SeeProblem)}, {"problem", allowed(casework.SeeProblem)},
			{"raise", allowed(casework.RaiseProblems)},
		},
		jobs: map[Job]clockwork{
			ProblemJob: {subjects: problemSubjects, once: problemOnce, turn: (*turn).moveByItself},
		},
	}
}

// problemBoard names the card of a problem.
func problemBoard(at Place) string { return fmt.Sprintf("problem/%d", at.Problem) }

// problemSubject is what an act on the problem today is about.
func (t *turn) problemSubject(p casework.Problem) casework.Subject {
	x, _ := t.v.Target(p.TargetID)
	return casework.Subject{Target: x, Problem: p, Today: t.today}
}

// problem is the problem, if the person may see it.
func (t *turn) problem(id casework.ProblemID) (casework.Problem, bool) {
	p, ok := t.v.Problem(id)
	return p, ok && casework.May(t.v, t.staff, casework.SeeProblem, t.problemSubject(p))
}

// problemPlace is the place of a problem's card.
func problemPlace(id casework.ProblemID) Place { return Place{Screen: problemScreen, Problem: id} }

// problemButton leads to the card of a problem.
func (t *turn) problemButton(p casework.Problem) choice {
	return choice{t.w.say("button.problem", "Code", p.Code), Plain, to(problemPlace(p.ID))}
}

// maxProblemRows is how many problems a target's card has buttons for.
const maxProblemRows = 6

// problemRows lead from a target's card to its problems.
func (t *turn) problemRows(f *face, x casework.Target) {
	var list []choice
	for _, p := range t.v.ProblemsOfTarget(x.ID) {
		if _, ok := t.problem(p.ID); ok && p.Status.Open() && len(list) < maxProblemRows {
			list = append(list, t.problemButton(p))
		}
	}
	f.grid(list)
}

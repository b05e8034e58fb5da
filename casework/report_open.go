package casework

import (
	"fmt"

	"zoufang/form"
)

// openPath is the path of what was said of a problem that was open already.
func openPath(n int, id string) string { return fmt.Sprintf("open/%d/%s", n, id) }

// said is what the people said of an open problem at a visit.
type said struct {
	code    string
	state   string       // of one that is to be solved, see [AskedAtVisit]
	content Satisfaction // of one that is said to be solved
}

// heard are the answers about open problems, one for each code.
func heard(a form.Answers) []said {
	var out []said
	known := map[string]bool{}
	for n := 1; ; n++ {
		code := one(a, openPath(n, "code"))
		if code == "" {
			return out
		}
		if !known[code] {
			known[code] = true
			out = append(out, said{code, one(a, openPath(n, "state")), Satisfaction(one(a, openPath(n, "content")))})
		}
	}
}

// problemOf is the target's problem with the code.
func problemOf(r Records, x TargetID, code string) (Problem, bool) {
	for _, p := range r.ProblemsOfTarget(x) {
		if p.Code == code {
			return p, true
		}
	}
	return Problem{}, false
}

// askedThere are the steps that the visit makes of the problems which were open
// before. A visit at the door is the call-back of those that are said to be solved.
func askedThere(r Records, v Visit, today Date) []Fact {
	if v.Outcome != Met {
		return nil
	}
	var facts []Fact
	for _, h := range heard(v.Answers) {
		p, ok := problemOf(r, v.TargetID, h.code)
		if !ok || !p.Status.Open() {
			continue
		}
		_, asked := h.content.counts()
		switch {
		case p.Status == ProblemResolved && asked > 0:
			facts = append(facts, askedBack(r, p, ProblemMoved{Satisfaction: h.content, VisitID: v.ID}, today)...)
		case p.Status != ProblemResolved && has(AskedAtVisit(), h.state):
			facts = append(facts, ProblemMoved{
				ProblemID: p.ID, Act: AskAtVisit, From: p.Status, To: p.Status, Why: h.state, VisitID: v.ID,
			})
		}
	}
	return facts
}

// saidOtherwise notes what a correction says otherwise of problems that were open
// before. What followed from the first answers stays.
func (v Visit) saidOtherwise(r Records, answers form.Answers) []Fact {
	before := map[string]said{}
	for _, h := range heard(v.Answers) {
		before[h.code] = h
	}
	var facts []Fact
	for _, h := range heard(answers) {
		p, ok := problemOf(r, v.TargetID, h.code)
		why := h.state
		if h.content != "" {
			why = string(h.content)
		}
		if ok && why != "" && h != before[h.code] {
			facts = append(facts, ProblemMoved{
				ProblemID: p.ID, Act: Comment, From: p.Status, To: p.Status, Why: why, VisitID: v.ID,
			})
		}
	}
	return facts
}

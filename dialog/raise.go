package dialog

import (
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// findToRaise begins the short form about the target whose code was given.
func (t *turn) findToRaise() {
	x, ok := t.v.TargetByCode(strings.ToUpper(form.Fold(form.Clean(t.in.Args))))
	switch {
	case ok:
		t.raise(x.ID)
	case t.in.Args != "":
		t.search(t.in.Args)
	default:
		t.notice = t.w.say("raise.which")
		t.goTo(Place{Screen: findScreen})
	}
}

// mayRaise reports whether the person may put a problem of the target on the list.
func (t *turn) mayRaise(x casework.Target) bool {
	return x.InUse() && casework.May(t.v, t.staff, casework.RaiseProblems, t.subject(x))
}

// raise begins the short form by which a problem is put on the list without a visit,
// or goes on with it.
func (t *turn) raise(id casework.TargetID) {
	x, ok := t.v.Target(id)
	def, found := t.v.Form(casework.RaiseForm, 0)
	if !ok || !found || !t.mayRaise(x) {
		t.notice = t.w.say("raise.forbidden")
		t.goTo(Place{Screen: homeScreen})
		return
	}
	if d, ok := t.draftOf(x.ID, casework.RaiseForm); ok {
		t.showDraft(t.migrated(d))
		return
	}
	d := Draft{
		ID: casework.VisitID(t.ids.Next()), Owner: t.staff.ID, TargetID: x.ID,
		Form: def.ID, Version: def.Version, Answers: form.Answers{}, Begun: t.in.Reached,
	}
	d.Answers = t.sheet(&d).Answers()
	d.At = t.next(&d, "")
	t.showDraft(d)
}

// submitRaised puts what the short form describes on the problem list.
func (t *turn) submitRaised(d Draft, sheet *form.Sheet) {
	x, ok := t.v.Target(d.TargetID)
	if !ok || !t.mayRaise(x) {
		t.notice = t.w.say("raise.forbidden")
		t.goTo(Place{Screen: homeScreen})
		return
	}
	var raised []casework.Problem
	for _, f := range casework.RaiseProblem(t.v, casework.ProblemReport{
		Target: x, By: t.staff.ID, Answers: sheet.Prune(), Attachments: d.Attachments, Now: t.now(),
	}, t.ids) {
		t.record(f, t.today, "")
		if r, ok := f.(casework.ProblemRaised); ok {
			raised = append(raised, r.Problem)
		}
	}
	t.dropDraft(d.ID)
	t.s.At = Place{Screen: targetScreen, Target: x.ID}
	f := &face{}
	f.title(t.w.say("raise.done", "Count", len(raised)))
	f.line(x.Code + " " + x.DisplayName())
	t.raisedLines(f, raised)
	t.raisedButtons(f, raised)
	f.row(t.targetButton(x), t.homeButton())
	t.show(t.in.Chat, mainCard, f, t.tapped)
	t.tellRaised(x, raised)
}

// raisedButtons lead to the cards of problems that were raised.
func (t *turn) raisedButtons(f *face, raised []casework.Problem) {
	var list []choice
	for _, p := range raised[:min(len(raised), maxProblemRows)] {
		list = append(list, t.problemButton(p))
	}
	f.grid(list)
}

package dialog

import (
	"maps"
	"slices"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// draft is a form of the person's own, as it stands in this turn.
func (t *turn) draft(id casework.VisitID) (Draft, bool) {
	if id == 0 || slices.Contains(t.out.Discard, id) {
		return Draft{}, false
	}
	for _, d := range t.out.Drafts {
		if d.ID == id {
			return d, true
		}
	}
	d, ok := t.v.Draft(id)
	if !ok || d.Owner != t.staff.ID {
		return Draft{}, false
	}
	return t.migrated(d), true
}

// migrated brings a draft to the newest version of its form: what was answered
// stays, what is new is asked, and what could not be kept is told.
func (t *turn) migrated(d Draft) Draft {
	if d.Correcting != 0 {
		return d // a record keeps the version it was reported on
	}
	def, ok := t.v.Form(d.Form, 0)
	old, had := t.v.Form(d.Form, d.Version)
	if !ok || !had || def.Version == d.Version {
		return d
	}
	kept, dropped := form.Migrate(&old, &def, d.Answers)
	d.Answers, d.Version, d.Picked = kept, def.Version, nil
	for _, s := range dropped {
		if !s.Gate() {
			d.Dropped = append(d.Dropped, s.Item.Label.In(t.w.lang))
		}
	}
	d.At = t.next(&d, "")
	return d
}

// keepDraft writes the draft as it is.
func (t *turn) keepDraft(d Draft) {
	d.Touched = t.in.Reached
	t.heed(&d)
	for i := range t.out.Drafts {
		if t.out.Drafts[i].ID == d.ID {
			t.out.Drafts[i] = d
			return
		}
	}
	t.out.Drafts = append(t.out.Drafts, d)
}

// dropDraft takes the draft away.
func (t *turn) dropDraft(id casework.VisitID) {
	t.out.Drafts = slices.DeleteFunc(t.out.Drafts, func(d Draft) bool { return d.ID == id })
	t.out.Discard = append(t.out.Discard, id)
}

// sheet opens the form of the draft.
func (t *turn) sheet(d *Draft) *form.Sheet {
	def, _ := t.v.Form(d.Form, d.Version)
	if v, ok := t.v.Visit(d.Correcting); ok {
		return form.Open(&def, d.Answers, t.rules(v.ReportedOn))
	}
	rules := t.rules(t.today)
	rules.Open = t.openAt(d.TargetID)
	return form.Open(&def, d.Answers, rules)
}

// openAt are the problems that a visit to the target asks about.
func (t *turn) openAt(x casework.TargetID) []form.OpenProblem {
	var out []form.OpenProblem
	for _, p := range t.v.ProblemsOfTarget(x) {
		if p.Status.Open() {
			out = append(out, form.OpenProblem{Code: p.Code, Words: p.Description, Resolved: p.Status == casework.ProblemResolved})
		}
	}
	return out
}

// rules are what answers given on a day are checked against. A correction is
// held against the day of the report: what was right then stays right.
func (t *turn) rules(today casework.Date) form.Context {
	c, _ := t.v.Campaign()
	return form.Context{Today: today, Earliest: c.StartOn, BackfillDays: c.Params.Backfill}
}

// next is the path of the step to ask after another; empty when all is said.
func (t *turn) next(d *Draft, after string) string {
	step, ok := t.sheet(d).Next(after)
	if !ok {
		return ""
	}
	return step.Path
}

// drafts are the person's forms not sent yet, as they stand in this turn.
func (t *turn) drafts() []Draft {
	var out []Draft
	for _, d := range t.v.DraftsOf(t.staff.ID) {
		if !slices.Contains(t.out.Discard, d.ID) {
			out = append(out, d)
		}
	}
	return out
}

// draftFor is the person's draft of a new visit to the target.
func (t *turn) draftFor(x casework.TargetID) (Draft, bool) {
	if x, ok := t.v.Target(x); ok {
		return t.draftOf(x.ID, string(x.Kind))
	}
	return Draft{}, false
}

// draftOf is the person's draft about the target on the form of that id.
func (t *turn) draftOf(x casework.TargetID, id string) (Draft, bool) {
	for _, d := range t.drafts() {
		if d.TargetID == x && d.Correcting == 0 && d.Form == id {
			return d, true
		}
	}
	return Draft{}, false
}

// act is what the person has to be allowed to go on with the draft.
func (d *Draft) act() casework.Act {
	switch d.Form {
	case casework.CallForm:
		return casework.LogCalls
	case casework.RaiseForm:
		return casework.RaiseProblems
	}
	return casework.WriteVisit
}

// isVisit reports whether the draft is of a visit.
func (d *Draft) isVisit() bool { return d.act() == casework.WriteVisit }

// newDraft begins a form for the target. It fails, and says so, if the person
// may not, or has begun one already.
func (t *turn) newDraft(id casework.TargetID) (Draft, bool) {
	x, ok := t.v.Target(id)
	if !ok || !x.InUse() || !casework.May(t.v, t.staff, casework.WriteVisit, casework.Subject{Target: x}) {
		t.goTo(Place{Screen: targetScreen})
		return Draft{}, false
	}
	if _, ok := t.draftFor(id); ok {
		t.goTo(Place{Screen: targetScreen, Target: id})
		return Draft{}, false
	}
	def, ok := t.v.Form(string(x.Kind), 0)
	if !ok {
		t.goTo(Place{Screen: targetScreen, Target: id})
		return Draft{}, false
	}
	d := Draft{
		ID: casework.VisitID(t.ids.Next()), Owner: t.staff.ID, TargetID: id,
		Form: def.ID, Version: def.Version, Answers: form.Answers{}, Begun: t.in.Reached,
	}
	d.Answers = t.sheet(&d).Answers()
	return d, true
}

// begin begins a form with its first question answered.
func (t *turn) begin(id casework.TargetID, option string) {
	if v, ok := casework.SameVisit(t.v, id, t.today, t.staff.ID); ok {
		t.notice = t.w.say("submit.duplicate", "Code", v.Code)
		t.goTo(Place{Screen: visitScreen, Visit: v.ID})
		return
	}
	d, ok := t.newDraft(id)
	if !ok {
		return
	}
	def, _ := t.v.Form(d.Form, d.Version)
	item := firstItem(&def)
	t.take(d, item.ID, form.Answer{Values: []string{option}, Via: form.Tapped})
}

// beginOn begins a form with the question which day it was.
func (t *turn) beginOn(id casework.TargetID) {
	d, ok := t.newDraft(id)
	if !ok {
		return
	}
	d.At = "visited_on"
	t.keepDraft(d)
	t.goTo(Place{Screen: fillScreen, Visit: d.ID})
}

// resume goes on with a draft where it was left.
func (t *turn) resume(id casework.VisitID) {
	d, ok := t.draft(id)
	if !ok {
		t.lostDraft(id)
		return
	}
	t.showDraft(d)
}

// showDraft goes to the step in hand, or to the review.
func (t *turn) showDraft(d Draft) {
	if len(d.Dropped) > 0 {
		t.notice = t.w.say("draft.dropped", "Items", t.join(d.Dropped))
		d.Dropped = nil
	}
	t.keepDraft(d)
	screen := fillScreen
	if d.At == "" {
		screen = reviewScreen
	}
	t.goTo(Place{Screen: screen, Visit: d.ID})
}

// lostDraft says what became of a draft that is not there: sent, or discarded.
func (t *turn) lostDraft(id casework.VisitID) {
	if v, ok := t.v.Visit(id); ok {
		t.notice = t.w.say("draft.sent", "Code", v.Code)
		t.goTo(Place{Screen: visitScreen, Visit: id})
		return
	}
	if c, ok := t.v.Call(casework.CallID(id)); ok {
		t.notice = t.w.say("draft.sent", "Code", c.Code)
		t.goTo(Place{Screen: targetScreen, Target: c.TargetID})
		return
	}
	t.notice = t.w.say("draft.gone")
	if d, ok := t.v.Draft(id); ok && d.LentBy == t.staff.ID {
		t.notice = t.w.say("draft.lent", "Who", t.staffName(d.Owner))
	}
	t.goTo(Place{Screen: homeScreen})
}

// discard takes a draft away, and goes back to its target.
func (t *turn) discard(p Place) {
	d, ok := t.draft(p.Visit)
	if !ok {
		t.lostDraft(p.Visit)
		return
	}
	t.dropDraft(d.ID)
	t.notice = t.w.say("draft.discarded")
	if d.Correcting != 0 {
		t.goTo(Place{Screen: visitScreen, Visit: d.Correcting})
		return
	}
	t.goTo(Place{Screen: targetScreen, Target: d.TargetID})
}

func (t *turn) drawDrafts(f *face) bool {
	drafts := t.drafts()
	f.title(t.w.say("drafts.title", "Count", len(drafts)))
	if len(drafts) == 0 {
		f.line(t.w.say("drafts.none"))
	} else {
		f.line(t.w.say("drafts.how"))
	}
	for _, d := range drafts[:min(len(drafts), 10)] {
		f.row(t.resumeButton(d), choice{"🗑", Plain, to(Place{Screen: parkScreen, Visit: d.ID})})
	}
	f.row(choice{t.w.say("button.new"), Primary, to(Place{Screen: mineScreen})}, t.homeButton())
	return true
}

// resumeButton goes on with a draft: whose it is, how far, and how old.
func (t *turn) resumeButton(d Draft) choice {
	x, _ := t.v.Target(d.TargetID)
	key := "button.resume_of"
	switch {
	case d.Correcting != 0:
		key = "button.recorrect"
	case d.Form == casework.CallForm:
		key = "button.resume_call"
	case d.Form == casework.RaiseForm:
		key = "button.resume_raise"
	}
	return choice{
		t.w.say(key, "Target", x.Code+" "+x.DisplayName(), "Age", t.age(d.Touched)), Plain,
		Action{Verb: resume, Place: Place{Visit: d.ID}},
	}
}

// age says how long ago an instant was, roughly.
func (t *turn) age(at time.Time) string {
	switch d := t.in.Reached.Sub(at); {
	case d < time.Minute:
		return t.w.say("age.now")
	case d < time.Hour:
		return t.w.say("age.minutes", "Count", int(d/time.Minute))
	case d < 24*time.Hour:
		return t.w.say("age.hours", "Count", int(d/time.Hour))
	default:
		return t.w.say("age.days", "Count", int(d/(24*time.Hour)))
	}
}

// drawPark asks what is to become of a form that is left.
func (t *turn) drawPark(f *face) bool {
	d, ok := t.draft(t.s.At.Visit)
	if !ok {
		return false
	}
	x, _ := t.v.Target(d.TargetID)
	f.title(x.Code + " " + x.DisplayName())
	f.line(t.w.say("park.ask"))
	f.row(choice{t.w.say("button.keep"), Primary, Action{Verb: keep, Place: Place{Visit: d.ID}}})
	f.row(choice{t.w.say("button.back_to"), Plain, Action{Verb: resume, Place: Place{Visit: d.ID}}})
	f.row(choice{t.w.say("button.discard"), Danger, Action{Verb: discard, Place: Place{Visit: d.ID}}})
	return true
}

// lastAnswers are what was answered at the newest visit that found somebody.
func (t *turn) lastAnswers(d *Draft) (casework.Visit, bool) {
	for _, v := range t.v.VisitsOfTarget(d.TargetID, lastVisits) {
		if v.Outcome == casework.Met && v.Form == d.Form && v.ID != d.Correcting {
			return v, true
		}
	}
	return casework.Visit{}, false
}

// beginCorrection opens a copy of a sealed record for correction.
func (t *turn) beginCorrection(id casework.VisitID) {
	v, ok := t.v.Visit(id)
	if !ok || !t.mayCorrect(v) {
		t.notice = t.w.say("correct.forbidden")
		t.goTo(Place{Screen: homeScreen})
		return
	}
	for _, d := range t.drafts() {
		if d.Correcting == id {
			t.showDraft(d)
			return
		}
	}
	t.showDraft(Draft{
		ID: casework.VisitID(t.ids.Next()), Owner: t.staff.ID, TargetID: v.TargetID,
		Form: v.Form, Version: v.FormVersion, Answers: maps.Clone(v.Answers),
		Correcting: id, Begun: t.in.Reached,
	})
}

// mayCorrect asks for the right to correct a record.
func (t *turn) mayCorrect(v casework.Visit) bool {
	x, _ := t.v.Target(v.TargetID)
	return casework.May(t.v, t.staff, casework.CorrectVisit, casework.Subject{Target: x, Visit: v})
}

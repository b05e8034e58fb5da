package dialog

import (
	"fmt"
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// perReview is how many answers a page of the review shows: more than nearly all
// visits have, and few enough for the text and the buttons of one message.
const perReview = 40

// drawReview shows every answer, each one tap away from being corrected.
func (t *turn) drawReview(f *face) bool {
	d, ok := t.draft(t.s.At.Visit)
	if !ok {
		return false
	}
	x, _ := t.v.Target(d.TargetID)
	sheet := t.sheet(&d)
	before := t.beforeCorrection(&d)
	title := "review.title"
	switch {
	case d.Correcting != 0:
		title = "review.correcting"
	case d.Form == casework.CallForm:
		title = "review.call"
	case d.Form == casework.RaiseForm:
		title = "review.raise"
	}
	f.title(t.w.say(title, "Target", x.Code+" "+x.DisplayName()))
	lines := sheet.Review()
	pages := max(1, (len(lines)+perReview-1)/perReview)
	page := min(max(0, t.s.At.Page), pages-1)
	var fixes []choice
	for _, l := range lines[page*perReview : min(len(lines), (page+1)*perReview)] {
		t.reviewLine(f, sheet, l, before)
		fixes = append(fixes, choice{"✎ " + stepName(l.Step, t.w.lang), Plain, Action{
			Verb: fix, Place: Place{Visit: d.ID, Path: l.Step.Path},
		}})
	}
	t.party(f, &d)
	t.tray(f, d.Attachments)
	f.gap()
	f.line(t.w.say("review.how"))
	key := "button.submit"
	if d.Correcting != 0 {
		key = "button.submit_correction"
	}
	f.row(choice{t.w.say(key), Good, Action{Verb: submit, Place: Place{Visit: d.ID}}})
	f.grid(fixes)
	f.arrows(Place{Screen: reviewScreen, Visit: d.ID}, page, pages)
	f.grid(t.moreButtons(&d, sheet))
	if d.Correcting == 0 && d.isVisit() {
		f.row(
			choice{t.w.say("button.party", "Count", len(d.Companions)), Plain, to(Place{Screen: partyScreen, Visit: d.ID})},
			t.policyChoice(d.TargetID, d.ID),
		)
	}
	f.row(choice{t.w.say("button.leave"), Plain, to(Place{Screen: parkScreen, Visit: d.ID})})
	return true
}

// moreButtons offer another of what repeats.
func (t *turn) moreButtons(d *Draft, sheet *form.Sheet) []choice {
	var list []choice
	for _, s := range sheet.Steps() {
		if s.Gate() {
			key := "button.more"
			if instances(d.Answers, s.Repeat.ID) == 0 {
				key = "button.first"
			}
			list = append(list, choice{t.w.say(key, "What", s.Repeat.Label.In(t.w.lang)), Plain, Action{
				Verb: answer, Place: Place{Visit: d.ID, Path: s.Path}, Option: "more",
			}})
		}
	}
	return list
}

// beforeCorrection are the answers of the record that is being corrected.
func (t *turn) beforeCorrection(d *Draft) form.Answers {
	if d.Correcting == 0 {
		return nil
	}
	v, _ := t.v.Visit(d.Correcting)
	return v.Answers
}

// reviewLine is one answer; a changed one shows what it was.
func (t *turn) reviewLine(f *face, sheet *form.Sheet, l form.Line, before form.Answers) {
	name := stepName(l.Step, t.w.lang)
	if l.Step.Item.No > 0 {
		name = fmt.Sprintf("%d %s", l.Step.Item.No, name)
	}
	f.add(name + t.w.say("colon"))
	shown := clip(sheet.Show(l.Step, l.Answer, t.w.lang), 80)
	if l.Step.Item.No == lastItem && l.Answer.Skipped {
		shown = t.w.say("review.nothing")
	}
	f.bold(shown)
	switch {
	case before != nil && !slices.Equal(before[l.Step.Path].Values, l.Answer.Values):
		f.add(" " + t.w.say("review.was", "Answer", clip(sheet.Show(l.Step, before[l.Step.Path], t.w.lang), 40)))
	case l.Answer.Via == form.Same:
		f.add(" " + t.w.say("review.same"))
	case l.Answer.Via == form.Rest:
		f.add(" " + t.w.say("review.rest"))
	}
	f.add("\n")
}

// stepName is what a step is called; inside a repeat with its number.
func stepName(s form.Step, lang string) string {
	name := s.Item.Label.In(lang)
	if s.N > 0 {
		name = fmt.Sprintf("%s%d·%s", s.Repeat.Label.In(lang), s.N, name)
	}
	return name
}

// submit seals the draft, if nothing is missing and it is not a second record
// of the same visit.
func (t *turn) submit(d Draft) {
	sheet := t.sheet(&d)
	if missing := sheet.Missing(); len(missing) > 0 {
		d.At = missing[0].Path
		t.notice = t.w.say("submit.missing", "Item", stepName(missing[0], t.w.lang))
		t.showDraft(d)
		return
	}
	if step, ok := sheet.Next(""); ok { // a correction made something new to ask
		d.At = step.Path
		t.showDraft(d)
		return
	}
	if d.Correcting != 0 {
		t.submitCorrection(d, sheet)
		return
	}
	switch d.Form {
	case casework.CallForm:
		t.submitCall(d, sheet)
		return
	case casework.RaiseForm:
		t.submitRaised(d, sheet)
		return
	}
	if v, ok := t.v.Visit(d.ID); ok {
		t.dropDraft(d.ID)
		t.notice = t.w.say("draft.sent", "Code", v.Code)
		t.goTo(Place{Screen: visitScreen, Visit: d.ID})
		return
	}
	x, ok := t.v.Target(d.TargetID)
	if !ok || !x.InUse() {
		t.notice = t.w.say("gone")
		t.goTo(Place{Screen: homeScreen})
		return
	}
	rep := casework.Report{
		ID: d.ID, Target: x, Form: d.Form, FormVersion: d.Version, Answers: sheet.Prune(),
		Attachments: d.Attachments, Reporter: t.staff.ID, Companions: d.Companions, At: t.in.Reached, Today: t.today,
	}
	for _, who := range append([]casework.StaffID{t.staff.ID}, d.Companions...) {
		v, ok := casework.SameVisit(t.v, x.ID, rep.VisitedOn(), who)
		switch {
		case ok && who == t.staff.ID:
			t.notice = t.w.say("submit.duplicate", "Code", v.Code)
			t.goTo(Place{Screen: visitScreen, Visit: v.ID})
			return
		case ok:
			t.notice = t.w.say("submit.reported", "Code", v.Code, "Who", t.staffName(who))
			t.goTo(Place{Screen: visitScreen, Visit: v.ID})
			return
		}
	}
	t.report(d, rep)
}

// report makes the record and says what follows from it.
func (t *turn) report(d Draft, rep casework.Report) {
	var v casework.Visit
	var raised []casework.Problem
	var asked []casework.ProblemMoved
	first := len(t.out.Events)
	for _, fact := range casework.ReportVisit(t.v, rep, t.ids) {
		switch fact := fact.(type) {
		case casework.VisitReported:
			v = fact.Visit
		case casework.ProblemRaised:
			raised = append(raised, fact.Problem)
		case casework.ProblemMoved:
			asked = append(asked, fact)
		}
		t.record(fact, v.VisitedOn, "")
	}
	t.dropDraft(d.ID)
	t.s.LastVisit, t.s.SavedAt = v.ID, t.in.Reached
	t.s.At = Place{Screen: visitScreen, Visit: v.ID}
	f := &face{}
	f.title(t.w.say("saved.title", "Code", v.Code))
	x := rep.Target
	f.line(x.Code + " " + x.DisplayName() + " · " + t.day(v.VisitedOn))
	if v.Late {
		f.line(t.w.say("saved.late"))
	}
	f.gap()
	t.askedLines(f, asked)
	t.raisedLines(f, raised)
	if len(raised) == 0 && v.Outcome == casework.Met {
		f.line(t.w.say("saved.none"))
	}
	f.line(t.nextWords(v.TargetID))
	f.line(t.w.say("saved.how"))
	f.row(choice{t.w.say("button.again"), Primary, to(Place{Screen: mineScreen})})
	t.askedButtons(f, asked)
	t.raisedButtons(f, raised)
	f.row(t.diaryButtons(v)...)
	f.row(choice{t.w.say("button.record", "Code", v.Code), Plain, to(t.s.At)}, t.homeButton())
	t.show(t.in.Chat, mainCard, f, t.tapped)
	t.tellRaised(x, raised)
	t.tellSteps(first)
}

// saidGone is what people say at a visit of a problem that is not there any more.
const saidGone = "gone"

// askedLines say how the problems stand that the visit asked about.
func (t *turn) askedLines(f *face, asked []casework.ProblemMoved) {
	for _, m := range asked {
		p, ok := t.v.Problem(m.ProblemID)
		switch {
		case !ok || m.Act != casework.AskAtVisit && m.Act != casework.AskBack:
		case m.Act == casework.AskAtVisit:
			f.line(t.w.say("saved.asked", "Code", p.Code, "Answer", casework.AskedAtVisit().Label(m.Why, t.w.lang)))
		default:
			f.line(t.w.say("saved.asked", "Code", p.Code, "Answer",
				t.w.say("satisfaction."+string(m.Satisfaction))+" · "+t.w.say("status."+string(p.Status))))
		}
	}
}

// askedButtons offer to resolve the problems that the people say are gone, to who
// may, and lead to the cards of the others.
func (t *turn) askedButtons(f *face, asked []casework.ProblemMoved) {
	var others []choice
	for _, m := range asked {
		p, ok := t.problem(m.ProblemID)
		switch {
		case !ok:
		case m.Why == saidGone && casework.WhyNot(t.v, t.staff, p, casework.Resolve, t.today) == "":
			f.row(t.stepChoice(t.w.say("button.resolve", "Code", p.Code), Good, casework.ProblemMoved{ProblemID: p.ID, Act: casework.Resolve}))
		case m.Act == casework.AskAtVisit || m.Act == casework.AskBack:
			others = append(others, t.problemButton(p))
		}
	}
	f.grid(others)
}

// raisedLines name the problems that a record raised.
func (t *turn) raisedLines(f *face, raised []casework.Problem) {
	for _, p := range raised {
		if p.Status == casework.ProblemResolved {
			f.line(t.w.say("visit.problem", "Code", p.Code, "Status", t.w.say("status."+string(p.Status))))
			continue
		}
		f.line(t.w.say("saved.problem", "Code", p.Code, "Status", t.w.say("status."+string(p.Status)), "Due", t.day(p.DueOn)))
	}
}

// alarmed are those who hear at once of what cannot wait: the leader and deputy
// of the group, or the office when neither can be reached.
func (t *turn) alarmed(group casework.GroupID) []casework.Staff {
	g, _ := t.v.Group(group)
	var leaders, office []casework.Staff
	for s := range t.v.AllStaff() {
		switch {
		case s.Binding != casework.Bound || s.Unreachable || s.ID == t.staff.ID:
		case s.ID == g.LeaderID || s.ID == g.DeputyID:
			leaders = append(leaders, s)
		case s.Has(casework.Office):
			office = append(office, s)
		}
	}
	if len(leaders) > 0 || t.staff.ID == g.LeaderID {
		return leaders
	}
	return office
}

// submitCorrection asks why, unless nothing was changed.
func (t *turn) submitCorrection(d Draft, sheet *form.Sheet) {
	v, ok := t.v.Visit(d.Correcting)
	if !ok || !t.mayCorrect(v) {
		t.notice = t.w.say("correct.forbidden")
		t.goTo(Place{Screen: homeScreen})
		return
	}
	if len(casework.ReviseVisit(t.v, v, sheet.Prune(), t.today, "", casework.NewMinter(t.in.N))) == 0 {
		t.dropDraft(d.ID)
		t.notice = t.w.say("correct.nothing")
		t.goTo(Place{Screen: visitScreen, Visit: v.ID})
		return
	}
	t.keepDraft(d)
	t.goTo(Place{Screen: reasonScreen, Visit: d.ID})
}

func (t *turn) drawReason(f *face) bool {
	d, ok := t.draft(t.s.At.Visit)
	if !ok || d.Correcting == 0 {
		return false
	}
	f.title(t.w.say("reason.ask"))
	f.line(t.w.say("reason.how"))
	for _, r := range []string{"slip", "changed", "added"} {
		f.row(choice{t.w.say("reason." + r), Plain, Action{Verb: because, Place: Place{Visit: d.ID}, Option: r}})
	}
	f.row(choice{t.w.say("button.to_review"), Plain, to(Place{Screen: reviewScreen, Visit: d.ID})})
	return true
}

// maxReason is the longest reason of a correction, in characters.
const maxReason = 100

// reasonTyped takes a reason in the person's own words.
func (t *turn) reasonTyped(text string) {
	d, ok := t.draft(t.s.At.Visit)
	if !ok || d.Correcting == 0 {
		t.lostDraft(t.s.At.Visit)
		return
	}
	reason := form.Clean(text)
	switch n := len([]rune(reason)); {
	case form.FindPrivate(reason) != "":
		t.erase()
		t.notice = t.w.say("refused." + string(form.FindPrivate(reason)))
	case n < 2 || n > maxReason:
		t.notice = t.w.say("reason.length", "Max", maxReason)
	default:
		t.seal(d, reason)
		return
	}
	t.draw()
}

// seal makes the correction a new revision of the record.
func (t *turn) seal(d Draft, reason string) {
	v, ok := t.v.Visit(d.Correcting)
	if !ok || !t.mayCorrect(v) {
		t.notice = t.w.say("correct.forbidden")
		t.goTo(Place{Screen: homeScreen})
		return
	}
	sheet := t.sheet(&d)
	if len(sheet.Missing()) > 0 {
		t.submit(d)
		return
	}
	answers := sheet.Prune()
	if on := answers["visited_on"].Values; len(on) == 1 && on[0] != v.VisitedOn.String() {
		var day casework.Date
		if err := day.UnmarshalText([]byte(on[0])); err == nil {
			if other, ok := casework.SameVisit(t.v, v.TargetID, day, v.Reporter()); ok && other.ID != v.ID {
				t.notice = t.w.say("submit.duplicate", "Code", other.Code)
				t.goTo(Place{Screen: reviewScreen, Visit: d.ID})
				return
			}
		}
	}
	t.revise(v, answers, reason)
	for _, a := range d.Attachments {
		t.record(casework.AttachmentAdded{VisitID: v.ID, Attachment: a}, casework.Date{}, "")
	}
	t.dropDraft(d.ID)
	t.notice = t.w.say("correct.done", "Code", v.Code, "Revision", v.Revision+1)
	t.s.LastVisit, t.s.SavedAt = v.ID, t.in.Reached
	t.s.At = Place{Screen: visitScreen, Visit: v.ID}
	f := &face{}
	f.line(t.notice)
	f.row(choice{t.w.say("button.record", "Code", v.Code), Primary, to(t.s.At)}, t.homeButton())
	t.show(t.in.Chat, mainCard, f, t.tapped)
}

// revise records what changed answers make of a sealed visit, and says at once
// what cannot wait.
func (t *turn) revise(v casework.Visit, answers form.Answers, reason string) {
	var raised []casework.Problem
	for _, f := range casework.ReviseVisit(t.v, v, answers, t.today, reason, t.ids) {
		var old casework.Problem
		if c, ok := f.(casework.ProblemCorrected); ok {
			old, _ = t.v.Problem(c.Problem.ID)
		}
		t.record(f, v.VisitedOn, reason)
		switch f := f.(type) {
		case casework.ProblemRaised:
			raised = append(raised, f.Problem)
		case casework.ProblemCorrected:
			if old.Urgency != f.Problem.Urgency && f.Problem.Urgency != casework.Normal && f.Problem.Status.Open() {
				raised = append(raised, f.Problem)
			}
		}
	}
	if x, ok := t.v.Target(v.TargetID); ok {
		t.tellRaised(x, raised)
	}
}

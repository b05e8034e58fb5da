package dialog

import (
	"zoufang/casework"
	"zoufang/form"
)

// visitSheet opens the form of a sealed visit, on the version it was reported.
func (t *turn) visitSheet(v *casework.Visit) *form.Sheet {
	def, _ := t.v.Form(v.Form, v.FormVersion)
	return form.Open(&def, v.Answers, t.rules(v.ReportedOn))
}

// maySee reports whether the person may see a record: that of a target in
// reach, or one's own.
func (t *turn) maySee(v casework.Visit) bool {
	x, ok := t.v.Target(v.TargetID)
	return ok && casework.May(t.v, t.staff, casework.SeeTarget, casework.Subject{Target: x, Visit: v})
}

func (t *turn) drawVisit(f *face) bool {
	v, ok := t.v.Visit(t.s.At.Visit)
	if !ok || !t.maySee(v) {
		return false
	}
	x, _ := t.v.Target(v.TargetID)
	f.title(v.Code)
	f.line(x.Code + " " + x.DisplayName() + " · " + t.day(v.VisitedOn))
	var who []string
	for _, id := range v.Participants {
		who = append(who, t.staffName(id))
	}
	f.line(t.w.say("visit.who", "Who", t.join(who), "Time", v.SubmittedAt.In(t.d.zone).Format("2006-01-02 15:04")))
	if v.Revision > 0 {
		f.line(t.w.say("visit.corrected", "Count", v.Revision))
	}
	f.gap()
	sheet := t.visitSheet(&v)
	for _, l := range sheet.Review() {
		if l.Answered && (len(l.Answer.Values) > 0 || l.Step.Item.No > 0) {
			t.reviewLine(f, sheet, l, nil)
		}
	}
	for _, id := range v.ProblemIDs {
		if p, ok := t.v.Problem(id); ok {
			f.line(t.w.say("visit.problem", "Code", p.Code, "Status", t.w.say("status."+string(p.Status))))
		}
	}
	t.explainedLines(f, v)
	t.tray(f, v.Attachments)
	var row []choice
	if t.mayCorrect(v) {
		row = append(row, choice{t.w.say("button.correct"), Plain, Action{Verb: correct, Place: Place{Visit: v.ID}}})
	}
	f.row(append(row, t.diaryButtons(v)...)...)
	row = nil
	if len(v.Attachments) > 0 {
		row = append(row, choice{t.w.say("button.files", "Count", len(v.Attachments)), Plain, Action{Verb: showFiles, Place: Place{Visit: v.ID}}})
	}
	row = append(row, choice{t.w.say("button.target", "Code", x.Code), Plain, to(Place{Screen: targetScreen, Target: x.ID})})
	f.row(row...)
	f.row(choice{t.w.say("button.records"), Plain, to(Place{Screen: recordsScreen})}, t.homeButton())
	return true
}

// showFiles sends the files of a record again.
func (t *turn) showFiles(id casework.VisitID) {
	v, ok := t.v.Visit(id)
	if !ok || !t.maySee(v) {
		t.toast("gone")
		return
	}
	t.out.Letters = append(t.out.Letters, Letter{Kind: Resend, Chat: t.in.Chat, Files: v.Attachments, Protect: true})
}

// maxRecords is how many records a list reaches back.
const maxRecords = 48

// drawRecords lists one's own records, or those of a target.
func (t *turn) drawRecords(f *face) bool {
	visits := t.v.VisitsOfStaff(t.staff.ID, maxRecords)
	title := t.w.say("records.title")
	if x, ok := t.v.Target(t.s.At.Target); ok {
		if !casework.May(t.v, t.staff, casework.SeeTarget, casework.Subject{Target: x}) {
			return false
		}
		visits = t.v.VisitsOfTarget(x.ID, maxRecords)
		title = t.w.say("records.of", "Target", x.Code+" "+x.DisplayName())
	}
	f.title(title)
	if len(visits) == 0 {
		f.line(t.w.say("records.none"))
	}
	pages := max(1, (len(visits)+perPage-1)/perPage)
	page := min(max(0, t.s.At.Page), pages-1)
	for _, v := range visits[page*perPage : min(len(visits), (page+1)*perPage)] {
		x, _ := t.v.Target(v.TargetID)
		line := v.Code + " · " + x.DisplayName()
		if t.s.At.Target != 0 {
			line = v.Code + " · " + t.staffName(v.Reporter())
		}
		f.row(choice{line, Plain, to(Place{Screen: visitScreen, Visit: v.ID})})
	}
	f.arrows(t.s.At, page, pages)
	f.row(t.homeButton())
	return true
}

package dialog

import (
	"fmt"
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// recordLines show a record on a board.
func (t *turn) recordLines(f *face, v casework.Visit) {
	x, _ := t.v.Target(v.TargetID)
	f.gap()
	f.title(v.Code)
	f.line(x.Code + " " + x.DisplayName() + " · " + t.day(v.VisitedOn))
	f.line(t.w.say("visit.who", "Who", t.staffName(v.Reporter()), "Time", v.SubmittedAt.In(t.d.zone).Format("2006-01-02 15:04")))
	if v.Revision > 0 {
		f.line(t.w.say("visit.corrected", "Count", v.Revision))
	}
	sheet := t.visitSheet(&v)
	for _, l := range sheet.Review() {
		if l.Answered && (len(l.Answer.Values) > 0 || l.Step.Item.No > 0) {
			t.reviewLine(f, sheet, l, nil)
		}
	}
	t.tray(f, v.Attachments)
	if v.Return != nil {
		f.gap()
		f.line(t.w.say("return.waiting", "Who", t.staffName(v.Return.By), "Remark", v.Return.Remark))
	}
}

// mayReturn reports whether more can be asked of a record: of one's own it is
// corrected instead.
func (t *turn) mayReturn(v casework.Visit) bool {
	x, ok := t.v.Target(v.TargetID)
	sub := t.subject(x)
	sub.Visit = v
	return ok && v.Reporter() != t.staff.ID && casework.May(t.v, t.staff, casework.ReturnVisit, sub)
}

func (t *turn) recordButtons(f *face, v casework.Visit, list Place) {
	x, _ := t.v.Target(v.TargetID)
	if t.mayReturn(v) && v.Return == nil {
		f.row(choice{t.w.say("button.return"), Plain, part(Place{Path: returnPart, Page: list.Page, Visit: v.ID})}, t.targetButton(x))
	} else {
		f.row(t.targetButton(x))
	}
	f.row(choice{t.w.say("button.go_back"), Plain, part(list)})
}

// remarks are what is asked most often of a record.
func remarks() []string { return []string{"detail", "mismatch", "outcome"} }

// returnButtons ask what more is wanted.
func (t *turn) returnButtons(f *face, v casework.Visit) {
	f.gap()
	f.line(t.w.say("return.ask"))
	for _, r := range remarks() {
		f.row(choice{t.w.say("return." + r), Plain, Action{Verb: returnVisit, Place: Place{Visit: v.ID}, Option: r}})
	}
	f.row(
		choice{t.w.say("button.own_words"), Plain, to(Place{Screen: remarkScreen, Visit: v.ID})},
		choice{t.w.say("button.go_back"), Plain, part(Place{Path: recordPart, Visit: v.ID})},
	)
}

// returnVisit sends a record back with one of the remarks.
func (t *turn) returnVisit(card Card, a Action) {
	v, ok := t.v.Visit(a.Place.Visit)
	if !ok || !t.mayReturn(v) || v.Return != nil || !slices.Contains(remarks(), a.Option) {
		t.toast("return.forbidden")
	} else {
		t.sendBack(v, t.w.say("return."+a.Option))
		t.toast("return.done")
	}
	at := card.At
	at.Path, at.Visit = recordPart, a.Place.Visit
	t.goTo(at)
}

// sendBack records the remark and shows it to the reporter.
func (t *turn) sendBack(v casework.Visit, remark string) {
	t.record(casework.VisitReturned{VisitID: v.ID, Remark: remark}, t.today, "")
	if who, ok := t.v.Staff(v.Reporter()); ok && who.Binding == casework.Bound {
		t.as(who).showBoard(Place{Screen: returnedScreen, Visit: v.ID}, false, true)
	}
}

// drawRemark asks what more is wanted of a record, in the person's own words.
func (t *turn) drawRemark(f *face) bool {
	v, ok := t.v.Visit(t.s.At.Visit)
	if !ok || !t.mayReturn(v) {
		return false
	}
	f.title(t.w.say("return.title", "Code", v.Code))
	f.line(t.w.say("return.type", "Max", maxReason))
	f.row(t.homeButton())
	return true
}

// remarkTyped sends a record back with what was typed.
func (t *turn) remarkTyped(text string) {
	v, ok := t.v.Visit(t.s.At.Visit)
	remark := form.Clean(text)
	n := len([]rune(remark))
	switch private := form.FindPrivate(remark); {
	case !ok || !t.mayReturn(v) || v.Return != nil:
		t.notice = t.w.say("return.forbidden")
		t.s.At = Place{Screen: homeScreen}
	case private != "":
		t.erase()
		t.notice = t.w.say("refused." + string(private))
	case n < 2 || n > maxReason:
		t.notice = t.w.say("return.length", "Max", maxReason)
	default:
		t.sendBack(v, remark)
		t.notice = t.w.say("return.sent", "Code", v.Code, "Who", t.staffName(v.Reporter()))
		t.s.At = Place{Screen: homeScreen}
	}
	t.draw()
}

// drawReturned tells the reporter what more is asked of a record, and the leader
// that it was given.
func (t *turn) drawReturned(f *face, at Place) bool {
	v, ok := t.v.Visit(at.Visit)
	if !ok || !t.maySee(v) {
		return false
	}
	x, _ := t.v.Target(v.TargetID)
	record := choice{t.w.say("button.record", "Code", v.Code), Plain, to(Place{Screen: visitScreen, Visit: v.ID})}
	switch {
	case at.Path == donePath:
		f.title(t.w.say("return.answered", "Code", v.Code, "Who", t.staffName(v.Reporter())))
		f.line(x.Code + " " + x.DisplayName() + " · " + t.day(v.VisitedOn))
	case v.Return == nil:
		f.title(t.w.say("return.over", "Code", v.Code))
	default:
		f.title(t.w.say("return.told", "Who", t.staffName(v.Return.By), "Code", v.Code))
		f.line(x.Code + " " + x.DisplayName() + " · " + t.day(v.VisitedOn))
		f.line("“" + v.Return.Remark + "”")
		if t.mayCorrect(v) {
			f.row(choice{t.w.say("button.correct"), Primary, Action{Verb: correct, Place: Place{Visit: v.ID}}})
		}
	}
	f.row(record)
	return true
}

// answerReturns tells the leaders who asked more of records that were corrected in
// this turn.
func (t *turn) answerReturns() {
	for _, e := range t.out.Events {
		f, ok := e.Fact.(casework.VisitCorrected)
		if !ok {
			continue
		}
		before, _ := t.v.view.Visit(f.VisitID)
		if before.Return == nil {
			continue
		}
		if who, ok := t.v.Staff(before.Reporter()); ok {
			t.renew(who, fmt.Sprintf("returned/%d", f.VisitID), func(Place) bool { return true })
		}
		leader, ok := t.v.Staff(before.Return.By)
		if ok && leader.ID != t.staff.ID && leader.Binding == casework.Bound {
			t.as(leader).showBoard(Place{Screen: returnedScreen, Visit: f.VisitID, Path: donePath}, false, true)
		}
	}
}

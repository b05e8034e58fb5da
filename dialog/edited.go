package dialog

import (
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// edited takes the changed words of an earlier message as a correction of what
// that message became: of the draft while it is open, of the record afterwards.
// An edit of anything else, or without other words, changes nothing.
func (t *turn) edited() {
	at, ok := t.v.Landed(MessageCause(t.in.Chat, t.in.Message))
	if !ok || t.in.Command != "" {
		return
	}
	if d, ok := t.draft(at.Visit); ok {
		t.editDraft(d, at)
		return
	}
	if v, ok := t.v.Visit(at.Visit); ok {
		t.editVisit(v, at)
		return
	}
	if c, ok := t.v.Call(casework.CallID(at.Visit)); ok {
		t.notice = t.w.say("edited.call", "Code", c.Code)
		t.draw()
	}
}

// readEdit reads the edited words as the answer they correct. It reports false if
// nothing is to be changed; the person is told where there is something to tell.
func (t *turn) readEdit(sheet *form.Sheet, at Landing) (form.Step, form.Answer, bool) {
	step, ok := sheet.Step(at.Path)
	if !ok || step.Gate() {
		return step, form.Answer{}, false
	}
	a, err := sheet.Read(step, t.in.Text)
	if err != nil {
		t.notice = t.w.say("edited.refused", "Item", stepName(step, t.w.lang)) + "\n" + t.refusal(err)
		t.draw()
		return step, a, false
	}
	return step, a, !slices.Equal(a.Values, sheet.Answers()[at.Path].Values)
}

func (t *turn) editDraft(d Draft, at Landing) {
	sheet := t.sheet(&d)
	step, a, ok := t.readEdit(sheet, at)
	if !ok {
		return
	}
	putEdited(sheet, at.Path, a)
	d.Answers = sheet.Answers()
	if _, ok := t.sheet(&d).Step(d.At); d.At != "" && !ok {
		d.At = t.next(&d, at.Path)
	}
	t.notice = t.w.say("edited.draft", "Item", stepName(step, t.w.lang), "Answer", clip(sheet.Show(step, a, t.w.lang), 40))
	t.keepDraft(d)
	t.draw()
}

func (t *turn) editVisit(v casework.Visit, at Landing) {
	if !t.mayCorrect(v) {
		t.notice = t.w.say("correct.forbidden")
		t.draw()
		return
	}
	sheet := t.visitSheet(&v)
	step, a, ok := t.readEdit(sheet, at)
	if !ok {
		return
	}
	putEdited(sheet, at.Path, a)
	if missing := sheet.Missing(); len(missing) > 0 {
		t.notice = t.w.say("edited.needs_more", "Code", v.Code)
		t.draw()
		return
	}
	t.revise(v, sheet.Prune(), t.w.say("reason.edited"))
	f := &face{}
	f.line(t.w.say("edited.visit", "Code", v.Code, "Item", stepName(step, t.w.lang),
		"Answer", clip(sheet.Show(step, a, t.w.lang), 40), "Revision", v.Revision+1))
	f.row(choice{t.w.say("button.record", "Code", v.Code), Plain, to(Place{Screen: visitScreen, Visit: v.ID})}, t.homeButton())
	t.show(t.in.Chat, mainCard, f, false)
}

// putEdited puts the edited answer, and the same into problems that were
// described by those very words.
func putEdited(sheet *form.Sheet, path string, a form.Answer) {
	a.Via = form.Edited
	before := sheet.Answers()
	sheet.Set(path, a)
	if path != "free" {
		return
	}
	for _, step := range sheet.Steps() {
		if step.N == 0 || step.Gate() || step.Item.ID != "words" {
			continue
		}
		if slices.Equal(before[step.Path].Values, before[path].Values) && sheet.Check(step, a) == nil {
			sheet.Set(step.Path, a)
		}
	}
}

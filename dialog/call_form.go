package dialog

import (
	"zoufang/casework"
	"zoufang/form"
)

// trouble begins the phone form: somebody was reached, and something is needed.
func (t *turn) trouble(_ Card, a Action) {
	x, ok := t.target(a.Place.Target, casework.LogCalls)
	def, found := t.v.Form(casework.CallForm, 0)
	if !ok || !found || !x.InUse() {
		t.toast("call.forbidden")
		return
	}
	if d, ok := t.draftOf(x.ID, casework.CallForm); ok {
		t.showDraft(t.migrated(d))
		return
	}
	d := Draft{
		ID: casework.VisitID(t.ids.Next()), Owner: t.staff.ID, TargetID: x.ID,
		Form: def.ID, Version: def.Version, Answers: form.Answers{}, Begun: t.in.Reached,
	}
	if d.Problem = t.askedBack(x); d.Problem != 0 {
		d.Answers["callback"] = form.Answer{Values: []string{"yes"}, Via: form.Defaulted}
	}
	d.Answers = t.sheet(&d).Answers()
	d.At = t.next(&d, "")
	t.showDraft(d)
}

// heed tells the leaders of an emergency as soon as it is said, once.
func (t *turn) heed(d *Draft) {
	a := d.Answers["wellbeing"]
	if d.Form != casework.CallForm || d.Alarmed || len(a.Values) == 0 || a.Values[0] != string(casework.InEmergency) {
		return
	}
	d.Alarmed = true
	if t.notice != "" {
		t.notice += "\n"
	}
	x, _ := t.v.Target(d.TargetID)
	told := t.alarmed(x.GroupID)
	t.notice += t.w.say("call.emergency")
	if len(told) > 0 {
		t.notice += t.w.say("call.leader_told")
	}
	for _, who := range told {
		w := t.d.speak(who.Lang)
		t.tell(ChatID(who.User), w.say("alarm.call", "Target", x.Code+" "+x.DisplayName(), "Who", t.staff.Name))
	}
}

// submitCall seals the phone form.
func (t *turn) submitCall(d Draft, sheet *form.Sheet) {
	x, ok := t.target(d.TargetID, casework.LogCalls)
	switch c, sent := t.v.Call(casework.CallID(d.ID)); {
	case sent:
		t.dropDraft(d.ID)
		t.notice = t.w.say("draft.sent", "Code", c.Code)
		t.goTo(Place{Screen: targetScreen, Target: d.TargetID})
		return
	case !ok || !x.InUse():
		t.notice = t.w.say("gone")
		t.goTo(Place{Screen: homeScreen})
		return
	}
	c, raised := t.logCall(x, casework.Call{
		ID: casework.CallID(d.ID), Result: casework.Connected, Problem: d.Problem,
		Answers: sheet.Prune(), FormVersion: d.Version, Attachments: d.Attachments,
	})
	t.dropDraft(d.ID)
	if d.Alarmed && c.Wellbeing != casework.InEmergency {
		for _, who := range t.alarmed(x.GroupID) {
			w := t.d.speak(who.Lang)
			t.tell(ChatID(who.User), w.say("alarm.over", "Target", x.Code+" "+x.DisplayName(), "Who", t.staff.Name))
		}
	}
	t.s.At = Place{Screen: targetScreen, Target: x.ID}
	f := &face{}
	f.title(t.w.say("saved.title", "Code", c.Code))
	f.line(t.callWords(c))
	f.line(t.afterCall(c))
	if c.Wellbeing == casework.InEmergency {
		f.line(t.w.say("call.emergency"))
	}
	f.gap()
	t.raisedLines(f, raised)
	f.row(choice{t.w.say("button.agenda"), Primary, Action{Verb: openToday}}, t.targetButton(x))
	f.row(t.homeButton())
	t.show(t.in.Chat, mainCard, f, t.tapped)
}

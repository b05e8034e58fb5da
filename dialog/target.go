package dialog

import (
	"zoufang/casework"
	"zoufang/form"
)

// lastVisits is how many earlier visits a target's card looks at.
const lastVisits = 5

func (t *turn) drawTarget(f *face) bool {
	x, ok := t.v.Target(t.s.At.Target)
	if !ok || !casework.May(t.v, t.staff, casework.SeeTarget, casework.Subject{Target: x}) {
		return false
	}
	if x.Status == casework.Merged {
		t.mergedCard(f, x)
		return true
	}
	t.headline(f, x)
	if x.LastVisitOn.IsZero() {
		f.line(t.w.say("target.never"))
	} else {
		f.line(t.w.say("target.last", "Date", t.day(x.LastVisitOn), "Ago", t.ago(x.LastVisitOn)))
	}
	if x.Missed > 0 {
		f.line(t.w.say("target.missed", "Count", x.Missed))
	}
	if !x.LastCallOn.IsZero() {
		f.line(t.w.say("target.called", "Date", t.day(x.LastCallOn), "Ago", t.ago(x.LastCallOn)))
	}
	f.line(t.dueLine(x))
	t.openProblems(f, x)
	t.havesLine(f, x)
	t.explainedLine(f, x)
	t.visitButtons(f, x)
	t.contactRow(f, x)
	t.problemRows(f, x)
	t.firmRows(f, x)
	t.policyRow(f, x)
	t.mergeRow(f, x)
	if x.Visits > 0 {
		f.row(choice{t.w.say("button.visits", "Count", x.Visits), Plain, to(Place{Screen: recordsScreen, Target: x.ID})})
	}
	f.row(
		choice{t.w.say("button.mine"), Plain, to(Place{Screen: mineScreen})},
		t.homeButton(),
	)
	return true
}

func (t *turn) careWords(x casework.Target) string {
	switch x.CareLevel {
	case casework.Key, casework.Watch:
		return " · " + t.w.say("care."+string(x.CareLevel))
	case casework.General:
	}
	return ""
}

// openProblems lists what is still to be solved there, to be asked about first.
func (t *turn) openProblems(f *face, x casework.Target) {
	def, _ := t.v.Form(string(x.Kind), 0)
	first := true
	for _, p := range t.v.ProblemsOfTarget(x.ID) {
		if !p.Status.Open() {
			continue
		}
		if first {
			f.gap()
			f.title(t.w.say("target.problems"))
			first = false
		}
		f.line("• " + p.Code + " " + optionLabel(&def, "category", p.Category, t.w.lang) +
			" · " + t.w.say("status."+string(p.Status)) + " · " + t.w.say("target.raised", "Ago", t.ago(p.RaisedOn)))
		f.line("   " + clip(p.Description, 60))
	}
	if !first {
		f.line(t.w.say("target.ask"))
	}
}

// optionLabel is what an option of a form's item is called.
func optionLabel(def *form.Definition, item, id, lang string) string {
	it, ok := def.Item(item)
	if !ok {
		return id
	}
	for _, o := range it.Options {
		if o.ID == id {
			return o.Label.In(lang)
		}
	}
	return id
}

// visitButtons offers to report a visit: the form's first question stands on
// the card already, so that opening and answering it is one tap.
func (t *turn) visitButtons(f *face, x casework.Target) {
	if !x.InUse() || !casework.May(t.v, t.staff, casework.WriteVisit, casework.Subject{Target: x}) {
		return
	}
	if d, ok := t.draftFor(x.ID); ok {
		f.gap()
		f.line(t.w.say("target.draft", "Ago", t.age(d.Touched)))
		f.row(choice{t.w.say("button.resume"), Primary, Action{Verb: resume, Place: Place{Visit: d.ID}}})
		f.row(choice{t.w.say("button.restart"), Danger, Action{Verb: discard, Place: Place{Visit: d.ID, Target: x.ID}}})
		return
	}
	if v, ok := casework.SameVisit(t.v, x.ID, t.today, t.staff.ID); ok {
		f.gap()
		f.line(t.w.say("target.duplicate", "Code", v.Code))
		f.row(choice{t.w.say("button.record", "Code", v.Code), Primary, to(Place{Screen: visitScreen, Visit: v.ID})})
	} else {
		if v, ok := casework.RecentVisit(t.v, x.ID, t.today); ok {
			f.gap()
			who := t.staffName(v.Reporter())
			if v.Reporter() == t.staff.ID {
				who = t.w.say("target.you")
			}
			f.line(t.w.say("target.recent", "Ago", t.ago(v.VisitedOn), "Who", who))
		}
		t.firstQuestion(f, x)
	}
	f.row(choice{t.w.say("button.other_day"), Plain, Action{Verb: beginOn, Place: Place{Target: x.ID}}})
}

// firstQuestion puts the choices of the form's first item on the card.
func (t *turn) firstQuestion(f *face, x casework.Target) {
	def, ok := t.v.Form(string(x.Kind), 0)
	if !ok {
		f.line(t.w.say("target.noform"))
		return
	}
	item := firstItem(&def)
	f.gap()
	f.line(item.Question.In(t.w.lang))
	var list []choice
	for i, o := range item.Options {
		c := choice{o.Label.In(t.w.lang), Plain, Action{Verb: begin, Place: Place{Target: x.ID}, Option: o.ID}}
		if i == 0 {
			c.style = Primary
		}
		list = append(list, c)
	}
	f.grid(list)
}

// firstItem is the form's item number 1, which is always a choice of one.
func firstItem(def *form.Definition) form.Item {
	for _, it := range def.Items {
		if it.No == 1 {
			return it
		}
	}
	return form.Item{}
}

// contactRow leads to a call, and to what else can be done about the target.
func (t *turn) contactRow(f *face, x casework.Target) {
	var row []choice
	if x.InUse() && casework.May(t.v, t.staff, casework.LogCalls, t.subject(x)) {
		row = append(row, choice{t.w.say("button.call"), Plain, to(Place{Screen: callScreen, Target: x.ID})})
	}
	f.row(append(row, choice{t.w.say("button.more_about"), Plain, to(Place{Screen: moreScreen, Target: x.ID})})...)
}

// staffName is a colleague's name; a person not on the roster is a dash.
func (t *turn) staffName(id casework.StaffID) string {
	if s, ok := t.v.Staff(id); ok {
		return s.Name
	}
	return "—"
}

package dialog

import (
	"slices"

	"zoufang/casework"
)

// drawMore shows what else can be done about a target: pause it, change its
// rhythm, tell of something grave.
func (t *turn) drawMore(f *face) bool {
	x, ok := t.seen(t.s.At.Target)
	if !ok {
		return false
	}
	t.headline(f, x)
	f.line(t.dueLine(x))
	f.line(t.w.say("rhythm.now", "Rhythm", t.rhythmWords(x)))
	row := []choice{{t.w.say("button.why"), Plain, to(Place{Screen: whyScreen, Target: x.ID})}}
	if t.mayRaise(x) {
		row = append(row, choice{t.w.say("button.raise"), Plain, Action{Verb: raiseProblem, Place: Place{Target: x.ID}}})
	}
	f.row(row...)
	if x.InUse() && casework.May(t.v, t.staff, casework.PlanContact, t.subject(x)) {
		place := func(s Screen) Action { return to(Place{Screen: s, Target: x.ID}) }
		pause := choice{t.w.say("button.pause"), Plain, place(pauseScreen)}
		if x.Pause != nil && casework.DueOf(x, t.today).State == casework.Silent {
			pause = choice{t.w.say("button.resume_contact"), Primary, Action{Verb: resumeNow, Place: Place{Target: x.ID}}}
		}
		f.row(choice{t.w.say("button.change"), Plain, place(changeScreen)}, pause)
		f.row(choice{t.w.say("button.rhythm"), Plain, place(rhythmScreen)})
	}
	f.row(t.targetButton(x), t.homeButton())
	return true
}

// planned is the target whose contacts the person may plan; else it says why not.
func (t *turn) planned(id casework.TargetID) (casework.Target, bool) {
	x, ok := t.target(id, casework.PlanContact)
	if !ok || !x.InUse() {
		t.notice = t.w.say("care.forbidden")
		t.goTo(Place{Screen: homeScreen})
		return x, false
	}
	return x, true
}

// mayPlan reports whether the screen that plans the target's contacts can be shown.
func (t *turn) mayPlan() (casework.Target, bool) {
	x, ok := t.target(t.s.At.Target, casework.PlanContact)
	return x, ok && x.InUse()
}

// leadersOf are the leader and deputy of the target's group who can be told, but
// for the person of the turn.
func (t *turn) leadersOf(x casework.Target) []casework.Staff {
	g, _ := t.v.Group(x.GroupID)
	return slices.DeleteFunc(t.alarmed(x.GroupID), func(s casework.Staff) bool {
		return s.ID != g.LeaderID && s.ID != g.DeputyID
	})
}

// moreButton leads back to what else can be done.
func (t *turn) moreButton(x casework.Target) choice {
	return choice{t.w.say("button.go_back"), Plain, to(Place{Screen: moreScreen, Target: x.ID})}
}

// drawChange asks what grave thing happened.
func (t *turn) drawChange(f *face) bool {
	x, ok := t.mayPlan()
	if !ok {
		return false
	}
	f.title(t.w.say("change.ask", "Target", x.Code+" "+x.DisplayName()))
	f.line(t.w.say("change.how"))
	var list []choice
	for _, c := range casework.GraveChanges() {
		list = append(list, choice{t.w.say("change." + c), Plain, Action{Verb: noteChange, Place: Place{Target: x.ID}, Option: c}})
	}
	f.grid(list)
	f.row(t.moreButton(x))
	return true
}

// noteChange records that something grave happened: somebody goes there within a
// day, and the leaders hear of it at once.
func (t *turn) noteChange(_ Card, a Action) {
	x, ok := t.planned(a.Place.Target)
	if !ok || !slices.Contains(casework.GraveChanges(), a.Option) {
		return
	}
	t.record(casework.ChangeNoted{TargetID: x.ID, Change: a.Option}, t.today, "")
	for _, who := range t.alarmed(x.GroupID) {
		w := t.d.speak(who.Lang)
		t.tell(ChatID(who.User), w.say("change.told", "Target", x.Code+" "+x.DisplayName(), "Who", t.staff.Name,
			"Change", w.say("change."+a.Option)))
	}
	t.notice = t.w.say("change.done", "Change", t.w.say("change."+a.Option)) + "\n" + t.nextWords(x.ID)
	t.goTo(Place{Screen: targetScreen, Target: x.ID})
}

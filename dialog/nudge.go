package dialog

import "zoufang/casework"

// nudgeBoard is how the names of cards begin that ask for a contact.
const nudgeBoard = "nudge"

// nudged reports whether the one in charge was asked for the contact today.
func (t *turn) nudged(x casework.Target) bool {
	owner, ok := t.v.Staff(casework.InCharge(t.v, x, t.today))
	if !ok || owner.User == 0 {
		return false
	}
	card, ok := t.live(ChatID(owner.User), aboutTarget(nudgeBoard)(Place{Target: x.ID}))
	return ok && card.At.Screen == nudgeScreen && card.At.Day == t.today
}

// nudge asks whoever is in charge of a target to contact it, once a day.
func (t *turn) nudge(card Card, a Action) {
	x, ok := t.seen(a.Place.Target)
	owner, known := t.v.Staff(casework.InCharge(t.v, x, t.today))
	switch {
	case !ok:
		t.toast("nudge.forbidden")
	case !known || owner.Binding != casework.Bound || owner.Unreachable:
		t.toast("nudge.nobody")
	case owner.ID == t.staff.ID:
		t.toast("nudge.yourself")
	case !casework.DueOf(x, t.today).Pressing():
		t.toast("nudge.done")
	case t.nudged(x):
		t.toast("nudge.twice")
	default:
		at := Place{Screen: nudgeScreen, Target: x.ID, Staff: t.staff.ID, Day: t.today}
		t.as(owner).showBoard(at, false, true)
		t.toast("nudge.sent")
	}
	t.backToMissed(card, a.Place.Target)
}

// drawNudge asks for a contact in somebody's name.
func (t *turn) drawNudge(f *face, at Place) bool {
	x, ok := t.seen(at.Target)
	if !ok {
		return false
	}
	f.title(t.w.say("nudge.title", "Who", t.staffName(at.Staff)))
	t.headline(f, x)
	if !casework.DueOf(x, at.Day).Pressing() {
		f.line("✓ " + t.doneWords(x))
		f.row(t.targetButton(x))
		return true
	}
	f.line(t.dueLine(x))
	f.row(choice{t.w.say("button.call"), Primary, to(Place{Screen: callScreen, Target: x.ID})}, t.targetButton(x))
	return true
}

// renewNudge draws the nudge again that the target's owner got today.
func (t *turn) renewNudge(x casework.Target) {
	owner, ok := t.v.Staff(casework.InCharge(t.v, x, t.today))
	if ok && owner.User != 0 {
		t.renew(owner, aboutTarget(nudgeBoard)(Place{Target: x.ID}), func(at Place) bool { return at.Day == t.today })
	}
}

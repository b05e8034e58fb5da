package dialog

import (
	"slices"
	"strconv"

	"zoufang/casework"
)

// youPath in a place tells the one who takes a target over; else the card is the
// leader's.
const youPath = "you"

// primaryOf is the pairing of whoever answers for the target.
func (t *turn) primaryOf(id casework.TargetID) (casework.Pairing, bool) {
	return t.pairingOf(id, func(p casework.Pairing) bool { return p.Role == casework.Primary })
}

func (t *turn) pairingOf(id casework.TargetID, fits func(casework.Pairing) bool) (casework.Pairing, bool) {
	list := t.v.PairingsOfTarget(id)
	if i := slices.IndexFunc(list, fits); i >= 0 {
		return list[i], true
	}
	return casework.Pairing{}, false
}

// mayEntrust reports whether the person of the turn may give the target to the other.
func (t *turn) mayEntrust(x casework.Target, to casework.Staff) bool {
	sub := t.subject(x)
	sub.Staff = to
	return x.InUse() && to.Binding == casework.Bound && !casework.OnLeave(t.v, to.ID, t.today) &&
		casework.Allowed(to, casework.LogCalls) && casework.May(t.v, t.staff, casework.Reassign, sub)
}

// perReassign is how many colleagues a page shows.
const perReassign = 12

// reassignButtons offer the colleagues of the group who can take a target over.
func (t *turn) reassignButtons(f *face, x casework.Target, at Place) {
	f.gap()
	f.line(t.w.say("reassign.ask", "Target", x.Code+" "+x.DisplayName()))
	has, _ := t.primaryOf(x.ID)
	all := slices.DeleteFunc(t.v.StaffOfGroup(x.GroupID), func(s casework.Staff) bool {
		return s.ID == has.StaffID || !t.mayEntrust(x, s)
	})
	if len(all) == 0 {
		f.line(t.w.say("reassign.nobody"))
	}
	pages := max(1, (len(all)+perReassign-1)/perReassign)
	page := min(max(0, at.Page), pages-1)
	var list []choice
	for _, s := range all[page*perReassign : min(len(all), (page+1)*perReassign)] {
		list = append(list, choice{s.Name, Plain, Action{Verb: reassign, Place: Place{Target: x.ID, Staff: s.ID}}})
	}
	f.grid(list)
	if pages > 1 {
		f.row(choice{"›", Plain, part(Place{Path: reassignPart, Target: x.ID, Page: (page + 1) % pages})})
	}
	f.row(t.missedBack(x, at))
}

// reassign gives a target to a colleague. Both are told, and the leader can take it
// back for a day.
func (t *turn) reassign(card Card, a Action) {
	x, ok := t.seen(a.Place.Target)
	taker, known := t.v.Staff(a.Place.Staff)
	old, _ := t.primaryOf(a.Place.Target)
	if !ok || !known || old.StaffID == taker.ID || !t.mayEntrust(x, taker) {
		t.toast("reassign.forbidden")
		t.backToMissed(card, a.Place.Target)
		return
	}
	at := Place{
		Screen: takenScreen, Target: x.ID, Staff: old.StaffID, Day: old.From, From: t.in.Reached,
		Query: strconv.FormatUint(uint64(taker.ID), 10),
	}
	if _, helps := t.pairingOf(x.ID, func(p casework.Pairing) bool { return p.StaffID == taker.ID }); helps {
		at.Rung = casework.PartnerRung
	}
	why := t.w.say("reassign.reason")
	t.record(casework.PairingMade{Pairing: casework.Pairing{
		TargetID: x.ID, StaffID: taker.ID, Role: casework.Primary, From: t.today, Reason: why,
	}}, t.today, why)
	t.toast("reassign.done")
	t.backToMissed(card, x.ID)
	t.pressedOn = Card{} // what follows are messages of their own
	t.showBoard(at, false, false)
	t.tellTaken(at, taker)
}

// tellTaken tells the two between whom a target changed hands, unless it is the
// leader.
func (t *turn) tellTaken(at Place, taker casework.Staff) {
	x, _ := t.v.Target(at.Target)
	if taker.ID != t.staff.ID {
		yours := at
		yours.Path, yours.Staff, yours.Query = youPath, t.staff.ID, ""
		t.as(taker).showBoard(yours, false, true)
	}
	if old, ok := t.v.Staff(at.Staff); ok && old.ID != t.staff.ID && old.Binding == casework.Bound {
		w := t.d.speak(old.Lang)
		t.tellLater(old, w.say("reassign.told_old", "Who", t.staff.Name, "Target", x.Code+" "+x.DisplayName(), "Taker", taker.Name))
	}
}

// drawTaken confirms to the leader that a target changed hands, and tells the one
// who has it now.
func (t *turn) drawTaken(f *face, at Place) bool {
	x, ok := t.seen(at.Target)
	if !ok {
		return false
	}
	now, _ := t.primaryOf(x.ID)
	if at.Path == youPath {
		f.title(t.w.say("reassign.yours", "Who", t.staffName(at.Staff)))
		t.headline(f, x)
		if now.StaffID != t.staff.ID {
			f.line(t.w.say("reassign.not_yours", "Who", t.staffName(now.StaffID)))
			return true
		}
		f.line(t.dueLine(x))
		t.openProblems(f, x)
		f.row(choice{t.w.say("button.call"), Primary, to(Place{Screen: callScreen, Target: x.ID})}, t.targetButton(x))
		return true
	}
	taker := takerOf(at)
	f.title(t.w.say("reassign.title", "Target", x.Code+" "+x.DisplayName()))
	f.line(t.w.say("reassign.from_to", "From", t.staffName(at.Staff), "Taker", t.staffName(taker)))
	for _, id := range []casework.StaffID{at.Staff, taker} {
		if s, ok := t.v.Staff(id); ok && s.Binding != casework.Bound {
			f.line(t.w.say("reassign.not_told", "Who", s.Name))
		}
	}
	switch {
	case now.StaffID != taker:
		f.line(t.w.say("reassign.undone", "Who", t.staffName(now.StaffID)))
	case t.in.Reached.Sub(at.From) < casework.UndoFor:
		f.line(t.w.say("reassign.may_undo"))
		f.row(choice{t.w.say("button.take_back"), Plain, Action{Verb: takeBack}}, t.targetButton(x))
	}
	return true
}

// takerOf is who got the target, as the leader's card keeps it.
func takerOf(at Place) casework.StaffID {
	n, err := strconv.ParseUint(at.Query, 10, 64)
	if err != nil {
		return 0
	}
	return casework.StaffID(n)
}

// takeBack gives a target back to whoever had it, within a day, unless it has
// changed hands again.
func (t *turn) takeBack(card Card, _ Action) {
	at := card.At
	x, ok := t.target(at.Target, casework.Reassign)
	now, _ := t.primaryOf(at.Target)
	taker, _ := t.v.Staff(takerOf(at))
	old, known := t.v.Staff(at.Staff)
	switch {
	case !ok || now.StaffID != taker.ID || t.in.Reached.Sub(at.From) >= casework.UndoFor:
		t.toast("reassign.too_late")
	case at.Staff != 0 && (!known || old.Binding == casework.Suspended):
		t.toast("reassign.gone")
	default:
		why := t.w.say("reassign.undo_reason")
		if known {
			t.record(casework.PairingMade{Pairing: casework.Pairing{
				TargetID: x.ID, StaffID: old.ID, Role: casework.Primary, From: at.Day, Reason: why,
			}}, t.today, why)
		} else {
			t.record(casework.PairingEnded{TargetID: x.ID, StaffID: taker.ID, On: t.today}, t.today, why)
		}
		if at.Rung == casework.PartnerRung {
			t.record(casework.PairingMade{Pairing: casework.Pairing{
				TargetID: x.ID, StaffID: taker.ID, Role: casework.Assist, From: t.today, Reason: why,
			}}, t.today, why)
		}
		t.toast("reassign.taken_back")
		t.tellTakenBack(x, taker, old)
	}
	t.goTo(at)
}

// tellTakenBack tells both that nothing has changed after all.
func (t *turn) tellTakenBack(x casework.Target, taker, old casework.Staff) {
	for _, who := range []casework.Staff{taker, old} {
		if who.ID == t.staff.ID || who.Binding != casework.Bound {
			continue
		}
		w := t.d.speak(who.Lang)
		owner := old.Name
		if old.ID == 0 {
			owner = "—"
		}
		t.tellLater(who, w.say("reassign.told_back", "Who", t.staff.Name, "Target", x.Code+" "+x.DisplayName(), "Owner", owner))
	}
}

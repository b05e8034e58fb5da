package dialog

import (
	"slices"

	"zoufang/casework"
)

// takeOver is the taker's word that the work is theirs from here on. People and
// their work may have changed since they were asked.
func (t *turn) takeOver(_ Card, a Action) {
	h, ok := t.v.Handover(a.Place.Handover)
	if !ok || h.Taker != t.staff.ID {
		t.toast("gone")
		return
	}
	if h.State == casework.Proposed {
		if why := t.refused(h); why != "" {
			t.notice = t.whyNot(h, why)
			t.goTo(handoverPlace(h.ID))
			return
		}
		t.apply(h, casework.AcceptHandover(t.v, h, t.in.Reached, t.today))
		return
	}
	t.goTo(handoverPlace(h.ID))
}

// apply records what follows from a word on the handover, and shows everybody how
// it stands. What is due and the drafts go where the work went.
func (t *turn) apply(h casework.Handover, facts []casework.Fact) {
	before := h
	for _, f := range facts {
		t.record(f, t.today, "")
	}
	h, _ = t.v.Handover(h.ID)
	t.passDrafts(h.Giver)
	moved := slices.Concat(before.TargetIDs, h.TargetIDs)
	for _, id := range moved {
		if f, ok := casework.Book(t.v, id, t.today); ok {
			t.record(f, t.today, "")
		}
	}
	if t.staff.ID != 0 {
		t.goTo(handoverPlace(h.ID))
	}
	t.tellSides(h, t.staff.ID != 0, false)
	t.renewAgendas(map[casework.StaffID][]casework.TargetID{h.Giver: moved, h.Taker: moved})
}

// decline is the taker's word that they cannot.
func (t *turn) decline(_ Card, a Action) {
	h, ok := t.v.Handover(a.Place.Handover)
	if !ok || h.Taker != t.staff.ID {
		t.toast("gone")
		return
	}
	if h.State == casework.Proposed {
		t.record(casework.HandoverMoved{HandoverID: h.ID, To: casework.Declined}, t.today, "")
		t.tellSides(h, false, false)
	}
	t.goTo(handoverPlace(h.ID))
}

// callOff takes the question back that the taker has not answered.
func (t *turn) callOff(_ Card, a Action) {
	h, ok := t.v.Handover(a.Place.Handover)
	if !ok || !t.mayGive(h.Giver) {
		t.toast("gone")
		return
	}
	if h.State == casework.Proposed {
		t.record(casework.HandoverMoved{HandoverID: h.ID, To: casework.Undone}, t.today, "")
		t.tellSides(h, false, false)
	}
	t.goTo(handoverPlace(h.ID))
}

// undoHandover takes back within a day what was agreed.
func (t *turn) undoHandover(_ Card, a Action) {
	h, ok := t.handover(a.Place.Handover)
	if !ok {
		t.toast("gone")
		return
	}
	facts := casework.UndoHandover(t.v, h, t.in.Reached, t.today)
	if len(facts) == 0 {
		if h.State == casework.Accepted {
			t.notice = t.w.say("handover.too_late", "Giver", t.staffName(h.Giver))
		}
		t.goTo(handoverPlace(h.ID))
		return
	}
	t.apply(h, facts)
}

// mayEnd reports whether the person may say that the giver is back.
func (t *turn) mayEnd(h casework.Handover) bool {
	return h.Kind == casework.Leave && h.State == casework.Accepted && t.mayGive(h.Giver)
}

// endLeave gives the work back before the leave is over.
func (t *turn) endLeave(_ Card, a Action) {
	h, ok := t.v.Handover(a.Place.Handover)
	if !ok || !t.mayGive(h.Giver) {
		t.toast("gone")
		return
	}
	if !t.mayEnd(h) {
		t.goTo(handoverPlace(h.ID))
		return
	}
	t.apply(h, []casework.Fact{casework.HandoverMoved{HandoverID: h.ID, To: casework.Returned}})
}

// whyNot says kindly why a handover cannot be.
func (t *turn) whyNot(h casework.Handover, why casework.HandoverRefusal) string {
	return t.w.say("handover.not."+string(why), "Giver", t.staffName(h.Giver), "Taker", t.staffName(h.Taker))
}

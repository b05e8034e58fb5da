package dialog

import (
	"fmt"
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// The screens of handovers. Stored by name: never rename.
const (
	leaveScreen    Screen = "leave"    // asking for a stand-in
	givingScreen   Screen = "giving"   // handing a person's work over
	handoverScreen Screen = "handover" // a board: one handover, for both sides
)

// The verbs of handovers. Stored by name: never rename.
const (
	tickGiven Verb = "give_tick" // the target goes along, or does not
	propose   Verb = "propose"   // ask the taker
	takeOver  Verb = "take_over" // the taker agrees
	decline   Verb = "decline"   // the taker does not
	callOff   Verb = "call_off"  // nobody is asked any more
	undo      Verb = "undo"      // take back what was agreed
	endLeave  Verb = "end_leave" // the giver is back before the last day
)

// handoverRoom is where work changes hands.
func handoverRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{
			leaveScreen: (*turn).drawGiving, givingScreen: (*turn).drawGiving,
		},
		boards: map[Screen]board{handoverScreen: {handoverName, (*turn).drawHandover}},
		verbs: map[Verb]func(*turn, Card, Action){
			tickGiven: (*turn).tickGiven, propose: (*turn).propose, takeOver: (*turn).takeOver, decline: (*turn).decline,
			callOff: (*turn).callOff, undo: (*turn).undoHandover, endLeave: (*turn).endLeave,
		},
		texts: map[Screen]func(*turn, string){leaveScreen: (*turn).givingTyped, givingScreen: (*turn).givingTyped},
		commands: map[string]func(*turn){
			"leave":    func(t *turn) { t.goTo(Place{Screen: leaveScreen}) },
			"handover": (*turn).openGiving,
		},
		offers: []offer{
			{"leave", allowed(casework.LogCalls)},
			{"handover", func(s casework.Staff) bool {
				return casework.Allowed(s, casework.LogCalls) || casework.Allowed(s, casework.Reassign)
			}},
		},
		jobs: map[Job]clockwork{
			LeaveJob: {subjects: leaveSubjects, once: leaveOnce, turn: (*turn).turnLeave},
		},
	}
}

// handoverName is the board's name: a chat has one for each handover.
func handoverName(at Place) string { return fmt.Sprintf("handover/%d", at.Handover) }

func handoverPlace(id casework.HandoverID) Place {
	return Place{Screen: handoverScreen, Handover: id}
}

// mayReassign reports whether the person may decide for another about their work.
func (t *turn) mayReassign(who casework.StaffID) bool {
	s, ok := t.v.Staff(who)
	return ok && casework.May(t.v, t.staff, casework.Reassign, casework.Subject{Staff: s})
}

// mayGive reports whether the person may propose to hand the work of somebody over:
// their own, or that of people they answer for.
func (t *turn) mayGive(who casework.StaffID) bool {
	own := who != 0 && who == t.staff.ID && casework.Allowed(t.staff, casework.LogCalls)
	return own || t.mayReassign(who)
}

// handover is the handover, if the person may see it: one of its sides, or
// somebody who answers for the giver.
func (t *turn) handover(id casework.HandoverID) (casework.Handover, bool) {
	h, ok := t.v.Handover(id)
	return h, ok && (t.sideOf(h) || t.mayReassign(h.Giver))
}

// sideOf reports whether the person gives or takes.
func (t *turn) sideOf(h casework.Handover) bool {
	return t.staff.ID != 0 && (t.staff.ID == h.Giver || t.staff.ID == h.Taker)
}

// tellSides shows the handover to those it is about, but for the person of the
// turn: both sides and who proposed it, and if leaders is set those who answer for
// the giver.
func (t *turn) tellSides(h casework.Handover, leaders, urgent bool) {
	people := []casework.StaffID{h.Taker, h.Giver, h.By}
	if leaders {
		giver, _ := t.v.Staff(h.Giver)
		for _, s := range casework.Confirmers(t.v, giver, 0) {
			people = append(people, s.ID)
		}
	}
	told := []casework.StaffID{t.staff.ID}
	for _, id := range people {
		who, ok := t.v.Staff(id)
		if !ok || slices.Contains(told, id) || who.Binding != casework.Bound || who.Unreachable {
			continue
		}
		told = append(told, id)
		o := t.as(who)
		// What can wait does not reach anybody on leave, who would not hear that
		// somebody stands in.
		awaited := urgent || id == h.Giver && h.Covers(t.today)
		if _, ok := o.handover(h.ID); ok {
			o.showBoard(handoverPlace(h.ID), false, !awaited)
		}
	}
}

// openGiving begins a handover, of the person whose code or name was given.
func (t *turn) openGiving() {
	at := Place{Screen: givingScreen}
	if words := clip(form.Clean(t.in.Args), maxQuery); words != "" {
		at.Query = words
		if found := t.givers(words); len(found) == 1 {
			at.Staff, at.Query = found[0].ID, ""
		}
	}
	t.goTo(at)
}

// givers are those whose work the person may hand over, of the code or with the
// words in their name; empty words fit everybody.
func (t *turn) givers(words string) []casework.Staff {
	var out []casework.Staff
	for s := range t.v.AllStaff() {
		if s.Binding != casework.Suspended && isNamed(s, words) && t.mayGive(s.ID) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b casework.Staff) int { // oneself first
		switch t.staff.ID {
		case a.ID:
			return -1
		case b.ID:
			return 1
		}
		return 0
	})
	return out
}

// isNamed reports whether the words name the person: by code, or by a part of the
// name.
func isNamed(s casework.Staff, words string) bool {
	return words == "" || strings.EqualFold(s.Code, form.Fold(words)) || strings.Contains(s.Name, words)
}

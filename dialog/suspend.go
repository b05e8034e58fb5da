package dialog

import (
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// findStaff shows the person of the roster who is named by code or name.
func (t *turn) findStaff() {
	if !casework.Allowed(t.staff, casework.Suspend) {
		t.notice = t.w.say("command.unknown")
		t.draw()
		return
	}
	words := strings.TrimSpace(form.Clean(t.in.Args))
	who, ok := t.v.StaffByCode(strings.ToUpper(form.Fold(words)))
	found := 0
	if ok {
		found = 1
	} else if words != "" {
		for s := range t.v.AllStaff() {
			if s.Name == words {
				who = s
				found++
			}
		}
	}
	switch {
	case found == 1:
		t.goTo(Place{Screen: staffScreen, Staff: who.ID})
	case found > 1:
		t.notice = t.w.say("staff.several", "Name", words, "Found", found)
		t.draw()
	default:
		t.notice = t.w.say("staff.which")
		t.draw()
	}
}

func (t *turn) drawStaff(f *face) bool {
	who, ok := t.v.Staff(t.s.At.Staff)
	if !ok || !t.maySuspend(who) {
		return false
	}
	f.title(who.Code + " " + who.Name)
	var groups []string
	for _, id := range who.Groups {
		if g, ok := t.v.Group(id); ok {
			groups = append(groups, g.Name)
		}
	}
	f.line(t.w.say("staff.state", "State", t.w.say("binding."+string(who.Binding)), "Groups", t.join(groups)))
	left := casework.HoldingsOf(t.v, who.ID)
	f.line(t.w.say("staff.left", "Targets", len(left.Targets), "Problems", len(left.Problems), "Drafts", t.openForms(who.ID)))
	switch {
	case who.Binding == casework.Suspended:
		f.row(choice{t.w.say("button.restore"), Good, Action{Verb: restore, Place: Place{Staff: who.ID}}})
	case t.nothingLeft(who.ID):
		f.row(choice{t.w.say("button.suspend"), Danger, Action{Verb: suspend, Place: Place{Staff: who.ID}}})
	default:
		f.line(t.w.say("staff.hand_over_first"))
	}
	f.row(choice{t.w.say("button.hand_over"), Plain, to(Place{Screen: givingScreen, Staff: who.ID})}, t.homeButton())
	return true
}

// maySuspend reports whether the person's rights are t's to take: nobody takes
// their own.
func (t *turn) maySuspend(who casework.Staff) bool {
	return who.ID != t.staff.ID && casework.May(t.v, t.staff, casework.Suspend, casework.Subject{Staff: who})
}

// nothingLeft reports whether the person could be suspended: no target, problem,
// leave of somebody else, or form in hand is theirs.
func (t *turn) nothingLeft(who casework.StaffID) bool {
	return casework.MaySuspend(t.v, who) && t.openForms(who) == 0
}

// suspend takes a person's rights, or gives them back. Nothing may be left on
// somebody who cannot see to it.
func (t *turn) suspend(_ Card, a Action) {
	who, ok := t.v.Staff(a.Place.Staff)
	if !ok || !t.maySuspend(who) {
		t.toast("gone")
		return
	}
	switch {
	case a.Verb == restore && who.Binding == casework.Suspended:
		t.record(casework.StaffRestored{StaffID: who.ID}, t.today, "")
		if back, ok := t.v.Staff(who.ID); ok && back.Binding == casework.Bound {
			t.menu(ChatID(back.User), back)
		}
	case a.Verb == suspend && who.Binding != casework.Suspended && t.nothingLeft(who.ID):
		t.record(casework.StaffSuspended{StaffID: who.ID}, t.today, "")
		if who.User != 0 {
			t.out.Letters = append(t.out.Letters, Letter{Kind: Menu, Chat: ChatID(who.User)}) // no commands any more
		}
	}
	t.goTo(Place{Screen: staffScreen, Staff: who.ID})
}

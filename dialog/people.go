package dialog

import (
	"fmt"
	"strings"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// The screens of the roster's people. Stored by name: never rename.
const (
	peopleScreen     Screen = "people"      // who is on the roster
	personScreen     Screen = "person"      // one of them
	editPersonScreen Screen = "edit_person" // an entry being written or changed
	rolesScreen      Screen = "roles"       // other roles being asked for
)

// The verbs of the roster's people. Stored by name: never rename.
const (
	savePerson   Verb = "save_person"
	askRoles     Verb = "ask_roles"
	invitePerson Verb = "invite"
)

// inviteShown is how long the code of an invitation stays in the chat.
const inviteShown = 10 * time.Minute

// peopleRoom is where the office keeps the roster's people.
func peopleRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{
			peopleScreen: (*turn).drawPeople, personScreen: (*turn).drawPerson,
			editPersonScreen: (*turn).drawEditPerson, rolesScreen: (*turn).drawRoles,
		},
		verbs: map[Verb]func(*turn, Card, Action){
			savePerson: (*turn).savePerson, askRoles: (*turn).askRoles, invitePerson: (*turn).invitePerson,
		},
		texts: map[Screen]func(*turn, string){
			peopleScreen: (*turn).peopleTyped, personScreen: (*turn).peopleTyped,
			editPersonScreen: (*turn).personTyped, rolesScreen: (*turn).rolesTyped,
		},
		commands: map[string]func(*turn){"people": (*turn).openPeople},
		offers: []offer{{"people", func(s casework.Staff) bool {
			return casework.Allowed(s, casework.ManageStaff) || casework.Allowed(s, casework.InviteStaff)
		}}},
	}
}

// keepsPerson reports whether the person of the turn may see the entry of another:
// whoever may change it, ask for other roles, or invite.
func (t *turn) keepsPerson(who casework.Staff) bool {
	return t.mayStaff(casework.ManageStaff, who) || t.mayStaff(casework.ChangeRoles, who) || t.mayStaff(casework.InviteStaff, who)
}

func (t *turn) mayStaff(a casework.Act, who casework.Staff) bool {
	return casework.May(t.v, t.staff, a, casework.Subject{Staff: who, Today: t.today})
}

func (t *turn) addsPeople() bool {
	return casework.May(t.v, t.staff, casework.ManageStaff, casework.Subject{Today: t.today})
}

// foundPeople are those whom the words find among those the person may see.
func (t *turn) foundPeople(words string) []casework.Staff {
	var out []casework.Staff
	for _, s := range casework.SearchStaff(t.v, words) {
		if t.keepsPerson(s) {
			out = append(out, s)
		}
	}
	return out
}

// openPeople lists people, or shows the only one whom the words find.
func (t *turn) openPeople() {
	if len(t.foundPeople("")) == 0 && !t.addsPeople() {
		t.notice = t.w.say("command.unknown")
		t.draw()
		return
	}
	if words := strings.TrimSpace(t.in.Args); words != "" {
		t.peopleTyped(words)
		return
	}
	t.goTo(Place{Screen: peopleScreen})
}

// peopleTyped looks for people.
func (t *turn) peopleTyped(text string) {
	words := clip(form.Clean(text), maxQuery)
	if form.FindPrivate(words) != "" {
		t.erase()
		t.notice = t.w.say("find.private")
		t.goTo(Place{Screen: peopleScreen})
		return
	}
	if found := t.foundPeople(words); len(found) == 1 {
		t.goTo(Place{Screen: personScreen, Staff: found[0].ID})
		return
	}
	t.goTo(Place{Screen: peopleScreen, Query: words})
}

// drawPeople lists people, one button each.
func (t *turn) drawPeople(f *face) bool {
	at := t.s.At
	found := t.foundPeople(at.Query)
	if len(found) == 0 && at.Query == "" && !t.addsPeople() {
		return false
	}
	f.title(t.w.say("people.title"))
	f.line(t.w.say("people.how"))
	if at.Query != "" {
		f.line(t.w.say("people.found", "Words", at.Query, "Count", len(found)))
	}
	shown, page, pages := pageOf(found, at.Page)
	for _, s := range shown {
		label := s.Code + " " + s.Name + " · " + t.w.say("binding."+string(s.Binding))
		f.row(choice{label, Plain, to(Place{Screen: personScreen, Staff: s.ID})})
	}
	f.arrows(at, page, pages)
	if at.Query != "" {
		f.row(choice{t.w.say("button.all_people"), Plain, to(Place{Screen: peopleScreen})})
	}
	var row []choice
	if t.addsPeople() {
		row = append(row, choice{t.w.say("button.add_person"), Primary, to(Place{Screen: editPersonScreen, Path: codeField})})
	}
	f.row(append(row, t.homeButton())...)
	return true
}

// drawPerson shows the entry of one person, with what can be done about it.
func (t *turn) drawPerson(f *face) bool {
	who, ok := t.v.Staff(t.s.At.Staff)
	if !ok || !t.keepsPerson(who) {
		return false
	}
	f.title(who.Code + " " + who.Name)
	t.personLines(f, who)
	state := t.w.say("binding." + string(who.Binding))
	if who.Unreachable {
		state += " · " + t.w.say("people.unreachable")
	}
	f.line(t.w.say("people.state", "State", state))
	t.inviteLine(f, who)
	var row []choice
	if t.mayStaff(casework.ManageStaff, who) {
		entry := who
		row = append(row, choice{t.w.say("button.edit_person"), Plain, to(Place{Screen: editPersonScreen, Person: &entry})})
	}
	if t.mayStaff(casework.ChangeRoles, who) {
		entry := who
		row = append(row, choice{t.w.say("button.roles"), Plain, to(Place{Screen: rolesScreen, Person: &entry})})
	}
	f.row(row...)
	row = nil
	if who.Binding == casework.Unbound && t.mayStaff(casework.InviteStaff, who) {
		row = append(row, choice{t.w.say("button.invite"), Primary, Action{Verb: invitePerson, Place: Place{Staff: who.ID}}})
	}
	if t.maySuspend(who) {
		row = append(row, choice{t.w.say("button.rights"), Plain, to(Place{Screen: staffScreen, Staff: who.ID})})
	}
	f.row(row...)
	f.row(choice{t.w.say("button.to_people"), Plain, to(Place{Screen: peopleScreen})}, t.homeButton())
	return true
}

// personLines are what the roster says of somebody.
func (t *turn) personLines(f *face, who casework.Staff) {
	f.line(t.w.say("people.branch", "Branch", t.branchName(who.BranchID), "Title", who.Title))
	f.line(t.w.say("people.groups", "Groups", t.groupNames(who.Groups)))
	f.line(t.w.say("people.roles", "Roles", t.roleNames(who.Roles)))
	if who.PartyMember {
		f.line(t.w.say("people.member"))
	}
}

func (t *turn) branchName(id casework.UnitID) string {
	if u, ok := t.v.Unit(id); ok {
		return u.Name
	}
	return "—"
}

func (t *turn) groupNames(ids []casework.GroupID) string {
	var names []string
	for _, id := range ids {
		if g, ok := t.v.Group(id); ok {
			names = append(names, g.Name)
		}
	}
	if len(names) == 0 {
		return "—"
	}
	return t.join(names)
}

// inviteLine says that a link is out and not used yet.
func (t *turn) inviteLine(f *face, who casework.Staff) {
	if who.Binding != casework.Unbound {
		return
	}
	for _, inv := range t.v.InvitesOfStaff(who.ID) {
		switch {
		case inv.State == casework.Issued && t.in.Reached.Before(inv.ExpiresAt):
			f.line(t.w.say("people.invited", "Time", t.moment(inv.ExpiresAt)))
		case inv.State == casework.Claimed:
			f.line(t.w.say("people.claimed"))
		}
	}
}

// invitePerson makes a one-time code for the person, and shows it in a message of its
// own that is taken away again.
func (t *turn) invitePerson(_ Card, a Action) {
	who, ok := t.v.Staff(a.Place.Staff)
	if !ok || !t.mayStaff(casework.InviteStaff, who) {
		t.toast("people.forbidden")
		return
	}
	code, fact, why := casework.InviteFor(t.v, t.staff, who.ID, t.in.Nonce, t.now(), t.ids)
	if why != "" {
		t.notice = t.officeWords("invite.refused", why)
		t.goTo(Place{Screen: personScreen, Staff: who.ID})
		return
	}
	t.record(fact, t.today, "")
	t.goTo(Place{Screen: personScreen, Staff: who.ID})
	f := &face{}
	f.title(t.w.say("invite.title", "Who", who.Code+" "+who.Name))
	f.line(t.w.say("invite.how"))
	f.line("/start " + code)
	f.line(t.w.say("invite.until", "Time", t.moment(fact.Invite.ExpiresAt), "Count", int(inviteShown/time.Minute)))
	t.show(t.in.Chat, fmt.Sprintf("invite/%d", who.ID), f, false)
	shown := &t.out.Letters[len(t.out.Letters)-1]
	shown.Rows = append(shown.Rows, []Button{{Text: t.w.say("button.copy_code"), Copy: "/start " + code}})
	t.out.Letters = append(t.out.Letters, Letter{
		Kind: Withdraw, Chat: shown.Chat, Card: shown.Card, NotBefore: t.in.Reached.Add(inviteShown),
	})
}

package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// The fields of a person's entry, in the order in which they are asked. They stand in
// the path of [editPersonScreen]; an empty path shows the whole. The name has
// [nameField], and the title [titleField].
const (
	codeField   = "code"
	branchField = "branch"
	groupsField = "groups"
)

func personFields(p casework.Staff) []string {
	if p.ID == 0 {
		return []string{codeField, nameField, branchField, titleField, groupsField}
	}
	return []string{nameField, branchField, titleField, groupsField}
}

func editedPerson(at Place) casework.Staff {
	if at.Person != nil {
		return *at.Person
	}
	return casework.Staff{PartyMember: true, Roles: []casework.Role{casework.Visitor}}
}

// personAfter is the place that follows a field of an entry.
func personAfter(at Place, p casework.Staff) Place {
	fields := personFields(p)
	i := slices.Index(fields, at.Path) + 1
	next := Place{Screen: editPersonScreen, Person: &p}
	if p.ID == 0 && at.Why != fixing && i < len(fields) {
		next.Path = fields[i]
	}
	return next
}

// drawEditPerson asks for a field of an entry, or shows it before it is kept.
func (t *turn) drawEditPerson(f *face) bool {
	at := t.s.At
	p := editedPerson(at)
	if p.ID == 0 && !t.addsPeople() || p.ID != 0 && !t.mayStaff(casework.ManageStaff, p) {
		return false
	}
	back := choice{t.w.say("button.to_people"), Plain, to(Place{Screen: peopleScreen})}
	if p.ID != 0 {
		back = choice{t.w.say("button.go_back"), Plain, to(Place{Screen: personScreen, Staff: p.ID})}
		f.title(t.w.say("people.edit", "Who", p.Code))
	} else {
		f.title(t.w.say("people.new"))
	}
	if slices.Contains(personFields(p), at.Path) {
		f.line(t.w.say("people.ask." + at.Path))
		t.personButtons(f, at, p)
		f.row(back)
		return true
	}
	f.line(p.Code + " " + p.Name)
	t.personLines(f, p)
	var list []choice
	for _, field := range personFields(p) {
		fix := at
		fix.Path, fix.Why = field, fixing
		list = append(list, choice{t.w.say("button.person_field." + field), Plain, to(fix)})
	}
	other := p
	other.PartyMember = !p.PartyMember
	turned := at
	turned.Person = &other
	f.grid(append(list, choice{ticked(p.PartyMember) + t.w.say("button.person_member"), Plain, to(turned)}))
	f.row(choice{t.w.say("button.save_person"), Good, Action{Verb: savePerson, Place: at}})
	f.row(back, t.homeButton())
	return true
}

// personButtons offer answers to a field that has them.
func (t *turn) personButtons(f *face, at Place, p casework.Staff) {
	next := p
	switch at.Path {
	case codeField:
		next.Code = t.nextStaffCode()
		f.row(choice{next.Code, Plain, to(personAfter(at, next))})
	case branchField:
		var list []choice
		for _, u := range t.v.Units() {
			if u.Kind == casework.Branch {
				one := p
				one.BranchID = u.ID
				list = append(list, choice{u.Name, Plain, to(personAfter(at, one))})
			}
		}
		f.grid(list[:min(len(list), maxButtons-5)])
		next.BranchID = 0
		f.row(choice{t.w.say("button.no_branch"), Plain, to(personAfter(at, next))})
	case titleField:
		next.Title = ""
		f.row(choice{t.w.say("button.no_title"), Plain, to(personAfter(at, next))})
	case groupsField:
		t.groupTicks(f, at, p)
	}
}

// groupTicks let groups be ticked.
func (t *turn) groupTicks(f *face, at Place, p casework.Staff) {
	var list []choice
	for _, g := range t.v.Groups() {
		one := p
		if i := slices.Index(p.Groups, g.ID); i >= 0 {
			one.Groups = slices.Delete(slices.Clone(p.Groups), i, i+1)
		} else {
			one.Groups = append(slices.Clone(p.Groups), g.ID)
		}
		turned := at
		turned.Person = &one
		list = append(list, choice{ticked(p.In(g.ID)) + g.Name, Plain, to(turned)})
	}
	f.grid(list[:min(len(list), maxButtons-5)])
	f.row(choice{t.w.say("button.picked", "Count", len(p.Groups)), Primary, to(personAfter(at, p))})
}

// nextStaffCode is the number after the highest of the roster.
func (t *turn) nextStaffCode() string {
	last := 0
	for s := range t.v.AllStaff() {
		if n, err := strconv.Atoi(strings.TrimPrefix(s.Code, "R")); err == nil {
			last = max(last, n)
		}
	}
	return fmt.Sprintf("R%03d", last+1)
}

// personTyped takes the field that is asked for.
func (t *turn) personTyped(text string) {
	at := t.s.At
	p := editedPerson(at)
	var ok bool
	switch at.Path {
	case codeField:
		p.Code, ok = t.readAs(form.Item{ID: "words", Type: form.Text, Min: 2, Max: 10, Code: true}, text)
		if _, taken := t.v.StaffByCode(p.Code); ok && taken {
			t.notice, ok = t.w.say("people.refused.taken"), false
		}
	case nameField:
		p.Name, ok = t.readAs(form.Item{ID: "words", Type: form.Text, Min: 2, Max: 15}, text)
	case titleField:
		p.Title, ok = t.readAs(form.Item{ID: "words", Type: form.Text, Min: 1, Max: 20}, text)
	default:
		t.tapInstead(text)
		return
	}
	if !ok {
		t.draw()
		return
	}
	t.goTo(personAfter(at, p))
}

// savePerson keeps the entry, new or changed.
func (t *turn) savePerson(_ Card, a Action) {
	p := editedPerson(a.Place)
	var fact casework.StaffImported
	var why casework.Refusal
	if p.ID == 0 {
		fact, why = casework.AddStaff(t.v, t.staff, p, t.ids)
	} else {
		fact, why = casework.ChangeStaff(t.v, t.staff, p)
	}
	if why != "" {
		t.notice = t.officeWords("people.refused", why)
		t.goTo(a.Place)
		return
	}
	t.record(fact, t.today, "")
	t.notice = t.w.say("people.saved", "Who", fact.Staff.Code+" "+fact.Staff.Name)
	t.goTo(Place{Screen: personScreen, Staff: fact.Staff.ID})
}

// drawRoles lets roles be ticked, asks why, and for a yes.
func (t *turn) drawRoles(f *face) bool {
	at := t.s.At
	p := editedPerson(at)
	who, ok := t.v.Staff(p.ID)
	if !ok || !t.mayStaff(casework.ChangeRoles, who) {
		return false
	}
	f.title(t.w.say("roles.title", "Who", who.Code+" "+who.Name))
	f.line(t.w.say("people.roles", "Roles", t.roleNames(who.Roles)))
	back := choice{t.w.say("button.go_back"), Plain, to(Place{Screen: personScreen, Staff: who.ID})}
	if at.Path != reasonPart {
		t.roleTicks(f, at, p)
		f.row(back)
		return true
	}
	f.line(t.w.say("roles.become", "Roles", t.roleNames(p.Roles)))
	if at.Text == "" {
		f.line(t.w.say("roles.why"))
		var list []choice
		for _, key := range []string{"roles.because.post", "roles.because.new", "roles.because.left"} {
			next := at
			next.Text = t.w.say(key)
			list = append(list, choice{next.Text, Plain, to(next)})
		}
		f.grid(list)
	} else {
		f.line(t.w.say("roles.reason", "Why", at.Text))
		f.line(t.w.say("roles.second"))
		f.row(choice{t.w.say("button.ask_roles"), Good, Action{Verb: askRoles, Place: at}})
	}
	again := at
	again.Path, again.Text = "", ""
	f.row(choice{t.w.say("button.roles"), Plain, to(again)}, back)
	return true
}

// reasonPart of [rolesScreen] asks why.
const reasonPart = "reason"

// roleTicks let roles be ticked.
func (t *turn) roleTicks(f *face, at Place, p casework.Staff) {
	f.line(t.w.say("roles.how"))
	var list []choice
	for _, r := range casework.Roles() {
		one := p
		if i := slices.Index(p.Roles, r); i >= 0 {
			one.Roles = slices.Delete(slices.Clone(p.Roles), i, i+1)
		} else {
			one.Roles = append(slices.Clone(p.Roles), r)
		}
		turned := at
		turned.Person = &one
		list = append(list, choice{ticked(p.Has(r)) + casework.RoleNames().Label(string(r), t.w.lang), Plain, to(turned)})
	}
	f.grid(list)
	next := at
	next.Path = reasonPart
	f.row(choice{t.w.say("button.picked", "Count", len(p.Roles)), Primary, to(next)})
}

// rolesTyped takes the reason.
func (t *turn) rolesTyped(text string) {
	at := t.s.At
	if at.Path != reasonPart {
		t.tapInstead(text)
		return
	}
	words, ok := t.readAs(form.Item{ID: "words", Type: form.Text, Min: 2, Max: 100}, text)
	if !ok {
		t.draw()
		return
	}
	at.Text = words
	t.goTo(at)
}

// askRoles asks a second person for other roles.
func (t *turn) askRoles(_ Card, a Action) {
	p := editedPerson(a.Place)
	fact, why := casework.AskRoles(t.v, t.staff, p.ID, p.Roles, a.Place.Text, t.now(), t.ids)
	if why != "" {
		t.notice = t.officeWords("roles.refused", why)
		t.goTo(Place{Screen: personScreen, Staff: p.ID})
		return
	}
	t.notice = t.w.say("roles.asked")
	t.goTo(Place{Screen: personScreen, Staff: p.ID})
	t.notice = ""
	t.await(fact)
}

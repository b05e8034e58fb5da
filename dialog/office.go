package dialog

import "zoufang/casework"

// officeScreen 办公 has a button for everything that is done at a desk.
const officeScreen Screen = "office"

// officeRoom is where whoever has a desk finds its drawers.
func officeRoom() room {
	return room{
		screens:  map[Screen]func(*turn, *face) bool{officeScreen: (*turn).drawOffice},
		verbs:    map[Verb]func(*turn, Card, Action){showFigures: func(t *turn, _ Card, _ Action) { t.figures() }},
		commands: map[string]func(*turn){"office": func(t *turn) { t.goTo(Place{Screen: officeScreen}) }},
		offers:   []offer{{"office", hasDesk}},
	}
}

// desk is one drawer: what it is called, where it leads, and whom it is for.
type desk struct {
	key   string
	place Place
	act   casework.Act
}

// desks are the drawers, in their order.
func desks() []desk {
	return []desk{
		{"button.office_export", Place{Screen: papersScreen}, casework.ExportPapers},
		{"button.office_import", Place{Screen: importsScreen}, casework.ImportRecords},
		{"button.office_approvals", Place{Screen: approvalsScreen}, casework.Approve},
		{"button.office_announce", Place{Screen: noticesScreen}, casework.Announce},
		{"button.office_rounds", Place{Screen: roundsScreen}, casework.PlanRounds},
		{"button.office_people", Place{Screen: peopleScreen}, casework.InviteStaff},
		{"button.office_params", Place{Screen: paramsScreen}, casework.SetParams},
		{"button.office_words", Place{Screen: formsScreen}, casework.SetWords},
		{"button.office_looks", Place{Screen: looksScreen}, casework.SeeLooks},
		{"button.office_calendar", Place{Screen: calendarScreen}, casework.SetCalendar},
		{"button.office_policies", Place{Screen: policyScreen}, casework.EditPolicies},
		{"button.office_issues", Place{Screen: issuesScreen}, casework.ReportIssues},
	}
}

// hasDesk reports whether any drawer is for the person.
func hasDesk(s casework.Staff) bool {
	for _, d := range desks() {
		if casework.Allowed(s, d.act) {
			return true
		}
	}
	return false
}

// deskRow leads to the problem list, and whoever has a desk to it.
func (t *turn) deskRow(f *face) {
	var row []choice
	if casework.Allowed(t.staff, casework.SeeProblem) {
		row = append(row, choice{t.w.say("button.problems_all"), Plain, to(Place{Screen: problemsScreen})})
	}
	if hasDesk(t.staff) {
		row = append(row, choice{t.w.say("button.office"), Plain, to(Place{Screen: officeScreen})})
	}
	if n := t.toDecide(); n > 0 {
		f.row(choice{t.w.say("button.home_approvals", "Count", n), Primary, to(Place{Screen: approvalsScreen})})
	}
	f.row(row...)
}

// toDecide is how many requests wait for the person's word.
func (t *turn) toDecide() int {
	n := 0
	if casework.Allowed(t.staff, casework.Approve) {
		for _, a := range t.v.OpenApprovals() {
			if t.decides(a) {
				n++
			}
		}
	}
	return n
}

func (t *turn) drawOffice(f *face) bool {
	if !hasDesk(t.staff) {
		return false
	}
	f.title(t.w.say("office.title"))
	f.line(t.w.say("office.about"))
	var list []choice
	for _, d := range desks() {
		if casework.Allowed(t.staff, d.act) {
			list = append(list, choice{t.w.say(d.key), Plain, to(d.place)})
		}
	}
	f.grid(list)
	f.row(t.homeButton())
	return true
}

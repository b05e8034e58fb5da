package dialog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"zoufang/casework"
)

// The screens and verbs of what waits. Stored by name: never rename.
const (
	todoScreen Screen = "todo" // a board: what waits for the person
	lateScreen Screen = "late" // a board: what others are late with
	openTodo   Verb   = "todo" // show it
)

// perTodo is how many duties a board shows at once.
const perTodo = 6

// todoRoom is where everybody sees what waits for them.
func todoRoom() room {
	return room{
		boards: map[Screen]board{
			todoScreen: {named("todo"), (*turn).drawTodo},
			lateScreen: {named("late"), (*turn).drawLate},
		},
		verbs: map[Verb]func(*turn, Card, Action){
			openTodo: func(t *turn, _ Card, _ Action) { t.openTodo() },
		},
		commands: map[string]func(*turn){"todo": (*turn).openTodo},
		offers:   []offer{{"todo", allowed(casework.WorkProblem)}},
		jobs: map[Job]clockwork{
			LateJob: {subjects: lateSubjects, turn: (*turn).passDuty},
		},
	}
}

// duties are what waits for the person of the turn.
func (t *turn) duties() []casework.Duty { return casework.Duties(t.v, t.staff, t.now(), t.d.zone) }

// dueNow are those of the duties that are due today or overdue.
func (t *turn) dueNow(all []casework.Duty) []casework.Duty {
	return slices.DeleteFunc(slices.Clone(all), func(d casework.Duty) bool { return !d.Pressing(t.today) })
}

// openTodo shows what waits for the person, or says that nothing does.
func (t *turn) openTodo() {
	if len(t.duties()) == 0 {
		t.notice = t.w.say("todo.nothing")
		t.goTo(Place{Screen: homeScreen})
		return
	}
	t.goTo(Place{Screen: todoScreen, Day: t.today})
}

// drawTodo lists what waits for the person, the most pressing first, each one tap
// away from where it is done.
func (t *turn) drawTodo(f *face, at Place) bool {
	all := t.duties()
	f.title(t.w.say("todo.title", "Count", len(all), "Pressing", len(t.dueNow(all))))
	if at.Query == lateAgenda {
		f.line(t.w.say("agenda.late"))
	}
	if len(all) == 0 {
		f.line(t.w.say("todo.nothing"))
		f.row(t.homeButton())
		return true
	}
	t.dutyList(f, all, at)
	return true
}

// drawLate lists what others are late with, which was passed up to the person.
func (t *turn) drawLate(f *face, at Place) bool {
	all := slices.DeleteFunc(t.duties(), func(d casework.Duty) bool { return d.Of == 0 })
	if len(all) == 0 {
		return false
	}
	f.title(t.w.say("late.title", "Count", len(all)))
	f.line(t.w.say("late.why"))
	t.dutyList(f, all, at)
	return true
}

// dutyList shows a page of duties, each with a button.
func (t *turn) dutyList(f *face, all []casework.Duty, at Place) {
	pages := (len(all) + perTodo - 1) / perTodo
	page := min(max(0, at.Page), pages-1)
	first := page * perTodo
	shown := all[first:min(len(all), first+perTodo)]
	var numbers []choice
	for i, d := range shown {
		f.gap()
		f.line(fmt.Sprintf("%d %s", first+i+1, t.dutyLine(d)))
		f.line("   " + t.dutyAbout(d))
		numbers = append(numbers, choice{fmt.Sprint(first+i+1, " ", t.w.say("todo.do."+string(d.Kind))), Plain, to(t.dutyPlace(d))})
	}
	f.grid(numbers)
	f.arrows(at, page, pages)
}

// dutyLine says what is to be done, and until when.
func (t *turn) dutyLine(d casework.Duty) string {
	line := t.w.say("todo.kind." + string(d.Kind))
	if d.Urgency == casework.Emergency || d.Urgency == casework.Urgent {
		line = t.w.say("todo.urgency."+string(d.Urgency)) + " " + line
	}
	switch late := t.today.DaysSince(d.Due); {
	case late > 0:
		line += " · " + t.w.say("list.overdue", "Count", late)
	case late == 0:
		line += " · " + t.w.say("todo.today")
	default:
		line += " · " + t.w.say("todo.until", "Date", t.day(d.Due))
	}
	if d.Of != 0 {
		line += " · " + t.staffName(d.Of)
	}
	return line
}

// dutyAbout says what the duty is about, by codes and masked names.
func (t *turn) dutyAbout(d casework.Duty) string {
	var words []string
	if p, ok := t.v.Problem(d.Problem); ok {
		words = append(words, p.Code)
	}
	if b, ok := t.v.TaskBook(d.Book); ok {
		words = append(words, b.Code)
		if d.Measure > 0 && d.Measure <= len(b.Measures) {
			words = append(words, clip(b.Measures[d.Measure-1].Content, 24))
		}
	}
	if i, ok := t.v.Issue(d.Issue); ok {
		words = append(words, i.Code, clip(i.Title, 20))
	}
	if m, ok := t.v.Matter(d.Matter); ok {
		words = append(words, m.Code, clip(m.NextStep, 24))
	}
	if m, ok := t.v.Trademark(d.Mark); ok {
		words = append(words, clip(m.Name, 20))
	}
	if v, ok := t.v.Visit(d.Visit); ok {
		words = append(words, v.Code)
		if v.Return != nil {
			words = append(words, clip(v.Return.Remark, 24))
		}
	}
	if x, ok := t.v.Target(d.Target); ok {
		words = append(words, x.Code, x.DisplayName())
	}
	if p, ok := t.v.Problem(d.Problem); ok {
		words = append(words, clip(p.Description, 24))
	}
	return strings.Join(words, " · ")
}

// dutyPlace is where the duty is done.
func (t *turn) dutyPlace(d casework.Duty) Place {
	switch {
	case d.Visit != 0:
		return Place{Screen: returnedScreen, Visit: d.Visit}
	case d.Book != 0:
		return Place{Screen: bookScreen, Book: d.Book}
	case d.Issue != 0:
		return Place{Screen: issueScreen, Issue: d.Issue}
	case d.Matter != 0:
		return Place{Screen: matterScreen, Matter: d.Matter}
	case d.Mark != 0:
		return Place{Screen: markScreen, Mark: d.Mark}
	}
	return Place{Screen: problemScreen, Problem: d.Problem}
}

// perHome is how many duties the home card shows.
const perHome = 3

// homeDuties shows the most pressing of what waits, each one tap from done.
func (t *turn) homeDuties(f *face) {
	all := t.duties()
	if len(all) == 0 {
		return
	}
	f.gap()
	f.title(t.w.say("home.todo", "Count", len(all), "Pressing", len(t.dueNow(all))))
	for i, d := range all[:min(perHome, len(all))] {
		f.line(fmt.Sprintf("%d %s", i+1, t.dutyLine(d)))
		f.line("   " + t.dutyAbout(d))
	}
	var row []choice
	for i, d := range all[:min(perHome, len(all))] {
		row = append(row, choice{fmt.Sprint(i+1, " ", t.w.say("todo.do."+string(d.Kind))), Plain, to(t.dutyPlace(d))})
	}
	f.grid(row)
	if len(all) > perHome {
		f.row(t.todoButton(len(all)))
	}
}

func (t *turn) todoButton(n int) choice {
	return choice{t.w.say("button.todo", "Count", n), Plain, Action{Verb: openTodo}}
}

// busy are those for whom duties can wait: who works on something open, and who has
// a role that decides about it.
func busy(v View, today casework.Date) []casework.StaffID {
	var out []casework.StaffID
	for p := range v.OpenProblems(0) {
		out = append(out, casework.OwnerOf(v, p, today))
	}
	for b := range v.OpenTaskBooks(0) {
		for _, id := range b.Busy() {
			out = append(out, casework.Acting(v, id, today))
		}
	}
	for s := range v.AllStaff() {
		decides := casework.Allowed(s, casework.TriageProblem) || casework.Allowed(s, casework.AcceptBook) || s.Has(casework.TrademarkOfficer)
		if s.Binding == casework.Bound && decides {
			out = append(out, s.ID)
		}
	}
	for _, g := range v.Groups() {
		out = append(out, casework.Acting(v, g.LeaderID, today), g.DeputyID)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// renewTodo draws the person's own boards of duties again after something was done. What
// others have open shows where things stand as soon as they tap it.
func (t *turn) renewTodo() {
	if len(t.out.Events) == 0 || t.staff.ID == 0 {
		return
	}
	t.notice = "" // it is said on the card that was pressed
	for _, name := range []string{"todo", "late"} {
		t.renew(t.staff, name, func(at Place) bool { return at.Day == t.today })
	}
}

// lateSubjects is one input for each duty that is to be passed up now.
func lateSubjects(d *Dialog, v View, tick Tick) []Subject {
	if len(casework.LateDuties(v, casework.Moment{Today: casework.DateOf(tick.Now, d.zone), At: tick.Now}, d.zone)) == 0 {
		return nil
	}
	return []Subject{{}}
}

// passDuty passes up what others are late with. Each receiver gets one message about
// all of it.
func (t *turn) passDuty() {
	told := map[casework.StaffID]bool{}
	for _, l := range casework.LateDuties(t.v, t.now(), t.d.zone) {
		t.record(l.Passing(), t.today, "")
		for _, id := range l.To {
			told[id] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(told)) {
		if who, ok := t.v.Staff(id); ok && who.Wants(casework.MissNotice) {
			t.as(who).showBoard(Place{Screen: lateScreen, Day: t.today}, false, true)
		}
	}
}

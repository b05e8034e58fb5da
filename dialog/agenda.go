package dialog

import (
	"fmt"
	"slices"
	"strings"

	"zoufang/casework"
)

// agendaBoard is the name of the card that shows the day's agenda.
const agendaBoard = "agenda"

// perAgenda is how many items the agenda shows at once.
const perAgenda = 5

// What the agenda's place says in Path: the menu under the item in hand.
const (
	callPath  = "call"  // a visit is made a call instead
	laterPath = "later" // when to be reminded
	otherPath = "other" // what else came of the call
	unhappy   = "not"   // why the people are not satisfied
	donePath  = "done"  // the result is said
)

// What the agenda's place says in Query: why it comes.
const (
	lateAgenda   = "late"
	snoozeIsOver = "snoozed"
)

// itemState says how an item of the agenda stands.
type itemState int

const (
	itemOpen    itemState = iota
	itemSpoken            // spoken with today, and something else is due
	itemRetry             // tried today, to be tried again
	itemSnoozed           // comes back later today, or on another day
	itemDone              // not due any more
)

func (t *turn) itemState(x casework.Target) itemState {
	switch {
	case !casework.DueOf(x, t.today).Pressing():
		return itemDone
	case x.Snooze != nil && x.Snooze.Until.After(t.in.Reached):
		return itemSnoozed
	case x.Unanswered > 0 && x.UnansweredOn == t.today:
		return itemRetry
	case x.LastContactOn() == t.today || x.LastTriedOn == t.today:
		return itemSpoken
	}
	return itemOpen
}

// todaysAgenda is the place of the person's agenda: what it showed today already,
// and what is due.
func (t *turn) todaysAgenda() Place {
	at := Place{Screen: agendaScreen, Day: t.today}
	if card, ok := t.live(ChatID(t.staff.User), agendaBoard); ok && card.At.Day == t.today {
		at.Items = card.At.Items
	}
	return t.withDue(at)
}

// withDue adds what is due now and not on the list yet.
func (t *turn) withDue(at Place) Place {
	at.Items = slices.Clone(at.Items)
	for _, item := range casework.Agenda(t.v, t.staff.ID, t.today, t.in.Reached) {
		if !slices.Contains(at.Items, item.Target.ID) {
			at.Items = append(at.Items, item.Target.ID)
		}
	}
	return at
}

// openAgenda shows the person's agenda, or says that nothing is due.
func (t *turn) openAgenda() {
	at := t.todaysAgenda()
	if len(at.Items) == 0 {
		t.notice = t.w.say("agenda.nothing")
		t.goTo(Place{Screen: homeScreen})
		return
	}
	t.goTo(at)
}

// drawAgenda shows what is due today: five items, and the one in hand with what
// to say and what can come of it.
func (t *turn) drawAgenda(f *face, at Place) bool {
	if at.Day == t.today {
		at = t.withDue(at)
	}
	items := slices.DeleteFunc(t.listed(at.Items), t.handedOn)
	if len(items) == 0 || !casework.Allowed(t.staff, casework.SeeTarget) {
		return false
	}
	if i := slices.IndexFunc(items, func(x casework.Target) bool { return x.ID == at.Target }); i >= 0 &&
		t.itemState(items[i]) == itemDone && at.Path != donePath {
		at.Target, at.Query = 0, "" // what is done makes room for the next
	}
	in := t.inHand(items, at.Target)
	t.agendaHead(f, at, items)
	page := in / perAgenda * perAgenda
	shown := items[page:min(len(items), page+perAgenda)]
	for i, x := range shown {
		t.agendaLine(f, page+i+1, x, page+i == in)
	}
	t.agendaNext(f)
	x := items[in]
	if t.itemState(x) == itemDone && at.Target != x.ID {
		f.gap()
		f.line(t.w.say("agenda.all_done"))
	} else {
		t.itemInHand(f, x, at)
	}
	t.agendaNumbers(f, shown, page)
	t.agendaPages(f, items, page/perAgenda)
	t.agendaDuties(f, at)
	return true
}

// listed are the targets of the list that the person may still see.
func (t *turn) listed(ids []casework.TargetID) []casework.Target {
	var out []casework.Target
	for _, id := range ids {
		if x, ok := t.seen(id); ok {
			out = append(out, x)
		}
	}
	return out
}

// handedOn reports whether somebody else has to see to the target, and nobody was
// in touch with it today: then it is on that person's agenda.
func (t *turn) handedOn(x casework.Target) bool {
	tried := x.LastContactOn() == t.today || x.LastTriedOn == t.today || x.UnansweredOn == t.today
	return !tried && casework.InCharge(t.v, x, t.today) != t.staff.ID
}

// inHand is the place of the item asked for, or else of the first one that can be
// done now.
func (t *turn) inHand(items []casework.Target, wanted casework.TargetID) int {
	if i := slices.IndexFunc(items, func(x casework.Target) bool { return x.ID == wanted }); i >= 0 {
		return i
	}
	for _, state := range []itemState{itemOpen, itemSpoken, itemRetry, itemSnoozed} {
		if i := slices.IndexFunc(items, func(x casework.Target) bool { return t.itemState(x) == state }); i >= 0 {
			return i
		}
	}
	return 0
}

// agendaHead says which day it is and how far it has come.
func (t *turn) agendaHead(f *face, at Place, items []casework.Target) {
	done := 0
	for _, x := range items {
		if t.itemState(x) == itemDone {
			done++
		}
	}
	f.title(t.w.say("agenda.title", "Date", t.day(at.Day)))
	switch at.Query {
	case lateAgenda:
		f.line(t.w.say("agenda.late"))
	case snoozeIsOver:
		if x, ok := t.seen(at.Target); ok {
			f.line(t.w.say("agenda.snoozed", "Target", x.Code+" "+x.DisplayName()))
		}
	}
	f.line(t.w.say("agenda.count", "Count", len(items), "Done", done, "Time", t.in.Reached.In(t.d.zone).Format("15:04")))
	f.gap()
}

// agendaLine is one item: who, by which way and why, or what came of it.
func (t *turn) agendaLine(f *face, n int, x casework.Target, inHand bool) {
	due := casework.DueOf(x, t.today)
	state := t.itemState(x)
	mark := map[itemState]string{itemRetry: "⏳", itemSnoozed: "⏰", itemDone: "✓"}[state]
	if mark == "" {
		mark = t.w.say("way.icon." + string(due.Contact.Way))
	}
	who := fmt.Sprintf("%d %s %s %s", n, mark, x.Code, x.DisplayName())
	if a, ok := t.v.Area(x.AreaID); ok {
		who += " · " + a.Name
	}
	if inHand && state != itemDone {
		f.title("▸ " + who)
	} else {
		f.line(who)
	}
	if state == itemDone {
		f.line("   " + t.doneWords(x))
		return
	}
	points, terms := casework.Priority(t.v, x, t.today)
	alone := len(terms) == 1 && terms[0].What == "overdue" // it stands in the line already
	line := "   " + t.reason(x, due.Contact) + t.stateWords(x, due, state)
	if alone {
		line += fmt.Sprintf(" (+%d)", points)
	}
	f.line(line)
	if !alone && len(terms) > 0 {
		f.line("   " + t.terms(x))
	}
}

// stateWords say how late an item is, and until when it was put off.
func (t *turn) stateWords(x casework.Target, due casework.Due, state itemState) string {
	words := ""
	if due.Late > 0 {
		words += " · " + t.w.say("list.overdue", "Count", due.Late)
	}
	switch state {
	case itemSnoozed:
		words += " · " + t.w.say("agenda.until", "Time", t.instant(x.Snooze.Until))
	case itemSpoken:
		words += " · " + t.todaysWork(x)
	case itemOpen, itemRetry, itemDone:
	}
	return words
}

// terms are what makes the target come before others, with their points.
func (t *turn) terms(x casework.Target) string {
	_, terms := casework.Priority(t.v, x, t.today)
	var words []string
	for _, term := range terms {
		words = append(words, fmt.Sprintf("+%d %s", term.Points, t.w.say("agenda.term."+term.What)))
	}
	return strings.Join(words, "  ")
}

// doneWords say what was recorded today about a target that is not due any more,
// and when it is due next.
func (t *turn) doneWords(x casework.Target) string {
	what := t.todaysWork(x)
	if due := casework.DueOf(x, t.today); due.State != casework.Silent {
		return what + " · " + t.w.say("agenda.next", "Date", t.day(due.Contact.On))
	}
	return what + " · " + t.w.say("agenda.silent")
}

// todaysWork says what was recorded today about a target, the newest.
func (t *turn) todaysWork(x casework.Target) string {
	what := t.w.say("agenda.changed")
	calls, visits := t.v.CallsOfTarget(x.ID, 1), t.v.VisitsOfTarget(x.ID, 1)
	called := len(calls) > 0 && calls[0].On == t.today
	if called {
		what = t.callResult(calls[0])
	}
	if len(visits) > 0 && visits[0].ReportedOn == t.today && (!called || visits[0].SubmittedAt.After(calls[0].At)) {
		what = t.w.say("agenda.visited", "Code", visits[0].Code)
	}
	return what
}

// agendaNext says how much comes within two days.
func (t *turn) agendaNext(f *face) {
	n := 0
	for _, x := range casework.Charges(t.v, t.staff.ID, t.today) {
		if casework.DueOf(x, t.today).State == casework.Soon {
			n++
		}
	}
	if n > 0 {
		f.gap()
		f.line(t.w.say("agenda.soon", "Count", n))
	}
}

// itemInHand says what to say to the target's people, and offers what can come
// of it.
func (t *turn) itemInHand(f *face, x casework.Target, at Place) {
	f.gap()
	f.title("👉 " + x.Code + " " + x.DisplayName())
	if t.itemState(x) == itemDone {
		f.row(t.targetButton(x))
		return
	}
	t.script(f, x, !isVisit(casework.DueOf(x, t.today)) || at.Path == callPath)
	t.contactButtons(f, x, at.Path)
}

// agendaDuties say that there is other work as well.
func (t *turn) agendaDuties(f *face, at Place) {
	all := t.duties()
	if at.Day != t.today || len(all) == 0 {
		return
	}
	f.gap()
	f.line(t.w.say("agenda.todo", "Count", len(all), "Pressing", len(t.dueNow(all))))
	f.row(t.todoButton(len(all)))
}

// agendaNumbers put another item in hand.
func (t *turn) agendaNumbers(f *face, shown []casework.Target, page int) {
	if len(shown) == 1 {
		return
	}
	var row []choice
	for i, x := range shown {
		c := choice{fmt.Sprint(page + i + 1), Plain, lookAt(x.ID, "")}
		if t.itemState(x) == itemDone {
			c = choice{"✓" + c.text, Plain, lookAt(x.ID, donePath)}
		}
		row = append(row, c)
	}
	f.row(row...)
}

// agendaPages lead to five others, of which the first that is open is in hand.
func (t *turn) agendaPages(f *face, items []casework.Target, page int) {
	pages := (len(items) + perAgenda - 1) / perAgenda
	if pages == 1 {
		return
	}
	turnTo := func(n int) Action {
		first := (n + pages) % pages * perAgenda
		some := items[first:min(len(items), first+perAgenda)]
		return lookAt(some[t.inHand(some, 0)].ID, "")
	}
	f.row(
		choice{"‹", Plain, turnTo(page - 1)},
		choice{fmt.Sprintf("%d/%d", page+1, pages), Plain, Action{Verb: noop}},
		choice{"›", Plain, turnTo(page + 1)},
	)
}

// lookAt puts a target in hand on the board, with one of its menus.
func lookAt(id casework.TargetID, path string) Action {
	return Action{Verb: look, Place: Place{Target: id, Path: path}}
}

// look shows another item, or another menu of it, on the board pressed.
func (t *turn) look(card Card, a Action) {
	at := t.onBoard(card)
	at.Target, at.Path = a.Place.Target, a.Place.Path
	t.goTo(at)
}

// onBoard is what the board pressed shows, with what has come due since.
func (t *turn) onBoard(card Card) Place {
	at := card.At
	switch {
	case at.Screen == agendaScreen && at.Day == t.today:
		at = t.withDue(at)
	case at.Screen == agendaScreen:
		at = t.todaysAgenda()
	case at.Screen == "":
		at = Place{Screen: callScreen}
	}
	at.Query = ""
	return at
}

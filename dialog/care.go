package dialog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// The screens of contacts. Stored by name: never rename.
const (
	agendaScreen Screen = "agenda"  // a board: what is due today
	callScreen   Screen = "call"    // a board: one target to be called
	lookInScreen Screen = "look_in" // a board: nobody answers, who goes there?
	phoneScreen  Screen = "phone"   // a board: a telephone number, for a minute
	moreScreen   Screen = "more"    // what else can be done about a target
	whyScreen    Screen = "why"     // why its next contact is when it is
	pauseScreen  Screen = "pause"
	changeScreen Screen = "change" // what grave thing happened
	rhythmScreen Screen = "rhythm"
)

// The verbs of contacts. Stored by name: never rename.
const (
	openToday   Verb = "today"       // show the agenda
	look        Verb = "look"        // another item or menu of the board
	called      Verb = "called"      // the option is how a call went
	trouble     Verb = "trouble"     // reached, and something is needed: the phone form
	snooze      Verb = "snooze"      // remind at the instant in the option
	seePhone    Verb = "see_phone"   // show the number
	toldVillage Verb = "told"        // the village's contact was told
	pauseNow    Verb = "pause_now"   // silence a target
	resumeNow   Verb = "resume_now"  // end a pause
	noteChange  Verb = "note_change" // the option is what happened
	setRhythm   Verb = "set_rhythm"  // the option is the reason
)

// careRoom is where contacts come due: the agenda, calls, and what moves them.
func careRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{
			moreScreen: (*turn).drawMore, whyScreen: (*turn).drawWhy, pauseScreen: (*turn).drawPause,
			changeScreen: (*turn).drawChange, rhythmScreen: (*turn).drawRhythm,
		},
		boards: map[Screen]board{
			agendaScreen: {named(agendaBoard), (*turn).drawAgenda},
			callScreen:   {named("call"), (*turn).drawCall},
			lookInScreen: {aboutTarget("look_in"), (*turn).drawLookIn},
			phoneScreen:  {aboutTarget("phone"), (*turn).drawPhone},
		},
		verbs: map[Verb]func(*turn, Card, Action){
			openToday: func(t *turn, _ Card, _ Action) { t.openAgenda() },
			look:      (*turn).look, called: (*turn).called, trouble: (*turn).trouble, snooze: (*turn).snooze,
			seePhone: (*turn).seePhone, toldVillage: (*turn).toldVillage, pauseNow: (*turn).pauseNow,
			resumeNow: (*turn).resumeNow, noteChange: (*turn).noteChange, setRhythm: (*turn).setRhythm,
		},
		texts: map[Screen]func(*turn, string){
			pauseScreen: (*turn).pauseTyped, rhythmScreen: (*turn).rhythmTyped,
		},
		commands: map[string]func(*turn){
			"today": (*turn).openAgenda,
			"call":  func(t *turn) { t.openByCode(callScreen) },
			"why":   func(t *turn) { t.openByCode(whyScreen) },
		},
		offers: []offer{
			{"today", allowed(casework.LogCalls)}, {"call", allowed(casework.LogCalls)}, {"why", allowed(casework.SeeTarget)},
		},
		jobs: map[Job]clockwork{
			AgendaJob: {notice: casework.AgendaNotice, subjects: agendaSubjects, turn: (*turn).morning},
			SnoozeJob: {subjects: snoozeSubjects, once: snoozeOnce, turn: (*turn).wake},
		},
	}
}

// renewAgendas draws today's agendas again that show targets which changed, or
// that one of them belongs on.
func (t *turn) renewAgendas(people map[casework.StaffID][]casework.TargetID) {
	t.notice = "" // it is said on the card that was pressed
	for _, id := range slices.Sorted(maps.Keys(people)) {
		who, ok := t.v.Staff(id)
		if !ok {
			continue
		}
		t.renew(who, agendaBoard, func(at Place) bool {
			return at.Day == t.today && slices.ContainsFunc(people[id], func(x casework.TargetID) bool {
				return slices.Contains(at.Items, x) || t.isDueFor(id, x)
			})
		})
	}
}

// isDueFor reports whether the person should contact the target today.
func (t *turn) isDueFor(who casework.StaffID, id casework.TargetID) bool {
	x, ok := t.v.Target(id)
	return ok && casework.DueOf(x, t.today).Pressing() && casework.InCharge(t.v, x, t.today) == who
}

// nextWords says when the target is contacted next. The load is levelled first,
// so that the day said is the day booked.
func (t *turn) nextWords(id casework.TargetID) string {
	if f, ok := casework.Book(t.v, id, t.today); ok {
		t.record(f, t.today, "")
	}
	x, _ := t.v.Target(id)
	due := casework.DueOf(x, t.today)
	key := "saved.next"
	switch {
	case due.State == casework.Silent:
		return t.w.say("saved.no_next")
	case due.Pressing():
		key = "saved.due"
	}
	return t.w.say(key, "Date", t.day(due.Contact.On), "Way", t.w.say("way."+string(due.Contact.Way)))
}

// aboutTarget is the name function of a board of which a chat has one for each
// target.
func aboutTarget(name string) func(Place) string {
	return func(at Place) string { return fmt.Sprintf("%s/%d", name, at.Target) }
}

// openByCode shows a screen about the target whose code was given.
func (t *turn) openByCode(s Screen) {
	x, ok := t.v.TargetByCode(strings.ToUpper(form.Fold(form.Clean(t.in.Args))))
	if ok {
		x, ok = t.seen(x.ID)
	}
	switch {
	case ok:
		t.goTo(Place{Screen: s, Target: x.ID})
	case t.in.Args != "":
		t.search(t.in.Args)
	default:
		t.notice = t.w.say("care.which")
		t.goTo(Place{Screen: findScreen})
	}
}

// subject is what an act on the target today is about.
func (t *turn) subject(x casework.Target) casework.Subject {
	return casework.Subject{Target: x, Today: t.today}
}

// seen is the target, if the person may see it.
func (t *turn) seen(id casework.TargetID) (casework.Target, bool) {
	return t.target(id, casework.SeeTarget)
}

// target is the target, if the person may do the act to it.
func (t *turn) target(id casework.TargetID, a casework.Act) (casework.Target, bool) {
	x, ok := t.v.Target(id)
	return x, ok && casework.May(t.v, t.staff, a, t.subject(x))
}

// headline says which target it is.
func (t *turn) headline(f *face, x casework.Target) {
	f.title(x.Code + " " + x.DisplayName())
	f.line(t.w.say("kind."+string(x.Kind)) + " · " + casework.AreaShort(t.v, x.AreaID) + t.careWords(x))
}

// dueLine says how the target's next contact stands.
func (t *turn) dueLine(x casework.Target) string {
	due := casework.DueOf(x, t.today)
	if due.State == casework.Silent {
		return t.whySilent(x)
	}
	return t.w.say("care.due."+string(due.State), "Date", t.day(due.Contact.On), "Count", due.Late,
		"Way", t.w.say("way."+string(due.Contact.Way)), "Reason", t.reason(x, due.Contact))
}

func (t *turn) targetButton(x casework.Target) choice {
	return choice{t.w.say("button.target", "Code", x.Code), Plain, to(Place{Screen: targetScreen, Target: x.ID})}
}

// tellLater says something to another person that does not disturb them.
func (t *turn) tellLater(who casework.Staff, text string) {
	t.out.Letters = append(t.out.Letters, Letter{Kind: Show, Chat: ChatID(who.User), Text: text, Protect: true, Bulk: true})
}

package dialog

import (
	"fmt"
	"maps"

	"zoufang/casework"
)

// room is a part of the conversation: the screens it can show, what its buttons
// do, and what the clock does in it.
type room struct {
	screens map[Screen]func(*turn, *face) bool
	boards  map[Screen]board
	verbs   map[Verb]func(*turn, Card, Action)
	// texts take what is typed while a screen is shown; elsewhere words are a
	// search.
	texts map[Screen]func(*turn, string)
	// files take a file that is sent while a screen is shown; elsewhere it goes to the
	// form in hand or the record saved last.
	files    map[Screen]func(*turn, casework.Attachment)
	commands map[string]func(*turn)
	offers   []offer
	jobs     map[Job]clockwork
}

// offer is a command that Telegram lists for those who have a use for it.
type offer struct {
	command string
	when    func(casework.Staff) bool
}

// allowed offers a command to those who may do the act to anything at all.
func allowed(a casework.Act) func(casework.Staff) bool {
	return func(s casework.Staff) bool { return casework.Allowed(s, a) }
}

// book is all rooms together.
type book = room

// rooms lists them.
func rooms() []room {
	return []room{
		visitRoom(), careRoom(), leaderRoom(), deskRoom(), handoverRoom(), problemRoom(), taskRoom(), todoRoom(),
		markRoom(), policyRoom(), exportRoom(), approvalRoom(), looksRoom(), importRoom(), mergeRoom(),
		noticeRoom(), planRoom(), settingRoom(), peopleRoom(), officeRoom(), diaryRoom(),
	}
}

// newBook joins the rooms. No two may claim the same name.
func newBook() book {
	b := book{
		screens: map[Screen]func(*turn, *face) bool{}, boards: map[Screen]board{},
		verbs: map[Verb]func(*turn, Card, Action){}, texts: map[Screen]func(*turn, string){},
		files:    map[Screen]func(*turn, casework.Attachment){},
		commands: map[string]func(*turn){}, jobs: map[Job]clockwork{},
	}
	for _, r := range rooms() {
		join(b.screens, r.screens)
		join(b.boards, r.boards)
		join(b.verbs, r.verbs)
		join(b.texts, r.texts)
		join(b.files, r.files)
		join(b.commands, r.commands)
		join(b.jobs, r.jobs)
		b.offers = append(b.offers, r.offers...)
	}
	return b
}

func join[K comparable, V any](into, from map[K]V) {
	for k := range from {
		if _, twice := into[k]; twice {
			panic(fmt.Sprintf("dialog: two rooms claim %v", k))
		}
	}
	maps.Copy(into, from)
}

// visitRoom is where visits are reported and records are looked at.
func visitRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{
			homeScreen: (*turn).drawHome, mineScreen: (*turn).drawMine, findScreen: (*turn).drawFind,
			targetScreen: (*turn).drawTarget, draftsScreen: (*turn).drawDrafts, fillScreen: (*turn).drawFill,
			monthScreen: (*turn).drawMonth, reviewScreen: (*turn).drawReview, parkScreen: (*turn).drawPark,
			partyScreen: (*turn).drawParty, reasonScreen: (*turn).drawReason, visitScreen: (*turn).drawVisit,
			recordsScreen: (*turn).drawRecords, registerScreen: (*turn).drawRegister,
			summaryScreen: (*turn).drawSummary, helpScreen: (*turn).drawHelp,
		},
		verbs: visitVerbs(),
		texts: map[Screen]func(*turn, string){
			fillScreen: (*turn).answerTyped, monthScreen: (*turn).answerTyped,
			reasonScreen: (*turn).reasonTyped, registerScreen: (*turn).registerStep,
			reviewScreen: (*turn).tapInstead, parkScreen: (*turn).tapInstead, partyScreen: (*turn).tapInstead,
		},
		commands: visitCommands(),
		offers: []offer{
			{"visit", allowed(casework.WriteVisit)}, {"mine", allowed(casework.WriteVisit)},
			{"drafts", allowed(casework.WriteVisit)}, {"records", allowed(casework.WriteVisit)},
			{"register", allowed(casework.WriteVisit)}, {"find", allowed(casework.SeeTarget)},
			{"summary", allowed(casework.SeeSummary)},
		},
	}
}

func visitVerbs() map[Verb]func(*turn, Card, Action) {
	out := map[Verb]func(*turn, Card, Action){
		noop:      func(*turn, Card, Action) {},
		goTo:      func(t *turn, _ Card, a Action) { t.goTo(a.Place) },
		begin:     func(t *turn, _ Card, a Action) { t.begin(a.Place.Target, a.Option) },
		beginOn:   func(t *turn, _ Card, a Action) { t.beginOn(a.Place.Target) },
		discard:   func(t *turn, _ Card, a Action) { t.discard(a.Place) },
		keep:      func(t *turn, _ Card, _ Action) { t.keep() },
		resume:    func(t *turn, _ Card, a Action) { t.resume(a.Place.Visit) },
		correct:   func(t *turn, _ Card, a Action) { t.beginCorrection(a.Place.Visit) },
		showFiles: func(t *turn, _ Card, a Action) { t.showFiles(a.Place.Visit) },
		register:  func(t *turn, _ Card, a Action) { t.registerStep(a.Option) },
		registered: func(t *turn, _ Card, _ Action) {
			t.register()
		},
		confirm: (*turn).decideBinding,
		deny:    (*turn).decideBinding,
		speakIn: func(t *turn, _ Card, a Action) { t.speakIn(a.Option) },
	}
	for _, v := range []Verb{answer, toggle, picked, same, rest, back, skip, prefilled, fix, remove, along, submit, because} {
		out[v] = func(t *turn, _ Card, a Action) { t.actOnDraft(a) }
	}
	return out
}

func visitCommands() map[string]func(*turn) {
	home := func(t *turn) { t.goTo(Place{Screen: homeScreen}) }
	return map[string]func(*turn){
		"start": func(t *turn) {
			t.menu(t.in.Chat, t.staff) // the roster may have changed what is offered
			home(t)
		},
		"home": home, "menu": home,
		"visit": (*turn).openVisits,
		"mine":  func(t *turn) { t.goTo(Place{Screen: mineScreen}) },
		"find": func(t *turn) {
			if t.in.Args != "" {
				t.search(t.in.Args)
				return
			}
			t.goTo(Place{Screen: findScreen})
		},
		"drafts":   func(t *turn) { t.goTo(Place{Screen: draftsScreen}) },
		"records":  func(t *turn) { t.goTo(Place{Screen: recordsScreen}) },
		"register": (*turn).openRegister,
		"summary":  func(t *turn) { t.goTo(Place{Screen: summaryScreen}) },
		"cancel":   (*turn).leave,
		"lang": func(t *turn) {
			t.speakIn(map[string]string{Chinese: English, English: Chinese}[t.w.lang])
		},
		"help": func(t *turn) {
			t.notice = t.w.say("help.text")
			t.draw()
		},
	}
}

// tapInstead answers words where only a tap helps.
func (t *turn) tapInstead(string) {
	t.notice = t.w.say("review.tap")
	t.draw()
}

// keep leaves a form; its draft stays.
func (t *turn) keep() {
	t.notice = t.w.say("draft.kept")
	t.goTo(Place{Screen: homeScreen})
}

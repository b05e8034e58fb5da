package dialog

import (
	"zoufang/casework"
)

// goTo moves the conversation and shows where it stands. What a board shows is
// shown on the board whose button was pressed, or on a fresh one.
func (t *turn) goTo(p Place) {
	if _, ok := t.d.book.boards[p.Screen]; ok {
		t.openBoard(p)
		return
	}
	t.s.At = p
	t.draw()
}

// draw shows the screen the conversation stands at: in place of the live card
// after a tap, as a new message after anything else.
func (t *turn) draw() {
	f := &face{}
	if t.notice != "" {
		f.line(t.notice)
		f.gap()
	}
	t.face(f)
	t.show(t.in.Chat, mainCard, f, t.tapped)
}

// face draws the screen. A place that is about something gone, or not allowed
// any more, turns into the home screen and says so.
func (t *turn) face(f *face) {
	draw, ok := t.d.book.screens[t.s.At.Screen]
	if ok && draw(t, f) {
		return
	}
	if t.s.At.Screen != "" {
		f.line(t.w.say("gone"))
		f.gap()
	}
	t.s.At = Place{Screen: homeScreen}
	t.drawHome(f)
}

// pressed is a tap. What the button means is looked up in the card it belongs
// to; a card of another chat does not exist here.
func (t *turn) pressed() {
	t.out.Toast = &Toast{Query: t.in.Query}
	id, rev, n, ok := readCallback(t.in.Data)
	card, found := t.v.Card(id)
	if !ok || !found || card.Chat != t.in.Chat {
		t.outdated("stale")
		return
	}
	live, _ := t.v.Live(card.Chat, card.Name)
	switch {
	case live.ID != card.ID:
		t.outdated("stale")
		return
	case rev != card.Rev || n >= len(card.Choices):
		// The card is being redrawn: this is the second of two quick taps.
		t.toast("stale.short")
		return
	}
	t.tapped, t.pressedOn = card.Name == mainCard, card
	t.act(card, card.Choices[n])
}

// outdated answers the button of an old card: a notice and, once for each old
// message, a fresh card.
func (t *turn) outdated(key string) {
	t.toast(key + ".short")
	if t.s.Renewed == t.in.Message {
		return
	}
	t.s.Renewed = t.in.Message
	t.notice = t.w.say(key)
	t.draw()
}

// act does what a button means. A verb that is gone from the program does
// nothing but show where the conversation stands.
func (t *turn) act(card Card, a Action) {
	do, ok := t.d.book.verbs[a.Verb]
	if !ok {
		t.outdated("stale")
		return
	}
	do(t, card, a)
}

// said is a text. Commands work at every step; else the step in hand takes it.
func (t *turn) said() {
	if t.in.Command != "" {
		t.command()
		return
	}
	if take, ok := t.d.book.texts[t.s.At.Screen]; ok {
		take(t, t.in.Text)
		return
	}
	t.search(t.in.Text)
}

// command runs a command, at whatever step the conversation is.
func (t *turn) command() {
	run, ok := t.d.book.commands[t.in.Command]
	if !ok {
		t.notice = t.w.say("command.unknown")
		t.draw()
		return
	}
	run(t)
}

// Commands are the commands offered to a person, in their language.
func (d *Dialog) Commands(lang string, s casework.Staff) []Command {
	w := d.speak(lang)
	names := []string{"start", "help"}
	if s.ID != 0 {
		names = names[:1]
		for _, o := range d.book.offers {
			if o.when(s) {
				names = append(names, o.command)
			}
		}
		names = append(names, "cancel", "lang", "help")
	}
	out := make([]Command, len(names))
	for i, n := range names {
		out[i] = Command{Name: n, About: w.say("command." + n)}
	}
	return out
}

// Introduce is how the bot presents itself to people it does not know: in an
// empty chat, and on its profile page.
func (d *Dialog) Introduce(lang string) (description, about string) {
	w := d.speak(lang)
	return w.say("bot.description"), w.say("bot.about")
}

// speakIn changes the person's language.
func (t *turn) speakIn(lang string) {
	t.record(casework.LanguageChosen{StaffID: t.staff.ID, Lang: lang}, casework.Date{}, "")
	t.staff.Lang = lang
	t.w = t.d.speak(lang)
	t.menu(t.in.Chat, t.staff)
	t.notice = t.w.say("lang.chosen")
	t.draw()
}

// menu sets the commands that Telegram offers the person.
func (t *turn) menu(chat ChatID, s casework.Staff) {
	t.out.Letters = append(t.out.Letters, Letter{Kind: Menu, Chat: chat, Commands: t.d.Commands(s.Lang, s)})
}

// leave asks what is to become of the form in hand; elsewhere it leads home.
func (t *turn) leave() {
	if d, ok := t.draft(t.s.At.Visit); ok && inForm(t.s.At.Screen) {
		t.goTo(Place{Screen: parkScreen, Visit: d.ID})
		return
	}
	t.goTo(Place{Screen: homeScreen})
}

// inForm reports whether the screen belongs to a form being filled in.
func inForm(s Screen) bool {
	switch s {
	case fillScreen, monthScreen, reviewScreen, parkScreen, partyScreen, reasonScreen:
		return true
	default:
		return false
	}
}

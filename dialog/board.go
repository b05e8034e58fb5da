package dialog

import "zoufang/casework"

// board is a card beside the main one, such as the day's agenda. It has a
// message of its own, shows one place, and is drawn again in that message when
// what it shows changes, whoever changed it.
type board struct {
	// name is the card's; boards with the same name share a message.
	name func(Place) string
	// draw draws the place for the person of the turn; it must not look at the
	// session. It reports false if there is nothing (any more) to show.
	draw func(*turn, *face, Place) bool
}

// named is the name function of a board of which a chat has one.
func named(s string) func(Place) string { return func(Place) string { return s } }

type boardKey struct {
	chat ChatID
	name string
}

// openBoard shows a place on its board: in place if the button pressed was on
// that board, else as a new message.
func (t *turn) openBoard(at Place) {
	b := t.d.book.boards[at.Screen]
	t.showBoard(at, t.pressedOn.Name == b.name(at), false)
}

// showBoard deals the board to the person of the turn. A bulk one waits until it
// disturbs nobody.
func (t *turn) showBoard(at Place, edit, bulk bool) {
	b := t.d.book.boards[at.Screen]
	f := &face{}
	if t.notice != "" {
		f.line(t.notice)
		f.gap()
	}
	key := boardKey{ChatID(t.staff.User), b.name(at)}
	if !b.draw(t, f, at) {
		f.line(t.w.say("gone"))
		at = Place{}
	}
	t.drawn[key] = true
	t.deal(key.chat, key.name, f, dealing{edit: edit, at: at, bulk: bulk})
}

// renew draws a person's live board of the name again, if it shows something
// that fits.
func (t *turn) renew(who casework.Staff, name string, fits func(Place) bool) {
	key := boardKey{ChatID(who.User), name}
	if who.Binding != casework.Bound || t.drawn[key] {
		return
	}
	card, ok := t.live(key.chat, name)
	if !ok || card.At.Screen == "" || !fits(card.At) {
		return
	}
	// Changing a message makes no sound, so it need not wait for the morning; one
	// that is not out yet goes on waiting.
	t.as(who).showBoard(card.At, true, !card.Sent)
}

// as is the turn as another person sees it: their language, chat and rights. What
// it leads to belongs to the same outcome; the session stays the first one's.
func (t *turn) as(who casework.Staff) *turn {
	if who.ID == t.staff.ID {
		return t
	}
	o := *t
	o.staff, o.w = who, t.d.speak(who.Lang)
	o.in.Chat, o.in.User = ChatID(who.User), who.User
	o.notice, o.tapped, o.pressedOn = "", false, Card{}
	return &o
}

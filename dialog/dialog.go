// Package dialog decides what the bot says.
//
// A conversation is a [Session]; [Dialog.Turn] takes it one step further, from
// an [Input] to an [Outcome]. Nothing here reads the clock, the network or a
// file, so a conversation can be replayed from its inputs alone. A wrong answer
// from a person is an outcome, never an error.
//
// Cards are the second idea. What the bot shows is a screen, drawn from a
// [Place]; its buttons mean [Action]s that stay in the store under the card.
// A button carries only the numbers of its card, face and choice, so that it
// works after a restart, can do only what was offered, and to this person.
//
// The package knows neither Telegram nor the store: it speaks to both in
// [Letter]s, [Card]s and events.
package dialog

import (
	"fmt"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"zoufang/casework"
)

// Options are the settings of a [Dialog]. The zero value is usable but for
// Zone.
type Options struct {
	// Zone is where the people are: it says which day it is for them.
	Zone *time.Location
	// PerSecond is how much a person may send on average, after the first
	// Burst; what is more is not taken. Zero holds nobody back.
	PerSecond, Burst int
}

// Dialog takes turns. It is made once and is safe for concurrent use.
type Dialog struct {
	zone  *time.Location
	pace  time.Duration // what one input takes of a person's allowance
	burst time.Duration // how much of it can be saved up
	words map[string]words
	book  book
}

// New returns a Dialog. The error says which catalogue of words is broken.
func New(o Options) (*Dialog, error) {
	b, err := catalogues()
	if err != nil {
		return nil, err
	}
	d := &Dialog{zone: o.Zone, words: map[string]words{}, book: newBook()}
	if o.PerSecond > 0 {
		d.pace = time.Second / time.Duration(o.PerSecond)
		d.burst = time.Duration(max(1, o.Burst)) * d.pace
	}
	for _, lang := range []string{Chinese, English} {
		d.words[lang] = words{lang: lang, l: i18n.NewLocalizer(b, lang)}
	}
	return d, nil
}

// speak gives the words of a language; any but English is Chinese.
func (d *Dialog) speak(lang string) words {
	if w, ok := d.words[lang]; ok {
		return w
	}
	return d.words[Chinese]
}

// Turn takes a conversation one step further. The same view, session and input
// lead to the same outcome.
//
// A person who sends more than [Options] allow is asked to slow down, and what
// is too much is not taken.
func (d *Dialog) Turn(v View, s Session, in Input) Outcome {
	t := d.begin(v, s, in)
	t.route()
	if t.out.Undone {
		return Outcome{Undone: true}
	}
	t.settle()
	return *t.out
}

// Sorry is the turn for an input whose own turn failed: nothing is changed, and
// the person is told.
func (d *Dialog) Sorry(v View, s Session, in Input) Outcome {
	t := d.begin(v, s, in)
	if in.ChatKind != PrivateChat || t.staff.ID == 0 {
		return Outcome{}
	}
	if in.Kind == Pressed {
		t.toast("sorry.short")
	}
	t.tell(in.Chat, t.w.say("sorry"))
	return *t.out
}

// turn is one step of one conversation.
type turn struct {
	d     *Dialog
	v     *ahead // the records, with what this turn did
	in    Input
	s     Session
	staff casework.Staff
	w     words
	today casework.Date
	ids   *casework.Minter
	out   *Outcome
	// notice is said at the top of the next card: what was understood, or
	// what would be right.
	notice string
	// tapped is set when the input pressed the live main card, which is then
	// changed in place.
	tapped bool
	// pressedOn is the card whose button was pressed; zero for other inputs.
	pressedOn Card
	// drawn are the boards drawn in this turn.
	drawn map[boardKey]bool
}

func (d *Dialog) begin(v View, s Session, in Input) *turn {
	t := &turn{
		d: d, v: lookAhead(v), in: in, s: s, out: &Outcome{}, drawn: map[boardKey]bool{},
		today: casework.DateOf(in.Reached, d.zone),
		ids:   casework.NewMinter(in.N),
	}
	lang := Chinese
	if in.User != 0 {
		if p, ok := v.StaffByUser(in.User); ok && p.Binding == casework.Bound {
			t.staff, lang = p, p.Lang
		} else if len(in.Lang) >= 2 && in.Lang[:2] != "zh" && in.Lang != "" {
			lang = English
		}
	}
	t.w = d.speak(lang)
	return t
}

// route gives the input to whoever knows what to do.
func (t *turn) route() {
	switch t.in.Kind {
	case Garbled, Ignored:
		return
	case Office:
		for _, f := range t.in.Facts {
			t.record(f, casework.Date{}, "")
		}
		return
	case Moved:
		t.out.MovedTo = t.in.NewChat
		for _, g := range t.v.Groups() {
			if g.Chat == int64(t.in.Chat) && g.Chat != 0 {
				t.record(casework.GroupChatLinked{GroupID: g.ID, Chat: int64(t.in.NewChat)}, casework.Date{}, "")
			}
		}
		return
	case Refused:
		t.unreachable(true)
		return
	case Ticked:
		t.ticked()
		return
	case Delivered:
		t.delivered()
		return
	case Fetched:
		t.fetched()
		return
	case Said, Edited, Pressed, Sent, Other, Left, Joined:
	}
	switch {
	case t.in.ChatKind != PrivateChat:
		t.inGroup()
	case t.in.User == 0:
	case t.in.Kind == Left:
		t.unreachable(true)
	case t.held():
	case t.staff.ID == 0:
		t.stranger()
	default:
		t.person()
	}
}

// person is a turn of somebody who may work.
func (t *turn) person() {
	t.s.Staff = t.staff.ID
	if t.staff.Unreachable {
		t.record(casework.ReachChanged{StaffID: t.staff.ID}, casework.Date{}, "")
	}
	defer func() { t.out.Session = &t.s }()
	switch t.in.Kind {
	case Pressed:
		t.pressed()
	case Said:
		t.said()
	case Edited:
		t.edited()
	case Sent:
		t.sent()
	case Other:
		t.notice = t.w.say("other."+otherSort(t.in.Text), "Sort", t.in.Text)
		t.draw()
	case Left, Joined, Refused, Moved, Garbled, Ignored, Office, Delivered, Fetched, Ticked:
	}
}

// otherSort is the key for messages the bot cannot use.
func otherSort(sort string) string {
	switch sort {
	case "sticker", "location", "contact", "video", "audio":
		return sort
	}
	return "any"
}

// record appends an event to the ledger. The turn sees it at once.
func (t *turn) record(f casework.Fact, happened casework.Date, reason string) {
	e := casework.Event{
		By: t.staff.ID, HappenedOn: happened, TypedAt: t.in.Typed, ReachedAt: t.in.Reached,
		Cause: t.in.Cause, Reason: reason, Fact: f,
	}
	if t.in.Kind == Ticked {
		e.By = 0 // the program did it
	}
	if err := casework.Project(t.v.Ahead, e); err != nil {
		panic(fmt.Errorf("dialog: %w", err)) // the store would refuse it too
	}
	t.out.Events = append(t.out.Events, e)
}

// tell says something without buttons.
func (t *turn) tell(chat ChatID, text string) {
	t.out.Letters = append(t.out.Letters, Letter{Kind: Show, Chat: chat, Text: text, Protect: true})
}

// toast answers the tap with a short notice.
func (t *turn) toast(key string) {
	t.out.Toast = &Toast{Query: t.in.Query, Text: clip(t.w.say(key), 190)}
}

// warnEvery is how often a person is told to slow down.
const warnEvery = 10 * time.Minute

// held reports whether the person sends too much, and says so now and then.
// Strangers are held in the same way, without a word.
func (t *turn) held() bool {
	if t.d.pace == 0 {
		return false
	}
	now := t.in.Reached
	from := t.s.Pace
	if from.Before(now) {
		from = now
	}
	if from.Sub(now) < t.d.burst {
		t.s.Pace = from.Add(t.d.pace)
		return false
	}
	if t.staff.ID == 0 {
		return true
	}
	if t.in.Kind == Pressed {
		t.toast("slow.short")
	}
	if now.Sub(t.s.Warned) >= warnEvery {
		t.s.Warned = now
		t.tell(t.in.Chat, t.w.say("slow"))
		t.out.Session = &t.s
	}
	return true
}

package dialog

import (
	"fmt"
	"slices"

	"zoufang/casework"
)

// stillMissed reports whether the contact that a board of the day calls missed has
// not been made since.
func stillMissed(x casework.Target, day casework.Date) bool {
	return casework.DueOf(x, day).State == casework.Overdue
}

// missed lists missed contacts, five at a time, and offers what can be done about
// the one in hand.
func (t *turn) missed(f *face, at Place) {
	list := t.listed(at.Items)
	if len(list) == 0 {
		f.line(t.w.say("missed.none"))
		return
	}
	page := at.Page
	if i := slices.IndexFunc(list, func(x casework.Target) bool { return x.ID == at.Target }); i >= 0 {
		page = i / perPart
	}
	shown, page, pages := pageOf(list, page)
	in := slices.IndexFunc(shown, func(x casework.Target) bool { return x.ID == at.Target })
	if in < 0 {
		in = slices.IndexFunc(shown, func(x casework.Target) bool { return stillMissed(x, at.Day) })
	}
	f.gap()
	for i, x := range shown {
		t.missedLine(f, page*perPart+i+1, x, at.Day, i == in)
	}
	if in >= 0 && t.missedButtons(f, shown[in], at) {
		return // one question at a time
	}
	path := ""
	if at.Screen == digestScreen {
		path = overduePart
	}
	if len(shown) > 1 {
		var row []choice
		for i, x := range shown {
			label := fmt.Sprint(page*perPart + i + 1)
			if !stillMissed(x, at.Day) {
				label = "✓" + label
			}
			row = append(row, choice{label, Plain, part(Place{Path: path, Target: x.ID})})
		}
		f.row(row...)
	}
	partArrows(f, path, page, pages)
}

// missedLine is one missed contact: whose, how late, why it matters, and what was
// done about it.
func (t *turn) missedLine(f *face, n int, x casework.Target, day casework.Date, inHand bool) {
	who := fmt.Sprintf("%d %s %s", n, x.Code, x.DisplayName())
	if a, ok := t.v.Area(x.AreaID); ok {
		who += " · " + a.Name
	}
	if !stillMissed(x, day) {
		f.line("✓ " + who)
		f.line("   " + t.doneWords(x))
		return
	}
	if inHand {
		f.title("▸ " + who)
	} else {
		f.line(who)
	}
	due := casework.DueOf(x, t.today)
	words := t.w.say("missed.line", "Count", due.Late, "Who", t.staffName(casework.InCharge(t.v, x, t.today)),
		"Way", t.w.say("way."+string(due.Contact.Way)))
	if state := t.itemState(x); state == itemSpoken || state == itemRetry {
		words += " · " + t.todaysWork(x)
	}
	f.line("   " + words)
	f.line("   " + t.reason(x, due.Contact))
	if terms := t.terms(x); terms != "" {
		f.line("   " + terms)
	}
	if x.Miss.DueOn == x.Next.On {
		t.missWords(f, x.Miss)
	}
	if t.nudged(x) {
		f.line("   " + t.w.say("missed.nudged"))
	}
}

// missWords say who knows of the missed contact, and that nobody else will.
func (t *turn) missWords(f *face, m casework.Miss) {
	if len(m.SeenBy) > 0 {
		var names []string
		for _, id := range m.SeenBy {
			names = append(names, t.staffName(id))
		}
		f.line("   " + t.w.say("missed.seen", "Names", t.join(names)))
	}
	if m.Silenced != "" {
		f.line("   " + t.w.say("missed.silenced", "Who", t.staffName(m.SilencedBy), "Reason", m.Silenced))
	}
}

// missedButtons offer what the person may do about the missed contact in hand. It
// reports whether they ask a question.
func (t *turn) missedButtons(f *face, x casework.Target, at Place) bool {
	switch {
	case !stillMissed(x, at.Day):
		f.row(t.targetButton(x))
		return false
	case at.Path == reassignPart && at.Target == x.ID:
		t.reassignButtons(f, x, at)
		return true
	case at.Path == silencePart && at.Target == x.ID:
		t.silenceButtons(f, x, at)
		return true
	}
	row := []choice{{t.w.say("button.nudge"), Primary, Action{Verb: nudge, Place: Place{Target: x.ID}}}}
	if casework.May(t.v, t.staff, casework.Reassign, t.subject(x)) {
		row = append(row, choice{t.w.say("button.reassign"), Plain, part(Place{Path: reassignPart, Target: x.ID})})
	}
	f.row(row...)
	row = []choice{t.targetButton(x)}
	if t.maySilence(x) {
		row = append(row, choice{t.w.say("button.silence"), Plain, part(Place{Path: silencePart, Target: x.ID})})
	}
	f.row(row...)
	return false
}

// backToMissed shows the list again on the board pressed.
func (t *turn) backToMissed(card Card, id casework.TargetID) {
	at := card.At
	at.Path, at.Target = "", id
	if at.Screen == digestScreen {
		at.Path = overduePart
	}
	t.goTo(at)
}

// maySilence reports whether the missed contact can be passed no further.
func (t *turn) maySilence(x casework.Target) bool {
	quiet := x.Miss.Silenced != "" && x.Miss.DueOn == x.Next.On
	return !quiet && casework.May(t.v, t.staff, casework.SilenceMiss, t.subject(x))
}

// silenceReasons are why a missed contact need not be passed on.
func silenceReasons() []string { return []string{"arranged", "away", "known"} }

func (t *turn) silenceButtons(f *face, x casework.Target, at Place) {
	f.gap()
	f.line(t.w.say("silence.ask"))
	var list []choice
	for _, r := range silenceReasons() {
		list = append(list, choice{t.w.say("silence." + r), Plain, Action{Verb: silence, Place: Place{Target: x.ID}, Option: r}})
	}
	f.grid(list)
	f.row(t.missedBack(x, at))
}

// missedBack leaves a menu of the missed contact.
func (t *turn) missedBack(x casework.Target, at Place) choice {
	path := ""
	if at.Screen == digestScreen {
		path = overduePart
	}
	return choice{t.w.say("button.go_back"), Plain, part(Place{Path: path, Target: x.ID})}
}

// silence passes a missed contact no further.
func (t *turn) silence(card Card, a Action) {
	x, ok := t.seen(a.Place.Target)
	switch {
	case !ok || !t.maySilence(x) || !slices.Contains(silenceReasons(), a.Option):
		t.toast("silence.forbidden")
	case !stillMissed(x, t.today):
		t.toast("nudge.done")
	default:
		t.record(casework.MissSilenced{TargetID: x.ID, DueOn: x.Next.On}, t.today, t.w.say("silence."+a.Option))
		t.toast("silence.done")
	}
	t.backToMissed(card, a.Place.Target)
}

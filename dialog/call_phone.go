package dialog

import (
	"time"

	"zoufang/casework"
)

// phoneShown is how long a telephone number stays in the chat.
const phoneShown = time.Minute

// seePhone shows a target's telephone number in a message of its own, which is
// taken away after a minute. That it was shown is on the record.
func (t *turn) seePhone(_ Card, a Action) {
	x, ok := t.target(a.Place.Target, casework.SeePhone)
	number := x.Phone()
	switch {
	case !ok:
		t.toast("phone.forbidden")
		return
	case number == "":
		t.toast("phone.none")
		return
	}
	t.record(casework.PhoneShown{TargetID: x.ID}, t.today, "")
	t.showBoard(Place{Screen: phoneScreen, Target: x.ID}, false, false)
	shown := &t.out.Letters[len(t.out.Letters)-1]
	shown.Rows = append(shown.Rows, []Button{{Text: t.w.say("button.copy"), Copy: number}})
	t.out.Letters = append(t.out.Letters, Letter{
		Kind: Withdraw, Chat: shown.Chat, Card: shown.Card, NotBefore: t.in.Reached.Add(phoneShown),
	})
}

// drawPhone shows the number, which a tap dials.
func (t *turn) drawPhone(f *face, at Place) bool {
	x, ok := t.target(at.Target, casework.SeePhone)
	if !ok {
		return false
	}
	f.line(x.Code + " " + x.DisplayName())
	f.title("☎ " + x.Phone())
	f.line(t.w.say("phone.how", "Count", int(phoneShown/time.Second)))
	return true
}

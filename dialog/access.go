package dialog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"zoufang/casework"
)

const (
	// greetEvery is how often a stranger is answered.
	greetEvery = 24 * time.Hour
	// maxStrangers is how many strangers are remembered a day; more get no
	// answer, so that a crowd cannot fill the file.
	maxStrangers = 10_000
	// maxWrong is how many wrong invitation codes an account may try an hour.
	maxWrong = 5
)

// InviteHash is what is stored of an invitation's code.
func InviteHash(code string) string {
	sum := sha256.Sum256([]byte(code))
	return hex.EncodeToString(sum[:])
}

// stranger answers somebody who has no rights: one neutral line a day, the
// same whatever was sent, unless it is an invitation that fits.
func (t *turn) stranger() {
	if t.in.Kind == Pressed {
		t.toast("stranger.short")
		return
	}
	if t.in.Kind != Said && t.in.Kind != Sent && t.in.Kind != Other {
		return
	}
	if t.s.Greeted.IsZero() && t.v.Strangers() >= maxStrangers {
		return
	}
	if t.in.Command == "start" && t.in.Args != "" && t.claim() {
		return
	}
	if t.in.Reached.Sub(t.s.Greeted) < greetEvery && !t.s.Greeted.IsZero() {
		return
	}
	t.s.Staff, t.s.Greeted = 0, t.in.Reached
	t.out.Session = &t.s
	t.tell(t.in.Chat, t.w.say("stranger"))
}

// claim uses an invitation's code. It reports false for a code that does not
// fit, which then looks like no code at all.
func (t *turn) claim() bool {
	if t.in.Reached.Sub(t.s.WrongSince) > time.Hour {
		t.s.Wrong, t.s.WrongSince = 0, t.in.Reached
	}
	if t.s.Wrong >= maxWrong {
		return false
	}
	inv, ok := t.v.InviteByHash(InviteHash(t.in.Args))
	who, known := t.v.Staff(inv.StaffID)
	if !ok || !known || inv.State != casework.Issued || !t.in.Reached.Before(inv.ExpiresAt) || who.Binding == casework.Suspended {
		t.s.Wrong++
		t.out.Session = &t.s
		return false
	}
	confirmers := casework.Confirmers(t.v, who, inv.By)
	t.record(casework.InviteClaimed{InviteID: inv.ID, User: t.in.User, Name: t.in.Name}, casework.Date{}, "")
	if len(confirmers) == 0 && inv.Vouched {
		t.record(casework.BindingConfirmed{InviteID: inv.ID}, casework.Date{}, "")
		t.welcome(who, t.in.User)
		return true
	}
	if len(confirmers) == 0 {
		t.tell(t.in.Chat, t.w.say("claim.nobody"))
	} else {
		t.tell(t.in.Chat, t.w.say("claim.wait"))
	}
	t.s.Greeted = t.in.Reached
	t.out.Session = &t.s
	inv.State, inv.User, inv.ClaimedName = casework.Claimed, t.in.User, t.in.Name
	for _, c := range confirmers {
		t.askToConfirm(c, who, inv)
	}
	return true
}

// askToConfirm shows a leader who opened the link of whom.
func (t *turn) askToConfirm(leader, who casework.Staff, inv casework.Invite) {
	w := t.d.speak(leader.Lang)
	f := &face{}
	f.title(w.say("bind.title"))
	f.line(w.say("bind.who", "Name", who.Name, "Code", who.Code))
	f.line(w.say("bind.account", "Shown", clip(inv.ClaimedName, 30), "Tail", fmt.Sprintf("%04d", int64(inv.User)%10_000)))
	f.line(w.say("bind.how"))
	p := Place{Invite: inv.ID}
	f.row(
		choice{w.say("button.confirm"), Good, Action{Verb: confirm, Place: p}},
		choice{w.say("button.deny"), Danger, Action{Verb: deny, Place: p}},
	)
	t.show(ChatID(leader.User), fmt.Sprintf("bind/%d", inv.ID), f, false)
}

// decideBinding is the leader's word on an account. Whoever comes second is
// told how it was decided.
func (t *turn) decideBinding(card Card, a Action) {
	inv, ok := t.v.Invite(a.Place.Invite)
	who, known := t.v.Staff(inv.StaffID)
	f := &face{}
	switch {
	case !ok || !known || !casework.May(t.v, t.staff, casework.ConfirmBinding, casework.Subject{Staff: who, Inviter: inv.By}):
		t.toast("bind.forbidden")
		return
	case inv.State != casework.Claimed:
		f.line(t.w.say("bind."+string(inv.State), "Name", who.Name))
	case a.Verb == confirm:
		t.record(casework.BindingConfirmed{InviteID: inv.ID}, casework.Date{}, "")
		f.line(t.w.say("bind.confirmed", "Name", who.Name))
		t.welcome(who, inv.User)
	default:
		t.record(casework.BindingRefused{InviteID: inv.ID}, casework.Date{}, "")
		f.line(t.w.say("bind.refused", "Name", who.Name))
		t.tell(ChatID(inv.User), t.w.say("claim.refused"))
	}
	t.show(t.in.Chat, card.Name, f, true)
}

// welcome greets a person whose rights begin, and sets their commands.
func (t *turn) welcome(who casework.Staff, user casework.UserID) {
	chat := ChatID(user)
	w := t.d.speak(who.Lang)
	who.User, who.Binding = user, casework.Bound
	t.menu(chat, who)
	f := &face{}
	f.title(w.say("welcome.title", "Name", who.Name))
	f.line(w.say("welcome.how"))
	f.line(w.say("welcome.privacy"))
	f.row(choice{w.say("button.begin"), Primary, to(Place{Screen: homeScreen})})
	t.show(chat, mainCard, f, false)
	t.askWaiting(who)
}

// askWaiting asks somebody whose rights begin about those who opened their links
// before there was anybody to ask.
func (t *turn) askWaiting(who casework.Staff) {
	if !casework.Allowed(who, casework.ConfirmBinding) {
		return
	}
	for p := range t.v.AllStaff() {
		if p.Binding != casework.Unbound || p.ID == who.ID {
			continue
		}
		for _, inv := range t.v.InvitesOfStaff(p.ID) {
			sub := casework.Subject{Staff: p, Inviter: inv.By}
			if inv.State == casework.Claimed && casework.May(t.v, who, casework.ConfirmBinding, sub) {
				t.askToConfirm(who, p, inv)
			}
		}
	}
}

// unreachable notes that Telegram does not deliver to the person any more, and
// tells the leaders once.
func (t *turn) unreachable(gone bool) {
	who := t.staff
	if who.ID == 0 {
		p, ok := t.v.StaffByUser(casework.UserID(t.in.Chat))
		if !ok {
			t.lostGroup()
			return
		}
		who = p
	}
	if who.Unreachable == gone {
		return
	}
	t.record(casework.ReachChanged{StaffID: who.ID, Unreachable: gone}, casework.Date{}, "")
	for _, c := range casework.Confirmers(t.v, who, 0) {
		t.tell(ChatID(c.User), t.d.speak(c.Lang).say("unreachable", "Name", who.Name))
	}
}

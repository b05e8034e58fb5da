package dialog

import (
	"time"

	"zoufang/casework"
)

const (
	// retryAfter is when a call that was not answered is tried again.
	retryAfter = 2 * time.Hour
	// lastRetry is the hour from which nobody is asked to call again today.
	lastRetry = 18
)

// unanswered does what follows from a call that nobody answered: the first time it
// is tried again the same day, and when enough were tried in vain the leaders hear
// that somebody has to go and look.
func (t *turn) unanswered(id casework.TargetID, c casework.Call) {
	x, _ := t.v.Target(id)
	campaign, _ := t.v.Campaign()
	if c.Attempt == 1 && x.Next.On == t.today && t.in.Reached.In(t.d.zone).Hour() < lastRetry {
		until := t.in.Reached.Add(retryAfter).Truncate(time.Minute)
		t.record(casework.ReminderSnoozed{TargetID: id, Snooze: casework.Snooze{Until: until, By: t.staff.ID}}, t.today, "")
	}
	if c.Attempt != campaign.Params.NoAnswer {
		return
	}
	at := Place{Screen: lookInScreen, Target: id, Staff: t.staff.ID, Day: t.today}
	for _, who := range t.alarmed(x.GroupID) {
		t.as(who).showBoard(at, false, true)
	}
	if g, ok := t.v.Group(x.GroupID); ok && g.LeaderID == t.staff.ID {
		notice := t.notice
		t.notice = ""
		t.showBoard(at, false, false)
		t.notice = notice
	}
}

// tryAgain says what is done about a target that does not answer.
func (t *turn) tryAgain(x casework.Target) string {
	switch {
	case x.Next.Way == casework.LookIn:
		words := t.w.say("retry.look_in", "Date", t.day(x.Next.On))
		if len(t.alarmed(x.GroupID)) > 0 {
			words += t.w.say("call.leader_told")
		}
		if o, ok := casework.VillageContact(t.v, x); ok {
			words += "\n" + t.village(o)
		}
		return words
	case x.Next.On != t.today:
		return t.w.say("retry.day", "Date", t.day(x.Next.On))
	case x.Snooze != nil && x.Snooze.Until.After(t.in.Reached):
		return t.w.say("retry.today", "Time", t.instant(x.Snooze.Until))
	}
	return t.w.say("retry.evening")
}

// village names the village's organisation and, masked, its secretary.
func (t *turn) village(o casework.Target) string {
	who := "—"
	if o.Organization != nil && o.Organization.Secretary != "" {
		who = casework.MaskName(o.Organization.Secretary)
	}
	return t.w.say("village.contact", "Name", o.Name(), "Who", who, "Code", o.Code)
}

// drawLookIn tells that nobody answers, that somebody goes there, and whom to ask in
// the village.
func (t *turn) drawLookIn(f *face, at Place) bool {
	x, ok := t.seen(at.Target)
	if !ok {
		return false
	}
	campaign, _ := t.v.Campaign()
	f.title(t.w.say("look_in.title", "Target", x.Code+" "+x.DisplayName(), "Count", campaign.Params.NoAnswer))
	f.line(casework.AreaShort(t.v, x.AreaID) + " · " + t.w.say("look_in.who", "Who", t.staffName(at.Staff)))
	f.line(t.dueLine(x))
	o, found := casework.VillageContact(t.v, x)
	switch {
	case at.Path == donePath:
		f.line(t.w.say("look_in.told"))
	case found:
		f.line(t.village(o))
	default:
		f.line(t.w.say("village.nobody"))
	}
	if at.Path != donePath && casework.May(t.v, t.staff, casework.PlanContact, t.subject(x)) {
		at.Path = donePath
		f.row(choice{t.w.say("button.told"), Primary, Action{Verb: toldVillage, Place: at}})
	}
	f.row(t.targetButton(x))
	return true
}

// toldVillage notes that the village's contact was told to look in.
func (t *turn) toldVillage(_ Card, a Action) {
	x, ok := t.target(a.Place.Target, casework.PlanContact)
	if !ok {
		t.toast("call.forbidden")
		return
	}
	t.record(casework.VillageTold{TargetID: x.ID}, t.today, "")
	t.goTo(a.Place)
}

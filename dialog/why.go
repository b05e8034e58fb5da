package dialog

import (
	"slices"

	"zoufang/casework"
)

// drawWhy explains in one sentence why a target's next contact is when it is.
func (t *turn) drawWhy(f *face) bool {
	x, ok := t.seen(t.s.At.Target)
	if !ok {
		return false
	}
	t.headline(f, x)
	f.line(t.why(x))
	f.row(t.targetButton(x), t.homeButton())
	return true
}

// why says in one sentence why the next contact of the target is on its day, or
// why there is none.
func (t *turn) why(x casework.Target) string {
	due := casework.DueOf(x, t.today)
	if due.State == casework.Silent {
		return t.whySilent(x)
	}
	next := due.Contact
	return t.w.say("why.sentence", "Date", t.day(next.On), "Way", t.w.say("way.short."+string(next.Way)),
		"Reason", t.reason(x, next), "Moved", t.whyMoved(next))
}

// whySilent says why nothing is booked.
func (t *turn) whySilent(x casework.Target) string {
	switch p := x.Pause; {
	case !x.InUse():
		return t.w.say("why.unused")
	case p == nil:
		return t.w.say("why.nothing")
	case p.Until.IsZero():
		return t.w.say("why.stopped", "From", t.day(p.On), "Reason", t.w.say("pause.why."+string(p.Why)))
	default:
		return t.w.say("why.paused", "From", t.day(p.On), "Until", t.day(p.Until), "Reason", t.w.say("pause.why."+string(p.Why)))
	}
}

// reason says what asks for the contact.
func (t *turn) reason(x casework.Target, c casework.Contact) string {
	anchor := t.date(c.Anchor)
	switch c.Why {
	case casework.WhyRhythm:
		return t.whyRhythm(x, c)
	case casework.WhyFirst:
		return t.w.say("why.first", "Date", anchor, "Days", c.Days)
	case casework.WhyAgreed:
		return t.w.say("why.agreed", "Date", anchor)
	case casework.WhyProblem:
		p, _ := t.v.Problem(c.Problem)
		return t.w.say("why.problem", "Code", p.Code, "Days", c.Days, "Date", anchor)
	case casework.WhyCallBack:
		p, _ := t.v.Problem(c.Problem)
		return t.w.say("why.call_back", "Code", p.Code, "Days", c.Days, "Date", anchor)
	case casework.WhyNoAnswer:
		key := "why.no_answer." + string(c.Way)
		if c.Way == casework.ByCall && c.Days == 0 {
			key = "why.no_answer.today"
		}
		return t.w.say(key, "Count", c.Attempt, "Date", anchor)
	case casework.WhyChange:
		change := x.Change
		if !slices.Contains(casework.GraveChanges(), change) {
			change = "other"
		}
		return t.w.say("why.change", "Date", anchor, "Change", t.w.say("change."+change))
	case casework.WhyMatter:
		return t.whyMatter(c)
	case casework.WhyResumed:
		return t.w.say("why.resumed", "Date", anchor)
	}
	return ""
}

// whyRhythm says which rhythm it is, and since when its days are counted.
func (t *turn) whyRhythm(x casework.Target, c casework.Contact) string {
	visit := c.Way != casework.ByCall
	if visit && c.Anchor == x.LastTriedOn && x.LastTriedOn.After(x.LastVisitOn) {
		return t.w.say("why.retry", "Date", t.date(c.Anchor), "Days", c.Days)
	}
	r := t.rhythm(x)
	way := map[bool]string{true: "visit", false: "call"}[visit]
	days := map[bool]int{true: r.VisitDays, false: r.CallDays}[visit]
	if r.Anchor == casework.FromCalendar {
		return t.w.say("why.calendar."+way, "Date", t.date(r.From), "Days", days)
	}
	since := "why.since.day"
	switch c.Anchor {
	case x.LastVisitOn:
		since = "why.since.visit"
	case x.LastContactOn():
		since = "why.since.contact"
	}
	return t.w.say("why.rhythm."+way, "Who", t.rhythmOwner(x), "Days", days,
		"Since", t.w.say(since, "Date", t.date(c.Anchor)))
}

// rhythmOwner names whose rhythm it is: that of a care level or kind, or one set
// for this target alone.
func (t *turn) rhythmOwner(x casework.Target) string {
	switch {
	case x.Rhythm != nil:
		return t.w.say("why.who.own")
	case x.Kind != casework.HouseholdKind:
		return t.w.say("why.who." + string(x.Kind))
	case x.CareLevel == casework.Key || x.CareLevel == casework.Watch:
		return t.w.say("why.who." + string(x.CareLevel))
	}
	return t.w.say("why.who.general")
}

// rhythm is how often the target is contacted.
func (t *turn) rhythm(x casework.Target) casework.Rhythm {
	if x.Rhythm != nil {
		return *x.Rhythm
	}
	c, _ := t.v.Campaign()
	return c.Params.Rhythm(x.Kind, x.CareLevel)
}

// whyMoved says why the contact is not on the day wanted.
func (t *turn) whyMoved(c casework.Contact) string {
	wanted := t.day(c.Wanted)
	switch c.Moved {
	case casework.OffHoliday:
		return t.w.say("why.moved.workday", "Date", wanted)
	case casework.OffLoad:
		campaign, _ := t.v.Campaign()
		key, n := "why.moved.load", c.On.DaysSince(c.Wanted)
		if n < 0 {
			key, n = "why.moved.earlier", -n
		}
		return t.w.say(key, "Date", wanted, "Count", n, "Load", campaign.Params.DayLoad)
	case casework.Unmoved:
	}
	return ""
}

// date writes a date without its weekday.
func (t *turn) date(d casework.Date) string {
	if d.IsZero() {
		return t.w.say("day.never")
	}
	key := "date.short"
	if d.Year != t.today.Year {
		key = "date.long"
	}
	return t.w.say(key, "Year", d.Year, "Month", int(d.Month), "MonthName", d.Month.String()[:3], "Day", d.Day)
}

package casework

import "cmp"

const (
	// firstDays is how soon a target is to be contacted for the first time.
	firstDays = 7
	// retryDays is how soon a visit that met nobody is tried again, at the latest.
	retryDays = 7
)

// agreedOrByRhythm asks for the day that was agreed with the people. Without one
// the rhythm asks, for visits and for calls.
func (b booker) agreedOrByRhythm() []Contact {
	if c, ok := b.agreed(); ok {
		return []Contact{c}
	}
	var out []Contact
	never := b.x.LastContactOn().IsZero() && b.x.LastTriedOn.IsZero()
	if never && !b.since.IsZero() && b.rhythm.VisitDays+b.rhythm.CallDays > 0 {
		out = append(out, b.from(ByVisit, WhyFirst, b.since, firstDays))
	}
	// The visit comes first: on a day for both, it is a call as well.
	if c, ok := b.nextVisit(); ok {
		out = append(out, c)
	}
	if last := b.x.LastContactOn(); b.rhythm.CallDays > 0 && !last.IsZero() {
		out = append(out, b.turn(ByCall, b.rhythm.CallDays, last))
	}
	return out
}

// agreed is the day agreed at the newest contact: a visit of any outcome, or a
// call that was answered. It is not moved.
func (b booker) agreed() (Contact, bool) {
	way, met, day := b.newest()
	if !day.After(met) {
		return Contact{}, false
	}
	return on(way, WhyAgreed, met, day.DaysSince(met)), true
}

// newest says by which way and when the newest contact was, and which day was
// agreed then; zero if none was.
func (b booker) newest() (way Way, met, agreed Date) {
	visits := b.r.VisitsOfTarget(b.x.ID, 1)
	call, called := b.newestCall()
	switch {
	case len(visits) == 0 && !called:
		return "", Date{}, Date{}
	case len(visits) == 0:
		return ByCall, call.On, call.NextContact
	}
	v := visits[0]
	if called && cmp.Or(call.On.Compare(v.VisitedOn), call.At.Compare(v.SubmittedAt)) > 0 {
		return ByCall, call.On, call.NextContact
	}
	return ByVisit, v.VisitedOn, v.NextContact
}

// newestCall is the newest call that was answered.
func (b booker) newestCall() (Call, bool) {
	for _, c := range b.r.CallsOfTarget(b.x.ID, b.x.Calls) {
		if c.Result.Answered() {
			return c, true
		}
	}
	return Call{}, false
}

// nextVisit is the visit by rhythm. One that met nobody is tried again soon,
// unless the people answered the telephone since: then the rhythm goes on if it
// leaves more time.
func (b booker) nextVisit() (Contact, bool) {
	days, last := b.rhythm.VisitDays, b.x.LastVisitOn
	if last.IsZero() {
		last = b.since
	}
	regular := days > 0 && !last.IsZero()
	var c Contact
	if regular {
		c = b.turn(ByVisit, days, last)
	}
	often := cmp.Or(b.rhythm.CallDays, days)
	if !b.x.LastTriedOn.After(b.x.LastVisitOn) || often == 0 {
		return c, regular
	}
	again := b.from(ByVisit, WhyRhythm, b.x.LastTriedOn, min(often, retryDays))
	if spoken := !b.x.LastCallOn.Before(b.x.LastTriedOn); regular && spoken && c.Wanted.After(again.Wanted) {
		return c, true
	}
	return again, true
}

// turn is the next contact by rhythm after the last. Days of a fixed calendar
// that have passed are not made up for, and one that the last contact was within
// the window of counts as done.
func (b booker) turn(way Way, days int, last Date) Contact {
	first := b.rhythm.From
	if b.rhythm.Anchor != FromCalendar || first.IsZero() {
		return b.from(way, WhyRhythm, last, days)
	}
	turns := 0
	if past := last.AddDays(b.rhythm.Window).DaysSince(first); past >= 0 {
		turns = past/days + 1
	}
	return b.from(way, WhyRhythm, first, turns*days)
}

package dialog

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"zoufang/casework"
)

// keptFor is how long Telegram keeps what it cannot deliver to us.
const keptFor = 24 * time.Hour

// tellDown tells of a stretch of time in which the program did not hear from
// Telegram: everybody, if messages were lost in it, and the office of what the
// clock should have sent.
func (t *turn) tellDown() {
	sub := t.in.Subject
	t.record(casework.DowntimeNoted{From: sub.From, To: sub.To, Missed: sub.Missed}, casework.Date{}, "")
	lost := sub.To.Sub(sub.From) > keptFor
	for who := range t.v.AllStaff() {
		if who.Binding != casework.Bound || who.Unreachable {
			continue
		}
		o := t.as(who)
		if lost {
			o.tellLater(who, o.w.say("down.lost", "From", o.moment(sub.From), "To", o.moment(sub.To)))
		}
		if len(sub.Missed) > 0 && who.Has(casework.Office) {
			o.tellLater(who, o.w.say("down.missed", "From", o.moment(sub.From), "To", o.moment(sub.To), "Jobs", o.jobCounts(sub.Missed)))
		}
	}
}

// jobCounts says how often which job was not done.
func (t *turn) jobCounts(missed map[string]int) string {
	var parts []string
	for _, job := range slices.Sorted(maps.Keys(missed)) {
		parts = append(parts, t.w.say("down.job", "Job", t.w.say("job."+job), "Times", missed[job]))
	}
	return t.join(parts)
}

// moment names an instant by its day and hour.
func (t *turn) moment(at time.Time) string {
	return t.day(casework.DateOf(at, t.d.zone)) + " " + at.In(t.d.zone).Format("15:04")
}

// holdAll stops what comes from a clock that went wrong, and asks the office.
func (t *turn) holdAll() {
	sub := t.in.Subject
	t.record(casework.SendingHeld{Hold: casework.Hold{From: sub.From, To: sub.To}}, casework.Date{}, "")
	for who := range t.v.AllStaff() {
		if who.Binding == casework.Bound && !who.Unreachable && casework.Allowed(who, casework.ReleaseHold) {
			t.as(who).showBoard(Place{Screen: holdScreen, From: sub.From, To: sub.To}, false, false)
		}
	}
}

func (t *turn) drawHold(f *face, at Place) bool {
	if !casework.May(t.v, t.staff, casework.ReleaseHold, casework.Subject{}) {
		return false
	}
	f.title(t.w.say("hold.title"))
	f.line(t.w.say("hold.why", "From", t.moment(at.From), "To", t.moment(at.To)))
	if h := t.v.Hold(); !h.To.Equal(at.To) {
		f.gap()
		f.line(t.w.say("hold.over"))
		return true
	}
	f.line(t.w.say("hold.how"))
	f.row(choice{t.w.say("button.trust"), Danger, Action{Verb: trustNow}})
	return true
}

// trust lets everything go on.
func (t *turn) trust(card Card, _ Action) {
	if !casework.May(t.v, t.staff, casework.ReleaseHold, casework.Subject{}) {
		t.toast("hold.forbidden")
		return
	}
	if t.v.Hold().Held() {
		t.record(casework.SendingReleased{}, t.today, "")
	}
	t.openBoard(card.At)
}

// heldLine says on the home screen that nothing comes from the clock.
func (t *turn) heldLine(f *face) {
	if h := t.v.Hold(); h.Held() && casework.Allowed(t.staff, casework.ReleaseHold) {
		f.line(t.w.say("hold.line"))
		f.row(choice{t.w.say("button.trust_open"), Danger, to(Place{Screen: holdScreen, From: h.From, To: h.To})})
	}
}

// calendarSubjects are those who keep the calendar, in December, when the holidays
// of the next year are not known and the office has not said them either.
func calendarSubjects(d *Dialog, v View, tick Tick) []Subject {
	day := casework.DateOf(tick.Now, d.zone)
	next := day.Year + 1
	if day.Month != time.December || casework.HolidaysKnown(next) ||
		slices.ContainsFunc(v.Workdays(), func(w casework.Workday) bool { return w.On.Year == next }) {
		return nil
	}
	monday := day.AddDays(-int(day.Weekday()+6) % 7)
	var out []Subject
	for s := range v.AllStaff() {
		if s.Binding == casework.Bound && s.Has(casework.Office) {
			out = append(out, Subject{Staff: s.ID, From: monday.In(time.UTC)})
		}
	}
	return out
}

// calendarOnce asks each of them once a week.
func calendarOnce(sub Subject) string { return fmt.Sprintf("%d:%d", sub.Staff, sub.From.Unix()) }

func (t *turn) askForCalendar() {
	t.tellLater(t.staff, t.w.say("calendar.missing", "Year", t.today.Year+1))
}

package dialog

import (
	"strings"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// drawCalendar shows a month: which days are worked. Whoever keeps the calendar
// turns a day over by tapping it.
func (t *turn) drawCalendar(f *face) bool {
	first := monthOf(t.s.At.Month)
	if t.s.At.Month.IsZero() {
		first = monthOf(t.today)
	}
	keeps := t.keepsCalendar()
	f.title(t.w.say("calendar.title", "Year", first.Year, "Month", int(first.Month), "MonthName", first.Month.String()[:3]))
	f.line(t.w.say("calendar.legend"))
	if !casework.HolidaysKnown(first.Year) {
		f.line(t.w.say("calendar.unknown", "Year", first.Year))
	}
	if keeps {
		f.line(t.w.say("calendar.how"))
	}
	f.row(t.weekdays()...)
	var week []choice
	for range (int(first.Weekday()) + 6) % 7 {
		week = append(week, choice{"·", Plain, Action{Verb: noop}})
	}
	for on := first; on.Month == first.Month; on = on.AddDays(1) {
		week = append(week, t.calendarDay(on, keeps))
		if w, ok := t.v.WorkdayOn(on); ok {
			f.line(t.w.say("calendar.own", "Date", t.day(on), "Kind", t.dayKind(w.Work), "Note", w.Note))
		}
		if len(week) == 7 {
			f.row(week...)
			week = nil
		}
	}
	for len(week) > 0 && len(week) < 7 {
		week = append(week, choice{"·", Plain, Action{Verb: noop}})
	}
	f.row(week...)
	f.row(
		choice{"‹", Plain, to(Place{Screen: calendarScreen, Month: monthAfter(first, -1)})},
		t.homeButton(),
		choice{"›", Plain, to(Place{Screen: calendarScreen, Month: monthAfter(first, 1)})},
	)
	return true
}

func (t *turn) keepsCalendar() bool {
	return casework.May(t.v, t.staff, casework.SetCalendar, casework.Subject{})
}

// monthAfter is the first day of the n-th month after the one that begins with first.
func monthAfter(first casework.Date, n int) casework.Date {
	return casework.DateOf(time.Date(first.Year, first.Month+time.Month(n), 1, 12, 0, 0, 0, time.UTC), time.UTC)
}

// calendarDay is a day on its button: a rest day in brackets, and one on which the
// rule of the week does not hold marked.
func (t *turn) calendarDay(on casework.Date, keeps bool) choice {
	work := casework.IsWorkday(t.v, on)
	ordinary := on.Weekday() != time.Saturday && on.Weekday() != time.Sunday
	label := t.w.say("calendar.day", "Day", on.Day)
	switch {
	case !work && ordinary:
		label = t.w.say("calendar.day_off", "Day", on.Day)
	case work && !ordinary:
		label = t.w.say("calendar.day_on", "Day", on.Day)
	case !work:
		label = t.w.say("calendar.day_weekend", "Day", on.Day)
	}
	c := choice{label, Plain, Action{Verb: noop}}
	if keeps && !on.Before(t.today) {
		c.act = Action{Verb: workday, Option: on.String(), Place: Place{Month: monthOf(on)}}
	}
	if on == t.today {
		c.style = Primary
	}
	return c
}

func (t *turn) dayKind(work bool) string {
	if work {
		return t.w.say("calendar.work")
	}
	return t.w.say("calendar.rest")
}

// turnWorkday makes a rest day of a working day, and the other way round.
func (t *turn) turnWorkday(_ Card, a Action) {
	var on casework.Date
	if on.UnmarshalText([]byte(a.Option)) == nil {
		t.setWorkday(on, !casework.IsWorkday(t.v, on), "")
	}
	t.goTo(Place{Screen: calendarScreen, Month: a.Place.Month})
}

// setWorkday records the office's word on a day.
func (t *turn) setWorkday(on casework.Date, work bool, note string) {
	switch {
	case !t.keepsCalendar():
		t.notice = t.w.say("calendar.forbidden")
	case on.Before(t.today):
		t.notice = t.w.say("calendar.past")
	default:
		t.record(casework.WorkdaySet{Workday: casework.Workday{On: on, Work: work, Note: note}}, t.today, note)
		t.notice = t.w.say("calendar.set", "Date", t.day(on), "Kind", t.dayKind(work))
	}
}

// calendarTyped reads a line such as "10月14日 班 换休": the day, what it is, and
// why.
func (t *turn) calendarTyped(text string) {
	words := strings.Fields(form.Fold(form.Clean(text)))
	var work, said bool
	at := 0
	for i, w := range words {
		switch strings.ToLower(w) {
		case "班", "上班", "work":
			work, said, at = true, true, i
		case "休", "放假", "rest", "off":
			work, said, at = false, true, i
		default:
			continue
		}
		break
	}
	if !said || at == 0 {
		t.notice = t.w.say("calendar.typing")
		t.draw()
		return
	}
	if on, ok := t.readDay(strings.Join(words[:at], " ")); ok {
		t.setWorkday(on, work, clip(strings.Join(words[at+1:], " "), 60))
		t.goTo(Place{Screen: calendarScreen, Month: monthOf(on)})
		return
	}
	t.draw()
}

package dialog

import (
	"fmt"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// chooseDay offers the days people mean most, and a month for the others.
func (t *turn) chooseDay(f *face, d *Draft, sheet *form.Sheet, step form.Step) {
	f.line(t.w.say("fill.date"))
	var list []choice
	for _, n := range []int{0, -1, -2, 1, 3, 7, 14, 30} {
		on := t.today.AddDays(n)
		if sheet.Check(step, form.Answer{Values: []string{on.String()}}) != nil {
			continue
		}
		a := t.on(d, answer)
		a.Option = on.String()
		list = append(list, choice{t.near(on, n), Plain, a})
	}
	f.grid(list)
	f.row(choice{t.w.say("button.month"), Plain, to(Place{Screen: monthScreen, Visit: d.ID, Path: step.Path, Month: monthOf(t.today)})})
}

// near names a day by its distance, and how it falls in the week.
func (t *turn) near(on casework.Date, n int) string {
	switch n {
	case 0:
		return t.w.say("day.today")
	case -1:
		return t.w.say("day.yesterday")
	case -2:
		return t.w.say("day.before")
	case 1:
		return t.w.say("day.tomorrow")
	}
	return t.day(on)
}

func monthOf(d casework.Date) casework.Date {
	return casework.Date{Year: d.Year, Month: d.Month, Day: 1}
}

// drawMonth shows a month, Monday first. Days that would be refused are dots.
func (t *turn) drawMonth(f *face) bool {
	d, ok := t.draft(t.s.At.Visit)
	if !ok {
		return false
	}
	sheet := t.sheet(&d)
	step, ok := sheet.Step(t.s.At.Path)
	if !ok || step.Gate() {
		t.s.At = Place{Screen: fillScreen, Visit: d.ID}
		return t.drawFill(f)
	}
	first := monthOf(t.s.At.Month)
	t.heading(f, &d, sheet, step)
	f.title(step.Item.Label.In(t.w.lang))
	f.line(t.w.say("month.how"))
	f.row(t.weekdays()...)
	week := make([]choice, 0, 7)
	for range (int(first.Weekday()) + 6) % 7 {
		week = append(week, choice{"·", Plain, Action{Verb: noop}})
	}
	for on := first; on.Month == first.Month; on = on.AddDays(1) {
		week = append(week, t.dayButton(&d, sheet, step, on))
		if len(week) == 7 {
			f.row(week...)
			week = nil
		}
	}
	for len(week) > 0 && len(week) < 7 {
		week = append(week, choice{"·", Plain, Action{Verb: noop}})
	}
	f.row(week...)
	t.monthArrows(f, &d, first)
	return true
}

// weekdays are the heads of the columns.
func (t *turn) weekdays() []choice {
	var row []choice
	for i := range 7 {
		row = append(row, choice{t.w.say(fmt.Sprintf("weekday.letter.%d", (i+1)%7)), Plain, Action{Verb: noop}})
	}
	return row
}

func (t *turn) dayButton(d *Draft, sheet *form.Sheet, step form.Step, on casework.Date) choice {
	a := form.Answer{Values: []string{on.String()}}
	if sheet.Check(step, a) != nil {
		return choice{"·", Plain, Action{Verb: noop}}
	}
	c := choice{fmt.Sprint(on.Day), Plain, Action{
		Verb: answer, Place: Place{Visit: d.ID, Path: step.Path}, Option: on.String(),
	}}
	if on == t.today {
		c.style = Primary
	}
	return c
}

func (t *turn) monthArrows(f *face, d *Draft, first casework.Date) {
	move := func(months int) Action {
		p := t.s.At
		p.Month = casework.DateOf(time.Date(first.Year, first.Month+time.Month(months), 1, 12, 0, 0, 0, time.UTC), time.UTC)
		return to(p)
	}
	f.row(
		choice{"‹", Plain, move(-1)},
		choice{t.w.say("month.name", "Year", first.Year, "Month", int(first.Month), "MonthName", first.Month.String()[:3]), Plain, Action{Verb: noop}},
		choice{"›", Plain, move(1)},
	)
	f.row(choice{t.w.say("button.back_to"), Plain, Action{Verb: resume, Place: Place{Visit: d.ID}}})
}

package dialog

import (
	"fmt"
	"strings"

	"zoufang/casework"
)

func (t *turn) drawHome(f *face) bool {
	f.title(t.w.say("home.title", "Name", t.staff.Name))
	var groups []string
	for _, id := range t.staff.Groups {
		if g, ok := t.v.Group(id); ok {
			groups = append(groups, g.Name)
		}
	}
	f.line(strings.Join(groups, " · "))
	f.line(t.w.say("home.today", "Date", t.day(t.today)))
	t.heldLine(f)
	mine := casework.Mine(t.v, t.staff.ID, t.today)
	due := 0
	for _, m := range mine {
		if casework.DueOf(m.Target, t.today).Pressing() {
			due++
		}
	}
	if len(mine) > 0 {
		f.line(t.w.say("home.mine", "Count", len(mine), "Due", due))
	}
	t.homeDuties(f)
	drafts := t.drafts()
	if n := len(casework.Agenda(t.v, t.staff.ID, t.today, t.in.Reached)); n > 0 {
		f.row(choice{t.w.say("button.today", "Count", n), Primary, Action{Verb: openToday}})
	}
	if casework.Allowed(t.staff, casework.WriteVisit) {
		f.row(choice{t.w.say("button.visit"), Primary, to(Place{Screen: mineScreen})})
		if len(drafts) > 0 {
			f.row(choice{t.w.say("button.drafts", "Count", len(drafts)), Plain, to(Place{Screen: draftsScreen})})
		}
		f.row(
			choice{t.w.say("button.find"), Plain, to(Place{Screen: findScreen})},
			choice{t.w.say("button.records"), Plain, to(Place{Screen: recordsScreen})},
		)
		row := []choice{{t.w.say("button.register"), Plain, to(Place{Screen: registerScreen})}}
		if casework.Allowed(t.staff, casework.WriteDiary) {
			row = append(row, choice{t.w.say("button.diary"), Plain, to(Place{Screen: diariesScreen})})
		}
		f.row(row...)
	} else if casework.Allowed(t.staff, casework.SeeTarget) {
		f.row(choice{t.w.say("button.find"), Plain, to(Place{Screen: findScreen})})
	}
	t.deskRow(f)
	var figures []choice
	for _, id := range t.staff.Groups {
		if t.maySeeDigest(id) {
			figures = append(figures, choice{t.w.say("button.digest"), Plain, Action{Verb: openDigest, Place: Place{Group: id}}})
			break
		}
	}
	if casework.Allowed(t.staff, casework.SeeSummary) {
		figures = append(figures, choice{t.w.say("button.summary"), Plain, to(Place{Screen: summaryScreen})})
	}
	f.row(figures...)
	other := map[string]string{Chinese: English, English: Chinese}[t.w.lang]
	f.row(
		choice{t.w.say("button.help"), Plain, to(Place{Screen: helpScreen})},
		choice{t.w.say("button.settings"), Plain, to(Place{Screen: settingsScreen})},
		choice{t.w.say("button.lang"), Plain, Action{Verb: speakIn, Option: other}},
	)
	return true
}

func (t *turn) drawHelp(f *face) bool {
	f.add(t.w.say("help.text"))
	f.row(t.homeButton())
	return true
}

func (t *turn) homeButton() choice {
	return choice{t.w.say("button.home"), Plain, to(Place{Screen: homeScreen})}
}

// day writes a date with its weekday.
func (t *turn) day(d casework.Date) string {
	if d.IsZero() {
		return t.w.say("day.never")
	}
	weekday := t.w.say(fmt.Sprintf("weekday.%d", d.Weekday()))
	key := "day.short"
	if d.Year != t.today.Year {
		key = "day.long"
	}
	return t.w.say(key, "Year", d.Year, "Month", int(d.Month), "MonthName", d.Month.String()[:3], "Day", d.Day, "Weekday", weekday)
}

// ago says how long before today a day was, in words.
func (t *turn) ago(d casework.Date) string {
	switch n := t.today.DaysSince(d); {
	case d.IsZero():
		return t.w.say("day.never")
	case n == 0:
		return t.w.say("day.today")
	case n == 1:
		return t.w.say("day.yesterday")
	case n < 0:
		return t.day(d)
	default:
		return t.w.say("day.ago", "Count", n)
	}
}

func (t *turn) drawSummary(f *face) bool {
	if !casework.Allowed(t.staff, casework.SeeSummary) {
		return false
	}
	s := casework.Summarize(t.v, t.today)
	f.title(t.w.say("summary.title", "Name", s.Campaign))
	f.line(t.w.say("summary.asof", "Date", t.day(s.AsOf)))
	f.gap()
	f.line(t.w.say("summary.people", "Rounds", s.Rounds, "Groups", s.Groups, "Participants", s.Participants))
	f.line(t.w.say("summary.targets", "Households", s.Households, "Enterprises", s.Enterprises, "Organizations", s.Organizations))
	f.line(t.w.say("summary.visits", "Visits", s.Visits, "Met", s.Met, "Late", s.Late, "Corrected", s.Corrected))
	f.line(t.w.say("summary.problems", "Problems", s.Problems, "Listed", s.Listed, "Open", s.Open, "Resolved", s.Resolved))
	def, ok := t.v.Form(string(casework.HouseholdKind), 0)
	if item, found := def.Item("family"); ok && found {
		for _, o := range item.Options {
			f.line("· " + o.Label.In(t.w.lang) + " " + fmt.Sprint(s.Families[o.ID]))
		}
	}
	t.figureLines(f, s)
	f.row(choice{t.w.say("button.figures"), Primary, Action{Verb: showFigures}})
	f.row(choice{t.w.say("button.refresh"), Plain, to(Place{Screen: summaryScreen})}, t.homeButton())
	return true
}

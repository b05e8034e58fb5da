package dialog

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// questionOf is the place that asks for the export, at its whole or at a part.
func questionOf(x casework.Export, part string) Place {
	return Place{Screen: askExportScreen, NewExport: &x, Path: part}
}

// drawAskExport shows the question about to be asked, each part of it one tap from
// another answer.
func (t *turn) drawAskExport(f *face) bool {
	at := t.s.At
	if at.NewExport == nil || !slices.Contains(casework.PapersFor(t.v, t.staff, t.today), at.NewExport.Kind) {
		return false
	}
	x := *at.NewExport
	f.title(t.paperName(x.Kind))
	for _, l := range t.exportLimits(x) {
		f.line(l)
	}
	switch at.Path {
	case scopePart:
		t.scopeButtons(f, at, x)
	case dayPart:
		t.asOfButtons(f, at, x)
	case sincePart:
		t.sinceButtons(f, x)
	case whyPart:
		t.whyButtons(f, x)
	default:
		t.exportButtons(f, x)
		return true
	}
	f.row(choice{t.w.say("button.go_back"), Plain, to(questionOf(x, ""))})
	return true
}

// chosen is a button for one of several answers; the one in force is ticked.
func chosen(text string, on bool, x casework.Export) choice {
	if on {
		text = "✓ " + text
	}
	return choice{text, Plain, to(questionOf(x, ""))}
}

// exportButtons are everything that can be chosen, and the print itself.
func (t *turn) exportButtons(f *face, x casework.Export) {
	f.line(t.w.say("export.typing"))
	if x.Full {
		f.row(choice{t.w.say("button.ask_full"), Primary, to(questionOf(x, whyPart))})
	} else {
		f.row(choice{t.w.say("button.print"), Primary, Action{Verb: printPaper, Place: questionOf(x, "")}})
	}
	now, yesterday := x, x
	now.AsOf, now.Day, now.Since = time.Time{}, casework.Date{}, 0
	yesterday.Day, yesterday.Since = t.today.AddDays(-1), 0
	yesterday.AsOf = t.endOf(yesterday.Day)
	other := questionOf(x, dayPart)
	other.Month = monthOf(t.today)
	f.row(
		chosen(t.w.say("button.as_of_now"), x.AsOf.IsZero(), now),
		chosen(t.w.say("button.as_of_yesterday"), x.AsOf.Equal(yesterday.AsOf), yesterday),
		choice{t.w.say("button.as_of_day"), Plain, to(other)},
	)
	var formats []choice
	for _, p := range []casework.PaperFormat{casework.XLSX, casework.CSV, casework.JSONL} {
		as := x
		as.Format = p
		formats = append(formats, chosen(t.w.say("export.format."+string(p)), x.Format == p, as))
	}
	f.row(formats...)
	t.monthChoices(f, x)
	t.roundChoices(f, x)
	var more []choice
	if len(t.exportScopes(x.Kind)) > 1 {
		more = append(more, choice{t.w.say("button.scope"), Plain, to(questionOf(x, scopePart))})
	}
	if len(t.comparable(x)) > 0 {
		more = append(more, choice{t.w.say("button.since"), Plain, to(questionOf(x, sincePart))})
	}
	f.row(more...)
	if casework.Allowed(t.staff, casework.ExportFull) {
		masked, full := x, x
		masked.Full, full.Full = false, true
		f.row(chosen(t.w.say("button.masked"), !x.Full, masked), chosen(t.w.say("button.full"), x.Full, full))
	}
	f.row(choice{t.w.say("button.papers"), Plain, to(Place{Screen: papersScreen})}, t.homeButton())
}

// monthChoices offer the last months of a paper that is printed by month.
func (t *turn) monthChoices(f *face, x casework.Export) {
	if !slices.Contains(casework.PaperLimits(x.Kind), casework.LimitMonth) {
		return
	}
	var list []choice
	for n := range 3 {
		of := x
		of.Month, of.Since = monthAfter(monthOf(t.today), -n), 0
		list = append(list, chosen(t.monthWords(of.Month), x.Month == of.Month, of))
	}
	f.row(list...)
	all, everybody := x, x
	all.Month, all.Since = casework.Date{}, 0
	row := []choice{chosen(t.w.say("export.months"), x.Month.IsZero(), all)}
	if everybody.StaffID, everybody.Since = 0, 0; x.StaffID != 0 {
		row = append(row, chosen(t.w.say("button.everybody"), false, everybody))
	}
	f.row(row...)
}

// perRounds is how many rounds are offered, the newest ones.
const perRounds = 4

// roundChoices offer the rounds of a paper that is of one.
func (t *turn) roundChoices(f *face, x casework.Export) {
	if !slices.Contains(casework.PaperLimits(x.Kind), casework.LimitRound) {
		return
	}
	rounds := t.v.Rounds()
	var list []choice
	for _, r := range rounds[max(0, len(rounds)-perRounds):] {
		of := x
		of.RoundID, of.Since = r.ID, 0
		list = append(list, chosen(t.w.say("button.round_no", "No", r.No), x.RoundID == r.ID, of))
	}
	if x.Kind != casework.PaperPlan {
		all := x
		all.RoundID, all.Since = 0, 0
		list = append(list, chosen(t.w.say("button.all_rounds"), x.RoundID == 0, all))
	}
	f.grid(list)
}

// perScopes is how many groups and branches a page shows.
const perScopes = 12

// scopeButtons offer to whom the paper can be limited.
func (t *turn) scopeButtons(f *face, at Place, x casework.Export) {
	f.line(t.w.say("export.ask_scope"))
	all := t.exportScopes(x.Kind)
	shown, page, pages := partOf(all, at.Page, perScopes)
	var list []choice
	for _, a := range shown {
		of := x
		of.GroupID, of.UnitID, of.Since = a.GroupID, a.UnitID, 0
		on := x.GroupID == a.GroupID && x.UnitID == a.UnitID
		list = append(list, chosen(t.scopeName(a.GroupID, a.UnitID), on, of))
	}
	f.grid(list)
	f.arrows(at, page, pages)
}

// partOf is one page of a list, or the nearest there is, and how many there are.
func partOf[T any](list []T, page, per int) (shown []T, at, pages int) {
	pages = max(1, (len(list)+per-1)/per)
	at = min(max(0, page), pages-1)
	return list[at*per : min(len(list), (at+1)*per)], at, pages
}

// asOfButtons show a month, Monday first; days to come are dots.
func (t *turn) asOfButtons(f *face, at Place, x casework.Export) {
	f.line(t.w.say("export.ask_day"))
	first := monthOf(at.Month)
	f.row(t.weekdays()...)
	dot := choice{"·", Plain, Action{Verb: noop}}
	week := slices.Repeat([]choice{dot}, (int(first.Weekday())+6)%7)
	for on := first; on.Month == first.Month; on = on.AddDays(1) {
		day := dot
		if !on.After(t.today) {
			day = choice{fmt.Sprint(on.Day), Plain, Action{Verb: asOfDay, Option: on.String()}}
		}
		if week = append(week, day); len(week) == 7 {
			f.row(week...)
			week = nil
		}
	}
	if len(week) > 0 {
		f.row(append(week, slices.Repeat([]choice{dot}, 7-len(week))...)...)
	}
	move := func(n int) Action {
		p := questionOf(x, dayPart)
		p.Month = monthAfter(first, n)
		return to(p)
	}
	f.row(choice{"‹", Plain, move(-1)}, choice{t.monthWords(first), Plain, Action{Verb: noop}}, choice{"›", Plain, move(1)})
}

// chooseAsOf takes the day of the month that was tapped.
func (t *turn) chooseAsOf(_ Card, a Action) {
	var day casework.Date
	if t.s.At.Screen == askExportScreen && t.s.At.NewExport != nil && day.UnmarshalText([]byte(a.Option)) == nil {
		t.s.At = questionOf(t.asOf(*t.s.At.NewExport, day), "")
	}
	t.draw()
}

// asOf is the question about the end of the day; today has not ended, so it means now.
func (t *turn) asOf(x casework.Export, day casework.Date) casework.Export {
	x.AsOf, x.Day, x.Since = time.Time{}, casework.Date{}, 0
	if day.Before(t.today) {
		x.AsOf, x.Day = t.endOf(day), day
	}
	return x
}

// The most exports that are looked through, and that are offered to compare with.
const (
	maxExports = 200
	perSince   = 6
)

// comparable are the newest exports with which the paper can be compared: those of the
// same question that came about, as of an earlier instant.
func (t *turn) comparable(x casework.Export) []casework.Export {
	list := slices.DeleteFunc(casework.EarlierExports(t.v, x, maxExports), func(o casework.Export) bool {
		return !x.AsOf.IsZero() && !o.AsOf.Before(x.AsOf)
	})
	return list[:min(len(list), perSince)]
}

// sinceButtons offer the exports with which the paper can be compared.
func (t *turn) sinceButtons(f *face, x casework.Export) {
	f.line(t.w.say("export.ask_since"))
	none := x
	none.Since = 0
	f.row(chosen(t.w.say("button.since_none"), x.Since == 0, none))
	for _, o := range t.comparable(x) {
		with := x
		with.Since = o.ID
		f.row(chosen(o.Code+" · "+t.asOfWords(o), x.Since == o.ID, with))
	}
}

// whyButtons offer reasons for showing names, which are otherwise typed.
func (t *turn) whyButtons(f *face, x casework.Export) {
	f.line(t.w.say("export.ask_why"))
	for i := range 3 {
		words := t.w.say(fmt.Sprintf("export.why.%d", i+1))
		f.row(choice{words, Plain, Action{Verb: askFull, Place: questionOf(x, whyPart), Option: words}})
	}
}

// askFull asks a second person for a paper with names and telephone numbers.
func (t *turn) askFull(_ Card, a Action) {
	if a.Place.NewExport != nil {
		t.requestFull(*a.Place.NewExport, a.Option)
	}
}

// exportTyped takes what is typed at the question: why names are to be shown, whose the
// paper is, or as of which day.
func (t *turn) exportTyped(text string) {
	at := t.s.At
	if at.NewExport == nil {
		t.draw()
		return
	}
	x := *at.NewExport
	if at.Path == whyPart {
		if words, ok := t.readReason(text); ok {
			t.requestFull(x, words)
			return
		}
		t.draw()
		return
	}
	words := strings.TrimSpace(form.Clean(text))
	if slices.Contains(casework.PaperLimits(x.Kind), casework.LimitStaff) {
		if found := t.staffNamed(words); len(found) == 1 {
			x.StaffID, x.Since = found[0].ID, 0
			t.goTo(questionOf(x, ""))
			return
		}
	}
	for _, before := range []string{"截至", "截止", "as of"} {
		words = strings.TrimSpace(strings.TrimPrefix(words, before))
	}
	switch day, ok := t.readDate(words, ""); {
	case !ok:
	case day.After(t.today):
		t.notice = t.w.say("export.future", "Date", t.day(day))
	default:
		t.s.At = questionOf(t.asOf(x, day), "")
	}
	t.draw()
}

// staffNamed are those of the roster who have the code or the name.
func (t *turn) staffNamed(words string) []casework.Staff {
	if s, ok := t.v.StaffByCode(strings.ToUpper(form.Fold(words))); ok {
		return []casework.Staff{s}
	}
	var out []casework.Staff
	for s := range t.v.AllStaff() {
		if words != "" && s.Name == words {
			out = append(out, s)
		}
	}
	return out
}

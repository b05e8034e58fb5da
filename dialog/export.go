package dialog

import (
	"slices"
	"strings"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// The screens of exports. Stored by name: never rename.
const (
	papersScreen    Screen = "papers"     // which paper?
	askExportScreen Screen = "ask_export" // a paper's question: limits, instant, format
	exportScreen    Screen = "export"     // a board: what came of an export
	exportsScreen   Screen = "exports"    // a board: those printed before
)

// The verbs of exports. Stored by name: never rename.
const (
	printPaper Verb = "print"       // the paper of the question
	printAgain Verb = "print_again" // the same question about the same instant
	asOfDay    Verb = "as_of"       // the option is the day at whose end it is
	askFull    Verb = "ask_full"    // the option is why it is to show names
)

// What the question's place says in Path: the part that is asked for.
const (
	scopePart = "scope" // limited to whom?
	dayPart   = "day"   // as of which day?
	sincePart = "since" // compared with which export?
	whyPart   = "why"   // why unmasked?
)

// exportRoom is where papers are printed.
func exportRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{papersScreen: (*turn).drawPapers, askExportScreen: (*turn).drawAskExport},
		boards: map[Screen]board{
			exportScreen: {exportBoard, (*turn).drawExport}, exportsScreen: {named("exports"), (*turn).drawExports},
		},
		verbs: map[Verb]func(*turn, Card, Action){
			printPaper: (*turn).printPaper, printAgain: (*turn).printAgain, asOfDay: (*turn).chooseAsOf, askFull: (*turn).askFull,
		},
		texts: map[Screen]func(*turn, string){papersScreen: (*turn).askPaper, askExportScreen: (*turn).exportTyped},
		commands: map[string]func(*turn){
			"export":  func(t *turn) { t.askPaper(t.in.Args) },
			"exports": func(t *turn) { t.openIf(casework.ExportPapers, Place{Screen: exportsScreen}) },
		},
		offers: []offer{{"export", allowed(casework.ExportPapers)}, {"exports", allowed(casework.ExportPapers)}},
	}
}

// paperName is what a kind of paper is called.
func (t *turn) paperName(k casework.PaperKind) string {
	return casework.PaperKinds().Label(string(k), t.w.lang)
}

// askPaper opens the question of the paper that is named, as of the day that may follow
// its name; without a name it shows which papers there are.
func (t *turn) askPaper(words string) {
	kinds := casework.PapersFor(t.v, t.staff, t.today)
	if len(kinds) == 0 {
		t.notice = t.w.say("command.unknown")
		t.goTo(Place{Screen: homeScreen})
		return
	}
	kind, rest := t.readPaper(kinds, words)
	if kind == "" {
		if rest != "" {
			t.notice = t.w.say("export.which", "Words", clip(rest, 20))
		}
		t.goTo(Place{Screen: papersScreen})
		return
	}
	x := t.freshExport(kind)
	t.s.At = Place{Screen: askExportScreen, NewExport: &x}
	if rest != "" {
		t.exportTyped(rest)
		return
	}
	t.draw()
}

// readPaper finds which of the papers the words begin with, and gives the rest of them.
// The longest name that fits counts.
func (t *turn) readPaper(kinds []casework.PaperKind, words string) (casework.PaperKind, string) {
	words = strings.TrimSpace(form.Fold(form.Clean(words)))
	var found casework.PaperKind
	length := 0
	for _, k := range kinds {
		for _, name := range []string{casework.PaperKinds().Label(string(k), Chinese), casework.PaperKinds().Label(string(k), English), string(k)} {
			if n := len(name); n > length && len(words) >= n && strings.EqualFold(words[:n], name) {
				found, length = k, n
			}
		}
	}
	return found, strings.TrimSpace(words[length:])
}

// drawPapers shows which papers the person may print.
func (t *turn) drawPapers(f *face) bool {
	kinds := casework.PapersFor(t.v, t.staff, t.today)
	if len(kinds) == 0 {
		return false
	}
	f.title(t.w.say("export.title"))
	f.line(t.w.say("export.how"))
	var row []choice
	for _, k := range kinds {
		x := t.freshExport(k)
		row = append(row, choice{t.paperName(k), Plain, to(Place{Screen: askExportScreen, NewExport: &x})})
		if len(row) == 2 {
			f.row(row...)
			row = nil
		}
	}
	f.row(row...)
	f.row(choice{t.w.say("button.exports"), Plain, to(Place{Screen: exportsScreen})}, t.homeButton())
	return true
}

// freshExport is the question that is asked most often: about everything the person may
// print, as it is now, masked.
func (t *turn) freshExport(k casework.PaperKind) casework.Export {
	x := casework.Export{Kind: k, Format: casework.XLSX}
	limits := casework.PaperLimits(k)
	if scopes := t.exportScopes(k); len(scopes) > 0 {
		x.GroupID, x.UnitID = scopes[0].GroupID, scopes[0].UnitID
	}
	if slices.Contains(limits, casework.LimitMonth) {
		x.Month = monthOf(t.today)
	}
	if rounds := t.v.Rounds(); k == casework.PaperPlan && len(rounds) > 0 {
		newest := rounds[0]
		for _, r := range rounds {
			if !r.StartOn.After(t.today) {
				newest = r
			}
		}
		x.RoundID = newest.ID
	}
	return x
}

// exportScopes are those to which the person may limit a paper of the kind.
func (t *turn) exportScopes(k casework.PaperKind) []casework.Audience {
	limits := casework.PaperLimits(k)
	return slices.DeleteFunc(casework.Audiences(t.v, t.staff, casework.ExportPapers, t.today), func(a casework.Audience) bool {
		return a.GroupID != 0 && !slices.Contains(limits, casework.LimitGroup) ||
			a.UnitID != 0 && !slices.Contains(limits, casework.LimitUnit)
	})
}

// scopeName says to whom a paper is limited.
func (t *turn) scopeName(group casework.GroupID, unit casework.UnitID) string {
	if g, ok := t.v.Group(group); ok {
		return g.Name
	}
	if u, ok := t.v.Unit(unit); ok {
		return u.Name
	}
	return t.w.say("export.all")
}

// endOf is the last instant of the day.
func (t *turn) endOf(day casework.Date) time.Time {
	return startOf(day.AddDays(1), t.d.zone).Add(-time.Nanosecond)
}

// minute writes a time as the people's clocks show it.
func (t *turn) minute(at time.Time) string { return at.In(t.d.zone).Format("2006-01-02 15:04") }

// asOfWords say as of when a paper is.
func (t *turn) asOfWords(x casework.Export) string {
	switch {
	case x.AsOf.IsZero():
		return t.w.say("export.now")
	case x.AsOf.Equal(t.endOf(x.Day)):
		return t.w.say("export.end_of", "Date", x.Day.String())
	default:
		return t.minute(x.AsOf)
	}
}

// exportLimits are the lines that say what a paper is about.
func (t *turn) exportLimits(x casework.Export) []string {
	lines := []string{t.w.say("export.as_of", "When", t.asOfWords(x)), t.w.say("export.scope", "Whom", t.scopeName(x.GroupID, x.UnitID))}
	if s, ok := t.v.Staff(x.StaffID); ok {
		lines = append(lines, t.w.say("export.staff", "Who", s.Name))
	}
	if slices.Contains(casework.PaperLimits(x.Kind), casework.LimitMonth) {
		lines = append(lines, t.w.say("export.month", "When", t.monthWords(x.Month)))
	}
	if r, ok := t.roundOf(x.RoundID); ok {
		lines = append(lines, t.w.say("export.round", "No", r.No, "Title", r.Title))
	}
	if v, ok := t.v.Visit(x.VisitID); ok {
		lines = append(lines, t.w.say("export.one", "Code", v.Code))
	}
	if b, ok := t.v.TaskBook(x.BookID); ok {
		lines = append(lines, t.w.say("export.one", "Code", b.Code))
	}
	if target, ok := t.v.Target(x.TargetID); ok {
		lines = append(lines, t.w.say("export.one", "Code", target.Code))
	}
	if since, ok := t.v.Export(x.Since); ok {
		lines = append(lines, t.w.say("export.since", "Code", since.Code))
	}
	if x.System != "" {
		lines = append(lines, t.w.say("export.system", "System", x.System))
	}
	if x.Full {
		return append(lines, t.w.say("export.full"))
	}
	return append(lines, t.w.say("export.masked"))
}

// monthWords name a month; none is all of them.
func (t *turn) monthWords(m casework.Date) string {
	if m.IsZero() {
		return t.w.say("export.months")
	}
	return t.w.say("month.name", "Year", m.Year, "Month", int(m.Month), "MonthName", m.Month.String()[:3])
}

func (t *turn) roundOf(id casework.RoundID) (casework.Round, bool) {
	for _, r := range t.v.Rounds() {
		if r.ID == id {
			return r, true
		}
	}
	return casework.Round{}, false
}

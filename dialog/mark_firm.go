package dialog

import (
	"fmt"
	"slices"
	"strings"

	"zoufang/casework"
)

// drawFirm shows what is done for a firm: how it goes, its trademarks with what is
// under way, and the measures used.
func (t *turn) drawFirm(f *face, at Place) bool {
	x, ok := t.firmOf(at.Target, casework.SeeMarks)
	if !ok {
		return false
	}
	t.headline(f, x)
	if x.Enterprise.Top100 {
		f.line(t.w.say("firm.top"))
	}
	f.line(t.stateLine(x))
	marks := t.v.TrademarksOfFirm(x.ID)
	f.gap()
	f.title(t.w.say("firm.marks", "Count", len(marks)))
	if len(marks) == 0 {
		f.line(t.w.say("firm.no_marks"))
	}
	shown, page, pages := pageOf(marks, at.Page)
	var list []choice
	for _, m := range shown {
		t.markLines(f, m)
		list = append(list, choice{"™ " + m.Name, Plain, to(Place{Screen: markScreen, Mark: m.ID})})
	}
	f.gap()
	t.givenLines(f, x)
	f.grid(list)
	f.arrows(Place{Screen: firmScreen, Target: x.ID}, page, pages)
	var row []choice
	if x.InUse() && t.mayServe(x) {
		row = append(row, choice{t.w.say("button.new_mark"), Plain, to(Place{Screen: newMarkScreen, Target: x.ID, Path: nameField})})
	}
	f.row(append(row, t.servicesButton(x), t.targetButton(x))...)
	return true
}

// stateLine says how the firm goes, as far as it is known.
func (t *turn) stateLine(x casework.Target) string {
	switch state := x.OpState; state {
	case "":
		return ""
	case "cancelled", "lost":
		return t.w.say("firm.gone", "State", casework.OpStates(t.v).Label(state, t.w.lang))
	default:
		return t.w.say("firm.state", "State", casework.OpStates(t.v).Label(state, t.w.lang))
	}
}

// markLines show a trademark with its matters, one line each.
func (t *turn) markLines(f *face, m casework.Trademark) {
	f.line("™ " + m.Name + t.validWords(m))
	for _, p := range t.mattersOf(m) {
		f.line("  • " + t.matterWords(p))
	}
}

// mattersOf are the matters about a trademark.
func (t *turn) mattersOf(m casework.Trademark) []casework.Matter {
	return slices.DeleteFunc(t.v.MattersOfFirm(m.FirmID), func(p casework.Matter) bool { return p.TrademarkID != m.ID })
}

// matterWords say in a line how a matter stands.
func (t *turn) matterWords(p casework.Matter) string {
	words := p.Code + " " + t.firmLabel("matter", p.Kind) + " · " + t.stageWords(p)
	if p.Status != casework.MatterOpen {
		return words
	}
	if p.NextStep != "" {
		words += " → " + clip(p.NextStep, 20)
	}
	return words + t.nextDay(p)
}

// stageWords name the stage, with a mark where it is an end.
func (t *turn) stageWords(p casework.Matter) string {
	return stageMark(p) + t.firmLabel("stage", p.Stage)
}

func stageMark(p casework.Matter) string {
	switch p.Status {
	case casework.MatterWon:
		return "✅ "
	case casework.MatterLost:
		return "✖ "
	case casework.MatterDropped:
		return "▫ "
	case casework.MatterOpen:
	}
	return ""
}

// nextDay is the day of the next step, with a clock when it has come.
func (t *turn) nextDay(p casework.Matter) string {
	switch late := t.today.DaysSince(p.NextOn); {
	case p.NextOn.IsZero():
		return ""
	case late > 0:
		return t.w.say("matter.late", "Date", t.day(p.NextOn), "Count", late)
	case late == 0:
		return t.w.say("matter.today")
	default:
		return t.w.say("matter.on", "Date", t.day(p.NextOn))
	}
}

// validWords say until when a trademark is valid, and whether it must be renewed.
func (t *turn) validWords(m casework.Trademark) string {
	if m.ValidUntil.IsZero() {
		return ""
	}
	return t.w.say("mark.until", "Date", t.year(m.ValidUntil)) + t.renewWords(m)
}

func (t *turn) renewWords(m casework.Trademark) string {
	grace := monthsAfter(m.ValidUntil, lateMonths)
	switch {
	case t.today.Before(m.RenewFrom()):
		return ""
	case t.today.After(grace):
		return t.w.say("mark.ran_out")
	case t.today.After(m.ValidUntil):
		return t.w.say("mark.grace", "Date", t.year(grace))
	default:
		return t.w.say("mark.renew", "Count", m.ValidUntil.DaysSince(t.today))
	}
}

// lateMonths is for how many months a trademark can be renewed after it ran out.
const lateMonths = 6

// monthsAfter is the same day so many months later, or the last of that month.
func monthsAfter(d casework.Date, n int) casework.Date {
	first := monthAfter(casework.Date{Year: d.Year, Month: d.Month, Day: 1}, n)
	last := monthAfter(first, 1).AddDays(-1)
	first.Day = min(d.Day, last.Day)
	return first
}

// year writes a date with its year.
func (t *turn) year(d casework.Date) string { return d.String() }

// givenLines count the measures used for the firm, by direction.
func (t *turn) givenLines(f *face, x casework.Target) {
	if len(x.Given) == 0 {
		f.line(t.w.say("firm.no_given"))
		return
	}
	counts := map[casework.ServiceFor]int{}
	for _, g := range x.Given {
		counts[t.serviceOf(g.Key).For]++
	}
	var parts []string
	for _, d := range directions() {
		if counts[d] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", t.w.say("service.for."+string(d)), counts[d]))
		}
	}
	f.line(t.w.say("firm.given", "Count", len(x.Given), "Parts", strings.Join(parts, " · ")))
	last := x.Given[len(x.Given)-1]
	f.line(t.w.say("firm.last_given", "Date", t.day(last.On), "What", t.serviceOf(last.Key).Label, "Who", t.staffName(last.By)))
}

package dialog

import (
	"fmt"
	"strings"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// chooseFrom asks for the first day of a leave.
func (t *turn) chooseFrom(f *face, g giving) {
	f.title(t.w.say("leave.title", "Giver", t.staffName(g.giver)))
	f.line(t.w.say("leave.from"))
	var row []choice
	for n := range 2 {
		g.from = t.today.AddDays(n)
		row = append(row, choice{t.near(g.from, n), Plain, to(g.place())})
	}
	f.row(row...)
	t.openHandovers(f, g.giver)
}

// chooseUntil asks for its last day.
func (t *turn) chooseUntil(f *face, g giving) {
	f.title(t.w.say("leave.title", "Giver", t.staffName(g.giver)))
	f.line(t.w.say("leave.until", "From", t.day(g.from)))
	var row []choice
	for _, days := range []int{1, 3, 7, 14} {
		g.until = g.from.AddDays(days - 1)
		row = append(row, choice{t.w.say("leave.days", "Count", days), Plain, to(g.place())})
	}
	f.grid(row)
}

// readLeaveDay reads a day from today on.
func (t *turn) readLeaveDay(words string) (casework.Date, bool) {
	switch strings.ToLower(form.Fold(words)) {
	case "今天", "today":
		return t.today, true
	}
	return t.readDay(words)
}

// beginWithin is for how many days the beginning of a leave is done late. Causes
// are remembered longer, so that it is done once.
const beginWithin = 6

// leaveSubjects are the leaves that were agreed on before and begin, and those whose
// last day is past. To is set for the latter.
func leaveSubjects(d *Dialog, v View, tick Tick) []Subject {
	today := casework.DateOf(tick.Now, d.zone)
	var out []Subject
	for h := range v.AllHandovers() {
		if h.Covers(today) && today.DaysSince(h.From) <= beginWithin && casework.DateOf(h.AcceptedAt, d.zone).Before(h.From) {
			out = append(out, Subject{Handover: h.ID})
		}
	}
	for _, h := range casework.LeavesOver(v, today) {
		out = append(out, Subject{Handover: h.ID, To: startOf(h.Until, time.UTC)})
	}
	return out
}

func leaveOnce(sub Subject) string {
	if sub.To.IsZero() {
		return fmt.Sprintf("%d:from", sub.Handover)
	}
	return fmt.Sprintf("%d:until", sub.Handover)
}

// turnLeave begins a leave, of which the stand-in is reminded with the drafts, or
// ends it, which both are told.
func (t *turn) turnLeave() {
	h, ok := t.v.Handover(t.in.Subject.Handover)
	switch {
	case !ok || h.Kind != casework.Leave || h.State != casework.Accepted:
	case h.Until.Before(t.today):
		t.apply(h, []casework.Fact{casework.HandoverMoved{HandoverID: h.ID, To: casework.Returned}})
	case h.Covers(t.today):
		t.passDrafts(h.Giver)
		if who, ok := t.v.Staff(h.Taker); ok && who.Binding == casework.Bound {
			t.as(who).showBoard(handoverPlace(h.ID), false, true)
		}
	}
}

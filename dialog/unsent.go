package dialog

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"zoufang/casework"
)

// unsentBoard is the name of the card that reminds of forms left open.
const unsentBoard = "unsent"

const (
	// staleAfter is how long a form rests before its owner is reminded.
	staleAfter = 2 * time.Hour
	// perUnsent is how many forms a reminder names.
	perUnsent = 8
)

// openForms gives the owners of drafts, and when each touched one last before the
// instant.
func openForms(v View, until time.Time) map[casework.StaffID]time.Time {
	newest := map[casework.StaffID]time.Time{}
	for d := range v.AllDrafts() {
		if !d.Touched.After(until) && !d.Touched.Before(newest[d.Owner]) {
			newest[d.Owner] = d.Touched
		}
	}
	return newest
}

// staleSubjects are those who left a form for two hours and were not reminded of it.
func staleSubjects(_ *Dialog, v View, tick Tick) []Subject {
	newest := openForms(v, tick.Now.Add(-staleAfter))
	var out []Subject
	for _, id := range slices.Sorted(maps.Keys(newest)) {
		s, ok := v.Staff(id)
		if ok && s.Binding == casework.Bound && newest[id].After(remindedAt(v, s)) {
			out = append(out, Subject{Staff: id, From: newest[id]})
		}
	}
	return out
}

// remindedAt is when the person was last reminded of forms left open.
func remindedAt(v View, s casework.Staff) time.Time {
	card, ok := v.Live(ChatID(s.User), unsentBoard)
	if !ok || card.At.Screen != unsentScreen {
		return time.Time{}
	}
	return card.At.To
}

func staleOnce(s Subject) string { return fmt.Sprintf("%d:%d", s.Staff, s.From.Unix()) }

// remindOfStale reminds of every open form, unless the one that was left was taken
// up again.
func (t *turn) remindOfStale() {
	if at := openForms(t.v, t.in.Reached.Add(-staleAfter))[t.staff.ID]; at.Equal(t.in.Subject.From) {
		t.remindOfUnsent()
	}
}

// unsentSubjects are all who have a form open at the end of the working day.
func unsentSubjects(d *Dialog, v View, tick Tick) []Subject {
	day := casework.DateOf(tick.Nominal, d.zone)
	if day != casework.DateOf(tick.Now, d.zone) || !casework.IsWorkday(v, day) {
		return nil
	}
	var out []Subject
	for _, id := range slices.Sorted(maps.Keys(openForms(v, tick.Now))) {
		if s, ok := v.Staff(id); ok && s.Binding == casework.Bound {
			out = append(out, Subject{Staff: id})
		}
	}
	return out
}

func (t *turn) remindOfUnsent() {
	if len(t.drafts()) > 0 {
		t.showBoard(Place{Screen: unsentScreen, To: t.in.Reached}, false, true)
	}
}

// drawUnsent lists the person's open forms, each one tap away.
func (t *turn) drawUnsent(f *face, _ Place) bool {
	drafts := t.drafts()
	if len(drafts) == 0 {
		return false
	}
	f.title(t.w.say("unsent.title", "Count", len(drafts)))
	f.line(t.w.say("unsent.how"))
	for _, d := range drafts[:min(len(drafts), perUnsent)] {
		f.row(t.resumeButton(d))
	}
	f.row(choice{t.w.say("button.all_drafts"), Plain, to(Place{Screen: draftsScreen})})
	return true
}

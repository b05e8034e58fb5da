package dialog

import (
	"fmt"
	"slices"
	"time"

	"zoufang/casework"
)

// agendaSubjects are those who have something to do today. Only the day's own
// agenda is ever sent: what was missed is on it as well.
func agendaSubjects(d *Dialog, v View, tick Tick) []Subject {
	today := casework.DateOf(tick.Now, d.zone)
	if today != casework.DateOf(tick.Nominal, d.zone) || !casework.IsWorkday(v, today) {
		return nil
	}
	var people []casework.StaffID
	for x := range v.TargetsDue(today) {
		if casework.DueOf(x, today).Pressing() {
			people = append(people, casework.InCharge(v, x, today))
		}
	}
	contacts := slices.Clone(people)
	people = append(people, busy(v, today)...)
	slices.Sort(people)
	var out []Subject
	for _, id := range slices.Compact(people) {
		s, ok := v.Staff(id)
		if !ok || s.Binding != casework.Bound {
			continue
		}
		if slices.Contains(contacts, id) || d.hasDuty(v, s, today, tick.Now) {
			out = append(out, Subject{Staff: id})
		}
	}
	return out
}

// hasDuty reports whether something that the person has to do is due.
func (d *Dialog) hasDuty(v View, s casework.Staff, today casework.Date, now time.Time) bool {
	all := casework.Duties(v, s, casework.Moment{Today: today, At: now}, d.zone)
	return slices.ContainsFunc(all, func(duty casework.Duty) bool { return duty.Pressing(today) })
}

// morning sends the person of the turn their agenda, if there still is anything
// on it. Who has nobody to contact, and other work that is due, gets that instead: it
// is one message either way.
func (t *turn) morning() {
	at := t.todaysAgenda()
	switch {
	case t.staff.ID == 0:
		return
	case len(casework.Agenda(t.v, t.staff.ID, t.today, t.in.Reached)) > 0:
	case len(t.dueNow(t.duties())) > 0:
		at = Place{Screen: todoScreen, Day: t.today}
	default:
		return
	}
	if t.late() {
		at.Query = lateAgenda
	}
	t.showBoard(at, false, true)
}

// snoozeSubjects are the reminders whose time has come. Those of another day are
// left to the morning's agenda.
func snoozeSubjects(d *Dialog, v View, tick Tick) []Subject {
	today := casework.DateOf(tick.Now, d.zone)
	var out []Subject
	for x := range v.TargetsDue(today) {
		if !isAwake(x, today, d.zone, tick.Now) {
			continue
		}
		s, ok := v.Staff(casework.InCharge(v, x, today))
		if ok && s.Binding == casework.Bound {
			out = append(out, Subject{Staff: s.ID, Target: x.ID, From: x.Snooze.Until})
		}
	}
	return out
}

// isAwake reports whether the target's reminder was put off until an hour of this
// day that has come, and is still of use.
func isAwake(x casework.Target, today casework.Date, zone *time.Location, now time.Time) bool {
	return x.Snooze != nil && casework.DueOf(x, today).Pressing() && !x.Snooze.Until.After(now) &&
		x.Snooze.Until.After(startOf(today, zone))
}

// startOf is the first instant of the day.
func startOf(d casework.Date, zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
}

func snoozeOnce(s Subject) string { return fmt.Sprintf("%d:%d", s.Target, s.From.Unix()) }

// wake brings a reminder back that was put off: the agenda, with the target in hand.
func (t *turn) wake() {
	x, ok := t.seen(t.in.Subject.Target)
	if !ok || !isAwake(x, t.today, t.d.zone, t.in.Reached) || !x.Snooze.Until.Equal(t.in.Subject.From) {
		return
	}
	at := t.todaysAgenda()
	at.Target, at.Query = x.ID, snoozeIsOver
	t.showBoard(at, false, true)
}

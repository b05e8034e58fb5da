package casework

// Due says how a target stands on a day. It is the one definition of "due" and
// "overdue": cards, agendas, digests and ledgers ask it.
type Due struct {
	Contact Contact
	State   DueState
	// Late is by how many days it is overdue; zero unless Overdue.
	Late int
}

// DueState says how near the next contact is.
type DueState string

// The states, from calm to pressing.
const (
	// Silent: paused, not in use, or nothing booked.
	Silent DueState = "silent"
	// Later: not due yet.
	Later DueState = "later"
	// Soon: due within two days.
	Soon DueState = "soon"
	// DueToday: due on the day.
	DueToday DueState = "today"
	// Overdue: the day has passed.
	Overdue DueState = "overdue"
)

// soonDays is how many days ahead a contact is announced.
const soonDays = 2

// Pressing reports whether the contact should be made today.
func (d Due) Pressing() bool { return d.State == DueToday || d.State == Overdue }

// DueOf says how the target stands on the day. A pause is over on the day it
// lasts until.
func DueOf(x Target, today Date) Due {
	next := x.Next
	if next.On.IsZero() || !x.InUse() || x.Pause != nil && x.Pause.in(today) {
		return Due{State: Silent}
	}
	switch ahead := next.On.DaysSince(today); {
	case ahead < 0:
		return Due{Contact: next, State: Overdue, Late: -ahead}
	case ahead == 0:
		return Due{Contact: next, State: DueToday}
	case ahead <= soonDays:
		return Due{Contact: next, State: Soon}
	}
	return Due{Contact: next, State: Later}
}

// in reports whether the pause is in force on the day.
func (p Pause) in(day Date) bool { return p.Until.IsZero() || day.Before(p.Until) }

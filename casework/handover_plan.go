package casework

import "slices"

// Holdings is what is left on a person.
type Holdings struct {
	Targets  []Pairing // active pairings of any role
	Problems []Problem // open ones owned
}

// Empty reports whether nothing is left.
func (h Holdings) Empty() bool { return len(h.Targets) == 0 && len(h.Problems) == 0 }

// HoldingsOf is what is left on the person. Targets that are not in use any more
// are included: one that is taken up again must not find its person gone.
func HoldingsOf(r Records, who StaffID) Holdings {
	open := slices.DeleteFunc(r.ProblemsOfStaff(who), func(p Problem) bool { return !p.Status.Open() })
	return Holdings{Targets: r.PairingsOfStaff(who), Problems: open}
}

// MaySuspend reports whether nobody would be forgotten if the person lost their
// rights: nothing is left on them, and they stand in for nobody, now or later.
func MaySuspend(r Records, who StaffID) bool {
	standsIn := slices.ContainsFunc(r.HandoversOf(who), func(h Handover) bool {
		return h.Kind == Leave && h.Taker == who && h.open()
	})
	return !standsIn && HoldingsOf(r, who).Empty()
}

// open reports whether the handover was neither refused nor taken back, nor is
// over.
func (h Handover) open() bool { return h.State == Proposed || h.State == Accepted }

// HandoverRefusal is why a handover cannot be. Empty: it can.
type HandoverRefusal string

// The refusals. The words for them are found by name: never rename.
const (
	// SamePerson: the giver and the taker are one.
	SamePerson HandoverRefusal = "same_person"
	// TakerNotBound: the taker has no account or no rights.
	TakerNotBound HandoverRefusal = "not_bound"
	// TakerOnLeave: the taker is away in those days.
	TakerOnLeave HandoverRefusal = "on_leave"
	// LeaveOverlaps: the giver has another leave in those days.
	LeaveOverlaps HandoverRefusal = "overlap"
	// NothingToMove: the giver has nothing of what is named.
	NothingToMove HandoverRefusal = "nothing"
	// WrongDates: the leave has no days, or they are over.
	WrongDates HandoverRefusal = "dates"
)

// CheckHandover says why h cannot be proposed or accepted on the day. It is
// asked before both, since people and their work change in between. A leave may
// have nothing to move: a leader's work is more than targets.
func CheckHandover(r Records, h Handover, today Date) HandoverRefusal {
	if h.Giver == h.Taker {
		return SamePerson
	}
	if s, ok := r.Staff(h.Taker); !ok || s.Binding != Bound {
		return TakerNotBound
	}
	if h.Kind == Leave {
		return checkLeave(r, h, today)
	}
	if OnLeave(r, h.Taker, today) {
		return TakerOnLeave
	}
	if moving(r, h).Empty() {
		return NothingToMove
	}
	return ""
}

func checkLeave(r Records, h Handover, today Date) HandoverRefusal {
	if h.From.IsZero() || h.Until.Before(h.From) || h.Until.Before(today) {
		return WrongDates
	}
	meets := func(o Handover) bool {
		return o.ID != h.ID && o.Kind == Leave && o.open() && !o.Until.Before(h.From) && !o.From.After(h.Until)
	}
	for _, o := range r.HandoversOf(h.Taker) {
		if o.Giver == h.Taker && o.State == Accepted && meets(o) {
			return TakerOnLeave
		}
	}
	for _, o := range r.HandoversOf(h.Giver) {
		if o.Giver == h.Giver && meets(o) {
			return LeaveOverlaps
		}
	}
	return ""
}

package casework

import (
	"slices"
	"time"
)

// moving is what h moves, of what the giver has now. For a transfer that is the
// targets named, with the giver's open problems there, and the problems named.
func moving(r Records, h Handover) Holdings {
	all := HoldingsOf(r, h.Giver)
	if h.Kind != Transfer {
		return all
	}
	all.Targets = slices.DeleteFunc(all.Targets, func(p Pairing) bool { return !slices.Contains(h.TargetIDs, p.TargetID) })
	all.Problems = slices.DeleteFunc(all.Problems, func(p Problem) bool {
		return !slices.Contains(h.TargetIDs, p.TargetID) && !slices.Contains(h.ProblemIDs, p.ID)
	})
	return all
}

// AcceptHandover says what follows when the taker agrees to h on the day, nothing
// if it waits for no answer. During a leave nothing changes hands: [Acting] says
// who does the work. Else the targets and problems become the taker's; one that
// was tied to a target before keeps the higher role.
func AcceptHandover(r Records, h Handover, _ time.Time, today Date) []Fact {
	if h.State != Proposed {
		return nil
	}
	what := moving(r, h)
	moved := HandoverMoved{HandoverID: h.ID, To: Accepted}
	var facts []Fact
	for _, p := range what.Targets {
		moved.TargetIDs = append(moved.TargetIDs, p.TargetID)
		moved.Roles = append(moved.Roles, p.Role)
		facts = append(facts, PairingEnded{TargetID: p.TargetID, StaffID: p.StaffID})
		taken := Pairing{TargetID: p.TargetID, StaffID: h.Taker, Role: p.Role, From: today, Reason: h.Kind.reason()}
		if old, ok := pairingOf(r, p.TargetID, h.Taker); ok {
			if old.Role == Primary || p.Role != Primary {
				continue
			}
			// What it was before stays to be read, so that it can be undone.
			taken.From, taken.Reason = old.From, old.Reason
		}
		facts = append(facts, PairingMade{Pairing: taken})
	}
	for _, p := range what.Problems {
		moved.ProblemIDs = append(moved.ProblemIDs, p.ID)
		facts = append(facts, ProblemAssigned{ProblemID: p.ID, OwnerID: h.Taker})
	}
	if h.Kind == Leave {
		return []Fact{moved}
	}
	return append([]Fact{moved}, facts...)
}

// pairingOf is how the person is tied to the target.
func pairingOf(r Records, x TargetID, who StaffID) (Pairing, bool) {
	all := r.PairingsOfTarget(x)
	i := slices.IndexFunc(all, func(p Pairing) bool { return p.StaffID == who })
	if i < 0 {
		return Pairing{}, false
	}
	return all[i], true
}

// UndoHandover says what takes h back; nil if it cannot be undone any more. What
// has changed hands again since then stays where it is.
func UndoHandover(r Records, h Handover, at time.Time, today Date) []Fact {
	giver, ok := r.Staff(h.Giver)
	if !ok || giver.Binding == Suspended || h.State != Accepted || at.Sub(h.AcceptedAt) > UndoFor {
		return nil
	}
	undone := HandoverMoved{HandoverID: h.ID, To: Undone}
	if h.Kind == Leave {
		return []Fact{undone}
	}
	var facts []Fact
	for i := range min(len(h.TargetIDs), len(h.Roles)) {
		facts = append(facts, giveBack(r, h, h.TargetIDs[i], h.Roles[i], today)...)
	}
	for _, id := range h.ProblemIDs {
		if p, ok := r.Problem(id); ok && p.OwnerID == h.Taker && p.Status.Open() {
			facts = append(facts, ProblemAssigned{ProblemID: id, OwnerID: h.Giver})
		}
	}
	return append([]Fact{undone}, facts...)
}

// giveBack says how the target returns to the giver, if it is still the taker's
// in the role that moved.
func giveBack(r Records, h Handover, id TargetID, role PairingRole, today Date) []Fact {
	taken, ok := pairingOf(r, id, h.Taker)
	if !ok || role == Primary && taken.Role != Primary {
		return nil
	}
	back := PairingMade{Pairing: Pairing{TargetID: id, StaffID: h.Giver, Role: role, From: today, Reason: undoneReason}}
	if now, ok := pairingOf(r, id, h.Giver); ok {
		if role != Primary {
			return nil // somebody tied the giver to it again
		}
		back.Pairing.From, back.Pairing.Reason = now.From, now.Reason
	}
	// One that the handover made is of yesterday at the earliest. Any other was
	// there before, and was raised at most.
	made := taken.Reason == h.Kind.reason() && !taken.From.Before(today.AddDays(-1))
	switch {
	case made:
		return []Fact{PairingEnded{TargetID: id, StaffID: h.Taker}, back}
	case role == Primary:
		taken.Role = Assist
		return []Fact{PairingMade{Pairing: taken}, back}
	}
	return []Fact{back}
}

// undoneReason is what a pairing says that an undone handover gave back.
const undoneReason = "撤销交接"

// reason is what a pairing says that a handover of the kind made: the office reads
// it in the roster.
func (k HandoverKind) reason() string {
	if k == Departure {
		return "离岗交接"
	}
	return "调整交接"
}

// LeavesOver gives the leaves in force whose last day is past: they are to be
// returned, by [HandoverMoved] to [Returned].
func LeavesOver(r Records, today Date) []Handover {
	var over []Handover
	for h := range r.AllHandovers() {
		if h.Kind == Leave && h.State == Accepted && h.Until.Before(today) {
			over = append(over, h)
		}
	}
	return over
}

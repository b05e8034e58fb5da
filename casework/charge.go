package casework

import "slices"

// maxStandIns is how many stand-ins are followed when one is on leave, too.
const maxStandIns = 3

// InCharge is who has to see to the target on the day: its primary person, or
// who stands in for them; the leader of the group if it has none, or one whose
// rights are taken. Zero: nobody.
func InCharge(r Records, x Target, day Date) StaffID {
	return Acting(r, owner(r, x), day)
}

// owner is who answers for the target, on leave or not.
func owner(r Records, x Target) StaffID {
	for _, p := range r.PairingsOfTarget(x.ID) {
		if p.Role == Primary && works(r, p.StaffID) {
			return p.StaffID
		}
	}
	if g, ok := r.Group(x.GroupID); ok && works(r, g.LeaderID) {
		return g.LeaderID
	}
	return 0
}

// works reports whether the person is on the roster and has rights.
func works(r Records, who StaffID) bool {
	s, ok := r.Staff(who)
	return ok && s.Binding != Suspended
}

// Acting is who does the person's work on the day: the person, or during a leave
// the stand-in. A stand-in on leave hands on to their own, three times at most.
// Nobody acts who is suspended or has left.
func Acting(r Records, who StaffID, day Date) StaffID {
	chain := []StaffID{who}
	for range maxStandIns {
		next := standIn(r, who, day)
		if next == 0 || slices.Contains(chain, next) {
			break
		}
		who = next
		chain = append(chain, next)
	}
	return who
}

// standIn is who stands in for the person on the day, by the newest leave; zero
// if nobody does.
func standIn(r Records, who StaffID, day Date) StaffID {
	for _, h := range slices.Backward(r.HandoversOf(who)) {
		if h.Giver == who && h.Covers(day) && works(r, h.Taker) && !leftSince(r, h, day) {
			return h.Taker
		}
	}
	return 0
}

// leftSince reports whether the stand-in has left after agreeing to the leave h.
func leftSince(r Records, h Handover, day Date) bool {
	return slices.ContainsFunc(r.HandoversOf(h.Taker), func(o Handover) bool {
		return o.Kind == Departure && o.State == Accepted && o.Giver == h.Taker &&
			!o.From.After(day) && o.AcceptedAt.After(h.AcceptedAt)
	})
}

// OnLeave reports whether somebody stands in for the person on the day.
func OnLeave(r Records, who StaffID, day Date) bool { return Acting(r, who, day) != who }

// Charges are the targets that the person has to see to on the day, those of
// people stood in for included, in no order. Somebody on leave has none.
func Charges(r Records, who StaffID, day Date) []Target {
	var out []Target
	for _, p := range givers(r, who, day) {
		if Acting(r, p, day) == who {
			out = append(out, held(r, p)...)
		}
	}
	return out
}

// givers are the person, and all whose work could come to them on the day.
func givers(r Records, who StaffID, day Date) []StaffID {
	all := []StaffID{who}
	level := all
	for range maxStandIns {
		var next []StaffID
		for _, p := range level {
			for _, h := range r.HandoversOf(p) {
				if h.Taker == p && h.Covers(day) && !slices.Contains(all, h.Giver) {
					all = append(all, h.Giver)
					next = append(next, h.Giver)
				}
			}
		}
		level = next
	}
	return all
}

// held are the targets in use that the person answers for, as [owner] says.
func held(r Records, who StaffID) []Target {
	s, ok := r.Staff(who)
	if !ok || s.Binding == Suspended {
		return nil
	}
	var out []Target
	for _, p := range r.PairingsOfStaff(who) {
		if p.Role != Primary { // of those a target has at most one
			continue
		}
		if x, ok := r.Target(p.TargetID); ok && x.InUse() {
			out = append(out, x)
		}
	}
	// A leader, who is a member of the group, has what nobody else answers for.
	for _, id := range s.Groups {
		if g, ok := r.Group(id); !ok || g.LeaderID != who {
			continue
		}
		for x := range r.TargetsOfGroup(id) {
			mine := slices.ContainsFunc(out, func(o Target) bool { return o.ID == x.ID })
			if !mine && x.InUse() && owner(r, x) == who {
				out = append(out, x)
			}
		}
	}
	return out
}

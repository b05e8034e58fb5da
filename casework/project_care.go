package casework

import (
	"fmt"
	"slices"
)

// projectCare folds what is decided about the contacts with a target.
func projectCare(t Tables, e Event) error {
	switch f := e.Fact.(type) {
	case RhythmSet:
		return changeTarget(t, f.TargetID, func(x *Target) { x.Rhythm = f.Rhythm })
	case ContactBooked:
		return projectBooking(t, f)
	case ContactPaused:
		return changeTarget(t, f.TargetID, func(x *Target) { x.Pause = &f.Pause })
	case ContactResumed:
		return changeTarget(t, f.TargetID, func(x *Target) { resume(x, e.day()) })
	case ChangeNoted:
		return changeTarget(t, f.TargetID, func(x *Target) { x.ChangedOn, x.Change = e.day(), f.Change })
	case ReminderSnoozed:
		return changeTarget(t, f.TargetID, func(x *Target) { x.Snooze = &f.Snooze })
	case MissPassed:
		return changeMiss(t, f.TargetID, f.DueOn, func(m *Miss) { m.Rung, m.At = f.Rung, e.ReachedAt })
	case MissSeen:
		return changeMiss(t, f.TargetID, f.DueOn, func(m *Miss) { m.see(e.By) })
	case MissSilenced:
		return changeMiss(t, f.TargetID, f.DueOn, func(m *Miss) { m.Silenced, m.SilencedBy = e.Reason, e.By })
	case DutyPassed:
		projectPassed(t, f)
		return nil
	case PhoneShown:
		t.PutLook(Look{ID: LookID(e.Seq), At: e.ReachedAt, On: e.day(), By: e.By, What: LookedAtPhone, TargetID: f.TargetID, Reason: e.Reason})
	case VillageTold, DowntimeNoted: // kept in the ledger alone
	default:
		return projectOffice(t, e)
	}
	return nil
}

// projectOffice folds what is decided about days, hands and the clock.
func projectOffice(t Tables, e Event) error {
	switch f := e.Fact.(type) {
	case WorkdaySet:
		projectWorkday(t, f.Workday)
	case HandoverProposed:
		t.PutHandover(f.Handover)
	case HandoverMoved:
		return projectHandover(t, f, e)
	case SendingHeld:
		t.PutHold(f.Hold)
	case SendingReleased:
		t.PutHold(Hold{})
	default:
		return projectTask(t, e)
	}
	return nil
}

// targetIn is the target, which must be there.
func targetIn(t Tables, id TargetID) (Target, error) {
	x, ok := t.Target(id)
	if !ok {
		return x, fmt.Errorf("target %d is not there", id)
	}
	return x, nil
}

// changeTarget is [renew] for a target that must be there.
func changeTarget(t Tables, id TargetID, change func(*Target)) error {
	x, err := targetIn(t, id)
	if err != nil {
		return err
	}
	change(&x)
	refresh(t, x)
	return nil
}

// projectBooking takes the contact as it is booked, whatever would be planned.
func projectBooking(t Tables, f ContactBooked) error {
	x, err := targetIn(t, f.TargetID)
	if err != nil {
		return err
	}
	x.Next = f.Contact
	book(t, x)
	return nil
}

// resume ends a pause. A target that was never contacted is waited for from the
// day, as if it had come to the roster on it.
func resume(x *Target, day Date) {
	x.Pause = nil
	if x.LastContactOn().IsZero() {
		x.Since = day
	}
}

// changeMiss changes what is known of the missed contact of that day. Another
// one may have been booked while somebody looked at a message about it: then
// there is nothing left to change.
func changeMiss(t Tables, id TargetID, due Date, change func(*Miss)) error {
	x, err := targetIn(t, id)
	if err != nil {
		return err
	}
	if x.Next.On != due || due.IsZero() {
		return nil
	}
	x.Miss.DueOn = due
	change(&x.Miss)
	t.PutTarget(x)
	return nil
}

func (m *Miss) see(who StaffID) {
	if !slices.Contains(m.SeenBy, who) {
		m.SeenBy = append(slices.Clone(m.SeenBy), who)
	}
}

// longestBreak is by how many days a contact can be moved off holidays.
const longestBreak = 31

// projectWorkday books anew what stands on a day that is off, and what was
// moved over a day that is worked.
func projectWorkday(t Tables, w Workday) {
	t.PutWorkday(w)
	for _, x := range slices.Collect(t.TargetsDue(w.On.AddDays(longestBreak))) {
		next := x.Next
		over := next.Moved == OffHoliday && !next.Wanted.After(w.On) && next.On.After(w.On)
		if over && w.Work || next.On == w.On && !w.Work {
			x.Next = Contact{}
			refresh(t, x)
		}
	}
}

func projectHandover(t Tables, f HandoverMoved, e Event) error {
	h, ok := t.Handover(f.HandoverID)
	switch {
	case !ok:
		return fmt.Errorf("handover %d is not there", f.HandoverID)
	case !h.State.leadsTo(f.To):
		return fmt.Errorf("handover %d is %s and cannot become %s", h.ID, h.State, f.To)
	}
	h.State = f.To
	if f.To == Accepted {
		h.AcceptedAt = e.ReachedAt
		h.TargetIDs, h.Roles, h.ProblemIDs = f.TargetIDs, f.Roles, f.ProblemIDs
	}
	t.PutHandover(h)
	return nil
}

// leadsTo reports whether a handover can go from one state to the other.
func (s HandoverState) leadsTo(to HandoverState) bool {
	switch s {
	case Proposed:
		return to == Accepted || to == Declined || to == Undone
	case Accepted:
		return to == Undone || to == Returned
	case Declined, Undone, Returned:
	}
	return false
}

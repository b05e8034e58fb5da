package dialog

import (
	"cmp"
	"slices"
	"time"

	"zoufang/casework"
)

// passDrafts gives every draft of the giver, and every one that was lent, to who has
// to finish it by now. Who that is follows from the handovers alone, so that undoing
// or ending one brings its drafts back. A correction stays: nobody else may correct
// the person's records.
func (t *turn) passDrafts(giver casework.StaffID) {
	for d := range t.v.AllDrafts() {
		if d.Correcting != 0 || d.LentBy == 0 && d.Owner != giver {
			continue
		}
		home := cmp.Or(d.LentBy, d.Owner)
		holder := t.holder(home, &d)
		if holder == d.Owner {
			continue
		}
		d.Owner, d.LentBy = holder, home
		if holder == home {
			d.LentBy = 0
		}
		t.out.Drafts = append(t.out.Drafts, d)
	}
}

// openForms counts the person's drafts that somebody else could finish.
func (t *turn) openForms(who casework.StaffID) int {
	n := 0
	for _, d := range t.v.DraftsOf(who) {
		if d.Correcting == 0 {
			n++
		}
	}
	return n
}

// refused is why a handover cannot be; empty if it can. Somebody who leaves with
// nothing but drafts still has those to hand over.
func (t *turn) refused(h casework.Handover) casework.HandoverRefusal {
	why := casework.CheckHandover(t.v, h, t.today)
	if why == casework.NothingToMove && h.Kind == casework.Departure && t.openForms(h.Giver) > 0 {
		return ""
	}
	return why
}

// holder is who has to finish the draft that home began: who has the work for good,
// or stands in for them today.
func (t *turn) holder(home casework.StaffID, d *Draft) casework.StaffID {
	since := d.Begun
	for {
		h, ok := t.givenAfter(home, since, d.TargetID)
		if !ok {
			return casework.Acting(t.v, home, t.today)
		}
		home, since = h.Taker, h.AcceptedAt
	}
}

// givenAfter is the first handover for good after the instant by which the person
// gave the work on the target away.
func (t *turn) givenAfter(who casework.StaffID, since time.Time, x casework.TargetID) (first casework.Handover, found bool) {
	for _, h := range t.v.HandoversOf(who) {
		if h.Giver != who || h.State != casework.Accepted || h.Kind == casework.Leave || !h.AcceptedAt.After(since) ||
			h.Kind == casework.Transfer && !slices.Contains(h.TargetIDs, x) {
			continue
		}
		if !found || h.AcceptedAt.Before(first.AcceptedAt) {
			first, found = h, true
		}
	}
	return first, found
}

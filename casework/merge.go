package casework

import (
	"cmp"
	"fmt"
	"slices"
)

// JoinTargets gives the fact that makes two records of one target into one: what hangs
// on from goes over to into, and from is kept as merged. s needs [MergeTargets] for
// both. It refuses with [NotFound], [NotYours], [NoChange] (the same record twice),
// [NeedsOther] (they are of different kinds) or [NotNow] (one is not in use any more).
func JoinTargets(r Records, s Staff, from, into TargetID, m Moment) ([]Fact, Refusal) {
	x, ok := r.Target(from)
	y, also := r.Target(into)
	switch {
	case !ok || !also:
		return nil, NotFound
	case !May(r, s, MergeTargets, Subject{Target: x, Today: m.Today}) || !May(r, s, MergeTargets, Subject{Target: y, Today: m.Today}):
		return nil, NotYours
	case from == into:
		return nil, NoChange
	case x.Kind != y.Kind:
		return nil, NeedsOther
	case !x.InUse() || !y.InUse():
		return nil, NotNow
	}
	return []Fact{TargetsMerged{From: from, Into: into}}, ""
}

// projectMerger folds [TargetsMerged].
func projectMerger(t Tables, f TargetsMerged) error {
	from, err := targetIn(t, f.From)
	if err != nil {
		return err
	}
	into, err := targetIn(t, f.Into)
	switch {
	case err != nil:
		return err
	case from.ID == into.ID || from.Kind != into.Kind:
		return fmt.Errorf("targets %d and %d cannot be one", from.ID, into.ID)
	}
	moveContacts(t, from.ID, into.ID)
	moveWork(t, from.ID, into.ID)
	movePairings(t, from.ID, into.ID)
	movePlans(t, from.ID, into.ID)
	moveHandovers(t, from.ID, into.ID)
	for _, x := range slices.Collect(t.AllTargets()) {
		if x.MergedInto == from.ID {
			x.MergedInto = into.ID
			t.PutTarget(x)
		}
	}
	joinHistory(&into.History, from.History)
	from.History = History{Since: from.Since, MergedInto: into.ID, Synced: from.Synced}
	from.Status = Merged
	refresh(t, from)
	refresh(t, into)
	return nil
}

// moveContacts gives the visits and calls to the other target. They come in portions,
// and what was moved does not come again.
func moveContacts(t Tables, from, into TargetID) {
	for {
		list := t.VisitsOfTarget(from, maxVisits)
		if len(list) == 0 {
			break
		}
		for _, v := range list {
			v.TargetID = into
			t.PutVisit(v)
		}
	}
	for {
		list := t.CallsOfTarget(from, maxCalls)
		if len(list) == 0 {
			return
		}
		for _, c := range list {
			c.TargetID = into
			t.PutCall(c)
		}
	}
}

// moveWork gives problems, task books, trademarks and their matters to the other target.
func moveWork(t Tables, from, into TargetID) {
	for _, p := range t.ProblemsOfTarget(from) {
		p.TargetID = into
		t.PutProblem(p)
	}
	for _, b := range slices.Collect(t.AllTaskBooks()) {
		if b.TargetID == from {
			b.TargetID = into
			t.PutTaskBook(b)
		}
	}
	for _, m := range t.TrademarksOfFirm(from) {
		m.FirmID = into
		t.PutTrademark(m)
	}
	for _, m := range t.MattersOfFirm(from) {
		m.FirmID = into
		t.PutMatter(m)
	}
}

// movePairings adds those who had the one target to those who have the other, which
// keeps who is responsible for it.
func movePairings(t Tables, from, into TargetID) {
	there := t.PairingsOfTarget(into)
	led := slices.ContainsFunc(there, func(p Pairing) bool { return p.Role == Primary })
	for _, p := range t.PairingsOfTarget(from) {
		t.DropPairing(from, p.StaffID)
		p.TargetID = into
		if led {
			p.Role = Assist
		}
		i := slices.IndexFunc(there, func(o Pairing) bool { return o.StaffID == p.StaffID })
		switch {
		case i < 0:
			t.PutPairing(p)
		case p.Role == Primary:
			there[i].Role = Primary
			t.PutPairing(there[i])
		}
	}
}

// movePlans plans the other target in the rounds in which it is not planned yet.
func movePlans(t Tables, from, into TargetID) {
	for _, x := range t.Rounds() {
		plans := slices.Collect(t.PlanOf(x.ID))
		for _, p := range plans {
			if p.TargetID != from {
				continue
			}
			t.DropRoundPlan(p.RoundID, from)
			if !slices.ContainsFunc(plans, func(o RoundPlan) bool { return o.TargetID == into }) {
				p.TargetID = into
				t.PutRoundPlan(p)
			}
		}
	}
}

// moveHandovers names the other target in what is handed over, so that it can still be
// agreed to or undone.
func moveHandovers(t Tables, from, into TargetID) {
	for _, h := range slices.Collect(t.AllHandovers()) {
		i := slices.Index(h.TargetIDs, from)
		if i < 0 || slices.Contains(h.TargetIDs, into) {
			continue
		}
		h.TargetIDs = slices.Clone(h.TargetIDs)
		h.TargetIDs[i] = into
		t.PutHandover(h)
	}
}

// joinHistory adds what the ledger tells of another record of the same target, and no
// visit or call does.
func joinHistory(h *History, o History) {
	if !o.Since.IsZero() && (h.Since.IsZero() || o.Since.Before(h.Since)) {
		h.Since = o.Since
	}
	if o.ChangedOn.After(h.ChangedOn) && o.ChangedOn.After(h.LastVisitOn) {
		h.ChangedOn, h.Change = o.ChangedOn, o.Change
	}
	h.Given = append(slices.Clone(h.Given), o.Given...)
	slices.SortStableFunc(h.Given, func(a, b Given) int { return a.On.Compare(b.On) })
	h.Explained = append(slices.Clone(h.Explained), o.Explained...)
	slices.SortStableFunc(h.Explained, func(a, b Explained) int { return a.On.Compare(b.On) })
	h.Explained = h.Explained[max(0, len(h.Explained)-maxExplained):]
	h.Rhythm = cmp.Or(h.Rhythm, o.Rhythm)
}

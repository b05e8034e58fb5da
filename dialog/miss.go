package dialog

import (
	"cmp"
	"maps"
	"slices"

	"zoufang/casework"
)

// missBoard is the name of the card that tells of what others missed.
const missBoard = "miss"

// missSubjects is one input for everything that is to be passed up now, because one
// missed contact can have several receivers and is passed to a rung once.
func missSubjects(d *Dialog, v View, tick Tick) []Subject {
	if len(casework.Passings(v, d.zone, tick.Now)) == 0 {
		return nil
	}
	return []Subject{{}}
}

// passMisses passes up what is missed: each receiver gets one message about all of
// it. Whoever must not be disturbed gets it when they may be.
func (t *turn) passMisses() {
	told := map[casework.StaffID][]casework.TargetID{}
	rungs := map[casework.StaffID]casework.Rung{}
	for _, p := range casework.Passings(t.v, t.d.zone, t.in.Reached) {
		t.record(casework.MissPassed{TargetID: p.Target.ID, DueOn: p.Target.Next.On, Rung: p.Rung, To: p.To}, t.today, "")
		for _, id := range p.To {
			told[id] = append(told[id], p.Target.ID)
			rungs[id] = max(rungs[id], p.Rung)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(told)) {
		who, ok := t.v.Staff(id)
		if !ok {
			continue
		}
		at := Place{Screen: missScreen, Day: t.today, Rung: rungs[id], Items: told[id]}
		if card, ok := t.live(ChatID(who.User), missBoard); ok && !card.Sent {
			at.Items = t.together(card.At.Items, at.Items) // the older message was not delivered and never will be
		}
		at.Items = t.byUrgency(at.Items)
		t.as(who).showBoard(at, false, true)
	}
}

// together are the targets of both lists, but for the older ones that were contacted
// since.
func (t *turn) together(older, newer []casework.TargetID) []casework.TargetID {
	all := slices.Clone(newer)
	for _, id := range older {
		if x, ok := t.v.Target(id); ok && stillMissed(x, t.today) && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

// byUrgency puts the targets that wait least well first.
func (t *turn) byUrgency(ids []casework.TargetID) []casework.TargetID {
	score := map[casework.TargetID]int{}
	for _, id := range ids {
		if x, ok := t.v.Target(id); ok {
			score[id], _ = casework.Priority(t.v, x, t.today)
		}
	}
	return slices.SortedStableFunc(slices.Values(ids), func(a, b casework.TargetID) int { return cmp.Compare(score[b], score[a]) })
}

// drawMisses tells of contacts that others missed.
func (t *turn) drawMisses(f *face, at Place) bool {
	list := t.listed(at.Items)
	if len(list) == 0 {
		return false
	}
	rung := "leader"
	switch at.Rung {
	case casework.PartnerRung:
		rung = "partner"
	case casework.OfficeRung:
		rung = "office"
	case casework.OwnerRung, casework.LeaderRung:
	}
	f.title(t.w.say("miss.title", "Count", len(list)))
	f.line(t.w.say("miss.why." + rung))
	t.missed(f, at)
	unseen := slices.ContainsFunc(list, func(x casework.Target) bool { return t.unseen(x, at.Day) })
	if unseen && at.Path == "" {
		f.row(choice{t.w.say("button.seen"), Good, Action{Verb: seeMisses}})
	}
	return true
}

// unseen reports whether the contact is missed and the person has not said that
// they know.
func (t *turn) unseen(x casework.Target, day casework.Date) bool {
	return stillMissed(x, day) && x.Miss.DueOn == x.Next.On && !slices.Contains(x.Miss.SeenBy, t.staff.ID)
}

// seeMisses notes that the person has seen everything the board tells of.
func (t *turn) seeMisses(card Card, _ Action) {
	for _, x := range t.listed(card.At.Items) {
		if t.unseen(x, card.At.Day) {
			t.record(casework.MissSeen{TargetID: x.ID, DueOn: x.Next.On}, t.today, "")
		}
	}
	t.toast("miss.noted")
	t.goTo(card.At)
}

// renewMisses draws the boards again that tell of missed contacts of the targets.
func (t *turn) renewMisses(targets []casework.TargetID) {
	if t.in.Job == MissJob {
		return // the boards do not say how far up it is known
	}
	people := map[casework.StaffID]bool{}
	for _, id := range targets {
		before, _ := t.v.view.Target(id)
		x, _ := t.v.Target(id)
		t.renewNudge(x)
		if rung := max(before.Miss.Rung, x.Miss.Rung); rung > casework.OwnerRung {
			t.addTold(people, x, rung)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(people)) {
		who, _ := t.v.Staff(id)
		t.renew(who, missBoard, func(at Place) bool {
			return slices.ContainsFunc(targets, func(x casework.TargetID) bool { return slices.Contains(at.Items, x) })
		})
	}
}

// addTold adds those who may have been told of a contact that was missed up to the
// rung.
func (t *turn) addTold(people map[casework.StaffID]bool, x casework.Target, rung casework.Rung) {
	for _, p := range t.v.PairingsOfTarget(x.ID) {
		people[p.StaffID] = true
	}
	if g, ok := t.v.Group(x.GroupID); ok {
		people[g.LeaderID], people[g.DeputyID] = true, true
	}
	if rung < casework.OfficeRung {
		return
	}
	for s := range t.v.AllStaff() {
		if s.Has(casework.Office) {
			people[s.ID] = true
		}
	}
}

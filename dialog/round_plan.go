package dialog

import (
	"cmp"
	"maps"
	"slices"

	"zoufang/casework"
)

// What the board of a round says in Path: the part that is shown.
const (
	allPart    = "all"    // every group
	closePart  = "close"  // is it meant?
	personPart = "person" // what the person has
	freePart   = "free"   // what nobody has
	targetPart = "target" // who is to visit it?
)

// share is what one person has of a plan.
type share struct {
	who     casework.StaffID
	targets []casework.Target
	visited int
}

// shares are the plan of a round for a group (zero: all), by person: the order of their
// codes.
func (t *turn) shares(r casework.Round, g casework.GroupID) []share {
	all := map[casework.StaffID]*share{}
	for p := range t.v.PlanOf(r.ID) {
		x, ok := t.v.Target(p.TargetID)
		if !ok || g != 0 && x.GroupID != g {
			continue
		}
		if all[p.StaffID] == nil {
			all[p.StaffID] = &share{who: p.StaffID}
		}
		s := all[p.StaffID]
		s.targets = append(s.targets, x)
		if t.metIn(r, x.ID) {
			s.visited++
		}
	}
	var out []share
	for _, s := range all {
		slices.SortFunc(s.targets, func(a, b casework.Target) int { return cmp.Compare(a.Code, b.Code) })
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b share) int { return cmp.Compare(t.staffCode(a.who), t.staffCode(b.who)) })
	return out
}

// perTarget is how many visits of a target are looked through for one in a round.
const perTarget = 50

// metIn reports whether somebody was met at the target within the round.
func (t *turn) metIn(r casework.Round, id casework.TargetID) bool {
	return slices.ContainsFunc(t.v.VisitsOfTarget(id, perTarget), func(v casework.Visit) bool {
		return v.Outcome == casework.Met && r.Covers(v.VisitedOn)
	})
}

// drawPlan shows a round: how far the groups have come, or the plan of one of them.
func (t *turn) drawPlan(f *face, at Place) bool {
	r, ok := t.roundOf(at.Round)
	if !ok || !t.seesRounds() {
		return false
	}
	f.title(t.roundName(r) + " · " + t.roundState(r))
	f.line(t.w.say("round.dates", "From", t.day(r.StartOn), "Until", t.day(r.EndOn)))
	if r.Focus != "" {
		f.line(t.w.say("round.focus", "Focus", r.Focus))
	}
	mine := t.planGroups()
	if at.Path == closePart && t.managesRounds() {
		f.gap()
		f.line(t.w.say("rounds.close_sure"))
		f.row(choice{t.w.say("button.close_round_now"), Danger, Action{Verb: closeRound, Place: Place{Round: r.ID}}})
		f.row(choice{t.w.say("button.go_back"), Plain, to(Place{Screen: planScreen, Round: r.ID})})
		return true
	}
	if at.Group == 0 && len(mine) == 1 && at.Path != allPart {
		at.Group = mine[0].ID
	}
	f.gap()
	if t.plansGroup(at.Group) {
		t.groupPlan(f, at, r)
		return true
	}
	t.planOverview(f, r, mine)
	return true
}

// planOverview says how far the groups have come.
func (t *turn) planOverview(f *face, r casework.Round, mine []casework.Group) {
	lines := casework.PlanProgress(t.v, r.ID)
	if len(lines) == 0 {
		f.line(t.w.say("plan.none"))
	}
	all := casework.Allowed(t.staff, casework.SeeSummary)
	for _, l := range lines {
		if all || t.plansGroup(l.Group.ID) || t.staff.In(l.Group.ID) {
			f.line(t.w.say("plan.group", "Bar", bar(l.Visited, l.Planned), "Group", l.Group.Name, "Visited", l.Visited, "Planned", l.Planned))
		}
	}
	var list []choice
	for _, g := range mine {
		list = append(list, choice{"📋 " + g.Name, Plain, to(Place{Screen: planScreen, Round: r.ID, Group: g.ID})})
	}
	f.grid(list[:min(len(list), maxButtons-10)])
	row := []choice{{t.w.say("button.refresh"), Plain, to(Place{Screen: planScreen, Round: r.ID, Path: allPart})}}
	if casework.Allowed(t.staff, casework.WriteVisit) {
		row = append(row, choice{t.w.say("button.my_plan"), Plain, to(t.myPlanPlace(r, t.staff.ID))})
	}
	f.row(row...)
	if t.managesRounds() && r.ClosedOn.IsZero() {
		row := []choice{{t.w.say("button.edit_round"), Plain, to(Place{Screen: newRoundScreen, Round: r.ID, NewRound: &r})}}
		if !t.today.Before(r.StartOn) {
			row = append(row, choice{t.w.say("button.close_round"), Plain, to(Place{Screen: planScreen, Round: r.ID, Path: closePart})})
		}
		f.row(row...)
	}
}

// groupPlan shows who visits how many in the group, or a part of that.
func (t *turn) groupPlan(f *face, at Place, r casework.Round) {
	list := t.shares(r, at.Group)
	whole := Place{Screen: planScreen, Round: r.ID, Group: at.Group}
	back := choice{t.w.say("button.to_plan"), Plain, to(whole)}
	switch at.Path {
	case personPart:
		i := slices.IndexFunc(list, func(s share) bool { return s.who == at.Staff })
		if i < 0 {
			break
		}
		f.line(t.w.say("plan.person", "Who", t.staffName(at.Staff), "Count", len(list[i].targets), "Visited", list[i].visited))
		t.planTargets(f, at, r, list[i].targets)
		f.row(back)
		return
	case freePart:
		f.line(t.w.say("plan.free"))
		t.planTargets(f, at, r, t.unplanned(r, at.Group))
		f.row(back)
		return
	case targetPart:
		if x, ok := t.v.Target(at.Target); ok && x.GroupID == at.Group && t.plannable(r) {
			t.planTakers(f, at, x)
			f.row(back)
			return
		}
	}
	t.planPeople(f, whole, r, list)
}

// planPeople lists the people of a group's plan, with what can be done about it.
func (t *turn) planPeople(f *face, at Place, r casework.Round, list []share) {
	g, _ := t.v.Group(at.Group)
	planned, visited := 0, 0
	for _, s := range list {
		planned, visited = planned+len(s.targets), visited+s.visited
	}
	f.line(t.w.say("plan.group", "Bar", bar(visited, planned), "Group", g.Name, "Visited", visited, "Planned", planned))
	var people []choice
	for _, s := range list {
		f.line(t.w.say("plan.line", "Bar", bar(s.visited, len(s.targets)), "Who", t.staffName(s.who), "Visited", s.visited, "Planned", len(s.targets)))
		one := at
		one.Path, one.Staff = personPart, s.who
		people = append(people, choice{t.staffName(s.who) + " " + t.w.say("plan.count", "Count", len(s.targets)), Plain, to(one)})
	}
	f.grid(people[:min(len(people), maxButtons-10)])
	if t.plannable(r) {
		t.planButtons(f, at, r)
	}
	row := []choice{{t.w.say("button.refresh"), Plain, to(at)}}
	if len(t.planGroups()) > 1 || casework.Allowed(t.staff, casework.SeeSummary) {
		row = append(row, choice{t.w.say("button.to_round"), Plain, to(Place{Screen: planScreen, Round: r.ID, Path: allPart})})
	}
	f.row(row...)
}

// plannable reports whether the round's plan can be changed.
func (t *turn) plannable(r casework.Round) bool {
	return r.ClosedOn.IsZero() && !t.today.After(r.EndOn)
}

// planButtons offer to plan what is not planned, and to tell those who do not know
// their share.
func (t *turn) planButtons(f *face, at Place, r casework.Round) {
	if n := len(casework.DraftPlan(t.v, r.ID, at.Group, t.today)); n > 0 {
		f.row(choice{t.w.say("button.plan_draft", "Count", n), Primary, Action{Verb: planDraft, Place: at}})
	}
	if n := len(t.unplanned(r, at.Group)); n > 0 {
		free := at
		free.Path = freePart
		f.row(choice{t.w.say("button.plan_free", "Count", n), Plain, to(free)})
	}
	told, mute := t.untold(r, at.Group)
	if len(told) > 0 {
		f.row(choice{t.w.say("button.plan_tell", "Count", len(told)), Good, Action{Verb: planTell, Place: at}})
	}
	if len(mute) > 0 {
		f.line(t.w.say("plan.mute", "Names", t.join(mute)))
	}
}

// unplanned are the targets of the group that nobody is to visit in the round.
func (t *turn) unplanned(r casework.Round, g casework.GroupID) []casework.Target {
	has := map[casework.TargetID]bool{}
	for p := range t.v.PlanOf(r.ID) {
		has[p.TargetID] = true
	}
	var out []casework.Target
	for x := range t.v.TargetsOfGroup(g) {
		if x.InUse() && !has[x.ID] {
			out = append(out, x)
		}
	}
	return out
}

// planTargets lists targets, each leading to the question who is to visit it.
func (t *turn) planTargets(f *face, at Place, r casework.Round, list []casework.Target) {
	shown, page, pages := pageOf(list, at.Page)
	for _, x := range shown {
		mark := ""
		if t.metIn(r, x.ID) {
			mark = "✓ "
		}
		one := Place{Screen: planScreen, Round: r.ID, Group: at.Group, Path: targetPart, Target: x.ID}
		f.row(choice{mark + x.Code + " " + x.DisplayName() + " · " + casework.AreaShort(t.v, x.AreaID), Plain, to(one)})
	}
	f.arrows(at, page, pages)
}

// planTakers ask who of the group is to visit a target.
func (t *turn) planTakers(f *face, at Place, x casework.Target) {
	now := casework.StaffID(0)
	for p := range t.v.PlanOf(at.Round) {
		if p.TargetID == x.ID {
			now = p.StaffID
		}
	}
	f.line(t.w.say("plan.who", "Target", x.Code+" "+x.DisplayName(), "Now", t.staffName(now)))
	visitors := casework.Acts()[casework.WriteVisit]
	all := slices.DeleteFunc(t.v.StaffOfGroup(x.GroupID), func(s casework.Staff) bool {
		return s.ID == now || s.Binding == casework.Suspended || !slices.ContainsFunc(s.Roles, func(role casework.Role) bool {
			return visitors[role] != casework.None
		})
	})
	pages := max(1, (len(all)+perReassign-1)/perReassign)
	page := min(max(0, at.Page), pages-1)
	move := Place{Screen: planScreen, Round: at.Round, Group: at.Group, Target: x.ID}
	var list []choice
	for _, s := range all[page*perReassign : min(len(all), (page+1)*perReassign)] {
		move.Staff = s.ID
		list = append(list, choice{s.Name, Plain, Action{Verb: planMove, Place: move}})
	}
	f.grid(list)
	f.arrows(at, page, pages)
	if now != 0 {
		move.Staff = 0
		f.row(choice{t.w.say("button.plan_off"), Plain, Action{Verb: planMove, Place: move}})
	}
}

// planDraft plans what nobody has yet.
func (t *turn) planDraft(_ Card, a Action) {
	r, ok := t.roundOf(a.Place.Round)
	if !ok || !t.plansGroup(a.Place.Group) {
		t.toast("plan.forbidden")
		return
	}
	if plans := casework.DraftPlan(t.v, r.ID, a.Place.Group, t.today); len(plans) > 0 && t.plan(plans) {
		t.notice = t.w.say("plan.drafted", "Count", len(plans))
	}
	t.goTo(a.Place)
}

// planMove gives a target to somebody else of the group, or to nobody.
func (t *turn) planMove(_ Card, a Action) {
	at := a.Place
	x, ok := t.v.Target(at.Target)
	if !ok || !t.plansGroup(x.GroupID) {
		t.toast("plan.forbidden")
		return
	}
	if t.plan([]casework.RoundPlan{{RoundID: at.Round, TargetID: x.ID, StaffID: at.Staff}}) {
		t.toast("plan.moved")
	}
	t.goTo(Place{Screen: planScreen, Round: at.Round, Group: at.Group})
}

// plan records who visits what, or says why it cannot be.
func (t *turn) plan(plans []casework.RoundPlan) bool {
	fact, why := casework.PlanRound(t.v, t.staff, plans, t.now())
	if why != "" {
		t.notice = t.officeWords("plan.refused", why)
		return false
	}
	t.record(fact, t.today, "")
	return true
}

// untold are the people of the group whose share is not what their own card shows, and
// the names of those who have no account to be told by.
func (t *turn) untold(r casework.Round, g casework.GroupID) (told []casework.Staff, mute []string) {
	people := map[casework.StaffID]bool{}
	for _, s := range t.shares(r, g) {
		people[s.who] = true
	}
	for _, s := range t.v.StaffOfGroup(g) {
		people[s.ID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(people)) {
		s, ok := t.v.Staff(id)
		now := t.myPlanPlace(r, id)
		card, _ := t.live(ChatID(s.User), myPlanBoard(now))
		switch {
		case !ok || slices.Equal(card.At.Items, now.Items) && s.Binding == casework.Bound:
		case s.Binding == casework.Bound:
			told = append(told, s)
		case len(now.Items) > 0:
			mute = append(mute, s.Name)
		}
	}
	return told, mute
}

// planTell tells everybody of the group what is theirs, unless they know.
func (t *turn) planTell(_ Card, a Action) {
	r, ok := t.roundOf(a.Place.Round)
	if !ok || !t.plannable(r) || !t.plansGroup(a.Place.Group) {
		t.toast("plan.forbidden")
		return
	}
	told, _ := t.untold(r, a.Place.Group)
	for _, s := range told {
		o := t.as(s)
		at := t.myPlanPlace(r, s.ID)
		o.showBoard(at, false, s.ID != t.staff.ID)
	}
	t.notice = t.w.say("plan.told", "Count", len(told))
	t.goTo(a.Place)
}

// myPlanPlace is the place of the person's share of a round. The targets in it tell
// whether the card shows what is planned by now.
func (t *turn) myPlanPlace(r casework.Round, who casework.StaffID) Place {
	at := Place{Screen: myPlanScreen, Round: r.ID}
	for p := range t.v.PlanOf(r.ID) {
		if p.StaffID == who {
			at.Items = append(at.Items, p.TargetID)
		}
	}
	return at
}

// maxMyPlan is how many targets the person's own share names.
const maxMyPlan = 30

// drawMyPlan shows the person's share of a round.
func (t *turn) drawMyPlan(f *face, at Place) bool {
	r, ok := t.roundOf(at.Round)
	if !ok {
		return false
	}
	f.title(t.w.say("plan.mine", "Round", t.roundName(r)))
	f.line(t.w.say("round.dates", "From", t.day(r.StartOn), "Until", t.day(r.EndOn)))
	list := t.shares(r, 0)
	i := slices.IndexFunc(list, func(s share) bool { return s.who == t.staff.ID })
	if i < 0 {
		f.line(t.w.say("plan.mine_none"))
		return true
	}
	f.line(t.w.say("plan.mine_count", "Count", len(list[i].targets), "Visited", list[i].visited))
	for k, x := range list[i].targets {
		if k == maxMyPlan {
			f.line("…")
			break
		}
		mark := "○"
		if t.metIn(r, x.ID) {
			mark = "✓"
		}
		f.line(mark + " " + x.Code + " " + x.DisplayName() + " · " + casework.AreaShort(t.v, x.AreaID))
	}
	f.row(choice{t.w.say("button.mine"), Primary, to(Place{Screen: mineScreen})}, choice{t.w.say("button.refresh"), Plain, to(t.myPlanPlace(r, t.staff.ID))})
	return true
}

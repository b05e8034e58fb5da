package dialog

import (
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// mergeScreen joins two records of one target. Of the place, Target is one of them, and
// Items are what was chosen: first the other, then which goes over and which goes on.
// Stored by name: never rename.
const mergeScreen Screen = "merge"

// mergeTargets makes the two one. Stored by name: never rename.
const mergeTargets Verb = "merge"

// mergeRoom is where two records of one target become one.
func mergeRoom() room {
	return room{
		screens:  map[Screen]func(*turn, *face) bool{mergeScreen: (*turn).drawMerge},
		verbs:    map[Verb]func(*turn, Card, Action){mergeTargets: (*turn).mergeTargets},
		texts:    map[Screen]func(*turn, string){mergeScreen: (*turn).mergeTyped},
		commands: map[string]func(*turn){"merge": (*turn).findMerge},
	}
}

// findMerge begins to merge the target with that code.
func (t *turn) findMerge() {
	if !casework.Allowed(t.staff, casework.MergeTargets) {
		t.notice = t.w.say("command.unknown")
		t.draw()
		return
	}
	x, ok := t.mergeable(t.in.Args)
	switch {
	case !ok:
		t.notice = t.w.say("merge.which")
		t.draw()
	case x.Status == casework.Merged:
		t.goTo(Place{Screen: targetScreen, Target: x.ID})
	default:
		t.goTo(Place{Screen: mergeScreen, Target: x.ID})
	}
}

// mergeable is the target with the code, if the person may merge such a one.
func (t *turn) mergeable(code string) (casework.Target, bool) {
	x, ok := t.v.TargetByCode(strings.ToUpper(strings.TrimSpace(form.Fold(form.Clean(code)))))
	if !ok {
		return casework.Target{}, false
	}
	return t.target(x.ID, casework.MergeTargets)
}

// mergeRow leads from a target's card to those that look like it.
func (t *turn) mergeRow(f *face, x casework.Target) {
	if !x.InUse() || !casework.May(t.v, t.staff, casework.MergeTargets, t.subject(x)) || len(t.twins(x)) == 0 {
		return
	}
	f.row(choice{t.w.say("button.merge"), Plain, to(Place{Screen: mergeScreen, Target: x.ID})})
}

// twins are the targets that look like it, and may be merged with it.
func (t *turn) twins(x casework.Target) []casework.Target {
	return slices.DeleteFunc(casework.Similar(t.v, x), func(y casework.Target) bool {
		return y.ID == x.ID || !casework.May(t.v, t.staff, casework.MergeTargets, t.subject(y))
	})
}

// mergedCard is the card of a target that goes on as another.
func (t *turn) mergedCard(f *face, x casework.Target) {
	other, _ := t.v.Target(x.MergedInto)
	t.headline(f, x)
	f.line(t.w.say("merge.merged", "Code", other.Code))
	if casework.May(t.v, t.staff, casework.SeeTarget, t.subject(other)) {
		f.row(t.targetButton(other))
	}
	f.row(t.homeButton())
}

// drawMerge asks for the other one, then which of the two goes on, then whether it is
// meant.
func (t *turn) drawMerge(f *face) bool {
	at := t.s.At
	x, ok := t.target(at.Target, casework.MergeTargets)
	if !ok {
		return false
	}
	switch len(at.Items) {
	case 0:
		t.askTwin(f, x)
	case 1:
		y, ok := t.target(at.Items[0], casework.MergeTargets)
		if !ok {
			return false
		}
		t.askWhich(f, x, y)
	default:
		from, ok := t.target(at.Items[0], casework.MergeTargets)
		into, ok2 := t.target(at.Items[1], casework.MergeTargets)
		if !ok || !ok2 {
			return false
		}
		f.title(t.w.say("merge.sure", "From", from.Code, "Into", into.Code))
		t.mergeLines(f, from)
		t.mergeLines(f, into)
		f.gap()
		f.line(t.w.say("merge.warning", "From", from.Code, "Into", into.Code))
		f.row(choice{t.w.say("button.merge_now", "From", from.Code, "Into", into.Code), Danger, Action{Verb: mergeTargets, Place: at}})
		f.row(choice{t.w.say("button.go_back"), Plain, to(Place{Screen: mergeScreen, Target: x.ID})})
		return true
	}
	f.row(t.targetButton(x), t.homeButton())
	return true
}

// askTwin offers those that look like x; another one is typed.
func (t *turn) askTwin(f *face, x casework.Target) {
	t.headline(f, x)
	f.line(t.mergeHas(x))
	f.gap()
	f.line(t.w.say("merge.other"))
	for _, y := range t.twins(x) {
		f.row(choice{t.targetLine(casework.Found{Target: y}), Plain,
			to(Place{Screen: mergeScreen, Target: x.ID, Items: []casework.TargetID{y.ID}})})
	}
}

// askWhich asks which of the two goes on: the one with more behind it comes first.
func (t *turn) askWhich(f *face, x, y casework.Target) {
	if y.Visits > x.Visits {
		x, y = y, x
	}
	f.title(t.w.say("merge.keeps"))
	t.mergeLines(f, x)
	t.mergeLines(f, y)
	keep := func(into, from casework.Target, style Style) choice {
		return choice{t.w.say("button.merge_keep", "Code", into.Code), style,
			to(Place{Screen: mergeScreen, Target: t.s.At.Target, Items: []casework.TargetID{from.ID, into.ID}})}
	}
	f.row(keep(x, y, Primary), keep(y, x, Plain))
}

// mergeLines tell a target from another, by what hangs on it too.
func (t *turn) mergeLines(f *face, x casework.Target) {
	f.line("• " + x.Code + " " + x.DisplayName() + " · " + casework.AreaShort(t.v, x.AreaID))
	f.line("   " + t.mergeHas(x))
}

// mergeHas says what hangs on a target.
func (t *turn) mergeHas(x casework.Target) string {
	return t.w.say("merge.has", "Visits", x.Visits, "Calls", x.Calls, "Problems", len(t.v.ProblemsOfTarget(x.ID)))
}

// mergeTyped takes the code of the other one.
func (t *turn) mergeTyped(text string) {
	at := t.s.At
	y, ok := t.mergeable(text)
	if !ok {
		t.notice = t.w.say("merge.unknown", "Got", clip(text, 20))
		t.draw()
		return
	}
	if _, why := casework.JoinTargets(t.v, t.staff, y.ID, at.Target, t.now()); why != "" {
		t.notice = t.mergeWords(why)
		t.draw()
		return
	}
	t.goTo(Place{Screen: mergeScreen, Target: at.Target, Items: []casework.TargetID{y.ID}})
}

// mergeTargets makes the two records one. Forms that somebody has begun on the one that
// ends go over with it.
func (t *turn) mergeTargets(_ Card, a Action) {
	if len(a.Place.Items) != 2 {
		t.goTo(a.Place)
		return
	}
	from, into := a.Place.Items[0], a.Place.Items[1]
	x, _ := t.v.Target(from)
	y, _ := t.v.Target(into)
	facts, why := casework.JoinTargets(t.v, t.staff, from, into, t.now())
	if why != "" {
		t.notice = t.mergeWords(why)
	} else {
		for d := range t.v.AllDrafts() {
			if d.TargetID == from {
				d.TargetID = into
				t.out.Drafts = append(t.out.Drafts, d)
			}
		}
		t.carry(facts)
		t.notice = t.w.say("merge.done", "From", x.Code, "Into", y.Code)
	}
	t.goTo(Place{Screen: targetScreen, Target: into})
}

// mergeWords say why two records are not made one.
func (t *turn) mergeWords(why casework.Refusal) string {
	switch why {
	case casework.NoChange:
		return t.w.say("merge.itself")
	case casework.NeedsOther:
		return t.w.say("merge.kinds")
	case casework.NotNow:
		return t.w.say("merge.over")
	default:
		return t.stepWords(why)
	}
}

package dialog

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"zoufang/casework"
	"zoufang/form"
)

// openRegister begins the registration of a target that is on no roster.
func (t *turn) openRegister() {
	t.goTo(Place{Screen: registerScreen})
}

// registerGroup is the group a target registered by the person belongs to.
func (t *turn) registerGroup() (casework.GroupID, bool) {
	for _, g := range t.staff.Groups {
		if casework.May(t.v, t.staff, casework.RegisterTarget, casework.Subject{Group: g}) {
			return g, true
		}
	}
	return 0, false
}

// fresh is the target being registered, as far as it is known.
func (t *turn) fresh() casework.Target {
	if t.s.At.New != nil {
		return *t.s.At.New
	}
	return casework.Target{}
}

func (t *turn) drawRegister(f *face) bool {
	group, ok := t.registerGroup()
	if !ok {
		return false
	}
	x := t.fresh()
	f.title(t.w.say("register.title"))
	switch {
	case x.Kind == "":
		f.line(t.w.say("register.kind"))
		for _, k := range casework.Kinds() {
			f.row(choice{t.w.say("kind." + string(k)), Plain, Action{Verb: register, Option: string(k)}})
		}
	case x.AreaID == 0:
		f.line(t.w.say("kind." + string(x.Kind)))
		f.line(t.w.say("register.area"))
		t.areaButtons(f, group)
	case x.Name() == "":
		f.line(t.w.say("kind."+string(x.Kind)) + " · " + casework.AreaShort(t.v, x.AreaID))
		f.line(t.w.say("register.name." + string(x.Kind)))
	default:
		t.drawSimilar(f, x)
	}
	f.row(t.homeButton())
	return true
}

// maxAreas is how many villages are offered as buttons; others are typed.
const maxAreas = 24

func (t *turn) areaButtons(f *face, group casework.GroupID) {
	var list []choice
	for _, a := range t.groupAreas(group) {
		list = append(list, choice{a.Name, Plain, Action{Verb: register, Option: strconv.FormatUint(uint64(a.ID), 10)}})
	}
	f.grid(list[:min(len(list), maxAreas)])
}

// groupAreas are the villages and parks a group looks after.
func (t *turn) groupAreas(group casework.GroupID) []casework.Area {
	var ids []casework.AreaID
	if g, ok := t.v.Group(group); ok {
		ids = slices.Clone(g.AreaIDs)
	}
	for x := range t.v.TargetsOfGroup(group) {
		ids = append(ids, x.AreaID)
	}
	slices.Sort(ids)
	var out []casework.Area
	for _, id := range slices.Compact(ids) {
		if a, ok := t.v.Area(id); ok && placeable(a) {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b casework.Area) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// placeable reports whether a target can lie directly in the area.
func placeable(a casework.Area) bool {
	return a.Level == casework.Village || a.Level == casework.Park || a.Level == casework.VillageGroup
}

// registerStep takes the next thing to know, tapped or typed.
func (t *turn) registerStep(said string) {
	if _, ok := t.registerGroup(); !ok {
		t.draw()
		return
	}
	x := t.fresh()
	said = form.Clean(said)
	switch {
	case x.Kind == "":
		k := t.readKind(said)
		if k == "" {
			t.notice = t.w.say("register.tap")
			break
		}
		x.Kind = k
	case x.AreaID == 0:
		a, ok := t.readArea(said)
		if !ok {
			t.notice = t.w.say("register.noarea", "Got", clip(said, 20))
			break
		}
		x.AreaID = a
	case x.Name() == "":
		if form.FindPrivate(said) != "" {
			t.erase()
		}
		if key := refuseName(x.Kind, said); key != "" {
			t.notice = t.w.say(key)
			break
		}
		setName(&x, said)
	default:
		t.notice = t.w.say("register.tap")
	}
	t.goTo(Place{Screen: registerScreen, New: &x})
}

func (t *turn) readKind(said string) casework.Kind {
	for i, k := range casework.Kinds() {
		if said == string(k) || said == t.w.say("kind."+string(k)) || said == strconv.Itoa(i+1) {
			return k
		}
	}
	return ""
}

// readArea finds a village or park by its number, from a button, or its name.
func (t *turn) readArea(said string) (casework.AreaID, bool) {
	if n, err := strconv.ParseUint(said, 10, 64); err == nil {
		a, ok := t.v.Area(casework.AreaID(n))
		return a.ID, ok && placeable(a)
	}
	var found []casework.AreaID
	for _, a := range t.v.Areas() {
		if placeable(a) && said != "" && (a.Name == said || strings.TrimSuffix(a.Name, "村") == said) {
			found = append(found, a.ID)
		}
	}
	if len(found) != 1 {
		return 0, false
	}
	return found[0], true
}

// refuseName is the key of why a name cannot be right; empty if it can.
func refuseName(k casework.Kind, name string) string {
	n := utf8.RuneCountInString(name)
	switch {
	case form.FindPrivate(name) == form.IDNumber:
		return "refused." + string(form.IDNumber)
	case form.FindPrivate(name) == form.Phone:
		return "refused." + string(form.Phone)
	case k == casework.HouseholdKind && (n < 2 || n > 15 || strings.ContainsAny(name, "0123456789")):
		return "register.badname"
	case n < 2 || n > 100:
		return "register.badfirm"
	}
	return ""
}

func setName(x *casework.Target, name string) {
	switch x.Kind {
	case casework.HouseholdKind:
		x.Household = &casework.Household{HeadName: name}
	case casework.EnterpriseKind:
		x.Enterprise = &casework.Enterprise{Name: name}
	case casework.OrganizationKind:
		x.Organization = &casework.Organization{Name: name}
	}
}

// drawSimilar shows who it could be already, before anything is added.
func (t *turn) drawSimilar(f *face, x casework.Target) {
	f.line(t.w.say("kind."+string(x.Kind)) + " · " + casework.AreaShort(t.v, x.AreaID) + " · " + x.DisplayName())
	x.GroupID, _ = t.registerGroup()
	similar := casework.Similar(t.v, x)
	if len(similar) > 0 {
		f.gap()
		f.line(t.w.say("register.similar"))
		for _, s := range similar {
			f.row(choice{t.targetLine(casework.Found{Target: s}), Primary, to(Place{Screen: targetScreen, Target: s.ID})})
		}
		f.row(choice{t.w.say("button.register_anyway"), Plain, Action{Verb: registered}})
		return
	}
	f.line(t.w.say("register.confirm"))
	f.row(choice{t.w.say("button.register_now"), Good, Action{Verb: registered}})
}

// register adds the target, and pairs it with who registered it.
func (t *turn) register() {
	group, ok := t.registerGroup()
	x := t.fresh()
	if !ok || x.Kind == "" || x.AreaID == 0 || x.Name() == "" {
		t.goTo(Place{Screen: registerScreen})
		return
	}
	x.ID, x.GroupID, x.CareLevel, x.Status = casework.TargetID(t.ids.Next()), group, casework.General, casework.Active
	x.Code = casework.TargetCode(x.Kind, t.v.Last(x.Kind.CodePrefix())+1)
	t.record(casework.TargetRegistered{Target: x}, t.today, "")
	t.record(casework.PairingMade{Pairing: casework.Pairing{
		TargetID: x.ID, StaffID: t.staff.ID, Role: casework.Primary, From: t.today,
	}}, t.today, "")
	t.s.At = Place{Screen: targetScreen, Target: x.ID}
	f := &face{}
	f.title(t.w.say("register.done", "Code", x.Code))
	f.line(fmt.Sprintf("%s · %s", x.DisplayName(), casework.AreaShort(t.v, x.AreaID)))
	f.row(choice{t.w.say("button.open"), Primary, to(t.s.At)}, t.homeButton())
	t.show(t.in.Chat, mainCard, f, t.tapped)
}

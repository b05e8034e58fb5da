package dialog

import (
	"fmt"
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// labelPart in the path of the checklist's board asks which item is to be called
// otherwise.
const labelPart = "label"

// havesLine shows how far a target has come on the checklist.
func (t *turn) havesLine(f *face, x casework.Target) {
	if x.Kind == casework.EnterpriseKind || len(x.Haves) == 0 {
		return
	}
	list := casework.Checklist(t.v)
	has := 0
	var lacks []string
	for _, h := range list {
		switch x.Haves[h.Key] {
		case casework.Has:
			has++
		case casework.Lacking:
			lacks = append(lacks, h.Label.In(t.w.lang))
		}
	}
	if len(lacks) == 0 {
		f.line(t.w.say("haves.line", "Has", has, "Of", len(list)))
		return
	}
	f.line(t.w.say("haves.lacks", "Has", has, "Of", len(list), "Lacks", t.join(lacks)))
}

// overseesHaves reports whether the checklist's figures are offered to the person.
func overseesHaves(s casework.Staff) bool {
	return casework.Allowed(s, casework.SeeSummary) && casework.Allowed(s, casework.SeeTarget)
}

// openHaves shows how far the person's group has come, or all.
func (t *turn) openHaves() {
	at := Place{Screen: havesScreen, Why: string(casework.HouseholdKind)}
	if groups := t.havesGroups(); len(groups) > 0 && !t.editsHaves() {
		at.Group = groups[0].ID
	}
	t.openIf(casework.SeeTarget, at)
}

// havesGroups are the groups whose figures the person may see; numbers alone.
func (t *turn) havesGroups() []casework.Group {
	return slices.DeleteFunc(t.v.Groups(), func(g casework.Group) bool {
		return !t.staff.In(g.ID) && !t.maySeeDigest(g.ID)
	})
}

func (t *turn) editsHaves() bool {
	return casework.May(t.v, t.staff, casework.EditChecklist, casework.Subject{})
}

// havesKinds are the kinds of target that the checklist is about.
func havesKinds() []casework.Kind {
	return []casework.Kind{casework.HouseholdKind, casework.OrganizationKind}
}

// drawHaves shows for each item of the checklist how many have it.
func (t *turn) drawHaves(f *face, at Place) bool {
	groups := t.havesGroups()
	i := slices.IndexFunc(groups, func(g casework.Group) bool { return g.ID == at.Group })
	all := casework.May(t.v, t.staff, casework.SeeSummary, casework.Subject{})
	if !casework.Allowed(t.staff, casework.SeeTarget) || i < 0 && (at.Group != 0 || !all) {
		return false
	}
	kind := casework.Kind(at.Why)
	if !slices.Contains(havesKinds(), kind) {
		kind = casework.HouseholdKind
	}
	whose := t.w.say("haves.all")
	if at.Group != 0 {
		whose = groups[i].Name
	}
	f.title(t.w.say("haves.title", "Whose", whose, "Kind", t.w.say("kind."+string(kind))))
	if at.Path == labelPart && t.editsHaves() {
		t.haveLabels(f, at)
		return true
	}
	for _, c := range casework.CountHaves(t.v, kind, at.Group) {
		f.line(t.w.say("haves.item", "What", c.Have.Label.In(t.w.lang), "Bar", bar(c.Has, c.Has+c.Lacks),
			"Has", c.Has, "Of", c.Has+c.Lacks, "Lacks", c.Lacks, "Unknown", c.Unknown))
	}
	var row []choice
	for _, k := range havesKinds() {
		c := choice{t.w.say("kind." + string(k)), Plain, to(Place{Screen: havesScreen, Group: at.Group, Why: string(k)})}
		if k == kind {
			c.style = Primary
		}
		row = append(row, c)
	}
	f.row(row...)
	t.havesGroupButtons(f, at, groups, all)
	if t.editsHaves() {
		f.row(choice{t.w.say("button.rename_haves"), Plain, to(Place{Screen: havesScreen, Group: at.Group, Why: at.Why, Path: labelPart})})
	}
	return true
}

func (t *turn) havesGroupButtons(f *face, at Place, groups []casework.Group, all bool) {
	var list []choice
	add := func(id casework.GroupID, name string) {
		if id != at.Group {
			list = append(list, choice{name, Plain, to(Place{Screen: havesScreen, Group: id, Why: at.Why})})
		}
	}
	if all {
		add(0, t.w.say("haves.all"))
	}
	for _, g := range groups {
		add(g.ID, g.Name)
	}
	f.grid(list)
}

// barWidth is how many blocks a full bar has.
const barWidth = 10

// bar is a share drawn in blocks.
func bar(n, of int) string {
	full := 0
	if of > 0 {
		full = (n*barWidth + of/2) / of
	}
	return strings.Repeat("█", full) + strings.Repeat("░", barWidth-full)
}

// haveLabels asks which item is to be called otherwise.
func (t *turn) haveLabels(f *face, at Place) {
	f.line(t.w.say("haves.which"))
	var list []choice
	for _, h := range casework.Checklist(t.v) {
		list = append(list, choice{h.Label.In(t.w.lang), Plain, to(Place{Screen: haveSayScreen, Why: h.Key})})
	}
	f.grid(list)
	at.Path = ""
	f.row(choice{t.w.say("button.go_back"), Plain, to(at)})
}

// drawHaveSay asks what an item of the checklist is to be called.
func (t *turn) drawHaveSay(f *face) bool {
	h, ok := t.have(t.s.At.Why)
	if !ok || !t.editsHaves() {
		return false
	}
	f.title(t.w.say("haves.rename", "What", h.Label.In(t.w.lang)))
	f.line(t.w.say("haves.type", "Max", maxHave))
	f.row(choice{t.w.say("button.go_back"), Plain, to(Place{Screen: havesScreen, Path: labelPart})}, t.homeButton())
	return true
}

// maxHave is how long the label of an item may be, in characters.
const maxHave = 10

// have is the item of the checklist with the key.
func (t *turn) have(key string) (casework.Have, bool) {
	for _, h := range casework.Checklist(t.v) {
		if h.Key == key {
			return h, true
		}
	}
	return casework.Have{}, false
}

// haveTyped gives an item of the checklist another label.
func (t *turn) haveTyped(text string) {
	words, ok := t.readAs(form.Item{ID: "words", Type: form.Text, Min: 1, Max: maxHave}, text)
	if !ok {
		t.draw()
		return
	}
	facts, why := casework.RelabelHave(t.v, t.staff, t.s.At.Why, words)
	if why != "" {
		t.notice = t.stepWords(why)
		t.draw()
		return
	}
	t.carry(facts)
	t.notice = t.w.say("haves.renamed", "What", fmt.Sprintf("“%s”", words))
	t.leaveFor(Place{Screen: havesScreen})
}

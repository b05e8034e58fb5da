package casework

import (
	"slices"

	"zoufang/form"
)

// Twin 疑似重复 is a new target of a roster that looks like another. The import can go
// on; the two can be made one later by [JoinTargets].
type Twin struct {
	Sheet SheetID
	Cell  Cell   // of the new one's name
	Key   string // the new one's code
	Like  string // the other's code, which is in the records or in the same roster
	Why   form.Label
}

// likeness is what a target is compared by.
type likeness struct {
	target Target
	name   string
	sounds []sound
}

func likenessOf(t Target) likeness {
	name := squeeze(form.Fold(t.Name()))
	return likeness{target: t, name: name, sounds: usual(sounds(name))}
}

// freshTarget is a new target of the roster, and where its name stands.
type freshTarget struct {
	target Target
	cell   Cell
}

// twinFinder knows the targets in use by what could give them away.
type twinFinder struct {
	near    map[twinPlace][]likeness
	traited map[string]Target
}

type twinPlace struct {
	kind Kind
	area AreaID
}

func (d twinFinder) note(l likeness) {
	at := twinPlace{l.target.Kind, l.target.AreaID}
	d.near[at] = append(d.near[at], l)
	for _, trait := range twinTraits(l.target) {
		if _, taken := d.traited[trait.key]; !taken {
			d.traited[trait.key] = l.target
		}
	}
}

// twinTrait is something that two targets rarely share wherever they are.
type twinTrait struct {
	key string
	why form.Label
}

func twinTraits(t Target) []twinTrait {
	var out []twinTrait
	add := func(kind, value string, why form.Label) {
		if value != "" {
			out = append(out, twinTrait{kind + " " + value, why})
		}
	}
	switch {
	case t.Household != nil:
		add("phone", t.Household.Phone, form.Label{Zh: "电话相同", En: "the same telephone"})
	case t.Enterprise != nil:
		add("regno", t.Enterprise.RegNo, form.Label{Zh: "注册号相同", En: "the same registration number"})
		add("firm", nameKey(t.Enterprise.Name), form.Label{Zh: "名称相同", En: "the same name"})
	}
	return out
}

// twins notes the new targets that look like others: what they share that is rare, or a
// name in the same place that is the same, sounds so, or lies within the other.
func (p *planner) twins() {
	if len(p.fresh) == 0 {
		return
	}
	d := twinFinder{near: map[twinPlace][]likeness{}, traited: map[string]Target{}}
	for t := range p.r.AllTargets() {
		if t.InUse() {
			d.note(likenessOf(t))
		}
	}
	for _, f := range p.fresh {
		l := likenessOf(f.target)
		if other, why, ok := d.find(l); ok {
			p.plan.Twins = append(p.plan.Twins, Twin{
				Sheet: targetSheet(f.target.Kind), Cell: f.cell, Key: f.target.Code, Like: other.Code, Why: why,
			})
		}
		d.note(l)
	}
}

func (d twinFinder) find(l likeness) (Target, form.Label, bool) {
	for _, trait := range twinTraits(l.target) {
		if other, ok := d.traited[trait.key]; ok {
			return other, trait.why, true
		}
	}
	if l.name == "" || l.target.AreaID == 0 {
		return Target{}, form.Label{}, false
	}
	near := d.near[twinPlace{l.target.Kind, l.target.AreaID}]
	for _, same := range []struct {
		is  func(likeness) bool
		why form.Label
	}{
		{func(o likeness) bool { return o.name == l.name }, form.Label{Zh: "同一地方，姓名或名称相同", En: "the same name in the same place"}},
		{func(o likeness) bool {
			return slices.EqualFunc(o.sounds, l.sounds, alike) || within(o.name, l.name)
		}, form.Label{Zh: "同一地方，姓名或名称相近", En: "a similar name in the same place"}},
	} {
		if i := slices.IndexFunc(near, same.is); i >= 0 {
			return near[i].target, same.why, true
		}
	}
	return Target{}, form.Label{}, false
}

package casework

import (
	"slices"
	"strings"

	"zoufang/form"
)

// The item of the household and organization forms that asks for the checklist, and
// the first version of them that asks for all of it.
const (
	haveItem    = "utilities"
	haveVersion = 2
)

// maxHaveLabel is how long the label of an item of the checklist may be.
const maxHaveLabel = 12

// haveForms are the forms that ask for the checklist.
func haveForms() []string { return []string{"household", "organization"} }

// haveKeys are the items of the checklist, by option id. They are fixed, so that a
// target's row can be derived without reading forms; labels are not.
func haveKeys() []string {
	return []string{"road", "water", "power", "network", "house", "school", "insurance", "income"}
}

// haves is what the visit says of the checklist; nil if nothing.
func haves(v Visit) map[string]HaveState {
	a := v.Answers[haveItem]
	if v.Outcome != Met || v.FormVersion < haveVersion || a.Skipped || len(a.Values) == 0 || !slices.Contains(haveForms(), v.Form) {
		return nil
	}
	out := make(map[string]HaveState, len(haveKeys()))
	for _, key := range haveKeys() {
		out[key] = Has
		if slices.Contains(a.Values, key) {
			out[key] = Lacking
		}
	}
	return out
}

// Checklist is the list in force: the options of the newest household form.
func Checklist(r Records) []Have {
	var out []Have
	for _, o := range optionsOf(r, haveForms()[0], haveItem) {
		if slices.Contains(haveKeys(), o.ID) {
			out = append(out, Have{Key: o.ID, Label: o.Label})
		}
	}
	return out
}

// RelabelHave says what giving an item of the checklist another label makes: new
// versions of the forms that ask for it. What is recorded stays as it is. Two items
// cannot have the same label.
func RelabelHave(r Records, who Staff, key, label string) ([]Fact, Refusal) {
	list := Checklist(r)
	i := slices.IndexFunc(list, func(h Have) bool { return h.Key == key })
	switch {
	case !May(r, who, EditChecklist, Subject{}):
		return nil, NotYours
	case i < 0:
		return nil, NotFound
	case !tidied(&label, 1, maxHaveLabel) || strings.ContainsAny(label, "\n,，、;；"):
		return nil, NeedsText // what separates choices cannot stand within one
	case list[i].Label.Zh == label:
		return nil, NoChange
	}
	var facts []Fact
	for _, name := range haveForms() {
		d, ok := r.Form(name, 0)
		if !ok {
			continue
		}
		if !relabel(&d, key, label) {
			return nil, NeedsText
		}
		facts = append(facts, FormPublished{Form: d})
	}
	return facts, ""
}

// relabel makes of the form its next version, with another label for the option of
// the checklist. It reports false if the label means another option there.
func relabel(d *form.Definition, key, label string) bool {
	d.Base = d.Origin()
	d.Version++
	d.Items = slices.Clone(d.Items)
	for i := range d.Items {
		it := &d.Items[i]
		if it.ID != haveItem {
			continue
		}
		it.Options = slices.Clone(it.Options)
		for k := range it.Options {
			o := &it.Options[k]
			if o.ID == key {
				o.Label.Zh = label
				o.Aliases = slices.DeleteFunc(slices.Clone(o.Aliases), func(a string) bool { return a == label })
			} else if _, taken := (Dictionary{*o}).Token(label); taken {
				return false
			}
		}
	}
	return true
}

// NewerForm is what is to be published of a form of the program's own, where the
// newest published version is older or was made of an older one: then the labels that
// the office gave are kept. It reports false if there is nothing to do.
func NewerForm(published, own form.Definition) (form.Definition, bool) {
	if published.Origin() >= own.Version {
		return own, false
	}
	if published.Base == 0 {
		return own, true
	}
	next := own
	keepWords(&next, published)
	if item, ok := published.Item(haveItem); ok {
		for _, o := range item.Options {
			if slices.Contains(haveKeys(), o.ID) {
				relabel(&next, o.ID, o.Label.Zh)
			}
		}
	}
	next.Base, next.Version = own.Version, max(own.Version, published.Version+1)
	return next, true
}

// CountHaves counts the checklist over the targets of a kind, of a group or of all.
// Targets that are not visited any more are left out.
func CountHaves(r Records, k Kind, g GroupID) []HaveCount {
	var out []HaveCount
	for _, h := range Checklist(r) {
		out = append(out, HaveCount{Have: h})
	}
	targets := r.AllTargets()
	if g != 0 {
		targets = r.TargetsOfGroup(g)
	}
	for x := range targets {
		if x.Kind != k || !x.InUse() {
			continue
		}
		for i := range out {
			switch x.Haves[out[i].Have.Key] {
			case Has:
				out[i].Has++
			case Lacking:
				out[i].Lacks++
			default:
				out[i].Unknown++
			}
		}
	}
	return out
}

package casework

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zoufang/form"
)

// maxWord is how long the label of an option may be.
const maxWord = 20

// Word is an option of a form whose label the office may change.
type Word struct {
	Form, Item, Option string // ids
	ItemLabel          form.Label
	Label              form.Label // in force
}

// key is how a change of the word is noted.
func (w Word) key() string { return w.Form + "/" + w.Item + "/" + w.Option }

// EditableWords are the options of the form that can have other labels, in its order:
// all but those of the checklist, which has its own act, and those that the program
// answers.
func EditableWords(d form.Definition) []Word {
	var out []Word
	for _, it := range d.Items {
		if !editable(it) {
			continue
		}
		for _, o := range it.Options {
			out = append(out, Word{Form: d.ID, Item: it.ID, Option: o.ID, ItemLabel: it.Label, Label: o.Label})
		}
	}
	return out
}

func editable(it form.Item) bool {
	return it.ID != haveItem && !it.Hidden && (it.Type == form.SelectOne || it.Type == form.SelectMultiple)
}

// Relabel says what giving an option another label makes: a [SettingChanged] and the
// next version of the form; of every form that has the item, if it is of a part that
// forms share. Of w the three ids count. An English label that is empty stays as it is.
// The old word is understood further on. [Taken] says that another option of the item
// is called so.
func Relabel(r Records, s Staff, w Word, label form.Label, m Moment, ids *Minter) ([]Fact, Refusal) {
	if !May(r, s, SetWords, Subject{Today: m.Today}) {
		return nil, NotYours
	}
	d, ok := r.Form(w.Form, 0)
	words := EditableWords(d)
	i := slices.IndexFunc(words, func(o Word) bool { return o.key() == w.key() })
	if !ok || i < 0 {
		return nil, NotFound
	}
	old := words[i].Label
	label.En = form.Clean(label.En)
	if label.En == "" {
		label.En = old.En
	}
	switch {
	case !tidied(&label.Zh, 1, maxWord) || strings.ContainsAny(label.Zh, "\n,，、;；") ||
		utf8.RuneCountInString(label.En) > 3*maxWord || strings.ContainsAny(label.En, "\n,;") || form.FindPrivate(label.En) != "":
		return nil, NeedsText // what separates choices cannot stand within one
	case label == old:
		return nil, NoChange
	}
	facts := []Fact{SettingChanged{Setting: Setting{
		ID: SettingID(ids.Next()), Kind: "label", Key: w.key(), Before: old.Zh, After: label.Zh,
		By: s.ID, At: m.At.UTC(), On: m.Today,
	}}}
	for _, name := range formsWith(r, d, w.Item) {
		next, _ := r.Form(name, 0)
		if !reword(&next, w.Item, w.Option, label) {
			return nil, Taken
		}
		next.Base, next.Version = next.Origin(), next.Version+1
		facts = append(facts, FormPublished{Form: next})
	}
	return facts, ""
}

// formsWith are the forms in which the item is the same as in d: d alone, or all that
// include the part it belongs to.
func formsWith(r Records, d form.Definition, item string) []string {
	it, ok := d.Item(item)
	if !ok || it.Repeat != "problem" && it.Repeat != "open" {
		return []string{d.ID}
	}
	var out []string
	for _, name := range []string{"household", "enterprise", "organization", "call", "raise"} {
		if other, ok := r.Form(name, 0); ok {
			if same, ok := other.Item(item); ok && same.Repeat == it.Repeat {
				out = append(out, name)
			}
		}
	}
	return out
}

// reword gives the option another label, and keeps the old one as an alias. It reports
// false if the label means another option there. A form without the option stays as it
// is.
func reword(d *form.Definition, item, id string, label form.Label) bool {
	d.Items = slices.Clone(d.Items)
	for i := range d.Items {
		it := &d.Items[i]
		if it.ID != item {
			continue
		}
		it.Options = slices.Clone(it.Options)
		for k := range it.Options {
			o := &it.Options[k]
			if o.ID != id {
				if _, taken := (Dictionary{*o}).Token(label.Zh); taken {
					return false
				}
				continue
			}
			old := o.Label
			o.Aliases = slices.DeleteFunc(append(slices.Clone(o.Aliases), old.Zh), func(a string) bool { return a == label.Zh })
			o.Label = label
		}
	}
	return true
}

// keepWords gives the options of next the labels that the office gave them in published:
// those whose label in next is an alias there, as [reword] leaves it.
func keepWords(next *form.Definition, published form.Definition) {
	for _, it := range published.Items {
		own, ok := next.Item(it.ID)
		if !ok || !editable(it) || own.Repeat != it.Repeat {
			continue
		}
		for _, o := range it.Options {
			i := slices.IndexFunc(own.Options, func(n form.Option) bool { return n.ID == o.ID })
			if i >= 0 && own.Options[i].Label.Zh != o.Label.Zh && slices.Contains(o.Aliases, own.Options[i].Label.Zh) {
				reword(next, it.ID, o.ID, o.Label)
				own, _ = next.Item(it.ID) // reword makes the items anew
			}
		}
	}
}

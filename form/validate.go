package form

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// fault is one thing wrong with a definition.
type fault struct {
	list string // "items", "repeats", or "" for the form itself
	i    int    // place in the list
	key  string // the YAML key at fault, or ""
	text string // what is wrong, and the cure
}

// paths returns where the fault is in the YAML, from the exact place outwards.
func (f fault) paths() []string {
	if f.list == "" {
		return []string{"$." + f.key}
	}
	at := fmt.Sprintf("$.%s[%d]", f.list, f.i)
	return []string{at + "." + f.key, at}
}

func (f fault) where(d *Definition) string {
	switch f.list {
	case "items":
		return fmt.Sprintf("item %d (%s)", f.i+1, d.Items[f.i].ID)
	case "repeats":
		return fmt.Sprintf("repeat %s", d.Repeats[f.i].ID)
	}
	return "form"
}

// validator collects the faults of a definition.
type validator struct {
	d      *Definition
	faults []fault
}

func (v *validator) item(i int, key, format string, args ...any) {
	v.faults = append(v.faults, fault{"items", i, key, fmt.Sprintf(format, args...)})
}

func (v *validator) repeat(i int, key, format string, args ...any) {
	v.faults = append(v.faults, fault{"repeats", i, key, fmt.Sprintf(format, args...)})
}

func (v *validator) form(key, format string, args ...any) {
	v.faults = append(v.faults, fault{"", 0, key, fmt.Sprintf(format, args...)})
}

// validate returns what is wrong with the definition.
func validate(d *Definition) []fault {
	v := &validator{d: d}
	if !word(d.ID) {
		v.form("id", "id %q is not usable; use lower-case letters, digits and _", d.ID)
	}
	if d.Version < 1 {
		v.form("version", "version is missing; count from 1")
	}
	if d.Title.Zh == "" {
		v.form("title", "title has no zh text; write one")
	}
	v.ids()
	v.numbers()
	for i := range d.Items {
		v.checkItem(i)
	}
	for i := range d.Repeats {
		v.checkRepeat(i)
	}
	return v.faults
}

func (v *validator) ids() {
	seen := map[string]bool{}
	for i, it := range v.d.Items {
		switch {
		case !word(it.ID):
			v.item(i, "id", "id %q is not usable; use lower-case letters, digits and _", it.ID)
		case seen[it.ID]:
			v.item(i, "id", "id %q is used twice; give each item its own", it.ID)
		}
		seen[it.ID] = true
	}
	for i, r := range v.d.Repeats {
		switch {
		case !word(r.ID):
			v.repeat(i, "id", "id %q is not usable; use lower-case letters, digits and _", r.ID)
		case seen[r.ID]:
			v.repeat(i, "id", "id %q is used twice; give each repeat its own", r.ID)
		}
		seen[r.ID] = true
	}
}

// numbers checks that the items 1 to 11 stand in order and one of them stops
// "the rest unchanged". A short form has fewer, and nothing to stop.
func (v *validator) numbers() {
	next, stops := 1, 0
	for i, it := range v.d.Items {
		if it.Stop {
			stops++
			if it.No == 0 {
				v.item(i, "stop", "only a numbered item can be the stop; give it a no")
			}
		}
		switch {
		case it.No == 0:
			continue
		case it.No != next:
			v.item(i, "no", "no is %d, want %d: the numbers 1 to 11 come in order, each once", it.No, next)
		case it.Repeat != "":
			v.item(i, "no", "an item of a repeat cannot be numbered; leave out no")
		}
		next = it.No + 1
	}
	switch {
	case v.d.Short && (next < 2 || next > 11):
		v.form("items", "the numbered items end at %d; a short form has at least 1 and at most 10", next-1)
	case !v.d.Short && next != 12:
		v.form("items", "the numbered items end at %d; a form has the numbers 1 to 11", next-1)
	}
	switch {
	case v.d.Short && stops > 0:
		v.form("items", "%d items are marked stop; a short form has none", stops)
	case !v.d.Short && stops != 1:
		v.form("items", "%d items are marked stop; mark exactly one", stops)
	}
}

func (v *validator) checkItem(i int) {
	it := &v.d.Items[i]
	if it.Label.Zh == "" {
		v.item(i, "label", "label has no zh text; write one")
	}
	if it.Question.Zh == "" {
		v.item(i, "question", "question has no zh text; write one")
	}
	switch it.Type {
	case SelectOne, SelectMultiple:
		v.options(i)
	case Text:
		if it.Max < 1 || it.Max > 4000 || it.Min < 0 || it.Min > it.Max {
			v.item(i, "max", "a text needs a max from 1 to 4000, and a min not above it")
		}
	case Integer:
		if it.Min > it.Max {
			v.item(i, "min", "min is above max; exchange them")
		}
	case DateType, Note:
	default:
		v.item(i, "type", "type %q is unknown; use select_one, select_multiple, text, integer, date or note", it.Type)
	}
	v.marks(i)
	v.hidden(i)
	v.membership(i)
	v.expressions(i)
}

// marks checks the fields that make sense for some types only.
func (v *validator) marks(i int) {
	it := &v.d.Items[i]
	choice := it.Type == SelectOne || it.Type == SelectMultiple
	if !choice && len(it.Options) > 0 {
		v.item(i, "options", "only a select has options; change the type or leave them out")
	}
	if it.Type != Text && it.Type != Integer && (it.Min != 0 || it.Max != 0) {
		v.item(i, "max", "only a text or an integer has min and max; use a constraint")
	}
	if it.Code && it.Type != Text {
		v.item(i, "code", "only a text can be a code; leave out code")
	}
	if it.Voice && it.Type != Text {
		v.item(i, "voice", "only a text can be answered by voice; leave out voice")
	}
	if it.Auto && it.Default == "" {
		v.item(i, "auto", "an auto item needs a default; write one")
	}
	if it.Carry && (it.No == 0 || !choice && it.Type != Integer) {
		v.item(i, "carry", "only a numbered select or integer carries over; leave out carry")
	}
}

// hidden checks that the program can answer what people do not see.
func (v *validator) hidden(i int) {
	it := &v.d.Items[i]
	if r, ok := v.d.repeat(it.Repeat); ok && r.Given {
		return // checked with the repeat
	}
	if it.Hidden && (!it.Auto || it.No > 0) {
		v.item(i, "hidden", "only an auto item without a number can be hidden; leave out hidden")
	}
}

func (v *validator) options(i int) {
	it := &v.d.Items[i]
	if len(it.Options) == 0 {
		v.item(i, "options", "a select needs options; write them")
	}
	owner := map[string]string{}
	for _, o := range it.Options {
		if !word(o.ID) {
			v.item(i, "options", "option id %q is not usable; use lower-case letters, digits and _", o.ID)
		}
		if found, _ := it.option(o.ID); found.Label.Zh != o.Label.Zh {
			v.item(i, "options", "option %q is there twice; give each its own id", o.ID)
		}
		if o.Label.Zh == "" {
			v.item(i, "options", "option %q has no zh label; write one", o.ID)
		}
		if o.Exclusive && it.Type != SelectMultiple {
			v.item(i, "options", "option %q is exclusive, which only a select_multiple can have", o.ID)
		}
		v.expression(i, "options", o.If, parseExpression)
		if o.If != "" {
			continue // filtered options may share a name, as they are not offered together
		}
		for _, name := range o.names() {
			if other, taken := owner[name]; taken && other != o.ID {
				v.item(i, "options", "options %q and %q are both called %q; a person could not choose by it", other, o.ID, name)
			}
			owner[name] = o.ID
		}
	}
}

// membership checks that the members of a repeat stand together.
func (v *validator) membership(i int) {
	group := v.d.Items[i].Repeat
	if group == "" {
		return
	}
	if _, ok := v.d.repeat(group); !ok {
		v.item(i, "repeat", "there is no repeat %q; name one that is listed under repeats", group)
	}
	first := slices.IndexFunc(v.d.Items, func(it Item) bool { return it.Repeat == group })
	for _, between := range v.d.Items[first:i] {
		if between.Repeat != group {
			v.item(i, "repeat", "the items of repeat %q do not stand together; move them", group)
			return
		}
	}
}

func (v *validator) expressions(i int) {
	it := &v.d.Items[i]
	v.expression(i, "relevant", it.Relevant, parseExpression)
	v.expression(i, "required", it.Required, parseRequired)
	v.expression(i, "constraint", it.Constraint, parseExpression)
	v.expression(i, "default", it.Default, parseDefault)
	if !word(it.Default) && !strings.HasPrefix(it.Default, "'") {
		return
	}
	for id := range strings.FieldsSeq(strings.Trim(it.Default, "'")) {
		if _, ok := it.option(id); !ok && len(it.Options) > 0 {
			v.item(i, "default", "default %q is none of the options; use an option's id", id)
		}
	}
	if it.Type == Integer || it.Type == DateType {
		v.item(i, "default", "default %s is no %s; use an expression such as 3 or today()", it.Default, it.Type)
	}
}

// expression checks one expression of the item at i: that it parses, and reads
// only items before this one, those of other repeats excepted.
func (v *validator) expression(i int, key, src string, parse func(string) (expression, error)) {
	if src == "" {
		return
	}
	e, err := parse(src)
	if err != nil {
		v.item(i, key, "%s %s: %v", key, strconv.Quote(src), err)
		return
	}
	if fault := v.reads(e, i, v.d.Items[i].Repeat); fault != "" {
		v.item(i, key, "%s reads %s", key, fault)
	}
}

// reads returns what is wrong with the items that an expression reads, for a
// reader that stands at place i in the repeat.
func (v *validator) reads(e expression, i int, repeat string) string {
	for _, id := range e.items {
		at := slices.IndexFunc(v.d.Items, func(it Item) bool { return it.ID == id })
		switch {
		case at < 0:
			return fmt.Sprintf("${%s}, but there is no such item; correct the id", id)
		case at >= i:
			return fmt.Sprintf("${%s}, which comes later; move one of the two (its own answer is a dot)", id)
		case v.d.Items[at].Repeat != "" && v.d.Items[at].Repeat != repeat:
			return fmt.Sprintf("${%s}, which is inside repeat %s and has many answers; read an item outside", id, v.d.Items[at].Repeat)
		}
	}
	return ""
}

func (v *validator) checkRepeat(i int) {
	r := &v.d.Repeats[i]
	first := slices.IndexFunc(v.d.Items, func(it Item) bool { return it.Repeat == r.ID })
	if first < 0 {
		v.repeat(i, "id", "no item belongs to it; give its items repeat: %s", r.ID)
		return
	}
	if r.Max < 1 || r.Max > 99 || r.Min < 0 || r.Min > r.Max {
		v.repeat(i, "max", "max must be from 1 to 99, and min not above it")
	}
	texts := map[string]Label{"label": r.Label}
	if r.gated() {
		texts["ask"], texts["more"], texts["done"] = r.Ask, r.More, r.Done
	}
	for key, label := range texts {
		if label.Zh == "" {
			v.repeat(i, key, "%s has no zh text; write one", key)
		}
	}
	if r.Given {
		v.given(i)
	}
	if r.Relevant == "" {
		return
	}
	e, err := parseExpression(r.Relevant)
	if err != nil {
		v.repeat(i, "relevant", "relevant %q: %v", r.Relevant, err)
		return
	}
	if fault := v.reads(e, first, ""); fault != "" {
		v.repeat(i, "relevant", "relevant reads %s", fault)
	}
}

// given checks that a given repeat has the hidden items that the program fills,
// and no other ones.
func (v *validator) given(i int) {
	r := &v.d.Repeats[i]
	found := 0
	for _, it := range v.d.Items {
		if it.Repeat != r.ID || !it.Hidden {
			continue
		}
		if it.ID != codeItem && it.ID != resolvedItem {
			v.repeat(i, "given", "item %s is hidden, and the program fills only %s and %s", it.ID, codeItem, resolvedItem)
		}
		found++
	}
	if found < 2 {
		v.repeat(i, "given", "it needs the hidden items %s and %s; write them", codeItem, resolvedItem)
	}
}

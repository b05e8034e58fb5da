package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"zoufang/casework"
	"zoufang/form"
)

// The fields of a trademark, in the order in which they are asked. They stand in the
// path of [newMarkScreen]; an empty path shows them all.
const (
	nameField    = "name"
	numberField  = "number"
	classesField = "classes"
	goodsField   = "goods"
	untilField   = "until"
)

func markFields() []string {
	return []string{nameField, numberField, classesField, goodsField, untilField}
}

// fixing in the place's Why marks a field that is corrected: its answer leads back
// to all of them.
const fixing = "fix"

// drawNewMark asks for a field of a trademark, or shows them before they are kept.
func (t *turn) drawNewMark(f *face) bool {
	at := t.s.At
	x, ok := t.firmOf(at.Target, casework.ServeMarks)
	if !ok || !x.InUse() {
		return false
	}
	m := newMark(at)
	f.title(t.w.say("mark.title", "Target", x.Code+" "+x.DisplayName()))
	back := choice{t.w.say("button.go_back"), Plain, to(Place{Screen: firmScreen, Target: x.ID})}
	if slices.Contains(markFields(), at.Path) {
		f.line(t.w.say("mark.ask." + at.Path))
		if at.Path != nameField {
			next := at
			next.Path = fieldAfter(at)
			f.row(choice{t.w.say("button.skip"), Plain, to(next)})
		}
		f.row(back)
		return true
	}
	var list []choice
	for _, field := range markFields() {
		words := t.fieldWords(m, field)
		if words == "" {
			words = "—"
		}
		f.line(t.w.say("mark.field."+field, "Value", words))
		fix := at
		fix.Path, fix.Why = field, fixing
		list = append(list, choice{t.w.say("button.mark_field." + field), Plain, to(fix)})
	}
	other := m
	other.Top100 = !m.Top100
	turned := at
	turned.NewMark = &other
	f.grid(append(list, choice{ticked(m.Top100) + t.w.say("button.mark_top"), Plain, to(turned)}))
	f.row(choice{t.w.say("button.save_mark"), Good, Action{Verb: saveMark, Place: at}})
	f.row(back)
	return true
}

func newMark(at Place) casework.Trademark {
	if at.NewMark != nil {
		return *at.NewMark
	}
	return casework.Trademark{FirmID: at.Target}
}

// fieldAfter is the field asked for after the one of the place.
func fieldAfter(at Place) string {
	fields := markFields()
	i := slices.Index(fields, at.Path) + 1
	if at.Why == fixing || i >= len(fields) {
		return ""
	}
	return fields[i]
}

// fieldWords is a field of a trademark as it is shown.
func (t *turn) fieldWords(m casework.Trademark, field string) string {
	switch field {
	case nameField:
		return m.Name
	case numberField:
		return m.Number
	case classesField:
		var list []string
		for _, c := range m.Classes {
			list = append(list, fmt.Sprint(c))
		}
		return t.join(list)
	case goodsField:
		return m.Goods
	default:
		if m.ValidUntil.IsZero() {
			return ""
		}
		return t.year(m.ValidUntil)
	}
}

// newMarkTyped takes the field that is asked for.
func (t *turn) newMarkTyped(text string) {
	at := t.s.At
	if !slices.Contains(markFields(), at.Path) {
		t.tapInstead(text)
		return
	}
	m := newMark(at)
	if !t.readField(&m, at.Path, text) {
		t.draw()
		return
	}
	at.Path, at.NewMark = fieldAfter(at), &m
	t.goTo(at)
}

// readField reads a field as the enterprise form does.
func (t *turn) readField(m *casework.Trademark, field, text string) bool {
	if field == untilField {
		day, ok := t.readDate(text, "")
		m.ValidUntil = day
		return ok
	}
	ids := map[string]string{nameField: "mark_name", numberField: "mark_number", classesField: "mark_classes", goodsField: "goods"}
	def, _ := t.v.Form(string(casework.EnterpriseKind), 0)
	it, ok := def.Item(ids[field])
	if !ok {
		it = &form.Item{ID: "words", Type: form.Text, Max: 60}
	}
	words, ok := t.readAs(*it, text)
	if !ok {
		return false
	}
	switch field {
	case nameField:
		m.Name = words
	case numberField:
		m.Number = words
	case classesField:
		m.Classes = readClasses(words)
	default:
		m.Goods = words
	}
	return true
}

// readClasses are the numbers of the classes, ascending, each once.
func readClasses(words string) []int {
	var out []int
	for _, part := range strings.FieldsFunc(words, func(r rune) bool { return !unicode.IsDigit(r) }) {
		if n, err := strconv.Atoi(part); err == nil {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// saveMark keeps the trademark that was written down.
func (t *turn) saveMark(_ Card, a Action) {
	m := newMark(a.Place)
	facts, why := casework.RecordTrademark(t.v, t.staff, m, t.now(), t.ids)
	if why != "" {
		t.notice = t.stepWords(why)
		if why == casework.NoChange && m.ID == 0 {
			t.notice = t.w.say("mark.double")
		}
		t.goTo(a.Place)
		return
	}
	t.carry(facts)
	for _, f := range facts {
		if f, ok := f.(casework.TrademarkRecorded); ok {
			t.notice = t.w.say("mark.saved", "Name", f.Trademark.Name)
			t.leaveFor(Place{Screen: markScreen, Mark: f.Trademark.ID})
			return
		}
	}
}

package dialog

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// The fields of a draft, and the parts in which they are changed. Stored by name in
// places: never rename.
const (
	bookSituationField  = "edit_situation"
	bookGoalField       = "edit_goal"
	bookDueField        = "edit_due"
	bookLeadField       = "edit_lead"
	bookLacksField      = "edit_lacks"
	bookAddField        = "edit_add"
	bookMeasureField    = "edit_measure" // the menu of one measure
	bookContentField    = "edit_content"
	bookKindField       = "edit_kind"
	bookFillsField      = "edit_fills"
	bookOwnerField      = "edit_owner"
	bookMeasureDueField = "edit_measure_due"
	bookFundField       = "edit_fund"
	bookInKindField     = "edit_in_kind"
	bookPartnerField    = "edit_partner"
	bookRemoveField     = "edit_remove"
)

// isBookField reports whether the path names a field that is typed.
func isBookField(path string) bool {
	return slices.Contains([]string{
		bookSituationField, bookGoalField, bookDueField, bookContentField, bookMeasureDueField, bookFundField, bookInKindField,
	}, path)
}

// maxFund is more than any measure costs, in yuan.
const maxFund = 100_000_000

// writeBook shows the task book of a problem; if there is none, its skeleton is drafted.
func (t *turn) writeBook(_ Card, a Action) {
	p, ok := t.v.Problem(a.Place.Problem)
	if !ok {
		t.toast("gone")
		return
	}
	for _, b := range slices.Backward(t.v.TaskBooksOfProblem(p.ID)) {
		if b.Status == casework.TaskCancelled || !t.maySeeBook(b) {
			continue
		}
		at := bookPlace(b.ID)
		if b.Status == casework.TaskDraft {
			at.Path = bookEditPart
		}
		t.goTo(at)
		return
	}
	b := casework.DraftTaskBook(t.v, p, t.now(), t.ids)
	facts, why := casework.WriteTaskBook(t.v, t.staff, b, t.now())
	if why != "" {
		t.out.Toast = &Toast{Query: t.in.Query, Text: clip(t.bookWhyNot(why), 190), Alert: true}
		return
	}
	t.carry(facts)
	t.notice = t.w.say("task.drafted")
	t.goTo(Place{Screen: bookScreen, Book: b.ID, Path: bookEditPart})
}

// drawEdit shows the part of the draft in which something is changed.
func (t *turn) drawEdit(f *face, b casework.TaskBook, at Place) {
	if at.Measure < 0 || at.Measure > len(b.Measures) {
		at = Place{Path: bookEditPart}
	}
	switch at.Path {
	case bookDueField, bookMeasureDueField:
		f.line(t.w.say("task.edit.day"))
		f.grid(t.bookDays(t.today, func(on casework.Date) Action { return editTo(b, at, on.String()) }))
		f.row(t.bookTypeDay(b, at))
	case bookLeadField, bookOwnerField:
		t.chooseBookPeople(f, b, at)
	case bookPartnerField:
		t.chooseBookPartner(f, b, at)
	case bookLacksField, bookFillsField, bookKindField, bookAddField:
		t.chooseBookToken(f, b, at)
	case bookMeasureField:
		if at.Measure > 0 {
			t.editMeasure(f, b, at)
			return
		}
		t.editFront(f, b)
		return
	default:
		t.editFront(f, b)
		return
	}
	back := Place{Path: bookEditPart}
	if at.Measure > 0 {
		back = Place{Path: bookMeasureField, Measure: at.Measure}
	}
	f.row(choice{t.w.say("button.go_back"), Plain, bookTo(b, back)})
}

// editTo is the action that changes the field in the place to the value.
func editTo(b casework.TaskBook, at Place, value string) Action {
	return Action{Verb: bookEdit, Place: Place{Book: b.ID, Path: at.Path, Measure: at.Measure, Page: at.Page}, Option: value}
}

// editFront shows the draft with a button for each thing that can be changed.
func (t *turn) editFront(f *face, b casework.TaskBook) {
	f.line(t.w.say("task.edit.how"))
	t.bookUnready(f, b)
	t.bookContent(f, b)
	t.measureList(f, b)
	part := func(path string) choice {
		return choice{t.w.say("task.act." + path), Plain, bookTo(b, Place{Path: path})}
	}
	typed := func(path string) choice {
		c := t.bookWords(b, Place{Path: path})
		c.text = t.w.say("task.act." + path)
		return c
	}
	f.row(typed(bookSituationField), typed(bookGoalField), part(bookLacksField))
	f.row(part(bookDueField), part(bookLeadField))
	var list []choice
	for _, m := range b.Measures {
		list = append(list, choice{t.w.say("button.measure_edit", "No", m.No), Plain, bookTo(b, Place{Path: bookMeasureField, Measure: m.No})})
	}
	f.grid(append(list, part(bookAddField)))
	row := []choice{{t.w.say("button.to_book"), Plain, bookTo(b, Place{})}}
	if slices.Contains(casework.OfferedTaskSteps(t.v, t.staff, b, t.today), casework.TaskIssue) {
		row = append(row, choice{t.w.say("task.act.issue"), Good, t.stepAction(b, casework.TaskIssue)})
	}
	f.row(row...)
}

// editMeasure shows one measure of the draft with a button for each thing that can
// be changed.
func (t *turn) editMeasure(f *face, b casework.TaskBook, at Place) {
	m := b.Measures[at.Measure-1]
	f.gap()
	f.title(t.w.say("task.measure_title", "No", m.No, "Status", t.dictionary(casework.MeasureStatuses(), string(m.Status))))
	t.measureDetail(f, b, m)
	part := func(path string) choice {
		return choice{t.w.say("task.act." + path), Plain, bookTo(b, Place{Path: path, Measure: m.No})}
	}
	typed := func(path string) choice {
		c := t.bookWords(b, Place{Path: path, Measure: m.No})
		c.text = t.w.say("task.act." + path)
		return c
	}
	f.row(typed(bookContentField), part(bookKindField), part(bookFillsField))
	f.row(part(bookOwnerField), part(bookMeasureDueField), part(bookPartnerField))
	f.row(typed(bookFundField), typed(bookInKindField),
		choice{t.w.say("task.act." + bookRemoveField), Danger, editTo(b, Place{Path: bookRemoveField, Measure: m.No}, "")})
	f.row(choice{t.w.say("button.go_back"), Plain, bookTo(b, Place{Path: bookEditPart})})
}

// chooseBookToken offers the lacks or the kinds of measures.
func (t *turn) chooseBookToken(f *face, b casework.TaskBook, at Place) {
	f.line(t.w.say("task.edit." + at.Path))
	var tokens []string
	words := casework.Lacks()
	switch at.Path {
	case bookFillsField:
		tokens = b.Lacks
	case bookLacksField:
		for _, o := range words {
			tokens = append(tokens, o.ID)
		}
	default:
		words = casework.MeasureKinds()
		for _, o := range words {
			tokens = append(tokens, o.ID)
		}
	}
	var list []choice
	for _, id := range tokens {
		label := t.dictionary(words, id)
		if at.Path == bookLacksField && slices.Contains(b.Lacks, id) {
			label = "☑ " + label
		}
		list = append(list, choice{label, Plain, editTo(b, at, id)})
	}
	f.grid(list)
}

// chooseBookPeople offers who can lead the task book, or own a measure of it.
func (t *turn) chooseBookPeople(f *face, b casework.TaskBook, at Place) {
	f.line(t.w.say("task.edit." + at.Path))
	var all []casework.Staff
	if len(b.ProblemIDs) > 0 {
		p, _ := t.v.Problem(b.ProblemIDs[0])
		all = casework.Owners(t.v, p, t.today)
	}
	pages := max(1, (len(all)+perReassign-1)/perReassign)
	page := min(max(0, at.Page), pages-1)
	var list []choice
	for _, s := range all[page*perReassign : min(len(all), (page+1)*perReassign)] {
		list = append(list, choice{s.Name, Plain, editTo(b, at, strconv.FormatUint(uint64(s.ID), 10))})
	}
	f.grid(list)
	if pages > 1 {
		next := at
		next.Page = (page + 1) % pages
		f.row(choice{t.w.say("button.more_people"), Plain, bookTo(b, next)})
	}
}

// chooseBookPartner offers the bodies that can help with a measure.
func (t *turn) chooseBookPartner(f *face, b casework.TaskBook, at Place) {
	f.line(t.w.say("task.edit." + at.Path))
	shown, page, pages := pageOf(t.unitsOutside(), at.Page)
	for _, u := range shown {
		f.row(choice{u.Name, Plain, editTo(b, at, strconv.FormatUint(uint64(u.ID), 10))})
	}
	row := []choice{{t.w.say("button.no_partner"), Plain, editTo(b, at, "0")}}
	if pages > 1 {
		next := at
		next.Page = (page + 1) % pages
		row = append(row, choice{"›", Plain, bookTo(b, next)})
	}
	f.row(row...)
}

// unitsOutside are the bodies that are not branches: the outside ones by name, then
// those of the bureau.
func (t *turn) unitsOutside() []casework.Unit {
	list := slices.DeleteFunc(t.v.Units(), func(u casework.Unit) bool { return u.Kind == casework.Branch })
	slices.SortStableFunc(list, func(x, y casework.Unit) int {
		if out := x.Kind == casework.External; out != (y.Kind == casework.External) {
			if out {
				return -1
			}
			return 1
		}
		return cmp.Compare(x.Name, y.Name)
	})
	return list
}

// bookDraftText is what the field that is asked for holds.
func bookDraftText(b casework.TaskBook, at Place) string {
	var m casework.Measure
	if at.Measure >= 1 && at.Measure <= len(b.Measures) {
		m = b.Measures[at.Measure-1]
	}
	switch at.Path {
	case bookSituationField:
		return b.Situation
	case bookGoalField:
		return b.Goal
	case bookContentField:
		return m.Content
	case bookInKindField:
		return m.InKind
	}
	return ""
}

// readBookField reads what was typed for a field into its value. If it cannot be read,
// the notice says why.
func (t *turn) readBookField(at Place, words string) (string, bool) {
	switch at.Path {
	case bookDueField, bookMeasureDueField:
		on, ok := t.readDay(words)
		return on.String(), ok
	case bookFundField:
		n, err := strconv.ParseFloat(strings.TrimSuffix(form.Fold(words), "元"), 64)
		if err != nil || !(n >= 0 && n <= maxFund) {
			t.notice = t.w.say("task.say_fund")
			return "", false
		}
		return strconv.FormatInt(int64(math.Round(n*100)), 10), true
	}
	return words, true
}

// bookEdit changes a field of the draft by a tap.
func (t *turn) bookEdit(_ Card, a Action) {
	b, ok := t.taskBook(a.Place.Book)
	if !ok {
		t.toast("gone")
		return
	}
	if why := t.changeBook(b, a.Place, a.Option); why != "" {
		t.notice = t.bookWhyNot(why)
	}
	b, _ = t.taskBook(a.Place.Book)
	t.goTo(editPlace(b, a.Place))
}

// editPlace is where a change of a field leads; after a step it is the front.
func editPlace(b casework.TaskBook, at Place) Place {
	out := bookPlace(b.ID)
	switch {
	case at.Path == bookAddField:
		out.Path, out.Measure = bookMeasureField, len(b.Measures)
	case at.Path == bookLacksField:
		out.Path = bookLacksField
	case at.Path == bookRemoveField || !strings.HasPrefix(at.Path, bookEditPart):
		out.Path = ""
		if at.Path == bookRemoveField {
			out.Path = bookEditPart
		}
	case at.Measure > 0:
		out.Path, out.Measure = bookMeasureField, at.Measure
	default:
		out.Path = bookEditPart
	}
	return out
}

// changeBook changes a field and keeps the draft, or says why not.
func (t *turn) changeBook(b casework.TaskBook, at Place, value string) casework.Refusal {
	b.Measures, b.Lacks = slices.Clone(b.Measures), slices.Clone(b.Lacks)
	if at.Measure > 0 {
		if at.Measure > len(b.Measures) {
			return casework.NotFound
		}
		t.changeMeasure(&b, at.Path, at.Measure, value)
	} else {
		t.changeField(&b, at.Path, value)
	}
	facts, why := casework.WriteTaskBook(t.v, t.staff, b, t.now())
	if why == "" {
		t.carry(facts)
	}
	return why
}

// changeField changes what is said of the task book as a whole.
func (t *turn) changeField(b *casework.TaskBook, path, value string) {
	switch path {
	case bookSituationField:
		b.Situation = value
	case bookGoalField:
		b.Goal = value
	case bookDueField:
		b.DueOn = readBookDate(value)
	case bookLeadField:
		b.LeadID = casework.StaffID(readBookID(value))
	case bookLacksField:
		if i := slices.Index(b.Lacks, value); i >= 0 {
			b.Lacks = slices.Delete(b.Lacks, i, i+1)
		} else {
			b.Lacks = append(b.Lacks, value)
		}
	case bookAddField:
		m := casework.Measure{
			No: len(b.Measures) + 1, Kind: value, OwnerID: b.LeadID, StartOn: t.today, DueOn: b.DueOn, Status: casework.MeasureTodo,
			Content: t.w.say("task.template", "Kind", t.dictionary(casework.MeasureKinds(), value)),
		}
		m.Fills = unfilledLack(*b)
		b.Measures = append(b.Measures, m)
	}
}

// unfilledLack is the first lack that no measure fills, or the first of all.
func unfilledLack(b casework.TaskBook) string {
	for _, l := range b.Lacks {
		if !slices.ContainsFunc(b.Measures, func(m casework.Measure) bool { return m.Fills == l }) {
			return l
		}
	}
	if len(b.Lacks) > 0 {
		return b.Lacks[0]
	}
	return ""
}

// changeMeasure changes what is said of one measure, or takes it out.
func (t *turn) changeMeasure(b *casework.TaskBook, path string, no int, value string) {
	m := &b.Measures[no-1]
	switch path {
	case bookContentField:
		m.Content = value
	case bookKindField:
		m.Kind = value
	case bookFillsField:
		m.Fills = value
	case bookOwnerField:
		m.OwnerID = casework.StaffID(readBookID(value))
	case bookMeasureDueField:
		m.DueOn = readBookDate(value)
	case bookFundField:
		m.Fund = int64(readBookID(value))
	case bookInKindField:
		m.InKind = value
	case bookPartnerField:
		m.PartnerID = casework.UnitID(readBookID(value))
	case bookRemoveField:
		b.Measures = slices.Delete(b.Measures, no-1, no)
		for i := range b.Measures {
			b.Measures[i].No = i + 1
		}
	}
}

// readBookID reads a number that a button carries; zero if it is none.
func readBookID(s string) uint64 {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// readBookDate reads a day that a button carries; the zero day if it is none.
func readBookDate(s string) casework.Date {
	var on casework.Date
	if on.UnmarshalText([]byte(s)) != nil {
		return casework.Date{}
	}
	return on
}

package paper

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// formTable is a form in all its published versions, as the columns of a table: every
// item of every version, and of a repeat as many instances as occur.
type formTable struct {
	name     string
	versions map[int]form.Definition
	newest   form.Definition
	items    []form.Item    // the newest version's, then those that only older ones have
	most     map[string]int // instances, by repeat
	// visits are those recorded on it. Their numbers are kept, because reading a number is
	// cheaper than going over all visits again for each form.
	visits []casework.VisitID
}

// answerTables has a table for each form of a visit, with all that was answered.
func (m *maker) answerTables() []Sheet {
	var list []*formTable
	for _, k := range casework.Kinds() {
		list = append(list, m.formTable(k))
	}
	m.gather(list)
	var out []Sheet
	for i, k := range casework.Kinds() {
		out = append(out, m.answerTable(list[i], k))
	}
	return out
}

func (m *maker) answerTable(f *formTable, k casework.Kind) Sheet {
	columns := slices.Concat(m.visitFirst(), f.columns(m), m.visitLast(), privately(m, func(v visitRow) casework.Target { return v.x }))
	return table("visits_"+string(k), kindWord(k)+"走访", columns, m.visitsOn(f))
}

// visitsOn are the visits recorded on the form, by code.
func (m *maker) visitsOn(f *formTable) iter.Seq2[string, visitRow] {
	return func(yield func(string, visitRow) bool) {
		for _, id := range f.visits {
			v, _ := m.r.Visit(id)
			x, _ := m.r.Target(v.TargetID)
			if !yield(v.Code, visitRow{v, x}) {
				return
			}
		}
	}
}

// formTable reads the versions of the form for visits to the kind of target; before one
// is published, the program's own stands for it.
func (m *maker) formTable(k casework.Kind) *formTable {
	newest, ok := m.r.Form(string(k), 0)
	if !ok {
		return newFormTable(ownForms()[slices.Index(casework.Kinds(), k)])
	}
	var older []form.Definition
	for v := range newest.Version {
		if d, ok := m.r.Form(string(k), v); ok && v > 0 {
			older = append(older, d)
		}
	}
	return newFormTable(newest, older...)
}

func newFormTable(newest form.Definition, older ...form.Definition) *formTable {
	f := &formTable{
		name: newest.ID, newest: newest, versions: map[int]form.Definition{newest.Version: newest},
		items: slices.Clone(newest.Items), most: map[string]int{},
	}
	for _, d := range older {
		f.versions[d.Version] = d
		for _, it := range d.Items {
			same := func(o form.Item) bool { return o.ID == it.ID && o.Repeat == it.Repeat }
			if !slices.ContainsFunc(f.items, same) {
				f.items = append(f.items, it)
			}
		}
	}
	return f
}

// gather finds the visits of each form that the limits leave, and how many instances of
// each repeat there are at most.
func (m *maker) gather(list []*formTable) {
	for v := range m.visits() {
		i := slices.IndexFunc(list, func(f *formTable) bool { return f.name == v.Form })
		if i < 0 {
			continue
		}
		list[i].visits = append(list[i].visits, v.ID)
		for path := range v.Answers {
			repeat, rest, _ := strings.Cut(path, "/")
			n, _, _ := strings.Cut(rest, "/")
			if count, err := strconv.Atoi(n); err == nil {
				list[i].most[repeat] = max(list[i].most[repeat], count)
			}
		}
	}
}

// columns are those of all items, in the order in which they are asked. A repeat stands
// where its first member does, and has one instance at least.
func (f *formTable) columns(m *maker) []column[visitRow] {
	var out []column[visitRow]
	done := map[string]bool{}
	for _, it := range f.items {
		switch {
		case it.Type == form.Note, done[it.Repeat]:
		case it.Repeat == "":
			out = append(out, f.column(m, it, 0))
		default:
			done[it.Repeat] = true
			for n := range max(1, f.most[it.Repeat]) {
				for _, member := range f.items {
					if member.Repeat == it.Repeat && member.Type != form.Note {
						out = append(out, f.column(m, member, n+1))
					}
				}
			}
		}
	}
	return out
}

// column is that of the item, in the n-th instance of its repeat.
func (f *formTable) column(m *maker, it form.Item, n int) column[visitRow] {
	path, heading := it.ID, it.Label.Zh
	if it.Repeat != "" {
		path = fmt.Sprintf("%s/%d/%s", it.Repeat, n, it.ID)
		heading = fmt.Sprintf("%s%d·%s", f.repeatLabel(it.Repeat), n, heading)
	}
	c := Column{ID: path, Heading: heading, Kind: TextCell, Width: 8}
	switch it.Type {
	case form.DateType:
		c.Kind, c.Width = DateCell, 0
	case form.Integer:
		c.Kind, c.Width = NumberCell, 0
	case form.Text:
		c.Width = 18
	case form.SelectOne, form.SelectMultiple, form.Note:
	}
	return column[visitRow]{c, func(v visitRow) Cell { return f.cell(m, v, it, v.Answers[path]) }}
}

func (f *formTable) repeatLabel(id string) string {
	for _, d := range f.versions {
		for _, r := range d.Repeats {
			if r.ID == id && (d.Version == f.newest.Version || !slices.ContainsFunc(f.newest.Repeats, func(o form.Repeat) bool { return o.ID == id })) {
				return r.Label.Zh
			}
		}
	}
	return id
}

// cell is the answer in the words of the version that it was given under.
func (f *formTable) cell(m *maker, v visitRow, it form.Item, a form.Answer) Cell {
	if a.Skipped || len(a.Values) == 0 {
		return Cell{}
	}
	d := f.versions[v.FormVersion]
	for _, own := range d.Items {
		if own.ID == it.ID && own.Repeat == it.Repeat {
			it = own
		}
	}
	value := a.Values[0]
	switch it.Type {
	case form.SelectOne, form.SelectMultiple:
		return Text(wordList(it.Options, a.Values))
	case form.DateType:
		var on casework.Date
		if on.UnmarshalText([]byte(value)) == nil {
			return Day(on)
		}
	case form.Integer:
		if n, err := strconv.Atoi(value); err == nil {
			return Number(n)
		}
	case form.Text, form.Note:
		if a.Via == form.Spoken {
			return Text("语音")
		}
	}
	return Text(m.say(v.x, value))
}

// visitFirst are the columns before the answers.
func (m *maker) visitFirst() []column[visitRow] {
	return []column[visitRow]{
		textColumn("code", "走访编号", 10, func(v visitRow) string { return v.Code }),
		textColumn("target", "对象编号(名称脱敏)", 10, func(v visitRow) string { return m.targetName(v.x) }),
		textColumn("place", "镇村", 9, func(v visitRow) string { return m.place(v.x) }),
		textColumn("group", "走访组", 7, func(v visitRow) string { return m.groupName(m.groupOf(v.x, v.Participants...)) }),
		textColumn("visitors", "走访人", 9, func(v visitRow) string { return m.people(v.Participants) }),
		textColumn("round", "轮次", 6, func(v visitRow) string { return m.roundName(v.RoundID) }),
		textColumn("late", "补记", 4, func(v visitRow) string {
			if v.Late {
				return "补记"
			}
			return ""
		}),
	}
}

// visitLast are the columns behind the answers.
func (m *maker) visitLast() []column[visitRow] {
	return []column[visitRow]{
		textColumn("problems", "问题编号", 9, func(v visitRow) string { return m.problemCodes(v.ProblemIDs) }),
		numberColumn("files", "附件数", func(v visitRow) int { return len(v.Attachments) }),
		textColumn("diary", "走访日记", 26, func(v visitRow) string { return m.diaryText(v) }),
		numberColumn("revision", "更正次数", func(v visitRow) int { return v.Revision }),
		numberColumn("form_version", "表单版本", func(v visitRow) int { return v.FormVersion }),
		{Column{ID: "submitted_at", Heading: "提交时间", Kind: TimeCell}, func(v visitRow) Cell { return m.instant(v) }},
	}
}

func (m *maker) instant(v visitRow) Cell {
	if v.SubmittedAt.IsZero() {
		return Cell{}
	}
	return Instant(v.SubmittedAt.In(m.q.Zone))
}

func (m *maker) diaryText(v visitRow) string {
	if v.Diary == nil {
		return ""
	}
	return m.say(v.x, v.Diary.Text)
}

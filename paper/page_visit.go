package paper

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// newPages is newMaker for a question that Make has found nothing wrong with.
func newPages(r casework.Records, q Request) *maker {
	m, err := newMaker(r, q)
	if err != nil {
		return &maker{r: r, q: q}
	}
	return m
}

// visitPages is the visit record form 走访记实表, filled in: one page a visit.
func visitPages(r casework.Records, q Request) Sheet {
	m := newPages(r, q)
	return Sheet{ID: "visit_forms", Name: "走访记实表", Title: "“10+1”走访记实表", Pages: func(yield func(Page) bool) {
		for v := range m.visits() {
			if !yield(m.visitPage(v)) {
				return
			}
		}
	}}
}

func (m *maker) visitPage(v visitRow) Page {
	def, _ := m.r.Form(v.Form, v.FormVersion)
	said := m.said(&def, v)
	out := Page{
		Key: v.Code, Name: v.Code, Title: cmp.Or(def.Title.Zh, "“10+1”走访记实表"),
		Sub: m.under("编号："+v.Code, "活动："+m.campaign.Name, "轮次："+cmp.Or(m.roundName(v.RoundID), "—")),
	}
	add := func(b ...Block) { out.Blocks = append(out.Blocks, b...) }
	add(m.visitHead(v)...)
	add(inLines(said.beside)...)
	add(Block{Table: &Grid{Heads: []string{"序号", "走访内容", "走访记实"}, Spans: []int{1, 4, 7}, Rows: said.numbered}})
	if len(said.open) > 0 {
		add(Block{Table: &Grid{Heads: []string{"原有问题", "现在怎么样"}, Spans: []int{4, 8}, Rows: said.open}})
	}
	if len(said.more) > 0 {
		add(Block{Table: &Grid{Heads: []string{"另记", "内容"}, Spans: []int{2, 10}, Rows: said.more}})
	}
	add(Block{Table: m.raised(v)})
	add(m.visitFoot(&def, v)...)
	out.Foot = m.visitNote(v)
	return out
}

// under is the line under a title.
func (m *maker) under(parts ...string) string { return strings.Join(parts, "　　") }

// visitHead says who was visited, where, when and by whom.
func (m *maker) visitHead(v visitRow) []Block {
	name := v.x.Name()
	phone := v.x.Phone()
	if !m.q.Export.Full {
		name, phone = v.x.DisplayName(), maskPhone(phone)
	}
	care := cmp.Or(v.x.CareLevel, casework.General)
	return []Block{
		line(Field{Label: "对象编号", Value: Text(v.x.Code), Span: 4}, Field{Label: "名称", Value: Text(name), Span: 4},
			Field{Label: "镇村", Value: Text(m.place(v.x)), Span: 4}),
		line(Field{Label: "联系电话", Value: Text(phone), Span: 4}, Field{Label: "重点级别", Value: Text(word(casework.CareLevels(), care)), Span: 4},
			Field{Label: "结对责任人", Value: Text(m.person(m.primary(v.x))), Span: 4}),
		line(Field{Label: "走访日期", Value: Day(v.VisitedOn), Span: 4}, Field{Label: "走访组", Value: Text(m.groupName(m.groupOf(v.x, v.Participants...))), Span: 4},
			Field{Label: "走访人", Value: Text(m.people(v.Participants)), Span: 4}),
	}
}

func line(fields ...Field) Block { return Block{Fields: fields} }

// inLines sets the fields three in a line; the last of a line takes what is left of it.
func inLines(fields []Field) []Block {
	var out []Block
	for len(fields) > 0 {
		n := min(3, len(fields))
		row := fields[:n:n]
		fields = fields[n:]
		for i := range row {
			row[i].Span = 4
		}
		row[n-1].Span = 12 - 4*(n-1)
		out = append(out, Block{Fields: row})
	}
	return out
}

// said are the answers of a visit, by where the form has its place for them.
type said struct {
	numbered [][]Cell // the ten and the one
	beside   []Field  // what goes with the first of them: how, with whom
	open     [][]Cell // about the problems that were open
	more     [][]Cell // of other groups that repeat, such as trademarks
}

func (m *maker) said(def *form.Definition, v visitRow) said {
	sheet := form.Open(def, v.Answers, form.Context{Today: v.ReportedOn, BackfillDays: m.campaign.Params.Backfill})
	var out said
	at := map[int]int{} // the row of a number
	for _, it := range def.Items {
		if it.No > 0 && it.Repeat == "" {
			at[it.No] = len(out.numbered)
			out.numbered = append(out.numbered, []Cell{Text(numeral(it.No)), Text(it.Label.Zh), Text("—")})
		}
	}
	var tellings tellings
	no := 0
	for _, l := range sheet.Review() {
		item := l.Step.Item
		if item.No > 0 {
			no = item.No
		}
		if !l.Answered || item.ID == "visited_on" {
			continue
		}
		text := m.say(v.x, answer(sheet, l))
		switch row, found := at[no]; {
		case l.Step.Repeat != nil:
			tellings.add(l.Step, text)
		case item.No > 0:
			out.numbered[at[item.No]][2] = Text(text)
		case no <= 1 || !found:
			out.beside = append(out.beside, Field{Label: item.Label.Zh, Value: Text(text)})
		default:
			out.numbered[row][2].Text += "；" + item.Label.Zh + "：" + text
		}
	}
	out.open, out.more = tellings.rows(v.Answers)
	return out
}

// numeral is the number of an item as the form counts: ten, and one.
func numeral(no int) string {
	if no > 10 {
		return "+" + strconv.Itoa(no-10)
	}
	return strconv.Itoa(no)
}

// answer is what was answered. A day is written as everywhere in a paper.
func answer(s *form.Sheet, l form.Line) string {
	switch {
	case l.Answer.Skipped:
		return "无"
	case l.Step.Item.Type == form.DateType && len(l.Answer.Values) > 0:
		return l.Answer.Values[0]
	}
	return s.Show(l.Step, l.Answer, zh)
}

// tellings are the answers within groups that repeat, one telling an instance.
type tellings struct {
	list []telling
}

type telling struct {
	repeat *form.Repeat
	n      int
	parts  []string
}

func (t *tellings) add(s form.Step, text string) {
	last := len(t.list) - 1
	if last < 0 || t.list[last].repeat != s.Repeat || t.list[last].n != s.N {
		t.list = append(t.list, telling{repeat: s.Repeat, n: s.N})
		last++
	}
	t.list[last].parts = append(t.list[last].parts, s.Item.Label.Zh+"："+text)
}

// problemRepeat is the group whose instances became problems of their own.
const problemRepeat = "problem"

// rows gives those about open problems, and the others but for new problems.
func (t *tellings) rows(a form.Answers) (open, more [][]Cell) {
	for _, x := range t.list {
		text := Text(strings.Join(x.parts, "；"))
		switch {
		case x.repeat.ID == problemRepeat:
		case x.repeat.Given:
			code := fmt.Sprintf("%d", x.n)
			if c := a[fmt.Sprintf("%s/%d/code", x.repeat.ID, x.n)]; len(c.Values) > 0 {
				code = c.Values[0]
			}
			open = append(open, []Cell{Text(code), text})
		default:
			more = append(more, []Cell{Text(fmt.Sprintf("%s %d", x.repeat.Label.Zh, x.n)), text})
		}
	}
	return open, more
}

// raised are the problems that the visit found.
func (m *maker) raised(v visitRow) *Grid {
	out := &Grid{Heads: []string{"问题编号", "类别", "问题描述", "处置"}, Spans: []int{3, 2, 5, 2}, Least: 1}
	for _, id := range v.ProblemIDs {
		p, ok := m.r.Problem(id)
		if !ok {
			continue
		}
		out.Rows = append(out.Rows, []Cell{
			Text(p.Code), Text(word(m.categories, p.Category)), Text(m.say(v.x, p.Description)), Text(disposal(p.Disposal)),
		})
	}
	if len(out.Rows) == 0 {
		out.Rows = [][]Cell{{Text("—"), {}, Text("无"), {}}}
	}
	return out
}

// visitFoot says what was done about it, and has room for names to be signed.
func (m *maker) visitFoot(def *form.Definition, v visitRow) []Block {
	what := disposal(v.Disposal)
	if v.Outcome != casework.Met {
		what = "—"
	}
	next := Day(v.NextContact)
	if it, ok := def.Item("next_on"); ok && next.Empty() {
		if a := v.Answers[it.ID]; len(a.Values) > 0 {
			next = Text(a.Values[0])
		}
	}
	return []Block{
		line(Field{Label: "处置", Value: Text(what), Span: 4}, Field{Label: "约定下次", Value: next, Span: 4},
			Field{Label: "附件", Value: Text(attachments(v.Attachments)), Span: 4}),
		line(Field{Label: "走访人\n（签名）", Span: 4, Lines: 3}, Field{Label: "组长\n（签名）", Span: 4, Lines: 3},
			Field{Label: "日期", Span: 4, Lines: 3}),
	}
}

// attachments says how many files there are of which kind.
func attachments(files []casework.Attachment) string {
	count := map[casework.AttachmentKind]int{}
	for _, f := range files {
		count[f.Kind]++
	}
	var out []string
	for _, k := range []struct {
		kind casework.AttachmentKind
		word string
	}{{casework.Photo, "照片"}, {casework.Voice, "语音"}, {casework.Document, "文件"}} {
		if n := count[k.kind]; n > 0 {
			out = append(out, fmt.Sprintf("%s %d", k.word, n))
		}
	}
	return cmp.Or(strings.Join(out, "、"), "无")
}

// visitNote says how the record came about.
func (m *maker) visitNote(v visitRow) string {
	out := "提交于 " + v.SubmittedAt.In(m.q.Zone).Format("2006-01-02 15:04")
	if v.Late {
		out += " · 补记"
	}
	if v.Revision > 0 {
		out += fmt.Sprintf(" · 更正 %d 次", v.Revision)
	}
	return out + m.seen()
}

// seen says what the reader sees, and as of when.
func (m *maker) seen() string {
	masked := "已脱敏"
	if m.q.Export.Full {
		masked = "未脱敏，注意保密"
	}
	return " · 截至 " + m.q.Export.AsOf.In(m.q.Zone).Format("2006-01-02 15:04") + " · " + masked
}

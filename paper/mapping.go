package paper

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"

	"zoufang/casework"
	"zoufang/form"
)

// Mapping is how another system wants to have our records: its own headings, words and
// formats.
type Mapping struct {
	System  string             `yaml:"system"` // its name: 市民情系统
	Kind    casework.PaperKind `yaml:"kind"`   // of which paper
	Columns []MappedColumn     `yaml:"columns"`
}

// MappedColumn is one column of another system.
type MappedColumn struct {
	Heading string            `yaml:"heading"`
	From    string            `yaml:"from"`   // the id of one of our columns; empty: always Value
	Value   string            `yaml:"value"`  // where From is empty, or the cell is
	Words   map[string]string `yaml:"words"`  // our words, theirs; others stay as they are
	Format  string            `yaml:"format"` // of dates, such as 2006/01/02; empty is ours
}

// maxMapping bounds the size of a mapping, in bytes.
const maxMapping = 64 << 10

// ReadMapping reads a mapping from YAML. The error names the line and what would be right.
// That a column is one of ours can be known only with the records: see [Mapping.Apply].
func ReadMapping(data []byte) (m Mapping, err error) {
	// The library panics on some documents that are no YAML (v1.19.2).
	defer func() {
		if recover() != nil {
			m, err = Mapping{}, errors.New("read mapping: it is no YAML; check indentation, brackets and quotes")
		}
	}()
	if len(data) > maxMapping {
		return Mapping{}, fmt.Errorf("read mapping: it is longer than %d bytes; leave out what it does not need", maxMapping)
	}
	if err := yaml.UnmarshalWithOptions(data, &m, yaml.Strict()); err != nil {
		return Mapping{}, fmt.Errorf("read mapping: %s\na mapping has system, kind and columns; a column has heading, from, value, words and format",
			yaml.FormatError(err, false, true))
	}
	if at, err := m.check(); err != nil {
		return Mapping{}, fmt.Errorf("read mapping: line %d: %w", lineOf(data, at), err)
	}
	return m, nil
}

// check says what is wrong, and where in the document.
func (m Mapping) check() (at string, err error) {
	kinds := make([]string, 0, len(casework.PaperKinds()))
	for _, o := range casework.PaperKinds() {
		kinds = append(kinds, o.ID)
	}
	switch {
	case m.System == "":
		return "$.system", errors.New("system is missing: the name of the other system")
	case !slices.Contains(kinds, string(m.Kind)):
		return "$.kind", fmt.Errorf("kind is %q: it must be one of %s", m.Kind, strings.Join(kinds, ", "))
	case len(m.Columns) == 0:
		return "$.columns", errors.New("columns are missing: a list with a heading and from each")
	}
	for i, c := range m.Columns {
		at := fmt.Sprintf("$.columns[%d]", i)
		switch {
		case c.Heading == "":
			return at, errors.New("a column without a heading: write what the other system calls it")
		case slices.ContainsFunc(m.Columns[:i], func(o MappedColumn) bool { return o.Heading == c.Heading }):
			return at, fmt.Errorf("the heading %s stands there twice; leave one out", c.Heading)
		case c.Format != "" && !strings.Contains(c.Format, "2006"):
			return at, fmt.Errorf("the format %q shows no year: write how 2 January 2006 looks, such as 2006/01/02", c.Format)
		}
	}
	return "", nil
}

// lineOf is the line of the node, or of the first one above it that is there.
func lineOf(data []byte, at string) int {
	for ; at != "$" && at != ""; at = at[:max(0, strings.LastIndexAny(at, ".["))] {
		path, err := yaml.PathString(at)
		if err != nil {
			continue
		}
		node, err := path.ReadNode(strings.NewReader(string(data)))
		if err == nil && node != nil && node.GetToken() != nil {
			return node.GetToken().Position.Line
		}
	}
	return 1
}

// Apply makes of a table the one that the other system wants. It fails for a column that
// the table does not have; the error lists those it has.
func (m Mapping) Apply(s Sheet) (Sheet, error) {
	list, err := m.applyAll([]Sheet{s})
	if err != nil {
		return Sheet{}, err
	}
	if len(list) == 0 {
		return Sheet{}, fmt.Errorf("sheet %s: pages cannot be mapped; ask for the table", s.Name)
	}
	return list[0], nil
}

// applyAll maps all tables, and drops pages. A column must be in one of the tables; in the
// others it has its value alone.
func (m Mapping) applyAll(sheets []Sheet) ([]Sheet, error) {
	var tables []Sheet
	ids := map[string]bool{}
	var known []string
	for _, s := range sheets {
		if s.Rows == nil {
			continue
		}
		tables = append(tables, s)
		for _, c := range s.Columns {
			if !ids[c.ID] {
				ids[c.ID] = true
				known = append(known, c.ID)
			}
		}
	}
	for _, c := range m.Columns {
		if c.From != "" && !ids[c.From] {
			return nil, fmt.Errorf("column %s: there is no column %q to take it from; there are %s", c.Heading, c.From, strings.Join(known, ", "))
		}
	}
	for i, s := range tables {
		tables[i] = m.apply(s)
	}
	return tables, nil
}

func (m Mapping) apply(s Sheet) Sheet {
	out := Sheet{ID: s.ID, Name: s.Name, Title: s.Title, Note: s.Note, Wide: s.Wide}
	from := make([]int, len(m.Columns))
	for i, c := range m.Columns {
		from[i] = slices.IndexFunc(s.Columns, func(o Column) bool { return o.ID == c.From })
		col := Column{ID: fmt.Sprintf("column%d", i+1), Heading: c.Heading, Kind: TextCell}
		if from[i] >= 0 && c.Format == "" && c.Words == nil {
			col.Kind, col.Width = s.Columns[from[i]].Kind, s.Columns[from[i]].Width
		}
		out.Columns = append(out.Columns, col)
	}
	out.Rows = func(yield func(Row) bool) {
		for row := range s.Rows {
			if row.Total { // another system wants records alone
				continue
			}
			cells := make([]Cell, len(from))
			for i, at := range from {
				if at >= 0 {
					cells[i] = row.Cells[at]
				}
				cells[i] = m.Columns[i].cell(cells[i])
			}
			if !yield(Row{Key: row.Key, Cells: cells}) {
				return
			}
		}
	}
	return out
}

// cell is ours in the words and format of the other system.
func (c MappedColumn) cell(ours Cell) Cell {
	switch {
	case ours.Empty():
		return Text(c.Value)
	case c.Format != "" && ours.Kind == DateCell:
		return Text(ours.Date.In(time.UTC).Format(c.Format))
	case c.Format != "" && ours.Kind == TimeCell:
		return Text(ours.Time.Format(c.Format))
	case c.Words != nil:
		return Text(cmp.Or(c.Words[ours.String()], ours.String()))
	}
	return ours
}

// MappingOf makes a mapping from the header row of a workbook of theirs: headings that
// are called as ours, or nearly so, get our cells. It returns those it does not know;
// their columns are there, and empty.
func MappingOf(system string, kind casework.PaperKind, headings []string) (Mapping, []string) {
	known := map[string]string{}
	own := ownColumns(kind)
	for _, c := range own {
		for _, h := range []string{c.ID, c.Heading} {
			if _, taken := known[plainHeading(h)]; !taken {
				known[plainHeading(h)] = c.ID
			}
		}
	}
	for alias, id := range aliases() {
		if _, taken := known[plainHeading(alias)]; !taken && slices.ContainsFunc(own, func(c Column) bool { return c.ID == id }) {
			known[plainHeading(alias)] = id
		}
	}
	m := Mapping{System: system, Kind: kind}
	var unknown []string
	for _, h := range headings {
		id := known[plainHeading(h)]
		if id == "" {
			unknown = append(unknown, h)
		}
		m.Columns = append(m.Columns, MappedColumn{Heading: h, From: id})
	}
	return m, unknown
}

// aliases are what other systems call our columns.
func aliases() map[string]string {
	return map[string]string{
		"问题编码": "code", "编号": "code", "编码": "code", "任务书编号": "code", "走访记录编号": "code",
		"对象编号": "target", "对象编码": "target", "走访对象": "target", "帮扶对象": "target",
		"户主": "target_name", "户主姓名": "target_name", "姓名": "target_name", "对象名称": "target_name", "名称": "target_name",
		"电话": "target_phone", "手机号": "target_phone", "联系方式": "target_phone",
		"住址": "target_address", "详细地址": "target_address",
		"所在镇村": "place", "所属村": "place", "村居": "place", "所在村": "place", "区域": "place",
		"工作组": "group", "所在组": "group", "走访人员": "visitors", "走访党员": "visitors",
		"走访时间": "visited_on", "登记日期": "visited_on", "问题类别": "family", "六类": "family", "类别": "category", "小类": "category",
		"问题内容": "description", "内容": "description", "诉求内容": "description", "性质": "scope", "紧急度": "urgency",
		"承办单位": "unit", "责任部门": "unit", "负责人": "owner", "承办人": "owner", "措施": "measures", "帮扶措施": "measures",
		"时限": "due", "办理期限": "due", "完成时限": "due", "状态": "status", "当前状态": "status", "进展": "progress", "办理进展": "progress",
		"办结时间": "resolved_on", "回访时间": "asked_on", "回访结果": "satisfaction", "销号时间": "closed_on", "说明": "remark",
	}
}

// plainHeading is a heading without what people write in different ways: width and case,
// blanks, punctuation, and what stands in brackets.
func plainHeading(s string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r == '(' || r == '（' || r == '[' || r == '【':
			depth++
			return -1
		case r == ')' || r == '）' || r == ']' || r == '】':
			depth = max(0, depth-1)
			return -1
		case depth > 0, !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_':
			return -1
		}
		return r
	}, form.Fold(s))
}

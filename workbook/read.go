package workbook

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"zoufang/casework"
	"zoufang/form"
)

// ReadRoster reads a roster workbook. The order of sheets and columns does not
// matter, and neither do title rows above the header, blank rows, the row of
// notes, merged cells, or dates and numbers kept as texts or as such.
//
// It returns a [*FileError] if the file as a whole is no use. Wrong cells are
// faults of the reading, in which everything else is read all the same.
func ReadRoster(data []byte) (r Reading, err error) {
	err = open(data, func(rd *reader) error {
		if err := rd.workbook(); err != nil {
			return err
		}
		r = rd.out
		return nil
	})
	if err != nil {
		return Reading{}, err
	}
	return r, nil
}

// reader is one workbook being read.
type reader struct {
	f        *excelize.File
	parcel   parcel
	from1904 bool
	out      Reading
	found    map[casework.SheetID]string
}

func (r *reader) fault(sheet, ref string, code casework.FaultCode, zh, en string) {
	r.out.Faults = append(r.out.Faults, casework.RowFault{
		Cell: casework.Cell{Sheet: sheet, Ref: ref}, Code: code, Text: form.Label{Zh: zh, En: en},
	})
}

func (r *reader) note(sheet, ref, zh, en string) {
	r.out.Notes = append(r.out.Notes, casework.RowFault{
		Cell: casework.Cell{Sheet: sheet, Ref: ref}, Code: casework.FaultHeader, Text: form.Label{Zh: zh, En: en},
	})
}

// name is a title or header without what people add to it: spaces, marks of
// what is required, and case.
func name(s string) string {
	s = strings.Join(strings.Fields(form.Fold(form.Clean(s))), "")
	return strings.Trim(strings.TrimSuffix(s, "(必填)"), "*:")
}

func (r *reader) workbook() error {
	tables := casework.RosterTables()
	var strangers []string
	for _, sheet := range r.f.GetSheetList() {
		title := strings.TrimSuffix(name(sheet), "表")
		i := slices.IndexFunc(tables, func(t casework.Table) bool {
			return title == name(t.Label.Zh) || title == name(t.Label.En)
		})
		if i < 0 {
			if sheet != guideSheet {
				strangers = append(strangers, sheet)
			}
			continue
		}
		if first, twice := r.found[tables[i].ID]; twice {
			r.fault(sheet, "A1", casework.FaultHeader, fmt.Sprintf("与工作表“%s”是同一张表，请合并成一张。", first),
				fmt.Sprintf("This is the same sheet as %q: put them together.", first))
			continue
		}
		r.found[tables[i].ID] = sheet
		if err := r.sheet(sheet, tables[i]); err != nil {
			return err
		}
	}
	if len(r.found) == 0 {
		return refuse(NotARoster, nil, "文件里没有花名册的工作表（活动、轮次、单位、区域、工作组、人员、家庭、企业、组织、结对、问题、商标、政策）。请用 zoufang template 生成模板再填。",
			"None of the roster's sheets is in the file. Make a template with zoufang template, and fill that in.")
	}
	for _, sheet := range strangers {
		r.note(sheet, "A1", "不认识的工作表，已略过。", "The sheet is not one of the roster's: passed over.")
	}
	return nil
}

// line is a row of a sheet: its number and its texts, as kept and as shown.
type line struct {
	no         int
	raw, shown []string
}

// at gives the texts of the column, counted from 1.
func (l line) at(col int) (raw, shown string) {
	if col <= len(l.raw) {
		raw, shown = l.raw[col-1], l.raw[col-1]
	}
	if col <= len(l.shown) {
		shown = l.shown[col-1]
	}
	return raw, shown
}

func (l line) blank() bool {
	return !slices.ContainsFunc(l.raw, func(s string) bool { return s != "" && form.Clean(s) != "" })
}

// notes reports whether this is the row of notes under the headers.
func (l line) notes() bool {
	return slices.ContainsFunc(l.raw, func(s string) bool { return strings.HasPrefix(form.Clean(s), notePrefix) })
}

// lines gives the rows of a sheet one by one, so that no more than one is held.
// What a number looks like is asked for only where there are numbers.
func (r *reader) lines(sheet string, each func(line) bool) error {
	raw, err := r.f.Rows(sheet)
	if err != nil {
		return damaged(err)
	}
	var shown *excelize.Rows
	if r.parcel.sheets[sheet].numbers {
		if shown, err = r.f.Rows(sheet); err != nil {
			return damaged(err)
		}
	}
	for no := 1; raw.Next(); no++ {
		l := line{no: no}
		if l.raw, err = raw.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return damaged(err)
		}
		if shown != nil && shown.Next() {
			if l.shown, err = shown.Columns(); err != nil {
				return damaged(err)
			}
		}
		if !each(l) {
			return nil
		}
	}
	if err := raw.Error(); err != nil {
		return damaged(err)
	}
	return nil
}

// merged is a run of merged cells down a column.
type merged struct {
	col, top, bottom int
	raw, shown       string
}

func (r *reader) merges(sheet string) []merged {
	var out []merged
	for _, ref := range r.parcel.sheets[sheet].merges {
		from, to, _ := strings.Cut(ref, ":")
		col, top, err := excelize.CellNameToCoordinates(from)
		_, bottom, err2 := excelize.CellNameToCoordinates(to)
		if err == nil && err2 == nil && bottom > top && col <= maxColumns {
			out = append(out, merged{col: col, top: top, bottom: bottom})
		}
	}
	return out
}

// spread puts the value of merged cells into each cell of their first column,
// which is what a person who merged them meant. A row of nothing else stays
// blank.
func spread(merges []merged, l *line) {
	for i := range merges {
		m := &merges[i]
		switch {
		case l.no == m.top:
			m.raw, m.shown = l.at(m.col)
		case l.no > m.top && l.no <= m.bottom && !l.blank():
			for len(l.raw) < m.col {
				l.raw = append(l.raw, "")
			}
			for len(l.shown) < m.col {
				_, shown := l.at(len(l.shown) + 1)
				l.shown = append(l.shown, shown)
			}
			l.raw[m.col-1], l.shown[m.col-1] = m.raw, m.shown
		}
	}
}

// sheet reads a sheet: its header among the first rows, and then its rows.
func (r *reader) sheet(sheet string, t casework.Table) error {
	var top []line
	merges := r.merges(sheet)
	head := line{}
	var columns []int
	err := r.lines(sheet, func(l line) bool {
		spread(merges, &l)
		if l.no <= headerRows {
			top = append(top, l)
			return true
		}
		if columns == nil {
			if head, columns = header(top, t); columns == nil {
				return false
			}
			r.below(sheet, t, top, head, columns)
		}
		r.row(sheet, l, t, head, columns)
		return true
	})
	if err != nil {
		return err
	}
	if columns == nil {
		head, columns = header(top, t)
		r.below(sheet, t, top, head, columns)
	}
	switch {
	case columns == nil && slices.ContainsFunc(top, func(l line) bool { return !l.blank() }):
		r.fault(sheet, "A1", casework.FaultHeader,
			fmt.Sprintf("前 %d 行里找不到表头，应有：%s。", headerRows, headers(t, "zh-Hans")),
			fmt.Sprintf("No header in the first %d rows. It should have: %s.", headerRows, headers(t, "en")))
	case columns != nil && !r.checkHeader(sheet, t, head, columns):
		delete(r.out.Roster, t.ID) // what it would say is not clear
	}
	return nil
}

// below reads those of the first rows that stand under the header.
func (r *reader) below(sheet string, t casework.Table, top []line, head line, columns []int) {
	if columns == nil {
		return
	}
	r.out.Roster[t.ID] = []casework.Row{}
	for _, l := range top {
		if l.no > head.no {
			r.row(sheet, l, t, head, columns)
		}
	}
}

func headers(t casework.Table, lang string) string {
	var out []string
	for _, c := range t.Columns {
		out = append(out, c.Label.In(lang))
	}
	return strings.Join(out, "、")
}

// header finds the row that names most columns, and which column of the table
// each of its cells is: -1 for none. There are no columns without such a row.
func header(lines []line, t casework.Table) (line, []int) {
	var best int
	var head line
	var columns []int
	for _, l := range lines {
		n := 0
		ids := make([]int, len(l.raw))
		for j, s := range l.raw {
			if ids[j] = columnOf(s, t); ids[j] >= 0 {
				n++
			}
		}
		if n > best && n > 1 {
			best, head, columns = n, l, ids
		}
	}
	return head, columns
}

// columnOf is the column with that header: its label, an alias, or one of them
// with a remark in brackets behind it.
func columnOf(s string, t casework.Table) int {
	s = name(s)
	if s == "" {
		return -1
	}
	is := func(s string) int {
		for i, c := range t.Columns {
			if s == name(c.Label.Zh) || s == name(c.Label.En) {
				return i
			}
		}
		return slices.IndexFunc(t.Columns, func(c casework.Column) bool {
			return slices.ContainsFunc(c.Aliases, func(a string) bool { return name(a) == s })
		})
	}
	if i := is(s); i >= 0 {
		return i
	}
	before, _, _ := strings.Cut(s, "(")
	return is(before)
}

// checkHeader notes the columns that are passed over, and reports whether the
// rows can be read.
func (r *reader) checkHeader(sheet string, t casework.Table, l line, columns []int) bool {
	ok := true
	first := map[int]string{}
	for j, i := range columns {
		ref := cellName(j+1, l.no)
		if i < 0 {
			if text := form.Clean(l.raw[j]); text != "" {
				r.note(sheet, ref, "不认识的列，已略过。", "The column is not one of the roster's: passed over.")
			}
			continue
		}
		if other, twice := first[i]; twice {
			r.fault(sheet, ref, casework.FaultHeader, fmt.Sprintf("与 %s 是同一列（%s），请只保留一列。", other, t.Columns[i].Label.Zh),
				fmt.Sprintf("This is the same column as %s (%s): keep one.", other, t.Columns[i].Label.En))
			ok = false
		}
		first[i] = ref
	}
	if _, there := first[0]; t.Columns[0].Required && !there {
		r.fault(sheet, cellName(1, l.no), casework.FaultHeader, fmt.Sprintf("缺少“%s”一列。", t.Columns[0].Label.Zh),
			fmt.Sprintf("The column %s is missing.", t.Columns[0].Label.En))
		ok = false
	}
	return ok
}

func cellName(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return fmt.Sprintf("A%d", row)
	}
	return name
}

// row adds a row to the roster; each column of the header has its field.
func (r *reader) row(sheet string, l line, t casework.Table, head line, columns []int) {
	if l.blank() || l.no == head.no+1 && l.notes() {
		return
	}
	out := casework.Row{Line: l.no, Fields: map[string]casework.Field{}}
	for j, i := range columns {
		if i < 0 {
			continue
		}
		raw, shown := l.at(j + 1)
		field := casework.Field{Ref: cellName(j+1, l.no)}
		field.Text, field.Bad = r.text(sheet, field.Ref, t.Columns[i], raw, shown)
		out.Fields[t.Columns[i].ID] = field
	}
	r.out.Roster[t.ID] = append(r.out.Roster[t.ID], out)
}

var (
	scientific = regexp.MustCompile(`^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$`)
	errorValue = regexp.MustCompile(`^#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)`)
	digits     = regexp.MustCompile(`^[0-9]+$`)
)

// text is the cell's text. It reports true for a cell that cannot be read, of
// which it has told.
func (r *reader) text(sheet, ref string, c casework.Column, raw, shown string) (string, bool) {
	raw, shown = strings.TrimSpace(raw), strings.TrimSpace(shown)
	switch {
	case r.parcel.sheets[sheet].formulas[ref]:
		r.fault(sheet, ref, casework.FaultFormula, "这里是公式。请复制后“选择性粘贴—数值”，再导入。",
			"This is a formula. Copy it and paste its value instead.")
		return "", true
	case errorValue.MatchString(raw):
		r.fault(sheet, ref, casework.FaultErrorCell, "单元格显示错误值，请改成正确的内容。", "The cell shows an error: write what belongs there.")
		return "", true
	case scientific.MatchString(raw) || r.parcel.sheets[sheet].rounded[ref]:
		r.fault(sheet, ref, casework.FaultScientific, "长数字被表格变成了科学计数，末尾几位已丢失。请把这一列设为“文本”格式，再重新输入。",
			"The sheet has rounded a long number. Format the column as text, and type it again.")
		return "", true
	case utf8.RuneCountInString(raw) > 2000:
		r.fault(sheet, ref, casework.FaultTooLong, "单元格的内容太长。", "The cell's text is far too long.")
		return "", true
	case c.Kind == casework.DateColumn:
		return r.dateText(raw), false
	}
	number, err := strconv.ParseFloat(raw, 64)
	if err != nil || raw == shown || c.Kind == casework.NumberColumn {
		return form.Clean(raw), false
	}
	switch {
	case digits.MatchString(shown): // a format such as 0000
		return shown, false
	case looksLikeDate(shown):
		r.fault(sheet, ref, casework.FaultConverted, "表格把这里变成了日期。请把这一列设为“文本”格式，再重新输入。",
			"The sheet has made a date of this. Format the column as text, and type it again.")
		return "", true
	case number == float64(int64(number)):
		return strconv.FormatInt(int64(number), 10), false
	}
	return form.Clean(raw), false
}

func looksLikeDate(shown string) bool {
	return strings.ContainsAny(shown, "年月日/:") || strings.Count(shown, "-") >= 1 && !strings.HasPrefix(shown, "-")
}

// dateText is a date as text. A number is a day that the sheet counts; dates
// of eight digits are larger than any such count.
func (r *reader) dateText(raw string) string {
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		before, _, _ := strings.Cut(raw, "T") // 2017-04-05T00:00:00
		return form.Clean(before)
	}
	const end = 2958466 // the day after 9999-12-31
	if serial < 1 || serial >= end {
		return form.Clean(raw)
	}
	t, err := excelize.ExcelDateToTime(serial, r.from1904)
	if err != nil {
		return form.Clean(raw)
	}
	return t.Format("2006-01-02")
}

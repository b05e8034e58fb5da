package workbook

import (
	"bytes"
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
	p, err := inspect(data)
	if err != nil {
		return Reading{}, err
	}
	// The library is known to panic on parts that contradict each other, and a
	// strange file must not end the program.
	defer func() {
		if v := recover(); v != nil {
			r, err = Reading{}, damaged(fmt.Errorf("read workbook: %v", v))
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: maxUnzip, UnzipXMLSizeLimit: maxUnzip, // the same: nothing is put into temporary files
	})
	if err != nil {
		return Reading{}, damaged(err)
	}
	rd := reader{f: f, parcel: p, out: Reading{Roster: casework.Roster{}}, found: map[casework.SheetID]string{}}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		rd.from1904 = *props.Date1904
	}
	err = rd.workbook()
	if closing := f.Close(); err == nil && closing != nil {
		err = damaged(closing)
	}
	if err != nil {
		return Reading{}, err
	}
	return rd.out, nil
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
		return refuse(NotARoster, nil, "文件里没有花名册的工作表（活动、轮次、单位、区域、工作组、人员、家庭、企业、组织、结对）。请用 zoufang template 生成模板再填。",
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

func (l line) blank() bool {
	return !slices.ContainsFunc(l.raw, func(s string) bool { return form.Clean(s) != "" })
}

// notes reports whether this is the row of notes under the headers.
func (l line) notes() bool {
	return slices.ContainsFunc(l.raw, func(s string) bool { return strings.HasPrefix(form.Clean(s), notePrefix) })
}

// lines reads the rows of a sheet that are not blank.
func (r *reader) lines(sheet string) ([]line, error) {
	raw, err := r.f.Rows(sheet)
	if err != nil {
		return nil, damaged(err)
	}
	shown, err := r.f.Rows(sheet)
	if err != nil {
		return nil, damaged(err)
	}
	var out []line
	for no := 1; raw.Next() && shown.Next(); no++ {
		l := line{no: no}
		if l.raw, err = raw.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return nil, damaged(err)
		}
		if l.shown, err = shown.Columns(); err != nil {
			return nil, damaged(err)
		}
		for len(l.shown) < len(l.raw) {
			l.shown = append(l.shown, "")
		}
		out = append(out, l)
	}
	r.spread(sheet, out)
	return slices.DeleteFunc(out, line.blank), damagedIf(raw.Error())
}

func damagedIf(err error) error {
	if err == nil {
		return nil
	}
	return damaged(err)
}

// spread puts the value of merged cells into each cell of their first column,
// which is what a person who merged them meant.
func (r *reader) spread(sheet string, lines []line) {
	for _, ref := range r.parcel.sheets[sheet].merges {
		from, to, ok := strings.Cut(ref, ":")
		if !ok {
			continue
		}
		col, top, err := excelize.CellNameToCoordinates(from)
		_, bottom, err2 := excelize.CellNameToCoordinates(to)
		if err != nil || err2 != nil || top > len(lines) || col > len(lines[top-1].raw) {
			continue
		}
		value, shown := lines[top-1].raw[col-1], lines[top-1].shown[col-1]
		for no := top + 1; no <= min(bottom, len(lines)); no++ {
			l := &lines[no-1]
			if l.blank() { // a row of nothing else is still blank
				continue
			}
			for len(l.raw) < col {
				l.raw, l.shown = append(l.raw, ""), append(l.shown, "")
			}
			l.raw[col-1], l.shown[col-1] = value, shown
		}
	}
}

func (r *reader) sheet(sheet string, t casework.Table) error {
	lines, err := r.lines(sheet)
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		return nil
	}
	at, columns := header(lines, t)
	if at < 0 {
		r.fault(sheet, "A1", casework.FaultHeader,
			fmt.Sprintf("前 %d 行里找不到表头，应有：%s。", headerRows, headers(t, "zh-Hans")),
			fmt.Sprintf("No header in the first %d rows. It should have: %s.", headerRows, headers(t, "en")))
		return nil
	}
	if !r.checkHeader(sheet, t, lines[at], columns) {
		return nil
	}
	r.out.Roster[t.ID] = []casework.Row{}
	for i, l := range lines[at+1:] {
		if i == 0 && l.notes() {
			continue
		}
		r.out.Roster[t.ID] = append(r.out.Roster[t.ID], r.row(sheet, l, t, columns))
	}
	return nil
}

func headers(t casework.Table, lang string) string {
	var out []string
	for _, c := range t.Columns {
		out = append(out, c.Label.In(lang))
	}
	return strings.Join(out, "、")
}

// header finds the row that names most columns, and which column of the table
// each of its cells is: -1 for none.
func header(lines []line, t casework.Table) (int, []int) {
	best, at := 0, -1
	var columns []int
	for i, l := range lines {
		if l.no > headerRows {
			break
		}
		n := 0
		ids := make([]int, len(l.raw))
		for j, s := range l.raw {
			if ids[j] = columnOf(s, t); ids[j] >= 0 {
				n++
			}
		}
		if n > best && (n > 1 || len(t.Columns) == 1) {
			best, at, columns = n, i, ids
		}
	}
	return at, columns
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

// row makes a row of the roster; each column of the header has its field.
func (r *reader) row(sheet string, l line, t casework.Table, columns []int) casework.Row {
	out := casework.Row{Line: l.no, Fields: map[string]casework.Field{}}
	for j, i := range columns {
		if i < 0 {
			continue
		}
		field := casework.Field{Ref: cellName(j+1, l.no)}
		if j < len(l.raw) {
			field.Text, field.Bad = r.text(sheet, field.Ref, t.Columns[i], l.raw[j], l.shown[j])
		}
		out.Fields[t.Columns[i].ID] = field
	}
	return out
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

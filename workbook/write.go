package workbook

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"zoufang/casework"
	"zoufang/form"
)

// guideSheet is the sheet that explains the others.
const guideSheet = "说明"

// guideWidth is that of its texts, in characters.
const guideWidth = 88

// firstRow is where the rows begin, under the header and the notes.
const firstRow = 3

// WriteTemplate writes the empty roster: every sheet with its headers, notes
// and drop-down lists, and a sheet that says how to fill them in.
func WriteTemplate(w io.Writer) error { return WriteRoster(w, casework.Roster{}) }

// WriteRoster writes the roster as [ReadRoster] reads it. Every cell is a text,
// so that nothing in it can be taken for a formula and no digit gets lost.
func WriteRoster(w io.Writer, roster casework.Roster) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.SetSheetName("Sheet1", guideSheet); err != nil {
		return fmt.Errorf("write roster: %w", err)
	}
	s, err := newStyles(f)
	if err != nil {
		return fmt.Errorf("write roster: %w", err)
	}
	if err := writeGuide(f, s); err != nil {
		return fmt.Errorf("write roster: sheet %s: %w", guideSheet, err)
	}
	for _, t := range casework.RosterTables() {
		if err := writeTable(f, s, t, roster[t.ID]); err != nil {
			return fmt.Errorf("write roster: sheet %s: %w", t.Label.Zh, err)
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write roster: %w", err)
	}
	return nil
}

// styles are the looks of the cells.
type styles struct {
	header, required, note, text, title, wrap int
}

func newStyles(f *excelize.File) (styles, error) {
	var out styles
	const textFormat = 49 // keeps what a person types a text as well, whatever it begins with
	border := []excelize.Border{{Type: "bottom", Color: "BFBFBF", Style: 1}}
	middle := &excelize.Alignment{Vertical: "center", WrapText: true}
	for _, x := range []struct {
		id    *int
		style excelize.Style
	}{
		{&out.header, excelize.Style{Font: &excelize.Font{Bold: true}, Border: border, Alignment: middle,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}}}},
		{&out.required, excelize.Style{Font: &excelize.Font{Bold: true}, Border: border, Alignment: middle,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FCE4D6"}}}},
		{&out.note, excelize.Style{Font: &excelize.Font{Size: 9, Color: "7F7F7F"}, Border: border,
			Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
		{&out.text, excelize.Style{NumFmt: textFormat}},
		{&out.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}}},
		{&out.wrap, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
	} {
		id, err := f.NewStyle(&x.style)
		if err != nil {
			return styles{}, err
		}
		*x.id = id
	}
	return out, nil
}

func writeGuide(f *excelize.File, s styles) error {
	if err := fitPage(f, guideSheet); err != nil {
		return err
	}
	sw, err := f.NewStreamWriter(guideSheet)
	if err != nil {
		return err
	}
	if err := errors.Join(sw.SetColWidth(1, 1, 14), sw.SetColWidth(2, 2, guideWidth)); err != nil {
		return err
	}
	rows := [][2]string{
		{"花名册", ""},
		{"怎么填", "每张表第 1 行是表头，第 2 行是说明，从第 3 行开始填。橙色表头必填。列的顺序可以变，多出的列会略过。"},
		{"文本格式", "所有单元格都是文本格式，编号、电话和信用代码不会变形。从别处粘贴时请选“只保留文本”。不要用公式。"},
		{"先后", "先填单位、区域，再填工作组和人员，然后填家庭、企业、组织，最后填结对；问题、商标、政策可有可无。表与表之间用编号或名称对应。"},
		{"再次导入", "按编号认人认户：已有的更新，没有的新增。删掉一行不会删除记录；要停走访，请把状态改为移出。表里没有的列保持原样，留空的格子会清空。"},
		{"结对", "某个对象只要在“结对”表里出现，就以表里的几行为准，没写的结对会结束。责任人只有一名。"},
		{"可不填的表", "“问题”“商标”“政策”三张表可以整张不填。问题只新增：对象、类别、描述都相同的不再登记。商标按注册号（没有号的按企业和名称）更新，政策按标题更新。"},
		{"不要填", "身份证号、宗教、民族、信访标记。电话只填在电话一列。"},
		{"English", "Row 1 holds the headers, row 2 notes, and data begin in row 3. Orange headers must be filled in. All cells are text."},
		{"各表", ""},
	}
	for _, t := range casework.RosterTables() {
		rows = append(rows, [2]string{t.Label.Zh, t.Label.En + "：" + headers(t, "zh-Hans")})
	}
	for i, r := range rows {
		style := s.wrap
		if r[1] == "" {
			style = s.title
		}
		cells := []any{excelize.Cell{StyleID: style, Value: r[0]}, excelize.Cell{StyleID: s.wrap, Value: r[1]}}
		if err := sw.SetRow(cellName(1, i+1), cells, tall(lineCount(r[1], guideWidth+20), 16)); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// lineCount is how many lines the text takes in a column so many characters
// wide. Programs that open the file do not all work it out for Chinese text.
func lineCount(text string, width float64) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0x2000 { // Chinese characters are two wide
			n++
		}
	}
	return 1 + n/max(1, int(width)-2)
}

// tall makes a row high enough for so many lines.
func tall(lines int, points float64) excelize.RowOpts {
	return excelize.RowOpts{Height: 6 + float64(lines)*points}
}

// writeTable writes one sheet.
func writeTable(f *excelize.File, s styles, t casework.Table, rows []casework.Row) error {
	if len(rows) > maxRows {
		return fmt.Errorf("%d rows, and a sheet can be read with %d: write several workbooks", len(rows), maxRows)
	}
	if _, err := f.NewSheet(t.Label.Zh); err != nil {
		return err
	}
	if err := fitPage(f, t.Label.Zh); err != nil {
		return err
	}
	for i, c := range t.Columns {
		if err := addChoices(f, t.Label.Zh, i+1, c); err != nil {
			return err
		}
	}
	sw, err := f.NewStreamWriter(t.Label.Zh)
	if err != nil {
		return err
	}
	head, notes, most := make([]any, len(t.Columns)), make([]any, len(t.Columns)), 1
	for i, c := range t.Columns {
		err = errors.Join(err, sw.SetColWidth(i+1, i+1, width(c)), sw.SetColStyle(i+1, i+1, s.text))
		style := s.header
		if c.Required {
			style = s.required
		}
		head[i] = excelize.Cell{StyleID: style, Value: c.Label.Zh}
		text := note(c, i == 0)
		notes[i] = excelize.Cell{StyleID: s.note, Value: text}
		most = max(most, lineCount(text, width(c)))
	}
	err = errors.Join(err,
		sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: 2, XSplit: 1, TopLeftCell: "B3", ActivePane: "bottomRight"}),
		sw.SetRow("A1", head, excelize.RowOpts{Height: 24}), sw.SetRow("A2", notes, tall(most, 12)))
	if err != nil {
		return err
	}
	for i, row := range rows {
		cells := make([]any, len(t.Columns))
		for j, c := range t.Columns {
			if text := form.Clean(row.Fields[c.ID].Text); text != "" { // the column has the style of empty cells
				cells[j] = excelize.Cell{StyleID: s.text, Value: text}
			}
		}
		if err := sw.SetRow(cellName(1, firstRow+i), cells); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// fitPage makes the sheet print on A4 across, as wide as the page.
func fitPage(f *excelize.File, sheet string) error {
	const a4 = 9
	return errors.Join(
		f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: new(true)}),
		f.SetPageLayout(sheet, &excelize.PageLayoutOptions{
			Size: new(a4), Orientation: new("landscape"), FitToWidth: new(1), FitToHeight: new(0),
		}))
}

// addChoices gives the column of a single choice its drop-down list.
func addChoices(f *excelize.File, sheet string, col int, c casework.Column) error {
	if c.Kind != casework.ChoiceColumn {
		return nil
	}
	words := make([]string, len(c.Choices))
	for i, o := range c.Choices {
		words[i] = o.Label.Zh
	}
	v := excelize.NewDataValidation(true)
	v.Sqref = cellName(col, firstRow) + ":" + cellName(col, maxRows)
	if err := v.SetDropList(words); err != nil {
		return fmt.Errorf("column %s: %w", c.Label.Zh, err)
	}
	v.SetError(excelize.DataValidationErrorStyleStop, c.Label.Zh, "请从下拉列表里选。")
	return f.AddDataValidation(sheet, v)
}

// note is what stands under the header: what to write, the choices, an example.
func note(c casework.Column, first bool) string {
	var parts []string
	if c.Required {
		parts = append(parts, "必填")
	}
	if c.Hint.Zh != "" {
		parts = append(parts, c.Hint.Zh)
	}
	switch c.Kind {
	case casework.ChoicesColumn:
		words := make([]string, len(c.Choices))
		for i, o := range c.Choices {
			words[i] = o.Label.Zh
		}
		parts = append(parts, "可多选，用、隔开："+strings.Join(words, "、"))
	case casework.ChoiceColumn:
		parts = append(parts, "从下拉列表里选")
	case casework.PhoneColumn:
		parts = append(parts, "手机号或带区号的座机号")
	case casework.NumberColumn:
		parts = append(parts, "整数")
	case casework.TextColumn, casework.CodeColumn, casework.ContactColumn, casework.DateColumn,
		casework.RefColumn, casework.RefsColumn, casework.USCCColumn, casework.RegNoColumn:
	}
	if c.Example != "" {
		parts = append(parts, "例："+c.Example)
	}
	text := strings.Join(parts, "；")
	if first {
		text = notePrefix + text
	}
	return text
}

// width is the column's, in characters; a Chinese one is two wide.
func width(c casework.Column) float64 {
	n := 2*utf8.RuneCountInString(c.Label.Zh) + 4
	switch c.Kind {
	case casework.ChoicesColumn:
		n = max(n, 36)
	case casework.USCCColumn:
		n = max(n, 24)
	case casework.TextColumn, casework.RefsColumn, casework.ContactColumn:
		n = max(n, 18)
	case casework.CodeColumn, casework.PhoneColumn, casework.DateColumn, casework.NumberColumn,
		casework.ChoiceColumn, casework.RefColumn, casework.RegNoColumn:
		n = max(n, 14)
	}
	return float64(n)
}

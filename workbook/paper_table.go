package workbook

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"zoufang/paper"
)

// The rows of a table's sheet.
const (
	titleRow  = 1
	noteRow   = 2
	headRow   = 3
	tableRow  = 4 // the first of the table's own
	sheetRows = 1_048_576
)

// The heights of rows, in points.
const (
	linePoints = 14.5
	rowPadding = 5
	maxHeight  = 405
)

// table writes a table, and its charts below.
func (p *press) table(s paper.Sheet) error {
	name, err := p.add(s.Name)
	if err != nil {
		return err
	}
	if err := p.setUp(name, s.Wide, true); err != nil {
		return err
	}
	sw, err := p.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	widths := columnWidths(s)
	if err := p.header(sw, s, widths); err != nil {
		return err
	}
	at := tableRow
	var drawn run
	if s.Rows != nil {
		for row := range s.Rows {
			if at > sheetRows {
				return fmt.Errorf("more than %d rows: ask for less of it, or for CSV", sheetRows-tableRow+1)
			}
			if err := p.row(sw, at, s.Columns, widths, row); err != nil {
				return fmt.Errorf("row %d: %w", at, err)
			}
			drawn.see(at, row.Total)
			p.wrote()
			at++
		}
	}
	// All that the sheet says after its rows must be known before Flush: the library
	// does not open it again.
	err = errors.Join(
		p.filter(name, len(s.Columns), at-1), p.choices(name, s.Columns, max(tableRow, at-1)), p.repeatHeader(name),
		p.charts(name, s, widths, drawn, at+1))
	if err != nil {
		return err
	}
	return sw.Flush()
}

// header writes what stands above the rows.
func (p *press) header(sw *excelize.StreamWriter, s paper.Sheet, widths []float64) error {
	err := sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: headRow, TopLeftCell: cellName(1, tableRow), ActivePane: "bottomLeft"})
	across, most := 0.0, 1
	head := make([]any, len(s.Columns))
	for i, c := range s.Columns {
		n := widths[i]
		across += n
		most = max(most, lines(c.Heading, n))
		cell, wrong := p.words(c.Heading, headPart)
		head[i] = cell
		err = errors.Join(err, wrong, sw.SetColWidth(i+1, i+1, units(n)))
	}
	title, wrong := p.words(s.Title, titlePart)
	note, more := p.words(s.Note, notePart)
	err = errors.Join(err, wrong, more,
		sw.SetRow(cellName(1, titleRow), []any{title}, excelize.RowOpts{Height: 30}),
		sw.SetRow(cellName(1, noteRow), []any{note}, excelize.RowOpts{Height: height(lines(s.Note, across))}),
		sw.SetRow(cellName(1, headRow), head, excelize.RowOpts{Height: height(most) + rowPadding}))
	if last := len(s.Columns); last > 1 {
		err = errors.Join(err,
			sw.MergeCell(cellName(1, titleRow), cellName(last, titleRow)),
			sw.MergeCell(cellName(1, noteRow), cellName(last, noteRow)))
	}
	return err
}

func (p *press) row(sw *excelize.StreamWriter, at int, columns []paper.Column, widths []float64, row paper.Row) error {
	cells := make([]any, len(columns))
	most := 1
	for i, c := range columns {
		where := bodyPart
		switch {
		case row.Total:
			where = totalPart
		case c.Edit:
			where = editPart
		}
		var content paper.Cell
		if i < len(row.Cells) {
			content = row.Cells[i]
		}
		cell, err := p.cell(content, c.Kind, where)
		if err != nil {
			return err
		}
		cells[i] = cell
		if content.Kind == paper.TextCell {
			most = max(most, lines(content.Text, widths[i]))
		}
	}
	return sw.SetRow(cellName(1, at), cells, excelize.RowOpts{Height: height(most)})
}

// columnWidths are the widths of the columns in Chinese characters. Where all of them
// would make the print too small to read, texts get less room and more lines.
func columnWidths(s paper.Sheet) []float64 {
	// As many as stand across A4 with letters of six points and a half.
	room := 85.0
	if s.Wide {
		room = 130
	}
	out := make([]float64, len(s.Columns))
	all, least := 0.0, 0.0
	for i, c := range s.Columns {
		out[i] = characters(c)
		all += out[i]
		least += narrowest(c)
	}
	if all <= room {
		return out
	}
	share := max(0, room-least) / (all - least)
	for i, c := range s.Columns {
		low := narrowest(c)
		out[i] = low + (out[i]-low)*share
	}
	return out
}

// narrowest is the least width of a column: a text can go on in the next line, and a
// date cannot.
func narrowest(c paper.Column) float64 {
	const text = 3.4
	if c.Kind == paper.TextCell {
		return min(text, characters(c))
	}
	return characters(c)
}

// characters is how many Chinese characters the column would like to have room for.
func characters(c paper.Column) float64 {
	if c.Kind == paper.TextCell && c.Width > 0 {
		return float64(c.Width)
	}
	least := 8.0
	switch c.Kind {
	case paper.NumberCell:
		least = 3.4
	case paper.ShareCell:
		least = 4
	case paper.DateCell:
		least = 5.6
	case paper.MoneyCell:
		least = 7
	case paper.TimeCell:
		least = 9
	case paper.TextCell:
	}
	return max(least, float64(c.Width))
}

// units is the width of so many Chinese characters of ten points in Excel's measure: a
// unit is a digit of the default font, and there is some room at both sides.
func units(characters float64) float64 { return min(255, 1.67*characters+0.8) }

// height is that of a row with so many lines.
func height(n int) float64 { return min(maxHeight, rowPadding+linePoints*float64(n)) }

// filter offers one above the rows.
func (p *press) filter(name string, columns, last int) error {
	if columns == 0 {
		return nil
	}
	return p.file.AutoFilter(name, cellName(1, headRow)+":"+cellName(columns, max(headRow, last)), nil)
}

// choices gives the columns that the office fills in their lists.
func (p *press) choices(name string, columns []paper.Column, last int) error {
	const longest = 255 // of a list that stands in the rule itself
	for i, c := range columns {
		list := strings.Join(c.Choices, ",")
		split := slices.ContainsFunc(c.Choices, func(s string) bool { return strings.ContainsAny(s, `,"`) })
		if !c.Edit || list == "" || split || len(utf16.Encode([]rune(list))) > longest {
			continue
		}
		v := excelize.NewDataValidation(true)
		v.Sqref = cellName(i+1, tableRow) + ":" + cellName(i+1, last)
		if err := v.SetDropList(c.Choices); err != nil {
			return fmt.Errorf("column %s: %w", c.Heading, err)
		}
		v.SetError(excelize.DataValidationErrorStyleStop, c.Heading, "请从下拉列表里选。")
		if err := p.file.AddDataValidation(name, v); err != nil {
			return fmt.Errorf("column %s: %w", c.Heading, err)
		}
	}
	return nil
}

// repeatHeader prints the header on every page.
func (p *press) repeatHeader(name string) error {
	return p.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: name, RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted(name), headRow, headRow),
	})
}

// quoted is the name of a sheet as a reference has it.
func quoted(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// setUp makes the sheet print on A4. A table is made as wide as the page; pages are
// drawn to its measure, for Excel overlooks page breaks in a sheet that it has to fit.
func (p *press) setUp(name string, wide, fit bool) error {
	const a4 = 9
	orientation := "portrait"
	if wide {
		orientation = "landscape"
	}
	layout := &excelize.PageLayoutOptions{Size: new(a4), Orientation: new(orientation)}
	if fit {
		layout.FitToWidth, layout.FitToHeight = new(1), new(0)
	}
	return errors.Join(
		p.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: new(fit)}),
		p.file.SetPageLayout(name, layout),
		p.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
			Left: new(sideMargin), Right: new(sideMargin), Top: new(topMargin), Bottom: new(bottomMargin),
			Header: new(0.3), Footer: new(0.3), Horizontally: new(true),
		}),
		p.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: p.footer()}))
}

// The margins, in inches.
const (
	sideMargin   = 0.5
	topMargin    = 0.6
	bottomMargin = 0.7
)

// footer says whose the paper is, and which page.
func (p *press) footer() string {
	// The text stands after a size: a digit at its beginning would be taken for a part
	// of it. An ampersand begins a code unless it is doubled.
	mark := strings.ReplaceAll(shorten(p.options.Watermark, 90), "&", "&&")
	return "&L&9 " + mark + "&R&9 第 &P 页 共 &N 页"
}

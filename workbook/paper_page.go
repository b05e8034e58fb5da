package workbook

import (
	"errors"
	"fmt"
	"iter"
	"math"

	"github.com/xuri/excelize/v2"

	"zoufang/paper"
)

// A page is drawn on a grid of so many columns, which fill A4 between the margins.
const gridColumns = 12

// points that A4 has between the margins, from top to bottom.
const (
	tallPoints = 841.9 - 72*(topMargin+bottomMargin) - 6
	widePoints = 595.3 - 72*(topMargin+bottomMargin) - 6
)

// sheetOfPages is a sheet while pages are drawn on it.
type sheetOfPages struct {
	press *press
	sw    *excelize.StreamWriter
	name  string
	wide  bool
	next  int     // the row that comes next
	used  float64 // points of the page so far
	most  float64 // points of the tallest page
}

// pageSheets gives every page a sheet of its own.
func (p *press) pageSheets(s paper.Sheet) error {
	some := false
	for page := range s.Pages {
		some = true
		name := page.Name
		if name == "" {
			name = s.Name
		}
		if err := p.pages(name, s.Wide, func(yield func(paper.Page) bool) { yield(page) }); err != nil {
			return err
		}
	}
	if !some {
		return p.pages(s.Name, s.Wide, func(func(paper.Page) bool) {})
	}
	return nil
}

// pages draws one page after another on one sheet.
func (p *press) pages(name string, wide bool, pages iter.Seq[paper.Page]) error {
	name, err := p.add(name)
	if err != nil {
		return err
	}
	if err := p.setUp(name, wide, false); err != nil {
		return err
	}
	sw, err := p.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	s := &sheetOfPages{press: p, sw: sw, name: name, wide: wide, next: 1}
	if err := sw.SetColWidth(1, gridColumns, gridUnits(s.wide)); err != nil {
		return err
	}
	for page := range pages {
		if err := s.draw(page); err != nil {
			return fmt.Errorf("page %s: %w", page.Key, err)
		}
		p.wrote()
	}
	if s.next == 1 {
		if err := s.line([]piece{{span: gridColumns, cell: paper.Text("（没有记录）"), at: subPart}}, 0); err != nil {
			return err
		}
	}
	if err := s.scale(); err != nil {
		return err
	}
	return sw.Flush()
}

// column is how many Chinese characters of eleven points fit across one.
func (s *sheetOfPages) column() float64 {
	if s.wide {
		return 5
	}
	return 3.1
}

// gridUnits is the width of a column, so that twelve fill A4 between the margins.
func gridUnits(wide bool) float64 {
	if wide {
		return 9.9
	}
	return 6.45
}

// scale makes pages a little smaller where that keeps each on one sheet of paper.
func (s *sheetOfPages) scale() error {
	const least = 75 // percent: what can still be read
	room := tallPoints
	if s.wide {
		room = widePoints
	}
	percent := math.Floor(100 * room / max(room, s.most))
	if percent == 100 || percent < least { // as it is, or on several sheets of paper
		return nil
	}
	return s.press.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{AdjustTo: new(uint(percent))})
}

func (s *sheetOfPages) draw(page paper.Page) error {
	if s.next > 1 {
		if err := s.sw.InsertPageBreak(cellName(1, s.next)); err != nil {
			return err
		}
	}
	s.used = 0
	err := s.line([]piece{{span: gridColumns, cell: paper.Text(page.Title), at: titlePart}}, 32)
	if page.Sub != "" {
		err = errors.Join(err, s.line([]piece{{span: gridColumns, cell: paper.Text(page.Sub), at: subPart}}, 0))
	}
	for _, b := range page.Blocks {
		if b.Table != nil {
			err = errors.Join(err, s.grid(*b.Table))
		} else {
			err = errors.Join(err, s.fields(b.Fields))
		}
	}
	if page.Foot != "" {
		err = errors.Join(err, s.line([]piece{{span: gridColumns, cell: paper.Text(page.Foot), at: footPart}}, 0))
	}
	s.most = max(s.most, s.used)
	return err
}

// piece is some columns of a line that are one.
type piece struct {
	span  int
	cell  paper.Cell
	at    part
	lines int // at least
}

// fields draws a line of labelled fields.
func (s *sheetOfPages) fields(fields []paper.Field) error {
	var line []piece
	for _, f := range fields {
		span := f.Span
		if f.Label != "" {
			n := labelSpan(f)
			line = append(line, piece{span: n, cell: paper.Text(f.Label), at: labelPart})
			span -= n
		}
		if span <= 0 {
			continue
		}
		at := valuePart
		if f.Lines > 1 {
			at = tallPart
		}
		line = append(line, piece{span: span, cell: f.Value, at: at, lines: f.Lines})
	}
	return s.line(line, 0)
}

// labelSpan is how many columns of a field its label takes.
func labelSpan(f paper.Field) int {
	if f.Span < 4 {
		return 1
	}
	return 2
}

// grid draws a small table.
func (s *sheetOfPages) grid(g paper.Grid) error {
	line := func(at part, cell func(i int) paper.Cell) error {
		out := make([]piece, len(g.Spans))
		for i, span := range g.Spans {
			out[i] = piece{span: span, cell: cell(i), at: at}
			if span == 1 && at == valuePart {
				out[i].at = slimPart
			}
		}
		return s.line(out, 0)
	}
	var err error
	if len(g.Heads) > 0 {
		err = line(gridPart, func(i int) paper.Cell { return paper.Text(g.Heads[i]) })
	}
	for _, row := range g.Rows {
		err = errors.Join(err, line(valuePart, func(i int) paper.Cell {
			if i < len(row) {
				return row[i]
			}
			return paper.Cell{}
		}))
	}
	for range g.Least - len(g.Rows) {
		err = errors.Join(err, line(valuePart, func(int) paper.Cell { return paper.Cell{} }))
	}
	return err
}

// line draws one line across the page, at least so many points high. One that is
// higher than Excel lets a row be takes several rows.
func (s *sheetOfPages) line(pieces []piece, least float64) error {
	tall := s.points(pieces, least)
	rows := int(math.Ceil(tall / maxHeight))
	for i := range rows {
		cells := make([]any, 0, gridColumns)
		for _, p := range pieces {
			content := p.cell
			if i > 0 {
				content = paper.Cell{}
			}
			cell, err := s.press.cell(content, paper.TextCell, p.at)
			if err != nil {
				return err
			}
			cells = append(cells, cell)
			for range p.span - 1 { // a merged cell has the borders of all its parts
				cells = append(cells, excelize.Cell{StyleID: cell.StyleID})
			}
		}
		err := s.sw.SetRow(cellName(1, s.next+i), cells, excelize.RowOpts{Height: tall / float64(rows)})
		if err != nil {
			return err
		}
	}
	if err := s.merge(pieces, rows); err != nil {
		return err
	}
	s.next += rows
	s.used += tall
	return nil
}

// points is how high a line is.
func (s *sheetOfPages) points(pieces []piece, least float64) float64 {
	const sides = 0.7 // the room at the sides of a column, which is free within a merged cell
	most := 1
	for _, p := range pieces {
		across := s.column()*float64(p.span) + sides*float64(p.span-1)
		most = max(most, p.lines, lines(p.cell.String(), across))
	}
	const padding, line = 12, 15.5
	return max(least, padding+line*float64(most))
}

func (s *sheetOfPages) merge(pieces []piece, rows int) error {
	col := 1
	for _, p := range pieces {
		if p.span > 1 || rows > 1 {
			if err := s.sw.MergeCell(cellName(col, s.next), cellName(col+p.span-1, s.next+rows-1)); err != nil {
				return err
			}
		}
		col += p.span
	}
	return nil
}

package workbook

import (
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"zoufang/paper"
)

// part says where on a sheet a cell stands.
type part int

const (
	bodyPart  part = iota // of a table
	editPart              // that the office may change
	totalPart             // a sum
	headPart              // of a table
	titlePart
	notePart
	gridPart  // the head of a small table on a page
	labelPart // of a field
	valuePart
	tallPart // a value of several lines
	slimPart // a value in one column of the grid
	subPart
	footPart
)

// look is all that the style of a cell depends on.
type look struct {
	part part
	kind paper.CellKind
	// quote keeps a text that begins like a formula a text even when somebody edits
	// the cell.
	quote bool
	// middle is a text in a column of figures: 3/5.
	middle bool
}

// style is the number of the look's style.
func (p *press) style(l look) (int, error) {
	if id, ok := p.looks[l]; ok {
		return id, nil
	}
	s := styleOf(l)
	if l.quote {
		// The library gives equal styles one number, and does not look at the prefix:
		// this is the default said aloud, and tells them apart.
		s.Protection = &excelize.Protection{Locked: true}
	}
	id, err := p.file.NewStyle(&s)
	if err != nil {
		return 0, err
	}
	if l.quote {
		p.file.Styles.CellXfs.Xf[id].QuotePrefix = new(true)
	}
	p.looks[l] = id
	return id, nil
}

const (
	songTi = "宋体"
	heiTi  = "黑体"
)

func styleOf(l look) excelize.Style {
	thin := []excelize.Border{
		{Type: "left", Color: "7F7F7F", Style: 1}, {Type: "right", Color: "7F7F7F", Style: 1},
		{Type: "top", Color: "7F7F7F", Style: 1}, {Type: "bottom", Color: "7F7F7F", Style: 1},
	}
	s := excelize.Style{
		Font: &excelize.Font{Family: songTi, Size: 10}, Border: thin,
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true, Horizontal: across(l.kind)},
	}
	if l.middle {
		s.Alignment.Horizontal = "center"
	}
	format(&s, l.kind)
	fill := func(color string) {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	switch l.part {
	case bodyPart:
	case editPart:
		fill("FFF8DC")
	case totalPart:
		s.Font.Bold = true
		fill("F2F2F2")
	case headPart, gridPart, labelPart:
		s.Font.Bold = l.part != labelPart
		s.Alignment.Horizontal = "center"
		fill("E8EEF4")
	case titlePart:
		s.Font = &excelize.Font{Family: heiTi, Size: 16, Bold: true}
		s.Alignment.Horizontal, s.Border = "center", nil
	case notePart, footPart:
		s.Font.Size, s.Font.Color, s.Border = 9, "595959", nil
	case subPart:
		s.Border = nil
	case valuePart:
		s.Alignment.Horizontal = "left"
	case tallPart:
		s.Alignment.Horizontal, s.Alignment.Vertical = "left", "top"
	case slimPart:
		s.Alignment.Horizontal = "center"
	}
	if l.part >= gridPart && l.part != footPart {
		s.Font.Size = 11
	}
	return s
}

func across(k paper.CellKind) string {
	switch k {
	case paper.MoneyCell:
		return "right"
	case paper.DateCell, paper.TimeCell, paper.NumberCell, paper.ShareCell:
		return "center"
	case paper.TextCell:
	}
	return "left"
}

func format(s *excelize.Style, k paper.CellKind) {
	switch k {
	case paper.NumberCell:
		s.NumFmt = 1 // 0
	case paper.ShareCell:
		s.CustomNumFmt = new("0.0%")
	case paper.DateCell:
		s.CustomNumFmt = new("yyyy-mm-dd")
	case paper.TimeCell:
		s.CustomNumFmt = new("yyyy-mm-dd hh:mm")
	case paper.MoneyCell:
		s.NumFmt = 4 // #,##0.00
	default:
		s.NumFmt = 49 // @: what a person types stays a text as well
	}
}

// cell is c as the library takes it. An empty one has the looks of kind.
func (p *press) cell(c paper.Cell, kind paper.CellKind, at part) (excelize.Cell, error) {
	l := look{part: at, kind: kind}
	var value any
	if !c.Empty() {
		l.kind, l.middle = c.Kind, c.Kind == paper.TextCell && kind != paper.TextCell
		value = valueOf(c)
	}
	if text, ok := value.(string); ok {
		if short := fitCell(text); short != text {
			p.cut++
			value = short
		}
		l.quote = strings.ContainsAny(text[:1], "=+-@\t\r\n") || strings.HasPrefix(text, "'")
	}
	id, err := p.style(l)
	return excelize.Cell{StyleID: id, Value: value}, err
}

// words is a cell with a text of ours.
func (p *press) words(text string, at part) (excelize.Cell, error) {
	return p.cell(paper.Text(text), paper.TextCell, at)
}

func valueOf(c paper.Cell) any {
	switch c.Kind {
	case paper.NumberCell:
		return c.N
	case paper.ShareCell:
		return float64(c.N) / float64(c.Of)
	case paper.MoneyCell:
		return float64(c.N) / 100
	case paper.DateCell:
		return c.Date.In(time.UTC)
	case paper.TimeCell:
		// Excel knows no zones: what the clock shows is what is written.
		y, m, d := c.Time.Date()
		return time.Date(y, m, d, c.Time.Hour(), c.Time.Minute(), 0, 0, time.UTC)
	case paper.TextCell:
	}
	return c.Text
}

// maxCell is how long a text in a cell can be, in UTF-16.
const maxCell = 32_767

func fitCell(text string) string {
	if len(text) <= maxCell { // UTF-16 never needs more units than UTF-8 bytes
		return text
	}
	return shorten(text, maxCell)
}

// shorten cuts the text to so many units of UTF-16, the last of them a "…".
func shorten(text string, most int) string {
	n, end := 0, 0
	for i, r := range text {
		n += utf16.RuneLen(r)
		if n > most {
			return text[:end] + "…"
		}
		if n < most {
			end = i + len(string(r))
		}
	}
	return text
}

// lines is how many lines the text takes where so many Chinese characters fit in one.
func lines(text string, across float64) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		// What a line can hold differs a little from program to program.
		n += 1 + int(max(0, wide(line)-0.01)/max(1, 0.9*across))
	}
	return n
}

// wide is the width of a line in Chinese characters; others are half as wide.
func wide(line string) float64 {
	n := 0.0
	for _, r := range line {
		if r >= 0x2010 {
			n++
		} else {
			n += 0.6
		}
	}
	return n
}

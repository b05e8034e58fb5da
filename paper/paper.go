// Package paper makes the papers that the office files: ledgers, reports and print
// forms, as tables and pages of typed cells. What a file of them looks like is the
// business of package workbook; here is what stands in it.
//
// Three ideas. A [Document] follows from the records and the question alone, so that the
// same question about the same instant gives the same cells for ever. Tables and pages
// are sequences: a document of 100,000 rows is never whole in memory. And a cell knows
// its kind, so that a date is a date and a telephone number a text wherever it goes.
//
// Personal data is masked unless the export asks for all of it.
package paper

import (
	"iter"
	"strconv"
	"time"

	"zoufang/casework"
)

// Document is what goes into one file.
type Document struct {
	Kind  casework.PaperKind
	Title string // of the whole: 问题清单
	// Facts are told on a sheet of its own, with the number of rows and the SHA-256: the
	// export's code, as of when, what it is limited to, who asked, how things are counted.
	Facts  []Fact
	Sheets []Sheet
}

// Fact is something that is to be known of a document: 截至, 导出编号.
type Fact struct{ Label, Value string }

// Sheet is one table, or a run of pages to print.
type Sheet struct {
	ID    string // stable, in English: "problems"
	Name  string // at most 31 characters, none of []:*?/\ ; no two alike in a document
	Title string
	Note  string // one row under the title: as of when, how masked, how counted

	// A table has columns and rows. What a row is known by is its Key, whichever of the
	// columns shows it.
	Columns []Column
	Rows    iter.Seq[Row]
	// Charts stand below the table, and show its cells.
	Charts []Chart

	// A run of pages has Pages. With Each, every page is a sheet of its own, called by its
	// name; else each begins on a new page of one sheet.
	Pages iter.Seq[Page]
	Each  bool
	// Wide is landscape; else the paper is portrait. All of it is A4.
	Wide bool
}

// Column is a column of a table.
type Column struct {
	ID      string // stable, in English: "owner"
	Heading string // exactly as the bureau writes it
	Kind    CellKind
	Width   int // in Chinese characters; zero is by kind
	// Edit says that the office may change it and send the file back. Choices are the
	// words it may hold; nil is any.
	Edit    bool
	Choices []string
}

// Row is a row of a table: a cell for each column.
type Row struct {
	Key   string // of the record, unique in the sheet; empty for totals
	Cells []Cell
	Total bool // drawn in bold: a sum, or the campaign's line
}

// CellKind says what a cell holds.
type CellKind string

// The kinds of cell.
const (
	// TextCell is words. Nothing in it is ever taken for a formula or a number.
	TextCell CellKind = "text"
	// NumberCell is a whole number.
	NumberCell CellKind = "number"
	// ShareCell is a part of a whole, shown in percent; without a whole it is empty.
	ShareCell CellKind = "share"
	// DateCell is a day.
	DateCell CellKind = "date"
	// TimeCell is an instant, to the minute, where the people are.
	TimeCell CellKind = "time"
	// MoneyCell is an amount in fen, shown in yuan.
	MoneyCell CellKind = "money"
)

// Cell is one cell. The zero Cell is empty.
type Cell struct {
	Kind CellKind
	Text string // TextCell
	N    int64  // NumberCell, MoneyCell; ShareCell: the part
	Of   int64  // ShareCell: the whole
	Date casework.Date
	Time time.Time // in the people's zone
}

// Text is a cell of words.
func Text(s string) Cell { return Cell{Kind: TextCell, Text: s} }

// Number is a cell with a whole number.
func Number(n int) Cell { return Cell{Kind: NumberCell, N: int64(n)} }

// Share is a cell with a part of a whole.
func Share(part, whole int) Cell { return Cell{Kind: ShareCell, N: int64(part), Of: int64(whole)} }

// Day is a cell with a date; the zero date is an empty cell.
func Day(d casework.Date) Cell {
	if d.IsZero() {
		return Cell{}
	}
	return Cell{Kind: DateCell, Date: d}
}

// Instant is a cell with a time; the zero time is an empty cell.
func Instant(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return Cell{Kind: TimeCell, Time: t}
}

// Money is a cell with an amount in fen; zero is an empty cell.
func Money(fen int64) Cell {
	if fen == 0 {
		return Cell{}
	}
	return Cell{Kind: MoneyCell, N: fen}
}

// Empty reports whether nothing stands in the cell.
func (c Cell) Empty() bool {
	return c.Kind == "" || c.Kind == TextCell && c.Text == "" || c.Kind == ShareCell && c.Of == 0
}

// String is what the cell says, the same for ever: what is hashed, compared, and written
// to CSV. A share has one decimal ("94.3%"), money two, a time its zone's clock.
func (c Cell) String() string {
	switch {
	case c.Empty():
		return ""
	case c.Kind == TextCell:
		return c.Text
	case c.Kind == NumberCell:
		return strconv.FormatInt(c.N, 10)
	case c.Kind == ShareCell:
		return strconv.FormatFloat(float64(c.N)*100/float64(c.Of), 'f', 1, 64) + "%"
	case c.Kind == DateCell:
		return c.Date.String()
	case c.Kind == TimeCell:
		return c.Time.Format("2006-01-02 15:04")
	default:
		return strconv.FormatFloat(float64(c.N)/100, 'f', 2, 64)
	}
}

// Page is one page to print: lines of labelled fields on a grid of twelve columns, and
// small tables between them.
type Page struct {
	Key    string // of the record
	Name   string // of its sheet, where each has its own
	Title  string
	Sub    string // under the title: 编号, 活动
	Blocks []Block
	Foot   string // the last line, small
}

// Block is a line of fields, or a small table. Exactly one of the two is set.
type Block struct {
	Fields []Field
	Table  *Grid
}

// Field is a label with what belongs there. Span is how many of the twelve columns both
// take together; those of a line make twelve. Lines is how high it is at least, in
// lines of text; zero is one. Long texts make it higher.
type Field struct {
	Label string // empty: the value has all the room
	Value Cell
	Span  int
	Lines int
}

// Grid is a small table on a page. The spans of its columns make twelve.
type Grid struct {
	Heads []string
	Spans []int
	Rows  [][]Cell
	// Least is how many rows are drawn at least: the others stay empty, to write by hand.
	Least int
}

// Chart is a native chart of a table's sheet: a series for each of Values over the labels.
type Chart struct {
	Title string
	// Labels and Values are ids of columns. Only rows that are no total are shown, at most
	// First of them; zero is all.
	Labels string
	Values []string
	First  int
	Bars   bool // lying bars; else columns
}

// Request is a question: which paper, limited to what, as of when.
type Request struct {
	Export casework.Export
	Zone   *time.Location
	// Asked and Approved are the names of who asked and who approved; empty: the
	// command line, nobody.
	Asked, Approved string
	// Mapping is what another system wants instead of our columns; nil: ours.
	Mapping *Mapping
}

package paper

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// WriteJSONL writes the tables of the document as lines of JSON, an object a row: its
// sheet, its key, and its cells by the ids of their columns. Numbers, shares (as a part of
// one) and amounts (in yuan) are numbers, days and times texts, empty cells null. Pages
// are not written, but are in the sum, which is that of every format. WriteJSONL returns
// the rows written and the sum: see [Tally].
func WriteJSONL(w io.Writer, d Document) (rows int, sum string, err error) {
	t := NewTally()
	d = t.Watch(d)
	out := bufio.NewWriter(w)
	for _, s := range tablesOf(d) {
		var line []byte
		for row := range s.Rows {
			line = appendRow(line[:0], s, row)
			if _, err := out.Write(line); err != nil {
				return 0, "", fmt.Errorf("write %s as JSON lines: sheet %s, row %s: %w", d.Kind, s.Name, row.Key, err)
			}
		}
	}
	if err := out.Flush(); err != nil {
		return 0, "", fmt.Errorf("write %s as JSON lines: %w", d.Kind, err)
	}
	usePages(d)
	return t.Rows(), t.Sum(), nil
}

// appendRow appends the row as an object, its columns in their order.
func appendRow(line []byte, s Sheet, row Row) []byte {
	line = append(line, `{"sheet":`...)
	line = appendText(line, s.ID)
	line = append(line, `,"key":`...)
	line = appendText(line, row.Key)
	for i, c := range row.Cells {
		line = append(line, ',')
		line = appendText(line, s.Columns[i].ID)
		line = append(line, ':')
		line = appendCell(line, c)
	}
	return append(line, "}\n"...)
}

func appendCell(line []byte, c Cell) []byte {
	switch {
	case c.Empty():
		return append(line, "null"...)
	case c.Kind == NumberCell:
		return strconv.AppendInt(line, c.N, 10)
	case c.Kind == ShareCell:
		return strconv.AppendFloat(line, float64(c.N)/float64(c.Of), 'f', 4, 64)
	case c.Kind == MoneyCell:
		return strconv.AppendFloat(line, float64(c.N)/100, 'f', 2, 64)
	}
	return appendText(line, c.String())
}

func appendText(line []byte, s string) []byte {
	text, err := json.Marshal(s)
	if err != nil {
		panic(fmt.Sprintf("paper: a text as JSON: %v", err)) // every string can be written
	}
	return append(line, text...)
}

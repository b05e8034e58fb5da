package paper

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
)

// byteOrderMark tells Excel that the file is UTF-8.
const byteOrderMark = "\ufeff"

// WriteCSV writes the tables of the document as CSV, as Excel reads it: UTF-8 with a byte
// order mark. One table is a plain file; several are a ZIP with a file each, named like
// their sheets. Text that a spreadsheet could take for a formula gets an apostrophe in
// front. Pages are not written, but are in the sum, which is that of every format.
// WriteCSV returns the rows written and the sum: see [Tally].
func WriteCSV(w io.Writer, d Document) (rows int, sum string, err error) {
	t := NewTally()
	d = t.Watch(d)
	tables := tablesOf(d)
	if len(tables) == 1 {
		err = writeCSV(w, tables[0])
	} else {
		err = writeZIP(w, tables)
	}
	if err != nil {
		return 0, "", fmt.Errorf("write %s as CSV: %w", d.Kind, err)
	}
	usePages(d)
	return t.Rows(), t.Sum(), nil
}

// tablesOf are the sheets that are tables.
func tablesOf(d Document) []Sheet {
	return slices.DeleteFunc(slices.Clone(d.Sheets), func(s Sheet) bool { return s.Rows == nil })
}

// usePages lets the pages go by whoever watches them.
func usePages(d Document) {
	for _, s := range d.Sheets {
		if s.Pages == nil {
			continue
		}
		for range s.Pages { // the watching is all that is wanted
			continue
		}
	}
}

func writeZIP(w io.Writer, tables []Sheet) error {
	z := zip.NewWriter(w)
	for _, s := range tables {
		f, err := z.Create(s.Name + ".csv")
		if err != nil {
			return fmt.Errorf("sheet %s: %w", s.Name, err)
		}
		if err := writeCSV(f, s); err != nil {
			return err
		}
	}
	return z.Close()
}

func writeCSV(w io.Writer, s Sheet) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return fmt.Errorf("sheet %s: %w", s.Name, err)
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	record := make([]string, len(s.Columns))
	for i, col := range s.Columns {
		record[i] = harmless(col.Heading)
	}
	if err := c.Write(record); err != nil {
		return fmt.Errorf("sheet %s: %w", s.Name, err)
	}
	for row := range s.Rows {
		for i, cell := range row.Cells {
			record[i] = cell.String()
			if cell.Kind == TextCell {
				record[i] = harmless(record[i])
			}
		}
		if err := c.Write(record); err != nil {
			return fmt.Errorf("sheet %s, row %s: %w", s.Name, row.Key, err)
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return fmt.Errorf("sheet %s: %w", s.Name, err)
	}
	return nil
}

// harmless puts an apostrophe before what a spreadsheet could take for a formula. Some
// programs skip blanks and read full-width signs, so both are looked through.
func harmless(s string) string {
	bare := strings.TrimLeft(s, " \u3000\u00a0\ufeff\n")
	if bare != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(bare)[0]) {
		return "'" + s
	}
	return s
}

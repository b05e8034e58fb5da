package paper

import (
	"iter"
	"strings"
)

// Compare is a sheet that says what changed between two tables of the same kind: rows
// that came, rows that went, and each cell that differs, with both values; in the order
// of the keys in the newer table, what went last. The older table is kept in memory.
//
// Cells are compared as they are shown, and by the ids of their columns: a running number
// is left out, and so are totals. Since names the older table: DC-2017-0017.
func Compare(older, newer Sheet, since string) Sheet {
	s := Sheet{
		ID: newer.ID + "_changes", Name: changesName(newer.Name), Title: newer.Title + "：变化",
		Note: "与 " + since + " 相比", Wide: true,
		Columns: []Column{
			{ID: "change", Heading: "变化", Kind: TextCell, Width: 5},
			{ID: "key", Heading: "编号", Kind: TextCell, Width: 10},
			{ID: "column", Heading: "列", Kind: TextCell, Width: 10},
			{ID: "before", Heading: "原值", Kind: TextCell, Width: 30},
			{ID: "after", Heading: "现值", Kind: TextCell, Width: 30},
		},
	}
	s.Rows = func(yield func(Row) bool) {
		c := comparison{older: older, newer: newer}
		c.run(yield)
	}
	return s
}

// maxSheetName is how long Excel lets the name of a sheet be.
const maxSheetName = 31

func changesName(name string) string {
	r := []rune(name + "变化")
	if len(r) > maxSheetName {
		return string(append(r[:maxSheetName-2], r[len(r)-2:]...))
	}
	return string(r)
}

// runningNumber is the column that counts the rows.
const runningNumber = "no"

type comparison struct{ older, newer Sheet }

func (c comparison) run(yield func(Row) bool) {
	before, order := c.remember()
	seen := map[string]bool{}
	for row := range records(c.newer.Rows) {
		seen[row.Key] = true
		old, known := before[row.Key]
		if !known {
			if !yield(change("新增", row.Key, Column{}, "", describe(c.newer, row))) {
				return
			}
			continue
		}
		if !c.cells(old, row, yield) {
			return
		}
	}
	for _, key := range order {
		if !seen[key] && !yield(change("删除", key, Column{}, describe(c.older, before[key]), "")) {
			return
		}
	}
}

// remember reads the older table.
func (c comparison) remember() (rows map[string]Row, order []string) {
	rows = map[string]Row{}
	for row := range records(c.older.Rows) {
		rows[row.Key] = row
		order = append(order, row.Key)
	}
	return rows, order
}

// records are the rows that are no totals.
func records(rows iter.Seq[Row]) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		if rows == nil {
			return
		}
		for row := range rows {
			if !row.Total && !yield(row) {
				return
			}
		}
	}
}

// cells yields a row for each cell that differs. A column that only one of the tables has
// is empty in the other.
func (c comparison) cells(old, row Row, yield func(Row) bool) bool {
	was := make(map[string]string, len(c.older.Columns))
	for i, col := range c.older.Columns {
		was[col.ID] = old.Cells[i].String()
	}
	for i, col := range c.newer.Columns {
		is := row.Cells[i].String()
		before := was[col.ID]
		delete(was, col.ID)
		if col.ID != runningNumber && before != is && !yield(change("变更", row.Key, col, before, is)) {
			return false
		}
	}
	for _, col := range c.older.Columns {
		if before := was[col.ID]; before != "" && col.ID != runningNumber &&
			!yield(change("变更", row.Key, col, before, "")) {
			return false
		}
	}
	return true
}

// change is a row of the sheet; without a column it is about the whole row.
func change(what, key string, col Column, before, after string) Row {
	own := key
	if col.ID != "" {
		own += "/" + col.ID
	}
	return Row{Key: own, Cells: []Cell{Text(what), Text(key), Text(col.Heading), Text(before), Text(after)}}
}

// describe is what a row is about, in a few words: the first three texts that are not its
// key.
func describe(s Sheet, row Row) string {
	var parts []string
	for i, cell := range row.Cells {
		if len(parts) == 3 {
			break
		}
		if s.Columns[i].Kind == TextCell && !cell.Empty() && cell.Text != row.Key {
			parts = append(parts, cell.Text)
		}
	}
	return strings.Join(parts, "，")
}

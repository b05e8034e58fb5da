package workbook

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"zoufang/casework"
	"zoufang/form"
	"zoufang/paper"
)

// numberColumn is the id of the column that numbers the rows, which says nothing.
const numberColumn = "no"

// EditsOf compares the list with the sheet as it was exported, cell by cell. What is
// missing in the list says nothing. The faults are those of the reading, rows that the
// sheet did not have, and keys that stand there twice, none of whose rows is used.
func EditsOf(base paper.Sheet, ret Return) ([]casework.Edit, []casework.RowFault) {
	c := comparison{base: base, ret: ret, faults: slices.Clone(ret.Faults)}
	c.lines()
	known := map[string]bool{}
	for row := range base.Rows {
		if line, ok := c.byKey[row.Key]; ok && row.Key != "" {
			known[row.Key] = true
			c.row(row, line)
		}
	}
	for _, line := range ret.Rows {
		if key := keyOf(line); c.once(key) && !known[key] {
			c.fault(line, casework.FaultUnknown, "导出的清单里没有这一行：编号不能改，也不能在表里加行。",
				"The exported list has no such row: codes cannot be changed, and no rows added.")
		}
	}
	// The faults stand as the rows do, and so do the edits.
	slices.SortStableFunc(c.edits, func(a, b casework.Edit) int { return c.order[a.Key] - c.order[b.Key] })
	return c.edits, c.faults
}

func keyOf(row ReturnRow) string { return strings.ToUpper(name(row.Key.Text)) }

// comparison is a list that is compared with what it was.
type comparison struct {
	base   paper.Sheet
	ret    Return
	byKey  map[string]ReturnRow // of the keys that stand there once
	order  map[string]int
	edits  []casework.Edit
	faults []casework.RowFault
}

func (c *comparison) once(key string) bool {
	_, ok := c.byKey[key]
	return ok
}

func (c *comparison) fault(row ReturnRow, code casework.FaultCode, zh, en string) {
	ref := row.Key.Ref
	if ref == "" {
		ref = fmt.Sprintf("A%d", row.Line)
	}
	c.faults = append(c.faults, casework.RowFault{
		Cell: casework.Cell{Sheet: c.ret.Sheet, Ref: ref}, Code: code, Text: form.Label{Zh: zh, En: en},
	})
}

// lines finds the rows by their keys.
func (c *comparison) lines() {
	c.byKey, c.order = map[string]ReturnRow{}, map[string]int{}
	first := map[string]ReturnRow{}
	for i, row := range c.ret.Rows {
		key := keyOf(row)
		if row.Key.Bad {
			continue // its fault is told
		}
		if key == "" {
			c.fault(row, casework.FaultMissing, "这一行没有问题编号，不能在表里加行。", "The row has no code: no rows can be added to the list.")
			continue
		}
		if other, twice := first[key]; twice {
			c.fault(row, casework.FaultDuplicate, fmt.Sprintf("与 %s 是同一个编号，两行都没有用。", other.Key.Ref),
				fmt.Sprintf("The code is that of %s as well: neither row is used.", other.Key.Ref))
			delete(c.byKey, key)
			continue
		}
		first[key], c.byKey[key], c.order[key] = row, row, i
	}
}

// row finds the cells of a row that differ.
func (c *comparison) row(was paper.Row, now ReturnRow) {
	for i, column := range c.base.Columns {
		field, ok := now.Fields[name(column.Heading)]
		if !ok || field.Bad || i >= len(was.Cells) || column.ID == numberColumn {
			continue
		}
		before, after := was.Cells[i].String(), form.Clean(field.Text)
		if column.Kind == paper.DateCell {
			after = isoDay(after)
		}
		if same(column.Kind, before, after) {
			continue
		}
		c.edits = append(c.edits, casework.Edit{
			Cell: casework.Cell{Sheet: c.ret.Sheet, Ref: field.Ref}, Key: was.Key, Column: column.ID,
			Label: form.Label{Zh: column.Heading, En: column.Heading}, Before: before, After: after,
		})
	}
}

// same reports whether the cell says what it said. Programs write spaces and numbers in
// their own way.
func same(kind paper.CellKind, before, after string) bool {
	if strings.Join(strings.Fields(form.Clean(before)), " ") == strings.Join(strings.Fields(after), " ") {
		return true
	}
	switch kind {
	case paper.NumberCell, paper.ShareCell, paper.MoneyCell:
		a, b := numeric(before), numeric(after)
		return math.Abs(a-b) < 0.0006 // a share has one decimal of a percent
	case paper.TextCell, paper.DateCell, paper.TimeCell:
	}
	return false
}

// numeric is the number that the text shows; none is like no other.
func numeric(text string) float64 {
	text = strings.NewReplacer(",", "", "，", "", "¥", "").Replace(form.Fold(text))
	part, percent := strings.CutSuffix(text, "%")
	n, err := strconv.ParseFloat(part, 64)
	if err != nil {
		return math.NaN()
	}
	if percent {
		return n / 100
	}
	return n
}

// serial is a day as a sheet counts it, in a cell that does not say so.
var serial = regexp.MustCompile(`^[0-9]{5}$`)

// isoDay writes a day as 2017-04-05, however it is written; other texts stay.
func isoDay(text string) string {
	plain := strings.Join(strings.Fields(form.Fold(text)), "")
	if serial.MatchString(plain) {
		n, err := strconv.ParseFloat(plain, 64)
		if day, wrong := excelize.ExcelDateToTime(n, false); err == nil && wrong == nil {
			return day.Format(time.DateOnly)
		}
	}
	plain = strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-").Replace(plain)
	for _, layout := range []string{"2006-1-2", "20060102"} {
		if day, err := time.Parse(layout, plain); err == nil {
			return day.Format(time.DateOnly)
		}
	}
	return text
}

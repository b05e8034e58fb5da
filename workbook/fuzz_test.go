package workbook_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zoufang/casework"
	"zoufang/workbook"
)

// FuzzReadRoster holds that any file is either refused with a sentence or read,
// and that what was read can be planned.
func FuzzReadRoster(f *testing.F) {
	f.Add(written(f, casework.Roster{}))
	f.Add(written(f, roster()))
	f.Add(staffWorkbook(f))
	f.Add(rezip(f, staffWorkbook(f), map[string]func([]byte) []byte{
		sheet1: sheetXML(`<row r="1"><c t="inlineStr"><is><t>工号</t></is></c><c t="inlineStr"><is><t>姓名</t></is></c></row><row><c><v>7</v></c><c t="s"><v>99</v></c></row>`),
	}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := workbook.ReadRoster(data)
		if err != nil {
			var file *workbook.FileError
			if !errors.As(err, &file) || file.Text.Zh == "" {
				t.Fatalf("ReadRoster = %v, want a FileError", err)
			}
			return
		}
		_, faults := casework.PlanRoster(&records{}, r.Roster, func() uint64 { return 1 }, casework.Date{Year: 2017, Month: 4, Day: 5})
		for _, x := range append(faults, r.Faults...) {
			if x.Cell.Sheet == "" || x.Cell.Ref == "" || x.Text.Zh == "" {
				t.Errorf("fault %+v names no cell or says nothing", x)
			}
		}
	})
}

// FuzzSheet puts any XML in the place of a sheet, past the archive.
func FuzzSheet(f *testing.F) {
	good := staffWorkbook(f)
	for _, s := range []string{
		``, `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="n"><v>1</v></c></row>`,
		`<row r="0"><c r="A0"/></row>`, `<row r="-1"><c r="a-1" t="b"><v>2</v></c></row>`, `<row r="3"/><row r="1"/>`,
		`</sheetData><mergeCells><mergeCell ref="B3:A1"/><mergeCell ref="A1"/><mergeCell ref=":"/></mergeCells><sheetData>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, rows string) {
		_, err := workbook.ReadRoster(rezip(t, good, map[string]func([]byte) []byte{sheet1: sheetXML(rows)}))
		var file *workbook.FileError
		if err != nil && !errors.As(err, &file) {
			t.Fatalf("ReadRoster = %v, want a FileError", err)
		}
	})
}

// FuzzReadReturn holds that any file is either refused with a sentence or compared, and
// that no edit is of a row that was not exported.
func FuzzReadReturn(f *testing.F) {
	list := listFile(f, 3, func(*excelize.File) {})
	f.Add(list)
	f.Add(staffWorkbook(f))
	f.Add(list[:len(list)/2])
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _, err := workbook.Recognize(data)
		ret, other := workbook.ReadReturn(data)
		for _, err := range []error{err, other} {
			var file *workbook.FileError
			if err != nil && (!errors.As(err, &file) || file.Text.Zh == "") {
				t.Fatalf("a returned list: %v, want a FileError", err)
			}
		}
		edits, faults := workbook.EditsOf(problemList(3), ret)
		for _, e := range edits {
			if !strings.HasPrefix(e.Key, "WT-2017-000") || e.Cell.Ref == "" || e.Before == e.After {
				t.Errorf("edit %+v is of no row, or changes nothing", e)
			}
		}
		for _, x := range faults {
			if x.Cell.Sheet == "" || x.Cell.Ref == "" || x.Text.Zh == "" {
				t.Errorf("fault %+v names no cell or says nothing", x)
			}
		}
	})
}

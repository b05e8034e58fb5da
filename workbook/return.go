package workbook

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"zoufang/casework"
	"zoufang/form"
)

// FileKind says what a workbook that comes in is.
type FileKind string

// The kinds of workbook.
const (
	// RosterFile is for [ReadRoster].
	RosterFile FileKind = "roster"
	// ReturnFile is an exported list that comes back, for [ReadReturn].
	ReturnFile FileKind = "return"
)

// Return 回传 is an exported list that somebody edited and sent back.
type Return struct {
	Export string // the export's code: DC-2017-0017
	Sheet  string // the list's name
	Rows   []ReturnRow
	// Faults are cells that could not be read. Their rows' other cells can be used.
	Faults []casework.RowFault
}

// ReturnRow is a row of a list: its key, and its fields by heading, without spaces and
// in small letters.
type ReturnRow struct {
	Line   int
	Key    casework.Field
	Fields map[string]casework.Field
}

// How an exported list is known, and its rows. They are the words of package paper.
const (
	listSheet   = "问题清单"
	keyHeading  = "问题编号"
	exportLabel = "导出编号"
)

// listHeaderRows is how far down the header of a list is looked for.
const listHeaderRows = 20

var exportCode = regexp.MustCompile(`DC-[0-9]{4}-[0-9]{4,}`)

// Recognize says what the workbook is by the names of its sheets, and the code of the
// export that it came from, if any. It fails with a [FileError] for a file that is
// neither.
func Recognize(data []byte) (kind FileKind, export string, err error) {
	err = open(data, func(r *reader) error {
		if export, err = r.exportCode(); err != nil {
			return err
		}
		tables := casework.RosterTables()
		for _, sheet := range r.f.GetSheetList() {
			title := strings.TrimSuffix(name(sheet), "表")
			switch {
			case sheet == listSheet:
				kind = ReturnFile
			case kind == "" && slices.ContainsFunc(tables, func(t casework.Table) bool {
				return title == name(t.Label.Zh) || title == name(t.Label.En)
			}):
				kind = RosterFile
			}
		}
		switch {
		case kind != "":
		case export != "":
			kind = ReturnFile // under another name
		default:
			return refuse(NotARoster, nil, "文件里既没有花名册的工作表，也没有导出的问题清单。请用模板填写，或把导出的问题清单改好再传。",
				"The file is neither a roster nor an exported problem list. Fill in the template, or send back a list that was exported.")
		}
		return nil
	})
	if err != nil {
		return "", "", err
	}
	return kind, export, nil
}

// ReadReturn reads an exported problem list that comes back. Columns may have been moved
// or taken out, rows taken out, sheets added. It fails with a [FileError] for a file
// that is no such list.
func ReadReturn(data []byte) (Return, error) {
	var out Return
	err := open(data, func(r *reader) (err error) {
		out, err = r.list()
		return err
	})
	if err != nil {
		return Return{}, err
	}
	return out, nil
}

// open looks the file through and opens it for the time of the reading.
func open(data []byte, read func(*reader) error) (err error) {
	p, err := inspect(data)
	if err != nil {
		return err
	}
	// The library is known to panic on parts that contradict each other, and a
	// strange file must not end the program.
	defer func() {
		if v := recover(); v != nil {
			err = damaged(fmt.Errorf("read workbook: %v", v))
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: maxUnzip, UnzipXMLSizeLimit: maxUnzip, // the same: nothing is put into temporary files
	})
	if err != nil {
		return damaged(err)
	}
	r := &reader{f: f, parcel: p, out: Reading{Roster: casework.Roster{}}, found: map[casework.SheetID]string{}}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		r.from1904 = *props.Date1904
	}
	err = read(r)
	if closing := f.Close(); err == nil && closing != nil {
		err = damaged(closing)
	}
	return err
}

// exportCode finds the export's code on the sheet that tells of the document.
func (r *reader) exportCode() (code string, err error) {
	for _, sheet := range r.f.GetSheetList() {
		if sheet != guideSheet {
			continue
		}
		err = r.lines(sheet, func(l line) bool {
			for i, s := range l.raw {
				if name(s) == exportLabel && i+1 < len(l.raw) {
					code = exportCode.FindString(strings.ToUpper(form.Clean(l.raw[i+1])))
				}
			}
			return code == ""
		})
	}
	return code, err
}

// list reads the list and the code of its export.
func (r *reader) list() (Return, error) {
	code, err := r.exportCode()
	switch {
	case err != nil:
		return Return{}, err
	case code == "":
		return Return{}, refuse(NotAReturn, nil, "“说明”表里找不到导出编号（DC-…），不知道改的是哪一次导出。请重新导出问题清单，在上面修改，不要删除“说明”表。",
			"The sheet 说明 has no export code (DC-…). Export the problem list again, change that, and leave the sheet 说明 in it.")
	}
	sheets := r.f.GetSheetList()
	slices.SortStableFunc(sheets, func(a, b string) int { // the list's own name first
		return strings.Compare(strconv.FormatBool(b == listSheet), strconv.FormatBool(a == listSheet))
	})
	for _, sheet := range sheets {
		out := Return{Export: code, Sheet: sheet}
		found, err := r.listRows(&out)
		if err != nil || found {
			return out, err
		}
	}
	return Return{}, refuse(NotAReturn, nil, "找不到“问题编号”一列。请在导出的问题清单上修改，不要删除编号列和表头。",
		"The column 问题编号 is missing. Change an exported problem list, and leave the codes and the header in it.")
}

// listRows reads the rows of the sheet below the header; false if there is none.
func (r *reader) listRows(out *Return) (bool, error) {
	var columns []string // the headings
	key := -1
	err := r.lines(out.Sheet, func(l line) bool {
		if columns == nil {
			if key = slices.IndexFunc(l.raw, func(s string) bool { return name(s) == keyHeading }); key >= 0 {
				columns = r.headings(l, out)
			}
			return columns != nil || l.no < listHeaderRows
		}
		if l.blank() {
			return true
		}
		row := ReturnRow{Line: l.no, Fields: map[string]casework.Field{}}
		for i, heading := range columns {
			if heading != "" {
				row.Fields[heading] = r.listField(out.Sheet, i, l)
			}
		}
		row.Key = row.Fields[keyHeading]
		out.Rows = append(out.Rows, row)
		return true
	})
	out.Faults = r.out.Faults
	return columns != nil, err
}

// headings are the header's, by column; one that comes again is passed over.
func (r *reader) headings(l line, out *Return) []string {
	columns := make([]string, len(l.raw))
	for i, s := range l.raw {
		h := name(s)
		if at := slices.Index(columns[:i], h); at >= 0 && h != "" {
			r.fault(out.Sheet, cellName(i+1, l.no), casework.FaultHeader, fmt.Sprintf("与 %s 是同一列（%s），已略过。", cellName(at+1, l.no), form.Clean(s)),
				fmt.Sprintf("This is the same column as %s (%s): passed over.", cellName(at+1, l.no), form.Clean(s)))
			continue
		}
		columns[i] = h
	}
	return columns
}

// listField is a cell as people see it; a day is written as 2017-04-05.
func (r *reader) listField(sheet string, i int, l line) casework.Field {
	raw, shown := l.at(i + 1)
	raw, shown = strings.TrimSpace(raw), strings.TrimSpace(shown)
	out := casework.Field{Ref: cellName(i+1, l.no)}
	number, err := strconv.ParseFloat(raw, 64)
	switch {
	case err != nil || raw == shown || scientific.MatchString(raw):
		out.Text, out.Bad = r.text(sheet, out.Ref, casework.Column{}, raw, raw)
	case r.parcel.sheets[sheet].formulas[out.Ref]:
		out.Text, out.Bad = r.text(sheet, out.Ref, casework.Column{}, raw, shown)
	case looksLikeDate(shown) && number == float64(int64(number)):
		out.Text = r.dateText(raw)
	default:
		out.Text = form.Clean(shown)
	}
	return out
}

package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"zoufang/form"
)

func refuse(code FileFault, err error, zh, en string) *FileError {
	return &FileError{Code: code, Text: form.Label{Zh: zh, En: en}, Err: err}
}

func damaged(err error) *FileError {
	return refuse(Damaged, err, "文件已损坏，打不开。请用 Excel 或 WPS 打开后另存为 .xlsx，再导入。",
		"The file is damaged. Open it in Excel or WPS, save it as .xlsx, and import that.")
}

func foreign(err error) *FileError {
	return refuse(NotAWorkbook, err, "这不是 Excel 工作簿（.xlsx）。请在 Excel 或 WPS 里另存为“Excel 工作簿（*.xlsx）”，只改文件名后缀没有用。",
		"This is no Excel workbook (.xlsx). Save it as one in Excel or WPS: changing the name is not enough.")
}

func tooLarge() *FileError {
	return refuse(TooLarge, nil, "文件太大（解开后上限 32 MB，每张表 16 MB）。请删除图片和空白格式，或分成几个文件导入。",
		"The file is too large (32 MB unpacked, 16 MB a sheet). Delete pictures and empty formatting, or import it in pieces.")
}

func tooLong() *FileError {
	return refuse(TooManyRows, nil, "有的表超过 20000 行或 200 列。请删除下方和右侧的空行空列，或分成几个文件导入。",
		"A sheet has more than 20000 rows or 200 columns. Delete what is empty below and to the right, or import it in pieces.")
}

// sheetParts are what the library does not tell of a sheet without loading all
// of it, which a small file could make very large.
type sheetParts struct {
	formulas map[string]bool // cells that hold a formula
	rounded  map[string]bool // cells with a number of more digits than a number keeps
	merges   []string        // "A3:A7"
	numbers  bool            // there are cells that hold numbers
}

// parcel is a workbook that passed the gate.
type parcel struct {
	sheets map[string]sheetParts // by the sheet's name
}

// inspect looks through the file before the library does: its size when
// unpacked, its kind, macros, and whether its sheets are whole.
func inspect(data []byte) (parcel, error) {
	switch {
	case len(data) > maxFile:
		return parcel{}, tooLarge()
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return parcel{}, refuse(Encrypted, nil, "文件加了密码，或是旧的 .xls 格式。请去掉密码，另存为 .xlsx，再导入。",
			"The file has a password or is of the older kind .xls. Remove the password, save it as .xlsx, and import that.")
	case !bytes.HasPrefix(data, []byte("PK")):
		return parcel{}, foreign(nil)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return parcel{}, damaged(err)
	}
	if len(archive.File) > maxParts {
		return parcel{}, tooLarge()
	}
	g := gate{parts: map[string]sheetParts{}}
	for _, f := range archive.File {
		if err := g.pass(f); err != nil {
			return parcel{}, err
		}
	}
	if !g.spreadsheet {
		return parcel{}, foreign(nil)
	}
	return g.parcel()
}

// gate goes through the parts of one file.
type gate struct {
	unpacked    int64
	spreadsheet bool
	workbook    []byte
	relations   []byte
	parts       map[string]sheetParts
}

func (g *gate) pass(f *zip.File) error {
	// The library, like Excel, does not mind slashes and capitals.
	name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
	limit := maxPart
	if strings.HasPrefix(name, "xl/worksheets/") {
		limit = maxSheet
	}
	body, err := g.unpack(f, limit)
	if err != nil {
		return err
	}
	switch {
	case strings.HasSuffix(name, "vbaproject.bin") || strings.HasPrefix(name, "xl/macrosheets/"):
		return macros()
	case name == "[content_types].xml":
		if bytes.Contains(body, []byte("macroEnabled")) {
			return macros()
		}
		g.spreadsheet = bytes.Contains(body, []byte("spreadsheetml.sheet.main+xml")) ||
			bytes.Contains(body, []byte("spreadsheetml.template.main+xml"))
	case name == "xl/workbook.xml":
		g.workbook = body
	case name == "xl/_rels/workbook.xml.rels":
		g.relations = body
	case name == "xl/sharedstrings.xml" || name == "xl/styles.xml":
		return whole(body, func(xml.Token) error { return nil })
	case strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml"):
		parts, err := scanSheet(body)
		g.parts[name] = parts
		return err
	}
	return nil
}

func macros() *FileError {
	return refuse(Macros, nil, "文件带有宏，不能导入。请另存为不带宏的“Excel 工作簿（*.xlsx）”。",
		"The file holds macros. Save it as an Excel workbook without macros (.xlsx).")
}

// unpack reads a part to its end, which is what it really holds: the size that
// the archive claims is not trusted.
func (g *gate) unpack(f *zip.File, limit int) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, refuse(Encrypted, nil, "压缩包加了密码。请去掉密码，另存为 .xlsx，再导入。",
			"The archive has a password. Remove it, save the file as .xlsx, and import that.")
	}
	if f.UncompressedSize64 > uint64(limit) {
		return nil, tooLarge()
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(err)
	}
	var buf bytes.Buffer
	_, err = io.Copy(&buf, io.LimitReader(r, int64(limit)+1))
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, damaged(err)
	}
	g.unpacked += int64(buf.Len())
	if buf.Len() > limit || g.unpacked > maxUnzip {
		return nil, tooLarge()
	}
	return buf.Bytes(), nil
}

// whole walks the tokens of an XML part to its end, since the library takes
// a part that breaks off for one that ends.
func whole(body []byte, visit func(xml.Token) error) error {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(err)
		}
		if err := visit(token); err != nil {
			return err
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// elements makes a visit of elements one of tokens.
func elements(visit func(xml.StartElement) error) func(xml.Token) error {
	return func(token xml.Token) error {
		if start, ok := token.(xml.StartElement); ok {
			return visit(start)
		}
		return nil
	}
}

// scanSheet bounds the sheet and finds its formulas and merged cells, and the
// numbers that are too long.
func scanSheet(body []byte) (sheetParts, error) {
	s := sheetScan{out: sheetParts{formulas: map[string]bool{}, rounded: map[string]bool{}}}
	err := whole(body, func(token xml.Token) error {
		switch token := token.(type) {
		case xml.StartElement:
			return s.start(token)
		case xml.CharData:
			if s.number && len(token) > maxDigits && digits.Match(token) {
				s.out.rounded[s.cell] = true
			}
		case xml.EndElement:
			s.number = false
		}
		return nil
	})
	return s.out, err
}

// maxDigits is how many digits of a number a sheet keeps.
const maxDigits = 15

// sheetScan is a walk through one sheet.
type sheetScan struct {
	out       sheetParts
	row, rows int
	col       int
	cell      string
	kind      string // of the cell: "s", "inlineStr" …; empty or "n" is a number
	number    bool   // inside the value of a number
}

func (s *sheetScan) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		s.rows++
		s.row++
		s.col = 0
		if n, err := strconv.Atoi(attr(e, "r")); err == nil {
			s.row = n
		}
		if max(s.row, s.rows) > maxRows+headerRows {
			return tooLong()
		}
	case "c":
		s.col++
		if ref := attr(e, "r"); ref != "" { // some programs leave it out
			s.col = columnNumber(ref)
		}
		if s.col > maxColumns {
			return tooLong()
		}
		s.cell, s.kind = cellName(s.col, s.row), attr(e, "t")
	case "v":
		s.number = s.kind == "" || s.kind == "n"
		s.out.numbers = s.out.numbers || s.number
	case "f":
		s.out.formulas[s.cell] = true
	case "mergeCell":
		s.out.merges = append(s.out.merges, attr(e, "ref"))
		if len(s.out.merges) > maxMerges {
			return tooLong()
		}
	}
	return nil
}

// columnNumber is the number of the column of a cell such as "AB12".
func columnNumber(ref string) int {
	n := 0
	for _, c := range []byte(strings.ToUpper(ref)) {
		if c < 'A' || c > 'Z' || n > maxColumns {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n
}

// parcel puts the parts to the names of their sheets.
func (g *gate) parcel() (parcel, error) {
	p := parcel{sheets: map[string]sheetParts{}}
	targets := map[string]string{}
	err := whole(g.relations, elements(func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			at := attr(e, "Target")
			if !strings.HasPrefix(at, "/") {
				at = "/xl/" + at
			}
			targets[attr(e, "Id")] = strings.ToLower(strings.TrimPrefix(path.Clean(at), "/"))
		}
		return nil
	}))
	if err != nil {
		return parcel{}, err
	}
	err = whole(g.workbook, elements(func(e xml.StartElement) error {
		if e.Name.Local == "sheet" {
			p.sheets[attr(e, "name")] = g.parts[targets[attr(e, "id")]]
		}
		return nil
	}))
	return p, err
}

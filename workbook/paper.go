package workbook

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"

	"zoufang/paper"
)

// PaperOptions are the settings of [WritePaper]. The zero value is usable.
type PaperOptions struct {
	// TempDir is where large sheets are kept while they are written; empty is the
	// system's. What is left of them is removed at the end.
	TempDir string
	// Progress is told how many rows and pages are written, every thousand; nil tells
	// nobody.
	Progress func(rows int)
	// Watermark stands on every printed page: who had it printed, and when.
	Watermark string
}

// Tally is what was written: rows of tables, and the SHA-256 of all cells in
// hexadecimal, those of pages too. It does not depend on the format.
type Tally struct {
	Rows   int
	SHA256 string
}

// WritePaper writes the document as an Excel workbook, row by row: its memory does not
// grow with the rows. A table stands under its title, a note and a frozen header with a
// filter; pages are drawn on a grid and each begins on a new sheet of paper; charts are
// Excel's own. The last sheet, 说明, holds the document's facts and the tally.
//
// No text becomes a formula, a number or a link, whatever it looks like. One that is
// longer than a cell can be is cut, and 说明 says so. Sheet names that Excel does not
// take are mended. A table of more rows than a sheet can have is an error. After an
// error, what was written to w is no workbook.
func WritePaper(w io.Writer, d paper.Document, o PaperOptions) (t Tally, err error) {
	// A directory of its own, so that nothing of the records stays behind.
	dir, err := os.MkdirTemp(o.TempDir, "paper-")
	if err != nil {
		return Tally{}, fmt.Errorf("write paper: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	f := excelize.NewFile(excelize.Options{TmpDir: dir})
	defer func() { err = errors.Join(err, f.Close()) }()
	// Widths are measured in digits of this font. It, or one with the same digits, is
	// wherever a workbook can be read; the library's own is not.
	if err := f.SetDefaultFont("Arial"); err != nil {
		return Tally{}, fmt.Errorf("write paper: %w", err)
	}

	tally := paper.NewTally()
	p := &press{file: f, options: o, looks: map[look]int{}, names: map[string]bool{}}
	for _, s := range tally.Watch(d).Sheets {
		if err := p.sheet(s); err != nil {
			return Tally{}, fmt.Errorf("write paper: sheet %s: %w", s.Name, err)
		}
	}
	t = Tally{Rows: tally.Rows(), SHA256: tally.Sum()}
	if err := p.facts(d, t); err != nil {
		return Tally{}, fmt.Errorf("write paper: sheet %s: %w", guideSheet, err)
	}
	if err := p.finish(w, d.Title); err != nil {
		return Tally{}, fmt.Errorf("write paper: %w", err)
	}
	return t, nil
}

// press writes one document.
type press struct {
	file    *excelize.File
	options PaperOptions
	looks   map[look]int    // the styles made so far
	names   map[string]bool // of the sheets so far, in small letters
	rows    int
	cut     int // texts that were too long
}

// sheet writes a table or pages.
func (p *press) sheet(s paper.Sheet) error {
	switch {
	case s.Pages == nil:
		return p.table(s)
	case s.Each:
		return p.pageSheets(s)
	default:
		return p.pages(s.Name, s.Wide, s.Pages)
	}
}

// add makes a sheet, and returns what it is called.
func (p *press) add(name string) (string, error) {
	first := len(p.names) == 0
	name = p.unique(name)
	if first {
		return name, p.file.SetSheetName("Sheet1", name)
	}
	_, err := p.file.NewSheet(name)
	return name, err
}

// unique makes a name that Excel takes, and that no sheet has.
func (p *press) unique(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`[]:*?/\`, r) {
			return '_'
		}
		return r
	}, name)
	if name = strings.Trim(name, "' "); name == "" {
		name = "表"
	}
	const longest = 31
	out := shorten(name, longest)
	for n := 2; p.names[strings.ToLower(out)]; n++ {
		suffix := fmt.Sprintf(" (%d)", n)
		out = shorten(name, longest-len(suffix)) + suffix
	}
	p.names[strings.ToLower(out)] = true
	return out
}

// wrote counts a row.
func (p *press) wrote() {
	p.rows++
	if p.options.Progress != nil && p.rows%1000 == 0 {
		p.options.Progress(p.rows)
	}
}

// finish puts the parts together.
func (p *press) finish(w io.Writer, title string) error {
	// The library's own properties name an author and a date of long ago.
	var core strings.Builder
	core.WriteString(xml.Header + `<cp:coreProperties` +
		` xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>`)
	if err := xml.EscapeText(&core, []byte(title)); err != nil {
		return err
	}
	core.WriteString(`</dc:title></cp:coreProperties>`)
	p.file.Pkg.Store("docProps/core.xml", []byte(core.String()))
	// The library packs into a buffer and copies that. Packing to w keeps the
	// workbook out of memory; the buffer stays empty.
	p.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	return p.file.Write(io.Discard)
}

package workbook_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zoufang/workbook"
)

// rezip copies the archive, with parts changed or added.
func rezip(tb testing.TB, data []byte, change map[string]func([]byte) []byte) []byte {
	tb.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			tb.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil {
			tb.Fatal(err)
		}
		parts[f.Name] = body
	}
	for name, f := range change {
		parts[name] = f(parts[name])
	}
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		part, err := w.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := part.Write(parts[name]); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes()
}

func replaced(old, fresh string) func([]byte) []byte {
	return func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(old), []byte(fresh)) }
}

// sheetXML makes a worksheet of the rows.
func sheetXML(rows string) func([]byte) []byte {
	return func([]byte) []byte {
		return []byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`)
	}
}

func staffWorkbook(tb testing.TB) []byte {
	tb.Helper()
	return made(tb, func(f *excelize.File, s string) {
		put(tb, f, s, "A1", "工号", "姓名")
		put(tb, f, s, "A2", "R001", "王小明")
	})
}

const sheet1 = "xl/worksheets/sheet1.xml"

func TestReadRosterRefusesTheFile(t *testing.T) {
	good := staffWorkbook(t)
	zeros := func(n int) func([]byte) []byte { return func([]byte) []byte { return make([]byte, n) } }
	bomb := map[string]func([]byte) []byte{}
	for i := range 5 {
		bomb[fmt.Sprintf("xl/media/%d.bin", i)] = zeros(8 << 20)
	}
	liar := func() []byte { // says that a part is smaller than it is
		data := rezip(t, good, map[string]func([]byte) []byte{"xl/media/a.bin": zeros(9 << 20)})
		size := []byte{0, 0, 0x90, 0}
		return bytes.ReplaceAll(data, size, []byte{10, 0, 0, 0})
	}
	many := map[string]func([]byte) []byte{}
	for i := range 600 {
		many[fmt.Sprint("xl/media/", i)] = zeros(1)
	}
	tests := []struct {
		name string
		data []byte
		want workbook.FileFault
	}{
		{"nothing", nil, workbook.NotAWorkbook},
		{"a CSV under another name", []byte("工号,姓名\nR001,王小明\n"), workbook.NotAWorkbook},
		{"the older kind, or one with a password", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"), workbook.Encrypted},
		{"an archive cut off", good[:len(good)/2], workbook.Damaged},
		{"a flipped byte", flip(good), workbook.Damaged},
		{"another archive", rezip(t, good, map[string]func([]byte) []byte{"[Content_Types].xml": replaced("spreadsheetml.sheet.main", "wordprocessingml.document.main")}), workbook.NotAWorkbook},
		{"macros, by kind", rezip(t, good, map[string]func([]byte) []byte{
			"[Content_Types].xml": replaced("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
		}), workbook.Macros},
		{"macros, by part", rezip(t, good, map[string]func([]byte) []byte{`xl\VBAProject.bin`: zeros(10)}), workbook.Macros},
		{"one large part", rezip(t, good, map[string]func([]byte) []byte{"xl/media/a.bin": zeros(8<<20 + 1)}), workbook.TooLarge},
		{"many parts, large together", rezip(t, good, bomb), workbook.TooLarge},
		{"very many parts", rezip(t, good, many), workbook.TooLarge},
		{"a part larger than it says", liar(), workbook.Damaged},
		{"a large file", make([]byte, 32<<20+1), workbook.TooLarge},
		{"a sheet cut off", rezip(t, good, map[string]func([]byte) []byte{sheet1: func(b []byte) []byte { return b[:len(b)/2] }}), workbook.Damaged},
		{"a row far down", rezip(t, good, map[string]func([]byte) []byte{sheet1: sheetXML(`<row r="1048576"><c r="A1048576"><v>1</v></c></row>`)}), workbook.TooManyRows},
		{"very many rows", rezip(t, good, map[string]func([]byte) []byte{sheet1: sheetXML(strings.Repeat(`<row/>`, 20_100))}), workbook.TooManyRows},
		{"a cell far to the right", rezip(t, good, map[string]func([]byte) []byte{sheet1: sheetXML(`<row r="1"><c r="XFD1"><v>1</v></c></row>`)}), workbook.TooManyRows},
		{"other sheets", rezip(t, good, map[string]func([]byte) []byte{"xl/workbook.xml": replaced("人员", "工资")}), workbook.NotARoster},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := workbook.ReadRoster(tt.data)
			var file *workbook.FileError
			if !errors.As(err, &file) {
				t.Fatalf("ReadRoster = %v, want a FileError", err)
			}
			if file.Code != tt.want || file.Text.Zh == "" || file.Error() == "" {
				t.Errorf("ReadRoster = %s %q, want %s and its cure", file.Code, file.Text.Zh, tt.want)
			}
		})
	}
}

// flip changes a byte in the middle of a packed part.
func flip(data []byte) []byte {
	out := bytes.Clone(data)
	i := bytes.Index(out, []byte(sheet1)) + len(sheet1) + 40
	out[i] ^= 0xff
	return out
}

package workbook_test

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/paper"
	"zoufang/workbook"
)

// form makes a page with so many lines of fields, and a small table.
func form(code string, lines int) paper.Page {
	out := paper.Page{Key: code, Name: code, Title: "走访记实表", Sub: "编号：" + code, Foot: "已脱敏"}
	for i := range lines {
		out.Blocks = append(out.Blocks, paper.Block{Fields: []paper.Field{
			{Label: "日期", Value: paper.Day(casework.Date{Year: 2017, Month: time.April, Day: 5}), Span: 3},
			{Label: "内容", Value: paper.Text(fmt.Sprintf("第%d行", i+1)), Span: 9},
		}})
	}
	out.Blocks = append(out.Blocks, paper.Block{Table: &paper.Grid{
		Heads: []string{"序号", "问题"}, Spans: []int{1, 11}, Rows: [][]paper.Cell{{paper.Number(1), paper.Text("=路不好走")}}, Least: 3,
	}})
	return out
}

func TestWritePaperDrawsPages(t *testing.T) {
	s := paper.Sheet{Name: "走访记实表", Pages: slices.Values([]paper.Page{form("ZF-1", 2), form("ZF-2", 1)})}
	f, data, tally := file(t, single(s), workbook.PaperOptions{})
	want := [][]string{
		{"走访记实表"}, {"编号：ZF-1"}, {"日期", "2017-04-05", "", "内容", "", "第1行"}, {"日期", "2017-04-05", "", "内容", "", "第2行"},
		{"序号", "问题"}, {"1", "=路不好走"}, nil, nil, {"已脱敏"},
		{"走访记实表"}, {"编号：ZF-2"}, {"日期", "2017-04-05", "", "内容", "", "第1行"}, {"序号", "问题"}, {"1", "=路不好走"}, nil, nil, {"已脱敏"},
	}
	got, err := f.GetRows("走访记实表")
	for i := range got {
		for len(got[i]) > 0 && got[i][len(got[i])-1] == "" {
			got[i] = got[i][:len(got[i])-1]
		}
		if len(got[i]) == 0 {
			got[i] = nil
		}
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("pages (-want +got): %v\n%s", err, diff)
	}
	xml := part(t, data, "xl/worksheets/sheet1.xml")
	for _, w := range []string{`<brk id="9"`, `man="true"`, `<mergeCell ref="A1:L1"/>`, `<mergeCell ref="F3:L3"/>`, `horizontalCentered="true"`, `orientation="portrait"`} {
		if !strings.Contains(xml, w) {
			t.Errorf("the sheet has no %s", w)
		}
	}
	for _, w := range []string{`fitToPage="true"`, `scale=`} {
		if strings.Contains(xml, w) {
			t.Errorf("the sheet has %s, and its page breaks would not count", w)
		}
	}
	if tally.Rows != 0 || len(tally.SHA256) != 64 {
		t.Errorf("WritePaper = %+v, want no rows, for pages are none, and a SHA-256", tally)
	}
}

func TestWritePaperGivesPagesSheets(t *testing.T) {
	s := paper.Sheet{Name: "任务书", Each: true, Pages: slices.Values([]paper.Page{form("RW-1", 1), form("RW-2", 1), form("RW-2", 1)})}
	f, _, _ := file(t, single(s), workbook.PaperOptions{})
	if diff := cmp.Diff([]string{"RW-1", "RW-2", "RW-2 (2)", "说明"}, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
}

// A page that is a little too long is made smaller, and one that is much too long goes
// on in the next sheet of paper at its own size.
func TestWritePaperFitsPages(t *testing.T) {
	for _, tt := range []struct {
		lines int
		want  string
	}{{15, ""}, {25, `scale="83"`}, {60, ""}} {
		_, data, _ := file(t, single(paper.Sheet{Name: "表", Pages: slices.Values([]paper.Page{form("1", tt.lines)})}), workbook.PaperOptions{})
		xml := part(t, data, "xl/worksheets/sheet1.xml")
		_, rest, _ := strings.Cut(xml, "<pageSetup ")
		setup, _, _ := strings.Cut(rest, ">")
		if got := strings.Contains(setup, "scale="); got != (tt.want != "") || !strings.Contains(setup, tt.want) {
			t.Errorf("page of %d lines is set up %s, want %q", tt.lines, setup, tt.want)
		}
	}
}

// A text needs rows that are high enough: Excel does not work that out for merged cells.
func TestWritePaperMakesRoomForTexts(t *testing.T) {
	page := func(text string) paper.Sheet {
		return paper.Sheet{Name: "表", Pages: slices.Values([]paper.Page{{Title: "日记", Blocks: []paper.Block{
			{Fields: []paper.Field{{Value: paper.Text(text), Span: 12}}},
		}}})}
	}
	heights := func(s paper.Sheet, rows ...int) float64 {
		f, _, _ := file(t, single(s), workbook.PaperOptions{})
		sum := 0.0
		for _, r := range rows {
			h, err := f.GetRowHeight("表", r)
			if err != nil {
				t.Fatal(err)
			}
			sum += h
		}
		return sum
	}
	short := heights(page("短"), 2)
	if got := heights(page("一\n二\n三"), 2); got <= short+25 {
		t.Errorf("three lines are %v points high, and one %v", got, short)
	}
	if got := heights(page(strings.Repeat("长", 200)), 2); got <= short+45 {
		t.Errorf("200 characters are %v points high, and one %v", got, short)
	}
	if got := heights(page(strings.Repeat("长", 2000)), 2, 3); got <= 600 {
		t.Errorf("2000 characters are %v points high in two rows, want more than Excel allows one", got)
	}
}

// TestOfficeReadsPaper compares what LibreOffice reads with the document.
func TestOfficeReadsPaper(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("REQUIRE_OFFICE") == "1" {
			t.Fatal("soffice is not installed, and REQUIRE_OFFICE=1 asks for it")
		}
		t.Skip("soffice is not installed")
	}
	s := ledger(30)
	rows := slices.Collect(s.Rows)
	for i, p := range payloads {
		if !strings.ContainsAny(p, "\r") { // CSV cannot tell the ends of lines apart
			rows = append(rows, paper.Row{Key: fmt.Sprint(i), Cells: []paper.Cell{paper.Text(p)}})
		}
	}
	s.Rows = slices.Values(rows)
	_, data, _ := file(t, single(s), workbook.PaperOptions{})
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "paper.xlsx"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	// 44: commas; 34: quotes; 76: UTF-8; the cells as they are shown, the first sheet.
	out, err := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true", "--outdir", dir, filepath.Join(dir, "paper.xlsx")).CombinedOutput()
	if err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	text, err := os.Open(filepath.Join(dir, "paper.csv"))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	defer func() {
		if err := text.Close(); err != nil {
			t.Error(err)
		}
	}()
	got, err := csv.NewReader(text).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got = got[2:]
	for i := range got {
		got[i][5] = strings.ReplaceAll(got[i][5], ",", "") // money is shown in thousands
	}
	if diff := cmp.Diff(expected(s), got); diff != "" {
		t.Errorf("LibreOffice reads (-want +got):\n%s", diff)
	}
}

// BenchmarkWritePaper writes a table of 20 columns, and as a yardstick the same cells as
// CSV. Peak is the heap that was in use at most.
func BenchmarkWritePaper(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("xlsx/%d", n), func(b *testing.B) {
			measure(b, n, func(d paper.Document, step func(int)) error {
				_, err := workbook.WritePaper(io.Discard, d, workbook.PaperOptions{TempDir: b.TempDir(), Progress: step})
				return err
			})
		})
		b.Run(fmt.Sprintf("csv/%d", n), func(b *testing.B) {
			measure(b, n, func(d paper.Document, step func(int)) error {
				w := csv.NewWriter(io.Discard)
				at := 0
				for row := range d.Sheets[0].Rows {
					cells := make([]string, len(row.Cells))
					for i, c := range row.Cells {
						cells[i] = c.String()
					}
					if err := w.Write(cells); err != nil {
						return err
					}
					if at++; at%1000 == 0 {
						step(at)
					}
				}
				w.Flush()
				return w.Error()
			})
		})
	}
}

// wideTable has as many rows of 20 columns.
func wideTable(n int) paper.Document {
	s := paper.Sheet{ID: "wide", Name: "台账", Title: "台账", Wide: true}
	for i := range 20 {
		s.Columns = append(s.Columns, paper.Column{ID: fmt.Sprint(i), Heading: fmt.Sprintf("第%d列", i+1), Kind: paper.TextCell, Width: 6})
	}
	s.Rows = func(yield func(paper.Row) bool) {
		for i := range n {
			row := paper.Row{Key: fmt.Sprint(i), Cells: make([]paper.Cell, 20)}
			for c := range row.Cells {
				switch c % 5 {
				case 0:
					row.Cells[c] = paper.Number(i * c)
				case 1:
					row.Cells[c] = paper.Day(casework.Date{Year: 2017, Month: time.April, Day: 1 + i%30})
				default:
					row.Cells[c] = paper.Text(fmt.Sprintf("第%d行第%d列，村口的路下雨天不好走", i, c))
				}
			}
			if !yield(row) {
				return
			}
		}
	}
	return single(s)
}

// measure reports rows a second and the peak of the heap.
func measure(b *testing.B, n int, write func(d paper.Document, step func(int)) error) {
	b.Helper()
	var peak uint64
	for b.Loop() {
		runtime.GC()
		var before, now runtime.MemStats
		runtime.ReadMemStats(&before)
		err := write(wideTable(n), func(int) {
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapInuse-min(now.HeapInuse, before.HeapInuse))
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
}

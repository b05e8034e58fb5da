package workbook_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"zoufang/casework"
	"zoufang/paper"
	"zoufang/workbook"
)

// beijing is where the clocks of the papers are.
var beijing = time.FixedZone("CST", 8*60*60)

// ledger is a table with a column of each kind and as many rows; the last is a total.
func ledger(n int) paper.Sheet {
	return paper.Sheet{
		ID: "ledger", Name: "台账", Title: "工作台账", Note: "截至 2017-04-20 · 已脱敏", Wide: true,
		Columns: []paper.Column{
			{ID: "code", Heading: "编号", Kind: paper.TextCell, Width: 9}, {ID: "n", Heading: "户数", Kind: paper.NumberCell},
			{ID: "share", Heading: "走访率", Kind: paper.ShareCell}, {ID: "on", Heading: "走访日期", Kind: paper.DateCell},
			{ID: "at", Heading: "提交时间", Kind: paper.TimeCell}, {ID: "fund", Heading: "资金", Kind: paper.MoneyCell},
			{ID: "status", Heading: "办理状态", Kind: paper.TextCell, Edit: true, Choices: []string{"待办", "在办", "销号"}},
		},
		Rows: func(yield func(paper.Row) bool) {
			for i := range n {
				row := paper.Row{Key: fmt.Sprintf("JT-%04d", i+1), Cells: []paper.Cell{
					paper.Text(fmt.Sprintf("00%d", 13_800_000_000+i)), paper.Number(i), paper.Share(i, n),
					paper.Day(casework.Date{Year: 2017, Month: time.April, Day: 1 + i%28}),
					paper.Instant(time.Date(2017, time.April, 1+i%28, 23, 30, 59, 0, beijing)), paper.Money(int64(1_234_567 + i)), paper.Text("在办"),
				}}
				if i == n-1 {
					row = paper.Row{Cells: []paper.Cell{paper.Text("合计"), paper.Number(n)}, Total: true}
				}
				if !yield(row) {
					return
				}
			}
		},
	}
}

// file writes the document and opens it again.
func file(tb testing.TB, d paper.Document, o workbook.PaperOptions) (*excelize.File, []byte, workbook.Tally) {
	tb.Helper()
	o.TempDir = tb.TempDir()
	var out bytes.Buffer
	tally, err := workbook.WritePaper(&out, d, o)
	if err != nil {
		tb.Fatalf("WritePaper: %v", err)
	}
	if left, err := os.ReadDir(o.TempDir); err != nil || len(left) > 0 {
		tb.Errorf("WritePaper left %v behind (%v), want nothing", left, err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		tb.Fatalf("open what WritePaper wrote: %v", err)
	}
	tb.Cleanup(func() {
		if err := f.Close(); err != nil {
			tb.Error(err)
		}
	})
	return f, out.Bytes(), tally
}

func single(s paper.Sheet) paper.Document {
	return paper.Document{Kind: casework.PaperWork, Title: "工作台账", Sheets: []paper.Sheet{s}}
}

// expected are the cells of the table as text, header first.
func expected(s paper.Sheet) [][]string {
	head := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		head[i] = c.Heading
	}
	out := [][]string{head}
	for row := range s.Rows {
		cells := make([]string, len(s.Columns))
		for i, c := range row.Cells {
			cells[i] = c.String()
		}
		out = append(out, cells)
	}
	return out
}

// shown are the cells of the sheet as Excel shows them, from the header on, all of
// them as wide as the header.
func shown(tb testing.TB, f *excelize.File, sheet string) [][]string {
	tb.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		tb.Fatal(err)
	}
	rows = rows[2:]
	for i := range rows {
		for len(rows[i]) < len(rows[0]) {
			rows[i] = append(rows[i], "")
		}
	}
	return rows
}

func TestWritePaperTable(t *testing.T) {
	s := ledger(40)
	f, _, tally := file(t, single(s), workbook.PaperOptions{})
	got := shown(t, f, "台账")
	for i := range got {
		got[i][5] = strings.ReplaceAll(got[i][5], ",", "") // money is shown in thousands
	}
	if diff := cmp.Diff(expected(s), got); diff != "" {
		t.Errorf("WritePaper (-want +got):\n%s", diff)
	}
	if tally.Rows != 40 || len(tally.SHA256) != 64 {
		t.Errorf("WritePaper = %+v, want 40 rows and a SHA-256", tally)
	}
	raw := map[string]string{
		"A4": "0013800000000", "B5": "1", "C5": "0.025", "D4": "42826", "E4": "42826.979166666664", "F4": "12345.67",
		"A1": "工作台账", "A2": "截至 2017-04-20 · 已脱敏",
	}
	for at, want := range raw {
		if got, err := f.GetCellValue("台账", at, excelize.Options{RawCellValue: true}); err != nil || got != want {
			t.Errorf("raw value of %s = %q, %v, want %q", at, got, err, want)
		}
	}
	again, err := workbook.WritePaper(io.Discard, single(s), workbook.PaperOptions{TempDir: t.TempDir()})
	if err != nil || again != tally {
		t.Errorf("WritePaper a second time = %+v, %v, want %+v", again, err, tally)
	}
}

func TestWritePaperSetsUpThePrint(t *testing.T) {
	s := ledger(40)
	f, data, _ := file(t, single(s), workbook.PaperOptions{Watermark: "7号 王&李 2017-04-20"})
	xml := part(t, data, "xl/worksheets/sheet1.xml")
	for _, want := range []string{
		`ySplit="3"`, `state="frozen"`, `<autoFilter ref="$A$3:$G$43"`, `paperSize="9"`, `orientation="landscape"`, `fitToHeight="0"`,
		`fitToPage="true"`, `&amp;9 7号 王&amp;&amp;李 2017-04-20`, `第 &amp;P 页 共 &amp;N 页`, `sqref="G4:G43"`, `待办,在办,销号`,
	} {
		if !strings.Contains(xml, want) {
			t.Errorf("the sheet has no %s", want)
		}
	}
	names := f.GetDefinedName()
	if !slices.ContainsFunc(names, func(n excelize.DefinedName) bool {
		return n.Name == "_xlnm.Print_Titles" && n.RefersTo == "'台账'!$3:$3" && n.Scope == "台账"
	}) {
		t.Errorf("defined names = %v, want the header as print title", names)
	}
	bold := func(at string) bool {
		id, err := f.GetCellStyle("台账", at)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return style.Font != nil && style.Font.Bold
	}
	if got := []bool{bold("A3"), bold("A4"), bold("A43")}; !slices.Equal(got, []bool{true, false, true}) {
		t.Errorf("bold of header, row and total = %v, want true, false, true", got)
	}
	if core := part(t, data, "docProps/core.xml"); strings.Contains(core, "creator") || !strings.Contains(core, "工作台账") {
		t.Errorf("properties = %s, want the title and no author", core)
	}
}

// part is a part of the workbook.
func part(tb testing.TB, data []byte, name string) string {
	tb.Helper()
	out, ok := parts(tb, data)[name]
	if !ok {
		tb.Fatalf("the workbook has no %s", name)
	}
	return out
}

func parts(tb testing.TB, data []byte) map[string]string {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	out := map[string]string{}
	for _, p := range z.File {
		r, err := p.Open()
		if err != nil {
			tb.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			tb.Fatal(err)
		}
		out[p.Name] = string(text)
	}
	return out
}

// payloads are texts that want to be something else.
var payloads = []string{
	"=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", "＝1+1", "＋1", "－1", "＠A1", "=cmd|' /C calc'!A0", "=DDE(\"cmd\";\"x\")",
	`=HYPERLINK("http://x.example","看")`, "http://x.example/", "'=1+1", "1.1E+17", "320311196001011234", "007", "TRUE", "2017-04-05",
	"_x000D_", "a\nb", " 前后有空格 ", "<f>1</f>", "&lt;", "]]>", "𠮷😀", "{=1}", "|calc", "%0A=1",
}

func TestWritePaperTakesPayloadsForText(t *testing.T) {
	s := paper.Sheet{
		ID: "x", Name: "清单", Title: "=1+1", Note: "@note", Columns: []paper.Column{{ID: "a", Heading: "+a", Kind: paper.TextCell}, {ID: "b", Heading: "b"}},
		Rows: func(yield func(paper.Row) bool) {
			for _, p := range payloads {
				if !yield(paper.Row{Key: p, Cells: []paper.Cell{paper.Text(p), paper.Text("x")}}) {
					return
				}
			}
		},
	}
	page := paper.Page{Key: "1", Title: "-1", Foot: "=2"}
	for _, p := range payloads {
		page.Blocks = append(page.Blocks, paper.Block{Fields: []paper.Field{{Label: p, Value: paper.Text(p), Span: 12}}})
	}
	d := paper.Document{Title: "=1", Facts: []paper.Fact{{Label: "=1", Value: "=2"}}, Sheets: []paper.Sheet{s, {Name: "=页", Pages: slices.Values([]paper.Page{page})}}}
	f, data, _ := file(t, d, workbook.PaperOptions{Watermark: "=1&D"})
	for i, p := range payloads {
		at := fmt.Sprintf("A%d", i+4)
		// XML makes no difference between the ends of lines.
		want := strings.ReplaceAll(p, "\r", "\n")
		got, err := f.GetCellValue("清单", at)
		if err != nil || strings.ReplaceAll(got, "\r", "\n") != want {
			t.Errorf("payload %q reads %q, %v", p, got, err)
		}
		if kind, err := f.GetCellType("清单", at); err != nil || kind != excelize.CellTypeInlineString {
			t.Errorf("payload %q is of type %v, %v, want a text", p, kind, err)
		}
	}
	for name, text := range parts(t, data) {
		for _, bad := range []string{"<f>", "<f ", "hyperlink", "externalLink", "ddeLink"} {
			if strings.Contains(name, bad) || strings.Contains(text, bad) && strings.HasPrefix(name, "xl/worksheets/") {
				t.Errorf("%s has %s", name, bad)
			}
		}
	}
	if styles := part(t, data, "xl/styles.xml"); !strings.Contains(styles, `quotePrefix="true"`) {
		t.Error("no style keeps a formula a text when somebody edits the cell")
	}
}

func TestWritePaperCutsLongTexts(t *testing.T) {
	long := strings.Repeat("长", 40_000)
	s := ledger(1)
	s.Rows = slices.Values([]paper.Row{{Key: "1", Cells: []paper.Cell{paper.Text(long)}}})
	f, _, _ := file(t, single(s), workbook.PaperOptions{})
	got, err := f.GetCellValue("台账", "A4")
	if want := strings.Repeat("长", 32_766) + "…"; err != nil || got != want {
		t.Errorf("a text of 40000 reads as %d characters, %v, want 32767 with … at the end", len([]rune(got)), err)
	}
	if facts := sheetText(t, f, "说明"); !strings.Contains(facts, "1 个单元格") {
		t.Errorf("说明 = %s, want the text that was cut to be told", facts)
	}
}

// sheetText is all that the sheet says.
func sheetText(tb testing.TB, f *excelize.File, sheet string) string {
	tb.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		tb.Fatal(err)
	}
	var out strings.Builder
	for _, r := range rows {
		fmt.Fprintln(&out, strings.Join(r, "|"))
	}
	return out.String()
}

func TestWritePaperWithoutRows(t *testing.T) {
	none := func(func(paper.Page) bool) {}
	for _, tt := range []struct {
		name   string
		sheets []paper.Sheet
		want   []string
	}{
		{"no sheet", nil, []string{"说明"}},
		{"no row", []paper.Sheet{ledger(0)}, []string{"台账", "说明"}},
		{"no page", []paper.Sheet{{Name: "走访记实表", Pages: none}}, []string{"走访记实表", "说明"}},
		{"no page of its own", []paper.Sheet{{Name: "任务书", Pages: none, Each: true}}, []string{"任务书", "说明"}},
		{"no column", []paper.Sheet{{Name: "空", Rows: func(func(paper.Row) bool) {}}}, []string{"空", "说明"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, _, tally := file(t, paper.Document{Title: "空", Sheets: tt.sheets}, workbook.PaperOptions{})
			if diff := cmp.Diff(tt.want, f.GetSheetList()); diff != "" {
				t.Errorf("sheets (-want +got):\n%s", diff)
			}
			if facts := sheetText(t, f, "说明"); !strings.Contains(facts, "行数|0") || !strings.Contains(facts, tally.SHA256) {
				t.Errorf("说明 = %s, want no rows, and %s", facts, tally.SHA256)
			}
		})
	}
}

func TestWritePaperNamesSheets(t *testing.T) {
	var d paper.Document
	for _, name := range []string{"a/b:c", "A_B_C", "", "'引'", "说明", strings.Repeat("名", 40), strings.Repeat("名", 41)} {
		s := ledger(2)
		s.Name = name
		d.Sheets = append(d.Sheets, s)
	}
	f, _, _ := file(t, d, workbook.PaperOptions{})
	want := []string{
		"a_b_c", "A_B_C (2)", "表", "引", "说明", strings.Repeat("名", 30) + "…", strings.Repeat("名", 26) + "… (2)", "说明 (2)",
	}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
}

func TestWritePaperDrawsCharts(t *testing.T) {
	s := ledger(12)
	s.Charts = []paper.Chart{
		{Title: "户数", Labels: "code", Values: []string{"n", "share"}},
		{Title: "前五", Labels: "code", Values: []string{"n"}, First: 5, Bars: true},
	}
	_, data, _ := file(t, single(s), workbook.PaperOptions{})
	for name, want := range map[string][]string{
		"xl/charts/chart1.xml": {"户数", "'台账'!$A$4:$A$14", "'台账'!$B$4:$B$14", "'台账'!$C$4:$C$14", `barDir val="col"`},
		"xl/charts/chart2.xml": {"前五", "'台账'!$B$4:$B$8", `barDir val="bar"`},
	} {
		xml := strings.ReplaceAll(part(t, data, name), "&#39;", "'")
		for _, w := range want {
			if !strings.Contains(xml, w) {
				t.Errorf("%s has no %s", name, w)
			}
		}
	}
	s.Charts[0].Labels = "nonsense"
	if _, err := workbook.WritePaper(io.Discard, single(s), workbook.PaperOptions{TempDir: t.TempDir()}); err == nil {
		t.Error("WritePaper with a chart of a column that is not there = nil, want an error")
	}
}

func TestWritePaperTellsProgress(t *testing.T) {
	var told []int
	file(t, single(ledger(2500)), workbook.PaperOptions{Progress: func(n int) { told = append(told, n) }})
	if want := []int{1000, 2000}; !slices.Equal(told, want) {
		t.Errorf("progress = %v, want %v", told, want)
	}
}

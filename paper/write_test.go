package paper_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/paper"
	"zoufang/sample"
)

// sheetOf is a table of texts; the first of each row is its key.
func sheetOf(id string, columns []paper.Column, list ...[]paper.Cell) paper.Sheet {
	return paper.Sheet{ID: id, Name: id, Title: id, Columns: columns, Rows: func(yield func(paper.Row) bool) {
		for _, cells := range list {
			if !yield(paper.Row{Key: cells[0].String(), Cells: cells}) {
				return
			}
		}
	}}
}

func texts(words ...string) []paper.Cell {
	var out []paper.Cell
	for _, w := range words {
		out = append(out, paper.Text(w))
	}
	return out
}

func columns(ids ...string) []paper.Column {
	var out []paper.Column
	for _, id := range ids {
		out = append(out, paper.Column{ID: id, Heading: strings.ToUpper(id), Kind: paper.TextCell})
	}
	return out
}

// sumOf is the sum of a document of the one table.
func sumOf(s paper.Sheet) string {
	t := paper.NewTally()
	for range t.Watch(paper.Document{Sheets: []paper.Sheet{s}}).Sheets[0].Rows {
		continue
	}
	return t.Sum()
}

// The sum is that of the cells: the same whatever the format, another for any change.
func TestTally(t *testing.T) {
	base := sheetOf("a", columns("x", "y"), texts("1", "2"), texts("3", "4"))
	same := sheetOf("a", columns("x", "y"), texts("1", "2"), texts("3", "4"))
	same.Note, same.Name = "another note", "another name"
	if sumOf(same) != sumOf(base) {
		t.Error("the note and the name of a sheet change the sum")
	}
	for name, other := range map[string]paper.Sheet{
		"a cell":      sheetOf("a", columns("x", "y"), texts("1", "2"), texts("3", "5")),
		"the order":   sheetOf("a", columns("x", "y"), texts("3", "4"), texts("1", "2")),
		"a row more":  sheetOf("a", columns("x", "y"), texts("1", "2"), texts("3", "4"), texts("", "")),
		"the sheet":   sheetOf("b", columns("x", "y"), texts("1", "2"), texts("3", "4")),
		"a row less":  sheetOf("a", columns("x", "y"), texts("1", "2")),
		"rows merged": sheetOf("a", columns("x", "y", "z", "w"), texts("1", "2", "3", "4")),
	} {
		if sumOf(other) == sumOf(base) {
			t.Errorf("%s does not change the sum", name)
		}
	}
	a := sheetOf("a", columns("x", "y", "z"), texts("1", "2", "3"))
	if b := sheetOf("a", columns("x", "y", "z"), texts("1", "23", "")); sumOf(a) == sumOf(b) {
		t.Error("a border between two cells does not change the sum")
	}
	tally := paper.NewTally()
	d := tally.Watch(paper.Document{Sheets: []paper.Sheet{base}})
	for range 2 {
		for range d.Sheets[0].Rows {
			continue
		}
	}
	if tally.Rows() != 2 || tally.Sum() != sumOf(base) {
		t.Errorf("read twice, it counts %d rows and the sum is the same: %v", tally.Rows(), tally.Sum() == sumOf(base))
	}
}

// The same question makes the same cells, whenever it is asked and however it is written.
func TestSameQuestionSameSum(t *testing.T) {
	look(t, new(sample.Options{Seed: 1}), func(r casework.Records) {
		for _, o := range casework.PaperKinds() {
			q := ask(casework.PaperKind(o.ID))
			n, csvSum, err := paper.WriteCSV(io.Discard, mustMake(t, r, q))
			if err != nil {
				t.Fatal(err)
			}
			again, jsonSum, err := paper.WriteJSONL(io.Discard, mustMake(t, r, q))
			if err != nil || csvSum != jsonSum || n != again {
				t.Errorf("%s: %d rows with sum %s as CSV, %d with %s as JSON lines, %v", o.ID, n, csvSum, again, jsonSum, err)
			}
		}
	})
}

// What a spreadsheet could run is made harmless.
func TestCSVIsHarmless(t *testing.T) {
	for _, tt := range []struct{ cell, want string }{
		{"塔山镇", "塔山镇"}, {"=1+1", "'=1+1"}, {"+8613", "'+8613"}, {"-1", "'-1"}, {"@SUM(A1)", "'@SUM(A1)"},
		{"\tx", "'\tx"}, {"\rx", "'\rx"}, {"＝cmd", "'＝cmd"}, {"＋1", "'＋1"}, {"－1", "'－1"}, {"＠a", "'＠a"},
		{" =1", "' =1"}, {"\u3000=1", "'\u3000=1"}, {"1=1", "1=1"}, {"", ""}, {`a"b,c`, `a"b,c`},
	} {
		var b bytes.Buffer
		s := sheetOf("a", columns("x", "y"), texts(tt.cell, "."))
		if _, _, err := paper.WriteCSV(&b, paper.Document{Sheets: []paper.Sheet{s}}); err != nil {
			t.Fatal(err)
		}
		body, bom := strings.CutPrefix(b.String(), "\ufeff")
		if !bom || !strings.HasPrefix(body, "X,Y\r\n") {
			t.Errorf("the file begins with %q, want a byte order mark, the headings and CRLF", b.String())
		}
		got, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		if err != nil || strings.ReplaceAll(got[1][0], "\r", "") != strings.ReplaceAll(tt.want, "\r", "") {
			t.Errorf("the cell %q is written %q (%v), want %q", tt.cell, got[1][0], err, tt.want)
		}
	}
}

// Several tables are a ZIP; a negative number is a number.
func TestCSVOfSeveralTables(t *testing.T) {
	var b bytes.Buffer
	d := paper.Document{Sheets: []paper.Sheet{
		sheetOf("a", columns("x"), []paper.Cell{paper.Number(-5)}), {ID: "p", Name: "p", Pages: slices.Values([]paper.Page{{Key: "1"}})},
		sheetOf("b", columns("x"), texts("2"), texts("3")),
	}}
	n, _, err := paper.WriteCSV(&b, d)
	if err != nil || n != 3 {
		t.Fatalf("WriteCSV = %d, %v, want 3 rows", n, err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%s %q", f.Name, body))
	}
	want := []string{`a.csv "\ufeffX\r\n-5\r\n"`, `b.csv "\ufeffX\r\n2\r\n3\r\n"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the ZIP has (-want +got):\n%s", diff)
	}
}

func TestJSONL(t *testing.T) {
	var b bytes.Buffer
	at := time.Date(2017, time.September, 5, 17, 30, 0, 0, shanghai)
	s := sheetOf("a", columns("x", "n", "s", "m", "d", "t", "e"), []paper.Cell{
		paper.Text(`"<&`), paper.Number(7), paper.Share(1, 8), paper.Money(1250), paper.Day(today), paper.Instant(at), {},
	})
	if _, _, err := paper.WriteJSONL(&b, paper.Document{Sheets: []paper.Sheet{s}}); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatalf("%q: %v", b.String(), err)
	}
	want := map[string]any{
		"sheet": "a", "key": `"<&`, "x": `"<&`, "n": 7.0, "s": 0.125, "m": 12.5, "d": "2017-09-05", "t": "2017-09-05 17:30", "e": nil,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("WriteJSONL (-want +got):\n%s", diff)
	}
}

// broken is a file on a full disk.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("disk full")

func TestWritersTellOfFaults(t *testing.T) {
	d := paper.Document{Sheets: []paper.Sheet{sheetOf("a", columns("x"), texts("1"))}}
	for name, write := range map[string]func(io.Writer, paper.Document) (int, string, error){
		"WriteCSV": paper.WriteCSV, "WriteJSONL": paper.WriteJSONL,
	} {
		if _, _, err := write(broken{}, d); !errors.Is(err, errFull) {
			t.Errorf("%s on a full disk = %v, want %v", name, err, errFull)
		}
	}
}

// A comparison lists what changed, and nothing else.
func TestCompare(t *testing.T) {
	look(t, new(sample.Options{Seed: 1}), func(r casework.Records) {
		q := ask(casework.PaperProblems)
		older := mustMake(t, r, q).Sheets[0]
		if got := rows(paper.Compare(older, older, "DC-2017-0001")); len(got) != 0 {
			t.Errorf("compared with itself a list has changed: %v", got)
		}
		ahead := casework.NewAhead(r)
		for i, p := range slices.Collect(r.AllProblems()) {
			switch i {
			case 1:
				ahead.DropProblem(p.ID)
			case 3:
				p.Remark = "已核实"
				p.DueOn = today
				ahead.PutProblem(p)
			case 5:
				p.Urgency = casework.Emergency
				ahead.PutProblem(p)
			case 34:
				p.ID, p.Code = p.ID+1, "WT-2017-0099"
				ahead.PutProblem(p)
			}
		}
		s := paper.Compare(older, mustMake(t, ahead, q).Sheets[0], "DC-2017-0001")
		var got []string
		for row := range s.Rows {
			got = append(got, row.Cells[0].Text+" "+row.Cells[1].Text+" "+row.Cells[2].Text)
		}
		want := []string{
			"变更 WT-2017-0004 办结时限", "变更 WT-2017-0004 备注", "变更 WT-2017-0006 紧急程度", "新增 WT-2017-0099 ", "删除 WT-2017-0002 ",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Compare (-want +got):\n%s", diff)
		}
	})
}

// BenchmarkProblems makes the problem list of a large campaign, all cells as text.
func BenchmarkProblems(b *testing.B) {
	look(b, &sample.Options{Seed: 1, Visits: 30_000, Households: 3000, Staff: 600, Groups: 20, Problems: 5000}, func(r casework.Records) {
		n := 0
		b.ReportAllocs()
		for b.Loop() {
			rows, _, err := paper.WriteCSV(io.Discard, mustMake(b, r, ask(casework.PaperProblems)))
			if err != nil {
				b.Fatal(err)
			}
			n += rows
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
	})
}

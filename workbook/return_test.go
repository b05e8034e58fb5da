package workbook_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"zoufang/casework"
	"zoufang/paper"
	"zoufang/workbook"
)

// problemList is a list as package paper makes it, with as many rows.
func problemList(n int) paper.Sheet {
	return paper.Sheet{
		ID: "problems", Name: "问题清单", Title: "问题清单", Note: "截至 2017-04-20",
		Columns: []paper.Column{
			{ID: "no", Heading: "序号", Kind: paper.NumberCell}, {ID: "code", Heading: "问题编号", Kind: paper.TextCell},
			{ID: "target", Heading: "对象编号(名称脱敏)", Kind: paper.TextCell}, {ID: "share", Heading: "完成率", Kind: paper.ShareCell},
			{ID: "owner", Heading: "责任人", Kind: paper.TextCell, Edit: true}, {ID: "due", Heading: "办结时限", Kind: paper.DateCell, Edit: true},
			{ID: "status", Heading: "办理状态", Kind: paper.TextCell, Edit: true, Choices: []string{"待办", "在办"}},
			{ID: "remark", Heading: "备注", Kind: paper.TextCell, Edit: true},
		},
		Rows: func(yield func(paper.Row) bool) {
			for i := range n {
				code := casework.ProblemCode(2017, i+1)
				if !yield(paper.Row{Key: code, Cells: []paper.Cell{
					paper.Number(i + 1), paper.Text(code), paper.Text(fmt.Sprintf("JT-%04d 李*", i+1)), paper.Share(i, 35),
					paper.Text("王小明 R012"), paper.Day(casework.Date{Year: 2017, Month: 4, Day: 1 + i%28}), paper.Text("待办"), paper.Text("两行\n备注"),
				}}) {
					return
				}
			}
		},
	}
}

// listFile is the list as a workbook, changed by a person.
func listFile(t testing.TB, n int, change func(*excelize.File)) []byte {
	t.Helper()
	var out bytes.Buffer
	d := paper.Document{
		Kind: casework.PaperProblems, Title: "问题清单", Facts: []paper.Fact{{Label: "导出编号", Value: "DC-2017-0017"}},
		Sheets: []paper.Sheet{problemList(n)},
	}
	if _, err := workbook.WritePaper(&out, d, workbook.PaperOptions{TempDir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	change(f)
	var edited bytes.Buffer
	if err := errors.Join(f.Write(&edited), f.Close()); err != nil {
		t.Fatal(err)
	}
	return edited.Bytes()
}

// write puts values into cells of the list.
func write(t *testing.T, f *excelize.File, cells map[string]any) {
	t.Helper()
	for ref, v := range cells {
		if err := f.SetCellValue("问题清单", ref, v); err != nil {
			t.Error(err)
		}
	}
}

func TestReturnedListRoundTrip(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*testing.T, *excelize.File)
		edits  []string
		faults []string
	}{
		{"as it was", func(t *testing.T, _ *excelize.File) { t.Helper() }, nil, nil},
		{"four cells", func(t *testing.T, f *excelize.File) {
			t.Helper()
			write(t, f, map[string]any{"E4": "李四", "F5": "2017/5/3", "G6": "在办", "H7": ""})
		}, []string{
			"E4 WT-2017-0001 owner 王小明 R012→李四", "F5 WT-2017-0002 due 2017-04-02→2017-05-03", "G6 WT-2017-0003 status 待办→在办",
			"H7 WT-2017-0004 remark 两行\n备注→",
		}, nil},
		{"a day as a number", func(t *testing.T, f *excelize.File) {
			t.Helper()
			write(t, f, map[string]any{"F4": 42870})
		},
			[]string{"F4 WT-2017-0001 due 2017-04-01→2017-05-15"}, nil},
		{"a cell that is not for editing", func(t *testing.T, f *excelize.File) {
			t.Helper()
			write(t, f, map[string]any{"C4": "JT-0001 李大山", "D5": 0.5})
		},
			[]string{"C4 WT-2017-0001 target JT-0001 李*→JT-0001 李大山", "D5 WT-2017-0002 share 2.9%→50.0%"}, nil},
		{"rows and columns gone, others added", func(t *testing.T, f *excelize.File) {
			t.Helper()
			err := errors.Join(f.RemoveRow("问题清单", 5), f.RemoveCol("问题清单", "C"), f.InsertCols("问题清单", "A", 2),
				f.InsertRows("问题清单", 1, 1), f.SetCellValue("问题清单", "A4", "我的列"))
			_, more := f.NewSheet("别的")
			if err = errors.Join(err, more); err != nil {
				t.Error(err)
			}
			write(t, f, map[string]any{"H6": "在办"})
		}, []string{"H6 WT-2017-0003 status 待办→在办"}, nil},
		{"another order", func(t *testing.T, f *excelize.File) {
			t.Helper()
			if err := f.DuplicateRowTo("问题清单", 4, 9); err != nil {
				t.Error(err)
			}
			if err := f.RemoveRow("问题清单", 4); err != nil {
				t.Error(err)
			}
			write(t, f, map[string]any{"G8": "在办"})
		}, []string{"G8 WT-2017-0001 status 待办→在办"}, nil},
		{"a key changed, one twice, one new, one empty", func(t *testing.T, f *excelize.File) {
			t.Helper()
			write(t, f, map[string]any{"B4": "WT-2017-0099", "B5": "WT-2017-0003", "G5": "在办", "B9": "WT-2018-0001", "H10": "新的"})
		}, nil, []string{
			"B6 duplicate", "B10 missing", "B4 unknown", "B9 unknown",
		}},
		{"a formula and a long number", func(t *testing.T, f *excelize.File) {
			t.Helper()
			write(t, f, map[string]any{"H5": 110105194912310021.0, "G6": "在办"})
			if err := f.SetCellFormula("问题清单", "H4", `HYPERLINK("x")`); err != nil {
				t.Error(err)
			}
		}, []string{"G6 WT-2017-0003 status 待办→在办"}, []string{"H4 formula", "H5 scientific"}},
		{"the sheet renamed", func(t *testing.T, f *excelize.File) {
			t.Helper()
			if err := f.SetSheetName("问题清单", "改过的"); err != nil {
				t.Error(err)
			}
		}, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ret, err := workbook.ReadReturn(listFile(t, 5, func(f *excelize.File) { tt.change(t, f) }))
			if err != nil {
				t.Fatalf("ReadReturn = %v, want no error", err)
			}
			if ret.Export != "DC-2017-0017" {
				t.Errorf("export = %q, want DC-2017-0017", ret.Export)
			}
			edits, faults := workbook.EditsOf(problemList(5), ret)
			var got, wrong []string
			for _, e := range edits {
				got = append(got, fmt.Sprintf("%s %s %s %s→%s", e.Cell.Ref, e.Key, e.Column, e.Before, e.After))
			}
			for _, f := range faults {
				wrong = append(wrong, f.Cell.Ref+" "+string(f.Code))
			}
			if diff := cmp.Diff(tt.edits, got); diff != "" {
				t.Errorf("edits (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.faults, wrong); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadReturnRefuses(t *testing.T) {
	remove := func(sheet string) func(*excelize.File) {
		return func(f *excelize.File) {
			if err := f.DeleteSheet(sheet); err != nil {
				t.Error(err)
			}
		}
	}
	for _, tt := range []struct {
		name string
		data []byte
		want workbook.FileFault
	}{
		{"no workbook", []byte("PK and more"), workbook.Damaged},
		{"no sheet that names the export", listFile(t, 2, remove("说明")), workbook.NotAReturn},
		{"no list", listFile(t, 2, remove("问题清单")), workbook.NotAReturn},
		{"no keys", listFile(t, 2, func(f *excelize.File) {
			if err := f.RemoveCol("问题清单", "B"); err != nil {
				t.Error(err)
			}
		}), workbook.NotAReturn},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := workbook.ReadReturn(tt.data)
			if fault, ok := errors.AsType[*workbook.FileError](err); !ok || fault.Code != tt.want {
				t.Errorf("ReadReturn = %v, want %s", err, tt.want)
			}
		})
	}
}

func TestRecognize(t *testing.T) {
	var template bytes.Buffer
	if err := workbook.WriteTemplate(&template); err != nil {
		t.Fatal(err)
	}
	none := excelize.NewFile()
	var other bytes.Buffer
	if err := errors.Join(none.Write(&other), none.Close()); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"a template", template.Bytes(), "roster  <nil>"},
		{"a list", listFile(t, 1, func(*excelize.File) {}), "return DC-2017-0017 <nil>"},
		{"a list under another name", listFile(t, 1, func(f *excelize.File) {
			if err := f.SetSheetName("问题清单", "改过的"); err != nil {
				t.Error(err)
			}
		}), "return DC-2017-0017 <nil>"},
		{"anything else", other.Bytes(), "  The file is neither a roster nor an exported problem list. Fill in the template, or send back a list that was exported."},
	} {
		kind, code, err := workbook.Recognize(slices.Clone(tt.data))
		if got := fmt.Sprint(kind, " ", code, " ", err); got != tt.want {
			t.Errorf("Recognize(%s) = %q, want %q", tt.name, got, tt.want)
		}
	}
}

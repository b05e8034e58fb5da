package workbook_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"zoufang/casework"
	"zoufang/workbook"
)

// roster makes a small filled roster.
func roster() casework.Roster {
	row := func(sheet casework.SheetID, texts ...string) casework.Row {
		out := casework.Row{Fields: map[string]casework.Field{}}
		for _, t := range casework.RosterTables() {
			if t.ID == sheet {
				for i, c := range t.Columns {
					out.Fields[c.ID] = casework.Field{}
					if i < len(texts) {
						out.Fields[c.ID] = casework.Field{Text: texts[i]}
					}
				}
			}
		}
		return out
	}
	return casework.Roster{
		casework.CampaignSheet: {row(casework.CampaignSheet, "“百千万”集中走访", "2017", "2017-02-06")},
		casework.RoundSheet:    {row(casework.RoundSheet, "1", "第一轮", "2017-02-06", "2017-03-17")},
		casework.UnitSheet:     {row(casework.UnitSheet, "第一党支部", "支部")},
		casework.AreaSheet:     {row(casework.AreaSheet, "塔山镇", "镇街"), row(casework.AreaSheet, "李庄村", "村社区", "塔山镇")},
		casework.GroupSheet:    {row(casework.GroupSheet, "G1", "第一工作组", "R001", "", "塔山镇")},
		casework.StaffSheet:    {row(casework.StaffSheet, "R001", "王小明", "第一党支部", "=1+1", "是", "走访党员、组长", "G1")},
		casework.HouseholdSheet: {
			row(casework.HouseholdSheet, "JT-0001", "塔山镇/李庄村", "G1", "李大山", "13812345678", "@二组 & <东头>", "4", "一般户"),
			row(casework.HouseholdSheet, "JT-0002", "塔山镇/李庄村", "G1", "赵二", "", "-5", "2", "一般户"),
		},
		casework.EnterpriseSheet: {row(casework.EnterpriseSheet, "QY-001", "=cmd|' /C calc'!A0", "91350100M000100Y43", "", "企业", "塔山镇")},
		casework.OrganizationSheet: {row(casework.OrganizationSheet, "ZZ-01", "+李庄村党支部_x000D_", "村党组织", "塔山镇/李庄村",
			"G1", "\tHYPERLINK(\"http://x\")")},
		casework.PairingSheet: {row(casework.PairingSheet, "JT-0001", "R001", "责任人", "2017-02-06")},
		casework.ProblemSheet: {
			row(casework.ProblemSheet, "JT-0001", "导入", "群众生活困难", "修路搭桥", "=1+1，村口的路坏了", "路、资金", "共性", "急", "支部", "R001", "2017-03-01", "2017-04-20"),
			row(casework.ProblemSheet, "JT-0001", "", "", "用电", "晚上电压太低"),
		},
		casework.TrademarkSheet: {row(casework.TrademarkSheet, "QY-001", "@塔山", "00345678", "9、35", "面粉", "普通商标", "2024-06-30", "是")},
		casework.PolicySheet: {row(casework.PolicySheet, "大病救助怎么申请", "家庭、低保户", "2017-12-31", "看病报销",
			"第一步到村里开证明。\n第二步到镇民政办，电话 0516-1234567。")},
	}
}

func written(tb testing.TB, r casework.Roster) []byte {
	tb.Helper()
	var buf bytes.Buffer
	if err := workbook.WriteRoster(&buf, r); err != nil {
		tb.Fatalf("WriteRoster = %v, want no error", err)
	}
	return buf.Bytes()
}

// made writes a workbook of the sheet 人员 alone by the library itself, as a
// person might have it.
func made(tb testing.TB, fill func(*excelize.File, string)) []byte {
	tb.Helper()
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", "人员"); err != nil {
		tb.Fatal(err)
	}
	fill(f, "人员")
	var buf bytes.Buffer
	if err := errors.Join(f.Write(&buf), f.Close()); err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes()
}

func put(tb testing.TB, f *excelize.File, sheet, at string, values ...any) {
	tb.Helper()
	if err := f.SetSheetRow(sheet, at, &values); err != nil {
		tb.Fatal(err)
	}
}

func TestWriteTemplateOpensAgain(t *testing.T) {
	var buf bytes.Buffer
	if err := workbook.WriteTemplate(&buf); err != nil {
		t.Fatalf("WriteTemplate = %v, want no error", err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(buf.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	wantSheets := []string{"说明"}
	for _, table := range casework.RosterTables() {
		wantSheets = append(wantSheets, table.Label.Zh)
		rows, err := f.GetRows(table.Label.Zh)
		if err != nil || len(rows) != 2 {
			t.Errorf("%s has %d rows, %v, want a header and its notes", table.Label.Zh, len(rows), err)
			continue
		}
		var want []string
		choices := 0
		for _, c := range table.Columns {
			want = append(want, c.Label.Zh)
			if c.Kind == casework.ChoiceColumn {
				choices++
			}
		}
		if diff := cmp.Diff(want, rows[0]); diff != "" {
			t.Errorf("headers of %s (-want +got):\n%s", table.Label.Zh, diff)
		}
		lists, err := f.GetDataValidations(table.Label.Zh)
		if err != nil || len(lists) != choices {
			t.Errorf("%s has %d drop-down lists, %v, want %d", table.Label.Zh, len(lists), err, choices)
		}
		panes, err := f.GetPanes(table.Label.Zh)
		if err != nil || !panes.Freeze || panes.YSplit != 2 {
			t.Errorf("%s has panes %+v, %v, want two frozen rows", table.Label.Zh, panes, err)
		}
	}
	if diff := cmp.Diff(wantSheets, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	r, err := workbook.ReadRoster(buf.Bytes())
	if err != nil || len(r.Faults)+len(r.Notes) > 0 {
		t.Fatalf("ReadRoster = %+v, %v, want neither fault nor note", r, err)
	}
	for id, rows := range r.Roster {
		if len(rows) > 0 {
			t.Errorf("the template's sheet %s reads as %d rows, want none", id, len(rows))
		}
	}
}

func TestWriteThenReadIsTheSame(t *testing.T) {
	want := roster()
	data := written(t, want)
	got, err := workbook.ReadRoster(data)
	if err != nil || len(got.Faults)+len(got.Notes) > 0 {
		t.Fatalf("ReadRoster = %+v, %+v, %v, want neither fault nor note", got.Faults, got.Notes, err)
	}
	// A tab at the beginning is cleaned away: it would hide what follows.
	want[casework.OrganizationSheet][0].Fields["secretary"] = casework.Field{Text: `HYPERLINK("http://x")`}
	where := cmp.Options{cmpopts.IgnoreFields(casework.Field{}, "Ref"), cmpopts.IgnoreFields(casework.Row{}, "Line")}
	if diff := cmp.Diff(want, got.Roster, where); diff != "" {
		t.Errorf("roster (-want +got):\n%s", diff)
	}
	if ref := got.Roster[casework.HouseholdSheet][1].Fields["head"].Ref; ref != "D4" {
		t.Errorf("the second household's name is at %s, want D4", ref)
	}
}

// Whatever a text looks like, the file holds no formula, link or number made
// of it.
func TestWriteRosterWritesTextsAlone(t *testing.T) {
	data := written(t, roster())
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		if strings.Contains(f.Name, "externalLink") || strings.Contains(f.Name, "vba") {
			t.Errorf("the file holds %s", f.Name)
		}
		if !strings.HasPrefix(f.Name, "xl/worksheets/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<f>", "<f ", "<hyperlink", `t="n"`, "<v>"} {
			if bytes.Contains(body, []byte(bad)) {
				t.Errorf("%s holds %s", f.Name, bad)
			}
		}
	}
}

// cells are what a reading says of the sheet 人员, row by row.
func cells(r workbook.Reading, columns ...string) []string {
	var out []string
	for _, row := range r.Roster[casework.StaffSheet] {
		var texts []string
		for _, c := range columns {
			texts = append(texts, row.Fields[c].Text)
		}
		out = append(out, fmt.Sprintf("%d %s", row.Line, strings.Join(texts, "|")))
	}
	return out
}

func TestReadRosterUnderstands(t *testing.T) {
	tests := []struct {
		name string
		fill func(*excelize.File, string)
		want []string
	}{
		{"columns in any order, English headers, marks and remarks", func(f *excelize.File, s string) {
			put(t, f, s, "A1", "角色（可多选）", "Name*", "工 号（必填）")
			put(t, f, s, "A2", "组长", "王小明", "R001")
		}, []string{"2 R001|王小明|组长"}},
		{"a title above, notes below, blank rows between", func(f *excelize.File, s string) {
			put(t, f, s, "A1", "2017 年花名册")
			put(t, f, s, "A3", "工号", "姓名", "角色")
			put(t, f, s, "A4", "说明：填工号", "填姓名", "")
			put(t, f, s, "A6", "R001", "王小明", "组长")
			put(t, f, s, "A9", " ", "", "")
			put(t, f, s, "A11", "R002", "李四")
		}, []string{"6 R001|王小明|组长", "11 R002|李四|"}},
		{"numbers for codes, with the zeros their format shows", func(f *excelize.File, s string) {
			put(t, f, s, "A1", "工号", "姓名", "角色")
			put(t, f, s, "A2", 7, "王小明", 8.5)
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: new("0000")})
			if err = errors.Join(err, f.SetCellStyle(s, "A2", "A2", id)); err != nil {
				t.Fatal(err)
			}
		}, []string{"2 0007|王小明|8.5"}},
		{"merged cells, downwards", func(f *excelize.File, s string) {
			put(t, f, s, "A1", "工号", "姓名", "角色")
			put(t, f, s, "A2", "R001", "王小明", "组长")
			put(t, f, s, "A3", "R002", "李四", "")
			put(t, f, s, "A5", "R003", "张三丰", "督查")
			if err := f.MergeCell(s, "C2", "C4"); err != nil {
				t.Fatal(err)
			}
		}, []string{"2 R001|王小明|组长", "3 R002|李四|组长", "5 R003|张三丰|督查"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := workbook.ReadRoster(made(t, tt.fill))
			if err != nil || len(r.Faults) > 0 {
				t.Fatalf("ReadRoster = %+v, %v, want no fault", r.Faults, err)
			}
			if diff := cmp.Diff(tt.want, cells(r, "code", "name", "roles")); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadRosterReadsDates(t *testing.T) {
	for _, from1904 := range []bool{false, true} {
		f := excelize.NewFile()
		if err := errors.Join(f.SetSheetName("Sheet1", "轮次"), f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904})); err != nil {
			t.Fatal(err)
		}
		serial := 42830 // 2017-04-05
		if from1904 {
			serial -= 1462
		}
		put(t, f, "轮次", "A1", "轮次", "开始", "结束")
		put(t, f, "轮次", "A2", 1, serial, float64(serial)+0.75)
		put(t, f, "轮次", "A3", 2, 20170405, "2017/4/5")
		id, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err = errors.Join(err, f.SetCellStyle("轮次", "B2", "B2", id)); err != nil {
			t.Fatal(err)
		}
		var buf bytes.Buffer
		if err := errors.Join(f.Write(&buf), f.Close()); err != nil {
			t.Fatal(err)
		}
		r, err := workbook.ReadRoster(buf.Bytes())
		if err != nil || len(r.Faults) > 0 {
			t.Fatalf("ReadRoster = %+v, %v, want no fault", r.Faults, err)
		}
		var got []string
		for _, row := range r.Roster[casework.RoundSheet] {
			got = append(got, row.Fields["no"].Text+" "+row.Fields["start"].Text+" "+row.Fields["end"].Text)
		}
		if diff := cmp.Diff([]string{"1 2017-04-05 2017-04-05", "2 20170405 2017/4/5"}, got); diff != "" {
			t.Errorf("rounds with dates from 1904 %v (-want +got):\n%s", from1904, diff)
		}
	}
}

func TestReadRosterNamesTheWrongCell(t *testing.T) {
	tests := []struct {
		name   string
		fill   func(*excelize.File, string)
		faults []string
		notes  []string
	}{
		{"a formula", func(f *excelize.File, s string) {
			put(t, f, s, "A1", "工号", "姓名")
			put(t, f, s, "A2", "R001", "王小明")
			if err := f.SetCellFormula(s, "B2", "=A2&A3"); err != nil {
				t.Fatal(err)
			}
		}, []string{"人员 B2 formula"}, nil},
		{"a rounded number", func(f *excelize.File, s string) {
			put(t, f, s, "A1", "工号", "姓名")
			put(t, f, s, "A2", 1.1010519491231e17, "1.1E+17")
		}, []string{"人员 A2 scientific", "人员 B2 scientific"}, nil},
		{"an error value", func(f *excelize.File, s string) {
			put(t, f, s, "A1", "工号", "姓名")
			put(t, f, s, "A2", "R001", "#N/A")
		}, []string{"人员 B2 error_value"}, nil},
		{"a code made into a date", func(f *excelize.File, s string) {
			put(t, f, s, "A1", "工号", "姓名")
			put(t, f, s, "A2", 42737, "王小明")
			id, err := f.NewStyle(&excelize.Style{NumFmt: 14})
			if err = errors.Join(err, f.SetCellStyle(s, "A2", "A2", id)); err != nil {
				t.Fatal(err)
			}
		}, []string{"人员 A2 converted"}, nil},
		{"no header", func(f *excelize.File, s string) { put(t, f, s, "A1", "R001", "王小明") }, []string{"人员 A1 header"}, nil},
		{"no column of codes", func(f *excelize.File, s string) { put(t, f, s, "A2", "姓名", "角色") }, []string{"人员 A2 header"}, nil},
		{"a column twice", func(f *excelize.File, s string) {
			put(t, f, s, "A1", "工号", "姓名", "Name")
			put(t, f, s, "A2", "R001", "王小明", "李四")
		}, []string{"人员 C1 header"}, nil},
		{"a column too many", func(f *excelize.File, s string) {
			put(t, f, s, "A1", "工号", "年龄", "姓名")
			put(t, f, s, "A2", "R001", 30, "王小明")
		}, nil, []string{"人员 B1 header"}},
		{"a sheet too many", func(f *excelize.File, s string) {
			put(t, f, s, "A1", "工号", "姓名")
			if _, err := f.NewSheet("工资"); err != nil {
				t.Fatal(err)
			}
		}, nil, []string{"工资 A1 header"}},
		{"a sheet twice", func(f *excelize.File, s string) {
			put(t, f, s, "A1", "工号", "姓名")
			if _, err := f.NewSheet("Staff"); err != nil {
				t.Fatal(err)
			}
		}, []string{"Staff A1 header"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := workbook.ReadRoster(made(t, tt.fill))
			if err != nil {
				t.Fatalf("ReadRoster = %v, want no error", err)
			}
			if slices.ContainsFunc(r.Faults, func(f casework.RowFault) bool { return f.Cell.Sheet == "人员" && f.Code == casework.FaultHeader }) && len(r.Roster[casework.StaffSheet]) > 0 {
				t.Error("rows were read under a header that is wrong")
			}
			if diff := cmp.Diff([][]string{tt.faults, tt.notes}, [][]string{places(r.Faults), places(r.Notes)}); diff != "" {
				t.Errorf("faults and notes (-want +got):\n%s", diff)
			}
		})
	}
}

func places(faults []casework.RowFault) []string {
	var out []string
	for _, f := range faults {
		out = append(out, fmt.Sprintf("%s %s %s", f.Cell.Sheet, f.Cell.Ref, f.Code))
	}
	return out
}

// Texts that a sheet takes for commands come through as they are, and control
// characters do not.
func TestReadRosterTakesPayloadsForText(t *testing.T) {
	r, err := workbook.ReadRoster(made(t, func(f *excelize.File, s string) {
		put(t, f, s, "A1", "工号", "姓名", "职务")
		for i, text := range []string{"=cmd|' /C calc'!A0", "@SUM(1)", "+1", "a\x01b\u202ec\u200b", "\t=1"} {
			put(t, f, s, fmt.Sprintf("A%d", i+2), fmt.Sprint("R", i), "王小明", text)
		}
	}))
	if err != nil || len(r.Faults) > 0 {
		t.Fatalf("ReadRoster = %+v, %v, want no fault", r.Faults, err)
	}
	want := []string{"2 =cmd|' /C calc'!A0", "3 @SUM(1)", "4 +1", "5 a\ufffdbc", "6 =1"}
	if diff := cmp.Diff(want, cells(r, "title")); diff != "" {
		t.Errorf("titles (-want +got):\n%s", diff)
	}
}

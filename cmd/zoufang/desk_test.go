package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
	"zoufang/simulator"
)

// paper waits for the newest document of the bot whose caption holds the words, and
// gives what is in it.
func (h *house) paper(who casework.UserID, words string) (*simulator.Message, []byte) {
	h.t.Helper()
	var found *simulator.Message
	h.until(who, "a document: "+words, func(c simulator.Chat) bool {
		for _, m := range slices.Backward(c.Messages) {
			if m.From == "bot" && m.Document != nil && strings.Contains(m.Text, words) {
				found = m
				return true
			}
		}
		return false
	})
	data, ok := h.sim.File(found.Document.File)
	if !ok {
		h.t.Fatalf("the document %s is not there", found.Document.Name)
	}
	return found, data
}

// sheet is a table of a workbook, to be edited as the office would.
type sheet struct {
	t    *testing.T
	f    *excelize.File
	name string
	head map[string]int // heading to column
	rows map[string]int // key to row
}

func openSheet(t *testing.T, data []byte, name, key string) *sheet {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	s := &sheet{t: t, f: f, name: name, head: map[string]int{}, rows: map[string]int{}}
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if at := slices.Index(row, key); at >= 0 && len(s.head) == 0 {
			for j, h := range row {
				s.head[h] = j + 1
			}
			continue
		}
		if c := s.head[key]; c > 0 && len(row) >= c && row[c-1] != "" {
			s.rows[row[c-1]] = i + 1
		}
	}
	return s
}

// set writes a cell.
func (s *sheet) set(key, heading, value string) {
	s.t.Helper()
	cell, err := excelize.CoordinatesToCellName(s.head[heading], s.rows[key])
	if err == nil {
		err = s.f.SetCellStr(s.name, cell, value)
	}
	if err != nil {
		s.t.Fatalf("%s of %s: %v", heading, key, err)
	}
}

func (s *sheet) bytes() []byte {
	s.t.Helper()
	var b bytes.Buffer
	if err := s.f.Write(&b); err != nil {
		s.t.Fatal(err)
	}
	return b.Bytes()
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// TestListGoesRound exports the problem list in the chat, edits ten cells of it in Excel,
// three of them that may not be, and sends it back: seven are applied in one commit and
// undone by one tap.
func TestListGoesRound(t *testing.T) {
	t.Parallel()
	h := running(t)
	h.play(`
@ office
> /export 问题清单
? 问题清单
> [📤 导出]
? ✅ 问题清单
`)
	_, data := h.paper(sample.OfficeUser, "问题清单")
	list := openSheet(t, data, "问题清单", "问题编号")
	if len(list.rows) != 35 {
		t.Fatalf("the list has %d problems, want 35", len(list.rows))
	}
	var open []casework.Problem
	err := h.store.View(func(v dialog.View) error {
		for p := range v.AllProblems() {
			if p.Status == casework.ProblemDoing && p.Extension == nil && p.Remark == "" {
				open = append(open, p)
			}
		}
		return nil
	})
	if err != nil || len(open) < 5 {
		t.Fatalf("%d problems are worked on, %v; want 5 at least", len(open), err)
	}
	who := h.person(t, h.set.Member)
	member := who.Name + " " + who.Code
	list.set(open[0].Code, "责任人", member)
	list.set(open[1].Code, "责任人", member)
	for _, p := range open[:5] {
		list.set(p.Code, "备注", "镇里已排进计划")
	}
	list.set(open[0].Code, "问题描述", "没有这回事")
	list.set(open[2].Code, "责任人", "查无此人")
	list.set(open[3].Code, "走访日期", "2017-01-01")
	before := h.ledger(t)
	h.phone(sample.OfficeUser).Document("清单.xlsx", xlsxType, list.bytes())
	h.play(`
@ office
? 可改 7 · 拒绝 3
> [✅ 应用 7 项]
? 已导入
`)
	after := h.ledger(t)
	causes := map[string]bool{}
	for _, e := range after[len(before):] {
		causes[e.Cause] = true
	}
	if len(causes) != 1 {
		t.Errorf("the import came in %d commits: %v, want one", len(causes), causes)
	}
	if p := h.problemOf(t, open[0].ID); p.OwnerID != h.set.Member || p.Remark != "镇里已排进计划" || p.Description != open[0].Description {
		t.Errorf("%s is owned by %d with remark %q and description %q", p.Code, p.OwnerID, p.Remark, p.Description)
	}
	h.play(`
> [↩ 撤销]
? 撤销
> [↩
? 已撤销
`)
	if p := h.problemOf(t, open[0].ID); p.OwnerID != open[0].OwnerID || p.Remark != "" {
		t.Errorf("after the undo %s is owned by %d with remark %q, want as before: %d, none", p.Code, p.OwnerID, p.Remark, open[0].OwnerID)
	}
}

// ledger is every event.
func (h *house) ledger(t *testing.T) []casework.Event {
	t.Helper()
	var out []casework.Event
	if err := h.store.EachEvent(1, func(e casework.Event) error { out = append(out, e); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func (h *house) person(t *testing.T, id casework.StaffID) (s casework.Staff) {
	t.Helper()
	err := h.store.View(func(v dialog.View) error {
		s, _ = v.Staff(id)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (h *house) problemOf(t *testing.T, id casework.ProblemID) (p casework.Problem) {
	t.Helper()
	err := h.store.View(func(v dialog.View) error {
		p, _ = v.Problem(id)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestNamesNeedTwoPeople asks for a paper with names: it comes when the bureau's leader
// agrees, says who had it printed on every page, leaves a look behind, and goes from the
// chat after ten minutes.
func TestNamesNeedTwoPeople(t *testing.T) {
	t.Parallel()
	h := running(t)
	h.play(`
@ office
> /export 回访计划
? 姓名电话：脱敏
> [不脱敏]
? 不脱敏
> [🔒 申请不脱敏导出]
? 为什么要不脱敏
> [上级检查]
? 待批
@ director
? 不脱敏导出
> [✅ 同意]
? 已同意
@ office
? 同意了您的申请
`)
	m, data := h.paper(sample.OfficeUser, "回访计划")
	if !m.Protected {
		t.Error("the paper can be passed on, want it protected")
	}
	names := 0
	err := h.store.View(func(v dialog.View) error {
		text := allText(t, data)
		for x := range v.AllTargets() {
			if x.Household != nil && strings.Contains(text, x.Household.HeadName) {
				names++
			}
		}
		if looks := v.Looks(1); len(looks) != 1 || looks[0].What != casework.LookedAtExport || looks[0].Reason == "" {
			t.Errorf("the newest look is %+v, want one at the export, with its reason", looks)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if names < 100 {
		t.Errorf("the paper shows %d names, want those of the households", names)
	}
	if !strings.Contains(allParts(t, data), "未脱敏 "+h.person(t, h.set.Office).Name) {
		t.Error("no page says who had the paper printed")
	}
	h.sim.Advance(9 * time.Minute)
	h.settle()
	if !h.shows(sample.OfficeUser, m.ID) {
		t.Error("the paper is gone after nine minutes")
	}
	h.sim.Advance(2 * time.Minute)
	h.until(sample.OfficeUser, "the paper to go", func(simulator.Chat) bool { return !h.shows(sample.OfficeUser, m.ID) })
}

func (h *house) shows(who casework.UserID, id int) bool {
	return slices.ContainsFunc(h.sim.Chat(int64(who)).Messages, func(m *simulator.Message) bool { return m.ID == id })
}

// allText is what stands in the cells.
func allText(t *testing.T, data []byte) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			b.WriteString(strings.Join(row, "|"))
		}
	}
	return b.String()
}

// allParts is everything in the file, as it is stored.
func allParts(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "paper.xlsx")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, part := range unzip(t, path) {
		b.Write(part)
	}
	return b.String()
}

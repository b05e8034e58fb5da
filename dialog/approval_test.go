package dialog_test

import (
	"strings"
	"testing"

	"zoufang/casework"
	"zoufang/dialog"
)

// askFull lets the office ask for the problem list with names.
func (w *world) askFull() *phone {
	w.t.Helper()
	office := w.phone("office")
	office.do(w.t, "/export 问题清单")
	office.do(w.t, "[不脱敏]")
	office.do(w.t, "[🔒 申请不脱敏导出]")
	office.do(w.t, "[上级检查]")
	return office
}

func TestARequestIsGrantedOnce(t *testing.T) {
	w := newWorld(t)
	director := w.phone("director")
	admin := w.bindRole("admin", casework.Admin, 4004)
	before := len(w.exports())
	w.askFull()
	first, second := director.tap(t, "✅ 同意"), admin.tap(t, "✅ 同意")
	again := first
	again.Cause, again.Query = "again", "again"
	w.heard()
	w.apply(first, second, again)
	if got := len(w.exports()) - before; got != 1 {
		t.Fatalf("three taps on consent made %d exports, want 1", got)
	}
	x := w.newestExport()
	if !x.Full || x.Reason == "" || x.ApprovedBy == 0 || x.ApprovedBy == x.By {
		t.Errorf("the export is %+v, want it full, with a reason, approved by another", x)
	}
	heard := w.heard()
	files := 0
	for _, l := range heard {
		files += strings.Count(l, "[file]")
	}
	if files != 1 || !hears(heard, "已同意") {
		t.Errorf("%d files arrived, want 1:\n%s", files, strings.Join(heard, "\n"))
	}
}

func TestNobodyConsentsToTheirOwnRequest(t *testing.T) {
	w := newWorld(t)
	director := w.phone("director")
	before := len(w.exports())
	office := w.askFull()
	for _, b := range office.everSent {
		if strings.Contains(b.label, "同意") {
			t.Errorf("who asked sees the button %q", b.label)
		}
	}
	// Who asked loses the right meanwhile: consent comes to nothing, and says so.
	w.setRoles(office.user, casework.Visitor)
	w.heard()
	director.do(t, "[✅ 同意]")
	if got := len(w.exports()) - before; got != 0 {
		t.Errorf("%d papers were printed for somebody without the right, want 0", got)
	}
	if heard := w.heardBy("director"); !hears(heard, "不归您申请或批准") {
		t.Errorf("the director hears %q, want to be told why not", heard)
	}
}

func TestARequestLapsesAfterADay(t *testing.T) {
	w := newWorld(t)
	director := w.phone("director")
	before := len(w.exports())
	w.askFull()
	consent := director.tap(t, "✅ 同意")
	w.until("2017-09-07 08:00")
	w.heard()
	w.until("2017-09-07 10:00")
	if heard := w.heardBy("office"); !hears(heard, "一天内没有人处理") {
		t.Errorf("after a day the office hears %q, want to be told that the request lapsed", heard)
	}
	w.until("2017-09-08 10:00")
	if heard := w.heardBy("office"); hears(heard, "一天内没有人处理") {
		t.Errorf("after two days the office is told once more: %q", heard)
	}
	consent.Reached = w.now
	w.apply(consent)
	if got := len(w.exports()) - before; got != 0 {
		t.Errorf("consent after a day made %d exports, want 0", got)
	}
}

func TestAPaperWithNamesIsTakenAway(t *testing.T) {
	for _, tt := range []struct {
		name   string
		before func(*world, *phone)
	}{
		{"from who asked", func(*world, *phone) {}},
		{"from who was suspended meanwhile", func(w *world, p *phone) {
			var who casework.Staff
			err := w.store.View(func(v dialog.View) error {
				who, _ = v.StaffByUser(p.user)
				return nil
			})
			if err != nil {
				w.t.Fatal(err)
			}
			w.apply(dialog.Input{Kind: dialog.Office, Cause: "suspend", Reached: w.now, Facts: []casework.Fact{casework.StaffSuspended{StaffID: who.ID}}})
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			director := w.phone("director")
			office := w.askFull()
			w.papers.kept = true
			director.do(t, "[✅ 同意]")
			if len(w.papers.asked) != 1 || !w.papers.asked[0].Once || !w.papers.asked[0].Protect {
				t.Fatalf("the letters are %+v, want one that goes out once and cannot be forwarded", w.papers.asked)
			}
			tt.before(w, office)
			w.papers.kept = false
			w.deliverPapers()
			w.heard()
			office.do(t, "+9m")
			if heard := w.heard(); hears(heard, "deleted") {
				t.Errorf("after nine minutes: %q, want nothing yet", heard)
			}
			office.do(t, "+2m")
			if heard := w.heardBy("office"); !hears(heard, "(deleted: 问题清单") {
				t.Errorf("after eleven minutes: %q, want the paper taken away", heard)
			}
		})
	}
}

func TestAnUncertainPaperWithNamesIsAskedForAnew(t *testing.T) {
	w := newWorld(t)
	director := w.phone("director")
	w.papers.becomes = func(casework.ExportID) dialog.Delivery {
		return dialog.Delivery{Status: casework.ExportUncertain}
	}
	w.askFull()
	w.heard()
	director.do(t, "[✅ 同意]")
	heard := w.heardBy("office")
	if !hears(heard, "用完请自己删掉") || hears(heard, "再发一次") {
		t.Errorf("the office hears:\n%s\nwant to be asked to look, and no way to send it again", strings.Join(heard, "\n"))
	}
}

// TestWhatIsGrantedIsDone grants what other rooms ask for: another role, which changes
// the person's menu, and the undoing of an import, which takes out what it added.
func TestWhatIsGrantedIsDone(t *testing.T) {
	w := newWorld(t)
	director := w.phone("director")
	member := w.phone("member")
	const (
		unit     casework.UnitID   = 1<<60 + 1
		imported casework.ImportID = 1<<60 + 2
	)
	var asker, who casework.Staff
	var facts []casework.Fact
	err := w.store.View(func(v dialog.View) error {
		asker, _ = v.StaffByUser(w.phone("office").user)
		who, _ = v.StaffByUser(member.user)
		plan := casework.Plan{Facts: []casework.Fact{
			casework.UnitImported{Unit: casework.Unit{ID: unit, Kind: casework.External, Name: "多出来的单位"}},
		}}
		now := casework.Moment{Today: casework.DateOf(w.now, shanghai), At: w.now}
		facts = casework.ApplyRoster(v, asker.ID, plan, paperSHA, now, func() uint64 { return uint64(imported) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	roles := casework.Approval{
		ID: 1<<60 + 3, Kind: casework.ApproveRoles, By: asker.ID, At: w.now, Reason: "轮岗", State: casework.ApprovalOpen,
		StaffID: who.ID, Roles: []casework.Role{casework.Visitor, casework.Auditor},
	}
	undo := casework.Approval{
		ID: 1<<60 + 4, Kind: casework.ApproveUndo, By: asker.ID, At: w.now, Reason: "导错了文件", State: casework.ApprovalOpen, Import: imported,
	}
	facts = append(facts, casework.ApprovalAsked{Approval: roles}, casework.ApprovalAsked{Approval: undo})
	w.apply(dialog.Input{Kind: dialog.Office, Cause: "asked", Reached: w.now, Facts: facts})
	w.heard()

	director.do(t, "/approvals")
	director.do(t, "[角色变更]")
	director.do(t, "[✅ 同意]")
	heard := w.heard()
	if !hears(heard, "走访党员 → 走访党员、纪检督查") || !hears(heard, "member: menu: ") {
		t.Errorf("granting roles says:\n%s\nwant both roles, and a new menu for the member", strings.Join(heard, "\n"))
	}
	director.do(t, "/approvals")
	director.do(t, "[撤销导入]")
	director.do(t, "[✅ 同意]")
	heard = w.heardBy("director")
	err = w.store.View(func(v dialog.View) error {
		if s, _ := v.Staff(who.ID); !s.Has(casework.Auditor) {
			t.Errorf("the member has the roles %v, want the auditor's too", s.Roles)
		}
		if u, ok := v.Unit(unit); ok {
			t.Errorf("after undoing the import %s is still there:\n%s", u.Name, strings.Join(heard, "\n"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

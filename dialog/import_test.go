package dialog_test

import (
	"slices"
	"strings"
	"testing"

	"zoufang/casework"
	"zoufang/dialog"
)

// imported are the imports that were applied, the newest first.
func (w *world) imported() (list []casework.Import) {
	w.t.Helper()
	err := w.store.View(func(v dialog.View) error {
		list = v.Imports(10)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// heardThat reports whether the bot said the words since the last look.
func (w *world) heardThat(words string) bool {
	return slices.ContainsFunc(w.heard(), func(l string) bool { return strings.Contains(l, words) })
}

func TestAnImportIsAppliedOnceHoweverOftenItIsConfirmed(t *testing.T) {
	w := newWorld(t)
	p := w.phone("office")
	p.play(t, "(workbook roster)")
	w.books.slow = true
	tap := p.tap(t, "✅ 确认导入")
	again := p.press(tap.Message, tap.Data)
	w.apply(tap, again)
	if got := len(w.books.asked); got != 1 {
		t.Errorf("two taps on one button ask for the file %d times, want 1", got)
	}
	late := w.fetched(w.books.asked[0])
	w.answerBooks()
	late.Cause = "fetch:twice"
	w.apply(late)
	if got := len(w.imported()); got != 1 {
		t.Errorf("applied %d imports, want 1", got)
	}
	if got, want := w.target("JT-0007").Note, "门前修路，走后门"; got != want {
		t.Errorf("the note of JT-0007 = %q, want %q", got, want)
	}
}

// What an import would do is not what was confirmed any more once somebody has changed
// the same records.
func TestAnImportWaitsForAnotherLookWhenRecordsChanged(t *testing.T) {
	w := newWorld(t)
	p := w.phone("office")
	p.play(t, "(workbook roster)")
	w.books.slow = true
	p.play(t, "[✅ 确认导入]")
	x := w.target("JT-0007")
	x.Note = "门前修路，走后门"
	w.enter(casework.TargetImported{Target: x})
	w.heard()
	w.answerBooks()
	if !w.heardThat("没有写入") {
		t.Error("the bot does not say that nothing was written")
	}
	if got := len(w.imported()); got != 0 {
		t.Errorf("applied %d imports, want none", got)
	}
	w.books.slow = false
	p.play(t, "[✅ 确认导入]")
	if got := len(w.imported()); got != 1 {
		t.Errorf("confirmed again, applied %d imports, want 1", got)
	}
}

func TestNobodyImportsAfterLosingTheRight(t *testing.T) {
	w := newWorld(t)
	p := w.phone("office")
	p.play(t, "(workbook roster)")
	w.books.slow = true
	p.play(t, "[✅ 确认导入]")
	var who casework.Staff
	err := w.store.View(func(v dialog.View) error {
		who, _ = v.StaffByUser(p.user)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	who.Roles = []casework.Role{casework.Visitor}
	w.enter(casework.StaffImported{Staff: who})
	w.heard()
	w.answerBooks()
	if got := len(w.imported()); got != 0 {
		t.Errorf("applied %d imports, want none", got)
	}
	if !w.heardThat("不归您办") {
		t.Error("the bot does not say why")
	}
}

// What was asked for before the file was left alone shows nothing afterwards.
func TestALateReadingChangesNothingThatWasLeft(t *testing.T) {
	w := newWorld(t)
	p := w.phone("office")
	p.play(t, "(workbook roster)")
	w.books.slow = true
	p.play(t, "[明细]", "[✖ 不导入]")
	w.heard()
	w.answerBooks()
	if got := w.heard(); len(got) != 0 {
		t.Errorf("the bot says %q, want nothing", got)
	}
}

func TestAWorkbookBesideADraftIsAskedAbout(t *testing.T) {
	w := newWorld(t)
	var who casework.Staff
	err := w.store.View(func(v dialog.View) error {
		who, _ = v.Staff(w.set.Member)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	who.Roles = append(who.Roles, casework.Office)
	w.enter(casework.StaffImported{Staff: who})
	p := w.phone("member")
	p.play(t, "/visit", "[薛*]", "[访成]", "(workbook roster)")
	if got := len(w.books.asked) + len(w.books.made); got != 0 {
		t.Errorf("the file is read %d times before anybody said what it is, want none", got)
	}
	p.play(t, "[📎 当附件]")
	var files int
	err = w.store.View(func(v dialog.View) error {
		for _, d := range v.DraftsOf(who.ID) {
			files += len(d.Attachments)
		}
		return nil
	})
	if err != nil || files != 1 {
		t.Errorf("the draft has %d files (%v), want 1", files, err)
	}
	p.play(t, "(workbook more)")
	w.heard()
	p.play(t, "[📥 读作台账]")
	if !w.heardThat("花名册对照结果") {
		t.Error("the ledger is not read")
	}
}

// Somebody whom many changes concern is not sent a card for each.
func TestManyEditsAreToldInOneMessage(t *testing.T) {
	w := newWorld(t)
	w.phone("office").play(t, "(workbook handed)")
	w.heard()
	w.phone("office").play(t, "[✅ 应用 5 项]")
	var firsts []string
	for _, l := range w.heardBy("member") {
		if strings.HasPrefix(l, "member: ") && strings.Contains(l, "台账") {
			firsts = append(firsts, l)
		}
	}
	if len(firsts) != 1 || !strings.Contains(firsts[0], "5 个问题") {
		t.Errorf("the member hears %q, want one message about 5 problems", firsts)
	}
}

// Forms that somebody has begun on the record that ends go over to the one that goes on.
func TestMergingTakesDraftsAlong(t *testing.T) {
	w := newWorld(t)
	w.phone("member").play(t, "/visit", "[薛*]", "[访成]")
	leader := w.phone("leader")
	leader.play(t, "/merge JT-0031", "JT-0007", "[JT-0031 继续用]", "[🔗 JT-0007 并入]")
	from, into := w.target("JT-0007"), w.target("JT-0031")
	if from.MergedInto != into.ID || from.Status != casework.Merged {
		t.Fatalf("JT-0007 is %q, merged into %d, want %d", from.Status, from.MergedInto, into.ID)
	}
	err := w.store.View(func(v dialog.View) error {
		for _, d := range v.DraftsOf(w.set.Member) {
			if d.TargetID != into.ID {
				t.Errorf("the draft is about target %d, want %d", d.TargetID, into.ID)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

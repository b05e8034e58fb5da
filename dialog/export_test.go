package dialog_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

// exports are those on record, the newest first.
func (w *world) exports() []casework.Export {
	w.t.Helper()
	var out []casework.Export
	err := w.store.View(func(v dialog.View) error {
		out = v.Exports(100)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// newestExport is the export begun last.
func (w *world) newestExport() casework.Export {
	w.t.Helper()
	all := w.exports()
	if len(all) == 0 {
		w.t.Fatal("nothing was exported")
	}
	return all[0]
}

// hears reports whether a line of what was heard contains the words.
func hears(lines []string, words string) bool {
	return slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, words) })
}

func TestWhatComesOfAnExportIsSaid(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status casework.ExportStatus
		large  bool
		want   []string
	}{
		{"done", casework.ExportDone, false, []string{"✅ 问题清单", "35 行", "SHA-256 ab12…cd34", "[📋 复制 SHA-256]", "[🔁 再发一次]"}},
		{"failed", casework.ExportFailed, false, []string{"❌ 问题清单", "请再试一次", "[🔁 再发一次]"}},
		{"too large", casework.ExportFailed, true, []string{"文件太大", "zoufang export problems --as-of 2017-09-06"}},
		{"uncertain", casework.ExportUncertain, false, []string{"可能已送达", "没有再点“再发一次”", "[🔁 再发一次]"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.papers.becomes = func(casework.ExportID) dialog.Delivery {
				d := dialog.Delivery{Status: tt.status, TooLarge: tt.large}
				if tt.status == casework.ExportDone {
					d.Rows, d.SHA256, d.Size = 35, paperSHA, 1000
				}
				return d
			}
			office := w.phone("office")
			office.do(t, "/export 问题清单")
			office.do(t, "[📤 导出]")
			heard := w.heardBy("office")
			for _, words := range tt.want {
				if !hears(heard, words) {
					t.Errorf("nobody says %q:\n%s", words, strings.Join(heard, "\n"))
				}
			}
			if got := w.newestExport().Status; got != tt.status {
				t.Errorf("the export is %s, want %s", got, tt.status)
			}
		})
	}
}

func TestTwoTapsPrintOnce(t *testing.T) {
	w := newWorld(t)
	before := len(w.exports())
	office := w.phone("office")
	office.do(t, "/export 问题清单")
	first := office.tap(t, "📤 导出")
	second := first
	second.Cause, second.Query = "twice", "twice"
	w.apply(first, second)
	if got := len(w.exports()) - before; got != 1 {
		t.Errorf("two taps made %d exports, want 1", got)
	}
	again := office.tap(t, "🔁 再发一次")
	twice := again
	twice.Cause, twice.Query = "again twice", "again twice"
	w.apply(again, twice)
	all := w.exports()
	if got := len(all) - before; got != 2 {
		t.Errorf("sending again twice at once made %d exports in all, want 2", got)
	}
	if !all[0].AsOf.Equal(all[1].AsOf) || all[0].Code == all[1].Code {
		t.Errorf("sent again as %s of %v, want another code than %s and the same instant %v", all[0].Code, all[0].AsOf, all[1].Code, all[1].AsOf)
	}
}

func TestADeliveryThatDoesNotFitIsHarmless(t *testing.T) {
	w := newWorld(t)
	w.papers.kept = true
	office := w.phone("office")
	office.do(t, "/export 问题清单")
	office.do(t, "[📤 导出]")
	asked := w.papers.asked[0]
	w.papers.kept = false
	w.papers.asked = nil
	w.heard()

	foreign := w.paper(asked)
	foreign.Chat, foreign.User, foreign.Cause = dialog.ChatID(w.phone("leader").user), w.phone("leader").user, "foreign"
	unknown := w.paper(asked)
	unknown.Delivery.Export, unknown.Cause = 1, "unknown"
	empty := w.paper(asked)
	empty.Delivery, empty.Cause = nil, "empty"
	w.heard()
	w.apply(foreign, unknown, empty)
	if got := w.newestExport().Status; got != casework.ExportAsked {
		t.Errorf("after deliveries that do not fit the export is %s, want %s", got, casework.ExportAsked)
	}
	if heard := w.heard(); len(heard) > 0 {
		t.Errorf("a delivery that does not fit said %q", heard)
	}

	w.apply(w.paper(asked))
	failed := w.paper(asked)
	failed.Delivery.Status, failed.Cause = casework.ExportFailed, "late failure"
	w.heard()
	w.apply(failed)
	if got := w.newestExport(); got.Status != casework.ExportDone || got.Rows != 35 {
		t.Errorf("a late failure made of it %s with %d rows, want it done with 35", got.Status, got.Rows)
	}
	if heard := w.heard(); len(heard) > 0 {
		t.Errorf("what was known already said %q", heard)
	}
}

func TestADeliveryIsNotHeldBackAsAFlood(t *testing.T) {
	w := newWorld(t)
	d, err := dialog.New(dialog.Options{Zone: shanghai, PerSecond: 1, Burst: 3})
	if err != nil {
		t.Fatal(err)
	}
	w.dialog = d
	office := w.phone("office")
	office.do(t, "/export 问题清单")
	w.papers.kept = true
	office.do(t, "[📤 导出]")
	var batch []dialog.Input
	for range 10 {
		in := office.text("/home")
		in.Reached = w.now.Add(-9 * time.Second)
		batch = append(batch, in)
	}
	in := w.paper(w.papers.asked[0])
	in.Reached = batch[len(batch)-1].Reached
	w.apply(append(batch, in)...)
	if got := w.newestExport().Status; got != casework.ExportDone {
		t.Errorf("after a flood of texts the export is %s, want %s", got, casework.ExportDone)
	}
}

func TestRightsAreAskedWhenThePaperIsPrinted(t *testing.T) {
	w := newWorld(t)
	before := len(w.exports())
	secretary := w.phone("secretary")
	secretary.do(t, "/export 问题清单")
	tap := secretary.tap(t, "📤 导出")
	w.setRoles(secretary.user, casework.Visitor)
	w.apply(tap)
	if got := len(w.exports()) - before; got != 0 {
		t.Errorf("without the right %d papers were printed, want 0", got)
	}
}

// setRoles gives the person other roles, as the roster does.
func (w *world) setRoles(user casework.UserID, roles ...casework.Role) {
	w.t.Helper()
	var who casework.Staff
	err := w.store.View(func(v dialog.View) error {
		who, _ = v.StaffByUser(user)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	who.Roles = roles
	w.seq++
	w.apply(dialog.Input{Kind: dialog.Office, Cause: "roles:" + who.Code, Reached: w.now, Facts: []casework.Fact{casework.StaffImported{Staff: who}}})
}

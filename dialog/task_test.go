package dialog_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"zoufang/casework"
	"zoufang/dialog"
)

// perform plays what people say in a transcript, without comparing the answers.
func (w *world) perform(t *testing.T, name string) {
	t.Helper()
	data, err := os.ReadFile("testdata/transcripts/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	who := w.phone("member")
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if name, ok := strings.CutPrefix(line, "@ "); ok {
			who = w.phone(name)
		}
		if words, ok := strings.CutPrefix(line, "> "); ok {
			who.do(t, words)
		}
	}
}

// acts adds the acts of task books that people took since the world began.
func (w *world) acts(t *testing.T, into map[casework.TaskAct]bool) {
	t.Helper()
	err := w.store.View(func(v dialog.View) error {
		for b := range v.AllTaskBooks() {
			for _, s := range b.History {
				if s.By != 0 && s.At.After(w.set.Start) {
					into[s.Act] = true
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Every way in which a task book moves on can be gone by buttons and words alone.
func TestEveryTaskActIsReachedFromTheChat(t *testing.T) {
	got := map[casework.TaskAct]bool{}
	for _, name := range []string{"task_issue", "task_work"} {
		w := newWorld(t)
		w.perform(t, name)
		w.acts(t, got)
	}
	for _, act := range casework.TaskActs() {
		if !got[act] {
			t.Errorf("nobody took %q, want every act taken (%v)", act, slices.Sorted(maps.Keys(got)))
		}
	}
}

// bureauBook makes a draft of the secretary's branch a matter of the bureau, led by
// the member.
func (w *world) bureauBook(t *testing.T) {
	t.Helper()
	var b casework.TaskBook
	err := w.store.View(func(v dialog.View) error {
		for o := range v.AllTaskBooks() {
			if o.Code == "RW-2017-0005-2" {
				b = o
			}
		}
		return nil
	})
	if err != nil || b.ID == 0 {
		t.Fatalf("there is no draft RW-2017-0005-2: %v", err)
	}
	due := casework.DateOf(w.now, shanghai).AddDays(20)
	b.Level, b.LeadID, b.DueOn, b.History = casework.LevelBureau, w.set.Member, due, nil
	for i := range b.Measures {
		b.Measures[i].OwnerID, b.Measures[i].DueOn = w.set.Member, due
	}
	w.apply(dialog.Input{Kind: dialog.Office, Cause: "bureau", Reached: w.now, Facts: []casework.Fact{casework.TaskBookDrafted{TaskBook: b}}})
	w.heard()
}

// At bureau level the office accepts as well, and whoever is still to come hears of
// it once.
func TestBureauBookWantsTwoAcceptances(t *testing.T) {
	w := newWorld(t)
	w.bureauBook(t)
	w.phone("secretary").play(t, "/books RW-2017-0005-2", "[✍ 签发]")
	w.phone("member").play(t, "[✓ 已读]", "[✅ 接受]", "[◐ 措施 1]", "[☑ 完成]", "[已经办好]", "[📮 提交验收]", "[满意]")
	w.heard()
	w.phone("member").play(t, "[措施全部落实]")
	if got := titles(w.heardBy("office"), "待验收"); got != 1 {
		t.Errorf("the office got the task book handed in %d times, want once", got)
	}
	w.phone("office").play(t, "[✅ 验收通过]")
	if heard := strings.Join(w.heardBy("office"), "\n"); !strings.Contains(heard, "还差一方") || strings.Contains(heard, "[✅ 验收通过]") {
		t.Errorf("after the office's acceptance it sees\n%s\nwant that the leader's is missing", heard)
	}
}

// titles counts the cards among the lines that say the words in their first line.
func titles(heard []string, words string) (n int) {
	for _, l := range heard {
		if !strings.HasPrefix(l, "  ") && strings.Contains(l, words) {
			n++
		}
	}
	return n
}

// Whoever acts gets no letter about it, and each of the others one at most.
func TestOneLetterForEachStep(t *testing.T) {
	w := newWorld(t)
	w.phone("member").play(t, "/books RW-2017-0026", "[⏳ 申请延期]", "[+7")
	w.heard()
	w.phone("member").play(t, "[材料还没有收齐]")
	heard := w.heard()
	fresh := map[string]int{}
	for _, l := range heard {
		if who, words, ok := strings.Cut(l, ": "); ok && !strings.HasPrefix(l, "  ") && !strings.HasPrefix(words, "(edited)") {
			fresh[who]++
		}
	}
	if fresh["leader"] != 1 || fresh["member"] != 0 {
		t.Errorf("new messages = %v, want one to the leader alone:\n%s", fresh, strings.Join(heard, "\n"))
	}
}

package dialog_test

import (
	"slices"
	"strings"
	"testing"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
)

// factsOf are the facts of a kind recorded since the world began.
func factsOf[F casework.Fact](tb testing.TB, w *world) []F {
	tb.Helper()
	var out []F
	err := w.store.EachEvent(uint64(len(w.set.Events))+1, func(e casework.Event) error {
		if f, ok := e.Fact.(F); ok {
			out = append(out, f)
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func TestWhoMayServeTrademarks(t *testing.T) {
	for _, tt := range []struct {
		who         string
		lists, acts bool
	}{
		{"member", true, true}, // the firm is the member's
		{"leader", true, true},
		{"secretary", true, false},
		{"office", true, true},
		{"officer", true, true},
		{"stranger", false, false},
	} {
		t.Run(tt.who, func(t *testing.T) {
			w := newWorld(t)
			p := w.phone(tt.who)
			w.heard()
			p.play(t, "/mark SB-001")
			heard := strings.Join(w.heard(), "\n")
			if got := strings.Contains(heard, "驰名商标保护"); got != tt.lists {
				t.Errorf("%s sees SB-001: %t, want %t", tt.who, got, tt.lists)
			}
			if got := strings.Contains(heard, "[⏭ 阶段]"); got != tt.acts {
				t.Errorf("%s is offered another stage: %t, want %t", tt.who, got, tt.acts)
			}
		})
	}
}

func TestAStepIsRefusedOnceTheFirmIsSomebodyElses(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	p.play(t, "/mark SB-001", "[⏭ 阶段]")
	w.enter(casework.PairingEnded{TargetID: w.target("QY-001").ID, StaffID: w.set.Member})
	w.heard()
	p.play(t, "[证据整理]")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "不归您办") {
		t.Errorf("a tap without the right is answered by\n%s", heard)
	}
	if got := factsOf[casework.MatterMoved](t, w); len(got) != 0 {
		t.Errorf("a tap without the right made %v, want nothing", got)
	}
}

func TestEveryStageOfAMatterIsReachedByTapping(t *testing.T) {
	w := newWorld(t)
	p := w.phone("officer")
	var labels []string
	err := w.store.View(func(v dialog.View) error {
		def, _ := v.Form("enterprise", 0)
		item, _ := def.Item("stage")
		for _, id := range casework.Stages(v, "city_known") {
			i := slices.IndexFunc(item.Options, func(o form.Option) bool { return o.ID == id })
			labels = append(labels, item.Options[i].Label.Zh)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, label := range labels {
		p.play(t, "/find QY-001", "[™ 商标]", "[＋ 商标]", "样品"+string(rune('甲'+i)), "[跳过 ▶]", "[跳过 ▶]", "[跳过 ▶]", "[跳过 ▶]", "[✅ 保存]",
			"[＋ 办一件事项]", "[知名商标]", "["+label)
		if label == "未获认定" {
			p.play(t, "[证据年限不足]")
		}
		if !strings.Contains(p.newest(), "下一步做什么") && !strings.Contains(p.newest(), label) {
			t.Errorf("a matter at %s shows %q", label, p.newest())
		}
	}
	if got := factsOf[casework.MatterRecorded](t, w); len(got) != len(labels) {
		t.Errorf("%d matters were opened, want %d", len(got), len(labels))
	}
}

func TestAPolicyExplainedInAFormBelongsToItsVisit(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	p.play(t, "/visit", "[薛*]", "[访成]", "/policy", "[ZC-", "[✓ 已向", "[其余无变化]", "[晴]", "[🙂 无诉求]", "[✅ 提交]")
	visits, explained := w.visits(t), factsOf[casework.PolicyExplained](t, w)
	if len(visits) != 1 || len(explained) != 1 || explained[0].Explained.VisitID != visits[0].ID || explained[0].TargetID != visits[0].TargetID {
		t.Errorf("visits %v, explained %v, want one of each, at that visit", visits, explained)
	}
}

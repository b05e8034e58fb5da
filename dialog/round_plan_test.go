package dialog_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

// september is a day of the month in which the world stands.
func september(day int) casework.Date {
	return casework.Date{Year: 2017, Month: time.September, Day: day}
}

// openRound opens a round that follows the others.
func (w *world) openRound() casework.RoundID {
	w.t.Helper()
	id := casework.RoundID(1 << 60)
	w.enter(casework.RoundOpened{Round: casework.Round{ID: id, No: 6, Title: "回头看", StartOn: september(25), EndOn: september(29)}})
	return id
}

// planOf is the plan of the round.
func (w *world) planOf(id casework.RoundID) (out []casework.RoundPlan) {
	w.t.Helper()
	err := w.store.View(func(v dialog.View) error {
		out = slices.Collect(v.PlanOf(id))
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func TestAPlanIsMadeOnceAndToldOnce(t *testing.T) {
	w := newWorld(t)
	id := w.openRound()
	leader := w.phone("leader")
	leader.play(t, "/rounds", "[第 6 轮]")
	leader.thrice(t, "⚙ 自动生成")
	made := factsOf[casework.RoundPlanned](t, w)
	if len(made) != 1 || len(w.planOf(id)) != len(made[0].Plans) {
		t.Fatalf("three taps planned %d times, want once", len(made))
	}
	w.heard()
	leader.thrice(t, "✅ 确认计划")
	told := 0
	for _, l := range w.heardBy("member") {
		if l == "member: 📋 我的走访计划 · 第 6 轮 回头看" {
			told++
		}
	}
	if told != 1 {
		t.Errorf("three taps told the member %d times, want once", told)
	}
}

// A leader plans for the own group alone, whatever a card still offers.
func TestNobodyPlansForAnotherGroup(t *testing.T) {
	w := newWorld(t)
	id := w.openRound()
	office := w.phone("office")
	office.play(t, "/rounds", "[第 6 轮]", "[📋 第2工作组]")
	w.without(office.user, casework.Office)
	office.play(t, "[⚙ 自动生成]")
	if got := w.planOf(id); len(got) != 0 {
		t.Errorf("somebody without the right planned %v", got)
	}
	member := w.phone("member")
	member.play(t, "/rounds", "[第 6 轮]")
	if m := member.newest(); strings.Contains(m, "自动生成") {
		t.Errorf("a member is offered to plan: %s", m)
	}
}

// A round that is closed twice, or whose plan was open on a card meanwhile, stays as the
// first tap left it.
func TestAClosedRoundStaysAsItIs(t *testing.T) {
	w := newWorld(t)
	office, leader := w.phone("office"), w.phone("leader")
	w.enter(casework.RoundOpened{Round: casework.Round{ID: 1 << 60, No: 6, Title: "回头看", StartOn: september(6), EndOn: september(29)}})
	leader.play(t, "/rounds", "[第 6 轮]")
	office.play(t, "/rounds", "[第 6 轮]", "[🏁 结束本轮]")
	office.thrice(t, "🏁 确定结束")
	if got := factsOf[casework.RoundClosed](t, w); len(got) != 1 {
		t.Errorf("three taps closed the round %d times, want once", len(got))
	}
	w.heard()
	leader.play(t, "[⚙ 自动生成]")
	if got := w.planOf(1 << 60); len(got) != 0 {
		t.Errorf("a closed round was planned: %v", got)
	}
}

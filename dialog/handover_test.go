package dialog_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

// look reads the records.
func (w *world) look(f func(dialog.View)) {
	w.t.Helper()
	if err := w.store.View(func(v dialog.View) error { f(v); return nil }); err != nil {
		w.t.Fatal(err)
	}
}

// colleague gives an account to a visitor of the roster.
func (w *world) colleague(code string) (*phone, casework.Staff) {
	w.t.Helper()
	var who casework.Staff
	w.look(func(v dialog.View) { who, _ = v.StaffByCode(code) })
	return w.bind(who.Name, who, casework.UserID(5000+who.ID)), who
}

// sees reports whether a button that begins so is on the phone.
func (p *phone) sees(label string) bool {
	return slices.ContainsFunc(p.shown, func(m *message) bool {
		return slices.ContainsFunc(m.rows, func(row []dialog.Button) bool {
			return slices.ContainsFunc(row, func(b dialog.Button) bool { return strings.HasPrefix(b.Text, label) })
		})
	})
}

// try does the lines until a button is not there.
func (p *phone) try(tb testing.TB, lines ...string) bool {
	tb.Helper()
	for _, l := range lines {
		if strings.HasPrefix(l, "[") && !p.sees(strings.Trim(l, "[]")) {
			return false
		}
		p.do(tb, l)
	}
	return true
}

// begun leaves the member with a draft of a visit.
func (w *world) begun() casework.VisitID {
	w.t.Helper()
	w.phone("member").play(w.t, "/visit", "[薛*]", "[访成]", "/cancel", "[💾 保留]")
	var id casework.VisitID
	w.look(func(v dialog.View) { id = v.DraftsOf(w.set.Member)[0].ID })
	return id
}

// holder names who has the draft, and whose it is if it was lent.
func (w *world) holder(id casework.VisitID) string {
	w.t.Helper()
	var words string
	w.look(func(v dialog.View) {
		d, _ := v.Draft(id)
		s, _ := v.Staff(d.Owner)
		words = s.Code
		if of, ok := v.Staff(d.LentBy); ok {
			words += " for " + of.Code
		}
	})
	return words
}

// inCharge is who has to see to the target today.
func (w *world) inCharge(code string) string {
	w.t.Helper()
	x := w.target(code)
	var words string
	w.look(func(v dialog.View) {
		s, _ := v.Staff(casework.InCharge(v, x, casework.DateOf(w.now, shanghai)))
		words = s.Code
	})
	return words
}

// The questions up to the name of the taker.
func handingOver() map[casework.HandoverKind][]string {
	return map[casework.HandoverKind][]string{
		casework.Leave:     {"/leave", "[今天]", "[3 天]"},
		casework.Transfer:  {"/handover", "[调整]", "[☐ JT-0007]", "[✔ 选好了]"},
		casework.Departure: {"/handover", "[离岗]"},
	}
}

func TestAHandoverMovesTheWorkAndTheDraftAndBack(t *testing.T) {
	for kind, asked := range handingOver() {
		t.Run(string(kind), func(t *testing.T) {
			w := newWorld(t)
			draft := w.begun()
			other, _ := w.colleague("R037")
			member := w.phone("member")
			stands := func(when, want string) {
				t.Helper()
				if got := fmt.Sprintf("%s, draft %s", w.inCharge("JT-0007"), w.holder(draft)); got != want {
					t.Errorf("%s: %s, want %s", when, got, want)
				}
			}
			member.play(t, append(asked, "[秦文亮]", "[✅ 问问]")...)
			stands("proposed", "R031, draft R031")
			other.play(t, "[✅ 接手]")
			stands("accepted", "R037, draft R037 for R031")
			member.play(t, "[↩ 撤销交接]")
			stands("undone", "R031, draft R031")
		})
	}
}

func TestBothSidesAndTheLeaderHearOfAHandover(t *testing.T) {
	w := newWorld(t)
	other, _ := w.colleague("R037")
	w.phone("member").play(t, "/handover", "[离岗]", "[秦文亮]", "[✅ 问问]")
	w.heard()
	other.play(t, "[✅ 接手]")
	heard := strings.Join(w.heard(), "\n")
	for _, who := range []string{"秦文亮: (edited) ", "member: ", "leader: "} {
		if want := who + "🤝 离岗交接：安斌宁 → 秦文亮\n"; strings.Count(heard, want) != 1 {
			t.Errorf("%q was said %d times, want once:\n%s", want, strings.Count(heard, want), heard)
		}
	}
	if strings.Contains(heard, "member: (edited) 📅") || strings.Count(heard, "JT-0007 薛*") != 1 {
		t.Errorf("the brief is for the taker alone:\n%s", heard)
	}
}

func TestTheLeaderCanUndoAHandover(t *testing.T) {
	w := newWorld(t)
	other, _ := w.colleague("R037")
	w.phone("member").play(t, "/handover", "[离岗]", "[秦文亮]", "[✅ 问问]")
	other.play(t, "[✅ 接手]")
	w.phone("leader").play(t, "[↩ 撤销交接]")
	if got := w.inCharge("JT-0007"); got != "R031" {
		t.Errorf("after the leader undid it %s is in charge, want R031", got)
	}
}

func TestAgendasOfBothFollowALeave(t *testing.T) {
	w := newWorld(t)
	other, _ := w.colleague("R037")
	member := w.phone("member")
	w.until("08:00")
	member.play(t, "/leave", "[今天]", "[3 天]", "[秦文亮]", "[✅ 问问]")
	w.heard()
	other.play(t, "[✅ 接手]", "/today")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "秦文亮: 📅 今日清单") {
		t.Errorf("the stand-in has no agenda:\n%s", heard)
	}
	member.play(t, "/today")
	if n := len(w.facts("HandoverMoved")); n != 1 {
		t.Errorf("%d handovers moved, want 1", n)
	}
}

func TestALeaveReturnsByItselfOnce(t *testing.T) {
	w := newWorld(t)
	draft := w.begun()
	other, _ := w.colleague("R037")
	w.phone("member").play(t, "/leave", "[明天]", "[1 天]", "[秦文亮]", "[✅ 问问]")
	other.play(t, "[✅ 接手]")
	for _, step := range []struct{ until, want string }{
		{"2017-09-06 23:00", "R031, draft R031"},
		{"2017-09-07 00:00", "R037, draft R037 for R031"},
		{"2017-09-07 23:55", "R037, draft R037 for R031"},
		{"2017-09-08 00:00", "R031, draft R031"},
		{"2017-09-08 00:05", "R031, draft R031"},
	} {
		w.until(step.until)
		if got := fmt.Sprintf("%s, draft %s", w.inCharge("JT-0007"), w.holder(draft)); got != step.want {
			t.Errorf("%s: %s, want %s", step.until, got, step.want)
		}
	}
	w.heard()
	w.until("2017-09-08 07:59")
	heard := strings.Join(w.heard(), "\n")
	for _, who := range []string{"member: ", "秦文亮: "} {
		if n := strings.Count(heard, who+"🏖 请假替班"); n != 1 {
			t.Errorf("%swas told %d times that the leave is over, want once:\n%s", who, n, heard)
		}
	}
	if n := len(w.facts("HandoverMoved")); n != 2 {
		t.Errorf("the leave moved %d times, want 2", n)
	}
}

func TestALeaveThatWasMissedReturnsLate(t *testing.T) {
	w := newWorld(t)
	draft := w.begun()
	other, _ := w.colleague("R037")
	w.phone("member").play(t, "/leave", "[今天]", "[1 天]", "[秦文亮]", "[✅ 问问]")
	other.play(t, "[✅ 接手]")
	w.until("2017-09-20 12:00")
	if got := w.holder(draft); got != "R031" {
		t.Errorf("long after the leave %s has the draft, want R031", got)
	}
}

func TestComingBackEarly(t *testing.T) {
	w := newWorld(t)
	draft := w.begun()
	other, _ := w.colleague("R037")
	w.phone("member").play(t, "/leave", "[今天]", "[14 天]", "[秦文亮]", "[✅ 问问]")
	other.play(t, "[✅ 接手]")
	if other.sees("🏠 提前结束") {
		t.Error("the stand-in can end the leave")
	}
	w.until("2017-09-11 10:00")
	w.phone("member").play(t, "/leave", "[✅ 安斌宁 → 秦文亮]", "[🏠 提前结束]")
	if got := fmt.Sprintf("%s, draft %s", w.inCharge("JT-0007"), w.holder(draft)); got != "R031, draft R031" {
		t.Errorf("back early: %s, want R031, draft R031", got)
	}
}

func TestADraftFollowsAStandInOfAStandIn(t *testing.T) {
	w := newWorld(t)
	draft := w.begun()
	first, _ := w.colleague("R037")
	second, _ := w.colleague("R043")
	w.phone("member").play(t, "/leave", "[今天]", "[7 天]", "[秦文亮]", "[✅ 问问]")
	first.play(t, "[✅ 接手]")
	first.play(t, "/leave", "[明天]", "[1 天]", "[雷悦辉]", "[✅ 问问]")
	second.play(t, "[✅ 接手]")
	for _, step := range []struct{ until, want string }{
		{"2017-09-06 23:00", "R037 for R031"},
		{"2017-09-07 08:00", "R043 for R031"},
		{"2017-09-08 08:00", "R037 for R031"},
		{"2017-09-13 08:00", "R031"},
	} {
		w.until(step.until)
		if got := w.holder(draft); got != step.want {
			t.Errorf("%s: %s has the draft, want %s", step.until, got, step.want)
		}
	}
}

func TestADraftGoesThereAndBack(t *testing.T) {
	w := newWorld(t)
	draft := w.begun()
	other, _ := w.colleague("R037")
	member := w.phone("member")
	member.play(t, "/handover", "[调整]", "[☐ JT-0007]", "[✔ 选好了]", "[秦文亮]", "[✅ 问问]")
	other.play(t, "[✅ 接手]")
	if got := w.holder(draft); got != "R037 for R031" {
		t.Errorf("given away, %s has the draft, want R037 for R031", got)
	}
	other.play(t, "/handover", "[调整]", "[☐ JT-0007]", "[✔ 选好了]", "[安斌宁]", "[✅ 问问]")
	member.play(t, "[✅ 接手]")
	if got := w.holder(draft); got != "R031" {
		t.Errorf("given back, %s has the draft, want R031", got)
	}
	member.play(t, "/leave", "[今天]", "[1 天]", "[秦文亮]", "[✅ 问问]")
	other.play(t, "[✅ 接手]")
	if got := w.holder(draft); got != "R037 for R031" {
		t.Errorf("on leave, %s has the draft, want R037 for R031", got)
	}
}

func TestTheTakerIsCheckedAgain(t *testing.T) {
	w := newWorld(t)
	other, who := w.colleague("R037")
	w.phone("member").play(t, "/handover", "[离岗]", "[秦文亮]", "[✅ 问问]")
	w.enter(
		casework.HandoverProposed{Handover: casework.Handover{
			ID: 1, Kind: casework.Leave, Giver: who.ID, Taker: w.set.Leader, By: who.ID, State: casework.Proposed,
			From: casework.DateOf(w.now, shanghai), Until: casework.DateOf(w.now, shanghai),
		}},
		casework.HandoverMoved{HandoverID: 1, To: casework.Accepted},
	)
	w.heard()
	other.play(t, "[✅ 接手]")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "秦文亮这几天也请假") {
		t.Errorf("a taker on leave is not told why not:\n%s", heard)
	}
	if got := w.inCharge("JT-0007"); got != "R031" {
		t.Errorf("a taker on leave took over: %s is in charge, want R031", got)
	}
}

func TestTheSameTapTakesOverOnce(t *testing.T) {
	w := newWorld(t)
	other, _ := w.colleague("R037")
	w.phone("member").play(t, "/handover", "[离岗]", "[秦文亮]")
	tap := w.phone("member").tap(t, "✅ 问问")
	for range 20 {
		w.apply(w.phone("member").press(tap.Message, tap.Data))
	}
	tap = other.tap(t, "✅ 接手")
	for range 20 {
		w.apply(other.press(tap.Message, tap.Data))
	}
	if p, m := len(w.facts("HandoverProposed")), len(w.facts("HandoverMoved")); p != 1 || m != 1 {
		t.Errorf("the same taps 20 times proposed %d and moved %d, want 1 and 1", p, m)
	}
}

func TestOnlyThoseConcernedDecide(t *testing.T) {
	w := newWorld(t)
	other, _ := w.colleague("R037")
	third, _ := w.colleague("R043")
	member := w.phone("member")
	member.play(t, "/handover", "[离岗]", "[秦文亮]", "[✅ 问问]")
	if member.sees("✅ 接手") {
		t.Error("the giver can accept for the taker")
	}
	data := other.tap(t, "✅ 接手").Data
	for _, p := range []*phone{third, member, w.phone("leader"), w.phone("stranger")} {
		w.apply(p.press(1, data))
	}
	if n := len(w.facts("HandoverMoved")); n != 0 {
		t.Errorf("others moved the handover %d times, want never", n)
	}
	w.heard()
	third.play(t, "/handover 安斌宁")
	if heard := strings.Join(w.heard(), "\n"); strings.Contains(heard, "安斌宁的工作") {
		t.Errorf("a member may hand over the work of a colleague:\n%s", heard)
	}
	// What was offered does not outlive the right to it.
	leader := w.phone("leader")
	leader.play(t, "/handover 安斌宁", "[离岗]", "[雷悦辉]")
	var me casework.Staff
	var led casework.Group
	w.look(func(v dialog.View) {
		me, _ = v.Staff(w.set.Leader)
		led, _ = v.Group(me.Groups[0])
	})
	me.Roles, led.LeaderID = []casework.Role{casework.Visitor}, 0
	w.enter(casework.StaffImported{Staff: me}, casework.GroupImported{Group: led})
	before := len(w.facts("HandoverProposed"))
	leader.play(t, "[✅ 问问]")
	if n := len(w.facts("HandoverProposed")) - before; n != 0 {
		t.Error("a former leader proposed a handover")
	}
}

// TestNobodyIsForgottenInHandovers lets people propose, accept, refuse and undo as
// it comes. Whatever they do, each target has somebody in charge, and each draft
// somebody who can finish it.
func TestNobodyIsForgottenInHandovers(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := newWorld(t)
			r := rand.New(rand.NewPCG(seed, 7))
			people := []*phone{w.phone("member"), w.phone("leader")}
			for _, code := range []string{"R037", "R043"} {
				p, _ := w.colleague(code)
				people = append(people, p)
			}
			names := []string{"安斌宁", "季志", "秦文亮", "雷悦辉"}
			for range 3 {
				people[0].play(t, "/mine", "[›]")
				label := people[0].shown[len(people[0].shown)-1].rows[r.IntN(6)][0].Text
				people[0].try(t, "["+label+"]", "[访成]", "/cancel", "[💾 保留]")
			}
			before := w.stewards()
			drafts := map[casework.VisitID]bool{}
			w.assertDrafts(drafts)
			if len(drafts) == 0 {
				t.Fatal("nobody has a draft")
			}
			for range 50 {
				w.handSomething(t, r, people, names)
				w.assertStewards(before)
				w.assertDrafts(drafts)
			}
			w.until("2017-12-20 12:00")
			w.assertStewards(before)
			w.assertDrafts(drafts)
			w.look(func(v dialog.View) {
				for h := range v.AllHandovers() {
					if h.Kind == casework.Leave && h.State == casework.Accepted {
						t.Errorf("leave %d is not over in December: %+v", h.ID, h)
					}
				}
			})
		})
	}
}

// handSomething is a step of somebody's that has to do with handovers. Mostly the
// one who is asked says yes.
func (w *world) handSomething(tb testing.TB, r *rand.Rand, people []*phone, names []string) {
	tb.Helper()
	giver, taker := r.IntN(len(people)), r.IntN(len(people))
	p, name := people[giver], "["+names[taker]+"]"
	start := []string{"/handover"}
	if p.name == "leader" {
		start = append(start, "["+names[r.IntN(len(names))]+"]")
	}
	asked := false
	switch r.IntN(8) {
	case 0, 1:
		first, days := []string{"[今天]", "[明天]"}[r.IntN(2)], []string{"[1 天]", "[3 天]", "[7 天]"}[r.IntN(3)]
		asked = p.try(tb, "/leave", first, days, name, "[✅ 问问]")
	case 2, 3:
		asked = p.try(tb, append(start, "[调整]", "[☐]", "[☐]", "[✔ 选好了]", name, "[✅ 问问]")...)
	case 4:
		asked = p.try(tb, append(start, "[离岗]", name, "[✅ 问问]")...)
	case 5:
		p.try(tb, []string{"[不行]", "[✖ 撤回]", "[✅ 接手]", "[🏠 提前结束]"}[r.IntN(4)])
	case 6:
		p.try(tb, "[↩ 撤销交接]")
	case 7:
		w.until(w.now.Add(time.Duration(1+r.IntN(40)) * time.Hour).In(shanghai).Format("2006-01-02 15:04"))
	}
	if asked && r.IntN(4) > 0 {
		people[taker].try(tb, "[✅ 接手]")
	}
}

// stewards is how many primary people each target in use has that has somebody in
// charge.
func (w *world) stewards() map[casework.TargetID]int {
	out := map[casework.TargetID]int{}
	today := casework.DateOf(w.now, shanghai)
	w.look(func(v dialog.View) {
		for x := range v.AllTargets() {
			if !x.InUse() || casework.InCharge(v, x, today) == 0 {
				continue
			}
			out[x.ID] = 0
			for _, p := range v.PairingsOfTarget(x.ID) {
				if p.Role == casework.Primary {
					out[x.ID]++
				}
			}
		}
	})
	return out
}

func (w *world) assertStewards(want map[casework.TargetID]int) {
	w.t.Helper()
	got := w.stewards()
	for id, n := range want {
		if have, ok := got[id]; !ok || have != n {
			w.t.Errorf("target %d has %d primary people (anybody in charge: %v), want %d", id, have, ok, n)
		}
	}
}

// assertDrafts looks for drafts that are gone or that nobody can finish. Known holds
// those seen before.
func (w *world) assertDrafts(known map[casework.VisitID]bool) {
	w.t.Helper()
	w.look(func(v dialog.View) {
		seen := map[casework.VisitID]bool{}
		for d := range v.AllDrafts() {
			seen[d.ID], known[d.ID] = true, true
			s, ok := v.Staff(d.Owner)
			if !ok || s.Binding != casework.Bound || d.LentBy == d.Owner {
				w.t.Errorf("draft %d is %s's, lent by %d", d.ID, s.Code, d.LentBy)
			}
			if !slices.ContainsFunc(v.DraftsOf(d.Owner), func(o dialog.Draft) bool { return o.ID == d.ID }) {
				w.t.Errorf("draft %d is not on the list of %s", d.ID, s.Code)
			}
		}
		for id := range known {
			if !seen[id] {
				w.t.Errorf("draft %d is lost", id)
			}
		}
	})
}

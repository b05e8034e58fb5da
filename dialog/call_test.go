package dialog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

// facts are the facts of a kind recorded since the world began.
func (w *world) facts(kind casework.FactKind) (out []casework.Fact) {
	w.t.Helper()
	err := w.store.EachEvent(uint64(len(w.set.Events))+1, func(e casework.Event) error {
		if e.Fact.Kind() == kind {
			out = append(out, e.Fact)
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func TestAnEmergencyIsToldOnceAndAtOnce(t *testing.T) {
	w := newWorld(t)
	w.until("22:00") // at night, too
	p := w.phone("member")
	p.play(t, "/call JT-0031", "[打通，有事]")
	w.heard()
	p.play(t, "[紧急]", "[◀ 上一题]", "[正常]", "[◀ 上一题]", "[紧急]", "[跳过]", "[跳过]", "[跳过]", "[✅ 提交]")
	heard := strings.Join(w.heard(), "\n")
	if n := strings.Count(heard, "leader: 🔴"); n != 1 {
		t.Errorf("the leader heard of the emergency %d times, want once:\n%s", n, heard)
	}
	if !strings.Contains(heard, "有危险先打 120 / 110，再联系村干部") {
		t.Errorf("the caller was not told whom to call first:\n%s", heard)
	}
	if n := len(w.facts("ChangeNoted")); n != 1 {
		t.Errorf("an emergency made %d grave changes, want 1", n)
	}
}

func TestACallIsNoVisit(t *testing.T) {
	w := newWorld(t)
	before := w.target("JT-0007")
	w.phone("member").play(t, "/call JT-0007", "[✓ 打通，都好]")
	after := w.target("JT-0007")
	if after.Visits != before.Visits || after.LastVisitOn != before.LastVisitOn || len(w.visits(t)) != 0 {
		t.Errorf("a call counted as a visit: %+v, before %+v", after.History, before.History)
	}
	if after.Calls != before.Calls+1 {
		t.Errorf("%d calls are counted, want %d", after.Calls, before.Calls+1)
	}
}

func TestTheSameTapOnTheAgendaTwentyTimes(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	w.until("08:00")
	tap := p.tap(t, "✓ 打通，都好")
	for range 20 {
		w.apply(p.press(tap.Message, tap.Data))
	}
	if n := len(w.calls()); n != 1 {
		t.Errorf("the same tap 20 times recorded %d calls, want 1", n)
	}
}

func TestTheSameResultWithinAMinuteIsOneCall(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	p.play(t, "/call JT-0007", "[没接通]", "/call JT-0007", "[没接通]")
	if n := len(w.calls()); n != 1 {
		t.Errorf("two quick results recorded %d calls, want 1", n)
	}
	p.play(t, "+61s", "/call JT-0007", "[没接通]")
	if n := len(w.calls()); n != 2 {
		t.Errorf("a minute later %d calls are recorded, want 2", n)
	}
}

func TestANumberIsShownToThoseWhoMayAndOnRecord(t *testing.T) {
	w := newWorld(t)
	w.phone("member").play(t, "/call JT-0007", "[☎ 看号码]")
	if n := len(w.facts("PhoneShown")); n != 1 {
		t.Errorf("a number shown made %d events, want 1", n)
	}
	x := w.target("JT-0007")
	p := w.phone("member")
	p.play(t, "/call JT-0007")
	var colleague casework.StaffID
	err := w.store.View(func(v dialog.View) error {
		for _, s := range v.StaffOfGroup(x.GroupID) {
			if s.ID != w.set.Member {
				colleague = s.ID
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.enter(casework.PairingMade{Pairing: casework.Pairing{TargetID: x.ID, StaffID: colleague, Role: casework.Primary}})
	w.heard()
	p.play(t, "[☎ 看号码]") // as it was offered before
	heard := strings.Join(w.heard(), "\n")
	if n := len(w.facts("PhoneShown")); n != 1 || strings.Contains(heard, x.Household.Phone) || !strings.Contains(heard, "您不能查看这个号码") {
		t.Errorf("the number of somebody else's target was shown (%d events):\n%s", n, heard)
	}
}

func TestWhyEveryContactIsOnItsDay(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	x := w.target("JT-0019")
	day := func(m time.Month, d int) casework.Date { return casework.Date{Year: 2017, Month: m, Day: d} }
	var problem casework.Problem
	err := w.store.View(func(v dialog.View) error {
		for q := range v.AllProblems() {
			problem = q
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	anchor := x.LastVisitOn // 23 August
	reasons := []struct {
		name    string
		contact casework.Contact
		want    string
	}{
		{"call by rhythm", casework.Contact{Way: casework.ByCall, Why: casework.WhyRhythm, Anchor: anchor, Days: 14}, "重点户每 14 天电话一次，上次走访 8月23日"},
		{"visit by rhythm", casework.Contact{Way: casework.ByVisit, Why: casework.WhyRhythm, Anchor: anchor, Days: 30}, "重点户每 30 天走访一次，上次走访 8月23日"},
		{"from another day", casework.Contact{Way: casework.ByVisit, Why: casework.WhyRhythm, Anchor: day(8, 1), Days: 30}, "重点户每 30 天走访一次，从 8月1日 算起"},
		{"first", casework.Contact{Way: casework.ByVisit, Why: casework.WhyFirst, Anchor: day(9, 1), Days: 7}, "9月1日 上了名册，还没联系过，7 天内先走访"},
		{"agreed", casework.Contact{Way: casework.ByCall, Why: casework.WhyAgreed, Anchor: day(9, 1), Days: 20}, "9月1日 联系时约好的"},
		{"problem", casework.Contact{Way: casework.ByCall, Why: casework.WhyProblem, Anchor: day(9, 1), Days: 14, Problem: problem.ID}, "问题 " + problem.Code + " 还没办完，从 9月1日 起每 14 天联系一次"},
		{"call-back", casework.Contact{Way: casework.CallBack, Why: casework.WhyCallBack, Anchor: day(9, 1), Days: 3, Problem: problem.ID}, "问题 " + problem.Code + " 9月1日 办结，3 天内要回访"},
		{"no answer today", casework.Contact{Way: casework.ByCall, Why: casework.WhyNoAnswer, Anchor: day(9, 6), Attempt: 1}, "9月6日 打过 1 次没接通，当天再试"},
		{"no answer twice", casework.Contact{Way: casework.ByCall, Why: casework.WhyNoAnswer, Anchor: day(9, 6), Days: 1, Attempt: 2}, "到 9月6日 连续 2 次没接通，下一个工作日再打"},
		{"look in", casework.Contact{Way: casework.LookIn, Why: casework.WhyNoAnswer, Anchor: day(9, 6), Days: 1, Attempt: 3}, "到 9月6日 连续 3 次没接通，要上门看一眼"},
		{"change", casework.Contact{Way: casework.ByVisit, Why: casework.WhyChange, Anchor: day(9, 6), Days: 1}, "9月6日 得知突发变故，24 小时内上门"},
		{"resumed", casework.Contact{Way: casework.ByCall, Why: casework.WhyResumed, Anchor: day(9, 6)}, "暂停到 9月6日，恢复联系"},
	}
	ways := map[casework.Way]string{casework.ByCall: "电话", casework.ByVisit: "走访", casework.LookIn: "上门看一眼", casework.CallBack: "办结回访"}
	moves := []struct {
		moved        casework.Moved
		on, wanted   casework.Date
		onDay, words string
	}{
		{casework.Unmoved, day(9, 20), day(9, 20), "9月20日 周三", ""},
		{casework.OffHoliday, day(9, 18), day(9, 16), "9月18日 周一", "；9月16日 周六 不是工作日，顺延"},
		{casework.OffLoad, day(9, 21), day(9, 20), "9月21日 周四", "；9月20日 周三 已排满 5 户，顺延 1 天"},
		{casework.OffLoad, day(9, 18), day(9, 20), "9月18日 周一", "；9月20日 周三 已排满 5 户，提前 2 天"},
	}
	for _, r := range reasons {
		for _, m := range moves {
			t.Run(fmt.Sprintf("%s/%s/%v", r.name, m.moved, m.on), func(t *testing.T) {
				c := r.contact
				c.On, c.Wanted, c.Moved = m.on, m.wanted, m.moved
				w.enter(casework.ContactBooked{TargetID: x.ID, Contact: c})
				w.heard()
				p.do(t, "/why "+x.Code)
				want := fmt.Sprintf("为什么是 %s（%s）：%s%s。", m.onDay, ways[c.Way], r.want, m.words)
				if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, want) {
					t.Errorf("/why says\n%s\nwant %s", heard, want)
				}
			})
		}
	}
}

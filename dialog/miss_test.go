package dialog_test

import (
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
)

func TestOneMissMakesAtMostOneMessageARung(t *testing.T) {
	w := newWorld(t)
	w.helper()
	member := w.phone("member")
	type step struct {
		target casework.TargetID
		due    casework.Date
		rung   casework.Rung
	}
	passed := map[step]int{}
	messages := map[string]int{}
	told := map[string]int{} // turns of the clock in which somebody was to be told
	names := map[casework.StaffID]string{}
	err := w.store.View(func(v dialog.View) error {
		for name, p := range w.phones {
			if s, ok := v.StaffByUser(p.user); ok {
				names[s.ID] = name
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	from := uint64(len(w.set.Events)) + 1
	for day := range 14 { // ten of them working days
		for _, hour := range []string{"07:00", "08:05", "11:00", "17:30", "17:35", "21:00"} {
			date := time.Date(2017, 9, 7+day, 0, 0, 0, 0, shanghai).Format("2006-01-02 ")
			w.until(date + hour)
			for _, l := range w.heard() {
				who, text, _ := strings.Cut(l, ": ")
				if strings.HasPrefix(text, "⏰") && strings.Contains(text, "个对象过期还没联系") {
					messages[who]++
				}
			}
			turn := map[string]bool{}
			err := w.store.EachEvent(from, func(e casework.Event) error {
				from = e.Seq + 1
				if f, ok := e.Fact.(casework.MissPassed); ok {
					passed[step{f.TargetID, f.DueOn, f.Rung}]++
					for _, id := range f.To {
						turn[names[id]] = true
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			for who := range turn {
				told[who]++
			}
		}
		if day%3 == 1 {
			member.play(t, "/call JT-0019", "[✓ 打通，都好]", "/call JT-0007", "[没接通]")
		}
	}
	for s, n := range passed {
		if n != 1 {
			t.Errorf("%+v was passed %d times, want once", s, n)
		}
	}
	if len(passed) < 20 || messages["leader"] == 0 || messages["office"] == 0 {
		t.Errorf("%d steps made %v messages, want many", len(passed), messages)
	}
	for who, n := range messages {
		if n > told[who] {
			t.Errorf("%s got %d messages for %d turns of the clock that told of something", who, n, told[who])
		}
	}
}

func TestTheLadderClimbsAStepAtATime(t *testing.T) {
	w := newWorld(t)
	w.helper() // who answers for JT-0091; the member helps
	const code = "JT-0091"
	w.enter(casework.PairingMade{Pairing: casework.Pairing{TargetID: w.target(code).ID, StaffID: w.set.Member, Role: casework.Assist}})
	w.quietAllBut(code)
	day := casework.DateOf(w.now, shanghai)
	x := w.target(code)
	w.enter(casework.ContactBooked{TargetID: x.ID, Contact: casework.Contact{On: day, Wanted: day, Way: casework.ByCall, Why: casework.WhyAgreed, Anchor: day}})
	for _, s := range []struct{ at, who, why string }{
		{"2017-09-07 17:25", "", ""},
		{"2017-09-07 17:30", "member", "您也和他们结对"},
		{"2017-09-11 17:25", "", ""},
		{"2017-09-11 17:30", "leader", "责任人还没有联系"},
		{"2017-09-14 17:25", "", ""},
		{"2017-09-14 17:30", "office", "组里还没有联系上"},
		{"2017-09-20 17:30", "", ""},
	} {
		w.until(s.at)
		heard := strings.Join(w.heard(), "\n")
		for _, who := range []string{"member", "leader", "office", "colleague"} {
			if got := strings.Contains(heard, who+": ⏰ 1 个对象过期"); got != (who == s.who) {
				t.Errorf("at %s %s is told: %t, want %t\n%s", s.at, who, got, who == s.who, heard)
			}
		}
		if !strings.Contains(heard, s.why) {
			t.Errorf("at %s there came\n%s\nwant %q", s.at, heard, s.why)
		}
	}
}

// quietAllBut pauses every target but one.
func (w *world) quietAllBut(code string) {
	w.t.Helper()
	var facts []casework.Fact
	day := casework.DateOf(w.now, shanghai)
	err := w.store.View(func(v dialog.View) error {
		for x := range v.AllTargets() {
			if x.Code != code {
				facts = append(facts, casework.ContactPaused{TargetID: x.ID, Pause: casework.Pause{Why: casework.PauseDone, On: day}})
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.enter(facts...)
}

func TestASilencedMissClimbsNoFurther(t *testing.T) {
	w := newWorld(t)
	leader := w.phone("leader")
	w.quietAllBut("JT-0019") // the member's, due on the first day
	w.until("2017-09-11 17:30")
	leader.play(t, "[🔇 不再上报]", "[已另行安排]")
	w.heard()
	w.until("2017-09-20 17:30")
	if heard := strings.Join(w.heard(), "\n"); strings.Contains(heard, "office: ⏰") {
		t.Errorf("a silenced miss was passed to the office:\n%s", heard)
	}
	if f := w.facts("MissSilenced"); len(f) != 1 {
		t.Errorf("%d misses are silenced, want 1", len(f))
	}
	if miss := w.target("JT-0019").Miss; miss.Silenced != "已另行安排" {
		t.Errorf("the reason kept is %q", miss.Silenced)
	}
}

func TestAMessageHeldBackOvernightLosesNothing(t *testing.T) {
	w := newWorld(t)
	w.quietAllBut("JT-0019")
	day := casework.DateOf(w.now, shanghai)
	late := w.target("JT-0031")
	w.until("2017-09-11 17:25")
	quiet := casework.Hours{From: 17 * 60, To: 8 * 60}
	g := w.ledGroup()
	w.enter(casework.NoticesChosen{StaffID: g.LeaderID, Quiet: &quiet})
	w.until("2017-09-11 17:30") // JT-0019 is passed up, and held
	w.enter(casework.ContactResumed{TargetID: late.ID}, casework.ContactBooked{TargetID: late.ID, Contact: casework.Contact{
		On: day, Wanted: day, Way: casework.ByCall, Why: casework.WhyAgreed, Anchor: day,
	}})
	w.until("2017-09-11 17:35") // JT-0031 as well
	if heard := strings.Join(w.heard(), "\n"); strings.Contains(heard, "leader: ⏰") {
		t.Errorf("a message broke into the leader's quiet hours:\n%s", heard)
	}
	w.until("2017-09-12 08:01")
	heard := strings.Join(w.heard(), "\n")
	if strings.Count(heard, "leader: ⏰ 2 个对象过期") != 1 || !strings.Contains(heard, "JT-0019") || !strings.Contains(heard, "JT-0031") {
		t.Errorf("in the morning the leader hears\n%s\nwant one message about both", heard)
	}
}

func TestSeenIsNotedOnceAndShownToOthers(t *testing.T) {
	w := newWorld(t)
	w.quietAllBut("JT-0019")
	w.until("2017-09-11 17:30")
	leader := w.phone("leader")
	leader.do(t, "[👀 看到了]")
	if miss := w.target("JT-0019").Miss; len(miss.SeenBy) != 1 {
		t.Errorf("seen by %v, want the leader alone", miss.SeenBy)
	}
	if strings.Contains(leader.newest(), "[👀") || !strings.Contains(leader.newest(), "知道了") {
		t.Errorf("after it was seen the board says %s", leader.newest())
	}
	w.heard()
	w.phone("member").play(t, "/call JT-0019", "[✓ 打通，都好]")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "leader: (edited) ⏰") || !strings.Contains(heard, "✓ 1 JT-0019") {
		t.Errorf("a call that made up for it is not shown to the leader:\n%s", heard)
	}
	if c := w.board(sample.LeaderUser, "miss"); c.At.Screen != "miss" {
		t.Errorf("the leader's board shows %+v", c.At)
	}
}

func TestStaleDraftsAreToldOnceAndByDay(t *testing.T) {
	w := newWorld(t)
	member := w.phone("member")
	w.until("18:30")
	member.play(t, "/visit", "[薛*", "[访成]")
	w.heard()
	reminders := 0
	for _, at := range []string{"20:35", "22:00", "2017-09-07 07:35", "2017-09-07 08:00", "2017-09-07 08:05", "2017-09-07 11:00"} {
		w.until(at)
		n := strings.Count(strings.Join(w.heard(), "\n"), "member: 📋 还有 1 份没填完")
		if n > 0 && at < "2017-09-07" {
			t.Errorf("at %s, in quiet hours, the member was reminded", at)
		}
		reminders += n
	}
	if reminders != 1 {
		t.Errorf("a form left open made %d reminders by the next noon, want 1", reminders)
	}
	member.play(t, "[▶ 继续", "[其余无变化]")
	w.heard()
	for _, at := range []string{"2017-09-07 12:55", "2017-09-07 13:05", "2017-09-07 13:10"} {
		w.until(at)
	}
	if n := strings.Count(strings.Join(w.heard(), "\n"), "member: 📋"); n != 1 {
		t.Errorf("a form touched again and left made %d reminders, want 1", n)
	}
}

func TestRoundsAreToldOnceAndAfterHolidays(t *testing.T) {
	w := newWorld(t)
	date := func(d int) casework.Date { return casework.Date{Year: 2017, Month: time.September, Day: d} }
	w.enter(casework.RoundOpened{Round: casework.Round{ID: 1 << 60, No: 6, Title: "回头看", StartOn: date(9), EndOn: date(13), Focus: "看问题办得怎么样"}})
	for _, s := range []struct {
		at   string
		want []string
	}{
		{"2017-09-09 08:00", nil}, // a Saturday
		{"2017-09-11 08:00", []string{"🚩 第 6 轮走访开始：回头看", "重点：看问题办得怎么样", "您名下 12 个对象，本轮已走访 0 个"}},
		{"2017-09-11 09:00", nil},
		{"2017-09-12 08:00", nil},
		{"2017-09-13 08:00", []string{"🏁 第 6 轮走访到期：回头看", "还有 12 个没走访"}},
		{"2017-09-14 08:00", nil},
	} {
		w.until(s.at)
		heard := strings.Join(w.heard(), "\n")
		if got := strings.Contains(heard, "第 6 轮"); got != (s.want != nil) {
			t.Errorf("at %s the round is told: %t, want %t", s.at, got, s.want != nil)
		}
		for _, want := range s.want {
			if !strings.Contains(heard, want) {
				t.Errorf("at %s there came\n%s\nwant %q", s.at, heard, want)
			}
		}
	}
}

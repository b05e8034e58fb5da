package dialog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

// enter records facts as the office's command line does.
func (w *world) enter(facts ...casework.Fact) {
	w.t.Helper()
	w.seq++
	w.apply(dialog.Input{Kind: dialog.Office, Cause: fmt.Sprint("office:", w.seq), Reached: w.now, Facts: facts})
}

// target is a target of the roster as it stands.
func (w *world) target(code string) (x casework.Target) {
	w.t.Helper()
	ok := false
	err := w.store.View(func(v dialog.View) error {
		x, ok = v.TargetByCode(code)
		return nil
	})
	if err != nil || !ok {
		w.t.Fatalf("no target %s: %v", code, err)
	}
	return x
}

// calls are the calls recorded since the world began.
func (w *world) calls() (out []casework.Call) {
	w.t.Helper()
	for _, f := range w.facts("CallLogged") {
		if c, ok := f.(casework.CallLogged); ok {
			out = append(out, c.Call)
		}
	}
	return out
}

// dueCalls makes n of the member's targets be called today by rhythm and pauses
// the others. It gives their codes.
func (w *world) dueCalls(n int) []string {
	w.t.Helper()
	today := casework.DateOf(w.now, shanghai)
	var mine []casework.Target
	err := w.store.View(func(v dialog.View) error {
		mine = casework.Charges(v, w.set.Member, today)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	var codes []string
	for _, x := range mine {
		if len(codes) < n {
			w.enter(casework.RhythmSet{TargetID: x.ID, Rhythm: &casework.Rhythm{CallDays: max(1, today.DaysSince(x.LastContactOn()))}})
			if next := w.target(x.Code).Next; next.On == today && next.Way == casework.ByCall {
				codes = append(codes, x.Code)
				continue
			}
		}
		w.enter(casework.ContactPaused{TargetID: x.ID, Pause: casework.Pause{Why: casework.PauseDone, On: today}})
	}
	if len(codes) < n {
		w.t.Fatalf("only %v are due", codes)
	}
	return codes
}

func TestFiveCallsAreFiveTaps(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	w.now = w.now.AddDate(0, 0, 1).Add(-70 * time.Minute)
	w.dueCalls(5)
	w.until("08:00")
	shown := len(p.shown)
	p.taps = 0
	for range 5 {
		p.do(t, "[✓ 打通，都好]")
	}
	if n := len(w.calls()); n != 5 || p.taps != 5 {
		t.Errorf("%d taps recorded %d calls, want 5 and 5", p.taps, n)
	}
	if n := len(p.shown) - shown; n != 0 {
		t.Errorf("the calls sent %d messages, want the agenda to be changed in place", n)
	}
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "今天的都办完了") {
		t.Errorf("the end of the agenda is not told:\n%s", heard)
	}
}

func TestAnyCallOnTheAgendaTakesAtMostTwoTaps(t *testing.T) {
	for n := 1; n <= 5; n++ {
		w := newWorld(t)
		p := w.phone("member")
		w.now = w.now.AddDate(0, 0, 1).Add(-70 * time.Minute)
		codes := w.dueCalls(5)
		w.until("08:00")
		p.taps = 0
		if n > 1 {
			p.do(t, fmt.Sprintf("[%d]", n))
		}
		p.do(t, "[✓ 打通，都好]")
		calls := w.calls()
		if len(calls) != 1 || p.taps > 2 {
			t.Errorf("item %d of %v: %d calls in %d taps, want 1 in at most 2", n, codes, len(calls), p.taps)
		}
	}
}

func TestAReportBeforeTheReminderSilencesIt(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	w.now = w.now.AddDate(0, 0, 1).Add(-70 * time.Minute) // 07:50
	codes := w.dueCalls(2)
	p.play(t, "/call "+codes[0], "[✓ 打通，都好]")
	w.heard()
	w.until("08:00")
	heard := strings.Join(w.heard(), "\n")
	if !strings.Contains(heard, codes[1]) || strings.Contains(heard, codes[0]) {
		t.Errorf("the agenda after a call to %s is\n%s\nwant %s alone", codes[0], heard, codes[1])
	}
	p.play(t, "/call "+codes[1], "[✓ 打通，都好]")
	w.heard()
	w.until("2017-09-08 08:00")
	if heard := w.heardBy("member"); len(heard) > 0 {
		t.Errorf("with nothing due there came\n%s", strings.Join(heard, "\n"))
	}
}

func TestAReportInTheSameMinuteSilencesTheAgenda(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	w.now = w.now.AddDate(0, 0, 1).Add(-time.Hour) // 08:00
	codes := w.dueCalls(1)
	var inputs []dialog.Input
	err := w.store.View(func(v dialog.View) error {
		inputs, _ = w.dialog.Due(v, dialog.Tick{Job: dialog.AgendaJob, Wall: "2017-09-07T08:00", Nominal: w.now, Now: w.now})
		inputs = slices.DeleteFunc(inputs, func(in dialog.Input) bool { return in.Subject.Staff != w.set.Member })
		return nil
	})
	if err != nil || len(inputs) != 1 {
		t.Fatalf("Due() gives the member %d agendas, %v, want 1", len(inputs), err)
	}
	p.play(t, "/call "+codes[0], "[✓ 打通，都好]")
	w.heard()
	w.apply(inputs...)
	if heard := w.heard(); len(heard) > 0 {
		t.Errorf("after everything was done there came\n%s", strings.Join(heard, "\n"))
	}
}

func TestOnlyTheDaysOwnAgendaIsSent(t *testing.T) {
	w := newWorld(t)
	w.until("2017-09-08 07:40") // the program did not run since Wednesday
	if heard := strings.Join(w.heard(), "\n"); strings.Contains(heard, "今日清单") {
		t.Errorf("before eight there came\n%s", heard)
	}
	w.until("2017-09-08 08:00")
	if n := strings.Count(strings.Join(w.heard(), "\n"), "member: 📅 今日清单 · 9月8日"); n != 1 {
		t.Errorf("%d agendas came at eight, want 1", n)
	}
}

func TestAReminderNeverBreaksIntoAForm(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	w.now = w.now.AddDate(0, 0, 1).Add(-65 * time.Minute) // 07:55
	p.play(t, "/visit", "[薛*]", "[访成]")
	w.heard()
	for _, at := range []string{"08:00", "08:02"} {
		w.until(at)
		if heard := w.heardBy("member"); len(heard) > 0 {
			t.Fatalf("at %s a form in hand was interrupted by\n%s", at, strings.Join(heard, "\n"))
		}
	}
	p.play(t, "[无变化]") // ten minutes from here
	w.heard()
	w.until("08:11")
	if heard := w.heardBy("member"); len(heard) > 0 {
		t.Fatalf("nine minutes after an answer there came\n%s", strings.Join(heard, "\n"))
	}
	w.until("08:13")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "今日清单") {
		t.Errorf("ten minutes after the last answer there came %q, want the agenda", heard)
	}
}

func TestLeavingAFormLetsTheReminderCome(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	w.now = w.now.AddDate(0, 0, 1).Add(-65 * time.Minute)
	p.play(t, "/visit", "[薛*]", "[访成]")
	w.until("08:00")
	p.play(t, "/cancel", "[💾 保留]")
	w.heard()
	w.until("08:01")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "今日清单") {
		t.Errorf("after the form was left there came %q, want the agenda", heard)
	}
}

func TestASnoozeMovesTheReminderAlone(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	w.now = w.now.AddDate(0, 0, 1).Add(-70 * time.Minute)
	codes := w.dueCalls(1)
	w.until("08:00")
	before := w.target(codes[0]).Next
	p.play(t, "[⏰ 稍后]", "[今天 14:00]")
	if after := w.target(codes[0]).Next; after != before {
		t.Errorf("a snooze moved the contact from %+v to %+v", before, after)
	}
	w.heard()
	w.until("13:55")
	if heard := w.heard(); len(heard) > 0 {
		t.Errorf("before its time there came\n%s", strings.Join(heard, "\n"))
	}
	for _, at := range []string{"14:00", "14:05", "14:10"} {
		w.until(at)
	}
	if n := strings.Count(strings.Join(w.heard(), "\n"), "您让我这时候提醒"); n != 1 {
		t.Errorf("the reminder came back %d times, want once", n)
	}
}

func TestTheAgendaFollowsWhatOthersDo(t *testing.T) {
	w := newWorld(t)
	member, partner := w.phone("member"), w.phone("partner")
	w.now = w.now.AddDate(0, 0, 1).Add(-70 * time.Minute)
	var shared casework.Target
	err := w.store.View(func(v dialog.View) error {
		who, _ := v.StaffByUser(partnerUser)
		for _, p := range v.PairingsOfStaff(who.ID) {
			for _, q := range v.PairingsOfTarget(p.TargetID) {
				if q.StaffID == w.set.Member && p.Role == casework.Primary {
					shared, _ = v.Target(p.TargetID)
				}
			}
		}
		return nil
	})
	if err != nil || shared.ID == 0 {
		t.Fatalf("the partner shares nothing with the member: %v", err)
	}
	today := casework.DateOf(w.now, shanghai)
	w.enter(casework.ContactBooked{TargetID: shared.ID, Contact: casework.Contact{
		On: today, Wanted: today, Way: casework.ByCall, Why: casework.WhyAgreed,
	}})
	w.until("08:00")
	if !strings.Contains(partner.newest(), shared.Code) {
		t.Fatalf("the partner's agenda lacks %s: %s", shared.Code, partner.newest())
	}
	shown := len(partner.shown)
	w.heard()
	member.play(t, "/call "+shared.Code, "[✓ 打通，都好]")
	heard := strings.Join(w.heard(), "\n")
	if !strings.Contains(heard, "partner: (edited)") || !strings.Contains(partner.newest(), "电话打通，都好") {
		t.Errorf("after the member's call the partner has\n%s\nwant it marked as done", partner.newest())
	}
	if n := len(partner.shown) - shown; n != 0 {
		t.Errorf("the partner got %d messages, want the agenda changed in place", n)
	}
}

func TestNightHoldsBackWhatTheClockSays(t *testing.T) {
	w := newWorld(t)
	w.until("21:00")
	w.phone("member").play(t, "/call JT-0007", "[没接通]")
	w.until("2017-09-06 22:00")
	w.phone("member").play(t, "/call JT-0007", "[没接通]")
	w.until("2017-09-06 23:00")
	w.phone("member").play(t, "/call JT-0007", "[没接通]")
	if heard := strings.Join(w.heard(), "\n"); strings.Contains(heard, "leader:") {
		t.Errorf("at night the leader heard\n%s", heard)
	}
	w.until("07:35")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "leader: 📵") {
		t.Errorf("in the morning there came %q, want the leader to hear of it", heard)
	}
}

package dialog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
)

// job is a job of the clock that is given without asking what is due.
func (w *world) job(j dialog.Job, sub dialog.Subject) dialog.Input {
	return dialog.Input{
		Kind: dialog.Ticked, Job: j, Nominal: sub.To, Reached: w.now, Subject: sub, ChatKind: dialog.PrivateChat,
		Cause: fmt.Sprintf("t:%s:%d", j, sub.To.Unix()),
	}
}

// due is what a job lists at a local time.
func (w *world) due(j dialog.Job, local string) (inputs []dialog.Input, waiting bool) {
	w.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", local, shanghai)
	if err != nil {
		w.t.Fatal(err)
	}
	w.look(func(v dialog.View) {
		inputs, waiting = w.dialog.Due(v, dialog.Tick{Job: j, Wall: at.Format("2006-01-02T15:04"), Nominal: at, Now: at})
	})
	return inputs, waiting
}

func TestDowntimeIsToldOnceWithBothTimes(t *testing.T) {
	lost := "从 9月6日 周三 07:00 到 9月8日 周五 10:00 没能收消息"
	missed := "⚠ 9月6日 周三 07:00 到 9月8日 周五 10:00 停机期间没有发出：今日清单 2 次、日报 1 次。"
	for _, tt := range []struct {
		name   string
		hours  int
		missed map[string]int
		want   map[string]int // who hears how many messages
		words  []string
	}{
		{"long", 51, nil, map[string]int{"member": 1, "leader": 1, "office": 1}, []string{lost}},
		{"long, with jobs", 51, map[string]int{"digest": 1, "agenda": 2}, map[string]int{"member": 1, "leader": 1, "office": 2}, []string{lost, missed}},
		{"a day", 24, nil, map[string]int{}, nil},
		{"a day, with jobs", 24, map[string]int{"weekly": 1}, map[string]int{"office": 1}, []string{"周汇总 1 次"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.now = time.Date(2017, 9, 8, 10, 0, 0, 0, shanghai)
			in := w.job(dialog.DownJob, dialog.Subject{From: w.now.Add(time.Duration(-tt.hours) * time.Hour), To: w.now, Missed: tt.missed})
			w.apply(in)
			w.apply(in)
			heard := strings.Join(w.heard(), "\n")
			for _, who := range []string{"member", "leader", "office", "stranger"} {
				if n := strings.Count(heard, who+": ⚠"); n != tt.want[who] {
					t.Errorf("%s heard of it %d times, want %d:\n%s", who, n, tt.want[who], heard)
				}
			}
			for _, words := range tt.words {
				if !strings.Contains(heard, words) {
					t.Errorf("%q was not said:\n%s", words, heard)
				}
			}
			if n := len(w.facts("DowntimeNoted")); n != 1 {
				t.Errorf("it was noted %d times, want once", n)
			}
		})
	}
}

func TestAClockThatJumpedHoldsEveryJobUntilTheOfficeSaysSo(t *testing.T) {
	w := newWorld(t)
	w.apply(w.job(dialog.JumpJob, dialog.Subject{From: w.now.AddDate(0, 0, -3), To: w.now}))
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "office: ⚠ 时钟跳了，提醒已暂停") || strings.Contains(heard, "member: ") {
		t.Errorf("the office alone is asked:\n%s", heard)
	}
	for _, a := range timetable() {
		if inputs, _ := w.due(a.job, "2017-09-08 17:30"); len(inputs) > 0 {
			t.Errorf("Due(%s) lists %d while everything is held, want none", a.job, len(inputs))
		}
	}
	w.until("08:00")
	if heard := strings.Join(w.heard(), "\n"); strings.Contains(heard, "今日清单 ·") {
		t.Errorf("an agenda came while everything is held:\n%s", heard)
	}
	office := w.phone("office")
	tap := office.tap(t, "时间没错")
	w.apply(w.phone("member").press(tap.Message, tap.Data))
	if n := len(w.facts("SendingReleased")); n != 0 {
		t.Error("a member released what is held")
	}
	for range 20 {
		w.apply(office.press(tap.Message, tap.Data))
	}
	if n := len(w.facts("SendingReleased")); n != 1 {
		t.Errorf("the same tap released %d times, want once", n)
	}
	w.heard()
	w.tick()
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "member: 📅 今日清单") {
		t.Errorf("after the office's word no agenda comes:\n%s", heard)
	}
}

func TestTheCalendarIsAskedForInDecemberOnceAWeek(t *testing.T) {
	year := 2017
	for casework.HolidaysKnown(year + 1) {
		year++
	}
	asked := func(w *world, year int) (days []int) {
		t.Helper()
		w.now = time.Date(year, 11, 28, 8, 10, 0, 0, shanghai)
		for w.now.Year() == year {
			inputs, _ := w.due(dialog.CalendarJob, w.now.Format("2006-01-02 15:04"))
			w.heard()
			w.apply(inputs...)
			if heard := strings.Join(w.heard(), "\n"); strings.Contains(heard, "office: 📅") {
				days = append(days, int(w.now.Month())*100+w.now.Day())
			}
			w.now = w.now.AddDate(0, 0, 1)
		}
		return days
	}
	w := newWorld(t)
	if days := asked(w, year-1); len(days) > 0 {
		t.Errorf("with the holidays of %d known it was asked on %v, want never", year, days)
	}
	days := asked(w, year)
	weeks := map[int]bool{}
	for _, d := range days {
		_, week := time.Date(year, 12, d%100, 0, 0, 0, 0, shanghai).ISOWeek()
		if d/100 != 12 || weeks[week] {
			t.Errorf("it was asked on %v, want once in each week of December", days)
		}
		weeks[week] = true
	}
	if len(days) < 4 || len(days) > 5 {
		t.Errorf("it was asked on %v, want once in each week of December", days)
	}
	w = newWorld(t)
	w.enter(casework.WorkdaySet{Workday: casework.Workday{On: casework.Date{Year: year + 1, Month: 1, Day: 1}}})
	if days := asked(w, year); len(days) > 0 {
		t.Errorf("with a day of %d set it was asked on %v, want never", year+1, days)
	}
}

func TestNoticesAreMutedAndQuietHoursMove(t *testing.T) {
	for _, tt := range []struct {
		who   string
		user  casework.UserID
		job   dialog.Job
		mute  string
		local string
	}{
		{"member", sample.MemberUser, dialog.AgendaJob, "今日清单", "2017-09-07 08:00"},
		{"leader", sample.LeaderUser, dialog.DigestJob, "日报", "2017-09-07 17:30"},
	} {
		t.Run(string(tt.job), func(t *testing.T) {
			w := newWorld(t)
			listed := func(local string) (n int, waiting bool) {
				inputs, waiting := w.due(tt.job, local)
				w.look(func(v dialog.View) {
					who, _ := v.StaffByUser(tt.user)
					for _, in := range inputs {
						if in.Subject.Staff == who.ID {
							n++
						}
					}
				})
				return n, waiting
			}
			p := w.phone(tt.who)
			for _, step := range []struct {
				tap  string
				want int
			}{{"[☑ " + tt.mute + "]", 0}, {"[☐ " + tt.mute + "]", 1}} {
				p.play(t, "/settings", step.tap)
				if n, _ := listed(tt.local); n != step.want {
					t.Errorf("after %s Due(%s) lists %d for them, want %d", step.tap, tt.job, n, step.want)
				}
			}
			day, _, _ := strings.Cut(tt.local, " ")
			for _, q := range []struct {
				tap, hour string
				want      int
			}{{"[🌙 22:00–08:00]", "07:59", 0}, {"[🌙 21:00–07:00]", "07:00", 1}, {"[🌙 21:00–07:00]", "06:59", 0}, {"[🌙 21:00–07:00]", "20:59", 1}} {
				p.play(t, "/settings")
				p.try(t, q.tap)
				if n, waiting := listed(day + " " + q.hour); n != q.want || n == 0 && !waiting {
					t.Errorf("after %s at %s Due(%s) lists %d for them (waiting: %v), want %d", q.tap, q.hour, tt.job, n, waiting, q.want)
				}
			}
		})
	}
}

func TestNobodyIsSuspendedWhileAnythingIsLeftOnThem(t *testing.T) {
	w := newWorld(t)
	other, who := w.colleague("R037")
	office := w.phone("office")
	office.play(t, "/staff R037")
	if office.sees("⛔ 停用") {
		t.Error("somebody with a target can be suspended")
	}
	w.phone("leader").play(t, "/handover 秦文亮", "[离岗]", "[季志]", "[✅ 问问]", "[✅ 接手]")
	office.play(t, "/staff R037")
	tap := office.tap(t, "⛔ 停用")
	x := w.target("JT-0007")
	w.enter(casework.PairingMade{Pairing: casework.Pairing{TargetID: x.ID, StaffID: who.ID, Role: casework.Assist}})
	w.apply(office.press(tap.Message, tap.Data))
	if n := len(w.facts("StaffSuspended")); n != 0 {
		t.Error("somebody was suspended who was given a target meanwhile")
	}
	w.enter(casework.PairingEnded{TargetID: x.ID, StaffID: who.ID})
	other.play(t, "/visit")
	old := other.everSent
	office.play(t, "/staff R037", "[⛔ 停用]")
	if n := len(w.facts("StaffSuspended")); n != 1 {
		t.Fatalf("%d people were suspended, want 1", n)
	}
	before := w.events(t)
	for _, b := range old {
		w.apply(other.press(b.message, b.data))
	}
	other.play(t, "/visit", "/drafts")
	if n := w.events(t) - before; n != 0 {
		t.Errorf("what a suspended person did made %d events, want none", n)
	}
	w.heard()
	office.play(t, "[✅ 恢复]")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "秦文亮: menu: /start /visit") {
		t.Errorf("a restored person gets no commands:\n%s", heard)
	}
}

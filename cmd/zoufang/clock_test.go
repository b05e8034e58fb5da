package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zoufang/bot"
	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
	"zoufang/scheduler"
	"zoufang/simulator"
	"zoufang/store"
)

// timed is a house in which the clock's messages come, and its service running.
func timed(t *testing.T) *house {
	t.Helper()
	h := newHouse(t, frozen(t))
	h.timely = true
	h.sim.AddPerson(simulator.Person{ID: int64(sample.StrangerUser), FirstName: "路人"}).Start("")
	h.player.d.service = &service{zone: shanghai(t)} // its scripts speak of hours
	h.start()
	h.ticked()
	return h
}

// count counts the messages of the bot that hold the words in a person's chat.
func (h *house) count(who casework.UserID, words string) int {
	return count(h.sim.Chat(int64(who)), words)
}

// ticked waits until the clock's jobs were asked at the present time. Nothing else
// tells of it but the file, in which the newest answer to a poll is noted after the
// jobs; so somebody has to say something first.
func (h *house) ticked() {
	h.t.Helper()
	began, now := time.Now(), h.sim.Now()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for ; ; <-tick.C {
		alive, err := h.store.Alive()
		if err != nil {
			h.t.Fatal(err)
		}
		if !alive.Before(now) {
			return
		}
		if time.Since(began) > patience {
			h.t.Fatalf("the jobs were asked at %v last, want %v", alive, now)
		}
		h.phone(sample.StrangerUser).Send("您好")
		h.sim.Advance(time.Second)
	}
}

const agendaTitle = "今日清单"

// TestAgendaToCall counts the taps from the morning's reminder to the call in the
// ledger.
func TestAgendaToCall(t *testing.T) {
	t.Parallel()
	h := timed(t)
	h.play("= 2017-09-07 08:00\n? " + agendaTitle)
	if calls := facts[casework.CallLogged](h); len(calls) > 0 {
		t.Fatalf("%d calls before anybody called", len(calls))
	}
	taps := 0
	for len(facts[casework.CallLogged](h)) == 0 {
		if taps++; taps > 2 {
			t.Fatalf("no call in the ledger after 2 taps\n%s", h.screen(int64(sample.MemberUser)))
		}
		chat := h.sim.Chat(int64(sample.MemberUser))
		label := "☎ 改打电话"
		if hasButton(newestCard(chat), "✓ 打通，都好") {
			label = "✓ 打通，都好"
		}
		h.step("> [" + label + "]")
		if label == "✓ 打通，都好" {
			h.step("? 电话打通，都好")
		} else {
			h.step("? 👉")
		}
	}
	t.Logf("%d taps", taps)
	if n := h.count(sample.MemberUser, agendaTitle); n != 1 {
		t.Errorf("%d agendas, want the one that was changed in place", n)
	}
}

func hasButton(m *simulator.Message, label string) bool {
	for _, row := range m.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Text, label) {
				return true
			}
		}
	}
	return false
}

// TestPhoneNumberGoes looks whether the number is gone after a minute.
func TestPhoneNumberGoes(t *testing.T) {
	t.Parallel()
	h := timed(t)
	h.play("= 2017-09-07 08:00\n? " + agendaTitle)
	if !hasButton(newestCard(h.sim.Chat(int64(sample.MemberUser))), "☎ 看号码") {
		h.play("> [☎ 改打电话]\n? 👉")
	}
	h.play("> [☎ 看号码]\n? ☎ 1")
	if n := len(facts[casework.PhoneShown](h)); n != 1 {
		t.Errorf("%d entries of the ledger say that a number was shown, want 1", n)
	}
	h.sim.Advance(59 * time.Second)
	if n := h.count(sample.MemberUser, "☎ 1"); n != 1 {
		t.Errorf("%d messages with a number before the minute is over, want 1", n)
	}
	h.sim.Advance(2 * time.Second)
	h.until(sample.MemberUser, "the number to go", func(c simulator.Chat) bool { return count(c, "☎ 1") == 0 })
}

// TestReportBeforeTheReminder makes the reminder needless before it comes.
func TestReportBeforeTheReminder(t *testing.T) {
	t.Parallel()
	h := timed(t)
	var code string
	h.view(func(r casework.Records) {
		for _, item := range casework.Agenda(r, h.set.Member, h.set.Today.AddDays(1), h.set.Start.AddDate(0, 0, 1)) {
			if item.Target.Household != nil && item.Due.Contact.Way == casework.ByVisit && code == "" {
				code = item.Target.Code
			}
		}
	})
	if code == "" {
		t.Fatal("the member has no household to visit tomorrow")
	}
	h.play("= 2017-09-07 07:40\n> " + code + "\n? " + code + "\n> [访成]\n? 2. 家里\n> [其余无变化]\n? 10. 今天\n> [多云]\n? 11. 乡亲\n" +
		"> [🙂 无诉求]\n? 核对一遍\n> [✅ 提交]\n? 已记下\n= 2017-09-07 08:00\n? " + agendaTitle)
	if m := newestCard(h.sim.Chat(int64(sample.MemberUser))); strings.Contains(m.Text, code) {
		t.Errorf("%s was reported before the morning and is on the agenda:\n%s", code, m.Text)
	}
}

// TestEveningToTheLeader brings the picture and the digest.
func TestEveningToTheLeader(t *testing.T) {
	t.Parallel()
	h := timed(t)
	h.play("@ leader\n= 2017-09-07 17:30\n? (picture)\n? 日报")
	chat := h.sim.Chat(int64(sample.LeaderUser))
	picture, digest := -1, -1
	for i, m := range chat.Messages {
		switch {
		case m.Photo != nil:
			picture = i
		case m.From == "bot" && strings.Contains(m.Text, "日报") && digest < 0:
			digest = i
		}
	}
	if picture < 0 || digest < picture {
		t.Errorf("picture is message %d, digest %d, want the picture first", picture, digest)
	}
	if n := h.count(sample.MemberUser, "日报"); n > 0 {
		t.Error("a member gets the leader's digest")
	}
}

// TestDowntime stops the service for a while and looks what people hear of it.
func TestDowntime(t *testing.T) {
	for _, tt := range []struct {
		name string
		down time.Duration
		told bool // everybody, that messages were lost
		jobs bool // the office, that reminders were
	}{
		{"for ten minutes", 10 * time.Minute, false, false},
		{"for a day and an hour", 25 * time.Hour, true, true},
		{"for ten days", 10 * aDay, true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := timed(t)
			from := h.sim.Now()
			h.stop()
			h.sim.Advance(tt.down)
			restarted := h.sim.Now()
			h.start()
			h.ticked()
			back := h.sim.Now()
			for day := casework.DateOf(back, shanghai(t)); ; {
				day = day.AddDays(1)
				h.step("= " + day.String() + " 03:00")
				h.ticked()
				h.step("= " + day.String() + " 09:00")
				h.ticked()
				if works(day) {
					break
				}
			}
			h.settle()
			// The clock of the test runs on until Telegram answers, some seconds or
			// minutes, as the machine likes.
			var times []time.Time
			for _, f := range facts[casework.DowntimeNoted](h) {
				times = append(times, f.From, f.To)
				if f.From.After(from) || f.To.Before(restarted) || f.To.After(back) {
					t.Errorf("noted as down from %s to %s, want from %s at the latest to between %s and %s", f.From, f.To, from, restarted, back)
				}
			}
			for _, who := range []casework.UserID{sample.MemberUser, sample.LeaderUser, sample.OfficeUser} {
				want := 0
				if tt.told {
					want = 1
				}
				if n := h.count(who, "没能收消息"); n != want {
					t.Errorf("%d is told %d times that messages were lost, want %d", who, n, want)
				}
				for _, at := range times {
					words := at.In(shanghai(t)).Format("15:04")
					if tt.told && h.count(who, words) == 0 {
						t.Errorf("%d is not told the time %s", who, words)
					}
				}
			}
			if n := h.count(sample.OfficeUser, "停机期间没有发出"); n > 0 != tt.jobs {
				t.Errorf("the office is told %d times of reminders that were lost, want any: %v", n, tt.jobs)
			}
			if n := h.count(sample.MemberUser, "停机期间没有发出"); n > 0 {
				t.Error("a member is told of the program's troubles")
			}
			if n := len(facts[casework.DowntimeNoted](h)); n > 0 != tt.told {
				t.Errorf("%d entries of the ledger tell of it, want any: %v", n, tt.told)
			}
		})
	}
}

// TestCrashAroundFiring lets the n-th writing step at the file fail when the
// morning's agendas fall due, for n = 1, 2 … until none fails: once, or from then on
// until the service was started again. (A reading that fails is damage; its input is
// put aside for good.)
func TestCrashAroundFiring(t *testing.T) {
	for _, tt := range []struct {
		name  string
		stays bool
	}{{"once", false}, {"until the next start", true}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n := 1
			for crashAt(t, n, tt.stays) {
				if t.Failed() {
					t.Fatalf("at step %d", n)
				}
				n++
			}
			t.Logf("clean from step %d", n)
			if n < 10 {
				t.Errorf("clean from step %d: the agenda does not go through the file", n)
			}
		})
	}
}

// crashAt lets a step fail at eight o'clock and reports whether it came to it.
func crashAt(t *testing.T, n int, stays bool) (hit bool) {
	t.Helper()
	m := dayBegins(t)
	steps := 0
	m.failing = func(op string) error {
		reads := strings.HasPrefix(op, "get") || strings.HasPrefix(op, "has") || strings.HasPrefix(op, "scan")
		if reads {
			return nil
		}
		if steps++; steps == n || stays && steps > n {
			hit = true
			return errors.New("no space left on device")
		}
		return nil
	}
	m.look(8 * 60)
	if stays && hit {
		m.restart()
	}
	m.look(8*60 + 1)
	m.failing = nil
	m.look(8*60 + 2)
	m.look(8*60 + 3)
	got := m.agendas()
	for user, count := range got {
		if count != 1 {
			t.Errorf("%d has %d agendas, want 1", user, count)
		}
	}
	if want := m.due(); len(want) == 0 || len(got) != len(want) {
		t.Errorf("agendas went to %v, want them for %v", got, want)
	}
	if err := m.service.store.Close(); err != nil {
		t.Error(err)
	}
	return hit
}

// daybreak is a service without Telegram, on a copy of the campaign.
type daybreak struct {
	t       *testing.T
	path    string
	service *service
	failing func(op string) error
}

func dayBegins(t *testing.T) *daybreak {
	t.Helper()
	c, err := campaign()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	m := &daybreak{t: t, path: filepath.Join(dir, "zoufang.db")}
	if err := os.WriteFile(m.path, c.file, 0o600); err != nil {
		t.Fatal(err)
	}
	m.open()
	return m
}

func (m *daybreak) open() {
	m.t.Helper()
	file, err := store.Open(m.path, store.Options{Key: testKey(), Fault: func(op string) error {
		if m.failing != nil {
			return m.failing(op)
		}
		return nil
	}})
	if err != nil {
		m.t.Fatal(err)
	}
	talker, err := dialog.New(dialog.Options{Zone: shanghai(m.t)})
	if err != nil {
		m.t.Fatal(err)
	}
	b, err := bot.New(bot.Config{Token: demoToken})
	if err != nil {
		m.t.Fatal(err)
	}
	m.service = &service{store: file, dialog: talker, bot: b, zone: shanghai(m.t), log: slog.New(slog.DiscardHandler)}
}

// restart ends the process as a crash does: the file is not closed in order.
func (m *daybreak) restart() {
	m.t.Helper()
	if err := m.service.store.Close(); err == nil {
		m.t.Error("the file was closed in order, though nothing can be written")
	}
	m.failing = nil
	m.open()
}

// at is the minute of the first day.
func (m *daybreak) at(minute int) time.Time {
	return time.Date(2017, time.September, 7, 0, minute, 0, 0, shanghai(m.t))
}

// look asks for the agendas as the scheduler does: again, until all is done.
func (m *daybreak) look(minute int) {
	nominal := m.at(8 * 60)
	f := scheduler.Firing{Nominal: nominal, Wall: "2017-09-07T08:00", Now: m.at(minute)}
	done, err := m.service.tell(dialog.AgendaJob, f)
	if done && err != nil {
		m.t.Errorf("tell() = %v, %v: it failed and is done", done, err)
	}
}

// agendas counts those that were written, by person.
func (m *daybreak) agendas() map[casework.UserID]int {
	m.t.Helper()
	letters, err := m.service.store.Pending(0, 1000)
	if err != nil {
		m.t.Fatal(err)
	}
	got := map[casework.UserID]int{}
	for _, l := range letters {
		if l.Bulk && strings.Contains(l.Text, agendaTitle) {
			got[casework.UserID(l.Chat)]++
		}
	}
	return got
}

// due are the people with an account who have something to do.
func (m *daybreak) due() (people []casework.UserID) {
	m.t.Helper()
	err := m.service.store.View(func(v dialog.View) error {
		for s := range v.AllStaff() {
			if s.Binding == casework.Bound && len(casework.Agenda(v, s.ID, casework.DateOf(m.at(8*60), shanghai(m.t)), m.at(8*60))) > 0 {
				people = append(people, s.User)
			}
		}
		return nil
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return people
}

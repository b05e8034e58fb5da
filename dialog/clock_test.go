package dialog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
)

// clockwork is where the jobs of a world stand.
type clockwork struct {
	looked  time.Time                  // up to here the jobs were asked
	waiting map[dialog.Job]dialog.Tick // asked again, because somebody was not to be disturbed
}

// appointment is when a job is done each day, in minutes from midnight; a job of
// every five minutes has none.
type appointment struct {
	job     dialog.Job
	minute  int
	weekday []time.Weekday // nil is every day
}

// timetable has the jobs in the order in which one tick does them.
func timetable() []appointment {
	return []appointment{
		{dialog.LeaveJob, -1, nil},
		{dialog.ProblemJob, -1, nil},
		{dialog.RoundJob, 8 * 60, nil},
		{dialog.AgendaJob, 8 * 60, nil},
		{dialog.CalendarJob, 8*60 + 10, nil},
		{dialog.EveningJob, 17 * 60, nil},
		{dialog.DigestJob, 17*60 + 30, nil},
		{dialog.WeeklyJob, 17*60 + 30, []time.Weekday{time.Friday}},
		{dialog.SnoozeJob, -1, nil},
		{dialog.MissJob, -1, nil},
		{dialog.DraftJob, -1, nil},
		{dialog.ApprovalJob, -1, nil},
	}
}

// newest is the last nominal time of the appointment that is not after now.
func (a appointment) newest(now time.Time) time.Time {
	if a.minute < 0 {
		return now.Truncate(5 * time.Minute)
	}
	day := casework.DateOf(now, shanghai)
	for range 8 {
		at := time.Date(day.Year, day.Month, day.Day, 0, a.minute, 0, 0, shanghai)
		if !at.After(now) && (a.weekday == nil || slices.Contains(a.weekday, at.Weekday())) {
			return at
		}
		day = day.AddDays(-1)
	}
	return time.Time{}
}

// until lets time pass until the clock shows "08:00" or "2017-09-07 08:00", and
// does what falls due by then.
func (w *world) until(words string) {
	w.t.Helper()
	words = strings.TrimSpace(words)
	at, err := time.ParseInLocation("2006-01-02 15:04", words, shanghai)
	if err != nil {
		local := w.now.In(shanghai)
		if at, err = time.ParseInLocation("2006-01-02 15:04", local.Format("2006-01-02 ")+words, shanghai); err != nil {
			w.t.Fatalf("no such time: %q", words)
		}
		if !at.After(w.now) {
			at = at.AddDate(0, 0, 1)
		}
	}
	if at.Before(w.now) {
		w.t.Fatalf("%q is over: it is %v", words, w.now.In(shanghai))
	}
	w.now = at
	w.deliver()
	w.tick()
}

// tick does what the service does each minute.
func (w *world) tick() {
	w.t.Helper()
	if w.clock.waiting == nil {
		w.clock = clockwork{looked: w.set.Start, waiting: map[dialog.Job]dialog.Tick{}}
	}
	for _, a := range timetable() {
		tick, ok := w.clock.waiting[a.job]
		if at := a.newest(w.now); at.After(w.clock.looked) {
			tick, ok = dialog.Tick{Job: a.job, Wall: at.In(shanghai).Format("2006-01-02T15:04"), Nominal: at.UTC()}, true
		}
		if !ok {
			continue
		}
		tick.Now = w.now
		if w.do(tick) {
			w.clock.waiting[a.job] = tick
		} else {
			delete(w.clock.waiting, a.job)
		}
	}
	w.clock.looked = w.now
}

// do does a job for all who may be told, and reports whether others wait.
func (w *world) do(tick dialog.Tick) (waiting bool) {
	w.t.Helper()
	var inputs []dialog.Input
	err := w.store.View(func(v dialog.View) error {
		inputs, waiting = w.dialog.Due(v, tick)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.apply(inputs...)
	return waiting
}

// partnerUser is the account of the member's colleague.
const partnerUser casework.UserID = 1002

// bindPartner gives an account to the colleague who answers for a target that the
// member helps with.
func (w *world) bindPartner() *phone {
	w.t.Helper()
	var who casework.Staff
	err := w.store.View(func(v dialog.View) error {
		for _, p := range v.PairingsOfStaff(w.set.Member) {
			if p.Role != casework.Assist {
				continue
			}
			for _, q := range v.PairingsOfTarget(p.TargetID) {
				if s, _ := v.Staff(q.StaffID); q.Role == casework.Primary && s.Binding == casework.Unbound && who.ID == 0 {
					who = s
				}
			}
		}
		return nil
	})
	if err != nil || who.ID == 0 {
		w.t.Fatalf("the member helps nobody: %v", err)
	}
	return w.bind("partner", who, partnerUser)
}

// bind gives an account to a person of the roster.
func (w *world) bind(name string, who casework.Staff, user casework.UserID) *phone {
	w.t.Helper()
	id := casework.InviteID(1<<60 + uint64(user))
	w.apply(dialog.Input{Kind: dialog.Office, Cause: fmt.Sprint("bind:", user), Reached: w.now, Facts: []casework.Fact{
		casework.InviteIssued{Invite: casework.Invite{
			ID: id, Hash: dialog.InviteHash(fmt.Sprint(user)), StaffID: who.ID, ExpiresAt: w.now.Add(time.Hour), State: casework.Issued,
		}},
		casework.InviteClaimed{InviteID: id, User: user, Name: who.Name},
		casework.BindingConfirmed{InviteID: id},
	}})
	return w.add(name, user)
}

func TestTheClockOfTheTests(t *testing.T) {
	w := newWorld(t)
	w.until("08:00")
	if got, want := w.now.In(shanghai).Format("2006-01-02 15:04"), "2017-09-07 08:00"; got != want {
		t.Errorf("until(08:00) led to %s, want %s", got, want)
	}
	w.until("2017-09-08 17:30")
	if got, want := w.clock.looked, time.Date(2017, 9, 8, 9, 30, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("the jobs were asked up to %v, want %v", got, want)
	}
	if p := w.phone("partner"); p.user != partnerUser || sample.MemberUser == p.user {
		t.Errorf("partner has the account %d, want %d", p.user, partnerUser)
	}
}

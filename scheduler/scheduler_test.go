package scheduler_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"zoufang/scheduler"
)

func TestJobsRunAtTheirTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := boot(t, "Europe/Berlin", "2026-03-27 12:00:17")
		m.live(t, 3*day, m.job("night", "30 2 * * *", time.Hour), m.job("agenda", "0 8 * * 1-5", time.Hour))
		check(t, "done", m.did, []string{
			"night 2026-03-28T02:30", "night 2026-03-29T02:30", "night 2026-03-30T02:30", "agenda 2026-03-30T08:00",
		})
		check(t, "ticks", m.ticks, 1+3*24*60)
		check(t, "missed", m.missed, []string(nil))
	})
}

// TestAfterAStop serves a day, stops, and starts again.
func TestAfterAStop(t *testing.T) {
	for _, tt := range []struct {
		name, stopped string
		down          time.Duration
		did, missed   []string
	}{
		{"a minute", "2026-09-07 07:59:30", time.Minute, []string{"agenda 2026-09-07T08:00 +30s"}, nil},
		{"an hour with nothing", "2026-09-07 09:00:00", time.Hour, nil, nil},
		{"a night, late for both", "2026-09-07 07:00:00", 20 * time.Hour,
			[]string{"agenda 2026-09-07T08:00 +19h0m0s", "digest 2026-09-07T17:30 +9h30m0s"}, nil},
		{"too late for one", "2026-09-07 07:00:00", 23 * time.Hour,
			[]string{"agenda 2026-09-07T08:00 +22h0m0s"}, []string{"digest 2026-09-07T17:30"}},
		{"two days", "2026-09-07 07:00:00", 50 * time.Hour, []string{"agenda 2026-09-09T08:00 +1h0m0s"}, []string{
			"agenda 2026-09-07T08:00", "agenda 2026-09-08T08:00", "digest 2026-09-07T17:30", "digest 2026-09-08T17:30"}},
		{"just less than the window", "2026-09-07 17:00:00", 12*time.Hour + 29*time.Minute,
			[]string{"digest 2026-09-07T17:30 +11h59m0s"}, nil},
		{"the window", "2026-09-07 17:00:00", 12*time.Hour + 30*time.Minute, nil, []string{"digest 2026-09-07T17:30"}},
		{"a clock set back", "2026-09-07 17:40:00", -2 * day, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := boot(t, "Asia/Shanghai", tt.stopped)
				m.jump(-day)
				jobs := []scheduler.Job{m.job("agenda", "0 8 * * *", 72*time.Hour), m.job("digest", "30 17 * * *", 12*time.Hour)}
				m.live(t, day, jobs...)
				m.did = nil
				m.jump(tt.down)
				if tt.down < 0 { // all that is newest in its window was done long ago
					m.disk["agenda 2026-09-05T08:00"], m.disk["digest 2026-09-05T17:30"] = true, true
				}
				m.live(t, time.Second, jobs...)
				check(t, "done", m.did, tt.did)
				check(t, "missed", m.missed, tt.missed)
				check(t, "jumped", m.jumped, []time.Duration(nil))
			})
		})
	}
}

// TestEachFiringIsDoneOrToldOnce stops at every minute around the firings, in the
// three ways a process can end, and stays down for a minute to ten days.
func TestEachFiringIsDoneOrToldOnce(t *testing.T) {
	const beforeJob, afterJob, between = 0, 1, 2
	downs := []time.Duration{time.Minute, 7 * time.Minute, time.Hour, 13 * time.Hour, day, 73 * time.Hour, 10 * day}
	for minute := range 14 {
		for _, down := range downs {
			for _, crash := range []int{beforeJob, afterJob, between} {
				synctest.Test(t, func(t *testing.T) {
					m := boot(t, "Europe/Berlin", "2026-10-24 07:56:00")
					first := m.now()
					m.crash(t, time.Duration(minute)*time.Minute, crash)
					m.jump(down)
					m.live(t, 25*time.Hour, m.three()...)
					m.account(t, fmt.Sprintf("minute %d, down %v, crash %d", minute, down, crash), first)
				})
			}
		}
	}
}

// three are jobs with firings close to each other, on both sides of eight o'clock.
func (m *machine) three() []scheduler.Job {
	return []scheduler.Job{m.job("quarter", "*/15 * * * *", 4*time.Minute), m.job("agenda", "0 8 * * *", 72*time.Hour),
		m.job("digest", "2 8 * * *", 12*time.Hour)}
}

// crash runs the jobs for a time, and ends the program then: between two ticks, or
// in the next job that is asked after, before or after it is done.
func (m *machine) crash(t *testing.T, d time.Duration, how int) {
	t.Helper()
	jobs, dead := m.three(), make(chan struct{})
	at := m.now().Add(d)
	for i, j := range jobs {
		jobs[i].Run = func(ctx context.Context, f scheduler.Firing) (bool, error) {
			if how == 2 || m.now().Before(at) {
				return j.Run(ctx, f)
			}
			if how == 1 {
				m.note(j.Name, f)
			}
			close(dead)
			<-ctx.Done()
			return false, ctx.Err()
		}
	}
	end := start(t, m.options(), jobs...)
	select {
	case <-time.After(d + time.Second):
	case <-dead:
	}
	end()
}

// account compares what was done and told with all the firings since the first tick.
func (m *machine) account(t *testing.T, name string, first time.Time) {
	t.Helper()
	told := map[string]bool{}
	for _, key := range m.missed {
		if told[key] {
			t.Errorf("%s: %s told twice", name, key)
		}
		// A crash after a job and before the next tick leaves it done and not seen.
		told[key] = !m.disk[key]
	}
	for _, j := range m.three() {
		for f := range parse(t, j.Spec).Between(first, m.now(), m.zone) {
			if key := j.Name + " " + f.Wall; m.disk[key] == told[key] {
				t.Errorf("%s: %s done %v, told %v, want one of them", name, key, m.disk[key], told[key])
				return
			}
		}
	}
}

func TestClockThatIsSet(t *testing.T) {
	for _, by := range []time.Duration{
		-400 * day, -3 * day, -3 * time.Hour, -90 * time.Second, -time.Second,
		time.Second, 90 * time.Second, 3 * time.Hour, 23 * time.Hour, 25 * time.Hour, 3 * day, 400 * day,
	} {
		t.Run(by.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := boot(t, "Asia/Shanghai", "2026-09-07 11:59:30")
				var mu sync.Mutex
				calls := map[string]int{}
				job := m.job("hourly", "30 * * * *", 50*time.Minute)
				do := job.Run
				job.Run = func(ctx context.Context, f scheduler.Firing) (bool, error) {
					mu.Lock()
					defer mu.Unlock()
					if calls[f.Wall]++; calls[f.Wall] > 1 {
						t.Errorf("%s was done %d times", f.Wall, calls[f.Wall])
					}
					if late := f.Now.Sub(f.Nominal); late < 0 || late >= 50*time.Minute {
						t.Errorf("%s was done %v late", f.Wall, late)
					}
					return do(ctx, f)
				}
				end := start(t, m.options(), job)
				after(5 * time.Hour)
				for _, d := range []time.Duration{by, -by} {
					m.jump(d)
					if d < 0 {
						mu.Lock()
						clear(calls) // what was done under the wrong clock may come again
						mu.Unlock()
					}
					after(time.Minute)
					before := m.now()
					after(5 * time.Hour)
					mu.Lock()
					for f := range parse(t, job.Spec).Between(before, m.now(), m.zone) {
						if calls[f.Wall] != 1 {
							t.Errorf("%s was done %d times after the clock was set by %v, want once", f.Wall, calls[f.Wall], d)
						}
					}
					mu.Unlock()
				}
				end()
				jumps := 0
				if by.Abs() > day {
					jumps = 2
				}
				check(t, "jumps told", len(m.jumped), jumps)
			})
		})
	}
}

// TestAWrongClockLosesNothing sets the clock forward just before a firing and back
// just after.
func TestAWrongClockLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := boot(t, "Asia/Shanghai", "2026-09-07 07:58:30")
		end := start(t, m.options(), m.job("agenda", "0 8 * * *", 10*time.Hour))
		m.jump(30 * day)
		after(5 * time.Minute)
		m.jump(-30 * day)
		after(day)
		end()
		check(t, "done", m.did, []string{"agenda 2026-10-07T08:00", "agenda 2026-09-07T08:00 +4m0s", "agenda 2026-09-08T08:00"})
		check(t, "missed", len(m.missed), 30)
		check(t, "jumped", m.jumped, []time.Duration{30*day + 30*time.Second, -30*day + time.Minute})
		if log := m.log.String(); !strings.Contains(log, "clock was set back") || !strings.Contains(log, "clock jumped") {
			t.Errorf("log = %s, want it to tell of both", log)
		}
	})
}

// TestWhatWasDoneIsNotMissed sets the clock back over firings that were done, and
// forward again.
func TestWhatWasDoneIsNotMissed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := boot(t, "Asia/Shanghai", "2026-09-07 08:00:30")
		end := start(t, m.options(), m.job("hourly", "0 * * * *", time.Hour))
		after(4 * time.Hour)
		m.jump(-3 * time.Hour)
		after(time.Minute)
		m.jump(5 * time.Hour)
		after(time.Minute)
		end()
		check(t, "missed", m.missed, []string{"hourly 2026-09-07T13:00"})
		check(t, "done last", m.did[len(m.did)-1], "hourly 2026-09-07T14:00 +2m0s")
	})
}

// TestAClockSetBackInAJobDelaysNothing looks whether the scheduler sleeps for the
// hours that lie ahead again.
func TestAClockSetBackInAJobDelaysNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := boot(t, "Asia/Shanghai", "2026-09-07 08:59:00")
		job := m.job("hourly", "0 * * * *", 50*time.Minute)
		do := job.Run
		job.Run = func(ctx context.Context, f scheduler.Firing) (bool, error) {
			if len(m.did) == 0 {
				m.jump(-3*time.Hour - 2*time.Minute)
			}
			return do(ctx, f)
		}
		m.live(t, 4*time.Minute, job)
		check(t, "done", m.did, []string{"hourly 2026-09-07T09:00", "hourly 2026-09-07T06:00"})
	})
}

func TestAClockMovedByHandIsSeenAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := boot(t, "Asia/Shanghai", "2026-09-07 12:00:00")
		var mu sync.Mutex
		moved := make(chan struct{})
		o := m.options()
		o.Moved = func() <-chan struct{} {
			mu.Lock()
			defer mu.Unlock()
			return moved
		}
		move := func(by time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			m.jump(by)
			close(moved)
			moved = make(chan struct{})
		}
		end := start(t, o, m.job("agenda", "0 8 * * *", time.Hour))
		for range 2 {
			move(20*time.Hour + 10*time.Minute)
			synctest.Wait()
			move(4*time.Hour - 10*time.Minute)
			synctest.Wait()
		}
		mu.Lock() // the scheduler asks Moved before it writes any of this again
		check(t, "done", m.did, []string{"agenda 2026-09-08T08:00 +10m0s", "agenda 2026-09-09T08:00 +10m0s"})
		check(t, "ticks", m.ticks, 5)
		mu.Unlock()
		// Moves at the very time of a tick: which of the two wakes the scheduler is
		// left to chance.
		for range 200 {
			<-time.After(time.Minute)
			move(2 * day)
		}
		synctest.Wait()
		end()
		check(t, "jumped", m.jumped, []time.Duration(nil))
	})
}

func TestAJobThatIsNotDoneIsAskedAgain(t *testing.T) {
	for _, tt := range []struct {
		name, spec string
		window     time.Duration
		busy       int // how often it is not done, at first
		asked      []string
		log        string
	}{
		{"done at last", "0 8 * * *", time.Hour, 2, []string{"08:00 +0s", "08:00 +1m0s", "08:00 +2m0s"}, ""},
		{"superseded", "0,3 8 * * *", time.Hour, 4,
			[]string{"08:00 +0s", "08:00 +1m0s", "08:00 +2m0s", "08:03 +0s", "08:03 +1m0s"}, ""},
		{"out of its window", "0 8 * * *", 3 * time.Minute, 9,
			[]string{"08:00 +0s", "08:00 +1m0s", "08:00 +2m0s"}, "not done in its window"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := boot(t, "Asia/Shanghai", "2026-09-07 07:59:00")
				var asked []string
				m.live(t, time.Hour, scheduler.Job{Name: "agenda", Spec: tt.spec, Window: tt.window,
					Run: func(_ context.Context, f scheduler.Firing) (bool, error) {
						asked = append(asked, f.Wall[len("2026-09-07T"):]+" +"+f.Now.Sub(f.Nominal).String())
						return len(asked) > tt.busy, nil
					}})
				check(t, "asked", asked, tt.asked)
				check(t, "missed", m.missed, []string(nil))
				if got := m.log.String(); !strings.Contains(got, tt.log) || (got == "") != (tt.log == "") {
					t.Errorf("log = %q, want %q in it", got, tt.log)
				}
			})
		})
	}
}

// TestAStopForgetsNothingThatWasNotDone stops while a job is not done, when ticks
// have passed since its time.
func TestAStopForgetsNothingThatWasNotDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := boot(t, "Asia/Shanghai", "2026-09-07 07:59:00")
		busy := m.job("agenda", "0 8 * * *", time.Hour)
		busy.Run = func(context.Context, scheduler.Firing) (bool, error) { return false, nil }
		m.live(t, 5*time.Minute, busy)
		m.live(t, time.Second, m.job("agenda", "0 8 * * *", time.Hour))
		check(t, "done", m.did, []string{"agenda 2026-09-07T08:00 +4m0s"})
		check(t, "missed", m.missed, []string(nil))
	})
}

func TestTheFirstStartLooksBackAtNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := boot(t, "Asia/Shanghai", "2026-09-07 08:01:00")
		m.live(t, time.Hour, m.job("agenda", "0 8 * * *", 12*time.Hour))
		check(t, "done", m.did, []string(nil))
		check(t, "missed", m.missed, []string(nil))
	})
}

func TestAJobThatFailsStopsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := boot(t, "Asia/Shanghai", "2026-09-07 07:59:00")
		fails := func(name string, fail func() error) scheduler.Job {
			calls := 0
			return scheduler.Job{Name: name, Spec: "0 8 * * *", Window: time.Hour, Run: func(_ context.Context, f scheduler.Firing) (bool, error) {
				if calls++; calls <= 2 {
					return true, fail()
				}
				return m.note(name, f), nil
			}}
		}
		o := m.options()
		tick := o.Tick
		o.Tick = func(ctx context.Context, now time.Time) { tick(ctx, now); panic("tick") }
		end := start(t, o, fails("panics", func() error { panic("boom") }), fails("errs", func() error { return errors.New("no disk") }),
			m.job("good", "0 8 * * *", time.Hour))
		after(10 * time.Minute)
		end()
		check(t, "done", m.did, []string{"good 2026-09-07T08:00", "panics 2026-09-07T08:00 +2m0s", "errs 2026-09-07T08:00 +2m0s"})
		check(t, "ticks", m.ticks, 11)
		for _, want := range []string{"panic: boom", "no disk", "panic: tick"} {
			if !strings.Contains(m.log.String(), want) {
				t.Errorf("log = %s, want %q in it", m.log.String(), want)
			}
		}
	})
}

func TestAStopIsNoFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := boot(t, "Asia/Shanghai", "2026-09-07 07:59:00")
		slow := m.job("slow", "0 8 * * *", time.Hour)
		slow.Run = func(ctx context.Context, _ scheduler.Firing) (bool, error) {
			<-ctx.Done()
			return false, ctx.Err()
		}
		m.live(t, 2*time.Minute, slow, m.job("next", "0 8 * * *", time.Hour))
		check(t, "done", m.did, []string(nil))
		check(t, "ticks", m.ticks, 1)
		check(t, "log", m.log.String(), "")
	})
}

func TestMissedIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := boot(t, "Asia/Shanghai", "2026-09-07 12:00:30")
		m.since = m.now().Add(-5 * 365 * day)
		m.live(t, time.Second, m.job("often", "* * * * *", time.Hour), m.job("leap", "0 8 29 2 *", time.Hour))
		check(t, "done", m.did, []string{"often 2026-09-07T12:00 +30s"})
		check(t, "missed", len(m.missed), scheduler.MaxMissed+1)
		check(t, "first and last", []string{m.missed[0], m.missed[scheduler.MaxMissed-1], m.missed[scheduler.MaxMissed]},
			[]string{"often 2026-09-06T19:20", "often 2026-09-07T11:59", "leap 2024-02-29T08:00"})
		if !slices.IsSorted(m.missed[:scheduler.MaxMissed]) {
			t.Error("missed firings are not told oldest first")
		}
	})
}

// TestAClockThatStandsMakesNoHotLoop freezes it just before a full minute.
func TestAClockThatStandsMakesNoHotLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := boot(t, "Asia/Shanghai", "2026-09-07 12:00:00")
		o := m.options()
		stands := m.now().Add(time.Minute - time.Nanosecond)
		o.Now = func() time.Time { return stands }
		end := start(t, o)
		after(time.Hour)
		end()
		if m.ticks > 3601 {
			t.Errorf("%d ticks in an hour, want at most one a second", m.ticks)
		}
	})
}

func TestNewRefuses(t *testing.T) {
	for _, tt := range []struct {
		spec   string
		window time.Duration
		want   string
	}{
		{"61 3 * * *", time.Hour, "schedule of x"},
		{"0 3 * * *", time.Minute, "window of x"},
	} {
		_, err := scheduler.New(scheduler.Options{}, scheduler.Job{Name: "x", Spec: tt.spec, Window: tt.window})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("New(%q, window %v) = %v, want an error with %q", tt.spec, tt.window, err, tt.want)
		}
	}
}

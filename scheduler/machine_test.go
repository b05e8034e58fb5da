package scheduler_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/scheduler"
)

const day = 24 * time.Hour

// machine has a clock that can be set, and a disk that outlives the program. The
// bubble's own time is the time that truly passes.
type machine struct {
	shift atomic.Int64 // of the clock against the bubble's
	zone  *time.Location
	log   strings.Builder

	disk   map[string]bool // "job wall" of what was done
	did    []string        // the same in order, with "+lateness" if late
	missed []string        // "job wall"
	jumped []time.Duration
	ticks  int
	since  time.Time // as the last tick saw the clock
}

// boot returns a machine whose clock shows the given time.
func boot(t *testing.T, zone, clock string) *machine {
	t.Helper()
	m := &machine{zone: load(t, zone), disk: map[string]bool{}}
	at, err := time.ParseInLocation(time.DateTime, clock, m.zone)
	if err != nil {
		t.Fatal(err)
	}
	m.jump(time.Until(at))
	return m
}

func (m *machine) now() time.Time        { return time.Now().Add(time.Duration(m.shift.Load())) }
func (m *machine) jump(by time.Duration) { m.shift.Add(int64(by)) }

func (m *machine) options() scheduler.Options {
	return scheduler.Options{
		Zone: m.zone, Now: m.now, Log: slog.New(slog.NewTextHandler(&m.log, nil)), Since: m.since,
		Missed: func(_ context.Context, job string, firings []scheduler.Firing) {
			for _, f := range firings {
				m.missed = append(m.missed, job+" "+f.Wall)
			}
		},
		Jumped: func(_ context.Context, from, to time.Time) { m.jumped = append(m.jumped, to.Sub(from)) },
		Tick:   func(_ context.Context, now time.Time) { m.ticks++; m.since = now },
	}
}

// note writes down that a job is done. It was done before if the answer is false.
func (m *machine) note(job string, f scheduler.Firing) bool {
	key := job + " " + f.Wall
	if m.disk[key] {
		return false
	}
	m.disk[key] = true
	if late := f.Now.Sub(f.Nominal); late != 0 {
		key += " +" + late.String()
	}
	m.did = append(m.did, key)
	return true
}

// job does at once what it is asked.
func (m *machine) job(name, spec string, window time.Duration) scheduler.Job {
	return scheduler.Job{Name: name, Spec: spec, Window: window, Run: func(_ context.Context, f scheduler.Firing) (bool, error) {
		m.note(name, f)
		return true, nil
	}}
}

// start runs the jobs until end is called.
func start(t *testing.T, o scheduler.Options, jobs ...scheduler.Job) (end func()) {
	t.Helper()
	s, err := scheduler.New(o, jobs...)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	synctest.Wait()
	return func() {
		t.Helper()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("Run() = %v, want %v", err, context.Canceled)
		}
	}
}

// after lets time pass, and all that falls due in it.
func after(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// live runs the jobs for a time.
func (m *machine) live(t *testing.T, d time.Duration, jobs ...scheduler.Job) {
	t.Helper()
	end := start(t, m.options(), jobs...)
	after(d)
	end()
}

func check(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

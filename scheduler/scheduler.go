// Package scheduler does what falls due at its time.
//
// A job has a schedule in cron's five fields, in one time zone. Once a minute the
// package asks the clock that was passed in which nominal times have passed, and
// runs each job for the newest of them: after a stop, a suspended machine or a
// clock moved forward there is one run to catch up, and what will not be done is
// told. Timers are only wake-up calls; what is due is always asked of the clock.
//
// A schedule speaks of wall times. A firing is known by its wall time, so that it
// is the same before and after a restart, and whether the clock was set back or
// changed for the summer.
//
// The package knows nothing of what the jobs do and keeps nothing on disk. It does a
// firing once while it runs and its clock is not set back; that a firing has its
// effect once over restarts and wrong clocks is the job's own matter, by the
// firing's wall time.
package scheduler

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// Job is something to do at set times.
type Job struct {
	Name string // for the log and for Missed
	Spec string // as [Parse] reads it
	// Window is how late a firing may be: one that is this late or later is not
	// done. At least [MinWindow].
	Window time.Duration
	// Run does the job for a firing. An answer that is not done, an error, or a panic
	// asks for the same firing again at the next tick, until it is done, a newer one
	// has come, or its window is over. An error is logged, and so is a panic. A
	// restart or a clock set back can bring a firing again that was done, which must
	// do no harm.
	Run func(ctx context.Context, f Firing) (done bool, err error)
}

// MinWindow is the least [Job.Window]: the clock is asked once a minute, so that
// all firings are a little late.
const MinWindow = 2 * time.Minute

// Options are the surroundings of a [Scheduler]. Zone, Now and Log are needed.
type Options struct {
	Zone *time.Location   // of the schedules
	Now  func() time.Time // the clock that counts
	Log  *slog.Logger
	// Moved, if set, returns a channel that is closed, or receives, when the clock is
	// next moved by hand. It must tell of a move no later than Now does.
	Moved func() <-chan struct{}
	// Since is when the program was last known to be alive. What has passed since
	// then is caught up, and so is a firing before it whose window is still open,
	// which may not have been done. If zero, nothing before the start is done or told.
	Since time.Time
	// Missed, if set, is told of firings that have passed and will not be done,
	// because a newer one passed too or because they are too late: once for a job
	// after a stop, a jump of the clock, or jobs that took long; before the jobs run;
	// oldest first, the newest [MaxMissed] of them. After a crash it can be told of one
	// that was done just before.
	Missed func(ctx context.Context, job string, firings []Firing)
	// Jumped, if set, is told that the clock is more than 24 hours away from where it
	// was a minute ago, either way, and Moved did not say so. It is called before the
	// jobs run.
	Jumped func(ctx context.Context, from, to time.Time)
	// Tick, if set, is called with the time after the jobs: at the start, at each full
	// minute, and when the clock was moved.
	Tick func(ctx context.Context, now time.Time)
}

// MaxMissed is the most firings [Options.Missed] is told of at a time.
const MaxMissed = 1000

// jump is how far a clock may go between two ticks before it is not believed.
const jump = 24 * time.Hour

// Scheduler runs jobs. Make it with [New].
type Scheduler struct {
	o    Options
	jobs []*entry
	last time.Time // of the tick before
}

// entry is a job and how it stands.
type entry struct {
	Job
	schedule Schedule
	pending  *Firing  // has passed and is not done
	done     []string // walls, at most remembered
	fresh    []string // of them, those done since the clock was last set back
}

// remembered is how many firings done are known of each job, so that none of them is
// asked again or told as missed: eleven years of a daily job, or two weeks of one every
// five minutes.
const remembered = 4096

// New returns a Scheduler for the jobs. The error names the job whose schedule
// cannot be read or whose window is too short.
func New(o Options, jobs ...Job) (*Scheduler, error) {
	s := &Scheduler{o: o}
	for _, j := range jobs {
		schedule, err := Parse(j.Spec)
		if err != nil {
			return nil, fmt.Errorf("schedule of %s: %w", j.Name, err)
		}
		if j.Window < MinWindow {
			return nil, fmt.Errorf("window of %s: %v is less than %v", j.Name, j.Window, MinWindow)
		}
		s.jobs = append(s.jobs, &entry{Job: j, schedule: schedule})
	}
	return s, nil
}

// Run runs the jobs, one at a time, until ctx ends, and returns ctx's error. It is
// called once.
func (s *Scheduler) Run(ctx context.Context) error {
	moved := s.moved()
	s.start(ctx, s.now())
	for {
		wake := time.NewTimer(s.untilNext())
		signalled := false
		select {
		case <-ctx.Done():
			wake.Stop()
			return ctx.Err()
		case <-wake.C:
		case <-moved:
			signalled = true
		}
		wake.Stop()
		// The next channel is fetched before the clock is read, and the last one looked
		// at after: a move in between is neither missed nor taken for a jump.
		next := s.moved()
		now := s.now()
		s.tick(ctx, now, signalled || ready(moved))
		moved = next
	}
}

// now reads the clock without its monotonic part: that stands while the machine is
// suspended and takes no notice when the clock is set, and the difference of two
// such times would be that of the monotonic parts.
func (s *Scheduler) now() time.Time {
	return s.o.Now().Round(0).UTC()
}

// moved is nil, which never receives, if nobody moves the clock.
func (s *Scheduler) moved() <-chan struct{} {
	if s.o.Moved == nil {
		return nil
	}
	return s.o.Moved()
}

func ready(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// untilNext is how long to wait for the full minute after the last tick. It is at
// least a second, so that a clock that stands or jobs that take long make no hot
// loop, and at most a minute, so that a clock that was moved is seen.
func (s *Scheduler) untilNext() time.Duration {
	next := s.last.Truncate(time.Minute).Add(time.Minute)
	return min(max(next.Sub(s.now()), time.Second), time.Minute)
}

// start does the first tick, which looks back to the last one of the process before.
func (s *Scheduler) start(ctx context.Context, now time.Time) {
	s.last = now
	if !s.o.Since.IsZero() {
		for _, j := range s.jobs {
			s.pass(ctx, j, s.o.Since, now)
			j.reconsider(now, s.o.Zone)
		}
	}
	s.run(ctx, now)
}

// tick does what is due now. Signalled says that the clock was moved by hand.
func (s *Scheduler) tick(ctx context.Context, now time.Time, signalled bool) {
	from := s.last
	s.last = now
	switch {
	case now.Before(from):
		s.o.Log.WarnContext(ctx, "clock was set back", "from", from, "to", now)
		for _, j := range s.jobs {
			j.fresh = nil // what was done under the wrong clock may be wanted at the right time
			j.reconsider(now, s.o.Zone)
		}
		if from.Sub(now) > jump && !signalled && s.o.Jumped != nil {
			s.guard(ctx, "jumped", func() { s.o.Jumped(ctx, from, now) })
		}
	case now.Sub(from) > jump && !signalled:
		s.o.Log.WarnContext(ctx, "clock jumped", "from", from, "to", now)
		if s.o.Jumped != nil {
			s.guard(ctx, "jumped", func() { s.o.Jumped(ctx, from, now) })
		}
	}
	for _, j := range s.jobs {
		s.pass(ctx, j, from, now)
	}
	s.run(ctx, now)
}

// pass takes note of the firings of a job after from and not after now: the newest
// is to be done, the others are missed.
func (s *Scheduler) pass(ctx context.Context, j *entry, from, now time.Time) {
	passed := j.schedule.newest(MaxMissed+1, from, now, s.o.Zone)
	if len(passed) == 0 {
		return
	}
	j.supersede(passed[len(passed)-1], now)
	missed := slices.DeleteFunc(passed, func(f Firing) bool {
		return j.pending != nil && j.pending.Wall == f.Wall || slices.Contains(j.done, f.Wall)
	})
	if len(missed) > 0 && s.o.Missed != nil {
		missed = missed[max(0, len(missed)-MaxMissed):]
		s.guard(ctx, "missed", func() { s.o.Missed(ctx, j.Name, missed) })
	}
}

// supersede makes f, the newest firing that has passed, the one to be done, if it
// is not too late and not done already.
func (j *entry) supersede(f Firing, now time.Time) {
	j.pending = nil
	if !j.late(f, now) && !slices.Contains(j.fresh, f.Wall) {
		j.pending = &f
	}
}

// reconsider takes the newest firing whose window is open as the one to be done. It
// is for a clock that was set back: a firing that lies ahead again will come by
// itself, and one that was passed over while the clock was wrong is still wanted.
func (j *entry) reconsider(now time.Time, zone *time.Location) {
	j.pending = nil
	for _, f := range j.schedule.newest(1, now.Add(-j.Window), now, zone) {
		j.supersede(f, now)
	}
}

func (j *entry) late(f Firing, now time.Time) bool {
	return now.Sub(f.Nominal) >= j.Window
}

// run asks each job for its pending firing, then calls Tick.
func (s *Scheduler) run(ctx context.Context, now time.Time) {
	for _, j := range s.jobs {
		if ctx.Err() != nil {
			return
		}
		if j.pending != nil {
			s.ask(ctx, j, now)
		}
	}
	if s.o.Tick != nil && ctx.Err() == nil {
		s.guard(ctx, "tick", func() { s.o.Tick(ctx, now) })
	}
}

// ask runs a job for its pending firing.
func (s *Scheduler) ask(ctx context.Context, j *entry, now time.Time) {
	f := *j.pending
	if j.late(f, now) {
		s.o.Log.WarnContext(ctx, "job was not done in its window", "job", j.Name, "firing", f.Wall)
		j.pending = nil
		return
	}
	f.Now = now
	done, err := attempt(ctx, j.Job, f)
	switch {
	case err != nil && ctx.Err() != nil: // told to stop: it is asked again after the restart
	case err != nil:
		s.o.Log.ErrorContext(ctx, "job failed", "job", j.Name, "firing", f.Wall, "err", err)
	case done:
		j.pending = nil
		j.done, j.fresh = remember(j.done, f.Wall), remember(j.fresh, f.Wall)
	}
}

func remember(walls []string, wall string) []string {
	walls = append(walls, wall)
	return walls[max(0, len(walls)-remembered):]
}

func attempt(ctx context.Context, j Job, f Firing) (done bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			done, err = false, fmt.Errorf("panic: %v", r)
		}
	}()
	return j.Run(ctx, f)
}

// guard keeps a panic of a callback from ending the program.
func (s *Scheduler) guard(ctx context.Context, name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			s.o.Log.ErrorContext(ctx, "callback of the scheduler failed", "callback", name, "err", fmt.Errorf("panic: %v", r))
		}
	}()
	f()
}

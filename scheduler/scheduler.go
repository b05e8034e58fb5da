// Package scheduler does what falls due at its time.
//
// A job has a schedule in cron's five fields, in one time zone. The package asks
// once a minute which nominal times have passed since it last asked, and runs
// each job once for the newest of them: a suspended machine or a clock that was
// moved forward catches up with one run, and a clock that was set back repeats
// nothing. Timers are only wake-up calls; what is due is always asked of the
// clock that was passed in.
//
// The package knows nothing of what the jobs do. They must be harmless to run
// twice: after a restart a job starts with the next nominal time.
package scheduler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// Job is something to do at set times.
type Job struct {
	Name string // for the log
	Spec string // cron's five fields, such as "30 3 * * *"
	// Run does the job for a nominal time. An error is logged; a panic is
	// taken for an error.
	Run func(ctx context.Context, nominal time.Time) error
}

// Options are the surroundings of a [Scheduler]. All are needed.
type Options struct {
	Zone *time.Location   // of the schedules
	Now  func() time.Time // the clock that counts
	Log  *slog.Logger
	// Moved, if set, signals that the clock was moved by hand.
	Moved func() <-chan struct{}
}

// Scheduler runs jobs. Make it with [New].
type Scheduler struct {
	o    Options
	jobs []entry
}

type entry struct {
	Job
	schedule cron.Schedule
}

// New returns a Scheduler for the jobs. The error names the job whose schedule
// cannot be read.
func New(o Options, jobs ...Job) (*Scheduler, error) {
	s := &Scheduler{o: o}
	for _, j := range jobs {
		schedule, err := parse(j.Spec)
		if err != nil {
			return nil, fmt.Errorf("schedule of %s: %w", j.Name, err)
		}
		s.jobs = append(s.jobs, entry{j, schedule})
	}
	return s, nil
}

// parse reads a schedule. A zone inside the spec is refused: cron's parser
// panics on "TZ=UTC" without a space, and there is one zone for all.
func parse(spec string) (cron.Schedule, error) {
	if strings.Contains(spec, "TZ=") {
		return nil, errors.New("no time zone may stand in a schedule: set time_zone instead")
	}
	schedule, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", spec, err)
	}
	return schedule, nil
}

// Run runs the jobs until ctx ends. It returns ctx's error.
func (s *Scheduler) Run(ctx context.Context) error {
	last := s.o.Now()
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		var moved <-chan struct{}
		if s.o.Moved != nil {
			moved = s.o.Moved()
		}
		now := s.o.Now()
		if now.After(last) {
			s.runDue(ctx, last, now)
			last = now
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		case <-moved:
		}
	}
}

// runDue runs each job that has a nominal time after last and not after now.
func (s *Scheduler) runDue(ctx context.Context, last, now time.Time) {
	for _, j := range s.jobs {
		nominal, ok := newest(j.schedule, last.In(s.o.Zone), now)
		if !ok {
			continue
		}
		if err := run(ctx, j.Job, nominal); err != nil {
			s.o.Log.ErrorContext(ctx, "job failed", "job", j.Name, "nominal", nominal, "err", err)
		}
	}
}

// maxMissed bounds how many missed times are stepped over one by one.
const maxMissed = 100_000

// newest is the last nominal time after from and not after to.
func newest(s cron.Schedule, from, to time.Time) (time.Time, bool) {
	var found time.Time
	for range maxMissed {
		next := s.Next(from)
		if next.IsZero() || next.After(to) {
			break
		}
		found, from = next, next
	}
	return found, !found.IsZero()
}

func run(ctx context.Context, j Job, nominal time.Time) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return j.Run(ctx, nominal)
}

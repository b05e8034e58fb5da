package scheduler_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoufang/scheduler"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

func options(t *testing.T, now func() time.Time) scheduler.Options {
	t.Helper()
	return scheduler.Options{Zone: shanghai, Now: now, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
}

func TestJobsRunAtTheirTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var ran []time.Time
		job := scheduler.Job{Name: "sweep", Spec: "30 3 * * *", Run: func(_ context.Context, nominal time.Time) error {
			ran = append(ran, nominal)
			if len(ran) == 3 {
				cancel()
			}
			return nil
		}}
		s, err := scheduler.New(options(t, time.Now), job)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("Run() = %v, want it to end with its context", err)
		}
		for i, at := range ran {
			if h, m, _ := at.In(shanghai).Clock(); h != 3 || m != 30 {
				t.Errorf("run %d at %v, want 03:30 in the zone", i, at)
			}
			if i > 0 && at.Sub(ran[i-1]) != 24*time.Hour {
				t.Errorf("run %d is %v after the one before, want a day", i, at.Sub(ran[i-1]))
			}
		}
	})
}

func TestAMovedClockCatchesUpOnceAndRepeatsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		now := time.Date(2017, 9, 6, 3, 0, 0, 0, shanghai)
		moved := make(chan struct{}, 1)
		var ran []string
		o := options(t, func() time.Time { return now })
		o.Moved = func() <-chan struct{} { return moved }
		s, err := scheduler.New(o, scheduler.Job{Name: "sweep", Spec: "30 3 * * *", Run: func(_ context.Context, at time.Time) error {
			ran = append(ran, at.Format(time.DateOnly))
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- s.Run(ctx) }()
		for _, d := range []time.Duration{5 * 24 * time.Hour, -3 * 24 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour} {
			synctest.Wait()
			now = now.Add(d)
			moved <- struct{}{}
		}
		synctest.Wait()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("Run() = %v, want it to end with its context", err)
		}
		if want := []string{"2017-09-10", "2017-09-11"}; !slices.Equal(ran, want) {
			t.Errorf("ran %v, want %v: one for five days missed, none for days gone back to", ran, want)
		}
	})
}

func TestAPanicStopsNoOtherJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		runs := 0
		s, err := scheduler.New(options(t, time.Now),
			scheduler.Job{Name: "bad", Spec: "* * * * *", Run: func(context.Context, time.Time) error { panic("boom") }},
			scheduler.Job{Name: "good", Spec: "* * * * *", Run: func(context.Context, time.Time) error {
				if runs++; runs == 2 {
					cancel()
				}
				return nil
			}})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Run(ctx); !errors.Is(err, context.Canceled) || runs != 2 {
			t.Errorf("Run() = %v after %d runs, want 2 runs and the context's error", err, runs)
		}
	})
}

func TestSchedulesThatCannotBeRead(t *testing.T) {
	for _, tt := range []struct{ spec, want string }{
		{"61 3 * * *", "above maximum"},
		{"TZ=UTC", "time_zone"},
		{"", "empty spec"},
	} {
		_, err := scheduler.New(options(t, time.Now), scheduler.Job{Name: "x", Spec: tt.spec})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("New(%q) = %v, want an error with %q", tt.spec, err, tt.want)
		}
	}
}

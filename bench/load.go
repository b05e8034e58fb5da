package bench

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"zoufang/simulator"
)

// ErrUsedUp is returned by [Load.Run] when everybody has been through the talk
// as often as it allows: measure for a shorter time.
var ErrUsedUp = errors.New("the people have nobody left to visit")

// Load is people who talk to the bot of a simulated Telegram.
type Load struct {
	Sim    *simulator.Simulator
	People []int64 // accounts known to Sim
	// AtOnce is how many of the people talk at a time, at most all: when one
	// has come to the end of the talk, another begins.
	AtOnce int
	Talk   Talk
	// Nothing is measured during Warmup; then it is measured For so long.
	Warmup, For time.Duration
	// Turns, if not zero, measures so many turns from the first on, however
	// long they take; Warmup and For are not looked at then.
	Turns int
}

// Result is what a [Load] measured.
type Result struct {
	// Turns were completed in Elapsed, with the given delays.
	Turns   int
	Elapsed time.Duration
	Delays  []time.Duration
	// All counts the turns outside the time of measurement, too.
	All int
}

// PerSecond is the rate of turns.
func (r Result) PerSecond() float64 {
	if r.Elapsed <= 0 {
		return 0
	}
	return float64(r.Turns) / r.Elapsed.Seconds()
}

// Run talks until the time is over, and lets the turns under way come to their
// end. The first turn that is not answered as its [Step] says ends it with an
// error.
func (l Load) Run(ctx context.Context) (Result, error) {
	if l.AtOnce < 1 || l.AtOnce > len(l.People) {
		return Result{}, fmt.Errorf("%d people cannot talk at once: there are %d", l.AtOnce, len(l.People))
	}
	m := &meter{from: time.Now(), limit: int64(l.Turns)}
	if l.Turns == 0 {
		m.from = m.from.Add(l.Warmup)
		m.to = m.from.Add(l.For)
	}
	g, ctx := errgroup.WithContext(ctx)
	for i := range l.AtOnce {
		g.Go(func() error { return l.talk(ctx, i, m) })
	}
	if err := g.Wait(); err != nil {
		return Result{}, err
	}
	end := m.to
	if l.Turns != 0 {
		end = time.Now()
	}
	return Result{
		Turns: len(m.delays), Elapsed: end.Sub(m.from), Delays: m.delays, All: int(m.all.Load()),
	}, nil
}

// talk lets every AtOnce-th person talk, one after another, and from the
// beginning again.
func (l Load) talk(ctx context.Context, first int, m *meter) error {
	last := map[int64]*simulator.Message{}
	for round := 0; l.Talk.Each == 0 || round < l.Talk.Each; round++ {
		for i := first; i < len(l.People); i += l.AtOnce {
			id := l.People[i]
			p := l.Sim.Person(id)
			for n, step := range l.Talk.Steps {
				if !m.next() {
					return nil
				}
				took, reply, err := step.take(ctx, p, last[id])
				if err != nil {
					return fmt.Errorf("person %d, step %d: %w", id, n+1, err)
				}
				last[id] = reply
				m.note(took)
			}
		}
	}
	return ErrUsedUp
}

// meter collects the measurements of all who talk.
type meter struct {
	from, to time.Time // to is not looked at if there is a limit
	limit    int64     // of turns; 0 is none
	begun    atomic.Int64
	all      atomic.Int64

	mu     sync.Mutex
	delays []time.Duration
}

// next reports whether one more turn is to be taken.
func (m *meter) next() bool {
	if m.limit != 0 {
		return m.begun.Add(1) <= m.limit
	}
	return time.Now().Before(m.to)
}

// note takes down a turn that has just ended.
func (m *meter) note(took time.Duration) {
	m.all.Add(1)
	now := time.Now()
	if now.Before(m.from) || m.limit == 0 && now.After(m.to) {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.delays = append(m.delays, took)
}

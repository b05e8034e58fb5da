package simulator

import (
	"sync"
	"time"
)

// clock is a base that runs, or stands if frozen, plus a shift that is moved
// by hand.
type clock struct {
	base func() time.Time

	mu    sync.Mutex
	shift time.Duration
	moved chan struct{} // closed at the next move
}

func newClock(opts Options) *clock {
	c := &clock{moved: make(chan struct{})}
	boot := wall()
	start := opts.Start
	if start.IsZero() {
		start = boot
	}
	switch {
	case opts.Now != nil:
		c.base = opts.Now
	case opts.Frozen:
		c.base = func() time.Time { return start }
	default:
		c.base = func() time.Time { return start.Add(wall().Sub(boot)) }
	}
	return c
}

// wall is the machine's clock. Sending limits and polls run by it, because the
// bot waits in real time; everything people see runs by the simulated one.
func wall() time.Time { return time.Now() }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.base().Add(c.shift)
}

func (c *clock) move(by func(now time.Time) time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shift += by(c.base().Add(c.shift))
	close(c.moved)
	c.moved = make(chan struct{})
}

// Now is the simulated time.
func (s *Simulator) Now() time.Time { return s.clock.now() }

// Advance moves the clock by d, which may be negative.
func (s *Simulator) Advance(d time.Duration) {
	s.clock.move(func(time.Time) time.Duration { return d })
	s.clockMoved()
}

// SetNow moves the clock to t.
func (s *Simulator) SetNow(t time.Time) {
	s.clock.move(func(now time.Time) time.Duration { return t.Sub(now) })
	s.clockMoved()
}

// ClockMoved returns a channel that is closed when the clock is next moved by
// hand. Ask for the channel first and read the clock after, and no move is
// missed.
func (s *Simulator) ClockMoved() <-chan struct{} {
	s.clock.mu.Lock()
	defer s.clock.mu.Unlock()
	return s.clock.moved
}

func (s *Simulator) clockMoved() {
	now := s.Now()
	s.watch.publish(event{clock: now})
	s.watch.changed()
}

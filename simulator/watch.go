package simulator

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// Wait returns when cond holds. It asks once at the start and again after each
// change of any chat, toast, call or the clock; it does not poll.
// With hundreds of people at once [Phone.Wait] is cheaper.
func (s *Simulator) Wait(ctx context.Context, cond func() bool) error {
	for {
		next := s.watch.next()
		if cond() {
			return nil
		}
		select {
		case <-next:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Wait returns when cond holds for the person's private chat. It asks at the
// start and after each change of that chat.
func (p *Phone) Wait(ctx context.Context, cond func(Chat) bool) error {
	for {
		p.sim.mu.Lock()
		c := p.sim.privateChat(p.who)
		if c.changed == nil {
			c.changed = make(chan struct{})
		}
		next, snapshot := c.changed, p.sim.snapshot(c)
		p.sim.mu.Unlock()
		if cond(snapshot) {
			return nil
		}
		select {
		case <-next:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// An event is something the page wants to know: one of its fields is set.
type event struct {
	chat   int64
	clock  time.Time
	toast  *Toast
	typing bool // with chat: look again when the bot stops typing
}

// watchers wakes those who wait for changes and feeds the event streams.
type watchers struct {
	mu      sync.Mutex
	any     chan struct{}
	streams map[*stream]bool
}

func (w *watchers) next() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.any == nil {
		w.any = make(chan struct{})
	}
	return w.any
}

// changed wakes the waiting.
func (w *watchers) changed() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.any != nil {
		close(w.any)
		w.any = nil
	}
}

// A stream collects the events of one listener. Changes of one chat become
// one, so a slow listener loses nothing and holds nothing up.
type stream struct {
	wake chan struct{} // buffer of one

	mu     sync.Mutex
	chats  map[int64]bool
	typing map[int64]bool
	toasts []*Toast
	clock  time.Time
}

func (w *watchers) subscribe() *stream {
	st := &stream{wake: make(chan struct{}, 1), chats: map[int64]bool{}, typing: map[int64]bool{}}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.streams == nil {
		w.streams = map[*stream]bool{}
	}
	w.streams[st] = true
	return st
}

func (w *watchers) unsubscribe(st *stream) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.streams, st)
}

func (w *watchers) publish(e event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for st := range w.streams {
		st.put(e)
	}
}

func (st *stream) put(e event) {
	st.mu.Lock()
	defer st.mu.Unlock()
	switch {
	case e.toast != nil:
		st.toasts = append(st.toasts, e.toast)
	case !e.clock.IsZero():
		st.clock = e.clock
	default:
		st.chats[e.chat] = true
		if e.typing {
			st.typing[e.chat] = true
		}
	}
	select {
	case st.wake <- struct{}{}:
	default:
	}
}

// drain takes what was collected.
func (st *stream) drain() (chats, typing []int64, toasts []*Toast, clock time.Time) {
	st.mu.Lock()
	defer st.mu.Unlock()
	chats = slices.Sorted(maps.Keys(st.chats))
	typing = slices.Sorted(maps.Keys(st.typing))
	toasts, clock = st.toasts, st.clock
	clear(st.chats)
	clear(st.typing)
	st.toasts, st.clock = nil, time.Time{}
	return chats, typing, toasts, clock
}

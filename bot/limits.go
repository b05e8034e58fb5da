package bot

import (
	"time"

	"golang.org/x/time/rate"

	"zoufang/dialog"
)

// Limits say how fast the sender may go. Telegram publishes no exact figures; a
// zero field takes the default, which stays below what is known.
type Limits struct {
	// Off lifts all limits. Telegram's own requests to wait are obeyed in any
	// case.
	Off bool
	// PerSecond is for all calls together, within any second: 30.
	PerSecond float64
	// BulkPerSecond is for bulk letters, evenly: 25. The rest is kept free for
	// people who wait.
	BulkPerSecond float64
	// ChatPerSecond is for one private chat in the long run: 1. ChatBurst may
	// go out at once before that counts: 20.
	ChatPerSecond float64
	ChatBurst     int
	// GroupPerMinute is for one group: 18.
	GroupPerMinute float64
}

// groupBurst is small: together with a minute's ration it stays at twenty.
const groupBurst = 2

// filled returns the limits with defaults for what is zero.
func (l Limits) filled() Limits {
	def := func(v *float64, d float64) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&l.PerSecond, 30)
	def(&l.BulkPerSecond, 25)
	def(&l.ChatPerSecond, 1)
	def(&l.GroupPerMinute, 18)
	if l.ChatBurst <= 0 {
		l.ChatBurst = 20
	}
	return l
}

// paces keeps count of what was sent. It is not safe for concurrent use.
type paces struct {
	limits Limits
	all    window
	bulk   beat
	chats  map[dialog.ChatID]*rate.Limiter
}

func newPaces(l Limits) *paces {
	return &paces{
		limits: l,
		all:    newWindow(l.PerSecond),
		bulk:   beat{step: time.Duration(float64(time.Second) / l.BulkPerSecond)},
		chats:  map[dialog.ChatID]*rate.Limiter{},
	}
}

// take notes a letter of n calls to the chat as sent and returns zero, or returns
// how long to wait, and whether no other chat's letter of its sort may go before
// either; then it notes nothing.
func (p *paces) take(chat dialog.ChatID, bulk bool, n int, now time.Time) (wait time.Duration, everybody bool) {
	if p.limits.Off {
		return 0, false
	}
	own := p.chat(chat, now)
	ours := min(n, own.Burst()) // more than a burst is never free at once
	if wait := missing(own, ours, now); wait > 0 {
		return wait, false
	}
	wait = p.all.wait(n, now)
	if bulk {
		wait = max(wait, p.bulk.wait(now))
	}
	if wait > 0 {
		return wait, true
	}
	own.AllowN(now, ours)
	p.all.use(n, now)
	if bulk {
		p.bulk.use(n, now)
	}
	return 0, false
}

// missing is how long to wait until n calls may go.
func missing(l *rate.Limiter, n int, now time.Time) time.Duration {
	lack := float64(n) - l.TokensAt(now)
	if lack <= 0 {
		return 0
	}
	// A millisecond more than computed: rounding must not end in a wait of
	// nothing.
	return time.Duration(lack/float64(l.Limit())*float64(time.Second)) + time.Millisecond
}

// window lets so many calls go within any stretch of a second, all at once if
// there was a pause before. A bucket that fills again would let twice as many.
type window struct {
	span  time.Duration
	sent  []time.Time // a ring
	first int         // the oldest
}

func newWindow(perSecond float64) window {
	size := max(int(perSecond), 1)
	return window{span: time.Duration(float64(size) / perSecond * float64(time.Second)), sent: make([]time.Time, size)}
}

func (w *window) wait(n int, now time.Time) time.Duration {
	last := (w.first + min(n, len(w.sent)) - 1) % len(w.sent)
	return max(w.sent[last].Add(w.span).Sub(now), 0)
}

func (w *window) use(n int, now time.Time) {
	for range min(n, len(w.sent)) {
		w.sent[w.first] = now
		w.first = (w.first + 1) % len(w.sent)
	}
}

// beat lets calls go one at a time, evenly, so that there is room between them
// at any moment.
type beat struct {
	step time.Duration
	due  time.Time
}

func (b *beat) wait(now time.Time) time.Duration { return max(b.due.Sub(now), 0) }

func (b *beat) use(n int, now time.Time) { b.due = now.Add(time.Duration(n) * b.step) }

// chatsKept bounds how many chats are counted before those at rest are dropped.
const chatsKept = 4096

func (p *paces) chat(chat dialog.ChatID, now time.Time) *rate.Limiter {
	if l, ok := p.chats[chat]; ok {
		return l
	}
	if len(p.chats) >= chatsKept {
		for id, l := range p.chats {
			if l.TokensAt(now) >= float64(l.Burst()) {
				delete(p.chats, id)
			}
		}
	}
	l := rate.NewLimiter(rate.Limit(p.limits.ChatPerSecond), p.limits.ChatBurst)
	if chat < 0 { // groups have negative numbers
		l = rate.NewLimiter(rate.Limit(p.limits.GroupPerMinute/60), groupBurst)
	}
	p.chats[chat] = l
	return l
}

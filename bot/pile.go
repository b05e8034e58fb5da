package bot

import (
	"cmp"
	"container/heap"
	"time"
)

// pile is a heap of lanes, so that thousands of waiting chats cost little. Use it
// through [sender.place].
type pile struct {
	lanes  []*lane
	before func(a, b *lane) int
}

// Len implements [heap.Interface], and so do the others.
func (p *pile) Len() int { return len(p.lanes) }

// Less implements [heap.Interface].
func (p *pile) Less(i, j int) bool { return p.before(p.lanes[i], p.lanes[j]) < 0 }

// Swap implements [heap.Interface].
func (p *pile) Swap(i, j int) {
	p.lanes[i], p.lanes[j] = p.lanes[j], p.lanes[i]
	p.lanes[i].at, p.lanes[j].at = i, j
}

// Push implements [heap.Interface].
func (p *pile) Push(x any) {
	if l, ok := x.(*lane); ok {
		l.pile, l.at = p, len(p.lanes)
		p.lanes = append(p.lanes, l)
	}
}

// Pop implements [heap.Interface].
func (p *pile) Pop() any {
	last := len(p.lanes) - 1
	l := p.lanes[last]
	l.pile = nil
	p.lanes[last] = nil
	p.lanes = p.lanes[:last]
	return l
}

// urgency orders lanes that are ready: people who wait first, then who came
// first.
func urgency(a, b *lane) int {
	if a.bulk() != b.bulk() {
		if b.bulk() {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.queue[0].letter.ID, b.queue[0].letter.ID)
}

// lateness orders lanes that have to wait.
func lateness(a, b *lane) int { return a.until.Compare(b.until) }

// place puts a lane where it belongs: among the ready, among those that wait,
// or nowhere while a letter of it is on its way or it is empty. Call it after
// every change of a lane.
func (s *sender) place(l *lane, now time.Time) {
	if l.pile != nil {
		heap.Remove(l.pile, l.at)
	}
	switch {
	case l.busy || len(l.queue) == 0:
	case l.until.After(now):
		heap.Push(&s.later, l)
	case l.slow:
		heap.Push(&s.slow, l)
	default:
		heap.Push(&s.ready, l)
	}
}

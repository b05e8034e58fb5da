package bot

import (
	"cmp"
	"slices"
	"time"

	"zoufang/dialog"
)

// When letters that stand aside are looked at again. The clock of [Config.Now]
// may be set while nobody says so, hence not too seldom; a clock that stands
// must not make the sender go round in circles, hence not too often.
const (
	heldFor      = time.Minute
	withdrawWait = time.Second
	longestLook  = 5 * time.Second
	shortestLook = 50 * time.Millisecond
	// clockMoved is how far the clock and real time must go apart at once to
	// mean that somebody moved it.
	clockMoved = time.Second / 2
)

// add puts a letter into the lane: into the queue, or aside if its time has not
// come or bulk letters are held.
func (s *sender) add(l *lane, w waiting, now, clock time.Time) {
	if !l.stands(w, now, clock) {
		l.insert(w)
		return
	}
	w.late = true
	l.aside = append(l.aside, w)
	s.lookBy(l.due(w, now, clock), now)
}

// stands reports whether a letter of the lane has to stand aside.
func (l *lane) stands(w waiting, now, clock time.Time) bool {
	return w.letter.NotBefore.After(clock) || w.again.After(now) || w.letter.Bulk && l.held.After(now)
}

// due is when to look again at a letter that stands aside.
func (l *lane) due(w waiting, now, clock time.Time) time.Time {
	t := w.again
	if w.letter.Bulk && l.held.After(t) {
		t = l.held
	}
	if by := now.Add(w.letter.NotBefore.Sub(clock)); w.letter.NotBefore.After(clock) && by.After(t) {
		t = by
	}
	return t
}

// lookBy makes the sender look at the letters that stand aside at that time.
func (s *sender) lookBy(t, now time.Time) {
	t = now.Add(min(max(t.Sub(now), shortestLook), longestLook))
	if s.look.IsZero() || t.Before(s.look) {
		s.look = t
	}
}

// recall lets the letters that stood aside long enough go on. When the clock was
// moved, those that were held are asked about at once.
func (s *sender) recall(now time.Time) {
	clock := s.bot.now()
	ahead := clock.Sub(now)
	moved := (ahead - s.ahead).Abs() > clockMoved
	s.ahead = ahead
	if s.look.IsZero() || s.look.After(now) && !moved {
		return
	}
	s.look = time.Time{}
	for _, l := range s.lanes {
		if len(l.aside) == 0 {
			continue
		}
		if moved {
			l.held = time.Time{}
		}
		aside := l.aside
		l.aside = nil
		for _, w := range aside {
			s.add(l, w, now, clock)
		}
		s.place(l, now)
	}
}

// standAside puts the first letter of the lane aside if it may not go now, and
// reports whether it did.
func (s *sender) standAside(l *lane, now time.Time) bool {
	first := l.queue[0].letter
	switch {
	case first.Bulk && s.bot.hold != nil && s.bot.hold(first, s.bot.now()):
		// The bulk letters behind it keep their place behind it.
		l.held = now.Add(heldFor)
	case first.Kind == dialog.Withdraw && l.faces(first.Card):
		l.queue[0].again = now.Add(withdrawWait)
	default:
		return false
	}
	queue, clock := l.queue, s.bot.now()
	l.queue, l.urgent = nil, 0
	for _, w := range queue {
		s.add(l, w, now, clock)
	}
	s.place(l, now)
	return true
}

// faces reports whether a letter that shows the card is still to go.
func (l *lane) faces(card dialog.CardID) bool {
	shows := func(w waiting) bool { return w.letter.Kind == dialog.Show && w.letter.Card == card }
	return slices.ContainsFunc(l.queue, shows) || slices.ContainsFunc(l.aside, shows)
}

// insert puts a letter into the queue, in the order of numbers, but not before
// the one that is on its way.
func (l *lane) insert(w waiting) {
	if !w.letter.Bulk {
		l.urgent++
	}
	from := 0
	if l.busy {
		from = 1
	}
	at, _ := slices.BinarySearchFunc(l.queue[from:], w.letter.ID, func(w waiting, id dialog.LetterID) int {
		return cmp.Compare(w.letter.ID, id)
	})
	l.queue = slices.Insert(l.queue, from+at, w)
}

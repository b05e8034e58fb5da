package bot

import (
	"context"
	"slices"
	"time"

	"zoufang/dialog"
)

// track names one of the two queues of a chat. Papers and files take long, and a
// conversation must not wait for them.
type track struct {
	chat dialog.ChatID
	slow bool // papers and files
}

func trackOf(l dialog.Letter) track {
	return track{chat: l.Chat, slow: l.Kind == dialog.Paper || l.Kind == dialog.Fetch}
}

// lane is a queue of one chat. At most one letter of it is on its way.
type lane struct {
	track

	queue  []waiting // in the order of their numbers, but for one on its way
	urgent int       // letters in it that are not bulk
	aside  []waiting // letters that the others need not wait for
	held   time.Time // bulk letters stand aside until then
	busy   bool
	spare  bool      // the letter on its way is one nobody waits for
	until  time.Time // nothing leaves before
	tried  time.Time // when the first letter was sent off
	lost   bool      // waiting for the way, and not because Telegram says so
	pile   *pile     // that it is in, at index at; nil for none
	at     int
	retry  backoff
}

// waiting is a letter in a lane.
type waiting struct {
	letter dialog.Letter
	read   time.Time // from the outbox
	step   int       // parts of it delivered already
	again  time.Time // it stands aside until then
	late   bool      // it stood aside, and later ones may have gone
}

// pop takes the first letter away and gets ready for the next.
func (l *lane) pop() {
	if !l.queue[0].letter.Bulk {
		l.urgent--
	}
	l.queue = l.queue[1:]
	l.until, l.lost = time.Time{}, false
	l.retry.reset()
}

// bulk reports whether nobody waits for any letter of the lane. A bulk letter
// with an urgent one behind it is urgent itself, since it goes first.
func (l *lane) bulk() bool { return l.urgent == 0 }

// take acts on what became of a letter.
func (s *sender) take(ctx context.Context, r result) {
	s.aloft--
	l := s.lanes[r.track]
	if l.spare {
		s.spare--
	}
	if l.slow {
		s.slowly--
	}
	l.busy, l.spare = false, false
	l.queue[0].step = r.step
	now := time.Now()
	switch r.verdict {
	case done:
		s.reached(ctx, now)
		s.receipt(r.receipt)
		l.pop()
	case vanished:
		s.skip(l.queue[0])
		l.pop()
	case refused:
		s.reached(ctx, now)
		if l.slow { // of each paper it has to be told what came of it
			s.receipt(r.receipt)
			l.pop()
			break
		}
		for _, w := range slices.Concat(l.queue, l.aside) {
			s.receipt(dialog.Receipt{Letter: w.letter.ID})
		}
		l.queue, l.aside = nil, nil
	case moved:
		s.reached(ctx, now)
		s.move(l, r.newChat, now)
	case limited:
		s.reached(ctx, now)
		l.until = now.Add(pause(r.no, &l.retry))
		s.hush.note(l.chat, l.until)
		s.crowded(l, now)
	case failed, unauthorized:
		wait := l.retry.next()
		l.until, l.lost = now.Add(wait), r.lost
		if !s.down && ctx.Err() == nil {
			s.bot.log.WarnContext(ctx, "a letter cannot be delivered now; trying again",
				"letter", r.letter, "wait", wait, "err", r.err)
		}
		s.down = true
	}
	if len(l.queue)+len(l.aside) == 0 && s.lanes[r.track] == l {
		delete(s.lanes, r.track)
	}
	if r.verdict != moved {
		s.place(l, now)
	}
}

// skip notes what a letter asked for that another took the place of: a card that
// was to be sent below what the person typed is not to be edited further up. What
// took the place of a letter that stood aside may have gone already.
func (s *sender) skip(w waiting) {
	if l := w.letter; l.Kind == dialog.Show && l.Card != 0 && !l.Edit && !w.late {
		s.anew[l.Card] = true
	}
}

// reached notes that Telegram answers. Whoever waits for the way need not wait
// any longer, but no letter is tried twice within a second.
func (s *sender) reached(ctx context.Context, now time.Time) {
	if !s.down {
		return
	}
	s.down = false
	s.bot.log.InfoContext(ctx, "letters are delivered again")
	for _, l := range s.lanes {
		if soon := l.tried.Add(firstWait); l.lost && soon.Before(l.until) {
			l.until, l.lost = soon, false
			s.place(l, now)
		}
	}
}

// crowded holds everything when different chats are told to wait within a
// second: then it is the bot that is too fast, and not one chat.
func (s *sender) crowded(l *lane, now time.Time) {
	if s.limited != 0 && s.limited != l.chat && now.Sub(s.since) < crowd && l.until.After(s.hold) {
		s.hold = l.until
		s.hush.note(everyChat, l.until)
	}
	s.limited, s.since = l.chat, now
}

// move puts the letters of a group that has a new number into its new lane, in
// their order.
func (s *sender) move(old *lane, chat dialog.ChatID, now time.Time) {
	delete(s.lanes, old.track)
	l := s.lane(track{chat: chat, slow: old.slow})
	for _, w := range slices.Concat(old.queue, old.aside) {
		w.letter.Chat = chat
		s.add(l, w, now, s.bot.now())
	}
	s.place(l, now)
}

// cards remembers which messages show cards, so that an edit right after a send
// need not wait for the settling. It keeps the latest few thousand; older ones
// are settled long since.
type cards struct {
	young, old map[dialog.CardID]dialog.MessageID
}

const cardsKept = 4096

func (c *cards) note(card dialog.CardID, m dialog.MessageID) {
	if c.young == nil || len(c.young) >= cardsKept {
		c.young, c.old = map[dialog.CardID]dialog.MessageID{}, c.young
	}
	c.young[card] = m
}

func (c *cards) message(card dialog.CardID) (dialog.MessageID, bool) {
	if m, ok := c.young[card]; ok {
		return m, true
	}
	m, ok := c.old[card]
	return m, ok
}

package bot

import (
	"context"
	"fmt"
	"time"

	"zoufang/dialog"
)

// Outbox is where letters stand until they are delivered. Its methods are called
// from several goroutines at once.
type Outbox interface {
	// Pending gives at most n letters with higher numbers than after, in the
	// order of their numbers. A letter put in later has a higher number. Of
	// several letters that show one card it may give the last alone.
	Pending(after dialog.LetterID, n int) ([]dialog.Letter, error)
	// Settle crosses letters off and notes which message shows a card. A
	// letter that is not there any more is no error, and its card's message
	// is noted all the same.
	Settle([]dialog.Receipt) error
	// Posted gives the message that shows the card.
	Posted(dialog.CardID) (dialog.MessageID, bool, error)
}

// The sender's bounds.
const (
	lettersAloft = 64
	// slowAloft is how many papers and files are in hand besides.
	slowAloft = 4
	// spareAloft is how many of them may be letters nobody waits for: a slow
	// way must not be full of them.
	spareAloft = 48
	pageSize   = 500
	// Receipts are settled together, because each settling is a commit.
	settleAfter = 50 * time.Millisecond
	settleAt    = 200
	// unsettledCap stops sending when nothing can be settled: a crash would
	// repeat all that is not.
	unsettledCap = 1000
	// lastTime is what letters on their way have left at a stop.
	lastTime = 5 * time.Second
	// crowd is how near two 429 for different chats must be to mean everybody.
	crowd = time.Second
)

// Wake tells the sender that there may be new letters, or that the clock of
// [Config.Now] was moved. It never waits.
func (b *Bot) Wake() {
	select {
	case b.wake <- struct{}{}:
	default: // a call to wake is pending already
	}
}

// Send empties the outbox until ctx ends, and then returns nil once the letters
// on their way are delivered and settled. Within a chat, letters leave in order,
// but for papers and files, which are in order among themselves and held up by no
// other letters, nor hold them up; chats do not wait for each other. Letters that people wait for go before bulk
// ones. A letter with a time in [dialog.Letter.NotBefore] takes its place in the
// chat only then, and a bulk letter may be held, see [Config.Hold].
//
// A letter stays in the outbox until it is delivered or can never be: when
// Telegram does not deliver to the chat any more, report is called with an input
// of the kind [dialog.Refused] before the chat's letters are dropped, and with
// [dialog.Moved] when a group has a new number. What came of a paper is reported as
// [dialog.Delivered], and what a file holds as [dialog.Fetched], before their letters
// are settled. If report fails it is called again later. It may be called several
// times at once.
//
// A paper with [dialog.Letter.Once] is settled before it is sent, and reported as
// uncertain before that; what came of it is then reported under another cause. The
// others may arrive twice when the program or the way breaks down.
//
// Send fails with [ErrUnauthorized], and when the last receipts cannot be
// settled; then those letters go out once more after the next start.
func (b *Bot) Send(ctx context.Context, box Outbox, report func(context.Context, dialog.Input) error) error {
	s := &sender{
		bot: b, box: box, report: report,
		paces:   newPaces(b.limits),
		lanes:   map[track]*lane{},
		anew:    map[dialog.CardID]bool{},
		ready:   pile{before: urgency},
		slow:    pile{before: urgency},
		later:   pile{before: lateness},
		results: make(chan result, lettersAloft+slowAloft),
		settled: make(chan settling, 1),
		timer:   time.NewTimer(0),
		drawing: make(chan struct{}, drawsAtOnce),
		press:   make(chan struct{}, 1),
		lens:    make(chan struct{}, 1),
	}
	defer s.timer.Stop()
	return s.run(ctx)
}

// sender is the state of one [Bot.Send]. Its fields belong to the goroutine
// that runs it; letters are delivered by others, which see only their job.
type sender struct {
	bot    *Bot
	box    Outbox
	report func(context.Context, dialog.Input) error
	paces  *paces

	last    dialog.LetterID // read so far
	readAt  time.Time       // when to read again after a fault; zero if all went well
	reading backoff
	lanes   map[track]*lane // of chats with letters
	ready   pile            // of them, those that may go
	slow    pile            // and those with papers and files that may go
	later   pile            // and those that wait
	cards   cards
	anew    map[dialog.CardID]bool // cards to be sent and not edited, see [sender.skip]

	look  time.Time     // when to look at letters that stand aside; zero: there are none
	ahead time.Duration // of the clock, against real time

	aloft   int
	spare   int           // of them, letters nobody waits for
	slowly  int           // of them, papers and files
	drawing chan struct{} // holds one token for each chart being drawn
	press   chan struct{} // and for the paper being made and sent
	lens    chan struct{} // and for the file being read
	hush    hush
	results chan result
	down    bool          // Telegram cannot be reached
	limited dialog.ChatID // the chat of the latest 429
	since   time.Time     // when that was
	hold    time.Time     // nothing leaves before

	receipts  []dialog.Receipt
	unsettled int       // receipts, those being settled included
	oldest    time.Time // since when there are receipts
	writing   bool
	settled   chan settling
	store     backoff // of settling
	timer     *time.Timer
}

// settling is how a group of receipts fared.
type settling struct {
	receipts []dialog.Receipt
	err      error
}

// run is the loop of the sender.
func (s *sender) run(ctx context.Context) error {
	// What is on its way when ctx ends is not torn off: it may have arrived.
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	s.read(ctx)
	for {
		now := time.Now()
		s.flush(now)
		s.timer.Reset(max(s.dispatch(work, now).Sub(now), 0))
		select {
		case <-ctx.Done():
			return s.finish(work, stop)
		case <-s.bot.wake:
			s.read(ctx)
		case r := <-s.results:
			if r.verdict == unauthorized {
				s.take(ctx, r)
				if err := s.finish(work, stop); err != nil {
					return err
				}
				return fmt.Errorf("send letters: %w", ErrUnauthorized)
			}
			s.take(ctx, r)
		case w := <-s.settled:
			s.wrote(ctx, w)
		case <-s.timer.C:
			if !s.readAt.IsZero() && !s.readAt.After(time.Now()) {
				s.read(ctx)
			}
		}
	}
}

// read takes new letters out of the outbox into the lanes of their chats.
func (s *sender) read(ctx context.Context) {
	now := time.Now()
	for {
		page, err := s.box.Pending(s.last, pageSize)
		if err != nil {
			wait := s.reading.next()
			s.readAt = now.Add(wait)
			s.bot.log.ErrorContext(ctx, "the outbox cannot be read; trying again", "wait", wait, "err", err)
			return
		}
		clock := s.bot.now()
		for _, l := range page {
			s.last = l.ID
			lane := s.lane(trackOf(l))
			s.add(lane, waiting{letter: l, read: now}, now, clock)
			s.place(lane, now)
		}
		if len(page) < pageSize {
			s.reading.reset()
			s.readAt = time.Time{}
			return
		}
	}
}

func (s *sender) lane(t track) *lane {
	l, ok := s.lanes[t]
	if !ok {
		l = &lane{track: t}
		s.lanes[t] = l
	}
	return l
}

// dispatch sends off what may leave at this instant and returns when to look
// again if nothing happens before.
func (s *sender) dispatch(work context.Context, now time.Time) (next time.Time) {
	next = now.Add(time.Hour)
	sooner := func(t time.Time) {
		if t.Before(next) {
			next = t
		}
	}
	if !s.readAt.IsZero() {
		sooner(s.readAt)
	}
	if len(s.receipts) > 0 && !s.writing {
		sooner(s.oldest.Add(settleAfter))
	}
	if s.hold.After(now) {
		sooner(s.hold)
		return next
	}
	s.recall(now)
	for s.later.Len() > 0 && !s.later.lanes[0].until.After(now) {
		s.place(s.later.lanes[0], now)
	}
	for _, p := range []*pile{&s.ready, &s.slow} {
		if wait := s.drain(work, p, now); wait > 0 {
			sooner(now.Add(wait))
		}
	}
	if s.later.Len() > 0 {
		sooner(s.later.lanes[0].until)
	}
	if !s.look.IsZero() {
		sooner(s.look)
	}
	return next
}

// drain sends off letters of a pile, and returns how long to wait if what is left
// is too early for everybody.
func (s *sender) drain(work context.Context, p *pile, now time.Time) time.Duration {
	for s.room(p) {
		l := p.lanes[0]
		if s.standAside(l, now) {
			continue
		}
		wait, everybody := s.hush.wait(l.chat, now), false
		if wait == 0 {
			wait, everybody = s.paces.take(l.chat, l.bulk(), s.calls(l.queue[0]), now)
		}
		if wait > 0 && everybody {
			return wait
		}
		if wait > 0 {
			l.until = now.Add(wait)
			s.place(l, now)
			continue
		}
		s.launch(work, l, now)
	}
	return 0
}

// room reports whether a letter of the pile is ready and may be sent off.
func (s *sender) room(p *pile) bool {
	if p.Len() == 0 || s.unsettled >= unsettledCap {
		return false
	}
	if p == &s.slow {
		return s.slowly < slowAloft
	}
	return s.aloft-s.slowly < lettersAloft && (s.spare < spareAloft || !p.lanes[0].bulk())
}

// calls is how many calls a letter takes, if all goes well.
func (s *sender) calls(w waiting) int {
	l := w.letter
	if l.Kind == dialog.Resend {
		return max(len(parcels(l.Files))-w.step, 1)
	}
	if _, older := s.cards.message(l.Card); older && l.Kind == dialog.Show && !l.Edit {
		return 2 // the older message loses its buttons
	}
	return 1
}

// launch sends the first letter of a lane off.
func (s *sender) launch(work context.Context, l *lane, now time.Time) {
	w := l.queue[0]
	j := job{letter: w.letter, step: w.step, reread: now.Sub(w.read) > staleAfter}
	if w.letter.Card != 0 {
		j.message, j.known = s.cards.message(w.letter.Card)
		j.letter.Edit = w.letter.Edit && !s.anew[w.letter.Card]
	}
	l.busy, l.spare, l.tried = true, l.bulk() && !l.slow, now
	s.place(l, now)
	s.aloft++
	if l.spare {
		s.spare++
	}
	if l.slow {
		s.slowly++
	}
	t := l.track
	go func() {
		r := s.deliver(work, j)
		r.track = t
		s.results <- r // never waits: there is room for all that are aloft
	}()
}

// flush starts settling if there is enough or it waited enough.
func (s *sender) flush(now time.Time) {
	if s.writing || len(s.receipts) == 0 ||
		(len(s.receipts) < settleAt || s.store.faults > 0) && now.Before(s.oldest.Add(settleAfter)) {
		return
	}
	group := s.receipts
	s.receipts, s.writing = nil, true
	go func() { s.settled <- settling{receipts: group, err: s.box.Settle(group)} }()
}

// wrote notes how a settling fared.
func (s *sender) wrote(ctx context.Context, w settling) {
	s.writing = false
	if w.err == nil {
		s.unsettled -= len(w.receipts)
		s.store.reset()
		return
	}
	wait := s.store.next()
	s.receipts = append(w.receipts, s.receipts...)
	s.oldest = time.Now().Add(wait - settleAfter)
	s.bot.log.ErrorContext(ctx, "delivered letters cannot be crossed off; trying again",
		"letters", len(s.receipts), "wait", wait, "err", w.err)
}

// receipt notes a letter as done.
func (s *sender) receipt(r dialog.Receipt) {
	if len(s.receipts) == 0 && !s.writing {
		s.oldest = time.Now()
	}
	s.receipts = append(s.receipts, r)
	s.unsettled++
	if r.Message != 0 {
		s.cards.note(r.Card, r.Message)
		delete(s.anew, r.Card)
	}
}

// finish waits for what is on its way, not for long, and settles it.
func (s *sender) finish(ctx context.Context, stop context.CancelFunc) error {
	late := time.AfterFunc(lastTime, stop)
	defer late.Stop()
	for s.aloft > 0 {
		s.take(ctx, <-s.results)
	}
	if s.writing {
		s.wrote(ctx, <-s.settled)
	}
	if len(s.receipts) == 0 {
		return nil
	}
	if err := s.box.Settle(s.receipts); err != nil {
		return fmt.Errorf("cross off %d delivered letters: %w", len(s.receipts), err)
	}
	return nil
}

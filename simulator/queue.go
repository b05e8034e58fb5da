package simulator

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"sync"
	"time"
)

// How long an update waits for the bot, and how polls are bounded, as in the
// official server.
const (
	messageLife  = 24 * time.Hour
	callbackLife = 150 * time.Second
	maxPoll      = 50
	maxPending   = 100_000
	repeatShort  = 500 * time.Millisecond
	repeatLong   = 3 * time.Second
)

const (
	conflictPoll    = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
	conflictWebhook = "Conflict: terminated by setWebhook request"
	webhookActive   = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

// An entry is one update in the queue.
type entry struct {
	id      int64
	body    []byte // the update as JSON
	expires time.Time
}

// queue is the official server's update queue: updates between a head, which
// confirmations move, and a tail, which arrivals move.
type queue struct {
	now    func() time.Time
	strict bool
	onAck  func(int64, []byte)

	mu      sync.Mutex
	entries []entry
	tail    int64 // the next update's number
	acked   int64 // the highest number confirmed since the last restart of numbers
	allowed map[string]bool
	listed  []string // allowed, as the bot gave it; nil means the default
	webhook string

	poll       *poll // the one that waits
	lastOffset int64
	lastPoll   time.Time
	arrived    chan struct{} // closed when an update arrives
	changed    chan struct{} // closed when updates leave the queue
	waits      int64         // polls that found nothing and began to wait
	waiting    func()        // called, without the lock, after waits grew
}

// A poll is a getUpdates call that waits; stop ends it with a conflict.
type poll struct {
	stop   chan struct{}
	reason string
}

func newQueue(opts Options, now func() time.Time) *queue {
	q := &queue{
		now:        now,
		strict:     opts.Strict,
		onAck:      opts.OnAck,
		tail:       opts.FirstUpdateID,
		acked:      opts.FirstUpdateID - 1,
		lastOffset: -1 << 40,
		arrived:    make(chan struct{}),
		changed:    make(chan struct{}),
	}
	q.allow(nil)
	return q
}

// allow sets which kinds of update are queued; none listed means the default.
func (q *queue) allow(kinds []string) {
	q.listed = kinds
	if len(kinds) > 0 {
		q.allowed = map[string]bool{}
		for _, k := range kinds {
			q.allowed[k] = true
		}
		return
	}
	q.allowed = set(updateKinds)
	delete(q.allowed, "chat_member")
	delete(q.allowed, "message_reaction")
	delete(q.allowed, "message_reaction_count")
}

// push queues an update; content is the object under the key kind. It does
// nothing for a kind the bot did not ask for.
func (q *queue) push(kind string, content any, life time.Duration) {
	raw, err := json.Marshal(content)
	if err != nil {
		panic("simulator: update does not encode: " + err.Error())
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.allowed[kind] {
		return
	}
	body := make([]byte, 0, len(raw)+64)
	body = append(body, `{"update_id":`...)
	body = strconv.AppendInt(body, q.tail, 10)
	body = append(body, `,"`...)
	body = append(body, kind...)
	body = append(body, `":`...)
	body = append(body, raw...)
	body = append(body, '}')
	q.append(body, life)
}

// append adds a complete update under the next number.
func (q *queue) append(body []byte, life time.Duration) {
	if len(q.entries) >= maxPending {
		q.entries = q.entries[1:]
	}
	q.entries = append(q.entries, entry{id: q.tail, body: body, expires: q.now().Add(life)})
	q.tail++
	close(q.arrived)
	q.arrived = make(chan struct{})
}

// confirm removes the updates below offset.
func (q *queue) confirm(offset int64) {
	n := 0
	for n < len(q.entries) && q.entries[n].id < offset {
		if q.onAck != nil {
			q.onAck(q.entries[n].id, q.entries[n].body)
		}
		n++
	}
	if n == 0 {
		return
	}
	q.acked = q.entries[n-1].id
	q.entries = slices.Delete(q.entries, 0, n)
	q.left()
}

// left wakes those who wait for updates to leave the queue.
func (q *queue) left() {
	close(q.changed)
	q.changed = make(chan struct{})
}

// expire drops the updates that waited too long.
func (q *queue) expire() {
	now := q.now()
	before := len(q.entries)
	q.entries = slices.DeleteFunc(q.entries, func(e entry) bool { return !now.Before(e.expires) })
	if len(q.entries) != before {
		q.left()
	}
}

// get answers a poll: the updates, already joined to a JSON array.
func (q *queue) get(ctx context.Context, offset int64, limit, timeout int) ([]byte, *callError) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.webhook != "" {
		return nil, &callError{code: 409, description: webhookActive}
	}
	q.abort(conflictPoll)
	timeout = min(max(timeout, 0), maxPoll)
	now := wall()
	if q.strict && offset == q.lastOffset {
		since := now.Sub(q.lastPoll)
		if timeout < 3 && since < repeatLong {
			timeout = 3
		}
		if since < repeatShort {
			limit = 1
		}
	}
	q.lastOffset, q.lastPoll = offset, now
	q.move(offset)
	if timeout > 0 {
		if err := q.wait(ctx, time.Duration(timeout)*time.Second); err != nil {
			return nil, err
		}
	}
	return q.take(limit), nil
}

// move brings the head to where the offset says. An offset that is far off
// the queue is ignored, as the official server does.
func (q *queue) move(offset int64) {
	q.expire()
	head := q.tail - int64(len(q.entries))
	if len(q.entries) > 0 {
		head = q.entries[0].id
	}
	switch {
	case offset < 0:
		q.confirm(max(q.tail+offset, head))
	case offset > q.tail+10 || offset < head-maxPending:
	default:
		q.confirm(offset)
	}
}

func (q *queue) abort(reason string) {
	if q.poll != nil {
		q.poll.reason = reason
		close(q.poll.stop)
		q.poll = nil
	}
}

// wait returns when there is an update, the time is over or the poll is
// replaced. It is called and returns with the lock held.
func (q *queue) wait(ctx context.Context, d time.Duration) *callError {
	if len(q.entries) > 0 {
		return nil
	}
	p := &poll{stop: make(chan struct{})}
	q.poll = p
	q.waits++
	q.mu.Unlock()
	q.waiting()
	q.mu.Lock()
	timer := time.NewTimer(d)
	defer timer.Stop()
	for len(q.entries) == 0 && p.reason == "" {
		arrived := q.arrived
		q.mu.Unlock()
		over := false
		select {
		case <-arrived:
		case <-p.stop:
		case <-timer.C:
			over = true
		case <-ctx.Done():
			over = true
		}
		q.mu.Lock()
		if over {
			break
		}
		q.expire()
	}
	if p.reason != "" {
		return &callError{code: 409, description: p.reason}
	}
	q.poll = nil
	return nil
}

func (q *queue) take(limit int) []byte {
	n := min(limit, len(q.entries))
	size := 2
	for _, e := range q.entries[:n] {
		size += len(e.body) + 1
	}
	out := append(make([]byte, 0, size), '[')
	for i, e := range q.entries[:n] {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, e.body...)
	}
	return append(out, ']')
}

// Acknowledged is the highest update number a poll has confirmed.
func (s *Simulator) Acknowledged() int64 {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	return s.queue.acked
}

// Polls counts the polls that found nothing and began to wait.
func (s *Simulator) Polls() int64 {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	return s.queue.waits
}

// Pending is how many updates wait for the bot to confirm them.
func (s *Simulator) Pending() int {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.expire()
	return len(s.queue.entries)
}

// ResetUpdateIDs gives the next update the number next, as Telegram does with
// a random number after a week without updates. The queue must be empty for
// the bot to see a plausible order.
func (s *Simulator) ResetUpdateIDs(next int64) {
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.tail, q.acked = next, next-1
}

// Idle waits until the bot has confirmed every update there is at the time of
// the call. Updates that expire count as gone.
func (s *Simulator) Idle(ctx context.Context) error {
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	last := int64(-1)
	if n := len(q.entries); n > 0 {
		last = q.entries[n-1].id
	}
	for {
		q.expire()
		if !slices.ContainsFunc(q.entries, func(e entry) bool { return e.id == last }) {
			return nil
		}
		changed := q.changed
		q.mu.Unlock()
		var err error
		select {
		case <-changed:
		case <-ctx.Done():
			err = ctx.Err()
		}
		q.mu.Lock()
		if err != nil {
			return err
		}
	}
}

// drop forgets all pending updates unconfirmed.
func (q *queue) drop() {
	q.entries = nil
	q.left()
}

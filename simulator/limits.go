package simulator

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// limits are the sending limits. Telegram publishes none exactly; these are
// what its FAQ names, with the leniency that is seen: 30 messages a second in
// all, one a second for each chat with five at once after a pause, twenty in
// any minute for a group.
type limits struct {
	all, allBurst   int
	chat, chatBurst int // a second; zero means no limit
	groupMinute     int
}

var (
	defaultLimits = limits{all: 30, allBurst: 30, chat: 1, chatBurst: 5, groupMinute: 20}
	noLimits      = limits{}
)

// limiter refuses messages and edits that come too fast. A refusal opens a
// window: until it ends every call to the same chat is refused and counted.
type limiter struct {
	limits

	mu     sync.Mutex
	total  bucket
	chats  map[int64]*bucket
	closed map[int64]time.Time // end of each chat's window; 0 is the whole bot
	early  int
}

// A bucket is a limit's state: due runs ahead of the clock by what was used.
type bucket struct {
	due    time.Time
	recent []time.Time // the last minute's, in groups
}

func newLimiter(l limits) *limiter {
	return &limiter{limits: l, chats: map[int64]*bucket{}, closed: map[int64]time.Time{}}
}

// limited tells whether a method counts as a message.
func limited(method string) bool {
	for _, verb := range []string{"send", "edit", "copy", "forward"} {
		if strings.HasPrefix(method, verb) {
			return method != "sendChatAction"
		}
	}
	return false
}

// take counts a call and refuses it if it comes too early.
func (l *limiter) take(method string, a *args) error {
	if !limited(method) {
		return nil
	}
	id := a.int("chat_id")
	now := wall()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, key := range []int64{0, id} {
		if end, ok := l.closed[key]; ok {
			if now.Before(end) {
				l.early++
				return tooMany(end.Sub(now))
			}
			delete(l.closed, key)
		}
	}
	if l.all == 0 {
		return nil
	}
	b, ok := l.chats[id]
	if !ok {
		b = &bucket{}
		l.chats[id] = b
	}
	if wait := l.total.wait(now, l.all, l.allBurst); wait > 0 {
		return l.refuse(0, now, wait)
	}
	wait := b.wait(now, l.chat, l.chatBurst)
	if id < 0 {
		wait = max(wait, b.waitMinute(now, l.groupMinute))
	}
	if wait > 0 {
		return l.refuse(id, now, wait)
	}
	l.total.use(now, l.all)
	b.use(now, l.chat)
	if id < 0 {
		b.recent = append(b.recent, now)
	}
	return nil
}

// refuse opens a window of whole seconds.
func (l *limiter) refuse(key int64, now time.Time, wait time.Duration) error {
	seconds := (wait + time.Second - 1).Truncate(time.Second)
	l.closed[key] = now.Add(seconds)
	return tooMany(seconds)
}

// open starts a window by hand, for a fault.
func (l *limiter) open(key int64, d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed[key] = wall().Add(d)
}

func tooMany(wait time.Duration) error {
	seconds := max(1, int((wait+time.Second-1)/time.Second))
	return &callError{
		code: http.StatusTooManyRequests, retryAfter: seconds,
		description: "Too Many Requests: retry after " + strconv.Itoa(seconds),
	}
}

// wait is how long a message must wait; burst messages may run ahead.
func (b *bucket) wait(now time.Time, perSecond, burst int) time.Duration {
	if b.due.Before(now) {
		return 0
	}
	step := time.Second / time.Duration(perSecond)
	return b.due.Sub(now) - time.Duration(burst-1)*step
}

func (b *bucket) use(now time.Time, perSecond int) {
	if b.due.Before(now) {
		b.due = now
	}
	b.due = b.due.Add(time.Second / time.Duration(perSecond))
}

func (b *bucket) waitMinute(now time.Time, most int) time.Duration {
	for len(b.recent) > 0 && now.Sub(b.recent[0]) >= time.Minute {
		b.recent = b.recent[1:]
	}
	if len(b.recent) < most {
		return 0
	}
	return b.recent[len(b.recent)-most].Add(time.Minute).Sub(now)
}

// EarlyCalls counts the messages and edits that came inside a retry_after
// window, whether limits or a fault opened it. A correct bot leaves it at 0.
func (s *Simulator) EarlyCalls() int {
	s.limiter.mu.Lock()
	defer s.limiter.mu.Unlock()
	return s.limiter.early
}

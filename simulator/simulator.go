// Package simulator is a Telegram on the loopback: a Bot API server for one
// bot, the people who talk to it, and a web page with their phones.
//
// The server keeps the official server's update queue and checks every request
// against a table of the Bot API, so that a bot that works here meets no
// surprise there. What the table cannot say (text that did not change, a query
// that is too old) is decided in the methods. Faults happen on demand, by
// counters and never by chance.
//
// People act through [Phone], in the program or over HTTP from the page. Their
// chats are read back as they see them with [Simulator.Chat].
//
// The package knows no bot: it imports nothing of this module.
//
// Simplifications: webhooks are accepted and never called; pictures are measured
// and not scaled, so that all sizes of a photo hold the same bytes; text is not
// trimmed; a bot in a group has privacy mode on and is no administrator.
package simulator

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options configure a [Simulator]. The zero value is of use in tests.
type Options struct {
	Token       string // default "1000000001:AAsimulated-token"
	BotUsername string // default "zoufang_bot"
	BotName     string // default "Zoufang"

	// Now replaces the time of day as the base of the clock. It must be safe for
	// concurrent use.
	Now func() time.Time
	// Start is where the clock begins; zero means the time of day.
	Start time.Time
	// Frozen stops the clock: it moves by [Simulator.Advance] and
	// [Simulator.SetNow] alone.
	Frozen bool

	// Limits switches the sending limits on; see [Simulator.EarlyCalls].
	Limits bool
	// Strict switches the official server's throttling of repeated polls on.
	Strict bool
	// Calls is how many calls the log keeps: 0 means 10,000, less means none.
	Calls int
	// Messages is how many of its newest messages a chat keeps at least; 0 means
	// all. Benchmarks that talk for long set it.
	Messages int
	// FirstUpdateID is the first update's number; 0 means 100,000,001.
	FirstUpdateID int64
	// OnAck is called for each update that a poll confirms, in order, before the
	// poll is answered. It must not call the simulator.
	OnAck func(updateID int64, update []byte)
}

// A Simulator is the server with all its people and chats. It is safe for
// concurrent use. Make one with [New].
type Simulator struct {
	opts      Options
	bot       user
	prefix    string // of Bot API paths
	downloads string // prefix of file paths
	clock     *clock
	queue     *queue
	limiter   *limiter
	faults    faults
	log       callLog
	watch     watchers
	closed    atomic.Bool // the bot logged out
	pages     http.Handler

	mu sync.Mutex // guards world; never held while waiting or writing
	world
}

// New returns a server without people.
func New(opts Options) *Simulator {
	if opts.Token == "" {
		opts.Token = "1000000001:AAsimulated-token"
	}
	if opts.BotUsername == "" {
		opts.BotUsername = "zoufang_bot"
	}
	if opts.BotName == "" {
		opts.BotName = "Zoufang"
	}
	if opts.FirstUpdateID == 0 {
		opts.FirstUpdateID = 100_000_001
	}
	if opts.Calls == 0 {
		opts.Calls = 10_000
	}
	s := &Simulator{
		opts:      opts,
		bot:       user{ID: botID(opts.Token), IsBot: true, FirstName: opts.BotName, Username: opts.BotUsername},
		prefix:    "/bot" + opts.Token + "/",
		downloads: "/file/bot" + opts.Token + "/",
		clock:     newClock(opts),
		log:       callLog{keep: opts.Calls},
		world:     newWorld(),
	}
	s.queue = newQueue(opts, s.Now)
	s.queue.waiting = s.watch.changed
	if opts.Limits {
		s.limiter = newLimiter(defaultLimits)
	} else {
		s.limiter = newLimiter(noLimits)
	}
	s.pages = s.newPages()
	return s
}

// Token is the bot's token.
func (s *Simulator) Token() string { return s.opts.Token }

// botID is the number a token begins with.
func botID(token string) int64 {
	var id int64
	for _, r := range token {
		if r < '0' || r > '9' {
			break
		}
		id = id*10 + int64(r-'0')
	}
	return max(id, 1)
}

// ServeHTTP serves the Bot API under /bot<token>/, files under
// /file/bot<token>/, and the page with its own API everywhere else.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	switch {
	case strings.HasPrefix(path, s.prefix):
		s.serveCall(w, r, path[len(s.prefix):])
	case strings.HasPrefix(path, s.downloads):
		s.serveFile(w, r, path[len(s.downloads):])
	case strings.HasPrefix(path, "/bot"), strings.HasPrefix(path, "/file/bot"):
		writeAnswer(w, nil, &callError{code: http.StatusUnauthorized, description: "Unauthorized"})
	default:
		s.pages.ServeHTTP(w, r)
	}
}

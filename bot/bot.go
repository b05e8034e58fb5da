// Package bot is Telegram, in and out.
//
// Three ideas carry it. Updates are asked for by a loop of our own ([Bot.Poll]),
// which confirms a batch only after whoever handles it has saved it: what was
// not saved is delivered again. What is to be said stands in an outbox, and one
// sender ([Bot.Send]) empties it under Telegram's limits: a letter is crossed
// off after it was delivered, so that none is lost and a crash repeats at most
// what was on its way. And Telegram's words end here: inside the program there
// are only [dialog.Input] and [dialog.Letter].
//
// Papers and files take long, so a chat has a queue of its own for them, beside
// the one for the conversation. They pass through memory alone: neither a disk nor
// the log sees them.
//
// The types of the wire come from the library. Calls go out as small bodies of
// known length, because the library's streamed bodies cannot be repeated when a
// kept connection turns out to be closed, and cost half the time of a turn.
//
// The package does not know what is said, to whom, or where it is kept. The
// token appears in no error and in no log.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-telegram/bot/models"

	"zoufang/casework"
	"zoufang/dialog"
)

// Telegram's own server, and the longest it lets a poll wait.
const (
	defaultAPI  = "https://api.telegram.org"
	longestPoll = 50 * time.Second
)

// ErrUnauthorized is returned when Telegram does not know the token. Trying
// again is of no use.
var ErrUnauthorized = errors.New("telegram does not accept the token: ask @BotFather for it " +
	"(/mybots, then API Token) and put it into the token file")

// ErrWebhook is returned by [Bot.Hello] when a webhook takes the updates.
var ErrWebhook = errors.New("a webhook is set for this bot, so updates cannot be asked for: " +
	"if no other program needs it, set telegram.take_over: true once")

// Config says which bot this is and how to reach Telegram.
type Config struct {
	// Token is what @BotFather gave; space around it is dropped.
	Token string
	// APIURL is the Bot API server; empty means Telegram's own.
	APIURL string
	// Log receives what an operator should know; nil drops it.
	Log *slog.Logger
	// Now gives the time that inputs are stamped with and that
	// [dialog.Letter.NotBefore] goes by; nil means the time of day. It may be
	// moved, see [Bot.Wake]. Retries and limits go by real time in any case.
	Now func() time.Time
	// PollTimeout is how long a poll waits for news: 1 to 50 s, in whole
	// seconds; zero means 50 s.
	PollTimeout time.Duration
	// TakeOver lets [Bot.Hello] remove a webhook.
	TakeOver bool
	// Draw makes a PNG or JPEG of a picture letter's chart, at delivery and
	// several at once. If it is nil or fails, the letter's text goes out as a
	// plain message.
	Draw func(dialog.Chart) ([]byte, error)
	// Paper makes the file of an export, at delivery and one at a time. It may tell
	// how many rows are done, from any goroutine, and must give up when ctx ends. Its
	// error goes into the log and must quote no record; the asker learns only that it
	// failed, as if Paper were nil.
	Paper func(ctx context.Context, id casework.ExportID, progress func(rows int)) (Paper, error)
	// Read makes sense of a file that was fetched, one at a time. A file that makes
	// none is no error but a [dialog.Reading.Fault]. Its error must quote nothing of
	// the file; the sender learns only that it cannot be read, as if Read were nil.
	Read func(ctx context.Context, e dialog.Errand, data []byte) (dialog.Reading, error)
	// Hold is asked about a bulk letter that is about to be delivered: true
	// keeps it and the bulk letters behind it in its chat in the outbox, for
	// another minute or until the clock is moved; letters that people wait for
	// pass them. The time is that of Now. It is asked often and must answer
	// fast. Nil holds nothing.
	Hold   func(dialog.Letter, time.Time) bool
	Limits Limits
	// HTTPClient replaces the way to the server; redirects are never
	// followed. Nil means a client of its own that honours the proxy
	// variables of the environment.
	HTTPClient *http.Client
}

// Paper is the file of an export.
type Paper struct {
	Name   string // with its ending, as the receiver sees it
	Data   []byte
	Rows   int
	SHA256 string // of the cells, see [casework.Export]
}

// Bot speaks with one Bot API server for one bot. Make it with [New]. Its
// methods are safe for concurrent use, but only one [Bot.Poll] and one
// [Bot.Send] may run at a time.
type Bot struct {
	base        string // ends with the token and a slash
	files       string // the same for downloads
	secret      string // the part of the token that must not be seen
	calls       *http.Client
	polls       *http.Client
	log         *slog.Logger
	now         func() time.Time
	pollTimeout time.Duration
	takeOver    bool
	draw        func(dialog.Chart) ([]byte, error)
	paper       func(context.Context, casework.ExportID, func(int)) (Paper, error)
	reader      func(context.Context, dialog.Errand, []byte) (dialog.Reading, error)
	hold        func(dialog.Letter, time.Time) bool
	limits      Limits
	wake        chan struct{}
	username    atomic.Pointer[string]
	polled      atomic.Pointer[time.Time]
}

// New checks the configuration and returns a Bot. It does not touch the
// network: [Bot.Hello] does.
func New(c Config) (*Bot, error) {
	token := strings.TrimSpace(c.Token)
	if !regexp.MustCompile(`^\d{5,}:[A-Za-z0-9_-]{30,}$`).MatchString(token) {
		return nil, errors.New("bot token: it does not look like one of @BotFather's " +
			"(digits, a colon, at least 30 letters and digits)")
	}
	_, secret, _ := strings.Cut(token, ":")
	api, err := checkAPI(c.APIURL)
	if err != nil {
		return nil, fmt.Errorf("telegram api url: %w", err)
	}
	if c.PollTimeout < 0 || c.PollTimeout > longestPoll {
		return nil, fmt.Errorf("poll timeout %v: it must be between 1s and %v", c.PollTimeout, longestPoll)
	}
	if c.PollTimeout == 0 {
		c.PollTimeout = longestPoll
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	b := &Bot{
		base:        api + "/bot" + token + "/",
		files:       api + "/file/bot" + token + "/",
		secret:      secret,
		log:         c.Log,
		now:         c.Now,
		pollTimeout: max(c.PollTimeout.Truncate(time.Second), time.Second),
		takeOver:    c.TakeOver,
		draw:        c.Draw,
		paper:       c.Paper,
		reader:      c.Read,
		hold:        c.Hold,
		limits:      c.Limits.filled(),
		wake:        make(chan struct{}, 1),
	}
	b.calls, b.polls = clients(c.HTTPClient, b.pollTimeout)
	return b, nil
}

// checkAPI returns the address of the server without a slash at the end. The
// errors do not repeat the address: a token may have been pasted into it.
func checkAPI(s string) (string, error) {
	if s == "" {
		return defaultAPI, nil
	}
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return "", errors.New("it is not an address such as " + defaultAPI)
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return "", errors.New("it must begin with http:// or https:// and name a host")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", errors.New("it must have no user name, question mark or number sign")
	}
	return strings.TrimRight(u.Scheme+"://"+u.Host+u.EscapedPath(), "/"), nil
}

// Hello asks Telegram who the bot is and returns its username. While Telegram
// cannot be reached it tries again until ctx ends. It fails at once with
// [ErrUnauthorized], and with [ErrWebhook] unless [Config.TakeOver] is set.
// Call it before [Bot.Poll]: without the username, commands such as
// "/help@this_bot" are not understood.
func (b *Bot) Hello(ctx context.Context) (string, error) {
	var me models.User
	if err := b.insist(ctx, "getMe", nil, &me); err != nil {
		return "", fmt.Errorf("greet telegram: %w", err)
	}
	b.username.Store(&me.Username)
	var hook struct {
		URL string `json:"url"`
	}
	if err := b.insist(ctx, "getWebhookInfo", nil, &hook); err != nil {
		return "", fmt.Errorf("look for a webhook: %w", err)
	}
	if hook.URL == "" {
		return me.Username, nil
	}
	if !b.takeOver {
		return "", ErrWebhook
	}
	keep := map[string]any{"drop_pending_updates": false}
	if err := b.insist(ctx, "deleteWebhook", keep, nil); err != nil {
		return "", fmt.Errorf("remove the webhook: %w", err)
	}
	b.log.WarnContext(ctx, "the webhook of this bot was removed")
	return me.Username, nil
}

// insist calls a method until it is answered: only faults of the way and of the
// server are tried again.
func (b *Bot) insist(ctx context.Context, method string, params, result any) error {
	var retry backoff
	for {
		err := b.call(ctx, method, params, result)
		if err == nil || ctx.Err() != nil {
			return err
		}
		if errors.Is(err, ErrUnauthorized) {
			return ErrUnauthorized // its text says what to do
		}
		wait, transient := retry.after(err)
		if !transient {
			return err
		}
		b.log.WarnContext(ctx, "telegram does not answer; trying again", "method", method, "wait", wait, "err", err)
		if err := sleep(ctx, wait); err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
	}
}

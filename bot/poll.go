package bot

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"zoufang/dialog"
)

const (
	batchCap = 100
	// pollGap is the shortest time between two polls that bring nothing new.
	pollGap = 500 * time.Millisecond
	// conflictWait follows a conflict with another program that polls.
	conflictWait = 3 * time.Second
	// confirmTime is what a clean stop may spend on confirming the last batch.
	confirmTime = 2 * time.Second
)

// allowedUpdates are always sent along: left out, the server keeps what another
// program asked for.
const allowedUpdates = `["message","edited_message","callback_query","my_chat_member"]`

// Poll asks for updates and hands each batch, of at most 100, to handle, until
// ctx ends; then it returns nil. A batch is confirmed by the poll that follows,
// and only if handle returned nil; otherwise the same updates are asked for
// again, after a while. So handle must save before it returns, and must know
// repeats by [dialog.Input.Cause]: after a crash, updates come again.
//
// An update that cannot be decoded is an input too, [dialog.Garbled], and holds
// nothing up. Faults of the way and of the server are waited out and logged.
// Only a refused token ends the loop, with [ErrUnauthorized].
func (b *Bot) Poll(ctx context.Context, handle func(context.Context, []dialog.Input) error) error {
	p := &poller{bot: b, handle: handle}
	for ctx.Err() == nil {
		wait, err := p.round(ctx)
		if err != nil {
			return err
		}
		if wait > 0 {
			// The error is that of ctx, which the loop looks at.
			_ = sleep(ctx, wait)
		}
	}
	p.confirm(ctx)
	return nil
}

// Polled is when Telegram last answered a poll of [Bot.Poll], by [Config.Now];
// zero if it has not yet. Telegram forgets what nobody asks for within a day.
func (b *Bot) Polled() time.Time {
	if t := b.polled.Load(); t != nil {
		return *t
	}
	return time.Time{}
}

// poller is the state of one [Bot.Poll].
type poller struct {
	bot    *Bot
	handle func(context.Context, []dialog.Input) error
	// offset is what the next poll asks from; sent is what the last poll that
	// was answered asked from. Neither is ever stored: a start asks from zero.
	offset, sent int64
	retry        backoff
	conflicts    []time.Time // of the last minute
	alarmed      time.Time
}

// round polls once and handles what comes. It returns how long to wait before
// the next round; an error ends the loop.
func (p *poller) round(ctx context.Context) (time.Duration, error) {
	began, asked := time.Now(), p.offset
	raws, err := p.ask(ctx, batchCap, p.bot.pollTimeout)
	switch {
	case ctx.Err() != nil && err != nil:
		return 0, nil //nolint:nilerr // torn off because the loop is to end, which is no fault
	case err != nil:
		return p.fault(ctx, err)
	}
	p.sent = asked
	answered := p.bot.now()
	p.bot.polled.Store(&answered)
	if len(raws) > 0 {
		batch, next, ok := p.batch(raws)
		if !ok {
			return p.fault(ctx, errors.New("getUpdates: no update has a number"))
		}
		if err := p.handle(ctx, batch); err != nil {
			wait := p.retry.next()
			p.bot.log.ErrorContext(ctx, "updates are not saved; they will be asked for again",
				"updates", len(batch), "wait", wait, "err", err)
			return wait, nil
		}
		p.offset = next
	}
	p.retry.reset()
	if p.offset == asked {
		// Nothing new, at once: a server that does not wait must not be
		// asked in a circle.
		return max(pollGap-time.Since(began), 0), nil
	}
	return 0, nil
}

// batch makes inputs of updates, and the offset that confirms them.
func (p *poller) batch(raws []json.RawMessage) (batch []dialog.Input, next int64, ok bool) {
	var username string
	if name := p.bot.username.Load(); name != nil {
		username = *name
	}
	now := p.bot.now()
	for _, raw := range raws[:min(len(raws), batchCap)] {
		in := input(raw, username, now)
		if in.Kind == dialog.Pressed {
			in.Nonce = nonce()
		}
		batch = append(batch, in)
		if id, has := updateID(raw); has {
			next, ok = id+1, true
		}
	}
	return batch, next, ok
}

// nonce is fresh randomness, see [dialog.Input].
func nonce() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // it never fails
	return hex.EncodeToString(b[:])
}

// ask sends one getUpdates.
func (p *poller) ask(ctx context.Context, limit int, timeout time.Duration) ([]json.RawMessage, error) {
	form := url.Values{"allowed_updates": {allowedUpdates}}
	form.Set("limit", strconv.Itoa(limit))
	form.Set("timeout", strconv.Itoa(int(timeout/time.Second)))
	if p.offset != 0 {
		form.Set("offset", strconv.FormatInt(p.offset, 10))
	}
	ctx, cancel := context.WithTimeout(ctx, timeout+pollSlack)
	defer cancel()
	var raws []json.RawMessage
	err := p.bot.post(ctx, p.bot.polls, request{
		method: "getUpdates", kind: "application/x-www-form-urlencoded", body: []byte(form.Encode()),
	}, &raws)
	return raws, err
}

// fault decides what follows from a poll that failed.
func (p *poller) fault(ctx context.Context, err error) (time.Duration, error) {
	if errors.Is(err, ErrUnauthorized) {
		return 0, fmt.Errorf("ask for updates: %w", ErrUnauthorized)
	}
	if no, ok := errors.AsType[*apiError](err); ok && no.code == http.StatusConflict {
		return p.conflict(ctx, err), nil
	}
	wait, transient := p.retry.after(err)
	if !transient {
		wait = p.retry.next()
	}
	p.bot.log.WarnContext(ctx, "no updates; asking again", "wait", wait, "err", err)
	return wait, nil
}

// conflict notes that somebody else polls with our token, or has set a webhook.
// They may take and confirm what people wrote to us, so a person must know.
func (p *poller) conflict(ctx context.Context, err error) time.Duration {
	now := time.Now()
	recent := p.conflicts[:0]
	for _, t := range p.conflicts {
		if now.Sub(t) < time.Minute {
			recent = append(recent, t)
		}
	}
	p.conflicts = append(recent, now)
	wait := spread(conflictWait * time.Duration(min(len(p.conflicts), 4)))
	if len(p.conflicts) >= 3 && (p.alarmed.IsZero() || now.Sub(p.alarmed) >= time.Hour) {
		p.alarmed = now
		p.bot.log.ErrorContext(ctx, "another program takes this bot's updates: what people send may be lost; stop it",
			"conflicts", len(p.conflicts), "err", err)
	} else {
		p.bot.log.WarnContext(ctx, "conflict over updates; asking again", "wait", wait, "err", err)
	}
	return wait
}

// confirm tells Telegram of the last batch at a clean stop, so that it does not
// come again. If that fails, it comes again, and is known as a repeat.
func (p *poller) confirm(ctx context.Context) {
	if p.offset == p.sent {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), confirmTime)
	defer cancel()
	if _, err := p.ask(ctx, 1, 0); err != nil {
		p.bot.log.InfoContext(ctx, "the last updates are not confirmed; they will come again", "err", err)
	}
}

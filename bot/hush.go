package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"zoufang/dialog"
)

// everyChat stands for all chats; no chat has this number.
const everyChat dialog.ChatID = 0

// hush remembers until when Telegram asked to leave chats alone. A chat has two
// queues, and a paper has calls beside them: all of them must know. The zero value
// is ready, and it is safe for concurrent use.
type hush struct {
	mu    sync.Mutex
	until map[dialog.ChatID]time.Time
}

// note makes the chat's silence last at least until t.
func (h *hush) note(chat dialog.ChatID, t time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.until == nil {
		h.until = map[dialog.ChatID]time.Time{}
	}
	if t.After(h.until[chat]) {
		h.until[chat] = t
	}
}

// wait is how long the chat is still to be left alone.
func (h *hush) wait(chat dialog.ChatID, now time.Time) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c, t := range h.until {
		if !t.After(now) {
			delete(h.until, c)
		}
	}
	t := h.until[chat]
	if all := h.until[everyChat]; all.After(t) {
		t = all
	}
	return max(t.Sub(now), 0)
}

// patience is how long a delivery waits by itself for the end of a silence.
const patience = time.Minute

// hushed waits until the chat may be called, or fails as if Telegram had asked to
// wait once more.
func (d *delivery) hushed(ctx context.Context) error {
	for {
		wait := d.hush.wait(d.letter.Chat, time.Now())
		switch {
		case wait == 0:
			return nil
		case wait > patience:
			return &apiError{
				method: string(d.letter.Kind), code: http.StatusTooManyRequests,
				description: "asked to wait before", retryAfter: wait,
			}
		}
		if err := sleep(ctx, wait); err != nil {
			return fmt.Errorf("wait for the chat: %w", err)
		}
	}
}

// quiet notes it if the error is Telegram's request to wait, and reports whether
// it is.
func (d *delivery) quiet(err error, retry *backoff) bool {
	no, ok := errors.AsType[*apiError](err)
	if !ok || no.code != http.StatusTooManyRequests {
		return false
	}
	d.hush.note(d.letter.Chat, time.Now().Add(pause(no, retry)))
	return true
}

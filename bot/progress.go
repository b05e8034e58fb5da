package bot

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"zoufang/dialog"
)

// When a chat sees that a paper is in the making. Telegram shows an action for
// five seconds.
const (
	actionEvery   = 4 * time.Second
	progressAfter = 2 * time.Second
	progressEvery = 3 * time.Second
	asideTimeout  = 10 * time.Second // of a call that only informs
	clearTries    = 3
	clearTime     = 2 * time.Second // at a stop
)

// progress shows in the chat that a paper is in the making: by an action that is
// kept alive, and after a while by a message of its own with the rows done so far.
// It needs no words, as it knows nobody's language.
type progress struct {
	rows    atomic.Int64
	stop    chan struct{}
	running sync.WaitGroup
	// The rest belongs to the goroutine while it runs.
	message dialog.MessageID // zero: there is none
	text    string           // that it shows
	mute    bool             // nothing more is shown
}

// follow starts to show progress. Call [progress.halt] and then [delivery.clear].
func (d *delivery) follow(ctx context.Context) *progress {
	p := &progress{stop: make(chan struct{})}
	p.running.Go(func() { d.keepAlive(ctx, p) })
	return p
}

// halt ends it, but for the message.
func (p *progress) halt() {
	close(p.stop)
	p.running.Wait()
}

func (d *delivery) keepAlive(ctx context.Context, p *progress) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	begun := time.Now()
	acted, shown := begun, time.Time{}
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.stop:
			return
		case <-tick.C:
		}
		now := time.Now()
		if d.hush.wait(d.letter.Chat, now) > 0 {
			continue
		}
		if now.Sub(acted) >= actionEvery {
			acted = now
			d.quiet(d.act(ctx), &backoff{})
		}
		if now.Sub(begun) >= progressAfter && now.Sub(shown) >= progressEvery && !p.mute {
			shown = now
			d.showProgress(ctx, p)
		}
	}
}

// act shows that a file is on its way.
func (d *delivery) act(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, asideTimeout)
	defer cancel()
	return d.bot.call(ctx, "sendChatAction", &tg.SendChatActionParams{
		ChatID: d.letter.Chat, Action: models.ChatActionUploadDocument,
	}, nil)
}

func (d *delivery) showProgress(ctx context.Context, p *progress) {
	text := "⏳"
	if n := p.rows.Load(); n > 0 {
		text += " " + strconv.FormatInt(n, 10)
	}
	if text == p.text {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, asideTimeout)
	defer cancel()
	var err error
	if p.message == 0 {
		var m messageRef
		err = d.bot.call(ctx, "sendMessage", &tg.SendMessageParams{
			ChatID: d.letter.Chat, Text: text, DisableNotification: true,
		}, &m)
		p.message = dialog.MessageID(m.ID)
	} else {
		err = d.bot.call(ctx, "editMessageText", &tg.EditMessageTextParams{
			ChatID: d.letter.Chat, MessageID: int(p.message), Text: text,
		}, nil)
	}
	switch {
	case err == nil:
		p.text = text
	case !d.quiet(err, &backoff{}):
		p.mute = true // it may be there without our knowing its number; one is enough
	}
}

// clear takes the message away again, a stop notwithstanding. Halt it before.
func (d *delivery) clear(ctx context.Context, p *progress) {
	if p.message == 0 {
		return
	}
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), clearTime)
		defer cancel()
	}
	var retry backoff
	for range clearTries {
		err := d.hushed(ctx)
		if err == nil {
			err = d.remove(ctx, p.message)
		}
		if err == nil {
			return
		}
		if !d.quiet(err, &retry) && sleep(ctx, retry.next()) != nil {
			break
		}
	}
	d.bot.log.WarnContext(ctx, "a message of progress stays in the chat", "letter", d.letter.ID, "chat", d.letter.Chat)
}

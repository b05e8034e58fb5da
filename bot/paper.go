package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

// uploadLimit is the largest file that Telegram takes, less what stands around it.
const uploadLimit = 50<<20 - 64<<10

// onceTries is how often a paper is tried that must not arrive twice, as long as
// it is certain that it did not arrive.
const onceTries = 5

var errNoPaper = errors.New("no way to make papers is configured")

// paper makes the file of an export, sends it, and reports what came of it.
func (d *delivery) paper(ctx context.Context) error {
	// The first action comes before the work: if nothing gets to the chat, the
	// paper need not be made.
	if err := d.act(ctx); err != nil {
		out, err := concluded(dialog.Delivery{Export: d.letter.Export}, err)
		if _, bad := isBad(err); !bad {
			return d.told(ctx, out, err)
		}
	}
	p := d.follow(ctx)
	out, err := d.issue(ctx, p)
	p.halt()
	err = d.told(ctx, out, err)
	d.clear(ctx, p)
	return err
}

// told reports what came of the paper. Without a status nothing has come of it yet:
// the letter is to be tried again.
func (d *delivery) told(ctx context.Context, out dialog.Delivery, err error) error {
	if out.Status == "" {
		return err
	}
	if e := d.announce(ctx, d.delivered("paper:%d", out)); e != nil {
		return e
	}
	return err
}

// delivered is the input that tells of a paper.
func (d *delivery) delivered(cause string, out dialog.Delivery) dialog.Input {
	in := d.news(dialog.Delivered, cause)
	in.Delivery = &out
	return in
}

// news is an input about the letter.
func (d *delivery) news(kind dialog.InputKind, cause string) dialog.Input {
	chat := d.letter.Chat
	in := dialog.Input{
		Kind: kind, Cause: fmt.Sprintf(cause, d.letter.ID), Reached: d.bot.now(),
		Chat: chat, ChatKind: dialog.PrivateChat, User: casework.UserID(chat),
	}
	if chat < 0 {
		in.ChatKind, in.User = dialog.GroupChat, 0
	}
	return in
}

// announce reports until it is saved, because what was done cannot be done again
// without a second file in the chat. A stop does not keep it from a last try.
func (d *delivery) announce(ctx context.Context, in dialog.Input) error {
	var retry backoff
	for {
		err := d.report(context.WithoutCancel(ctx), in)
		if err == nil {
			d.bot.Wake() // what follows from it may have to be said
			return nil
		}
		err = fmt.Errorf("report %s: %w", in.Kind, err)
		wait := retry.next()
		d.bot.log.ErrorContext(ctx, "what came of a letter cannot be saved; trying again", "letter", d.letter.ID, "wait", wait, "err", err)
		if sleep(ctx, wait) != nil {
			return err
		}
	}
}

// issue makes the paper and sends it. Papers are large, so there is one at a time.
func (d *delivery) issue(ctx context.Context, p *progress) (dialog.Delivery, error) {
	out := dialog.Delivery{Export: d.letter.Export}
	select {
	case d.press <- struct{}{}:
	case <-ctx.Done():
		return out, fmt.Errorf("wait for the press: %w", ctx.Err())
	}
	defer func() { <-d.press }()
	made, err := d.make(ctx, p)
	if ctx.Err() != nil {
		return out, fmt.Errorf("make a paper: %w", ctx.Err())
	}
	out.Rows, out.SHA256, out.Size = made.Rows, made.SHA256, int64(len(made.Data))
	switch {
	case err != nil:
		d.bot.log.ErrorContext(ctx, "a paper cannot be made", "letter", d.letter.ID, "export", d.letter.Export, "err", err)
		out.Status = casework.ExportFailed
		return out, nil
	case len(made.Data) > uploadLimit:
		out.Status, out.TooLarge = casework.ExportFailed, true
		return out, nil
	case d.letter.Once:
		return d.sendOnce(ctx, made, out)
	}
	if err := d.hushed(ctx); err != nil {
		return out, err
	}
	m, err := d.document(ctx, made)
	out.Message = m
	return concluded(out, err)
}

// make makes the paper. One that makes the press panic would otherwise end the
// program at each start.
func (d *delivery) make(ctx context.Context, p *progress) (made Paper, err error) {
	if d.bot.paper == nil {
		return Paper{}, errNoPaper
	}
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %T", v) // its value may hold a record
		}
	}()
	return d.bot.paper(ctx, d.letter.Export, func(rows int) { p.rows.Store(int64(rows)) })
}

// concluded says what came of a paper that was sent. If it is to be tried again
// there is no status; the error is what the letter is judged by.
func concluded(out dialog.Delivery, err error) (dialog.Delivery, error) {
	no, answered := errors.AsType[*apiError](err)
	switch {
	case err == nil:
		out.Status = casework.ExportDone
	case !answered, no.code == http.StatusTooManyRequests, no.code >= http.StatusInternalServerError,
		no.newChat != 0, errors.Is(err, ErrUnauthorized):
		return out, err
	case no.code == http.StatusRequestEntityTooLarge:
		out.Status, out.TooLarge = casework.ExportFailed, true
		return out, nil
	default:
		out.Status = casework.ExportFailed
	}
	return out, err
}

// sendOnce sends a paper that is to be given up rather than sent twice. Before it
// goes, it is reported as uncertain and its letter is crossed off: whatever
// happens then, nobody sends it again.
func (d *delivery) sendOnce(ctx context.Context, made Paper, out dialog.Delivery) (dialog.Delivery, error) {
	doubt := out
	doubt.Status = casework.ExportUncertain
	if err := d.announce(ctx, d.delivered("paper:%d:try", doubt)); err != nil {
		return out, err
	}
	if err := d.box.Settle([]dialog.Receipt{{Letter: d.letter.ID}}); err != nil {
		return out, fmt.Errorf("cross off a letter before it is sent: %w", err)
	}
	out.Status = casework.ExportFailed
	var retry backoff
	var err error
	for range onceTries {
		if err = d.hushed(ctx); err != nil {
			break // the chat is to be left alone for long, or the program stops
		}
		var m dialog.MessageID
		m, err = d.document(ctx, made)
		way, lost := errors.AsType[*wayError](err)
		switch {
		case d.quiet(err, &retry):
		case lost && way.unsent:
			d.hush.note(d.letter.Chat, time.Now().Add(retry.next())) // as good as a request to wait
		case lost || serverFault(err):
			d.bot.log.WarnContext(ctx, "it is not known whether a paper arrived; it is not sent again", "letter", d.letter.ID, "err", err)
			return doubt, nil
		default:
			end, err := concluded(out, err)
			end.Message = m
			if no, ok := errors.AsType[*apiError](err); ok && no.newChat != 0 {
				err = nil // it would be sent there, after it is reported as failed
			}
			return end, err
		}
	}
	d.bot.log.ErrorContext(ctx, "a paper is given up", "letter", d.letter.ID, "err", err)
	return out, nil //nolint:nilerr // that it failed is the outcome
}

func serverFault(err error) bool {
	no, ok := errors.AsType[*apiError](err)
	return ok && no.code >= http.StatusInternalServerError
}

// document uploads a paper and returns the message that shows it, which is zero if
// Telegram's answer does not say.
func (d *delivery) document(ctx context.Context, made Paper) (dialog.MessageID, error) {
	if units(d.letter.Text) > captionLimit {
		d.letter.Text, d.letter.Entities = shorten(d.letter.Text, captionLimit), nil
	}
	var m messageRef
	err := d.plainly(ctx, func(ctx context.Context) error {
		return d.bot.upload(ctx, upload{
			method: "sendDocument", fields: d.captioned(), field: "document", name: made.Name, data: made.Data, once: d.letter.Once,
		}, &m)
	})
	if errors.Is(err, errResult) {
		err = nil // sent, though we do not know its number
	}
	return dialog.MessageID(m.ID), err
}

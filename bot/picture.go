package bot

import (
	"context"
	"errors"
	"fmt"
)

// drawsAtOnce bounds how many charts are drawn at a time: drawing is work for
// the processor, and people wait for answers meanwhile.
const drawsAtOnce = 2

// errNoDraw says that there is nobody to draw a chart.
var errNoDraw = errors.New("no way to draw is configured")

// picture sends a chart with the text as its caption. If that cannot be, the
// text goes out alone.
func (d *delivery) picture(ctx context.Context) error {
	drawn, err := d.drawn(ctx)
	if err == nil {
		err = d.plainly(ctx, func(ctx context.Context) error { return d.photo(ctx, drawn) })
		if _, bad := isBad(err); !bad {
			return err
		}
	}
	if ctx.Err() != nil {
		return err
	}
	if d.letter.Text == "" {
		return fmt.Errorf("%w: %w", errUnfit, err)
	}
	d.bot.log.ErrorContext(ctx, "a picture goes out as words", "letter", d.letter.ID, "chat", d.letter.Chat, "err", err)
	return d.show(ctx)
}

// drawn is the letter's chart as a picture. A chart that makes the drawing panic
// would otherwise end the program at each start.
func (d *delivery) drawn(ctx context.Context) (picture []byte, err error) {
	switch n := units(d.letter.Text); {
	case d.bot.draw == nil:
		return nil, errNoDraw
	case d.letter.Chart == nil:
		return nil, errors.New("the letter has no chart")
	case n > captionLimit:
		return nil, fmt.Errorf("a caption of %d units is too long", n)
	}
	select {
	case d.drawing <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() {
		<-d.drawing
		if p := recover(); p != nil {
			err = fmt.Errorf("draw a chart: panic: %v", p)
		}
	}()
	if picture, err = d.bot.draw(*d.letter.Chart); err != nil {
		return nil, fmt.Errorf("draw a chart: %w", err)
	}
	return picture, nil
}

// photo uploads a picture.
func (d *delivery) photo(ctx context.Context, picture []byte) error {
	err := d.bot.upload(ctx, upload{
		method: "sendPhoto", fields: d.captioned(), field: "photo", name: "photo", data: picture,
	}, &messageRef{})
	if errors.Is(err, errResult) {
		return nil // sent; nobody asks for its number
	}
	return err
}

// captioned are the fields of a file with the letter's text below it.
func (d *delivery) captioned() map[string]any {
	l := &d.letter
	fields := map[string]any{"chat_id": l.Chat}
	if l.Text != "" {
		fields["caption"] = l.Text
	}
	if len(l.Entities) > 0 {
		fields["caption_entities"] = entities(l.Entities)
	}
	if l.Silent {
		fields["disable_notification"] = true
	}
	if l.Protect {
		fields["protect_content"] = true
	}
	if l.ReplyTo != 0 {
		fields["reply_parameters"] = replyTo(l.ReplyTo)
	}
	return fields
}

package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"zoufang/casework"
	"zoufang/dialog"
)

// staleAfter is how old a letter may be before it is read again from the outbox:
// meanwhile a newer one may have taken its place.
const staleAfter = 100 * time.Millisecond

// Telegram's limits, in UTF-16 units.
const (
	textLimit    = 4096
	captionLimit = 1024
)

// job is what the one who delivers a letter gets to know.
type job struct {
	letter  dialog.Letter
	step    int  // parts delivered already
	reread  bool // it waited; see whether it still stands
	message dialog.MessageID
	known   bool // message shows the letter's card
}

// errUnfit is a letter that Telegram would never take.
var errUnfit = errors.New("the letter breaks telegram's rules")

// deliver delivers one letter, or finds out why not.
func (s *sender) deliver(ctx context.Context, j job) result {
	if j.reread {
		page, err := s.box.Pending(j.letter.ID-1, 1)
		if err != nil {
			return result{letter: j.letter.ID, verdict: failed, step: j.step, err: fmt.Errorf("read the outbox: %w", err)}
		}
		if len(page) == 0 || page[0].ID != j.letter.ID {
			return result{letter: j.letter.ID, verdict: vanished}
		}
		was := j.letter
		j.letter = page[0]
		// The outbox need not know yet that the group moved, nor which
		// letters of the card this one took the place of.
		j.letter.Chat, j.letter.Edit = was.Chat, was.Edit && j.letter.Edit
	}
	d := delivery{sender: s, job: j}
	err := d.perform(ctx)
	r := result{letter: j.letter.ID, step: d.step, receipt: dialog.Receipt{Letter: j.letter.ID}}
	if j.letter.Kind == dialog.Show && j.letter.Card != 0 && d.message != 0 {
		r.receipt.Card, r.receipt.Message = j.letter.Card, d.message
	}
	return s.judge(ctx, j.letter, r, err)
}

// delivery is one letter under way.
type delivery struct {
	*sender
	job
}

// perform does what the letter asks. Afterwards message is the one that shows
// the letter's card.
func (d *delivery) perform(ctx context.Context) error {
	l := &d.letter
	switch l.Kind {
	case dialog.Show:
		return d.show(ctx)
	case dialog.React:
		return d.react(ctx)
	case dialog.Erase:
		return d.erase(ctx)
	case dialog.Unbutton:
		return d.unbutton(ctx)
	case dialog.Menu:
		return d.menu(ctx)
	case dialog.Resend:
		return d.resend(ctx)
	case dialog.Withdraw:
		return d.withdraw(ctx)
	case dialog.Picture:
		return d.picture(ctx)
	case dialog.Paper:
		return d.paper(ctx)
	case dialog.Fetch:
		return d.fetch(ctx)
	case dialog.Leave:
		return d.bot.call(ctx, "leaveChat", &tg.LeaveChatParams{ChatID: l.Chat}, nil)
	}
	return fmt.Errorf("%w: unknown kind %q", errUnfit, l.Kind)
}

// locate finds the message that shows the letter's card.
func (d *delivery) locate() error {
	if d.known || d.letter.Card == 0 {
		return nil
	}
	m, ok, err := d.box.Posted(d.letter.Card)
	if err != nil {
		return fmt.Errorf("find the message of a card: %w", err)
	}
	d.message, d.known = m, ok
	return nil
}

func (d *delivery) show(ctx context.Context) error {
	l := &d.letter
	if n := units(l.Text); n > textLimit || strings.TrimSpace(l.Text) == "" {
		return fmt.Errorf("%w: a text of %d units", errUnfit, n)
	}
	if l.Edit {
		if err := d.locate(); err != nil {
			return err
		}
		if d.known {
			err := d.plainly(ctx, d.edit)
			if no, bad := isBad(err); !bad || !gone(no) {
				return err
			}
		}
	}
	older := d.message
	if l.Edit { // it cannot be changed any more
		older = 0
	}
	d.message, d.known = 0, false
	if err := d.plainly(ctx, d.send); err != nil || older == 0 {
		return err
	}
	strip := *d
	strip.message, strip.known = older, true
	if err := strip.unbutton(ctx); err != nil {
		// The new message stands; a button of the old one says that it is outdated.
		d.bot.log.WarnContext(ctx, "an older message keeps its buttons", "letter", l.ID, "chat", l.Chat, "err", err)
	}
	return nil
}

// plainly tries once more without entities if Telegram refuses the letter: better
// a message without bold type than none.
func (d *delivery) plainly(ctx context.Context, try func(context.Context) error) error {
	err := try(ctx)
	no, bad := isBad(err)
	if !bad || len(d.letter.Entities) == 0 || gone(no) {
		return err
	}
	d.bot.log.ErrorContext(ctx, "a letter goes out without its formatting", "letter", d.letter.ID, "err", err)
	d.letter.Entities = nil
	return try(ctx)
}

func (d *delivery) send(ctx context.Context) error {
	l := &d.letter
	p := &tg.SendMessageParams{
		ChatID: l.Chat, Text: l.Text, Entities: entities(l.Entities), LinkPreviewOptions: noPreview(),
		DisableNotification: l.Silent, ProtectContent: l.Protect, ReplyMarkup: markup(l.Rows),
	}
	if l.ReplyTo != 0 {
		p.ReplyParameters = replyTo(l.ReplyTo)
	}
	var m messageRef
	err := d.bot.call(ctx, "sendMessage", p, &m)
	if errors.Is(err, errResult) {
		err = nil // sent, though we do not know its number
	}
	d.message = dialog.MessageID(m.ID)
	return err
}

func (d *delivery) edit(ctx context.Context) error {
	l := &d.letter
	err := d.bot.call(ctx, "editMessageText", &tg.EditMessageTextParams{
		ChatID: l.Chat, MessageID: int(d.message), Text: l.Text, Entities: entities(l.Entities),
		LinkPreviewOptions: noPreview(), ReplyMarkup: markup(l.Rows),
	}, nil)
	if no, bad := isBad(err); bad && no.says("not modified") {
		return nil // it shows that already
	}
	return err
}

func (d *delivery) unbutton(ctx context.Context) error {
	if err := d.locate(); err != nil || !d.known {
		return err
	}
	err := d.bot.call(ctx, "editMessageReplyMarkup",
		&tg.EditMessageReplyMarkupParams{ChatID: d.letter.Chat, MessageID: int(d.message)}, nil)
	if _, bad := isBad(err); bad {
		return nil // no buttons there, or no message: that is what was wanted
	}
	return err
}

func (d *delivery) react(ctx context.Context) error {
	err := d.bot.call(ctx, "setMessageReaction", &tg.SetMessageReactionParams{
		ChatID: d.letter.Chat, MessageID: int(d.letter.Message),
		Reaction: []models.ReactionType{{
			Type:              models.ReactionTypeTypeEmoji,
			ReactionTypeEmoji: &models.ReactionTypeEmoji{Emoji: d.letter.Emoji},
		}},
	}, nil)
	if _, bad := isBad(err); bad {
		d.bot.log.WarnContext(ctx, "a message gets no reaction", "letter", d.letter.ID, "chat", d.letter.Chat, "err", err)
		return nil // it may be deleted; nobody waits for it
	}
	return err
}

// erase deletes a message of the person's. It may be gone already, or too old;
// nobody waits for it.
func (d *delivery) erase(ctx context.Context) error { return d.remove(ctx, d.letter.Message) }

// withdraw deletes the message that shows a card. If none does, there is nothing
// to withdraw: a letter that is to show it goes first, see [sender.standAside].
func (d *delivery) withdraw(ctx context.Context) error {
	if err := d.locate(); err != nil || !d.known {
		return err
	}
	return d.remove(ctx, d.message)
}

func (d *delivery) remove(ctx context.Context, m dialog.MessageID) error {
	err := d.bot.call(ctx, "deleteMessage", &tg.DeleteMessageParams{ChatID: d.letter.Chat, MessageID: int(m)}, nil)
	no, bad := isBad(err)
	if !bad {
		return err
	}
	if !no.says("message to delete not found") {
		d.bot.log.WarnContext(ctx, "a message is not deleted", "letter", d.letter.ID, "chat", d.letter.Chat, "err", err)
	}
	return nil
}

func (d *delivery) menu(ctx context.Context) error {
	// The library's scopes carry their type only in its own encoding.
	p := map[string]any{"scope": map[string]any{"type": "chat", "chat_id": d.letter.Chat}}
	if len(d.letter.Commands) == 0 {
		return d.bot.call(ctx, "deleteMyCommands", p, nil)
	}
	p["commands"] = botCommands(d.letter.Commands)
	return d.bot.call(ctx, "setMyCommands", p, nil)
}

// resend sends the files part by part. Parts that were delivered are not sent
// again when a later one has to be tried again.
func (d *delivery) resend(ctx context.Context) error {
	parts := parcels(d.letter.Files)
	for ; d.step < len(parts); d.step++ {
		err := d.parcel(ctx, parts[d.step])
		if _, bad := isBad(err); bad {
			d.bot.log.ErrorContext(ctx, "files are not sent again", "letter", d.letter.ID, "files", len(parts[d.step]), "err", err)
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *delivery) parcel(ctx context.Context, files []casework.Attachment) error {
	p := map[string]any{"chat_id": d.letter.Chat}
	if d.letter.Silent {
		p["disable_notification"] = true
	}
	if d.letter.Protect {
		p["protect_content"] = true
	}
	if d.letter.ReplyTo != 0 {
		p["reply_parameters"] = replyTo(d.letter.ReplyTo)
	}
	caption := ""
	if d.step == 0 {
		caption = shorten(d.letter.Text, captionLimit)
	}
	if len(files) > 1 {
		var media []map[string]string
		for _, f := range files {
			media = append(media, map[string]string{"type": string(f.Kind), "media": f.FileID})
		}
		if caption != "" {
			media[0]["caption"] = caption
		}
		p["media"] = media
		return d.bot.call(ctx, "sendMediaGroup", p, nil)
	}
	if caption != "" {
		p["caption"] = caption
	}
	method := map[casework.AttachmentKind]string{
		casework.Photo: "sendPhoto", casework.Voice: "sendVoice", casework.Document: "sendDocument",
	}[files[0].Kind]
	if method == "" {
		return fmt.Errorf("%w: a file of kind %q", errUnfit, files[0].Kind)
	}
	p[string(files[0].Kind)] = files[0].FileID
	return d.bot.call(ctx, method, p, nil)
}

// parcels splits files into what one call can send: up to ten photos, up to ten
// documents, or one voice note.
func parcels(files []casework.Attachment) [][]casework.Attachment {
	var out [][]casework.Attachment
	for _, f := range files {
		if n := len(out) - 1; n >= 0 && out[n][0].Kind == f.Kind && f.Kind != casework.Voice && len(out[n]) < 10 {
			out[n] = append(out[n], f)
			continue
		}
		out = append(out, []casework.Attachment{f})
	}
	return out
}

// replyTo quotes a message, if it is still there.
func replyTo(m dialog.MessageID) *models.ReplyParameters {
	return &models.ReplyParameters{MessageID: int(m), AllowSendingWithoutReply: true}
}

func noPreview() *models.LinkPreviewOptions {
	off := true
	return &models.LinkPreviewOptions{IsDisabled: &off}
}

func entities(list []dialog.Entity) []models.MessageEntity {
	var out []models.MessageEntity
	for _, e := range list {
		out = append(out, models.MessageEntity{Type: models.MessageEntityType(e.Type), Offset: e.Offset, Length: e.Length})
	}
	return out
}

// markup makes buttons; without any it is nil, which takes those of an edited
// message away.
func markup(rows [][]dialog.Button) models.ReplyMarkup {
	if len(rows) == 0 {
		return nil
	}
	var m models.InlineKeyboardMarkup
	for _, row := range rows {
		var out []models.InlineKeyboardButton
		for _, b := range row {
			button := models.InlineKeyboardButton{Text: b.Text, Style: string(b.Style), CallbackData: b.Data}
			if b.Copy != "" {
				button.CallbackData, button.CopyText = "", &models.CopyTextButton{Text: b.Copy}
			}
			out = append(out, button)
		}
		m.InlineKeyboard = append(m.InlineKeyboard, out)
	}
	return &m
}

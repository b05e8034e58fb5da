package bot

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"zoufang/dialog"
)

// The bounds for answering taps.
const (
	answerTime   = 5 * time.Second
	answersAloft = 16
	toastLimit   = 200
)

// Answer answers taps, several at a time, and returns when each is answered or
// given up, after 5 s for each at most. A tap that waited too long cannot be
// answered any more; nothing is lost by that.
func (b *Bot) Answer(ctx context.Context, toasts []dialog.Toast) {
	var wg sync.WaitGroup
	aloft := make(chan struct{}, answersAloft)
	for _, t := range toasts {
		aloft <- struct{}{}
		wg.Go(func() {
			defer func() { <-aloft }()
			b.answer(ctx, t)
		})
	}
	wg.Wait()
}

func (b *Bot) answer(ctx context.Context, t dialog.Toast) {
	bounded, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	err := b.call(bounded, "answerCallbackQuery", &tg.AnswerCallbackQueryParams{
		CallbackQueryID: t.Query, Text: shorten(t.Text, toastLimit), ShowAlert: t.Alert,
	}, nil)
	no, refused := errors.AsType[*apiError](err)
	if err == nil || ctx.Err() != nil || refused && no.says("query is too old", "query id is invalid") {
		return
	}
	b.log.WarnContext(ctx, "a tap is not answered", "err", err)
}

// shorten cuts a text to a number of UTF-16 units.
func shorten(s string, limit int) string {
	n := 0
	for i, r := range s {
		if n += units(string(r)); n > limit {
			return s[:i]
		}
	}
	return s
}

// Profile is how the bot presents itself. Each map goes by language code; the
// empty one is for all other languages.
type Profile struct {
	// Commands are offered to people who have no list of their own.
	Commands map[string][]dialog.Command
	// Descriptions fill the empty chat, at most 512 characters; Abouts stand
	// on the profile page, at most 120.
	Descriptions, Abouts map[string]string
}

// Setup makes the bot present itself as the profile says. It asks first what is
// set, because Telegram answers repeated changes with long waits. What cannot
// be set is logged; faults of the way are waited out until ctx ends.
func (b *Bot) Setup(ctx context.Context, p Profile) {
	for _, lang := range slices.Sorted(maps.Keys(p.Commands)) {
		b.setCommands(ctx, lang, p.Commands[lang])
	}
	for _, lang := range slices.Sorted(maps.Keys(p.Descriptions)) {
		b.setText(ctx, "Description", "description", lang, p.Descriptions[lang])
	}
	for _, lang := range slices.Sorted(maps.Keys(p.Abouts)) {
		b.setText(ctx, "ShortDescription", "short_description", lang, p.Abouts[lang])
	}
}

func (b *Bot) setCommands(ctx context.Context, lang string, list []dialog.Command) {
	want := botCommands(list)
	var have []models.BotCommand
	if err := b.insist(ctx, "getMyCommands", &tg.GetMyCommandsParams{LanguageCode: lang}, &have); err == nil &&
		slices.Equal(have, want) {
		return
	}
	if err := b.insist(ctx, "setMyCommands", &tg.SetMyCommandsParams{Commands: want, LanguageCode: lang}, nil); err != nil && ctx.Err() == nil {
		b.log.WarnContext(ctx, "the list of commands is not set", "lang", lang, "err", err)
	}
}

// setText sets one of the texts that differ only in name.
func (b *Bot) setText(ctx context.Context, name, field, lang, text string) {
	params := map[string]string{}
	if lang != "" {
		params["language_code"] = lang
	}
	have := map[string]string{}
	if err := b.insist(ctx, "getMy"+name, params, &have); err == nil &&
		strings.TrimSpace(have[field]) == strings.TrimSpace(text) {
		return
	}
	params[field] = text
	if err := b.insist(ctx, "setMy"+name, params, nil); err != nil && ctx.Err() == nil {
		b.log.WarnContext(ctx, "a text of the profile is not set", "text", field, "lang", lang, "err", err)
	}
}

func botCommands(list []dialog.Command) []models.BotCommand {
	out := make([]models.BotCommand, 0, len(list))
	for _, c := range list {
		out = append(out, models.BotCommand{Command: c.Name, Description: c.About})
	}
	return out
}

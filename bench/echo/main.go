// Command echo is the floor: a bot without rules and without a store, written as
// the manual of its library advises, with a transport that keeps enough
// connections. It repeats what was said, and counts up at each tap.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: echo API-URL TOKEN")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "echo:", err)
		os.Exit(1)
	}
}

// pollTime is how long a poll may take in all.
const pollTime = 30 * time.Second

// run answers until ctx ends.
func run(ctx context.Context, url, token string) error {
	client := &http.Client{Timeout: pollTime, Transport: &http.Transport{
		Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true,
		MaxIdleConns: 512, MaxIdleConnsPerHost: 512, IdleConnTimeout: 90 * time.Second,
	}}
	b, err := bot.New(token,
		bot.WithServerURL(url),
		bot.WithHTTPClient(pollTime, client),
		bot.WithDefaultHandler(answer),
	)
	if err != nil {
		return err
	}
	b.Start(ctx)
	return nil
}

// answer replies to a message, or edits the message whose button was tapped.
func answer(ctx context.Context, b *bot.Bot, u *models.Update) {
	var err error
	switch {
	case u.Message != nil:
		_, err = b.SendMessage(ctx, &bot.SendMessageParams{
			ChatID: u.Message.Chat.ID, Text: "收到：" + u.Message.Text, ReplyMarkup: button(1),
		})
	case u.CallbackQuery != nil && u.CallbackQuery.Message.Message != nil:
		err = tapped(ctx, b, u.CallbackQuery)
	}
	if err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "echo:", err)
	}
}

func tapped(ctx context.Context, b *bot.Bot, q *models.CallbackQuery) error {
	if _, err := b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: q.ID}); err != nil {
		return err
	}
	n, err := strconv.Atoi(q.Data)
	if err != nil {
		return fmt.Errorf("button: %w", err)
	}
	m := q.Message.Message
	_, err = b.EditMessageText(ctx, &bot.EditMessageTextParams{
		ChatID: m.Chat.ID, MessageID: m.ID, Text: fmt.Sprintf("收到：第 %d 次", n), ReplyMarkup: button(n + 1),
	})
	return err
}

// button carries its number, so that nothing has to be remembered.
func button(n int) models.InlineKeyboardMarkup {
	return models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{
		{Text: "继续", CallbackData: strconv.Itoa(n)},
	}}}
}

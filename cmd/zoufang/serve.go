package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"zoufang/bot"
	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/store"
)

// service is the bot at work.
type service struct {
	store  *store.Store
	dialog *dialog.Dialog
	bot    *bot.Bot
	zone   *time.Location
	now    func() time.Time
	log    *slog.Logger
	times  timetable
	sweep  string // when to tidy the file
	key    []byte // that seals the file: papers are made from a copy
	moved  func() <-chan struct{}
	// toy is set where people move the clock for fun: what it skips was not missed.
	toy bool

	// A jump of the clock that is not kept yet, and firings that were lost and are
	// not told yet; the scheduler's alone.
	doubt            *dialog.Subject
	lost             map[string]int
	lostFrom, lostTo time.Time
}

// run serves until ctx ends, then finishes what is in hand.
func (s *service) run(ctx context.Context) error {
	jobs, err := s.clock()
	if err != nil {
		return err
	}
	if err := publishForms(s.store, s.dialog, s.now()); err != nil {
		return err
	}
	name, err := s.bot.Hello(ctx)
	switch {
	case errors.Is(err, context.Canceled):
		return nil // told to stop before Telegram answered
	case err != nil:
		return err
	}
	s.log.InfoContext(ctx, "serving", "bot", name)
	g, ctx := errgroup.WithContext(ctx)
	var answers errgroup.Group
	answers.SetLimit(maxAnswers)
	g.Go(func() error {
		return s.bot.Poll(ctx, func(ctx context.Context, batch []dialog.Input) error {
			toasts, err := s.take(batch)
			// A tap is answered aside: the next poll does not wait for it. When
			// too many wait already, the button stops spinning by itself.
			if len(toasts) > 0 {
				answers.TryGo(func() error { s.bot.Answer(ctx, toasts); return nil })
			}
			return err
		})
	})
	g.Go(func() error { return s.bot.Send(ctx, s.store, s.report) })
	g.Go(func() error { return jobs.Run(ctx) })
	g.Go(func() error { s.bot.Setup(ctx, s.profile()); return nil })
	err = errors.Join(g.Wait(), answers.Wait())
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	s.log.InfoContext(context.WithoutCancel(ctx), "stopped")
	return err
}

// maxAnswers is how many batches of taps are answered at a time.
const maxAnswers = 32

// take applies a batch of inputs in one commit, then lets the letters go out.
func (s *service) take(batch []dialog.Input) ([]dialog.Toast, error) {
	toasts, err := s.store.Apply(batch, s.dialog)
	if err != nil {
		return nil, fmt.Errorf("apply %d inputs: %w", len(batch), err)
	}
	s.bot.Wake()
	return toasts, nil
}

// report applies what the sender learnt about a chat.
func (s *service) report(_ context.Context, in dialog.Input) error {
	_, err := s.take([]dialog.Input{in})
	return err
}

// profile is how the bot presents itself: in Chinese to all but those whose
// program speaks English.
func (s *service) profile() bot.Profile {
	p := bot.Profile{Commands: map[string][]dialog.Command{}, Descriptions: map[string]string{}, Abouts: map[string]string{}}
	for code, lang := range map[string]string{"": dialog.Chinese, "en": dialog.English} {
		p.Commands[code] = s.dialog.Commands(lang, casework.Staff{})
		p.Descriptions[code], p.Abouts[code] = s.dialog.Introduce(lang)
	}
	return p
}

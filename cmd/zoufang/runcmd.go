package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zoufang/bot"
	"zoufang/dialog"
	"zoufang/store"
)

// runCmd is the service.
type runCmd struct{}

// Run serves until it is told to stop.
func (c *runCmd) Run(ctx context.Context, w world, all *cli) (err error) {
	conf, err := readConfig(all.Config)
	if err != nil {
		return err
	}
	token, err := readSecret("the bot's token", conf.Telegram.TokenFile)
	if err != nil {
		return err
	}
	log := conf.logger(w)
	d, err := conf.talk()
	if err != nil {
		return err
	}
	var st *store.Store // opened last: a wrong token is told even while the file is in use
	s := &service{dialog: d, zone: conf.zone, now: w.now, log: log, sweep: conf.Sweep, times: conf.Schedule}
	s.bot, err = bot.New(bot.Config{
		Token: token, APIURL: conf.Telegram.APIURL, TakeOver: conf.Telegram.TakeOver, Log: log, Now: w.now,
		Limits: bot.Limits{Off: !conf.Telegram.Obey},
		Draw:   drawChart, Hold: func(l dialog.Letter, now time.Time) bool { return holdLetter(st, d)(l, now) },
		Paper: s.paper, Read: s.read,
	})
	if err != nil {
		return fmt.Errorf("%w; the token is read from %s", err, conf.Telegram.TokenFile)
	}
	st, err = conf.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	s.store = st
	if s.key, err = conf.readKey(); err != nil {
		return err
	}
	return s.run(ctx)
}

package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"zoufang/bot"
	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/store"
)

// maxValid is the longest an invitation may be valid.
const maxValid = 7 * 24 * time.Hour

// inviteCmd makes one-time links.
type inviteCmd struct {
	Codes []string      `arg:"" optional:"" help:"Codes of people on the roster, such as R001."`
	All   bool          `help:"Everybody on the roster who has no account yet."`
	Valid time.Duration `default:"24h" help:"How long the links are valid, 168h at most."`
	Vouch bool          `help:"You hand the links over in person: while nobody can confirm yet, opening one is enough. For the first people alone."`
}

// Run prints a line for each person: code, name and link, parted by tabs. The
// links are shown once; only their hash is kept.
func (c *inviteCmd) Run(ctx context.Context, w world, all *cli) error {
	switch {
	case c.All == (len(c.Codes) > 0):
		return &usageError{errors.New("name people by their codes, or give --all")}
	case c.Valid <= 0 || c.Valid > maxValid:
		return &usageError{fmt.Errorf("--valid is %v: it must be between 1s and 168h", c.Valid)}
	}
	return withStore(all.Config, func(conf config, s *store.Store) error {
		people, err := c.people(s)
		if err != nil {
			return err
		}
		name, err := botName(ctx, conf)
		if err != nil {
			fmt.Fprintf(w.errs, "the bot's name could not be asked of Telegram (%v): put it in place of BOT below\n", err)
			name = "BOT"
		}
		return c.issue(w, conf, s, people, name)
	})
}

// people finds whom to invite.
func (c *inviteCmd) people(s *store.Store) ([]casework.Staff, error) {
	var people []casework.Staff
	err := s.View(func(v dialog.View) error {
		for _, code := range c.Codes {
			p, ok := v.StaffByCode(code)
			if !ok {
				return fmt.Errorf("nobody on the roster has the code %q: import the roster first, or look the code up there", code)
			}
			people = append(people, p)
		}
		if c.All {
			for p := range v.AllStaff() {
				if p.Binding == casework.Unbound {
					people = append(people, p)
				}
			}
		}
		return nil
	})
	return people, err
}

// botName asks Telegram for the bot's name, briefly.
func botName(ctx context.Context, conf config) (string, error) {
	token, err := readSecret("the bot's token", conf.Telegram.TokenFile)
	if err != nil {
		return "", err
	}
	b, err := bot.New(bot.Config{Token: token, APIURL: conf.Telegram.APIURL, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return b.Hello(ctx)
}

// issue keeps the invitations and prints their links.
func (c *inviteCmd) issue(w world, conf config, s *store.Store, people []casework.Staff, name string) error {
	d, err := conf.talk()
	if err != nil {
		return err
	}
	now := w.now()
	var first uint64
	if err := s.View(func(v dialog.View) error { first = v.Inputs() + 1; return nil }); err != nil {
		return err
	}
	ids := casework.NewMinter(first)
	var facts []casework.Fact
	var lines []string
	if len(people) > casework.MaxRecords {
		return fmt.Errorf("%d people at once are too many: name at most %d by their codes", len(people), casework.MaxRecords)
	}
	for _, p := range people {
		code := rand.Text()
		facts = append(facts, casework.InviteIssued{Invite: casework.Invite{
			ID: casework.InviteID(ids.Next()), Hash: dialog.InviteHash(code), StaffID: p.ID,
			ExpiresAt: now.Add(c.Valid).UTC(), State: casework.Issued, Vouched: c.Vouch,
		}})
		lines = append(lines, fmt.Sprintf("%s\t%s\thttps://t.me/%s?start=%s", p.Code, p.Name, name, code))
	}
	if err := keep(s, d, fmt.Sprintf("invite:%d", now.UnixNano()), now, facts...); err != nil {
		return fmt.Errorf("keep the invitations: %w", err)
	}
	for _, l := range lines {
		fmt.Fprintln(w.out, l)
	}
	fmt.Fprintf(w.errs, "%d links, valid until %s; each works once.\n", len(lines), now.Add(c.Valid).In(conf.zone).Format("2006-01-02 15:04"))
	return nil
}

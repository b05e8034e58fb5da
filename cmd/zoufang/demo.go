package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"zoufang/bot"
	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
	"zoufang/simulator"
	"zoufang/store"
)

// demoCmd shows everything on this machine, without a token.
type demoCmd struct {
	Port    int    `default:"8017" help:"Port of the web page on the loopback; 0 picks a free one."`
	Script  string `enum:",household,enterprise,organization,follow-up,problem,trademark,office" default:"" help:"Play without a browser: a visit (household, enterprise or organization), what comes after one (follow-up), a problem from the visit to its end (problem), a firm's trademark (trademark), the office's morning (office)."`
	Verbose bool   `short:"v" help:"Show the service's log."`
}

// Run starts the simulated Telegram and the service, and stops with ctx, or when
// the script has been played.
func (c *demoCmd) Run(ctx context.Context, w world) (err error) {
	dir, err := os.MkdirTemp("", "zoufang-demo")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	d, err := openDemo(ctx, dir, c, w)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if c.Script == "" {
		d.greet(w)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return d.service.run(ctx) })
	if c.Script != "" {
		g.Go(func() error {
			defer stop()
			return d.play(ctx, c.Script, w)
		})
	}
	return g.Wait()
}

// demo is a whole installation: Telegram, file and service.
type demo struct {
	sim     *simulator.Simulator
	server  *simulator.Server
	store   *store.Store
	service *service
	set     sample.Set
	invite  string // link for the stranger
}

func openDemo(ctx context.Context, dir string, c *demoCmd, w world) (*demo, error) {
	set, err := sample.Make(sample.Options{Seed: 1})
	if err != nil {
		return nil, fmt.Errorf("make the campaign: %w", err)
	}
	d := &demo{set: set, sim: simulator.New(simulator.Options{
		Token: demoToken, BotUsername: "zoufang_demo_bot", BotName: "走访 Zoufang",
		Start: set.Start, Frozen: c.Script != "",
	})}
	for _, p := range demoPeople() {
		d.sim.AddPerson(p)
		if p.ID != int64(sample.StrangerUser) {
			d.sim.Person(p.ID).Start("") // a bot cannot write to people first
		}
	}
	if err := d.open(ctx, dir, c, w); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

// demoPeople are the people with a phone in the demo.
func demoPeople() []simulator.Person {
	var out []simulator.Person
	for _, p := range []struct {
		user       casework.UserID
		name, role string
	}{
		{sample.MemberUser, "走访党员", "member"},
		{sample.LeaderUser, "组长", "leader"},
		{sample.OfficeUser, "活动办公室", "office"},
		{sample.SecretaryUser, "支部书记", "secretary"},
		{sample.PartnerUser, "同组党员", "partner"},
		{sample.OfficerUser, "商标科", "officer"},
		{sample.DirectorUser, "局分管领导", "director"},
		{sample.StrangerUser, "新同事", "stranger"},
	} {
		out = append(out, simulator.Person{ID: int64(p.user), FirstName: p.name, Role: p.role, Lang: "zh-hans"})
	}
	return out
}

// open opens what has to be closed again.
func (d *demo) open(ctx context.Context, dir string, c *demoCmd, w world) error {
	var err error
	port := c.Port
	if c.Script != "" {
		port = 0
	}
	if d.server, err = d.sim.Listen(ctx, net.JoinHostPort("127.0.0.1", fmt.Sprint(port))); err != nil {
		return fmt.Errorf("%w; another program has the port? try --port 0", err)
	}
	var key [32]byte
	if _, err := rand.Read(key[:]); err != nil {
		return fmt.Errorf("draw a key: %w", err)
	}
	if d.store, err = store.Open(filepath.Join(dir, "demo.db"), store.Options{Key: key[:]}); err != nil {
		return err
	}
	if err := d.store.Load(each(d.set.Events)); err != nil {
		return err
	}
	conf, err := parseConfig(nil) // the defaults
	if err != nil {
		return err
	}
	talker, err := conf.talk()
	if err != nil {
		return err
	}
	if d.invite, err = inviteStranger(d.store, talker, d.sim.Now()); err != nil {
		return err
	}
	log := slog.New(slog.DiscardHandler)
	if c.Verbose {
		log = slog.New(slog.NewTextHandler(w.errs, nil))
	}
	d.service = &service{
		store: d.store, dialog: talker, zone: conf.zone, now: d.sim.Now, log: log, key: key[:],
		sweep: conf.Sweep, times: conf.Schedule, moved: d.sim.ClockMoved, toy: true,
	}
	d.service.bot, err = bot.New(bot.Config{Token: d.sim.Token(), APIURL: d.server.URL, Log: log, Now: d.sim.Now,
		Limits: bot.Limits{Off: c.Script != ""}, // a script does not tap at the speed of people
		Draw:   drawChart, Hold: holdLetter(d.store, talker), Paper: d.service.paper, Read: d.service.read,
	})
	return err
}

// each yields the events of a slice.
func each(events []casework.Event) func(func(casework.Event) error) error {
	return func(yield func(casework.Event) error) error {
		for _, e := range events {
			if err := yield(e); err != nil {
				return err
			}
		}
		return nil
	}
}

// inviteStranger makes a link for somebody of the roster who has no account.
func inviteStranger(s *store.Store, d *dialog.Dialog, now time.Time) (string, error) {
	var who casework.Staff
	var ids *casework.Minter
	err := s.View(func(v dialog.View) error {
		ids = casework.NewMinter(v.Inputs() + 1)
		leader, _ := v.StaffByUser(sample.LeaderUser)
		for p := range v.AllStaff() {
			if p.Binding == casework.Unbound && len(p.Groups) > 0 && leader.In(p.Groups[0]) {
				who = p
				break
			}
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	code := rand.Text()
	fact := casework.InviteIssued{Invite: casework.Invite{
		ID: casework.InviteID(ids.Next()), Hash: dialog.InviteHash(code), StaffID: who.ID,
		ExpiresAt: now.Add(maxValid).UTC(), State: casework.Issued,
	}}
	return "https://t.me/zoufang_demo_bot?start=" + code, keep(s, d, "demo:invite:"+fact.Invite.Hash, now, fact)
}

// greet says how to look at the demo.
func (d *demo) greet(w world) {
	fmt.Fprintf(w.errs, `走访 Zoufang demo
  page        %s
  invitation  %s
              (open it on the stranger's phone: ⋯ → open an invitation link;
              the leader's phone then asks for confirmation)
  stop        Ctrl-C; nothing is kept
`, d.server.URL, d.invite)
}

func (d *demo) close() error {
	var errs []error
	if d.store != nil {
		errs = append(errs, d.store.Close())
	}
	if d.server != nil {
		errs = append(errs, d.server.Close())
	}
	return errors.Join(errs...)
}

// demoToken is known to the simulator alone: it opens nothing.
const demoToken = "1000000001:AA-simulated-token-for-the-demo-only"

package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"zoufang/bench"
	"zoufang/simulator"
)

// contender is a bot that is measured.
type contender struct {
	name string
	talk bench.Talk
	// prepare makes a fresh installation in the folder and returns the command
	// that starts it.
	prepare func(dir, url string) ([]string, error)
}

// cell is one measurement of one bot.
type cell struct {
	Bot    string  `json:"bot"`
	People int     `json:"people"`
	Round  int     `json:"round"`
	Turns  int     `json:"turns"`
	Rate   float64 `json:"turns_per_second"`
	P50    float64 `json:"p50_ms"`
	P99    float64 `json:"p99_ms"`
	CPU    float64 `json:"cpu_seconds_per_1000_turns"`
	Peak   int64   `json:"peak_rss_bytes"`
}

// token is known to the simulator alone: it opens nothing.
const token = "1000000001:AA-simulated-token-for-the-bench-only"

// yardstickTime is spent on each yardstick in each round.
const yardstickTime = 300 * time.Millisecond

// measure builds the bots and measures them in turn, with progress on errs.
func measure(ctx context.Context, o options, errs io.Writer) (r report, err error) {
	dir, err := os.MkdirTemp("", "zoufang-bench")
	if err != nil {
		return report{}, fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	fmt.Fprintln(errs, "building the bots and the campaign")
	bots, err := contenders(ctx, dir)
	if err != nil {
		return report{}, err
	}
	r = report{
		CPUs: runtime.NumCPU(), OS: runtime.GOOS, Arch: runtime.GOARCH, Go: runtime.Version(),
		Rounds: o.rounds, People: o.people,
	}
	for _, b := range bots {
		r.Bots = append(r.Bots, b.name)
	}
	b := bencher{dir: dir, o: o, errs: errs, idle: map[string]usage{}}
	for round := range o.rounds {
		if err := b.round(ctx, &r, bots, round+1); err != nil {
			return report{}, err
		}
	}
	r.conclude()
	return r, nil
}

// contenders builds the bots: the service first, which the others stand beside.
func contenders(ctx context.Context, dir string) ([]contender, error) {
	build := exec.CommandContext(ctx, "go", "build", "-o", dir+string(filepath.Separator), "zoufang/cmd/zoufang", "zoufang/bench/echo")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the bots: %w: %s", err, out)
	}
	key := make([]byte, 32) // the campaign is invented; there is nothing to hide
	model := filepath.Join(dir, "model.db")
	if err := bench.Prepare(model, key); err != nil {
		return nil, fmt.Errorf("make the campaign: %w", err)
	}
	service := contender{name: "zoufang", talk: bench.VisitTalk()}
	service.prepare = func(at, url string) ([]string, error) {
		for name, data := range map[string]string{
			"config.yaml": fmt.Sprintf(serviceConfig, url),
			"token.txt":   token,
			"zoufang.key": hex.EncodeToString(key),
		} {
			if err := os.WriteFile(filepath.Join(at, name), []byte(data), 0o600); err != nil {
				return nil, err
			}
		}
		err := copyFile(filepath.Join(at, "zoufang.db"), model)
		return []string{filepath.Join(dir, "zoufang"), "--config", filepath.Join(at, "config.yaml"), "run"}, err
	}
	echo := contender{name: "echo", talk: bench.EchoTalk()}
	echo.prepare = func(_, url string) ([]string, error) {
		return []string{filepath.Join(dir, "echo"), url, token}, nil
	}
	return []contender{service, echo}, nil
}

// serviceConfig is the service as it runs, but for what holds people and
// Telegram's servers apart from each other.
const serviceConfig = `telegram:
  api_url: %s
  obey_limits: false
pace:
  per_second: 0
log:
  level: warn
`

func copyFile(to, from string) (err error) {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync() // so that the first commit does not pay for it
}

// bencher measures.
type bencher struct {
	dir  string
	o    options
	errs io.Writer
	idle map[string]usage // what a bot takes that starts, waits and stops
}

// round measures each bot once with each number of people.
func (b *bencher) round(ctx context.Context, r *report, bots []contender, round int) error {
	y, err := bench.MeasureYardsticks(ctx, b.dir, yardstickTime)
	if err != nil {
		return err
	}
	r.yardsticks = append(r.yardsticks, y)
	for _, people := range b.o.people {
		for _, bot := range bots {
			if _, ok := b.idle[bot.name]; !ok {
				_, u, err := b.once(ctx, bot, bench.Load{})
				if err != nil {
					return fmt.Errorf("%s, idle: %w", bot.name, err)
				}
				b.idle[bot.name] = u
			}
			c, err := b.cell(ctx, bot, people)
			if err != nil {
				return fmt.Errorf("%s, %d people at once: %w", bot.name, people, err)
			}
			c.Round = round
			r.Cells = append(r.Cells, c)
			fmt.Fprintf(b.errs, "round %d of %d: %-8s %4d people  %6.0f turns/s\n", round, b.o.rounds, bot.name, people, c.Rate)
		}
	}
	return nil
}

// cell measures one bot with so many people at once.
func (b *bencher) cell(ctx context.Context, bot contender, people int) (cell, error) {
	res, used, err := b.once(ctx, bot, bench.Load{
		People: bench.Users(), AtOnce: people, Talk: bot.talk, Warmup: b.o.warmup, For: b.o.window, Turns: b.o.turns,
	})
	if err != nil {
		return cell{}, err
	}
	if res.Turns == 0 {
		return cell{}, errors.New("not one turn was completed: measure for longer")
	}
	ms := func(p float64) float64 { return bench.Percentile(res.Delays, p).Seconds() * 1e3 }
	return cell{
		Bot: bot.name, People: people, Turns: res.Turns, Rate: res.PerSecond(), P50: ms(50), P99: ms(99),
		CPU:  max(0, used.cpu-b.idle[bot.name].cpu).Seconds() / float64(res.All) * 1e3,
		Peak: used.peak,
	}, nil
}

// once starts a bot on a fresh Telegram, waits until it asks for updates, puts
// it under the load, if there are people, and stops it.
func (b *bencher) once(ctx context.Context, bot contender, load bench.Load) (res bench.Result, used usage, err error) {
	dir, err := os.MkdirTemp(b.dir, bot.name)
	if err != nil {
		return res, used, fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	sim := simulator.New(simulator.Options{Token: token, Calls: -1, Messages: 8})
	for _, id := range load.People {
		sim.AddPerson(simulator.Person{ID: id, FirstName: "测试员"})
	}
	server, err := sim.Listen(ctx, "")
	if err != nil {
		return res, used, err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	args, err := bot.prepare(dir, server.URL)
	if err != nil {
		return res, used, fmt.Errorf("prepare: %w", err)
	}
	runtime.GC() // the last cell's people are not to be swept up at this one's cost
	c, alive, err := start(ctx, args)
	if err != nil {
		return res, used, err
	}
	load.Sim = sim
	res, err = serve(alive, load)
	used, ended := c.stop()
	return res, used, errors.Join(err, ended)
}

// readyTime is how long a bot may take to ask for updates.
const readyTime = 20 * time.Second

// serve puts the bot that polls load.Sim under the load.
func serve(ctx context.Context, load bench.Load) (bench.Result, error) {
	ready, cancel := context.WithTimeout(ctx, readyTime)
	defer cancel()
	if err := load.Sim.Wait(ready, func() bool { return load.Sim.Polls() > 0 }); err != nil {
		return bench.Result{}, fmt.Errorf("the bot asks for no updates: %w", err)
	}
	if len(load.People) == 0 {
		return bench.Result{}, nil
	}
	return load.Run(ctx)
}

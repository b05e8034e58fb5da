package bench_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"zoufang/bench"
	"zoufang/bot"
	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
	"zoufang/simulator"
	"zoufang/store"
)

// BenchmarkTurns has service, simulator and people in one process, to be
// profiled: go test -run '^$' -bench Turns/50 -cpuprofile cpu.out ./bench
func BenchmarkTurns(b *testing.B) {
	model := filepath.Join(b.TempDir(), "model.db")
	if err := bench.Prepare(model, make([]byte, 32)); err != nil {
		b.Fatal(err)
	}
	for _, people := range []int{1, 50, 500} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			s := serve(b, model)
			b.ReportAllocs()
			b.ResetTimer()
			r, err := bench.Load{
				Sim: s.sim, People: bench.Users(), AtOnce: people, Talk: bench.VisitTalk(), Turns: b.N,
			}.Run(b.Context())
			b.StopTimer()
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(r.PerSecond(), "turns/s")
			b.ReportMetric(bench.Percentile(r.Delays, 50).Seconds()*1e3, "p50-ms")
			b.ReportMetric(bench.Percentile(r.Delays, 99).Seconds()*1e3, "p99-ms")
			if err := s.stop(); err != nil {
				b.Error(err)
			}
		})
	}
}

func TestATalkIsAVisit(t *testing.T) {
	model := filepath.Join(t.TempDir(), "model.db")
	if err := bench.Prepare(model, make([]byte, 32)); err != nil {
		t.Fatal(err)
	}
	s := serve(t, model)
	l := bench.Load{Sim: s.sim, People: bench.Users()[:2], AtOnce: 1, Talk: bench.VisitTalk()}
	l.Turns = 2 * len(l.Talk.Steps)
	r, err := l.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if r.Turns != l.Turns || r.All != l.Turns || len(r.Delays) != l.Turns || r.PerSecond() <= 0 {
		t.Errorf("Run(%d turns) = %d turns of %d, %d delays, %v a second", l.Turns, r.Turns, r.All, len(r.Delays), r.PerSecond())
	}
	by := map[casework.StaffID]int{}
	err = s.store.EachEvent(1, func(e casework.Event) error {
		if f, ok := e.Fact.(casework.VisitReported); ok && e.Seq > s.from {
			by[f.Visit.Reporter()]++
		}
		return nil
	})
	if got := slices.Sorted(maps.Values(by)); err != nil || !slices.Equal(got, []int{1, 1}) {
		t.Errorf("visits by person = %v, %v, want one of each", got, err)
	}
	l.Talk.Each, l.Turns = 1, l.Turns+1
	if _, err := l.Run(t.Context()); !errors.Is(err, bench.ErrUsedUp) {
		t.Errorf("Run beyond what the talk allows = %v, want %v", err, bench.ErrUsedUp)
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
}

// service is the service at work in this process.
type service struct {
	sim   *simulator.Simulator
	store *store.Store
	from  uint64 // the last event before anybody talked
	stop  func() error
}

// serve puts a service over a copy of the model file to work.
func serve(tb testing.TB, model string) service {
	tb.Helper()
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	data, err := os.ReadFile(model)
	must(err)
	path := filepath.Join(tb.TempDir(), "zoufang.db")
	must(os.WriteFile(path, data, 0o600))
	s, err := store.Open(path, store.Options{Key: make([]byte, 32)})
	must(err)
	d, err := dialog.New(dialog.Options{Zone: time.UTC})
	must(err)
	forms, err := form.Defaults()
	must(err)
	var facts []casework.Fact
	for _, f := range forms {
		facts = append(facts, casework.FormPublished{Form: f})
	}
	_, err = s.Apply([]dialog.Input{{Kind: dialog.Office, Cause: "forms", Reached: time.Now(), Facts: facts}}, d)
	must(err)
	var from uint64
	must(s.EachEvent(1, func(e casework.Event) error { from = e.Seq; return nil }))
	sim := simulator.New(simulator.Options{Token: "1000000001:AA-simulated-token-for-the-bench-only", Calls: -1, Messages: 8})
	for _, id := range bench.Users() {
		sim.AddPerson(simulator.Person{ID: id, FirstName: "测试员"})
	}
	server, err := sim.Listen(tb.Context(), "")
	must(err)
	t, err := bot.New(bot.Config{
		Token: sim.Token(), APIURL: server.URL, Now: time.Now, Limits: bot.Limits{Off: true},
		Log: slog.New(slog.DiscardHandler),
	})
	must(err)
	ctx, cancel := context.WithCancel(tb.Context())
	g, ctx := errgroup.WithContext(ctx)
	take := func(ctx context.Context, batch []dialog.Input) error {
		toasts, err := s.Apply(batch, d)
		t.Wake()
		if len(toasts) > 0 {
			g.Go(func() error { t.Answer(ctx, toasts); return nil })
		}
		return err
	}
	g.Go(func() error { return t.Poll(ctx, take) })
	g.Go(func() error {
		return t.Send(ctx, s, func(ctx context.Context, in dialog.Input) error { return take(ctx, []dialog.Input{in}) })
	})
	return service{sim: sim, store: s, from: from, stop: func() error {
		cancel()
		return errors.Join(g.Wait(), s.Close(), server.Close())
	}}
}

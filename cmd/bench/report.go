package main

import (
	"fmt"
	"strings"

	"zoufang/bench"
)

// report is the outcome of a run.
type report struct {
	CPUs   int      `json:"cpus"`
	OS     string   `json:"os"`
	Arch   string   `json:"arch"`
	Go     string   `json:"go"`
	Rounds int      `json:"rounds"`
	People []int    `json:"people"`
	Bots   []string `json:"bots"` // the service first

	// Yardsticks are the medians of all rounds.
	Yardsticks bench.Yardsticks `json:"yardsticks"`
	Cells      []cell           `json:"cells"`
	Ratios     []ratio          `json:"ratios"`

	yardsticks []bench.Yardsticks // by round
}

// ratio sets the service against another bot, paired by round.
type ratio struct {
	Beside string       `json:"beside"`
	People int          `json:"people"`
	Rate   bench.Spread `json:"turns_per_second"`
	P50    bench.Spread `json:"p50"`
	P99    bench.Spread `json:"p99"`
	CPU    bench.Spread `json:"cpu_per_turn"`
}

// What is measured of a cell.
func rate(c cell) float64 { return c.Rate }
func p50(c cell) float64  { return c.P50 }
func p99(c cell) float64  { return c.P99 }
func cpu(c cell) float64  { return c.CPU }
func peak(c cell) float64 { return float64(c.Peak) }

// conclude derives the medians and the ratios from the measurements.
func (r *report) conclude() {
	var syncs, trips []float64
	for _, y := range r.yardsticks {
		syncs, trips = append(syncs, y.Syncs), append(trips, y.RoundTrips)
	}
	r.Yardsticks = bench.Yardsticks{
		Syncs: bench.Summarize(syncs).Median, RoundTrips: bench.Summarize(trips).Median,
	}
	for _, people := range r.People {
		for _, other := range r.Bots[1:] {
			beside := func(of func(cell) float64) bench.Spread {
				return bench.Ratio(r.values(r.Bots[0], people, of), r.values(other, people, of))
			}
			r.Ratios = append(r.Ratios, ratio{
				Beside: other, People: people, Rate: beside(rate), P50: beside(p50), P99: beside(p99), CPU: beside(cpu),
			})
		}
	}
}

// values are one thing measured of a bot, by round.
func (r *report) values(bot string, people int, of func(cell) float64) []float64 {
	var out []float64
	for _, c := range r.Cells {
		if c.Bot == bot && c.People == people {
			out = append(out, of(c))
		}
	}
	return out
}

// markdown is the report for people.
func (r *report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d cores, %s/%s, %s; medians of %d rounds.\n\n", r.CPUs, r.OS, r.Arch, r.Go, r.Rounds)
	b.WriteString("| people at once | bot | turns/s | p50 ms | p99 ms | CPU s per 1000 turns | peak MiB |\n")
	b.WriteString("|---:|---|---:|---:|---:|---:|---:|\n")
	for _, people := range r.People {
		for _, bot := range r.Bots {
			m := func(of func(cell) float64) float64 { return bench.Summarize(r.values(bot, people, of)).Median }
			fmt.Fprintf(&b, "| %d | %s | %.0f | %.2f | %.2f | %.3f | %.0f |\n",
				people, bot, m(rate), m(p50), m(p99), m(cpu), m(peak)/(1<<20))
		}
	}
	b.WriteString("\nThe service beside the others, round by round: median (lowest to highest).\n\n")
	b.WriteString("| people at once | beside | turns/s | p50 | p99 | CPU a turn |\n")
	b.WriteString("|---:|---|---:|---:|---:|---:|\n")
	for _, x := range r.Ratios {
		fmt.Fprintf(&b, "| %d | %s | %s | %s | %s | %s |\n",
			x.People, x.Beside, spread(x.Rate), spread(x.P50), spread(x.P99), spread(x.CPU))
	}
	floor := r.Yardsticks.Floor().Seconds() * 1e3
	fmt.Fprintf(&b, "\nThe machine, in the same run: %.0f fdatasyncs/s, %.0f HTTP round trips/s on the loopback;\n"+
		"two of each, one after another, take %.2f ms.\n",
		r.Yardsticks.Syncs, r.Yardsticks.RoundTrips, floor)
	if alone := bench.Summarize(r.values(r.Bots[0], 1, p50)).Median; alone > 0 && floor > 0 {
		fmt.Fprintf(&b, "A person alone waits %.1f times as long at the median.\n", alone/floor)
	}
	return b.String()
}

func spread(s bench.Spread) string {
	return fmt.Sprintf("%.2f × (%.2f to %.2f)", s.Median, s.Min, s.Max)
}

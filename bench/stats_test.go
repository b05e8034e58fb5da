package bench_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/bench"
)

func TestPercentile(t *testing.T) {
	hundred := make([]time.Duration, 100)
	for i := range hundred {
		hundred[i] = time.Duration(100 - i)
	}
	for _, tt := range []struct {
		name   string
		values []time.Duration
		p      float64
		want   time.Duration
	}{
		{"none", nil, 50, 0},
		{"one", []time.Duration{7}, 99, 7},
		{"lower of two", []time.Duration{9, 3}, 50, 3},
		{"unsorted", []time.Duration{5, 1, 4, 2, 3}, 50, 3},
		{"median of a hundred", hundred, 50, 50},
		{"p99 of a hundred", hundred, 99, 99},
		{"highest", hundred, 100, 100},
		{"lowest", hundred, 0, 1},
	} {
		if got := bench.Percentile(tt.values, tt.p); got != tt.want {
			t.Errorf("%s: Percentile(p%v) = %d, want %d", tt.name, tt.p, got, tt.want)
		}
	}
}

func TestPercentileKeepsTheOrder(t *testing.T) {
	values := []time.Duration{3, 1, 2}
	bench.Percentile(values, 50)
	if diff := cmp.Diff([]time.Duration{3, 1, 2}, values); diff != "" {
		t.Errorf("Percentile changed its argument (-want +got):\n%s", diff)
	}
}

func TestSummarize(t *testing.T) {
	for _, tt := range []struct {
		name   string
		values []float64
		want   bench.Spread
	}{
		{"none", nil, bench.Spread{}},
		{"one", []float64{2}, bench.Spread{Median: 2, Min: 2, Max: 2}},
		{"odd", []float64{3, 1, 8}, bench.Spread{Median: 3, Min: 1, Max: 8}},
		{"even", []float64{4, 1, 2, 9}, bench.Spread{Median: 3, Min: 1, Max: 9}},
	} {
		if diff := cmp.Diff(tt.want, bench.Summarize(tt.values)); diff != "" {
			t.Errorf("%s: Summarize(%v) (-want +got):\n%s", tt.name, tt.values, diff)
		}
	}
}

func TestRatioPairsByRound(t *testing.T) {
	for _, tt := range []struct {
		name string
		a, b []float64
		want bench.Spread
	}{
		// The machine was half as fast in the second round: for both.
		{"slow round", []float64{100, 50, 120}, []float64{100, 50, 60}, bench.Spread{Median: 1, Min: 1, Max: 2}},
		{"nothing measured beside", []float64{10, 3}, []float64{0, 2}, bench.Spread{Median: 1.5, Min: 1.5, Max: 1.5}},
		{"no rounds", nil, nil, bench.Spread{}},
	} {
		if diff := cmp.Diff(tt.want, bench.Ratio(tt.a, tt.b)); diff != "" {
			t.Errorf("%s: Ratio(%v, %v) (-want +got):\n%s", tt.name, tt.a, tt.b, diff)
		}
	}
}

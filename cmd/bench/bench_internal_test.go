package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/bench"
)

// TestBothBotsAnswer builds both bots and lets one person take two turns with
// each, which is the whole way of a measurement.
func TestBothBotsAnswer(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var out, errs bytes.Buffer
	if err := run(ctx, []string{"--rounds=1", "--people=1", "--turns=2", "--json"}, &out, &errs); err != nil {
		t.Fatalf("%v\n%s", err, &errs)
	}
	var got report
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, &out)
	}
	type line struct {
		Bot   string
		Turns int
		Sane  bool
	}
	var lines []line
	for _, c := range got.Cells {
		lines = append(lines, line{c.Bot, c.Turns, c.Rate > 0 && c.P50 > 0 && c.P99 >= c.P50 && c.Peak > 1<<20})
	}
	if diff := cmp.Diff([]line{{"zoufang", 2, true}, {"echo", 2, true}}, lines); diff != "" {
		t.Errorf("measurements (-want +got):\n%s\n%s", diff, &out)
	}
	if got.Yardsticks.Floor() <= 0 {
		t.Errorf("yardsticks = %+v, want both measured", got.Yardsticks)
	}
}

func TestReportPairsByRound(t *testing.T) {
	r := report{Rounds: 2, People: []int{1}, Bots: []string{"zoufang", "echo"}, Cells: []cell{
		{Bot: "zoufang", People: 1, Round: 1, Rate: 300, P50: 2, P99: 4, CPU: 1, Peak: 2 << 20},
		{Bot: "echo", People: 1, Round: 1, Rate: 600, P50: 1, P99: 4, CPU: 0.5, Peak: 1 << 20},
		{Bot: "zoufang", People: 1, Round: 2, Rate: 100, P50: 6, P99: 9, CPU: 1, Peak: 4 << 20},
		{Bot: "echo", People: 1, Round: 2, Rate: 100, P50: 3, P99: 3, CPU: 0.5, Peak: 1 << 20},
	}}
	r.yardsticks = []bench.Yardsticks{{Syncs: 1000, RoundTrips: 4000}, {Syncs: 3000, RoundTrips: 4000}, {Syncs: 2000, RoundTrips: 2000}}
	r.conclude()
	got := r.markdown()
	for _, want := range []string{
		"| 1 | zoufang | 200 | 4.00 | 6.50 | 1.000 | 3 |\n",
		"| 1 | echo | 350 | 2.00 | 3.50 | 0.500 | 1 |\n",
		"| 1 | echo | 0.75 × (0.50 to 1.00) | 2.00 × (2.00 to 2.00) | 2.00 × (1.00 to 3.00) | 2.00 × (2.00 to 2.00) |\n",
		"2000 fdatasyncs/s, 4000 HTTP round trips/s on the loopback;\ntwo of each, one after another, take 1.50 ms.\n",
		"A person alone waits 2.7 times as long at the median.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report has no line %q:\n%s", want, got)
		}
	}
}

func TestWrongUseIsRefused(t *testing.T) {
	for _, args := range [][]string{{"--people", "x"}, {"--rounds", "0"}, {"more"}, {"--nothing"}, {"--for", "-1s"}} {
		var errs bytes.Buffer
		_, err := parse(args, &errs)
		if _, ok := errors.AsType[*usageError](err); !ok {
			t.Errorf("parse(%q) = %v, want a usage error", args, err)
		}
	}
}

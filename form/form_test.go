package form_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/form"
)

// today is a Wednesday.
var today = form.Date{Year: 2017, Month: time.April, Day: 5}

func testContext() form.Context {
	return form.Context{Today: today, Earliest: today.AddDays(-60), BackfillDays: 7}
}

func definition(tb testing.TB, id string) *form.Definition {
	tb.Helper()
	all, err := form.Defaults()
	if err != nil {
		tb.Fatal(err)
	}
	for i := range all {
		if all[i].ID == id {
			return &all[i]
		}
	}
	tb.Fatalf("no default form %q", id)
	return nil
}

func open(tb testing.TB, id string, a form.Answers) *form.Sheet {
	tb.Helper()
	return form.Open(definition(tb, id), a, testContext())
}

// fill types the answers given as path and text, each at its step.
func fill(tb testing.TB, s *form.Sheet, pairs ...string) {
	tb.Helper()
	for i := 0; i < len(pairs); i += 2 {
		step, ok := s.Step(pairs[i])
		if !ok {
			tb.Fatalf("Step(%q) is not relevant", pairs[i])
		}
		a, err := s.Read(step, pairs[i+1])
		if err != nil {
			tb.Fatalf("Read(%q, %q): %v", pairs[i], pairs[i+1], err)
		}
		s.Set(step.Path, a)
	}
}

func paths(steps []form.Step) []string {
	out := []string{}
	for _, step := range steps {
		out = append(out, step.Path)
	}
	return out
}

func TestLabelIn(t *testing.T) {
	both, zh := form.Label{Zh: "晴", En: "Sunny"}, form.Label{Zh: "晴"}
	for _, tt := range []struct {
		label      form.Label
		lang, want string
	}{
		{both, "zh-Hans", "晴"}, {both, "en", "Sunny"}, {zh, "en", "晴"}, {both, "fr", "晴"},
	} {
		if got := tt.label.In(tt.lang); got != tt.want {
			t.Errorf("%v.In(%q) = %q, want %q", tt.label, tt.lang, got, tt.want)
		}
	}
}

func TestDefinitionsSurviveJSON(t *testing.T) {
	all, err := form.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range all {
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got form.Definition
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s after JSON (-want +got):\n%s", want.ID, diff)
		}
	}
}

func TestAnswersSurviveJSON(t *testing.T) {
	want := form.Answers{
		"income":          {Values: []string{"up"}, Via: form.Tapped},
		"free":            {Via: form.Typed, Skipped: true},
		"problem/1/words": {Values: []string{"村里的路坏了"}, Via: form.Edited},
	}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got form.Answers
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answers after JSON (-want +got):\n%s", diff)
	}
}

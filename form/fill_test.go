package form_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/form"
)

func values(ids ...string) form.Answer { return form.Answer{Values: ids, Via: form.Tapped} }

func TestRest(t *testing.T) {
	last := form.Answers{
		"change": values("changed"), "income": values("up"), "housing": values("hazard"),
		"utilities": values("road", "water"), "policy": values("abolished"), "mood": values("sunny"), "work": {Skipped: true},
	}
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成", "schooling", "正常")
	want := strings.Fields("income medical housing utilities work policy")
	if diff := cmp.Diff(want, s.Rest("income", last)); diff != "" {
		t.Errorf("filled (-want +got):\n%s", diff)
	}
	got := map[string]string{}
	for path, a := range s.Answers() {
		if a.Via == form.Rest {
			got[path] = strings.Join(a.Values, " ")
		}
	}
	// Income is a change since last time; housing and utilities are states.
	wantValues := map[string]string{
		"income": "flat", "medical": "none", "housing": "hazard", "utilities": "road water", "work": "none", "policy": "clear",
	}
	if diff := cmp.Diff(wantValues, got); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	if step, _ := s.Next("policy"); step.Path != "mood" {
		t.Errorf("Next = %q, want mood", step.Path)
	}
	if got := s.Rest("", last); !slices.Equal(got, []string{"change"}) {
		t.Errorf("Rest from the beginning filled %v, want change alone", got)
	}
	if got := s.Rest("mood", last); len(got) != 0 {
		t.Errorf("Rest from the stop filled %v", got)
	}
}

func TestRestFillsNothingBeforeTheVisitIsMet(t *testing.T) {
	s := open(t, "household", nil)
	if got := s.Rest("", nil); len(got) != 0 {
		t.Errorf("Rest filled %v", got)
	}
}

// Even where the stop and what follows could be filled, they are not.
func TestRestHaltsAtTheStop(t *testing.T) {
	d := *definition(t, "organization")
	d.Items = slices.Clone(d.Items)
	for i := range d.Items {
		switch d.Items[i].ID {
		case "stability":
			d.Items[i].Stop = true
		case "needs":
			d.Items[i].Stop, d.Items[i].Required, d.Items[i].Default = false, "", "none"
		}
	}
	s := form.Open(&d, nil, testContext())
	want := strings.Fields("venue income utilities low_income")
	if diff := cmp.Diff(want, s.Rest("venue", nil)); diff != "" {
		t.Errorf("filled (-want +got):\n%s", diff)
	}
}

func TestSame(t *testing.T) {
	last := form.Answers{
		"income": values("up"), "housing": values("collapsed"), "visited_on": values("2017-03-01"),
		"free": values("上次的话"), "problem/1/urgency": values("urgent"), "problem/?": values("done"), "change": {Skipped: true},
	}
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成", "free", "孩子上学太远", "problem/?", "是")
	for _, tt := range []struct{ path, want string }{
		{"income", "up"}, {"housing", ""}, {"visited_on", ""}, {"free", ""},
		{"problem/1/urgency", ""}, {"problem/?", ""}, {"change", ""}, {"mood", ""},
	} {
		step, ok := s.Step(tt.path)
		a, same := s.Same(step, last)
		if !ok || same != (tt.want != "") || same && (a.Values[0] != tt.want || a.Via != form.Same) {
			t.Errorf("Same(%s) = %v, %v, want %q", tt.path, a, same, tt.want)
		}
	}
}

func TestDefault(t *testing.T) {
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成", "free", "孩子上学太远", "problem/?", "是", "problem/1/urgency", "急", "problem/?", "是")
	words := func(path string) (form.Answer, bool) {
		step, _ := s.Step(path)
		return s.Default(step)
	}
	want := form.Answer{Values: []string{"孩子上学太远"}, Via: form.Defaulted}
	if got, ok := words("problem/1/words"); !ok || !cmp.Equal(got, want) {
		t.Errorf("Default of the first problem's words = %v, %v", got, ok)
	}
	if got, ok := words("problem/2/words"); ok {
		t.Errorf("Default of the second problem's words = %v", got)
	}
	if got, ok := words("utilities"); !ok || got.Values[0] != "none" {
		t.Errorf("Default(utilities) = %v, %v", got, ok)
	}
	for _, path := range []string{"mood", "problem/?"} {
		if got, ok := words(path); ok {
			t.Errorf("Default(%s) = %v, want none", path, got)
		}
	}
	s.Set("free", form.Answer{Values: []string{"voice:AgADxyz"}, Via: form.Spoken})
	if got, ok := words("problem/1/words"); ok {
		t.Errorf("a voice note became the words %v", got)
	}
	fill(t, s, "free", "路远")
	if got, ok := words("problem/1/words"); ok {
		t.Errorf("a short text became the words %v", got)
	}
}

func TestToggle(t *testing.T) {
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成")
	for _, tt := range []struct {
		path   string
		before []string
		option string
		want   []string
	}{
		{"utilities", nil, "water", []string{"water"}},
		{"utilities", []string{"water"}, "road", []string{"road", "water"}},
		{"utilities", []string{"road", "water"}, "road", []string{"water"}},
		{"utilities", []string{"road", "water"}, "none", []string{"none"}},
		{"utilities", []string{"none"}, "water", []string{"water"}},
		{"utilities", []string{"none"}, "none", []string{}},
		{"utilities", []string{"gone", "water"}, "road", []string{"road", "water"}},
		{"utilities", []string{"water"}, "forged", []string{"water"}},
		{"income", []string{"up"}, "down", []string{"down"}},
	} {
		step, _ := s.Step(tt.path)
		before := slices.Clone(tt.before)
		got := s.Toggle(step, form.Answer{Values: before}, tt.option)
		if diff := cmp.Diff(tt.want, got.Values); diff != "" {
			t.Errorf("Toggle(%s, %v, %s) (-want +got):\n%s", tt.path, tt.before, tt.option, diff)
		}
		if !slices.Equal(before, tt.before) {
			t.Errorf("Toggle changed its argument to %v", before)
		}
	}
}

func TestShow(t *testing.T) {
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成", "free", "孩子上学太远")
	for _, tt := range []struct {
		path   string
		a      form.Answer
		zh, en string
	}{
		{"utilities", values("road", "network"), "路、网", "Road, Network"},
		{"utilities", values("gone"), "gone", "gone"},
		{"utilities", form.Answer{}, "未填", "not filled in"},
		{"free", form.Answer{Skipped: true}, "未填", "not filled in"},
		{"free", form.Answer{Values: []string{"voice:AgAD"}, Via: form.Spoken}, "语音", "voice note"},
		{"free", values("voice:AgAD"), "voice:AgAD", "voice:AgAD"},
		{"visited_on", values("2017-04-05"), "4月5日 周三", "Wed 5 Apr"},
		{"visited_on", values("2016-12-25"), "2016年12月25日 周日", "Sun 25 Dec 2016"},
		{"visited_on", values("soon"), "soon", "soon"},
		{"problem/?", values("more"), "记为问题", "Record a problem"},
	} {
		step, ok := s.Step(tt.path)
		zh, en := s.Show(step, tt.a, "zh-Hans"), s.Show(step, tt.a, "en")
		if !ok || zh != tt.zh || en != tt.en {
			t.Errorf("Show(%s, %v) = %q, %q, want %q, %q", tt.path, tt.a, zh, en, tt.zh, tt.en)
		}
	}
}

// What Show writes for a date can be typed back.
func TestShownDatesCanBeRead(t *testing.T) {
	s := readSheet(t)
	step, _ := s.Step("day")
	for shift := -400; shift < 400; shift++ {
		want := today.AddDays(shift)
		for _, lang := range []string{"zh-Hans", "en"} {
			text := s.Show(step, values(want.String()), lang)
			if want.Year == today.Year && max(shift, -shift) > 180 {
				continue // without a year, the nearest is meant
			}
			if a, err := s.Read(step, text); err != nil || a.Values[0] != want.String() {
				t.Errorf("Read(%q) = %v, %v, want %v", text, a.Values, err, want)
			}
		}
	}
}

func TestReview(t *testing.T) {
	s := open(t, "household", nil)
	fill(t, s, "outcome", "没人")
	type line struct {
		Path     string
		Value    string
		Answered bool
	}
	var got []line
	for _, l := range s.Review() {
		got = append(got, line{l.Step.Path, s.Show(l.Step, l.Answer, "zh-Hans"), l.Answered})
	}
	want := []line{{"outcome", "家中无人", true}, {"visited_on", "4月5日 周三", true}, {"next_on", "未填", false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("review (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"next_on"}, paths(s.Missing())); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}

// A draft that has lain too long: its date of visit is no longer accepted.
func TestMissingNamesWhatIsNoLongerRight(t *testing.T) {
	a := form.Answers{"outcome": values("refused"), "visited_on": values("2017-01-01"), "next_on": values("2017-04-01"), "late_reason": values("一直没网")}
	s := open(t, "household", a)
	if diff := cmp.Diff([]string{"visited_on", "next_on"}, paths(s.Missing())); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	if step, _ := s.Next(""); step.Path != "visited_on" {
		t.Errorf("Next = %q, want visited_on", step.Path)
	}
}

func TestMigrate(t *testing.T) {
	from := definition(t, "household")
	to := *from
	to.Version = 2
	to.Items = slices.Clone(from.Items)
	to.Repeats = slices.Clone(from.Repeats)
	to.Items = slices.DeleteFunc(to.Items, func(it form.Item) bool { return it.ID == "policy" })
	for i := range to.Items {
		switch to.Items[i].ID {
		case "utilities":
			to.Items[i].Options = to.Items[i].Options[1:] // no road
		case "work":
			to.Items[i].Type = form.SelectOne
		case "free":
			to.Items[i].Voice = false
		}
	}
	a := form.Answers{
		"income": values("up"), "policy": values("clear"), "utilities": values("road", "water"), "work": values("job"),
		"free":            {Values: []string{"voice:AgAD"}, Via: form.Spoken},
		"problem/1/words": values("村口的路坏了"), "problem/?": values("done"), "mood": {Skipped: true}, "nonsense/x": values("y"),
	}
	kept, dropped := form.Migrate(from, &to, a)
	want := form.Answers{"income": values("up"), "problem/1/words": values("村口的路坏了"), "problem/?": values("done"), "mood": {Skipped: true}}
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(strings.Fields("nonsense/x utilities work policy free"), paths(dropped)); diff != "" {
		t.Errorf("dropped (-want +got):\n%s", diff)
	}
	kept, dropped = form.Migrate(from, definition(t, "enterprise"), form.Answers{"problem/1/words": values("缺资金"), "problem/?": values("more")})
	if len(kept) != 2 || len(dropped) != 0 {
		t.Errorf("the problem part is the same everywhere: kept %v, dropped %v", kept, dropped)
	}
}

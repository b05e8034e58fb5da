package form_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/form"
)

// walk answers what the sheet asks, step by step, until the form is complete. It
// types the text given for a path, and takes the first option or a plain text
// where none is given. It returns the paths in the order asked.
func walk(t *testing.T, s *form.Sheet, said map[string]string) []string {
	t.Helper()
	var asked []string
	for step, ok := s.Next(""); ok; step, ok = s.Next(step.Path) {
		if len(asked) > 200 {
			t.Fatalf("the form does not end: %v", asked)
		}
		text, given := said[step.Path]
		if !given {
			text = plainAnswer(s, step)
		}
		a, err := s.Read(step, text)
		if err != nil {
			t.Fatalf("Read(%q, %q): %v", step.Path, text, err)
		}
		asked = append(asked, step.Path)
		s.Set(step.Path, a)
	}
	if missing := s.Missing(); len(missing) > 0 {
		t.Errorf("complete, and yet Missing() = %v", paths(missing))
	}
	for _, line := range s.Review() {
		if !line.Answered {
			t.Errorf("complete, and yet Review() has %q unanswered", line.Step.Path)
		}
	}
	return asked
}

func plainAnswer(s *form.Sheet, step form.Step) string {
	switch {
	case step.Gate():
		return "否"
	case step.Item.Type == form.Text && !s.Required(step):
		return "无"
	case step.Item.Type == form.Text:
		return "一句普通的大白话，够长了"
	case step.Item.Type == form.DateType:
		return "明天"
	}
	return s.Options(step)[0].Label.Zh
}

var householdItems = strings.Fields("outcome change income medical housing schooling utilities work policy mood free")

func TestWalk(t *testing.T) {
	problem := func(n string) []string {
		return strings.Fields(strings.ReplaceAll("problem/N/family problem/N/category problem/N/words problem/N/urgency problem/N/disposal", "N", n))
	}
	mark := strings.Fields("trademark/1/mark_name trademark/1/mark_number trademark/1/mark_classes trademark/1/goods trademark/1/matter trademark/1/stage trademark/1/last_result")
	for _, tt := range []struct {
		name, form string
		said       map[string]string
		want       []string
	}{
		{"household, nothing to report", "household", map[string]string{"free": "无"}, householdItems},
		{"household, nobody home", "household", map[string]string{"outcome": "没人"}, []string{"outcome", "next_on"}},
		{"household, only a note", "household", map[string]string{"free": "谢谢你们常来看看"}, append(slices.Clone(householdItems), "problem/?")},
		{
			"household, changed", "household", map[string]string{"change": "有变化", "profile_change": "添了一口人", "free": "无"},
			slices.Insert(slices.Clone(householdItems), 2, "profile_change"),
		},
		{
			"enterprise, nothing to report", "enterprise", map[string]string{"free": "无"},
			strings.Fields("outcome operation trend staffing financing brand dispute registration costs satisfaction free"),
		},
		{"enterprise, closed down", "enterprise", map[string]string{"outcome": "停业", "next_on": "下个月1号"}, []string{"outcome", "next_on"}},
		{
			"enterprise with a well-known mark", "enterprise",
			map[string]string{"brand": "正在办", "trademark/1/matter": "驰名", "trademark/1/stage": "拟再申报", "trademark/1/mark_classes": "9，35", "trademark/1/last_result": "证据年限不够", "trademark/1/last_result_on": "2016-12-30", "trademark/1/refusal_reason": "证据年限不足", "trademark/1/evidence_groups": "知晓、宣传", "trademark/1/next_step": "补三年数据", "trademark/1/next_step_on": "5月1日"},
			slices.Concat([]string{"outcome", "operation", "trend", "staffing", "financing", "brand"}, mark,
				strings.Fields("trademark/1/last_result_on trademark/1/refusal_reason trademark/1/evidence_groups trademark/1/next_step trademark/1/next_step_on trademark/1/section trademark/? dispute registration costs satisfaction free")),
		},
		{
			"organization, a problem", "organization",
			map[string]string{"needs": "合作社、地理标志", "free": "村口的路该修了", "problem/?": "否", "utilities": "路"},
			strings.Fields("mode team meetings members venue income utilities low_income stability needs free problem/?"),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, walk(t, open(t, tt.form, nil), tt.said)); diff != "" {
				t.Errorf("asked (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("household with two problems", func(t *testing.T) {
		s := open(t, "household", nil)
		fill(t, s, "outcome", "访成")
		s.Rest("change", nil)
		fill(t, s, "mood", "阴", "free", "村口的路坏了，晚上没有灯", "problem/?", "记为问题")
		fill(t, s, "problem/1/family", "生活", "problem/1/category", "修路", "problem/1/words", "村口的路坏了", "problem/1/urgency", "急", "problem/1/disposal", "当场")
		if step, _ := s.Next("problem/1/disposal"); step.Path != "problem/1/on_spot_note" {
			t.Errorf("after on_spot, Next = %q", step.Path)
		}
		fill(t, s, "problem/1/on_spot_note", "当场联系了镇里，答应本周来修")
		if step, _ := s.Next("problem/1/on_spot_note"); !step.Gate() {
			t.Errorf("after the first problem, Next = %q, want the gate", step.Path)
		}
		fill(t, s, "problem/?", "是")
		got := walk(t, s, nil)
		if diff := cmp.Diff(append(problem("2"), "problem/2/on_spot_note", "problem/?"), got); diff != "" {
			t.Errorf("asked after the second More (-want +got):\n%s", diff)
		}
		if got := len(s.Prune()); got != 32 {
			t.Errorf("record has %d answers, want 32: %v", got, s.Prune())
		}
	})
}

func TestAutoItems(t *testing.T) {
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成")
	want := form.Answers{
		"outcome":      {Values: []string{"met"}, Via: form.Typed},
		"visited_on":   {Values: []string{"2017-04-05"}, Via: form.Defaulted},
		"mode":         {Values: []string{"door"}, Via: form.Defaulted},
		"met_who":      {Values: []string{"head"}, Via: form.Defaulted},
		"notice_given": {Values: []string{"yes"}, Via: form.Defaulted},
	}
	if diff := cmp.Diff(want, s.Answers()); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	fill(t, s, "outcome", "拒访")
	for _, path := range []string{"mode", "met_who", "notice_given"} {
		if _, ok := s.Prune()[path]; ok {
			t.Errorf("not met, and yet Prune() has %q", path)
		}
	}
}

func TestLateVisitNeedsReason(t *testing.T) {
	s := open(t, "household", form.Answers{"outcome": {Values: []string{"met"}}, "mood": {Values: []string{"sunny"}}})
	for _, tt := range []struct {
		day  string
		want []string
	}{
		{"2017-03-29", []string{}}, {"2017-03-28", []string{"late_reason"}},
	} {
		fill(t, s, "visited_on", tt.day)
		if diff := cmp.Diff(tt.want, paths(s.Missing())); diff != "" {
			t.Errorf("visited on %s, missing (-want +got):\n%s", tt.day, diff)
		}
	}
	if step, _ := s.Next("visited_on"); step.Path != "late_reason" {
		t.Errorf("Next = %q, want late_reason", step.Path)
	}
}

func TestNextAndPrev(t *testing.T) {
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成", "housing", "安全")
	for _, tt := range []struct{ after, want string }{
		{"", "change"}, {"outcome", "change"}, {"medical", "schooling"}, {"free", "problem/?"}, {"problem/?", "change"}, {"no such path", "change"},
	} {
		if step, ok := s.Next(tt.after); !ok || step.Path != tt.want {
			t.Errorf("Next(%q) = %q, %v, want %q", tt.after, step.Path, ok, tt.want)
		}
	}
	for _, tt := range []struct{ path, want string }{
		{"outcome", ""}, {"income", "change"}, {"no such path", ""}, {"next_on", ""},
	} {
		if step, ok := s.Prev(tt.path); ok != (tt.want != "") || step.Path != tt.want {
			t.Errorf("Prev(%q) = %q, %v, want %q", tt.path, step.Path, ok, tt.want)
		}
	}
}

func TestProgress(t *testing.T) {
	s := open(t, "household", nil)
	check := func(path string, n, total int) {
		t.Helper()
		if gotN, gotTotal := s.Progress(path); gotN != n || gotTotal != total {
			t.Errorf("Progress(%q) = %d/%d, want %d/%d", path, gotN, gotTotal, n, total)
		}
	}
	check("outcome", 1, 11)
	check("visited_on", 1, 11)
	fill(t, s, "outcome", "没人")
	check("next_on", 1, 1)
	fill(t, s, "outcome", "访成")
	check("income", 3, 11)
	check("profile_change", 2, 11)
	check("free", 11, 11)
	check("problem/?", 11, 11)
	check("problem/2/words", 11, 11)
	check("no such path", 0, 11)

	s = open(t, "enterprise", nil)
	fill(t, s, "outcome", "面访")
	check("trademark/1/stage", 6, 11)
	check("dispute", 7, 11)
}

// A category belongs to its family: when the family changes, the category is no
// longer right and is asked again.
func TestChangedFamilyAsksCategoryAgain(t *testing.T) {
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成", "mood", "晴", "free", "孩子上学太远了", "problem/?", "是")
	fill(t, s, "problem/1/family", "生活", "problem/1/category", "上学", "problem/1/family", "稳定")
	if step, _ := s.Next("problem/1/family"); step.Path != "problem/1/category" {
		t.Errorf("Next = %q, want the category", step.Path)
	}
	if got := paths(s.Missing()); !slices.Contains(got, "problem/1/category") {
		t.Errorf("Missing() = %v, want the category in it", got)
	}
	step, _ := s.Step("problem/1/category")
	var ids []string
	for _, o := range s.Options(step) {
		ids = append(ids, o.ID)
	}
	want := []string{"dispute", "wage", "consumer", "petition_lead", "safety"}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("options (-want +got):\n%s", diff)
	}
}

func TestGate(t *testing.T) {
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成", "free", "孩子上学太远了")
	tail := func(n int) []string { all := paths(s.Steps()); return all[max(0, len(all)-n):] }
	if diff := cmp.Diff([]string{"free", "problem/?"}, tail(2)); diff != "" {
		t.Errorf("before (-want +got):\n%s", diff)
	}
	fill(t, s, "problem/?", "1")
	if diff := cmp.Diff([]string{"problem/?", "problem/1/family"}, tail(6)[:2]); diff != "" {
		t.Errorf("after More (-want +got):\n%s", diff)
	}
	if step, _ := s.Prev("problem/1/family"); !step.Gate() {
		t.Errorf("Prev of a new instance = %q, want the gate", step.Path)
	}
	fill(t, s, "problem/1/family", "生活")
	if diff := cmp.Diff([]string{"problem/1/disposal", "problem/?"}, tail(2)); diff != "" {
		t.Errorf("after the first answer (-want +got):\n%s", diff)
	}
	if _, ok := s.Answers()["problem/?"]; ok {
		t.Error("the gate is still answered though the instance has begun")
	}
	step, _ := s.Step("problem/?")
	if s.Required(step) != true || !step.Gate() || step.Repeat.ID != "problem" {
		t.Errorf("gate = %+v", step)
	}
	fill(t, s, "free", "无")
	if diff := cmp.Diff([]string{"free"}, tail(1)); diff != "" {
		t.Errorf("nothing to report (-want +got):\n%s", diff)
	}
}

func TestGateClosesAtMax(t *testing.T) {
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成", "free", "问题很多很多")
	for n := range 9 {
		fill(t, s, "problem/?", "是")
		s.Set("problem/"+string(rune('1'+n))+"/urgency", form.Answer{Values: []string{"normal"}})
	}
	if _, ok := s.Step("problem/?"); ok {
		t.Error("nine problems, and yet there is a gate")
	}
	s.Set("problem/10/urgency", form.Answer{Values: []string{"normal"}})
	if _, ok := s.Answers()["problem/10/urgency"]; ok {
		t.Error("a tenth problem was accepted")
	}
}

func TestClear(t *testing.T) {
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成", "free", "问题很多很多")
	for _, n := range []string{"1", "2", "3"} {
		fill(t, s, "problem/?", "是", "problem/"+n+"/words", "这是第"+n+"个问题")
	}
	s.Clear("problem/2")
	s.Clear("outcome")
	got := s.Answers()
	want := form.Answers{
		"problem/1/words": {Values: []string{"这是第1个问题"}, Via: form.Typed},
		"problem/2/words": {Values: []string{"这是第3个问题"}, Via: form.Typed},
	}
	for path := range got {
		if !strings.HasPrefix(path, "problem/") {
			delete(got, path)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("after Clear(problem/2) (-want +got):\n%s", diff)
	}
	if _, ok := s.Answers()["outcome"]; ok {
		t.Error("outcome is still answered")
	}
}

func TestSetKeepsOrderAndIgnoresUnknown(t *testing.T) {
	s := open(t, "household", nil)
	given := []string{"power", "road"}
	s.Set("utilities", form.Answer{Values: given})
	for _, path := range []string{"no such path", "problem/0/words", "problem/01/words", "problem/x/words", "words", "problem/1/income", "visited/?"} {
		s.Set(path, form.Answer{Values: []string{"x"}})
	}
	got := s.Answers()
	delete(got, "visited_on")
	if diff := cmp.Diff(form.Answers{"utilities": {Values: []string{"road", "power"}}}, got); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	if given[0] != "power" {
		t.Error("Set changed the caller's slice")
	}
}

// What is not asked counts as unanswered, even if there is an answer from before.
func TestIrrelevantAnswersAreNotRead(t *testing.T) {
	s := open(t, "enterprise", nil)
	fill(t, s, "outcome", "面访", "brand", "正在办")
	if _, ok := s.Step("trademark/1/mark_name"); !ok {
		t.Error("a trademark is not asked for")
	}
	fill(t, s, "outcome", "拒访")
	if _, ok := s.Step("trademark/1/mark_name"); ok {
		t.Error("nobody was met, and a trademark is asked for")
	}
	if got := s.Answers()["brand"].Values; !slices.Equal(got, []string{"pending"}) {
		t.Errorf("brand = %v, want it kept for a change of mind", got)
	}
}

func TestSheetCopiesAnswers(t *testing.T) {
	a := form.Answers{"income": {Values: []string{"up"}}}
	s := open(t, "household", a)
	s.Set("income", form.Answer{Values: []string{"down"}})
	s.Answers()["income"].Values[0] = "forged"
	if got := a["income"].Values[0]; got != "up" {
		t.Errorf("the caller's answer became %q", got)
	}
	if got := s.Answers()["income"].Values[0]; got != "down" {
		t.Errorf("the sheet's answer became %q", got)
	}
}

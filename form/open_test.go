package form_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/form"
)

func known(code string, resolved bool) form.OpenProblem {
	return form.OpenProblem{Code: code, Words: code + "的事", Resolved: resolved}
}

// about opens a form at a target with open problems.
func about(tb testing.TB, id string, a form.Answers, problems ...form.OpenProblem) *form.Sheet {
	tb.Helper()
	c := testContext()
	c.Open = problems
	return form.Open(definition(tb, id), a, c)
}

func TestOpenProblemsAreAskedAbout(t *testing.T) {
	two := []form.OpenProblem{known("WT-2017-0001", false), known("WT-2017-0002", true)}
	for _, tt := range []struct {
		form, first string
		problems    []form.OpenProblem
		want        string // what is asked first
	}{
		{"household", "访成", two, "outcome open/1/state open/2/content change"},
		{"household", "访成", nil, "outcome change income"},
		{"household", "没人", two, "outcome next_on"},
		{"enterprise", "面访", two, "outcome open/1/state open/2/content operation"},
		{"organization", "座谈", two, "mode open/1/state open/2/content team"},
	} {
		s := about(t, tt.form, nil, tt.problems...)
		first, _ := s.Next("")
		got := walk(t, s, map[string]string{first.Path: tt.first, "free": "无"})
		want := strings.Fields(tt.want)
		if diff := cmp.Diff(want, got[:min(len(want), len(got))]); diff != "" {
			t.Errorf("%s, %s: asked (-want +got):\n%s", tt.form, tt.first, diff)
		}
	}
}

func TestAboutNamesTheProblem(t *testing.T) {
	s := about(t, "household", nil, known("WT-2017-0001", false), known("WT-2017-0002", true))
	fill(t, s, "outcome", "访成", "open/1/state", "好转")
	got := map[string]form.OpenProblem{}
	for _, step := range s.Steps() {
		if p, ok := s.About(step); ok {
			got[step.Path] = p
		}
	}
	one, two := known("WT-2017-0001", false), known("WT-2017-0002", true)
	want := map[string]form.OpenProblem{
		"open/1/code": one, "open/1/resolved": one, "open/1/state": one,
		"open/2/code": two, "open/2/resolved": two, "open/2/content": two,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("About (-want +got):\n%s", diff)
	}
	var lines []string
	for _, l := range s.Review()[:6] {
		lines = append(lines, l.Step.Path+" "+s.Show(l.Step, l.Answer, "zh-Hans"))
	}
	want6 := []string{"outcome 访成", "visited_on 4月5日 周三", "mode 入户", "met_who 户主", "notice_given 已告知", "open/1/state 有好转"}
	if diff := cmp.Diff(want6, lines); diff != "" {
		t.Errorf("review (-want +got):\n%s", diff)
	}
	if step, _ := s.Prev("open/2/content"); step.Path != "open/1/state" {
		t.Errorf("Prev = %q, want open/1/state", step.Path)
	}
	if n, total := s.Progress("open/2/content"); n != 1 || total != 11 {
		t.Errorf("Progress = %d/%d, want 1/11", n, total)
	}
	if filled := s.Rest("open/2/content", nil); len(filled) != 8 {
		t.Errorf("Rest filled %v, want the items 2 to 9", filled)
	}
}

// A record knows by itself what was asked.
func TestSealedRecordKeepsItsProblems(t *testing.T) {
	s := about(t, "household", nil, known("WT-2017-0001", false), known("WT-2017-0002", true))
	fill(t, s, "outcome", "访成", "open/1/state", "还在", "open/2/content", "不满意")
	record := s.Prune()
	sealed := open(t, "household", record)
	if diff := cmp.Diff(record, sealed.Prune()); diff != "" {
		t.Errorf("record opened again (-want +got):\n%s", diff)
	}
	step, _ := sealed.Step("open/2/content")
	if p, ok := sealed.About(step); !ok || p.Code != "WT-2017-0002" || !p.Resolved || p.Words != "" {
		t.Errorf("About = %+v, %v, want the code, resolved, and no words", p, ok)
	}
	kept, dropped := form.Migrate(definition(t, "household"), definition(t, "household"), record)
	if diff := cmp.Diff(record, kept); diff != "" || len(dropped) > 0 {
		t.Errorf("Migrate dropped %v (-want +got):\n%s", paths(dropped), diff)
	}
}

// While a draft lies, problems come and go. No answer comes to speak of another
// problem.
func TestAnswersStayWithTheirProblem(t *testing.T) {
	s := about(t, "household", nil, known("A-1", false), known("A-2", false))
	fill(t, s, "outcome", "访成", "open/1/state", "还在")
	s = about(t, "household", s.Answers(), known("A-3", false), known("A-2", true))
	got := map[string]string{}
	for _, step := range s.Steps() {
		if p, ok := s.About(step); ok && !step.Item.Hidden {
			got[step.Path] = fmt.Sprint(p.Code, " ", s.Show(step, s.Answers()[step.Path], "zh-Hans"))
		}
	}
	want := map[string]string{"open/1/state": "A-1 还在", "open/2/content": "A-2 未填", "open/3/state": "A-3 未填"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("asked about (-want +got):\n%s", diff)
	}
}

func TestInstancesWithoutProblemAreNotAsked(t *testing.T) {
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成")
	for _, path := range []string{"open/1/state", "open/?", "open/21/code"} {
		s.Set(path, values("still"))
	}
	for _, path := range paths(s.Steps()) {
		if strings.HasPrefix(path, "open/") {
			t.Errorf("%s is there without a problem", path)
		}
	}
	if _, ok := s.Answers()["open/?"]; ok {
		t.Error("there is an answer for a gate that there is not")
	}
}

func TestMoreProblemsThanInstances(t *testing.T) {
	var many []form.OpenProblem
	for n := range 30 {
		many = append(many, known(fmt.Sprint("A-", n), n%2 == 0))
	}
	s := about(t, "household", nil, many...)
	fill(t, s, "outcome", "访成")
	asked := 0
	for _, step := range s.Steps() {
		if _, ok := s.About(step); ok && !step.Item.Hidden {
			asked++
		}
	}
	if asked != 20 {
		t.Errorf("asked about %d problems, want 20", asked)
	}
}

func TestLacksFollowTheCategoryUntilCorrected(t *testing.T) {
	s := open(t, "household", nil)
	fill(t, s, "outcome", "访成", "mood", "晴", "free", "孩子上学太远了", "problem/?", "是", "problem/1/family", "生活")
	lacks := func(want string) {
		t.Helper()
		if got := strings.Join(s.Answers()["problem/1/lacks"].Values, " "); got != want {
			t.Errorf("lacks = %q, want %q", got, want)
		}
	}
	lacks("")
	fill(t, s, "problem/1/category", "上学")
	lacks("schooling")
	if step, _ := s.Next("problem/1/category"); step.Path != "problem/1/words" {
		t.Errorf("Next = %q, want the words: lacks and scope are not asked", step.Path)
	}
	fill(t, s, "problem/1/category", "就业")
	lacks("job")
	fill(t, s, "problem/1/lacks", "技术、工作")
	fill(t, s, "problem/1/category", "低保")
	lacks("technique job")
	if got := s.Prune()["problem/1/scope"].Values; !slices.Equal(got, []string{"individual"}) {
		t.Errorf("scope = %v, want individual", got)
	}
	record := s.Prune()
	record["problem/1/lacks"] = form.Answer{Values: []string{"water"}, Via: form.Defaulted}
	if got := open(t, "household", record).Prune()["problem/1/lacks"].Values; !slices.Equal(got, []string{"water"}) {
		t.Errorf("a record taken up again has lacks %v, want what it had", got)
	}
	s.Clear("problem/1/family")
	s.Clear("problem/1/category")
	if _, ok := s.Step("problem/1/family"); ok {
		t.Error("nothing was answered, and yet the problem is there")
	}
}

func TestRaiseAsksForOneProblem(t *testing.T) {
	s := open(t, "raise", nil)
	want := strings.Fields("source problem/1/family problem/1/category problem/1/words problem/1/urgency problem/1/disposal")
	said := map[string]string{"source": "企业来电", "problem/1/disposal": "正在办理"}
	if diff := cmp.Diff(want, walk(t, s, said)); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	if got := s.Prune()["problem/1/lacks"].Values; len(got) != 1 {
		t.Errorf("lacks = %v, want one", got)
	}
	if n, total := s.Progress("problem/1/words"); n != 1 || total != 1 {
		t.Errorf("Progress = %d/%d, want 1/1", n, total)
	}
}

// The word yes is a rule of one item and the default of another, and neither
// stands for the other.
func TestRequiredAndDefaultOfTheSameWord(t *testing.T) {
	s := open(t, "household", nil)
	step, _ := s.Step("outcome")
	if !s.Required(step) {
		t.Error("the outcome is not required")
	}
	fill(t, s, "outcome", "访成")
	if got := s.Answers()["notice_given"].Values; !slices.Equal(got, []string{"yes"}) {
		t.Errorf("notice_given = %v, want yes by default", got)
	}
}

// What people do to a draft in any order leaves a record that opens again as it
// is, and in which every answer about a problem stands with its code.
func FuzzOpenProblems(f *testing.F) {
	for _, steps := range [][]byte{
		{0, 1, 2, 3}, {0, 4, 9, 0, 14, 5}, []byte("open the form and answer"), {255, 0, 128, 7, 0, 0},
	} {
		f.Add(steps)
	}
	problems := []form.OpenProblem{known("A-1", false), known("A-2", true), known("A-3", false)}
	f.Fuzz(func(t *testing.T, steps []byte) {
		s := about(t, "household", nil, problems...)
		said := map[string]string{} // the code of the problem that each answer was given about
		for _, b := range steps[:min(len(steps), 60)] {
			if b%8 == 7 { // the draft is taken up again, with other problems first
				s = about(t, "household", s.Answers(), problems[b%3:]...)
				continue
			}
			all := s.Steps()
			step := all[int(b/8)%len(all)]
			if hidden(step) {
				continue
			}
			if b%8 == 6 {
				s.Clear(step.Path)
				continue
			}
			a := form.Answer{Skipped: true}
			if options := s.Options(step); len(options) > 0 {
				a = values(options[int(b)%len(options)].ID)
			}
			if s.Check(step, a) == nil {
				s.Set(step.Path, a)
			}
			if p, ok := s.About(step); ok {
				said[step.Path] = p.Code
			}
		}
		record := s.Prune()
		if diff := cmp.Diff(record, open(t, "household", record).Prune()); diff != "" {
			t.Errorf("record opened again (-want +got):\n%s", diff)
		}
		for _, step := range s.Steps() {
			if p, ok := s.About(step); ok && said[step.Path] != "" && said[step.Path] != p.Code {
				t.Errorf("%s was about %s and is about %s", step.Path, said[step.Path], p.Code)
			}
		}
	})
}

func hidden(step form.Step) bool { return !step.Gate() && step.Item.Hidden }

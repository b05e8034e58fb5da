package form_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/form"
)

// callSheet opens the phone form as the program begins it.
func callSheet(t *testing.T, callBack string) *form.Sheet {
	t.Helper()
	return open(t, "call", form.Answers{"callback": {Values: []string{callBack}, Via: form.Defaulted}})
}

// What a call asks: few questions, the first one always how they are.
func TestCallAsks(t *testing.T) {
	problem := "problem/? problem/1/family problem/1/category problem/1/words problem/1/urgency problem/1/disposal problem/?"
	raised := map[string]string{"free": "屋顶漏雨想找人修", "problem/?": "记为问题", "problem/1/disposal": "正在办理"}
	for _, tt := range []struct {
		name, callBack string
		said           map[string]string
		want           string
	}{
		{"all is well", "no", map[string]string{"next_on": "无"}, "wellbeing free next_on"},
		{"with a word", "no", map[string]string{"free": "谢谢你们的电话"}, "wellbeing free next_on problem/?"},
		{"not so well", "no", map[string]string{"wellbeing": "需关注"}, "wellbeing concerns free next_on"},
		{"an emergency", "no", map[string]string{"wellbeing": "紧急", "concerns": skipTap}, "wellbeing concerns free next_on"},
		{"a call-back", "yes", nil, "wellbeing satisfaction free next_on"},
		{"a call-back, not so well", "yes", map[string]string{"wellbeing": "需关注"}, "wellbeing concerns satisfaction free next_on"},
		{"a call-back into an emergency", "yes", map[string]string{"wellbeing": "紧急", "satisfaction": skipTap}, "wellbeing concerns satisfaction free next_on"},
		{"a need becomes a problem", "no", raised, "wellbeing free next_on " + problem},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := callSheet(t, tt.callBack)
			said := maps.Clone(tt.said)
			asked := walkOnce(t, s, said)
			if diff := cmp.Diff(strings.Fields(tt.want), asked); diff != "" {
				t.Errorf("asked (-want +got):\n%s", diff)
			}
			if got := s.Prune()["callback"].Values; !slices.Equal(got, []string{tt.callBack}) {
				t.Errorf("the record has callback %v, want %s", got, tt.callBack)
			}
		})
	}
}

// skipTap is the button that skips a step.
const skipTap = "<skip>"

// walkOnce is [walk] with steps that are skipped and gates that are opened once.
func walkOnce(t *testing.T, s *form.Sheet, said map[string]string) []string {
	t.Helper()
	var asked []string
	for step, ok := s.Next(""); ok && len(asked) < 30; step, ok = s.Next(step.Path) {
		text, given := said[step.Path]
		if !given {
			text = plainAnswer(s, step)
		}
		if step.Gate() {
			delete(said, step.Path)
		}
		a, err := form.Answer{Skipped: true}, s.Check(step, form.Answer{Skipped: true})
		if text != skipTap {
			a, err = s.Read(step, text)
		}
		if err != nil {
			t.Fatalf("%q at %q: %v", text, step.Path, err)
		}
		asked = append(asked, step.Path)
		s.Set(step.Path, a)
	}
	if missing := s.Missing(); len(missing) > 0 {
		t.Errorf("complete, and yet Missing() = %v", paths(missing))
	}
	return asked
}

// A call that needed nothing is reviewed in three lines.
func TestCallReviewIsShort(t *testing.T) {
	s := callSheet(t, "no")
	fill(t, s, "wellbeing", "正常", "free", "无", "next_on", "无")
	var got []string
	for _, l := range s.Review() {
		got = append(got, l.Step.Path+" "+s.Show(l.Step, l.Answer, "zh-Hans"))
	}
	if diff := cmp.Diff([]string{"wellbeing 正常", "free 未填", "next_on 未填"}, got); diff != "" {
		t.Errorf("review (-want +got):\n%s", diff)
	}
}

// Nobody is led back to what the program has answered.
func TestCallHidesTheCallBack(t *testing.T) {
	s := open(t, "call", nil)
	if got := s.Answers()["callback"]; !slices.Equal(got.Values, []string{"no"}) {
		t.Errorf("a call that nobody says is a call-back has callback %v, want no", got.Values)
	}
	if step, ok := s.Prev("wellbeing"); ok {
		t.Errorf("Prev(wellbeing) = %q, want none", step.Path)
	}
	fill(t, s, "wellbeing", "正常")
	if step, ok := s.Prev("free"); !ok || step.Path != "wellbeing" {
		t.Errorf("Prev(free) = %q, %v, want wellbeing", step.Path, ok)
	}
	for path, want := range map[string]int{"wellbeing": 1, "free": 2, "next_on": 3} {
		if n, total := s.Progress(path); n != want || total != 3 {
			t.Errorf("Progress(%s) = %d of %d, want %d of 3", path, n, total, want)
		}
	}
}

func TestCallReads(t *testing.T) {
	s := callSheet(t, "yes")
	fill(t, s, "wellbeing", "需关注", "free", "屋顶漏雨想找人修")
	for _, tt := range []struct{ path, text, want string }{
		{"wellbeing", "都好", "ok"},
		{"wellbeing", "挺好", "ok"},
		{"wellbeing", "不太好", "attention"},
		{"wellbeing", "有困难", "attention"},
		{"wellbeing", "Emergency", "emergency"},
		{"concerns", "用药、取暖", "health living"},
		{"concerns", "心情，环境", "mind surroundings"},
		{"concerns", "Power and gas", "energy"},
		{"satisfaction", "很满意", "very"},
		{"satisfaction", "一般", "fairly"},
		{"satisfaction", "不满意", "not"},
		{"next_on", "下周一", "2017-04-10"},
		{"next_on", "明天", "2017-04-06"},
		{"free", "想要一床被子", "想要一床被子"},
	} {
		step, ok := s.Step(tt.path)
		a, err := s.Read(step, tt.text)
		if got := strings.Join(a.Values, " "); !ok || err != nil || got != tt.want {
			t.Errorf("Read(%s, %q) = %q, %v, want %q", tt.path, tt.text, got, err, tt.want)
		}
	}
}

func TestCallRefuses(t *testing.T) {
	s := callSheet(t, "yes")
	fill(t, s, "wellbeing", "需关注")
	for _, tt := range []struct {
		path string
		a    form.Answer
		want form.RefusalCode
	}{
		{"wellbeing", form.Answer{Skipped: true}, form.Empty},
		{"satisfaction", form.Answer{Skipped: true}, form.Empty},
		{"satisfaction", values("no_contact"), form.NotAChoice},
		{"concerns", values("income"), form.NotAChoice},
		{"free", values(strings.Repeat("要", 301)), form.TooLong},
		{"free", values("打 13812345678 找他"), form.Phone},
		{"next_on", values("2017-04-05"), form.DatePast},
		{"next_on", values("2018-04-05"), form.OutOfRange},
	} {
		step, _ := s.Step(tt.path)
		r, _ := errors.AsType[*form.Refusal](s.Check(step, tt.a))
		if r == nil || r.Code != tt.want {
			t.Errorf("Check(%s, %v) = %v, want %q", tt.path, tt.a.Values, r, tt.want)
		}
	}
	step, _ := s.Step("free")
	if err := s.Check(step, form.Answer{Values: []string{"voice:AgAD"}, Via: form.Spoken}); err != nil {
		t.Errorf("Check(free, a voice note) = %v, want none", err)
	}
}

// The words of the need become the words of the problem.
func TestCallHandsTheNeedOn(t *testing.T) {
	s := callSheet(t, "no")
	fill(t, s, "wellbeing", "正常", "free", "屋顶漏雨想找人修", "problem/?", "记为问题", "problem/1/family", "生活", "problem/1/category", "住房")
	step, _ := s.Step("problem/1/words")
	if a, ok := s.Default(step); !ok || a.Values[0] != "屋顶漏雨想找人修" {
		t.Errorf("Default(words) = %v, %v, want what they need", a.Values, ok)
	}
}

package form_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/form"
)

func TestDefaults(t *testing.T) {
	all, err := form.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, d := range all {
		ids = append(ids, d.ID)
		if missing := withoutEnglish(d); len(missing) > 0 {
			t.Errorf("%s: no English for %v", d.ID, missing)
		}
		if words, ok := d.Item("words"); !ok || words.Repeat != "problem" || words.Max != 500 {
			t.Errorf("%s: words of a problem = %+v, %v", d.ID, words, ok)
		}
		if _, ok := d.Item("no such item"); ok {
			t.Errorf("%s has an item that it lacks", d.ID)
		}
	}
	if diff := cmp.Diff([]string{"household", "enterprise", "organization", "call", "raise"}, ids); diff != "" {
		t.Errorf("default forms (-want +got):\n%s", diff)
	}
}

func withoutEnglish(d form.Definition) []string {
	var out []string
	for _, it := range d.Items {
		if it.Label.En == "" || it.Question.En == "" {
			out = append(out, it.ID)
		}
		for _, o := range it.Options {
			if o.Label.En == "" {
				out = append(out, it.ID+": "+o.ID)
			}
		}
	}
	return out
}

// No text of the forms hides anything: what a person copies from a form can be
// typed back.
func TestDefaultsAreClean(t *testing.T) {
	all, err := form.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		data, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(data), form.Clean(string(data))); diff != "" {
			t.Errorf("Clean changes the texts of %s (-text +clean):\n%s", d.ID, diff)
		}
	}
}

// replaced returns the source of a right form with one piece of it replaced.
func replaced(t *testing.T, old, with string) string {
	t.Helper()
	if !strings.Contains(readable, old) {
		t.Fatalf("the form has no %q", old)
	}
	return strings.Replace(readable, old, with, 1)
}

func TestParseNamesLineAndCure(t *testing.T) {
	repeats := func(member, group string) string {
		return readable + "  - {id: member, repeat: group, type: note, label: {zh: 员}, question: {zh: 员}" + member + "}\n" +
			"repeats:\n  - {id: group, label: {zh: 组}, max: 3, ask: {zh: 问}, more: {zh: 有}, done: {zh: 无}" + group + "}\n"
	}
	for _, tt := range []struct {
		name, src string
		want      []string // pieces of the error
	}{
		{"not YAML", "id: [", []string{"line 1"}},
		{"alias", replaced(t, "title: {zh: 试}", "title: &a {zh: 试}\ninclude: *a"), []string{"line 5", "write out what *a"}},
		{"unknown key", replaced(t, "id: said, no: 7", "id: said, nummer: 7"), []string{"line 23", "nummer"}},
		{"wrong kind", replaced(t, "version: 1", "version: one"), []string{"line 3"}},
		{"duplicate key", replaced(t, "version: 1", "id: again"), []string{"line 3"}},
		{"bad form id", replaced(t, "id: readable", "id: Readable"), []string{"line 2", `"Readable"`, "use lower-case"}},
		{"no version", replaced(t, "version: 1", ""), []string{"version is missing", "count from 1"}},
		{"no title", replaced(t, "title: {zh: 试}", "title: {en: Try}"), []string{"line 4", "title"}},
		{"bad id", replaced(t, "id: said", "id: Said"), []string{"line 23: item 7 (Said)", "use lower-case"}},
		{"id twice", replaced(t, "id: said", "id: words"), []string{"line 23: item 7 (words)", "used twice"}},
		{"unknown type", replaced(t, "type: integer, label", "type: decimal, label"), []string{"line 21: item 5 (number)", `"decimal"`, "use select_one"}},
		{"number missing", replaced(t, "no: 7", "no: 8"), []string{"line 23: item 7 (said)", "want 7"}},
		{"last number missing", replaced(t, "id: last, no: 11", "id: last"), []string{"line 6", "end at 10"}},
		{"two stops", replaced(t, "voice: true", "stop: true"), []string{"2 items are marked stop"}},
		{"short with all numbers", replaced(t, "version: 1", "version: 1\nshort: true"), []string{"line 7", "end at 11", "at most 10"}},
		{"short with a stop", replaced(t, "version: 1", "version: 1\nshort: true"), []string{"1 items are marked stop", "has none"}},
		{"short without numbers", "id: a\nversion: 1\nshort: true\ntitle: {zh: 甲}\nitems: [{id: x, type: note, label: {zh: 乙}, question: {zh: 丙}}]", []string{"end at 0", "at least 1"}},
		{"hidden question", replaced(t, "id: said, no: 7,", "id: said, no: 7, hidden: true,"), []string{"item 7 (said)", "leave out hidden"}},
		{"hidden item with a number", replaced(t, "id: said, no: 7,", "id: said, no: 7, hidden: true, auto: true, default: \"'x'\","), []string{"item 7 (said)", "leave out hidden"}},
		{"hidden item without a default", replaced(t, "id: last, no: 11,", "id: last, hidden: true,"), []string{"item 11 (last)", "leave out hidden"}},
		{"no stop", replaced(t, ", stop: true", ""), []string{"0 items are marked stop"}},
		{"unnumbered stop", replaced(t, "id: stop, no: 10", "id: stop"), []string{"only a numbered item"}},
		{"no label", replaced(t, "label: {zh: 七}", "label: {en: seven}"), []string{"line 23: item 7 (said)", "label has no zh"}},
		{"no question", replaced(t, "question: {zh: 七}", "question: {en: seven}"), []string{"question has no zh"}},
		{"text without max", replaced(t, "max: 5}", "min: 0}"), []string{"item 11 (last)", "needs a max"}},
		{"text with min over max", replaced(t, "min: 5, max: 20", "min: 25, max: 20"), []string{"item 6 (words)", "min not above it"}},
		{"integer with min over max", replaced(t, "min: 0, max: 100000", "min: 9, max: 1"), []string{"item 5 (number)", "exchange"}},
		{"options of a text", replaced(t, "voice: true", "options: [{id: a, label: {zh: 甲}}]"), []string{"only a select has options"}},
		{"bounds of a date", replaced(t, "id: day, no: 9,", "id: day, no: 9, max: 3,"), []string{"item 9 (day)", "use a constraint"}},
		{"voice of a date", replaced(t, "id: day, no: 9,", "id: day, no: 9, voice: true,"), []string{"only a text can be answered by voice"}},
		{"auto without default", replaced(t, "id: day, no: 9,", "id: day, no: 9, auto: true,"), []string{"needs a default"}},
		{"carry of a text", replaced(t, "voice: true", "carry: true"), []string{"leave out carry"}},
		{"select without options", replaced(t, "id: day, no: 9, type: date", "id: day, no: 9, type: select_one"), []string{"line 26: item 9 (day)", "needs options"}},
		{"bad option id", replaced(t, "id: up", "id: Up!"), []string{"line 6: item 1 (one)", `"Up!"`}},
		{"option twice", replaced(t, "id: flat", "id: up"), []string{`option "up" is there twice`}},
		{"option without label", replaced(t, "label: {zh: 路, en: Road}", "label: {en: Road}"), []string{`option "road" has no zh label`}},
		{"exclusive in select_one", replaced(t, "{id: flat,", "{id: flat, exclusive: true,"), []string{"only a select_multiple"}},
		{"one name for two", replaced(t, "aliases: [多了]", "aliases: [ＮＯ CHANGE]"), []string{`"up" and "flat"`, "no change"}},
		{"expression", replaced(t, ". <= today()", ". <= tody()"), []string{"line 18: item 3 (past)", "no function tody()"}},
		{"unknown item", replaced(t, "voice: true", "relevant: \"${nobody} = 1\""), []string{"line 23", "no such item"}},
		{"forward reference", replaced(t, "voice: true", "relevant: \"${last} = 1\""), []string{"line 23", "${last}, which comes later"}},
		{"own answer", replaced(t, "voice: true", "required: \"${said} = 1\""), []string{"which comes later", "a dot"}},
		{"unknown default", replaced(t, "id: many, no: 2,", "id: many, no: 2, default: nothing,"), []string{"item 2 (many)", "none of the options"}},
		{"unknown defaults", replaced(t, "id: many, no: 2,", "id: many, no: 2, default: \"'road nothing'\","), []string{`"nothing" is none of the options`}},
		{"default of a date", replaced(t, "id: day, no: 9,", "id: day, no: 9, default: heute,"), []string{"is no date"}},
		{"condition of an option", replaced(t, "{id: flat,", "{id: flat, if: \"${\","), []string{"item 1 (one)", "written ${item}"}},
		{"unknown include", readable + "include: [problem, solution]\n", []string{`no part "solution"`, "there are problem and open"}},
		{"include that does not fit", replaced(t, "id: readable", "id: readable\ninclude: [problem]"), []string{"${free}"}},
		{"too long", readable + strings.Repeat("# fill\n", 40000), []string{"longer than"}},
		{"unknown repeat", readable + "  - {id: member, repeat: group, type: note, label: {zh: 员}, question: {zh: 员}}\n", []string{`no repeat "group"`}},
		{"numbered member", strings.Replace(repeats("", ""), "id: said, no: 7,", "id: said, no: 7, repeat: group,", 1), []string{"cannot be numbered", "do not stand together"}},
		{"given repeat without its items", repeats("", ", given: true"), []string{"line 31: repeat group", "hidden items code and resolved"}},
		{"hidden member that nobody fills", repeats(", hidden: true", ", given: true"), []string{"repeat group", "item member is hidden"}},
		{"fault behind a part", replaced(t, "label: {zh: 七}", "label: {en: seven}") + "include: [open]\n", []string{"line 23: item 11 (said)"}},
		{"empty repeat", strings.Replace(repeats("", ""), "repeat: group, ", "", 1), []string{"line 31: repeat group", "no item belongs"}},
		{"repeat without bounds", strings.Replace(repeats("", ""), "max: 3", "min: 3", 1), []string{"max must be from 1 to 99"}},
		{"repeat without words", strings.Replace(repeats("", ""), "ask: {zh: 问}", "ask: {en: Ask}", 1), []string{"ask has no zh"}},
		{"repeat's expression", repeats("", ", relevant: '1 +'"), []string{"repeat group", "found the end"}},
		{"repeat reads its member", repeats("", ", relevant: \"${member} = 1\""), []string{"repeat group", "comes later"}},
		{"repeat's id is bad", strings.ReplaceAll(repeats("", ""), "group", "Group"), []string{"repeat Group", "use lower-case"}},
		{"repeat's id is taken", strings.ReplaceAll(repeats("", ""), "group", "said"), []string{"used twice"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := form.Parse([]byte(tt.src))
			if err == nil {
				t.Fatal("Parse accepted it")
			}
			for _, piece := range tt.want {
				if !strings.Contains(err.Error(), piece) {
					t.Errorf("Parse: %v\nwant %q in it", err, piece)
				}
			}
		})
	}
}

func TestParseRefusesReadingIntoRepeat(t *testing.T) {
	src := readable + `
  - {id: member, repeat: group, type: note, label: {zh: 员}, question: {zh: 员}}
  - {id: outside, type: note, relevant: "${member} = ''", label: {zh: 外}, question: {zh: 外}}
repeats:
  - {id: group, label: {zh: 组}, max: 3, ask: {zh: 问}, more: {zh: 有}, done: {zh: 无}}
`
	_, err := form.Parse([]byte(src))
	if err == nil || !strings.Contains(err.Error(), "inside repeat group") {
		t.Errorf("Parse: %v, want it to refuse reading into the repeat", err)
	}
}

func TestParseReportsAllFaults(t *testing.T) {
	src := strings.NewReplacer("id: said", "id: words", "voice: true", "carry: true").Replace(readable)
	_, err := form.Parse([]byte(src))
	if err == nil {
		t.Fatal("Parse accepted it")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 2 {
		t.Errorf("Parse names %d faults, want both:\n%v", len(lines), err)
	}
}

// A broken definition that was never checked does no harm: its expressions are
// as good as unanswered.
func TestOpenOfUncheckedDefinition(t *testing.T) {
	d := form.Definition{Items: []form.Item{
		{ID: "a", Type: form.Text, Relevant: "((", Max: 5},
		{ID: "b", Type: form.Text, Constraint: "${nobody} = ''", Repeat: "nowhere", Max: 5},
	}}
	s := form.Open(&d, form.Answers{"a": values("x"), "b/1/c": values("y")}, testContext())
	if got := paths(s.Steps()); !slices.Equal(got, []string{"b"}) {
		t.Errorf("Steps() = %v, want b alone", got)
	}
	s.Next("")
	s.Review()
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(readable))
	f.Add([]byte("id: a\nitems: [{id: x, options: [{id: y}]}]\nrepeats: [{id: x}]"))
	f.Add([]byte("items: &a [*a]"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		d, err := form.Parse(data)
		if err != nil {
			return
		}
		s := form.Open(&d, nil, testContext())
		for step, ok := s.Next(""); ok; step, ok = s.Next(step.Path) {
			if step.Gate() || s.Required(step) {
				break
			}
			s.Set(step.Path, form.Answer{Skipped: true})
		}
	})
}

package form

import (
	"strings"
	"testing"
	"time"
)

func testScope() *scope {
	answers := map[string]value{
		"outcome": textOf("met"), "utilities": textOf("road water"), "words": textOf("村口的路"),
		"people": numberOf(5), "visited_on": dateOf(Date{2017, time.March, 28}),
	}
	return &scope{
		item:    func(id string) value { return answers[id] },
		skipped: func(id string) bool { return id == "free" },
		self:    textOf("B2"),
		n:       2,
		c:       Context{Today: Date{2017, time.April, 5}, Earliest: Date{2017, time.January, 1}, BackfillDays: 7},
	}
}

func TestExpression(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"1 + 2 - 4", "-1"},
		{"-3 + 5", "2"},
		{"1 - -1", "2"},
		{"${people} = 5", "true"},
		{"${people} = '5'", "true"},
		{"${people} < 10", "true"},
		{"'9' < '10'", "true"},
		{"'b' < 'a'", "false"},
		{"'a' < 'b'", "false"},
		{"${outcome} = 'met'", "true"},
		{"${outcome} != \"met\"", "false"},
		{"${missing} = ''", "true"},
		{"${missing} < 5", "false"},
		{"${missing} != 5", "true"},
		{"${visited_on} < today() - backfill()", "true"},
		{"${visited_on} < today() - 8", "false"},
		{"${visited_on} >= '2017-03-28'", "true"},
		{"today() - ${visited_on}", "8"},
		{"today() + 26", "2017-05-01"},
		{"today() + 2000000", ""},
		{"today() + today()", ""},
		{"'a' + 1", ""},
		{"earliest() <= today()", "true"},
		{"selected(${utilities}, 'road')", "true"},
		{"selected(${utilities}, 'roa')", "false"},
		{"count-selected(${utilities})", "2"},
		{"string-length(${words})", "4"},
		{"string-length(.)", "2"},
		{"regex(., '[A-Z][0-9]')", "true"},
		{"regex(., '[A-Z]')", "false"},
		{". = 'B2'", "true"},
		{"skipped(${free})", "true"},
		{"skipped(${words})", "false"},
		{"position(..)", "2"},
		{"if(position(..) = 1, 'first', 'later')", "later"},
		{"if(true(), 'yes', 'no')", "yes"},
		{"not(false()) and not('')", "true"},
		{"1 = 1 and 2 = 3 or 4 = 4", "true"},
		{"1 = 2 and (2 = 3 or 4 = 4)", "false"},
		{"0 or ''", "false"},
		{"today() and 'x'", "true"},
		{"(1 = 1) = true()", "true"},
		{"2 <= 2", "true"},
		{"2 >= 3", "false"},
		{"3 > 2", "true"},
		{"2 != 2", "false"},
	} {
		e, err := parseExpression(tt.src)
		if err != nil {
			t.Errorf("parse %s: %v", tt.src, err)
			continue
		}
		if got := e.run(testScope()).String(); got != tt.want {
			t.Errorf("%s = %q, want %q", tt.src, got, tt.want)
		}
	}
}

func TestExpressionErrors(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"", "want a value"},
		{"1 +", "found the end"},
		{"(1", "want )"},
		{"1 2", `found "2"`},
		{"met", "a text is written in quotes"},
		{"${a b}", "written ${item}"},
		{"${a", "written ${item}"},
		{"'abc", "not closed"},
		{"1 & 2", "no meaning"},
		{"路", "no meaning"},
		{"frob(1)", "no function frob()"},
		{"not()", "takes 1 arguments, not 0"},
		{"selected(1)", "takes 2 arguments, not 1"},
		{"not(1", "want )"},
		{"not(1,", "want a value"},
		{"regex(., '(')", "pattern"},
		{"regex(., 1)", "pattern in quotes"},
		{"regex(.)", "want ,"},
		{"skipped('x')", "want ${item}"},
		{"position(.)", "want .."},
		{"99999999999999999999", "value out of range"},
		{strings.Repeat("(", 40) + "1" + strings.Repeat(")", 40), "deep"},
		{strings.Repeat("not(", 40) + "1" + strings.Repeat(")", 40), "deep"},
		{strings.Repeat("-", 40) + "1", "deep"},
		{strings.Repeat("1+", 600) + "1", "longer than"},
	} {
		if _, err := parseExpression(tt.src); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("parse %q: %v, want an error with %q", tt.src, err, tt.want)
		}
	}
}

func TestBareWords(t *testing.T) {
	for _, tt := range []struct {
		parse func(string) (expression, error)
		src   string
		want  string
	}{
		{parseDefault, "none", "none"},
		{parseDefault, "today()", "2017-04-05"},
		{parseRequired, "yes", "true"},
		{parseRequired, "true", "true"},
		{parseRequired, "no", "false"},
		{parseRequired, "false", "false"},
		{parseRequired, "${outcome} = 'met'", "true"},
	} {
		e, err := tt.parse(tt.src)
		if err != nil {
			t.Errorf("parse %s: %v", tt.src, err)
			continue
		}
		if got := e.run(testScope()).String(); got != tt.want {
			t.Errorf("%s = %q, want %q", tt.src, got, tt.want)
		}
	}
}

func FuzzExpression(f *testing.F) {
	for _, src := range []string{"${a} = 'b' and not(selected(${c}, 'd'))", "today() - 7 < .", "regex(., '[0-9]{1,3}')", "if(1, (2), -3)", "position(..)", "''\"\""} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		e, err := parseExpression(src)
		if err != nil {
			return
		}
		first, second := e.run(testScope()), e.run(testScope())
		if first != second {
			t.Errorf("%q = %v, and then %v", src, first, second)
		}
		if first.holds() && first.String() == "" {
			t.Errorf("%q holds and is empty: %+v", src, first)
		}
		for _, id := range e.items {
			if !word(id) {
				t.Errorf("%q reads %q, which is no id", src, id)
			}
		}
	})
}

package paper_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/paper"
	"zoufang/sample"
)

const cityColumns = `
system: 市民情系统
kind: problems
columns:
  - heading: 问题编码
    from: code
  - heading: 来源
    value: 百千万
  - heading: 级别
    from: urgency
    words: {一般: "3", 急: "2", 特急: "1"}
  - heading: 期限
    from: due
    format: 2006/01/02
`

func TestMapping(t *testing.T) {
	m, err := paper.ReadMapping([]byte(cityColumns))
	if err != nil {
		t.Fatal(err)
	}
	look(t, new(sample.Options{Seed: 1}), func(r casework.Records) {
		q := ask(casework.PaperProblems)
		ours := rows(mustMake(t, r, q).Sheets[0])
		q.Mapping = &m
		s := mustMake(t, r, q).Sheets[0]
		if diff := cmp.Diff([]string{"问题编码", "来源", "级别", "期限"}, headings(s)); diff != "" {
			t.Errorf("headings of the other system (-want +got):\n%s", diff)
		}
		theirs := rows(s)
		for i, row := range theirs {
			want := map[string]string{
				"KEY": ours[i]["code"], "column1": ours[i]["code"], "column2": "百千万",
				"column3": map[string]string{"一般": "3", "急": "2", "特急": "1"}[ours[i]["urgency"]],
				"column4": strings.ReplaceAll(ours[i]["due"], "-", "/"),
			}
			if diff := cmp.Diff(want, row); diff != "" {
				t.Errorf("row %d (-want +got):\n%s", i+1, diff)
			}
		}
		if len(theirs) != len(ours) {
			t.Errorf("the mapped list has %d rows, want %d", len(theirs), len(ours))
		}
		_, err := paper.Mapping{Columns: []paper.MappedColumn{{Heading: "甲", From: "codes"}}}.Apply(mustMake(t, r, ask(casework.PaperProblems)).Sheets[0])
		if err == nil || !strings.Contains(err.Error(), `"codes"`) || !strings.Contains(err.Error(), "code, visited_on") {
			t.Errorf("Apply with an unknown column = %v, want the list of ours", err)
		}
	})
}

func TestReadMappingSaysTheLine(t *testing.T) {
	for _, tt := range []struct{ name, old, fresh, line, words string }{
		{"unknown setting", "from: code", "form: code", "[6:", `"form"`},
		{"unknown kind", "kind: problems", "kind: problem", "line 3", "must be one of problems"},
		{"no system", "system: 市民情系统", "", "line 1", "system is missing"},
		{"no heading", "heading: 来源", "heading: ''", "line 7", "without a heading"},
		{"heading twice", "heading: 来源", "heading: 问题编码", "line 7", "stands there twice"},
		{"format without a year", "format: 2006/01/02", "format: yyyy", "line 12", "shows no year"},
		{"no columns", cityColumns[strings.Index(cityColumns, "columns:"):], "", "line 1", "columns are missing"},
		{"no YAML", cityColumns, "{", "read mapping", ""},
	} {
		_, err := paper.ReadMapping([]byte(strings.Replace(cityColumns, tt.old, tt.fresh, 1)))
		if err == nil || !strings.Contains(err.Error(), tt.line) || !strings.Contains(err.Error(), tt.words) {
			t.Errorf("%s: ReadMapping = %v, want %s and %s", tt.name, err, tt.line, tt.words)
		}
	}
}

func TestMappingOf(t *testing.T) {
	m, unknown := paper.MappingOf("市民情系统", casework.PaperProblems,
		[]string{"问题编号", " 对象编号 （名称） ", "镇 / 村", "户主姓名", "办理期限", "帮扶措施", "STATUS", "天气"})
	var got []string
	for _, c := range m.Columns {
		got = append(got, c.Heading+"="+c.From)
	}
	want := []string{
		"问题编号=code", " 对象编号 （名称） =target", "镇 / 村=place", "户主姓名=target_name", "办理期限=due", "帮扶措施=measures",
		"STATUS=status", "天气=",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("MappingOf (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"天气"}, unknown); diff != "" {
		t.Errorf("unknown headings (-want +got):\n%s", diff)
	}
	for _, o := range casework.PaperKinds() {
		own := casework.PaperKind(o.ID)
		look(t, nil, func(r casework.Records) {
			list := headings(mustMake(t, r, ask(own)).Sheets[0])
			if _, unknown := paper.MappingOf("x", own, list); len(unknown) > 0 {
				t.Errorf("MappingOf(%s) does not know our own %v", own, unknown)
			}
		})
	}
}

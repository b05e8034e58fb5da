package paper_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/form"
	"zoufang/paper"
	"zoufang/sample"
)

// The headings are those the bureau writes, word for word.
func TestHeadings(t *testing.T) {
	want := map[casework.PaperKind]string{
		casework.PaperProblems: "序号｜问题编号｜走访日期｜走访组｜走访人｜对象类别｜对象编号(名称脱敏)｜镇村｜六类归属｜具体类别｜问题描述｜" +
			"个性/共性｜紧急程度｜责任层级｜责任单位｜责任人｜帮扶措施(缺什么→补什么)｜办结时限｜办理状态｜最新进展(日期)｜办结方式｜办结日期｜" +
			"回访日期｜满意度｜销号日期｜备注",
		casework.PaperDaily: "日期｜组｜出动党员数｜走访家庭(新/复)｜走访企业｜走访组织｜未遇｜新增问题｜当场办结｜上报｜办结｜销号｜今日逾期｜明日计划",
		casework.PaperWeekly: "支部｜应走｜实走｜走访率｜问题数(六类分列)｜群众思想困惑｜群众生活困难｜项目建设障碍｜企业发展瓶颈｜影响社会稳定｜" +
			"基层党建薄弱｜办结数｜办结率｜销号数｜逾期数｜满意率｜重点户覆盖｜需局协调事项(≤3)",
		casework.PaperRounds:     "轮次｜参与党员(去重)｜家庭(去重/户次)｜企业｜组织｜问题｜清单率｜任务书率｜办结率｜销号率｜满意率",
		casework.PaperTrademarks: "企业｜商标｜事项｜阶段｜上次结果｜下一节点｜到期日｜责任人",
		casework.PaperIssues:     "主题｜涉及对象数｜镇村分布｜典型案例编号｜建议承办单位",
		casework.PaperTaskBooks:  "编号｜对象｜问题编号｜缺什么｜目标｜责任人｜支部｜签发｜时限｜状态｜成效｜意见｜验收",
	}
	look(t, nil, func(r casework.Records) {
		for kind, line := range want {
			got := strings.Join(headings(mustMake(t, r, ask(kind)).Sheets[0]), "｜")
			if got != line {
				t.Errorf("headings of %s: %s", kind, cmp.Diff(line, got))
			}
		}
	})
}

// The office can change four columns of the problem list; the import knows them by id.
func TestEditableColumns(t *testing.T) {
	look(t, nil, func(r casework.Records) {
		var got []string
		for _, c := range mustMake(t, r, ask(casework.PaperProblems)).Sheets[0].Columns {
			if c.Edit {
				got = append(got, fmt.Sprintf("%s %s %d", c.ID, c.Heading, len(c.Choices)))
			}
		}
		want := []string{"owner 责任人 0", "due 办结时限 0", "status 办理状态 10", "remark 备注 0"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("editable columns (-want +got):\n%s", diff)
		}
	})
}

// Whatever the forms ask, the export holds (kobotoolbox/kpi#1541).
func TestEveryItemIsInTheExport(t *testing.T) {
	look(t, new(sample.Options{Seed: 1}), func(r casework.Records) {
		d := mustMake(t, r, ask(casework.PaperVisits))
		for i, k := range casework.Kinds() {
			ids := map[string]bool{}
			for _, c := range d.Sheets[i].Columns {
				if ids[c.ID] {
					t.Errorf("sheet %s has two columns %s", d.Sheets[i].Name, c.ID)
				}
				ids[c.ID] = true
			}
			newest, _ := r.Form(string(k), 0)
			for version := 1; version <= newest.Version; version++ {
				f, _ := r.Form(string(k), version)
				checkItems(t, d.Sheets[i], f, ids)
			}
		}
	})
}

func checkItems(t *testing.T, s paper.Sheet, f form.Definition, ids map[string]bool) {
	t.Helper()
	for _, it := range f.Items {
		path := it.ID
		if it.Repeat != "" {
			path = it.Repeat + "/1/" + it.ID
		}
		if !ids[path] {
			t.Errorf("sheet %s has no column for item %s of form %s, version %d", s.Name, path, f.ID, f.Version)
		}
	}
}

// Every answer that was given stands in a cell.
func TestEveryAnswerIsInTheExport(t *testing.T) {
	look(t, new(sample.Options{Seed: 1}), func(r casework.Records) {
		d := mustMake(t, r, ask(casework.PaperVisits))
		tables := map[string]map[string]string{}
		for _, s := range d.Sheets[:3] {
			for _, row := range rows(s) {
				tables[row["KEY"]] = row
			}
		}
		n, answers := 0, 0
		for v := range r.AllVisits() {
			n++
			for path, a := range v.Answers {
				if strings.HasSuffix(path, "/?") || a.Skipped || len(a.Values) == 0 {
					continue
				}
				answers++
				if tables[v.Code][path] == "" {
					t.Errorf("visit %s: the answer to %s is not in the export", v.Code, path)
				}
			}
		}
		if len(tables) != n || answers < n {
			t.Errorf("the tables have %d rows and %d answers for %d visits", len(tables), answers, n)
		}
	})
}

// The figures are those of the campaign that was reported.
func TestRoundTableHasTheCampaignsFigures(t *testing.T) {
	look(t, new(sample.Options{Seed: 1}), func(r casework.Records) {
		list := rows(mustMake(t, r, ask(casework.PaperRounds)).Sheets[0])
		if len(list) != 6 {
			t.Fatalf("the round table has %d rows, want 5 rounds and the campaign", len(list))
		}
		got := list[5]
		want := casework.Summarize(r, today)
		for _, x := range []struct{ id, want string }{
			{"participants", "170"}, {"enterprises", "10"}, {"organizations", "16"}, {"problems", "35"},
			{"list_rate", "100.0%"}, {"task_rate", "100.0%"},
			{"resolve_rate", share(want.Resolved, want.Problems)}, {"close_rate", share(want.Struck, want.Problems)},
			{"satisfaction", share(want.Pleased, want.Asked)},
		} {
			if got[x.id] != x.want {
				t.Errorf("%s of the campaign = %q, want %q", x.id, got[x.id], x.want)
			}
		}
		if !strings.HasPrefix(got["households"], "164/") {
			t.Errorf("households of the campaign = %q, want 164", got["households"])
		}
	})
}

func share(part, whole int) string {
	if whole < 10 {
		return fmt.Sprintf("%d/%d", part, whole)
	}
	return paper.Share(part, whole).String()
}

// The problem list has a row for each problem, and nothing that must be in it is empty.
func TestProblemList(t *testing.T) {
	look(t, new(sample.Options{Seed: 1}), func(r casework.Records) {
		list := rows(mustMake(t, r, ask(casework.PaperProblems)).Sheets[0])
		if len(list) != 35 {
			t.Fatalf("the problem list has %d rows, want 35", len(list))
		}
		for i, row := range list {
			if row["no"] != fmt.Sprint(i+1) || row["KEY"] != row["code"] {
				t.Errorf("row %d has number %s, key %s and code %s", i+1, row["no"], row["KEY"], row["code"])
			}
			for _, id := range []string{
				"visited_on", "group", "visitors", "kind", "target", "place", "family", "category", "description", "scope",
				"urgency", "level", "unit", "owner", "measures", "status",
			} {
				if row[id] == "" {
					t.Errorf("problem %s: %s is empty", row["code"], id)
				}
			}
			if !strings.Contains(row["measures"], "→") {
				t.Errorf("problem %s: the measures are %q, want what is lacking and what fills it", row["code"], row["measures"])
			}
			code := row["owner"][strings.LastIndex(row["owner"], " ")+1:]
			if s, ok := r.StaffByCode(code); !ok || row["owner"] != s.Name+" "+code {
				t.Errorf("problem %s: the owner %q cannot be read back", row["code"], row["owner"])
			}
		}
	})
}

// A masked paper of any kind has no head of a household and no telephone number in it.
func TestMaskedPapersShowNobody(t *testing.T) {
	look(t, new(sample.Options{Seed: 1}), func(r casework.Records) {
		var people []string
		for s := range r.AllStaff() {
			people = append(people, s.Name)
		}
		var heads, phones []string
		for x := range r.AllTargets() {
			h := x.Household
			if h == nil {
				continue
			}
			phones = append(phones, h.Phone)
			within := func(name string) bool { return strings.Contains(name, h.HeadName) }
			if !slices.ContainsFunc(people, within) { // staff keep their names
				heads = append(heads, h.HeadName)
			}
		}
		if len(heads) < 100 {
			t.Fatalf("only %d heads have a name that no member of staff has", len(heads))
		}
		for _, o := range casework.PaperKinds() {
			d := mustMake(t, r, ask(casework.PaperKind(o.ID)))
			each(d, func(where, text string) {
				for _, secret := range append(heads, phones...) {
					if secret != "" && strings.Contains(text, secret) {
						t.Errorf("%s, %s: %q shows %s", o.ID, where, text, secret)
					}
				}
				if form.FindPrivate(text) == form.Phone {
					t.Errorf("%s, %s: %q shows a telephone number", o.ID, where, text)
				}
			})
		}
	})
}

// What somebody wrote into a text in spite of all is masked as well.
func TestWordsAreMasked(t *testing.T) {
	look(t, new(sample.Options{Seed: 1}), func(below casework.Records) {
		r := casework.NewAhead(below)
		var p casework.Problem
		for p = range below.AllProblems() {
			break
		}
		x, _ := below.Target(p.TargetID)
		x.Kind, x.Household, x.Enterprise, x.Organization = casework.HouseholdKind, &casework.Household{HeadName: "李四海"}, nil, nil
		r.PutTarget(x)
		for _, tt := range []struct{ words, want string }{
			{"李四海家的路坏了", "李*家的路坏了"},
			{"打13812345678找李四海", "打138****5678找李*"},
			{"办公室0516-83701234", "办公室051******1234"},
			{"电话 １３８ １２３４ ５６７８", "电话 *** **** ****"},
			{"欠 12000 元，2017-04-05 起", "欠 12000 元，2017-04-05 起"},
		} {
			p.Description = tt.words
			r.PutProblem(p)
			if got := rows(mustMake(t, r, ask(casework.PaperProblems)).Sheets[0])[0]["description"]; got != tt.want {
				t.Errorf("the description %q is shown as %q, want %q", tt.words, got, tt.want)
			}
			q := ask(casework.PaperProblems)
			q.Export.Full = true
			got := rows(mustMake(t, r, q).Sheets[0])[0]
			if got["description"] != tt.words || got["target_name"] != "李四海" {
				t.Errorf("unmasked, the description is %q of %q, want %q of 李四海", got["description"], got["target_name"], tt.words)
			}
		}
	})
}

// No question makes it panic, in an empty file or a full one; what does not fit is said.
func TestEveryKindAndLimit(t *testing.T) {
	check := func(r casework.Records, limited map[string]func(*casework.Export)) {
		for _, o := range casework.PaperKinds() {
			for name, set := range limited {
				q := ask(casework.PaperKind(o.ID))
				set(&q.Export)
				d, err := paper.Make(r, q)
				if err != nil {
					if !strings.Contains(err.Error(), "ask for one of") && !strings.Contains(err.Error(), "not there") {
						t.Errorf("Make(%s, %s): %v", o.ID, name, err)
					}
					continue
				}
				each(d, func(string, string) {})
				checkNames(t, d)
			}
		}
	}
	look(t, nil, func(r casework.Records) {
		check(r, map[string]func(*casework.Export){
			"all": func(*casework.Export) {}, "full": func(e *casework.Export) { e.Full = true },
			"round": func(e *casework.Export) { e.RoundID = 7 }, "visit": func(e *casework.Export) { e.VisitID = 7 },
		})
	})
	look(t, new(sample.Options{Seed: 1}), func(r casework.Records) {
		var v casework.Visit
		for v = range r.AllVisits() {
			break
		}
		var b casework.TaskBook
		for b = range r.AllTaskBooks() {
			break
		}
		check(r, map[string]func(*casework.Export){
			"all": func(*casework.Export) {}, "full": func(e *casework.Export) { e.Full = true },
			"group":  func(e *casework.Export) { e.GroupID = r.Groups()[0].ID },
			"unit":   func(e *casework.Export) { e.UnitID = r.Units()[1].ID },
			"round":  func(e *casework.Export) { e.RoundID = r.Rounds()[1].ID },
			"staff":  func(e *casework.Export) { e.StaffID = v.Reporter() },
			"month":  func(e *casework.Export) { e.Month = casework.Date{Year: 2017, Month: time.April, Day: 1} },
			"target": func(e *casework.Export) { e.TargetID = v.TargetID },
			"visit":  func(e *casework.Export) { e.VisitID = v.ID },
			"book":   func(e *casework.Export) { e.BookID = b.ID },
			"new":    func(e *casework.Export) { e.System, e.OnlyNew = "市民情系统", true },
		})
	})
}

// checkNames holds the names of sheets to what Excel allows.
func checkNames(t *testing.T, d paper.Document) {
	t.Helper()
	ids, names := map[string]bool{}, map[string]bool{}
	for _, s := range d.Sheets {
		if ids[s.ID] || names[s.Name] || s.Name == "" || len([]rune(s.Name)) > 31 || strings.ContainsAny(s.Name, `[]:*?/\`) {
			t.Errorf("%s: the sheet %s is called %q", d.Kind, s.ID, s.Name)
		}
		ids[s.ID], names[s.Name] = true, true
		if s.Rows == nil {
			continue
		}
		keys := map[string]bool{}
		for row := range s.Rows {
			if keys[row.Key] || (row.Key == "") != row.Total || len(row.Cells) != len(s.Columns) {
				t.Errorf("%s, %s: a row with the key %q, total %v, %d of %d cells", d.Kind, s.Name, row.Key, row.Total, len(row.Cells), len(s.Columns))
			}
			keys[row.Key] = true
		}
	}
}

// Limits leave what they say.
func TestLimits(t *testing.T) {
	look(t, new(sample.Options{Seed: 1}), func(r casework.Records) {
		all := len(rows(mustMake(t, r, ask(casework.PaperProblems)).Sheets[0]))
		sum := 0
		for _, g := range r.Groups() {
			q := ask(casework.PaperProblems)
			q.Export.GroupID = g.ID
			list := rows(mustMake(t, r, q).Sheets[0])
			for _, row := range list {
				if row["group"] != g.Name {
					t.Errorf("the list of %s has problem %s of %s", g.Name, row["code"], row["group"])
				}
			}
			sum += len(list)
		}
		if sum != all {
			t.Errorf("the groups' lists have %d problems together, want %d", sum, all)
		}
		q := ask(casework.PaperProblems)
		q.Export.System, q.Export.OnlyNew = "市民情系统", true
		ahead := casework.NewAhead(r)
		for p := range r.AllProblems() {
			p.Synced = map[string]casework.Date{"市民情系统": today}
			ahead.PutProblem(p)
			break
		}
		fresh, err := paper.HandedOver(ahead, q)
		if n := len(rows(mustMake(t, ahead, q).Sheets[0])); err != nil || n != all-1 || len(fresh.Problems) != n {
			t.Errorf("%d rows and %d records are new to the other system (%v), want %d", n, len(fresh.Problems), err, all-1)
		}
	})
}

// What does not fit is refused, and the refusal says what would.
func TestMakeRefuses(t *testing.T) {
	look(t, nil, func(r casework.Records) {
		for _, tt := range []struct {
			name   string
			change func(*paper.Request)
			want   string
		}{
			{"unknown kind", func(q *paper.Request) { q.Export.Kind = "poems" }, "there are problems, task_books"},
			{"no zone", func(q *paper.Request) { q.Zone = nil }, "no time zone"},
			{"no instant", func(q *paper.Request) { q.Export.Day = casework.Date{} }, "say as of when"},
			{"a visit of the list", func(q *paper.Request) { q.Export.VisitID = 1 }, "ask for one of: visits, diary"},
			{"a group not there", func(q *paper.Request) { q.Export.GroupID = 1 }, "the group it is limited to was not there"},
			{"new to nobody", func(q *paper.Request) { q.Export.OnlyNew = true }, "which system"},
			{"columns of another paper", func(q *paper.Request) { q.Mapping = &paper.Mapping{System: "甲", Kind: casework.PaperWork} }, "the columns of 甲 are for work"},
		} {
			q := ask(casework.PaperProblems)
			tt.change(&q)
			if _, err := paper.Make(r, q); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: Make = %v, want %s", tt.name, err, tt.want)
			}
		}
	})
}

// An unmasked roster has the very texts that the import reads.
func TestFullRosterCanBeImported(t *testing.T) {
	look(t, new(sample.Options{Seed: 1}), func(r casework.Records) {
		q := ask(casework.PaperRoster)
		q.Export.Full = true
		d := mustMake(t, r, q)
		want := casework.RosterOf(r)
		for i, table := range casework.RosterTables() {
			list := rows(d.Sheets[i])
			if d.Sheets[i].Name != table.Label.Zh || len(list) != len(want[table.ID]) {
				t.Errorf("sheet %s has %d rows, want %d in %s", d.Sheets[i].Name, len(list), len(want[table.ID]), table.Label.Zh)
				continue
			}
			for n, row := range want[table.ID] {
				for _, c := range table.Columns {
					if list[n][c.ID] != row.Fields[c.ID].Text {
						t.Errorf("sheet %s, row %d: %s = %q, want %q", table.Label.Zh, n+1, c.ID, list[n][c.ID], row.Fields[c.ID].Text)
					}
				}
			}
		}
	})
}

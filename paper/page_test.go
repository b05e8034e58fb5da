package paper_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/paper"
	"zoufang/sample"
)

// diaries is a campaign in which some visits have a diary: the store has no way to write
// one but the people's, and the pages read nothing else of it.
type diaries struct {
	casework.Records
	text map[casework.VisitID]string
}

func (d diaries) VisitsBy(s casework.StaffID, after time.Time) []casework.Visit {
	out := d.Records.VisitsBy(s, after)
	for i, v := range out {
		if text, ok := d.text[v.ID]; ok {
			out[i].Diary = &casework.Diary{Text: text, By: s, On: v.ReportedOn}
		}
	}
	return out
}

// pagesOf are the pages of the document.
func pagesOf(d paper.Document) []paper.Page {
	for _, s := range d.Sheets {
		if s.Pages != nil {
			return slices.Collect(s.Pages)
		}
	}
	return nil
}

// saysOf is all that the page says, a line each.
func saysOf(p paper.Page) string {
	var out strings.Builder
	eachOfPage(p, func(text string) { out.WriteString(text + "\n") })
	for _, b := range p.Blocks {
		if b.Table != nil {
			out.WriteString(strings.Join(b.Table.Heads, "|") + "\n")
		}
	}
	return out.String()
}

// Every line of a page fills the grid of twelve.
func checkGrid(t *testing.T, p paper.Page) {
	t.Helper()
	for i, b := range p.Blocks {
		sum := 0
		for _, f := range b.Fields {
			sum += f.Span
		}
		if b.Table != nil {
			for _, n := range b.Table.Spans {
				sum += n
			}
			if len(b.Table.Heads) != len(b.Table.Spans) {
				t.Errorf("page %s, block %d has %d heads and %d spans", p.Key, i, len(b.Table.Heads), len(b.Table.Spans))
			}
		}
		if sum != 12 {
			t.Errorf("page %s, block %d spans %d columns, want 12", p.Key, i, sum)
		}
	}
}

func TestVisitPages(t *testing.T) {
	look(t, &sample.Options{Seed: 1}, func(r casework.Records) {
		pages := pagesOf(mustMake(t, r, ask(casework.PaperVisits)))
		if want := len(slices.Collect(r.AllVisits())); len(pages) != want {
			t.Errorf("%d pages, want one for each of %d visits", len(pages), want)
		}
		for _, p := range pages {
			checkGrid(t, p)
			v, ok := r.VisitByCode(p.Key)
			if !ok {
				t.Fatalf("page %q is of no visit", p.Key)
			}
			x, _ := r.Target(v.TargetID)
			def, _ := r.Form(v.Form, v.FormVersion)
			text := saysOf(p)
			wants := []string{def.Title.Zh, v.Code, x.Code, v.VisitedOn.String(), "（签名）"}
			for _, it := range def.Items {
				if it.No > 0 {
					wants = append(wants, it.Label.Zh)
				}
			}
			for _, id := range v.ProblemIDs {
				problem, _ := r.Problem(id)
				wants = append(wants, problem.Code, problem.Description)
			}
			for _, w := range wants {
				if !strings.Contains(text, w) {
					t.Errorf("page %s does not say %q", p.Key, w)
				}
			}
			if x.Household != nil && strings.Contains(text, x.Household.HeadName) {
				t.Errorf("page %s shows a name that is masked", p.Key)
			}
		}
	})
}

// The answers stand beside their numbers, and what accompanies an item follows it.
func TestVisitPageAnswers(t *testing.T) {
	look(t, &sample.Options{Seed: 1}, func(r casework.Records) {
		for v := range r.AllVisits() {
			if v.Form != "household" || v.Answers["profile_change"].Values == nil {
				continue
			}
			q := ask(casework.PaperVisits)
			q.Export.VisitID = v.ID
			pages := pagesOf(mustMake(t, r, q))
			if len(pages) != 1 {
				t.Fatalf("%d pages of one visit, want 1", len(pages))
			}
			var got []string
			for _, b := range pages[0].Blocks {
				if b.Table != nil && b.Table.Heads[0] == "序号" {
					for _, row := range b.Table.Rows {
						got = append(got, row[0].String())
						if row[0].String() == "2" && row[2].String() != "有变化；变化内容："+v.Answers["profile_change"].Values[0] {
							t.Errorf("item 2 says %q, want the change", row[2])
						}
					}
				}
			}
			if diff := cmp.Diff([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "+1"}, got); diff != "" {
				t.Errorf("numbers (-want +got):\n%s", diff)
			}
			return
		}
		t.Fatal("no household of the sample has changed")
	})
}

// A firm's trademarks repeat, and so do the problems that were open: all are told.
func TestVisitPageTellsRepeats(t *testing.T) {
	look(t, &sample.Options{Seed: 1}, func(r casework.Records) {
		told := 0
		for v := range r.AllVisits() {
			name, state := v.Answers["trademark/1/mark_name"], v.Answers["open/1/code"]
			if len(name.Values)+len(state.Values) == 0 {
				continue
			}
			q := ask(casework.PaperVisits)
			q.Export.VisitID = v.ID
			text := saysOf(pagesOf(mustMake(t, r, q))[0])
			if len(name.Values) > 0 && !strings.Contains(text, "商标名称/图样号："+name.Values[0]) {
				t.Errorf("the page of %s does not tell of the trademark %s", v.Code, name.Values[0])
			}
			if len(state.Values) > 0 && !strings.Contains(text, state.Values[0]) {
				t.Errorf("the page of %s does not tell of the problem %s", v.Code, state.Values[0])
			}
			told++
		}
		if told == 0 {
			t.Error("no visit of the sample tells of a trademark or an open problem")
		}
	})
}

func TestBookPages(t *testing.T) {
	look(t, &sample.Options{Seed: 1}, func(r casework.Records) {
		pages := pagesOf(mustMake(t, r, ask(casework.PaperTaskBooks)))
		if want := len(slices.Collect(r.AllTaskBooks())); len(pages) != want || want == 0 {
			t.Fatalf("%d pages, want one for each of %d task books", len(pages), want)
		}
		i := 0
		for b := range r.AllTaskBooks() {
			p := pages[i]
			i++
			checkGrid(t, p)
			text := saysOf(p)
			wants := []string{b.Code, b.Goal, "①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "支部书记", "组长", "局活动办", "局分管领导", "签章"}
			for _, m := range b.Measures {
				wants = append(wants, m.Content)
				for _, n := range m.Progress {
					wants = append(wants, n.Text)
				}
			}
			for _, w := range wants {
				if !strings.Contains(text, w) {
					t.Errorf("page %s does not say %q", p.Key, w)
				}
			}
		}
	})
}

func TestDiaryPages(t *testing.T) {
	look(t, &sample.Options{Seed: 1}, func(r casework.Records) {
		d := diaries{Records: r, text: map[casework.VisitID]string{}}
		var person casework.StaffID
		months := map[string]int{}
		for s := range r.AllStaff() {
			if visits := r.VisitsBy(s.ID, time.Time{}); len(visits) > 6 && person == 0 {
				person = s.ID
				for _, v := range visits[1:] { // the newest is not confirmed
					d.text[v.ID] = "日记" + v.Code
					months[v.VisitedOn.String()[:7]]++
				}
			}
		}
		q := ask(casework.PaperDiary)
		q.Export.StaffID = person
		pages := pagesOf(mustMake(t, d, q))
		got := map[string]int{}
		var keys []string
		for _, p := range pages {
			checkGrid(t, p)
			keys = append(keys, p.Key)
			got[p.Key[len(p.Key)-7:]] = strings.Count(saysOf(p), "日记ZF-")
		}
		if diff := cmp.Diff(months, got); diff != "" {
			t.Errorf("entries a month (-want +got):\n%s", diff)
		}
		if !slices.IsSorted(keys) {
			t.Errorf("months come as %v, want the oldest first", keys)
		}
		q.Export.Month = casework.Date{Year: 2017, Month: time.April, Day: 1}
		for _, p := range pagesOf(mustMake(t, d, q)) {
			if !strings.Contains(p.Title, "2017年4月") {
				t.Errorf("a page of April is titled %q", p.Title)
			}
		}
	})
}

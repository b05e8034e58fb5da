package casework_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/form"
)

// heard is the answers about trademarks of a visit to the firm, one part a line, each
// as "id=value" with | between.
func heard(parts ...string) form.Answers {
	a := answered(april(20), "outcome=met", "brand=pending")
	for i, part := range parts {
		for field := range strings.SplitSeq(part, "|") {
			id, values, _ := strings.Cut(field, "=")
			a[fmt.Sprintf("trademark/%d/%s", i+1, id)] = form.Answer{Values: strings.Split(values, "+")}
		}
	}
	return a
}

// marksTold reports a visit to the firm and gives what it makes of trademarks.
func (l *ledger) marksTold(a form.Answers) []string {
	l.t.Helper()
	var out []string
	l.do(func(r casework.Records, ids *casework.Minter) []casework.Fact {
		rep := visitOf(firm, ann, a)
		rep.ID, rep.Form, rep.FormVersion = casework.VisitID(ids.Next()), "enterprise", 2
		rep.Target, _ = r.Target(firm)
		facts := casework.ReportVisit(r, rep, ids)
		for _, f := range facts {
			switch f := f.(type) {
			case casework.TrademarkRecorded:
				out = append(out, fmt.Sprintf("mark %s %s %v %s", f.Trademark.Name, f.Trademark.Number, f.Trademark.Classes, f.Trademark.Goods))
			case casework.MatterRecorded:
				out = append(out, fmt.Sprintf("new %s %s %s %s", f.Matter.Code, f.Matter.Kind, f.Matter.Stage, f.Matter.Status))
			case casework.MatterMoved:
				out = append(out, fmt.Sprintf("move %d from %s to %q", f.MatterID, f.From, f.Stage))
			}
		}
		return facts
	})
	return out
}

func TestVisitsTellOfTrademarks(t *testing.T) {
	for _, tt := range []struct {
		name  string
		known casework.Fact // a matter about the trademark 1, 白塔 123
		parts []string
		want  []string
	}{
		{
			"all new", atStage("renewal", "filed"), []string{"mark_name=清泉|mark_number=456|mark_classes=35, 9|goods=面粉|matter=registration|stage=filed"},
			[]string{"mark 清泉 456 [9 35] 面粉", "new SB-002 registration filed open"},
		},
		{"further", atStage("renewal", "filed"), []string{"mark_name=白塔|matter=renewal|stage=accepted"}, []string{`move 1 from filed to "accepted"`}},
		{"known by its number", atStage("renewal", "filed"), []string{"mark_name=白塔牌|mark_number=123|matter=renewal|stage=accepted"}, []string{`move 1 from filed to "accepted"`}},
		{"known by its name in other letters", atStage("renewal", "filed"), []string{"mark_name=白　塔|matter=renewal|stage=accepted"}, []string{`move 1 from filed to "accepted"`}},
		{
			"the name with another number", atStage("renewal", "filed"), []string{"mark_name=白塔|mark_number=124|matter=renewal|stage=accepted"},
			[]string{"mark 白塔 124 [] ", "new SB-002 renewal accepted open"},
		},
		{"back, and believed", atStage("registration", "published"), []string{"mark_name=白塔|matter=registration|stage=formal"}, []string{`move 1 from published to "formal"`}},
		{"nothing new", atStage("renewal", "filed"), []string{"mark_name=白塔|matter=renewal|stage=filed"}, nil},
		{"a word about it", atStage("renewal", "filed"), []string{"mark_name=白塔|matter=renewal|stage=filed|next_step=催办|next_step_on=2017-05-02"}, []string{`move 1 from filed to ""`}},
		{"another kind", atStage("renewal", "filed"), []string{"mark_name=白塔|matter=madrid|stage=consult"}, []string{"new SB-002 madrid consult open"}},
		{"tried again", atStage("well_known", "not_recognised"), []string{"mark_name=白塔|matter=well_known|stage=retry"}, []string{`move 1 from not_recognised to "retry"`}},
		{"ended, and told again", atStage("well_known", "recognised"), []string{"mark_name=白塔|matter=well_known|stage=recognised"}, nil},
		{"ended, and another one", atStage("renewal", "registered"), []string{"mark_name=白塔|matter=renewal|stage=preparing"}, []string{"new SB-002 renewal preparing open"}},
		{
			"twice about one", atStage("renewal", "filed"),
			[]string{"mark_name=清泉|matter=registration|stage=filed", "mark_name=清泉|matter=registration|stage=accepted", "mark_name=甘露|matter=registration|stage=filed"},
			[]string{"mark 清泉  [] ", "new SB-002 registration filed open", `move 2 from filed to "accepted"`, "mark 甘露  [] ", "new SB-003 registration filed open"},
		},
		{"more goods", atStage("renewal", "filed"), []string{"mark_name=白塔|goods=面粉|matter=renewal|stage=filed"}, []string{"mark 白塔 123 [] 面粉"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, append(serviceCampaign(t), tt.known)...)
			got := l.marksTold(heard(tt.parts...))
			for i, line := range got { // a fresh matter has a number of its own
				if strings.HasPrefix(line, "move ") && !strings.HasPrefix(line, "move 1 ") {
					_, rest, _ := strings.Cut(line[len("move "):], " ")
					got[i] = "move 2 " + rest
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("the visit makes (-want +got)\n%s", diff)
			}
			if again := l.marksTold(heard(tt.parts[len(tt.parts)-1])); again != nil {
				t.Errorf("told again, it makes %v", again)
			}
		})
	}
}

// What a visit says of a matter goes into its row.
func TestVisitFillsTheMatter(t *testing.T) {
	l := newLedger(t, append(serviceCampaign(t), atStage("well_known", "deciding"))...)
	l.marksTold(heard("mark_name=白塔|matter=well_known|stage=not_recognised|last_result=未获认定|last_result_on=2017-04-10|" +
		"refusal_reason=years|evidence_groups=publicity+awareness|section=商标科"))
	l.marksTold(heard("mark_name=白塔|matter=well_known|stage=retry|last_result=未获认定|last_result_on=2017-04-10|refusal_reason=years|" +
		"evidence_groups=awareness+publicity|next_step=补三年销售数据|next_step_on=2017-06-01|section=商标科"))
	m := l.matter(1)
	want := casework.Matter{
		ID: 1, Code: "SB-001", TrademarkID: 1, FirmID: firm, Kind: "well_known", Stage: "retry", Status: casework.MatterOpen,
		LastResult: "未获认定", LastResultOn: april(10), Refusal: "years", Evidence: []string{"awareness", "publicity"},
		NextStep: "补三年销售数据", NextOn: casework.Date{Year: 2017, Month: 6, Day: 1}, Section: "商标科", StageOn: april(20),
	}
	if n := len(m.History); n != 3 || m.History[1].Stage != "not_recognised" || m.History[1].VisitID == 0 || m.History[2].On != april(20) {
		t.Errorf("the history = %+v, want the record and two visits", m.History)
	}
	m.History = nil
	if diff := cmp.Diff(want, m); diff != "" {
		t.Errorf("the matter (-want +got)\n%s", diff)
	}
}

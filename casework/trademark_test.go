package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/form"
)

// People who serve firms.
const (
	officer casework.StaffID = 71
	desk    casework.StaffID = 72 // of the office
	outside casework.StaffID = 73 // a visitor of no group
)

// serviceCampaign is the small one with the forms and people who serve firms. The
// trademark with the number 1 is the firm's.
func serviceCampaign(t testing.TB) []casework.Fact {
	t.Helper()
	facts := smallCampaign()
	forms, err := form.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range forms {
		facts = append(facts, casework.FormPublished{Form: d})
	}
	for id, role := range map[casework.StaffID]casework.Role{
		officer: casework.TrademarkOfficer, desk: casework.Office, outside: casework.Visitor,
	} {
		facts = append(facts, casework.StaffImported{Staff: casework.Staff{
			ID: id, Code: fmt.Sprintf("R%03d", id), Roles: []casework.Role{role}, Binding: casework.Bound,
		}})
	}
	return append(facts, casework.TrademarkRecorded{Trademark: casework.Trademark{ID: 1, FirmID: firm, Name: "白塔", Number: "123"}})
}

// servingNow is when the tests' people act.
func servingNow() casework.Moment {
	return casework.Moment{Today: today, At: today.In(time.UTC).Add(12 * time.Hour)}
}

// atStage is the matter 1 of a kind at a stage, about the trademark 1.
func atStage(kind, stage string) casework.Fact {
	return casework.MatterRecorded{Matter: casework.Matter{
		ID: 1, Code: "SB-001", TrademarkID: 1, FirmID: firm, Kind: kind, Stage: stage, StageOn: april(1),
	}}
}

// try lets somebody do something, keeps what it makes, and gives the refusal.
func (l *ledger) try(who casework.StaffID, do func(casework.Records, casework.Staff, *casework.Minter) ([]casework.Fact, casework.Refusal)) casework.Refusal {
	l.t.Helper()
	var why casework.Refusal
	l.do(func(r casework.Records, ids *casework.Minter) []casework.Fact {
		s, _ := r.Staff(who)
		var facts []casework.Fact
		if facts, why = do(r, s, ids); why != "" && len(facts) > 0 {
			l.t.Errorf("refused as %s, and makes %v", why, facts)
		}
		return facts
	})
	return why
}

// move lets somebody take the matter 1 a step further.
func (l *ledger) move(who casework.StaffID, m casework.MatterMoved) casework.Refusal {
	l.t.Helper()
	if m.MatterID == 0 {
		m.MatterID = 1
	}
	return l.try(who, func(r casework.Records, s casework.Staff, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
		return casework.MoveMatter(r, s, m, servingNow())
	})
}

func (l *ledger) matter(id casework.MatterID) casework.Matter {
	l.t.Helper()
	var m casework.Matter
	l.view(func(r casework.Records) { m, _ = r.Matter(id) })
	return m
}

func (l *ledger) trademark(id casework.TrademarkID) casework.Trademark {
	l.t.Helper()
	var m casework.Trademark
	l.view(func(r casework.Records) { m, _ = r.Trademark(id) })
	return m
}

func TestStages(t *testing.T) {
	l := newLedger(t, serviceCampaign(t)...)
	for kind, want := range map[string]string{
		"registration":    "consult preparing filed accepted formal correction substantive published opposed review refused registered dropped",
		"renewal":         "consult preparing filed accepted correction refused registered dropped",
		"enforcement":     "consult preparing filed accepted refused registered dropped",
		"city_known":      "assess evidence field_check deciding retry recognised not_recognised expired",
		"province_famous": "assess evidence to_province deciding retry recognised not_recognised expired",
		"well_known":      "assess evidence case_filed to_province to_national deciding retry recognised not_recognised",
	} {
		l.view(func(r casework.Records) {
			if got := strings.Join(casework.Stages(r, kind), " "); got != want {
				t.Errorf("Stages(%q) = %s, want %s", kind, got, want)
			}
		})
	}
	newLedger(t, smallCampaign()...).view(func(r casework.Records) {
		if got := casework.Stages(r, "registration"); got != nil {
			t.Errorf("Stages without a form = %v, want none", got)
		}
	})
}

// Every stage of every kind can be reached from the first, and an end from every
// stage that is none.
func TestNextStagesLeadEverywhere(t *testing.T) {
	ends := []string{"registered", "refused", "dropped", "recognised", "not_recognised", "expired"}
	newLedger(t, serviceCampaign(t)...).view(func(r casework.Records) {
		kinds := casework.MatterKinds(r)
		if len(kinds) != 10 {
			t.Errorf("%d kinds of matter, want 10", len(kinds))
		}
		for _, kind := range kinds {
			stages := casework.Stages(r, kind.ID)
			seen := stages[:1:1]
			for i := 0; i < len(seen); i++ {
				m := casework.Matter{Kind: kind.ID, Stage: seen[i], Status: casework.MatterOpen}
				next := casework.NextStages(r, m)
				for _, s := range next {
					if !slices.Contains(stages, s) || s == seen[i] {
						t.Errorf("%s: %s leads to %s", kind.ID, seen[i], s)
					}
					if !slices.Contains(seen, s) {
						seen = append(seen, s)
					}
				}
				end := slices.Contains(ends, seen[i])
				direct := slices.ContainsFunc(next, func(s string) bool { return slices.Contains(ends, s) })
				again := slices.ContainsFunc(next, func(s string) bool { return !slices.Contains(ends, s) })
				if !end && !direct && seen[i] != "retry" {
					t.Errorf("%s: no end is near %s", kind.ID, seen[i])
				}
				if want := seen[i] != "registered"; end && again != want {
					t.Errorf("%s: %s begins anew: %v, want %v", kind.ID, seen[i], again, want)
				}
			}
			slices.Sort(seen)
			slices.Sort(stages)
			if diff := cmp.Diff(stages, seen); diff != "" {
				t.Errorf("%s: stages reached (-want +got)\n%s", kind.ID, diff)
			}
		}
	})
}

func TestMoveMatter(t *testing.T) {
	long := strings.Repeat("字", 201)
	l := newLedger(t, serviceCampaign(t)...)
	for _, tt := range []struct {
		name        string
		kind, stage string
		who         casework.StaffID
		move        casework.MatterMoved
		want        casework.Refusal
	}{
		{"one further", "registration", "filed", officer, casework.MatterMoved{Stage: "accepted"}, ""},
		{"the office, too", "registration", "filed", desk, casework.MatterMoved{Stage: "accepted"}, ""},
		{"a stage left out", "registration", "filed", officer, casework.MatterMoved{Stage: "substantive"}, ""},
		{"back", "registration", "accepted", officer, casework.MatterMoved{Stage: "filed"}, casework.NotNow},
		{"to a stage of another kind", "renewal", "accepted", officer, casework.MatterMoved{Stage: "substantive"}, casework.NotNow},
		{"to no stage", "renewal", "accepted", officer, casework.MatterMoved{Stage: "praised"}, casework.NotNow},
		{"from where it is not any more", "renewal", "accepted", officer, casework.MatterMoved{From: "filed", Stage: "registered"}, casework.NotNow},
		{"nothing", "renewal", "accepted", officer, casework.MatterMoved{}, casework.NoChange},
		{"to where it is", "renewal", "accepted", officer, casework.MatterMoved{Stage: "accepted"}, casework.NoChange},
		{"a word alone", "renewal", "accepted", officer, casework.MatterMoved{Text: "已电话联系代理机构"}, ""},
		{"by a stranger", "registration", "filed", outside, casework.MatterMoved{Stage: "accepted"}, casework.NotYours},
		{"no matter", "registration", "filed", officer, casework.MatterMoved{MatterID: 9, Stage: "accepted"}, casework.NotFound},
		{"refused without a reason", "registration", "formal", officer, casework.MatterMoved{Stage: "refused"}, casework.NeedsWhy},
		{"refused for no known reason", "registration", "formal", officer, casework.MatterMoved{Stage: "refused", Refusal: "mood"}, casework.NeedsWhy},
		{"refused", "registration", "formal", officer, casework.MatterMoved{Stage: "refused", Refusal: "other"}, ""},
		{"not recognised without a reason", "well_known", "deciding", officer, casework.MatterMoved{Stage: "not_recognised"}, casework.NeedsWhy},
		{"a refusal reviewed", "registration", "refused", officer, casework.MatterMoved{Stage: "review"}, ""},
		{"after the end", "registration", "registered", officer, casework.MatterMoved{Stage: "published"}, casework.NotNow},
		{"tried again", "well_known", "not_recognised", officer, casework.MatterMoved{Stage: "retry"}, ""},
		{"a result of tomorrow", "renewal", "filed", officer, casework.MatterMoved{Result: "受理", ResultOn: april(21)}, casework.NeedsDay},
		{"a result that is too long", "renewal", "filed", officer, casework.MatterMoved{Result: long}, casework.NeedsText},
		{"a next step of yesterday", "renewal", "filed", officer, casework.MatterMoved{NextOn: new(april(19))}, casework.NeedsDay},
		{"a next step of today", "renewal", "filed", officer, casework.MatterMoved{NextOn: new(april(20))}, ""},
		{"a next step that is too long", "renewal", "filed", officer, casework.MatterMoved{NextStep: &long}, casework.NeedsText},
		{"a telephone number", "renewal", "filed", officer, casework.MatterMoved{NextStep: new("打 13812345678 催办")}, casework.NeedsText},
		{"a telephone number in a remark", "renewal", "filed", officer, casework.MatterMoved{Text: "打 13812345678 催办"}, casework.NeedsText},
		{"evidence", "well_known", "evidence", officer, casework.MatterMoved{Evidence: &[]string{"publicity", "awareness"}}, ""},
		{"no evidence", "well_known", "evidence", officer, casework.MatterMoved{Evidence: &[]string{}}, casework.NoChange},
		{"evidence of no group", "well_known", "evidence", officer, casework.MatterMoved{Evidence: &[]string{"fame"}}, casework.NotFound},
		{"an owner", "well_known", "evidence", desk, casework.MatterMoved{OwnerID: officer}, ""},
		{"an owner who may not", "well_known", "evidence", desk, casework.MatterMoved{OwnerID: outside}, casework.NeedsOwner},
		{"given up", "registration", "formal", officer, casework.MatterMoved{Status: casework.MatterDropped}, ""},
		{"given up without a stage for it", "well_known", "evidence", officer, casework.MatterMoved{Status: casework.MatterDropped}, ""},
		{"given up when it was won", "city_known", "recognised", officer, casework.MatterMoved{Status: casework.MatterDropped}, casework.NotNow},
	} {
		l.add(atStage(tt.kind, tt.stage))
		before := l.matter(1)
		if got := l.move(tt.who, tt.move); got != tt.want {
			t.Errorf("%s: MoveMatter = %q, want %q", tt.name, got, tt.want)
		}
		if same := cmp.Equal(before, l.matter(1)); same != (tt.want != "") {
			t.Errorf("%s: the matter stays as it is: %v", tt.name, same)
		}
	}
}

// stood is how a matter stands, in one line.
func stood(m casework.Matter) string {
	return fmt.Sprintf("%s %s since %v, next %q on %v, expires %v", m.Stage, m.Status, m.StageOn, m.NextStep, m.NextOn, m.ExpiresOn)
}

func TestStagesBringWhatFollows(t *testing.T) {
	planned := casework.MatterMoved{NextStep: new("催办"), NextOn: new(april(25))}
	none := casework.Date{}
	l := newLedger(t, serviceCampaign(t)...)
	for _, tt := range []struct {
		name        string
		kind, stage string
		moves       []casework.MatterMoved
		want        string
		validUntil  casework.Date
	}{
		{
			"the file of a case is due", "well_known", "evidence", []casework.MatterMoved{{Stage: "case_filed"}},
			`case_filed open since 2017-04-20, next "15 个工作日内上报全部案卷" on 2017-05-12, expires `, none,
		},
		{
			"from the day it was accepted", "well_known", "evidence", []casework.MatterMoved{{Stage: "case_filed", Result: "受理", ResultOn: april(17)}},
			`case_filed open since 2017-04-20, next "15 个工作日内上报全部案卷" on 2017-05-09, expires `, none,
		},
		{
			"unless another day is said", "well_known", "evidence", []casework.MatterMoved{{Stage: "case_filed", NextOn: new(april(28))}},
			`case_filed open since 2017-04-20, next "" on 2017-04-28, expires `, none,
		},
		{
			"a recognition by the city lasts", "city_known", "deciding", []casework.MatterMoved{{Stage: "recognised", ResultOn: april(10)}},
			`recognised won since 2017-04-20, next "" on , expires 2020-04-09`, none,
		},
		{
			"that by the province has its own term", "province_famous", "deciding", []casework.MatterMoved{{Stage: "recognised"}},
			`recognised won since 2017-04-20, next "" on , expires `, none,
		},
		{
			"a registration lasts", "registration", "published", []casework.MatterMoved{planned, {Stage: "registered", ResultOn: april(7)}},
			`registered won since 2017-04-20, next "" on , expires `, casework.Date{Year: 2027, Month: time.April, Day: 6},
		},
		{
			"a stage leaves the plan", "registration", "filed", []casework.MatterMoved{planned, {Stage: "accepted"}},
			`accepted open since 2017-04-20, next "催办" on 2017-04-25, expires `, none,
		},
		{
			"a day can be taken away", "registration", "filed", []casework.MatterMoved{planned, {NextOn: new(casework.Date)}},
			`filed open since 2017-04-01, next "催办" on , expires `, none,
		},
		{
			"given up without a stage, and begun anew", "well_known", "evidence",
			[]casework.MatterMoved{{Status: casework.MatterDropped}, {Stage: "assess"}},
			`assess open since 2017-04-20, next "" on , expires `, none,
		},
	} {
		l.add(casework.TrademarkRecorded{Trademark: casework.Trademark{ID: 1, FirmID: firm, Name: "白塔"}}, atStage(tt.kind, tt.stage))
		steps := len(l.matter(1).History)
		for _, m := range tt.moves {
			if why := l.move(officer, m); why != "" {
				t.Errorf("%s: MoveMatter(%+v) = %q", tt.name, m, why)
			}
		}
		if got := stood(l.matter(1)); got != tt.want {
			t.Errorf("%s: the matter: %s\nwant %s", tt.name, got, tt.want)
		}
		if got := l.trademark(1).ValidUntil; got != tt.validUntil {
			t.Errorf("%s: valid until %v, want %v", tt.name, got, tt.validUntil)
		}
		if got := len(l.matter(1).History) - steps; got != len(tt.moves) {
			t.Errorf("%s: %d steps of history, want %d", tt.name, got, len(tt.moves))
		}
	}
}

func TestRenewalAddsTenYears(t *testing.T) {
	leap := casework.Date{Year: 2018, Month: time.February, Day: 28}
	l := newLedger(t, append(serviceCampaign(t), atStage("renewal", "filed"),
		casework.TrademarkRecorded{Trademark: casework.Trademark{ID: 1, FirmID: firm, Name: "白塔", ValidUntil: leap}})...)
	if got, want := l.trademark(1).RenewFrom(), (casework.Date{Year: 2017, Month: time.February, Day: 28}); got != want {
		t.Errorf("RenewFrom = %v, want %v", got, want)
	}
	if got := (casework.Trademark{}).RenewFrom(); !got.IsZero() {
		t.Errorf("RenewFrom of what nobody knows = %v, want zero", got)
	}
	end := casework.Date{Year: 2020, Month: time.February, Day: 29}
	if got, want := (casework.Trademark{ValidUntil: end}).RenewFrom(), (casework.Date{Year: 2019, Month: time.February, Day: 28}); got != want {
		t.Errorf("RenewFrom of a leap day = %v, want %v", got, want)
	}
	if why := l.move(officer, casework.MatterMoved{Stage: "registered"}); why != "" {
		t.Errorf("MoveMatter = %q", why)
	}
	if got, want := l.trademark(1).ValidUntil, (casework.Date{Year: 2028, Month: time.February, Day: 28}); got != want {
		t.Errorf("valid until %v after the renewal, want %v", got, want)
	}
}

func TestRecordTrademark(t *testing.T) {
	for _, tt := range []struct {
		name string
		who  casework.StaffID
		mark casework.Trademark
		want casework.Refusal
	}{
		{"a second one", officer, casework.Trademark{FirmID: firm, Name: "清泉", Number: "456A", Classes: []int{35, 9, 9}, MarkKind: "collective"}, ""},
		{"the same name with another number", officer, casework.Trademark{FirmID: firm, Name: "白塔", Number: "456"}, ""},
		{"the number again", officer, casework.Trademark{FirmID: firm, Name: "清泉", Number: "123"}, casework.NoChange},
		{"the name again", officer, casework.Trademark{FirmID: firm, Name: " 白 塔 "}, casework.NoChange},
		{"other goods", officer, casework.Trademark{ID: 1, Name: "白塔", Number: "123", Goods: "面粉"}, ""},
		{"for another firm it stays", officer, casework.Trademark{ID: 1, FirmID: guild, Name: "白塔", Number: "123"}, casework.NoChange},
		{"of a household", officer, casework.Trademark{FirmID: home, Name: "清泉"}, casework.NotYours},
		{"by a stranger", outside, casework.Trademark{FirmID: firm, Name: "清泉"}, casework.NotYours},
		{"unknown", officer, casework.Trademark{ID: 9, Name: "清泉"}, casework.NotFound},
		{"without a name", officer, casework.Trademark{FirmID: firm}, casework.NeedsText},
		{"an odd number", officer, casework.Trademark{FirmID: firm, Name: "清泉", Number: "A1"}, casework.NeedsText},
		{"class 46", officer, casework.Trademark{FirmID: firm, Name: "清泉", Classes: []int{46}}, casework.NeedsText},
		{"class 0", officer, casework.Trademark{FirmID: firm, Name: "清泉", Classes: []int{0}}, casework.NeedsText},
		{"an odd kind", officer, casework.Trademark{FirmID: firm, Name: "清泉", MarkKind: "famous"}, casework.NotFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, serviceCampaign(t)...)
			got := l.try(tt.who, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
				return casework.RecordTrademark(r, s, tt.mark, servingNow(), ids)
			})
			if got != tt.want {
				t.Errorf("RecordTrademark = %q, want %q", got, tt.want)
			}
			l.view(func(r casework.Records) {
				list := r.TrademarksOfFirm(firm)
				if last := list[len(list)-1]; tt.want == "" && (last.Goods != tt.mark.Goods || len(last.Classes) > 2 || last.FirmID != firm) {
					t.Errorf("the trademark = %+v", last)
				}
			})
		})
	}
}

func TestOpenMatter(t *testing.T) {
	for _, tt := range []struct {
		name   string
		who    casework.StaffID
		matter casework.Matter
		want   casework.Refusal
		codes  string // of all matters, with their stages
	}{
		{"at the first stage", officer, casework.Matter{TrademarkID: 1, Kind: "well_known"}, "", "SB-001 filed SB-002 assess"},
		{"at another", officer, casework.Matter{TrademarkID: 1, Kind: "well_known", Stage: "case_filed"}, "", "SB-001 filed SB-002 case_filed"},
		{"that has ended", officer, casework.Matter{TrademarkID: 1, Kind: "registration", Stage: "registered"}, "", "SB-001 filed SB-002 registered"},
		{"a second open one", officer, casework.Matter{TrademarkID: 1, Kind: "registration"}, casework.NoChange, "SB-001 filed"},
		{"of no kind", officer, casework.Matter{TrademarkID: 1, Kind: "praise"}, casework.NotFound, "SB-001 filed"},
		{"about nothing", officer, casework.Matter{TrademarkID: 9, Kind: "renewal"}, casework.NotFound, "SB-001 filed"},
		{"at a stage of another kind", officer, casework.Matter{TrademarkID: 1, Kind: "renewal", Stage: "assess"}, casework.NotNow, "SB-001 filed"},
		{"refused for no reason", officer, casework.Matter{TrademarkID: 1, Kind: "renewal", Stage: "refused"}, casework.NeedsWhy, "SB-001 filed"},
		{"by a stranger", outside, casework.Matter{TrademarkID: 1, Kind: "renewal"}, casework.NotYours, "SB-001 filed"},
		{"with a next step of yesterday", officer, casework.Matter{TrademarkID: 1, Kind: "renewal", NextOn: april(19)}, casework.NeedsDay, "SB-001 filed"},
		{"with an owner", desk, casework.Matter{TrademarkID: 1, Kind: "renewal", OwnerID: officer}, "", "SB-001 filed SB-002 consult"},
		{"with an owner who may not", desk, casework.Matter{TrademarkID: 1, Kind: "renewal", OwnerID: outside}, casework.NeedsOwner, "SB-001 filed"},
		{"corrected back", officer, casework.Matter{ID: 1, Stage: "consult"}, "", "SB-001 consult"},
		{"corrected to the same", officer, casework.Matter{ID: 1, Stage: "filed"}, casework.NoChange, "SB-001 filed"},
		{"corrected, and unknown", officer, casework.Matter{ID: 9, Stage: "filed"}, casework.NotFound, "SB-001 filed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, append(serviceCampaign(t), atStage("registration", "filed"))...)
			got := l.try(tt.who, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
				return casework.OpenMatter(r, s, tt.matter, servingNow(), ids)
			})
			if got != tt.want {
				t.Errorf("OpenMatter = %q, want %q", got, tt.want)
			}
			var codes []string
			l.view(func(r casework.Records) {
				for _, m := range r.MattersOfFirm(firm) {
					codes = append(codes, m.Code, m.Stage)
				}
				if n := r.Last("SB"); n != len(codes)/2 {
					t.Errorf("Last(SB) = %d, want %d", n, len(codes)/2)
				}
			})
			if got := strings.Join(codes, " "); got != tt.codes {
				t.Errorf("the matters are %s, want %s", got, tt.codes)
			}
		})
	}
}

package casework_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// print lets somebody print a paper at that moment.
func (l *ledger) print(who casework.StaffID, x casework.Export, m casework.Moment) ([]casework.Fact, casework.Refusal) {
	l.t.Helper()
	return l.asks(who, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
		return alone(casework.BeginExport(r, s, x, m, ids, time.UTC))
	})
}

func paperOf(k casework.PaperKind) casework.Export {
	return casework.Export{Kind: k, Format: casework.XLSX}
}

func TestBeginExport(t *testing.T) {
	with := func(k casework.PaperKind, change func(*casework.Export)) casework.Export {
		x := paperOf(k)
		change(&x)
		return x
	}
	group := func(k casework.PaperKind, id casework.GroupID) casework.Export {
		return with(k, func(x *casework.Export) { x.GroupID = id })
	}
	l := newLedger(t, officeCampaign(t)...)
	l.add(
		casework.VisitReported{Visit: casework.Visit{ID: 5, Code: "ZF-170410-001", TargetID: home, VisitedOn: april(10), Participants: []casework.StaffID{mia}}},
		casework.TargetImported{Target: casework.Target{ID: 90, Kind: casework.HouseholdKind, Code: "JT-0090", GroupID: 2, Household: &casework.Household{HeadName: "王五"}}},
	)
	for _, tt := range []struct {
		name string
		who  casework.StaffID
		x    casework.Export
		want casework.Refusal
	}{
		{"all by the office", desk, paperOf(casework.PaperProblems), ""},
		{"all by the auditor", auditor, paperOf(casework.PaperDiary), ""},
		{"all by the leader", lee, paperOf(casework.PaperProblems), casework.NotYours},
		{"the leader's group", lee, group(casework.PaperProblems, 1), ""},
		{"the deputy's group", mia, group(casework.PaperProblems, 1), ""},
		{"another group", lee, group(casework.PaperProblems, 2), casework.NotYours},
		{"a member's group by the secretary", sun, group(casework.PaperProblems, 1), casework.NotYours},
		{"the secretary's branch", sun, with(casework.PaperWeekly, func(x *casework.Export) { x.UnitID = 2 }), ""},
		{"a part of the secretary's branch", sun, with(casework.PaperProblems, func(x *casework.Export) { x.UnitID, x.GroupID = 2, 2 }), ""},
		{"another branch", sun, with(casework.PaperWeekly, func(x *casework.Export) { x.UnitID = 3 }), casework.NotYours},
		{"one visit by the leader", lee, with(casework.PaperVisits, func(x *casework.Export) { x.VisitID = 5 }), ""},
		{"one target by the leader", lee, with(casework.PaperVisits, func(x *casework.Export) { x.TargetID = home }), ""},
		{"another's target by the leader", lee, with(casework.PaperVisits, func(x *casework.Export) { x.TargetID = 90 }), casework.NotYours},
		{"the diary of a member by the leader", lee, with(casework.PaperDiary, func(x *casework.Export) { x.StaffID = mia }), ""},
		{"the diary of a stranger by the leader", lee, with(casework.PaperDiary, func(x *casework.Export) { x.StaffID = bureauHead }), casework.NotYours},
		{"the group, narrowed to nothing of theirs", lee, with(casework.PaperDiary, func(x *casework.Export) { x.GroupID, x.StaffID = 1, bureauHead }), ""},
		{"by the bureau's leader", bureauHead, paperOf(casework.PaperWeekly), casework.NotYours},
		{"by nobody", 0, paperOf(casework.PaperProblems), casework.NotYours},
		{"with names", desk, with(casework.PaperProblems, func(x *casework.Export) { x.Full = true }), casework.NotYours},
		{"no kind", desk, paperOf("letters"), casework.NotFound},
		{"no format", desk, casework.Export{Kind: casework.PaperProblems}, casework.NotFound},
		{"a limit that the paper does not obey", lee, group(casework.PaperIssues, 1), casework.NotFound},
		{"no such group", desk, group(casework.PaperProblems, 9), casework.NotFound},
		{"the new ones for no system", desk, with(casework.PaperProblems, func(x *casework.Export) { x.OnlyNew = true }), casework.NotFound},
		{"of tomorrow", desk, with(casework.PaperProblems, func(x *casework.Export) { x.AsOf = hoursLater(24).At }), casework.NeedsDay},
		{"a month from its second day", desk, with(casework.PaperDiary, func(x *casework.Export) { x.Month = april(2) }), casework.NeedsDay},
		{"a month", desk, with(casework.PaperDiary, func(x *casework.Export) { x.Month = april(1) }), ""},
		{"a plan of no round", desk, paperOf(casework.PaperPlan), casework.NeedsWhy},
		{"a plan", desk, with(casework.PaperPlan, func(x *casework.Export) { x.RoundID = 2 }), ""},
		{"since one that is not there", desk, with(casework.PaperProblems, func(x *casework.Export) { x.Since = 7 }), casework.NeedsOther},
	} {
		if _, got := l.print(tt.who, tt.x, servingNow()); got != tt.want {
			t.Errorf("%s: BeginExport = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestExportsAreNumberedAndCompared(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	asked := paperOf(casework.PaperProblems)
	asked.AsOf = april(19).In(time.UTC).Add(10 * time.Hour)
	asked.Reason, asked.ApprovedBy, asked.Rows = "编的", bureauHead, 9
	var list []casework.Export
	for range 2 {
		facts, why := l.print(desk, asked, servingNow())
		if why != "" {
			t.Fatalf("BeginExport = %q", why)
		}
		list = append(list, facts[0].(casework.ExportBegun).Export)
	}
	want := casework.Export{
		ID: list[1].ID, Code: "DC-2017-0002", Kind: casework.PaperProblems, Format: casework.XLSX, AsOf: asked.AsOf, Day: april(19),
		By: desk, At: servingNow().At, Status: casework.ExportAsked,
	}
	if diff := cmp.Diff(want, list[1]); diff != "" {
		t.Errorf("the second export (-want +got)\n%s", diff)
	}
	end := func(id casework.ExportID, status casework.ExportStatus) casework.Refusal {
		_, why := l.asks(desk, func(r casework.Records, _ casework.Staff, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return alone(casework.EndExport(r, casework.ExportEnded{ExportID: id, Status: status, Rows: 35}))
		})
		return why
	}
	for i, tt := range []struct{ got, want casework.Refusal }{
		{end(list[0].ID, casework.ExportUncertain), ""},
		{end(list[0].ID, casework.ExportUncertain), casework.NoChange},
		{end(list[0].ID, casework.ExportDone), ""},
		{end(list[0].ID, casework.ExportFailed), casework.NotNow},
		{end(list[0].ID, casework.ExportAsked), casework.NotFound},
		{end(99, casework.ExportDone), casework.NotFound},
	} {
		if tt.got != tt.want {
			t.Errorf("%d: EndExport = %q, want %q", i, tt.got, tt.want)
		}
	}
	again := paperOf(casework.PaperProblems)
	again.Since = list[0].ID
	if _, why := l.print(desk, again, servingNow()); why != "" {
		t.Errorf("BeginExport since the first = %q, want none", why)
	}
	again.GroupID = 1
	if _, why := l.print(desk, again, servingNow()); why != casework.NeedsOther {
		t.Errorf("BeginExport of a group since one of all = %q, want %q", why, casework.NeedsOther)
	}
	l.view(func(r casework.Records) {
		earlier := casework.EarlierExports(r, paperOf(casework.PaperProblems), 5)
		if len(earlier) != 1 || earlier[0].Code != "DC-2017-0001" || earlier[0].Rows != 35 {
			t.Errorf("EarlierExports = %+v, want the first with its 35 rows", earlier)
		}
	})
}

func TestPapersFor(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	every := make([]string, 0, 14)
	for _, o := range casework.PaperKinds() {
		every = append(every, o.ID)
	}
	for _, tt := range []struct {
		who       casework.StaffID
		papers    string
		audiences string
	}{
		{desk, strings.Join(every, " "), "all G1 G2 U2 U3"},
		{auditor, strings.Join(every, " "), "all G1 G2 U2 U3"},
		{lee, "problems task_books visits work daily trademarks haves follow_ups diary plan roster", "G1"},
		{mia, "problems task_books visits work daily trademarks haves follow_ups diary plan roster", "G1"},
		{sun, "problems task_books visits work weekly follow_ups", "U2"},
		{bureauHead, "", ""},
		{0, "", ""},
	} {
		l.view(func(r casework.Records) {
			s, _ := r.Staff(tt.who)
			var papers, audiences []string
			for _, k := range casework.PapersFor(r, s, today) {
				papers = append(papers, string(k))
			}
			for _, a := range casework.Audiences(r, s, casework.ExportPapers, today) {
				audiences = append(audiences, audienceName(a))
			}
			if got := strings.Join(papers, " "); got != tt.papers {
				t.Errorf("PapersFor(%d) = %s, want %s", tt.who, got, tt.papers)
			}
			if got := strings.Join(audiences, " "); got != tt.audiences {
				t.Errorf("Audiences(%d) = %s, want %s", tt.who, got, tt.audiences)
			}
		})
	}
}

func audienceName(a casework.Audience) string {
	switch {
	case a.GroupID != 0:
		return fmt.Sprint("G", a.GroupID)
	case a.UnitID != 0:
		return fmt.Sprint("U", a.UnitID)
	}
	return "all"
}

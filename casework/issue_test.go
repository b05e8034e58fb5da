package casework_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// gather gathers the problems under a title.
func (l *ledger) gather(who casework.StaffID, i casework.CommonIssue) (casework.CommonIssue, casework.Refusal) {
	l.t.Helper()
	facts, why := l.sign(who, 11, func(r casework.Records, s casework.Staff, now casework.Moment, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
		return casework.GatherIssue(r, s, i, now, ids)
	})
	for _, f := range facts {
		i = f.(casework.IssueGathered).Issue
	}
	return i, why
}

func (l *ledger) moveIssue(who casework.StaffID, m casework.IssueMoved) ([]casework.Fact, casework.Refusal) {
	l.t.Helper()
	return l.sign(who, 12, func(r casework.Records, s casework.Staff, now casework.Moment, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
		return casework.MoveIssue(r, s, m, now, ids)
	})
}

// commonCampaign has four problems about medical costs, and one of another family.
func commonCampaign() []casework.Fact {
	trade := raisedProblem(39, firm, casework.LevelGroup, april(4)).(casework.ProblemRaised)
	trade.Problem.Family, trade.Problem.Category = "enterprise", "financing"
	roads := raisedProblem(40, home, casework.LevelGroup, april(4)).(casework.ProblemRaised)
	roads.Problem.Category = "road_bridge"
	common := raisedProblem(38, guild, casework.LevelGroup, april(3)).(casework.ProblemRaised)
	common.Problem.Common, common.Problem.Urgency = true, casework.Urgent
	return append(bureauCampaign(casework.LevelGroup),
		raisedProblem(36, home, casework.LevelGroup, april(5)), raisedProblem(37, guild, casework.LevelGroup, april(6)), common, trade, roads)
}

func TestGatherIssue(t *testing.T) {
	list := func(ids ...casework.ProblemID) []casework.ProblemID { return ids }
	for _, tt := range []struct {
		name string
		who  casework.StaffID
		i    casework.CommonIssue
		want casework.Refusal
	}{
		{"by the office", clerk, casework.CommonIssue{Title: "看病报销难", ProblemIDs: list(sick, 36)}, ""},
		{"by the leader", bob, casework.CommonIssue{Title: "看病报销难", ProblemIDs: list(sick, 36)}, ""},
		{"with a unit", bob, casework.CommonIssue{Title: "看病报销难", ProblemIDs: list(sick, 36), UnitID: townHall}, ""},
		{"by a visitor", ann, casework.CommonIssue{Title: "看病报销难", ProblemIDs: list(sick, 36)}, casework.NotYours},
		{"one alone", clerk, casework.CommonIssue{Title: "看病报销难", ProblemIDs: list(sick)}, casework.NeedsOther},
		{"the same twice", clerk, casework.CommonIssue{Title: "看病报销难", ProblemIDs: list(sick, sick)}, casework.NeedsOther},
		{"two families", clerk, casework.CommonIssue{Title: "看病报销难", ProblemIDs: list(sick, 39)}, casework.NeedsOther},
		{"not there", clerk, casework.CommonIssue{Title: "看病报销难", ProblemIDs: list(sick, 99)}, casework.NotFound},
		{"no title", clerk, casework.CommonIssue{Title: " 报 ", ProblemIDs: list(sick, 36)}, casework.NeedsText},
		{"a number in it", clerk, casework.CommonIssue{Title: "打 13812345678", ProblemIDs: list(sick, 36)}, casework.NeedsText},
		{"no such unit", clerk, casework.CommonIssue{Title: "看病报销难", ProblemIDs: list(sick, 36), UnitID: 9}, casework.NeedsUnit},
		{"no such issue", clerk, casework.CommonIssue{ID: 9, Title: "看病报销难", ProblemIDs: list(sick, 36)}, casework.NotFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, commonCampaign()...)
			if got, why := l.gather(tt.who, tt.i); why != tt.want {
				t.Errorf("GatherIssue = %+v, %q, want %q", got, why, tt.want)
			}
		})
	}
}

func TestGatheredProblemsAreTied(t *testing.T) {
	l := newLedger(t, commonCampaign()...)
	i, why := l.gather(clerk, casework.CommonIssue{Title: " 看病报销难 ", ProblemIDs: []casework.ProblemID{sick, 36, 38}})
	want := casework.CommonIssue{
		ID: i.ID, Code: "GX-01", Title: "看病报销难", Family: "life", Category: "medical",
		ProblemIDs: []casework.ProblemID{sick, 36, 38}, Status: casework.IssueCollecting, By: clerk,
	}
	if diff := cmp.Diff(want, i); why != "" || diff != "" {
		t.Errorf("GatherIssue = %q (-want +got)\n%s", why, diff)
	}
	if _, why := l.gather(clerk, casework.CommonIssue{Title: "另一件", ProblemIDs: []casework.ProblemID{36, 37}}); why != casework.NeedsOther {
		t.Errorf("a problem of another issue: %q, want %q", why, casework.NeedsOther)
	}
	i.ProblemIDs = []casework.ProblemID{sick, 37, 40}
	if i, why = l.gather(clerk, i); why != "" || i.Category != "" || i.Code != "GX-01" {
		t.Errorf("changed: %q, category %q, want none", why, i.Category)
	}
	for id, want := range map[casework.ProblemID]casework.IssueID{sick: i.ID, 36: 0, 37: i.ID, 38: 0, 40: i.ID} {
		if got := l.problem(id).IssueID; got != want {
			t.Errorf("problem %d is tied to %d, want %d", id, got, want)
		}
	}
	l.view(func(r casework.Records) {
		var got []casework.ProblemID
		for _, p := range casework.Gatherable(r, "medical") {
			got = append(got, p.ID)
		}
		if diff := cmp.Diff([]casework.ProblemID{38, 36}, got); diff != "" {
			t.Errorf("Gatherable (-want +got)\n%s", diff)
		}
	})
}

func TestIssueIsReportedAndAnswered(t *testing.T) {
	l := newLedger(t, commonCampaign()...)
	l.add(
		casework.TargetImported{Target: casework.Target{ID: guild, Kind: casework.OrganizationKind, Code: "ZZ-01", GroupID: 1, AreaID: 7, Organization: &casework.Organization{}}},
		casework.ProblemMoved{ProblemID: 36, Act: casework.Escalate, From: casework.ProblemDoing, To: casework.ProblemEscalated, Level: casework.LevelBranch, Why: "common", Text: "请协调", Until: april(20)},
		casework.ProblemMoved{ProblemID: 37, Act: casework.PutOff, From: casework.ProblemDoing, To: casework.ProblemOnHold, Text: "等一等", Until: april(30)},
		casework.ProblemMoved{ProblemID: 38, Act: casework.Invalidate, From: casework.ProblemDoing, To: casework.ProblemInvalid, Text: "记错了"},
	)
	i, why := l.gather(clerk, casework.CommonIssue{Title: "看病报销难", ProblemIDs: []casework.ProblemID{sick, 36, 37}})
	if why != "" {
		t.Fatalf("gathering is refused: %s", why)
	}
	l.view(func(r casework.Records) {
		i.UnitID = townHall
		got := casework.ReportOf(r, i)
		var cases []casework.ProblemID
		for _, p := range got.Cases {
			cases = append(cases, p.ID)
		}
		if diff := cmp.Diff([]casework.ProblemID{36, 37, sick}, cases); diff != "" {
			t.Errorf("the cases (-want +got)\n%s", diff)
		}
		if diff := cmp.Diff(map[casework.AreaID]int{0: 1, 7: 1}, got.Areas); diff != "" || got.Targets != 2 || got.Open != 3 || got.Proposed.ID != townHall {
			t.Errorf("the report = %+v; areas (-want +got)\n%s", got, diff)
		}
	})
	for _, tt := range []struct {
		who  casework.StaffID
		m    casework.IssueMoved
		want casework.Refusal
	}{
		{clerk, casework.IssueMoved{IssueID: 99, To: casework.IssueSubmitted}, casework.NotFound},
		{clerk, casework.IssueMoved{To: casework.IssueAnswered, Text: "已列入计划"}, casework.NotNow},
		{clerk, casework.IssueMoved{To: ""}, casework.NotNow},
		{bob, casework.IssueMoved{To: casework.IssueSubmitted, UnitID: townHall}, casework.NotYours},
		{clerk, casework.IssueMoved{To: casework.IssueSubmitted}, casework.NeedsUnit},
		{clerk, casework.IssueMoved{To: casework.IssueSubmitted, UnitID: townHall}, ""},
		{clerk, casework.IssueMoved{To: casework.IssueAnswered, Text: " "}, casework.NeedsText},
		{clerk, casework.IssueMoved{To: casework.IssueAnswered, Text: "医保部门每月到镇集中报销"}, ""},
		{clerk, casework.IssueMoved{To: casework.IssueClosed}, ""},
		{clerk, casework.IssueMoved{To: casework.IssueClosed}, casework.NotNow},
	} {
		if tt.m.IssueID == 0 {
			tt.m.IssueID = i.ID
		}
		if _, why := l.moveIssue(tt.who, tt.m); why != tt.want {
			t.Errorf("MoveIssue(%+v) = %q, want %q", tt.m, why, tt.want)
		}
	}
	l.view(func(r casework.Records) {
		got, _ := r.Issue(i.ID)
		want := i
		want.Status, want.ReportNo, want.ReportedOn, want.UnitID = casework.IssueClosed, "GXZB-2017-01", april(12), townHall
		want.Answer, want.AnsweredOn = "医保部门每月到镇集中报销", april(12)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the issue (-want +got)\n%s", diff)
		}
		for id, want := range map[casework.ProblemID]casework.Step{
			sick: {ProblemMoved: casework.ProblemMoved{Act: casework.Progress, To: casework.ProblemDoing}},
			36:   {ProblemMoved: casework.ProblemMoved{Act: casework.Answer, To: casework.ProblemDoing}},
			37:   {ProblemMoved: casework.ProblemMoved{Act: casework.Comment, To: casework.ProblemOnHold}},
		} {
			p, _ := r.Problem(id)
			last := p.History[len(p.History)-1]
			if last.Act != want.Act || last.To != want.To || last.Text != "医保部门每月到镇集中报销" || last.By != clerk {
				t.Errorf("problem %d got %+v, want %s with the answer", id, last, want.Act)
			}
		}
	})
}

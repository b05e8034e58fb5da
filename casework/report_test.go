package casework_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/form"
)

func TestReportVisit(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	met := func(on casework.Date) form.Answers { return answered(on, "outcome=met", "mood=cloudy") }
	for _, tt := range []struct {
		name  string
		on    casework.Date
		code  string
		round casework.RoundID
		late  bool
	}{
		{"today", april(20), "ZF-170420-001", 2, false},
		{"the second of the day", april(20), "ZF-170420-002", 2, false},
		{"as late as allowed", april(13), "ZF-170413-001", 2, false},
		{"a day too late", april(12), "ZF-170412-001", 2, true},
		{"the first day of a round", april(6), "ZF-170406-001", 2, true},
		{"the last day of a round", april(5), "ZF-170405-001", 1, true},
		{"before every round", casework.Date{Year: 2017, Month: 2, Day: 28}, "ZF-170228-001", 0, true},
	} {
		v, raised := l.report(visitOf(home, ann, met(tt.on)))
		got := fmt.Sprint(v.Code, v.RoundID, v.Late, v.VisitedOn, v.Outcome, v.Mood, v.Disposal, v.Reporter(), len(raised))
		want := fmt.Sprint(tt.code, tt.round, tt.late, tt.on, casework.Met, "cloudy", casework.NothingRaised, ann, 0)
		if got != want {
			t.Errorf("%s: ReportVisit = %s, want %s", tt.name, got, want)
		}
		if diff := cmp.Diff(v, l.visit(v.ID)); diff != "" {
			t.Errorf("%s: the record differs from the fact (-fact +record)\n%s", tt.name, diff)
		}
	}
}

// A form without an outcome, such as that of organisations, is of a visit that
// took place.
func TestReportVisitOutcome(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	for _, tt := range []struct {
		answer       string
		outcome      casework.VisitOutcome
		mood         string
		disposal     casework.Disposal
		participants int
	}{
		{"mood=rain", casework.Met, "rain", casework.NothingRaised, 2},
		{"outcome=met", casework.Met, "", casework.NothingRaised, 2},
		{"outcome=nobody", "nobody", "", "", 2},
	} {
		rep := visitOf(home, ann, answered(april(20), tt.answer))
		rep.Companions = []casework.StaffID{bob}
		v, _ := l.report(rep)
		if v.Outcome != tt.outcome || v.Mood != tt.mood || v.Disposal != tt.disposal || len(v.Participants) != tt.participants {
			t.Errorf("%s: ReportVisit = %q, %q, %q, %v, want %q, %q, %q", tt.answer,
				v.Outcome, v.Mood, v.Disposal, v.Participants, tt.outcome, tt.mood, tt.disposal)
		}
	}
}

func TestReportVisitRaisesProblems(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	n := 0
	for _, tt := range []struct {
		disposal casework.Disposal
		urgency  casework.Urgency
		level    casework.Level
		status   casework.ProblemStatus
		due      casework.Date
		solved   string
	}{
		{casework.OnSpot, casework.Normal, casework.LevelOnSpot, casework.ProblemResolved, april(27), "on_spot"},
		{casework.InProgress, casework.Normal, casework.LevelGroup, casework.ProblemRegistered, april(27), ""},
		{casework.InProgress, casework.Urgent, casework.LevelGroup, casework.ProblemRegistered, april(27), ""},
		{casework.InProgress, casework.Emergency, casework.LevelGroup, casework.ProblemRegistered, april(20), ""},
		{casework.Escalated, casework.Normal, casework.LevelBranch, casework.ProblemRegistered, april(20).AddDays(15), ""},
		{casework.Escalated, casework.Emergency, casework.LevelBranch, casework.ProblemRegistered, april(20), ""},
		{casework.InProgress, "", casework.LevelGroup, casework.ProblemRegistered, april(27), ""},
	} {
		n++
		a := answered(april(18), "outcome=met")
		describe(a, 1, "屋顶漏雨要修", tt.disposal, tt.urgency)
		if tt.urgency == "" {
			delete(a, "problem/1/urgency")
			tt.urgency = casework.Normal
		}
		v, raised := l.report(visitOf(home, ann, a))
		want := []casework.Problem{{
			ID: v.ProblemIDs[0], Code: fmt.Sprintf("WT-2017-%04d", n), Source: "visit", VisitID: v.ID, TargetID: home, OwnerID: ann,
			Family: "life", Category: "medical", Description: "屋顶漏雨要修", Urgency: tt.urgency, Disposal: tt.disposal,
			Level: tt.level, Status: tt.status, Resolution: tt.solved, RaisedOn: april(20), DueOn: tt.due,
		}}
		if tt.disposal == casework.OnSpot {
			want[0].Note = "当场讲清了报销的办法"
		}
		if diff := cmp.Diff(want, raised); diff != "" {
			t.Errorf("%s, %s: problems (-want +got)\n%s", tt.disposal, tt.urgency, diff)
		}
		if v.Disposal != tt.disposal {
			t.Errorf("%s: the visit's disposal is %q", tt.disposal, v.Disposal)
		}
	}
}

// The disposal of a visit is that of its gravest problem.
func TestReportVisitDisposalOfSeveral(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	a := answered(april(20), "outcome=met")
	for i, d := range []casework.Disposal{casework.InProgress, casework.Escalated, casework.OnSpot} {
		describe(a, i+1, fmt.Sprintf("第%d件事情", i+1), d, casework.Normal)
	}
	v, raised := l.report(visitOf(home, ann, a))
	if v.Disposal != casework.Escalated || len(v.ProblemIDs) != 3 {
		t.Errorf("ReportVisit = %q with problems %v, want %q with three", v.Disposal, v.ProblemIDs, casework.Escalated)
	}
	for i, p := range raised {
		if want := fmt.Sprintf("WT-2017-%04d", i+1); p.ID != v.ProblemIDs[i] || p.Code != want {
			t.Errorf("problem %d is %d %s, want %d %s", i+1, p.ID, p.Code, v.ProblemIDs[i], want)
		}
	}
}

// The next contact of a visit is the day that was agreed, and nothing else.
func TestReportVisitKeepsTheDayAgreed(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	for _, tt := range []struct {
		answer string
		raises casework.Disposal
		want   casework.Date
	}{
		{"outcome=met", casework.NothingRaised, casework.Date{}},
		{"outcome=met", casework.Escalated, casework.Date{}},
		{"next_on=2017-05-03", casework.NothingRaised, casework.Date{Year: 2017, Month: 5, Day: 3}},
		{"next_on=2017-06-17", casework.InProgress, casework.Date{Year: 2017, Month: 6, Day: 17}},
		{"next_on=soon", casework.NothingRaised, casework.Date{}},
	} {
		a := answered(april(18), tt.answer)
		if tt.raises != casework.NothingRaised {
			describe(a, 1, "屋顶漏雨要修", tt.raises, casework.Normal)
		}
		if v, _ := l.report(visitOf(home, ann, a)); v.NextContact != tt.want {
			t.Errorf("%s, %s: ReportVisit = next contact %v, want %v", tt.answer, tt.raises, v.NextContact, tt.want)
		}
	}
}

func TestRhythm(t *testing.T) {
	p := casework.DefaultParams()
	for _, tt := range []struct {
		kind          casework.Kind
		care          casework.CareLevel
		visits, calls int
	}{
		{casework.HouseholdKind, casework.Key, 30, 14},
		{casework.HouseholdKind, casework.Watch, 60, 30},
		{casework.HouseholdKind, casework.General, 180, 0},
		{casework.HouseholdKind, "", 180, 0},
		{casework.EnterpriseKind, casework.Key, 90, 30},
		{casework.OrganizationKind, casework.Key, 90, 0},
	} {
		want := casework.Rhythm{VisitDays: tt.visits, CallDays: tt.calls, Window: 3}
		if got := p.Rhythm(tt.kind, tt.care); got != want {
			t.Errorf("Rhythm(%s, %s) = %+v, want %+v", tt.kind, tt.care, got, want)
		}
	}
}

func TestDueDays(t *testing.T) {
	p := casework.DefaultParams()
	for level, want := range map[casework.Level]int{
		casework.LevelOnSpot: 7, casework.LevelGroup: 7, casework.LevelBranch: 15,
		casework.LevelBureau: 30, casework.LevelDistrict: 30, casework.LevelExternal: 30,
	} {
		for _, u := range []casework.Urgency{casework.Normal, casework.Urgent} {
			if got := p.DueDays(level, u); got != want {
				t.Errorf("DueDays(%s, %s) = %d, want %d", level, u, got, want)
			}
		}
		if got := p.DueDays(level, casework.Emergency); got != 0 {
			t.Errorf("DueDays(%s, emergency) = %d, want 0", level, got)
		}
	}
}

func TestSameVisit(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	rep := visitOf(home, ann, answered(april(10), "outcome=met"))
	rep.Companions = []casework.StaffID{bob}
	v, _ := l.report(rep)
	for day := range 60 { // as many since as nobody would look through by hand
		l.report(visitOf(home, 9, answered(april(11).AddDays(day), "outcome=met")))
	}
	l.view(func(r casework.Records) {
		for _, tt := range []struct {
			name   string
			target casework.TargetID
			on     casework.Date
			who    casework.StaffID
			want   casework.VisitID
		}{
			{"the reporter", home, april(10), ann, v.ID},
			{"who went along", home, april(10), bob, v.ID},
			{"somebody else", home, april(10), 9, 0},
			{"another day", home, april(11), ann, 0},
			{"another target", firm, april(10), ann, 0},
		} {
			got, ok := casework.SameVisit(r, tt.target, tt.on, tt.who)
			if got.ID != tt.want || ok != (tt.want != 0) {
				t.Errorf("%s: SameVisit = %d, %v, want %d", tt.name, got.ID, ok, tt.want)
			}
		}
	})
}

func TestRecentVisit(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	v, _ := l.report(visitOf(home, ann, answered(april(1), "outcome=met")))
	for range 8 { // tries since do not hide it
		l.report(visitOf(home, bob, answered(april(3), "outcome=nobody")))
	}
	l.view(func(r casework.Records) {
		for _, tt := range []struct {
			target casework.TargetID
			on     casework.Date
			want   bool
		}{
			{home, april(1), true},
			{home, april(15), true}, // 14 days
			{home, april(16), false},
			{home, april(1).AddDays(-1), false},
			{firm, april(2), false},
		} {
			got, ok := casework.RecentVisit(r, tt.target, tt.on)
			if ok != tt.want || ok && got.ID != v.ID {
				t.Errorf("RecentVisit(%d, %s) = %d, %v, want %v", tt.target, tt.on, got.ID, ok, tt.want)
			}
		}
	})
}

// corrected is the correction among the facts, and the problems as they say.
func corrected(t *testing.T, facts []casework.Fact) (c casework.VisitCorrected, changed, raised []casework.Problem) {
	t.Helper()
	for i, f := range facts {
		switch f := f.(type) {
		case casework.VisitCorrected:
			if i > 0 {
				t.Errorf("the correction is fact %d, want it first", i)
			}
			c = f
		case casework.ProblemCorrected:
			changed = append(changed, f.Problem)
		case casework.ProblemRaised:
			raised = append(raised, f.Problem)
		default:
			t.Errorf("ReviseVisit makes a %T", f)
		}
	}
	return c, changed, raised
}

func TestReviseVisitTellsWhatDiffers(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	v, _ := l.report(visitOf(home, ann, answered(april(20), "outcome=met", "income=up", "utilities=road water", "work=job", "mood=sunny")))
	a := answered(april(20), "outcome=met", "income=down", "utilities=road water", "mood=sunny", "policy=clear")
	a["mood"] = form.Answer{Values: []string{"sunny"}, Via: form.Edited} // the same, by other means
	c, _, _ := corrected(t, l.revise(v.ID, a))
	want := []casework.AnswerChange{
		{Path: "income", Before: &form.Answer{Values: []string{"up"}, Via: form.Tapped}, After: &form.Answer{Values: []string{"down"}, Via: form.Tapped}},
		{Path: "policy", After: &form.Answer{Values: []string{"clear"}, Via: form.Tapped}},
		{Path: "work", Before: &form.Answer{Values: []string{"job"}, Via: form.Tapped}},
	}
	if diff := cmp.Diff(want, c.Changes); diff != "" {
		t.Errorf("changes (-want +got)\n%s", diff)
	}
	got := l.visit(v.ID)
	a["mood"] = form.Answer{Values: []string{"sunny"}, Via: form.Tapped}
	if diff := cmp.Diff(a, got.Answers); diff != "" || got.Revision != 1 {
		t.Errorf("revision %d, want 1, with answers (-want +got)\n%s", got.Revision, diff)
	}
	if facts := l.revise(v.ID, a); len(facts) != 0 {
		t.Errorf("ReviseVisit of equal answers makes %v, want nothing", facts)
	}
	a = maps.Clone(a)
	a["free"] = form.Answer{Skipped: true}
	if c, _, _ := corrected(t, l.revise(v.ID, a)); c.Revision != 2 || len(c.Changes) != 1 {
		t.Errorf("ReviseVisit after a correction = %+v, want revision 2 with one change", c)
	}
}

// What follows from the answers follows from the corrected ones, too.
func TestReviseVisitDerivesAgain(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	v, _ := l.report(visitOf(home, ann, answered(april(20), "outcome=met", "mood=sunny")))
	l.revise(v.ID, answered(april(4), "outcome=nobody", "next_on=2017-05-01"))
	got := l.visit(v.ID)
	want := v
	want.Revision, want.VisitedOn, want.RoundID, want.Late = 1, april(4), 1, true
	want.Outcome, want.Mood, want.Disposal = "nobody", "", ""
	want.NextContact, want.Answers = casework.Date{Year: 2017, Month: 5, Day: 1}, got.Answers
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the visit (-want +got)\n%s", diff)
	}
	x := l.target(home)
	if x.LastVisitOn != (casework.Date{}) || x.LastTriedOn != april(4) || x.Next.On != want.NextContact || x.Missed != 1 {
		t.Errorf("the target = met %v, tried %v, due %v, missed %d, want none, %v, %v, 1",
			x.LastVisitOn, x.LastTriedOn, x.Next.On, x.Missed, april(4), want.NextContact)
	}
}

// A correction weeks later does not make a visit late that was reported in time.
func TestReviseVisitKeepsWhenItWasReported(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	rep := visitOf(home, ann, answered(april(2), "outcome=met", "income=up"))
	rep.Today = april(3)
	v, _ := l.report(rep)
	for _, a := range []form.Answers{answered(april(2), "outcome=met"), answered(april(1), "outcome=met")} {
		l.revise(v.ID, a)
		if l.visit(v.ID).Late {
			t.Errorf("corrected on %s, the visit reported on %s is late", today, rep.Today)
		}
	}
}

func TestReviseVisitFollowsProblems(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	two := answered(april(20), "outcome=met")
	describe(two, 1, "门前的路不通", casework.InProgress, casework.Normal)
	describe(two, 2, "看病报销太慢", casework.InProgress, casework.Normal)
	v, before := l.raised(visitOf(home, ann, two))

	one := answered(april(20), "outcome=met")
	describe(one, 1, "看病报销太慢", casework.Escalated, casework.Emergency)
	c, changed, raised := corrected(t, l.revise(v.ID, one))
	second := before[1]
	second.Disposal, second.Level, second.Urgency, second.DueOn = casework.Escalated, casework.LevelBranch, casework.Emergency, april(20)
	first := before[0]
	first.Status, first.Note = casework.ProblemInvalid, "记错了"
	if diff := cmp.Diff([]casework.Problem{second, first}, changed); diff != "" || len(raised) != 0 {
		t.Errorf("with the first taken out, %d raised, problems (-want +got)\n%s", len(raised), diff)
	}
	if diff := cmp.Diff([]casework.ProblemID{second.ID}, c.ProblemIDs); diff != "" {
		t.Errorf("with the first taken out, the visit's problems (-want +got)\n%s", diff)
	}
	if got := l.target(home).OpenIssues; got != 1 {
		t.Errorf("with the first taken out, %d are open, want 1", got)
	}

	l.revise(v.ID, answered(april(20), "outcome=met"))
	if got := l.target(home); got.OpenIssues != 0 {
		t.Errorf("with both taken out, %d are open", got.OpenIssues)
	}

	c, changed, raised = corrected(t, l.revise(v.ID, one))
	if len(changed) != 0 || len(raised) != 1 || raised[0].Code != "WT-2017-0003" || raised[0].Status != casework.ProblemRegistered {
		t.Errorf("described anew: changed %v, raised %v, want one raised with the next code", changed, raised)
	}
	if got := l.target(home); got.OpenIssues != 1 || len(c.ProblemIDs) != 1 {
		t.Errorf("described anew, %d are open, of the visit %v", got.OpenIssues, c.ProblemIDs)
	}
}

// raised reports a visit and returns it with its problems as the records have them.
func (l *ledger) raised(rep casework.Report) (casework.Visit, []casework.Problem) {
	l.t.Helper()
	v, problems := l.report(rep)
	for i, p := range problems {
		problems[i] = l.problem(p.ID)
	}
	return v, problems
}

// Other words for a problem are no other problem, and adding one leaves it alone.
func TestReviseVisitKeepsProblems(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	a := answered(april(20), "outcome=met")
	describe(a, 1, "门前的路不通", casework.InProgress, casework.Normal)
	v, before := l.raised(visitOf(home, ann, a))
	a = answered(april(20), "outcome=met")
	describe(a, 1, "门前的路下雨就不通", casework.InProgress, casework.Normal)
	describe(a, 2, "家里没有自来水", casework.OnSpot, casework.Normal)
	c, changed, raised := corrected(t, l.revise(v.ID, a))
	want := before[0]
	want.Description = "门前的路下雨就不通"
	if diff := cmp.Diff([]casework.Problem{want}, changed); diff != "" {
		t.Errorf("changed (-want +got)\n%s", diff)
	}
	if len(raised) != 1 || raised[0].Status != casework.ProblemResolved || raised[0].OwnerID != ann || raised[0].RaisedOn != today {
		t.Errorf("raised = %+v, want one that is resolved", raised)
	}
	if diff := cmp.Diff([]casework.ProblemID{want.ID, raised[0].ID}, c.ProblemIDs); diff != "" {
		t.Errorf("the visit's problems (-want +got)\n%s", diff)
	}
}

// A problem passed up after all gets the days of the level above.
func TestReviseVisitMovesTheDayDue(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	a := answered(april(20), "outcome=met")
	describe(a, 1, "门前的路不通", casework.InProgress, casework.Normal)
	v, before := l.raised(visitOf(home, ann, a))
	describe(a, 1, "门前的路不通", casework.Escalated, casework.Normal)
	l.revise(v.ID, a)
	want := before[0]
	want.Disposal, want.Level, want.DueOn = casework.Escalated, casework.LevelBranch, april(20).AddDays(15)
	if diff := cmp.Diff(want, l.problem(want.ID)); diff != "" {
		t.Errorf("the problem (-want +got)\n%s", diff)
	}
}

// Who has begun to solve a problem keeps the state reached when the visit is
// corrected.
func TestReviseVisitLeavesWorkAlone(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	a := answered(april(20), "outcome=met")
	describe(a, 1, "门前的路不通", casework.InProgress, casework.Normal)
	v, before := l.raised(visitOf(home, ann, a))
	taken := before[0]
	taken.Status, taken.Level, taken.Note, taken.DueOn = casework.ProblemDoing, casework.LevelBureau, "已报交通局", april(30)
	l.add(casework.ProblemCorrected{Problem: taken})
	describe(a, 1, "村口的路不通", casework.OnSpot, casework.Emergency)
	l.revise(v.ID, a)
	want := taken
	want.Description, want.Urgency, want.Disposal = "村口的路不通", casework.Emergency, casework.OnSpot
	if diff := cmp.Diff(want, l.problem(taken.ID)); diff != "" {
		t.Errorf("the problem (-want +got)\n%s", diff)
	}
}

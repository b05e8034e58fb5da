package casework_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// The figures that were reported of the campaign, from its records.
func TestSummaryOfTheCampaign(t *testing.T) {
	l, set := sampleLedger(t)
	l.view(func(r casework.Records) {
		got := casework.Summarize(r, set.Today)
		want := got
		want.AsOf, want.Rounds, want.Groups, want.Participants = set.Today, 5, 6, 170
		want.Households, want.Enterprises, want.Organizations = 164, 10, 16
		want.Problems, want.Listed = 35, 35
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Summarize (-want +got)\n%s", diff)
		}
		families := 0
		for _, n := range got.Families {
			families += n
		}
		if families != 35 || len(got.Families) != 6 || got.Open+got.Resolved != 35 {
			t.Errorf("Summarize = families %v, %d open, %d resolved, want 35 problems of six families", got.Families, got.Open, got.Resolved)
		}
	})
}

// A summary as of a day counts what the ledger had made happen by then.
func TestSummaryAsOf(t *testing.T) {
	l, set := sampleLedger(t)
	for _, day := range []casework.Date{
		{Year: 2016, Month: time.December, Day: 31}, {Year: 2017, Month: time.April, Day: 5},
		{Year: 2017, Month: time.June, Day: 30}, set.Today.AddDays(-1), set.Today,
	} {
		want := map[string]int{}
		met, went := map[casework.TargetID]bool{}, map[casework.StaffID]bool{}
		for _, e := range set.Events {
			switch f := e.Fact.(type) {
			case casework.VisitReported:
				if v := f.Visit; !v.VisitedOn.After(day) {
					want["visits"]++
					met[v.TargetID] = met[v.TargetID] || v.Outcome == casework.Met
					for _, p := range v.Participants {
						went[p] = true
					}
				}
			case casework.ProblemRaised:
				if !f.Problem.RaisedOn.After(day) {
					want["problems"]++
				}
			case casework.RoundOpened:
				if !f.Round.StartOn.After(day) {
					want["rounds"]++
				}
			}
		}
		for _, yes := range met {
			if yes {
				want["met"]++
			}
		}
		want["participants"] = len(went)
		l.view(func(r casework.Records) {
			s := casework.Summarize(r, day)
			got := map[string]int{"participants": s.Participants}
			for name, n := range map[string]int{
				"visits": s.Visits, "met": s.Households + s.Enterprises + s.Organizations, "problems": s.Problems, "rounds": s.Rounds,
			} {
				if n > 0 {
					got[name] = n
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Summarize as of %s (-want +got)\n%s", day, diff)
			}
		})
	}
}

func TestSummaryCountsByTheRules(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	guest := casework.StaffID(3)
	l.add(casework.StaffImported{Staff: casework.Staff{ID: guest, Code: "R003", Groups: []casework.GroupID{1}}}) // no member
	l.report(visitOf(home, guest, answered(april(20), "outcome=met")))
	l.report(visitOf(firm, ann, answered(april(20), "outcome=refused", "next_on=2017-05-02")))
	late, _ := l.report(visitOf(home, ann, answered(april(2), "outcome=met")))
	l.revise(late.ID, answered(april(1), "outcome=met"))
	full := casework.Problem{
		Code: "WT-2017-0001", TargetID: home, Family: "life", Category: "medical", Description: "看病报销太慢", OwnerID: ann,
		Status: casework.ProblemPending, RaisedOn: april(20),
	}
	for i, change := range []func(*casework.Problem){
		func(*casework.Problem) {},
		func(p *casework.Problem) { p.Status = casework.ProblemResolved },
		func(p *casework.Problem) {
			p.Status, p.Family, p.Satisfaction = casework.ProblemClosed, "mind", casework.FairlySatisfied
		},
		func(p *casework.Problem) { p.Status, p.Satisfaction = casework.ProblemInvalid, casework.Satisfied },
		func(p *casework.Problem) { p.Status = casework.ProblemMerged },
		func(p *casework.Problem) { p.RaisedOn = april(21) },
		func(p *casework.Problem) { p.OwnerID, p.Satisfaction = 0, casework.NotReached },
		func(p *casework.Problem) { p.Category, p.Satisfaction = "", casework.NotSatisfied },
		func(p *casework.Problem) { p.Description = "" },
	} {
		p := full
		p.ID = casework.ProblemID(i + 1)
		change(&p)
		l.add(casework.ProblemRaised{Problem: p})
	}
	l.add(
		called(1, guild, bob, at(20, 9, 0), casework.Connected), called(2, guild, bob, at(20, 10, 0), casework.NoAnswer),
		called(3, guild, bob, at(20, 11, 0), casework.CallRefused), called(4, guild, bob, at(21, 9, 0), casework.Connected),
	)
	for id, to := range map[casework.TaskBookID]casework.TaskStatus{1: casework.TaskIssued, 2: casework.TaskCancelled} {
		l.add(casework.TaskBookDrafted{TaskBook: casework.TaskBook{
			ID: id, ProblemIDs: []casework.ProblemID{casework.ProblemID(id)}, TargetID: home, LeadID: ann, Lacks: []string{"money"},
		}}, casework.TaskBookMoved{TaskBookID: id, Act: casework.TaskIssue, From: casework.TaskDraft, To: to})
	}
	want := casework.Summary{
		Campaign: "走访", AsOf: april(20), Rounds: 2, Groups: 1, Participants: 1, Visits: 3, Met: 2, Households: 1,
		Problems: 6, Listed: 3, Open: 4, Resolved: 2, Families: map[string]int{"life": 5, "mind": 1}, Late: 1, Corrected: 1,
		Calls: 1, CallsTried: 2, Struck: 1, Asked: 2, Pleased: 1,
		Needing: 6, TaskBooks: 1,
	}
	l.view(func(r casework.Records) {
		if diff := cmp.Diff(want, casework.Summarize(r, april(20))); diff != "" {
			t.Errorf("Summarize (-want +got)\n%s", diff)
		}
	})
}

package sample_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/sample"
)

func TestEveryProblemHasWhatItNeeds(t *testing.T) {
	for seed := range uint64(4) {
		s, r := makeSet(t, sample.Options{Seed: seed})
		c, _ := r.Campaign()
		for p := range r.AllProblems() {
			if p.Status == casework.ProblemRegistered && s.Start.Sub(p.RaisedAt) >= 24*time.Hour {
				t.Errorf("seed %d: %s waits for an owner since %s", seed, p.Code, p.RaisedAt)
			}
			if _, ok := r.Staff(p.OwnerID); !ok {
				t.Errorf("seed %d: %s has no owner", seed, p.Code)
			}
			issued := slices.ContainsFunc(r.TaskBooksOfProblem(p.ID), func(b casework.TaskBook) bool { return !b.IssuedAt.IsZero() })
			if casework.NeedsTaskBook(c, p) && !issued {
				t.Errorf("seed %d: %s (%s) has no task book that was issued", seed, p.Code, p.Status)
			}
		}
		if own := casework.OwnMoves(r, casework.Moment{Today: s.Today, At: s.Start}); len(own) > 0 {
			t.Errorf("seed %d: the program has steps of its own to take at once: %+v", seed, own)
		}
	}
}

// The demo shows every state that work can be in.
func TestEveryStateIsShown(t *testing.T) {
	_, r := makeSet(t, sample.Options{Seed: 1})
	problems, levels := map[casework.ProblemStatus]int{}, map[casework.Level]bool{}
	reopened := 0
	for p := range r.AllProblems() {
		problems[p.Status]++
		reopened += p.Reopened
		if p.Escalation != nil {
			levels[p.Escalation.To] = true
		}
	}
	for _, status := range []casework.ProblemStatus{
		casework.ProblemRegistered, casework.ProblemPending, casework.ProblemDoing, casework.ProblemEscalated,
		casework.ProblemTransferred, casework.ProblemOnHold, casework.ProblemResolved, casework.ProblemClosed,
	} {
		if problems[status] == 0 {
			t.Errorf("no problem is %s", status)
		}
	}
	if reopened != 1 || !levels[casework.LevelBranch] || !levels[casework.LevelBureau] {
		t.Errorf("%d problems reopened, passed up to %v, want one, and to the branch and the bureau", reopened, levels)
	}
	books := map[casework.TaskStatus]int{}
	for b := range r.AllTaskBooks() {
		books[b.Status]++
	}
	for _, status := range []casework.TaskStatus{
		casework.TaskDraft, casework.TaskIssued, casework.TaskDoing, casework.TaskSubmitted,
		casework.TaskReturned, casework.TaskAccepted, casework.TaskCancelled,
	} {
		if books[status] == 0 {
			t.Errorf("no task book is %s", status)
		}
	}
	var issues []casework.IssueStatus
	for _, i := range r.Issues() {
		issues = append(issues, i.Status)
	}
	want := []casework.IssueStatus{casework.IssueAnswered, casework.IssueSubmitted, casework.IssueCollecting}
	if diff := cmp.Diff(want, issues); diff != "" {
		t.Errorf("common issues (-want +got)\n%s", diff)
	}
}

// Something waits for each of the demo's people.
func TestSomethingWaitsForEverybody(t *testing.T) {
	s, r := makeSet(t, sample.Options{Seed: 1})
	for _, tt := range []struct {
		who  casework.StaffID
		user casework.UserID
		want []casework.DutyKind
	}{
		{s.Member, sample.MemberUser, nil},
		{s.Partner, sample.PartnerUser, []casework.DutyKind{casework.DutyMeasure}},
		{s.Leader, sample.LeaderUser, []casework.DutyKind{casework.DutyTriage, casework.DutyJudge}},
		{s.Secretary, sample.SecretaryUser, []casework.DutyKind{casework.DutyRespond, casework.DutyIssue}},
		{s.Office, sample.OfficeUser, []casework.DutyKind{casework.DutyRespond, casework.DutyStrike}},
		{s.Officer, sample.OfficerUser, []casework.DutyKind{casework.DutyMatter, casework.DutyRenew}},
	} {
		p, ok := r.StaffByUser(tt.user)
		if !ok || p.ID != tt.who || p.Binding != casework.Bound {
			t.Errorf("StaffByUser(%d) = %s, %v, want %d, bound", tt.user, p.Code, ok, tt.who)
		}
		var got []casework.DutyKind
		now := casework.Moment{Today: s.Today, At: s.Start}
		for _, d := range casework.Duties(r, p, now, time.FixedZone("Asia/Shanghai", 8*3600)) {
			if d.Rung == casework.OwnerRung {
				got = append(got, d.Kind)
			}
		}
		for _, kind := range tt.want {
			if !slices.Contains(got, kind) {
				t.Errorf("duties of %s are %v, want %s among them", p.Code, got, kind)
			}
		}
		if len(got) > 12 {
			t.Errorf("%s has %d duties, want a day's work", p.Code, len(got))
		}
	}
}

func TestFirmsAreServed(t *testing.T) {
	_, r := makeSet(t, sample.Options{Seed: 1})
	firms, top, soon := map[casework.TargetID]int{}, 0, 0
	for m := range r.AllTrademarks() {
		firms[m.FirmID]++
		if m.Top100 {
			top++
		}
		if year := (casework.Date{Year: 2018, Month: time.September, Day: 6}); !m.ValidUntil.IsZero() && m.ValidUntil.Before(year) {
			soon++
		}
	}
	for firm, n := range firms {
		if n < 3 {
			t.Errorf("firm %d has %d trademarks, want three", firm, n)
		}
	}
	if len(firms) != 10 || top < 10 || soon < 2 {
		t.Errorf("%d firms have trademarks, %d are of the hundred, %d run out within a year", len(firms), top, soon)
	}
	stages, moved := map[string]bool{}, 0
	for m := range r.AllMatters() {
		stages[m.Kind+" "+m.Stage] = true
		moved += len(m.History)
	}
	for _, want := range []string{"well_known retry", "registration substantive", "renewal registered", "renewal preparing"} {
		if !stages[want] {
			t.Errorf("no matter is at %q, only at %v", want, stages)
		}
	}
	used := 0
	for _, n := range casework.CountServices(r) {
		if n.Times > 0 {
			used++
		}
	}
	explained := 0
	for x := range r.AllTargets() {
		explained += len(x.Explained)
	}
	if moved < 20 || used < 8 || explained < 20 || len(r.Policies()) != 12 {
		t.Errorf("%d steps of matters, %d measures used, %d policies of %d explained", moved, used, explained, len(r.Policies()))
	}
}

// Villages and households lack some of the eight things, and have most of them.
func TestChecklistIsAnswered(t *testing.T) {
	_, r := makeSet(t, sample.Options{Seed: 1})
	for _, kind := range []casework.Kind{casework.HouseholdKind, casework.OrganizationKind} {
		lacks, lacking := 0, 0
		for _, n := range casework.CountHaves(r, kind, 0) {
			if n.Unknown > 0 || n.Has < n.Lacks {
				t.Errorf("%s, %s: %d have it, %d lack it, %d were not asked", kind, n.Have.Key, n.Has, n.Lacks, n.Unknown)
			}
			if n.Lacks > 0 {
				lacking++
			}
			lacks += n.Lacks
		}
		if lacks < 4 || lacking < 3 {
			t.Errorf("%s: %d of the eight things are lacked %d times, want more", kind, lacking, lacks)
		}
	}
}

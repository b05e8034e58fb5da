package casework_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
	"zoufang/store"
)

// started is the day on which the tests' campaign opens, and today the one on
// which things are reported unless a test says otherwise.
var (
	started = casework.Date{Year: 2017, Month: time.March, Day: 1}
	today   = casework.Date{Year: 2017, Month: time.April, Day: 20}
)

func april(day int) casework.Date { return casework.Date{Year: 2017, Month: time.April, Day: day} }

// ledger is a real file, to which facts are appended as the program does it.
type ledger struct {
	t     testing.TB
	store *store.Store
	n     int
}

func newLedger(t testing.TB, facts ...casework.Fact) *ledger {
	t.Helper()
	s, err := store.Open(filepath.Join(t.TempDir(), "test.db"), store.Options{Key: []byte("0123456789abcdef0123456789abcdef")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	l := &ledger{t: t, store: s}
	if err := load(s, facts...); err != nil {
		t.Fatal(err)
	}
	return l
}

// load fills an empty file with the facts.
func load(s *store.Store, facts ...casework.Fact) error {
	return s.Load(func(yield func(casework.Event) error) error {
		for i, f := range facts {
			if err := yield(casework.Event{Cause: fmt.Sprint("load:", i), Fact: f}); err != nil {
				return err
			}
		}
		return nil
	})
}

// step decides what is so next, from the records as they are.
type step func(r casework.Records, ids *casework.Minter) []casework.Fact

// steps take inputs for a store: the i-th input is the i-th step.
type steps struct {
	t    testing.TB
	list []step
	i    int
}

func (s *steps) Turn(v dialog.View, _ dialog.Session, in dialog.Input) dialog.Outcome {
	do := s.list[s.i]
	s.i++
	var out dialog.Outcome
	for _, f := range do(v, casework.NewMinter(in.N)) {
		out.Events = append(out.Events, casework.Event{Cause: in.Cause, ReachedAt: in.Reached, Fact: f})
	}
	return out
}

func (s *steps) Sorry(_ dialog.View, _ dialog.Session, in dialog.Input) dialog.Outcome {
	s.t.Errorf("input %s was refused by the store", in.Cause)
	return dialog.Outcome{}
}

// do takes the steps one after another, in one transaction.
func (l *ledger) do(list ...step) {
	l.t.Helper()
	var batch []dialog.Input
	for range list {
		l.n++
		batch = append(batch, dialog.Input{Cause: fmt.Sprint("step:", l.n), Reached: today.In(time.UTC)})
	}
	if _, err := l.store.Apply(batch, &steps{t: l.t, list: list}); err != nil {
		l.t.Fatal(err)
	}
}

// add appends facts as they are.
func (l *ledger) add(facts ...casework.Fact) {
	l.t.Helper()
	l.do(func(casework.Records, *casework.Minter) []casework.Fact { return facts })
}

// view looks at the records.
func (l *ledger) view(look func(casework.Records)) {
	l.t.Helper()
	err := l.store.View(func(v dialog.View) error {
		look(v)
		return nil
	})
	if err != nil {
		l.t.Fatal(err)
	}
}

// report reports a visit and returns it with the problems it raised.
func (l *ledger) report(rep casework.Report) (casework.Visit, []casework.Problem) {
	l.t.Helper()
	var v casework.Visit
	var raised []casework.Problem
	l.do(func(r casework.Records, ids *casework.Minter) []casework.Fact {
		rep.ID = casework.VisitID(ids.Next())
		rep.Target, _ = r.Target(rep.Target.ID)
		facts := casework.ReportVisit(r, rep, ids)
		for _, f := range facts {
			switch f := f.(type) {
			case casework.VisitReported:
				v = f.Visit
			case casework.ProblemRaised:
				raised = append(raised, f.Problem)
			default:
				l.t.Errorf("ReportVisit makes a %T", f)
			}
		}
		return facts
	})
	return v, raised
}

// revise corrects a visit and returns the facts that makes.
func (l *ledger) revise(id casework.VisitID, a form.Answers) []casework.Fact {
	l.t.Helper()
	var facts []casework.Fact
	l.do(func(r casework.Records, ids *casework.Minter) []casework.Fact {
		v, _ := r.Visit(id)
		facts = casework.ReviseVisit(r, v, a, today, "记错了", ids)
		return facts
	})
	return facts
}

func (l *ledger) visit(id casework.VisitID) casework.Visit {
	l.t.Helper()
	var v casework.Visit
	l.view(func(r casework.Records) { v, _ = r.Visit(id) })
	return v
}

func (l *ledger) target(id casework.TargetID) casework.Target {
	l.t.Helper()
	var x casework.Target
	l.view(func(r casework.Records) { x, _ = r.Target(id) })
	return x
}

func (l *ledger) problem(id casework.ProblemID) casework.Problem {
	l.t.Helper()
	var p casework.Problem
	l.view(func(r casework.Records) { p, _ = r.Problem(id) })
	return p
}

// answered is the answers of a form, each as "path=value value".
func answered(on casework.Date, list ...string) form.Answers {
	a := form.Answers{"visited_on": {Values: []string{on.String()}}}
	for _, s := range list {
		path, values, _ := strings.Cut(s, "=")
		a[path] = form.Answer{Values: strings.Fields(values), Via: form.Tapped}
	}
	return a
}

// describe adds the n-th problem to the answers.
func describe(a form.Answers, n int, words string, d casework.Disposal, u casework.Urgency) {
	for id, value := range map[string]string{
		"family": "life", "category": "medical", "words": words, "urgency": string(u), "disposal": string(d),
	} {
		a[fmt.Sprintf("problem/%d/%s", n, id)] = form.Answer{Values: []string{value}, Via: form.Tapped}
	}
	if d == casework.OnSpot {
		a[fmt.Sprintf("problem/%d/on_spot_note", n)] = form.Answer{Values: []string{"当场讲清了报销的办法"}}
	}
}

// Names of the small campaign's records.
const (
	home  casework.TargetID = 1
	firm  casework.TargetID = 2
	guild casework.TargetID = 3

	ann casework.StaffID = 1
	bob casework.StaffID = 2
)

// smallCampaign is one target of each kind, two people and two rounds.
func smallCampaign() []casework.Fact {
	return []casework.Fact{
		casework.CampaignOpened{Campaign: casework.Campaign{Name: "走访", Year: 2017, StartOn: started, Params: casework.DefaultParams()}},
		casework.RoundOpened{Round: casework.Round{ID: 1, No: 1, StartOn: started, EndOn: april(5)}},
		casework.RoundOpened{Round: casework.Round{ID: 2, No: 2, StartOn: april(6), EndOn: april(30)}},
		casework.GroupImported{Group: casework.Group{ID: 1, Code: "G1", LeaderID: bob}},
		casework.StaffImported{Staff: casework.Staff{ID: ann, Code: "R001", Name: "安", PartyMember: true, Groups: []casework.GroupID{1}}},
		casework.StaffImported{Staff: casework.Staff{ID: bob, Code: "R002", Name: "博", PartyMember: true, Groups: []casework.GroupID{1}}},
		casework.TargetImported{Target: casework.Target{
			ID: home, Kind: casework.HouseholdKind, Code: "JT-0001", GroupID: 1, Household: &casework.Household{HeadName: "李四"},
		}},
		casework.TargetImported{Target: casework.Target{
			ID: firm, Kind: casework.EnterpriseKind, Code: "QY-001", GroupID: 1, Enterprise: &casework.Enterprise{Name: "安心食品厂"},
		}},
		casework.TargetImported{Target: casework.Target{
			ID: guild, Kind: casework.OrganizationKind, Code: "ZZ-01", GroupID: 1, Organization: &casework.Organization{Name: "白塔村党支部"},
		}},
	}
}

// visitOf is a report of a visit to the target.
func visitOf(x casework.TargetID, who casework.StaffID, a form.Answers) casework.Report {
	return casework.Report{
		Target: casework.Target{ID: x}, Form: "household", FormVersion: 1, Answers: a,
		Reporter: who, At: today.In(time.UTC), Today: today,
	}
}

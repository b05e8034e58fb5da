package casework_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/form"
)

// must is [counter.step] where nothing stands in the way.
func (c *counter) must(who casework.StaffID, day casework.Date, m casework.ProblemMoved) casework.Problem {
	c.t.Helper()
	m.ProblemID = 1
	if why := c.step(who, day, m); why != "" {
		c.t.Fatalf("MoveProblem(%s) = %q, want it done", m.Act, why)
	}
	return c.problem(1)
}

// says lets the people say on the telephone how content they are; empty: nobody answers.
func (c *counter) says(day casework.Date, said casework.Satisfaction) casework.Problem {
	c.t.Helper()
	result := casework.Connected
	if said == "" {
		result = casework.NoAnswer
	}
	c.take(func(r casework.Records, ids *casework.Minter) []casework.Event {
		x, _ := r.Target(home)
		return done(bob, day, casework.LogCall(r, casework.CallReport{
			Call:   casework.Call{ID: casework.CallID(ids.Next()), By: bob, Problem: 1, Result: result, Satisfaction: said},
			Target: x, At: midday(day), Today: day,
		}, ids))
	})
	return c.problem(1)
}

// hears lets the people say at the door how the problem stands.
func (c *counter) hears(day casework.Date, said ...string) casework.Visit {
	c.t.Helper()
	rep := visitOf(home, ann, answered(day, append([]string{"outcome=met", "open/1/code=WT-2017-0001"}, said...)...))
	rep.Today, rep.At = day, midday(day)
	c.take(func(r casework.Records, ids *casework.Minter) []casework.Event {
		rep.ID = casework.VisitID(ids.Next())
		return done(ann, day, casework.ReportVisit(r, rep, ids))
	})
	var v casework.Visit
	c.view(func(r casework.Records) { v, _ = r.Visit(rep.ID) })
	return v
}

func solution() casework.ProblemMoved {
	return casework.ProblemMoved{Act: casework.Resolve, Why: "solved", Text: words, Files: []casework.Attachment{{FileID: "f"}}}
}

// A problem of which the people say twice that it is not solved goes up a level by
// itself, is as old as it was, and is struck off when they are content.
func TestProblemNotSolvedTwice(t *testing.T) {
	c := newCounter(t)
	c.open(casework.ProblemDoing, casework.LevelGroup, same)
	c.must(ann, april(12), solution())
	if p := c.says(april(14), casework.NotSatisfied); route(p) != "doing group 1 2017-04-25" || p.Reopened != 1 || p.Resolution != "" {
		t.Errorf("after the first time the problem is %s, reopened %d, resolved as %q", route(p), p.Reopened, p.Resolution)
	}
	c.must(ann, april(15), solution())
	c.hears(april(16), "open/1/content=not")
	p := c.problem(1)
	want := casework.Escalation{
		From: casework.LevelGroup, To: casework.LevelBranch, At: midday(april(16)), Why: "reopened_twice",
		RespondBy: april(16).AddDays(15), DueOn: april(25),
	}
	if diff := cmp.Diff(&want, p.Escalation); diff != "" || p.Status != casework.ProblemEscalated || p.Reopened != 2 {
		t.Errorf("after the second time the problem is %s, reopened %d (-want +got)\n%s", p.Status, p.Reopened, diff)
	}
	p = c.must(sue, april(17), casework.ProblemMoved{Act: casework.TakeUp, Text: words})
	if p.OwnerID != sue || !cmp.Equal(p.Followers, []casework.StaffID{ann}) || p.Escalation != nil {
		t.Errorf("taken up by %d, followed by %v, still up: %v", p.OwnerID, p.Followers, p.Escalation)
	}
	c.must(ann, april(17), casework.ProblemMoved{Act: casework.Comment, Text: words})
	c.booked(april(18), casework.TaskAccepted)
	c.must(sue, april(18), solution())
	p = c.says(april(19), casework.FairlySatisfied)
	if p.Status != casework.ProblemClosed || p.ClosedOn != april(19) || p.ClosedAt != midday(april(19)) || p.RaisedOn != april(3) {
		t.Errorf("at the end the problem is %s since %v, %v, raised on %v", p.Status, p.ClosedOn, p.ClosedAt, p.RaisedOn)
	}
	if got := p.Age(april(30)); got != 16 {
		t.Errorf("Age = %d, want 16", got)
	}
	var acts []string
	for _, s := range p.History {
		acts = append(acts, string(s.Act))
	}
	if got, want := strings.Join(acts, " "), "resolve callback resolve callback escalate take_up comment resolve callback"; got != want {
		t.Errorf("the history is %s, want %s", got, want)
	}
}

// booked puts a task book of problem 1 into a state.
func (c *counter) booked(day casework.Date, s casework.TaskStatus) {
	c.t.Helper()
	c.did(sue, day, casework.TaskBookDrafted{TaskBook: casework.TaskBook{
		ID: 1, Code: "RW-2017-0001", ProblemIDs: []casework.ProblemID{1}, TargetID: home, LeadID: ann, Lacks: []string{"road"},
		Goal: "路修好", BranchID: firstBranch,
	}}, casework.TaskBookMoved{TaskBookID: 1, Act: casework.TaskHandIn, From: casework.TaskDraft, To: s})
}

// Calls that reach nobody are counted in a row, and the office has the last word.
func TestProblemUnreached(t *testing.T) {
	c := newCounter(t)
	c.open(casework.ProblemResolved, casework.LevelGroup, same)
	for i, said := range []casework.Satisfaction{"", "", casework.NotReached, "", "", ""} {
		want := []int{1, 2, 0, 1, 2, 3}[i]
		if got := c.says(april(10+i), said).Unreached; got != want {
			t.Errorf("after call %d: %d in a row, want %d", i+1, got, want)
		}
	}
	p := c.must(off, april(20), casework.ProblemMoved{Act: casework.StrikeUnreached})
	if p.Status != casework.ProblemClosed || p.Satisfaction != casework.NotReached {
		t.Errorf("the problem is %s, %q, want it closed and not reached", p.Status, p.Satisfaction)
	}
}

// A visitor asks at the door; what is said of an unsolved problem moves nothing.
func TestProblemAskedAtTheDoor(t *testing.T) {
	for _, tt := range []struct {
		status casework.ProblemStatus
		said   string
		want   casework.ProblemStatus
		last   string // act and what was said
	}{
		{casework.ProblemRegistered, "open/1/state=still", casework.ProblemRegistered, "visit still"},
		{casework.ProblemDoing, "open/1/state=gone", casework.ProblemDoing, "visit gone"},
		{casework.ProblemDoing, "open/1/content=very", casework.ProblemDoing, " "},
		{casework.ProblemDoing, "open/1/state=lovely", casework.ProblemDoing, " "},
		{casework.ProblemResolved, "open/1/state=still", casework.ProblemResolved, " "},
		{casework.ProblemResolved, "open/1/content=fairly", casework.ProblemClosed, "callback fairly"},
		{casework.ProblemResolved, "open/1/content=not", casework.ProblemDoing, "callback not"},
		{casework.ProblemClosed, "open/1/state=still", casework.ProblemClosed, " "},
	} {
		c := newCounter(t)
		c.open(tt.status, casework.LevelGroup, same)
		v := c.hears(april(12), tt.said)
		p := c.problem(1)
		var last casework.Step
		if n := len(p.History); n > 0 {
			last = p.History[n-1]
		}
		got := fmt.Sprintf("%s %s%s", last.Act, last.Why, last.Satisfaction)
		if p.Status != tt.want || got != tt.last || last.Act != "" && last.VisitID != v.ID {
			t.Errorf("%s of one that is %s: %s, %q, want %s, %q", tt.said, tt.status, p.Status, got, tt.want, tt.last)
		}
	}
}

// Correcting what was said of an open problem is noted, and moves nothing.
func TestProblemSaidOtherwise(t *testing.T) {
	c := newCounter(t)
	c.open(casework.ProblemDoing, casework.LevelGroup, same)
	v := c.hears(april(12), "open/1/state=still")
	revise := func(said string) {
		c.take(func(r casework.Records, ids *casework.Minter) []casework.Event {
			v, _ := r.Visit(v.ID)
			a := answered(april(12), "outcome=met", "open/1/code=WT-2017-0001", said, "mood=sunny")
			return done(ann, april(13), casework.ReviseVisit(r, v, a, april(13), "记错了", ids))
		})
	}
	revise("open/1/state=still")
	if n := len(c.problem(1).History); n != 1 {
		t.Errorf("after a correction of something else there are %d steps, want 1", n)
	}
	revise("open/1/state=gone")
	p := c.problem(1)
	want := casework.ProblemMoved{ProblemID: 1, Act: casework.Comment, From: casework.ProblemDoing, To: casework.ProblemDoing, Why: "gone", VisitID: v.ID}
	if diff := cmp.Diff(want, p.History[len(p.History)-1].ProblemMoved); diff != "" || len(p.History) != 2 {
		t.Errorf("the correction makes (-want +got)\n%s", diff)
	}
}

// A problem that rests is not late, and has the days afterwards that it had before.
func TestProblemRests(t *testing.T) {
	c := newCounter(t)
	c.open(casework.ProblemDoing, casework.LevelGroup, same)
	p := c.must(bob, april(20), casework.ProblemMoved{Act: casework.PutOff, Text: words, Told: true, Until: april(30)})
	if p.ResumeOn != april(30) || p.Overdue(april(29)) != 0 {
		t.Errorf("rests until %v, late by %d, want %v and none", p.ResumeOn, p.Overdue(april(29)), april(30))
	}
	var early, due []casework.ProblemMoved
	c.view(func(r casework.Records) {
		early, due = casework.OwnMoves(r, moment(april(29))), casework.OwnMoves(r, moment(april(30)))
	})
	want := []casework.ProblemMoved{{ProblemID: 1, Act: casework.Resume}}
	if diff := cmp.Diff(want, due); diff != "" || early != nil {
		t.Fatalf("OwnMoves on the day before = %v, on the day (-want +got)\n%s", early, diff)
	}
	if p = c.must(0, april(30), due[0]); route(p) != "doing group 1 2017-05-05" || !p.ResumeOn.IsZero() {
		t.Errorf("afterwards the problem is %s, want ten days added", route(p))
	}
}

// What nobody gives to anybody goes to whoever reported it, and gets the skeleton of
// its task book.
func TestOwnMovesTriage(t *testing.T) {
	c := newCounter(t)
	c.open(casework.ProblemRegistered, casework.LevelGroup, same)
	c.did(off, april(3), casework.TaskBooksFor{All: true})
	at := func(hours int) []casework.ProblemMoved {
		var moves []casework.ProblemMoved
		now := midday(april(3)).Add(time.Duration(hours) * time.Hour)
		c.view(func(r casework.Records) {
			moves = casework.OwnMoves(r, casework.Moment{Today: casework.DateOf(now, time.UTC), At: now})
		})
		return moves
	}
	if early := at(23); early != nil {
		t.Errorf("OwnMoves after 23 hours = %v, want none", early)
	}
	moves := at(24)
	if diff := cmp.Diff([]casework.ProblemMoved{{ProblemID: 1, Act: casework.Triage, OwnerID: ann}}, moves); diff != "" {
		t.Fatalf("OwnMoves after 24 hours (-want +got)\n%s", diff)
	}
	if p := c.must(0, april(4), moves[0]); route(p) != "pending group 1 2017-04-25" || p.UnitID != firstBranch {
		t.Errorf("afterwards the problem is %s of branch %d", route(p), p.UnitID)
	}
	c.view(func(r casework.Records) {
		books := r.TaskBooksOfProblem(1)
		if len(books) != 1 || books[0].LeadID != ann || books[0].Status != casework.TaskDraft {
			t.Errorf("the task books are %+v, want one draft of the owner", books)
		}
	})
	if why := c.step(0, april(5), casework.ProblemMoved{ProblemID: 1, Act: casework.Accept}); why != casework.NotYours {
		t.Errorf("the program accepts: %q, want %q", why, casework.NotYours)
	}
	c.must(ann, april(5), casework.ProblemMoved{Act: casework.Accept})
	if why := c.step(ann, april(6), casework.ProblemMoved{ProblemID: 1, Act: casework.Resolve, Why: "solved", Text: words}); why != casework.BookOpen {
		t.Errorf("resolving with an open task book: %q, want %q", why, casework.BookOpen)
	}
}

// A day due is moved by somebody else, and not for ever.
func TestProblemGetsTime(t *testing.T) {
	c := newCounter(t)
	c.open(casework.ProblemDoing, casework.LevelGroup, same)
	for i, until := range []casework.Date{april(27), april(29)} {
		p := c.must(ann, april(20), casework.ProblemMoved{Act: casework.AskTime, Text: words, Until: until})
		if p.Extension == nil || p.Extension.By != ann || p.Extension.Until != until {
			t.Fatalf("time asked for: %+v", p.Extension)
		}
		p = c.must(bob, april(21), casework.ProblemMoved{Act: casework.GrantTime})
		if p.DueOn != until || p.Extensions != i+1 || p.Extension != nil {
			t.Errorf("granted: due on %v, %d times, %+v", p.DueOn, p.Extensions, p.Extension)
		}
	}
	if why := c.step(ann, april(20), casework.ProblemMoved{ProblemID: 1, Act: casework.AskTime, Text: words, Until: april(30)}); why != casework.TooOften {
		t.Errorf("asked a third time: %q, want %q", why, casework.TooOften)
	}
}

// What two people reported becomes one problem, which both of them follow.
func TestProblemsMerge(t *testing.T) {
	c := newCounter(t)
	c.open(casework.ProblemDoing, casework.LevelGroup, same)
	c.did(ann, april(4), casework.ProblemRaised{Problem: casework.Problem{
		ID: 2, Code: "WT-2017-0002", TargetID: home, Category: "medical", OwnerID: bob, Status: casework.ProblemPending, RaisedOn: april(4),
	}})
	c.view(func(r casework.Records) {
		list := casework.Duplicates(r, c.problem(1))
		if len(list) != 1 || list[0].ID != 2 {
			t.Errorf("Duplicates = %+v, want problem 2", list)
		}
	})
	p := c.must(bob, april(5), casework.ProblemMoved{Act: casework.Merge, Into: 2})
	other := c.problem(2)
	if p.Status != casework.ProblemMerged || p.MergedInto != 2 || !cmp.Equal(other.Followers, []casework.StaffID{ann}) {
		t.Errorf("merged: %s into %d, followed by %v", p.Status, p.MergedInto, other.Followers)
	}
	if n := len(other.History); n != 1 || other.History[0].Text != "WT-2017-0001" {
		t.Errorf("the other's history is %+v, want a word", other.History)
	}
}

func TestReceiversAndOwners(t *testing.T) {
	c := newCounter(t)
	c.open(casework.ProblemRegistered, casework.LevelGroup, same)
	ids := func(list []casework.Staff) []casework.StaffID {
		var out []casework.StaffID
		for _, s := range list {
			out = append(out, s.ID)
		}
		return out
	}
	c.view(func(r casework.Records) {
		p := c.problem(1)
		for level, want := range map[casework.Level][]casework.StaffID{
			casework.LevelGroup: {bob}, casework.LevelBranch: {sue}, casework.LevelBureau: {off}, casework.LevelExternal: {off},
		} {
			if got := ids(casework.Receivers(r, p, level, today)); !cmp.Equal(got, want) {
				t.Errorf("Receivers(%s) = %v, want %v", level, got, want)
			}
		}
		p.UnitID = 99
		if got := ids(casework.Receivers(r, p, casework.LevelBranch, today)); !cmp.Equal(got, []casework.StaffID{off}) {
			t.Errorf("Receivers of a branch without a secretary = %v, want the office", got)
		}
		if got, want := ids(casework.Owners(r, p, today)), []casework.StaffID{ann, bob}; !cmp.Equal(got, want) {
			t.Errorf("Owners = %v, want %v", got, want)
		}
	})
}

func TestProblemFigures(t *testing.T) {
	params := casework.DefaultParams()
	p := casework.Problem{Status: casework.ProblemDoing, RaisedOn: april(1), MovedOn: april(5), DueOn: april(10)}
	if p.Silent(params, april(19)) || !p.Silent(params, april(20)) {
		t.Error("Silent begins on another day than after fourteen")
	}
	p.Status = casework.ProblemPending
	if p.Silent(params, april(30)) {
		t.Error("Silent of one that nobody has taken up")
	}
	if got := p.Overdue(april(12)); got != 2 {
		t.Errorf("Overdue = %d, want 2", got)
	}
	p.Status = casework.ProblemResolved
	if got := p.Overdue(april(12)); got != 0 {
		t.Errorf("Overdue of a resolved one = %d, want 0", got)
	}
	if got := p.Age(april(12)); got != 11 {
		t.Errorf("Age = %d, want 11", got)
	}
	for _, tt := range []struct {
		few  bool
		p    casework.Problem
		want bool
	}{
		{false, casework.Problem{Level: casework.LevelGroup, Urgency: casework.Normal}, true},
		{false, casework.Problem{Disposal: casework.OnSpot}, false},
		{false, casework.Problem{Disposal: casework.OnSpot, Reopened: 1}, true},
		{false, casework.Problem{Status: casework.ProblemInvalid}, false},
		{true, casework.Problem{Level: casework.LevelGroup, Urgency: casework.Normal}, false},
		{true, casework.Problem{Level: casework.LevelBranch, Urgency: casework.Normal}, true},
		{true, casework.Problem{Level: casework.LevelGroup, Urgency: casework.Urgent}, true},
	} {
		if got := casework.NeedsTaskBook(casework.Campaign{FewTaskBooks: tt.few}, tt.p); got != tt.want {
			t.Errorf("NeedsTaskBook(few %v, %+v) = %v, want %v", tt.few, tt.p, got, tt.want)
		}
	}
}

func TestRaiseProblem(t *testing.T) {
	for who, owner := range map[casework.StaffID]casework.StaffID{bob: bob, off: ann} {
		c := newCounter(t)
		a := form.Answers{"source": {Values: []string{"enterprise_call"}}}
		describe(a, 1, "流动资金不够", casework.InProgress, casework.Urgent)
		a["problem/1/lacks"] = form.Answer{Values: []string{"loan", "money"}}
		a["problem/1/scope"] = form.Answer{Values: []string{"common"}}
		file := []casework.Attachment{{Kind: casework.Photo, FileID: "f"}}
		c.take(func(r casework.Records, ids *casework.Minter) []casework.Event {
			x, _ := r.Target(firm)
			return done(who, today, casework.RaiseProblem(r, casework.ProblemReport{
				Target: x, By: who, Answers: a, Attachments: file, Now: moment(today),
			}, ids))
		})
		c.view(func(r casework.Records) {
			list := r.ProblemsOfTarget(firm)
			if len(list) != 1 {
				t.Fatalf("RaiseProblem makes %d problems, want one", len(list))
			}
			p := list[0]
			if p.Source != casework.FromFirm || p.OwnerID != owner || p.UnitID != firstBranch || !p.Common || !cmp.Equal(p.Lacks, []string{"loan", "money"}) {
				t.Errorf("RaiseProblem makes %+v", p)
			}
			if p.Status != casework.ProblemRegistered || p.RaisedAt != midday(today) || len(p.History) != 1 || !cmp.Equal(p.History[0].Files, file) {
				t.Errorf("the problem begins as %s at %v with %+v", p.Status, p.RaisedAt, p.History)
			}
		})
	}
}

// While a task book is open nothing is struck off; what the people said counts when
// it is accepted.
func TestProblemWaitsForItsTaskBook(t *testing.T) {
	c := newCounter(t)
	c.open(casework.ProblemDoing, casework.LevelGroup, same)
	c.must(ann, april(12), solution())
	c.booked(april(12), casework.TaskSubmitted)
	p := c.says(april(14), casework.Satisfied)
	if p.Status != casework.ProblemResolved || p.Satisfaction != casework.Satisfied {
		t.Errorf("with an open task book the problem is %s, %q", p.Status, p.Satisfaction)
	}
	var closing []casework.Fact
	c.view(func(r casework.Records) { closing = casework.CloseAfterBook(r, p) })
	c.did(off, april(15), closing...)
	if p = c.problem(1); p.Status != casework.ProblemClosed || p.ClosedOn != april(15) {
		t.Errorf("with its task book accepted the problem is %s since %v", p.Status, p.ClosedOn)
	}
}

// A correction of the visit leaves what steps have changed.
func TestCorrectionKeepsSteps(t *testing.T) {
	c := newCounter(t)
	a := answered(april(12), "outcome=met")
	describe(a, 1, "门前的路不通", casework.InProgress, casework.Normal)
	v, raised := c.report(visitOf(home, ann, a))
	id := raised[0].ID
	common := true
	if why := c.step(bob, today, casework.ProblemMoved{ProblemID: id, Act: casework.Mark, Category: "road_bridge", Common: &common}); why != "" {
		t.Fatal(why)
	}
	if why := c.step(bob, today, casework.ProblemMoved{ProblemID: id, Act: casework.Triage, OwnerID: bob}); why != "" {
		t.Fatal(why)
	}
	want := c.problem(id)
	describe(a, 1, "门前的路下雨不通", casework.OnSpot, casework.Normal)
	for _, f := range c.revise(v.ID, a) {
		if p, ok := f.(casework.ProblemCorrected); ok && p.Problem.History != nil {
			t.Error("the ledger's fact carries the history")
		}
	}
	want.Description, want.Disposal = "门前的路下雨不通", casework.OnSpot
	if diff := cmp.Diff(want, c.problem(id)); diff != "" {
		t.Errorf("the problem (-want +got)\n%s", diff)
	}
}

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

// calling is a call to the small campaign's household by ann, at noon.
func calling(c casework.Call) casework.CallReport {
	c.By = ann
	return casework.CallReport{
		Call: c, Target: casework.Target{ID: home}, At: today.In(time.UTC).Add(12 * time.Hour), Today: today,
	}
}

// call logs a call, and returns it with the other facts that it makes.
func (l *ledger) call(rep casework.CallReport) (casework.Call, []casework.Fact) {
	l.t.Helper()
	var c casework.Call
	var rest []casework.Fact
	l.do(func(r casework.Records, ids *casework.Minter) []casework.Fact {
		rep.Call.ID = casework.CallID(ids.Next())
		rep.Target, _ = r.Target(rep.Target.ID)
		facts := casework.LogCall(r, rep, ids)
		logged, ok := facts[0].(casework.CallLogged)
		if !ok {
			l.t.Errorf("LogCall makes a %T first, want the call", facts[0])
		}
		c, rest = logged.Call, append(rest, facts[1:]...)
		return facts
	})
	return c, rest
}

// phoned are answers of the phone form, each as "path=value value".
func phoned(list ...string) form.Answers {
	a := form.Answers{}
	for _, s := range list {
		path, values, _ := strings.Cut(s, "=")
		a[path] = form.Answer{Values: strings.Fields(values), Via: form.Tapped}
	}
	return a
}

// kinds are the names of the facts.
func kinds(facts []casework.Fact) []casework.FactKind {
	out := []casework.FactKind{}
	for _, f := range facts {
		out = append(out, f.Kind())
	}
	return out
}

// resolved puts a problem on the list that is said to be solved.
func (l *ledger) resolved(id casework.ProblemID, x casework.TargetID, s casework.ProblemStatus) {
	l.t.Helper()
	l.add(casework.ProblemRaised{Problem: casework.Problem{
		ID: id, Code: fmt.Sprintf("WT-2017-%04d", id), TargetID: x, OwnerID: bob, Status: s, RaisedOn: april(10), ResolvedOn: april(18),
	}})
}

func TestLogCall(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	for i, tt := range []struct {
		name string
		said casework.Call
		want casework.Call // the fields that follow
	}{
		{
			"reached and fine, at last", casework.Call{Result: casework.Connected, Wellbeing: casework.Fine},
			casework.Call{Result: casework.Connected, Wellbeing: casework.Fine, DueOn: started.AddDays(7)},
		},
		{
			"the answers say more than the tap",
			casework.Call{Result: casework.Connected, Wellbeing: casework.Fine, FormVersion: 1, Answers: phoned("wellbeing=attention", "concerns=health", "next_on=2017-04-25")},
			casework.Call{
				Result: casework.Connected, Wellbeing: casework.NeedsAttention, NextContact: april(25), FormVersion: 1,
				Answers: phoned("wellbeing=attention", "concerns=health", "next_on=2017-04-25"),
			},
		},
		{
			"nobody is asked to be content with nothing",
			casework.Call{Result: casework.Connected, Wellbeing: casework.Fine, Satisfaction: casework.Satisfied},
			casework.Call{Result: casework.Connected, Wellbeing: casework.Fine},
		},
		{
			"what the caller cannot know is not believed",
			casework.Call{Result: casework.Connected, Wellbeing: casework.Fine, Attempt: 7, DueOn: april(1), NextContact: april(30), ProblemIDs: []casework.ProblemID{9}, Way: casework.LookIn, Code: "HF-1"},
			casework.Call{Result: casework.Connected, Wellbeing: casework.Fine},
		},
	} {
		c, rest := l.call(calling(tt.said))
		want := tt.want
		want.ID, want.Code, want.TargetID, want.Way, want.By = c.ID, fmt.Sprintf("HF-170420-%03d", i+1), home, casework.ByCall, ann
		want.On, want.At = today, today.In(time.UTC).Add(12*time.Hour)
		if diff := cmp.Diff(want, c); diff != "" {
			t.Errorf("%s: LogCall (-want +got)\n%s", tt.name, diff)
		}
		if len(rest) != 0 {
			t.Errorf("%s: LogCall makes %v as well, want the call alone", tt.name, kinds(rest))
		}
		l.view(func(r casework.Records) {
			if kept, ok := r.Call(c.ID); !ok || cmp.Diff(c, kept) != "" {
				t.Errorf("%s: the record is %+v, %v, want the call", tt.name, kept, ok)
			}
		})
	}
	next := calling(casework.Call{Result: casework.NoAnswer})
	next.Today = april(21)
	if c, _ := l.call(next); c.Code != "HF-170421-001" || c.On != april(21) {
		t.Errorf("LogCall on the next day = %s on %v, want HF-170421-001", c.Code, c.On)
	}
}

// Attempts are counted until somebody answers, and nothing is kept that only
// people could have said.
func TestLogCallUnanswered(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	said := casework.Call{
		Wellbeing: casework.InEmergency, Satisfaction: casework.Satisfied, FormVersion: 1,
		Answers:     phoned("wellbeing=emergency", "next_on=2017-04-25", "problem/1/family=life"),
		Attachments: []casework.Attachment{{Kind: casework.Voice, FileID: "f"}},
		NextContact: april(25), ProblemIDs: []casework.ProblemID{9},
	}
	for _, tt := range []struct {
		result  casework.CallResult
		attempt int
		facts   int // beside the call
	}{
		{casework.NoAnswer, 1, 0},
		{casework.Busy, 2, 0},
		{casework.WrongNumber, 3, 0},
		{casework.CallRefused, 4, 0},
		{casework.Connected, 0, 2}, // the problem and the emergency
		{casework.NoAnswer, 1, 0},
	} {
		rep := calling(said)
		rep.Call.Result = tt.result
		c, rest := l.call(rep)
		if c.Attempt != tt.attempt || len(rest) != tt.facts {
			t.Errorf("%s: LogCall = attempt %d with %v, want %d with %d facts", tt.result, c.Attempt, kinds(rest), tt.attempt, tt.facts)
		}
		heard := c.Wellbeing != "" || c.Satisfaction != "" || c.Answers != nil || c.FormVersion != 0 ||
			len(c.Attachments) > 0 || len(c.ProblemIDs) > 0 || !c.NextContact.IsZero()
		if heard != tt.result.Answered() {
			t.Errorf("%s: LogCall keeps %+v", tt.result, c)
		}
	}
}

func TestLogCallFulfilsWhatIsDue(t *testing.T) {
	for _, tt := range []struct {
		on   casework.Date
		want casework.Date
	}{
		{april(15), casework.Date{}},
		{april(18), april(20)},
		{april(20), april(20)},
		{april(29), april(20)},
	} {
		l := newLedger(t, smallCampaign()...)
		rep := calling(casework.Call{Result: casework.NoAnswer})
		rep.Today = tt.on
		l.view(func(r casework.Records) {
			rep.Target, _ = r.Target(home)
			rep.Target.Next = casework.Contact{On: april(20), Way: casework.ByCall, Why: casework.WhyRhythm}
			c, _ := casework.LogCall(r, rep, casework.NewMinter(9))[0].(casework.CallLogged)
			if c.Call.DueOn != tt.want {
				t.Errorf("on %v with a contact due on %v: LogCall fulfils %v, want %v", tt.on, april(20), c.Call.DueOn, tt.want)
			}
		})
	}
}

func TestLogCallBack(t *testing.T) {
	moved := func(to casework.ProblemStatus, s casework.Satisfaction) *casework.ProblemMoved {
		m := casework.ProblemMoved{ProblemID: 5, Act: casework.AskBack, From: casework.ProblemResolved, To: to, Satisfaction: s}
		if to == casework.ProblemDoing {
			m.Until = today.AddDays(7)
		}
		return &m
	}
	for _, tt := range []struct {
		name   string
		of     casework.TargetID
		status casework.ProblemStatus
		result casework.CallResult
		tapped casework.Satisfaction
		answer string
		way    casework.Way
		want   *casework.ProblemMoved // nil: the problem stays
	}{
		{"satisfied", home, casework.ProblemResolved, casework.Connected, casework.Satisfied, "", casework.CallBack, moved(casework.ProblemClosed, casework.Satisfied)},
		{"fairly, by the form", home, casework.ProblemResolved, casework.Connected, "", "fairly", casework.CallBack, moved(casework.ProblemClosed, casework.FairlySatisfied)},
		{"not", home, casework.ProblemResolved, casework.Connected, casework.NotSatisfied, "", casework.CallBack, moved(casework.ProblemDoing, casework.NotSatisfied)},
		{"the form says not", home, casework.ProblemResolved, casework.Connected, casework.Satisfied, "not", casework.CallBack, moved(casework.ProblemDoing, casework.NotSatisfied)},
		{"not asked", home, casework.ProblemResolved, casework.Connected, "", "", casework.CallBack, nil},
		{"somebody answered, so they were reached", home, casework.ProblemResolved, casework.Connected, casework.NotReached, "", casework.CallBack, nil},
		{"no answer", home, casework.ProblemResolved, casework.NoAnswer, casework.Satisfied, "very", casework.CallBack, nil},
		{"not solved yet", home, casework.ProblemDoing, casework.Connected, casework.Satisfied, "very", casework.ByCall, nil},
		{"struck off already", home, casework.ProblemClosed, casework.Connected, casework.NotSatisfied, "", casework.ByCall, nil},
		{"of another target", firm, casework.ProblemResolved, casework.Connected, casework.Satisfied, "", casework.ByCall, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, smallCampaign()...)
			l.resolved(5, tt.of, tt.status)
			c, rest := l.call(calling(casework.Call{
				Result: tt.result, Wellbeing: casework.Fine, Problem: 5, Satisfaction: tt.tapped, Answers: phoned("satisfaction=" + tt.answer),
			}))
			var want []casework.Fact
			status, said := tt.status, casework.Satisfaction("")
			if tt.want != nil {
				tt.want.CallID = c.ID
				want, status, said = []casework.Fact{*tt.want}, tt.want.To, tt.want.Satisfaction
			}
			if diff := cmp.Diff(want, rest); diff != "" {
				t.Errorf("LogCall makes beside the call (-want +got)\n%s", diff)
			}
			if asked := map[casework.Way]casework.ProblemID{casework.CallBack: 5}[tt.way]; c.Way != tt.way || c.Problem != asked || c.Satisfaction != said {
				t.Errorf("LogCall = %s about %d, %q, want %s about %d, %q", c.Way, c.Problem, c.Satisfaction, tt.way, asked, said)
			}
			if got := l.problem(5).Status; got != status {
				t.Errorf("the problem is %s, want %s", got, status)
			}
		})
	}
}

// Whoever works on the problem next has to know why people are not satisfied: by
// one tap or by the form's own words. Of a problem that is struck off there is
// nothing to explain.
func TestLogCallBackSaysWhyPeopleAreNotSatisfied(t *testing.T) {
	for _, tt := range []struct {
		name   string
		said   casework.Satisfaction
		tapped string
		free   string
		want   string
	}{
		{"one tap", casework.NotSatisfied, "只解决了一部分", "", "只解决了一部分"},
		{"own words", casework.NotSatisfied, "", "灯又坏了", "灯又坏了"},
		{"the tap before the words", casework.NotSatisfied, "问题又出现了", "灯又坏了", "问题又出现了"},
		{"not said", casework.NotSatisfied, "", "", ""},
		{"satisfied", casework.Satisfied, "只解决了一部分", "灯又坏了", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, smallCampaign()...)
			l.resolved(5, home, casework.ProblemResolved)
			c, rest := l.call(calling(casework.Call{
				Result: casework.Connected, Wellbeing: casework.Fine, Problem: 5,
				Satisfaction: tt.said, Reason: tt.tapped, Answers: phoned("free=" + tt.free),
			}))
			moved, _ := rest[0].(casework.ProblemMoved)
			if len(rest) != 1 || c.Reason != tt.want || moved.Text != tt.want {
				t.Errorf("LogCall = reason %q, %d more facts, moved with %q, want %q, one, and the same", c.Reason, len(rest), moved.Text, tt.want)
			}
		})
	}
}

// A need heard on the telephone becomes a problem as one heard at a visit does.
func TestLogCallRaisesProblems(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	a := phoned("wellbeing=attention")
	describe(a, 1, "屋顶漏雨要修", casework.InProgress, casework.Urgent)
	describe(a, 2, "看病报销太慢", casework.OnSpot, casework.Normal)
	c, rest := l.call(calling(casework.Call{Result: casework.Connected, Answers: a, FormVersion: 1}))
	v, raised := l.report(visitOf(home, ann, a))
	if len(rest) != 2 || len(raised) != 2 || len(c.ProblemIDs) != 2 {
		t.Fatalf("LogCall makes %v and names %v, ReportVisit raises %d, want two each", kinds(rest), c.ProblemIDs, len(raised))
	}
	for i, want := range raised {
		want.ID, want.Code = c.ProblemIDs[i], fmt.Sprintf("WT-2017-%04d", i+1)
		want.Source, want.VisitID, want.CallID = "phone", 0, c.ID
		if diff := cmp.Diff(casework.Fact(casework.ProblemRaised{Problem: want}), rest[i]); diff != "" {
			t.Errorf("problem %d of the call (-of the visit +got)\n%s", i+1, diff)
		}
		if got := raised[i].Code; got != fmt.Sprintf("WT-2017-%04d", i+3) || raised[i].VisitID != v.ID {
			t.Errorf("problem %d of the visit = %s of %d, want the code to go on after those of the call", i+1, got, raised[i].VisitID)
		}
	}
}

// Somebody goes to see people in an emergency, even if the call was about a
// problem.
func TestLogCallEmergency(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	l.resolved(5, home, casework.ProblemResolved)
	a := phoned("callback=yes", "wellbeing=emergency", "satisfaction=not")
	describe(a, 1, "老人摔倒没人管", casework.Escalated, casework.Emergency)
	_, rest := l.call(calling(casework.Call{Result: casework.Connected, Answers: a, Problem: 5}))
	if diff := cmp.Diff([]casework.FactKind{"ProblemRaised", "ProblemMoved", "ChangeNoted"}, kinds(rest)); diff != "" {
		t.Fatalf("LogCall makes beside the call (-want +got)\n%s", diff)
	}
	if got, want := rest[2], (casework.ChangeNoted{TargetID: home, Change: "other"}); got != want {
		t.Errorf("LogCall notes %v, want %v", got, want)
	}
}

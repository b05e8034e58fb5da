package casework_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
)

// story makes the facts of one target, in the order they happened.
type story struct {
	facts []casework.Fact
	later []casework.Fact // on the tests' today
	n     uint64
	tries int // calls in a row without answer
}

func (s *story) add(f ...casework.Fact) *story {
	s.facts = append(s.facts, f...)
	return s
}

// visit is a visit to the household on the day; next is the day agreed, if any.
func (s *story) visit(on casework.Date, outcome casework.VisitOutcome, next casework.Date) *story {
	s.n++
	if outcome == casework.Met {
		s.tries = 0
	}
	return s.add(casework.VisitReported{Visit: casework.Visit{
		ID: casework.VisitID(s.n), Code: fmt.Sprintf("ZF-170401-%03d", s.n), TargetID: home, VisitedOn: on, Outcome: outcome,
		Participants: []casework.StaffID{ann}, SubmittedAt: on.In(time.UTC).Add(10 * time.Hour), NextContact: next,
	}})
}

// call is a call to the household on the day; next is the day agreed, if any.
func (s *story) call(on casework.Date, result casework.CallResult, next casework.Date) *story {
	s.n++
	if s.tries++; result.Answered() {
		s.tries = 0
	}
	return s.add(casework.CallLogged{Call: casework.Call{
		ID: casework.CallID(s.n), Code: fmt.Sprintf("HF-170401-%03d", s.n), TargetID: home, Way: casework.ByCall, By: ann,
		On: on, At: on.In(time.UTC).Add(11 * time.Hour), Result: result, Attempt: s.tries, NextContact: next,
	}})
}

// problem is a problem of the household.
func (s *story) problem(id casework.ProblemID, raised casework.Date, status casework.ProblemStatus, resolved casework.Date) *story {
	return s.add(casework.ProblemRaised{Problem: casework.Problem{
		ID: id, Code: fmt.Sprintf("WT-2017-%04d", id), TargetID: home, Status: status, RaisedOn: raised, ResolvedOn: resolved,
	}})
}

// change is something grave that happens on the tests' today, a Thursday.
func (s *story) change() *story {
	s.later = append(s.later, casework.ChangeNoted{TargetID: home, Change: "illness"})
	return s
}

// pause pauses the household until a day, or for good.
func (s *story) pause(until casework.Date) *story {
	return s.add(casework.ContactPaused{TargetID: home, Pause: casework.Pause{Why: casework.PauseMoved, On: april(10), Until: until}})
}

// rhythm gives the household a rhythm of its own.
func (s *story) rhythm(r casework.Rhythm) *story {
	return s.add(casework.RhythmSet{TargetID: home, Rhythm: &r})
}

// contactLine is a contact in one line.
func contactLine(c casework.Contact) string {
	if c.On.IsZero() {
		return "none"
	}
	out := []string{c.On.String(), string(c.Way), string(c.Why), fmt.Sprintf("%v+%d", c.Anchor, c.Days)}
	if c.Moved != casework.Unmoved {
		out = append(out, string(c.Moved))
	}
	if c.Problem != 0 {
		out = append(out, fmt.Sprint("problem ", c.Problem))
	}
	if c.Attempt != 0 {
		out = append(out, fmt.Sprint("attempt ", c.Attempt))
	}
	return strings.Join(out, " ")
}

// care is a story of the household with this care; it is on the roster since
// 2017-03-01.
func care(c casework.CareLevel) *story {
	return (&story{}).add(casework.TargetImported{Target: casework.Target{
		ID: home, Kind: casework.HouseholdKind, Code: "JT-0001", GroupID: 1, CareLevel: c, Household: &casework.Household{HeadName: "李四"},
	}})
}

// checkPlans tells each story and looks what is booked for the household.
func checkPlans(t *testing.T, list []planCase) {
	t.Helper()
	for _, tt := range list {
		t.Run(tt.why, func(t *testing.T) {
			l := newLedger(t, append(smallCampaign(), tt.story.facts...)...)
			l.add(tt.story.later...)
			next := l.target(home).Next
			if got := contactLine(next); got != tt.want {
				t.Errorf("planned %s, want %s", got, tt.want)
			}
			if !next.On.IsZero() && next.Wanted != next.Anchor.AddDays(next.Days) {
				t.Errorf("wanted on %v, which is not %v and %d days", next.Wanted, next.Anchor, next.Days)
			}
		})
	}
}

type planCase struct {
	why   string
	story *story
	want  string
}

var noDay casework.Date

func TestPlanByRhythm(t *testing.T) {
	checkPlans(t, []planCase{
		{"never contacted", care(casework.General), "2017-03-08 visit first 2017-03-01+7"},
		{"never contacted, key", care(casework.Key), "2017-03-08 visit first 2017-03-01+7"},
		{"general", care(casework.General).visit(april(20), casework.Met, noDay), "2017-10-17 visit rhythm 2017-04-20+180"},
		{"watched", care(casework.Watch).visit(april(18), casework.Met, noDay), "2017-05-18 call rhythm 2017-04-18+30"},
		{"key", care(casework.Key).visit(april(20), casework.Met, noDay), "2017-05-04 call rhythm 2017-04-20+14"},
		{"the day is a holiday", care(casework.Key).visit(april(16), casework.Met, noDay), "2017-05-02 call rhythm 2017-04-16+14 workday"},
		{"the visit falls due before the next call", care(casework.Key).visit(april(5), casework.Met, noDay).
			call(april(24), casework.Connected, noDay), "2017-05-05 visit rhythm 2017-04-05+30"},
		{"on one day, the visit is the call as well", care(casework.Key).visit(april(5), casework.Met, noDay).
			call(april(21), casework.Connected, noDay), "2017-05-05 visit rhythm 2017-04-05+30"},
		{"a call is no visit", care(casework.General).call(april(20), casework.Connected, noDay), "2017-08-28 visit rhythm 2017-03-01+180"},
		{"nobody was met", care(casework.Watch).visit(april(20), "nobody", noDay), "2017-04-27 visit rhythm 2017-04-20+7"},
		{"nobody was met the first time", care(casework.Watch).visit(date(2017, 3, 3), "nobody", noDay), "2017-03-10 visit rhythm 2017-03-03+7"},
		{"nobody was met, often visited", care(casework.Watch).rhythm(casework.Rhythm{VisitDays: 5}).
			visit(april(20), "nobody", noDay), "2017-04-25 visit rhythm 2017-04-20+5"},
		{"nobody was met, and they answered the telephone", care(casework.General).visit(date(2017, 3, 10), casework.Met, noDay).
			visit(april(20), "nobody", noDay).call(april(20), casework.Connected, noDay), "2017-09-06 visit rhythm 2017-03-10+180"},
		{"the visit is long overdue all the same", care(casework.Watch).rhythm(casework.Rhythm{VisitDays: 30}).
			visit(april(20), "nobody", noDay).call(april(20), casework.Connected, noDay), "2017-04-27 visit rhythm 2017-04-20+7"},
		{"a rhythm of its own", care(casework.General).rhythm(casework.Rhythm{VisitDays: 10}).
			visit(april(20), casework.Met, noDay), "2017-05-02 visit rhythm 2017-04-20+10 workday"},
		{"the first contact is called so", care(casework.General).rhythm(casework.Rhythm{VisitDays: 7}), "2017-03-08 visit first 2017-03-01+7"},
		{"not contacted by rule", care(casework.General).rhythm(casework.Rhythm{}), "none"},
		{"off the roster", care(casework.Key).add(casework.TargetImported{Target: casework.Target{
			ID: home, Kind: casework.HouseholdKind, Code: "JT-0001", Status: casework.Removed, Household: &casework.Household{HeadName: "李四"},
		}}), "none"},
	})
}

func TestPlanByCalendar(t *testing.T) {
	monthly := casework.Rhythm{VisitDays: 30, Anchor: casework.FromCalendar, From: april(10), Window: 3}
	grid := func(on casework.Date) *story {
		return care(casework.Key).rhythm(monthly).visit(on, casework.Met, noDay)
	}
	checkPlans(t, []planCase{
		{"before the first day", grid(date(2017, 3, 20)), "2017-04-10 visit rhythm 2017-04-10+0"},
		{"too early to count", grid(april(6)), "2017-04-10 visit rhythm 2017-04-10+0"},
		{"early enough", grid(april(7)), "2017-05-10 visit rhythm 2017-04-10+30"},
		{"on the day", grid(april(10)), "2017-05-10 visit rhythm 2017-04-10+30"},
		{"late", grid(april(30)), "2017-05-10 visit rhythm 2017-04-10+30"},
		{"so late that it is the next", grid(date(2017, 5, 8)), "2017-06-09 visit rhythm 2017-04-10+60"},
		{"never contacted", care(casework.Key).rhythm(monthly), "2017-03-08 visit first 2017-03-01+7"},
	})
}

func TestPlanAgreed(t *testing.T) {
	checkPlans(t, []planCase{
		{"at a visit", care(casework.Key).visit(april(20), casework.Met, april(26)), "2017-04-26 visit agreed 2017-04-20+6"},
		{"for a holiday", care(casework.Key).visit(april(20), casework.Met, april(30)), "2017-04-30 visit agreed 2017-04-20+10"},
		{"later than the rhythm", care(casework.Key).visit(april(20), casework.Met, date(2017, 6, 20)), "2017-06-20 visit agreed 2017-04-20+61"},
		{"though nobody was met", care(casework.Key).visit(april(20), "nobody", april(21)), "2017-04-21 visit agreed 2017-04-20+1"},
		{"in a call", care(casework.Key).visit(april(5), casework.Met, noDay).
			call(april(20), casework.Connected, april(25)), "2017-04-25 call agreed 2017-04-20+5"},
		{"in a call after the visit of the day", care(casework.Key).visit(april(20), casework.Met, april(25)).
			call(april(20), casework.Connected, april(27)), "2017-04-27 call agreed 2017-04-20+7"},
		{"the newest contact counts", care(casework.Key).visit(april(18), casework.Met, april(25)).
			call(april(20), casework.Connected, noDay), "2017-05-04 call rhythm 2017-04-20+14"},
		{"a visit after the call", care(casework.Key).call(april(18), casework.Connected, april(25)).
			visit(april(20), casework.Met, noDay), "2017-05-04 call rhythm 2017-04-20+14"},
		{"an unanswered call does not count", care(casework.Key).visit(april(18), casework.Met, april(20)).
			call(april(19), casework.NoAnswer, noDay), "2017-04-19 call no_answer 2017-04-19+0 attempt 1"},
		{"for the same day", care(casework.Key).visit(april(20), casework.Met, april(20)), "2017-05-04 call rhythm 2017-04-20+14"},
		{"for the weekend after unanswered calls", care(casework.Key).call(april(18), casework.Connected, april(22)).
			call(april(21), casework.NoAnswer, noDay).call(april(21), casework.NoAnswer, noDay), "2017-04-22 call agreed 2017-04-18+4"},
		{"a problem does not wait for it", care(casework.Key).visit(april(18), casework.Met, date(2017, 6, 20)).
			problem(1, april(18), casework.ProblemDoing, noDay), "2017-05-02 call problem 2017-04-18+14 problem 1"},
		{"a problem of the same day is asked about", care(casework.Key).visit(april(18), casework.Met, date(2017, 5, 2)).
			problem(1, april(18), casework.ProblemDoing, noDay), "2017-05-02 call problem 2017-04-18+14 problem 1"},
		{"a holiday on which people are waited for", care(casework.Key).visit(april(15), casework.Met, april(30)).
			problem(1, april(15), casework.ProblemDoing, noDay), "2017-04-30 visit agreed 2017-04-15+15"},
		{"it does not wait for a problem", care(casework.Key).visit(april(18), casework.Met, april(29)).
			problem(1, april(18), casework.ProblemDoing, noDay), "2017-04-29 visit agreed 2017-04-18+11"},
	})
}

func TestPlanForProblems(t *testing.T) {
	seen := func() *story { return care(casework.General).visit(april(18), casework.Met, noDay) }
	checkPlans(t, []planCase{
		{"open", seen().problem(1, april(18), casework.ProblemRegistered, noDay), "2017-05-02 call problem 2017-04-18+14 problem 1"},
		{"raised later", seen().problem(1, april(20), casework.ProblemRegistered, noDay), "2017-05-04 call problem 2017-04-20+14 problem 1"},
		{"asked about since", seen().problem(1, april(18), casework.ProblemDoing, noDay).
			call(april(20), casework.Connected, noDay), "2017-05-04 call problem 2017-04-20+14 problem 1"},
		{"the oldest of two", seen().problem(1, april(18), casework.ProblemPending, noDay).
			problem(2, april(11), casework.ProblemEscalated, noDay), "2017-05-02 call problem 2017-04-18+14 problem 2"},
		{"never contacted", care(casework.General).problem(1, date(2017, 3, 1), casework.ProblemTransferred, noDay), "2017-03-08 visit first 2017-03-01+7"},
		{"on hold", seen().problem(1, april(18), casework.ProblemOnHold, noDay), "2017-10-16 visit rhythm 2017-04-18+180 workday"},
		{"struck off", seen().problem(1, april(18), casework.ProblemClosed, noDay), "2017-10-16 visit rhythm 2017-04-18+180 workday"},
		{"resolved", seen().problem(1, april(1), casework.ProblemResolved, april(18)), "2017-04-21 call_back call_back 2017-04-18+3 problem 1"},
		{"resolved at once", seen().problem(1, april(18), casework.ProblemResolved, noDay), "2017-04-21 call_back call_back 2017-04-18+3 problem 1"},
		{"resolved before a holiday", seen().problem(1, april(18), casework.ProblemResolved, april(26)), "2017-05-02 call_back call_back 2017-04-26+3 workday problem 1"},
		{"the first resolved", seen().problem(1, april(1), casework.ProblemResolved, april(20)).
			problem(2, april(2), casework.ProblemResolved, april(18)), "2017-04-21 call_back call_back 2017-04-18+3 problem 2"},
		{"a visit does not ask", seen().problem(1, april(11), casework.ProblemResolved, april(11)).
			visit(april(20), casework.Met, noDay), "2017-04-14 call_back call_back 2017-04-11+3 problem 1"},
		{"a visit in vain does not, either", seen().problem(1, april(11), casework.ProblemResolved, april(11)).
			visit(april(20), "nobody", noDay), "2017-04-14 call_back call_back 2017-04-11+3 problem 1"},
	})
}

func TestPlanAfterNoAnswer(t *testing.T) {
	key := func() *story { return care(casework.Key).visit(april(6), casework.Met, noDay) } // a call is due on the 20th
	checkPlans(t, []planCase{
		{"once: the same day", key().call(april(20), casework.NoAnswer, noDay), "2017-04-20 call no_answer 2017-04-20+0 attempt 1"},
		{"busy is no answer", key().call(april(20), casework.Busy, noDay), "2017-04-20 call no_answer 2017-04-20+0 attempt 1"},
		{"once on a Saturday: the same day", key().call(april(22), casework.NoAnswer, noDay), "2017-04-22 call no_answer 2017-04-22+0 attempt 1"},
		{"twice: the next day", key().call(april(20), casework.NoAnswer, noDay).
			call(april(20), casework.NoAnswer, noDay), "2017-04-21 call no_answer 2017-04-20+1 attempt 2"},
		{"twice on a Friday", key().call(april(21), casework.NoAnswer, noDay).
			call(april(21), casework.Busy, noDay), "2017-04-24 call no_answer 2017-04-21+1 workday attempt 2"},
		{"three times: somebody looks", key().call(april(20), casework.NoAnswer, noDay).call(april(20), casework.NoAnswer, noDay).
			call(april(21), casework.NoAnswer, noDay), "2017-04-24 look_in no_answer 2017-04-21+1 workday attempt 3"},
		{"four times", key().call(april(18), casework.NoAnswer, noDay).call(april(18), casework.NoAnswer, noDay).
			call(april(19), casework.NoAnswer, noDay).call(april(20), casework.WrongNumber, noDay), "2017-04-21 look_in no_answer 2017-04-20+1 attempt 4"},
		{"answered at last", key().call(april(20), casework.NoAnswer, noDay).
			call(april(20), casework.Connected, noDay), "2017-05-04 call rhythm 2017-04-20+14"},
		{"somebody looked and met them", key().call(april(20), casework.NoAnswer, noDay).call(april(20), casework.NoAnswer, noDay).
			call(april(21), casework.NoAnswer, noDay).visit(april(24), casework.Met, noDay), "2017-05-08 call rhythm 2017-04-24+14"},
		{"somebody looked and met nobody", key().call(april(20), casework.NoAnswer, noDay).call(april(20), casework.NoAnswer, noDay).
			call(april(21), casework.NoAnswer, noDay).visit(april(24), "nobody", noDay), "2017-05-02 visit rhythm 2017-04-24+7 workday"},
		{"a call-back waits with it", key().problem(1, april(6), casework.ProblemResolved, april(17)).
			call(april(20), casework.NoAnswer, noDay).call(april(20), casework.NoAnswer, noDay), "2017-04-21 call no_answer 2017-04-20+1 attempt 2"},
		{"a call-back of the same day comes first", key().problem(1, april(6), casework.ProblemResolved, april(18)).
			call(april(20), casework.NoAnswer, noDay).call(april(20), casework.NoAnswer, noDay), "2017-04-21 call_back call_back 2017-04-18+3 problem 1"},
		{"a problem of the same day comes after it", care(casework.General).visit(april(7), casework.Met, noDay).problem(1, april(7), casework.ProblemDoing, noDay).
			call(april(20), casework.NoAnswer, noDay).call(april(20), casework.NoAnswer, noDay), "2017-04-21 call no_answer 2017-04-20+1 attempt 2"},
		{"grave news do not wait", key().call(april(20), casework.NoAnswer, noDay).call(april(20), casework.NoAnswer, noDay).
			call(april(21), casework.NoAnswer, noDay).change(), "2017-04-21 visit change 2017-04-20+1"},
	})
}

func TestPlanAfterPause(t *testing.T) {
	met := func(c casework.CareLevel) *story { return care(c).visit(april(6), casework.Met, noDay) }
	checkPlans(t, []planCase{
		{"stopped", met(casework.Key).pause(noDay), "none"},
		{"paused", met(casework.Key).pause(april(27)), "2017-04-27 call resumed 2017-04-27+0"},
		{"paused until a holiday", met(casework.Key).pause(april(30)), "2017-05-02 call resumed 2017-04-30+0 workday"},
		{"called alone", met(casework.General).rhythm(casework.Rhythm{CallDays: 90}).pause(april(27)), "2017-04-27 call resumed 2017-04-27+0"},
		{"visited alone", met(casework.General).pause(april(27)), "2017-04-27 visit resumed 2017-04-27+0"},
		{"never visited", care(casework.Key).pause(april(27)), "2017-04-27 visit resumed 2017-04-27+0"},
		{"whatever else would be due", met(casework.Key).problem(1, april(1), casework.ProblemResolved, april(7)).
			pause(april(27)), "2017-04-27 call resumed 2017-04-27+0"},
		{"contacted in between", met(casework.Key).pause(april(27)).call(april(20), casework.Connected, noDay), "2017-04-27 call resumed 2017-04-27+0"},
		{"contacted when it was over", met(casework.Key).pause(april(19)).call(april(20), casework.Connected, noDay), "2017-05-04 call rhythm 2017-04-20+14"},
		{"called in vain when it was over", met(casework.Key).pause(april(19)).
			call(april(20), casework.NoAnswer, noDay), "2017-04-20 call no_answer 2017-04-20+0 attempt 1"},
	})
}

func TestPlanAfterChange(t *testing.T) {
	met := func() *story { return care(casework.General).visit(april(6), casework.Met, noDay) }
	checkPlans(t, []planCase{
		{"somebody goes the next day", met().change(), "2017-04-21 visit change 2017-04-20+1"},
		{"it comes first on its day", met().problem(1, april(6), casework.ProblemResolved, april(18)).
			change(), "2017-04-21 visit change 2017-04-20+1"},
		{"it takes the place of what was due before", met().problem(1, april(6), casework.ProblemResolved, april(17)).
			change(), "2017-04-21 visit change 2017-04-20+1"},
	})
}

// Firms and organisations have rhythms of their own, and no care.
func TestPlanByKind(t *testing.T) {
	for _, tt := range []struct {
		target casework.TargetID
		want   string
	}{
		{firm, "2017-05-18 call rhythm 2017-04-18+30"},
		{guild, "2017-07-17 visit rhythm 2017-04-18+90"},
	} {
		l := newLedger(t, append(smallCampaign(), casework.VisitReported{Visit: casework.Visit{
			ID: 1, Code: "ZF-170418-001", TargetID: tt.target, VisitedOn: april(18), Outcome: casework.Met,
		}})...)
		if got := contactLine(l.target(tt.target).Next); got != tt.want {
			t.Errorf("target %d: planned %s, want %s", tt.target, got, tt.want)
		}
	}
}

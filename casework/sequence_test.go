package casework_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"zoufang/casework"
	"zoufang/form"
)

// deed is one drawn deed: a report, a call, or the correction of the visit that
// has the number Old among those there are.
type deed struct {
	Call      bool
	Revise    bool
	Old       int
	Target    casework.TargetID
	Who       casework.StaffID
	Day       int // of April
	Met       bool
	Disposals []casework.Disposal // of the problems described
	Words     []int               // what each is about
}

func deeds() *rapid.Generator[deed] {
	return rapid.Custom(func(t *rapid.T) deed {
		n := rapid.IntRange(0, 3).Draw(t, "problems")
		return deed{
			Call:   rapid.IntRange(0, 3).Draw(t, "call") == 0,
			Revise: rapid.Bool().Draw(t, "revise"),
			Old:    rapid.IntRange(0, 9).Draw(t, "old"),
			Target: casework.TargetID(rapid.IntRange(1, 3).Draw(t, "target")),
			Who:    casework.StaffID(rapid.IntRange(1, 3).Draw(t, "who")),
			Day:    rapid.IntRange(1, 20).Draw(t, "day"),
			Met:    rapid.IntRange(0, 3).Draw(t, "met") > 0,
			Disposals: rapid.SliceOfN(rapid.SampledFrom([]casework.Disposal{
				casework.OnSpot, casework.InProgress, casework.Escalated,
			}), n, n).Draw(t, "disposals"),
			Words: rapid.SliceOfN(rapid.IntRange(1, 4), n, n).Draw(t, "words"),
		}
	})
}

func (d deed) answers() form.Answers {
	if !d.Met {
		return answered(april(d.Day), "outcome=nobody", "next_on=2017-05-"+fmt.Sprintf("%02d", d.Day))
	}
	a := answered(april(d.Day), "outcome=met", "mood=sunny")
	for i, disposal := range d.Disposals {
		describe(a, i+1, fmt.Sprintf("这是第%d件难事", d.Words[i]), disposal, casework.Normal)
	}
	return a
}

// step makes the deed one of the program: what is not legal makes nothing.
func (d deed) step(r casework.Records, ids *casework.Minter) []casework.Fact {
	if d.Call {
		return d.call(r, ids)
	}
	if !d.Revise {
		if _, ok := casework.SameVisit(r, d.Target, april(d.Day), d.Who); ok {
			return nil
		}
		rep := visitOf(d.Target, d.Who, d.answers())
		rep.ID = casework.VisitID(ids.Next())
		rep.Target, _ = r.Target(d.Target)
		return casework.ReportVisit(r, rep, ids)
	}
	var visits []casework.Visit
	for v := range r.AllVisits() {
		visits = append(visits, v)
	}
	if len(visits) == 0 {
		return nil
	}
	v := visits[d.Old%len(visits)]
	if same, ok := casework.SameVisit(r, v.TargetID, april(d.Day), v.Reporter()); ok && same.ID != v.ID {
		return nil
	}
	return casework.ReviseVisit(r, v, d.answers(), today, "记错了", ids)
}

// call is a telephone check-in on the day, answered if the deed met somebody.
func (d deed) call(r casework.Records, ids *casework.Minter) []casework.Fact {
	c := casework.Call{ID: casework.CallID(ids.Next()), By: d.Who, Result: casework.NoAnswer}
	if d.Met {
		c.Result, c.Wellbeing = casework.Connected, casework.Fine
	}
	x, _ := r.Target(d.Target)
	return casework.LogCall(r, casework.CallReport{Call: c, Target: x, At: april(d.Day).In(time.UTC).Add(-time.Hour), Today: april(d.Day)}, ids)
}

func TestAnySequenceKeepsTheRecordsSound(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := rapid.SliceOfN(deeds(), 1, 25).Draw(rt, "deeds")
		l := newLedger(t, smallCampaign()...)
		var doing []step
		for _, d := range list {
			doing = append(doing, d.step)
		}
		l.do(doing...)
		l.view(func(r casework.Records) {
			for x := range r.AllTargets() {
				checkTarget(rt, r, x)
			}
			codes := map[string]int{}
			for v := range r.AllVisits() {
				checkVisit(rt, r, v)
				countCode(rt, codes, v.Code)
			}
			for p := range r.AllProblems() {
				countCode(rt, codes, p.Code)
			}
			for c := range r.AllCalls() {
				countCode(rt, codes, c.Code)
			}
			checkCodes(rt, r, codes)
		})
		before, err := l.store.Digest()
		if err == nil {
			err = l.store.Rebuild()
		}
		after, err2 := l.store.Digest()
		if diff := cmp.Diff(before, after); err != nil || err2 != nil || diff != "" {
			rt.Errorf("Rebuild gives other records: %v, %v (-before +after)\n%s", err, err2, diff)
		}
	})
}

// checkTarget derives a target from all visits and problems, in a plainer way.
func checkTarget(t *rapid.T, r casework.Records, x casework.Target) {
	want := x
	want.Visits, want.Missed, want.OpenIssues = 0, 0, 0
	want.LastVisitOn, want.LastTriedOn = casework.Date{}, casework.Date{}
	for v := range r.AllVisits() { // oldest first by identity, which breaks ties
		if v.TargetID != x.ID {
			continue
		}
		want.Visits++
		if v.Outcome == casework.Met && v.VisitedOn.After(want.LastVisitOn) {
			want.LastVisitOn = v.VisitedOn
		}
		if !v.VisitedOn.Before(want.LastTriedOn) {
			want.LastTriedOn = v.VisitedOn
		}
	}
	for _, v := range r.VisitsOfTarget(x.ID, 1000) {
		if v.Outcome == casework.Met {
			break
		}
		want.Missed++
	}
	for p := range r.AllProblems() {
		if p.TargetID == x.ID && p.Status.Open() {
			want.OpenIssues++
		}
	}
	want.Calls, want.Unanswered = 0, 0
	want.LastCallOn, want.UnansweredOn = casework.Date{}, casework.Date{}
	for _, c := range r.CallsOfTarget(x.ID, 1000) {
		want.Calls++
		if c.Result == casework.Connected && c.On.After(want.LastCallOn) {
			want.LastCallOn = c.On
		}
	}
	for _, c := range r.CallsOfTarget(x.ID, 1000) {
		// Visits are reported on the day of all the tests, after the calls.
		if c.Result == casework.Connected || !c.On.After(want.LastVisitOn) {
			break
		}
		if want.Unanswered++; want.Unanswered == 1 {
			want.UnansweredOn = c.On
		}
	}
	if diff := cmp.Diff(want, x); diff != "" {
		t.Errorf("target %s (-want +got)\n%s", x.Code, diff)
	}
}

// checkVisit wants the visit's problems to be those its answers describe, and
// all others that it ever raised to be invalid.
func checkVisit(t *rapid.T, r casework.Records, v casework.Visit) {
	described := map[casework.ProblemID]bool{}
	for i, id := range v.ProblemIDs {
		p, ok := r.Problem(id)
		words := v.Answers[fmt.Sprintf("problem/%d/words", i+1)].Values
		if !ok || len(words) != 1 || p.Description != words[0] || p.Status == casework.ProblemInvalid || p.VisitID != v.ID || described[id] {
			t.Errorf("%s: problem %d is %+v, the answers say %q", v.Code, i+1, p, words)
		}
		described[id] = true
	}
	if next := fmt.Sprintf("problem/%d/words", len(v.ProblemIDs)+1); len(v.Answers[next].Values) > 0 {
		t.Errorf("%s has %d problems, and the answers one more", v.Code, len(v.ProblemIDs))
	}
	for p := range r.AllProblems() {
		if p.VisitID == v.ID && !described[p.ID] && p.Status != casework.ProblemInvalid {
			t.Errorf("%s: %s is %s, and not described any more", v.Code, p.Code, p.Status)
		}
	}
	if round := casework.RoundID(1 + min(1, v.VisitedOn.Day/6)); v.RoundID != round || v.Late != (v.VisitedOn.Day < 13) {
		t.Errorf("%s of %s: round %d, late %v", v.Code, v.VisitedOn, v.RoundID, v.Late)
	}
}

// countCode counts a code under its prefix, and itself.
func countCode(t *rapid.T, codes map[string]int, code string) {
	codes[code[:strings.LastIndex(code, "-")]]++
	codes[code]++
	if codes[code] > 1 {
		t.Errorf("two records have the code %s", code)
	}
}

// checkCodes wants the numbers under each prefix to run from 1 without a gap.
func checkCodes(t *rapid.T, r casework.Records, codes map[string]int) {
	for prefix, n := range codes {
		width := 3
		switch {
		case strings.Count(prefix, "-") == 2:
			continue // a code
		case strings.HasPrefix(prefix, "WT-"):
			width = 4
		}
		for i := range n {
			if code := fmt.Sprintf("%s-%0*d", prefix, width, i+1); codes[code] != 1 {
				t.Errorf("there is no %s among %d", code, n)
			}
		}
		if got := r.Last(prefix); got != n {
			t.Errorf("Last(%q) = %d, want %d", prefix, got, n)
		}
	}
}

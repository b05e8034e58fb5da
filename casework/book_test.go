package casework_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zoufang/casework"
)

// ahead is records in memory alone, above an empty file.
type ahead struct {
	t rapid.TB
	*casework.Ahead
	day casework.Date // on which things happen
}

func (a *ahead) add(facts ...casework.Fact) {
	a.t.Helper()
	for _, f := range facts {
		at := a.day.In(time.UTC).Add(10 * time.Hour)
		if err := casework.Project(a, casework.Event{HappenedOn: a.day, ReachedAt: at, Fact: f}); err != nil {
			a.t.Fatalf("Project %T: %v", f, err)
		}
	}
}

func (a *ahead) next(x casework.TargetID) casework.Contact {
	t, _ := a.Target(x)
	return t.Next
}

// house puts a household of ann's on the roster.
func (a *ahead) house(id casework.TargetID, c casework.CareLevel) {
	a.t.Helper()
	a.add(casework.TargetImported{Target: casework.Target{
		ID: id, Kind: casework.HouseholdKind, Code: fmt.Sprintf("JT-%04d", id), GroupID: 1, CareLevel: c, Household: &casework.Household{HeadName: "王五"},
	}}, paired(id, ann, casework.Primary))
}

// met is a visit on the day at which the household was met.
func (a *ahead) met(n int, id casework.TargetID, on casework.Date) {
	a.t.Helper()
	a.add(casework.VisitReported{Visit: casework.Visit{
		ID: casework.VisitID(n), Code: fmt.Sprintf("ZF-170401-%03d", n), TargetID: id, VisitedOn: on, Outcome: casework.Met,
	}})
}

// load counts the contacts booked for ann by day.
func (a *ahead) load() map[casework.Date]int {
	n := map[casework.Date]int{}
	for _, p := range a.PairingsOfStaff(ann) {
		if on := a.next(p.TargetID).On; !on.IsZero() {
			n[on]++
		}
	}
	return n
}

// inMemory calls do with the small campaign in memory.
func inMemory(t testing.TB, do func(start func(rapid.TB) *ahead)) {
	t.Helper()
	newLedger(t).view(func(r casework.Records) {
		do(func(t rapid.TB) *ahead {
			a := &ahead{t: t, Ahead: casework.NewAhead(r), day: started}
			a.add(smallCampaign()...)
			a.day = today
			return a
		})
	})
}

func TestBook(t *testing.T) {
	// Five other key households were visited like this one: their calls are all
	// due on Thursday, the 4th of May. Labour Day ends on the 1st.
	full := func(a *ahead) {
		for i := range 5 {
			a.house(casework.TargetID(11+i), casework.Key)
			a.met(11+i, casework.TargetID(11+i), april(20))
		}
		a.house(10, casework.Key)
	}
	busy := func(a *ahead, first casework.TargetID, n int, on casework.Date) {
		for i := range n {
			id := first + casework.TargetID(i)
			a.house(id, casework.Key)
			a.add(casework.VisitReported{Visit: casework.Visit{
				ID: casework.VisitID(id), Code: fmt.Sprintf("ZF-170402-%03d", id), TargetID: id, VisitedOn: april(19), Outcome: casework.Met, NextContact: on,
			}})
		}
	}
	for _, tt := range []struct {
		why   string
		prime func(*ahead)
		today casework.Date
		want  string
	}{
		{"there is room", func(a *ahead) { a.house(10, casework.Key); a.met(10, 10, april(20)) }, april(20), "stays"},
		{"too much: the day before", func(a *ahead) { full(a); a.met(10, 10, april(20)) }, april(20), "2017-05-03 call rhythm 2017-04-20+14 load"},
		{"the day after, if that is freer", func(a *ahead) { full(a); busy(a, 21, 1, date(2017, 5, 3)); a.met(10, 10, april(20)) }, april(20),
			"2017-05-05 call rhythm 2017-04-20+14 load"},
		{"at the end of the window", func(a *ahead) {
			full(a)
			busy(a, 21, 1, date(2017, 5, 3))
			a.add(casework.RhythmSet{TargetID: 10, Rhythm: &casework.Rhythm{CallDays: 14, Window: 1}})
			a.met(10, 10, april(20))
		}, april(20), "2017-05-05 call rhythm 2017-04-20+14 load"},
		{"a first contact waits longer, and not for ever", func(a *ahead) {
			busy(a, 11, 5, april(27))
			for i := range 34 { // from three days before to thirty days after
				busy(a, casework.TargetID(21+i), 1, april(24).AddDays(i))
			}
			a.house(10, casework.Key)
		}, april(20), "2017-04-26 visit first 2017-04-20+7 load"},
		{"the freest in the window", func(a *ahead) {
			full(a)
			busy(a, 21, 2, date(2017, 5, 3))
			busy(a, 31, 2, date(2017, 5, 5))
			busy(a, 41, 1, date(2017, 5, 2))
			a.met(10, 10, april(20))
		}, april(20), "2017-05-02 call rhythm 2017-04-20+14 load"},
		{"none is freer", func(a *ahead) {
			full(a)
			for i := range 3 {
				busy(a, casework.TargetID(21+10*i), 5, []casework.Date{date(2017, 5, 2), date(2017, 5, 3), date(2017, 5, 5)}[i])
			}
			a.met(10, 10, april(20))
		}, april(20), "stays"},
		{"outside the window", func(a *ahead) {
			full(a)
			a.add(casework.RhythmSet{TargetID: 10, Rhythm: &casework.Rhythm{CallDays: 14}})
			a.met(10, 10, april(20))
		}, april(20), "stays"},
		{"due on the day", func(a *ahead) { full(a); a.met(10, 10, april(20)) }, date(2017, 5, 4), "stays"},
		{"overdue", func(a *ahead) { full(a); a.met(10, 10, april(20)) }, date(2017, 5, 5), "stays"},
		{"not to the same day", func(a *ahead) { full(a); a.met(10, 10, april(20)) }, date(2017, 5, 3), "2017-05-05 call rhythm 2017-04-20+14 load"},
		{"a day agreed", func(a *ahead) { full(a); busy(a, 10, 1, date(2017, 5, 4)) }, april(20), "stays"},
		{"a problem", func(a *ahead) {
			full(a)
			a.house(10, casework.General)
			a.met(10, 10, april(20))
			a.add(casework.ProblemRaised{Problem: casework.Problem{ID: 1, Code: "WT-2017-0001", TargetID: 10, Status: casework.ProblemDoing, RaisedOn: april(20)}})
		}, april(20), "stays"},
		{"another person's are not counted", func(a *ahead) { full(a); a.met(10, 10, april(20)); a.add(paired(10, bob, casework.Primary)) }, april(20), "stays"},
		{"stopped", func(a *ahead) {
			full(a)
			a.met(10, 10, april(20))
			a.add(casework.ContactPaused{TargetID: 10, Pause: casework.Pause{Why: casework.PauseDied, On: april(20)}})
		}, april(20), "stays"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			inMemory(t, func(start func(rapid.TB) *ahead) {
				a := start(t)
				tt.prime(a)
				fact, ok := casework.Book(a, 10, tt.today)
				got := "stays"
				if ok {
					got = contactLine(fact.Contact)
				}
				if got != tt.want || ok && fact.TargetID != 10 {
					t.Errorf("Book = %s of target %d, want %s", got, fact.TargetID, tt.want)
				}
				if !ok {
					return
				}
				a.add(fact)
				if got := contactLine(a.next(10)); got != tt.want {
					t.Errorf("the records have %s, want %s", got, tt.want)
				}
				busy(a, 51, 6, fact.Contact.On) // the day fills up later
				if again, ok := casework.Book(a, 10, tt.today); ok {
					t.Errorf("Book moves again, to %s", contactLine(again.Contact))
				}
			})
		})
	}
}

// A day that is nobody's to see to is not moved; nor is what nobody knows.
func TestBookOfNobody(t *testing.T) {
	inMemory(t, func(start func(rapid.TB) *ahead) {
		a := start(t)
		a.add(casework.StaffSuspended{StaffID: bob})
		for _, id := range []casework.TargetID{home, 99} {
			if fact, ok := casework.Book(a, id, started); ok {
				t.Errorf("Book(%d) = %v, want nothing", id, fact)
			}
		}
	})
}

// Forty households visited on one day, and forty new on the roster.
func TestBookLevels(t *testing.T) {
	for _, tt := range []struct {
		why   string
		visit bool
		most  int // on a day
	}{{"visited", true, 10}, {"new", false, 5}} {
		t.Run(tt.why, func(t *testing.T) {
			inMemory(t, func(start func(rapid.TB) *ahead) {
				a := start(t)
				for i := range 40 {
					id := casework.TargetID(101 + i)
					a.house(id, casework.Key)
					if tt.visit {
						a.met(i+1, id, april(20))
					}
					if fact, ok := casework.Book(a, id, today); ok {
						a.add(fact)
					}
				}
				for day, n := range a.load() {
					if n > tt.most {
						t.Errorf("%d are booked for %v, want at most %d", n, day, tt.most)
					}
				}
			})
		})
	}
}

func TestBookHolds(t *testing.T) {
	inMemory(t, func(start func(rapid.TB) *ahead) {
		rapid.Check(t, func(t *rapid.T) { checkBook(t, start(t)) })
	})
}

// checkBook books random households of one person, one after another.
func checkBook(t *rapid.T, a *ahead) {
	window := rapid.IntRange(0, 5).Draw(t, "window")
	for i := range rapid.IntRange(1, 20).Draw(t, "households") {
		id := casework.TargetID(101 + i)
		a.house(id, rapid.SampledFrom([]casework.CareLevel{casework.Key, casework.Watch}).Draw(t, "care"))
		a.add(casework.RhythmSet{TargetID: id, Rhythm: &casework.Rhythm{VisitDays: 30, CallDays: 14, Window: window}})
		if rapid.Bool().Draw(t, "visited") {
			a.met(i+1, id, today.AddDays(-rapid.IntRange(0, 9).Draw(t, "days ago")))
		}
		before, load := a.next(id), a.load()
		fact, ok := casework.Book(a, id, today)
		limit := a.limit()
		if !ok {
			if load[before.On] > limit && before.On.After(today) {
				for _, d := range span(before, window) {
					if d.After(today) && casework.IsWorkday(a, d) && load[d] < limit {
						t.Errorf("%s stays among %d, though %v has %d", contactLine(before), load[before.On], d, load[d])
					}
				}
			}
			continue
		}
		after := fact.Contact
		switch on := after.On; {
		case !casework.IsWorkday(a, on), !on.After(today):
			t.Errorf("%s is moved to %v, which is no working day ahead", contactLine(before), on)
		case on.DaysSince(before.Wanted) < -window, on.DaysSince(before.Wanted) > max(window, ahead30(before)):
			t.Errorf("%s is moved to %v, beyond its window of %d", contactLine(before), on, window)
		case load[on]+1 >= load[before.On] && load[on]+1 > limit:
			t.Errorf("%s among %d is moved to %v, which has %d", contactLine(before), load[before.On], on, load[on])
		case !after.Same(before) || after.Moved != casework.OffLoad:
			t.Errorf("%s is moved for another reason: %s", contactLine(before), contactLine(after))
		}
		a.add(fact)
	}
}

func (a *ahead) limit() int {
	c, _ := a.Campaign()
	return c.Params.DayLoad
}

// ahead30 is by how much more a first contact can be put off.
func ahead30(c casework.Contact) int {
	if c.Why == casework.WhyFirst {
		return 30
	}
	return 0
}

// span are the days within n of the day wanted.
func span(c casework.Contact, n int) (out []casework.Date) {
	for i := -n; i <= n; i++ {
		out = append(out, c.Wanted.AddDays(i))
	}
	return out
}

// Whatever happens, the contact planned is on or after the day it is counted
// from, and on a working day unless it was agreed or cannot wait.
func TestPlanHolds(t *testing.T) {
	inMemory(t, func(start func(rapid.TB) *ahead) {
		rapid.Check(t, func(t *rapid.T) {
			a := start(t)
			s := care(rapid.SampledFrom([]casework.CareLevel{casework.Key, casework.Watch, casework.General}).Draw(t, "care"))
			day := started
			for range rapid.IntRange(0, 12).Draw(t, "happenings") {
				day = day.AddDays(rapid.IntRange(0, 20).Draw(t, "days later"))
				happen(t, s, day)
			}
			a.day = day
			a.add(s.facts...)
			x, _ := a.Target(home)
			checkPlan(t, a, x)
		})
	})
}

// happen adds something random that happens on the day to the story.
func happen(t *rapid.T, s *story, day casework.Date) {
	agreed := noDay
	if rapid.IntRange(0, 4).Draw(t, "agreed") == 0 {
		agreed = day.AddDays(rapid.IntRange(1, 40).Draw(t, "in days"))
	}
	switch rapid.IntRange(0, 6).Draw(t, "what") {
	case 0:
		s.visit(day, casework.Met, agreed)
	case 1:
		s.visit(day, "nobody", agreed)
	case 2:
		s.call(day, casework.Connected, agreed)
	case 3, 4:
		s.call(day, casework.NoAnswer, noDay)
	case 5:
		s.problem(casework.ProblemID(1+len(s.facts)), day, rapid.SampledFrom([]casework.ProblemStatus{
			casework.ProblemRegistered, casework.ProblemOnHold, casework.ProblemResolved, casework.ProblemClosed,
		}).Draw(t, "status"), noDay)
	case 6:
		s.add(casework.ContactPaused{TargetID: home, Pause: casework.Pause{Why: casework.PauseMoved, On: day, Until: day.AddDays(10)}})
	}
}

func checkPlan(t *rapid.T, r casework.Records, x casework.Target) {
	next := x.Next
	switch {
	case next.On.IsZero():
		t.Errorf("nothing is booked")
	case next.Wanted != next.Anchor.AddDays(next.Days):
		t.Errorf("%s is wanted on %v", contactLine(next), next.Wanted)
	case next.Days < 0 || next.On.Before(next.Wanted):
		t.Errorf("%s lies before its day", contactLine(next))
	case (next.Moved == casework.Unmoved) != (next.On == next.Wanted):
		t.Errorf("%s is wanted on %v", contactLine(next), next.Wanted)
	case next.Why == casework.WhyAgreed, next.Why == casework.WhyChange, next.Why == casework.WhyNoAnswer && next.Attempt == 1:
		if next.Moved != casework.Unmoved {
			t.Errorf("%s is moved", contactLine(next))
		}
	case !casework.IsWorkday(r, next.On):
		t.Errorf("%s is on no working day", contactLine(next))
	}
	if x.Unanswered > 0 && x.Pause == nil && next.On.Before(x.UnansweredOn) && next.Why != casework.WhyChange {
		t.Errorf("%s was called in vain on %v since", contactLine(next), x.UnansweredOn)
	}
}

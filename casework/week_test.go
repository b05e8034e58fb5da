package casework_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// twoBranches are the two groups, with ann and bob in one branch, cai in another,
// and the bureau above them.
func twoBranches() []casework.Fact {
	facts := append(twoGroups(),
		casework.UnitImported{Unit: casework.Unit{ID: 1, Kind: casework.Bureau}},
		casework.UnitImported{Unit: casework.Unit{ID: 2, Kind: casework.Branch, Name: "一支部"}},
		casework.UnitImported{Unit: casework.Unit{ID: 3, Kind: casework.Branch, Name: "二支部"}},
	)
	for id, unit := range map[casework.StaffID]casework.UnitID{ann: 2, bob: 2, cai: 3, dou: 1} {
		facts = append(facts, casework.StaffImported{Staff: casework.Staff{ID: id, BranchID: unit, Groups: []casework.GroupID{ours}}})
	}
	return facts
}

// week is the weekly summary of a day of April.
func (l *ledger) week(unit casework.UnitID, day int) []casework.BranchWeek {
	l.t.Helper()
	var w []casework.BranchWeek
	l.view(func(r casework.Records) { w = casework.WeekOf(r, unit, april(day)) })
	return w
}

func TestWeekCountsTargets(t *testing.T) {
	key := func(id casework.TargetID) casework.Fact {
		return casework.TargetImported{Target: casework.Target{
			ID: id, Kind: casework.HouseholdKind, Code: fmt.Sprintf("JT-%04d", id), GroupID: ours, CareLevel: casework.Key,
			Household: &casework.Household{},
		}}
	}
	stop := casework.ContactPaused{TargetID: 20, Pause: casework.Pause{Why: casework.PauseMoved, On: april(1)}}
	gone := casework.TargetImported{Target: casework.Target{ID: 21, Kind: casework.HouseholdKind, Status: casework.Removed}}
	l := newLedger(t, slices.Concat(twoBranches(), []casework.Fact{
		paired(home, ann, casework.Primary), paired(firm, ann, casework.Primary), paired(guild, bob, casework.Primary),
		paired(guild, cai, casework.Assist), paired(far, cai, casework.Primary), paired(stray, dou, casework.Primary),
		key(10), key(11), key(12), key(20), gone, stop,
		paired(10, bob, casework.Primary), paired(11, bob, casework.Primary), paired(12, bob, casework.Primary),
		paired(20, bob, casework.Primary), paired(21, bob, casework.Primary),
		visited(1, home, april(6), at(6, 9, 0), casework.Met, cai),  // on the round's first day
		visited(2, firm, april(5), at(6, 9, 0), casework.Met, ann),  // a day too early
		visited(3, guild, april(10), at(10, 9, 0), "nobody", bob),   // in vain
		visited(4, far, april(21), at(21, 9, 0), casework.Met, cai), // after the day
		visited(5, 10, april(10), at(10, 9, 0), casework.Met, bob),  // in rhythm
		visited(6, 11, april(1), at(1, 9, 0), casework.Met, bob),    // fourteen days, three more, and a week-end
		called(1, 12, bob, at(3, 10, 0), casework.Connected),        // the same and two days more
		visited(7, far, april(5), at(21, 10, 0), casework.Met, cai), // before the round
		nextOn(home, april(19)), nextOn(firm, april(20)), nextOn(guild, april(1)),
		nextOn(10, april(21)), nextOn(11, april(21)), nextOn(12, april(21)), nextOn(far, april(21)),
	})...)
	type counts struct{ Planned, Visited, Overdue, KeyOnes, KeySeen int }
	for _, tt := range []struct {
		unit  casework.UnitID
		day   int
		since casework.Date
		want  []counts
	}{
		{0, 20, april(6), []counts{{6, 2, 2, 3, 2}, {1, 0, 0, 0, 0}}},
		{2, 20, april(6), []counts{{6, 2, 2, 3, 2}}},
		{3, 21, april(6), []counts{{1, 1, 0, 0, 0}}},
		{1, 20, april(6), nil}, // no branch
		{2, 18, april(6), []counts{{6, 2, 1, 3, 3}}},
	} {
		var got []counts
		for _, b := range l.week(tt.unit, tt.day) {
			got = append(got, counts{b.Planned, b.Visited, b.Overdue, b.KeyOnes, b.KeySeen})
			if b.Since != tt.since {
				t.Errorf("WeekOf %d on %d April counts since %s, want %s", tt.unit, tt.day, b.Since, tt.since)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("WeekOf %d on %d April (-want +got)\n%s", tt.unit, tt.day, diff)
		}
	}
}

// Between rounds, the last seven days count.
func TestWeekBetweenRounds(t *testing.T) {
	may := casework.Date{Year: 2017, Month: 5, Day: 3}
	l := newLedger(t, append(twoBranches(),
		paired(home, ann, casework.Primary), paired(firm, ann, casework.Primary),
		visited(1, home, april(27), at(27, 9, 0), casework.Met, ann), visited(2, firm, april(26), at(26, 9, 0), casework.Met, ann),
	)...)
	l.view(func(r casework.Records) {
		w := casework.WeekOf(r, 2, may)[0]
		if w.Since != april(27) || w.Visited != 1 {
			t.Errorf("WeekOf %s = %d visited since %s, want 1 since %s", may, w.Visited, w.Since, april(27))
		}
	})
}

func TestWeekCountsProblems(t *testing.T) {
	l := newLedger(t, twoBranches()...)
	for i, change := range []func(*casework.Problem){
		func(p *casework.Problem) { p.Status, p.Satisfaction = casework.ProblemDoing, casework.NotSatisfied },
		func(p *casework.Problem) { p.Status, p.Family = casework.ProblemResolved, "mind" },
		func(p *casework.Problem) { p.Status, p.Satisfaction = casework.ProblemClosed, casework.Satisfied },
		func(p *casework.Problem) { p.Status, p.Satisfaction = casework.ProblemClosed, casework.FairlySatisfied },
		func(p *casework.Problem) { p.Status, p.Satisfaction = casework.ProblemClosed, casework.NotReached },
		func(p *casework.Problem) { p.Status = casework.ProblemMerged },
		func(p *casework.Problem) { p.Status = casework.ProblemInvalid },
		func(p *casework.Problem) { p.RaisedOn = april(21) },
		func(p *casework.Problem) {
			p.Status, p.DueOn, p.Urgency = casework.ProblemEscalated, april(22), casework.Normal
		},
		func(p *casework.Problem) {
			p.Level, p.DueOn, p.Urgency = casework.LevelBureau, april(21), casework.Normal
		},
		func(p *casework.Problem) {
			p.Level, p.DueOn, p.Urgency = casework.LevelBureau, april(30), casework.Emergency
		},
		func(p *casework.Problem) {
			p.Level, p.DueOn, p.Urgency = casework.LevelBureau, april(30), casework.Urgent
		},
		func(p *casework.Problem) { p.Level, p.Status = casework.LevelBureau, casework.ProblemResolved },
		func(p *casework.Problem) { p.OwnerID = cai },
		func(p *casework.Problem) { p.OwnerID = dou },
	} {
		p := casework.Problem{
			ID: casework.ProblemID(i + 1), TargetID: home, OwnerID: ann, Family: "life", RaisedOn: april(20),
			Status: casework.ProblemRegistered, Level: casework.LevelGroup,
		}
		change(&p)
		l.add(casework.ProblemRaised{Problem: p})
	}
	type counts struct {
		Families                               map[string]int
		Problems, Done, Struck, Pleased, Asked int
		ForBureau                              []int
	}
	want := []counts{
		{map[string]int{"life": 9, "mind": 1}, 10, 2, 3, 2, 3, []int{11, 12, 10}},
		{map[string]int{"life": 1}, 1, 0, 0, 0, 0, nil},
	}
	var got []counts
	for _, b := range l.week(0, 20) {
		got = append(got, counts{b.Families, b.Problems, b.Done, b.Struck, b.Pleased, b.Asked, problemCodes(b.ForBureau)})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("WeekOf problems (-want +got)\n%s", diff)
	}
}

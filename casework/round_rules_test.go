package casework_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

func may(day int) casework.Date { return april(30).AddDays(day) }

// open opens or changes a round.
func (l *ledger) open(who casework.StaffID, x casework.Round) casework.Refusal {
	l.t.Helper()
	_, why := l.asks(who, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
		return alone(casework.OpenRound(r, s, x, servingNow(), ids))
	})
	return why
}

func (l *ledger) closes(who casework.StaffID, id casework.RoundID) casework.Refusal {
	l.t.Helper()
	_, why := l.asks(who, func(r casework.Records, s casework.Staff, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
		return alone(casework.CloseRound(r, s, id, servingNow()))
	})
	return why
}

func TestOpenRound(t *testing.T) {
	for _, tt := range []struct {
		name string
		who  casework.StaffID
		x    casework.Round
		want casework.Refusal
	}{
		{"the next", desk, casework.Round{Title: "第三轮", StartOn: may(1), EndOn: may(31), No: 9, ClosedOn: may(2)}, ""},
		{"for one day", desk, casework.Round{StartOn: may(1), EndOn: may(1)}, ""},
		{"by the leader", lee, casework.Round{StartOn: may(1), EndOn: may(31)}, casework.NotYours},
		{"within another", desk, casework.Round{StartOn: april(29), EndOn: may(31)}, casework.NeedsDay},
		{"around others", desk, casework.Round{StartOn: started, EndOn: may(31)}, casework.NeedsDay},
		{"on another's last day", desk, casework.Round{StartOn: april(30), EndOn: may(31)}, casework.NeedsDay},
		{"backwards", desk, casework.Round{StartOn: may(2), EndOn: may(1)}, casework.NeedsDay},
		{"without days", desk, casework.Round{Title: "第三轮"}, casework.NeedsDay},
		{"before the campaign", desk, casework.Round{StartOn: started.AddDays(-9), EndOn: started.AddDays(-1)}, casework.NeedsDay},
		{"with too long a name", desk, casework.Round{Title: strings.Repeat("字", 61), StartOn: may(1), EndOn: may(31)}, casework.NeedsText},
		{"another end", desk, casework.Round{ID: 2, StartOn: april(6), EndOn: may(5)}, ""},
		{"an end that is past", desk, casework.Round{ID: 2, StartOn: april(6), EndOn: april(19)}, casework.NeedsDay},
		{"another name for one that is over", desk, casework.Round{ID: 1, Title: "摸底", StartOn: started, EndOn: april(5)}, ""},
		{"as it is", desk, casework.Round{ID: 2, StartOn: april(6), EndOn: april(30)}, casework.NoChange},
		{"none there is", desk, casework.Round{ID: 7, StartOn: may(1), EndOn: may(31)}, casework.NotFound},
	} {
		l := newLedger(t, officeCampaign(t)...)
		if got := l.open(tt.who, tt.x); got != tt.want {
			t.Errorf("%s: OpenRound = %q, want %q", tt.name, got, tt.want)
		}
		l.view(func(r casework.Records) {
			rounds := r.Rounds()
			last := rounds[len(rounds)-1]
			if fresh := tt.want == "" && tt.x.ID == 0; fresh && (last.No != 3 || !last.ClosedOn.IsZero()) || !fresh && len(rounds) != 2 {
				t.Errorf("%s: the rounds are %+v", tt.name, rounds)
			}
		})
	}
}

func TestCloseRound(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	if why := l.open(desk, casework.Round{StartOn: may(1), EndOn: may(31)}); why != "" {
		t.Fatalf("OpenRound = %q", why)
	}
	var third casework.RoundID
	l.view(func(r casework.Records) { third = r.Rounds()[2].ID })
	for i, tt := range []struct{ got, want casework.Refusal }{
		{l.closes(lee, 2), casework.NotYours}, {l.closes(desk, 9), casework.NotFound}, {l.closes(desk, third), casework.NotNow},
		{l.closes(desk, 2), ""}, {l.closes(desk, 2), casework.NoChange},
		{l.open(desk, casework.Round{ID: 2, StartOn: april(6), EndOn: april(29)}), casework.NotNow},
		{l.open(desk, casework.Round{StartOn: april(21), EndOn: april(30)}), ""}, // the days are free again
	} {
		if tt.got != tt.want {
			t.Errorf("%d: %q, want %q", i, tt.got, tt.want)
		}
	}
	l.add(casework.RoundOpened{Round: casework.Round{ID: 2, No: 2, StartOn: april(6), EndOn: april(30), Focus: "回头看"}}) // as a roster does
	l.view(func(r casework.Records) {
		for day, want := range map[int]int{5: 1, 6: 2, 20: 2, 21: 4, 30: 4} {
			if x, _ := casework.RoundOn(r, april(day)); x.No != want {
				t.Errorf("RoundOn(%d April) = round %d, want %d", day, x.No, want)
			}
		}
	})
}

// planCampaign is that of the office, with ten households of group 1 that are due, and
// one that is not.
func planCampaign(t testing.TB) []casework.Fact {
	t.Helper()
	facts := officeCampaign(t)
	for i := range 11 {
		id := casework.TargetID(100 + i)
		facts = append(facts, casework.TargetImported{Target: casework.Target{
			ID: id, Kind: casework.HouseholdKind, Code: fmt.Sprintf("JT-%04d", id), GroupID: 1, CareLevel: casework.Key,
			Household: &casework.Household{HeadName: "李四"},
		}}, paired(id, mia, casework.Primary))
	}
	c := casework.DefaultParams()
	c.DayLoad = 2
	return append(facts,
		casework.CampaignOpened{Campaign: casework.Campaign{Name: "走访", Year: 2017, StartOn: started, Params: c}},
		casework.PairingMade{Pairing: casework.Pairing{TargetID: 109, StaffID: pal, Role: casework.Assist}},
		visited(1, 110, april(10), at(10, 9, 0), casework.Met, mia),
		casework.TargetImported{Target: casework.Target{
			ID: home, Kind: casework.HouseholdKind, Code: "JT-0001", GroupID: 1, Status: casework.Removed, Household: &casework.Household{},
		}},
	)
}

func planLine(plans []casework.RoundPlan) string {
	var out []string
	for _, p := range plans {
		out = append(out, fmt.Sprintf("%d:%d", p.TargetID, p.StaffID))
	}
	return strings.Join(out, " ")
}

func TestDraftPlan(t *testing.T) {
	l := newLedger(t, planCampaign(t)...)
	draft := func(id casework.RoundID, g casework.GroupID) string {
		var got string
		l.view(func(r casework.Records) { got = planLine(casework.DraftPlan(r, id, g, today)) })
		return got
	}
	// Twelve targets, mia's ten, the firm and the guild, which are the leader's, and four
	// people who go out: five each at most. The last of mia's go to others, the one pal
	// helps with to pal.
	want := "2:81 3:81 100:87 101:87 102:87 103:87 104:87 105:82 106:88 107:82 108:88 109:88"
	if got := draft(2, 1); got != want {
		t.Errorf("DraftPlan = %s, want %s", got, want)
	}
	if got := draft(2, 0); got != want {
		t.Errorf("DraftPlan of all groups = %s, want %s", got, want)
	}
	for name, got := range map[string]string{"another group": draft(2, 2), "a round that is over": draft(1, 0), "no round": draft(9, 0)} {
		if got != "" {
			t.Errorf("DraftPlan of %s = %s, want nothing", name, got)
		}
	}
	l.add(casework.RoundPlanned{Plans: []casework.RoundPlan{{RoundID: 2, TargetID: 100, StaffID: sun}, {RoundID: 2, TargetID: 101, StaffID: mia}}})
	if got, want := draft(2, 1), "2:81 3:81 102:87 103:87 104:87 105:87 106:88 107:82 108:88 109:88"; got != want {
		t.Errorf("DraftPlan of the rest = %s, want %s", got, want)
	}
}

func TestPlanRound(t *testing.T) {
	of := func(x casework.TargetID, s casework.StaffID) casework.RoundPlan {
		return casework.RoundPlan{RoundID: 2, TargetID: x, StaffID: s}
	}
	on := func(day casework.Date) casework.RoundPlan {
		p := of(100, mia)
		p.On = day
		return p
	}
	over := of(100, mia)
	over.RoundID = 1
	l := newLedger(t, planCampaign(t)...)
	for _, tt := range []struct {
		name  string
		who   casework.StaffID
		plans []casework.RoundPlan
		want  casework.Refusal
		made  string
	}{
		{"by the leader", lee, []casework.RoundPlan{of(100, mia), of(101, pal)}, "", "100:87 101:88"},
		{"once more, and another", mia, []casework.RoundPlan{of(100, mia), of(102, mia)}, "", "102:87"},
		{"the same", desk, []casework.RoundPlan{of(100, mia)}, casework.NoChange, ""},
		{"nothing", desk, nil, casework.NoChange, ""},
		{"one twice: the last counts", desk, []casework.RoundPlan{of(103, mia), of(103, sun)}, "", "103:82"},
		{"on a day", desk, []casework.RoundPlan{on(april(25))}, "", "100:87"},
		{"on a day after the round", desk, []casework.RoundPlan{on(may(1))}, casework.NeedsDay, ""},
		{"off", desk, []casework.RoundPlan{of(101, 0)}, "", "101:0"},
		{"off again", desk, []casework.RoundPlan{of(101, 0)}, casework.NoChange, ""},
		{"by a member", sun, []casework.RoundPlan{of(104, mia)}, casework.NotYours, ""},
		{"by who is not of the group", desk, []casework.RoundPlan{of(104, outside)}, casework.NeedsOwner, ""},
		{"by who is suspended", desk, []casework.RoundPlan{of(104, gone)}, casework.NeedsOwner, ""},
		{"of one that is removed", desk, []casework.RoundPlan{of(home, mia)}, casework.NotNow, ""},
		{"of a round that is over", desk, []casework.RoundPlan{over}, casework.NotNow, ""},
		{"of nothing there is", desk, []casework.RoundPlan{of(999, mia)}, casework.NotFound, ""},
		{"one bad of two", desk, []casework.RoundPlan{of(105, mia), of(999, mia)}, casework.NotFound, ""},
	} {
		facts, got := l.asks(tt.who, func(r casework.Records, s casework.Staff, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return alone(casework.PlanRound(r, s, tt.plans, servingNow()))
		})
		var made string
		for _, f := range facts {
			made = planLine(f.(casework.RoundPlanned).Plans)
		}
		if got != tt.want || made != tt.made {
			t.Errorf("%s: PlanRound = %s, %q, want %s, %q", tt.name, made, got, tt.made, tt.want)
		}
	}
	l.add(visited(2, 102, april(20), at(20, 9, 0), casework.Met, mia), visited(3, 103, april(20), at(20, 9, 0), "nobody", mia), visited(4, 100, may(1), at(30, 9, 0), casework.Met, mia))
	l.view(func(r casework.Records) {
		want := []casework.PlanLine{{Planned: 3, Visited: 1}}
		want[0].Group, _ = r.Group(1)
		if diff := cmp.Diff(want, casework.PlanProgress(r, 2)); diff != "" {
			t.Errorf("PlanProgress (-want +got)\n%s", diff)
		}
		// The secretary and mia are of the branch: of the round's plan they have three.
		for _, b := range casework.WeekOf(r, 2, today) {
			if b.Planned != 3 || b.Visited != 1 {
				t.Errorf("WeekOf = %d of %d, want 1 of 3", b.Visited, b.Planned)
			}
		}
	})
}

package casework_test

import (
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// The people of the ladder: ann is in charge of the household, pat and pia are
// paired with it as well, bob leads the group, deputy is the deputy, and clerk and chief
// are the office.
const (
	pat casework.StaffID = iota + 3
	pia
	deputy
	clerk
	chief
	outsider // nobody's colleague
)

// shanghai is where the bureau works, from 8:30 to 17:30.
var shanghai = time.FixedZone("CST", 8*60*60)

// at is a moment of April 2017 in Shanghai. The 10th is a Monday.
func at(day, hour, minute int) time.Time {
	return time.Date(2017, time.April, day, hour, minute, 0, 0, shanghai)
}

// ladderCampaign is the small campaign with somebody on every rung.
func ladderCampaign() []casework.Fact {
	facts := append(smallCampaign(), casework.GroupImported{Group: casework.Group{ID: 1, Code: "G1", LeaderID: bob, DeputyID: deputy}})
	for id, role := range map[casework.StaffID]casework.Role{
		ann: casework.Visitor, bob: casework.GroupLeader, pat: casework.Visitor, pia: casework.Visitor,
		deputy: casework.GroupLeader, clerk: casework.Office, chief: casework.Office, outsider: casework.Visitor,
	} {
		facts = append(facts, casework.StaffImported{Staff: casework.Staff{
			ID: id, Code: fmt.Sprintf("R%03d", id), Roles: []casework.Role{role}, Groups: []casework.GroupID{1},
		}})
		facts = append(facts, bound(id)...)
	}
	return append(facts, paired(home, ann, casework.Primary), paired(home, pat, casework.Assist), paired(home, pia, casework.Assist))
}

// bound gives the person an account.
func bound(id casework.StaffID) []casework.Fact {
	return invited(casework.InviteID(id), id, casework.UserID(id))
}

// overdue is the records with the household's contact as it is given.
type overdue struct {
	casework.Records
	x casework.Target
}

func (o overdue) TargetsDue(until casework.Date) iter.Seq[casework.Target] {
	return func(yield func(casework.Target) bool) {
		if !o.x.Next.On.After(until) {
			yield(o.x)
		}
	}
}

// told writes passings as "rung: people".
func told(list []casework.Passing) string {
	var out []string
	for _, p := range list {
		out = append(out, fmt.Sprintf("%d %v of %s late %d", p.Rung, p.To, p.Target.Code, p.Due.Late))
	}
	return strings.Join(out, "; ")
}

// passings are those for the household, due on the 10th, at the instant.
func (l *ledger) passings(miss casework.Miss, now time.Time) string {
	l.t.Helper()
	var got string
	l.view(func(r casework.Records) {
		x, _ := r.Target(home)
		x.Next = casework.Contact{On: april(10), Way: casework.ByCall, Why: casework.WhyRhythm}
		x.Miss = miss
		got = told(casework.Passings(overdue{r, x}, shanghai, now))
	})
	return got
}

func TestPassingsClimbByWorkingHours(t *testing.T) {
	l := newLedger(t, ladderCampaign()...)
	partner := casework.Miss{DueOn: april(10), Rung: casework.PartnerRung}
	leader := casework.Miss{DueOn: april(10), Rung: casework.LeaderRung}
	office := casework.Miss{DueOn: april(10), Rung: casework.OfficeRung}
	silent := casework.Miss{DueOn: april(10), Rung: casework.PartnerRung, Silenced: "外出务工"}
	before := casework.Miss{DueOn: april(3), Rung: casework.OfficeRung, Silenced: "外出务工"}
	for _, tt := range []struct {
		name string
		miss casework.Miss
		now  time.Time
		want string
	}{
		{"on the day", casework.Miss{}, at(10, 23, 0), ""},
		{"a minute too early", casework.Miss{}, at(11, 17, 29), ""},
		{"after a day, the partners", casework.Miss{}, at(11, 17, 30), "1 [3 4] of JT-0001 late 1"},
		{"they know", partner, at(11, 17, 30), ""},
		{"they know, still", partner, at(13, 17, 29), ""},
		{"after three days, the leaders", partner, at(13, 17, 30), "2 [2 5] of JT-0001 late 3"},
		{"they know", leader, at(18, 17, 29), ""},
		{"over a week-end, the office", leader, at(18, 17, 30), "3 [6 7] of JT-0001 late 8"},
		{"everybody knows", office, at(28, 12, 0), ""},
		{"after a long silence, the highest at once", casework.Miss{}, at(28, 12, 0), "3 [6 7] of JT-0001 late 18"},
		{"rungs left out", partner, at(28, 12, 0), "3 [6 7] of JT-0001 late 18"},
		{"silenced", silent, at(28, 12, 0), ""},
		{"what was missed before is over", before, at(11, 17, 30), "1 [3 4] of JT-0001 late 1"},
	} {
		if got := l.passings(tt.miss, tt.now); got != tt.want {
			t.Errorf("%s: Passings = %q, want %q", tt.name, got, tt.want)
		}
	}
}

// What is paused is not missed.
func TestPassingsOfWhatIsPaused(t *testing.T) {
	newLedger(t, ladderCampaign()...).view(func(r casework.Records) {
		x, _ := r.Target(home)
		x.Next = casework.Contact{On: april(10), Way: casework.ByCall, Why: casework.WhyRhythm}
		x.Pause = &casework.Pause{Why: casework.PauseRefused, On: april(10)}
		if got := told(casework.Passings(overdue{r, x}, shanghai, at(28, 12, 0))); got != "" {
			t.Errorf("Passings of a target that is paused = %q, want none", got)
		}
	})
}

// absent are the reasons why nobody would hear a person called.
func absent(id casework.StaffID) map[string][]casework.Fact {
	return map[string][]casework.Fact{
		"unreachable": {casework.ReachChanged{StaffID: id, Unreachable: true}},
		"suspended":   {casework.StaffSuspended{StaffID: id}},
		"on leave":    handed(casework.HandoverID(id), casework.Leave, id, outsider, april(5), april(28)),
	}
}

func TestPassingsStepOverEmptyRungs(t *testing.T) {
	for _, tt := range []struct {
		name   string
		absent []casework.StaffID
		now    time.Time
		want   string
	}{
		{"one partner is left", []casework.StaffID{pat}, at(11, 17, 30), "1 [4] of JT-0001 late 1"},
		{"no partner is left, and it is not the leaders' turn", []casework.StaffID{pat, pia}, at(13, 17, 29), ""},
		{"no partner is left", []casework.StaffID{pat, pia}, at(13, 17, 30), "2 [2 5] of JT-0001 late 3"},
		{"the deputy is left", []casework.StaffID{bob}, at(13, 17, 30), "2 [5] of JT-0001 late 3"},
		{"no leader is left, and the partners do not know", []casework.StaffID{bob, deputy}, at(13, 17, 30), "1 [3 4] of JT-0001 late 3"},
		{"nobody below the office", []casework.StaffID{bob, pat, pia, deputy}, at(18, 17, 30), "3 [6 7] of JT-0001 late 8"},
		{"nobody at all", []casework.StaffID{bob, pat, pia, deputy, clerk, chief}, at(28, 12, 0), ""},
	} {
		for why := range absent(0) {
			t.Run(tt.name+", "+why, func(t *testing.T) {
				l := newLedger(t, ladderCampaign()...)
				for _, id := range tt.absent {
					l.add(absent(id)[why]...)
				}
				if got := l.passings(casework.Miss{}, tt.now); got != tt.want {
					t.Errorf("Passings = %q, want %q", got, tt.want)
				}
			})
		}
	}
}

// Whoever missed it is not told by the ladder, be it on another rung.
func TestPassingsLeaveOutWhoIsInCharge(t *testing.T) {
	for _, tt := range []struct {
		name  string
		facts []casework.Fact
		now   time.Time
		want  string
	}{
		{"the leader is in charge", []casework.Fact{paired(home, bob, casework.Primary)}, at(13, 17, 30), "2 [5] of JT-0001 late 3"},
		{"nobody is, so the leader is", []casework.Fact{casework.PairingEnded{TargetID: home, StaffID: ann}}, at(13, 17, 30), "2 [5] of JT-0001 late 3"},
		{
			"the leader is the deputy as well",
			[]casework.Fact{casework.GroupImported{Group: casework.Group{ID: 1, Code: "G1", LeaderID: deputy, DeputyID: deputy}}},
			at(13, 17, 30), "2 [5] of JT-0001 late 3",
		},
		{
			"a partner stands in", append([]casework.Fact{paired(home, outsider, casework.Assist)}, absent(ann)["on leave"]...),
			at(11, 17, 30), "1 [3 4] of JT-0001 late 1",
		},
		{"the office is in charge", []casework.Fact{paired(home, chief, casework.Primary)}, at(18, 17, 30), "3 [6] of JT-0001 late 8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, append(ladderCampaign(), tt.facts...)...)
			if got := l.passings(casework.Miss{}, tt.now); got != tt.want {
				t.Errorf("Passings = %q, want %q", got, tt.want)
			}
		})
	}
}

// Who does not want to hear of misses is left out, and the ladder goes on.
func TestPassingsRespectWhoIsMuted(t *testing.T) {
	l := newLedger(t, ladderCampaign()...)
	mute := func(id casework.StaffID, n casework.Notice) {
		l.add(casework.NoticesChosen{StaffID: id, Muted: []casework.Notice{n}})
	}
	for _, tt := range []struct {
		who  casework.StaffID
		what casework.Notice
		want string
	}{
		{pat, casework.DigestNotice, "1 [3 4] of JT-0001 late 1"},
		{pat, casework.MissNotice, "1 [4] of JT-0001 late 1"},
		{pia, casework.MissNotice, "1 [] of JT-0001 late 1"},
	} {
		mute(tt.who, tt.what)
		if got := l.passings(casework.Miss{}, at(11, 17, 30)); got != tt.want {
			t.Errorf("%d does not want %s: Passings = %q, want %q", tt.who, tt.what, got, tt.want)
		}
	}
}

// Asked every quarter of an hour for three weeks, with a reminder that is
// snoozed all the time, the ladder is climbed once, rung by rung.
func TestPassingsOncePerRung(t *testing.T) {
	l := newLedger(t, ladderCampaign()...)
	promise := calling(casework.Call{Result: casework.Connected, Wellbeing: casework.Fine, Answers: phoned("next_on=2017-04-10")})
	promise.Today = april(3)
	l.call(promise)
	l.add(casework.ReminderSnoozed{TargetID: home, Snooze: casework.Snooze{Until: at(30, 0, 0), By: ann}})
	var got []string
	for now := at(10, 0, 0); now.Before(at(30, 0, 0)); now = now.Add(15 * time.Minute) {
		var list []casework.Passing
		l.view(func(r casework.Records) {
			for _, p := range casework.Passings(r, shanghai, now) {
				if p.Target.ID == home {
					list = append(list, p)
				}
			}
		})
		for _, p := range list {
			got = append(got, fmt.Sprint(now.Format("02 15:04"), " rung ", p.Rung, " ", p.To))
			l.add(casework.MissPassed{TargetID: home, DueOn: p.Due.Contact.On, Rung: p.Rung, To: p.To})
		}
	}
	want := []string{"11 17:30 rung 1 [3 4]", "13 17:30 rung 2 [2 5]", "18 17:30 rung 3 [6 7]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("passed (-want +got)\n%s", diff)
	}
}

func TestVillageContact(t *testing.T) {
	const (
		town casework.AreaID = iota + 1
		village
		hamlet
		other
	)
	org := func(id casework.TargetID, a casework.AreaID, g casework.GroupID, kind string, s casework.TargetStatus) casework.Fact {
		return casework.TargetImported{Target: casework.Target{
			ID: id, Kind: casework.OrganizationKind, Code: fmt.Sprintf("ZZ-%02d", id), AreaID: a, GroupID: g, Status: s,
			Organization: &casework.Organization{Name: "党支部", OrgType: kind},
		}}
	}
	areas := []casework.Fact{
		casework.AreaImported{Area: casework.Area{ID: town, Level: casework.Town}},
		casework.AreaImported{Area: casework.Area{ID: village, Level: casework.Village, ParentID: town}},
		casework.AreaImported{Area: casework.Area{ID: hamlet, Level: casework.VillageGroup, ParentID: village}},
		casework.AreaImported{Area: casework.Area{ID: other, Level: casework.Village, ParentID: town}},
	}
	for _, tt := range []struct {
		name string
		orgs []casework.Fact
		in   casework.AreaID
		want casework.TargetID // zero: nobody
	}{
		{"of the village", []casework.Fact{org(11, other, 1, "", ""), org(12, village, 1, "village_branch", "")}, village, 12},
		{"of the village around the hamlet", []casework.Fact{org(12, village, 1, "village_branch", "")}, hamlet, 12},
		{"of the hamlet itself", []casework.Fact{org(12, hamlet, 1, "", "")}, hamlet, 12},
		{"looked after by another group", []casework.Fact{org(12, village, 2, "community_branch", "")}, village, 12},
		{"the town is no village", []casework.Fact{org(12, town, 1, "village_branch", "")}, village, 0},
		{"the town is no hamlet's village", []casework.Fact{org(12, town, 1, "village_branch", "")}, hamlet, 0},
		{"a firm's branch has no say", []casework.Fact{org(12, village, 1, "firm_branch", ""), org(13, village, 1, "district_dept", "")}, village, 0},
		{"one that is no more", []casework.Fact{org(12, village, 1, "village_branch", casework.Closed)}, village, 0},
		{"nowhere", []casework.Fact{org(12, 0, 1, "village_branch", "")}, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, append(areas, tt.orgs...)...)
			l.view(func(r casework.Records) {
				x := casework.Target{ID: 1, Kind: casework.HouseholdKind, GroupID: 1, AreaID: tt.in}
				if got, ok := casework.VillageContact(r, x); got.ID != tt.want || ok != (tt.want != 0) {
					t.Errorf("VillageContact = %d, %v, want %d", got.ID, ok, tt.want)
				}
			})
		})
	}
	l := newLedger(t, append(areas, org(12, village, 1, "village_branch", ""))...)
	l.view(func(r casework.Records) {
		x, _ := r.Target(12)
		if got, ok := casework.VillageContact(r, x); ok {
			t.Errorf("VillageContact of the village's own organisation = %d, want nobody else", got.ID)
		}
	})
}

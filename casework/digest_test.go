package casework_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// The groups of the digest's tests, and who is in them: ann in both, bob leads
// the first, cai is bound and has nothing to see to, dou is of the second, eva
// of none.
const (
	ours   casework.GroupID = 1
	theirs casework.GroupID = 2

	far   casework.TargetID = 4 // a household of the second group
	stray casework.TargetID = 5 // a household without a group
)

// twoGroups are the groups, with a target of each kind in the first.
func twoGroups() []casework.Fact {
	facts := smallCampaign()
	member := func(id casework.StaffID, groups ...casework.GroupID) casework.Fact {
		return casework.StaffImported{Staff: casework.Staff{
			ID: id, Code: fmt.Sprintf("R%03d", id), PartyMember: true, Groups: groups, Roles: []casework.Role{casework.Visitor},
		}}
	}
	household := func(id casework.TargetID, g casework.GroupID) casework.Fact {
		return casework.TargetImported{Target: casework.Target{
			ID: id, Kind: casework.HouseholdKind, Code: fmt.Sprintf("JT-%04d", id), GroupID: g, Household: &casework.Household{},
		}}
	}
	return append(facts,
		casework.GroupImported{Group: casework.Group{ID: theirs, Code: "G2"}},
		member(ann, ours, theirs), member(bob, ours), member(cai, ours), member(dou, theirs), member(eva),
		household(far, theirs), household(stray, 0),
	)
}

// visited is a visit by people on a day, which reached us at the instant.
func visited(id casework.VisitID, x casework.TargetID, on casework.Date, reached time.Time, o casework.VisitOutcome, who ...casework.StaffID) casework.Fact {
	return casework.VisitReported{Visit: casework.Visit{
		ID: id, Code: fmt.Sprintf("ZF-170401-%03d", id), TargetID: x, VisitedOn: on, Outcome: o, Participants: who,
		SubmittedAt: reached, ReportedOn: casework.DateOf(reached, shanghai),
	}}
}

// called is a call made at the instant.
func called(id casework.CallID, x casework.TargetID, who casework.StaffID, when time.Time, res casework.CallResult) casework.Fact {
	return casework.CallLogged{Call: casework.Call{
		ID: id, Code: fmt.Sprintf("HF-170401-%03d", id), Way: casework.ByCall, TargetID: x, By: who,
		On: casework.DateOf(when, shanghai), At: when, Result: res,
	}}
}

// digest is the digest of the group on a day of April, from 17:30 of the day
// before to 17:30.
func (l *ledger) digest(g casework.GroupID, day int) casework.Digest {
	l.t.Helper()
	return l.digestSince(g, day-1, day)
}

func (l *ledger) digestSince(g casework.GroupID, from, day int) casework.Digest {
	l.t.Helper()
	var d casework.Digest
	l.view(func(r casework.Records) {
		group, _ := r.Group(g)
		d = casework.DigestOf(r, group, april(day), at(from, 17, 30), at(day, 17, 30))
	})
	return d
}

func visitNumbers(list []casework.Visit) []int {
	var ids []int
	for _, v := range list {
		ids = append(ids, int(v.ID))
	}
	return ids
}

// figures are the numbers of a digest.
type figures struct {
	Members, Out, Households, Again, Enterprises, Organizations, NotMet, Calls, Unanswered, LateCalls int

	Visits, Late []int
}

func figuresOf(d casework.Digest) figures {
	return figures{
		d.Members, d.Out, d.Households, d.Again, d.Enterprises, d.Organizations, d.NotMet, d.Calls, d.Unanswered, d.LateCalls,
		visitNumbers(d.Visits), visitNumbers(d.LateOnes),
	}
}

func TestDigestCountsTheDay(t *testing.T) {
	const met, nobody = casework.Met, casework.VisitOutcome("nobody")
	wed, thu := april(19), april(20)
	for _, tt := range []struct {
		name         string
		facts        []casework.Fact
		first, other figures
	}{
		{"nothing", nil, figures{Members: 3}, figures{Members: 2}},
		{
			"each kind once, whoever went along",
			[]casework.Fact{
				visited(1, home, thu, at(20, 9, 0), met, ann, bob, cai),
				visited(2, firm, thu, at(20, 10, 0), met, ann),
				visited(3, guild, thu, at(20, 11, 0), met, bob),
			},
			figures{Members: 3, Out: 3, Households: 1, Enterprises: 1, Organizations: 1, Visits: []int{3, 2, 1}},
			figures{Members: 2},
		},
		{
			"a household met again, and twice on the day",
			[]casework.Fact{
				visited(1, home, april(3), at(3, 9, 0), met, ann),
				visited(2, home, thu, at(20, 9, 0), met, ann),
				visited(3, home, thu, at(20, 10, 0), met, bob),
			},
			figures{Members: 3, Out: 2, Again: 1, Visits: []int{3, 2}}, figures{Members: 2},
		},
		{
			"a household met for the first time, twice on the day",
			[]casework.Fact{
				visited(1, home, april(3), at(3, 9, 0), nobody, ann),
				visited(2, home, thu, at(20, 9, 0), met, ann),
				visited(3, home, thu, at(20, 10, 0), met, bob),
			},
			figures{Members: 3, Out: 2, Households: 1, Visits: []int{3, 2}}, figures{Members: 2},
		},
		{
			"nobody met",
			[]casework.Fact{visited(1, home, thu, at(20, 9, 0), nobody, ann)},
			figures{Members: 3, Out: 1, NotMet: 1, Visits: []int{1}}, figures{Members: 2},
		},
		{
			"the target's group counts, not the visitor's",
			[]casework.Fact{
				visited(1, far, thu, at(20, 9, 0), met, ann),
				visited(2, home, thu, at(20, 10, 0), met, dou),
				visited(3, firm, wed, at(20, 11, 0), met, eva),
				called(1, guild, eva, at(20, 12, 0), casework.Connected),
			},
			figures{Members: 3, Out: 2, Households: 1, Calls: 1, Visits: []int{2}, Late: []int{3}},
			figures{Members: 2, Out: 1, Households: 1, Visits: []int{1}},
		},
		{
			"without a group the reporter's first counts",
			[]casework.Fact{visited(1, stray, thu, at(20, 9, 0), met, ann), visited(2, stray, thu, at(20, 10, 0), met, dou)},
			figures{Members: 3, Out: 1, Households: 1, Visits: []int{1}},
			figures{Members: 2, Out: 1, Households: 0, Again: 1, Visits: []int{2}},
		},
		{
			"after From, up to and at To",
			[]casework.Fact{
				visited(1, home, wed, at(19, 17, 30), met, ann),
				visited(2, home, wed, at(19, 17, 30).Add(1), met, ann),
				visited(3, home, thu, at(20, 17, 30), met, ann),
				visited(4, home, thu, at(20, 17, 30).Add(1), met, ann),
			},
			figures{Members: 3, Out: 1, Again: 1, Visits: []int{3}, Late: []int{2}}, figures{Members: 2},
		},
		{
			"late arrivals, newest first, change no figure",
			[]casework.Fact{
				visited(1, home, april(2), at(20, 9, 0), met, ann), visited(2, firm, wed, at(20, 10, 0), nobody, bob),
				called(1, home, ann, at(19, 18, 0), casework.Connected), called(2, home, ann, at(19, 19, 0), casework.NoAnswer),
			},
			figures{Members: 3, LateCalls: 2, Late: []int{2, 1}}, figures{Members: 2},
		},
		{
			"a call is no visit",
			[]casework.Fact{
				called(1, home, ann, at(20, 9, 0), casework.Connected), called(2, firm, ann, at(20, 10, 0), casework.NoAnswer),
				called(3, firm, bob, at(20, 11, 0), casework.Busy), called(4, far, ann, at(20, 12, 0), casework.WrongNumber),
				called(5, firm, bob, at(20, 18, 0), casework.Connected),
			},
			figures{Members: 3, Out: 2, Calls: 1, Unanswered: 2}, figures{Members: 2, Out: 1, Unanswered: 1},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, append(twoGroups(), tt.facts...)...)
			if diff := cmp.Diff(tt.first, figuresOf(l.digest(ours, 20))); diff != "" {
				t.Errorf("DigestOf the first group (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(tt.other, figuresOf(l.digest(theirs, 20))); diff != "" {
				t.Errorf("DigestOf the second group (-want +got)\n%s", diff)
			}
		})
	}
}

// However the days are cut, each visit, call and step of a problem is in one
// digest of one group.
func TestEachReportIsInOneDigest(t *testing.T) {
	l := newLedger(t, twoGroups()...)
	people := []casework.StaffID{ann, bob, dou, eva}
	places := []casework.TargetID{home, firm, guild, far}
	problems := 0
	for i := range 60 {
		id := i + 1
		reached := at(14, 8, 0).Add(time.Duration(i) * 97 * time.Minute)
		on := casework.DateOf(reached, shanghai)
		x, who := places[i%4], people[i/4%4]
		l.add(visited(casework.VisitID(id), x, on.AddDays(-(i % 3)), reached, casework.Met, who))
		l.add(called(casework.CallID(id), x, who, reached, casework.Connected))
		if i%5 == 0 {
			problems++
			l.add(casework.ProblemRaised{Problem: casework.Problem{
				ID: casework.ProblemID(id), Code: fmt.Sprintf("WT-2017-%04d", id), VisitID: casework.VisitID(id), TargetID: x,
				OwnerID: who, RaisedOn: on, Family: "life", Status: casework.ProblemDoing,
			}})
		}
	}
	got := map[string]int{}
	for _, g := range []casework.GroupID{ours, theirs} {
		for _, span := range [][2]int{{13, 14}, {14, 17}, {17, 18}, {18, 19}} { // over a week-end
			d := l.digestSince(g, span[0], span[1])
			got["visits"] += len(d.Visits) + len(d.LateOnes)
			got["calls"] += d.Calls + d.Unanswered + d.LateCalls
			got["problems"] += len(d.Raised)
			got["new in families"] += d.Families["life"].New
		}
	}
	want := map[string]int{"visits": 60, "calls": 60, "problems": problems, "new in families": problems}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("in all digests (-want +got)\n%s", diff)
	}
}

func problemCodes(list []casework.Problem) []int {
	var ids []int
	for _, p := range list {
		ids = append(ids, int(p.ID))
	}
	return ids
}

func TestDigestProblems(t *testing.T) {
	l := newLedger(t, append(twoGroups(), casework.ProblemRaised{Problem: casework.Problem{ // its instant is not known
		ID: 17, Code: "WT-2017-0017", TargetID: home, OwnerID: ann, RaisedOn: april(19), Family: "life", Status: casework.ProblemDoing,
	}})...)
	raised := func(id casework.ProblemID, x casework.TargetID, on casework.Date, change func(*casework.Problem)) {
		p := casework.Problem{
			ID: id, Code: fmt.Sprintf("WT-2017-%04d", id), TargetID: x, OwnerID: ann, RaisedOn: on, Family: "life",
			Status: casework.ProblemDoing,
		}
		change(&p)
		l.add(casework.ProblemRaised{Problem: p})
	}
	resolved := func(on casework.Date) func(*casework.Problem) {
		return func(p *casework.Problem) { p.Status, p.ResolvedOn = casework.ProblemResolved, on }
	}
	closed := func(when time.Time) func(*casework.Problem) {
		return func(p *casework.Problem) {
			p.Status, p.ResolvedOn, p.Satisfaction = casework.ProblemClosed, april(10), casework.Satisfied
			p.ClosedOn, p.ClosedAt = casework.DateOf(when, time.UTC), when
		}
	}
	status := func(s casework.ProblemStatus) func(*casework.Problem) {
		return func(p *casework.Problem) { p.Status = s }
	}
	raised(1, home, april(20), status(casework.ProblemDoing))
	raised(2, home, april(20), func(p *casework.Problem) {
		p.Status, p.Disposal, p.Family, p.ResolvedOn = casework.ProblemResolved, casework.OnSpot, "mind", april(20)
	})
	raised(3, home, april(19), func(p *casework.Problem) { p.RaisedAt = at(19, 18, 0) }) // in the evening of the day before
	raised(4, home, april(19), func(p *casework.Problem) { p.RaisedAt = at(19, 12, 0) })
	raised(5, home, april(3), resolved(april(20)))
	raised(6, home, april(3), closed(at(19, 18, 0))) // in the evening of the day before
	raised(7, home, april(3), closed(at(19, 12, 0)))
	raised(8, home, april(3), closed(at(20, 12, 0)))
	raised(9, far, april(20), status(casework.ProblemDoing)) // of the other group
	raised(10, stray, april(20), status(casework.ProblemDoing))
	raised(11, home, april(20), status(casework.ProblemInvalid))
	raised(12, home, april(20), status(casework.ProblemMerged))
	raised(13, firm, april(17), status(casework.ProblemRegistered)) // Monday: three working days are over on Thursday
	raised(14, firm, april(18), status(casework.ProblemRegistered))
	raised(15, firm, april(13), status(casework.ProblemPending))
	raised(16, firm, april(13), status(casework.ProblemEscalated)) // somebody has responded
	d := l.digest(ours, 20)
	type lists struct{ Raised, Resolved, Closed, Respond []int }
	got := lists{problemCodes(d.Raised), problemCodes(d.Resolved), problemCodes(d.Closed), problemCodes(d.Respond)}
	want := lists{[]int{3, 1, 2, 10}, []int{5}, []int{6, 8}, []int{15, 13}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("DigestOf problems (-want +got)\n%s", diff)
	}
	families := map[string]casework.FamilyCount{"life": {New: 3, Closed: 2, Open: 10}, "mind": {New: 1, Open: 1}}
	if diff := cmp.Diff(families, d.Families); diff != "" {
		t.Errorf("DigestOf families (-want +got)\n%s", diff)
	}
	if d.OnSpot != 1 {
		t.Errorf("DigestOf on the spot = %d, want 1", d.OnSpot)
	}
}

func TestDigestNamesSilentMembers(t *testing.T) {
	charge := paired(home, ann, casework.Primary)
	for _, tt := range []struct {
		name  string
		facts []casework.Fact
		want  string
	}{
		{"never anything", []casework.Fact{charge}, "[1 ]"},
		{"nothing to see to", nil, "[]"},
		{"a visit seven days ago and a minute", []casework.Fact{charge, visited(1, home, april(13), at(13, 17, 29), casework.Met, ann)}, "[1 2017-04-13]"},
		{"a visit within seven days", []casework.Fact{charge, visited(1, home, april(13), at(13, 17, 31), casework.Met, ann)}, "[]"},
		{"a visit to another group", []casework.Fact{charge, visited(1, far, april(19), at(19, 9, 0), casework.Met, ann)}, "[]"},
		{"went along", []casework.Fact{charge, visited(1, home, april(19), at(19, 9, 0), casework.Met, bob, ann)}, "[]"},
		{"a call", []casework.Fact{charge, called(1, home, ann, at(19, 9, 0), casework.NoAnswer)}, "[]"},
		{"a call long ago", []casework.Fact{charge, called(1, home, ann, at(1, 9, 0).AddDate(-2, 0, 0), casework.NoAnswer)}, "[1 2015-04-01]"},
		{"a record after the digest", []casework.Fact{charge, called(1, home, ann, at(20, 18, 0), casework.Connected)}, "[1 ]"},
		{"no rights any more", []casework.Fact{charge, casework.StaffSuspended{StaffID: ann}}, "[]"},
		{"on leave", append(handed(1, casework.Leave, ann, cai, april(20), april(20)), charge), "[3 ]"},
		{"the leader, for targets without anybody", bound(bob), "[2 ]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			facts := slices.Concat(twoGroups(), bound(ann), bound(cai), tt.facts)
			l := newLedger(t, facts...)
			out := []string{}
			for _, s := range l.digest(ours, 20).Silent {
				out = append(out, fmt.Sprint(s.Staff.ID, " ", s.LastOn))
			}
			if got := fmt.Sprint(out); got != tt.want {
				t.Errorf("DigestOf silent = %s, want %s", got, tt.want)
			}
		})
	}
}

// nextOn gives the target a contact on the day.
func nextOn(x casework.TargetID, on casework.Date) casework.Fact {
	return casework.ContactBooked{TargetID: x, Contact: casework.Contact{On: on, Way: casework.ByCall, Why: casework.WhyRhythm, Wanted: on}}
}

// Thursday's digest plans Friday, and Friday's the Monday after, by who is in
// charge then.
func TestDigestPlansTheNextWorkingDay(t *testing.T) {
	facts := slices.Concat(twoGroups(), bound(ann), bound(bob), bound(cai), handed(1, casework.Leave, ann, cai, april(24), april(24)))
	facts = append(facts, paired(home, ann, casework.Primary), paired(firm, ann, casework.Primary), paired(guild, bob, casework.Primary), paired(far, dou, casework.Primary))
	facts = append(facts, nextOn(home, april(19)), nextOn(firm, april(24)), nextOn(guild, april(21)), nextOn(far, april(20)))
	l := newLedger(t, facts...)
	for _, tt := range []struct {
		day     int
		next    casework.Date
		plans   string
		overdue string
	}{
		{19, april(20), "[1:1]", "[]"},
		{20, april(21), "[1:1 2:1]", "[JT-0001+1]"},
		{21, april(24), "[2:1 3:2]", "[JT-0001+2]"},
		{22, april(24), "[2:1 3:2]", "[JT-0001+3 ZZ-01+1]"},
	} {
		d := l.digest(ours, tt.day)
		plans, overdue := []string{}, []string{}
		for _, p := range d.Tomorrow {
			plans = append(plans, fmt.Sprintf("%d:%d", p.Staff.ID, p.Count))
		}
		for _, x := range d.Overdue {
			overdue = append(overdue, fmt.Sprintf("%s+%d", x.Target.Code, x.Due.Late))
		}
		if d.Next != tt.next || fmt.Sprint(plans) != tt.plans || fmt.Sprint(overdue) != tt.overdue {
			t.Errorf("DigestOf %d April = %s %s, overdue %s, want %s %s, overdue %s",
				tt.day, d.Next, plans, overdue, tt.next, tt.plans, tt.overdue)
		}
	}
}

// Overdue contacts come as in an agenda: by priority, then by days.
func TestDigestOrdersWhatIsOverdue(t *testing.T) {
	facts := append(twoGroups(), nextOn(home, april(18)), nextOn(firm, april(17)), nextOn(guild, april(19)))
	l := newLedger(t, facts...)
	l.add(casework.ProblemRaised{Problem: casework.Problem{
		ID: 1, TargetID: guild, OwnerID: ann, RaisedOn: april(19), Urgency: casework.Urgent, Status: casework.ProblemDoing,
	}})
	l.add(nextOn(guild, april(19)))
	var got []string
	for _, x := range l.digest(ours, 20).Overdue {
		got = append(got, fmt.Sprintf("%s %d %d problems", x.Target.Code, x.Score, len(x.Problems)))
	}
	want := []string{"ZZ-01 41 1 problems", "QY-001 3 0 problems", "JT-0001 2 0 problems"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("DigestOf overdue (-want +got)\n%s", diff)
	}
}

func TestDigestWeek(t *testing.T) {
	l := newLedger(t, append(twoGroups(),
		visited(1, home, april(13), at(13, 9, 0), casework.Met, ann),
		visited(2, home, april(14), at(14, 9, 0), casework.Met, ann),
		visited(3, firm, april(14), at(20, 9, 0), "nobody", bob),
		visited(4, home, april(20), at(20, 9, 0), casework.Met, ann),
		visited(5, far, april(20), at(20, 10, 0), casework.Met, ann),
		visited(6, home, april(20), at(20, 18, 0), casework.Met, ann),
		called(1, home, ann, at(19, 9, 0), casework.Connected),
		called(2, home, ann, at(19, 10, 0), casework.NoAnswer),
		called(3, home, ann, at(20, 18, 0), casework.Connected),
	)...)
	want := []casework.DayCount{
		{Day: april(14), Visits: 2}, {Day: april(15)}, {Day: april(16)}, {Day: april(17)}, {Day: april(18)},
		{Day: april(19), Calls: 1}, {Day: april(20), Visits: 1},
	}
	if diff := cmp.Diff(want, l.digest(ours, 20).Week); diff != "" {
		t.Errorf("DigestOf week (-want +got)\n%s", diff)
	}
}

package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/dialog"
)

// The people of the problems' campaign, beside ann, who visits, and bob, who leads.
const (
	sue casework.StaffID = iota + 31 // secretary of the first branch
	sid                              // of the second
	off                              // of the office
	ben                              // leads the bureau
	tim                              // trademarks
	vic                              // visits for another group, and belongs to the second branch
	out                              // suspended
)

const (
	firstBranch casework.UnitID = iota + 1
	secondBranch
	town
)

// desks is the small campaign with somebody on every level.
func desks() []casework.Fact {
	facts := append(smallCampaign(),
		casework.UnitImported{Unit: casework.Unit{ID: firstBranch, Kind: casework.Branch, Name: "一支部"}},
		casework.UnitImported{Unit: casework.Unit{ID: secondBranch, Kind: casework.Branch, Name: "二支部"}},
		casework.UnitImported{Unit: casework.Unit{ID: town, Kind: casework.External, Name: "塔山镇"}},
		casework.GroupImported{Group: casework.Group{ID: 2, Code: "G2", LeaderID: vic}},
	)
	person := func(id casework.StaffID, branch casework.UnitID, b casework.Binding, g casework.GroupID, roles ...casework.Role) {
		s := casework.Staff{
			ID: id, Code: fmt.Sprintf("R%03d", id), Name: "某", BranchID: branch, Binding: b, User: casework.UserID(id), Roles: roles,
		}
		if g != 0 {
			s.Groups = []casework.GroupID{g}
		}
		facts = append(facts, casework.StaffImported{Staff: s})
	}
	facts = slices.DeleteFunc(facts, func(f casework.Fact) bool { _, ok := f.(casework.StaffImported); return ok })
	person(ann, firstBranch, casework.Bound, 1, casework.Visitor)
	person(bob, firstBranch, casework.Bound, 1, casework.Visitor, casework.GroupLeader)
	person(sue, firstBranch, casework.Bound, 0, casework.BranchSecretary)
	person(sid, secondBranch, casework.Bound, 0, casework.BranchSecretary)
	person(off, 0, casework.Bound, 0, casework.Office)
	person(ben, 0, casework.Bound, 0, casework.BureauLeader)
	person(tim, 0, casework.Bound, 0, casework.TrademarkOfficer)
	person(vic, secondBranch, casework.Bound, 2, casework.Visitor, casework.GroupLeader)
	person(out, firstBranch, casework.Suspended, 1, casework.Visitor)
	for _, x := range []casework.TargetID{home, firm, guild} {
		facts = append(facts, casework.PairingMade{Pairing: casework.Pairing{TargetID: x, StaffID: ann, Role: casework.Primary}})
	}
	return append(facts, casework.TaskBooksFor{All: false})
}

// counter is where problems are worked on: each step is taken by somebody at noon of
// a day, in one transaction with the others of its batch.
type counter struct {
	*ledger
	todo []func(casework.Records, *casework.Minter) []casework.Event
}

func newCounter(t testing.TB) *counter {
	t.Helper()
	return &counter{ledger: newLedger(t, desks()...)}
}

func (c *counter) Turn(v dialog.View, _ dialog.Session, in dialog.Input) dialog.Outcome {
	do := c.todo[0]
	c.todo = c.todo[1:]
	return dialog.Outcome{Events: do(v, casework.NewMinter(in.N))}
}

func (c *counter) Sorry(_ dialog.View, _ dialog.Session, in dialog.Input) dialog.Outcome {
	c.t.Errorf("input %s was refused by the store", in.Cause)
	return dialog.Outcome{}
}

// take lets the store take what is to be done.
func (c *counter) take(todo ...func(casework.Records, *casework.Minter) []casework.Event) {
	c.t.Helper()
	var batch []dialog.Input
	for range todo {
		c.n++
		batch = append(batch, dialog.Input{Cause: fmt.Sprint("step:", c.n), Reached: midday(today)})
	}
	c.todo = todo
	if _, err := c.store.Apply(batch, c); err != nil {
		c.t.Fatal(err)
	}
}

func midday(d casework.Date) time.Time { return d.In(time.UTC).Add(12 * time.Hour) }

func moment(d casework.Date) casework.Moment { return casework.Moment{Today: d, At: midday(d)} }

// done are the facts as events of the person, at noon of the day.
func done(who casework.StaffID, day casework.Date, facts []casework.Fact) []casework.Event {
	var events []casework.Event
	for _, f := range facts {
		events = append(events, casework.Event{By: who, HappenedOn: day, ReachedAt: midday(day), Cause: "done", Fact: f})
	}
	return events
}

// did appends facts of the day.
func (c *counter) did(who casework.StaffID, day casework.Date, facts ...casework.Fact) {
	c.t.Helper()
	c.take(func(casework.Records, *casework.Minter) []casework.Event { return done(who, day, facts) })
}

// step lets the person take the step on the day, and returns why not.
func (c *counter) step(who casework.StaffID, day casework.Date, m casework.ProblemMoved) casework.Refusal {
	c.t.Helper()
	var why casework.Refusal
	c.take(func(r casework.Records, ids *casework.Minter) []casework.Event {
		s, _ := r.Staff(who)
		facts, refusal := casework.MoveProblem(r, s, m, moment(day), ids)
		why = refusal
		return done(who, day, facts)
	})
	return why
}

// open puts problem 1 of the home on the list, in a state and at a level.
func (c *counter) open(status casework.ProblemStatus, level casework.Level, change func(*casework.Problem)) {
	c.t.Helper()
	p := casework.Problem{
		ID: 1, Code: "WT-2017-0001", Source: casework.FromVisit, TargetID: home, Family: "life", Category: "medical",
		Description: "看病报销太慢", Urgency: casework.Normal, Level: level, OwnerID: ann, Status: status,
		Disposal: casework.InProgress, RaisedOn: april(3), DueOn: april(25),
	}
	if status == casework.ProblemEscalated {
		p.Escalation = &casework.Escalation{From: level, To: map[casework.Level]casework.Level{casework.LevelGroup: casework.LevelBranch, casework.LevelBranch: casework.LevelBureau}[level], By: ann, Why: "needs_fund", RespondBy: april(22), DueOn: april(25)}
	}
	change(&p)
	c.did(ann, april(3), casework.ProblemRaised{Problem: p})
}

func same(*casework.Problem) {}

// route is the state, level, owner and day due of a problem, as one line.
func route(p casework.Problem) string {
	return fmt.Sprintf("%s %s %d %s", p.Status, p.Level, p.OwnerID, p.DueOn)
}

const words = "已经和村里商量过了，下周动工"

// Each row of the table, with what follows from it.
func TestMoveProblem(t *testing.T) {
	const (
		group  = casework.LevelGroup
		branch = casework.LevelBranch
		bureau = casework.LevelBureau
	)
	for _, tt := range []struct {
		name   string
		status casework.ProblemStatus
		level  casework.Level
		change func(*casework.Problem)
		who    casework.StaffID
		m      casework.ProblemMoved
		want   string
	}{
		{"triage", casework.ProblemRegistered, group, same, bob, casework.ProblemMoved{Act: casework.Triage, OwnerID: bob}, "pending group 2 2017-04-25"},
		{"accept", casework.ProblemPending, group, same, ann, casework.ProblemMoved{Act: casework.Accept}, "doing group 1 2017-04-25"},
		{"first progress", casework.ProblemPending, group, same, ann, casework.ProblemMoved{Act: casework.Progress, Text: words}, "doing group 1 2017-04-25"},
		{"progress", casework.ProblemDoing, group, same, ann, casework.ProblemMoved{Act: casework.Progress, Text: words}, "doing group 1 2017-04-25"},
		{"to the branch", casework.ProblemDoing, group, same, ann, casework.ProblemMoved{Act: casework.Escalate, Level: branch, Why: "needs_fund", Text: words}, "escalated group 1 2017-04-25"},
		{"to the bureau by a day", casework.ProblemPending, branch, same, sue, casework.ProblemMoved{Act: casework.Escalate, Level: bureau, Why: "cross_dept", Text: words, Until: april(21)}, "escalated branch 1 2017-04-21"},
		{"beyond", casework.ProblemDoing, bureau, same, off, casework.ProblemMoved{Act: casework.Escalate, Level: casework.LevelExternal, Why: "common", Text: words}, "escalated bureau 1 2017-04-25"},
		{"taken up", casework.ProblemEscalated, group, same, sue, casework.ProblemMoved{Act: casework.TakeUp, Text: words}, "doing branch 31 2017-05-05"},
		{"taken up by the bureau's leader", casework.ProblemEscalated, branch, same, ben, casework.ProblemMoved{Act: casework.TakeUp, Text: words}, "doing bureau 34 2017-05-20"},
		{"answered", casework.ProblemEscalated, group, same, sue, casework.ProblemMoved{Act: casework.Answer, Text: words}, "doing group 1 2017-04-27"},
		{"sent back", casework.ProblemEscalated, branch, same, off, casework.ProblemMoved{Act: casework.SendBack, Text: words}, "pending branch 1 2017-04-27"},
		{"given to the town", casework.ProblemDoing, group, same, off, casework.ProblemMoved{Act: casework.MoveOut, UnitID: town}, "transferred group 1 2017-04-25"},
		{"the town answers", casework.ProblemTransferred, group, same, ann, casework.ProblemMoved{Act: casework.Receipt, Text: words}, "doing group 1 2017-04-25"},
		{"the town has solved it", casework.ProblemTransferred, group, same, ann, casework.ProblemMoved{Act: casework.Resolve, Why: "solved", Text: words}, "resolved group 1 2017-04-25"},
		{"put off", casework.ProblemDoing, group, same, bob, casework.ProblemMoved{Act: casework.PutOff, Text: words, Told: true, Until: april(30)}, "on_hold group 1 2017-04-25"},
		{"resumed", casework.ProblemOnHold, group, same, bob, casework.ProblemMoved{Act: casework.Resume}, "doing group 1 2017-04-25"},
		{"resolved", casework.ProblemDoing, group, same, ann, casework.ProblemMoved{Act: casework.Resolve, Why: "solved", Text: words}, "resolved group 1 2017-04-25"},
		{"resolved with a proof", casework.ProblemEscalated, branch, func(p *casework.Problem) { p.Disposal = casework.OnSpot }, ann, casework.ProblemMoved{Act: casework.Resolve, Why: "planned", Told: true, Text: words, Files: []casework.Attachment{{FileID: "a"}}}, "resolved branch 1 2017-04-25"},
		{"not reached", casework.ProblemResolved, group, func(p *casework.Problem) { p.Unreached = 3 }, off, casework.ProblemMoved{Act: casework.StrikeUnreached}, "closed group 1 2017-04-25"},
		{"void", casework.ProblemResolved, group, same, off, casework.ProblemMoved{Act: casework.Invalidate, Text: words}, "invalid group 1 2017-04-25"},
		{"reopened", casework.ProblemClosed, group, func(p *casework.Problem) { p.ClosedOn = april(10) }, bob, casework.ProblemMoved{Act: casework.Reopen, Text: words}, "doing group 1 2017-04-27"},
		{"time is asked for", casework.ProblemDoing, group, same, ann, casework.ProblemMoved{Act: casework.AskTime, Text: words, Until: april(30)}, "doing group 1 2017-04-25"},
		{"time is granted unasked", casework.ProblemPending, group, same, bob, casework.ProblemMoved{Act: casework.GrantTime, Text: words, Until: april(30)}, "pending group 1 2017-04-30"},
		{"handed on", casework.ProblemDoing, group, same, bob, casework.ProblemMoved{Act: casework.Hand, OwnerID: bob}, "doing group 2 2017-04-25"},
		{"marked urgent", casework.ProblemPending, group, same, bob, casework.ProblemMoved{Act: casework.Mark, Urgency: casework.Emergency}, "pending group 1 2017-04-03"},
		{"a word", casework.ProblemClosed, group, same, bob, casework.ProblemMoved{Act: casework.Comment, Text: "辛苦了"}, "closed group 1 2017-04-25"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newCounter(t)
			c.open(tt.status, tt.level, tt.change)
			before := c.problem(1)
			tt.m.ProblemID = 1
			if why := c.step(tt.who, today, tt.m); why != "" {
				t.Fatalf("MoveProblem(%s) = %q, want it done", tt.m.Act, why)
			}
			after := c.problem(1)
			if got := route(after); got != tt.want {
				t.Errorf("the problem is %s, want %s", got, tt.want)
			}
			last := after.History[len(after.History)-1]
			if last.By != tt.who || last.On != today || last.From != before.Status || last.To != after.Status || last.Act != tt.m.Act {
				t.Errorf("the last step is %+v", last)
			}
			quiet := slices.Contains([]casework.ProblemAct{casework.Comment, casework.Mark, casework.AskTime}, tt.m.Act)
			if moved := after.MovedOn == today; moved == quiet {
				t.Errorf("last moved on %v after %s", after.MovedOn, tt.m.Act)
			}
		})
	}
}

// Each refusal, by what is missing.
func TestMoveProblemRefuses(t *testing.T) {
	m := func(act casework.ProblemAct, change func(*casework.ProblemMoved)) casework.ProblemMoved {
		m := casework.ProblemMoved{ProblemID: 1, Act: act, Text: words}
		change(&m)
		return m
	}
	nothing := func(*casework.ProblemMoved) {}
	up := func(l casework.Level, why string, until casework.Date) func(*casework.ProblemMoved) {
		return func(m *casework.ProblemMoved) { m.Level, m.Why, m.Until = l, why, until }
	}
	for _, tt := range []struct {
		name   string
		status casework.ProblemStatus
		change func(*casework.Problem)
		who    casework.StaffID
		m      casework.ProblemMoved
		want   casework.Refusal
	}{
		{"no such problem", casework.ProblemDoing, same, ann, m(casework.Progress, func(m *casework.ProblemMoved) { m.ProblemID = 9 }), casework.NotFound},
		{"no such act", casework.ProblemDoing, same, ann, m("dance", nothing), casework.NotNow},
		{"another state", casework.ProblemRegistered, same, ann, m(casework.Accept, nothing), casework.NotNow},
		{"another's", casework.ProblemDoing, same, bob, m(casework.Progress, nothing), casework.NotYours},
		{"only a call asks back", casework.ProblemResolved, same, ann, m(casework.AskBack, nothing), casework.NotYours},
		{"who follows does not solve", casework.ProblemDoing, func(p *casework.Problem) { p.Followers = []casework.StaffID{bob} }, bob, m(casework.Resolve, func(m *casework.ProblemMoved) { m.Why = "solved" }), casework.NotYours},
		{"an owner without rights", casework.ProblemRegistered, same, bob, m(casework.Triage, func(m *casework.ProblemMoved) { m.OwnerID = out }), casework.NeedsOwner},
		{"no owner", casework.ProblemRegistered, same, bob, m(casework.Triage, nothing), casework.NeedsOwner},
		{"the same owner", casework.ProblemDoing, same, bob, m(casework.Hand, func(m *casework.ProblemMoved) { m.OwnerID = ann }), casework.NoChange},
		{"too few words", casework.ProblemDoing, same, ann, m(casework.Progress, func(m *casework.ProblemMoved) { m.Text = " 快了。 " }), casework.NeedsText},
		{"too many words", casework.ProblemDoing, same, ann, m(casework.Comment, func(m *casework.ProblemMoved) { m.Text = strings.Repeat("好", 301) }), casework.NeedsText},
		{"a telephone number", casework.ProblemDoing, same, ann, m(casework.Progress, func(m *casework.ProblemMoved) { m.Text = "请打 13812345678 找他" }), casework.NeedsText},
		{"no reason to pass it up", casework.ProblemDoing, same, ann, m(casework.Escalate, up(casework.LevelBranch, "bored", casework.Date{})), casework.NeedsWhy},
		{"two levels at once", casework.ProblemDoing, same, off, m(casework.Escalate, up(casework.LevelBureau, "common", casework.Date{})), casework.OneLevel},
		{"no level", casework.ProblemDoing, same, ann, m(casework.Escalate, up("", "common", casework.Date{})), casework.OneLevel},
		{"an emergency skips with the right alone", casework.ProblemDoing, func(p *casework.Problem) { p.Urgency = casework.Emergency }, ann, m(casework.Escalate, up(casework.LevelBureau, "emergency", casework.Date{})), casework.NotYours},
		{"an answer by yesterday", casework.ProblemDoing, same, ann, m(casework.Escalate, up(casework.LevelBranch, "common", april(19))), casework.NeedsDay},
		{"an answer next year", casework.ProblemDoing, same, ann, m(casework.Escalate, up(casework.LevelBranch, "common", april(20).AddDays(61))), casework.NeedsDay},
		{"from the top", casework.ProblemDoing, func(p *casework.Problem) { p.Level = casework.LevelDistrict }, off, m(casework.Escalate, nothing), casework.OneLevel},
		{"no such body", casework.ProblemDoing, same, off, m(casework.MoveOut, func(m *casework.ProblemMoved) { m.UnitID = firstBranch }), casework.NeedsUnit},
		{"put off untold", casework.ProblemDoing, same, bob, m(casework.PutOff, func(m *casework.ProblemMoved) { m.Until = april(30) }), casework.NeedsTelling},
		{"put off for too long", casework.ProblemDoing, same, bob, m(casework.PutOff, func(m *casework.ProblemMoved) { m.Told, m.Until = true, april(20).AddDays(181) }), casework.NeedsDay},
		{"no way of solving", casework.ProblemDoing, same, ann, m(casework.Resolve, nothing), casework.NeedsWhy},
		{"explained to nobody", casework.ProblemDoing, same, ann, m(casework.Resolve, func(m *casework.ProblemMoved) { m.Why = "explained" }), casework.NeedsTelling},
		{"no proof", casework.ProblemDoing, func(p *casework.Problem) { p.Level, p.Disposal = casework.LevelBranch, casework.OnSpot }, ann, m(casework.Resolve, func(m *casework.ProblemMoved) { m.Why = "solved" }), casework.NeedsProof},
		{"no task book", casework.ProblemDoing, func(p *casework.Problem) { p.Level = casework.LevelBranch }, ann, m(casework.Resolve, func(m *casework.ProblemMoved) { m.Why = "solved" }), casework.BookMissing},
		{"called twice", casework.ProblemResolved, func(p *casework.Problem) { p.Unreached = 2 }, off, m(casework.StrikeUnreached, nothing), casework.TooFew},
		{"nothing to join it to", casework.ProblemDoing, same, bob, m(casework.Merge, nothing), casework.NeedsOther},
		{"struck off long ago", casework.ProblemClosed, func(p *casework.Problem) { p.ClosedOn = april(19).AddDays(-90) }, bob, m(casework.Reopen, nothing), casework.TooLate},
		{"moved twice", casework.ProblemDoing, func(p *casework.Problem) { p.Extensions = 2 }, bob, m(casework.GrantTime, func(m *casework.ProblemMoved) { m.Until = april(30) }), casework.TooOften},
		{"no later day", casework.ProblemDoing, same, ann, m(casework.AskTime, func(m *casework.ProblemMoved) { m.Until = april(25) }), casework.NeedsDay},
		{"time for oneself", casework.ProblemDoing, func(p *casework.Problem) { p.OwnerID = bob }, bob, m(casework.GrantTime, func(m *casework.ProblemMoved) { m.Until = april(30) }), casework.OwnAsking},
		{"nobody asked for time", casework.ProblemDoing, same, bob, m(casework.RefuseTime, nothing), casework.NotNow},
		{"marked as it is", casework.ProblemPending, same, bob, m(casework.Mark, func(m *casework.ProblemMoved) { m.Category = "medical" }), casework.NoChange},
		{"marked as nothing known", casework.ProblemPending, same, bob, m(casework.Mark, func(m *casework.ProblemMoved) { m.Category = "weather" }), casework.NeedsWhy},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newCounter(t)
			c.open(tt.status, casework.LevelGroup, tt.change)
			before := c.problem(1)
			if got := c.step(tt.who, today, tt.m); got != tt.want {
				t.Errorf("MoveProblem(%s) = %q, want %q", tt.m.Act, got, tt.want)
			}
			if diff := cmp.Diff(before, c.problem(1)); diff != "" {
				t.Errorf("a refused step changes the problem (-want +got)\n%s", diff)
			}
		})
	}
}

package casework_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"zoufang/casework"
)

// laws is the campaign's own table of problems' steps: from which states, the act, by
// whom, and to which states. Where people are named by what they are to a problem,
// see [stands].
var laws = []struct{ from, act, by, to string }{
	{"registered", "triage", "leader secretary office", "pending"},
	{"pending", "accept", "owner", "doing"},
	{"pending doing", "progress", "owner", "doing"},
	{"pending doing", "escalate branch", "owning_visitor leader secretary office", "escalated"},
	{"pending doing", "escalate bureau", "secretary office trademarks", "escalated"},
	{"pending doing", "escalate district", "office", "escalated"},
	{"pending doing", "escalate external", "office", "escalated"},
	{"escalated", "take_up branch", "secretary office", "doing"},
	{"escalated", "answer branch", "secretary office", "doing"},
	{"escalated", "return branch", "secretary office", "pending"},
	{"escalated", "take_up above", "office bureau", "doing"},
	{"escalated", "answer above", "office bureau", "doing"},
	{"escalated", "return above", "office bureau", "pending"},
	{"pending doing", "transfer", "office", "transferred"},
	{"transferred", "receipt", "owner follower", "doing"},
	{"doing", "hold", "leader secretary office", "on_hold"},
	{"on_hold", "resume", "leader secretary office", "doing"},
	{"doing escalated", "resolve", "owner", "resolved"},
	{"transferred", "resolve", "owner follower", "resolved"},
	{"resolved", "unreached", "office", "closed"},
	{"registered pending doing escalated transferred on_hold resolved", "merge", "leader secretary office", "merged"},
	{"registered pending doing escalated transferred on_hold resolved", "invalid", "office", "invalid"},
	{"closed", "reopen", "leader secretary office", "doing"},
	{"pending doing", "ask_time", "owner", "same"},
	{"pending doing", "extend", "leader secretary office", "same"},
	{"pending doing", "refuse_time", "leader secretary office", "same"},
	{"pending doing escalated transferred on_hold", "assign", "leader secretary office", "same"},
	{"registered pending", "mark", "leader secretary office", "same"},
	{"registered pending doing escalated transferred on_hold resolved closed", "comment", "seer", "same"},
}

// stands are what the person is to the problem.
func stands(r casework.Records, who casework.StaffID, p casework.Problem) []string {
	var is []string
	add := func(name string, holds bool) {
		if holds {
			is = append(is, name)
		}
	}
	s, _ := r.Staff(who)
	x, _ := r.Target(p.TargetID)
	add("owner", p.OwnerID == who)
	add("owning_visitor", p.OwnerID == who && s.Has(casework.Visitor))
	add("follower", slices.Contains(p.Followers, who))
	add("leader", who == bob && x.GroupID == 1)
	add("secretary", who == sue || who == sid && (p.UnitID == secondBranch || p.OwnerID == sid))
	// Where an outside body has the problem, whoever follows it is at work on it.
	add("secretary", who == sid && p.Status == casework.ProblemTransferred && slices.Contains(p.Followers, sid))
	add("office", who == off)
	add("bureau", who == ben)
	add("trademarks", who == tim && (x.Kind == casework.EnterpriseKind || p.OwnerID == tim))
	add("seer", casework.May(r, s, casework.SeeProblem, casework.Subject{Target: x, Problem: p, Today: today}))
	if who == out {
		return nil
	}
	return is
}

// lawful is where the law takes the problem; false if it does not allow the step.
func lawful(r casework.Records, who casework.StaffID, p casework.Problem, m casework.ProblemMoved) (casework.ProblemStatus, int, bool) {
	act := string(m.Act)
	switch m.Act {
	case casework.Escalate:
		act += " " + string(m.Level)
	case casework.TakeUp, casework.Answer, casework.SendBack:
		if p.Escalation == nil {
			return "", 0, false
		}
		if p.Escalation.To == casework.LevelBranch {
			act += " branch"
		} else {
			act += " above"
		}
	default:
	}
	is := stands(r, who, p)
	for i, law := range laws {
		by := slices.ContainsFunc(strings.Fields(law.by), func(b string) bool { return slices.Contains(is, b) })
		if law.act != act || !by || !slices.Contains(strings.Fields(law.from), string(p.Status)) {
			continue
		}
		if law.to == "same" {
			return p.Status, i, true
		}
		return casework.ProblemStatus(law.to), i, true
	}
	return "", 0, false
}

// chancer draws people, acts and fields from a seed.
type chancer struct {
	*rand.Rand
	day casework.Date
}

func pick[T any](c chancer, list ...T) T { return list[c.IntN(len(list))] }

// anything is a step of whatever act, that may be as it should be.
func (c chancer) anything(p casework.Problem) casework.ProblemMoved {
	m := c.right(casework.ProblemMoved{ProblemID: p.ID, Act: pick(c, casework.ProblemActs()...)}, p)
	m.Level = pick(c, "", casework.LevelGroup, casework.LevelBranch, casework.LevelBureau, casework.LevelDistrict, casework.LevelExternal)
	m.OwnerID = pick(c, 0, ann, bob, sid, ben, out, 99)
	m.Into = casework.ProblemID(c.IntN(8))
	return c.spoilt(m)
}

// spoilt is the step with one field that may be wrong.
func (c chancer) spoilt(m casework.ProblemMoved) casework.ProblemMoved {
	switch c.IntN(8) {
	case 0:
		m.Text = pick(c, "", "好", strings.Repeat("长", 600), "电话 13812345678")
	case 1:
		m.Why, m.Category = pick(c, "", "planned", "nonsense"), "nonsense"
	case 2:
		m.Until = c.day.AddDays(c.IntN(400) - 100)
	case 3:
		m.Told = false
	case 4:
		m.Files = nil
	case 5:
		m.UnitID, m.OwnerID = firstBranch, out
	case 6:
		m.Level = pick(c, casework.LevelGroup, casework.LevelDistrict)
	default:
	}
	return m
}

// right is the step with fields that are as they should be.
func (c chancer) right(m casework.ProblemMoved, p casework.Problem) casework.ProblemMoved {
	m.Text, m.Told, m.UnitID = words, true, town
	m.Files = []casework.Attachment{{Kind: casework.Photo, FileID: "f"}}
	m.Why = pick(c, "solved", "explained", "withdrawn")
	switch m.Act {
	case casework.Escalate:
		m.Why, m.Until = pick(c, "needs_fund", "cross_dept"), pick(c, casework.Date{}, c.day, c.day.AddDays(10))
	case casework.PutOff:
		m.Until = c.day.AddDays(1 + c.IntN(20))
	case casework.AskTime, casework.GrantTime:
		m.Until = c.day.AddDays(1)
		if !p.DueOn.Before(m.Until) {
			m.Until = p.DueOn.AddDays(1)
		}
	case casework.Mark:
		m.Category = pick(c, "road_bridge", "financing")
		if m.Category == p.Category {
			m.Category = "water"
		}
	default:
	}
	return m
}

// offered is a step that the program itself offers the person; false if it offers none.
func (c chancer) offered(r casework.Records, who casework.Staff, p casework.Problem) (casework.ProblemMoved, bool) {
	acts := casework.OfferedSteps(r, who, p, c.day)
	if len(acts) == 0 {
		return casework.ProblemMoved{}, false
	}
	act := pick(c, acts...)
	// What ends a problem for good is tried less often than it is offered.
	for (act == casework.Invalidate || act == casework.Merge) && c.IntN(10) > 0 {
		act = pick(c, acts...)
	}
	m := c.right(casework.ProblemMoved{ProblemID: p.ID, Act: act}, p)
	switch m.Act {
	case casework.Escalate:
		m.Level = pick(c, casework.Above(r, who, p, c.day)...)
	case casework.Triage, casework.Hand:
		others := slices.DeleteFunc(casework.Owners(r, p, c.day), func(s casework.Staff) bool {
			return m.Act == casework.Hand && s.ID == p.OwnerID
		})
		m.OwnerID = pick(c, others...).ID
	case casework.Merge:
		others := slices.DeleteFunc(r.ProblemsOfTarget(p.TargetID), func(o casework.Problem) bool { return o.ID == p.ID || !o.Status.Open() })
		m.Into = pick(c, others...).ID
	default:
	}
	// A new day due cannot lie further ahead than it may.
	if last := c.day.AddDays(60); (act == casework.AskTime || act == casework.GrantTime) && m.Until.After(last) {
		return m, false
	}
	return m, true
}

// refusals are all that can be said.
func refusals() []casework.Refusal {
	return []casework.Refusal{
		casework.NotFound, casework.NotNow, casework.NotYours, casework.NeedsOwner, casework.NeedsText, casework.NeedsWhy,
		casework.NeedsDay, casework.NeedsUnit, casework.NeedsTelling, casework.NeedsProof, casework.NeedsOther,
		casework.OneLevel, casework.BookOpen, casework.BookMissing, casework.TooOften, casework.TooLate, casework.TooFew,
		casework.NoChange, casework.OwnAsking,
	}
}

// inPlay is about how many problems are worked on at a time.
const inPlay = 12

// trial is one long series of steps by chance.
type trial struct {
	t       *testing.T
	c       chancer
	reached map[int]int // steps by law
	next    casework.ProblemID
}

// step lets somebody try something, and compares what comes of it with the law.
func (tr *trial) step(r casework.Records, ids *casework.Minter) []casework.Event {
	last := max(0, int(tr.next)-inPlay)
	p, ok := r.Problem(casework.ProblemID(last + 1 + tr.c.IntN(inPlay)))
	if !ok || p.Status == casework.ProblemInvalid || p.Status == casework.ProblemMerged {
		return done(ann, tr.c.day, []casework.Fact{tr.raise()})
	}
	if p.Status == casework.ProblemResolved && tr.c.IntN(2) == 0 {
		return tr.call(r, p, ids)
	}
	who, _ := r.Staff(pick(tr.c, p.OwnerID, p.OwnerID, ann, bob, sue, sid, off, off, ben, tim, vic, out))
	m, offered := tr.c.offered(r, who, p)
	switch tr.c.IntN(4) {
	case 0:
		m, offered = tr.c.anything(p), false
	case 1:
		m, offered = tr.c.spoilt(m), false
	default:
	}
	m.ProblemID = cmp.Or(m.ProblemID, 99)
	facts, why := casework.MoveProblem(r, who, m, moment(tr.c.day), ids)
	to, law, legal := lawful(r, who.ID, p, m)
	switch {
	case why == "" && !legal:
		tr.t.Errorf("person %d may take %s of %+v, against the law", who.ID, m.Act, p)
	case why != "" && offered:
		tr.t.Errorf("person %d is offered %s of %+v, and refused %+v as %q", who.ID, m.Act, p, m, why)
	case why != "" && (len(facts) > 0 || !slices.Contains(refusals(), why)):
		tr.t.Errorf("refused as %q, with %d facts", why, len(facts))
	case why != "":
		return nil
	}
	tr.reached[law]++
	if got, ok := facts[0].(casework.ProblemMoved); !ok || got.To != to || got.From != p.Status {
		tr.t.Errorf("%s of a problem that is %s makes %+v, want it %s", m.Act, p.Status, facts[0], to)
	}
	return done(who.ID, tr.c.day, facts)
}

// raise puts one more problem on the list.
func (tr *trial) raise() casework.Fact {
	tr.next++
	level := pick(tr.c, casework.LevelGroup, casework.LevelGroup, casework.LevelBranch)
	places := []casework.TargetID{home, firm, guild, 101, 102, 103}
	return casework.ProblemRaised{Problem: casework.Problem{
		ID: tr.next, Code: fmt.Sprintf("WT-2017-%04d", tr.next), TargetID: places[int(tr.next)%len(places)], OwnerID: pick(tr.c, ann, bob, sid),
		Family: "life", Category: "medical", Urgency: pick(tr.c, casework.Normal, casework.Normal, casework.Emergency),
		Level: level, Status: casework.ProblemRegistered, Disposal: casework.OnSpot, RaisedOn: tr.c.day, DueOn: tr.c.day.AddDays(7),
	}}
}

// call asks the people about a problem that is said to be solved.
func (tr *trial) call(r casework.Records, p casework.Problem, ids *casework.Minter) []casework.Event {
	x, _ := r.Target(p.TargetID)
	result := pick(tr.c, casework.Connected, casework.NoAnswer, casework.NoAnswer, casework.NoAnswer)
	facts := casework.LogCall(r, casework.CallReport{
		Call:   casework.Call{ID: casework.CallID(ids.Next()), By: ann, Problem: p.ID, Result: result, Satisfaction: pick(tr.c, casework.Satisfied, casework.NotSatisfied)},
		Target: x, At: midday(tr.c.day), Today: tr.c.day,
	}, ids)
	return done(ann, tr.c.day, facts)
}

// However people try, no step is taken against the law, what is offered is never
// refused, and every step of the law is taken by somebody.
func TestProblemsKeepTheLaw(t *testing.T) {
	tr := trial{t: t, c: chancer{rand.New(rand.NewPCG(4, 2017)), today}, reached: map[int]int{}}
	c := newCounter(t)
	for _, id := range []casework.TargetID{101, 102, 103} {
		c.did(off, today, casework.PairingMade{Pairing: casework.Pairing{TargetID: id, StaffID: ann, Role: casework.Primary}}, casework.TargetImported{Target: casework.Target{
			ID: id, Kind: casework.EnterpriseKind, Code: fmt.Sprintf("QY-%03d", id), GroupID: 1, Enterprise: &casework.Enterprise{Name: "某厂"},
		}})
	}
	const batches, batch = 32, 80
	for range batches {
		tr.c.day = tr.c.day.AddDays(tr.c.IntN(3))
		todo := make([]func(casework.Records, *casework.Minter) []casework.Event, batch)
		for i := range todo {
			todo[i] = tr.step
		}
		c.take(todo...)
		if t.Failed() {
			return
		}
	}
	for i, law := range laws {
		if tr.reached[i] == 0 {
			t.Errorf("nobody came to %s: %s by %s", law.from, law.act, law.by)
		}
	}
}

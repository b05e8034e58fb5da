package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// owned is an open problem of the person at the target.
func owned(id casework.ProblemID, x casework.TargetID, who casework.StaffID, s casework.ProblemStatus) casework.Fact {
	return casework.ProblemRaised{Problem: casework.Problem{ID: id, TargetID: x, OwnerID: who, Status: s, RaisedOn: april(10)}}
}

// handoverCase is the small campaign with accounts for five people, of whom ann
// has two targets of her own, one that she helps with, and three problems.
func handoverCase() []casework.Fact {
	return append(team(), casework.PairingEnded{TargetID: guild, StaffID: dou},
		paired(guild, bob, casework.Primary), paired(guild, ann, casework.Assist), paired(firm, ann, casework.Primary),
		owned(1, home, ann, casework.ProblemDoing), owned(2, firm, ann, casework.ProblemResolved),
		owned(3, home, ann, casework.ProblemClosed), owned(4, home, bob, casework.ProblemDoing),
	)
}

// propose is a handover on its way: of ann's, unless it is changed.
func propose(kind casework.HandoverKind, taker casework.StaffID, change func(*casework.Handover)) casework.Handover {
	h := casework.Handover{
		ID: 7, Kind: kind, Giver: ann, Taker: taker, By: ann, From: april(20), Until: april(24),
		State: casework.Proposed, ProposedAt: at(20, 8, 0),
	}
	change(&h)
	return h
}

func asItIs(*casework.Handover) {}

// ties are who is tied to each target, and who owns each problem.
func (l *ledger) ties() string {
	l.t.Helper()
	var out []string
	l.view(func(r casework.Records) {
		for x := range r.AllTargets() {
			var people []string
			for _, p := range r.PairingsOfTarget(x.ID) {
				people = append(people, fmt.Sprint(p.StaffID, string(p.Role[0])))
			}
			slices.Sort(people)
			out = append(out, x.Code+"="+strings.Join(people, "+"))
		}
		for p := range r.AllProblems() {
			out = append(out, fmt.Sprint("#", p.ID, "=", p.OwnerID))
		}
	})
	return strings.Join(out, " ")
}

// accept has the taker agree to h, and returns it as it is then.
func (l *ledger) accept(h casework.Handover) casework.Handover {
	l.t.Helper()
	l.add(casework.HandoverProposed{Handover: h})
	l.do(func(r casework.Records, _ *casework.Minter) []casework.Fact {
		return casework.AcceptHandover(r, h, at(20, 9, 0), april(20))
	})
	return l.handover(h.ID)
}

func (l *ledger) handover(id casework.HandoverID) casework.Handover {
	l.t.Helper()
	var h casework.Handover
	l.view(func(r casework.Records) { h, _ = r.Handover(id) })
	return h
}

const handoverBefore = "JT-0001=1p QY-001=1p+4a ZZ-01=1a+2p #1=1 #2=1 #3=1 #4=2"

func TestAcceptHandover(t *testing.T) {
	named := func(h *casework.Handover) { h.TargetIDs = []casework.TargetID{home, 99} }
	for _, tt := range []struct {
		name  string
		h     casework.Handover
		want  string
		moved string
	}{
		{"a leave changes nothing", propose(casework.Leave, cai, asItIs), handoverBefore, "[1 2 3] [primary primary assist] [1 2]"},
		{
			"a departure moves everything", propose(casework.Departure, cai, asItIs),
			"JT-0001=3p QY-001=3p+4a ZZ-01=2p+3a #1=3 #2=3 #3=1 #4=2", "[1 2 3] [primary primary assist] [1 2]",
		},
		{
			"a transfer moves what is named, with the problems there", propose(casework.Transfer, cai, named),
			"JT-0001=3p QY-001=1p+4a ZZ-01=1a+2p #1=3 #2=1 #3=1 #4=2", "[1] [primary] [1]",
		},
		{
			"a problem can be named alone",
			propose(casework.Transfer, cai, func(h *casework.Handover) { h.ProblemIDs = []casework.ProblemID{2, 4} }),
			"JT-0001=1p QY-001=1p+4a ZZ-01=1a+2p #1=1 #2=3 #3=1 #4=2", "[] [] [2]",
		},
		{
			"who helped becomes responsible", propose(casework.Departure, dou, asItIs),
			"JT-0001=4p QY-001=4p ZZ-01=2p+4a #1=4 #2=4 #3=1 #4=2", "[1 2 3] [primary primary assist] [1 2]",
		},
		{
			"who is responsible stays so", propose(casework.Departure, bob, asItIs),
			"JT-0001=2p QY-001=2p+4a ZZ-01=2p #1=2 #2=2 #3=1 #4=2", "[1 2 3] [primary primary assist] [1 2]",
		},
		{
			"what was answered is not answered again",
			propose(casework.Departure, cai, func(h *casework.Handover) { h.State = casework.Declined }), handoverBefore, "[] [] []",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, handoverCase()...)
			if got := l.ties(); got != handoverBefore {
				t.Fatalf("before: %s, want %s", got, handoverBefore)
			}
			h := l.accept(tt.h)
			if got := l.ties(); got != tt.want {
				t.Errorf("AcceptHandover makes %s, want %s", got, tt.want)
			}
			if got := fmt.Sprint(h.TargetIDs, h.Roles, h.ProblemIDs); got != tt.moved {
				t.Errorf("AcceptHandover moves %s, want %s", got, tt.moved)
			}
		})
	}
}

func TestAcceptHandoverSaysWhy(t *testing.T) {
	l := newLedger(t, handoverCase()...)
	l.accept(propose(casework.Departure, cai, asItIs))
	want := casework.Pairing{TargetID: home, StaffID: cai, Role: casework.Primary, From: april(20), Reason: "离岗交接"}
	l.view(func(r casework.Records) {
		if diff := cmp.Diff([]casework.Pairing{want}, r.PairingsOfTarget(home)); diff != "" {
			t.Errorf("AcceptHandover (-want +got)\n%s", diff)
		}
		if got := casework.HoldingsOf(r, ann); !got.Empty() {
			t.Errorf("HoldingsOf the giver = %v, want nothing", got)
		}
	})
}

func TestUndoHandover(t *testing.T) {
	none := func(*ledger) {}
	for _, tt := range []struct {
		name  string
		kind  casework.HandoverKind
		taker casework.StaffID
		since func(*ledger) // what happens before it is undone
		after time.Duration
		want  string
		state casework.HandoverState
	}{
		{"a departure", casework.Departure, cai, none, casework.UndoFor, handoverBefore, casework.Undone},
		{
			"too late", casework.Departure, cai, none, casework.UndoFor + 1,
			"JT-0001=3p QY-001=3p+4a ZZ-01=2p+3a #1=3 #2=3 #3=1 #4=2", casework.Accepted,
		},
		{"a leave", casework.Leave, cai, none, time.Hour, handoverBefore, casework.Undone},
		{"who had helped before helps again", casework.Departure, dou, none, time.Hour, handoverBefore, casework.Undone},
		{"who was responsible before still is", casework.Departure, bob, none, time.Hour, handoverBefore, casework.Undone},
		{
			"what changed hands since stays", casework.Departure, cai,
			func(l *ledger) {
				l.add(paired(home, eva, casework.Primary), casework.ProblemAssigned{ProblemID: 1, OwnerID: eva})
			},
			time.Hour, "JT-0001=5p QY-001=1p+4a ZZ-01=1a+2p #1=5 #2=1 #3=1 #4=2", casework.Undone,
		},
		{
			"a role that changed hands since stays", casework.Departure, cai,
			func(l *ledger) { l.add(paired(home, cai, casework.Assist), paired(home, eva, casework.Primary)) },
			time.Hour, "JT-0001=3a+5p QY-001=1p+4a ZZ-01=1a+2p #1=1 #2=1 #3=1 #4=2", casework.Undone,
		},
		{
			"a problem closed since stays", casework.Departure, cai,
			func(l *ledger) {
				l.add(casework.ProblemMoved{ProblemID: 2, From: casework.ProblemResolved, To: casework.ProblemClosed})
			},
			time.Hour, "JT-0001=1p QY-001=1p+4a ZZ-01=1a+2p #1=1 #2=3 #3=1 #4=2", casework.Undone,
		},
		{
			"nobody gets work back who is suspended", casework.Departure, cai,
			func(l *ledger) { l.add(casework.StaffSuspended{StaffID: ann}) },
			time.Hour, "JT-0001=3p QY-001=3p+4a ZZ-01=2p+3a #1=3 #2=3 #3=1 #4=2", casework.Accepted,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, handoverCase()...)
			h := l.accept(propose(tt.kind, tt.taker, asItIs))
			tt.since(l)
			for range 2 { // the second time there is nothing to undo
				l.do(func(r casework.Records, _ *casework.Minter) []casework.Fact {
					h, _ := r.Handover(h.ID)
					return casework.UndoHandover(r, h, h.AcceptedAt.Add(tt.after), april(20))
				})
				if got := l.ties(); got != tt.want {
					t.Errorf("UndoHandover makes %s, want %s", got, tt.want)
				}
			}
			if got := l.handover(h.ID).State; got != tt.state {
				t.Errorf("UndoHandover leaves it %s, want %s", got, tt.state)
			}
		})
	}
}

func TestCheckHandover(t *testing.T) {
	days := func(from, until casework.Date) func(*casework.Handover) {
		return func(h *casework.Handover) { h.From, h.Until = from, until }
	}
	to := func(id casework.HandoverID, giver, taker casework.StaffID, from, until int) []casework.Fact {
		return handed(id, casework.Leave, giver, taker, april(from), april(until))
	}
	proposed := to(1, ann, dou, 24, 30)[:1]
	named := func(h *casework.Handover) { h.TargetIDs = []casework.TargetID{home} }
	for _, tt := range []struct {
		name  string
		facts []casework.Fact
		h     casework.Handover
		want  casework.HandoverRefusal
	}{
		{"leave", nil, propose(casework.Leave, cai, asItIs), ""},
		{"transfer", nil, propose(casework.Transfer, cai, named), ""},
		{"departure", nil, propose(casework.Departure, cai, asItIs), ""},
		{"to oneself", nil, propose(casework.Departure, ann, asItIs), casework.SamePerson},
		{"to nobody", nil, propose(casework.Departure, 99, asItIs), casework.TakerNotBound},
		{"to somebody suspended", []casework.Fact{casework.StaffSuspended{StaffID: cai}}, propose(casework.Leave, cai, asItIs), casework.TakerNotBound},
		{"for no days", nil, propose(casework.Leave, cai, days(casework.Date{}, casework.Date{})), casework.WrongDates},
		{"without an end", nil, propose(casework.Leave, cai, days(april(20), casework.Date{})), casework.WrongDates},
		{"ends before it begins", nil, propose(casework.Leave, cai, days(april(22), april(21))), casework.WrongDates},
		{"over", nil, propose(casework.Leave, cai, days(april(18), april(19))), casework.WrongDates},
		{"for today", nil, propose(casework.Leave, cai, days(april(19), april(20))), ""},
		{"the taker goes on the last day", to(1, cai, dou, 24, 30), propose(casework.Leave, cai, asItIs), casework.TakerOnLeave},
		{"the taker goes the day after", to(1, cai, dou, 25, 30), propose(casework.Leave, cai, asItIs), ""},
		{"the taker is away today", to(1, cai, dou, 20, 20), propose(casework.Departure, cai, asItIs), casework.TakerOnLeave},
		{"the taker was away yesterday", to(1, cai, dou, 18, 19), propose(casework.Departure, cai, asItIs), ""},
		{"the taker stands in for another", to(1, eva, cai, 20, 30), propose(casework.Leave, cai, asItIs), ""},
		{"another leave of the same days", to(1, ann, dou, 18, 20), propose(casework.Leave, cai, asItIs), casework.LeaveOverlaps},
		{"another leave asked for", proposed, propose(casework.Leave, cai, asItIs), casework.LeaveOverlaps},
		{
			"another leave refused",
			append(slices.Clone(proposed), casework.HandoverMoved{HandoverID: 1, To: casework.Declined}), propose(casework.Leave, cai, asItIs), "",
		},
		{"another leave before", to(1, ann, dou, 18, 19), propose(casework.Leave, cai, asItIs), ""},
		{"the same asked again", proposed, propose(casework.Leave, dou, func(h *casework.Handover) { h.ID = 1 }), ""},
		{"nothing named", nil, propose(casework.Transfer, cai, asItIs), casework.NothingToMove},
		{"another's target", []casework.Fact{paired(home, bob, casework.Primary)}, propose(casework.Transfer, cai, func(h *casework.Handover) {
			h.Giver, h.TargetIDs = eva, []casework.TargetID{home}
		}), casework.NothingToMove},
		{"nothing left", nil, propose(casework.Departure, cai, func(h *casework.Handover) { h.Giver = eva }), casework.NothingToMove},
		{"a leave without anything", nil, propose(casework.Leave, cai, func(h *casework.Handover) { h.Giver = eva }), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, append(handoverCase(), tt.facts...)...)
			l.view(func(r casework.Records) {
				if got := casework.CheckHandover(r, tt.h, april(20)); got != tt.want {
					t.Errorf("CheckHandover = %q, want %q", got, tt.want)
				}
			})
		})
	}
}

func TestMaySuspend(t *testing.T) {
	standsIn := handed(1, casework.Leave, ann, eva, april(20), april(21))
	for _, tt := range []struct {
		name  string
		facts []casework.Fact
		who   casework.StaffID
		want  bool
	}{
		{"nothing left", nil, eva, true},
		{"targets and problems", nil, ann, false},
		{"one target to help with", nil, dou, false},
		{"a problem that waits for its call-back", []casework.Fact{owned(9, home, eva, casework.ProblemResolved)}, eva, false},
		{"a closed problem", []casework.Fact{owned(9, home, eva, casework.ProblemClosed)}, eva, true},
		{"stands in for somebody", standsIn, eva, false},
		{"is asked to", standsIn[:1], eva, false},
		{"stood in", append(slices.Clone(standsIn), casework.HandoverMoved{HandoverID: 1, To: casework.Returned}), eva, true},
		{"has a stand-in", handed(1, casework.Leave, eva, ann, april(20), april(21)), eva, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, append(handoverCase(), tt.facts...)...)
			l.view(func(r casework.Records) {
				if got := casework.MaySuspend(r, tt.who); got != tt.want {
					t.Errorf("MaySuspend = %v, want %v", got, tt.want)
				}
			})
		})
	}
}

func TestLeavesOver(t *testing.T) {
	l := newLedger(t, slices.Concat(handoverCase(),
		handed(1, casework.Leave, ann, cai, april(10), april(19)),
		handed(2, casework.Leave, bob, cai, april(10), april(20)),
		handed(3, casework.Departure, dou, cai, april(10), april(11)),
		handed(4, casework.Leave, eva, cai, april(10), april(12))[:1],
		handed(5, casework.Leave, eva, cai, april(1), april(2)), []casework.Fact{casework.HandoverMoved{HandoverID: 5, To: casework.Returned}},
	)...)
	for _, tt := range []struct {
		day  int
		want string
	}{{19, "[]"}, {20, "[1]"}, {21, "[1 2]"}} {
		l.view(func(r casework.Records) {
			ids := []casework.HandoverID{}
			for _, h := range casework.LeavesOver(r, april(tt.day)) {
				ids = append(ids, h.ID)
			}
			if got := fmt.Sprint(ids); got != tt.want {
				t.Errorf("LeavesOver %d April = %s, want %s", tt.day, got, tt.want)
			}
		})
	}
}

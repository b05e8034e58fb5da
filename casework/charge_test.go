package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

const (
	cai casework.StaffID = 3
	dou casework.StaffID = 4
	eva casework.StaffID = 5
)

// team is the small campaign with five people, led by bob: home is ann's,
// firm is cai's, guild is nobody's, and dou assists with the last two.
func team() []casework.Fact {
	facts := smallCampaign()
	for i, name := range []string{"安", "博", "才", "丹", "娃"} {
		id := casework.StaffID(i + 1)
		facts = append(facts, casework.StaffImported{Staff: casework.Staff{
			ID: id, Code: fmt.Sprintf("R%03d", id), Name: name, Groups: []casework.GroupID{1}, Binding: casework.Bound, User: casework.UserID(id),
		}})
	}
	return append(facts, paired(home, ann, casework.Primary), paired(firm, cai, casework.Primary), paired(firm, dou, casework.Assist), paired(guild, dou, casework.Assist))
}

func paired(x casework.TargetID, who casework.StaffID, role casework.PairingRole) casework.Fact {
	return casework.PairingMade{Pairing: casework.Pairing{TargetID: x, StaffID: who, Role: role}}
}

// handed is a handover of a kind, agreed by both.
func handed(id casework.HandoverID, kind casework.HandoverKind, giver, taker casework.StaffID, from, until casework.Date) []casework.Fact {
	return []casework.Fact{
		casework.HandoverProposed{Handover: casework.Handover{
			ID: id, Kind: kind, Giver: giver, Taker: taker, By: giver, From: from, Until: until,
			State: casework.Proposed, ProposedAt: today.In(time.UTC),
		}},
		casework.HandoverMoved{HandoverID: id, To: casework.Accepted},
	}
}

// codes are those of the targets, in order.
func codes(list []casework.Target) string {
	var out []string
	for _, x := range list {
		out = append(out, x.Code)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestInCharge(t *testing.T) {
	leave := func(id casework.HandoverID, giver, taker casework.StaffID) []casework.Fact {
		return handed(id, casework.Leave, giver, taker, april(10), april(14))
	}
	for _, tt := range []struct {
		why   string
		facts []casework.Fact
		day   casework.Date
		want  [3]casework.StaffID // of home, firm and guild
	}{
		{"paired, or the leader's", nil, april(10), [3]casework.StaffID{ann, cai, bob}},
		{"the day before a leave", leave(1, ann, dou), april(9), [3]casework.StaffID{ann, cai, bob}},
		{"its first day", leave(1, ann, dou), april(10), [3]casework.StaffID{dou, cai, bob}},
		{"its last day", leave(1, ann, dou), april(14), [3]casework.StaffID{dou, cai, bob}},
		{"the day after", leave(1, ann, dou), april(15), [3]casework.StaffID{ann, cai, bob}},
		{"a leave not agreed", leave(1, ann, dou)[:1], april(10), [3]casework.StaffID{ann, cai, bob}},
		{"a leave that is over", append(leave(1, ann, dou), casework.HandoverMoved{HandoverID: 1, To: casework.Returned}), april(10),
			[3]casework.StaffID{ann, cai, bob}},
		{"the leader's leave", leave(1, bob, eva), april(10), [3]casework.StaffID{ann, cai, eva}},
		{"the newest word counts", append(leave(1, ann, dou), leave(2, ann, eva)...), april(10), [3]casework.StaffID{eva, cai, bob}},
		{"the stand-in is on leave", append(leave(1, ann, cai), leave(2, cai, eva)...), april(10), [3]casework.StaffID{eva, eva, bob}},
		{"three hand on", slices.Concat(leave(1, ann, cai), leave(2, cai, dou), leave(3, dou, eva)), april(10), [3]casework.StaffID{eva, eva, bob}},
		{"four are too many", slices.Concat(leave(1, ann, cai), leave(2, cai, dou), leave(3, dou, eva), leave(4, eva, bob)), april(10),
			[3]casework.StaffID{eva, bob, bob}},
		{"they stand in for each other", append(leave(1, ann, cai), leave(2, cai, ann)...), april(10), [3]casework.StaffID{cai, ann, bob}},
		{"three in a circle", slices.Concat(leave(1, ann, cai), leave(2, cai, dou), leave(3, dou, ann)), april(10),
			[3]casework.StaffID{dou, ann, bob}},
		{"a transfer is no leave", handed(1, casework.Transfer, ann, dou, april(1), noDay), april(10), [3]casework.StaffID{ann, cai, bob}},
		{"the stand-in is suspended", append(leave(1, ann, dou), casework.StaffSuspended{StaffID: dou}), april(10), [3]casework.StaffID{ann, cai, bob}},
		{"the stand-in is restored", append(leave(1, ann, dou), casework.StaffSuspended{StaffID: dou}, casework.StaffRestored{StaffID: dou}), april(10),
			[3]casework.StaffID{dou, cai, bob}},
		{"who is suspended has no charge", []casework.Fact{casework.StaffSuspended{StaffID: ann}}, april(10), [3]casework.StaffID{bob, cai, bob}},
		{"nor has a leader", []casework.Fact{casework.StaffSuspended{StaffID: bob}}, april(10), [3]casework.StaffID{ann, cai, 0}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			l := newLedger(t, team()...)
			l.add(tt.facts...)
			l.view(func(r casework.Records) {
				charged := map[casework.StaffID][]casework.Target{}
				for i, want := range tt.want {
					x, _ := r.Target(casework.TargetID(i + 1))
					if got := casework.InCharge(r, x, tt.day); got != want {
						t.Errorf("InCharge(%s) = %d, want %d", x.Code, got, want)
					}
					charged[want] = append(charged[want], x)
				}
				for who := ann; who <= eva; who++ {
					if got, want := codes(casework.Charges(r, who, tt.day)), codes(charged[who]); got != want {
						t.Errorf("Charges(%d) = %q, want %q", who, got, want)
					}
				}
			})
		})
	}
}

// Somebody who agreed to stand in, and has left for good since, acts for nobody;
// who came back later and agrees anew does.
func TestActingAfterDeparture(t *testing.T) {
	l := newLedger(t, team()...)
	acting := func(day casework.Date) (who casework.StaffID, away bool) {
		l.view(func(r casework.Records) {
			who, away = casework.Acting(r, ann, day), casework.OnLeave(r, ann, day)
		})
		return who, away
	}
	moved := func(at time.Time, facts []casework.Fact) {
		l.n++
		in := dialog.Input{Cause: fmt.Sprint("step:", l.n), Reached: at}
		decided := func(casework.Records, *casework.Minter) []casework.Fact { return facts }
		if _, err := l.store.Apply([]dialog.Input{in}, &steps{t: t, list: []step{decided}}); err != nil {
			t.Fatal(err)
		}
	}
	noon := today.In(time.UTC).Add(12 * time.Hour)
	moved(noon, handed(1, casework.Leave, ann, dou, april(20), april(28)))
	// Neither handing on a target nor taking over from somebody is leaving.
	moved(noon.Add(time.Hour), handed(4, casework.Transfer, dou, eva, april(20), noDay))
	moved(noon.Add(time.Hour), handed(5, casework.Departure, eva, dou, april(20), noDay))
	moved(noon.Add(time.Hour), handed(2, casework.Departure, dou, eva, april(25), noDay))
	for _, tt := range []struct {
		day  casework.Date
		want casework.StaffID
	}{{april(19), ann}, {april(20), dou}, {april(24), dou}, {april(25), ann}, {april(28), ann}} {
		if who, away := acting(tt.day); who != tt.want || away != (tt.want != ann) {
			t.Errorf("on %v: Acting = %d, OnLeave %v, want %d", tt.day, who, away, tt.want)
		}
	}
	moved(noon.Add(48*time.Hour), handed(3, casework.Leave, ann, dou, april(26), april(28)))
	if who, _ := acting(april(27)); who != dou {
		t.Errorf("agreed anew: Acting = %d, want %d", who, dou)
	}
}

// What is off the roster is nobody's charge.
func TestChargesAreInUse(t *testing.T) {
	l := newLedger(t, team()...)
	x := l.target(home)
	x.Status = casework.Removed
	l.add(casework.TargetImported{Target: x})
	l.view(func(r casework.Records) {
		if got := codes(casework.Charges(r, ann, today)); got != "" {
			t.Errorf("Charges = %q, want none", got)
		}
	})
}

// A leader's own target in the group led is one charge.
func TestChargesOfLeader(t *testing.T) {
	l := newLedger(t, append(team(), paired(home, bob, casework.Primary))...)
	l.view(func(r casework.Records) {
		if got, want := codes(casework.Charges(r, bob, today)), "JT-0001 ZZ-01"; got != want {
			t.Errorf("Charges = %q, want %q", got, want)
		}
	})
}

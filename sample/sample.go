// Package sample makes a synthetic campaign from a seed number: the demo shows
// it, the tests count it, the benchmarks enlarge it.
//
// The campaign is a ledger of [casework.Event], complete from the opening to
// the evening before [Set.Today]. It is made as the bot makes it: every visit
// is filled in on a [form.Sheet], and [casework.ReportVisit] says what follows
// from it; problems, task books, trademarks and policies then go their way by the
// rules of casework, each step at an hour of its own. With zero [Options] its
// figures are those of the campaign that was reported in 2017.
//
// The same options make the same bytes, on every machine. No person, firm or
// number in it is real: names are drawn from common surnames and characters,
// telephone numbers have a prefix that no operator was given, and the codes of
// firms have a right check character over an invented body.
package sample

import (
	"fmt"
	"time"

	"zoufang/casework"
)

// The accounts of the demo's people.
const (
	MemberUser    casework.UserID = 1001 // bound to [Set.Member]
	PartnerUser   casework.UserID = 1002 // bound to [Set.Partner]
	LeaderUser    casework.UserID = 2001 // bound to [Set.Leader]
	OfficeUser    casework.UserID = 3001 // bound to [Set.Office]
	SecretaryUser casework.UserID = 4001 // bound to [Set.Secretary]
	OfficerUser   casework.UserID = 5001 // bound to [Set.Officer]
	DirectorUser  casework.UserID = 6001 // bound to the bureau's leader, who approves
	StrangerUser  casework.UserID = 9001 // on no roster
)

// Options say how large the campaign is. A zero field is the figure of the
// campaign reported, or what fits it.
type Options struct {
	Seed          uint64
	Households    int // 164
	Enterprises   int // 10
	Organizations int // 16; each has a village, community or park of its own
	Staff         int // 170, all of them party members who went out
	Groups        int // 6
	Rounds        int // 5, the last still open; at most 27
	Visits        int // 600; a target is visited once a day at most
	Problems      int // 35; at most one visit in three yields any
}

// Set is a campaign, whole in memory.
type Set struct {
	// Events is the ledger in its order, with Seq still to be set. The events
	// with one Cause are what one input made.
	Events []casework.Event
	// Inputs is the highest number given to a [casework.Minter]: who goes on
	// with this ledger gives higher ones.
	Inputs uint64
	Today  casework.Date // the day on which the demo begins
	Start  time.Time     // nine in the morning of that day

	// Member has a dozen targets of all kinds: some overdue, some visited a
	// few days ago, one with an open problem. Partner is in the same group, and
	// Leader leads it. Secretary is that of Member's branch; Officer looks after the
	// trademarks. Something waits for each of them on Today.
	Member, Partner, Leader, Secretary, Office, Officer casework.StaffID
}

// Make makes the campaign. An error says which option does not fit the others.
func Make(o Options) (Set, error) {
	c, err := newCampaign(o)
	if err != nil {
		return Set{}, err
	}
	var s Set
	err = c.each(func(e casework.Event) error {
		s.Events = append(s.Events, e)
		return nil
	})
	if err != nil {
		return Set{}, err
	}
	s.Inputs = c.inputs
	s.Today, s.Start = today, clock(today, 9*60)
	s.Member, s.Partner, s.Leader = c.member().ID, c.partner().ID, c.leader().ID
	s.Secretary, s.Office, s.Officer = c.ownSecretary().ID, c.office().ID, c.officer().ID
	return s, nil
}

// Each makes the events of the same campaign one after another, for ledgers
// too long to hold. It stops with the first error of yield and returns it.
func (o Options) Each(yield func(casework.Event) error) error {
	c, err := newCampaign(o)
	if err != nil {
		return err
	}
	return c.each(yield)
}

// withDefaults fills in the figures of the campaign reported.
func (o Options) withDefaults() Options {
	for _, f := range []struct {
		field *int
		zero  int
	}{
		{&o.Households, 164}, {&o.Enterprises, 10}, {&o.Organizations, 16}, {&o.Staff, 170},
		{&o.Groups, 6}, {&o.Rounds, 5}, {&o.Visits, 600}, {&o.Problems, 35},
	} {
		if *f.field == 0 {
			*f.field = f.zero
		}
	}
	return o
}

// check says what cannot be made, days being those on which visits can be.
func (o Options) check(days int) error {
	targets := o.Households + o.Enterprises + o.Organizations
	for _, rule := range []struct {
		broken bool
		why    string
	}{
		{min(o.Households, o.Enterprises, o.Organizations, o.Groups, o.Problems) < 1, "every figure must be positive"},
		{o.Staff < o.Groups*3+len(desks)+len(branches), fmt.Sprintf("%d staff are too few for %d groups", o.Staff, o.Groups)},
		{o.Households < o.Groups, fmt.Sprintf("%d groups are too many for %d households", o.Groups, o.Households)},
		{o.Visits < targets, fmt.Sprintf("%d visits leave some of %d targets unvisited", o.Visits, targets)},
		{o.Visits > targets*days, fmt.Sprintf("%d targets can be visited %d times, not %d", targets, targets*days, o.Visits)},
		{o.Staff > o.Visits, fmt.Sprintf("%d visits leave some of %d staff at home", o.Visits, o.Staff)},
		{o.Problems > o.Visits/3, fmt.Sprintf("%d problems are too many for %d visits", o.Problems, o.Visits)},
	} {
		if rule.broken {
			return fmt.Errorf("sample: %s", rule.why)
		}
	}
	return nil
}

package sample

import (
	"slices"
	"time"

	"zoufang/casework"
)

// pin fixes what the demo needs of one of its member's targets.
type pin struct {
	kind   casework.Kind
	care   casework.CareLevel
	month  time.Month // of the last visit
	day    int
	missed bool // at the last visit
	issue  bool // a problem was raised then, and is open
	assist bool // the member helps; somebody else is responsible
	fresh  bool // a problem was raised then that nobody has taken up
}

// pins are the targets of the demo's member. With the day of the last visit
// goes the day on which the next contact is due, seen from 6 September.
var pins = []pin{
	{kind: casework.HouseholdKind, care: casework.Watch, month: time.August, day: 28, issue: true},               // in five days
	{kind: casework.HouseholdKind, care: casework.Key, month: time.July, day: 20},                                // five weeks late, not seen this round
	{kind: casework.HouseholdKind, care: casework.Key, month: time.August, day: 31},                              // in eight days
	{kind: casework.HouseholdKind, care: casework.Key, month: time.August, day: 23},                              // on the day
	{kind: casework.HouseholdKind, care: casework.Watch, month: time.August, day: 25},                            // in eighteen days
	{kind: casework.HouseholdKind, care: casework.Watch, month: time.July, day: 27},                              // eleven days late
	{kind: casework.HouseholdKind, care: casework.General, month: time.March, day: 9},                            // a day late
	{kind: casework.HouseholdKind, care: casework.General, month: time.March, day: 10},                           // on the day
	{kind: casework.HouseholdKind, care: casework.General, month: time.June, day: 8},                             // in December
	{kind: casework.HouseholdKind, care: casework.General, month: time.September, day: 4, missed: true},          // as agreed
	{kind: casework.HouseholdKind, care: casework.Key, month: time.September, day: 5, assist: true, fresh: true}, // in two weeks
	{kind: casework.HouseholdKind, care: casework.General, month: time.July, day: 12, assist: true},              // next year
	{kind: casework.EnterpriseKind, care: casework.General, month: time.August, day: 22},                         // in two weeks
	{kind: casework.OrganizationKind, care: casework.General, month: time.June, day: 9},                          // the day after
}

func (p pin) last() casework.Date { return casework.Date{Year: 2017, Month: p.month, Day: p.day} }

// pinDemo gives the pins to targets of the first group, and every other
// household the profile that goes with its care.
func (c *campaign) pinDemo() {
	left := slices.Clone(pins)
	for i := range c.places {
		x := &c.places[i]
		k := slices.IndexFunc(left, func(p pin) bool { return p.kind == x.Kind })
		if x.team == 0 && k >= 0 {
			p := left[k]
			x.pinned = &p
			x.CareLevel = p.care
			left = slices.Delete(left, k, k+1)
		}
		if x.Household != nil {
			c.careFor(&x.Target, x.CareLevel)
		}
	}
}

// reports reports whether the person may report visits to all of the group's
// targets.
func (p person) reports() bool {
	return p.Has(casework.Visitor) || p.Has(casework.BureauLeader)
}

// pair gives every target one person of its group who is responsible, and
// everybody who can report a target at least to help with. The trademark
// officers help with the firms.
func (c *campaign) pair() {
	var officers []int
	for i, p := range c.people {
		if p.Has(casework.TrademarkOfficer) {
			officers = append(officers, i)
		}
	}
	next := make([]int, len(c.teams)) // whose turn it is
	ours := make([][]int, len(c.teams))
	for i := range c.places {
		x := &c.places[i]
		ours[x.team] = append(ours[x.team], i)
		if x.pinned != nil && !x.pinned.assist {
			x.primary = c.memberIndex()
			continue
		}
		x.primary = c.turn(x.team, &next[x.team])
		if x.pinned != nil {
			x.assists = append(x.assists, c.memberIndex())
		}
	}
	for i, x := range c.places {
		if x.Kind == casework.EnterpriseKind {
			c.places[i].assists = append(c.places[i].assists, officers[i%len(officers)])
		}
	}
	c.pairRest(ours, next)
	for i := range c.places {
		c.enterPairings(&c.places[i])
	}
}

// turn is the next person of the team who can be responsible for a target. The
// demo's member has enough to do.
func (c *campaign) turn(team int, next *int) int {
	for {
		i := c.teams[team].members[*next%len(c.teams[team].members)]
		*next++
		if c.people[i].reports() && i != c.memberIndex() {
			return i
		}
	}
}

// pairRest lets those help who got no target of their own.
func (c *campaign) pairRest(ours [][]int, next []int) {
	for k, t := range c.teams {
		for n := next[k]; n < len(t.members); n++ {
			i := t.members[n]
			if i == c.memberIndex() || !c.people[i].reports() {
				continue
			}
			x := &c.places[one(c.rng, ours[k])]
			x.assists = append(x.assists, i)
		}
	}
}

func (c *campaign) enterPairings(x *place) {
	from := opened.AddDays(4)
	c.input()
	c.enter(casework.PairingMade{Pairing: casework.Pairing{
		TargetID: x.ID, StaffID: c.people[x.primary].ID, Role: casework.Primary, From: from,
	}})
	for _, i := range x.assists {
		c.enter(casework.PairingMade{Pairing: casework.Pairing{
			TargetID: x.ID, StaffID: c.people[i].ID, Role: casework.Assist, From: from,
		}})
	}
}

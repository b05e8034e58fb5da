package sample

import (
	"fmt"
	"math/rand/v2"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// campaign is everything but the visits' contents: who there is, who is
// visited, and when.
type campaign struct {
	o      Options
	rng    *rand.Rand
	inputs uint64 // numbers given to minters so far
	phones int    // telephone numbers given so far

	forms    []form.Definition
	rounds   []casework.Round
	days     []casework.Date // on which people go out
	roster   []entry
	people   []person
	areas    []casework.Area // the villages and communities, and the park last
	branches []casework.UnitID
	teams    []team
	places   []place

	plan       []outing
	rings      []ring
	raised     map[int][]int // the issues that come up, by the outing's place in plan
	roundInput uint64        // the input that opens the first round
	visitInput uint64        // the input that reports the first outing
	backInput  uint64        // the input that logs the first call-back
	callInput  uint64        // the input that logs the first call
}

// entry is a fact with the number of the input that made it.
type entry struct {
	input uint64
	by    casework.StaffID
	at    time.Time // zero: with the import of the roster
	fact  casework.Fact
}

// person is a member of staff.
type person struct {
	casework.Staff
	team int
}

// team is a working group.
type team struct {
	casework.Group
	members []int // in people
}

// place is a target with the people tied to it.
type place struct {
	casework.Target
	input   uint64
	team    int
	primary int // in people
	assists []int
	pinned  *pin
}

func newCampaign(o Options) (*campaign, error) {
	o = o.withDefaults()
	rounds, err := makeRounds(o.Rounds)
	if err != nil {
		return nil, err
	}
	days := visitDays(rounds)
	if err := o.check(len(days)); err != nil {
		return nil, err
	}
	forms, err := form.Defaults()
	if err != nil {
		return nil, fmt.Errorf("sample: %w", err)
	}
	c := &campaign{o: o, rng: rngFor(o.Seed, rosterStream), forms: forms, rounds: rounds, days: days}
	c.open()
	c.addUnits()
	c.addTeams(c.addAreas())
	c.addPeople()
	c.addHouseholds()
	c.addEnterprises()
	c.addOrganizations()
	c.pinDemo()
	for _, x := range c.places {
		c.roster = append(c.roster, entry{input: x.input, fact: casework.TargetImported{Target: x.Target}})
	}
	c.pair()
	c.bind()
	if err := c.makePlan(); err != nil {
		return nil, err
	}
	c.addLater()
	return c, nil
}

// input begins a new input and returns its minter.
func (c *campaign) input() *casework.Minter {
	c.inputs++
	return casework.NewMinter(c.inputs)
}

// enter puts a fact on the roster, as made by the input in hand.
func (c *campaign) enter(f casework.Fact) {
	c.roster = append(c.roster, entry{input: c.inputs, fact: f})
}

// open starts the campaign and publishes its forms.
func (c *campaign) open() {
	c.input()
	end := casework.Date{Year: 2017, Month: time.September, Day: 30}
	c.enter(casework.CampaignOpened{Campaign: casework.Campaign{
		Name: "“百千万”集中走访", Year: 2017, StartOn: opened, EndOn: end, MustResolveBy: end,
		Status: casework.CampaignActive, Params: casework.DefaultParams(),
	}})
	for _, f := range c.forms {
		c.enter(casework.FormPublished{Form: f})
	}
	c.roundInput = c.inputs + 1
	for i := range c.rounds {
		c.rounds[i].ID = casework.RoundID(c.input().Next())
	}
}

// form is the definition that visits to targets of that kind are filled in on.
func (c *campaign) form(k casework.Kind) *form.Definition {
	for i := range c.forms {
		if c.forms[i].ID == string(k) {
			return &c.forms[i]
		}
	}
	return nil
}

// each yields the ledger: the roster, and then the rounds, visits, calls and what
// came of them, as they came in.
func (c *campaign) each(yield func(casework.Event) error) error {
	if err := c.eachRoster(yield); err != nil {
		return err
	}
	b, err := newBooks(c)
	if err != nil {
		return err
	}
	d := newDesk(c, b, yield)
	for i, r := range c.rounds {
		at := clock(r.StartOn, 8*60+30)
		if err := c.eachCall(d, at); err != nil {
			return err
		}
		e := casework.Event{
			HappenedOn: r.StartOn, ReachedAt: at, Cause: cause(c.roundInput + uint64(i)), Fact: casework.RoundOpened{Round: r},
		}
		if err := d.note(e); err != nil {
			return err
		}
		if i+1 == len(c.rounds) {
			if err := d.planRound(e, r); err != nil {
				return err
			}
		}
		until := today
		if i+1 < len(c.rounds) {
			until = c.rounds[i+1].StartOn
		}
		if err := c.eachVisit(d, until); err != nil {
			return err
		}
	}
	return c.eachCall(d, clock(today, 0))
}

func cause(input uint64) string { return fmt.Sprintf("sample:%d", input) }

// The streams of random numbers. Each visit has its own from visitStream on,
// so that it does not depend on how the others are made.
const (
	rosterStream = 1
	planStream   = 2
	crewStream   = 3
	callStream   = 4
	deskStream   = 5
	visitStream  = 1 << 32 // plus the visit's place in the plan
	habitStream  = 2 << 32 // plus the place, times 16, plus the item's number
)

func rngFor(seed, stream uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, stream)) }

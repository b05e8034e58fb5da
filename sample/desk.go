package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"zoufang/casework"
)

// desk is the work between the visits: what becomes of problems, task books,
// trademarks and the like. What is done comes from the rules of casework, and each
// deed is an input of its own.
type desk struct {
	c      *campaign
	b      *books
	out    func(casework.Event) error
	agenda []job // by time
	rng    *rand.Rand

	now   casework.Moment  // of the job in hand
	ids   *casework.Minter // of the input in hand
	input uint64           // its number
	asked int              // call-backs about what was solved on the spot

	visits int // at which somebody was met, so far

	cast        casting
	secretaries map[casework.UnitID]casework.StaffID
	outside     map[string]casework.UnitID // by name
}

// job is something to be done at a time.
type job struct {
	at time.Time
	do func() error
}

func newDesk(c *campaign, b *books, out func(casework.Event) error) *desk {
	d := &desk{
		c: c, b: b, out: out, rng: rngFor(c.o.Seed, deskStream),
		secretaries: map[casework.UnitID]casework.StaffID{}, outside: map[string]casework.UnitID{},
	}
	for i, u := range c.branches {
		d.secretaries[u] = c.secretary(i).ID
	}
	for _, u := range b.Units() {
		if u.Kind == casework.External {
			d.outside[u.Name] = u.ID
		}
	}
	d.planFirms()
	d.planPolicies()
	d.planThemes()
	d.planOffice()
	return d
}

// later puts a job on the agenda, after those of the same time.
func (d *desk) later(at time.Time, do func() error) {
	i, _ := slices.BinarySearchFunc(d.agenda, at, func(j job, at time.Time) int {
		if j.at.After(at) {
			return 1
		}
		return -1
	})
	d.agenda = slices.Insert(d.agenda, i, job{at, do})
}

// work does what is to be done before the instant.
func (d *desk) work(before time.Time) error {
	for len(d.agenda) > 0 && d.agenda[0].at.Before(before) {
		j := d.agenda[0]
		d.agenda = d.agenda[1:]
		d.now = casework.Moment{Today: casework.DateOf(j.at.Add(zone), time.UTC), At: j.at}
		if err := j.do(); err != nil {
			return fmt.Errorf("sample: on %s: %w", d.now.Today, err)
		}
	}
	return nil
}

// begin begins an input, whose identities are then in ids.
func (d *desk) begin() {
	d.ids = d.c.input()
	d.input = d.c.inputs
}

// enter puts the facts of the input in hand into the ledger, unless the rules
// have refused them.
func (d *desk) enter(by casework.StaffID, facts []casework.Fact, why casework.Refusal) error {
	if why != "" {
		return fmt.Errorf("refused: %s", why)
	}
	for _, f := range facts {
		e := casework.Event{
			By: by, HappenedOn: d.now.Today, TypedAt: d.now.At.Add(-time.Second), ReachedAt: d.now.At,
			Cause: cause(d.input), Fact: f,
		}
		if err := d.note(e); err != nil {
			return err
		}
	}
	return nil
}

// note puts an event into the ledger and the books.
func (d *desk) note(e casework.Event) error {
	if err := d.b.keep(e); err != nil {
		return err
	}
	return d.out(e)
}

// person is somebody of the roster.
func (d *desk) person(id casework.StaffID) casework.Staff {
	s, _ := d.b.Staff(id)
	return s
}

// leader leads the group of the target; the deputy where that would be somebody
// to decide about their own.
func (d *desk) leader(x casework.TargetID, own casework.StaffID) casework.StaffID {
	t, _ := d.b.Target(x)
	g, _ := d.b.Group(t.GroupID)
	if g.LeaderID == own {
		return g.DeputyID
	}
	return g.LeaderID
}

func (d *desk) office() casework.StaffID { return d.c.office().ID }

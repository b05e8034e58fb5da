package bench

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"zoufang/casework"
	"zoufang/sample"
	"zoufang/store"
)

const (
	// Staff is how many people of [Prepare] can talk to the service.
	Staff = 500
	// TargetsEach is how many households each of them is responsible for.
	TargetsEach = 12
	// perGroup is how many of them make a working group.
	perGroup = 25
	// firstUser is the account of the first of them.
	firstUser = 100_001
)

// Users are the accounts of the people of [Prepare].
func Users() []int64 {
	users := make([]int64, Staff)
	for i := range users {
		users[i] = firstUser + int64(i)
	}
	return users
}

// Prepare makes the file of a service at work: the sample campaign, and 500
// people in groups of 25, each with an account and a dozen households that
// nobody has visited yet. There must be no file at path.
func Prepare(path string, key []byte) (err error) {
	s, err := store.Open(path, store.Options{Key: key})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	set, err := sample.Make(sample.Options{Seed: 1})
	if err != nil {
		return err
	}
	c := crew{set: set, input: set.Inputs}
	return s.Load(c.each)
}

// crew makes the ledger of the people who talk.
type crew struct {
	set   sample.Set
	input uint64
	group casework.GroupID
	model casework.Target // a household of the sample
	codes int             // of households, given so far
}

// each yields the sample's ledger and then the crew's.
func (c *crew) each(yield func(casework.Event) error) error {
	for _, e := range c.set.Events {
		if x, ok := e.Fact.(casework.TargetImported); ok && x.Target.Kind == casework.HouseholdKind {
			c.model = x.Target
			c.codes++
		}
		if err := yield(e); err != nil {
			return err
		}
	}
	for i := range Staff {
		for _, facts := range c.person(i) {
			if err := c.enter(yield, facts); err != nil {
				return err
			}
		}
	}
	return nil
}

// enter yields the facts of one input.
func (c *crew) enter(yield func(casework.Event) error, facts []casework.Fact) error {
	c.input++
	for _, f := range facts {
		err := yield(casework.Event{ReachedAt: c.set.Start, Cause: fmt.Sprintf("bench:%d", c.input), Fact: f})
		if err != nil {
			return err
		}
	}
	return nil
}

// person is the i-th person, with account and households, input by input.
func (c *crew) person(i int) [][]casework.Fact {
	ids := casework.NewMinter(c.input + 1)
	var first []casework.Fact
	if i%perGroup == 0 {
		c.group = casework.GroupID(ids.Next())
		first = append(first, casework.GroupImported{Group: casework.Group{
			ID: c.group, Code: fmt.Sprintf("B%d", i/perGroup+1), Name: fmt.Sprintf("第%d测试组", i/perGroup+1),
		}})
	}
	who := casework.Staff{
		ID: casework.StaffID(ids.Next()), Code: fmt.Sprintf("B%03d", i+1), Name: "测试员", PartyMember: true,
		Roles: []casework.Role{casework.Visitor}, Groups: []casework.GroupID{c.group},
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "bench invite %d", i))
	inv := casework.Invite{
		ID: casework.InviteID(ids.Next()), Hash: hex.EncodeToString(sum[:]), StaffID: who.ID,
		ExpiresAt: c.set.Start.Add(time.Hour), State: casework.Issued,
	}
	user := casework.UserID(firstUser + i)
	first = append(first, casework.StaffImported{Staff: who}, casework.InviteIssued{Invite: inv})
	for range TargetsEach {
		x := c.household(casework.TargetID(ids.Next()))
		first = append(first, casework.TargetImported{Target: x}, casework.PairingMade{Pairing: casework.Pairing{
			TargetID: x.ID, StaffID: who.ID, Role: casework.Primary, From: c.set.Today,
		}})
	}
	return [][]casework.Fact{
		first,
		{casework.InviteClaimed{InviteID: inv.ID, User: user, Name: who.Name}},
		{casework.BindingConfirmed{InviteID: inv.ID}},
	}
}

// household is like the sample's, under a code of its own.
func (c *crew) household(id casework.TargetID) casework.Target {
	c.codes++
	x := c.model
	x.ID, x.GroupID, x.Code = id, c.group, casework.TargetCode(casework.HouseholdKind, c.codes)
	return x
}

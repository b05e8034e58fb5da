package sample

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"zoufang/casework"
)

// bind lets the demo's people into the bot, the way everybody comes in: an
// invitation, claimed, and confirmed by who knows the person.
func (c *campaign) bind() {
	on := opened.AddDays(3)
	office, leader, member := c.office(), c.leader(), c.member()
	c.bindOne(office, OfficeUser, 0, clock(on, 9*60))
	c.bindOne(leader, LeaderUser, office.ID, clock(on, 10*60))
	c.bindOne(member, MemberUser, leader.ID, clock(on, 11*60))
}

func (c *campaign) bindOne(p person, user casework.UserID, confirmer casework.StaffID, at time.Time) {
	ids := c.input()
	// No code has this hash: the links are used up, and open nothing.
	sum := sha256.Sum256(fmt.Appendf(nil, "sample invite %d", p.ID))
	inv := casework.Invite{
		ID: casework.InviteID(ids.Next()), Hash: hex.EncodeToString(sum[:]),
		StaffID: p.ID, ExpiresAt: at.Add(24 * time.Hour), State: casework.Issued,
	}
	step := func(by casework.StaffID, after time.Duration, f casework.Fact) {
		c.roster = append(c.roster, entry{input: c.inputs, by: by, at: at.Add(after), fact: f})
	}
	step(0, 0, casework.InviteIssued{Invite: inv})
	c.input()
	step(p.ID, 20*time.Minute, casework.InviteClaimed{InviteID: inv.ID, User: user, Name: p.Name})
	c.input()
	step(confirmer, 30*time.Minute, casework.BindingConfirmed{InviteID: inv.ID})
}

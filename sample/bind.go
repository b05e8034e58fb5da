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

// addLater puts on the roster what came to it last: outside bodies that problems are
// given to, and the accounts of more people.
func (c *campaign) addLater() {
	on := opened.AddDays(3)
	for _, name := range []string{"贾汪区交通运输局", "贾汪区医疗保险管理处", "区金融服务中心", "柳溪村村民委员会"} {
		u := casework.Unit{ID: casework.UnitID(c.input().Next()), Kind: casework.External, Name: name}
		c.roster = append(c.roster, entry{
			input: c.inputs, by: c.office().ID, at: clock(on, 12*60+30), fact: casework.UnitImported{Unit: u},
		})
	}
	office, leader := c.office(), c.leader()
	c.bindOne(c.partner(), PartnerUser, leader.ID, clock(on, 13*60))
	c.bindOne(c.ownSecretary(), SecretaryUser, office.ID, clock(on, 14*60))
	c.bindOne(c.officer(), OfficerUser, office.ID, clock(on, 15*60))
	c.bindOne(c.director(), DirectorUser, office.ID, clock(on, 16*60))
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

package sample

import (
	"fmt"

	"zoufang/casework"
	"zoufang/form"
)

// addHouseholds deals the households out to the teams in turn, and within a
// team to its villages.
func (c *campaign) addHouseholds() {
	for i := range c.o.Households {
		team := i % len(c.teams)
		villages := c.teams[team].AreaIDs
		if park := c.areas[len(c.areas)-1].ID; len(villages) > 1 && villages[len(villages)-1] == park {
			villages = villages[:len(villages)-1]
		}
		x := c.target(casework.HouseholdKind, i, team)
		x.AreaID = villages[i/len(c.teams)%len(villages)]
		x.CareLevel = care(i / len(c.teams))
		h := c.household()
		x.Household = &h
		c.places = append(c.places, place{Target: x, input: c.inputs, team: team})
	}
}

// target is a target with its code and nothing else, from an input of its own.
func (c *campaign) target(k casework.Kind, i, team int) casework.Target {
	return casework.Target{
		ID: casework.TargetID(c.input().Next()), Kind: k, Code: casework.TargetCode(k, i+1),
		GroupID: c.teams[team].ID, CareLevel: casework.General, Status: casework.Active,
	}
}

// care makes three in twenty households key ones and five watched ones.
func care(i int) casework.CareLevel {
	switch i % 20 {
	case 3, 10, 17:
		return casework.Key
	case 1, 5, 8, 12, 15:
		return casework.Watch
	}
	return casework.General
}

// hardship is why a household is cared for, with what goes into the fields of
// [casework.Household].
type hardship struct {
	types               []string
	cause, health, work string
}

var hardships = []hardship{
	{[]string{"low_income", "illness_poor"}, "illness", "serious", "weak"},
	{[]string{"dibao"}, "illness", "chronic", "lost"},
	{[]string{"wubao", "elder_alone"}, "labor", "chronic", "none"},
	{[]string{"low_income", "disabled"}, "disability", "disabled", "weak"},
	{[]string{"elder_alone"}, "labor", "chronic", "none"},
	{[]string{"low_income", "study"}, "study", "healthy", "normal"},
	{[]string{"illness_return"}, "illness", "serious", "weak"},
	{[]string{"left_behind_child", "left_behind_elder"}, "labor", "chronic", "weak"},
	{[]string{"low_income"}, "tech", "healthy", "normal"},
	{[]string{"hardship_member"}, "illness", "chronic", "lost"},
	{[]string{"single_parent", "low_income"}, "fund", "healthy", "normal"},
	{[]string{"disaster"}, "disaster", "healthy", "normal"},
}

func (c *campaign) household() casework.Household {
	h := casework.Household{
		HeadName: c.name(headGiven), Phone: c.phone(), Members: 1 + c.rng.IntN(6),
		Address: fmt.Sprintf("%d组%d号", 1+c.rng.IntN(8), 1+c.rng.IntN(90)),
		Types:   []string{"general"}, Health: "healthy", Labor: "normal",
		HouseKind: "own", HouseSafety: "safe",
	}
	if c.rng.IntN(3) == 0 {
		h.Types = append(h.Types, "at_ease")
	}
	if c.rng.IntN(10) == 0 {
		h.HouseSafety = "hazard"
	}
	return h
}

// careFor gives a household the care level, and the profile that asks for it.
func (c *campaign) careFor(x *casework.Target, level casework.CareLevel) {
	x.CareLevel = level
	if level == casework.General {
		return
	}
	s := one(c.rng, hardships)
	h := x.Household
	h.Types, h.MainCause, h.Health, h.Labor = s.types, s.cause, s.health, s.work
	if h.MainCause != "fund" && c.rng.IntN(3) == 0 {
		h.OtherCauses = []string{"fund"}
	}
	if level == casework.Key {
		x.CareReason = "家庭困难突出，需每月上门"
	}
}

func (c *campaign) addEnterprises() {
	for i := range c.o.Enterprises {
		team := i % len(c.teams)
		x := c.target(casework.EnterpriseKind, i, team)
		x.AreaID = c.areas[len(c.areas)-1].ID
		t := trades[i%len(trades)]
		e := casework.Enterprise{
			Name: firmName(i, t), EntityType: "company", LegalRep: c.name(staffGiven),
			Industry: t.industry, Products: t.products,
			Size: one(c.rng, []string{"micro", "small", "small", "medium"}), Employees: 8 + c.rng.IntN(180),
			Address: fmt.Sprintf("工业园区%d号", i+1), ContactName: c.name(staffGiven),
			ContactTitle: "办公室主任", ContactPhone: c.phone(), Top100: i%2 == 0,
		}
		if i%5 == 4 {
			e.RegNo = fmt.Sprintf("320305000%06d", i*7919%1_000_000)
		} else {
			e.USCC = uscc(i)
		}
		x.Enterprise = &e
		c.places = append(c.places, place{Target: x, input: c.inputs, team: team})
	}
}

func firmName(i int, t trade) string {
	round := ""
	if all := len(firmNames) * len(trades) / 2; i >= all { // names and trades meet again
		round = fmt.Sprint(i/all + 1)
	}
	return "塔山" + firmNames[i%len(firmNames)] + round + t.name + "有限公司"
}

// uscc is a credit code over a body that no authority gave out.
func uscc(i int) string {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	body := fmt.Sprintf("91320305MA0%06d", i*73_939%1_000_000)
	for _, check := range alphabet {
		if code, ok := form.CheckUSCC(body + string(check)); ok {
			return code
		}
	}
	return body
}

func (c *campaign) addOrganizations() {
	for i, a := range c.areas {
		team := i % len(c.teams)
		x := c.target(casework.OrganizationKind, i, team)
		x.AreaID = a.ID
		households := 280 + c.rng.IntN(600)
		org := casework.Organization{
			Name: a.Name + "党支部", OrgType: "village_branch", Secretary: c.name(headGiven), Phone: c.phone(),
			Households: households, Population: households*3 + c.rng.IntN(households),
			PartyMembers: 24 + c.rng.IntN(60), LowIncome: 12 + c.rng.IntN(60),
			WeakVillage: c.rng.IntN(4) == 0, PairedBranchID: c.branches[i%len(c.branches)],
		}
		switch {
		case a.Level == casework.Park:
			org.OrgType, org.WeakVillage = "park_branch", false
		case i%5 == 4:
			org.OrgType = "community_branch"
		}
		x.Organization = &org
		c.places = append(c.places, place{Target: x, input: c.inputs, team: team})
	}
}

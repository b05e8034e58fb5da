package sample

import (
	"fmt"
	"slices"

	"zoufang/casework"
)

// branches are the party branches of the bureau; each has a secretary.
var branches = []string{
	"机关第一党支部", "机关第二党支部", "登记许可党支部", "市场监管党支部",
	"商标广告党支部", "消费维权党支部", "经济检查党支部", "基层分局党支部",
}

// desks are the people with work of their own beside the visits. Those who may
// not report a visit go along with somebody who may.
var desks = []struct {
	role  casework.Role
	title string
}{
	{casework.Office, "活动办公室主任"}, {casework.Office, "活动办公室干事"},
	{casework.BureauLeader, "分管领导"},
	{casework.TrademarkOfficer, "商标科科长"}, {casework.TrademarkOfficer, "商标科科员"},
	{casework.Auditor, "督查专员"}, {casework.Admin, "信息员"},
}

func (c *campaign) addUnits() {
	add := func(kind casework.UnitKind, name string, parent casework.UnitID) casework.UnitID {
		u := casework.Unit{ID: casework.UnitID(c.input().Next()), Kind: kind, Name: name, ParentID: parent}
		c.enter(casework.UnitImported{Unit: u})
		return u.ID
	}
	bureau := add(casework.Bureau, "市工商行政管理局", 0)
	add(casework.OfficeUnit, "集中走访活动办公室", bureau)
	add(casework.DistrictBureau, "贾汪区市场监督管理局", bureau)
	for _, name := range branches {
		c.branches = append(c.branches, add(casework.Branch, name, bureau))
	}
	add(casework.External, "塔山镇人民政府", 0)
	add(casework.External, "工业园区管理委员会", 0)
}

// addAreas makes the district, its town and park, and a place for every
// organisation but the last, which is the park's. It returns all places.
func (c *campaign) addAreas() []casework.Area {
	add := func(name string, level casework.AreaLevel, parent casework.AreaID) casework.Area {
		a := casework.Area{ID: casework.AreaID(c.input().Next()), Name: name, Level: level, ParentID: parent}
		c.enter(casework.AreaImported{Area: a})
		return a
	}
	district := add("贾汪区", casework.District, 0)
	town := add("塔山镇", casework.Town, district.ID)
	park := add("工业园区", casework.Park, district.ID)
	var areas []casework.Area
	for i := range c.o.Organizations - 1 {
		areas = append(areas, add(villageName(i), casework.Village, town.ID))
	}
	return append(areas, park)
}

// villageName is the invented name of the i-th village; one in five is a
// community.
func villageName(i int) string {
	heads, tails := []rune("柳石桃松槐荷杏竹梨枣桐榆"), []rune("溪桥岗湾塘坡河林园泉")
	name := string(heads[i%len(heads)]) + string(tails[i*7%len(tails)])
	if round := i / 60; round > 0 {
		name += fmt.Sprint(round + 1) // heads and tails meet again after 60
	}
	if i%5 == 4 {
		return name + "社区"
	}
	return name + "村"
}

// addTeams makes the groups and deals the areas out to them. Where there are
// more groups than villages, several go to the same one.
func (c *campaign) addTeams(areas []casework.Area) {
	for i := range c.o.Groups {
		id := casework.GroupID(c.input().Next())
		t := team{Group: casework.Group{ID: id, Code: fmt.Sprintf("G%d", i+1), Name: fmt.Sprintf("第%d工作组", i+1)}}
		for k := i % len(areas); k < len(areas); k += c.o.Groups {
			t.AreaIDs = append(t.AreaIDs, areas[k].ID)
		}
		c.teams = append(c.teams, t)
		c.enter(nil) // its leader is to come, see addPeople
	}
	c.areas = areas
}

// addPeople makes the staff: the leaders, their deputies, the desks, the
// secretaries of the branches, and the others; all in turn in all groups.
func (c *campaign) addPeople() {
	groups := len(c.roster) - len(c.teams)
	used := map[string]bool{}
	for i := range c.o.Staff {
		p := person{team: i % len(c.teams), Staff: casework.Staff{
			ID: casework.StaffID(c.input().Next()), Code: fmt.Sprintf("R%03d", i+1),
			Name: c.freshName(used), BranchID: c.branches[i%len(c.branches)],
			PartyMember: true, Roles: []casework.Role{casework.Visitor}, Title: "科员",
		}}
		t := &c.teams[p.team]
		p.Groups = []casework.GroupID{t.ID}
		c.giveRole(&p, i)
		t.members = append(t.members, i)
		c.people = append(c.people, p)
		c.enter(casework.StaffImported{Staff: p.Staff})
	}
	for i := range c.teams {
		t := &c.teams[i]
		t.LeaderID, t.DeputyID = c.people[i].ID, c.people[len(c.teams)+i].ID
		c.roster[groups+i].fact = casework.GroupImported{Group: t.Group}
	}
}

// giveRole says what the i-th person is beside a visitor.
func (c *campaign) giveRole(p *person, i int) {
	desk := i - 2*len(c.teams)
	secretary := desk - len(desks)
	switch {
	case i < len(c.teams):
		p.Roles, p.Title = append(p.Roles, casework.GroupLeader), "科长"
	case desk < 0:
		p.Title = "副科长"
	case desk < len(desks):
		p.Roles, p.Title = []casework.Role{desks[desk].role}, desks[desk].title
	case secretary < len(branches):
		p.Roles, p.Title = append(p.Roles, casework.BranchSecretary), "支部书记"
		p.BranchID = c.branches[secretary]
	}
}

func (c *campaign) leader() person { return c.people[0] }

func (c *campaign) office() person { return c.people[2*len(c.teams)] }

// memberIndex is the first person of the first group with no other work.
func (c *campaign) memberIndex() int {
	n, first := len(c.teams), 2*len(c.teams)+len(desks)+len(branches)
	return (first + n - 1) / n * n
}

func (c *campaign) member() person { return c.people[c.memberIndex()] }

// partner is the next person of the first group with no other work; its deputy
// where there is none.
func (c *campaign) partner() person {
	if i := c.memberIndex() + len(c.teams); i < len(c.people) {
		return c.people[i]
	}
	return c.people[len(c.teams)]
}

// secretary is the one of the i-th branch.
func (c *campaign) secretary(i int) person { return c.people[2*len(c.teams)+len(desks)+i] }

// ownSecretary is the secretary of the member's branch.
func (c *campaign) ownSecretary() person {
	return c.secretary(slices.Index(c.branches, c.member().BranchID))
}

// officer is the first who looks after trademarks.
func (c *campaign) officer() person { return c.first(casework.TrademarkOfficer) }

// director is the bureau's leader.
func (c *campaign) director() person { return c.first(casework.BureauLeader) }

// first is the first of the roster who has the role, which somebody has.
func (c *campaign) first(r casework.Role) person {
	i := slices.IndexFunc(c.people, func(p person) bool { return p.Has(r) })
	return c.people[i]
}

// freshName is a name that no colleague has, as long as there are enough.
func (c *campaign) freshName(used map[string]bool) string {
	name := c.name(staffGiven)
	for range 20 {
		if !used[name] {
			break
		}
		name = c.name(staffGiven)
	}
	used[name] = true
	return name
}

// name draws a name; one in four has a single given character.
func (c *campaign) name(given []rune) string {
	n := string(surnames[c.rng.IntN(len(surnames))]) + string(given[c.rng.IntN(len(given))])
	if c.rng.IntN(4) > 0 {
		n += string(given[c.rng.IntN(len(given))])
	}
	return n
}

// phone is a number that looks right under a prefix no operator was given, and
// is given once.
func (c *campaign) phone() string {
	c.phones++
	return fmt.Sprintf("154%08d", c.phones*73_939_133%100_000_000)
}

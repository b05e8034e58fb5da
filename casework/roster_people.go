package casework

import (
	"fmt"
	"slices"
	"strings"
)

// depth is how many levels the trees of areas and units have at most.
const depth = 6

// units reads the units, parents before what belongs to them.
func (p *planner) units(drafts []draft[UnitID]) {
	type read struct {
		x    *rowReader
		unit Unit
	}
	var waiting []read
	parents := map[UnitID]UnitID{}
	for _, u := range p.r.Units() {
		parents[u.ID] = u.ParentID
	}
	for _, d := range drafts {
		u, _ := p.r.Unit(d.id)
		x := p.reader(UnitSheet, d.row, p.show.unit(u), d.fresh)
		u.ID = d.id
		x.text("name", &u.Name)
		choice(x, "kind", &u.Kind)
		ref(x, "parent", &u.ParentID, p.names.units)
		x.text("contact", &u.Contact)
		parents[u.ID] = u.ParentID
		waiting = append(waiting, read{x, u})
	}
	level := func(id UnitID) int {
		n := 0
		for ; parents[id] != 0 && n <= depth; n++ {
			id = parents[id]
		}
		return n
	}
	slices.SortStableFunc(waiting, func(a, b read) int { return level(a.unit.ID) - level(b.unit.ID) })
	for _, w := range waiting {
		if level(w.unit.ID) > depth {
			w.x.fault("parent", FaultCycle, "上级单位绕成了一圈，请改正上级。", "The parents run in a circle: correct the parent.")
		}
		p.settle(w.x, w.unit.Name, p.show.unit(w.unit), UnitImported{Unit: w.unit})
	}
}

// areaDraft is a row of the areas whose place in the tree is known.
type areaDraft struct {
	draft[AreaID]
	parent AreaID
}

// assignAreas gives the areas their identity by their full name, which needs
// their parents first.
func (p *planner) assignAreas() []areaDraft {
	var out []areaDraft
	seen := map[AreaID]string{}
	left := slices.Clone(p.in[AreaSheet])
	for range depth {
		var later []Row
		for _, row := range left {
			parents := []AreaID{0}
			if up := tidy(row.Fields["parent"].Text); up != "" {
				parents = p.names.areas(up)
			}
			if len(parents) != 1 {
				later = append(later, row)
				continue
			}
			if d, ok := p.assignArea(row, parents[0], seen); ok {
				out = append(out, d)
			}
		}
		if len(later) == len(left) {
			break
		}
		left = later
	}
	for _, row := range left { // reading them says what is wrong
		out = append(out, areaDraft{draft: draft[AreaID]{row: row, id: AreaID(p.mint()), fresh: true}})
	}
	return out
}

func (p *planner) assignArea(row Row, parent AreaID, seen map[AreaID]string) (areaDraft, bool) {
	path := tidy(row.Fields["name"].Text)
	if parent != 0 {
		path = p.names.areaPath[parent] + "/" + path
	}
	at := p.cell(AreaSheet, row, "name").Ref
	id, known := p.names.areaAt[placeKey(path)]
	if first, dup := seen[id]; known && dup {
		p.duplicate(AreaSheet, row, "name", path, first)
		return areaDraft{}, false
	}
	if !known {
		id = AreaID(p.mint())
		p.names.addArea(id, parent, path)
	}
	seen[id] = at
	_, old := p.r.Area(id)
	return areaDraft{draft: draft[AreaID]{row: row, id: id, fresh: !old}, parent: parent}, true
}

func (p *planner) areas(drafts []areaDraft) {
	for _, d := range drafts {
		a, _ := p.r.Area(d.id)
		x := p.reader(AreaSheet, d.row, p.show.area(a), d.fresh)
		a.ID = d.id
		x.text("name", &a.Name)
		if strings.ContainsAny(a.Name, "/／>") {
			x.fault("name", FaultBadCode, "名称里不能有“/”，上级请填在“上级区域”。", "No slash in a name: the parent has its own column.")
		}
		choice(x, "level", &a.Level)
		// Read for its faults: a name that was the only one of its kind when the
		// row got its place can have become one of several.
		ref(x, "parent", &a.ParentID, p.names.areas)
		x.code("code", &a.Code)
		p.settle(x, p.names.areaPath[d.id], p.show.area(a), AreaImported{Area: a})
	}
}

// member is a person as the roster leaves it.
type member struct {
	staff   Staff
	changed bool
}

func (p *planner) staff(drafts []draft[StaffID]) map[StaffID]member {
	out := map[StaffID]member{}
	for _, d := range drafts {
		s, _ := p.r.Staff(d.id)
		x := p.reader(StaffSheet, d.row, p.show.staff(s), d.fresh)
		s = Staff{ID: d.id, Code: s.Code, Name: s.Name, BranchID: s.BranchID, Title: s.Title,
			PartyMember: s.PartyMember, Roles: s.Roles, Groups: s.Groups}
		x.code("code", &s.Code)
		x.text("name", &s.Name)
		ref(x, "branch", &s.BranchID, p.names.units)
		x.text("title", &s.Title)
		x.flag("party_member", &s.PartyMember)
		choices(x, "roles", &s.Roles)
		refs(x, "groups", &s.Groups, p.names.groups)
		changed := p.settle(x, s.Code, p.show.staff(s), StaffImported{Staff: s})
		out[s.ID] = member{s, changed}
	}
	return out
}

func (p *planner) groups(drafts []draft[GroupID], members map[StaffID]member) {
	for _, d := range drafts {
		g, _ := p.r.Group(d.id)
		x := p.reader(GroupSheet, d.row, p.show.group(g), d.fresh)
		g.ID = d.id
		x.code("code", &g.Code)
		x.text("name", &g.Name)
		ref(x, "leader", &g.LeaderID, p.names.staff)
		ref(x, "deputy", &g.DeputyID, p.names.staff)
		refs(x, "areas", &g.AreaIDs, p.names.areas)
		p.names.groupAreas[g.ID] = g.AreaIDs
		changed := p.settle(x, g.Code, p.show.group(g), GroupImported{Group: g})
		if x.sound() {
			p.checkLeader(x, g, g.LeaderID, "leader", members, changed)
			p.checkLeader(x, g, g.DeputyID, "deputy", members, changed)
		}
	}
}

// checkLeader wants a leader who belongs to the group and has the role, so that
// rights never come about by a slip in one cell. A group and a person that the
// roster leaves as they are stay so.
func (p *planner) checkLeader(x *rowReader, g Group, who StaffID, col string, members map[StaffID]member, changed bool) {
	m, here := members[who]
	if !here {
		m.staff, _ = p.r.Staff(who)
	}
	if who == 0 || !changed && !m.changed {
		return
	}
	if !m.staff.In(g.ID) {
		x.fault(col, FaultRule, fmt.Sprintf("%s 不在本组：请在“人员”表里给 %s 填工作组 %s。", m.staff.Code, m.staff.Code, g.Code),
			fmt.Sprintf("%s is not in the group: give %s the group %s in the sheet 人员.", m.staff.Code, m.staff.Code, g.Code))
	}
	if col == "leader" && !m.staff.Has(GroupLeader) {
		x.fault(col, FaultRule, fmt.Sprintf("%s 的角色里没有“组长”：请在“人员”表里补上。", m.staff.Code),
			fmt.Sprintf("%s lacks the role Group leader: add it in the sheet 人员.", m.staff.Code))
	}
}

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
		x.code(&a.Code)
		p.settle(x, p.names.areaPath[d.id], p.show.area(a), AreaImported{Area: a})
	}
}

// member is a person as the roster leaves it.
type member struct {
	x       *rowReader
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
		x.code(&s.Code)
		x.text("name", &s.Name)
		ref(x, "branch", &s.BranchID, p.names.units)
		x.text("title", &s.Title)
		x.flag("party_member", &s.PartyMember)
		choices(x, "roles", &s.Roles)
		refs(x, "groups", &s.Groups, p.names.groups)
		changed := p.settle(x, s.Code, p.show.staff(s), StaffImported{Staff: s})
		out[s.ID] = member{x, s, changed}
	}
	return out
}

func (p *planner) groups(drafts []draft[GroupID], members map[StaffID]member) {
	here := map[GroupID]bool{}
	for _, d := range drafts {
		here[d.id] = true
		g, _ := p.r.Group(d.id)
		x := p.reader(GroupSheet, d.row, p.show.group(g), d.fresh)
		g.ID = d.id
		x.code(&g.Code)
		x.text("name", &g.Name)
		ref(x, "leader", &g.LeaderID, p.names.staff)
		ref(x, "deputy", &g.DeputyID, p.names.staff)
		refs(x, "areas", &g.AreaIDs, p.names.areas)
		p.names.groupAreas[g.ID] = g.AreaIDs
		changed := p.settle(x, g.Code, p.show.group(g), GroupImported{Group: g})
		if !x.sound() {
			continue
		}
		if leader, ok := p.memberNow(g.LeaderID, members); ok && (changed || leader.changed) {
			p.checkLeader(g, leader.staff, true, x.cell("leader"), x.cell("leader"))
		}
		if deputy, ok := p.memberNow(g.DeputyID, members); ok && (changed || deputy.changed) {
			p.checkLeader(g, deputy.staff, false, x.cell("deputy"), x.cell("deputy"))
		}
	}
	for _, g := range p.r.Groups() { // those of which the roster says nothing
		if m := members[g.LeaderID]; m.changed && !here[g.ID] {
			p.checkLeader(g, m.staff, true, m.x.cell("groups"), m.x.cell("roles"))
		}
		if m := members[g.DeputyID]; m.changed && !here[g.ID] {
			p.checkLeader(g, m.staff, false, m.x.cell("groups"), m.x.cell("roles"))
		}
	}
}

// memberNow is a person as the roster leaves them, in it or not.
func (p *planner) memberNow(who StaffID, members map[StaffID]member) (member, bool) {
	if m, ok := members[who]; ok {
		return m, true
	}
	s, ok := p.r.Staff(who)
	return member{staff: s}, ok
}

// checkLeader wants a leader who belongs to the group and has the role, and a
// deputy who belongs to it, so that rights never come about by a slip in one
// cell. A group and a person that the roster leaves as they are stay so.
func (p *planner) checkLeader(g Group, who Staff, leads bool, groupCell, roleCell Cell) {
	if !who.In(g.ID) {
		p.fault(groupCell, FaultRule, fmt.Sprintf("%s 是工作组 %s 的组长或副组长，却不在该组：请在“人员”表里填上工作组 %s。", who.Code, g.Code, g.Code),
			fmt.Sprintf("%s leads the group %s and is not in it: fill in the group %s in the sheet 人员.", who.Code, g.Code, g.Code))
	}
	if leads && !who.Has(GroupLeader) {
		p.fault(roleCell, FaultRule, fmt.Sprintf("%s 是工作组 %s 的组长，角色里却没有“组长”：请在“人员”表里补上。", who.Code, g.Code),
			fmt.Sprintf("%s leads the group %s without the role Group leader: add it in the sheet 人员.", who.Code, g.Code))
	}
}

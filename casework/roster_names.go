package casework

import (
	"slices"
	"strings"
)

// references finds records, there already or new with this roster, by what the
// cells call them.
type references struct {
	unitName   map[UnitID]string
	unitNamed  map[string]UnitID
	groupCode  map[GroupID]string
	groupCoded map[string]GroupID
	staffCode  map[StaffID]string
	staffCoded map[string]StaffID
	areaPath   map[AreaID]string
	areaParent map[AreaID]AreaID
	areaAt     map[string]AreaID   // by full name
	areaNamed  map[string][]AreaID // by every ending of the full name
	groupAreas map[GroupID][]AreaID
}

func newReferences(r Records) *references {
	n := &references{
		unitName: map[UnitID]string{}, unitNamed: map[string]UnitID{},
		groupCode: map[GroupID]string{}, groupCoded: map[string]GroupID{},
		staffCode: map[StaffID]string{}, staffCoded: map[string]StaffID{},
		areaPath: map[AreaID]string{}, areaParent: map[AreaID]AreaID{},
		areaAt: map[string]AreaID{}, areaNamed: map[string][]AreaID{},
		groupAreas: map[GroupID][]AreaID{},
	}
	for _, x := range r.Units() {
		n.addUnit(x.ID, x.Name)
	}
	for _, x := range r.Groups() {
		n.addGroup(x.ID, x.Code)
		n.groupAreas[x.ID] = x.AreaIDs
	}
	for x := range r.AllStaff() {
		n.addStaff(x.ID, x.Code)
	}
	for _, x := range r.Areas() {
		n.addArea(x.ID, x.ParentID, areaKey(r, x.ID))
	}
	return n
}

func nameKey(s string) string { return strings.ToUpper(plain(s)) }

func (n *references) addUnit(id UnitID, name string) {
	n.unitName[id], n.unitNamed[nameKey(name)] = tidy(name), id
}

func (n *references) addGroup(id GroupID, code string) {
	n.groupCode[id], n.groupCoded[nameKey(code)] = nameKey(code), id
}

func (n *references) addStaff(id StaffID, code string) {
	n.staffCode[id], n.staffCoded[nameKey(code)] = nameKey(code), id
}

func (n *references) addArea(id, parent AreaID, path string) {
	n.areaPath[id], n.areaParent[id] = path, parent
	n.areaAt[placeKey(path)] = id
	for rest := path; ; {
		key := placeKey(rest)
		if !slices.Contains(n.areaNamed[key], id) {
			n.areaNamed[key] = append(n.areaNamed[key], id)
		}
		_, after, more := strings.Cut(rest, "/")
		if !more {
			return
		}
		rest = after
	}
}

// placeKey is the name of a place without what parts its levels: 塔山镇/李庄村
// and 塔山镇李庄村 are the same.
func placeKey(s string) string {
	return strings.NewReplacer("/", "", ">", "", "-", "").Replace(nameKey(s))
}

// orNone is the identity alone; zero names nothing.
func orNone[ID ~uint64](id ID) []ID {
	if id == 0 {
		return nil
	}
	return []ID{id}
}

func (n *references) units(name string) []UnitID   { return orNone(n.unitNamed[nameKey(name)]) }
func (n *references) groups(code string) []GroupID { return orNone(n.groupCoded[nameKey(code)]) }
func (n *references) staff(code string) []StaffID  { return orNone(n.staffCoded[nameKey(code)]) }

// areas finds places by their full name or any ending of it.
func (n *references) areas(name string) []AreaID {
	key := placeKey(name)
	if id, ok := n.areaAt[key]; ok {
		return []AreaID{id}
	}
	return n.areaNamed[key]
}

// groupOf is the group whose areas contain the area most narrowly; none if
// there is none, or several with the same claim.
func (n *references) groupOf(area AreaID) GroupID {
	for range 6 { // deeper than any tree of areas
		if area == 0 {
			break
		}
		var found []GroupID
		for g, areas := range n.groupAreas {
			if slices.Contains(areas, area) {
				found = append(found, g)
			}
		}
		if len(found) > 0 {
			if len(found) > 1 {
				return 0
			}
			return found[0]
		}
		area = n.areaParent[area]
	}
	return 0
}

package casework

import (
	"strconv"
	"strings"

	"zoufang/form"
)

// RosterOf is the roster as it stands, with every column of every sheet but that
// of problems, which have a list of their own. Importing it again changes nothing.
func RosterOf(r Records) Roster {
	s := shower{r: r}
	out := Roster{}
	add := func(id SheetID, fields map[string]string) {
		row := Row{Fields: make(map[string]Field, len(fields))}
		for col, text := range fields {
			row.Fields[col] = Field{Text: text}
		}
		out[id] = append(out[id], row)
	}
	if c, ok := r.Campaign(); ok {
		add(CampaignSheet, s.campaign(c))
	}
	for _, x := range r.Rounds() {
		add(RoundSheet, s.round(x))
	}
	for _, x := range r.Units() {
		add(UnitSheet, s.unit(x))
	}
	for _, x := range r.Areas() {
		add(AreaSheet, s.area(x))
	}
	for _, x := range r.Groups() {
		add(GroupSheet, s.group(x))
	}
	for x := range r.AllStaff() {
		add(StaffSheet, s.staff(x))
	}
	for x := range r.AllTargets() {
		s.around(x, add)
	}
	for _, x := range r.Policies() {
		if !x.Off {
			add(PolicySheet, s.policy(x))
		}
	}
	return out
}

// around adds a target, its pairings and its trademarks.
func (s shower) around(x Target, add func(SheetID, map[string]string)) {
	add(targetSheet(x.Kind), s.target(x))
	for _, p := range s.r.PairingsOfTarget(x.ID) {
		if fields, ok := s.pairing(p, x.Code); ok {
			add(PairingSheet, fields)
		}
	}
	if x.Kind != EnterpriseKind {
		return
	}
	for _, m := range s.r.TrademarksOfFirm(x.ID) {
		add(TrademarkSheet, s.mark(m, x.Code))
	}
}

func targetSheet(k Kind) SheetID {
	switch k {
	case EnterpriseKind:
		return EnterpriseSheet
	case OrganizationKind:
		return OrganizationSheet
	case HouseholdKind:
	}
	return HouseholdSheet
}

// shower writes records as the texts of their columns. Two records are the
// same to the roster if their texts are. References are read from names where
// they are set, else from the records.
type shower struct {
	r     Records
	names *references // of an import under way; nil to read the records alone
}

func (s shower) unitName(id UnitID) string {
	if s.names != nil {
		return s.names.unitName[id]
	}
	u, _ := s.r.Unit(id)
	return u.Name
}

func (s shower) groupCode(id GroupID) string {
	if s.names != nil {
		return s.names.groupCode[id]
	}
	g, _ := s.r.Group(id)
	return g.Code
}

func (s shower) staffCode(id StaffID) string {
	if s.names != nil {
		return s.names.staffCode[id]
	}
	x, _ := s.r.Staff(id)
	return x.Code
}

func (s shower) areaPath(id AreaID) string {
	if s.names != nil {
		return s.names.areaPath[id]
	}
	return areaKey(s.r, id)
}

// areaKey is the full name of an area, with its levels parted by slashes.
func areaKey(r Records, id AreaID) string {
	names := areaNames(r, id)
	for i, j := 0, len(names)-1; i < j; i, j = i+1, j-1 {
		names[i], names[j] = names[j], names[i]
	}
	return strings.Join(names, "/")
}

// join writes what each of the ids is called.
func join[ID any](ids []ID, name func(ID) string) string {
	words := make([]string, 0, len(ids))
	for _, id := range ids {
		if w := name(id); w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, "、")
}

// word is the Chinese label of a token; nothing for none.
func word[T ~string](d Dictionary, token T) string { return d.Label(string(token), "zh-Hans") }

func flagWord(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// numberText writes a number; zero is not known, and stays empty.
func numberText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (s shower) campaign(c Campaign) map[string]string {
	return map[string]string{
		"name": c.Name, "year": numberText(c.Year), "start": c.StartOn.String(), "end": c.EndOn.String(),
		"must_resolve_by": c.MustResolveBy.String(),
	}
}

func (s shower) round(x Round) map[string]string {
	return map[string]string{
		"no": numberText(x.No), "title": x.Title, "start": x.StartOn.String(), "end": x.EndOn.String(), "focus": x.Focus,
	}
}

func (s shower) unit(x Unit) map[string]string {
	return map[string]string{
		"name": x.Name, "kind": word(UnitKinds(), x.Kind), "parent": s.unitName(x.ParentID), "contact": x.Contact,
	}
}

func (s shower) area(x Area) map[string]string {
	return map[string]string{
		"name": x.Name, "level": word(AreaLevels(), x.Level), "parent": s.areaPath(x.ParentID), "code": x.Code,
	}
}

func (s shower) group(x Group) map[string]string {
	return map[string]string{
		"code": x.Code, "name": x.Name, "leader": s.staffCode(x.LeaderID), "deputy": s.staffCode(x.DeputyID),
		"areas": join(x.AreaIDs, s.areaPath),
	}
}

func (s shower) staff(x Staff) map[string]string {
	roles := make([]string, len(x.Roles))
	for i, role := range x.Roles {
		roles[i] = string(role)
	}
	return map[string]string{
		"code": x.Code, "name": x.Name, "branch": s.unitName(x.BranchID), "title": x.Title,
		"party_member": flagWord(x.PartyMember), "roles": RoleNames().labels(roles),
		"groups": join(x.Groups, s.groupCode),
	}
}

func (s shower) target(x Target) map[string]string {
	care, status := x.CareLevel, x.Status
	if care == "" {
		care = General
	}
	if status == "" {
		status = Active
	}
	out := map[string]string{
		"code": x.Code, "area": s.areaPath(x.AreaID), "group": s.groupCode(x.GroupID),
		"care": word(CareLevels(), care), "care_reason": x.CareReason,
		"status": word(TargetStatuses(), status), "note": x.Note,
	}
	switch {
	case x.Household != nil:
		s.household(*x.Household, out)
	case x.Enterprise != nil:
		s.enterprise(*x.Enterprise, out)
	case x.Organization != nil:
		s.organization(*x.Organization, out)
	}
	return out
}

func (s shower) household(h Household, out map[string]string) {
	out["head"], out["phone"], out["address"] = h.HeadName, h.Phone, h.Address
	out["members"] = numberText(h.Members)
	out["types"] = HouseholdTypes().labels(h.Types)
	out["main_cause"] = word(PovertyCauses(), h.MainCause)
	out["other_causes"] = PovertyCauses().labels(h.OtherCauses)
	out["health"] = word(HealthStates(), h.Health)
	out["labor"] = word(LaborStates(), h.Labor)
	out["house_kind"] = word(HouseKinds(), h.HouseKind)
	out["house_safety"] = word(HouseSafeties(), h.HouseSafety)
}

func (s shower) enterprise(e Enterprise, out map[string]string) {
	out["name"], out["uscc"], out["reg_no"] = e.Name, e.USCC, e.RegNo
	out["entity_type"] = word(EntityTypes(), e.EntityType)
	out["address"], out["legal_rep"], out["industry"], out["products"] = e.Address, e.LegalRep, e.Industry, e.Products
	out["size"] = word(FirmSizes(), e.Size)
	out["employees"] = numberText(e.Employees)
	out["contact_name"], out["contact_title"], out["contact_phone"] = e.ContactName, e.ContactTitle, e.ContactPhone
	out["top100"] = flagWord(e.Top100)
}

func (s shower) organization(o Organization, out map[string]string) {
	out["name"], out["secretary"], out["phone"] = o.Name, o.Secretary, o.Phone
	out["org_type"] = word(OrgTypes(), o.OrgType)
	out["households"], out["population"] = numberText(o.Households), numberText(o.Population)
	out["party_members"], out["low_income"] = numberText(o.PartyMembers), numberText(o.LowIncome)
	out["weak_village"] = flagWord(o.WeakVillage)
	out["paired_branch"] = s.unitName(o.PairedBranchID)
}

// pairing reports false for a pairing with somebody who is not there.
func (s shower) pairing(p Pairing, target string) (map[string]string, bool) {
	code := s.staffCode(p.StaffID)
	return map[string]string{
		"target": target, "staff": code, "role": word(PairingRoles(), p.Role),
		"from": p.From.String(), "reason": p.Reason,
	}, code != ""
}

// differing lists the labels of the columns whose texts differ.
func differing(columns []Column, old, fresh map[string]string) []form.Label {
	var out []form.Label
	for _, c := range columns {
		if old[c.ID] != fresh[c.ID] {
			out = append(out, c.Label)
		}
	}
	return out
}

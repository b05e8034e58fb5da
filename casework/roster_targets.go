package casework

import (
	"fmt"
	"slices"
)

// targets reads the three sheets of targets.
func (p *planner) targets() {
	p.targetByCode, p.targetCode = map[string]TargetID{}, map[TargetID]string{}
	known := p.indexTargets()
	for _, kind := range Kinds() {
		for _, d := range p.assignTargets(kind, known) {
			p.target(kind, d, known)
		}
	}
	p.twins()
}

// knownTargets finds targets by what they say of themselves.
type knownTargets struct {
	byTrait map[string]TargetID
	byUSCC  map[string]TargetID
}

func (p *planner) indexTargets() knownTargets {
	k := knownTargets{byTrait: map[string]TargetID{}, byUSCC: map[string]TargetID{}}
	if len(p.in[HouseholdSheet])+len(p.in[EnterpriseSheet])+len(p.in[OrganizationSheet]) == 0 {
		return k
	}
	for t := range p.r.AllTargets() {
		k.note(t)
	}
	return k
}

func (k knownTargets) note(t Target) {
	for _, trait := range targetTraits(t) {
		if _, taken := k.byTrait[trait]; !taken {
			k.byTrait[trait] = t.ID
		}
	}
	if t.Enterprise != nil && t.Enterprise.USCC != "" {
		k.byUSCC[t.Enterprise.USCC] = t.ID
	}
}

// targetTraits are what a target without a code is known by, the surest first.
func targetTraits(t Target) []string {
	at := fmt.Sprintf("%s %d %s", t.Kind, t.AreaID, nameKey(t.Name()))
	switch {
	case t.Household != nil:
		return []string{at + " " + t.Household.Phone}
	case t.Enterprise != nil:
		out := []string{at}
		if t.Enterprise.RegNo != "" {
			out = append([]string{"regno " + t.Enterprise.RegNo}, out...)
		}
		if t.Enterprise.USCC != "" {
			out = append([]string{"uscc " + t.Enterprise.USCC}, out...)
		}
		return out
	}
	return []string{at}
}

// outline is as much of a target as its traits need, read without complaint:
// the row is read in earnest afterwards.
func (p *planner) outline(kind Kind, row Row) Target {
	text := func(col string) string { return tidy(row.Fields[col].Text) }
	t := Target{Kind: kind}
	if at := p.names.areas(text("area")); len(at) == 1 {
		t.AreaID = at[0]
	}
	switch kind {
	case HouseholdKind:
		t.Household = &Household{HeadName: text("head"), Phone: plainPhone(text("phone"))}
	case EnterpriseKind:
		t.Enterprise = &Enterprise{Name: text("name"), USCC: nameKey(text("uscc")), RegNo: plain(text("reg_no"))}
	case OrganizationKind:
		t.Organization = &Organization{Name: text("name")}
	}
	return t
}

// assignTargets gives every row of a sheet its identity and its code.
func (p *planner) assignTargets(kind Kind, known knownTargets) []draft[TargetID] {
	sheet := targetSheet(kind)
	last := p.r.Last(kind.CodePrefix())
	for _, row := range p.in[sheet] {
		if prefix, n := splitCode(nameKey(row.Fields["code"].Text)); prefix == kind.CodePrefix() {
			last = max(last, n)
		}
	}
	var out []draft[TargetID]
	seen := map[string]string{}
	for _, row := range p.in[sheet] {
		d := draft[TargetID]{row: row}
		code := nameKey(row.Fields["code"].Text)
		key, col := code, "code"
		if code == "" {
			traits := targetTraits(p.outline(kind, row))
			key, col = traits[0], nameColumn(kind)
			d.id = firstKnown(traits, known)
		} else if t, ok := p.targetCoded(row.Fields["code"].Text); ok {
			d.id = t.ID
			if t.Kind != kind {
				p.fault(p.cell(sheet, row, col), FaultKind, fmt.Sprintf("编号 %s 已用于另一类对象，请换一个。", shown(code)),
					fmt.Sprintf("The code %s belongs to a target of another kind: use another.", shown(code)))
				continue
			}
		}
		if first, dup := taken(seen, key, d.id); dup {
			p.duplicate(sheet, row, col, row.Fields[col].Text, first)
			continue
		}
		at := p.cell(sheet, row, col).Ref
		if d.fresh = d.id == 0; d.fresh {
			d.id = TargetID(p.mint())
			if code == "" {
				last++
				code = TargetCode(kind, last)
			}
		} else if t, ok := p.r.Target(d.id); ok {
			code = t.Code
		}
		seen[key], seen[fmt.Sprint("#", d.id)] = at, at
		p.targetByCode[nameKey(code)], p.targetCode[d.id], p.kinds[d.id] = d.id, code, kind
		out = append(out, d)
	}
	return out
}

// taken reports whether an earlier row has the key, or is about the same record.
func taken(seen map[string]string, key string, id TargetID) (string, bool) {
	if first, ok := seen[key]; ok {
		return first, true
	}
	first, ok := seen[fmt.Sprint("#", id)]
	return first, ok && id != 0
}

func firstKnown(traits []string, known knownTargets) TargetID {
	for _, trait := range traits {
		if id := known.byTrait[trait]; id != 0 {
			return id
		}
	}
	return 0
}

func nameColumn(kind Kind) string {
	if kind == HouseholdKind {
		return "head"
	}
	return "name"
}

// target reads one row of a sheet of targets.
func (p *planner) target(kind Kind, d draft[TargetID], known knownTargets) {
	t, _ := p.r.Target(d.id)
	old := t
	x := p.reader(targetSheet(kind), d.row, p.show.target(t), d.fresh)
	t = Target{ID: d.id, Kind: kind, Code: p.targetCode[d.id], AreaID: t.AreaID, GroupID: t.GroupID, CareLevel: t.CareLevel,
		CareReason: t.CareReason, Status: t.Status, Note: t.Note,
		Household: t.Household, Enterprise: t.Enterprise, Organization: t.Organization}
	if tidy(d.row.Fields["code"].Text) != "" {
		x.code(&t.Code)
	}
	ref(x, "area", &t.AreaID, p.names.areas)
	ref(x, "group", &t.GroupID, p.names.groups)
	choice(x, "care", &t.CareLevel)
	x.text("care_reason", &t.CareReason)
	choice(x, "status", &t.Status)
	x.text("note", &t.Note)
	switch kind {
	case HouseholdKind:
		x.household(&t)
	case EnterpriseKind:
		x.enterprise(&t)
	case OrganizationKind:
		x.organization(&t)
	}
	if t.GroupID == 0 {
		t.GroupID = p.names.groupOf(t.AreaID)
	}
	if x.sound() {
		x.checkCare(old, t)
		x.checkHousehold(old, t)
		x.checkUSCC(t, known)
		if t.GroupID == 0 && (x.fresh || old.GroupID != 0) {
			x.fault("group", FaultMissing, "没有哪个工作组单独负责这个区域，请填走访组。", "No one group has this area: fill in the group.")
		}
	}
	p.settle(x, t.Code, p.show.target(t), TargetImported{Target: t})
	if x.fresh && t.InUse() {
		p.fresh = append(p.fresh, freshTarget{t, x.cell(nameColumn(kind))})
	}
}

func (x *rowReader) household(t *Target) {
	var h Household
	if t.Household != nil {
		h = *t.Household
	}
	x.text("head", &h.HeadName)
	x.phone("phone", &h.Phone)
	x.text("address", &h.Address)
	x.number("members", &h.Members)
	choices(x, "types", &h.Types)
	choice(x, "main_cause", &h.MainCause)
	choices(x, "other_causes", &h.OtherCauses)
	choice(x, "health", &h.Health)
	choice(x, "labor", &h.Labor)
	choice(x, "house_kind", &h.HouseKind)
	choice(x, "house_safety", &h.HouseSafety)
	t.Household = &h
}

func (x *rowReader) enterprise(t *Target) {
	var e Enterprise
	if t.Enterprise != nil {
		e = *t.Enterprise
	}
	x.text("name", &e.Name)
	x.uscc("uscc", &e.USCC)
	x.regNo("reg_no", &e.RegNo)
	choice(x, "entity_type", &e.EntityType)
	x.text("address", &e.Address)
	x.text("legal_rep", &e.LegalRep)
	x.text("industry", &e.Industry)
	x.text("products", &e.Products)
	choice(x, "size", &e.Size)
	x.number("employees", &e.Employees)
	x.text("contact_name", &e.ContactName)
	x.text("contact_title", &e.ContactTitle)
	x.phone("contact_phone", &e.ContactPhone)
	x.flag("top100", &e.Top100)
	t.Enterprise = &e
}

func (x *rowReader) organization(t *Target) {
	var o Organization
	if t.Organization != nil {
		o = *t.Organization
	}
	x.text("name", &o.Name)
	choice(x, "org_type", &o.OrgType)
	x.text("secretary", &o.Secretary)
	x.phone("phone", &o.Phone)
	x.number("households", &o.Households)
	x.number("population", &o.Population)
	x.number("party_members", &o.PartyMembers)
	x.number("low_income", &o.LowIncome)
	x.flag("weak_village", &o.WeakVillage)
	ref(x, "paired_branch", &o.PairedBranchID, x.p.names.units)
	t.Organization = &o
}

// checkCare wants a reason for the highest care level, where either is new.
func (x *rowReader) checkCare(old, t Target) {
	if t.CareLevel == Key && t.CareReason == "" && (old.CareLevel != Key || old.CareReason != "") {
		x.fault("care_reason", FaultMissing, "重点对象请填级别理由。", "A key target needs a care reason.")
	}
}

// difficult are the types of household that need a main cause.
func difficult(types []string) bool {
	return slices.ContainsFunc(types, func(s string) bool {
		switch s {
		case "low_income", "dibao", "wubao", "disabled", "illness_poor", "illness_return", "disaster", "study":
			return true
		}
		return false
	})
}

// checkHousehold holds a household's types and causes against each other, where
// they are not as they were.
func (x *rowReader) checkHousehold(old, t Target) {
	h := t.Household
	if h == nil {
		return
	}
	if o := old.Household; o != nil && slices.Equal(o.Types, h.Types) && o.MainCause == h.MainCause && slices.Equal(o.OtherCauses, h.OtherCauses) {
		return
	}
	ordinary := slices.Contains(h.Types, "general")
	if ordinary && slices.ContainsFunc(h.Types, func(s string) bool { return s != "general" && s != "at_ease" }) {
		x.fault("types", FaultRule, "“一般户”不能与其他困难类型同填（“放心户”除外）。", "An ordinary household goes with no other type but a household at ease.")
	}
	if difficult(h.Types) && h.MainCause == "" {
		x.fault("main_cause", FaultMissing, "困难户请填主要致困原因："+PovertyCauses().all("zh-Hans")+"。",
			"A household in difficulty needs a main cause: "+PovertyCauses().all("en")+".")
	}
	if h.MainCause != "" && slices.Contains(h.OtherCauses, h.MainCause) {
		x.fault("other_causes", FaultRule, "其他致困原因不能与主要致困原因相同。", "The other causes repeat the main cause.")
	}
}

// checkUSCC wants each firm once.
func (x *rowReader) checkUSCC(t Target, known knownTargets) {
	if t.Enterprise == nil || t.Enterprise.USCC == "" {
		return
	}
	first, taken := known.byUSCC[t.Enterprise.USCC]
	known.byUSCC[t.Enterprise.USCC] = t.ID
	if !taken || first == t.ID {
		return
	}
	code := x.p.targetCode[first]
	if other, ok := x.p.r.Target(first); ok {
		code = other.Code
	}
	x.fault("uscc", FaultDuplicate, fmt.Sprintf("企业 %s 已有这个信用代码，请核对。", code),
		fmt.Sprintf("The enterprise %s has this credit code already.", code))
}

// targetsCoded finds a target by its code, in this roster or in the records.
func (p *planner) targetsCoded(word string) []TargetID {
	if id, ok := p.targetByCode[nameKey(word)]; ok {
		return []TargetID{id}
	}
	t, _ := p.targetCoded(word)
	return orNone(t.ID)
}

// targetCoded finds a target of the records by its code as it stands, or as a
// code is written.
func (p *planner) targetCoded(word string) (Target, bool) {
	if t, ok := p.r.TargetByCode(tidy(word)); ok {
		return t, true
	}
	return p.r.TargetByCode(nameKey(word))
}

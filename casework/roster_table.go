package casework

import "zoufang/form"

// ColumnKind says what a column of the roster holds.
type ColumnKind string

// The kinds of column.
const (
	TextColumn    ColumnKind = "text"
	CodeColumn    ColumnKind = "code"    // letters, digits and hyphens
	PhoneColumn   ColumnKind = "phone"   // one telephone number
	ContactColumn ColumnKind = "contact" // a text that may hold a telephone number
	DateColumn    ColumnKind = "date"
	NumberColumn  ColumnKind = "number" // a whole number from Min to Max
	ChoiceColumn  ColumnKind = "choice"
	ChoicesColumn ColumnKind = "choices" // several, parted by 、 or commas
	RefColumn     ColumnKind = "ref"     // what another row is called
	RefsColumn    ColumnKind = "refs"    // several of those
	USCCColumn    ColumnKind = "uscc"    // 统一社会信用代码
	RegNoColumn   ColumnKind = "regno"   // the older 15 digits
)

// Column is a column of a sheet of the roster.
type Column struct {
	ID       string
	Kind     ColumnKind
	Label    form.Label // the header
	Aliases  []string   // further headers that mean the same
	Required bool
	Min, Max int        // characters of a text, or the bounds of a number; Max 0 is no bound
	Choices  Dictionary // of choice columns
	Hint     form.Label // what to write
	Example  string
}

// Table is a sheet of the roster.
type Table struct {
	ID      SheetID
	Label   form.Label // the sheet's name
	Columns []Column
}

// RosterTables lists the sheets of the roster workbook with their columns, in
// the order in which they are read and written.
func RosterTables() []Table {
	return []Table{
		{CampaignSheet, form.Label{Zh: "活动", En: "Campaign"}, campaignColumns()},
		{RoundSheet, form.Label{Zh: "轮次", En: "Rounds"}, roundColumns()},
		{UnitSheet, form.Label{Zh: "单位", En: "Units"}, unitColumns()},
		{AreaSheet, form.Label{Zh: "区域", En: "Areas"}, areaColumns()},
		{GroupSheet, form.Label{Zh: "工作组", En: "Groups"}, groupColumns()},
		{StaffSheet, form.Label{Zh: "人员", En: "Staff"}, staffColumns()},
		{HouseholdSheet, form.Label{Zh: "家庭", En: "Households"}, householdColumns()},
		{EnterpriseSheet, form.Label{Zh: "企业", En: "Enterprises"}, enterpriseColumns()},
		{OrganizationSheet, form.Label{Zh: "组织", En: "Organizations"}, organizationColumns()},
		{PairingSheet, form.Label{Zh: "结对", En: "Pairings"}, pairingColumns()},
		{ProblemSheet, form.Label{Zh: "问题", En: "Problems"}, problemColumns()},
		{TrademarkSheet, form.Label{Zh: "商标", En: "Trademarks"}, markColumns()},
		{PolicySheet, form.Label{Zh: "政策", En: "Policies"}, policyColumns()},
	}
}

func label(zh, en string) form.Label { return form.Label{Zh: zh, En: en} }

func dateHint() form.Label { return label("日期，如 2017-04-05", "a date such as 2017-04-05") }

func areaHint() form.Label {
	return label("“区域”表里的名称；重名时写全，如 贾汪区/塔山镇/李庄村",
		"a name from the sheet Areas; in full where names repeat: district/town/village")
}

func campaignColumns() []Column {
	return []Column{
		{ID: "name", Kind: TextColumn, Label: label("名称", "Name"), Aliases: []string{"活动名称"},
			Required: true, Max: 60, Example: "“百千万”集中走访"},
		{ID: "year", Kind: NumberColumn, Label: label("年度", "Year"), Required: true, Min: 2000, Max: 2100, Example: "2017"},
		{ID: "start", Kind: DateColumn, Label: label("开始日期", "Start"), Aliases: []string{"开始"},
			Required: true, Hint: dateHint(), Example: "2017-02-06"},
		{ID: "end", Kind: DateColumn, Label: label("结束日期", "End"), Aliases: []string{"结束"},
			Hint: dateHint(), Example: "2017-12-31"},
		{ID: "must_resolve_by", Kind: DateColumn, Label: label("硬期限", "Must resolve by"),
			Hint: label("问题最迟解决的日期，可不填", "the day by which problems must be solved; may stay empty"), Example: "2017-09-30"},
	}
}

func roundColumns() []Column {
	return []Column{
		{ID: "no", Kind: NumberColumn, Label: label("轮次", "Round"), Aliases: []string{"序号"},
			Required: true, Min: 1, Max: 99, Example: "1"},
		{ID: "title", Kind: TextColumn, Label: label("名称", "Title"), Max: 60, Example: "第一轮"},
		{ID: "start", Kind: DateColumn, Label: label("开始日期", "Start"), Aliases: []string{"开始"},
			Required: true, Hint: dateHint(), Example: "2017-02-06"},
		{ID: "end", Kind: DateColumn, Label: label("结束日期", "End"), Aliases: []string{"结束"},
			Required: true, Hint: dateHint(), Example: "2017-03-17"},
		{ID: "focus", Kind: TextColumn, Label: label("重点", "Focus"), Max: 100, Example: "摸底"},
	}
}

func unitColumns() []Column {
	return []Column{
		{ID: "name", Kind: TextColumn, Label: label("名称", "Name"), Aliases: []string{"单位名称", "支部名称"},
			Required: true, Max: 60, Example: "第一党支部"},
		{ID: "kind", Kind: ChoiceColumn, Label: label("类型", "Kind"), Required: true, Choices: UnitKinds(), Example: "支部"},
		{ID: "parent", Kind: RefColumn, Label: label("上级单位", "Parent"), Aliases: []string{"上级"},
			Hint: label("本表里的名称", "a name from this sheet"), Example: "市工商局"},
		{ID: "contact", Kind: ContactColumn, Label: label("联系人", "Contact"), Max: 60,
			Hint: label("单位的公开联系方式", "how the body can be reached, as it makes public")},
	}
}

func areaColumns() []Column {
	return []Column{
		{ID: "name", Kind: TextColumn, Label: label("名称", "Name"), Aliases: []string{"区域名称"},
			Required: true, Max: 30, Hint: label("只写本级名称，不含“/”", "this level's name alone, without a slash"), Example: "李庄村"},
		{ID: "level", Kind: ChoiceColumn, Label: label("级别", "Level"), Required: true, Choices: AreaLevels(), Example: "村社区"},
		{ID: "parent", Kind: RefColumn, Label: label("上级区域", "Parent"), Aliases: []string{"上级"},
			Hint: areaHint(), Example: "贾汪区/塔山镇"},
		{ID: "code", Kind: CodeColumn, Label: label("区划代码", "Code"), Aliases: []string{"代码"}, Max: 20},
	}
}

func groupColumns() []Column {
	return []Column{
		{ID: "code", Kind: CodeColumn, Label: label("组编号", "Code"), Aliases: []string{"编号"},
			Required: true, Max: 20, Example: "G1"},
		{ID: "name", Kind: TextColumn, Label: label("名称", "Name"), Aliases: []string{"组名"}, Required: true, Max: 30, Example: "第一工作组"},
		{ID: "leader", Kind: RefColumn, Label: label("组长工号", "Leader"), Aliases: []string{"组长"}, Required: true,
			Hint: label("“人员”表里的工号，其角色要含“组长”", "a staff number whose roles include Group leader"), Example: "R001"},
		{ID: "deputy", Kind: RefColumn, Label: label("副组长工号", "Deputy"), Aliases: []string{"副组长"},
			Hint: label("“人员”表里的工号", "a staff number"), Example: "R002"},
		{ID: "areas", Kind: RefsColumn, Label: label("负责区域", "Areas"), Aliases: []string{"区域"},
			Hint: label("可写多个，用、隔开", "several, parted by commas"), Example: "塔山镇、工业园区"},
	}
}

func staffColumns() []Column {
	return []Column{
		{ID: "code", Kind: CodeColumn, Label: label("工号", "Staff number"), Aliases: []string{"编号", "人员编号"},
			Required: true, Max: 20, Example: "R001"},
		{ID: "name", Kind: TextColumn, Label: label("姓名", "Name"), Required: true, Min: 2, Max: 15, Example: "王小明"},
		{ID: "branch", Kind: RefColumn, Label: label("支部", "Branch"), Aliases: []string{"所在支部", "单位"},
			Hint: label("“单位”表里的名称", "a name from the sheet Units"), Example: "第一党支部"},
		{ID: "title", Kind: TextColumn, Label: label("职务", "Title"), Max: 30, Example: "科员"},
		{ID: "party_member", Kind: ChoiceColumn, Label: label("是否党员", "Party member"), Aliases: []string{"党员"},
			Choices: yesNo(), Example: "是"},
		{ID: "roles", Kind: ChoicesColumn, Label: label("角色", "Roles"), Required: true, Choices: RoleNames(), Example: "走访党员、组长"},
		{ID: "groups", Kind: RefsColumn, Label: label("工作组", "Groups"), Aliases: []string{"组", "组编号"},
			Hint: label("组编号，可写多个，用、隔开", "group codes, parted by commas"), Example: "G1"},
	}
}

// commonColumns are those that every kind of target has at its end.
func commonColumns() []Column {
	return []Column{
		{ID: "care", Kind: ChoiceColumn, Label: label("重点级别", "Care level"), Aliases: []string{"级别"},
			Choices: CareLevels(), Hint: label("不填为一般", "empty is General"), Example: "关注"},
		{ID: "care_reason", Kind: TextColumn, Label: label("级别理由", "Care reason"), Max: 100,
			Hint: label("重点对象必填", "needed where the care level is Key")},
		{ID: "status", Kind: ChoiceColumn, Label: label("状态", "Status"), Choices: TargetStatuses(),
			Hint: label("不填为在册", "empty is Active"), Example: "在册"},
		{ID: "note", Kind: TextColumn, Label: label("备注", "Note"), Max: 300},
	}
}

func placeColumns() []Column {
	return []Column{
		{ID: "area", Kind: RefColumn, Label: label("区域", "Area"), Aliases: []string{"镇/村/组", "镇村", "村", "所在镇村"},
			Required: true, Hint: areaHint(), Example: "塔山镇/李庄村"},
		{ID: "group", Kind: RefColumn, Label: label("走访组", "Group"), Aliases: []string{"工作组", "组编号"},
			Hint: label("组编号；不填则按区域归组", "a group's code; empty: the group that has the area"), Example: "G1"},
	}
}

func codeColumn(zh, example string) Column {
	return Column{ID: "code", Kind: CodeColumn, Label: label(zh, "Code"), Aliases: []string{"编号"}, Max: 20,
		Hint: label("不填则自动编号", "empty: the next free one is given"), Example: example}
}

func householdColumns() []Column {
	out := append([]Column{codeColumn("户编号", "JT-0001")}, placeColumns()...)
	out = append(out, []Column{
		{ID: "head", Kind: TextColumn, Label: label("户主姓名", "Head of household"), Aliases: []string{"户主", "姓名"},
			Required: true, Max: 30, Example: "李大山"},
		{ID: "phone", Kind: PhoneColumn, Label: label("联系电话", "Phone"), Aliases: []string{"电话", "手机"}},
		{ID: "address", Kind: TextColumn, Label: label("住址", "Address"), Aliases: []string{"地址"}, Max: 100, Example: "二组东头"},
		{ID: "members", Kind: NumberColumn, Label: label("家庭人口", "Members"), Aliases: []string{"人口"}, Min: 1, Max: 20, Example: "4"},
		{ID: "types", Kind: ChoicesColumn, Label: label("户类型", "Types"), Aliases: []string{"家庭类型"},
			Required: true, Choices: HouseholdTypes(), Example: "低保户、独居老人"},
		{ID: "main_cause", Kind: ChoiceColumn, Label: label("主要致困原因", "Main cause"), Aliases: []string{"致困原因"},
			Choices: PovertyCauses(), Hint: label("困难户必填", "needed for households in difficulty"), Example: "因病"},
		{ID: "other_causes", Kind: ChoicesColumn, Label: label("其他致困原因", "Other causes"),
			Choices: PovertyCauses(), Max: 2, Hint: label("最多两项", "two at most"), Example: "缺劳力"},
		{ID: "health", Kind: ChoiceColumn, Label: label("健康状况", "Health"), Choices: HealthStates(), Example: "长期慢性病"},
		{ID: "labor", Kind: ChoiceColumn, Label: label("劳动力情况", "Labour"), Choices: LaborStates(), Example: "弱/半劳动力"},
		{ID: "house_kind", Kind: ChoiceColumn, Label: label("住房情况", "House"), Choices: HouseKinds(), Example: "自住"},
		{ID: "house_safety", Kind: ChoiceColumn, Label: label("住房安全", "House safety"), Choices: HouseSafeties(), Example: "安全"},
	}...)
	return append(out, commonColumns()...)
}

func enterpriseColumns() []Column {
	out := []Column{
		codeColumn("企业编号", "QY-001"),
		{ID: "name", Kind: TextColumn, Label: label("企业名称", "Name"), Aliases: []string{"名称"},
			Required: true, Max: 100, Example: "塔山示例食品有限公司"},
		{ID: "uscc", Kind: USCCColumn, Label: label("统一社会信用代码", "USCC"), Aliases: []string{"信用代码"},
			Hint: label("18 位；没有则填注册号", "18 characters; else fill in the registration number"), Example: "91350100M000100Y43"},
		{ID: "reg_no", Kind: RegNoColumn, Label: label("注册号", "Registration number"),
			Hint: label("旧的 15 位号码", "the older number of 15 digits")},
		{ID: "entity_type", Kind: ChoiceColumn, Label: label("市场主体类型", "Entity type"), Aliases: []string{"主体类型", "类型"},
			Choices: EntityTypes(), Example: "企业"},
	}
	out = append(out, placeColumns()...)
	out = append(out, []Column{
		{ID: "address", Kind: TextColumn, Label: label("地址", "Address"), Aliases: []string{"住所"}, Max: 100},
		{ID: "legal_rep", Kind: TextColumn, Label: label("法定代表人", "Legal representative"), Aliases: []string{"经营者", "法人代表"}, Max: 30},
		{ID: "industry", Kind: TextColumn, Label: label("行业", "Industry"), Max: 30, Example: "食品加工"},
		{ID: "products", Kind: TextColumn, Label: label("主要产品", "Products"), Max: 100, Example: "面粉"},
		{ID: "size", Kind: ChoiceColumn, Label: label("规模", "Size"), Choices: FirmSizes(), Example: "小"},
		{ID: "employees", Kind: NumberColumn, Label: label("职工人数", "Employees"), Max: 1_000_000, Example: "35"},
		{ID: "contact_name", Kind: TextColumn, Label: label("联系人", "Contact"), Max: 30},
		{ID: "contact_title", Kind: TextColumn, Label: label("联系人职务", "Contact's title"), Max: 30},
		{ID: "contact_phone", Kind: PhoneColumn, Label: label("联系电话", "Phone"), Aliases: []string{"电话"}},
		{ID: "top100", Kind: ChoiceColumn, Label: label("是否“百家”重点企业", "Top 100"), Aliases: []string{"百家企业", "是否百家"},
			Choices: yesNo(), Example: "否"},
	}...)
	return append(out, commonColumns()...)
}

func organizationColumns() []Column {
	out := []Column{
		codeColumn("组织编号", "ZZ-01"),
		{ID: "name", Kind: TextColumn, Label: label("组织名称", "Name"), Aliases: []string{"名称"},
			Required: true, Max: 100, Example: "李庄村党支部"},
		{ID: "org_type", Kind: ChoiceColumn, Label: label("类型", "Type"), Aliases: []string{"组织类型"},
			Choices: OrgTypes(), Example: "村党组织"},
	}
	out = append(out, placeColumns()...)
	out = append(out, []Column{
		{ID: "secretary", Kind: TextColumn, Label: label("书记", "Secretary"), Aliases: []string{"书记/负责人", "负责人"}, Max: 30},
		{ID: "phone", Kind: PhoneColumn, Label: label("联系电话", "Phone"), Aliases: []string{"电话"}},
		{ID: "households", Kind: NumberColumn, Label: label("户数", "Households"), Max: 1_000_000, Example: "420"},
		{ID: "population", Kind: NumberColumn, Label: label("人口", "Population"), Max: 10_000_000, Example: "1650"},
		{ID: "party_members", Kind: NumberColumn, Label: label("党员数", "Party members"), Max: 1_000_000, Example: "48"},
		{ID: "low_income", Kind: NumberColumn, Label: label("低收入户数", "Low-income households"), Max: 1_000_000, Example: "16"},
		{ID: "weak_village", Kind: ChoiceColumn, Label: label("是否经济薄弱村", "Weak village"), Aliases: []string{"经济薄弱村"},
			Choices: yesNo(), Example: "是"},
		{ID: "paired_branch", Kind: RefColumn, Label: label("结对支部", "Paired branch"),
			Hint: label("“单位”表里的名称", "a name from the sheet Units"), Example: "第一党支部"},
	}...)
	return append(out, commonColumns()...)
}

func pairingColumns() []Column {
	return []Column{
		{ID: "target", Kind: RefColumn, Label: label("对象编号", "Target"), Aliases: []string{"编号"},
			Required: true, Hint: label("户、企业或组织的编号", "the code of a household, enterprise or organisation"), Example: "JT-0001"},
		{ID: "staff", Kind: RefColumn, Label: label("工号", "Staff number"), Aliases: []string{"结对人", "结对人工号"},
			Required: true, Example: "R001"},
		{ID: "role", Kind: ChoiceColumn, Label: label("角色", "Role"), Choices: PairingRoles(), Required: true,
			Hint: label("每个对象责任人只有一名", "one responsible person a target"), Example: "责任人"},
		{ID: "from", Kind: DateColumn, Label: label("起始日期", "From"), Hint: dateHint(), Example: "2017-02-06"},
		{ID: "reason", Kind: TextColumn, Label: label("说明", "Reason"), Max: 100},
	}
}

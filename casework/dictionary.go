package casework

import (
	"slices"
	"strings"

	"zoufang/form"
)

// Dictionary lists the values an enumeration can take: the token that is
// stored, and the words for it. Tokens are never renamed; labels may be.
type Dictionary []form.Option

// Token finds the value that the person means by s: a Chinese or English
// label, an alias or the token itself, in any width and case.
func (d Dictionary) Token(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", false
	}
	for _, o := range d { // most words are labels as they stand, and folding is slow
		if o.Label.Zh == s {
			return o.ID, true
		}
	}
	s = form.Fold(s)
	for _, o := range d {
		if form.Fold(o.ID) == s || form.Fold(o.Label.Zh) == s || form.Fold(o.Label.En) == s ||
			slices.ContainsFunc(o.Aliases, func(a string) bool { return form.Fold(a) == s }) {
			return o.ID, true
		}
	}
	return "", false
}

// Label is the word for the token in the language "zh-Hans" or "en". A token
// that the dictionary lacks is its own word.
func (d Dictionary) Label(token, lang string) string {
	for _, o := range d {
		if o.ID == token {
			return o.Label.In(lang)
		}
	}
	return token
}

// labels joins the words for the tokens, as they stand in one cell.
func (d Dictionary) labels(tokens []string) string {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = d.Label(t, "zh-Hans")
	}
	return strings.Join(words, "、")
}

// all joins every word of the dictionary in the language.
func (d Dictionary) all(lang string) string {
	words := make([]string, len(d))
	for i, o := range d {
		words[i] = o.Label.In(lang)
	}
	if lang == "en" {
		return strings.Join(words, ", ")
	}
	return strings.Join(words, "、")
}

func option[T ~string](id T, zh, en string, aliases ...string) form.Option {
	return form.Option{ID: string(id), Label: form.Label{Zh: zh, En: en}, Aliases: aliases}
}

// RoleNames 角色 has the words for every [Role].
func RoleNames() Dictionary {
	return Dictionary{
		option(Visitor, "走访党员", "Visitor", "党员", "走访人"),
		option(GroupLeader, "组长", "Group leader"),
		option(BranchSecretary, "支部书记", "Branch secretary", "书记"),
		option(Office, "活动办公室", "Campaign office", "活动办"),
		option(BureauLeader, "局领导", "Bureau leader"),
		option(TrademarkOfficer, "商标科", "Trademark officer"),
		option(Auditor, "纪检/督查", "Auditor", "纪检", "督查", "纪检/督查(只读)"),
		option(Admin, "系统管理", "Administrator", "管理员", "admin"),
	}
}

// UnitKinds 单位类型 has the words for every [UnitKind].
func UnitKinds() Dictionary {
	return Dictionary{
		option(Branch, "支部", "Branch", "党支部"),
		option(Bureau, "局", "Bureau", "市局"),
		option(DistrictBureau, "区局", "District bureau"),
		option(OfficeUnit, "活动办公室", "Campaign office", "活动办"),
		option(External, "外单位", "Outside body"),
	}
}

// AreaLevels 区域级别 has the words for every [AreaLevel].
func AreaLevels() Dictionary {
	return Dictionary{
		option(District, "区", "District", "区县", "县"),
		option(Town, "镇街", "Town", "镇", "街道", "乡", "乡镇"),
		option(Village, "村社区", "Village", "村", "社区"),
		option(Park, "园区", "Park"),
		option(VillageGroup, "村民组", "Village group", "组"),
	}
}

// CareLevels 重点级别 has the words for every [CareLevel].
func CareLevels() Dictionary {
	return Dictionary{
		option(Key, "重点", "Key"),
		option(Watch, "关注", "Watch"),
		option(General, "一般", "General"),
	}
}

// TargetStatuses 对象状态 has the words for every [TargetStatus].
func TargetStatuses() Dictionary {
	return Dictionary{
		option(Active, "在册", "Active"),
		option(MovedAway, "外出", "Away"),
		option(Closed, "注销", "Closed"),
		option(Merged, "已合并", "Merged"),
		option(Removed, "移出", "Removed"),
	}
}

// PairingRoles 结对角色 has the words for every [PairingRole].
func PairingRoles() Dictionary {
	return Dictionary{
		option(Primary, "责任人", "Responsible", "结对责任人", "主"),
		option(Assist, "协助", "Assisting", "协助人"),
	}
}

// HouseholdTypes 户类型, several of which can hold. "general" excludes all
// others but "at_ease".
func HouseholdTypes() Dictionary {
	return Dictionary{
		option("general", "一般户", "Ordinary household", "一般"),
		option("low_income", "建档立卡低收入户", "Registered low-income household", "低收入户", "建档立卡户"),
		option("dibao", "低保户", "Minimum-living-allowance household", "低保"),
		option("wubao", "五保户/分散供养特困", "Five-guarantees household", "五保户", "五保", "特困", "分散供养特困"),
		option("disabled", "残疾人家庭", "Household with a disabled person", "残疾", "残疾人"),
		option("elder_alone", "独居(空巢)老人", "Elder living alone", "独居老人", "空巢老人", "独居", "空巢"),
		option("left_behind_elder", "留守老人", "Left-behind elder"),
		option("left_behind_child", "留守儿童", "Left-behind child"),
		option("left_behind_woman", "留守妇女", "Left-behind woman"),
		option("illness_poor", "因病致贫", "Poor through illness"),
		option("illness_return", "因病返贫", "Poor again through illness"),
		option("disaster", "受灾", "Struck by disaster", "受灾户"),
		option("study", "因学困难", "In difficulty through schooling"),
		option("single_parent", "单亲", "Single parent", "单亲家庭"),
		option("hardship_member", "困难党员/老党员", "Old or needy party member", "困难党员", "老党员"),
		option("veteran", "军烈属/退役", "Veteran or soldier's family", "军烈属", "退役", "退役军人"),
		option("at_ease", "放心户", "Household at ease"),
	}
}

// PovertyCauses 致困原因.
func PovertyCauses() Dictionary {
	return Dictionary{
		option("illness", "因病", "Illness"),
		option("disability", "因残", "Disability"),
		option("study", "因学", "Schooling"),
		option("disaster", "因灾", "Disaster"),
		option("land", "缺土地", "Lack of land"),
		option("water", "缺水", "Lack of water"),
		option("tech", "缺技术", "Lack of skills"),
		option("labor", "缺劳力", "Lack of labour", "缺劳动力"),
		option("fund", "缺资金", "Lack of funds"),
		option("transport", "交通条件落后", "Poor roads"),
		option("motivation", "自身发展动力不足", "Lack of drive"),
		option("other", "其它", "Other", "其他"),
	}
}

// HealthStates 健康状况. Sensitive: shown in no chat.
func HealthStates() Dictionary {
	return Dictionary{
		option("healthy", "健康", "Healthy"),
		option("chronic", "长期慢性病", "Chronic illness", "慢性病"),
		option("serious", "患有大病", "Serious illness", "大病"),
		option("disabled", "残疾", "Disabled"),
	}
}

// LaborStates 劳动力情况.
func LaborStates() Dictionary {
	return Dictionary{
		option("normal", "普通劳动力", "Able to work"),
		option("skilled", "技能劳动力", "Skilled"),
		option("weak", "弱/半劳动力", "Partly able to work", "弱劳动力", "半劳动力"),
		option("lost", "丧失劳动力", "Unable to work"),
		option("none", "无劳动力", "No one of working age"),
	}
}

// HouseKinds 住房情况.
func HouseKinds() Dictionary {
	return Dictionary{
		option("own", "自住", "Own"),
		option("rent", "租住", "Rented"),
		option("lodge", "寄居", "Lodging", "寄住"),
		option("empty", "空置", "Empty"),
	}
}

// HouseSafeties 住房安全.
func HouseSafeties() Dictionary {
	return Dictionary{
		option("safe", "安全", "Safe"),
		option("hazard", "有隐患", "Hazard", "隐患"),
		option("danger", "危房(C/D)", "Dangerous (C/D)", "危房"),
	}
}

// EntityTypes 市场主体类型.
func EntityTypes() Dictionary {
	return Dictionary{
		option("company", "企业", "Company", "公司"),
		option("individual", "个体工商户", "Sole trader", "个体户", "个体"),
		option("coop", "农民专业合作社", "Farmers' cooperative", "合作社"),
		option("other", "其他", "Other", "其它"),
	}
}

// FirmSizes 企业规模.
func FirmSizes() Dictionary {
	return Dictionary{
		option("micro", "微", "Micro", "微型"),
		option("small", "小", "Small", "小型"),
		option("medium", "中", "Medium", "中型"),
		option("large", "大", "Large", "大型"),
		option("above_scale", "规上", "Above designated size", "规模以上"),
	}
}

// OrgTypes 基层组织类型.
func OrgTypes() Dictionary {
	return Dictionary{
		option("village_branch", "村党组织", "Village branch", "村"),
		option("community_branch", "社区党组织", "Community branch", "社区"),
		option("park_branch", "园区党组织", "Park branch", "园区"),
		option("firm_branch", "企业党组织", "Firm's branch", "企业党支部"),
		option("district_dept", "区级部门", "District department"),
	}
}

// yesNo has the words of a yes-or-no cell.
func yesNo() Dictionary {
	return Dictionary{
		option("yes", "是", "Yes", "y", "true", "1", "√", "✓", "有"),
		option("no", "否", "No", "n", "false", "0", "×", "无"),
	}
}

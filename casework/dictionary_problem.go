package casework

import "slices"

// ProblemStatuses 办理状态 has the words for every [ProblemStatus].
func ProblemStatuses() Dictionary {
	return Dictionary{
		option(ProblemRegistered, "登记", "Registered"),
		option(ProblemPending, "待办", "Waiting"),
		option(ProblemDoing, "在办", "In hand"),
		option(ProblemEscalated, "上报", "Passed up"),
		option(ProblemTransferred, "转办", "With an outside body"),
		option(ProblemOnHold, "挂起", "On hold"),
		option(ProblemResolved, "办结(待回访)", "Resolved, to be asked", "办结"),
		option(ProblemClosed, "销号", "Struck off"),
		option(ProblemMerged, "合并", "Merged"),
		option(ProblemInvalid, "作废", "Void"),
	}
}

// Urgencies 紧急程度 has the words for every [Urgency].
func Urgencies() Dictionary {
	return Dictionary{
		option(Normal, "一般", "Normal", "不急"),
		option(Urgent, "急", "Urgent", "紧急"),
		option(Emergency, "特急", "Emergency"),
	}
}

// Levels 责任层级 has the words for every [Level].
func Levels() Dictionary {
	return Dictionary{
		option(LevelOnSpot, "当场", "On the spot"),
		option(LevelGroup, "组", "Group"),
		option(LevelBranch, "支部", "Branch"),
		option(LevelBureau, "局", "Bureau"),
		option(LevelDistrict, "区(县)", "District", "区", "县"),
		option(LevelExternal, "镇/外单位", "Outside body", "镇", "外单位"),
	}
}

// ProblemSources 来源 has the words for every [ProblemSource].
func ProblemSources() Dictionary {
	return Dictionary{
		option(FromVisit, "走访", "Visit"),
		option(FromPhone, "电话询问", "Telephone"),
		option(FromFirm, "企业来电", "A firm's call"),
		option(FromOrg, "组织上报", "Organisation"),
		option(FromOffice, "办公室交办", "Office"),
		option(FromImport, "导入", "Import"),
	}
}

// whyReopened is the reason for which the program passes a problem up.
const whyReopened = "reopened_twice"

// EscalationReasons 上报原因.
func EscalationReasons() Dictionary {
	return Dictionary{
		option("beyond_power", "超出权限", "Beyond our powers"),
		option("needs_fund", "需资金", "Needs funds"),
		option("cross_dept", "跨部门", "Concerns several bodies"),
		option("common", "共性问题", "Common to many"),
		option("overdue", "逾期", "Overdue"),
		option(whyReopened, "两次不满意", "Twice not satisfied"),
		option("emergency", "紧急", "Emergency"),
	}
}

// Resolutions 办结方式. The first is for what was solved at the visit itself.
func Resolutions() Dictionary {
	return Dictionary{
		option("on_spot", "当场办结", "On the spot"),
		option("solved", "协调解决", "Solved"),
		option("explained", "政策解释", "Policy explained"),
		option("planned", "列入规划", "Put into a plan"),
		option("transferred_out", "移交外单位", "Handed to an outside body"),
		option("not_feasible", "暂不具备条件", "Not feasible for the time being"),
		option("withdrawn", "对象撤回", "Withdrawn by the people"),
	}
}

// mustTell reports whether the people must have been told before a problem is
// resolved in this way, because nothing they asked for is done.
func mustTell(resolution string) bool {
	return resolution == "explained" || resolution == "planned" || resolution == "not_feasible"
}

// Satisfactions 满意度 has the words for every [Satisfaction].
func Satisfactions() Dictionary {
	return Dictionary{
		option(Satisfied, "满意", "Satisfied"),
		option(FairlySatisfied, "基本满意", "Fairly satisfied"),
		option(NotSatisfied, "不满意", "Not satisfied"),
		option(NotReached, "未联系上", "Not reached"),
	}
}

// Lacks 缺什么: what can be lacking, and is filled by measures.
func Lacks() Dictionary {
	return Dictionary{
		option("road", "路", "Road"),
		option("water", "水", "Water"),
		option("power", "电", "Power"),
		option("network", "网", "Network"),
		option("house", "房", "House", "房子", "住房"),
		option("money", "资金", "Money"),
		option("loan", "贷款", "Loan"),
		option("technique", "技术", "Technique"),
		option("labor", "劳力", "Labour", "劳动力", "用工"),
		option("medicine", "医药", "Medicine", "看病", "药"),
		option("care", "照护", "Care"),
		option("schooling", "就学", "Schooling"),
		option("job", "工作", "Job", "就业"),
		option("sales", "销路", "Sales"),
		option("policy", "政策明白", "Knowing the policy", "政策"),
		option("brand", "品牌商标", "Brand", "品牌", "商标"),
		option("venue", "场地阵地", "Place", "场地", "阵地"),
		option("team", "班子人手", "Leaders and hands", "班子", "人手"),
		option("other", "其他", "Other"),
	}
}

// AskedAtVisit 走访询问 are the answers to whether a problem is still there.
func AskedAtVisit() Dictionary {
	return Dictionary{
		option("still", "还在", "Still there"),
		option("better", "有好转", "Better"),
		option("gone", "已解决", "Gone"),
	}
}

// categories are those of the forms' problem part, by family.
func categories() map[string][]string {
	return map[string][]string{
		"life": {
			"road_bridge", "water", "power", "network", "medical", "disability_care", "elder_care", "schooling",
			"housing", "jobs", "farming", "welfare", "environment", "transport",
		},
		"mind":    {"policy_unclear", "worry", "mediation_wish"},
		"project": {"land", "approval", "utilities", "construction"},
		"enterprise": {
			"financing", "staffing", "land_site", "trademark", "ip_dispute", "registration", "tax_fee", "market",
			"tech", "power_cost",
		},
		"stability": {"dispute", "wage", "consumer", "petition_lead", "safety"},
		"party":     {"team", "members", "life_meeting", "venue", "fund", "collective_income"},
	}
}

// familyOf is the family of a category, which has one; empty if there is no such
// category.
func familyOf(category string) string {
	for family, list := range categories() {
		if slices.Contains(list, category) {
			return family
		}
	}
	return ""
}

// LackOf is what is lacking, as a problem's category has it by itself; see [Lacks].
func LackOf(category string) string {
	for lack, list := range map[string][]string{
		"water": {"water"}, "network": {"network"}, "schooling": {"schooling"}, "power": {"power", "power_cost"},
		"road": {"road_bridge", "transport"}, "medicine": {"medical"}, "house": {"housing"}, "job": {"jobs"},
		"care":  {"disability_care", "elder_care", "worry", "mediation_wish"},
		"sales": {"farming", "market", "collective_income"}, "money": {"wage", "fund"},
		"policy": {
			"welfare", "policy_unclear", "land", "approval", "registration", "tax_fee", "consumer", "petition_lead",
		},
		"loan": {"financing"}, "labor": {"staffing"}, "venue": {"land_site", "venue"},
		"brand": {"trademark", "ip_dispute"}, "technique": {"tech"}, "team": {"team", "members", "life_meeting"},
	} {
		if slices.Contains(list, category) {
			return lack
		}
	}
	return "other"
}

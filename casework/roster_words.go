package casework

// familyWords 六类 has the words of the problem part's families. A roster is read
// before any form is published, so they stand here as well.
func familyWords() Dictionary {
	return Dictionary{
		option("mind", "群众思想困惑", "Worries and doubts", "思想困惑", "思想"),
		option("life", "群众生活困难", "Hardship in daily life", "生活困难", "生活"),
		option("project", "项目建设障碍", "Obstacles to projects", "项目建设", "项目"),
		option("enterprise", "企业发展瓶颈", "Obstacles to enterprises", "企业发展", "企业"),
		option("stability", "影响社会稳定", "Threats to social peace", "社会稳定", "稳定"),
		option("party", "基层党建薄弱", "Weak party organisation", "基层党建", "党建"),
	}
}

// categoryWords 类别 has the words of the problem part's categories, all families
// together.
func categoryWords() Dictionary {
	return Dictionary{
		option("road_bridge", "修路搭桥", "Roads and bridges"),
		option("water", "饮水排水", "Water and drainage"),
		option("power", "用电", "Power"),
		option("network", "通讯网络", "Network"),
		option("medical", "看病报销", "Medical costs"),
		option("disability_care", "残疾照护", "Disability care"),
		option("elder_care", "养老", "Care of the old"),
		option("schooling", "上学", "Schooling"),
		option("housing", "住房", "Housing"),
		option("jobs", "就业", "Jobs"),
		option("farming", "种养与销路", "Farming and sales"),
		option("welfare", "低保救助", "Welfare"),
		option("environment", "环境卫生", "Environment"),
		option("transport", "公交出行", "Transport"),
		option("policy_unclear", "政策不明", "Policy unclear"),
		option("worry", "思想顾虑", "Worry"),
		option("mediation_wish", "心理疏导", "Wish to talk"),
		option("land", "用地征迁", "Land and relocation"),
		option("approval", "审批", "Approval"),
		option("utilities", "配套", "Utilities"),
		option("construction", "施工受阻", "Works blocked"),
		option("financing", "融资难", "Financing"),
		option("staffing", "用工", "Staffing"),
		option("land_site", "场地", "Site"),
		option("trademark", "商标品牌", "Trademark"),
		option("ip_dispute", "侵权维权", "Infringement"),
		option("registration", "登记许可年报", "Registration"),
		option("tax_fee", "税费", "Taxes and fees"),
		option("market", "市场销路", "Market"),
		option("tech", "技术转型", "Technology"),
		option("power_cost", "用能成本", "Cost of energy"),
		option("dispute", "邻里纠纷", "Neighbours' dispute"),
		option("wage", "欠薪", "Unpaid wages"),
		option("consumer", "消费纠纷", "Consumer dispute"),
		option("petition_lead", "信访苗头", "Signs of a petition"),
		option("safety", "安全隐患", "Safety hazard"),
		option("team", "班子", "Leadership team"),
		option("members", "党员队伍", "Party members"),
		option("life_meeting", "组织生活", "Party life"),
		option("venue", "活动阵地", "Meeting place"),
		option("fund", "经费", "Funds"),
		option("collective_income", "集体增收", "Collective income"),
	}
}

// scope says whether a problem is one target's alone.
type scope string

// scopeWords 个性/共性.
func scopeWords() Dictionary {
	return Dictionary{
		option("individual", "个性", "Individual"),
		option("common", "共性", "Common"),
	}
}

// importLevels are the levels at which a problem can be put on the list: what was
// solved on the spot, or is with an outside body already, has a history that a
// row cannot tell.
func importLevels() Dictionary { return Levels()[1:5] }

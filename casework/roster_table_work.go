package casework

// The columns of what a campaign can bring along from before: problems already on
// a list, trademarks and policy cards.

func problemColumns() []Column {
	return []Column{
		{ID: "target", Kind: RefColumn, Label: label("对象编号", "Target"), Aliases: []string{"编号"},
			Required: true, Hint: label("户、企业或组织的编号", "the code of a household, enterprise or organisation"), Example: "JT-0001"},
		{ID: "source", Kind: ChoiceColumn, Label: label("来源", "Source"), Choices: ProblemSources(),
			Hint: label("不填为导入", "empty is Import"), Example: "导入"},
		{ID: "family", Kind: ChoiceColumn, Label: label("六类", "Family"), Aliases: []string{"六类归属"}, Choices: familyWords(),
			Hint: label("不填则按类别", "empty: that of the category"), Example: "群众生活困难"},
		{ID: "category", Kind: ChoiceColumn, Label: label("类别", "Category"), Aliases: []string{"具体类别"},
			Required: true, Choices: categoryWords(), Example: "修路搭桥"},
		{ID: "words", Kind: TextColumn, Label: label("描述", "Description"), Aliases: []string{"问题描述", "问题"},
			Required: true, Min: 5, Max: 500, Example: "村口的路坏了，雨天走不了"},
		{ID: "lacks", Kind: ChoicesColumn, Label: label("缺什么", "Lacks"), Choices: Lacks(),
			Hint: label("不填则按类别", "empty: what the category lacks"), Example: "路"},
		{ID: "scope", Kind: ChoiceColumn, Label: label("个性/共性", "Individual or common"), Aliases: []string{"个性共性"},
			Choices: scopeWords(), Hint: label("不填为个性", "empty is Individual"), Example: "个性"},
		{ID: "urgency", Kind: ChoiceColumn, Label: label("紧急程度", "Urgency"), Choices: Urgencies(),
			Hint: label("不填为一般", "empty is Normal"), Example: "一般"},
		{ID: "level", Kind: ChoiceColumn, Label: label("层级", "Level"), Aliases: []string{"责任层级"}, Choices: importLevels(),
			Hint: label("不填为组", "empty is Group"), Example: "组"},
		{ID: "owner", Kind: RefColumn, Label: label("责任人编号", "Owner"), Aliases: []string{"责任人", "责任人工号"},
			Hint: label("工号；不填为结对责任人，由组长交办", "a staff number; empty: the responsible person, and the leader triages"), Example: "R001"},
		{ID: "raised_on", Kind: DateColumn, Label: label("登记日期", "Raised on"), Aliases: []string{"日期"},
			Hint: label("日期，如 2017-04-05；不填为今天", "a date such as 2017-04-05; empty is today"), Example: "2017-04-05"},
		{ID: "due_on", Kind: DateColumn, Label: label("时限", "Due on"), Aliases: []string{"办结时限"},
			Hint: label("日期；不填则按层级和紧急程度", "a date; empty: by level and urgency"), Example: "2017-04-20"},
	}
}

func markColumns() []Column {
	return []Column{
		{ID: "firm", Kind: RefColumn, Label: label("企业编号", "Enterprise"), Aliases: []string{"对象编号", "编号"},
			Required: true, Hint: label("“企业”表里的编号", "a code from the sheet Enterprises"), Example: "QY-001"},
		{ID: "name", Kind: TextColumn, Label: label("商标名称", "Trademark"), Aliases: []string{"商标", "商标名称/图样号"},
			Required: true, Max: maxMarkName, Example: "塔山"},
		{ID: "number", Kind: CodeColumn, Label: label("申请/注册号", "Number"), Aliases: []string{"注册号", "申请号"}, Max: 11,
			Hint: label("1 到 10 位数字，后面可带一个字母", "1 to 10 digits, with a letter behind them or not"), Example: "12345678"},
		{ID: "classes", Kind: CodeColumn, Label: label("类别", "Classes"), Aliases: []string{"国际分类"},
			Hint: label("1 到 45 的类别号，用、隔开", "class numbers from 1 to 45, parted by commas"), Example: "30、35"},
		{ID: "goods", Kind: TextColumn, Label: label("商品/服务", "Goods or services"), Aliases: []string{"商品", "服务"},
			Max: maxGoods, Example: "面粉"},
		{ID: "kind", Kind: ChoiceColumn, Label: label("种类", "Kind"), Choices: MarkKinds(),
			Hint: label("不填为普通商标", "empty is Ordinary"), Example: "普通商标"},
		{ID: "valid_until", Kind: DateColumn, Label: label("有效期至", "Valid until"), Hint: dateHint(), Example: "2024-06-30"},
		{ID: "top100", Kind: ChoiceColumn, Label: label("百件", "Top 100"), Aliases: []string{"是否百件"}, Choices: yesNo(), Example: "是"},
	}
}

func policyColumns() []Column {
	return []Column{
		{ID: "title", Kind: TextColumn, Label: label("标题", "Title"), Aliases: []string{"政策名称", "名称"},
			Required: true, Min: 2, Max: maxPolicyTitle, Example: "大病医疗救助怎么申请"},
		{ID: "for", Kind: ChoicesColumn, Label: label("适用对象", "For"), Choices: policyFor(),
			Hint: label("不填为所有对象", "empty is everybody"), Example: "家庭、低保户"},
		{ID: "valid_to", Kind: DateColumn, Label: label("有效期至", "Valid to"),
			Hint: label("日期；不填为长期", "a date; empty: until withdrawn"), Example: "2017-12-31"},
		{ID: "category", Kind: ChoiceColumn, Label: label("类别", "Category"), Choices: categoryWords(),
			Hint: label("帮得上哪类问题，可不填", "the problems it helps with; may stay empty"), Example: "看病报销"},
		{ID: "text", Kind: ContactColumn, Label: label("正文", "Text"), Aliases: []string{"内容"}, Required: true, Min: 2, Max: maxPolicyText,
			Hint:    label("念得出来的大白话，可写单位的公开电话", "words that can be read out; an office's public telephone may be named"),
			Example: "住院花费超过一万元的，凭发票到镇民政办申请。"},
	}
}

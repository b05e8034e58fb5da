package sample

import "zoufang/casework"

// issue is a problem that comes up at a visit, as the visitor writes it down.
type issue struct {
	kind             casework.Kind // of the target it comes up at
	family, category string
	urgency          casework.Urgency
	disposal         casework.Disposal
	words            string
	note             string // how it was solved on the spot
	item, option     string // the answer that goes with it elsewhere on the form, if there is one

	// What becomes of it, if it is not solved on the spot.

	story    func() story // nil: it is solved
	progress string       // what is done on the way
	solved   string       // how it ends
	ask      string       // what is asked of those above or outside
	outside  string       // the body outside that it is given to
}

const (
	home = casework.HouseholdKind
	firm = casework.EnterpriseKind
	body = casework.OrganizationKind
)

// issues are as many as the campaign found, in all six families; roads, medical
// costs and loans are the largest categories. Larger campaigns begin again.
var issues = []issue{
	{home, "life", "medical", casework.Urgent, casework.InProgress, "老人住院花费大，新农合异地报销材料来回跑了三趟还没办下来", "", "medical", "claim", nil, "已陪同到经办窗口核对异地就医材料，还差一份出院小结", "材料补齐后报销款已到账，家属签字确认", "", ""},
	{body, "life", "road_bridge", casework.Normal, casework.Escalated, "村北生产路一下雨就积水，收麦时农机进不去，盼着修一段水泥路", "", "utilities", "road", active, "会同村里丈量路段，排出需要硬化的长度", "两百米水泥路已铺好，收割机能够直接进田", "请协调安排农村道路项目资金", ""},
	{firm, "enterprise", "financing", casework.Urgent, casework.InProgress, "旺季备料缺流动资金，抵押物不足，银行贷款批不下来", "", "financing", "from_100", nil, "联系两家银行上门，正在核实应收账款", "银行以应收账款质押放款，备料资金到位", "", ""},
	{home, "life", "road_bridge", casework.Normal, casework.InProgress, "门前小桥桥面开裂，老人孩子过桥不放心", "", "utilities", "road", handedOverAndBack, "到现场看过桥面，先设了警示牌", "桥面已加固，两侧装上了护栏", "请安排桥梁检测和加固", "贾汪区交通运输局"},
	{home, "life", "medical", casework.Normal, casework.OnSpot, "不清楚慢性病门诊能不能报销，一直自费买药", "当场讲明门诊慢性病申报条件，并帮忙填好了申请表", "medical", "claim", nil, "", "", "", ""},
	{home, "mind", "policy_unclear", casework.Normal, casework.OnSpot, "听说低收入户政策要变，担心明年补助没有了", "对照文件逐条讲解，并留下了政策明白纸", "policy", "unclear", nil, "", "", "", ""},
	{firm, "enterprise", "financing", casework.Normal, casework.Escalated, "想上一条新生产线，首付款有缺口，希望能办商标权质押贷款", "", "financing", "from_100", silent, "已带企业到银行了解商标权质押贷款条件", "商标权质押贷款获批，设备首付款已付", "请协调银行确认商标权评估办法", ""},
	{home, "life", "road_bridge", casework.Urgent, casework.Escalated, "进组的土路塌了半边，三轮车过不去，化肥只能肩扛", "", "utilities", "road", handedOverAndBack, "和村干部一起清了塌方，先垫出便道", "塌方路段已修复，三轮车可以通行", "请安排塌方路段应急修复", "贾汪区交通运输局"},
	{body, "party", "venue", casework.Normal, casework.InProgress, "党员活动室和卫生室挤在一间，开会坐不下", "", "venue", "short", nil, "同村里商量腾出闲置校舍一间", "活动室搬进腾出的校舍，桌椅已配齐", "", ""},
	{home, "life", "medical", casework.Urgent, casework.InProgress, "看病自付部分越积越多，已经向亲戚借了钱", "", "medical", "burden", nil, "核对了历次费用清单，正在申请医疗救助", "医疗救助款已发放，亲戚的借款还了大半", "", ""},
	{home, "stability", "dispute", casework.Normal, casework.OnSpot, "与邻居因排水沟走向争执，两家半年不说话", "请村干部到场，当面商定排水沟改道，双方签了字", "", "", nil, "", "", "", ""},
	{firm, "enterprise", "staffing", casework.Normal, casework.InProgress, "缺熟练缝纫工二十多人，招工广告贴了两个月没人来", "", "staffing", "short_many", returned, "联系了两所职校，约定九月底送一批实习生", "招到熟练工二十二人，生产线开满", "", ""},
	{body, "life", "road_bridge", casework.Normal, casework.InProgress, "连接两村的断头路还差三百米，学生上学要绕行", "", "utilities", "road", handedOverAndBack, "会同两村议定线路，占地户已同意", "断头路已贯通，学生上学不再绕行", "请列入今年农路提档计划", "贾汪区交通运输局"},
	{home, "life", "water", casework.Normal, casework.InProgress, "自来水压力小，夏天傍晚接不上水", "", "utilities", "water", nil, "水厂查了管网，确认支管太细，正在换管", "支管已换成大口径，傍晚也能接上水", "", ""},
	{firm, "enterprise", "financing", casework.Normal, casework.OnSpot, "不了解小微企业应急转贷怎么申请", "现场联系银行客户经理，约好第二天上门办理", "financing", "from_100", nil, "", "", "", ""},
	{home, "life", "medical", casework.Normal, casework.InProgress, "外地打工时看的病，回来报销被告知缺转诊单", "", "medical", "claim", nil, "电话联系就医医院，补开了转诊证明", "转诊手续补齐，报销款已经到账", "", ""},
	{body, "party", "collective_income", casework.Normal, casework.Escalated, "村集体没有稳定收入，想利用闲置校舍办加工点", "", "", "", answeredByBureau, "陪村书记看了两处来料加工点", "校舍改成服装加工点，每年租金收入三万元", "请协调闲置校舍的使用手续", ""},
	{home, "life", "jobs", casework.Normal, casework.OnSpot, "儿媳想在附近找份能照顾孩子的活", "介绍到园区企业做包装工，已约好面试时间", "work", "job", nil, "", "", "", ""},
	{home, "life", "road_bridge", casework.Normal, casework.InProgress, "村口路灯坏了一排，路边又没有护栏，晚上有人摔过", "", "utilities", "road", handedOver, "清点坏灯六盏，已向镇里报修", "路灯修好，弯道护栏已装上", "请安排修复路灯、加装护栏", "塔山镇人民政府"},
	{body, "project", "land", casework.Normal, casework.Escalated, "产业路拓宽涉及六户菜地，补偿标准没谈拢，工程停了", "", "", "", answeredByBureau, "逐户听了六户意见，差距在青苗补偿", "六户都签了协议，产业路恢复施工", "请牵头协调补偿标准，并明确青苗补偿口径", ""},
	{firm, "enterprise", "financing", casework.Urgent, casework.Escalated, "贷款月底到期，续贷手续没走完，担心资金链断掉", "", "financing", "from_100", nil, "当天联系应急转贷，手续正在走", "应急转贷到位，新贷款按时放出", "", ""},
	{home, "life", "welfare", casework.Normal, casework.InProgress, "符合低保条件但材料交了两个月没有回音", "", "policy", "missed", untaken, "到民政窗口查了进度，缺一份收入核对", "低保已审批，当月开始发放", "", ""},
	{home, "life", "medical", casework.Normal, casework.Escalated, "大病救助比例不高，二次报销不知道找哪个部门", "", "medical", "burden", answeredByBureau, "查清二次报销由镇医保窗口受理", "二次报销和大病救助都已办结", "请协调医保部门确认二次报销的办理口径", ""},
	{firm, "enterprise", "trademark", casework.Normal, casework.InProgress, "商标到期要续展，原来的经办人离职，材料找不齐", "", "brand", "pending", active, "带企业查了商标档案，列出缺的材料", "续展申请已经递交并受理", "", ""},
	{home, "mind", "worry", casework.Normal, casework.OnSpot, "担心搬进新社区以后种地不方便，心里没底", "陪同看了新社区周边的地块，并讲了土地流转的做法", "", "", nil, "", "", "", ""},
	{body, "life", "road_bridge", casework.Normal, casework.Escalated, "灌溉渠上的老桥限重，收割机要绕五公里", "", "utilities", "road", resting, "测了桥宽和荷载，做了两套改造方案", "老桥改造完成，收割机可以通行", "请列入秋后农田水利计划", ""},
	{home, "life", "schooling", casework.Normal, casework.InProgress, "两个孩子同时上大学，学费还差一部分", "", "schooling", "hard", asking, "帮助申请了生源地助学贷款", "助学贷款和学校补助都已到账", "", ""},
	{home, "stability", "consumer", casework.Normal, casework.OnSpot, "买的电动车电池三个月就坏，商家不给换", "当场联系经销商，按三包规定同意免费更换电池", "", "", nil, "", "", "", ""},
	{home, "life", "road_bridge", casework.Normal, casework.InProgress, "屋后小路没硬化，雨天三轮车推不出去", "", "utilities", "road", nil, "量了路长六十米，村里同意出沙石", "小路已经硬化，三轮车推得出去", "", ""},
	{body, "project", "construction", casework.Normal, casework.InProgress, "污水管网施工挖断了田间路，回填一直拖着", "", "", "", handedOver, "约施工方到现场，承诺先回填田间路", "田间路回填压实，拖拉机可以通过", "请督促施工单位限期回填", "塔山镇人民政府"},
	{firm, "enterprise", "financing", casework.Normal, casework.InProgress, "设备贷款利息负担重，想了解贴息政策", "", "financing", "from_100", silent, "整理了贴息政策清单，正在对照条件", "贴息申请通过，首期贴息已拨付", "请协调财政贴息窗口答复企业条件", ""},
	{home, "life", "medical", casework.Normal, casework.OnSpot, "合作医疗卡丢了，不知道怎么补", "当场联系镇医保窗口，第二天就补办好了", "medical", "claim", nil, "", "", "", ""},
	{body, "party", "team", casework.Normal, casework.InProgress, "村两委缺一名会计，年轻人不愿意回来干", "", "team", "short", rewritten, "结对支部帮助物色了两名人选", "新会计到岗，账目已经移交", "", ""},
	{home, "life", "housing", casework.Urgent, casework.Escalated, "西屋山墙裂缝变宽，阴雨天不敢住人", "", "housing", "hazard", atBureau, "当天请危房鉴定人员看过，先搬到东屋住", "山墙加固完成，全家搬回西屋", "请协调危房改造资金和临时安置", ""},
	{home, "mind", "policy_unclear", casework.Normal, casework.OnSpot, "不清楚小额贴息贷款能不能给养殖户用", "讲明了贷款条件和办理地点，并帮忙预约了窗口", "policy", "unclear", nil, "", "", "", ""},
}

// remarks are what people say when nothing is to be done about it.
var remarks = map[casework.Kind][]string{
	home: {
		"今年麦子收成不错，家里都挺好", "孩子在外地打工，过节才回来", "上次反映的事情有人管了，心里踏实",
		"身体还行，就是腿脚慢一点", "养的几只羊长得好，年底能卖个好价钱", "村里新修了广场，晚上热闹多了",
		"感谢常来看看，有事会打招呼", "今年打算多种两亩山芋", "药费报销比去年方便了", "家门口的厂子招工，闺女去上班了",
	},
	firm: {
		"订单比上半年多，正赶着发货", "营业执照换新很顺利，窗口服务不错", "年报已经按时报了",
		"准备参加秋天的展销会", "新产品试销反应好，想再看看市场", "环保设备装好了，运行正常",
	},
	body: {
		"村里正在换届，班子比较稳定", "三会一课按月开，党员到得齐", "合作社今年分了红，大家有劲头",
		"留守老人多，希望多来走走", "秸秆禁烧工作压力大，党员都上了一线", "计划年底前把文化广场的灯装上",
	},
}

// lateReasons say why a visit was reported late.
var lateReasons = []string{
	"外出培训，回来后补记", "手机送修，纸质记录补录", "村里信号不好，当周没能提交", "连续下乡防汛，忙完后补报",
}

// changes are what has changed in a household.
var changes = []string{
	"小儿子结婚，分了户口", "老人搬来同住", "换了一份近处的工作", "新添了一个孙女", "承包地转给了合作社", "大女儿考上了大学",
}

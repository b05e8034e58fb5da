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
}

const (
	home = casework.HouseholdKind
	firm = casework.EnterpriseKind
	body = casework.OrganizationKind
)

// issues are as many as the campaign found, in all six families; roads, medical
// costs and loans are the largest categories. Larger campaigns begin again.
var issues = []issue{
	{home, "life", "medical", casework.Urgent, casework.InProgress, "老人住院花费大，新农合异地报销材料来回跑了三趟还没办下来", "", "medical", "claim"},
	{body, "life", "road_bridge", casework.Normal, casework.Escalated, "村北生产路一下雨就积水，收麦时农机进不去，盼着修一段水泥路", "", "utilities", "road"},
	{firm, "enterprise", "financing", casework.Urgent, casework.InProgress, "旺季备料缺流动资金，抵押物不足，银行贷款批不下来", "", "financing", "from_100"},
	{home, "life", "road_bridge", casework.Normal, casework.InProgress, "门前小桥桥面开裂，老人孩子过桥不放心", "", "utilities", "road"},
	{home, "life", "medical", casework.Normal, casework.OnSpot, "不清楚慢性病门诊能不能报销，一直自费买药", "当场讲明门诊慢性病申报条件，并帮忙填好了申请表", "medical", "claim"},
	{home, "mind", "policy_unclear", casework.Normal, casework.OnSpot, "听说低收入户政策要变，担心明年补助没有了", "对照文件逐条讲解，并留下了政策明白纸", "policy", "unclear"},
	{firm, "enterprise", "financing", casework.Normal, casework.Escalated, "想上一条新生产线，首付款有缺口，希望能办商标权质押贷款", "", "financing", "from_100"},
	{home, "life", "road_bridge", casework.Urgent, casework.Escalated, "进组的土路塌了半边，三轮车过不去，化肥只能肩扛", "", "utilities", "road"},
	{body, "party", "venue", casework.Normal, casework.InProgress, "党员活动室和卫生室挤在一间，开会坐不下", "", "venue", "short"},
	{home, "life", "medical", casework.Urgent, casework.InProgress, "看病自付部分越积越多，已经向亲戚借了钱", "", "medical", "burden"},
	{home, "stability", "dispute", casework.Normal, casework.OnSpot, "与邻居因排水沟走向争执，两家半年不说话", "请村干部到场，当面商定排水沟改道，双方签了字", "", ""},
	{firm, "enterprise", "staffing", casework.Normal, casework.InProgress, "缺熟练缝纫工二十多人，招工广告贴了两个月没人来", "", "staffing", "short_many"},
	{body, "life", "road_bridge", casework.Normal, casework.InProgress, "连接两村的断头路还差三百米，学生上学要绕行", "", "utilities", "road"},
	{home, "life", "water", casework.Normal, casework.InProgress, "自来水压力小，夏天傍晚接不上水", "", "utilities", "water"},
	{firm, "enterprise", "financing", casework.Normal, casework.OnSpot, "不了解小微企业应急转贷怎么申请", "现场联系银行客户经理，约好第二天上门办理", "financing", "from_100"},
	{home, "life", "medical", casework.Normal, casework.InProgress, "外地打工时看的病，回来报销被告知缺转诊单", "", "medical", "claim"},
	{body, "party", "collective_income", casework.Normal, casework.Escalated, "村集体没有稳定收入，想利用闲置校舍办加工点", "", "", ""},
	{home, "life", "jobs", casework.Normal, casework.OnSpot, "儿媳想在附近找份能照顾孩子的活", "介绍到园区企业做包装工，已约好面试时间", "work", "job"},
	{home, "life", "road_bridge", casework.Normal, casework.InProgress, "村口路灯坏了一排，路边又没有护栏，晚上有人摔过", "", "utilities", "road"},
	{body, "project", "land", casework.Normal, casework.Escalated, "产业路拓宽涉及六户菜地，补偿标准没谈拢，工程停了", "", "", ""},
	{firm, "enterprise", "financing", casework.Urgent, casework.Escalated, "贷款月底到期，续贷手续没走完，担心资金链断掉", "", "financing", "from_100"},
	{home, "life", "welfare", casework.Normal, casework.InProgress, "符合低保条件但材料交了两个月没有回音", "", "policy", "missed"},
	{home, "life", "medical", casework.Normal, casework.Escalated, "大病救助比例不高，二次报销不知道找哪个部门", "", "medical", "burden"},
	{firm, "enterprise", "trademark", casework.Normal, casework.InProgress, "商标到期要续展，原来的经办人离职，材料找不齐", "", "brand", "pending"},
	{home, "mind", "worry", casework.Normal, casework.OnSpot, "担心搬进新社区以后种地不方便，心里没底", "陪同看了新社区周边的地块，并讲了土地流转的做法", "", ""},
	{body, "life", "road_bridge", casework.Normal, casework.Escalated, "灌溉渠上的老桥限重，收割机要绕五公里", "", "utilities", "road"},
	{home, "life", "schooling", casework.Normal, casework.InProgress, "两个孩子同时上大学，学费还差一部分", "", "schooling", "hard"},
	{home, "stability", "consumer", casework.Normal, casework.OnSpot, "买的电动车电池三个月就坏，商家不给换", "当场联系经销商，按三包规定同意免费更换电池", "", ""},
	{home, "life", "road_bridge", casework.Normal, casework.InProgress, "屋后小路没硬化，雨天三轮车推不出去", "", "utilities", "road"},
	{body, "project", "construction", casework.Normal, casework.InProgress, "污水管网施工挖断了田间路，回填一直拖着", "", "", ""},
	{firm, "enterprise", "financing", casework.Normal, casework.InProgress, "设备贷款利息负担重，想了解贴息政策", "", "financing", "from_100"},
	{home, "life", "medical", casework.Normal, casework.OnSpot, "合作医疗卡丢了，不知道怎么补", "当场联系镇医保窗口，第二天就补办好了", "medical", "claim"},
	{body, "party", "team", casework.Normal, casework.InProgress, "村两委缺一名会计，年轻人不愿意回来干", "", "team", "short"},
	{home, "life", "housing", casework.Urgent, casework.Escalated, "西屋山墙裂缝变宽，阴雨天不敢住人", "", "housing", "hazard"},
	{home, "mind", "policy_unclear", casework.Normal, casework.OnSpot, "不清楚小额贴息贷款能不能给养殖户用", "讲明了贷款条件和办理地点，并帮忙预约了窗口", "policy", "unclear"},
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

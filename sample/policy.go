package sample

import (
	"fmt"
	"time"

	"zoufang/casework"
)

// policies are the cards that the office has sent to everybody. The figures that
// change from place to place are left to the windows named.
var policies = []casework.Policy{
	{Title: "新农合住院报销怎么办", For: []string{"household"}, Category: "medical", Text: "在定点医院住院，出院时凭医保卡直接结算。没有直接结算的，带身份证件、医保卡、费用清单、出院小结和发票，到镇医保窗口申请，材料齐全的当场受理。"},
	{Title: "异地就医先备案", For: []string{"household"}, Category: "medical", Text: "外出务工或转到外地看病，请先到镇医保窗口或打经办电话备案。急诊可以先看病，三个工作日内补办。没有备案的，报销比例会降低。"},
	{Title: "慢性病门诊待遇申报", For: []string{"household"}, Category: "medical", Text: "高血压、糖尿病等门诊慢性病，凭近期病历和检查单到镇卫生院申报，认定后门诊用药可以按比例报销。每年集中认定，平时也可以咨询。"},
	{Title: "大病保险和医疗救助", For: []string{"low_income", "dibao", "wubao", "illness_poor", "illness_return"}, Category: "medical", Text: "一年里自付费用超过起付线的部分，由大病保险再报一次。低保、特困和建档立卡户还可以申请医疗救助，到镇民政窗口填表，带结算单。"},
	{Title: "申请最低生活保障", For: []string{"household"}, Category: "welfare", Text: "家庭人均收入低于当地低保标准、财产符合规定的，可以向镇民政窗口提出书面申请。镇里入户核对、公示后报区里审批，结果会书面告知。"},
	{Title: "低收入农户小额贷款", For: []string{"low_income"}, Category: "farming", ValidTo: casework.Date{Year: 2017, Month: time.December, Day: 31}, Text: "建档立卡低收入农户发展种植、养殖、加工，可以申请小额贷款，按期还款的由财政贴息。先向村里报名，由镇里审核后到银行办理。"},
	{Title: "家庭经济困难学生资助", For: []string{"household"}, Category: "schooling", Text: "从学前到大学都有资助。大学生可以在户籍地申请生源地信用助学贷款，在校期间利息由财政负担。暑假期间到区学生资助中心办理。"},
	{Title: "农村危房改造", For: []string{"household"}, Category: "housing", Text: "住房经鉴定为危房的低保、特困、残疾和建档立卡家庭，可以申请改造补助。本人申请，村里评议公示，镇里审核，区里审批，竣工验收后补助到账。"},
	{Title: "在家门口找工作", For: []string{"household"}, Category: "jobs", Text: "镇人社窗口每月公布园区企业招工信息，可以登记求职、报名免费技能培训。就业困难人员还可以咨询公益性岗位。"},
	{Title: "小微企业应急转贷", For: []string{"enterprise"}, Category: "financing", Text: "贷款快到期、续贷手续一时走不完的小微企业，可以申请应急转贷资金周转。先由贷款银行出具同意续贷的意见，再到金融服务窗口申请。"},
	{Title: "商标权质押贷款", For: []string{"enterprise"}, Category: "financing", Text: "拥有注册商标专用权的企业，可以把商标权质押给银行取得贷款。双方签订质押合同后，到商标局办理质权登记。商标科可以帮助准备材料。"},
	{Title: "商标续展别错过", For: []string{"enterprise"}, Category: "trademark", Text: "注册商标有效期十年。期满前十二个月内办理续展；没有办的，可以在期满后六个月的宽展期内补办。过了宽展期商标就会注销。驰名商标字样不得用于商品包装和广告宣传。"},
}

// planPolicies has the office issue the policy cards before the first round.
func (d *desk) planPolicies() {
	day := opened.AddDays(4)
	for i, p := range policies {
		at := clock(day, 10*60).Add(time.Duration(i) * time.Minute)
		d.later(at, func() error {
			d.begin()
			facts, why := casework.IssuePolicy(d.b, d.person(d.office()), p, d.now, d.ids)
			if err := d.enter(d.office(), facts, why); err != nil {
				return fmt.Errorf("policy %s: %w", p.Title, err)
			}
			return nil
		})
	}
}

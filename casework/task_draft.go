package casework

import (
	"fmt"
	"slices"
	"strings"
)

// draftDays is how long a task book has when its problem is due no more.
const draftDays = 15

// DraftTaskBook 生成任务书 is the skeleton that makes itself from a problem: situation
// without personal data, what lacks, a goal, and a measure for each lack, with its
// owner and days. Nothing is kept yet.
func DraftTaskBook(r Records, p Problem, now Moment, ids *Minter) TaskBook {
	due := p.DueOn
	if due.Before(now.Today) {
		due = now.Today.AddDays(draftDays)
	}
	lacks := lacking(p)
	b := TaskBook{
		ID: TaskBookID(ids.Next()), Code: taskBookCode(r, p),
		ProblemIDs: []ProblemID{p.ID}, TargetID: p.TargetID,
		Situation: situation(r, p), Lacks: lacks,
		Goal:     fmt.Sprintf("%s 前%s", due, remedyOf(lacks[0]).goal),
		BranchID: p.UnitID, LeadID: p.OwnerID, Level: p.Level,
		StartOn: now.Today, DueOn: due, Status: TaskDraft,
	}
	for i, lack := range lacks {
		b.Measures = append(b.Measures, Measure{
			No: i + 1, Kind: remedyOf(lack).kind, Content: remedyOf(lack).content, Fills: lack,
			OwnerID: p.OwnerID, StartOn: now.Today, DueOn: due, Status: MeasureTodo,
		})
	}
	return b
}

// lacking is what the problem's people lack; a list of the caller's own.
func lacking(p Problem) []string {
	if len(p.Lacks) == 0 {
		return []string{LackOf(p.Category)}
	}
	return slices.Clone(p.Lacks)
}

// situation says of the target and the problem what everybody may read: no name,
// and no word of the description, which may name somebody.
func situation(r Records, p Problem) string {
	x, _ := r.Target(p.TargetID)
	area, _ := r.Area(x.AreaID)
	place := area.Name
	if up, ok := r.Area(area.ParentID); ok && area.Level != Town {
		place = up.Name + place
	}
	var kind string
	var more []string
	switch x.Kind {
	case HouseholdKind:
		kind = "走访家庭" // what sort of household it is says too much of health and income
	case EnterpriseKind:
		kind = "走访企业"
		if f := x.Enterprise; f != nil {
			more = append(more, f.Industry)
		}
	case OrganizationKind:
		kind = "基层组织"
		if o := x.Organization; o != nil && o.WeakVillage {
			more = append(more, "经济薄弱村")
		}
	}
	more = slices.DeleteFunc(more, func(s string) bool { return s == "" })
	text := place + kind + " " + x.Code
	if len(more) > 0 {
		text += "，" + strings.Join(more, "，")
	}
	return text + "。登记问题 " + p.Code + "，缺：" + Lacks().labels(lacking(p)) + "。"
}

// remedy is what a task book proposes against a lack.
type remedy struct {
	lack, kind string
	goal       string // goes on from "2017-09-20 前"; can be checked by asking the people
	content    string
}

// remedyOf is the remedy against the lack; the last one if there is none of its own.
func remedyOf(lack string) remedy {
	all := remedies()
	i := slices.IndexFunc(all, func(v remedy) bool { return v.lack == lack })
	if i < 0 {
		return all[len(all)-1]
	}
	return all[i]
}

func remedies() []remedy {
	return []remedy{
		{"road", "infrastructure", "争取道路桥涵修缮列入计划并开工，对象确认出行改善", "实地查看路段，会同镇村测算工程量，向有关部门争取修缮项目"},
		{"water", "infrastructure", "协调解决饮水或排水问题，对象确认通水或不再积水", "会同镇村和水务部门查看现场，确定管网或沟渠整改办法并跟踪"},
		{"power", "infrastructure", "协调供电部门完成整改，对象确认用电正常", "联系供电部门上门检查线路和容量，商定整改时间并跟踪"},
		{"network", "infrastructure", "协调运营商完成接入，对象确认网络可用", "联系通信运营商查看线路，商定接入办法和时间并跟踪"},
		{"house", "referral", "完成住房安全查看并落实修缮或救助，对象确认住得安全", "会同镇村查看住房，对照政策协助申请修缮或救助"},
		{"money", "fund", "落实帮扶资金或物资，对象确认收到", "核实困难情况，协助申请救助或筹集帮扶资金物资并送达"},
		{"loan", "loan_link", "组织银企对接，至少一家银行给出书面答复", "了解用款需求和抵押条件，联系银行上门对接并跟踪审批"},
		{"technique", "training", "完成至少一次技术培训或指导，对象确认学得会用得上", "联系技术人员上门指导或安排参加培训，讲清要点并回访效果"},
		{"labor", "job", "落实用工或帮工，对象确认人手到位", "了解用工要求，联系人社部门和村里推荐合适人手"},
		{"medicine", "medical_help", "协助办结看病报销，对象确认到账", "核对报销材料，陪同到经办窗口办理，并对照政策申请医疗救助"},
		{"care", "comfort", "落实照护或陪伴安排，对象确认有人照应", "上门看望，同村里商定照护人和看望次数，并定期电话询问"},
		{"schooling", "referral", "落实助学政策，对象确认正常上学", "核对助学条件，协助向学校和教育部门申请资助并跟踪"},
		{"job", "job", "推荐至少两个合适岗位，对象确认上岗或有答复", "了解就业意愿和技能，联系企业和人社部门推荐岗位"},
		{"sales", "coordinate", "联系至少一个销售渠道，对象确认卖得出去", "了解产品和数量，联系收购商、超市或电商对接销路"},
		{"policy", "policy_explain", "讲清有关政策并协助办理，对象确认清楚", "上门讲清适用政策、条件和办理地点，协助准备材料"},
		{"brand", "trademark_guide", "完成一次商标品牌上门指导，企业确认下一步办法", "上门了解商标现状，指导注册、续展或证据整理并约定下一步"},
		{"venue", "coordinate", "落实可用的场所，对象确认能够使用", "会同镇村和园区查看可用场所，商定使用办法并跟踪"},
		{"team", "party_guide", "完成一次上门指导，对象确认班子和组织生活正常", "结对支部上门指导，帮助理清队伍问题并商定整改事项"},
		{"other", "coordinate", "协调解决所反映的问题，对象确认满意", "上门核实情况，联系有关单位协调解决，并向对象反馈结果"},
	}
}

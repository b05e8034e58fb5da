package sample

import (
	"zoufang/casework"
	"zoufang/form"
)

// mark is a trademark matter of a firm, by the items of the form.
type mark struct {
	matter, stage  string
	result         string
	on             casework.Date // of the result
	reason         string
	evidence       []string
	next           string
	classes, goods string
}

var (
	// wellKnown was not recognised once, and is to be tried again.
	wellKnown = mark{
		matter: "well_known", stage: "retry", result: "上次申请驰名商标保护，未获认定",
		on: casework.Date{Year: 2016, Month: 11, Day: 18}, reason: "years",
		evidence: []string{"duration", "publicity"}, next: "补齐近三年的销售和宣传证据，准备再次申报",
		classes: "30", goods: "挂面、杂粮",
	}
	registration = mark{
		matter: "registration", stage: "substantive", next: "等待实质审查结果",
		classes: "7、35", goods: "减速机、输送设备",
	}
	cityKnown = mark{
		matter: "city_known", stage: "field_check", result: "书面材料已通过",
		on: casework.Date{Year: 2017, Month: 1, Day: 20}, next: "准备实地考察的材料",
		classes: "19", goods: "胶合板、木门",
	}
	renewal = mark{
		matter: "renewal", stage: "preparing", next: "补办授权，递交续展申请",
		classes: "24", goods: "棉布、床上用品",
	}
)

// mark is the matter the firm has in hand, if it has one. The first firm has
// the well-known one.
func (v *visitor) mark() (mark, bool) {
	for _, x := range v.issues {
		if x.category == "trademark" {
			return renewal, true
		}
	}
	switch i := int(v.outing.place) - v.c.o.Households; {
	case i == 0:
		return wellKnown, true
	case i%3 == 1:
		return registration, true
	case i%3 == 0:
		return cityKnown, true
	}
	return mark{}, false
}

func (v *visitor) trademark(step form.Step) form.Answer {
	m, _ := v.mark()
	i := int(v.outing.place) - v.c.o.Households
	switch step.Item.ID {
	case "mark_name":
		return typed(firmNames[i%len(firmNames)])
	case "mark_number":
		return typed(markNumber(i, 0))
	case "mark_classes":
		return typed(m.classes)
	case "goods":
		return typed(m.goods)
	case "matter":
		return tapped(m.matter)
	case "stage":
		return tapped(m.stage)
	case "last_result":
		return optional(m.result)
	case "last_result_on":
		return optional(m.on.String())
	case "refusal_reason":
		return tapped(m.reason)
	case "evidence_groups":
		return tapped(m.evidence...)
	case "next_step":
		return optional(m.next)
	case "next_step_on":
		return typed(v.today.AddDays(30).String())
	}
	return typed("商标科")
}

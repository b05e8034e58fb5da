package sample

import (
	"fmt"
	"slices"
	"time"

	"zoufang/casework"
)

// class is what a trade's goods are called at registration.
type class struct {
	nice  []int
	goods string
}

var classes = []class{
	{[]int{30}, "挂面、杂粮"}, {[]int{7, 35}, "减速机、输送设备"}, {[]int{24}, "棉布、床上用品"}, {[]int{19}, "胶合板、木门"},
	{[]int{17, 19}, "保温板、装饰线条"}, {[]int{31}, "新鲜蔬菜、果苗"}, {[]int{16}, "纸箱、彩盒"}, {[]int{9}, "连接线、充电器"},
}

// markNumber is the number of the k-th trademark of the i-th firm.
func markNumber(i, k int) string { return fmt.Sprint(8_000_000 + (i*104_729+k*1_299_709)%9_000_000) }

// planFirms has the trademark officer put the firms' trademarks down before the
// first round, and work on matters about them.
func (d *desk) planFirms() {
	i := 0
	for _, x := range d.c.places {
		if x.Kind != casework.EnterpriseKind {
			continue
		}
		at := clock(opened.AddDays(4), 9*60).Add(time.Duration(i) * time.Minute)
		d.later(at, d.recordMarks(x.Target, i))
		i++
	}
}

// marksOf are the trademarks of the i-th firm: its own name, of which visits tell
// more, and two that it uses beside.
func marksOf(firm casework.TargetID, i int) []casework.Trademark {
	c, name := classes[i%len(classes)], firmNames[i%len(firmNames)]
	years := func(n int) casework.Date {
		return casework.Date{Year: 2018 + (i+n)%6, Month: time.Month(1 + (i*5+n)%12), Day: 1 + i*7%28}
	}
	marks := []casework.Trademark{
		{Name: name, ValidUntil: years(2), Top100: true},
		{Name: name + "优选", ValidUntil: years(3), Top100: i%2 == 0},
		{Name: "塔山" + name, ValidUntil: years(4)},
	}
	if i%3 == 1 {
		marks[0].ValidUntil = casework.Date{} // its registration is under way
	}
	switch i % 5 {
	case 2:
		marks[2].ValidUntil = casework.Date{} // it is to be registered
	case 4:
		marks[1].ValidUntil = casework.Date{Year: 2017, Month: time.November, Day: 20}
	}
	for k := range marks {
		marks[k].FirmID, marks[k].Number, marks[k].Classes, marks[k].Goods = firm, markNumber(i, k), c.nice, c.goods
	}
	return marks
}

func (d *desk) recordMarks(x casework.Target, i int) func() error {
	return func() error {
		officer := d.person(d.c.officer().ID)
		d.begin()
		for _, m := range marksOf(x.ID, i) {
			facts, why := casework.RecordTrademark(d.b, officer, m, d.now, d.ids)
			if err := d.enter(officer.ID, facts, why); err != nil {
				return fmt.Errorf("trademark %s: %w", m.Name, err)
			}
		}
		marks := d.b.TrademarksOfFirm(x.ID)
		switch i % 5 {
		case 2:
			d.openMatter(marks[2], "registration", "filed", "等待受理通知书")
		case 4:
			d.openMatter(marks[1], "renewal", "preparing", "核对主体资格，准备续展材料")
		}
		return nil
	}
}

// openMatter has the officer open a matter some weeks later, and work on it.
func (d *desk) openMatter(mark casework.Trademark, kind, stage, next string) {
	day := casework.Date{Year: 2017, Month: time.March, Day: 20}
	d.later(clock(day, 10*60), func() error {
		d.begin()
		officer := d.person(d.c.officer().ID)
		m := casework.Matter{
			TrademarkID: mark.ID, Kind: kind, Stage: stage, NextStep: next, NextOn: casework.AddWorkdays(d.b, day, 20),
			Section: "商标科",
		}
		facts, why := casework.OpenMatter(d.b, officer, m, d.now, d.ids)
		if err := d.enter(officer.ID, facts, why); err != nil {
			return fmt.Errorf("matter about %s: %w", mark.Name, err)
		}
		d.watch(facts)
		return nil
	})
}

// watch puts the next step of the matters that the facts speak of on the agenda.
func (d *desk) watch(facts []casework.Fact) {
	for _, f := range facts {
		var id casework.MatterID
		switch f := f.(type) {
		case casework.MatterRecorded:
			id = f.Matter.ID
		case casework.MatterMoved:
			id = f.MatterID
		default:
			continue
		}
		m, _ := d.b.Matter(id)
		if m.Status == casework.MatterOpen && !m.NextOn.IsZero() {
			day := casework.WorkdayFrom(d.b, m.NextOn)
			d.later(clock(day, 15*60+10), func() error { return d.attend(id, m.NextOn) })
		}
	}
}

// attend does the step of a matter that is due, if nobody has done it before.
func (d *desk) attend(id casework.MatterID, due casework.Date) error {
	m, _ := d.b.Matter(id)
	if m.NextOn != due || m.Status != casework.MatterOpen {
		return nil
	}
	next := casework.AddWorkdays(d.b, d.now.Today, 18+int(id)%9)
	if next.After(september(1)) && once(&d.cast.due) {
		next = today
	}
	move := casework.MatterMoved{MatterID: id, Text: "已电话联系企业，按计划推进", Stage: onward(m)}
	if move.Stage != registered {
		move.NextOn = &next
	}
	officer := d.person(d.c.officer().ID)
	move.OwnerID = officer.ID
	d.begin()
	facts, why := casework.MoveMatter(d.b, officer, move, d.now)
	if err := d.enter(officer.ID, facts, why); err != nil {
		return fmt.Errorf("matter %s: %w", m.Code, err)
	}
	d.watch(facts)
	return nil
}

// registered is the stage at which a registration or renewal ends well.
const registered = "registered"

// onward is the stage that the step due takes a matter to; empty: it stays where
// it is.
func onward(m casework.Matter) string {
	switch m.Kind + " " + m.Stage {
	case "renewal preparing":
		return "filed"
	case "registration filed", "renewal filed":
		return "accepted"
	case "registration accepted":
		return "formal"
	case "registration formal":
		return "substantive"
	case "renewal accepted":
		return registered
	}
	return ""
}

// serve has the visitor of a firm note a measure that was used for it, and a policy
// explained to a household.
func (d *desk) serve(v casework.Visit) {
	x, _ := d.b.Target(v.TargetID)
	if v.Outcome != casework.Met {
		return
	}
	d.visits++
	at := d.now.At.Add(2 * time.Minute)
	switch {
	case x.Kind == casework.EnterpriseKind:
		d.later(at, func() error { return d.give(v, d.visits) })
	case x.Kind == casework.HouseholdKind && d.visits%7 == 0 && d.visits < 1000:
		d.later(at, func() error { return d.explain(v) })
	}
}

// give notes the n-th measure of the catalogue, counted around.
func (d *desk) give(v casework.Visit, n int) error {
	c, _ := d.b.Campaign()
	list := casework.Services(c)
	d.begin()
	facts, why := casework.GiveService(d.b, d.person(v.Reporter()), v.TargetID, list[n%len(list)].Key, "", d.now)
	return d.enter(v.Reporter(), facts, why)
}

// explain notes the policy card that suits the household best.
func (d *desk) explain(v casework.Visit) error {
	x, _ := d.b.Target(v.TargetID)
	cards := casework.FindPolicies(d.b, "", x, d.now.Today)
	cards = slices.DeleteFunc(cards, func(p casework.Policy) bool { return !p.Fits(x) })
	if len(cards) == 0 {
		return nil
	}
	d.begin()
	facts, why := casework.ExplainPolicy(d.b, d.person(v.Reporter()), x.ID, cards[int(v.ID>>12)%len(cards)].ID, v.ID, d.now)
	return d.enter(v.Reporter(), facts, why)
}

package sample

import (
	"fmt"
	"time"

	"zoufang/casework"
)

// theme is a common issue and how far it has come. A zero day is still to come.
type theme struct {
	title, summary, category, outside string
	gathered, sent, answered          casework.Date
	answer                            string
}

var themes = []theme{
	{
		title: "中小企业融资难", category: "financing", outside: "区金融服务中心",
		summary:  "走访的多家企业反映抵押物不足、续贷周期长，希望有转贷、贴息和商标权质押的办法。",
		gathered: casework.Date{Year: 2017, Month: time.August, Day: 8}, sent: casework.Date{Year: 2017, Month: time.August, Day: 10},
		answered: casework.Date{Year: 2017, Month: time.August, Day: 29},
		answer:   "区金融服务中心答复：九月举办银企对接会，应急转贷和贴息按现行办法受理，由专人对接名单内企业",
	},
	{
		title: "看病报销手续繁、自付重", category: "medical", outside: "贾汪区医疗保险管理处",
		summary:  "群众集中反映异地就医备案、二次报销和慢性病申报不清楚，来回跑的次数多。",
		gathered: casework.Date{Year: 2017, Month: time.August, Day: 30}, sent: casework.Date{Year: 2017, Month: time.August, Day: 31},
	},
	{
		title: "村组道路桥涵修建", category: "road_bridge", outside: "贾汪区交通运输局",
		summary:  "生产路、断头路和老桥影响出行和农机下田，建议统一列入农路提档计划。",
		gathered: casework.Date{Year: 2017, Month: time.September, Day: 5},
	},
}

// mostGathered is how many problems go into a common issue.
const mostGathered = 12

// planThemes has the office gather common issues.
func (d *desk) planThemes() {
	for _, x := range themes {
		d.later(clock(x.gathered, 10*60+15), func() error {
			if err := d.gather(x); err != nil {
				return fmt.Errorf("issue %s: %w", x.title, err)
			}
			return nil
		})
	}
}

// gather makes the common issue, if there are enough problems for one.
func (d *desk) gather(x theme) error {
	found := casework.Gatherable(d.b, x.category)
	if len(found) < 2 {
		return nil
	}
	i := casework.CommonIssue{Title: x.title, Summary: x.summary, UnitID: d.outside[x.outside]}
	for _, p := range found[:min(len(found), mostGathered)] {
		i.ProblemIDs = append(i.ProblemIDs, p.ID)
	}
	d.begin()
	facts, why := casework.GatherIssue(d.b, d.person(d.office()), i, d.now, d.ids)
	if err := d.enter(d.office(), facts, why); err != nil {
		return err
	}
	made, _ := facts[0].(casework.IssueGathered)
	d.carryOn(made.Issue.ID, x.sent, casework.IssueMoved{To: casework.IssueSubmitted})
	d.carryOn(made.Issue.ID, x.answered, casework.IssueMoved{To: casework.IssueAnswered, Text: x.answer})
	return nil
}

// carryOn takes a common issue a step further on the day; never where it is zero.
func (d *desk) carryOn(id casework.IssueID, day casework.Date, m casework.IssueMoved) {
	if day.IsZero() {
		return
	}
	d.later(clock(day, 14*60+40), func() error {
		d.begin()
		m.IssueID = id
		facts, why := casework.MoveIssue(d.b, d.person(d.office()), m, d.now, d.ids)
		return d.enter(d.office(), facts, why)
	})
}

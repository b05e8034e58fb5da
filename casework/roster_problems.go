package casework

import (
	"cmp"
	"fmt"
	"slices"
)

// problems puts the rows of the sheet on the problem list. A row whose target,
// category and words are those of a problem there is leaves that as it is,
// whatever has become of it since.
func (p *planner) problems() {
	if len(p.in[ProblemSheet]) == 0 {
		return
	}
	last, seen := map[int]int{}, map[string]string{}
	for _, row := range p.in[ProblemSheet] {
		found, ok := p.problemKey(row)
		if !ok {
			continue
		}
		key := fmt.Sprint(found.TargetID, " ", found.Category, " ", found.Description)
		if first, dup := seen[key]; dup {
			p.duplicate(ProblemSheet, row, "words", found.Description, first)
			continue
		}
		seen[key] = p.cell(ProblemSheet, row, "words").Ref
		if slices.ContainsFunc(p.r.ProblemsOfTarget(found.TargetID), found.described) {
			p.plan.Unchanged[ProblemSheet]++
			continue
		}
		p.problem(row, found, last)
	}
}

// described reports whether the other problem has the same words and category.
func (p Problem) described(o Problem) bool {
	return o.Category == p.Category && tidy(o.Description) == p.Description
}

// problemKey reads what a row's problem is known by.
func (p *planner) problemKey(row Row) (Problem, bool) {
	var found Problem
	x := p.reader(ProblemSheet, row, nil, true)
	ref(x, "target", &found.TargetID, p.targetsCoded)
	choice(x, "category", &found.Category)
	x.text("words", &found.Description)
	return found, x.sound()
}

// problem reads the rest of a row, and plans the problem.
func (p *planner) problem(row Row, found Problem, last map[int]int) {
	x := p.reader(ProblemSheet, row, nil, true)
	var reach scope
	found.Family = familyOf(found.Category)
	given := found.Family
	choice(x, "source", &found.Source)
	choice(x, "family", &given)
	choices(x, "lacks", &found.Lacks)
	choice(x, "scope", &reach)
	choice(x, "urgency", &found.Urgency)
	choice(x, "level", &found.Level)
	ref(x, "owner", &found.OwnerID, p.names.staff)
	x.date("raised_on", &found.RaisedOn)
	x.date("due_on", &found.DueOn)
	if given != "" && given != found.Family {
		x.fault("family", FaultRule, "这个类别属于“"+word(familyWords(), found.Family)+"”，请改六类或类别。",
			"The category belongs to "+familyWords().Label(found.Family, "en")+": change one of the two.")
	}
	found.Status, found.Disposal = ProblemPending, InProgress
	if found.OwnerID == 0 && x.sound() {
		found.Status, found.OwnerID = ProblemRegistered, p.responsibleFor(found.TargetID)
		if found.OwnerID == 0 {
			x.fault("owner", FaultMissing, "这个对象没有结对责任人，请填责任人编号。", "The target has no responsible person: fill in the owner.")
		}
	}
	found.Common = reach == "common"
	found.Source = cmp.Or(found.Source, FromImport)
	found.Urgency, found.Level = cmp.Or(found.Urgency, Normal), cmp.Or(found.Level, LevelGroup)
	found.RaisedOn = cmp.Or(found.RaisedOn, p.today)
	found.DueOn = cmp.Or(found.DueOn, found.RaisedOn.AddDays(p.params().DueDays(found.Level, found.Urgency)))
	if found.RaisedOn.After(p.today) {
		x.fault("raised_on", FaultOrder, "登记日期不能晚于今天。", "The day it was raised cannot be after today.")
	}
	if found.DueOn.Before(found.RaisedOn) {
		x.fault("due_on", FaultOrder, "时限早于登记日期。", "It is due before it was raised.")
	}
	if !x.sound() {
		return
	}
	year := found.RaisedOn.Year
	last[year] = max(last[year], p.r.Last(ProblemPrefix(year))) + 1
	found.ID, found.Code = ProblemID(p.mint()), ProblemCode(year, last[year])
	p.settle(x, found.Code, nil, ProblemRaised{Problem: found})
}

// responsibleFor is the target's responsible person after this roster.
func (p *planner) responsibleFor(id TargetID) StaffID {
	if who, ok := p.responsible[id]; ok {
		return who
	}
	for _, x := range p.r.PairingsOfTarget(id) {
		if x.Role == Primary {
			return x.StaffID
		}
	}
	return 0
}

// params are those of the campaign, or those that a new one begins with.
func (p *planner) params() Params {
	c, ok := p.r.Campaign()
	if !ok {
		return DefaultParams()
	}
	return c.Params.withDefaults()
}

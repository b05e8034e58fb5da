package dialog

import (
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// moveTo is the action of one step of a matter.
func moveTo(at Place, option string) Action {
	return Action{Verb: moveMatter, Place: at, Option: option}
}

// about is the place of a part of the matter's board.
func aboutMatter(p casework.Matter, path string) Place {
	return Place{Screen: matterScreen, Matter: p.ID, Path: path}
}

// sayMatter is the place where words about a matter are typed.
func sayMatter(p casework.Matter, path string) Place {
	return Place{Screen: matterSayScreen, Matter: p.ID, Path: path}
}

// matterButtons offer the steps that can be taken.
func (t *turn) matterButtons(f *face, p casework.Matter) {
	var row []choice
	if len(casework.NextStages(t.v, p)) > 0 {
		row = append(row, choice{t.w.say("button.matter_stage"), Primary, to(aboutMatter(p, stagePart))})
	}
	if p.Status == casework.MatterOpen {
		row = append(row, choice{t.w.say("button.matter_next"), Primary, to(aboutMatter(p, nextPart))})
		if p.NextStep != "" {
			row = append(row, choice{t.w.say("button.matter_next_done"), Good, moveTo(aboutMatter(p, donePart), "")})
		}
	}
	f.row(row...)
	row = []choice{{t.w.say("button.matter_result"), Plain, to(sayMatter(p, resultPart))}}
	if p.Kind == wellKnownMatter {
		row = append(row, choice{t.w.say("button.matter_evidence"), Plain, to(aboutMatter(p, evidencePart))})
	}
	f.grid(append(row,
		choice{t.w.say("button.matter_owner"), Plain, to(aboutMatter(p, ownerPart))},
		choice{t.w.say("button.matter_comment"), Plain, to(sayMatter(p, commentPart))},
	))
}

// refusedStage reports whether a reason belongs to the stage.
func refusedStage(stage string) bool { return stage == "refused" || stage == "not_recognised" }

// matterStages asks which stage the matter has come to; ends are marked.
func (t *turn) matterStages(f *face, _ Place, p casework.Matter) {
	f.line(t.w.say("matter.stage", "Stage", t.stageWords(p), "Date", t.day(p.StageOn)))
	f.line(t.w.say("matter.which_stage"))
	var list []choice
	for _, s := range casework.NextStages(t.v, p) {
		c := choice{t.firmLabel("stage", s), Plain, moveTo(aboutMatter(p, stagePart), s)}
		switch {
		case s == "registered" || s == "recognised":
			c.text, c.style = "✅ "+c.text, Good
		case refusedStage(s):
			c.text, c.act = "✖ "+c.text, to(Place{Screen: matterScreen, Matter: p.ID, Path: refusalPart, Why: s})
		case s == "dropped" || s == "expired":
			c.text, c.style = "▫ "+c.text, Danger
		}
		list = append(list, c)
	}
	f.grid(list)
}

// matterRefusals asks why the matter was refused.
func (t *turn) matterRefusals(f *face, at Place, p casework.Matter) {
	f.line(t.w.say("matter.which_refusal", "Stage", t.firmLabel("stage", at.Why)))
	for _, o := range t.firmOptions("refusal_reason") {
		f.row(choice{o.Label.In(t.w.lang), Plain, moveTo(Place{Matter: p.ID, Path: stagePart, Why: o.ID}, at.Why)})
	}
}

// matterEvidence shows which groups of evidence are complete, to be turned over.
func (t *turn) matterEvidence(f *face, _ Place, p casework.Matter) {
	f.line(t.w.say("matter.which_evidence"))
	for _, g := range casework.EvidenceGroups() {
		f.row(choice{ticked(slices.Contains(p.Evidence, g)) + t.firmLabel("evidence_groups", g), Plain, moveTo(aboutMatter(p, evidencePart), g)})
	}
}

// nextSteps are what comes next most often, by the keys of their words.
func nextSteps(kind string) []string {
	if kind == "city_known" || kind == "province_famous" || kind == wellKnownMatter {
		return []string{"evidence", "visit", "submit", "wait"}
	}
	return []string{"papers", "submit", "wait", "visit"}
}

// matterNext asks what comes next.
func (t *turn) matterNext(f *face, _ Place, p casework.Matter) {
	f.line(t.w.say("matter.which_next"))
	var list []choice
	for _, k := range nextSteps(p.Kind) {
		words := t.w.say("matter.quick." + k)
		list = append(list, choice{words, Plain, to(Place{Screen: matterScreen, Matter: p.ID, Path: whenPart, Query: words})})
	}
	f.grid(list)
	f.row(choice{t.w.say("button.own_words"), Plain, to(sayMatter(p, nextPart))})
}

// soon are the days ahead that are offered for a next step.
func soon() []int { return []int{3, 7, 15, 30, 90} }

// matterWhen asks when the next step is to be.
func (t *turn) matterWhen(f *face, at Place, p casework.Matter) {
	f.line(t.w.say("matter.next", "What", at.Query))
	f.line(t.w.say("matter.which_day"))
	var list []choice
	for _, n := range soon() {
		on := t.today.AddDays(n)
		list = append(list, choice{t.w.say("matter.in_days", "Count", n, "Date", t.day(on)), Plain,
			moveTo(Place{Matter: p.ID, Path: nextPart, Query: at.Query, Day: on}, "")})
	}
	f.grid(list)
	say := sayMatter(p, whenPart)
	say.Query = at.Query
	f.row(choice{t.w.say("button.matter_date"), Plain, to(say)})
}

// matterOwners asks whose the matter is.
func (t *turn) matterOwners(f *face, at Place, p casework.Matter) {
	f.line(t.w.say("matter.which_owner"))
	shown, page, pages := pageOf(t.markOwners(p), at.Page)
	var list []choice
	for _, s := range shown {
		c := choice{s.Name, Plain, moveTo(Place{Matter: p.ID, Path: ownerPart, Staff: s.ID}, "")}
		if s.ID == p.OwnerID {
			c.text = "✓ " + c.text
		}
		list = append(list, c)
	}
	f.grid(list)
	f.arrows(aboutMatter(p, ownerPart), page, pages)
	f.row(choice{t.w.say("button.matter_section"), Plain, to(sayMatter(p, sectionPart))})
}

// markOwners are those who can be given a matter: the trademark officers, and who is
// in charge of the firm.
func (t *turn) markOwners(p casework.Matter) []casework.Staff {
	x, _ := t.v.Target(p.FirmID)
	charge := casework.InCharge(t.v, x, t.today)
	var out []casework.Staff
	for s := range t.v.AllStaff() {
		if (s.Has(casework.TrademarkOfficer) || s.ID == charge) && casework.May(t.v, s, casework.ServeMarks, t.subject(x)) {
			out = append(out, s)
		}
	}
	return out
}

// tapMatter takes a step of a matter with what was chosen.
func (t *turn) tapMatter(_ Card, a Action) {
	p, ok := t.v.Matter(a.Place.Matter)
	if !ok {
		t.toast("gone")
		return
	}
	m := casework.MatterMoved{MatterID: p.ID, From: p.Stage}
	after := aboutMatter(p, "")
	switch a.Place.Path {
	case stagePart:
		m.Stage, m.Refusal = a.Option, a.Place.Why
	case evidencePart:
		m.Evidence = new(turnedOver(p.Evidence, a.Option))
		after.Path = evidencePart
	case nextPart:
		m.NextStep, m.NextOn = new(a.Place.Query), new(a.Place.Day)
	case donePart:
		m.NextStep, m.NextOn, m.Text = new(""), new(casework.Date{}), t.w.say("matter.did", "What", p.NextStep)
		after.Path = nextPart
	case ownerPart:
		m.OwnerID = a.Place.Staff
	}
	if why := t.stepMatter(m); why != "" {
		t.notice = t.stepWords(why)
		after.Path = ""
	}
	t.goTo(after)
}

// turnedOver is the list with the option added, or taken out if it was in it.
func turnedOver(list []string, option string) []string {
	if i := slices.Index(list, option); i >= 0 {
		return slices.Delete(slices.Clone(list), i, i+1)
	}
	return append(slices.Clone(list), option)
}

// stepMatter takes a step of a matter and tells those whom it concerns, or says why
// it cannot be taken.
func (t *turn) stepMatter(m casework.MatterMoved) casework.Refusal {
	before, _ := t.v.Matter(m.MatterID)
	facts, why := casework.MoveMatter(t.v, t.staff, m, t.now())
	if why != "" {
		return why
	}
	t.carry(facts)
	t.tellMatter(before)
	return ""
}

// tapOpenMatter begins a matter about a trademark.
func (t *turn) tapOpenMatter(_ Card, a Action) {
	m, ok := t.v.Trademark(a.Place.Mark)
	if !ok {
		t.toast("gone")
		return
	}
	facts, why := casework.OpenMatter(t.v, t.staff, casework.Matter{
		TrademarkID: m.ID, FirmID: m.FirmID, Kind: a.Place.Why, Stage: a.Option, Refusal: a.Place.Query,
	}, t.now(), t.ids)
	if why != "" {
		t.notice = t.stepWords(why)
		t.goTo(Place{Screen: markScreen, Mark: m.ID})
		return
	}
	t.carry(facts)
	for _, f := range facts {
		if f, ok := f.(casework.MatterRecorded); ok {
			t.notice = t.w.say("matter.opened", "Code", f.Matter.Code)
			t.goTo(aboutMatter(f.Matter, nextPart))
		}
	}
}

// drawMatterSay asks for words about a matter.
func (t *turn) drawMatterSay(f *face) bool {
	at := t.s.At
	p, ok := t.v.Matter(at.Matter)
	x, may := t.firmOf(p.FirmID, casework.ServeMarks)
	if !ok || !may {
		return false
	}
	f.title(p.Code + " " + t.firmLabel("matter", p.Kind))
	f.line("™ " + t.markName(p) + " · " + x.Code + " " + x.DisplayName())
	f.gap()
	f.line(t.w.say("matter.say." + at.Path))
	f.row(choice{t.w.say("button.go_back"), Plain, to(aboutMatter(p, ""))}, t.homeButton())
	return true
}

func (t *turn) markName(p casework.Matter) string {
	m, _ := t.v.Trademark(p.TrademarkID)
	return m.Name
}

// matterTyped takes words about a matter: a result, what comes next or when, or a
// remark.
func (t *turn) matterTyped(text string) {
	at := t.s.At
	p, ok := t.v.Matter(at.Matter)
	if !ok {
		t.draw()
		return
	}
	m := casework.MatterMoved{MatterID: p.ID, From: p.Stage}
	if at.Path == whenPart {
		day, ok := t.readDate(text, comingDay)
		if !ok {
			t.draw()
			return
		}
		m.NextStep, m.NextOn = &at.Query, &day
	} else {
		longest := 200
		if at.Path == sectionPart {
			longest = 30
		}
		words, ok := t.readAs(form.Item{ID: "words", Type: form.Text, Min: 2, Max: longest}, text)
		if !ok {
			t.draw()
			return
		}
		switch at.Path {
		case nextPart:
			t.leaveFor(Place{Screen: matterScreen, Matter: p.ID, Path: whenPart, Query: words})
			return
		case resultPart:
			m.Result, m.ResultOn = words, t.today
		case sectionPart:
			m.Section = words
		default:
			m.Text = words
		}
	}
	if why := t.stepMatter(m); why != "" {
		t.notice = t.stepWords(why)
		t.draw()
		return
	}
	t.notice = t.w.say("matter.noted")
	t.leaveFor(aboutMatter(p, ""))
}

// leaveFor ends the typing and shows a board.
func (t *turn) leaveFor(at Place) {
	t.s.At = Place{Screen: homeScreen}
	t.goTo(at)
}

// readAs reads words as the answer to an item that stands alone; if they will not do,
// it says why.
func (t *turn) readAs(it form.Item, text string) (string, bool) {
	it.Repeat, it.Relevant = "", ""
	def := form.Definition{ID: "one", Version: 1, Items: []form.Item{it}}
	sheet := form.Open(&def, form.Answers{}, t.rules(t.today))
	step, _ := sheet.Step(it.ID)
	a, err := sheet.Read(step, text)
	if err != nil {
		t.notice = t.refusal(err)
		return "", false
	}
	if len(a.Values) == 0 {
		return "", true
	}
	return a.Values[0], true
}

// comingDay is the constraint of a day that has not passed.
const comingDay = ". >= today()"

// readDate reads a day: any, or one within what the constraint allows.
func (t *turn) readDate(text, constraint string) (casework.Date, bool) {
	words, ok := t.readAs(form.Item{ID: "day", Type: form.DateType, Constraint: constraint}, text)
	var day casework.Date
	if !ok && constraint != "" {
		if day, ok = t.readDate(text, ""); ok {
			t.notice = t.w.say("mark.passed", "Date", t.day(day))
		}
		return day, false
	}
	if !ok {
		return day, false
	}
	if day.UnmarshalText([]byte(words)) != nil {
		t.notice = t.w.say("refused.not_a_date")
		return day, false
	}
	return day, true
}

package dialog

import (
	"fmt"
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// askStep asks for what the step in the making lacks.
func (t *turn) askStep(f *face, p casework.Problem, at Place) {
	m := *at.Move
	f.line("“" + clip(p.Description, 80) + "”")
	f.gap()
	f.title(t.w.say("step." + string(m.Act)))
	switch at.Path {
	case levelAsked:
		t.askLevel(f, p, m)
	case markAsked:
		t.askMark(f, p, m)
	case lacksPart:
		t.askLacks(f, p, m)
	case categoryPart:
		t.askCategory(f, p, m)
	case string(casework.NeedsOwner):
		t.askOwner(f, p, at)
	case string(casework.NeedsText):
		t.askText(f, p, m)
	case string(casework.NeedsWhy):
		t.askWhy(f, m)
	case string(casework.NeedsDay):
		t.askDay(f, p, m)
	case string(casework.NeedsUnit):
		t.askUnit(f, at)
	case string(casework.NeedsTelling):
		f.line(t.w.say("ask.telling"))
		m.Told = true
		f.row(t.stepChoice(t.w.say("button.told_them"), Good, m))
	case string(casework.NeedsProof):
		f.line(t.w.say("ask.proof"))
		f.row(t.sayButton("button.send_proof", m, casework.NeedsProof))
	case string(casework.NeedsOther):
		t.askOther(f, p, m)
	}
	f.row(t.problemBack(p))
}

// sayButton leads to where what is asked for can be typed or sent.
func (t *turn) sayButton(key string, m casework.ProblemMoved, what casework.Refusal) choice {
	return choice{t.w.say(key), Plain, to(Place{Screen: problemSayScreen, Problem: m.ProblemID, Path: string(what), Move: &m})}
}

func (t *turn) askLevel(f *face, p casework.Problem, m casework.ProblemMoved) {
	f.line(t.w.say("ask.level"))
	var list []choice
	for _, l := range casework.Above(t.v, t.staff, p, t.today) {
		m.Level = l
		list = append(list, t.stepChoice(casework.Levels().Label(string(l), t.w.lang), Plain, m))
	}
	f.grid(list)
}

// perOwners is how many people a page shows.
const perOwners = 12

// askOwner asks whose the problem is to be; who has the target comes first.
func (t *turn) askOwner(f *face, p casework.Problem, at Place) {
	f.line(t.w.say("ask.owner"))
	all := casework.Owners(t.v, p, t.today)
	pages := max(1, (len(all)+perOwners-1)/perOwners)
	page := min(max(0, at.Page), pages-1)
	var list []choice
	for _, s := range all[page*perOwners : min(len(all), (page+1)*perOwners)] {
		m := *at.Move
		m.OwnerID = s.ID
		name := s.Name
		if s.ID == t.staff.ID {
			name = t.w.say("ask.myself")
		}
		list = append(list, t.stepChoice(name, Plain, m))
	}
	f.grid(list)
	f.arrows(at, page, pages)
}

// phrases are the ready sentences of a step.
func (t *turn) phrases(act casework.ProblemAct) []string {
	var out []string
	for i := range 3 {
		out = append(out, t.w.say(fmt.Sprintf("phrase.%s.%d", act, i+1)))
	}
	return out
}

// askText offers ready sentences, and to write one.
func (t *turn) askText(f *face, p casework.Problem, m casework.ProblemMoved) {
	f.line(t.w.say("ask.text"))
	if last := t.lastProgress(p); m.Act == casework.Resolve && last != "" {
		said := m
		said.Text = last
		f.row(t.stepChoice(last, Plain, said))
	}
	for _, words := range t.phrases(m.Act) {
		said := m
		said.Text = words
		f.row(t.stepChoice(words, Plain, said))
	}
	f.row(t.sayButton("button.own_words", m, casework.NeedsText))
}

// enoughWords is how long the account of a solution is at least, in characters.
const enoughWords = 10

// lastProgress is what was done last, if it tells enough to say how the problem was
// solved. A ready sentence does not.
func (t *turn) lastProgress(p casework.Problem) string {
	for _, s := range slices.Backward(p.History) {
		if s.Act == casework.Progress && len([]rune(s.Text)) >= enoughWords && !slices.Contains(t.phrases(casework.Progress), s.Text) {
			return s.Text
		}
	}
	return ""
}

func (t *turn) askWhy(f *face, m casework.ProblemMoved) {
	list := casework.EscalationReasons()
	key := "ask.why"
	if m.Act == casework.Resolve {
		list, key = casework.Resolutions(), "ask.way"
	}
	f.line(t.w.say(key))
	var buttons []choice
	for _, o := range list {
		m.Why = o.ID
		buttons = append(buttons, t.stepChoice(o.Label.In(t.w.lang), Plain, m))
	}
	f.grid(buttons)
}

// askDay offers days at the usual distances, and to type another.
func (t *turn) askDay(f *face, p casework.Problem, m casework.ProblemMoved) {
	f.line(t.w.say("ask.day." + string(m.Act)))
	from := t.today
	if m.Act == casework.AskTime || m.Act == casework.GrantTime {
		if p.DueOn.After(from) {
			from = p.DueOn
		}
	}
	var list []choice
	for _, days := range []int{3, 7, 15, 30} {
		m.Until = from.AddDays(days)
		list = append(list, t.stepChoice(t.w.say("ask.days", "Count", days, "Date", t.day(m.Until)), Plain, m))
	}
	f.grid(list)
	m.Until = casework.Date{}
	f.row(t.sayButton("button.other_date", m, casework.NeedsDay))
}

// askUnit asks which outside body the problem goes to.
func (t *turn) askUnit(f *face, at Place) {
	f.line(t.w.say("ask.unit"))
	all := slices.DeleteFunc(slices.Clone(t.v.Units()), func(u casework.Unit) bool { return u.Kind != casework.External })
	if len(all) == 0 {
		f.line(t.w.say("ask.no_unit"))
	}
	shown, page, pages := pageOf(all, at.Page)
	for _, u := range shown {
		m := *at.Move
		m.UnitID = u.ID
		f.row(t.stepChoice(u.Name, Plain, m))
	}
	f.arrows(at, page, pages)
}

// askOther asks which problem it is to be joined to.
func (t *turn) askOther(f *face, p casework.Problem, m casework.ProblemMoved) {
	f.line(t.w.say("ask.other"))
	none := true
	for _, o := range t.v.ProblemsOfTarget(p.TargetID) {
		if o.ID == p.ID || !o.Status.Open() {
			continue
		}
		none = false
		m.Into = o.ID
		f.row(t.stepChoice(t.w.say("button.merge_into", "Code", o.Code)+" "+clip(o.Description, 12), Plain, m))
	}
	if none {
		f.line(t.w.say("ask.no_other"))
	}
}

// askMark offers what can be said more exactly of the problem.
func (t *turn) askMark(f *face, p casework.Problem, m casework.ProblemMoved) {
	f.line(t.w.say("ask.mark"))
	def := t.problemForm(p)
	var urgencies []choice
	if it, ok := def.Item("urgency"); ok {
		for _, o := range it.Options {
			if o.ID != string(p.Urgency) {
				set := m
				set.Urgency = casework.Urgency(o.ID)
				urgencies = append(urgencies, t.stepChoice(o.Label.In(t.w.lang), Plain, set))
			}
		}
	}
	f.row(urgencies...)
	common := !p.Common
	set := m
	set.Common = &common
	f.row(t.stepChoice(t.w.say("button.mark_scope", "Scope", t.scopeWords(common)), Plain, set))
	at := Place{Screen: problemScreen, Problem: p.ID, Path: lacksPart, Move: &m}
	lacks := choice{t.w.say("button.mark_lacks"), Plain, to(at)}
	at.Path = categoryPart
	f.row(lacks, choice{t.w.say("button.mark_category"), Plain, to(at)})
}

// problemForm is the form that knows the words for a problem of the target.
func (t *turn) problemForm(p casework.Problem) form.Definition {
	x, _ := t.v.Target(p.TargetID)
	def, _ := t.v.Form(string(x.Kind), 0)
	return def
}

// askLacks lets what is lacking be ticked.
func (t *turn) askLacks(f *face, p casework.Problem, m casework.ProblemMoved) {
	f.line(t.w.say("ask.lacks"))
	ticked := m.Lacks
	if ticked == nil {
		ticked = p.Lacks
	}
	var list []choice
	for _, o := range casework.Lacks() {
		next := m
		box := "☐ "
		if i := slices.Index(ticked, o.ID); i >= 0 {
			box = "☑ "
			next.Lacks = slices.Delete(slices.Clone(ticked), i, i+1)
		} else {
			next.Lacks = append(slices.Clone(ticked), o.ID)
		}
		list = append(list, choice{box + o.Label.In(t.w.lang), Plain,
			to(Place{Screen: problemScreen, Problem: p.ID, Path: lacksPart, Move: &next})})
	}
	f.grid(list)
	if len(ticked) > 0 {
		m.Lacks = ticked
		f.row(t.stepChoice(t.w.say("button.picked", "Count", len(ticked)), Primary, m))
	}
}

// askCategory offers the other categories of the problem's family.
func (t *turn) askCategory(f *face, p casework.Problem, m casework.ProblemMoved) {
	f.line(t.w.say("ask.category"))
	var list []choice
	for _, o := range t.categories(p) {
		if o.ID == p.Category {
			continue
		}
		m.Category = o.ID
		list = append(list, t.stepChoice(o.Label.In(t.w.lang), Plain, m))
	}
	f.grid(list)
}

// categories are those of the problem's family, as its form has them.
func (t *turn) categories(p casework.Problem) []form.Option {
	def := t.problemForm(p)
	sheet := form.Open(&def, form.Answers{
		"outcome": {Values: []string{string(casework.Met)}}, "free": {Values: []string{p.Description}},
		"problem/1/family": {Values: []string{p.Family}},
	}, t.rules(t.today))
	step, ok := sheet.Step("problem/1/category")
	if !ok {
		return nil
	}
	return sheet.Options(step)
}

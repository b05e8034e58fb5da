package dialog

import (
	"maps"
	"slices"

	"zoufang/casework"
)

// drawProblem shows one problem: how it stands, what it waits for, and what the
// person can do about it.
func (t *turn) drawProblem(f *face, at Place) bool {
	p, ok := t.problem(at.Problem)
	if !ok {
		return false
	}
	x, _ := t.v.Target(p.TargetID)
	f.title(p.Code + " · " + t.w.say("status."+string(p.Status)))
	f.line(x.Code + " " + x.DisplayName() + " · " + casework.AreaShort(t.v, x.AreaID))
	switch {
	case at.Path == stepsPart:
		t.problemHistory(f, p, at)
	case at.Move != nil:
		t.askStep(f, p, at)
	default:
		t.problemFront(f, p, x)
	}
	return true
}

// problemFront is the whole card.
func (t *turn) problemFront(f *face, p casework.Problem, x casework.Target) {
	f.line(t.problemLabel(p, "family", p.Family) + " · " + t.problemLabel(p, "category", p.Category) + " · " +
		t.problemLabel(p, "urgency", string(p.Urgency)))
	f.line("“" + p.Description + "”")
	f.line(t.w.say("problem.lacks", "Lacks", t.lackWords(p.Lacks, p.Category), "Scope", t.scopeWords(p.Common)))
	f.gap()
	f.line(t.w.say("problem.owner", "Who", t.ownerWords(p), "Level", casework.Levels().Label(string(p.Level), t.w.lang)))
	f.line(t.w.say("problem.age", "Count", p.Age(t.today), "Source", casework.ProblemSources().Label(string(p.Source), t.w.lang)))
	t.problemDue(f, p)
	t.problemWaits(f, p)
	t.bookLine(f, p)
	t.remarkLines(f, p)
	t.lastSteps(f, p)
	t.stepButtons(f, p)
	t.bookButtons(f, p)
	t.duplicates(f, p)
	var row []choice
	if other, ok := t.problem(p.MergedInto); ok {
		row = append(row, t.problemButton(other))
	}
	if len(p.History) > 0 {
		row = append(row, choice{t.w.say("button.problem_steps", "Count", len(p.History)), Plain,
			to(Place{Screen: problemScreen, Problem: p.ID, Path: stepsPart})})
	}
	f.row(append(row, t.targetButton(x))...)
}

// ownerWords name who works on the problem, with the branch, and who stands in.
func (t *turn) ownerWords(p casework.Problem) string {
	words := t.staffName(p.OwnerID)
	if u, ok := t.v.Unit(p.UnitID); ok {
		words += " · " + u.Name
	}
	if acting := casework.OwnerOf(t.v, p, t.today); acting != p.OwnerID && acting != 0 {
		words += " · " + t.w.say("problem.acting", "Who", t.staffName(acting))
	}
	return words
}

// lackWords say what is lacking; by the category, where nobody said so.
func (t *turn) lackWords(lacks []string, category string) string {
	if len(lacks) == 0 {
		lacks = []string{casework.LackOf(category)}
	}
	var words []string
	for _, l := range lacks {
		words = append(words, casework.Lacks().Label(l, t.w.lang))
	}
	return t.join(words)
}

func (t *turn) scopeWords(common bool) string {
	if common {
		return t.w.say("problem.common")
	}
	return t.w.say("problem.individual")
}

// problemDue says until when it is to be solved, and how the day was moved.
func (t *turn) problemDue(f *face, p casework.Problem) {
	if !p.Status.Open() || p.DueOn.IsZero() {
		return
	}
	words := t.w.say("problem.due", "Date", t.day(p.DueOn))
	if n := p.Overdue(t.today); n > 0 {
		words = t.w.say("problem.overdue", "Date", t.day(p.DueOn), "Count", n)
	}
	if p.Extensions > 0 {
		words += " · " + t.w.say("problem.extended", "Count", p.Extensions)
	}
	f.line(words)
}

// problemWaits says what has to happen next, or how it ended.
func (t *turn) problemWaits(f *face, p casework.Problem) {
	c, _ := t.v.Campaign()
	switch p.Status {
	case casework.ProblemEscalated:
		if e := p.Escalation; e != nil {
			f.line(t.w.say("problem.waits.escalated", "Level", casework.Levels().Label(string(e.To), t.w.lang),
				"Date", t.day(e.RespondBy), "Ask", e.Ask))
		}
	case casework.ProblemTransferred:
		u, _ := t.v.Unit(p.ExternalID)
		f.line(t.w.say("problem.waits.transferred", "Unit", u.Name))
	case casework.ProblemOnHold:
		f.line(t.w.say("problem.waits.on_hold", "Date", t.day(p.ResumeOn)))
	case casework.ProblemResolved:
		f.line(t.w.say("problem.solved", "Way", casework.Resolutions().Label(p.Resolution, t.w.lang), "Note", p.Note))
		key := "problem.waits.resolved"
		switch {
		case pleased(p):
			key = "problem.waits.book"
		case p.Unreached >= c.Params.NoAnswer:
			key = "problem.waits.strike"
		}
		f.line(t.w.say(key, "Count", p.Unreached))
	case casework.ProblemClosed:
		f.line(t.w.say("problem.solved", "Way", casework.Resolutions().Label(p.Resolution, t.w.lang), "Note", p.Note))
		f.line(t.w.say("problem.closed", "Date", t.day(p.ClosedOn)))
	case casework.ProblemMerged:
		other, _ := t.v.Problem(p.MergedInto)
		f.line(t.w.say("problem.merged", "Code", other.Code))
	case casework.ProblemRegistered, casework.ProblemPending, casework.ProblemDoing, casework.ProblemInvalid:
		f.line(t.w.say("problem.waits." + string(p.Status)))
	}
	if p.Status.Open() && p.Reopened > 0 {
		f.line(t.w.say("problem.reopened", "Count", p.Reopened, "Why", t.returnedWhy(p)))
	}
	if e := p.Extension; e != nil {
		f.line(t.w.say("problem.asks_time", "Who", t.staffName(e.By), "Date", t.day(e.Until), "Why", e.Why))
	}
}

// pleased reports whether the people are content with how the problem was solved the
// last time.
func pleased(p casework.Problem) bool {
	for _, s := range slices.Backward(p.History) {
		switch s.Act {
		case casework.Resolve:
			return false
		case casework.AskBack:
			return s.Satisfaction == casework.Satisfied || s.Satisfaction == casework.FairlySatisfied
		default:
		}
	}
	return false
}

// returnedWhy is why the problem was taken up again the last time.
func (t *turn) returnedWhy(p casework.Problem) string {
	for _, s := range slices.Backward(p.History) {
		if s.Act == casework.Reopen || s.Act == casework.AskBack && s.Satisfaction == casework.NotSatisfied {
			if s.Text != "" {
				return s.Text
			}
			return t.w.say("satisfaction.not")
		}
	}
	return "—"
}

// bookLine says how the problem's task book stands.
func (t *turn) bookLine(f *face, p casework.Problem) {
	c, _ := t.v.Campaign()
	b, ok := t.bookOf(p)
	switch {
	case ok:
		f.line(t.w.say("problem.book", "Code", b.Code, "Status", casework.TaskStatuses().Label(string(b.Status), t.w.lang)))
	case p.Status.Open() && casework.NeedsTaskBook(c, p):
		f.line(t.w.say("problem.no_book"))
	}
	switch why := casework.WhyNot(t.v, t.staff, p, casework.Resolve, t.today); why {
	case casework.BookOpen, casework.BookMissing:
		f.line("   " + t.stepWords(why))
	default:
	}
}

// bookOf is the problem's newest task book that was not cancelled.
func (t *turn) bookOf(p casework.Problem) (casework.TaskBook, bool) {
	for _, b := range slices.Backward(t.v.TaskBooksOfProblem(p.ID)) {
		if b.Status != casework.TaskCancelled {
			return b, true
		}
	}
	return casework.TaskBook{}, false
}

// bookButtons lead to the task book, or to writing one.
func (t *turn) bookButtons(f *face, p casework.Problem) {
	if b, ok := t.bookOf(p); ok {
		f.row(choice{t.w.say("button.problem_book", "Code", b.Code), Plain, to(Place{Screen: bookScreen, Book: b.ID})})
		return
	}
	if p.Status.Open() && casework.May(t.v, t.staff, casework.WriteBook, t.problemSubject(p)) {
		f.row(choice{t.w.say("button.problem_write_book"), Plain, Action{Verb: writeBook, Place: Place{Problem: p.ID}}})
	}
}

// shownSteps is how many steps of its history the card shows.
const shownSteps = 3

// lastSteps shows what happened last, the newest first.
func (t *turn) lastSteps(f *face, p casework.Problem) {
	if len(p.History) == 0 {
		return
	}
	f.gap()
	for _, s := range slices.Backward(p.History[max(0, len(p.History)-shownSteps):]) {
		f.line(t.historyLine(s))
	}
}

// historyLine is one step in a line.
func (t *turn) historyLine(s casework.Step) string {
	who := t.w.say("step.program")
	if s.By != 0 {
		who = t.staffName(s.By)
	}
	words := "• " + t.day(s.On) + " " + who + t.w.say("colon") + t.w.say("step."+string(s.Act))
	if s.OwnerID != 0 {
		words += " → " + t.staffName(s.OwnerID)
	}
	if s.Act == casework.Escalate {
		words += " → " + casework.Levels().Label(string(s.Level), t.w.lang)
	}
	if u, ok := t.v.Unit(s.UnitID); ok {
		words += " → " + u.Name
	}
	if s.Act == casework.Mark {
		words += " · " + t.markWords(s.ProblemMoved)
	}
	if why := t.whyWords(s.ProblemMoved); why != "" {
		words += " · " + why
	}
	if !s.Until.IsZero() {
		words += " · " + t.day(s.Until)
	}
	if s.Text != "" {
		words += " “" + clip(s.Text, 100) + "”"
	}
	if len(s.Files) > 0 {
		words += " 📎" + t.w.say("step.files", "Count", len(s.Files))
	}
	return words
}

// markWords are what a mark changed.
func (t *turn) markWords(m casework.ProblemMoved) string {
	var words []string
	p, _ := t.v.Problem(m.ProblemID)
	if m.Category != "" {
		words = append(words, t.problemLabel(p, "category", m.Category))
	}
	if m.Urgency != "" {
		words = append(words, t.problemLabel(p, "urgency", string(m.Urgency)))
	}
	if m.Common != nil {
		words = append(words, t.scopeWords(*m.Common))
	}
	for _, l := range m.Lacks {
		words = append(words, casework.Lacks().Label(l, t.w.lang))
	}
	return t.join(words)
}

// whyWords are the reason of a step, in words.
func (t *turn) whyWords(m casework.ProblemMoved) string {
	switch {
	case m.Satisfaction != "":
		return t.w.say("satisfaction." + string(m.Satisfaction))
	case m.Why == "":
		return ""
	case m.Act == casework.Escalate:
		return casework.EscalationReasons().Label(m.Why, t.w.lang)
	case m.Act == casework.Resolve:
		return casework.Resolutions().Label(m.Why, t.w.lang)
	case m.Act == casework.AskAtVisit:
		return casework.AskedAtVisit().Label(m.Why, t.w.lang)
	}
	return m.Why
}

// problemHistory shows every step, five at a time, the newest first.
func (t *turn) problemHistory(f *face, p casework.Problem, at Place) {
	f.gap()
	steps := slices.Clone(p.History)
	slices.Reverse(steps)
	shown, page, pages := pageOf(steps, at.Page)
	for _, s := range shown {
		f.line(t.historyLine(s))
	}
	if page == pages-1 {
		f.line("• " + t.day(p.RaisedOn) + " " + t.w.say("problem.raised", "Source", casework.ProblemSources().Label(string(p.Source), t.w.lang)))
	}
	f.arrows(Place{Screen: problemScreen, Problem: p.ID, Path: stepsPart}, page, pages)
	f.row(t.problemBack(p))
}

// problemBack leads back to the front of the card.
func (t *turn) problemBack(p casework.Problem) choice {
	return choice{t.w.say("button.go_back"), Plain, to(problemPlace(p.ID))}
}

// duplicates offer to join the problem to another that looks the same.
func (t *turn) duplicates(f *face, p casework.Problem) {
	if casework.WhyNot(t.v, t.staff, p, casework.Merge, t.today) != "" {
		return
	}
	list := casework.Duplicates(t.v, p)
	if len(list) == 0 {
		return
	}
	f.gap()
	f.line(t.w.say("problem.duplicates", "Count", len(list)))
	for _, o := range list[:min(2, len(list))] {
		f.row(t.stepChoice(t.w.say("button.merge_into", "Code", o.Code), Plain,
			casework.ProblemMoved{ProblemID: p.ID, Act: casework.Merge, Into: o.ID}))
	}
}

// remarkLines say what the office remarked in the problem list, and which other systems
// have the problem.
func (t *turn) remarkLines(f *face, p casework.Problem) {
	if p.Remark != "" {
		f.line(t.w.say("problem.remark", "Text", p.Remark))
	}
	for _, system := range slices.Sorted(maps.Keys(p.Synced)) {
		f.line(t.w.say("problem.synced", "System", system, "Date", t.day(p.Synced[system])))
	}
}

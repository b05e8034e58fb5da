package dialog

import (
	"cmp"
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// The filters of the problem list, in a place's Query. The empty one is the person's
// own problems.
const (
	waitingProblems = "waiting" // what waits for the person
	overdueProblems = "overdue"
	allProblems     = "all"
)

// openProblemList shows the first filter that leaves anything.
func (t *turn) openProblemList() {
	at := Place{Screen: problemsScreen}
	for _, q := range []string{"", waitingProblems, allProblems} {
		at.Query = q
		if len(t.problemList(q)) > 0 {
			break
		}
	}
	t.goTo(at)
}

// drawProblems is the problem list, as far as the person may see it.
func (t *turn) drawProblems(f *face) bool {
	if !casework.Allowed(t.staff, casework.SeeProblem) {
		return false
	}
	at := Place{Screen: problemsScreen, Query: t.s.At.Query}
	list := t.problemList(at.Query)
	f.title(t.w.say("problems.title", "Count", len(list)))
	f.line(t.w.say("problems.filter." + cmp.Or(at.Query, "mine")))
	if len(list) == 0 {
		f.line(t.w.say("problems.none"))
	}
	shown, page, pages := pageOf(list, t.s.At.Page)
	for _, p := range shown {
		f.row(choice{t.problemLine(p), Plain, to(problemPlace(p.ID))})
	}
	f.arrows(at, page, pages)
	var filters []choice
	for _, q := range []string{"", waitingProblems, overdueProblems, allProblems} {
		style := Plain
		if q == at.Query {
			style = Primary
		}
		filters = append(filters, choice{t.w.say("button.filter." + cmp.Or(q, "mine")), style, to(Place{Screen: problemsScreen, Query: q})})
	}
	f.row(filters...)
	f.row(t.homeButton())
	return true
}

// problemLine is a problem on its button.
func (t *turn) problemLine(p casework.Problem) string {
	x, _ := t.v.Target(p.TargetID)
	mark := ""
	switch {
	case p.Urgency == casework.Emergency:
		mark = "🔴 "
	case p.Urgency == casework.Urgent:
		mark = "🟠 "
	case p.Overdue(t.today) > 0:
		mark = "⏰ "
	}
	return mark + p.Code + " " + x.DisplayName() + " " + t.problemLabel(p, "category", p.Category) + " · " + t.w.say("status."+string(p.Status))
}

// problemList are the open problems that fit the filter, the most urgent and the
// latest first.
func (t *turn) problemList(filter string) []casework.Problem {
	var list []casework.Problem
	switch filter {
	case "":
		list = t.ownProblems()
	case waitingProblems:
		list = t.waitingProblems()
	default:
		list = t.problemsInReach()
	}
	list = slices.DeleteFunc(list, func(p casework.Problem) bool {
		return !p.Status.Open() || filter == overdueProblems && p.Overdue(t.today) == 0
	})
	rank := []casework.Urgency{casework.Emergency, casework.Urgent, casework.Normal}
	slices.SortStableFunc(list, func(p, q casework.Problem) int {
		return cmp.Or(
			cmp.Compare(slices.Index(rank, p.Urgency), slices.Index(rank, q.Urgency)),
			p.DueOn.Compare(q.DueOn), cmp.Compare(p.ID, q.ID),
		)
	})
	return list
}

// ownProblems are those the person works on today, for those on leave as well.
func (t *turn) ownProblems() []casework.Problem {
	out := t.v.ProblemsOfStaff(t.staff.ID)
	var givers []casework.StaffID
	for _, h := range t.v.HandoversOf(t.staff.ID) {
		if h.Taker == t.staff.ID && !slices.Contains(givers, h.Giver) && casework.Acting(t.v, h.Giver, t.today) == t.staff.ID {
			givers = append(givers, h.Giver)
			out = append(out, t.v.ProblemsOfStaff(h.Giver)...)
		}
	}
	return out
}

// waitingProblems are those with which something waits for the person.
func (t *turn) waitingProblems() []casework.Problem {
	var out []casework.Problem
	for _, d := range casework.Duties(t.v, t.staff, t.now(), t.d.zone) {
		p, ok := t.problem(d.Problem)
		if ok && !slices.ContainsFunc(out, func(o casework.Problem) bool { return o.ID == p.ID }) {
			out = append(out, p)
		}
	}
	return out
}

// problemsInReach are the problems that the person may see: the own ones, those of the
// groups' targets, and for the branch and the office the open ones of theirs.
func (t *turn) problemsInReach() []casework.Problem {
	known := map[casework.ProblemID]bool{}
	var out []casework.Problem
	add := func(p casework.Problem) {
		if _, ok := t.problem(p.ID); ok && !known[p.ID] {
			known[p.ID] = true
			out = append(out, p)
		}
	}
	for _, p := range t.ownProblems() {
		add(p)
	}
	switch {
	case t.seesAllProblems():
		for p := range t.v.OpenProblems(0) {
			add(p)
		}
		return out
	case t.staff.Has(casework.BranchSecretary) && t.staff.BranchID != 0:
		for p := range t.v.OpenProblems(t.staff.BranchID) {
			add(p)
		}
	}
	for x := range t.targetsInReach() {
		for _, p := range t.v.ProblemsOfTarget(x) {
			add(p)
		}
	}
	return out
}

// seesAllProblems reports whether the whole list is in the person's reach.
func (t *turn) seesAllProblems() bool {
	return slices.ContainsFunc(t.staff.Roles, func(r casework.Role) bool {
		return casework.Acts()[casework.SeeProblem][r] == casework.Everything
	})
}

// targetsInReach are the targets of the person's groups, and those in the person's
// charge.
func (t *turn) targetsInReach() map[casework.TargetID]bool {
	out := map[casework.TargetID]bool{}
	for _, g := range t.staff.Groups {
		for x := range t.v.TargetsOfGroup(g) {
			out[x.ID] = true
		}
	}
	for _, x := range casework.Charges(t.v, t.staff.ID, t.today) {
		out[x.ID] = true
	}
	return out
}

// findProblem shows the problem whose code was given, or the list.
func (t *turn) findProblem() {
	code := strings.ToUpper(form.Fold(form.Clean(t.in.Args)))
	if code == "" {
		t.openProblemList()
		return
	}
	list := t.problemsInReach()
	i := slices.IndexFunc(list, func(p casework.Problem) bool { return p.Code == code })
	if i < 0 && t.seesAllProblems() {
		for p := range t.v.AllProblems() {
			if p.Code == code {
				list, i = []casework.Problem{p}, 0
				break
			}
		}
	}
	if i < 0 {
		t.notice = t.w.say("problems.unknown", "Code", clip(code, 20))
		t.goTo(Place{Screen: problemsScreen})
		return
	}
	t.goTo(problemPlace(list[i].ID))
}

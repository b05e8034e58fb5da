package dialog

import (
	"fmt"
	"slices"

	"zoufang/casework"
)

// digestList are the problems a leader looks at: the new ones, and those that wait
// for a first response.
func digestList(d casework.Digest) []casework.Problem {
	out := slices.Clone(d.Raised)
	for _, p := range d.Respond {
		if !slices.ContainsFunc(out, func(o casework.Problem) bool { return o.ID == p.ID }) {
			out = append(out, p)
		}
	}
	return out
}

// digestProblems lists problems, or shows one with all that is known of it.
func (t *turn) digestProblems(f *face, at Place, d casework.Digest) {
	list := digestList(d)
	if p, ok := t.v.Problem(at.Problem); ok && slices.ContainsFunc(list, func(o casework.Problem) bool { return o.ID == p.ID }) {
		t.problemLines(f, p)
		x, _ := t.v.Target(p.TargetID)
		if _, ok := t.problem(p.ID); ok {
			f.row(t.problemButton(p), t.targetButton(x))
		} else {
			f.row(t.targetButton(x))
		}
		f.row(choice{t.w.say("button.go_back"), Plain, part(Place{Path: problemPart, Page: at.Page})})
		return
	}
	f.line(t.w.say("digest.problems_title", "Count", len(list)))
	if len(list) == 0 {
		f.line(t.w.say("digest.problems_none"))
	}
	shown, page, pages := pageOf(list, at.Page)
	for _, p := range shown {
		label := p.Code + " " + t.problemLabel(p, "category", p.Category)
		if slices.ContainsFunc(d.Respond, func(o casework.Problem) bool { return o.ID == p.ID }) {
			label = "⏱ " + label
		}
		f.row(choice{label, Plain, part(Place{Path: problemPart, Page: page, Problem: p.ID})})
	}
	if len(d.Respond) > 0 {
		f.line(t.w.say("digest.respond_mark"))
	}
	partArrows(f, problemPart, page, pages)
}

// problemLabel is what an option of the problem's items is called.
func (t *turn) problemLabel(p casework.Problem, item, option string) string {
	x, _ := t.v.Target(p.TargetID)
	def, _ := t.v.Form(string(x.Kind), 0)
	return optionLabel(&def, item, option, t.w.lang)
}

// problemLines show one problem.
func (t *turn) problemLines(f *face, p casework.Problem) {
	x, _ := t.v.Target(p.TargetID)
	f.gap()
	f.title(p.Code + " · " + t.w.say("status."+string(p.Status)))
	f.line(x.Code + " " + x.DisplayName() + " · " + casework.AreaShort(t.v, x.AreaID))
	f.line(t.problemLabel(p, "family", p.Family) + " · " + t.problemLabel(p, "category", p.Category) + " · " +
		t.problemLabel(p, "urgency", string(p.Urgency)))
	f.line("“" + p.Description + "”")
	f.line(t.w.say("digest.problem_owner", "Who", t.staffName(p.OwnerID), "Raised", t.day(p.RaisedOn), "Due", t.day(p.DueOn)))
}

// digestRecords lists the visits of the digest, or shows one, which can be returned.
func (t *turn) digestRecords(f *face, at Place, d casework.Digest) {
	if v, ok := t.v.Visit(at.Visit); ok && slices.ContainsFunc(slices.Concat(d.Visits, d.LateOnes), func(o casework.Visit) bool { return o.ID == v.ID }) {
		t.recordLines(f, v)
		if at.Path == returnPart && v.Return == nil && t.mayReturn(v) {
			t.returnButtons(f, v)
			return
		}
		t.recordButtons(f, v, Place{Path: recordPart, Page: at.Page})
		return
	}
	f.line(t.w.say("digest.records_title", "Count", len(d.Visits)))
	t.recordList(f, recordPart, at.Page, d.Visits)
}

// recordList has a button for each visit.
func (t *turn) recordList(f *face, path string, page int, list []casework.Visit) {
	shown, page, pages := pageOf(list, page)
	for _, v := range shown {
		x, _ := t.v.Target(v.TargetID)
		label := fmt.Sprintf("%s · %s · %s", v.Code, x.DisplayName(), t.staffName(v.Reporter()))
		if v.Return != nil {
			label = "↩ " + label
		}
		f.row(choice{label, Plain, part(Place{Path: recordPart, Visit: v.ID})})
	}
	partArrows(f, path, page, pages)
}

// digestLate lists what was reported about earlier days.
func (t *turn) digestLate(f *face, at Place, d casework.Digest) {
	f.line(t.w.say("digest.late_title"))
	shown, page, _ := pageOf(d.LateOnes, at.Page)
	for _, v := range shown {
		x, _ := t.v.Target(v.TargetID)
		f.line(t.w.say("digest.late_line", "Code", v.Code, "Target", x.Code+" "+x.DisplayName(), "Who", t.staffName(v.Reporter()),
			"Date", t.day(v.VisitedOn), "Time", t.moment(v.SubmittedAt)))
	}
	if d.LateCalls > 0 {
		f.line(t.w.say("digest.late_calls", "Count", d.LateCalls))
	}
	if len(d.LateOnes)+d.LateCalls == 0 {
		f.line(t.w.say("digest.late_none"))
	}
	t.recordList(f, latePart, page, d.LateOnes)
}

// digestMembers names in the order of the roster who has nothing recorded for some
// days, and how much each has to do next.
func (t *turn) digestMembers(f *face, d casework.Digest) {
	c, _ := t.v.Campaign()
	f.gap()
	f.line(t.w.say("digest.silent_title", "Count", c.Params.Silent))
	for _, m := range d.Silent {
		f.line(t.w.say("digest.silent_line", "Name", m.Staff.Name, "Date", t.day(m.LastOn)))
	}
	if len(d.Silent) == 0 {
		f.line(t.w.say("digest.silent_none"))
	}
	f.gap()
	f.line(t.w.say("digest.plan_title", "Date", t.day(d.Next)))
	for _, p := range d.Tomorrow {
		f.line(t.w.say("digest.plan_line", "Name", p.Staff.Name, "Planned", p.Count))
	}
	if len(d.Tomorrow) == 0 {
		f.line(t.w.say("digest.plan_none"))
	}
}

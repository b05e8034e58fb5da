package dialog

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zoufang/casework"
)

// drawIssue shows a common issue, or the part of it asked for.
func (t *turn) drawIssue(f *face, at Place) bool {
	i, ok := t.issue(at.Issue)
	if !ok {
		return false
	}
	f.title(t.w.say("issue.title", "Code", i.Code, "Title", i.Title, "Status", t.w.say("issue.status."+string(i.Status))))
	collecting := i.Status == casework.IssueCollecting && casework.Allowed(t.staff, casework.GatherIssues)
	switch {
	case at.Path == issueTogglePart && collecting:
		t.issueToggles(f, i, at)
	case at.Path == issueSubmitPart && collecting && t.mayReport():
		t.issueUnits(f, i, at)
	case at.Path == issueReportPart && casework.Allowed(t.staff, casework.GatherIssues):
		f.gap()
		f.add(t.reportText(i) + "\n")
		f.row(choice{t.w.say("button.forward"), Primary, Action{Verb: issueForward, Place: Place{Issue: i.ID}}})
	default:
		t.issueFront(f, i, at, collecting)
		return true
	}
	f.row(choice{t.w.say("button.go_back"), Plain, to(issuePlace(i.ID))})
	return true
}

// issueFront is the issue as a whole, with what can be done about it.
func (t *turn) issueFront(f *face, i casework.CommonIssue, at Place, collecting bool) {
	own := t.ownIn(i)
	if len(own) > 0 && i.Answer != "" {
		codes := make([]string, len(own))
		for n, p := range own {
			codes[n] = p.Code
		}
		f.line(t.w.say("issue.yours", "Codes", t.join(codes)))
	}
	f.line(t.w.say("issue.counts", "Count", len(i.ProblemIDs), "Open", t.handed(i)))
	if i.Summary != "" {
		f.line("“" + i.Summary + "”")
	}
	if u, ok := t.v.Unit(i.UnitID); ok && i.ReportNo != "" {
		f.line(t.w.say("issue.reported", "No", i.ReportNo, "Unit", u.Name, "Date", t.day(i.ReportedOn)))
	}
	if i.Answer != "" {
		f.line(t.w.say("issue.answer", "Date", t.day(i.AnsweredOn), "Text", i.Answer))
	}
	f.gap()
	shown, page, pages := pageOf(i.ProblemIDs, at.Page)
	for _, id := range shown {
		if p, ok := t.v.Problem(id); ok {
			f.line(t.issueProblem(p))
		}
	}
	if pages > 1 {
		next := issuePlace(i.ID)
		next.Page = (page + 1) % pages
		f.row(choice{fmt.Sprintf("%d/%d ›", page+1, pages), Plain, to(next)})
	}
	for _, p := range own[:min(len(own), 3)] {
		f.row(choice{"❗ " + p.Code, Plain, to(Place{Screen: problemScreen, Problem: p.ID})})
	}
	t.issueButtons(f, i, collecting)
}

func (t *turn) issueButtons(f *face, i casework.CommonIssue, collecting bool) {
	part := func(key, path string, style Style) choice {
		at := issuePlace(i.ID)
		at.Path = path
		return choice{t.w.say(key), style, to(at)}
	}
	say := func(key, path string, style Style) choice {
		return choice{t.w.say(key), style, to(Place{Screen: issueSayScreen, Issue: i.ID, Path: path})}
	}
	if collecting {
		f.row(part("button.issue_toggle", issueTogglePart, Plain), say("button.issue_title", issueTitleField, Plain),
			say("button.issue_summary", issueSummaryField, Plain))
	}
	var row []choice
	if t.mayReport() {
		switch i.Status {
		case casework.IssueCollecting:
			row = append(row, part("button.issue_submit", issueSubmitPart, Primary))
		case casework.IssueSubmitted:
			row = append(row, say("button.issue_answer", issueAnswerField, Primary))
		case casework.IssueAnswered:
			row = append(row, choice{t.w.say("button.issue_close"), Good, Action{
				Verb: issueStep, Place: Place{Issue: i.ID, Path: string(casework.IssueClosed)},
			}})
		case casework.IssueClosed:
		}
	}
	if casework.Allowed(t.staff, casework.GatherIssues) {
		row = append(row, part("button.issue_report", issueReportPart, Plain))
	}
	f.row(row...)
}

// issueToggles offers the problems that could belong to the issue, ticked if they do.
func (t *turn) issueToggles(f *face, i casework.CommonIssue, at Place) {
	f.line(t.w.say("issue.toggle", "Count", len(i.ProblemIDs)))
	var all []casework.Problem
	for _, id := range i.ProblemIDs {
		if p, ok := t.v.Problem(id); ok && t.mayGather(p) {
			all = append(all, p)
		}
	}
	for _, p := range t.gatherable(i.Category) {
		if !slices.Contains(i.ProblemIDs, p.ID) {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b casework.Problem) int { return cmp.Compare(a.Code, b.Code) })
	shown, page, pages := pageOf(all, at.Page)
	for _, p := range shown {
		box := "☐ "
		if slices.Contains(i.ProblemIDs, p.ID) {
			box = "☑ "
		}
		x, _ := t.v.Target(p.TargetID)
		f.row(choice{box + p.Code + " " + casework.AreaShort(t.v, x.AreaID), Plain, Action{
			Verb: issueToggle, Place: Place{Issue: i.ID, Problem: p.ID, Page: page},
		}})
	}
	if pages > 1 {
		next := issuePlace(i.ID)
		next.Path, next.Page = issueTogglePart, (page+1)%pages
		f.row(choice{fmt.Sprintf("%d/%d ›", page+1, pages), Plain, to(next)})
	}
}

// issueToggle takes a problem in, or out.
func (t *turn) issueToggle(_ Card, a Action) {
	i, ok := t.issue(a.Place.Issue)
	p, known := t.v.Problem(a.Place.Problem)
	if !ok || !known || !t.mayGather(p) {
		t.toast("gone")
		return
	}
	ids := slices.Clone(i.ProblemIDs)
	if at := slices.Index(ids, p.ID); at >= 0 {
		ids = slices.Delete(ids, at, at+1)
	} else {
		ids = append(ids, p.ID)
	}
	i.ProblemIDs = ids
	if _, why := t.gather(i); why != "" {
		t.notice = t.issueWhyNot(why)
	}
	at := issuePlace(i.ID)
	at.Path, at.Page = issueTogglePart, a.Place.Page
	t.goTo(at)
}

// issueUnits offers the bodies to which the report can go.
func (t *turn) issueUnits(f *face, i casework.CommonIssue, at Place) {
	f.line(t.w.say("issue.whom"))
	shown, page, pages := pageOf(t.unitsOutside(), at.Page)
	for _, u := range shown {
		f.row(choice{u.Name, Plain, Action{
			Verb: issueStep, Place: Place{Issue: i.ID, Path: string(casework.IssueSubmitted), Unit: u.ID},
		}})
	}
	if pages > 1 {
		next := issuePlace(i.ID)
		next.Path, next.Page = issueSubmitPart, (page+1)%pages
		f.row(choice{fmt.Sprintf("%d/%d ›", page+1, pages), Plain, to(next)})
	}
}

// issueStep takes an issue to the state in the place.
func (t *turn) issueStep(_ Card, a Action) {
	i, ok := t.issue(a.Place.Issue)
	if !ok {
		t.toast("gone")
		return
	}
	why := t.moveIssue(casework.IssueMoved{IssueID: i.ID, To: casework.IssueStatus(a.Place.Path), UnitID: a.Place.Unit})
	if why != "" {
		t.notice = t.issueWhyNot(why)
	} else {
		t.toast("task.done")
	}
	t.goTo(issuePlace(i.ID))
}

func (t *turn) moveIssue(m casework.IssueMoved) casework.Refusal {
	facts, why := casework.MoveIssue(t.v, t.staff, m, t.now(), t.ids)
	if why == "" {
		t.carry(facts)
	}
	return why
}

// reportText is the report on an issue: counts, places and codes, and nobody's name.
func (t *turn) reportText(i casework.CommonIssue) string {
	r := casework.ReportOf(t.v, i)
	lines := []string{t.w.say("issue.report_title", "No", cmp.Or(i.ReportNo, i.Code)), t.w.say("issue.report_theme", "Title", i.Title)}
	if i.Summary != "" {
		lines = append(lines, i.Summary)
	}
	lines = append(lines, t.w.say("issue.report_targets", "Targets", r.Targets, "Problems", len(i.ProblemIDs), "Open", r.Open))
	var areas []string
	for _, id := range slices.SortedFunc(maps.Keys(r.Areas), func(a, b casework.AreaID) int {
		return cmp.Or(cmp.Compare(r.Areas[b], r.Areas[a]), cmp.Compare(a, b))
	}) {
		areas = append(areas, fmt.Sprintf("%s %d", casework.AreaShort(t.v, id), r.Areas[id]))
	}
	lines = append(lines, t.w.say("issue.report_areas", "Areas", t.join(areas)), t.w.say("issue.report_cases"))
	for _, p := range r.Cases {
		x, _ := t.v.Target(p.TargetID)
		lines = append(lines, "• "+p.Code+" "+x.Code+" · "+t.problemLabel(p, "category", p.Category)+" · "+
			t.dictionary(casework.Urgencies(), string(p.Urgency))+" · "+t.day(p.RaisedOn))
	}
	if r.Proposed.ID != 0 {
		lines = append(lines, t.w.say("issue.report_unit", "Unit", r.Proposed.Name))
	}
	return strings.Join(lines, "\n")
}

// issueForward sends the report as a message that can be copied and passed on.
func (t *turn) issueForward(_ Card, a Action) {
	i, ok := t.issue(a.Place.Issue)
	if !ok || !casework.Allowed(t.staff, casework.GatherIssues) {
		t.toast("gone")
		return
	}
	t.out.Letters = append(t.out.Letters, Letter{Kind: Show, Chat: t.in.Chat, Text: cut(t.reportText(i), maxUnits)})
}

// tellIssue hands an answer to everybody who works on one of the issue's problems,
// in one message each.
func (t *turn) tellIssue(f casework.IssueMoved) {
	i, ok := t.v.Issue(f.IssueID)
	if !ok || f.To != casework.IssueAnswered {
		return
	}
	var people []casework.StaffID
	for _, id := range i.ProblemIDs {
		if p, ok := t.v.Problem(id); ok && p.Status.Open() {
			people = append(people, casework.OwnerOf(t.v, p, t.today))
		}
	}
	if i.By != 0 {
		people = append(people, i.By)
	}
	t.tellBoardTo(issuePlace(i.ID), people, true, func(o *turn) bool {
		_, ok := o.issue(i.ID)
		return ok
	})
}

// renewIssue draws the issue again for everybody who may have it before them.
func (t *turn) renewIssue(id casework.IssueID) {
	i, ok := t.v.Issue(id)
	if !ok {
		return
	}
	var people []casework.StaffID
	for s := range t.v.AllStaff() {
		if casework.Allowed(s, casework.GatherIssues) {
			people = append(people, s.ID)
		}
	}
	for _, id := range i.ProblemIDs {
		if p, ok := t.v.Problem(id); ok {
			people = append(people, casework.OwnerOf(t.v, p, t.today))
		}
	}
	t.renewFor(people, issueName(issuePlace(id)), func(at Place) bool { return at.Issue == id })
}

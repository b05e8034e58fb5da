package dialog

import (
	"fmt"
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// What an issue's place, or the list's, says in Path: the part that is shown, or what
// is asked for. Stored by name in places: never rename.
const (
	newIssuePart      = "new"     // of the list: which category?
	issuePreviewPart  = "preview" // of the list: is it this?
	issueTogglePart   = "toggle"
	issueReportPart   = "report"
	issueSubmitPart   = "submit"
	issueTitleField   = "title"
	issueSummaryField = "summary"
	issueAnswerField  = "answer"
)

// issueRoom is where problems of one kind are gathered and reported together.
func issueRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{issuesScreen: (*turn).drawIssues, issueSayScreen: (*turn).drawIssueSay},
		boards:  map[Screen]board{issueScreen: {issueName, (*turn).drawIssue}},
		verbs: map[Verb]func(*turn, Card, Action){
			gatherIssue: (*turn).gatherIssue, issueToggle: (*turn).issueToggle, issueStep: (*turn).issueStep,
			issueForward: (*turn).issueForward,
			issueLeave:   func(t *turn, _ Card, a Action) { t.leaveWords(issuePlace(a.Place.Issue)) },
		},
		texts:    map[Screen]func(*turn, string){issueSayScreen: (*turn).issueSaid},
		commands: map[string]func(*turn){"issues": (*turn).openIssues},
		offers:   []offer{{"issues", allowed(casework.GatherIssues)}},
	}
}

// openIssues lists the common issues.
func (t *turn) openIssues() {
	if !casework.Allowed(t.staff, casework.GatherIssues) {
		t.notice = t.w.say("command.unknown")
		t.draw()
		return
	}
	t.goTo(Place{Screen: issuesScreen})
}

// issueName is the board's name: a chat has one for each common issue.
func issueName(at Place) string { return fmt.Sprintf("issue/%d", at.Issue) }

func issuePlace(id casework.IssueID) Place { return Place{Screen: issueScreen, Issue: id} }

// issue is the common issue, if the person may see it: who gathers issues, and who
// owns one of its problems.
func (t *turn) issue(id casework.IssueID) (casework.CommonIssue, bool) {
	i, ok := t.v.Issue(id)
	return i, ok && (casework.Allowed(t.staff, casework.GatherIssues) || len(t.ownIn(i)) > 0)
}

// ownIn are the problems of the issue that the person works on.
func (t *turn) ownIn(i casework.CommonIssue) []casework.Problem {
	var out []casework.Problem
	for _, id := range i.ProblemIDs {
		if p, ok := t.v.Problem(id); ok && casework.OwnerOf(t.v, p, t.today) == t.staff.ID {
			out = append(out, p)
		}
	}
	return out
}

// mayGather reports whether the person may gather the problem under a theme.
func (t *turn) mayGather(p casework.Problem) bool {
	x, _ := t.v.Target(p.TargetID)
	sub := t.subject(x)
	sub.Problem = p
	return casework.May(t.v, t.staff, casework.GatherIssues, sub)
}

func (t *turn) mayReport() bool {
	return casework.May(t.v, t.staff, casework.ReportIssues, casework.Subject{Today: t.today})
}

// drawIssues lists the common issues, the newest first; or helps to begin one.
func (t *turn) drawIssues(f *face) bool {
	if !casework.Allowed(t.staff, casework.GatherIssues) {
		return false
	}
	at := t.s.At
	switch at.Path {
	case newIssuePart:
		t.issueCategories(f, at)
		return true
	case issuePreviewPart:
		t.issuePreview(f, at)
		return true
	}
	f.title(t.w.say("issues.title"))
	list := t.v.Issues()
	slices.Reverse(list)
	if len(list) == 0 {
		f.line(t.w.say("issues.none"))
	}
	shown, page, pages := pageOf(list, at.Page)
	for _, i := range shown {
		f.row(choice{i.Code + " " + i.Title + " · " + t.w.say("issue.status."+string(i.Status)), Plain, to(issuePlace(i.ID))})
	}
	f.arrows(at, page, pages)
	f.row(choice{t.w.say("button.new_issue"), Primary, to(Place{Screen: issuesScreen, Path: newIssuePart})})
	f.row(t.homeButton())
	return true
}

// gatherable are the problems of the category that the person may gather.
func (t *turn) gatherable(category string) []casework.Problem {
	return slices.DeleteFunc(casework.Gatherable(t.v, category), func(p casework.Problem) bool { return !t.mayGather(p) })
}

// issueCategories offers the categories that several problems share.
func (t *turn) issueCategories(f *face, at Place) {
	f.title(t.w.say("issues.which"))
	count := map[string]int{}
	var order []string
	for p := range t.v.OpenProblems(0) {
		if count[p.Category]++; count[p.Category] == 2 {
			order = append(order, p.Category)
		}
	}
	slices.Sort(order)
	var fitting []choice
	for _, c := range order {
		if list := t.gatherable(c); len(list) >= 2 {
			label := fmt.Sprintf("%s %d", t.problemLabel(list[0], "category", c), len(list))
			fitting = append(fitting, choice{label, Plain, to(Place{Screen: issuesScreen, Path: issuePreviewPart, Query: c})})
		}
	}
	if len(fitting) == 0 {
		f.line(t.w.say("issues.none_common"))
	}
	shown, page, pages := pageOf(fitting, at.Page)
	for _, c := range shown {
		f.row(c)
	}
	f.arrows(at, page, pages)
	f.row(choice{t.w.say("button.go_back"), Plain, to(Place{Screen: issuesScreen})})
}

// suggested are the problems with which an issue begins: those said to be common; if
// fewer than two are, all.
func (t *turn) suggested(category string) []casework.Problem {
	all := t.gatherable(category)
	common := slices.DeleteFunc(slices.Clone(all), func(p casework.Problem) bool { return !p.Common })
	if len(common) < 2 {
		return all
	}
	return common
}

// issuePreview shows the issue that a category would make.
func (t *turn) issuePreview(f *face, at Place) {
	list := t.suggested(at.Query)
	if len(list) < 2 {
		t.issueCategories(f, Place{Screen: issuesScreen, Path: newIssuePart})
		return
	}
	f.title(t.w.say("issues.preview", "Title", t.problemLabel(list[0], "category", at.Query), "Count", len(list)))
	for _, p := range list[:min(len(list), perPart)] {
		f.line(t.issueProblem(p))
	}
	if n := len(list) - perPart; n > 0 {
		f.line(t.w.say("issues.and_more", "Count", n))
	}
	f.line(t.w.say("issues.then"))
	f.row(choice{t.w.say("button.gather"), Good, Action{Verb: gatherIssue, Place: Place{Query: at.Query}}})
	f.row(choice{t.w.say("button.go_back"), Plain, to(Place{Screen: issuesScreen, Path: newIssuePart})})
}

// issueProblem is a problem in one line, with no name in it.
func (t *turn) issueProblem(p casework.Problem) string {
	x, _ := t.v.Target(p.TargetID)
	line := "• " + p.Code + " " + x.Code + " " + casework.AreaShort(t.v, x.AreaID) + " · " + t.w.say("status."+string(p.Status)) +
		" · " + t.staffName(p.OwnerID)
	if p.Common {
		line += " · " + t.w.say("issue.common")
	}
	return line
}

// gatherIssue makes an issue of a category, with the problems suggested.
func (t *turn) gatherIssue(_ Card, a Action) {
	list := t.suggested(a.Place.Query)
	if len(list) < 2 {
		t.toast("issues.none_common")
		t.goTo(Place{Screen: issuesScreen, Path: newIssuePart})
		return
	}
	i := casework.CommonIssue{
		Title: t.problemLabel(list[0], "category", a.Place.Query), Family: list[0].Family, Category: a.Place.Query,
	}
	for _, p := range list {
		i.ProblemIDs = append(i.ProblemIDs, p.ID)
	}
	id, why := t.gather(i)
	if why != "" {
		t.notice = t.issueWhyNot(why)
		t.goTo(Place{Screen: issuesScreen})
		return
	}
	t.toast("issues.made")
	t.leaveWords(issuePlace(id))
}

// gather keeps an issue, or says why not.
func (t *turn) gather(i casework.CommonIssue) (casework.IssueID, casework.Refusal) {
	facts, why := casework.GatherIssue(t.v, t.staff, i, t.now(), t.ids)
	if why != "" {
		return 0, why
	}
	t.carry(facts)
	for _, fact := range facts {
		if g, ok := fact.(casework.IssueGathered); ok {
			return g.Issue.ID, ""
		}
	}
	return i.ID, ""
}

// issueWhyNot says why an issue cannot be so, in the words of issues.
func (t *turn) issueWhyNot(why casework.Refusal) string {
	switch why {
	case casework.NeedsText, casework.NeedsOther:
		return t.w.say("issue.refused." + string(why))
	default:
		return t.stepWords(why)
	}
}

// drawIssueSay asks for words about an issue.
func (t *turn) drawIssueSay(f *face) bool {
	at := t.s.At
	i, ok := t.issue(at.Issue)
	if !ok {
		return false
	}
	f.title(t.w.say("issue.say_title", "Code", i.Code, "Title", i.Title))
	f.line(t.w.say("issue.say." + at.Path))
	if old := map[string]string{issueTitleField: i.Title, issueSummaryField: i.Summary}[at.Path]; old != "" {
		f.line(t.w.say("task.say_old", "Text", old))
	}
	f.row(choice{t.w.say("button.to_issue"), Plain, Action{Verb: issueLeave, Place: Place{Issue: i.ID}}})
	return true
}

// issueSaid takes the words that were asked for.
func (t *turn) issueSaid(text string) {
	at := t.s.At
	i, ok := t.issue(at.Issue)
	words := form.Clean(text)
	private := form.FindPrivate(words)
	switch {
	case !ok:
		t.draw() // which says that it is gone
		return
	case private != "":
		t.erase()
		t.notice = t.w.say("refused." + string(private))
		t.draw()
		return
	}
	var why casework.Refusal
	switch at.Path {
	case issueAnswerField:
		why = t.moveIssue(casework.IssueMoved{IssueID: i.ID, To: casework.IssueAnswered, Text: words})
	case issueTitleField:
		i.Title = words
		_, why = t.gather(i)
	case issueSummaryField:
		i.Summary = words
		_, why = t.gather(i)
	}
	if why != "" {
		t.notice = t.issueWhyNot(why)
		t.draw()
		return
	}
	t.notice = t.w.say("task.noted")
	if at.Path == issueAnswerField {
		t.notice = t.w.say("issue.handed", "Count", t.handed(i))
	}
	t.bookBack(issuePlace(i.ID))
}

// handed is how many of the issue's problems are still open, whose owners hear of
// the answer.
func (t *turn) handed(i casework.CommonIssue) (n int) {
	for _, id := range i.ProblemIDs {
		if p, ok := t.v.Problem(id); ok && p.Status.Open() {
			n++
		}
	}
	return n
}

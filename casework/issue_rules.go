package casework

import (
	"cmp"
	"slices"

	"zoufang/form"
)

// How long the texts of a common issue can be, in characters.
const (
	minTitle   = 2
	maxTitle   = 60
	maxSummary = 500
	maxAnswer  = 300
)

// maxCases bounds [IssueReport.Cases].
const maxCases = 5

// GatherIssue says what gathering the problems makes, or why it cannot be done. A
// zero ID makes a new issue. It takes two problems of one family at least, and the right
// to every one that comes in or goes out. One that comes in is open and in no
// other issue. The category is that of the problems, if they have the same.
func GatherIssue(r Records, who Staff, i CommonIssue, now Moment, ids *Minter) ([]Fact, Refusal) {
	old, ok := r.Issue(i.ID)
	switch {
	case !ok && i.ID != 0:
		return nil, NotFound
	case ok && old.Status != IssueCollecting:
		return nil, NotNow
	}
	problems, why := gathered(r, who, old, i.ProblemIDs, now.Today)
	if why != "" {
		return nil, why
	}
	next := old
	next.Title, next.Summary = form.Clean(i.Title), form.Clean(i.Summary)
	if !fits(next.Title, minTitle, maxTitle) || !fits(next.Summary, 0, maxSummary) {
		return nil, NeedsText
	}
	if _, ok := r.Unit(i.UnitID); !ok && i.UnitID != 0 {
		return nil, NeedsUnit
	}
	next.UnitID, next.ProblemIDs = i.UnitID, slices.Clone(i.ProblemIDs)
	next.Family, next.Category = problems[0].Family, problems[0].Category
	if slices.ContainsFunc(problems, func(p Problem) bool { return p.Category != next.Category }) {
		next.Category = ""
	}
	if !ok {
		next.ID, next.Code = IssueID(ids.Next()), issueCode(r.Last(issuePrefix)+1)
		next.Status, next.By = IssueCollecting, who.ID
	}
	return []Fact{IssueGathered{Issue: next}}, ""
}

// gathered are the problems that are to be in the issue.
func gathered(r Records, who Staff, old CommonIssue, ids []ProblemID, today Date) ([]Problem, Refusal) {
	for _, id := range old.ProblemIDs {
		if !slices.Contains(ids, id) && !mayGather(r, who, id, today) {
			return nil, NotYours
		}
	}
	var list []Problem
	for n, id := range ids {
		p, ok := r.Problem(id)
		known := slices.Contains(old.ProblemIDs, id)
		switch {
		case !ok:
			return nil, NotFound
		case slices.Contains(ids[:n], id), len(list) > 0 && p.Family != list[0].Family:
			return nil, NeedsOther
		case !known && (!p.Status.Open() || p.IssueID != 0):
			return nil, NeedsOther
		case !known && !mayGather(r, who, id, today):
			return nil, NotYours
		}
		list = append(list, p)
	}
	if len(list) < 2 {
		return nil, NeedsOther
	}
	return list, ""
}

func mayGather(r Records, who Staff, id ProblemID, today Date) bool {
	p, _ := r.Problem(id)
	x, _ := r.Target(p.TargetID)
	return May(r, who, GatherIssues, Subject{Target: x, Problem: p, Today: today})
}

// MoveIssue says what the step makes, or why it cannot be taken: reporting it to a
// unit, noting its answer, closing. An answer is handed to the owner of every
// problem that is still open, as progress; one that was passed up with it is
// answered.
func MoveIssue(r Records, who Staff, m IssueMoved, now Moment, ids *Minter) ([]Fact, Refusal) {
	i, ok := r.Issue(m.IssueID)
	step := IssueMoved{IssueID: i.ID, From: i.Status, To: m.To}
	switch {
	case !ok:
		return nil, NotFound
	case m.To == "" || m.To != i.Status.next():
		return nil, NotNow
	case !May(r, who, ReportIssues, Subject{Today: now.Today}):
		return nil, NotYours
	}
	switch m.To {
	case IssueSubmitted:
		step.UnitID = cmp.Or(m.UnitID, i.UnitID)
		if _, ok := r.Unit(step.UnitID); !ok {
			return nil, NeedsUnit
		}
		year := now.Today.Year
		step.No = reportNumber(year, r.Last(reportPrefix(year))+1)
	case IssueAnswered:
		step.Text = form.Clean(m.Text)
		if !fits(step.Text, minTitle, maxAnswer) {
			return nil, NeedsText
		}
		return append([]Fact{step}, handBack(r, who, i, step.Text, now, ids)...), ""
	case IssueCollecting, IssueClosed:
	}
	return []Fact{step}, ""
}

// next is the state that follows; empty: none does.
func (s IssueStatus) next() IssueStatus {
	switch s {
	case IssueCollecting:
		return IssueSubmitted
	case IssueSubmitted:
		return IssueAnswered
	case IssueAnswered:
		return IssueClosed
	case IssueClosed:
	}
	return ""
}

// handBack puts the answer to every problem that is still open. Where the problem
// is not in hand, it is a remark, which moves nothing.
func handBack(r Records, who Staff, i CommonIssue, text string, now Moment, ids *Minter) []Fact {
	var facts []Fact
	for _, id := range i.ProblemIDs {
		p, ok := r.Problem(id)
		if !ok || !p.Status.Open() {
			continue
		}
		if p.Status == ProblemEscalated {
			answered, why := MoveProblem(r, who, ProblemMoved{ProblemID: id, Act: Answer, Text: text}, now, ids)
			if why == "" {
				facts = append(facts, answered...)
				continue
			}
		}
		step := ProblemMoved{ProblemID: id, Act: Comment, From: p.Status, To: p.Status, Text: text}
		if p.Status == ProblemDoing {
			step.Act = Progress
		}
		facts = append(facts, step)
	}
	return facts
}

// ReportOf is the report on a common issue.
func ReportOf(r Records, i CommonIssue) IssueReport {
	report := IssueReport{Issue: i, Areas: map[AreaID]int{}}
	report.Proposed, _ = r.Unit(i.UnitID)
	seen := map[TargetID]bool{}
	for _, id := range i.ProblemIDs {
		p, ok := r.Problem(id)
		if !ok || p.Status == ProblemMerged || p.Status == ProblemInvalid {
			continue
		}
		report.Cases = append(report.Cases, p)
		if p.Status.Open() {
			report.Open++
		}
		if x, ok := r.Target(p.TargetID); ok && !seen[x.ID] {
			seen[x.ID] = true
			report.Areas[x.AreaID]++
		}
	}
	report.Targets = len(seen)
	slices.SortFunc(report.Cases, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Urgency.rank(), b.Urgency.rank()), a.RaisedOn.Compare(b.RaisedOn), cmp.Compare(a.ID, b.ID))
	})
	report.Cases = report.Cases[:min(len(report.Cases), maxCases)]
	return report
}

// rank orders urgencies, the greatest first.
func (u Urgency) rank() int { return slices.Index([]Urgency{Emergency, Urgent, Normal}, u) }

// Gatherable are open problems that could be gathered: of the same category, in no
// issue yet, with those said to be common first.
func Gatherable(r Records, category string) []Problem {
	var out []Problem
	for p := range r.OpenProblems(0) {
		if p.Category == category && p.IssueID == 0 {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b Problem) int {
		if a.Common != b.Common {
			if a.Common {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.ID, b.ID)
	})
	return out
}

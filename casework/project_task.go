package casework

import (
	"fmt"
	"slices"
	"time"
)

// projectTask folds what concerns task books and common issues.
func projectTask(t Tables, e Event) error {
	switch f := e.Fact.(type) {
	case TaskBookDrafted:
		return projectDraft(t, f, e)
	case TaskBookMoved:
		return projectTaskMove(t, f, e)
	case TaskBooksFor:
		c, _ := t.Campaign()
		c.FewTaskBooks = !f.All
		t.PutCampaign(c)
	case IssueGathered:
		return projectIssue(t, f.Issue)
	case IssueMoved:
		return projectIssueMove(t, f, e)
	default:
		return projectService(t, e)
	}
	return nil
}

// projectDraft takes the content that was written, which can be changed while the
// book is a draft, and while its lead asks something about it.
func projectDraft(t Tables, f TaskBookDrafted, e Event) error {
	old, ok := t.TaskBook(f.TaskBook.ID)
	b := taskBookChange{old}
	switch {
	case !ok:
		b.TaskBook = TaskBook{ID: f.TaskBook.ID, Code: f.TaskBook.Code, Status: TaskDraft, LeadID: f.TaskBook.LeadID}
		countTaskBook(t, b.Code)
	case b.Status != TaskDraft && !b.asked():
		return fmt.Errorf("task book %d is %s, and cannot be written anew", b.ID, b.Status)
	}
	if b.LeadID != f.TaskBook.LeadID {
		// Whoever leads it from here on has neither read it nor agreed.
		b.ReadAt, b.AgreedAt = time.Time{}, time.Time{}
	}
	b.fill(f.TaskBook)
	b.note(TaskBookMoved{TaskBookID: b.ID, Act: TaskWrite, From: b.Status, To: b.Status}, e)
	t.PutTaskBook(b.TaskBook)
	return nil
}

// taskBookChange is a task book that is being changed. What it shares with other
// copies is copied before it is changed.
type taskBookChange struct{ TaskBook }

// fill takes over the content of another book, and nothing of how far it has come.
func (b *taskBookChange) fill(from TaskBook) {
	b.ProblemIDs, b.TargetID = slices.Clone(from.ProblemIDs), from.TargetID
	b.Situation, b.Lacks, b.Goal = from.Situation, slices.Clone(from.Lacks), from.Goal
	b.BranchID, b.LeadID, b.Level = from.BranchID, from.LeadID, from.Level
	b.StartOn, b.DueOn = from.StartOn, from.DueOn
	b.Measures = slices.Clone(from.Measures)
}

// asked reports whether the lead waits for an answer before agreeing.
func (b TaskBook) asked() bool { return b.Status == TaskIssued && b.Question != "" }

// note appends the step to the history.
func (b *taskBookChange) note(f TaskBookMoved, e Event) {
	b.MovedAt, b.MovedOn = e.ReachedAt, e.day()
	b.History = append(slices.Clone(b.History), TaskStep{By: e.By, On: b.MovedOn, At: b.MovedAt, TaskBookMoved: f})
}

func projectTaskMove(t Tables, f TaskBookMoved, e Event) error {
	old, ok := t.TaskBook(f.TaskBookID)
	b := taskBookChange{old}
	switch {
	case !ok:
		return fmt.Errorf("task book %d is not there", f.TaskBookID)
	case b.Status != f.From:
		return fmt.Errorf("task book %d is %s, not %s", b.ID, b.Status, f.From)
	case f.Act == TaskMeasure && (f.Measure < 1 || f.Measure > len(b.Measures)):
		return fmt.Errorf("task book %d has no measure %d", b.ID, f.Measure)
	}
	b.Status = f.To
	b.take(f, e)
	b.note(f, e)
	t.PutTaskBook(b.TaskBook)
	return nil
}

// take changes what the step says of the book, but for its status.
func (b *taskBookChange) take(f TaskBookMoved, e Event) {
	switch f.Act {
	case TaskIssue:
		b.IssuedBy, b.IssuedAt, b.IssuedOn = e.By, e.ReachedAt, e.day()
	case TaskRead:
		b.read(e)
	case TaskAgree:
		b.read(e)
		b.AgreedAt = e.ReachedAt
	case TaskQuestion:
		b.read(e)
		b.Question = f.Text
	case TaskReply:
		b.Question = ""
	case TaskMeasure:
		b.progress(f, e)
	case TaskAskTime:
		b.Extension = &Extension{By: e.By, At: e.ReachedAt, Until: f.Until, Why: f.Text}
	case TaskGrantTime:
		b.extend(f.Until)
	case TaskRefuseTime:
		b.Extension = nil
	case TaskHandIn:
		b.HandedInOn, b.Effect, b.Opinion = e.day(), f.Text, f.Opinion
		b.Question, b.Extension = "", nil
	case TaskAccept:
		b.judge(f, e)
	case TaskReturn:
		b.ByLeader, b.ByOffice = nil, nil
		b.Returned++
	case TaskCancel:
		b.Question, b.Extension = "", nil
	case TaskWrite:
	}
}

// read stamps the book once.
func (b *taskBookChange) read(e Event) {
	if b.ReadAt.IsZero() {
		b.ReadAt = e.ReachedAt
	}
}

// progress moves a measure. To work is to agree.
func (b *taskBookChange) progress(f TaskBookMoved, e Event) {
	b.Measures = slices.Clone(b.Measures)
	m := &b.Measures[f.Measure-1]
	m.Status, m.DoneOn = f.Status, Date{}
	if f.Status == MeasureDone {
		m.DoneOn = e.day()
	}
	m.Progress = append(slices.Clone(m.Progress), MeasureProgress{
		By: e.By, On: e.day(), At: e.ReachedAt, Text: f.Text, Fund: f.Fund, Files: f.Files,
	})
	if e.By == b.LeadID {
		b.read(e)
	}
	if b.AgreedAt.IsZero() {
		b.AgreedAt = e.ReachedAt
	}
}

// extend moves the day due, and with it the measures that had until then.
func (b *taskBookChange) extend(until Date) {
	b.Measures = slices.Clone(b.Measures)
	for i := range b.Measures {
		if m := &b.Measures[i]; m.DueOn == b.DueOn && !m.Status.Settled() {
			m.DueOn = until
		}
	}
	b.DueOn, b.Extension = until, nil
	b.Extended++
}

func (b *taskBookChange) judge(f TaskBookMoved, e Event) {
	v := &Verdict{By: e.By, At: e.ReachedAt, Opinion: f.Text}
	if f.Office {
		b.ByOffice = v
	} else {
		b.ByLeader = v
	}
}

// projectIssue takes the gathered problems, and ties them to the issue.
func projectIssue(t Tables, i CommonIssue) error {
	old, ok := t.Issue(i.ID)
	if ok && old.Status != IssueCollecting {
		return fmt.Errorf("common issue %d is %s, and gathers no more", i.ID, old.Status)
	}
	count(t, i.Code)
	i.ProblemIDs = slices.Clone(i.ProblemIDs)
	t.PutIssue(i)
	for _, id := range old.ProblemIDs {
		if p, ok := t.Problem(id); ok && p.IssueID == i.ID && !slices.Contains(i.ProblemIDs, id) {
			p.IssueID = 0
			t.PutProblem(p)
		}
	}
	for _, id := range i.ProblemIDs {
		if p, ok := t.Problem(id); ok && p.IssueID != i.ID {
			p.IssueID = i.ID
			t.PutProblem(p)
		}
	}
	return nil
}

func projectIssueMove(t Tables, f IssueMoved, e Event) error {
	i, ok := t.Issue(f.IssueID)
	switch {
	case !ok:
		return fmt.Errorf("common issue %d is not there", f.IssueID)
	case i.Status != f.From:
		return fmt.Errorf("common issue %d is %s, not %s", i.ID, i.Status, f.From)
	}
	i.Status = f.To
	switch f.To {
	case IssueSubmitted:
		i.UnitID, i.ReportNo, i.ReportedOn = f.UnitID, f.No, e.day()
		count(t, f.No)
	case IssueAnswered:
		i.Answer, i.AnsweredOn = f.Text, e.day()
	case IssueCollecting, IssueClosed:
	}
	t.PutIssue(i)
	return nil
}

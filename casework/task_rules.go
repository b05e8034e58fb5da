package casework

import "slices"

// taskMove is a row of the table of task books' steps.
type taskMove struct {
	act         TaskAct
	from        []TaskStatus
	to          TaskStatus // empty: the state stays
	by          Act
	least, most int // characters of the text
}

// taskMoves 任务书流转表 is the table of task books' steps. Writing is not in it: see
// [WriteTaskBook].
func taskMoves() []taskMove {
	worked := []TaskStatus{TaskIssued, TaskDoing, TaskReturned}
	open := append([]TaskStatus{TaskDraft, TaskSubmitted}, worked...)
	return []taskMove{
		{TaskIssue, []TaskStatus{TaskDraft}, TaskIssued, IssueBook, 0, 300},
		{TaskRead, worked, "", WorkBook, 0, 0},
		{TaskAgree, []TaskStatus{TaskIssued}, "", WorkBook, 0, 300},
		{TaskQuestion, []TaskStatus{TaskIssued}, "", WorkBook, 2, 300},
		{TaskReply, worked, "", IssueBook, 2, 300},
		{TaskMeasure, worked, TaskDoing, WorkBook, 5, 300},
		{TaskAskTime, worked, "", WorkBook, 2, 300},
		{TaskGrantTime, worked, "", AcceptBook, 0, 300},
		{TaskRefuseTime, worked, "", AcceptBook, 2, 300},
		{TaskHandIn, []TaskStatus{TaskDoing}, TaskSubmitted, WorkBook, 5, 300},
		{TaskAccept, []TaskStatus{TaskSubmitted}, TaskAccepted, AcceptBook, 0, 300},
		{TaskReturn, []TaskStatus{TaskSubmitted}, TaskReturned, AcceptBook, 2, 300},
		{TaskCancel, open, TaskCancelled, IssueBook, 2, 300},
	}
}

func taskMoveOf(act TaskAct) (taskMove, bool) {
	rows := taskMoves()
	i := slices.IndexFunc(rows, func(row taskMove) bool { return row.act == act })
	if i < 0 {
		return taskMove{}, false
	}
	return rows[i], true
}

// OfferedTaskSteps are the acts that the person could take on the task book today,
// in the order of [TaskActs].
func OfferedTaskSteps(r Records, who Staff, b TaskBook, today Date) []TaskAct {
	return slices.DeleteFunc(TaskActs(), func(act TaskAct) bool { return WhyNotTask(r, who, b, act, today) != "" })
}

// WhyNotTask says why the person cannot take the act today, whatever is filled in.
func WhyNotTask(r Records, who Staff, b TaskBook, act TaskAct, today Date) Refusal {
	k := bookwork{r, who, b, today}
	if act == TaskWrite {
		return k.whyNotWrite()
	}
	row, ok := taskMoveOf(act)
	switch {
	case !ok || !slices.Contains(row.from, b.Status) || !b.ripe(act):
		return NotNow
	case !k.entitled(row):
		return NotYours
	}
	return k.whyNot(act)
}

// ripe reports whether what came before lets the act follow.
func (b TaskBook) ripe(act TaskAct) bool {
	switch act {
	case TaskRead:
		return b.ReadAt.IsZero()
	case TaskAgree, TaskQuestion:
		return b.AgreedAt.IsZero() && b.Question == ""
	case TaskReply:
		return b.Question != ""
	case TaskAskTime:
		return b.Extension == nil
	case TaskGrantTime, TaskRefuseTime:
		return b.Extension != nil
	case TaskIssue, TaskMeasure, TaskHandIn, TaskAccept, TaskReturn, TaskCancel, TaskWrite:
	}
	return true
}

// bookwork is a person before a task book.
type bookwork struct {
	r     Records
	who   Staff
	b     TaskBook
	today Date
}

// may reports whether the person has the right, by any problem of the book.
func (k bookwork) may(a Act, b TaskBook) bool { return mayOnBook(k.r, k.who, a, b, k.today) }

func mayOnBook(r Records, who Staff, a Act, b TaskBook, today Date) bool {
	x, _ := r.Target(b.TargetID)
	return slices.ContainsFunc(b.ProblemIDs, func(id ProblemID) bool {
		p, _ := r.Problem(id)
		return May(r, who, a, Subject{Target: x, Problem: p, Book: b, Today: today})
	})
}

func (k bookwork) whyNotWrite() Refusal {
	right := WriteBook
	switch {
	case k.b.asked():
		right = IssueBook
	case k.b.Status != TaskDraft:
		return NotNow
	}
	if !k.may(right, k.b) {
		return NotYours
	}
	return ""
}

// entitled reports whether the act is the person's to take.
func (k bookwork) entitled(row taskMove) bool {
	switch row.act {
	case TaskMeasure:
		return slices.ContainsFunc(k.b.Measures, k.mayMove)
	case TaskAccept, TaskReturn:
		return k.may(AcceptBook, k.b) || k.b.NeedsOffice() && k.may(AcceptBookForOffice, k.b)
	case TaskRead, TaskAgree, TaskQuestion, TaskAskTime, TaskHandIn:
		return heads(k.r, k.who.ID, k.b, k.today) && k.may(row.by, k.b)
	case TaskIssue, TaskReply, TaskGrantTime, TaskRefuseTime, TaskCancel, TaskWrite:
	}
	return k.may(row.by, k.b)
}

// mayMove reports whether the person may say how far the measure has come. One that
// is settled can be taken up again by its owner.
func (k bookwork) mayMove(m Measure) bool {
	if Acting(k.r, m.OwnerID, k.today) != k.who.ID && !heads(k.r, k.who.ID, k.b, k.today) {
		return false
	}
	open := k.b
	open.Measures = []Measure{{OwnerID: m.OwnerID, Status: MeasureDoing}}
	return k.may(WorkBook, open)
}

// heads reports whether the person answers for the whole book on the day: its lead, or
// the owner of one of its open problems, so that it does not stay behind when a
// problem changes hands.
func heads(r Records, who StaffID, b TaskBook, today Date) bool {
	return Acting(r, b.LeadID, today) == who || slices.ContainsFunc(b.ProblemIDs, func(id ProblemID) bool {
		p, ok := r.Problem(id)
		return ok && p.Status.Open() && OwnerOf(r, p, today) == who
	})
}

// whyNot is what else stands against an act that state and rights allow.
func (k bookwork) whyNot(act TaskAct) Refusal {
	switch act {
	case TaskIssue:
		return k.b.unready(k.r, k.today)
	case TaskAskTime:
		return k.tooOften()
	case TaskGrantTime:
		if k.b.Extension.By == k.who.ID {
			return OwnAsking
		}
		return k.tooOften()
	case TaskRefuseTime:
		if k.b.Extension.By == k.who.ID {
			return OwnAsking
		}
	case TaskHandIn:
		if slices.ContainsFunc(k.b.Measures, func(m Measure) bool { return !m.Status.Settled() }) {
			return Unfinished
		}
	case TaskAccept:
		_, why := k.verdict()
		return why
	case TaskReturn:
		if k.outdone(AcceptBook, k.b.doers()) {
			return OwnAsking
		}
	case TaskRead, TaskAgree, TaskQuestion, TaskReply, TaskMeasure, TaskCancel, TaskWrite:
	}
	return ""
}

func (k bookwork) tooOften() Refusal {
	c, _ := k.r.Campaign()
	if k.b.Extended >= c.Params.Extensions {
		return TooOften
	}
	return ""
}

// verdict says whose acceptance the person's would be, the office's or the leader's:
// what is missing and is theirs to give, the office's first. Each is given by
// somebody else, and nobody accepts their own work while there is another who could.
func (k bookwork) verdict() (office bool, why Refusal) {
	right := AcceptBook
	switch {
	case k.b.NeedsOffice() && k.b.ByOffice == nil && k.may(AcceptBookForOffice, k.b):
		office, right = true, AcceptBookForOffice
	case k.b.ByLeader != nil || !k.may(AcceptBook, k.b):
		return false, NotNow
	}
	if k.outdone(right, k.b.decided()) {
		return office, OwnAsking
	}
	return office, ""
}

// doers are the people whose work it is: who led the book, and who handed it in.
func (b TaskBook) doers() []StaffID {
	for _, step := range slices.Backward(b.History) {
		if step.Act == TaskHandIn {
			return []StaffID{b.LeadID, step.By}
		}
	}
	return []StaffID{b.LeadID}
}

// decided are the doers, and who has accepted the book in part.
func (b TaskBook) decided() []StaffID {
	out := b.doers()
	for _, v := range []*Verdict{b.ByLeader, b.ByOffice} {
		if v != nil {
			out = append(out, v.By)
		}
	}
	return out
}

// outdone reports whether the person is one of those left out, and somebody who is
// not has the right.
func (k bookwork) outdone(a Act, out []StaffID) bool {
	if !slices.Contains(out, k.who.ID) {
		return false
	}
	for s := range k.r.AllStaff() {
		if !slices.Contains(out, s.ID) && mayOnBook(k.r, s, a, k.b, k.today) {
			return true
		}
	}
	return false
}

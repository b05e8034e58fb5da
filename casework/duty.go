package casework

// DutyKind says what sort of work waits for somebody.
type DutyKind string

// The kinds, in the order of [DutyKinds].
const (
	// DutyRespond: an answer is asked of this level.
	DutyRespond DutyKind = "respond"
	// DutyTriage: a problem has no owner yet.
	DutyTriage DutyKind = "triage"
	// DutyAccept: a problem waits to be taken up.
	DutyAccept DutyKind = "accept"
	// DutySolve: a problem is due soon, or overdue.
	DutySolve DutyKind = "solve"
	// DutyProgress: nothing was said of a problem for too long.
	DutyProgress DutyKind = "progress"
	// DutyReceipt: an outside body has not answered for a week.
	DutyReceipt DutyKind = "receipt"
	// DutyTime: more time is asked for, for a problem or task book.
	DutyTime DutyKind = "time"
	// DutyStrike: the office has to say that the people cannot be reached.
	DutyStrike DutyKind = "strike"
	// DutyWrite: a problem has no task book.
	DutyWrite DutyKind = "write"
	// DutyIssue: a task book waits to be issued.
	DutyIssue DutyKind = "issue"
	// DutyReply: a question about a task book waits for its answer.
	DutyReply DutyKind = "reply"
	// DutyRead: a task book was issued to the person, who has not agreed yet.
	DutyRead DutyKind = "read"
	// DutyMeasure: a measure is due soon, or overdue.
	DutyMeasure DutyKind = "measure"
	// DutyHandIn: all measures are done.
	DutyHandIn DutyKind = "hand_in"
	// DutyJudge: a task book waits to be accepted.
	DutyJudge DutyKind = "judge"
	// DutyUnit: a common issue was sent to a unit and not answered.
	DutyUnit DutyKind = "unit"
	// DutyMatter: the next step of a trademark matter is due.
	DutyMatter DutyKind = "matter"
	// DutyRenew: a trademark or recognition runs out.
	DutyRenew DutyKind = "renew"
	// DutyCorrect: a record was sent back with a remark.
	DutyCorrect DutyKind = "correct"
)

// DutyKinds lists them in the order in which those due on the same day are shown.
func DutyKinds() []DutyKind {
	return []DutyKind{
		DutyRespond, DutyTriage, DutyStrike, DutyCorrect, DutyTime, DutyJudge, DutyIssue, DutyReply, DutyAccept, DutyRead,
		DutySolve, DutyMeasure, DutyHandIn, DutyProgress, DutyWrite, DutyReceipt, DutyUnit, DutyMatter, DutyRenew,
	}
}

// Duty 待办事项 is work that waits for somebody. Fields that do not apply are zero.
type Duty struct {
	Kind    DutyKind
	Target  TargetID
	Problem ProblemID
	Book    TaskBookID
	Measure int
	Issue   IssueID
	Mark    TrademarkID
	Matter  MatterID
	Visit   VisitID
	Urgency Urgency // of the problem
	Due     Date    // the day by which it should be done
	// Of says whose work it is, where it was passed up from somebody else.
	Of   StaffID
	Rung Rung // OwnerRung: the person's own
}

// Pressing reports whether the duty is due on the day, or overdue.
func (d Duty) Pressing(today Date) bool { return !d.Due.After(today) }

// LateDuty is a duty that is passed up a rung of the ladder.
type LateDuty struct {
	Duty
	To []StaffID // who hears of it
}

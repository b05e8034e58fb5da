package casework

import "time"

// ProblemAct 流转动作 is one way in which a problem moves on.
type ProblemAct string

// The acts. Stored by name: never rename.
const (
	// Triage 交办: the leader gives it an owner; by itself after a day.
	Triage ProblemAct = "triage"
	// Accept 受理: the owner takes it up.
	Accept ProblemAct = "accept"
	// Progress 进展: what was done since. It takes up a problem that waits.
	Progress ProblemAct = "progress"
	// AskAtVisit 走访时询问: what the people said of it at a visit; Why is
	// "still", "better" or "gone".
	AskAtVisit ProblemAct = "visit"
	// Escalate 上报 asks the next level up.
	Escalate ProblemAct = "escalate"
	// TakeUp 上级受理: the level asked takes the problem over.
	TakeUp ProblemAct = "take_up"
	// Answer 上级答复: the level asked answers; the problem stays where it was.
	Answer ProblemAct = "answer"
	// SendBack 退回: the level asked sends it back, to begin anew.
	SendBack ProblemAct = "return"
	// MoveOut 转办 gives it to an outside body.
	MoveOut ProblemAct = "transfer"
	// Receipt 转办回复: the outside body has answered, and the matter goes on here.
	Receipt ProblemAct = "receipt"
	// PutOff 挂起 lets it rest until a day.
	PutOff ProblemAct = "hold"
	// Resume 恢复 ends the rest; by itself on the day.
	Resume ProblemAct = "resume"
	// Resolve 办结: it is said to be solved; the people are asked.
	Resolve ProblemAct = "resolve"
	// AskBack 回访: what the people say of the solution.
	AskBack ProblemAct = "callback"
	// StrikeUnreached 未联系上销号 closes a problem whose people cannot be reached.
	StrikeUnreached ProblemAct = "unreached"
	// Merge 合并 joins it to another of the same target.
	Merge ProblemAct = "merge"
	// Invalidate 作废.
	Invalidate ProblemAct = "invalid"
	// Reopen 重开 takes up again what was struck off.
	Reopen ProblemAct = "reopen"
	// AskTime 申请延期, GrantTime 同意延期, RefuseTime 不同意延期. Granting without
	// having been asked changes the day as well.
	AskTime ProblemAct = "ask_time"
	// GrantTime 同意延期.
	GrantTime ProblemAct = "extend"
	// RefuseTime 不同意延期.
	RefuseTime ProblemAct = "refuse_time"
	// Comment 备注 says something without moving anything.
	Comment ProblemAct = "comment"
	// Hand 转交: another owner.
	Hand ProblemAct = "assign"
	// Mark 标注 changes family, category, lacks, urgency or commonness before the
	// problem is taken up: the fields of ProblemMoved that are set.
	Mark ProblemAct = "mark"
)

// ProblemActs lists them in the order in which a card offers them.
func ProblemActs() []ProblemAct {
	return []ProblemAct{
		Triage, Accept, Progress, Resolve, TakeUp, Answer, SendBack, Receipt, Escalate, MoveOut,
		GrantTime, RefuseTime, AskTime, PutOff, Resume, StrikeUnreached, Reopen, Merge, Hand, Mark, Comment, Invalidate,
		AskAtVisit, AskBack,
	}
}

// ProblemMoved takes a problem one step further. Which fields an act needs is in
// [ProblemMoves].
type ProblemMoved struct {
	ProblemID    ProblemID     `json:"problem"`
	Act          ProblemAct    `json:"act,omitempty"` // empty in older ledgers: AskBack
	From         ProblemStatus `json:"from"`
	To           ProblemStatus `json:"to"`
	Satisfaction Satisfaction  `json:"satisfaction,omitempty"` // AskBack
	CallID       CallID        `json:"call,omitempty"`         // AskBack by telephone
	VisitID      VisitID       `json:"visit,omitempty"`        // AskAtVisit, AskBack at the door
	Level        Level         `json:"level,omitempty"`        // Escalate: the level asked. Others: the one reached, if it changes
	OwnerID      StaffID       `json:"owner,omitempty"`        // Triage, TakeUp, Hand: the new owner
	UnitID       UnitID        `json:"unit,omitempty"`         // MoveOut: the outside body
	// Why is the reason of an escalation, the way of resolving, what people said
	// at a visit.
	Why   string `json:"why,omitempty"`
	Text  string `json:"text,omitempty"`
	Until Date   `json:"until,omitzero"` // respond by, resume on, the new day due
	// Told 已向对象说明 is needed by ways of resolving that solve nothing.
	Told  bool         `json:"told,omitempty"`
	Into  ProblemID    `json:"into,omitempty"` // Merge
	Files []Attachment `json:"files,omitempty"`

	// Mark: what is changed.

	Category string   `json:"category,omitempty"`
	Lacks    []string `json:"lacks,omitempty"`
	Urgency  Urgency  `json:"urgency,omitempty"`
	Common   *bool    `json:"common,omitempty"`
}

// Step 流转 is a step of a problem's history.
type Step struct {
	By StaffID   `json:"by,omitempty"` // zero: the program
	On Date      `json:"on"`
	At time.Time `json:"at,omitzero"`
	ProblemMoved
}

// Refusal says why a step cannot be taken; empty: it can. Each has a sentence in
// the catalogues, under "refused.step.".
type Refusal string

// The refusals.
const (
	// NotFound: what it is about is not there any more.
	NotFound Refusal = "not_found"
	// NotNow: the state does not allow the step.
	NotNow Refusal = "not_now"
	// NotYours: it is somebody else's to do.
	NotYours Refusal = "not_yours"
	// NeedsOwner: an owner must be named who can work.
	NeedsOwner Refusal = "needs_owner"
	// NeedsText: more words are needed, or fewer.
	NeedsText Refusal = "needs_text"
	// NeedsWhy: one of the reasons must be given.
	NeedsWhy Refusal = "needs_why"
	// NeedsDay: a day is needed, within what is allowed.
	NeedsDay Refusal = "needs_day"
	// NeedsUnit: an outside body must be named.
	NeedsUnit Refusal = "needs_unit"
	// NeedsTelling: the people must have been told first.
	NeedsTelling Refusal = "needs_telling"
	// NeedsProof: at the level of a branch and above a solution is shown by a file
	// or is told in the task book.
	NeedsProof Refusal = "needs_proof"
	// NeedsOther: another open problem of the same target must be named.
	NeedsOther Refusal = "needs_other"
	// Unfinished: a measure of the task book is neither done nor dropped.
	Unfinished Refusal = "unfinished"
	// OneLevel: problems go up one level at a time, but for emergencies.
	OneLevel Refusal = "one_level"
	// BookOpen: its task book is not accepted yet.
	BookOpen Refusal = "book_open"
	// BookMissing: it needs a task book first.
	BookMissing Refusal = "book_missing"
	// TooOften: the day was moved as often as it may be.
	TooOften Refusal = "too_often"
	// TooLate: too many days have passed.
	TooLate Refusal = "too_late"
	// TooFew: not enough call-backs were tried.
	TooFew Refusal = "too_few"
	// NoChange: nothing would change.
	NoChange Refusal = "no_change"
	// OwnAsking: nobody grants what they asked for.
	OwnAsking Refusal = "own_asking"
)

// Moment is when somebody does something.
type Moment struct {
	Today Date // where the people are
	At    time.Time
}

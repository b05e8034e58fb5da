package casework

import (
	"slices"
	"time"
)

// TaskBookID names a task book.
type TaskBookID uint64

// TaskStatus says where a task book stands.
type TaskStatus string

// The states of a task book. Stored by name: never rename.
const (
	// TaskDraft 草稿.
	TaskDraft TaskStatus = "draft"
	// TaskIssued 已签发.
	TaskIssued TaskStatus = "issued"
	// TaskDoing 实施中.
	TaskDoing TaskStatus = "doing"
	// TaskSubmitted 待验收.
	TaskSubmitted TaskStatus = "submitted"
	// TaskAccepted 已验收.
	TaskAccepted TaskStatus = "accepted"
	// TaskReturned 退回: handed in, and sent back for more.
	TaskReturned TaskStatus = "returned"
	// TaskCancelled 取消.
	TaskCancelled TaskStatus = "cancelled"
)

// Open reports whether somebody still has to do something about the task book.
func (s TaskStatus) Open() bool { return s != TaskAccepted && s != TaskCancelled }

// TaskBook 帮扶任务书 says what is lacking, what is done about it, by whom and until
// when. It belongs to at least one problem.
type TaskBook struct {
	ID         TaskBookID  `json:"id"`
	Code       string      `json:"code"` // RW-2017-0035, numbered with its first problem
	ProblemIDs []ProblemID `json:"problems"`
	TargetID   TargetID    `json:"target"`
	Situation  string      `json:"situation"` // 基本情况, at most 300 characters
	Lacks      []string    `json:"lacks"`     // 缺什么
	Goal       string      `json:"goal"`      // 目标, at most 100 characters, can be checked
	BranchID   UnitID      `json:"branch,omitempty"`
	LeadID     StaffID     `json:"lead"` // 责任人
	Level      Level       `json:"level"`
	StartOn    Date        `json:"start,omitzero"`
	DueOn      Date        `json:"due,omitzero"`
	Status     TaskStatus  `json:"status"`
	Measures   []Measure   `json:"measures,omitempty"` // numbered from 1

	IssuedBy   StaffID   `json:"issued_by,omitempty"` // 签发, a branch secretary
	IssuedAt   time.Time `json:"issued_at,omitzero"`
	IssuedOn   Date      `json:"issued_on,omitzero"`
	ReadAt     time.Time `json:"read_at,omitzero"`   // 已读, by the lead
	AgreedAt   time.Time `json:"agreed_at,omitzero"` // 已接受
	Question   string    `json:"question,omitempty"` // asked back, not answered yet
	HandedInOn Date      `json:"handed_in,omitzero"`
	Effect     string    `json:"effect,omitempty"` // 成效, at most 300 characters
	// Opinion is what the people say of it, by telephone or at the door.
	Opinion   Satisfaction `json:"opinion,omitempty"`
	ByLeader  *Verdict     `json:"by_leader,omitempty"` // 验收: 组长
	ByOffice  *Verdict     `json:"by_office,omitempty"` // 验收: 局活动办, at bureau level and above
	Extension *Extension   `json:"extension,omitempty"`
	Extended  int          `json:"extended,omitempty"`
	Returned  int          `json:"returned,omitempty"`
	MovedAt   time.Time    `json:"moved_at,omitzero"`
	MovedOn   Date         `json:"moved_on,omitzero"`
	History   []TaskStep   `json:"history,omitempty"` // the oldest first; not in the ledger's facts
}

// Verdict 验收意见 is somebody's word that the task book is done.
type Verdict struct {
	By      StaffID   `json:"by"`
	At      time.Time `json:"at"`
	Opinion string    `json:"opinion,omitempty"`
}

// MeasureStatus says where a measure stands.
type MeasureStatus string

// The states of a measure. Stored by name: never rename.
const (
	// MeasureTodo 未开始.
	MeasureTodo MeasureStatus = "not_started"
	// MeasureDoing 进行中.
	MeasureDoing MeasureStatus = "doing"
	// MeasureDone 已完成.
	MeasureDone MeasureStatus = "done"
	// MeasureDropped 取消.
	MeasureDropped MeasureStatus = "dropped"
)

// Settled reports whether nothing is left to do.
func (s MeasureStatus) Settled() bool { return s == MeasureDone || s == MeasureDropped }

// Measure 措施 fills one of the lacks that its task book names.
type Measure struct {
	No        int               `json:"no"`
	Kind      string            `json:"kind"`    // 补什么, see [MeasureKinds]
	Content   string            `json:"content"` // 5 to 200 characters
	Fills     string            `json:"fills"`   // the lack
	OwnerID   StaffID           `json:"owner"`
	PartnerID UnitID            `json:"partner,omitempty"` // 协办单位
	Fund      int64             `json:"fund,omitempty"`    // in fen
	InKind    string            `json:"in_kind,omitempty"` // 物资
	StartOn   Date              `json:"start,omitzero"`
	DueOn     Date              `json:"due,omitzero"`
	Status    MeasureStatus     `json:"status"`
	DoneOn    Date              `json:"done,omitzero"`
	Progress  []MeasureProgress `json:"progress,omitempty"`
	Passed    Passed            `json:"passed,omitzero"` // how far up it is known to be late
}

// MeasureProgress 进展 says what was done, with proof or without.
type MeasureProgress struct {
	By    StaffID      `json:"by"`
	On    Date         `json:"on"`
	At    time.Time    `json:"at"`
	Text  string       `json:"text"`
	Fund  int64        `json:"fund,omitempty"` // spent, in fen
	Files []Attachment `json:"files,omitempty"`
}

// TaskAct is one way in which a task book moves on.
type TaskAct string

// The acts. Stored by name: never rename.
const (
	// TaskWrite 拟稿 makes the draft, or changes it.
	TaskWrite TaskAct = "write"
	// TaskIssue 签发.
	TaskIssue TaskAct = "issue"
	// TaskRead 已读.
	TaskRead TaskAct = "read"
	// TaskAgree 接受.
	TaskAgree TaskAct = "agree"
	// TaskQuestion 提出疑问 asks the secretary something before it is agreed to.
	TaskQuestion TaskAct = "question"
	// TaskReply 答复疑问.
	TaskReply TaskAct = "reply"
	// TaskMeasure 措施进展 moves one measure.
	TaskMeasure TaskAct = "measure"
	// TaskAskTime 申请延期, TaskGrantTime, TaskRefuseTime.
	TaskAskTime TaskAct = "ask_time"
	// TaskGrantTime 同意延期.
	TaskGrantTime TaskAct = "grant_time"
	// TaskRefuseTime 不同意延期.
	TaskRefuseTime TaskAct = "refuse_time"
	// TaskHandIn 提交验收.
	TaskHandIn TaskAct = "hand_in"
	// TaskAccept 验收通过.
	TaskAccept TaskAct = "accept"
	// TaskReturn 退回整改.
	TaskReturn TaskAct = "return"
	// TaskCancel 取消.
	TaskCancel TaskAct = "cancel"
)

// TaskActs lists them in the order in which a card offers them.
func TaskActs() []TaskAct {
	return []TaskAct{
		TaskIssue, TaskRead, TaskAgree, TaskReply, TaskMeasure, TaskHandIn, TaskAccept, TaskReturn,
		TaskGrantTime, TaskRefuseTime, TaskAskTime, TaskQuestion, TaskWrite, TaskCancel,
	}
}

// TaskBookDrafted makes a task book, or replaces the content of a draft. History
// and measures' progress are not in it.
type TaskBookDrafted struct {
	TaskBook TaskBook `json:"task_book"`
}

// TaskBookMoved takes a task book one step further.
type TaskBookMoved struct {
	TaskBookID TaskBookID    `json:"task_book"`
	Act        TaskAct       `json:"act"`
	From       TaskStatus    `json:"from"`
	To         TaskStatus    `json:"to"`
	Text       string        `json:"text,omitempty"` // question, reply, opinion, effect, progress, why
	Measure    int           `json:"measure,omitempty"`
	Status     MeasureStatus `json:"status,omitempty"` // of the measure afterwards
	Fund       int64         `json:"fund,omitempty"`   // spent on it, in fen
	Files      []Attachment  `json:"files,omitempty"`
	Until      Date          `json:"until,omitzero"` // the new day due
	Opinion    Satisfaction  `json:"opinion,omitempty"`
	Office     bool          `json:"office,omitempty"` // TaskAccept: it is the office's acceptance
}

// TaskStep is a step of a task book's history.
type TaskStep struct {
	By StaffID   `json:"by,omitempty"`
	On Date      `json:"on"`
	At time.Time `json:"at,omitzero"`
	TaskBookMoved
}

// About reports whether the task book is about the problem.
func (b TaskBook) About(p ProblemID) bool { return slices.Contains(b.ProblemIDs, p) }

// Busy are the people whom the open task book gives something to do, each once: its
// lead, and the owners of measures that are not settled.
func (b TaskBook) Busy() []StaffID {
	if !b.Status.Open() {
		return nil
	}
	out := []StaffID{b.LeadID}
	for _, m := range b.Measures {
		if !m.Status.Settled() && !slices.Contains(out, m.OwnerID) {
			out = append(out, m.OwnerID)
		}
	}
	return out
}

// NeedsOffice reports whether the office has to accept it as well: at bureau level
// and above.
func (b TaskBook) NeedsOffice() bool {
	return b.Level == LevelBureau || b.Level == LevelDistrict || b.Level == LevelExternal
}

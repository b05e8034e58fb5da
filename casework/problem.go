package casework

import "time"

// ProblemStatus says where a problem stands.
type ProblemStatus string

// The states of a problem. Stored by name: never rename.
const (
	// ProblemRegistered 登记.
	ProblemRegistered ProblemStatus = "registered"
	// ProblemPending 待办.
	ProblemPending ProblemStatus = "pending"
	// ProblemDoing 在办.
	ProblemDoing ProblemStatus = "doing"
	// ProblemEscalated 上报.
	ProblemEscalated ProblemStatus = "escalated"
	// ProblemTransferred 转办.
	ProblemTransferred ProblemStatus = "transferred"
	// ProblemOnHold 挂起.
	ProblemOnHold ProblemStatus = "on_hold"
	// ProblemResolved 办结(待回访).
	ProblemResolved ProblemStatus = "resolved"
	// ProblemClosed 销号.
	ProblemClosed ProblemStatus = "closed"
	// ProblemMerged 合并.
	ProblemMerged ProblemStatus = "merged"
	// ProblemInvalid 作废.
	ProblemInvalid ProblemStatus = "invalid"
)

// Open reports whether somebody still has to do something about the problem.
func (s ProblemStatus) Open() bool {
	switch s {
	case ProblemClosed, ProblemMerged, ProblemInvalid:
		return false
	case ProblemRegistered, ProblemPending, ProblemDoing, ProblemEscalated,
		ProblemTransferred, ProblemOnHold, ProblemResolved:
		return true
	}
	return true
}

// Urgency 紧急程度 of a problem.
type Urgency string

// The urgencies. Stored by name: never rename.
const (
	// Emergency 特急.
	Emergency Urgency = "emergency"
	// Urgent 急.
	Urgent Urgency = "urgent"
	// Normal 一般.
	Normal Urgency = "normal"
)

// Level 责任层级 says who has to solve a problem.
type Level string

// The levels. Stored by name: never rename.
const (
	// LevelOnSpot 当场.
	LevelOnSpot Level = "on_spot"
	// LevelGroup 组.
	LevelGroup Level = "group"
	// LevelBranch 支部.
	LevelBranch Level = "branch"
	// LevelBureau 局.
	LevelBureau Level = "bureau"
	// LevelDistrict 区.
	LevelDistrict Level = "district"
	// LevelExternal 外单位.
	LevelExternal Level = "external"
)

// Problem 问题 is what was found that needs solving. Its families, categories and
// lacks are option ids of the forms' problem part.
type Problem struct {
	ID          ProblemID     `json:"id"`
	Code        string        `json:"code"` // WT-2017-0035
	Source      ProblemSource `json:"source"`
	VisitID     VisitID       `json:"visit,omitempty"`
	CallID      CallID        `json:"call,omitempty"`
	TargetID    TargetID      `json:"target"`
	Family      string        `json:"family"`   // 六类
	Category    string        `json:"category"` // within the family
	Description string        `json:"description"`
	Lacks       []string      `json:"lacks,omitempty"`  // 缺什么, see [Lacks]; empty: [LackOf] its category
	Common      bool          `json:"common,omitempty"` // 共性: others have it as well
	IssueID     IssueID       `json:"issue,omitempty"`  // the common issue it is gathered under
	Urgency     Urgency       `json:"urgency"`
	Level       Level         `json:"level"`
	OwnerID     StaffID       `json:"owner"`          // exactly one
	UnitID      UnitID        `json:"unit,omitempty"` // 责任支部: whose secretary it goes up to
	Followers   []StaffID     `json:"followers,omitempty"`
	Status      ProblemStatus `json:"status"`
	Disposal    Disposal      `json:"disposal"`
	Resolution  string        `json:"resolution,omitempty"` // 办结方式, see [Resolutions]
	Note        string        `json:"note,omitempty"`       // how it was solved
	RaisedOn    Date          `json:"raised_on"`
	DueOn       Date          `json:"due_on,omitzero"`
	AcceptedOn  Date          `json:"accepted_on,omitzero"` // 受理
	ResolvedOn  Date          `json:"resolved_on,omitzero"` // 办结日期, while resolved or closed
	ClosedOn    Date          `json:"closed_on,omitzero"`   // 销号日期
	// RaisedAt, ResolvedAt and ClosedAt are the instants that go with the days,
	// under the same conditions; zero where an older ledger does not tell.
	RaisedAt   time.Time `json:"raised_at,omitzero"`
	ResolvedAt time.Time `json:"resolved_at,omitzero"`
	ClosedAt   time.Time `json:"closed_at,omitzero"`
	// MovedAt and MovedOn are of the newest step that says something of the
	// matter, raising included: silence is counted from it.
	MovedOn Date      `json:"moved_on,omitzero"`
	MovedAt time.Time `json:"moved_at,omitzero"`
	// Satisfaction is the household's word at the last call-back.
	Satisfaction Satisfaction `json:"satisfaction,omitempty"`
	Reopened     int          `json:"reopened,omitempty"`    // 重开次数
	Extensions   int          `json:"extensions,omitempty"`  // how often DueOn was moved
	Unreached    int          `json:"unreached,omitempty"`   // call-backs in a row that reached nobody
	Escalation   *Escalation  `json:"escalation,omitempty"`  // while escalated
	Extension    *Extension   `json:"extension,omitempty"`   // asked for, not answered yet
	ExternalID   UnitID       `json:"external,omitempty"`    // 外单位, while transferred
	ResumeOn     Date         `json:"resume_on,omitzero"`    // while on hold
	MergedInto   ProblemID    `json:"merged_into,omitempty"` // the other one
	// Remark 备注 is the office's, from the problem list; Synced says when the problem
	// was handed over to which other system.
	Remark string          `json:"remark,omitempty"`
	Synced map[string]Date `json:"synced,omitempty"`
	// Passed is how far up it is known that the owner is late.
	Passed Passed `json:"passed,omitzero"`
	// History 流转记录 is every step so far, the oldest first. The ledger's facts
	// about the problem do not carry it.
	History []Step `json:"history,omitempty"`
}

// ProblemSource 来源 says how a problem came to us.
type ProblemSource string

// The sources. Stored by name: never rename.
const (
	// FromVisit 走访.
	FromVisit ProblemSource = "visit"
	// FromPhone 电话询问.
	FromPhone ProblemSource = "phone"
	// FromFirm 企业来电.
	FromFirm ProblemSource = "enterprise_call"
	// FromOrg 组织上报.
	FromOrg ProblemSource = "org_report"
	// FromOffice 办公室交办.
	FromOffice ProblemSource = "office"
	// FromImport 导入.
	FromImport ProblemSource = "import"
)

// Escalation 上报 is a problem that waits for an answer from above.
type Escalation struct {
	From      Level     `json:"from"`
	To        Level     `json:"to"`
	By        StaffID   `json:"by,omitempty"` // zero: the program, after two reopenings
	At        time.Time `json:"at"`
	Why       string    `json:"why"`           // see [EscalationReasons]
	Ask       string    `json:"ask,omitempty"` // what is asked for
	RespondBy Date      `json:"respond_by"`
	DueOn     Date      `json:"due_on,omitzero"` // of the problem before it went up
}

// Extension 延期申请 asks for more time.
type Extension struct {
	By    StaffID   `json:"by"`
	At    time.Time `json:"at"`
	Until Date      `json:"until"`
	Why   string    `json:"why"`
}

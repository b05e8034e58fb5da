package casework

import "time"

// ApprovalID names a request for approval.
type ApprovalID uint64

// ApprovalKind says what is to be approved.
type ApprovalKind string

// What needs a second person (四眼原则). Stored by name: never rename.
const (
	// ApproveExport 未脱敏导出.
	ApproveExport ApprovalKind = "export"
	// ApproveRoles 角色变更.
	ApproveRoles ApprovalKind = "roles"
	// ApproveUndo 撤销导入 after other work was done on the records.
	ApproveUndo ApprovalKind = "undo"
)

// ApprovalState says what became of a request.
type ApprovalState string

// The states of a request. Stored by name: never rename.
const (
	// ApprovalOpen 待批.
	ApprovalOpen ApprovalState = "open"
	// ApprovalGranted 同意.
	ApprovalGranted ApprovalState = "granted"
	// ApprovalRefused 不同意.
	ApprovalRefused ApprovalState = "refused"
)

// Approval 审批 is a dangerous act that waits for a second person. It is good for a day
// ([ApprovalLife]) after it was asked for.
type Approval struct {
	ID     ApprovalID    `json:"id"`
	Kind   ApprovalKind  `json:"kind"`
	By     StaffID       `json:"by"` // never the one who decides
	At     time.Time     `json:"at"`
	Reason string        `json:"reason"`
	State  ApprovalState `json:"state"`
	// Export is what ApproveExport asks for; it has neither identity nor code yet.
	Export *Export `json:"export,omitempty"`
	// StaffID and Roles are what ApproveRoles asks for.
	StaffID StaffID  `json:"staff,omitempty"`
	Roles   []Role   `json:"roles,omitempty"`
	Import  ImportID `json:"import,omitempty"` // ApproveUndo

	DecidedBy StaffID   `json:"decided_by,omitempty"`
	DecidedAt time.Time `json:"decided_at,omitzero"`
}

// ApprovalLife is how long a request can be granted.
const ApprovalLife = 24 * time.Hour

// OpenAt reports whether the request can be decided at the instant.
func (a Approval) OpenAt(now time.Time) bool {
	return a.State == ApprovalOpen && now.Sub(a.At) < ApprovalLife
}

// ApprovalAsked asks a second person.
type ApprovalAsked struct {
	Approval Approval `json:"approval"`
}

// ApprovalDecided is the second person's word: who it is, the event says.
type ApprovalDecided struct {
	ApprovalID ApprovalID    `json:"approval"`
	State      ApprovalState `json:"state"`
}

// Kind implements [Fact].
func (ApprovalAsked) Kind() FactKind { return "ApprovalAsked" }

// Kind implements [Fact].
func (ApprovalDecided) Kind() FactKind { return "ApprovalDecided" }

package casework

import "time"

// TrademarkID names a trademark; MatterID a matter about one.
type (
	TrademarkID uint64
	// MatterID names a matter about a trademark.
	MatterID uint64
)

// Trademark 商标 is a mark of a firm.
type Trademark struct {
	ID     TrademarkID `json:"id"`
	FirmID TargetID    `json:"firm"`
	Name   string      `json:"name"`             // at most 60 characters
	Number string      `json:"number,omitempty"` // 申请/注册号
	// Classes are Nice classes, 1 to 45, ascending.
	Classes    []int  `json:"classes,omitempty"`
	Goods      string `json:"goods,omitempty"`
	MarkKind   string `json:"kind,omitempty"`       // see [MarkKinds]; empty: ordinary
	ValidUntil Date   `json:"valid_until,omitzero"` // 专用权期满
	Top100     bool   `json:"top100,omitempty"`     // one of the 百件
}

// MatterStatus says how a matter has ended.
type MatterStatus string

// The states. Stored by name: never rename.
const (
	// MatterOpen 办理中.
	MatterOpen MatterStatus = "open"
	// MatterWon 已获批.
	MatterWon MatterStatus = "won"
	// MatterLost 未获批.
	MatterLost MatterStatus = "lost"
	// MatterDropped 放弃.
	MatterDropped MatterStatus = "dropped"
)

// Matter 商标事项 is something that is done about a trademark. Kinds, stages, reasons
// and groups of evidence are option ids of the enterprise form.
type Matter struct {
	ID           MatterID     `json:"id"`
	Code         string       `json:"code"` // SB-001
	TrademarkID  TrademarkID  `json:"trademark"`
	FirmID       TargetID     `json:"firm"`
	Kind         string       `json:"kind"`
	Stage        string       `json:"stage"`
	Status       MatterStatus `json:"status"`
	LastResult   string       `json:"last_result,omitempty"`
	LastResultOn Date         `json:"last_result_on,omitzero"`
	Refusal      string       `json:"refusal,omitempty"` // 未获批原因
	Evidence     []string     `json:"evidence,omitempty"`
	NextStep     string       `json:"next_step,omitempty"` // at most 200 characters
	NextOn       Date         `json:"next_on,omitzero"`
	Section      string       `json:"section,omitempty"` // 局内责任科室
	OwnerID      StaffID      `json:"owner,omitempty"`   // section owner; zero: any trademark officer
	ExpiresOn    Date         `json:"expires,omitzero"`  // of a recognition
	StageOn      Date         `json:"stage_on,omitzero"` // since when it is at the stage
	VisitID      VisitID      `json:"visit,omitempty"`   // that told of it first
	Passed       Passed       `json:"passed,omitzero"`   // how far up it is known to be late
	History      []MatterStep `json:"history,omitempty"` // the oldest first; not in the ledger's facts
}

// TrademarkRecorded adds a trademark, or replaces what is known of it.
type TrademarkRecorded struct {
	Trademark Trademark `json:"trademark"`
}

// MatterRecorded adds a matter, or corrects what was written down wrong.
type MatterRecorded struct {
	Matter Matter `json:"matter"`
}

// MatterMoved takes a matter one step further: what is set changes, the rest stays.
type MatterMoved struct {
	MatterID  MatterID     `json:"matter"`
	From      string       `json:"from"`            // the stage before
	Stage     string       `json:"stage,omitempty"` // the stage after
	Status    MatterStatus `json:"status,omitempty"`
	Result    string       `json:"result,omitempty"`
	ResultOn  Date         `json:"result_on,omitzero"`
	Refusal   string       `json:"refusal,omitempty"`
	Evidence  *[]string    `json:"evidence,omitempty"`
	NextStep  *string      `json:"next_step,omitempty"`
	NextOn    *Date        `json:"next_on,omitempty"`
	Section   string       `json:"section,omitempty"`
	OwnerID   StaffID      `json:"owner,omitempty"`
	ExpiresOn Date         `json:"expires,omitzero"`
	Text      string       `json:"text,omitempty"`
	VisitID   VisitID      `json:"visit,omitempty"`
}

// MatterStep is a step of a matter's history.
type MatterStep struct {
	By StaffID   `json:"by,omitempty"`
	On Date      `json:"on"`
	At time.Time `json:"at,omitzero"`
	MatterMoved
}

// EvidenceGroups are the five groups of evidence for protection as a well-known
// trademark, by option id.
func EvidenceGroups() []string {
	return []string{"awareness", "duration", "publicity", "protection", "other"}
}

package casework

import "time"

// HandoverID names a handover.
type HandoverID uint64

// HandoverKind says why work changes hands.
type HandoverKind string

// The kinds. Stored by name: never rename.
const (
	// Leave 请假: a stand-in acts from From to Until; everything returns by itself.
	Leave HandoverKind = "leave"
	// Transfer 调整: the named targets change hands for good.
	Transfer HandoverKind = "transfer"
	// Departure 离岗: everything the person has changes hands for good.
	Departure HandoverKind = "departure"
)

// HandoverState says how far a handover has come.
type HandoverState string

// The states. Stored by name: never rename.
const (
	// Proposed 待确认: the taker has not answered yet. Nothing has moved.
	Proposed HandoverState = "proposed"
	// Accepted 已接收: the taker answers for it.
	Accepted HandoverState = "accepted"
	// Declined 已拒绝.
	Declined HandoverState = "declined"
	// Undone 已撤销, within a day.
	Undone HandoverState = "undone"
	// Returned 已交还: a leave is over.
	Returned HandoverState = "returned"
)

// Handover 交接 moves work from one person to another. Nothing moves before both
// sides have agreed; a leader or the office agrees for somebody who cannot.
type Handover struct {
	ID    HandoverID    `json:"id"`
	Kind  HandoverKind  `json:"kind"`
	Giver StaffID       `json:"giver"`
	Taker StaffID       `json:"taker"`
	By    StaffID       `json:"by"` // who proposed it: the giver, a leader, the office
	From  Date          `json:"from"`
	Until Date          `json:"until,omitzero"` // Leave: the last day
	State HandoverState `json:"state"`
	// TargetIDs and ProblemIDs are what moves, as it was when it was accepted,
	// and Roles what the giver was to each target.
	TargetIDs  []TargetID    `json:"targets,omitempty"`
	Roles      []PairingRole `json:"roles,omitempty"`
	ProblemIDs []ProblemID   `json:"problems,omitempty"`
	ProposedAt time.Time     `json:"proposed_at"`
	AcceptedAt time.Time     `json:"accepted_at,omitzero"`
}

// UndoFor is how long an accepted handover can be undone.
const UndoFor = 24 * time.Hour

// Covers reports whether the leave h is in force on the day.
func (h Handover) Covers(d Date) bool {
	return h.Kind == Leave && h.State == Accepted && !d.Before(h.From) && !d.After(h.Until)
}

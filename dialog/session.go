package dialog

import (
	"time"

	"zoufang/casework"
)

// Session is what the bot remembers of one chat between two turns.
type Session struct {
	// Staff is who the person is; zero for a stranger.
	Staff casework.StaffID `json:"staff,omitempty"`
	At    Place            `json:"at"`
	// LastVisit is the visit saved last, for files that arrive afterwards.
	LastVisit casework.VisitID `json:"last_visit,omitempty"`
	SavedAt   time.Time        `json:"saved_at,omitzero"`
	// Album is the album whose part came last; its parts share a receipt.
	Album string `json:"album,omitempty"`
	// Renewed is the outdated message for which a fresh card was sent last,
	// so that tapping it again and again sends no more.
	Renewed MessageID `json:"renewed,omitempty"`
	// Greeted is when a stranger was last answered.
	Greeted time.Time `json:"greeted,omitzero"`
	// Pace and Warned hold back a flood, see [Dialog.Turn].
	Pace   time.Time `json:"pace,omitzero"`
	Warned time.Time `json:"warned,omitzero"`
	// Wrong counts invitation codes that did not fit, since WrongSince.
	Wrong      int       `json:"wrong,omitempty"`
	WrongSince time.Time `json:"wrong_since,omitzero"`
}

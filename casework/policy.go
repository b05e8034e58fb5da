package casework

import "time"

// PolicyID names a policy card.
type PolicyID uint64

// Policy 政策卡片 is a short text that staff read out to people.
type Policy struct {
	ID    PolicyID `json:"id"`
	Code  string   `json:"code"`          // ZC-001
	Title string   `json:"title"`         // at most 60 characters
	For   []string `json:"for,omitempty"` // kinds of target and household types; empty: everybody
	// Category is the problem category it helps with; empty: any.
	Category string      `json:"category,omitempty"`
	ValidTo  Date        `json:"valid_to,omitzero"` // zero: until withdrawn
	Text     string      `json:"text"`              // at most 1500 characters
	File     *Attachment `json:"file,omitempty"`
	By       StaffID     `json:"by,omitempty"`
	At       time.Time   `json:"at"`
	On       Date        `json:"on"`
	Off      bool        `json:"off,omitempty"` // withdrawn
}

// PolicyIssued adds a policy card, or replaces it.
type PolicyIssued struct {
	Policy Policy `json:"policy"`
}

// PolicyWithdrawn takes a policy card out of use.
type PolicyWithdrawn struct {
	PolicyID PolicyID `json:"policy"`
}

// Explained says which policy was explained to a target's people.
type Explained struct {
	PolicyID PolicyID `json:"policy"`
	On       Date     `json:"on"`
	By       StaffID  `json:"by"`
	VisitID  VisitID  `json:"visit,omitempty"` // at that visit, if it was at one
}

// PolicyExplained says that a policy was explained.
type PolicyExplained struct {
	TargetID  TargetID  `json:"target"`
	Explained Explained `json:"explained"`
}

// InForce reports whether the card can be read out on the day.
func (p Policy) InForce(day Date) bool {
	return !p.Off && (p.ValidTo.IsZero() || !day.After(p.ValidTo))
}

// Package casework says what is so: who works in the campaign, whom they
// visit, what they found, and what follows from it.
//
// Three ideas carry it. What happened is an [Event]; events are appended and
// never changed. Everything else ([Target], [Visit], [Problem] …) is derived
// from them by [Project]. Who may do what is one table, asked by [May].
//
// The package is pure: it has no clock, no files and no randomness. Time and
// fresh identities come in with the input. It does not know Telegram, the
// store, or the words that people read.
//
// Glossary, with the words the staff use:
//
//	campaign      活动      the concentrated visits, with rounds 轮次
//	group         工作组    staff who go out together, with a leader 组长
//	branch        支部      the party branch a member belongs to
//	target        走访对象  a household, enterprise or organisation
//	pairing       结对      who is responsible for a target
//	visit         走访      one meeting with a target, reported on the form
//	problem       问题      what a visit found that needs solving
//	disposal      处置      what was done about it on the spot
//	call          电话询问  a telephone check-in; never counted as a visit
//	office        活动办公室 keeps rosters and ledgers
package casework

import (
	"time"

	"zoufang/form"
)

// Date is a calendar date without a clock, in the campaign's time zone.
type Date = form.Date

// DateOf is the day at the instant, in the zone.
func DateOf(t time.Time, zone *time.Location) Date { return form.DateOf(t, zone) }

// The identities. Each is the number of the input that made the record,
// shifted, plus a small counter: see [Minter]. Zero means none.
type (
	// StaffID names a member of staff.
	StaffID uint64
	// TargetID names a target.
	TargetID uint64
	// VisitID names a visit. A draft has the number of the visit it becomes,
	// so that sending it twice can make only one record.
	VisitID uint64
	// ProblemID names a problem.
	ProblemID uint64
	// GroupID names a working group.
	GroupID uint64
	// UnitID names a branch, office or outside body.
	UnitID uint64
	// AreaID names a district, town, village or park.
	AreaID uint64
	// RoundID names a round of the campaign.
	RoundID uint64
	// InviteID names an invitation.
	InviteID uint64
	// UserID is Telegram's numeric id of a person: the only identity that
	// counts. Usernames and display names are never used for rights.
	UserID int64
)

// idBits is the room for records within the number of an input.
const idBits = 12

// MaxRecords is how many records one input can make.
const MaxRecords = 1<<idBits - 1

// Minter makes identities from the number of the input in hand. It gives the
// same numbers again when the input is turned again.
type Minter struct {
	next, end uint64
}

// NewMinter returns a Minter for the input with the given number. Numbers
// start at 1; an input can make
// [MaxRecords] records.
func NewMinter(input uint64) *Minter {
	return &Minter{next: input<<idBits | 1, end: (input + 1) << idBits}
}

// Next returns a fresh identity. It panics beyond [MaxRecords] of them, which
// only a fault in the program can reach.
func (m *Minter) Next() uint64 {
	if m.next >= m.end {
		panic("casework: one input makes too many records")
	}
	n := m.next
	m.next++
	return n
}

package casework

import "time"

// AnnouncementID names an announcement.
type AnnouncementID uint64

// Announcement 通知 is a text to all, a group or a branch, with receipts.
type Announcement struct {
	ID      AnnouncementID `json:"id"`
	Text    string         `json:"text"` // at most 1000 characters
	By      StaffID        `json:"by"`
	At      time.Time      `json:"at"`
	On      Date           `json:"on"`
	GroupID GroupID        `json:"group,omitempty"` // both zero: everybody
	UnitID  UnitID         `json:"unit,omitempty"`
	// To are those it was sent to, in order of their codes; Read those who said so.
	To   []StaffID  `json:"to"`
	Read []ReadMark `json:"read,omitempty"`
	// File is sent with it; nil for none.
	File *Attachment `json:"file,omitempty"`
}

// ReadMark 已读 says that somebody read an announcement.
type ReadMark struct {
	By StaffID   `json:"by"`
	At time.Time `json:"at"`
}

// Announced sends an announcement.
type Announced struct {
	Announcement Announcement `json:"announcement"`
}

// AnnouncementRead is a receipt: whose, the event says. A second one changes nothing.
type AnnouncementRead struct {
	AnnouncementID AnnouncementID `json:"announcement"`
}

// RoundPlan 走访计划 says who visits a target in a round.
type RoundPlan struct {
	RoundID  RoundID  `json:"round"`
	TargetID TargetID `json:"target"`
	StaffID  StaffID  `json:"staff"`
	On       Date     `json:"on,omitzero"` // if a day was agreed
}

// RoundPlanned sets who visits what in a round; what it does not name stays planned as
// it was. A plan without a person takes the target off.
type RoundPlanned struct {
	Plans []RoundPlan `json:"plans"`
}

// RoundClosed 轮次结束 ends a round on a day.
type RoundClosed struct {
	RoundID RoundID `json:"round"`
	On      Date    `json:"on"`
}

// SettingID names a change of a setting.
type SettingID uint64

// Setting 参数变更 is one change of what the office can set: a number of [Params] or a
// word of the forms.
type Setting struct {
	ID SettingID `json:"id"`
	// Kind is "param" or "label".
	Kind string `json:"kind"`
	// Key is the number's name in JSON ("key_visit"), or "form/item/option".
	Key    string    `json:"key"`
	Before string    `json:"before"`
	After  string    `json:"after"`
	By     StaffID   `json:"by"`
	At     time.Time `json:"at"`
	On     Date      `json:"on"`
}

// SettingChanged notes the change, and makes it if it is of a number. A word is changed
// by the [FormPublished] beside it.
type SettingChanged struct {
	Setting Setting `json:"setting"`
}

// Diary 走访日记 is a visit in the member's own words.
type Diary struct {
	Text string    `json:"text"` // at most 1000 characters
	By   StaffID   `json:"by"`
	At   time.Time `json:"at"`
	On   Date      `json:"on"`
}

// DiaryWritten confirms the diary of a visit; a later one replaces it.
type DiaryWritten struct {
	VisitID VisitID `json:"visit"`
	Diary   Diary   `json:"diary"`
}

// Kind implements [Fact].
func (Announced) Kind() FactKind { return "Announced" }

// Kind implements [Fact].
func (AnnouncementRead) Kind() FactKind { return "AnnouncementRead" }

// Kind implements [Fact].
func (RoundPlanned) Kind() FactKind { return "RoundPlanned" }

// Kind implements [Fact].
func (RoundClosed) Kind() FactKind { return "RoundClosed" }

// Kind implements [Fact].
func (SettingChanged) Kind() FactKind { return "SettingChanged" }

// Kind implements [Fact].
func (DiaryWritten) Kind() FactKind { return "DiaryWritten" }

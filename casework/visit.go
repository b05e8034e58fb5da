package casework

import (
	"time"

	"zoufang/form"
)

// CampaignStatus says where a campaign stands.
type CampaignStatus string

// The states of a campaign. Stored by name: never rename.
const (
	// CampaignActive 进行中.
	CampaignActive CampaignStatus = "active"
	// CampaignClosed 已结束.
	CampaignClosed CampaignStatus = "closed"
)

// Campaign 活动 is the one campaign a file holds.
type Campaign struct {
	Name          string         `json:"name"`
	Year          int            `json:"year"`
	StartOn       Date           `json:"start,omitzero"`
	EndOn         Date           `json:"end,omitzero"`
	MustResolveBy Date           `json:"must_resolve_by,omitzero"`
	Status        CampaignStatus `json:"status,omitempty"`
	Params        Params         `json:"params"`
}

// Round 轮次 is one wave of visits.
type Round struct {
	ID      RoundID `json:"id"`
	No      int     `json:"no"` // from 1
	Title   string  `json:"title,omitempty"`
	StartOn Date    `json:"start"`
	EndOn   Date    `json:"end"`
	Focus   string  `json:"focus,omitempty"`
}

// Covers reports whether the day lies in the round.
func (r Round) Covers(d Date) bool { return !d.Before(r.StartOn) && !d.After(r.EndOn) }

// VisitOutcome 访成情况 says whether anybody was met.
type VisitOutcome string

// Met 访成 is the outcome of a visit that took place. The others are the
// option ids of the form's outcome item: nobody, away, moved, refused, lost,
// closed.
const Met VisitOutcome = "met"

// Disposal 处置 says what was done about what was heard.
type Disposal string

// The disposals. Stored by name: never rename.
const (
	// NothingRaised 无诉求.
	NothingRaised Disposal = "none"
	// OnSpot 当场办结.
	OnSpot Disposal = "on_spot"
	// InProgress 正在办理.
	InProgress Disposal = "in_progress"
	// Escalated 提交上一级.
	Escalated Disposal = "escalated"
)

// AttachmentKind says what sort of file it is.
type AttachmentKind string

// The kinds of attachment. Stored by name: never rename.
const (
	// Photo 照片, recompressed by Telegram: it carries no position.
	Photo AttachmentKind = "photo"
	// Voice 语音.
	Voice AttachmentKind = "voice"
	// Document 文件, never a picture: those would carry their position.
	Document AttachmentKind = "document"
)

// Attachment 附件 is a file that Telegram keeps for the bot.
type Attachment struct {
	Kind     AttachmentKind `json:"kind"`
	FileID   string         `json:"file"`   // to send it again; valid for this bot alone
	UniqueID string         `json:"unique"` // the same file has the same one
	Size     int64          `json:"size,omitempty"`
	MIME     string         `json:"mime,omitempty"`
	Seconds  int            `json:"seconds,omitempty"` // length of a voice note
	At       time.Time      `json:"at"`
}

// Visit 走访记实 is a sealed record of one visit, with its corrections.
type Visit struct {
	ID           VisitID      `json:"id"`
	Code         string       `json:"code"`               // ZF-170405-012
	Revision     int          `json:"revision,omitempty"` // number of corrections
	TargetID     TargetID     `json:"target"`
	RoundID      RoundID      `json:"round,omitempty"`
	VisitedOn    Date         `json:"visited_on"`
	Late         bool         `json:"late,omitempty"` // 补记: reported after the days allowed
	Participants []StaffID    `json:"participants"`   // the reporter first
	Form         string       `json:"form"`
	FormVersion  int          `json:"form_version"`
	Answers      form.Answers `json:"answers"`
	Outcome      VisitOutcome `json:"outcome"`
	Mood         string       `json:"mood,omitempty"` // 民情晴雨, households
	Disposal     Disposal     `json:"disposal,omitempty"`
	ProblemIDs   []ProblemID  `json:"problems,omitempty"` // in the order of the form's instances
	Attachments  []Attachment `json:"attachments,omitempty"`
	SubmittedAt  time.Time    `json:"submitted_at"`
	ReportedOn   Date         `json:"reported_on,omitzero"`  // the day of SubmittedAt, where the people are
	NextContact  Date         `json:"next_contact,omitzero"` // agreed with the people; zero if none was
	// Return is set while the leader asks for more; a correction clears it.
	Return *Return `json:"return,omitempty"`
}

// Return 退回补充 is a leader's remark on a record.
type Return struct {
	By     StaffID   `json:"by"`
	At     time.Time `json:"at"`
	Remark string    `json:"remark"`
}

// Reporter is who submitted the visit.
func (v Visit) Reporter() StaffID {
	if len(v.Participants) == 0 {
		return 0
	}
	return v.Participants[0]
}

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

// Problem 问题 is what a visit found that needs solving.
type Problem struct {
	ID          ProblemID     `json:"id"`
	Code        string        `json:"code"`   // WT-2017-0035
	Source      string        `json:"source"` // "visit" or "phone"
	VisitID     VisitID       `json:"visit,omitempty"`
	CallID      CallID        `json:"call,omitempty"`
	TargetID    TargetID      `json:"target"`
	Family      string        `json:"family"`   // 六类, option id of the form
	Category    string        `json:"category"` // within the family
	Description string        `json:"description"`
	Urgency     Urgency       `json:"urgency"`
	Level       Level         `json:"level"`
	OwnerID     StaffID       `json:"owner"` // exactly one
	Status      ProblemStatus `json:"status"`
	Disposal    Disposal      `json:"disposal"`
	Resolution  string        `json:"resolution,omitempty"` // on_spot: done at once
	Note        string        `json:"note,omitempty"`       // how it was solved
	RaisedOn    Date          `json:"raised_on"`
	DueOn       Date          `json:"due_on,omitzero"`
	ResolvedOn  Date          `json:"resolved_on,omitzero"` // 办结日期, while resolved or closed
	ClosedOn    Date          `json:"closed_on,omitzero"`   // 销号日期
	// Satisfaction is the household's word at the last call-back.
	Satisfaction Satisfaction `json:"satisfaction,omitempty"`
	Reopened     int          `json:"reopened,omitempty"` // 重开次数
}

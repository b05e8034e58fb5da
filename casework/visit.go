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

	// The rest is set by facts of its own, and the roster cannot change it.

	// Services 服务举措 is the catalogue; nil: [DefaultServices].
	Services []Service `json:"services,omitempty"`
	// FewTaskBooks limits task books to problems from branch level and urgent ones
	// on; else every problem has one.
	FewTaskBooks bool `json:"few_task_books,omitempty"`
}

// Round 轮次 is one wave of visits.
type Round struct {
	ID      RoundID `json:"id"`
	No      int     `json:"no"` // from 1
	Title   string  `json:"title,omitempty"`
	StartOn Date    `json:"start"`
	EndOn   Date    `json:"end"`
	Focus   string  `json:"focus,omitempty"`
	// ClosedOn is the day on which the office closed it; zero while it is open. The
	// roster cannot change it.
	ClosedOn Date `json:"closed,omitzero"`
}

// Covers reports whether the day lies in the round, which ends on its [Round.LastDay].
func (r Round) Covers(d Date) bool { return !d.Before(r.StartOn) && !d.After(r.LastDay()) }

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
	// Diary 走访日记 is confirmed by the member; nil while it is not. Synced says when
	// the visit was handed over to which other system.
	Diary  *Diary          `json:"diary,omitempty"`
	Synced map[string]Date `json:"synced,omitempty"`
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

package dialog

import (
	"fmt"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// ChatID names a Telegram chat. A private chat has the number of its person.
type ChatID int64

// MessageID names a message within a chat.
type MessageID int64

// ChatKind is the sort of chat an input came from.
type ChatKind string

// The kinds of chat.
const (
	// PrivateChat is a chat with one person.
	PrivateChat ChatKind = "private"
	// GroupChat is a group or supergroup.
	GroupChat ChatKind = "group"
	// ChannelChat is a channel.
	ChannelChat ChatKind = "channel"
)

// InputKind says what sort of thing came in.
type InputKind string

// The kinds of input.
const (
	// Said is a text message; Text is what was said.
	Said InputKind = "said"
	// Edited is an earlier text message with changed words, or only a
	// changed formatting.
	Edited InputKind = "edited"
	// Pressed is a tap on a button; Data is its callback data, which the
	// person's program could have made up.
	Pressed InputKind = "pressed"
	// Sent is a photo, voice note or document, in File.
	Sent InputKind = "sent"
	// Other is a message of a sort that the bot has no use for; Text names
	// the sort ("sticker"), never its content.
	Other InputKind = "other"
	// Left says that the person blocked the bot, or that the bot was put out
	// of a group; Joined that the person or group is back.
	Left   InputKind = "left"
	Joined InputKind = "joined"
	// Refused says that Telegram does not deliver to this chat any more.
	Refused InputKind = "refused"
	// Moved says that a group has a new number, in NewChat.
	Moved InputKind = "moved"
	// Garbled is an update that could not be decoded; Raw holds it.
	Garbled InputKind = "garbled"
	// Ignored is an update of a kind that means nothing here.
	Ignored InputKind = "ignored"
	// Office is a command line or import: Facts are to be recorded as they are.
	Office InputKind = "office"
	// Delivered says what came of a [Paper] letter, in Delivery.
	Delivered InputKind = "delivered"
	// Fetched says what a file holds that a [Fetch] letter asked for, in Reading.
	Fetched InputKind = "fetched"
	// Ticked is the clock: Job is to be done for a subject, see [Dialog.Due].
	Ticked InputKind = "ticked"
)

// File is a photo, voice note or document that Telegram keeps.
type File struct {
	Kind     casework.AttachmentKind
	FileID   string
	UniqueID string
	Name     string // documents only, as the sender's program calls it
	MIME     string
	Size     int64
	Seconds  int
	Album    string // the same for all parts of an album; empty outside one
}

// Input is one thing that happened to the bot: a message, a tap, a fact about
// a chat. It holds everything a turn may know of the outside, the time
// included.
type Input struct {
	// N is the number of the input, set by the store when it is applied. It
	// rises by one with each input that has an effect.
	N uint64
	// Cause is the natural key: the same thing delivered twice has the same
	// one. At most 128 bytes.
	Cause string
	Kind  InputKind
	// Reached is when it reached us; Typed when the person sent or edited
	// it by Telegram's clock (zero for taps).
	Reached, Typed time.Time

	Chat     ChatID
	ChatKind ChatKind
	// User is who did it: zero for anonymous administrators, channels and
	// whatever was sent through another bot.
	User casework.UserID
	// Lang is the language of the person's program ("zh-hans"), and Name
	// what Telegram shows as the name. Neither counts for rights.
	Lang, Name string

	// Message is the message said, edited or sent, or the one whose button
	// was pressed. ReplyTo is the message it answers; zero if none.
	Message, ReplyTo MessageID
	Text             string
	// Command is set for a text that begins with a command meant for this
	// bot: its name in lower case without slash and bot's name. Args is the
	// rest of the text, trimmed.
	Command, Args string

	Query string // Pressed: Telegram's id of the tap, to answer it
	Data  string // Pressed: callback data
	File  *File  // Sent
	// NewChat is the new number of a group (Moved).
	NewChat ChatID
	Raw     []byte // Garbled

	Facts []casework.Fact // Office

	// Nonce is fresh randomness for codes that are made in a turn: 32 hexadecimal digits,
	// set for taps; empty for other inputs.
	Nonce string

	Delivery *Delivery // Delivered
	Reading  *Reading  // Fetched

	// Ticked: which job, when it was meant to be done, and for whom or what.
	Job     Job
	Nominal time.Time
	Subject Subject
}

// Delivery is what came of a [Paper] letter. Of one with Once, a delivery that is
// uncertain comes before the file is sent, and a second one when it is known more; a
// crash leaves it at the first.
type Delivery struct {
	Export  casework.ExportID
	Message MessageID // that shows the file; zero if none does
	Status  casework.ExportStatus
	Rows    int
	SHA256  string
	Size    int64
	// TooLarge is set where the file is more than Telegram takes: the command line can
	// write it.
	TooLarge bool
}

// Reading is what a file holds that a person sent: a roster, or an exported list that
// was edited.
type Reading struct {
	Errand Errand
	SHA256 string // of the file
	// Fault says why the whole file is refused; zero if it was read.
	Fault form.Label
	// Notes are cells that were understood otherwise than they stand there; Faults are
	// wrong ones.
	Notes, Faults []casework.RowFault
	// Roster is set for a roster workbook, and Export with Edits for an exported list.
	Roster casework.Roster
	Export casework.ExportID
	Edits  []casework.Edit
}

// Subject is whom or what a job of the clock is for. Fields that do not apply
// stay zero.
type Subject struct {
	Staff    casework.StaffID    `json:"staff,omitempty"` // who is to be told
	Group    casework.GroupID    `json:"group,omitempty"`
	Target   casework.TargetID   `json:"target,omitempty"`
	Round    casework.RoundID    `json:"round,omitempty"`
	Draft    casework.VisitID    `json:"draft,omitempty"`
	Handover casework.HandoverID `json:"handover,omitempty"`
	Problem  casework.ProblemID  `json:"problem,omitempty"`
	Book     casework.TaskBookID `json:"book,omitempty"`
	Measure  int                 `json:"measure,omitempty"`
	Matter   casework.MatterID   `json:"matter,omitempty"`
	Approval casework.ApprovalID `json:"approval,omitempty"`
	Rung     casework.Rung       `json:"rung,omitempty"`
	Act      string              `json:"act,omitempty"`
	// From and To bound a stretch of time that is spoken of.
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
	// Missed counts firings that will not be done, by job.
	Missed map[string]int `json:"missed,omitempty"`
}

// Landing is the answer of a draft or record that a message became. A draft and the
// visit it becomes share one number.
type Landing struct {
	Visit casework.VisitID `json:"visit"`
	Path  string           `json:"path"`
}

// MessageCause is the natural key of a message, by which a later edit of it
// finds what it became.
func MessageCause(chat ChatID, m MessageID) string {
	return fmt.Sprintf("m:%d:%d", chat, m)
}

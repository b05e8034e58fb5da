package dialog

import (
	"iter"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// CardID names a card that was shown. Zero means none.
type CardID uint64

// LetterID names a letter in the outbox; letters leave in this order within a
// chat. Zero means not stored yet.
type LetterID uint64

// Entity marks a stretch of a text. Offset and length count UTF-16 units, as
// Telegram does.
type Entity struct {
	Type   string `json:"type"` // bold, italic, code, blockquote …
	Offset int    `json:"offset"`
	Length int    `json:"length"`
}

// Style is a hint to colour a button; a client may ignore it.
type Style string

// The styles.
const (
	// Plain is the usual look.
	Plain Style = ""
	// Primary is for what most people want next.
	Primary Style = "primary"
	// Good is for what finishes.
	Good Style = "success"
	// Danger is for what cannot be undone.
	Danger Style = "danger"
)

// Button is a button under a letter. Data is what comes back when it is
// pressed: card, revision and choice, at most 24 bytes. A button with Copy has
// no data: it copies that text on the person's device.
type Button struct {
	Text  string `json:"text"`
	Style Style  `json:"style,omitempty"`
	Data  string `json:"data,omitempty"`
	Copy  string `json:"copy,omitempty"`
}

// LetterKind says what is to be done with a letter.
type LetterKind string

// The kinds of letter.
const (
	// Show sends or edits a message of text with buttons.
	Show LetterKind = "show"
	// React puts an emoji on a message of the person.
	React LetterKind = "react"
	// Unbutton takes the buttons off a card's message.
	Unbutton LetterKind = "unbutton"
	// Menu sets the list of commands that Telegram offers in the chat.
	Menu LetterKind = "menu"
	// Resend sends files that Telegram keeps, by their ids.
	Resend LetterKind = "resend"
	// Erase deletes a message of the person's.
	Erase LetterKind = "erase"
	// Leave leaves a group.
	Leave LetterKind = "leave"
	// Withdraw deletes the message that shows a card.
	Withdraw LetterKind = "withdraw"
	// Picture sends a chart, drawn when it is delivered.
	Picture LetterKind = "picture"
	// Paper sends the file of an export, made when it is delivered. What came of it
	// comes back as an input of the kind [Delivered].
	Paper LetterKind = "paper"
	// Fetch gets a file that somebody sent and reads it. What it holds comes back as an
	// input of the kind [Fetched]. Nothing is said.
	Fetch LetterKind = "fetch"
)

// Errand says which file a [Fetch] letter gets, and what for.
type Errand struct {
	File casework.Attachment `json:"file"`
	// Apply is set when the person has confirmed what the file holds; SHA256 is then the
	// file's, as it was shown.
	Apply  bool   `json:"apply,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
	// Card is the board that shows what became of it.
	Card CardID `json:"card,omitempty"`
}

// Chart is a picture of figures, under one title.
type Chart struct {
	Title  string  `json:"title"`
	Note   string  `json:"note,omitempty"`
	Panels []Panel `json:"panels"`
}

// Panel is one diagram of a [Chart]: bars over labels.
type Panel struct {
	Title      string   `json:"title"`
	Labels     []string `json:"labels"`
	Series     []Series `json:"series"`
	Horizontal bool     `json:"horizontal,omitempty"`
}

// Series are the bars of one colour, one value for each label of the panel.
type Series struct {
	Name   string    `json:"name"`
	Values []float64 `json:"values"`
}

// Command is an entry of the list of commands.
type Command struct {
	Name  string `json:"name"` // 1 to 32 of a-z, 0-9 and _
	About string `json:"about"`
}

// Letter is a message that is to be said: a row of the outbox, written in the
// same commit as what it tells of. It is delivered at least once.
type Letter struct {
	ID   LetterID   `json:"id"` // set by the store
	Kind LetterKind `json:"kind"`
	Chat ChatID     `json:"chat"`
	// Bulk letters come from the clock (agendas, digests). They wait behind
	// those somebody is waiting for, and while the receiver must not be
	// disturbed, see [Dialog.MayDisturb].
	Bulk bool `json:"bulk,omitempty"`
	// NotBefore is when the letter may be delivered at the earliest; zero is
	// at once. Later letters of the chat do not wait for it.
	NotBefore time.Time `json:"not_before,omitzero"`

	// Card is the card shown, or the one to take the buttons off; zero for a
	// letter without buttons.
	Card CardID `json:"card,omitempty"`
	// Edit asks to change the card's message in place. If it has none, or
	// Telegram will not, a new message is sent. Without it a new message is
	// sent in any case, and the card's older one loses its buttons.
	Edit bool `json:"edit,omitempty"`
	// ReplyTo is the message it answers; zero for none.
	ReplyTo  MessageID  `json:"reply_to,omitempty"`
	Text     string     `json:"text,omitempty"` // at most 4096 UTF-16 units
	Entities []Entity   `json:"entities,omitempty"`
	Rows     [][]Button `json:"rows,omitempty"`
	Silent   bool       `json:"silent,omitempty"`  // without a sound
	Protect  bool       `json:"protect,omitempty"` // cannot be forwarded

	Message MessageID `json:"message,omitempty"` // React, Erase: which message
	Emoji   string    `json:"emoji,omitempty"`   // React

	Commands []Command             `json:"commands,omitempty"` // Menu
	Files    []casework.Attachment `json:"files,omitempty"`    // Resend
	Chart    *Chart                `json:"chart,omitempty"`    // Picture; Text is its caption
	Export   casework.ExportID     `json:"export,omitempty"`   // Paper; Text is its caption
	// Once asks that the letter be given up rather than delivered twice, when it is not
	// known whether it was delivered (Paper).
	Once   bool    `json:"once,omitempty"`
	Errand *Errand `json:"errand,omitempty"` // Fetch
}

// Receipt says what became of a letter.
type Receipt struct {
	Letter LetterID
	// Card and Message say which message now shows the card; both zero for
	// letters without a card.
	Card    CardID
	Message MessageID
}

// Card is what the bot remembers of a message with buttons: whom it was shown
// to and what each button means. The buttons themselves carry only numbers.
type Card struct {
	ID   CardID `json:"id"`
	Chat ChatID `json:"chat"`
	// Name is what the dialogue calls it ("main", "visit/17"). Of cards with
	// the same name in a chat only the newest is live.
	Name string `json:"name"`
	// Rev rises with each new face; a button of an older one is outdated.
	Rev     int      `json:"rev"`
	Choices []Action `json:"choices,omitempty"`
	// At is what a board shows, so that it can be drawn again; zero for other
	// cards.
	At Place `json:"at,omitzero"`
	// Sent is set by the store once a message shows the card. A card that is
	// still in the outbox is changed there instead of being followed by
	// another.
	Sent bool `json:"-"`
}

// Toast is the short notice that answers a tap.
type Toast struct {
	Query string
	Text  string // at most 200 characters; empty only stops the spinner
	Alert bool   // to be confirmed instead of fading
}

// Draft 草稿 is a form being filled in. It is written at every answer and never
// expires. Its number becomes the visit's.
type Draft struct {
	ID       casework.VisitID  `json:"id"`
	Owner    casework.StaffID  `json:"owner"`
	TargetID casework.TargetID `json:"target"`
	Form     string            `json:"form"`
	Version  int               `json:"version"`
	Answers  form.Answers      `json:"answers"`
	// At is the path of the step in hand; empty when the review is shown.
	At string `json:"at,omitempty"`
	// Picked are the options ticked so far at a step of multiple choice.
	Picked []string `json:"picked,omitempty"`
	// Fixing is set while one answer is corrected from the review: the
	// answer leads back there.
	Fixing      bool                  `json:"fixing,omitempty"`
	Attachments []casework.Attachment `json:"attachments,omitempty"`
	// Companions are colleagues who went along.
	Companions []casework.StaffID `json:"companions,omitempty"`
	// Correcting is set when the draft corrects a visit that is sealed: the
	// ID is then the draft's own.
	Correcting casework.VisitID `json:"correcting,omitempty"`
	// Problem is set for a call-back: the problem that is asked about.
	Problem casework.ProblemID `json:"problem,omitempty"`
	// Alarmed is set once the leaders were told of an emergency that the
	// answers of a call speak of.
	Alarmed bool `json:"alarmed,omitempty"`
	// LentBy is whose draft it is, while a stand-in has it.
	LentBy casework.StaffID `json:"lent_by,omitempty"`
	// Dropped are labels of answers that a new form version could not keep,
	// to be told once.
	Dropped []string  `json:"dropped,omitempty"`
	Begun   time.Time `json:"begun"`
	Touched time.Time `json:"touched"`
}

// View is what a turn may read, all of it as of one instant.
type View interface {
	casework.Records
	Draft(casework.VisitID) (Draft, bool)
	// DraftsOf gives the person's drafts, the one touched last first.
	DraftsOf(casework.StaffID) []Draft
	AllDrafts() iter.Seq[Draft]
	Card(CardID) (Card, bool)
	// Live is the newest card of that name in the chat.
	Live(chat ChatID, name string) (Card, bool)
	// Landed tells which answer an earlier message became.
	Landed(cause string) (Landing, bool)
	// Applied reports whether an input with the cause was applied; causes are
	// remembered for 8 days at least.
	Applied(cause string) bool
	// Session is what the bot remembers of another chat than its own.
	Session(ChatID) (Session, bool)
	// Strangers is how many chats of unknown people are remembered.
	Strangers() int
	// Inputs is the number of the input applied last.
	Inputs() uint64
}

// Outcome is what a turn leads to. The zero Outcome changes nothing.
type Outcome struct {
	// Session replaces what is remembered of the input's chat; nil leaves it.
	Session *Session
	// Events are appended to the ledger; the store sets Seq.
	Events []casework.Event
	// Drafts are written; Discard names those taken away.
	Drafts  []Draft
	Discard []casework.VisitID
	// Cards are written; of those with a chat's older name only the newest stays live.
	Cards   []Card
	Letters []Letter
	Toast   *Toast
	// Landed says which answer this message became; nil for none.
	Landed *Landing
	// Undone asks that the input be forgotten, as if it had never come: it can
	// be given again later. Nothing else of the outcome counts then.
	Undone bool
	// MovedTo asks that everything remembered of the input's chat be moved.
	MovedTo ChatID
}

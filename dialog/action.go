package dialog

import (
	"time"

	"zoufang/casework"
)

// Screen names what a chat shows.
type Screen string

// The screens. Stored by name: never rename.
const (
	homeScreen     Screen = "home"
	mineScreen     Screen = "mine"     // own targets, most urgent first
	findScreen     Screen = "find"     // what a search found
	targetScreen   Screen = "target"   // one target, with the form's first question
	draftsScreen   Screen = "drafts"   // forms not sent yet
	fillScreen     Screen = "fill"     // the step of a form in hand
	monthScreen    Screen = "month"    // a month to pick a day from
	reviewScreen   Screen = "review"   // every answer, before sending
	parkScreen     Screen = "park"     // leaving a form: keep or discard
	partyScreen    Screen = "party"    // who went along
	reasonScreen   Screen = "reason"   // why a record is corrected
	visitScreen    Screen = "visit"    // a sealed record
	recordsScreen  Screen = "records"  // own records
	registerScreen Screen = "register" // a new target
	summaryScreen  Screen = "summary"
	helpScreen     Screen = "help"
)

// Verb names what a button does.
type Verb string

// The verbs. Stored by name: never rename.
const (
	goTo       Verb = "go"       // show the place
	noop       Verb = "noop"     // a button that only says something
	begin      Verb = "begin"    // begin a form, the option answering its first step
	beginOn    Verb = "begin_on" // begin a form with another day
	answer     Verb = "answer"   // the option answers the step
	toggle     Verb = "toggle"   // tick or untick the option
	picked     Verb = "picked"   // done ticking
	same       Verb = "same"     // the same as last time
	rest       Verb = "rest"     // the rest is unchanged
	back       Verb = "back"     // the step before
	skip       Verb = "skip"     // leave the step out
	prefilled  Verb = "prefilled"
	fix        Verb = "fix"    // correct one answer from the review
	remove     Verb = "remove" // take out one of what repeats
	along      Verb = "along"  // the option, a colleague, went along or did not
	submit     Verb = "submit"
	because    Verb = "because" // the option is the reason of a correction
	discard    Verb = "discard"
	keep       Verb = "keep"
	resume     Verb = "resume"
	correct    Verb = "correct" // open a sealed record for correction
	showFiles  Verb = "files"
	register   Verb = "register" // the option answers a step of registration
	registered Verb = "registered"
	confirm    Verb = "confirm" // an account belongs to the person
	deny       Verb = "deny"
	speakIn    Verb = "lang"
	// copyOut copies the option on the person's device; nothing comes back of it.
	copyOut Verb = "copy"
)

// Place is where a conversation stands: a screen and what it is about. It is
// everything that is needed to draw the screen again.
type Place struct {
	Screen Screen            `json:"screen,omitempty"`
	Target casework.TargetID `json:"target,omitempty"`
	Visit  casework.VisitID  `json:"visit,omitempty"` // or the draft of that number
	Path   string            `json:"path,omitempty"`  // of a step of the form
	Query  string            `json:"query,omitempty"` // what is searched for
	Page   int               `json:"page,omitempty"`
	Month  casework.Date     `json:"month,omitzero"` // its first day
	New    *casework.Target  `json:"new,omitempty"`  // a target being registered
	Invite casework.InviteID `json:"invite,omitempty"`

	// What boards and the rooms of follow-ups need.

	Day      casework.Date       `json:"day,omitzero"`
	Items    []casework.TargetID `json:"items,omitempty"` // of the list shown, in its order
	Staff    casework.StaffID    `json:"staff,omitempty"`
	Group    casework.GroupID    `json:"group,omitempty"`
	Problem  casework.ProblemID  `json:"problem,omitempty"`
	Handover casework.HandoverID `json:"handover,omitempty"`
	Rung     casework.Rung       `json:"rung,omitempty"`

	// What the rooms of problems and services need.

	Book    casework.TaskBookID  `json:"book,omitempty"`
	Measure int                  `json:"measure,omitempty"` // of the book, from 1
	Issue   casework.IssueID     `json:"issue,omitempty"`
	Mark    casework.TrademarkID `json:"mark,omitempty"`
	Matter  casework.MatterID    `json:"matter,omitempty"`
	Policy  casework.PolicyID    `json:"policy,omitempty"`
	Unit    casework.UnitID      `json:"unit,omitempty"`
	// NewMark and NewPolicy are what is being written down.
	NewMark   *casework.Trademark `json:"new_mark,omitempty"`
	NewPolicy *casework.Policy    `json:"new_policy,omitempty"`
	// Why and Level are choices made on the way to a step.
	Why   string         `json:"why,omitempty"`
	Level casework.Level `json:"level,omitempty"`

	// Move is a step of the problem in the making, with what was chosen so far.
	Move *casework.ProblemMoved `json:"move,omitempty"`

	// What the office's rooms need.

	// NewExport is what is being asked for; Export one that was.
	NewExport *casework.Export        `json:"new_export,omitempty"`
	Export    casework.ExportID       `json:"export,omitempty"`
	Approval  casework.ApprovalID     `json:"approval,omitempty"`
	Import    casework.ImportID       `json:"import,omitempty"`
	File      *casework.Attachment    `json:"file,omitempty"` // that was sent
	SHA256    string                  `json:"sha256,omitempty"`
	Notice    casework.AnnouncementID `json:"notice,omitempty"`
	NewNotice *casework.Announcement  `json:"new_notice,omitempty"`
	Round     casework.RoundID        `json:"round,omitempty"`
	NewRound  *casework.Round         `json:"new_round,omitempty"`
	Person    *casework.Staff         `json:"person,omitempty"` // an entry being changed
	Text      string                  `json:"text,omitempty"`   // words that wait for a yes

	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"until,omitzero"`
}

// Action is what a button means. It is kept with the card and never leaves the
// store, so a press can do only what was offered.
type Action struct {
	Verb   Verb   `json:"do"`
	Place  Place  `json:"to,omitzero"` // where it leads, or what it is about
	Option string `json:"option,omitempty"`
}

// to is the action that shows a place.
func to(p Place) Action { return Action{Verb: goTo, Place: p} }

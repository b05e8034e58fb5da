package casework

import (
	"fmt"
	"time"

	"zoufang/form"
)

// Event is one entry of the ledger. It is appended once and never changed.
type Event struct {
	Seq uint64 `json:"seq"` // place in the ledger, from 1; set by the store
	// By is who did it; zero is the program or the command line.
	By StaffID `json:"by,omitempty"`
	// The three clocks: when it happened in the world, when it was typed,
	// when it reached us. Typed is zero where nobody typed.
	HappenedOn Date      `json:"happened,omitzero"`
	TypedAt    time.Time `json:"typed,omitzero"`
	ReachedAt  time.Time `json:"reached"`
	// Cause is the natural key of the input that brought it about.
	Cause string `json:"cause"`
	// Reason is given for corrections.
	Reason string `json:"reason,omitempty"`
	Fact   Fact   `json:"-"` // stored beside its kind, see [NewFact]
}

// FactKind names what sort of thing happened.
type FactKind string

// Fact is what happened. The types in this file, and those that stand
// with the records they are about, are all there are: see factReaders.
type Fact interface {
	// Kind is the name it is stored under: never rename.
	Kind() FactKind
}

// CampaignOpened starts the campaign, or changes its frame and parameters.
type CampaignOpened struct {
	Campaign Campaign `json:"campaign"`
}

// RoundOpened opens a round, or changes its dates.
type RoundOpened struct {
	Round Round `json:"round"`
}

// FormPublished fixes a version of a form for ever.
type FormPublished struct {
	Form form.Definition `json:"form"`
}

// UnitImported adds a unit, or replaces what the roster says of it.
type UnitImported struct {
	Unit Unit `json:"unit"`
}

// GroupImported adds a group, or replaces what the roster says of it.
type GroupImported struct {
	Group Group `json:"group"`
}

// AreaImported adds an area, or replaces what the roster says of it.
type AreaImported struct {
	Area Area `json:"area"`
}

// StaffImported adds a person, or replaces what the roster says of one. The
// account, its binding and the language stay as they are.
type StaffImported struct {
	Staff Staff `json:"staff"`
}

// TargetImported adds a target, or replaces what the roster says of it. What
// is derived from visits stays.
type TargetImported struct {
	Target Target `json:"target"`
}

// TargetRegistered adds a target from the chat.
type TargetRegistered struct {
	Target Target `json:"target"`
}

// PairingMade ties a person to a target. A new primary replaces the old one.
type PairingMade struct {
	Pairing Pairing `json:"pairing"`
}

// PairingEnded unties a person from a target.
type PairingEnded struct {
	TargetID TargetID `json:"target"`
	StaffID  StaffID  `json:"staff"`
	On       Date     `json:"on"`
}

// InviteIssued puts a one-time link into the world; older ones for the same
// person die.
type InviteIssued struct {
	Invite Invite `json:"invite"`
}

// InviteClaimed says that somebody opened the link.
type InviteClaimed struct {
	InviteID InviteID `json:"invite"`
	User     UserID   `json:"user"`
	Name     string   `json:"name,omitempty"` // as Telegram shows it, cleaned
}

// BindingConfirmed says that the leader knows the person: rights begin.
type BindingConfirmed struct {
	InviteID InviteID `json:"invite"`
}

// BindingRefused says that the leader does not know the person.
type BindingRefused struct {
	InviteID InviteID `json:"invite"`
}

// LanguageChosen changes the language the bot speaks with a person.
type LanguageChosen struct {
	StaffID StaffID `json:"staff"`
	Lang    string  `json:"lang"`
}

// ReachChanged says that a person blocked the bot, or came back.
type ReachChanged struct {
	StaffID     StaffID `json:"staff"`
	Unreachable bool    `json:"unreachable"`
}

// VisitReported seals a visit.
type VisitReported struct {
	Visit Visit `json:"visit"`
}

// AnswerChange is one answer of a visit, before and after a correction.
type AnswerChange struct {
	Path   string       `json:"path"`
	Before *form.Answer `json:"before,omitempty"` // nil: was not there
	After  *form.Answer `json:"after,omitempty"`  // nil: taken away
}

// VisitCorrected changes answers of a sealed visit; the older revision stays
// in the ledger. The reason is the event's.
type VisitCorrected struct {
	VisitID  VisitID        `json:"visit"`
	Revision int            `json:"revision"` // the one this makes, from 1
	Changes  []AnswerChange `json:"changes"`
	// What follows from the changed answers: see the fields of [Visit].
	ProblemIDs  []ProblemID `json:"problems,omitempty"`
	RoundID     RoundID     `json:"round,omitempty"`
	Late        bool        `json:"late,omitempty"`
	NextContact Date        `json:"next_contact,omitzero"`
}

// AttachmentAdded puts a file to a visit that is already sealed.
type AttachmentAdded struct {
	VisitID    VisitID    `json:"visit"`
	Attachment Attachment `json:"attachment"`
}

// ProblemRaised puts a problem on the problem list.
type ProblemRaised struct {
	Problem Problem `json:"problem"`
}

// ProblemCorrected follows from correcting the visit that raised it: the
// problem as it is after the correction.
type ProblemCorrected struct {
	Problem Problem `json:"problem"`
}

// Kind implements [Fact], and so do the others below.
func (CampaignOpened) Kind() FactKind { return "CampaignOpened" }

// Kind implements [Fact].
func (RoundOpened) Kind() FactKind { return "RoundOpened" }

// Kind implements [Fact].
func (FormPublished) Kind() FactKind { return "FormPublished" }

// Kind implements [Fact].
func (UnitImported) Kind() FactKind { return "UnitImported" }

// Kind implements [Fact].
func (GroupImported) Kind() FactKind { return "GroupImported" }

// Kind implements [Fact].
func (AreaImported) Kind() FactKind { return "AreaImported" }

// Kind implements [Fact].
func (StaffImported) Kind() FactKind { return "StaffImported" }

// Kind implements [Fact].
func (TargetImported) Kind() FactKind { return "TargetImported" }

// Kind implements [Fact].
func (TargetRegistered) Kind() FactKind { return "TargetRegistered" }

// Kind implements [Fact].
func (PairingMade) Kind() FactKind { return "PairingMade" }

// Kind implements [Fact].
func (PairingEnded) Kind() FactKind { return "PairingEnded" }

// Kind implements [Fact].
func (InviteIssued) Kind() FactKind { return "InviteIssued" }

// Kind implements [Fact].
func (InviteClaimed) Kind() FactKind { return "InviteClaimed" }

// Kind implements [Fact].
func (BindingConfirmed) Kind() FactKind { return "BindingConfirmed" }

// Kind implements [Fact].
func (BindingRefused) Kind() FactKind { return "BindingRefused" }

// Kind implements [Fact].
func (LanguageChosen) Kind() FactKind { return "LanguageChosen" }

// Kind implements [Fact].
func (ReachChanged) Kind() FactKind { return "ReachChanged" }

// Kind implements [Fact].
func (VisitReported) Kind() FactKind { return "VisitReported" }

// Kind implements [Fact].
func (VisitCorrected) Kind() FactKind { return "VisitCorrected" }

// Kind implements [Fact].
func (AttachmentAdded) Kind() FactKind { return "AttachmentAdded" }

// Kind implements [Fact].
func (ProblemRaised) Kind() FactKind { return "ProblemRaised" }

// Kind implements [Fact].
func (ProblemCorrected) Kind() FactKind { return "ProblemCorrected" }

// ReadFact decodes the fact of the given kind with decode, which gets a
// pointer to fill. An unknown kind is an error: the file is from a newer
// program.
func ReadFact(kind FactKind, decode func(any) error) (Fact, error) {
	read, ok := factReaders[kind]
	if !ok {
		return nil, fmt.Errorf("fact %q is unknown: the file was written by a newer zoufang", kind)
	}
	f, err := read(decode)
	if err != nil {
		return nil, fmt.Errorf("fact %s: %w", kind, err)
	}
	return f, nil
}

// factReaders is written once, here.
var factReaders = map[FactKind]func(func(any) error) (Fact, error){
	"CampaignOpened":    readAs[CampaignOpened],
	"RoundOpened":       readAs[RoundOpened],
	"FormPublished":     readAs[FormPublished],
	"UnitImported":      readAs[UnitImported],
	"GroupImported":     readAs[GroupImported],
	"AreaImported":      readAs[AreaImported],
	"StaffImported":     readAs[StaffImported],
	"TargetImported":    readAs[TargetImported],
	"TargetRegistered":  readAs[TargetRegistered],
	"PairingMade":       readAs[PairingMade],
	"PairingEnded":      readAs[PairingEnded],
	"InviteIssued":      readAs[InviteIssued],
	"InviteClaimed":     readAs[InviteClaimed],
	"BindingConfirmed":  readAs[BindingConfirmed],
	"BindingRefused":    readAs[BindingRefused],
	"LanguageChosen":    readAs[LanguageChosen],
	"ReachChanged":      readAs[ReachChanged],
	"VisitReported":     readAs[VisitReported],
	"VisitCorrected":    readAs[VisitCorrected],
	"AttachmentAdded":   readAs[AttachmentAdded],
	"ProblemRaised":     readAs[ProblemRaised],
	"ProblemCorrected":  readAs[ProblemCorrected],
	"RhythmSet":         readAs[RhythmSet],
	"ContactBooked":     readAs[ContactBooked],
	"ContactPaused":     readAs[ContactPaused],
	"ContactResumed":    readAs[ContactResumed],
	"ChangeNoted":       readAs[ChangeNoted],
	"CallLogged":        readAs[CallLogged],
	"ReminderSnoozed":   readAs[ReminderSnoozed],
	"PhoneShown":        readAs[PhoneShown],
	"VillageTold":       readAs[VillageTold],
	"MissPassed":        readAs[MissPassed],
	"MissSeen":          readAs[MissSeen],
	"MissSilenced":      readAs[MissSilenced],
	"ProblemMoved":      readAs[ProblemMoved],
	"ProblemAssigned":   readAs[ProblemAssigned],
	"VisitReturned":     readAs[VisitReturned],
	"NoticesChosen":     readAs[NoticesChosen],
	"WorkdaySet":        readAs[WorkdaySet],
	"HandoverProposed":  readAs[HandoverProposed],
	"HandoverMoved":     readAs[HandoverMoved],
	"StaffSuspended":    readAs[StaffSuspended],
	"StaffRestored":     readAs[StaffRestored],
	"GroupChatLinked":   readAs[GroupChatLinked],
	"SendingHeld":       readAs[SendingHeld],
	"SendingReleased":   readAs[SendingReleased],
	"DowntimeNoted":     readAs[DowntimeNoted],
	"DutyPassed":        readAs[DutyPassed],
	"TaskBookDrafted":   readAs[TaskBookDrafted],
	"TaskBookMoved":     readAs[TaskBookMoved],
	"TaskBooksFor":      readAs[TaskBooksFor],
	"IssueGathered":     readAs[IssueGathered],
	"IssueMoved":        readAs[IssueMoved],
	"TrademarkRecorded": readAs[TrademarkRecorded],
	"MatterRecorded":    readAs[MatterRecorded],
	"MatterMoved":       readAs[MatterMoved],
	"ServicesSet":       readAs[ServicesSet],
	"ServiceGiven":      readAs[ServiceGiven],
	"PolicyIssued":      readAs[PolicyIssued],
	"PolicyWithdrawn":   readAs[PolicyWithdrawn],
	"PolicyExplained":   readAs[PolicyExplained],
	"ExportBegun":       readAs[ExportBegun],
	"ExportEnded":       readAs[ExportEnded],
	"RecordsHandedOver": readAs[RecordsHandedOver],
	"ApprovalAsked":     readAs[ApprovalAsked],
	"ApprovalDecided":   readAs[ApprovalDecided],
	"ImportApplied":     readAs[ImportApplied],
	"ImportUndone":      readAs[ImportUndone],
	"ProblemAmended":    readAs[ProblemAmended],
	"TargetsMerged":     readAs[TargetsMerged],
	"Announced":         readAs[Announced],
	"AnnouncementRead":  readAs[AnnouncementRead],
	"RoundPlanned":      readAs[RoundPlanned],
	"RoundClosed":       readAs[RoundClosed],
	"SettingChanged":    readAs[SettingChanged],
	"DiaryWritten":      readAs[DiaryWritten],
}

func readAs[F Fact](decode func(any) error) (Fact, error) {
	var f F
	err := decode(&f)
	return f, err
}

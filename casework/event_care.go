package casework

import "time"

// RhythmSet changes how often a target is contacted. Its reason is the event's.
type RhythmSet struct {
	TargetID TargetID `json:"target"`
	Rhythm   *Rhythm  `json:"rhythm,omitempty"` // nil: as the parameters say
}

// ContactBooked moves the next contact of a target to a day when the person in
// charge has less to do.
type ContactBooked struct {
	TargetID TargetID `json:"target"`
	Contact  Contact  `json:"contact"`
}

// ContactPaused silences everything about a target.
type ContactPaused struct {
	TargetID TargetID `json:"target"`
	Pause    Pause    `json:"pause"`
}

// ContactResumed ends a pause; contacts begin again with the event's day.
type ContactResumed struct {
	TargetID TargetID `json:"target"`
}

// ChangeNoted says that something grave happened to a target's people: an option
// of [GraveChanges]. Somebody goes there within a day.
type ChangeNoted struct {
	TargetID TargetID `json:"target"`
	Change   string   `json:"change"`
}

// CallLogged seals a telephone check-in.
type CallLogged struct {
	Call Call `json:"call"`
}

// ReminderSnoozed hides a reminder for a while.
type ReminderSnoozed struct {
	TargetID TargetID `json:"target"`
	Snooze   Snooze   `json:"snooze"`
}

// PhoneShown says that somebody looked at a telephone number.
type PhoneShown struct {
	TargetID TargetID `json:"target"`
}

// VillageTold says that the village's contact was told to look in on a target.
type VillageTold struct {
	TargetID TargetID `json:"target"`
}

// MissPassed passes a missed contact up to a rung, once.
type MissPassed struct {
	TargetID TargetID  `json:"target"`
	DueOn    Date      `json:"due"`
	Rung     Rung      `json:"rung"`
	To       []StaffID `json:"to,omitempty"`
}

// MissSeen says that somebody it was passed to has seen it.
type MissSeen struct {
	TargetID TargetID `json:"target"`
	DueOn    Date     `json:"due"`
}

// MissSilenced passes a missed contact no further. Its reason is the event's.
type MissSilenced struct {
	TargetID TargetID `json:"target"`
	DueOn    Date     `json:"due"`
}

// ProblemAssigned gives a problem to another owner.
type ProblemAssigned struct {
	ProblemID ProblemID `json:"problem"`
	OwnerID   StaffID   `json:"owner"`
}

// VisitReturned asks the reporter for more.
type VisitReturned struct {
	VisitID VisitID `json:"visit"`
	Remark  string  `json:"remark"`
}

// NoticesChosen says which notices a person does not want, and when none.
type NoticesChosen struct {
	StaffID StaffID  `json:"staff"`
	Muted   []Notice `json:"muted,omitempty"`
	Quiet   *Hours   `json:"quiet,omitempty"` // nil: [DefaultQuiet]
}

// WorkdaySet is the office's word on a day.
type WorkdaySet struct {
	Workday Workday `json:"workday"`
}

// HandoverProposed asks the taker.
type HandoverProposed struct {
	Handover Handover `json:"handover"`
}

// HandoverMoved takes a handover to another state. When it is accepted, the
// targets, roles and problems that move are named.
type HandoverMoved struct {
	HandoverID HandoverID    `json:"handover"`
	To         HandoverState `json:"to"`
	TargetIDs  []TargetID    `json:"targets,omitempty"`
	Roles      []PairingRole `json:"roles,omitempty"`
	ProblemIDs []ProblemID   `json:"problems,omitempty"`
}

// StaffSuspended takes a person's rights; StaffRestored gives them back.
type StaffSuspended struct {
	StaffID StaffID `json:"staff"`
}

// StaffRestored gives a suspended person's rights back.
type StaffRestored struct {
	StaffID StaffID `json:"staff"`
}

// GroupChatLinked names the Telegram group of a working group; zero for none.
type GroupChatLinked struct {
	GroupID GroupID `json:"group"`
	Chat    int64   `json:"chat"`
}

// SendingHeld stops what comes from the clock until somebody says that the
// clock is right.
type SendingHeld struct {
	Hold Hold `json:"hold"`
}

// SendingReleased lets it go on.
type SendingReleased struct{}

// DowntimeNoted says when the program did not run, and how many firings of each
// job were lost to it.
type DowntimeNoted struct {
	From   time.Time      `json:"from"`
	To     time.Time      `json:"to"`
	Missed map[string]int `json:"missed,omitempty"`
}

// Kind implements [Fact].
func (RhythmSet) Kind() FactKind { return "RhythmSet" }

// Kind implements [Fact].
func (ContactBooked) Kind() FactKind { return "ContactBooked" }

// Kind implements [Fact].
func (ContactPaused) Kind() FactKind { return "ContactPaused" }

// Kind implements [Fact].
func (ContactResumed) Kind() FactKind { return "ContactResumed" }

// Kind implements [Fact].
func (ChangeNoted) Kind() FactKind { return "ChangeNoted" }

// Kind implements [Fact].
func (CallLogged) Kind() FactKind { return "CallLogged" }

// Kind implements [Fact].
func (ReminderSnoozed) Kind() FactKind { return "ReminderSnoozed" }

// Kind implements [Fact].
func (PhoneShown) Kind() FactKind { return "PhoneShown" }

// Kind implements [Fact].
func (VillageTold) Kind() FactKind { return "VillageTold" }

// Kind implements [Fact].
func (MissPassed) Kind() FactKind { return "MissPassed" }

// Kind implements [Fact].
func (MissSeen) Kind() FactKind { return "MissSeen" }

// Kind implements [Fact].
func (MissSilenced) Kind() FactKind { return "MissSilenced" }

// Kind implements [Fact].
func (ProblemMoved) Kind() FactKind { return "ProblemMoved" }

// Kind implements [Fact].
func (ProblemAssigned) Kind() FactKind { return "ProblemAssigned" }

// Kind implements [Fact].
func (VisitReturned) Kind() FactKind { return "VisitReturned" }

// Kind implements [Fact].
func (NoticesChosen) Kind() FactKind { return "NoticesChosen" }

// Kind implements [Fact].
func (WorkdaySet) Kind() FactKind { return "WorkdaySet" }

// Kind implements [Fact].
func (HandoverProposed) Kind() FactKind { return "HandoverProposed" }

// Kind implements [Fact].
func (HandoverMoved) Kind() FactKind { return "HandoverMoved" }

// Kind implements [Fact].
func (StaffSuspended) Kind() FactKind { return "StaffSuspended" }

// Kind implements [Fact].
func (StaffRestored) Kind() FactKind { return "StaffRestored" }

// Kind implements [Fact].
func (GroupChatLinked) Kind() FactKind { return "GroupChatLinked" }

// Kind implements [Fact].
func (SendingHeld) Kind() FactKind { return "SendingHeld" }

// Kind implements [Fact].
func (SendingReleased) Kind() FactKind { return "SendingReleased" }

// Kind implements [Fact].
func (DowntimeNoted) Kind() FactKind { return "DowntimeNoted" }

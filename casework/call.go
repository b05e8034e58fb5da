package casework

import (
	"fmt"
	"time"

	"zoufang/form"
)

// CallID names a call. A draft of the phone form has the number of the call it
// becomes.
type CallID uint64

// CallResult 接通情况 says whether anybody answered.
type CallResult string

// The results. Stored by name: never rename.
const (
	// Connected 接通.
	Connected CallResult = "connected"
	// NoAnswer 没接.
	NoAnswer CallResult = "no_answer"
	// Busy 占线.
	Busy CallResult = "busy"
	// WrongNumber 号码不对.
	WrongNumber CallResult = "wrong_number"
	// CallRefused 不愿接听.
	CallRefused CallResult = "refused"
)

// Wellbeing 近况 is how the people are.
type Wellbeing string

// The states. Stored by name: never rename.
const (
	// Fine 正常.
	Fine Wellbeing = "ok"
	// NeedsAttention 需关注.
	NeedsAttention Wellbeing = "attention"
	// InEmergency 紧急.
	InEmergency Wellbeing = "emergency"
)

// Satisfaction 满意度 is what the household says of how a problem was solved.
type Satisfaction string

// The degrees. Stored by name: never rename.
const (
	// Satisfied 满意.
	Satisfied Satisfaction = "very"
	// FairlySatisfied 基本满意.
	FairlySatisfied Satisfaction = "fairly"
	// NotSatisfied 不满意.
	NotSatisfied Satisfaction = "not"
	// NotReached 未联系上.
	NotReached Satisfaction = "no_contact"
)

// Answered reports whether somebody spoke with the caller.
func (c CallResult) Answered() bool { return c == Connected }

// CallForm is the id of the phone form. Its item "callback" is not asked: the
// program answers it with "yes" where the call is about a resolved problem.
const CallForm = "call"

// CallPrefix is what the codes of calls made on that day begin with.
func CallPrefix(on Date) string {
	return fmt.Sprintf("HF-%02d%02d%02d", on.Year%100, int(on.Month), on.Day)
}

// CallCode is the code of the n-th call of the day: HF-170907-001.
func CallCode(on Date, n int) string { return fmt.Sprintf("%s-%03d", CallPrefix(on), n) }

// Call 电话询问 is one telephone check-in, answered or not. It is never counted
// as a visit.
type Call struct {
	ID       CallID     `json:"id"`
	Code     string     `json:"code"` // HF-170907-001
	TargetID TargetID   `json:"target"`
	Way      Way        `json:"way"`               // ByCall or CallBack
	Problem  ProblemID  `json:"problem,omitempty"` // CallBack: the problem asked about
	By       StaffID    `json:"by"`
	On       Date       `json:"on"`
	At       time.Time  `json:"at"`
	DueOn    Date       `json:"due,omitzero"` // of the contact that it fulfils; zero if none was booked
	Result   CallResult `json:"result"`
	// Attempt counts calls in a row without answer, this one included; zero
	// for one that was answered.
	Attempt int `json:"attempt,omitempty"`

	// The rest is set for calls that were answered.

	Wellbeing    Wellbeing    `json:"wellbeing,omitempty"`
	Satisfaction Satisfaction `json:"satisfaction,omitempty"` // CallBack
	Reason       string       `json:"reason,omitempty"`       // why they are not satisfied
	// Answers are those of the phone form; nil for a call that needed none.
	Answers     form.Answers `json:"answers,omitempty"`
	FormVersion int          `json:"form_version,omitempty"`
	ProblemIDs  []ProblemID  `json:"problems,omitempty"`    // raised by the call
	NextContact Date         `json:"next_contact,omitzero"` // agreed; zero if none was
	Attachments []Attachment `json:"attachments,omitempty"`
}

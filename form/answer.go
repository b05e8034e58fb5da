package form

import (
	"slices"
	"strings"
)

// Via says how an answer came about.
type Via string

// The ways an answer comes about. They are stored: never rename one.
const (
	Tapped    Via = "tapped"
	Typed     Via = "typed"
	Same      Via = "same"      // "same as last time"
	Rest      Via = "rest"      // "the rest unchanged"
	Defaulted Via = "defaulted" // the item's default, taken without asking
	Spoken    Via = "spoken"    // a voice note
	Edited    Via = "edited"    // by editing a message sent before
)

// Answer is what was answered at one step. An answer with neither values nor
// Skipped is none.
type Answer struct {
	// Values are option ids in the order of the definition for selects; one
	// string otherwise: the text, a decimal integer, a date as 2017-04-05, or
	// "voice:" and the file's unique id when Via is Spoken. At a gate it is
	// "more" or "done".
	Values  []string `json:"v,omitempty"`
	Via     Via      `json:"by,omitempty"`
	Skipped bool     `json:"skip,omitempty"`
}

// Answers holds the answers of a form by the path of their step: "income"; in
// repeats "problem/1/words"; for gates "problem/?".
type Answers map[string]Answer

// The two answers of a gate.
const (
	more = "more"
	done = "done"
)

const voicePrefix = "voice:"

func (a Answer) given() bool { return a.Skipped || len(a.Values) > 0 }

// voice reports whether the answer is a voice note. Via decides, since a person
// may type the prefix.
func (a Answer) voice() bool {
	return a.Via == Spoken && len(a.Values) == 1 && strings.HasPrefix(a.Values[0], voicePrefix) &&
		len(a.Values[0]) > len(voicePrefix)
}

func (a Answer) clone() Answer {
	a.Values = slices.Clone(a.Values)
	return a
}

func (a Answers) clone() Answers {
	out := make(Answers, len(a))
	for path, answer := range a {
		out[path] = answer.clone()
	}
	return out
}

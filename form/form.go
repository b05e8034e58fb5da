// Package form is the visit record form: what is asked, what counts as an
// answer, and which item comes next.
//
// A [Definition] is data. Its item types and rules carry XLSForm's words
// (select_one, required, relevant, constraint, choice filter, repeat), so that a
// form drawn for ODK or Kobo can be read without a second engine. A published
// version never changes, and a record keeps the version it was filled in with.
//
// A [Sheet] is a definition being filled in. It is made from the answers so far
// and answers every question about them: which steps are relevant, which is
// next, whether an answer is right and, if not, what would be right (a
// [Refusal]). Nothing but the answers is kept between two sheets, so a draft
// can be put away at any step and taken up again under a later version
// ([Migrate]).
//
// Two parts are the same in several forms and are included: the problem part
// records problems that were found, and the open part asks what became of those
// that were known before. The latter is a repeat without a gate: it has one
// instance for each [OpenProblem] of the context.
//
// The package knows no clock, no person and no wording of a conversation: the
// day comes in with [Context], and sentences are made by those who speak.
package form

// Label is a text in the two languages of the forms.
type Label struct {
	Zh string `json:"zh" yaml:"zh"`
	En string `json:"en,omitempty" yaml:"en"`
}

// In returns the label in the language "zh-Hans" or "en". A language without a
// text, or an unknown one, gets the Chinese.
func (l Label) In(lang string) string {
	if lang == "en" && l.En != "" {
		return l.En
	}
	return l.Zh
}

// Type is the kind of answer an item takes, in XLSForm's words.
type Type string

// The types of items. They are stored: never rename one.
const (
	SelectOne      Type = "select_one"
	SelectMultiple Type = "select_multiple"
	Text           Type = "text"
	Integer        Type = "integer"
	DateType       Type = "date"
	Note           Type = "note"
)

// Option is one choice of a select item.
type Option struct {
	ID    string `json:"id" yaml:"id"`
	Label Label  `json:"label" yaml:"label"`
	// Exclusive says that the option stands alone, such as "none of these".
	Exclusive bool `json:"exclusive,omitempty" yaml:"exclusive"`
	// Aliases are further words that a person may type for the option.
	Aliases []string `json:"aliases,omitempty" yaml:"aliases"`
	// If is XLSForm's choice filter: the option is offered while it holds.
	If string `json:"if,omitempty" yaml:"if"`
}

// Item is one question of a form.
type Item struct {
	ID string `json:"id" yaml:"id"`
	// No is 1 to 11 for the "10+1" items, and 0 for those that accompany them. A
	// short form has fewer.
	No       int      `json:"no,omitempty" yaml:"no"`
	Type     Type     `json:"type" yaml:"type"`
	Label    Label    `json:"label" yaml:"label"`
	Question Label    `json:"question" yaml:"question"`
	Hint     Label    `json:"hint,omitzero" yaml:"hint"`
	Options  []Option `json:"options,omitempty" yaml:"options"`
	// Required, Relevant and Constraint are expressions; an empty one means
	// optional, always relevant, and no constraint. Required may also be the
	// bare word yes.
	Required   string `json:"required,omitempty" yaml:"required"`
	Relevant   string `json:"relevant,omitempty" yaml:"relevant"`
	Constraint string `json:"constraint,omitempty" yaml:"constraint"`
	// ConstraintMessage says what would be right; it comes with the refusal.
	ConstraintMessage Label `json:"constraint_message,omitzero" yaml:"constraint_message"`
	// Default is a bare option id or an expression such as ${free}.
	Default string `json:"default,omitempty" yaml:"default"`
	// Auto marks an item that takes its default without being asked. In a repeat
	// the default is taken anew when an item before it is answered, until somebody
	// answers the item itself.
	Auto bool `json:"auto,omitempty" yaml:"auto"`
	// Hidden marks an auto item, or a member of a Given repeat, that the program
	// answers: people neither go back to it nor see it in a review.
	Hidden bool `json:"hidden,omitempty" yaml:"hidden"`
	// Carry marks a state that lasts, as against a change since last time:
	// "the rest unchanged" repeats last visit's answer instead of the default.
	Carry bool `json:"carry,omitempty" yaml:"carry"`
	// Stop marks the item at which "the rest unchanged" halts.
	Stop bool `json:"stop,omitempty" yaml:"stop"`
	// Voice says that a voice note is an answer as well.
	Voice bool `json:"voice,omitempty" yaml:"voice"`
	// Code marks a text that is a code: typed wide letters and digits are kept
	// narrow, and small letters as capitals.
	Code bool `json:"code,omitempty" yaml:"code"`
	// Min and Max bound the runes of a text or the value of an integer; two
	// zeros mean no bounds.
	Min int `json:"min,omitempty" yaml:"min"`
	Max int `json:"max,omitempty" yaml:"max"`
	// Repeat is the id of the repeat group the item belongs to, or empty.
	Repeat string `json:"repeat,omitempty" yaml:"repeat"`
}

// Repeat is a group of items that can be answered several times, such as one
// problem after another. Its members stand together in the definition.
type Repeat struct {
	ID       string `json:"id" yaml:"id"`
	Label    Label  `json:"label" yaml:"label"`
	Relevant string `json:"relevant,omitempty" yaml:"relevant"`
	// Given marks a repeat that has an instance for each open problem of the
	// context. Two of its items are hidden and come from there: code, and
	// resolved, which is yes or no.
	Given bool `json:"given,omitempty" yaml:"given"`
	Min   int  `json:"min,omitempty" yaml:"min"`
	Max   int  `json:"max" yaml:"max"`
	// Ask is the question of the gate ("another one?"), More and Done are its
	// two answers. There is no gate where Given, nor where Min is Max.
	Ask  Label `json:"ask,omitzero" yaml:"ask"`
	More Label `json:"more,omitzero" yaml:"more"`
	Done Label `json:"done,omitzero" yaml:"done"`
}

// Definition is one version of a form. It is stored as JSON for as long as
// there are records filled in with it.
type Definition struct {
	ID      string `json:"id" yaml:"id"`
	Version int    `json:"version" yaml:"version"`
	// Base is the version of the program's own form that this one was made of, by
	// giving options other labels; zero: it is the program's own.
	Base  int   `json:"base,omitempty" yaml:"-"`
	Title Label `json:"title" yaml:"title"`
	// Short marks a form that is no "10+1": a few numbered items, and no stop.
	Short   bool     `json:"short,omitempty" yaml:"short"`
	Items   []Item   `json:"items" yaml:"items"`
	Repeats []Repeat `json:"repeats,omitempty" yaml:"repeats"`
}

// Origin is the version of the program's own form that d is, or was made of.
func (d *Definition) Origin() int {
	if d.Base != 0 {
		return d.Base
	}
	return d.Version
}

// Item returns the item with the id. It points into the definition and is not
// to be changed.
func (d *Definition) Item(id string) (*Item, bool) {
	for i := range d.Items {
		if d.Items[i].ID == id {
			return &d.Items[i], true
		}
	}
	return nil, false
}

// gated reports whether the number of instances is up to the person.
func (r *Repeat) gated() bool { return !r.Given && r.Min < r.Max }

func (d *Definition) repeat(id string) (*Repeat, bool) {
	for i := range d.Repeats {
		if d.Repeats[i].ID == id {
			return &d.Repeats[i], true
		}
	}
	return nil, false
}

// option returns the option with the id, whether it is offered or not.
func (it *Item) option(id string) (*Option, bool) {
	for i := range it.Options {
		if it.Options[i].ID == id {
			return &it.Options[i], true
		}
	}
	return nil, false
}

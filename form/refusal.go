package form

// RefusalCode says why an answer is refused. The codes are the keys of the
// sentences said to the person.
type RefusalCode string

// The reasons for a refusal.
const (
	Empty      RefusalCode = "empty"        // nothing was said, and the item is required
	NotAChoice RefusalCode = "not_a_choice" // none of the options
	Ambiguous  RefusalCode = "ambiguous"    // several options fit; Options names them
	NotADate   RefusalCode = "not_a_date"
	DateFuture RefusalCode = "date_future" // after today, where only the past is right
	DatePast   RefusalCode = "date_past"   // today or before, where only the future is right
	DateTooOld RefusalCode = "date_too_old"
	NotANumber RefusalCode = "not_a_number"
	OutOfRange RefusalCode = "out_of_range" // a number outside Min and Max, or a date too far ahead
	TooLong    RefusalCode = "too_long"     // more than Max runes
	TooShort   RefusalCode = "too_short"    // fewer than Min runes
	IDNumber   RefusalCode = "id_number"    // holds an identity card number
	Phone      RefusalCode = "phone"        // holds a telephone number
	Constraint RefusalCode = "constraint"   // against the item's constraint; Message says what would be right
	TooMany    RefusalCode = "too_many"     // several where one is right, or one more than Max
)

// Refusal is the error for an answer that does not fit. It says what would be
// right.
type Refusal struct { //nolint:errname // a refusal is what the person gets, and the word of the product
	Code RefusalCode
	Item string // id of the item, or of the repeat at a gate
	Max  int    // the item's bounds, where the code speaks of them
	Min  int
	// Got is what was understood: a date as 2017-04-05, a count, or the piece
	// that is no choice. It is empty for private content.
	Got     string
	Message Label    // the item's constraint message
	Options []Option // the choices that would be right, or those that fit equally well
}

// Error describes the refusal for a log: it holds nothing the person typed.
func (r *Refusal) Error() string {
	return "item " + r.Item + ": answer refused: " + string(r.Code)
}

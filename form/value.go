package form

import (
	"cmp"
	"strconv"
	"strings"
)

type valueKind int

const (
	textKind valueKind = iota
	numberKind
	dateKind
	truthKind
)

// value is what an expression computes. The zero value is the empty text, which
// stands for an unanswered item as well.
type value struct {
	kind valueKind
	text string
	n    int // a number; 1 or 0 for a truth
	date Date
}

func textOf(s string) value { return value{text: s} }

func numberOf(n int) value { return value{kind: numberKind, n: n} }

func dateOf(d Date) value { return value{kind: dateKind, date: d} }

func truth(yes bool) value {
	if yes {
		return value{kind: truthKind, n: 1}
	}
	return value{kind: truthKind}
}

func (v value) String() string {
	switch v.kind {
	case numberKind:
		return strconv.Itoa(v.n)
	case dateKind:
		return v.date.String()
	case truthKind:
		return strconv.FormatBool(v.n != 0)
	case textKind:
	}
	return v.text
}

// holds reports whether the value counts as true: a number other than 0, a
// text other than the empty one, a date.
func (v value) holds() bool {
	switch v.kind {
	case numberKind, truthKind:
		return v.n != 0
	case dateKind:
		return !v.date.IsZero()
	case textKind:
	}
	return v.text != ""
}

func (v value) asNumber() (int, bool) {
	if v.kind == textKind {
		// Most texts are option ids; an error costs more than a look.
		if v.text == "" || letter(v.text[0]) {
			return 0, false
		}
		n, err := strconv.Atoi(v.text)
		return n, err == nil
	}
	return v.n, v.kind == numberKind
}

func (v value) asDate() (Date, bool) {
	d := v.date
	if v.kind == textKind && (len(v.text) != len("2017-04-05") || d.UnmarshalText([]byte(v.text)) != nil) {
		return Date{}, false
	}
	return d, !d.IsZero()
}

// compare applies a comparison: as truths, dates or numbers if both sides can be
// read so, else as texts, which can only be equal or not.
func compare(op string, a, b value) bool {
	if a.kind == truthKind || b.kind == truthKind {
		return equality(op, a.holds() == b.holds())
	}
	x, aDate := a.asDate()
	y, bDate := b.asDate()
	if aDate && bDate {
		return ordered(op, x.Compare(y))
	}
	m, aNumber := a.asNumber()
	n, bNumber := b.asNumber()
	if aNumber && bNumber {
		return ordered(op, cmp.Compare(m, n))
	}
	return equality(op, a.String() == b.String())
}

func equality(op string, same bool) bool {
	return op == "=" && same || op == "!=" && !same
}

func ordered(op string, c int) bool {
	switch {
	case c < 0:
		return op == "<" || op == "<=" || op == "!="
	case c > 0:
		return op == ">" || op == ">=" || op == "!="
	}
	return strings.HasSuffix(op, "=") && op != "!="
}

// maxShift bounds the days added to a date; it is more than any calendar here
// needs and keeps the result a date.
const maxShift = 1_000_000

// add adds days to a date or a number to a number, or takes two dates from each
// other. Anything else is the empty text.
func add(a, b value, sign int) value {
	day, isDate := a.asDate()
	n, isNumber := b.asNumber()
	if isDate && isNumber && -maxShift < n && n < maxShift {
		return dateOf(day.AddDays(sign * n))
	}
	other, areDates := b.asDate()
	if isDate && areDates && sign < 0 {
		return numberOf(day.DaysSince(other))
	}
	if m, ok := a.asNumber(); ok && isNumber {
		return numberOf(m + sign*n)
	}
	return value{}
}

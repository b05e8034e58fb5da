package form

import (
	"slices"
	"strconv"
	"unicode/utf8"
)

// Options returns the choices that are offered at the step: its options less
// those whose condition does not hold. A gate offers "more" and "done".
func (s *Sheet) Options(step Step) []Option {
	if step.Gate() {
		return []Option{
			{ID: more, Label: step.Repeat.More, Aliases: []string{"是", "有", "要", "yes", "y"}},
			{ID: done, Label: step.Repeat.Done, Aliases: []string{"否", "不", "没有", "不要", "没有了", "no", "n"}},
		}
	}
	var out []Option
	for _, o := range step.Item.Options {
		if s.holds(o.If, step, true) {
			out = append(out, o)
		}
	}
	return out
}

// Required reports whether the step cannot be skipped. A gate must be answered
// too, though nothing is lost without it: see [Sheet.Missing].
func (s *Sheet) Required(step Step) bool {
	if step.Gate() {
		return true
	}
	// The bare words are told apart here, and not kept with the parsed
	// expressions: a default may be the same word and mean an option.
	switch step.Item.Required {
	case "yes", "true":
		return true
	case "no", "false":
		return false
	}
	return s.holds(step.Item.Required, step, false)
}

// Check reports whether the answer is right for the step, however it came about.
// The error is a *[Refusal].
func (s *Sheet) Check(step Step, a Answer) error {
	// A nil *Refusal in an error would not be nil.
	if r := s.judge(step, a); r != nil {
		return r
	}
	return nil
}

func (s *Sheet) judge(step Step, a Answer) *Refusal {
	if a.Skipped || len(a.Values) == 0 {
		if !a.Skipped || s.Required(step) {
			return step.refuse(Empty)
		}
		return nil
	}
	if step.Gate() {
		return s.judgeChoice(step, a.Values)
	}
	var r *Refusal
	switch step.Item.Type {
	case SelectOne, SelectMultiple:
		r = s.judgeChoice(step, a.Values)
	case Text:
		r = judgeText(step, a)
	case Integer:
		r = judgeInteger(step, a.Values)
	case DateType:
		return s.judgeDate(step, a.Values)
	case Note:
		r = step.refuse(NotAChoice)
	}
	if r == nil && !a.voice() && !s.allowed(step, step.Item.value(a)) {
		r = step.refuse(Constraint)
	}
	return r
}

// allowed reports whether a value satisfies the item's constraint.
func (s *Sheet) allowed(step Step, v value) bool {
	return step.Item.Constraint == "" || s.evaluate(step.Item.Constraint, parseExpression, step, v).holds()
}

// refuse begins a refusal with what the item says about itself.
func (s Step) refuse(code RefusalCode) *Refusal {
	if s.Gate() {
		return &Refusal{Code: code, Item: s.Repeat.ID}
	}
	return &Refusal{Code: code, Item: s.Item.ID, Min: s.Item.Min, Max: s.Item.Max, Message: s.Item.ConstraintMessage}
}

// refuseChoice refuses with the options that would be right or that compete.
func (s Step) refuseChoice(code RefusalCode, options []Option) *Refusal {
	r := s.refuse(code)
	r.Options = options
	return r
}

func (s *Sheet) judgeChoice(step Step, ids []string) *Refusal {
	options := s.Options(step)
	multiple := !step.Gate() && step.Item.Type == SelectMultiple
	if len(ids) > 1 && !multiple {
		return step.refuseChoice(TooMany, options)
	}
	for i, id := range ids {
		o := slices.IndexFunc(options, func(o Option) bool { return o.ID == id })
		if o < 0 || slices.Contains(ids[:i], id) {
			return step.refuseChoice(NotAChoice, options)
		}
		if options[o].Exclusive && len(ids) > 1 {
			return step.refuseChoice(TooMany, options[o:o+1])
		}
	}
	return nil
}

func judgeText(step Step, a Answer) *Refusal {
	if len(a.Values) > 1 {
		return step.refuse(TooMany)
	}
	if a.voice() && step.Item.Voice {
		return nil
	}
	if a.Via == Spoken {
		return step.refuse(Constraint)
	}
	text := a.Values[0]
	if code := FindPrivate(text); code != "" {
		return step.refuse(code)
	}
	n := utf8.RuneCountInString(text)
	switch {
	case n == 0:
		return step.refuse(Empty)
	case n > step.Item.Max:
		return step.refuseGot(TooLong, strconv.Itoa(n))
	case n < step.Item.Min:
		return step.refuseGot(TooShort, strconv.Itoa(n))
	}
	return nil
}

func (s Step) refuseGot(code RefusalCode, got string) *Refusal {
	r := s.refuse(code)
	r.Got = got
	return r
}

func judgeInteger(step Step, values []string) *Refusal {
	n, err := strconv.Atoi(values[0])
	it := step.Item
	switch {
	case len(values) > 1:
		return step.refuse(TooMany)
	case err != nil || strconv.Itoa(n) != values[0]:
		return step.refuse(NotANumber)
	case it.Min != it.Max && (n < it.Min || n > it.Max):
		return step.refuseGot(OutOfRange, values[0])
	}
	return nil
}

func (s *Sheet) judgeDate(step Step, values []string) *Refusal {
	var d Date
	switch err := d.UnmarshalText([]byte(values[0])); {
	case len(values) > 1:
		return step.refuse(TooMany)
	case err != nil || d.IsZero():
		return step.refuse(NotADate)
	case s.allowed(step, dateOf(d)):
		return nil
	}
	return step.refuseGot(s.dateFault(step, d), d.String())
}

// dateFault says what is wrong with a date against its constraint, by asking the
// constraint about the days around today.
func (s *Sheet) dateFault(step Step, d Date) RefusalCode {
	past := s.allowed(step, dateOf(s.c.Today)) || s.allowed(step, dateOf(s.c.Earliest))
	future := s.allowed(step, dateOf(s.c.Today.AddDays(1)))
	switch {
	case d.After(s.c.Today) && future:
		return OutOfRange
	case d.After(s.c.Today) && past:
		return DateFuture
	case past:
		return DateTooOld
	case future:
		return DatePast
	}
	return Constraint
}

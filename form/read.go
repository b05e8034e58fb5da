package form

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Read turns what a person typed at the step into an answer. Choices may be
// named by label, alias, unique beginning of a label, or number as listed by
// [Sheet.Options]; several are put between commas, spaces and the like. Dates,
// numbers and digits may be written in any Chinese or Western way; of a date
// without a year the nearest that is allowed is meant. At an optional item 无 and
// the like skip it. The error is a *[Refusal].
func (s *Sheet) Read(step Step, text string) (Answer, error) {
	text = Clean(text)
	a := Answer{Via: Typed}
	var r *Refusal
	switch {
	case text == "":
		r = step.refuseChoice(Empty, s.Options(step))
	case step.Gate():
		a.Values, r = s.readChoice(step, text)
	default:
		a, r = s.readItem(step, text)
	}
	if r == nil {
		r = s.judge(step, a)
	}
	if r != nil {
		return Answer{}, r
	}
	return a, nil
}

func (s *Sheet) readItem(step Step, text string) (Answer, *Refusal) {
	a := Answer{Via: Typed}
	var r *Refusal
	switch step.Item.Type {
	case SelectOne:
		a.Values, r = s.readChoice(step, text)
		return a, r
	case SelectMultiple:
		a.Values, r = s.readChoices(step, text)
		return a, r
	case Note:
		return Answer{Via: Typed, Skipped: true}, nil
	case Text, Integer, DateType:
	}
	if nothing(text) && !s.Required(step) {
		return Answer{Via: Typed, Skipped: true}, nil
	}
	if step.Item.Code {
		text = strings.ToUpper(Fold(text))
	}
	a.Values = []string{text}
	if step.Item.Type == Integer {
		n, ok := readInteger(text)
		if !ok {
			return a, step.refuseGot(NotANumber, got(text))
		}
		a.Values[0] = strconv.Itoa(n)
	}
	if step.Item.Type == DateType {
		days := readDays(text, s.c.Today)
		if len(days) == 0 {
			return a, step.refuseGot(NotADate, got(text))
		}
		a.Values[0] = s.nearest(step, days).String()
	}
	return a, nil
}

// nothing reports whether a person says that there is nothing to say.
func nothing(text string) bool {
	switch strings.TrimRight(Fold(text), "。.! ") {
	case "无", "無", "没", "没有", "沒有", "没了", "没有了", "无诉求", "没有诉求", "none", "no", "nothing", "n/a", "-":
		return true
	}
	return false
}

// got is the piece that was not understood, as far as it may be repeated.
func got(text string) string {
	if FindPrivate(text) != "" || utf8.RuneCountInString(text) > 30 {
		return ""
	}
	return text
}

// nearest returns the day closest to today that the item allows, or the closest
// of all if it allows none.
func (s *Sheet) nearest(step Step, days []Date) Date {
	distance := func(d Date) int { return max(d.DaysSince(s.c.Today), -d.DaysSince(s.c.Today)) }
	slices.SortStableFunc(days, func(a, b Date) int { return distance(a) - distance(b) })
	for _, d := range days {
		if s.allowed(step, dateOf(d)) {
			return d
		}
	}
	return days[0]
}

func (s *Sheet) readChoice(step Step, text string) ([]string, *Refusal) {
	options := s.Options(step)
	found := match(options, text)
	switch {
	case len(found) == 1:
		return []string{found[0].ID}, nil
	case len(found) > 1:
		r := step.refuseChoice(Ambiguous, found)
		r.Got = got(text)
		return nil, r
	}
	r := step.refuseChoice(NotAChoice, options)
	r.Got = got(text)
	if pieces := split(text); len(pieces) > 1 {
		if _, none := matchAll(options, pieces); none == "" {
			r.Code = TooMany
		}
	}
	return nil, r
}

func (s *Sheet) readChoices(step Step, text string) ([]string, *Refusal) {
	options := s.Options(step)
	if found := match(options, text); len(found) == 1 {
		return []string{found[0].ID}, nil
	}
	pieces := split(text)
	ids, none := matchAll(options, pieces)
	if none != "" && len(pieces) == 1 {
		if run := matchRun(options, Fold(text)); len(run) > 0 {
			ids, none = run, ""
		}
	}
	if none != "" {
		found := match(options, none)
		r := step.refuseChoice(Ambiguous, found)
		if len(found) == 0 {
			r = step.refuseChoice(NotAChoice, options)
		}
		r.Got = got(none)
		return nil, r
	}
	step.Item.sort(ids)
	return slices.Compact(ids), nil
}

// split takes a list of choices apart.
func split(text string) []string {
	text = strings.ReplaceAll(Fold(text), " and ", ",")
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,、;/|+&和跟及。\n", r) })
}

// matchAll returns the options that the pieces name, or the first piece that
// does not name exactly one.
func matchAll(options []Option, pieces []string) (ids []string, none string) {
	for _, piece := range pieces {
		found := match(options, piece)
		if len(found) != 1 {
			return nil, piece
		}
		ids = append(ids, found[0].ID)
	}
	if len(ids) == 0 {
		return nil, " "
	}
	return ids, ""
}

// matchRun reads whole names written without anything between, as 水电.
func matchRun(options []Option, text string) []string {
	var ids []string
	for text != "" {
		longest, id := 0, ""
		for _, o := range options {
			for _, name := range o.names() {
				if len(name) > longest && strings.HasPrefix(text, name) {
					longest, id = len(name), o.ID
				}
			}
		}
		if longest == 0 {
			return nil
		}
		ids = append(ids, id)
		text = text[longest:]
	}
	return ids
}

// names returns all that the option may be called, folded.
func (o *Option) names() []string {
	names := append([]string{o.Label.Zh, o.Label.En, o.ID}, o.Aliases...)
	for i := range names {
		names[i] = Fold(names[i])
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// match returns the options that a text may mean: the one it names in full or
// by number, or else all whose label begins with it.
func match(options []Option, text string) []Option {
	text = strings.Trim(Fold(text), " 。.!")
	if text == "" {
		return nil
	}
	var begun []Option
	for _, o := range options {
		names := o.names()
		if slices.Contains(names, text) {
			return []Option{o}
		}
		if slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(name, text) }) {
			begun = append(begun, o)
		}
	}
	if n, ok := choiceNumber(text); ok && 1 <= n && n <= len(options) {
		return options[n-1 : n]
	}
	return begun
}

// choiceNumber reads the number of a choice: 1, 一, ①, 第1个, "1.", "(1)".
func choiceNumber(text string) (int, bool) {
	text = strings.TrimPrefix(strings.Trim(text, "()[].、:"), "第")
	for _, unit := range [...]string{"个", "项", "号", "条"} {
		text = strings.TrimSuffix(text, unit)
	}
	return readNumeral(text)
}

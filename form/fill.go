package form

import (
	"slices"
	"strings"
)

// Default returns the item's default as an answer. It returns false if there is
// none at present, or if it would not be right.
func (s *Sheet) Default(step Step) (Answer, bool) {
	if step.Gate() || step.Item.Default == "" {
		return Answer{}, false
	}
	text := s.evaluate(step.Item.Default, parseDefault, step, value{}).String()
	if text == "" {
		return Answer{}, false
	}
	a := Answer{Values: []string{text}, Via: Defaulted}
	if step.Item.Type == SelectMultiple {
		a.Values = strings.Fields(text)
		step.Item.sort(a.Values)
	}
	return a, s.Check(step, a) == nil
}

// Same returns last visit's answer for the step, if it is still right. Choices
// and numbers can be the same as last time; dates, texts, gates and the members
// of repeats belong to their visit alone.
func (s *Sheet) Same(step Step, last Answers) (Answer, bool) {
	if step.Repeat != nil {
		return Answer{}, false
	}
	switch step.Item.Type {
	case Text, DateType, Note:
		return Answer{}, false
	case SelectOne, SelectMultiple, Integer:
	}
	a := last[step.Path].clone()
	a.Via = Same
	return a, !a.Skipped && s.Check(step, a) == nil
}

// Rest answers "the rest is unchanged": every relevant, optional, unanswered
// numbered item from the path up to the item marked Stop gets last visit's
// answer if it carries over, or else its default. From "" means the beginning.
// Rest returns the paths it filled.
func (s *Sheet) Rest(from string, last Answers) []string {
	var filled []string
	start, _, _, begun := s.d.split(from)
	begun = from == "" || !begun
	for i := range s.d.Items {
		it := &s.d.Items[i]
		if it.Stop {
			break
		}
		begun = begun || it == start
		step, relevant := s.Step(it.ID)
		if !begun || !relevant || it.No == 0 || s.Required(step) || s.answered(step) {
			continue
		}
		a, ok := s.Same(step, last)
		if !ok || !it.Carry {
			a, ok = s.Default(step)
		}
		if ok {
			a.Via = Rest
			s.Set(it.ID, a)
			filled = append(filled, it.ID)
		}
	}
	return filled
}

// Toggle returns the answer with the option added, or taken away if it was
// there. An exclusive option clears the others and is cleared by them; at a
// step that takes one choice the option replaces any other. An option that is
// not offered changes nothing.
func (s *Sheet) Toggle(step Step, a Answer, optionID string) Answer {
	options := s.Options(step)
	chosen := slices.IndexFunc(options, func(o Option) bool { return o.ID == optionID })
	if chosen < 0 {
		return a
	}
	values := slices.Clone(a.Values)
	if i := slices.Index(values, optionID); i >= 0 {
		return Answer{Values: slices.Delete(values, i, i+1), Via: Tapped}
	}
	values = slices.DeleteFunc(values, func(id string) bool {
		i := slices.IndexFunc(options, func(o Option) bool { return o.ID == id })
		return i < 0 || options[i].Exclusive
	})
	if step.Gate() || step.Item.Type == SelectOne || options[chosen].Exclusive {
		values = nil
	}
	values = append(values, optionID)
	if !step.Gate() {
		step.Item.sort(values)
	}
	return Answer{Values: values, Via: Tapped}
}

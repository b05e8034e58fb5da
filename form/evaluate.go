package form

import (
	"strconv"
	"strings"
)

// evaluate runs an expression at a step. An expression that does not parse, which
// Parse would have refused, is the empty text.
func (s *Sheet) evaluate(src string, parse func(string) (expression, error), step Step, self value) value {
	e, ok := s.parsed[src]
	if !ok {
		var err error
		if e, err = parse(src); err != nil {
			e = expression{run: constant(value{})}
		}
		s.parsed[src] = e
	}
	return e.run(&scope{
		item:    func(id string) value { return s.value(id, step) },
		skipped: func(id string) bool { return s.skipped(id, step) },
		self:    self,
		n:       step.N,
		c:       s.c,
	})
}

// holds reports whether a condition holds at the step; without a source it is
// otherwise.
func (s *Sheet) holds(src string, step Step, otherwise bool) bool {
	if src == "" {
		return otherwise
	}
	return s.evaluate(src, parseExpression, step, value{}).holds()
}

// refer returns the item with the id and its path as seen from the step: within
// a repeat, the member of the same instance.
func (s *Sheet) refer(id string, step Step) (*Item, string) {
	it, ok := s.d.Item(id)
	if !ok {
		return nil, ""
	}
	if step.Repeat != nil && it.Repeat == step.Repeat.ID {
		return it, memberPath(step.Repeat, step.N, it)
	}
	return it, id
}

// value returns the answer of an item as a value. An item that is not relevant,
// not answered or skipped is the empty text; so is a voice note, since it has no
// words.
func (s *Sheet) value(id string, step Step) value {
	it, path := s.refer(id, step)
	if _, relevant := s.index[path]; !relevant {
		return value{}
	}
	return it.value(s.answers[path])
}

func (it *Item) value(a Answer) value {
	if a.Skipped || a.voice() || len(a.Values) == 0 {
		return value{}
	}
	switch it.Type {
	case Integer:
		if n, err := strconv.Atoi(a.Values[0]); err == nil {
			return numberOf(n)
		}
	case DateType:
		var d Date
		if d.UnmarshalText([]byte(a.Values[0])) == nil {
			return dateOf(d)
		}
	case SelectMultiple:
		return textOf(strings.Join(a.Values, " "))
	case SelectOne, Text, Note:
	}
	return textOf(a.Values[0])
}

// skipped reports whether an item was skipped, or is not asked at all.
func (s *Sheet) skipped(id string, step Step) bool {
	_, path := s.refer(id, step)
	_, relevant := s.index[path]
	return !relevant || s.answers[path].Skipped
}

package simulator

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A field is one parameter of a method or one field of an object.
type field struct {
	name     string
	required bool
	types    []string
	limit    limit
	enum     []string
}

// A limit bounds a value. The unit "" means that there is none.
type limit struct {
	unit     string // chars, bytes, items, MB or number
	parsed   bool   // counted after entity parsing
	min, max int
}

// A schema is the parsed form of the tables.
type schema struct {
	methods map[string]map[string]*field
	names   map[string]string // lower-case method name to its spelling
	types   map[string]map[string]*field
	unions  map[string][]string
	other   map[string]string // lower-case name to spelling: known, not played
	kinds   map[string]bool   // of updates
	emoji   map[string]bool
}

// botAPI parses the tables once.
var botAPI = sync.OnceValue(func() *schema {
	s := &schema{
		names:  map[string]string{},
		unions: map[string][]string{},
		other:  map[string]string{},
		kinds:  set(updateKinds),
		emoji:  set(reactionEmoji),
	}
	s.methods = parseTable(methodTable, nil)
	s.types = parseTable(typeTable, s.unions)
	for name := range s.methods {
		s.names[strings.ToLower(name)] = name
	}
	for name := range strings.FieldsSeq(otherMethods) {
		s.other[strings.ToLower(name)] = name
	}
	return s
})

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func parseTable(text string, unions map[string][]string) map[string]map[string]*field {
	table := map[string]map[string]*field{}
	var fields map[string]*field
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if line == "" {
			continue
		}
		if !strings.HasPrefix(line, "\t") {
			name, subtypes, union := strings.Cut(line, " = ")
			if union {
				unions[name] = strings.Split(subtypes, " | ")
				continue
			}
			fields = map[string]*field{}
			table[name] = fields
			continue
		}
		for part := range strings.SplitSeq(line, ";") {
			if part = strings.TrimSpace(part); part != "" {
				f := parseField(part)
				fields[f.name] = f
			}
		}
	}
	return table
}

// parseField panics on a malformed line: the tables are part of the program.
func parseField(text string) *field {
	f := &field{}
	if head, enum, ok := strings.Cut(text, "("); ok {
		f.enum = strings.Fields(strings.TrimSuffix(enum, ")"))
		text = strings.TrimSpace(head)
	}
	if head, lim, ok := strings.Cut(text, "{"); ok {
		f.limit = parseLimit(strings.Fields(strings.TrimSuffix(lim, "}")))
		text = strings.TrimSpace(head)
	}
	name, types, ok := strings.Cut(text, " ")
	if !ok {
		panic("simulator: malformed field " + text)
	}
	f.name, f.required = strings.CutSuffix(name, "!")
	f.types = strings.Split(types, "|")
	return f
}

func parseLimit(words []string) limit {
	l := limit{unit: "number"}
	if len(words) > 1 {
		l.unit = words[1]
		l.parsed = len(words) > 2
	}
	low, high, ok := strings.Cut(words[0], "-")
	if !ok {
		low, high = "0", low
	}
	l.min, l.max = mustInt(low), mustInt(high)
	return l
}

func mustInt(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("simulator: malformed limit: %v", err))
	}
	return n
}

// checkValue says what is wrong with a decoded JSON value, or "". The sentence
// begins with the path below the value, so that it is built only for faults.
func (s *schema) checkValue(v any, f *field) string {
	if v == nil {
		if f.required {
			return " is required"
		}
		return ""
	}
	if list, ok := v.([]any); ok && len(f.types) > 1 {
		if fault := s.checkMixed(list, f.types); fault != "" {
			return fault
		}
		return checkLimits(v, f)
	}
	var wrong string
	for _, t := range s.expand(f.types) {
		switch fits, fault := s.checkType(v, t); {
		case fits && fault == "":
			return checkLimits(v, f)
		case fits:
			wrong = fault
		}
	}
	if wrong == "" {
		wrong = " must be " + strings.Join(f.types, " or ")
	}
	return wrong
}

// checkMixed checks an array whose elements may be of several types.
func (s *schema) checkMixed(list []any, types []string) string {
	f := &field{required: true}
	for _, t := range types {
		elem, ok := strings.CutPrefix(t, "[]")
		if !ok {
			return " must be " + strings.Join(types, " or ")
		}
		f.types = append(f.types, elem)
	}
	return s.checkList(list, f)
}

func (s *schema) checkList(list []any, f *field) string {
	for i, e := range list {
		if fault := s.checkValue(e, f); fault != "" {
			return "[" + strconv.Itoa(i) + "]" + fault
		}
	}
	return ""
}

// expand replaces unions by their members.
func (s *schema) expand(types []string) []string {
	if len(types) == 1 && s.unions[types[0]] == nil {
		return types
	}
	var all []string
	for _, t := range types {
		if members, ok := s.unions[t]; ok {
			all = append(all, members...)
			continue
		}
		all = append(all, t)
	}
	return all
}

// checkType tells whether v has the shape of type t, and what is wrong inside.
func (s *schema) checkType(v any, t string) (fits bool, fault string) {
	if elem, ok := strings.CutPrefix(t, "[]"); ok {
		list, ok := v.([]any)
		if !ok {
			return false, ""
		}
		return true, s.checkList(list, &field{types: []string{elem}, required: true})
	}
	switch t {
	case "String", "InputFile":
		_, ok := v.(string)
		return ok, ""
	case "Boolean":
		_, ok := v.(bool)
		return ok, ""
	case "Float":
		_, ok := v.(float64)
		return ok, ""
	case "Integer":
		n, ok := v.(float64)
		return ok && n == float64(int64(n)), ""
	}
	object, ok := v.(map[string]any)
	if !ok {
		return false, ""
	}
	fields, known := s.types[t]
	if !known {
		return true, ""
	}
	if !looksLike(object, fields) {
		return false, ""
	}
	return true, s.checkObject(object, fields)
}

// looksLike picks the member of a union: the constant "type" must agree, and
// where there is none, all required fields must be there.
func looksLike(object map[string]any, fields map[string]*field) bool {
	if f, ok := fields["type"]; ok && len(f.enum) == 1 {
		return object["type"] == f.enum[0]
	}
	for name, f := range fields {
		if _, ok := object[name]; f.required && !ok {
			return false
		}
	}
	return true
}

// checkObject reports the first fault in the order of the sentences, so that
// the same request always gets the same answer.
func (s *schema) checkObject(object map[string]any, fields map[string]*field) string {
	first := ""
	note := func(fault string) {
		if first == "" || fault < first {
			first = fault
		}
	}
	for name, v := range object {
		f, ok := fields[name]
		if !ok {
			note(fmt.Sprintf(" has unknown field %q", name))
			continue
		}
		if fault := s.checkValue(v, f); fault != "" {
			note("." + name + fault)
		}
	}
	for name, f := range fields {
		if _, ok := object[name]; f.required && !ok {
			note("." + name + " is required")
		}
	}
	return first
}

func checkLimits(v any, f *field) string {
	text, isText := v.(string)
	if isText && len(f.enum) > 0 && !slices.Contains(f.enum, text) {
		return " must be one of " + strings.Join(f.enum, ", ")
	}
	n := -1
	switch f.limit.unit {
	case "chars":
		n = utf16Len(text)
	case "bytes":
		n = len(text)
	case "items":
		if list, ok := v.([]any); ok {
			n = len(list)
		}
	}
	if n >= 0 && (n < f.limit.min || n > f.limit.max) {
		return fmt.Sprintf(" has %d %s, allowed are %d-%d", n, f.limit.unit, f.limit.min, f.limit.max)
	}
	return ""
}

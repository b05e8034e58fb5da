package form

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Context is what a sheet must know of the world.
type Context struct {
	Today Date
	// Earliest is the oldest date accepted for a visit.
	Earliest Date
	// BackfillDays is the age in days beyond which a visit needs a reason for
	// being recorded late.
	BackfillDays int
	// Open are the problems open at the target, in the order in which they are
	// asked about. Leave it empty for a record that is sealed: it has its own.
	Open []OpenProblem
}

// Step is one place in a form where something is asked.
type Step struct {
	Path   string
	Item   *Item   // nil for a gate
	Repeat *Repeat // set for a gate and for the members of a repeat
	N      int     // the instance of the repeat, from 1; 0 outside of repeats and for gates
}

// Gate reports whether the step asks if the repeat has another instance.
func (s Step) Gate() bool { return s.Item == nil }

// Sheet is a form being filled in. Everything it says follows from the
// definition, the answers and the context. It is not safe for concurrent use.
type Sheet struct {
	d       *Definition
	answers Answers
	c       Context

	parsed map[string]expression
	steps  []Step         // nil when an answer has changed since
	index  map[string]int // place in steps by path
}

// Open returns a sheet with a copy of the answers. The definition comes from
// [Parse], or was stored after Parse had checked it; it is not changed. Auto
// items that are relevant and unanswered are filled with their default, and the
// open problems of the context get their instances.
func Open(d *Definition, a Answers, c Context) *Sheet {
	s := &Sheet{d: d, answers: a.clone(), c: c, parsed: map[string]expression{}}
	s.fillAuto()
	return s
}

// Answers returns a copy of all answers, those of steps that are not relevant at
// present included.
func (s *Sheet) Answers() Answers { return s.answers.clone() }

// Prune returns the answers of relevant steps only: what a record keeps.
func (s *Sheet) Prune() Answers {
	out := Answers{}
	for _, step := range s.Steps() {
		if a, ok := s.answers[step.Path]; ok {
			out[step.Path] = a.clone()
		}
	}
	return out
}

// Steps returns all steps that are relevant at present, in order. The instances
// of a repeat stand where its first member stands, followed by the gate that
// asks for another; a gate answered with "more" stands before the instance that
// it begins.
func (s *Sheet) Steps() []Step {
	s.lay()
	return slices.Clone(s.steps)
}

// Step returns the step with the path if it is relevant at present.
func (s *Sheet) Step(path string) (Step, bool) {
	s.lay()
	i, ok := s.index[path]
	if !ok {
		return Step{}, false
	}
	return s.steps[i], true
}

// Next returns the first relevant step after the path that has no answer, or
// one that is no longer right; failing that, the first such step anywhere. It
// returns false when the form is complete. After "" means from the beginning.
func (s *Sheet) Next(after string) (Step, bool) {
	s.lay()
	from := 0
	if i, ok := s.index[after]; ok {
		from = i + 1
	}
	for i := range s.steps {
		step := s.steps[(from+i)%len(s.steps)]
		if !s.answered(step) {
			return step, true
		}
	}
	return Step{}, false
}

// Prev returns the relevant step before the path that is not hidden. It returns
// false at the first step and for a path that is not relevant.
func (s *Sheet) Prev(path string) (Step, bool) {
	s.lay()
	for i := s.index[path] - 1; i >= 0; i-- {
		if step := s.steps[i]; step.Gate() || !step.Item.Hidden {
			return step, true
		}
	}
	return Step{}, false
}

// Progress returns the place of the path among the relevant numbered items, and
// how many there are. Other steps belong to the numbered item before them. While
// the first numbered item is unanswered nothing is ruled out yet, and all
// numbered items count.
func (s *Sheet) Progress(path string) (n, total int) {
	item, _, _, ok := s.d.split(path)
	open := false
	for i := range s.d.Items {
		it := &s.d.Items[i]
		if it.No > 0 {
			step, relevant := s.Step(it.ID)
			if total == 0 && relevant {
				open = !s.answered(step)
			}
			if relevant || open {
				total++
			}
		}
		if ok && it == item {
			n = max(total, 1)
		}
	}
	return n, total
}

// Set puts the answer at the path in place of any other; an answer without
// values and not skipped clears it. The values of a select are put in the order
// of the definition. Set does not judge the answer: use [Sheet.Check] first. A
// path that the definition lacks is ignored.
func (s *Sheet) Set(path string, a Answer) {
	item, repeat, n, ok := s.d.split(path)
	if !ok {
		return
	}
	if !a.given() {
		s.Clear(path)
		return
	}
	a = a.clone()
	if isMultiple(item, path) {
		item.sort(a.Values)
	}
	if n > 0 && n > s.count(repeat) {
		// The instance has begun, so the gate is open for the one after it.
		delete(s.answers, gatePath(repeat))
	}
	if n > 0 {
		s.forgetDefaults(item, repeat, n)
	}
	s.answers[path] = a
	s.fillAuto()
}

func isMultiple(item *Item, path string) bool {
	return item.Type == SelectMultiple && !strings.HasSuffix(path, gateSuffix)
}

// Clear removes the answer at the path. The path of an instance, such as
// "problem/2", removes all its answers, and the instances after it move up.
func (s *Sheet) Clear(path string) {
	id, number, _ := strings.Cut(path, "/")
	n, err := strconv.Atoi(number)
	if r, ok := s.d.repeat(id); ok && err == nil {
		s.clearInstance(r, n)
	} else {
		delete(s.answers, path)
	}
	s.fillAuto()
}

func (s *Sheet) clearInstance(r *Repeat, n int) {
	last := s.count(r)
	for i := range s.d.Items {
		it := &s.d.Items[i]
		if it.Repeat != r.ID {
			continue
		}
		for k := n; k <= last; k++ {
			if a, ok := s.answers[memberPath(r, k+1, it)]; ok && k < last {
				s.answers[memberPath(r, k, it)] = a
			} else {
				delete(s.answers, memberPath(r, k, it))
			}
		}
	}
}

// answered reports whether the step has an answer that is still right.
func (s *Sheet) answered(step Step) bool {
	a := s.answers[step.Path]
	return a.given() && s.Check(step, a) == nil
}

// lay lays out the relevant steps. While it runs, the index holds those found so
// far, which is all that the expressions of a later one may read.
func (s *Sheet) lay() {
	if s.index != nil {
		return
	}
	s.steps, s.index = nil, map[string]int{}
	var group string
	for i := range s.d.Items {
		it := &s.d.Items[i]
		switch r, _ := s.d.repeat(it.Repeat); {
		case r == nil:
			s.append(Step{Path: it.ID, Item: it})
		case it.Repeat != group:
			s.layRepeat(r)
		}
		group = it.Repeat
	}
}

// append adds the step if it is relevant.
func (s *Sheet) append(step Step) {
	if step.Item != nil && !s.holds(step.Item.Relevant, step, true) {
		return
	}
	s.index[step.Path] = len(s.steps)
	s.steps = append(s.steps, step)
}

func (s *Sheet) layRepeat(r *Repeat) {
	gate := Step{Path: gatePath(r), Repeat: r}
	if !s.holds(r.Relevant, gate, true) {
		return
	}
	if r.Given {
		s.layGiven(r)
		return
	}
	total := max(s.count(r), r.Min)
	wanted := total < r.Max && slices.Equal(s.answers[gate.Path].Values, []string{more})
	for n := 1; n <= total; n++ {
		s.layInstance(r, n)
	}
	if total < r.Max {
		s.append(gate)
	}
	if wanted {
		s.layInstance(r, total+1)
	}
}

func (s *Sheet) layInstance(r *Repeat, n int) {
	for i := range s.d.Items {
		if it := &s.d.Items[i]; it.Repeat == r.ID {
			s.append(Step{Path: memberPath(r, n, it), Item: it, Repeat: r, N: n})
		}
	}
}

// count returns the number of the last instance that has an answer. What an
// auto item took by itself begins none.
func (s *Sheet) count(r *Repeat) int {
	last := 0
	for path, a := range s.answers {
		if it, of, n, ok := s.d.split(path); ok && of == r && a.given() && !it.Auto {
			last = max(last, n)
		}
	}
	return last
}

const gateSuffix = "/?"

func gatePath(r *Repeat) string { return r.ID + gateSuffix }

func memberPath(r *Repeat, n int, it *Item) string {
	return r.ID + "/" + strconv.Itoa(n) + "/" + it.ID
}

// split finds what a path names in the definition. For a gate, the item is the
// first member of the repeat and n is 0.
func (d *Definition) split(path string) (it *Item, r *Repeat, n int, ok bool) {
	group, rest, inRepeat := strings.Cut(path, "/")
	if !inRepeat {
		it, ok = d.Item(path)
		return it, nil, 0, ok && it.Repeat == ""
	}
	if r, ok = d.repeat(group); !ok {
		return nil, nil, 0, false
	}
	if rest == "?" {
		if !r.gated() {
			return nil, nil, 0, false
		}
		i := slices.IndexFunc(d.Items, func(it Item) bool { return it.Repeat == r.ID })
		return &d.Items[max(i, 0)], r, 0, i >= 0
	}
	number, id, _ := strings.Cut(rest, "/")
	n, err := strconv.Atoi(number)
	it, ok = d.Item(id)
	ok = ok && err == nil && it.Repeat == r.ID && 1 <= n && n <= r.Max && strconv.Itoa(n) == number
	return it, r, n, ok
}

// sort puts option ids in the order of the definition, unknown ones last.
func (it *Item) sort(ids []string) {
	place := func(id string) int {
		i := slices.IndexFunc(it.Options, func(o Option) bool { return o.ID == id })
		if i < 0 {
			return len(it.Options)
		}
		return i
	}
	slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
}

package form

// OpenProblem is a problem that is open at a target before a visit. The visit
// asks what became of it.
type OpenProblem struct {
	Code string
	// Words are what the question is about; they are not kept with the answers.
	Words string
	// Resolved says that it is said to be solved, and that people are asked
	// whether they are content.
	Resolved bool
}

// The hidden items of a given repeat.
const (
	codeItem     = "code"
	resolvedItem = "resolved"
)

// About is the open problem that the step asks about. It returns false for a
// step that asks about none. Of a problem that the context does not name, as
// with a sealed record, the words are empty.
func (s *Sheet) About(step Step) (OpenProblem, bool) {
	if step.Repeat == nil || !step.Repeat.Given {
		return OpenProblem{}, false
	}
	p := OpenProblem{
		Code:     s.hidden(step.Repeat, step.N, codeItem),
		Resolved: s.hidden(step.Repeat, step.N, resolvedItem) == "yes",
	}
	for _, o := range s.c.Open {
		if o.Code == p.Code {
			p.Words = o.Words
		}
	}
	return p, p.Code != ""
}

func hiddenPath(r *Repeat, n int, id string) string { return memberPath(r, n, &Item{ID: id}) }

func (s *Sheet) hidden(r *Repeat, n int, id string) string {
	if a := s.answers[hiddenPath(r, n, id)]; len(a.Values) == 1 {
		return a.Values[0]
	}
	return ""
}

// layGiven lays out the instances that belong to a problem.
func (s *Sheet) layGiven(r *Repeat) {
	for n := 1; n <= s.count(r); n++ {
		if s.hidden(r, n, codeItem) != "" {
			s.layInstance(r, n)
		}
	}
}

// fillOpen gives every open problem of the context its instance, where such a
// repeat is relevant. An instance keeps its problem, whatever else changes: an
// answer never comes to speak of another one. A problem that is not open any more
// stays, since something may have been said of it.
func (s *Sheet) fillOpen() {
	for i := range s.d.Repeats {
		r := &s.d.Repeats[i]
		if !r.Given || len(s.c.Open) == 0 || !s.asked(r) {
			continue
		}
		for _, o := range s.c.Open {
			if n := s.instance(r, o.Code); n > 0 {
				s.putHidden(r, n, codeItem, o.Code)
				s.putHidden(r, n, resolvedItem, map[bool]string{true: "yes", false: "no"}[o.Resolved])
			}
		}
		s.steps, s.index = nil, nil
	}
}

// asked reports whether the repeat is relevant.
func (s *Sheet) asked(r *Repeat) bool {
	s.lay()
	return s.holds(r.Relevant, Step{Repeat: r}, true)
}

// instance is the one of the problem, or else the first that has none; zero if
// all are taken.
func (s *Sheet) instance(r *Repeat, code string) int {
	free := 0
	for n := r.Max; n >= 1; n-- {
		switch s.hidden(r, n, codeItem) {
		case code:
			return n
		case "":
			free = n
		}
	}
	return free
}

func (s *Sheet) putHidden(r *Repeat, n int, id, value string) {
	s.answers[hiddenPath(r, n, id)] = Answer{Values: []string{value}, Via: Defaulted}
}

package casework

import "slices"

// Passed is how far up a late duty is known. It holds for one day due: another day
// begins anew. The zero value: nobody was told.
type Passed struct {
	DueOn Date `json:"due,omitzero"`
	Rung  Rung `json:"rung,omitempty"`
}

// DutyPassed passes a late duty up to a rung, once.
type DutyPassed struct {
	Duty    DutyKind   `json:"duty"`
	Problem ProblemID  `json:"problem,omitempty"`
	Book    TaskBookID `json:"task_book,omitempty"`
	Measure int        `json:"measure,omitempty"` // of the book, from 1
	Matter  MatterID   `json:"matter,omitempty"`
	DueOn   Date       `json:"due"`
	Rung    Rung       `json:"rung"`
	To      []StaffID  `json:"to,omitempty"`
}

// Kind implements [Fact].
func (DutyPassed) Kind() FactKind { return "DutyPassed" }

// Passing is the fact that the duty was passed up.
func (l LateDuty) Passing() DutyPassed {
	return DutyPassed{
		Duty: l.Kind, Problem: l.Problem, Book: l.Book, Measure: l.Measure, Matter: l.Matter,
		DueOn: l.Due, Rung: l.Rung, To: l.To,
	}
}

// to reports whether somebody on the rung or above knows of what was due on the day.
func (p Passed) to(rung Rung, due Date) bool { return p.DueOn == due && p.Rung >= rung }

// passed is how far up the duty is known: it is kept with what it is about.
func (d Duty) passed(r Records) Passed {
	switch {
	case d.Measure > 0:
		if b, ok := r.TaskBook(d.Book); ok && d.Measure <= len(b.Measures) {
			return b.Measures[d.Measure-1].Passed
		}
	case d.Matter != 0:
		m, _ := r.Matter(d.Matter)
		return m.Passed
	default:
		p, _ := r.Problem(d.Problem)
		return p.Passed
	}
	return Passed{}
}

// projectPassed notes how far up a late duty is known. What it was about may have
// changed since: then there is nothing left to note.
func projectPassed(t Tables, f DutyPassed) {
	up := Passed{DueOn: f.DueOn, Rung: f.Rung}
	switch {
	case f.Measure > 0:
		if b, ok := t.TaskBook(f.Book); ok && f.Measure <= len(b.Measures) {
			b.Measures = slices.Clone(b.Measures)
			b.Measures[f.Measure-1].Passed = up
			t.PutTaskBook(b)
		}
	case f.Matter != 0:
		if m, ok := t.Matter(f.Matter); ok {
			m.Passed = up
			t.PutMatter(m)
		}
	default:
		if p, ok := t.Problem(f.Problem); ok {
			p.Passed = up
			t.PutProblem(p)
		}
	}
}

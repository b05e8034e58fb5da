package casework

// How much is read of one target's past.
const (
	maxVisits = 1000
	maxCalls  = 1000
)

// renew changes a target and derives again what follows. One that is not there
// is let be: its visits are kept all the same.
func renew(t Tables, id TargetID, change func(*Target)) {
	if x, ok := t.Target(id); ok {
		change(&x)
		refresh(t, x)
	}
}

// refresh writes the target with what visits, calls and problems say of it, and
// the contact that follows. A contact that is booked for the same reason stays:
// moving it again would only confuse.
func refresh(t Tables, x Target) {
	visits := t.VisitsOfTarget(x.ID, maxVisits)
	met := tellVisits(&x.History, visits)
	tellState(&x, visits)
	tellCalls(&x.History, t.CallsOfTarget(x.ID, maxCalls), met)
	x.OpenIssues = 0
	for _, p := range t.ProblemsOfTarget(x.ID) {
		if p.Status.Open() {
			x.OpenIssues++
		}
	}
	next := plan(t, x)
	if next.Anchor.IsZero() {
		next = Contact{} // what is counted from no day is due on none
	}
	if !next.Same(x.Next) {
		x.Next = next
	}
	book(t, x)
}

// book writes the target with its contact, after which an older one is not
// missed any more.
func book(t Tables, x Target) {
	if x.Next.On != x.Miss.DueOn {
		x.Miss = Miss{}
	}
	t.PutTarget(x)
}

// tellVisits fills in what the visits say, given newest first, and returns the
// last one at which somebody was met; zero if there is none.
func tellVisits(h *History, visits []Visit) (met Visit) {
	h.Visits, h.Missed = len(visits), 0
	h.LastVisitOn, h.LastTriedOn = Date{}, Date{}
	for i, v := range visits {
		if i == 0 {
			h.LastTriedOn = v.VisitedOn
		}
		if v.Outcome == Met {
			h.LastVisitOn = v.VisitedOn
			return v
		}
		h.Missed++
	}
	return Visit{}
}

// tellState fills in what the newest visit that tells it says of the target, given
// newest first: the checklist, or how a firm is running.
func tellState(x *Target, visits []Visit) {
	x.Haves, x.HavesOn, x.OpState = nil, Date{}, ""
	for _, v := range visits {
		if x.Kind == EnterpriseKind {
			x.OpState = opState(v)
		} else if x.Haves = haves(v); x.Haves != nil {
			x.HavesOn = v.VisitedOn
		}
		if x.OpState != "" || x.Haves != nil {
			return
		}
	}
}

// opCancelled is how a firm is running that was found closed; opLost one that was not
// found. The others are option ids of the enterprise form.
const (
	opCancelled = "cancelled"
	opLost      = "lost"
)

// opState is what the visit says of how the firm is running; empty if nothing.
func opState(v Visit) string {
	switch string(v.Outcome) {
	case "lost":
		return opLost
	case "closed":
		return opCancelled
	}
	return one(v.Answers, "operation")
}

// tellCalls fills in what the calls say, given newest first. A visit at which
// somebody was met ends the calls in a row without answer.
func tellCalls(h *History, calls []Call, met Visit) {
	h.Calls, h.Unanswered = len(calls), 0
	h.LastCallOn, h.UnansweredOn = Date{}, Date{}
	inRow := true
	for _, c := range calls {
		if c.Result.Answered() {
			h.LastCallOn = c.On
			return
		}
		inRow = inRow && c.after(met)
		if !inRow {
			continue
		}
		if h.Unanswered == 0 {
			h.UnansweredOn = c.On
		}
		h.Unanswered++
	}
}

// after reports whether the call came after the visit. Of a visit only the day
// is known, and when it was reported.
func (c Call) after(v Visit) bool {
	if c.On != v.VisitedOn {
		return c.On.After(v.VisitedOn)
	}
	return c.At.After(v.SubmittedAt)
}

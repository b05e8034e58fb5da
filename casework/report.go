package casework

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"zoufang/form"
)

// Report is a form that has been filled in, on its way to become a [Visit].
// The answers are right: the form has checked them.
type Report struct {
	ID          VisitID
	Target      Target
	Form        string
	FormVersion int
	Answers     form.Answers
	Attachments []Attachment
	Reporter    StaffID
	Companions  []StaffID // others who went along
	At          time.Time // when it reached us
	Today       Date
}

// problemPath is the path of a problem's answer on the form.
func problemPath(n int, id string) string { return fmt.Sprintf("problem/%d/%s", n, id) }

// one is the single value of an answer; empty if there is none.
func one(a form.Answers, path string) string {
	if v := a[path]; !v.Skipped && len(v.Values) > 0 {
		return v.Values[0]
	}
	return ""
}

// problemCount is how many problems the answers describe.
func problemCount(a form.Answers) int {
	n := 0
	for one(a, problemPath(n+1, "family")) != "" {
		n++
	}
	return n
}

// derive fills the fields of the visit that follow from its answers.
func (v *Visit) derive() {
	v.VisitedOn = Date{}
	if err := v.VisitedOn.UnmarshalText([]byte(one(v.Answers, "visited_on"))); err != nil {
		v.VisitedOn = Date{}
	}
	v.Outcome = VisitOutcome(cmp.Or(one(v.Answers, "outcome"), string(Met)))
	v.Mood = one(v.Answers, "mood")
	v.Disposal = ""
	if v.Outcome != Met {
		return
	}
	v.Disposal = NothingRaised
	rank := []Disposal{NothingRaised, OnSpot, InProgress, Escalated}
	for n := range problemCount(v.Answers) {
		d := Disposal(one(v.Answers, problemPath(n+1, "disposal")))
		if slices.Index(rank, d) > slices.Index(rank, v.Disposal) {
			v.Disposal = d
		}
	}
}

// ReportVisit says what a report makes: a visit, and the problems it raises.
// The identities come from ids, codes continue those of the records.
func ReportVisit(r Records, rep Report, ids *Minter) []Fact {
	c, _ := r.Campaign()
	v := Visit{
		ID: rep.ID, TargetID: rep.Target.ID,
		Participants: append([]StaffID{rep.Reporter}, rep.Companions...),
		Form:         rep.Form, FormVersion: rep.FormVersion, Answers: rep.Answers,
		Attachments: rep.Attachments, SubmittedAt: rep.At,
	}
	v.derive()
	v.Code = VisitCode(v.VisitedOn, r.Last(VisitPrefix(v.VisitedOn))+1)
	v.Late = rep.Today.DaysSince(v.VisitedOn) > c.Params.Backfill
	for _, round := range r.Rounds() {
		if round.Covers(v.VisitedOn) {
			v.RoundID = round.ID
		}
	}
	var raised []Fact
	open := rep.Target.OpenIssues > 0
	for n := range problemCount(v.Answers) {
		p := Problem{ID: ProblemID(ids.Next()), Source: "visit", VisitID: v.ID, TargetID: v.TargetID, OwnerID: rep.Reporter, RaisedOn: rep.Today}
		p.Code = ProblemCode(rep.Today.Year, r.Last(ProblemPrefix(rep.Today.Year))+1+n)
		p.read(v.Answers, n+1, c.Params)
		open = open || p.Status != ProblemResolved
		v.ProblemIDs = append(v.ProblemIDs, p.ID)
		raised = append(raised, ProblemRaised{Problem: p})
	}
	v.NextContact = nextContact(c.Params, rep.Target, v, open)
	return append([]Fact{VisitReported{Visit: v}}, raised...)
}

// read takes what the n-th problem of the answers says. A problem solved on the
// spot is resolved at once and waits for its call-back.
func (p *Problem) read(a form.Answers, n int, params Params) {
	p.Family = one(a, problemPath(n, "family"))
	p.Category = one(a, problemPath(n, "category"))
	p.Description = one(a, problemPath(n, "words"))
	p.Urgency = Urgency(cmp.Or(one(a, problemPath(n, "urgency")), string(Normal)))
	p.Disposal = Disposal(one(a, problemPath(n, "disposal")))
	p.Note = one(a, problemPath(n, "on_spot_note"))
	p.Resolution = ""
	switch p.Disposal {
	case OnSpot:
		p.Level, p.Status, p.Resolution = LevelOnSpot, ProblemResolved, "on_spot"
	case Escalated:
		p.Level, p.Status = LevelBranch, ProblemRegistered
	case InProgress, NothingRaised:
		p.Level, p.Status = LevelGroup, ProblemRegistered
	}
	p.DueOn = p.RaisedOn.AddDays(params.DueDays(p.Level, p.Urgency))
}

// nextContact is when the target should be contacted after visit v: the date
// that was agreed, or as its care asks, and sooner while a problem is open.
func nextContact(p Params, t Target, v Visit, open bool) Date {
	var agreed Date
	if err := agreed.UnmarshalText([]byte(one(v.Answers, "next_on"))); err == nil && !agreed.IsZero() {
		return agreed
	}
	days := p.ContactEvery(t.Kind, t.CareLevel)
	if open {
		days = min(days, p.OpenProblemCall)
	}
	return v.VisitedOn.AddDays(days)
}

// ReviseVisit says what changed answers make of a sealed visit: a new
// revision, and what follows for its problems. A problem that is no longer
// described becomes invalid. Equal answers make nothing.
func ReviseVisit(r Records, v Visit, answers form.Answers, today Date, reason string, ids *Minter) []Fact {
	changes := diff(v.Answers, answers)
	if len(changes) == 0 {
		return nil
	}
	c, _ := r.Campaign()
	fact := VisitCorrected{VisitID: v.ID, Revision: v.Revision + 1, Changes: changes}
	var facts []Fact
	count := problemCount(answers)
	for n, id := range v.ProblemIDs {
		before, ok := r.Problem(id)
		if !ok {
			continue
		}
		after := before
		if n < count {
			after.read(answers, n+1, c.Params)
			// Who has begun to solve it keeps the state reached.
			if after.Disposal == before.Disposal {
				after.Status, after.Level, after.DueOn = before.Status, before.Level, before.DueOn
				after.Resolution = before.Resolution
			}
		} else {
			after.Status, after.Note = ProblemInvalid, reason
		}
		if after != before {
			facts = append(facts, ProblemCorrected{Problem: after})
		}
	}
	fact.ProblemIDs = slices.Clone(v.ProblemIDs)
	fresh := 0
	for n := len(v.ProblemIDs); n < count; n++ {
		p := Problem{ID: ProblemID(ids.Next()), Source: "visit", VisitID: v.ID, TargetID: v.TargetID, OwnerID: v.Reporter(), RaisedOn: today}
		p.Code = ProblemCode(today.Year, r.Last(ProblemPrefix(today.Year))+1+fresh)
		fresh++
		p.read(answers, n+1, c.Params)
		fact.ProblemIDs = append(fact.ProblemIDs, p.ID)
		facts = append(facts, ProblemRaised{Problem: p})
	}
	return append([]Fact{fact}, facts...)
}

// diff lists what differs, by path.
func diff(before, after form.Answers) []AnswerChange {
	paths := slices.Collect(maps.Keys(before))
	for p := range after {
		if _, ok := before[p]; !ok {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	var out []AnswerChange
	for _, p := range paths {
		b, inB := before[p]
		a, inA := after[p]
		if inA && inB && slices.Equal(a.Values, b.Values) && a.Skipped == b.Skipped {
			continue
		}
		ch := AnswerChange{Path: p}
		if inB {
			ch.Before = &b
		}
		if inA {
			ch.After = &a
		}
		out = append(out, ch)
	}
	return out
}

// SameVisit is the visit that the person already reported for this target and
// day, which makes a second one a duplicate; false if there is none.
func SameVisit(r Records, t TargetID, on Date, who StaffID) (Visit, bool) {
	for _, v := range r.VisitsOfTarget(t, 50) {
		if v.VisitedOn == on && slices.Contains(v.Participants, who) {
			return v, true
		}
	}
	return Visit{}, false
}

// RecentVisit is the newest visit at which the target was met, if it lies
// within the days that call for a warning before day on.
func RecentVisit(r Records, t TargetID, on Date) (Visit, bool) {
	c, _ := r.Campaign()
	for _, v := range r.VisitsOfTarget(t, 5) {
		if d := on.DaysSince(v.VisitedOn); v.Outcome == Met && d >= 0 && d <= c.Params.DupVisitWarn {
			return v, true
		}
	}
	return Visit{}, false
}

// VisitedOn is the day of the visit, as the answers give it.
func (rep Report) VisitedOn() Date {
	v := Visit{Answers: rep.Answers}
	v.derive()
	return v.VisitedOn
}

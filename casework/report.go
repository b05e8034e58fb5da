package casework

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
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

// VisitedOn is the day of the visit, as the answers give it.
func (rep Report) VisitedOn() Date {
	v := Visit{Answers: rep.Answers}
	derive(&v)
	return v.VisitedOn
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
func derive(v *Visit) {
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
		Attachments: rep.Attachments, SubmittedAt: rep.At, ReportedOn: rep.Today,
	}
	derive(&v)
	place(&v, r, c.Params)
	v.Code = VisitCode(v.VisitedOn, r.Last(VisitPrefix(v.VisitedOn))+1)
	raised, problems := raiseAll(r, v.origin(), v.Answers, rep.Today, ids)
	v.ProblemIDs = problems
	v.NextContact = agreed(v.Answers)
	return slices.Concat(
		[]Fact{VisitReported{Visit: v}}, raised, askedThere(r, v, rep.Today), matterFacts(r, v, rep.Today, ids),
	)
}

// place fills what follows from the day of the visit.
func place(v *Visit, r Records, params Params) {
	v.Late = v.ReportedOn.DaysSince(v.VisitedOn) > params.Backfill
	v.RoundID = 0
	for _, round := range r.Rounds() {
		if round.Covers(v.VisitedOn) {
			v.RoundID = round.ID
		}
	}
}

// origin is a problem of the visit that nothing else is known of yet.
func (v Visit) origin() Problem {
	return Problem{Source: FromVisit, VisitID: v.ID, TargetID: v.TargetID, OwnerID: v.Reporter()}
}

// raiseAll raises every problem that the answers describe; origin says where
// they come from.
func raiseAll(r Records, origin Problem, a form.Answers, today Date, ids *Minter) ([]Fact, []ProblemID) {
	c, _ := r.Campaign()
	var facts []Fact
	var problems []ProblemID
	for n := range problemCount(a) {
		p := origin.raise(r, n, today, ids)
		read(&p, a, n+1, c.Params)
		facts, problems = append(facts, ProblemRaised{Problem: p}), append(problems, p.ID)
	}
	return facts, problems
}

// raise gives the problem its identity, code and day, after n others that are
// not in the records yet. What it is about is still to be read.
func (p Problem) raise(r Records, n int, today Date, ids *Minter) Problem {
	p.ID = ProblemID(ids.Next())
	p.Code = ProblemCode(today.Year, r.Last(ProblemPrefix(today.Year))+1+n)
	p.RaisedOn = today
	p.UnitID = cmp.Or(p.UnitID, branchOf(r, p.OwnerID))
	return p
}

// start is where a problem begins, by what was done about it at the visit. One
// solved on the spot is resolved at once and waits for its call-back.
func (d Disposal) start() (Level, ProblemStatus) {
	switch d {
	case OnSpot:
		return LevelOnSpot, ProblemResolved
	case Escalated:
		return LevelBranch, ProblemRegistered
	case InProgress, NothingRaised:
	}
	return LevelGroup, ProblemRegistered
}

// read fills in what the n-th problem of the answers says.
func read(p *Problem, a form.Answers, n int, params Params) {
	p.Family = one(a, problemPath(n, "family"))
	p.Category = one(a, problemPath(n, "category"))
	p.Description = one(a, problemPath(n, "words"))
	p.Urgency = Urgency(cmp.Or(one(a, problemPath(n, "urgency")), string(Normal)))
	p.Disposal = Disposal(one(a, problemPath(n, "disposal")))
	p.Note = one(a, problemPath(n, "on_spot_note"))
	if lacks := a[problemPath(n, "lacks")]; !lacks.Skipped && len(lacks.Values) > 0 {
		p.Lacks = lacks.Values
	}
	if scope := one(a, problemPath(n, "scope")); scope != "" {
		p.Common = scope == "common"
	}
	p.Resolution = ""
	if p.Disposal == OnSpot {
		p.Resolution = string(OnSpot)
	}
	p.Level, p.Status = p.Disposal.start()
	p.DueOn = p.RaisedOn.AddDays(params.DueDays(p.Level, p.Urgency))
}

// corrected is the problem as the n-th of the answers describes it. Once
// somebody has taken it further than its report, the state reached stays, and
// so does the day it is due. What the leader said it is about stays as well.
func (p Problem) corrected(a form.Answers, n int, params Params) Problem {
	after := p
	read(&after, a, n, params)
	for _, step := range p.History {
		if step.Act == Mark {
			markAs(&after, step.ProblemMoved)
		}
	}
	if level, status := p.Disposal.start(); p.Level != level || p.Status != status || p.worked() {
		after.Level, after.Status, after.DueOn = p.Level, p.Status, p.DueOn
		after.Resolution, after.Note = p.Resolution, p.Note
	} else if after.Level == p.Level && after.Urgency == p.Urgency {
		after.DueOn = p.DueOn // the days allowed may have changed since
	}
	return after
}

// worked reports whether a step has changed the state of the problem.
func (p Problem) worked() bool {
	return slices.ContainsFunc(p.History, func(h Step) bool { return h.From != h.To })
}

// bare is the problem as the ledger's facts carry it: its steps are facts of their
// own.
func (p Problem) bare() Problem {
	p.History = nil
	return p
}

// agreed is the day that was agreed with the people; zero if none was.
func agreed(a form.Answers) Date {
	var d Date
	if err := d.UnmarshalText([]byte(one(a, "next_on"))); err != nil {
		return Date{}
	}
	return d
}

// ReviseVisit says what changed answers make of a sealed visit: a new revision,
// and what follows for its problems. A problem that is no longer described
// becomes invalid. Equal answers make nothing.
func ReviseVisit(r Records, v Visit, answers form.Answers, today Date, reason string, ids *Minter) []Fact {
	changes := diff(v.Answers, answers)
	if len(changes) == 0 {
		return nil
	}
	c, _ := r.Campaign()
	after := v
	after.Answers = answers
	derive(&after)
	if after.VisitedOn != v.VisitedOn {
		place(&after, r, c.Params)
	}
	problems, facts := v.reviseProblems(r, answers, today, reason, ids)
	after.ProblemIDs = nil
	for _, p := range problems {
		after.ProblemIDs = append(after.ProblemIDs, p.ID)
	}
	return append([]Fact{VisitCorrected{
		VisitID: v.ID, Revision: v.Revision + 1, Changes: changes, ProblemIDs: after.ProblemIDs,
		RoundID: after.RoundID, Late: after.Late, NextContact: agreed(answers),
	}}, append(facts, v.saidOtherwise(r, answers)...)...)
}

// reviseProblems gives the problems that the answers describe, in their order,
// and what has to happen to the records for it.
func (v Visit) reviseProblems(r Records, answers form.Answers, today Date, reason string, ids *Minter) ([]Problem, []Fact) {
	c, _ := r.Campaign()
	var before, after []Problem
	for _, id := range v.ProblemIDs {
		if p, ok := r.Problem(id); ok {
			before = append(before, p)
		}
	}
	places, gone := match(before, answers)
	var facts []Fact
	fresh := 0
	for n, k := range places {
		if k < 0 {
			p := v.origin().raise(r, fresh, today, ids)
			read(&p, answers, n+1, c.Params)
			fresh++
			after, facts = append(after, p), append(facts, ProblemRaised{Problem: p})
			continue
		}
		p := before[k].corrected(answers, n+1, c.Params)
		if !reflect.DeepEqual(p, before[k]) {
			facts = append(facts, ProblemCorrected{Problem: p.bare()})
		}
		after = append(after, p)
	}
	for _, k := range gone {
		p := before[k]
		p.Status, p.Note = ProblemInvalid, reason
		facts = append(facts, ProblemCorrected{Problem: p.bare()})
	}
	return after, facts
}

// match finds for each problem of the answers the place of the one it was
// before, -1 for a new one, and the places of those that are gone. The words
// tell: when the first of two problems is taken out, the second moves up and
// must not be taken for the first with other words.
func match(before []Problem, answers form.Answers) (places, gone []int) {
	for k := range before {
		gone = append(gone, k)
	}
	take := func(n int, fits func(Problem) bool) {
		if i := slices.IndexFunc(gone, func(k int) bool { return fits(before[k]) }); i >= 0 {
			places[n] = gone[i]
			gone = slices.Delete(gone, i, i+1)
		}
	}
	places = slices.Repeat([]int{-1}, problemCount(answers))
	for n := range places {
		words := one(answers, problemPath(n+1, "words"))
		take(n, func(p Problem) bool { return p.Description == words })
	}
	for n := range places {
		if places[n] < 0 {
			take(n, func(Problem) bool { return true })
		}
	}
	return places, gone
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
	for _, v := range r.VisitsOfTarget(t, maxVisits) {
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
	for _, v := range r.VisitsOfTarget(t, maxVisits) {
		if d := on.DaysSince(v.VisitedOn); v.Outcome == Met && d >= 0 && d <= c.Params.DupVisitWarn {
			return v, true
		}
	}
	return Visit{}, false
}

package casework

import (
	"cmp"
	"slices"
)

// BranchWeek is a line of the weekly summary 周汇总: how a branch stands. A target
// belongs to the branch of its primary person, a problem to that of its owner.
// What is merged or invalid is not counted.
type BranchWeek struct {
	Unit  Unit
	Since Date // Visited counts from this day
	// Planned are the targets of its members, or, if the round in force has a plan, those
	// planned for its members; Visited are those of them that were met in the round.
	Planned, Visited int
	Families         map[string]int
	Problems         int
	Done, Struck     int       // resolved and waiting for the call-back; closed
	Overdue          int       // contacts
	Pleased, Asked   int       // satisfied or fairly; with any answer
	KeyOnes, KeySeen int       // key households; of them, contacted in their rhythm
	ForBureau        []Problem // at most three that need the bureau, the most urgent first
}

// maxForBureau bounds [BranchWeek.ForBureau].
const maxForBureau = 3

// WeekOf makes the weekly summary of the branches, or of the one. A target that
// is paused is not planned. It reads the whole roster of staff, and everything
// else by index.
func WeekOf(r Records, unit UnitID, day Date) []BranchWeek {
	c, _ := r.Campaign()
	w := weekly{r: r, params: c.Params, day: day, since: day.AddDays(1 - weekDays), at: map[UnitID]int{}}
	if round, ok := RoundOn(r, day); ok {
		w.since = round.StartOn
		w.plan(round.ID)
	}
	for _, u := range r.Units() {
		if u.Kind == Branch && (unit == 0 || u.ID == unit) {
			w.at[u.ID] = len(w.list)
			w.list = append(w.list, BranchWeek{Unit: u, Since: w.since, Families: map[string]int{}})
		}
	}
	for s := range r.AllStaff() {
		if i, ok := w.at[s.BranchID]; ok {
			w.countMember(&w.list[i], s.ID)
		}
	}
	for i := range w.list {
		w.list[i].ForBureau = mostUrgent(w.list[i].ForBureau, maxForBureau)
	}
	return w.list
}

// plan reads the plan of the round in force, if there is one.
func (w *weekly) plan(id RoundID) {
	for p := range w.r.PlanOf(id) {
		if w.planned == nil {
			w.planned = map[StaffID][]TargetID{}
		}
		w.planned[p.StaffID] = append(w.planned[p.StaffID], p.TargetID)
	}
}

// weekly makes one weekly summary.
type weekly struct {
	r Records
	// planned is what each person has in the round; nil: there is no plan.
	planned map[StaffID][]TargetID
	params  Params
	day     Date
	since   Date
	at      map[UnitID]int // where in the list
	list    []BranchWeek
}

// countMember adds what the person is responsible for.
func (w *weekly) countMember(b *BranchWeek, who StaffID) {
	for _, p := range w.r.PairingsOfStaff(who) {
		x, ok := w.r.Target(p.TargetID)
		if ok && p.Role == Primary && w.counts(x) {
			w.countTarget(b, x)
		}
	}
	for _, id := range w.planned[who] {
		if x, ok := w.r.Target(id); ok && w.counts(x) {
			w.countPlanned(b, x)
		}
	}
	for _, p := range w.r.ProblemsOfStaff(who) {
		if p.Status != ProblemMerged && p.Status != ProblemInvalid && !p.RaisedOn.After(w.day) {
			b.countProblem(p)
		}
	}
}

// counts reports whether the target is visited these days.
func (w *weekly) counts(x Target) bool {
	return x.InUse() && (x.Pause == nil || !x.Pause.in(w.day))
}

func (w *weekly) countTarget(b *BranchWeek, x Target) {
	if w.planned == nil {
		w.countPlanned(b, x)
	}
	if DueOf(x, w.day).State == Overdue {
		b.Overdue++
	}
	if x.Kind == HouseholdKind && x.CareLevel == Key {
		b.KeyOnes++
		if w.inRhythm(x) {
			b.KeySeen++
		}
	}
}

func (w *weekly) countPlanned(b *BranchWeek, x Target) {
	b.Planned++
	if metWithin(w.r, x, w.since, w.day) {
		b.Visited++
	}
}

// inRhythm reports whether the target was contacted no longer ago than its
// rhythm says, by visit or call, whichever should come first. A contact may be
// later by what load and holidays are allowed to move it.
func (w *weekly) inRhythm(x Target) bool {
	last := x.LastContactOn()
	if last.IsZero() {
		return false
	}
	every := rhythmOf(w.params, x)
	days := every.VisitDays
	if every.CallDays > 0 && (days == 0 || every.CallDays < days) {
		days = every.CallDays
	}
	return days == 0 || !WorkdayFrom(w.r, last.AddDays(days+every.Window)).Before(w.day)
}

func (b *BranchWeek) countProblem(p Problem) {
	b.Problems++
	b.Families[p.Family]++
	switch p.Status {
	case ProblemResolved:
		b.Done++
	case ProblemClosed:
		b.Struck++
	case ProblemEscalated:
		b.ForBureau = append(b.ForBureau, p)
	case ProblemRegistered, ProblemPending, ProblemDoing, ProblemTransferred, ProblemOnHold:
		if p.Level == LevelBureau {
			b.ForBureau = append(b.ForBureau, p)
		}
	case ProblemMerged, ProblemInvalid:
	}
	pleased, asked := p.Satisfaction.counts()
	b.Pleased += pleased
	b.Asked += asked
}

// counts are what the word adds to those who are satisfied, and to those who
// were asked. Whom nobody could reach was not asked.
func (s Satisfaction) counts() (pleased, asked int) {
	switch s {
	case Satisfied, FairlySatisfied:
		return 1, 1
	case NotSatisfied:
		return 0, 1
	case NotReached:
	}
	return 0, 0
}

// mostUrgent are the n problems that wait least well.
func mostUrgent(list []Problem, n int) []Problem {
	rank := []Urgency{Emergency, Urgent, Normal}
	slices.SortFunc(list, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(slices.Index(rank, a.Urgency), slices.Index(rank, b.Urgency)),
			a.DueOn.Compare(b.DueOn), cmp.Compare(a.ID, b.ID),
		)
	})
	return list[:min(n, len(list))]
}

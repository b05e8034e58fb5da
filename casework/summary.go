package casework

import "slices"

// Summary is the campaign's figures as of a day. Calls are not visits; a
// participant is a party member who took part in a submitted visit.
type Summary struct {
	Campaign      string         `json:"campaign"`
	AsOf          Date           `json:"as_of"`
	Rounds        int            `json:"rounds"`        // begun by that day
	Groups        int            `json:"groups"`        // working groups
	Participants  int            `json:"participants"`  // distinct members
	Visits        int            `json:"visits"`        // of any outcome
	Met           int            `json:"met"`           // of those, with somebody met
	Households    int            `json:"households"`    // distinct, met
	Enterprises   int            `json:"enterprises"`   // distinct, met
	Organizations int            `json:"organizations"` // distinct, met
	Problems      int            `json:"problems"`      // without invalid and merged ones
	Listed        int            `json:"listed"`        // of those, with a full row on the problem list
	Open          int            `json:"open"`
	Resolved      int            `json:"resolved"` // resolved or struck off
	Families      map[string]int `json:"families"`
	Late          int            `json:"late"`        // visits reported after the days allowed
	Corrected     int            `json:"corrected"`   // visits with at least one correction
	Calls         int            `json:"calls"`       // answered
	CallsTried    int            `json:"calls_tried"` // not answered
	Struck        int            `json:"struck"`      // problems struck off, of those resolved
	Asked         int            `json:"asked"`       // problems about whose solution the people were asked
	Pleased       int            `json:"pleased"`     // of those, satisfied or fairly
	Needing       int            `json:"needing"`     // problems that need a task book, or have one
	TaskBooks     int            `json:"task_books"`  // of those, with one that was issued
}

// Summarize counts what happened until the end of day asOf. The records may be
// newer: what was visited, called or raised afterwards is left out, and a target
// counts when somebody there was met. A problem counts as it stands in the
// records.
func Summarize(r Records, asOf Date) Summary {
	c, _ := r.Campaign()
	s := Summary{Campaign: c.Name, AsOf: asOf, Groups: len(r.Groups()), Families: map[string]int{}}
	for _, round := range r.Rounds() {
		if !round.StartOn.After(asOf) {
			s.Rounds++
		}
	}
	members := map[StaffID]bool{}
	for p := range r.AllStaff() {
		if p.PartyMember {
			members[p.ID] = true
		}
	}
	went := map[StaffID]bool{}
	met := map[TargetID]bool{}
	for v := range r.AllVisits() {
		if v.VisitedOn.After(asOf) {
			continue
		}
		s.countVisit(v, members, went, met)
	}
	s.Participants = len(went)
	for id := range met {
		t, _ := r.Target(id)
		switch t.Kind {
		case HouseholdKind:
			s.Households++
		case EnterpriseKind:
			s.Enterprises++
		case OrganizationKind:
			s.Organizations++
		}
	}
	for c := range r.AllCalls() {
		switch {
		case c.On.After(asOf):
		case c.Result == Connected:
			s.Calls++
		default:
			s.CallsTried++
		}
	}
	for p := range r.AllProblems() {
		if !p.RaisedOn.After(asOf) {
			s.countProblem(p)
			s.countBooks(c, p, r.TaskBooksOfProblem(p.ID))
		}
	}
	return s
}

func (s *Summary) countVisit(v Visit, members, went map[StaffID]bool, met map[TargetID]bool) {
	s.Visits++
	if v.Outcome == Met {
		s.Met++
		met[v.TargetID] = true
	}
	if v.Late {
		s.Late++
	}
	if v.Revision > 0 {
		s.Corrected++
	}
	for _, p := range v.Participants {
		if members[p] {
			went[p] = true
		}
	}
}

func (s *Summary) countProblem(p Problem) {
	if p.Status == ProblemInvalid || p.Status == ProblemMerged {
		return
	}
	s.Problems++
	s.Families[p.Family]++
	if p.Code != "" && p.Family != "" && p.Category != "" && p.Description != "" && p.OwnerID != 0 {
		s.Listed++
	}
	if p.Status == ProblemResolved || p.Status == ProblemClosed {
		s.Resolved++
	} else {
		s.Open++
	}
	if p.Status == ProblemClosed {
		s.Struck++
	}
	pleased, asked := p.Satisfaction.counts()
	s.Pleased += pleased
	s.Asked += asked
}

func (s *Summary) countBooks(c Campaign, p Problem, books []TaskBook) {
	if p.Status == ProblemInvalid || p.Status == ProblemMerged {
		return
	}
	issued := slices.ContainsFunc(books, func(b TaskBook) bool {
		return b.Status != TaskDraft && b.Status != TaskCancelled
	})
	if issued {
		s.TaskBooks++
	}
	if issued || NeedsTaskBook(c, p) {
		s.Needing++
	}
}

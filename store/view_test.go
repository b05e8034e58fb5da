package store_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
	"zoufang/store"
)

func viewed(t *testing.T, s *store.Store, f func(dialog.View)) {
	t.Helper()
	if err := s.View(func(v dialog.View) error { f(v); return nil }); err != nil {
		t.Fatalf("View() = %v", err)
	}
}

// ids maps records to their numbers.
func ids[T any, N ~uint64](of []T, id func(T) N) []N {
	var out []N
	for _, v := range of {
		out = append(out, id(v))
	}
	return out
}

func TestRecordsAreFound(t *testing.T) {
	s := fresh(t)
	apply(t, s, office("import/1", roster()...))
	found := func(id uint64, ok bool) string { return fmt.Sprint(id, " ", ok) }
	viewed(t, s, func(v dialog.View) {
		campaign, _ := v.Campaign()
		group, hasGroup := v.Group(2)
		unit, hasUnit := v.Unit(2)
		area, hasArea := v.Area(1)
		byUser, hasUser := v.StaffByUser(7001)
		byCode, hasCode := v.StaffByCode("R003")
		_, hasNoCode := v.StaffByCode("")
		_, hasNobody := v.Staff(99)
		target, hasTarget := v.TargetByCode("JT-0004")
		visit, hasVisit := v.VisitByCode(visited(4).Visit.Code)
		problem, hasProblem := v.Problem(3)
		book, hasBook := v.TaskBook(1)
		issue, hasIssue := v.Issue(1)
		mark, hasMark := v.Trademark(1)
		matter, hasMatter := v.MatterByCode("SB-001")
		policy, hasPolicy := v.Policy(1)
		for what, tt := range map[string]struct{ got, want string }{
			"Campaign":              {campaign.Name, "走访"},
			"Group(2)":              {found(uint64(group.ID), hasGroup), "2 true"},
			"Unit(2)":               {found(uint64(unit.ID), hasUnit), "2 true"},
			"Area(1)":               {found(uint64(area.ID), hasArea), "1 true"},
			"StaffByUser(7001)":     {found(uint64(byUser.ID), hasUser), "1 true"},
			"its language":          {byUser.Lang, "en"},
			"StaffByCode(R003)":     {found(uint64(byCode.ID), hasCode), "3 true"},
			"StaffByCode()":         {found(0, hasNoCode), "0 false"},
			"Staff(99)":             {found(0, hasNobody), "0 false"},
			"TargetByCode(JT-0004)": {found(uint64(target.ID), hasTarget), "4 true"},
			"VisitByCode":           {found(uint64(visit.ID), hasVisit), "5 true"},
			"Problem(3)":            {found(uint64(problem.ID), hasProblem), "3 true"},
			"its issue":             {fmt.Sprint(problem.IssueID), "1"},
			"TaskBook(1)":           {found(uint64(book.ID), hasBook), "1 true"},
			"its state":             {string(book.Status), "issued"},
			"Issue(1)":              {found(uint64(issue.ID), hasIssue), "1 true"},
			"Trademark(1)":          {found(uint64(mark.ID), hasMark), "1 true"},
			"MatterByCode(SB-001)":  {found(uint64(matter.ID), hasMatter), "1 true"},
			"its stage":             {matter.Stage, "filed"},
			"Policy(1)":             {found(uint64(policy.ID), hasPolicy), "1 true"},
			"Last(SB)":              {fmt.Sprint(v.Last("SB")), "1"},
			"Last(WT-2017)":         {fmt.Sprint(v.Last("WT-2017")), "3"},
			"Units, Areas":          {fmt.Sprint(len(v.Units()), len(v.Areas())), "2 1"},
			"Groups by code":        {fmt.Sprint(ids(v.Groups(), func(g casework.Group) casework.GroupID { return g.ID })), "[2 1]"},
		} {
			if tt.got != tt.want {
				t.Errorf("%s = %s, want %s", what, tt.got, tt.want)
			}
		}
	})
}

func TestFormsAreFoundByVersion(t *testing.T) {
	s := fresh(t)
	apply(t, s, office("import/1", roster()...))
	tests := []struct {
		id      string
		version int
		want    string
		ok      bool
	}{
		{"household", 0, "家庭二", true},
		{"household", 1, "家庭", true},
		{"household", 2, "家庭二", true},
		{"household", 3, "", false},
		{"enterprise", 0, "企业", true},
		{"organization", 0, "", false},
	}
	for range 2 { // the second time from memory
		viewed(t, s, func(v dialog.View) {
			for _, tt := range tests {
				if got, ok := v.Form(tt.id, tt.version); got.Title.Zh != tt.want || ok != tt.ok {
					t.Errorf("Form(%s, %d) = %q, %v, want %q, %v", tt.id, tt.version, got.Title.Zh, ok, tt.want, tt.ok)
				}
			}
		})
	}
}

// TestFormIsTheOneOfTheTransaction reads a form inside and outside of the
// transaction that replaces it, and which is undone once.
func TestFormIsTheOneOfTheTransaction(t *testing.T) {
	s := fresh(t)
	title := func(v dialog.View) string {
		f, _ := v.Form("household", 0)
		return f.Title.Zh
	}
	publish := func(title string) casework.Fact {
		return casework.FormPublished{Form: form.Definition{ID: "household", Version: 1, Title: form.Label{Zh: title}}}
	}
	apply(t, s, office("import/1", publish("家庭")))
	first := true
	_, err := s.Apply([]dialog.Input{office("import/2", publish("改")), said(1, 11, "panic")}, diary{
		during: func(v dialog.View, in dialog.Input) {
			if in.Kind == dialog.Said && first {
				first = false
				if got := title(v); got != "改" {
					t.Errorf("within the batch: %q, want 改", got)
				}
				viewed(t, s, func(outside dialog.View) {
					if got := title(outside); got != "家庭" {
						t.Errorf("outside, before the commit: %q, want 家庭", got)
					}
				})
			}
		},
	})
	if err != nil {
		t.Fatalf("Apply() = %v", err)
	}
	viewed(t, s, func(v dialog.View) {
		if got := title(v); got != "改" {
			t.Errorf("after the commit: %q, want 改", got)
		}
	})
}

func TestInvitesAreFound(t *testing.T) {
	s := fresh(t)
	apply(t, s, office("import/1", roster()...))
	viewed(t, s, func(v dialog.View) {
		if got, ok := v.InviteByHash("bb"); !ok || got.ID != 2 || got.State != casework.Confirmed {
			t.Errorf("InviteByHash(bb) = %v, %v, want 2, confirmed", got, ok)
		}
		if diff := compare([]casework.InviteID{1, 2}, ids(v.InvitesOfStaff(1), func(i casework.Invite) casework.InviteID { return i.ID })); diff != "" {
			t.Errorf("InvitesOfStaff(1) (-want +got):\n%s", diff)
		}
		if got, ok := v.Invite(1); !ok || got.State != casework.Replaced {
			t.Errorf("Invite(1) = %v, %v, want replaced", got, ok)
		}
	})
}

// TestIndexesAgreeWithTheirTables compares every index with a search through
// its table, after records were written and replaced at random.
func TestIndexesAgreeWithTheirTables(t *testing.T) {
	s := fresh(t)
	apply(t, s, office("import/1", roster()...))
	r := rand.New(rand.NewPCG(1, 2))
	pick := func() uint64 { return r.Uint64N(8) + 1 }
	for i := range 40 {
		v := visited(int(r.Uint64N(30))).Visit
		v.TargetID, v.VisitedOn = casework.TargetID(pick()), day(time.May, int(pick()))
		v.Participants = []casework.StaffID{casework.StaffID(pick())}
		v.SubmittedAt = begin.Add(time.Duration(pick()) * time.Nanosecond)
		apply(t, s, office(fmt.Sprint("change/", i),
			casework.StaffImported{Staff: casework.Staff{
				ID: casework.StaffID(pick()), Code: fmt.Sprint("R", pick()),
				Groups: []casework.GroupID{casework.GroupID(pick()), casework.GroupID(pick())},
			}},
			casework.TargetImported{Target: casework.Target{
				ID: casework.TargetID(pick()), Code: fmt.Sprint("JT-", i), GroupID: casework.GroupID(pick()),
			}},
			casework.PairingMade{Pairing: casework.Pairing{
				TargetID: casework.TargetID(pick()), StaffID: casework.StaffID(pick()), Role: casework.Primary,
			}},
			casework.PairingEnded{TargetID: casework.TargetID(pick()), StaffID: casework.StaffID(pick())},
			casework.VisitReported{Visit: v},
			casework.ProblemRaised{Problem: casework.Problem{
				ID: casework.ProblemID(pick()), TargetID: casework.TargetID(pick()), OwnerID: casework.StaffID(pick()),
			}},
			casework.CallLogged{Call: casework.Call{
				ID: casework.CallID(pick() * pick()), TargetID: casework.TargetID(pick()), By: casework.StaffID(pick()),
				On: day(time.May, int(pick())), At: begin.Add(time.Duration(pick()) * time.Nanosecond), Result: casework.Connected,
			}},
			casework.ContactBooked{TargetID: casework.TargetID(pick()), Contact: casework.Contact{On: day(time.June, int(pick()))}},
			casework.WorkdaySet{Workday: casework.Workday{On: day(time.May, int(pick())), Work: pick() > 4}},
			casework.HandoverProposed{Handover: casework.Handover{
				ID: casework.HandoverID(pick()), Giver: casework.StaffID(pick()), Taker: casework.StaffID(pick()),
			}},
		))
	}
	viewed(t, s, func(v dialog.View) {
		for n := range uint64(10) {
			compareStaff(t, v, n)
			compareTarget(t, v, casework.TargetID(n))
			compareWork(t, v, casework.StaffID(n))
			compareDue(t, v, day(time.June, int(n)))
		}
		days := v.Workdays()
		if !slices.IsSortedFunc(days, func(a, b casework.Workday) int { return a.On.Compare(b.On) }) || len(days) != 9 {
			t.Errorf("Workdays() = %v, want nine days in order", days)
		}
		for _, d := range days {
			if got, ok := v.WorkdayOn(d.On); !ok || got != d {
				t.Errorf("WorkdayOn(%s) = %v, %v, want %v", d.On, got, ok, d)
			}
		}
	})
}

// compareWork compares what a person reported, owns, and gives or takes.
func compareWork(t *testing.T, v dialog.View, id casework.StaffID) {
	t.Helper()
	after := begin.Add(3)
	var reported []casework.Visit
	for w := range v.AllVisits() {
		if w.Reporter() == id && w.SubmittedAt.After(after) {
			reported = append(reported, w)
		}
	}
	slices.SortFunc(reported, func(a, b casework.Visit) int {
		return cmp.Or(b.SubmittedAt.Compare(a.SubmittedAt), cmp.Compare(b.ID, a.ID))
	})
	if diff := compare(reported, v.VisitsBy(id, after)); diff != "" {
		t.Errorf("VisitsBy(%d) (-want +got):\n%s", id, diff)
	}
	made := callsWhere(v, func(c casework.Call) bool { return c.By == id && c.At.After(after) })
	if diff := compare(made, v.CallsBy(id, after)); diff != "" {
		t.Errorf("CallsBy(%d) (-want +got):\n%s", id, diff)
	}
	got := callsWhere(v, func(c casework.Call) bool { return c.TargetID == casework.TargetID(id) })
	if diff := compare(got, v.CallsOfTarget(casework.TargetID(id), 1000)); diff != "" {
		t.Errorf("CallsOfTarget(%d) (-want +got):\n%s", id, diff)
	}
	var owned []casework.Problem
	for p := range v.AllProblems() {
		if p.OwnerID == id {
			owned = append(owned, p)
		}
	}
	if diff := compare(owned, v.ProblemsOfStaff(id)); diff != "" {
		t.Errorf("ProblemsOfStaff(%d) (-want +got):\n%s", id, diff)
	}
	var handovers []casework.Handover
	for h := range v.AllHandovers() {
		if h.Giver == id || h.Taker == id {
			handovers = append(handovers, h)
		}
	}
	if diff := compare(handovers, v.HandoversOf(id)); diff != "" {
		t.Errorf("HandoversOf(%d) (-want +got):\n%s", id, diff)
	}
}

// callsWhere are the calls of which in is true, the newest first.
func callsWhere(v dialog.View, in func(casework.Call) bool) []casework.Call {
	var out []casework.Call
	for c := range v.AllCalls() {
		if in(c) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b casework.Call) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID))
	})
	return out
}

func compareDue(t *testing.T, v dialog.View, last casework.Date) {
	t.Helper()
	var due []casework.Target
	for x := range v.AllTargets() {
		if !x.Next.On.IsZero() && !x.Next.On.After(last) {
			due = append(due, x)
		}
	}
	slices.SortStableFunc(due, func(a, b casework.Target) int { return a.Next.On.Compare(b.Next.On) })
	if diff := compare(due, slices.Collect(v.TargetsDue(last))); diff != "" {
		t.Errorf("TargetsDue(%s) (-want +got):\n%s", last, diff)
	}
}

// TestRecentWorkIsReadAlone counts what is read to find one person's newest
// visits and calls among many.
func TestRecentWorkIsReadAlone(t *testing.T) {
	reads := 0
	s := opened(t, filepath.Join(t.TempDir(), "campaign.db"), func(op string) error {
		if op == "get visits" || op == "get calls" {
			reads++
		}
		return nil
	})
	facts := roster()
	for i := range 200 {
		at := begin.Add(time.Duration(i) * time.Minute)
		facts = append(facts,
			casework.VisitReported{Visit: casework.Visit{
				ID: casework.VisitID(100 + i), TargetID: 8, Participants: []casework.StaffID{5}, VisitedOn: day(time.April, i%28+1), SubmittedAt: at,
			}},
			casework.CallLogged{Call: casework.Call{ID: casework.CallID(i + 1), TargetID: 7, By: 5, On: day(time.April, i%28+1), At: at}})
	}
	apply(t, s, office("import/1", facts...))
	after := begin.Add(196 * time.Minute)
	viewed(t, s, func(v dialog.View) {
		reads = 0
		visits, calls := v.VisitsBy(5, after), v.CallsBy(5, after)
		if len(visits) != 3 || len(calls) != 3 || reads > 8 {
			t.Errorf("%d visits and %d calls with %d reads, want 3 and 3 with at most 8", len(visits), len(calls), reads)
		}
	})
}

func compareStaff(t *testing.T, v dialog.View, n uint64) {
	t.Helper()
	id, group := casework.StaffID(n), casework.GroupID(n)
	var members []casework.Staff
	for p := range v.AllStaff() {
		if p.In(group) {
			members = append(members, p)
		}
	}
	if diff := compare(members, v.StaffOfGroup(group)); diff != "" {
		t.Errorf("StaffOfGroup(%d) (-want +got):\n%s", n, diff)
	}
	var visits []casework.Visit
	for w := range v.AllVisits() {
		if w.Reporter() == id {
			visits = append(visits, w)
		}
	}
	sortVisits(visits)
	if diff := compare(visits, v.VisitsOfStaff(id, 1000)); diff != "" {
		t.Errorf("VisitsOfStaff(%d) (-want +got):\n%s", n, diff)
	}
	var pairings []casework.Pairing
	for x := range v.AllTargets() {
		for _, p := range v.PairingsOfTarget(x.ID) {
			if p.StaffID == id {
				pairings = append(pairings, p)
			}
		}
	}
	if diff := compare(pairings, v.PairingsOfStaff(id)); diff != "" {
		t.Errorf("PairingsOfStaff(%d) (-want +got):\n%s", n, diff)
	}
}

func compareTarget(t *testing.T, v dialog.View, id casework.TargetID) {
	t.Helper()
	var visits []casework.Visit
	for w := range v.AllVisits() {
		if w.TargetID == id {
			visits = append(visits, w)
		}
	}
	sortVisits(visits)
	if diff := compare(visits, v.VisitsOfTarget(id, 1000)); diff != "" {
		t.Errorf("VisitsOfTarget(%d) (-want +got):\n%s", id, diff)
	}
	if diff := compare(visits[:min(1, len(visits))], v.VisitsOfTarget(id, 1)); len(visits) > 0 && diff != "" {
		t.Errorf("VisitsOfTarget(%d, 1) (-want +got):\n%s", id, diff)
	}
	var problems []casework.Problem
	for p := range v.AllProblems() {
		if p.TargetID == id {
			problems = append(problems, p)
		}
	}
	if diff := compare(problems, v.ProblemsOfTarget(id)); diff != "" {
		t.Errorf("ProblemsOfTarget(%d) (-want +got):\n%s", id, diff)
	}
	var targets []casework.Target
	for x := range v.AllTargets() {
		if x.GroupID == casework.GroupID(id) {
			targets = append(targets, x)
		}
	}
	if diff := compare(targets, slices.Collect(v.TargetsOfGroup(casework.GroupID(id)))); diff != "" {
		t.Errorf("TargetsOfGroup(%d) (-want +got):\n%s", id, diff)
	}
}

// sortVisits puts the newest by day visited first.
func sortVisits(visits []casework.Visit) {
	slices.SortFunc(visits, func(a, b casework.Visit) int {
		return cmp.Or(b.VisitedOn.Compare(a.VisitedOn), cmp.Compare(b.ID, a.ID))
	})
}

func TestConversationIsRemembered(t *testing.T) {
	s := fresh(t)
	apply(t, s, said(1, 11, "one"), said(2, 11, "two"), said(3, 11, "three"), said(4, 12, "other"))
	// The diary's first draft, touched again: it becomes the newest.
	if _, err := s.Apply([]dialog.Input{said(5, 11, "x")}, outcome{
		Drafts:  []dialog.Draft{{ID: 1<<12 | 1, Owner: 11, Touched: begin.Add(time.Hour)}},
		Discard: []casework.VisitID{2<<12 | 1, 999},
	}); err != nil {
		t.Fatalf("Apply() = %v", err)
	}
	viewed(t, s, func(v dialog.View) {
		drafts := ids(v.DraftsOf(11), func(d dialog.Draft) casework.VisitID { return d.ID })
		if diff := compare([]casework.VisitID{1<<12 | 1, 3<<12 | 1}, drafts); diff != "" {
			t.Errorf("DraftsOf(11) (-want +got):\n%s", diff)
		}
		if got, ok := v.Draft(2<<12 | 1); ok {
			t.Errorf("Draft that was discarded = %v", got)
		}
		want := dialog.Landing{Visit: 2<<12 | 1, Path: "two"}
		if got, ok := v.Landed("message/11/2"); !ok || got != want {
			t.Errorf("Landed() = %v, %v, want %v", got, ok, want)
		}
		if got, ok := v.Landed("message/11/5"); ok {
			t.Errorf("Landed(no answer) = %v, want none", got)
		}
		if got, ok := v.Session(12); !ok || got.LastVisit != 4 {
			t.Errorf("Session(12) = %v, %v, want the one of input 4", got, ok)
		}
	})
}

func TestNewestCardOfANameIsLive(t *testing.T) {
	s := fresh(t)
	apply(t, s, said(1, 11, "one"), said(2, 11, "two"), said(3, 12, "other"))
	viewed(t, s, func(v dialog.View) {
		if got, ok := v.Live(11, "main"); !ok || got.ID != 2<<12|1 {
			t.Errorf("Live(11, main) = %v, %v, want the newest", got, ok)
		}
		if got, ok := v.Live(11, "mai"); ok {
			t.Errorf("Live(11, mai) = %v, want none", got)
		}
		if got, ok := v.Card(1<<12 | 1); !ok || got.Choices[0].Verb != "go" {
			t.Errorf("Card() = %v, %v", got, ok)
		}
	})
}

// outcome is a bot that always does the same.
type outcome dialog.Outcome

func (o outcome) Turn(dialog.View, dialog.Session, dialog.Input) dialog.Outcome {
	return dialog.Outcome(o)
}

func (o outcome) Sorry(dialog.View, dialog.Session, dialog.Input) dialog.Outcome {
	return dialog.Outcome{}
}

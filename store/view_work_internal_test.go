package store

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// scatter writes records about problems and firms at random, most of them
// several times.
func scatter(p *projector, r *rand.Rand) {
	pick := func() uint64 { return r.Uint64N(8) + 1 }
	for range 300 {
		p.PutProblem(casework.Problem{
			ID: casework.ProblemID(pick() * pick()), UnitID: casework.UnitID(pick() / 3),
			Status: draw(r, casework.ProblemDoing, casework.ProblemClosed, casework.ProblemMerged, casework.ProblemResolved),
		})
		p.PutTaskBook(casework.TaskBook{
			ID: casework.TaskBookID(pick() * pick()), BranchID: casework.UnitID(pick() / 3), LeadID: casework.StaffID(pick()),
			ProblemIDs: []casework.ProblemID{casework.ProblemID(pick()), casework.ProblemID(pick() + 8)},
			Status:     draw(r, casework.TaskDraft, casework.TaskDoing, casework.TaskAccepted, casework.TaskCancelled),
			Measures: []casework.Measure{
				{No: 1, OwnerID: casework.StaffID(pick()), Status: draw(r, casework.MeasureTodo, casework.MeasureDone)},
				{No: 2, OwnerID: casework.StaffID(pick()), Status: draw(r, casework.MeasureDoing, casework.MeasureDropped)},
			},
		})
		p.PutIssue(casework.CommonIssue{ID: casework.IssueID(pick()), Code: fmt.Sprint("GX-", pick())})
		p.PutTrademark(casework.Trademark{ID: casework.TrademarkID(pick() * pick()), FirmID: casework.TargetID(pick())})
		id := casework.MatterID(pick() * pick())
		p.PutMatter(casework.Matter{ID: id, Code: fmt.Sprintf("SB-%03d", id), FirmID: casework.TargetID(pick())})
		p.PutPolicy(casework.Policy{ID: casework.PolicyID(pick()), Title: fmt.Sprint(pick())})
	}
}

// draw draws one of the values.
func draw[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// where are those of the sequence of which in is true.
func where[T any](seq iter.Seq[T], in func(T) bool) []T {
	var out []T
	for v := range seq {
		if in(v) {
			out = append(out, v)
		}
	}
	return out
}

// TestWorkIsFoundByItsIndexes compares what the indexes give with a search through
// the tables.
func TestWorkIsFoundByItsIndexes(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), "campaign.db"), Options{Key: testKey()})
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, s)
	err = s.engine.update(func(x *tx) error {
		p := &projector{view{x, new(formCache)}}
		scatter(p, rand.New(rand.NewPCG(3, 4)))
		for n := range uint64(18) {
			compareWork(t, &p.view, n)
		}
		compareFirms(t, &p.view)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// Nothing of it follows from the ledger, which is empty.
	if err := s.Rebuild(); err != nil {
		t.Fatalf("Rebuild() = %v", err)
	}
	if r, err := s.Check(); err != nil || !r.Sound() {
		t.Errorf("Check() after Rebuild = %q, %v, want no faults", r.Faults, err)
	}
}

func differ(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// compareWork compares what is found of branch n, person n, problem n.
func compareWork(t *testing.T, v *view, n uint64) {
	t.Helper()
	unit, person, problem := casework.UnitID(n), casework.StaffID(n), casework.ProblemID(n)
	problems := where(v.AllProblems(), func(p casework.Problem) bool {
		return p.Status.Open() && (n == 0 || p.UnitID == unit)
	})
	slices.SortStableFunc(problems, func(a, b casework.Problem) int { return cmp.Compare(a.UnitID, b.UnitID) })
	differ(t, fmt.Sprintf("OpenProblems(%d)", n), problems, slices.Collect(v.OpenProblems(unit)))
	books := where(v.AllTaskBooks(), func(b casework.TaskBook) bool {
		return b.Status.Open() && (n == 0 || b.BranchID == unit)
	})
	slices.SortStableFunc(books, func(a, b casework.TaskBook) int { return cmp.Compare(a.BranchID, b.BranchID) })
	differ(t, fmt.Sprintf("OpenTaskBooks(%d)", n), books, slices.Collect(v.OpenTaskBooks(unit)))
	busy := func(b casework.TaskBook) bool { return slices.Contains(b.Busy(), person) }
	differ(t, fmt.Sprintf("TaskBooksOfStaff(%d)", n), where(v.AllTaskBooks(), busy), v.TaskBooksOfStaff(person))
	about := func(b casework.TaskBook) bool { return b.About(problem) }
	differ(t, fmt.Sprintf("TaskBooksOfProblem(%d)", n), where(v.AllTaskBooks(), about), v.TaskBooksOfProblem(problem))
}

func compareFirms(t *testing.T, v *view) {
	t.Helper()
	for n := range casework.TargetID(10) {
		marks := func(m casework.Trademark) bool { return m.FirmID == n }
		differ(t, fmt.Sprintf("TrademarksOfFirm(%d)", n), where(v.AllTrademarks(), marks), v.TrademarksOfFirm(n))
		matters := func(m casework.Matter) bool { return m.FirmID == n }
		differ(t, fmt.Sprintf("MattersOfFirm(%d)", n), where(v.AllMatters(), matters), v.MattersOfFirm(n))
	}
	for m := range v.AllMatters() {
		if got, ok := v.MatterByCode(m.Code); !ok || got.ID != m.ID {
			t.Errorf("MatterByCode(%s) = %d, %v, want %d", m.Code, got.ID, ok, m.ID)
		}
		if got, ok := v.Matter(m.ID); !ok || got.Code != m.Code {
			t.Errorf("Matter(%d) = %q, %v, want %q", m.ID, got.Code, ok, m.Code)
		}
	}
	if _, ok := v.MatterByCode(""); ok {
		t.Error("MatterByCode() found a matter without a code")
	}
	for b := range v.AllTaskBooks() {
		if got, ok := v.TaskBook(b.ID); !ok || got.ID != b.ID {
			t.Errorf("TaskBook(%d) = %d, %v", b.ID, got.ID, ok)
		}
	}
	for m := range v.AllTrademarks() {
		if got, ok := v.Trademark(m.ID); !ok || got.FirmID != m.FirmID {
			t.Errorf("Trademark(%d) = firm %d, %v, want %d", m.ID, got.FirmID, ok, m.FirmID)
		}
	}
	issues, policies := v.Issues(), v.Policies()
	if len(issues) != 8 || len(policies) != 8 {
		t.Errorf("%d issues and %d policies, want 8 of each", len(issues), len(policies))
	}
	for i, issue := range issues {
		got, ok := v.Issue(issue.ID)
		policy, has := v.Policy(policies[i].ID)
		if !ok || !has || got.Code != issue.Code || policy.Title != policies[i].Title {
			t.Errorf("Issue(%d) = %v, %v; Policy(%d) = %v, %v", issue.ID, got, ok, policies[i].ID, policy, has)
		}
	}
}

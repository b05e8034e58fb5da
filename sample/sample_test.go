package sample_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/sample"
)

// makeSet makes the campaign and folds it into records.
func makeSet(t *testing.T, o sample.Options) (sample.Set, casework.Tables) {
	t.Helper()
	s, err := sample.Make(o)
	if err != nil {
		t.Fatalf("Make(%+v): %v", o, err)
	}
	r := sample.NewTables()
	for i, e := range s.Events {
		e.Seq = uint64(i + 1)
		if err := casework.Project(r, e); err != nil {
			t.Fatalf("Project(event %d, %s): %v", e.Seq, e.Cause, err)
		}
	}
	return s, r
}

func TestFiguresAreThoseReported(t *testing.T) {
	for seed := range uint64(4) {
		s, r := makeSet(t, sample.Options{Seed: seed})
		got := casework.Summarize(r, s.Today)
		if got.Met < 550 || got.Met > 595 {
			t.Errorf("seed %d: somebody was met at %d visits of 600, want most of them", seed, got.Met)
		}
		if got.Calls < 400 || got.CallsTried < got.Calls/20 || got.CallsTried > got.Calls/4 {
			t.Errorf("seed %d: %d calls were answered and %d not, want hundreds, and one in eight not", seed, got.Calls, got.CallsTried)
		}
		if got.Struck < 12 || got.Struck > got.Resolved || got.Resolved+got.Open != 35 || got.Open < 8 {
			t.Errorf("seed %d: of 35 problems %d are open, %d solved and %d struck off, want about half of them", seed, got.Open, got.Resolved, got.Struck)
		}
		if got.Asked < got.Struck || got.Pleased != got.Struck {
			t.Errorf("seed %d: %d problems are asked about, %d people content, %d struck off", seed, got.Asked, got.Pleased, got.Struck)
		}
		got.Met, got.Late, got.Calls, got.CallsTried = 0, 0, 0, 0
		got.Open, got.Resolved, got.Struck, got.Asked, got.Pleased = 0, 0, 0, 0, 0
		want := casework.Summary{
			Campaign: "“百千万”集中走访", AsOf: s.Today, Rounds: 5, Groups: 6, Participants: 170, Visits: 600,
			Households: 164, Enterprises: 10, Organizations: 16, Problems: 35, Listed: 35, Needing: 26, TaskBooks: 26,
			Families: map[string]int{"life": 18, "enterprise": 7, "mind": 3, "party": 3, "project": 2, "stability": 2},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d: Summarize (-want +got)\n%s", seed, diff)
		}
	}
}

func TestFiguresGrowWithTheCampaign(t *testing.T) {
	s, r := makeSet(t, sample.Options{})
	early := casework.Summarize(r, casework.Date{Year: 2017, Month: time.May, Day: 1})
	late := casework.Summarize(r, s.Today)
	if early.Rounds != 2 || early.Visits >= late.Visits || early.Problems >= late.Problems || early.Problems == 0 {
		t.Errorf("Summarize in May = %+v, in September = %+v, want two rounds and fewer visits and problems", early, late)
	}
	if last := r.Rounds()[4]; !last.Covers(s.Today) {
		t.Errorf("the last round is %s to %s, want it open on %s", last.StartOn, last.EndOn, s.Today)
	}
}

func TestProblemsAreSpread(t *testing.T) {
	_, r := makeSet(t, sample.Options{})
	count, raised := map[string]int{}, map[casework.TargetID]casework.VisitID{}
	for p := range r.AllProblems() {
		count[p.Category]++
		if v, ok := raised[p.TargetID]; ok && v != p.VisitID {
			t.Errorf("%s: a target has problems from two visits while others have none", p.Code)
		}
		raised[p.TargetID] = p.VisitID
	}
	for category, n := range count {
		switch category {
		case "road_bridge", "medical", "financing":
			if n < 5 {
				t.Errorf("%d problems of category %s, want it among the largest", n, category)
			}
		default:
			if n > 2 {
				t.Errorf("%d problems of category %s, want fewer", n, category)
			}
		}
	}
}

func TestStaff(t *testing.T) {
	_, r := makeSet(t, sample.Options{})
	roles, branches := map[casework.Role]int{}, map[casework.UnitID]bool{}
	for s := range r.AllStaff() {
		if !s.PartyMember || len(s.Groups) != 1 {
			t.Errorf("%s: party member %v, %d groups, want a member of one group", s.Code, s.PartyMember, len(s.Groups))
		}
		branches[s.BranchID] = true
		for _, role := range s.Roles {
			roles[role]++
		}
	}
	want := map[casework.Role]int{
		casework.Visitor: 163, casework.GroupLeader: 6, casework.BranchSecretary: 8, casework.Office: 2,
		casework.BureauLeader: 1, casework.TrademarkOfficer: 2, casework.Auditor: 1, casework.Admin: 1,
	}
	if diff := cmp.Diff(want, roles); diff != "" {
		t.Errorf("roles (-want +got)\n%s", diff)
	}
	if len(branches) != 8 {
		t.Errorf("%d branches, want 8", len(branches))
	}
	deputies := map[casework.StaffID]bool{}
	for _, g := range r.Groups() {
		leader, _ := r.Staff(g.LeaderID)
		deputy, _ := r.Staff(g.DeputyID)
		if !leader.Has(casework.GroupLeader) || !leader.In(g.ID) || !deputy.In(g.ID) || leader.ID == deputy.ID {
			t.Errorf("%s: led by %v, deputy %v, want two of its own", g.Code, leader, deputy)
		}
		deputies[deputy.ID] = true
	}
	if len(deputies) != 6 {
		t.Errorf("%d deputies, want one a group", len(deputies))
	}
}

func TestNamesOfStaffAreTheirOwn(t *testing.T) {
	_, r := makeSet(t, sample.Options{Staff: 590})
	names := map[string]bool{}
	for s := range r.AllStaff() {
		if names[s.Name] {
			t.Errorf("%s: the name is a colleague's", s.Code)
		}
		names[s.Name] = true
	}
}

func TestSeedDecidesEveryByte(t *testing.T) {
	ledger := func(seed uint64) (roster, visits string) {
		s, _ := makeSet(t, sample.Options{Seed: seed})
		return ledgerText(t, s.Events[:500]), ledgerText(t, s.Events[500:])
	}
	roster, visits := ledger(7)
	if again, visitsAgain := ledger(7); roster != again || visits != visitsAgain {
		t.Error("Make with one seed makes two ledgers")
	}
	if other, otherVisits := ledger(8); roster == other || visits == otherVisits {
		t.Error("Make with two seeds makes the same roster, or the same visits")
	}
}

// ledgerText is the ledger as JSON lines.
func ledgerText(t *testing.T, events []casework.Event) string {
	t.Helper()
	var b strings.Builder
	for _, e := range events {
		err := json.NewEncoder(&b).Encode(struct {
			casework.Event
			Kind casework.FactKind `json:"kind"`
			Fact casework.Fact     `json:"fact"`
		}{e, e.Fact.Kind(), e.Fact})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestEachMakesTheSameLedger(t *testing.T) {
	o := sample.Options{Seed: 3, Households: 12, Enterprises: 2, Organizations: 3, Staff: 40, Groups: 2, Visits: 60, Problems: 10}
	s, _ := makeSet(t, o)
	var streamed []casework.Event
	err := o.Each(func(e casework.Event) error {
		streamed = append(streamed, e)
		return nil
	})
	if err != nil || ledgerText(t, streamed) != ledgerText(t, s.Events) {
		t.Errorf("Each = %v with another ledger than Make's", err)
	}
}

func TestEachStopsWithTheErrorOfYield(t *testing.T) {
	full := errors.New("disk full")
	for _, limit := range []int{0, 500, 1000} {
		n := 0
		err := sample.Options{}.Each(func(casework.Event) error {
			if n == limit {
				return full
			}
			n++
			return nil
		})
		if !errors.Is(err, full) || n != limit {
			t.Errorf("Each = %v after %d events, want %v after %d", err, n, full, limit)
		}
	}
}

func TestOtherSizes(t *testing.T) {
	for _, o := range []sample.Options{
		{Households: 1, Enterprises: 1, Organizations: 1, Staff: 18, Groups: 1, Rounds: 1, Visits: 18, Problems: 1},
		{Households: 30, Enterprises: 3, Organizations: 2, Staff: 60, Groups: 4, Rounds: 27, Visits: 100, Problems: 33},
		{Households: 400, Enterprises: 40, Organizations: 70, Staff: 300, Groups: 12, Rounds: 3, Visits: 2000, Problems: 400},
		{Visits: 5000},
	} {
		s, r := makeSet(t, o)
		got := casework.Summarize(r, s.Today)
		want := casework.Summary{
			Rounds: o.Rounds, Groups: o.Groups, Participants: o.Staff, Visits: o.Visits, Households: o.Households,
			Enterprises: o.Enterprises, Organizations: o.Organizations, Problems: o.Problems,
		}
		if o.Staff == 0 {
			want = casework.Summary{
				Rounds: 5, Groups: 6, Participants: 170, Visits: o.Visits, Households: 164,
				Enterprises: 10, Organizations: 16, Problems: 35,
			}
		}
		figures := casework.Summary{
			Rounds: got.Rounds, Groups: got.Groups, Participants: got.Participants, Visits: got.Visits,
			Households: got.Households, Enterprises: got.Enterprises, Organizations: got.Organizations, Problems: got.Problems,
		}
		if diff := cmp.Diff(want, figures); diff != "" {
			t.Errorf("%+v (-want +got)\n%s", o, diff)
		}
	}
}

func TestMakeSaysWhatDoesNotFit(t *testing.T) {
	for _, tt := range []struct {
		o    sample.Options
		want string
	}{
		{sample.Options{Households: -1}, "must be positive"},
		{sample.Options{Groups: -1}, "must be positive"},
		{sample.Options{Rounds: 28}, "want 1 to 27"},
		{sample.Options{Staff: 20}, "too few for 6 groups"},
		{sample.Options{Households: 3}, "too many for 3 households"},
		{sample.Options{Visits: 100}, "unvisited"},
		{sample.Options{Staff: 900}, "at home"},
		{sample.Options{Visits: 50_000}, "times, not 50000"},
		{sample.Options{Problems: 300}, "too many for 600 visits"},
	} {
		_, err := sample.Make(tt.o)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Make(%+v) = %v, want an error with %q", tt.o, err, tt.want)
		}
	}
}

func TestLedgerIsInOrder(t *testing.T) {
	s, _ := makeSet(t, sample.Options{})
	if want := time.Date(2017, time.September, 6, 1, 0, 0, 0, time.UTC); !s.Start.Equal(want) {
		t.Errorf("Start = %s, want %s", s.Start, want)
	}
	var last time.Time
	closed := map[string]bool{} // causes that are over
	for i, e := range s.Events {
		if e.ReachedAt.Before(last) || e.TypedAt.After(e.ReachedAt) || !e.ReachedAt.Before(s.Start) || e.Seq != 0 {
			t.Errorf("event %d: typed %s, reached %s after %s, number %d", i, e.TypedAt, e.ReachedAt, last, e.Seq)
		}
		last = e.ReachedAt
		if i > 0 && s.Events[i-1].Cause != e.Cause {
			closed[s.Events[i-1].Cause] = true
		}
		if closed[e.Cause] || !strings.HasPrefix(e.Cause, "sample:") {
			t.Errorf("event %d: cause %q comes in two places, or is not ours", i, e.Cause)
		}
	}
}

func TestIdentitiesComeFromTheCause(t *testing.T) {
	s, _ := makeSet(t, sample.Options{})
	for i, e := range s.Events {
		var id uint64
		switch f := e.Fact.(type) {
		case casework.RoundOpened:
			id = uint64(f.Round.ID)
		case casework.GroupImported:
			id = uint64(f.Group.ID)
		case casework.StaffImported:
			id = uint64(f.Staff.ID)
		case casework.TargetImported:
			id = uint64(f.Target.ID)
		case casework.InviteIssued:
			id = uint64(f.Invite.ID)
		case casework.VisitReported:
			id = uint64(f.Visit.ID)
		case casework.CallLogged:
			id = uint64(f.Call.ID)
		case casework.ProblemRaised:
			id = uint64(f.Problem.ID)
		default:
			continue
		}
		if want := fmt.Sprintf("sample:%d", id>>12); e.Cause != want {
			t.Errorf("event %d, %s: cause %q, want %q", i, e.Fact.Kind(), e.Cause, want)
		}
	}
}

func TestInputsIsTheHighestNumberGiven(t *testing.T) {
	s, r := makeSet(t, sample.Options{})
	beyond := casework.NewMinter(s.Inputs + 1).Next()
	ids := map[uint64]bool{}
	add := func(id uint64) {
		if ids[id] || id >= beyond {
			t.Errorf("identity %d is given twice, or after the last input", id)
		}
		ids[id] = true
	}
	for v := range r.AllVisits() {
		add(uint64(v.ID))
	}
	for c := range r.AllCalls() {
		add(uint64(c.ID))
	}
	for p := range r.AllProblems() {
		add(uint64(p.ID))
	}
	for b := range r.AllTaskBooks() {
		add(uint64(b.ID))
	}
	for m := range r.AllTrademarks() {
		add(uint64(m.ID))
	}
	for m := range r.AllMatters() {
		add(uint64(m.ID))
	}
	for p := range r.AllStaff() {
		add(uint64(p.ID))
	}
	for x := range r.AllTargets() {
		add(uint64(x.ID))
	}
	last := fmt.Sprintf("sample:%d", s.Inputs)
	if !slices.ContainsFunc(s.Events, func(e casework.Event) bool { return e.Cause == last }) {
		t.Errorf("input %d made nothing", s.Inputs)
	}
}

func TestFormsAndCampaignComeFirst(t *testing.T) {
	s, _ := makeSet(t, sample.Options{})
	var kinds []casework.FactKind
	for _, e := range s.Events[:5] {
		kinds = append(kinds, e.Fact.Kind())
	}
	want := []casework.FactKind{"CampaignOpened", "FormPublished", "FormPublished", "FormPublished", "FormPublished"}
	if !slices.Equal(kinds, want) {
		t.Errorf("the ledger begins with %v, want %v", kinds, want)
	}
	if c := s.Events[0].Fact.(casework.CampaignOpened).Campaign; c.Params != casework.DefaultParams() {
		t.Errorf("parameters = %+v, want the defaults", c.Params)
	}
}

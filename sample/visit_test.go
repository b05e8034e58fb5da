package sample_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/form"
	"zoufang/sample"
)

var china = time.FixedZone("CST", 8*60*60)

// reported is the day on which the visit reached the records.
func reported(v casework.Visit) casework.Date { return form.DateOf(v.SubmittedAt, china) }

func TestAnswersAreRight(t *testing.T) {
	s, r := makeSet(t, sample.Options{Seed: 5})
	c, _ := r.Campaign()
	said := map[string]bool{}
	for v := range r.AllVisits() {
		d, ok := r.Form(v.Form, v.FormVersion)
		if !ok {
			t.Fatalf("%s: form %s version %d is not published", v.Code, v.Form, v.FormVersion)
		}
		sheet := form.Open(&d, v.Answers, form.Context{
			Today: reported(v), Earliest: c.StartOn, BackfillDays: c.Params.Backfill,
		})
		if missing := sheet.Missing(); len(missing) > 0 {
			t.Errorf("%s: %d answers are missing, first %s", v.Code, len(missing), missing[0].Path)
		}
		if step, open := sheet.Next(""); open {
			t.Errorf("%s: %s is still asked", v.Code, step.Path)
		}
		if diff := cmp.Diff(sheet.Prune(), v.Answers); diff != "" {
			t.Errorf("%s: answers of no step (-kept +got)\n%s", v.Code, diff)
		}
		for path, a := range v.Answers {
			step, ok := sheet.Step(path)
			if !ok || step.Gate() || step.Item.Type != form.Text || a.Skipped {
				continue
			}
			said[a.Values[0]] = true
			if code := form.FindPrivate(a.Values[0]); code != "" || form.Clean(a.Values[0]) != a.Values[0] {
				t.Errorf("%s: %s holds %q: private %q, or not clean", v.Code, path, a.Values[0], code)
			}
		}
	}
	if len(said) < 60 {
		t.Errorf("%d different texts in %d events, want a varied lot", len(said), len(s.Events))
	}
}

func TestVisitsKeepTheRules(t *testing.T) {
	_, r := makeSet(t, sample.Options{Seed: 6})
	type meeting struct {
		target casework.TargetID
		on     casework.Date
		who    casework.StaffID
	}
	rounds := map[casework.RoundID]casework.Round{}
	for _, round := range r.Rounds() {
		rounds[round.ID] = round
	}
	seen, codes, shapes := map[meeting]bool{}, map[string]bool{}, map[string]int{}
	for v := range r.AllVisits() {
		if codes[v.Code] {
			t.Errorf("code %s is given twice", v.Code)
		}
		codes[v.Code] = true
		round := rounds[v.RoundID]
		if !round.Covers(v.VisitedOn) || v.VisitedOn.After(reported(v)) {
			t.Errorf("%s: visited on %s, reported on %s, in round %d", v.Code, v.VisitedOn, reported(v), round.No)
		}
		for i, who := range v.Participants {
			m := meeting{v.TargetID, v.VisitedOn, who}
			if seen[m] || slices.Contains(v.Participants[:i], who) {
				t.Errorf("%s: %d was there already", v.Code, who)
			}
			seen[m] = true
		}
		checkReporter(t, r, v)
		count(shapes, v)
	}
	for p := range r.AllProblems() {
		if codes[p.Code] {
			t.Errorf("code %s is given twice", p.Code)
		}
		codes[p.Code] = true
	}
	for x := range r.AllTargets() {
		if codes[x.Code] {
			t.Errorf("code %s is given twice", x.Code)
		}
		codes[x.Code] = true
	}
	if shapes["sunday"] > 0 || shapes["saturday"] > 100 || shapes["accompanied"] < 200 || shapes["alone"] < 200 ||
		shapes["unmet"] < 8 || shapes["late"] < 3 || shapes["later"] < 40 || shapes["two problems"] < 1 {
		t.Errorf("visits = %v, want a mixture of 600", shapes)
	}
}

// checkReporter says whether the reporter may write that visit, and whether
// each person went with the own group.
func checkReporter(t *testing.T, r casework.Tables, v casework.Visit) {
	t.Helper()
	x, _ := r.Target(v.TargetID)
	who, _ := r.Staff(v.Reporter())
	who.Binding = casework.Bound
	if !casework.May(r, who, casework.WriteVisit, casework.Subject{Target: x}) {
		t.Errorf("%s: %s with %v may not report %s", v.Code, who.Code, who.Roles, x.Code)
	}
	for _, id := range v.Participants[1:] {
		if p, _ := r.Staff(id); !p.In(x.GroupID) {
			t.Errorf("%s: %s went along from another group", v.Code, p.Code)
		}
	}
}

// count notes what sort of visit it was.
func count(shapes map[string]int, v casework.Visit) {
	for name, is := range map[string]bool{
		"sunday": v.VisitedOn.Weekday() == time.Sunday, "saturday": v.VisitedOn.Weekday() == time.Saturday,
		"accompanied": len(v.Participants) > 1, "alone": len(v.Participants) == 1,
		"unmet": v.Outcome != casework.Met, "late": v.Late, "later": v.VisitedOn != reported(v),
		"two problems": len(v.ProblemIDs) > 1,
	} {
		if is {
			shapes[name]++
		}
	}
}

// The bot reports with the whole records at hand; the sample must not see less
// of them than matters.
func TestRecordsAreThoseOfTheBot(t *testing.T) {
	s, err := sample.Make(sample.Options{Seed: 2})
	if err != nil {
		t.Fatal(err)
	}
	r := sample.NewTables()
	var want []casework.Fact
	for i, e := range s.Events {
		if f, ok := e.Fact.(casework.VisitReported); ok {
			if len(want) > 0 {
				t.Fatalf("event %d: %d facts of the last visit are not there", i, len(want))
			}
			want = again(r, f.Visit, e)
		}
		if len(want) > 0 {
			if diff := cmp.Diff(want[0], e.Fact); diff != "" {
				t.Errorf("event %d (-bot +sample)\n%s", i, diff)
			}
			want = want[1:]
		}
		if err := casework.Project(r, e); err != nil {
			t.Fatal(err)
		}
	}
}

// again reports the visit as the bot does.
func again(r casework.Tables, v casework.Visit, e casework.Event) []casework.Fact {
	target, _ := r.Target(v.TargetID)
	ids := casework.NewMinter(uint64(v.ID) >> 12)
	return casework.ReportVisit(r, casework.Report{
		ID: casework.VisitID(ids.Next()), Target: target, Form: v.Form, FormVersion: v.FormVersion, Answers: v.Answers,
		Reporter: e.By, Companions: v.Participants[1:], At: e.ReachedAt, Today: reported(v),
	}, ids)
}

func TestWellKnownTrademarkIsToBeTriedAgain(t *testing.T) {
	_, r := makeSet(t, sample.Options{})
	firms := map[casework.TargetID]bool{}
	for v := range r.AllVisits() {
		matter, stage := v.Answers["trademark/1/matter"], v.Answers["trademark/1/stage"]
		if slices.Equal(matter.Values, []string{"well_known"}) {
			firms[v.TargetID] = true
			if !slices.Equal(stage.Values, []string{"retry"}) || len(v.Answers["trademark/1/refusal_reason"].Values) == 0 {
				t.Errorf("%s: stage %v, want retry with the reason", v.Code, stage.Values)
			}
		}
	}
	if len(firms) != 1 {
		t.Errorf("%d firms with a well-known trademark, want 1", len(firms))
	}
}

package workbook_test

import (
	"bytes"
	"errors"
	"iter"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"zoufang/casework"
	"zoufang/workbook"
)

// records are as much of the records as an import asks for, made of its facts.
type records struct {
	casework.Records
	campaign *casework.Campaign
	rounds   []casework.Round
	units    []casework.Unit
	areas    []casework.Area
	groups   []casework.Group
	staff    []casework.Staff
	targets  []casework.Target
	pairings []casework.Pairing
	problems []casework.Problem
	marks    []casework.Trademark
	policies []casework.Policy
}

func (r *records) keep(facts []casework.Fact) {
	for _, f := range facts {
		switch f := f.(type) {
		case casework.CampaignOpened:
			r.campaign = &f.Campaign
		case casework.RoundOpened:
			r.rounds = append(r.rounds, f.Round)
		case casework.UnitImported:
			r.units = append(r.units, f.Unit)
		case casework.AreaImported:
			r.areas = append(r.areas, f.Area)
		case casework.GroupImported:
			r.groups = append(r.groups, f.Group)
		case casework.StaffImported:
			r.staff = append(r.staff, f.Staff)
		case casework.TargetImported:
			r.targets = append(r.targets, f.Target)
		case casework.PairingMade:
			r.pairings = append(r.pairings, f.Pairing)
		case casework.ProblemRaised:
			r.problems = append(r.problems, f.Problem)
		case casework.TrademarkRecorded:
			r.marks = append(r.marks, f.Trademark)
		case casework.PolicyIssued:
			r.policies = append(r.policies, f.Policy)
		}
	}
}

func first[V any](list []V, is func(V) bool) (V, bool) {
	if i := slices.IndexFunc(list, is); i >= 0 {
		return list[i], true
	}
	var none V
	return none, false
}

func (r *records) Campaign() (casework.Campaign, bool) {
	if r.campaign == nil {
		return casework.Campaign{}, false
	}
	return *r.campaign, true
}
func (r *records) Rounds() []casework.Round { return r.rounds }
func (r *records) Units() []casework.Unit   { return r.units }
func (r *records) Areas() []casework.Area   { return r.areas }
func (r *records) Groups() []casework.Group { return r.groups }
func (r *records) Unit(id casework.UnitID) (casework.Unit, bool) {
	return first(r.units, func(x casework.Unit) bool { return x.ID == id })
}
func (r *records) Area(id casework.AreaID) (casework.Area, bool) {
	return first(r.areas, func(x casework.Area) bool { return x.ID == id })
}
func (r *records) Group(id casework.GroupID) (casework.Group, bool) {
	return first(r.groups, func(x casework.Group) bool { return x.ID == id })
}
func (r *records) Staff(id casework.StaffID) (casework.Staff, bool) {
	return first(r.staff, func(x casework.Staff) bool { return x.ID == id })
}
func (r *records) Target(id casework.TargetID) (casework.Target, bool) {
	return first(r.targets, func(x casework.Target) bool { return x.ID == id })
}
func (r *records) TargetByCode(code string) (casework.Target, bool) {
	return first(r.targets, func(x casework.Target) bool { return x.Code == code })
}
func (r *records) AllStaff() iter.Seq[casework.Staff]    { return slices.Values(r.staff) }
func (r *records) AllTargets() iter.Seq[casework.Target] { return slices.Values(r.targets) }
func (r *records) PairingsOfTarget(id casework.TargetID) []casework.Pairing {
	return slices.DeleteFunc(slices.Clone(r.pairings), func(p casework.Pairing) bool { return p.TargetID != id })
}
func (r *records) ProblemsOfTarget(id casework.TargetID) []casework.Problem {
	return slices.DeleteFunc(slices.Clone(r.problems), func(p casework.Problem) bool { return p.TargetID != id })
}
func (r *records) TrademarksOfFirm(id casework.TargetID) []casework.Trademark {
	return slices.DeleteFunc(slices.Clone(r.marks), func(m casework.Trademark) bool { return m.FirmID != id })
}
func (r *records) AllTrademarks() iter.Seq[casework.Trademark] { return slices.Values(r.marks) }
func (r *records) Policies() []casework.Policy                 { return r.policies }
func (r *records) Last(string) int                             { return 0 }

// What the office exports, it can import again, and nothing happens.
func TestExportThenImportPlansNothing(t *testing.T) {
	today := casework.Date{Year: 2017, Month: 4, Day: 5}
	next := uint64(100)
	mint := func() uint64 { next++; return next }
	r := &records{}
	for _, data := range [][]byte{written(t, roster()), nil} {
		wantAdded := 1
		if data == nil {
			data, wantAdded = written(t, casework.RosterOf(r)), 0
		}
		reading, err := workbook.ReadRoster(data)
		if err != nil {
			t.Fatal(err)
		}
		plan, faults := casework.PlanRoster(r, reading.Roster, mint, today)
		if len(faults) > 0 {
			t.Fatalf("PlanRoster has faults %+v, want none", faults)
		}
		if got := plan.Added[casework.CampaignSheet]; got != wantAdded {
			t.Errorf("campaigns added = %d, want %d", got, wantAdded)
		}
		if wantAdded == 0 && len(plan.Facts) > 0 {
			t.Errorf("planned %+v, want nothing", plan.Changes)
		}
		r.keep(plan.Facts)
	}
	if len(r.problems) != 2 || len(r.marks) != 1 || len(r.policies) != 1 {
		t.Errorf("%d problems, %d trademarks and %d policy cards, want 2, 1 and 1", len(r.problems), len(r.marks), len(r.policies))
	}
	if got, want := r.marks[0].Number, "00345678"; got != want {
		t.Errorf("number = %q, want %q", got, want)
	}
	if got, want := r.policies[0].Text, "第一步到村里开证明。\n第二步到镇民政办，电话 0516-1234567。"; got != want {
		t.Errorf("text of the policy card = %q, want %q", got, want)
	}
	if len(r.targets) != 4 || len(r.pairings) != 1 {
		t.Errorf("%d targets and %d pairings, want 4 and 1", len(r.targets), len(r.pairings))
	}
}

// A fault of a cell that the plan finds names the cell of the file.
func TestPlanNamesTheCellOfTheFile(t *testing.T) {
	in := roster()
	in[casework.HouseholdSheet][1].Fields["note"] = casework.Field{Text: "证件 11010519491231002X"}
	reading, err := workbook.ReadRoster(written(t, in))
	if err != nil {
		t.Fatal(err)
	}
	_, faults := casework.PlanRoster(&records{}, reading.Roster, func() uint64 { return 1 }, casework.Date{Year: 2017, Month: 4, Day: 5})
	if got := places(faults); !slices.Contains(got, "家庭 R4 id_number") {
		t.Errorf("faults = %v, want one at 家庭 R4", got)
	}
}

// A workbook of before these sheets were there is imported as it always was.
func TestOlderWorkbookImportsAsBefore(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, roster())))
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range []string{"问题", "商标", "政策"} {
		if err := f.DeleteSheet(sheet); err != nil {
			t.Fatal(err)
		}
	}
	var buf bytes.Buffer
	if err := errors.Join(f.Write(&buf), f.Close()); err != nil {
		t.Fatal(err)
	}
	reading, err := workbook.ReadRoster(buf.Bytes())
	if err != nil || len(reading.Faults)+len(reading.Notes) > 0 {
		t.Fatalf("ReadRoster = %+v, %+v, %v, want no complaint", reading.Faults, reading.Notes, err)
	}
	next := uint64(100)
	today := casework.Date{Year: 2017, Month: 4, Day: 5}
	plan, faults := casework.PlanRoster(&records{}, reading.Roster, func() uint64 { next++; return next }, today)
	if len(faults) > 0 || plan.Added[casework.HouseholdSheet] != 2 || plan.Added[casework.ProblemSheet] != 0 {
		t.Errorf("planned %v, faults %+v, want two households and no problem", plan.Added, faults)
	}
}

// A wrong cell of each of the newer sheets is named as it stands in the file.
func TestPlanNamesTheCellOfWork(t *testing.T) {
	in := roster()
	in[casework.ProblemSheet][1].Fields["due_on"] = casework.Field{Text: "明年"}
	in[casework.TrademarkSheet][0].Fields["classes"] = casework.Field{Text: "9、77"}
	in[casework.PolicySheet][0].Fields["category"] = casework.Field{Text: "天气"}
	reading, err := workbook.ReadRoster(written(t, in))
	if err != nil {
		t.Fatal(err)
	}
	next := uint64(100)
	_, faults := casework.PlanRoster(&records{}, reading.Roster, func() uint64 { next++; return next }, casework.Date{Year: 2017, Month: 4, Day: 5})
	want := []string{"问题 L4 not_date", "商标 D3 not_number", "政策 D3 not_choice"}
	if got := places(faults); !slices.Equal(got, want) {
		t.Errorf("faults = %v, want %v", got, want)
	}
}

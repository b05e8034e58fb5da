package sample_test

import (
	"regexp"
	"slices"
	"testing"

	"zoufang/casework"
	"zoufang/form"
	"zoufang/sample"
)

func TestProfilesAreRight(t *testing.T) {
	_, r := makeSet(t, sample.Options{Households: 400, Enterprises: 60, Visits: 800})
	mobile := regexp.MustCompile(`^1[3-9]\d{9}$`)
	phones, firms := map[string]bool{}, map[string]bool{}
	fresh := func(seen map[string]bool, what string) bool {
		old := seen[what]
		seen[what] = true
		return !old
	}
	for x := range r.AllTargets() {
		phone := ""
		switch {
		case x.Household != nil:
			phone = x.Household.Phone
			checkHousehold(t, x)
		case x.Enterprise != nil:
			e := x.Enterprise
			phone = e.ContactPhone
			_, ok := form.CheckUSCC(e.USCC)
			if legacy := e.USCC == "" && len(e.RegNo) == 15; !ok && !legacy || !fresh(firms, e.USCC+e.RegNo) || !fresh(firms, e.Name) {
				t.Errorf("%s: %s has code %q or number %q: wrong, or not its own", x.Code, e.Name, e.USCC, e.RegNo)
			}
		case x.Organization != nil:
			phone = x.Organization.Phone
		}
		if !mobile.MatchString(phone) || !fresh(phones, phone) {
			t.Errorf("%s: telephone %q is wrong, or not its own", x.Code, phone)
		}
		if _, ok := r.Area(x.AreaID); !ok {
			t.Errorf("%s lies nowhere", x.Code)
		}
	}
}

func checkHousehold(t *testing.T, x casework.Target) {
	t.Helper()
	h := x.Household
	for what, d := range map[string]casework.Dictionary{
		h.MainCause: casework.PovertyCauses(), h.Health: casework.HealthStates(), h.Labor: casework.LaborStates(),
		h.HouseKind: casework.HouseKinds(), h.HouseSafety: casework.HouseSafeties(),
	} {
		if _, ok := d.Token(what); !ok && what != "" {
			t.Errorf("%s: %q is in no dictionary", x.Code, what)
		}
	}
	for _, ty := range h.Types {
		if _, ok := casework.HouseholdTypes().Token(ty); !ok {
			t.Errorf("%s: type %q is in no dictionary", x.Code, ty)
		}
	}
	plain := slices.Contains(h.Types, "general")
	if plain != (h.MainCause == "") || plain != (x.CareLevel == casework.General) || slices.Contains(h.OtherCauses, h.MainCause) {
		t.Errorf("%s: types %v, cause %q, others %v, care %s do not go together", x.Code, h.Types, h.MainCause, h.OtherCauses, x.CareLevel)
	}
	if (x.CareLevel == casework.Key) != (x.CareReason != "") {
		t.Errorf("%s: care %s with the reason %q", x.Code, x.CareLevel, x.CareReason)
	}
}

func TestCareLevels(t *testing.T) {
	_, r := makeSet(t, sample.Options{})
	n := map[casework.CareLevel]int{}
	for x := range r.AllTargets() {
		if x.Kind == casework.HouseholdKind {
			n[x.CareLevel]++
		}
	}
	if n[casework.Key] < 18 || n[casework.Key] > 32 || n[casework.Watch] < 33 || n[casework.Watch] > 50 {
		t.Errorf("care levels = %v of 164, want about 15 %% and 25 %%", n)
	}
}

func TestPairings(t *testing.T) {
	_, r := makeSet(t, sample.Options{})
	assists := 0
	for x := range r.AllTargets() {
		primaries := 0
		for _, p := range r.PairingsOfTarget(x.ID) {
			s, _ := r.Staff(p.StaffID)
			switch {
			case p.Role == casework.Primary:
				primaries++
				if !s.In(x.GroupID) {
					t.Errorf("%s: %s is responsible, from another group", x.Code, s.Code)
				}
			case !s.In(x.GroupID) && !s.Has(casework.TrademarkOfficer):
				t.Errorf("%s: %s helps, from another group", x.Code, s.Code)
			default:
				assists++
			}
		}
		if primaries != 1 {
			t.Errorf("%s: %d are responsible, want 1", x.Code, primaries)
		}
	}
	if assists < 10 {
		t.Errorf("%d help, want some", assists)
	}
	for s := range r.AllStaff() {
		if s.Has(casework.Visitor) && len(r.PairingsOfStaff(s.ID)) == 0 {
			t.Errorf("%s has no target", s.Code)
		}
	}
}

func TestPeopleOfTheDemo(t *testing.T) {
	s, r := makeSet(t, sample.Options{Seed: 4})
	for _, tt := range []struct {
		user casework.UserID
		id   casework.StaffID
		role casework.Role
	}{
		{sample.MemberUser, s.Member, casework.Visitor},
		{sample.LeaderUser, s.Leader, casework.GroupLeader},
		{sample.OfficeUser, s.Office, casework.Office},
	} {
		p, ok := r.StaffByUser(tt.user)
		if !ok || p.ID != tt.id || p.Binding != casework.Bound || !p.Has(tt.role) {
			t.Errorf("StaffByUser(%d) = %+v, want %d bound as %s", tt.user, p, tt.id, tt.role)
		}
	}
	if p, ok := r.StaffByUser(sample.StrangerUser); ok {
		t.Errorf("StaffByUser(stranger) = %+v, want nobody", p)
	}
	member, _ := r.Staff(s.Member)
	if g, _ := r.Group(member.Groups[0]); g.LeaderID != s.Leader {
		t.Errorf("%s is led by %d, want %d", g.Code, g.LeaderID, s.Leader)
	}
}

func TestTargetsOfTheDemo(t *testing.T) {
	for seed := range uint64(4) {
		s, r := makeSet(t, sample.Options{Seed: seed})
		round := r.Rounds()[4]
		got := map[string]int{}
		mine := casework.Mine(r, s.Member, s.Today)
		for _, f := range mine {
			x := f.Target
			due := x.Next.On.DaysSince(s.Today)
			for what, is := range map[string]bool{
				"household": x.Kind == casework.HouseholdKind, "enterprise": x.Kind == casework.EnterpriseKind,
				"organization": x.Kind == casework.OrganizationKind, "open problem": x.Household != nil && x.OpenIssues > 0,
				"not this round": x.LastTriedOn.Before(round.StartOn), "within 14 days": x.LastVisitOn.After(s.Today.AddDays(-14)),
				"not met": x.Missed > 0, "overdue": due < 0, "today": due == 0, "this week": 0 < due && due <= 7, "later": due > 7,
			} {
				if is {
					got[what]++
				}
			}
		}
		for what, least := range map[string]int{
			"household": 12, "enterprise": 1, "organization": 1, "open problem": 1, "not this round": 7,
			"within 14 days": 3, "not met": 1, "overdue": 3, "today": 2, "this week": 3, "later": 4,
		} {
			if got[what] < least {
				t.Errorf("seed %d: %d of the member's %d targets are %s, want %d", seed, got[what], len(mine), what, least)
			}
		}
	}
}

func TestRosterIsOneThatCanBeImported(t *testing.T) {
	s, r := makeSet(t, sample.Options{})
	next := casework.NewMinter(s.Inputs + 1)
	plan, faults := casework.PlanRoster(r, casework.RosterOf(r), next.Next, s.Today)
	for _, f := range faults {
		t.Errorf("%s: %s", f.Cell.Sheet, f.Text.En)
	}
	if len(plan.Facts) > 0 {
		t.Errorf("importing the roster as it stands plans %+v, want nothing", plan.Changes[:min(5, len(plan.Changes))])
	}
	empty := sample.NewTables()
	plan, faults = casework.PlanRoster(empty, casework.RosterOf(r), next.Next, s.Today)
	if len(faults) > 0 || plan.Added[casework.StaffSheet] != 170 || plan.Added[casework.HouseholdSheet] != 164 {
		t.Errorf("importing it afresh has %d faults and adds %v", len(faults), plan.Added)
	}
}

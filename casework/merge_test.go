package casework_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// withTwo lets the office work on two records of one firm, each with a past of its own.
func withTwo(t *testing.T, work func(d *bureau, from, into casework.Target)) {
	t.Helper()
	inBureau(t, fullRoster(), func(d *bureau) {
		d.importRoster(casework.Roster{
			casework.EnterpriseSheet: sheetOf("code|name|area", "QY-002|塔山食品|工业园区"),
			casework.PairingSheet:    sheetOf("target|staff|role", "QY-002|R002|责任人", "QY-002|R003|协助"),
			casework.TrademarkSheet:  sheetOf("firm|name", "QY-002|新标"),
			casework.ProblemSheet:    sheetOf("target|category|words", "QY-002|用工|招不到熟练的工人"),
		})
		d.visit("QY-001", "R003")
		d.day = d.day.AddDays(1)
		d.visit("QY-002", "R002")
		from, _ := d.r.TargetByCode("QY-002")
		into, _ := d.r.TargetByCode("QY-001")
		for i, x := range []casework.Target{from, into} {
			d.fold(scribe, casework.ServiceGiven{TargetID: x.ID, Given: casework.Given{Key: fmt.Sprint("k", i), On: d.day.AddDays(-i)}})
			d.fold(scribe, casework.CallLogged{Call: casework.Call{
				ID: casework.CallID(d.mint()), Code: casework.CallCode(d.day, i+1), TargetID: x.ID, By: scribe, On: d.day, At: midday(d.day), Result: casework.Connected,
			}})
		}
		d.fold(scribe, casework.RoundPlanned{Plans: []casework.RoundPlan{{RoundID: d.r.Rounds()[1].ID, TargetID: from.ID, StaffID: scribe}}})
		d.fold(scribe, casework.HandoverProposed{Handover: casework.Handover{ID: 5, Kind: casework.Transfer, TargetIDs: []casework.TargetID{from.ID}}})
		work(d, from, into)
	})
}

func TestMergedTargetsKeepBothPasts(t *testing.T) {
	withTwo(t, func(d *bureau, from, into casework.Target) {
		facts, why := casework.JoinTargets(d.r, d.scribe(), from.ID, into.ID, d.now())
		if why != "" {
			t.Fatalf("JoinTargets = %q, want it allowed", why)
		}
		d.fold(scribe, facts...)
		from, _ = d.r.Target(from.ID)
		into, _ = d.r.Target(into.ID)
		if from.Status != casework.Merged || from.MergedInto != into.ID || from.Visits != 0 || !from.Next.On.IsZero() {
			t.Errorf("the record merged = %+v, want it out of use", from)
		}
		var days []string
		for _, v := range d.r.VisitsOfTarget(into.ID, 9) {
			days = append(days, v.VisitedOn.String())
		}
		if diff := cmp.Diff([]string{"2017-04-06", "2017-04-05"}, days); diff != "" {
			t.Errorf("visits (-want +got):\n%s", diff)
		}
		got := fmt.Sprint(into.Visits, into.Calls, into.OpenIssues, len(d.r.ProblemsOfTarget(into.ID)), len(d.r.TrademarksOfFirm(into.ID)), len(into.Given),
			into.LastVisitOn, " ", into.Given[0].Key)
		if want := "2 2 2 2 3 2 2017-04-06 k1"; got != want {
			t.Errorf("what hangs on the other = %s, want %s", got, want)
		}
		var ties []string
		for _, p := range d.r.PairingsOfTarget(into.ID) {
			s, _ := d.r.Staff(p.StaffID)
			ties = append(ties, s.Code+" "+string(p.Role))
		}
		slices.Sort(ties)
		if diff := cmp.Diff([]string{"R002 assist", "R003 primary"}, ties); diff != "" {
			t.Errorf("pairings (-want +got):\n%s", diff)
		}
		plans := slices.Collect(d.r.PlanOf(d.r.Rounds()[1].ID))
		if len(plans) != 1 || plans[0].TargetID != into.ID {
			t.Errorf("plan = %+v, want the other target in it", plans)
		}
		if h, _ := d.r.Handover(5); !slices.Equal(h.TargetIDs, []casework.TargetID{into.ID}) {
			t.Errorf("handover of %v, want of the other target", h.TargetIDs)
		}
		if n := len(d.r.PairingsOfTarget(from.ID)) + len(d.r.VisitsOfTarget(from.ID, 9)) + len(d.r.ProblemsOfTarget(from.ID)); n > 0 {
			t.Errorf("%d records still hang on the one merged", n)
		}
		if err := dangling(d.r); err != nil {
			t.Error(err)
		}
	})
}

func TestJoinTargetsRefuses(t *testing.T) {
	withTwo(t, func(d *bureau, from, into casework.Target) {
		visitor, _ := d.r.StaffByCode("R002")
		visitor.Binding = casework.Bound
		home, _ := d.r.TargetByCode("JT-0001")
		gone := from
		gone.ID, gone.Code, gone.Status = 77, "QY-077", casework.Closed
		d.fold(scribe, casework.TargetImported{Target: gone})
		for _, tt := range []struct {
			name       string
			who        casework.Staff
			from, into casework.TargetID
			want       casework.Refusal
		}{
			{"by a visitor", visitor, from.ID, into.ID, casework.NotYours},
			{"nothing", d.scribe(), 1, into.ID, casework.NotFound},
			{"itself", d.scribe(), into.ID, into.ID, casework.NoChange},
			{"a household", d.scribe(), home.ID, into.ID, casework.NeedsOther},
			{"one that is closed", d.scribe(), gone.ID, into.ID, casework.NotNow},
			{"into one that is closed", d.scribe(), into.ID, gone.ID, casework.NotNow},
		} {
			if _, got := casework.JoinTargets(d.r, tt.who, tt.from, tt.into, d.now()); got != tt.want {
				t.Errorf("JoinTargets(%s) = %q, want %q", tt.name, got, tt.want)
			}
		}
	})
}

func TestRosterNamesTwins(t *testing.T) {
	inBureau(t, fullRoster(), func(d *bureau) {
		for _, tt := range []struct {
			name  string
			sheet casework.SheetID
			head  string
			rows  []string
			want  string
		}{
			{"the same name and place", casework.HouseholdSheet, "code|area|head|phone|types", []string{"JT-0020|李庄村|李大山||一般户"}, "JT-0020 JT-0001 C3 同一地方，姓名或名称相同"},
			{"a name that sounds so", casework.HouseholdSheet, "code|area|head|phone|types", []string{"JT-0020|李庄村|李大珊||一般户"}, "JT-0020 JT-0001 C3 同一地方，姓名或名称相近"},
			{"the same telephone", casework.HouseholdSheet, "code|area|head|phone|types", []string{"JT-0020|工业园区|王五|13812345678|一般户"}, "JT-0020 JT-0001 C3 电话相同"},
			{"another in the same place", casework.HouseholdSheet, "code|area|head|phone|types", []string{"JT-0020|李庄村|王五|13812345679|一般户"}, ""},
			{"the same name elsewhere", casework.HouseholdSheet, "code|area|head|phone|types", []string{"JT-0020|塔山镇|李大山||一般户"}, ""},
			{"two in the workbook", casework.HouseholdSheet, "code|area|head|phone|types", []string{"JT-0020|塔山镇|王五||一般户", "JT-0021|塔山镇|王五||一般户"}, "JT-0021 JT-0020 C4 同一地方，姓名或名称相同"},
			{"a firm's name in short", casework.EnterpriseSheet, "code|area|name", []string{"QY-020|工业园区|塔山食品"}, "QY-020 QY-001 C3 同一地方，姓名或名称相近"},
			{"a firm that moved", casework.EnterpriseSheet, "code|area|name", []string{"QY-020|塔山镇|塔山食品有限公司"}, "QY-020 QY-001 C3 名称相同"},
			{"an organisation", casework.OrganizationSheet, "code|area|name|org_type", []string{"ZZ-20|李庄村|李庄村党支部|村党组织"}, "ZZ-20 ZZ-01 C3 同一地方，姓名或名称相同"},
			{"one that is there already", casework.HouseholdSheet, "code|area|head", []string{"JT-0001|李庄村|李大山"}, ""},
		} {
			plan, faults := casework.PlanRoster(d.r, casework.Roster{tt.sheet: sheetOf(tt.head, tt.rows...)}, d.mint, d.day)
			got := ""
			for _, w := range plan.Twins {
				got += fmt.Sprint(w.Key, " ", w.Like, " ", w.Cell.Ref, " ", w.Why.Zh)
			}
			if got != tt.want || len(faults) > 0 {
				t.Errorf("twins of %s = %q, want %q; faults %v", tt.name, got, tt.want, faults)
			}
		}
	})
}

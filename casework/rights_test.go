package casework_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"zoufang/casework"
)

// rights is what the campaign's rules say: for each act and role the cases in
// which it is allowed, of those that [cases] has for the act. Every role has a
// row, if only to say that it has no right.
func rights() map[casework.Act]map[casework.Role]string {
	all := visitRights()
	maps.Copy(all, workRights())
	maps.Copy(all, officeRights())
	return all
}

// visitRights are the rules about visits, calls and people.
func visitRights() map[casework.Act]map[casework.Role]string {
	return map[casework.Act]map[casework.Role]string{
		casework.SeeTarget: {
			casework.Visitor:          "own-pair stood-in own-group own-group-firm member-group",
			casework.GroupLeader:      "own-pair stood-in own-group own-group-firm member-group",
			casework.BranchSecretary:  "own-pair stood-in own-group own-group-firm member-group own-branch",
			casework.Office:           "own-record own-pair stood-in own-group own-group-firm member-group own-branch other unpaired firm",
			casework.BureauLeader:     "own-pair stood-in own-group own-group-firm member-group",
			casework.TrademarkOfficer: "own-group-firm firm",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.WriteVisit: {
			casework.Visitor:          "own-pair stood-in own-group own-group-firm member-group",
			casework.GroupLeader:      "own-pair stood-in own-group own-group-firm member-group",
			casework.BranchSecretary:  "own-pair stood-in own-group own-group-firm member-group own-branch",
			casework.Office:           "",
			casework.BureauLeader:     "own-pair stood-in own-group own-group-firm member-group",
			casework.TrademarkOfficer: "own-group-firm firm",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.CorrectVisit: {
			casework.Visitor:          "own-record",
			casework.GroupLeader:      "own-pair stood-in own-group own-group-firm member-group",
			casework.BranchSecretary:  "own-record",
			casework.Office:           "",
			casework.BureauLeader:     "own-record",
			casework.TrademarkOfficer: "own-record",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.RegisterTarget: {
			casework.Visitor:          "in-group",
			casework.GroupLeader:      "in-group",
			casework.BranchSecretary:  "in-group",
			casework.Office:           "",
			casework.BureauLeader:     "in-group",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.ConfirmBinding: {
			casework.Visitor:          "",
			casework.GroupLeader:      "led deputised",
			casework.BranchSecretary:  "",
			casework.Office:           "led deputised member other-member groupless",
			casework.BureauLeader:     "",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "",
			casework.Admin:            "led deputised member other-member groupless",
		},
		casework.SeeSummary: {
			casework.Visitor:          "",
			casework.GroupLeader:      "figures",
			casework.BranchSecretary:  "figures",
			casework.Office:           "figures",
			casework.BureauLeader:     "figures",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "figures",
			casework.Admin:            "figures",
		},
		casework.LogCalls: {
			casework.Visitor:          "own-pair stood-in own-group own-group-firm member-group",
			casework.GroupLeader:      "own-pair stood-in own-group own-group-firm member-group",
			casework.BranchSecretary:  "own-pair stood-in own-group own-group-firm member-group own-branch",
			casework.Office:           "",
			casework.BureauLeader:     "own-pair stood-in own-group own-group-firm member-group",
			casework.TrademarkOfficer: "own-group-firm firm",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.SeePhone: {
			casework.Visitor:          "own-pair stood-in",
			casework.GroupLeader:      "own-pair stood-in own-group own-group-firm member-group",
			casework.BranchSecretary:  "",
			casework.Office:           "",
			casework.BureauLeader:     "",
			casework.TrademarkOfficer: "own-group-firm firm",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.PlanContact: {
			casework.Visitor:          "own-pair stood-in",
			casework.GroupLeader:      "own-pair stood-in own-group own-group-firm member-group",
			casework.BranchSecretary:  "",
			casework.Office:           "own-record own-pair stood-in own-group own-group-firm member-group own-branch other unpaired firm",
			casework.BureauLeader:     "",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.SeeDigest: {
			casework.Visitor:          "",
			casework.GroupLeader:      "led deputised",
			casework.BranchSecretary:  "",
			casework.Office:           "led deputised member other no-group",
			casework.BureauLeader:     "",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.LinkChat: {
			casework.Visitor:          "",
			casework.GroupLeader:      "led deputised",
			casework.BranchSecretary:  "",
			casework.Office:           "led deputised member other no-group",
			casework.BureauLeader:     "",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.SeeWeek: {
			casework.Visitor:          "",
			casework.GroupLeader:      "",
			casework.BranchSecretary:  "own-branch",
			casework.Office:           "own-branch other-branch no-branch",
			casework.BureauLeader:     "own-branch other-branch no-branch",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.Reassign: {
			casework.Visitor:          "",
			casework.GroupLeader:      "own-group own-group-firm led-person led-to-led",
			casework.BranchSecretary:  "",
			casework.Office:           "own-record own-pair stood-in own-group own-group-firm member-group own-branch other unpaired firm led-person member-person other-person led-to-other other-to-led led-to-led",
			casework.BureauLeader:     "",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.ReturnVisit: {
			casework.Visitor:          "",
			casework.GroupLeader:      "own-group own-group-firm",
			casework.BranchSecretary:  "",
			casework.Office:           "own-record own-pair stood-in own-group own-group-firm member-group own-branch other unpaired firm",
			casework.BureauLeader:     "",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.SilenceMiss: {
			casework.Visitor:          "",
			casework.GroupLeader:      "own-group own-group-firm",
			casework.BranchSecretary:  "",
			casework.Office:           "own-record own-pair stood-in own-group own-group-firm member-group own-branch other unpaired firm",
			casework.BureauLeader:     "",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "",
			casework.Admin:            "",
		},
		casework.SetCalendar: {
			casework.Visitor:          "",
			casework.GroupLeader:      "",
			casework.BranchSecretary:  "",
			casework.Office:           "campaign",
			casework.BureauLeader:     "",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "",
			casework.Admin:            "campaign",
		},
		casework.Suspend: {
			casework.Visitor:          "",
			casework.GroupLeader:      "",
			casework.BranchSecretary:  "",
			casework.Office:           "campaign",
			casework.BureauLeader:     "",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "",
			casework.Admin:            "campaign",
		},
		casework.ReleaseHold: {
			casework.Visitor:          "",
			casework.GroupLeader:      "",
			casework.BranchSecretary:  "",
			casework.Office:           "campaign",
			casework.BureauLeader:     "",
			casework.TrademarkOfficer: "",
			casework.Auditor:          "",
			casework.Admin:            "campaign",
		},
	}
}

// actor is whose rights are asked for: in the groups 1, 3 and 4, of which 1 is
// led and 3 deputised, and of branch 1.
const actor casework.StaffID = 1

// cases are what the acts can be about, seen from the actor.
func cases(a casework.Act) map[string]casework.Subject {
	switch a {
	case casework.RegisterTarget:
		return map[string]casework.Subject{"in-group": {Group: 1}, "other-group": {Group: 2}, "no-group": {}}
	case casework.ConfirmBinding:
		member := func(g ...casework.GroupID) casework.Subject {
			return casework.Subject{Staff: casework.Staff{ID: 9, BranchID: 1, Groups: g}}
		}
		return map[string]casework.Subject{
			"led": member(2, 1), "deputised": member(3), "member": member(4), "other-member": member(2), "groupless": member(),
			"self": {Staff: casework.Staff{ID: actor, Groups: []casework.GroupID{1}}},
		}
	case casework.SeeSummary:
		return map[string]casework.Subject{"figures": {}}
	case casework.SetCalendar, casework.Suspend, casework.ReleaseHold:
		return map[string]casework.Subject{"campaign": {}}
	case casework.SeeDigest, casework.LinkChat:
		return map[string]casework.Subject{
			"led": {Group: 1}, "deputised": {Group: 3}, "member": {Group: 4}, "other": {Group: 2}, "no-group": {},
		}
	case casework.SeeWeek:
		return map[string]casework.Subject{"own-branch": {Unit: 1}, "other-branch": {Unit: 2}, "no-branch": {}}
	case casework.Reassign:
		all := targetCases()
		led, member := casework.Staff{ID: 9, Groups: []casework.GroupID{2, 3}}, casework.Staff{ID: 9, Groups: []casework.GroupID{4}}
		all["led-person"] = casework.Subject{Staff: led}
		all["member-person"] = casework.Subject{Staff: member}
		all["other-person"] = casework.Subject{Staff: casework.Staff{ID: 9}}
		all["led-to-other"] = casework.Subject{Target: household(2, 1), Group: 2}
		all["other-to-led"] = casework.Subject{Target: household(4, 2), Group: 1}
		all["led-to-led"] = casework.Subject{Target: household(2, 1), Staff: led, Group: 3}
		return all
	case casework.SeeTarget, casework.WriteVisit, casework.CorrectVisit, casework.LogCalls, casework.SeePhone,
		casework.PlanContact, casework.ReturnVisit, casework.SilenceMiss:
		return targetCases()
	default:
	}
	if all := officeCases(a); all != nil {
		return all
	}
	if aboutCampaign(a) {
		return map[string]casework.Subject{"campaign": {}}
	}
	return workCases()
}

func household(id casework.TargetID, g casework.GroupID) casework.Target {
	return casework.Target{ID: id, Kind: casework.HouseholdKind, GroupID: g}
}

// targetCases are the targets that an act can be about, today.
func targetCases() map[string]casework.Subject {
	others := casework.Visit{ID: 1, Participants: []casework.StaffID{2}}
	all := map[string]casework.Subject{
		"own-record":     {Target: household(4, 2), Visit: casework.Visit{ID: 1, Participants: []casework.StaffID{2, actor}}},
		"own-pair":       {Target: household(1, 2), Visit: others},
		"own-group":      {Target: household(2, 1), Visit: others},
		"own-branch":     {Target: household(3, 2), Visit: others},
		"other":          {Target: household(4, 2), Visit: others},
		"unpaired":       {Target: household(5, 2), Visit: others},
		"firm":           {Target: casework.Target{ID: 6, Kind: casework.EnterpriseKind, GroupID: 2}, Visit: others},
		"own-group-firm": {Target: casework.Target{ID: 7, Kind: casework.EnterpriseKind, GroupID: 1}, Visit: others},
		"stood-in":       {Target: household(8, 2), Visit: others},
		"member-group":   {Target: household(9, 4), Visit: others},
	}
	for name, sub := range all {
		sub.Today = today
		all[name] = sub
	}
	return all
}

// rightsLedger pairs the targets of [cases], and has a leader for each group. The
// actor stands in for person 4 from the 18th to the 22nd.
func rightsLedger(t *testing.T) *ledger {
	t.Helper()
	pair := func(x casework.TargetID, s casework.StaffID) casework.Fact {
		return casework.PairingMade{Pairing: casework.Pairing{TargetID: x, StaffID: s, Role: casework.Primary}}
	}
	facts := []casework.Fact{
		casework.GroupImported{Group: casework.Group{ID: 1, Code: "G1", LeaderID: actor, DeputyID: 2}},
		casework.GroupImported{Group: casework.Group{ID: 2, Code: "G2", LeaderID: 2}},
		casework.GroupImported{Group: casework.Group{ID: 3, Code: "G3", LeaderID: 2, DeputyID: actor}},
		casework.GroupImported{Group: casework.Group{ID: 4, Code: "G4", LeaderID: 2}},
		casework.StaffImported{Staff: casework.Staff{ID: 2, Code: "R2", BranchID: 2, Groups: []casework.GroupID{2}}},
		casework.StaffImported{Staff: casework.Staff{ID: 3, Code: "R3", BranchID: 1, Groups: []casework.GroupID{2}}},
		casework.StaffImported{Staff: casework.Staff{ID: 4, Code: "R4", BranchID: 2, Groups: []casework.GroupID{2}}},
		casework.StaffImported{Staff: actorWith()},
		pair(1, actor), pair(2, 2), pair(3, 3), pair(4, 2), pair(6, 2), pair(7, 2), pair(8, 4), pair(9, 2),
	}
	return newLedger(t, append(facts, handed(1, casework.Leave, 4, actor, april(18), april(22))...)...)
}

func actorWith(roles ...casework.Role) casework.Staff {
	return casework.Staff{
		ID: actor, BranchID: 1, Groups: []casework.GroupID{1, 3, 4}, Roles: roles, User: 7, Binding: casework.Bound,
	}
}

// holds reports whether the rules allow the act to one of the roles in the case.
func holds(a casework.Act, name string, roles ...casework.Role) bool {
	// Who leads a group may do what its leader may, with the role or without.
	switch a {
	case casework.SeeDigest, casework.LinkChat, casework.Reassign, casework.ReturnVisit, casework.SilenceMiss,
		casework.TriageProblem, casework.ManageProblem, casework.EscalateToBranch, casework.WriteBook, casework.AcceptBook,
		casework.ExportPapers, casework.MergeTargets, casework.Announce, casework.PlanRounds, casework.InviteStaff:
		if slices.Contains(strings.Fields(rights()[a][casework.GroupLeader]), name) {
			return true
		}
	default:
	}
	return slices.ContainsFunc(roles, func(r casework.Role) bool {
		return slices.Contains(strings.Fields(rights()[a][r]), name)
	})
}

// acts are those of the program and those of the rules: they should be the same.
func acts() map[casework.Act]bool {
	all := map[casework.Act]bool{}
	for a := range casework.Acts() {
		all[a] = true
	}
	for a := range rights() {
		all[a] = true
	}
	return all
}

func TestMayFollowsTheRules(t *testing.T) {
	cells := 0
	rightsLedger(t).view(func(r casework.Records) {
		for a := range acts() {
			for _, role := range casework.Roles() {
				if _, ok := rights()[a][role]; !ok {
					t.Errorf("the rules have no row for %s by %s", a, role)
				}
				for name, sub := range cases(a) {
					cells += checkCell(t, r, a, role, name, sub)
				}
			}
		}
	})
	if cells < 2000 {
		t.Errorf("%d cells were looked at, want the whole table", cells)
	}
}

// checkCell asks for one right in every state of the actor's account, and says
// how many that are.
func checkCell(t *testing.T, r casework.Records, a casework.Act, role casework.Role, name string, sub casework.Subject) int {
	t.Helper()
	want := holds(a, name, role)
	bindings := []casework.Binding{casework.Bound, casework.Unbound, casework.Suspended, ""}
	for _, b := range bindings {
		s := actorWith(role)
		s.Binding = b
		if got := casework.May(r, s, a, sub); got != (want && b == casework.Bound) {
			t.Errorf("May(%s %s, %s, %s) = %v, want %v", b, role, a, name, got, want && b == casework.Bound)
		}
	}
	nobody := actorWith(role)
	nobody.ID = 0
	if casework.May(r, nobody, a, sub) {
		t.Errorf("May(nobody as %s, %s, %s) = true, want false", role, a, name)
	}
	return len(bindings) + 1
}

// Two roles give what either gives, and no role gives what leading gives.
func TestMayAddsRolesUp(t *testing.T) {
	rightsLedger(t).view(func(r casework.Records) {
		for a := range acts() {
			for name, sub := range cases(a) {
				if got, want := casework.May(r, actorWith(), a, sub), holds(a, name); got != want {
					t.Errorf("May(no role, %s, %s) = %v, want %v", a, name, got, want)
				}
				for _, one := range casework.Roles() {
					for _, two := range casework.Roles() {
						got := casework.May(r, actorWith(one, two), a, sub)
						if want := holds(a, name, one, two); got != want {
							t.Errorf("May(%s and %s, %s, %s) = %v, want %v", one, two, a, name, got, want)
						}
					}
				}
			}
		}
	})
}

// What somebody else has to see to is in one's charge for the days of the leave.
func TestMayFollowsTheLeave(t *testing.T) {
	rightsLedger(t).view(func(r casework.Records) {
		for day, want := range map[casework.Date]bool{
			{}: false, april(17): false, april(18): true, april(22): true, april(23): false,
		} {
			sub := casework.Subject{Target: household(8, 2), Today: day}
			for _, a := range []casework.Act{casework.SeePhone, casework.PlanContact, casework.WriteVisit} {
				if got := casework.May(r, actorWith(casework.Visitor), a, sub); got != want {
					t.Errorf("May(visitor, %s, a target stood in for, on %v) = %v, want %v", a, day, got, want)
				}
			}
		}
	})
}

// To be of no branch is not to be of the same one.
func TestMayOfNoBranch(t *testing.T) {
	rightsLedger(t).view(func(r casework.Records) {
		s := actorWith(casework.BranchSecretary)
		s.BranchID = 0
		if casework.May(r, s, casework.SeeWeek, casework.Subject{}) {
			t.Error("May(secretary of no branch, see_week, of no branch) = true, want false")
		}
	})
}

func TestMayKnowsNoOtherAct(t *testing.T) {
	rightsLedger(t).view(func(r casework.Records) {
		for _, a := range []casework.Act{"", "erase", "SeeTarget"} {
			if casework.May(r, actorWith(casework.Roles()...), a, cases(casework.SeeTarget)["own-group"]) {
				t.Errorf("May(every role, %q) = true, want false", a)
			}
		}
	})
}

func TestAllowedIsARightSomewhere(t *testing.T) {
	for a := range acts() {
		for _, role := range casework.Roles() {
			want := rights()[a][role] != ""
			if got := casework.Allowed(actorWith(role), a); got != want {
				t.Errorf("Allowed(%s, %s) = %v, want %v", role, a, got, want)
			}
			s := actorWith(role)
			s.Binding = casework.Suspended
			if casework.Allowed(s, a) {
				t.Errorf("Allowed(suspended %s, %s) = true, want false", role, a)
			}
		}
	}
}

func TestConfirmers(t *testing.T) {
	const (
		leader casework.StaffID = iota + 1
		deputy
		office
		admin
		stranger
		person
	)
	type state struct {
		id   casework.StaffID
		bind casework.Binding
		role casework.Role
	}
	on := func(id casework.StaffID, r casework.Role) state { return state{id, casework.Bound, r} }
	for _, tt := range []struct {
		name   string
		people []state
		gone   casework.StaffID // unreachable
		groups []casework.GroupID
		want   string
	}{
		{"the leader", []state{on(leader, casework.GroupLeader), on(office, casework.Office)}, 0, []casework.GroupID{1}, "[1]"},
		{
			"leader and deputy", []state{on(leader, casework.GroupLeader), on(deputy, casework.GroupLeader), on(office, casework.Office)},
			0, []casework.GroupID{1}, "[1 2]",
		},
		{
			"a deputy without the role cannot", []state{{leader, casework.Unbound, casework.GroupLeader}, on(deputy, casework.Visitor), on(office, casework.Office)},
			0, []casework.GroupID{1}, "[3]",
		},
		{
			"nobody leads who can be reached", []state{on(leader, casework.GroupLeader), on(office, casework.Office), on(admin, casework.Admin)},
			leader, []casework.GroupID{1}, "[3 4]",
		},
		{"leaders of other groups do not", []state{on(stranger, casework.GroupLeader), on(admin, casework.Admin)}, 0, []casework.GroupID{1}, "[4]"},
		{"of no group", []state{on(leader, casework.GroupLeader), on(office, casework.Office)}, 0, nil, "[3]"},
		{"nobody is bound", []state{{leader, casework.Unbound, casework.GroupLeader}, {office, casework.Suspended, casework.Office}}, 0, []casework.GroupID{1}, "[]"},
		{"never the person", []state{on(person, casework.Office)}, 0, []casework.GroupID{1}, "[]"},
		{"nor as a leader", []state{on(person, casework.GroupLeader), on(office, casework.Office)}, 0, []casework.GroupID{2}, "[3]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t,
				casework.GroupImported{Group: casework.Group{ID: 1, LeaderID: leader, DeputyID: deputy}},
				casework.GroupImported{Group: casework.Group{ID: 2, LeaderID: person}},
			)
			for _, p := range tt.people {
				l.add(casework.StaffImported{Staff: casework.Staff{
					ID: p.id, Roles: []casework.Role{p.role}, Binding: p.bind, User: casework.UserID(p.id), Unreachable: p.id == tt.gone,
				}})
			}
			l.view(func(r casework.Records) {
				who := casework.Staff{ID: person, Groups: tt.groups}
				var got []casework.StaffID
				for _, s := range casework.Confirmers(r, who, 0) {
					got = append(got, s.ID)
					if !casework.May(r, s, casework.ConfirmBinding, casework.Subject{Staff: who}) {
						t.Errorf("Confirmers names %d, who may not confirm", s.ID)
					}
				}
				if fmt.Sprint(got) != tt.want {
					t.Errorf("Confirmers = %v, want %v", got, tt.want)
				}
			})
		})
	}
}

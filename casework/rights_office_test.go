package casework_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"zoufang/casework"
)

// officeRights are the rules about what the office does, by role in the order of the
// campaign's table.
func officeRights() map[casework.Act]map[casework.Role]string {
	const (
		none     = ""
		campaign = "campaign"
		groups   = "led deputised"
		branch   = "led deputised member own-branch"
		people   = "led deputised self"
		led      = "own-group own-group-firm"
		record   = "own-record"
	)
	row := func(visitor, leader, secretary, office, bureau, officer, auditor, admin string) map[casework.Role]string {
		return map[casework.Role]string{
			casework.Visitor: visitor, casework.GroupLeader: leader, casework.BranchSecretary: secretary,
			casework.Office: office, casework.BureauLeader: bureau, casework.TrademarkOfficer: officer,
			casework.Auditor: auditor, casework.Admin: admin,
		}
	}
	every := func(m map[string]casework.Subject) string { return strings.Join(slices.Sorted(maps.Keys(m)), " ") }
	rooms, targets, persons := every(roomCases()), every(targetCases()), every(personCases())
	return map[casework.Act]map[casework.Role]string{
		casework.ExportPapers:  row(none, groups, branch, rooms, none, none, rooms, none),
		casework.Announce:      row(none, groups, branch, rooms, rooms, none, none, none),
		casework.ExportFull:    row(none, none, none, campaign, none, none, none, none),
		casework.Approve:       row(none, none, none, campaign, campaign, none, none, campaign),
		casework.ImportRecords: row(none, none, none, campaign, none, none, none, none),
		casework.SeeLooks:      row(none, none, none, campaign, none, none, campaign, campaign),
		casework.ManageRounds:  row(none, none, none, campaign, none, none, none, none),
		casework.SetParams:     row(none, none, none, campaign, none, none, none, campaign),
		casework.SetWords:      row(none, none, none, campaign, none, none, none, none),
		casework.MergeTargets:  row(none, led, none, targets, none, none, none, none),
		casework.PlanRounds:    row(none, led, none, targets, none, none, none, none),
		casework.ManageStaff:   row(none, none, none, persons, none, none, none, persons),
		casework.ChangeRoles:   row(none, none, none, persons, none, none, none, persons),
		casework.InviteStaff:   row(none, people, none, persons, none, none, none, persons),
		casework.WriteDiary:    row(record, record, record, none, record, record, none, none),
	}
}

// officeCases are what the acts of the office can be about; nil for other acts.
func officeCases(a casework.Act) map[string]casework.Subject {
	switch a {
	case casework.ExportPapers, casework.Announce:
		return roomCases()
	case casework.MergeTargets, casework.PlanRounds, casework.WriteDiary:
		return targetCases()
	case casework.ManageStaff, casework.ChangeRoles, casework.InviteStaff:
		return personCases()
	case casework.ExportFull, casework.Approve, casework.ImportRecords, casework.SeeLooks, casework.ManageRounds,
		casework.SetParams, casework.SetWords:
		return map[string]casework.Subject{"campaign": {}}
	default:
		return nil
	}
}

// roomCases are the groups and branches that a paper or an announcement can be limited
// to.
func roomCases() map[string]casework.Subject {
	return map[string]casework.Subject{
		"campaign": {}, "led": {Group: 1}, "deputised": {Group: 3}, "member": {Group: 4}, "other": {Group: 2},
		"own-branch": {Unit: 1}, "other-branch": {Unit: 2},
	}
}

// personCases are people of the roster.
func personCases() map[string]casework.Subject {
	member := func(g ...casework.GroupID) casework.Subject {
		return casework.Subject{Staff: casework.Staff{ID: 9, BranchID: 1, Groups: g}}
	}
	return map[string]casework.Subject{
		"led": member(2, 1), "deputised": member(3), "member": member(4), "other-member": member(2), "groupless": member(),
		"self": {Staff: casework.Staff{ID: actor, Groups: []casework.GroupID{1}}},
	}
}

// Who invites a possible second person in the chat does not confirm the account: it could
// be another one of their own.
func TestMayNotConfirmWhomOneInvitedToApprove(t *testing.T) {
	office := casework.Staff{ID: 90, Binding: casework.Bound, Roles: []casework.Role{casework.Office}}
	admin := casework.Staff{ID: 91, Binding: casework.Bound, Roles: []casework.Role{casework.Admin}}
	for _, tt := range []struct {
		name    string
		who     casework.Role
		inviter casework.StaffID
		want    bool
	}{
		{"a director invited by oneself", casework.BureauLeader, office.ID, false},
		{"an administrator invited by oneself", casework.Admin, office.ID, false},
		{"a director invited by another", casework.BureauLeader, admin.ID, true},
		{"a director invited on the command line", casework.BureauLeader, 0, true},
		{"a visitor invited by oneself", casework.Visitor, office.ID, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, smallCampaign()...)
			l.view(func(r casework.Records) {
				who := casework.Staff{ID: 92, Roles: []casework.Role{tt.who}}
				sub := casework.Subject{Staff: who, Inviter: tt.inviter}
				if got := casework.May(r, office, casework.ConfirmBinding, sub); got != tt.want {
					t.Errorf("May(office, ConfirmBinding) = %v, want %v", got, tt.want)
				}
			})
		})
	}
}

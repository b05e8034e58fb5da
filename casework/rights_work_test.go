package casework_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"zoufang/casework"
)

// workRights are the rules about problems, task books and services, by role in the
// order of the campaign's table.
func workRights() map[casework.Act]map[casework.Role]string {
	const (
		none     = ""
		work     = "my-problem stood-problem followed-problem my-book measure-book "
		charges  = "own-pair stood-in"
		group    = work + "own-pair stood-in own-group own-group-firm member-group led-problem"
		branch   = group + " own-branch branch-problem branch-book"
		led      = "own-group own-group-firm led-problem"
		firms    = work + "own-group-firm firm"
		campaign = "campaign"
	)
	all := strings.Join(slices.Sorted(maps.Keys(workCases())), " ")
	row := func(visitor, leader, secretary, office, bureau, officer string) map[casework.Role]string {
		return map[casework.Role]string{
			casework.Visitor: visitor, casework.GroupLeader: leader, casework.BranchSecretary: secretary,
			casework.Office: office, casework.BureauLeader: bureau, casework.TrademarkOfficer: officer,
			casework.Auditor: none, casework.Admin: none,
		}
	}
	return map[casework.Act]map[casework.Role]string{
		casework.SeeProblem:          row(group, group, branch, all, group, firms),
		casework.RaiseProblems:       row(group, group, branch, all, group, firms),
		casework.TriageProblem:       row(none, led, branch, all, none, none),
		casework.WorkProblem:         row(work, work, work, work, work, work),
		casework.ManageProblem:       row(none, led, branch, all, none, none),
		casework.EscalateToBranch:    row(work, led, branch, all, none, none),
		casework.EscalateToBureau:    row(none, none, branch, all, none, firms),
		casework.EscalateOut:         row(none, none, none, all, none, none),
		casework.AnswerAtBranch:      row(none, none, branch, all, none, none),
		casework.AnswerAtBureau:      row(none, none, none, all, all, none),
		casework.StrikeProblem:       row(none, none, none, all, none, none),
		casework.WriteBook:           row(work, led, branch, all, work, work),
		casework.IssueBook:           row(none, none, branch, all, none, none),
		casework.WorkBook:            row(work, work, work, work, work, work),
		casework.AcceptBook:          row(none, led, branch, all, all, none),
		casework.AcceptBookForOffice: row(none, none, none, all, none, none),
		casework.GatherIssues:        row(none, group, branch, all, none, none),
		casework.SeeMarks:            row(group, group, branch, all, all, firms),
		casework.ServeMarks:          row(charges, group, none, all, none, firms),
		casework.ServeFirm:           row(group, group, branch, all, group, firms),
		casework.SetTaskBooks:        row(none, none, none, campaign, none, none),
		casework.ReportIssues:        row(none, none, none, campaign, none, none),
		casework.EditServices:        row(none, none, none, campaign, none, campaign),
		casework.SeePolicies:         row(campaign, campaign, campaign, campaign, campaign, campaign),
		casework.EditPolicies:        row(none, none, none, campaign, none, none),
		casework.EditChecklist:       row(none, none, none, campaign, none, none),
	}
}

// aboutCampaign are the new acts that are about no record.
func aboutCampaign(a casework.Act) bool {
	return slices.Contains([]casework.Act{
		casework.SetTaskBooks, casework.ReportIssues, casework.EditServices, casework.SeePolicies,
		casework.EditPolicies, casework.EditChecklist,
	}, a)
}

// workCases are the targets that an act can be about, and problems and task books
// at targets that are nothing to the actor.
func workCases() map[string]casework.Subject {
	all := targetCases()
	const someone = casework.StaffID(2)
	problem := func(p casework.Problem, x casework.Target) casework.Subject {
		return casework.Subject{Target: x, Problem: p, Today: today}
	}
	book := func(b casework.TaskBook) casework.Subject {
		return casework.Subject{Target: household(4, 2), Book: b, Today: today}
	}
	far := household(4, 2)
	all["my-problem"] = problem(casework.Problem{ID: 1, OwnerID: actor, UnitID: 2}, far)
	all["stood-problem"] = problem(casework.Problem{ID: 2, OwnerID: 4, UnitID: 2}, far)
	all["followed-problem"] = problem(casework.Problem{ID: 3, OwnerID: someone, UnitID: 2, Followers: []casework.StaffID{actor}}, far)
	all["branch-problem"] = problem(casework.Problem{ID: 4, OwnerID: someone, UnitID: 1}, far)
	all["led-problem"] = problem(casework.Problem{ID: 5, OwnerID: someone, UnitID: 2}, household(2, 1))
	all["other-problem"] = problem(casework.Problem{ID: 6, OwnerID: someone, UnitID: 2}, far)
	all["no-owner-problem"] = problem(casework.Problem{ID: 7}, far)
	measure := casework.Measure{No: 1, OwnerID: actor}
	done := measure
	done.Status = casework.MeasureDone
	all["my-book"] = book(casework.TaskBook{ID: 1, LeadID: actor, BranchID: 2, Status: casework.TaskIssued})
	all["measure-book"] = book(casework.TaskBook{
		ID: 2, LeadID: someone, BranchID: 2, Status: casework.TaskDoing, Measures: []casework.Measure{measure},
	})
	all["settled-book"] = book(casework.TaskBook{
		ID: 3, LeadID: someone, BranchID: 2, Status: casework.TaskDoing, Measures: []casework.Measure{done},
	})
	all["accepted-book"] = book(casework.TaskBook{ID: 4, LeadID: actor, BranchID: 2, Status: casework.TaskAccepted})
	all["branch-book"] = book(casework.TaskBook{ID: 5, LeadID: someone, BranchID: 1, Status: casework.TaskDraft})
	return all
}

// In a group chat nobody has any right but to link it.
func TestMayInGroupChats(t *testing.T) {
	cells := 0
	rightsLedger(t).view(func(r casework.Records) {
		for a := range acts() {
			for _, role := range casework.Roles() {
				for name, sub := range cases(a) {
					sub.InGroup = true
					want := a == casework.LinkChat && holds(a, name, role)
					if got := casework.May(r, actorWith(role), a, sub); got != want {
						t.Errorf("May(%s, %s, %s, in a group chat) = %v, want %v", role, a, name, got, want)
					}
					cells++
				}
			}
		}
	})
	if cells < 3000 {
		t.Errorf("%d cells were looked at, want the whole table", cells)
	}
}

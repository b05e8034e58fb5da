package casework_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// seek asks for a second person's word.
func (l *ledger) seek(who casework.StaffID, a casework.Approval) (casework.ApprovalID, casework.Refusal) {
	l.t.Helper()
	facts, why := l.asks(who, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
		return alone(casework.AskApproval(r, s, a, servingNow(), ids))
	})
	if why != "" {
		return 0, why
	}
	return facts[0].(casework.ApprovalAsked).Approval.ID, ""
}

// decide is the second person's word.
func (l *ledger) decide(who casework.StaffID, id casework.ApprovalID, to casework.ApprovalState, m casework.Moment) ([]casework.Fact, casework.Refusal) {
	l.t.Helper()
	return l.asks(who, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
		return casework.DecideApproval(r, s, id, to, m, ids, time.UTC)
	})
}

func fullExport(reason string) casework.Approval {
	x := paperOf(casework.PaperProblems)
	return casework.Approval{Kind: casework.ApproveExport, Reason: reason, Export: &x}
}

func newRoles(who casework.StaffID, roles ...casework.Role) casework.Approval {
	return casework.Approval{Kind: casework.ApproveRoles, Reason: "工作调整", StaffID: who, Roles: roles}
}

func TestAskApproval(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	future := fullExport("报市局")
	future.Export.AsOf = hoursLater(1).At
	for _, tt := range []struct {
		name string
		who  casework.StaffID
		a    casework.Approval
		want casework.Refusal
	}{
		{"an export", desk, fullExport("报市局"), ""},
		{"the same again", desk, fullExport("报市局核对"), casework.NoChange},
		{"the same by another", second, fullExport("报市局"), ""},
		{"without a reason", desk, fullExport(" "), casework.NeedsText},
		{"with somebody's number", desk, fullExport("给 13800138000 看"), casework.NeedsText},
		{"of tomorrow", desk, future, casework.NeedsDay},
		{"no export", desk, casework.Approval{Kind: casework.ApproveExport, Reason: "报市局"}, casework.NotFound},
		{"by the leader", lee, fullExport("报市局"), casework.NotYours},
		{"roles", desk, newRoles(mia, casework.Visitor, casework.GroupLeader), ""},
		{"roles in another order", desk, newRoles(mia, casework.GroupLeader, casework.Visitor), casework.NoChange},
		{"roles as they are", desk, newRoles(sun, casework.BranchSecretary), casework.NoChange},
		{"no roles", desk, newRoles(mia), casework.NeedsWhy},
		{"no known role", desk, newRoles(mia, "king"), casework.NeedsWhy},
		{"roles of nobody", desk, newRoles(999, casework.Visitor), casework.NotFound},
		{"roles by the leader", lee, newRoles(mia, casework.GroupLeader), casework.NotYours},
		{"an undo of nothing", desk, casework.Approval{Kind: casework.ApproveUndo, Reason: "导错了", Import: 5}, casework.NotFound},
		{"nothing known", desk, casework.Approval{Kind: "party", Reason: "导错了"}, casework.NotFound},
	} {
		if _, got := l.seek(tt.who, tt.a); got != tt.want {
			t.Errorf("%s: AskApproval = %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Somebody must be left who can give roles, and who can decide.
func TestNobodyElseIsLeft(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	for _, id := range []casework.StaffID{second, admin} {
		l.add(casework.StaffSuspended{StaffID: id})
	}
	if _, got := l.seek(desk, newRoles(desk, casework.Visitor)); got != casework.NobodyElse {
		t.Errorf("the last of the office gives its role away: AskApproval = %q, want %q", got, casework.NobodyElse)
	}
	if _, got := l.seek(desk, fullExport("报市局")); got != "" {
		t.Errorf("while the bureau's leader can decide: AskApproval = %q, want none", got)
	}
	l.add(casework.StaffSuspended{StaffID: bureauHead})
	if _, got := l.seek(desk, newRoles(mia, casework.GroupLeader)); got != casework.NobodyElse {
		t.Errorf("nobody can decide: AskApproval = %q, want %q", got, casework.NobodyElse)
	}
}

func TestDecideApproval(t *testing.T) {
	for _, tt := range []struct {
		name string
		who  casework.StaffID
		to   casework.ApprovalState
		m    casework.Moment
		want casework.Refusal
	}{
		{"granted", bureauHead, casework.ApprovalGranted, servingNow(), ""},
		{"refused", second, casework.ApprovalRefused, servingNow(), ""},
		{"at the last minute", admin, casework.ApprovalGranted, hoursLater(23), ""},
		{"too late", bureauHead, casework.ApprovalGranted, hoursLater(24), casework.TooLate},
		{"by who asked", desk, casework.ApprovalGranted, servingNow(), casework.OwnAsking},
		{"by the leader", lee, casework.ApprovalGranted, servingNow(), casework.NotYours},
		{"neither", bureauHead, casework.ApprovalOpen, servingNow(), casework.NotNow},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, officeCampaign(t)...)
			id, why := l.seek(desk, fullExport("报市局"))
			if why != "" {
				t.Fatalf("AskApproval = %q", why)
			}
			facts, got := l.decide(tt.who, id, tt.to, tt.m)
			if got != tt.want {
				t.Fatalf("DecideApproval = %q, want %q", got, tt.want)
			}
			begun := 0
			for _, f := range facts {
				if f, ok := f.(casework.ExportBegun); ok {
					begun++
					want := casework.Export{
						ID: f.Export.ID, Code: "DC-2017-0001", Kind: casework.PaperProblems, Format: casework.XLSX,
						AsOf: tt.m.At, Day: casework.DateOf(tt.m.At, time.UTC), Full: true, Reason: "报市局", By: desk, ApprovedBy: tt.who,
						At: tt.m.At, Status: casework.ExportAsked,
					}
					if diff := cmp.Diff(want, f.Export); diff != "" {
						t.Errorf("the export (-want +got)\n%s", diff)
					}
				}
			}
			if granted := got == "" && tt.to == casework.ApprovalGranted; (begun == 1) != granted {
				t.Errorf("%d exports are begun", begun)
			}
			l.view(func(r casework.Records) {
				a, _ := r.Approval(id)
				if decided := a.State == tt.to && a.DecidedBy == tt.who; decided != (got == "") {
					t.Errorf("the request is %s by %d", a.State, a.DecidedBy)
				}
				if looks := len(r.Looks(9)); looks != begun {
					t.Errorf("%d looks are noted, want %d", looks, begun)
				}
			})
			if _, again := l.decide(admin, id, casework.ApprovalGranted, tt.m); got == "" && again != casework.NotNow {
				t.Errorf("DecideApproval a second time = %q, want %q", again, casework.NotNow)
			}
		})
	}
}

func TestGrantedRoles(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	ask := func(who casework.StaffID, roles ...casework.Role) casework.ApprovalID {
		t.Helper()
		id, why := l.seek(desk, newRoles(who, roles...))
		if why != "" {
			t.Fatalf("AskApproval = %q", why)
		}
		return id
	}
	id := ask(mia, casework.GroupLeader, casework.Visitor)
	if _, why := l.decide(second, id, casework.ApprovalGranted, servingNow()); why != "" {
		t.Fatalf("DecideApproval = %q", why)
	}
	l.view(func(r casework.Records) {
		s, _ := r.Staff(mia)
		if diff := cmp.Diff([]casework.Role{casework.Visitor, casework.GroupLeader}, s.Roles); diff != "" || s.Binding != casework.Bound {
			t.Errorf("the roles (-want +got)\n%s, and the account is %s", diff, s.Binding)
		}
	})
	own := ask(second, casework.Office, casework.Admin)
	if _, why := l.decide(second, own, casework.ApprovalGranted, servingNow()); why != casework.OwnAsking {
		t.Errorf("DecideApproval of one's own roles = %q, want %q", why, casework.OwnAsking)
	}
	late := ask(bureauHead, casework.BureauLeader, casework.Visitor)
	l.add(casework.StaffSuspended{StaffID: desk})
	if _, why := l.decide(second, late, casework.ApprovalGranted, servingNow()); why != casework.NotYours {
		t.Errorf("DecideApproval for who has no rights any more = %q, want %q", why, casework.NotYours)
	}
	if _, why := l.decide(second, 999, casework.ApprovalGranted, servingNow()); why != casework.NotFound {
		t.Errorf("DecideApproval of nothing = %q, want %q", why, casework.NotFound)
	}
}

func TestApprovers(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	l.add(casework.ReachChanged{StaffID: second, Unreachable: true})
	for _, tt := range []struct {
		a    casework.Approval
		want []casework.StaffID
	}{
		{casework.Approval{By: lee}, []casework.StaffID{desk, bureauHead, admin}},
		{casework.Approval{By: desk}, []casework.StaffID{bureauHead, admin}},
		{casework.Approval{By: desk, StaffID: bureauHead}, []casework.StaffID{admin}},
	} {
		l.view(func(r casework.Records) {
			var got []casework.StaffID
			for _, s := range casework.Approvers(r, tt.a) {
				got = append(got, s.ID)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Approvers(%+v) (-want +got)\n%s", tt.a, diff)
			}
		})
	}
}

package casework_test

import (
	"strings"
	"testing"

	"zoufang/casework"
)

// issue lets somebody issue a policy card.
func (l *ledger) issue(who casework.StaffID, p casework.Policy) casework.Refusal {
	l.t.Helper()
	return l.try(who, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
		return casework.IssuePolicy(r, s, p, servingNow(), ids)
	})
}

// policies are all cards.
func (l *ledger) policies() []casework.Policy {
	l.t.Helper()
	var out []casework.Policy
	l.view(func(r casework.Records) { out = r.Policies() })
	return out
}

func TestIssuePolicy(t *testing.T) {
	for _, tt := range []struct {
		name   string
		who    casework.StaffID
		policy casework.Policy
		want   casework.Refusal
	}{
		{"for everybody", desk, casework.Policy{Title: "新农合报销", Text: "住院报销比例为七成。"}, ""},
		{"for some", desk, casework.Policy{Title: "低保", Text: "办理条件。", For: []string{"dibao", "organization"}, Category: "welfare", ValidTo: today}, ""},
		{"with an office's telephone", desk, casework.Policy{Title: "热线", Text: "请打 0516-83456789。"}, ""},
		{"with somebody's identity", desk, casework.Policy{Title: "热线", Text: "11010519491231002X"}, casework.NeedsText},
		{"by the officer", officer, casework.Policy{Title: "热线", Text: "请打 12315。"}, casework.NotYours},
		{"without a title", desk, casework.Policy{Text: "请打 12315。"}, casework.NeedsText},
		{"without a text", desk, casework.Policy{Title: "热线"}, casework.NeedsText},
		{"too long", desk, casework.Policy{Title: "热线", Text: strings.Repeat("字", 1501)}, casework.NeedsText},
		{"for nobody there is", desk, casework.Policy{Title: "热线", Text: "请打 12315。", For: []string{"friends"}}, casework.NotFound},
		{"about nothing there is", desk, casework.Policy{Title: "热线", Text: "请打 12315。", Category: "weather"}, casework.NotFound},
		{"over", desk, casework.Policy{Title: "热线", Text: "请打 12315。", ValidTo: april(19)}, casework.NeedsDay},
		{"unknown", desk, casework.Policy{ID: 9, Title: "热线", Text: "请打 12315。"}, casework.NotFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, serviceCampaign(t)...)
			if got := l.issue(tt.who, tt.policy); got != tt.want {
				t.Errorf("IssuePolicy = %q, want %q", got, tt.want)
			}
			if got := len(l.policies()) == 1; got != (tt.want == "") {
				t.Errorf("it is there: %v", got)
			}
		})
	}
}

func TestPolicyLives(t *testing.T) {
	l := newLedger(t, serviceCampaign(t)...)
	if why := l.issue(desk, casework.Policy{Title: "热线", Text: "请打 12315。"}); why != "" {
		t.Fatalf("IssuePolicy = %q", why)
	}
	p := l.policies()[0]
	if p.Code != "ZC-001" || p.By != desk || p.On != today {
		t.Errorf("the card = %+v, want ZC-001 of the desk", p)
	}
	withdraw := func(who casework.StaffID) casework.Refusal {
		return l.try(who, func(r casework.Records, s casework.Staff, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return casework.WithdrawPolicy(r, s, p.ID)
		})
	}
	explain := func(who casework.StaffID, x casework.TargetID, id casework.PolicyID) casework.Refusal {
		return l.try(who, func(r casework.Records, s casework.Staff, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return casework.ExplainPolicy(r, s, x, id, 5, servingNow())
		})
	}
	for i, tt := range []struct{ got, want casework.Refusal }{
		{l.issue(desk, p), casework.NoChange},
		{explain(officer, firm, p.ID), ""},
		{explain(officer, firm, p.ID), casework.NoChange},
		{explain(officer, home, p.ID), casework.NotYours}, // the officer sees firms alone
		{explain(officer, firm, 99), casework.NotFound},
		{explain(officer, 99, p.ID), casework.NotFound},
		{withdraw(officer), casework.NotYours},
		{withdraw(desk), ""},
		{withdraw(desk), casework.NoChange},
		{explain(desk, firm, p.ID), casework.TooLate},
		{l.issue(desk, casework.Policy{ID: p.ID, Title: "消费维权热线", Text: p.Text}), ""}, // back in force
		{explain(desk, firm, p.ID), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("%d: refused as %q, want %q", i, tt.got, tt.want)
		}
	}
	if now := l.policies(); len(now) != 1 || now[0].Code != "ZC-001" || now[0].Off || now[0].Title != "消费维权热线" {
		t.Errorf("the cards = %+v, want ZC-001 with another title", now)
	}
	if got := l.target(firm).Explained; len(got) != 2 || got[0].By != officer || got[0].VisitID != 5 || got[1].By != desk {
		t.Errorf("explained = %+v, want twice", got)
	}
}

func TestFindPolicies(t *testing.T) {
	l := newLedger(t, serviceCampaign(t)...)
	for _, p := range []casework.Policy{
		{Title: "新农合住院报销", Text: "住院报销比例为七成。", For: []string{"household"}, Category: "medical"},
		{Title: "小微企业贷款贴息", Text: "贴息两年。", For: []string{"enterprise"}, Category: "financing"},
		{Title: "低保办理", Text: "向村里申请。", For: []string{"dibao"}},
		{Title: "消费维权热线", Text: "请打 12315，报销无门也可打。"},
		{Title: "旧的贷款政策", Text: "已经到期。", ValidTo: today},
	} {
		if why := l.issue(desk, p); why != "" {
			t.Fatalf("IssuePolicy(%s) = %q", p.Title, why)
		}
	}
	poor := casework.Target{ID: 9, Kind: casework.HouseholdKind, Household: &casework.Household{Types: []string{"dibao"}}}
	for _, tt := range []struct {
		words string
		x     casework.Target
		day   casework.Date
		want  string
	}{
		{"", casework.Target{}, today, "ZC-005 ZC-004 ZC-003 ZC-002 ZC-001"},
		{"", casework.Target{}, april(21), "ZC-004 ZC-003 ZC-002 ZC-001"},
		{"", poor, april(21), "ZC-004 ZC-003 ZC-001"},
		{"", l.target(firm), april(21), "ZC-004 ZC-002"},
		{"报销", poor, april(21), "ZC-001 ZC-004"},
		{"贷款", poor, april(21), "ZC-002"},
		{"xwqy", casework.Target{}, april(21), "ZC-002"},
		{"dibao", casework.Target{}, april(21), "ZC-003"},
		{"ZC-003", casework.Target{}, april(21), "ZC-003"},
		{"融资", casework.Target{}, april(21), "ZC-002"},
		{"天气", casework.Target{}, april(21), ""},
	} {
		l.view(func(r casework.Records) {
			var got []string
			for _, p := range casework.FindPolicies(r, tt.words, tt.x, tt.day) {
				got = append(got, p.Code)
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("FindPolicies(%q, %d, %v) = %s, want %s", tt.words, tt.x.ID, tt.day, got, tt.want)
			}
		})
	}
}

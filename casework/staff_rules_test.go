package casework_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/dialog"
)

func TestAddAndChangeStaff(t *testing.T) {
	entry := func(change func(*casework.Staff)) casework.Staff {
		s := casework.Staff{Code: "r100", Name: "王小明", BranchID: 2, Title: "科员", Groups: []casework.GroupID{1, 1}}
		change(&s)
		return s
	}
	l := newLedger(t, officeCampaign(t)...)
	for _, tt := range []struct {
		name string
		who  casework.StaffID
		s    casework.Staff
		want casework.Refusal
	}{
		{"new", desk, entry(func(s *casework.Staff) {
			s.Roles, s.User, s.Binding = []casework.Role{casework.Admin}, 5, casework.Bound
		}), ""},
		{"with a code that is taken", admin, entry(func(*casework.Staff) {}), casework.Taken},
		{"by the leader", lee, entry(func(s *casework.Staff) { s.Code = "R101" }), casework.NotYours},
		{"without a code", desk, entry(func(s *casework.Staff) { s.Code = "" }), casework.NeedsText},
		{"with a wrong code", desk, entry(func(s *casework.Staff) { s.Code = "王一" }), casework.NeedsText},
		{"with half a name", desk, entry(func(s *casework.Staff) { s.Code, s.Name = "R101", "王" }), casework.NeedsText},
		{"with a number for a title", desk, entry(func(s *casework.Staff) { s.Code, s.Title = "R101", "13800138000" }), casework.NeedsText},
		{"of no branch there is", desk, entry(func(s *casework.Staff) { s.Code, s.BranchID = "R101", 9 }), casework.NotFound},
		{"of no group there is", desk, entry(func(s *casework.Staff) { s.Code, s.Groups = "R101", []casework.GroupID{9} }), casework.NotFound},
	} {
		_, got := l.asks(tt.who, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return alone(casework.AddStaff(r, s, tt.s, ids))
		})
		if got != tt.want {
			t.Errorf("%s: AddStaff = %q, want %q", tt.name, got, tt.want)
		}
	}
	change := func(who casework.StaffID, s casework.Staff) casework.Refusal {
		_, why := l.asks(who, func(r casework.Records, by casework.Staff, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return alone(casework.ChangeStaff(r, by, s))
		})
		return why
	}
	var fresh, leader, head casework.Staff
	l.view(func(r casework.Records) {
		fresh, _ = r.StaffByCode("R100")
		leader, _ = r.Staff(lee)
		head, _ = r.Staff(bureauHead)
	})
	want := casework.Staff{
		ID: fresh.ID, Code: "R100", Name: "王小明", BranchID: 2, Title: "科员", Groups: []casework.GroupID{1},
		Roles: []casework.Role{casework.Visitor}, Binding: casework.Unbound,
	}
	if diff := cmp.Diff(want, fresh); diff != "" {
		t.Errorf("the new person (-want +got)\n%s", diff)
	}
	same := head
	head.Name, head.Roles, head.PartyMember = "赵大海", nil, true
	left := leader
	left.Groups = nil
	for i, tt := range []struct{ got, want casework.Refusal }{
		{change(desk, same), casework.NoChange}, {change(desk, head), ""}, {change(lee, head), casework.NotYours},
		{change(desk, left), casework.NotNow}, {change(desk, casework.Staff{ID: 999}), casework.NotFound},
	} {
		if tt.got != tt.want {
			t.Errorf("%d: ChangeStaff = %q, want %q", i, tt.got, tt.want)
		}
	}
	l.view(func(r casework.Records) {
		if s, _ := r.Staff(bureauHead); s.Name != "赵大海" || !s.PartyMember || !s.Has(casework.BureauLeader) || s.Binding != casework.Bound {
			t.Errorf("the person is %+v: roles and account stay", s)
		}
	})
}

func TestInviteFor(t *testing.T) {
	nonce := strings.Repeat("0f", 16)
	l := newLedger(t, officeCampaign(t)...)
	codes := map[string]bool{}
	for _, tt := range []struct {
		name  string
		who   casework.StaffID
		guest casework.StaffID
		nonce string
		want  casework.Refusal
	}{
		{"by the leader", lee, pal, nonce, ""},
		{"another nonce", desk, pal, strings.Repeat("1f", 16), ""},
		{"another person", desk, ann, nonce, ""},
		{"by a member", sun, pal, nonce, casework.NotYours},
		{"who has an account", desk, mia, nonce, casework.NotNow},
		{"who is suspended", desk, gone, nonce, casework.NotNow},
		{"without a nonce", desk, pal, "", casework.NotNow},
		{"nobody", desk, 999, nonce, casework.NotFound},
	} {
		var code string
		facts, got := l.asks(tt.who, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
			c, f, why := casework.InviteFor(r, s, tt.guest, tt.nonce, servingNow(), ids)
			code = c
			return alone(f, why)
		})
		if got != tt.want {
			t.Errorf("%s: InviteFor = %q, want %q", tt.name, got, tt.want)
		}
		for _, f := range facts {
			inv := f.(casework.InviteIssued).Invite
			if inv.Hash != dialog.InviteHash(code) || len(code) != 26 || codes[code] || inv.StaffID != tt.guest || inv.ExpiresAt != hoursLater(48).At {
				t.Errorf("%s: code %q makes %+v", tt.name, code, inv)
			}
			codes[code] = true
		}
	}
}

func TestSearchStaff(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	for id, name := range map[casework.StaffID]string{lee: "李大山", sun: "孙小红", mia: "李明"} {
		l.add(casework.StaffImported{Staff: casework.Staff{ID: id, Code: "X" + string('0'+rune(id%10)), Name: name, Title: "所长"}})
	}
	for words, want := range map[string]string{
		"X2": "X2", "李": "X1 X7", "lds": "X1", "sunxiaohong": "X2", "所长": "X1 X2 X7", "83": "R083", "r085": "R085", "无": "",
	} {
		l.view(func(r casework.Records) {
			var got []string
			for _, s := range casework.SearchStaff(r, words) {
				got = append(got, s.Code)
			}
			if strings.Join(got, " ") != want {
				t.Errorf("SearchStaff(%s) = %v, want %s", words, got, want)
			}
		})
	}
	l.view(func(r casework.Records) {
		if n := len(casework.SearchStaff(r, " ")); n != 14 {
			t.Errorf("SearchStaff() finds %d, want everybody", n)
		}
	})
}

func TestLooksFor(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	for _, x := range []struct {
		by casework.StaffID
		at casework.TargetID
	}{{mia, home}, {mia, firm}, {lee, home}} {
		l.asks(x.by, func(casework.Records, casework.Staff, *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return []casework.Fact{casework.PhoneShown{TargetID: x.at}}, ""
		})
	}
	for _, tt := range []struct {
		name string
		who  casework.StaffID
		at   casework.TargetID
		by   casework.StaffID
		n    int
		want casework.Refusal
		got  int
	}{
		{"all", desk, 0, 0, 9, "", 3}, {"all by the auditor", auditor, 0, 0, 2, "", 2}, {"at a target", admin, home, 0, 9, "", 2},
		{"by a person", desk, 0, mia, 9, "", 2}, {"both", desk, home, mia, 9, "", 1}, {"one's own", mia, 0, mia, 9, "", 2},
		{"one's own at a target", mia, firm, mia, 9, "", 1}, {"others'", lee, 0, mia, 9, casework.NotYours, 0},
		{"all by a leader", lee, 0, 0, 9, casework.NotYours, 0}, {"at a target by a leader", lee, home, 0, 9, casework.NotYours, 0},
		{"by nobody", 0, 0, 0, 9, casework.NotYours, 0},
	} {
		l.view(func(r casework.Records) {
			s, _ := r.Staff(tt.who)
			list, why := casework.LooksFor(r, s, tt.at, tt.by, tt.n)
			if why != tt.want || len(list) != tt.got {
				t.Errorf("%s: LooksFor = %d, %q, want %d, %q", tt.name, len(list), why, tt.got, tt.want)
			}
		})
	}
}

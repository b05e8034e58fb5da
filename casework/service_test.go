package casework_test

import (
	"slices"
	"strings"
	"testing"

	"zoufang/casework"
)

func TestDefaultServices(t *testing.T) {
	keys, count := map[string]bool{}, map[casework.ServiceFor]int{}
	for _, s := range casework.DefaultServices() {
		if keys[s.Key] || s.Label == "" || s.Off {
			t.Errorf("measure %+v: a key of its own, a label and in force are wanted", s)
		}
		keys[s.Key] = true
		count[s.For]++
	}
	if len(keys) != 15 || count[casework.ForFirms] != 8 || count[casework.ForMarks] != 7 {
		t.Errorf("measures by direction: %v, want 8 for firms and 7 for trademarks", count)
	}
}

func TestSetServices(t *testing.T) {
	all := casework.DefaultServices
	edit := func(change func([]casework.Service) []casework.Service) []casework.Service { return change(all()) }
	for _, tt := range []struct {
		name string
		who  casework.StaffID
		list []casework.Service
		want casework.Refusal
	}{
		{"as they are", desk, all(), casework.NoChange},
		{"by a visitor", outside, all(), casework.NotYours},
		{"another label", officer, edit(func(l []casework.Service) []casework.Service { l[0].Label = "一站式登记"; return l }), ""},
		{"off", desk, edit(func(l []casework.Service) []casework.Service { l[3].Off = true; return l }), ""},
		{"one more", desk, append(all(), casework.Service{For: casework.ForFirms, Label: "法律咨询"}), ""},
		{"one less", desk, all()[1:], casework.NotFound},
		{"another direction", desk, edit(func(l []casework.Service) []casework.Service { l[0].For = casework.ForMarks; return l }), casework.NotFound},
		{"no direction", desk, append(all(), casework.Service{Label: "法律咨询"}), casework.NotFound},
		{"a key twice", desk, append(all(), all()[0]), casework.NeedsText},
		{"a key twice with another label", desk, append(all(), casework.Service{Key: all()[0].Key, For: casework.ForFirms, Label: "法律咨询"}), casework.NotFound},
		{"without a label", desk, append(all(), casework.Service{For: casework.ForFirms}), casework.NeedsText},
		{"a long label", desk, append(all(), casework.Service{For: casework.ForFirms, Label: strings.Repeat("长", 61)}), casework.NeedsText},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, serviceCampaign(t)...)
			got := l.try(tt.who, func(r casework.Records, s casework.Staff, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
				return casework.SetServices(r, s, tt.list)
			})
			if got != tt.want {
				t.Errorf("SetServices = %q, want %q", got, tt.want)
			}
			want := all()
			if tt.want == "" {
				want = tt.list
			}
			l.add(smallCampaign()[0]) // the roster cannot change it
			l.view(func(r casework.Records) {
				c, _ := r.Campaign()
				got := casework.Services(c)
				for i := range want {
					if want[i].Key == "" {
						want[i].Key = "own_16"
					}
				}
				if !slices.Equal(got, want) {
					t.Errorf("the catalogue is %v, want %v", got, want)
				}
			})
		})
	}
}

func TestGiveService(t *testing.T) {
	l := newLedger(t, serviceCampaign(t)...)
	give := func(who casework.StaffID, x casework.TargetID, key, note string) casework.Refusal {
		return l.try(who, func(r casework.Records, s casework.Staff, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return casework.GiveService(r, s, x, key, note, servingNow())
		})
	}
	off := casework.DefaultServices()
	off[2].Off = true
	l.add(casework.ServicesSet{Services: off})
	for _, tt := range []struct {
		who  casework.StaffID
		x    casework.TargetID
		key  string
		note string
		want casework.Refusal
	}{
		{officer, firm, "madrid", "讲了流程", ""},
		{officer, firm, "madrid", "", casework.NoChange},
		{desk, firm, "madrid", "", ""},
		{officer, firm, "annual_report", "", ""},
		{officer, firm, "bank_link", "", casework.NotFound}, // off
		{officer, firm, "praise", "", casework.NotFound},
		{desk, home, "madrid", "", casework.NotFound},
		{desk, 99, "madrid", "", casework.NotFound},
		{outside, firm, "rights", "", casework.NotYours},
		{officer, firm, "rights", "打 13812345678", casework.NeedsText},
	} {
		if got := give(tt.who, tt.x, tt.key, tt.note); got != tt.want {
			t.Errorf("GiveService(%d, %d, %s, %q) = %q, want %q", tt.who, tt.x, tt.key, tt.note, got, tt.want)
		}
	}
	l.view(func(r casework.Records) {
		for _, n := range casework.CountServices(r) {
			want := map[string][2]int{"madrid": {2, 1}, "annual_report": {1, 1}}[n.Service.Key]
			if n.Times != want[0] || n.Firms != want[1] {
				t.Errorf("%s: %d times for %d firms, want %v", n.Service.Key, n.Times, n.Firms, want)
			}
		}
	})
}

package casework_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/form"
)

// seen reports a visit with a form of the version.
func (l *ledger) seen(x casework.TargetID, name string, version int, a form.Answers) casework.VisitID {
	l.t.Helper()
	var id casework.VisitID
	l.do(func(r casework.Records, ids *casework.Minter) []casework.Fact {
		rep := visitOf(x, ann, a)
		id = casework.VisitID(ids.Next())
		rep.ID, rep.Form, rep.FormVersion = id, name, version
		rep.Target, _ = r.Target(x)
		return casework.ReportVisit(r, rep, ids)
	})
	return id
}

// havesLine is what is known of the checklist, in one line.
func havesLine(x casework.Target) string {
	lacks := []string{}
	for _, key := range []string{"road", "water", "power", "network", "house", "school", "insurance", "income"} {
		if x.Haves[key] == casework.Lacking {
			lacks = append(lacks, key)
		}
	}
	return fmt.Sprintf("%d lacks %v on %v", len(x.Haves), lacks, x.HavesOn)
}

func TestVisitsTellTheChecklist(t *testing.T) {
	l := newLedger(t, serviceCampaign(t)...)
	var id casework.VisitID
	for _, tt := range []struct {
		name string
		do   func()
		want string
	}{
		{"nobody asked", func() {}, "0 lacks [] on "},
		{"the first version asks for half of it", func() {
			l.seen(home, "household", 1, answered(april(10), "outcome=met", "utilities=road"))
		}, "0 lacks [] on "},
		{"two are missing", func() {
			id = l.seen(home, "household", 2, answered(april(11), "outcome=met", "utilities=road income"))
		}, "8 lacks [road income] on 2017-04-11"},
		{"a visit in vain says nothing", func() {
			l.seen(home, "household", 2, answered(april(12), "outcome=nobody", "next_on=2017-05-02"))
		}, "8 lacks [road income] on 2017-04-11"},
		{"a visit that skips it says nothing", func() {
			l.seen(home, "household", 2, answered(april(13), "outcome=met"))
		}, "8 lacks [road income] on 2017-04-11"},
		{"an older visit comes late", func() {
			l.seen(home, "household", 2, answered(april(9), "outcome=met", "utilities=water"))
		}, "8 lacks [road income] on 2017-04-11"},
		{"it is corrected", func() {
			l.revise(id, answered(april(11), "outcome=met", "utilities=road"))
		}, "8 lacks [road] on 2017-04-11"},
		{"the roster does not change it", func() {
			l.add(casework.TargetImported{Target: casework.Target{
				ID: home, Kind: casework.HouseholdKind, Code: "JT-0001", GroupID: 1, Household: &casework.Household{HeadName: "李四"},
			}})
		}, "8 lacks [road] on 2017-04-11"},
		{"nothing is missing any more", func() {
			l.seen(home, "household", 3, answered(april(14), "outcome=met", "utilities=none"))
		}, "8 lacks [] on 2017-04-14"},
	} {
		tt.do()
		if got := havesLine(l.target(home)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	l.sameAfterRebuild()
}

// sameAfterRebuild wants the ledger to fold to the same records.
func (l *ledger) sameAfterRebuild() {
	l.t.Helper()
	before, err := l.store.Digest()
	if err == nil {
		err = l.store.Rebuild()
	}
	after, err2 := l.store.Digest()
	if diff := cmp.Diff(before, after); err != nil || err2 != nil || diff != "" {
		l.t.Errorf("Rebuild gives other records: %v, %v (-before +after)\n%s", err, err2, diff)
	}
}

func TestVisitsTellHowAFirmRuns(t *testing.T) {
	l := newLedger(t, serviceCampaign(t)...)
	for _, tt := range []struct {
		answers form.Answers
		want    string
	}{
		{answered(april(10), "outcome=met", "operation=half"), "half"},
		{answered(april(11), "outcome=refused", "next_on=2017-05-02"), "half"},
		{answered(april(9), "outcome=lost", "next_on=2017-05-02"), "half"}, // reported late
		{answered(april(12), "outcome=lost", "next_on=2017-05-02"), "lost"},
		{answered(april(13), "outcome=closed", "next_on=2017-05-02"), "cancelled"},
		{answered(april(14), "outcome=met", "operation=normal"), "normal"},
	} {
		l.seen(firm, "enterprise", 2, tt.answers)
		if got := l.target(firm).OpState; got != tt.want {
			t.Errorf("after %v: %q, want %q", tt.answers, got, tt.want)
		}
		l.view(func(r casework.Records) {
			if label := casework.OpStates(r).Label(tt.want, "zh-Hans"); label == tt.want {
				t.Errorf("there is no word for %s", tt.want)
			}
		})
	}
	l.add(casework.TargetImported{Target: casework.Target{
		ID: firm, Kind: casework.EnterpriseKind, Code: "QY-001", GroupID: 1, Enterprise: &casework.Enterprise{Name: "安心食品总厂"},
	}})
	if got := l.target(firm).OpState; got != "normal" {
		t.Errorf("after the roster came again: %q, want normal", got)
	}
}

// The keys of the checklist are those that the forms ask for.
func TestChecklist(t *testing.T) {
	l := newLedger(t, serviceCampaign(t)...)
	l.view(func(r casework.Records) {
		if got := len(casework.Checklist(r)); got != 8 {
			t.Errorf("%d items on the checklist, want 8", got)
		}
		for _, name := range []string{"household", "organization"} {
			d, _ := r.Form(name, 0)
			it, ok := d.Item("utilities")
			if !ok || d.Version < 2 || len(it.Options) != 9 {
				t.Errorf("form %s version %d asks for %+v, want the eight and none", name, d.Version, it)
			}
		}
	})
	newLedger(t, smallCampaign()...).view(func(r casework.Records) {
		if got := casework.Checklist(r); got != nil {
			t.Errorf("Checklist without forms = %v, want none", got)
		}
	})
}

func TestRelabelHave(t *testing.T) {
	for _, tt := range []struct {
		name       string
		who        casework.StaffID
		key, label string
		want       casework.Refusal
	}{
		{"another label", desk, "network", "通宽带网络", ""},
		{"one of its other words", desk, "network", "宽带", ""},
		{"the same", desk, "network", "网", casework.NoChange},
		{"the label of another", desk, "network", "水", casework.NeedsText},
		{"the word for nothing", desk, "network", "没有", casework.NeedsText},
		{"two in one", desk, "network", "网络、电视", casework.NeedsText},
		{"none", desk, "network", " ", casework.NeedsText},
		{"too long", desk, "network", "村村通光纤和第四代移动网络", casework.NeedsText},
		{"no item", desk, "sun", "有太阳", casework.NotFound},
		{"not an item", desk, "none", "都有", casework.NotFound},
		{"by the officer", officer, "network", "通宽带网络", casework.NotYours},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, serviceCampaign(t)...)
			l.seen(home, "household", 2, answered(april(11), "outcome=met", "utilities=network"))
			before := havesLine(l.target(home))
			var version int
			l.view(func(r casework.Records) {
				d, _ := r.Form("household", 0)
				version = d.Version
			})
			got := l.try(tt.who, func(r casework.Records, s casework.Staff, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
				return casework.RelabelHave(r, s, tt.key, tt.label)
			})
			if got != tt.want {
				t.Errorf("RelabelHave = %q, want %q", got, tt.want)
			}
			if after := havesLine(l.target(home)); after != before {
				t.Errorf("what is recorded became %s from %s", after, before)
			}
			l.view(func(r casework.Records) {
				d, _ := r.Form("organization", 0)
				if done := d.Version > version; done != (tt.want == "") {
					t.Errorf("the newest form has version %d after %d", d.Version, version)
				}
				old, _ := r.Form("organization", version)
				it, _ := old.Item("utilities")
				if label := casework.Dictionary(it.Options).Label("network", ""); label != "网" {
					t.Errorf("the old version says %s", label)
				}
				for _, h := range casework.Checklist(r) {
					if said := h.Label.Zh == tt.label; h.Key == tt.key && said != (tt.want == "" || tt.want == casework.NoChange) {
						t.Errorf("%s is called %s", h.Key, h.Label.Zh)
					}
				}
			})
		})
	}
}

func TestCountHaves(t *testing.T) {
	l := newLedger(t, serviceCampaign(t)...)
	count := func(k casework.Kind, g casework.GroupID, key string) string {
		out := "not asked for"
		l.view(func(r casework.Records) {
			for _, n := range casework.CountHaves(r, k, g) {
				if n.Have.Key == key {
					out = fmt.Sprintf("%d have, %d lack, %d unknown", n.Has, n.Lacks, n.Unknown)
				}
			}
		})
		return out
	}
	l.seen(home, "household", 2, answered(april(11), "outcome=met", "utilities=network"))
	l.add(casework.TargetImported{Target: casework.Target{
		ID: 9, Kind: casework.HouseholdKind, Code: "JT-0002", GroupID: 2, Household: &casework.Household{HeadName: "王五"},
	}}, casework.TargetImported{Target: casework.Target{
		ID: 10, Kind: casework.HouseholdKind, Code: "JT-0003", GroupID: 2, Status: casework.Removed, Household: &casework.Household{HeadName: "赵六"},
	}})
	for _, tt := range []struct {
		k    casework.Kind
		g    casework.GroupID
		key  string
		want string
	}{
		{casework.HouseholdKind, 0, "network", "0 have, 1 lack, 1 unknown"},
		{casework.HouseholdKind, 1, "road", "1 have, 0 lack, 0 unknown"},
		{casework.HouseholdKind, 2, "road", "0 have, 0 lack, 1 unknown"},
		{casework.OrganizationKind, 0, "road", "0 have, 0 lack, 1 unknown"},
	} {
		if got := count(tt.k, tt.g, tt.key); got != tt.want {
			t.Errorf("CountHaves(%s, %d): %s: %s, want %s", tt.k, tt.g, tt.key, got, tt.want)
		}
	}
}

// A new form of the program's own comes with the labels that the office gave.
func TestNewerForm(t *testing.T) {
	published := func(version, base int, label string) form.Definition {
		return form.Definition{ID: "household", Version: version, Base: base, Items: []form.Item{{
			ID: "utilities", Options: []form.Option{{ID: "road", Label: form.Label{Zh: label}}, {ID: "none", Label: form.Label{Zh: "无"}}},
		}}}
	}
	for _, tt := range []struct {
		name          string
		published     form.Definition
		own           int
		version, base int // want; zero: nothing to do
		label         string
	}{
		{"the same", published(2, 0, "路"), 2, 0, 0, ""},
		{"newer", published(2, 0, "路"), 3, 3, 0, "路"},
		{"relabelled", published(4, 2, "通路"), 2, 0, 0, ""},
		{"relabelled, and newer", published(4, 2, "通路"), 3, 5, 3, "通路"},
		{"relabelled once, and much newer", published(3, 2, "通路"), 9, 9, 9, "通路"},
	} {
		got, ok := casework.NewerForm(tt.published, published(tt.own, 0, "路"))
		if ok != (tt.version != 0) {
			t.Errorf("%s: NewerForm = %v, want %v", tt.name, ok, !ok)
		}
		if ok && (got.Version != tt.version || got.Base != tt.base || got.Items[0].Options[0].Label.Zh != tt.label) {
			t.Errorf("%s: NewerForm = version %d of %d with %q, want %d of %d with %q",
				tt.name, got.Version, got.Base, got.Items[0].Options[0].Label.Zh, tt.version, tt.base, tt.label)
		}
	}
}

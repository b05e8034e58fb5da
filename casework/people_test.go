package casework_test

import (
	"testing"
	"time"

	"zoufang/casework"
)

func TestMaskName(t *testing.T) {
	for in, want := range map[string]string{
		"李四": "李*", "欧阳小明": "欧*", "李": "李*", "": "", "Ann": "A*", "𠮷田": "𠮷*", "阿依古丽·买买提": "阿*",
	} {
		if got := casework.MaskName(in); got != want {
			t.Errorf("MaskName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDisplayName(t *testing.T) {
	for _, tt := range []struct {
		target casework.Target
		want   string
	}{
		{casework.Target{Household: &casework.Household{HeadName: "李四"}}, "李*"},
		{casework.Target{Enterprise: &casework.Enterprise{Name: "安心食品厂"}}, "安心食品厂"},
		{casework.Target{Organization: &casework.Organization{Name: "白塔村党支部"}}, "白塔村党支部"},
		{casework.Target{}, ""},
	} {
		if got := tt.target.DisplayName(); got != tt.want {
			t.Errorf("DisplayName(%+v) = %q, want %q", tt.target, got, tt.want)
		}
	}
}

func TestInUse(t *testing.T) {
	for status, want := range map[casework.TargetStatus]bool{
		"": true, casework.Active: true, casework.MovedAway: true, casework.Closed: false, casework.Merged: false, casework.Removed: false,
	} {
		if got := (casework.Target{Status: status}).InUse(); got != want {
			t.Errorf("InUse of %q = %v, want %v", status, got, want)
		}
	}
}

func TestCodes(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{casework.VisitCode(april(5), 12), "ZF-170405-012"},
		{casework.VisitCode(casework.Date{Year: 2109, Month: time.December, Day: 31}, 1234), "ZF-091231-1234"},
		{casework.ProblemCode(2017, 35), "WT-2017-0035"},
		{casework.TargetCode(casework.HouseholdKind, 1), "JT-0001"},
		{casework.TargetCode(casework.EnterpriseKind, 1), "QY-001"},
		{casework.TargetCode(casework.OrganizationKind, 1), "ZZ-01"},
		{casework.TargetCode(casework.OrganizationKind, 164), "ZZ-164"},
	} {
		if tt.got != tt.want {
			t.Errorf("code = %q, want %q", tt.got, tt.want)
		}
	}
}

// The codes of the roster count, whoever made them, so that none is given again.
func TestLastFollowsCodes(t *testing.T) {
	l := newLedger(t)
	for i, tt := range []struct {
		code, prefix string
		want         int
	}{
		{"JT-0007", "JT", 7},
		{"JT-3", "JT", 7},
		{"JT-00012", "JT", 12},
		{"JT-12A", "JT", 12},
		{"JT-99999999999999999999", "JT", 12},
		{"JT-", "JT", 12},
		{"JT", "JT", 12},
		{"-5", "", 0},
		{"", "", 0},
		{"X-7-0003", "X-7", 3},
	} {
		l.add(casework.TargetImported{Target: casework.Target{ID: casework.TargetID(i + 1), Kind: casework.HouseholdKind, Code: tt.code}})
		l.view(func(r casework.Records) {
			if got := r.Last(tt.prefix); got != tt.want {
				t.Errorf("after %q: Last(%q) = %d, want %d", tt.code, tt.prefix, got, tt.want)
			}
		})
	}
}

func TestMinter(t *testing.T) {
	seen := map[uint64]uint64{}
	for input := uint64(1); input <= 3; input++ {
		ids, again := casework.NewMinter(input), casework.NewMinter(input)
		for range casework.MaxRecords {
			id := ids.Next()
			if other := seen[id]; other != 0 || id == 0 {
				t.Fatalf("input %d makes the identity %d, which input %d has made", input, id, other)
			}
			seen[id] = input
			if got := again.Next(); got != id {
				t.Fatalf("input %d turned again makes %d, want %d", input, got, id)
			}
		}
		if !panics(func() { ids.Next() }) {
			t.Errorf("input %d makes more than %d records", input, casework.MaxRecords)
		}
	}
}

func panics(f func()) (yes bool) {
	defer func() { yes = recover() != nil }()
	f()
	return false
}

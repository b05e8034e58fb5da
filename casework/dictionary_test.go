package casework_test

import (
	"testing"

	"zoufang/casework"
)

func dictionaries() map[string]casework.Dictionary {
	return map[string]casework.Dictionary{
		"roles": casework.RoleNames(), "units": casework.UnitKinds(), "areas": casework.AreaLevels(),
		"care": casework.CareLevels(), "statuses": casework.TargetStatuses(), "pairing": casework.PairingRoles(),
		"household": casework.HouseholdTypes(), "causes": casework.PovertyCauses(), "health": casework.HealthStates(),
		"labour": casework.LaborStates(), "house": casework.HouseKinds(), "safety": casework.HouseSafeties(),
		"entity": casework.EntityTypes(), "sizes": casework.FirmSizes(), "orgs": casework.OrgTypes(),
	}
}

// Every word of a dictionary leads back to its token, so that what is written
// can be read again, and no two tokens share one.
func TestDictionaryWordsAreUnique(t *testing.T) {
	for name, d := range dictionaries() {
		for _, o := range d {
			for _, w := range append([]string{o.ID, o.Label.Zh, o.Label.En}, o.Aliases...) {
				if got, ok := d.Token(w); got != o.ID || !ok {
					t.Errorf("%s: Token(%q) = %q, %v, want %q", name, w, got, ok, o.ID)
				}
			}
		}
	}
}

func TestDictionaryToken(t *testing.T) {
	d := casework.HouseholdTypes()
	for _, tt := range []struct{ in, want string }{
		{" 低保户 ", "dibao"}, {"五保户", "wubao"}, {"独居（空巢）老人", "elder_alone"}, {"DIBAO", "dibao"}, {"ｄｉｂａｏ", "dibao"}, {"地主", ""}, {"", ""},
	} {
		if got, ok := d.Token(tt.in); got != tt.want || ok != (tt.want != "") {
			t.Errorf("Token(%q) = %q, %v, want %q", tt.in, got, ok, tt.want)
		}
	}
}

func TestDictionaryLabel(t *testing.T) {
	d := casework.RoleNames()
	for _, tt := range []struct{ token, lang, want string }{
		{"group_leader", "zh-Hans", "组长"}, {"group_leader", "en", "Group leader"}, {"pope", "en", "pope"},
	} {
		if got := d.Label(tt.token, tt.lang); got != tt.want {
			t.Errorf("Label(%q, %q) = %q, want %q", tt.token, tt.lang, got, tt.want)
		}
	}
}

// The dictionary of roles and the rights table speak of the same roles.
func TestRoleNamesAreTheRoles(t *testing.T) {
	names := casework.RoleNames()
	for _, r := range casework.Roles() {
		if names.Label(string(r), "en") == string(r) {
			t.Errorf("role %q has no name", r)
		}
	}
	if len(names) != len(casework.Roles()) {
		t.Errorf("%d names for %d roles", len(names), len(casework.Roles()))
	}
}

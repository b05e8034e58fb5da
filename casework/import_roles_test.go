package casework_test

import (
	"slices"
	"testing"

	"zoufang/casework"
)

// A workbook that an officer sends gives nobody a right that needs a second person.
func TestHoldRoles(t *testing.T) {
	known := casework.Staff{ID: bob, Code: "R002", Name: "博", Roles: []casework.Role{casework.GroupLeader, casework.Visitor}}
	l := newLedger(t, append(smallCampaign(), casework.StaffImported{Staff: known})...)
	for _, tt := range []struct {
		name  string
		staff casework.Staff
		want  []casework.Role
		held  bool
	}{
		{"the same in another order", casework.Staff{ID: bob, Code: "R002", Roles: []casework.Role{casework.Visitor, casework.GroupLeader}}, []casework.Role{casework.Visitor, casework.GroupLeader}, false},
		{"one more", casework.Staff{ID: bob, Code: "R002", Roles: []casework.Role{casework.Visitor, casework.GroupLeader, casework.Office}}, known.Roles, true},
		{"none", casework.Staff{ID: bob, Code: "R002"}, known.Roles, true},
		{"somebody new", casework.Staff{ID: 999, Code: "R999", Roles: []casework.Role{casework.Visitor}}, []casework.Role{casework.Visitor}, false},
		{"somebody new with power", casework.Staff{ID: 999, Code: "R999", Roles: []casework.Role{casework.Admin}}, []casework.Role{casework.Visitor}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l.view(func(r casework.Records) {
				in := casework.Plan{Facts: []casework.Fact{casework.StaffImported{Staff: tt.staff}}}
				p, held := casework.HoldRoles(r, in)
				got := p.Facts[0].(casework.StaffImported).Staff
				if !slices.Equal(got.Roles, tt.want) || (len(held) == 1) != tt.held {
					t.Errorf("HoldRoles = %v, held %v, want %v, held %v", got.Roles, held, tt.want, tt.held)
				}
				if before := in.Facts[0].(casework.StaffImported).Staff; !slices.Equal(before.Roles, tt.staff.Roles) {
					t.Errorf("HoldRoles changed the plan it was given: %v", before.Roles)
				}
			})
		})
	}
}

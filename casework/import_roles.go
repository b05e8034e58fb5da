package casework

import "slices"

// HoldRoles takes out of a plan what would give somebody other roles, and names the codes
// of those people: outside the command line, roles need a second person, see [AskRoles].
// Who is new begins as a visitor, who is known keeps the roles they have.
func HoldRoles(r Records, p Plan) (Plan, []string) {
	var held []string
	facts := slices.Clone(p.Facts)
	for i, f := range facts {
		imported, ok := f.(StaffImported)
		if !ok {
			continue
		}
		s := imported.Staff
		roles := []Role{Visitor}
		if old, known := r.Staff(s.ID); known {
			roles = old.Roles
		}
		if !sameRoles(s.Roles, roles) {
			held = append(held, s.Code)
			s.Roles = roles
			facts[i] = StaffImported{Staff: s}
		}
	}
	p.Facts = facts
	return p, held
}

// sameRoles reports whether both lists hold the same roles, in whatever order.
func sameRoles(a, b []Role) bool {
	return !slices.ContainsFunc(a, func(x Role) bool { return !slices.Contains(b, x) }) &&
		!slices.ContainsFunc(b, func(x Role) bool { return !slices.Contains(a, x) })
}

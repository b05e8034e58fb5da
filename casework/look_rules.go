package casework

// LooksFor gives at most n looks, the newest first: at the target, by the person, or all
// if both are zero; both together narrow. One's own anybody with an account sees, the
// others whoever has the right.
func LooksFor(r Records, s Staff, at TargetID, by StaffID, n int) ([]Look, Refusal) {
	own := by != 0 && by == s.ID && s.Binding == Bound
	if !own && !May(r, s, SeeLooks, Subject{}) {
		return nil, NotYours
	}
	switch {
	case at == 0 && by == 0:
		return r.Looks(n), ""
	case at == 0:
		return r.LooksBy(by, n), ""
	case by == 0:
		return r.LooksAt(at, n), ""
	}
	var out []Look
	for l := range pages(func(n int) []Look { return r.LooksAt(at, n) }) {
		if len(out) == n {
			break
		}
		if l.By == by {
			out = append(out, l)
		}
	}
	return out, ""
}

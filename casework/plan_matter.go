package casework

// matters ask to telephone a firm when the next step of a trademark matter was
// planned for, unless somebody spoke with it on that day or since.
func (b booker) matters() []Contact {
	if b.x.Kind != EnterpriseKind {
		return nil
	}
	var out []Contact
	for _, m := range b.r.MattersOfFirm(b.x.ID) {
		if m.Status != MatterOpen || m.NextOn.IsZero() || !b.x.LastContactOn().Before(m.NextOn) {
			continue
		}
		c := b.from(ByCall, WhyMatter, m.NextOn, 0)
		c.Matter = m.ID
		out = append(out, c)
	}
	return out
}

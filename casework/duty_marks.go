package casework

import "slices"

// lateRenewal is for how many days after a trademark ran out it can still be renewed.
const lateRenewal = 183

// ownMarks are the steps of trademark matters that are due, and what runs out: the
// officers', and those of firms that the person sees to.
func (d *desk) ownMarks() {
	if d.who.Has(TrademarkOfficer) || d.who.Has(Office) {
		for m := range d.r.AllMatters() {
			d.matter(m)
		}
		for m := range d.r.AllTrademarks() {
			d.renewal(m)
		}
		return
	}
	for _, x := range d.firms() {
		for _, m := range d.r.MattersOfFirm(x.ID) {
			d.matter(m)
		}
		for _, m := range d.r.TrademarksOfFirm(x.ID) {
			d.renewal(m)
		}
	}
}

// firms are those that the person sees to today, or leads the group of.
func (d *desk) firms() []Target {
	var out []Target
	for _, x := range append(Charges(d.r, d.who.ID, d.today), d.ledTargets()...) {
		known := slices.ContainsFunc(out, func(o Target) bool { return o.ID == x.ID })
		if x.Kind == EnterpriseKind && !known {
			out = append(out, x)
		}
	}
	return out
}

// matter adds the matter's next step and the end of its recognition, if they are the
// person's to look after, and what others are late with.
func (d *desk) matter(m Matter) {
	if v, ok := matterDuty(d.c.Params, m, d.today); ok {
		if d.keeps(m.OwnerID, m.FirmID) {
			d.add(v)
		} else {
			d.addLate(v, keeperOf(d.r, m, d.today), 0)
		}
	}
	if m.Status == MatterWon && d.runsOut(m.ExpiresOn) && d.keeps(m.OwnerID, m.FirmID) && !d.pending(m.TrademarkID, m.Kind) {
		d.add(Duty{Kind: DutyRenew, Target: m.FirmID, Mark: m.TrademarkID, Matter: m.ID, Due: m.ExpiresOn})
	}
}

// renewal adds the trademark that runs out, unless its renewal is under way.
func (d *desk) renewal(m Trademark) {
	if d.runsOut(m.ValidUntil) && d.keeps(0, m.FirmID) && !d.pending(m.ID, "renewal") {
		d.add(Duty{Kind: DutyRenew, Target: m.FirmID, Mark: m.ID, Due: m.ValidUntil})
	}
}

// runsOut reports whether the day is within the time in which to renew.
func (d *desk) runsOut(until Date) bool {
	if until.IsZero() {
		return false
	}
	left := until.DaysSince(d.today)
	return left <= d.c.Params.RenewNotice && left >= -lateRenewal
}

// pending reports whether a matter of the kind is open about the trademark.
func (d *desk) pending(mark TrademarkID, kind string) bool {
	t, ok := d.r.Trademark(mark)
	return ok && slices.ContainsFunc(d.r.MattersOfFirm(t.FirmID), func(m Matter) bool {
		return m.TrademarkID == mark && m.Kind == kind && m.Status == MatterOpen
	})
}

// keeps reports whether the person looks after a matter of the firm: its section owner,
// or where there is none every trademark officer, and whoever sees to the firm.
func (d *desk) keeps(owner StaffID, firm TargetID) bool {
	x, ok := d.r.Target(firm)
	if !ok || !May(d.r, d.who, ServeMarks, Subject{Target: x, Today: d.today}) {
		return false
	}
	if works(d.r, owner) {
		return Acting(d.r, owner, d.today) == d.who.ID
	}
	return d.who.Has(TrademarkOfficer) || InCharge(d.r, x, d.today) == d.who.ID
}

// matterDuty is the matter's next step, if it is due soon or overdue.
func matterDuty(params Params, m Matter, today Date) (Duty, bool) {
	v := Duty{Kind: DutyMatter, Target: m.FirmID, Mark: m.TrademarkID, Matter: m.ID, Due: m.NextOn}
	return v, m.Status == MatterOpen && isSoon(params, m.NextOn, today)
}

// keeperOf is whose the next step of the matter is: its section owner's, or that of
// whoever sees to the firm.
func keeperOf(r Records, m Matter, today Date) StaffID {
	if works(r, m.OwnerID) {
		return Acting(r, m.OwnerID, today)
	}
	x, _ := r.Target(m.FirmID)
	return InCharge(r, x, today)
}

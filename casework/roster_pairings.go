package casework

import (
	"fmt"
	"slices"
)

// pairingRow is a row of the pairings, read.
type pairingRow struct {
	x       *rowReader
	pairing Pairing
}

// pairings makes the rows of each target all its pairings.
func (p *planner) pairings() {
	var order []TargetID
	rows := map[TargetID][]pairingRow{}
	for _, row := range p.in[PairingSheet] {
		r, ok := p.pairing(row)
		if !ok {
			continue
		}
		id := r.pairing.TargetID
		if i := slices.IndexFunc(rows[id], func(o pairingRow) bool { return o.pairing.StaffID == r.pairing.StaffID }); i >= 0 {
			p.duplicate(PairingSheet, row, "staff", row.Fields["staff"].Text, rows[id][i].x.cell("staff").Ref)
			continue
		}
		if rows[id] == nil {
			order = append(order, id)
		}
		rows[id] = append(rows[id], r)
	}
	for _, id := range order {
		p.pair(id, rows[id])
	}
}

// pairing reads one row over the pairing it is about, if that is there.
func (p *planner) pairing(row Row) (pairingRow, bool) {
	var now Pairing
	key := p.reader(PairingSheet, row, nil, true)
	ref(key, "target", &now.TargetID, p.targetsCoded)
	ref(key, "staff", &now.StaffID, p.names.staff)
	if !key.sound() {
		return pairingRow{}, false
	}
	fresh := true
	for _, old := range p.r.PairingsOfTarget(now.TargetID) {
		if old.StaffID == now.StaffID {
			now, fresh = old, false
		}
	}
	old, _ := p.show.pairing(now, p.codeOf(now.TargetID))
	x := p.reader(PairingSheet, row, old, fresh)
	from := now.From
	choice(x, "role", &now.Role)
	x.date("from", &now.From)
	if now.From.IsZero() {
		now.From = from
	}
	if fresh && now.From.IsZero() {
		now.From = p.today
	}
	x.text("reason", &now.Reason)
	return pairingRow{x, now}, x.sound()
}

func (p *planner) codeOf(id TargetID) string {
	if code, ok := p.targetCode[id]; ok {
		return code
	}
	t, _ := p.r.Target(id)
	return t.Code
}

// pair plans what turns the target's pairings into the rows: ends first, then
// those who assist, and the one responsible last, when the place is free.
func (p *planner) pair(id TargetID, rows []pairingRow) {
	before := p.r.PairingsOfTarget(id)
	primaries := slices.DeleteFunc(slices.Clone(rows), func(r pairingRow) bool { return r.pairing.Role != Primary })
	same := len(before) == len(rows) && !slices.ContainsFunc(rows, func(r pairingRow) bool { return !slices.Contains(before, r.pairing) })
	switch {
	case same:
	case len(primaries) > 1:
		primaries[1].x.fault("role", FaultRule, fmt.Sprintf("%s 的责任人只能有一名，另见 %s。", p.codeOf(id), primaries[0].x.cell("role").Ref),
			fmt.Sprintf("%s has one responsible person only, see also %s.", p.codeOf(id), primaries[0].x.cell("role").Ref))
		return
	case len(primaries) == 0:
		rows[0].x.fault("role", FaultRule, p.codeOf(id)+" 没有责任人，请有一行填“责任人”。",
			p.codeOf(id)+" has no responsible person: name one.")
		return
	}
	if len(primaries) > 0 {
		p.responsible[id] = primaries[0].pairing.StaffID
	}
	for _, old := range before {
		if !slices.ContainsFunc(rows, func(r pairingRow) bool { return r.pairing.StaffID == old.StaffID }) {
			p.plan.Ended++
			p.plan.Changes = append(p.plan.Changes, Change{Sheet: PairingSheet, Kind: Ends, Key: p.pairingKey(old)})
			p.plan.Facts = append(p.plan.Facts, PairingEnded{TargetID: id, StaffID: old.StaffID, On: p.today})
		}
	}
	for _, role := range []PairingRole{Assist, Primary} {
		for _, r := range rows {
			if r.pairing.Role == role {
				now, _ := p.show.pairing(r.pairing, p.codeOf(id))
				p.settle(r.x, p.pairingKey(r.pairing), now, PairingMade{Pairing: r.pairing})
			}
		}
	}
}

func (p *planner) pairingKey(x Pairing) string {
	return p.codeOf(x.TargetID) + " " + p.names.staffCode[x.StaffID]
}

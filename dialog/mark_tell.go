package dialog

import (
	"cmp"
	"maps"
	"slices"

	"zoufang/casework"
)

// whyMatter says that the next step of a matter asks for the contact.
func (t *turn) whyMatter(c casework.Contact) string {
	p, _ := t.v.Matter(c.Matter)
	return t.w.say("why.matter", "Code", p.Code, "Date", t.date(c.Anchor), "What", cmp.Or(clip(p.NextStep, 40), "—"))
}

// tellMatter tells those whom a step concerns: who was given the matter, and who is
// in charge of the firm when it came to another stage.
func (t *turn) tellMatter(before casework.Matter) {
	p, _ := t.v.Matter(before.ID)
	told := t.staff.ID
	if p.OwnerID != before.OwnerID && p.OwnerID != 0 {
		t.sendMatter(casework.Acting(t.v, p.OwnerID, t.today), p, givenPart)
		told = casework.Acting(t.v, p.OwnerID, t.today)
	}
	if x, ok := t.v.Target(p.FirmID); ok && p.Stage != before.Stage {
		if who := casework.InCharge(t.v, x, t.today); who != told {
			t.sendMatter(who, p, movedPart)
		}
	}
}

// sendMatter shows the matter to a colleague, when it disturbs nobody.
func (t *turn) sendMatter(id casework.StaffID, p casework.Matter, path string) {
	who, ok := t.v.Staff(id)
	if !ok || who.ID == t.staff.ID || who.Binding != casework.Bound {
		return
	}
	o := t.as(who)
	if _, may := o.firmOf(p.FirmID, casework.SeeMarks); may {
		o.showBoard(aboutMatter(p, path), false, true)
	}
}

// renewMarks draws the boards again that show a firm, trademark or matter which
// changed in this turn.
func (t *turn) renewMarks() {
	changed := map[string]bool{}
	for _, e := range t.out.Events {
		for _, name := range t.boardsAbout(e.Fact) {
			changed[name] = true
		}
	}
	if len(changed) == 0 {
		return
	}
	t.notice = "" // it is said on the card that was pressed
	names := slices.Sorted(maps.Keys(changed))
	for s := range t.v.AllStaff() {
		if s.Binding != casework.Bound || !casework.Allowed(s, casework.SeeMarks) {
			continue
		}
		for _, name := range names {
			t.renew(s, name, func(Place) bool { return true })
		}
	}
}

// boardsAbout are the boards of this room that show what the fact changes.
func (t *turn) boardsAbout(f casework.Fact) []string {
	firm := func(x casework.TargetID) string { return firmBoard(Place{Target: x}) }
	switch f := f.(type) {
	case casework.TrademarkRecorded:
		names := []string{marksBoard, firm(f.Trademark.FirmID), markBoard(Place{Mark: f.Trademark.ID})}
		for _, p := range t.mattersOf(f.Trademark) {
			names = append(names, matterBoard(aboutMatter(p, "")))
		}
		return names
	case casework.MatterRecorded:
		return t.boardsOfMatter(f.Matter.ID)
	case casework.MatterMoved:
		return t.boardsOfMatter(f.MatterID)
	case casework.ServiceGiven:
		return []string{firm(f.TargetID), servicesBoard(Place{Target: f.TargetID})}
	case casework.VisitReported:
		return []string{firm(f.Visit.TargetID)}
	}
	return nil
}

func (t *turn) boardsOfMatter(id casework.MatterID) []string {
	p, _ := t.v.Matter(id)
	return []string{
		marksBoard, firmBoard(Place{Target: p.FirmID}), markBoard(Place{Mark: p.TrademarkID}), matterBoard(aboutMatter(p, "")),
	}
}

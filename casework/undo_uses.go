package casework

// useKey names a record that another can point at. All sheets of targets are one.
type useKey struct {
	sheet SheetID
	id    uint64
}

func (k imageKey) use() useKey {
	switch k.sheet {
	case EnterpriseSheet, OrganizationSheet:
		return useKey{HouseholdSheet, k.id}
	default:
		return useKey{k.sheet, k.id}
	}
}

// useList gathers what is pointed at.
type useList []useKey

func (l *useList) unit(ids ...UnitID)       { point(l, UnitSheet, ids) }
func (l *useList) area(ids ...AreaID)       { point(l, AreaSheet, ids) }
func (l *useList) group(ids ...GroupID)     { point(l, GroupSheet, ids) }
func (l *useList) staff(ids ...StaffID)     { point(l, StaffSheet, ids) }
func (l *useList) target(ids ...TargetID)   { point(l, HouseholdSheet, ids) }
func (l *useList) problem(ids ...ProblemID) { point(l, ProblemSheet, ids) }
func (l *useList) round(ids ...RoundID)     { point(l, RoundSheet, ids) }
func (l *useList) mark(ids ...TrademarkID)  { point(l, TrademarkSheet, ids) }

func point[ID ~uint64](l *useList, sheet SheetID, ids []ID) {
	for _, id := range ids {
		if id != 0 {
			*l = append(*l, useKey{sheet, uint64(id)})
		}
	}
}

// uses are the records that what the image holds points at.
func (i Image) uses() []useKey {
	var l useList
	switch {
	case i.Unit != nil:
		l.unit(i.Unit.ParentID)
	case i.Area != nil:
		l.area(i.Area.ParentID)
	case i.Group != nil:
		l.staff(i.Group.LeaderID, i.Group.DeputyID)
		l.area(i.Group.AreaIDs...)
	case i.Person != nil:
		l.unit(i.Person.BranchID)
		l.group(i.Person.Groups...)
	case i.Target != nil:
		l.area(i.Target.AreaID)
		l.group(i.Target.GroupID)
		if o := i.Target.Organization; o != nil {
			l.unit(o.PairedBranchID)
		}
	case i.Pairing != nil:
		l.target(i.Pairing.TargetID)
		l.staff(i.Pairing.StaffID)
	case i.Problem != nil:
		l.target(i.Problem.TargetID)
		l.staff(i.Problem.OwnerID)
		l.staff(i.Problem.Followers...)
		l.unit(i.Problem.UnitID, i.Problem.ExternalID)
		l.problem(i.Problem.MergedInto)
	case i.Trademark != nil:
		l.target(i.Trademark.FirmID)
	}
	return l
}

// otherUses are the records that anything points at which is not among the images.
func (u *undoer) otherUses() map[useKey]bool {
	own := map[imageKey]bool{}
	for _, img := range u.imp.Images {
		own[img.key()] = true
	}
	var l useList
	u.eachRecord(func(k imageKey) {
		if !own[k] {
			l = append(l, imageOf(u.r, k).uses()...)
		}
	})
	u.usedByWork(&l)
	u.usedByOffice(&l)
	out := make(map[useKey]bool, len(l))
	for _, k := range l {
		out[k] = true
	}
	return out
}

// eachRecord visits the records that rosters are about and that point at others.
func (u *undoer) eachRecord(visit func(imageKey)) {
	for _, x := range u.r.Units() {
		visit(imageKey{sheet: UnitSheet, id: uint64(x.ID)})
	}
	for _, x := range u.r.Areas() {
		visit(imageKey{sheet: AreaSheet, id: uint64(x.ID)})
	}
	for _, x := range u.r.Groups() {
		visit(imageKey{sheet: GroupSheet, id: uint64(x.ID)})
	}
	for x := range u.r.AllStaff() {
		visit(imageKey{sheet: StaffSheet, id: uint64(x.ID)})
	}
	for x := range u.r.AllTargets() {
		visit(imageKey{sheet: targetSheet(x.Kind), id: uint64(x.ID)})
		for _, p := range u.r.PairingsOfTarget(x.ID) {
			visit(imageKey{PairingSheet, uint64(x.ID), p.StaffID})
		}
	}
	for x := range u.r.AllProblems() {
		visit(imageKey{sheet: ProblemSheet, id: uint64(x.ID)})
	}
	for x := range u.r.AllTrademarks() {
		visit(imageKey{sheet: TrademarkSheet, id: uint64(x.ID)})
	}
}

// usedByWork gathers what visits, calls, task books and the like point at.
func (u *undoer) usedByWork(l *useList) {
	for v := range u.r.AllVisits() {
		l.target(v.TargetID)
		l.round(v.RoundID)
		l.staff(v.Participants...)
		l.problem(v.ProblemIDs...)
	}
	for c := range u.r.AllCalls() {
		l.target(c.TargetID)
		l.staff(c.By)
		l.problem(c.Problem)
		l.problem(c.ProblemIDs...)
	}
	for b := range u.r.AllTaskBooks() {
		l.target(b.TargetID)
		l.unit(b.BranchID)
		l.staff(b.LeadID, b.IssuedBy)
		for _, m := range b.Measures {
			l.staff(m.OwnerID)
			l.unit(m.PartnerID)
		}
		l.problem(b.ProblemIDs...)
	}
	for x := range u.r.AllProblems() {
		for _, h := range x.History {
			l.staff(h.By, h.OwnerID)
			l.unit(h.UnitID)
		}
	}
	for m := range u.r.AllMatters() {
		l.target(m.FirmID)
		l.mark(m.TrademarkID)
		l.staff(m.OwnerID)
	}
	for _, x := range u.r.Issues() {
		l.problem(x.ProblemIDs...)
		l.unit(x.UnitID)
		l.staff(x.By)
	}
}

// usedByOffice gathers what was planned and arranged.
func (u *undoer) usedByOffice(l *useList) {
	for x := range u.r.AllTargets() {
		l.target(x.MergedInto)
		for _, e := range x.Explained {
			*l = append(*l, useKey{PolicySheet, uint64(e.PolicyID)})
		}
	}
	for h := range u.r.AllHandovers() {
		l.staff(h.Giver, h.Taker)
		l.target(h.TargetIDs...)
		l.problem(h.ProblemIDs...)
	}
	for s := range u.r.AllStaff() {
		if len(u.r.InvitesOfStaff(s.ID)) > 0 {
			l.staff(s.ID)
		}
	}
	for _, x := range u.r.Rounds() {
		for p := range u.r.PlanOf(x.ID) {
			l.round(p.RoundID)
			l.target(p.TargetID)
			l.staff(p.StaffID)
		}
	}
	for _, a := range u.r.OpenApprovals() {
		l.staff(a.StaffID)
	}
	for _, a := range u.r.Announcements(maxVisits) {
		l.staff(a.To...)
		l.group(a.GroupID)
		l.unit(a.UnitID)
	}
}

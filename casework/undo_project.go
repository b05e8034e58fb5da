package casework

import (
	"fmt"
	"slices"
)

// projectUndo folds [ImportUndone]. Codes stay taken.
func projectUndo(t Tables, f ImportUndone, e Event) error {
	imp, ok := t.Import(f.ImportID)
	switch {
	case !ok:
		return fmt.Errorf("import %d is not there", f.ImportID)
	case !imp.UndoneAt.IsZero():
		return fmt.Errorf("import %d is undone already", f.ImportID)
	}
	imp.UndoneBy, imp.UndoneAt = e.By, e.ReachedAt
	t.PutImport(imp)
	kept := map[int]bool{}
	for _, i := range f.Kept {
		kept[i] = true
	}
	// What came last goes first: nothing points at what is gone.
	for i, img := range slices.Backward(imp.Images) {
		switch {
		case kept[i]:
		case img.Fresh:
			img.takeOut(t)
		case img.Problem != nil:
			if err := img.putProblemBack(t, imp, e); err != nil {
				return err
			}
		default:
			img.putBack(t)
		}
	}
	for i, img := range imp.Images {
		if !kept[i] && img.Target != nil {
			renew(t, img.Target.ID, func(*Target) {})
		}
	}
	return nil
}

// takeOut drops a record that the import added.
func (i Image) takeOut(t Tables) {
	switch i.Sheet {
	case RoundSheet:
		t.DropRound(RoundID(i.ID))
	case UnitSheet:
		t.DropUnit(UnitID(i.ID))
	case AreaSheet:
		t.DropArea(AreaID(i.ID))
	case GroupSheet:
		t.DropGroup(GroupID(i.ID))
	case StaffSheet:
		t.DropStaff(StaffID(i.ID))
	case HouseholdSheet, EnterpriseSheet, OrganizationSheet:
		t.DropTarget(TargetID(i.ID))
	case PairingSheet:
		t.DropPairing(TargetID(i.ID), i.Staff)
	case ProblemSheet:
		if p, ok := t.Problem(ProblemID(i.ID)); ok {
			t.DropProblem(p.ID)
			renew(t, p.TargetID, func(*Target) {})
		}
	case TrademarkSheet:
		t.DropTrademark(TrademarkID(i.ID))
	case PolicySheet:
		t.DropPolicy(PolicyID(i.ID))
	default:
	}
}

// putBack gives a record its former fields; what no import changes stays.
func (i Image) putBack(t Tables) {
	switch {
	case i.Campaign != nil:
		c, _ := t.Campaign()
		c.Name, c.Year, c.Status = i.Campaign.Name, i.Campaign.Year, i.Campaign.Status
		c.StartOn, c.EndOn, c.MustResolveBy = i.Campaign.StartOn, i.Campaign.EndOn, i.Campaign.MustResolveBy
		t.PutCampaign(c)
	case i.Round != nil:
		x := *i.Round
		now, _ := roundIn(t, x.ID)
		x.ClosedOn = now.ClosedOn
		t.PutRound(x)
	case i.Unit != nil:
		t.PutUnit(*i.Unit)
	case i.Area != nil:
		t.PutArea(*i.Area)
	case i.Group != nil:
		projectGroup(t, *i.Group)
	case i.Person != nil:
		projectStaff(t, *i.Person)
	case i.Target != nil:
		x := *i.Target
		now, _ := t.Target(x.ID)
		x.History = now.History
		t.PutTarget(x)
	case i.Pairing != nil:
		t.PutPairing(*i.Pairing)
	case i.Trademark != nil:
		t.PutTrademark(*i.Trademark)
	case i.Policy != nil:
		x := *i.Policy
		now, _ := t.Policy(x.ID)
		x.Off = now.Off
		t.PutPolicy(x)
	}
}

// putProblemBack gives a problem of an edited list its former fields. Its history shows
// both the edit and that it was undone.
func (i Image) putProblemBack(t Tables, imp Import, e Event) error {
	now, err := problemIn(t, i.Problem.ID)
	if err != nil {
		return err
	}
	p := i.Problem.withPastOf(now)
	noteStep(&p, ProblemMoved{
		ProblemID: p.ID, Act: Comment, From: now.Status, To: p.Status, Text: "撤销导入 " + imp.Code,
	}, e)
	t.PutProblem(p)
	if b, ok := t.TaskBook(i.Drafted); ok {
		err = projectTaskMove(t, TaskBookMoved{TaskBookID: b.ID, Act: TaskCancel, From: b.Status, To: TaskCancelled, Text: imp.Code}, e)
	}
	renew(t, p.TargetID, func(*Target) {})
	return err
}

// projectAmended folds [ProblemAmended]: the fields, and a step of the history.
func projectAmended(t Tables, f ProblemAmended, e Event) error {
	p, err := problemIn(t, f.ProblemID)
	if err != nil {
		return err
	}
	step := ProblemMoved{
		ProblemID: p.ID, Act: Comment, From: p.Status, To: p.Status, OwnerID: f.OwnerID, Until: f.DueOn, Text: edited,
	}
	if f.Remark != nil {
		p.Remark = *f.Remark
		if p.Remark != "" {
			step.Text = edited + "：" + p.Remark
		}
	}
	takeStep(&p, step, e)
	followOwner(&p, t)
	t.PutProblem(p)
	renew(t, p.TargetID, func(*Target) {})
	return nil
}

// edited is the reason of a step that came with an edited list.
const edited = "台账回传"

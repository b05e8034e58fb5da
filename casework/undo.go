package casework

import (
	"fmt"
	"slices"

	"zoufang/form"
)

// UndoPlan is what undoing an import would do.
type UndoPlan struct {
	Fact ImportUndone
	// Back are the records that go back: Changes says that one gets its former fields
	// again, Ends that one is taken out which the import added, Adds that a pairing is
	// made again.
	Back []Change
	// Kept stay as they are, because of later work.
	Kept []KeptRecord
}

// KeptRecord is a record that undoing an import leaves as it is, and why.
type KeptRecord struct {
	Sheet SheetID
	Key   string // its code, name or number
	Why   form.Label
}

// PlanUndo says what undoing the import would do, if s did it. A record that was
// changed since stays as it is; so does one that the import added, if anything hangs on
// it by now. It refuses with [NotFound], [NotYours] (the right is [ImportRecords]),
// [NotNow] (it is undone) or [TooLate] (after [UndoDays]); with [NoChange] if every
// record would stay.
func PlanUndo(r Records, s Staff, id ImportID, m Moment) (UndoPlan, Refusal) {
	imp, ok := r.Import(id)
	switch {
	case !ok:
		return UndoPlan{}, NotFound
	case !May(r, s, ImportRecords, Subject{Today: m.Today}):
		return UndoPlan{}, NotYours
	case !imp.UndoneAt.IsZero():
		return UndoPlan{}, NotNow
	case m.Today.DaysSince(imp.On) >= UndoDays:
		return UndoPlan{}, TooLate
	}
	u := undoer{r: r, imp: imp, now: make([]Image, len(imp.Images)), why: make([]form.Label, len(imp.Images))}
	u.compare()
	u.follow()
	out := UndoPlan{Fact: ImportUndone{ImportID: id}}
	for i, img := range imp.Images {
		if u.keeps(i) {
			out.Fact.Kept = append(out.Fact.Kept, i)
			out.Kept = append(out.Kept, KeptRecord{Sheet: img.Sheet, Key: u.name(i), Why: u.why[i]})
		} else {
			out.Back = append(out.Back, u.change(i))
		}
	}
	if len(out.Back) == 0 {
		return out, NoChange
	}
	return out, ""
}

// undoer is one import that is looked at to be undone.
type undoer struct {
	r   Records
	imp Import
	now []Image      // of each image: the record as it is
	why []form.Label // why it is kept; zero: it is not
}

func (u *undoer) keeps(i int) bool { return u.why[i] != form.Label{} }

// compare keeps what is not as the import left it.
func (u *undoer) compare() {
	for i, img := range u.imp.Images {
		u.now[i] = imageOf(u.r, img.key())
		switch {
		case img.Sheet == PairingSheet:
			if digestTies(u.r.PairingsOfTarget(TargetID(img.ID))) != img.After {
				u.why[i] = form.Label{Zh: "这个对象的结对后来又有调整", En: "The target's pairings were changed since"}
			}
		case u.now[i].Fresh:
			u.why[i] = form.Label{Zh: "已经不在了", En: "It is not there any more"}
		case u.now[i].digest() != img.After:
			u.why[i] = form.Label{Zh: "导入以后又有改动", En: "It was changed since"}
		case img.Fresh:
			u.why[i] = u.begun(img)
		case img.Drafted != 0 && !u.untouched(img.Drafted):
			u.why[i] = form.Label{Zh: "随它起草的任务书已经在办", En: "Its task book is in use"}
		}
	}
}

// begun says what was done with a record that the import added, and that no other
// record shows.
func (u *undoer) begun(img Image) form.Label {
	begun := false
	switch img.Sheet {
	case RoundSheet:
		x, _ := roundIn(u.r, RoundID(img.ID))
		begun = !x.ClosedOn.IsZero()
	case GroupSheet:
		x, _ := u.r.Group(GroupID(img.ID))
		begun = x.Chat != 0
	case StaffSheet:
		x, _ := u.r.Staff(StaffID(img.ID))
		begun = x.Binding != Unbound || x.User != 0
	case HouseholdSheet, EnterpriseSheet, OrganizationSheet:
		x, _ := u.r.Target(TargetID(img.ID))
		begun = x.Rhythm != nil || x.Pause != nil || x.Snooze != nil || !x.ChangedOn.IsZero() || x.Synced != nil ||
			len(x.Given)+len(x.Explained)+x.Calls+x.Visits > 0 || len(u.r.LooksAt(x.ID, 1)) > 0
	case ProblemSheet:
		x, _ := u.r.Problem(ProblemID(img.ID))
		begun = len(x.History) > 0 || x.Synced != nil || x.Passed != Passed{}
	default:
	}
	if begun {
		return form.Label{Zh: "已经用上了", En: "It is in use"}
	}
	return form.Label{}
}

// untouched reports whether the task book is a draft that nobody wrote on.
func (u *undoer) untouched(id TaskBookID) bool {
	b, ok := u.r.TaskBook(id)
	return ok && b.Status == TaskDraft && len(b.History) == 1
}

// follow keeps what is needed by what stays, until nothing more is.
func (u *undoer) follow() {
	for i, img := range u.imp.Images {
		if !u.keeps(i) && !img.Fresh && slices.ContainsFunc(img.uses(), u.gone) {
			u.why[i] = form.Label{Zh: "原来所指的记录已经不在了", En: "What it pointed at is not there any more"}
		}
	}
	if !slices.ContainsFunc(u.imp.Images, func(i Image) bool { return i.Fresh }) {
		return
	}
	others := u.otherUses()
	for more := true; more; {
		used := map[useKey]bool{}
		for i, img := range u.imp.Images {
			list := img.uses()
			if u.keeps(i) {
				list = u.now[i].uses()
			}
			for _, k := range list {
				used[k] = true
			}
		}
		more = u.keepUsed(func(k useKey) bool { return used[k] || others[k] })
	}
}

// keepUsed keeps what was added and is used, and with a target all its pairings. It
// reports whether there was any.
func (u *undoer) keepUsed(used func(useKey) bool) bool {
	more := false
	keep := func(i int, zh, en string) {
		if !u.keeps(i) {
			u.why[i], more = form.Label{Zh: zh, En: en}, true
		}
	}
	together := map[uint64]bool{}
	for i, img := range u.imp.Images {
		if img.Fresh && img.Sheet != PairingSheet && used(img.key().use()) {
			keep(i, "已经用上了", "It is in use")
		}
		if u.keeps(i) && (img.Sheet == PairingSheet || img.Fresh && u.now[i].Target != nil) {
			together[img.ID] = true
		}
	}
	for i, img := range u.imp.Images {
		if img.Sheet == PairingSheet && together[img.ID] {
			keep(i, "和它的对象一起保留", "It stays with its target")
		}
	}
	return more
}

func (u *undoer) gone(k useKey) bool { return imageOf(u.r, imageKey{sheet: k.sheet, id: k.id}).Fresh }

// change is what becomes of a record that goes back.
func (u *undoer) change(i int) Change {
	img := u.imp.Images[i]
	c := Change{Sheet: img.Sheet, Kind: Changes, Key: u.name(i)}
	switch {
	case img.Fresh:
		c.Kind = Ends
	case u.now[i].Fresh:
		c.Kind = Adds
	case img.Problem != nil:
		c.Columns = differing(editColumns(), u.problemTexts(*u.now[i].Problem), u.problemTexts(*img.Problem))
	default:
		tables := RosterTables()
		n := slices.IndexFunc(tables, func(t Table) bool { return t.ID == img.Sheet })
		s := shower{r: u.r}
		c.Columns = differing(tables[n].Columns, s.image(u.now[i]), s.image(img))
	}
	return c
}

// image writes what an image holds as the texts of its columns.
func (s shower) image(i Image) map[string]string {
	switch {
	case i.Campaign != nil:
		return s.campaign(*i.Campaign)
	case i.Round != nil:
		return s.round(*i.Round)
	case i.Unit != nil:
		return s.unit(*i.Unit)
	case i.Group != nil:
		return s.group(*i.Group)
	case i.Area != nil:
		return s.area(*i.Area)
	case i.Person != nil:
		return s.staff(*i.Person)
	case i.Target != nil:
		return s.target(*i.Target)
	case i.Pairing != nil:
		out, _ := s.pairing(*i.Pairing, "")
		return out
	case i.Trademark != nil:
		return s.mark(*i.Trademark, "")
	case i.Policy != nil:
		return s.policy(*i.Policy)
	}
	return nil
}

func (u *undoer) problemTexts(p Problem) map[string]string {
	return map[string]string{
		"owner": shower{r: u.r}.staffCode(p.OwnerID), "status": word(ProblemStatuses(), p.Status), "due": p.DueOn.String(), "remark": p.Remark,
	}
}

// name is what people call the record.
func (u *undoer) name(i int) string {
	img := u.now[i]
	if img.Fresh {
		img = u.imp.Images[i]
	}
	switch {
	case img.Campaign != nil:
		return img.Campaign.Name
	case img.Round != nil:
		return fmt.Sprint(img.Round.No)
	case img.Unit != nil:
		return img.Unit.Name
	case img.Group != nil:
		return img.Group.Code
	case img.Area != nil:
		return img.Area.Name
	case img.Person != nil:
		return img.Person.Code
	case img.Target != nil:
		return img.Target.Code
	case img.Problem != nil:
		return img.Problem.Code
	case img.Trademark != nil:
		return img.Trademark.Name
	case img.Policy != nil:
		return img.Policy.Title
	}
	x, _ := u.r.Target(TargetID(img.ID))
	return x.Code + " " + shower{r: u.r}.staffCode(img.Staff)
}

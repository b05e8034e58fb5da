package casework

import (
	"cmp"
	"slices"
	"time"

	"zoufang/form"
)

// Audience is a group or a branch; zero is the whole campaign.
type Audience struct {
	GroupID GroupID
	UnitID  UnitID
}

// Audiences are those for whom s may do act a on the day: the whole campaign first, then
// groups by code, then branches. A leader has the groups that are led, and a secretary
// the branch; being a member of a group gives nothing here. It is empty if s may not at
// all.
func Audiences(r Records, s Staff, a Act, today Date) []Audience {
	everything := May(r, s, a, Subject{Today: today})
	var out []Audience
	if everything {
		out = append(out, Audience{})
	}
	for _, g := range r.Groups() {
		sub := Subject{Group: g.ID, Today: today}
		if everything || leads(r, s, sub) && May(r, s, a, sub) {
			out = append(out, Audience{GroupID: g.ID})
		}
	}
	for _, u := range r.Units() {
		if u.Kind == Branch && (everything || u.ID == s.BranchID && May(r, s, a, Subject{Unit: u.ID, Today: today})) {
			out = append(out, Audience{UnitID: u.ID})
		}
	}
	return out
}

// within reports whether the audience is one of them, or a part of one.
func (a Audience) within(list []Audience) bool {
	return slices.ContainsFunc(list, func(o Audience) bool {
		return (o.GroupID == 0 || o.GroupID == a.GroupID) && (o.UnitID == 0 || o.UnitID == a.UnitID)
	})
}

// Limit is what a paper can be limited to: each is a field of [Export].
type Limit string

// The limits.
const (
	// LimitGroup 组.
	LimitGroup Limit = "group"
	// LimitUnit 支部.
	LimitUnit Limit = "unit"
	// LimitRound 轮次.
	LimitRound Limit = "round"
	// LimitStaff 人员.
	LimitStaff Limit = "staff"
	// LimitMonth 月份.
	LimitMonth Limit = "month"
	// LimitTarget 对象.
	LimitTarget Limit = "target"
	// LimitVisit 单次走访.
	LimitVisit Limit = "visit"
	// LimitBook 单份任务书.
	LimitBook Limit = "book"
)

// PaperLimits are the limits that a paper of the kind can have. Rights go by limits, so
// every paper obeys all of those that are set.
func PaperLimits(k PaperKind) []Limit {
	switch k {
	case PaperProblems:
		return []Limit{LimitGroup, LimitUnit}
	case PaperTaskBooks:
		return []Limit{LimitGroup, LimitUnit, LimitBook}
	case PaperVisits:
		return []Limit{LimitGroup, LimitUnit, LimitRound, LimitTarget, LimitVisit}
	case PaperWork:
		return []Limit{LimitGroup, LimitUnit, LimitRound, LimitStaff}
	case PaperDaily, PaperHaves, PaperTrademarks, PaperRoster:
		return []Limit{LimitGroup}
	case PaperWeekly:
		return []Limit{LimitUnit}
	case PaperFollowUps:
		return []Limit{LimitGroup, LimitUnit, LimitStaff}
	case PaperDiary:
		return []Limit{LimitGroup, LimitStaff, LimitMonth, LimitVisit}
	case PaperPlan:
		return []Limit{LimitGroup, LimitRound}
	case PaperRounds, PaperIssues:
	}
	return nil
}

// PapersFor are the kinds of paper that s may print on the day, in the order of the menu.
func PapersFor(r Records, s Staff, today Date) []PaperKind {
	list := Audiences(r, s, ExportPapers, today)
	var out []PaperKind
	for _, o := range PaperKinds() {
		k := PaperKind(o.ID)
		if slices.ContainsFunc(list, func(a Audience) bool { return a.suits(k) }) {
			out = append(out, k)
		}
	}
	return out
}

// suits reports whether a paper of the kind can be limited to the audience.
func (a Audience) suits(k PaperKind) bool {
	limits := PaperLimits(k)
	return (a.GroupID == 0 || slices.Contains(limits, LimitGroup)) && (a.UnitID == 0 || slices.Contains(limits, LimitUnit))
}

// limits are the limits that are set.
func (x Export) limits() []Limit {
	var out []Limit
	for _, l := range []struct {
		limit Limit
		set   bool
	}{
		{LimitGroup, x.GroupID != 0}, {LimitUnit, x.UnitID != 0}, {LimitRound, x.RoundID != 0}, {LimitStaff, x.StaffID != 0},
		{LimitMonth, !x.Month.IsZero()}, {LimitTarget, x.TargetID != 0}, {LimitVisit, x.VisitID != 0}, {LimitBook, x.BookID != 0},
	} {
		if l.set {
			out = append(out, l.limit)
		}
	}
	return out
}

// question is what the paper is about, without when and how: two with the same can be
// compared.
type question struct {
	kind     PaperKind
	audience Audience
	round    RoundID
	staff    StaffID
	month    Date
	target   TargetID
	visit    VisitID
	book     TaskBookID
	system   string
}

func (x Export) question() question {
	return question{
		kind: x.Kind, audience: Audience{x.GroupID, x.UnitID}, round: x.RoundID, staff: x.StaffID, month: x.Month,
		target: x.TargetID, visit: x.VisitID, book: x.BookID, system: x.System,
	}
}

// BeginExport says what printing a paper makes. It fills in identity, code, state, who
// and when, and the day of the instant in the zone; a zero AsOf is now. A paper with
// names and numbers is refused with [NotYours]: see [AskApproval].
func BeginExport(r Records, s Staff, x Export, m Moment, ids *Minter, zone *time.Location) (ExportBegun, Refusal) {
	if x.Full || !mayExport(r, s, x, m.Today) {
		return ExportBegun{}, NotYours
	}
	x.By, x.ApprovedBy, x.Reason = s.ID, 0, ""
	return PrepareExport(r, x, m, ids, zone)
}

// PrepareExport is [BeginExport] without asking for rights: for the command line, whose
// operator has all of them. By, ApprovedBy and Reason stay as they are.
func PrepareExport(r Records, x Export, m Moment, ids *Minter, zone *time.Location) (ExportBegun, Refusal) {
	if why := x.unsound(r, m.At); why != "" {
		return ExportBegun{}, why
	}
	if x.AsOf.IsZero() {
		x.AsOf = m.At
	}
	x.ID, x.Code = ExportID(ids.Next()), ExportCode(m.Today.Year, r.Last(ExportPrefix(m.Today.Year))+1)
	x.AsOf, x.Day, x.At = x.AsOf.UTC(), DateOf(x.AsOf, zone), m.At.UTC()
	x.Status, x.Rows, x.SHA256, x.Size = ExportAsked, 0, "", 0
	return ExportBegun{Export: x}, ""
}

// mayExport reports whether s may print the paper masked: one of s's audiences, or
// something that is s's alone.
func mayExport(r Records, s Staff, x Export, today Date) bool {
	if (Audience{x.GroupID, x.UnitID}).within(Audiences(r, s, ExportPapers, today)) {
		return true
	}
	sub := Subject{Today: today}
	target := x.TargetID
	if v, ok := r.Visit(x.VisitID); ok {
		target = v.TargetID
	}
	sub.Book, _ = r.TaskBook(x.BookID)
	if sub.Book.ID != 0 {
		target = sub.Book.TargetID
	}
	sub.Target, _ = r.Target(target)
	sub.Staff, _ = r.Staff(x.StaffID)
	return (sub.Target.ID != 0 || sub.Staff.ID != 0) && May(r, s, ExportPapers, sub)
}

// unsound says what is wrong with the question itself.
func (x Export) unsound(r Records, now time.Time) Refusal {
	switch {
	case !PaperKinds().has(string(x.Kind)) || !slices.Contains([]PaperFormat{XLSX, CSV, JSONL}, x.Format):
		return NotFound
	case x.OnlyNew && x.System == "":
		return NotFound
	case x.AsOf.After(now) || !x.Month.IsZero() && x.Month.Day != 1:
		return NeedsDay
	case x.Kind == PaperPlan && x.RoundID == 0:
		return NeedsWhy
	}
	can := PaperLimits(x.Kind)
	if slices.ContainsFunc(x.limits(), func(l Limit) bool { return !slices.Contains(can, l) }) || !x.named(r) {
		return NotFound
	}
	if x.Since != 0 {
		old, ok := r.Export(x.Since)
		if !ok || old.question() != x.question() || old.AsOf.After(orTime(x.AsOf, now)) {
			return NeedsOther
		}
	}
	return ""
}

// orTime is the instant, or else the other.
func orTime(t, or time.Time) time.Time {
	if t.IsZero() {
		return or
	}
	return t
}

// named reports whether everything that the question names is there.
func (x Export) named(r Records) bool {
	there := func(zero, ok bool) bool { return zero || ok }
	_, group := r.Group(x.GroupID)
	_, unit := r.Unit(x.UnitID)
	_, staff := r.Staff(x.StaffID)
	_, target := r.Target(x.TargetID)
	_, visit := r.Visit(x.VisitID)
	_, book := r.TaskBook(x.BookID)
	_, round := roundOf(r, x.RoundID)
	return there(x.GroupID == 0, group) && there(x.UnitID == 0, unit) && there(x.StaffID == 0, staff) &&
		there(x.TargetID == 0, target) && there(x.VisitID == 0, visit) && there(x.BookID == 0, book) &&
		there(x.RoundID == 0, round)
}

// EarlierExports are those that a paper can be compared with: of the same question, done,
// the newest first, at most n.
func EarlierExports(r Records, x Export, n int) []Export {
	var out []Export
	for old := range pages(r.Exports) {
		if len(out) == n {
			break
		}
		if old.Status == ExportDone && old.question() == x.question() {
			out = append(out, old)
		}
	}
	return out
}

// EndExport says what came of an export. What was done stays done, and the same said
// again is [NoChange].
func EndExport(r Records, f ExportEnded) (ExportEnded, Refusal) {
	x, ok := r.Export(f.ExportID)
	switch {
	case !ok || !slices.Contains([]ExportStatus{ExportDone, ExportFailed, ExportUncertain}, f.Status):
		return f, NotFound
	case x.Status == f.Status:
		return f, NoChange
	case x.Status == ExportDone:
		return f, NotNow
	}
	f.Rows, f.SHA256, f.Size = cmp.Or(f.Rows, x.Rows), cmp.Or(f.SHA256, x.SHA256), cmp.Or(f.Size, x.Size)
	return f, ""
}

// cleanReason is the reason for something dangerous, and whether it is one.
func cleanReason(s string) (string, bool) {
	s = form.Clean(s)
	return s, fits(s, 2, 200)
}

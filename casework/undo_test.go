package casework_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"zoufang/casework"
)

// scribe imports for the office.
const scribe casework.StaffID = 900

// bureau is where rosters come in: facts are folded over an empty file, which stays empty.
type bureau struct {
	t   rapid.TB
	r   *casework.Ahead
	n   uint64
	day casework.Date
}

// inBureau lets the office work with the campaign that the roster brings along.
func inBureau(t testing.TB, in casework.Roster, work func(d *bureau)) {
	t.Helper()
	newLedger(t).view(func(r casework.Records) {
		d := newBureau(t, r)
		d.importRoster(in)
		work(d)
	})
}

func newBureau(t rapid.TB, r casework.Records) *bureau {
	d := &bureau{t: t, r: casework.NewAhead(r), n: 10_000, day: rosterToday}
	d.fold(0, casework.StaffImported{Staff: casework.Staff{
		ID: scribe, Code: "B001", Name: "办事员", Binding: casework.Bound, User: 900, Roles: []casework.Role{casework.Office},
	}})
	return d
}

func (d *bureau) mint() uint64 { d.n++; return d.n }

func (d *bureau) now() casework.Moment { return moment(d.day) }

func (d *bureau) fold(who casework.StaffID, facts ...casework.Fact) {
	d.t.Helper()
	for _, e := range done(who, d.day, facts) {
		e.Seq = d.mint()
		if err := casework.Project(d.r, e); err != nil {
			d.t.Fatalf("Project(%T) = %v, want no error", e.Fact, err)
		}
	}
}

// importRoster applies the roster as the office does, and returns the import.
func (d *bureau) importRoster(in casework.Roster) casework.Import {
	d.t.Helper()
	plan, faults := casework.PlanRoster(d.r, in, d.mint, d.day)
	for _, f := range faults {
		d.t.Fatalf("fault at %s %s (%s): %s", f.Cell.Sheet, f.Cell.Ref, f.Code, f.Text.Zh)
	}
	facts := casework.ApplyRoster(d.r, scribe, plan, "abc", d.now(), d.mint)
	d.fold(scribe, facts...)
	if len(facts) == 0 {
		return casework.Import{}
	}
	return d.r.Imports(1)[0]
}

func (d *bureau) scribe() casework.Staff {
	s, _ := d.r.Staff(scribe)
	return s
}

// undo undoes the import, as far as can be.
func (d *bureau) undo(id casework.ImportID) casework.UndoPlan {
	d.t.Helper()
	plan, why := casework.PlanUndo(d.r, d.scribe(), id, d.now())
	if why != "" && why != casework.NoChange {
		d.t.Fatalf("PlanUndo = %q, want it planned", why)
	}
	d.fold(scribe, plan.Fact)
	return plan
}

// rosterFields is what the roster owns of every record, by sheet and identity.
func rosterFields(r casework.Records) map[string]any {
	out := map[string]any{}
	put := func(sheet casework.SheetID, id, v any) { out[fmt.Sprint(sheet, " ", id)] = v }
	c, _ := r.Campaign()
	put(casework.CampaignSheet, 0, c)
	for _, x := range r.Rounds() {
		x.ClosedOn = casework.Date{}
		put(casework.RoundSheet, x.ID, x)
	}
	for _, x := range r.Units() {
		put(casework.UnitSheet, x.ID, x)
	}
	for _, x := range r.Areas() {
		put(casework.AreaSheet, x.ID, x)
	}
	for _, x := range r.Groups() {
		x.Chat = 0
		put(casework.GroupSheet, x.ID, x)
	}
	for x := range r.AllStaff() {
		x.User, x.Binding = 0, ""
		put(casework.StaffSheet, x.ID, x)
	}
	for x := range r.AllTargets() {
		for _, p := range r.PairingsOfTarget(x.ID) {
			put(casework.PairingSheet, fmt.Sprint(x.ID, " ", p.StaffID), p)
		}
		x.History = casework.History{}
		put("target", x.ID, x)
	}
	for x := range r.AllProblems() {
		x.History = nil
		put(casework.ProblemSheet, x.ID, x)
	}
	for x := range r.AllTrademarks() {
		put(casework.TrademarkSheet, x.ID, x)
	}
	for _, x := range r.Policies() {
		put(casework.PolicySheet, x.ID, x)
	}
	return out
}

func imageName(i casework.Image) string {
	switch i.Sheet {
	case casework.HouseholdSheet, casework.EnterpriseSheet, casework.OrganizationSheet:
		return fmt.Sprint("target ", i.ID)
	case casework.PairingSheet:
		return fmt.Sprint(i.Sheet, " ", i.ID, " ", i.Staff)
	default:
		return fmt.Sprint(i.Sheet, " ", i.ID)
	}
}

// dangling are the references of the roster that lead nowhere.
func dangling(r casework.Records) error {
	var wrong []error
	check := func(ok bool, format string, args ...any) {
		if !ok {
			wrong = append(wrong, fmt.Errorf(format, args...))
		}
	}
	area := func(id casework.AreaID) bool { _, ok := r.Area(id); return ok || id == 0 }
	unit := func(id casework.UnitID) bool { _, ok := r.Unit(id); return ok || id == 0 }
	group := func(id casework.GroupID) bool { _, ok := r.Group(id); return ok || id == 0 }
	staff := func(id casework.StaffID) bool { _, ok := r.Staff(id); return ok || id == 0 }
	target := func(id casework.TargetID) bool { _, ok := r.Target(id); return ok }
	for _, x := range r.Areas() {
		check(area(x.ParentID), "area %s is in none", x.Name)
	}
	for _, x := range r.Groups() {
		check(staff(x.LeaderID) && staff(x.DeputyID), "group %s has no leader", x.Code)
		check(!slices.ContainsFunc(x.AreaIDs, func(id casework.AreaID) bool { return !area(id) }), "group %s has no area", x.Code)
	}
	for x := range r.AllStaff() {
		check(unit(x.BranchID), "%s has no branch", x.Code)
		check(!slices.ContainsFunc(x.Groups, func(id casework.GroupID) bool { return !group(id) }), "%s has no group", x.Code)
		for _, p := range r.PairingsOfStaff(x.ID) {
			check(target(p.TargetID), "%s is paired with none", x.Code)
		}
	}
	for x := range r.AllTargets() {
		check(area(x.AreaID) && group(x.GroupID), "%s is nowhere", x.Code)
		for _, p := range r.PairingsOfTarget(x.ID) {
			check(staff(p.StaffID), "%s is paired with nobody", x.Code)
		}
	}
	for x := range r.AllProblems() {
		check(target(x.TargetID) && staff(x.OwnerID) && unit(x.UnitID), "%s is of nobody", x.Code)
	}
	for x := range r.AllTrademarks() {
		check(target(x.FirmID), "%s is of no firm", x.Name)
	}
	for v := range r.AllVisits() {
		check(target(v.TargetID), "a visit to nobody")
		check(!slices.ContainsFunc(v.Participants, func(id casework.StaffID) bool { return !staff(id) }), "a visit by nobody")
	}
	return errors.Join(wrong...)
}

// laterRoster is a second roster, with those of its parts that are wanted.
func laterRoster(want func(part string) bool) casework.Roster {
	out := casework.Roster{}
	add := func(sheet casework.SheetID, columns string, lines ...string) {
		if want(string(sheet)) {
			out[sheet] = sheetOf(columns, lines...)
		}
	}
	add(casework.CampaignSheet, "name|end", "“百千万”集中走访大行动|2018-01-31")
	add(casework.RoundSheet, "no|title|start|end", "2|第二轮（改）|2017-03-20|2017-04-29", "3|第三轮|2017-05-02|2017-05-31")
	out[casework.UnitSheet] = sheetOf("name|kind|parent", "第二党支部|支部|市工商局")
	out[casework.AreaSheet] = sheetOf("name|level|parent|code", "王庄村|村|塔山镇|", "李庄村|村|塔山镇|320305001")
	out[casework.StaffSheet] = sheetOf("code|name|branch|roles|groups", "R004|孙五|第二党支部|走访党员、组长|G3", "R002|李四光|第一党支部|走访党员|G1")
	out[casework.GroupSheet] = sheetOf("code|name|leader|areas", "G3|第三工作组|R004|王庄村")
	out[casework.HouseholdSheet] = sheetOf("code|area|head|phone|types|note", "JT-0001|李庄村|李大山|13812345678|一般户|改过", "JT-0010|王庄村|周七||一般户|", "JT-0011|李庄村|吴八||一般户|")
	add(casework.PairingSheet, "target|staff|role", "JT-0001|R002|责任人", "JT-0010|R004|责任人", "JT-0011|R001|责任人")
	add(casework.ProblemSheet, "target|category|words|owner", "JT-0010|饮水排水|井水发黄不能喝|R004", "JT-0001|上学|孩子上学太远了|R001")
	add(casework.TrademarkSheet, "firm|name|goods", "QY-001|塔山|面粉、挂面", "QY-001|新标|酱油")
	add(casework.PolicySheet, "title|text", "小微贷款贴息|到期不再受理。", "新政策|先到村里开证明。")
	return out
}

func everyPart(string) bool { return true }

func TestUndoImport(t *testing.T) {
	inBureau(t, fullRoster(), func(d *bureau) {
		before := rosterFields(d.r)
		contacts := map[casework.TargetID]casework.History{}
		for x := range d.r.AllTargets() {
			contacts[x.ID] = x.History
		}
		imp := d.importRoster(laterRoster(everyPart))
		if imp.Code != "DR-2017-0002" || imp.By != scribe || imp.Added == 0 || imp.Changed == 0 || imp.Ended != 1 {
			t.Errorf("import = %s by %d: %d added, %d changed, %d ended", imp.Code, imp.By, imp.Added, imp.Changed, imp.Ended)
		}
		d.day = d.day.AddDays(casework.UndoDays - 1)
		plan := d.undo(imp.ID)
		if len(plan.Kept) > 0 {
			t.Errorf("kept = %+v, want nothing", plan.Kept)
		}
		if diff := cmp.Diff(before, rosterFields(d.r)); diff != "" {
			t.Errorf("records after undoing (-before +after):\n%s", diff)
		}
		for x := range d.r.AllTargets() {
			if diff := cmp.Diff(contacts[x.ID], x.History); diff != "" {
				t.Errorf("%s (-before +after):\n%s", x.Code, diff)
			}
		}
		var kinds []string
		for _, c := range plan.Back {
			if c.Key == "JT-0001" || c.Key == "JT-0001 R001" || c.Key == "JT-0010" {
				var columns []string
				for _, l := range c.Columns {
					columns = append(columns, l.Zh)
				}
				kinds = append(kinds, fmt.Sprint(c.Key, " ", c.Kind, " ", strings.Join(columns, ",")))
			}
		}
		slices.Sort(kinds)
		want := []string{"JT-0001 R001 adds ", "JT-0001 changes 户类型,备注", "JT-0010 ends "}
		if diff := cmp.Diff(want, kinds); diff != "" {
			t.Errorf("what goes back (-want +got):\n%s", diff)
		}
		// Codes stay taken.
		d.day = d.day.AddDays(1)
		plan2, _ := casework.PlanRoster(d.r, casework.Roster{
			casework.HouseholdSheet: sheetOf("area|head|types", "李庄村|郑九|一般户"),
		}, d.mint, d.day)
		if got := plan2.Changes[0].Key; got != "JT-0012" {
			t.Errorf("next code = %s, want JT-0012", got)
		}
	})
}

// What a file gives back is told from what was planned in memory by nothing.
func TestUndoImportFromAFile(t *testing.T) {
	l := newLedger(t, casework.StaffImported{Staff: casework.Staff{
		ID: scribe, Code: "B001", Name: "办事员", Binding: casework.Bound, User: 900, Roles: []casework.Role{casework.Office},
	}})
	apply := func(in casework.Roster) {
		l.do(func(r casework.Records, ids *casework.Minter) []casework.Fact {
			plan, faults := casework.PlanRoster(r, in, ids.Next, rosterToday)
			if len(faults) > 0 {
				t.Errorf("faults = %+v", faults)
			}
			return casework.ApplyRoster(r, scribe, plan, "abc", moment(rosterToday), ids.Next)
		})
	}
	apply(fullRoster())
	var before map[string]any
	l.view(func(r casework.Records) { before = rosterFields(r) })
	apply(laterRoster(everyPart))
	l.do(func(r casework.Records, _ *casework.Minter) []casework.Fact {
		s, _ := r.Staff(scribe)
		plan, why := casework.PlanUndo(r, s, r.Imports(1)[0].ID, moment(rosterToday))
		if why != "" || len(plan.Kept) > 0 {
			t.Errorf("PlanUndo = %q, keeps %+v, want nothing kept", why, plan.Kept)
		}
		return []casework.Fact{plan.Fact}
	})
	l.view(func(r casework.Records) {
		if diff := cmp.Diff(before, rosterFields(r)); diff != "" {
			t.Errorf("records after undoing (-before +after):\n%s", diff)
		}
	})
}

func TestPlanUndoRefuses(t *testing.T) {
	inBureau(t, fullRoster(), func(d *bureau) {
		imp := d.importRoster(laterRoster(everyPart))
		refused := func(name string, s casework.Staff, id casework.ImportID, want casework.Refusal) {
			t.Helper()
			if _, got := casework.PlanUndo(d.r, s, id, d.now()); got != want {
				t.Errorf("PlanUndo(%s) = %q, want %q", name, got, want)
			}
		}
		visitor, _ := d.r.StaffByCode("R001")
		visitor.Binding = casework.Bound
		refused("an import that is not there", d.scribe(), 1, casework.NotFound)
		refused("by a visitor", visitor, imp.ID, casework.NotYours)
		d.day = d.day.AddDays(casework.UndoDays)
		refused("a week later", d.scribe(), imp.ID, casework.TooLate)
		d.day = rosterToday
		d.undo(imp.ID)
		refused("twice", d.scribe(), imp.ID, casework.NotNow)
		for x := range d.r.AllTargets() {
			d.fold(scribe, casework.ChangeNoted{TargetID: x.ID, Change: "illness"})
			x.Note = "又改"
			d.fold(scribe, casework.TargetImported{Target: x})
		}
		only := d.importRoster(casework.Roster{casework.HouseholdSheet: sheetOf("code|note", "JT-0001|第三次")})
		home, _ := d.r.TargetByCode("JT-0001")
		home.Note = "第四次"
		d.fold(scribe, casework.TargetImported{Target: home})
		refused("of which all was changed", d.scribe(), only.ID, casework.NoChange)
	})
}

func TestUndoKeepsWhatIsInUse(t *testing.T) {
	for _, tt := range []struct {
		name string
		work func(d *bureau)
		want []string
	}{
		{"a visit", func(d *bureau) { d.visit("JT-0010", "R004") }, []string{
			"areas 王庄村", "groups G3", "households JT-0010", "pairings JT-0010 R004", "staff R004", "units 第二党支部",
		}},
		{"a word on a problem", func(d *bureau) {
			x, _ := d.r.TargetByCode("JT-0001")
			for _, p := range d.r.ProblemsOfTarget(x.ID) {
				if p.Category == "schooling" {
					d.fold(scribe, casework.ProblemMoved{ProblemID: p.ID, Act: casework.Comment, From: p.Status, To: p.Status, Text: "去看过"})
				}
			}
		}, []string{"problems WT-2017-0004"}},
		{"an invitation", func(d *bureau) {
			s, _ := d.r.StaffByCode("R004")
			d.fold(scribe, casework.InviteIssued{Invite: casework.Invite{ID: casework.InviteID(d.mint()), StaffID: s.ID, State: casework.Issued, Hash: "h"}})
		}, []string{"areas 王庄村", "groups G3", "staff R004", "units 第二党支部"}},
		{"another pairing", func(d *bureau) {
			x, _ := d.r.TargetByCode("JT-0001")
			s, _ := d.r.StaffByCode("R003")
			d.fold(scribe, casework.PairingMade{Pairing: casework.Pairing{TargetID: x.ID, StaffID: s.ID, Role: casework.Assist}})
		}, []string{"pairings JT-0001 R001", "pairings JT-0001 R002"}},
		{"a round closed", func(d *bureau) {
			d.fold(scribe, casework.RoundClosed{RoundID: d.r.Rounds()[2].ID, On: d.day})
		}, []string{"rounds 3"}},
		{"a changed name", func(d *bureau) {
			s, _ := d.r.StaffByCode("R002")
			s.Title = "科长"
			d.fold(scribe, casework.StaffImported{Staff: s})
		}, []string{"staff R002"}},
		{"a policy explained", func(d *bureau) {
			x, _ := d.r.TargetByCode("ZZ-01")
			for _, p := range d.r.Policies() {
				if p.Title == "新政策" {
					d.fold(scribe, casework.PolicyExplained{TargetID: x.ID, Explained: casework.Explained{PolicyID: p.ID}})
				}
			}
		}, []string{"policies 新政策"}},
		{"a matter", func(d *bureau) {
			for m := range d.r.AllTrademarks() {
				if m.Name == "新标" {
					d.fold(scribe, casework.MatterRecorded{Matter: casework.Matter{ID: casework.MatterID(d.mint()), Code: "SB-001", TrademarkID: m.ID}})
				}
			}
		}, []string{"trademarks 新标"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inBureau(t, fullRoster(), func(d *bureau) {
				imp := d.importRoster(laterRoster(everyPart))
				tt.work(d)
				var got []string
				for _, k := range d.undo(imp.ID).Kept {
					got = append(got, fmt.Sprint(k.Sheet, " ", k.Key))
				}
				slices.Sort(got)
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("kept (-want +got):\n%s", diff)
				}
				if err := dangling(d.r); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// visit lets the person visit the target.
func (d *bureau) visit(target, who string) {
	x, _ := d.r.TargetByCode(target)
	s, _ := d.r.StaffByCode(who)
	id := d.mint()
	d.fold(s.ID, casework.VisitReported{Visit: casework.Visit{
		ID: casework.VisitID(id), Code: fmt.Sprintf("ZF-170405-%03d", id%1000), TargetID: x.ID, Participants: []casework.StaffID{s.ID},
		Outcome: casework.Met, VisitedOn: d.day, SubmittedAt: midday(d.day),
	}})
}

// Whatever is imported, and whatever is done after it: undoing the import gives every
// record back as it was, but for those that it names, and nothing leads nowhere.
func TestUndoGivesBackWhatItDoesNotKeep(t *testing.T) {
	inBureau(t, fullRoster(), func(base *bureau) {
		rapid.Check(t, func(rt *rapid.T) {
			d := &bureau{t: rt, r: casework.NewAhead(base.r), n: 50_000, day: rosterToday}
			before := rosterFields(d.r)
			imp := d.importRoster(laterRoster(func(string) bool { return rapid.Bool().Draw(rt, "part") }))
			for range rapid.IntRange(0, 4).Draw(rt, "works") {
				d.work(rt)
			}
			then := rosterFields(d.r)
			plan := d.undo(imp.ID)
			kept := map[string]bool{}
			for _, i := range plan.Fact.Kept {
				kept[imageName(imp.Images[i])] = true
			}
			want := maps.Clone(then)
			for _, img := range imp.Images {
				if name := imageName(img); !kept[name] {
					delete(want, name)
					if v, ok := before[name]; ok {
						want[name] = v
					}
				}
			}
			if diff := cmp.Diff(want, rosterFields(d.r)); diff != "" {
				rt.Errorf("records after undoing (-want +got):\n%s", diff)
			}
			if err := dangling(d.r); err != nil {
				rt.Error(err)
			}
		})
	})
}

// work does something to a record, old or new.
func (d *bureau) work(rt *rapid.T) {
	target, _ := d.r.TargetByCode(rapid.SampledFrom([]string{"JT-0001", "JT-0002", "JT-0010", "JT-0011"}).Draw(rt, "target"))
	who, _ := d.r.StaffByCode(rapid.SampledFrom([]string{"R001", "R002", "R004"}).Draw(rt, "who"))
	switch rapid.IntRange(0, 6).Draw(rt, "work") {
	case 0:
		d.visit(target.Code, who.Code)
	case 1:
		target.Note += "又改"
		d.fold(scribe, casework.TargetImported{Target: target})
	case 2:
		d.fold(scribe, casework.PairingMade{Pairing: casework.Pairing{TargetID: target.ID, StaffID: who.ID, Role: casework.Assist}})
	case 3:
		who.Title += "长"
		d.fold(scribe, casework.StaffImported{Staff: who})
	case 4:
		areas := d.r.Areas()
		a := casework.Area{ID: casework.AreaID(d.mint()), Name: "某组", ParentID: areas[len(areas)-1].ID}
		d.fold(scribe, casework.AreaImported{Area: a})
	case 5:
		for _, p := range d.r.ProblemsOfTarget(target.ID) {
			d.fold(who.ID, casework.ProblemMoved{ProblemID: p.ID, Act: casework.Comment, From: p.Status, To: p.Status, Text: "去看过"})
		}
	case 6:
		d.importRoster(laterRoster(everyPart))
	}
}

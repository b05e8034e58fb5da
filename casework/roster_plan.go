package casework

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zoufang/form"
)

// PlanRoster compares a roster with the records and says what importing it
// would do. Rows are known by their codes (areas by their full name, units by
// name, rounds by number); a target without a code is known by what it says of
// itself, and otherwise gets the next free one. Importing the same roster
// twice plans nothing the second time.
//
// In the sheet of pairings, the rows of a target are all its pairings: others
// end. Rows of the sheet of problems only add to the problem list; what is on it
// goes on by its own steps. Everything else that the roster leaves out stays as it is.
//
// Every wrong cell is a fault, and when there is any, nothing is planned. mint
// gives identities for the new records; a caller that shows the plan without
// keeping it can give any numbers that are not in use.
func PlanRoster(r Records, in Roster, mint func() uint64, today Date) (Plan, []RowFault) {
	p := &planner{r: r, in: in, today: today, tables: map[SheetID]Table{}, columns: map[SheetID]map[string]Column{}}
	p.plan = Plan{Added: map[SheetID]int{}, Changed: map[SheetID]int{}, Unchanged: map[SheetID]int{}}
	p.mint = func() uint64 { p.plan.IDs++; return mint() }
	for _, t := range RosterTables() {
		p.tables[t.ID] = t
		p.columns[t.ID] = map[string]Column{}
		for _, c := range t.Columns {
			p.columns[t.ID][c.ID] = c
		}
		p.order = append(p.order, t.Label.Zh)
	}
	p.names = newReferences(r)
	p.show = shower{r: r, names: p.names}
	p.kinds, p.responsible = map[TargetID]Kind{}, map[TargetID]StaffID{}

	// People and groups name each other, and areas their parents, so whatever
	// is new gets its identity before anything is read.
	units, staff, groups := p.assignUnits(), p.assignStaff(), p.assignGroups()
	areas := p.assignAreas()
	p.campaign()
	p.rounds()
	p.units(units)
	p.areas(areas)
	members := p.staff(staff)
	p.groups(groups, members)
	p.targets()
	p.pairings()
	p.problems()
	p.marks()
	p.policies()
	if len(p.faults) > 0 {
		return Plan{}, p.sortedFaults()
	}
	return p.plan, nil
}

// planner is one comparison under way.
type planner struct {
	r       Records
	in      Roster
	mint    func() uint64
	today   Date
	tables  map[SheetID]Table
	columns map[SheetID]map[string]Column
	order   []string // the sheets' names
	names   *references
	show    shower
	plan    Plan
	faults  []RowFault

	targetByCode map[string]TargetID // those of this roster
	targetCode   map[TargetID]string
	kinds        map[TargetID]Kind    // of the targets of this roster
	responsible  map[TargetID]StaffID // by the pairings of this roster
	fresh        []freshTarget        // that are in use
}

func (p *planner) column(sheet SheetID, id string) Column { return p.columns[sheet][id] }

func (p *planner) cell(sheet SheetID, row Row, col string) Cell {
	c := Cell{Sheet: p.tables[sheet].Label.Zh, Ref: row.Fields[col].Ref}
	if c.Ref == "" {
		c.Ref = fmt.Sprintf("A%d", row.Line)
	}
	return c
}

func (p *planner) fault(at Cell, code FaultCode, zh, en string) {
	p.faults = append(p.faults, RowFault{Cell: at, Code: code, Text: form.Label{Zh: strings.TrimSpace(zh), En: strings.TrimSpace(en)}})
}

// sortedFaults gives the faults in the order of the workbook.
func (p *planner) sortedFaults() []RowFault {
	slices.SortStableFunc(p.faults, func(a, b RowFault) int {
		aCol, aLine := splitRef(a.Cell.Ref)
		bCol, bLine := splitRef(b.Cell.Ref)
		return cmp.Or(
			cmp.Compare(slices.Index(p.order, a.Cell.Sheet), slices.Index(p.order, b.Cell.Sheet)),
			cmp.Compare(aLine, bLine), cmp.Compare(len(aCol), len(bCol)), cmp.Compare(aCol, bCol))
	})
	return p.faults
}

// splitRef parts "AB12" into "AB" and 12.
func splitRef(ref string) (string, int) {
	i := strings.IndexAny(ref, "0123456789")
	if i < 0 {
		return ref, 0
	}
	n := 0
	for _, c := range []byte(ref[i:]) {
		n = n*10 + int(c-'0')
	}
	return ref[:i], n
}

// duplicate says that the row was there before.
func (p *planner) duplicate(sheet SheetID, row Row, col, key, first string) {
	p.fault(p.cell(sheet, row, col), FaultDuplicate, fmt.Sprintf("“%s”与 %s 重复，请只保留一行。", shown(key), first),
		fmt.Sprintf("%q stands in %s as well: keep one row.", shown(key), first))
}

// draft is a row whose record has an identity, and is still to be read.
type draft[ID ~uint64] struct {
	row   Row
	id    ID
	fresh bool
}

// assign gives every row of the sheet its identity by the key in the column.
// Rows without a key are left to be refused when they are read.
func assign[ID ~uint64](p *planner, sheet SheetID, col string, known func(string) []ID, note func(ID, string)) []draft[ID] {
	var out []draft[ID]
	seen := map[string]string{}
	for _, row := range p.in[sheet] {
		text := tidy(row.Fields[col].Text)
		key := strings.ToUpper(plain(text))
		if first, dup := seen[key]; dup && key != "" {
			p.duplicate(sheet, row, col, text, first)
			continue
		}
		seen[key] = p.cell(sheet, row, col).Ref
		d := draft[ID]{row: row, fresh: true}
		if ids := known(key); len(ids) == 1 {
			d.id, d.fresh = ids[0], false
		} else {
			d.id = ID(p.mint())
			if key != "" {
				note(d.id, text)
			}
		}
		out = append(out, d)
	}
	return out
}

func (p *planner) assignUnits() []draft[UnitID] {
	return assign(p, UnitSheet, "name", p.names.units, p.names.addUnit)
}

func (p *planner) assignStaff() []draft[StaffID] {
	return assign(p, StaffSheet, "code", p.names.staff, p.names.addStaff)
}

func (p *planner) assignGroups() []draft[GroupID] {
	return assign(p, GroupSheet, "code", p.names.groups, p.names.addGroup)
}

// reader opens a row for reading over the texts of its record.
func (p *planner) reader(sheet SheetID, row Row, old map[string]string, fresh bool) *rowReader {
	if fresh {
		old = nil
	}
	return &rowReader{p: p, sheet: sheet, row: row, old: old, fresh: fresh, faults: len(p.faults)}
}

// settle counts a row that was read, and plans the fact if the record is new
// or differs. It reports whether it is or does.
func (p *planner) settle(x *rowReader, key string, now map[string]string, fact Fact) bool {
	c := Change{Sheet: x.sheet, Kind: Adds, Key: key}
	if !x.fresh {
		c.Kind, c.Columns = Changes, differing(p.tables[x.sheet].Columns, x.old, now)
		if len(c.Columns) == 0 {
			p.plan.Unchanged[x.sheet]++
			return false
		}
		p.plan.Changed[x.sheet]++
	} else {
		p.plan.Added[x.sheet]++
	}
	c.Cells = p.cellsOf(x, c.Columns)
	p.plan.Changes = append(p.plan.Changes, c)
	p.plan.Facts = append(p.plan.Facts, fact)
	return true
}

// cellsOf are the row's cells of the columns, or its first one; none for a row that was
// not read from a workbook.
func (p *planner) cellsOf(x *rowReader, columns []form.Label) []Cell {
	if x.row.Line == 0 {
		return nil
	}
	table := p.tables[x.sheet].Columns
	if len(columns) == 0 {
		return []Cell{p.cell(x.sheet, x.row, table[0].ID)}
	}
	var out []Cell
	for _, c := range table {
		if slices.Contains(columns, c.Label) {
			out = append(out, p.cell(x.sheet, x.row, c.ID))
		}
	}
	return out
}

func (p *planner) campaign() {
	old, ok := p.r.Campaign()
	rows := p.in[CampaignSheet]
	if len(rows) == 0 {
		if !ok {
			p.fault(Cell{Sheet: p.tables[CampaignSheet].Label.Zh, Ref: "A1"}, FaultMissing,
				"请在“活动”表里填一行：名称、年度和开始日期。", "Fill in one row of the sheet 活动: name, year and start.")
		}
		return
	}
	if len(rows) > 1 {
		p.fault(p.cell(CampaignSheet, rows[1], "name"), FaultDuplicate, "“活动”表只能有一行，请删除多余的行。",
			"The sheet 活动 has one row: delete the others.")
	}
	c := old
	if !ok {
		c = Campaign{Status: CampaignActive, Params: DefaultParams()}
	}
	x := p.reader(CampaignSheet, rows[0], p.show.campaign(old), !ok)
	x.text("name", &c.Name)
	x.number("year", &c.Year)
	x.date("start", &c.StartOn)
	x.date("end", &c.EndOn)
	x.date("must_resolve_by", &c.MustResolveBy)
	if x.sound() && !c.EndOn.IsZero() && c.EndOn.Before(c.StartOn) {
		x.endsEarly()
	}
	p.settle(x, c.Name, p.show.campaign(c), CampaignOpened{Campaign: c})
}

func (p *planner) rounds() {
	all := map[int]Round{}
	for _, old := range p.r.Rounds() {
		all[old.No] = old
	}
	seen := map[int]string{}
	for _, row := range p.in[RoundSheet] {
		var no int
		key := p.reader(RoundSheet, row, nil, true)
		key.number("no", &no)
		if !key.sound() {
			continue
		}
		if first, dup := seen[no]; dup {
			p.duplicate(RoundSheet, row, "no", row.Fields["no"].Text, first)
			continue
		}
		seen[no] = p.cell(RoundSheet, row, "no").Ref
		round, ok := all[no]
		x := p.reader(RoundSheet, row, p.show.round(round), !ok)
		if !ok {
			round = Round{ID: RoundID(p.mint()), No: no}
		}
		x.text("title", &round.Title)
		x.date("start", &round.StartOn)
		x.date("end", &round.EndOn)
		x.text("focus", &round.Focus)
		if x.sound() {
			p.checkRound(x, round, all)
		}
		all[no] = round
		p.settle(x, fmt.Sprint(no), p.show.round(round), RoundOpened{Round: round})
	}
}

// checkRound wants a round that ends after it starts and shares no day with
// another, unless it is as it was.
func (p *planner) checkRound(x *rowReader, round Round, all map[int]Round) {
	if round == all[round.No] {
		return
	}
	if round.EndOn.Before(round.StartOn) {
		x.endsEarly()
		return
	}
	for _, no := range slices.Sorted(maps.Keys(all)) {
		if other := all[no]; no != round.No && (round.Covers(other.StartOn) || other.Covers(round.StartOn)) {
			x.fault("start", FaultOrder, fmt.Sprintf("与第 %d 轮（%s 至 %s）日期重叠。", no, other.StartOn, other.EndOn),
				fmt.Sprintf("shares days with round %d (%s to %s).", no, other.StartOn, other.EndOn))
			return
		}
	}
}

func (x *rowReader) endsEarly() {
	x.fault("end", FaultOrder, "结束日期早于开始日期。", "The end is before the start.")
}

// sound reports whether nothing was wrong with the row so far.
func (x *rowReader) sound() bool {
	if len(x.p.faults) > x.faults {
		return false
	}
	for _, f := range x.row.Fields {
		if f.Bad {
			return false
		}
	}
	return true
}

package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"zoufang/casework"
	"zoufang/form"
)

var rosterToday = casework.Date{Year: 2017, Month: 4, Day: 5}

// sheetOf makes rows from lines whose fields are parted by bars, as if they
// began in row 3 under the columns named first.
func sheetOf(columns string, lines ...string) []casework.Row {
	ids := strings.Split(columns, "|")
	var out []casework.Row
	for i, l := range lines {
		row := casework.Row{Line: i + 3, Fields: map[string]casework.Field{}}
		for j, text := range strings.Split(l, "|") {
			row.Fields[ids[j]] = casework.Field{Text: text, Ref: fmt.Sprintf("%c%d", 'A'+j, i+3)}
		}
		out = append(out, row)
	}
	return out
}

func smallRoster() casework.Roster {
	return casework.Roster{
		casework.CampaignSheet: sheetOf("name|year|start|end|must_resolve_by", "“百千万”集中走访|２０１７|2017-02-06|2017/12/31|2017年9月30日"),
		casework.RoundSheet:    sheetOf("no|title|start|end|focus", "1|第一轮|20170206|2017-03-17|摸底", "2|第二轮|2017-03-20|2017-04-28|"),
		// The parent comes after its child on purpose.
		casework.UnitSheet: sheetOf("name|kind|parent|contact", "第一党支部|支部|市工商局|", "市工商局|局||0516-1234567"),
		casework.AreaSheet: sheetOf("name|level|parent|code", "李庄村|村|塔山镇|", "贾汪区|区||320305", "塔山镇|镇|贾汪区|", "工业园区|园区|贾汪区|"),
		casework.GroupSheet: sheetOf("code|name|leader|deputy|areas",
			"G1|第一工作组|R001|R002|塔山镇", "g2|第二工作组|R003||工业园区"),
		casework.StaffSheet: sheetOf("code|name|branch|title|party_member|roles|groups",
			"R001|王小明|第一党支部|科长|是|走访党员、组长|G1", "R002|李四|第一党支部||是|走访党员|G1", "Ｒ００３|张三丰||科员|否|组长,走访党员|G2"),
		casework.HouseholdSheet: sheetOf("code|area|group|head|phone|address|members|types|main_cause|other_causes|health|labor|house_kind|house_safety|care|care_reason|status|note",
			"JT-0001|李庄村||李大山|１３８　１２３４　５６７８|二组|4|低保、独居老人|因病|缺劳力、缺资金|慢性病|弱劳动力|自住|安全|重点|大病|在册|",
			"|塔山镇李庄村||赵二|0516-1234567||2|一般户||||||||||"),
		casework.EnterpriseSheet: sheetOf("code|name|uscc|area|group|employees|top100|size|contact_phone",
			"QY-001|塔山食品有限公司|91350100M000100Y43|工业园区||35|是|小型|13912345678"),
		casework.OrganizationSheet: sheetOf("code|name|org_type|area|households|weak_village|paired_branch",
			"ZZ-01|李庄村党支部|村党组织|贾汪区/塔山镇/李庄村|420|是|第一党支部"),
		casework.PairingSheet: sheetOf("target|staff|role|from|reason",
			"JT-0001|R001|责任人|2017-02-06|", "JT-0001|R002|协助||", "QY-001|R003|责任人||"),
	}
}

func minter(from uint64) func() uint64 {
	return func() uint64 { from++; return from }
}

// importRoster plans the roster and folds what is planned into the tables.
func importRoster(t *testing.T, r *rosterTables, in casework.Roster, from uint64) casework.Plan {
	t.Helper()
	plan, faults := casework.PlanRoster(r, in, minter(from), rosterToday)
	for _, f := range faults {
		t.Errorf("fault at %s %s (%s): %s", f.Cell.Sheet, f.Cell.Ref, f.Code, f.Text.Zh)
	}
	for i, fact := range plan.Facts {
		if err := casework.Project(r, casework.Event{Seq: uint64(i + 1), Fact: fact}); err != nil {
			t.Fatalf("Project(%T) = %v, want no error", fact, err)
		}
	}
	return plan
}

func TestPlanRosterAddsEverything(t *testing.T) {
	r := newRosterTables()
	plan := importRoster(t, r, smallRoster(), 1000)
	want := map[casework.SheetID]int{
		casework.CampaignSheet: 1, casework.RoundSheet: 2, casework.UnitSheet: 2, casework.AreaSheet: 4, casework.GroupSheet: 2,
		casework.StaffSheet: 3, casework.HouseholdSheet: 2, casework.EnterpriseSheet: 1, casework.OrganizationSheet: 1, casework.PairingSheet: 3,
	}
	if diff := cmp.Diff(want, plan.Added); diff != "" {
		t.Errorf("added (-want +got):\n%s", diff)
	}
	if got := plan.IDs; got != 17 {
		t.Errorf("IDs = %d, want 17", got)
	}
	first, _ := r.TargetByCode("JT-0001")
	wantHome := &casework.Household{
		HeadName: "李大山", Phone: "13812345678", Address: "二组", Members: 4, Types: []string{"dibao", "elder_alone"},
		MainCause: "illness", OtherCauses: []string{"labor", "fund"}, Health: "chronic", Labor: "weak", HouseKind: "own", HouseSafety: "safe",
	}
	if diff := cmp.Diff(wantHome, first.Household); diff != "" {
		t.Errorf("household (-want +got):\n%s", diff)
	}
	second, ok := r.TargetByCode("JT-0002")
	if !ok || second.Household.HeadName != "赵二" {
		t.Errorf("JT-0002 = %+v, %v, want 赵二 under the next free code", second.Household, ok)
	}
	group, _ := byCode(r.groups, "G1", func(g casework.Group) string { return g.Code })
	if second.GroupID != group.ID {
		t.Errorf("group of JT-0002 = %d, want %d, by its area", second.GroupID, group.ID)
	}
	leader := r.staff[group.LeaderID]
	if leader.Code != "R001" || !leader.In(group.ID) {
		t.Errorf("leader of G1 = %q in %v, want R001 in the group", leader.Code, leader.Groups)
	}
	assist := r.PairingsOfTarget(first.ID)[0]
	if assist.Role != casework.Assist || assist.From != rosterToday {
		t.Errorf("assisting pairing = %+v, want from %s", assist, rosterToday)
	}
}

func TestPlanRosterOfTheSameChangesNothing(t *testing.T) {
	r := newRosterTables()
	importRoster(t, r, smallRoster(), 1000)
	for name, in := range map[string]casework.Roster{"the workbook": smallRoster(), "the export": casework.RosterOf(r)} {
		plan := importRoster(t, r, in, 2000)
		if len(plan.Facts) > 0 || plan.IDs > 0 {
			t.Errorf("importing %s again plans %d facts and %d identities (%+v), want none", name, len(plan.Facts), plan.IDs, plan.Changes)
		}
	}
}

// What is in the records was right by another rule, or came in by chat: the
// roster leaves it alone.
func TestPlanRosterAcceptsWhatIsThere(t *testing.T) {
	r := newRosterTables()
	importRoster(t, r, smallRoster(), 1000)
	r.PutTarget(casework.Target{
		ID: 1, Kind: casework.HouseholdKind, Code: "jt 7", CareLevel: casework.Key, Note: "两行\n备注 13812345678",
		Household: &casework.Household{HeadName: "钱", Phone: "12345", Types: []string{"general", "dibao"}, Health: "odd"},
	})
	r.PutPairing(casework.Pairing{TargetID: 1, StaffID: 1, Role: casework.Assist})
	plan := importRoster(t, r, casework.RosterOf(r), 2000)
	if len(plan.Facts) > 0 {
		t.Errorf("planned %+v, want nothing", plan.Changes)
	}
}

func TestPlanRosterChangesWhatDiffers(t *testing.T) {
	r := newRosterTables()
	importRoster(t, r, smallRoster(), 1000)
	for id, s := range r.staff {
		s.User, s.Binding = casework.UserID(id), casework.Bound
		r.staff[id] = s
	}
	in := casework.Roster{
		casework.StaffSheet:     sheetOf("code|title", "R002|副科长", "R001|科长"),
		casework.HouseholdSheet: sheetOf("code|phone|members", "JT-0001||5"),
		casework.PairingSheet:   sheetOf("target|staff|role", "JT-0001|R002|责任人", "JT-0001|R003|协助"),
	}
	plan := importRoster(t, r, in, 2000)
	var got []string
	for _, c := range plan.Changes {
		var columns []string
		for _, l := range c.Columns {
			columns = append(columns, l.Zh)
		}
		got = append(got, strings.TrimSpace(fmt.Sprintln(c.Sheet, c.Kind, c.Key, strings.Join(columns, ","))))
	}
	want := []string{
		"staff changes R002 职务",
		"households changes JT-0001 联系电话,家庭人口",
		"pairings ends JT-0001 R001",
		"pairings adds JT-0001 R003",
		"pairings changes JT-0001 R002 角色",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	target, _ := r.TargetByCode("JT-0001")
	if h := target.Household; h.Phone != "" || h.Members != 5 || h.HeadName != "李大山" {
		t.Errorf("household = %+v, want no phone, 5 members, and the name kept", h)
	}
	staff, _ := byCode(r.staff, "R002", func(s casework.Staff) string { return s.Code })
	if staff.Binding != casework.Bound || staff.Name != "李四" {
		t.Errorf("staff = %+v, want the binding and the name kept", staff)
	}
	roles := map[string]casework.PairingRole{}
	for _, p := range r.PairingsOfTarget(target.ID) {
		roles[r.staff[p.StaffID].Code] = p.Role
	}
	if diff := cmp.Diff(map[string]casework.PairingRole{"R002": casework.Primary, "R003": casework.Assist}, roles); diff != "" {
		t.Errorf("pairings (-want +got):\n%s", diff)
	}
}

func TestPlanRosterNamesTheWrongCell(t *testing.T) {
	const idCard = "11010519491231002X"
	tests := []struct {
		name  string
		sheet casework.SheetID
		row   int
		col   string
		text  string
		want  string
	}{
		{"no name", casework.StaffSheet, 0, "name", " ", "人员 B3 missing"},
		{"short name", casework.StaffSheet, 0, "name", "王", "人员 B3 too_short"},
		{"long name", casework.StaffSheet, 1, "name", strings.Repeat("王", 16), "人员 B4 too_long"},
		{"code with odd characters", casework.StaffSheet, 1, "code", "R/002", "人员 A4 bad_code"},
		{"unknown role", casework.StaffSheet, 1, "roles", "走访党员、书记员", "人员 F4 not_choice"},
		{"unknown branch", casework.StaffSheet, 1, "branch", "第九党支部", "人员 C4 unknown"},
		{"unknown group", casework.StaffSheet, 1, "groups", "G9", "人员 G4 unknown"},
		{"staff number twice", casework.StaffSheet, 2, "code", "r001", "人员 A5 duplicate"},
		{"identity number as staff number", casework.StaffSheet, 1, "code", idCard, "人员 A4 id_number"},
		{"identity number in a note", casework.HouseholdSheet, 0, "note", "证件" + idCard, "家庭 R3 id_number"},
		{"identity number as phone", casework.HouseholdSheet, 0, "phone", idCard, "家庭 E3 id_number"},
		{"identity number as credit code", casework.EnterpriseSheet, 0, "uscc", idCard, "企业 C3 id_number"},
		{"phone in a note", casework.HouseholdSheet, 0, "note", "打 13812345678", "家庭 R3 phone"},
		{"phone too short", casework.HouseholdSheet, 0, "phone", "1381234567", "家庭 E3 bad_phone"},
		{"credit code with a wrong check", casework.EnterpriseSheet, 0, "uscc", "91350100M000100Y44", "企业 C3 bad_uscc"},
		{"not a date", casework.RoundSheet, 0, "start", "二月初", "轮次 C3 not_date"},
		{"a day the calendar lacks", casework.RoundSheet, 0, "end", "2017-02-30", "轮次 D3 not_date"},
		{"round ends early", casework.RoundSheet, 0, "end", "2017-02-01", "轮次 D3 order"},
		{"rounds overlap", casework.RoundSheet, 1, "start", "2017-03-17", "轮次 C4 order"},
		{"round twice", casework.RoundSheet, 1, "no", "1", "轮次 A4 duplicate"},
		{"campaign ends early", casework.CampaignSheet, 0, "end", "2016-12-31", "活动 D3 order"},
		{"year is no number", casework.CampaignSheet, 0, "year", "今年", "活动 B3 not_number"},
		{"unknown parent", casework.AreaSheet, 0, "parent", "无名镇", "区域 C3 unknown"},
		{"its own parent", casework.AreaSheet, 1, "parent", "贾汪区", "区域 C4 unknown"},
		{"slash in a name", casework.AreaSheet, 3, "name", "工业/园区", "区域 A6 bad_code"},
		{"area level", casework.AreaSheet, 0, "level", "州", "区域 B3 not_choice"},
		{"unit is its own parent", casework.UnitSheet, 1, "parent", "第一党支部", "单位 C3 cycle"},
		{"leader not in the roster", casework.GroupSheet, 0, "leader", "R999", "工作组 C3 unknown"},
		{"leader without the role", casework.StaffSheet, 0, "roles", "走访党员", "工作组 C3 rule"},
		{"leader of another group", casework.StaffSheet, 0, "groups", "G2", "工作组 C3 rule"},
		{"no area", casework.HouseholdSheet, 0, "area", "", "家庭 B3 missing"},
		{"too many people", casework.HouseholdSheet, 0, "members", "21", "家庭 G3 not_number"},
		{"household type", casework.HouseholdSheet, 0, "types", "低保、贵族", "家庭 H3 not_choice"},
		{"ordinary and in difficulty", casework.HouseholdSheet, 0, "types", "一般户、低保", "家庭 H3 rule"},
		{"difficulty without a cause", casework.HouseholdSheet, 0, "main_cause", "", "家庭 I3 missing"},
		{"cause twice", casework.HouseholdSheet, 0, "other_causes", "因病", "家庭 J3 rule"},
		{"three other causes", casework.HouseholdSheet, 0, "other_causes", "缺水、缺资金、因残", "家庭 J3 too_long"},
		{"key without a reason", casework.HouseholdSheet, 0, "care_reason", "", "家庭 P3 missing"},
		{"code of another kind twice", casework.HouseholdSheet, 1, "code", "jt-0001", "家庭 A4 duplicate"},
		{"unknown target", casework.PairingSheet, 0, "target", "JT-0099", "结对 A3 unknown"},
		{"a phone for a target", casework.PairingSheet, 0, "target", "13812345678", "结对 A3 unknown"},
		{"second responsible person", casework.PairingSheet, 1, "role", "责任人", "结对 C4 rule"},
		{"no responsible person", casework.PairingSheet, 0, "role", "协助", "结对 C3 rule"},
		{"pairing twice", casework.PairingSheet, 1, "staff", "R001", "结对 B4 duplicate"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := smallRoster()
			field := in[tt.sheet][tt.row].Fields[tt.col]
			field.Text = tt.text
			in[tt.sheet][tt.row].Fields[tt.col] = field
			plan, faults := casework.PlanRoster(newRosterTables(), in, minter(1000), rosterToday)
			var got []string
			for _, f := range faults {
				got = append(got, fmt.Sprintf("%s %s %s", f.Cell.Sheet, f.Cell.Ref, f.Code))
				if f.Text.Zh == "" || f.Text.En == "" {
					t.Errorf("fault %s says %+v, want a sentence in both languages", f.Code, f.Text)
				}
				for _, secret := range []string{idCard, "13812345678", "1381234567"} {
					if strings.Contains(f.Text.Zh+f.Text.En, secret) {
						t.Errorf("fault %s repeats a number: %+v", f.Code, f.Text)
					}
				}
			}
			if len(got) == 0 || got[0] != tt.want && !slices.Contains(got, tt.want) {
				t.Errorf("faults = %v, want %q", got, tt.want)
			}
			if len(plan.Facts) > 0 {
				t.Errorf("planned %d facts beside faults, want none", len(plan.Facts))
			}
		})
	}
}

func TestPlanRosterWantsEachFirmOnce(t *testing.T) {
	r := newRosterTables()
	importRoster(t, r, smallRoster(), 1000)
	columns := "code|name|uscc|reg_no|area"
	tests := []struct {
		name, line string
		want       []string
	}{
		{"another firm with the credit code", "QY-002|另一家公司|91350100M000100Y43||工业园区", []string{"企业 C3 duplicate"}},
		{"the same firm without its code", "|改名的公司|91350100M000100Y43||工业园区", nil},
		{"an older number cut short", "QY-002|另一家公司||32030500001234|工业园区", []string{"企业 D3 bad_regno"}},
		{"the code of a household", "JT-0001|另一家公司|||工业园区", []string{"企业 A3 other_kind"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, faults := casework.PlanRoster(r, casework.Roster{casework.EnterpriseSheet: sheetOf(columns, tt.line)}, minter(2000), rosterToday)
			var got []string
			for _, f := range faults {
				got = append(got, fmt.Sprintf("%s %s %s", f.Cell.Sheet, f.Cell.Ref, f.Code))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// Who leads a group keeps belonging to it, whichever sheet is imported alone.
func TestPlanRosterKeepsLeadersInOrder(t *testing.T) {
	r := newRosterTables()
	importRoster(t, r, smallRoster(), 1000)
	group := smallRoster()[casework.GroupSheet]
	tests := []struct {
		name string
		in   casework.Roster
		want []string
	}{
		{"the leader without the role", casework.Roster{casework.StaffSheet: sheetOf("code|roles", "R001|走访党员")}, []string{"人员 B3 rule"}},
		{"the deputy out of the group", casework.Roster{casework.StaffSheet: sheetOf("code|groups", "R002|G2")}, []string{"人员 B3 rule"}},
		{"the same, with the groups as they are",
			casework.Roster{casework.StaffSheet: sheetOf("code|groups", "R002|G2"), casework.GroupSheet: group}, []string{"工作组 D3 rule"}},
		{"the leader without the role, with the groups as they are",
			casework.Roster{casework.StaffSheet: sheetOf("code|roles", "R001|走访党员"), casework.GroupSheet: group}, []string{"工作组 C3 rule"}},
		{"another leader, of another group", casework.Roster{casework.GroupSheet: sheetOf("code|leader", "G1|R003")}, []string{"工作组 B3 rule"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, faults := casework.PlanRoster(r, tt.in, minter(2000), rosterToday)
			var got []string
			for _, f := range faults {
				got = append(got, fmt.Sprintf("%s %s %s", f.Cell.Sheet, f.Cell.Ref, f.Code))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// What is named comes before what names it.
func TestPlanRosterPutsParentsFirst(t *testing.T) {
	plan, _ := casework.PlanRoster(newRosterTables(), smallRoster(), minter(1000), rosterToday)
	units, areas := map[casework.UnitID]bool{0: true}, map[casework.AreaID]bool{0: true}
	for _, f := range plan.Facts {
		switch f := f.(type) {
		case casework.UnitImported:
			if units[f.Unit.ID] = true; !units[f.Unit.ParentID] {
				t.Errorf("unit %s comes before its parent", f.Unit.Name)
			}
		case casework.AreaImported:
			if areas[f.Area.ID] = true; !areas[f.Area.ParentID] {
				t.Errorf("area %s comes before its parent", f.Area.Name)
			}
		}
	}
	if len(units) != 3 || len(areas) != 5 {
		t.Errorf("%d units and %d areas, want 2 and 4", len(units)-1, len(areas)-1)
	}
}

// A full name is the place itself, even where others end with it.
func TestPlanRosterPrefersTheFullName(t *testing.T) {
	in := smallRoster()
	in[casework.AreaSheet] = append(in[casework.AreaSheet], sheetOf("name|level|parent", "工业园区|园区|")...)
	r := newRosterTables()
	importRoster(t, r, in, 1000)
	firm, _ := r.TargetByCode("QY-001")
	if at := r.areas[firm.AreaID]; at.Name != "工业园区" || at.ParentID != 0 {
		t.Errorf("QY-001 lies in %+v, want the park without a parent", at)
	}
}

func TestPlanRosterFindsPlacesByName(t *testing.T) {
	in := smallRoster()
	in[casework.AreaSheet] = append(in[casework.AreaSheet], sheetOf("name|level|parent", "江庄镇|镇|贾汪区", "李庄村|村|江庄镇")...)
	_, faults := casework.PlanRoster(newRosterTables(), in, minter(1000), rosterToday)
	var got []string
	for _, f := range faults {
		got = append(got, fmt.Sprintf("%s %s %s", f.Cell.Sheet, f.Cell.Ref, f.Code))
	}
	// The bare name of the village is now that of two; the fuller ones still do.
	want := []string{"家庭 B3 ambiguous"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestPlanRosterKnowsTargetsWithoutCodes(t *testing.T) {
	r := newRosterTables()
	importRoster(t, r, smallRoster(), 1000)
	in := casework.Roster{casework.HouseholdSheet: sheetOf("code|area|head|phone|types|members",
		"|李庄村|李大山|13812345678|低保|6", // JT-0001 by place, name and phone
		"|李庄村|李大山||一般户|3",           // another of the name
	)}
	plan := importRoster(t, r, in, 2000)
	if plan.Changed[casework.HouseholdSheet] != 1 || plan.Added[casework.HouseholdSheet] != 1 {
		t.Errorf("changed %v, added %v, want one each", plan.Changed, plan.Added)
	}
	if got, _ := r.TargetByCode("JT-0003"); got.Household == nil || got.Household.Members != 3 {
		t.Errorf("JT-0003 = %+v, want the household of three", got.Household)
	}
	twice := casework.Roster{casework.HouseholdSheet: sheetOf("code|area|head|phone|types",
		"|李庄村|孙七||一般户", "|李庄村|孙七||一般户")}
	_, faults := casework.PlanRoster(r, twice, minter(3000), rosterToday)
	if len(faults) != 1 || faults[0].Code != casework.FaultDuplicate || faults[0].Cell.Ref != "C4" {
		t.Errorf("faults = %+v, want a duplicate at C4", faults)
	}
}

func TestPlanRosterLeavesOutBadFields(t *testing.T) {
	in := smallRoster()
	field := in[casework.StaffSheet][1].Fields["name"]
	field.Bad, field.Text = true, ""
	in[casework.StaffSheet][1].Fields["name"] = field
	_, faults := casework.PlanRoster(newRosterTables(), in, minter(1000), rosterToday)
	if len(faults) > 0 {
		t.Errorf("faults = %+v, want none: whoever read the cell has told of it", faults)
	}
}

func TestPlanRosterWantsACampaign(t *testing.T) {
	_, faults := casework.PlanRoster(newRosterTables(), casework.Roster{}, minter(1), rosterToday)
	want := []casework.RowFault{{Cell: casework.Cell{Sheet: "活动", Ref: "A1"}, Code: casework.FaultMissing}}
	if diff := cmp.Diff(want, faults, cmpopts.IgnoreTypes(form.Label{})); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

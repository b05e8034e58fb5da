package casework_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/form"
)

const (
	problemHead = "target|source|family|category|words|lacks|scope|urgency|level|owner|raised_on|due_on"
	markHead    = "firm|name|number|classes|goods|kind|valid_until|top100"
	policyHead  = "title|for|valid_to|category|text"
)

// fullRoster is the small roster with what the campaign brings along.
func fullRoster() casework.Roster {
	in := smallRoster()
	in[casework.ProblemSheet] = sheetOf(problemHead,
		"JT-0001|走访|生活困难|修路搭桥|村口的路坏了，雨天走不了|路、资金|共性|急|支部|R002|2017-03-01|2017-04-20",
		"QY-001||企业发展|融资难|流动资金缺口大，银行不肯放款|||||||",
		"JT-0001|||用电|晚上电压太低，电磁炉用不了||||||2016-12-30|")
	in[casework.TrademarkSheet] = sheetOf(markHead,
		"QY-001|塔山|１２３４５６７８|35、30，30|面粉||2024/6/30|是", "QY-001|山里红||||集体||")
	in[casework.PolicySheet] = sheetOf(policyHead,
		"大病救助怎么申请|低保、家庭|2017-12-31|看病报销|第一步到村里开证明。\n第二步到镇民政办，电话 0516-1234567。", "小微贷款贴息|企业|||年利率按基准上浮不超过两成的，财政贴一半。")
	return in
}

func TestPlanRosterBringsWorkAlong(t *testing.T) {
	r := newRosterTables()
	plan := importRoster(t, r, fullRoster(), 1000)
	for sheet, want := range map[casework.SheetID]int{casework.ProblemSheet: 3, casework.TrademarkSheet: 2, casework.PolicySheet: 2} {
		if got := plan.Added[sheet]; got != want {
			t.Errorf("added on %s = %d, want %d", sheet, got, want)
		}
	}
	home, _ := r.TargetByCode("JT-0001")
	firm, _ := r.TargetByCode("QY-001")
	who := map[string]casework.StaffID{}
	for _, s := range r.staff {
		who[s.Code] = s.ID
	}
	var got []casework.Problem
	for _, p := range inOrder(r.problems) {
		got = append(got, casework.Problem{
			Code: p.Code, Source: p.Source, TargetID: p.TargetID, Family: p.Family, Category: p.Category, Lacks: p.Lacks, Common: p.Common,
			Urgency: p.Urgency, Level: p.Level, OwnerID: p.OwnerID, Status: p.Status, RaisedOn: p.RaisedOn, DueOn: p.DueOn,
		})
	}
	due := casework.DefaultParams().DueGroup
	want := []casework.Problem{
		{Code: "WT-2017-0001", Source: casework.FromVisit, TargetID: home.ID, Family: "life", Category: "road_bridge",
			Lacks: []string{"road", "money"}, Common: true, Urgency: casework.Urgent, Level: casework.LevelBranch, OwnerID: who["R002"],
			Status: casework.ProblemPending, RaisedOn: casework.Date{Year: 2017, Month: 3, Day: 1}, DueOn: casework.Date{Year: 2017, Month: 4, Day: 20}},
		{Code: "WT-2017-0002", Source: casework.FromImport, TargetID: firm.ID, Family: "enterprise", Category: "financing",
			Urgency: casework.Normal, Level: casework.LevelGroup, OwnerID: who["R003"],
			Status: casework.ProblemRegistered, RaisedOn: rosterToday, DueOn: rosterToday.AddDays(due)},
		{Code: "WT-2016-0001", Source: casework.FromImport, TargetID: home.ID, Family: "life", Category: "power",
			Urgency: casework.Normal, Level: casework.LevelGroup, OwnerID: who["R001"],
			Status: casework.ProblemRegistered, RaisedOn: casework.Date{Year: 2016, Month: 12, Day: 30}, DueOn: casework.Date{Year: 2016, Month: 12, Day: 30}.AddDays(due)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	marks := inOrder(r.marks)
	wantMark := casework.Trademark{ID: marks[0].ID, FirmID: firm.ID, Name: "塔山", Number: "12345678", Classes: []int{30, 35}, Goods: "面粉",
		ValidUntil: casework.Date{Year: 2024, Month: 6, Day: 30}, Top100: true}
	if diff := cmp.Diff(wantMark, marks[0]); diff != "" {
		t.Errorf("trademark (-want +got):\n%s", diff)
	}
	card := inOrder(r.policies)[0]
	wantCard := casework.Policy{ID: card.ID, Code: "ZC-001", Title: "大病救助怎么申请", For: []string{"dibao", "household"}, Category: "medical",
		ValidTo: casework.Date{Year: 2017, Month: 12, Day: 31}, Text: "第一步到村里开证明。\n第二步到镇民政办，电话 0516-1234567。", On: rosterToday}
	if diff := cmp.Diff(wantCard, card); diff != "" {
		t.Errorf("policy card (-want +got):\n%s", diff)
	}
}

func TestPlanRosterOfTheSameWorkChangesNothing(t *testing.T) {
	r := newRosterTables()
	importRoster(t, r, fullRoster(), 1000)
	// What became of a problem since does not bring it back.
	for id, p := range r.problems {
		p.Status, p.Urgency = casework.ProblemClosed, casework.Emergency
		r.problems[id] = p
	}
	for name, in := range map[string]casework.Roster{"the workbook": fullRoster(), "the export": casework.RosterOf(r)} {
		plan := importRoster(t, r, in, 2000)
		if len(plan.Facts) > 0 || plan.IDs > 0 {
			t.Errorf("importing %s again plans %d facts and %d identities (%+v), want none", name, len(plan.Facts), plan.IDs, plan.Changes)
		}
		if name == "the workbook" && plan.Unchanged[casework.ProblemSheet] != 3 {
			t.Errorf("%d problems unchanged, want 3", plan.Unchanged[casework.ProblemSheet])
		}
	}
	if out := casework.RosterOf(r); len(out[casework.TrademarkSheet]) != 2 || len(out[casework.PolicySheet]) != 2 || out[casework.ProblemSheet] != nil {
		t.Errorf("export has %v, want trademarks and policies and no problems", slices.Sorted(maps.Keys(out)))
	}
}

func TestPlanRosterChangesMarksAndPolicies(t *testing.T) {
	r := newRosterTables()
	importRoster(t, r, fullRoster(), 1000)
	plan := importRoster(t, r, casework.Roster{
		casework.TrademarkSheet: sheetOf("firm|name|number|valid_until", "QY-001|塔山牌|12345678|2034-06-30", "QY-001|山里红|87654321A|"),
		casework.PolicySheet:    sheetOf("title|text", "小微贷款贴息|到期不再受理。"),
	}, 2000)
	var got []string
	for _, c := range plan.Changes {
		var columns []string
		for _, l := range c.Columns {
			columns = append(columns, l.Zh)
		}
		got = append(got, fmt.Sprint(c.Sheet, " ", c.Kind, " ", c.Key, " ", strings.Join(columns, ",")))
	}
	want := []string{
		"trademarks changes 塔山牌 商标名称,有效期至", "trademarks changes 山里红 申请/注册号", "policies changes 小微贷款贴息 正文",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	for _, m := range r.marks {
		if m.Name == "塔山牌" && (m.Goods != "面粉" || !m.Top100) {
			t.Errorf("trademark = %+v, want what the sheet lacks kept", m)
		}
	}
	for id, p := range r.policies {
		p.Off = p.Title == "小微贷款贴息"
		r.policies[id] = p
	}
	plan = importRoster(t, r, casework.Roster{casework.PolicySheet: sheetOf("title|text", "小微贷款贴息|重新开始受理。")}, 3000)
	if plan.Added[casework.PolicySheet] != 1 {
		t.Errorf("a withdrawn card's title: %+v, want a new card", plan.Changes)
	}
}

func TestPlanRosterNamesTheWrongCellOfWork(t *testing.T) {
	for _, tt := range []struct {
		name  string
		sheet casework.SheetID
		row   int
		col   string
		text  string
		want  string
	}{
		{"unknown target", casework.ProblemSheet, 0, "target", "JT-0099", "问题 A3 unknown"},
		{"no category", casework.ProblemSheet, 0, "category", "", "问题 D3 missing"},
		{"odd category", casework.ProblemSheet, 0, "category", "修仙", "问题 D3 not_choice"},
		{"category of another family", casework.ProblemSheet, 0, "family", "企业发展瓶颈", "问题 C3 rule"},
		{"too few words", casework.ProblemSheet, 0, "words", "路坏", "问题 E3 too_short"},
		{"telephone in the words", casework.ProblemSheet, 0, "words", "路坏了，打 13812345678", "问题 E3 phone"},
		{"lacks what nobody knows", casework.ProblemSheet, 0, "lacks", "路、月亮", "问题 F3 not_choice"},
		{"solved on the spot", casework.ProblemSheet, 0, "level", "当场", "问题 I3 not_choice"},
		{"unknown owner", casework.ProblemSheet, 0, "owner", "R999", "问题 J3 unknown"},
		{"nobody responsible", casework.ProblemSheet, 1, "target", "ZZ-01", "问题 J4 missing"},
		{"raised tomorrow", casework.ProblemSheet, 0, "raised_on", "2017-04-06", "问题 K3 order"},
		{"due before", casework.ProblemSheet, 0, "due_on", "2017-02-01", "问题 L3 order"},
		{"mark of a household", casework.TrademarkSheet, 0, "firm", "JT-0001", "商标 A3 other_kind"},
		{"mark without a name", casework.TrademarkSheet, 0, "name", "", "商标 B3 missing"},
		{"odd number", casework.TrademarkSheet, 0, "number", "12-34", "商标 C3 bad_code"},
		{"class 46", casework.TrademarkSheet, 0, "classes", "46", "商标 D3 not_number"},
		{"mark twice", casework.TrademarkSheet, 1, "name", "塔山", "商标 B4 duplicate"},
		{"policy twice", casework.PolicySheet, 1, "title", "大病救助 怎么申请", "政策 A4 duplicate"},
		{"policy without a text", casework.PolicySheet, 0, "text", "", "政策 E3 missing"},
		{"long policy", casework.PolicySheet, 0, "text", strings.Repeat("长", 1501), "政策 E3 too_long"},
		{"policy for nobody known", casework.PolicySheet, 0, "for", "外星人", "政策 B3 not_choice"},
		{"identity number in a policy", casework.PolicySheet, 0, "text", "证件 11010519491231002X", "政策 E3 id_number"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := fullRoster()
			field := in[tt.sheet][tt.row].Fields[tt.col]
			field.Text = tt.text
			in[tt.sheet][tt.row].Fields[tt.col] = field
			plan, faults := casework.PlanRoster(newRosterTables(), in, minter(1000), rosterToday)
			var got []string
			for _, f := range faults {
				got = append(got, fmt.Sprintf("%s %s %s", f.Cell.Sheet, f.Cell.Ref, f.Code))
			}
			if !slices.Contains(got, tt.want) || len(got) != 1 {
				t.Errorf("faults = %v, want %q alone", got, tt.want)
			}
			if len(plan.Facts) > 0 {
				t.Errorf("planned %d facts beside faults, want none", len(plan.Facts))
			}
		})
	}
}

func TestPlanRosterWantsEachProblemAndNumberOnce(t *testing.T) {
	r := newRosterTables()
	importRoster(t, r, fullRoster(), 1000)
	in := casework.Roster{
		casework.EnterpriseSheet: sheetOf("code|name|area", "QY-002|另一家公司|工业园区"),
		casework.TrademarkSheet:  sheetOf("firm|name|number", "QY-002|别的|12345678"),
		casework.ProblemSheet: sheetOf("target|category|words", "JT-0001|饮水排水|井水发黄不能喝", "JT-0001|饮水排水|井水发黄 不能喝",
			"JT-0001|饮水排水|井水发黄不能喝"),
	}
	_, faults := casework.PlanRoster(r, in, minter(2000), rosterToday)
	var got []string
	for _, f := range faults {
		got = append(got, fmt.Sprintf("%s %s %s", f.Cell.Sheet, f.Cell.Ref, f.Code))
	}
	if diff := cmp.Diff([]string{"问题 C5 duplicate", "商标 C3 duplicate"}, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// Codes go on from those on the list, and a target whose pairings name nobody
// responsible needs an owner in its row.
func TestPlanRosterAddsToTheList(t *testing.T) {
	r := newRosterTables()
	importRoster(t, r, fullRoster(), 1000)
	home, _ := r.TargetByCode("JT-0002")
	r.PutPairing(casework.Pairing{TargetID: home.ID, StaffID: inOrder(r.staff)[0].ID, Role: casework.Assist})
	in := casework.Roster{
		casework.PairingSheet: sheetOf("target|staff|role", "JT-0002|"+inOrder(r.staff)[0].Code+"|协助"),
		casework.ProblemSheet: sheetOf("target|category|words|owner", "JT-0002|饮水排水|井水发黄不能喝|R001", "JT-0002|用电|晚上电压太低|R002"),
	}
	plan := importRoster(t, r, in, 2000)
	var codes []string
	for _, c := range plan.Changes {
		codes = append(codes, c.Key)
	}
	if diff := cmp.Diff([]string{"WT-2017-0003", "WT-2017-0004"}, codes); diff != "" {
		t.Errorf("codes (-want +got):\n%s", diff)
	}
	in[casework.ProblemSheet] = sheetOf("target|category|words", "JT-0002|上学|孩子上学太远了")
	_, faults := casework.PlanRoster(r, in, minter(3000), rosterToday)
	if len(faults) != 1 || faults[0].Code != casework.FaultMissing {
		t.Errorf("faults = %+v, want one for the owner", faults)
	}
}

// The words of the sheets are those of the forms, and a problem of a form lacks
// by itself what one of a sheet does.
func TestRosterSpeaksAsTheForms(t *testing.T) {
	all, err := form.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string]casework.Dictionary{"lacks": casework.Lacks(), "urgency": casework.Urgencies()}
	for _, table := range casework.RosterTables() {
		for _, c := range table.Columns {
			if table.ID == casework.ProblemSheet && (c.ID == "family" || c.ID == "category" || c.ID == "scope") {
				columns[c.ID] = c.Choices
			}
		}
	}
	d := all[0]
	for id, words := range columns {
		it, ok := d.Item(id)
		var want, got []string
		for _, o := range it.Options {
			want = append(want, o.ID+" "+o.Label.Zh+" "+o.Label.En)
		}
		for _, o := range words {
			got = append(got, o.ID+" "+o.Label.Zh+" "+o.Label.En)
		}
		if diff := cmp.Diff(want, got); !ok || diff != "" {
			t.Errorf("%s (-form +roster):\n%s", id, diff)
		}
	}
	for _, o := range columns["category"] {
		s := form.Open(&d, form.Answers{
			"outcome": {Values: []string{"met"}}, "free": {Values: []string{"有一件事要说"}}, "problem/1/category": {Values: []string{o.ID}},
		}, form.Context{Today: rosterToday, Earliest: rosterToday})
		if got, want := strings.Join(s.Answers()["problem/1/lacks"].Values, " "), casework.LackOf(o.ID); got != want {
			t.Errorf("the form says %s lacks %q, LackOf says %q", o.ID, got, want)
		}
	}
}

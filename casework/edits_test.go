package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// withList lets the office edit a list of 35 problems of the home, which are waiting with
// ann until the 25th; the last five nobody has triaged.
func withList(t *testing.T, work func(d *bureau)) {
	t.Helper()
	newLedger(t, desks()...).view(func(r casework.Records) {
		d := &bureau{t: t, r: casework.NewAhead(r), n: 10_000, day: today}
		d.fold(0, casework.TaskBooksFor{All: true})
		for i := range 35 {
			p := casework.Problem{
				ID: casework.ProblemID(i + 1), Code: casework.ProblemCode(2017, i+1), TargetID: home, Family: "life", Category: "water",
				Description: "井水发黄不能喝", Urgency: casework.Normal, Level: casework.LevelGroup, OwnerID: ann, Status: casework.ProblemPending,
				RaisedOn: april(10), DueOn: april(25),
			}
			if i >= 30 {
				p.Status = casework.ProblemRegistered
			}
			d.fold(ann, casework.ProblemRaised{Problem: p})
		}
		work(d)
	})
}

// edits reads lines such as "5 status 待办→作废".
func edits(lines ...string) []casework.Edit {
	var out []casework.Edit
	for _, l := range lines {
		var n int
		var column, change string
		if _, err := fmt.Sscan(l, &n, &column, &change); err != nil {
			panic(err)
		}
		before, after, _ := strings.Cut(change, "→")
		out = append(out, casework.Edit{
			Cell: casework.Cell{Sheet: "问题清单", Ref: fmt.Sprint("A", n)}, Key: casework.ProblemCode(2017, n), Column: column, Before: before, After: after,
		})
	}
	return out
}

// problems are the problems without their history.
func problems(r casework.Records) []casework.Problem {
	var out []casework.Problem
	for p := range r.AllProblems() {
		p.History = nil
		out = append(out, p)
	}
	return out
}

func TestEditedListComesBack(t *testing.T) {
	withList(t, func(d *bureau) {
		office, _ := d.r.Staff(off)
		before := problems(d.r)
		plan := casework.PlanEdits(d.r, office, edits(
			"1 owner R001→R002", "2 status 待办→在办", "3 due 2017-04-25→2017/5/5", "4 remark →已联系镇里", "5 status 待办→作废", "5 remark →重复登记",
			"6 category 饮水排水→用电", "7 due 2017-04-25→2017-04-19", "31 owner R001→R002", "10 remark →等村里回话",
		), d.now(), casework.NewMinter(9))
		var refused []string
		for _, e := range plan.Refused {
			refused = append(refused, e.Edit.Cell.Ref+" "+e.Why.Zh)
		}
		want := []string{"A2 您没有这项权限", "A6 这一列不能在表里改", "A7 新时限要晚于今天和原时限，最多 60 天以内"}
		if diff := cmp.Diff(want, refused); diff != "" || len(plan.Applied) != 7 {
			t.Errorf("%d applied, want 7; refused (-want +got):\n%s", len(plan.Applied), diff)
		}
		if diff := cmp.Diff(before, problems(d.r)); diff != "" {
			t.Errorf("planning changed the records (-before +after):\n%s", diff)
		}

		d.fold(off, casework.ApplyEdits(d.r, off, plan, 17, "abc", d.now(), d.mint)...)
		imp := d.r.Imports(1)[0]
		if imp.Code != "DR-2017-0001" || imp.Kind != casework.ImportEdits || imp.Export != 17 || imp.Changed != 7 || imp.Refused != 3 {
			t.Errorf("import = %+v", imp)
		}
		got := map[casework.ProblemID]string{}
		for _, id := range []casework.ProblemID{1, 2, 3, 4, 5, 31, 10} {
			p, _ := d.r.Problem(id)
			got[id] = fmt.Sprint(p.OwnerID, " ", p.Status, " ", p.DueOn, " ", p.Remark)
		}
		wantNow := map[casework.ProblemID]string{
			1: "2 pending 2017-04-25 ", 2: "1 pending 2017-04-25 ", 3: "1 pending 2017-05-05 ", 4: "1 pending 2017-04-25 已联系镇里",
			5: "1 invalid 2017-04-25 重复登记", 31: "2 pending 2017-04-25 ", 10: "1 pending 2017-04-25 等村里回话",
		}
		if diff := cmp.Diff(wantNow, got); diff != "" {
			t.Errorf("problems (-want +got):\n%s", diff)
		}
		book := d.r.TaskBooksOfProblem(31)
		if len(book) != 1 || book[0].LeadID != bob {
			t.Fatalf("task books of 31 = %+v, want one of its new owner", book)
		}

		undo, why := casework.PlanUndo(d.r, office, imp.ID, d.now())
		if why != "" || len(undo.Kept) > 0 || len(undo.Back) != 6 {
			t.Errorf("PlanUndo = %+v, %q, want six problems back", undo, why)
		}
		d.fold(off, undo.Fact)
		if diff := cmp.Diff(before, problems(d.r)); diff != "" {
			t.Errorf("problems after undoing (-before +after):\n%s", diff)
		}
		if b, _ := d.r.TaskBook(book[0].ID); b.Status != casework.TaskCancelled {
			t.Errorf("task book after undoing is %s, want it cancelled", b.Status)
		}
		p, _ := d.r.Problem(5)
		if last := p.History[len(p.History)-1]; last.Text != "撤销导入 DR-2017-0001" || last.From != casework.ProblemInvalid || last.To != casework.ProblemPending {
			t.Errorf("last step = %+v, want it told", last)
		}
	})
}

func TestUndoKeepsEditedProblemsThatWentOn(t *testing.T) {
	withList(t, func(d *bureau) {
		office, _ := d.r.Staff(off)
		owner, _ := d.r.Staff(bob)
		plan := casework.PlanEdits(d.r, office, edits("1 remark →看看", "2 remark →看看", "31 owner R001→R002", "3 remark →看看"), d.now(), casework.NewMinter(9))
		d.fold(off, casework.ApplyEdits(d.r, off, plan, 17, "abc", d.now(), d.mint)...)
		step := func(who casework.StaffID, m casework.ProblemMoved) {
			s, _ := d.r.Staff(who)
			facts, why := casework.MoveProblem(d.r, s, m, d.now(), casework.NewMinter(10))
			if why != "" {
				t.Fatalf("MoveProblem(%s) = %q", m.Act, why)
			}
			d.fold(who, facts...)
		}
		step(ann, casework.ProblemMoved{ProblemID: 1, Act: casework.Accept})
		step(ann, casework.ProblemMoved{ProblemID: 2, Act: casework.Comment, Text: "问过一次"})
		book := d.r.TaskBooksOfProblem(31)[0]
		d.fold(owner.ID, casework.TaskBookDrafted{TaskBook: book})
		undo, _ := casework.PlanUndo(d.r, office, d.r.Imports(1)[0].ID, d.now())
		var kept []string
		for _, k := range undo.Kept {
			kept = append(kept, k.Key+" "+k.Why.Zh)
		}
		want := []string{"WT-2017-0001 导入以后又有改动", "WT-2017-0031 随它起草的任务书已经在办"}
		if diff := cmp.Diff(want, kept); diff != "" {
			t.Errorf("kept (-want +got):\n%s", diff)
		}
	})
}

func TestPlanEdits(t *testing.T) {
	for _, tt := range []struct {
		name string
		who  casework.StaffID
		list []string
		want string // the facts, or why the last edit is refused
	}{
		{"an owner by name and code", bob, []string{"1 owner 某R001→某R002"}, "assign pending→pending"},
		{"an owner who is nobody", off, []string{"1 owner R001→R999"}, "没有“r999”这个人，请写花名册里的姓名或编号"},
		{"an owner who is several", off, []string{"1 owner R001→某"}, "叫“某”的不止一人，请写编号"},
		{"an owner who cannot work", off, []string{fmt.Sprintf("1 owner R001→R%03d", out)}, "这个人不能做责任人（没有绑定、已停用或角色不符）"},
		{"the same owner", off, []string{"1 owner R001→R001"}, "和系统里的一样，没有变化"},
		{"no owner", off, []string{"1 owner R001→"}, "没有“”这个人，请写花名册里的姓名或编号"},
		{"another's group", vic, []string{"1 owner R001→R008"}, "您没有这项权限"},
		{"a key that is not there", off, []string{"99 owner R001→R002"}, "清单里没有这个编号的问题，编号不能改"},
		{"what was changed since", off, []string{"1 due 2017-04-24→2017-05-05"}, "导出以后系统里已经改过，请重新导出再改"},
		{"a status changed since", off, []string{"1 status 在办→作废"}, "导出以后系统里已经改过，请重新导出再改"},
		{"an owner changed since", off, []string{"1 owner R002→R003"}, "导出以后系统里已经改过，请重新导出再改"},
		{"a remark changed since", off, []string{"1 remark 原来→后来"}, "导出以后系统里已经改过，请重新导出再改"},
		{"no status", off, []string{"1 status 待办→快了"}, "“快了”不是办理状态，可以写：登记、待办、在办、上报、转办、挂起、办结(待回访)、销号、合并、作废"},
		{"no way there", off, []string{"1 status 待办→销号"}, "不能从“待办”直接改为“销号”"},
		{"taken up by its owner", ann, []string{"1 status 待办→在办"}, "accept pending→doing"},
		{"what needs more than the list", off, []string{"1 status 待办→上报"}, "这一步还要填别的内容，请在聊天里的问题卡片上办理"},
		{"struck without a word", off, []string{"1 status 待办→作废"}, "请在同一行的备注里写明情况（2 到 300 字，不含证件号和电话）"},
		{"triaged with its status", bob, []string{"31 status 登记→待办", "31 owner R001→R002"}, "triage registered→pending, task book"},
		{"triaged to who has it", bob, []string{"31 status 登记→待办"}, "triage registered→pending, task book"},
		{"no day", off, []string{"1 due 2017-04-25→下月"}, "“下月”不是日期，请写成 2017-04-05"},
		{"a day too far", off, []string{"1 due 2017-04-25→2017-12-31"}, "新时限要晚于今天和原时限，最多 60 天以内"},
		{"a day by its owner", ann, []string{"1 due 2017-04-25→2017-05-05"}, "您没有这项权限"},
		{"a day with its reason", off, []string{"1 remark →等材料", "1 due 2017-04-25→2017-05-05"}, "extend pending→pending 等材料, remark 等材料"},
		{"a remark by its owner", ann, []string{"1 remark →等材料"}, "您没有这项权限"},
		{"a telephone number", off, []string{"1 remark →打13812345678"}, "备注里不能有身份证号或电话号码"},
		{"a long remark", off, []string{"1 remark →" + strings.Repeat("长", 301)}, "备注最多 300 个字"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			withList(t, func(d *bureau) {
				s, _ := d.r.Staff(tt.who)
				plan := casework.PlanEdits(d.r, s, edits(tt.list...), d.now(), casework.NewMinter(9))
				got := editFacts(plan.Facts)
				if n := len(plan.Refused); n > 0 {
					got = plan.Refused[n-1].Why.Zh
				}
				if got != tt.want {
					t.Errorf("PlanEdits(%s) = %q, want %q", tt.list, got, tt.want)
				}
				if len(plan.Applied)+len(plan.Refused) != len(tt.list) {
					t.Errorf("%d applied and %d refused of %d", len(plan.Applied), len(plan.Refused), len(tt.list))
				}
			})
		})
	}
}

// editFacts are the facts in short.
func editFacts(facts []casework.Fact) string {
	var out []string
	for _, f := range facts {
		switch f := f.(type) {
		case casework.ProblemMoved:
			word := fmt.Sprint(f.Act, " ", f.From, "→", f.To)
			if f.Text != "" && f.Text != "台账回传" {
				word += " " + f.Text
			}
			out = append(out, word)
		case casework.ProblemAmended:
			out = append(out, "remark "+*f.Remark)
		case casework.TaskBookDrafted:
			out = append(out, "task book")
		default:
			out = append(out, fmt.Sprintf("%T", f))
		}
	}
	return strings.Join(out, ", ")
}

// A step that takes task books along is for the chat, where it is asked about.
func TestPlanEditsLeavesTaskBooksAlone(t *testing.T) {
	withList(t, func(d *bureau) {
		office, _ := d.r.Staff(off)
		triage := casework.PlanEdits(d.r, office, edits("31 owner R001→R002"), d.now(), casework.NewMinter(9))
		d.fold(off, triage.Facts...)
		plan := casework.PlanEdits(d.r, office, edits("31 status 待办→作废", "31 remark →重复登记"), d.now(), casework.NewMinter(10))
		if len(plan.Refused) != 1 || !strings.HasPrefix(plan.Refused[0].Why.Zh, "任务书也会跟着变") {
			t.Errorf("refused = %+v, want the status", plan.Refused)
		}
		if slices.ContainsFunc(plan.Facts, func(f casework.Fact) bool { _, ok := f.(casework.ProblemMoved); return ok }) {
			t.Errorf("facts = %s, want no step", editFacts(plan.Facts))
		}
	})
}

package casework_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/dialog"
)

// The people of the bureau beside those of the ladder.
const (
	secy     casework.StaffID = iota + 20 // secretary of the branch
	brands                                // of the trademark section
	director                              // a leader of the bureau
)

// The units.
const (
	ourBranch casework.UnitID = 1
	townHall  casework.UnitID = 2
)

// sick is the problem that the task books of the tests are about.
const sick casework.ProblemID = 35

// rostered is a person of the roster with an account.
func rostered(id casework.StaffID, branch casework.UnitID, role casework.Role, groups ...casework.GroupID) []casework.Fact {
	return append([]casework.Fact{casework.StaffImported{Staff: casework.Staff{
		ID: id, Code: fmt.Sprintf("R%03d", id), BranchID: branch, Roles: []casework.Role{role}, Groups: groups,
	}}}, bound(id)...)
}

// bureauCampaign is the ladder's campaign with a branch, its secretary, a trademark
// brands, a leader of the bureau, an outside body, and a problem that ann works on.
func bureauCampaign(level casework.Level) []casework.Fact {
	facts := ladderCampaign()
	for _, f := range [][]casework.Fact{
		rostered(ann, ourBranch, casework.Visitor, 1), rostered(pat, ourBranch, casework.Visitor, 1),
		rostered(secy, ourBranch, casework.BranchSecretary), rostered(brands, 0, casework.TrademarkOfficer), rostered(director, 0, casework.BureauLeader),
	} {
		facts = append(facts, f...)
	}
	return append(facts,
		casework.UnitImported{Unit: casework.Unit{ID: ourBranch, Kind: casework.Branch, Name: "一支部"}},
		casework.UnitImported{Unit: casework.Unit{ID: townHall, Kind: casework.External, Name: "塔山镇政府"}},
		raisedProblem(sick, home, level, april(10)),
	)
}

// raisedProblem is a problem in ann's hands.
func raisedProblem(id casework.ProblemID, x casework.TargetID, level casework.Level, on casework.Date) casework.Fact {
	return casework.ProblemRaised{Problem: casework.Problem{
		ID: id, Code: casework.ProblemCode(2017, int(id)), Source: casework.FromVisit, TargetID: x, Family: "life", Category: "medical",
		Description: "住院费用报不下来", Urgency: casework.Normal, Level: level, OwnerID: ann, UnitID: ourBranch,
		Status: casework.ProblemDoing, Disposal: casework.InProgress, RaisedOn: on, DueOn: on.AddDays(20),
	}}
}

// rule decides for a person from the records.
type rule func(r casework.Records, s casework.Staff, now casework.Moment, ids *casework.Minter) ([]casework.Fact, casework.Refusal)

// signed is one turn in which the person follows the rule.
type signed struct {
	t     testing.TB
	who   casework.StaffID
	now   casework.Moment
	rule  rule
	facts []casework.Fact
	why   casework.Refusal
}

func (s *signed) Turn(v dialog.View, _ dialog.Session, in dialog.Input) dialog.Outcome {
	who, _ := v.Staff(s.who)
	s.facts, s.why = s.rule(v, who, s.now, casework.NewMinter(in.N))
	var out dialog.Outcome
	for _, f := range s.facts {
		out.Events = append(out.Events, casework.Event{
			Cause: in.Cause, By: s.who, HappenedOn: s.now.Today, ReachedAt: s.now.At, Fact: f,
		})
	}
	return out
}

func (s *signed) Sorry(_ dialog.View, _ dialog.Session, in dialog.Input) dialog.Outcome {
	s.t.Errorf("input %s was refused by the store: %+v", in.Cause, s.facts)
	return dialog.Outcome{}
}

// sign follows the rule as the person, on a day of April at ten in the morning.
func (l *ledger) sign(who casework.StaffID, day int, what rule) ([]casework.Fact, casework.Refusal) {
	l.t.Helper()
	l.n++
	s := &signed{t: l.t, who: who, now: casework.Moment{Today: april(day), At: at(day, 10, 0)}, rule: what}
	in := dialog.Input{Cause: fmt.Sprint("sign:", l.n), Reached: s.now.At}
	if _, err := l.store.Apply([]dialog.Input{in}, s); err != nil {
		l.t.Fatal(err)
	}
	return s.facts, s.why
}

// moveBook takes a step of the task book.
func (l *ledger) moveBook(who casework.StaffID, day int, m casework.TaskBookMoved) casework.Refusal {
	l.t.Helper()
	_, why := l.sign(who, day, func(r casework.Records, s casework.Staff, now casework.Moment, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
		return casework.MoveTaskBook(r, s, m, now)
	})
	return why
}

// writeBook writes the draft of the problem, changed as the test wants it.
func (l *ledger) writeBook(who casework.StaffID, day int, p casework.ProblemID, change func(*casework.TaskBook)) (casework.TaskBookID, casework.Refusal) {
	l.t.Helper()
	var id casework.TaskBookID
	_, why := l.sign(who, day, func(r casework.Records, s casework.Staff, now casework.Moment, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
		problem, _ := r.Problem(p)
		b := casework.DraftTaskBook(r, problem, now, ids)
		change(&b)
		id = b.ID
		return casework.WriteTaskBook(r, s, b, now)
	})
	return id, why
}

func untouched(*casework.TaskBook) {}

func (l *ledger) taskBook(id casework.TaskBookID) casework.TaskBook {
	l.t.Helper()
	var b casework.TaskBook
	l.view(func(r casework.Records) { b, _ = r.TaskBook(id) })
	return b
}

// newBook is a ledger with a draft about the problem.
func newBook(t testing.TB, level casework.Level) (*ledger, casework.TaskBookID) {
	t.Helper()
	l := newLedger(t, bureauCampaign(level)...)
	id, why := l.writeBook(ann, 11, sick, untouched)
	if why != "" {
		t.Fatalf("writing the task book is refused: %s", why)
	}
	return l, id
}

func TestDraftTaskBook(t *testing.T) {
	facts := append(bureauCampaign(casework.LevelGroup),
		casework.AreaImported{Area: casework.Area{ID: 1, Name: "塔山镇", Level: casework.Town}},
		casework.AreaImported{Area: casework.Area{ID: 2, Name: "白塔村", Level: casework.Village, ParentID: 1}},
		casework.TargetImported{Target: casework.Target{
			ID: home, Kind: casework.HouseholdKind, Code: "JT-0001", GroupID: 1, AreaID: 2, Household: &casework.Household{
				HeadName: "李四", Phone: "13812345678", Types: []string{"low_income", "illness_poor"}, MainCause: "illness",
			},
		}})
	l := newLedger(t, facts...)
	l.view(func(r casework.Records) {
		p, _ := r.Problem(sick)
		p.Lacks = []string{"medicine", "policy"}
		got := casework.DraftTaskBook(r, p, casework.Moment{Today: april(11), At: at(11, 9, 0)}, casework.NewMinter(1))
		measure := func(no int, kind, content, fills string) casework.Measure {
			return casework.Measure{
				No: no, Kind: kind, Content: content, Fills: fills, OwnerID: ann, StartOn: april(11), DueOn: april(30), Status: casework.MeasureTodo,
			}
		}
		want := casework.TaskBook{
			ID: got.ID, Code: "RW-2017-0035", ProblemIDs: []casework.ProblemID{sick}, TargetID: home,
			Situation: "塔山镇白塔村走访家庭 JT-0001。登记问题 WT-2017-0035，缺：" + casework.Lacks().Label("medicine", "zh-Hans") + "、" + casework.Lacks().Label("policy", "zh-Hans") + "。",
			Lacks:     []string{"medicine", "policy"}, Goal: "2017-04-30 前协助办结看病报销，对象确认到账",
			BranchID: ourBranch, LeadID: ann, Level: casework.LevelGroup, StartOn: april(11), DueOn: april(30), Status: casework.TaskDraft,
			Measures: []casework.Measure{
				measure(1, "medical_help", "核对报销材料，陪同到经办窗口办理，并对照政策申请医疗救助", "medicine"),
				measure(2, "policy_explain", "上门讲清适用政策、条件和办理地点，协助准备材料", "policy"),
			},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("DraftTaskBook (-want +got)\n%s", diff)
		}
		late := casework.DraftTaskBook(r, p, casework.Moment{Today: casework.Date{Year: 2017, Month: 5, Day: 2}}, casework.NewMinter(2))
		if want := (casework.Date{Year: 2017, Month: 5, Day: 17}); late.DueOn != want {
			t.Errorf("of an overdue problem it is due on %s, want %s", late.DueOn, want)
		}
	})
}

// Every lack has its own remedy, whose words can be kept as they are.
func TestDraftsCanBeIssuedAsTheyAre(t *testing.T) {
	l := newLedger(t, bureauCampaign(casework.LevelGroup)...)
	var goals []string
	for i, lack := range casework.Lacks() {
		id := casework.ProblemID(100 + i)
		l.add(raisedProblem(id, home, casework.LevelGroup, april(10)))
		book, why := l.writeBook(ann, 11, id, func(b *casework.TaskBook) {
			l.t.Helper()
			if b.Lacks[0] != "medicine" {
				l.t.Errorf("the lack of medical = %s, want medicine", b.Lacks[0])
			}
		})
		if why != "" {
			t.Errorf("writing for %s is refused: %s", lack.ID, why)
		}
		l.view(func(r casework.Records) {
			p, _ := r.Problem(id)
			p.Lacks = []string{lack.ID}
			b := casework.DraftTaskBook(r, p, casework.Moment{Today: april(11)}, casework.NewMinter(9))
			goals = append(goals, b.Goal)
			s, _ := r.Staff(ann)
			b.ID = book
			if _, why := casework.WriteTaskBook(r, s, b, casework.Moment{Today: april(11)}); why != "" {
				t.Errorf("the skeleton for %s is refused: %s: %+v", lack.ID, why, b)
			}
		})
		if why := l.moveBook(secy, 11, casework.TaskBookMoved{TaskBookID: book, Act: casework.TaskIssue}); why != "" {
			t.Errorf("issuing for %s is refused: %s", lack.ID, why)
		}
	}
	seen := map[string]bool{}
	for _, g := range goals {
		if seen[g] {
			t.Errorf("the goal %q comes twice", g)
		}
		seen[g] = true
	}
}

func TestWriteTaskBookRefuses(t *testing.T) {
	l, id := newBook(t, casework.LevelGroup)
	l.add(raisedProblem(36, home, casework.LevelBranch, april(10)), raisedProblem(37, firm, casework.LevelGroup, april(10)))
	long := strings.Repeat("长", 301)
	for _, tt := range []struct {
		name   string
		who    casework.StaffID
		change func(*casework.TaskBook)
		want   casework.Refusal
	}{
		{"as it is", ann, untouched, ""},
		{"by the leader", bob, untouched, ""},
		{"by the secretary", secy, untouched, ""},
		{"by a stranger to it", pia, untouched, casework.NotYours},
		{"by the auditors' kind of reader", director, untouched, casework.NotYours},
		{"two problems", ann, func(b *casework.TaskBook) { b.ProblemIDs = append(b.ProblemIDs, 36) }, ""},
		{"of two targets", ann, func(b *casework.TaskBook) { b.ProblemIDs = append(b.ProblemIDs, 37) }, casework.NeedsOther},
		{"of no problem", ann, func(b *casework.TaskBook) { b.ProblemIDs = nil }, casework.NotFound},
		{"of a problem that is not there", ann, func(b *casework.TaskBook) { b.ProblemIDs = []casework.ProblemID{99} }, casework.NotFound},
		{"a second one", ann, func(b *casework.TaskBook) { b.ID++ }, casework.NotNow},
		{"no name", ann, func(b *casework.TaskBook) { b.ID = 0 }, casework.NotFound},
		{"unfinished", ann, func(b *casework.TaskBook) { b.Situation, b.Goal, b.Measures = "", "", nil }, ""},
		{"long situation", ann, func(b *casework.TaskBook) { b.Situation = long }, casework.NeedsText},
		{"long goal", ann, func(b *casework.TaskBook) { b.Goal = long[:303] }, casework.NeedsText},
		{"a telephone number", ann, func(b *casework.TaskBook) { b.Goal = "打 13812345678 联系" }, casework.NeedsText},
		{"unknown lack", ann, func(b *casework.TaskBook) { b.Lacks = []string{"luck"} }, casework.NeedsWhy},
		{"a lack twice", ann, func(b *casework.TaskBook) { b.Lacks = []string{"road", "road"} }, casework.NeedsWhy},
		{"short measure", ann, func(b *casework.TaskBook) { b.Measures[0].Content = " 帮一帮他 " }, casework.NeedsText},
		{"money below nothing", ann, func(b *casework.TaskBook) { b.Measures[0].Fund = -1 }, casework.NeedsText},
		{"unknown measure", ann, func(b *casework.TaskBook) { b.Measures[0].Kind = "magic" }, casework.NeedsWhy},
		{"fills what is unknown", ann, func(b *casework.TaskBook) { b.Measures[0].Fills = "luck" }, casework.NeedsWhy},
		{"ends before it begins", ann, func(b *casework.TaskBook) { b.DueOn = b.StartOn.AddDays(-1) }, casework.NeedsDay},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l.view(func(r casework.Records) {
				s, _ := r.Staff(tt.who)
				b, _ := r.TaskBook(id)
				b.Measures = append([]casework.Measure(nil), b.Measures...)
				tt.change(&b)
				facts, why := casework.WriteTaskBook(r, s, b, casework.Moment{Today: april(12)})
				if why != tt.want {
					t.Errorf("WriteTaskBook = %v, %q, want %q", facts, why, tt.want)
				}
			})
		})
	}
}

// What is written replaces the content, and nothing of how far the book has come.
func TestWriteTaskBookAnew(t *testing.T) {
	l, id := newBook(t, casework.LevelGroup)
	first := l.taskBook(id)
	_, why := l.sign(ann, 12, func(r casework.Records, s casework.Staff, now casework.Moment, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
		b, _ := r.TaskBook(id)
		b.Goal, b.DueOn, b.Code, b.Status, b.Level = " 四月二十日前报销到账 ", april(20), "RW-1", casework.TaskAccepted, casework.LevelBureau
		return casework.WriteTaskBook(r, s, b, now)
	})
	got, want := l.taskBook(id), first
	want.Goal, want.DueOn, want.MovedOn, want.MovedAt = "四月二十日前报销到账", april(20), april(12), at(12, 10, 0).UTC()
	want.Measures[0].DueOn = april(20)
	written := casework.TaskBookMoved{TaskBookID: id, Act: casework.TaskWrite, From: casework.TaskDraft, To: casework.TaskDraft}
	want.History = []casework.TaskStep{
		{By: ann, On: april(11), At: at(11, 10, 0).UTC(), TaskBookMoved: written},
		{By: ann, On: april(12), At: at(12, 10, 0).UTC(), TaskBookMoved: written},
	}
	if diff := cmp.Diff(want, got); why != "" || diff != "" {
		t.Errorf("refused %q; the book (-want +got)\n%s", why, diff)
	}
}

func TestTaskBookCodesAreUnique(t *testing.T) {
	l, id := newBook(t, casework.LevelGroup)
	var got []string
	for range 3 {
		got = append(got, l.taskBook(id).Code)
		if why := l.moveBook(secy, 12, casework.TaskBookMoved{TaskBookID: id, Act: casework.TaskCancel, Text: "另行拟定"}); why != "" {
			t.Fatalf("cancelling is refused: %s", why)
		}
		id, _ = l.writeBook(ann, 12, sick, untouched)
	}
	if diff := cmp.Diff([]string{"RW-2017-0035", "RW-2017-0035-2", "RW-2017-0035-3"}, got); diff != "" {
		t.Errorf("the codes (-want +got)\n%s", diff)
	}
}

func TestTaskBookIsIssuedWhenComplete(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*casework.TaskBook)
		want   casework.Refusal
	}{
		{"complete", untouched, ""},
		{"no situation", func(b *casework.TaskBook) { b.Situation = "" }, casework.NeedsText},
		{"no goal", func(b *casework.TaskBook) { b.Goal = "" }, casework.NeedsText},
		{"no measure", func(b *casework.TaskBook) { b.Measures = nil }, casework.NeedsText},
		{"no lack", func(b *casework.TaskBook) { b.Lacks = nil }, casework.NeedsWhy},
		{"fills what is not lacking", func(b *casework.TaskBook) { b.Lacks = []string{"road"} }, casework.NeedsWhy},
		{"no lead", func(b *casework.TaskBook) { b.LeadID = 0 }, casework.NeedsOwner},
		{"nobody's measure", func(b *casework.TaskBook) { b.Measures[0].OwnerID = 99 }, casework.NeedsOwner},
		{"no day", func(b *casework.TaskBook) { b.DueOn = casework.Date{} }, casework.NeedsDay},
		{"too late", func(b *casework.TaskBook) { b.DueOn = april(11) }, casework.NeedsDay},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, bureauCampaign(casework.LevelGroup)...)
			id, why := l.writeBook(ann, 11, sick, tt.change)
			if why != "" {
				t.Fatalf("writing is refused: %s", why)
			}
			if got := l.moveBook(secy, 12, casework.TaskBookMoved{TaskBookID: id, Act: casework.TaskIssue}); got != tt.want {
				t.Errorf("issuing = %q, want %q", got, tt.want)
			}
		})
	}
}

// deed of a task book: who does what on which day, and what comes of it.
type bookDeed struct {
	who  casework.StaffID
	day  int
	m    casework.TaskBookMoved
	want casework.Refusal
}

func (l *ledger) bookDeeds(id casework.TaskBookID, list []bookDeed) {
	l.t.Helper()
	for _, d := range list {
		d.m.TaskBookID = id
		if got := l.moveBook(d.who, d.day, d.m); got != d.want {
			l.t.Errorf("on the %d. %d does %s: %q, want %q", d.day, d.who, d.m.Act, got, d.want)
		}
	}
}

func step1(act casework.TaskAct, text string) casework.TaskBookMoved {
	return casework.TaskBookMoved{Act: act, Text: text}
}

func worked(status casework.MeasureStatus) casework.TaskBookMoved {
	return casework.TaskBookMoved{Act: casework.TaskMeasure, Measure: 1, Status: status, Text: "已陪同办理报销"}
}

func TestTaskBookGoesItsWay(t *testing.T) {
	l, id := newBook(t, casework.LevelBureau)
	later := step1(casework.TaskAskTime, "还差一份材料")
	later.Until = casework.Date{Year: 2017, Month: time.May, Day: 10}
	l.bookDeeds(id, []bookDeed{
		{ann, 11, step1(casework.TaskIssue, ""), casework.NotYours},
		{ann, 11, step1(casework.TaskRead, ""), casework.NotNow},
		{secy, 12, step1(casework.TaskIssue, ""), ""},
		{pat, 12, step1(casework.TaskRead, ""), casework.NotYours},
		{ann, 12, step1(casework.TaskRead, ""), ""},
		{ann, 12, step1(casework.TaskRead, ""), casework.NotNow},
		{ann, 12, step1(casework.TaskQuestion, "？"), casework.NeedsText},
		{ann, 12, step1(casework.TaskQuestion, "谁来对接医保？"), ""},
		{ann, 12, step1(casework.TaskAgree, ""), casework.NotNow},
		{ann, 12, step1(casework.TaskReply, "我来"), casework.NotYours},
		{secy, 13, step1(casework.TaskReply, "由活动办对接"), ""},
		{ann, 13, step1(casework.TaskAgree, ""), ""},
		{ann, 13, step1(casework.TaskHandIn, "都已办完了"), casework.NotNow},
		{ann, 14, casework.TaskBookMoved{Act: casework.TaskMeasure, Measure: 2, Text: "已陪同办理"}, casework.NotFound},
		{pat, 14, worked(""), casework.NotYours},
		{ann, 14, worked(casework.MeasureTodo), casework.NeedsWhy},
		{ann, 14, worked(""), ""},
		{ann, 14, step1(casework.TaskHandIn, "都已办完了"), casework.Unfinished},
		{ann, 14, step1(casework.TaskAskTime, "还差一份材料"), casework.NeedsDay},
		{ann, 14, later, ""},
		{ann, 14, later, casework.NotNow},
		{ann, 14, step1(casework.TaskGrantTime, ""), casework.NotYours},
		{bob, 14, step1(casework.TaskGrantTime, ""), ""},
		{ann, 17, worked(casework.MeasureDone), ""},
		{ann, 17, step1(casework.TaskHandIn, "报销到账，老人放心了"), ""},
		{ann, 17, step1(casework.TaskAccept, ""), casework.NotYours},
		{bob, 18, step1(casework.TaskReturn, "请补报销凭证"), ""},
		{ann, 18, step1(casework.TaskHandIn, "报销到账，老人放心了"), casework.NotNow},
		{ann, 18, worked(casework.MeasureDone), ""},
		{ann, 18, step1(casework.TaskHandIn, "报销到账，老人放心了"), ""},
		{bob, 19, step1(casework.TaskAccept, "同意"), ""},
		{bob, 19, step1(casework.TaskAccept, "同意"), casework.NotNow},
		{bob, 19, step1(casework.TaskReturn, "再补一份收据"), ""},
		{ann, 19, worked(casework.MeasureDone), ""},
		{ann, 19, step1(casework.TaskHandIn, "报销到账，老人放心了"), ""},
		{clerk, 19, step1(casework.TaskAccept, "验收通过"), ""},
		{clerk, 19, step1(casework.TaskAccept, "验收通过"), casework.OwnAsking},
		{bob, 19, step1(casework.TaskReturn, "还要一份收据"), ""},
		{ann, 19, worked(casework.MeasureDone), ""},
		{ann, 19, step1(casework.TaskHandIn, "报销到账，老人放心了"), ""},
		{bob, 19, step1(casework.TaskAccept, "同意"), ""},
		{clerk, 20, step1(casework.TaskAccept, "验收通过"), ""},
		{secy, 20, step1(casework.TaskCancel, "不要了"), casework.NotNow},
	})
	b := l.taskBook(id)
	if b.Status != casework.TaskAccepted || b.Returned != 3 || b.Extended != 1 || b.ByLeader.By != bob || b.ByOffice.By != clerk ||
		b.ByOffice.Opinion != "验收通过" || b.IssuedBy != secy || b.DueOn != later.Until || b.Measures[0].DueOn != later.Until || len(b.Measures[0].Progress) != 5 {
		t.Errorf("the book at the end = %+v", b)
	}
	if got := len(b.History); got != 24 {
		t.Errorf("it has %d steps, want 24", got)
	}
}

// Who led the book does not accept it as long as there is another who could.
func TestNobodyAcceptsTheirOwn(t *testing.T) {
	l := newLedger(t, bureauCampaign(casework.LevelGroup)...)
	id, _ := l.writeBook(secy, 11, sick, func(b *casework.TaskBook) { b.LeadID, b.Measures[0].OwnerID = bob, bob })
	l.bookDeeds(id, []bookDeed{
		{secy, 12, step1(casework.TaskIssue, ""), ""},
		{bob, 12, worked(casework.MeasureDone), ""},
		{bob, 12, step1(casework.TaskHandIn, "报销到账，老人放心了"), ""},
		{bob, 13, step1(casework.TaskAccept, ""), casework.OwnAsking},
		{bob, 13, step1(casework.TaskReturn, "请补材料"), casework.OwnAsking},
		{deputy, 13, step1(casework.TaskAccept, ""), ""},
	})
	if got := l.taskBook(id).Status; got != casework.TaskAccepted {
		t.Errorf("accepted by the deputy the book is %s, want accepted", got)
	}
}

// A problem whose people are content already is struck off with its task book.
func TestAcceptingClosesTheProblem(t *testing.T) {
	l, id := newBook(t, casework.LevelGroup)
	l.bookDeeds(id, []bookDeed{
		{secy, 12, step1(casework.TaskIssue, ""), ""},
		{ann, 12, worked(casework.MeasureDone), ""},
		{ann, 12, step1(casework.TaskHandIn, "报销到账，老人放心了"), ""},
	})
	l.add(
		casework.ProblemMoved{ProblemID: sick, Act: casework.Resolve, From: casework.ProblemDoing, To: casework.ProblemResolved, Why: "solved", Text: "报销已经到账，老人放心"},
		casework.ProblemMoved{ProblemID: sick, Act: casework.AskBack, From: casework.ProblemResolved, To: casework.ProblemResolved, Satisfaction: casework.Satisfied},
	)
	if why := l.moveBook(bob, 13, casework.TaskBookMoved{TaskBookID: id, Act: casework.TaskAccept}); why != "" {
		t.Fatalf("accepting is refused: %s", why)
	}
	if got := l.problem(sick).Status; got != casework.ProblemClosed {
		t.Errorf("the problem is %s, want closed", got)
	}
}

// A book follows its problem to the next owner, and a leave to the stand-in.
func TestTaskBookIsWorkedOnByOthers(t *testing.T) {
	l, id := newBook(t, casework.LevelGroup)
	l.bookDeeds(id, []bookDeed{{secy, 12, step1(casework.TaskIssue, ""), ""}, {pia, 12, step1(casework.TaskRead, ""), casework.NotYours}})
	l.add(handed(1, casework.Leave, ann, pat, april(13), april(14))...)
	l.bookDeeds(id, []bookDeed{{pat, 13, step1(casework.TaskRead, ""), ""}})
	l.add(casework.ProblemAssigned{ProblemID: sick, OwnerID: pia})
	l.bookDeeds(id, []bookDeed{{pia, 17, step1(casework.TaskAgree, ""), ""}, {pat, 17, worked(""), casework.NotYours}, {pia, 17, worked(""), ""}})
}

func TestTaskBooksForIsTheCampaigns(t *testing.T) {
	l := newLedger(t, bureauCampaign(casework.LevelGroup)...)
	for _, all := range []bool{false, true} {
		l.add(casework.TaskBooksFor{All: all})
		l.view(func(r casework.Records) {
			c, _ := r.Campaign()
			if c.FewTaskBooks != !all {
				t.Errorf("after TaskBooksFor{%v} FewTaskBooks = %v", all, c.FewTaskBooks)
			}
		})
	}
}

func TestProjectTaskBookRefuses(t *testing.T) {
	for _, tt := range []struct {
		name string
		fact casework.Fact
	}{
		{"step of no book", casework.TaskBookMoved{TaskBookID: 9, Act: casework.TaskIssue, From: casework.TaskDraft, To: casework.TaskIssued}},
		{"step from elsewhere", casework.TaskBookMoved{TaskBookID: 1, Act: casework.TaskHandIn, From: casework.TaskDoing, To: casework.TaskSubmitted}},
		{"progress of no measure", casework.TaskBookMoved{TaskBookID: 1, Act: casework.TaskMeasure, Measure: 1, From: casework.TaskDraft, To: casework.TaskDoing}},
		{"step of no issue", casework.IssueMoved{IssueID: 9, From: casework.IssueCollecting, To: casework.IssueSubmitted}},
		{"step of an issue from elsewhere", casework.IssueMoved{IssueID: 1, From: casework.IssueSubmitted, To: casework.IssueAnswered}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			facts := append(bureauCampaign(casework.LevelGroup),
				casework.TaskBookDrafted{TaskBook: casework.TaskBook{ID: 1, Code: "RW-2017-0035", ProblemIDs: []casework.ProblemID{sick}}},
				casework.IssueGathered{Issue: casework.CommonIssue{ID: 1, Code: "GX-01", Status: casework.IssueCollecting}})
			newLedger(t, facts...)
			if err := load(emptyStore(t), append(facts, tt.fact)...); err == nil {
				t.Errorf("the ledger is accepted: %+v", tt.fact)
			}
		})
	}
}

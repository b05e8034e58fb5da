package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zoufang/casework"
)

const (
	searcher casework.StaffID = 1
	boss     casework.StaffID = 2
)

// searched is a small place: two groups, two villages and a park.
func searched() []casework.Fact {
	facts := []casework.Fact{
		casework.AreaImported{Area: casework.Area{ID: 1, Name: "塔山镇", Level: casework.Town}},
		casework.AreaImported{Area: casework.Area{ID: 2, Name: "白塔村", Level: casework.Village, ParentID: 1}},
		casework.AreaImported{Area: casework.Area{ID: 3, Name: "青龙村", Level: casework.Village, ParentID: 1}},
		casework.AreaImported{Area: casework.Area{ID: 4, Name: "工业园区", Level: casework.Park}},
		// A slip in the data must not hang the search.
		casework.AreaImported{Area: casework.Area{ID: 5, Name: "绕圈村", Level: casework.Village, ParentID: 5}},
		casework.StaffImported{Staff: casework.Staff{
			ID: searcher, Roles: []casework.Role{casework.Visitor}, Groups: []casework.GroupID{1}, Binding: casework.Bound, User: 1,
		}},
		casework.StaffImported{Staff: casework.Staff{ID: boss, Roles: []casework.Role{casework.Office}, Binding: casework.Bound, User: 2}},
	}
	house := func(id casework.TargetID, code, name string, area casework.AreaID, g casework.GroupID) {
		facts = append(facts, casework.TargetImported{Target: casework.Target{
			ID: id, Kind: casework.HouseholdKind, Code: code, AreaID: area, GroupID: g, Household: &casework.Household{HeadName: name},
		}})
	}
	house(1, "JT-0001", "张三丰", 2, 1)
	house(2, "JT-0002", "李明", 2, 1)
	house(3, "JT-0012", "刘章", 3, 1)
	house(4, "JT-0112", "欧阳修", 3, 1)
	house(5, "JT-0005", "张三丰", 2, 2) // of the other group
	house(6, "JT-0006", "吴用", 3, 2)  // of the other group, and one's own
	house(7, "JT-0007", "章三", 5, 1)
	facts = append(facts,
		casework.TargetImported{Target: casework.Target{
			ID: 8, Kind: casework.HouseholdKind, Code: "JT-0008", AreaID: 2, GroupID: 1, Status: casework.Removed,
			Household: &casework.Household{HeadName: "张无忌"},
		}},
		casework.TargetImported{Target: casework.Target{
			ID: 9, Kind: casework.EnterpriseKind, Code: "QY-001", AreaID: 4, GroupID: 1, Enterprise: &casework.Enterprise{Name: "长江 ABC 食品厂"},
		}},
		casework.PairingMade{Pairing: casework.Pairing{TargetID: 6, StaffID: searcher, Role: casework.Primary}},
		casework.PairingMade{Pairing: casework.Pairing{TargetID: 4, StaffID: searcher, Role: casework.Assist}},
		casework.PairingMade{Pairing: casework.Pairing{TargetID: 8, StaffID: searcher, Role: casework.Primary}},
	)
	return facts
}

// codesOf lists the codes, own targets with a star.
func codesOf(list []casework.Found) string {
	var out []string
	for _, x := range list {
		star := ""
		if x.Own {
			star = "*"
		}
		out = append(out, x.Target.Code+star)
	}
	return strings.Join(out, " ")
}

func TestSearch(t *testing.T) {
	newLedger(t, searched()...).view(func(r casework.Records) {
		who, _ := r.Staff(searcher)
		for _, tt := range []struct{ why, words, want string }{
			{"the code", "JT-0001", "JT-0001"},
			{"in any width and case", "ｊｔ－０００１", "JT-0001"},
			{"without the hyphen", "jt0012", "JT-0012"},
			{"its number without zeros", "jt12", "JT-0112* JT-0012"},
			{"the number alone", "12", "JT-0112* JT-0012"},
			{"the number of several kinds", "1", "JT-0001 QY-001"},
			{"what it begins with", "jt-00", "JT-0006* JT-0001 JT-0002 JT-0007 JT-0012"},
			{"a firm's", "QY-1", "QY-001"},
			{"the village, one's own first", "青龙村", "JT-0006* JT-0112* JT-0012"},
			{"part of the village", "白塔", "JT-0001 JT-0002"},
			{"the village in letters", "baita", "JT-0001 JT-0002"},
			{"town and village in one", "塔山镇青龙村", "JT-0006* JT-0112* JT-0012"},
			{"the name", "张三丰", "JT-0001"},
			{"part of the name, then the same sound", "张", "JT-0001 JT-0007 JT-0012 QY-001"},
			{"the end of the name", "三丰", "JT-0001"},
			{"spaces do not count", " 张 三 丰 ", "JT-0001"},
			{"initials", "zsf", "JT-0001"},
			{"initials, in capitals", "OYX", "JT-0112*"},
			{"initials of the given name", "sf", "JT-0001"},
			{"the whole in letters", "zhangsanfeng", "JT-0001"},
			{"the name in letters, cut short", "zhangs", "JT-0001 JT-0007"},
			{"a name of two letters", "li", "JT-0002"},
			{"and one of three", "liu", "JT-0012"},
			{"one's own of another group", "wu", "JT-0006*"},
			{"traditional characters", "張三豐", "JT-0001"},
			{"traditional, the surname", "劉", "JT-0012"},
			{"a character that is read in several ways", "cjabc", "QY-001"},
			{"all of it in letters", "changjiang", "QY-001"},
			{"a firm by a Latin part", "abc", "QY-001"},
			{"what is off the roster is not found", "张无忌", ""},
			{"nor by its code", "JT-0008", ""},
			{"other groups are not seen", "JT-0005", ""},
			{"nor their names more than one's own", "zhangsanf", "JT-0001"},
			{"nonsense", "xqzv", ""},
			{"nonsense in characters", "囗囗", ""},
			{"nothing", "", ""},
			{"nothing but marks", " -–— ", ""},
			{"a hyphen", "-", ""},
			{"a loop of places", "绕圈", "JT-0007"},
		} {
			got, n := casework.Search(r, who, tt.words, 20)
			if codesOf(got) != tt.want || n != len(got) {
				t.Errorf("%s: Search(%q) = %q of %d, want %q", tt.why, tt.words, codesOf(got), n, tt.want)
			}
		}
	})
}

func TestSearchIsBoundedAndSeesWhatTheRoleSees(t *testing.T) {
	newLedger(t, searched()...).view(func(r casework.Records) {
		office, _ := r.Staff(boss)
		got, n := casework.Search(r, office, "张三丰", 1)
		if codesOf(got) != "JT-0001" || n != 2 {
			t.Errorf("Search by the office = %q of %d, want JT-0001 of 2", codesOf(got), n)
		}
		for _, role := range []casework.Role{casework.Auditor, casework.Admin} {
			who := casework.Staff{ID: searcher, Binding: casework.Bound, Roles: []casework.Role{role}, Groups: []casework.GroupID{1}}
			if got, n := casework.Search(r, who, "张三丰", 10); n != 0 {
				t.Errorf("Search by %s = %q, want nothing", role, codesOf(got))
			}
		}
		firms := casework.Staff{ID: searcher, Binding: casework.Bound, Roles: []casework.Role{casework.TrademarkOfficer}}
		if got, _ := casework.Search(r, firms, "001", 10); codesOf(got) != "QY-001" {
			t.Errorf("Search by the trademark officer = %q, want QY-001", codesOf(got))
		}
	})
}

// Whoever may see a target finds it by its code, its name and its initials, and
// whoever may not does not.
func TestSearchFindsWhatMayBeSeen(t *testing.T) {
	l, set := sampleLedger(t)
	l.view(func(r casework.Records) {
		for _, id := range []casework.StaffID{set.Member, set.Leader, set.Office} {
			who, _ := r.Staff(id)
			for x := range r.AllTargets() {
				if x.ID%5 != 0 && x.GroupID != 1 {
					continue // enough of the others
				}
				may := casework.May(r, who, casework.SeeTarget, casework.Subject{Target: x})
				for _, words := range []string{x.Code, x.Name()} {
					found, _ := casework.Search(r, who, words, 1000)
					got := slices.ContainsFunc(found, func(f casework.Found) bool { return f.Target.ID == x.ID })
					if got != may {
						t.Errorf("Search(%q) by %v finds %s: %v, want %v", words, who.Roles, x.Code, got, may)
					}
				}
			}
		}
	})
}

func FuzzSearch(f *testing.F) {
	for _, words := range []string{"张三", "張", "zs", "zhangsan", "jt-0001", "１２", "白塔", "", " ", "-", "\xff\xfe", "𠮷", "é", "a\u0301", "0"} {
		f.Add(words)
	}
	l := newLedger(f, searched()...)
	f.Fuzz(func(t *testing.T, words string) {
		on := &ledger{t: t, store: l.store}
		on.view(func(r casework.Records) {
			who, _ := r.Staff(searcher)
			found, n := casework.Search(r, who, words, 4)
			if len(found) > 4 || len(found) != min(n, 4) {
				t.Errorf("Search(%q) gives %d of %d, at most 4 were asked for", words, len(found), n)
			}
			others := false
			for _, x := range found {
				if !casework.May(r, who, casework.SeeTarget, casework.Subject{Target: x.Target}) || !x.Target.InUse() {
					t.Errorf("Search(%q) shows %s, which is not to be seen", words, x.Target.Code)
				}
				if x.Own && others {
					t.Errorf("Search(%q) = %q, want own targets first", words, codesOf(found))
				}
				others = others || !x.Own
			}
			again, m := casework.Search(r, who, words, 4)
			if codesOf(again) != codesOf(found) || m != n {
				t.Errorf("Search(%q) = %q, and then %q", words, codesOf(found), codesOf(again))
			}
		})
	})
}

func TestMine(t *testing.T) {
	const me = searcher
	facts := smallCampaign()[:1]
	problems := casework.ProblemID(0)
	for i, tt := range []struct {
		due    int // days from today; 0 is never visited
		issues int
		status casework.TargetStatus
		paused bool
		other  bool
	}{
		{due: 30},
		{due: -20},
		{due: -5},
		{},
		{due: -120},
		{due: -20, issues: 1},
		{due: -20, issues: 5},
		{issues: 1},
		{due: -500, status: casework.Closed},
		{due: -500, other: true},
		{due: 3},
		{due: -20},
		{due: -60},
		{due: -500, issues: 3, paused: true},
	} {
		id := casework.TargetID(i + 1)
		who := me
		if tt.other {
			who = boss
		}
		facts = append(facts, casework.TargetImported{Target: casework.Target{
			ID: id, Kind: casework.HouseholdKind, Code: fmt.Sprintf("JT-%04d", id),
			Status: tt.status, Household: &casework.Household{HeadName: "李四"},
		}}, paired(id, who, casework.Primary))
		if tt.due != 0 {
			facts = append(facts, casework.VisitReported{Visit: casework.Visit{
				ID: casework.VisitID(id), Code: fmt.Sprintf("ZF-150101-%03d", id), TargetID: id, Outcome: casework.Met,
				VisitedOn: today.AddDays(-600), NextContact: today.AddDays(tt.due),
			}})
		}
		for range tt.issues { // on hold: they ask for no contact of their own
			problems++
			facts = append(facts, casework.ProblemRaised{Problem: casework.Problem{
				ID: problems, Code: fmt.Sprintf("WT-2017-%04d", problems), TargetID: id, Status: casework.ProblemOnHold,
			}})
		}
		if tt.paused {
			facts = append(facts, casework.ContactPaused{TargetID: id, Pause: casework.Pause{Why: casework.PauseDone}})
		}
	}
	newLedger(t, facts...).view(func(r casework.Records) {
		got := codesOf(casework.Mine(r, me, today))
		want := "JT-0005* JT-0008* JT-0004* JT-0013* JT-0007* JT-0006* JT-0002* JT-0012* JT-0003* JT-0011* JT-0001* JT-0014*"
		if got != want {
			t.Errorf("Mine = %s,\n want %s", got, want)
		}
	})
}

// What is paired with a person stays theirs during a leave; who stands in has it
// as well, and a leader what nobody is paired with.
func TestMineDuringLeave(t *testing.T) {
	l := newLedger(t, team()...)
	l.add(handed(1, casework.Leave, ann, cai, april(20), april(21))...)
	l.view(func(r casework.Records) {
		for _, tt := range []struct {
			who  casework.StaffID
			want string
		}{{ann, "JT-0001*"}, {bob, "ZZ-01*"}, {cai, "JT-0001* QY-001*"}, {dou, "QY-001* ZZ-01*"}, {eva, ""}} {
			if got := codesOf(casework.Mine(r, tt.who, today)); got != tt.want {
				t.Errorf("Mine(%d) = %q, want %q", tt.who, got, tt.want)
			}
		}
	})
}

func TestSimilar(t *testing.T) {
	newLedger(t, searched()...).view(func(r casework.Records) {
		house := func(name string, area casework.AreaID, g casework.GroupID) casework.Target {
			return casework.Target{Kind: casework.HouseholdKind, AreaID: area, GroupID: g, Household: &casework.Household{HeadName: name}}
		}
		for _, tt := range []struct {
			why   string
			fresh casework.Target
			want  string
		}{
			{"the same", house("张三丰", 2, 1), "JT-0001"},
			{"the same in another village", house("张三丰", 3, 1), "JT-0001"},
			{"the same sound", house("章三峰", 3, 1), "JT-0001"},
			{"part of it, in the village", house("三丰", 2, 1), "JT-0001"},
			{"part of it, elsewhere", house("三丰", 3, 1), ""},
			{"more than it, in the village", house("老李明", 2, 1), "JT-0002"},
			{"one character in the village", house("明", 2, 1), ""},
			{"nobody", house("赵六", 2, 1), ""},
			{"of another group", house("吴用", 3, 1), ""},
			{"off the roster", house("张无忌", 2, 1), ""},
			{"of another kind", casework.Target{
				Kind: casework.EnterpriseKind, AreaID: 2, GroupID: 1, Enterprise: &casework.Enterprise{Name: "张三丰"},
			}, ""},
			{"a firm, whatever its spaces", casework.Target{
				Kind: casework.EnterpriseKind, AreaID: 4, GroupID: 1, Enterprise: &casework.Enterprise{Name: "长江ａｂｃ食品厂"},
			}, "QY-001"},
		} {
			var got []string
			for _, x := range casework.Similar(r, tt.fresh) {
				got = append(got, x.Code)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%s: Similar(%s) = %q, want %q", tt.why, tt.fresh.Name(), got, tt.want)
			}
		}
	})
}

func TestSimilarIsBounded(t *testing.T) {
	var facts []casework.Fact
	for i := range 9 {
		facts = append(facts, casework.TargetImported{Target: casework.Target{
			ID: casework.TargetID(i + 1), Kind: casework.HouseholdKind, Code: fmt.Sprintf("JT-%04d", 9-i), GroupID: 1,
			Household: &casework.Household{HeadName: "李明"},
		}})
	}
	newLedger(t, facts...).view(func(r casework.Records) {
		got := casework.Similar(r, casework.Target{Kind: casework.HouseholdKind, GroupID: 1, Household: &casework.Household{HeadName: "李明"}})
		if len(got) != 5 || got[0].Code != "JT-0001" {
			t.Errorf("Similar = %d, first %s, want five from JT-0001", len(got), got[0].Code)
		}
	})
}

func TestAreaShort(t *testing.T) {
	newLedger(t, searched()...).view(func(r casework.Records) {
		for id, want := range map[casework.AreaID]string{1: "塔山镇", 2: "塔山镇白塔村", 4: "工业园区", 5: "绕圈村绕圈村", 99: ""} {
			if got := casework.AreaShort(r, id); got != want {
				t.Errorf("AreaShort(%d) = %q, want %q", id, got, want)
			}
		}
	})
}

package dialog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
)

// board is what the person's newest card of the name shows.
func (w *world) board(who casework.UserID, name string) (c dialog.Card) {
	w.t.Helper()
	err := w.store.View(func(v dialog.View) error {
		c, _ = v.Live(dialog.ChatID(who), name)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// ledGroup is the group of the leader of the tests.
func (w *world) ledGroup() (g casework.Group) {
	w.t.Helper()
	err := w.store.View(func(v dialog.View) error {
		for _, x := range v.Groups() {
			if s, ok := v.Staff(x.LeaderID); ok && s.User == sample.LeaderUser {
				g = x
			}
		}
		return nil
	})
	if err != nil || g.ID == 0 {
		w.t.Fatalf("the leader leads no group: %v", err)
	}
	return g
}

func (w *world) digestBoard() dialog.Card {
	return w.board(sample.LeaderUser, fmt.Sprintf("digest/%d", w.ledGroup().ID))
}

// quickVisit reports a visit at which nothing was new.
func (p *phone) quickVisit(tb testing.TB, code, on string) {
	tb.Helper()
	p.play(tb, "/find "+code, "[📅 补记另一天的走访]", on, "[访成]")
	for strings.Contains(p.newest(), "原来的问题") {
		p.do(tb, "[跳过]")
	}
	p.play(tb, "[其余无变化]", "[晴]", "[🙂 无诉求]", "[✅ 提交]")
}

func TestEachReportIsInExactlyOneDigest(t *testing.T) {
	w := newWorld(t)
	member, leader := w.phone("member"), w.phone("leader")
	w.until("2017-09-06 17:30")
	first := w.digestBoard().At
	steps := []struct{ at, code, on string }{
		{"2017-09-06 17:31", "JT-0007", "今天"}, // after the digest: in the next one, as a late arrival
		{"2017-09-06 22:00", "JT-0019", "昨天"},
		{"2017-09-07 09:00", "JT-0031", "今天"},
		{"2017-09-07 17:29", "JT-0037", "今天"},
		{"2017-09-08 17:00", "JT-0043", "今天"}, // in Monday's
		{"2017-09-09 10:00", "JT-0001", "今天"}, // a Saturday: in Monday's
		{"2017-09-11 17:31", "JT-0055", "今天"},
	}
	var shown []dialog.Place
	for _, s := range steps {
		for _, evening := range []string{"2017-09-07 17:30", "2017-09-11 17:30"} { // not on the 8th: the program was down
			if evening < s.at && w.now.In(shanghai).Format("2006-01-02 15:04") < evening {
				w.until(evening)
				shown = append(shown, w.digestBoard().At)
			}
		}
		w.until(s.at)
		member.quickVisit(t, s.code, s.on)
		leader.do(t, "/digest") // asking in between moves nothing
	}
	w.until("2017-09-12 17:30")
	shown = append(shown, w.digestBoard().At)

	from, inTime, late := first.To, 0, 0
	for _, at := range shown {
		if !at.From.Equal(from) || !at.To.After(at.From) {
			t.Errorf("the digest of %v goes from %v to %v, want from %v", at.Day, at.From, at.To, from)
		}
		from = at.To
		d := w.digest(at)
		inTime += len(d.Visits)
		late += len(d.LateOnes)
	}
	if inTime != 2 || late != 5 {
		t.Errorf("%d visits are in digests in time and %d late, want 2 and 5", inTime, late)
	}
}

// digest is what a board's place shows.
func (w *world) digest(at dialog.Place) (d casework.Digest) {
	w.t.Helper()
	err := w.store.View(func(v dialog.View) error {
		g, _ := v.Group(at.Group)
		d = casework.DigestOf(v, g, at.Day, at.From, at.To)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

func TestADigestKeepsItsFiguresAndShowsWhatIsMadeUpFor(t *testing.T) {
	w := newWorld(t)
	member, leader := w.phone("member"), w.phone("leader")
	w.until("17:30")
	shown := len(leader.shown)
	w.heard()
	w.until("18:30")
	member.play(t, "/call JT-0031", "[✓ 打通，都好]")
	text := leader.shown[len(leader.shown)-1].text
	for _, want := range []string{"截至 9月6日 周三 17:30", "接通 0", "已补 1 ✓", "17:30 之后又报来 0 次走访、1 通电话"} {
		if !strings.Contains(text, want) {
			t.Errorf("after a call at 18:30 the digest says\n%s\nwant %q in it", text, want)
		}
	}
	if n := len(leader.shown) - shown; n != 0 {
		t.Errorf("a call sent the leader %d messages, want the digest changed in place", n)
	}
}

func TestDigestsGoToThoseWhoLead(t *testing.T) {
	w := newWorld(t)
	w.phone("member").do(t, "/digest")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "没有这个命令") || strings.Contains(heard, "日报") {
		t.Errorf("a member who asks for the digest hears\n%s", heard)
	}
	leader := w.phone("leader")
	w.until("17:30")
	g := w.ledGroup()
	g.LeaderID, g.DeputyID = w.set.Member, 0
	w.enter(casework.GroupImported{Group: g})
	w.heard()
	leader.do(t, "[👥 组员")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "已经不在了") {
		t.Errorf("who leads no more can look into the old digest:\n%s", heard)
	}
}

func TestAStandInGetsTheDigest(t *testing.T) {
	w := newWorld(t)
	g := w.ledGroup()
	day := casework.DateOf(w.now, shanghai)
	deputy := casework.Handover{
		ID: 1 << 60, Kind: casework.Leave, Giver: g.LeaderID, Taker: g.DeputyID, By: g.LeaderID,
		From: day, Until: day.AddDays(3), State: casework.Proposed, ProposedAt: w.now,
	}
	var who casework.Staff
	err := w.store.View(func(v dialog.View) error {
		who, _ = v.Staff(g.DeputyID)
		return nil
	})
	if err != nil || who.ID == 0 {
		t.Fatalf("the group has no deputy: %v", err)
	}
	if !who.Has(casework.GroupLeader) {
		who.Roles = append(who.Roles, casework.GroupLeader)
		w.enter(casework.StaffImported{Staff: who})
	}
	w.bind("deputy", who, 1003)
	w.enter(casework.HandoverProposed{Handover: deputy}, casework.HandoverMoved{HandoverID: deputy.ID, To: casework.Accepted})
	w.heard()
	w.until("17:30")
	heard := strings.Join(w.heard(), "\n")
	if n := strings.Count(heard, "deputy: 📊"); n != 1 {
		t.Errorf("the stand-in, who is the deputy as well, got %d digests, want 1:\n%s", n, heard)
	}
	if strings.Contains(heard, "leader: 📊") {
		t.Errorf("the leader got a digest on leave:\n%s", heard)
	}
}

func TestThePictureComesFirst(t *testing.T) {
	w := newWorld(t)
	w.until("17:25") // what problems do by themselves
	w.heard()
	w.until("17:30")
	var leader []string
	for _, l := range w.heard() {
		if strings.HasPrefix(l, "leader: ") {
			leader = append(leader, l)
		}
	}
	if len(leader) != 2 || !strings.Contains(leader[0], "[chart: 第1工作组 9月6日 周三 | 近七天, 六类问题]") || !strings.Contains(leader[1], "日报") {
		t.Errorf("at 17:30 the leader hears %q, want the picture and then the digest", leader)
	}
}

func TestNoDigestOnHolidays(t *testing.T) {
	w := newWorld(t)
	for _, at := range []string{"2017-09-09 17:30", "2017-09-10 17:30", "2017-10-02 17:30"} {
		w.until(at)
		if heard := w.heard(); strings.Contains(strings.Join(heard, "\n"), "日报") {
			t.Errorf("on a day off, at %s, there came %q", at, heard)
		}
	}
}

// helper gives an account to whoever answers for JT-0091, in the member's group.
func (w *world) helper() (who casework.Staff) {
	w.t.Helper()
	err := w.store.View(func(v dialog.View) error {
		x, _ := v.TargetByCode("JT-0091")
		for _, p := range v.PairingsOfTarget(x.ID) {
			if p.Role == casework.Primary {
				who, _ = v.Staff(p.StaffID)
			}
		}
		return nil
	})
	if err != nil || who.ID == 0 || who.Binding == casework.Bound {
		w.t.Fatalf("nobody without an account answers for JT-0091: %+v, %v", who, err)
	}
	w.bind("colleague", who, 1005)
	return who
}

// overdueOf puts a target first on the leader's digest of the day: it should have been
// contacted long ago.
func (w *world) overdueOf(code string) casework.Target {
	w.t.Helper()
	x := w.target(code)
	day := casework.DateOf(w.now, shanghai)
	w.enter(casework.ContactBooked{TargetID: x.ID, Contact: casework.Contact{
		On: day.AddDays(-1), Wanted: day.AddDays(-1), Way: casework.ByCall, Why: casework.WhyAgreed, Anchor: day.AddDays(-9),
	}})
	return w.target(code)
}

// openOverdue puts the target in hand on the leader's digest.
func (p *phone) openOverdue(tb testing.TB, code string) {
	tb.Helper()
	p.play(tb, "/digest", "[⏰ 逾期")
	for range 5 {
		text := p.shown[len(p.shown)-1].text
		for line := range strings.Lines(text) {
			if strings.Contains(line, code+" ") {
				if !strings.HasPrefix(line, "▸") {
					p.do(tb, "["+strings.Fields(line)[0]+"]")
				}
				return
			}
		}
		p.do(tb, "[›]")
	}
	tb.Fatalf("%s is not among the overdue", code)
}

func TestATargetChangesHandsAndBack(t *testing.T) {
	w := newWorld(t)
	leader := w.phone("leader")
	owner := w.helper()
	shared := w.overdueOf("JT-0091")
	w.enter(casework.PairingMade{Pairing: casework.Pairing{TargetID: shared.ID, StaffID: w.set.Member, Role: casework.Assist}})
	before := w.roles(shared.ID)
	leader.openOverdue(t, shared.Code)
	w.heard()
	leader.play(t, "[👤 换人负责]", "[安斌宁]")
	heard := strings.Join(w.heard(), "\n")
	for _, want := range []string{"member: 👤 季志请您接手", "colleague: 👤 季志把 " + shared.Code, "leader: 👤 换人负责"} {
		if !strings.Contains(heard, want) {
			t.Errorf("after a target changed hands there came\n%s\nwant %q", heard, want)
		}
	}
	if got := w.roles(shared.ID); got[w.set.Member] != casework.Primary || got[owner.ID] != "" {
		t.Errorf("the pairings are %v, want the member as primary alone", got)
	}
	w.now = w.now.Add(23 * time.Hour)
	leader.do(t, "[↩ 撤销换人]")
	if got := w.roles(shared.ID); got[w.set.Member] != before[w.set.Member] || got[owner.ID] != casework.Primary {
		t.Errorf("after the undo the pairings are %v, want %v", got, before)
	}
}

// roles are who is tied to a target.
func (w *world) roles(id casework.TargetID) map[casework.StaffID]casework.PairingRole {
	w.t.Helper()
	out := map[casework.StaffID]casework.PairingRole{}
	err := w.store.View(func(v dialog.View) error {
		for _, p := range v.PairingsOfTarget(id) {
			out[p.StaffID] = p.Role
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func TestAReassignmentCannotBeUndoneAfterADay(t *testing.T) {
	w := newWorld(t)
	leader := w.phone("leader")
	w.overdueOf("JT-0091")
	leader.openOverdue(t, "JT-0091")
	leader.play(t, "[👤 换人负责]", "[安斌宁]")
	w.now = w.now.Add(24 * time.Hour)
	w.heard()
	leader.do(t, "[↩ 撤销换人]")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "不能撤销了") {
		t.Errorf("after a day the undo says\n%s", heard)
	}
	if got := w.roles(w.target("JT-0091").ID); got[w.set.Member] != casework.Primary {
		t.Errorf("after a day the pairings went back to %v", got)
	}
}

func TestANudgeComesOncePerDayAndNotAtNight(t *testing.T) {
	w := newWorld(t)
	leader := w.phone("leader")
	w.until("21:00")
	w.heard()
	leader.openOverdue(t, "JT-0037")
	leader.play(t, "[🔔 提醒本人]", "[🔔 提醒本人]")
	if heard := strings.Join(w.heard(), "\n"); strings.Contains(heard, "member: 🔔") || !strings.Contains(heard, "今天已经提醒过了") {
		t.Errorf("a nudge at night, twice, led to\n%s", heard)
	}
	w.until("07:35")
	heard := strings.Join(w.heard(), "\n")
	if n := strings.Count(heard, "member: 🔔 季志提醒您联系"); n != 1 {
		t.Errorf("in the morning the nudge came %d times, want once:\n%s", n, heard)
	}
}

func TestARecordIsReturnedOnceAndAnswered(t *testing.T) {
	w := newWorld(t)
	member, leader, office := w.phone("member"), w.phone("leader"), w.phone("office")
	member.quickVisit(t, "JT-0007", "今天")
	leader.play(t, "/digest", "[🗂 记录", "[ZF-170906-001", "[↩ 退回补充]")
	office.play(t, "/digest G1", "[🗂 记录", "[ZF-170906-001", "[↩ 退回补充]")
	tap := leader.tap(t, "请写得再具体些")
	for range 3 {
		w.apply(leader.press(tap.Message, tap.Data))
	}
	w.heard()
	office.do(t, "[内容对不上")
	if heard := strings.Join(w.heard(), "\n"); len(w.facts("VisitReturned")) != 1 || !strings.Contains(heard, "这条记录现在不能退回") {
		t.Errorf("two people returned the record %d times, want once; the second heard\n%s", len(w.facts("VisitReturned")), heard)
	}
	for _, who := range []string{"家人", "邻居"} {
		member.play(t, "/find JT-0007", "[🗂 历次走访", "[ZF-170906-001", "[✎ 更正", "[✎ 接谈人]", "["+who+"]", "[✅ 保存更正]", "[补充内容]")
	}
	if n := strings.Count(strings.Join(w.heard(), "\n"), "leader: ✅ ZF-170906-001 已按退回意见补充"); n != 1 || len(w.facts("VisitCorrected")) != 2 {
		t.Errorf("%d corrections told the leader %d times, want 2 and once", len(w.facts("VisitCorrected")), n)
	}
}

func TestTheWeekIsForThoseWhoMaySeeIt(t *testing.T) {
	w := newWorld(t)
	var secretary casework.Staff
	var branch casework.Unit
	err := w.store.View(func(v dialog.View) error {
		for s := range v.AllStaff() {
			if secretary.ID == 0 && s.Binding == casework.Unbound && s.Has(casework.BranchSecretary) {
				secretary = s
				branch, _ = v.Unit(s.BranchID)
			}
		}
		return nil
	})
	if err != nil || branch.ID == 0 {
		t.Fatalf("no secretary: %v", err)
	}
	p := w.bind("secretary", secretary, 1004)
	w.until("2017-09-08 17:30")
	heard := w.heard()
	i := slices.IndexFunc(heard, func(l string) bool { return strings.HasPrefix(l, "secretary: 📊 周汇总") })
	if i < 0 || !strings.Contains(heard[i+1], branch.Name) {
		t.Fatalf("on Friday the secretary of %s heard\n%s", branch.Name, strings.Join(heard, "\n"))
	}
	if strings.Contains(p.newest(), "1/") && strings.Contains(p.newest(), "›") {
		t.Errorf("a secretary sees several branches: %s", p.newest())
	}
	if text := strings.Join(heard, "\n"); strings.Contains(text, "leader: 📊 周汇总") || strings.Contains(text, "member: 📊 周汇总") {
		t.Errorf("the weekly summary went to others:\n%s", text)
	}
}

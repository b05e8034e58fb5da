package main

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
)

const aDay = 24 * time.Hour

// TestTwoYears lets two years pass with every fault of the clock, of Telegram and of
// the process, and with people who work, rest and leave things undone.
func TestTwoYears(t *testing.T) {
	for _, tt := range []struct {
		zone, from string
		days       int
		seed       uint64
	}{
		{"Asia/Shanghai", "2016-09-01 06:00:00", 730, 1},
		{"Europe/Berlin", "2017-03-01 06:00:00", 270, 2},
	} {
		t.Run(tt.zone, func(t *testing.T) {
			t.Parallel()
			if testing.Short() || underRace {
				tt.days /= 5
			}
			e := live(t, tt.zone, tt.seed, tt.from, tt.days, func(*era) {})
			for _, f := range e.law.faults {
				t.Error(f)
			}
			l := e.law
			t.Logf("%d days, %d looks, %d crashes, %d letters twice; messages %v; facts %v",
				tt.days, l.looks, l.crashes, l.repeats, l.kinds, l.notes)
			if l.repeats > l.crashes {
				t.Errorf("%d letters came twice in %d crashes, want one a crash at most", l.repeats, l.crashes)
			}
			for _, kind := range []string{"agenda", "snooze", "digest", "week", "miss", "unsent"} {
				if l.kinds[kind] < tt.days/60 {
					t.Errorf("%d messages %q in %d days: the story does not reach them", l.kinds[kind], kind, tt.days)
				}
			}
		})
	}
}

// TestYearsAreRepeatable tells the same story twice.
func TestYearsAreRepeatable(t *testing.T) {
	story := func() string {
		return hex.EncodeToString(live(t, "Asia/Shanghai", 7, "2017-01-10 06:00:00", 60, func(*era) {}).trace.Sum(nil))
	}
	if a, b := story(), story(); a != b {
		t.Errorf("trace = %s, then %s, want the same", a, b)
	}
}

// TestYearsSeeFaults looks whether the model would notice a fault.
func TestYearsSeeFaults(t *testing.T) {
	e := live(t, "Asia/Shanghai", 3, "2017-01-10 06:00:00", 60, func(e *era) { e.noHold = true })
	if len(e.law.faults) == 0 {
		t.Error("nothing was noticed of letters that are not held at delivery")
	}
}

// live lets days pass and checks the file at the end.
func live(t *testing.T, zone string, seed uint64, from string, days int, with func(*era)) (e *era) {
	t.Helper()
	at, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		e = dawn(t, at, seed, from)
		with(e)
		for end := e.now.AddDate(0, 0, days); e.now.Add(-e.skew).Before(end); {
			e.step()
		}
		if e.service == nil {
			e.open()
			e.start()
		}
		e.fuse, e.panics = 0, false
		if e.dead {
			e.stop()
			e.open()
			e.start()
		}
		r, err := e.service.store.Check()
		if err != nil || !r.Sound() {
			t.Errorf("Check() = %v, %v, want no faults", r.Faults, err)
		}
		e.stop()
	})
	return e
}

// step lets some minutes pass with all that happens in them.
func (e *era) step() {
	e.misfortune()
	if e.service == nil {
		return
	}
	quiet := e.panics || e.fuse > 0
	e.pass(e.pause())
	e.settleDown(quiet)
}

// settleDown looks at what the jobs did, lets people act, and delivers.
func (e *era) settleDown(quiet bool) {
	e.law.written()
	if !quiet && !e.dead {
		e.law.asked()
	}
	if !e.dead && !e.now.Before(e.away) {
		e.take()
		e.act()
	}
	e.law.written()
	e.deliver()
	e.law.written()
	if e.dead {
		e.restart(pick(e, []time.Duration{0, 0, time.Minute, 3 * time.Hour}))
	}
}

// pause is how long nothing interesting happens: the program is asked often where
// days begin and end, and seldom at night.
func (e *era) pause() time.Duration {
	local := e.now.In(e.zone)
	next := 24*60 + 7*60 + 10
	minute := local.Hour()*60 + local.Minute()
	for _, s := range []struct{ until, every int }{
		{7*60 + 10, 240}, {7*60 + 25, 15}, {8*60 + 20, 5}, {17*60 + 25, 50}, {17*60 + 45, 5}, {19*60 + 55, 65}, {20*60 + 10, 15}, {24 * 60, 240},
	} {
		if !works(casework.DateOf(e.now, e.zone)) {
			s.every *= 2
		}
		if minute < s.until {
			next = min(minute+s.every, s.until)
			break
		}
	}
	return time.Date(local.Year(), local.Month(), local.Day(), 0, next, 0, 0, e.zone).Sub(e.now)
}

// chance is true once in n times.
func (e *era) chance(n int) bool { return e.rng.IntN(n) == 0 }

func pick[T any](e *era, list []T) T { return list[e.rng.IntN(len(list))] }

// misfortune brings the faults of the outside.
func (e *era) misfortune() {
	if e.now.Add(-e.skew).Before(e.calm) {
		return
	}
	switch {
	case e.chance(250):
		e.away = e.now.Add(pick(e, []time.Duration{2 * time.Minute, 20 * time.Minute, 2 * time.Hour, 9 * time.Hour, 26 * time.Hour, 3 * aDay}))
	case e.chance(100):
		e.refuse = 1 + e.rng.IntN(5)
	case e.chance(200):
		e.fuse = 1 + e.rng.IntN(400)
	case e.chance(250):
		e.torn = true
	case e.chance(250):
		e.panics = true
	case e.chance(700):
		e.restart(pick(e, []time.Duration{time.Minute, 10 * time.Minute, 90 * time.Minute, 7 * time.Hour, 25 * time.Hour, 4 * aDay, 10 * aDay}))
	case e.skew == 0 && e.chance(400):
		e.setClock(pick(e, []time.Duration{-400 * aDay, -3 * aDay, -3 * time.Hour, -10 * time.Minute, -time.Second,
			time.Second, 90 * time.Second, 3 * time.Hour, 22 * time.Hour, 25 * time.Hour, 3 * aDay, 400 * aDay}))
	case e.skew != 0 && e.chance(15):
		e.setClock(-e.skew)
	case e.law.held && (e.skew == 0 && e.chance(6) || e.skew.Abs() <= 3*aDay && e.chance(40)):
		e.release()
	case e.chance(400):
		e.someLeave()
	case e.chance(400):
		e.someBlock()
	}
}

// restart ends the process and starts it after a while.
func (e *era) restart(down time.Duration) {
	e.stop()
	e.pass(down)
	e.open()
	e.start()
	if e.dead { // the fuse is out when a process has stopped
		e.t.Fatal("a new process is dead")
	}
	e.view(func(v dialog.View) { e.law.held = v.Hold().Held() })
	e.settleDown(false)
}

// setClock moves the clock without a word. A jump of more than a day forward holds
// everything.
func (e *era) setClock(by time.Duration) {
	if e.skew+by == 0 {
		by = -e.skew
	}
	e.panics = false // then the jump itself would be lost
	e.jump(by)
	switch {
	case e.dead:
	case by > aDay:
		e.law.held = true
	case by < -aDay: // it may be held or not, as long as nothing comes twice
		e.view(func(v dialog.View) { e.law.held = v.Hold().Held() })
	}
	e.settleDown(true)
}

// release is the office's word that the clock is right.
func (e *era) release() {
	p := e.people[len(e.people)-1]
	newest := false
	_, data := p.button("hold", "时间没错")
	e.view(func(v dialog.View) {
		c, ok := v.Live(dialog.ChatID(p.user), "hold")
		newest = ok && strings.HasPrefix(data, strconv.FormatUint(uint64(c.ID), 36)+".")
	})
	if e.now.Before(e.away) || !e.press(p, "hold", "时间没错") || e.dead || !newest {
		return // a newer question may be on its way
	}
	if e.law.asks++; e.law.held && e.law.asks > 1 {
		e.law.broken("the office says that the clock is right, and sending is held")
	}
}

// someLeave lets somebody go on leave from tomorrow or later.
func (e *era) someLeave() {
	giver, taker := pick(e, e.people[:5]), pick(e, e.people[:5])
	from := casework.DateOf(e.now, e.zone).AddDays(1 + e.rng.IntN(3))
	until := from.AddDays(e.rng.IntN(10))
	busy := slices.ContainsFunc(e.law.leaves, func(h casework.Handover) bool {
		mine := slices.ContainsFunc([]casework.StaffID{h.Giver, h.Taker}, func(id casework.StaffID) bool { return id == giver.id || id == taker.id })
		return mine && !h.Until.Before(casework.DateOf(e.now, e.zone))
	})
	if giver == taker || busy || e.skew != 0 || e.dead {
		return
	}
	h := casework.Handover{
		ID: casework.HandoverID(1000 + len(e.law.leaves)), Kind: casework.Leave, Giver: giver.id, Taker: taker.id, By: giver.id,
		From: from, Until: until, State: casework.Proposed, ProposedAt: e.now,
	}
	e.law.leaves = append(e.law.leaves, h)
	e.office(func(v dialog.View, _ *casework.Minter) []casework.Fact {
		return append([]casework.Fact{casework.HandoverProposed{Handover: h}},
			casework.AcceptHandover(v, h, e.now, casework.DateOf(e.now, e.zone))...)
	})
}

// someBlock lets somebody block the bot for some days.
func (e *era) someBlock() {
	p := pick(e, e.people[:5])
	if e.now.Before(p.blocked) || e.now.Before(e.away) || e.skew != 0 {
		return
	}
	p.blocked = e.now.Add(time.Duration(1+e.rng.IntN(100)) * time.Hour)
	e.take(e.input(p, dialog.Left))
}

// act lets people do what they do.
func (e *era) act() {
	local := e.now.In(e.zone)
	if e.skew.Abs() > time.Hour || local.Hour() < 7 || local.Hour() >= 19 {
		return
	}
	for _, p := range e.people {
		if e.dead || e.now.Before(p.blocked) {
			continue
		}
		if !p.blocked.IsZero() {
			p.blocked = time.Time{}
			e.say(p, "start")
		}
		switch {
		case p.filling > 0:
			e.answer(p)
		case e.chance(40):
			e.beginForm(p)
		case !p.answer.IsZero() && e.chance(4):
			e.say(p, "home")
		case works(casework.DateOf(e.now, e.zone)) && e.chance(8):
			e.work(p)
		}
	}
	if e.chance(300) {
		e.visit(pick(e, e.targets))
	}
}

// work does something about the item in hand on the agenda, or with what others
// missed.
func (e *era) work(p *soul) {
	switch n := e.rng.IntN(20); {
	case n < 8:
		e.press(p, "agenda", "✓ 打通")
	case n < 11:
		e.press(p, "agenda", "没接通")
	case n < 14:
		if e.press(p, "agenda", "⏰ 稍后") {
			e.deliver()
			e.press(p, "agenda", pick(e, []string{"1 小时后", "明天", "16:00"}))
		}
	case n < 16:
		e.press(p, "miss", "👀")
	default:
		for x := range e.mine(p) {
			e.visit(x)
			return
		}
	}
}

// mine gives the targets that the person could visit, the most urgent first.
func (e *era) mine(p *soul) func(func(casework.TargetID) bool) {
	return func(yield func(casework.TargetID) bool) {
		var list []casework.TargetID
		e.view(func(v dialog.View) {
			for x := range v.TargetsDue(casework.DateOf(e.now, e.zone)) {
				if e.law.actor(e.owner(x.ID), e.law.today()) == p.id {
					list = append(list, x.ID)
				}
			}
		})
		for _, id := range list {
			if !yield(id) {
				return
			}
		}
	}
}

// visit reports a visit that met the target's people.
func (e *era) visit(id casework.TargetID) {
	if e.dead {
		return
	}
	today := casework.DateOf(e.now, e.zone)
	e.office(func(v dialog.View, ids *casework.Minter) []casework.Fact {
		x, _ := v.Target(id)
		return casework.ReportVisit(v, casework.Report{
			ID: casework.VisitID(ids.Next()), Target: x, Form: string(x.Kind), FormVersion: 1,
			Answers:  form.Answers{"visited_on": {Values: []string{today.String()}}, "outcome": {Values: []string{"met"}}},
			Reporter: e.owner(id), At: e.now, Today: today,
		}, ids)
	})
	if !e.dead {
		e.law.met[id] = today
	}
}

// beginForm opens the form of a target of the person's.
func (e *era) beginForm(p *soul) {
	for _, x := range e.targets {
		if e.owner(x) != p.id {
			continue
		}
		var code string
		e.view(func(v dialog.View) { t, _ := v.Target(x); code = t.Code })
		e.say(p, "visit "+code)
		e.deliver()
		if !e.press(p, "main", "访成") {
			e.press(p, "main", "继续")
		}
		p.filling = 1 + e.rng.IntN(4)
		e.answered(p)
		return
	}
}

// answer gives the next answer of the form on the screen.
func (e *era) answer(p *soul) {
	p.filling--
	for _, m := range slices.Backward(p.cards) {
		if m.name == "main" && len(m.rows) > 0 {
			e.press(p, "main", m.rows[0][0].Text)
			break
		}
	}
	e.answered(p)
}

// answered notes whether an answer was taken.
func (e *era) answered(p *soul) {
	if e.dead { // it will be taken
		p.answer = e.now
	}
	e.view(func(v dialog.View) {
		p.answer = time.Time{}
		if list := v.DraftsOf(p.id); len(list) > 0 && list[0].Touched.Equal(e.now) {
			p.answer = e.now
		}
	})
}

// The people: two groups with a leader each, three members, and the office.
func (e *era) found() {
	e.t.Helper()
	staff := func(id casework.StaffID, name string, group casework.GroupID, roles ...casework.Role) {
		e.people = append(e.people, &soul{id: id, user: casework.UserID(5000 + id), name: name, roles: roles, group: group})
	}
	staff(1, "甲", 1, casework.Visitor)
	staff(2, "乙", 1, casework.Visitor)
	staff(3, "丙", 2, casework.Visitor)
	staff(4, "丁", 1, casework.Visitor, casework.GroupLeader)
	staff(5, "戊", 2, casework.Visitor, casework.GroupLeader)
	staff(6, "己", 0, casework.BranchSecretary)
	staff(7, "庚", 0, casework.Office)
	today := casework.DateOf(e.now, e.zone)
	facts := []casework.Fact{
		casework.CampaignOpened{Campaign: casework.Campaign{Name: "走访", Year: today.Year, StartOn: today, Params: casework.DefaultParams()}},
		casework.UnitImported{Unit: casework.Unit{ID: 1, Kind: casework.Branch, Name: "一支部"}},
		casework.AreaImported{Area: casework.Area{ID: 1, Name: "白塔村", Level: casework.Village}},
		casework.GroupImported{Group: casework.Group{ID: 1, Code: "G1", Name: "一组", LeaderID: 4, AreaIDs: []casework.AreaID{1}}},
		casework.GroupImported{Group: casework.Group{ID: 2, Code: "G2", Name: "二组", LeaderID: 5}},
	}
	for n := range 8 {
		from := today.AddDays(30 + n*90)
		facts = append(facts, casework.RoundOpened{Round: casework.Round{ID: casework.RoundID(n + 1), No: n + 1, StartOn: from, EndOn: from.AddDays(60)}})
	}
	for _, p := range e.people {
		var groups []casework.GroupID
		if p.group != 0 {
			groups = append(groups, p.group)
		}
		code := fmt.Sprintf("R%03d", p.id)
		facts = append(facts,
			casework.StaffImported{Staff: casework.Staff{ID: p.id, Code: code, Name: p.name, BranchID: 1, PartyMember: true, Roles: p.roles, Groups: groups}},
			casework.InviteIssued{Invite: casework.Invite{ID: casework.InviteID(p.id), Hash: dialog.InviteHash(code), StaffID: p.id, ExpiresAt: e.now.Add(aDay), State: casework.Issued}},
			casework.InviteClaimed{InviteID: casework.InviteID(p.id), User: p.user, Name: p.name},
			casework.BindingConfirmed{InviteID: casework.InviteID(p.id)})
	}
	e.office(func(dialog.View, *casework.Minter) []casework.Fact { return append(facts, e.roster()...) })
	e.view(func(v dialog.View) {
		for _, p := range e.people {
			if s, ok := v.StaffByUser(p.user); !ok || s.Binding != casework.Bound {
				e.t.Fatalf("%s is not bound", p.name)
			}
		}
	})
}

// roster is the targets: each member answers for three and helps with others, and
// each leader has one.
func (e *era) roster() []casework.Fact {
	care := []casework.CareLevel{casework.Key, casework.Watch, casework.General}
	var facts []casework.Fact
	for i := range 12 {
		id := casework.TargetID(100 + i)
		e.targets = append(e.targets, id)
		x := casework.Target{ID: id, AreaID: 1, CareLevel: care[i%3], GroupID: e.people[e.owner(id)-1].group}
		switch {
		case i < 8:
			x.Kind, x.Code = casework.HouseholdKind, fmt.Sprintf("JT-%04d", i+1)
			x.Household = &casework.Household{HeadName: "李" + strings.Repeat("大", 1+i%2), Phone: "11000000000"}
		case i < 10:
			x.Kind, x.Code, x.Enterprise = casework.EnterpriseKind, fmt.Sprintf("QY-%03d", i+1), &casework.Enterprise{Name: "安心厂"}
		default:
			x.Kind, x.Code, x.Organization = casework.OrganizationKind, fmt.Sprintf("ZZ-%02d", i+1), &casework.Organization{Name: "村支部"}
		}
		facts = append(facts, casework.TargetImported{Target: x},
			casework.PairingMade{Pairing: casework.Pairing{TargetID: id, StaffID: e.owner(id), Role: casework.Primary}})
		if h := e.helper(id); h != 0 {
			facts = append(facts, casework.PairingMade{Pairing: casework.Pairing{TargetID: id, StaffID: h, Role: casework.Assist}})
		}
	}
	return facts
}

// owner answers for the target, and helper helps; zero if nobody does.
func (e *era) owner(id casework.TargetID) casework.StaffID { return casework.StaffID(id%5) + 1 }

func (e *era) helper(id casework.TargetID) casework.StaffID {
	if id%3 == 0 {
		return 0
	}
	return casework.StaffID((id+2)%5) + 1
}

package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

// law is what must hold in an era. It is written from the words of the promise and
// asks the program for facts alone: which letters there are, what is due when, and
// what the ledger says.
type law struct {
	e      *era
	faults []string

	held   bool // the clock jumped, and the office has not said that it is right
	leaves []casework.Handover
	given  map[dialog.LetterID]int
	dealt  map[string]map[dialog.CardID]bool // by kind, chat and day
	met    map[casework.TargetID]casework.Date
	passed map[string]bool // misses, by target, day and rung
	said   map[string]bool // what was found missing
	kinds  map[string]int  // of bulk messages sent
	notes  map[string]int  // of facts

	crashes, repeats, looks int
	asks                    int // of the office, since sending was released
}

func newLaw(e *era) *law {
	return &law{
		e: e, given: map[dialog.LetterID]int{}, dealt: map[string]map[dialog.CardID]bool{}, met: map[casework.TargetID]casework.Date{},
		passed: map[string]bool{}, said: map[string]bool{}, kinds: map[string]int{}, notes: map[string]int{},
	}
}

// broken says which promise was broken.
func (l *law) broken(format string, args ...any) {
	l.e.note("BROKEN "+format, args...)
	if len(l.faults) < 20 {
		l.faults = append(l.faults, l.local().Format("Mon 2006-01-02 15:04:05 ")+fmt.Sprintf(format, args...))
	}
}

func (l *law) local() time.Time { return l.e.now.In(l.e.zone) }

func (l *law) today() casework.Date { return casework.DateOf(l.e.now, l.e.zone) }

// The public holidays of the years, and the days worked in exchange, as the State
// Council announced them: first and last day.
const (
	offDays = `2016-01-01 2016-01-03 2016-02-07 2016-02-13 2016-04-02 2016-04-04 2016-04-30 2016-05-02
		2016-06-09 2016-06-11 2016-09-15 2016-09-17 2016-10-01 2016-10-07 2016-12-31 2017-01-02
		2017-01-27 2017-02-02 2017-04-02 2017-04-04 2017-04-29 2017-05-01 2017-05-28 2017-05-30
		2017-10-01 2017-10-08 2017-12-30 2018-01-01 2018-02-15 2018-02-21 2018-04-05 2018-04-07
		2018-04-29 2018-05-01 2018-06-16 2018-06-18 2018-09-22 2018-09-24 2018-10-01 2018-10-07
		2018-12-30 2019-01-01 2019-02-04 2019-02-10 2019-04-05 2019-04-07 2019-05-01 2019-05-04
		2019-06-07 2019-06-09 2019-09-13 2019-09-15 2019-10-01 2019-10-07`
	onDays = `2016-02-06 2016-02-14 2016-06-12 2016-09-18 2016-10-08 2016-10-09 2017-01-22 2017-02-04 2017-04-01
		2017-05-27 2017-09-30 2018-02-11 2018-02-24 2018-04-08 2018-04-28 2018-09-29 2018-09-30 2018-12-29
		2019-02-02 2019-02-03 2019-04-28 2019-05-05 2019-09-29 2019-10-12`
)

// works reports whether the bureau works on the day.
func works(d casework.Date) bool {
	day := d.String()
	if slices.Contains(strings.Fields(onDays), day) {
		return true
	}
	for span := range slices.Chunk(strings.Fields(offDays), 2) {
		if span[0] <= day && day <= span[1] {
			return false
		}
	}
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

// actor is who does the person's work on the day.
func (l *law) actor(who casework.StaffID, day casework.Date) casework.StaffID {
	for _, h := range l.leaves {
		if h.Giver == who && !day.Before(h.From) && !day.After(h.Until) {
			return h.Taker
		}
	}
	return who
}

// filling reports whether the person is in the middle of a form.
func (l *law) filling(p *soul) bool {
	return !p.answer.IsZero() && l.e.now.Sub(p.answer) < 10*time.Minute && !l.e.now.Before(p.answer)
}

// forbidden says why nothing from the clock may reach the person now; empty if it
// may.
func (l *law) forbidden(p *soul) string {
	minute := l.local().Hour()*60 + l.local().Minute()
	switch {
	case minute < 7*60+30 || minute >= 20*60:
		return "in quiet hours"
	case !works(l.today()):
		return "on a day off"
	case l.actor(p.id, l.today()) != p.id:
		return "during leave"
	case l.held:
		return "while sending is held"
	case l.filling(p):
		return "into a form in hand"
	}
	return ""
}

// delivered judges a letter that has arrived.
func (l *law) delivered(p *soul, letter dialog.Letter) {
	if l.given[letter.ID]++; l.given[letter.ID] > 1 {
		l.repeats++
	}
	if why := l.forbidden(p); letter.Bulk && why != "" {
		l.broken("%s is disturbed %s: %.60q", p.name, why, letter.Text)
	}
}

// key names what may happen once: a kind of message to a person about a day.
func key(kind string, p *soul, day casework.Date) string {
	return fmt.Sprintf("%s to %s of %v", kind, p.name, day)
}

// written looks at the letters that were written since the last look.
func (l *law) written() {
	e := l.e
	if e.service == nil || e.dead {
		return
	}
	letters, err := e.service.store.Pending(e.seen, 10_000)
	if err != nil {
		return
	}
	for _, letter := range letters {
		e.seen = max(e.seen, letter.ID)
		if letter.Bulk && !letter.Edit && letter.Kind == dialog.Show {
			e.view(func(v dialog.View) { l.dealtOut(v, letter) })
		}
	}
	err = e.service.store.EachEvent(e.events+1, func(ev casework.Event) error {
		e.events = ev.Seq
		l.happened(ev)
		return nil
	})
	if err != nil && !e.dead {
		e.t.Fatal(err)
	}
}

// dealtOut counts a message of the clock. All but those that answer to what people
// did come once for a day at most.
func (l *law) dealtOut(v dialog.View, letter dialog.Letter) {
	p := l.e.soul(letter.Chat)
	c, _ := v.Card(letter.Card)
	kind, _, _ := strings.Cut(c.Name, "/")
	if c.At.Query == "snoozed" {
		kind = "snooze"
	}
	l.e.note("%s is written %s %v", p.name, kind, c.At.Day)
	l.kinds[kind]++
	if letter.Card == 0 {
		return
	}
	k := key(c.Name, p, c.At.Day)
	if kind == "snooze" {
		k = key(kind, p, c.At.Day)
	}
	if l.dealt[k] == nil {
		l.dealt[k] = map[dialog.CardID]bool{}
	}
	l.dealt[k][letter.Card] = true
	again := kind == "snooze" || kind == "miss" || kind == "unsent" || c.At.Day.IsZero()
	if len(l.dealt[k]) > 1 && !again {
		l.broken("%s came %d times", k, len(l.dealt[k]))
	}
	if (kind == "agenda" || kind == "digest") && c.At.Day != l.today() {
		l.broken("%s is written too late", k)
	}
	if kind == "agenda" {
		l.agenda(v, p, c)
	}
}

// agenda judges what stands on a new agenda.
func (l *law) agenda(v dialog.View, p *soul, c dialog.Card) {
	for _, id := range c.At.Items {
		x, _ := v.Target(id)
		// What was on it when they looked today already stays, as done.
		if l.met[id] == c.At.Day && x.Next.On.After(c.At.Day) && !p.looksAt("agenda", c.At.Day) {
			l.broken("%s is on the agenda of %s, and was contacted before", x.Code, p.name)
		}
		if l.actor(l.e.owner(id), c.At.Day) != p.id {
			l.broken("%s is on the agenda of %s, who does not answer for it", x.Code, p.name)
		}
	}
	for x := range l.due(v, p) {
		if !slices.Contains(c.At.Items, x.ID) {
			l.broken("%s is due and not on the agenda of %s", x.Code, p.name)
		}
	}
}

// due gives the targets that the person has to contact today and is to be
// reminded of now.
func (l *law) due(v dialog.View, p *soul) func(func(casework.Target) bool) {
	return func(yield func(casework.Target) bool) {
		for x := range v.TargetsDue(l.today()) {
			asleep := x.Snooze != nil && x.Snooze.Until.After(l.e.now)
			if l.actor(l.e.owner(x.ID), l.today()) == p.id && !asleep && !yield(x) {
				return
			}
		}
	}
}

// happened judges an entry of the ledger.
func (l *law) happened(ev casework.Event) {
	l.notes[string(ev.Fact.Kind())]++
	if _, ok := ev.Fact.(casework.SendingReleased); ok {
		l.held, l.asks = false, 0 // the office alone does it
	}
	f, ok := ev.Fact.(casework.MissPassed)
	if !ok {
		return
	}
	k := fmt.Sprintf("miss of target %d on %v at rung %d", f.TargetID, f.DueOn, f.Rung)
	if l.passed[k] {
		l.broken("%s was passed twice", k)
	}
	l.passed[k] = true
	if waited, wait := l.waited(f.DueOn), rungs[f.Rung]; waited < wait {
		l.broken("%s was passed after %v, want %v", k, waited, wait)
	}
}

// rungs is how many working hours without contact lead to each rung.
var rungs = map[casework.Rung]time.Duration{
	casework.PartnerRung: 9 * time.Hour, casework.LeaderRung: 27 * time.Hour, casework.OfficeRung: 54 * time.Hour,
}

// waited is how much working time has passed since the end of the day.
func (l *law) waited(due casework.Date) time.Duration {
	var sum time.Duration
	for d := due.AddDays(1); !d.After(l.today()); d = d.AddDays(1) {
		if !works(d) {
			continue
		}
		minutes := 9 * 60
		if d == l.today() {
			minutes = min(max(l.local().Hour()*60+l.local().Minute()-(8*60+30), 0), 9*60)
		}
		sum += time.Duration(minutes) * time.Minute
	}
	return sum
}

// asked judges what was left undone, after the jobs were asked at a time when all
// was well.
func (l *law) asked() {
	l.looks++
	minute := l.local().Hour()*60 + l.local().Minute()
	if l.e.skew != 0 || l.held {
		return
	}
	l.e.view(func(v dialog.View) {
		for _, p := range l.e.people {
			s, _ := v.Staff(p.id)
			if s.Unreachable || l.forbidden(p) != "" {
				continue
			}
			if minute >= 8*60 {
				l.hasAgenda(v, p)
			}
			if day := l.today(); minute >= 17*60+30 && p.leads() {
				l.has(fmt.Sprintf("digest/%d", p.group), p, day)
			}
			if p.hears() {
				l.hasWeek(p)
			}
		}
		l.missesPassed(v)
	})
}

func (l *law) has(kind string, p *soul, day casework.Date) {
	if k := key(kind, p, day); len(l.dealt[k]) == 0 && !l.said[k] {
		l.broken("no %s", k)
		l.said[k] = true
	}
}

func (l *law) hasAgenda(v dialog.View, p *soul) {
	// A reminder that was put off, and the list of the day before when a button of
	// it is pressed, show the whole agenda of the day.
	if len(l.dealt[key("agenda", p, l.today())])+len(l.dealt[key("snooze", p, l.today())]) > 0 || p.looksAt("agenda", l.today()) {
		return
	}
	for range l.due(v, p) {
		l.has("agenda", p, l.today())
		return
	}
}

// hasWeek looks for the summary of the newest Friday within three days.
func (l *law) hasWeek(p *soul) {
	for n := range 4 {
		day := l.today().AddDays(-n)
		at := time.Date(day.Year, day.Month, day.Day, 17, 30, 0, 0, l.e.zone)
		if day.Weekday() == time.Friday && !at.After(l.e.now) && l.e.now.Sub(at) < 72*time.Hour && at.After(l.e.calm) {
			l.has("week", p, day)
		}
	}
}

// missesPassed looks whether each missed contact has reached the rung it should
// have.
func (l *law) missesPassed(v dialog.View) {
	for x := range v.TargetsDue(l.today().AddDays(-1)) {
		waited := l.waited(x.Next.On)
		want := casework.OwnerRung
		for _, r := range []casework.Rung{casework.PartnerRung, casework.LeaderRung, casework.OfficeRung} {
			if waited >= rungs[r] && l.stands(v, x, r) {
				want = r
			}
		}
		if want == casework.OwnerRung {
			continue
		}
		reached := casework.OwnerRung
		for r := want; r <= casework.OfficeRung; r++ {
			if l.passed[fmt.Sprintf("miss of target %d on %v at rung %d", x.ID, x.Next.On, r)] {
				reached = r
			}
		}
		if reached < want {
			l.broken("%s was due on %v and was not passed to rung %d", x.Code, x.Next.On, want)
		}
	}
}

// stands reports whether somebody on the rung can be told: not the one who missed
// it, and nobody who is away.
func (l *law) stands(v dialog.View, x casework.Target, rung casework.Rung) bool {
	return slices.ContainsFunc(l.e.people, func(p *soul) bool {
		s, _ := v.Staff(p.id)
		on := rung == casework.OfficeRung && p.hasRole(casework.Office) ||
			rung == casework.LeaderRung && p.leads() && p.group == x.GroupID ||
			rung == casework.PartnerRung && l.e.helper(x.ID) == p.id
		return on && !s.Unreachable && l.actor(p.id, l.today()) == p.id && l.actor(l.e.owner(x.ID), l.today()) != p.id
	})
}

func (p *soul) hasRole(r casework.Role) bool { return slices.Contains(p.roles, r) }

func (p *soul) leads() bool { return p.hasRole(casework.GroupLeader) }

// hears reports whether the person is told each week how the branches stand.
func (p *soul) hears() bool { return p.hasRole(casework.Office) }

// looksAt reports whether there is a message of the kind about the day on the phone.
func (p *soul) looksAt(card string, day casework.Date) bool {
	return slices.ContainsFunc(p.cards, func(m *shown) bool { return m.name == card && m.at.Day == day })
}

package sample

import (
	"fmt"
	"time"

	"zoufang/casework"
)

// story is what becomes of a problem, as a list of deeds. Whatever of it would come
// after the evening before the demo is left out.
type story []beat

// beat is one deed of a story.
type beat struct {
	wait         int           // working days after the one before
	from         casework.Date // and not before
	hour, minute int
	do           deed
}

// deed is done about the problem as it stands.
type deed func(d *desk, t tale) error

// tale is a problem on its way through its story.
type tale struct {
	casework.Problem
	issue issue
}

// on is a deed so many working days later.
func on(wait, hour, minute int, do deed) beat {
	return beat{wait: wait, hour: hour, minute: minute, do: do}
}

// not is the beat, not before the day.
func (b beat) not(month time.Month, day int) beat {
	b.from = casework.Date{Year: 2017, Month: month, Day: day}
	return b
}

// tell begins the story of a problem.
func (d *desk) tell(p casework.Problem, x issue, s story) {
	d.follow(p.ID, x, s, d.now.At)
}

// follow puts the next deed of the story on the agenda.
func (d *desk) follow(id casework.ProblemID, x issue, s story, last time.Time) {
	if len(s) == 0 {
		return
	}
	b := s[0]
	day := casework.DateOf(last.Add(zone), time.UTC)
	if b.wait > 0 {
		day = casework.AddWorkdays(d.b, day, b.wait)
	}
	if day.Before(b.from) {
		day = casework.WorkdayFrom(d.b, b.from)
	}
	at := clock(day, b.hour*60+b.minute).Add(time.Duration(d.rng.IntN(600)) * time.Second)
	if !at.After(last) {
		at = last.Add(5 * time.Minute)
	}
	d.later(at, func() error {
		p, _ := d.b.Problem(id)
		d.begin()
		if err := b.do(d, tale{p, x}); err != nil {
			return fmt.Errorf("%s (%s): %w", p.Code, p.Status, err)
		}
		d.follow(id, x, s[1:], at)
		return nil
	})
}

// actor says who does something about a problem.
type actor func(d *desk, t tale) casework.StaffID

func owner(_ *desk, t tale) casework.StaffID { return t.OwnerID }

// asker passes a problem up to the branch: its owner, or the leader for an owner who
// may not.
func asker(d *desk, t tale) casework.StaffID {
	if d.person(t.OwnerID).Has(casework.Visitor) {
		return t.OwnerID
	}
	return leader(d, t)
}

func leader(d *desk, t tale) casework.StaffID { return d.leader(t.TargetID, t.OwnerID) }

func secretary(d *desk, t tale) casework.StaffID { return d.secretaries[t.UnitID] }

func office(d *desk, _ tale) casework.StaffID { return d.office() }

// move is a step of the problem.
func move(who actor, m casework.ProblemMoved) deed {
	return func(d *desk, t tale) error {
		m.ProblemID = t.ID
		by := who(d, t)
		facts, why := casework.MoveProblem(d.b, d.person(by), m, d.now, d.ids)
		if err := d.enter(by, facts, why); err != nil {
			return fmt.Errorf("%s: %w", m.Act, err)
		}
		return nil
	}
}

func triage(d *desk, t tale) error {
	return move(leader, casework.ProblemMoved{Act: casework.Triage, OwnerID: t.OwnerID})(d, t)
}

func accept(d *desk, t tale) error {
	return move(owner, casework.ProblemMoved{Act: casework.Accept})(d, t)
}

func progress(d *desk, t tale) error {
	return move(owner, casework.ProblemMoved{Act: casework.Progress, Text: t.issue.progress})(d, t)
}

func resolve(d *desk, t tale) error {
	return move(owner, casework.ProblemMoved{Act: casework.Resolve, Why: "solved", Text: t.issue.solved})(d, t)
}

// escalate asks the level above for what the issue needs.
func escalate(who actor, to casework.Level, why string, days int) deed {
	return func(d *desk, t tale) error {
		m := casework.ProblemMoved{
			Act: casework.Escalate, Level: to, Why: why, Text: t.issue.ask,
			Until: casework.WorkdayFrom(d.b, d.now.Today.AddDays(days)),
		}
		return move(who, m)(d, t)
	}
}

// moveOut gives the problem to the outside body that the issue names.
func moveOut(d *desk, t tale) error {
	m := casework.ProblemMoved{Act: casework.MoveOut, UnitID: d.outside[t.issue.outside], Text: t.issue.ask}
	return move(office, m)(d, t)
}

// grant gives more time, asked for or not.
func grant(until casework.Date) deed {
	return move(leader, casework.ProblemMoved{Act: casework.GrantTime, Text: "办理周期较长，同意延期，请抓紧推进", Until: until})
}

// rest lets the problem be until a day.
func rest(until casework.Date, why string) deed {
	return move(leader, casework.ProblemMoved{Act: casework.PutOff, Text: why, Until: until, Told: true})
}

func askTime(days int) deed {
	return func(d *desk, t tale) error {
		m := casework.ProblemMoved{
			Act: casework.AskTime, Text: "要等相关单位的手续，申请延长几天",
			Until: casework.WorkdayFrom(d.b, d.now.Today.AddDays(days)),
		}
		return move(owner, m)(d, t)
	}
}

// askBack rings up, and says what the people think of the solution.
func askBack(result casework.CallResult, said casework.Satisfaction) deed {
	return func(d *desk, t tale) error {
		return d.callBack(t.Problem, casework.CallID(d.ids.Next()), result, said)
	}
}

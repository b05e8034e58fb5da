package sample

import (
	"time"

	"zoufang/casework"
)

// casting says which problems are to show the demo's people something. Each part is
// given once, to the first problem that suits it.
type casting struct {
	reopened, waiting, handedIn, late, unreached, due bool
}

// once reports whether the part is still free, and takes it.
func once(part *bool) bool {
	free := !*part
	*part = true
	return free
}

// raised begins the story of a problem that has just been raised.
func (d *desk) raised(p casework.Problem, x issue, place int32) {
	pinned := d.c.places[place].pinned
	switch {
	case p.Status == casework.ProblemResolved:
		d.solvedOnSpot(p, x)
	case pinned != nil && pinned.issue:
		d.tell(p, x, mine())
	case !casework.AddWorkdays(d.b, p.RaisedOn, 1).Before(today):
		d.tell(p, x, fresh())
	default:
		d.tell(p, x, d.storyFor(p, x))
	}
}

// storyFor is the part of the demo that suits the problem, or else the story that
// goes with the issue.
func (d *desk) storyFor(p casework.Problem, x issue) story {
	home, _ := d.b.Target(p.TargetID)
	ours := home.GroupID == d.c.teams[0].ID
	branch := d.person(p.OwnerID).BranchID == d.c.member().BranchID && p.Level == casework.LevelGroup
	spring := p.RaisedOn.Before(casework.Date{Year: 2017, Month: time.May, Day: 1})
	summer := p.RaisedOn.After(casework.Date{Year: 2017, Month: time.June, Day: 30})
	early := p.RaisedOn.Before(casework.Date{Year: 2017, Month: time.August, Day: 1})
	switch {
	case branch && spring && once(&d.cast.reopened):
		return reopened()
	case branch && early && x.ask != "" && once(&d.cast.waiting):
		return waiting()
	case ours && spring && once(&d.cast.handedIn):
		return handedIn()
	case ours && summer && early && once(&d.cast.late):
		return late()
	case x.story != nil:
		return x.story()
	}
	return solved()
}

// solvedOnSpot asks about a problem that was solved at once; not yet, if that was
// shortly before the demo. One cannot be reached.
func (d *desk) solvedOnSpot(p casework.Problem, x issue) {
	day := weekday(p.RaisedOn.AddDays(2))
	asked := d.asked
	switch {
	case day.Before(today.AddDays(-unasked)):
		d.asked++
		said := []casework.Satisfaction{casework.Satisfied, casework.Satisfied, casework.FairlySatisfied}[asked%3]
		d.later(clock(day, 19*60+5), func() error {
			now, _ := d.b.Problem(p.ID)
			d.ids = casework.NewMinter(d.c.backInput + uint64(asked))
			d.input = d.c.backInput + uint64(asked)
			return d.callBack(now, casework.CallID(d.ids.Next()), casework.Connected, said)
		})
	case casework.AddWorkdays(d.b, p.RaisedOn, 5).Before(today) && once(&d.cast.unreached):
		again := on(1, 19, 20, askBack(casework.NoAnswer, ""))
		d.tell(p, x, story{again, again, again})
	}
}

// callBack is a call that asks about a problem, and what becomes of the problem.
func (d *desk) callBack(p casework.Problem, id casework.CallID, result casework.CallResult, said casework.Satisfaction) error {
	x, _ := d.b.Target(p.TargetID)
	call := casework.Call{ID: id, By: d.caller(p), Result: result, Problem: p.ID}
	if result.Answered() {
		call.Wellbeing, call.Satisfaction = casework.Fine, said
	}
	rep := casework.CallReport{Call: call, Target: x, At: d.now.At, Today: d.now.Today}
	facts := casework.LogCall(d.b, rep, d.ids)
	// The sample does not keep its visits and calls at hand, so the day due is
	// not known to the rule.
	if f, ok := facts[0].(casework.CallLogged); ok {
		f.Call.DueOn = d.now.Today
		facts[0] = f
	}
	return d.enter(call.By, facts, "")
}

// caller is who asks about a problem: who is responsible for the target, or
// who helps where that is the one who solved it.
func (d *desk) caller(p casework.Problem) casework.StaffID {
	var helper casework.StaffID
	for _, pair := range d.b.PairingsOfTarget(p.TargetID) {
		if pair.Role == casework.Primary {
			return pair.StaffID
		}
		helper = pair.StaffID
	}
	return helper
}

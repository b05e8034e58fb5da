package dialog

import (
	"fmt"
	"time"

	"zoufang/casework"
)

// perRound is how many targets the end of a round names.
const perRound = 5

// roundSubjects are all who have an account, for each round that begins or ends
// today, or did so on the days off before.
func roundSubjects(d *Dialog, v View, tick Tick) []Subject {
	day := casework.DateOf(tick.Nominal, d.zone)
	if !casework.IsWorkday(v, day) {
		return nil
	}
	from := day
	for !casework.IsWorkday(v, from.AddDays(-1)) {
		from = from.AddDays(-1)
	}
	var out []Subject
	for s := range v.AllStaff() {
		if s.Binding != casework.Bound {
			continue
		}
		for _, r := range v.Rounds() {
			for _, edge := range []casework.Date{r.StartOn, r.LastDay()} {
				if !edge.Before(from) && !edge.After(day) {
					out = append(out, Subject{Staff: s.ID, Round: r.ID, From: edge.In(time.UTC)})
				}
			}
		}
	}
	return out
}

func roundOnce(s Subject) string {
	return fmt.Sprintf("%d:%d:%d", s.Staff, s.Round, s.From.Unix())
}

// tellRound tells the person that a round begins or ends.
func (t *turn) tellRound() {
	t.showBoard(Place{Screen: roundScreen, Day: casework.DateOf(t.in.Subject.From, time.UTC)}, false, true)
}

// drawRound tells of the rounds that begin or end on the day, with what is the
// person's in them.
func (t *turn) drawRound(f *face, at Place) bool {
	told := false
	for _, r := range t.v.Rounds() {
		switch at.Day {
		case r.StartOn:
			f.title(t.w.say("round.begins", "No", r.No, "Title", r.Title))
		case r.LastDay():
			f.title(t.w.say("round.ends", "No", r.No, "Title", r.Title))
		default:
			continue
		}
		told = true
		f.line(t.w.say("round.dates", "From", t.day(r.StartOn), "Until", t.day(r.LastDay())))
		if r.Focus != "" && at.Day == r.StartOn {
			f.line(t.w.say("round.focus", "Focus", r.Focus))
		}
		t.roundShare(f, r, at.Day == r.LastDay())
	}
	if casework.Allowed(t.staff, casework.WriteVisit) {
		f.row(choice{t.w.say("button.mine"), Primary, to(Place{Screen: mineScreen})})
	}
	return told
}

// roundShare says how far the person has come in a round, and at its end what is
// left.
func (t *turn) roundShare(f *face, r casework.Round, ends bool) {
	charges := casework.Charges(t.v, t.staff.ID, t.today)
	if len(charges) == 0 || !casework.Allowed(t.staff, casework.WriteVisit) {
		return
	}
	var left []string
	for _, x := range charges {
		if x.LastVisitOn.Before(r.StartOn) {
			left = append(left, x.Code+" "+x.DisplayName())
		}
	}
	f.line(t.w.say("round.share", "Count", len(charges), "Visited", len(charges)-len(left)))
	switch {
	case !ends:
	case len(left) == 0:
		f.line(t.w.say("round.all_done"))
	default:
		f.line(t.w.say("round.left", "Count", len(left), "Targets", t.join(left[:min(len(left), perRound)])))
	}
}

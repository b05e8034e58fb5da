package casework

import (
	"slices"
	"time"
)

// Passing is a missed contact that is to be passed up now.
type Passing struct {
	Target Target
	Due    Due
	Rung   Rung
	To     []StaffID // may be empty: then nobody on the rung wants to hear of it
}

// Passings are the missed contacts that are to be passed up at the instant: each
// to the highest rung whose waiting time has passed and that it has not reached.
// A rung nobody stands on is stepped over. Silenced ones stay where they are.
// A snoozed reminder does not hold the ladder up.
func Passings(r Records, zone *time.Location, now time.Time) []Passing {
	c, _ := r.Campaign()
	l := ladder{r: r, params: c.Params, zone: zone, now: now, day: DateOf(now, zone)}
	var out []Passing
	for x := range r.TargetsDue(l.day.AddDays(-1)) {
		if p, ok := l.passing(x); ok {
			out = append(out, p)
		}
	}
	return out
}

// ladder is what passing upwards needs to know at one instant.
type ladder struct {
	r      Records
	params Params
	zone   *time.Location
	now    time.Time
	day    Date
	office []StaffID // nil until somebody asks
}

// passing is the step that the target's missed contact takes now, if any.
func (l *ladder) passing(x Target) (Passing, bool) {
	due := DueOf(x, l.day)
	reached := OwnerRung
	if x.Miss.DueOn == x.Next.On {
		if x.Miss.Silenced != "" {
			return Passing{}, false
		}
		reached = x.Miss.Rung
	}
	if due.State != Overdue || reached >= OfficeRung {
		return Passing{}, false
	}
	for rung := l.highest(x.Next.On); rung > reached; rung-- {
		if on := l.standing(x, rung); len(on) > 0 {
			return Passing{Target: x, Due: due, Rung: rung, To: l.wanting(on)}, true
		}
	}
	return Passing{}, false
}

// highest is the highest rung whose waiting time has passed for a contact that
// was due on the day. The time runs from the end of that day's work.
func (l *ladder) highest(due Date) Rung {
	from := time.Date(due.Year, due.Month, due.Day, 0, l.params.WorkTo, 0, 0, l.zone)
	waited := WorkingTime(l.r, l.zone, from, l.now)
	top := OwnerRung
	for _, step := range []struct {
		rung  Rung
		hours int
	}{{PartnerRung, l.params.PartnerWait}, {LeaderRung, l.params.LeaderWait}, {OfficeRung, l.params.OfficeWait}} {
		if waited >= time.Duration(step.hours)*time.Hour {
			top = step.rung
		}
	}
	return top
}

// standing are the people of the rung who can be told of the target and can do
// something about it: not the one in charge, who missed it.
func (l *ladder) standing(x Target, rung Rung) []StaffID {
	var list []StaffID
	switch rung {
	case OwnerRung:
	case PartnerRung:
		for _, p := range l.r.PairingsOfTarget(x.ID) {
			if p.Role == Assist {
				list = append(list, p.StaffID)
			}
		}
	case LeaderRung:
		if g, ok := l.r.Group(x.GroupID); ok {
			list = []StaffID{g.LeaderID, g.DeputyID}
		}
	case OfficeRung:
		list = slices.Clone(l.officers())
	}
	owner := InCharge(l.r, x, l.day)
	var out []StaffID
	for _, id := range list {
		if id != owner && !slices.Contains(out, id) && l.present(id) {
			out = append(out, id)
		}
	}
	return out
}

func (l *ladder) officers() []StaffID {
	if l.office == nil {
		l.office = []StaffID{}
		for s := range l.r.AllStaff() {
			if s.Has(Office) {
				l.office = append(l.office, s.ID)
			}
		}
	}
	return l.office
}

// present reports whether the person can be reached and is at work.
func (l *ladder) present(id StaffID) bool {
	s, ok := l.r.Staff(id)
	return ok && s.Binding == Bound && !s.Unreachable && !OnLeave(l.r, id, l.day)
}

// wanting are those of the people who want to hear of what others missed.
func (l *ladder) wanting(people []StaffID) []StaffID {
	return slices.DeleteFunc(people, func(id StaffID) bool {
		s, _ := l.r.Staff(id)
		return !s.Wants(MissNotice)
	})
}

// VillageContact is the organisation of the village in which the target lies:
// its secretary can look in when nobody answers the telephone. It reports false
// if none is on the roster.
func VillageContact(r Records, x Target) (Target, bool) {
	village := x.AreaID
	if a, ok := r.Area(village); ok && a.Level == VillageGroup {
		village = a.ParentID
	}
	serves := func(o Target) bool {
		if o.ID == x.ID || o.Organization == nil || !o.InUse() || o.AreaID == 0 {
			return false
		}
		// The branch of a firm or a department has no say in the village.
		other := o.Organization.OrgType == "firm_branch" || o.Organization.OrgType == "district_dept"
		return !other && (o.AreaID == village || o.AreaID == x.AreaID)
	}
	// A group looks after whole villages, so its own targets nearly always do.
	for o := range r.TargetsOfGroup(x.GroupID) {
		if serves(o) {
			return o, true
		}
	}
	for o := range r.AllTargets() {
		if serves(o) {
			return o, true
		}
	}
	return Target{}, false
}

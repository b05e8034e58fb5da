package casework

import (
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
)

// The years that are asked of the library of public holidays. It has nothing
// before 2001 and, at any time, nothing beyond the coming year.
const (
	firstHolidayYear = 2001
	lastHolidayYear  = 2060
)

// publicDays are the days on which it matters that they are public holidays,
// true for those that are worked in exchange. It is read once, because the
// library searches its text anew each time, and never written again.
var publicDays = readPublicDays()

func readPublicDays() map[Date]bool {
	days := map[Date]bool{}
	for year := firstHolidayYear; year <= lastHolidayYear; year++ {
		list := HolidayUtil.GetHolidaysByYear(year)
		for e := list.Front(); e != nil; e = e.Next() {
			h, ok := e.Value.(*HolidayUtil.Holiday)
			var d Date
			if ok && d.UnmarshalText([]byte(h.GetDay())) == nil {
				days[d] = h.IsWork()
			}
		}
	}
	return days
}

// HolidaysKnown reports whether the public holidays of the year are known. They
// are published late in the year before; until then the office has to say which
// days are off.
func HolidaysKnown(year int) bool {
	work, ok := publicDays[Date{Year: year, Month: time.October, Day: 1}]
	return ok && !work
}

// IsWorkday reports whether the bureau works on the day: by the office's word,
// else by the public holidays with their swapped days, else Monday to Friday.
func IsWorkday(r Records, d Date) bool {
	if w, ok := r.WorkdayOn(d); ok {
		return w.Work
	}
	if work, ok := publicDays[d]; ok {
		return work
	}
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

// WorkdayFrom is the first working day that is not before d.
func WorkdayFrom(r Records, d Date) Date {
	for !IsWorkday(r, d) {
		d = d.AddDays(1)
	}
	return d
}

// AddWorkdays is the n-th working day after d, for n of at least 1.
func AddWorkdays(r Records, d Date, n int) Date {
	for range n {
		d = WorkdayFrom(r, d.AddDays(1))
	}
	return d
}

// WorkingTime is how much of the bureau's working time lies between two
// instants, in the zone. It is zero if to is not after from. Its cost grows with
// the days between.
func WorkingTime(r Records, zone *time.Location, from, to time.Time) time.Duration {
	c, _ := r.Campaign()
	var sum time.Duration
	last := DateOf(to, zone)
	for d := DateOf(from, zone); !d.After(last); d = d.AddDays(1) {
		if !IsWorkday(r, d) {
			continue
		}
		// By the wall of each day: a day on which the clocks change has the same
		// working hours as any other.
		begin, end := onWall(d, c.Params.WorkFrom, zone), onWall(d, c.Params.WorkTo, zone)
		if begin.Before(from) {
			begin = from
		}
		if end.After(to) {
			end = to
		}
		sum += max(0, end.Sub(begin))
	}
	return sum
}

// onWall is the instant at which the clock on the wall shows the minute of the day.
func onWall(d Date, minute int, zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, minute, 0, 0, zone)
}

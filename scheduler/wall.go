package scheduler

import "time"

// A wall time is what a clock on a wall shows, kept as a time.Time in UTC.

// maxOffset is more than any zone has ever been away from UTC.
const maxOffset = 16 * time.Hour

// wallTime is what a clock in the zone shows at an instant.
func wallTime(t time.Time, zone *time.Location) time.Time {
	_, offset := t.In(zone).Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// instants finds the instants of wall times that are asked for in ascending order.
// It stands in a stretch of time with one offset and moves on when the stretch is
// too short for what it is asked.
type instants struct {
	offset     time.Duration
	start, end time.Time // of the stretch, in the zone; zero if it has no start or end
}

// instantsFrom returns instants for wall times not before the given one. It stands
// early enough that no clock has shown that time yet.
func instantsFrom(wall time.Time, zone *time.Location) instants {
	var i instants
	i.enter(wall.Add(-2 * maxOffset).In(zone))
	return i
}

func (i *instants) enter(t time.Time) {
	_, offset := t.Zone()
	i.offset = time.Duration(offset) * time.Second
	i.start, i.end = t.ZoneBounds()
	// On 31 December of a leap year ZoneBounds can give an end that has passed
	// (golang.org/issue/81583). The year ends with the day, and there the bounds are
	// right again.
	if !i.end.IsZero() && !i.end.After(t) {
		i.end = t.Truncate(24 * time.Hour).Add(24 * time.Hour)
	}
}

// of returns the first instant, in UTC, at which a clock shows the wall time or a
// later one, and whether it shows just this time.
func (i *instants) of(wall time.Time) (at time.Time, shown bool) {
	for !i.end.IsZero() && !wall.Add(-i.offset).Before(i.end) {
		i.enter(i.end)
	}
	at = wall.Add(-i.offset)
	if at.Before(i.start) {
		return i.start.UTC(), false
	}
	return at, true
}

// leftOut reports whether the zone has no instant on the date of the wall time, as
// when the date line moves past a country: the date begins when the next one does.
func leftOut(wall time.Time, zone *time.Location) bool {
	day := wall.Truncate(24 * time.Hour)
	i := instantsFrom(day, zone)
	begin, _ := i.of(day)
	end, _ := i.of(day.Add(24 * time.Hour))
	return begin.Equal(end)
}

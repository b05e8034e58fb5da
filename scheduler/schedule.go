package scheduler

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// Firing is one nominal time of a schedule.
type Firing struct {
	Nominal time.Time // the instant at which it was meant, in UTC
	// Wall is the local time the schedule names, such as "2026-03-29T02:30". It
	// is the firing's identity: the same however often it is asked for, whatever
	// the clock and the zone do.
	Wall string
	// Now is when it is being done. It is set by [Scheduler.Run] alone.
	Now time.Time
}

// wallLayout is how Firing.Wall is written: the order of the texts is the order
// of the times.
const wallLayout = "2006-01-02T15:04"

// Schedule says at which wall times something falls due. Make it with [Parse];
// the zero Schedule has no firings.
type Schedule struct {
	days  cron.Schedule   // midnight of each date with firings
	times []time.Duration // since midnight, ascending
}

// Parse reads a schedule in cron's five fields, such as "30 17 * * 1-5", or one
// of cron's names for a schedule, such as "@daily". It refuses what has no wall
// times ("@every 5m"), what never comes (30 February), and a time zone inside the
// schedule, because there is one zone for all.
func Parse(spec string) (s Schedule, err error) {
	// The parser slices what it was given before it looks at it.
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%q: cannot be read as a schedule", spec)
		}
	}()
	if strings.Contains(spec, "TZ=") {
		return Schedule{}, errors.New("no time zone may stand in a schedule: set time_zone instead")
	}
	parsed, err := cron.ParseStandard(spec)
	if err != nil {
		return Schedule{}, fmt.Errorf("%q: %w", spec, err)
	}
	fields, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return Schedule{}, fmt.Errorf("%q: name the times of day, such as \"*/5 * * * *\"", spec)
	}
	for minute := range 24 * 60 {
		if fields.Hour>>(minute/60)&1 == 1 && fields.Minute>>(minute%60)&1 == 1 {
			s.times = append(s.times, time.Duration(minute)*time.Minute)
		}
	}
	days := *fields
	days.Hour, days.Minute = 1, 1 // bit 0: midnight
	s.days = &days
	// A leap year comes first, so 29 February is found.
	if days.Next(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return Schedule{}, fmt.Errorf("%q: never comes", spec)
	}
	return s, nil
}

// Between returns the firings after from and not after to, in order, as the
// clocks of the zone show them.
//
// A firing is at the first instant at which a clock shows its wall time or a later
// one. So a time that the clock leaves out, as in spring, is due when the clock
// goes on, and a time that comes twice, as in autumn, is due the first time only.
// Wall times that fall on the same instant in this way are one firing, the last of
// them. A date that a zone leaves out has no firings.
func (s Schedule) Between(from, to time.Time, zone *time.Location) iter.Seq[Firing] {
	return func(yield func(Firing) bool) {
		first := wallTime(from, zone)
		at := instantsFrom(first, zone)
		var held Firing // until it is known that no later wall time shares its instant
		for wall := range s.walls(first, wallTime(to, zone).Add(2*maxOffset)) {
			nominal, shown := at.of(wall)
			if nominal.After(to) {
				break
			}
			// In the second passage of an overlap, wall times come again that were due
			// in the first.
			if !nominal.After(from) || !shown && leftOut(wall, zone) {
				continue
			}
			if !held.Nominal.IsZero() && !held.Nominal.Equal(nominal) && !yield(held) {
				return
			}
			held = Firing{Nominal: nominal, Wall: wall.Format(wallLayout)}
		}
		if !held.Nominal.IsZero() {
			yield(held)
		}
	}
}

// walls returns the wall times of the schedule after first and not after last. Cron
// is asked for dates only, and as if they were in UTC: there its faults with clock
// changes (times left out, times repeated) cannot show.
func (s Schedule) walls(first, last time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		if s.days == nil {
			return
		}
		for day := first.Truncate(24 * time.Hour); !day.After(last); day = day.AddDate(0, 0, 1) {
			next := s.days.Next(day.Add(-time.Second))
			if next.IsZero() {
				// Cron gives up after five years. From 2096 to 2104 there is no leap year.
				day = day.AddDate(4, 0, 0)
				continue
			}
			day = next
			for _, t := range s.times {
				wall := day.Add(t)
				if wall.After(first) && !wall.After(last) && !yield(wall) {
					return
				}
			}
		}
	}
}

// newest returns the last n firings after from and not after to, oldest first. It
// looks back from to, so that it is quick however far away from is.
func (s Schedule) newest(n int, from, to time.Time, zone *time.Location) []Firing {
	const longest = 50 * 365 * 24 * time.Hour // four times this is still a Duration
	for span := 24 * time.Hour; ; span *= 4 {
		start := to.Add(-span)
		if span > longest || start.Before(from) {
			start = from
		}
		var found []Firing
		for f := range s.Between(start, to, zone) {
			found = append(found, f)
		}
		if len(found) >= n || start.Equal(from) {
			return found[max(0, len(found)-n):]
		}
	}
}

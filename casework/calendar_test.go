package casework_test

import (
	"testing"
	"time"

	"zoufang/casework"
)

// date is a day of the tests' calendar.
func date(year int, month time.Month, day int) casework.Date {
	return casework.Date{Year: year, Month: month, Day: day}
}

// zoneOf is a zone by its name.
func zoneOf(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// The days are those of the State Council's notices for 2017 and 2026.
func TestIsWorkday(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	l.add(
		casework.WorkdaySet{Workday: casework.Workday{On: date(2017, 4, 12), Note: "台风"}},
		casework.WorkdaySet{Workday: casework.Workday{On: date(2017, 4, 15), Work: true}},
		casework.WorkdaySet{Workday: casework.Workday{On: date(2017, 5, 1), Work: true}},
		casework.WorkdaySet{Workday: casework.Workday{On: date(2017, 9, 30)}},
	)
	span := func(y int, m time.Month, from, to int) (out []casework.Date) {
		for day := from; day <= to; day++ {
			out = append(out, date(y, m, day))
		}
		return out
	}
	l.view(func(r casework.Records) {
		for _, tt := range []struct {
			why  string
			days []casework.Date
			want bool
		}{
			{"a Thursday and a Friday", span(2017, 4, 20, 21), true},
			{"a weekend", span(2017, 4, 22, 23), false},
			{"New Year 2017", span(2017, 1, 1, 2), false},
			{"a Sunday worked before the Spring Festival", span(2017, 1, 22, 22), true},
			{"Spring Festival 2017", append(span(2017, 1, 27, 31), span(2017, 2, 1, 2)...), false},
			{"the Friday after, and the Saturday in exchange", span(2017, 2, 3, 4), true},
			{"a Saturday worked before Qingming", span(2017, 4, 1, 1), true},
			{"Qingming 2017", span(2017, 4, 2, 4), false},
			{"the day after", span(2017, 4, 5, 5), true},
			{"the weekend before Labour Day", span(2017, 4, 29, 30), false},
			{"a Saturday worked before the Dragon Boat", span(2017, 5, 27, 27), true},
			{"Dragon Boat 2017", span(2017, 5, 28, 30), false},
			{"National Day and Mid-Autumn 2017", span(2017, 10, 1, 8), false},
			{"the Monday after", span(2017, 10, 9, 9), true},
			{"a Sunday worked in 2026", span(2026, 1, 4, 4), true},
			{"Spring Festival 2026", span(2026, 2, 15, 23), false},
			{"the Saturdays in exchange", append(span(2026, 2, 14, 14), span(2026, 2, 28, 28)...), true},
			{"National Day 2026", span(2026, 10, 1, 7), false},
			{"its Sunday and Saturday in exchange", append(span(2026, 9, 20, 20), span(2026, 10, 10, 10)...), true},
			{"a Monday in a year not published", span(2041, 10, 7, 7), true},
			{"a Saturday in it", span(2041, 10, 5, 5), false},
			{"off by the office", span(2017, 4, 12, 12), false},
			{"a Saturday worked by the office", span(2017, 4, 15, 15), true},
			{"Labour Day worked by the office", span(2017, 5, 1, 1), true},
			{"a worked Saturday that is off by the office", span(2017, 9, 30, 30), false},
		} {
			for _, d := range tt.days {
				if got := casework.IsWorkday(r, d); got != tt.want {
					t.Errorf("%s: IsWorkday(%v) = %v, want %v", tt.why, d, got, tt.want)
				}
			}
		}
	})
}

// A day that is worked in exchange is a Saturday or Sunday, and no month has
// fewer than fifteen working days: a slip in the library's data would show.
func TestPublicHolidaysAreLikely(t *testing.T) {
	newLedger(t).view(func(r casework.Records) {
		for year := 2007; casework.HolidaysKnown(year); year++ {
			days, inMonth := 0, map[time.Month]int{}
			for d := date(year, 1, 1); d.Year == year; d = d.AddDays(1) {
				if casework.IsWorkday(r, d) {
					days++
					inMonth[d.Month]++
				}
			}
			if days < 245 || days > 253 {
				t.Errorf("%d has %d working days, want 245 to 253", year, days)
			}
			for m, n := range inMonth {
				if n < 15 {
					t.Errorf("%d-%02d has %d working days, want at least 15", year, m, n)
				}
			}
		}
	})
}

func TestHolidaysKnown(t *testing.T) {
	for _, tt := range []struct {
		year int
		want bool
	}{{1999, false}, {2001, false}, {2002, true}, {2017, true}, {2026, true}, {2041, false}} {
		if got := casework.HolidaysKnown(tt.year); got != tt.want {
			t.Errorf("HolidaysKnown(%d) = %v, want %v", tt.year, got, tt.want)
		}
	}
}

func TestWorkdayFromAndAddWorkdays(t *testing.T) {
	newLedger(t).view(func(r casework.Records) {
		for _, tt := range []struct{ from, same, first, third casework.Date }{
			{april(20), april(20), april(21), april(25)},
			{april(22), april(24), april(24), april(26)},
			{april(1), april(1), april(5), april(7)},
			{april(2), april(5), april(5), april(7)},
			{april(28), april(28), date(2017, 5, 2), date(2017, 5, 4)},
			{date(2017, 9, 30), date(2017, 9, 30), date(2017, 10, 9), date(2017, 10, 11)},
			{date(2017, 10, 1), date(2017, 10, 9), date(2017, 10, 9), date(2017, 10, 11)},
		} {
			if got := casework.WorkdayFrom(r, tt.from); got != tt.same {
				t.Errorf("WorkdayFrom(%v) = %v, want %v", tt.from, got, tt.same)
			}
			if got := casework.AddWorkdays(r, tt.from, 1); got != tt.first {
				t.Errorf("AddWorkdays(%v, 1) = %v, want %v", tt.from, got, tt.first)
			}
			if got := casework.AddWorkdays(r, tt.from, 3); got != tt.third {
				t.Errorf("AddWorkdays(%v, 3) = %v, want %v", tt.from, got, tt.third)
			}
		}
	})
}

func TestWorkingTime(t *testing.T) {
	shanghai, amman := zoneOf(t, "Asia/Shanghai"), zoneOf(t, "Asia/Amman")
	newLedger(t, smallCampaign()...).view(func(r casework.Records) {
		for _, tt := range []struct {
			why      string
			zone     *time.Location
			from, to string
			want     time.Duration
		}{
			{"within a day", shanghai, "2017-04-20 09:00", "2017-04-20 11:30", 150 * time.Minute},
			{"before the day begins", shanghai, "2017-04-20 06:00", "2017-04-20 08:30", 0},
			{"after it ends", shanghai, "2017-04-20 17:30", "2017-04-20 23:00", 0},
			{"the whole day", shanghai, "2017-04-20 00:00", "2017-04-20 23:59", 9 * time.Hour},
			{"over a night", shanghai, "2017-04-20 17:00", "2017-04-21 09:00", time.Hour},
			{"over a weekend", shanghai, "2017-04-21 17:00", "2017-04-24 09:00", time.Hour},
			{"over Labour Day", shanghai, "2017-04-28 17:00", "2017-05-02 09:00", time.Hour},
			{"over a worked Saturday", shanghai, "2017-03-31 17:00", "2017-04-05 09:00", 10 * time.Hour},
			{"a working week", shanghai, "2017-04-17 00:00", "2017-04-24 00:00", 45 * time.Hour},
			{"no time", shanghai, "2017-04-20 10:00", "2017-04-20 10:00", 0},
			{"backwards", shanghai, "2017-04-20 11:00", "2017-04-20 10:00", 0},
			{"backwards by days", shanghai, "2017-04-21 11:00", "2017-04-18 10:00", 0},
			{"a day that lost an hour", amman, "2017-03-31 08:30", "2017-03-31 17:30", 9 * time.Hour},
			{"its early morning", amman, "2017-03-31 01:30", "2017-03-31 09:30", time.Hour},
		} {
			from, err := time.ParseInLocation("2006-01-02 15:04", tt.from, tt.zone)
			if err != nil {
				t.Fatal(err)
			}
			to, err := time.ParseInLocation("2006-01-02 15:04", tt.to, tt.zone)
			if err != nil {
				t.Fatal(err)
			}
			if got := casework.WorkingTime(r, tt.zone, from.UTC(), to.UTC()); got != tt.want {
				t.Errorf("%s: WorkingTime(%s, %s) = %v, want %v", tt.why, tt.from, tt.to, got, tt.want)
			}
		}
	})
}

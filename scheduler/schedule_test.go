package scheduler_test

import (
	_ "embed"
	"fmt"
	"iter"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"zoufang/scheduler"
)

//go:embed testdata/zones.txt
var zones string

const minute = "2006-01-02T15:04"

func load(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func parse(t *testing.T, spec string) scheduler.Schedule {
	t.Helper()
	s, err := scheduler.Parse(spec)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// lines writes firings as "wall = nominal".
func lines(firings iter.Seq[scheduler.Firing]) []string {
	var l []string
	for f := range firings {
		l = append(l, f.Wall+" = "+f.Nominal.Format(time.RFC3339))
	}
	return l
}

// TestEveryZoneHasOneFiringADate goes through all zones and the years 2020 to 2040.
// Zones whose clocks do the same in these years are gone through once.
func TestEveryZoneHasOneFiringADate(t *testing.T) {
	names := strings.Fields(zones)
	if len(names) < 500 {
		t.Fatalf("%d zones, want all of them", len(names))
	}
	kinds := map[string]*time.Location{}
	for _, name := range names {
		zone := load(t, name)
		kinds[changes(zone)] = zone
	}
	if len(kinds) < 50 {
		t.Fatalf("%d kinds of zones, want at least 50", len(kinds))
	}
	var all sync.WaitGroup
	for _, zone := range kinds {
		all.Go(func() {
			for _, clock := range []string{"08:00", "17:30", "02:30", "00:00", "23:59"} {
				if fault := oneADate(zone, clock); fault != "" {
					t.Errorf("%v at %s: %s", zone, clock, fault)
				}
			}
		})
	}
	all.Wait()
}

// changes writes down when the clocks of a zone change, and to what.
func changes(zone *time.Location) string {
	var l strings.Builder
	const step = 12 * 3600
	offset := 0
	at := func(unix int64) int {
		_, offset := time.Unix(unix, 0).In(zone).Zone()
		return offset
	}
	from, to := time.Date(2019, 12, 1, 0, 0, 0, 0, time.UTC), time.Date(2041, 2, 1, 0, 0, 0, 0, time.UTC)
	for unix := from.Unix(); unix < to.Unix(); unix += step {
		if at(unix) == offset {
			continue
		}
		offset = at(unix)
		first := sort.Search(step, func(i int) bool { return at(unix-step+int64(i)) == offset })
		fmt.Fprintln(&l, unix-step+int64(first), offset)
	}
	return l.String()
}

// oneADate says what is wrong with the firings of a daily schedule.
func oneADate(zone *time.Location, clock string) string {
	var h, m int
	if _, err := fmt.Sscanf(clock, "%d:%d", &h, &m); err != nil {
		return err.Error()
	}
	s, err := scheduler.Parse(fmt.Sprintf("%d %d * * *", m, h))
	if err != nil {
		return err.Error()
	}
	wall := time.Date(2020, 1, 1, h, m, 0, 0, time.UTC)
	from := time.Date(2020, 1, 1, 0, 0, 0, 0, zone).Add(-time.Second)
	to := time.Date(2041, 1, 1, 0, 0, 0, 0, zone).Add(-time.Second)
	// The last minute of 2040 is within, however a zone ends the year.
	for f := range s.Between(from, to, zone) {
		if want := wall.Format(minute); f.Wall != want {
			return fmt.Sprintf("firing of %s, want %s", f.Wall, want)
		}
		if fault := misplaced(f.Nominal, wall, zone); fault != "" {
			return fault
		}
		wall = wall.AddDate(0, 0, 1)
	}
	if wall.Year() != 2041 {
		return "no firing of " + wall.Format(minute)
	}
	return ""
}

// shown is what a clock in the zone shows, as if it were UTC.
func shown(t time.Time, zone *time.Location) time.Time {
	_, offset := t.In(zone).Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// misplaced says what is wrong with an instant taken for a wall time. It asks the
// clock only, around the instant.
func misplaced(nominal, wall time.Time, zone *time.Location) string {
	at, before := shown(nominal, zone), shown(nominal.Add(-time.Nanosecond), zone)
	if at.Before(wall) || !before.Before(wall) {
		return fmt.Sprintf("%v for %s: the clock goes from %v to %v", nominal, wall.Format(minute), before, at)
	}
	if day := shown(nominal.Add(-24*time.Hour), zone); day.Add(24 * time.Hour).Equal(at) {
		return "" // no change of the clock in the day before
	}
	for back := 15 * time.Minute; back < 24*time.Hour; back += 15 * time.Minute {
		if !shown(nominal.Add(-back), zone).Before(wall) {
			return fmt.Sprintf("%v for %s: a clock showed it %v before", nominal, wall.Format(minute), back)
		}
	}
	return ""
}

func TestClockChanges(t *testing.T) {
	for _, tt := range []struct {
		name, zone, spec, from, to string
		want                       []string
	}{
		{"gap", "Europe/Berlin", "30 2 * * *", "2026-03-28T00:00:00Z", "2026-03-30T23:00:00Z", []string{
			"2026-03-28T02:30 = 2026-03-28T01:30:00Z",
			"2026-03-29T02:30 = 2026-03-29T01:00:00Z",
			"2026-03-30T02:30 = 2026-03-30T00:30:00Z",
		}},
		{"overlap", "Europe/Berlin", "30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", []string{
			"2026-10-25T02:30 = 2026-10-25T00:30:00Z",
			"2026-10-26T02:30 = 2026-10-26T01:30:00Z",
		}},
		{"asked in the second passage", "Europe/Berlin", "30 2 * * *", "2026-10-25T01:10:00Z", "2026-10-26T00:00:00Z", nil},
		{"hourly over a gap", "Europe/Berlin", "0 * * * *", "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z", []string{
			"2026-03-29T03:00 = 2026-03-29T01:00:00Z",
			"2026-03-29T04:00 = 2026-03-29T02:00:00Z",
		}},
		{"two times in a gap", "Europe/Berlin", "10,50 2 * * *", "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z", []string{
			"2026-03-29T02:50 = 2026-03-29T01:00:00Z",
		}},
		{"hourly over an overlap", "Europe/Berlin", "0 * * * *", "2026-10-24T23:00:00Z", "2026-10-25T02:00:00Z", []string{
			"2026-10-25T02:00 = 2026-10-25T00:00:00Z",
			"2026-10-25T03:00 = 2026-10-25T02:00:00Z",
		}},
		{"no midnight", "Africa/Cairo", "0 0 * * *", "2026-04-23T12:00:00Z", "2026-04-25T12:00:00Z", []string{
			"2026-04-24T00:00 = 2026-04-23T22:00:00Z",
			"2026-04-25T00:00 = 2026-04-24T21:00:00Z",
		}},
		{"last hour of the day twice", "Africa/Cairo", "30 23 * * *", "2026-10-29T12:00:00Z", "2026-10-30T22:00:00Z", []string{
			"2026-10-29T23:30 = 2026-10-29T20:30:00Z",
			"2026-10-30T23:30 = 2026-10-30T21:30:00Z",
		}},
		{"no midnight", "Asia/Beirut", "0 0 * * *", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", []string{
			"2026-03-29T00:00 = 2026-03-28T22:00:00Z",
			"2026-03-30T00:00 = 2026-03-29T21:00:00Z",
		}},
		{"gap of half an hour", "Australia/Lord_Howe", "15 2 * * *", "2026-10-02T16:00:00Z", "2026-10-04T16:00:00Z", []string{
			"2026-10-04T02:15 = 2026-10-03T15:30:00Z",
			"2026-10-05T02:15 = 2026-10-04T15:15:00Z",
		}},
		{"overlap of half an hour", "Australia/Lord_Howe", "45 1 * * *", "2026-04-04T00:00:00Z", "2026-04-06T00:00:00Z", []string{
			"2026-04-05T01:45 = 2026-04-04T14:45:00Z",
			"2026-04-06T01:45 = 2026-04-05T15:15:00Z",
		}},
		{"a date left out", "Pacific/Apia", "0 8 * * *", "2011-12-29T12:00:00Z", "2012-01-01T12:00:00Z", []string{
			"2011-12-29T08:00 = 2011-12-29T18:00:00Z",
			"2011-12-31T08:00 = 2011-12-30T18:00:00Z",
			"2012-01-01T08:00 = 2011-12-31T18:00:00Z",
		}},
		{"a date left out at midnight", "Pacific/Apia", "0 0 * * *", "2011-12-29T00:00:00Z", "2011-12-31T12:00:00Z", []string{
			"2011-12-29T00:00 = 2011-12-29T10:00:00Z",
			"2011-12-31T00:00 = 2011-12-30T10:00:00Z",
			"2012-01-01T00:00 = 2011-12-31T10:00:00Z",
		}},
		{"a date left out", "Pacific/Kwajalein", "30 17 * * *", "1993-08-20T12:00:00Z", "1993-08-23T00:00:00Z", []string{
			"1993-08-20T17:30 = 1993-08-21T05:30:00Z",
			"1993-08-22T17:30 = 1993-08-22T05:30:00Z",
		}},
		{"a date that comes twice", "America/Juneau", "0 12 * * *", "1867-10-17T00:00:00Z", "1867-10-21T00:00:00Z", []string{
			"1867-10-18T12:00 = 1867-10-17T20:57:41Z",
			"1867-10-19T12:00 = 1867-10-18T20:57:41Z",
			"1867-10-20T12:00 = 1867-10-20T20:57:41Z",
		}},
		{"leap days with none in eight years", "UTC", "0 0 29 2 *", "2092-01-01T00:00:00Z", "2105-01-01T00:00:00Z", []string{
			"2092-02-29T00:00 = 2092-02-29T00:00:00Z",
			"2096-02-29T00:00 = 2096-02-29T00:00:00Z",
			"2104-02-29T00:00 = 2104-02-29T00:00:00Z",
		}},
		{"an empty time", "UTC", "* * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", nil},
		{"backwards", "UTC", "* * * * *", "2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", nil},
	} {
		t.Run(tt.zone+" "+tt.name, func(t *testing.T) {
			from, to := instant(t, tt.from), instant(t, tt.to)
			got := lines(parse(t, tt.spec).Between(from, to, load(t, tt.zone)))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Between(%s, %s) of %q (-want +got):\n%s", tt.from, tt.to, tt.spec, diff)
			}
		})
	}
}

// TestFiringsDoNotDependOnWhenTheyAreAskedFor asks for two days minute by minute.
func TestFiringsDoNotDependOnWhenTheyAreAskedFor(t *testing.T) {
	for _, tt := range []struct{ zone, from string }{
		{"Europe/Berlin", "2026-03-28T00:00:30Z"},
		{"Europe/Berlin", "2026-10-24T00:00:00Z"},
		{"Australia/Lord_Howe", "2026-04-04T00:00:00Z"},
		{"America/Nuuk", "2026-03-28T00:00:00Z"},
		{"Pacific/Apia", "2011-12-29T12:00:00Z"},
	} {
		zone, from := load(t, tt.zone), instant(t, tt.from)
		to := from.Add(48 * time.Hour)
		for _, spec := range []string{"*/20 * * * *", "30 2 * * *", "59 23 * * *"} {
			s := parse(t, spec)
			var got []string
			for at := from; at.Before(to); at = at.Add(time.Minute) {
				got = append(got, lines(s.Between(at, at.Add(time.Minute), zone))...)
			}
			if diff := cmp.Diff(lines(s.Between(from, to, zone)), got); diff != "" {
				t.Errorf("%q in %s from %s, at once and by the minute (-at once +by the minute):\n%s", spec, tt.zone, tt.from, diff)
			}
		}
	}
}

func TestBetweenCanBeLeft(t *testing.T) {
	from := instant(t, "2026-01-01T00:00:00Z")
	for f := range parse(t, "* * * * *").Between(from, from.Add(time.Hour), time.UTC) {
		if want := "2026-01-01T00:01"; f.Wall != want {
			t.Errorf("first firing %s, want %s", f.Wall, want)
		}
		break
	}
	var none scheduler.Schedule
	if got := slices.Collect(none.Between(from, from.Add(time.Hour), time.UTC)); got != nil {
		t.Errorf("Between of the zero Schedule = %v, want none", got)
	}
}

func TestSchedulesThatCannotBeRead(t *testing.T) {
	for _, tt := range []struct{ spec, want string }{
		{"61 3 * * *", "above maximum"},
		{"TZ=UTC", "time_zone"},
		{"CRON_TZ=Asia/Tokyo 0 8 * * *", "time_zone"},
		{"", "empty spec"},
		{"0 8 * *", "expected exactly 5 fields"},
		{"@every 5m", "times of day"},
		{"0 8 30 2 *", "never comes"},
	} {
		if _, err := scheduler.Parse(tt.spec); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Parse(%q) = %v, want an error with %q", tt.spec, err, tt.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, spec := range []string{"30 3 * * *", "*/5 8-17 1,15 * 1-5", "@daily", "TZ=", "0 0 29 2 *", "* * 31 4,6 *", "1-9/ * ? JAN sun"} {
		f.Add(spec)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		s, err := scheduler.Parse(spec)
		if err != nil {
			return
		}
		from := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
		for fired := range s.Between(from, from.AddDate(9, 0, 0), time.UTC) {
			if fired.Wall != fired.Nominal.Format(minute) {
				t.Errorf("%q at %v has the wall time %s", spec, fired.Nominal, fired.Wall)
			}
			return
		}
		t.Errorf("Parse(%q) took a schedule with no firing in nine years", spec)
	})
}

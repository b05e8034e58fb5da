package casework_test

import (
	"testing"

	"zoufang/casework"
)

func TestDueOf(t *testing.T) {
	next := casework.Contact{On: april(20), Way: casework.ByCall, Why: casework.WhyRhythm}
	until := func(d casework.Date) *casework.Pause { return &casework.Pause{Until: d} }
	for _, tt := range []struct {
		why    string
		next   casework.Contact
		status casework.TargetStatus
		pause  *casework.Pause
		today  casework.Date
		want   casework.DueState
		late   int
	}{
		{"long before", next, casework.Active, nil, april(1), casework.Later, 0},
		{"three days before", next, casework.Active, nil, april(17), casework.Later, 0},
		{"two days before", next, casework.Active, nil, april(18), casework.Soon, 0},
		{"the day before", next, casework.Active, nil, april(19), casework.Soon, 0},
		{"on the day", next, casework.Active, nil, april(20), casework.DueToday, 0},
		{"the day after", next, casework.Active, nil, april(21), casework.Overdue, 1},
		{"over the end of the month", next, casework.Active, nil, date(2017, 5, 2), casework.Overdue, 12},
		{"away, and still visited", next, casework.MovedAway, nil, april(20), casework.DueToday, 0},
		{"nothing booked", casework.Contact{}, casework.Active, nil, april(21), casework.Silent, 0},
		{"off the roster", next, casework.Removed, nil, april(21), casework.Silent, 0},
		{"stopped", next, casework.Active, until(casework.Date{}), april(21), casework.Silent, 0},
		{"paused", next, casework.Active, until(april(22)), april(21), casework.Silent, 0},
		{"the pause ends today", next, casework.Active, until(april(21)), april(21), casework.Overdue, 1},
		{"the pause has ended", next, casework.Active, until(april(20)), april(22), casework.Overdue, 2},
	} {
		x := casework.Target{Status: tt.status, History: casework.History{Next: tt.next, Pause: tt.pause}}
		got := casework.DueOf(x, tt.today)
		if got.State != tt.want || got.Late != tt.late {
			t.Errorf("%s: DueOf on %v = %s, %d late, want %s, %d", tt.why, tt.today, got.State, got.Late, tt.want, tt.late)
		}
		if pressing := tt.want == casework.DueToday || tt.want == casework.Overdue; got.Pressing() != pressing {
			t.Errorf("%s: Pressing = %v, want %v", tt.why, got.Pressing(), pressing)
		}
		want := tt.next
		if tt.want == casework.Silent {
			want = casework.Contact{}
		}
		if got.Contact != want {
			t.Errorf("%s: DueOf speaks of %+v, want %+v", tt.why, got.Contact, want)
		}
	}
}

package form_test

import (
	"testing"
	"time"

	"zoufang/form"
)

func date(tb testing.TB, text string) form.Date {
	tb.Helper()
	var d form.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		tb.Fatal(err)
	}
	return d
}

func TestDateText(t *testing.T) {
	for _, text := range []string{"", "2017-04-05", "2016-02-29", "0001-01-01", "9999-12-31"} {
		got, err := date(t, text).MarshalText()
		if err != nil || string(got) != text {
			t.Errorf("MarshalText of %q = %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"2017-4-5", "2017-02-29", "2017-13-01", "0000-01-01", "05-04-2017", " 2017-04-05", "今天"} {
		var d form.Date
		if err := d.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("UnmarshalText(%q) = %v, want an error", text, d)
		}
	}
}

func TestDateArithmetic(t *testing.T) {
	for _, tt := range []struct {
		from string
		days int
		want string
	}{
		{"2017-04-05", 0, "2017-04-05"},
		{"2017-04-30", 1, "2017-05-01"},
		{"2017-12-31", 1, "2018-01-01"},
		{"2016-02-28", 1, "2016-02-29"},
		{"2017-02-28", 1, "2017-03-01"},
		{"2000-02-28", 1, "2000-02-29"},
		{"1900-02-28", 1, "1900-03-01"},
		{"2016-03-01", -1, "2016-02-29"},
		{"2016-01-01", 366, "2017-01-01"},
		{"2017-04-05", -36254, "1918-01-01"},
		{"1600-01-01", 152482, "2017-06-25"},
	} {
		from, want := date(t, tt.from), date(t, tt.want)
		if got := from.AddDays(tt.days); got != want {
			t.Errorf("%v.AddDays(%d) = %v, want %v", from, tt.days, got, want)
		}
		if got := want.DaysSince(from); got != tt.days {
			t.Errorf("%v.DaysSince(%v) = %d, want %d", want, from, got, tt.days)
		}
	}
}

func TestDateOrder(t *testing.T) {
	days := []form.Date{{}, date(t, "2016-12-31"), date(t, "2017-01-01"), date(t, "2017-04-05"), date(t, "2017-05-04")}
	for i, a := range days {
		for j, b := range days {
			if a.Before(b) != (i < j) || a.After(b) != (i > j) || (a.Compare(b) == 0) != (i == j) {
				t.Errorf("%v and %v: Before %v, After %v, Compare %d", a, b, a.Before(b), a.After(b), a.Compare(b))
			}
		}
	}
	if !days[0].IsZero() || days[1].IsZero() {
		t.Error("IsZero is wrong")
	}
}

func TestDateInZone(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	late := time.Date(2017, 4, 4, 16, 30, 0, 0, time.UTC)
	if got := form.DateOf(late, shanghai); got != today {
		t.Errorf("DateOf(%v, Shanghai) = %v, want %v", late, got, today)
	}
	if got := today.Weekday(); got != time.Wednesday {
		t.Errorf("%v.Weekday() = %v", today, got)
	}
	want := time.Date(2017, 4, 4, 16, 0, 0, 0, time.UTC)
	if got := today.In(shanghai); !got.Equal(want) {
		t.Errorf("%v.In(Shanghai) = %v, want %v", today, got, want)
	}
}

// In some zones the clocks skip midnight; the day still begins on that day.
func TestDateInZoneThatSkipsMidnight(t *testing.T) {
	for zone, day := range map[string]string{
		"America/Sao_Paulo": "2017-10-15", "Asia/Beirut": "2017-03-26", "America/Havana": "2017-03-12", "Asia/Shanghai": "1940-06-01",
	} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		d := date(t, day)
		if got := form.DateOf(d.In(loc), loc); got != d {
			t.Errorf("%s: %v begins on %v", zone, d, got)
		}
	}
}

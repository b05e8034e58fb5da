package sample_test

import (
	"testing"
	"unicode/utf8"

	"zoufang/casework"
	"zoufang/form"
	"zoufang/sample"
)

func TestOfficeHasWorked(t *testing.T) {
	s, r := makeSet(t, sample.Options{})
	met, diaries := 0, 0
	for v := range r.AllVisits() {
		if v.Outcome == casework.Met {
			met++
		}
		if v.Diary == nil {
			continue
		}
		diaries++
		if n := utf8.RuneCountInString(v.Diary.Text); n < 20 || n > 1000 || form.FindPrivate(v.Diary.Text) != "" || v.Diary.By != v.Reporter() {
			t.Errorf("the diary of %s by %d is %q", v.Code, v.Diary.By, v.Diary.Text)
		}
	}
	if diaries < met/4 || diaries > met/2 {
		t.Errorf("%d of %d visits have a diary, want about a third", diaries, met)
	}
	rounds := r.Rounds()
	planned, visited := 0, 0
	for _, line := range casework.PlanProgress(r, rounds[len(rounds)-1].ID) {
		planned += line.Planned
		visited += line.Visited
	}
	if planned < 185 || visited == 0 || visited == planned {
		t.Errorf("%d of %d planned targets are visited", visited, planned)
	}
	for _, a := range r.Announcements(9) {
		if unread := len(casework.Unread(a)); unread == 0 || len(a.Read) <= unread {
			t.Errorf("%d read the announcement, and %d do not", len(a.Read), unread)
		}
	}
	exports := r.Exports(9)
	if len(r.Announcements(9)) != 2 || len(exports) != 3 || exports[0].Code != "DC-2017-0003" || exports[0].Status != casework.ExportDone {
		t.Errorf("%d announcements and the exports %+v", len(r.Announcements(9)), exports)
	}
	if x := exports[0]; x.Rows != 33 || x.Day.String() != "2017-08-31" || x.By != s.Office {
		t.Errorf("the newest export is %+v", x)
	}
}

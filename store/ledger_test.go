package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"zoufang/casework"
	"zoufang/dialog"
)

func TestRebuildGivesTheSameBytes(t *testing.T) {
	s := fresh(t)
	apply(t, s, office("import/1", roster()...), said(1, 11, "one"), said(2, 12, "two"))
	want := digest(t, s)
	if err := s.Rebuild(); err != nil {
		t.Fatalf("Rebuild() = %v", err)
	}
	if diff := compare(want, digest(t, s)); diff != "" {
		t.Errorf("after Rebuild (-want +got):\n%s", diff)
	}
	apply(t, s, said(3, 12, "three"))
	if diff := compare([]string{"one", "two", "three"}, titles(t, s)); diff != "" {
		t.Errorf("rounds (-want +got):\n%s", diff)
	}
}

func TestRebuildIsAllOrNothing(t *testing.T) {
	f := &failAt{err: errors.New("out of order")}
	s := opened(t, filepath.Join(t.TempDir(), "campaign.db"), f.fault)
	apply(t, s, said(1, 11, "one"), said(2, 12, "two"))
	before := digest(t, s)
	for n := 1; ; n++ {
		f.n, f.armed, f.hit = n, true, ""
		err := s.Rebuild()
		f.armed = false
		if diff := compare(before, digest(t, s)); diff != "" {
			t.Errorf("step %d (%s) (-want +got):\n%s", n, f.hit, diff)
		}
		if f.hit == "" {
			if err != nil || n < 20 {
				t.Errorf("step %d: Rebuild() = %v", n, err)
			}
			return
		}
		if err == nil {
			t.Errorf("step %d (%s) failed: Rebuild() = nil, want an error", n, f.hit)
		}
	}
}

func TestEachEvent(t *testing.T) {
	s := fresh(t)
	var facts []casework.Fact
	for i := range 2345 {
		facts = append(facts, casework.RoundOpened{Round: casework.Round{ID: 1, No: i + 1, Title: fmt.Sprint(i)}})
	}
	apply(t, s, office("import/1", facts...))
	next := uint64(7)
	err := s.EachEvent(7, func(e casework.Event) error {
		switch {
		case e.Seq != next:
			t.Fatalf("event %d, want %d", e.Seq, next)
		case next == 1500:
			apply(t, s, said(1, 11, "meanwhile")) // no transaction is open
		case next <= 2345 && (e.Fact != facts[next-1] || e.Cause != "import/1" || !e.ReachedAt.Equal(begin)):
			t.Errorf("event %d = %v, want %v", next, e, facts[next-1])
		}
		next++
		return nil
	})
	if err != nil || next != 2345+2 {
		t.Errorf("EachEvent(7) = %v, ended before %d, want %d", err, next, 2345+2)
	}
	stop := errors.New("stop")
	if err := s.EachEvent(0, func(casework.Event) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("EachEvent() = %v, want %v", err, stop)
	}
}

func TestViewReturnsTheErrorOfItsReader(t *testing.T) {
	s := fresh(t)
	stop := errors.New("stop")
	if err := s.View(func(dialog.View) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("View() = %v, want %v", err, stop)
	}
}

package store_test

import (
	"sync"
	"testing"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/store"
)

// TestReadersSeeWholeBatches reads while batches are applied and letters are
// delivered: each reading sees whole batches of ten.
func TestReadersSeeWholeBatches(t *testing.T) {
	s := fresh(t)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(stop)
		for b := range 30 {
			var batch []dialog.Input
			for i := range 10 {
				batch = append(batch, said(10*b+i, 11, "x"))
			}
			if _, err := s.Apply(batch, diary{}); err != nil {
				t.Errorf("Apply() = %v", err)
			}
		}
	})
	wg.Go(func() {
		if last := deliver(t, s, stop); last != 300 {
			t.Errorf("the last letter was %d, want 300", last)
		}
	})
	for !closed(stop) {
		var rounds int
		viewed(t, s, func(v dialog.View) { rounds = len(v.Rounds()) })
		if rounds%10 != 0 {
			t.Errorf("%d rounds seen, want whole batches", rounds)
		}
	}
	wg.Wait()
	events := 0
	if err := s.EachEvent(1, func(casework.Event) error { events++; return nil }); err != nil || events != 300 {
		t.Errorf("EachEvent() = %v after %d events, want 300", err, events)
	}
}

// deliver empties the outbox until nothing more can come, and returns the last
// letter.
func deliver(t *testing.T, s *store.Store, stop <-chan struct{}) (last dialog.LetterID) {
	t.Helper()
	for {
		stopped := closed(stop)
		letters, err := s.Pending(last, 100)
		if err != nil || len(letters)%10 != 0 {
			t.Errorf("Pending(%d) = %d letters, %v, want whole batches", last, len(letters), err)
		}
		var receipts []dialog.Receipt
		for _, l := range letters {
			receipts = append(receipts, dialog.Receipt{Letter: l.ID, Card: l.Card, Message: 1})
			last = l.ID
		}
		if err := s.Settle(receipts); err != nil {
			t.Errorf("Settle() = %v", err)
		}
		if stopped && len(letters) == 0 {
			return last
		}
	}
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

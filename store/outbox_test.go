package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"zoufang/dialog"
	"zoufang/store"
)

// letters is a bot that says what it is given.
type letters []dialog.Letter

func (l letters) Turn(dialog.View, dialog.Session, dialog.Input) dialog.Outcome {
	return dialog.Outcome{Letters: l}
}

func (l letters) Sorry(dialog.View, dialog.Session, dialog.Input) dialog.Outcome {
	return dialog.Outcome{}
}

func show(card dialog.CardID, text string, edit bool) dialog.Letter {
	return dialog.Letter{Kind: dialog.Show, Chat: 11, Card: card, Text: text, Edit: edit}
}

// say puts the letters into the outbox by one input.
func say(t *testing.T, s *store.Store, n int, l ...dialog.Letter) {
	t.Helper()
	if _, err := s.Apply([]dialog.Input{said(n, 11, "x")}, letters(l)); err != nil {
		t.Fatalf("Apply() = %v", err)
	}
}

// pending describes the letters after the number.
func pending(t *testing.T, s *store.Store, after dialog.LetterID) []string {
	t.Helper()
	got, err := s.Pending(after, 100)
	if err != nil {
		t.Fatalf("Pending() = %v", err)
	}
	var out []string
	for _, l := range got {
		out = append(out, fmt.Sprintf("%d %s edit=%t bulk=%t", l.ID, l.Text, l.Edit, l.Bulk))
	}
	return out
}

func TestNewerFaceTakesThePlaceOfOlder(t *testing.T) {
	s := fresh(t)
	bulk := show(8, "digest", true)
	bulk.Bulk = true
	unbutton := dialog.Letter{Kind: dialog.Unbutton, Chat: 11, Card: 7, Text: "unbutton"}
	say(t, s, 1, show(7, "a", false), show(0, "plain", false), unbutton)
	say(t, s, 2, show(7, "b", true), show(8, "urgent", true), show(0, "plain too", false))
	say(t, s, 3, show(7, "c", true), bulk)
	want := []string{
		"2 plain edit=false bulk=false", "3 unbutton edit=false bulk=false", "6 plain too edit=false bulk=false",
		"7 c edit=false bulk=false", "8 digest edit=true bulk=false",
	}
	if diff := compare(want, pending(t, s, 0)); diff != "" {
		t.Errorf("all (-want +got):\n%s", diff)
	}
	// Whoever has taken letter 1 already sends it as a new message: the
	// latest face changes that one.
	want = []string{
		"2 plain edit=false bulk=false", "3 unbutton edit=false bulk=false", "6 plain too edit=false bulk=false",
		"7 c edit=true bulk=false", "8 digest edit=true bulk=false",
	}
	if diff := compare(want, pending(t, s, 1)); diff != "" {
		t.Errorf("after 1 (-want +got):\n%s", diff)
	}
	if got, err := s.Pending(0, 2); err != nil || len(got) != 2 {
		t.Errorf("Pending(0, 2) = %v, %v, want two", got, err)
	}
}

func TestSettle(t *testing.T) {
	s := fresh(t)
	say(t, s, 1, show(7, "a", false), show(7, "b", false), show(0, "plain", false))
	say(t, s, 2, show(7, "c", true), show(9, "other", false))
	if _, ok, err := s.Posted(7); ok || err != nil {
		t.Errorf("Posted(7) = %v, %v, want false", ok, err)
	}
	// Letter 2 was taken before 4 was written; 3 is done with, 77 is unknown.
	receipts := []dialog.Receipt{{Letter: 2, Card: 7, Message: 501}, {Letter: 3}, {Letter: 77, Card: 10, Message: 9}}
	for range 2 {
		if err := s.Settle(receipts); err != nil {
			t.Fatalf("Settle() = %v", err)
		}
		if diff := compare([]string{"4 c edit=true bulk=false", "5 other edit=false bulk=false"}, pending(t, s, 0)); diff != "" {
			t.Errorf("after settling (-want +got):\n%s", diff)
		}
	}
	for card, want := range map[dialog.CardID]dialog.MessageID{7: 501, 10: 9} {
		if got, ok, err := s.Posted(card); got != want || !ok || err != nil {
			t.Errorf("Posted(%d) = %d, %v, %v, want %d", card, got, ok, err, want)
		}
	}
	if got := counts(t, s)["outbox"]; got != 2 {
		t.Errorf("rows in the outbox = %d, want 2: what was superseded goes too", got)
	}
}

// TestOutboxOverManyPages reads more letters than a page has.
func TestOutboxOverManyPages(t *testing.T) {
	s := fresh(t)
	var many []dialog.Letter
	for i := range 700 {
		many = append(many, show(dialog.CardID(i%350+1), fmt.Sprint(i), false))
	}
	say(t, s, 1, many...)
	got, err := s.Pending(0, 1000)
	if err != nil || len(got) != 350 || got[0].ID != 351 || got[349].ID != 700 {
		t.Errorf("Pending() = %d letters, %v, want 350: 351 to 700", len(got), err)
	}
}

// TestSettleIsAllOrNothing makes each step at the engine fail in turn.
func TestSettleIsAllOrNothing(t *testing.T) {
	f := &failAt{err: errors.New("out of order")}
	s := opened(t, filepath.Join(t.TempDir(), "campaign.db"), f.fault)
	say(t, s, 1, show(7, "a", false), show(7, "b", false), show(0, "plain", false))
	before := digest(t, s)
	for n := 1; ; n++ {
		f.n, f.armed, f.hit = n, true, ""
		err := s.Settle([]dialog.Receipt{{Letter: 2, Card: 7, Message: 501}, {Letter: 3}})
		f.armed = false
		if f.hit == "" {
			if err != nil || n < 10 {
				t.Errorf("step %d: Settle() = %v", n, err)
			}
			return
		}
		if err == nil {
			t.Fatalf("step %d (%s) failed: Settle() = nil, want an error", n, f.hit)
		}
		if diff := compare(before, digest(t, s)); diff != "" {
			t.Errorf("step %d (%s) failed and something stayed (-want +got):\n%s", n, f.hit, diff)
		}
	}
}

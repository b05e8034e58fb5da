package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"zoufang/dialog"
	"zoufang/store"
)

const days = 24 * time.Hour

func TestSweepKeepsWhatIsYoung(t *testing.T) {
	s := fresh(t)
	stranger, known := said(1, 21, "hello"), said(2, 22, "known")
	stranger.User = 0
	late := said(3, 23, "late stranger")
	late.User, late.Reached = 0, begin.Add(20*time.Hour)
	apply(t, s, stranger, known, late, said(4, 22, "panic"))
	tests := []struct {
		after                                    time.Duration
		causes, quarantine, sessions, strangersN int
	}{
		{23 * time.Hour, 4, 1, 3, 2},
		{25 * time.Hour, 4, 1, 2, 1},
		{7 * days, 4, 1, 1, 0},
		{8*days + time.Minute, 1, 1, 1, 0},
		{9 * days, 0, 1, 1, 0},
		{29 * days, 0, 1, 1, 0},
		{31 * days, 0, 0, 1, 0},
	}
	for _, tt := range tests {
		if err := s.Sweep(begin.Add(tt.after)); err != nil {
			t.Fatalf("Sweep(%v) = %v", tt.after, err)
		}
		c := counts(t, s)
		got := []int{c["causes"], c["quarantine"], c["sessions"], c["strangers"]}
		if diff := compare([]int{tt.causes, tt.quarantine, tt.sessions, tt.strangersN}, got); diff != "" {
			t.Errorf("after %v: causes, quarantine, sessions, strangers (-want +got):\n%s", tt.after, diff)
		}
	}
}

func TestSweepKeepsLiveAndNewCards(t *testing.T) {
	s := fresh(t)
	var cards []dialog.Card
	for i := range 100 {
		cards = append(cards, dialog.Card{ID: dialog.CardID(i + 1), Chat: 11, Name: "main"})
	}
	cards[4].Name = "today"  // live for ever
	cards[50].Name = "visit" // old, of the newest 60
	cards[5].Name = "visit"  // older
	for i := range 60 {
		cards = append(cards, dialog.Card{ID: dialog.CardID(i + 201), Chat: 12, Name: "main"})
	}
	if _, err := s.Apply([]dialog.Input{said(1, 11, "x")}, outcome{Cards: cards}); err != nil {
		t.Fatal(err)
	}
	if err := s.Settle([]dialog.Receipt{{Letter: 1, Card: 1, Message: 9}, {Letter: 2, Card: 100, Message: 10}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep(begin); err != nil {
		t.Fatalf("Sweep() = %v", err)
	}
	viewed(t, s, func(v dialog.View) {
		for i := range 100 {
			id := dialog.CardID(i + 1)
			want := id > 40 || id == 5
			if _, ok := v.Card(id); ok != want {
				t.Errorf("card %d is there: %v, want %v", id, ok, want)
			}
		}
		if c, ok := v.Live(11, "visit"); !ok || c.ID != 51 {
			t.Errorf("Live(visit) = %v, %v, want 51", c, ok)
		}
	})
	c := counts(t, s)
	if diff := compare([]int{61 + 60, 1}, []int{c["cards"], c["posted"]}); diff != "" {
		t.Errorf("cards, posted (-want +got):\n%s", diff)
	}
}

// TestSweepOverManyPages sweeps more rows than one transaction takes.
func TestSweepOverManyPages(t *testing.T) {
	s := fresh(t)
	for i := range 25 {
		var batch []dialog.Input
		for j := range 100 {
			in := dialog.Input{Cause: fmt.Sprint(i, "/", j), Kind: dialog.Ignored, Reached: begin.Add(time.Duration(j%2) * 10 * days)}
			batch = append(batch, in)
		}
		if _, err := s.Apply(batch, outcome{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Sweep(begin.Add(9 * days)); err != nil {
		t.Fatalf("Sweep() = %v", err)
	}
	if got := counts(t, s)["causes"]; got != 1250 {
		t.Errorf("causes = %d, want 1250", got)
	}
}

func TestSweepCanBeRunAgainAfterAFault(t *testing.T) {
	base := filepath.Join(t.TempDir(), "base.db")
	s, err := store.Open(base, store.Options{Key: secret()})
	if err != nil {
		t.Fatal(err)
	}
	stranger := said(1, 21, "hello")
	stranger.User = 0
	var cards []dialog.Card
	for i := range 63 {
		cards = append(cards, dialog.Card{ID: dialog.CardID(i + 1), Chat: 11, Name: "main"})
	}
	apply(t, s, stranger, said(2, 22, "panic"))
	if _, err := s.Apply([]dialog.Input{said(3, 11, "x")}, outcome{Cards: cards}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	n, over := 0, false
	for !over {
		n++
		t.Run(fmt.Sprint("step ", n), func(t *testing.T) {
			f := &failAt{n: n, err: errors.New("out of order")}
			path := filepath.Join(t.TempDir(), "campaign.db")
			copyFile(t, base, path)
			s := opened(t, path, f.fault)
			f.armed = true
			err := s.Sweep(begin.Add(40 * days))
			f.armed, over = false, f.hit == ""
			if over && err != nil {
				t.Errorf("Sweep() = %v", err)
			}
			sound(t, s)
			if err := s.Sweep(begin.Add(40 * days)); err != nil {
				t.Errorf("Sweep() again = %v", err)
			}
			c := counts(t, s)
			got := []int{c["causes"], c["quarantine"], c["strangers"], c["cards"]}
			if diff := compare([]int{0, 0, 0, 61}, got); diff != "" {
				t.Errorf("causes, quarantine, strangers, cards (-want +got):\n%s", diff)
			}
		})
	}
	if n < 30 {
		t.Errorf("only %d steps", n)
	}
}

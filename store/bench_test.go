package store_test

import (
	"fmt"
	"testing"

	"zoufang/casework"
	"zoufang/dialog"
)

// BenchmarkApply applies batches of texts, each with an event, a session, a
// draft, a card and a letter.
func BenchmarkApply(b *testing.B) {
	for _, size := range []int{1, 50, 100} {
		b.Run(fmt.Sprint("inputs=", size), func(b *testing.B) {
			s := fresh(b)
			n := 0
			for b.Loop() {
				batch := make([]dialog.Input, size)
				for i := range batch {
					n++
					batch[i] = said(n, casework.UserID(n%50+1), "one of many answers")
				}
				if _, err := s.Apply(batch, answering{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "inputs/s")
		})
	}
}

// answering is the diary without its growing list of rounds.
type answering struct{ diary }

func (answering) Turn(v dialog.View, s dialog.Session, in dialog.Input) dialog.Outcome {
	out := dialog.Outcome{Session: &s}
	user := uint64(in.User)
	out.Events = []casework.Event{event(in, casework.RoundOpened{Round: casework.Round{ID: casework.RoundID(user), Title: in.Text}})}
	out.Drafts = []dialog.Draft{{ID: casework.VisitID(user), Owner: casework.StaffID(user), At: in.Text, Touched: in.Reached}}
	if _, ok := v.Live(in.Chat, "main"); !ok {
		out.Cards = []dialog.Card{{ID: dialog.CardID(in.N), Chat: in.Chat, Name: "main"}}
	}
	out.Letters = []dialog.Letter{{Kind: dialog.Show, Chat: in.Chat, Card: dialog.CardID(user), Text: in.Text, Edit: true}}
	return out
}

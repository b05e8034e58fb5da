package store

import (
	"bytes"
	"fmt"

	"zoufang/dialog"
)

// Pending returns at most n letters that are not delivered, with numbers above
// after, in order of their numbers. Of the Show letters of one card only the
// last is given: it takes the place of the others, and changes the message in
// place only if they would have, too. Nothing is marked: until it is settled, a
// letter is given again to whoever asks from the beginning.
func (s *Store) Pending(after dialog.LetterID, n int) ([]dialog.Letter, error) {
	var letters []dialog.Letter
	err := s.engine.view(func(t *tx) (err error) {
		letters, err = pending(t, after, n)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	return letters, nil
}

func pending(t *tx, after dialog.LetterID, n int) ([]dialog.Letter, error) {
	var letters []dialog.Letter
	last := number(after)
	for {
		rows := t.page(outbox.bucket, nil, last, pageRows)
		for _, r := range rows {
			if len(letters) == n {
				return letters, nil
			}
			if r.err != nil {
				continue // a letter that is damaged is lost; the others are not
			}
			l, err := decode[dialog.Letter](r.value)
			if err != nil {
				return nil, err
			}
			if supersede(t, &l, after) {
				letters = append(letters, l)
			}
		}
		if len(rows) < pageRows {
			return letters, nil
		}
		last = rows[len(rows)-1].key
	}
}

// supersede reports whether l is the last face of its card, and gives it what
// the faces that it takes the place of asked for.
func supersede(t *tx, l *dialog.Letter, after dialog.LetterID) bool {
	if l.Kind != dialog.Show || l.Card == 0 {
		return true
	}
	for key := range t.scan("outbox_by_card", number(l.Card)) {
		id := outbox.target(key)
		if bytes.Compare(id, number(after)) <= 0 {
			continue // on its way already
		}
		switch bytes.Compare(id, number(l.ID)) {
		case +1:
			return false
		case -1:
			if older, ok := outbox.get(t, id); ok {
				l.Edit = l.Edit && older.Edit
				l.Bulk = l.Bulk && older.Bulk
			}
		}
	}
	return true
}

// Settle takes delivered letters out of the outbox, with those they took the
// place of, and notes which message shows which card. A letter that is not
// there any more is no fault.
func (s *Store) Settle(receipts []dialog.Receipt) error {
	if len(receipts) == 0 {
		return nil
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	err := s.engine.update(func(t *tx) error {
		for _, r := range receipts {
			settle(t, r)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("settle letters: %w", err)
	}
	return nil
}

func settle(t *tx, r dialog.Receipt) {
	if l, ok := outbox.get(t, number(r.Letter)); ok {
		if l.Kind == dialog.Show && l.Card != 0 {
			for key := range t.scan("outbox_by_card", number(l.Card)) {
				if id := outbox.target(key); bytes.Compare(id, number(l.ID)) < 0 {
					outbox.drop(t, id)
				}
			}
		}
		outbox.drop(t, number(r.Letter))
	}
	if r.Card != 0 && r.Message != 0 {
		putAs(t, postedBucket, number(r.Card), r.Message)
	}
}

// Posted returns the message that shows the card; false if none does.
func (s *Store) Posted(card dialog.CardID) (id dialog.MessageID, ok bool, err error) {
	err = s.engine.view(func(t *tx) error {
		id, ok = getAs[dialog.MessageID](t, postedBucket, number(card))
		return nil
	})
	if err != nil {
		return 0, false, fmt.Errorf("read posted card: %w", err)
	}
	return id, ok, nil
}

package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The names of cards. A record's or a confirmation's name ends in its number.
const mainCard = "main"

// choice is a button in the making: what it says and what it means.
type choice struct {
	text  string
	style Style
	act   Action
}

// face is what a card is about to show.
type face struct {
	prose
	rows [][]choice
}

// row puts buttons side by side.
func (f *face) row(c ...choice) {
	if len(c) > 0 {
		f.rows = append(f.rows, c)
	}
}

// grid puts buttons in rows, as many side by side as their words allow on a
// phone.
func (f *face) grid(list []choice) {
	across := 3
	for _, c := range list {
		if cells(c.text) > narrow {
			across = 2
		}
	}
	if len(list) == 4 {
		across = 2
	}
	for len(list) > 0 {
		n := min(across, len(list))
		for n > 1 && cells(list[n-1].text) > wide || n == 2 && cells(list[0].text) > wide {
			n--
		}
		f.row(list[:n]...)
		list = list[n:]
	}
}

// arrows turn the pages of a place, if there are several; after the last comes
// the first.
func (f *face) arrows(at Place, page, pages int) {
	if pages == 1 {
		return
	}
	turnTo := func(n int) Action {
		at.Page = (n + pages) % pages
		return to(at)
	}
	f.row(
		choice{"‹", Plain, turnTo(page - 1)},
		choice{fmt.Sprintf("%d/%d", page+1, pages), Plain, Action{Verb: noop}},
		choice{"›", Plain, turnTo(page + 1)},
	)
}

// The widths up to which three buttons and two fit side by side, in cells.
const (
	narrow = 8
	wide   = 20
)

// cells is how wide s is on a screen, a Chinese character counting two.
func cells(s string) int {
	n := 0
	for _, r := range s {
		if r < 0x1100 {
			n++
		} else {
			n += 2
		}
	}
	return n
}

// maxButtons is far below what Telegram drops silently.
const maxButtons = 60

// show deals the face as the card of that name: in place of the live one when
// edit is set and there is one, else as a new message, which takes the buttons
// off the old one. A card that is still on its way out is overtaken: its new
// face goes out instead.
func (t *turn) show(chat ChatID, name string, f *face, edit bool) {
	t.deal(chat, name, f, dealing{edit: edit})
}

// dealing says how a card is dealt.
type dealing struct {
	edit bool
	bulk bool
	at   Place // of a board
}

func (t *turn) deal(chat ChatID, name string, f *face, how dealing) {
	edit := how.edit
	card, live := t.live(chat, name)
	if live && (edit || !card.Sent) {
		card.Rev++
	} else {
		if live {
			t.retire(card)
		}
		card = Card{ID: CardID(t.ids.Next()), Chat: chat, Name: name}
	}
	card.Choices, card.At = nil, how.at
	l := Letter{Kind: Show, Chat: chat, Card: card.ID, Edit: live && edit, Protect: true, Bulk: how.bulk}
	l.Text, l.Entities = f.text()
	for _, row := range f.rows {
		var buttons []Button
		for _, c := range row {
			if len(card.Choices) == maxButtons {
				break
			}
			if c.act.Verb == copyOut {
				buttons = append(buttons, Button{Text: clip(c.text, 40), Style: c.style, Copy: c.act.Option})
				continue
			}
			buttons = append(buttons, Button{
				Text: clip(c.text, 40), Style: c.style, Data: callback(card, len(card.Choices)),
			})
			card.Choices = append(card.Choices, c.act)
		}
		if len(buttons) > 0 {
			l.Rows = append(l.Rows, buttons)
		}
	}
	t.keepCard(card)
	t.out.Letters = append(t.out.Letters, l)
}

// retire takes the buttons off a card for good.
func (t *turn) retire(c Card) {
	c.Rev++
	c.Choices = nil
	t.keepCard(c)
	t.out.Letters = append(t.out.Letters, Letter{Kind: Unbutton, Chat: c.Chat, Card: c.ID})
}

// live is the newest card of the name, those dealt in this turn included.
func (t *turn) live(chat ChatID, name string) (Card, bool) {
	for _, c := range slices.Backward(t.out.Cards) {
		if c.Chat == chat && c.Name == name {
			return c, true
		}
	}
	return t.v.Live(chat, name)
}

func (t *turn) keepCard(c Card) {
	for i := range t.out.Cards {
		if t.out.Cards[i].ID == c.ID {
			t.out.Cards[i] = c
			return
		}
	}
	t.out.Cards = append(t.out.Cards, c)
}

// callback is the data of a button: card, face and choice, at most 24 bytes.
func callback(c Card, choice int) string {
	return strconv.FormatUint(uint64(c.ID), 36) + "." + strconv.FormatInt(int64(c.Rev), 36) + "." + strconv.FormatInt(int64(choice), 36)
}

// readCallback reads what came back, which anybody could have made up.
func readCallback(data string) (id CardID, rev, n int, ok bool) {
	parts := strings.Split(data, ".")
	if len(data) > 24 || len(parts) != 3 || !utf8.ValidString(data) {
		return 0, 0, 0, false
	}
	a, err1 := strconv.ParseUint(parts[0], 36, 64)
	b, err2 := strconv.ParseInt(parts[1], 36, 32)
	c, err3 := strconv.ParseInt(parts[2], 36, 16)
	ok = err1 == nil && err2 == nil && err3 == nil && b >= 0 && c >= 0
	return CardID(a), int(b), int(c), ok
}

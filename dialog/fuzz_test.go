package dialog_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"zoufang/casework"
	"zoufang/dialog"
)

// FuzzTurn lets people do anything: each byte of the data is a step of
// somebody's, a tap on any button ever sent, words, a file, an edit, a jump in
// time. Whatever happens, no turn fails, the same input gives the same outcome,
// every tap is answered, what is shown keeps to Telegram's limits, and no target
// is visited twice by the same person on one day.
func FuzzTurn(f *testing.F) {
	for _, seed := range []string{
		"visit it, slowly", "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09", strings.Repeat("\x11\x23\x35", 40),
		"\xff\xfe\xfd\xfc\xfb\xfa", strings.Repeat("a\x10b\x20c\x30", 25), strings.Repeat("\x01", 60),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, steps []byte) {
		w := newWorld(t)
		w.quick = true
		checked := &checkedTurns{t: t, d: mustDialog(t)}
		w.turns = checked
		names := []string{"member", "leader", "office", "secretary", "officer", "partner", "stranger"}
		for i, b := range steps[:min(len(steps), 120)] {
			p := w.phone(names[i%11%len(names)])
			in := anything(p, b, i)
			toasts, err := w.store.Apply([]dialog.Input{in}, checked)
			if err != nil {
				t.Fatalf("step %d: %v", i, err)
			}
			if in.Kind == dialog.Pressed && len(toasts) != 1 {
				t.Errorf("step %d: a tap got %d answers, want 1", i, len(toasts))
			}
			w.deliver()
			if i%5 == 4 {
				w.tick()
			}
		}
		w.assertOneVisitADay(t)
	})
}

func mustDialog(tb testing.TB) *dialog.Dialog {
	tb.Helper()
	d, err := dialog.New(dialog.Options{Zone: shanghai})
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// anything makes a byte into something a person does.
func anything(p *phone, b byte, i int) dialog.Input {
	words := []string{
		"/today", "/call JT-0007", "/call JT-0001", "/why JT-0019", "/why",
		"/start", "/visit", "/mine", "/drafts", "/records", "/register", "/summary", "/cancel", "/help", "/lang", "/find 柳", "/find", "/nonsense", "/start CODE",
		"/digest", "/week", "/leave", "/handover 安斌宁", "/settings", "/calendar", "/staff R031", "季志", "9月20日", "10月14日 班",
		"/books", "/issues", "/taskbooks", "/marks", "/mark SB-001", "/services", "/policy", "/policy 医保", "/newpolicy", "/haves", "/problems",
		"/export", "/export 问题清单 9月1日", "/exports", "/approvals", "/whosaw", "/whosaw JT-0007",
		"/announce", "/announcements", "/rounds", "/params", "/words", "/people", "/people 安斌宁",
		"/imports", "/merge JT-0007", "/merge JT-0031", "JT-0031",
		"/problem WT-2017-0031", "/raise JT-0007", "/todo", "请帮助协调资金",
		"无", "昨天", "1", "2", "３", "路、水", "柳溪村", "家庭", "史小花", "晴", "桥坏了，孩子上学要绕路", "13812345678", strings.Repeat("长", 600), "\u202e反\u200b转", "🏠", " ", "第一句\n第二句", "=cmd|' /C calc'!A0",
	}
	switch {
	case b < 96 && len(p.everSent) > 0: // mostly taps, and mostly on the newest card
		recent := p.everSent[max(0, len(p.everSent)-30):]
		s := recent[int(b)*7%len(recent)]
		return p.press(s.message, s.data)
	case b < 110 && len(p.everSent) > 0:
		s := p.everSent[int(b)*i%len(p.everSent)]
		return p.press(s.message, s.data)
	case b < 120:
		return p.press(dialog.MessageID(i), strings.Repeat(string(rune(b)), i%30))
	case b < 130:
		in := p.file([]casework.AttachmentKind{casework.Photo, casework.Voice, casework.Document}[b%3], string(rune('a'+b%5)), []string{"", "album"}[b%2])
		if in.File.Kind == casework.Document { // of the office, that is a ledger
			in.File.FileID, in.File.Name = "file-"+[]string{"roster", "edits", "twin", "wrong"}[b%4], "ledger.xlsx"
		}
		return in
	case b < 140 && len(p.said) > 0:
		s := p.said[int(b)*i%len(p.said)]
		in := p.input(dialog.Edited)
		in.Message, in.Text = s.id, words[i%len(words)]
		return in
	case b < 145:
		p.w.now = p.w.now.Add(time.Duration(b) * time.Hour)
		return p.text("/start")
	case b < 150:
		in := p.input([]dialog.InputKind{dialog.Other, dialog.Left, dialog.Joined, dialog.Refused, dialog.Ignored}[b%5])
		in.Text = "sticker"
		return in
	}
	return p.text(words[int(b)%len(words)])
}

// checkedTurns takes every turn twice and looks at what it leads to.
type checkedTurns struct {
	t *testing.T
	d *dialog.Dialog
}

// Turn implements store.Turns.
func (c *checkedTurns) Turn(v dialog.View, s dialog.Session, in dialog.Input) dialog.Outcome {
	out := c.d.Turn(v, s, in)
	if again := c.d.Turn(v, s, in); len(again.Events) != len(out.Events) || len(again.Letters) != len(out.Letters) ||
		!slices.EqualFunc(again.Letters, out.Letters, func(a, b dialog.Letter) bool { return a.Text == b.Text && a.Card == b.Card }) {
		c.t.Errorf("the same input %s led elsewhere the second time", in.Kind)
	}
	for _, l := range out.Letters {
		c.checkLetter(l)
	}
	return out
}

// Sorry implements store.Turns: it is only asked when a turn failed.
func (c *checkedTurns) Sorry(dialog.View, dialog.Session, dialog.Input) dialog.Outcome {
	c.t.Error("a turn failed")
	return dialog.Outcome{}
}

func (c *checkedTurns) checkLetter(l dialog.Letter) {
	units := len(utf16.Encode([]rune(l.Text)))
	if l.Kind == dialog.Show && (strings.TrimSpace(l.Text) == "" || units > 4096 || !utf8.ValidString(l.Text)) {
		c.t.Errorf("a letter of %d units: %.80q", units, l.Text)
	}
	for _, e := range l.Entities {
		if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > units {
			c.t.Errorf("entity %v lies outside a text of %d units", e, units)
		}
	}
	if strings.ContainsAny(l.Text, "\u202e\u200b") {
		c.t.Errorf("a letter repeats invisible characters: %q", l.Text)
	}
	buttons := 0
	for _, row := range l.Rows {
		if len(row) > 8 {
			c.t.Errorf("%d buttons in a row", len(row))
		}
		for _, b := range row {
			buttons++
			if b.Text == "" || (len(b.Data) == 0) == (b.Copy == "") || len(b.Data) > 24 {
				c.t.Errorf("button %+v breaks a limit", b)
			}
		}
	}
	if buttons > 60 {
		c.t.Errorf("%d buttons on a card", buttons)
	}
}

// assertOneVisitADay looks for a second record of one visit.
func (w *world) assertOneVisitADay(tb testing.TB) {
	tb.Helper()
	type key struct {
		target casework.TargetID
		who    casework.StaffID
		on     casework.Date
	}
	seen := map[key]string{}
	err := w.store.View(func(v dialog.View) error {
		for x := range v.AllVisits() {
			for _, who := range x.Participants {
				k := key{x.TargetID, who, x.VisitedOn}
				if other, ok := seen[k]; ok {
					tb.Errorf("%s and %s are the same visit", other, x.Code)
				}
				seen[k] = x.Code
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}

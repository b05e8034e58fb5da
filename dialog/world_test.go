package dialog_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
	"zoufang/store"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

// world is the dialogue on a real store with the synthetic campaign, and the
// phones of its people. Letters are delivered as soon as they are written, if
// they need not wait.
type world struct {
	t      testing.TB
	store  *store.Store
	dialog *dialog.Dialog
	now    time.Time
	phones map[string]*phone
	chats  map[dialog.ChatID]*phone
	lines  []string // heard since the last look
	seq    int
	clock  clockwork
	set    sample.Set
	path   string
	quick  bool        // without checking the file at the end
	turns  store.Turns // instead of dialog, if set
	books  books
	papers papers
}

// phone is one person's chat, as they see it.
type phone struct {
	w     *world
	name  string
	user  casework.UserID
	next  dialog.MessageID
	shown []*message
	said  []said
	taps  int // taps and texts so far

	everSent []sentButton
}

// sentButton is a button as it was sent once.
type sentButton struct {
	message dialog.MessageID
	label   string
	data    string
}

// message is a message of the bot in a chat.
type message struct {
	id   dialog.MessageID
	card dialog.CardID
	text string
	rows [][]dialog.Button
}

type said struct {
	id   dialog.MessageID
	text string
}

// campaign is the synthetic campaign, and a file that holds it, made once.
func campaign(tb testing.TB) (sample.Set, []byte) {
	tb.Helper()
	made, err := makeCampaign()
	if err != nil {
		tb.Fatal(err)
	}
	return made.set, made.data
}

type made struct {
	set  sample.Set
	data []byte
}

var makeCampaign = sync.OnceValues(func() (m made, err error) {
	if m.set, err = sample.Make(sample.Options{Seed: 1}); err != nil {
		return m, err
	}
	dir, err := os.MkdirTemp("", "dialog")
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "campaign.db")
	s, err := store.Open(path, store.Options{Key: testKey()})
	if err != nil {
		return m, err
	}
	err = s.Load(func(yield func(casework.Event) error) error {
		for _, e := range m.set.Events {
			if err := yield(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, s.Close()); err != nil {
		return m, err
	}
	m.data, err = os.ReadFile(path)
	return m, err
})

func testKey() []byte { return []byte("0123456789abcdef0123456789abcdef") }

func newWorld(tb testing.TB) *world {
	tb.Helper()
	set, data := campaign(tb)
	d, err := dialog.New(dialog.Options{Zone: shanghai})
	if err != nil {
		tb.Fatal(err)
	}
	w := &world{
		t: tb, dialog: d, now: set.Start, phones: map[string]*phone{}, chats: map[dialog.ChatID]*phone{},
		set: set, path: filepath.Join(tb.TempDir(), "test.db"),
	}
	if err := os.WriteFile(w.path, data, 0o600); err != nil {
		tb.Fatal(err)
	}
	w.open()
	for name, user := range map[string]casework.UserID{
		"member": sample.MemberUser, "leader": sample.LeaderUser, "office": sample.OfficeUser, "officer": sample.OfficerUser, "director": sample.DirectorUser, "stranger": sample.StrangerUser,
	} {
		w.add(name, user)
	}
	tb.Cleanup(func() {
		if !w.quick && !underRace { // the same tests without the race detector look the file through
			if r, err := w.store.Check(); err != nil || len(r.Faults) > 0 {
				tb.Errorf("Check() = %v, %v, want no faults", r.Faults, err)
			}
		}
		if err := w.store.Close(); err != nil {
			tb.Error(err)
		}
	})
	return w
}

func (w *world) open() {
	w.t.Helper()
	s, err := store.Open(w.path, store.Options{Key: testKey()})
	if err != nil {
		w.t.Fatal(err)
	}
	w.store = s
}

// restart closes the file and opens it again.
func (w *world) restart() {
	w.t.Helper()
	if err := w.store.Close(); err != nil {
		w.t.Fatal(err)
	}
	w.open()
}

func (w *world) add(name string, user casework.UserID) *phone {
	p := &phone{w: w, name: name, user: user, next: 100}
	w.phones[name], w.chats[dialog.ChatID(user)] = p, p
	return p
}

func (w *world) phone(name string) *phone {
	w.t.Helper()
	p, ok := w.phones[name]
	switch {
	case ok:
	case name == "partner":
		return w.bindPartner()
	case name == "secretary":
		return w.bindSecretary()
	case name == "auditor":
		return w.bindRole(name, casework.Auditor, auditorUser)
	}
	if !ok {
		w.t.Fatalf("nobody is called %q", name)
	}
	return p
}

// heard is what the bot did since the last look.
func (w *world) heard() []string {
	lines := w.lines
	w.lines = nil
	return lines
}

// heardBy is what the bot did in one person's chat since the last look.
func (w *world) heardBy(name string) []string {
	var lines []string
	theirs := false
	for _, l := range w.heard() {
		if !strings.HasPrefix(l, "  ") {
			theirs = strings.HasPrefix(l, name+": ")
		}
		if theirs {
			lines = append(lines, l)
		}
	}
	return lines
}

func (w *world) hear(format string, args ...any) {
	w.lines = append(w.lines, fmt.Sprintf(format, args...))
}

// apply applies inputs and delivers what follows.
func (w *world) apply(batch ...dialog.Input) {
	w.t.Helper()
	var turns store.Turns = w.dialog
	if w.turns != nil {
		turns = w.turns
	}
	toasts, err := w.store.Apply(batch, turns)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, t := range toasts {
		if t.Text != "" {
			w.hear("(%s)", t.Text)
		}
	}
	w.deliver()
}

// deliver empties the outbox into the chats, but for what has to wait.
func (w *world) deliver() {
	w.t.Helper()
	letters, err := w.store.Pending(0, 10_000)
	if err != nil {
		w.t.Fatal(err)
	}
	letters = slices.DeleteFunc(letters, func(l dialog.Letter) bool { return !w.mayLeave(l) })
	var receipts []dialog.Receipt
	for _, l := range letters {
		r := dialog.Receipt{Letter: l.ID}
		if p, ok := w.chats[l.Chat]; ok {
			r.Card, r.Message = p.receive(l)
		}
		receipts = append(receipts, r)
	}
	if err := w.store.Settle(receipts); err != nil {
		w.t.Fatal(err)
	}
	w.readBooks()
	w.deliverPapers()
}

// mayLeave reports whether a letter may be delivered by now.
func (w *world) mayLeave(l dialog.Letter) bool {
	w.t.Helper()
	ok := !l.NotBefore.After(w.now)
	if ok && l.Bulk {
		err := w.store.View(func(v dialog.View) error {
			ok = w.dialog.MayDisturb(v, l.Chat, w.now)
			return nil
		})
		if err != nil {
			w.t.Fatal(err)
		}
	}
	return ok
}

// receive takes a letter as Telegram would.
func (p *phone) receive(l dialog.Letter) (dialog.CardID, dialog.MessageID) {
	switch l.Kind {
	case dialog.Show:
		return p.show(l)
	case dialog.React:
		p.w.hear("%s%s", p.to(), l.Emoji)
	case dialog.Erase:
		p.erased(l.Message)
	case dialog.Unbutton:
		if m := p.byCard(l.Card); m != nil {
			m.rows = nil
		}
	case dialog.Menu:
		var names []string
		for _, c := range l.Commands {
			names = append(names, "/"+c.Name)
		}
		p.w.hear("%smenu: %s", p.to(), strings.Join(names, " "))
	case dialog.Resend:
		p.w.hear("%s%d files", p.to(), len(l.Files))
	case dialog.Fetch:
		p.w.books.asked = append(p.w.books.asked, l)
	case dialog.Paper:
		p.w.papers.asked = append(p.w.papers.asked, l)
	case dialog.Leave:
		p.w.hear("%sleaves", p.to())
	case dialog.Withdraw:
		p.withdraw(l.Card)
	case dialog.Picture:
		var panels []string
		for _, panel := range l.Chart.Panels {
			panels = append(panels, panel.Title)
		}
		p.w.hear("%s[chart: %s | %s] %s", p.to(), l.Chart.Title, strings.Join(panels, ", "), l.Text)
	}
	return 0, 0
}

// withdraw takes the message that shows the card off the phone.
func (p *phone) withdraw(c dialog.CardID) {
	if m := p.byCard(c); m != nil {
		first, _, _ := strings.Cut(m.text, "\n")
		p.w.hear("%s(deleted: %s)", p.to(), first)
		p.shown = slices.DeleteFunc(p.shown, func(o *message) bool { return o == m })
	}
}

// to names the chat in a transcript.
func (p *phone) to() string { return p.name + ": " }

func (p *phone) byCard(c dialog.CardID) *message {
	for _, m := range slices.Backward(p.shown) {
		if m.card == c {
			return m
		}
	}
	return nil
}

func (p *phone) show(l dialog.Letter) (dialog.CardID, dialog.MessageID) {
	var m *message
	how := ""
	if l.Edit {
		m = p.byCard(l.Card)
		how = "(edited) "
	}
	if m == nil {
		p.next++
		m = &message{id: p.next, card: l.Card}
		p.shown = append(p.shown, m)
		how = ""
	}
	m.text, m.rows = l.Text, l.Rows
	for i, line := range strings.Split(l.Text, "\n") {
		if i == 0 {
			line = p.to() + how + line
		} else {
			line = "  " + line
		}
		p.w.hear("%s", line)
	}
	for _, row := range l.Rows {
		var labels []string
		for _, b := range row {
			labels = append(labels, "["+b.Text+"]")
			if b.Copy != "" {
				continue // nothing comes back of it
			}
			p.everSent = append(p.everSent, sentButton{m.id, b.Text, b.Data})
		}
		p.w.hear("  %s", strings.Join(labels, " "))
	}
	return l.Card, m.id
}

// input begins an input from the phone.
func (p *phone) input(kind dialog.InputKind) dialog.Input {
	p.w.seq++
	p.w.now = p.w.now.Add(time.Second)
	return dialog.Input{
		Kind: kind, Reached: p.w.now, Typed: p.w.now, Chat: dialog.ChatID(p.user), ChatKind: dialog.PrivateChat,
		User: p.user, Lang: "zh-hans", Name: p.name, Cause: fmt.Sprintf("test:%d", p.w.seq),
	}
}

// text is an input of words, with its command if it is one.
func (p *phone) text(words string) dialog.Input {
	in := p.input(dialog.Said)
	p.next++
	in.Message, in.Text, in.Cause = p.next, words, dialog.MessageCause(in.Chat, p.next)
	if name, ok := strings.CutPrefix(words, "/"); ok {
		name, args, _ := strings.Cut(name, " ")
		in.Command, in.Args = name, args
	}
	p.said = append(p.said, said{p.next, words})
	p.taps++
	return in
}

// tap is an input of pressing the newest button whose label begins so.
func (p *phone) tap(tb testing.TB, label string) dialog.Input {
	tb.Helper()
	for _, m := range slices.Backward(p.shown) {
		for _, row := range m.rows {
			for _, b := range row {
				if strings.HasPrefix(b.Text, label) || strings.HasPrefix(strings.TrimLeft(b.Text, "📝📋🔎🗂➕📊❓🏠👤📅📆📄✎✔◀▶⏩🙂✖💾🗑✅↩ ☐☑❗⭐✓☎⏰🚪⏸🔁🆘⋯🔔👀🔇🏖"), label) {
					p.taps++
					return p.press(m.id, b.Data)
				}
			}
		}
	}
	tb.Fatalf("%s sees no button %q; the newest message: %q", p.name, label, p.newest())
	return dialog.Input{}
}

func (p *phone) newest() string {
	if len(p.shown) == 0 {
		return ""
	}
	m := p.shown[len(p.shown)-1]
	return fmt.Sprint(m.text, m.rows)
}

// press is an input of pressing a button with that data, made up or not.
func (p *phone) press(m dialog.MessageID, data string) dialog.Input {
	in := p.input(dialog.Pressed)
	in.Message, in.Data, in.Query, in.Typed = m, data, fmt.Sprint("q", p.w.seq), time.Time{}
	in.Nonce = fmt.Sprintf("%032x", p.w.seq)
	return in
}

// file is an input of a photo, voice note or document.
func (p *phone) file(kind casework.AttachmentKind, name, album string) dialog.Input {
	in := p.input(dialog.Sent)
	p.next++
	in.Message, in.Cause = p.next, dialog.MessageCause(in.Chat, p.next)
	in.File = &dialog.File{Kind: kind, FileID: "file-" + name, UniqueID: "unique-" + name, Size: 1000, Album: album}
	return in
}

// do does what a line of a transcript says.
func (p *phone) do(tb testing.TB, line string) {
	tb.Helper()
	switch {
	case strings.HasPrefix(line, "["):
		p.w.apply(p.tap(tb, strings.Trim(line, "[]")))
	case strings.HasPrefix(line, "+"):
		d, err := time.ParseDuration(line[1:])
		if err != nil {
			tb.Fatal(err)
		}
		p.w.now = p.w.now.Add(d)
		p.w.deliver()
	case strings.HasPrefix(line, "@"):
		p.w.until(line[1:])
	case strings.HasPrefix(line, "("):
		p.w.apply(p.sendLine(tb, strings.Trim(line, "()")))
	case strings.HasPrefix(line, "~ "):
		old, words, _ := strings.Cut(line[2:], " => ")
		p.w.apply(p.edit(tb, old, words))
	case strings.HasPrefix(line, "!"):
		in := p.input(dialog.Other)
		in.Text = line[1:]
		p.w.apply(in)
	default:
		p.w.apply(p.text(line))
	}
}

// sendLine reads "photo a", "voice b", "document c", "workbook d"; what workbooks hold,
// [workbooks] says.
func (p *phone) sendLine(tb testing.TB, line string) dialog.Input {
	tb.Helper()
	kind, name, _ := strings.Cut(line, " ")
	switch kind {
	case "photo":
		return p.file(casework.Photo, name, "")
	case "voice":
		return p.file(casework.Voice, name, "")
	case "document":
		in := p.file(casework.Document, name, "")
		in.File.MIME = "application/pdf"
		return in
	case "workbook":
		in := p.file(casework.Document, name, "")
		in.File.Name = name + ".xlsx"
		return in
	case "image-file":
		in := p.file(casework.Document, name, "")
		in.File.MIME = "image/jpeg"
		return in
	}
	tb.Fatalf("no such file kind: %q", kind)
	return dialog.Input{}
}

// edit is an input of editing the newest message that said old.
func (p *phone) edit(tb testing.TB, old, words string) dialog.Input {
	tb.Helper()
	for i, s := range slices.Backward(p.said) {
		if s.text == old {
			in := p.input(dialog.Edited)
			in.Message, in.Text = s.id, words
			p.said[i].text = words
			return in
		}
	}
	tb.Fatalf("%s never said %q", p.name, old)
	return dialog.Input{}
}

package dialog_test

import (
	"fmt"
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/dialog"
)

// papers are the letters that ask for the file of an export, until somebody makes it.
type papers struct {
	asked []dialog.Letter
	// becomes says what comes of an export; nil is a file of 35 rows for each.
	becomes func(casework.ExportID) dialog.Delivery
	kept    bool // nothing comes of them for now
}

// paperSHA is the SHA-256 of every file that is made here.
var paperSHA = strings.Repeat("ab12cd34", 8)

// deliverPapers makes the files that were asked for, and says what came of them.
func (w *world) deliverPapers() {
	w.t.Helper()
	if w.papers.kept {
		return
	}
	asked := w.papers.asked
	w.papers.asked = nil
	for _, l := range asked {
		w.apply(w.paper(l))
	}
}

// paper is what comes of the letter: a message with the file, unless it fails.
func (w *world) paper(l dialog.Letter) dialog.Input {
	w.t.Helper()
	p := w.chats[l.Chat]
	d := dialog.Delivery{Status: casework.ExportDone, Rows: 35, SHA256: paperSHA, Size: 12_345}
	if w.papers.becomes != nil {
		d = w.papers.becomes(l.Export)
	}
	d.Export = l.Export
	if d.Status == casework.ExportDone {
		p.next++
		d.Message = p.next
		p.shown = append(p.shown, &message{id: p.next, text: l.Text})
		for i, line := range strings.Split(l.Text, "\n") {
			before := "  "
			if i == 0 {
				before = p.to() + "[file] "
			}
			w.hear("%s%s", before, line)
		}
	}
	in := p.input(dialog.Delivered)
	in.Cause, in.Delivery = fmt.Sprintf("paper:%d", l.ID), &d
	return in
}

// erased takes a message off the phone: one of the bot's, or one of the person's.
func (p *phone) erased(id dialog.MessageID) {
	i := slices.IndexFunc(p.shown, func(m *message) bool { return m.id == id })
	if i < 0 {
		p.w.hear("%s(your message is deleted)", p.to())
		return
	}
	first, _, _ := strings.Cut(p.shown[i].text, "\n")
	p.w.hear("%s(deleted: %s)", p.to(), first)
	p.shown = slices.Delete(p.shown, i, i+1)
}

// auditorUser is the account of the auditor.
const auditorUser casework.UserID = 4003

// bindRole gives an account to the first of the roster who has the role.
func (w *world) bindRole(name string, role casework.Role, user casework.UserID) *phone {
	w.t.Helper()
	var who casework.Staff
	err := w.store.View(func(v dialog.View) error {
		for s := range v.AllStaff() {
			if s.Has(role) && who.ID == 0 {
				who = s
			}
		}
		return nil
	})
	if err != nil || who.ID == 0 {
		w.t.Fatalf("nobody is %s: %v", role, err)
	}
	return w.bind(name, who, user)
}

package dialog

import (
	"slices"
	"strings"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

const (
	// maxFiles is how many files a visit can have.
	maxFiles = 20
	// maxFileSize is what a bot can fetch from Telegram, in bytes.
	maxFileSize = 20 << 20
	// afterSaving is how long files still go to the visit saved last.
	afterSaving = 2 * time.Hour
)

// tray says in one line which files there are.
func (t *turn) tray(f *face, files []casework.Attachment) {
	if len(files) == 0 {
		return
	}
	n := map[casework.AttachmentKind]int{}
	for _, a := range files {
		n[a.Kind]++
	}
	var parts []string
	for _, k := range []casework.AttachmentKind{casework.Photo, casework.Voice, casework.Document} {
		if n[k] > 0 {
			parts = append(parts, t.w.say("tray."+string(k), "Count", n[k]))
		}
	}
	f.gap()
	f.line("📎 " + strings.Join(parts, " · "))
}

// sent takes a file, at whatever step: it goes to the form in hand, else to the
// record on the screen or saved last, else to the only draft. A workbook of the office
// is a ledger.
func (t *turn) sent() {
	file := t.in.File
	if key := refuseFile(file); key != "" {
		t.notice = t.w.say(key)
		t.draw()
		return
	}
	a := casework.Attachment{
		Kind: file.Kind, FileID: file.FileID, UniqueID: file.UniqueID,
		Size: file.Size, MIME: file.MIME, Seconds: file.Seconds, At: t.in.Reached,
	}
	if take, ok := t.d.book.files[t.s.At.Screen]; ok {
		take(t, a)
		return
	}
	if t.isLedger(file) {
		t.ledgerSent(a)
		return
	}
	t.keepFile(a)
}

// keepFile puts a file where it most likely belongs.
func (t *turn) keepFile(a casework.Attachment) {
	if d, ok := t.draft(t.s.At.Visit); ok && inForm(t.s.At.Screen) {
		t.attach(d, a)
		return
	}
	id := t.s.LastVisit
	if t.in.Reached.Sub(t.s.SavedAt) > afterSaving {
		id = 0
	}
	if t.s.At.Screen == visitScreen {
		id = t.s.At.Visit
	}
	if v, ok := t.v.Visit(id); ok && t.mayCorrect(v) {
		t.attachToVisit(v, a)
		return
	}
	if drafts := t.drafts(); len(drafts) == 1 {
		x, _ := t.v.Target(drafts[0].TargetID)
		t.notice = t.w.say("tray.draft", "Target", x.Code+" "+x.DisplayName())
		t.attach(t.migrated(drafts[0]), a)
		return
	}
	t.notice = t.w.say("tray.nowhere")
	t.draw()
}

// refuseFile is the key of why a file is not taken; empty if it is.
func refuseFile(f *File) string {
	switch {
	case f.Size > maxFileSize:
		return "tray.large"
	case f.Kind == casework.Document && strings.HasPrefix(f.MIME, "image/"):
		return "tray.as_photo"
	}
	return ""
}

// attach puts a file to the form in hand. A voice note at the free item is its
// answer as well; a caption there is taken as if it were typed.
func (t *turn) attach(d Draft, a casework.Attachment) {
	full := len(d.Attachments) >= maxFiles
	known := slices.ContainsFunc(d.Attachments, func(b casework.Attachment) bool { return b.UniqueID == a.UniqueID })
	switch {
	case full && !known:
		t.notice = t.w.say("tray.full", "Max", maxFiles)
		t.draw()
		return
	case !known:
		d.Attachments = append(slices.Clone(d.Attachments), a)
	}
	t.receipt()
	t.keepDraft(d)
	step, ok := t.sheet(&d).Step(d.At)
	if ok && !step.Gate() && t.s.At.Screen == fillScreen {
		switch {
		case a.Kind == casework.Voice && step.Item.Voice:
			t.take(d, step.Path, form.Answer{Values: []string{"voice:" + a.UniqueID}, Via: form.Spoken})
			return
		case t.in.Text != "" && step.Item.Type == form.Text:
			t.answerTyped(t.in.Text)
			return
		}
	}
	t.draw()
}

// receipt acknowledges a file by a reaction, an album by one. The parts of an
// album share a card instead of getting one each.
func (t *turn) receipt() {
	if t.in.File == nil {
		return // a button said where the file belongs
	}
	if t.in.File.Album != "" && t.in.File.Album == t.s.Album {
		t.tapped = true // change the card in place
		return
	}
	t.s.Album = t.in.File.Album
	t.out.Letters = append(t.out.Letters, Letter{Kind: React, Chat: t.in.Chat, Message: t.in.Message, Emoji: "👍"})
}

// attachToVisit puts a file to a record that is already sealed.
func (t *turn) attachToVisit(v casework.Visit, a casework.Attachment) {
	known := slices.ContainsFunc(v.Attachments, func(b casework.Attachment) bool { return b.UniqueID == a.UniqueID })
	switch {
	case known:
	case len(v.Attachments) >= maxFiles:
		t.notice = t.w.say("tray.full", "Max", maxFiles)
		t.draw()
		return
	default:
		t.record(casework.AttachmentAdded{VisitID: v.ID, Attachment: a}, v.VisitedOn, "")
		v.Attachments = append(v.Attachments, a)
	}
	t.receipt()
	f := &face{}
	f.line(t.w.say("tray.added", "Code", v.Code))
	t.tray(f, v.Attachments)
	f.row(choice{t.w.say("button.record", "Code", v.Code), Plain, to(Place{Screen: visitScreen, Visit: v.ID})}, t.homeButton())
	t.show(t.in.Chat, mainCard, f, t.tapped)
}

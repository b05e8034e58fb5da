package dialog

import (
	"fmt"
	"strings"
	"time"

	"zoufang/casework"
)

// fullShown is how long a paper with names and telephone numbers stays in the chat.
const fullShown = 10 * time.Minute

// tooLarge stands in the place of an export whose file Telegram does not take.
const tooLarge = "too_large"

func exportBoard(at Place) string { return fmt.Sprintf("export/%d", at.Export) }

// maySeeExport reports whether the person may see that a paper was printed: one's own,
// and all of them for those who may print everything.
func (t *turn) maySeeExport(x casework.Export) bool {
	return x.By == t.staff.ID && casework.Allowed(t.staff, casework.ExportPapers) ||
		casework.May(t.v, t.staff, casework.ExportPapers, casework.Subject{Today: t.today})
}

// printPaper begins the export that was asked for. The menu is shown in place of the
// question, so that a second tap finds nothing to print.
func (t *turn) printPaper(_ Card, a Action) {
	if a.Place.NewExport == nil {
		return
	}
	begun, why := casework.BeginExport(t.v, t.staff, *a.Place.NewExport, t.now(), t.ids, t.d.zone)
	if why != "" {
		t.notice = t.exportRefused(why)
		t.goTo(questionOf(*a.Place.NewExport, ""))
		return
	}
	t.record(begun, t.today, "")
	t.goTo(Place{Screen: papersScreen})
	t.sendPaper(begun.Export)
}

// printAgain asks the same question about the same instant once more, for a paper that
// did not arrive or is wanted again. It is another export, with a number of its own. The
// old board is drawn again, so that a second tap is outdated.
func (t *turn) printAgain(card Card, a Action) {
	old, ok := t.v.Export(a.Place.Export)
	if !ok || !t.maySeeExport(old) {
		t.toast("gone")
		return
	}
	question := old
	question.Full, question.Reason, question.ApprovedBy = false, "", 0
	question.Rows, question.SHA256, question.Size = 0, "", 0
	begun, why := casework.BeginExport(t.v, t.staff, question, t.now(), t.ids, t.d.zone)
	if why != "" {
		t.notice = t.exportRefused(why)
		t.showBoard(card.At, true, false)
		return
	}
	t.record(begun, t.today, "")
	t.notice = t.w.say("export.again", "Code", begun.Export.Code)
	t.showBoard(card.At, true, false)
	t.notice = ""
	t.sendPaper(begun.Export)
}

// exportRefused says why a paper is not printed.
func (t *turn) exportRefused(why casework.Refusal) string {
	switch why {
	case casework.NotYours, casework.NeedsOther, casework.NeedsDay, casework.NotFound, casework.NoChange, casework.TooLate:
		return t.w.say("export.refused." + string(why))
	default:
		return t.stepWords(why)
	}
}

// sendPaper shows the board of a new export to the person of the turn, and has the file
// made. A paper with names is rather not delivered than delivered twice: only a message
// that is known can be taken away again.
func (t *turn) sendPaper(x casework.Export) {
	t.showBoard(Place{Screen: exportScreen, Export: x.ID}, false, false)
	t.out.Letters = append(t.out.Letters, Letter{
		Kind: Paper, Chat: ChatID(t.staff.User), Export: x.ID, Text: t.caption(x), Protect: true, Once: x.Full,
	})
}

// caption is what stands under the file.
func (t *turn) caption(x casework.Export) string {
	lines := append([]string{t.paperName(x.Kind) + " · " + x.Code}, t.exportLimits(x)...)
	if x.Full {
		lines = append(lines, t.w.say("export.watermark", "Who", t.staff.Name, "Count", int(fullShown/time.Minute)))
	}
	return strings.Join(lines, "\n")
}

// drawExport shows what came of an export.
func (t *turn) drawExport(f *face, at Place) bool {
	x, ok := t.v.Export(at.Export)
	if !ok || !t.maySeeExport(x) {
		return false
	}
	f.title(t.w.say("export.state."+string(x.Status), "What", t.paperName(x.Kind), "Code", x.Code))
	for _, l := range t.exportLimits(x) {
		f.line(l)
	}
	if x.By != t.staff.ID {
		f.line(t.w.say("export.by", "Who", t.askerName(x.By), "When", t.minute(x.At)))
	}
	if x.Full {
		f.line(t.w.say("export.approved", "Who", t.staffName(x.ApprovedBy), "Reason", x.Reason))
	}
	t.exportResult(f, at, x)
	var row []choice
	if !x.Full && x.System == "" && x.Status != casework.ExportAsked {
		row = append(row, choice{t.w.say("button.print_again"), Plain, Action{Verb: printAgain, Place: at}})
	}
	f.row(append(row, choice{t.w.say("button.exports"), Plain, to(Place{Screen: exportsScreen})})...)
	return true
}

// exportResult says what the file holds, or what to do without one.
func (t *turn) exportResult(f *face, at Place, x casework.Export) {
	switch x.Status {
	case casework.ExportAsked:
		f.line(t.w.say("export.wait"))
	case casework.ExportDone:
		f.line(t.w.say("export.rows", "Count", x.Rows, "Size", sizeWords(x.Size)))
		if len(x.SHA256) >= 8 {
			f.line("SHA-256 " + x.SHA256[:4] + "…" + x.SHA256[len(x.SHA256)-4:])
			f.row(choice{t.w.say("button.copy_sha"), Plain, Action{Verb: copyOut, Option: x.SHA256}})
		}
	case casework.ExportUncertain:
		key := "export.look"
		if x.Full {
			key = "export.look_full"
		}
		f.line(t.w.say(key))
	case casework.ExportFailed:
		if at.Why == tooLarge {
			f.line(t.w.say("export.too_large", "Command", command(x)))
			return
		}
		f.line(t.w.say("export.failed"))
	}
}

// command is how the command line writes the paper.
func command(x casework.Export) string {
	return fmt.Sprintf("zoufang export %s --as-of %s", x.Kind, x.Day)
}

// askerName is who asked; nobody is the command line.
func (t *turn) askerName(id casework.StaffID) string {
	if id == 0 {
		return t.w.say("export.command_line")
	}
	return t.staffName(id)
}

// sizeWords write how long a file is.
func sizeWords(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// delivered takes what came of an export: it is noted, shown on the board, and a paper
// with names is taken off the chat after ten minutes. Somebody who lost all rights
// meanwhile hears nothing, but the paper goes all the same.
func (t *turn) delivered() {
	d := t.in.Delivery
	if d == nil {
		return
	}
	x, ok := t.v.Export(d.Export)
	who, known := t.v.Staff(x.By)
	if !ok || !known || ChatID(who.User) != t.in.Chat {
		return
	}
	if x.Full && d.Message != 0 {
		t.out.Letters = append(t.out.Letters, Letter{
			Kind: Erase, Chat: t.in.Chat, Message: d.Message, NotBefore: t.in.Reached.Add(fullShown),
		})
	}
	end, why := casework.EndExport(t.v, casework.ExportEnded{
		ExportID: x.ID, Status: d.Status, Rows: d.Rows, SHA256: d.SHA256, Size: d.Size,
	})
	if why != "" {
		return
	}
	t.record(end, t.today, "")
	if who.Binding != casework.Bound {
		return
	}
	at := Place{Screen: exportScreen, Export: x.ID}
	if d.TooLarge {
		at.Why = tooLarge
	}
	t.as(who).showBoard(at, true, false)
}

// perExports is how many exports a page of the list shows.
const perExports = 8

// drawExports lists the papers that were printed, the newest first, each one tap from
// its board.
func (t *turn) drawExports(f *face, at Place) bool {
	if !casework.Allowed(t.staff, casework.ExportPapers) {
		return false
	}
	var all []casework.Export
	for _, x := range t.v.Exports(maxExports) {
		if t.maySeeExport(x) {
			all = append(all, x)
		}
	}
	shown, page, pages := partOf(all, at.Page, perExports)
	f.title(t.w.say("export.past", "Count", len(all)))
	if len(all) == 0 {
		f.line(t.w.say("export.none"))
	}
	var list []choice
	for _, x := range shown {
		line := t.w.say("export.line", "Mark", t.w.say("export.mark."+string(x.Status)), "Code", x.Code, "What", t.paperName(x.Kind),
			"When", t.asOfWords(x), "Who", t.askerName(x.By))
		if x.Full {
			line += " · " + t.w.say("button.full")
		}
		f.line(line)
		list = append(list, choice{x.Code, Plain, to(Place{Screen: exportScreen, Export: x.ID})})
	}
	f.grid(list)
	f.arrows(at, page, pages)
	f.row(choice{t.w.say("button.papers"), Plain, to(Place{Screen: papersScreen})})
	return true
}

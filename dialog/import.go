package dialog

import (
	"path"
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// The screens of imports. Stored by name: never rename.
const (
	importScreen  Screen = "import"  // a board: a workbook that was sent, or what became of it
	importsScreen Screen = "imports" // a board: the newest imports
)

// The verbs of imports. Stored by name: never rename.
const (
	readWorkbook Verb = "import_read"  // it is a ledger: read it
	fileWorkbook Verb = "import_file"  // it belongs to the form in hand
	viewImport   Verb = "import_view"  // show a part of what the file would change
	applyImport  Verb = "import_apply" // do it
	dropImport   Verb = "import_drop"  // leave it
	undoImport   Verb = "import_undo"
)

// What an import's board shows, in Path. Empty is the file being read, or what it
// would change as a whole.
const (
	whichPart    = "which" // a ledger or an attachment?
	diffPart     = "changes"
	faultsPart   = "faults"
	twinsPart    = "twins"
	notesPart    = "notes"
	refusedPart  = "refused"
	applyingPart = "applying"
	droppedPart  = "dropped"
	undoPart     = "undo" // is it meant?
)

// importRoom is where the office sends workbooks in.
func importRoom() room {
	list := func(t *turn) { t.openIf(casework.ImportRecords, Place{Screen: importsScreen}) }
	return room{
		boards: map[Screen]board{
			importScreen: {importBoard, (*turn).drawImport}, importsScreen: {named("imports"), (*turn).drawImports},
		},
		verbs: map[Verb]func(*turn, Card, Action){
			readWorkbook: func(t *turn, _ Card, a Action) { t.readFile(a.Place) },
			fileWorkbook: (*turn).fileWorkbook, viewImport: (*turn).viewImport, applyImport: (*turn).applyImport,
			dropImport: (*turn).dropImport, undoImport: (*turn).undoImport,
		},
		commands: map[string]func(*turn){"import": list, "imports": list},
		offers:   []offer{{"imports", allowed(casework.ImportRecords)}},
	}
}

// importBoard names the card of an import. Every file that is sent has its own, which
// goes on to show what became of it.
func importBoard(at Place) string {
	if at.File == nil {
		return "imports"
	}
	return "import/" + at.File.UniqueID
}

func (t *turn) imports() bool {
	return casework.May(t.v, t.staff, casework.ImportRecords, casework.Subject{})
}

// isLedger reports whether a file that was sent is a workbook for the office, as far as
// its name tells. The name is forgotten: it may hold anything.
func (t *turn) isLedger(f *File) bool {
	return f.Kind == casework.Document && t.imports() &&
		slices.Contains([]string{".xlsx", ".xlsm", ".xls"}, strings.ToLower(path.Ext(f.Name)))
}

// ledgerSent reads a workbook that was sent. Somebody who has a form in hand is asked
// first what it is.
func (t *turn) ledgerSent(a casework.Attachment) {
	at := Place{Screen: importScreen, File: &a}
	if len(t.drafts()) > 0 {
		at.Path = whichPart
		t.goTo(at)
		return
	}
	t.readFile(at)
}

// readFile shows that the file is being read, and has it read.
func (t *turn) readFile(at Place) {
	if at.File == nil || !t.imports() {
		t.goTo(at)
		return
	}
	at = Place{Screen: importScreen, File: at.File}
	t.goTo(at)
	t.fetch(at, Errand{File: *at.File})
}

// fetch asks for the file of the board's place. What it holds is kept nowhere: it is
// read anew for every part that is shown, and compared with the records of then.
func (t *turn) fetch(at Place, e Errand) {
	card, ok := t.live(t.in.Chat, importBoard(at))
	if !ok {
		return
	}
	e.Card = card.ID
	t.out.Letters = append(t.out.Letters, Letter{Kind: Fetch, Chat: t.in.Chat, Errand: &e})
}

// fileWorkbook puts the file where files go that are no ledgers.
func (t *turn) fileWorkbook(_ Card, a Action) {
	if a.Place.File == nil {
		return
	}
	at := a.Place
	at.Path = droppedPart
	t.goTo(at)
	t.keepFile(*a.Place.File)
}

// viewImport shows another part of what the file would change.
func (t *turn) viewImport(card Card, a Action) {
	at := a.Place
	if at.File == nil || !t.imports() {
		t.goTo(at)
		return
	}
	card.At = at
	t.keepCard(card)
	t.fetch(at, Errand{File: *at.File})
	t.toast("import.reading.short")
}

// applyImport has the file read once more, to be applied if it still means what was
// shown.
func (t *turn) applyImport(_ Card, a Action) {
	at := a.Place
	if at.File == nil || !t.imports() {
		t.goTo(at)
		return
	}
	at.Path, at.Page = applyingPart, 0
	t.goTo(at)
	t.fetch(at, Errand{File: *at.File, Apply: true, SHA256: at.SHA256})
}

// dropImport leaves the file.
func (t *turn) dropImport(_ Card, a Action) {
	at := a.Place
	at.Path, at.Page = droppedPart, 0
	t.goTo(at)
}

// fetched takes what a file holds: it shows what would change, or applies it. What
// comes late, or a second time, is passed over: the board tells what it waits for.
func (t *turn) fetched() {
	r := t.in.Reading
	card, ok := t.awaiting(r)
	if !ok {
		return
	}
	at := card.At
	if r.Errand.Apply {
		at.Path = ""
	}
	switch {
	case !t.imports():
		t.showBoard(at, true, false)
	case r.Fault != form.Label{}:
		t.showFault(at, r.Fault.In(t.w.lang))
	case r.Export != 0:
		t.editsRead(at, r)
	default:
		t.rosterRead(at, r)
	}
}

// awaiting is the board that waits for the reading.
func (t *turn) awaiting(r *Reading) (Card, bool) {
	if r == nil || t.staff.ID == 0 {
		return Card{}, false
	}
	card, ok := t.v.Card(r.Errand.Card)
	if !ok || card.Chat != t.in.Chat {
		return Card{}, false
	}
	live, ok := t.live(card.Chat, card.Name)
	at := card.At
	waits := at.Screen == importScreen && at.File != nil && at.Import == 0 && at.Path != droppedPart && at.Path != whichPart
	return card, ok && live.ID == card.ID && waits && (at.Path == applyingPart) == r.Errand.Apply
}

// dealImport shows what a reading led to on the board that waited for it.
func (t *turn) dealImport(at Place, f *face) {
	t.deal(t.in.Chat, importBoard(at), f, dealing{edit: true, at: at})
}

// showFault says why the whole file is refused.
func (t *turn) showFault(at Place, why string) {
	f := &face{}
	f.title(t.w.say("import.unread"))
	f.line(why)
	f.gap()
	f.line(t.w.say("import.unchanged"))
	at.Path, at.Page, at.SHA256, at.Query = "", 0, "", ""
	f.row(choice{t.w.say("button.import_again"), Plain, Action{Verb: readWorkbook, Place: at}}, t.dropChoice(at))
	t.dealImport(at, f)
}

func (t *turn) dropChoice(at Place) choice {
	return choice{t.w.say("button.import_drop"), Plain, Action{Verb: dropImport, Place: at}}
}

// drawImport draws the board of a file as far as the records tell; what the file holds
// is drawn when it was read.
func (t *turn) drawImport(f *face, at Place) bool {
	if !t.imports() {
		f.line(t.stepWords(casework.NotYours))
		return true
	}
	if m, ok := t.v.Import(at.Import); ok {
		t.drawApplied(f, at, m)
		return true
	}
	if at.File == nil {
		return false
	}
	switch at.Path {
	case whichPart:
		f.line(t.w.say("import.which"))
		f.row(choice{t.w.say("button.import_read"), Primary, Action{Verb: readWorkbook, Place: at}},
			choice{t.w.say("button.import_file"), Plain, Action{Verb: fileWorkbook, Place: at}})
	case applyingPart:
		f.line(t.w.say("import.applying"))
	case droppedPart:
		f.line(t.w.say("import.dropped"))
	default:
		f.line(t.w.say("import.reading"))
	}
	return true
}

// drawImports lists the newest imports, and says how to send a workbook.
func (t *turn) drawImports(f *face, at Place) bool {
	if !t.imports() {
		return false
	}
	f.title(t.w.say("imports.title"))
	f.line(t.w.say("imports.how"))
	f.line(t.w.say("imports.template"))
	list := t.v.Imports(maxImports)
	f.gap()
	if len(list) == 0 {
		f.line(t.w.say("imports.none"))
	}
	shown, page, pages := pageOf(list, at.Page)
	for _, m := range shown {
		f.row(choice{t.importLine(m), Plain, to(Place{Screen: importScreen, Import: m.ID})})
	}
	f.arrows(at, page, pages)
	return true
}

// maxImports is how many imports the list goes back.
const maxImports = 50

// importLine is an import on its button.
func (t *turn) importLine(m casework.Import) string {
	mark := ""
	if !m.UndoneAt.IsZero() {
		mark = "↩ "
	}
	return mark + m.Code + " · " + t.importKind(m.Kind) + " · " + t.day(m.On)
}

func (t *turn) importKind(k casework.ImportKind) string { return t.w.say("import.kind." + string(k)) }

package dialog

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"zoufang/casework"
)

const (
	// perImport is how many lines of a workbook a page shows.
	perImport = 10
	// mostRecords is how many records a roster may add in the chat: cards that are
	// drawn in the same turn take identities as well.
	mostRecords = casework.MaxRecords - 500
)

// rosterRead compares a roster with the records and shows what would change; or applies
// it, if that is still what was shown and confirmed.
func (t *turn) rosterRead(at Place, r *Reading) {
	next := casework.NewMinter(t.in.N).Next()
	plan, faults := casework.PlanRoster(t.v, r.Roster, func() uint64 { next++; return next }, t.today)
	plan, held := casework.HoldRoles(t.v, plan)
	faults = append(slices.Clone(r.Faults), faults...)
	mark := rosterMark(plan)
	if r.Errand.Apply {
		if len(faults) == 0 && plan.IDs <= mostRecords && t.confirmed(at, r, mark) {
			t.applyRoster(at, r)
			return
		}
		t.notice = t.w.say("import.moved_on")
	}
	at.SHA256, at.Query = r.SHA256, mark
	f := t.importFace()
	switch at.Path {
	case diffPart:
		t.importPage(f, at, "import.changes", t.changeLines(plan.Changes))
	case faultsPart:
		t.importPage(f, at, "import.faults", t.faultLines(faults))
	case twinsPart:
		t.importPage(f, at, "import.twins", t.twinLines(plan.Twins))
	case notesPart:
		t.importPage(f, at, "import.notes", t.faultLines(r.Notes))
	default:
		t.rosterFront(f, at, plan, faults, len(r.Notes), held)
	}
	t.dealImport(at, f)
}

// importFace begins the face of an import's board.
func (t *turn) importFace() *face {
	f := &face{}
	if t.notice != "" {
		f.line(t.notice)
		f.gap()
	}
	return f
}

// confirmed reports whether what is about to be applied is what was shown: the same
// file, which means the same today.
func (t *turn) confirmed(at Place, r *Reading, mark string) bool {
	return mark == at.Query && r.SHA256 == at.SHA256 && r.SHA256 == r.Errand.SHA256
}

// rosterMark tells plans apart that were shown to somebody. The file's sum vouches for
// what the cells say.
func rosterMark(p casework.Plan) string {
	h := fnv.New64a()
	for _, c := range p.Changes {
		fmt.Fprintln(h, c.Sheet, c.Kind, c.Key, c.Columns)
	}
	return fmt.Sprintf("%d-%x", len(p.Facts), h.Sum64())
}

// rosterFront is what the roster would change as a whole.
func (t *turn) rosterFront(f *face, at Place, p casework.Plan, faults []casework.RowFault, notes int, held []string) {
	f.title(t.w.say("import.roster"))
	t.sheetLines(f, p, faults)
	f.gap()
	sound := false
	switch {
	case len(faults) > 0:
		f.line(t.w.say("import.faulty", "Count", len(faults)))
	case len(p.Facts) == 0:
		f.line(t.w.say("import.same"))
	case p.IDs > mostRecords:
		f.line(t.w.say("import.too_many", "Count", p.IDs, "Max", mostRecords))
	default:
		sound = true
		f.line(t.w.say("import.check", "Count", casework.UndoDays))
	}
	if len(held) > 0 {
		f.line(t.w.say("import.roles", "Who", t.join(held[:min(len(held), 8)])))
	}
	if len(p.Twins) > 0 {
		f.line(t.w.say("import.has_twins", "Count", len(p.Twins)))
	}
	if sound {
		f.row(t.applyChoice(at, t.w.say("button.import_apply")))
	}
	f.grid(t.importParts(at, []importPart{
		{diffPart, len(p.Changes)}, {faultsPart, len(faults)}, {twinsPart, len(p.Twins)}, {notesPart, notes},
	}))
	f.row(t.dropChoice(at))
}

func (t *turn) applyChoice(at Place, label string) choice {
	at.Path, at.Page = "", 0
	return choice{label, Good, Action{Verb: applyImport, Place: at}}
}

// importPart is a list that an import's board can show.
type importPart struct {
	path string
	n    int
}

// importParts are the buttons that lead to the lists that hold anything.
func (t *turn) importParts(at Place, parts []importPart) []choice {
	var out []choice
	for _, p := range parts {
		if p.n > 0 {
			out = append(out, t.viewChoice(at, t.w.say("button.import."+p.path, "Count", p.n), p.path, 0))
		}
	}
	return out
}

func (t *turn) viewChoice(at Place, label, path string, page int) choice {
	at.Path, at.Page = path, page
	return choice{label, Plain, Action{Verb: viewImport, Place: at}}
}

// sheetLines count what happens to each sheet, in the order of the workbook. Faults can
// name sheets that no roster has.
func (t *turn) sheetLines(f *face, p casework.Plan, faults []casework.RowFault) {
	wrong := map[string]int{}
	var sheets []string
	for _, x := range faults {
		if wrong[x.Cell.Sheet] == 0 {
			sheets = append(sheets, x.Cell.Sheet)
		}
		wrong[x.Cell.Sheet]++
	}
	for _, s := range casework.RosterTables() {
		t.sheetLine(f, s.Label.In(t.w.lang), []importPart{
			{"added", p.Added[s.ID]}, {"changed", p.Changed[s.ID]}, {"same", p.Unchanged[s.ID]}, {"refused", wrong[s.Label.Zh]},
		})
		sheets = slices.DeleteFunc(sheets, func(name string) bool { return name == s.Label.Zh })
	}
	for _, name := range sheets {
		t.sheetLine(f, name, []importPart{{"refused", wrong[name]}})
	}
	if p.Ended > 0 {
		f.line(t.w.say("import.ended", "Count", p.Ended))
	}
}

func (t *turn) sheetLine(f *face, name string, parts []importPart) {
	if words := t.countWords(parts); words != "" {
		f.line(t.w.say("import.sheet", "Name", name, "Counts", words))
	}
}

// countWords join the counts that are not zero.
func (t *turn) countWords(parts []importPart) string {
	var words []string
	for _, p := range parts {
		if p.n > 0 {
			words = append(words, t.w.say("import.count."+p.path, "Count", p.n))
		}
	}
	return strings.Join(words, " · ")
}

// importPage is a page of one of the lists.
func (t *turn) importPage(f *face, at Place, title string, lines []string) {
	pages := max(1, (len(lines)+perImport-1)/perImport)
	page := min(max(0, at.Page), pages-1)
	f.title(t.w.say(title, "Count", len(lines)))
	for _, l := range lines[page*perImport : min(len(lines), (page+1)*perImport)] {
		f.line("• " + clip(l, 250))
	}
	if pages > 1 {
		f.row(
			t.viewChoice(at, "‹", at.Path, (page-1+pages)%pages),
			choice{fmt.Sprintf("%d/%d", page+1, pages), Plain, Action{Verb: noop}},
			t.viewChoice(at, "›", at.Path, (page+1)%pages),
		)
	}
	f.row(t.viewChoice(at, t.w.say("button.go_back"), "", 0))
}

func (t *turn) changeLines(list []casework.Change) []string {
	out := make([]string, len(list))
	for i, c := range list {
		var columns []string
		for _, l := range c.Columns {
			columns = append(columns, l.In(t.w.lang))
		}
		out[i] = t.w.say("import.change."+string(c.Kind), "Where", casework.Where(c), "Key", c.Key, "Columns", t.join(columns))
	}
	return out
}

// faultLines say of each cell where it is and what is wrong with it.
func (t *turn) faultLines(list []casework.RowFault) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = x.Cell.Sheet + "!" + x.Cell.Ref + " " + x.Text.In(t.w.lang)
	}
	return out
}

func (t *turn) twinLines(list []casework.Twin) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = t.w.say("import.twin", "Cell", x.Cell.Sheet+"!"+x.Cell.Ref, "Key", x.Key, "Like", x.Like, "Why", x.Why.In(t.w.lang))
	}
	return out
}

// applyRoster records what the roster changes, all of it in this turn.
func (t *turn) applyRoster(at Place, r *Reading) {
	plan, faults := casework.PlanRoster(t.v, r.Roster, t.ids.Next, t.today)
	if len(faults) > 0 {
		return // the caller has planned the same without fault
	}
	plan, _ = casework.HoldRoles(t.v, plan)
	t.applied(at, casework.ApplyRoster(t.v, t.staff.ID, plan, r.SHA256, t.now(), t.ids.Next))
}

// applied records what was confirmed and shows it.
func (t *turn) applied(at Place, facts []casework.Fact) {
	t.carry(facts)
	for _, f := range facts {
		if f, ok := f.(casework.ImportApplied); ok {
			t.notice = t.w.say("import.done", "Code", f.Import.Code)
			t.showBoard(Place{Screen: importScreen, File: at.File, Import: f.Import.ID}, true, false)
			t.notice = ""
			return
		}
	}
}

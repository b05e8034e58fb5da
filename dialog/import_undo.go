package dialog

import (
	"slices"
	"strings"

	"zoufang/casework"
)

// keptLines is how many records that stay are named when an import is undone.
const keptLines = 8

// drawApplied shows an import that was applied, and lets it be undone.
func (t *turn) drawApplied(f *face, at Place, m casework.Import) {
	f.title(m.Code + " · " + t.importKind(m.Kind))
	f.line(t.w.say("import.by", "Who", t.importer(m.By), "When", t.moment(m.At)))
	if x, ok := t.v.Export(m.Export); ok {
		f.line(t.w.say("import.of_export", "Code", x.Code))
	}
	if words := t.countWords([]importPart{
		{"added", m.Added}, {"changed", m.Changed}, {"same", m.Unchanged}, {"ended", m.Ended}, {"refused", m.Refused},
	}); words != "" {
		f.line(words)
	}
	f.line(t.w.say("import.sum", "Sum", m.SHA256[:min(len(m.SHA256), 8)]))
	last := m.On.AddDays(casework.UndoDays - 1)
	switch {
	case !m.UndoneAt.IsZero():
		f.line(t.w.say("import.undone", "Who", t.importer(m.UndoneBy), "When", t.moment(m.UndoneAt)))
	case t.today.After(last):
		f.line(t.w.say("import.final", "Count", casework.UndoDays))
	case at.Path == undoPart:
		f.gap()
		t.askUndo(f, at, m)
		return
	default:
		f.line(t.w.say("import.undoable", "Date", t.day(last)))
		ask := at
		ask.Path = undoPart
		f.row(choice{t.w.say("button.import_undo"), Plain, to(ask)})
	}
	f.row(choice{t.w.say("button.imports"), Plain, to(Place{Screen: importsScreen})})
}

// askUndo says what undoing would do, and asks once more.
func (t *turn) askUndo(f *face, at Place, m casework.Import) {
	back := at
	back.Path = ""
	plan, why := casework.PlanUndo(t.v, t.staff, m.ID, t.now())
	if why != "" {
		f.line(t.undoWords(why))
	} else {
		f.line(t.w.say("import.undo_sure", "Back", len(plan.Back), "Kept", len(plan.Kept)))
		f.line(t.keptWords(plan))
		f.row(choice{t.w.say("button.import_undo_now"), Danger, Action{Verb: undoImport, Place: back}})
	}
	f.row(choice{t.w.say("button.go_back"), Plain, to(back)})
}

// keptWords name what stays as it is, and why.
func (t *turn) keptWords(p casework.UndoPlan) string {
	var lines []string
	for _, k := range p.Kept[:min(len(p.Kept), keptLines)] {
		lines = append(lines, "• "+t.w.say("import.kept", "Key", k.Key, "Why", k.Why.In(t.w.lang)))
	}
	if n := len(p.Kept) - keptLines; n > 0 {
		lines = append(lines, t.w.say("import.kept_more", "Count", n))
	}
	return strings.Join(lines, "\n")
}

// undoWords say why an import is not undone.
func (t *turn) undoWords(why casework.Refusal) string {
	switch why {
	case casework.NotNow:
		return t.w.say("import.undone_already")
	case casework.TooLate:
		return t.w.say("import.final", "Count", casework.UndoDays)
	case casework.NoChange:
		return t.w.say("import.all_kept")
	default:
		return t.stepWords(why)
	}
}

// undoImport puts back what an import changed, as far as nobody worked on it since.
func (t *turn) undoImport(_ Card, a Action) {
	at := a.Place
	plan, why := casework.PlanUndo(t.v, t.staff, at.Import, t.now())
	if why != "" {
		t.notice = t.undoWords(why)
		t.goTo(at)
		return
	}
	t.record(plan.Fact, t.today, "")
	t.notice = t.w.say("import.put_back", "Back", len(plan.Back), "Kept", len(plan.Kept))
	if kept := t.keptWords(plan); kept != "" {
		t.notice += "\n" + kept
	}
	t.goTo(at)
	t.tellUndone(plan.Fact)
}

// importer is who applied or undid an import.
func (t *turn) importer(id casework.StaffID) string {
	if id == 0 {
		return t.w.say("import.command_line")
	}
	return t.staffName(id)
}

// undoneTargets are the targets that undoing an import changed, themselves or their
// pairings.
func (t *turn) undoneTargets(f casework.ImportUndone) []casework.TargetID {
	m, _ := t.v.Import(f.ImportID)
	var out []casework.TargetID
	for _, x := range m.Images {
		switch x.Sheet {
		case casework.HouseholdSheet, casework.EnterpriseSheet, casework.OrganizationSheet, casework.PairingSheet:
			out = append(out, casework.TargetID(x.ID))
		default:
		}
	}
	return out
}

// undoneProblems are the problems that undoing an import changed.
func (t *turn) undoneProblems(f casework.ImportUndone) []casework.ProblemID {
	m, _ := t.v.Import(f.ImportID)
	var out []casework.ProblemID
	for i, x := range m.Images {
		if x.Sheet == casework.ProblemSheet && !slices.Contains(f.Kept, i) {
			out = append(out, casework.ProblemID(x.ID))
		}
	}
	return out
}

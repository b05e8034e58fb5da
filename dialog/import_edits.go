package dialog

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

const (
	// mostEdits is how many cells can be changed in the chat at once.
	mostEdits = 500
	// fewCards is up to how many problems somebody is shown as cards when a list was
	// changed; more are named in one message.
	fewCards = 3
	// frontLines is how many lines of each list the front of an import shows.
	frontLines = 8
)

// editsRead shows what the changed cells of an exported list would do; or applies them,
// if that is still what was shown and confirmed. What is refused does not keep the rest
// from being applied.
func (t *turn) editsRead(at Place, r *Reading) {
	if len(r.Edits) > mostEdits {
		t.showFault(at, t.w.say("import.too_many_edits", "Count", len(r.Edits), "Max", mostEdits))
		return
	}
	plan := casework.PlanEdits(t.v, t.staff, r.Edits, t.now(), t.ids)
	mark := editsMark(plan)
	if r.Errand.Apply {
		if t.confirmed(at, r, mark) {
			first := len(t.out.Events)
			t.applied(at, casework.ApplyEdits(t.v, t.staff.ID, plan, r.Export, r.SHA256, t.now(), t.ids.Next))
			t.tellEdits(first)
			return
		}
		t.notice = t.w.say("import.moved_on")
	}
	at.SHA256, at.Query = r.SHA256, mark
	taken, refused := t.editLines(plan.Applied), append(t.refusedLines(plan.Refused), t.faultLines(r.Faults)...)
	f := t.importFace()
	switch at.Path {
	case diffPart:
		t.importPage(f, at, "import.edits", taken)
	case refusedPart:
		t.importPage(f, at, "import.refused", refused)
	case notesPart:
		t.importPage(f, at, "import.notes", t.faultLines(r.Notes))
	default:
		t.editsFront(f, at, r, taken, refused)
	}
	t.dealImport(at, f)
}

// editsMark tells plans apart that were shown to somebody.
func editsMark(p casework.EditPlan) string {
	h := fnv.New64a()
	for _, e := range p.Applied {
		fmt.Fprintln(h, e.Key, e.Column, e.Before, e.After)
	}
	return fmt.Sprintf("%d-%d-%x", len(p.Applied), len(p.Refused), h.Sum64())
}

// editsFront is what the list would change as a whole.
func (t *turn) editsFront(f *face, at Place, r *Reading, taken, refused []string) {
	x, _ := t.v.Export(r.Export)
	f.title(t.w.say("import.return", "Code", x.Code))
	f.line(t.w.say("import.edit_counts", "Taken", len(taken), "Refused", len(refused)))
	var more []importPart
	list := func(path, title string, lines []string) {
		if len(lines) == 0 {
			return
		}
		f.gap()
		f.line(t.w.say(title, "Count", len(lines)))
		for _, l := range lines[:min(len(lines), frontLines)] {
			f.line("• " + clip(l, 250))
		}
		if len(lines) > frontLines {
			more = append(more, importPart{path, len(lines)})
		}
	}
	list(diffPart, "import.edits", taken)
	list(refusedPart, "import.refused", refused)
	f.gap()
	if len(taken) == 0 {
		f.line(t.w.say("import.no_edits"))
	} else {
		f.line(t.w.say("import.check", "Count", casework.UndoDays))
		f.row(t.applyChoice(at, t.w.say("button.import_edits", "Count", len(taken))))
	}
	f.grid(t.importParts(at, append(more, importPart{notesPart, len(r.Notes)})))
	f.row(t.dropChoice(at))
}

func (t *turn) editLines(list []casework.Edit) []string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = t.editWords(e)
	}
	return out
}

func (t *turn) refusedLines(list []casework.RefusedEdit) []string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = t.w.say("import.not_taken", "Edit", t.editWords(e.Edit), "Why", e.Why.In(t.w.lang))
	}
	return out
}

// editWords say what somebody made of a cell. What no cell may hold is not repeated.
func (t *turn) editWords(e casework.Edit) string {
	text := func(s string) string {
		switch {
		case s == "":
			return t.w.say("import.nothing")
		case form.FindPrivate(s) != "":
			return "***"
		}
		return clip(s, 40)
	}
	return t.w.say("import.edit", "Key", e.Key, "Column", e.Label.In(t.w.lang), "Before", text(e.Before), "After", text(e.After))
}

// tellEdits tells those whom the changes recorded since the first one named concern,
// but for who made them: of a few with the problems' cards, of many in one message.
func (t *turn) tellEdits(first int) {
	told := map[casework.StaffID][]casework.ProblemID{}
	for _, e := range t.out.Events[first:] {
		id, people := t.editConcerns(e.Fact)
		for _, who := range people {
			if who != 0 && !slices.Contains(told[who], id) {
				told[who] = append(told[who], id)
			}
		}
	}
	t.tellChanged(told, "told.edited")
}

// tellUndone tells those who have the problems that went back, and those who had them.
func (t *turn) tellUndone(f casework.ImportUndone) {
	told := map[casework.StaffID][]casework.ProblemID{}
	for _, id := range t.undoneProblems(f) {
		p, _ := t.v.Problem(id)
		before, _ := t.v.view.Problem(id)
		for _, who := range []casework.StaffID{casework.OwnerOf(t.v, p, t.today), before.OwnerID} {
			if who != 0 && !slices.Contains(told[who], id) {
				told[who] = append(told[who], id)
			}
		}
	}
	t.tellChanged(told, "told.put_back")
}

// tellChanged tells each of the people of their problems, under the key or, of many,
// the one beside it.
func (t *turn) tellChanged(told map[casework.StaffID][]casework.ProblemID, key string) {
	for _, who := range slices.Sorted(maps.Keys(told)) {
		t.tellOfProblems(who, told[who], key)
	}
}

// editConcerns are the problem that a fact changes, and who hears of it: those who had it
// and those who have it, besides those who hear of a step in any case.
func (t *turn) editConcerns(f casework.Fact) (casework.ProblemID, []casework.StaffID) {
	var id casework.ProblemID
	var out []casework.StaffID
	switch f := f.(type) {
	case casework.ProblemMoved:
		id = f.ProblemID
		p, _ := t.v.Problem(id)
		out = t.concerned(p, f)
	case casework.ProblemAssigned:
		id = f.ProblemID
	case casework.ProblemAmended:
		id = f.ProblemID
	default:
		return 0, nil
	}
	p, _ := t.v.Problem(id)
	before, _ := t.v.view.Problem(id)
	return id, append(out, casework.OwnerOf(t.v, p, t.today), before.OwnerID)
}

func (t *turn) tellOfProblems(who casework.StaffID, ids []casework.ProblemID, key string) {
	s, ok := t.v.Staff(who)
	if !ok || s.ID == t.staff.ID || s.Binding != casework.Bound || s.Unreachable {
		return
	}
	var codes []string
	for _, id := range ids {
		p, _ := t.v.Problem(id)
		codes = append(codes, p.Code)
		if len(ids) <= fewCards {
			t.tellProblem(who, p, func(o *turn) string { return o.w.say(key, "Who", t.staff.Name, "Code", p.Code) })
		}
	}
	if len(ids) > fewCards {
		o := t.as(s)
		shown := codes[:min(len(codes), 20)]
		t.tellLater(s, o.w.say(key+"_many", "Who", t.staff.Name, "Count", len(ids), "Codes", o.join(shown)))
	}
}

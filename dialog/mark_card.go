package dialog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"zoufang/casework"
)

// drawMark shows a trademark, or asks about a new matter of it.
func (t *turn) drawMark(f *face, at Place) bool {
	m, ok := t.v.Trademark(at.Mark)
	x, may := t.firmOf(m.FirmID, casework.SeeMarks)
	if !ok || !may {
		return false
	}
	f.title("™ " + m.Name)
	f.line(x.Code + " " + x.DisplayName())
	if at.Path != "" && t.mayServe(x) {
		t.newMatterPart(f, at, m)
		return true
	}
	t.markFacts(f, m)
	matters := t.mattersOf(m)
	f.gap()
	f.title(t.w.say("mark.matters", "Count", len(matters)))
	var list []choice
	for _, p := range matters {
		f.line("• " + t.matterWords(p))
		list = append(list, choice{p.Code, Plain, to(Place{Screen: matterScreen, Matter: p.ID})})
	}
	f.grid(list[:min(len(list), 12)])
	if t.mayServe(x) {
		f.row(
			choice{t.w.say("button.new_matter"), Primary, to(Place{Screen: markScreen, Mark: m.ID, Path: kindPart})},
			choice{t.w.say("button.edit_mark"), Plain, to(Place{Screen: newMarkScreen, Target: x.ID, NewMark: &m})},
		)
	}
	f.row(t.firmButton(x))
	return true
}

func (t *turn) firmButton(x casework.Target) choice {
	return choice{t.w.say("button.firm", "Code", x.Code), Plain, to(Place{Screen: firmScreen, Target: x.ID})}
}

// markFacts are what is known of a trademark.
func (t *turn) markFacts(f *face, m casework.Trademark) {
	if m.Top100 {
		f.line(t.w.say("mark.top"))
	}
	if m.MarkKind != "" {
		f.line(t.w.say("mark.kind", "Kind", casework.MarkKinds().Label(m.MarkKind, t.w.lang)))
	}
	for _, field := range []string{numberField, classesField, goodsField, untilField} {
		words := t.fieldWords(m, field)
		if field == untilField && words != "" {
			words += t.renewWords(m)
		}
		f.line(t.w.say("mark.field."+field, "Value", cmp.Or(words, "—")))
	}
}

// newMatterPart asks which kind of matter begins, at which stage it is, and why it
// was refused where it was.
func (t *turn) newMatterPart(f *face, at Place, m casework.Trademark) {
	var list []choice
	here := Place{Screen: markScreen, Mark: m.ID, Why: at.Why}
	if at.Path != kindPart {
		f.line(t.w.say("matter.kind", "Kind", t.firmLabel("matter", at.Why)))
		t.warning(f, at.Why)
	}
	switch at.Path {
	case kindPart:
		f.line(t.w.say("matter.which"))
		here.Path = stagePart
		for _, o := range t.firmOptions("matter") {
			here.Why = o.ID
			list = append(list, choice{o.Label.In(t.w.lang), Plain, to(here)})
		}
	case refusalPart:
		f.line(t.w.say("matter.which_refusal", "Stage", t.firmLabel("stage", at.Query)))
		for _, o := range t.firmOptions("refusal_reason") {
			here.Query = o.ID
			list = append(list, choice{o.Label.In(t.w.lang), Plain, Action{Verb: openMatter, Place: here, Option: at.Query}})
		}
	default:
		f.line(t.w.say("matter.which_stage"))
		for _, s := range casework.Stages(t.v, at.Why) {
			c := choice{t.firmLabel("stage", s), Plain, Action{Verb: openMatter, Place: here, Option: s}}
			if refusedStage(s) {
				c.act = to(Place{Screen: markScreen, Mark: m.ID, Why: at.Why, Path: refusalPart, Query: s})
			}
			list = append(list, c)
		}
	}
	f.grid(list)
	f.row(choice{t.w.say("button.go_back"), Plain, to(Place{Screen: markScreen, Mark: m.ID})})
}

// warning reminds of the law where it is easily broken.
func (t *turn) warning(f *face, kind string) {
	if kind == wellKnownMatter {
		f.line(t.w.say("matter.warning"))
	}
}

// wellKnownMatter 驰名商标保护 is the kind of matter that the law limits most.
const wellKnownMatter = "well_known"

// drawMatter shows how a matter stands, or the part of it that is asked for.
func (t *turn) drawMatter(f *face, at Place) bool {
	p, ok := t.v.Matter(at.Matter)
	x, may := t.firmOf(p.FirmID, casework.SeeMarks)
	if !ok || !may {
		return false
	}
	m, _ := t.v.Trademark(p.TrademarkID)
	switch at.Path {
	case givenPart:
		f.line(t.w.say("matter.given"))
	case movedPart:
		f.line(t.w.say("matter.moved"))
	}
	f.title(p.Code + " " + t.firmLabel("matter", p.Kind))
	f.line("™ " + m.Name + " · " + x.Code + " " + x.DisplayName())
	t.warning(f, p.Kind)
	if draw, ok := matterParts()[at.Path]; ok && (at.Path == historyPart || t.mayServe(x)) {
		draw(t, f, at, p)
		f.row(choice{t.w.say("button.go_back"), Plain, to(Place{Screen: matterScreen, Matter: p.ID})})
		return true
	}
	t.matterFront(f, p)
	if t.mayServe(x) {
		t.matterButtons(f, p)
	}
	row := []choice{
		{t.w.say("button.mark"), Plain, to(Place{Screen: markScreen, Mark: p.TrademarkID})},
		t.firmButton(x),
	}
	if len(p.History) > lastSteps {
		row = append([]choice{{t.w.say("button.matter_history", "Count", len(p.History)), Plain, to(Place{Screen: matterScreen, Matter: p.ID, Path: historyPart})}}, row...)
	}
	f.row(row...)
	return true
}

// lastSteps is how many steps of a history stand on a card.
const lastSteps = 3

// matterParts draw what a matter's board can ask for.
func matterParts() map[string]func(*turn, *face, Place, casework.Matter) {
	return map[string]func(*turn, *face, Place, casework.Matter){
		stagePart: (*turn).matterStages, refusalPart: (*turn).matterRefusals, evidencePart: (*turn).matterEvidence,
		nextPart: (*turn).matterNext, whenPart: (*turn).matterWhen, ownerPart: (*turn).matterOwners, historyPart: (*turn).matterHistory,
	}
}

// matterFront is all that is known of a matter.
func (t *turn) matterFront(f *face, p casework.Matter) {
	f.gap()
	f.line(t.w.say("matter.stage", "Stage", t.stageWords(p), "Date", t.day(p.StageOn)))
	t.expectedLine(f, p)
	if p.LastResult != "" {
		f.line(t.w.say("matter.result", "Result", p.LastResult, "Date", t.day(p.LastResultOn)))
	}
	if p.Refusal != "" {
		f.line(t.w.say("matter.refusal", "Reason", t.firmLabel("refusal_reason", p.Refusal)))
	}
	if p.Kind == wellKnownMatter {
		f.line(t.w.say("matter.evidence", "Have", len(p.Evidence), "Of", len(casework.EvidenceGroups())))
		for _, g := range casework.EvidenceGroups() {
			f.line(ticked(slices.Contains(p.Evidence, g)) + t.firmLabel("evidence_groups", g))
		}
	}
	if !p.ExpiresOn.IsZero() {
		f.line(t.w.say("matter.expires", "Date", t.year(p.ExpiresOn)))
	}
	if p.NextStep != "" {
		f.line(t.w.say("matter.next", "What", p.NextStep) + t.nextDay(p))
	}
	f.line(t.w.say("matter.owner", "Section", cmp.Or(p.Section, "—"), "Who", t.staffName(p.OwnerID)))
	if len(p.History) > 0 {
		f.gap()
		t.stepLines(f, p.History[max(0, len(p.History)-lastSteps):])
	}
}

// ticked is the box before a line or label.
func ticked(on bool) string {
	if on {
		return "☑ "
	}
	return "☐ "
}

// expectedLine says how long the stage takes, and by when a case must be passed up.
func (t *turn) expectedLine(f *face, p casework.Matter) {
	if p.Status != casework.MatterOpen {
		return
	}
	if from, until := casework.Expected(p.Stage); until > 0 {
		months := fmt.Sprint(until)
		if from != until {
			months = fmt.Sprintf("%d–%d", from, until)
		}
		f.line(t.w.say("matter.expected", "Months", months))
	}
	if p.Stage == "case_filed" && !p.StageOn.IsZero() {
		f.line(t.w.say("matter.case", "Date", t.day(casework.AddWorkdays(t.v, p.StageOn, caseDays))))
	}
}

// caseDays is within how many working days the file of a case must be passed up.
const caseDays = 15

// stepLines show steps of a matter's history, the newest first.
func (t *turn) stepLines(f *face, list []casework.MatterStep) {
	for _, s := range slices.Backward(list) {
		f.line(t.w.say("matter.step", "Date", t.day(s.On), "Who", t.staffName(s.By), "What", t.stepSaid(s.MatterMoved)))
	}
}

// stepSaid says in a line what a step changed.
func (t *turn) stepSaid(s casework.MatterMoved) string {
	var parts []string
	switch {
	case s.Stage == "" || s.Stage == s.From:
	case s.From == "":
		parts = append(parts, t.firmLabel("stage", s.Stage))
	default:
		parts = append(parts, t.firmLabel("stage", s.From)+" → "+t.firmLabel("stage", s.Stage))
	}
	if s.Result != "" {
		parts = append(parts, clip(s.Result, 40))
	}
	if s.Refusal != "" {
		parts = append(parts, t.firmLabel("refusal_reason", s.Refusal))
	}
	if s.Evidence != nil {
		parts = append(parts, t.w.say("matter.said_evidence", "What", cmp.Or(t.evidenceWords(*s.Evidence), "—")))
	}
	if s.NextStep != nil && *s.NextStep != "" {
		parts = append(parts, t.w.say("matter.said_next", "What", clip(*s.NextStep, 30)))
	} else if s.NextStep != nil {
		parts = append(parts, t.w.say("matter.said_done"))
	}
	if s.NextOn != nil && !s.NextOn.IsZero() {
		parts = append(parts, t.w.say("matter.said_day", "Date", t.day(*s.NextOn)))
	}
	if s.Section != "" {
		parts = append(parts, s.Section)
	}
	if s.OwnerID != 0 {
		parts = append(parts, t.w.say("matter.said_owner", "Who", t.staffName(s.OwnerID)))
	}
	if s.Text != "" {
		parts = append(parts, clip(s.Text, 60))
	}
	return cmp.Or(strings.Join(parts, " · "), "—")
}

// evidenceWords name groups of evidence.
func (t *turn) evidenceWords(groups []string) string {
	var list []string
	for _, g := range groups {
		list = append(list, t.firmLabel("evidence_groups", g))
	}
	return t.join(list)
}

func (t *turn) matterHistory(f *face, at Place, p casework.Matter) {
	f.line(t.w.say("matter.history", "Count", len(p.History)))
	newest := slices.Clone(p.History)
	slices.Reverse(newest)
	shown, page, pages := pageOf(newest, at.Page)
	shown = slices.Clone(shown)
	slices.Reverse(shown)
	t.stepLines(f, shown)
	f.arrows(Place{Screen: matterScreen, Matter: p.ID, Path: historyPart}, page, pages)
}

package dialog

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// drawFill asks the step in hand.
func (t *turn) drawFill(f *face) bool {
	d, ok := t.draft(t.s.At.Visit)
	if !ok {
		return false
	}
	sheet := t.sheet(&d)
	step, ok := sheet.Step(d.At)
	if !ok {
		t.s.At = Place{Screen: reviewScreen, Visit: d.ID}
		return t.drawReview(f)
	}
	t.heading(f, &d, sheet, step)
	if step.Gate() {
		t.askGate(f, &d, step)
	} else {
		t.askItem(f, &d, sheet, step)
	}
	t.tray(f, d.Attachments)
	if !step.Gate() && step.Item.ID == policyItem && d.isVisit() {
		f.row(t.policyChoice(d.TargetID, d.ID))
	}
	if d.Fixing {
		f.row(choice{t.w.say("button.to_review"), Plain, t.on(&d, skip)})
		if step.N > 0 {
			what := fmt.Sprint(step.Repeat.Label.In(t.w.lang), " ", step.N)
			f.row(choice{t.w.say("button.remove", "What", what), Danger, t.on(&d, remove)})
		}
	} else {
		t.navigation(f, &d, sheet, step)
	}
	return true
}

// policyItem is the item that asks how well policies are known.
const policyItem = "policy"

// lastItem is the number of the free item, the "+1" of "10+1".
const lastItem = 11

// on is an action on the step in hand.
func (t *turn) on(d *Draft, v Verb) Action {
	return Action{Verb: v, Place: Place{Visit: d.ID, Path: d.At}}
}

// heading says whose form it is and how far it has come.
func (t *turn) heading(f *face, d *Draft, sheet *form.Sheet, step form.Step) {
	x, _ := t.v.Target(d.TargetID)
	n, total := sheet.Progress(step.Path)
	f.bold(x.Code + " " + x.DisplayName())
	switch d.Form {
	case casework.CallForm:
		f.add("  ☎")
	case casework.RaiseForm:
		f.add("  ❗")
	}
	f.add(fmt.Sprintf("  %d/%d", n, total))
	if step.N > 0 && !step.Gate() {
		f.add("  " + step.Repeat.Label.In(t.w.lang) + " " + fmt.Sprint(step.N))
	}
	f.add("\n")
	if on := d.Answers["visited_on"]; len(on.Values) == 1 && on.Values[0] != t.today.String() && step.Path != "visited_on" {
		if s, ok := sheet.Step("visited_on"); ok {
			f.line(t.w.say("fill.day", "Date", sheet.Show(s, on, t.w.lang)))
		}
	}
	t.askedAbout(f, d, sheet, step)
	f.gap()
}

// askedAbout shows the open problem that the step asks about.
func (t *turn) askedAbout(f *face, d *Draft, sheet *form.Sheet, step form.Step) {
	about, ok := sheet.About(step)
	if !ok {
		return
	}
	for _, p := range t.v.ProblemsOfTarget(d.TargetID) {
		if p.Code == about.Code {
			f.gap()
			f.line(t.w.say("fill.open", "Code", p.Code, "Count", p.Age(t.today)))
			f.line("“" + clip(p.Description, 120) + "”")
		}
	}
}

// askGate asks whether there is another of what repeats.
func (t *turn) askGate(f *face, d *Draft, step form.Step) {
	r := step.Repeat
	ask, again, enough := r.Ask.In(t.w.lang), r.More.In(t.w.lang), r.Done.In(t.w.lang)
	if n := instances(d.Answers, r.ID); n > 0 {
		ask = t.w.say("gate.ask", "What", r.Label.In(t.w.lang), "Count", n)
		again, enough = t.w.say("gate.more"), t.w.say("gate.done")
	}
	f.title(ask)
	if free := d.Answers["free"]; r.ID == "problem" && instances(d.Answers, r.ID) == 0 && len(free.Values) == 1 && free.Via != form.Spoken {
		f.line("“" + clip(free.Values[0], 120) + "”")
	}
	style := Plain
	if instances(d.Answers, r.ID) > 0 {
		style = Primary
	}
	more, done := t.on(d, answer), t.on(d, answer)
	more.Option, done.Option = "more", "done"
	f.row(choice{again, Plain, more}, choice{enough, style, done})
}

// instances is how many of what repeats were described.
func instances(a form.Answers, repeat string) int {
	n := 0
	for {
		prefix := fmt.Sprintf("%s/%d/", repeat, n+1)
		if !slices.ContainsFunc(slices.Collect(maps.Keys(a)), func(p string) bool { return strings.HasPrefix(p, prefix) }) {
			return n
		}
		n++
	}
}

// askItem asks an item of the form.
func (t *turn) askItem(f *face, d *Draft, sheet *form.Sheet, step form.Step) {
	item := step.Item
	question := item.Question.In(t.w.lang)
	if question == "" {
		question = item.Label.In(t.w.lang)
	}
	if item.No > 0 {
		question = fmt.Sprintf("%d. %s", item.No, question)
	}
	f.title(question)
	f.line(item.Hint.In(t.w.lang))
	if a, ok := d.Answers[step.Path]; ok && len(a.Values) > 0 {
		f.line(t.w.say("fill.now", "Answer", sheet.Show(step, a, t.w.lang)))
	}
	if last, ok := t.lastAnswers(d); ok && item.No != 1 {
		if a, ok := sheet.Same(step, last.Answers); ok {
			words := sheet.Show(step, a, t.w.lang)
			f.line(t.w.say("fill.last", "Date", t.day(last.VisitedOn), "Answer", words))
			f.row(choice{t.w.say("button.same", "Answer", clip(words, 20)), Plain, t.on(d, same)})
		}
	}
	switch item.Type {
	case form.SelectOne:
		t.chooseOne(f, d, sheet, step)
	case form.SelectMultiple:
		t.chooseSeveral(f, d, sheet, step)
	case form.DateType:
		t.chooseDay(f, d, sheet, step)
	case form.Text, form.Integer:
		if a, ok := sheet.Default(step); ok && len(a.Values) == 1 {
			f.line(t.w.say("fill.prefill", "Answer", a.Values[0]))
			f.row(choice{t.w.say("button.prefill", "Answer", clip(a.Values[0], 16)), Primary, t.on(d, prefilled)})
		} else if item.Hint == (form.Label{}) {
			f.line(t.w.say("fill.type." + string(item.Type)))
		}
	case form.Note:
	}
}

func (t *turn) chooseOne(f *face, d *Draft, sheet *form.Sheet, step form.Step) {
	var list []choice
	for _, o := range sheet.Options(step) {
		a := t.on(d, answer)
		a.Option = o.ID
		list = append(list, choice{o.Label.In(t.w.lang), Plain, a})
	}
	f.grid(list)
}

func (t *turn) chooseSeveral(f *face, d *Draft, sheet *form.Sheet, step form.Step) {
	f.line(t.w.say("fill.several"))
	var list []choice
	for _, o := range sheet.Options(step) {
		a := t.on(d, toggle)
		a.Option = o.ID
		box := "☐ "
		if slices.Contains(d.Picked, o.ID) {
			box = "☑ "
		}
		list = append(list, choice{box + o.Label.In(t.w.lang), Plain, a})
	}
	f.grid(list)
	style := Plain
	if len(d.Picked) > 0 {
		style = Primary
	}
	f.row(choice{t.w.say("button.picked", "Count", len(d.Picked)), style, t.on(d, picked)})
}

// navigation is the same on every step: back, skip, and the rest unchanged.
func (t *turn) navigation(f *face, d *Draft, sheet *form.Sheet, step form.Step) {
	var row []choice
	if _, ok := sheet.Prev(step.Path); ok {
		row = append(row, choice{t.w.say("button.back"), Plain, t.on(d, back)})
	}
	if !step.Gate() && step.Item.No == lastItem {
		f.row(choice{t.w.say("button.nothing"), Good, t.on(d, skip)})
	} else if !step.Gate() && !sheet.Required(step) {
		row = append(row, choice{t.w.say("button.skip"), Plain, t.on(d, skip)})
	}
	if t.restApplies(sheet, step) {
		f.row(choice{t.w.say("button.rest"), Primary, t.on(d, rest)})
	}
	f.row(row...)
	f.row(choice{t.w.say("button.leave"), Plain, to(Place{Screen: parkScreen, Visit: d.ID})})
}

// restApplies reports whether "the rest is unchanged" leads anywhere from here:
// from a numbered item before the one it halts at.
func (t *turn) restApplies(sheet *form.Sheet, step form.Step) bool {
	if step.Gate() || step.Item.No == 0 || step.Item.Stop || sheet.Required(step) {
		return false
	}
	for _, s := range sheet.Steps() {
		if !s.Gate() && s.Item.Stop {
			return step.Item.No < s.Item.No
		}
	}
	return false
}

// actOnDraft does what a button of a form means, on the draft as it is now.
func (t *turn) actOnDraft(a Action) {
	d, ok := t.draft(a.Place.Visit)
	if !ok {
		t.lostDraft(a.Place.Visit)
		return
	}
	x, _ := t.v.Target(d.TargetID)
	if d.Correcting == 0 && !casework.May(t.v, t.staff, d.act(), t.subject(x)) {
		t.notice = t.w.say("target.forbidden")
		t.goTo(Place{Screen: homeScreen})
		return
	}
	switch a.Verb {
	case submit:
		t.submit(d)
		return
	case because:
		t.seal(d, t.w.say("reason."+a.Option))
		return
	case along:
		t.along(d, a.Option)
		return
	case fix:
		d.At, d.Fixing, d.Picked = a.Place.Path, true, slices.Clone(d.Answers[a.Place.Path].Values)
		t.showDraft(d)
		return
	default:
	}
	sheet := t.sheet(&d)
	step, ok := sheet.Step(a.Place.Path)
	if !ok { // the form has changed under the button
		t.showDraft(d)
		return
	}
	t.actOnStep(d, sheet, step, a)
}

// actOnStep does what a button of a step means.
func (t *turn) actOnStep(d Draft, sheet *form.Sheet, step form.Step, a Action) {
	switch a.Verb {
	case answer:
		t.take(d, step.Path, form.Answer{Values: []string{a.Option}, Via: form.Tapped})
	case toggle:
		d.At = step.Path
		d.Picked = sheet.Toggle(step, form.Answer{Values: d.Picked}, a.Option).Values
		t.showDraft(d)
	case picked:
		t.take(d, step.Path, form.Answer{Values: d.Picked, Via: form.Tapped})
	case same:
		last, _ := t.lastAnswers(&d)
		if ans, ok := sheet.Same(step, last.Answers); ok {
			t.take(d, step.Path, ans)
			return
		}
		t.showDraft(d)
	case prefilled:
		if ans, ok := sheet.Default(step); ok {
			t.take(d, step.Path, ans)
			return
		}
		t.showDraft(d)
	case rest:
		last, _ := t.lastAnswers(&d)
		filled := sheet.Rest(step.Path, last.Answers)
		d.Answers = sheet.Answers()
		d.At, d.Picked = t.next(&d, step.Path), nil
		t.notice = t.w.say("fill.rest", "Count", len(filled))
		t.showDraft(d)
	case back:
		if p, ok := sheet.Prev(step.Path); ok {
			d.At, d.Picked = p.Path, slices.Clone(d.Answers[p.Path].Values)
		}
		t.showDraft(d)
	case skip:
		t.skip(d, sheet, step)
	case remove:
		t.remove(d, sheet, step)
	default:
		t.showDraft(d)
	}
}

// remove takes one of what repeats out of the form; those after it move up.
func (t *turn) remove(d Draft, sheet *form.Sheet, step form.Step) {
	if step.N > 0 {
		sheet.Clear(fmt.Sprintf("%s/%d", step.Repeat.ID, step.N))
		d.Answers = sheet.Answers()
		t.notice = t.w.say("fill.removed", "What", fmt.Sprint(step.Repeat.Label.In(t.w.lang), " ", step.N))
	}
	d.Fixing, d.Picked = false, nil
	d.At = t.next(&d, "")
	t.showDraft(d)
}

// skip leaves a step out; while fixing it leaves the answer as it was.
func (t *turn) skip(d Draft, sheet *form.Sheet, step form.Step) {
	if d.Fixing {
		d.Fixing = false
	} else {
		if step.Gate() || sheet.Required(step) {
			t.showDraft(d)
			return
		}
		sheet.Set(step.Path, form.Answer{Skipped: true, Via: form.Tapped})
		d.Answers = sheet.Answers()
	}
	d.Picked = nil
	t.advance(&d, step)
	t.showDraft(d)
}

// advance goes on to the next step that has to be asked. What the person has
// said already is not asked again, and after one of what repeats nobody is asked
// for another: the review offers it.
func (t *turn) advance(d *Draft, from form.Step) {
	for {
		sheet := t.sheet(d)
		step, ok := sheet.Next(from.Path)
		if !ok {
			d.At = ""
			return
		}
		a, filled := form.Answer{Values: []string{"done"}, Via: form.Defaulted}, false
		if step.Gate() {
			filled = from.N > 0 && from.Repeat.ID == step.Repeat.ID
		} else if step.N > 0 && step.Item.Type == form.Text {
			a, filled = sheet.Default(step)
		}
		if !filled || sheet.Check(step, a) != nil {
			d.At = step.Path
			return
		}
		sheet.Set(step.Path, a)
		d.Answers = sheet.Answers()
	}
}

// take puts an answer to a step, if it is right, and goes on to the next; if it
// is not, the step is asked again with what would be right.
func (t *turn) take(d Draft, path string, a form.Answer) {
	sheet := t.sheet(&d)
	step, ok := sheet.Step(path)
	if !ok {
		t.showDraft(d)
		return
	}
	if err := sheet.Check(step, a); err != nil {
		d.At = path
		t.notice = t.refusal(err)
		t.showDraft(d)
		return
	}
	sheet.Set(path, a)
	d.Answers = sheet.Answers()
	t.notice = strings.TrimPrefix(t.notice+"\n", "\n") + t.noted(sheet, step, a)
	d.Fixing, d.Picked = false, nil
	t.advance(&d, step)
	if s, ok := t.sheet(&d).Step(d.At); ok && !s.Gate() && s.Item.Type == form.SelectMultiple {
		d.Picked = slices.Clone(d.Answers[d.At].Values)
	}
	t.showDraft(d)
}

// noted repeats an answer that was saved.
func (t *turn) noted(sheet *form.Sheet, step form.Step, a form.Answer) string {
	if step.Gate() {
		return ""
	}
	return t.w.say("fill.noted", "Item", step.Item.Label.In(t.w.lang), "Answer", clip(sheet.Show(step, a, t.w.lang), 40))
}

// answerTyped takes words typed at a step.
func (t *turn) answerTyped(text string) {
	d, ok := t.draft(t.s.At.Visit)
	if !ok {
		t.lostDraft(t.s.At.Visit)
		return
	}
	sheet := t.sheet(&d)
	step, ok := sheet.Step(d.At)
	if !ok {
		t.showDraft(d)
		return
	}
	if private := form.FindPrivate(text); private != "" && (step.Gate() || step.Item.Type != form.Text) {
		t.erase()
		t.notice = t.w.say("refused." + string(private))
		t.showDraft(d)
		return
	}
	a, err := sheet.Read(step, text)
	if err != nil {
		t.notice = t.refusal(err)
		t.showDraft(d)
		return
	}
	t.out.Landed = &Landing{Visit: d.ID, Path: step.Path}
	if a.Skipped {
		t.skip(d, sheet, step)
		return
	}
	t.take(d, step.Path, a)
}

// refusal says why an answer does not fit and what would. A message that held
// private numbers is taken out of the chat as well.
func (t *turn) refusal(err error) string {
	r, ok := errors.AsType[*form.Refusal](err)
	if !ok {
		return t.w.say("refused.any")
	}
	if r.Code == form.IDNumber || r.Code == form.Phone {
		t.erase()
	}
	var names []string
	for _, o := range r.Options {
		names = append(names, o.Label.In(t.w.lang))
	}
	got := r.Got
	var day casework.Date
	if err := day.UnmarshalText([]byte(got)); err == nil && !day.IsZero() {
		got = t.day(day)
	}
	if r.Code != form.TooLong && r.Code != form.TooShort && r.Code != form.OutOfRange {
		got = clip(got, 20)
	}
	c, _ := t.v.Campaign()
	key := "refused." + string(r.Code)
	if (r.Code == form.NotAChoice || r.Code == form.Constraint) && r.Message != (form.Label{}) {
		return t.w.say("refused.message", "Message", r.Message.In(t.w.lang))
	}
	return t.w.say(key, "Got", got, "Min", r.Min, "Max", r.Max, "Options", t.join(names), "Earliest", t.day(c.StartOn))
}

// erase takes the person's message out of the chat: it holds what should be
// nowhere.
func (t *turn) erase() {
	t.out.Letters = append(t.out.Letters, Letter{Kind: Erase, Chat: t.in.Chat, Message: t.in.Message})
}

// join lists words as a sentence does.
func (t *turn) join(list []string) string {
	if t.w.lang == English {
		return strings.Join(list, ", ")
	}
	return strings.Join(list, "、")
}

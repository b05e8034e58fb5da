package dialog

import (
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// The fields of a policy card, in the order in which they are asked. They stand in the
// path of [newPolicyScreen]; an empty path shows the whole card.
const (
	titleField    = "title"
	forField      = "for"
	categoryField = "category"
	validField    = "valid"
	textField     = "text"
)

func policyFields() []string {
	return []string{titleField, forField, categoryField, validField, textField}
}

// maxPolicyText is how long the text of a card may be, in characters.
const maxPolicyText = 1500

func newPolicy(at Place) casework.Policy {
	if at.NewPolicy != nil {
		return *at.NewPolicy
	}
	return casework.Policy{}
}

// policyAfter is the place that follows a field of a card.
func policyAfter(at Place, p casework.Policy) Place {
	fields := policyFields()
	i := slices.Index(fields, at.Path) + 1
	if at.Why == fixing || i >= len(fields) {
		return Place{Screen: newPolicyScreen, NewPolicy: &p}
	}
	return Place{Screen: newPolicyScreen, NewPolicy: &p, Path: fields[i]}
}

// drawNewPolicy asks for a field of a card, or shows the card before it is issued.
func (t *turn) drawNewPolicy(f *face) bool {
	if !t.editsPolicies() {
		return false
	}
	at := t.s.At
	p := newPolicy(at)
	f.title(t.w.say("policy.new"))
	back := choice{t.w.say("button.to_policies"), Plain, to(Place{Screen: policyScreen})}
	if !slices.Contains(policyFields(), at.Path) {
		t.policyPreview(f, at, p)
		f.row(back, t.homeButton())
		return true
	}
	f.line(t.w.say("policy.ask."+at.Path, "Max", maxPolicyText))
	switch at.Path {
	case forField:
		t.forButtons(f, at, p)
	case categoryField:
		t.categoryButtons(f, at, p)
	case validField:
		p.ValidTo = casework.Date{}
		f.row(choice{t.w.say("button.policy_no_end"), Plain, to(policyAfter(at, p))})
	}
	f.row(back)
	return true
}

// forButtons let kinds of target and types of household be ticked.
func (t *turn) forButtons(f *face, at Place, p casework.Policy) {
	var all []string
	for _, k := range casework.Kinds() {
		all = append(all, string(k))
	}
	for _, o := range casework.HouseholdTypes() {
		all = append(all, o.ID)
	}
	var list []choice
	for _, k := range all {
		other := p
		other.For = turnedOver(p.For, k)
		turned := at
		turned.NewPolicy = &other
		list = append(list, choice{ticked(slices.Contains(p.For, k)) + t.forLabel(k), Plain, to(turned)})
	}
	f.grid(list)
	done := choice{t.w.say("button.policy_everybody"), Primary, to(policyAfter(at, p))}
	if n := len(p.For); n > 0 {
		done.text = t.w.say("button.picked", "Count", n)
	}
	f.row(done)
}

// categoryButtons offer the categories of problems a card can help with.
func (t *turn) categoryButtons(f *face, at Place, p casework.Policy) {
	def, _ := t.v.Form(string(casework.HouseholdKind), 0)
	var list []choice
	if it, ok := def.Item("category"); ok {
		for _, o := range it.Options {
			p.Category = o.ID
			list = append(list, choice{o.Label.In(t.w.lang), Plain, to(policyAfter(at, p))})
		}
	}
	p.Category = ""
	f.grid(list[:min(len(list), maxButtons-5)])
	f.row(choice{t.w.say("button.skip"), Plain, to(policyAfter(at, p))})
}

// policyPreview shows the card as it would be read, with each field to be corrected.
func (t *turn) policyPreview(f *face, at Place, p casework.Policy) {
	t.policyFacts(f, p)
	f.gap()
	f.line(p.Text)
	if p.File != nil {
		f.line(t.w.say("policy.file"))
	} else {
		f.line(t.w.say("policy.ask_file"))
	}
	var list []choice
	for _, field := range policyFields() {
		fix := at
		fix.Path, fix.Why = field, fixing
		list = append(list, choice{t.w.say("button.policy_field." + field), Plain, to(fix)})
	}
	f.grid(list)
	f.row(choice{t.w.say("button.issue_policy"), Good, Action{Verb: issuePolicy, Place: at}})
}

// newPolicyTyped takes the field that is asked for.
func (t *turn) newPolicyTyped(text string) {
	at := t.s.At
	p := newPolicy(at)
	var ok bool
	switch at.Path {
	case titleField:
		p.Title, ok = t.readAs(form.Item{ID: "words", Type: form.Text, Min: 2, Max: 60}, text)
	case validField:
		p.ValidTo, ok = t.readDate(text, comingDay)
	case textField:
		p.Text, ok = t.readPolicyText(text)
	default:
		t.tapInstead(text)
		return
	}
	if !ok {
		t.draw()
		return
	}
	t.goTo(policyAfter(at, p))
}

// readPolicyText reads the text of a card. Unlike what is noted of people it may name
// the telephone of an office.
func (t *turn) readPolicyText(text string) (string, bool) {
	words := form.Clean(text)
	switch n := len([]rune(words)); {
	case form.FindPrivate(words) == form.IDNumber:
		t.erase()
		t.notice = t.w.say("refused." + string(form.IDNumber))
	case n < 2 || n > maxPolicyText:
		t.notice = t.w.say("policy.length", "Count", n, "Max", maxPolicyText)
	default:
		return words, true
	}
	return "", false
}

// policySent takes a file for the card being written.
func (t *turn) policySent(a casework.Attachment) {
	if t.editsPolicies() {
		p := newPolicy(t.s.At)
		p.File = &a
		t.receipt()
		t.s.At.NewPolicy = &p
	}
	t.draw()
}

// issuePolicy issues the card that was written.
func (t *turn) issuePolicy(_ Card, a Action) {
	facts, why := casework.IssuePolicy(t.v, t.staff, newPolicy(a.Place), t.now(), t.ids)
	if why != "" {
		t.notice = t.stepWords(why)
		t.goTo(a.Place)
		return
	}
	t.carry(facts)
	for _, f := range facts {
		if f, ok := f.(casework.PolicyIssued); ok {
			t.notice = t.w.say("policy.issued", "What", f.Policy.Code+" "+f.Policy.Title)
			t.leaveFor(Place{Screen: policyScreen, Policy: f.Policy.ID})
			return
		}
	}
}

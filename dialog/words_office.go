package dialog

import (
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// officeForms are the forms whose words the office may change.
func officeForms() []string {
	var out []string
	for _, k := range casework.Kinds() {
		out = append(out, string(k))
	}
	return append(out, casework.CallForm)
}

// formName is what a form is called.
func (t *turn) formName(id string) string {
	if id == casework.CallForm {
		return t.w.say("words.call")
	}
	return t.w.say("kind." + id)
}

func (t *turn) setsWords() bool {
	return casework.May(t.v, t.staff, casework.SetWords, casework.Subject{Today: t.today})
}

// formWords are the words of the form in hand that can be changed, and the one in
// hand: the form is in Query, the item in Why, the option in Path.
func (t *turn) formWords(at Place) (all []casework.Word, one casework.Word, found bool) {
	def, ok := t.v.Form(at.Query, 0)
	if !ok || !slices.Contains(officeForms(), at.Query) {
		return nil, one, false
	}
	all = casework.EditableWords(def)
	i := slices.IndexFunc(all, func(w casework.Word) bool { return w.Item == at.Why && w.Option == at.Path })
	if i < 0 {
		return all, one, false
	}
	return all, all[i], true
}

// drawForms asks for a form, an item and an option, and for the words it is to have.
func (t *turn) drawForms(f *face) bool {
	if !t.setsWords() {
		return false
	}
	at := t.s.At
	f.title(t.w.say("words.title"))
	all, one, chosen := t.formWords(at)
	back := Place{Screen: formsScreen}
	switch {
	case at.Path == historyPart:
		t.settingHistory(f, "label")
	case chosen:
		t.drawWord(f, at, one)
		back.Query, back.Why = at.Query, at.Why
	case at.Why != "" && len(all) > 0:
		t.wordOptions(f, at, all)
		back.Query = at.Query
	case len(all) > 0:
		t.wordItems(f, at, all)
	default:
		f.line(t.w.say("words.how"))
		var list []choice
		for _, id := range officeForms() {
			if _, ok := t.v.Form(id, 0); ok {
				list = append(list, choice{t.formName(id), Plain, to(Place{Screen: formsScreen, Query: id})})
			}
		}
		f.grid(append(list, choice{t.w.say("button.changes"), Plain, to(Place{Screen: formsScreen, Path: historyPart})}))
		f.row(t.homeButton())
		return true
	}
	f.row(choice{t.w.say("button.go_back"), Plain, to(back)}, t.homeButton())
	return true
}

// wordItems ask which item of the form.
func (t *turn) wordItems(f *face, at Place, all []casework.Word) {
	f.line(t.w.say("words.which_item", "Form", t.formName(at.Query)))
	var list []choice
	seen := map[string]bool{}
	for _, w := range all {
		if !seen[w.Item] {
			seen[w.Item] = true
			list = append(list, choice{w.ItemLabel.In(t.w.lang), Plain, to(Place{Screen: formsScreen, Query: at.Query, Why: w.Item})})
		}
	}
	f.grid(list[:min(len(list), maxButtons-5)])
}

// wordOptions ask which option of the item.
func (t *turn) wordOptions(f *face, at Place, all []casework.Word) {
	var list []choice
	name := ""
	for _, w := range all {
		if w.Item == at.Why {
			name = w.ItemLabel.In(t.w.lang)
			one := at
			one.Path, one.Text = w.Option, ""
			list = append(list, choice{w.Label.In(t.w.lang), Plain, to(one)})
		}
	}
	f.line(t.w.say("words.which_option", "Form", t.formName(at.Query), "Item", name))
	f.grid(list[:min(len(list), maxButtons-5)])
}

// maxWord is how long the label of an option may be, in characters.
const maxWord = 20

// drawWord asks what the option is to be called, or whether what was typed is meant.
func (t *turn) drawWord(f *face, at Place, w casework.Word) {
	f.line(t.formName(w.Form) + " · " + w.ItemLabel.In(t.w.lang))
	f.line(t.w.say("words.now", "Label", w.Label.Zh+labelSign+w.Label.In(English)))
	if at.Text == "" {
		f.line(t.w.say("words.type", "Max", maxWord))
		return
	}
	f.line(t.w.say("words.sure", "From", w.Label.Zh, "To", at.Text))
	again := at
	again.Text = ""
	f.row(
		choice{t.w.say("button.set_param"), Good, Action{Verb: relabel, Place: at}},
		choice{t.w.say("button.type_again"), Plain, to(again)},
	)
}

// labelSign stands between the Chinese and the English words that were typed.
const labelSign = " / "

// labelTyped takes the words that an option is to have.
func (t *turn) labelTyped(text string) {
	at := t.s.At
	if _, _, ok := t.formWords(at); !ok || !t.setsWords() {
		t.tapInstead(text)
		return
	}
	zh, en, both := strings.Cut(form.Clean(text), "/")
	words, ok := t.readAs(form.Item{ID: "words", Type: form.Text, Min: 1, Max: maxWord}, zh)
	if both && ok {
		en, ok = t.readAs(form.Item{ID: "words", Type: form.Text, Min: 1, Max: 2 * maxWord}, en)
		words += labelSign + en
	}
	if !ok {
		t.draw()
		return
	}
	at.Text = words
	t.goTo(at)
}

// relabel gives an option other words.
func (t *turn) relabel(_ Card, a Action) {
	at := a.Place
	_, w, ok := t.formWords(at)
	if !ok {
		t.goTo(Place{Screen: formsScreen})
		return
	}
	var label form.Label
	label.Zh, label.En, _ = strings.Cut(at.Text, labelSign)
	facts, why := casework.Relabel(t.v, t.staff, w, label, t.now(), t.ids)
	if why != "" {
		t.notice = t.officeWords("words.refused", why)
		at.Text = ""
		t.goTo(at)
		return
	}
	t.carry(facts)
	t.notice = t.w.say("words.set", "From", w.Label.Zh, "To", at.Text)
	t.goTo(Place{Screen: formsScreen, Query: at.Query, Why: at.Why})
}

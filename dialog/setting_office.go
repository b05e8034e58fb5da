package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"zoufang/casework"
	"zoufang/form"
)

// The screens of what the office can set. Stored by name: never rename.
const (
	paramsScreen Screen = "params" // the numbers
	formsScreen  Screen = "forms"  // the forms' words
)

// The verbs of what the office can set. Stored by name: never rename.
const (
	setParam Verb = "set_param" // the number in Why to the one in Text
	relabel  Verb = "relabel"   // the option in Path to the words in Text
)

// maxChanges is how many changes the history goes back.
const maxChanges = 200

// settingRoom is where the office sets numbers and words.
func settingRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{
			paramsScreen: (*turn).drawParams, formsScreen: (*turn).drawForms,
		},
		verbs: map[Verb]func(*turn, Card, Action){setParam: (*turn).setParam, relabel: (*turn).relabel},
		texts: map[Screen]func(*turn, string){
			paramsScreen: (*turn).paramTyped, formsScreen: (*turn).labelTyped,
		},
		commands: map[string]func(*turn){
			"params": func(t *turn) { t.openIf(casework.SetParams, Place{Screen: paramsScreen}) },
			"words":  func(t *turn) { t.openIf(casework.SetWords, Place{Screen: formsScreen}) },
		},
		offers: []offer{{"params", allowed(casework.SetParams)}, {"words", allowed(casework.SetWords)}},
	}
}

// The sections of the numbers, as the path of [paramsScreen].
const (
	rhythmSection  = "rhythm"
	contactSection = "contact"
	problemSection = "problem"
	recordSection  = "record"
	missSection    = "miss"
)

func paramSections() []string {
	return []string{rhythmSection, contactSection, problemSection, recordSection, missSection}
}

// sectionOf is where a number is found.
func sectionOf(name string) string {
	switch name {
	case "key_visit", "key_call", "watch_visit", "watch_call", "general_visit", "firm_call", "firm_visit", "org_visit":
		return rhythmSection
	case "open_problem_call", "window", "day_load", "change_days", "call_back", "no_answer":
		return contactSection
	case "dup_visit_warn", "backfill", "renew_notice":
		return recordSection
	case "silent", "work_from", "work_to", "partner_wait", "leader_wait", "office_wait":
		return missSection
	}
	return problemSection
}

// paramInfo describes the number with the name.
func paramInfo(name string) (casework.ParamInfo, bool) {
	all := casework.ParamInfos()
	if i := slices.IndexFunc(all, func(p casework.ParamInfo) bool { return p.Name == name }); i >= 0 {
		return all[i], true
	}
	return casework.ParamInfo{}, false
}

// paramWords is a number with what it counts.
func (t *turn) paramWords(p casework.ParamInfo, n int) string {
	if p.Unit == casework.Minutes {
		return fmt.Sprintf("%02d:%02d", n/60, n%60)
	}
	return t.w.say("param.unit."+string(p.Unit), "Number", n)
}

// paramNow is what the number is by now.
func (t *turn) paramNow(name string) int {
	c, _ := t.v.Campaign()
	n, _ := c.Params.Get(name)
	return n
}

func (t *turn) setsParams() bool {
	return casework.May(t.v, t.staff, casework.SetParams, casework.Subject{Today: t.today})
}

// drawParams shows the sections, the numbers of one, one number, or the history.
func (t *turn) drawParams(f *face) bool {
	if !t.setsParams() {
		return false
	}
	at := t.s.At
	f.title(t.w.say("param.title"))
	p, chosen := paramInfo(at.Why)
	switch {
	case at.Path == historyPart:
		t.settingHistory(f, "param")
	case chosen:
		t.drawParam(f, at, p)
		return true
	case slices.Contains(paramSections(), at.Path):
		t.paramSection(f, at)
	default:
		f.line(t.w.say("param.how"))
		var list []choice
		for _, s := range paramSections() {
			list = append(list, choice{t.w.say("param.section." + s), Plain, to(Place{Screen: paramsScreen, Path: s})})
		}
		f.grid(append(list, choice{t.w.say("button.changes"), Plain, to(Place{Screen: paramsScreen, Path: historyPart})}))
		f.row(t.homeButton())
		return true
	}
	f.row(choice{t.w.say("button.go_back"), Plain, to(Place{Screen: paramsScreen})}, t.homeButton())
	return true
}

// paramSection lists the numbers of a section.
func (t *turn) paramSection(f *face, at Place) {
	f.line(t.w.say("param.section." + at.Path))
	f.line(t.w.say("param.tap"))
	for _, p := range casework.ParamInfos() {
		if sectionOf(p.Name) == at.Path {
			label := p.Label.In(t.w.lang) + " · " + t.paramWords(p, t.paramNow(p.Name))
			f.row(choice{label, Plain, to(Place{Screen: paramsScreen, Path: at.Path, Why: p.Name})})
		}
	}
}

// drawParam asks for another value of a number, or whether the one typed is meant.
func (t *turn) drawParam(f *face, at Place, p casework.ParamInfo) {
	now := t.paramNow(p.Name)
	f.line(p.Label.In(t.w.lang))
	f.line(t.w.say("param.now", "Value", t.paramWords(p, now)))
	section := Place{Screen: paramsScreen, Path: sectionOf(p.Name)}
	if n, err := strconv.Atoi(at.Text); err == nil {
		f.line(t.w.say("param.sure", "From", t.paramWords(p, now), "To", t.paramWords(p, n)))
		again := at
		again.Text = ""
		f.row(
			choice{t.w.say("button.set_param"), Good, Action{Verb: setParam, Place: at}},
			choice{t.w.say("button.type_again"), Plain, to(again)},
		)
	} else {
		f.line(t.w.say("param.type", "Min", t.paramWords(p, p.Min), "Max", t.paramWords(p, p.Max)))
	}
	f.row(choice{t.w.say("button.go_back"), Plain, to(section)}, t.homeButton())
}

// paramTyped takes another value of the number in hand.
func (t *turn) paramTyped(text string) {
	at := t.s.At
	p, ok := paramInfo(at.Why)
	if !ok || !t.setsParams() {
		t.tapInstead(text)
		return
	}
	n, ok := readNumber(p.Unit, text)
	switch {
	case !ok || n < p.Min || n > p.Max:
		t.notice = t.w.say("param.bad", "Min", t.paramWords(p, p.Min), "Max", t.paramWords(p, p.Max))
		at.Text = ""
	case n == t.paramNow(p.Name):
		t.notice = t.w.say("refused.step.no_change")
		at.Text = ""
	default:
		at.Text = strconv.Itoa(n)
	}
	t.goTo(at)
}

// readNumber reads a number as people type it: a time of day with a colon, others with
// or without the word for what they count.
func readNumber(unit casework.ParamUnit, text string) (int, bool) {
	words := form.Fold(form.Clean(text))
	if unit == casework.Minutes {
		h, m, ok := strings.Cut(words, ":")
		hour, err1 := strconv.Atoi(h)
		minute, err2 := strconv.Atoi(m)
		ok = ok && err1 == nil && err2 == nil && hour >= 0 && hour < 24 && minute >= 0 && minute < 60
		return hour*60 + minute, ok
	}
	n, err := strconv.Atoi(strings.TrimRightFunc(words, func(r rune) bool { return !unicode.IsDigit(r) }))
	return n, err == nil
}

// setParam gives a number another value.
func (t *turn) setParam(_ Card, a Action) {
	at := a.Place
	n, err := strconv.Atoi(at.Text)
	p, known := paramInfo(at.Why)
	if err != nil || !known {
		t.goTo(Place{Screen: paramsScreen})
		return
	}
	fact, why := casework.SetParam(t.v, t.staff, p.Name, n, t.now(), t.ids)
	if why != "" {
		t.notice = t.officeWords("param.refused", why)
	} else {
		t.record(fact, t.today, "")
		t.notice = t.w.say("param.set", "What", p.Label.In(t.w.lang), "Value", t.paramWords(p, n))
	}
	t.goTo(Place{Screen: paramsScreen, Path: sectionOf(p.Name)})
}

// settingHistory lists the changes of a kind, the newest first.
func (t *turn) settingHistory(f *face, kind string) {
	list := slices.DeleteFunc(t.v.Settings(maxChanges), func(s casework.Setting) bool { return s.Kind != kind })
	f.line(t.w.say("param.history"))
	if len(list) == 0 {
		f.line(t.w.say("param.no_history"))
	}
	shown, page, pages := pageOf(list, t.s.At.Page)
	for _, s := range shown {
		what, before, after := t.settingWords(s)
		f.line("• " + t.w.say("param.change", "Time", t.moment(s.At), "Who", t.staffName(s.By), "What", what, "From", before, "To", after))
	}
	f.arrows(t.s.At, page, pages)
}

// settingWords say what was changed, from what to what.
func (t *turn) settingWords(s casework.Setting) (what, before, after string) {
	if p, ok := paramInfo(s.Key); ok && s.Kind == "param" {
		n, _ := strconv.Atoi(s.Before)
		m, _ := strconv.Atoi(s.After)
		return p.Label.In(t.w.lang), t.paramWords(p, n), t.paramWords(p, m)
	}
	id, rest, _ := strings.Cut(s.Key, "/")
	item, _, _ := strings.Cut(rest, "/")
	what = t.formName(id)
	if def, ok := t.v.Form(id, 0); ok {
		if it, ok := def.Item(item); ok {
			what += " · " + it.Label.In(t.w.lang)
		}
	}
	return what, s.Before, s.After
}

package dialog

import (
	"fmt"
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// The screens of the measures for firms. Stored by name: never rename.
const (
	serviceScreen    Screen = "services"    // a board: the catalogue, for a firm or by itself
	serviceSayScreen Screen = "service_say" // words about a measure
)

// The verbs of the measures for firms. Stored by name: never rename.
const (
	giveService Verb = "give_service" // the measure of the place's Why was used; the option is a note
	offService  Verb = "off_service"  // offer the measure of the option no longer, or again
)

// servicePart in the path of the board shows one measure, addPart asks for a new one.
const (
	servicePart = "one"
	addPart     = "add"
)

// directions are those of the measures, in their order.
func directions() []casework.ServiceFor {
	return []casework.ServiceFor{casework.ForFirms, casework.ForMarks}
}

// catalogue is the measures as they are now, those not offered any more included.
func (t *turn) catalogue() []casework.Service {
	c, _ := t.v.Campaign()
	return casework.Services(c)
}

// serviceOf is the measure with the key.
func (t *turn) serviceOf(key string) casework.Service {
	for _, s := range t.catalogue() {
		if s.Key == key {
			return s
		}
	}
	return casework.Service{Key: key, Label: key}
}

func (t *turn) servicesButton(x casework.Target) choice {
	return choice{t.w.say("button.services"), Plain, to(Place{Screen: serviceScreen, Target: x.ID})}
}

// drawServices shows the measures with how often they were used: to note that one
// was used for the firm, or to change the catalogue.
func (t *turn) drawServices(f *face, at Place) bool {
	x, forFirm := t.firmOf(at.Target, casework.ServeFirm)
	if at.Target != 0 && !forFirm || at.Target == 0 && !casework.Allowed(t.staff, casework.SeeMarks) {
		return false
	}
	f.title(t.w.say("service.title"))
	if forFirm {
		f.line(x.Code + " " + x.DisplayName())
	}
	if at.Path == servicePart {
		t.drawService(f, at, x)
		return true
	}
	dir := casework.ServiceFor(at.Query)
	if !slices.Contains(directions(), dir) {
		dir = casework.ForFirms
	}
	f.line(t.w.say("service.for." + string(dir)))
	if forFirm {
		f.line(t.w.say("service.how"))
	}
	t.serviceRows(f, at, x, dir)
	var row []choice
	for _, d := range directions() {
		c := choice{t.w.say("service.for." + string(d)), Plain, to(Place{Screen: serviceScreen, Target: at.Target, Query: string(d)})}
		if d == dir {
			c.style = Primary
		}
		row = append(row, c)
	}
	f.row(row...)
	if forFirm {
		f.row(t.firmButton(x))
	} else if t.editsServices() {
		f.row(choice{t.w.say("button.new_service"), Plain, to(Place{Screen: serviceSayScreen, Path: addPart, Query: string(dir)})})
	}
	return true
}

func (t *turn) editsServices() bool {
	return casework.May(t.v, t.staff, casework.EditServices, casework.Subject{})
}

// servicesShown is how many measures stand on a page.
const servicesShown = 10

// serviceRows has a button for each measure of the direction, and its figures.
func (t *turn) serviceRows(f *face, at Place, x casework.Target, dir casework.ServiceFor) {
	list := slices.DeleteFunc(casework.CountServices(t.v), func(c casework.ServiceCount) bool {
		return c.Service.For != dir || c.Service.Off && (at.Target != 0 || !t.editsServices())
	})
	here := Place{Screen: serviceScreen, Target: at.Target, Query: string(dir)}
	pages := max(1, (len(list)+servicesShown-1)/servicesShown)
	page := min(max(0, at.Page), pages-1)
	for i, c := range list[page*servicesShown : min(len(list), (page+1)*servicesShown)] {
		t.serviceRow(f, here, x, c, page*servicesShown+i+1)
	}
	f.arrows(here, page, pages)
}

// serviceRow is the line and the button of one measure.
func (t *turn) serviceRow(f *face, at Place, x casework.Target, c casework.ServiceCount, n int) {
	label := fmt.Sprintf("%d. %s", n, c.Service.Label)
	here := len(given(x, c.Service.Key))
	switch {
	case at.Target != 0 && c.Times > 0:
		f.line(t.w.say("service.here", "What", label, "Here", here, "Times", c.Times))
	case at.Target != 0:
	case c.Service.Off:
		f.line(t.w.say("service.off", "What", label))
	default:
		f.line(t.w.say("service.used", "What", label, "Times", c.Times, "Firms", c.Firms))
	}
	if at.Target == 0 && !t.editsServices() {
		return
	}
	if here > 0 {
		label = "✓ " + label
	}
	at.Path, at.Why = servicePart, c.Service.Key
	f.row(choice{label, Plain, to(at)})
}

// given is when the measure was used for the firm.
func given(x casework.Target, key string) []casework.Given {
	return slices.DeleteFunc(slices.Clone(x.Given), func(g casework.Given) bool { return g.Key != key })
}

// serviceNotes are what is noted most often, by the keys of their words.
func serviceNotes() []string { return []string{"on_spot", "agreed", "papers"} }

// drawService asks for a note about a measure, or what is to be changed in it.
func (t *turn) drawService(f *face, at Place, x casework.Target) {
	s := t.serviceOf(at.Why)
	f.line("▸ " + s.Label)
	back := Place{Screen: serviceScreen, Target: at.Target, Query: at.Query}
	switch {
	case x.ID != 0:
		for _, g := range given(x, s.Key) {
			f.line(t.w.say("service.given", "Date", t.day(g.On), "Who", t.staffName(g.By), "Note", g.Note))
		}
		give := Place{Target: x.ID, Why: s.Key, Query: at.Query}
		f.row(choice{t.w.say("button.give_service"), Good, Action{Verb: giveService, Place: give}})
		var list []choice
		for _, k := range serviceNotes() {
			words := t.w.say("service.note." + k)
			list = append(list, choice{words, Plain, Action{Verb: giveService, Place: give, Option: words}})
		}
		f.grid(list)
		f.row(choice{t.w.say("button.own_words"), Plain, to(Place{Screen: serviceSayScreen, Target: x.ID, Why: s.Key, Query: at.Query})})
	case t.editsServices():
		off := choice{t.w.say("button.service_off"), Danger, Action{Verb: offService, Place: back, Option: s.Key}}
		if s.Off {
			off.text, off.style = t.w.say("button.service_on"), Good
		}
		f.row(choice{t.w.say("button.rename_service"), Plain, to(Place{Screen: serviceSayScreen, Why: s.Key, Query: at.Query})}, off)
	}
	f.row(choice{t.w.say("button.go_back"), Plain, to(back)})
}

// giveService notes that a measure was used for the firm.
func (t *turn) giveService(_ Card, a Action) {
	switch why := t.give(a.Place, a.Option); why {
	case "":
	case casework.NoChange:
		t.notice = t.w.say("service.double")
	default:
		t.notice = t.stepWords(why)
	}
	t.goTo(Place{Screen: serviceScreen, Target: a.Place.Target, Query: a.Place.Query})
}

func (t *turn) give(at Place, note string) casework.Refusal {
	facts, why := casework.GiveService(t.v, t.staff, at.Target, at.Why, note, t.now())
	if why != "" {
		return why
	}
	t.carry(facts)
	t.notice = t.w.say("service.noted", "What", t.serviceOf(at.Why).Label)
	return ""
}

// switchService offers a measure no longer, or again.
func (t *turn) switchService(_ Card, a Action) {
	list := slices.Clone(t.catalogue())
	for i := range list {
		if list[i].Key == a.Option {
			list[i].Off = !list[i].Off
		}
	}
	if why := t.setServices(list); why != "" {
		t.notice = t.stepWords(why)
	}
	t.goTo(a.Place)
}

func (t *turn) setServices(list []casework.Service) casework.Refusal {
	facts, why := casework.SetServices(t.v, t.staff, list)
	if why == "" {
		t.carry(facts)
	}
	return why
}

// drawServiceSay asks for a note, or for what a measure is called.
func (t *turn) drawServiceSay(f *face) bool {
	at := t.s.At
	x, forFirm := t.firmOf(at.Target, casework.ServeFirm)
	if at.Target != 0 && !forFirm || at.Target == 0 && !t.editsServices() {
		return false
	}
	f.title(t.w.say("service.title"))
	switch {
	case forFirm:
		f.line(x.Code + " " + x.DisplayName() + " · " + t.serviceOf(at.Why).Label)
		f.line(t.w.say("service.say_note"))
	case at.Path == addPart:
		f.line(t.w.say("service.for." + at.Query))
		f.line(t.w.say("service.say_new"))
	default:
		f.line(t.serviceOf(at.Why).Label)
		f.line(t.w.say("service.say_label"))
	}
	f.row(choice{t.w.say("button.go_back"), Plain, to(Place{Screen: serviceScreen, Target: at.Target, Query: at.Query})}, t.homeButton())
	return true
}

// serviceTyped takes a note, or what a measure is called.
func (t *turn) serviceTyped(text string) {
	at := t.s.At
	longest := 60
	if at.Target != 0 {
		longest = 200
	}
	words, ok := t.readAs(form.Item{ID: "words", Type: form.Text, Min: 2, Max: longest}, text)
	if !ok {
		t.draw()
		return
	}
	var why casework.Refusal
	if at.Target != 0 {
		why = t.give(at, words)
	} else {
		why = t.setServices(t.changed(at, words))
		t.notice = t.w.say("service.set", "What", words)
	}
	if why != "" {
		t.notice = t.stepWords(why)
		if why == casework.NeedsText || why == casework.NoChange {
			t.notice = t.w.say("service.double")
		}
		t.draw()
		return
	}
	t.leaveFor(Place{Screen: serviceScreen, Target: at.Target, Query: at.Query})
}

// changed is the catalogue with a measure more, or one called otherwise.
func (t *turn) changed(at Place, label string) []casework.Service {
	list := slices.Clone(t.catalogue())
	if at.Path == addPart {
		return append(list, casework.Service{For: casework.ServiceFor(at.Query), Label: label})
	}
	for i := range list {
		if list[i].Key == at.Why {
			list[i].Label = label
		}
	}
	return list
}

package dialog

import (
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// looksScreen is a board: who saw personal data. Stored by name: never rename.
const looksScreen Screen = "looks"

// looksRoom is where everybody sees which personal data they saw, and the office and the
// auditors who saw whose.
func looksRoom() room {
	return room{
		boards:   map[Screen]board{looksScreen: {named("looks"), (*turn).drawLooks}},
		commands: map[string]func(*turn){"whosaw": (*turn).whoSaw},
		offers:   []offer{{"whosaw", allowed(casework.SeeLooks)}},
	}
}

// whoSaw shows the looks at a target, those of a person, or the newest.
func (t *turn) whoSaw() {
	at := Place{Screen: looksScreen}
	words := strings.TrimSpace(form.Clean(t.in.Args))
	if words != "" {
		var ok bool
		if at, ok = t.readLooks(words); !ok {
			t.notice = t.w.say("looks.which", "Words", clip(words, 20))
			t.draw()
			return
		}
	}
	t.goTo(at)
}

// readLooks finds the target or the person that is named.
func (t *turn) readLooks(words string) (Place, bool) {
	at := Place{Screen: looksScreen}
	if x, ok := t.v.TargetByCode(strings.ToUpper(form.Fold(words))); ok {
		at.Target = x.ID
		return at, true
	}
	found := t.staffNamed(words)
	if len(found) == 1 {
		at.Staff = found[0].ID
	}
	return at, len(found) == 1
}

// The most looks that are looked through, and how many a page shows.
const (
	maxLooks = 400
	perLooks = 8
)

// drawLooks lists looks, the newest first, with the people and targets of the page to be
// chosen from.
func (t *turn) drawLooks(f *face, at Place) bool {
	all := casework.May(t.v, t.staff, casework.SeeLooks, casework.Subject{Today: t.today})
	if !all && at.Staff != 0 && at.Staff != t.staff.ID {
		f.line(t.w.say("looks.others"))
		f.row(t.homeButton())
		return true
	}
	if !all {
		at.Staff = t.staff.ID
	}
	list, why := casework.LooksFor(t.v, t.staff, at.Target, at.Staff, maxLooks)
	if why != "" {
		return false
	}
	f.title(t.w.say("looks.title"))
	if x, ok := t.v.Target(at.Target); ok {
		f.line(t.w.say("looks.at", "Code", x.Code))
	}
	if s, ok := t.v.Staff(at.Staff); ok {
		f.line(t.w.say("looks.by", "Who", s.Name))
	}
	if len(list) == 0 {
		f.line(t.w.say("looks.none"))
	}
	shown, page, pages := partOf(list, at.Page, perLooks)
	for _, l := range shown {
		f.line(t.lookLine(l))
	}
	f.gap()
	f.line(t.w.say("looks.how"))
	if all {
		t.lookButtons(f, shown)
	}
	f.arrows(at, page, pages)
	var row []choice
	if all {
		row = append(row, choice{t.w.say("button.looks_all"), Plain, to(Place{Screen: looksScreen})})
	}
	f.row(append(row, choice{t.w.say("button.looks_own"), Plain, to(Place{Screen: looksScreen, Staff: t.staff.ID})}, t.homeButton())...)
	return true
}

// lookLine says what was seen, by whom, when and why.
func (t *turn) lookLine(l casework.Look) string {
	code := ""
	if x, ok := t.v.Target(l.TargetID); ok {
		code = x.Code
	}
	if x, ok := t.v.Export(l.ExportID); ok {
		code = strings.TrimSpace(x.Code + " " + t.paperName(x.Kind) + " " + code)
	}
	line := t.w.say("looks.line", "When", t.minute(l.At), "Who", t.staffName(l.By), "What", t.w.say("looks.what."+string(l.What)), "Code", code)
	if l.Reason != "" {
		line += " · " + t.w.say("looks.reason", "Reason", clip(l.Reason, 40))
	}
	return line
}

// perFilters is how many people and targets of a page are offered.
const perFilters = 6

// lookButtons lead to the looks of one person, or at one target.
func (t *turn) lookButtons(f *face, shown []casework.Look) {
	var people, targets []choice
	var seen []Place
	for _, l := range shown {
		who, at := Place{Screen: looksScreen, Staff: l.By}, Place{Screen: looksScreen, Target: l.TargetID}
		if x, ok := t.v.Target(l.TargetID); ok && !hasPlace(seen, at) {
			seen = append(seen, at)
			targets = append(targets, choice{"🔎 " + x.Code, Plain, to(at)})
		}
		if s, ok := t.v.Staff(l.By); ok && !hasPlace(seen, who) {
			seen = append(seen, who)
			people = append(people, choice{"👤 " + s.Name, Plain, to(who)})
		}
	}
	f.grid(append(people[:min(len(people), perFilters)], targets[:min(len(targets), perFilters)]...))
}

func hasPlace(list []Place, at Place) bool {
	return slices.ContainsFunc(list, func(p Place) bool { return p.Staff == at.Staff && p.Target == at.Target })
}

package dialog

import (
	"slices"
	"strconv"

	"zoufang/casework"
)

// maxParty is how many colleagues can go along on one visit.
const maxParty = 10

// party says in one line who went along.
func (t *turn) party(f *face, d *Draft) {
	if len(d.Companions) == 0 {
		return
	}
	var names []string
	for _, id := range d.Companions {
		names = append(names, t.staffName(id))
	}
	f.line(t.w.say("party.line", "Names", t.join(names)))
}

// colleagues are the people of the groups of the person, but for the person.
func (t *turn) colleagues() []casework.Staff {
	var out []casework.Staff
	for _, g := range t.staff.Groups {
		for _, s := range t.v.StaffOfGroup(g) {
			known := slices.ContainsFunc(out, func(o casework.Staff) bool { return o.ID == s.ID })
			if s.ID != t.staff.ID && !known {
				out = append(out, s)
			}
		}
	}
	return out
}

// perParty is how many colleagues a page shows.
const perParty = 16

// drawParty offers the colleagues who may have gone along.
func (t *turn) drawParty(f *face) bool {
	d, ok := t.draft(t.s.At.Visit)
	if !ok {
		return false
	}
	f.title(t.w.say("party.ask"))
	t.party(f, &d)
	all := t.colleagues()
	pages := max(1, (len(all)+perParty-1)/perParty)
	page := min(max(0, t.s.At.Page), pages-1)
	var list []choice
	for _, s := range all[page*perParty : min(len(all), (page+1)*perParty)] {
		box := "☐ "
		if slices.Contains(d.Companions, s.ID) {
			box = "☑ "
		}
		list = append(list, choice{box + s.Name, Plain, Action{
			Verb: along, Place: Place{Visit: d.ID, Page: page}, Option: strconv.FormatUint(uint64(s.ID), 10),
		}})
	}
	f.grid(list)
	f.arrows(Place{Screen: partyScreen, Visit: d.ID}, page, pages)
	f.row(choice{t.w.say("button.to_review"), Primary, to(Place{Screen: reviewScreen, Visit: d.ID})})
	return true
}

// along notes that a colleague went along, or did not after all.
func (t *turn) along(d Draft, option string) {
	n, err := strconv.ParseUint(option, 10, 64)
	id := casework.StaffID(n)
	isColleague := slices.ContainsFunc(t.colleagues(), func(s casework.Staff) bool { return s.ID == id })
	switch i := slices.Index(d.Companions, id); {
	case err != nil || d.Correcting != 0:
	case i >= 0:
		d.Companions = slices.Delete(slices.Clone(d.Companions), i, i+1)
	case !isColleague:
	case len(d.Companions) >= maxParty:
		t.notice = t.w.say("party.full", "Max", maxParty)
	default:
		d.Companions = append(slices.Clone(d.Companions), id)
	}
	t.keepDraft(d)
	t.goTo(Place{Screen: partyScreen, Visit: d.ID, Page: t.s.At.Page})
}

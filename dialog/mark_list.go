package dialog

import (
	"cmp"
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// What the list of matters can be narrowed to, in the place's Path.
const (
	dueFilter      = "due"
	expiringFilter = "expiring"
	refusedFilter  = "refused"
	allFilter      = "all"
)

func markFilters() []string {
	return []string{dueFilter, expiringFilter, refusedFilter, allFilter}
}

// markItem is a line of the list: a matter, or a trademark that runs out.
type markItem struct {
	matter casework.Matter
	mark   casework.Trademark
}

// dueWithin is how many days before its next step a matter is listed as due.
const dueWithin = 7

// drawMarks lists the matters of the firms in the person's reach.
func (t *turn) drawMarks(f *face, at Place) bool {
	if !casework.Allowed(t.staff, casework.SeeMarks) {
		return false
	}
	lists, marks, firms := t.markLists()
	path := at.Path
	if !slices.Contains(markFilters(), path) {
		path = dueFilter
		if len(lists[dueFilter]) == 0 {
			path = allFilter
		}
	}
	f.title(t.w.say("marks.title"))
	f.line(t.w.say("marks.count", "Marks", marks, "Firms", firms, "Matters", len(lists[allFilter])))
	var filters []choice
	for _, k := range markFilters() {
		c := choice{t.w.say("marks.filter."+k, "Count", len(lists[k])), Plain, to(Place{Screen: marksScreen, Path: k})}
		if k == path {
			c.style = Primary
		}
		filters = append(filters, c)
	}
	f.gap()
	if len(lists[path]) == 0 {
		f.line(t.w.say("marks.none"))
	}
	shown, page, pages := pageOf(lists[path], at.Page)
	var list []choice
	for _, item := range shown {
		list = append(list, t.markItemLines(f, item))
	}
	f.grid(list)
	f.arrows(Place{Screen: marksScreen, Path: path}, page, pages)
	f.row(filters[:2]...)
	f.row(filters[2:]...)
	return true
}

// markItemLines show a line of the list, and the button that opens it.
func (t *turn) markItemLines(f *face, item markItem) choice {
	x, _ := t.v.Target(item.mark.FirmID)
	if item.matter.ID == 0 {
		f.line("• ™ " + item.mark.Name + " · " + x.Code + t.validWords(item.mark))
		return choice{"™ " + item.mark.Name, Plain, to(Place{Screen: markScreen, Mark: item.mark.ID})}
	}
	p := item.matter
	f.line("• " + t.matterWords(p))
	words := "   ™ " + item.mark.Name + " · " + x.Code
	if !p.ExpiresOn.IsZero() {
		words += " · " + t.w.say("matter.expires", "Date", t.year(p.ExpiresOn))
	}
	f.line(words)
	return choice{p.Code, Plain, to(aboutMatter(p, ""))}
}

// markLists are the lines of each filter, and how many trademarks of how many firms
// there are.
func (t *turn) markLists() (lists map[string][]markItem, marks, firms int) {
	lists = map[string][]markItem{}
	reach := map[casework.TargetID]bool{}
	byID := map[casework.TrademarkID]casework.Trademark{}
	for m := range t.v.AllTrademarks() {
		may, known := reach[m.FirmID]
		if !known {
			_, may = t.firmOf(m.FirmID, casework.SeeMarks)
			reach[m.FirmID] = may
			if may {
				firms++
			}
		}
		if !may {
			continue
		}
		marks++
		byID[m.ID] = m
		if !m.ValidUntil.IsZero() && !t.today.Before(m.RenewFrom()) {
			lists[expiringFilter] = append(lists[expiringFilter], markItem{mark: m})
		}
	}
	for p := range t.v.AllMatters() {
		m, ok := byID[p.TrademarkID]
		if !ok {
			continue
		}
		for _, filter := range t.filtersOf(p) {
			lists[filter] = append(lists[filter], markItem{matter: p, mark: m})
		}
	}
	slices.SortStableFunc(lists[allFilter], func(a, b markItem) int { return cmp.Compare(a.matter.Code, b.matter.Code) })
	slices.SortStableFunc(lists[dueFilter], func(a, b markItem) int { return a.matter.NextOn.Compare(b.matter.NextOn) })
	slices.SortStableFunc(lists[expiringFilter], func(a, b markItem) int { return a.endsOn().Compare(b.endsOn()) })
	return lists, marks, firms
}

// filtersOf are the filters that let the matter through.
func (t *turn) filtersOf(p casework.Matter) []string {
	c, _ := t.v.Campaign()
	out := []string{allFilter}
	if p.Status == casework.MatterLost {
		out = append(out, refusedFilter)
	}
	if p.Status == casework.MatterOpen && !p.NextOn.IsZero() && p.NextOn.DaysSince(t.today) <= dueWithin {
		out = append(out, dueFilter)
	}
	if !p.ExpiresOn.IsZero() && p.ExpiresOn.DaysSince(t.today) <= c.Params.RenewNotice {
		out = append(out, expiringFilter)
	}
	return out
}

// endsOn is when the trademark or recognition runs out.
func (i markItem) endsOn() casework.Date {
	if i.matter.ID != 0 {
		return i.matter.ExpiresOn
	}
	return i.mark.ValidUntil
}

// findMatter shows the matter whose code was given; else the list.
func (t *turn) findMatter() {
	code := strings.ToUpper(form.Fold(form.Clean(t.in.Args)))
	p, ok := t.v.MatterByCode(code)
	if _, may := t.firmOf(p.FirmID, casework.SeeMarks); ok && may {
		t.goTo(aboutMatter(p, ""))
		return
	}
	if t.in.Args != "" && casework.Allowed(t.staff, casework.SeeMarks) {
		t.notice = t.w.say("matter.unknown", "Code", cmp.Or(clip(code, 20), "—"))
	}
	t.openIf(casework.SeeMarks, Place{Screen: marksScreen})
}

package dialog

import (
	"fmt"

	"zoufang/casework"
	"zoufang/form"
)

// digestSubjects are the leaders of each group, and its group chat. Nobody gets
// yesterday's digest: what it would have told is in the next one.
func digestSubjects(d *Dialog, v View, tick Tick) []Subject {
	day := casework.DateOf(tick.Nominal, d.zone)
	if day != casework.DateOf(tick.Now, d.zone) || !casework.IsWorkday(v, day) {
		return nil
	}
	var out []Subject
	for _, g := range v.Groups() {
		for _, s := range leading(v, g, day) {
			out = append(out, Subject{Staff: s.ID, Group: g.ID})
		}
		if g.Chat != 0 {
			out = append(out, Subject{Group: g.ID})
		}
	}
	return out
}

// evening sends the digest of the group to the person of the turn, the picture
// first, or to the group's chat.
func (t *turn) evening() {
	g, ok := t.v.Group(t.in.Subject.Group)
	switch {
	case !ok:
	case t.in.Subject.Staff == 0:
		t.groupEvening(g)
	case t.maySeeDigest(g.ID):
		chat := ChatID(t.staff.User)
		at, d := t.frozen(t.digestPlace(chat, g.ID, t.in.Nominal))
		t.out.Letters = append(t.out.Letters, Letter{
			Kind: Picture, Chat: chat, Bulk: true, Silent: true, Protect: true, Chart: t.digestChart(d),
			Text: t.w.say("digest.caption", "Group", g.Name, "Date", t.day(at.Day)),
		})
		t.showBoard(at, false, true)
	}
}

// digestChart draws the group's week, and the six families of problems.
func (t *turn) digestChart(d casework.Digest) *Chart {
	week := Panel{
		Title:  t.w.say("chart.week"),
		Series: []Series{{Name: t.w.say("chart.visits")}, {Name: t.w.say("chart.calls")}},
	}
	for _, n := range d.Week {
		week.Labels = append(week.Labels, fmt.Sprintf("%d/%d", int(n.Day.Month), n.Day.Day))
		week.Series[0].Values = append(week.Series[0].Values, float64(n.Visits))
		week.Series[1].Values = append(week.Series[1].Values, float64(n.Calls))
	}
	families := Panel{
		Title: t.w.say("chart.families"), Horizontal: true,
		Series: []Series{{Name: t.w.say("chart.new")}, {Name: t.w.say("chart.closed")}, {Name: t.w.say("chart.open")}},
	}
	for _, o := range t.families() {
		n := d.Families[o.ID]
		families.Labels = append(families.Labels, o.Label.In(t.w.lang))
		for i, count := range []int{n.New, n.Closed, n.Open} {
			families.Series[i].Values = append(families.Series[i].Values, float64(count))
		}
	}
	panels := []Panel{week}
	if len(families.Labels) > 0 {
		panels = append(panels, families)
	}
	return &Chart{
		Title: t.w.say("chart.title", "Group", d.Group.Name, "Date", t.day(d.Day)), Panels: panels,
		Note: t.w.say("digest.as_of", "Time", t.moment(d.To)),
	}
}

// families are the six families of problems, as the form calls them.
func (t *turn) families() []form.Option {
	def, _ := t.v.Form(string(casework.HouseholdKind), 0)
	item, _ := def.Item("family")
	return item.Options
}

package dialog

import (
	"fmt"

	"zoufang/casework"
)

// showFigures sends a picture of the campaign's figures.
const showFigures Verb = "figures"

// figures sends the overview and the progress of the groups as one picture.
func (t *turn) figures() {
	if !casework.Allowed(t.staff, casework.SeeSummary) {
		t.toast("figures.forbidden")
		return
	}
	s := casework.Summarize(t.v, t.today)
	t.out.Letters = append(t.out.Letters, Letter{
		Kind: Picture, Chat: t.in.Chat, Silent: true, Protect: true, Chart: t.summaryChart(s),
		Text: t.w.say("figures.caption", "Name", s.Campaign, "Time", t.moment(t.in.Reached),
			"Households", s.Households, "Enterprises", s.Enterprises, "Organizations", s.Organizations, "Problems", s.Problems),
	})
}

// summaryChart draws the rounds, the groups and the six families of problems.
func (t *turn) summaryChart(s casework.Summary) *Chart {
	rounds := Panel{Title: t.w.say("figures.rounds"), Series: []Series{{Name: t.w.say("figures.visits")}, {Name: t.w.say("figures.met")}}}
	for _, n := range casework.VisitsOfRounds(t.v) {
		if n.Visits > 0 {
			rounds.add(t.w.say("figures.round", "No", n.Round.No), n.Visits, n.Met)
		}
	}
	groups := Panel{
		Title: t.w.say("figures.groups"), Horizontal: true,
		Series: []Series{{Name: t.w.say("figures.targets")}, {Name: t.w.say("figures.seen")}},
	}
	for _, p := range casework.ProgressOfGroups(t.v) {
		groups.add(p.Group.Name, p.Targets, p.Met)
	}
	families := Panel{Title: t.w.say("chart.families"), Horizontal: true, Series: []Series{{Name: t.w.say("figures.problems")}}}
	for _, o := range t.families() {
		families.add(o.Label.In(t.w.lang), s.Families[o.ID])
	}
	c := &Chart{
		Title: t.w.say("figures.title", "Name", s.Campaign),
		Note:  t.w.say("digest.as_of", "Time", t.moment(t.in.Reached)),
	}
	for _, p := range []Panel{rounds, groups, families} {
		if len(p.Labels) > 0 {
			c.Panels = append(c.Panels, p)
		}
	}
	return c
}

// add puts a label with a value for each series.
func (p *Panel) add(label string, values ...int) {
	p.Labels = append(p.Labels, label)
	for i, n := range values {
		p.Series[i].Values = append(p.Series[i].Values, float64(n))
	}
}

// figureLines say the shares, each with its numbers.
func (t *turn) figureLines(f *face, s casework.Summary) {
	share := func(key string, part, whole int) {
		if whole > 0 {
			f.line(t.w.say(key, "Share", fmt.Sprintf("%d%%", part*100/whole), "Part", part, "Whole", whole))
		}
	}
	share("summary.list_rate", s.Listed, s.Problems)
	share("summary.book_rate", s.TaskBooks, s.Needing)
	share("summary.solve_rate", s.Resolved, s.Problems)
	share("summary.strike_rate", s.Struck, s.Problems)
	share("summary.content_rate", s.Pleased, s.Asked)
}

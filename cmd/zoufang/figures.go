package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
	"zoufang/store"
)

// summaryCmd prints the campaign's figures.
type summaryCmd struct {
	AsOf string `help:"Day, such as 2017-09-06; today if left out." placeholder:"DATE"`
	JSON bool   `help:"Print JSON."`
}

// Run prints the figures as they stood at the end of the day.
func (c *summaryCmd) Run(ctx context.Context, w world, all *cli) error {
	return withStore(all.Config, func(conf config, s *store.Store) error {
		asOf := casework.DateOf(w.now(), conf.zone)
		if c.AsOf != "" {
			if err := asOf.UnmarshalText([]byte(c.AsOf)); err != nil {
				return &usageError{fmt.Errorf("--as-of is %q: it must be a day such as 2017-09-06", c.AsOf)}
			}
		}
		sum, err := summarize(ctx, s, asOf, conf)
		if err != nil {
			return err
		}
		return printSummary(w, sum, c.JSON)
	})
}

// summarize counts in the records as they stood at the end of the day.
func summarize(ctx context.Context, s *store.Store, asOf casework.Date, conf config) (sum casework.Summary, err error) {
	key, err := conf.readKey()
	if err != nil {
		return sum, err
	}
	p := press{store: s, key: key, zone: conf.zone}
	err = p.past(ctx, asOf.AddDays(1).In(conf.zone), func(v dialog.View) error {
		sum = casework.Summarize(v, asOf)
		return nil
	})
	return sum, err
}

func printSummary(w world, s casework.Summary, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(w.out)
		e.SetIndent("", "  ")
		return e.Encode(s)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s  截至 %s\n", s.Campaign, s.AsOf)
	for _, row := range []struct {
		name string
		n    int
	}{
		{"轮次", s.Rounds}, {"工作组", s.Groups}, {"参与党员", s.Participants}, {"走访次数", s.Visits}, {"访成次数", s.Met},
		{"走访家庭", s.Households}, {"走访企业", s.Enterprises}, {"走访基层组织", s.Organizations},
		{"问题", s.Problems}, {"列入问题清单", s.Listed}, {"未办结", s.Open}, {"办结或销号", s.Resolved},
		{"补记", s.Late}, {"更正", s.Corrected},
	} {
		fmt.Fprintf(&b, "%s\t%d\n", row.name, row.n)
	}
	fmt.Fprintf(&b, "问题清单率\t%s\n任务书率\t%s\n", share(s.Listed, s.Problems), share(s.TaskBooks, s.Needing))
	names := familyNames()
	for _, f := range slices.Sorted(maps.Keys(s.Families)) {
		fmt.Fprintf(&b, "  %s\t%d\n", names[f], s.Families[f])
	}
	_, err := w.out.Write([]byte(b.String()))
	return err
}

// share is a part of a whole in percent, with the numbers; a dash of nothing.
func share(part, whole int) string {
	if whole == 0 {
		return "—"
	}
	return fmt.Sprintf("%d%%（%d/%d）", part*100/whole, part, whole)
}

// familyNames are the six families of problems, as the forms call them.
func familyNames() map[string]string {
	names := map[string]string{}
	defaults, err := form.Defaults()
	if err != nil {
		return names
	}
	if item, ok := defaults[0].Item("family"); ok {
		for _, o := range item.Options {
			names[o.ID] = o.Label.Zh
		}
	}
	return names
}

// eventsCmd prints the ledger.
type eventsCmd struct {
	From uint64 `help:"Number of the first event." default:"1"`
}

// Run prints an event a line.
func (c *eventsCmd) Run(w world, all *cli) error {
	return withStore(all.Config, func(_ config, s *store.Store) error {
		e := json.NewEncoder(w.out)
		return s.EachEvent(c.From, func(ev casework.Event) error { return e.Encode(line(ev)) })
	})
}

// eventLine is an event as people and programs read it.
type eventLine struct {
	casework.Event
	Kind casework.FactKind `json:"kind"`
	Fact casework.Fact     `json:"fact"`
}

func line(e casework.Event) eventLine { return eventLine{e, e.Fact.Kind(), e.Fact} }

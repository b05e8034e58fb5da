package casework

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"zoufang/form"
)

// markPath is the path of a trademark's answer on the enterprise form.
func markPath(n int, id string) string { return fmt.Sprintf("%s/%d/%s", markGroup, n, id) }

// marksHeard collects what a visit tells of trademarks. Each fact is folded at once,
// so that the next is decided on what the visit has said before.
type marksHeard struct {
	ahead *Ahead
	visit Visit
	today Date
	ids   *Minter
	facts []Fact
}

// matterFacts are what a visit's trademark answers make: new trademarks and
// matters, and steps of those known by number or name. The stage that the visit
// tells is believed, whatever came before it. What is known already makes nothing.
func matterFacts(r Records, v Visit, today Date, ids *Minter) []Fact {
	h := marksHeard{ahead: NewAhead(r), visit: v, today: today, ids: ids}
	for n := 1; one(v.Answers, markPath(n, "mark_name")) != ""; n++ {
		h.matter(n, h.mark(n))
	}
	return h.facts
}

// add keeps a fact that fits the records.
func (h *marksHeard) add(f Fact) {
	if err := Project(h.ahead, Event{HappenedOn: h.today, Fact: f}); err == nil {
		h.facts = append(h.facts, f)
	}
}

func (h *marksHeard) said(n int, id string) string { return one(h.visit.Answers, markPath(n, id)) }

// mark is the trademark that the n-th part speaks of, known or new, with what the
// visit adds to it.
func (h *marksHeard) mark(n int) Trademark {
	name, number := h.said(n, "mark_name"), h.said(n, "mark_number")
	known, ok := sameMark(h.ahead.TrademarksOfFirm(h.visit.TargetID), name, number)
	m := known
	if !ok {
		m = Trademark{ID: TrademarkID(h.ids.Next()), FirmID: h.visit.TargetID, Name: name}
	}
	if number != "" {
		m.Number = number
	}
	if classes := readClasses(h.said(n, "mark_classes")); len(classes) > 0 {
		m.Classes = classes
	}
	if goods := h.said(n, "goods"); goods != "" {
		m.Goods = goods
	}
	if !ok || !m.same(known) {
		h.add(TrademarkRecorded{Trademark: m})
	}
	return m
}

// sameMark finds the trademark with the number or, failing that, with the name and
// no other number.
func sameMark(list []Trademark, name, number string) (Trademark, bool) {
	i := slices.IndexFunc(list, func(m Trademark) bool { return number != "" && m.Number == number })
	if i < 0 {
		i = slices.IndexFunc(list, func(m Trademark) bool {
			return alikeWords(m.Name, name) && (number == "" || m.Number == "")
		})
	}
	if i < 0 {
		return Trademark{}, false
	}
	return list[i], true
}

// alikeWords reports whether two names are the same but for width, case and spaces.
func alikeWords(a, b string) bool { return squeeze(form.Fold(a)) == squeeze(form.Fold(b)) }

// same reports whether nothing differs.
func (m Trademark) same(o Trademark) bool {
	return m.ID == o.ID && m.FirmID == o.FirmID && m.Name == o.Name && m.Number == o.Number &&
		slices.Equal(m.Classes, o.Classes) && m.Goods == o.Goods && m.MarkKind == o.MarkKind && m.ValidUntil == o.ValidUntil && m.Top100 == o.Top100
}

// readClasses reads the Nice classes of "9, 35", ascending.
func readClasses(s string) []int {
	var out []int
	for _, word := range strings.FieldsFunc(s, func(c rune) bool { return c < '0' || c > '9' }) {
		if n, err := strconv.Atoi(word); err == nil && n >= 1 && n <= 45 {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// matter opens the matter that the n-th part speaks of, or takes it further.
func (h *marksHeard) matter(n int, mark Trademark) {
	kind, stage := h.said(n, "matter"), h.said(n, "stage")
	if kind == "" || stage == "" {
		return
	}
	m, ok := matterFor(h.ahead, mark, kind, stage)
	fresh := m
	if !ok {
		fresh = Matter{
			ID: MatterID(h.ids.Next()), Code: nextMatterCode(h.ahead), TrademarkID: mark.ID, FirmID: mark.FirmID,
			Kind: kind, Stage: stage, StageOn: h.today,
		}
	}
	move := h.move(n, fresh)
	var extra []Fact
	if !ok || move.Stage != "" {
		extra = follow(h.ahead, mark, fresh, stage, &move, h.today)
	}
	switch {
	case !ok:
		fresh = fresh.after(move)
		fresh.Status, fresh.VisitID = statusAt(stage), h.visit.ID
		h.add(MatterRecorded{Matter: fresh})
	case move.changes(m):
		h.add(move)
	default:
		return
	}
	for _, f := range extra {
		h.add(f)
	}
}

// matterFor is the open matter of the kind about the trademark; failing that the
// newest that has ended as the visit says, or that the stage begins anew.
func matterFor(r Records, mark Trademark, kind, stage string) (Matter, bool) {
	list := slices.DeleteFunc(r.MattersOfFirm(mark.FirmID), func(m Matter) bool { return m.TrademarkID != mark.ID || m.Kind != kind })
	slices.Reverse(list)
	for _, m := range list {
		if m.Status == MatterOpen {
			return m, true
		}
	}
	for _, m := range list {
		if m.Stage == stage || slices.Contains(stageWays()[m.Stage], stage) {
			return m, true
		}
	}
	return Matter{}, false
}

// move is the step that the n-th part makes of the matter: what it says and is not
// known yet.
func (h *marksHeard) move(n int, m Matter) MatterMoved {
	f := MatterMoved{MatterID: m.ID, From: m.Stage, Stage: h.said(n, "stage"), VisitID: h.visit.ID}
	if s := h.said(n, "last_result"); s != m.LastResult {
		f.Result = s
	}
	if d := readDay(h.said(n, "last_result_on")); d != m.LastResultOn {
		f.ResultOn = d
	}
	if s := h.said(n, "refusal_reason"); s != m.Refusal {
		f.Refusal = s
	}
	if s := h.said(n, "section"); s != m.Section {
		f.Section = s
	}
	if a := h.visit.Answers[markPath(n, "evidence_groups")]; !a.Skipped && len(a.Values) > 0 {
		if list := evidence(a.Values); !slices.Equal(list, m.Evidence) {
			f.Evidence = &list
		}
	}
	if s := h.said(n, "next_step"); s != "" && s != m.NextStep {
		f.NextStep = &s
	}
	if d := readDay(h.said(n, "next_step_on")); !d.IsZero() && d != m.NextOn {
		f.NextOn = &d
	}
	if f.Stage == m.Stage && statusAt(m.Stage) == m.Status {
		f.Stage = ""
		return f
	}
	f.Status = statusAt(f.Stage)
	return f
}

// evidence is the groups among the values, in their order.
func evidence(values []string) []string {
	return slices.DeleteFunc(EvidenceGroups(), func(g string) bool { return !slices.Contains(values, g) })
}

// readDay is the day that the text gives; zero if it gives none.
func readDay(s string) Date {
	var d Date
	if err := d.UnmarshalText([]byte(s)); err != nil {
		return Date{}
	}
	return d
}

// changes reports whether the step changes anything of the matter.
func (f MatterMoved) changes(m Matter) bool { return !m.after(f).same(m) }

// same reports whether nothing differs but the history.
func (m Matter) same(o Matter) bool {
	evidence := slices.Equal(m.Evidence, o.Evidence)
	m.History, m.Evidence = nil, nil
	o.History, o.Evidence = nil, nil
	return evidence && reflect.DeepEqual(m, o)
}

// nextMatterCode is the code of the next matter: SB-001.
func nextMatterCode(r Records) string { return fmt.Sprintf("SB-%03d", r.Last("SB")+1) }

package paper

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// zh is the language of the papers.
const zh = "zh-Hans"

// maker makes the tables of one document.
type maker struct {
	r        casework.Records
	q        Request
	campaign casework.Campaign
	round    casework.Round // the one it is limited to
	// The words of the problem part's items.
	families, categories casework.Dictionary
}

// problemWords are the families and categories of the newest household form; of the
// program's own while none is published.
func problemWords(r casework.Records) (families, categories casework.Dictionary) {
	d, ok := r.Form(string(casework.HouseholdKind), 0)
	if !ok {
		d = ownForms()[0]
	}
	f, _ := d.Item("family")
	c, _ := d.Item("category")
	return f.Options, c.Options
}

// ownForms are the program's own forms: those of the three kinds of visit first.
func ownForms() []form.Definition {
	list, err := form.Defaults()
	if err != nil {
		panic(fmt.Sprintf("paper: %v", err)) // they are part of the program
	}
	return list
}

// word is the Chinese label of a token; nothing for none.
func word[T ~string](d casework.Dictionary, token T) string { return d.Label(string(token), zh) }

// wordList joins the labels of the tokens.
func wordList(d casework.Dictionary, tokens []string) string {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = d.Label(t, zh)
	}
	return strings.Join(words, "、")
}

func kindWord(k casework.Kind) string {
	switch k {
	case casework.HouseholdKind:
		return "家庭"
	case casework.EnterpriseKind:
		return "企业"
	case casework.OrganizationKind:
		return "组织"
	}
	return string(k)
}

// person is the name of a member of staff; empty for none.
func (m *maker) person(id casework.StaffID) string {
	s, _ := m.r.Staff(id)
	return s.Name
}

// personCode is the name and the staff number, which says who is meant where two have
// the same name: 王小明 R012.
func (m *maker) personCode(id casework.StaffID) string {
	s, ok := m.r.Staff(id)
	if !ok {
		return ""
	}
	return s.Name + " " + s.Code
}

func (m *maker) people(ids []casework.StaffID) string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		if name := m.person(id); name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, "、")
}

func (m *maker) unitName(id casework.UnitID) string {
	u, _ := m.r.Unit(id)
	return u.Name
}

func (m *maker) groupName(id casework.GroupID) string {
	g, _ := m.r.Group(id)
	return g.Name
}

func (m *maker) place(x casework.Target) string { return casework.AreaShort(m.r, x.AreaID) }

// targetName is the code with the name as it may be shown: JT-0001 李*.
func (m *maker) targetName(x casework.Target) string {
	if x.Code == "" {
		return ""
	}
	if m.q.Export.Full {
		return x.Code + " " + x.Name()
	}
	return x.Code + " " + x.DisplayName()
}

// primary is who is responsible for the target.
func (m *maker) primary(x casework.Target) casework.StaffID {
	for _, p := range m.r.PairingsOfTarget(x.ID) {
		if p.Role == casework.Primary {
			return p.StaffID
		}
	}
	return 0
}

// say is a text about the target, masked unless all is shown.
func (m *maker) say(x casework.Target, s string) string {
	if m.q.Export.Full {
		return s
	}
	return maskText(s, names(x)...)
}

// visits are those that the limits leave.
func (m *maker) visits() iter.Seq[visitRow] {
	return func(yield func(visitRow) bool) {
		for v := range m.visitsNear() {
			x, _ := m.r.Target(v.TargetID)
			a := about{x: x, people: v.Participants, day: v.VisitedOn, round: v.RoundID}
			if m.wants(a) && m.fresh(v.Synced) && !yield(visitRow{Visit: v, x: x}) {
				return
			}
		}
	}
}

// manyVisits is more than anybody visits one target in a campaign.
const manyVisits = 1000

// visitsNear are all visits, or as few as an index tells to be enough, oldest first.
func (m *maker) visitsNear() iter.Seq[casework.Visit] {
	e := m.q.Export
	var list []casework.Visit
	switch {
	case e.VisitID != 0:
		if v, ok := m.r.Visit(e.VisitID); ok {
			list = append(list, v)
		}
	case e.TargetID != 0:
		list = m.r.VisitsOfTarget(e.TargetID, manyVisits)
		slices.SortFunc(list, func(a, b casework.Visit) int { return cmp.Compare(a.ID, b.ID) })
	default:
		return m.r.AllVisits()
	}
	return slices.Values(list)
}

// visitRow is a visit with its target.
type visitRow struct {
	casework.Visit
	x casework.Target
}

// roundName is what a round is called; empty for none.
func (m *maker) roundName(id casework.RoundID) string {
	for _, r := range m.r.Rounds() {
		if r.ID == id {
			return roundTitle(r)
		}
	}
	return ""
}

func roundTitle(r casework.Round) string { return cmp.Or(r.Title, fmt.Sprintf("第%d轮", r.No)) }

// rate is a part of a whole in percent. Of fewer than ten a percentage says less than
// the numbers themselves.
func rate(part, whole int) Cell {
	if whole > 0 && whole < 10 {
		return Text(fmt.Sprintf("%d/%d", part, whole))
	}
	return Share(part, whole)
}

package paper

import (
	"iter"

	"zoufang/casework"
)

// haveTable 四通四有 has a row for each organisation and household that is visited. The key
// is the target's code.
func (m *maker) haveTable() Sheet {
	list := casework.Checklist(m.r)
	s := table("haves", "四通四有", m.haveColumns(list), m.haves(list))
	s.Note = "末行是欠缺合计"
	return s
}

// haveRow is a target, or how many lack what.
type haveRow struct {
	casework.Target
	lacking map[string]int // the sum, by item
}

func (m *maker) haveColumns(list []casework.Have) []column[haveRow] {
	columns := []column[haveRow]{
		textColumn("kind", "对象类别", 5, func(h haveRow) string { return kindWord(h.Kind) }),
		textColumn("target", "对象编号(名称脱敏)", 12, func(h haveRow) string {
			if h.lacking != nil {
				return "欠缺合计"
			}
			return m.targetName(h.Target)
		}),
		textColumn("place", "镇村", 10, func(h haveRow) string { return m.place(h.Target) }),
		textColumn("group", "走访组", 8, func(h haveRow) string { return m.groupName(h.GroupID) }),
	}
	for _, item := range list {
		c := Column{ID: "have_" + item.Key, Heading: item.Label.Zh, Kind: TextCell, Width: 5}
		columns = append(columns, column[haveRow]{c, func(h haveRow) Cell {
			if h.lacking != nil {
				return Number(h.lacking[item.Key])
			}
			return Text(haveWord(h.Haves[item.Key]))
		}})
	}
	return append(append(columns,
		column[haveRow]{Column{ID: "lacking", Heading: "缺项数", Kind: NumberCell}, func(h haveRow) Cell {
			n := 0
			for _, item := range list {
				if h.Haves[item.Key] == casework.Lacking {
					n++
				}
				n += h.lacking[item.Key]
			}
			return Number(n)
		}},
		dateColumn("as_of", "核实日期", func(h haveRow) casework.Date { return h.HavesOn }),
	), privately(m, func(h haveRow) casework.Target { return h.Target })...)
}

func haveWord(s casework.HaveState) string {
	if s == "" {
		return "未知"
	}
	return word(casework.HaveStates(), s)
}

// haves are organisations first, then households.
func (m *maker) haves(list []casework.Have) iter.Seq2[string, haveRow] {
	return func(yield func(string, haveRow) bool) {
		lacking := map[string]int{}
		for x := range m.targets(casework.OrganizationKind, casework.HouseholdKind) {
			for _, item := range list {
				if x.Haves[item.Key] == casework.Lacking {
					lacking[item.Key]++
				}
			}
			if !yield(x.Code, haveRow{Target: x}) {
				return
			}
		}
		yield("", haveRow{lacking: lacking})
	}
}

// targets are those in use that the limits leave, one kind after the other.
func (m *maker) targets(kinds ...casework.Kind) iter.Seq[casework.Target] {
	return func(yield func(casework.Target) bool) {
		for _, k := range kinds {
			for x := range m.r.AllTargets() {
				if x.Kind != k || !x.InUse() || !m.fresh(x.Synced) ||
					!m.wants(about{x: x, people: []casework.StaffID{m.primary(x)}}) {
					continue
				}
				if !yield(x) {
					return
				}
			}
		}
	}
}

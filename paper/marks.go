package paper

import (
	"fmt"
	"iter"
	"strings"

	"zoufang/casework"
)

// markRow is a matter of a trademark, or a trademark without any.
type markRow struct {
	casework.Matter
	mark casework.Trademark
	firm casework.Target
}

// markTable 商标服务表. The key is the matter's code; of a mark without a matter, its own
// number among the marks.
func (m *maker) markTable() Sheet {
	return table("trademarks", "商标服务表", m.markColumns(), m.marks())
}

func (m *maker) markColumns() []column[markRow] {
	kinds, stages, refusals := casework.MatterKinds(m.r), casework.MatterStages(m.r), casework.RefusalReasons(m.r)
	return append([]column[markRow]{
		textColumn("firm", "企业", 12, func(r markRow) string { return m.targetName(r.firm) }),
		textColumn("mark", "商标", 10, func(r markRow) string { return r.mark.Name }),
		textColumn("matter", "事项", 12, func(r markRow) string { return strings.TrimSpace(r.Code + " " + word(kinds, r.Kind)) }),
		textColumn("stage", "阶段", 8, func(r markRow) string { return word(stages, r.Stage) }),
		textColumn("last", "上次结果", 16, func(r markRow) string { return m.say(r.firm, lastResult(r.Matter, refusals)) }),
		textColumn("next", "下一节点", 18, func(r markRow) string {
			return m.say(r.firm, strings.TrimSpace(r.NextOn.String()+" "+r.NextStep))
		}),
		dateColumn("until", "到期日", func(r markRow) casework.Date {
			if !r.ExpiresOn.IsZero() {
				return r.ExpiresOn
			}
			return r.mark.ValidUntil
		}),
		textColumn("owner", "责任人", 8, func(r markRow) string {
			if r.OwnerID != 0 {
				return m.person(r.OwnerID)
			}
			return r.Section
		}),
	}, privately(m, func(r markRow) casework.Target { return r.firm })...)
}

func lastResult(x casework.Matter, refusals casework.Dictionary) string {
	var parts []string
	for _, s := range []string{x.LastResult, word(refusals, x.Refusal), x.LastResultOn.String()} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

func (m *maker) marks() iter.Seq2[string, markRow] {
	return func(yield func(string, markRow) bool) {
		for mark := range m.r.AllTrademarks() {
			firm, _ := m.r.Target(mark.FirmID)
			if !m.wants(about{x: firm, people: []casework.StaffID{m.primary(firm)}}) {
				continue
			}
			matters := 0
			for _, x := range m.r.MattersOfFirm(mark.FirmID) {
				if x.TrademarkID != mark.ID {
					continue
				}
				matters++
				if !yield(x.Code, markRow{x, mark, firm}) {
					return
				}
			}
			if matters == 0 && !yield(fmt.Sprintf("商标%d", mark.ID), markRow{casework.Matter{}, mark, firm}) {
				return
			}
		}
	}
}

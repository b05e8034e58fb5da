package paper

import (
	"strings"

	"zoufang/casework"
)

// rosterTables 花名册 are the sheets that import reads, every cell a text. Masked, names,
// telephone numbers and what is sensitive are hidden, and the note says that the file
// cannot be imported.
func (m *maker) rosterTables() []Sheet {
	roster := casework.RosterOf(m.r)
	var out []Sheet
	for _, t := range casework.RosterTables() {
		s := Sheet{ID: string(t.ID), Name: t.Label.Zh, Title: t.Label.Zh, Wide: true}
		for _, c := range t.Columns {
			s.Columns = append(s.Columns, Column{ID: c.ID, Heading: c.Label.Zh, Kind: TextCell})
		}
		if !m.q.Export.Full {
			s.Note = "已脱敏的花名册不能再导入"
		}
		s.Rows = func(yield func(Row) bool) {
			for _, row := range roster[t.ID] {
				r := Row{Key: rosterKey(t.ID, row), Cells: make([]Cell, len(t.Columns))}
				for i, c := range t.Columns {
					r.Cells[i] = Text(m.rosterText(t.ID, c, row))
				}
				if !yield(r) {
					return
				}
			}
		}
		out = append(out, s)
	}
	return out
}

// rosterKey is what the row is called: what the import knows it by.
func rosterKey(id casework.SheetID, row casework.Row) string {
	var columns []string
	switch id {
	case casework.CampaignSheet, casework.UnitSheet:
		columns = []string{"name"}
	case casework.RoundSheet:
		columns = []string{"no"}
	case casework.AreaSheet:
		columns = []string{"parent", "name"}
	case casework.PairingSheet:
		columns = []string{"target", "staff"}
	case casework.TrademarkSheet:
		columns = []string{"firm", "name", "number"}
	case casework.PolicySheet:
		columns = []string{"title"}
	case casework.GroupSheet, casework.StaffSheet, casework.HouseholdSheet, casework.EnterpriseSheet,
		casework.OrganizationSheet, casework.ProblemSheet:
		columns = []string{"code"}
	}
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = row.Fields[c].Text
	}
	return strings.TrimLeft(strings.Join(parts, "/"), "/")
}

// rosterText is the text of a cell. Those who work for the bureau keep their names.
func (m *maker) rosterText(id casework.SheetID, c casework.Column, row casework.Row) string {
	s := row.Fields[c.ID].Text
	if m.q.Export.Full {
		return s
	}
	switch c.ID {
	case "head", "legal_rep", "contact_name", "secretary":
		return casework.MaskName(s)
	case "phone", "contact_phone":
		return maskPhone(s)
	case "address", "health":
		return ""
	}
	switch {
	case c.Kind == casework.ContactColumn:
		return maskText(s)
	case c.Kind == casework.TextColumn && (id == casework.HouseholdSheet || id == casework.EnterpriseSheet || id == casework.OrganizationSheet):
		return maskText(s, row.Fields["head"].Text, row.Fields["legal_rep"].Text, row.Fields["contact_name"].Text, row.Fields["secretary"].Text)
	}
	return s
}

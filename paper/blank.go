package paper

import (
	"iter"
	"slices"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// ownColumns are the columns of all tables of the kind, those included that only an
// unmasked paper has, by the program's own forms.
func ownColumns(kind casework.PaperKind) []Column {
	d, err := Make(blank{forms: ownForms()}, Request{
		Export: casework.Export{Kind: kind, Full: true, Day: casework.Date{Year: 2000, Month: time.January, Day: 1}},
		Zone:   time.UTC,
	})
	if err != nil {
		return nil
	}
	var out []Column
	for _, s := range d.Sheets {
		for _, c := range s.Columns {
			if !slices.ContainsFunc(out, func(o Column) bool { return o.ID == c.ID }) {
				out = append(out, c)
			}
		}
	}
	return out
}

// blank are records of nothing but forms, as far as making a table asks for them. Rows
// of such a table must not be read.
type blank struct {
	casework.Records
	forms []form.Definition
}

// Form is the program's own; of each it has one version.
func (b blank) Form(id string, _ int) (form.Definition, bool) {
	i := slices.IndexFunc(b.forms, func(d form.Definition) bool { return d.ID == id })
	if i < 0 {
		return form.Definition{}, false
	}
	return b.forms[i], true
}

func (blank) Campaign() (casework.Campaign, bool)              { return casework.Campaign{}, false }
func (blank) Rounds() []casework.Round                         { return nil }
func (blank) Units() []casework.Unit                           { return nil }
func (blank) Unit(casework.UnitID) (casework.Unit, bool)       { return casework.Unit{}, false }
func (blank) Groups() []casework.Group                         { return nil }
func (blank) Group(casework.GroupID) (casework.Group, bool)    { return casework.Group{}, false }
func (blank) Areas() []casework.Area                           { return nil }
func (blank) Staff(casework.StaffID) (casework.Staff, bool)    { return casework.Staff{}, false }
func (blank) AllStaff() iter.Seq[casework.Staff]               { return slices.Values[[]casework.Staff](nil) }
func (blank) Target(casework.TargetID) (casework.Target, bool) { return casework.Target{}, false }
func (blank) AllTargets() iter.Seq[casework.Target]            { return slices.Values[[]casework.Target](nil) }
func (blank) Visit(casework.VisitID) (casework.Visit, bool)    { return casework.Visit{}, false }
func (blank) AllVisits() iter.Seq[casework.Visit]              { return slices.Values[[]casework.Visit](nil) }
func (blank) TaskBook(casework.TaskBookID) (casework.TaskBook, bool) {
	return casework.TaskBook{}, false
}
func (blank) Policies() []casework.Policy { return nil }

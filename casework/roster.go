package casework

import (
	"strings"

	"zoufang/form"
)

// Cell says where in a workbook something stands.
type Cell struct {
	Sheet string // the sheet's name: "家庭"
	Ref   string // the cell: "C7"
}

// SheetID names a sheet of the roster workbook, whatever its title.
type SheetID string

// The sheets of the roster workbook.
const (
	CampaignSheet     SheetID = "campaign"
	RoundSheet        SheetID = "rounds"
	UnitSheet         SheetID = "units"
	AreaSheet         SheetID = "areas"
	GroupSheet        SheetID = "groups"
	StaffSheet        SheetID = "staff"
	HouseholdSheet    SheetID = "households"
	EnterpriseSheet   SheetID = "enterprises"
	OrganizationSheet SheetID = "organizations"
	PairingSheet      SheetID = "pairings"
	ProblemSheet      SheetID = "problems"
	TrademarkSheet    SheetID = "trademarks"
	PolicySheet       SheetID = "policies"
)

// Field is the text of one cell, as it was read.
type Field struct {
	Text string
	Ref  string // "C7"; empty where the roster was not read from a workbook
	// Bad says that the cell could not be read, which is a fault told by whoever
	// read it; the text means nothing.
	Bad bool
}

// Row is one line of a sheet: the fields by the ids of their columns. A column
// that the sheet lacks has no field, and says nothing: what the records hold
// stays. A field with an empty text says that there is nothing.
type Row struct {
	Line   int // in the sheet, from 1; 0 where it was not read from a workbook
	Fields map[string]Field
}

// Roster is what a roster workbook holds. A sheet that it lacks says nothing.
type Roster map[SheetID][]Row

// FaultCode says what is wrong with a cell.
type FaultCode string

// The faults of a roster.
const (
	FaultMissing    FaultCode = "missing"     // must be filled in
	FaultTooLong    FaultCode = "too_long"    // more characters than allowed
	FaultTooShort   FaultCode = "too_short"   // fewer characters than needed
	FaultBadCode    FaultCode = "bad_code"    // a code with other than letters, digits and hyphens
	FaultNotAChoice FaultCode = "not_choice"  // none of the words allowed
	FaultNotADate   FaultCode = "not_date"    // no date
	FaultNotANumber FaultCode = "not_number"  // no whole number, or out of range
	FaultBadPhone   FaultCode = "bad_phone"   // no telephone number
	FaultBadUSCC    FaultCode = "bad_uscc"    // the check character is wrong
	FaultBadRegNo   FaultCode = "bad_regno"   // not 15 digits
	FaultIDNumber   FaultCode = "id_number"   // holds an identity card number
	FaultPhone      FaultCode = "phone"       // a telephone number where none belongs
	FaultUnknown    FaultCode = "unknown"     // names what is neither here nor in the records
	FaultAmbiguous  FaultCode = "ambiguous"   // names several
	FaultDuplicate  FaultCode = "duplicate"   // the same row twice
	FaultOrder      FaultCode = "order"       // ends before it starts, or overlaps
	FaultRule       FaultCode = "rule"        // does not go with another cell
	FaultKind       FaultCode = "other_kind"  // the code belongs to a target of another kind
	FaultCycle      FaultCode = "cycle"       // is its own parent
	FaultScientific FaultCode = "scientific"  // a long number that the sheet has rounded
	FaultConverted  FaultCode = "converted"   // a text that the sheet has made a date of
	FaultFormula    FaultCode = "formula"     // a formula in place of a value
	FaultErrorCell  FaultCode = "error_value" // a cell that shows #N/A and the like
	FaultHeader     FaultCode = "header"      // a sheet without its header, or a column twice
)

// RowFault is one wrong cell, with a sentence that says what is wrong, what
// was found and what would be right. The sentence holds no identity card
// number and no telephone number.
type RowFault struct {
	Cell Cell
	Code FaultCode
	Text form.Label
}

// ChangeKind says what an import does to a row's record.
type ChangeKind string

// What an import does.
const (
	Adds    ChangeKind = "adds"
	Changes ChangeKind = "changes"
	Ends    ChangeKind = "ends" // a pairing
)

// Change is one record that an import adds, changes or ends.
type Change struct {
	Sheet   SheetID
	Kind    ChangeKind
	Key     string       // the code, name or number
	Columns []form.Label // the columns that differ, when it changes
	// Cells are where it stands in the workbook: those that differ, or the first of what
	// is new. What ends stands nowhere.
	Cells []Cell
}

// Plan is what an import would do.
type Plan struct {
	// Facts are in the order in which they must be appended: nothing refers to
	// what comes later, but for people and groups, which refer to each other.
	Facts     []Fact
	Added     map[SheetID]int
	Changed   map[SheetID]int
	Unchanged map[SheetID]int
	Ended     int // pairings
	Changes   []Change
	Twins     []Twin // new targets that look like others
	IDs       int    // how many identities were taken
}

// Where says where a change stands: the sheet, and the cells if there are any.
func Where(c Change) string {
	sheet := ""
	for _, t := range RosterTables() {
		if t.ID == c.Sheet {
			sheet = t.Label.Zh
		}
	}
	var refs []string
	for _, cell := range c.Cells {
		refs = append(refs, cell.Ref)
	}
	if len(refs) == 0 {
		return sheet
	}
	return sheet + "!" + strings.Join(refs, ",")
}

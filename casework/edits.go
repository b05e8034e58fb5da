package casework

import "zoufang/form"

// Edit is a cell of an exported list that somebody changed before they sent it back.
type Edit struct {
	Cell   Cell       `json:"cell"`
	Key    string     `json:"key"`    // the row's code: WT-2017-0035
	Column string     `json:"column"` // the id of the column, such as "owner"
	Label  form.Label `json:"label"`  // its heading
	Before string     `json:"before"` // as it was exported
	After  string     `json:"after"`
}

// EditPlan is what applying edits would do.
type EditPlan struct {
	// Facts are in order; they begin with nothing: the caller puts [ImportApplied]
	// before them.
	Facts   []Fact
	Applied []Edit
	Refused []RefusedEdit
	Images  []Image
}

// RefusedEdit is an edit that is not applied, and why.
type RefusedEdit struct {
	Edit Edit
	Why  form.Label
}

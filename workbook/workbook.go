// Package workbook is Excel in and out: it reads the roster that the office
// keeps and the exported lists that it sends back, and writes the empty template,
// a filled one, and the papers of package paper.
//
// A workbook that comes in is a stranger's file. It is measured and looked
// through before the library opens it, so that neither a bomb nor a macro gets
// that far; whatever is wrong with the file as a whole is a [FileError] with
// its cure, and whatever is wrong with a cell is a fault that names the cell.
// What goes out are typed texts alone: no formula, number or link, whatever the
// text looks like.
//
// The package knows how cells stand on sheets. What they mean, and whether they
// are right, is for casework.
package workbook

import (
	"zoufang/casework"
	"zoufang/form"
)

// The limits of a workbook that is read.
const (
	maxFile    = 32 << 20 // bytes, packed
	maxUnzip   = 32 << 20 // bytes, all parts unpacked
	maxPart    = 8 << 20  // bytes, one part unpacked
	maxSheet   = 16 << 20 // bytes, a sheet unpacked: what so many rows need
	maxParts   = 500
	maxRows    = 20_000 // a sheet
	maxColumns = 200    // a sheet
	maxMerges  = 2_000  // a sheet
)

// headerRows is how far down a header is looked for.
const headerRows = 5

// notePrefix begins the row of notes under the headers.
const notePrefix = "说明："

// FileFault says what is wrong with a file as a whole.
type FileFault string

// The faults of a file.
const (
	NotAWorkbook FileFault = "not_a_workbook" // not .xlsx at all
	Encrypted    FileFault = "encrypted"      // with a password, or the older .xls
	Damaged      FileFault = "damaged"
	TooLarge     FileFault = "too_large" // packed or unpacked
	Macros       FileFault = "macros"
	NotARoster   FileFault = "not_a_roster" // none of the sheets
	NotAReturn   FileFault = "not_a_return" // no list that was exported
	TooManyRows  FileFault = "too_many_rows"
)

// FileError is why a file is refused, with a sentence that says the cure.
type FileError struct {
	Code FileFault
	Text form.Label
	Err  error // what the library said, if anything
}

// Error is the English sentence.
func (e *FileError) Error() string { return e.Text.En }

// Unwrap gives what the library said.
func (e *FileError) Unwrap() error { return e.Err }

// Reading is what was read from a workbook.
type Reading struct {
	Roster casework.Roster
	// Faults are the wrong cells. Nothing should be imported while there is any.
	Faults []casework.RowFault
	// Notes are what was passed over, such as a column or sheet that the roster
	// does not know: the import can go on.
	Notes []casework.RowFault
}

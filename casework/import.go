package casework

import (
	"fmt"
	"time"
)

// ImportID names an import.
type ImportID uint64

// ImportKind says what was imported.
type ImportKind string

// The kinds of import. Stored by name: never rename.
const (
	// ImportRosters 花名册导入.
	ImportRosters ImportKind = "roster"
	// ImportEdits 台账回传 is an exported problem list that was edited and sent back.
	ImportEdits ImportKind = "edits"
)

// UndoDays is for how many days an import can be undone, its own day included.
const UndoDays = 7

// Import 导入 is one workbook that was applied, with what is needed to undo it.
type Import struct {
	ID     ImportID   `json:"id"`
	Code   string     `json:"code"` // DR-2017-0003
	Kind   ImportKind `json:"kind"`
	By     StaffID    `json:"by,omitempty"` // zero: the command line
	At     time.Time  `json:"at"`
	On     Date       `json:"on"`
	SHA256 string     `json:"sha256"` // of the file, in hexadecimal
	// Export is the export that was edited (ImportEdits).
	Export ExportID `json:"export,omitempty"`
	// The numbers are of records; Changed and Refused of cells, where a list was edited.

	Added     int `json:"added,omitempty"`
	Changed   int `json:"changed,omitempty"`
	Unchanged int `json:"unchanged,omitempty"`
	Ended     int `json:"ended,omitempty"` // pairings
	Refused   int `json:"refused,omitempty"`
	// Images are the records that it changed, as they were.
	Images []Image `json:"images,omitempty"`

	UndoneBy StaffID   `json:"undone_by,omitempty"`
	UndoneAt time.Time `json:"undone_at,omitzero"`
}

// Image is a record as it was before an import, without what no import changes: what
// is derived from other work, accounts and chats. Exactly one of the pointers is set,
// unless Fresh says that the record was not there.
type Image struct {
	Sheet SheetID `json:"sheet"`
	ID    uint64  `json:"id"`
	// Staff is the second half of the identity of a pairing.
	Staff StaffID `json:"staff_id,omitempty"`
	Fresh bool    `json:"fresh,omitempty"`

	Campaign  *Campaign  `json:"campaign,omitempty"`
	Round     *Round     `json:"round,omitempty"`
	Unit      *Unit      `json:"unit,omitempty"`
	Group     *Group     `json:"group,omitempty"`
	Area      *Area      `json:"area,omitempty"`
	Person    *Staff     `json:"person,omitempty"`
	Target    *Target    `json:"target,omitempty"`
	Pairing   *Pairing   `json:"pairing,omitempty"`
	Problem   *Problem   `json:"problem,omitempty"` // without its history
	Trademark *Trademark `json:"trademark,omitempty"`
	Policy    *Policy    `json:"policy,omitempty"`

	// After tells what the import left: a digest of what it can change of the record; of
	// a pairing, of all those of its target. Whoever undoes it compares.
	After string `json:"after,omitempty"`
	// Drafted is the task book that came with the problem's new owner.
	Drafted TaskBookID `json:"drafted,omitempty"`
}

// ImportPrefix is what the codes of imports made in that year begin with.
func ImportPrefix(year int) string { return fmt.Sprintf("DR-%04d", year) }

// ImportCode is the code of the n-th import of the year: DR-2017-0003.
func ImportCode(year, n int) string { return fmt.Sprintf("%s-%04d", ImportPrefix(year), n) }

// ImportApplied says that the facts beside it came from a workbook. It stands before
// them in the ledger.
type ImportApplied struct {
	Import Import `json:"import"`
}

// ImportUndone puts the records of an import back to what they were. Kept names those
// of its images that stay as they are, because of later work, by their place in the
// list.
type ImportUndone struct {
	ImportID ImportID `json:"import"`
	Kept     []int    `json:"kept,omitempty"`
}

// ProblemAmended 台账更正 is what the office changes in the problem list itself: a new
// owner, day due or remark. Zero and nil leave what is there.
type ProblemAmended struct {
	ProblemID ProblemID `json:"problem"`
	OwnerID   StaffID   `json:"owner,omitempty"`
	DueOn     Date      `json:"due,omitzero"`
	Remark    *string   `json:"remark,omitempty"` // at most 300 characters
	ImportID  ImportID  `json:"import,omitempty"` // where it came from; zero: the chat
}

// TargetsMerged 合并对象 says that two records are of one target. What hangs on From
// hangs on Into afterwards, and both histories are kept.
type TargetsMerged struct {
	From TargetID `json:"from"`
	Into TargetID `json:"into"`
}

// Kind implements [Fact].
func (ImportApplied) Kind() FactKind { return "ImportApplied" }

// Kind implements [Fact].
func (ImportUndone) Kind() FactKind { return "ImportUndone" }

// Kind implements [Fact].
func (ProblemAmended) Kind() FactKind { return "ProblemAmended" }

// Kind implements [Fact].
func (TargetsMerged) Kind() FactKind { return "TargetsMerged" }

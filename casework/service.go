package casework

import "zoufang/form"

// Service 服务举措 is one of the measures that the bureau offers to firms.
type Service struct {
	Key   string     `json:"key"`
	For   ServiceFor `json:"for"`
	Label string     `json:"label"`         // at most 60 characters
	Off   bool       `json:"off,omitempty"` // not offered any more
}

// ServiceFor says in which of the two directions a measure goes.
type ServiceFor string

// The directions. Stored by name: never rename.
const (
	// ForFirms 服务百家企业.
	ForFirms ServiceFor = "firm"
	// ForMarks 服务百件商标.
	ForMarks ServiceFor = "mark"
)

// ServicesSet replaces the catalogue of measures.
type ServicesSet struct {
	Services []Service `json:"services"`
}

// Given is a measure that was used for a firm.
type Given struct {
	Key     string  `json:"key"`
	On      Date    `json:"on"`
	By      StaffID `json:"by"`
	Note    string  `json:"note,omitempty"`
	VisitID VisitID `json:"visit,omitempty"`
}

// ServiceGiven says that a measure was used for a firm.
type ServiceGiven struct {
	TargetID TargetID `json:"target"`
	Given    Given    `json:"given"`
}

// ServiceCount is how often a measure was used, and for how many firms.
type ServiceCount struct {
	Service      Service
	Times, Firms int
}

// HaveState says whether a target has one of the eight things.
type HaveState string

// The states; a key that is missing is not known yet. Stored by name: never rename.
const (
	// Has 已有.
	Has HaveState = "ok"
	// Lacking 欠缺.
	Lacking HaveState = "lack"
)

// Have 四通四有 is an item of the checklist: what a village and a household shall have.
// Its key is the option id of the forms' item "utilities".
type Have struct {
	Key   string     `json:"key"`
	Label form.Label `json:"label"`
}

// HaveCount is how many targets of a kind have an item, lack it, and were not asked.
type HaveCount struct {
	Have                Have
	Has, Lacks, Unknown int
}

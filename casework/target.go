package casework

// Kind says what sort of target it is.
type Kind string

// The kinds of target. Stored by name: never rename.
const (
	// HouseholdKind 家庭.
	HouseholdKind Kind = "household"
	// EnterpriseKind 企业.
	EnterpriseKind Kind = "enterprise"
	// OrganizationKind 基层组织.
	OrganizationKind Kind = "organization"
)

// Kinds lists the kinds of target, in the order the campaign names them.
func Kinds() []Kind { return []Kind{HouseholdKind, EnterpriseKind, OrganizationKind} }

// CodePrefix is what the codes of targets of this kind begin with: JT for 家庭,
// QY for 企业, ZZ for 组织.
func (k Kind) CodePrefix() string {
	switch k {
	case HouseholdKind:
		return "JT"
	case EnterpriseKind:
		return "QY"
	case OrganizationKind:
		return "ZZ"
	}
	return "XX"
}

// codeDigits is how many digits a code of this kind has: JT-0001, QY-001, ZZ-01.
func (k Kind) codeDigits() int {
	switch k {
	case HouseholdKind:
		return 4
	case EnterpriseKind:
		return 3
	case OrganizationKind:
		return 2
	}
	return 4
}

// CareLevel 重点级别 drives how often a target is contacted.
type CareLevel string

// The care levels. Stored by name: never rename.
const (
	// Key 重点.
	Key CareLevel = "key"
	// Watch 关注.
	Watch CareLevel = "watch"
	// General 一般, the default.
	General CareLevel = "general"
)

// TargetStatus says whether a target is still visited.
type TargetStatus string

// The states of a target. Stored by name: never rename.
const (
	// Active 在册.
	Active TargetStatus = "active"
	// MovedAway 外出.
	MovedAway TargetStatus = "moved"
	// Closed 注销.
	Closed TargetStatus = "closed"
	// Merged 已合并.
	Merged TargetStatus = "merged"
	// Removed 移出.
	Removed TargetStatus = "removed"
)

// Target 走访对象 is a household, enterprise or organisation on the roster.
// Exactly one of Household, Enterprise and Organization is set, as Kind says.
type Target struct {
	ID         TargetID     `json:"id"`
	Kind       Kind         `json:"kind"`
	Code       string       `json:"code"` // unique in the campaign, never reused
	AreaID     AreaID       `json:"area,omitempty"`
	GroupID    GroupID      `json:"group,omitempty"`
	CareLevel  CareLevel    `json:"care,omitempty"` // empty is General
	CareReason string       `json:"care_reason,omitempty"`
	Status     TargetStatus `json:"status,omitempty"` // empty is Active
	Note       string       `json:"note,omitempty"`

	Household    *Household    `json:"household,omitempty"`
	Enterprise   *Enterprise   `json:"enterprise,omitempty"`
	Organization *Organization `json:"organization,omitempty"`

	History
}

// History is what the ledger tells of a target. [Project] derives it; the
// roster cannot change it.
type History struct {
	Since       Date `json:"since,omitzero"`        // on the roster
	LastVisitOn Date `json:"last_visit,omitzero"`   // last time the target was met
	LastTriedOn Date `json:"last_tried,omitzero"`   // last visit of any outcome
	Visits      int  `json:"visits,omitempty"`      // submitted, of any outcome
	Missed      int  `json:"missed,omitempty"`      // visits not met in a row, since the last met
	OpenIssues  int  `json:"open_issues,omitempty"` // problems that are not struck off

	Calls        int    `json:"calls,omitempty"`        // of any result
	LastCallOn   Date   `json:"last_call,omitzero"`     // last call that was answered
	Unanswered   int    `json:"unanswered,omitempty"`   // calls in a row without answer, since the last contact
	UnansweredOn Date   `json:"unanswered_on,omitzero"` // the newest of them
	ChangedOn    Date   `json:"changed_on,omitzero"`    // something grave happened, and nobody went since
	Change       string `json:"change,omitempty"`       // what it was: an option of [GraveChanges]

	// Haves 四通四有 is what is known of the checklist, as of HavesOn.
	Haves   map[string]HaveState `json:"haves,omitempty"`
	HavesOn Date                 `json:"haves_on,omitzero"`
	// OpState 经营状态 is what the newest visit says of a firm: see [OpStates].
	OpState   string      `json:"op_state,omitempty"`
	Given     []Given     `json:"given,omitempty"`     // measures used for a firm, the oldest first
	Explained []Explained `json:"explained,omitempty"` // policies, the oldest first

	Next   Contact `json:"next,omitzero"`    // no contact is booked while it is paused
	Rhythm *Rhythm `json:"rhythm,omitempty"` // instead of the one of the parameters
	Pause  *Pause  `json:"pause,omitempty"`
	Snooze *Snooze `json:"snooze,omitempty"`
	Miss   Miss    `json:"miss,omitzero"`

	// MergedInto is the record that goes on, while the status is [Merged].
	MergedInto TargetID        `json:"merged_into,omitempty"`
	Synced     map[string]Date `json:"synced,omitempty"` // to which other system, when
}

// LastContactOn is the last day on which anybody spoke with the target's
// people, by visit or call; zero if never.
func (h History) LastContactOn() Date {
	if h.LastCallOn.After(h.LastVisitOn) {
		return h.LastCallOn
	}
	return h.LastVisitOn
}

// Household 家庭 is the profile of a household. All of it is personal.
type Household struct {
	HeadName    string   `json:"head"`
	Phone       string   `json:"phone,omitempty"`
	Address     string   `json:"address,omitempty"`
	Members     int      `json:"members,omitempty"`
	Types       []string `json:"types,omitempty"` // see [HouseholdTypes]
	MainCause   string   `json:"main_cause,omitempty"`
	OtherCauses []string `json:"other_causes,omitempty"`
	Health      string   `json:"health,omitempty"` // sensitive: in no chat
	Labor       string   `json:"labor,omitempty"`
	HouseKind   string   `json:"house_kind,omitempty"`
	HouseSafety string   `json:"house_safety,omitempty"`
}

// Enterprise 企业 is the profile of a firm.
type Enterprise struct {
	Name         string `json:"name"`
	USCC         string `json:"uscc,omitempty"`   // 统一社会信用代码, 18 characters
	RegNo        string `json:"reg_no,omitempty"` // 注册号, the older 15 digits
	EntityType   string `json:"entity_type,omitempty"`
	LegalRep     string `json:"legal_rep,omitempty"`
	Industry     string `json:"industry,omitempty"`
	Products     string `json:"products,omitempty"`
	Size         string `json:"size,omitempty"`
	Employees    int    `json:"employees,omitempty"`
	Address      string `json:"address,omitempty"`
	ContactName  string `json:"contact_name,omitempty"`
	ContactTitle string `json:"contact_title,omitempty"`
	ContactPhone string `json:"contact_phone,omitempty"`
	Top100       bool   `json:"top100,omitempty"` // one of the 百家 enterprises
}

// Organization 基层组织 is the profile of a village or community organisation.
type Organization struct {
	Name           string `json:"name"`
	OrgType        string `json:"org_type,omitempty"`
	Secretary      string `json:"secretary,omitempty"`
	Phone          string `json:"phone,omitempty"`
	Households     int    `json:"households,omitempty"`
	Population     int    `json:"population,omitempty"`
	PartyMembers   int    `json:"party_members,omitempty"`
	LowIncome      int    `json:"low_income,omitempty"` // households
	WeakVillage    bool   `json:"weak_village,omitempty"`
	PairedBranchID UnitID `json:"paired_branch,omitempty"`
}

// Name is the full name of the target: personal for a household.
func (t Target) Name() string {
	switch {
	case t.Household != nil:
		return t.Household.HeadName
	case t.Enterprise != nil:
		return t.Enterprise.Name
	case t.Organization != nil:
		return t.Organization.Name
	}
	return ""
}

// DisplayName is the name as a chat may show it: masked for a household.
func (t Target) DisplayName() string {
	if t.Household != nil {
		return MaskName(t.Household.HeadName)
	}
	return t.Name()
}

// InUse reports whether the target can still be visited.
func (t Target) InUse() bool { return t.Status == "" || t.Status == Active || t.Status == MovedAway }

// PairingRole says how a member of staff is tied to a target.
type PairingRole string

// The roles in a pairing. Stored by name: never rename.
const (
	// Primary 结对责任人: exactly one a target.
	Primary PairingRole = "primary"
	// Assist 协助.
	Assist PairingRole = "assist"
)

// Pairing 结对 ties a member of staff to a target.
type Pairing struct {
	TargetID TargetID    `json:"target"`
	StaffID  StaffID     `json:"staff"`
	Role     PairingRole `json:"role"`
	From     Date        `json:"from,omitzero"`
	Reason   string      `json:"reason,omitempty"`
}

// Phone is the telephone number of the target's people; empty if none is known. It is
// personal.
func (t Target) Phone() string {
	switch {
	case t.Household != nil:
		return t.Household.Phone
	case t.Enterprise != nil:
		return t.Enterprise.ContactPhone
	case t.Organization != nil:
		return t.Organization.Phone
	}
	return ""
}

package casework

// Params 参数 are the numbers the office can change. All of them are days
// unless the name says otherwise.
type Params struct {
	KeyVisit     int `json:"key_visit"`     // between visits to a key household
	KeyCall      int `json:"key_call"`      // between calls to a key household
	WatchVisit   int `json:"watch_visit"`   // the same for watched households
	WatchCall    int `json:"watch_call"`    //
	GeneralVisit int `json:"general_visit"` // others are visited and not called
	FirmCall     int `json:"firm_call"`
	FirmVisit    int `json:"firm_visit"`
	OrgVisit     int `json:"org_visit"`

	OpenProblemCall int `json:"open_problem_call"` // contact while a problem is open
	DueGroup        int `json:"due_group"`         // to solve a problem at group level
	DueBranch       int `json:"due_branch"`
	DueBureau       int `json:"due_bureau"`

	DupVisitWarn int `json:"dup_visit_warn"` // warn of a visit this recent
	Backfill     int `json:"backfill"`       // a visit reported later needs a word why
}

// DefaultParams are the numbers the campaign begins with.
func DefaultParams() Params {
	return Params{
		KeyVisit: 30, KeyCall: 14,
		WatchVisit: 60, WatchCall: 30,
		GeneralVisit: 180,
		FirmCall:     30, FirmVisit: 90,
		OrgVisit:        90,
		OpenProblemCall: 14,
		DueGroup:        7, DueBranch: 15, DueBureau: 30,
		DupVisitWarn: 14, Backfill: 7,
	}
}

// ContactEvery is how many days may pass before a target of this kind and care
// is contacted again, by call or visit, whichever comes first.
func (p Params) ContactEvery(k Kind, c CareLevel) int {
	switch k {
	case EnterpriseKind:
		return min(p.FirmCall, p.FirmVisit)
	case OrganizationKind:
		return p.OrgVisit
	case HouseholdKind:
	}
	switch c {
	case Key:
		return min(p.KeyCall, p.KeyVisit)
	case Watch:
		return min(p.WatchCall, p.WatchVisit)
	case General:
	}
	return p.GeneralVisit
}

// DueDays is how many days a problem of this level and urgency may take.
func (p Params) DueDays(l Level, u Urgency) int {
	if u == Emergency {
		return 0
	}
	switch l {
	case LevelBranch:
		return p.DueBranch
	case LevelBureau, LevelDistrict, LevelExternal:
		return p.DueBureau
	case LevelOnSpot, LevelGroup:
	}
	return p.DueGroup
}

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

	Window        int `json:"window"`         // by which load may move a contact by rhythm
	DayLoad       int `json:"day_load"`       // contacts of one person on one day, if there is a choice
	ChangeDays    int `json:"change_days"`    // to go there after something grave
	CallBack      int `json:"call_back"`      // to ask after a problem was resolved
	NoAnswer      int `json:"no_answer"`      // calls in a row without answer that turn into a look-in
	FirstResponse int `json:"first_response"` // working days until a problem is taken up
	Silent        int `json:"silent"`         // without a record, until the leader hears of it

	TriageHours   int `json:"triage_hours"`   // hours until a problem goes to its reporter by itself
	Stale         int `json:"stale"`          // without progress, until the owner is asked
	DueSoon       int `json:"due_soon"`       // before a day due, when the owner is reminded
	TransferNudge int `json:"transfer_nudge"` // between reminders that an outside body has not answered
	Extensions    int `json:"extensions"`     // how often a day due may be moved
	HoldDays      int `json:"hold_days"`      // for which a problem may rest, at most
	ReopenDays    int `json:"reopen_days"`    // after striking off, while it can be reopened
	RenewNotice   int `json:"renew_notice"`   // before a trademark or recognition runs out

	// When the bureau works, in minutes from midnight, and after how many
	// working hours without contact a miss is passed to each rung.
	WorkFrom    int `json:"work_from"`
	WorkTo      int `json:"work_to"`
	PartnerWait int `json:"partner_wait"`
	LeaderWait  int `json:"leader_wait"`
	OfficeWait  int `json:"office_wait"`
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
		Window: 3, DayLoad: 5, ChangeDays: 1, CallBack: 3, NoAnswer: 3, FirstResponse: 3, Silent: 7,
		TriageHours: 24, Stale: 14, DueSoon: 2, TransferNudge: 7, Extensions: 2, HoldDays: 180, ReopenDays: 90,
		RenewNotice: 365,
		WorkFrom:    8*60 + 30, WorkTo: 17*60 + 30,
		PartnerWait: 9, LeaderWait: 27, OfficeWait: 54,
	}
}

// Rhythm is how often a target of this kind and care is contacted.
func (p Params) Rhythm(k Kind, c CareLevel) Rhythm {
	r := Rhythm{VisitDays: p.GeneralVisit, Window: p.Window}
	switch {
	case k == EnterpriseKind:
		r.VisitDays, r.CallDays = p.FirmVisit, p.FirmCall
	case k == OrganizationKind:
		r.VisitDays = p.OrgVisit
	case c == Key:
		r.VisitDays, r.CallDays = p.KeyVisit, p.KeyCall
	case c == Watch:
		r.VisitDays, r.CallDays = p.WatchVisit, p.WatchCall
	}
	return r
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

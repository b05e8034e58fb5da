package casework

import "time"

// Way 联系方式 is how a target is to be contacted next.
type Way string

// The ways. Stored by name: never rename.
const (
	// ByCall 电话询问.
	ByCall Way = "call"
	// ByVisit 走访.
	ByVisit Way = "visit"
	// LookIn 上门看一眼: nobody answers the telephone.
	LookIn Way = "look_in"
	// CallBack 办结回访: a problem is said to be solved; is it?
	CallBack Way = "call_back"
)

// Why says what asks for a contact.
type Why string

// The reasons. Stored by name: never rename.
const (
	// WhyRhythm: the days of its rhythm have passed.
	WhyRhythm Why = "rhythm"
	// WhyFirst: it is on the roster and was never contacted.
	WhyFirst Why = "first"
	// WhyAgreed: the day was agreed with the people.
	WhyAgreed Why = "agreed"
	// WhyProblem: a problem is open.
	WhyProblem Why = "problem"
	// WhyCallBack: a problem was resolved and nobody has asked yet.
	WhyCallBack Why = "call_back"
	// WhyNoAnswer: the last call was not answered.
	WhyNoAnswer Why = "no_answer"
	// WhyChange: something grave happened.
	WhyChange Why = "change"
	// WhyResumed: a pause has ended.
	WhyResumed Why = "resumed"
	// WhyMatter: the next step of a trademark matter was planned for the day.
	WhyMatter Why = "matter"
)

// Moved says why a contact is not booked for the day that was wanted.
type Moved string

// The reasons to move. Stored by name: never rename.
const (
	// Unmoved: it is booked for the day wanted.
	Unmoved Moved = ""
	// OffHoliday: the day wanted is no working day.
	OffHoliday Moved = "workday"
	// OffLoad: too much is due for the same person on that day.
	OffLoad Moved = "load"
)

// Contact 下次联系 is the next contact booked for a target, and everything that
// is needed to say why it is that day. Zero: none is booked.
type Contact struct {
	On      Date      `json:"on,omitzero"` // the day it is due
	Way     Way       `json:"way,omitempty"`
	Why     Why       `json:"why,omitempty"`
	Anchor  Date      `json:"anchor,omitzero"`   // the day counted from
	Days    int       `json:"days,omitempty"`    // the days counted
	Wanted  Date      `json:"wanted,omitzero"`   // before it was moved
	Moved   Moved     `json:"moved,omitempty"`   // why On is not Wanted
	Problem ProblemID `json:"problem,omitempty"` // WhyProblem, WhyCallBack
	Matter  MatterID  `json:"matter,omitempty"`  // WhyMatter
	Attempt int       `json:"attempt,omitempty"` // WhyNoAnswer: calls in a row without answer
}

// Same reports whether o was booked for the same reason as c, so that moving it
// again would only confuse: everything but the day it was moved to is equal.
func (c Contact) Same(o Contact) bool {
	c.On, c.Moved, o.On, o.Moved = Date{}, Unmoved, Date{}, Unmoved
	return c == o
}

// Anchor says what the days of a rhythm are counted from.
type Anchor string

// The anchors. Stored by name: never rename.
const (
	// FromLast counts from the last contact; the zero value.
	FromLast Anchor = ""
	// FromCalendar counts from a fixed day, whatever was done in between.
	FromCalendar Anchor = "calendar"
)

// Rhythm 联系频次 is how often a target is contacted, by rule.
type Rhythm struct {
	VisitDays int    `json:"visit_days"`          // between visits; zero: not visited by rule
	CallDays  int    `json:"call_days,omitempty"` // between calls; zero: not called by rule
	Anchor    Anchor `json:"anchor,omitempty"`
	From      Date   `json:"from,omitzero"` // FromCalendar: the first day
	// Window is by how many days load may move a contact, either way.
	Window int `json:"window,omitempty"`
}

// PauseWhy says why a target is not contacted.
type PauseWhy string

// The reasons to pause. Stored by name: never rename.
const (
	// PauseMoved 外出或搬走.
	PauseMoved PauseWhy = "moved"
	// PauseDied 去世或注销.
	PauseDied PauseWhy = "died"
	// PauseRefused 不愿再被联系.
	PauseRefused PauseWhy = "refused"
	// PauseDone 帮扶结束.
	PauseDone PauseWhy = "done"
	// PauseOther 其他.
	PauseOther PauseWhy = "other"
)

// PauseWhys lists the reasons, in the order they are offered.
func PauseWhys() []PauseWhy {
	return []PauseWhy{PauseMoved, PauseDied, PauseRefused, PauseDone, PauseOther}
}

// Pause 暂停联系 silences everything about a target. It is a stop while Until is
// zero; else contacts begin again on that day.
type Pause struct {
	Why   PauseWhy `json:"why"`
	On    Date     `json:"on"`
	Until Date     `json:"until,omitzero"`
	By    StaffID  `json:"by,omitempty"`
}

// Snooze 稍后提醒 hides a reminder for a while. The schedule stays.
type Snooze struct {
	Until time.Time `json:"until"`
	By    StaffID   `json:"by"`
}

// Rung is a step of the ladder on which a missed contact is passed upwards.
type Rung int

// The rungs. Stored by number: append, never reorder.
const (
	// OwnerRung: the person in charge, by the morning agenda.
	OwnerRung Rung = iota
	// PartnerRung: colleagues paired with the target as well.
	PartnerRung
	// LeaderRung: the leader and deputy of the group.
	LeaderRung
	// OfficeRung: the office.
	OfficeRung
)

// Miss 漏联 is a contact that is overdue, and how far it was passed upwards. It
// is over as soon as another contact is booked. The zero value: nothing missed.
type Miss struct {
	DueOn  Date      `json:"due,omitzero"` // of the contact missed
	Rung   Rung      `json:"rung,omitempty"`
	At     time.Time `json:"at,omitzero"` // when it was passed to Rung
	SeenBy []StaffID `json:"seen,omitempty"`
	// Silenced is why it is passed no further; SilencedBy says who decided it.
	Silenced   string  `json:"silenced,omitempty"`
	SilencedBy StaffID `json:"silenced_by,omitempty"`
}

// GraveChanges 突发变故 lists what grave things can happen to a target's people.
func GraveChanges() []string {
	return []string{"illness", "accident", "disaster", "death", "job", "other"}
}

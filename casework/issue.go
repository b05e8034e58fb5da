package casework

// IssueID names a common issue.
type IssueID uint64

// IssueStatus says where a common issue stands.
type IssueStatus string

// The states. Stored by name: never rename.
const (
	// IssueCollecting 收集中.
	IssueCollecting IssueStatus = "collecting"
	// IssueSubmitted 已报送.
	IssueSubmitted IssueStatus = "submitted"
	// IssueAnswered 已答复.
	IssueAnswered IssueStatus = "answered"
	// IssueClosed 已办结.
	IssueClosed IssueStatus = "closed"
)

// CommonIssue 共性问题 gathers problems under one theme, to be solved at once where
// that can be done.
type CommonIssue struct {
	ID         IssueID     `json:"id"`
	Code       string      `json:"code"`  // GX-01
	Title      string      `json:"title"` // at most 60 characters
	Family     string      `json:"family"`
	Category   string      `json:"category"`
	Summary    string      `json:"summary,omitempty"` // at most 500 characters
	ProblemIDs []ProblemID `json:"problems"`
	UnitID     UnitID      `json:"unit,omitempty"` // 建议承办单位
	Status     IssueStatus `json:"status"`
	ReportNo   string      `json:"report_no,omitempty"` // 专报第几期: GXZB-2017-01
	ReportedOn Date        `json:"reported,omitzero"`
	Answer     string      `json:"answer,omitempty"`
	AnsweredOn Date        `json:"answered,omitzero"`
	By         StaffID     `json:"by,omitempty"`
}

// IssueGathered makes a common issue, or changes one that is being collected. Problems
// taken out of it lose their tie, new ones get it.
type IssueGathered struct {
	Issue CommonIssue `json:"issue"`
}

// IssueMoved takes a common issue one step further.
type IssueMoved struct {
	IssueID IssueID     `json:"issue"`
	From    IssueStatus `json:"from"`
	To      IssueStatus `json:"to"`
	UnitID  UnitID      `json:"unit,omitempty"`      // submitted: to whom
	No      string      `json:"report_no,omitempty"` // submitted
	Text    string      `json:"text,omitempty"`      // answered: what
}

// IssueReport 共性问题专报 is what is sent to the unit: counts, places and codes.
type IssueReport struct {
	Issue    CommonIssue
	Targets  int            // 涉及对象数
	Areas    map[AreaID]int // 镇村分布
	Cases    []Problem      // 典型案例, at most five, the most urgent and oldest first
	Open     int            // problems not struck off
	Proposed Unit           // zero: none is proposed
}

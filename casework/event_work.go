package casework

// TaskBooksFor says which problems need a task book: all of them, or those from
// branch level and urgent ones on.
type TaskBooksFor struct {
	All bool `json:"all"`
}

// Kind implements [Fact].
func (TaskBookDrafted) Kind() FactKind { return "TaskBookDrafted" }

// Kind implements [Fact].
func (TaskBookMoved) Kind() FactKind { return "TaskBookMoved" }

// Kind implements [Fact].
func (TaskBooksFor) Kind() FactKind { return "TaskBooksFor" }

// Kind implements [Fact].
func (IssueGathered) Kind() FactKind { return "IssueGathered" }

// Kind implements [Fact].
func (IssueMoved) Kind() FactKind { return "IssueMoved" }

// Kind implements [Fact].
func (TrademarkRecorded) Kind() FactKind { return "TrademarkRecorded" }

// Kind implements [Fact].
func (MatterRecorded) Kind() FactKind { return "MatterRecorded" }

// Kind implements [Fact].
func (MatterMoved) Kind() FactKind { return "MatterMoved" }

// Kind implements [Fact].
func (ServicesSet) Kind() FactKind { return "ServicesSet" }

// Kind implements [Fact].
func (ServiceGiven) Kind() FactKind { return "ServiceGiven" }

// Kind implements [Fact].
func (PolicyIssued) Kind() FactKind { return "PolicyIssued" }

// Kind implements [Fact].
func (PolicyWithdrawn) Kind() FactKind { return "PolicyWithdrawn" }

// Kind implements [Fact].
func (PolicyExplained) Kind() FactKind { return "PolicyExplained" }

package casework

import "zoufang/form"

// RaiseForm is the id of the short form by which a problem is put on the list
// without a visit. Its item "source" is a [ProblemSource].
const RaiseForm = "raise"

// ProblemReport is a problem on its way to the list.
type ProblemReport struct {
	Target      Target
	By          StaffID
	Answers     form.Answers // of [RaiseForm], checked
	Attachments []Attachment
	Now         Moment
}

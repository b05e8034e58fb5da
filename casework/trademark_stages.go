package casework

import (
	"slices"

	"zoufang/form"
)

// The form that knows the kinds, stages and reasons of trademark matters, and the
// name of its repeat.
const (
	firmForm  = "enterprise"
	markGroup = "trademark"
)

// The stages that a rule speaks of: option ids of the enterprise form.
const (
	stageCaseFiled     = "case_filed"
	stageRegistered    = "registered"
	stageRecognised    = "recognised"
	stageRefused       = "refused"
	stageNotRecognised = "not_recognised"
	stageRetry         = "retry"
	stageDropped       = "dropped"
	stageExpired       = "expired"
)

// stageWays says for every stage where a matter can go from it: the way it goes
// most often comes first, then those that skip something. From an end it is what
// begins anew.
func stageWays() map[string][]string {
	return map[string][]string{
		"consult":       {"preparing", "filed", "accepted", "formal", "substantive", "published", "registered", "refused", "dropped"},
		"preparing":     {"filed", "accepted", "formal", "substantive", "published", "registered", "refused", "dropped"},
		"filed":         {"accepted", "formal", "correction", "substantive", "published", "registered", "refused", "dropped"},
		"accepted":      {"formal", "correction", "substantive", "published", "registered", "refused", "dropped"},
		"formal":        {"substantive", "correction", "published", "registered", "refused", "dropped"},
		"correction":    {"accepted", "formal", "substantive", "published", "registered", "refused", "dropped"},
		"substantive":   {"published", "correction", "registered", "refused", "dropped"},
		"published":     {"registered", "opposed", "refused", "dropped"},
		"opposed":       {"registered", "published", "refused", "dropped"},
		"review":        {"substantive", "published", "registered", "refused", "dropped"},
		stageRefused:    {"review", "preparing", "dropped"},
		stageRegistered: {},
		stageDropped:    {"consult", "preparing"},

		"assess":           {"evidence", "case_filed", "to_province", "to_national", "field_check", "deciding", "recognised", "not_recognised"},
		"evidence":         {"case_filed", "to_province", "to_national", "field_check", "deciding", "recognised", "not_recognised"},
		stageCaseFiled:     {"to_province", "to_national", "deciding", "recognised", "not_recognised"},
		"to_province":      {"to_national", "deciding", "recognised", "not_recognised"},
		"to_national":      {"deciding", "recognised", "not_recognised"},
		"field_check":      {"deciding", "recognised", "not_recognised"},
		"deciding":         {"recognised", "not_recognised"},
		stageRetry:         {"assess", "evidence"},
		stageRecognised:    {"expired", "assess"},
		stageNotRecognised: {"retry", "assess", "evidence"},
		stageExpired:       {"assess", "evidence", "retry"},
	}
}

// statusAt is how a matter stands that is at the stage.
func statusAt(stage string) MatterStatus {
	switch stage {
	case stageRegistered, stageRecognised:
		return MatterWon
	case stageRefused, stageNotRecognised, stageExpired:
		return MatterLost
	case stageDropped:
		return MatterDropped
	}
	return MatterOpen
}

// Stages are the stages that a matter of the kind goes through, in their order, by
// the newest enterprise form; the end states come last.
func Stages(r Records, kind string) []string {
	d, ok := r.Form(firmForm, 0)
	if !ok {
		return nil
	}
	s := form.Open(&d, form.Answers{
		"outcome": {Values: []string{string(Met)}}, "brand": {Values: []string{"pending"}},
		markPath(1, "matter"): {Values: []string{kind}},
	}, form.Context{})
	step, ok := s.Step(markPath(1, "stage"))
	if !ok {
		return nil
	}
	var open, ends []string
	for _, o := range s.Options(step) {
		if statusAt(o.ID) == MatterOpen {
			open = append(open, o.ID)
		} else {
			ends = append(ends, o.ID)
		}
	}
	return append(open, ends...)
}

// NextStages are those that a matter can go to from where it is: the next ones, and
// the ends; a later one can be skipped to. From an end state, only what begins anew.
func NextStages(r Records, m Matter) []string {
	from := m.Stage
	if m.Status == MatterDropped && from != stageDropped {
		from = stageRetry // given up though its kind has no stage for that
	}
	stages := Stages(r, m.Kind)
	return slices.DeleteFunc(stageWays()[from], func(s string) bool { return !slices.Contains(stages, s) })
}

// Expected is how long a stage takes, in months, from and to; zero if nobody can say.
func Expected(stage string) (from, to int) {
	switch stage {
	case "formal":
		return 3, 4
	case "substantive":
		return 12, 12
	case "published":
		return 3, 3
	}
	return 0, 0
}

// RenewFrom is the first day on which a trademark can be renewed: twelve months
// before it runs out; zero if nobody knows when. Until six months after it can be
// renewed late.
func (m Trademark) RenewFrom() Date {
	if m.ValidUntil.IsZero() {
		return Date{}
	}
	return yearsOn(m.ValidUntil, -1)
}

// yearsOn is the same day of another year; the last of February where it has none.
func yearsOn(d Date, years int) Date {
	on := d
	on.Year += years
	if on.AddDays(0) != on {
		on.Day--
	}
	return on
}

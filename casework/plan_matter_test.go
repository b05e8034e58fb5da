package casework_test

import (
	"fmt"
	"testing"

	"zoufang/casework"
)

// nextStep is a matter of the firm with a next step on the day.
func nextStep(id casework.MatterID, on casework.Date, status casework.MatterStatus) casework.Fact {
	return casework.MatterRecorded{Matter: casework.Matter{
		ID: id, Code: fmt.Sprintf("SB-%03d", id), TrademarkID: 1, FirmID: firm, Kind: "registration", Stage: "filed", Status: status, NextOn: on,
	}}
}

func TestPlanForMatters(t *testing.T) {
	visit := func(on casework.Date) casework.Fact {
		return casework.VisitReported{Visit: casework.Visit{
			ID: casework.VisitID(on.Day), Code: fmt.Sprintf("ZF-1704%02d-001", on.Day), TargetID: firm, VisitedOn: on, Outcome: casework.Met,
		}}
	}
	open, may := casework.MatterOpen, func(day int) casework.Date { return april(30).AddDays(day) }
	for _, tt := range []struct {
		name  string
		facts []casework.Fact
		want  string
	}{
		{"by rhythm alone", []casework.Fact{visit(april(18))}, "2017-05-18 call rhythm 2017-04-18+30"},
		{"a next step", []casework.Fact{visit(april(18)), nextStep(1, may(5), open)}, "2017-05-05 call matter 2017-05-05+0 matter 1"},
		{"on a holiday", []casework.Fact{visit(april(18)), nextStep(1, may(1), open)}, "2017-05-02 call matter 2017-05-01+0 workday matter 1"},
		{"the first of two", []casework.Fact{visit(april(18)), nextStep(1, may(5), open), nextStep(2, may(4), open)}, "2017-05-04 call matter 2017-05-04+0 matter 2"},
		{"later than the rhythm", []casework.Fact{visit(april(18)), nextStep(1, may(25), open)}, "2017-05-18 call rhythm 2017-04-18+30"},
		{"on the day of the rhythm", []casework.Fact{visit(april(18)), nextStep(1, may(18), open)}, "2017-05-18 call matter 2017-05-18+0 matter 1"},
		{"spoken since", []casework.Fact{nextStep(1, april(17), open), visit(april(18))}, "2017-05-18 call rhythm 2017-04-18+30"},
		{"spoken on the day", []casework.Fact{nextStep(1, april(18), open), visit(april(18))}, "2017-05-18 call rhythm 2017-04-18+30"},
		{"spoken before", []casework.Fact{nextStep(1, april(19), open), visit(april(18))}, "2017-04-19 call matter 2017-04-19+0 matter 1"},
		{"won", []casework.Fact{visit(april(18)), nextStep(1, may(5), casework.MatterWon)}, "2017-05-18 call rhythm 2017-04-18+30"},
		{"moved to another day", []casework.Fact{
			visit(april(18)), nextStep(1, may(5), open), casework.MatterMoved{MatterID: 1, From: "filed", NextOn: new(may(8))},
		}, "2017-05-08 call matter 2017-05-08+0 matter 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, append(serviceCampaign(t), tt.facts...)...)
			next := l.target(firm).Next
			got := contactLine(next)
			if next.Matter != 0 {
				got += fmt.Sprint(" matter ", next.Matter)
			}
			if got != tt.want {
				t.Errorf("planned %s, want %s", got, tt.want)
			}
		})
	}
}

package casework_test

import (
	"testing"

	"zoufang/casework"
)

func TestProjectRefusesServicesThatDoNotFit(t *testing.T) {
	mark := casework.TrademarkRecorded{Trademark: casework.Trademark{ID: 1, FirmID: firm, Name: "白塔"}}
	for name, facts := range map[string][]casework.Fact{
		"trademark of no firm":      {casework.TrademarkRecorded{Trademark: casework.Trademark{ID: 1, FirmID: 99}}},
		"matter about no trademark": {atStage("renewal", "filed")},
		"step of no matter":         {mark, casework.MatterMoved{MatterID: 1, From: "filed"}},
		"step from another stage":   {mark, atStage("renewal", "filed"), casework.MatterMoved{MatterID: 1, From: "consult", Stage: "registered"}},
		"measure for no firm":       {casework.ServiceGiven{TargetID: 99}},
		"end of no policy":          {casework.PolicyWithdrawn{PolicyID: 1}},
		"policy for no target":      {casework.PolicyExplained{TargetID: 99}},
	} {
		fine := append(smallCampaign(), facts[:len(facts)-1]...)
		newLedger(t, fine...)
		if err := load(emptyStore(t), append(fine, facts[len(facts)-1])...); err == nil {
			t.Errorf("%s: the ledger is accepted", name)
		}
	}
	if err := load(emptyStore(t), casework.ServicesSet{}); err == nil {
		t.Error("measures of no campaign: the ledger is accepted")
	}
}

// A target's row keeps the newest of what was explained.
func TestExplainedIsBounded(t *testing.T) {
	facts := smallCampaign()
	for i := range 205 {
		facts = append(facts, casework.PolicyExplained{TargetID: home, Explained: casework.Explained{PolicyID: casework.PolicyID(i + 1)}})
	}
	list := newLedger(t, facts...).target(home).Explained
	if len(list) != 200 || list[0].PolicyID != 6 || list[199].PolicyID != 205 {
		t.Errorf("%d explained policies are kept, from %d on, want 200 from 6 on", len(list), list[0].PolicyID)
	}
}

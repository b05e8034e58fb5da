package dialog

import "zoufang/casework"

// stepWords says why a step cannot be taken, and what would be right.
func (t *turn) stepWords(why casework.Refusal) string { return t.w.say("refused.step." + string(why)) }

// moment is when the input reached us.
func (t *turn) now() casework.Moment { return casework.Moment{Today: t.today, At: t.in.Reached} }

// carry records facts that follow from each other, in their order.
func (t *turn) carry(facts []casework.Fact) {
	for _, f := range facts {
		t.record(f, t.today, "")
	}
}

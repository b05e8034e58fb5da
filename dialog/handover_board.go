package dialog

import (
	"cmp"
	"slices"

	"zoufang/casework"
)

// perBrief is how many targets a page of the brief tells of.
const perBrief = 5

// drawHandover shows how a handover stands, what moves, and to the taker a brief of
// each target.
func (t *turn) drawHandover(f *face, at Place) bool {
	h, ok := t.handover(at.Handover)
	if !ok {
		return false
	}
	f.title(t.w.say("handover.title."+string(h.Kind), "Giver", t.staffName(h.Giver), "Taker", t.staffName(h.Taker)))
	if h.Kind == casework.Leave {
		f.line(t.w.say("handover.days", "From", t.day(h.From), "Until", t.day(h.Until), "Count", h.Until.DaysSince(h.From)+1))
	}
	f.line(t.handoverState(h))
	switch h.State {
	case casework.Proposed, casework.Accepted:
		targets, problems := t.moving(h)
		f.line(t.w.say("handover.what", "Targets", len(targets), "Due", t.pressing(targets), "Problems", problems))
		if t.staff.ID == h.Taker {
			t.brief(f, at, targets)
		}
	case casework.Returned:
		t.whatWasDone(f, h)
	case casework.Declined, casework.Undone:
	}
	t.handoverButtons(f, h)
	return true
}

// handoverState says how far it has come.
func (t *turn) handoverState(h casework.Handover) string {
	state := "handover.state." + string(h.State)
	switch {
	case h.State == casework.Accepted && h.Kind == casework.Leave && h.From.After(t.today):
		state += ".later"
	case h.State == casework.Accepted && h.Kind == casework.Leave:
		state += ".leave"
	}
	words := t.w.say(state, "Taker", t.staffName(h.Taker), "Giver", t.staffName(h.Giver), "From", t.day(h.From))
	if h.By != h.Giver {
		words += t.w.say("handover.by", "Who", t.staffName(h.By))
	}
	return words
}

// moving are the targets in use that h moves, what is due first in front, and how
// many problems.
func (t *turn) moving(h casework.Handover) (targets []casework.Target, problems int) {
	ids := h.TargetIDs
	problems = len(h.ProblemIDs)
	if h.State == casework.Proposed {
		ids, problems = nil, 0
		all := casework.HoldingsOf(t.v, h.Giver)
		named := func(x casework.TargetID) bool { return h.Kind != casework.Transfer || slices.Contains(h.TargetIDs, x) }
		for _, p := range all.Targets {
			if named(p.TargetID) {
				ids = append(ids, p.TargetID)
			}
		}
		for _, p := range all.Problems {
			if named(p.TargetID) {
				problems++
			}
		}
	}
	for _, id := range ids {
		if x, ok := t.v.Target(id); ok && x.InUse() {
			targets = append(targets, x)
		}
	}
	slices.SortFunc(targets, func(a, b casework.Target) int {
		none := func(x casework.Target) int {
			if casework.DueOf(x, t.today).State == casework.Silent {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(none(a), none(b)), a.Next.On.Compare(b.Next.On), cmp.Compare(a.Code, b.Code))
	})
	return targets, problems
}

// pressing is how many of the targets should be contacted today.
func (t *turn) pressing(list []casework.Target) (n int) {
	for _, x := range list {
		if casework.DueOf(x, t.today).Pressing() {
			n++
		}
	}
	return n
}

// brief tells of each target what the other side has to know: the next contact and
// why, and what is open.
func (t *turn) brief(f *face, at Place, list []casework.Target) {
	pages := max(1, (len(list)+perBrief-1)/perBrief)
	page := min(max(0, at.Page), pages-1)
	for _, x := range list[page*perBrief : min(len(list), (page+1)*perBrief)] {
		f.gap()
		f.title(x.Code + " " + x.DisplayName() + " · " + casework.AreaShort(t.v, x.AreaID) + t.careWords(x))
		f.line(t.dueLine(x))
		t.openCodes(f, x)
	}
	f.arrows(handoverPlace(at.Handover), page, pages)
}

// whatWasDone says what the stand-in recorded about the targets during the leave.
func (t *turn) whatWasDone(f *face, h casework.Handover) {
	visits, calls := 0, 0
	for _, v := range t.v.VisitsBy(h.Taker, h.AcceptedAt) {
		if slices.Contains(h.TargetIDs, v.TargetID) {
			visits++
		}
	}
	for _, c := range t.v.CallsBy(h.Taker, h.AcceptedAt) {
		if slices.Contains(h.TargetIDs, c.TargetID) {
			calls++
		}
	}
	f.line(t.w.say("handover.done", "Taker", t.staffName(h.Taker), "Visits", visits, "Calls", calls))
}

// handoverButtons offer what the person may do about it now.
func (t *turn) handoverButtons(f *face, h casework.Handover) {
	at := handoverPlace(h.ID)
	if h.State == casework.Proposed && t.staff.ID == h.Taker {
		f.row(
			choice{t.w.say("button.take_over"), Good, Action{Verb: takeOver, Place: at}},
			choice{t.w.say("button.cannot"), Plain, Action{Verb: decline, Place: at}},
		)
	}
	if h.State == casework.Proposed && t.staff.ID != h.Taker && t.mayGive(h.Giver) {
		f.row(choice{t.w.say("button.call_off"), Plain, Action{Verb: callOff, Place: at}})
	}
	var row []choice
	if len(casework.UndoHandover(t.v, h, t.in.Reached, t.today)) > 0 {
		row = append(row, choice{t.w.say("button.undo"), Danger, Action{Verb: undo, Place: at}})
	}
	if t.mayEnd(h) {
		row = append(row, choice{t.w.say("button.end_leave"), Plain, Action{Verb: endLeave, Place: at}})
	}
	f.row(row...)
}

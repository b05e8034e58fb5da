package casework_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zoufang/casework"
)

// markDeed is one drawn deed about a trademark: opening a matter, moving one, or
// telling of it at a visit.
type markDeed struct {
	What   int
	Who    casework.StaffID
	Kind   string
	Matter int // among those there are
	Stage  string
	Next   int // among the stages it can go to; -1: as Stage says
	Drop   bool
	Day    int // of the next step; zero: none
}

func markDeeds() *rapid.Generator[markDeed] {
	stages := []string{
		"consult", "filed", "formal", "published", "refused", "review", "registered", "dropped",
		"assess", "case_filed", "field_check", "recognised", "not_recognised", "retry", "expired",
	}
	return rapid.Custom(func(t *rapid.T) markDeed {
		return markDeed{
			What:   rapid.IntRange(0, 5).Draw(t, "what"),
			Who:    rapid.SampledFrom([]casework.StaffID{officer, officer, desk, outside}).Draw(t, "who"),
			Kind:   rapid.SampledFrom([]string{"registration", "renewal", "city_known", "well_known"}).Draw(t, "kind"),
			Matter: rapid.IntRange(0, 5).Draw(t, "matter"),
			Stage:  rapid.SampledFrom(stages).Draw(t, "stage"),
			Next:   rapid.IntRange(-1, 12).Draw(t, "next"),
			Drop:   rapid.IntRange(0, 9).Draw(t, "drop") == 0,
			Day:    max(0, rapid.IntRange(-10, 30).Draw(t, "day")),
		}
	})
}

// step makes the deed one of the program, and looks that it is judged rightly.
func (d markDeed) step(t *rapid.T) step {
	return func(r casework.Records, ids *casework.Minter) []casework.Fact {
		s, _ := r.Staff(d.Who)
		list := slices.Collect(r.AllMatters())
		switch {
		case d.What == 0 || len(list) == 0:
			facts, why := casework.OpenMatter(r, s, casework.Matter{TrademarkID: 1, Kind: d.Kind}, servingNow(), ids)
			d.judge(t, facts, why)
			return facts
		case d.What == 1:
			rep := visitOf(firm, ann, heard(fmt.Sprintf("mark_name=白塔|matter=%s|stage=%s", d.Kind, d.Stage)))
			rep.ID, rep.Form, rep.FormVersion = casework.VisitID(ids.Next()), "enterprise", 2
			rep.Target, _ = r.Target(firm)
			return casework.ReportVisit(r, rep, ids)
		}
		return d.move(t, r, s, list[d.Matter%len(list)])
	}
}

// move takes a step. One to a stage that is offered is right if another matter of the
// kind is not open already.
func (d markDeed) move(t *rapid.T, r casework.Records, s casework.Staff, m casework.Matter) []casework.Fact {
	f := casework.MatterMoved{MatterID: m.ID, Stage: d.Stage, Refusal: "other"}
	next := casework.NextStages(r, m)
	if d.Next >= 0 && len(next) > 0 {
		f.Stage = next[d.Next%len(next)]
	}
	if d.Drop {
		f.Stage, f.Status = "", casework.MatterDropped
	}
	if d.Day > 0 {
		f.NextOn = new(april(d.Day))
	}
	facts, why := casework.MoveMatter(r, s, f, servingNow())
	d.judge(t, facts, why)
	offered := slices.Contains(next, f.Stage)
	other := slices.ContainsFunc(r.MattersOfFirm(firm), func(o casework.Matter) bool {
		return o.ID != m.ID && o.Kind == m.Kind && o.Status == casework.MatterOpen
	})
	early := d.Day > 0 && d.Day < today.Day
	switch {
	case why == "" && f.Stage != "" && f.Stage != m.Stage && !offered:
		t.Errorf("%s %s went from %s to %s, which was not offered", m.Code, m.Kind, m.Stage, f.Stage)
	case why != "" && offered && !other && !early && d.Who != outside:
		t.Errorf("%s %s from %s to %s is refused as %s, and was offered", m.Code, m.Kind, m.Stage, f.Stage, why)
	case why == "" && early:
		t.Errorf("a next step on %d April is accepted", d.Day)
	}
	return facts
}

// judge wants either facts or a refusal, and none of a stranger's deeds.
func (d markDeed) judge(t *rapid.T, facts []casework.Fact, why casework.Refusal) {
	known := []casework.Refusal{
		"", casework.NotFound, casework.NotNow, casework.NotYours, casework.NeedsWhy, casework.NeedsDay, casework.NoChange,
	}
	if (why == "") != (len(facts) > 0) || !slices.Contains(known, why) {
		t.Errorf("%+v makes %v, refused as %q", d, facts, why)
	}
	if d.Who == outside && why == "" {
		t.Errorf("a stranger may do %+v", d)
	}
}

func TestAnySequenceKeepsMattersSound(t *testing.T) {
	campaign := slices.DeleteFunc(serviceCampaign(t), func(f casework.Fact) bool { // forms that nothing here reads
		d, ok := f.(casework.FormPublished)
		return ok && d.Form.ID != "enterprise"
	})
	rapid.Check(t, func(rt *rapid.T) {
		list := rapid.SliceOfN(markDeeds(), 5, 25).Draw(rt, "deeds")
		l := newLedger(t, campaign...)
		var doing []step
		for _, d := range list {
			doing = append(doing, d.step(rt))
		}
		l.do(doing...)
		l.view(func(r casework.Records) {
			n := 0
			for m := range r.AllMatters() {
				n++
				checkMatter(rt, m)
				if want := fmt.Sprintf("SB-%03d", n); m.Code != want {
					rt.Errorf("the matter after %d others is %s, want %s", n-1, m.Code, want)
				}
			}
			if got := r.Last("SB"); got != n {
				rt.Errorf("Last(SB) = %d, want %d", got, n)
			}
		})
		l.sameAfterRebuild()
	})
}

// checkMatter wants the status to follow from the stage, and the history to lead to
// it step by step.
func checkMatter(t *rapid.T, m casework.Matter) {
	want := map[string]casework.MatterStatus{
		"registered": casework.MatterWon, "recognised": casework.MatterWon, "refused": casework.MatterLost,
		"not_recognised": casework.MatterLost, "expired": casework.MatterLost, "dropped": casework.MatterDropped,
	}[m.Stage]
	if want == "" {
		want = casework.MatterOpen
	}
	last := m.History[len(m.History)-1]
	if m.Status != want && (m.Status != casework.MatterDropped || last.Status != casework.MatterDropped && last.Stage != "") {
		t.Errorf("%s at %s is %s, want %s", m.Code, m.Stage, m.Status, want)
	}
	at := ""
	for _, s := range m.History {
		if s.From != at {
			t.Errorf("%s: a step from %q, and it was at %q", m.Code, s.From, at)
		}
		if s.Stage != "" {
			at = s.Stage
		}
	}
	if at != m.Stage {
		t.Errorf("%s is at %q, its history leads to %q", m.Code, m.Stage, at)
	}
}

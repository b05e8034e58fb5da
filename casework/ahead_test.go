package casework_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
)

// happening are events on their way to the store.
type happening struct {
	t      testing.TB
	events []casework.Event
}

func (h happening) Turn(dialog.View, dialog.Session, dialog.Input) dialog.Outcome {
	return dialog.Outcome{Events: h.events}
}

func (h happening) Sorry(dialog.View, dialog.Session, dialog.Input) dialog.Outcome {
	h.t.Error("the events were refused by the store")
	return dialog.Outcome{}
}

// tell appends facts as events like e.
func (s *tale) tell(e casework.Event, facts ...casework.Fact) error {
	s.t.Helper()
	var events []casework.Event
	for _, f := range facts {
		e.Fact = f
		events = append(events, e)
	}
	return s.keep(events)
}

// keep gives events to the store.
func (s *tale) keep(events []casework.Event) error {
	s.t.Helper()
	s.events++
	in := dialog.Input{Cause: fmt.Sprint("told:", s.events), Reached: noon(today)}
	_, err := s.store.Apply([]dialog.Input{in}, happening{s.t, events})
	return err
}

// few is how many records of each sort the drawn facts are about.
const few = 4

// drawnFact draws a fact about few records.
func drawnFact(t *rapid.T) casework.Fact {
	id := func(what string) uint64 { return uint64(rapid.IntRange(1, few).Draw(t, what)) }
	who, x, g := casework.StaffID(id("staff")), casework.TargetID(id("target")), casework.GroupID(id("group"))
	visit, problem := casework.VisitID(id("visit")), casework.ProblemID(id("problem"))
	n := int(id("number"))
	at := noon(april(int(id("day")))).Add(time.Duration(id("minute")) * time.Minute)
	coded := func(prefix string, id uint64) string { return fmt.Sprintf("%s-%d-%03d", prefix, id, n) }
	answer := form.Answer{Values: []string{april(n).String()}}
	contact := casework.Contact{On: april(n), Way: casework.ByVisit, Why: casework.WhyRhythm, Anchor: april(1)}
	outcome := rapid.SampledFrom([]casework.VisitOutcome{casework.Met, "nobody"}).Draw(t, "outcome")
	result := rapid.SampledFrom([]casework.CallResult{casework.Connected, casework.NoAnswer}).Draw(t, "result")
	status := rapid.SampledFrom([]casework.ProblemStatus{
		casework.ProblemPending, casework.ProblemResolved, casework.ProblemClosed,
	}).Draw(t, "status")
	state := rapid.SampledFrom([]casework.HandoverState{casework.Accepted, casework.Declined, casework.Undone}).Draw(t, "state")
	return rapid.SampledFrom([]casework.Fact{
		casework.CampaignOpened{Campaign: casework.Campaign{Name: fmt.Sprint(n), Params: casework.Params{GeneralVisit: n}}},
		casework.RoundOpened{Round: casework.Round{ID: casework.RoundID(n), No: int(visit)}},
		casework.FormPublished{Form: form.Definition{ID: "household", Version: n}},
		casework.UnitImported{Unit: casework.Unit{ID: casework.UnitID(n), Name: fmt.Sprint(x)}},
		casework.GroupImported{Group: casework.Group{ID: g, Code: fmt.Sprint("G", n)}},
		casework.GroupChatLinked{GroupID: g, Chat: int64(-n)},
		casework.AreaImported{Area: casework.Area{ID: casework.AreaID(n), Name: fmt.Sprint(x)}},
		casework.StaffImported{Staff: casework.Staff{ID: who, Code: coded("R", uint64(who)), Groups: []casework.GroupID{g}}},
		casework.TargetImported{Target: casework.Target{ID: x, Kind: casework.HouseholdKind, Code: coded("JT", uint64(x)), GroupID: g}},
		casework.PairingMade{Pairing: casework.Pairing{TargetID: x, StaffID: who, Role: casework.Primary}},
		casework.PairingMade{Pairing: casework.Pairing{TargetID: x, StaffID: who, Role: casework.Assist}},
		casework.PairingEnded{TargetID: x, StaffID: who},
		casework.InviteIssued{Invite: casework.Invite{ID: casework.InviteID(n), Hash: coded("h", uint64(n)), StaffID: who, State: casework.Issued}},
		casework.InviteClaimed{InviteID: casework.InviteID(n), User: casework.UserID(700 + x)},
		casework.BindingConfirmed{InviteID: casework.InviteID(n)},
		casework.LanguageChosen{StaffID: who, Lang: "en"},
		casework.NoticesChosen{StaffID: who, Muted: casework.Notices()[:n]},
		casework.StaffSuspended{StaffID: who},
		casework.StaffRestored{StaffID: who},
		casework.VisitReported{Visit: casework.Visit{
			ID: visit, Code: coded("ZF", uint64(visit)), TargetID: x, VisitedOn: april(n), SubmittedAt: at, Outcome: outcome,
			Participants: []casework.StaffID{who}, Answers: form.Answers{"visited_on": answer},
		}},
		casework.VisitCorrected{VisitID: visit, Revision: n, Changes: []casework.AnswerChange{{Path: "visited_on", After: &answer}}},
		casework.VisitReturned{VisitID: visit, Remark: fmt.Sprint(n)},
		casework.AttachmentAdded{VisitID: visit, Attachment: casework.Attachment{FileID: fmt.Sprint(n)}},
		casework.CallLogged{Call: casework.Call{
			ID: casework.CallID(n), Code: coded("HF", uint64(n)), TargetID: x, By: who, On: april(n), At: at, Result: result,
		}},
		casework.ProblemRaised{Problem: casework.Problem{
			ID: problem, Code: coded("WT", uint64(problem)), TargetID: x, OwnerID: who, Status: status, RaisedOn: april(n),
		}},
		casework.ProblemMoved{ProblemID: problem, From: casework.ProblemResolved, To: status, Satisfaction: casework.Satisfied},
		casework.ProblemAssigned{ProblemID: problem, OwnerID: who},
		casework.RhythmSet{TargetID: x, Rhythm: &casework.Rhythm{VisitDays: n}},
		casework.ContactBooked{TargetID: x, Contact: contact},
		casework.ContactPaused{TargetID: x, Pause: casework.Pause{Why: casework.PauseDone, On: april(n)}},
		casework.ContactResumed{TargetID: x},
		casework.ChangeNoted{TargetID: x, Change: "job"},
		casework.ReminderSnoozed{TargetID: x, Snooze: casework.Snooze{Until: at, By: who}},
		casework.MissPassed{TargetID: x, DueOn: april(n), Rung: casework.LeaderRung},
		casework.MissSeen{TargetID: x, DueOn: april(n)},
		casework.WorkdaySet{Workday: casework.Workday{On: april(n + 3), Work: who > 2}},
		casework.HandoverProposed{Handover: casework.Handover{ID: casework.HandoverID(n), Giver: who, Taker: casework.StaffID(x), State: casework.Proposed}},
		casework.HandoverMoved{HandoverID: casework.HandoverID(n), To: state},
		casework.SendingHeld{Hold: casework.Hold{From: at, To: at.Add(time.Hour)}},
		casework.SendingReleased{},
		casework.PhoneShown{TargetID: x},
	}).Draw(t, "fact")
}

// answersOf asks the records everything there is to ask about few records.
func answersOf(r casework.Records) map[string]any {
	out := map[string]any{
		"Rounds": r.Rounds(), "Units": r.Units(), "Groups": r.Groups(), "Areas": r.Areas(), "Workdays": r.Workdays(), "Hold": r.Hold(),
		"AllStaff": slices.Collect(r.AllStaff()), "AllTargets": slices.Collect(r.AllTargets()), "AllVisits": slices.Collect(r.AllVisits()),
		"AllCalls": slices.Collect(r.AllCalls()), "AllProblems": slices.Collect(r.AllProblems()), "AllHandovers": slices.Collect(r.AllHandovers()),
	}
	c, ok := r.Campaign()
	out["Campaign"] = []any{c, ok}
	for n := range few + 2 {
		ask := func(what string, got any, ok bool) { out[fmt.Sprintf("%s(%d)", what, n)] = []any{got, ok} }
		askOne(r, n, ask)
		askMany(r, n, ask)
	}
	askByCode(r, func(code string, got any, ok bool) { out[code] = []any{got, ok} })
	return out
}

func askOne(r casework.Records, n int, ask func(string, any, bool)) {
	unit, ok := r.Unit(casework.UnitID(n))
	ask("Unit", unit, ok)
	group, ok := r.Group(casework.GroupID(n))
	ask("Group", group, ok)
	area, ok := r.Area(casework.AreaID(n))
	ask("Area", area, ok)
	staff, ok := r.Staff(casework.StaffID(n))
	ask("Staff", staff, ok)
	target, ok := r.Target(casework.TargetID(n))
	ask("Target", target, ok)
	visit, ok := r.Visit(casework.VisitID(n))
	ask("Visit", visit, ok)
	call, ok := r.Call(casework.CallID(n))
	ask("Call", call, ok)
	problem, ok := r.Problem(casework.ProblemID(n))
	ask("Problem", problem, ok)
	workday, ok := r.WorkdayOn(april(n + 3))
	ask("WorkdayOn", workday, ok)
	handover, ok := r.Handover(casework.HandoverID(n))
	ask("Handover", handover, ok)
	invite, ok := r.Invite(casework.InviteID(n))
	ask("Invite", invite, ok)
	version, ok := r.Form("household", n)
	ask("Form", version, ok)
}

func askMany(r casework.Records, n int, ask func(string, any, bool)) {
	who, x := casework.StaffID(n), casework.TargetID(n)
	for limit := range few {
		ask(fmt.Sprint("VisitsOfTarget/", limit), r.VisitsOfTarget(x, limit), true)
		ask(fmt.Sprint("VisitsOfStaff/", limit), r.VisitsOfStaff(who, limit), true)
		ask(fmt.Sprint("CallsOfTarget/", limit), r.CallsOfTarget(x, limit), true)
	}
	after := noon(april(2)).Add(time.Minute)
	ask("VisitsBy", r.VisitsBy(who, after), true)
	ask("CallsBy", r.CallsBy(who, after), true)
	ask("StaffOfGroup", r.StaffOfGroup(casework.GroupID(n)), true)
	ask("TargetsOfGroup", slices.Collect(r.TargetsOfGroup(casework.GroupID(n))), true)
	ask("PairingsOfStaff", r.PairingsOfStaff(who), true)
	ask("PairingsOfTarget", r.PairingsOfTarget(x), true)
	ask("ProblemsOfTarget", r.ProblemsOfTarget(x), true)
	ask("ProblemsOfStaff", r.ProblemsOfStaff(who), true)
	ask("TargetsDue", slices.Collect(r.TargetsDue(april(n))), true)
	ask("HandoversOf", r.HandoversOf(who), true)
	ask("InvitesOfStaff", r.InvitesOfStaff(who), true)
}

func askByCode(r casework.Records, ask func(string, any, bool)) {
	for n := range few + 1 {
		user := casework.UserID(700 * min(n, 1))
		s, ok := r.StaffByUser(user + casework.UserID(n))
		ask(fmt.Sprint("StaffByUser ", n), s, ok)
		ask(fmt.Sprint("Last ", n), r.Last(fmt.Sprint("ZF-", n)), true)
	}
	codes := []string{""}
	for id := range few + 1 {
		for n := range few + 1 {
			codes = append(codes, fmt.Sprintf("-%d-%03d", id, n))
		}
	}
	for _, code := range codes {
		part := func(prefix string) string {
			if code == "" {
				return ""
			}
			return prefix + code
		}
		s, ok := r.StaffByCode(part("R"))
		ask("StaffByCode "+code, s, ok)
		x, ok := r.TargetByCode(part("JT"))
		ask("TargetByCode "+code, x, ok)
		v, ok := r.VisitByCode(part("ZF"))
		ask("VisitByCode "+code, v, ok)
		inv, ok := r.InviteByHash(part("h"))
		ask("InviteByHash "+code, inv, ok)
	}
}

// What a turn sees of facts that are not kept yet is what everybody sees once
// they are.
func TestAheadSeesWhatWillBe(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newTale(t)
		for range rapid.IntRange(1, 3).Draw(rt, "turns") {
			list := rapid.SliceOfN(rapid.Custom(drawnFact), 1, 25).Draw(rt, "facts")
			var want, beforehand, untouched map[string]any
			var events []casework.Event
			err := s.store.View(func(v dialog.View) error {
				beforehand = answersOf(v)
				a := casework.NewAhead(v)
				for i, f := range list {
					e := casework.Event{By: ann, HappenedOn: april(i%9 + 1), ReachedAt: noon(today), Reason: "有原因", Fact: f}
					if casework.Project(a, e) == nil {
						events = append(events, e)
					}
				}
				want, untouched = answersOf(a), answersOf(v)
				return nil
			})
			if err == nil {
				err = s.keep(events)
			}
			if err != nil {
				rt.Fatal(err)
			}
			if diff := cmp.Diff(beforehand, untouched); diff != "" {
				rt.Errorf("the records below have changed (-before +after)\n%s", diff)
			}
			s.view(func(r casework.Records) {
				if diff := cmp.Diff(answersOf(r), want, cmpopts.EquateEmpty()); diff != "" {
					rt.Errorf("ahead of %d events (-want +got)\n%s", len(events), diff)
				}
			})
		}
		before, err := s.store.Digest()
		if err == nil {
			err = s.store.Rebuild()
		}
		after, err2 := s.store.Digest()
		if diff := cmp.Diff(before, after); err != nil || err2 != nil || diff != "" {
			rt.Errorf("Rebuild gives other records: %v, %v (-before +after)\n%s", err, err2, diff)
		}
	})
}

// The newest few are found although those below were moved elsewhere, and of one
// instant the call that was begun last comes first.
func TestAheadReadsFarEnough(t *testing.T) {
	s := newTale(t)
	for d := range 4 {
		s.visited(april(d+1), casework.Met)
		s.called(april(1), 0, casework.NoAnswer)
	}
	s.view(func(r casework.Records) {
		a := casework.NewAhead(r)
		for _, id := range []casework.VisitID{3, 4} {
			v, _ := a.Visit(id)
			v.TargetID = firm
			a.PutVisit(v)
		}
		c, _ := a.Call(2)
		a.PutCall(c)
		var visits []casework.VisitID
		for _, v := range a.VisitsOfTarget(home, 2) {
			visits = append(visits, v.ID)
		}
		if diff := cmp.Diff([]casework.VisitID{2, 1}, visits); diff != "" {
			t.Errorf("VisitsOfTarget (-want +got)\n%s", diff)
		}
		var calls []casework.CallID
		for _, c := range a.CallsOfTarget(home, 3) {
			calls = append(calls, c.ID)
		}
		if diff := cmp.Diff([]casework.CallID{4, 3, 2}, calls); diff != "" {
			t.Errorf("CallsOfTarget (-want +got)\n%s", diff)
		}
	})
}

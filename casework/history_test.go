package casework_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// noon is an instant in the middle of the day.
func noon(d casework.Date) time.Time { return d.In(time.UTC).Add(12 * time.Hour) }

// tale is a small campaign whose facts are told with their days.
type tale struct {
	*ledger
	visits, calls, events int
}

func newTale(t *testing.T) *tale {
	t.Helper()
	return &tale{ledger: newLedger(t, smallCampaign()...)}
}

// on appends events of the day, by ann.
func (s *tale) on(day casework.Date, facts ...casework.Fact) {
	s.t.Helper()
	err := s.tell(casework.Event{By: ann, HappenedOn: day, ReachedAt: noon(day), Reason: "有原因"}, facts...)
	if err != nil {
		s.t.Fatal(err)
	}
}

// visited appends a visit to the home, reported at noon.
func (s *tale) visited(day casework.Date, outcome casework.VisitOutcome) {
	s.t.Helper()
	s.visits++
	s.on(day, casework.VisitReported{Visit: casework.Visit{
		ID: casework.VisitID(s.visits), Code: fmt.Sprintf("ZF-170401-%03d", s.visits), TargetID: home, VisitedOn: day,
		Participants: []casework.StaffID{ann}, Outcome: outcome, SubmittedAt: noon(day),
	}})
}

// called appends a call to the home, so many hours after noon.
func (s *tale) called(day casework.Date, hours int, result casework.CallResult) {
	s.t.Helper()
	s.calls++
	s.on(day, casework.CallLogged{Call: casework.Call{
		ID: casework.CallID(s.calls), Code: fmt.Sprintf("HF-170401-%03d", s.calls), TargetID: home, By: ann, Way: casework.ByCall,
		On: day, At: noon(day).Add(time.Duration(hours) * time.Hour), Result: result,
	}})
}

func TestHistoryOfCalls(t *testing.T) {
	type told struct {
		Calls, Unanswered, Visits int
		LastCall, UnansweredOn    casework.Date
	}
	none := casework.Date{}
	for _, tt := range []struct {
		name string
		tell func(*tale)
		want told
	}{
		{"none", func(*tale) {}, told{0, 0, 0, none, none}},
		{"each sort without answer counts", func(s *tale) {
			s.called(april(1), 0, casework.NoAnswer)
			s.called(april(2), 0, casework.Busy)
			s.called(april(3), 0, casework.WrongNumber)
			s.called(april(4), 0, casework.CallRefused)
		}, told{4, 4, 0, none, april(4)}},
		{"an answer ends the row", func(s *tale) {
			s.called(april(1), 0, casework.NoAnswer)
			s.called(april(2), 0, casework.Connected)
			s.called(april(3), 0, casework.Busy)
		}, told{3, 1, 0, april(2), april(3)}},
		{"nothing since the answer", func(s *tale) {
			s.called(april(1), 0, casework.NoAnswer)
			s.called(april(1), 1, casework.Connected)
		}, told{2, 0, 0, april(1), none}},
		{"a visit that met somebody ends the row", func(s *tale) {
			s.called(april(1), 0, casework.Connected)
			s.called(april(2), 0, casework.NoAnswer)
			s.visited(april(3), casework.Met)
			s.called(april(4), 0, casework.NoAnswer)
		}, told{3, 1, 1, april(1), april(4)}},
		{"a visit that met nobody does not", func(s *tale) {
			s.called(april(2), 0, casework.NoAnswer)
			s.visited(april(3), "nobody")
			s.called(april(4), 0, casework.NoAnswer)
		}, told{2, 2, 1, none, april(4)}},
		{"of one day, by the clock", func(s *tale) {
			s.called(april(3), -1, casework.NoAnswer)
			s.visited(april(3), casework.Met)
			s.called(april(3), 1, casework.NoAnswer)
		}, told{2, 1, 1, none, april(3)}},
		{"told late", func(s *tale) {
			s.called(april(5), 0, casework.NoAnswer)
			s.visited(april(3), casework.Met)
			s.called(april(2), 0, casework.Connected)
		}, told{2, 1, 1, april(2), april(5)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newTale(t)
			tt.tell(s)
			x := s.target(home)
			got := told{x.Calls, x.Unanswered, x.Visits, x.LastCallOn, x.UnansweredOn}
			if got != tt.want {
				t.Errorf("the target = %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestChangeIsSeenToByAVisit(t *testing.T) {
	changed := casework.ChangeNoted{TargetID: home, Change: "illness"}
	for _, tt := range []struct {
		name string
		tell func(*tale)
		want casework.Date // since when it waits
	}{
		{"noted", func(s *tale) { s.on(april(5), changed) }, april(5)},
		{"a call is not enough", func(s *tale) { s.on(april(5), changed); s.called(april(6), 0, casework.Connected) }, april(5)},
		{"nobody met is not enough", func(s *tale) { s.on(april(5), changed); s.visited(april(6), "nobody") }, april(5)},
		{"visited", func(s *tale) { s.on(april(5), changed); s.visited(april(6), casework.Met) }, casework.Date{}},
		{"visited the same day", func(s *tale) { s.on(april(5), changed); s.visited(april(5), casework.Met) }, casework.Date{}},
		{"an older visit told late", func(s *tale) { s.on(april(5), changed); s.visited(april(4), casework.Met) }, april(5)},
		{"noted after the visit", func(s *tale) { s.visited(april(5), casework.Met); s.on(april(5), changed) }, april(5)},
		{"the visit before it corrected", func(s *tale) {
			s.visited(april(5), casework.Met)
			s.on(april(5), changed)
			s.on(april(6), casework.VisitCorrected{VisitID: 1, Revision: 1, Changes: answerDay(april(5))})
		}, april(5)},
		{"somebody was met after all", func(s *tale) {
			s.on(april(5), changed)
			s.visited(april(6), "nobody")
			s.on(april(7), casework.VisitCorrected{VisitID: 1, Revision: 1, Changes: answerDay(april(6))})
		}, casework.Date{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newTale(t)
			tt.tell(s)
			if x := s.target(home); x.ChangedOn != tt.want || (x.Change == "illness") == tt.want.IsZero() {
				t.Errorf("the target = %s %q, want %s", x.ChangedOn, x.Change, tt.want)
			}
		})
	}
}

// answerDay is the day of the visit as a changed answer.
func answerDay(d casework.Date) []casework.AnswerChange {
	a := answered(d)["visited_on"]
	return []casework.AnswerChange{{Path: "visited_on", After: &a}}
}

func TestSinceIsTheFirstDay(t *testing.T) {
	s := newTale(t)
	fresh := casework.Target{ID: 9, Kind: casework.HouseholdKind, Code: "JT-0009", History: casework.History{Visits: 7, Change: "job"}}
	s.on(april(3), casework.TargetRegistered{Target: fresh})
	s.on(april(8), casework.TargetImported{Target: fresh})
	if x := s.target(9); x.Since != april(3) || x.Visits != 0 || x.Change != "" {
		t.Errorf("registered: since %s with %d visits and change %q, want %s with none", x.Since, x.Visits, x.Change, april(3))
	}
	s.on(april(9), casework.ContactPaused{TargetID: 9, Pause: casework.Pause{Why: casework.PauseMoved, On: april(9)}})
	if x := s.target(9); x.Pause == nil || x.Next.On != (casework.Date{}) {
		t.Errorf("paused: %+v, booked %+v, want nothing booked", x.Pause, x.Next)
	}
	s.on(april(12), casework.ContactResumed{TargetID: 9})
	if x := s.target(9); x.Since != april(12) || x.Pause != nil {
		t.Errorf("resumed: since %s, pause %+v, want %s and none", x.Since, x.Pause, april(12))
	}
	s.visited(april(13), casework.Met)
	before := s.target(home).Since
	s.on(april(14), casework.ContactResumed{TargetID: home})
	if x := s.target(home); x.Since != before {
		t.Errorf("resumed after a visit: since %s, want %s", x.Since, before)
	}
	// Nobody said when: the day on which it reached us.
	if err := s.tell(casework.Event{ReachedAt: noon(april(20))}, casework.TargetImported{Target: casework.Target{ID: 10, Code: "JT-0010"}}); err != nil {
		t.Fatal(err)
	}
	if x := s.target(10); x.Since != april(20) {
		t.Errorf("imported: since %s, want %s", x.Since, april(20))
	}
}

func TestSnoozeEndsWithAnyContact(t *testing.T) {
	snooze := casework.ReminderSnoozed{TargetID: home, Snooze: casework.Snooze{Until: noon(april(9)), By: ann}}
	s := newTale(t)
	for name, contact := range map[string]func(){
		"a call":  func() { s.called(april(6), 0, casework.NoAnswer) },
		"a visit": func() { s.visited(april(6), "nobody") },
	} {
		before := s.target(home).Next
		s.on(april(5), snooze)
		if x := s.target(home); x.Snooze == nil || *x.Snooze != snooze.Snooze || x.Next != before {
			t.Errorf("before %s: %+v, booked %+v, want it snoozed, and the booking as it was", name, x.Snooze, x.Next)
		}
		contact()
		if x := s.target(home); x.Snooze != nil {
			t.Errorf("after %s: %+v, want none", name, x.Snooze)
		}
	}
}

// A contact moved for the load stays until something else asks for one.
func TestBookedContactStays(t *testing.T) {
	s := newTale(t)
	s.visited(april(3), casework.Met)
	planned := s.target(home).Next
	moved := planned
	moved.On, moved.Moved = planned.On.AddDays(2), casework.OffLoad
	s.on(april(4), casework.ContactBooked{TargetID: home, Contact: moved})
	s.on(april(5), casework.TargetImported{Target: s.target(home)},
		casework.ReminderSnoozed{TargetID: home, Snooze: casework.Snooze{Until: noon(april(9))}})
	if got := s.target(home).Next; got != moved {
		t.Errorf("booked: %+v, want %+v", got, moved)
	}
	s.on(april(6), casework.RhythmSet{TargetID: home, Rhythm: &casework.Rhythm{VisitDays: 11}})
	if got := s.target(home).Next; got.On == moved.On || got.Days != 11 {
		t.Errorf("with another rhythm: %+v, want it planned anew", got)
	}
	s.on(april(6), casework.RhythmSet{TargetID: home})
	if got := s.target(home).Next; got != planned {
		t.Errorf("with the usual rhythm: %+v, want %+v", got, planned)
	}
	c := casework.Campaign{Name: "走访", Params: casework.Params{GeneralVisit: 100}}
	s.on(april(7), casework.CampaignOpened{Campaign: c})
	if got := s.target(home).Next; got.Days != 100 {
		t.Errorf("with other parameters: %+v, want 100 days", got)
	}
}

func TestMissIsOfOneContact(t *testing.T) {
	s := newTale(t)
	s.visited(april(3), casework.Met)
	due := s.target(home).Next.On
	seen := func(who casework.StaffID) {
		t.Helper()
		if err := s.tell(casework.Event{By: who}, casework.MissSeen{TargetID: home, DueOn: due}); err != nil {
			t.Fatal(err)
		}
	}
	passed := func(r casework.Rung) casework.Fact { return casework.MissPassed{TargetID: home, DueOn: due, Rung: r} }
	s.on(april(10), casework.MissPassed{TargetID: home, DueOn: due.AddDays(-1), Rung: casework.OfficeRung})
	if got := s.target(home).Miss; got.DueOn != (casework.Date{}) {
		t.Errorf("of another contact: %+v, want none", got)
	}
	s.on(april(10), passed(casework.PartnerRung))
	seen(bob)
	seen(ann)
	seen(bob)
	s.on(april(12), passed(casework.LeaderRung))
	s.on(april(13), casework.MissSilenced{TargetID: home, DueOn: due})
	want := casework.Miss{
		DueOn: due, Rung: casework.LeaderRung, At: noon(april(12)), SeenBy: []casework.StaffID{bob, ann}, Silenced: "有原因", SilencedBy: ann,
	}
	if diff := cmp.Diff(want, s.target(home).Miss); diff != "" {
		t.Errorf("passed up (-want +got)\n%s", diff)
	}
	next := s.target(home).Next
	next.On = due.AddDays(1)
	s.on(april(14), casework.ContactBooked{TargetID: home, Contact: next})
	if diff := cmp.Diff(casework.Miss{}, s.target(home).Miss); diff != "" {
		t.Errorf("booked anew (-want +got)\n%s", diff)
	}
	seen(bob) // of a message about what is over
	if diff := cmp.Diff(casework.Miss{}, s.target(home).Miss); diff != "" {
		t.Errorf("seen late (-want +got)\n%s", diff)
	}
}

// instant is noon of the day; zero for none.
func instant(day casework.Date) time.Time {
	if day.IsZero() {
		return time.Time{}
	}
	return noon(day)
}

// Ledgers that know no acts tell where a problem went, and nothing else.
func TestOlderProblemMoves(t *testing.T) {
	s := newTale(t)
	s.on(april(3), casework.ProblemRaised{Problem: casework.Problem{
		ID: 1, Code: "WT-2017-0001", TargetID: home, OwnerID: ann, Status: casework.ProblemRegistered, RaisedOn: april(3),
	}})
	for _, tt := range []struct {
		day      casework.Date
		to       casework.ProblemStatus
		said     casework.Satisfaction
		resolved casework.Date
		closed   casework.Date
		reopened int
		keeps    casework.Satisfaction
		open     int
	}{
		{april(4), casework.ProblemDoing, "", casework.Date{}, casework.Date{}, 0, "", 1},
		{april(5), casework.ProblemResolved, "", april(5), casework.Date{}, 0, "", 1},
		{april(6), casework.ProblemDoing, casework.NotSatisfied, casework.Date{}, casework.Date{}, 1, casework.NotSatisfied, 1},
		{april(7), casework.ProblemResolved, "", april(7), casework.Date{}, 1, casework.NotSatisfied, 1},
		{april(8), casework.ProblemClosed, casework.Satisfied, april(7), april(8), 1, casework.Satisfied, 0},
		{april(9), casework.ProblemDoing, "", casework.Date{}, casework.Date{}, 2, casework.Satisfied, 1},
		{april(10), casework.ProblemClosed, "", april(10), april(10), 2, casework.Satisfied, 0},
		{april(11), casework.ProblemInvalid, "", casework.Date{}, casework.Date{}, 2, casework.Satisfied, 0},
	} {
		want := s.problem(1)
		move := casework.ProblemMoved{ProblemID: 1, From: want.Status, To: tt.to, Satisfaction: tt.said}
		s.on(tt.day, move)
		move.Act = casework.AskBack
		want.History = append(want.History, casework.Step{By: ann, On: tt.day, At: noon(tt.day), ProblemMoved: move})
		want.MovedOn, want.MovedAt, want.AcceptedOn = tt.day, noon(tt.day), april(4)
		want.Status, want.ResolvedOn, want.ClosedOn, want.Reopened, want.Satisfaction = tt.to, tt.resolved, tt.closed, tt.reopened, tt.keeps
		want.ResolvedAt, want.ClosedAt = instant(tt.resolved), instant(tt.closed)
		if diff := cmp.Diff(want, s.problem(1)); diff != "" {
			t.Errorf("%s to %s (-want +got)\n%s", tt.day, tt.to, diff)
		}
		if got := s.target(home).OpenIssues; got != tt.open {
			t.Errorf("%s to %s: %d open, want %d", tt.day, tt.to, got, tt.open)
		}
	}
	s.on(april(12), casework.ProblemAssigned{ProblemID: 1, OwnerID: bob})
	if got := s.problem(1).OwnerID; got != bob {
		t.Errorf("assigned: owner %d, want %d", got, bob)
	}
	s.on(april(12), casework.ProblemRaised{Problem: casework.Problem{ID: 2, TargetID: home, Status: casework.ProblemResolved, RaisedOn: april(12)}})
	if got := s.problem(2).ResolvedOn; got != april(12) {
		t.Errorf("solved on the spot: resolved %s, want %s", got, april(12))
	}
}

func TestReturnedVisitWaitsForACorrection(t *testing.T) {
	s := newTale(t)
	s.visited(april(3), casework.Met)
	s.on(april(4), casework.VisitReturned{VisitID: 1, Remark: "写清门牌号"})
	want := &casework.Return{By: ann, At: noon(april(4)), Remark: "写清门牌号"}
	if diff := cmp.Diff(want, s.visit(1).Return); diff != "" {
		t.Errorf("returned (-want +got)\n%s", diff)
	}
	s.on(april(5), casework.AttachmentAdded{VisitID: 1, Attachment: casework.Attachment{Kind: casework.Photo, FileID: "a"}})
	if s.visit(1).Return == nil {
		t.Error("a picture alone answers the return")
	}
	s.on(april(5), casework.VisitCorrected{VisitID: 1, Revision: 1, Changes: answerDay(april(3))})
	if got := s.visit(1).Return; got != nil {
		t.Errorf("corrected: %+v, want none", got)
	}
}

func TestSuspendedPersonKeepsTheAccount(t *testing.T) {
	s := newTale(t)
	s.add(invited(1, ann, 700)...)
	for _, tt := range []struct {
		facts []casework.Fact
		want  casework.Binding
		user  casework.UserID
	}{
		{[]casework.Fact{casework.StaffSuspended{StaffID: ann}}, casework.Suspended, 700},
		{[]casework.Fact{casework.StaffRestored{StaffID: ann}}, casework.Bound, 700},
		{append([]casework.Fact{casework.StaffSuspended{StaffID: ann}}, invited(2, bob, 700)...), casework.Suspended, 0},
		{[]casework.Fact{casework.StaffRestored{StaffID: ann}}, casework.Unbound, 0},
	} {
		s.on(april(3), tt.facts...)
		if got := s.staff(ann); got.Binding != tt.want || got.User != tt.user {
			t.Errorf("after %+v: %s, account %d, want %s, %d", tt.facts, got.Binding, got.User, tt.want, tt.user)
		}
	}
}

func TestHandoverStates(t *testing.T) {
	s := newTale(t)
	h := casework.Handover{
		ID: 1, Kind: casework.Transfer, Giver: ann, Taker: bob, By: ann, From: april(3), State: casework.Proposed,
		TargetIDs: []casework.TargetID{home, firm}, ProposedAt: noon(april(2)),
	}
	s.on(april(2), casework.HandoverProposed{Handover: h})
	s.on(april(3), casework.HandoverMoved{
		HandoverID: 1, To: casework.Accepted, TargetIDs: []casework.TargetID{home}, Roles: []casework.PairingRole{casework.Primary},
		ProblemIDs: []casework.ProblemID{4},
	})
	h.State, h.AcceptedAt, h.TargetIDs = casework.Accepted, noon(april(3)), []casework.TargetID{home}
	h.Roles, h.ProblemIDs = []casework.PairingRole{casework.Primary}, []casework.ProblemID{4}
	s.view(func(r casework.Records) {
		got, _ := r.Handover(1)
		if diff := cmp.Diff(h, got); diff != "" {
			t.Errorf("accepted (-want +got)\n%s", diff)
		}
	})
	s.on(april(4), casework.HandoverMoved{HandoverID: 1, To: casework.Undone})
	h.State = casework.Undone
	s.view(func(r casework.Records) {
		got, _ := r.Handover(1)
		if diff := cmp.Diff(h, got); diff != "" {
			t.Errorf("undone (-want +got)\n%s", diff)
		}
	})
}

func TestHoldIsReleased(t *testing.T) {
	s := newTale(t)
	hold := casework.Hold{From: noon(april(1)), To: noon(april(9))}
	for _, tt := range []struct {
		fact casework.Fact
		want casework.Hold
	}{{casework.SendingHeld{Hold: hold}, hold}, {casework.SendingReleased{}, casework.Hold{}}} {
		s.on(april(9), tt.fact)
		s.view(func(r casework.Records) {
			if got := r.Hold(); got != tt.want {
				t.Errorf("after %T: %+v, want %+v", tt.fact, got, tt.want)
			}
		})
	}
}

// The office's word on a day moves what stands on it, and back.
func TestWorkdayMovesContacts(t *testing.T) {
	s := newTale(t)
	s.visited(april(3), casework.Met)
	s.on(april(3), casework.RhythmSet{TargetID: home, Rhythm: &casework.Rhythm{VisitDays: 8}}) // 11 April, a Tuesday
	for _, tt := range []struct {
		day  casework.Date
		work bool
		want casework.Date
	}{
		{april(10), false, april(11)},
		{april(11), false, april(12)},
		{april(12), false, april(13)},
		{april(12), true, april(12)},
		{april(11), true, april(11)},
		{april(11), true, april(11)},
	} {
		s.on(april(4), casework.WorkdaySet{Workday: casework.Workday{On: tt.day, Work: tt.work}})
		if got := s.target(home).Next; got.On != tt.want || got.Wanted != april(11) {
			t.Errorf("%s, worked %v: %+v, want %s", tt.day, tt.work, got, tt.want)
		}
	}
	moved := s.target(home).Next
	moved.On, moved.Moved = april(13), casework.OffLoad
	s.on(april(4), casework.ContactBooked{TargetID: home, Contact: moved})
	s.on(april(4), casework.WorkdaySet{Workday: casework.Workday{On: april(12)}},
		casework.WorkdaySet{Workday: casework.Workday{On: april(13), Work: true}})
	if got := s.target(home).Next; got != moved {
		t.Errorf("another day is off, its own is worked: %+v, want %+v", got, moved)
	}
	s.on(april(4), casework.WorkdaySet{Workday: casework.Workday{On: april(13)}})
	if got := s.target(home).Next; got.On != april(11) {
		t.Errorf("the day it was moved to is off: %+v, want %s", got, april(11))
	}
}

// Every parameter has a default, which a campaign without it gets.
func TestParametersHaveDefaults(t *testing.T) {
	s := newTale(t)
	d := reflect.ValueOf(casework.DefaultParams())
	for i := range d.NumField() {
		if d.Field(i).Int() == 0 {
			t.Errorf("%s has no default", d.Type().Field(i).Name)
		}
	}
	for i := range d.NumField() {
		var p casework.Params
		reflect.ValueOf(&p).Elem().Field(i).SetInt(1000)
		want := casework.DefaultParams()
		reflect.ValueOf(&want).Elem().Field(i).SetInt(1000)
		s.on(april(1), casework.CampaignOpened{Campaign: casework.Campaign{Params: p}})
		s.view(func(r casework.Records) {
			got, _ := r.Campaign()
			if diff := cmp.Diff(want, got.Params); diff != "" {
				t.Errorf("with one parameter given (-want +got)\n%s", diff)
			}
		})
	}
}

package casework_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/form"
	"zoufang/sample"
	"zoufang/store"
)

// facts is one of every kind there is.
func facts() []casework.Fact {
	return []casework.Fact{
		casework.CampaignOpened{}, casework.RoundOpened{}, casework.FormPublished{}, casework.UnitImported{},
		casework.GroupImported{}, casework.AreaImported{}, casework.StaffImported{}, casework.TargetImported{},
		casework.TargetRegistered{}, casework.PairingMade{}, casework.PairingEnded{}, casework.InviteIssued{},
		casework.InviteClaimed{}, casework.BindingConfirmed{}, casework.BindingRefused{}, casework.LanguageChosen{},
		casework.ReachChanged{}, casework.VisitReported{}, casework.VisitCorrected{}, casework.AttachmentAdded{},
		casework.ProblemRaised{}, casework.ProblemCorrected{},
		casework.RhythmSet{}, casework.ContactBooked{}, casework.ContactPaused{}, casework.ContactResumed{},
		casework.ChangeNoted{}, casework.CallLogged{}, casework.ReminderSnoozed{}, casework.PhoneShown{},
		casework.VillageTold{}, casework.MissPassed{}, casework.MissSeen{}, casework.MissSilenced{},
		casework.ProblemMoved{}, casework.ProblemAssigned{}, casework.VisitReturned{}, casework.NoticesChosen{},
		casework.WorkdaySet{}, casework.HandoverProposed{}, casework.HandoverMoved{}, casework.StaffSuspended{},
		casework.StaffRestored{}, casework.GroupChatLinked{}, casework.SendingHeld{}, casework.SendingReleased{},
		casework.DowntimeNoted{},
	}
}

func TestReadFactGivesBackWhatWasStored(t *testing.T) {
	seen := map[casework.FactKind]bool{}
	for _, f := range facts() {
		data, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		got, err := casework.ReadFact(f.Kind(), func(into any) error { return json.Unmarshal(data, into) })
		if diff := cmp.Diff(f, got); diff != "" || err != nil {
			t.Errorf("ReadFact(%s) = %v (-want +got)\n%s", f.Kind(), err, diff)
		}
		if seen[f.Kind()] {
			t.Errorf("two facts are of the kind %s", f.Kind())
		}
		seen[f.Kind()] = true
	}
}

func TestReadFactRefusesTheUnknown(t *testing.T) {
	none := func(any) error { return nil }
	if _, err := casework.ReadFact("VisitPraised", none); err == nil || !strings.Contains(err.Error(), "newer") {
		t.Errorf("ReadFact of an unknown kind = %v, want word of a newer program", err)
	}
	bad := func(into any) error { return json.Unmarshal([]byte(`{"visit": 1}`), into) }
	if _, err := casework.ReadFact("VisitReported", bad); err == nil || !strings.Contains(err.Error(), "VisitReported") {
		t.Errorf("ReadFact of nonsense = %v, want an error that names the kind", err)
	}
}

// alien is a fact that no rule knows.
type alien struct{}

func (alien) Kind() casework.FactKind { return "Alien" }

func TestProjectRefusesTheUnknown(t *testing.T) {
	if err := casework.Project(nil, casework.Event{Seq: 7, Fact: alien{}}); err == nil || !strings.Contains(err.Error(), "event 7") {
		t.Errorf("Project(alien) = %v, want an error that names the event", err)
	}
}

func TestProjectRefusesWhatDoesNotFit(t *testing.T) {
	visit := casework.VisitReported{Visit: casework.Visit{ID: 1, TargetID: home}}
	revision := func(n int) casework.Fact { return casework.VisitCorrected{VisitID: 1, Revision: n} }
	issued := casework.InviteIssued{Invite: casework.Invite{ID: 1, StaffID: ann, State: casework.Issued}}
	claimed := casework.InviteClaimed{InviteID: 1, User: 7}
	problem := casework.ProblemRaised{Problem: casework.Problem{ID: 1, TargetID: home, Status: casework.ProblemPending, RaisedOn: april(1)}}
	proposed := casework.HandoverProposed{Handover: casework.Handover{ID: 1, Kind: casework.Transfer, Giver: ann, Taker: bob, State: casework.Proposed}}
	accepted := casework.HandoverMoved{HandoverID: 1, To: casework.Accepted}
	again := casework.InviteIssued{Invite: casework.Invite{ID: 2, StaffID: ann, State: casework.Issued}}
	for _, tt := range []struct {
		name  string
		facts []casework.Fact // the last of which does not fit
	}{
		{"correction of no visit", []casework.Fact{revision(1)}},
		{"revision left out", []casework.Fact{visit, revision(2)}},
		{"revision twice", []casework.Fact{visit, revision(1), revision(1)}},
		{"revision of the first report", []casework.Fact{visit, revision(0)}},
		{"file for no visit", []casework.Fact{casework.AttachmentAdded{VisitID: 1}}},
		{"language of nobody", []casework.Fact{casework.LanguageChosen{StaffID: 99}}},
		{"reach of nobody", []casework.Fact{casework.ReachChanged{StaffID: 99}}},
		{"claim of no link", []casework.Fact{claimed}},
		{"claim of a link used up", []casework.Fact{issued, claimed, claimed}},
		{"claim of a replaced link", []casework.Fact{issued, again, claimed}},
		{"confirmation of no link", []casework.Fact{casework.BindingConfirmed{InviteID: 1}}},
		{"confirmation before the claim", []casework.Fact{issued, casework.BindingConfirmed{InviteID: 1}}},
		{"confirmation twice", []casework.Fact{issued, claimed, casework.BindingConfirmed{InviteID: 1}, casework.BindingConfirmed{InviteID: 1}}},
		{"confirmation of a refused link", []casework.Fact{issued, claimed, casework.BindingRefused{InviteID: 1}, casework.BindingConfirmed{InviteID: 1}}},
		{"refusal of no link", []casework.Fact{casework.BindingRefused{InviteID: 1}}},
		{"refusal after the confirmation", []casework.Fact{issued, claimed, casework.BindingConfirmed{InviteID: 1}, casework.BindingRefused{InviteID: 1}}},
		{"return of no visit", []casework.Fact{casework.VisitReturned{VisitID: 1}}},
		{"move of no problem", []casework.Fact{casework.ProblemMoved{ProblemID: 1, To: casework.ProblemDoing}}},
		{"move from another state", []casework.Fact{problem, casework.ProblemMoved{ProblemID: 1, From: casework.ProblemDoing, To: casework.ProblemResolved}}},
		{"owner of no problem", []casework.Fact{casework.ProblemAssigned{ProblemID: 1, OwnerID: ann}}},
		{"rhythm of no target", []casework.Fact{casework.RhythmSet{TargetID: 99}}},
		{"booking of no target", []casework.Fact{casework.ContactBooked{TargetID: 99}}},
		{"miss of no target", []casework.Fact{casework.MissPassed{TargetID: 99, DueOn: april(1)}}},
		{"notices of nobody", []casework.Fact{casework.NoticesChosen{StaffID: 99}}},
		{"rights of nobody", []casework.Fact{casework.StaffSuspended{StaffID: 99}}},
		{"chat of no group", []casework.Fact{casework.GroupChatLinked{GroupID: 99}}},
		{"answer to no handover", []casework.Fact{casework.HandoverMoved{HandoverID: 1, To: casework.Accepted}}},
		{"handover accepted twice", []casework.Fact{proposed, accepted, accepted}},
		{"handover refused, then accepted", []casework.Fact{proposed, casework.HandoverMoved{HandoverID: 1, To: casework.Declined}, accepted}},
		{"handover returned before it began", []casework.Fact{proposed, casework.HandoverMoved{HandoverID: 1, To: casework.Returned}}},
		{"link of nobody", []casework.Fact{
			casework.InviteIssued{Invite: casework.Invite{ID: 1, StaffID: 99, State: casework.Issued}},
			claimed, casework.BindingConfirmed{InviteID: 1},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, append(smallCampaign(), tt.facts[:len(tt.facts)-1]...)...)
			other := emptyStore(t)
			if err := load(other, append(smallCampaign(), tt.facts...)...); err == nil {
				t.Errorf("the ledger is accepted: %+v", tt.facts)
			}
			l.view(func(r casework.Records) {
				if _, ok := r.Target(home); !ok {
					t.Error("the ledger without the last fact is not as it should be")
				}
			})
		})
	}
}

func emptyStore(t *testing.T) *store.Store {
	t.Helper()
	return newLedger(t).store
}

func TestProjectAttachment(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	rep := visitOf(home, ann, answered(april(20), "outcome=met"))
	rep.Attachments = []casework.Attachment{{Kind: casework.Photo, FileID: "a", UniqueID: "A"}}
	v, _ := l.report(rep)
	l.add(casework.AttachmentAdded{VisitID: v.ID, Attachment: casework.Attachment{Kind: casework.Voice, FileID: "b", UniqueID: "B", Seconds: 4}})
	want := v
	want.Attachments = append(want.Attachments, casework.Attachment{Kind: casework.Voice, FileID: "b", UniqueID: "B", Seconds: 4})
	if diff := cmp.Diff(want, l.visit(v.ID)); diff != "" {
		t.Errorf("the visit (-want +got)\n%s", diff)
	}
}

func (l *ledger) staff(id casework.StaffID) casework.Staff {
	l.t.Helper()
	var s casework.Staff
	l.view(func(r casework.Records) { s, _ = r.Staff(id) })
	return s
}

// invited is an invitation that is claimed by the account and confirmed.
func invited(id casework.InviteID, who casework.StaffID, user casework.UserID) []casework.Fact {
	return []casework.Fact{
		casework.InviteIssued{Invite: casework.Invite{ID: id, StaffID: who, Hash: string(rune('a' + id)), State: casework.Issued}},
		casework.InviteClaimed{InviteID: id, User: user, Name: "N"},
		casework.BindingConfirmed{InviteID: id},
	}
}

func TestProjectBinding(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	if got := l.staff(ann); got.Binding != casework.Unbound || got.User != 0 {
		t.Errorf("of the roster alone: %s, account %d, want unbound", got.Binding, got.User)
	}
	l.add(invited(1, ann, 700)...)
	l.add(casework.ReachChanged{StaffID: ann, Unreachable: true}, casework.LanguageChosen{StaffID: ann, Lang: "en"})
	if got := l.staff(ann); got.Binding != casework.Bound || got.User != 700 || !got.Unreachable || got.Lang != "en" {
		t.Errorf("bound: %+v, want account 700, unreachable, English", got)
	}
	l.add(invited(2, ann, 701)...) // a new telephone
	if got := l.staff(ann); got.Binding != casework.Bound || got.User != 701 || got.Unreachable {
		t.Errorf("bound anew: %+v, want account 701, reachable", got)
	}
	l.add(invited(3, bob, 701)...) // the account goes to somebody else
	if got := l.staff(ann); got.Binding != casework.Unbound || got.User != 0 {
		t.Errorf("who lost the account: %s, account %d, want unbound", got.Binding, got.User)
	}
	l.view(func(r casework.Records) {
		if got, ok := r.StaffByUser(701); !ok || got.ID != bob {
			t.Errorf("StaffByUser(701) = %d, %v, want %d", got.ID, ok, bob)
		}
		if got, ok := r.StaffByUser(700); ok {
			t.Errorf("StaffByUser(700) = %d, want nobody", got.ID)
		}
	})
}

func TestProjectInvites(t *testing.T) {
	issue := func(id casework.InviteID, who casework.StaffID) casework.Fact {
		return casework.InviteIssued{Invite: casework.Invite{ID: id, StaffID: who, State: casework.Issued}}
	}
	l := newLedger(t, smallCampaign()...)
	l.add(invited(1, ann, 700)...)
	l.add(issue(2, ann), casework.InviteClaimed{InviteID: 2, User: 701}, casework.BindingRefused{InviteID: 2})
	l.add(issue(3, ann), casework.InviteClaimed{InviteID: 3, User: 702, Name: "Ann"})
	l.add(issue(4, ann), issue(5, ann), issue(6, bob))
	want := map[casework.InviteID]casework.InviteState{
		1: casework.Confirmed, 2: casework.Refused, 3: casework.Replaced, 4: casework.Replaced, 5: casework.Issued, 6: casework.Issued,
	}
	l.view(func(r casework.Records) {
		for id, state := range want {
			if got, _ := r.Invite(id); got.State != state {
				t.Errorf("invite %d is %s, want %s", id, got.State, state)
			}
		}
		if got, _ := r.Invite(3); got.User != 702 || got.ClaimedName != "Ann" {
			t.Errorf("invite 3 was claimed by %d %q, want 702 Ann", got.User, got.ClaimedName)
		}
	})
}

func TestProjectPairings(t *testing.T) {
	pair := func(s casework.StaffID, r casework.PairingRole) casework.Fact {
		return casework.PairingMade{Pairing: casework.Pairing{TargetID: home, StaffID: s, Role: r}}
	}
	l := newLedger(t, smallCampaign()...)
	for _, tt := range []struct {
		fact casework.Fact
		want map[casework.StaffID]casework.PairingRole
	}{
		{pair(1, casework.Primary), map[casework.StaffID]casework.PairingRole{1: casework.Primary}},
		{pair(2, casework.Assist), map[casework.StaffID]casework.PairingRole{1: casework.Primary, 2: casework.Assist}},
		{pair(3, casework.Primary), map[casework.StaffID]casework.PairingRole{2: casework.Assist, 3: casework.Primary}},
		{pair(2, casework.Primary), map[casework.StaffID]casework.PairingRole{2: casework.Primary}},
		{pair(2, casework.Primary), map[casework.StaffID]casework.PairingRole{2: casework.Primary}},
		{casework.PairingEnded{TargetID: home, StaffID: 9}, map[casework.StaffID]casework.PairingRole{2: casework.Primary}},
		{casework.PairingEnded{TargetID: home, StaffID: 2}, map[casework.StaffID]casework.PairingRole{}},
	} {
		l.add(tt.fact)
		l.view(func(r casework.Records) {
			got := map[casework.StaffID]casework.PairingRole{}
			for _, p := range r.PairingsOfTarget(home) {
				got[p.StaffID] = p.Role
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("after %+v (-want +got)\n%s", tt.fact, diff)
			}
		})
	}
}

func TestImportKeepsWhatIsDerived(t *testing.T) {
	l := newLedger(t, smallCampaign()...)
	a := answered(april(20), "outcome=met")
	describe(a, 1, "门前的路不通", casework.InProgress, casework.Normal)
	l.report(visitOf(home, ann, a))
	l.report(visitOf(home, bob, answered(april(21), "outcome=nobody", "next_on=2017-04-25")))
	l.add(invited(1, ann, 700)...)
	l.add(casework.LanguageChosen{StaffID: ann, Lang: "en"}, casework.ReachChanged{StaffID: ann, Unreachable: true},
		casework.NoticesChosen{StaffID: ann, Muted: []casework.Notice{casework.MissNotice}, Quiet: &casework.Hours{From: 1, To: 2}},
		casework.RhythmSet{TargetID: home, Rhythm: &casework.Rhythm{VisitDays: 9}}, casework.GroupChatLinked{GroupID: 1, Chat: -5})
	x, s := l.target(home), l.staff(ann)
	if x.Visits != 2 || x.OpenIssues != 1 || x.Missed != 1 || x.LastVisitOn != april(20) || x.LastTriedOn != april(21) {
		t.Fatalf("the target = %+v, want two visits, one missed, one problem", x)
	}
	x.Note, s.Title = "搬到村东", "科长"
	plain := casework.Target{ID: x.ID, Kind: x.Kind, Code: x.Code, GroupID: x.GroupID, Note: x.Note, Household: x.Household}
	l.add(casework.TargetImported{Target: plain}, casework.StaffImported{Staff: casework.Staff{
		ID: s.ID, Code: s.Code, Name: s.Name, PartyMember: true, Groups: s.Groups, Title: s.Title,
	}}, casework.GroupImported{Group: casework.Group{ID: 1, Code: "G1", Name: "一组"}})
	if diff := cmp.Diff(x, l.target(home)); diff != "" {
		t.Errorf("the target (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(s, l.staff(ann)); diff != "" {
		t.Errorf("the person (-want +got)\n%s", diff)
	}
	l.view(func(r casework.Records) {
		if g, _ := r.Group(1); g.Name != "一组" || g.Chat != -5 {
			t.Errorf("the group = %+v, want the new name and the chat it had", g)
		}
	})
}

// The whole of the sample's ledger, with some corrections, folds to the same
// records at once as it did event by event.
func TestRebuildGivesTheSame(t *testing.T) {
	l, set := sampleLedger(t)
	var visits []casework.Visit
	l.view(func(r casework.Records) {
		for v := range r.AllVisits() {
			if len(visits) < 40 {
				visits = append(visits, v)
			}
		}
	})
	for i, v := range visits {
		l.do(func(r casework.Records, ids *casework.Minter) []casework.Fact {
			a := form.Answers{}
			for path, x := range v.Answers {
				if i%2 == 0 || !strings.HasPrefix(path, "problem/") {
					a[path] = x
				}
			}
			a["late_reason"] = form.Answer{Values: []string{"下村没有信号"}}
			return casework.ReviseVisit(r, v, a, set.Today, "补充", ids)
		})
	}
	before, err := l.store.Digest()
	if err != nil {
		t.Fatal(err)
	}
	if err := l.store.Rebuild(); err != nil {
		t.Fatal(err)
	}
	after, err := l.store.Digest()
	if diff := cmp.Diff(before, after); diff != "" || err != nil {
		t.Errorf("Rebuild gives other records, %v (-before +after)\n%s", err, diff)
	}
}

// sampleLedger is the synthetic campaign in a real file.
func sampleLedger(t testing.TB) (*ledger, sample.Set) {
	t.Helper()
	set, err := sample.Make(sample.Options{Seed: 2})
	if err != nil {
		t.Fatal(err)
	}
	facts := make([]casework.Fact, len(set.Events))
	for i, e := range set.Events {
		facts[i] = e.Fact
	}
	return newLedger(t, facts...), set
}

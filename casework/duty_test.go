package casework_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"zoufang/casework"
)

// duties are what waits for the person at the instant: each as "kind day", with whose
// it is and on which rung if it was passed up.
func (l *ledger) duties(who casework.StaffID, now time.Time) string {
	l.t.Helper()
	var out []string
	l.view(func(r casework.Records) {
		s, _ := r.Staff(who)
		for _, d := range casework.Duties(r, s, casework.Moment{Today: casework.DateOf(now, shanghai), At: now}, shanghai) {
			out = append(out, dutyWords(d))
		}
	})
	return strings.Join(out, ", ")
}

func dutyWords(d casework.Duty) string {
	text := fmt.Sprintf("%s %d.%d", d.Kind, d.Due.Month, d.Due.Day)
	if d.Rung != casework.OwnerRung {
		text += fmt.Sprintf(" of %d on %d", d.Of, d.Rung)
	}
	return text
}

// moved is a step of the problem.
func moved(act casework.ProblemAct, from, to casework.ProblemStatus) casework.ProblemMoved {
	return casework.ProblemMoved{ProblemID: sick, Act: act, From: from, To: to, Text: "说明情况"}
}

func escalatedTo(l casework.Level, until casework.Date) casework.ProblemMoved {
	m := moved(casework.Escalate, casework.ProblemDoing, casework.ProblemEscalated)
	m.Level, m.Why, m.Until = l, "beyond_power", until
	return m
}

// freshProblem is the problem in another state, raised on the day.
func freshProblem(s casework.ProblemStatus, on casework.Date) casework.Fact {
	f := raisedProblem(sick, home, casework.LevelGroup, on).(casework.ProblemRaised)
	f.Problem.Status = s
	return f
}

func unanswered(n int) casework.Fact {
	return casework.CallLogged{Call: casework.Call{
		ID: casework.CallID(n), Code: casework.CallCode(april(20), n), TargetID: home, Way: casework.CallBack, Problem: sick,
		By: ann, On: april(20), At: at(20, 9, n), Result: casework.NoAnswer, Attempt: n,
	}}
}

// Each duty about a problem appears for the right person, and is gone when it is done.
func TestDutiesAboutProblems(t *testing.T) {
	few := casework.TaskBooksFor{}
	asked := moved(casework.AskTime, casework.ProblemDoing, casework.ProblemDoing)
	asked.Until = casework.Date{Year: 2017, Month: time.May, Day: 9}
	out := moved(casework.MoveOut, casework.ProblemDoing, casework.ProblemTransferred)
	out.UnitID = townHall
	solved := moved(casework.Resolve, casework.ProblemDoing, casework.ProblemResolved)
	given := moved(casework.Triage, casework.ProblemRegistered, casework.ProblemPending)
	given.OwnerID = ann
	for _, tt := range []struct {
		name  string
		facts []casework.Fact
		who   casework.StaffID
		now   time.Time
		want  string
		done  casework.Fact
		after string
	}{
		{
			"respond", []casework.Fact{few, escalatedTo(casework.LevelBranch, april(24))}, secy, at(21, 9, 0), "respond 4.24",
			moved(casework.Answer, casework.ProblemEscalated, casework.ProblemDoing), "",
		},
		{
			"respond at the bureau", []casework.Fact{few, escalatedTo(casework.LevelBureau, april(24))}, clerk, at(21, 9, 0), "respond 4.24",
			moved(casework.Answer, casework.ProblemEscalated, casework.ProblemDoing), "",
		},
		{"triage", []casework.Fact{freshProblem(casework.ProblemRegistered, april(20))}, bob, at(20, 11, 0), "triage 4.21", given, ""},
		{
			"accept", []casework.Fact{few, freshProblem(casework.ProblemPending, april(17))}, ann, at(17, 11, 0), "accept 4.20",
			moved(casework.Accept, casework.ProblemPending, casework.ProblemDoing), "",
		},
		{"write", nil, ann, at(11, 9, 0), "write 4.13", few, ""},
		{"solve", []casework.Fact{few}, ann, at(28, 9, 0), "solve 4.30", solved, ""},
		{"not due yet", []casework.Fact{few}, ann, at(21, 9, 0), "", few, ""},
		{
			"progress", []casework.Fact{few}, ann, at(25, 9, 0), "progress 4.24",
			moved(casework.Progress, casework.ProblemDoing, casework.ProblemDoing), "",
		},
		{"receipt", []casework.Fact{few, out}, ann, at(27, 9, 0), "receipt 4.27", moved(casework.Receipt, casework.ProblemTransferred, casework.ProblemDoing), ""},
		{"time", []casework.Fact{few, asked}, bob, at(21, 9, 0), "time 4.20", moved(casework.RefuseTime, casework.ProblemDoing, casework.ProblemDoing), ""},
		{
			"strike", []casework.Fact{few, solved, unanswered(1), unanswered(2), unanswered(3)}, clerk, at(24, 9, 0), "strike 4.24",
			moved(casework.StrikeUnreached, casework.ProblemResolved, casework.ProblemClosed), "",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, bureauCampaign(casework.LevelGroup)...)
			l.add(tt.facts...)
			if got := l.duties(tt.who, tt.now); got != tt.want {
				t.Errorf("Duties = %q, want %q", got, tt.want)
			}
			if got := l.duties(pia, tt.now); got != "" {
				t.Errorf("Duties of a stranger = %q, want none", got)
			}
			l.add(tt.done)
			if got := l.duties(tt.who, tt.now); got != tt.after {
				t.Errorf("when it is done Duties = %q, want %q", got, tt.after)
			}
		})
	}
}

// Each duty about a task book appears for the right person, and is gone when it is done.
func TestDutiesAboutTaskBooks(t *testing.T) {
	l, id := newBook(t, casework.LevelBureau)
	later := step1(casework.TaskAskTime, "还差一份材料")
	later.Until = casework.Date{Year: 2017, Month: time.May, Day: 10}
	for _, tt := range []struct {
		by     casework.StaffID
		day    int
		m      casework.TaskBookMoved
		look   int // the day on which everybody looks
		duties map[casework.StaffID]string
	}{
		{ann, 11, casework.TaskBookMoved{}, 11, map[casework.StaffID]string{secy: "issue 4.13"}},
		{secy, 12, step1(casework.TaskIssue, ""), 12, map[casework.StaffID]string{ann: "read 4.14"}},
		{ann, 12, step1(casework.TaskQuestion, "谁来对接？"), 12, map[casework.StaffID]string{secy: "reply 4.14"}},
		{secy, 13, step1(casework.TaskReply, "由我对接"), 13, map[casework.StaffID]string{ann: "read 4.14"}},
		{ann, 13, step1(casework.TaskAgree, ""), 13, nil},
		{ann, 13, later, 13, map[casework.StaffID]string{bob: "time 4.13", deputy: "time 4.13"}},
		{bob, 13, step1(casework.TaskRefuseTime, "请按期完成"), 28, map[casework.StaffID]string{ann: "measure 4.30"}},
		{ann, 14, worked(casework.MeasureDone), 14, map[casework.StaffID]string{ann: "hand_in 4.30"}},
		{ann, 14, step1(casework.TaskHandIn, "报销到账，老人放心了"), 14, map[casework.StaffID]string{
			bob: "judge 4.19", deputy: "judge 4.19", clerk: "judge 4.19", chief: "judge 4.19",
		}},
		{bob, 17, step1(casework.TaskAccept, ""), 17, map[casework.StaffID]string{clerk: "judge 4.19", chief: "judge 4.19"}},
		{clerk, 17, step1(casework.TaskReturn, "请补凭证"), 17, map[casework.StaffID]string{ann: "hand_in 4.30"}},
	} {
		if tt.m.TaskBookID = id; tt.m.Act != "" {
			if why := l.moveBook(tt.by, tt.day, tt.m); why != "" {
				t.Fatalf("%s is refused: %s", tt.m.Act, why)
			}
		}
		got := map[casework.StaffID]string{}
		for _, who := range []casework.StaffID{ann, bob, deputy, pat, pia, clerk, chief, secy, brands, director} {
			if text := l.duties(who, at(tt.look, 11, 0)); text != "" {
				got[who] = text
			}
		}
		if diff := cmp.Diff(tt.duties, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("after %q on the %d. (-want +got)\n%s", tt.m.Act, tt.look, diff)
		}
	}
}

// A leave brings the duties to the stand-in, and takes them from the one on leave.
func TestDutiesFollowTheLeave(t *testing.T) {
	l := newLedger(t, bureauCampaign(casework.LevelGroup)...)
	l.add(handed(1, casework.Leave, ann, pat, april(13), april(14))...)
	if got := l.duties(pat, at(13, 9, 0)); got != "write 4.13" {
		t.Errorf("Duties of the stand-in = %q, want the task book to write", got)
	}
	if got := l.duties(ann, at(13, 9, 0)); got != "" {
		t.Errorf("Duties on leave = %q, want none", got)
	}
}

func TestDutiesAboutMarksAndRecords(t *testing.T) {
	matter := func(owner casework.StaffID) casework.Fact {
		return casework.MatterRecorded{Matter: casework.Matter{
			ID: 1, Code: "SB-001", TrademarkID: 1, FirmID: firm, Kind: "registration", Stage: "formal", Status: casework.MatterOpen,
			NextOn: april(20), OwnerID: owner,
		}}
	}
	mark := func(until casework.Date) casework.Fact {
		return casework.TrademarkRecorded{Trademark: casework.Trademark{ID: 1, FirmID: firm, Name: "白塔", ValidUntil: until}}
	}
	soon := casework.Date{Year: 2018, Month: time.January, Day: 9}
	renewal := casework.MatterRecorded{Matter: casework.Matter{
		ID: 2, Code: "SB-002", TrademarkID: 1, FirmID: firm, Kind: "renewal", Stage: "preparing", Status: casework.MatterOpen,
	}}
	sent := func(to casework.IssueStatus) casework.Fact {
		from := map[casework.IssueStatus]casework.IssueStatus{casework.IssueSubmitted: casework.IssueCollecting, casework.IssueAnswered: casework.IssueSubmitted}[to]
		return casework.IssueMoved{IssueID: 1, From: from, To: to, UnitID: townHall, No: "GXZB-2017-01", Text: "已列入计划"}
	}
	gathered := casework.IssueGathered{Issue: casework.CommonIssue{ID: 1, Code: "GX-01", Status: casework.IssueCollecting}}
	for _, tt := range []struct {
		name  string
		facts []casework.Fact
		who   casework.StaffID
		now   time.Time
		want  string
	}{
		{"a matter, the officer", []casework.Fact{mark(noDay), matter(0)}, brands, at(18, 9, 0), "matter 4.20"},
		{"a matter, whoever sees to the firm", []casework.Fact{mark(noDay), matter(0)}, pia, at(18, 9, 0), "matter 4.20"},
		{"a matter with an owner", []casework.Fact{mark(noDay), matter(brands)}, pia, at(18, 9, 0), ""},
		{"a matter not due", []casework.Fact{mark(noDay), matter(0)}, brands, at(17, 9, 0), ""},
		{"a trademark that runs out", []casework.Fact{mark(soon)}, brands, at(18, 9, 0), "renew 1.9"},
		{"one in whose renewal work is done", []casework.Fact{mark(soon), renewal}, brands, at(18, 9, 0), ""},
		{"one that runs out later", []casework.Fact{mark(soon.AddDays(200))}, brands, at(18, 9, 0), ""},
		{"a report without answer", []casework.Fact{gathered, sent(casework.IssueSubmitted)}, clerk, at(30, 20, 0).AddDate(0, 0, 4), "unit 5.5"},
		{"one sent lately", []casework.Fact{gathered, sent(casework.IssueSubmitted)}, clerk, at(21, 9, 0), ""},
		{"one answered", []casework.Fact{gathered, sent(casework.IssueSubmitted), sent(casework.IssueAnswered)}, clerk, at(30, 20, 0).AddDate(0, 0, 4), ""},
		{"a record sent back", []casework.Fact{visited(9, home, april(19), at(19, 18, 0), casework.Met, pia), casework.VisitReturned{VisitID: 9, Remark: "请补充"}}, pia, at(20, 9, 0), "correct 4.25"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			facts := bureauCampaign(casework.LevelGroup)
			l := newLedger(t, append(facts[:len(facts)-1], paired(firm, pia, casework.Primary))...)
			l.add(tt.facts...)
			if got := l.duties(tt.who, tt.now); got != tt.want {
				t.Errorf("Duties = %q, want %q", got, tt.want)
			}
		})
	}
}

// What is late goes up by working hours: to the leaders and the secretary, then to the office.
func TestLateDutiesGoUp(t *testing.T) {
	due := raisedProblem(sick, home, casework.LevelGroup, april(1)).(casework.ProblemRaised)
	due.Problem.DueOn = april(10)
	book := casework.TaskBookDrafted{TaskBook: casework.TaskBook{
		ID: 1, Code: "RW-2017-0035", ProblemIDs: []casework.ProblemID{sick}, TargetID: home, BranchID: ourBranch, LeadID: ann,
		DueOn: april(10), Measures: []casework.Measure{{No: 1, OwnerID: pat, DueOn: april(10), Status: casework.MeasureTodo}},
	}}
	issued := casework.TaskBookMoved{TaskBookID: 1, Act: casework.TaskIssue, From: casework.TaskDraft, To: casework.TaskIssued}
	mark := casework.TrademarkRecorded{Trademark: casework.Trademark{ID: 1, FirmID: firm, Name: "白塔"}}
	matter := casework.MatterRecorded{Matter: casework.Matter{
		ID: 1, Code: "SB-001", TrademarkID: 1, FirmID: firm, Kind: "registration", Stage: "formal", Status: casework.MatterOpen, NextOn: april(10), OwnerID: brands,
	}}
	few := casework.TaskBooksFor{}
	for _, tt := range []struct {
		name  string
		facts []casework.Fact
		now   time.Time
		want  string
		bob   string
		clerk string
	}{
		{"on the day", []casework.Fact{due, few}, at(10, 18, 0), "", "", ""},
		{"a minute too early", []casework.Fact{due, few}, at(13, 17, 29), "", "", ""},
		{"after three days", []casework.Fact{due, few}, at(13, 17, 30), "solve 4.10 of 1 on 2 to [2 5]", "solve 4.10 of 1 on 2", ""},
		{
			"over the week-end", []casework.Fact{due, few}, at(18, 17, 30),
			"solve 4.10 of 1 on 2 to [2 5]; solve 4.10 of 1 on 3 to [6 7]", "solve 4.10 of 1 on 2", "solve 4.10 of 1 on 3",
		},
		{
			"a measure", []casework.Fact{casework.ProblemCorrected(due), book, issued}, at(13, 17, 30),
			"solve 4.10 of 1 on 2 to [2 5]; measure 4.10 of 3 on 2 to [2 5]", "solve 4.10 of 1 on 2, measure 4.10 of 3 on 2", "",
		},
		{
			"a matter", []casework.Fact{mark, matter, freshProblem(casework.ProblemOnHold, april(1))}, at(13, 17, 30),
			"matter 4.10 of 21 on 2 to [2 5]", "matter 4.10 of 21 on 2", "",
		},
		{"a stand-in of the owner", append([]casework.Fact{due, few}, handed(1, casework.Leave, ann, pat, april(1), april(30))...), at(13, 17, 30), "solve 4.10 of 3 on 2 to [2 5]", "solve 4.10 of 3 on 2", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, bureauCampaign(casework.LevelGroup)...)
			l.add(tt.facts...)
			var got []string
			l.view(func(r casework.Records) {
				for _, d := range casework.LateDuties(r, casework.Moment{Today: casework.DateOf(tt.now, shanghai), At: tt.now}, shanghai) {
					got = append(got, fmt.Sprintf("%s to %v", dutyWords(d.Duty), d.To))
				}
			})
			if text := strings.Join(got, "; "); text != tt.want {
				t.Errorf("LateDuties = %q, want %q", text, tt.want)
			}
			if got := l.duties(bob, tt.now); got != tt.bob {
				t.Errorf("Duties of the leader = %q, want %q", got, tt.bob)
			}
			if got := l.duties(clerk, tt.now); got != tt.clerk {
				t.Errorf("Duties of the office = %q, want %q", got, tt.clerk)
			}
		})
	}
}

func TestDutiesOfNobody(t *testing.T) {
	l := newLedger(t, bureauCampaign(casework.LevelGroup)...)
	l.add(casework.StaffSuspended{StaffID: ann})
	if got := l.duties(ann, at(11, 9, 0)); got != "" {
		t.Errorf("Duties of somebody without rights = %q, want none", got)
	}
}

// Emergencies come first, then what is due first.
func TestDutiesAreInOrder(t *testing.T) {
	l := newLedger(t, bureauCampaign(casework.LevelGroup)...)
	urgent := raisedProblem(36, home, casework.LevelGroup, april(12)).(casework.ProblemRaised)
	urgent.Problem.Urgency = casework.Emergency
	l.add(urgent, raisedProblem(37, guild, casework.LevelGroup, april(5)))
	if got, want := l.duties(ann, at(13, 9, 0)), "write 4.17, write 4.10, write 4.13"; got != want {
		t.Errorf("Duties = %q, want %q", got, want)
	}
}

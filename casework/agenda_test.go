package casework_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
)

func TestPriority(t *testing.T) {
	type problem struct {
		urgency casework.Urgency
		status  casework.ProblemStatus
	}
	due := func(d casework.Date) casework.Contact { return casework.Contact{On: d} }
	for _, tt := range []struct {
		why      string
		x        casework.Target
		types    []string
		health   string
		problems []problem
		want     string
	}{
		{"nothing presses", casework.Target{History: casework.History{Next: due(april(20))}}, []string{"general"}, "chronic", nil, "0"},
		{"an emergency", casework.Target{}, nil, "", []problem{{casework.Emergency, casework.ProblemDoing}}, "100 emergency 100"},
		{"one that was solved", casework.Target{}, nil, "", []problem{{casework.Emergency, casework.ProblemResolved}}, "0"},
		{"one on hold", casework.Target{}, nil, "", []problem{{casework.Emergency, casework.ProblemOnHold}}, "0"},
		{"one struck off", casework.Target{}, nil, "", []problem{{casework.Emergency, casework.ProblemClosed}}, "0"},
		{"something grave", casework.Target{History: casework.History{ChangedOn: april(19)}}, nil, "", nil, "100 emergency 100"},
		{"no answer once", casework.Target{History: casework.History{Unanswered: 1}}, nil, "", nil, "0"},
		{"no answer twice", casework.Target{History: casework.History{Unanswered: 2}}, nil, "", nil, "60 no_answer 60"},
		{"no answer five times", casework.Target{History: casework.History{Unanswered: 5}}, nil, "", nil, "60 no_answer 60"},
		{"urgent", casework.Target{}, nil, "", []problem{{casework.Urgent, casework.ProblemRegistered}}, "40 urgent 40"},
		{"urgent twice, and a common one", casework.Target{}, nil, "", []problem{
			{casework.Urgent, casework.ProblemRegistered}, {casework.Urgent, casework.ProblemPending}, {casework.Normal, casework.ProblemDoing}}, "40 urgent 40"},
		{"wubao", casework.Target{}, []string{"wubao"}, "", nil, "30 frail 30"},
		{"alone", casework.Target{}, []string{"elder_alone"}, "", nil, "30 frail 30"},
		{"very ill", casework.Target{}, nil, "serious", nil, "30 frail 30"},
		{"all of these", casework.Target{}, []string{"wubao", "elder_alone"}, "serious", nil, "30 frail 30"},
		{"poor by illness", casework.Target{}, []string{"illness_poor"}, "", nil, "20 illness 20"},
		{"poor again by illness", casework.Target{}, []string{"illness_return"}, "", nil, "20 illness 20"},
		{"dibao", casework.Target{}, []string{"dibao"}, "", nil, "10 dibao 10"},
		{"a day late", casework.Target{History: casework.History{Next: due(april(19))}}, nil, "", nil, "1 overdue 1"},
		{"thirty days late", casework.Target{History: casework.History{Next: due(date(2017, 3, 21))}}, nil, "", nil, "30 overdue 30"},
		{"a year late", casework.Target{History: casework.History{Next: due(date(2016, 4, 20))}}, nil, "", nil, "30 overdue 30"},
		{"the weightiest first", casework.Target{History: casework.History{Next: due(april(5)), Unanswered: 3, ChangedOn: april(5)}},
			[]string{"dibao", "illness_poor", "elder_alone"}, "", []problem{{casework.Urgent, casework.ProblemDoing}},
			"275 emergency 100 no_answer 60 urgent 40 frail 30 illness 20 overdue 15 dibao 10"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			l := newLedger(t, smallCampaign()...)
			for i, p := range tt.problems {
				l.add(casework.ProblemRaised{Problem: casework.Problem{
					ID: casework.ProblemID(i + 1), Code: fmt.Sprintf("WT-2017-%04d", i+1), TargetID: home, Status: p.status, Urgency: p.urgency, RaisedOn: april(1),
				}})
			}
			x := tt.x
			x.ID, x.Kind, x.Household = home, casework.HouseholdKind, &casework.Household{Types: tt.types, Health: tt.health}
			l.view(func(r casework.Records) {
				score, terms := casework.Priority(r, x, today)
				got := []string{fmt.Sprint(score)}
				for _, term := range terms {
					got = append(got, fmt.Sprint(term.What, " ", term.Points))
				}
				if strings.Join(got, " ") != tt.want {
					t.Errorf("Priority = %s, want %s", strings.Join(got, " "), tt.want)
				}
			})
		})
	}
}

func TestAgenda(t *testing.T) {
	l := newLedger(t, team()...)
	// Four households of ann's: late by ten days, late by ten days with an older
	// code, due today and frail, due tomorrow.
	for i, h := range []struct {
		on     casework.Date
		types  []string
		status casework.TargetStatus
	}{
		{april(10), nil, ""}, {april(10), nil, ""}, {april(20), []string{"wubao"}, ""}, {april(21), nil, ""}, {april(10), nil, casework.Removed},
	} {
		id := casework.TargetID(i + 11)
		l.add(casework.TargetImported{Target: casework.Target{
			ID: id, Kind: casework.HouseholdKind, Code: fmt.Sprintf("JT-%04d", 20-i), GroupID: 1, Status: h.status,
			Household: &casework.Household{HeadName: "王五", Types: h.types},
		}}, paired(id, ann, casework.Primary), casework.VisitReported{Visit: casework.Visit{
			ID: casework.VisitID(i + 1), Code: fmt.Sprintf("ZF-170401-%03d", i+1), TargetID: id, VisitedOn: april(1), Outcome: casework.Met, NextContact: h.on,
		}})
	}
	l.add(
		casework.ProblemRaised{Problem: casework.Problem{ID: 2, Code: "WT-2017-0002", TargetID: 13, Status: casework.ProblemOnHold, RaisedOn: april(9)}},
		casework.ProblemRaised{Problem: casework.Problem{ID: 3, Code: "WT-2017-0003", TargetID: 13, Status: casework.ProblemDoing, RaisedOn: april(8)}},
		casework.ProblemRaised{Problem: casework.Problem{ID: 4, Code: "WT-2017-0004", TargetID: 13, Status: casework.ProblemClosed, RaisedOn: april(7)}},
	)
	noon := today.In(time.UTC).Add(12 * time.Hour)
	check := func(why string, who casework.StaffID, now time.Time, want string) {
		t.Helper()
		l.view(func(r casework.Records) {
			var got []string
			for _, item := range casework.Agenda(r, who, today, now) {
				line := fmt.Sprint(item.Target.Code, " ", item.Score)
				for _, p := range item.Problems {
					line += " " + p.Code
				}
				got = append(got, line)
				if len(item.Terms) == 0 && item.Score > 0 || item.Due != casework.DueOf(item.Target, today) {
					t.Errorf("%s: %s has terms %v and due %v", why, item.Target.Code, item.Terms, item.Due)
				}
			}
			if s := strings.Join(got, ", "); s != want {
				t.Errorf("%s: Agenda = %q, want %q", why, s, want)
			}
		})
	}
	all := "JT-0001 30, JT-0018 30 WT-2017-0003 WT-2017-0002, JT-0019 10, JT-0020 10"
	check("hers", ann, noon, all)
	check("nobody else's", cai, noon, "QY-001 30")
	l.add(casework.ReminderSnoozed{TargetID: 12, Snooze: casework.Snooze{Until: noon.Add(time.Hour), By: ann}})
	check("snoozed", ann, noon, "JT-0001 30, JT-0018 30 WT-2017-0003 WT-2017-0002, JT-0020 10")
	check("the snooze is over", ann, noon.Add(time.Hour), all)
	l.add(handed(1, casework.Leave, ann, cai, april(20), april(21))...)
	check("on leave", ann, noon.Add(time.Hour), "")
	check("stood in for", cai, noon.Add(time.Hour), "JT-0001 30, QY-001 30, JT-0018 30 WT-2017-0003 WT-2017-0002, JT-0019 10, JT-0020 10")
}

func TestMayDisturb(t *testing.T) {
	l := newLedger(t, team()...)
	l.add(handed(1, casework.Leave, cai, ann, april(20), april(21))...)
	late := casework.Hours{From: 22 * 60, To: 6 * 60}
	shanghai := zoneOf(t, "Asia/Shanghai")
	well := casework.Staff{ID: ann, Binding: casework.Bound}
	with := func(change func(*casework.Staff)) casework.Staff {
		s := well
		change(&s)
		return s
	}
	check := func(why string, s casework.Staff, at string, want bool) {
		t.Helper()
		now, err := time.ParseInLocation("2006-01-02 15:04", at, shanghai)
		if err != nil {
			t.Fatal(err)
		}
		l.view(func(r casework.Records) {
			if got := casework.MayDisturb(r, s, shanghai, now.UTC()); got != want {
				t.Errorf("%s: MayDisturb at %s = %v, want %v", why, at, got, want)
			}
		})
	}
	check("in the morning", well, "2017-04-20 07:30", true)
	check("a minute too early", well, "2017-04-20 07:29", false)
	check("in the evening", well, "2017-04-20 19:59", true)
	check("a minute too late", well, "2017-04-20 20:00", false)
	check("at night", well, "2017-04-20 00:00", false)
	check("with hours of one's own", with(func(s *casework.Staff) { s.Quiet = &late }), "2017-04-20 06:00", true)
	check("within them", with(func(s *casework.Staff) { s.Quiet = &late }), "2017-04-20 23:00", false)
	check("without any", with(func(s *casework.Staff) { s.Quiet = &casework.Hours{} }), "2017-04-20 03:00", true)
	check("on a Saturday", well, "2017-04-22 10:00", false)
	check("early on it, while it is Friday elsewhere", well, "2017-04-22 07:45", false)
	check("on one that is worked", well, "2017-04-01 10:00", true)
	check("on a holiday", well, "2017-05-01 10:00", false)
	check("on leave", with(func(s *casework.Staff) { s.ID = cai }), "2017-04-20 10:00", false)
	check("after it", with(func(s *casework.Staff) { s.ID = cai }), "2017-04-24 10:00", true)
	check("without an account", with(func(s *casework.Staff) { s.Binding = casework.Unbound }), "2017-04-20 10:00", false)
	check("suspended", with(func(s *casework.Staff) { s.Binding = casework.Suspended }), "2017-04-20 10:00", false)
	check("unreachable", with(func(s *casework.Staff) { s.Unreachable = true }), "2017-04-20 10:00", false)
	l.add(casework.SendingHeld{Hold: casework.Hold{From: today.In(time.UTC), To: today.In(time.UTC).Add(48 * time.Hour)}})
	check("while sending is held", well, "2017-04-20 10:00", false)
	l.add(casework.SendingReleased{})
	check("released", well, "2017-04-20 10:00", true)
}

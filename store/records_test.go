package store_test

import (
	"fmt"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

func day(month time.Month, d int) casework.Date {
	return casework.Date{Year: 2017, Month: month, Day: d}
}

// roster is a small campaign with visits and problems, as facts of the office.
func roster() []casework.Fact {
	facts := []casework.Fact{
		casework.CampaignOpened{Campaign: casework.Campaign{Name: "走访", Year: 2017}},
		casework.FormPublished{Form: form.Definition{ID: "household", Version: 1, Title: form.Label{Zh: "家庭"}}},
		casework.FormPublished{Form: form.Definition{ID: "household", Version: 2, Title: form.Label{Zh: "家庭二"}}},
		casework.FormPublished{Form: form.Definition{ID: "enterprise", Version: 1, Title: form.Label{Zh: "企业"}}},
		casework.UnitImported{Unit: casework.Unit{ID: 1, Kind: casework.Branch, Name: "一支部"}},
		casework.UnitImported{Unit: casework.Unit{ID: 2, Kind: casework.Bureau, Name: "局"}},
		casework.GroupImported{Group: casework.Group{ID: 1, Code: "G2", Name: "二组"}},
		casework.GroupImported{Group: casework.Group{ID: 2, Code: "G1", Name: "一组"}},
		casework.AreaImported{Area: casework.Area{ID: 1, Name: "柳溪镇", Level: casework.Town}},
	}
	for i := range 6 {
		facts = append(facts, casework.StaffImported{Staff: casework.Staff{
			ID: casework.StaffID(i + 1), Code: fmt.Sprintf("R%03d", i+1), Name: fmt.Sprintf("王%d", i),
			Groups: []casework.GroupID{casework.GroupID(i%2 + 1)},
		}})
	}
	for i := range 8 {
		id := casework.TargetID(i + 1)
		facts = append(facts, casework.TargetImported{Target: casework.Target{
			ID: id, Kind: casework.HouseholdKind, Code: fmt.Sprintf("JT-%04d", i+1), GroupID: casework.GroupID(i%2 + 1),
			Household: &casework.Household{HeadName: fmt.Sprintf("李%d", i), Phone: fmt.Sprintf("1380000%04d", i)},
		}}, casework.PairingMade{Pairing: casework.Pairing{
			TargetID: id, StaffID: casework.StaffID(i%3 + 1), Role: casework.Primary,
		}}, casework.PairingMade{Pairing: casework.Pairing{
			TargetID: id, StaffID: casework.StaffID(i%3 + 2), Role: casework.Assist,
		}})
	}
	// Replaces the primary one.
	facts = append(facts, casework.PairingMade{Pairing: casework.Pairing{TargetID: 1, StaffID: 6, Role: casework.Primary}},
		casework.PairingEnded{TargetID: 2, StaffID: 2})
	for i := range 12 {
		facts = append(facts, visited(i))
	}
	for i := range 3 {
		facts = append(facts, casework.ProblemRaised{Problem: casework.Problem{
			ID: casework.ProblemID(i + 1), Code: fmt.Sprintf("WT-2017-%04d", i+1), TargetID: casework.TargetID(i%2 + 1),
			Description: "屋顶漏雨", Status: casework.ProblemPending, OwnerID: 1, RaisedOn: day(time.April, 3),
		}})
	}
	return append(facts,
		casework.InviteIssued{Invite: casework.Invite{ID: 1, Hash: "aa", StaffID: 1, State: casework.Issued}},
		casework.InviteIssued{Invite: casework.Invite{ID: 2, Hash: "bb", StaffID: 1, State: casework.Issued}},
		casework.InviteClaimed{InviteID: 2, User: 7001, Name: "W"},
		casework.BindingConfirmed{InviteID: 2},
		casework.LanguageChosen{StaffID: 1, Lang: "en"},
		casework.CallLogged{Call: casework.Call{
			ID: 1, Code: "HF-170406-001", TargetID: 3, By: 1, On: day(time.April, 6), At: begin, Result: casework.NoAnswer, Attempt: 1,
		}},
		casework.ProblemMoved{ProblemID: 2, From: casework.ProblemPending, To: casework.ProblemDoing},
		casework.RhythmSet{TargetID: 4, Rhythm: &casework.Rhythm{VisitDays: 10, Window: 2}},
		casework.ContactPaused{TargetID: 5, Pause: casework.Pause{Why: casework.PauseMoved, On: day(time.April, 6)}},
		casework.VisitReturned{VisitID: 3, Remark: "写清门牌号"},
		casework.NoticesChosen{StaffID: 2, Muted: []casework.Notice{casework.MissNotice}, Quiet: &casework.Hours{From: 1200, To: 480}},
		casework.WorkdaySet{Workday: casework.Workday{On: day(time.April, 8), Work: true}},
		casework.HandoverProposed{Handover: casework.Handover{ID: 1, Kind: casework.Leave, Giver: 1, Taker: 2, State: casework.Proposed}},
		casework.HandoverMoved{HandoverID: 1, To: casework.Accepted, TargetIDs: []casework.TargetID{1}},
		casework.StaffSuspended{StaffID: 6},
		casework.GroupChatLinked{GroupID: 1, Chat: -100},
		casework.SendingHeld{Hold: casework.Hold{From: begin, To: begin.Add(time.Hour)}},
		casework.TaskBookDrafted{TaskBook: casework.TaskBook{
			ID: 1, Code: "RW-2017-0001", ProblemIDs: []casework.ProblemID{1}, TargetID: 1, Status: casework.TaskDraft, BranchID: 1, LeadID: 2,
			Lacks: []string{"house"}, Measures: []casework.Measure{{No: 1, Fills: "house", OwnerID: 3, Status: casework.MeasureTodo}},
		}},
		casework.TaskBookMoved{TaskBookID: 1, Act: casework.TaskIssue, From: casework.TaskDraft, To: casework.TaskIssued},
		casework.TaskBooksFor{All: true},
		casework.IssueGathered{Issue: casework.CommonIssue{
			ID: 1, Code: "GX-01", Title: "危房", ProblemIDs: []casework.ProblemID{1, 3}, Status: casework.IssueCollecting,
		}},
		casework.TrademarkRecorded{Trademark: casework.Trademark{ID: 1, FirmID: 8, Name: "瑞禾"}},
		casework.MatterRecorded{Matter: casework.Matter{
			ID: 1, Code: "SB-001", TrademarkID: 1, FirmID: 8, Kind: "renewal", Stage: "preparing", Status: casework.MatterOpen,
		}},
		casework.MatterMoved{MatterID: 1, From: "preparing", Stage: "filed", Status: casework.MatterOpen},
		casework.ServiceGiven{TargetID: 8, Given: casework.Given{Key: "rights", On: day(time.April, 6), By: 1}},
		casework.PolicyIssued{Policy: casework.Policy{ID: 1, Code: "ZC-001", Title: "续展", Text: "按期办理"}},
		casework.PolicyExplained{TargetID: 8, Explained: casework.Explained{PolicyID: 1, On: day(time.April, 6), By: 1}},
		casework.ExportBegun{Export: casework.Export{ID: 1, Code: "DC-2017-0001", Kind: casework.PaperWork, Status: casework.ExportAsked}},
		casework.ExportEnded{ExportID: 1, Status: casework.ExportDone, Rows: 13},
		casework.ExportBegun{Export: casework.Export{ID: 2, Code: "DC-2017-0002", Kind: casework.PaperRoster, Full: true, By: 1}},
		casework.RecordsHandedOver{System: "市系统", ExportID: 1, Problems: []casework.ProblemID{1}, Targets: []casework.TargetID{2}},
		casework.ApprovalAsked{Approval: casework.Approval{ID: 1, Kind: casework.ApproveRoles, By: 1, State: casework.ApprovalOpen}},
		casework.ApprovalAsked{Approval: casework.Approval{ID: 2, Kind: casework.ApproveRoles, By: 2, State: casework.ApprovalOpen}},
		casework.ApprovalDecided{ApprovalID: 1, State: casework.ApprovalRefused},
		casework.Announced{Announcement: casework.Announcement{ID: 1, Text: "开会", By: 1, To: []casework.StaffID{2, 3}}},
		casework.AnnouncementRead{AnnouncementID: 1},
		casework.RoundPlanned{Plans: []casework.RoundPlan{{RoundID: 1, TargetID: 1, StaffID: 2}, {RoundID: 1, TargetID: 2, StaffID: 3}}},
		casework.RoundPlanned{Plans: []casework.RoundPlan{{RoundID: 1, TargetID: 1}}},
		casework.SettingChanged{Setting: casework.Setting{ID: 1, Kind: "param", Key: "key_visit", Before: "30", After: "20"}},
		casework.DiaryWritten{VisitID: 1, Diary: casework.Diary{Text: "去了李家", By: 1}},
		casework.PhoneShown{TargetID: 3},
	)
}

// visited is the i-th visit; days go up and down.
func visited(i int) casework.VisitReported {
	return casework.VisitReported{Visit: casework.Visit{
		ID: casework.VisitID(i + 1), Code: fmt.Sprintf("ZF-1704%02d-%03d", i*7%12+1, i+1),
		TargetID: casework.TargetID(i%3 + 1), VisitedOn: day(time.April, i*7%12/2+1),
		Participants: []casework.StaffID{casework.StaffID(i%2 + 1), 3},
		Form:         "household", FormVersion: 1, Outcome: casework.Met,
		Answers: form.Answers{"income": {Values: []string{"b"}}, "words": {Values: []string{"甲乙丙"}}},
	}}
}

package sample

import (
	"fmt"
	"time"

	"zoufang/casework"
)

// diaryEvery is of how many visits the diary of one is confirmed.
const diaryEvery = 3

// maxPlans is how many targets one event plans at most.
const maxPlans = 500

// announcements are what the office tells everybody, by the day.
var announcements = []struct {
	on   casework.Date
	text string
}{
	{
		casework.Date{Year: 2017, Month: time.August, Day: 21},
		"第五轮集中走访今天开始，重点是回头看与销号验收。请各组按计划逐户回访，已办结的问题当面听一听满意不满意。",
	},
	{
		casework.Date{Year: 2017, Month: time.September, Day: 4},
		"本周五下午三点在二楼会议室开走访碰头会，请各组组长带上未办结问题的进展。",
	},
}

// papers are what the office has printed, by the day.
var papers = []struct {
	on   casework.Date
	kind casework.PaperKind
}{
	{casework.Date{Year: 2017, Month: time.June, Day: 30}, casework.PaperProblems},
	{casework.Date{Year: 2017, Month: time.July, Day: 31}, casework.PaperRounds},
	{casework.Date{Year: 2017, Month: time.August, Day: 31}, casework.PaperProblems},
}

// planOffice puts on the agenda what the office tells and prints.
func (d *desk) planOffice() {
	for _, a := range announcements {
		d.later(clock(a.on, 8*60+40), func() error { return d.announce(a.text) })
	}
	for _, p := range papers {
		d.later(clock(p.on, 16*60+50), func() error { return d.printPaper(p.kind) })
	}
}

// announce tells everybody. Seven in ten say that they have read it, in the course of
// the day.
func (d *desk) announce(text string) error {
	d.begin()
	f, why := casework.SendAnnouncement(d.b, d.person(d.office()), casework.Announcement{Text: text}, d.now, d.ids)
	if err := d.enter(d.office(), []casework.Fact{f}, why); err != nil {
		return err
	}
	for i, who := range f.Announcement.To {
		if i*7%10 > 6 {
			continue
		}
		after := time.Duration(i*37%480)*time.Minute + 2*time.Minute
		d.later(d.now.At.Add(after), func() error {
			d.begin()
			read, why := casework.ReadAnnouncement(d.b, d.person(who), f.Announcement.ID)
			return d.enter(who, []casework.Fact{read}, why)
		})
	}
	return nil
}

// printPaper prints a paper. Its cells are not made here, so that its fingerprint is not
// known; nor is its size.
func (d *desk) printPaper(kind casework.PaperKind) error {
	d.begin()
	x := casework.Export{Kind: kind, Format: casework.XLSX}
	f, why := casework.BeginExport(d.b, d.person(d.office()), x, d.now, d.ids, time.FixedZone("", int(zone/time.Second)))
	if err := d.enter(d.office(), []casework.Fact{f}, why); err != nil {
		return err
	}
	rows := len(d.b.Rounds())
	if kind == casework.PaperProblems {
		rows = 0
		for range d.b.AllProblems() {
			rows++
		}
	}
	end := casework.ExportEnded{ExportID: f.Export.ID, Status: casework.ExportDone, Rows: rows}
	d.later(d.now.At.Add(time.Minute), func() error {
		d.begin()
		end, why := casework.EndExport(d.b, end)
		return d.enter(0, []casework.Fact{end}, why)
	})
	return nil
}

// planRound plans a round in the input that opens it: every target is visited by who is
// in charge of it.
func (d *desk) planRound(opening casework.Event, r casework.Round) error {
	var plans []casework.RoundPlan
	for x := range d.b.AllTargets() {
		if who := casework.InCharge(d.b, x, r.StartOn); who != 0 && x.InUse() {
			plans = append(plans, casework.RoundPlan{RoundID: r.ID, TargetID: x.ID, StaffID: who})
		}
	}
	now := casework.Moment{Today: r.StartOn, At: opening.ReachedAt}
	for len(plans) > 0 {
		n := min(maxPlans, len(plans))
		f, why := casework.PlanRound(d.b, d.person(d.office()), plans[:n], now)
		if why != "" {
			return fmt.Errorf("plan round %d: refused: %s", r.No, why)
		}
		e := opening
		e.By, e.Fact = d.office(), f
		if err := d.note(e); err != nil {
			return err
		}
		plans = plans[n:]
	}
	return nil
}

// diary confirms the diary of the i-th visit as it is proposed, in the input that
// reports it, if it is one of those that have any.
func (d *desk) diary(facts []casework.Fact, i int, typed time.Time) error {
	for _, f := range facts {
		v, ok := f.(casework.VisitReported)
		if !ok || i%diaryEvery != 0 || v.Visit.Outcome != casework.Met {
			continue
		}
		who := v.Visit.Reporter()
		e := casework.Event{
			By: who, HappenedOn: v.Visit.ReportedOn, TypedAt: typed, ReachedAt: d.now.At, Cause: cause(d.c.visitInput + uint64(i)),
			Fact: casework.DiaryWritten{VisitID: v.Visit.ID, Diary: casework.Diary{
				Text: casework.DraftDiary(d.b, v.Visit), By: who, At: d.now.At, On: d.now.Today,
			}},
		}
		if err := d.note(e); err != nil {
			return err
		}
	}
	return nil
}

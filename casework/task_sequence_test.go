package casework_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/dialog"
)

// bookModel is a task book as the rules of the campaign have it, kept apart from the
// program: ann leads it, and has the first of two measures; pat has the second.
type bookModel struct {
	status       casework.TaskStatus
	read, agreed bool
	question     bool
	measures     [2]casework.MeasureStatus
	asker        casework.StaffID // of more time
	until        casework.Date    // which was asked for
	due          casework.Date
	extended     int
	leader       casework.StaffID // who accepted it
	office       casework.StaffID
	bureau       bool // the office has to accept it as well
}

// The people, by what they are to the book.
var (
	issuers = []casework.StaffID{secy, clerk, chief}
	judges  = []casework.StaffID{bob, deputy, secy, clerk, chief, director}
	offices = []casework.StaffID{clerk, chief}
)

// next is the model after the step, or false if the rules forbid it.
func (b bookModel) next(who casework.StaffID, m casework.TaskBookMoved) (bookModel, bool) {
	worked := b.status == casework.TaskIssued || b.status == casework.TaskDoing || b.status == casework.TaskReturned
	short, words := len(m.Text) >= 6, len(m.Text) >= 15
	lead := who == ann
	switch m.Act {
	case casework.TaskIssue:
		ok := b.status == casework.TaskDraft && slices.Contains(issuers, who)
		b.status = casework.TaskIssued
		return b, ok
	case casework.TaskRead:
		ok := worked && lead && !b.read && m.Text == ""
		b.read = true
		return b, ok
	case casework.TaskAgree:
		ok := b.status == casework.TaskIssued && lead && !b.agreed && !b.question
		b.read, b.agreed = true, true
		return b, ok
	case casework.TaskQuestion:
		ok := b.status == casework.TaskIssued && lead && !b.agreed && !b.question && short
		b.read, b.question = true, true
		return b, ok
	case casework.TaskReply:
		ok := worked && b.question && slices.Contains(issuers, who) && short
		b.question = false
		return b, ok
	case casework.TaskMeasure:
		return b.measure(who, m, worked && words)
	case casework.TaskAskTime:
		ok := worked && lead && b.asker == 0 && b.extended < 2 && short && m.Until.After(b.due)
		b.asker, b.until = who, m.Until
		return b, ok
	case casework.TaskGrantTime:
		if m.Until.IsZero() {
			m.Until = b.until
		}
		ok := worked && b.asker != 0 && b.extended < 2 && slices.Contains(judges, who) && m.Until.After(b.due)
		b.asker, b.until, b.due = 0, casework.Date{}, m.Until
		b.extended++
		return b, ok
	case casework.TaskRefuseTime:
		ok := worked && b.asker != 0 && slices.Contains(judges, who) && short
		b.asker, b.until = 0, casework.Date{}
		return b, ok
	case casework.TaskHandIn:
		settled := b.measures[0].Settled() && b.measures[1].Settled()
		ok := b.status == casework.TaskDoing && lead && settled && words
		b.status, b.question, b.asker, b.until = casework.TaskSubmitted, false, 0, casework.Date{}
		return b, ok
	case casework.TaskAccept:
		return b.accept(who)
	case casework.TaskReturn:
		ok := b.status == casework.TaskSubmitted && slices.Contains(judges, who) && short
		b.status, b.leader, b.office = casework.TaskReturned, 0, 0
		return b, ok
	case casework.TaskCancel:
		ok := b.status != casework.TaskAccepted && b.status != casework.TaskCancelled && slices.Contains(issuers, who) && short
		b.status, b.question, b.asker, b.until = casework.TaskCancelled, false, 0, casework.Date{}
		return b, ok
	case casework.TaskWrite:
	}
	return b, false
}

func (b bookModel) measure(who casework.StaffID, m casework.TaskBookMoved, ok bool) (bookModel, bool) {
	if m.Measure < 1 || m.Measure > 2 || m.Status == casework.MeasureTodo {
		return b, false
	}
	mine := who == ann || who == pat && m.Measure == 2
	b.status, b.agreed, b.read = casework.TaskDoing, true, b.read || who == ann
	b.measures[m.Measure-1] = m.Status
	if m.Status == "" {
		b.measures[m.Measure-1] = casework.MeasureDoing
	}
	return b, ok && mine
}

func (b bookModel) accept(who casework.StaffID) (bookModel, bool) {
	ok := b.status == casework.TaskSubmitted && slices.Contains(judges, who) && who != b.leader && who != b.office
	switch {
	case b.bureau && b.office == 0 && slices.Contains(offices, who):
		b.office = who
	case b.leader == 0:
		b.leader = who
	default:
		return b, false
	}
	if b.leader != 0 && (b.office != 0 || !b.bureau) {
		b.status = casework.TaskAccepted
	}
	return b, ok
}

// seen is the model of the book that is so.
func seen(b casework.TaskBook) bookModel {
	m := bookModel{
		status: b.Status, read: !b.ReadAt.IsZero(), agreed: !b.AgreedAt.IsZero(), question: b.Question != "",
		due: b.DueOn, extended: b.Extended, bureau: b.Level == casework.LevelBureau,
	}
	for i, x := range b.Measures {
		m.measures[i] = x.Status
	}
	if b.Extension != nil {
		m.asker, m.until = b.Extension.By, b.Extension.Until
	}
	if b.ByLeader != nil {
		m.leader = b.ByLeader.By
	}
	if b.ByOffice != nil {
		m.office = b.ByOffice.By
	}
	return m
}

// gambler takes drawn steps of one book, a turn each, and compares with the model.
type gambler struct {
	t       *testing.T
	rng     *rand.Rand
	id      casework.TaskBookID
	model   bookModel
	reached map[casework.TaskAct]bool
	refused map[casework.Refusal]bool
}

// draw is a step of anybody, every other time one that is offered to them.
func (g *gambler) draw(r casework.Records, b casework.TaskBook, day casework.Date) (casework.StaffID, casework.TaskBookMoved) {
	people := []casework.StaffID{ann, ann, ann, pat, bob, deputy, secy, clerk, chief, director, brands, outsider}
	texts := []string{"", "好", "同意办", "已经陪同办理完毕", "已经陪同办理完毕", "请打 13812345678"}
	statuses := []casework.MeasureStatus{"", casework.MeasureTodo, casework.MeasureDoing, casework.MeasureDone, casework.MeasureDone, casework.MeasureDropped}
	days := []casework.Date{{}, {Year: 2018, Month: time.January, Day: 10}, {Year: 2018, Month: time.February, Day: 1}, april(1)}
	acts := casework.TaskActs()
	m := casework.TaskBookMoved{
		TaskBookID: g.id, Act: acts[g.rng.IntN(len(acts))], Text: texts[g.rng.IntN(len(texts))], Measure: g.rng.IntN(4),
		Status: statuses[g.rng.IntN(len(statuses))], Until: days[g.rng.IntN(len(days))],
	}
	who := people[g.rng.IntN(len(people))]
	s, _ := r.Staff(who)
	if offered := casework.OfferedTaskSteps(r, s, b, day); len(offered) > 0 && g.rng.IntN(2) == 0 {
		m.Act = offered[g.rng.IntN(len(offered))]
		if m.Act == casework.TaskRead {
			m.Text = ""
		}
	}
	// An end comes seldom, so that there is something to do before it.
	if m.Act == casework.TaskCancel && g.rng.IntN(30) > 0 {
		m.Act = casework.TaskMeasure
	}
	return who, m
}

func (g *gambler) Turn(v dialog.View, _ dialog.Session, in dialog.Input) dialog.Outcome {
	day := casework.Date{Year: 2018, Month: time.January, Day: 5}
	before, _ := v.TaskBook(g.id)
	who, m := g.draw(v, before, day)
	s, _ := v.Staff(who)
	if diff := cmp.Diff(g.model, seen(before), cmp.AllowUnexported(bookModel{})); diff != "" {
		g.t.Fatalf("the book (-model +it is)\n%s", diff)
	}
	facts, why := casework.MoveTaskBook(v, s, m, casework.Moment{Today: day, At: in.Reached})
	next, legal := g.model.next(who, m)
	if private := m.Text == "请打 13812345678"; private {
		legal = false
	}
	if legal != (why == "") || legal != (len(facts) > 0) {
		g.t.Fatalf("%d does %+v with %+v: refused %q, facts %v, legal %v", who, m, g.model, why, facts, legal)
	}
	offered := slices.Contains(casework.OfferedTaskSteps(v, s, before, day), m.Act)
	if legal && !offered {
		g.t.Fatalf("%d is not offered %s with %+v", who, m.Act, g.model)
	}
	if !legal {
		g.refused[why] = true
		return dialog.Outcome{}
	}
	g.model = next
	g.reached[m.Act] = true
	var out dialog.Outcome
	for _, f := range facts {
		out.Events = append(out.Events, casework.Event{Cause: in.Cause, By: who, HappenedOn: day, ReachedAt: in.Reached, Fact: f})
	}
	return out
}

func (g *gambler) Sorry(_ dialog.View, _ dialog.Session, in dialog.Input) dialog.Outcome {
	g.t.Errorf("input %s was refused by the store", in.Cause)
	return dialog.Outcome{}
}

// No illegal step of a task book happens, every legal one does, and every refusal
// says why.
func TestAnySequenceOfTaskBookSteps(t *testing.T) {
	reached, refused := map[casework.TaskAct]bool{}, map[casework.Refusal]bool{}
	for seed := range uint64(12) {
		level := casework.LevelGroup
		if seed%2 == 1 {
			level = casework.LevelBureau
		}
		l := newLedger(t, bureauCampaign(level)...)
		id, why := l.writeBook(ann, 11, sick, func(b *casework.TaskBook) {
			b.DueOn = casework.Date{Year: 2018, Month: time.January, Day: 8}
			second := b.Measures[0]
			second.OwnerID = pat
			b.Measures = append(b.Measures, second)
		})
		if why != "" {
			t.Fatalf("writing is refused: %s", why)
		}
		g := &gambler{
			t: t, rng: rand.New(rand.NewPCG(seed, 4)), id: id, reached: reached, refused: refused,
			model: seen(l.taskBook(id)),
		}
		var batch []dialog.Input
		for range 200 {
			l.n++
			batch = append(batch, dialog.Input{Cause: fmt.Sprint("drawn:", l.n), Reached: at(20, 9, 0)})
		}
		if _, err := l.store.Apply(batch, g); err != nil {
			t.Fatal(err)
		}
		before, err := l.store.Digest()
		if err == nil {
			err = l.store.Rebuild()
		}
		after, err2 := l.store.Digest()
		if diff := cmp.Diff(before, after); err != nil || err2 != nil || diff != "" {
			t.Errorf("Rebuild gives other records: %v, %v (-before +after)\n%s", err, err2, diff)
		}
	}
	for _, act := range casework.TaskActs() {
		if act != casework.TaskWrite && !reached[act] {
			t.Errorf("%s was never taken", act)
		}
	}
	for _, why := range []casework.Refusal{
		casework.NotNow, casework.NotYours, casework.NeedsText, casework.NeedsDay, casework.NeedsWhy, casework.NotFound,
		casework.Unfinished, casework.TooOften,
	} {
		if !refused[why] {
			t.Errorf("%s was never the refusal", why)
		}
	}
}

package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"zoufang/casework"
	"zoufang/chart"
	"zoufang/dialog"
	"zoufang/scheduler"
	"zoufang/store"
)

// timetable says when the clock's messages go out, in cron's five fields. When
// nobody is to be disturbed they wait by themselves.
type timetable struct {
	Agenda  string `yaml:"agenda"`
	Digest  string `yaml:"digest"`
	Weekly  string `yaml:"weekly"`
	Evening string `yaml:"evening"`
	Rounds  string `yaml:"rounds"`
	// Watch is when what has no set hour is looked for.
	Watch string `yaml:"watch"`
}

const (
	// reminderWindow is how late a reminder still goes out, marked as late.
	reminderWindow = 72 * time.Hour
	// digestWindow is the same for digests.
	digestWindow = 12 * time.Hour
	// perCommit is how many of a job's inputs are applied at a time, so that
	// people who wait get a turn in between.
	perCommit = 20
	// forgets is how long Telegram keeps what it could not deliver.
	forgets = 24 * time.Hour
)

// dialogJobs are the dialogue's jobs with their schedules and windows.
func (t timetable) dialogJobs() []scheduler.Job {
	return []scheduler.Job{
		{Name: string(dialog.AgendaJob), Spec: t.Agenda, Window: reminderWindow},
		{Name: string(dialog.RoundJob), Spec: t.Rounds, Window: reminderWindow},
		{Name: string(dialog.DigestJob), Spec: t.Digest, Window: digestWindow},
		{Name: string(dialog.WeeklyJob), Spec: t.Weekly, Window: reminderWindow},
		{Name: string(dialog.EveningJob), Spec: t.Evening, Window: 3 * time.Hour},
		{Name: string(dialog.CalendarJob), Spec: "10 8 * * *", Window: reminderWindow},
		{Name: string(dialog.SnoozeJob), Spec: t.Watch, Window: time.Hour},
		{Name: string(dialog.MissJob), Spec: t.Watch, Window: time.Hour},
		{Name: string(dialog.DraftJob), Spec: t.Watch, Window: time.Hour},
		{Name: string(dialog.LeaveJob), Spec: t.Watch, Window: time.Hour},
		{Name: string(dialog.ProblemJob), Spec: t.Watch, Window: time.Hour},
		{Name: string(dialog.LateJob), Spec: t.Watch, Window: time.Hour},
		{Name: string(dialog.ApprovalJob), Spec: t.Watch, Window: time.Hour},
	}
}

// counted are the jobs whose lost firings the office hears of. The others look
// at the records, and find the next time what they did not find the last.
var counted = []string{string(dialog.AgendaJob), string(dialog.DigestJob), string(dialog.WeeklyJob), string(dialog.EveningJob)}

// clock makes the service's jobs.
func (s *service) clock() (*scheduler.Scheduler, error) {
	jobs := s.times.dialogJobs()
	for i := range jobs {
		job := dialog.Job(jobs[i].Name)
		jobs[i].Run = func(_ context.Context, f scheduler.Firing) (bool, error) { return s.tell(job, f) }
	}
	jobs = append(jobs, scheduler.Job{Name: "sweep", Spec: s.sweep, Window: 24 * time.Hour, Run: func(context.Context, scheduler.Firing) (bool, error) {
		return s.tidy()
	}})
	since, err := s.store.Alive()
	if err != nil {
		return nil, err
	}
	return scheduler.New(scheduler.Options{
		Zone: s.zone, Now: s.now, Log: s.log, Moved: s.moved, Since: since,
		Missed: s.missed, Jumped: s.jumped, Tick: s.tick,
	}, jobs...)
}

// tell does a job for all who are due. It is done when nobody is left.
func (s *service) tell(job dialog.Job, f scheduler.Firing) (done bool, err error) {
	if err := s.keepDoubt(); err != nil {
		return false, err
	}
	tick := dialog.Tick{Job: job, Wall: f.Wall, Nominal: f.Nominal, Now: f.Now}
	var inputs []dialog.Input
	waiting := false
	err = s.store.View(func(v dialog.View) error {
		inputs, waiting = s.dialog.Due(v, tick)
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("ask what is due: %w", err)
	}
	for batch := range slices.Chunk(inputs, perCommit) {
		if _, err := s.take(batch); err != nil {
			return false, err
		}
	}
	return len(inputs) == 0 && !waiting, nil
}

// tidy sweeps the file, but not by a clock that nobody can believe: it would forget
// what was done.
func (s *service) tidy() (done bool, err error) {
	held := false
	err = s.store.View(func(v dialog.View) error {
		held = v.Hold().Held()
		return nil
	})
	if err != nil || held {
		return false, err
	}
	return true, s.store.Sweep(s.now())
}

// missed counts firings that will not be done, those of working days alone.
func (s *service) missed(ctx context.Context, job string, firings []scheduler.Firing) {
	if s.toy || !slices.Contains(counted, job) {
		return
	}
	n := 0
	err := s.store.View(func(v dialog.View) error {
		for _, f := range firings {
			if casework.IsWorkday(v, casework.DateOf(f.Nominal, s.zone)) {
				n++
			}
		}
		return nil
	})
	if err != nil {
		s.log.ErrorContext(ctx, "firings that were missed are not counted", "job", job, "err", err)
	}
	if n == 0 {
		return
	}
	if s.lost == nil {
		s.lost = map[string]int{}
	}
	s.lost[job] += n
	s.lostTo = firings[len(firings)-1].Now
	if from := firings[0].Nominal; s.lostFrom.IsZero() || from.Before(s.lostFrom) {
		s.lostFrom = from
	}
}

// jumped holds back what comes from a clock that nobody can believe. If that cannot
// be kept, nothing comes from the clock until it can.
func (s *service) jumped(ctx context.Context, from, to time.Time) {
	s.doubt = &dialog.Subject{From: from, To: to}
	if err := s.keepDoubt(); err != nil {
		s.log.ErrorContext(ctx, "a jump of the clock is not kept yet", "err", err)
	}
}

func (s *service) keepDoubt() error {
	if s.doubt == nil {
		return nil
	}
	from, to := s.doubt.From, s.doubt.To
	_, err := s.take([]dialog.Input{{
		Kind: dialog.Ticked, Job: dialog.JumpJob, Nominal: to, Reached: to, ChatKind: dialog.PrivateChat,
		Subject: *s.doubt, Cause: fmt.Sprintf("t:%s:%d:%d", dialog.JumpJob, from.Unix(), to.Unix()),
	}})
	if err == nil {
		s.doubt = nil
	}
	return err
}

// tick notes once a minute that Telegram answers, and tells of a time in which
// it did not for so long that it forgot messages.
func (s *service) tick(ctx context.Context, now time.Time) {
	if err := s.noteAlive(now); err != nil {
		s.log.ErrorContext(ctx, "the time is not noted", "err", err)
	}
}

func (s *service) noteAlive(now time.Time) error {
	s.bot.Wake() // the clock may have let letters go that were held
	polled := s.bot.Polled()
	alive, err := s.store.Alive()
	if err != nil {
		return err
	}
	if polled.IsZero() {
		return nil // since the start Telegram has not answered
	}
	down := dialog.Subject{From: s.lostFrom, To: s.lostTo, Missed: s.lost}
	if !s.toy && !alive.IsZero() && polled.Sub(alive) > forgets {
		down.From, down.To = alive, polled
	}
	if !down.To.IsZero() {
		in := dialog.Input{
			Kind: dialog.Ticked, Job: dialog.DownJob, Nominal: down.To, Reached: now, ChatKind: dialog.PrivateChat, Subject: down,
			Cause: fmt.Sprintf("t:%s:%d:%d", dialog.DownJob, down.From.Unix(), down.To.Unix()),
		}
		if _, err := s.take([]dialog.Input{in}); err != nil {
			return err
		}
		s.lost, s.lostFrom, s.lostTo = nil, time.Time{}, time.Time{}
	}
	if polled.After(alive) || alive.After(now) {
		return s.store.SetAlive(polled)
	}
	return nil
}

// holdLetter reports whether a letter of the clock must wait for a better hour.
func holdLetter(st *store.Store, d *dialog.Dialog) func(dialog.Letter, time.Time) bool {
	return func(l dialog.Letter, now time.Time) bool {
		wait := false
		err := st.View(func(v dialog.View) error {
			wait = !d.MayDisturb(v, l.Chat, now)
			return nil
		})
		return wait || err != nil
	}
}

// drawChart draws a letter's picture.
func drawChart(c dialog.Chart) ([]byte, error) {
	p := chart.Picture{Title: c.Title, Note: c.Note}
	for _, panel := range c.Panels {
		out := chart.Panel{Title: panel.Title, Labels: panel.Labels, Horizontal: panel.Horizontal}
		for _, series := range panel.Series {
			out.Series = append(out.Series, chart.Series{Name: series.Name, Values: series.Values})
		}
		p.Panels = append(p.Panels, out)
	}
	return chart.Draw(p)
}

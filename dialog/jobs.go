package dialog

import (
	"fmt"
	"time"

	"zoufang/casework"
)

// Job names something that the clock does.
type Job string

// The jobs. Stored in causes: never rename.
const (
	// AgendaJob 今日清单: what is due, to everybody, each working morning.
	AgendaJob Job = "agenda"
	// SnoozeJob brings back reminders that were put off.
	SnoozeJob Job = "snooze"
	// DigestJob 日报: how the group stands, to its leaders and its group chat.
	DigestJob Job = "digest"
	// WeeklyJob 周汇总: how the branches stand, to secretaries and the office.
	WeeklyJob Job = "weekly"
	// MissJob passes up what was missed.
	MissJob Job = "miss"
	// DraftJob reminds of a form left open for two hours.
	DraftJob Job = "drafts"
	// EveningJob reminds of forms left open at the end of the day.
	EveningJob Job = "evening"
	// RoundJob tells of rounds that begin and end.
	RoundJob Job = "rounds"
	// LeaveJob gives back what a stand-in had.
	LeaveJob Job = "leaves"
	// ProblemJob takes the steps of problems that nobody has to decide.
	ProblemJob Job = "problems"
	// LateJob 逾期提醒 passes up what people are late with.
	LateJob Job = "late"
	// ApprovalJob tells people that nobody decided in time about what they asked for.
	ApprovalJob Job = "approvals"
	// CalendarJob asks for the calendar of a year that has none.
	CalendarJob Job = "calendar"
	// DownJob tells what was lost while the program did not run. It is given
	// once for each stretch of time, without asking [Dialog.Due].
	DownJob Job = "down"
	// JumpJob holds everything back because the clock was moved. It is given as
	// DownJob is.
	JumpJob Job = "jump"
)

// Tick is a nominal time of a job that has come.
type Tick struct {
	Job     Job
	Wall    string    // the local time of the schedule: its identity
	Nominal time.Time // when that is
	Now     time.Time
}

// clockwork is a job of the clock.
type clockwork struct {
	// notice is the kind of message that people can turn off; empty for what
	// everybody gets.
	notice casework.Notice
	// subjects lists for whom it is. The same tick lists the same ones, but for
	// those that changed in the records.
	subjects func(*Dialog, View, Tick) []Subject
	// once names a subject for ever, instead of by the nominal time; nil if the
	// job comes again at each.
	once func(Subject) string
	// turn does the job for the subject of the input. It runs as the subject's
	// staff, if one is named.
	turn func(*turn)
}

// Due says for whom a job is to be done now: an input for each subject that has
// not had it and may have it. It reports waiting if there are others who must not
// be disturbed yet, so that it has to be asked again.
//
// An input may be applied late or never: its turn looks again, and asks to be
// [Outcome.Undone] if the person must not be disturbed by then.
func (d *Dialog) Due(v View, tick Tick) (inputs []Input, waiting bool) {
	work, ok := d.book.jobs[tick.Job]
	if !ok || work.subjects == nil {
		return nil, false
	}
	if v.Hold().Held() {
		return nil, true
	}
	for _, sub := range work.subjects(d, v, tick) {
		in := d.tickInput(work, tick, sub)
		if v.Applied(in.Cause) || !d.wants(v, work, sub) {
			continue
		}
		if !d.mayTell(v, sub, tick.Now) {
			waiting = true
			continue
		}
		inputs = append(inputs, in)
	}
	return inputs, waiting
}

// tickInput is the input that does a job for a subject.
func (d *Dialog) tickInput(work clockwork, tick Tick, sub Subject) Input {
	in := Input{
		Kind: Ticked, Job: tick.Job, Nominal: tick.Nominal, Reached: tick.Now, Subject: sub,
		ChatKind: PrivateChat, Cause: fmt.Sprintf("t:%s:%s:%d:%d", tick.Job, tick.Wall, sub.Staff, sub.Group),
	}
	if work.once != nil {
		in.Cause = fmt.Sprintf("t:%s:%s", tick.Job, work.once(sub))
	}
	return in
}

// wants reports whether the subject wants to hear of it.
func (d *Dialog) wants(v View, work clockwork, sub Subject) bool {
	if sub.Staff == 0 || work.notice == "" {
		return true
	}
	s, ok := v.Staff(sub.Staff)
	return ok && s.Binding == casework.Bound && s.Wants(work.notice)
}

// formRest is how long after the last answer a form in hand keeps reminders
// away.
const formRest = 10 * time.Minute

// mayTell reports whether the subject may hear of something from the clock.
func (d *Dialog) mayTell(v View, sub Subject, now time.Time) bool {
	if sub.Staff == 0 {
		return sub.Group == 0 || d.dayTime(v, now)
	}
	s, ok := v.Staff(sub.Staff)
	return ok && casework.MayDisturb(v, s, d.zone, now) && !d.inForm(v, s, now)
}

// dayTime reports whether groups may hear of something.
func (d *Dialog) dayTime(v casework.Records, now time.Time) bool {
	local := now.In(d.zone)
	return casework.IsWorkday(v, casework.DateOf(now, d.zone)) && !v.Hold().Held() &&
		!casework.DefaultQuiet().Has(local.Hour()*60+local.Minute())
}

// inForm reports whether the person has answered a form within the last ten
// minutes and not left it since.
func (d *Dialog) inForm(v View, s casework.Staff, now time.Time) bool {
	session, ok := v.Session(ChatID(s.User))
	if !ok || !inForm(session.At.Screen) {
		return false
	}
	draft, ok := v.Draft(session.At.Visit)
	return ok && now.Sub(draft.Touched) < formRest && !draft.Touched.After(now)
}

// MayDisturb reports whether a bulk letter may be delivered to the chat at the
// instant: to a person by day and on working days only, and never into a form in
// hand; to a group by day.
func (d *Dialog) MayDisturb(v View, chat ChatID, now time.Time) bool {
	if s, ok := v.StaffByUser(casework.UserID(chat)); ok {
		return d.mayTell(v, Subject{Staff: s.ID}, now)
	}
	return d.dayTime(v, now)
}

// ticked does a job of the clock.
func (t *turn) ticked() {
	work, ok := t.d.book.jobs[t.in.Job]
	if !ok {
		return
	}
	if work.subjects != nil && (t.v.Hold().Held() || !t.d.mayTell(t.v, t.in.Subject, t.in.Reached)) {
		t.out.Undone = true
		return
	}
	who := t
	if s, ok := t.v.Staff(t.in.Subject.Staff); ok {
		who = t.as(s)
	}
	work.turn(who)
}

// late reports whether the job is done long after its time, which is then told.
func (t *turn) late() bool { return t.in.Reached.Sub(t.in.Nominal) > 15*time.Minute }

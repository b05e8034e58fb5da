package casework

import "zoufang/form"

// extendDays is by how many days a day due can be moved at most, from itself or from
// the day on which it is moved, whichever comes later.
const extendDays = 60

// MoveTaskBook says what becomes of a task book when the person takes the step, or
// why it cannot be taken. The first fact is the step with From, To and Office filled
// in. The first progress on a measure takes an issued one to 实施中. A measure's
// progress without a status says that it goes on, and time granted without a day is
// granted as it was asked for. Accepting it strikes off those of its problems whose
// people have said already that they are content.
func MoveTaskBook(r Records, who Staff, m TaskBookMoved, now Moment) ([]Fact, Refusal) {
	b, ok := r.TaskBook(m.TaskBookID)
	if !ok {
		return nil, NotFound
	}
	row, ok := taskMoveOf(m.Act)
	if !ok {
		return nil, NotNow
	}
	if why := WhyNotTask(r, who, b, m.Act, now.Today); why != "" {
		return nil, why
	}
	k := bookwork{r, who, b, now.Today}
	m.Text = form.Clean(m.Text)
	if !fits(m.Text, row.least, row.most) {
		return nil, NeedsText
	}
	step := TaskBookMoved{TaskBookID: b.ID, Act: m.Act, From: b.Status, To: row.to, Text: m.Text}
	if row.to == "" {
		step.To = b.Status
	}
	if why := k.complete(&step, m); why != "" {
		return nil, why
	}
	facts := []Fact{step}
	if step.To == TaskAccepted {
		for _, id := range b.ProblemIDs {
			if p, ok := r.Problem(id); ok {
				facts = append(facts, CloseAfterBook(r, p)...)
			}
		}
	}
	return facts, ""
}

// complete fills in what the act needs beside words, of what the person gave.
func (k bookwork) complete(step *TaskBookMoved, m TaskBookMoved) Refusal {
	switch step.Act {
	case TaskMeasure:
		return k.measure(step, m)
	case TaskAskTime, TaskGrantTime:
		return k.extension(step, m)
	case TaskHandIn:
		step.Opinion = m.Opinion
		if m.Opinion != "" && !distinct([]string{string(m.Opinion)}, Satisfactions()) {
			return NeedsWhy
		}
	case TaskAccept:
		step.Office, _ = k.verdict()
		if !step.Office && k.b.NeedsOffice() && k.b.ByOffice == nil || step.Office && k.b.ByLeader == nil {
			step.To = k.b.Status // the other one is still to come
		}
	case TaskIssue, TaskRead, TaskAgree, TaskQuestion, TaskReply, TaskRefuseTime, TaskReturn, TaskCancel, TaskWrite:
	}
	return ""
}

func (k bookwork) measure(step *TaskBookMoved, m TaskBookMoved) Refusal {
	if m.Measure < 1 || m.Measure > len(k.b.Measures) {
		return NotFound
	}
	if m.Status == "" {
		m.Status = MeasureDoing
	}
	switch {
	case !k.mayMove(k.b.Measures[m.Measure-1]):
		return NotYours
	case m.Status != MeasureDoing && !m.Status.Settled():
		return NeedsWhy
	case m.Fund < 0:
		return NeedsText
	}
	step.Measure, step.Status, step.Fund, step.Files = m.Measure, m.Status, m.Fund, m.Files
	return ""
}

func (k bookwork) extension(step *TaskBookMoved, m TaskBookMoved) Refusal {
	step.Until = m.Until
	if m.Act == TaskGrantTime && m.Until.IsZero() {
		step.Until = k.b.Extension.Until
	}
	from := k.b.DueOn
	if k.today.After(from) {
		from = k.today
	}
	if !step.Until.After(from) || step.Until.DaysSince(from) > extendDays {
		return NeedsDay
	}
	return ""
}

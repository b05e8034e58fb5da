package dialog

import (
	"fmt"
	"slices"
	"strings"

	"zoufang/casework"
)

// What a task book's place says in Path beside the names of acts: the part that is
// shown.
const (
	bookHistoryPart = "history"
	bookEditPart    = "edit"
)

// perMeasures is how many measures the front of a task book shows in full.
const perMeasures = 8

// drawBook shows a task book, or the part of it asked for.
func (t *turn) drawBook(f *face, at Place) bool {
	b, ok := t.taskBook(at.Book)
	if !ok {
		return false
	}
	f.title(t.w.say("task.title", "Code", b.Code, "Status", t.dictionary(casework.TaskStatuses(), string(b.Status))))
	x, _ := t.v.Target(b.TargetID)
	f.line(x.Code + " " + x.DisplayName() + " · " + casework.AreaShort(t.v, x.AreaID))
	offered := casework.OfferedTaskSteps(t.v, t.staff, b, t.today)
	switch act := casework.TaskAct(at.Path); {
	case at.Path == bookHistoryPart:
		t.bookHistory(f, b, at)
	case act == casework.TaskMeasure && at.Why == "":
		t.drawMeasure(f, b, at, slices.Contains(offered, act))
	case slices.Contains(offered, casework.TaskWrite) && strings.HasPrefix(at.Path, bookEditPart):
		t.drawEdit(f, b, at)
	case act != casework.TaskWrite && slices.Contains(offered, act):
		t.bookAsk(f, b, at)
	default:
		t.bookFront(f, b, offered)
	}
	return true
}

// dictionary is the word for a stored token.
func (t *turn) dictionary(d casework.Dictionary, token string) string {
	return d.Label(token, t.w.lang)
}

// bookFront is the task book as a whole, with what the person can do about it.
func (t *turn) bookFront(f *face, b casework.TaskBook, offered []casework.TaskAct) {
	f.line(t.bookTodo(b, offered))
	t.bookUnready(f, b)
	t.bookContent(f, b)
	t.bookProgress(f, b)
	t.measureList(f, b)
	t.bookOutcome(f, b)
	t.bookChoices(f, b, offered)
}

// bookTodo says what the person should do next, or how it ended.
func (t *turn) bookTodo(b casework.TaskBook, offered []casework.TaskAct) string {
	switch {
	case b.Status == casework.TaskAccepted, b.Status == casework.TaskCancelled:
		return t.w.say("task.over." + string(b.Status))
	case len(offered) == 0:
		return ""
	case slices.Contains(offered, casework.TaskHandIn):
		return t.w.say("task.todo.hand_in")
	case offered[0] == casework.TaskMeasure && b.Status == casework.TaskReturned:
		return t.w.say("task.todo.returned")
	}
	return t.w.say("task.todo." + string(offered[0]))
}

// bookUnready says to whoever may issue a draft what it still wants.
func (t *turn) bookUnready(f *face, b casework.TaskBook) {
	switch why := casework.WhyNotTask(t.v, t.staff, b, casework.TaskIssue, t.today); why {
	case "", casework.NotNow, casework.NotYours:
	case casework.NeedsText, casework.NeedsWhy, casework.NeedsOwner, casework.NeedsDay:
		f.line(t.w.say("task.unready." + string(why)))
	default:
		f.line(t.bookWhyNot(why))
	}
}

// bookContent says what the task book is about and when it is due.
func (t *turn) bookContent(f *face, b casework.TaskBook) {
	f.gap()
	for _, id := range b.ProblemIDs {
		if p, ok := t.v.Problem(id); ok {
			f.line("❗ " + p.Code + " " + t.problemLabel(p, "category", p.Category) + " · " + t.w.say("status."+string(p.Status)))
		}
	}
	f.line(t.w.say("task.situation", "Text", t.orDash(b.Situation)))
	f.line(t.w.say("task.lacks", "Text", t.orDash(t.bookLacks(b.Lacks))))
	f.line(t.w.say("task.goal", "Text", t.orDash(b.Goal)))
	lead := t.w.say("task.lead", "Who", t.staffName(b.LeadID))
	if u, ok := t.v.Unit(b.BranchID); ok {
		lead += " · " + u.Name
	}
	f.line(lead)
	f.line(t.w.say("task.dates", "From", t.day(b.StartOn), "Until", t.day(b.DueOn)) + t.overdueBy(b.DueOn, b.Status.Open()))
}

func (t *turn) orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func (t *turn) bookLacks(lacks []string) string {
	words := make([]string, len(lacks))
	for i, l := range lacks {
		words[i] = t.dictionary(casework.Lacks(), l)
	}
	return t.join(words)
}

// overdueBy says by how much a day is over, if it still counts.
func (t *turn) overdueBy(due casework.Date, open bool) string {
	if n := t.today.DaysSince(due); open && !due.IsZero() && n > 0 {
		return t.w.say("task.late", "Count", n)
	}
	return ""
}

// bookProgress says how far it has come on its way, and what was asked.
func (t *turn) bookProgress(f *face, b casework.TaskBook) {
	if !b.IssuedAt.IsZero() {
		line := t.w.say("task.issued", "Who", t.staffName(b.IssuedBy), "Date", t.day(b.IssuedOn))
		if !b.ReadAt.IsZero() {
			line += " · " + t.w.say("task.read", "Time", t.moment(b.ReadAt))
		}
		if !b.AgreedAt.IsZero() {
			line += " · " + t.w.say("task.agreed")
		}
		f.line(line)
	}
	if b.Question != "" {
		f.line(t.w.say("task.question", "Text", b.Question))
	}
	if e := b.Extension; e != nil {
		f.line(t.w.say("task.extension", "Who", t.staffName(e.By), "Until", t.day(e.Until), "Text", e.Why))
	}
	if s, ok := lastSaid(b); ok {
		f.line("🕘 " + t.bookStepLine(s))
	}
}

// lastSaid is the newest step that moved something and is not shown elsewhere on the
// book.
func lastSaid(b casework.TaskBook) (casework.TaskStep, bool) {
	for _, s := range slices.Backward(b.History) {
		switch s.Act {
		case casework.TaskReply, casework.TaskReturn, casework.TaskGrantTime, casework.TaskRefuseTime, casework.TaskMeasure,
			casework.TaskCancel:
			return s, true
		default:
		}
	}
	return casework.TaskStep{}, false
}

// measureList lists the measures, a box before each.
func (t *turn) measureList(f *face, b casework.TaskBook) {
	f.gap()
	f.title(t.w.say("task.measures"))
	if len(b.Measures) == 0 {
		f.line(t.w.say("task.no_measures"))
	}
	for i, m := range b.Measures {
		if i == perMeasures {
			f.line(t.w.say("task.more_measures", "Count", len(b.Measures)-i))
			return
		}
		f.line(t.measureLine(b, m))
	}
}

func (t *turn) measureLine(b casework.TaskBook, m casework.Measure) string {
	box := map[casework.MeasureStatus]string{
		casework.MeasureTodo: "☐", casework.MeasureDoing: "◐", casework.MeasureDone: "☑", casework.MeasureDropped: "☒",
	}[m.Status]
	return fmt.Sprintf("%s %d %s", box, m.No, t.w.say("task.measure", "Kind", t.dictionary(casework.MeasureKinds(), m.Kind),
		"Content", clip(m.Content, 60), "Who", t.staffName(m.OwnerID), "Due", t.day(m.DueOn))) +
		t.overdueBy(m.DueOn, b.Status.Open() && !m.Status.Settled())
}

// bookOutcome says what came of it, and who accepted it.
func (t *turn) bookOutcome(f *face, b casework.TaskBook) {
	if b.Effect != "" {
		f.gap()
		f.line(t.w.say("task.effect", "Text", b.Effect))
	}
	if b.Opinion != "" {
		f.line(t.w.say("task.opinion", "Text", t.dictionary(casework.Satisfactions(), string(b.Opinion))))
	}
	verdict := func(key string, v *casework.Verdict) {
		if v == nil {
			return
		}
		line := t.w.say(key, "Who", t.staffName(v.By), "Time", t.moment(v.At))
		if v.Opinion != "" {
			line += " “" + v.Opinion + "”"
		}
		f.line(line)
	}
	verdict("task.by_leader", b.ByLeader)
	verdict("task.by_office", b.ByOffice)
	if b.Status == casework.TaskSubmitted && b.NeedsOffice() && (b.ByLeader == nil) != (b.ByOffice == nil) {
		f.line(t.w.say("task.half_accepted"))
	}
}

// bookChoices offer the steps that the person can take, what comes first in front,
// and the ways to the measures, the past and the problem.
func (t *turn) bookChoices(f *face, b casework.TaskBook, offered []casework.TaskAct) {
	var list []choice
	for _, act := range offered {
		if act == casework.TaskMeasure {
			continue
		}
		c := choice{t.w.say("task.act." + string(act)), Plain, t.stepAction(b, act)}
		switch act {
		case casework.TaskAccept, casework.TaskHandIn, casework.TaskIssue:
			c.style = Good
		case casework.TaskCancel:
			c.style = Danger
		case casework.TaskRead, casework.TaskAgree, casework.TaskReply:
			c.style = Primary
		default:
		}
		list = append(list, c)
	}
	f.grid(list)
	var measures []choice
	for _, m := range b.Measures {
		label := t.w.say("button.measure", "No", m.No)
		if (!m.Status.Settled() || b.Status == casework.TaskReturned) && slices.Contains(offered, casework.TaskMeasure) {
			label = t.w.say("button.measure_go", "No", m.No)
		}
		measures = append(measures, choice{label, Plain, bookTo(b, Place{Path: string(casework.TaskMeasure), Measure: m.No})})
	}
	f.grid(measures)
	x, _ := t.v.Target(b.TargetID)
	row := []choice{t.targetButton(x)}
	for _, id := range b.ProblemIDs {
		if p, ok := t.v.Problem(id); ok && len(row) < 3 {
			row = append(row, choice{"❗ " + p.Code, Plain, to(Place{Screen: problemScreen, Problem: id})})
		}
	}
	f.row(row...)
	if len(b.History) > 0 {
		f.row(choice{t.w.say("button.book_history", "Count", len(b.History)), Plain, bookTo(b, Place{Path: bookHistoryPart})})
	}
}

// bookTo is the action that shows a part of the task book.
func bookTo(b casework.TaskBook, at Place) Action {
	at.Screen, at.Book = bookScreen, b.ID
	return Action{Verb: bookPart, Place: at}
}

// drawMeasure shows one measure with its progress.
func (t *turn) drawMeasure(f *face, b casework.TaskBook, at Place, mayMove bool) {
	if at.Measure < 1 || at.Measure > len(b.Measures) {
		f.row(choice{t.w.say("button.go_back"), Plain, bookTo(b, Place{})})
		return
	}
	m := b.Measures[at.Measure-1]
	f.gap()
	f.title(t.w.say("task.measure_title", "No", m.No, "Status", t.dictionary(casework.MeasureStatuses(), string(m.Status))))
	t.measureDetail(f, b, m)
	files := 0
	for _, p := range m.Progress[max(0, len(m.Progress)-perPart):] {
		line := "• " + t.day(p.On) + " " + t.staffName(p.By) + t.w.say("colon") + p.Text
		if len(p.Files) > 0 {
			line += fmt.Sprintf(" 📎%d", len(p.Files))
		}
		f.line(line)
	}
	for _, p := range m.Progress {
		files += len(p.Files)
	}
	if mayMove {
		say := func(s casework.MeasureStatus, style Style) choice {
			return choice{t.w.say("task.to." + string(s)), style, bookTo(b, Place{Path: string(casework.TaskMeasure), Measure: m.No, Why: string(s)})}
		}
		row := []choice{say(casework.MeasureDoing, Primary)}
		if !m.Status.Settled() {
			row = append(row, say(casework.MeasureDone, Good), say(casework.MeasureDropped, Plain))
		}
		f.row(row...)
	}
	if files > 0 {
		f.row(choice{t.w.say("button.files", "Count", files), Plain, Action{Verb: bookFiles, Place: Place{Book: b.ID, Measure: m.No}}})
	}
	f.row(choice{t.w.say("button.go_back"), Plain, bookTo(b, Place{})})
}

// measureDetail says what a measure is, by whom, with what and until when.
func (t *turn) measureDetail(f *face, b casework.TaskBook, m casework.Measure) {
	f.line(t.w.say("task.measure_fills", "Kind", t.dictionary(casework.MeasureKinds(), m.Kind), "Lack", t.dictionary(casework.Lacks(), m.Fills)))
	f.line(m.Content)
	f.line(t.w.say("task.measure_owner", "Who", t.staffName(m.OwnerID), "From", t.day(m.StartOn), "Due", t.day(m.DueOn)) +
		t.overdueBy(m.DueOn, b.Status.Open() && !m.Status.Settled()))
	if u, ok := t.v.Unit(m.PartnerID); ok {
		f.line(t.w.say("task.measure_partner", "Unit", u.Name))
	}
	if m.Fund > 0 {
		f.line(t.w.say("task.measure_fund", "Yuan", inYuan(m.Fund)))
	}
	if m.InKind != "" {
		f.line(t.w.say("task.measure_in_kind", "Text", m.InKind))
	}
}

// yuan writes an amount in fen.
func inYuan(fen int64) string {
	if fen%100 == 0 {
		return fmt.Sprint(fen / 100)
	}
	return fmt.Sprintf("%d.%02d", fen/100, fen%100)
}

// bookHistory lists every step, the newest first.
func (t *turn) bookHistory(f *face, b casework.TaskBook, at Place) {
	f.gap()
	f.title(t.w.say("task.history"))
	steps := slices.Clone(b.History)
	slices.Reverse(steps)
	shown, page, pages := pageOf(steps, at.Page)
	for _, s := range shown {
		f.line("• " + t.bookStepLine(s))
	}
	if pages > 1 {
		f.row(choice{fmt.Sprintf("%d/%d ›", page+1, pages), Plain, bookTo(b, Place{Path: bookHistoryPart, Page: (page + 1) % pages})})
	}
	f.row(choice{t.w.say("button.go_back"), Plain, bookTo(b, Place{})})
}

// bookStepLine is one step of the history.
func (t *turn) bookStepLine(s casework.TaskStep) string {
	line := t.day(s.On) + " " + t.staffName(s.By) + " " + t.w.say("task.did."+string(s.Act))
	if s.Act == casework.TaskMeasure {
		line += fmt.Sprintf(" %d", s.Measure)
		if s.Status.Settled() {
			line += " " + t.dictionary(casework.MeasureStatuses(), string(s.Status))
		}
	}
	if !s.Until.IsZero() {
		line += " " + t.day(s.Until)
	}
	if s.Text != "" {
		line += " “" + clip(s.Text, 120) + "”"
	}
	if len(s.Files) > 0 {
		line += fmt.Sprintf(" 📎%d", len(s.Files))
	}
	return line
}

// bookFiles sends the files that a measure was proved with.
func (t *turn) bookFiles(_ Card, a Action) {
	b, ok := t.taskBook(a.Place.Book)
	var files []casework.Attachment
	if n := a.Place.Measure; ok && n >= 1 && n <= len(b.Measures) {
		for _, p := range b.Measures[n-1].Progress {
			files = append(files, p.Files...)
		}
	}
	if len(files) == 0 {
		t.toast("gone")
		return
	}
	t.out.Letters = append(t.out.Letters, Letter{Kind: Resend, Chat: t.in.Chat, Files: files, Protect: true})
}

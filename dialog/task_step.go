package dialog

import (
	"slices"
	"strconv"

	"zoufang/casework"
	"zoufang/form"
)

// bookPhrases is how many ready phrases each step offers.
const bookPhrases = 3

// opinionUnasked stands for an opinion that nobody asked for yet.
const opinionUnasked = "opinionUnasked"

// stepAction is what the button of a step does: it takes the step, asks for what is
// wanted first, or leads to the draft.
func (t *turn) stepAction(b casework.TaskBook, act casework.TaskAct) Action {
	at := Place{Path: string(act)}
	switch act {
	case casework.TaskIssue, casework.TaskRead, casework.TaskAgree, casework.TaskGrantTime, casework.TaskAccept:
		at.Book = b.ID
		return Action{Verb: bookStep, Place: at}
	case casework.TaskWrite:
		at.Path = bookEditPart
	default:
	}
	return bookTo(b, at)
}

// bookAsk asks for what a step needs: an opinion, a day, and words, each by a tap.
func (t *turn) bookAsk(f *face, b casework.TaskBook, at Place) {
	act := casework.TaskAct(at.Path)
	f.gap()
	f.title(t.w.say("task.act." + at.Path))
	switch {
	case act == casework.TaskHandIn && at.Why == "":
		f.line(t.w.say("task.ask.opinion"))
		var list []choice
		for _, s := range []casework.Satisfaction{casework.Satisfied, casework.FairlySatisfied, casework.NotSatisfied} {
			at.Why = string(s)
			list = append(list, choice{t.dictionary(casework.Satisfactions(), at.Why), Plain, bookTo(b, at)})
		}
		at.Why = opinionUnasked
		f.grid(append(list, choice{t.w.say("button.not_asked"), Plain, bookTo(b, at)}))
	case act == casework.TaskAskTime && at.Day.IsZero():
		f.line(t.w.say("task.ask.until", "Due", t.day(b.DueOn)))
		f.grid(t.bookDays(t.notBefore(b.DueOn), func(on casework.Date) Action {
			next := at
			next.Day = on
			return bookTo(b, next)
		}))
		f.row(t.bookTypeDay(b, at))
	default:
		if act == casework.TaskMeasure && at.Measure >= 1 && at.Measure <= len(b.Measures) {
			f.line(t.measureLine(b, b.Measures[at.Measure-1]))
		}
		if b.Question != "" && act == casework.TaskReply {
			f.line(t.w.say("task.question", "Text", b.Question))
		}
		f.line(t.w.say("task.ask." + at.Path))
		for i := range bookPhrases {
			n := strconv.Itoa(i + 1)
			f.row(choice{t.phrase(at, n), Plain, Action{Verb: bookStep, Place: at, Option: n}})
		}
		f.row(t.bookWords(b, at))
	}
	f.row(choice{t.w.say("button.go_back"), Plain, bookTo(b, Place{})})
}

func (t *turn) notBefore(d casework.Date) casework.Date {
	if d.Before(t.today) {
		return t.today
	}
	return d
}

// bookDays are buttons for days some time after the one given.
func (t *turn) bookDays(from casework.Date, act func(casework.Date) Action) []choice {
	var out []choice
	for _, n := range []int{3, 7, 15, 30} {
		on := from.AddDays(n)
		out = append(out, choice{t.w.say("button.days_more", "Count", n, "Date", t.day(on)), Plain, act(on)})
	}
	return out
}

func (t *turn) bookTypeDay(b casework.TaskBook, at Place) choice {
	c := t.bookWords(b, at)
	c.text = t.w.say("button.type_day")
	return c
}

func (t *turn) bookWords(b casework.TaskBook, at Place) choice {
	at.Screen, at.Book = bookSayScreen, b.ID
	return choice{t.w.say("button.own_words"), Plain, to(at)}
}

// phrase is one of the ready phrases of the step asked for.
func (t *turn) phrase(at Place, n string) string {
	if at.Path == string(casework.TaskMeasure) {
		return t.w.say("task.say.measure." + at.Why + "." + n)
	}
	return t.w.say("task.say." + at.Path + "." + n)
}

// bookPart shows another part of a task book. For its lead the first tap says that
// it was read.
func (t *turn) bookPart(_ Card, a Action) {
	if b, ok := t.taskBook(a.Place.Book); ok {
		t.markRead(b)
	}
	t.goTo(a.Place)
}

// markRead notes that the lead has the task book before them.
func (t *turn) markRead(b casework.TaskBook) {
	if !b.ReadAt.IsZero() || !slices.Contains(casework.OfferedTaskSteps(t.v, t.staff, b, t.today), casework.TaskRead) {
		return
	}
	facts, why := casework.MoveTaskBook(t.v, t.staff, casework.TaskBookMoved{TaskBookID: b.ID, Act: casework.TaskRead}, t.now())
	if why == "" {
		t.carry(facts)
	}
}

// bookStep takes a step, with a ready phrase where words are wanted.
func (t *turn) bookStep(_ Card, a Action) {
	b, ok := t.taskBook(a.Place.Book)
	if !ok {
		t.toast("gone")
		return
	}
	at, words := a.Place, ""
	if a.Option != "" {
		words = t.phrase(at, a.Option)
	}
	if why := t.moveBook(b, at, words, nil); why != "" {
		t.notice = t.bookWhyNot(why)
	} else {
		t.toast("task.done")
	}
	t.goTo(bookPlace(b.ID))
}

// moveBook takes the step that the place tells of, or says why not. Whoever works on
// a task book has read it.
func (t *turn) moveBook(b casework.TaskBook, at Place, words string, files []casework.Attachment) casework.Refusal {
	m := casework.TaskBookMoved{TaskBookID: b.ID, Act: casework.TaskAct(at.Path), Text: words, Files: files}
	switch m.Act {
	case casework.TaskMeasure:
		m.Measure, m.Status = at.Measure, casework.MeasureStatus(at.Why)
	case casework.TaskAskTime:
		m.Until = at.Day
	case casework.TaskGrantTime:
		if b.Extension != nil {
			m.Until = b.Extension.Until
		}
	case casework.TaskHandIn:
		if at.Why != opinionUnasked {
			m.Opinion = casework.Satisfaction(at.Why)
		}
	default:
	}
	if m.Act != casework.TaskRead {
		t.markRead(b)
	}
	facts, why := casework.MoveTaskBook(t.v, t.staff, m, t.now())
	if why == "" {
		t.carry(facts)
	}
	return why
}

// bookWhyNot says why a step or a change cannot be, in the words of task books.
func (t *turn) bookWhyNot(why casework.Refusal) string {
	switch why {
	case casework.NeedsText, casework.NeedsWhy, casework.NeedsDay, casework.NeedsOwner:
		return t.w.say("task.refused." + string(why))
	default:
		return t.stepWords(why)
	}
}

// drawBookSay asks for words: for a step, or for the draft.
func (t *turn) drawBookSay(f *face) bool {
	at := t.s.At
	b, ok := t.taskBook(at.Book)
	if !ok {
		return false
	}
	f.title(t.w.say("task.say_title", "Code", b.Code, "What", t.w.say("task.act."+t.sayKey(at))))
	if old := bookDraftText(b, at); old != "" {
		f.line(t.w.say("task.say_old", "Text", old))
	}
	switch {
	case at.Path == string(casework.TaskAskTime) && at.Day.IsZero(), at.Path == bookDueField, at.Path == bookMeasureDueField:
		f.line(t.w.say("task.say_day"))
	case at.Path == bookFundField:
		f.line(t.w.say("task.say_fund"))
	case at.Path == string(casework.TaskMeasure):
		f.line(t.w.say("task.say_proof"))
	default:
		f.line(t.w.say("task.say_words"))
	}
	f.row(choice{t.w.say("button.to_book"), Plain, Action{Verb: bookLeave, Place: Place{Book: b.ID}}})
	return true
}

// sayKey names in the catalogue what the words are for.
func (t *turn) sayKey(at Place) string {
	if at.Path == string(casework.TaskMeasure) {
		return at.Path + "." + at.Why
	}
	return at.Path
}

// bookSaid takes the words that were asked for.
func (t *turn) bookSaid(text string) {
	at := t.s.At
	b, ok := t.taskBook(at.Book)
	if !ok {
		t.draw() // which says that it is gone
		return
	}
	words := form.Clean(text)
	if private := form.FindPrivate(words); private != "" {
		t.erase()
		t.notice = t.w.say("refused." + string(private))
		t.draw()
		return
	}
	var why casework.Refusal
	switch {
	case at.Path == string(casework.TaskAskTime) && at.Day.IsZero():
		if on, ok := t.readDay(words); ok {
			at.Day = on
			t.bookBack(Place{Screen: bookScreen, Book: b.ID, Path: at.Path, Day: on})
			return
		}
		t.draw()
		return
	case isBookField(at.Path):
		value, ok := t.readBookField(at, words)
		if !ok {
			t.draw()
			return
		}
		why = t.changeBook(b, at, value)
	default:
		why = t.moveBook(b, at, words, nil)
	}
	if why != "" {
		t.notice = t.bookWhyNot(why)
		t.draw()
		return
	}
	t.notice = t.w.say("task.noted")
	t.bookBack(editPlace(b, at))
}

// bookBack leaves the question and shows the book in a message of its own.
func (t *turn) bookBack(at Place) {
	t.s.At = Place{Screen: homeScreen}
	t.goTo(at)
}

// bookProof takes a file that is sent while words are asked for. For a measure it is
// progress by itself, with the words that came with it; elsewhere words are needed.
func (t *turn) bookProof(a casework.Attachment) {
	at := t.s.At
	b, ok := t.taskBook(at.Book)
	words := form.Clean(t.in.Text)
	if words == "" {
		words = t.w.say("task.say_file")
	}
	private := form.FindPrivate(words)
	switch {
	case !ok:
	case at.Path != string(casework.TaskMeasure):
		t.notice = t.w.say("task.say_no_file")
	case private != "":
		t.erase()
		t.notice = t.w.say("refused." + string(private))
	default:
		if why := t.moveBook(b, at, words, []casework.Attachment{a}); why != "" {
			t.notice = t.bookWhyNot(why)
			break
		}
		t.receipt()
		t.notice = t.w.say("task.proved", "No", at.Measure)
	}
	t.draw()
}

package dialog

import (
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// What a step in the making asks for, in a place's Path, besides the refusals that
// something filled in will cure.
const (
	levelAsked = "level"
	markAsked  = "mark" // what is to be changed?
)

// asks reports whether the refusal is cured by asking the person.
func asks(why casework.Refusal) bool {
	switch why {
	case casework.NeedsOwner, casework.NeedsText, casework.NeedsWhy, casework.NeedsDay, casework.NeedsUnit,
		casework.NeedsTelling, casework.NeedsProof, casework.NeedsOther:
		return true
	case casework.NotFound, casework.NotNow, casework.NotYours, casework.OneLevel, casework.BookOpen, casework.BookMissing,
		casework.TooOften, casework.TooLate, casework.TooFew, casework.NoChange, casework.OwnAsking,
		casework.Unfinished, casework.NobodyElse, casework.OutOfBounds, casework.Taken:
	}
	return false
}

// tried reports whether what the refusal asks for was filled in, and was wrong.
func tried(m casework.ProblemMoved, why casework.Refusal) bool {
	switch why {
	case casework.NeedsOwner:
		return m.OwnerID != 0
	case casework.NeedsText:
		return m.Text != ""
	case casework.NeedsWhy:
		return m.Why != ""
	case casework.NeedsDay:
		return !m.Until.IsZero()
	case casework.NeedsUnit:
		return m.UnitID != 0
	case casework.NeedsOther:
		return m.Into != 0
	default:
		return false
	}
}

// stepChoice is a button that takes the step.
func (t *turn) stepChoice(label string, style Style, m casework.ProblemMoved) choice {
	return choice{label, style, Action{Verb: takeStep, Place: Place{Problem: m.ProblemID, Move: &m}}}
}

// stepButtons offer what the person can do about the problem, the likeliest first.
func (t *turn) stepButtons(f *face, p casework.Problem) {
	var list []choice
	for _, act := range casework.OfferedSteps(t.v, t.staff, p, t.today) {
		style := Plain
		if len(list) == 0 {
			style = Primary
		}
		list = append(list, t.stepChoice(t.w.say("button.step."+string(act)), style, casework.ProblemMoved{ProblemID: p.ID, Act: act}))
	}
	if len(list) > 0 {
		f.row(list[:min(2, len(list))]...)
		f.grid(list[min(2, len(list)):])
	}
	x, _ := t.v.Target(p.TargetID)
	if p.Status == casework.ProblemResolved && casework.May(t.v, t.staff, casework.LogCalls, t.subject(x)) {
		f.row(choice{t.w.say("button.ask_back"), Plain, to(Place{Screen: callScreen, Target: x.ID})})
	}
}

// takeStep takes the step that the button means, or asks for what it lacks.
func (t *turn) takeStep(_ Card, a Action) {
	p, ok := t.problem(a.Place.Problem)
	if !ok || a.Place.Move == nil {
		t.toast("refused.step.not_found")
		t.goTo(problemPlace(a.Place.Problem))
		return
	}
	t.try(p, *a.Place.Move)
}

// try takes the step if the rules allow it. What the rules miss is asked for, one
// thing after the other; any other refusal is said.
func (t *turn) try(p casework.Problem, m casework.ProblemMoved) {
	if m.Act == casework.Escalate && m.Level == "" {
		levels := casework.Above(t.v, t.staff, p, t.today)
		if len(levels) > 1 {
			t.ask(m, levelAsked)
			return
		}
		if len(levels) == 1 {
			m.Level = levels[0]
		}
	}
	first := len(t.out.Events)
	facts, why := casework.MoveProblem(t.v, t.staff, m, t.now(), t.ids)
	if why == casework.NeedsText && m.Why == "" && (m.Act == casework.Escalate || m.Act == casework.Resolve) {
		why = casework.NeedsWhy // the words follow from it
	}
	switch {
	case why == "":
		t.carry(facts)
		t.notice = t.w.say("step.done", "Step", t.w.say("step."+string(m.Act)), "Code", p.Code)
		t.leaveSaying()
		t.goTo(problemPlace(p.ID))
		t.tellSteps(first)
	case m.Act == casework.Mark && why == casework.NoChange && unmarked(m):
		t.ask(m, markAsked)
	case asks(why):
		if tried(m, why) {
			t.notice = t.stepWords(why)
		}
		if why == casework.NeedsText {
			m.Text = ""
		}
		t.ask(m, string(why))
	default:
		t.toast("refused.step." + string(why))
		t.notice = t.stepWords(why)
		t.leaveSaying()
		t.goTo(problemPlace(p.ID))
	}
}

// unmarked reports whether nothing was chosen yet that a mark would change.
func unmarked(m casework.ProblemMoved) bool {
	return m.Category == "" && m.Lacks == nil && m.Urgency == "" && m.Common == nil
}

// ask shows the question on the problem's card. What was typed wrongly is asked
// again where it was typed.
func (t *turn) ask(m casework.ProblemMoved, what string) {
	at := Place{Screen: problemScreen, Problem: m.ProblemID, Path: what, Move: &m}
	typing := t.in.Kind != Pressed && t.s.At.Screen == problemSayScreen
	if typing && slices.Contains([]string{string(casework.NeedsText), string(casework.NeedsDay), string(casework.NeedsProof)}, what) {
		at.Screen = problemSayScreen
		t.goTo(at)
		return
	}
	t.leaveSaying()
	t.goTo(at)
}

// leaveSaying ends the screen on which a step's words are typed: what is typed next
// is something else.
func (t *turn) leaveSaying() {
	if t.s.At.Screen == problemSayScreen {
		t.s.At = Place{Screen: homeScreen}
	}
}

// saying is the problem and the step that the screen is about, if it still can be
// taken.
func (t *turn) saying() (casework.Problem, casework.ProblemMoved, bool) {
	at := t.s.At
	p, ok := t.problem(at.Problem)
	if !ok || at.Move == nil {
		return p, casework.ProblemMoved{}, false
	}
	return p, *at.Move, true
}

// drawProblemSay asks for a step's words, its day or its proof.
func (t *turn) drawProblemSay(f *face) bool {
	p, m, ok := t.saying()
	if !ok {
		return false
	}
	f.title(t.w.say("say.title", "Step", t.w.say("step."+string(m.Act)), "Code", p.Code))
	switch t.s.At.Path {
	case string(casework.NeedsDay):
		f.line(t.w.say("say.day"))
	case string(casework.NeedsProof):
		f.line(t.w.say("say.proof"))
	default:
		f.line(t.w.say("say.text"))
	}
	if m.Text != "" {
		f.line("“" + m.Text + "”")
	}
	t.tray(f, m.Files)
	if len(m.Files) > 0 {
		f.row(t.stepChoice(t.w.say("button.step_with_files", "Step", t.w.say("step."+string(m.Act)), "Count", len(m.Files)), Good, m))
	}
	f.row(t.problemButton(p), t.homeButton())
	return true
}

// stepTyped takes words, or a day, for the step.
func (t *turn) stepTyped(text string) {
	p, m, ok := t.saying()
	text = form.Clean(text)
	private := form.FindPrivate(text)
	switch {
	case !ok:
		t.s.At = Place{Screen: homeScreen}
		t.notice = t.w.say("gone")
	case private != "":
		t.erase()
		t.notice = t.w.say("refused." + string(private))
	case t.s.At.Path == string(casework.NeedsDay):
		day, ok := t.readDay(text)
		if ok {
			m.Until = day
			t.try(p, m)
			return
		}
	default:
		m.Text = text
		t.try(p, m)
		return
	}
	t.draw()
}

// maxProof is how many files a step can have.
const maxProof = 3

// stepFile takes a file as the proof of the step; a caption is its words.
func (t *turn) stepFile(a casework.Attachment) {
	_, m, ok := t.saying()
	known := slices.ContainsFunc(m.Files, func(b casework.Attachment) bool { return b.UniqueID == a.UniqueID })
	switch {
	case !ok:
		t.s.At = Place{Screen: homeScreen}
		t.notice = t.w.say("gone")
	case len(m.Files) >= maxProof && !known:
		t.notice = t.w.say("tray.full", "Max", maxProof)
	default:
		if !known {
			m.Files = append(slices.Clone(m.Files), a)
		}
		if words := form.Clean(t.in.Text); words != "" && form.FindPrivate(words) == "" {
			m.Text = words
		}
		t.s.At.Move = &m
		t.receipt()
	}
	t.draw()
}

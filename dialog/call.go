package dialog

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// callGuard is how soon the same result of a call cannot be meant twice.
const callGuard = time.Minute

// How a call went, as the options of the verb called: the results of casework,
// and what people say in one word.
const (
	wentFine    = string(casework.Fine)
	wentUnheard = string(casework.NoAnswer)
)

// drawCall shows a target that is to be called: what to say, and what can come of
// it.
func (t *turn) drawCall(f *face, at Place) bool {
	x, ok := t.seen(at.Target)
	if !ok {
		return false
	}
	t.headline(f, x)
	f.line(t.dueLine(x))
	if at.Path != donePath {
		f.gap()
		t.script(f, x, true)
		t.contactButtons(f, x, cmp.Or(at.Path, callPath))
	}
	f.row(t.targetButton(x))
	return true
}

// script is what to say to the target's people: a greeting, what is open, and
// what was said and agreed last.
func (t *turn) script(f *face, x casework.Target, calling bool) {
	if calling {
		f.line(t.w.say("call.greet."+string(x.Kind), "Bureau", t.bureau(), "Name", t.staff.Name))
	}
	t.openCodes(f, x)
	on, way, words, agreed := t.lastWords(x)
	if on.IsZero() {
		f.line(t.w.say("call.never"))
		return
	}
	f.line(t.w.say("call.last", "Date", t.day(on), "Way", t.w.say("way.short."+string(way)), "Words", clip(words, 60)))
	if agreed.After(on) {
		f.line(t.w.say("call.agreed", "Date", t.day(agreed)))
	}
}

// maxSaid is how many open problems are named in what to say.
const maxSaid = 5

// openCodes names the open problems of a target, newest first.
func (t *turn) openCodes(f *face, x casework.Target) {
	def, _ := t.v.Form(string(x.Kind), 0)
	n := 0
	for _, p := range slices.Backward(t.v.ProblemsOfTarget(x.ID)) {
		if !p.Status.Open() {
			continue
		}
		if n++; n <= maxSaid {
			f.line("• " + p.Code + " " + optionLabel(&def, "category", p.Category, t.w.lang) + " · " + t.w.say("status."+string(p.Status)))
		}
	}
	if n > maxSaid {
		f.line(fmt.Sprintf("… +%d", n-maxSaid))
	}
}

// bureau is the name of the bureau that the staff work for.
func (t *turn) bureau() string {
	for _, u := range t.v.Units() {
		if u.Kind == casework.Bureau {
			return u.Name
		}
	}
	return ""
}

// lastWords is what the people said last, by a visit or call that reached them,
// and the day agreed then.
func (t *turn) lastWords(x casework.Target) (on casework.Date, way casework.Way, words string, agreed casework.Date) {
	for _, v := range t.v.VisitsOfTarget(x.ID, lastVisits) {
		if v.Outcome == casework.Met {
			on, way, agreed = v.VisitedOn, casework.ByVisit, v.NextContact
			words = typed(v.Answers["free"])
			break
		}
	}
	for _, c := range t.v.CallsOfTarget(x.ID, lastVisits) {
		if c.Result.Answered() {
			if !c.On.Before(on) {
				return c.On, casework.ByCall, typed(c.Answers["free"]), c.NextContact
			}
			break
		}
	}
	return on, way, words, agreed
}

// typed are the words of an answer that was typed.
func typed(a form.Answer) string {
	if a.Via == form.Spoken || a.Skipped || len(a.Values) == 0 {
		return ""
	}
	return a.Values[0]
}

// contactButtons offer what can come of a contact. What is most likely comes
// first, one tap away.
func (t *turn) contactButtons(f *face, x casework.Target, path string) {
	mayCall := x.InUse() && casework.May(t.v, t.staff, casework.LogCalls, t.subject(x))
	visit := choice{t.w.say("button.go_visit"), Plain, to(Place{Screen: targetScreen, Target: x.ID})}
	if !mayCall {
		return
	}
	due := casework.DueOf(x, t.today)
	switch {
	case path == laterPath:
		t.laterButtons(f, x)
	case path == otherPath:
		t.otherButtons(f, x)
	case path == unhappy && t.askedBack(x) != 0:
		t.unhappyButtons(f, x)
	case isVisit(due) && path != callPath:
		visit.style = Primary
		f.row(visit)
		row := append([]choice{{t.w.say("button.call_instead"), Plain, lookAt(x.ID, callPath)}}, t.laterButton(x, due)...)
		f.row(append(row, t.otherButton(x))...)
	default:
		t.answeredButtons(f, x)
		f.row(append([]choice{t.calledButton(x, "button.no_answer", wentUnheard, Plain)}, t.laterButton(x, due)...)...)
		row := append([]choice{{t.w.say("button.visit_instead"), Plain, visit.act}}, t.phoneButton(x)...)
		f.row(append(row, t.otherButton(x))...)
	}
}

// isVisit reports whether somebody has to go there now.
func isVisit(due casework.Due) bool {
	return due.Pressing() && (due.Contact.Way == casework.ByVisit || due.Contact.Way == casework.LookIn)
}

// answeredButtons are for calls that were answered: what is asked is how they
// are, or how a problem was solved.
func (t *turn) answeredButtons(f *face, x casework.Target) {
	more := choice{t.w.say("button.trouble"), Plain, Action{Verb: trouble, Place: Place{Target: x.ID}}}
	if t.askedBack(x) == 0 {
		f.row(t.calledButton(x, "button.fine", wentFine, Good), more)
		return
	}
	f.row(
		t.calledButton(x, "button.satisfied", string(casework.Satisfied), Good),
		t.calledButton(x, "button.fairly", string(casework.FairlySatisfied), Plain),
		choice{t.w.say("button.not_satisfied"), Plain, lookAt(x.ID, unhappy)},
	)
	f.row(more)
}

// complaints are what people say most often who are not satisfied.
func complaints() []string { return []string{"unsolved", "partly", "again", "slow"} }

// unhappyButtons ask why the people are not satisfied: whoever works on the problem
// next has to know. Own words go into the phone form.
func (t *turn) unhappyButtons(f *face, x casework.Target) {
	f.line(t.w.say("call.unhappy"))
	var list []choice
	for _, why := range complaints() {
		c := t.calledButton(x, "call.unhappy."+why, string(casework.NotSatisfied), Plain)
		c.act.Place.Why = why
		list = append(list, c)
	}
	f.grid(list)
	f.row(
		choice{t.w.say("button.own_words"), Plain, Action{Verb: trouble, Place: Place{Target: x.ID}}},
		choice{t.w.say("button.go_back"), Plain, lookAt(x.ID, "")},
	)
}

// askedBack is the solved problem that a call to the target asks about: the one the
// contact was booked for, else the oldest that nobody has asked about; zero if there
// is none.
func (t *turn) askedBack(x casework.Target) casework.ProblemID {
	if x.Next.Way == casework.CallBack {
		return x.Next.Problem
	}
	for _, p := range t.v.ProblemsOfTarget(x.ID) {
		if p.Status == casework.ProblemResolved && !pleased(p) {
			return p.ID
		}
	}
	return 0
}

func (t *turn) calledButton(x casework.Target, key, how string, style Style) choice {
	return choice{t.w.say(key), style, Action{Verb: called, Place: Place{Target: x.ID, Problem: t.askedBack(x)}, Option: how}}
}

// laterButton puts a reminder off, for those who plan the target's contacts.
func (t *turn) laterButton(x casework.Target, due casework.Due) []choice {
	if !due.Pressing() || !casework.May(t.v, t.staff, casework.PlanContact, t.subject(x)) {
		return nil
	}
	return []choice{{t.w.say("button.later"), Plain, lookAt(x.ID, laterPath)}}
}

func (t *turn) otherButton(x casework.Target) choice {
	return choice{t.w.say("button.other"), Plain, lookAt(x.ID, otherPath)}
}

// phoneButton shows the number, to those who may see it.
func (t *turn) phoneButton(x casework.Target) []choice {
	if !casework.May(t.v, t.staff, casework.SeePhone, t.subject(x)) {
		return nil
	}
	return []choice{{t.w.say("button.phone"), Plain, Action{Verb: seePhone, Place: Place{Target: x.ID}}}}
}

// otherButtons are what seldom comes of a call.
func (t *turn) otherButtons(f *face, x casework.Target) {
	f.line(t.w.say("call.other"))
	f.row(
		t.calledButton(x, "button.busy", string(casework.Busy), Plain),
		t.calledButton(x, "button.wrong_number", string(casework.WrongNumber), Plain),
		t.calledButton(x, "button.refused", string(casework.CallRefused), Plain),
	)
	f.row(
		choice{t.w.say("button.go_back"), Plain, lookAt(x.ID, "")},
		choice{t.w.say("button.more_about"), Plain, to(Place{Screen: moreScreen, Target: x.ID})},
	)
}

// laterButtons are when to be reminded. The schedule stays as it is.
func (t *turn) laterButtons(f *face, x casework.Target) {
	f.line(t.w.say("later.ask"))
	var list []choice
	add := func(label string, at time.Time) {
		list = append(list, choice{label, Plain, Action{
			Verb: snooze, Place: Place{Target: x.ID}, Option: at.UTC().Format(time.RFC3339),
		}})
	}
	now := t.in.Reached.In(t.d.zone)
	add(t.w.say("later.hour"), now.Add(time.Hour).Truncate(time.Minute))
	for _, hour := range []int{14, 16} {
		at := time.Date(now.Year(), now.Month(), now.Day(), hour, 0, 0, 0, t.d.zone)
		if at.After(now) {
			add(t.w.say("later.at", "Time", at.Format("15:04")), at)
		}
	}
	add(t.w.say("later.tomorrow"), startOf(t.today.AddDays(1), t.d.zone))
	add(t.w.say("later.days", "Count", 3), startOf(t.today.AddDays(3), t.d.zone))
	f.grid(list)
	f.row(choice{t.w.say("button.go_back"), Plain, lookAt(x.ID, "")})
}

// called takes the result of a call, from whichever board it was pressed on.
func (t *turn) called(card Card, a Action) {
	at := t.onBoard(card)
	x, ok := t.target(a.Place.Target, casework.LogCalls)
	if !ok || !x.InUse() {
		t.toast("call.forbidden")
		return
	}
	c := casework.Call{Result: casework.CallResult(a.Option), Problem: a.Place.Problem}
	switch a.Option {
	case wentFine:
		c.Result, c.Wellbeing = casework.Connected, casework.Fine
	case string(casework.Satisfied), string(casework.FairlySatisfied), string(casework.NotSatisfied):
		c.Result, c.Wellbeing, c.Satisfaction = casework.Connected, casework.Fine, casework.Satisfaction(a.Option)
	}
	if slices.Contains(complaints(), a.Place.Why) {
		c.Reason = t.w.say("call.unhappy." + a.Place.Why)
	}
	if t.justLogged(x, c.Result) {
		t.toast("call.twice")
	} else {
		made, _ := t.logCall(x, c)
		t.notice = t.callWords(made) + " · " + made.Code + "\n" + t.afterCall(made)
	}
	at.Target, at.Path = 0, ""
	if at.Screen == callScreen {
		at.Target, at.Path = x.ID, donePath
	}
	t.goTo(at)
}

// justLogged reports whether the person recorded the same a moment ago: then it is
// a second tap.
func (t *turn) justLogged(x casework.Target, result casework.CallResult) bool {
	for _, c := range t.v.CallsOfTarget(x.ID, 1) {
		return c.By == t.staff.ID && c.Result == result && t.in.Reached.Sub(c.At) < callGuard
	}
	return false
}

// logCall records a call and does what follows from it.
func (t *turn) logCall(x casework.Target, c casework.Call) (casework.Call, []casework.Problem) {
	c.By = t.staff.ID
	if c.ID == 0 {
		c.ID = casework.CallID(t.ids.Next())
	}
	var raised []casework.Problem
	first := len(t.out.Events)
	rep := casework.CallReport{Call: c, Target: x, At: t.in.Reached, Today: t.today}
	for _, fact := range casework.LogCall(t.v, rep, t.ids) {
		switch fact := fact.(type) {
		case casework.CallLogged:
			c = fact.Call
		case casework.ProblemRaised:
			raised = append(raised, fact.Problem)
		}
		t.record(fact, t.today, "")
	}
	if !c.Result.Answered() {
		t.unanswered(x.ID, c)
	}
	t.tellRaised(x, raised)
	t.tellSteps(first)
	return c, raised
}

// callResult says in a few words how a call went.
func (t *turn) callResult(c casework.Call) string {
	switch {
	case !c.Result.Answered():
		return t.w.say("call.result."+string(c.Result), "Count", c.Attempt)
	case c.Satisfaction != "":
		return t.w.say("call.result.satisfaction", "Satisfaction", t.w.say("satisfaction."+string(c.Satisfaction)))
	}
	return t.w.say("call.result.connected", "Wellbeing", t.w.say("wellbeing."+string(c.Wellbeing)))
}

// callWords say whose call it was and how it went.
func (t *turn) callWords(c casework.Call) string {
	x, _ := t.v.Target(c.TargetID)
	mark := "✓"
	if !c.Result.Answered() {
		mark = "⏳"
	}
	return mark + " " + x.Code + " " + x.DisplayName() + t.w.say("colon") + t.callResult(c)
}

// afterCall says what follows from a call: for the problem asked about, and when
// the target is contacted next.
func (t *turn) afterCall(c casework.Call) string {
	words := ""
	if p, ok := t.v.Problem(c.Problem); ok && c.Satisfaction != "" {
		words = t.w.say("visit.problem", "Code", p.Code, "Status", t.w.say("status."+string(p.Status))) + "\n"
	}
	if c.Result == casework.CallRefused {
		words = t.w.say("call.may_pause") + "\n"
	}
	if x, ok := t.v.Target(c.TargetID); ok && x.Next.Why == casework.WhyNoAnswer && !c.Result.Answered() {
		return words + t.tryAgain(x)
	}
	return words + t.nextWords(c.TargetID)
}

// snooze puts a reminder off until the instant in the option.
func (t *turn) snooze(card Card, a Action) {
	at := t.onBoard(card)
	x, ok := t.target(a.Place.Target, casework.PlanContact)
	until, err := time.Parse(time.RFC3339, a.Option)
	if !ok || err != nil {
		t.toast("call.forbidden")
		return
	}
	if !until.After(t.in.Reached) {
		t.toast("later.over")
		at.Target, at.Path = x.ID, laterPath
		t.goTo(at)
		return
	}
	t.record(casework.ReminderSnoozed{TargetID: x.ID, Snooze: casework.Snooze{Until: until, By: t.staff.ID}}, t.today, "")
	t.notice = t.w.say("later.done", "Target", x.Code+" "+x.DisplayName(), "Time", t.instant(until))
	at.Target, at.Path = 0, ""
	if at.Screen == callScreen {
		at.Target, at.Path = x.ID, donePath
	}
	t.goTo(at)
}

// instant names an instant to come: by its hour today, else by its day.
func (t *turn) instant(at time.Time) string {
	local := at.In(t.d.zone)
	switch on := casework.DateOf(at, t.d.zone); on.DaysSince(t.today) {
	case 0:
		return local.Format("15:04")
	case 1:
		return t.w.say("day.tomorrow")
	default:
		return t.day(on)
	}
}

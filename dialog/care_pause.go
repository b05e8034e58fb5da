package dialog

import (
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// drawPause asks why a target is not to be contacted, until when, and whether it is
// meant. The place holds what was said: the reason in Path, its words in Query, the
// last day in Day, and in Page whether everything is.
func (t *turn) drawPause(f *face) bool {
	x, ok := t.mayPlan()
	if !ok {
		return false
	}
	at := t.s.At
	f.title(t.w.say("pause.title", "Target", x.Code+" "+x.DisplayName()))
	switch {
	case at.Path == "":
		t.pauseReasons(f, at)
	case at.Path == string(casework.PauseOther) && at.Query == "":
		f.line(t.w.say("pause.type_reason"))
	case at.Page == 0:
		t.pauseDays(f, at)
	default:
		f.line(t.w.say("pause.confirm", "Reason", t.pauseWords(at)))
		f.line(t.untilWords(at.Day))
		f.row(choice{t.w.say("button.pause_now"), Danger, Action{Verb: pauseNow, Place: at}})
	}
	f.row(t.moreButton(x))
	return true
}

func (t *turn) pauseReasons(f *face, at Place) {
	f.line(t.w.say("pause.ask"))
	var list []choice
	for _, why := range casework.PauseWhys() {
		at.Path = string(why)
		list = append(list, choice{t.w.say("pause.why." + string(why)), Plain, to(at)})
	}
	f.grid(list)
}

func (t *turn) pauseDays(f *face, at Place) {
	f.line(t.w.say("pause.until"))
	f.line(t.w.say("pause.type_day"))
	var list []choice
	for _, months := range []int{1, 3} {
		at.Page, at.Day = 1, t.today.AddDays(months*30)
		list = append(list, choice{t.w.say("pause.months", "Count", months), Plain, to(at)})
	}
	at.Page, at.Day = 1, casework.Date{}
	f.row(append(list, choice{t.w.say("pause.never"), Plain, to(at)})...)
}

// pauseWords are the reason as it is kept.
func (t *turn) pauseWords(at Place) string {
	if at.Query != "" {
		return at.Query
	}
	return t.w.say("pause.why." + at.Path)
}

// untilWords say when contacts begin again.
func (t *turn) untilWords(until casework.Date) string {
	if until.IsZero() {
		return t.w.say("pause.for_ever")
	}
	return t.w.say("pause.back", "Date", t.day(until))
}

// pauseTyped takes the reason in one's own words, or the day.
func (t *turn) pauseTyped(text string) {
	at := t.s.At
	switch {
	case at.Path == string(casework.PauseOther) && at.Query == "":
		if words, ok := t.readReason(text); ok {
			at.Query = words
		}
	case at.Path != "" && at.Page == 0:
		if day, ok := t.readDay(text); ok {
			at.Day, at.Page = day, 1
		}
	default:
		t.notice = t.w.say("review.tap")
	}
	t.goTo(at)
}

// readReason reads a reason in one's own words; if it will not do, it says why.
func (t *turn) readReason(text string) (string, bool) {
	words := form.Clean(text)
	switch n := len([]rune(words)); {
	case form.FindPrivate(words) != "":
		t.erase()
		t.notice = t.w.say("refused." + string(form.FindPrivate(words)))
	case n < 2 || n > maxReason:
		t.notice = t.w.say("reason.length", "Max", maxReason)
	default:
		return words, true
	}
	return "", false
}

// readDay reads a day to come, as the phone form does.
func (t *turn) readDay(text string) (casework.Date, bool) {
	def, _ := t.v.Form(casework.CallForm, 0)
	sheet := form.Open(&def, form.Answers{}, t.rules(t.today))
	step, ok := sheet.Step("next_on")
	if !ok {
		return casework.Date{}, false
	}
	a, err := sheet.Read(step, text)
	if err == nil {
		err = sheet.Check(step, a)
	}
	if err != nil {
		t.notice = t.refusal(err)
		return casework.Date{}, false
	}
	var day casework.Date
	if len(a.Values) != 1 || day.UnmarshalText([]byte(a.Values[0])) != nil {
		t.notice = t.w.say("refused.not_a_date")
		return day, false
	}
	return day, true
}

// pauseNow silences the target.
func (t *turn) pauseNow(_ Card, a Action) {
	x, ok := t.planned(a.Place.Target)
	at := a.Place
	if !ok || !slices.Contains(casework.PauseWhys(), casework.PauseWhy(at.Path)) {
		return
	}
	reason := t.pauseWords(at)
	t.record(casework.ContactPaused{TargetID: x.ID, Pause: casework.Pause{
		Why: casework.PauseWhy(at.Path), On: t.today, Until: at.Day, By: t.staff.ID,
	}}, t.today, reason)
	for _, who := range t.leadersOf(x) {
		o := t.as(who)
		o.tellLater(who, o.w.say("pause.told", "Target", x.Code+" "+x.DisplayName(), "Who", t.staff.Name,
			"Reason", o.pauseWords(at), "Until", o.untilWords(at.Day)))
	}
	t.notice = t.w.say("pause.done", "Reason", reason) + "\n" + t.untilWords(at.Day)
	t.goTo(Place{Screen: targetScreen, Target: x.ID})
}

// resumeNow ends a pause.
func (t *turn) resumeNow(_ Card, a Action) {
	x, ok := t.planned(a.Place.Target)
	if !ok {
		return
	}
	if x.Pause != nil {
		t.record(casework.ContactResumed{TargetID: x.ID}, t.today, "")
		for _, who := range t.leadersOf(x) {
			w := t.d.speak(who.Lang)
			t.tellLater(who, w.say("pause.resumed_told", "Target", x.Code+" "+x.DisplayName(), "Who", t.staff.Name))
		}
	}
	t.notice = t.w.say("pause.resumed") + "\n" + t.nextWords(x.ID)
	t.goTo(Place{Screen: targetScreen, Target: x.ID})
}

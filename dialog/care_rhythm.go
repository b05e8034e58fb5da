package dialog

import (
	"fmt"
	"strconv"
	"strings"

	"zoufang/casework"
)

// toTable is the option that takes a target's own rhythm back.
const toTable = "table"

// rhythmWords say how often the target is visited and called.
func (t *turn) rhythmWords(x casework.Target) string {
	r := t.rhythm(x)
	words := t.everyWords("visit", r.VisitDays) + t.w.say("rhythm.and") + t.everyWords("call", r.CallDays)
	if x.Rhythm != nil {
		words += t.w.say("rhythm.own")
	}
	return words
}

func (t *turn) everyWords(way string, days int) string {
	if days == 0 {
		return t.w.say("rhythm.none." + way)
	}
	return t.w.say("rhythm."+way, "Days", days)
}

// rhythmAt is the rhythm being chosen: the days of the place's path, "30/14", or
// those of the target.
func (t *turn) rhythmAt(x casework.Target, at Place) casework.Rhythm {
	r := t.rhythm(x)
	r.Anchor, r.From = casework.FromLast, casework.Date{}
	visit, call, ok := strings.Cut(at.Path, "/")
	if !ok {
		return r
	}
	v, err1 := strconv.Atoi(visit)
	c, err2 := strconv.Atoi(call)
	if err1 != nil || err2 != nil || v < 0 || c < 0 {
		return r
	}
	campaign, _ := t.v.Campaign()
	return casework.Rhythm{VisitDays: v, CallDays: c, Window: campaign.Params.Window}
}

// drawRhythm lets somebody choose another rhythm for a target, and asks why.
func (t *turn) drawRhythm(f *face) bool {
	x, ok := t.mayPlan()
	if !ok {
		return false
	}
	at := t.s.At
	r := t.rhythmAt(x, at)
	f.title(t.w.say("rhythm.title", "Target", x.Code+" "+x.DisplayName()))
	f.line(t.w.say("rhythm.now", "Rhythm", t.rhythmWords(x)))
	if at.Page == 1 {
		t.rhythmReasons(f, at, r)
		f.row(t.moreButton(x))
		return true
	}
	f.line(t.w.say("rhythm.how"))
	t.daysGrid(f, at, "visit", []int{7, 14, 30, 60, 90, 180}, r.VisitDays, func(n int) casework.Rhythm {
		return casework.Rhythm{VisitDays: n, CallDays: r.CallDays}
	})
	t.daysGrid(f, at, "call", []int{7, 14, 30, 0}, r.CallDays, func(n int) casework.Rhythm {
		return casework.Rhythm{VisitDays: r.VisitDays, CallDays: n}
	})
	if r.VisitDays != t.rhythm(x).VisitDays || r.CallDays != t.rhythm(x).CallDays {
		at.Page = 1
		f.row(choice{t.w.say("button.rhythm_why"), Primary, to(at)})
	}
	if x.Rhythm != nil {
		f.row(choice{t.w.say("button.rhythm_table"), Plain, Action{Verb: setRhythm, Place: at, Option: toTable}})
	}
	f.row(t.moreButton(x))
	return true
}

// daysGrid offers days for one way of contact; the chosen one is marked.
func (t *turn) daysGrid(f *face, at Place, way string, days []int, chosen int, with func(int) casework.Rhythm) {
	var list []choice
	for _, n := range days {
		r := with(n)
		at.Path = fmt.Sprintf("%d/%d", r.VisitDays, r.CallDays)
		label := t.w.say("rhythm.button."+way, "Days", n)
		if n == 0 {
			label = t.w.say("rhythm.none." + way)
		}
		if n == chosen {
			label = "● " + label
		}
		list = append(list, choice{label, Plain, to(at)})
	}
	f.grid(list)
}

// rhythmReasons asks why the rhythm is another.
func (t *turn) rhythmReasons(f *face, at Place, r casework.Rhythm) {
	f.line(t.w.say("rhythm.fresh", "Rhythm", t.everyWords("visit", r.VisitDays)+t.w.say("rhythm.and")+t.everyWords("call", r.CallDays)))
	f.line(t.w.say("rhythm.why"))
	var list []choice
	for _, why := range []string{"better", "worse", "wished"} {
		list = append(list, choice{t.w.say("rhythm.why." + why), Plain, Action{Verb: setRhythm, Place: at, Option: why}})
	}
	f.grid(list)
}

// rhythmTyped takes the reason in one's own words.
func (t *turn) rhythmTyped(text string) {
	if t.s.At.Page != 1 {
		t.tapInstead(text)
		return
	}
	reason, ok := t.readReason(text)
	if !ok {
		t.draw()
		return
	}
	t.changeRhythm(t.s.At, reason)
}

// setRhythm takes a reason that was tapped, or goes back to the table.
func (t *turn) setRhythm(_ Card, a Action) {
	if a.Option == toTable {
		a.Place.Path = toTable
	}
	t.changeRhythm(a.Place, t.w.say("rhythm.why."+a.Option))
}

// changeRhythm gives the target the rhythm of the place, or takes its own back.
func (t *turn) changeRhythm(at Place, reason string) {
	x, ok := t.planned(at.Target)
	if !ok {
		return
	}
	set := casework.RhythmSet{TargetID: x.ID}
	if at.Path != toTable {
		r := t.rhythmAt(x, at)
		set.Rhythm = &r
	}
	t.record(set, t.today, reason)
	x, _ = t.v.Target(x.ID)
	t.notice = t.w.say("rhythm.done", "Rhythm", t.rhythmWords(x)) + "\n" + t.nextWords(x.ID)
	t.goTo(Place{Screen: targetScreen, Target: x.ID})
}

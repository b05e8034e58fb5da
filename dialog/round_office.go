package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// The screens of rounds. Stored by name: never rename.
const (
	roundsScreen   Screen = "rounds"    // the list
	newRoundScreen Screen = "new_round" // one being opened or changed
	planScreen     Screen = "plan"      // a board: a round, and who visits whom in it
	myPlanScreen   Screen = "my_plan"   // a board: the person's share of it
)

// The verbs of rounds. Stored by name: never rename.
const (
	saveRound  Verb = "save_round"
	closeRound Verb = "close_round"
	planDraft  Verb = "plan_draft" // plan what is not planned yet
	planMove   Verb = "plan_move"  // the target to the person, or to nobody
	planTell   Verb = "plan_tell"  // tell everybody what is theirs
)

// planRoom is where rounds are opened, planned and closed.
func planRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{
			roundsScreen: (*turn).drawRounds, newRoundScreen: (*turn).drawNewRound,
		},
		boards: map[Screen]board{
			planScreen: {planBoard, (*turn).drawPlan}, myPlanScreen: {myPlanBoard, (*turn).drawMyPlan},
		},
		verbs: map[Verb]func(*turn, Card, Action){
			saveRound: (*turn).saveRound, closeRound: (*turn).closeRound,
			planDraft: (*turn).planDraft, planMove: (*turn).planMove, planTell: (*turn).planTell,
		},
		texts:    map[Screen]func(*turn, string){newRoundScreen: (*turn).roundTyped},
		commands: map[string]func(*turn){"rounds": func(t *turn) { t.goTo(Place{Screen: roundsScreen}) }},
		offers:   []offer{{"rounds", allowed(casework.PlanRounds)}},
	}
}

// planBoard and myPlanBoard name the cards of a round.
func planBoard(at Place) string   { return fmt.Sprintf("plan/%d", at.Round) }
func myPlanBoard(at Place) string { return fmt.Sprintf("my_plan/%d", at.Round) }

func (t *turn) managesRounds() bool {
	return casework.May(t.v, t.staff, casework.ManageRounds, casework.Subject{Today: t.today})
}

// plansGroup reports whether the person says who visits whom in the group.
func (t *turn) plansGroup(id casework.GroupID) bool {
	return id != 0 && casework.May(t.v, t.staff, casework.PlanRounds, casework.Subject{Group: id, Today: t.today})
}

// planGroups are the groups whose plan is the person's to make.
func (t *turn) planGroups() []casework.Group {
	return slices.DeleteFunc(t.v.Groups(), func(g casework.Group) bool { return !t.plansGroup(g.ID) })
}

// seesRounds reports whether the person has anything to do with rounds.
func (t *turn) seesRounds() bool {
	return t.managesRounds() || len(t.planGroups()) > 0 ||
		casework.Allowed(t.staff, casework.WriteVisit) || casework.Allowed(t.staff, casework.SeeSummary)
}

// roundState says in words where a round stands.
func (t *turn) roundState(r casework.Round) string {
	switch {
	case !r.ClosedOn.IsZero():
		return t.w.say("rounds.closed", "Date", t.day(r.ClosedOn))
	case t.today.Before(r.StartOn):
		return t.w.say("rounds.coming")
	case t.today.After(r.EndOn):
		return t.w.say("rounds.over")
	default:
		return t.w.say("rounds.running")
	}
}

// roundName is what a round is called; some titles say the number themselves.
func (t *turn) roundName(r casework.Round) string {
	if strings.Contains(r.Title, strconv.Itoa(r.No)) {
		return r.Title
	}
	return t.w.say("rounds.name", "No", r.No, "Title", r.Title)
}

// drawRounds lists the rounds, the newest first.
func (t *turn) drawRounds(f *face) bool {
	if !t.seesRounds() {
		return false
	}
	list := slices.Clone(t.v.Rounds())
	slices.Reverse(list)
	f.title(t.w.say("rounds.title"))
	if len(list) == 0 {
		f.line(t.w.say("rounds.none"))
	}
	shown, page, pages := pageOf(list, t.s.At.Page)
	for _, r := range shown {
		f.line("• " + t.roundName(r) + " · " + t.roundState(r))
		f.line("   " + t.w.say("round.dates", "From", t.day(r.StartOn), "Until", t.day(r.EndOn)))
		f.row(choice{t.roundName(r), Plain, to(Place{Screen: planScreen, Round: r.ID})})
	}
	f.arrows(t.s.At, page, pages)
	var row []choice
	if t.managesRounds() {
		row = append(row, choice{t.w.say("button.new_round"), Primary, to(Place{Screen: newRoundScreen, Path: roundTitle})})
	}
	f.row(append(row, t.homeButton())...)
	return true
}

// The fields of a round, in the order in which they are asked. They stand in the path
// of [newRoundScreen]; an empty path shows the whole.
const (
	roundTitle = "title"
	roundStart = "start"
	roundEnd   = "end"
	roundFocus = "focus"
)

func roundFields() []string { return []string{roundTitle, roundStart, roundEnd, roundFocus} }

func newRound(at Place) casework.Round {
	if at.NewRound != nil {
		return *at.NewRound
	}
	return casework.Round{}
}

// roundAfter is the place that follows a field of a round.
func roundAfter(at Place, r casework.Round) Place {
	fields := roundFields()
	i := slices.Index(fields, at.Path) + 1
	next := Place{Screen: newRoundScreen, NewRound: &r}
	if at.Why != fixing && i < len(fields) {
		next.Path = fields[i]
	}
	return next
}

// drawNewRound asks for a field of a round, or shows it before it is opened.
func (t *turn) drawNewRound(f *face) bool {
	at := t.s.At
	r := newRound(at)
	if !t.managesRounds() {
		return false
	}
	f.title(t.w.say("rounds.new"))
	back := choice{t.w.say("button.to_rounds"), Plain, to(Place{Screen: roundsScreen})}
	if !slices.Contains(roundFields(), at.Path) {
		t.roundPreview(f, at, r)
		f.row(back, t.homeButton())
		return true
	}
	f.line(t.w.say("rounds.ask." + at.Path))
	switch at.Path {
	case roundStart, roundEnd:
		t.roundDays(f, at, r)
	default:
		f.row(choice{t.w.say("button.skip"), Plain, to(roundAfter(at, r))})
	}
	f.row(back)
	return true
}

// roundDays offer the days on which rounds mostly begin or end.
func (t *turn) roundDays(f *face, at Place, r casework.Round) {
	var days []casework.Date
	if at.Path == roundStart {
		monday := t.today.AddDays(7 - (int(t.today.Weekday())+6)%7)
		days = []casework.Date{t.today, t.today.AddDays(1), monday, monthOf(monthOf(t.today).AddDays(32))}
	} else {
		from := r.StartOn
		if from.IsZero() {
			from = t.today
		}
		days = []casework.Date{
			from.AddDays(6), from.AddDays(13), from.AddDays(29), monthOf(monthOf(from).AddDays(32)).AddDays(-1),
		}
	}
	slices.SortFunc(days, casework.Date.Compare)
	var list []choice
	for _, d := range slices.Compact(days) {
		next := r
		if at.Path == roundStart {
			next.StartOn = d
		} else {
			next.EndOn = d
		}
		list = append(list, choice{t.day(d), Plain, to(roundAfter(at, next))})
	}
	f.grid(list)
}

// roundPreview shows the round as it would be, each field to be corrected.
func (t *turn) roundPreview(f *face, at Place, r casework.Round) {
	no := r.No
	if r.ID == 0 {
		for _, old := range t.v.Rounds() {
			no = max(no, old.No)
		}
		no++
	}
	r.No = no
	f.line(t.roundName(r))
	f.line(t.w.say("round.dates", "From", t.day(r.StartOn), "Until", t.day(r.EndOn)))
	if r.Focus != "" {
		f.line(t.w.say("round.focus", "Focus", r.Focus))
	}
	var list []choice
	for _, field := range roundFields() {
		fix := at
		fix.Path, fix.Why = field, fixing
		list = append(list, choice{t.w.say("button.round_field." + field), Plain, to(fix)})
	}
	f.grid(list)
	f.row(choice{t.w.say("button.save_round"), Good, Action{Verb: saveRound, Place: at}})
}

// roundTyped takes the field that is asked for.
func (t *turn) roundTyped(text string) {
	at := t.s.At
	r := newRound(at)
	var ok bool
	switch at.Path {
	case roundTitle:
		r.Title, ok = t.readAs(form.Item{ID: "words", Type: form.Text, Min: 2, Max: 30}, text)
	case roundFocus:
		r.Focus, ok = t.readAs(form.Item{ID: "words", Type: form.Text, Min: 2, Max: 100}, text)
	case roundStart:
		r.StartOn, ok = t.readDate(text, "")
	case roundEnd:
		r.EndOn, ok = t.readDate(text, comingDay)
		if ok && r.EndOn.Before(r.StartOn) {
			t.notice, ok = t.w.say("rounds.refused.needs_day"), false
		}
	default:
		t.tapInstead(text)
		return
	}
	if !ok {
		t.draw()
		return
	}
	t.goTo(roundAfter(at, r))
}

// saveRound opens the round, or changes one that is open.
func (t *turn) saveRound(_ Card, a Action) {
	fact, why := casework.OpenRound(t.v, t.staff, newRound(a.Place), t.now(), t.ids)
	if why != "" {
		t.notice = t.officeWords("rounds.refused", why)
		t.goTo(a.Place)
		return
	}
	t.record(fact, t.today, "")
	t.moveOn(t.w.say("rounds.saved", "What", t.roundName(fact.Round)), Place{Screen: planScreen, Round: fact.Round.ID})
}

// closeRound ends a round today.
func (t *turn) closeRound(card Card, a Action) {
	fact, why := casework.CloseRound(t.v, t.staff, a.Place.Round, t.now())
	if why != "" {
		t.notice = t.officeWords("rounds.refused", why)
	} else {
		t.record(fact, t.today, "")
	}
	at := card.At
	at.Path = ""
	t.goTo(at)
}

// officeWords says why a rule of the office refuses something: in the words of the
// topic if its own differ, which begin with the key.
func (t *turn) officeWords(key string, why casework.Refusal) string {
	own := key + "." + string(why)
	if words := t.w.say(own); words != own {
		return words
	}
	return t.stepWords(why)
}

package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// giving is what was said so far about work that is to change hands.
type giving struct {
	giver  casework.StaffID
	kind   casework.HandoverKind
	picked []casework.TargetID // Transfer
	chosen bool                // Transfer: no more are to be picked
	from   casework.Date       // Leave
	until  casework.Date       // Leave: the last day
	taker  casework.StaffID
	query  string // which people are listed
	page   int
}

// readGiving reads what a place says: the giver in Staff, the days in Day and To,
// and in Path the kind and, after a stroke, the taker.
func (t *turn) readGiving(at Place) giving {
	kind, taker, chosen := strings.Cut(at.Path, "/")
	g := giving{
		giver: at.Staff, kind: casework.HandoverKind(kind), picked: at.Items, chosen: chosen,
		from: at.Day, query: at.Query, page: at.Page,
	}
	if n, err := strconv.ParseUint(taker, 10, 64); err == nil {
		g.taker = casework.StaffID(n)
	}
	if !at.To.IsZero() {
		g.until = casework.DateOf(at.To, time.UTC)
	}
	if at.Screen == leaveScreen {
		g.kind = casework.Leave
	}
	if g.giver == 0 && (g.kind == casework.Leave || !casework.Allowed(t.staff, casework.Reassign)) {
		g.giver = t.staff.ID
	}
	return g
}

// place is where g is asked on.
func (g giving) place() Place {
	at := Place{Screen: givingScreen, Staff: g.giver, Path: string(g.kind), Items: g.picked, Day: g.from, Query: g.query, Page: g.page}
	if g.kind == casework.Leave {
		at.Screen = leaveScreen
	}
	if g.chosen {
		at.Path += "/"
	}
	if g.taker != 0 {
		at.Path = fmt.Sprintf("%s/%d", g.kind, g.taker)
	}
	if !g.until.IsZero() {
		at.To = startOf(g.until, time.UTC)
	}
	return at
}

// asking is what has to be said next.
type asking int

const (
	askGiver asking = iota
	askKind
	askFrom
	askUntil
	askTargets
	askTaker
	askWhether
)

func (g giving) next() asking {
	leave, transfer := g.kind == casework.Leave, g.kind == casework.Transfer
	switch {
	case g.giver == 0:
		return askGiver
	case g.kind == "":
		return askKind
	case leave && g.from.IsZero():
		return askFrom
	case leave && g.until.IsZero():
		return askUntil
	case transfer && !g.chosen && g.taker == 0:
		return askTargets
	case g.taker == 0:
		return askTaker
	}
	return askWhether
}

// drawGiving asks for what is not said yet about work that is to change hands.
func (t *turn) drawGiving(f *face) bool {
	g := t.readGiving(t.s.At)
	ask := g.next()
	if ask != askGiver && !t.mayGive(g.giver) {
		return false
	}
	switch ask {
	case askGiver:
		t.chooseGiver(f, g)
	case askKind:
		t.chooseKind(f, g)
	case askFrom:
		t.chooseFrom(f, g)
	case askUntil:
		t.chooseUntil(f, g)
	case askTargets:
		t.chooseTargets(f, g)
	case askTaker:
		t.chooseTaker(f, g)
	case askWhether:
		t.askWhether(f, g)
	}
	var row []choice
	if g.kind != "" {
		row = append(row, choice{t.w.say("button.start_again"), Plain, to(giving{giver: g.giver, kind: g.first()}.place())})
	}
	f.row(append(row, t.homeButton())...)
	return true
}

// first is the kind with which g is asked from the beginning.
func (g giving) first() casework.HandoverKind {
	if g.kind == casework.Leave {
		return casework.Leave
	}
	return ""
}

// givingTyped takes a day or a name, whichever is asked for.
func (t *turn) givingTyped(text string) {
	g := t.readGiving(t.s.At)
	words := clip(form.Clean(text), maxQuery)
	switch g.next() {
	case askGiver:
		if found := t.givers(words); len(found) == 1 {
			g.giver, words = found[0].ID, ""
		}
		g.query, g.page = words, 0
	case askTaker:
		if found := t.takers(g, words); len(found) == 1 {
			g.taker, words = found[0].ID, ""
		}
		g.query, g.page = words, 0
	case askFrom:
		if day, ok := t.readLeaveDay(words); ok {
			g.from = day
		}
	case askUntil:
		if day, ok := t.readLeaveDay(words); ok {
			g.until = day
		}
	case askKind, askTargets, askWhether:
		t.notice = t.w.say("review.tap")
	}
	t.goTo(g.place())
}

func (t *turn) chooseGiver(f *face, g giving) {
	f.title(t.w.say("handover.whose"))
	found := t.givers(g.query)
	t.people(f, found, g, func(s casework.Staff) giving { return giving{giver: s.ID} })
	t.openHandovers(f, t.staff.ID)
}

func (t *turn) chooseTaker(f *face, g giving) {
	f.title(t.w.say("handover.who."+string(g.kind), "Giver", t.staffName(g.giver)))
	t.people(f, t.takers(g, g.query), g, func(s casework.Staff) giving {
		next := g
		next.taker, next.query, next.page = s.ID, "", 0
		return next
	})
}

// people lists a page of people, each leading on.
func (t *turn) people(f *face, all []casework.Staff, g giving, next func(casework.Staff) giving) {
	switch {
	case len(all) == 0 && g.query != "" && g.giver == 0:
		f.line(t.w.say("handover.unknown_giver", "Name", g.query))
	case len(all) == 0 && g.query != "":
		f.line(t.w.say("handover.unknown", "Name", g.query))
	case len(all) == 0:
		f.line(t.w.say("handover.nobody"))
	default:
		f.line(t.w.say("handover.type_name"))
	}
	pages := max(1, (len(all)+perParty-1)/perParty)
	page := min(max(0, g.page), pages-1)
	var list []choice
	for _, s := range all[page*perParty : min(len(all), (page+1)*perParty)] {
		list = append(list, choice{s.Name + " " + s.Code, Plain, to(next(s).place())})
	}
	f.grid(list)
	f.arrows(g.place(), page, pages)
}

// takers are those who can be asked to take the work: with an account, and of a group
// of the giver's. Who answers for the giver can name anybody, but for a leave.
func (t *turn) takers(g giving, words string) []casework.Staff {
	giver, _ := t.v.Staff(g.giver)
	anybody := words != "" && g.kind != casework.Leave && t.mayReassign(g.giver)
	var out []casework.Staff
	for s := range t.v.AllStaff() {
		near := anybody || slices.ContainsFunc(giver.Groups, s.In)
		if s.ID != g.giver && s.Binding == casework.Bound && casework.Allowed(s, casework.LogCalls) && near && isNamed(s, words) {
			out = append(out, s)
		}
	}
	return out
}

func (t *turn) chooseKind(f *face, g giving) {
	left := casework.HoldingsOf(t.v, g.giver)
	f.title(t.w.say("handover.how", "Giver", t.staffName(g.giver)))
	f.line(t.w.say("handover.left", "Targets", len(left.Targets), "Problems", len(left.Problems), "Drafts", len(t.v.DraftsOf(g.giver))))
	for _, k := range []casework.HandoverKind{casework.Transfer, casework.Departure, casework.Leave} {
		f.row(choice{t.w.say("handover.kind." + string(k)), Plain, to(giving{giver: g.giver, kind: k}.place())})
	}
	t.openHandovers(f, g.giver)
}

// perChoice is how many targets a page offers to tick.
const perChoice = 8

func (t *turn) chooseTargets(f *face, g giving) {
	all := casework.HoldingsOf(t.v, g.giver).Targets
	f.title(t.w.say("handover.which", "Giver", t.staffName(g.giver)))
	f.line(t.w.say("handover.ticked", "Count", len(g.picked), "All", len(all)))
	pages := max(1, (len(all)+perChoice-1)/perChoice)
	page := min(max(0, g.page), pages-1)
	for _, p := range all[page*perChoice : min(len(all), (page+1)*perChoice)] {
		x, _ := t.v.Target(p.TargetID)
		box := "☐ "
		if slices.Contains(g.picked, x.ID) {
			box = "☑ "
		}
		f.row(choice{box + x.Code + " " + x.DisplayName(), Plain, Action{Verb: tickGiven, Place: Place{Target: x.ID, Page: page}}})
	}
	f.arrows(g.place(), page, pages)
	if len(g.picked) > 0 {
		g.chosen, g.page = true, 0
		f.row(choice{t.w.say("button.picked", "Count", len(g.picked)), Primary, to(g.place())})
	}
}

// tickGiven ticks a target that is to change hands, or unticks it.
func (t *turn) tickGiven(_ Card, a Action) {
	g := t.readGiving(t.s.At)
	if i := slices.Index(g.picked, a.Place.Target); i >= 0 {
		g.picked = slices.Delete(slices.Clone(g.picked), i, i+1)
	} else {
		g.picked = append(slices.Clone(g.picked), a.Place.Target)
	}
	g.page = a.Place.Page
	t.goTo(g.place())
}

// proposal is the handover that g asks for.
func (t *turn) proposal(g giving) casework.Handover {
	h := casework.Handover{
		Kind: g.kind, Giver: g.giver, Taker: g.taker, By: t.staff.ID, From: t.today, State: casework.Proposed, ProposedAt: t.in.Reached,
	}
	switch g.kind {
	case casework.Leave:
		h.From, h.Until = g.from, g.until
	case casework.Transfer:
		h.TargetIDs = g.picked
	case casework.Departure:
	}
	return h
}

// askWhether shows what is about to be proposed.
func (t *turn) askWhether(f *face, g giving) {
	h := t.proposal(g)
	targets, problems := t.moving(h)
	f.title(t.w.say("handover.sure."+string(h.Kind), "Giver", t.staffName(h.Giver), "Taker", t.staffName(h.Taker)))
	if h.Kind == casework.Leave {
		f.line(t.w.say("handover.days", "From", t.day(h.From), "Until", t.day(h.Until), "Count", h.Until.DaysSince(h.From)+1))
	}
	f.line(t.w.say("handover.what", "Targets", len(targets), "Due", t.pressing(targets), "Problems", problems))
	if why := t.refused(h); why != "" {
		f.gap()
		f.line(t.whyNot(h, why))
	} else {
		f.line(t.w.say("handover.then." + string(h.Kind)))
		f.row(choice{t.w.say("button.propose", "Taker", t.staffName(h.Taker)), Good, Action{Verb: propose, Place: g.place()}})
	}
	g.taker, g.chosen = 0, true
	f.row(choice{t.w.say("button.somebody_else"), Plain, to(g.place())})
}

// propose asks the taker. Whoever proposes agrees for the giver, who is told.
func (t *turn) propose(_ Card, a Action) {
	g := t.readGiving(a.Place)
	h := t.proposal(g)
	fits := slices.ContainsFunc(t.takers(g, t.staffCode(h.Taker)), func(s casework.Staff) bool { return s.ID == h.Taker })
	if g.next() != askWhether || !fits || !t.mayGive(h.Giver) || t.refused(h) != "" {
		t.goTo(g.place()) // it says why not
		return
	}
	h.ID = casework.HandoverID(t.ids.Next())
	t.record(casework.HandoverProposed{Handover: h}, t.today, "")
	t.notice = t.w.say("handover.asked", "Taker", t.staffName(h.Taker))
	t.goTo(Place{Screen: homeScreen})
	t.notice = ""
	t.showBoard(handoverPlace(h.ID), false, false)
	t.tellSides(h, false, h.Kind == casework.Leave && !h.From.After(t.today))
}

func (t *turn) staffCode(id casework.StaffID) string {
	s, _ := t.v.Staff(id)
	return s.Code
}

// maxOpen is how many handovers on their way a screen names.
const maxOpen = 5

// openHandovers lead to those of the person that are on their way or in force, the
// newest first.
func (t *turn) openHandovers(f *face, who casework.StaffID) {
	n := 0
	for _, h := range slices.Backward(t.v.HandoversOf(who)) {
		inForce := h.State == casework.Accepted && (h.Kind == casework.Leave || t.in.Reached.Sub(h.AcceptedAt) <= casework.UndoFor)
		if h.State != casework.Proposed && !inForce || n == maxOpen {
			continue
		}
		if _, ok := t.handover(h.ID); !ok {
			continue
		}
		n++
		key := "button.agreed"
		if h.State == casework.Proposed {
			key = "button.waiting"
		}
		f.row(choice{t.w.say(key, "Giver", t.staffName(h.Giver), "Taker", t.staffName(h.Taker)), Plain, to(handoverPlace(h.ID))})
	}
}

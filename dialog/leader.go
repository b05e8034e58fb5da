package dialog

import (
	"fmt"
	"slices"

	"zoufang/casework"
)

// The screens of leaders. Stored by name: never rename.
const (
	digestScreen   Screen = "digest"   // a board: how a group stands
	groupsScreen   Screen = "groups"   // whose digest?
	missScreen     Screen = "miss"     // a board: contacts that others missed
	nudgeScreen    Screen = "nudge"    // a board: somebody asks for a contact
	takenScreen    Screen = "taken"    // a board: a target changed hands
	returnedScreen Screen = "returned" // a board: a record that more is asked of
	remarkScreen   Screen = "remark"   // what is asked, in one's own words
	weekScreen     Screen = "week"     // a board: how the branches stand
	unsentScreen   Screen = "unsent"   // a board: forms left open
	roundScreen    Screen = "round"    // a board: a round begins or ends
)

// The verbs of leaders. Stored by name: never rename.
const (
	turnBoard   Verb = "part"         // another part of the board
	openDigest  Verb = "open_digest"  // of the group
	nudge       Verb = "nudge"        // ask whoever is in charge
	reassign    Verb = "reassign"     // to the person
	takeBack    Verb = "take_back"    // undo it
	silence     Verb = "silence"      // the option is why
	seeMisses   Verb = "seen"         // all that the board tells of
	returnVisit Verb = "return_visit" // the option is what is asked
)

// What a board's place says in Path: the part that is shown.
const (
	overduePart  = "overdue"
	reassignPart = "reassign" // to whom?
	silencePart  = "silence"  // why?
	problemPart  = "problems"
	recordPart   = "records"
	returnPart   = "return" // what is asked?
	latePart     = "late"
	memberPart   = "members"
)

// perPart is how many lines a part of a board shows at once.
const perPart = 5

// leaderRoom is where leaders and the office see how things stand.
func leaderRoom() room {
	aboutVisit := func(at Place) string { return fmt.Sprintf("returned/%d", at.Visit) }
	return room{
		screens: map[Screen]func(*turn, *face) bool{
			groupsScreen: (*turn).drawGroups, remarkScreen: (*turn).drawRemark,
		},
		boards: map[Screen]board{
			digestScreen:   {digestBoard, (*turn).drawDigest},
			missScreen:     {named(missBoard), (*turn).drawMisses},
			nudgeScreen:    {aboutTarget(nudgeBoard), (*turn).drawNudge},
			takenScreen:    {aboutTarget("taken"), (*turn).drawTaken},
			returnedScreen: {aboutVisit, (*turn).drawReturned},
			weekScreen:     {named("week"), (*turn).drawWeek},
			unsentScreen:   {named(unsentBoard), (*turn).drawUnsent},
			roundScreen:    {named("round"), (*turn).drawRound},
		},
		verbs: map[Verb]func(*turn, Card, Action){
			turnBoard: (*turn).turnBoard, openDigest: func(t *turn, _ Card, a Action) { t.openDigest(a.Place.Group) },
			nudge: (*turn).nudge, reassign: (*turn).reassign, takeBack: (*turn).takeBack,
			silence: (*turn).silence, seeMisses: (*turn).seeMisses, returnVisit: (*turn).returnVisit,
		},
		texts: map[Screen]func(*turn, string){remarkScreen: (*turn).remarkTyped},
		commands: map[string]func(*turn){
			"digest": (*turn).findDigest,
			"week":   (*turn).openWeek,
		},
		offers: []offer{{"digest", allowed(casework.SeeDigest)}, {"week", allowed(casework.SeeWeek)}},
		jobs: map[Job]clockwork{
			DigestJob:  {notice: casework.DigestNotice, subjects: digestSubjects, turn: (*turn).evening},
			WeeklyJob:  {notice: casework.WeeklyNotice, subjects: weekSubjects, turn: (*turn).sendWeek},
			MissJob:    {subjects: missSubjects, turn: (*turn).passMisses},
			DraftJob:   {notice: casework.DraftNotice, subjects: staleSubjects, once: staleOnce, turn: (*turn).remindOfStale},
			EveningJob: {notice: casework.DraftNotice, subjects: unsentSubjects, turn: (*turn).remindOfUnsent},
			RoundJob:   {notice: casework.RoundNotice, subjects: roundSubjects, once: roundOnce, turn: (*turn).tellRound},
		},
	}
}

// turnBoard shows another part of the board pressed; what the board is about stays.
func (t *turn) turnBoard(card Card, a Action) {
	at := card.At
	at.Path, at.Page, at.Target = a.Place.Path, a.Place.Page, a.Place.Target
	at.Problem, at.Visit = a.Place.Problem, a.Place.Visit
	t.goTo(at)
}

// part is the action that shows a part of the board.
func part(at Place) Action { return Action{Verb: turnBoard, Place: at} }

// partArrows turn the pages of a part.
func partArrows(f *face, path string, page, pages int) {
	if pages == 1 {
		return
	}
	turnTo := func(n int) Action { return part(Place{Path: path, Page: (n + pages) % pages}) }
	f.row(
		choice{"‹", Plain, turnTo(page - 1)},
		choice{fmt.Sprintf("%d/%d", page+1, pages), Plain, Action{Verb: noop}},
		choice{"›", Plain, turnTo(page + 1)},
	)
}

// pageOf is the page of a list that is asked for, or the nearest there is; and how
// many there are.
func pageOf[T any](list []T, page int) (shown []T, at, pages int) {
	pages = max(1, (len(list)+perPart-1)/perPart)
	at = min(max(0, page), pages-1)
	return list[at*perPart : min(len(list), (at+1)*perPart)], at, pages
}

// renewDigests draws today's digests of the groups again, and tells the leaders who
// asked more of a record that it was given.
func (t *turn) renewDigests(groups []casework.GroupID) {
	t.notice = "" // it is said on the card that was pressed
	if t.in.Job == MissJob {
		return // a digest does not say to whom what was missed is passed
	}
	for _, id := range groups {
		g, ok := t.v.Group(id)
		if !ok {
			continue
		}
		for _, who := range t.leading(g) {
			t.renew(who, digestBoard(Place{Group: id}), func(at Place) bool { return at.Day == t.today })
		}
	}
	t.answerReturns()
}

// leading are those who lead the group today, stand-ins included, as far as they
// may see its digest.
func (t *turn) leading(g casework.Group) []casework.Staff { return leading(t.v, g, t.today) }

func leading(r casework.Records, g casework.Group, day casework.Date) []casework.Staff {
	var out []casework.Staff
	for _, id := range []casework.StaffID{g.LeaderID, g.DeputyID} {
		s, ok := r.Staff(casework.Acting(r, id, day))
		known := slices.ContainsFunc(out, func(o casework.Staff) bool { return o.ID == s.ID })
		if ok && !known && casework.May(r, s, casework.SeeDigest, casework.Subject{Group: g.ID, Today: day}) {
			out = append(out, s)
		}
	}
	return out
}

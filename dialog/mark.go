package dialog

import (
	"fmt"

	"zoufang/casework"
	"zoufang/form"
)

// The screens of firms and trademarks. Stored by name: never rename.
const (
	firmScreen      Screen = "firm"       // a board: what is done for a firm
	markScreen      Screen = "mark"       // a board: a trademark
	matterScreen    Screen = "matter"     // a board: something done about a trademark
	marksScreen     Screen = "marks"      // a board: the matters of all firms in reach
	newMarkScreen   Screen = "new_mark"   // a trademark being written down
	matterSayScreen Screen = "matter_say" // words about a matter
)

// The verbs of firms and trademarks. Stored by name: never rename.
const (
	moveMatter Verb = "move_matter" // one step, as the place's path says
	openMatter Verb = "open_matter" // at the stage of the option
	saveMark   Verb = "save_mark"
)

// What the place of a trademark's or matter's board says in Path: the part shown.
const (
	kindPart     = "kind"     // of a new matter?
	stagePart    = "stage"    // which stage now?
	refusalPart  = "refusal"  // why was it refused?
	evidencePart = "evidence" // which groups are complete?
	nextPart     = "next"     // what comes next?
	whenPart     = "when"     // when?
	ownerPart    = "owner"    // whose is it?
	historyPart  = "history"
	donePart     = "done"   // the next step was taken
	resultPart   = "result" // in one's own words
	commentPart  = "comment"
	sectionPart  = "section"
	givenPart    = "given" // told to the person it was given to
	movedPart    = "moved" // told to who is in charge of the firm
)

// markRoom is where firms and their trademarks are served.
func markRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{
			newMarkScreen: (*turn).drawNewMark, matterSayScreen: (*turn).drawMatterSay, serviceSayScreen: (*turn).drawServiceSay,
		},
		boards: map[Screen]board{
			firmScreen:    {firmBoard, (*turn).drawFirm},
			markScreen:    {markBoard, (*turn).drawMark},
			matterScreen:  {matterBoard, (*turn).drawMatter},
			marksScreen:   {named(marksBoard), (*turn).drawMarks},
			serviceScreen: {servicesBoard, (*turn).drawServices},
		},
		verbs: map[Verb]func(*turn, Card, Action){
			moveMatter: (*turn).tapMatter, openMatter: (*turn).tapOpenMatter, saveMark: (*turn).saveMark,
			giveService: (*turn).giveService, offService: (*turn).switchService,
		},
		texts: map[Screen]func(*turn, string){
			newMarkScreen: (*turn).newMarkTyped, matterSayScreen: (*turn).matterTyped, serviceSayScreen: (*turn).serviceTyped,
		},
		commands: map[string]func(*turn){
			"marks":    (*turn).findMatter,
			"mark":     (*turn).findMatter,
			"services": func(t *turn) { t.openIf(casework.SeeMarks, Place{Screen: serviceScreen}) },
		},
		offers: []offer{{"marks", overseesMarks}, {"services", allowed(casework.EditServices)}},
	}
}

// The names of the boards of this room.
const marksBoard = "marks"

func firmBoard(at Place) string     { return fmt.Sprintf("firm/%d", at.Target) }
func servicesBoard(at Place) string { return fmt.Sprintf("services/%d", at.Target) }
func markBoard(at Place) string     { return fmt.Sprintf("mark/%d", at.Mark) }
func matterBoard(at Place) string   { return fmt.Sprintf("matter/%d", at.Matter) }

// openIf shows the place to those who may do the act to anything at all; to others the
// command does not exist.
func (t *turn) openIf(a casework.Act, at Place) {
	if !casework.Allowed(t.staff, a) {
		t.notice = t.w.say("command.unknown")
		t.draw()
		return
	}
	t.goTo(at)
}

// overseesMarks reports whether the list of matters is offered to the person.
func overseesMarks(s casework.Staff) bool {
	for _, r := range []casework.Role{casework.TrademarkOfficer, casework.Office, casework.BureauLeader, casework.GroupLeader} {
		if s.Has(r) && casework.Allowed(s, casework.SeeMarks) {
			return true
		}
	}
	return false
}

// firmRows lead from a firm's card to its trademarks and the measures used for it.
func (t *turn) firmRows(f *face, x casework.Target) {
	if x.Kind != casework.EnterpriseKind || !casework.May(t.v, t.staff, casework.SeeMarks, t.subject(x)) {
		return
	}
	n := len(t.v.TrademarksOfFirm(x.ID))
	row := []choice{{t.w.say("button.marks", "Count", n), Plain, to(Place{Screen: firmScreen, Target: x.ID})}}
	if casework.May(t.v, t.staff, casework.ServeFirm, t.subject(x)) {
		row = append(row, t.servicesButton(x))
	}
	f.row(row...)
}

// firmLabel is what an option of the enterprise form is called.
func (t *turn) firmLabel(item, option string) string {
	def, _ := t.v.Form(string(casework.EnterpriseKind), 0)
	return optionLabel(&def, item, option, t.w.lang)
}

// firmOptions are the options of an item of the enterprise form.
func (t *turn) firmOptions(item string) []form.Option {
	def, _ := t.v.Form(string(casework.EnterpriseKind), 0)
	if it, ok := def.Item(item); ok {
		return it.Options
	}
	return nil
}

// firmOf is the firm of a trademark or matter, if the person may do the act.
func (t *turn) firmOf(id casework.TargetID, a casework.Act) (casework.Target, bool) {
	x, ok := t.target(id, a)
	return x, ok && x.Kind == casework.EnterpriseKind
}

// mayServe reports whether the person may write down what concerns the firm's
// trademarks.
func (t *turn) mayServe(x casework.Target) bool {
	return casework.May(t.v, t.staff, casework.ServeMarks, t.subject(x))
}

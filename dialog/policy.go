package dialog

import (
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// The screens of policies and the checklist. Stored by name: never rename.
const (
	policyScreen    Screen = "policy"     // a board: cards that fit, or one of them
	newPolicyScreen Screen = "new_policy" // a card being written
	havesScreen     Screen = "haves"      // a board: how far the checklist has come
	haveSayScreen   Screen = "have_say"   // what an item of the checklist is called
)

// The verbs of policies. Stored by name: never rename.
const (
	readOut        Verb = "read_out"        // send the text as a message of its own
	explainPolicy  Verb = "explain_policy"  // it was explained to the target
	withdrawPolicy Verb = "withdraw_policy" // take it out of use
	issuePolicy    Verb = "issue_policy"
)

// What the policies' board says in Path.
const (
	oldPart      = "old"      // those not in force any more
	withdrawPart = "withdraw" // is it meant?
)

// policyRoom is where policies and the checklist are looked up.
func policyRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{newPolicyScreen: (*turn).drawNewPolicy, haveSayScreen: (*turn).drawHaveSay},
		boards: map[Screen]board{
			policyScreen: {named("policy"), (*turn).drawPolicies}, havesScreen: {named("haves"), (*turn).drawHaves},
		},
		verbs: map[Verb]func(*turn, Card, Action){
			readOut: (*turn).readOut, explainPolicy: (*turn).explainPolicy,
			withdrawPolicy: (*turn).withdrawPolicy, issuePolicy: (*turn).issuePolicy,
		},
		texts: map[Screen]func(*turn, string){newPolicyScreen: (*turn).newPolicyTyped, haveSayScreen: (*turn).haveTyped},
		files: map[Screen]func(*turn, casework.Attachment){newPolicyScreen: (*turn).policySent},
		commands: map[string]func(*turn){
			"policy":    (*turn).findPolicy,
			"newpolicy": func(t *turn) { t.openIf(casework.EditPolicies, Place{Screen: newPolicyScreen, Path: titleField}) },
			"haves":     (*turn).openHaves,
		},
		offers: []offer{
			{"policy", allowed(casework.SeePolicies)}, {"newpolicy", allowed(casework.EditPolicies)}, {"haves", overseesHaves},
		},
	}
}

// findPolicy looks for cards, those for the target in hand first: the one of the
// form that is open, or whose card is shown.
func (t *turn) findPolicy() {
	at := Place{Screen: policyScreen, Query: clip(form.Clean(t.in.Args), 60)}
	if d, ok := t.draft(t.s.At.Visit); ok && inForm(t.s.At.Screen) {
		at.Target, at.Visit = d.TargetID, visitOf(d)
	} else if t.s.At.Screen == targetScreen {
		at.Target = t.s.At.Target
	}
	t.openIf(casework.SeePolicies, at)
}

// visitOf is the number of the visit that the draft becomes or corrects; zero for
// a form that is no visit's.
func visitOf(d Draft) casework.VisitID {
	switch {
	case !d.isVisit():
		return 0
	case d.Correcting != 0:
		return d.Correcting
	}
	return d.ID
}

// policyChoice is the button that leads to the policies for a target, in a form or
// elsewhere.
func (t *turn) policyChoice(target casework.TargetID, visit casework.VisitID) choice {
	return choice{t.w.say("button.policies"), Plain, to(Place{Screen: policyScreen, Target: target, Visit: visit})}
}

// policyRow leads from a target's card to the policies that fit it.
func (t *turn) policyRow(f *face, x casework.Target) {
	if !x.InUse() || !casework.May(t.v, t.staff, casework.SeePolicies, t.subject(x)) {
		return
	}
	n := len(casework.FindPolicies(t.v, "", x, t.today))
	if n == 0 {
		return
	}
	f.row(choice{t.w.say("button.policies_of", "Count", n), Plain, to(Place{Screen: policyScreen, Target: x.ID})})
}

// explainedLine says on a target's card what was explained there last.
func (t *turn) explainedLine(f *face, x casework.Target) {
	if len(x.Explained) == 0 || !casework.May(t.v, t.staff, casework.SeePolicies, t.subject(x)) {
		return
	}
	last := x.Explained[len(x.Explained)-1]
	f.line(t.w.say("policy.last", "Date", t.day(last.On), "What", t.policyName(last.PolicyID)))
}

func (t *turn) policyName(id casework.PolicyID) string {
	p, _ := t.v.Policy(id)
	return p.Code + " " + p.Title
}

// explainedLines name the policies that were explained at a visit.
func (t *turn) explainedLines(f *face, v casework.Visit) {
	x, _ := t.v.Target(v.TargetID)
	for _, e := range x.Explained {
		if e.VisitID == v.ID {
			f.line(t.w.say("policy.at_visit", "What", t.policyName(e.PolicyID)))
		}
	}
}

// drawPolicies lists the cards that fit the words and the target, or shows one.
func (t *turn) drawPolicies(f *face, at Place) bool {
	if !casework.May(t.v, t.staff, casework.SeePolicies, casework.Subject{}) {
		return false
	}
	if p, ok := t.v.Policy(at.Policy); ok {
		t.drawPolicy(f, at, p)
		return true
	}
	x, forTarget := t.seen(at.Target)
	list := t.policyList(at, x)
	f.title(t.w.say("policy.title"))
	if forTarget {
		f.line(t.w.say("policy.fits", "Target", x.Code+" "+x.DisplayName()))
	}
	if at.Query != "" {
		f.line(t.w.say("policy.found", "Words", at.Query, "Count", len(list)))
	}
	if len(list) == 0 {
		f.line(t.w.say("policy.none"))
	}
	shown, page, pages := pageOf(list, at.Page)
	for _, p := range shown {
		f.line("• " + p.Code + " " + p.Title + " · " + t.validTo(p))
		one := at
		one.Policy, one.Page = p.ID, page
		f.row(choice{p.Code + " " + p.Title, Plain, to(one)})
	}
	f.gap()
	f.line(t.w.say("policy.how"))
	f.arrows(at, page, pages)
	if t.editsPolicies() {
		old := Place{Screen: policyScreen, Target: at.Target, Visit: at.Visit, Path: oldPart}
		c := choice{t.w.say("button.old_policies"), Plain, to(old)}
		if at.Path == oldPart {
			old.Path = ""
			c = choice{t.w.say("button.policies"), Plain, to(old)}
		}
		f.row(choice{t.w.say("button.new_policy"), Plain, to(Place{Screen: newPolicyScreen, Path: titleField})}, c)
	}
	return true
}

// policyList are the cards to be listed.
func (t *turn) policyList(at Place, x casework.Target) []casework.Policy {
	if at.Path == oldPart && t.editsPolicies() {
		return slices.DeleteFunc(t.v.Policies(), func(p casework.Policy) bool { return p.InForce(t.today) })
	}
	return casework.FindPolicies(t.v, at.Query, x, t.today)
}

func (t *turn) editsPolicies() bool {
	return casework.May(t.v, t.staff, casework.EditPolicies, casework.Subject{})
}

// validTo says until when a card is in force.
func (t *turn) validTo(p casework.Policy) string {
	switch {
	case p.Off:
		return t.w.say("policy.withdrawn")
	case p.ValidTo.IsZero():
		return t.w.say("policy.open")
	case t.today.After(p.ValidTo):
		return t.w.say("policy.over", "Date", t.year(p.ValidTo))
	default:
		return t.w.say("policy.until", "Date", t.year(p.ValidTo))
	}
}

// drawPolicy shows a card, to be read out.
func (t *turn) drawPolicy(f *face, at Place, p casework.Policy) {
	t.policyFacts(f, p)
	f.gap()
	f.line(p.Text)
	if p.File != nil {
		f.line(t.w.say("policy.file"))
	}
	x, ok := t.seen(at.Target)
	if ok {
		f.gap()
		for _, e := range x.Explained {
			if e.PolicyID == p.ID {
				f.line(t.w.say("policy.explained", "Code", x.Code, "Date", t.day(e.On), "Who", t.staffName(e.By)))
			}
		}
	}
	back := at
	back.Policy = 0
	if at.Path == withdrawPart && t.editsPolicies() {
		f.line(t.w.say("policy.sure"))
		f.row(choice{t.w.say("button.withdraw_policy_now"), Danger, Action{Verb: withdrawPolicy, Place: at}})
		back.Policy, back.Path = p.ID, ""
		f.row(choice{t.w.say("button.go_back"), Plain, to(back)})
		return
	}
	if p.InForce(t.today) {
		f.row(choice{t.w.say("button.policy_read"), Primary, Action{Verb: readOut, Place: at}})
		if ok && !t.explainedNow(x, at, p) {
			f.row(choice{t.w.say("button.policy_explained", "Code", x.Code), Good, Action{Verb: explainPolicy, Place: at}})
		}
	}
	var row []choice
	if t.editsPolicies() {
		again := p
		again.Off = false
		row = append(row, choice{t.w.say("button.edit_policy"), Plain, to(Place{Screen: newPolicyScreen, NewPolicy: &again})})
	}
	if t.editsPolicies() && !p.Off {
		off := at
		off.Path = withdrawPart
		row = append(row, choice{t.w.say("button.withdraw_policy"), Plain, to(off)})
	}
	f.row(row...)
	f.row(choice{t.w.say("button.to_policies"), Plain, to(back)})
}

// policyFacts are the head of a card: what it is about, for whom, until when.
func (t *turn) policyFacts(f *face, p casework.Policy) {
	f.title(strings.TrimSpace(p.Code + " " + p.Title))
	f.line(t.w.say("policy.for", "Whom", t.forWords(p.For)))
	if p.Category != "" {
		f.line(t.w.say("policy.category", "What", t.householdLabel("category", p.Category)))
	}
	f.line(t.validTo(p))
}

// householdLabel is what an option of the household form is called.
func (t *turn) householdLabel(item, option string) string {
	def, _ := t.v.Form(string(casework.HouseholdKind), 0)
	return optionLabel(&def, item, option, t.w.lang)
}

// forWords name those whom a card is for.
func (t *turn) forWords(list []string) string {
	if len(list) == 0 {
		return t.w.say("policy.everybody")
	}
	var words []string
	for _, k := range list {
		words = append(words, t.forLabel(k))
	}
	return t.join(words)
}

func (t *turn) forLabel(k string) string {
	if slices.Contains(casework.Kinds(), casework.Kind(k)) {
		return t.w.say("kind." + k)
	}
	return casework.HouseholdTypes().Label(k, t.w.lang)
}

// explainedNow reports whether the card was explained to the target today already,
// or at the visit in hand.
func (t *turn) explainedNow(x casework.Target, at Place, p casework.Policy) bool {
	return slices.ContainsFunc(x.Explained, func(e casework.Explained) bool {
		return e.PolicyID == p.ID && e.VisitID == at.Visit && (at.Visit != 0 || e.On == t.today)
	})
}

// readOut sends the text, and the file if there is one, as messages of their own.
func (t *turn) readOut(_ Card, a Action) {
	p, ok := t.v.Policy(a.Place.Policy)
	if !ok || !p.InForce(t.today) || !casework.May(t.v, t.staff, casework.SeePolicies, casework.Subject{}) {
		t.toast("policy.gone")
		return
	}
	t.tell(t.in.Chat, p.Title+"\n\n"+p.Text)
	if p.File != nil {
		t.out.Letters = append(t.out.Letters, Letter{Kind: Resend, Chat: t.in.Chat, Files: []casework.Attachment{*p.File}, Protect: true})
	}
}

// explainPolicy notes that a card was explained to the target in hand.
func (t *turn) explainPolicy(_ Card, a Action) {
	at := a.Place
	facts, why := casework.ExplainPolicy(t.v, t.staff, at.Target, at.Policy, at.Visit, t.now())
	switch why {
	case "":
		t.carry(facts)
		t.toast("policy.noted")
	case casework.TooLate:
		t.toast("policy.gone")
	default:
		t.notice = t.stepWords(why)
	}
	t.goTo(at)
}

// withdrawPolicy takes a card out of use.
func (t *turn) withdrawPolicy(_ Card, a Action) {
	at := a.Place
	facts, why := casework.WithdrawPolicy(t.v, t.staff, at.Policy)
	if why != "" {
		t.notice = t.stepWords(why)
	} else {
		t.carry(facts)
	}
	at.Path = ""
	t.goTo(at)
}

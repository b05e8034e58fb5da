package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"zoufang/casework"
)

// The screens of approvals. Stored by name: never rename.
const (
	approvalScreen  Screen = "approval"  // a board: a request, for who asked and who decides
	approvalsScreen Screen = "approvals" // a board: those that are open
)

// The verbs of approvals. Stored by name: never rename.
const (
	grant  Verb = "grant"
	refuse Verb = "refuse"
)

func approvalBoard(at Place) string { return fmt.Sprintf("approval/%d", at.Approval) }

// approvalRoom is where a second person decides about what is dangerous.
func approvalRoom() room {
	return room{
		boards: map[Screen]board{
			approvalScreen:  {approvalBoard, (*turn).drawApproval},
			approvalsScreen: {named("approvals"), (*turn).drawApprovals},
		},
		verbs: map[Verb]func(*turn, Card, Action){grant: (*turn).decide, refuse: (*turn).decide},
		commands: map[string]func(*turn){
			"approvals": func(t *turn) { t.goTo(Place{Screen: approvalsScreen}) },
		},
		offers: []offer{{"approvals", allowed(casework.Approve)}},
		jobs: map[Job]clockwork{
			ApprovalJob: {
				subjects: expiredApprovals, turn: (*turn).tellExpired,
				once: func(s Subject) string { return strconv.FormatUint(uint64(s.Approval), 10) },
			},
		},
	}
}

// requestFull asks for a paper with names and telephone numbers.
func (t *turn) requestFull(x casework.Export, reason string) {
	asked, why := casework.AskApproval(t.v, t.staff, casework.Approval{
		Kind: casework.ApproveExport, Reason: reason, Export: &x,
	}, t.now(), t.ids)
	if why != "" {
		t.notice = t.approvalRefused(why)
		t.goTo(questionOf(x, ""))
		return
	}
	t.goTo(Place{Screen: papersScreen})
	t.await(asked)
}

// await records a request for approval, shows it to those who can decide, and shows the
// person who asked how it stands.
func (t *turn) await(asked casework.ApprovalAsked) {
	t.record(asked, t.today, asked.Approval.Reason)
	at := Place{Screen: approvalScreen, Approval: asked.Approval.ID}
	for _, who := range casework.Approvers(t.v, asked.Approval) {
		if who.ID != t.staff.ID {
			t.as(who).showBoard(at, false, false)
		}
	}
	t.showBoard(at, false, false)
}

// approvalRefused says why nothing is asked or decided.
func (t *turn) approvalRefused(why casework.Refusal) string {
	switch why {
	case casework.NotYours, casework.NobodyElse, casework.NoChange, casework.NeedsText, casework.NotNow, casework.TooLate,
		casework.OwnAsking, casework.NotFound:
		return t.w.say("approval.not." + string(why))
	default:
		return t.exportRefused(why)
	}
}

// decides reports whether the person can say yes or no to the request.
func (t *turn) decides(a casework.Approval) bool {
	return a.OpenAt(t.in.Reached) && a.By != t.staff.ID && slices.ContainsFunc(casework.Approvers(t.v, a), func(s casework.Staff) bool {
		return s.ID == t.staff.ID
	})
}

// drawApproval shows who asks for what and why, and what became of it.
func (t *turn) drawApproval(f *face, at Place) bool {
	a, ok := t.v.Approval(at.Approval)
	if !ok || a.By != t.staff.ID && !casework.May(t.v, t.staff, casework.Approve, casework.Subject{Today: t.today}) {
		return false
	}
	f.title(t.w.say("approval.title", "What", t.w.say("approval.kind."+string(a.Kind))))
	f.line(t.w.say("approval.by", "Who", t.staffName(a.By), "When", t.minute(a.At)))
	for _, l := range t.approvalLines(a) {
		f.line(l)
	}
	f.line(t.w.say("approval.reason", "Reason", a.Reason))
	f.gap()
	switch {
	case a.State != casework.ApprovalOpen:
		f.line(t.w.say("approval.state."+string(a.State), "Who", t.staffName(a.DecidedBy), "When", t.minute(a.DecidedAt)))
	case !a.OpenAt(t.in.Reached):
		f.line(t.w.say("approval.expired"))
	default:
		f.line(t.w.say("approval.until", "When", t.minute(a.At.Add(casework.ApprovalLife))))
	}
	switch {
	case t.decides(a):
		f.row(
			choice{t.w.say("button.grant"), Good, Action{Verb: grant, Place: at}},
			choice{t.w.say("button.refuse"), Danger, Action{Verb: refuse, Place: at}},
		)
	case a.OpenAt(t.in.Reached):
		var names []string
		for _, s := range casework.Approvers(t.v, a) {
			names = append(names, s.Name)
		}
		f.line(t.w.say("approval.waiting", "Who", t.join(names[:min(len(names), 5)])))
	}
	f.row(choice{t.w.say("button.approvals"), Plain, to(Place{Screen: approvalsScreen})})
	return true
}

// approvalLines say what is asked for, without anything personal.
func (t *turn) approvalLines(a casework.Approval) []string {
	switch a.Kind {
	case casework.ApproveExport:
		if a.Export != nil {
			return append([]string{t.paperName(a.Export.Kind)}, t.exportLimits(*a.Export)...)
		}
	case casework.ApproveRoles:
		who, _ := t.v.Staff(a.StaffID)
		roles := t.roleNames(a.Roles)
		if a.State == casework.ApprovalOpen { // afterwards it is not known what they were
			roles = t.w.say("approval.roles", "Before", t.roleNames(who.Roles), "After", roles)
		}
		return []string{who.Code + " " + who.Name, roles}
	case casework.ApproveUndo:
		i, _ := t.v.Import(a.Import)
		return []string{t.w.say("approval.import", "Code", i.Code, "When", t.minute(i.At))}
	}
	return nil
}

func (t *turn) roleNames(roles []casework.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, t.w.say("approval.role."+string(r)))
	}
	if len(names) == 0 {
		return t.w.say("approval.no_role")
	}
	return t.join(names)
}

// decide takes the second person's word. Whoever comes second is shown how it was
// decided.
func (t *turn) decide(card Card, act Action) {
	a, ok := t.v.Approval(act.Place.Approval)
	if !ok {
		t.toast("gone")
		return
	}
	state := casework.ApprovalGranted
	if act.Verb == refuse {
		state = casework.ApprovalRefused
	}
	facts, why := casework.DecideApproval(t.v, t.staff, a.ID, state, t.now(), t.ids, t.d.zone)
	if why == "" && state == casework.ApprovalGranted && a.Kind == casework.ApproveUndo {
		facts, why = t.withUndo(a, facts)
	}
	if why != "" {
		t.notice = t.approvalRefused(why)
		if a.Kind == casework.ApproveUndo && why == casework.NoChange {
			t.notice = t.w.say("approval.nothing_to_undo")
		}
		t.showBoard(card.At, true, false)
		return
	}
	t.carry(facts)
	t.showBoard(card.At, true, false)
	t.tellDecided(a, state, facts)
}

// withUndo adds to the second person's word what undoing the import makes: for who asked
// for it, as the records are now.
func (t *turn) withUndo(a casework.Approval, facts []casework.Fact) ([]casework.Fact, casework.Refusal) {
	who, _ := t.v.Staff(a.By)
	plan, why := casework.PlanUndo(t.v, who, a.Import, t.now())
	return append(facts, plan.Fact), why
}

// tellDecided shows the others what was decided. Who asked gets it as a message, and the
// paper behind it.
func (t *turn) tellDecided(a casework.Approval, state casework.ApprovalState, facts []casework.Fact) {
	at := Place{Screen: approvalScreen, Approval: a.ID}
	who, _ := t.v.Staff(a.By)
	if who.Binding == casework.Bound {
		o := t.as(who)
		o.notice = o.w.say("approval.told."+string(state), "Who", t.staff.Name)
		o.showBoard(at, false, false)
		o.notice = ""
		for _, f := range facts {
			if begun, ok := f.(casework.ExportBegun); ok {
				o.sendPaper(begun.Export)
			}
		}
	}
	for _, f := range facts {
		if changed, ok := f.(casework.StaffImported); ok && changed.Staff.Binding == casework.Bound {
			t.menu(ChatID(changed.Staff.User), changed.Staff)
		}
	}
	t.renewApproval(at)
}

// renewApproval draws the request again wherever it is shown.
func (t *turn) renewApproval(at Place) {
	for who := range t.v.AllStaff() {
		t.renew(who, approvalBoard(at), func(Place) bool { return true })
	}
}

// openApprovals are the requests that can still be decided and concern the person, those
// that wait for the person's own word first.
func (t *turn) openApprovals() []casework.Approval {
	sees := casework.May(t.v, t.staff, casework.Approve, casework.Subject{Today: t.today})
	var own, others []casework.Approval
	for _, a := range t.v.OpenApprovals() {
		switch {
		case !a.OpenAt(t.in.Reached):
		case t.decides(a):
			own = append(own, a)
		case sees || a.By == t.staff.ID:
			others = append(others, a)
		}
	}
	return append(own, others...)
}

// perApprovals is how many requests a page of the list shows.
const perApprovals = 8

// drawApprovals lists the requests that are open, each one tap from its board.
func (t *turn) drawApprovals(f *face, at Place) bool {
	all := t.openApprovals()
	f.title(t.w.say("approval.list", "Count", len(all)))
	if len(all) == 0 {
		f.line(t.w.say("approval.none"))
	}
	shown, page, pages := partOf(all, at.Page, perApprovals)
	for _, a := range shown {
		what := t.w.say("approval.kind." + string(a.Kind))
		f.line(t.w.say("approval.line", "What", what, "Who", t.staffName(a.By), "When", t.minute(a.At), "Reason", clip(a.Reason, 30)))
		f.row(choice{what + " · " + t.staffName(a.By), Plain, to(Place{Screen: approvalScreen, Approval: a.ID})})
	}
	f.arrows(at, page, pages)
	f.row(t.homeButton())
	return true
}

// tellFor is for how long after its end a request is still told to have lapsed; inputs
// are remembered for longer than that.
const tellFor = 7 * 24 * time.Hour

// expiredApprovals are the requests that nobody decided in time.
func expiredApprovals(_ *Dialog, v View, tick Tick) []Subject {
	var out []Subject
	for _, a := range v.OpenApprovals() {
		over := tick.Now.Sub(a.At) - casework.ApprovalLife
		if over >= 0 && over < tellFor {
			out = append(out, Subject{Staff: a.By, Approval: a.ID})
		}
	}
	return out
}

// tellExpired tells who asked that nobody decided in time.
func (t *turn) tellExpired() {
	a, ok := t.v.Approval(t.in.Subject.Approval)
	if !ok || a.State != casework.ApprovalOpen || t.staff.Binding != casework.Bound {
		return
	}
	at := Place{Screen: approvalScreen, Approval: a.ID}
	t.notice = t.w.say("approval.told.expired")
	t.showBoard(at, false, true)
	t.notice = ""
	t.renewApproval(at)
}

package casework

import (
	"fmt"
	"maps"
	"slices"

	"zoufang/form"
)

// Project folds one event into the tables. Folding the whole ledger into empty
// tables gives the same records as folding each event when it happened: it
// depends on nothing but the event and the tables.
//
// It returns an error for a fact that does not fit the records, such as the
// correction of a visit that is not there.
func Project(t Tables, e Event) error {
	switch f := e.Fact.(type) {
	case CampaignOpened:
		t.PutCampaign(f.Campaign)
	case RoundOpened:
		t.PutRound(f.Round)
	case FormPublished:
		t.PutForm(f.Form)
	case UnitImported:
		t.PutUnit(f.Unit)
	case GroupImported:
		t.PutGroup(f.Group)
	case AreaImported:
		t.PutArea(f.Area)
	case StaffImported:
		projectStaff(t, f.Staff)
	case TargetImported:
		projectTarget(t, f.Target)
	case TargetRegistered:
		projectTarget(t, f.Target)
	case PairingMade:
		projectPairing(t, f.Pairing)
	case PairingEnded:
		t.DropPairing(f.TargetID, f.StaffID)
	default:
		return projectWork(t, e)
	}
	return nil
}

// projectWork folds what people do, as against what the roster says.
func projectWork(t Tables, e Event) error {
	switch f := e.Fact.(type) {
	case InviteIssued:
		projectInvite(t, f.Invite)
	case InviteClaimed:
		return claim(t, f)
	case BindingConfirmed:
		return bind(t, f.InviteID)
	case BindingRefused:
		return refuse(t, f.InviteID)
	case LanguageChosen:
		return changeStaff(t, f.StaffID, func(s *Staff) { s.Lang = f.Lang })
	case ReachChanged:
		return changeStaff(t, f.StaffID, func(s *Staff) { s.Unreachable = f.Unreachable })
	case VisitReported:
		t.PutVisit(f.Visit)
		count(t, f.Visit.Code)
		refreshTarget(t, f.Visit.TargetID)
	case VisitCorrected:
		return projectCorrection(t, f)
	case AttachmentAdded:
		return projectAttachment(t, f)
	case ProblemRaised:
		t.PutProblem(f.Problem)
		count(t, f.Problem.Code)
		refreshTarget(t, f.Problem.TargetID)
	case ProblemCorrected:
		t.PutProblem(f.Problem)
		refreshTarget(t, f.Problem.TargetID)
	default:
		return fmt.Errorf("event %d: no rule for fact %T", e.Seq, e.Fact)
	}
	return nil
}

// count notes that a code is taken.
func count(t Tables, code string) {
	if prefix, n := splitCode(code); n > t.Last(prefix) {
		t.PutLast(prefix, n)
	}
}

func projectStaff(t Tables, s Staff) {
	if old, ok := t.Staff(s.ID); ok {
		s.User, s.Binding, s.Lang, s.Unreachable = old.User, old.Binding, old.Lang, old.Unreachable
	}
	if s.Binding == "" {
		s.Binding = Unbound
	}
	t.PutStaff(s)
}

func projectTarget(t Tables, x Target) {
	count(t, x.Code)
	if old, ok := t.Target(x.ID); ok {
		x.LastVisitOn, x.LastTriedOn, x.NextDueOn = old.LastVisitOn, old.LastTriedOn, old.NextDueOn
		x.Visits, x.Missed, x.OpenIssues = old.Visits, old.Missed, old.OpenIssues
	}
	t.PutTarget(x)
}

func projectPairing(t Tables, p Pairing) {
	if p.Role == Primary {
		for _, old := range t.PairingsOfTarget(p.TargetID) {
			if old.Role == Primary && old.StaffID != p.StaffID {
				t.DropPairing(old.TargetID, old.StaffID)
			}
		}
	}
	t.PutPairing(p)
}

func projectInvite(t Tables, inv Invite) {
	for _, old := range t.InvitesOfStaff(inv.StaffID) {
		if old.State == Issued || old.State == Claimed {
			old.State = Replaced
			t.PutInvite(old)
		}
	}
	t.PutInvite(inv)
}

// inviteIn is the invitation, which must have come as far as state.
func inviteIn(t Tables, id InviteID, state InviteState) (Invite, error) {
	inv, ok := t.Invite(id)
	switch {
	case !ok:
		return inv, fmt.Errorf("invite %d is not there", id)
	case inv.State != state:
		return inv, fmt.Errorf("invite %d is %s, not %s", id, inv.State, state)
	}
	return inv, nil
}

func claim(t Tables, f InviteClaimed) error {
	inv, err := inviteIn(t, f.InviteID, Issued)
	if err != nil {
		return err
	}
	inv.State, inv.User, inv.ClaimedName = Claimed, f.User, f.Name
	t.PutInvite(inv)
	return nil
}

func refuse(t Tables, id InviteID) error {
	inv, err := inviteIn(t, id, Claimed)
	if err != nil {
		return err
	}
	inv.State = Refused
	t.PutInvite(inv)
	return nil
}

// bind gives the account of a claimed invitation to its person. An account has
// one person: whoever held it before is unbound.
func bind(t Tables, id InviteID) error {
	inv, err := inviteIn(t, id, Claimed)
	if err != nil {
		return err
	}
	if old, ok := t.StaffByUser(inv.User); ok && old.ID != inv.StaffID {
		old.User, old.Binding = 0, Unbound
		t.PutStaff(old)
	}
	inv.State = Confirmed
	t.PutInvite(inv)
	return changeStaff(t, inv.StaffID, func(s *Staff) {
		s.User, s.Binding, s.Unreachable = inv.User, Bound, false
	})
}

func changeStaff(t Tables, id StaffID, change func(*Staff)) error {
	s, ok := t.Staff(id)
	if !ok {
		return fmt.Errorf("staff %d is not there", id)
	}
	change(&s)
	t.PutStaff(s)
	return nil
}

func projectCorrection(t Tables, f VisitCorrected) error {
	v, ok := t.Visit(f.VisitID)
	if !ok {
		return fmt.Errorf("visit %d is not there", f.VisitID)
	}
	if f.Revision != v.Revision+1 {
		return fmt.Errorf("visit %d: revision %d after %d", f.VisitID, f.Revision, v.Revision)
	}
	answers := form.Answers{}
	maps.Copy(answers, v.Answers)
	v.Answers = answers
	for _, c := range f.Changes {
		if c.After == nil {
			delete(v.Answers, c.Path)
		} else {
			v.Answers[c.Path] = *c.After
		}
	}
	v.Revision, v.ProblemIDs = f.Revision, f.ProblemIDs
	v.RoundID, v.Late, v.NextContact = f.RoundID, f.Late, f.NextContact
	derive(&v)
	t.PutVisit(v)
	refreshTarget(t, v.TargetID)
	return nil
}

func projectAttachment(t Tables, f AttachmentAdded) error {
	v, ok := t.Visit(f.VisitID)
	if !ok {
		return fmt.Errorf("visit %d is not there", f.VisitID)
	}
	v.Attachments = append(slices.Clone(v.Attachments), f.Attachment)
	t.PutVisit(v)
	return nil
}

// maxVisits bounds what is read of one target's visits.
const maxVisits = 1000

// refreshTarget derives again what visits and problems say of a target.
func refreshTarget(t Tables, id TargetID) {
	x, ok := t.Target(id)
	if !ok {
		return
	}
	visits := t.VisitsOfTarget(id, maxVisits)
	x.Visits, x.Missed = len(visits), 0
	x.LastVisitOn, x.LastTriedOn, x.NextDueOn = Date{}, Date{}, Date{}
	x.OpenIssues = 0
	for _, p := range t.ProblemsOfTarget(id) {
		if p.Status.Open() {
			x.OpenIssues++
		}
	}
	for i, v := range visits {
		if i == 0 {
			x.LastTriedOn, x.NextDueOn = v.VisitedOn, v.NextContact
		}
		if v.Outcome == Met {
			x.LastVisitOn = v.VisitedOn
			break
		}
		x.Missed++
	}
	t.PutTarget(x)
}

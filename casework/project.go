package casework

import (
	"fmt"
	"slices"
	"time"
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
		projectCampaign(t, f.Campaign)
	case RoundOpened:
		projectRound(t, f.Round)
	case FormPublished:
		t.PutForm(f.Form)
	case UnitImported:
		t.PutUnit(f.Unit)
	case GroupImported:
		projectGroup(t, f.Group)
	case AreaImported:
		t.PutArea(f.Area)
	case StaffImported:
		projectStaff(t, f.Staff)
	case TargetImported:
		projectTarget(t, f.Target, e.day())
	case TargetRegistered:
		projectTarget(t, f.Target, e.day())
	case PairingMade:
		projectPairing(t, f.Pairing)
	case PairingEnded:
		t.DropPairing(f.TargetID, f.StaffID)
	default:
		return projectPeople(t, e)
	}
	return nil
}

// projectPeople folds what concerns a person or group of the roster.
func projectPeople(t Tables, e Event) error {
	switch f := e.Fact.(type) {
	case InviteIssued:
		projectInvite(t, f.Invite)
		return nil
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
	case NoticesChosen:
		return changeStaff(t, f.StaffID, func(s *Staff) { s.Muted, s.Quiet = f.Muted, f.Quiet })
	case StaffSuspended:
		return changeStaff(t, f.StaffID, func(s *Staff) { s.Binding = Suspended })
	case StaffRestored:
		return changeStaff(t, f.StaffID, restore)
	case GroupChatLinked:
		return linkChat(t, f)
	default:
		return projectWork(t, e)
	}
}

// day is when it happened. Where nobody said so, it is the day it reached us;
// zero if that is not known either.
func (e Event) day() Date {
	if e.HappenedOn.IsZero() && !e.ReachedAt.IsZero() {
		return DateOf(e.ReachedAt, time.UTC)
	}
	return e.HappenedOn
}

// count notes that a code is taken.
func count(t Tables, code string) {
	if prefix, n := splitCode(code); n > t.Last(prefix) {
		t.PutLast(prefix, n)
	}
}

// projectCampaign books every contact anew if the parameters change.
func projectCampaign(t Tables, c Campaign) {
	c.Params = c.Params.withDefaults()
	old, _ := t.Campaign()
	c.Services, c.FewTaskBooks = old.Services, old.FewTaskBooks
	t.PutCampaign(c)
	if old.Params == c.Params {
		return
	}
	for _, x := range slices.Collect(t.AllTargets()) {
		refresh(t, x)
	}
}

// withDefaults fills what is zero: a number that a ledger does not know yet.
func (p Params) withDefaults() Params {
	d := DefaultParams()
	defaults := numbers(&d)
	for i, n := range numbers(&p) {
		if *n == 0 {
			*n = *defaults[i]
		}
	}
	return p
}

// numbers are all of the parameters.
func numbers(p *Params) []*int {
	return []*int{
		&p.KeyVisit, &p.KeyCall, &p.WatchVisit, &p.WatchCall, &p.GeneralVisit, &p.FirmCall, &p.FirmVisit, &p.OrgVisit,
		&p.OpenProblemCall, &p.DueGroup, &p.DueBranch, &p.DueBureau, &p.DupVisitWarn, &p.Backfill,
		&p.Window, &p.DayLoad, &p.ChangeDays, &p.CallBack, &p.NoAnswer, &p.FirstResponse, &p.Silent,
		&p.TriageHours, &p.Stale, &p.DueSoon, &p.TransferNudge, &p.Extensions, &p.HoldDays, &p.ReopenDays, &p.RenewNotice,
		&p.WorkFrom, &p.WorkTo, &p.PartnerWait, &p.LeaderWait, &p.OfficeWait,
	}
}

// projectRound takes days and words; a round that was closed stays so.
func projectRound(t Tables, x Round) {
	x.ClosedOn = Date{}
	if old, ok := roundOf(t, x.ID); ok {
		x.ClosedOn = old.ClosedOn
	}
	t.PutRound(x)
}

func projectGroup(t Tables, g Group) {
	if old, ok := t.Group(g.ID); ok {
		g.Chat = old.Chat
	}
	t.PutGroup(g)
}

func linkChat(t Tables, f GroupChatLinked) error {
	g, ok := t.Group(f.GroupID)
	if !ok {
		return fmt.Errorf("group %d is not there", f.GroupID)
	}
	g.Chat = f.Chat
	t.PutGroup(g)
	return nil
}

func projectStaff(t Tables, s Staff) {
	if old, ok := t.Staff(s.ID); ok {
		s.User, s.Binding, s.Lang, s.Unreachable = old.User, old.Binding, old.Lang, old.Unreachable
		s.Muted, s.Quiet = old.Muted, old.Quiet
	}
	if s.Binding == "" {
		s.Binding = Unbound
	}
	t.PutStaff(s)
}

// projectTarget takes what the roster says; what the ledger tells stays.
func projectTarget(t Tables, x Target, day Date) {
	count(t, x.Code)
	x.History = History{Since: day}
	if old, ok := t.Target(x.ID); ok {
		x.History = old.History
	}
	refresh(t, x)
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
// one person: whoever held it before loses it.
func bind(t Tables, id InviteID) error {
	inv, err := inviteIn(t, id, Claimed)
	if err != nil {
		return err
	}
	if old, ok := t.StaffByUser(inv.User); ok && old.ID != inv.StaffID {
		old.User = 0
		if old.Binding == Bound {
			old.Binding = Unbound
		}
		t.PutStaff(old)
	}
	inv.State = Confirmed
	t.PutInvite(inv)
	return changeStaff(t, inv.StaffID, func(s *Staff) {
		s.User, s.Binding, s.Unreachable = inv.User, Bound, false
	})
}

// restore gives a person's rights back, if there is an account to use them.
func restore(s *Staff) {
	s.Binding = Unbound
	if s.User != 0 {
		s.Binding = Bound
	}
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

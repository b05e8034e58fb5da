package casework

import (
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"time"
)

// imageKey names a record that an import can change.
type imageKey struct {
	sheet SheetID
	id    uint64
	staff StaffID // of a pairing
}

func (i Image) key() imageKey { return imageKey{i.Sheet, i.ID, i.Staff} }

// keyOf is the record that a fact of an import changes.
func keyOf(f Fact) (imageKey, bool) {
	switch f := f.(type) {
	case CampaignOpened:
		return imageKey{sheet: CampaignSheet}, true
	case RoundOpened:
		return imageKey{sheet: RoundSheet, id: uint64(f.Round.ID)}, true
	case UnitImported:
		return imageKey{sheet: UnitSheet, id: uint64(f.Unit.ID)}, true
	case GroupImported:
		return imageKey{sheet: GroupSheet, id: uint64(f.Group.ID)}, true
	case AreaImported:
		return imageKey{sheet: AreaSheet, id: uint64(f.Area.ID)}, true
	case StaffImported:
		return imageKey{sheet: StaffSheet, id: uint64(f.Staff.ID)}, true
	case TargetImported:
		return imageKey{sheet: targetSheet(f.Target.Kind), id: uint64(f.Target.ID)}, true
	case PairingMade:
		return imageKey{PairingSheet, uint64(f.Pairing.TargetID), f.Pairing.StaffID}, true
	case PairingEnded:
		return imageKey{PairingSheet, uint64(f.TargetID), f.StaffID}, true
	case ProblemRaised:
		return imageKey{sheet: ProblemSheet, id: uint64(f.Problem.ID)}, true
	case TrademarkRecorded:
		return imageKey{sheet: TrademarkSheet, id: uint64(f.Trademark.ID)}, true
	case PolicyIssued:
		return imageKey{sheet: PolicySheet, id: uint64(f.Policy.ID)}, true
	}
	return imageKey{}, false
}

// imageOf is the record as it stands, without what no import changes.
func imageOf(r Records, k imageKey) Image {
	i := Image{Sheet: k.sheet, ID: k.id, Staff: k.staff}
	switch k.sheet {
	case CampaignSheet:
		c, ok := r.Campaign()
		i.Campaign = shared(Campaign{
			Name: c.Name, Year: c.Year, StartOn: c.StartOn, EndOn: c.EndOn, MustResolveBy: c.MustResolveBy, Status: c.Status,
		}, ok)
	case RoundSheet:
		x, ok := roundIn(r, RoundID(k.id))
		x.ClosedOn = Date{}
		i.Round = shared(x, ok)
	case UnitSheet:
		x, ok := r.Unit(UnitID(k.id))
		i.Unit = shared(x, ok)
	case AreaSheet:
		x, ok := r.Area(AreaID(k.id))
		i.Area = shared(x, ok)
	case GroupSheet:
		x, ok := r.Group(GroupID(k.id))
		x.Chat = 0
		i.Group = shared(x, ok)
	case StaffSheet:
		x, ok := r.Staff(StaffID(k.id))
		i.Person = shared(x.withAccountOf(Staff{}), ok)
	case PairingSheet:
		x, ok := pairingOf(r, TargetID(k.id), k.staff)
		i.Pairing = shared(x, ok)
	default:
		i = i.ofWork(r)
	}
	i.Fresh = i.empty()
	return i
}

// ofWork is the image with a record that work goes on about.
func (i Image) ofWork(r Records) Image {
	switch i.Sheet {
	case HouseholdSheet, EnterpriseSheet, OrganizationSheet:
		x, ok := r.Target(TargetID(i.ID))
		x.History = History{}
		i.Target = shared(x, ok)
	case ProblemSheet:
		x, ok := r.Problem(ProblemID(i.ID))
		i.Problem = shared(x.withPastOf(Problem{}), ok)
	case TrademarkSheet:
		x, ok := r.Trademark(TrademarkID(i.ID))
		i.Trademark = shared(x, ok)
	case PolicySheet:
		x, ok := r.Policy(PolicyID(i.ID))
		x.Off = false
		i.Policy = shared(x, ok)
	default:
	}
	return i
}

// shared is the record, or nothing if it is not there.
func shared[T any](x T, ok bool) *T {
	if !ok {
		return nil
	}
	return &x
}

func (i Image) empty() bool {
	return i.Campaign == nil && i.Round == nil && i.Unit == nil && i.Group == nil && i.Area == nil && i.Person == nil &&
		i.Target == nil && i.Pairing == nil && i.Problem == nil && i.Trademark == nil && i.Policy == nil
}

// withAccountOf is the person with the account and wishes of the other.
func (s Staff) withAccountOf(o Staff) Staff {
	s.User, s.Binding, s.Lang, s.Unreachable = o.User, o.Binding, o.Lang, o.Unreachable
	s.Muted, s.Quiet = o.Muted, o.Quiet
	return s
}

// withPastOf is the problem with what the other tells of its past.
func (p Problem) withPastOf(o Problem) Problem {
	p.History, p.Synced, p.Passed = o.History, o.Synced, o.Passed
	return p
}

func roundIn(r Records, id RoundID) (Round, bool) {
	list := r.Rounds()
	n := slices.IndexFunc(list, func(x Round) bool { return x.ID == id })
	if n < 0 {
		return Round{}, false
	}
	return list[n], true
}

// digest tells images of the same record apart. Instants are left out: the ledger knows
// them better than who plans.
func (i Image) digest() string {
	i.After, i.Drafted = "", 0
	if i.Problem != nil {
		p := *i.Problem
		p.RaisedAt, p.ResolvedAt, p.ClosedAt, p.MovedAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
		if p.Escalation != nil {
			up := *p.Escalation
			up.At, p.Escalation = time.Time{}, &up
		}
		if p.Extension != nil {
			more := *p.Extension
			more.At, p.Extension = time.Time{}, &more
		}
		i.Problem = &p
	}
	if i.Policy != nil {
		x := *i.Policy
		x.At, i.Policy = time.Time{}, &x
	}
	return digest(i)
}

// digestTies tells whether a target's pairings are the same.
func digestTies(list []Pairing) string {
	list = append([]Pairing{}, list...)
	slices.SortFunc(list, func(a, b Pairing) int { return cmp.Compare(a.StaffID, b.StaffID) })
	return digest(list)
}

// digest is a short number for what the value holds.
func digest(v any) string {
	h := fnv.New64a()
	if err := json.NewEncoder(h).Encode(v); err != nil {
		panic(err) // records can be written: the ledger holds them
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

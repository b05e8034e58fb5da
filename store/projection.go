package store

import (
	"fmt"
	"slices"

	"zoufang/casework"
	"zoufang/form"
)

// projector writes the records in a transaction. It implements
// [casework.Tables].
type projector struct{ view }

var _ casework.Tables = (*projector)(nil)

// PutCampaign implements [casework.Tables], and so do the others below.
func (p *projector) PutCampaign(v casework.Campaign) { campaigns.put(p.t, v) }

// PutRound implements [casework.Tables].
func (p *projector) PutRound(v casework.Round) { rounds.put(p.t, v) }

// PutUnit implements [casework.Tables].
func (p *projector) PutUnit(v casework.Unit) { units.put(p.t, v) }

// PutGroup implements [casework.Tables].
func (p *projector) PutGroup(v casework.Group) { groups.put(p.t, v) }

// PutArea implements [casework.Tables].
func (p *projector) PutArea(v casework.Area) { areas.put(p.t, v) }

// PutStaff implements [casework.Tables].
func (p *projector) PutStaff(v casework.Staff) { staff.put(p.t, v) }

// PutTarget implements [casework.Tables].
func (p *projector) PutTarget(v casework.Target) { targets.put(p.t, v) }

// PutPairing implements [casework.Tables].
func (p *projector) PutPairing(v casework.Pairing) { pairings.put(p.t, v) }

// DropPairing implements [casework.Tables].
func (p *projector) DropPairing(t casework.TargetID, s casework.StaffID) {
	pairings.drop(p.t, slices.Concat(number(t), number(s)))
}

// PutVisit implements [casework.Tables].
func (p *projector) PutVisit(v casework.Visit) { visits.put(p.t, v) }

// PutProblem implements [casework.Tables].
func (p *projector) PutProblem(v casework.Problem) { problems.put(p.t, v) }

// PutCall implements [casework.Tables].
func (p *projector) PutCall(v casework.Call) { calls.put(p.t, v) }

// PutTaskBook implements [casework.Tables].
func (p *projector) PutTaskBook(v casework.TaskBook) { taskBooks.put(p.t, v) }

// PutIssue implements [casework.Tables].
func (p *projector) PutIssue(v casework.CommonIssue) { issues.put(p.t, v) }

// PutTrademark implements [casework.Tables].
func (p *projector) PutTrademark(v casework.Trademark) { trademarks.put(p.t, v) }

// PutMatter implements [casework.Tables].
func (p *projector) PutMatter(v casework.Matter) { matters.put(p.t, v) }

// PutPolicy implements [casework.Tables].
func (p *projector) PutPolicy(v casework.Policy) { policies.put(p.t, v) }

// PutWorkday implements [casework.Tables].
func (p *projector) PutWorkday(v casework.Workday) { workdays.put(p.t, v) }

// PutHandover implements [casework.Tables].
func (p *projector) PutHandover(v casework.Handover) { handovers.put(p.t, v) }

// PutHold implements [casework.Tables].
func (p *projector) PutHold(v casework.Hold) { holds.put(p.t, v) }

// PutForm implements [casework.Tables].
func (p *projector) PutForm(v form.Definition) { forms.put(p.t, v) }

// PutInvite implements [casework.Tables].
func (p *projector) PutInvite(v casework.Invite) { invites.put(p.t, v) }

// PutLast implements [casework.Tables].
func (p *projector) PutLast(prefix string, n int) {
	putAs(p.t, lastsBucket, p.hash("last", prefix), n)
}

// record appends an event to the ledger and folds it into the records. What is
// folded is what the ledger says, read back, so that folding it again later
// cannot give anything else.
func (s *Store) record(t *tx, e casework.Event) error {
	e.Seq = t.next(eventCounter)
	data, err := encodeEvent(e)
	if err != nil {
		return err
	}
	t.put(ledgerBucket, number(e.Seq), data)
	return fold(t, &s.forms, data)
}

// fold folds an entry of the ledger into the records.
func fold(t *tx, cache *formCache, data []byte) error {
	e, err := decodeEvent(data)
	if err != nil {
		return err
	}
	if err := casework.Project(&projector{view{t, cache}}, e); err != nil {
		return fmt.Errorf("project event %d: %w", e.Seq, err)
	}
	return nil
}

// Rebuild empties the projections and folds the ledger again, in one
// transaction. The records come out byte for byte the same, unless they were
// damaged or an older program folded them otherwise.
func (s *Store) Rebuild() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.engine.update(rebuild); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	return nil
}

func rebuild(t *tx) error {
	var cache formCache
	for _, bucket := range projections() {
		t.empty(bucket)
	}
	for _, data := range t.scan(ledgerBucket, nil) {
		if err := fold(t, &cache, data); err != nil {
			return err
		}
		// Without this a damaged table would be folded on to the end.
		if t.damage != nil || t.broken != nil {
			break
		}
	}
	return nil
}

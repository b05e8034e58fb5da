package casework

import (
	"cmp"
	"fmt"
	"slices"
)

// maxExplained is how many explained policies a target's row keeps; the ledger keeps
// all.
const maxExplained = 200

// projectService folds what concerns trademarks, measures for firms and policies.
func projectService(t Tables, e Event) error {
	switch f := e.Fact.(type) {
	case TrademarkRecorded:
		return projectTrademark(t, f.Trademark)
	case MatterRecorded:
		return projectMatter(t, f.Matter, e)
	case MatterMoved:
		return projectMatterMove(t, f, e)
	case ServicesSet:
		c, ok := t.Campaign()
		if !ok {
			return fmt.Errorf("measures for no campaign")
		}
		c.Services = f.Services
		t.PutCampaign(c)
		return nil
	case ServiceGiven:
		return changeTarget(t, f.TargetID, func(x *Target) {
			x.Given = append(slices.Clone(x.Given), f.Given)
		})
	case PolicyIssued:
		t.PutPolicy(f.Policy)
		count(t, f.Policy.Code)
		return nil
	case PolicyWithdrawn:
		p, ok := t.Policy(f.PolicyID)
		if !ok {
			return fmt.Errorf("policy %d is not there", f.PolicyID)
		}
		p.Off = true
		t.PutPolicy(p)
		return nil
	case PolicyExplained:
		return changeTarget(t, f.TargetID, func(x *Target) {
			list := append(slices.Clone(x.Explained), f.Explained)
			x.Explained = list[max(0, len(list)-maxExplained):]
		})
	default:
		return projectDesk(t, e)
	}
}

func projectTrademark(t Tables, m Trademark) error {
	if _, err := targetIn(t, m.FirmID); err != nil {
		return fmt.Errorf("trademark %d: %w", m.ID, err)
	}
	t.PutTrademark(m)
	return nil
}

// projectMatter takes what the fact says of the matter, and notes it as a step.
func projectMatter(t Tables, m Matter, e Event) error {
	mark, ok := t.Trademark(m.TrademarkID)
	if !ok {
		return fmt.Errorf("matter %d: trademark %d is not there", m.ID, m.TrademarkID)
	}
	old, _ := t.Matter(m.ID)
	m.FirmID = mark.FirmID
	m.Status = cmp.Or(m.Status, statusAt(m.Stage))
	m.StageOn = cmp.Or(m.StageOn, e.day())
	m.History = append(slices.Clone(old.History), MatterStep{
		By: e.By, On: e.day(), At: e.ReachedAt, MatterMoved: MatterMoved{
			MatterID: m.ID, From: old.Stage, Stage: m.Stage, Status: m.Status, Result: m.LastResult, ResultOn: m.LastResultOn,
			Refusal: m.Refusal, Text: e.Reason, VisitID: m.VisitID,
		},
	})
	putMatter(t, m)
	count(t, m.Code)
	return nil
}

// projectMatterMove folds a step, which must begin where the matter is.
func projectMatterMove(t Tables, f MatterMoved, e Event) error {
	m, ok := t.Matter(f.MatterID)
	switch {
	case !ok:
		return fmt.Errorf("matter %d is not there", f.MatterID)
	case m.Stage != f.From:
		return fmt.Errorf("matter %d is at %s, not at %s", m.ID, m.Stage, f.From)
	}
	if f.Stage != "" && f.Stage != m.Stage {
		m.StageOn = e.day()
	}
	m = m.after(f)
	m.History = append(slices.Clone(m.History), MatterStep{By: e.By, On: e.day(), At: e.ReachedAt, MatterMoved: f})
	putMatter(t, m)
	return nil
}

// putMatter writes the matter and books its firm's next contact anew.
func putMatter(t Tables, m Matter) {
	t.PutMatter(m)
	renew(t, m.FirmID, func(*Target) {})
}

// after is the matter after the step: what is set changes, the rest stays.
func (m Matter) after(f MatterMoved) Matter {
	if f.Stage != "" {
		m.Stage, m.Status = f.Stage, statusAt(f.Stage)
	}
	m.Status = cmp.Or(f.Status, m.Status)
	m.LastResult = cmp.Or(f.Result, m.LastResult)
	m.LastResultOn = cmp.Or(f.ResultOn, m.LastResultOn)
	m.Refusal = cmp.Or(f.Refusal, m.Refusal)
	m.Section = cmp.Or(f.Section, m.Section)
	m.OwnerID = cmp.Or(f.OwnerID, m.OwnerID)
	m.ExpiresOn = cmp.Or(f.ExpiresOn, m.ExpiresOn)
	if f.Evidence != nil {
		m.Evidence = *f.Evidence
	}
	if f.NextStep != nil {
		m.NextStep = *f.NextStep
	}
	if f.NextOn != nil {
		m.NextOn = *f.NextOn
	}
	return m
}

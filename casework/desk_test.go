package casework_test

import (
	"fmt"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

// People of the office's tests: see [officeCampaign].
const (
	lee        casework.StaffID = 81 // leads group 1
	sun        casework.StaffID = 82 // secretary of branch 2, and a member of group 1
	auditor    casework.StaffID = 83
	bureauHead casework.StaffID = 84 // of the bureau
	admin      casework.StaffID = 85
	second     casework.StaffID = 86 // of the office as well
	mia        casework.StaffID = 87 // a visitor of group 1 and branch 2
	pal        casework.StaffID = 88 // the same, without an account
	gone       casework.StaffID = 89 // suspended, of group 1
)

// officeCampaign is that of [serviceCampaign] with two groups, two branches and everybody
// who has to do with the office. Group 1 has all targets.
func officeCampaign(t testing.TB) []casework.Fact {
	t.Helper()
	facts := append(serviceCampaign(t),
		casework.UnitImported{Unit: casework.Unit{ID: 2, Kind: casework.Branch, Name: "一支部"}},
		casework.UnitImported{Unit: casework.Unit{ID: 3, Kind: casework.Branch, Name: "二支部"}},
		casework.UnitImported{Unit: casework.Unit{ID: 4, Kind: casework.Bureau, Name: "局"}},
		casework.GroupImported{Group: casework.Group{ID: 1, Code: "G1", Name: "一组", LeaderID: lee, DeputyID: mia}},
		casework.GroupImported{Group: casework.Group{ID: 2, Code: "G2", Name: "二组"}},
	)
	for _, p := range []struct {
		id      casework.StaffID
		role    casework.Role
		branch  casework.UnitID
		group   casework.GroupID
		binding casework.Binding
	}{
		{lee, casework.GroupLeader, 3, 1, casework.Bound}, {sun, casework.BranchSecretary, 2, 1, casework.Bound},
		{auditor, casework.Auditor, 4, 0, casework.Bound}, {bureauHead, casework.BureauLeader, 4, 0, casework.Bound},
		{admin, casework.Admin, 4, 0, casework.Bound}, {second, casework.Office, 4, 0, casework.Bound},
		{mia, casework.Visitor, 2, 1, casework.Bound}, {pal, casework.Visitor, 2, 1, casework.Unbound},
		{gone, casework.Visitor, 2, 1, casework.Suspended},
	} {
		s := casework.Staff{
			ID: p.id, Code: fmt.Sprintf("R%03d", p.id), Name: fmt.Sprintf("人员%c", '甲'+rune(p.id-lee)),
			Roles: []casework.Role{p.role}, BranchID: p.branch, Binding: p.binding,
		}
		if p.group != 0 {
			s.Groups = []casework.GroupID{p.group}
		}
		facts = append(facts, casework.StaffImported{Staff: s})
	}
	return facts
}

// officeRule is what somebody asks of the office's rules.
type officeRule func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal)

// errand is one person's officeRule, turned by the store.
type errand struct {
	t    testing.TB
	who  casework.StaffID
	do   officeRule
	why  casework.Refusal
	made []casework.Fact
}

func (d *errand) Turn(v dialog.View, _ dialog.Session, in dialog.Input) dialog.Outcome {
	s, _ := v.Staff(d.who)
	d.made, d.why = d.do(v, s, casework.NewMinter(in.N))
	if d.why != "" && len(d.made) > 0 {
		d.t.Errorf("refused as %s, and makes %v", d.why, d.made)
	}
	var out dialog.Outcome
	for _, f := range d.made {
		out.Events = append(out.Events, casework.Event{By: d.who, HappenedOn: today, Cause: in.Cause, ReachedAt: in.Reached, Fact: f})
	}
	return out
}

func (d *errand) Sorry(_ dialog.View, _ dialog.Session, in dialog.Input) dialog.Outcome {
	d.t.Errorf("input %s was refused by the store", in.Cause)
	return dialog.Outcome{}
}

// asks lets the person do it in their own name, keeps what it makes, and gives the
// facts and the refusal.
func (l *ledger) asks(who casework.StaffID, do officeRule) ([]casework.Fact, casework.Refusal) {
	l.t.Helper()
	l.n++
	d := &errand{t: l.t, who: who, do: do}
	if _, err := l.store.Apply([]dialog.Input{{Cause: fmt.Sprint("errand:", l.n), Reached: servingNow().At}}, d); err != nil {
		l.t.Fatal(err)
	}
	return d.made, d.why
}

// alone is a officeRule's one fact as a list.
func alone[F casework.Fact](f F, why casework.Refusal) ([]casework.Fact, casework.Refusal) {
	if why != "" {
		return nil, why
	}
	return []casework.Fact{f}, ""
}

// hoursLater is so many hours after [servingNow].
func hoursLater(n int) casework.Moment {
	m := servingNow()
	m.At = m.At.Add(time.Duration(n) * time.Hour)
	return m
}

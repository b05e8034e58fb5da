package store

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"zoufang/casework"
)

// TestOfficeIsFoundByItsIndexes compares what the indexes give with what was written.
func TestOfficeIsFoundByItsIndexes(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), "campaign.db"), Options{Key: testKey()})
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, s)
	err = s.engine.update(func(x *tx) error {
		p := &projector{view{x, new(formCache)}}
		want := scatterOffice(p, rand.New(rand.NewPCG(5, 6)))
		compareOffice(t, &p.view, want)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// Nothing of it follows from the ledger, which is empty.
	if err := s.Rebuild(); err != nil {
		t.Fatalf("Rebuild() = %v", err)
	}
	if r, err := s.Check(); err != nil || !r.Sound() {
		t.Errorf("Check() after Rebuild = %q, %v, want no faults", r.Faults, err)
	}
}

// written is the last of what was written under each identity.
type written struct {
	exports   map[casework.ExportID]casework.Export
	approvals map[casework.ApprovalID]casework.Approval
	looks     map[casework.LookID]casework.Look
	plans     map[[2]uint64]casework.RoundPlan
}

// scatterOffice writes records of the office at random, most of them several times.
func scatterOffice(p *projector, r *rand.Rand) written {
	pick := func() uint64 { return r.Uint64N(8) + 1 }
	w := written{
		map[casework.ExportID]casework.Export{}, map[casework.ApprovalID]casework.Approval{},
		map[casework.LookID]casework.Look{}, map[[2]uint64]casework.RoundPlan{},
	}
	for range 300 {
		id := pick() * pick()
		x := casework.Export{ID: casework.ExportID(id), Code: fmt.Sprintf("DC-2017-%04d", id), Rows: int(pick())}
		p.PutExport(x)
		w.exports[x.ID] = x
		a := casework.Approval{
			ID: casework.ApprovalID(pick() * pick()), By: casework.StaffID(pick()),
			State: draw(r, casework.ApprovalOpen, casework.ApprovalGranted, casework.ApprovalRefused),
		}
		p.PutApproval(a)
		w.approvals[a.ID] = a
		l := casework.Look{ID: casework.LookID(pick() * pick()), By: casework.StaffID(pick()), TargetID: casework.TargetID(pick() - 1)}
		p.PutLook(l)
		w.looks[l.ID] = l
		plan := casework.RoundPlan{RoundID: casework.RoundID(pick()), TargetID: casework.TargetID(pick()), StaffID: casework.StaffID(pick())}
		key := [2]uint64{uint64(plan.RoundID), uint64(plan.TargetID)}
		if pick() < 3 {
			p.DropRoundPlan(plan.RoundID, plan.TargetID)
			delete(w.plans, key)
		} else {
			p.PutRoundPlan(plan)
			w.plans[key] = plan
		}
	}
	return w
}

// newestOf are those of which in is true, the newest first, at most n.
func newestOf[K cmp.Ordered, V any](all map[K]V, n int, in func(V) bool) []V {
	var ids []K
	for id, v := range all {
		if in(v) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	slices.Reverse(ids)
	var out []V
	for _, id := range ids[:min(n, len(ids))] {
		out = append(out, all[id])
	}
	return out
}

func compareOffice(t *testing.T, v *view, w written) {
	t.Helper()
	for _, n := range []int{1, 5, 1000} {
		differ(t, "Exports", newestOf(w.exports, n, func(casework.Export) bool { return true }), v.Exports(n))
		differ(t, "Looks", newestOf(w.looks, n, func(casework.Look) bool { return true }), v.Looks(n))
		for id := range uint64(9) {
			at := func(l casework.Look) bool { return l.TargetID == casework.TargetID(id) }
			if id > 0 { // a look at no target is not indexed by it
				differ(t, "LooksAt", newestOf(w.looks, n, at), v.LooksAt(casework.TargetID(id), n))
			}
			by := func(l casework.Look) bool { return l.By == casework.StaffID(id) }
			differ(t, "LooksBy", newestOf(w.looks, n, by), v.LooksBy(casework.StaffID(id), n))
		}
	}
	for id, x := range w.exports {
		if got, ok := v.ExportByCode(x.Code); !ok || got.ID != id {
			t.Errorf("ExportByCode(%s) = %d, %v, want %d", x.Code, got.ID, ok, id)
		}
	}
	open := newestOf(w.approvals, 1000, func(a casework.Approval) bool { return a.State == casework.ApprovalOpen })
	slices.Reverse(open)
	differ(t, "OpenApprovals", open, v.OpenApprovals())
	for round := range casework.RoundID(10) {
		var want []casework.RoundPlan
		for x := range uint64(10) {
			if p, ok := w.plans[[2]uint64{uint64(round), x}]; ok {
				want = append(want, p)
			}
		}
		differ(t, fmt.Sprintf("PlanOf(%d)", round), want, slices.Collect(v.PlanOf(round)))
	}
}

package sample

import (
	"zoufang/casework"
	"zoufang/form"
)

// tables are the records in memory. They implement [casework.Tables].
type tables struct {
	campaign casework.Campaign
	hold     casework.Hold
	forms    []form.Definition
	lasts    map[string]int
	workdays map[casework.Date]casework.Workday

	pairsOfTarget map[casework.TargetID][]casework.Pairing
	pairsOfStaff  map[casework.StaffID][]casework.Pairing

	rounds    *shelf[casework.Round]
	units     *shelf[casework.Unit]
	groups    *shelf[casework.Group]
	areas     *shelf[casework.Area]
	staff     *shelf[casework.Staff]
	targets   *shelf[casework.Target]
	visits    *shelf[casework.Visit]
	calls     *shelf[casework.Call]
	problems  *shelf[casework.Problem]
	books     *shelf[casework.TaskBook]
	issues    *shelf[casework.CommonIssue]
	marks     *shelf[casework.Trademark]
	matters   *shelf[casework.Matter]
	policies  *shelf[casework.Policy]
	handovers *shelf[casework.Handover]
	invites   *shelf[casework.Invite]
	*cabinet
}

var _ casework.Tables = (*tables)(nil)

func newTables() *tables {
	return &tables{
		cabinet: newCabinet(),
		lasts:   map[string]int{}, workdays: map[casework.Date]casework.Workday{},
		pairsOfTarget: map[casework.TargetID][]casework.Pairing{}, pairsOfStaff: map[casework.StaffID][]casework.Pairing{},
		rounds: newShelf(func(v casework.Round) uint64 { return uint64(v.ID) }),
		units:  newShelf(func(v casework.Unit) uint64 { return uint64(v.ID) }),
		groups: newShelf(func(v casework.Group) uint64 { return uint64(v.ID) }),
		areas:  newShelf(func(v casework.Area) uint64 { return uint64(v.ID) }),
		staff: newShelf(func(v casework.Staff) uint64 { return uint64(v.ID) },
			func(v casework.Staff) []uint64 { return numbers(v.Groups) }),
		targets: newShelf(func(v casework.Target) uint64 { return uint64(v.ID) },
			func(v casework.Target) []uint64 { return numbers([]casework.GroupID{v.GroupID}) }),
		visits: newShelf(func(v casework.Visit) uint64 { return uint64(v.ID) },
			func(v casework.Visit) []uint64 { return numbers([]casework.TargetID{v.TargetID}) },
			func(v casework.Visit) []uint64 { return numbers([]casework.StaffID{v.Reporter()}) }),
		calls: newShelf(func(v casework.Call) uint64 { return uint64(v.ID) },
			func(v casework.Call) []uint64 { return numbers([]casework.TargetID{v.TargetID}) },
			func(v casework.Call) []uint64 { return numbers([]casework.StaffID{v.By}) }),
		problems: newShelf(func(v casework.Problem) uint64 { return uint64(v.ID) },
			func(v casework.Problem) []uint64 { return numbers([]casework.TargetID{v.TargetID}) },
			func(v casework.Problem) []uint64 { return numbers([]casework.StaffID{v.OwnerID}) },
			func(v casework.Problem) []uint64 { return whileOpen(v.Status.Open(), v.UnitID) }),
		books: newShelf(func(v casework.TaskBook) uint64 { return uint64(v.ID) },
			func(v casework.TaskBook) []uint64 { return numbers(v.ProblemIDs) },
			func(v casework.TaskBook) []uint64 { return numbers(v.Busy()) },
			func(v casework.TaskBook) []uint64 { return whileOpen(v.Status.Open(), v.BranchID) }),
		issues: newShelf(func(v casework.CommonIssue) uint64 { return uint64(v.ID) }),
		marks: newShelf(func(v casework.Trademark) uint64 { return uint64(v.ID) },
			func(v casework.Trademark) []uint64 { return numbers([]casework.TargetID{v.FirmID}) }),
		matters: newShelf(func(v casework.Matter) uint64 { return uint64(v.ID) },
			func(v casework.Matter) []uint64 { return numbers([]casework.TargetID{v.FirmID}) }),
		policies:  newShelf(func(v casework.Policy) uint64 { return uint64(v.ID) }),
		handovers: newShelf(func(v casework.Handover) uint64 { return uint64(v.ID) }),
		invites: newShelf(func(v casework.Invite) uint64 { return uint64(v.ID) },
			func(v casework.Invite) []uint64 { return numbers([]casework.StaffID{v.StaffID}) }),
	}
}

func numbers[N ~uint64](ids []N) []uint64 {
	out := make([]uint64, 0, len(ids))
	for _, id := range ids {
		out = append(out, uint64(id))
	}
	return out
}

// whileOpen is the branch of what is open, and nothing for what is not.
func whileOpen(open bool, u casework.UnitID) []uint64 {
	if !open {
		return nil
	}
	return []uint64{uint64(u)}
}

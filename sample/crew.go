package sample

import (
	"slices"

	"zoufang/casework"
)

// crew says who goes out, and sees to it that everybody has in the end.
type crew struct {
	c    *campaign
	out  []bool  // by person: has been out
	home []int   // by team: how many have not
	left []int   // by team: visits still to come
	away [][]int // by team: who goes along next, from the back
}

func newCrew(c *campaign) crew {
	w := crew{c: c, out: make([]bool, len(c.people)), left: make([]int, len(c.teams))}
	rng := rngFor(c.o.Seed, crewStream)
	for _, t := range c.teams {
		members := slices.Clone(t.members)
		rng.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
		w.away = append(w.away, members)
		w.home = append(w.home, len(members))
	}
	for _, o := range c.plan {
		w.left[c.places[o.place].team]++
	}
	return w
}

// send says who reports the visit, and who goes along.
func (w *crew) send(v visitor) (casework.StaffID, []casework.StaffID) {
	team := v.place.team
	reporter := w.reporter(v)
	went := []int{reporter}
	w.note(reporter)
	along := [...]int{0, 0, 0, 0, 0, 1, 1, 1, 1, 2}[v.rng.IntN(10)]
	// Who is still at home goes in time, in equal parts.
	along = max(along, (w.home[team]+w.left[team]-1)/w.left[team])
	w.left[team]--
	for range along {
		if i, ok := w.companion(v, went); ok {
			went = append(went, i)
			w.note(i)
		}
	}
	var ids []casework.StaffID
	for _, i := range went {
		ids = append(ids, w.c.people[i].ID)
	}
	return ids[0], ids[1:]
}

func (w *crew) note(i int) {
	if !w.out[i] {
		w.out[i] = true
		w.home[w.c.people[i].team]--
	}
}

// reporter is mostly who is responsible, sometimes who helps, and else
// somebody of the group.
func (w *crew) reporter(v visitor) int {
	x := v.place
	switch r := v.rng.IntN(10); {
	case r < 7 || x.pinned != nil:
		return x.primary
	case r < 9 && len(x.assists) > 0:
		return x.assists[v.rng.IntN(len(x.assists))]
	}
	members := w.c.teams[x.team].members
	if i := members[v.rng.IntN(len(members))]; w.c.people[i].reports() {
		return i
	}
	return x.primary
}

// companion is somebody of the group who is not among those who went: first
// those who have not been out, then anybody. It is false if the draw fails.
func (w *crew) companion(v visitor, went []int) (int, bool) {
	team := v.place.team
	for len(w.away[team]) > 0 {
		last := len(w.away[team]) - 1
		i := w.away[team][last]
		w.away[team] = w.away[team][:last]
		if !w.out[i] {
			return i, true
		}
	}
	members := w.c.teams[team].members
	i := members[v.rng.IntN(len(members))]
	return i, !slices.Contains(went, i)
}

package sample

import (
	"cmp"
	"fmt"
	"slices"

	"zoufang/casework"
)

// outing is one visit that is to be made. It is small, because there can be a
// million of them.
type outing struct {
	place  int32 // in places
	second int32 // of the day on which it is reported
	day    int16 // in days
	lag    int8  // days until it is reported
	met    bool
}

// reported is the day on which the outing reaches the records.
func (c *campaign) reported(o outing) casework.Date { return c.days[o.day].AddDays(int(o.lag)) }

// makePlan says who is visited when, and what problems come up.
func (c *campaign) makePlan() error {
	c.rng = rngFor(c.o.Seed, planStream)
	times := c.dealVisits()
	for i, k := range times {
		c.planPlace(i, k)
	}
	slices.SortFunc(c.plan, func(a, b outing) int {
		return cmp.Or(c.reported(a).Compare(c.reported(b)), cmp.Compare(a.second, b.second),
			cmp.Compare(a.place, b.place), cmp.Compare(a.day, b.day))
	})
	c.visitInput = c.inputs + 1
	c.inputs += uint64(len(c.plan))
	c.planCalls()
	return c.planProblems()
}

// dealVisits says how often each target is visited: once, and the other visits
// by how much care the target needs.
func (c *campaign) dealVisits() []int {
	var turns []int
	for i, x := range c.places {
		n := 2
		switch {
		case x.CareLevel == casework.Key:
			n = 5
		case x.CareLevel == casework.Watch || x.Kind != casework.HouseholdKind:
			n = 3
		}
		for range n {
			turns = append(turns, i)
		}
	}
	c.rng.Shuffle(len(turns), func(i, j int) { turns[i], turns[j] = turns[j], turns[i] })
	// Who is missed at the last visit was met at one before.
	for i, x := range c.places {
		if x.pinned != nil && x.pinned.missed {
			turns = slices.Insert(turns, 0, i)
		}
	}
	times := make([]int, len(c.places))
	for i := range times {
		times[i] = 1
	}
	for left, at := c.o.Visits-len(times), 0; left > 0; at++ {
		if i := turns[at%len(turns)]; times[i] < len(c.days) {
			times[i]++
			left--
		}
	}
	return times
}

// planPlace spreads k visits to a target over the campaign, each on a day of
// its own: nobody can report one twice.
func (c *campaign) planPlace(i, k int) {
	days := len(c.days)
	p := c.places[i].pinned
	if p != nil {
		days = max(k, c.dayIndex(p.last())+1)
	}
	for n := range k {
		from, to := n*days/k, (n+1)*days/k
		o := outing{place: int32(i), day: int16(from + c.rng.IntN(to-from))}
		// A target is met at the first visit, so that all are met once, and at
		// the last: an appointment made then would be long past. The form for
		// organisations takes it that somebody was met.
		o.met = n == 0 || n == k-1 || c.rng.IntN(6) > 0 || c.places[i].Kind == casework.OrganizationKind
		if p != nil && n == k-1 {
			o.day, o.met = int16(days-1), !p.missed || k == 1
		}
		o.lag = c.lag(c.days[o.day])
		o.second = int32(10*3600 + c.rng.IntN(9*3600))
		c.plan = append(c.plan, o)
	}
}

// dayIndex is the last day of visits that is not after d.
func (c *campaign) dayIndex(d casework.Date) int {
	i, found := slices.BinarySearchFunc(c.days, d, casework.Date.Compare)
	if found {
		return i
	}
	return max(i-1, 0)
}

// lag is after how many days a visit is reported: mostly on the same day,
// sometimes later, and seldom so late that a reason is asked for.
func (c *campaign) lag(on casework.Date) int8 {
	n := 0
	switch r := c.rng.IntN(100); {
	case r < 2:
		n = 8 + c.rng.IntN(4)
	case r < 6:
		n = 2 + c.rng.IntN(4)
	case r < 18:
		n = 1
	}
	return int8(min(n, today.DaysSince(on)-1))
}

// planProblems says at which visits problems come up: at those where somebody
// of the right kind was met, and for a target a second time only when all of
// its kind have had one. Now and then a visit raises two.
func (c *campaign) planProblems() error {
	pools := c.pools()
	last := map[casework.Kind]int{} // the visit that raised the kind's last problem
	c.raised = map[int][]int{}
	n := c.pinProblem()
	for left := c.o.Problems - n; left > 0; n++ {
		if len(pools[casework.HouseholdKind]) == 0 {
			return fmt.Errorf("sample: %d problems are too many for %d visits", c.o.Problems, c.o.Visits)
		}
		issue := n % len(issues)
		k := issues[issue].kind
		at, again := last[k]
		if again = again && len(c.raised[at]) < 2 && c.rng.IntN(8) == 0; !again {
			if len(pools[k]) == 0 {
				continue // a household's is to come
			}
			at, pools[k] = pools[k][0], pools[k][1:]
		}
		last[k] = at
		c.raised[at] = append(c.raised[at], issue)
		left--
	}
	c.freshProblem()
	return nil
}

// freshProblem has the last problem that a household raised come up at the visit of
// the evening before the demo, so that the demo's leader has one to give to somebody.
func (c *campaign) freshProblem() {
	fresh := -1
	for i, o := range c.plan {
		if p := c.places[o.place].pinned; p != nil && p.fresh && o.met {
			fresh = i
		}
	}
	for i := fresh - 1; i >= 0; i-- {
		list := c.raised[i]
		pinned := c.places[c.plan[i].place].pinned != nil
		if len(list) == 1 && !pinned && issues[list[0]].kind == home && issues[list[0]].disposal == casework.InProgress {
			delete(c.raised, i)
			c.raised[fresh] = list
			return
		}
	}
}

// pinProblem raises the problem that the demo's member has open, and says how
// many problems that made.
func (c *campaign) pinProblem() int {
	for i, o := range slices.Backward(c.plan) {
		if p := c.places[o.place].pinned; p != nil && p.issue {
			c.raised[i] = []int{0}
			return 1
		}
	}
	return 0
}

// pools are the visits by kind at which somebody was met, in the order in
// which problems come up.
func (c *campaign) pools() map[casework.Kind][]int {
	pools := map[casework.Kind][]int{}
	for i, o := range c.plan {
		if p := c.places[o.place].pinned; o.met && p == nil {
			k := c.places[o.place].Kind
			pools[k] = append(pools[k], i)
		}
	}
	for _, k := range casework.Kinds() {
		pool := pools[k]
		c.rng.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
		before := map[int32]int{}
		rank := map[int]int{}
		for _, i := range pool {
			rank[i] = before[c.plan[i].place]
			before[c.plan[i].place]++
		}
		slices.SortStableFunc(pool, func(a, b int) int { return cmp.Compare(rank[a], rank[b]) })
	}
	return pools
}

package casework

// firstWindow is by how many days load may put off a first contact. It is more
// than the window of a rhythm, because a whole roster arrives in one day.
const firstWindow = 30

// Book levels the load: it says to which day the contact of a target is moved,
// when the person in charge has too much on the day planned. It reports false
// when it stays. Only a contact by rhythm is ever moved, within its window, and
// one that was moved stays where it is until something else asks for it. What is
// due today is not moved, and nothing is moved to today.
func Book(r Records, id TargetID, today Date) (ContactBooked, bool) {
	x, ok := r.Target(id)
	next := x.Next
	byRule := next.Why == WhyRhythm || next.Why == WhyFirst
	if !ok || !byRule || next.Moved == OffLoad || !next.On.After(today) {
		return ContactBooked{}, false
	}
	c, _ := r.Campaign()
	load := loads(r, owner(r, x), id)
	if load[next.On] < c.Params.DayLoad {
		return ContactBooked{}, false
	}
	best := leastLoaded(r, load, next, rhythmOf(c.Params, x).Window, today)
	if best == next.On {
		return ContactBooked{}, false
	}
	next.On, next.Moved = best, OffLoad
	return ContactBooked{TargetID: id, Contact: next}, true
}

// loads counts the contacts that the person answers for by day, but for the one
// of the target left out. Leaves are left aside: most are over before the day.
func loads(r Records, who StaffID, but TargetID) map[Date]int {
	n := map[Date]int{}
	for _, x := range held(r, who) {
		if x.ID != but && !x.Next.On.IsZero() {
			n[x.Next.On]++
		}
	}
	return n
}

// leastLoaded is the day with the least load on which next can be, of these the
// one nearest to the day wanted, of two the earlier. The day it is booked for
// stays if no other has less.
func leastLoaded(r Records, load map[Date]int, next Contact, window int, today Date) Date {
	back, ahead := window, window
	if next.Why == WhyFirst {
		ahead = max(window, firstWindow)
	}
	best := next.On
	try := func(d Date) {
		if load[d] < load[best] && d.After(today) && IsWorkday(r, d) {
			best = d
		}
	}
	for n := range max(back, ahead) + 1 {
		if n <= back {
			try(next.Wanted.AddDays(-n))
		}
		if n <= ahead {
			try(next.Wanted.AddDays(n))
		}
	}
	return best
}

package casework

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zoufang/form"
)

// Found is a target that fits what was searched for.
type Found struct {
	Target Target
	Own    bool // paired with who searched, or in their charge
	score  int
}

// Mine lists the targets that are in the person's charge today, those of people
// stood in for included, and all paired with the person. The most urgent come
// first: by the days they are overdue, where one never contacted counts as a
// hundred days, and each open problem, up to three, as ten more. Those that
// nobody is to contact come last.
func Mine(r Records, who StaffID, today Date) []Found {
	list := Charges(r, who, today)
	for _, p := range r.PairingsOfStaff(who) {
		here := slices.ContainsFunc(list, func(t Target) bool { return t.ID == p.TargetID })
		if t, ok := r.Target(p.TargetID); ok && !here && t.InUse() {
			list = append(list, t)
		}
	}
	var out []Found
	for _, t := range list {
		out = append(out, Found{Target: t, Own: true, score: urgency(t, today)})
	}
	rank(out)
	return out
}

// silentScore is lower than any that waiting can give.
const silentScore = -100_000

// urgency is how much a target waits: see [Mine].
func urgency(t Target, today Date) int {
	n := min(t.OpenIssues, 3) * 10
	due := DueOf(t, today)
	switch {
	case due.State == Silent:
		return silentScore + n
	case t.LastContactOn().IsZero():
		return n + 100
	}
	return n + today.DaysSince(due.Contact.On)
}

// rank puts own targets first, and of these the highest score.
func rank(list []Found) {
	slices.SortStableFunc(list, func(a, b Found) int {
		switch {
		case a.Own && !b.Own:
			return -1
		case b.Own && !a.Own:
			return 1
		}
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.Target.Code, b.Target.Code))
	})
}

// Search finds targets the person may see, by code, village, part of the name,
// or pinyin, whole or initials. Traditional characters find simplified ones,
// because they sound the same; so do words with the same sound, further down.
// Own targets come first. It gives at most n, and how many there are in all.
func Search(r Records, who Staff, words string, n int) ([]Found, int) {
	q := newQuery(words)
	own := map[TargetID]bool{}
	for _, p := range r.PairingsOfStaff(who.ID) {
		own[p.TargetID] = true
	}
	var out []Found
	seen := map[TargetID]bool{}
	look := func(t Target) {
		if seen[t.ID] || !t.InUse() || !May(r, who, SeeTarget, Subject{Target: t}) {
			return
		}
		seen[t.ID] = true
		if s := q.score(r, t); s > 0 {
			out = append(out, Found{Target: t, Own: own[t.ID], score: s})
		}
	}
	eachVisible(r, who, own, look)
	rank(out)
	return out[:min(n, len(out))], len(out)
}

// eachVisible visits the targets that the person may see, without reading
// those of other groups where the rights end at the group.
func eachVisible(r Records, who Staff, own map[TargetID]bool, look func(Target)) {
	for id := range own {
		if t, ok := r.Target(id); ok {
			look(t)
		}
	}
	for _, role := range who.Roles {
		switch Acts()[SeeTarget][role] {
		case Everything, OwnBranch, Firms:
			for t := range r.AllTargets() {
				look(t)
			}
			return
		case OwnGroup, LedGroups, OwnCharges, OwnWork, OwnRecords, None:
		}
	}
	for _, g := range who.Groups {
		for t := range r.TargetsOfGroup(g) {
			look(t)
		}
	}
}

// query is what was searched for, in the shapes it is compared in.
type query struct {
	folded  string  // lower case, narrow, without spaces
	sounds  []sound // when there are Chinese characters
	letters bool    // Latin letters alone: perhaps initials
}

func newQuery(words string) query {
	q := query{folded: squeeze(form.Fold(form.Clean(words)))}
	q.letters = q.folded != "" && strings.IndexFunc(q.folded, func(c rune) bool { return c < 'a' || c > 'z' }) < 0
	if strings.IndexFunc(q.folded, isHan) >= 0 {
		q.sounds = sounds(q.folded)
	}
	return q
}

func isHan(c rune) bool { return unicode.Is(unicode.Han, c) }

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// score says how well the target fits; zero is not at all.
func (q query) score(r Records, t Target) int {
	if q.folded == "" {
		return 0
	}
	if n := q.scoreCode(form.Fold(t.Code)); n > 0 {
		return n
	}
	best := q.scoreName(squeeze(form.Fold(t.Name())), 50)
	places := areaNames(r, t.AreaID)
	for _, name := range places {
		best = max(best, q.scoreName(squeeze(form.Fold(name)), 30))
	}
	if best == 0 && len(q.sounds) > 0 { // town and village in one, as they are shown
		slices.Reverse(places)
		best = q.scoreName(squeeze(form.Fold(strings.Join(places, ""))), 30)
	}
	return best
}

// scoreCode compares with a code: all of it, its number, or what it begins with.
func (q query) scoreCode(code string) int {
	prefix, number, _ := strings.Cut(code, "-")
	digits := strings.TrimPrefix(strings.TrimPrefix(q.folded, prefix), "-")
	switch {
	case code == q.folded:
		return 100
	case isDigits(digits) && isDigits(number) && strings.TrimLeft(number, "0") == strings.TrimLeft(digits, "0"):
		return 70
	case isDigits(digits) && strings.HasSuffix(number, digits):
		return 60
	case len(q.folded) > 1 && strings.HasPrefix(code, q.folded):
		return 40
	}
	return 0
}

// scoreName compares with one name; top is for a name that begins with what
// was searched for.
func (q query) scoreName(name string, top int) int {
	switch {
	case name == "":
		return 0
	case strings.HasPrefix(name, q.folded):
		return top
	case strings.Contains(name, q.folded):
		return top - 5
	}
	if !q.letters && len(q.sounds) == 0 {
		return 0
	}
	heard := sounds(name)
	usually := query{folded: q.folded, letters: q.letters, sounds: usual(q.sounds)}
	if n := usually.scoreSounds(usual(heard), top-8); n > 0 {
		return n
	}
	return q.scoreSounds(heard, top-20)
}

// scoreSounds compares with the sounds of a name. One or two letters do not
// spell a sound that is longer: li finds 李 and not 刘, which liu and wangl would.
func (q query) scoreSounds(name []sound, top int) int {
	switch {
	case q.letters && initialed(name, q.folded):
		return top
	case q.letters && spelled(name, q.folded, len(q.folded) > 2):
		return top - 2
	}
	for i := range name {
		switch {
		case q.letters && len(q.folded) > 1 && initialed(name[i:], q.folded):
			return top - 4
		case beginAlike(name[i:], q.sounds):
			return top - 7
		}
	}
	return 0
}

func isDigits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(c rune) bool { return c < '0' || c > '9' }) < 0
}

// areaNames are the names of the area and those it lies in.
func areaNames(r Records, id AreaID) []string {
	var out []string
	for range 6 { // deeper than any tree of areas; a loop in the data ends
		a, ok := r.Area(id)
		if !ok {
			break
		}
		out = append(out, a.Name)
		id = a.ParentID
	}
	return out
}

// AreaShort is the two narrowest areas: town and village.
func AreaShort(r Records, id AreaID) string {
	names := areaNames(r, id)
	names = names[:min(2, len(names))]
	slices.Reverse(names)
	return strings.Join(names, "")
}

// Similar lists at most five targets of the group that could be the same as the
// one about to be registered: of the same kind, with a name that is the same or
// sounds so, or in the same place with one name within the other.
func Similar(r Records, fresh Target) []Target {
	name := squeeze(form.Fold(fresh.Name()))
	sound := usual(sounds(name))
	var out []Target
	for t := range r.TargetsOfGroup(fresh.GroupID) {
		if t.Kind != fresh.Kind || !t.InUse() {
			continue
		}
		other := squeeze(form.Fold(t.Name()))
		if slices.EqualFunc(usual(sounds(other)), sound, alike) || t.AreaID == fresh.AreaID && within(name, other) {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b Target) int { return cmp.Compare(a.Code, b.Code) })
	return out[:min(5, len(out))]
}

// within reports whether one of the names lies in the other. A single character
// lies in too many.
func within(a, b string) bool {
	return min(utf8.RuneCountInString(a), utf8.RuneCountInString(b)) > 1 && (strings.Contains(a, b) || strings.Contains(b, a))
}

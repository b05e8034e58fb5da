package casework

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"zoufang/form"
)

// Found is a target that fits what was searched for.
type Found struct {
	Target Target
	Own    bool // paired with who searched
	score  int
}

// Mine lists the targets paired with the person, the most urgent first: those
// overdue longest, then those never visited, then by the date due.
func Mine(r Records, who StaffID, today Date) []Found {
	var out []Found
	for _, p := range r.PairingsOfStaff(who) {
		if t, ok := r.Target(p.TargetID); ok && t.InUse() {
			out = append(out, Found{Target: t, Own: true, score: urgency(t, today)})
		}
	}
	rank(out)
	return out
}

// urgency grows with what makes a target wait: never visited, overdue, with
// open problems.
func urgency(t Target, today Date) int {
	n := min(t.OpenIssues, 3) * 10
	if t.NextDueOn.IsZero() {
		return n + 100
	}
	return n + today.DaysSince(t.NextDueOn)
}

func rank(list []Found) {
	slices.SortStableFunc(list, func(a, b Found) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.Target.Code, b.Target.Code))
	})
}

// Search finds targets the person may see, by code, village, part of the name
// or initials in pinyin. Traditional characters find simplified ones, because
// they sound the same; so do words with the same sound, further down. Own
// targets come first. It gives at most n, and how many there are in all.
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
			if own[t.ID] {
				s += 5
			}
			out = append(out, Found{Target: t, Own: own[t.ID], score: s})
		}
	}
	if t, ok := r.TargetByCode(strings.ToUpper(q.folded)); ok {
		look(t)
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
		case OwnGroup, OwnRecords, None:
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
	folded  string   // lower case, narrow, without spaces
	sounds  []string // the syllables, when there are Chinese characters
	letters bool     // Latin letters alone: perhaps initials
}

func newQuery(words string) query {
	q := query{folded: squeeze(form.Fold(form.Clean(words)))}
	q.letters = q.folded != "" && strings.IndexFunc(q.folded, func(c rune) bool { return c < 'a' || c > 'z' }) < 0
	if strings.IndexFunc(q.folded, isHan) >= 0 {
		q.sounds = syllables(q.folded)
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
	code := form.Fold(t.Code)
	switch {
	case code == q.folded:
		return 100
	case strings.HasSuffix(code, q.folded) && isDigits(q.folded), squeeze(strings.ReplaceAll(code, "-", "")) == q.folded:
		return 60
	}
	best := q.scoreName(squeeze(form.Fold(t.Name())), 50)
	for _, area := range areaNames(r, t.AreaID) {
		best = max(best, q.scoreName(squeeze(form.Fold(area)), 30))
	}
	return best
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
	case q.letters && strings.HasPrefix(initials(name), q.folded):
		return top - 8
	case q.letters && len(q.folded) > 1 && strings.Contains(initials(name), q.folded):
		return top - 12
	case q.letters && len(q.folded) > 2 && strings.HasPrefix(strings.Join(syllables(name), ""), q.folded):
		return top - 10
	case len(q.sounds) > 0 && containsRun(syllables(name), q.sounds):
		return top - 15
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

// AreaPath is the names of the areas from the widest to the place: 塔山镇白塔村.
func AreaPath(r Records, id AreaID) string {
	names := areaNames(r, id)
	slices.Reverse(names)
	return strings.Join(names, "")
}

// AreaShort is the two narrowest areas: town and village.
func AreaShort(r Records, id AreaID) string {
	names := areaNames(r, id)
	names = names[:min(2, len(names))]
	slices.Reverse(names)
	return strings.Join(names, "")
}

// syllables are the sounds of the characters, without tones; other characters
// stand for themselves.
func syllables(s string) []string {
	args := pinyin.NewArgs()
	out := make([]string, 0, len(s)/3)
	for _, c := range s {
		if p := pinyin.SinglePinyin(c, args); len(p) > 0 {
			out = append(out, p[0])
		} else {
			out = append(out, string(c))
		}
	}
	return out
}

// initials are the first letters of the syllables: 张三 is zs.
func initials(s string) string {
	var b strings.Builder
	for _, p := range syllables(s) {
		b.WriteByte(p[0])
	}
	return b.String()
}

func containsRun(all, part []string) bool {
	for i := 0; i+len(part) <= len(all); i++ {
		if slices.Equal(all[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

// Similar lists targets that could be the same as the one about to be
// registered: of the same kind, in the same village with a like-sounding
// name, or with the same name in the group.
func Similar(r Records, fresh Target) []Target {
	name := squeeze(form.Fold(fresh.Name()))
	sound := syllables(name)
	var out []Target
	for t := range r.TargetsOfGroup(fresh.GroupID) {
		if t.Kind != fresh.Kind || !t.InUse() {
			continue
		}
		other := squeeze(form.Fold(t.Name()))
		sameArea := t.AreaID == fresh.AreaID
		close := other == name || slices.Equal(syllables(other), sound) ||
			sameArea && len(name) > 3 && (strings.Contains(other, name) || strings.Contains(name, other))
		if close {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b Target) int { return cmp.Compare(a.Code, b.Code) })
	return out[:min(5, len(out))]
}

package casework

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"zoufang/form"
)

const (
	maxPolicyTitle = 60
	maxPolicyText  = 1500
)

// IssuePolicy says what a policy card makes, or why it cannot be issued. A zero ID is
// a new card; else it replaces the one there is, which comes back into force if it
// was withdrawn. The text may name an office's telephone, but nobody's identity.
func IssuePolicy(r Records, who Staff, p Policy, now Moment, ids *Minter) ([]Fact, Refusal) {
	known, ok := r.Policy(p.ID)
	if p.ID != 0 && !ok {
		return nil, NotFound
	}
	if !May(r, who, EditPolicies, Subject{}) {
		return nil, NotYours
	}
	p.Title, p.Text = form.Clean(p.Title), form.Clean(p.Text)
	if !decent(p.Title, 2, maxPolicyTitle) || !decent(p.Text, 2, maxPolicyText) {
		return nil, NeedsText
	}
	if !p.ValidTo.IsZero() && p.ValidTo.Before(now.Today) {
		return nil, NeedsDay
	}
	if slices.ContainsFunc(p.For, func(s string) bool { return !policyFor().has(s) }) ||
		p.Category != "" && !problemCategories(r).has(p.Category) {
		return nil, NotFound
	}
	p.By, p.At, p.On, p.Off = known.By, known.At, known.On, false
	if ok {
		p.Code = known.Code
		if reflect.DeepEqual(p, known) {
			return nil, NoChange
		}
	} else {
		p.ID, p.Code = PolicyID(ids.Next()), fmt.Sprintf("ZC-%03d", r.Last("ZC")+1)
	}
	p.By, p.At, p.On = who.ID, now.At, now.Today
	return []Fact{PolicyIssued{Policy: p}}, ""
}

// decent reports whether the text is as long as it may be and names nobody.
func decent(s string, least, most int) bool {
	n := utf8.RuneCountInString(s)
	return n >= least && n <= most && form.FindPrivate(s) != form.IDNumber
}

// policyFor are those that a card can be for: kinds of target and household types.
func policyFor() Dictionary {
	return append(HouseholdTypes(), option(HouseholdKind, "家庭", "Households"),
		option(EnterpriseKind, "企业", "Enterprises"), option(OrganizationKind, "基层组织", "Organisations"))
}

// problemCategories are the categories of problems, by the newest household form.
func problemCategories(r Records) Dictionary { return optionsOf(r, "household", "category") }

// WithdrawPolicy says what taking a policy card out of use makes.
func WithdrawPolicy(r Records, who Staff, id PolicyID) ([]Fact, Refusal) {
	p, ok := r.Policy(id)
	switch {
	case !ok:
		return nil, NotFound
	case !May(r, who, EditPolicies, Subject{}):
		return nil, NotYours
	case p.Off:
		return nil, NoChange
	}
	return []Fact{PolicyWithdrawn{PolicyID: id}}, ""
}

// Fits reports whether the card is for the target. One for nobody in particular is
// for everybody, and a zero target is anybody.
func (p Policy) Fits(x Target) bool {
	if len(p.For) == 0 || x.ID == 0 {
		return true
	}
	return slices.ContainsFunc(p.For, func(s string) bool {
		return s == string(x.Kind) || x.Household != nil && slices.Contains(x.Household.Types, s)
	})
}

// FindPolicies are the cards in force that fit the words, those for the target
// first; all that fit the target if there are no words. A zero target fits all.
// Words find a code, a title by its characters, pinyin or initials, a category, and
// what stands in the text. Of those that fit alike the newest comes first.
func FindPolicies(r Records, words string, x Target, today Date) []Policy {
	type hit struct {
		policy Policy
		score  int
	}
	q := newQuery(words)
	categories := problemCategories(r)
	var hits []hit
	for _, p := range r.Policies() {
		fit := p.Fits(x)
		score := q.scorePolicy(p, categories)
		if !p.InForce(today) || score == 0 || q.folded == "" && !fit {
			continue
		}
		if fit {
			score += 1000
		}
		hits = append(hits, hit{p, score})
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), b.policy.On.Compare(a.policy.On), cmp.Compare(b.policy.ID, a.policy.ID))
	})
	out := make([]Policy, len(hits))
	for i, h := range hits {
		out[i] = h.policy
	}
	return out
}

// scorePolicy says how well the card fits the words; zero is not at all. Every card
// fits no words.
func (q query) scorePolicy(p Policy, categories Dictionary) int {
	if q.folded == "" {
		return 1
	}
	best := max(q.scoreCode(form.Fold(p.Code)), q.scoreName(squeeze(form.Fold(p.Title)), 50))
	if p.Category != "" {
		best = max(best, q.scoreName(squeeze(form.Fold(categories.Label(p.Category, "zh-Hans"))), 30))
	}
	if strings.Contains(squeeze(form.Fold(p.Text)), q.folded) {
		best = max(best, 10)
	}
	return best
}

// ExplainPolicy says what noting that a policy was explained to a target's people
// makes; visit is the one it was explained at, zero if at none. The same card by the
// same person on the same day is the same.
func ExplainPolicy(r Records, who Staff, target TargetID, policy PolicyID, visit VisitID, now Moment) ([]Fact, Refusal) {
	x, there := r.Target(target)
	p, ok := r.Policy(policy)
	sub := Subject{Target: x, Today: now.Today}
	switch {
	case !there || !ok:
		return nil, NotFound
	case !May(r, who, SeePolicies, sub) || !May(r, who, SeeTarget, sub):
		return nil, NotYours
	case !p.InForce(now.Today):
		return nil, TooLate
	case slices.ContainsFunc(x.Explained, func(e Explained) bool {
		return e.PolicyID == policy && e.By == who.ID && e.On == now.Today && e.VisitID == visit
	}):
		return nil, NoChange
	}
	return []Fact{PolicyExplained{TargetID: target, Explained: Explained{PolicyID: policy, On: now.Today, By: who.ID, VisitID: visit}}}, ""
}

package store

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
	"sync"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
)

// view reads the records in a transaction. It implements [dialog.View].
type view struct {
	t     *tx
	forms *formCache
}

var _ dialog.View = (*view)(nil)

func collect[T any](seq iter.Seq[T], n int) []T {
	var out []T
	if n <= 0 {
		return nil
	}
	for v := range seq {
		out = append(out, v)
		if len(out) == n {
			break
		}
	}
	return out
}

// until takes what comes before the first that is over.
func until[T any](seq iter.Seq[T], over func(T) bool) []T {
	var out []T
	for v := range seq {
		if over(v) {
			break
		}
		out = append(out, v)
	}
	return out
}

func (v *view) hash(field, value string) []byte { return v.t.seal.hash(field, value) }

// Campaign returns the campaign of the file.
func (v *view) Campaign() (casework.Campaign, bool) { return campaigns.get(v.t, []byte{0}) }

// Rounds returns the rounds by number.
func (v *view) Rounds() []casework.Round {
	return slices.SortedStableFunc(rounds.all(v.t), func(a, b casework.Round) int { return cmp.Compare(a.No, b.No) })
}

// Units returns all units.
func (v *view) Units() []casework.Unit { return slices.Collect(units.all(v.t)) }

// Unit returns a unit.
func (v *view) Unit(id casework.UnitID) (casework.Unit, bool) { return units.get(v.t, number(id)) }

// Groups returns the groups by code.
func (v *view) Groups() []casework.Group {
	return slices.SortedStableFunc(groups.all(v.t), func(a, b casework.Group) int { return cmp.Compare(a.Code, b.Code) })
}

// Group returns a group.
func (v *view) Group(id casework.GroupID) (casework.Group, bool) { return groups.get(v.t, number(id)) }

// Areas returns all areas.
func (v *view) Areas() []casework.Area { return slices.Collect(areas.all(v.t)) }

// Area returns an area.
func (v *view) Area(id casework.AreaID) (casework.Area, bool) { return areas.get(v.t, number(id)) }

// Staff returns a person of the roster.
func (v *view) Staff(id casework.StaffID) (casework.Staff, bool) { return staff.get(v.t, number(id)) }

// StaffByUser returns whom the account belongs to.
func (v *view) StaffByUser(u casework.UserID) (casework.Staff, bool) {
	return staff.first(v.t, "staff_by_user", v.t.seal.user(u))
}

// StaffByCode returns who has the number in the roster.
func (v *view) StaffByCode(code string) (casework.Staff, bool) {
	return staff.first(v.t, "staff_by_code", v.hash("staff", code))
}

// StaffOfGroup returns the members of a group.
func (v *view) StaffOfGroup(g casework.GroupID) []casework.Staff {
	return slices.Collect(staff.by(v.t, "staff_by_group", number(g)))
}

// AllStaff gives everybody of the roster.
func (v *view) AllStaff() iter.Seq[casework.Staff] { return staff.all(v.t) }

// Target returns a target.
func (v *view) Target(id casework.TargetID) (casework.Target, bool) {
	return targets.get(v.t, number(id))
}

// TargetByCode returns the target with the code.
func (v *view) TargetByCode(code string) (casework.Target, bool) {
	return targets.first(v.t, "targets_by_code", v.hash("target", code))
}

// TargetsOfGroup gives the targets of a group.
func (v *view) TargetsOfGroup(g casework.GroupID) iter.Seq[casework.Target] {
	return targets.by(v.t, "targets_by_group", number(g))
}

// AllTargets gives all targets.
func (v *view) AllTargets() iter.Seq[casework.Target] { return targets.all(v.t) }

// PairingsOfStaff returns the targets a person is tied to.
func (v *view) PairingsOfStaff(s casework.StaffID) []casework.Pairing {
	return slices.Collect(pairings.by(v.t, "pairings_by_staff", number(s)))
}

// PairingsOfTarget returns who is tied to a target.
func (v *view) PairingsOfTarget(id casework.TargetID) []casework.Pairing {
	var out []casework.Pairing
	for _, data := range v.t.scan(pairings.bucket, number(id)) {
		p, err := decode[casework.Pairing](data)
		if err != nil {
			v.t.unread(err)
			continue
		}
		out = append(out, p)
	}
	return out
}

// Visit returns a visit.
func (v *view) Visit(id casework.VisitID) (casework.Visit, bool) { return visits.get(v.t, number(id)) }

// VisitByCode returns the visit with the code.
func (v *view) VisitByCode(code string) (casework.Visit, bool) {
	return visits.first(v.t, "visits_by_code", v.hash("visit", code))
}

// VisitsOfTarget returns at most n visits, the newest by day visited first.
func (v *view) VisitsOfTarget(id casework.TargetID, n int) []casework.Visit {
	return collect(visits.by(v.t, "visits_by_target", number(id)), n)
}

// VisitsOfStaff returns at most n visits that the person reported, the newest
// by day visited first.
func (v *view) VisitsOfStaff(s casework.StaffID, n int) []casework.Visit {
	return collect(visits.by(v.t, "visits_by_staff", number(s)), n)
}

// VisitsBy returns the visits that the person reported after the instant, the
// newest report first.
func (v *view) VisitsBy(s casework.StaffID, after time.Time) []casework.Visit {
	return until(visits.by(v.t, "visits_by_reporter", number(s)), func(w casework.Visit) bool {
		return !w.SubmittedAt.After(after)
	})
}

// AllVisits gives all visits.
func (v *view) AllVisits() iter.Seq[casework.Visit] { return visits.all(v.t) }

// Call returns a call.
func (v *view) Call(id casework.CallID) (casework.Call, bool) { return calls.get(v.t, number(id)) }

// CallsOfTarget returns at most n calls, the newest first.
func (v *view) CallsOfTarget(id casework.TargetID, n int) []casework.Call {
	return collect(calls.by(v.t, "calls_by_target", number(id)), n)
}

// CallsBy returns the calls that the person made after the instant, the newest
// first.
func (v *view) CallsBy(s casework.StaffID, after time.Time) []casework.Call {
	return until(calls.by(v.t, "calls_by_staff", number(s)), func(c casework.Call) bool {
		return !c.At.After(after)
	})
}

// AllCalls gives all calls.
func (v *view) AllCalls() iter.Seq[casework.Call] { return calls.all(v.t) }

// Problem returns a problem.
func (v *view) Problem(id casework.ProblemID) (casework.Problem, bool) {
	return problems.get(v.t, number(id))
}

// ProblemsOfTarget returns the problems of a target.
func (v *view) ProblemsOfTarget(id casework.TargetID) []casework.Problem {
	return slices.Collect(problems.by(v.t, "problems_by_target", number(id)))
}

// ProblemsOfStaff returns the problems that the person owns.
func (v *view) ProblemsOfStaff(s casework.StaffID) []casework.Problem {
	return slices.Collect(problems.by(v.t, "problems_by_owner", number(s)))
}

// AllProblems gives all problems.
func (v *view) AllProblems() iter.Seq[casework.Problem] { return problems.all(v.t) }

// TargetsDue gives the targets with a contact booked for the day or earlier, by
// day.
func (v *view) TargetsDue(last casework.Date) iter.Seq[casework.Target] {
	return func(yield func(casework.Target) bool) {
		for x := range targets.by(v.t, "targets_by_due", nil) {
			if x.Next.On.After(last) || !yield(x) {
				return
			}
		}
	}
}

// WorkdayOn returns the office's word on a day.
func (v *view) WorkdayOn(d casework.Date) (casework.Workday, bool) { return workdays.get(v.t, day(d)) }

// Workdays returns all days on which the office has a word, by day.
func (v *view) Workdays() []casework.Workday { return slices.Collect(workdays.all(v.t)) }

// Handover returns a handover.
func (v *view) Handover(id casework.HandoverID) (casework.Handover, bool) {
	return handovers.get(v.t, number(id))
}

// HandoversOf returns the handovers that the person gives or takes, oldest first.
func (v *view) HandoversOf(s casework.StaffID) []casework.Handover {
	return slices.Collect(handovers.by(v.t, "handovers_by_staff", number(s)))
}

// AllHandovers gives all handovers.
func (v *view) AllHandovers() iter.Seq[casework.Handover] { return handovers.all(v.t) }

// Hold returns whether and why sending is held.
func (v *view) Hold() casework.Hold {
	h, _ := holds.get(v.t, []byte{0})
	return h
}

// Form returns a published version, the newest for 0. It is shared: it must not
// be changed.
func (v *view) Form(id string, version int) (form.Definition, bool) {
	prefix := v.t.seal.form(id)
	key := slices.Concat(prefix, number(uint64(version)))
	if version == 0 {
		key = v.t.last(forms.bucket, prefix)
	}
	if len(key) == 0 {
		return form.Definition{}, false
	}
	return v.forms.get(v.t, key)
}

// Invite returns an invitation.
func (v *view) Invite(id casework.InviteID) (casework.Invite, bool) {
	return invites.get(v.t, number(id))
}

// InviteByHash returns the invitation whose code has the hash.
func (v *view) InviteByHash(hash string) (casework.Invite, bool) {
	return invites.first(v.t, "invites_by_hash", v.hash("invite", hash))
}

// InvitesOfStaff returns the person's invitations, oldest first.
func (v *view) InvitesOfStaff(s casework.StaffID) []casework.Invite {
	return slices.Collect(invites.by(v.t, "invites_by_staff", number(s)))
}

// Last returns the highest number given under the prefix of a code.
func (v *view) Last(prefix string) int {
	n, _ := getAs[int](v.t, lastsBucket, v.hash("last", prefix))
	return n
}

// Draft returns a draft.
func (v *view) Draft(id casework.VisitID) (dialog.Draft, bool) { return drafts.get(v.t, number(id)) }

// DraftsOf returns the person's drafts, the one touched last first.
func (v *view) DraftsOf(s casework.StaffID) []dialog.Draft {
	return slices.Collect(drafts.by(v.t, "drafts_by_owner", number(s)))
}

// AllDrafts gives everybody's drafts.
func (v *view) AllDrafts() iter.Seq[dialog.Draft] { return drafts.all(v.t) }

// Card returns a card.
func (v *view) Card(id dialog.CardID) (dialog.Card, bool) {
	c, ok := cards.get(v.t, number(id))
	c.Sent = ok && v.t.has(postedBucket, number(c.ID))
	return c, ok
}

// Live returns the newest card of that name in the chat.
func (v *view) Live(chat dialog.ChatID, name string) (dialog.Card, bool) {
	c, ok := cards.first(v.t, "cards_by_name", v.t.seal.named(chat, name))
	c.Sent = ok && v.t.has(postedBucket, number(c.ID))
	return c, ok
}

// Inputs returns the number of the input applied last.
func (v *view) Inputs() uint64 {
	n, _ := getAs[uint64](v.t, countersBucket, []byte(inputCounter))
	return n
}

// Landed tells which answer an earlier message became.
func (v *view) Landed(cause string) (dialog.Landing, bool) {
	row, ok := getAs[causeRow](v.t, causesBucket, v.t.seal.cause(cause))
	if !ok || row.Landed == nil {
		return dialog.Landing{}, false
	}
	return *row.Landed, true
}

// Applied reports whether an input with the cause was applied.
func (v *view) Applied(cause string) bool { return v.t.has(causesBucket, v.t.seal.cause(cause)) }

// Session returns what is remembered of a chat.
func (v *view) Session(chat dialog.ChatID) (dialog.Session, bool) {
	row, ok := sessions.get(v.t, v.t.seal.chat(chat))
	return row.Session, ok
}

// Strangers counts the chats of unknown people.
func (v *view) Strangers() int {
	n, _ := getAs[int](v.t, countersBucket, []byte(strangersCount))
	return n
}

// formCache keeps decoded forms: they are large, read at every turn, and a
// published version never changes. An entry counts only for the very bytes it
// was decoded from, so a transaction that is undone leaves nothing behind.
type formCache struct {
	mu      sync.Mutex
	decoded map[string]cachedForm
}

type cachedForm struct {
	sealed []byte
	form   form.Definition
}

func (c *formCache) get(t *tx, key []byte) (form.Definition, bool) {
	sealed := t.glimpse(forms.bucket, key)
	if sealed == nil {
		return form.Definition{}, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if hit, ok := c.decoded[string(key)]; ok && bytes.Equal(hit.sealed, sealed) {
		return hit.form, true
	}
	f, ok := forms.get(t, key)
	if !ok {
		return form.Definition{}, false
	}
	if c.decoded == nil {
		c.decoded = make(map[string]cachedForm)
	}
	c.decoded[string(key)] = cachedForm{bytes.Clone(sealed), f}
	return f, true
}

package casework

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"zoufang/form"
)

// The bounds of the roster for an entry of the staff.
const (
	minStaffName  = 2
	maxStaffName  = 15
	maxStaffCode  = 20
	maxStaffTitle = 30
)

// AddStaff says what adding a person to the roster makes: of entry, code, name, branch,
// title, membership and groups count. A new person is a [Visitor] without an account.
// [Taken] says that somebody has the code.
func AddStaff(r Records, s Staff, entry Staff, ids *Minter) (StaffImported, Refusal) {
	entry = Staff{Roles: []Role{Visitor}}.with(entry)
	if !May(r, s, ManageStaff, Subject{Staff: entry}) {
		return StaffImported{}, NotYours
	}
	if why := entry.unsound(r); why != "" {
		return StaffImported{}, why
	}
	entry.ID = StaffID(ids.Next())
	return StaffImported{Staff: entry}, ""
}

// ChangeStaff changes the same fields of a person who is there; roles and account stay.
// Who leads a group or is its deputy cannot leave it: that is [NotNow].
func ChangeStaff(r Records, s Staff, entry Staff) (StaffImported, Refusal) {
	known, ok := r.Staff(entry.ID)
	switch {
	case !ok:
		return StaffImported{}, NotFound
	case !May(r, s, ManageStaff, Subject{Staff: known}):
		return StaffImported{}, NotYours
	}
	next := known.with(entry)
	if why := next.unsound(r); why != "" {
		return StaffImported{}, why
	}
	for _, g := range r.Groups() {
		if (g.LeaderID == known.ID || g.DeputyID == known.ID) && known.In(g.ID) && !next.In(g.ID) {
			return StaffImported{}, NotNow
		}
	}
	if reflect.DeepEqual(next, known.with(known)) {
		return StaffImported{}, NoChange
	}
	return StaffImported{Staff: next}, ""
}

// with is s with the fields of the entry that the office writes, tidied.
func (s Staff) with(entry Staff) Staff {
	s.Code = strings.ToUpper(plain(form.Clean(entry.Code)))
	s.Name, s.Title = form.Clean(entry.Name), form.Clean(entry.Title)
	s.BranchID, s.PartyMember = entry.BranchID, entry.PartyMember
	s.Groups = nil
	for _, g := range entry.Groups {
		if !slices.Contains(s.Groups, g) {
			s.Groups = append(s.Groups, g)
		}
	}
	return s
}

// unsound says what is wrong with the entry.
func (s Staff) unsound(r Records) Refusal {
	if !codePattern.MatchString(s.Code) || len(s.Code) > maxStaffCode ||
		!fits(s.Name, minStaffName, maxStaffName) || !fits(s.Title, 0, maxStaffTitle) {
		return NeedsText
	}
	if other, ok := r.StaffByCode(s.Code); ok && other.ID != s.ID {
		return Taken
	}
	_, ok := r.Unit(s.BranchID)
	if s.BranchID != 0 && !ok {
		return NotFound
	}
	for _, g := range s.Groups {
		if _, ok := r.Group(g); !ok {
			return NotFound
		}
	}
	return ""
}

// InviteLife is how long an invitation made in the chat is valid.
const InviteLife = 48 * time.Hour

// leastNonce is how many digits of randomness a code needs.
const leastNonce = 32

// InviteFor makes a one-time link for a person without an account: the code to show once,
// and what is kept of it. The code follows from the nonce, which must be fresh and
// secret, and the person. It is [NotNow] for who has an account, and without a nonce.
func InviteFor(r Records, s Staff, who StaffID, nonce string, m Moment, ids *Minter) (string, InviteIssued, Refusal) {
	p, ok := r.Staff(who)
	switch {
	case !ok:
		return "", InviteIssued{}, NotFound
	case !May(r, s, InviteStaff, Subject{Staff: p, Today: m.Today}):
		return "", InviteIssued{}, NotYours
	case p.Binding != Unbound || len(nonce) < leastNonce:
		return "", InviteIssued{}, NotNow
	}
	seed := sha256.Sum256(fmt.Appendf(nil, "%s:%d", nonce, who))
	code := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(seed[:16])
	hash := sha256.Sum256([]byte(code))
	return code, InviteIssued{Invite: Invite{
		ID: InviteID(ids.Next()), Hash: hex.EncodeToString(hash[:]), StaffID: who,
		ExpiresAt: m.At.Add(InviteLife).UTC(), State: Issued, By: s.ID,
	}}, ""
}

// SearchStaff finds people by code, by name, its pinyin or initials, and by title; the
// best first. No words find everybody, by code.
func SearchStaff(r Records, words string) []Staff {
	type hit struct {
		staff Staff
		score int
	}
	q := newQuery(words)
	var hits []hit
	for s := range r.AllStaff() {
		score := q.scoreStaff(s)
		if score > 0 || q.folded == "" {
			hits = append(hits, hit{s, score})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.staff.Code, b.staff.Code))
	})
	out := make([]Staff, len(hits))
	for i, h := range hits {
		out[i] = h.staff
	}
	return out
}

// scoreStaff says how well the person fits; zero is not at all.
func (q query) scoreStaff(s Staff) int {
	if q.folded == "" {
		return 0
	}
	code := form.Fold(s.Code)
	number := strings.TrimLeft(code, "abcdefghijklmnopqrstuvwxyz-")
	if isDigits(q.folded) && number != "" && strings.TrimLeft(number, "0") == strings.TrimLeft(q.folded, "0") {
		return 70
	}
	return max(q.scoreCode(code), q.scoreName(squeeze(form.Fold(s.Name)), 50), q.scoreName(squeeze(form.Fold(s.Title)), 20))
}

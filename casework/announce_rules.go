package casework

import (
	"cmp"
	"slices"

	"zoufang/form"
)

// maxAnnouncement is how long an announcement, and a diary, may be.
const maxAnnouncement = 1000

// maxRecipients is how many people one turn can write to: each gets a card of their own.
const maxRecipients = MaxRecords - 95

// Recipients are those of the audience who get an announcement of s, by code: everybody
// with an account and rights but s.
func Recipients(r Records, s Staff, to Audience) []Staff {
	var out []Staff
	for p := range r.AllStaff() {
		if p.ID != s.ID && p.Binding == Bound &&
			(to.GroupID == 0 || p.In(to.GroupID)) && (to.UnitID == 0 || p.BranchID == to.UnitID) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b Staff) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

// SendAnnouncement says what sending a makes: of a, the text, the audience and the file
// count. It is [NobodyElse] if nobody would get it, and [OutOfBounds] for more people
// than one turn can write to: about 4000.
func SendAnnouncement(r Records, s Staff, a Announcement, m Moment, ids *Minter) (Announced, Refusal) {
	to := Audience{a.GroupID, a.UnitID}
	a = Announcement{
		Text: form.Clean(a.Text), GroupID: a.GroupID, UnitID: a.UnitID, File: a.File,
		By: s.ID, At: m.At.UTC(), On: m.Today,
	}
	for _, p := range Recipients(r, s, to) {
		a.To = append(a.To, p.ID)
	}
	switch {
	case !to.within(Audiences(r, s, Announce, m.Today)):
		return Announced{}, NotYours
	case !fits(a.Text, 1, maxAnnouncement):
		return Announced{}, NeedsText
	case len(a.To) == 0:
		return Announced{}, NobodyElse
	case len(a.To) > maxRecipients:
		return Announced{}, OutOfBounds
	}
	a.ID = AnnouncementID(ids.Next())
	return Announced{Announcement: a}, ""
}

// Unread are those who have not said that they read it, by code.
func Unread(a Announcement) []StaffID {
	return slices.DeleteFunc(slices.Clone(a.To), func(id StaffID) bool {
		return slices.ContainsFunc(a.Read, func(m ReadMark) bool { return m.By == id })
	})
}

// ReadAnnouncement is the receipt of s; a second one is [NoChange].
func ReadAnnouncement(r Records, s Staff, id AnnouncementID) (AnnouncementRead, Refusal) {
	a, ok := r.Announcement(id)
	switch {
	case !ok:
		return AnnouncementRead{}, NotFound
	case !slices.Contains(a.To, s.ID):
		return AnnouncementRead{}, NotYours
	case !slices.Contains(Unread(a), s.ID):
		return AnnouncementRead{}, NoChange
	}
	return AnnouncementRead{AnnouncementID: id}, ""
}

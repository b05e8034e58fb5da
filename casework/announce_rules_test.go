package casework_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

func TestSendAnnouncement(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	for _, tt := range []struct {
		name string
		who  casework.StaffID
		a    casework.Announcement
		want casework.Refusal
		to   []casework.StaffID
	}{
		{"to all", desk, casework.Announcement{Text: "明天开会"}, "",
			[]casework.StaffID{officer, outside, lee, sun, auditor, bureauHead, admin, second, mia}},
		{"to a group", lee, casework.Announcement{Text: "明天开会", GroupID: 1}, "", []casework.StaffID{sun, mia}},
		{"to a branch", sun, casework.Announcement{Text: "明天开会", UnitID: 2}, "", []casework.StaffID{mia}},
		{"of all lengths", bureauHead, casework.Announcement{Text: strings.Repeat("字", 1000), UnitID: 3}, "", []casework.StaffID{lee}},
		{"to a group without anybody", desk, casework.Announcement{Text: "明天开会", GroupID: 2}, casework.NobodyElse, nil},
		{"to all by the leader", lee, casework.Announcement{Text: "明天开会"}, casework.NotYours, nil},
		{"to another's group", lee, casework.Announcement{Text: "明天开会", GroupID: 2}, casework.NotYours, nil},
		{"to a group by a member", sun, casework.Announcement{Text: "明天开会", GroupID: 1}, casework.NotYours, nil},
		{"by the auditor", auditor, casework.Announcement{Text: "明天开会"}, casework.NotYours, nil},
		{"without words", desk, casework.Announcement{Text: " \n"}, casework.NeedsText, nil},
		{"too long", desk, casework.Announcement{Text: strings.Repeat("字", 1001)}, casework.NeedsText, nil},
		{"with a number", desk, casework.Announcement{Text: "请打 13800138000"}, casework.NeedsText, nil},
		{"with an identity", desk, casework.Announcement{Text: "11010519491231002X 请来领证"}, casework.NeedsText, nil},
	} {
		facts, got := l.asks(tt.who, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return alone(casework.SendAnnouncement(r, s, tt.a, servingNow(), ids))
		})
		if got != tt.want {
			t.Errorf("%s: SendAnnouncement = %q, want %q", tt.name, got, tt.want)
		}
		for _, f := range facts {
			if diff := cmp.Diff(tt.to, f.(casework.Announced).Announcement.To); diff != "" {
				t.Errorf("%s: it goes to (-want +got)\n%s", tt.name, diff)
			}
		}
	}
}

func TestReadAnnouncement(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	facts, _ := l.asks(lee, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
		a := casework.Announcement{Text: "明天开会", GroupID: 1, Read: []casework.ReadMark{{By: mia}}}
		return alone(casework.SendAnnouncement(r, s, a, servingNow(), ids))
	})
	id := facts[0].(casework.Announced).Announcement.ID
	read := func(who casework.StaffID, id casework.AnnouncementID) casework.Refusal {
		_, why := l.asks(who, func(r casework.Records, s casework.Staff, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return alone(casework.ReadAnnouncement(r, s, id))
		})
		return why
	}
	for i, tt := range []struct{ got, want casework.Refusal }{
		{read(mia, id), ""}, {read(mia, id), casework.NoChange}, {read(lee, id), casework.NotYours},
		{read(bureauHead, id), casework.NotYours}, {read(mia, 999), casework.NotFound},
	} {
		if tt.got != tt.want {
			t.Errorf("%d: ReadAnnouncement = %q, want %q", i, tt.got, tt.want)
		}
	}
	l.view(func(r casework.Records) {
		a, _ := r.Announcement(id)
		if diff := cmp.Diff([]casework.StaffID{sun}, casework.Unread(a)); diff != "" {
			t.Errorf("Unread (-want +got)\n%s", diff)
		}
	})
}

// One turn writes to so many people as it has cards for; for more the announcement is sent
// by group or branch.
func TestSendAnnouncementToACrowd(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	l.view(func(r casework.Records) {
		crowd := casework.NewAhead(r)
		already := len(casework.Recipients(r, casework.Staff{ID: desk}, casework.Audience{}))
		for i := range casework.StaffID(4000 - already) {
			crowd.PutStaff(casework.Staff{ID: 10_000 + i, Binding: casework.Bound, User: casework.UserID(10_000 + i)})
		}
		s, _ := r.Staff(desk)
		if a, why := casework.SendAnnouncement(crowd, s, casework.Announcement{Text: "明天开会"}, servingNow(), casework.NewMinter(9)); why != "" || len(a.Announcement.To) != 4000 {
			t.Errorf("SendAnnouncement to 4000 people = %q, %d receivers", why, len(a.Announcement.To))
		}
		crowd.PutStaff(casework.Staff{ID: 9_999, Binding: casework.Bound, User: 9_999})
		if _, why := casework.SendAnnouncement(crowd, s, casework.Announcement{Text: "明天开会"}, servingNow(), casework.NewMinter(9)); why != casework.OutOfBounds {
			t.Errorf("SendAnnouncement to 4001 people = %q, want %q", why, casework.OutOfBounds)
		}
	})
}

package dialog

import (
	"fmt"
	"slices"

	"zoufang/casework"
)

// reaches reports whether notices of the kind can come to the person at all.
func reaches(s casework.Staff, n casework.Notice) bool {
	switch n {
	case casework.DigestNotice:
		return casework.Allowed(s, casework.SeeDigest) && s.Has(casework.GroupLeader)
	case casework.WeeklyNotice:
		return casework.Allowed(s, casework.SeeWeek)
	case casework.AgendaNotice, casework.DraftNotice:
		return casework.Allowed(s, casework.LogCalls)
	case casework.MissNotice, casework.RoundNotice:
	}
	return true
}

// quietStretches are what people can choose, in minutes from midnight.
func quietStretches() []casework.Hours {
	return []casework.Hours{
		casework.DefaultQuiet(), {From: 19 * 60, To: 8 * 60}, {From: 21 * 60, To: 7 * 60}, {From: 22 * 60, To: 8 * 60},
	}
}

func hours(h casework.Hours) string {
	return fmt.Sprintf("%02d:%02d–%02d:%02d", h.From/60, h.From%60, h.To/60, h.To%60)
}

func (t *turn) drawSettings(f *face) bool {
	quiet := casework.DefaultQuiet()
	if t.staff.Quiet != nil {
		quiet = *t.staff.Quiet
	}
	f.title(t.w.say("settings.title"))
	f.line(t.w.say("settings.how"))
	f.line(t.w.say("settings.quiet", "Hours", hours(quiet)))
	var list []choice
	for _, n := range casework.Notices() {
		if !reaches(t.staff, n) {
			continue
		}
		box := "☑ "
		if !t.staff.Wants(n) {
			box = "☐ "
		}
		list = append(list, choice{box + t.w.say("notice."+string(n)), Plain, Action{Verb: mute, Option: string(n)}})
	}
	f.grid(list)
	var stretches []choice
	for i, h := range quietStretches() {
		label := "🌙 " + hours(h)
		if h == quiet {
			label = "✓ " + hours(h)
		}
		stretches = append(stretches, choice{label, Plain, Action{Verb: rest24, Option: fmt.Sprint(i)}})
	}
	f.grid(stretches)
	if casework.Allowed(t.staff, casework.LogCalls) {
		f.row(choice{t.w.say("button.leave_of_absence"), Plain, to(Place{Screen: leaveScreen})})
	}
	f.row(t.homeButton())
	return true
}

// mute turns a kind of notice on or off.
func (t *turn) mute(_ Card, a Action) {
	n := casework.Notice(a.Option)
	muted := slices.Clone(t.staff.Muted)
	if i := slices.Index(muted, n); i >= 0 {
		muted = slices.Delete(muted, i, i+1)
	} else if slices.Contains(casework.Notices(), n) {
		muted = append(muted, n)
	}
	t.chooseNotices(muted, t.staff.Quiet)
}

// chooseQuiet sets when the person is not to be disturbed.
func (t *turn) chooseQuiet(_ Card, a Action) {
	for i, h := range quietStretches() {
		if a.Option == fmt.Sprint(i) {
			t.chooseNotices(t.staff.Muted, &h)
			return
		}
	}
}

func (t *turn) chooseNotices(muted []casework.Notice, quiet *casework.Hours) {
	t.record(casework.NoticesChosen{StaffID: t.staff.ID, Muted: muted, Quiet: quiet}, t.today, "")
	t.staff, _ = t.v.Staff(t.staff.ID)
	t.goTo(Place{Screen: settingsScreen})
}

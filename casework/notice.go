package casework

import "time"

// Notice names a kind of message that comes from the clock. Everybody chooses
// which they want; what people send each other always arrives.
type Notice string

// The notices. Stored by name: never rename.
const (
	// AgendaNotice 今日清单, each working morning.
	AgendaNotice Notice = "agenda"
	// DigestNotice 日报, to leaders, each working evening.
	DigestNotice Notice = "digest"
	// WeeklyNotice 周汇总, to branch secretaries and the office.
	WeeklyNotice Notice = "weekly"
	// MissNotice 漏联提醒: what others missed.
	MissNotice Notice = "miss"
	// DraftNotice 草稿提醒.
	DraftNotice Notice = "drafts"
	// RoundNotice 轮次开始和结束.
	RoundNotice Notice = "rounds"
)

// Notices lists them in the order they are offered.
func Notices() []Notice {
	return []Notice{AgendaNotice, DigestNotice, WeeklyNotice, MissNotice, DraftNotice, RoundNotice}
}

// Hours is a stretch of each day, in minutes from midnight. From may be later
// than To: the stretch then goes over midnight. The zero value is no time at all.
type Hours struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Has reports whether the minute of the day lies in h: From is in it, To is not.
func (h Hours) Has(minute int) bool {
	if h.From <= h.To {
		return h.From <= minute && minute < h.To
	}
	return minute >= h.From || minute < h.To
}

// DefaultQuiet 静默时段 is when nobody is reminded of anything: 20:00 to 07:30.
func DefaultQuiet() Hours { return Hours{From: 20 * 60, To: 7*60 + 30} }

// Workday 工作日历 is the office's word on one day, against the public calendar.
type Workday struct {
	On   Date   `json:"on"`
	Work bool   `json:"work"`
	Note string `json:"note,omitempty"`
}

// Hold 暂缓发送 stops everything that comes from the clock, because the clock
// itself is doubted. The zero value: nothing is held.
type Hold struct {
	From time.Time `json:"from,omitzero"` // what the clock said before
	To   time.Time `json:"to,omitzero"`   // what it said a moment later
}

// Held reports whether h is in force.
func (h Hold) Held() bool { return !h.To.IsZero() }

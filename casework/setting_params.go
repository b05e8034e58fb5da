package casework

import (
	"slices"
	"strconv"

	"zoufang/form"
)

// ParamUnit says what a number of [Params] counts.
type ParamUnit string

// The units.
const (
	// Days 天.
	Days ParamUnit = "days"
	// Workdays 个工作日.
	Workdays ParamUnit = "workdays"
	// HoursOf 小时; of those who wait for a contact, working hours.
	HoursOf ParamUnit = "hours"
	// Times 次, and other plain counts.
	Times ParamUnit = "times"
	// Minutes are those from midnight, shown as a clock.
	Minutes ParamUnit = "minutes"
)

// ParamInfo describes a number of [Params] for people.
type ParamInfo struct {
	Name     string // in JSON
	Label    form.Label
	Min, Max int // both allowed; never zero, which stands for the default
	Unit     ParamUnit
}

// ParamInfos lists all of them, in the order of the fields.
func ParamInfos() []ParamInfo {
	info := func(name, zh, en string, least, most int, unit ParamUnit) ParamInfo {
		return ParamInfo{Name: name, Label: form.Label{Zh: zh, En: en}, Min: least, Max: most, Unit: unit}
	}
	return []ParamInfo{
		info("key_visit", "重点户：上门间隔", "Key households: between visits", 1, 365, Days),
		info("key_call", "重点户：电话间隔", "Key households: between calls", 1, 365, Days),
		info("watch_visit", "关注户：上门间隔", "Watched households: between visits", 1, 365, Days),
		info("watch_call", "关注户：电话间隔", "Watched households: between calls", 1, 365, Days),
		info("general_visit", "一般户：上门间隔", "Other households: between visits", 1, 730, Days),
		info("firm_call", "企业：电话间隔", "Firms: between calls", 1, 365, Days),
		info("firm_visit", "企业：上门间隔", "Firms: between visits", 1, 730, Days),
		info("org_visit", "基层组织：上门间隔", "Organisations: between visits", 1, 730, Days),
		info("open_problem_call", "有未办结问题时：联系间隔", "While a problem is open: between contacts", 1, 90, Days),
		info("due_group", "组级问题：办结时限", "Problems of a group: days to solve", 1, 90, Days),
		info("due_branch", "支部级问题：办结时限", "Problems of a branch: days to solve", 1, 180, Days),
		info("due_bureau", "局级问题：办结时限", "Problems of the bureau: days to solve", 1, 365, Days),
		info("dup_visit_warn", "多少天内再次走访要提醒", "Warn of a visit within", 1, 90, Days),
		info("backfill", "超过多少天补记要写原因", "A visit reported later needs a reason", 1, 60, Days),
		info("window", "为均衡工作量可推后", "A contact may be moved for the load by", 1, 14, Days),
		info("day_load", "每人每天安排的联系数", "Contacts of one person on one day", 1, 50, Times),
		info("change_days", "发生重大变故后上门时限", "Days to go there after something grave", 1, 14, Days),
		info("call_back", "办结后回访时限", "Days to ask after a problem was resolved", 1, 30, Days),
		info("no_answer", "连续几次无人接听改为上门", "Unanswered calls that turn into a look-in", 1, 10, Times),
		info("first_response", "问题受理时限", "Working days until a problem is taken up", 1, 30, Workdays),
		info("silent", "多久没有记录告知组长", "Days without a record until the leader hears", 1, 60, Days),
		info("triage_hours", "无人交办多久后自动归报送人", "Hours until a problem goes to its reporter", 1, 168, HoursOf),
		info("stale", "多久没有进展提醒责任人", "Days without progress until the owner is asked", 1, 90, Days),
		info("due_soon", "到期前几天提醒", "Days before the day due of the reminder", 1, 14, Days),
		info("transfer_nudge", "外单位未回复的提醒间隔", "Between reminders of an outside body", 1, 60, Days),
		info("extensions", "最多可延期次数", "How often a day due may be moved", 1, 10, Times),
		info("hold_days", "挂起最长天数", "Days for which a problem may rest", 1, 365, Days),
		info("reopen_days", "销号后可重开的天数", "Days after striking off to reopen", 1, 365, Days),
		info("renew_notice", "商标到期前提醒", "Days before a trademark runs out", 30, 730, Days),
		info("work_from", "上班时间", "Work begins", 6*60, 11*60, Minutes),
		info("work_to", "下班时间", "Work ends", 14*60, 22*60, Minutes),
		info("partner_wait", "逾期未联系多久告知协助人", "Working hours until a partner hears", 1, 200, HoursOf),
		info("leader_wait", "逾期未联系多久告知组长", "Working hours until the leader hears", 1, 400, HoursOf),
		info("office_wait", "逾期未联系多久告知办公室", "Working hours until the office hears", 1, 800, HoursOf),
	}
}

// paramAt is the place of the number in [numbers]; -1 if there is none of that name.
func paramAt(name string) int {
	return slices.IndexFunc(ParamInfos(), func(p ParamInfo) bool { return p.Name == name })
}

// Get is the number with that name in JSON ("key_visit"); false if there is none.
func (p Params) Get(name string) (int, bool) {
	i := paramAt(name)
	if i < 0 {
		return 0, false
	}
	return *numbers(&p)[i], true
}

// With is p with another value for the number with that name in JSON ("key_visit"); false
// if there is none of that name. It does not ask for bounds: a ledger may have been
// written under others.
func (p Params) With(name string, n int) (Params, bool) {
	i := paramAt(name)
	if i < 0 {
		return p, false
	}
	*numbers(&p)[i] = n
	return p, true
}

// consistent reports whether the numbers go together: work ends after it begins, and
// a miss is passed up rung by rung.
func (p Params) consistent() bool {
	return p.WorkTo > p.WorkFrom && p.PartnerWait <= p.LeaderWait && p.LeaderWait <= p.OfficeWait
}

// SetParam says what giving a number another value makes. It is [OutOfBounds] beyond the
// bounds of [ParamInfos], and where the number would not go together with others.
func SetParam(r Records, s Staff, name string, value int, m Moment, ids *Minter) (SettingChanged, Refusal) {
	c, ok := r.Campaign()
	i := paramAt(name)
	switch {
	case !May(r, s, SetParams, Subject{Today: m.Today}):
		return SettingChanged{}, NotYours
	case !ok || i < 0:
		return SettingChanged{}, NotFound
	}
	info := ParamInfos()[i]
	old, _ := c.Params.Get(name)
	next, _ := c.Params.With(name, value)
	switch {
	case value < info.Min || value > info.Max || !next.consistent():
		return SettingChanged{}, OutOfBounds
	case value == old:
		return SettingChanged{}, NoChange
	}
	return SettingChanged{Setting: Setting{
		ID: SettingID(ids.Next()), Kind: "param", Key: name, Before: strconv.Itoa(old), After: strconv.Itoa(value),
		By: s.ID, At: m.At.UTC(), On: m.Today,
	}}, ""
}

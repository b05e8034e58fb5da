package casework_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"zoufang/casework"
	"zoufang/form"
)

// diaryCampaign has the three targets in a village, and a visit to each.
func diaryCampaign(t testing.TB) *ledger {
	t.Helper()
	l := newLedger(t, officeCampaign(t)...)
	l.add(
		casework.AreaImported{Area: casework.Area{ID: 1, Name: "塔山镇", Level: casework.Town}},
		casework.AreaImported{Area: casework.Area{ID: 2, Name: "李庄村", Level: casework.Village, ParentID: 1}},
		casework.TargetImported{Target: casework.Target{
			ID: home, Kind: casework.HouseholdKind, Code: "JT-0001", AreaID: 2, GroupID: 1, Household: &casework.Household{HeadName: "李大山"},
		}},
	)
	return l
}

// diary reports the visit and drafts its diary.
func (l *ledger) diary(x casework.TargetID, kind string, a form.Answers, companions ...casework.StaffID) (casework.Visit, string) {
	l.t.Helper()
	rep := visitOf(x, mia, a)
	rep.Form, rep.Companions = kind, companions
	l.view(func(r casework.Records) {
		d, _ := r.Form(kind, 0)
		rep.FormVersion = d.Version
	})
	v, _ := l.report(rep)
	var text string
	l.view(func(r casework.Records) { text = casework.DraftDiary(r, v) })
	return v, text
}

func TestDraftDiary(t *testing.T) {
	l := diaryCampaign(t)
	a := answered(april(5), "outcome=met", "met_who=head", "mood=cloudy", "change=changed", "profile_change=儿子外出打工。", "income=down",
		"medical=claim", "schooling=none", "utilities=road network", "work=job", "free=李大山说路太难走。")
	describe(a, 1, "村口的路下雨就断。", casework.InProgress, casework.Normal)
	describe(a, 2, "住院报销要跑三趟。", casework.OnSpot, casework.Normal)
	_, got := l.diary(home, "household", a, lee)
	want := "2017年4月5日（周三），与人员甲一起到塔山镇李庄村走访李*家（JT-0001），与户主交谈。民情晴雨：多云。" +
		"家里有变化：儿子外出打工，收入比上次少了，看病报销遇到问题，四通四有还缺：路、网，就业增收想得到的帮助：就业。" +
		"对方说：“李*说路太难走。”" +
		"反映看病报销（WT-2017-0001）：村口的路下雨就断，正在办理。" +
		"反映看病报销（WT-2017-0002）：住院报销要跑三趟，当场作了答复：当场讲清了报销的办法。"
	if got != want {
		t.Errorf("the household's diary =\n%s\nwant\n%s", got, want)
	}

	_, got = l.diary(firm, "enterprise", answered(april(6), "outcome=met", "met_who=manager", "operation=half", "trend=down",
		"staffing=short_few", "financing=under_100", "brand=none", "costs=tax power", "satisfaction=fairly"))
	want = "2017年4月6日（周四），走访安心食品厂（QY-001），与负责人交谈。" +
		"处于半停产，产销比上次减少，用工缺10人以下，需要融资100万以下，成本与要素有压力：税费、用电，对部门服务基本满意。"
	if got != want {
		t.Errorf("the firm's diary =\n%s\nwant\n%s", got, want)
	}

	_, got = l.diary(guild, "organization", answered(april(7), "mode=meeting", "met_who=secretary", "team=short", "meetings=regular",
		"members=none", "income=up", "needs=coop", "open/1/code=WT-2017-0001", "open/1/state=better"))
	want = "2017年4月7日（周五），走访白塔村党支部（ZZ-01），与书记交谈。" +
		"班子缺员，三会一课正常，集体收入增加，希望工商帮办：合作社。原有问题WT-2017-0001：有好转。"
	if got != want {
		t.Errorf("the organisation's diary =\n%s\nwant\n%s", got, want)
	}

	_, got = l.diary(home, "household", answered(april(8), "outcome=nobody", "next_on=2017-05-02"))
	if want = "2017年4月8日（周六），到塔山镇李庄村走访李*家（JT-0001）。家中无人，没有见到人。约定5月2日再联系。"; got != want {
		t.Errorf("the diary of a visit in vain =\n%s\nwant\n%s", got, want)
	}
}

// A draft can always be kept: it is short enough and holds nobody's number.
func TestDraftDiaryCanBeKept(t *testing.T) {
	l := diaryCampaign(t)
	a := answered(april(5), "outcome=met", "free="+strings.Repeat("难", 500))
	for n := range 9 {
		describe(a, n+1, strings.Repeat("路", 499-n), casework.InProgress, casework.Normal)
	}
	a["problem/9/words"] = form.Answer{Values: []string{"电话 13800138000"}}
	v, got := l.diary(home, "household", a)
	if n := utf8.RuneCountInString(got); n < 500 || n > 1000 || strings.Contains(got, "138") {
		t.Errorf("the diary has %d characters: %s", n, got)
	}
	keep := func(who casework.StaffID, id casework.VisitID, text string) casework.Refusal {
		_, why := l.asks(who, func(r casework.Records, s casework.Staff, _ *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return alone(casework.KeepDiary(r, s, id, text, servingNow()))
		})
		return why
	}
	for i, tt := range []struct{ got, want casework.Refusal }{
		{keep(mia, v.ID, got), ""}, {keep(mia, v.ID, got), casework.NoChange}, {keep(mia, v.ID, " 我改了。 "), ""},
		{keep(lee, v.ID, got), casework.NotYours}, {keep(desk, v.ID, got), casework.NotYours}, {keep(mia, 999, got), casework.NotFound},
		{keep(mia, v.ID, " "), casework.NeedsText}, {keep(mia, v.ID, strings.Repeat("字", 1001)), casework.NeedsText},
		{keep(mia, v.ID, "他的电话 13800138000"), casework.NeedsText},
	} {
		if tt.got != tt.want {
			t.Errorf("%d: KeepDiary = %q, want %q", i, tt.got, tt.want)
		}
	}
	if d := l.visit(v.ID).Diary; d == nil || d.Text != "我改了。" || d.By != mia || d.On != today {
		t.Errorf("the diary is %+v", d)
	}
}

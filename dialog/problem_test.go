package dialog_test

import (
	"slices"
	"strings"
	"testing"

	"zoufang/casework"
)

// refusals are all there are.
func refusals() []casework.Refusal {
	return []casework.Refusal{
		casework.NotFound, casework.NotNow, casework.NotYours, casework.NeedsOwner, casework.NeedsText, casework.NeedsWhy,
		casework.NeedsDay, casework.NeedsUnit, casework.NeedsTelling, casework.NeedsProof, casework.NeedsOther, casework.OneLevel,
		casework.BookOpen, casework.BookMissing, casework.TooOften, casework.TooLate, casework.TooFew, casework.NoChange,
		casework.OwnAsking, casework.Unfinished,
	}
}

func TestEveryRefusalAndStepHasItsWords(t *testing.T) {
	for _, lang := range []string{"zh-Hans", "en"} {
		have := catalogue(t, lang)
		var keys []string
		for _, r := range refusals() {
			keys = append(keys, "refused.step."+string(r))
		}
		for _, m := range casework.ProblemMoves() {
			keys = append(keys, "step."+string(m.Act))
			if m.By != "" {
				keys = append(keys, "button.step."+string(m.Act))
			}
			if slices.Contains(m.Needs, casework.NeedsText) {
				keys = append(keys, "phrase."+string(m.Act)+".1", "phrase."+string(m.Act)+".2", "phrase."+string(m.Act)+".3")
			}
			if slices.Contains(m.Needs, casework.NeedsDay) {
				keys = append(keys, "ask.day."+string(m.Act))
			}
		}
		for _, k := range keys {
			if have[k] == nil {
				t.Errorf("%s says nothing for %q", lang, k)
			}
		}
	}
}

// raised puts a problem of the member's JT-0007 on the list, in the chat.
func (w *world) raised(tb testing.TB, words string) casework.Problem {
	tb.Helper()
	w.phone("member").play(tb, "/raise JT-0007", "[办公室交办]", "[群众生活]", "[修路]", words, "[一般]", "[正在办理]", "[✅ 提交]")
	return w.newestProblem()
}

// follow does what the lines say, "who: what"; CODE stands for the problem's code,
// and other words in capitals for what is said of them here.
func (w *world) follow(tb testing.TB, p casework.Problem, path []string) {
	tb.Helper()
	words := strings.NewReplacer("CODE", p.Code, "MEMBER", w.nameOf(w.set.Member), "UNIT", w.external())
	for _, line := range path {
		who, what, _ := strings.Cut(line, ": ")
		switch what {
		case "BOOK":
			w.acceptBook(tb, w.problemByCode(p.Code))
		case "OTHER":
			w.raised(tb, "另一段路也塌了一截")
		default:
			w.phone(who).do(tb, words.Replace(what))
		}
	}
}

// TestEveryStepIsReachableFromTheChat takes each act of the table by the buttons
// that somebody sees.
func TestEveryStepIsReachableFromTheChat(t *testing.T) {
	pending := []string{"leader: /problem CODE", "leader: [👤 交办]", "leader: [MEMBER]"}
	doing := slices.Concat(pending, []string{"member: /problem CODE", "member: [✅ 受理]"})
	up := slices.Concat(doing, []string{"member: [⬆ 上报]", "member: [需资金]", "member: [请帮助落实资金]", "secretary: /problem CODE"})
	out := slices.Concat(doing, []string{"office: /problem CODE", "office: [📤 转外单位]", "office: [UNIT]", "member: /problem CODE"})
	rests := slices.Concat(doing, []string{"leader: /problem CODE", "leader: [⏸ 挂起]", "leader: [等资金下达]", "leader: [✅ 已向对象说明]", "leader: [7 天]"})
	resolved := slices.Concat(doing, []string{
		"member: BOOK", "member: /problem CODE", "member: [✅ 办结]", "member: [协调解决]", "member: [已经办好]",
	})
	closed := slices.Concat(resolved, []string{"leader: /call JT-0007", "leader: [满意]"})
	asks := slices.Concat(doing, []string{"member: [🕒 申请延期]", "member: [施工需要时间]", "member: [7 天]", "leader: /problem CODE"})
	none := []string{"member: +61s", "member: /call JT-0007", "member: [没接通]"}
	paths := map[casework.ProblemAct][]string{
		casework.Triage:          pending,
		casework.Accept:          doing,
		casework.Progress:        slices.Concat(doing, []string{"member: [📝 记进展]", "member: [已上门了解]"}),
		casework.Escalate:        up,
		casework.TakeUp:          slices.Concat(up, []string{"secretary: [🤝 接过来办]", "secretary: [由我们]"}),
		casework.Answer:          slices.Concat(up, []string{"secretary: [💬 答复]", "secretary: [同意，请按]"}),
		casework.SendBack:        slices.Concat(up, []string{"secretary: [↩ 退回]", "secretary: [情况不够]"}),
		casework.MoveOut:         out,
		casework.Receipt:         slices.Concat(out, []string{"member: [📥 已回复]", "member: [对方已答复]"}),
		casework.PutOff:          rests,
		casework.Resume:          slices.Concat(rests, []string{"leader: [▶ 恢复办理]"}),
		casework.Resolve:         resolved,
		casework.AskBack:         closed,
		casework.Reopen:          slices.Concat(closed, []string{"leader: /problem CODE", "leader: [🔁 重开]", "leader: [现场查看]"}),
		casework.StrikeUnreached: slices.Concat(resolved, none, none, none, []string{"office: /problem CODE", "office: [📵 未联系上]"}),
		casework.AskTime:         asks,
		casework.GrantTime:       slices.Concat(asks, []string{"leader: [🕒 同意延期]"}),
		casework.RefuseTime:      slices.Concat(asks, []string{"leader: [✖ 不同意延期]", "leader: [理由不充分]"}),
		casework.Hand:            slices.Concat(doing, []string{"leader: /problem CODE", "leader: [👤 换责任人]", "leader: [我自己]"}),
		casework.Mark:            {"leader: /problem CODE", "leader: [🏷 标注]", "leader: [急]"},
		casework.Comment:         {"member: /problem CODE", "member: [💬 备注]", "member: [已了解情况]"},
		casework.Merge:           {"member: OTHER", "leader: /problem CODE", "leader: [🔗 并入]"},
		casework.Invalidate:      {"office: /problem CODE", "office: [🗑 作废]", "office: [登记重复]"},
		casework.AskAtVisit: {
			"member: /visit", "member: [薛*]", "member: [访成]", "member: [有好转]", "member: [其余无变化]", "member: [晴]", "member: [🙂 无诉求]",
			"member: [✅ 提交]",
		},
	}
	for _, m := range casework.ProblemMoves() {
		t.Run(string(m.Act), func(t *testing.T) {
			w := newWorld(t)
			w.quick = true
			p := w.raised(t, "村口的路一下雨就没法走")
			w.follow(t, p, paths[m.Act])
			if got := acts(w.problemByCode(p.Code)); !slices.Contains(got, m.Act) {
				t.Errorf("the steps are %v, want %s among them", got, m.Act)
			}
		})
	}
}

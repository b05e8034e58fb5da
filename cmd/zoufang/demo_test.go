package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
)

// TestDemoScripts plays whole visits through the command line, as a newcomer
// does.
func TestDemoScripts(t *testing.T) {
	for _, tt := range []struct {
		script string
		said   []string // in this order
		events []string
		visit  casework.Visit
	}{
		{
			script: "household",
			said: []string{
				"还没办完的问题", "同上次：安全", "其余 2 项记为无变化", "📎 照片 1 张", "问题1·问题描述：村东头的桥坏了",
				"现在填的：增", "3 收入变化：减", "✅ 已记下：ZF-170906-001", "🟠 急问题 WT-2017-0036", "已按您的编辑更正", "2017-09-06 09:0", "已更正 1 次",
			},
			events: []string{"VisitReported", "ProblemRaised", "ProblemMoved", "VisitCorrected", "ProblemCorrected"},
			visit:  casework.Visit{Form: "household", Outcome: casework.Met, Mood: "cloudy", Disposal: casework.InProgress, Revision: 1},
		},
		{
			script: "enterprise",
			said: []string{
				"找到 1 个", "请填 1 到 10 位数字", "驰名商标保护不是荣誉", "[拟再申报]", "没批下来，主要是什么原因",
				"基层局受理案件后 15 个工作日内", "其余 3 项记为无变化", "📎 照片 1 张", "[融资难]",
				"商标1·阶段：拟再申报", "✅ 已记下：ZF-170906-001", "WT-2017-0036",
			},
			events: []string{"VisitReported", "ProblemRaised", "TrademarkRecorded", "MatterRecorded"},
			visit:  casework.Visit{Form: "enterprise", Outcome: casework.Met, Disposal: casework.Escalated},
		},
		{
			script: "organization",
			said: []string{
				"刚走访过这里", "没看懂“天天开”。可以答：正常、不经常、未开展", "✓ 党员队伍问题：老龄化、流动党员多",
				"✓ 四通四有缺项：路", "✓ 需要工商职能的事：合作社、农产品商标", "📎 照片 1 张", "✅ 已记下：ZF-170906-001", "没有新问题",
			},
			events: []string{"VisitReported"},
			visit:  casework.Visit{Form: "organization", Outcome: casework.Met, Disposal: casework.NothingRaised},
		},
		{
			script: "follow-up",
			said: []string{
				"✅ 已记下：ZF-170906-001", "== Thu 2017-09-07 08:00", "📅 今日清单 · 9月7日", "电话打通，都好 · HF-170907-001",
				"连续第 1 次", "您让我这时候提醒", "连续第 2 次", "要上门看一眼", "[✔ 已告知村里]",
				"(picture, 960 ×", "📊 第1工作组日报 · 9月8日", "🔔 今天已提醒", "季志提醒您联系", "责任人还没有联系", "👀 季志 知道了",
			},
			events: []string{"VisitReported", "CallLogged", "CallLogged", "ReminderSnoozed", "CallLogged", "CallLogged", "MissSeen"},
			visit:  casework.Visit{Form: "household", Outcome: casework.Met, Mood: "sunny", Disposal: casework.NothingRaised},
		},
	} {
		t.Run(tt.script, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			if err := run(t.Context(), []string{"demo", "--script", tt.script}, world{&out, &errs, time.Now}); err != nil {
				t.Fatalf("demo --script %s: %v\n%s%s", tt.script, err, out.String(), errs.String())
			}
			talk, rest, _ := strings.Cut(out.String(), "\nrecord ZF-170906-001:\n")
			for _, words := range tt.said {
				_, after, ok := strings.Cut(talk, words)
				if !ok {
					t.Fatalf("the transcript lacks %q, or has it too early:\n%s", words, talk)
				}
				talk = after
			}
			record, ledger, _ := strings.Cut(rest, "\nevents:\n")
			record, _, _ = strings.Cut(record, "\nhistory of ")
			var got casework.Visit
			if err := json.Unmarshal([]byte(record), &got); err != nil {
				t.Fatalf("the record is no JSON: %v\n%s", err, record)
			}
			if len(got.Attachments) != strings.Count(out.String(), "> (photo)") {
				t.Errorf("the record has %d files, want the photos sent", len(got.Attachments))
			}
			got = casework.Visit{Form: got.Form, Outcome: got.Outcome, Mood: got.Mood, Disposal: got.Disposal, Revision: got.Revision}
			if diff := cmp.Diff(tt.visit, got); diff != "" {
				t.Errorf("record (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.events, kinds(t, ledger)); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

// kinds are the kinds of printed events, of those that people brought about. One tap
// can see several misses: a script jumps over a week-end before the message of Friday
// is crossed off, which is then taken for not delivered.
func kinds(t *testing.T, lines string) (out []string) {
	t.Helper()
	for l := range strings.Lines(lines) {
		var e struct {
			By   uint64 `json:"by"`
			Kind string `json:"kind"`
		}
		if err := json.Unmarshal([]byte(l), &e); err != nil {
			t.Fatalf("an event is no JSON: %v\n%s", err, l)
		}
		seen := e.Kind == "MissSeen" && len(out) > 0 && out[len(out)-1] == e.Kind
		if e.By != 0 && !seen {
			out = append(out, e.Kind)
		}
	}
	return out
}

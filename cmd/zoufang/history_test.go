package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestDemoHistories plays what goes on for longer than a visit, and reads the histories
// that are printed.
func TestDemoHistories(t *testing.T) {
	for _, tt := range []struct {
		script string
		said   []string // in this order
	}{
		{"problem", []string{
			"member> [✅ 提交]", "leader> [👤 交办]", "等责任人受理", "member> [✅ 受理]", "member> [⬆ 上报]",
			"等支部", "secretary> [🤝 接过来办]", "等局", "office> [💬 答复]", "secretary> [✍ 签发]", "member> [✅ 接受]",
			"措施都办完了", "leader> [✅ 验收通过]", "办结待回访", "partner> [不满意]", "重开 1 次", "办结待回访",
			"partner> [满意]", "销号",
			"history of WT-2017-0036 (销号):", "triage", "登记 → 待办", "accept", "progress", "escalate", "take_up", "escalate", "answer",
			"resolve", "callback", "办结(待回访) → 在办", "resolve", "callback", "办结(待回访) → 销号",
			"history of RW-2017-0036 (已验收):", "issue", "read", "agree", "measure", "hand_in", "accept",
		}},
		{"trademark", []string{
			"驰名商标保护不是荣誉", "已记下", "政策卡片", "officer> /mark SB-013", "拟再申报", "证据齐了 3/5 类", "证据整理",
			"15 个工作日", "== Tue 2017-09-26 08:00", "报省局", "leader> /marks", "office> /mark SB-013",
			"history of SB-013 (办理中):", "retry → evidence", "evidence → case_filed", "case_filed → to_province",
		}},
		{"office", []string{
			"office> [📤 导出]", "✅ 问题清单", "35 行", "(document 问题清单-2017-09-06-DC-2017-0004.xlsx", "member> [✓ 已读]", "已读 1/",
			"director> [✅ 同意]", "✅ 回访计划", "(document 回访计划", "10 分钟", "谁看过个人信息", "上级检查",
		}},
	} {
		t.Run(tt.script, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			if err := run(t.Context(), []string{"demo", "--script", tt.script}, world{&out, &errs, time.Now}); err != nil {
				t.Fatalf("demo --script %s: %v\n%s%s", tt.script, err, out.String(), errs.String())
			}
			rest := out.String()
			for _, words := range tt.said {
				_, after, ok := strings.Cut(rest, words)
				if !ok {
					t.Fatalf("the output lacks %q, or has it too early:\n%s", words, rest)
				}
				rest = after
			}
		})
	}
}

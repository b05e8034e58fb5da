package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
	"zoufang/simulator"
	"zoufang/store"
	"zoufang/workbook"
)

// otherRoster writes the roster of a small campaign that is not the demo's, and
// nothing of what was done in it.
func otherRoster(t *testing.T, path string) {
	t.Helper()
	set, err := sample.Make(sample.Options{
		Seed: 9, Households: 20, Enterprises: 6, Organizations: 6, Groups: 1, Staff: 40, Rounds: 2, Visits: 300, Problems: 3,
	})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(filepath.Join(t.TempDir(), "other.db"), store.Options{Key: testKey()})
	if err != nil {
		t.Fatal(err)
	}
	var r casework.Roster
	err = errors.Join(s.Load(each(set.Events)), s.View(func(v dialog.View) error { r = casework.RosterOf(v); return nil }), s.Close())
	if err != nil {
		t.Fatal(err)
	}
	r["campaign"][0].Fields["name"] = casework.Field{Text: "另一场走访"}
	delete(r, "problems")
	var b bytes.Buffer
	if err := workbook.WriteRoster(&b, r); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestOtherCampaign imports the roster of another campaign, reports in the chat, and
// asks for that campaign's figures.
func TestOtherCampaign(t *testing.T) {
	t.Parallel()
	h := newHouse(t, simulator.Options{Token: secretToken})
	if err := os.Remove(h.path); err != nil { // nothing of the demo's is left
		t.Fatal(err)
	}
	c := newChild(t, h)
	roster := filepath.Join(t.TempDir(), "roster.xlsx")
	otherRoster(t, roster)
	output := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		cmd := zoufang(t, append(args, "--config", c.config)...)
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Run(); err != nil {
			t.Fatalf("zoufang %s: %v\n%s", args, err, errs.String())
		}
		return out.String()
	}
	output("import", roster)
	leader, member := h.codes(t)
	links := output("invite", "--vouch", leader, member)
	codes := regexp.MustCompile(`start=(\S+)`).FindAllStringSubmatch(links, -1)
	if len(codes) != 2 {
		t.Fatalf("%d links, want 2:\n%s", len(codes), links)
	}
	c.start()
	h.phone(sample.LeaderUser).Start(codes[0][1])
	h.said(sample.LeaderUser, "欢迎，")
	h.phone(sample.MemberUser).Start(codes[1][1])
	h.play(`
@ leader
? 请确认是不是本人
> [✅ 是本人]
@ member
? 欢迎，
> JT-0001
? 这次见到人了吗
> [访成]
? 2. 家里
> [其余无变化]
? 10. 今天
> [晴]
? 11. 乡亲
> 屋后的水渠堵了，一下雨就往院子里倒灌
? 要记成问题吗
> [记为问题]
? 哪一类
> 生活困难
? 哪方面
> [饮水排水]
? 有多急
> [一般]
? 怎么处置
> [正在办理]
? 核对一遍
> [✅ 提交]
? 已记下
> QY-001
? 这次见到企业的人了吗
> [面访]
? 2.
> [其余无变化]
? 10.
> [满意]
? 11.
> [🙂 无诉求]
? 核对一遍
> [✅ 提交]
? 已记下
`)
	c.quit()
	var got casework.Summary
	if err := json.Unmarshal([]byte(output("summary", "--json")), &got); err != nil {
		t.Fatal(err)
	}
	want := casework.Summary{
		Campaign: "另一场走访", AsOf: got.AsOf, Rounds: 2, Groups: 1, Participants: 1, Visits: 2, Met: 2, Households: 1, Enterprises: 1,
		Problems: 1, Listed: 1, Open: 1, Families: map[string]int{"life": 1}, Needing: 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
	if strings.Contains(output("summary"), "164") {
		t.Error("the figures of the demo's campaign are printed for another one")
	}
}

// codes are the numbers in the roster of a leader, and of a member of that group.
func (h *house) codes(t *testing.T) (leader, member string) {
	t.Helper()
	h.read(func(s *store.Store) {
		err := s.View(func(v dialog.View) error {
			g := v.Groups()[0]
			l, _ := v.Staff(g.LeaderID)
			leader = l.Code
			x, _ := v.TargetByCode("JT-0001")
			for _, p := range v.PairingsOfTarget(x.ID) {
				if s, ok := v.Staff(p.StaffID); ok && p.StaffID != g.LeaderID && s.In(g.ID) {
					member = s.Code
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	return leader, member
}

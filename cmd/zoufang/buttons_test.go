package main

import (
	"encoding/json"

	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
	"zoufang/sample"
	"zoufang/simulator"
	"zoufang/store"
)

// button is a button that was sent at some time.
type button struct {
	chat    int64
	message int
	data    string
}

// buttons are all buttons that the bot ever sent, in the order they came.
func (h *house) buttons() (out []button) {
	h.t.Helper()
	for _, c := range h.sim.Calls() {
		if c.Params["reply_markup"] == "" || c.Status != 200 {
			continue
		}
		var markup struct {
			Rows [][]struct {
				Data string `json:"callback_data"`
			} `json:"inline_keyboard"`
		}
		var message struct {
			ID int `json:"message_id"`
		}
		if err := json.Unmarshal([]byte(c.Params["reply_markup"]), &markup); err != nil {
			h.t.Fatal(err)
		}
		if err := json.Unmarshal(c.Result, &message); err != nil {
			h.t.Fatalf("%s: %v", c.Method, err)
		}
		chat, err := strconv.ParseInt(c.Params["chat_id"], 10, 64)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, b := range slices.Concat(markup.Rows...) {
			if b.Data != "" {
				out = append(out, button{chat, message.ID, b.Data})
			}
		}
	}
	return out
}

// publish puts a second version of the household form into the ledger: it asks
// whether a pet lives there, and no longer takes 说不清 for the income.
func (h *house) publish() {
	h.t.Helper()
	d, err := dialog.New(dialog.Options{Zone: shanghai(h.t)})
	if err != nil {
		h.t.Fatal(err)
	}
	var def form.Definition
	h.view(func(v casework.Records) { def, _ = v.Form("household", 0) })
	h.read(func(s *store.Store) {
		def.Version++
		def.Items = slices.Clone(def.Items)
		i := slices.IndexFunc(def.Items, func(it form.Item) bool { return it.ID == "income" })
		def.Items[i].Options = slices.DeleteFunc(slices.Clone(def.Items[i].Options), func(o form.Option) bool { return o.ID == "unsure" })
		i = slices.IndexFunc(def.Items, func(it form.Item) bool { return it.ID == "mood" })
		def.Items = slices.Insert(def.Items, i, form.Item{
			ID: "pet", Type: form.SelectOne, Required: "yes", Relevant: "${outcome} = 'met'",
			Label: form.Label{Zh: "养狗"}, Question: form.Label{Zh: "家里养狗吗？"},
			Options: []form.Option{{ID: "dog", Label: form.Label{Zh: "养"}}, {ID: "none", Label: form.Label{Zh: "不养"}}},
		})
		if err := keep(s, d, "test:form", h.sim.Now(), casework.FormPublished{Form: def}); err != nil {
			h.t.Fatal(err)
		}
	})
}

// TestEveryOldButton presses every button that was ever sent, after a whole
// visit, a restart and a new version of the form.
func TestEveryOldButton(t *testing.T) {
	t.Parallel()
	h := running(t)
	h.play(toSecond + `
> [有变化]
? 有什么变化
> 添了孙子
? 3. 家里收入
> [增]
? 4. 看病
> [负担重]
? 5. 房子
> [◀ 上一题]
? 4. 看病
> [无困难]
? 5. 房子
> [其余无变化]
? 10. 今天
> [多云]
? 11. 乡亲
> 水塔漏水三个月了，没有人管
? 要记成问题吗
> [记为问题]
? 哪一类
> [群众生活困难]
? 哪方面
> [饮水排水]
? 有多急
> [急]
? 怎么处置
> [正在办理]
? 核对一遍
> [✎ 走访日期]
? 哪一天
> [📆 其他日期]
? 点一个日期
> [‹]
? 点一个日期
> [↩ 回去继续填]
? 哪一天去的
> [↩ 回到核对]
? 核对一遍
> [✅ 提交]
? 已记下
> [📄 查看]
? 多云
> [✎ 更正]
? 更正
> [✎ 民情晴雨]
? 现在填的
> [晴]
? 原来
> [✅ 保存更正]
? 为什么更正
> [填错了]
? 已更正
> /visit
? 走访谁
> JT-0019
? 这次见到人了吗
> [访成]
? 2. 家里
> /cancel
? 先放下
> [💾
? 草稿留好了
@ leader
? 急问题
> /summary
? 百千万
@ office
> /summary
? 百千万
`)
	h.stop()
	h.publish()
	h.start()
	old := h.buttons()
	answered := map[int64]int{}
	for _, b := range old {
		if _, ok := answered[b.chat]; !ok {
			answered[b.chat] = len(h.sim.Toasts(b.chat))
		}
		h.sim.Person(b.chat).PressData(b.message, b.data)
		answered[b.chat]++
	}
	t.Logf("%d buttons", len(old))
	h.wait("an answer to every tap", func() bool {
		for chat, n := range answered {
			if len(h.sim.Toasts(chat)) < n {
				return false
			}
		}
		return true
	})
	for _, who := range []casework.UserID{sample.MemberUser, sample.LeaderUser, sample.OfficeUser} {
		h.barrier(who)
	}
	if n := len(facts[casework.VisitReported](h)); n != 1 {
		t.Errorf("%d records, want 1", n)
	}
	if n := len(facts[casework.ProblemRaised](h)); n != 1 {
		t.Errorf("%d problems, want 1", n)
	}
	if n := len(facts[casework.VisitCorrected](h)); n != 1 {
		t.Errorf("%d corrections, want 1", n)
	}
}

// TestDraftUnderNewForm goes on with a draft when there is a new version of its
// form: only what is new, or cannot be kept, is asked.
func TestDraftUnderNewForm(t *testing.T) {
	for _, tt := range []struct {
		name, income, told string
		want               string
	}{
		{"kept", "增", "家里养狗吗", "up"},
		{"dropped", "说不清", "这几项要重新看一下：收入变化", "down"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := running(t)
			h.play(toSecond + `
> [无变化]
? 3. 家里收入
> [` + tt.income + `]
? 4. 看病
> [负担重]
? 5. 房子
> [其余无变化]
? 10. 今天
`)
			h.stop()
			h.publish()
			h.start()
			h.play(`
> /drafts
? 没填完的草稿（1）
> [▶ 继续]
? ` + tt.told + `
`)
			asked := h.answerAll(map[string]string{
				"10. 今天": "阴", "11. 乡亲": "无诉求", "家里养狗吗": "不养", "3. 家里收入": "减",
			})
			h.play("? 已记下")
			want := []string{"10. 今天", "11. 乡亲", "家里养狗吗"}
			if tt.name == "dropped" {
				want = append(want, "3. 家里收入")
			}
			slices.Sort(asked)
			slices.Sort(want)
			if diff := cmp.Diff(want, asked); diff != "" {
				t.Errorf("asked (-want +got):\n%s", diff)
			}
			visits := facts[casework.VisitReported](h)
			if len(visits) != 1 || visits[0].Visit.FormVersion != 3 {
				t.Fatalf("records = %+v, want one on version 3", visits)
			}
			got := plain(visits[0].Visit.Answers)
			kept := map[string]string{"change": "unchanged", "income": tt.want, "medical": "burden", "pet": "none", "mood": "overcast"}
			maps.DeleteFunc(got, func(path, _ string) bool { _, ok := kept[path]; return !ok })
			if diff := cmp.Diff(kept, got); diff != "" {
				t.Errorf("answers (-want +got):\n%s", diff)
			}
		})
	}
}

// answerAll types the answers to whatever is asked, until the form is sent, and
// returns what was asked.
func (h *house) answerAll(answers map[string]string) (asked []string) {
	h.t.Helper()
	for range 2 * len(answers) {
		card := newestCard(h.sim.Chat(h.player.user))
		if strings.Contains(card.Text, "核对一遍") {
			h.step("> [✅ 提交]")
			return asked
		}
		question := ""
		for q := range answers {
			if strings.Contains(card.Text, q) {
				question = q
			}
		}
		if question == "" {
			h.t.Fatalf("nothing to answer:\n%s", h.screen(h.player.user))
		}
		asked = append(asked, question)
		h.step("> " + answers[question])
		h.until(casework.UserID(h.player.user), "the next question", func(c simulator.Chat) bool {
			m := newestCard(c)
			return m != nil && m.ID != card.ID && !strings.Contains(m.Text, question)
		})
	}
	h.t.Fatalf("the form does not end; asked %q", asked)
	return nil
}

// TestForgedButtons presses what was never offered to the person who presses it.
func TestForgedButtons(t *testing.T) {
	t.Parallel()
	h := running(t)
	h.play("@ leader\n? 您好\n@ member\n" + toSecond + toReview)
	h.sim.AddPerson(stranger(sample.StrangerUser)).Start("")
	h.said(sample.StrangerUser, "内部工作助手")
	card := newestCard(h.sim.Chat(int64(sample.MemberUser)))
	h.barrier(sample.LeaderUser)
	before := h.digest()

	submit := card.Buttons[0][0].Data
	forged := []string{"", ".", "..", submit + ".", submit + "x", strings.ToUpper(submit) + "!", "-" + submit, strings.Repeat("z", 64), "zzz.0.0", "1.0.0", submit[:len(submit)-1] + "zz", "提交"}
	parts := strings.Split(submit, ".")
	for _, rev := range []string{"-1", "z", "zz", "00000000000000000000"} {
		forged = append(forged, parts[0]+"."+rev+"."+parts[2])
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		b := []byte(submit)
		b[r.IntN(len(parts[0]))] = "0123456789abcdefghijklmnopqrstuvwxyz"[r.IntN(36)]
		if string(b) != submit {
			forged = append(forged, string(b))
		}
	}
	presses := map[casework.UserID]int{}
	press := func(who casework.UserID, data string) {
		h.phone(who).PressData(card.ID, data)
		presses[who]++
	}
	for _, b := range slices.Concat(card.Buttons...) {
		press(sample.LeaderUser, b.Data)
		press(sample.OfficeUser, b.Data)
		press(sample.StrangerUser, b.Data)
	}
	for _, data := range forged {
		press(sample.LeaderUser, data)
	}
	h.wait("an answer to every tap", func() bool {
		for who, n := range presses {
			if len(h.sim.Toasts(int64(who))) < n {
				return false
			}
		}
		return true
	})
	for who := range presses {
		for _, toast := range h.sim.Toasts(int64(who)) {
			if toast.Text == "" {
				t.Errorf("a forged tap of %d was answered without a word", who)
				break
			}
		}
	}
	if diff := cmp.Diff(before, h.digest()); diff != "" {
		t.Errorf("forged taps changed the records (-before +after):\n%s", diff)
	}

	// In a group the button does nothing either, not even for its own person.
	const group = -100200300
	h.sim.AddGroup(group, "闲聊", int64(sample.MemberUser))
	h.phone(sample.MemberUser).PressDataIn(group, card.ID, submit)
	h.barrier(sample.MemberUser)
	if diff := cmp.Diff(before, h.digest()); diff != "" {
		t.Errorf("a tap in a group changed the records (-before +after):\n%s", diff)
	}
	// The real one still works.
	h.play("@ member\n> [▶ 继续]\n? 核对一遍\n> [✅ 提交]\n? 已记下")
}

// digest tells the states of everything that is so, and of the drafts, apart.
func (h *house) digest() (d map[string]string) {
	h.t.Helper()
	h.read(func(s *store.Store) {
		var err error
		if d, err = s.Digest(); err != nil {
			h.t.Fatal(err)
		}
	})
	for _, bucket := range []string{
		"causes", "attempts", "counters", "sessions", "strangers", "cards", "cards_by_name", "outbox", "outbox_by_card", "posted", "meta",
	} {
		delete(d, bucket)
	}
	return d
}

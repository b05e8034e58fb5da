package main

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
	"zoufang/simulator"
)

// stranger is somebody on no roster.
func stranger(id casework.UserID) simulator.Person {
	return simulator.Person{ID: int64(id), FirstName: "新同事", Role: "stranger"}
}

// neutral is what strangers are told, whatever they say.
const neutral = "内部工作助手"

// TestStrangers get one neutral line a day, for whatever they send.
func TestStrangers(t *testing.T) {
	t.Parallel()
	h := running(t)
	p := h.sim.AddPerson(stranger(sample.StrangerUser))
	other := h.sim.AddPerson(stranger(9002))
	bursts := func() {
		p.Start("")
		p.Send("/mine")
		p.Send("JT-0001")
		p.Start("AAAABBBBCCCCDDDDEEEEFFFFGG")
		p.Sticker("🙂")
		other.Send("谁在")
		h.said(9002, neutral)
	}
	bursts()
	h.barrier(sample.MemberUser)
	if n := count(h.sim.Chat(int64(sample.StrangerUser)), neutral); n != 1 {
		t.Errorf("the stranger was answered %d times, want 1", n)
	}
	h.sim.Advance(25 * time.Hour)
	p.Send("还在吗")
	h.until(sample.StrangerUser, "the second day's line", func(c simulator.Chat) bool { return count(c, neutral) == 2 })
	if n := len(h.sim.Chat(int64(sample.StrangerUser)).Messages); n != 8 {
		t.Errorf("%d messages in the stranger's chat, want their six and two answers", n)
	}
}

// invited makes an invitation for somebody of the leader's group, and returns its
// code.
func (h *house) invited() string {
	h.t.Helper()
	d, err := dialog.New(dialog.Options{Zone: shanghai(h.t)})
	if err != nil {
		h.t.Fatal(err)
	}
	var who casework.Staff
	var input uint64
	err = h.store.View(func(v dialog.View) error {
		input = v.Inputs() + 1
		leader, _ := v.StaffByUser(sample.LeaderUser)
		for _, s := range v.StaffOfGroup(leader.Groups[0]) {
			if s.Binding == casework.Unbound {
				who = s
			}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	code := rand.Text()
	err = keep(h.store, d, "test:"+code, h.sim.Now(), casework.InviteIssued{Invite: casework.Invite{
		ID: casework.InviteID(casework.NewMinter(input).Next()), Hash: dialog.InviteHash(code), StaffID: who.ID,
		ExpiresAt: h.sim.Now().Add(24 * time.Hour).UTC(), State: casework.Issued,
	}})
	if err != nil {
		h.t.Fatal(err)
	}
	return code
}

// TestInvitationOpenedByTwo lets one of them wait for the leader's word, after
// which their rights begin.
func TestInvitationOpenedByTwo(t *testing.T) {
	t.Parallel()
	h := running(t)
	code := h.invited()
	first, second := h.sim.AddPerson(stranger(sample.StrangerUser)), h.sim.AddPerson(stranger(9002))
	h.stop()
	first.Start(code)
	second.Start(code)
	first.Start(code)
	h.start()
	h.said(sample.StrangerUser, "已请组长确认")
	h.said(9002, neutral)
	h.said(sample.LeaderUser, "请确认是不是本人")
	h.barrier(sample.MemberUser)
	if n := len(facts[casework.InviteClaimed](h)); n != 1 {
		t.Errorf("%d people wait for a confirmation, want 1", n)
	}
	if n := count(h.sim.Chat(int64(sample.LeaderUser)), "请确认是不是本人"); n != 1 {
		t.Errorf("the leader is asked %d times, want once", n)
	}

	// No rights before the leader's word.
	first.Send("/mine")
	first.Send("JT-0001")
	h.barrier(sample.MemberUser)
	if c := h.sim.Chat(int64(sample.StrangerUser)); count(c, "JT-") > 0 || count(c, "走访谁") > 0 {
		t.Errorf("somebody who was not confirmed sees records:\n%s", h.screen(int64(sample.StrangerUser)))
	}

	if err := h.phone(sample.LeaderUser).PressLabel("✅ 是本人"); err != nil {
		t.Fatal(err)
	}
	h.said(sample.StrangerUser, "欢迎，")
	first.Send("/mine")
	h.said(sample.StrangerUser, "走访谁")
	if got := strings.Join(first.Commands(), "\n"); !strings.Contains(got, "visit: 记一次走访") {
		t.Errorf("the commands are %q, want those of a member", got)
	}
	// The link is used up.
	second.Start(code)
	h.barrier(sample.MemberUser)
	if n := len(facts[casework.InviteClaimed](h)); n != 1 {
		t.Errorf("a used link was claimed: %d claims, want 1", n)
	}
}

// TestInvitationRefused leaves the person a stranger.
func TestInvitationRefused(t *testing.T) {
	t.Parallel()
	h := running(t)
	p := h.sim.AddPerson(stranger(sample.StrangerUser))
	p.Start(h.invited())
	h.said(sample.LeaderUser, "请确认是不是本人")
	if err := h.phone(sample.LeaderUser).PressLabel("✖ 不是"); err != nil {
		t.Fatal(err)
	}
	h.said(sample.StrangerUser, "组长没有确认您的身份")
	h.sim.Advance(25 * time.Hour)
	p.Send("/mine")
	h.said(sample.StrangerUser, neutral)
}

// TestInvitationTooLate is no invitation any more; nor is one after too many
// wrong codes in an hour.
func TestInvitationTooLate(t *testing.T) {
	t.Parallel()
	h := running(t)
	code := h.invited()
	h.sim.Advance(25 * time.Hour)
	late := h.sim.AddPerson(stranger(sample.StrangerUser))
	late.Start(code)
	h.said(sample.StrangerUser, neutral)

	guesser := h.sim.AddPerson(stranger(9002))
	for range 5 {
		guesser.Start("AAAABBBBCCCCDDDDEEEEFFFFGG")
	}
	fresh := h.invited()
	guesser.Start(fresh)
	h.said(9002, neutral)
	h.barrier(sample.MemberUser)
	if n := len(facts[casework.InviteClaimed](h)); n != 0 {
		t.Errorf("%d claims, want none", n)
	}
	h.sim.Advance(2 * time.Hour)
	guesser.Start(fresh)
	h.said(9002, "已请组长确认")
}

// TestGroup says nothing about anybody in a group, and leaves it.
func TestGroup(t *testing.T) {
	t.Parallel()
	h := running(t)
	const group = -1002003004005
	h.sim.AddGroup(group, "全村大群", int64(sample.MemberUser))
	left := func() bool {
		for _, c := range h.sim.Calls() {
			if c.Method == "leaveChat" && c.Params["chat_id"] == "-1002003004005" {
				return true
			}
		}
		return false
	}
	h.wait("leaving the group", left)
	want := []string{"我只在私聊里工作，先退群了。请私聊我。"}
	if got := h.heard(group); len(got) != 1 || got[0] != want[0] {
		t.Errorf("in the group the bot said %q, want %q", got, want)
	}

	// Where it could not leave, a command is answered with one fixed sentence.
	const other = -1002003004006
	h.sim.Fail(simulator.Fault{Method: "leaveChat", Times: -1, Kind: simulator.Answer, Status: 400, Description: "Bad Request: chat not found"})
	h.sim.AddGroup(other, "工作群", int64(sample.MemberUser))
	for _, command := range []string{"/mine", "/find JT-0001", "/summary", "/records", "/start"} {
		name, args, _ := strings.Cut(command, " ")
		h.phone(sample.MemberUser).SendIn(other, strings.TrimSpace(name+"@"+h.username()+" "+args))
	}
	h.wait("five answers in the group", func() bool { return len(h.heard(other)) >= 6 })
	h.barrier(sample.MemberUser)
	for i, said := range h.heard(other) {
		if i > 0 && said != "请私聊我。群里不谈走访内容。" {
			t.Errorf("in the group the bot said %q", said)
		}
	}
}

// heard is what the bot said in a chat.
func (h *house) heard(chat int64) (out []string) {
	for _, m := range h.sim.Chat(chat).Messages {
		if m.From == "bot" && m.Service == "" {
			out = append(out, m.Text)
		}
	}
	return out
}

func (h *house) username() string { return "zoufang_bot" }

// TestBlocked tells the leaders once of somebody who cannot be reached, and
// notices when they are back.
func TestBlocked(t *testing.T) {
	for _, tt := range []struct {
		name        string
		lost, found func(*house)
	}{
		{
			"the person stops the bot",
			func(h *house) {
				h.phone(sample.MemberUser).Block()
				kicked := `{"my_chat_member":{"chat":{"id":1001,"type":"private"},"from":{"id":1001,"is_bot":false,"first_name":"P"},` +
					`"date":1504660000,"old_chat_member":{"user":{"id":1,"is_bot":true,"first_name":"B"},"status":"member"},` +
					`"new_chat_member":{"user":{"id":1,"is_bot":true,"first_name":"B"},"status":"kicked","until_date":0}}}`
				if _, err := h.sim.RawUpdate(kicked); err != nil { // and says so again
					h.t.Fatal(err)
				}
			},
			func(h *house) { h.phone(sample.MemberUser).Unblock() },
		},
		{
			"Telegram refuses to deliver",
			func(h *house) {
				h.settle()
				x := h.sim.Fail(simulator.Fault{
					Method: "sendMessage", Chat: int64(sample.MemberUser), Times: 1,
					Kind: simulator.Answer, Status: 403, Description: "Forbidden: bot was blocked by the user",
				})
				h.phone(sample.MemberUser).Send("/mine")
				h.wait("a refusal", func() bool { return x.Hits() > 0 })
			},
			func(*house) {},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := running(t)
			h.step("? 您好")
			tt.lost(h)
			h.said(sample.LeaderUser, "联系不上 "+h.name(sample.MemberUser)+" 了")
			if !h.unreachable(sample.MemberUser) {
				t.Error("the member is not marked unreachable")
			}
			tt.found(h)
			h.settle()
			h.phone(sample.MemberUser).Send("/mine")
			h.said(sample.MemberUser, "走访谁")
			if h.unreachable(sample.MemberUser) {
				t.Error("the member wrote again, and is still marked unreachable")
			}
			h.barrier(sample.LeaderUser)
			if n := count(h.sim.Chat(int64(sample.LeaderUser)), "联系不上"); n != 1 {
				t.Errorf("the leader was told %d times, want once", n)
			}
		})
	}
}

func (h *house) unreachable(user casework.UserID) (is bool) {
	h.t.Helper()
	h.view(func(v casework.Records) {
		s, _ := v.StaffByUser(user)
		is = s.Unreachable
	})
	return is
}

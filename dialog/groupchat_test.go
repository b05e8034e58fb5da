package dialog_test

import (
	"fmt"
	"strings"
	"testing"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
)

const teamChat dialog.ChatID = -1001

// inTeam is an input from the team's chat, by the person.
func (w *world) inTeam(kind dialog.InputKind, user casework.UserID, words string) {
	w.t.Helper()
	p, ok := w.phones["team"]
	if !ok {
		p = w.add("team", casework.UserID(teamChat))
	}
	in := p.input(kind)
	if kind == dialog.Said {
		in = p.text(words)
	}
	in.Chat, in.ChatKind, in.User = teamChat, dialog.GroupChat, user
	w.apply(in)
}

func (w *world) teamLinked() bool { return dialog.ChatID(w.ledGroup().Chat) == teamChat }

func TestWhoMayLinkAGroup(t *testing.T) {
	for _, c := range []struct {
		name  string
		user  casework.UserID
		words string
		want  bool
	}{
		{"leader", sample.LeaderUser, "/link", true},
		{"office without a name", sample.OfficeUser, "/link", false},
		{"office", sample.OfficeUser, "/link g1", true},
		{"leader, another's group", sample.LeaderUser, "/link G2", false},
		{"member", sample.MemberUser, "/link", false},
		{"stranger", sample.StrangerUser, "/link G1", false},
		{"anonymous", 0, "/link G1", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.inTeam(dialog.Said, c.user, c.words)
			if got := w.teamLinked(); got != c.want {
				t.Errorf("%q by %s links the chat: %t, want %t\n%s", c.words, c.name, got, c.want, strings.Join(w.heard(), "\n"))
			}
		})
	}
}

func TestTheBotStaysWhereALeaderPutsIt(t *testing.T) {
	w := newWorld(t)
	w.inTeam(dialog.Joined, sample.LeaderUser, "")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "/link") || strings.Contains(heard, "leaves") {
		t.Errorf("put into a group by a leader, the bot says\n%s", heard)
	}
	for _, user := range []casework.UserID{sample.MemberUser, sample.StrangerUser, 0} {
		w.inTeam(dialog.Joined, user, "")
		if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "team: leaves") {
			t.Errorf("put into a group by %d, the bot stays:\n%s", user, heard)
		}
	}
}

// TestAGroupHearsCodesAndCountsAlone looks for every name of the campaign in what
// the group's chat hears.
func TestAGroupHearsCodesAndCountsAlone(t *testing.T) {
	w := newWorld(t)
	w.inTeam(dialog.Said, sample.LeaderUser, "/link")
	w.phone("member").quickVisit(t, "JT-0007", "今天")
	w.phone("member").play(t, "/call JT-0001", "[✓ 打通，都好]")
	var heard []string
	collect := func() {
		inTeam := false
		for _, l := range w.heard() {
			if who, _, ok := strings.Cut(l, ": "); ok && !strings.HasPrefix(l, " ") {
				inTeam = who == "team"
			}
			if inTeam {
				heard = append(heard, l)
			}
		}
	}
	collect()
	for _, at := range []string{"17:30", "2017-09-07 17:30"} {
		w.until(at)
		collect()
	}
	text := strings.Join(heard, "\n")
	if strings.Count(text, "日报 · 9月") != 2 || !strings.Contains(text, "走访：家庭 1") || !strings.Contains(text, "逾期编号：JT-0") {
		t.Fatalf("the group heard\n%s\nwant two evenings' figures", text)
	}
	var names []string
	err := w.store.View(func(v dialog.View) error {
		for s := range v.AllStaff() {
			names = append(names, s.Name)
		}
		for x := range v.AllTargets() {
			names = append(names, x.Name(), x.DisplayName())
		}
		for p := range v.AllProblems() {
			names = append(names, p.Description)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if strings.Contains(text, n) {
			t.Errorf("the group hears %q:\n%s", n, text)
		}
	}
	if strings.Contains(text, "[") {
		t.Errorf("the group has buttons:\n%s", text)
	}
}

func TestAGroupIsLetGo(t *testing.T) {
	w := newWorld(t)
	w.inTeam(dialog.Said, sample.LeaderUser, "/link")
	w.inTeam(dialog.Said, sample.MemberUser, "/unlink")
	if !w.teamLinked() {
		t.Error("a member unlinked the group")
	}
	w.heard()
	w.inTeam(dialog.Said, sample.LeaderUser, "/unlink")
	if heard := strings.Join(w.heard(), "\n"); w.teamLinked() || !strings.Contains(heard, "team: leaves") {
		t.Errorf("after /unlink the chat is linked: %t; heard\n%s", w.teamLinked(), heard)
	}
	for _, kind := range []dialog.InputKind{dialog.Left, dialog.Refused} {
		t.Run(fmt.Sprint(kind), func(t *testing.T) {
			w := newWorld(t)
			w.inTeam(dialog.Said, sample.LeaderUser, "/link")
			w.heard()
			w.inTeam(kind, 0, "")
			if heard := strings.Join(w.heard(), "\n"); w.teamLinked() || !strings.Contains(heard, "leader: 第1工作组的群里已经没有我了") {
				t.Errorf("put out of the group, it is linked: %t; heard\n%s", w.teamLinked(), heard)
			}
			w.until("17:30")
			if heard := strings.Join(w.heard(), "\n"); strings.Contains(heard, "team: ") {
				t.Errorf("a group that is gone hears\n%s", heard)
			}
		})
	}
}

package dialog

import (
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/form"
)

// maxCodes is how many codes a group's digest names of a sort.
const maxCodes = 10

// groupEvening sends a working group's figures to its Telegram group: codes and
// counts, and nothing that is anybody's own.
func (t *turn) groupEvening(g casework.Group) {
	if g.Chat == 0 {
		return
	}
	chat := ChatID(g.Chat)
	at, d := t.frozen(t.digestPlace(chat, g.ID, t.in.Nominal))
	f := &face{}
	f.title(t.w.say("digest.title", "Group", g.Name, "Date", t.day(at.Day)))
	f.line(t.w.say("digest.as_of", "Time", t.moment(at.To)))
	f.gap()
	t.digestFigures(f, at, d)
	var overdue, raised []string
	for _, item := range d.Overdue {
		overdue = append(overdue, item.Target.Code)
	}
	for _, p := range d.Raised {
		raised = append(raised, p.Code)
	}
	if len(overdue) > 0 {
		f.line(t.w.say("group.overdue", "Codes", t.codes(overdue)))
	}
	if len(raised) > 0 {
		f.line(t.w.say("group.raised", "Codes", t.codes(raised)))
	}
	f.gap()
	f.line(t.w.say("group.details"))
	t.deal(chat, digestBoard(at), f, dealing{at: at, bulk: true})
}

func (t *turn) codes(list []string) string {
	if len(list) > maxCodes {
		return t.join(list[:maxCodes]) + "…"
	}
	return t.join(list)
}

// inGroup answers in a group chat, where nothing personal is ever said: a fixed
// sentence to a command. The bot stays only where somebody put it who can link the
// chat to a working group.
func (t *turn) inGroup() {
	switch {
	case t.in.ChatKind == ChannelChat:
	case t.in.Kind == Joined && casework.Allowed(t.staff, casework.LinkChat):
		t.tell(t.in.Chat, t.w.say("group.hello"))
	case t.in.Kind == Joined:
		t.tell(t.in.Chat, t.w.say("group.leave"))
		t.leaveGroup()
	case t.in.Kind == Left:
		t.lostGroup()
	case t.in.Kind == Said && t.in.Command == "link":
		t.linkGroup()
	case t.in.Kind == Said && t.in.Command == "unlink":
		t.unlinkGroup()
	case t.in.Kind == Said && t.in.Command != "":
		t.tell(t.in.Chat, t.w.say("group.private"))
	case t.in.Kind == Pressed:
		t.toast("stranger.short")
	}
}

func (t *turn) leaveGroup() {
	t.out.Letters = append(t.out.Letters, Letter{Kind: Leave, Chat: t.in.Chat})
}

// linkable are the working groups whose chat the person may choose.
func (t *turn) linkable() []casework.Group {
	return slices.DeleteFunc(t.v.Groups(), func(g casework.Group) bool {
		return !casework.May(t.v, t.staff, casework.LinkChat, casework.Subject{Group: g.ID, InGroup: true})
	})
}

// linkGroup makes the chat the one of a working group: of the one named, or of the
// only one that the person leads.
func (t *turn) linkGroup() {
	mine := t.linkable()
	if len(mine) == 0 {
		t.tell(t.in.Chat, t.w.say("group.private"))
		return
	}
	code := strings.ToUpper(form.Fold(form.Clean(t.in.Args)))
	named := slices.DeleteFunc(slices.Clone(mine), func(g casework.Group) bool { return code != "" && g.Code != code })
	if len(named) != 1 {
		var codes []string
		for _, g := range mine {
			codes = append(codes, "/link "+g.Code)
		}
		t.tell(t.in.Chat, t.w.say("group.which", "Commands", t.codes(codes)))
		return
	}
	if g := named[0]; ChatID(g.Chat) != t.in.Chat {
		t.record(casework.GroupChatLinked{GroupID: g.ID, Chat: int64(t.in.Chat)}, t.today, "")
	}
	t.tell(t.in.Chat, t.w.say("group.linked", "Group", named[0].Name))
}

// unlinkGroup ends what linkGroup began, and leaves.
func (t *turn) unlinkGroup() {
	ended := false
	for _, g := range t.linkable() {
		if ChatID(g.Chat) == t.in.Chat {
			t.record(casework.GroupChatLinked{GroupID: g.ID}, t.today, "")
			ended = true
		}
	}
	if !ended {
		t.tell(t.in.Chat, t.w.say("group.private"))
		return
	}
	t.tell(t.in.Chat, t.w.say("group.unlinked"))
	t.leaveGroup()
}

// lostGroup notes that the bot can say nothing in the chat any more, and tells the
// leaders whose group's chat it was.
func (t *turn) lostGroup() {
	for _, g := range t.v.Groups() {
		if ChatID(g.Chat) != t.in.Chat || t.in.Chat == 0 {
			continue
		}
		t.record(casework.GroupChatLinked{GroupID: g.ID}, casework.Date{}, "")
		for _, who := range t.leading(g) {
			t.tellLater(who, t.d.speak(who.Lang).say("group.lost", "Group", g.Name))
		}
	}
}

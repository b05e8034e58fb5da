package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/dialog"
)

var (
	noon  = time.Date(2017, 4, 5, 4, 0, 0, 0, time.UTC)
	typed = time.Date(2017, 4, 5, 3, 59, 0, 0, time.UTC)
)

// The parts that most updates of the table share.
const (
	person  = `"from":{"id":7,"is_bot":false,"first_name":"王","last_name":"小明","language_code":"zh-Hans"}`
	private = `"chat":{"id":7,"type":"private"}`
	group   = `"chat":{"id":-100,"type":"supergroup","title":"组"}`
	date    = `"date":1491364740`
)

func said(change func(*dialog.Input)) dialog.Input {
	in := dialog.Input{
		Kind: dialog.Said, Cause: "m:7:11", Reached: noon, Typed: typed, Chat: 7, ChatKind: dialog.PrivateChat,
		User: 7, Lang: "zh-hans", Name: "王 小明", Message: 11,
	}
	change(&in)
	return in
}

func inGroup(change func(*dialog.Input)) dialog.Input {
	return said(func(in *dialog.Input) {
		in.Chat, in.ChatKind, in.Cause = -100, dialog.GroupChat, "m:-100:11"
		change(in)
	})
}

// message is an update with a message in the private chat, or with other parts.
func messageUpdate(parts ...string) string {
	return `{"update_id":1,"message":{"message_id":11,` + date + "," + strings.Join(parts, ",") + `}}`
}

func TestInputOfMessages(t *testing.T) {
	tests := []struct {
		name, update string
		want         dialog.Input
	}{
		{"text", messageUpdate(person, private, `"text":"您好"`), said(func(in *dialog.Input) { in.Text = "您好" })},
		{
			"reply", messageUpdate(person, private, `"text":"是","reply_to_message":{"message_id":9,"chat":{"id":7}}`),
			said(func(in *dialog.Input) { in.Text, in.ReplyTo = "是", 9 }),
		},
		{
			"unknown fields, and variants the library refuses",
			messageUpdate(person, private, `"text":"x","external_reply":{"paid_media":{"paid_media":[{"type":"live_photo"}]}},"future":{"a":[1]}`),
			said(func(in *dialog.Input) { in.Text = "x" }),
		},
		{
			"text in a group", messageUpdate(person, group, `"text":"大家好"`),
			inGroup(func(in *dialog.Input) { in.Text = "大家好" }),
		},
		{
			"anonymous administrator", messageUpdate(person, group, `"text":"x","sender_chat":{"id":-100,"type":"supergroup"}`),
			inGroup(func(in *dialog.Input) { in.Text, in.User = "x", 0 }),
		},
		{
			"via another bot", messageUpdate(person, private, `"text":"x","via_bot":{"id":5,"is_bot":true,"first_name":"b"}`),
			said(func(in *dialog.Input) { in.Text, in.User = "x", 0 }),
		},
		{
			"for a business", messageUpdate(person, private, `"text":"x","business_connection_id":"b"`),
			said(func(in *dialog.Input) { in.Text, in.User = "x", 0 }),
		},
		{
			"of a bot", messageUpdate(`"from":{"id":7,"is_bot":true,"first_name":"王","last_name":"小明","language_code":"zh-hans"}`, private, `"text":"x"`),
			said(func(in *dialog.Input) { in.Text, in.User = "x", 0 }),
		},
		{
			"channel post in a group", messageUpdate(group, `"text":"x","sender_chat":{"id":-5,"type":"channel"}`),
			inGroup(func(in *dialog.Input) { in.Text, in.User, in.Lang, in.Name = "x", 0, "", "" }),
		},
		{
			"photo in an album",
			messageUpdate(person, private, `"photo":[{"file_id":"s","file_unique_id":"us","width":90,"height":60,"file_size":100},`+
				`{"file_id":"l","file_unique_id":"ul","width":900,"height":600,"file_size":5000},`+
				`{"file_id":"h","file_unique_id":"uh","width":9000,"height":6000,"file_size":30000000}]`,
				`"media_group_id":"g1","caption":"门口"`),
			said(func(in *dialog.Input) {
				in.Kind, in.Text = dialog.Sent, "门口"
				in.File = &dialog.File{Kind: casework.Photo, FileID: "l", UniqueID: "ul", Size: 5000, Album: "g1"}
			}),
		},
		{
			"live photo", messageUpdate(person, private, `"live_photo":{"x":1},"photo":[{"file_id":"s","file_unique_id":"us","width":90,"height":60}]`),
			said(func(in *dialog.Input) {
				in.Kind, in.File = dialog.Sent, &dialog.File{Kind: casework.Photo, FileID: "s", UniqueID: "us"}
			}),
		},
		{
			"voice", messageUpdate(person, private, `"voice":{"file_id":"v","file_unique_id":"uv","duration":12,"mime_type":"audio/ogg","file_size":900}`),
			said(func(in *dialog.Input) {
				in.Kind = dialog.Sent
				in.File = &dialog.File{Kind: casework.Voice, FileID: "v", UniqueID: "uv", MIME: "audio/ogg", Size: 900, Seconds: 12}
			}),
		},
		{
			"picture as a document",
			messageUpdate(person, private, `"document":{"file_id":"d","file_unique_id":"ud","file_name":"a\u202egpj.exe","mime_type":"image/jpeg","file_size":1}`),
			said(func(in *dialog.Input) {
				in.Kind = dialog.Sent
				in.File = &dialog.File{Kind: casework.Document, FileID: "d", UniqueID: "ud", Name: "agpj.exe", MIME: "image/jpeg", Size: 1}
			}),
		},
		{
			"animation comes with a document",
			messageUpdate(person, private, `"animation":{"file_id":"a"},"document":{"file_id":"a","file_unique_id":"u"}`),
			said(func(in *dialog.Input) { in.Kind, in.Text = dialog.Other, "animation" }),
		},
		{
			"sticker", messageUpdate(person, private, `"sticker":{"file_id":"s","emoji":"👍"}`),
			said(func(in *dialog.Input) { in.Kind, in.Text = dialog.Other, "sticker" }),
		},
		{
			"venue comes with a location", messageUpdate(person, private, `"location":{"latitude":1},"venue":{"title":"x"}`),
			said(func(in *dialog.Input) { in.Kind, in.Text = dialog.Other, "venue" }),
		},
		{
			"service message", messageUpdate(person, private, `"pinned_message":{"message_id":1}`),
			said(func(in *dialog.Input) { in.Kind = dialog.Ignored }),
		},
		{
			"group has a new number", messageUpdate(person, group, `"migrate_to_chat_id":-100200`),
			inGroup(func(in *dialog.Input) { in.Kind, in.NewChat = dialog.Moved, -100200 }),
		},
		{
			"name with hidden characters",
			messageUpdate(`"from":{"id":7,"is_bot":false,"first_name":"\u202e管理员\u200b\u0007","last_name":" \n`+strings.Repeat("长", 80)+`"}`, private, `"text":"x"`),
			said(func(in *dialog.Input) { in.Text, in.Lang, in.Name = "x", "", "管理员 "+strings.Repeat("长", 60) }),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := input([]byte(tt.update), "zoufang_bot", noon)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("input(%s) (-want +got):\n%s", tt.update, diff)
			}
		})
	}
}

func TestInputOfOtherUpdates(t *testing.T) {
	member := func(chat, old, status string) string {
		return fmt.Sprintf(`{"update_id":1,"my_chat_member":{%s,%s,%s,"old_chat_member":{"status":%q},"new_chat_member":%s}}`,
			chat, person, date, old, status)
	}
	tests := []struct {
		name, update string
		want         dialog.Input
	}{
		{
			"edit", `{"update_id":1,"edited_message":{"message_id":11,` + date + `,"edit_date":1491364741,` + person + "," + private + `,"text":"改"}}`,
			said(func(in *dialog.Input) {
				in.Kind, in.Text, in.Typed = dialog.Edited, "改", typed.Add(time.Second)
				in.Cause = "e:7:11:1491364741:" + digest([]byte("改"))
			}),
		},
		{
			"edited location", `{"update_id":1,"edited_message":{"message_id":11,` + date + `,"edit_date":1491364741,` + person + "," + private + `,"location":{}}}`,
			said(func(in *dialog.Input) { in.Kind, in.Cause = dialog.Ignored, "u:1:" }),
		},
		{
			"tap", `{"update_id":1,"callback_query":{"id":"99",` + person + `,"message":{"message_id":11,` + date + "," + private + `,"text":"x"},"data":"3.1.2","chat_instance":"1"}}`,
			said(func(in *dialog.Input) {
				in.Kind, in.Cause, in.Query, in.Data, in.Typed = dialog.Pressed, "c:99", "99", "3.1.2", time.Time{}
			}),
		},
		{
			"tap on a message too old", `{"update_id":1,"callback_query":{"id":"99",` + person + `,"message":{"message_id":11,"date":0,` + private + `},"data":"3.1.2"}}`,
			said(func(in *dialog.Input) {
				in.Kind, in.Cause, in.Query, in.Data, in.Typed = dialog.Pressed, "c:99", "99", "3.1.2", time.Time{}
			}),
		},
		{
			"tap without a message", `{"update_id":1,"callback_query":{"id":"99",` + person + `,"inline_message_id":"i","data":"x"}}`,
			said(func(in *dialog.Input) {
				in.Kind, in.Cause, in.Query, in.Data, in.Typed = dialog.Ignored, "c:99", "99", "x", time.Time{}
				in.Chat, in.ChatKind, in.Message = 0, "", 0
			}),
		},
		{
			"blocked", member(private, "member", `{"status":"kicked"}`),
			said(func(in *dialog.Input) {
				in.Kind, in.Cause, in.Message = dialog.Left, "s:7:my_chat_member:1491364740:kicked", 0
			}),
		},
		{
			"back", member(private, "kicked", `{"status":"member"}`),
			said(func(in *dialog.Input) {
				in.Kind, in.Cause, in.Message = dialog.Joined, "s:7:my_chat_member:1491364740:member", 0
			}),
		},
		{
			"other rights in a group", member(group, "member", `{"status":"administrator"}`),
			inGroup(func(in *dialog.Input) {
				in.Kind, in.Cause, in.Message = dialog.Ignored, "s:-100:my_chat_member:1491364740:administrator", 0
			}),
		},
		{
			"restricted outside", member(group, "member", `{"status":"restricted","is_member":false}`),
			inGroup(func(in *dialog.Input) {
				in.Kind, in.Cause, in.Message = dialog.Left, "s:-100:my_chat_member:1491364740:restricted", 0
			}),
		},
		{"unknown kind", `{"update_id":1,"managed_bot":{}}`, dialog.Input{Kind: dialog.Ignored, Cause: "u:1:", Reached: noon}},
		{
			"not as modelled", `{"update_id":1,"message":{"message_id":"eleven"}}`,
			dialog.Input{Kind: dialog.Garbled, Cause: "u:1:", Reached: noon, Raw: []byte(`{"update_id":1,"message":{"message_id":"eleven"}}`)},
		},
		{"no object", `[1]`, dialog.Input{Kind: dialog.Garbled, Cause: "u:0:", Reached: noon, Raw: []byte(`[1]`)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.want.Cause == "u:1:" || tt.want.Cause == "u:0:" {
				tt.want.Cause += digest([]byte(tt.update))
			}
			got := input([]byte(tt.update), "zoufang_bot", noon)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("input(%s) (-want +got):\n%s", tt.update, diff)
			}
		})
	}
}

func TestCommand(t *testing.T) {
	at := func(offset, length int) []dialog.Entity {
		return []dialog.Entity{{Type: "bold", Offset: 0, Length: 1}, {Type: "bot_command", Offset: offset, Length: length}}
	}
	tests := []struct {
		text       string
		entities   []dialog.Entity
		name, args string
		foreign    bool
	}{
		{"/visit", at(0, 6), "visit", "", false},
		{"/Start  abc-1 ", at(0, 6), "start", "abc-1", false},
		{"请 /visit 3组", at(2, 6), "visit", "3组", false},
		{"👍👍 /visit", at(5, 6), "visit", "", false},
		{"/visit@Zoufang_Bot x", at(0, 18), "visit", "x", false},
		{"/visit@other_bot", at(0, 16), "", "", true},
		{"/visit", nil, "", "", false},
		{"/visit", at(0, 7), "", "", false},
		{"/visit", at(-1, 6), "", "", false},
		{"/visit", at(0, -6), "", "", false},
		{"/visit", at(9, 6), "", "", false},
		{"/visit", at(1<<62, 1<<62), "", "", false},
		{"👍/visit", at(1, 6), "", "", false},
		{"visit /", at(0, 5), "", "", false},
		{"/走访", at(0, 3), "", "", false},
		{"/b /a", []dialog.Entity{{Type: "bot_command", Offset: 3, Length: 2}, {Type: "bot_command", Offset: 0, Length: 2}}, "b", "/a", false},
	}
	for _, tt := range tests {
		name, args, foreign := command(tt.text, tt.entities, "zoufang_bot")
		if name != tt.name || args != tt.args || foreign != tt.foreign {
			t.Errorf("command(%q, %v) = %q, %q, %v, want %q, %q, %v",
				tt.text, tt.entities, name, args, foreign, tt.name, tt.args, tt.foreign)
		}
	}
}

func TestForeignCommandIsTextInPrivateAndNothingInGroups(t *testing.T) {
	entity := `"text":"/go@other","entities":[{"type":"bot_command","offset":0,"length":9}]`
	tests := []struct {
		chat, text string
		kind       dialog.InputKind
	}{
		{private, "/go@other", dialog.Said},
		{group, "", dialog.Ignored},
	}
	for _, tt := range tests {
		got := input([]byte(messageUpdate(person, tt.chat, entity)), "zoufang_bot", noon)
		if got.Kind != tt.kind || got.Text != tt.text || got.Command != "" {
			t.Errorf("input(%s) = %s %q, command %q, want %s %q, no command", tt.chat, got.Kind, got.Text, got.Command, tt.kind, tt.text)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(messageUpdate(person, private, `"text":"👍 /visit x","entities":[{"type":"bot_command","offset":3,"length":6}]`)))
	f.Add([]byte(messageUpdate(person, group, `"photo":[{}]`)))
	f.Add([]byte(messageUpdate(`"from":null`, `"chat":null`, `"sender_chat":null,"photo":[],"voice":null`)))
	f.Add([]byte(`{"update_id":1,"callback_query":{"id":"9","message":{}}}`))
	f.Add([]byte(`{"update_id":1,"my_chat_member":{}}`))
	f.Add([]byte(`{"update_id":1e3}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		in := input(raw, "zoufang_bot", noon)
		if diff := cmp.Diff(in, input(raw, "zoufang_bot", noon)); diff != "" {
			t.Errorf("input twice differs:\n%s", diff)
		}
		if in.Kind == "" || in.Cause == "" || len(in.Cause) > causeLimit || in.Reached != noon {
			t.Errorf("input = kind %q, cause %q, reached %v", in.Kind, in.Cause, in.Reached)
		}
		if n := utf8.RuneCountInString(in.Name); n > nameLimit {
			t.Errorf("input has a name of %d characters", n)
		}
		if in.Command != "" && !isCommand(in.Command) {
			t.Errorf("input has the command %q", in.Command)
		}
		if (in.Kind == dialog.Sent) != (in.File != nil) {
			t.Errorf("input of kind %s has file %v", in.Kind, in.File)
		}
		if in.Kind == dialog.Pressed && in.Chat == 0 {
			t.Error("input is a tap in no chat")
		}
	})
}

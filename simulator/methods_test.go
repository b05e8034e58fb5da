package simulator_test

import (
	"strings"
	"testing"

	"zoufang/simulator"
)

func TestSmallMethods(t *testing.T) {
	r := start(t, simulator.Options{})
	card := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "card"})
	r.AddGroup(-5, "组", wang)
	chat := map[string]any{"chat_id": wang}
	for _, tt := range []struct {
		method string
		params map[string]any
		want   string // in the result or the description
	}{
		{"getMe", nil, `"username":"zoufang_bot"`},
		{"getWebhookInfo", nil, `"pending_update_count":2`},
		{"getChat", chat, `"first_name":"王"`},
		{"getChat", map[string]any{"chat_id": -5}, `"title":"组"`},
		{"getFile", map[string]any{"file_id": "AgAC"}, "Bad Request: wrong file_id or the file is temporarily unavailable"},
		{"pinChatMessage", map[string]any{"chat_id": wang, "message_id": card}, "true"},
		{"pinChatMessage", map[string]any{"chat_id": wang, "message_id": 999}, "Bad Request: message to pin not found"},
		{"setMyName", map[string]any{"name": "走访"}, "true"},
		{"setMyName", map[string]any{"name": strings.Repeat("走", 65)}, "Bad Request: name has 65 chars"},
		{"setMyDescription", map[string]any{"description": "记"}, "true"},
		{"setMyShortDescription", map[string]any{"short_description": strings.Repeat("记", 121)}, "Bad Request: short_description has 121 chars"},
		{"getMe", nil, `"first_name":"走访"`},
		{"setChatMenuButton", map[string]any{"chat_id": wang, "menu_button": map[string]any{"type": "commands"}}, "true"},
		{"setChatMenuButton", map[string]any{"menu_button": map[string]any{"type": "tractor"}}, "Bad Request: menu_button must be MenuButton"},
		{"setChatMenuButton", map[string]any{"chat_id": -5}, "Bad Request: chat not found"},
		{"sendChatAction", map[string]any{"chat_id": wang, "action": "typing"}, "true"},
		{"sendChatAction", map[string]any{"chat_id": wang, "action": "digging"}, "Bad Request: action must be one of typing"},
		{"leaveChat", chat, "Bad Request: chat member status can't be changed in private chats"},
		{"editMessageMedia", map[string]any{"chat_id": wang, "message_id": card, "media": map[string]any{"type": "photo", "media": "AgAC"}}, "Bad Request: wrong file identifier"},
		{"close", nil, "true"},
		{"logOut", nil, "true"},
		{"getMe", nil, "Logged out"},
	} {
		a := r.call(tt.method, tt.params)
		if got := string(a.Result) + a.Description; !strings.Contains(got, tt.want) {
			t.Errorf("%s(%v) = %s, want %s", tt.method, tt.params, got, tt.want)
		}
	}
}

func TestMediaIsReplaced(t *testing.T) {
	r := start(t, simulator.Options{})
	kind, body := form(t, map[string]string{"chat_id": "10001", "caption": "一"}, map[string][]byte{"photo": picture(t, 8, 8)})
	if a := r.post("sendPhoto", kind, body); !a.OK {
		t.Fatalf("sendPhoto = %q", a.Description)
	}
	id := r.Chat(wang).Last().ID
	kind, body = form(t, map[string]string{
		"chat_id": "10001", "message_id": itoa(int64(id)), "media": `{"type":"photo","media":"attach://p","caption":"二"}`,
	}, map[string][]byte{"p": picture(t, 9, 9)})
	if a := r.post("editMessageMedia", kind, body); !a.OK {
		t.Fatalf("editMessageMedia = %q", a.Description)
	}
	if m := r.Chat(wang).Message(id); m.Photo.Width != 9 || m.Text != "二" || !m.Edited {
		t.Errorf("message = %+v, want the second picture", m)
	}
	a := r.call("editMessageCaption", map[string]any{"chat_id": wang, "message_id": id, "caption": "三"})
	if m := r.Chat(wang).Message(id); !a.OK || m.Text != "三" {
		t.Errorf("editMessageCaption = %q and caption %q, want 三", a.Description, m.Text)
	}
	if a := r.call("editMessageText", map[string]any{"chat_id": wang, "message_id": id, "text": "x"}); a.Description != "Bad Request: there is no text in the message to edit" {
		t.Errorf("editMessageText of a photo = %q", a.Description)
	}
}

func TestPersonDeletes(t *testing.T) {
	r := start(t, simulator.Options{})
	card := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "card"})
	if err := r.phone.Delete(card); err != nil {
		t.Fatal(err)
	}
	if a := r.call("editMessageText", map[string]any{"chat_id": wang, "message_id": card, "text": "x"}); a.Description != "Bad Request: message to edit not found" {
		t.Errorf("editMessageText = %q", a.Description)
	}
	if err := r.phone.Delete(card); err == nil {
		t.Error("Delete(gone) = nil, want an error")
	}
}

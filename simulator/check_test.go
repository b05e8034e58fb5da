package simulator_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"zoufang/simulator"
)

func button(kind string, value any) map[string]any {
	return map[string]any{"text": "好", kind: value}
}

func inline(rows ...[]map[string]any) map[string]any {
	return map[string]any{"inline_keyboard": rows}
}

func many(n int, b map[string]any) []map[string]any {
	row := make([]map[string]any, n)
	for i := range row {
		row[i] = b
	}
	return row
}

func grid(rows, cols int, data string) map[string]any {
	all := make([][]map[string]any, rows)
	for i := range all {
		all[i] = many(cols, button("callback_data", data))
	}
	return inline(all...)
}

func entity(kind string, offset, length int) []map[string]any {
	return []map[string]any{{"type": kind, "offset": offset, "length": length}}
}

// Each row changes a message that is right. Want "" means accepted.
func TestSendMessageIsChecked(t *testing.T) {
	r := start(t, simulator.Options{})
	r.AddPerson(simulator.Person{ID: 10002, FirstName: "生"})
	ok := button("callback_data", "x")
	for _, tt := range []struct {
		name, param string
		value       any
		want        string
	}{
		{"nothing changed", "text", "你好", ""},
		{"no text", "text", nil, "Bad Request: message text is empty"},
		{"empty text", "text", "", "Bad Request: message text is empty"},
		{"only spaces", "text", " \n\u3000", "Bad Request: message text is empty"},
		{"the word null", "text", "null", ""},
		{"4096 units", "text", strings.Repeat("😀", 2048), ""},
		{"4097 units", "text", strings.Repeat("😀", 2048) + "x", "Bad Request: message is too long"},
		{"no chat", "chat_id", nil, "Bad Request: chat_id is empty"},
		{"unknown chat", "chat_id", 5, "Bad Request: chat not found"},
		{"name of a chat", "chat_id", "@nobody", "Bad Request: chat not found"},
		{"the library's nil", "chat_id", "null", "Bad Request: chat_id is empty"},
		{"chat is no number", "chat_id", "abc", "Bad Request: chat_id must be an integer"},
		{"silent person", "chat_id", 10002, "Forbidden: bot can't initiate conversation with a user"},
		{"unknown parameter", "colour", "red", "Bad Request: unknown parameter colour"},
		{"parse mode", "parse_mode", "HTML", "Bad Request: unsupported parse_mode: the simulator takes entities alone"},
		{"flag is no flag", "protect_content", "maybe", "Bad Request: protect_content must be true or false"},
		{"entity", "entities", entity("bold", 0, 2), ""},
		{"entity past the end", "entities", entity("bold", 1, 2), "Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 3"},
		{"entity before the start", "entities", entity("bold", -1, 2), "Bad Request: receive an entity with incorrect offset -1"},
		{"entity of nothing", "entities", entity("bold", 0, 0), "Bad Request: receive an entity with incorrect length 0"},
		{"unknown entity", "entities", entity("huge", 0, 1), "Bad Request: entities[0].type must be one of mention, hashtag"},
		{"entity without offset", "entities", []map[string]any{{"type": "bold", "length": 1}}, "Bad Request: entities[0] must be MessageEntity"},
		{"entities are no list", "entities", "x", "Bad Request: can't parse entities JSON object"},
		{"reply to nothing", "reply_parameters", map[string]any{"message_id": 99999}, "Bad Request: message to be replied not found"},
		{"reply anyway", "reply_parameters", map[string]any{"message_id": 99999, "allow_sending_without_reply": true}, ""},
		{"keyboard", "reply_markup", inline(many(2, ok)), ""},
		{"64 bytes of data", "reply_markup", inline(many(1, button("callback_data", strings.Repeat("好", 21)+"x"))), ""},
		{"66 bytes of data", "reply_markup", inline(many(1, button("callback_data", strings.Repeat("好", 22)))), "Bad Request: reply_markup.inline_keyboard[0][0].callback_data has 66 bytes"},
		{"no data", "reply_markup", inline(many(1, button("callback_data", ""))), "Bad Request: reply_markup.inline_keyboard[0][0].callback_data has 0 bytes"},
		{"button without action", "reply_markup", inline([]map[string]any{{"text": "a"}}), "Bad Request: can't parse inline keyboard button: Text buttons are unallowed"},
		{"button without text", "reply_markup", inline([]map[string]any{{"text": " ", "callback_data": "x"}}), "Bad Request: inline keyboard button text must be non-empty"},
		{"two actions", "reply_markup", inline([]map[string]any{{"text": "a", "callback_data": "x", "url": "https://example.org"}}), "Bad Request: can't parse inline keyboard button: exactly one"},
		{"unknown action", "reply_markup", inline(many(1, button("fly", "x"))), "Bad Request: reply_markup.inline_keyboard[0][0] has unknown field \"fly\""},
		{"wrong link", "reply_markup", inline(many(1, button("url", "javascript:alert(1)"))), "Bad Request: inline keyboard button URL 'javascript:alert(1)' is invalid"},
		{"link", "reply_markup", inline(many(1, button("url", "https://example.org/a"))), ""},
		{"text to copy", "reply_markup", inline(many(1, button("copy_text", map[string]any{"text": "H-1"}))), ""},
		{"unknown style", "reply_markup", inline([]map[string]any{{"text": "a", "callback_data": "x", "style": "pink"}}), "Bad Request: reply_markup.inline_keyboard[0][0].style must be one of danger, success, primary"},
		{"8 in a row", "reply_markup", grid(1, 8, "x"), ""},
		{"9 in a row", "reply_markup", grid(1, 9, "x"), "Bad Request: reply markup is too long"},
		{"100 buttons", "reply_markup", grid(20, 5, "x"), ""},
		{"105 buttons", "reply_markup", grid(21, 5, "x"), "Bad Request: reply markup is too long"},
		{"under 10 kB", "reply_markup", grid(15, 6, strings.Repeat("x", 64)), ""},
		{"over 10 kB", "reply_markup", inline(many(8, map[string]any{"text": strings.Repeat("好", 500), "callback_data": "x"})), "Bad Request: reply markup is too long"},
		{"reply keyboard", "reply_markup", map[string]any{"keyboard": [][]map[string]any{{{"text": "记"}}}, "resize_keyboard": true}, ""},
		{"keyboard removed", "reply_markup", map[string]any{"remove_keyboard": true}, ""},
		{"forced reply", "reply_markup", map[string]any{"force_reply": true, "input_field_placeholder": "字"}, ""},
		{"no kind of markup", "reply_markup", map[string]any{"buttons": 1}, "Bad Request: reply_markup must be InlineKeyboardMarkup or"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			params := map[string]any{"chat_id": wang, "text": "你好"}
			params[tt.param] = tt.value
			maps.DeleteFunc(params, func(_ string, v any) bool { return v == nil })
			a := r.call("sendMessage", params)
			if a.OK != (tt.want == "") || !strings.HasPrefix(a.Description, tt.want) {
				t.Errorf("sendMessage(%s = %v) = %d %q, want %q", tt.param, tt.value, a.Code, a.Description, tt.want)
			}
		})
	}
}

func TestEntitySplitsNoCharacter(t *testing.T) {
	r := start(t, simulator.Options{})
	for _, tt := range []struct {
		offset, length int
		want           string
	}{
		{0, 2, ""},
		{1, 1, "Bad Request: entity begins in a middle of a UTF-16 symbol"},
		{0, 1, "Bad Request: entity beginning at UTF-16 offset 0 ends in a middle"},
	} {
		a := r.call("sendMessage", map[string]any{"chat_id": wang, "text": "😀", "entities": entity("bold", tt.offset, tt.length)})
		if !strings.HasPrefix(a.Description, tt.want) || a.OK != (tt.want == "") {
			t.Errorf("entity %d+%d = %q, want %q", tt.offset, tt.length, a.Description, tt.want)
		}
	}
}

func TestViolationsNameTheMethod(t *testing.T) {
	r := start(t, simulator.Options{})
	r.call("sendMessage", map[string]any{"chat_id": wang, "text": "x", "parse_mode": "HTML"})
	r.call("sendMessage", map[string]any{"chat_id": 5, "text": "x"})
	v := r.Violations()
	if len(v) != 1 || !strings.HasPrefix(v[0], "sendMessage: unsupported parse_mode") {
		t.Errorf("Violations() = %q, want the parse_mode alone", v)
	}
}

func TestEditing(t *testing.T) {
	r := start(t, simulator.Options{})
	theirs := r.Chat(wang).Messages[0].ID
	card := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "1/11", "reply_markup": grid(1, 2, "x")})
	keyed := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "k", "reply_markup": map[string]any{"keyboard": [][]map[string]any{{{"text": "记"}}}}})
	for _, tt := range []struct {
		name, method string
		params       map[string]any
		want         string
	}{
		{"same", "editMessageText", map[string]any{"message_id": card, "text": "1/11", "reply_markup": grid(1, 2, "x")}, "Bad Request: message is not modified"},
		{"other text", "editMessageText", map[string]any{"message_id": card, "text": "2/11", "reply_markup": grid(1, 2, "x")}, ""},
		{"keyboard gone", "editMessageText", map[string]any{"message_id": card, "text": "2/11"}, ""},
		{"still gone", "editMessageReplyMarkup", map[string]any{"message_id": card}, "Bad Request: message is not modified"},
		{"keyboard back", "editMessageReplyMarkup", map[string]any{"message_id": card, "reply_markup": grid(1, 1, "y")}, ""},
		{"other entities", "editMessageText", map[string]any{"message_id": card, "text": "2/11", "entities": entity("bold", 0, 1), "reply_markup": grid(1, 1, "y")}, ""},
		{"the same entities", "editMessageText", map[string]any{"message_id": card, "text": "2/11", "entities": entity("bold", 0, 1), "reply_markup": grid(1, 1, "y")}, "Bad Request: message is not modified"},
		{"caption of a text", "editMessageCaption", map[string]any{"message_id": card, "caption": "c"}, "Bad Request: there is no caption in the message to edit"},
		{"no such message", "editMessageText", map[string]any{"message_id": 999, "text": "x"}, "Bad Request: message to edit not found"},
		{"a person's message", "editMessageText", map[string]any{"message_id": theirs, "text": "x"}, "Bad Request: message can't be edited"},
		{"one with a reply keyboard", "editMessageText", map[string]any{"message_id": keyed, "text": "x"}, "Bad Request: message can't be edited"},
		{"no message named", "editMessageText", map[string]any{"text": "x"}, "Bad Request: message identifier is not specified"},
	} {
		tt.params["chat_id"] = wang
		a := r.call(tt.method, tt.params)
		if a.OK != (tt.want == "") || !strings.HasPrefix(a.Description, tt.want) {
			t.Errorf("%s: %s = %q, want %q", tt.name, tt.method, a.Description, tt.want)
		}
	}
	m := r.Chat(wang).Message(card)
	if m.Text != "2/11" || !m.Edited || len(m.Buttons) != 1 || m.Buttons[0][0].Data != "y" {
		t.Errorf("card = %+v, want 2/11 with button y", m)
	}
}

func TestDeleting(t *testing.T) {
	r := start(t, simulator.Options{})
	theirs := r.Chat(wang).Messages[0].ID
	old := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "old"})
	r.Advance(48*time.Hour + time.Second)
	young := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "young"})
	for id, want := range map[int]string{
		young: "", 999: "Bad Request: message to delete not found",
		old: "Bad Request: message can't be deleted for everyone", theirs: "Bad Request: message can't be deleted for everyone",
	} {
		if a := r.call("deleteMessage", map[string]any{"chat_id": wang, "message_id": id}); a.Description != want {
			t.Errorf("deleteMessage(%d) = %q, want %q", id, a.Description, want)
		}
	}
	if a := r.call("deleteMessages", map[string]any{"chat_id": wang, "message_ids": []int{young, 999}}); !a.OK {
		t.Errorf("deleteMessages of what is gone = %q, want ok", a.Description)
	}
	if m := r.Chat(wang).Message(young); m != nil {
		t.Errorf("deleted message = %+v, want none", m)
	}
}

func TestAnsweringQueries(t *testing.T) {
	r := start(t, simulator.Options{})
	id := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "?", "reply_markup": grid(1, 1, "yes")})
	const old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
	press := func() string {
		if err := r.phone.PressLabel("好"); err != nil {
			t.Fatal(err)
		}
		return r.next().Query.ID
	}
	prompt, late := press(), press()
	for _, tt := range []struct {
		name, id, text, want string
	}{
		{"too long", prompt, strings.Repeat("好", 201), "Bad Request: text has 201 chars, allowed are 0-200"},
		{"first", prompt, "已记", ""},
		{"twice", prompt, "已记", old},
		{"unknown", "17", "x", old},
	} {
		if a := r.call("answerCallbackQuery", map[string]any{"callback_query_id": tt.id, "text": tt.text}); a.Description != tt.want {
			t.Errorf("%s: answerCallbackQuery = %q, want %q", tt.name, a.Description, tt.want)
		}
	}
	r.Advance(151 * time.Second)
	if a := r.call("answerCallbackQuery", map[string]any{"callback_query_id": late}); a.Description != old {
		t.Errorf("late answer = %q, want %q", a.Description, old)
	}
	toasts := r.Toasts(wang)
	if len(toasts) != 1 || toasts[0].Text != "已记" || toasts[0].Query != prompt {
		t.Errorf("Toasts = %+v, want the first answer", toasts)
	}
	if m := r.Chat(wang).Message(id); m == nil {
		t.Error("message under the button is gone")
	}
}

func TestReactions(t *testing.T) {
	r := start(t, simulator.Options{})
	id := r.Chat(wang).Messages[0].ID
	emoji := func(list ...string) []map[string]string {
		out := []map[string]string{}
		for _, e := range list {
			out = append(out, map[string]string{"type": "emoji", "emoji": e})
		}
		return out
	}
	for _, tt := range []struct {
		reaction any
		want     string
		shown    string
	}{
		{emoji("👍"), "", "👍"},
		{emoji("🚜"), "Bad Request: REACTION_INVALID", ""},
		{emoji("👍", "❤"), "Bad Request: REACTIONS_TOO_MANY", ""},
		{emoji("❤"), "", "❤"},
		{emoji(), "", ""},
	} {
		a := r.call("setMessageReaction", map[string]any{"chat_id": wang, "message_id": id, "reaction": tt.reaction})
		if a.Description != tt.want {
			t.Errorf("setMessageReaction(%v) = %q, want %q", tt.reaction, a.Description, tt.want)
		}
		if got := r.Chat(wang).Messages[0].Reaction; a.OK && got != tt.shown {
			t.Errorf("reaction = %q, want %q", got, tt.shown)
		}
	}
}

func TestCommandsFollowPrecedence(t *testing.T) {
	r := start(t, simulator.Options{})
	english := r.AddPerson(simulator.Person{ID: 10003, FirstName: "Ann", Lang: "en-GB"})
	set := func(name string, scope map[string]any, lang string) {
		a := r.call("setMyCommands", map[string]any{
			"commands": []map[string]string{{"command": name, "description": "d"}}, "scope": scope, "language_code": lang,
		})
		if !a.OK {
			t.Fatalf("setMyCommands = %q", a.Description)
		}
	}
	check := func(p *simulator.Phone, want string) {
		t.Helper()
		if got := p.Commands(); len(got) != 1 || got[0] != want+": d" {
			t.Errorf("Commands() = %v, want %s", got, want)
		}
	}
	set("base", nil, "")
	check(english, "base")
	set("base_en", nil, "en")
	check(english, "base_en")
	check(r.phone, "base")
	set("private", map[string]any{"type": "all_private_chats"}, "")
	check(english, "private")
	set("chat", map[string]any{"type": "chat", "chat_id": wang}, "")
	check(r.phone, "chat")
	check(english, "private")
	r.call("deleteMyCommands", map[string]any{"scope": map[string]any{"type": "chat", "chat_id": wang}})
	check(r.phone, "private")
	a := r.call("getMyCommands", map[string]any{"language_code": "en"})
	if got := string(a.Result); got != `[{"command":"base_en","description":"d"}]` {
		t.Errorf("getMyCommands(en) = %s", got)
	}
	if a := r.call("getMyCommands", map[string]any{"language_code": "zh"}); string(a.Result) != "[]" {
		t.Errorf("getMyCommands(zh) = %s, want []", a.Result)
	}
}

func TestCommandsAreChecked(t *testing.T) {
	r := start(t, simulator.Options{})
	for name, want := range map[string]string{
		"visit_2": "", "Visit": "Bad Request: BOT_COMMAND_INVALID", "走访": "Bad Request: BOT_COMMAND_INVALID",
		"": "Bad Request: commands[0].command has 0 chars", strings.Repeat("a", 33): "Bad Request: commands[0].command has 33 chars",
	} {
		a := r.call("setMyCommands", map[string]any{"commands": []map[string]string{{"command": name, "description": "d"}}})
		if a.OK != (want == "") || !strings.HasPrefix(a.Description, want) {
			t.Errorf("setMyCommands(%q) = %q, want %q", name, a.Description, want)
		}
	}
	if a := r.call("setMyCommands", map[string]any{"commands": []any{}, "language_code": "chinese"}); a.Description != "Bad Request: LANG_CODE_INVALID" {
		t.Errorf("setMyCommands(language chinese) = %q", a.Description)
	}
}

func TestFiles(t *testing.T) {
	r := start(t, simulator.Options{})
	kind, body := form(t, map[string]string{"chat_id": "10001", "caption": "门牌"}, map[string][]byte{"photo": picture(t, 640, 480)})
	a := r.post("sendPhoto", kind, body)
	if !a.OK {
		t.Fatalf("sendPhoto = %q", a.Description)
	}
	var m struct {
		Caption string `json:"caption"`
		Photo   []struct {
			ID     string `json:"file_id"`
			Width  int    `json:"width"`
			Height int    `json:"height"`
		} `json:"photo"`
	}
	if err := json.Unmarshal(a.Result, &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Photo) != 2 || m.Photo[0].Width != 320 || m.Photo[1].Height != 480 || m.Caption != "门牌" {
		t.Errorf("sendPhoto = %+v, want sizes 320 and 640 wide", m)
	}
	again := r.sent("sendPhoto", map[string]any{"chat_id": wang, "photo": m.Photo[1].ID})
	if p := r.Chat(wang).Message(again).Photo; p == nil || p.Width != 640 {
		t.Errorf("photo sent again by its id = %+v", p)
	}
	var f struct {
		Path string `json:"file_path"`
	}
	if err := json.Unmarshal(r.call("getFile", map[string]any{"file_id": m.Photo[1].ID}).Result, &f); err != nil {
		t.Fatal(err)
	}
	got := r.get("/file/bot" + token + "/" + f.Path)
	if got != string(picture(t, 640, 480)) {
		t.Errorf("download = %d bytes, want the picture", len(got))
	}
}

func TestFilesAreChecked(t *testing.T) {
	r := start(t, simulator.Options{})
	for _, tt := range []struct {
		name, method, field string
		data                []byte
		want                string
	}{
		{"no picture", "sendPhoto", "photo", []byte("text"), "Bad Request: IMAGE_PROCESS_FAILED"},
		{"empty", "sendDocument", "document", nil, "Bad Request: there is no document in the request"},
		{"too long and thin", "sendPhoto", "photo", picture(t, 21, 1), "Bad Request: PHOTO_INVALID_DIMENSIONS"},
		{"too large", "sendPhoto", "photo", append(picture(t, 9, 9), make([]byte, 10<<20)...), "Bad Request: file of size"},
		{"document", "sendDocument", "document", []byte("text"), ""},
		{"voice", "sendVoice", "voice", []byte("OggS"), ""},
		{"over 50 MB", "sendDocument", "document", make([]byte, 50<<20+1), "Request Entity Too Large"},
	} {
		kind, body := form(t, map[string]string{"chat_id": "10001"}, map[string][]byte{tt.field: tt.data})
		a := r.post(tt.method, kind, body)
		if a.OK != (tt.want == "") || !strings.HasPrefix(a.Description, tt.want) {
			t.Errorf("%s: %s = %q, want %q", tt.name, tt.method, a.Description, tt.want)
		}
	}
	if a := r.call("sendPhoto", map[string]any{"chat_id": wang, "photo": "AgAC"}); a.Description != "Bad Request: wrong file identifier/HTTP URL specified" {
		t.Errorf("sendPhoto(AgAC) = %q", a.Description)
	}
}

func TestMediaGroup(t *testing.T) {
	r := start(t, simulator.Options{})
	media := `[{"type":"photo","media":"attach://a","caption":"一"},{"type":"photo","media":"attach://b"}]`
	kind, body := form(t, map[string]string{"chat_id": "10001", "media": media},
		map[string][]byte{"a": picture(t, 8, 8), "b": picture(t, 9, 9)})
	if a := r.post("sendMediaGroup", kind, body); !a.OK {
		t.Fatalf("sendMediaGroup = %q", a.Description)
	}
	c := r.Chat(wang)
	one, two := c.Messages[len(c.Messages)-2], c.Last()
	if one.Album == "" || one.Album != two.Album || one.Text != "一" || two.Photo.Width != 9 {
		t.Errorf("album = %+v and %+v", one, two)
	}
	for _, tt := range []struct{ name, media, want string }{
		{"one item", `[{"type":"photo","media":"x"}]`, "Bad Request: media has 1 items"},
		{"mixed", `[{"type":"photo","media":"attach://a"},{"type":"document","media":"attach://b"}]`, "Bad Request: document can't be mixed"},
		{"file missing", `[{"type":"photo","media":"attach://zz"},{"type":"photo","media":"attach://a"}]`, "Bad Request: there is no file zz in the request"},
		{"unknown kind", `[{"type":"hologram","media":"x"},{"type":"photo","media":"x"}]`, "Bad Request: media[0] must be"},
	} {
		kind, body := form(t, map[string]string{"chat_id": "10001", "media": tt.media},
			map[string][]byte{"a": picture(t, 8, 8), "b": picture(t, 9, 9)})
		if a := r.post("sendMediaGroup", kind, body); !strings.HasPrefix(a.Description, tt.want) {
			t.Errorf("%s: sendMediaGroup = %q, want %q", tt.name, a.Description, tt.want)
		}
	}
}

func TestCopyAndForward(t *testing.T) {
	r := start(t, simulator.Options{})
	open := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "open"})
	shut := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "shut", "protect_content": true})
	for _, tt := range []struct {
		method string
		id     int
		want   string
	}{
		{"copyMessage", open, ""},
		{"forwardMessage", open, ""},
		{"forwardMessage", shut, "Bad Request: the message can't be forwarded"},
		{"copyMessage", 999, "Bad Request: message to copy not found"},
	} {
		a := r.call(tt.method, map[string]any{"chat_id": wang, "from_chat_id": wang, "message_id": tt.id})
		if a.Description != tt.want {
			t.Errorf("%s(%d) = %q, want %q", tt.method, tt.id, a.Description, tt.want)
		}
	}
	if _, err := r.phone.Forward(wang, shut); err == nil {
		t.Error("a person forwarded a protected message")
	}
}

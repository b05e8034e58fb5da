package simulator_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"zoufang/simulator"
)

// do sends a request of the page and returns the status and the body.
func (r *rig) do(method, path, kind string, body []byte, change func(*http.Request)) (int, string) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.url+path, bytes.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	if change != nil {
		change(req)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		r.t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

func (r *rig) act(name, body string) (int, string) {
	r.t.Helper()
	return r.do(http.MethodPost, "/api/"+name, "application/json", []byte(body), nil)
}

func TestPeopleAct(t *testing.T) {
	r := start(t, simulator.Options{})
	card := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "?", "reply_markup": grid(1, 2, "x")})
	for _, tt := range []struct {
		name, body string
		status     int
		want       string
	}{
		{"send", `{"user":10001,"text":"你好"}`, 200, `{"message_id":3}`},
		{"send", fmt.Sprintf(`{"user":10001,"text":"re","reply_to":%d}`, card), 200, `{"message_id":4}`},
		{"send", `{"user":10001,"text":" "}`, 409, `{"error":"there is no text"}`},
		{"send", `{"user":5,"text":"x"}`, 404, `{"error":"there is no such person"}`},
		{"send", `{"user":10001,"colour":"red"}`, 400, `{"error":"the body is not as expected`},
		{"edit", `{"user":10001,"message_id":3,"text":"您好"}`, 200, `{}`},
		{"edit", fmt.Sprintf(`{"user":10001,"message_id":%d,"text":"x"}`, card), 409, `{"error":"edit message 2: the message is not`},
		{"press", fmt.Sprintf(`{"user":10001,"message_id":%d,"row":0,"col":1}`, card), 200, `{}`},
		{"press", fmt.Sprintf(`{"user":10001,"message_id":%d,"row":1,"col":1}`, card), 409, `{"error":"press in message 2 row 1`},
		{"start", `{"user":10001,"payload":"abc"}`, 200, `{"message_id":5}`},
		{"block", `{"user":10001,"blocked":true}`, 200, `{}`},
		{"clock", `{"advance":"15m"}`, 200, `{"now":"2026-04-06T09:15:00+08:00"}`},
		{"clock", `{"set":"2026-04-07T08:00:00+08:00"}`, 200, `{"now":"2026-04-07T08:00:00+08:00"}`},
		{"clock", `{"advance":"tomorrow"}`, 400, `{"error":"advance is no duration`},
		{"clock", `{}`, 400, `{"error":"set is no time`},
	} {
		status, text := r.act(tt.name, tt.body)
		if status != tt.status || !strings.HasPrefix(text, tt.want) {
			t.Errorf("POST %s %s = %d %s, want %d %s", tt.name, tt.body, status, text, tt.status, tt.want)
		}
	}
}

func TestStateHidesCallbackData(t *testing.T) {
	r := start(t, simulator.Options{})
	r.AddPerson(simulator.Person{ID: 10002, FirstName: "李", LastName: "四", Role: "leader"})
	r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "?", "entities": entity("bold", 0, 1), "reply_markup": grid(1, 1, "secret-data")})
	r.call("setMyCommands", map[string]any{"commands": []map[string]string{{"command": "visit", "description": "记走访"}}})
	text := r.get("/api/state")
	if strings.Contains(text, "secret-data") {
		t.Error("state shows callback data")
	}
	want := `{"now":"2026-04-06T09:00:00+08:00","bot":{"username":"zoufang_bot","name":"Zoufang"},"people":[` +
		`{"id":10001,"name":"王","role":"member","lang":"zh-hans","blocked":false,"commands":[{"command":"visit","description":"记走访"}]},` +
		`{"id":10002,"name":"李 四","role":"leader","lang":"zh-hans","blocked":false,"commands":[{"command":"visit","description":"记走访"}]}],"chats":[`
	if !strings.HasPrefix(text, want) {
		t.Errorf("state = %s\nwant it to begin with %s", text, want)
	}
	const card = `"from":"bot","sender":1000000001,"date":"2026-04-06T01:00:00Z","edited":false,"text":"?",` +
		`"entities":[{"type":"bold","offset":0,"length":1}],"buttons":[[{"text":"好"}]]`
	if chat := r.get("/api/chat/10001"); !strings.Contains(chat, card) {
		t.Errorf("chat = %s\nwant it to have %s", chat, card)
	}
}

// upload sends n files of equal content as the page does.
func (r *rig) upload(kind string, n int, data []byte) (int, string) {
	r.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range map[string]string{"user": "10001", "caption": "图", "kind": kind} {
		if err := w.WriteField(k, v); err != nil {
			r.t.Fatal(err)
		}
	}
	for range n {
		part, err := w.CreateFormFile("file", "a.png")
		if err != nil {
			r.t.Fatal(err)
		}
		if _, err := part.Write(data); err != nil {
			r.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		r.t.Fatal(err)
	}
	return r.do(http.MethodPost, "/api/upload", w.FormDataContentType(), b.Bytes(), nil)
}

func TestUploads(t *testing.T) {
	r := start(t, simulator.Options{})
	pic := picture(t, 20, 10)
	for _, tt := range []struct {
		kind   string
		n      int
		data   []byte
		status int
		want   string
	}{
		{"photo", 1, pic, 200, `{"message_ids":[2]}`},
		{"photo", 10, pic, 200, `{"message_ids":[3,4,5,6,7,8,9,10,11,12]}`},
		{"photo", 11, pic, 400, `{"error":"11 files were sent`},
		{"photo", 0, nil, 400, `{"error":"0 files were sent`},
		{"photo", 1, []byte("text"), 400, `{"error":"photo 1:`},
		{"document", 1, []byte("text"), 200, `{"message_ids":[13]}`},
		{"voice", 1, []byte("OggS"), 200, `{"message_ids":[14]}`},
		{"hologram", 1, pic, 400, `{"error":"kind \"hologram\"`},
		{"document", 1, make([]byte, 20<<20+1), 400, `{"error":"a file may have 20 MB`},
	} {
		status, text := r.upload(tt.kind, tt.n, tt.data)
		if status != tt.status || !strings.HasPrefix(text, tt.want) {
			t.Errorf("upload of %d as %s = %d %s, want %d %s", tt.n, tt.kind, status, text, tt.status, tt.want)
		}
	}
	c := r.Chat(wang)
	if m := c.Message(3); m.Album == "" || m.Text != "图" || c.Message(4).Text != "" || c.Message(12).Album != m.Album {
		t.Errorf("album = %+v", m)
	}
	if got := r.get("/file/" + c.Message(2).Photo.File); got != string(pic) {
		t.Errorf("picture = %d bytes, want %d", len(got), len(pic))
	}
	if status, _ := r.do(http.MethodGet, "/file/nothing", "", nil, nil); status != 404 {
		t.Errorf("GET /file/nothing = %d, want 404", status)
	}
}

func TestOtherSitesAreRefused(t *testing.T) {
	r := start(t, simulator.Options{})
	for _, tt := range []struct {
		name   string
		change func(*http.Request)
		want   int
	}{
		{"own", func(*http.Request) {}, 200},
		{"own origin", func(q *http.Request) { q.Header.Set("Origin", r.url) }, 200},
		{"localhost", func(q *http.Request) { q.Host = "localhost:80" }, 200},
		{"other host", func(q *http.Request) { q.Host = "evil.example:80" }, 403},
		{"other origin", func(q *http.Request) { q.Header.Set("Origin", "https://evil.example") }, 403},
		{"cross site", func(q *http.Request) { q.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
	} {
		status, text := r.do(http.MethodPost, "/api/send", "application/json", []byte(`{"user":10001,"text":"x"}`), tt.change)
		if status != tt.want {
			t.Errorf("%s: POST = %d %s, want %d", tt.name, status, text, tt.want)
		}
	}
}

func TestPageIsServed(t *testing.T) {
	r := start(t, simulator.Options{})
	for _, path := range []string{"/", "/page/"} {
		if text := r.get(path); !strings.Contains(strings.ToLower(text), "<!doctype html>") {
			t.Errorf("GET %s = %.60q, want the page", path, text)
		}
	}
}

// TestPageShowsAndForgetsPictures follows a picture of the bot from its upload to
// its deletion, as the page sees it.
func TestPageShowsAndForgetsPictures(t *testing.T) {
	r := start(t, simulator.Options{})
	next := r.listen()
	pic := picture(t, 640, 480)
	kind, body := form(t, map[string]string{"chat_id": "10001", "caption": "本周情况", "caption_entities": `[{"type":"bold","offset":0,"length":2}]`},
		map[string][]byte{"photo": pic})
	if a := r.post("sendPhoto", kind, body); !a.OK {
		t.Fatalf("sendPhoto = %q", a.Description)
	}
	const change = `change {"chat":10001}`
	if got := next("change"); got != change {
		t.Errorf("event = %s, want %s", got, change)
	}
	var c simulator.Chat
	if err := json.Unmarshal([]byte(r.get("/api/chat/10001")), &c); err != nil {
		t.Fatal(err)
	}
	m := c.Last()
	if m.Photo == nil || m.Photo.Width != 640 || m.Text != "本周情况" || len(m.Entities) != 1 {
		t.Fatalf("message = %+v, want a picture with its caption", m)
	}
	if got := r.get("/file/" + m.Photo.File); got != string(pic) {
		t.Errorf("picture = %d bytes, want %d", len(got), len(pic))
	}
	if a := r.call("deleteMessage", map[string]any{"chat_id": wang, "message_id": m.ID}); !a.OK {
		t.Fatalf("deleteMessage = %q", a.Description)
	}
	if text := r.get("/api/chat/10001"); strings.Contains(text, "本周情况") {
		t.Fatalf("chat = %s, want it without the deleted message", text)
	}
	if got := next("change"); got != change {
		t.Errorf("event = %s, want %s", got, change)
	}
}

// TestPageHasTheClocksButtons names the buttons by which the page's test and the
// user's guide move the clock.
func TestPageHasTheClocksButtons(t *testing.T) {
	text := start(t, simulator.Options{}).get("/")
	for _, button := range []string{
		`data-advance="1m"`, `data-advance="15m"`, `data-advance="1h"`,
		`data-set="17:30"`, `data-set="tomorrow 08:00"`, `data-set="monday 08:00"`,
	} {
		if !strings.Contains(text, button) {
			t.Errorf("the page has no button with %s", button)
		}
	}
}

// listen opens the event stream and returns a function that reads the next
// event as "name data", skipping those that do not begin with the prefix.
func (r *rig) listen() func(prefix string) string {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, r.url+"/api/events", nil)
	if err != nil {
		r.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() {
		if err := resp.Body.Close(); err != nil {
			r.t.Error(err)
		}
	})
	in := bufio.NewScanner(resp.Body)
	return func(prefix string) string {
		name := ""
		for in.Scan() {
			if n, ok := strings.CutPrefix(in.Text(), "event: "); ok {
				name = n
			}
			if data, ok := strings.CutPrefix(in.Text(), "data: "); ok && strings.HasPrefix(name, prefix) {
				return name + " " + data
			}
		}
		r.t.Fatalf("event stream ended: %v", in.Err())
		return ""
	}
}

func TestEvents(t *testing.T) {
	r := start(t, simulator.Options{})
	next := r.listen()
	r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "?", "reply_markup": grid(1, 1, "x")})
	if err := r.phone.PressLabel("好"); err != nil {
		t.Fatal(err)
	}
	query := r.next().Query.ID
	for _, tt := range []struct {
		do           func()
		prefix, want string
	}{
		{func() {}, "hello", "hello {}"},
		{func() {}, "change", `change {"chat":10001}`},
		{func() { r.Advance(0) }, "clock", `clock {"now":"2026-04-06T09:00:00+08:00"}`},
		{func() { r.call("answerCallbackQuery", map[string]any{"callback_query_id": query, "text": "记下了"}) }, "toast", `toast {"user":10001,"text":"记下了","alert":false}`},
		{func() { r.call("sendChatAction", map[string]any{"chat_id": wang, "action": "typing"}) }, "change", `change {"chat":10001}`},
	} {
		tt.do()
		if got := next(tt.prefix); got != tt.want {
			t.Errorf("event = %s, want %s", got, tt.want)
		}
	}
	var c simulator.Chat
	if err := json.Unmarshal([]byte(r.get("/api/chat/10001")), &c); err != nil || !c.Typing {
		t.Errorf("chat typing = %t, %v, want true", c.Typing, err)
	}
	r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "done"})
	if r.Chat(wang).Typing {
		t.Error("typing after the message = true, want false")
	}
}

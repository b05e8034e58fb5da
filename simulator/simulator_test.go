package simulator_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"zoufang/simulator"
)

const token = "1000000001:AAtest"

// monday is where the frozen clocks of the tests stand.
var monday = time.Date(2026, 4, 6, 1, 0, 0, 0, time.UTC)

// rig is a simulator that listens, with one person who has written "hi".
type rig struct {
	t testing.TB
	*simulator.Simulator
	url   string
	phone *simulator.Phone
}

const wang = 10001

func start(tb testing.TB, opts simulator.Options) *rig {
	tb.Helper()
	opts.Token = token
	if opts.Start.IsZero() {
		opts.Start, opts.Frozen = monday, true
	}
	s := simulator.New(opts)
	srv, err := s.Listen(tb.Context(), "")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := srv.Close(); err != nil {
			tb.Error(err)
		}
	})
	r := &rig{t: tb, Simulator: s, url: srv.URL}
	r.phone = s.AddPerson(simulator.Person{ID: wang, FirstName: "王", Username: "wang"})
	r.phone.Send("hi")
	return r
}

// answer is the Bot API's envelope.
type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`

	header http.Header
}

// call posts parameters as JSON.
func (r *rig) call(method string, params map[string]any) answer {
	r.t.Helper()
	body, err := json.Marshal(params)
	if err != nil {
		r.t.Fatal(err)
	}
	return r.post(method, "application/json", body)
}

func (r *rig) post(method, kind string, body []byte) answer {
	r.t.Helper()
	a, err := r.try(method, kind, body)
	if err != nil {
		r.t.Fatal(err)
	}
	return a
}

// try reports a cut connection instead of ending the test.
func (r *rig) try(method, kind string, body []byte) (answer, error) {
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodPost, r.url+"/bot"+token+"/"+method, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	// A body that can be sent again would let the client hide a cut connection.
	req.GetBody = nil
	req.Header.Set("Content-Type", kind)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, err
	}
	a := answer{header: resp.Header}
	text, err := io.ReadAll(resp.Body)
	if err == nil {
		err = resp.Body.Close()
	}
	if err == nil {
		err = json.Unmarshal(text, &a)
	}
	return a, err
}

// sent calls a sending method and returns the message's id.
func (r *rig) sent(method string, params map[string]any) int {
	r.t.Helper()
	a := r.call(method, params)
	if !a.OK {
		r.t.Fatalf("%s(%v) = %d %s", method, params, a.Code, a.Description)
	}
	var m struct {
		ID int `json:"message_id"`
	}
	if err := json.Unmarshal(a.Result, &m); err != nil {
		r.t.Fatal(err)
	}
	return m.ID
}

// update is what the tests look at in an update.
type update struct {
	ID      int64 `json:"update_id"`
	Message *struct {
		ID       int                `json:"message_id"`
		Text     string             `json:"text"`
		Date     int64              `json:"date"`
		Album    string             `json:"media_group_id"`
		Caption  string             `json:"caption"`
		Entities []simulator.Entity `json:"entities"`
		Photo    []map[string]any   `json:"photo"`
		From     map[string]any     `json:"from"`
		Chat     map[string]any     `json:"chat"`
		Sender   map[string]any     `json:"sender_chat"`
		Via      map[string]any     `json:"via_bot"`
		Voice    map[string]any     `json:"voice"`
		Document map[string]any     `json:"document"`
		Sticker  map[string]any     `json:"sticker"`
		Dice     map[string]any     `json:"dice"`
		Origin   map[string]any     `json:"forward_origin"`
		ReplyTo  *map[string]any    `json:"reply_to_message"`
	} `json:"message"`
	Edited *struct {
		ID       int    `json:"message_id"`
		Text     string `json:"text"`
		EditDate int64  `json:"edit_date"`
	} `json:"edited_message"`
	Query *struct {
		ID      string         `json:"id"`
		Data    string         `json:"data"`
		Message map[string]any `json:"message"`
	} `json:"callback_query"`
	Member *struct {
		New struct {
			Status string `json:"status"`
		} `json:"new_chat_member"`
	} `json:"my_chat_member"`
}

func (r *rig) updates(params map[string]any) []update {
	r.t.Helper()
	a := r.call("getUpdates", params)
	if !a.OK {
		r.t.Fatalf("getUpdates(%v) = %d %s", params, a.Code, a.Description)
	}
	var list []update
	if err := json.Unmarshal(a.Result, &list); err != nil {
		r.t.Fatal(err)
	}
	return list
}

// next confirms all updates but the last and returns that.
func (r *rig) next() update {
	r.t.Helper()
	list := r.updates(map[string]any{"offset": -1})
	if len(list) != 1 {
		r.t.Fatalf("updates waiting = %d, want 1", len(list))
	}
	return list[0]
}

func ids(list []update) []int64 {
	out := []int64{}
	for _, u := range list {
		out = append(out, u.ID)
	}
	return out
}

// form builds a multipart body of values and files.
func form(tb testing.TB, values map[string]string, files map[string][]byte) (kind string, body []byte) {
	tb.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, v := range values {
		if err := w.WriteField(name, v); err != nil {
			tb.Fatal(err)
		}
	}
	for name, data := range files {
		part, err := w.CreateFormFile(name, name+".png")
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := part.Write(data); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return w.FormDataContentType(), b.Bytes()
}

func picture(tb testing.TB, w, h int) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestCallsAreUnderstoodInEveryForm(t *testing.T) {
	r := start(t, simulator.Options{})
	kind, parts := form(t, map[string]string{"chat_id": "10001", "text": "你好", "reply_markup": "null"}, nil)
	emptyKind, empty := form(t, nil, nil)
	values := url.Values{"chat_id": {"10001"}, "text": {"你好"}}
	for _, tt := range []struct {
		name, method, kind string
		body               []byte
		want               string
	}{
		{"multipart", "sendMessage", kind, parts, "你好"},
		{"urlencoded", "sendMessage", "application/x-www-form-urlencoded", []byte(values.Encode()), "你好"},
		{"json", "sendMessage", "application/json", []byte(`{"chat_id":10001,"text":"你好"}`), "你好"},
		{"json with text values", "sendMessage", "application/json", []byte(`{"chat_id":"10001","text":"你好","entities":"[]"}`), "你好"},
		{"query", "sendMessage?" + values.Encode(), "", nil, "你好"},
		{"method in any case", "SENDmessage", "application/json", []byte(`{"chat_id":10001,"text":"你好"}`), "你好"},
		{"empty multipart", "getMe", emptyKind, empty, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := r.post(tt.method, tt.kind, tt.body)
			if !a.OK {
				t.Fatalf("%s = %d %s", tt.method, a.Code, a.Description)
			}
			var m struct {
				Text string `json:"text"`
			}
			if err := json.Unmarshal(a.Result, &m); err != nil {
				t.Fatal(err)
			}
			if m.Text != tt.want {
				t.Errorf("text = %q, want %q", m.Text, tt.want)
			}
		})
	}
	if v := r.Violations(); len(v) > 0 {
		t.Errorf("violations = %v, want none", v)
	}
}

func TestUnknownAddresses(t *testing.T) {
	r := start(t, simulator.Options{})
	for _, tt := range []struct {
		path string
		code int
		text string
	}{
		{"/bot1:wrong/getMe", 401, "Unauthorized"},
		{"/bot" + token + "/getMoney", 404, "Not Found"},
		{"/bot" + token + "/sendPoll", 400, "Bad Request: method sendPoll is not played by the simulator"},
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+tt.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		var a answer
		if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
			t.Error(err)
		}
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
		if resp.StatusCode != tt.code || a.Code != tt.code || a.Description != tt.text {
			t.Errorf("GET %s = %d, %d %q, want %d %q", tt.path, resp.StatusCode, a.Code, a.Description, tt.code, tt.text)
		}
	}
}

func TestDefaultsHaveToken(t *testing.T) {
	if got := simulator.New(simulator.Options{}).Token(); !strings.Contains(got, ":") {
		t.Errorf("Token() = %q, want an id, a colon and a secret", got)
	}
}

func TestListenRefusesOtherAddresses(t *testing.T) {
	s := simulator.New(simulator.Options{})
	if _, err := s.Listen(t.Context(), "0.0.0.0:0"); err == nil || !strings.Contains(err.Error(), "loopback") {
		t.Errorf("Listen(0.0.0.0:0) = %v, want ErrNotLoopback", err)
	}
}

// get reads an address and returns the body.
func (r *rig) get(path string) string {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, r.url+path, nil)
	if err != nil {
		r.t.Fatal(err)
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
	return string(text)
}

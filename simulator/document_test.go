package simulator_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"zoufang/simulator"
)

// paper uploads a document as the bot does.
func (r *rig) paper(name string, data []byte) answer {
	r.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, value := range map[string]string{"chat_id": "10001", "caption": "问题清单", "protect_content": "true"} {
		if err := w.WriteField(field, value); err != nil {
			r.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("document", name)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		r.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		r.t.Fatal(err)
	}
	return r.post("sendDocument", w.FormDataContentType(), body.Bytes())
}

// TestPageOffersAndForgetsDocuments follows a file of the bot from its upload to
// its deletion, as the page and a test see it.
func TestPageOffersAndForgetsDocuments(t *testing.T) {
	r := start(t, simulator.Options{})
	data := []byte("PK\x03\x04 cells")
	if a := r.call("sendChatAction", map[string]any{"chat_id": wang, "action": "upload_document"}); !a.OK {
		t.Errorf("sendChatAction = %q, want ok", a.Description)
	}
	if a := r.paper("问题清单 DC-2017-0001.xlsx", data); !a.OK {
		t.Fatalf("sendDocument = %q", a.Description)
	}
	var c simulator.Chat
	if err := json.Unmarshal([]byte(r.get("/api/chat/10001")), &c); err != nil {
		t.Fatal(err)
	}
	m := c.Last()
	if m.Document == nil || m.Document.Name != "问题清单 DC-2017-0001.xlsx" || m.Document.Size != len(data) || !m.Protected || m.Text != "问题清单" {
		t.Fatalf("message = %+v, want a protected document with its caption", m)
	}
	resp, err := http.Get(r.url + "/file/" + m.Document.File)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if _, err := got.ReadFrom(resp.Body); err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), data) {
		t.Errorf("the link gives %q, want %q", got.Bytes(), data)
	}
	if d := resp.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment; filename*=utf-8''%E9%97%AE") {
		t.Errorf("Content-Disposition = %q, want the file's name", d)
	}
	if kept, ok := r.File(m.Document.File); !ok || !bytes.Equal(kept, data) {
		t.Errorf("File(%q) = %q, %t, want %q", m.Document.File, kept, ok, data)
	}
	if _, ok := r.File("AQAD"); ok {
		t.Error("File(AQAD) = true, want false")
	}
	if a := r.call("deleteMessage", map[string]any{"chat_id": wang, "message_id": m.ID}); !a.OK || r.Chat(wang).Message(m.ID) != nil {
		t.Errorf("deleteMessage = %q, want the document gone", a.Description)
	}
}

func TestFaultsOfDownloads(t *testing.T) {
	r := start(t, simulator.Options{})
	r.phone.Document("表.xlsx", "", []byte("PK\x03\x04"))
	id, ok := r.next().Message.Document["file_id"].(string)
	if !ok {
		t.Fatal("the document has no file_id")
	}
	var f struct {
		Path string `json:"file_path"`
	}
	if err := json.Unmarshal(r.call("getFile", map[string]any{"file_id": id}).Result, &f); err != nil {
		t.Fatal(err)
	}
	// On a kept connection the client would ask again by itself.
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	get := func() (int, string, error) {
		resp, err := client.Get(r.url + "/file/bot" + token + "/" + f.Path)
		if err != nil {
			return 0, "", err
		}
		var body bytes.Buffer
		_, err = body.ReadFrom(resp.Body)
		if e := resp.Body.Close(); e != nil {
			t.Error(e)
		}
		return resp.StatusCode, body.String(), err
	}
	for _, tt := range []struct {
		name   string
		fault  simulator.Fault
		status int
		cut    bool
	}{
		{"gone", simulator.Fault{Method: simulator.Download, Kind: simulator.Answer, Status: 404}, 404, false},
		{"refused", simulator.Fault{Method: simulator.Download, Kind: simulator.Refuse}, 0, true},
		{"half", simulator.Fault{Method: simulator.Download, Kind: simulator.Drop}, 200, true},
		{"of another method", simulator.Fault{Method: "getFile", Kind: simulator.Refuse}, 200, false},
	} {
		r.Fail(tt.fault)
		status, text, err := get()
		if status != tt.status || (err != nil) != tt.cut {
			t.Errorf("%s: download = %d %q %v, want %d and cut %t", tt.name, status, text, err, tt.status, tt.cut)
		}
	}
	var seen []int
	for _, c := range r.Calls() {
		if c.Method == simulator.Download && c.Params["file_path"] == f.Path {
			seen = append(seen, c.Status)
		}
	}
	if len(seen) != 4 || seen[0] != 404 || seen[1] != 0 || seen[2] != 0 || seen[3] != 200 {
		t.Errorf("downloads in the log = %v, want 404, two cut and 200", seen)
	}
}

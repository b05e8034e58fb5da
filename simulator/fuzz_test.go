package simulator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"zoufang/simulator"
)

// fuzzOne sends any bytes to any method. The answer is always an envelope with
// a result or a reason, and refusals are not the server's fault.
func fuzzOne(t *testing.T, method, kind string, body []byte) {
	s := simulator.New(simulator.Options{Token: token, Start: monday, Frozen: true})
	s.AddPerson(simulator.Person{ID: wang, FirstName: "王"}).Send("hi")
	// A poll whose caller has gone does not wait.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/bot"+token+"/"+url.PathEscape(method), bytes.NewReader(body))
	r.Header.Set("Content-Type", kind)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var a answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("%s answered %q: %v", method, w.Body, err)
	}
	if a.OK == (a.Description != "") || w.Code >= 500 {
		t.Errorf("%s = %d %q, want a result or a reason", method, w.Code, a.Description)
	}
	if a.OK && !json.Valid(a.Result) {
		t.Errorf("%s result is no JSON: %q", method, a.Result)
	}
}

func FuzzRequest(f *testing.F) {
	f.Add("sendMessage", "application/json", []byte(`{"chat_id":10001,"text":"x","entities":[{"type":"bold","offset":0,"length":1}]}`))
	f.Add("sendMessage", "application/x-www-form-urlencoded", []byte(`chat_id=10001&text=a&reply_markup={"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}`))
	f.Add("sendPhoto", "multipart/form-data; boundary=b", []byte("--b\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n10001\r\n--b--\r\n"))
	f.Add("setMyCommands", "application/json", []byte(`{"commands":[{"command":"a","description":"b"}],"scope":{"type":"chat","chat_id":10001}}`))
	f.Add("setMessageReaction", "application/json", []byte(`{"chat_id":10001,"message_id":1,"reaction":[{"type":"emoji","emoji":"x"}]}`))
	f.Add("getUpdates", "application/json", []byte(`{"offset":-1,"limit":0,"timeout":0}`))
	f.Fuzz(fuzzOne)
}

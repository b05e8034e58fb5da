package simulator_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"zoufang/simulator"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func decode(tb testing.TB, resp *http.Response) answer {
	tb.Helper()
	a := answer{header: resp.Header}
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		tb.Error(err)
	}
	if err := resp.Body.Close(); err != nil {
		tb.Error(err)
	}
	return a
}

const hello = `{"chat_id":10001,"text":"hello"}`

func TestFaults(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fault simulator.Fault
		// cut: the connection broke; done: messages in the chat afterwards;
		// status and text of the answer.
		cut    bool
		done   int
		status int
		text   string
	}{
		{"refuse", simulator.Fault{Kind: simulator.Refuse}, true, 1, 0, ""},
		{"drop", simulator.Fault{Kind: simulator.Drop}, true, 2, 0, ""},
		{"too many", simulator.Fault{Kind: simulator.Answer, Status: 429, RetryAfter: 7, Description: "Too Many Requests: retry after 7"}, false, 1, 429, "retry_after\":7"},
		{"forbidden", simulator.Fault{Kind: simulator.Answer, Status: 403, Description: "Forbidden: user is deactivated"}, false, 1, 403, "user is deactivated"},
		{"html", simulator.Fault{Kind: simulator.Answer, Status: 500, Body: "<html>no</html>"}, false, 1, 500, "<html>"},
		{"bare", simulator.Fault{Kind: simulator.Answer, Status: 502, Bare: true}, false, 1, 502, ""},
		{"garbage", simulator.Fault{Kind: simulator.Garbage}, false, 1, 200, "[{]]"},
		{"huge", simulator.Fault{Kind: simulator.Huge}, false, 1, 200, "xxx"},
		{"slow", simulator.Fault{Kind: simulator.Slow, Delay: time.Millisecond}, false, 2, 200, "hello"},
		{"other method", simulator.Fault{Method: "edit*", Kind: simulator.Refuse}, false, 2, 200, "hello"},
		{"other chat", simulator.Fault{Chat: 5, Kind: simulator.Refuse}, false, 2, 200, "hello"},
		{"this method", simulator.Fault{Method: "SEND*", Chat: wang, Kind: simulator.Refuse}, true, 1, 0, ""},
		{"later", simulator.Fault{After: 1, Kind: simulator.Refuse}, false, 2, 200, "hello"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := start(t, simulator.Options{})
			r.Fail(tt.fault)
			status, text, err := r.raw()
			if (err != nil) != tt.cut || status != tt.status || !strings.Contains(text, tt.text) {
				t.Errorf("answer = %d %.60q, %v; want %d with %q, cut %t", status, text, err, tt.status, tt.text, tt.cut)
			}
			if got := len(r.Chat(wang).Messages); got != tt.done {
				t.Errorf("messages = %d, want %d", got, tt.done)
			}
		})
	}
}

// raw sends hello and returns what came back as it is.
func (r *rig) raw() (status int, text string, err error) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodPost, r.url+"/bot"+token+"/sendMessage", io.NopCloser(strings.NewReader(hello)))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	data, err := io.ReadAll(resp.Body)
	if cerr := resp.Body.Close(); err == nil {
		err = cerr
	}
	return resp.StatusCode, string(data), err
}

func TestFaultsCount(t *testing.T) {
	r := start(t, simulator.Options{})
	f := r.Fail(simulator.Fault{Method: "sendMessage", After: 1, Times: 2, Kind: simulator.Answer, Status: 500})
	var got []int
	for range 4 {
		status, _, err := r.raw()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, status)
	}
	if want := []int{200, 500, 500, 200}; !equal(got, want) {
		t.Errorf("answers = %v, want %v", got, want)
	}
	if f.Hits() != 2 {
		t.Errorf("Hits() = %d, want 2", f.Hits())
	}
	log := r.Calls()
	if n := len(log); n != 4 || log[1].Status != 500 || log[0].Params["text"] != "hello" || log[3].Status != 200 {
		t.Errorf("Calls() = %d calls %+v", n, log)
	}
}

func equal(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestHangUntilRelease(t *testing.T) {
	r := start(t, simulator.Options{})
	f := r.Fail(simulator.Fault{Method: "sendMessage", Times: -1, Kind: simulator.Hang})
	done := make(chan int)
	go func() {
		status, _, _ := r.raw()
		done <- status
	}()
	if err := r.Wait(t.Context(), func() bool { return f.Hits() == 1 }); err != nil {
		t.Fatal(err)
	}
	if got := len(r.Chat(wang).Messages); got != 1 {
		t.Errorf("messages while it hangs = %d, want 1", got)
	}
	f.Release()
	if got := <-done; got != 200 {
		t.Errorf("answer after the release = %d, want 200", got)
	}
	if status, _, err := r.raw(); status != 200 || err != nil {
		t.Errorf("next call = %d, %v, want 200", status, err)
	}
}

func TestInjectedWindowCountsEarlyCalls(t *testing.T) {
	r := start(t, simulator.Options{})
	r.Fail(simulator.Fault{Method: "sendMessage", Kind: simulator.Answer, Status: 429, RetryAfter: 3600})
	for range 3 {
		if a := r.call("sendMessage", map[string]any{"chat_id": wang, "text": "x"}); a.Code != 429 {
			t.Errorf("sendMessage = %d, want 429", a.Code)
		}
	}
	if got := r.EarlyCalls(); got != 2 {
		t.Errorf("EarlyCalls() = %d, want 2", got)
	}
}

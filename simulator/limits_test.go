package simulator_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoufang/simulator"
)

// direct calls the handler without a connection, so that time can be faked.
func direct(t *testing.T, s *simulator.Simulator, method, body string) answer {
	t.Helper()
	client := http.Client{Transport: s.Transport()}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://telegram/bot"+token+"/"+method, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, resp)
}

// A step waits and then sends a message, which is to be refused for that many
// seconds, 0 for not at all.
type step struct {
	wait    time.Duration
	refused int
}

func steps(n int, wait time.Duration, last ...step) []step {
	out := make([]step, n, n+len(last))
	for i := range out {
		out[i].wait = wait
	}
	return append(out, last...)
}

func TestLimits(t *testing.T) {
	const toWang = `{"chat_id":10001,"text":"x"}`
	const toGroup = `{"chat_id":-5,"text":"x"}`
	for _, tt := range []struct {
		name  string
		body  string
		steps []step
		early int
	}{
		{"five at once to a chat, then one a second", toWang, steps(5, 0, step{0, 1}, step{time.Second, 0}), 0},
		{"calls inside the window are counted", toWang, steps(5, 0, step{0, 1}, step{time.Second / 10, 1}), 1},
		{"a steady second is never refused", toWang, steps(60, time.Second), 0},
		{"twenty a minute to a group", toGroup, steps(20, time.Second, step{time.Second, 40}, step{40 * time.Second, 0}), 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := simulator.New(simulator.Options{Token: token, Limits: true})
				s.AddPerson(simulator.Person{ID: wang, FirstName: "王"}).Send("hi")
				s.AddGroup(-5, "组", wang)
				for i, step := range tt.steps {
					time.Sleep(step.wait)
					if got := direct(t, s, "sendMessage", tt.body).Parameters.RetryAfter; got != step.refused {
						t.Errorf("message %d: retry after %d, want %d", i, got, step.refused)
					}
				}
				if got := s.EarlyCalls(); got != tt.early {
					t.Errorf("EarlyCalls() = %d, want %d", got, tt.early)
				}
			})
		})
	}
}

func TestThirtyASecondInAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := simulator.New(simulator.Options{Token: token, Limits: true})
		refused := 0
		for i := range 35 {
			id := int64(20000 + i)
			s.AddPerson(simulator.Person{ID: id, FirstName: "p"}).Send("hi")
			a := direct(t, s, "sendMessage", `{"chat_id":`+itoa(id)+`,"text":"x"}`)
			if a.Code != 429 {
				continue
			}
			refused++
			if got, want := a.header.Get("Retry-After"), itoa(int64(a.Parameters.RetryAfter)); got != want {
				t.Errorf("Retry-After = %q, want %q", got, want)
			}
		}
		if refused != 5 {
			t.Errorf("refused = %d of 35, want 5", refused)
		}
	})
}

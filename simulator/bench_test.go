package simulator_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"zoufang/simulator"
)

// BenchmarkSend is what the server itself costs a message with a keyboard,
// without a network.
func BenchmarkSend(b *testing.B) {
	s := simulator.New(simulator.Options{Token: token, Calls: -1})
	s.AddPerson(simulator.Person{ID: wang, FirstName: "王"}).Send("hi")
	client := s.Transport()
	markup, err := json.Marshal(grid(6, 2, "v1:0123456789"))
	if err != nil {
		b.Fatal(err)
	}
	body := `{"chat_id":10001,"text":"4/11 家庭人口?","entities":[{"type":"bold","offset":0,"length":4}],"reply_markup":` + string(markup) + `}`
	for b.Loop() {
		r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, "http://x/bot"+token+"/sendMessage", strings.NewReader(body))
		if err != nil {
			b.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		if _, err := client.RoundTrip(r); err != nil {
			b.Fatal(err)
		}
	}
}

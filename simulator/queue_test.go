package simulator_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/simulator"
)

const first = 100_000_001

func TestOffsetConfirms(t *testing.T) {
	var acked []int64
	r := start(t, simulator.Options{OnAck: func(id int64, _ []byte) { acked = append(acked, id) }})
	for i := range 4 {
		r.phone.Send(fmt.Sprint(i))
	}
	for _, tt := range []struct {
		name   string
		params map[string]any
		want   []int64
		acked  int64
	}{
		{"all at first", nil, []int64{first, first + 1, first + 2, first + 3, first + 4}, first - 1},
		{"the same again", map[string]any{"offset": first, "limit": 2}, []int64{first, first + 1}, first - 1},
		{"a higher offset confirms", map[string]any{"offset": first + 2}, []int64{first + 2, first + 3, first + 4}, first + 1},
		{"a lower one brings nothing back", map[string]any{"offset": first}, []int64{first + 2, first + 3, first + 4}, first + 1},
		{"one far ahead is ignored", map[string]any{"offset": first + 1000}, []int64{first + 2, first + 3, first + 4}, first + 1},
		{"a negative one counts from the end", map[string]any{"offset": -1}, []int64{first + 4}, first + 3},
		{"zero confirms nothing", map[string]any{"offset": 0}, []int64{first + 4}, first + 3},
		{"past the end", map[string]any{"offset": first + 5}, []int64{}, first + 4},
	} {
		if diff := cmp.Diff(tt.want, ids(r.updates(tt.params))); diff != "" {
			t.Errorf("%s: updates (-want +got):\n%s", tt.name, diff)
		}
		if got := r.Acknowledged(); got != tt.acked {
			t.Errorf("%s: Acknowledged() = %d, want %d", tt.name, got, tt.acked)
		}
	}
	if diff := cmp.Diff([]int64{first, first + 1, first + 2, first + 3, first + 4}, acked); diff != "" {
		t.Errorf("OnAck (-want +got):\n%s", diff)
	}
}

func TestLimitIsBroughtIntoRange(t *testing.T) {
	r := start(t, simulator.Options{})
	for range 101 {
		r.phone.Send("x")
	}
	for limit, want := range map[int]int{0: 1, 1: 1, 100: 100, 500: 100} {
		if got := len(r.updates(map[string]any{"limit": limit})); got != want {
			t.Errorf("getUpdates(limit %d) = %d updates, want %d", limit, got, want)
		}
	}
}

func TestUpdatesExpire(t *testing.T) {
	r := start(t, simulator.Options{})
	id := r.sent("sendMessage", map[string]any{"chat_id": wang, "text": "?"})
	r.phone.PressData(id, "x")
	if got := r.Pending(); got != 2 {
		t.Fatalf("Pending() = %d, want 2", got)
	}
	r.Advance(150 * time.Second)
	if got := r.Pending(); got != 1 {
		t.Errorf("Pending() after 150 s = %d, want 1", got)
	}
	r.Advance(24 * time.Hour)
	if got := r.Pending(); got != 0 {
		t.Errorf("Pending() after a day = %d, want 0", got)
	}
}

func TestAllowedUpdatesPersist(t *testing.T) {
	r := start(t, simulator.Options{})
	id := r.phone.Send("a")
	r.updates(map[string]any{"offset": first + 2, "allowed_updates": []string{"message"}})
	r.updates(map[string]any{"offset": first + 2})
	if err := r.phone.Edit(id, "b"); err != nil {
		t.Fatal(err)
	}
	r.phone.Send("c")
	if diff := cmp.Diff([]int64{first + 2}, ids(r.updates(nil))); diff != "" {
		t.Errorf("only messages allowed (-want +got):\n%s", diff)
	}
	r.updates(map[string]any{"allowed_updates": []string{}})
	if err := r.phone.Edit(id, "d"); err != nil {
		t.Fatal(err)
	}
	if u := r.next(); u.Edited == nil || u.Edited.Text != "d" || u.Edited.EditDate == 0 {
		t.Errorf("default kinds: update = %+v, want the edit", u)
	}
}

func TestRestartedNumbers(t *testing.T) {
	r := start(t, simulator.Options{})
	r.updates(map[string]any{"offset": first + 1})
	r.ResetUpdateIDs(500)
	r.phone.Send("after a week")
	if diff := cmp.Diff([]int64{500}, ids(r.updates(map[string]any{"offset": first + 1}))); diff != "" {
		t.Errorf("updates for the old offset (-want +got):\n%s", diff)
	}
	if got := ids(r.updates(map[string]any{"offset": 501})); len(got) != 0 {
		t.Errorf("updates = %v, want none", got)
	}
}

// poll starts a long poll and returns where its answer will come. It returns
// when the server has the call.
func (r *rig) poll(params map[string]any) <-chan answer {
	r.t.Helper()
	before := r.polls()
	out := make(chan answer, 1)
	go func() {
		a := r.call("getUpdates", params)
		out <- a
	}()
	if err := r.Wait(r.t.Context(), func() bool { return r.polls() > before }); err != nil {
		r.t.Fatal(err)
	}
	return out
}

func (r *rig) polls() int64 { return r.Polls() }

func TestLongPollWaitsForAnUpdate(t *testing.T) {
	r := start(t, simulator.Options{})
	got := r.poll(map[string]any{"offset": first + 1, "timeout": 50})
	r.phone.Send("late")
	if a := <-got; !a.OK || len(a.Result) < 10 {
		t.Errorf("poll = %+v, want the update", a)
	}
}

func TestNewPollEndsTheOlder(t *testing.T) {
	r := start(t, simulator.Options{})
	older := r.poll(map[string]any{"offset": first + 1, "timeout": 50})
	newer := r.poll(map[string]any{"offset": first + 1, "timeout": 50})
	const want = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
	if a := <-older; a.Code != 409 || a.Description != want {
		t.Errorf("older poll = %d %q, want 409 %q", a.Code, a.Description, want)
	}
	r.phone.Send("x")
	if a := <-newer; !a.OK {
		t.Errorf("newer poll = %+v, want the update", a)
	}
}

func TestWebhookStopsPolling(t *testing.T) {
	r := start(t, simulator.Options{})
	waiting := r.poll(map[string]any{"offset": first + 1, "timeout": 50})
	r.call("setWebhook", map[string]any{"url": "https://example.org/hook"})
	if a := <-waiting; a.Code != 409 || a.Description != "Conflict: terminated by setWebhook request" {
		t.Errorf("waiting poll = %d %q, want 409", a.Code, a.Description)
	}
	const want = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
	if a := r.call("getUpdates", nil); a.Code != 409 || a.Description != want {
		t.Errorf("getUpdates = %d %q, want 409 %q", a.Code, a.Description, want)
	}
	r.phone.Send("kept")
	r.call("deleteWebhook", map[string]any{"drop_pending_updates": false})
	if got := len(r.updates(nil)); got != 1 {
		t.Errorf("updates = %d, want 1", got)
	}
	r.call("deleteWebhook", map[string]any{"drop_pending_updates": true})
	if got := len(r.updates(nil)); got != 0 {
		t.Errorf("updates after dropping = %d, want 0", got)
	}
}

func TestStrictThrottlesRepeatedPolls(t *testing.T) {
	r := start(t, simulator.Options{Strict: true})
	r.phone.Send("second")
	if got := len(r.updates(nil)); got != 2 {
		t.Errorf("first poll = %d updates, want 2", got)
	}
	if got := len(r.updates(nil)); got != 1 {
		t.Errorf("the same poll at once = %d updates, want 1", got)
	}
	r.updates(map[string]any{"offset": first + 2})
	waits := r.poll(map[string]any{"offset": first + 2})
	select {
	case a := <-waits:
		t.Errorf("short poll repeated at once = %+v, want it to wait", a)
	default:
	}
	r.phone.Send("third")
	if a := <-waits; !a.OK {
		t.Errorf("short poll = %+v, want the update", a)
	}
}

func TestIdleWaitsForTheConfirmation(t *testing.T) {
	r := start(t, simulator.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Idle(ctx); err == nil {
		t.Error("Idle with an update waiting = nil, want the context's error")
	}
	done := make(chan error, 1)
	go func() { done <- r.Idle(t.Context()) }()
	r.updates(map[string]any{"offset": first + 1})
	if err := <-done; err != nil {
		t.Errorf("Idle = %v, want nil", err)
	}
}

func TestRawUpdate(t *testing.T) {
	r := start(t, simulator.Options{})
	id, err := r.RawUpdate(`{"update_id":7,"guest_message":{"text":"?"}}`)
	if err != nil {
		t.Fatal(err)
	}
	if u := r.next(); u.ID != id {
		t.Errorf("update_id = %d, want %d", u.ID, id)
	}
	if _, err := r.RawUpdate(`{`); err == nil {
		t.Error("RawUpdate({) = nil, want an error")
	}
}

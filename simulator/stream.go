package simulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// heartbeat keeps an idle stream from being taken for dead.
const heartbeat = 15 * time.Second

// serveEvents streams what changes until the listener goes.
func (s *Simulator) serveEvents(w http.ResponseWriter, r *http.Request) {
	st := s.watch.subscribe()
	defer s.watch.unsubscribe(st)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	out := http.NewResponseController(w)
	if !emit(w, out, "hello", struct{}{}) {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	var typing []int64
	quiet := time.NewTimer(typingTime)
	defer quiet.Stop()
	for {
		ok := true
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
			_, err := fmt.Fprint(w, ": still here\n\n")
			ok = err == nil && out.Flush() == nil
		case <-quiet.C:
			for _, id := range typing {
				ok = ok && emit(w, out, "change", map[string]int64{"chat": id})
			}
			typing = nil
		case <-st.wake:
			var more []int64
			more, ok = emitAll(w, out, st)
			if len(more) > 0 {
				typing = append(typing, more...)
				quiet.Reset(typingTime)
			}
		}
		if !ok {
			return
		}
	}
}

// emitAll writes what a stream has collected and returns the chats in which
// the bot types: they are to be looked at again.
func emitAll(w http.ResponseWriter, out *http.ResponseController, st *stream) (typing []int64, ok bool) {
	chats, typing, toasts, clock := st.drain()
	ok = true
	for _, id := range chats {
		ok = ok && emit(w, out, "change", map[string]int64{"chat": id})
	}
	for _, t := range toasts {
		ok = ok && emit(w, out, "toast", t)
	}
	if !clock.IsZero() {
		ok = ok && emit(w, out, "clock", map[string]string{"now": clockText(clock)})
	}
	return typing, ok
}

func emit(w http.ResponseWriter, out *http.ResponseController, name string, data any) bool {
	body, err := json.Marshal(data)
	if err != nil {
		return false
	}
	if _, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", name, body); err != nil {
		return false
	}
	return out.Flush() == nil
}

package simulator

import (
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// FaultKind says what a [Fault] does to a call.
type FaultKind int

// The kinds of fault.
const (
	Refuse  FaultKind = iota // the connection is cut and nothing was done
	Drop                     // the call is carried out, then the connection is cut; a download half way
	Answer                   // Status and Body instead of an answer; nothing was done
	Hang                     // nothing happens until Release; then the call is carried out
	Slow                     // the call waits for Delay and is carried out
	Garbage                  // 200 with a body that is no JSON; nothing was done
	Huge                     // 200 with a body of 100 MiB; nothing was done
)

// Download is the method under which faults and [Simulator.Calls] know the
// download of a file, which is no method of the Bot API.
const Download = "download"

// A Fault spoils calls on purpose. Calls are counted in the order of their
// arrival; nothing is left to chance.
type Fault struct {
	Method string // a pattern as of [path.Match], in any case; "" means every method, [Download] too
	Chat   int64  // the chat_id; 0 means any
	After  int    // how many fitting calls pass unharmed first
	Times  int    // how many are spoiled; 0 means one, less means all
	Kind   FaultKind
	Delay  time.Duration // for Slow

	// For Answer. A Body that is empty stands for the Bot API's refusal with
	// Description, unless Bare is set. Status 429 makes RetryAfter known in
	// header and body and opens the window of [Simulator.EarlyCalls].
	Status      int
	Description string
	RetryAfter  int
	Body        string
	Bare        bool
}

// A Failure is a fault that was set.
type Failure struct {
	Fault

	all      *faults
	seen     int
	hits     int
	released chan struct{}
	once     sync.Once
}

type faults struct {
	mu  sync.Mutex
	set []*Failure
}

// Fail sets a fault. Of several that fit a call the oldest acts.
func (s *Simulator) Fail(f Fault) *Failure {
	if f.Times == 0 {
		f.Times = 1
	}
	if f.Method == "" {
		f.Method = "*"
	}
	f.Method = strings.ToLower(f.Method)
	x := &Failure{Fault: f, all: &s.faults, released: make(chan struct{})}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.set = append(s.faults.set, x)
	return x
}

// Release ends the fault and lets the calls that hang go on.
func (f *Failure) Release() {
	f.all.mu.Lock()
	f.Times = 0
	f.all.mu.Unlock()
	f.once.Do(func() { close(f.released) })
}

// Hits is how many calls the fault has spoiled.
func (f *Failure) Hits() int {
	f.all.mu.Lock()
	defer f.all.mu.Unlock()
	return f.hits
}

// match finds the fault that acts on a call and counts it.
func (fs *faults) match(method string, chatID int64) *Failure {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	for _, f := range fs.set {
		ok, err := path.Match(f.Method, strings.ToLower(method))
		if err != nil || !ok || f.Times == 0 || f.Chat != 0 && f.Chat != chatID {
			continue
		}
		f.seen++
		if f.seen <= f.After {
			continue
		}
		if f.Times > 0 {
			f.Times--
		}
		f.hits++
		return f
	}
	return nil
}

// status is what the call log notes: 0 for a cut connection.
func (f *Failure) status() int {
	switch f.Kind {
	case Answer:
		return f.Status
	case Garbage, Huge:
		return http.StatusOK
	case Refuse, Drop, Hang, Slow:
	}
	return 0
}

// instead acts on a call and tells whether that was all. If not, the call is
// to be carried out.
func (f *Failure) instead(s *Simulator, w http.ResponseWriter, r *http.Request, a *args) bool {
	switch f.Kind {
	case Refuse:
		panic(http.ErrAbortHandler)
	case Drop:
		return false
	case Answer:
		f.answer(s, w, a)
	case Hang:
		select {
		case <-f.released:
			return false
		case <-r.Context().Done():
			panic(http.ErrAbortHandler)
		}
	case Slow:
		timer := time.NewTimer(f.Delay)
		defer timer.Stop()
		select {
		case <-timer.C:
			return false
		case <-r.Context().Done():
			panic(http.ErrAbortHandler)
		}
	case Garbage:
		w.Header().Set("Content-Type", "application/json")
		send(w, []byte(`{"ok":true,"result":[{]]`))
	case Huge:
		w.Header().Set("Content-Type", "application/json")
		huge(w)
	}
	return true
}

func (f *Failure) answer(s *Simulator, w http.ResponseWriter, a *args) {
	if f.Status == http.StatusTooManyRequests && a.has("chat_id") {
		s.limiter.open(a.int("chat_id"), time.Duration(f.RetryAfter)*time.Second)
	}
	if f.Body == "" && !f.Bare {
		text := f.Description
		if text == "" {
			text = http.StatusText(f.Status)
		}
		writeAnswer(w, nil, &callError{code: f.Status, description: text, retryAfter: f.RetryAfter})
		return
	}
	if f.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(f.RetryAfter))
	}
	if strings.HasPrefix(f.Body, "<") {
		w.Header().Set("Content-Type", "text/html")
	}
	w.WriteHeader(f.Status)
	send(w, []byte(f.Body))
}

// huge writes until the listener gives up, at most 100 MiB.
func huge(w http.ResponseWriter) {
	chunk := []byte(strings.Repeat("x", 1<<20))
	if _, err := io.WriteString(w, `{"ok":true,"result":"`); err != nil {
		return
	}
	for range 100 {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
	send(w, []byte(`"}`))
}

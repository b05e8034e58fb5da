package simulator

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// ErrCut is what a client of [Simulator.Transport] sees where a connection
// would be cut.
var ErrCut = errors.New("connection cut by the simulator")

// Transport carries requests to the simulator without a network, so that a bot
// can be run with faked time. Answers arrive whole.
func (s *Simulator) Transport() http.RoundTripper { return transport{s} }

type transport struct{ sim *Simulator }

// RoundTrip serves one request. The request's context ends a call that waits.
func (t transport) RoundTrip(r *http.Request) (resp *http.Response, err error) {
	if r.Body != nil {
		defer func() { err = errors.Join(err, r.Body.Close()) }()
	}
	defer func() {
		switch v := recover(); v {
		case nil:
		case http.ErrAbortHandler:
			err = fmt.Errorf("%s: %w", r.Method, ErrCut)
		default:
			panic(v)
		}
	}()
	w := &recorder{header: http.Header{}, status: http.StatusOK}
	t.sim.ServeHTTP(w, r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.header, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: r,
	}, nil
}

// recorder keeps an answer.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *recorder) Header() http.Header         { return w.header }
func (w *recorder) WriteHeader(status int)      { w.status = status }
func (w *recorder) Write(p []byte) (int, error) { return w.body.Write(p) }

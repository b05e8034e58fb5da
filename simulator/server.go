package simulator

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// A Server is a [Simulator] that listens. Close it.
type Server struct {
	// URL is the address without a slash at the end: the page's, and the
	// base of the Bot API.
	URL string

	http *http.Server
	done sync.WaitGroup
	err  error
}

// ErrNotLoopback says that the address to listen on could be reached from
// outside.
var ErrNotLoopback = errors.New("the simulator listens on the loopback only")

// Listen serves on addr, or on a free port of 127.0.0.1 if it is "". The
// context bounds the opening alone.
func (s *Simulator) Listen(ctx context.Context, addr string) (*Server, error) {
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	if !loopback(host) {
		return nil, fmt.Errorf("listen on %s: %w", addr, ErrNotLoopback)
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	srv := &Server{
		URL:  "http://" + l.Addr().String(),
		http: &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second},
	}
	srv.done.Go(func() {
		if err := srv.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			srv.err = err
		}
	})
	return srv, nil
}

// Close cuts all connections, polls and streams among them, and returns when
// nothing listens any more.
func (s *Server) Close() error {
	err := s.http.Close()
	s.done.Wait()
	return errors.Join(err, s.err)
}

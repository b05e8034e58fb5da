package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Yardsticks are what the machine allows, one thing after another.
type Yardsticks struct {
	Syncs      float64 `json:"fdatasyncs_per_second"`     // of 4 KiB just written
	RoundTrips float64 `json:"loopback_trips_per_second"` // small HTTP requests on a kept connection
}

// Floor is two round trips and two syncs: the least that a person alone waits
// for a turn that is kept before it is answered.
func (y Yardsticks) Floor() time.Duration {
	if y.Syncs == 0 || y.RoundTrips == 0 {
		return 0
	}
	return time.Duration(2 / y.Syncs * 1e9 * (1 + y.Syncs/y.RoundTrips))
}

// MeasureYardsticks measures each of them for the time given, in a file of the
// folder and on the loopback.
func MeasureYardsticks(ctx context.Context, dir string, each time.Duration) (Yardsticks, error) {
	syncs, err := syncRate(filepath.Join(dir, "yardstick"), each)
	if err != nil {
		return Yardsticks{}, fmt.Errorf("measure the disk: %w", err)
	}
	trips, err := tripRate(ctx, each)
	if err != nil {
		return Yardsticks{}, fmt.Errorf("measure the loopback: %w", err)
	}
	return Yardsticks{Syncs: syncs, RoundTrips: trips}, nil
}

// syncRate overwrites pages of a file that has its full size, as the store does
// with its own, and makes each durable.
func syncRate(path string, d time.Duration) (rate float64, err error) {
	const page, pages = 4096, 256
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(path)) }()
	if _, err := f.Write(make([]byte, page*pages)); err != nil {
		return 0, err
	}
	if err := f.Sync(); err != nil {
		return 0, err
	}
	buf := make([]byte, page)
	return rateOf(d, func(i int) error {
		buf[0] = byte(i)
		if _, err := f.WriteAt(buf, int64(i%pages)*page); err != nil {
			return err
		}
		return datasync(f)
	})
}

// tripRate sends small requests to a server that answers at once.
func tripRate(ctx context.Context, d time.Duration) (rate float64, err error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	srv := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A request that cannot be read shows at the client.
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, `{"ok":true,"result":true}`)
	})}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	transport := &http.Transport{}
	defer func() {
		transport.CloseIdleConnections()
		err = errors.Join(err, srv.Close())
		if e := <-served; !errors.Is(e, http.ErrServerClosed) {
			err = errors.Join(err, e)
		}
	}()
	client := &http.Client{Transport: transport}
	return rateOf(d, func(int) error {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+l.Addr().String(), strings.NewReader(`{"chat_id":1,"text":"x"}`))
		if err != nil {
			return err
		}
		resp, err := client.Do(req)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, resp.Body)
		return errors.Join(err, resp.Body.Close())
	})
}

// rateOf says how often a second do can be done, trying for d.
func rateOf(d time.Duration, do func(i int) error) (float64, error) {
	began := time.Now()
	for i := 0; ; i++ {
		if gone := time.Since(began); gone >= d {
			return float64(i) / gone.Seconds(), nil
		}
		if err := do(i); err != nil {
			return 0, err
		}
	}
}

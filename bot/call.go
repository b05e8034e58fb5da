package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"zoufang/dialog"
)

// The bounds of one call. A reply that never comes, comes a byte at a time or
// never ends must not hold the program.
const (
	headerTimeout = 10 * time.Second
	callTimeout   = 30 * time.Second
	pollSlack     = 20 * time.Second // what a poll may take beyond its waiting
	bodyLimit     = 8 << 20
	quoteLimit    = 200 // of a foreign text in an error, in characters
)

// clients returns the client for calls and the one for polls. They differ in how
// long the server may stay silent.
func clients(custom *http.Client, pollTimeout time.Duration) (calls, polls *http.Client) {
	if custom == nil {
		transport := &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			ForceAttemptHTTP2:     true,
			MaxIdleConns:          100,
			MaxIdleConnsPerHost:   100, // two by default, which halves the speed of HTTP/1.1
			IdleConnTimeout:       90 * time.Second,
			TLSHandshakeTimeout:   10 * time.Second,
			ResponseHeaderTimeout: headerTimeout,
		}
		patient := transport.Clone()
		patient.ResponseHeaderTimeout += pollTimeout
		calls, polls = &http.Client{Transport: transport}, &http.Client{Transport: patient}
	} else {
		c, p := *custom, *custom
		calls, polls = &c, &p
	}
	// A redirect would hand the token to another host.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	calls.CheckRedirect, polls.CheckRedirect = stay, stay
	return calls, polls
}

// apiError is Telegram's "no".
type apiError struct {
	method      string
	code        int
	description string
	retryAfter  time.Duration // with code 429
	newChat     dialog.ChatID // the group has this number now
}

func (e *apiError) Error() string {
	return fmt.Sprintf("%s: telegram answers %d %s", e.method, e.code, e.description)
}

// Is makes [ErrUnauthorized] of the two answers to a wrong token. An unknown
// method is a 404 with a longer text.
func (e *apiError) Is(target error) bool {
	return target == ErrUnauthorized &&
		(e.code == http.StatusUnauthorized || e.code == http.StatusNotFound && strings.EqualFold(e.description, "not found"))
}

// says reports whether the description contains one of the phrases.
func (e *apiError) says(phrases ...string) bool {
	text := strings.ToLower(e.description)
	for _, p := range phrases {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}

// wayError is a call without an answer from Telegram. It holds a text instead of
// the error below, which would tell the address and with it the token.
type wayError struct {
	method, text string
	ended        error // the context's error, or nil
	unsent       bool  // no connection came about, so the server knows nothing of it
}

func (e *wayError) Error() string { return e.method + ": " + e.text }
func (e *wayError) Unwrap() error { return e.ended }

// errResult says that a call was done, but its result is not as expected.
var errResult = errors.New("the result is not as expected")

// call asks for a method with a body of JSON. A nil result drops what comes back.
func (b *Bot) call(ctx context.Context, method string, params, result any) error {
	body := []byte("{}")
	if params != nil {
		var err error
		if body, err = json.Marshal(params); err != nil {
			return fmt.Errorf("%s: encode: %w", method, err)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return b.post(ctx, b.calls, request{method: method, kind: "application/json", body: body}, result)
}

// upload is a call with one file.
type upload struct {
	method string
	fields map[string]any // those that are no strings go as JSON
	field  string         // of the file
	name   string         // of the file
	data   []byte
	once   bool
}

const (
	// slowest is the pace that a file must keep on its way, in bytes a second.
	slowest = 100 << 10
	// largeFile is the size from which the answer may be late.
	largeFile = 1 << 20
)

// upload asks for a method with a body of form fields and one file, built in
// memory: a body that is known as a whole can be repeated like any other.
func (b *Bot) upload(ctx context.Context, u upload, result any) error {
	body := bytes.NewBuffer(make([]byte, 0, len(u.data)+4096))
	form := multipart.NewWriter(body)
	write := func(name string, v any) error {
		text, ok := v.(string)
		if !ok {
			raw, err := json.Marshal(v)
			if err != nil {
				return err
			}
			text = string(raw)
		}
		return form.WriteField(name, text)
	}
	for _, name := range slices.Sorted(maps.Keys(u.fields)) {
		if err := write(name, u.fields[name]); err != nil {
			return fmt.Errorf("%s: encode %s: %w", u.method, name, err)
		}
	}
	part, err := form.CreateFormFile(u.field, u.name)
	if err != nil {
		return fmt.Errorf("%s: encode: %w", u.method, err)
	}
	if _, err := part.Write(u.data); err != nil {
		return fmt.Errorf("%s: encode: %w", u.method, err)
	}
	if err := form.Close(); err != nil {
		return fmt.Errorf("%s: encode: %w", u.method, err)
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout+wayTime(len(u.data)))
	defer cancel()
	c := b.calls
	if len(u.data) > largeFile {
		c = b.polls // Telegram answers once it has put the file away, and takes its time
	}
	return b.post(ctx, c, request{method: u.method, kind: form.FormDataContentType(), body: body.Bytes(), once: u.once}, result)
}

// wayTime is how long so many bytes may be on their way.
func wayTime(bytes int) time.Duration { return time.Duration(bytes) * time.Second / slowest }

// request is a call as it goes out. The body is a slice, so that net/http knows
// its length and can repeat it.
type request struct {
	method, kind string
	body         []byte
	// once forbids to repeat it unless nothing of it was sent.
	once bool
}

// post sends one request.
func (b *Bot) post(ctx context.Context, c *http.Client, r request, result any) error {
	method := r.method
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, b.base+method, bytes.NewReader(r.body))
	if err != nil {
		return b.lost(method, err)
	}
	req.Header.Set("Content-Type", r.kind)
	if !r.once {
		// The key with no value marks the request as one that may be repeated on a
		// fresh connection when a kept one turns out to be closed. It is not sent.
		req.Header["Idempotency-Key"] = nil
	}
	resp, err := c.Do(req)
	if err != nil {
		return b.lost(method, err)
	}
	defer func() { _ = resp.Body.Close() }() // it was read; closing tells nothing more
	answer, err := io.ReadAll(io.LimitReader(resp.Body, bodyLimit+1))
	if err != nil {
		return b.lost(method, err)
	}
	if len(answer) > bodyLimit {
		return &wayError{method: method, text: fmt.Sprintf("the answer is longer than %d bytes", bodyLimit)}
	}
	return b.read(method, resp, answer, result)
}

// read takes the result out of an answer.
func (b *Bot) read(method string, resp *http.Response, answer []byte, result any) error {
	if result == nil {
		result = new(skip)
	}
	reply := struct {
		OK          bool   `json:"ok"`
		Result      any    `json:"result"`
		Code        int    `json:"error_code"`
		Description string `json:"description"`
		Parameters  struct {
			RetryAfter int   `json:"retry_after"`
			NewChat    int64 `json:"migrate_to_chat_id"`
		} `json:"parameters"`
	}{Result: result}
	err := json.Unmarshal(answer, &reply)
	if reply.OK && resp.StatusCode == http.StatusOK {
		if err != nil {
			return fmt.Errorf("%s: %w: %s", method, errResult, b.quote(err.Error()))
		}
		return nil
	}
	if reply.Code != 0 {
		return &apiError{
			method: method, code: reply.Code, description: b.quote(reply.Description),
			retryAfter: seconds(reply.Parameters.RetryAfter), newChat: dialog.ChatID(reply.Parameters.NewChat),
		}
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		wait, _ := strconv.Atoi(resp.Header.Get("Retry-After")) // zero if it is no number
		return &apiError{method: method, code: resp.StatusCode, description: "too many requests", retryAfter: seconds(wait)}
	}
	// Not Telegram's words: a proxy's page with status 403 says nothing about
	// a person who blocked the bot.
	return &wayError{method: method, text: fmt.Sprintf("status %d without an answer from telegram: %q", resp.StatusCode, b.quote(string(answer)))}
}

// skip is a result nobody wants.
type skip struct{}

// UnmarshalJSON implements [json.Unmarshaler].
func (*skip) UnmarshalJSON([]byte) error { return nil }

func seconds(n int) time.Duration { return time.Duration(max(n, 0)) * time.Second }

// lost makes a [wayError] of what went wrong on the way.
func (b *Bot) lost(method string, err error) error {
	e := &wayError{method: method}
	for _, end := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, end) {
			e.ended = end
		}
	}
	if op, ok := errors.AsType[*net.OpError](err); ok {
		e.unsent = op.Op == "dial" || op.Op == "proxyconnect"
	}
	if at, ok := errors.AsType[*url.Error](err); ok {
		err = at.Err // without the address
	}
	e.text = b.quote(err.Error())
	return e
}

// quote makes a foreign text fit for an error: short, on one line, without the
// token.
func (b *Bot) quote(s string) string {
	// What cutting leaves of a token would not be recognised: replace first.
	s = strings.ReplaceAll(s, b.secret, "***")
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > quoteLimit {
		r = append(r[:quoteLimit-1], '…')
	}
	return string(r)
}

// The shortest and the longest wait after a fault that may pass.
const (
	firstWait = time.Second
	lastWait  = time.Minute
)

// backoff doubles the wait from fault to fault. The zero value is ready.
type backoff struct{ faults int }

// reset begins again after a success.
func (b *backoff) reset() { b.faults = 0 }

// next is the wait after one more fault.
func (b *backoff) next() time.Duration {
	wait := lastWait
	if b.faults < 6 {
		wait = firstWait << b.faults
	}
	b.faults++
	return spread(wait)
}

// after is the wait that an error asks for, and whether waiting is of any use.
func (b *backoff) after(err error) (wait time.Duration, transient bool) {
	if _, ok := errors.AsType[*wayError](err); ok {
		return b.next(), true
	}
	no, ok := errors.AsType[*apiError](err)
	if !ok {
		return 0, false
	}
	switch {
	case no.code == http.StatusTooManyRequests:
		return pause(no, b), true
	case no.code >= http.StatusInternalServerError:
		return b.next(), true
	}
	return 0, false
}

// pause is the wait after an answer 429: as long as Telegram says, never less.
func pause(no *apiError, b *backoff) time.Duration {
	if no.retryAfter == 0 {
		return b.next()
	}
	return no.retryAfter + time.Duration(time.Now().UnixNano())%(500*time.Millisecond)
}

// spread lengthens a wait by up to a quarter, so that many who failed at once do
// not return at once. The clock's small digits are random enough for that.
func spread(d time.Duration) time.Duration {
	return d + time.Duration(time.Now().UnixNano())%(d/4+1)
}

// sleep waits, or returns the error of a context that ended before.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

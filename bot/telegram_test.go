package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"zoufang/bot"
	"zoufang/dialog"
)

const (
	secret = "AAcanary_canary-canary_canary-canary1"
	token  = "1000000001:" + secret
)

// call is a call of the Bot API as it arrived.
type call struct {
	at     time.Time
	method string
	params map[string]string // values that are no strings as JSON
}

func (c call) chat() dialog.ChatID {
	n, _ := strconv.ParseInt(c.params["chat_id"], 10, 64)
	return dialog.ChatID(n)
}

// telegram is a Bot API server without a network, so that a test can run in fake
// time. It keeps a queue of updates as the official server does, gives every
// message a number, and lets a test answer first.
type telegram struct {
	// answer may answer a call; an empty body leaves it to the server.
	answer func(ctx context.Context, c call) (status int, body string, err error)

	mu      sync.Mutex
	calls   []call
	queue   []string // updates, numbered from first on
	first   int64
	news    chan struct{}
	message int64
}

func newTelegram() *telegram {
	return &telegram{first: 100, news: make(chan struct{}, 1)}
}

// push puts the part of an update without its number into the queue.
func (tg *telegram) push(updates ...string) {
	tg.mu.Lock()
	tg.queue = append(tg.queue, updates...)
	tg.mu.Unlock()
	select {
	case tg.news <- struct{}{}:
	default:
	}
}

// pending is how many updates nobody confirmed.
func (tg *telegram) pending() int {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	return len(tg.queue)
}

// seen returns the calls of a method, or all but polls if it is empty.
func (tg *telegram) seen(method string) []call {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	var out []call
	for _, c := range tg.calls {
		if c.method == method || method == "" && c.method != "getUpdates" {
			out = append(out, c)
		}
	}
	return out
}

func (tg *telegram) RoundTrip(req *http.Request) (*http.Response, error) {
	c, err := read(req)
	if err != nil {
		return nil, err
	}
	tg.mu.Lock()
	tg.calls = append(tg.calls, c)
	tg.mu.Unlock()
	if tg.answer != nil {
		status, body, err := tg.answer(req.Context(), c)
		if err != nil {
			return nil, err
		}
		if body != "" {
			return response(status, body), nil
		}
	}
	switch c.method {
	case "getUpdates":
		return tg.updates(req.Context(), c)
	case "sendMessage", "sendPhoto", "sendVoice", "sendDocument", "editMessageText":
		tg.mu.Lock()
		tg.message++
		id := tg.message
		tg.mu.Unlock()
		return response(200, fmt.Sprintf(`{"ok":true,"result":{"message_id":%d,"chat":{"id":1,"type":"private"}}}`, id)), nil
	case "getMe":
		return response(200, `{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Z","username":"zoufang_bot"}}`), nil
	case "getWebhookInfo":
		return response(200, `{"ok":true,"result":{"url":""}}`), nil
	}
	return response(200, `{"ok":true,"result":true}`), nil
}

// updates serves a long poll.
func (tg *telegram) updates(ctx context.Context, c call) (*http.Response, error) {
	wait, err := strconv.Atoi(c.params["timeout"])
	if err != nil {
		return nil, err
	}
	deadline := time.NewTimer(time.Duration(wait) * time.Second)
	defer deadline.Stop()
	offset, _ := strconv.ParseInt(c.params["offset"], 10, 64) // absent is zero
	limit, err := strconv.Atoi(c.params["limit"])
	if err != nil {
		return nil, err
	}
	for {
		tg.mu.Lock()
		for len(tg.queue) > 0 && tg.first < offset {
			tg.queue, tg.first = tg.queue[1:], tg.first+1
		}
		var page []string
		for i, u := range tg.queue[:min(len(tg.queue), limit)] {
			page = append(page, fmt.Sprintf(`{"update_id":%d,%s}`, tg.first+int64(i), u))
		}
		tg.mu.Unlock()
		if len(page) > 0 || wait == 0 {
			return response(200, `{"ok":true,"result":[`+strings.Join(page, ",")+`]}`), nil
		}
		select {
		case <-tg.news:
		case <-deadline.C:
			wait = 0
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func response(status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Status: strconv.Itoa(status), Header: http.Header{},
		Body: io.NopCloser(strings.NewReader(body)),
	}
}

// no is Telegram's refusal.
func no(code int, description string, parameters ...string) (int, string, error) {
	return code, fmt.Sprintf(`{"ok":false,"error_code":%d,"description":%q,"parameters":{%s}}`,
		code, description, strings.Join(parameters, ",")), nil
}

// read takes a request apart, and insists on what lets net/http repeat it.
func read(req *http.Request) (call, error) {
	c := call{at: time.Now(), params: map[string]string{}}
	if req.GetBody == nil || req.ContentLength <= 0 {
		return c, fmt.Errorf("request %s cannot be repeated", req.URL.Path)
	}
	var ok bool
	if c.method, ok = strings.CutPrefix(req.URL.Path, "/bot"+token+"/"); !ok {
		return c, fmt.Errorf("request of a path %s", req.URL.Path)
	}
	if strings.HasPrefix(req.Header.Get("Content-Type"), "multipart/form-data") {
		return c, c.readForm(req)
	}
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return c, err
	}
	if req.Header.Get("Content-Type") == "application/x-www-form-urlencoded" {
		form, err := url.ParseQuery(string(body))
		for k := range form {
			c.params[k] = form.Get(k)
		}
		return c, err
	}
	var params map[string]json.RawMessage
	if err := json.Unmarshal(body, &params); err != nil {
		return c, err
	}
	for k, raw := range params {
		var s string
		if json.Unmarshal(raw, &s) != nil {
			s = string(raw)
		}
		c.params[k] = s
	}
	return c, nil
}

// readForm takes a form with files apart.
func (c call) readForm(req *http.Request) error {
	if err := req.ParseMultipartForm(1 << 20); err != nil {
		return err
	}
	for name, values := range req.MultipartForm.Value {
		c.params[name] = values[0]
	}
	for name, files := range req.MultipartForm.File {
		f, err := files[0].Open()
		if err != nil {
			return err
		}
		content, err := io.ReadAll(f)
		if err != nil {
			return err
		}
		c.params[name] = string(content)
	}
	return nil
}

// outbox is an outbox in memory.
type outbox struct {
	mu      sync.Mutex
	letters map[dialog.LetterID]dialog.Letter
	cards   map[dialog.CardID]dialog.MessageID
	last    dialog.LetterID
	settles int
	err     error // what Settle answers
	empty   chan struct{}
}

func newOutbox() *outbox {
	return &outbox{
		letters: map[dialog.LetterID]dialog.Letter{}, cards: map[dialog.CardID]dialog.MessageID{},
		empty: make(chan struct{}, 1),
	}
}

func (o *outbox) put(letters ...dialog.Letter) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, l := range letters {
		o.last++
		l.ID = o.last
		o.letters[l.ID] = l
	}
}

func (o *outbox) drop(id dialog.LetterID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.letters, id)
}

func (o *outbox) left() []dialog.LetterID {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Sorted(maps.Keys(o.letters))
}

func (o *outbox) fail(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.err = err
}

func (o *outbox) Pending(after dialog.LetterID, n int) ([]dialog.Letter, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var page []dialog.Letter
	for _, id := range slices.Sorted(maps.Keys(o.letters)) {
		if id > after && len(page) < n {
			page = append(page, o.letters[id])
		}
	}
	return page, nil
}

func (o *outbox) Settle(receipts []dialog.Receipt) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return o.err
	}
	o.settles++
	for _, r := range receipts {
		delete(o.letters, r.Letter)
		if r.Card != 0 {
			o.cards[r.Card] = r.Message
		}
	}
	if len(o.letters) == 0 {
		select {
		case o.empty <- struct{}{}:
		default:
		}
	}
	return nil
}

func (o *outbox) Posted(card dialog.CardID) (dialog.MessageID, bool, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	m, ok := o.cards[card]
	return m, ok, nil
}

// journal is a log that a test can look into.
type journal struct {
	mu    sync.Mutex
	lines []string
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, string(p))
	return len(p), nil
}

// count is how many lines contain the text.
func (j *journal) count(text string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := 0
	for _, l := range j.lines {
		if strings.Contains(l, text) {
			n++
		}
	}
	return n
}

// newBot returns a bot that speaks with the server, and its log.
func newBot(t *testing.T, tg http.RoundTripper, change ...func(*bot.Config)) (*bot.Bot, *journal) {
	t.Helper()
	j := &journal{}
	c := bot.Config{
		Token: token, APIURL: "http://telegram.test", HTTPClient: &http.Client{Transport: tg},
		Log: slog.New(slog.NewTextHandler(j, nil)),
	}
	for _, f := range change {
		f(&c)
	}
	b, err := bot.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return b, j
}

var errReset = errors.New("connection reset by peer")

// pass lets fake time go by.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

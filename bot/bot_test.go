package bot_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/bot"
	"zoufang/dialog"
)

func TestNewRefusesABadConfiguration(t *testing.T) {
	tests := []struct {
		name   string
		change func(*bot.Config)
		want   string
	}{
		{"no token", func(c *bot.Config) { c.Token = "" }, "bot token: "},
		{"half a token", func(c *bot.Config) { c.Token = secret }, "bot token: "},
		{"token with a space", func(c *bot.Config) { c.Token = "1000000001: " + secret }, "bot token: "},
		{"no scheme", func(c *bot.Config) { c.APIURL = "telegram.test" }, "telegram api url: "},
		{"file", func(c *bot.Config) { c.APIURL = "file:///" + token }, "telegram api url: "},
		{"user", func(c *bot.Config) { c.APIURL = "http://a:" + secret + "@telegram.test" }, "telegram api url: "},
		{"nonsense", func(c *bot.Config) { c.APIURL = "http://%zz/bot" + token }, "telegram api url: "},
		{"no wait", func(c *bot.Config) { c.PollTimeout = -1 }, "poll timeout "},
		{"endless wait", func(c *bot.Config) { c.PollTimeout = time.Minute }, "poll timeout "},
	}
	for _, tt := range tests {
		c := bot.Config{Token: token}
		tt.change(&c)
		_, err := bot.New(c)
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) || strings.Contains(err.Error(), secret) {
			t.Errorf("New(%s) = %v, want %s… without the token", tt.name, err, tt.want)
		}
	}
}

func TestHello(t *testing.T) {
	hook := func(_ context.Context, c call) (int, string, error) {
		if c.method == "getWebhookInfo" {
			return 200, `{"ok":true,"result":{"url":"https://other.test/hook"}}`, nil
		}
		return 0, "", nil
	}
	tests := []struct {
		name     string
		answer   func(context.Context, call) (int, string, error)
		takeOver bool
		username string
		want     error
		calls    []string
	}{
		{"well", nil, false, "zoufang_bot", nil, []string{"getMe", "getWebhookInfo"}},
		{
			"refused", func(context.Context, call) (int, string, error) { return no(401, "Unauthorized") },
			false, "", bot.ErrUnauthorized, []string{"getMe"},
		},
		{"webhook", hook, false, "", bot.ErrWebhook, []string{"getMe", "getWebhookInfo"}},
		{"webhook taken over", hook, true, "zoufang_bot", nil, []string{"getMe", "getWebhookInfo", "deleteWebhook false"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tg := newTelegram()
			tg.answer = tt.answer
			b, _ := newBot(t, tg, func(c *bot.Config) { c.TakeOver = tt.takeOver })
			username, err := b.Hello(t.Context())
			if username != tt.username || !errors.Is(err, tt.want) {
				t.Errorf("Hello() = %q, %v, want %q, %v", username, err, tt.username, tt.want)
			}
			if tt.want != nil && !strings.Contains(err.Error(), tt.want.Error()) {
				t.Errorf("Hello() = %q, want the cure in it: %q", err, tt.want)
			}
			var calls []string
			for _, c := range tg.seen("") {
				calls = append(calls, strings.TrimSpace(c.method+" "+c.params["drop_pending_updates"]))
			}
			if diff := cmp.Diff(tt.calls, calls); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHelloWaitsForTelegram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg := newTelegram()
		began := time.Now()
		tg.answer = func(context.Context, call) (int, string, error) {
			switch d := time.Since(began); {
			case d < time.Minute:
				return 0, "", errReset
			case d < 2*time.Minute:
				return no(429, "Too Many Requests: retry after 60", `"retry_after":60`)
			}
			return 0, "", nil
		}
		b, _ := newBot(t, tg)
		username, err := b.Hello(t.Context())
		if username != "zoufang_bot" || err != nil || time.Since(began) > 3*time.Minute {
			t.Errorf("Hello() = %q, %v after %v, want the name within 3m", username, err, time.Since(began))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		tg := newTelegram()
		tg.answer = func(context.Context, call) (int, string, error) { return 0, "", errReset }
		b, _ := newBot(t, tg)
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if _, err := b.Hello(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Hello() = %v, want %v", err, context.DeadlineExceeded)
		}
	})
}

func TestAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg := newTelegram()
		tg.answer = func(ctx context.Context, c call) (int, string, error) {
			switch c.params["callback_query_id"] {
			case "old":
				return no(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
			case "hung":
				<-ctx.Done()
				return 0, "", ctx.Err()
			}
			return 0, "", nil
		}
		b, log := newBot(t, tg)
		toasts := []dialog.Toast{
			{Query: "old"}, {Query: "hung"}, {Query: "long", Text: strings.Repeat("好", 199) + "👍", Alert: true},
		}
		for range 50 {
			toasts = append(toasts, dialog.Toast{Query: "q", Text: "已保存"})
		}
		began := time.Now()
		b.Answer(t.Context(), toasts)
		if d := time.Since(began); d != 5*time.Second {
			t.Errorf("Answer() took %v, want 5s for the one that hung", d)
		}
		if n := len(tg.seen("answerCallbackQuery")); n != len(toasts) {
			t.Errorf("%d answers, want %d", n, len(toasts))
		}
		for _, c := range tg.seen("answerCallbackQuery") {
			if c.params["callback_query_id"] == "long" && (c.params["text"] != strings.Repeat("好", 199) || c.params["show_alert"] != "true") {
				t.Errorf("long answer = %v, want 199 characters and an alert", c.params)
			}
		}
		if n := log.count("level="); n != 1 {
			t.Errorf("%d lines in the log, want 1 for the one that hung", n)
		}
	})
}

func TestSetupSetsOnlyWhatDiffers(t *testing.T) {
	tg := newTelegram()
	tg.answer = func(_ context.Context, c call) (int, string, error) {
		switch c.method + c.params["language_code"] {
		case "getMyCommands":
			return 200, `{"ok":true,"result":[{"command":"visit","description":"走访"}]}`, nil
		case "getMyCommandsen":
			return 200, `{"ok":true,"result":[]}`, nil
		case "getMyDescription":
			return 200, `{"ok":true,"result":{"description":"走访记实"}}`, nil
		case "getMyDescriptionen", "getMyShortDescription":
			return 200, `{"ok":true,"result":{}}`, nil
		case "setMyShortDescription":
			return no(400, "Bad Request: too long")
		}
		return 0, "", nil
	}
	b, log := newBot(t, tg)
	b.Setup(t.Context(), bot.Profile{
		Commands:     map[string][]dialog.Command{"": {{Name: "visit", About: "走访"}}, "en": {{Name: "visit", About: "Visit"}}},
		Descriptions: map[string]string{"": "走访记实", "en": "Visits"},
		Abouts:       map[string]string{"": "走访"},
	})
	var got []string
	for _, c := range tg.seen("") {
		if strings.HasPrefix(c.method, "set") {
			got = append(got, c.method+" "+c.params["language_code"]+c.params["commands"]+c.params["description"]+c.params["short_description"])
		}
	}
	want := []string{`setMyCommands en[{"command":"visit","description":"Visit"}]`, "setMyDescription enVisits", "setMyShortDescription 走访"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if n := log.count("level=WARN"); n != 1 {
		t.Errorf("%d warnings, want 1", n)
	}
}

// TestTokenIsNeverSeen goes through the ways in which a call can fail, with
// servers that repeat what they were asked.
func TestTokenIsNeverSeen(t *testing.T) {
	echo := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://127.0.0.1:1"+r.URL.Path)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, strings.Repeat("x", 190)+r.URL.Path)
		}
	}
	refuse := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			_, _ = fmt.Fprintf(w, `{"ok":false,"error_code":%d,"description":"no method at %s"}`, code, r.URL.Path)
		}
	}
	servers := map[string]http.HandlerFunc{
		"redirect": echo(307), "forbidden": echo(403), "missing": echo(404), "broken": echo(502), "nonsense": echo(200),
		"refused": refuse(400), "unauthorized": refuse(401), "conflict": refuse(409), "server error": refuse(500),
		"wrong type": func(w http.ResponseWriter, r *http.Request) {
			_, _ = fmt.Fprintf(w, `{"ok":true,"result":%q}`, r.URL.Path)
		},
		"hang up": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"endless": func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, strings.Repeat(r.URL.Path, 1+(9<<20)/len(r.URL.Path)))
		},
	}
	for name, h := range servers {
		t.Run(name, func(t *testing.T) {
			srv := httptest.NewUnstartedServer(h)
			srv.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
			srv.Start()
			defer srv.Close()
			complain(t, srv.URL)
		})
	}
	t.Run("nobody listens", func(t *testing.T) {
		srv := httptest.NewServer(http.NotFoundHandler())
		srv.Close()
		complain(t, srv.URL)
	})
	t.Run("no such host", func(t *testing.T) { complain(t, "http://"+secret+".invalid") })
	t.Run("no TLS", func(t *testing.T) {
		srv := httptest.NewServer(http.NotFoundHandler())
		defer srv.Close()
		complain(t, strings.Replace(srv.URL, "http", "https", 1))
	})
}

// complain makes a bot call a server that fails, and looks for the token in what
// it says about that.
func complain(t *testing.T, api string) {
	t.Helper()
	log := &journal{}
	b, err := bot.New(bot.Config{Token: token, APIURL: api, Log: slog.New(slog.NewTextHandler(log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	var said []error
	_, err = b.Hello(ctx)
	said = append(said, err, b.Poll(ctx, func(context.Context, []dialog.Input) error { return nil }))
	o := newOutbox()
	o.put(show(1, "a"))
	said = append(said, b.Send(ctx, o, (&reports{}).report))
	b.Answer(t.Context(), []dialog.Toast{{Query: "q"}})
	for _, err := range said {
		for ; err != nil; err = errors.Unwrap(err) {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("error %q tells the token", err)
			}
		}
	}
	if n := log.count(secret); n != 0 {
		t.Errorf("the log tells the token %d times: %q", n, log.lines)
	}
	if log.count("level=") == 0 {
		t.Error("nothing was said at all")
	}
}

// TestCallsSurviveConnectionsThatTheServerCloses is about servers and proxies
// that close a kept connection at the moment it is used again.
func TestCallsSurviveConnectionsThatTheServerCloses(t *testing.T) {
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"ok":true,"result":true}`)
	}))
	srv.Config.IdleTimeout = time.Microsecond
	srv.Start()
	defer srv.Close()
	log := &journal{}
	b, err := bot.New(bot.Config{Token: token, APIURL: srv.URL, Log: slog.New(slog.NewTextHandler(log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		b.Answer(t.Context(), []dialog.Toast{{Query: "q"}})
	}
	if n := log.count("level="); n != 0 {
		t.Errorf("%d of 300 answers failed, want 0; first: %s", n, log.lines[0])
	}
}

func TestServerThatNeverAnswersIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := roundTripper(func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		})
		b, log := newBot(t, hang)
		o := newOutbox()
		o.put(show(1, "a"))
		stop := send(t, b, o, &reports{})
		stopPoll := poll(t, b, func(context.Context, []dialog.Input) error { return nil })
		pass(31 * time.Second)
		if n := log.count("a letter cannot be delivered"); n != 1 {
			t.Errorf("%d letters given up after 31s, want 1", n)
		}
		pass(40 * time.Second)
		if n := log.count("no updates"); n != 1 {
			t.Errorf("%d polls given up after 71s, want 1", n)
		}
		mustStop(t, stop)
		mustStop(t, stopPoll)
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestRedirectsAreNotFollowed(t *testing.T) {
	visits := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visits++ }))
	defer other.Close()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusTemporaryRedirect)
	}))
	defer srv.Close()
	for _, client := range []*http.Client{nil, srv.Client()} {
		b, err := bot.New(bot.Config{Token: token, APIURL: srv.URL, HTTPClient: client})
		if err != nil {
			t.Fatal(err)
		}
		b.Answer(t.Context(), []dialog.Toast{{Query: "q"}})
	}
	other.Close() // so that its handler has ended
	if visits != 0 {
		t.Errorf("the token was taken to another host %d times, want 0", visits)
	}
}

func TestAnswerWithoutEndIsCutOff(t *testing.T) {
	var taken int64
	b, log := newBot(t, roundTripper(func(*http.Request) (*http.Response, error) {
		r := response(200, "")
		r.Body = io.NopCloser(&spring{&taken})
		return r, nil
	}))
	b.Answer(t.Context(), []dialog.Toast{{Query: "q"}})
	if n := log.count("longer than"); n != 1 || taken > 9<<20 {
		t.Errorf("%d bytes taken, %d complaints, want 9 MiB at most and 1", taken, n)
	}
}

// spring is a body of 64 MiB.
type spring struct{ n *int64 }

func (s *spring) Read(p []byte) (int, error) {
	if *s.n > 64<<20 {
		return 0, io.EOF
	}
	*s.n += int64(len(p))
	return len(p), nil
}

package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A callError is a refusal in the Bot API's form.
type callError struct {
	code        int
	description string
	retryAfter  int
	migrateTo   int64
}

func (e *callError) Error() string { return fmt.Sprintf("%d %s", e.code, e.description) }

func badRequest(text string) error {
	return &callError{code: http.StatusBadRequest, description: "Bad Request: " + text}
}

func forbidden(text string) error {
	return &callError{code: http.StatusForbidden, description: "Forbidden: " + text}
}

// A Call is one request of the bot, as the log keeps it.
type Call struct {
	Method string
	// Params are the parameters in the text form of a form field.
	Params map[string]string
	// Files are the sizes of the uploads by field.
	Files       map[string]int
	At          time.Time // simulated
	Status      int       // 0 if the connection was cut instead of an answer
	Description string    // of a refusal
	Result      json.RawMessage
}

type callLog struct {
	keep int

	mu    sync.Mutex
	calls []Call
}

func (l *callLog) add(c Call) {
	if l.keep < 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.calls) >= 2*l.keep {
		l.calls = append(l.calls[:0:0], l.calls[len(l.calls)-l.keep:]...)
	}
	l.calls = append(l.calls, c)
}

// Calls returns the newest calls, oldest first, as many as Options.Calls says.
func (s *Simulator) Calls() []Call {
	l := &s.log
	l.mu.Lock()
	defer l.mu.Unlock()
	from := max(0, len(l.calls)-max(l.keep, 0))
	return append([]Call(nil), l.calls[from:]...)
}

// Violations lists the requests that no correct bot would send, with the
// method and the reason: unknown or malformed parameters, parse_mode, broken
// entities or keyboards.
func (s *Simulator) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.wrongs...)
}

// maxViolations bounds the list of a bot that errs for ever.
const maxViolations = 1000

func (s *Simulator) violation(method, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.wrongs) < maxViolations {
		s.wrongs = append(s.wrongs, method+": "+text)
	}
}

// serveCall answers one Bot API request.
func (s *Simulator) serveCall(w http.ResponseWriter, r *http.Request, name string) {
	api := botAPI()
	method, known := api.names[strings.ToLower(name)]
	if !known {
		if spelled, other := api.other[strings.ToLower(name)]; other {
			s.violation(spelled, "not played by the simulator")
			writeAnswer(w, nil, badRequest("method "+spelled+" is not played by the simulator"))
			return
		}
		writeAnswer(w, nil, &callError{code: http.StatusNotFound, description: "Not Found"})
		return
	}
	a, err := readArgs(r)
	if err != nil {
		writeAnswer(w, nil, argsError(err))
		return
	}
	entry := Call{Method: method, Params: maps.Clone(a.values), At: s.Now()}
	for field, f := range a.files {
		if entry.Files == nil {
			entry.Files = map[string]int{}
		}
		entry.Files[field] = len(f.data)
	}
	defer func() {
		s.log.add(entry)
		s.watch.changed()
	}()
	fault := s.faults.match(method, a.int("chat_id"))
	if fault != nil {
		s.watch.changed()
	}
	if fault != nil && fault.instead(s, w, r, a) {
		entry.Status = fault.status()
		return
	}
	result, err := s.perform(r.Context(), method, a)
	if fault != nil && fault.Kind == Drop {
		panic(http.ErrAbortHandler)
	}
	body, err := encode(result, err)
	if err != nil {
		entry.Status, entry.Description = statusOf(err)
	} else {
		entry.Status, entry.Result = http.StatusOK, body
	}
	writeAnswer(w, body, err)
}

func argsError(err error) error {
	if errors.Is(err, errTooLarge) {
		return &callError{code: http.StatusRequestEntityTooLarge, description: "Request Entity Too Large"}
	}
	return badRequest("can't parse request: " + err.Error())
}

func encode(result any, err error) (json.RawMessage, error) {
	if err != nil {
		return nil, err
	}
	if raw, ok := result.(json.RawMessage); ok {
		return raw, nil
	}
	return json.Marshal(result)
}

func statusOf(err error) (int, string) {
	if e, ok := errors.AsType[*callError](err); ok {
		return e.code, e.description
	}
	return http.StatusInternalServerError, err.Error()
}

// perform checks a call and carries it out.
func (s *Simulator) perform(ctx context.Context, method string, a *args) (any, error) {
	notes, wrong := botAPI().check(method, a)
	for _, n := range notes {
		s.violation(method, n)
	}
	if wrong == "" {
		wrong = unplayed(method, a)
	}
	if wrong != "" {
		s.violation(method, wrong)
		return nil, badRequest(wrong)
	}
	if s.closed.Load() {
		return nil, &callError{code: http.StatusBadRequest, description: "Logged out"}
	}
	if method == "getUpdates" {
		return s.getUpdates(ctx, a)
	}
	if err := s.limiter.take(method, a); err != nil {
		return nil, err
	}
	c := &call{Simulator: s, args: a, method: method}
	c.keys, c.keysErr = readMarkup(a)
	result, err := c.do()
	if c.wrong {
		_, text := statusOf(err)
		s.violation(method, text)
	}
	return result, err
}

// unplayed names a parameter whose effect is not simulated, so that no bot
// takes silence for success.
func unplayed(method string, a *args) string {
	if a.has("parse_mode") {
		return "unsupported parse_mode: the simulator takes entities alone"
	}
	for _, name := range []string{
		"business_connection_id", "inline_message_id", "message_thread_id", "direct_messages_topic_id",
		"ephemeral_message_parameters", "suggested_post_parameters", "rich_message", "certificate",
	} {
		if a.has(name) {
			return "parameter " + name + " is not played by the simulator"
		}
	}
	for _, f := range botAPI().methods[method] {
		if f.required && !a.has(f.name) && len(a.files[f.name].data) == 0 {
			return missing(f.name)
		}
	}
	return ""
}

// missing is the official server's sentence for a parameter that is not there.
func missing(name string) string {
	switch name {
	case "text":
		return "message text is empty"
	case "photo", "document", "voice":
		return "there is no " + name + " in the request"
	case "message_id":
		return "message identifier is not specified"
	}
	return name + " is empty"
}

// A call is one request being carried out, with Simulator.mu held.
type call struct {
	*Simulator
	*args

	method string
	wrong  bool // the refusal is the bot's mistake: note it as a violation

	// The keyboard is decoded before the lock is taken: it is most of the work.
	keys    replyMarkup
	keysErr error
}

func (c *call) do() (any, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return methods()[c.method](c)
}

// mistake marks a refusal that no correct bot meets.
func (c *call) mistake(text string) error {
	c.wrong = true
	return badRequest(text)
}

// methods maps every method but getUpdates to what it does.
var methods = sync.OnceValue(func() map[string]func(*call) (any, error) {
	return map[string]func(*call) (any, error){
		"getMe":                  (*call).getMe,
		"deleteWebhook":          (*call).deleteWebhook,
		"setWebhook":             (*call).setWebhook,
		"getWebhookInfo":         (*call).getWebhookInfo,
		"sendMessage":            (*call).sendMessage,
		"sendPhoto":              (*call).sendFile,
		"sendDocument":           (*call).sendFile,
		"sendVoice":              (*call).sendFile,
		"sendMediaGroup":         (*call).sendMediaGroup,
		"copyMessage":            (*call).copyMessage,
		"forwardMessage":         (*call).forwardMessage,
		"editMessageText":        (*call).editMessageText,
		"editMessageCaption":     (*call).editMessageCaption,
		"editMessageReplyMarkup": (*call).editMessageReplyMarkup,
		"editMessageMedia":       (*call).editMessageMedia,
		"deleteMessage":          (*call).deleteMessage,
		"deleteMessages":         (*call).deleteMessages,
		"answerCallbackQuery":    (*call).answerCallbackQuery,
		"setMessageReaction":     (*call).setMessageReaction,
		"sendChatAction":         (*call).sendChatAction,
		"setMyCommands":          (*call).setMyCommands,
		"getMyCommands":          (*call).getMyCommands,
		"deleteMyCommands":       (*call).deleteMyCommands,
		"setMyDescription":       (*call).setProfileText,
		"setMyShortDescription":  (*call).setProfileText,
		"getMyDescription":       (*call).getProfileText,
		"getMyShortDescription":  (*call).getProfileText,
		"setMyName":              (*call).setMyName,
		"setChatMenuButton":      (*call).setChatMenuButton,
		"getFile":                (*call).getFile,
		"getChat":                (*call).getChat,
		"leaveChat":              (*call).leaveChat,
		"pinChatMessage":         (*call).pinChatMessage,
		"logOut":                 (*call).logOut,
		"close":                  (*call).closeBot,
	}
})

// getUpdates waits without Simulator.mu.
func (s *Simulator) getUpdates(ctx context.Context, a *args) (any, error) {
	kinds, err := object[[]string](a, "allowed_updates")
	if err != nil {
		return nil, err
	}
	for _, k := range kinds {
		if !botAPI().kinds[k] {
			s.violation("getUpdates", "unknown kind of update "+k)
		}
	}
	limit := 100
	if a.has("limit") {
		limit = int(a.int("limit"))
	}
	q := s.queue
	if a.has("allowed_updates") {
		q.mu.Lock()
		q.allow(kinds)
		q.mu.Unlock()
	}
	body, refused := q.get(ctx, a.int("offset"), limit, int(a.int("timeout")))
	if refused != nil {
		return nil, refused
	}
	return json.RawMessage(body), nil
}

// writeAnswer writes the Bot API's envelope around a result or a refusal.
func writeAnswer(w http.ResponseWriter, result json.RawMessage, err error) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	if err == nil {
		body := make([]byte, 0, len(result)+24)
		body = append(body, `{"ok":true,"result":`...)
		body = append(body, result...)
		body = append(body, '}')
		h.Set("Content-Length", strconv.Itoa(len(body)))
		send(w, body)
		return
	}
	answer := struct {
		OK          bool           `json:"ok"`
		Code        int            `json:"error_code"`
		Description string         `json:"description"`
		Parameters  map[string]any `json:"parameters,omitempty"`
	}{}
	answer.Code, answer.Description = statusOf(err)
	e, ok := errors.AsType[*callError](err)
	switch {
	case ok && e.retryAfter > 0:
		h.Set("Retry-After", strconv.Itoa(e.retryAfter))
		answer.Parameters = map[string]any{"retry_after": e.retryAfter}
	case ok && e.migrateTo != 0:
		answer.Parameters = map[string]any{"migrate_to_chat_id": e.migrateTo}
	}
	var body bytes.Buffer
	if err := json.NewEncoder(&body).Encode(answer); err != nil {
		panic("simulator: answer does not encode: " + err.Error())
	}
	w.WriteHeader(answer.Code)
	send(w, body.Bytes())
}

// send writes a body. A listener that has gone away is its own affair.
func send(w http.ResponseWriter, body []byte) {
	_, _ = w.Write(body)
}

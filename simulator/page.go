package simulator

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

//go:embed page
var pageFiles embed.FS

// newPages makes the handler of the page and the people API.
func (s *Simulator) newPages() http.Handler {
	files, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic("simulator: " + err.Error())
	}
	static := http.FileServerFS(files)
	mux := http.NewServeMux()
	mux.Handle("GET /", static)
	mux.Handle("GET /page/", http.StripPrefix("/page", static))
	mux.HandleFunc("GET /api/state", s.serveState)
	mux.HandleFunc("GET /api/events", s.serveEvents)
	mux.HandleFunc("GET /api/chat/{id}", s.serveChat)
	mux.HandleFunc("GET /file/{unique}", s.servePicture)
	mux.HandleFunc("POST /api/upload", s.serveUpload)
	for name, act := range map[string]func(action) (any, error){
		"send": s.actSend, "edit": s.actEdit, "press": s.actPress, "start": s.actStart, "block": s.actBlock,
	} {
		mux.HandleFunc("POST /api/"+name, s.serveAction(act))
	}
	mux.HandleFunc("POST /api/clock", s.serveClock)
	return local(http.NewCrossOriginProtection().Handler(mux))
}

// local refuses requests whose Host is not the loopback, so that no page of
// another site can speak to the server under a name of its own, and adds the
// headers that keep the page to itself.
func local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if !loopback(host) {
			writeProblem(w, http.StatusForbidden, "only the loopback address is served")
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' blob: data:; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && addr.IsLoopback()
}

// State is everything the page shows.
type state struct {
	Now    string        `json:"now"`
	Bot    botState      `json:"bot"`
	People []personState `json:"people"`
	Chats  []Chat        `json:"chats"`
}

type botState struct {
	Username string `json:"username"`
	Name     string `json:"name"`
}

type personState struct {
	ID       int64        `json:"id"`
	Name     string       `json:"name"`
	Role     string       `json:"role"`
	Lang     string       `json:"lang"`
	Blocked  bool         `json:"blocked"`
	Commands []botCommand `json:"commands"`
}

// zone is the one the page shows times in.
var zone = time.FixedZone("UTC+8", 8*60*60)

func clockText(t time.Time) string { return t.In(zone).Format(time.RFC3339) }

func (s *Simulator) serveState(w http.ResponseWriter, _ *http.Request) {
	st := state{Now: clockText(s.Now()), People: []personState{}, Chats: []Chat{}}
	s.mu.Lock()
	st.Bot = botState{s.bot.Username, s.bot.FirstName}
	for _, id := range s.order {
		p := s.people[id]
		st.People = append(st.People, personState{
			ID: p.ID, Name: strings.TrimSpace(p.FirstName + " " + p.LastName),
			Role: p.Role, Lang: p.Lang, Blocked: p.blocked, Commands: s.commandsFor(p),
		})
		st.Chats = append(st.Chats, s.snapshot(s.privateChat(p)))
	}
	s.mu.Unlock()
	writeJSON(w, st)
}

func (s *Simulator) serveChat(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		writeProblem(w, http.StatusBadRequest, "the chat's id is no number")
		return
	}
	writeJSON(w, s.Chat(id))
}

// servePicture serves a file for the page; only pictures are shown in place.
func (s *Simulator) servePicture(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f, ok := s.shown[r.PathValue("unique")]
	s.mu.Unlock()
	if !ok {
		writeProblem(w, http.StatusNotFound, "there is no such file")
		return
	}
	h := w.Header()
	if f.width > 0 || strings.HasPrefix(f.mime, "audio/") {
		h.Set("Content-Type", f.mime)
	} else {
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
	}
	h.Set("Cache-Control", "max-age=86400")
	h.Set("Content-Length", strconv.Itoa(len(f.data)))
	send(w, f.data)
}

// An action is the body of the POSTs by which people act.
type action struct {
	User      int64  `json:"user"`
	Text      string `json:"text"`
	ReplyTo   int    `json:"reply_to"`
	MessageID int    `json:"message_id"`
	Row       int    `json:"row"`
	Col       int    `json:"col"`
	Payload   string `json:"payload"`
	Blocked   bool   `json:"blocked"`

	phone *Phone
}

// maxAction is how large the body of an action may be.
const maxAction = 256 << 10

var (
	errStranger = errors.New("there is no such person")
	errNoText   = errors.New("there is no text")
)

func readBody(w http.ResponseWriter, r *http.Request, into any) error {
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxAction))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("the body is not as expected: %w", err)
	}
	return nil
}

func (s *Simulator) serveAction(act func(action) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var a action
		if err := readBody(w, r, &a); err != nil {
			writeProblem(w, http.StatusBadRequest, err.Error())
			return
		}
		a.phone = s.Person(a.User)
		if a.phone == nil {
			writeProblem(w, http.StatusNotFound, errStranger.Error())
			return
		}
		result, err := act(a)
		if err != nil {
			writeProblem(w, http.StatusConflict, err.Error())
			return
		}
		writeJSON(w, result)
	}
}

type sentOne struct {
	MessageID int `json:"message_id"`
}

func (s *Simulator) actSend(a action) (any, error) {
	if strings.TrimSpace(a.Text) == "" {
		return nil, errNoText
	}
	if a.ReplyTo != 0 {
		return sentOne{a.phone.Reply(a.ReplyTo, a.Text)}, nil
	}
	return sentOne{a.phone.Send(a.Text)}, nil
}

func (s *Simulator) actEdit(a action) (any, error) {
	if strings.TrimSpace(a.Text) == "" {
		return nil, errNoText
	}
	return struct{}{}, a.phone.Edit(a.MessageID, a.Text)
}

func (s *Simulator) actPress(a action) (any, error) {
	return struct{}{}, a.phone.Press(a.MessageID, a.Row, a.Col)
}

func (s *Simulator) actStart(a action) (any, error) {
	return sentOne{a.phone.Start(a.Payload)}, nil
}

func (s *Simulator) actBlock(a action) (any, error) {
	if a.Blocked {
		a.phone.Block()
	} else {
		a.phone.Unblock()
	}
	return struct{}{}, nil
}

func (s *Simulator) serveClock(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Advance string `json:"advance"`
		Set     string `json:"set"`
	}
	if err := readBody(w, r, &body); err != nil {
		writeProblem(w, http.StatusBadRequest, err.Error())
		return
	}
	if body.Advance != "" {
		d, err := time.ParseDuration(body.Advance)
		if err != nil {
			writeProblem(w, http.StatusBadRequest, "advance is no duration such as 15m")
			return
		}
		s.Advance(d)
	} else {
		t, err := time.Parse(time.RFC3339, body.Set)
		if err != nil {
			writeProblem(w, http.StatusBadRequest, "set is no time such as 2026-04-05T08:00:00+08:00")
			return
		}
		s.SetNow(t)
	}
	writeJSON(w, map[string]string{"now": clockText(s.Now())})
}

// Bounds of an upload from the page.
const (
	maxPageFile  = 20 << 20
	maxPageFiles = 10
)

func (s *Simulator) serveUpload(w http.ResponseWriter, r *http.Request) {
	up, err := readUpload(w, r)
	if err != nil {
		writeProblem(w, http.StatusBadRequest, err.Error())
		return
	}
	p := s.Person(up.user)
	if p == nil {
		writeProblem(w, http.StatusNotFound, errStranger.Error())
		return
	}
	ids, err := p.upload(up)
	if err != nil {
		writeProblem(w, http.StatusBadRequest, err.Error())
		return
	}
	writeJSON(w, map[string][]int{"message_ids": ids})
}

type pageUpload struct {
	user          int64
	kind, caption string
	files         []upload
}

// readUpload reads the form part by part, so that a size is refused before it
// is in memory.
func readUpload(w http.ResponseWriter, r *http.Request) (pageUpload, error) {
	up := pageUpload{kind: "photo"}
	r.Body = http.MaxBytesReader(w, r.Body, maxPageFiles*maxPageFile+maxAction)
	mr, err := r.MultipartReader()
	if err != nil {
		return up, fmt.Errorf("the body is no form: %w", err)
	}
	for {
		part, err := mr.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return up, fmt.Errorf("the form is broken: %w", err)
		}
		data, err := readLimited(part, maxPageFile)
		if err != nil {
			return up, fmt.Errorf("a file may have 20 MB: %w", err)
		}
		switch part.FormName() {
		case "user":
			if up.user, err = strconv.ParseInt(string(data), 10, 64); err != nil {
				return up, fmt.Errorf("user is no number: %w", err)
			}
		case "caption":
			up.caption = string(data)
		case "kind":
			up.kind = string(data)
		case "file":
			up.files = append(up.files, upload{name: part.FileName(), mime: part.Header.Get("Content-Type"), data: data})
		}
	}
	if n := len(up.files); n < 1 || n > maxPageFiles {
		return up, fmt.Errorf("%d files were sent, allowed are 1 to %d", n, maxPageFiles)
	}
	return up, nil
}

// upload sends what came from the page, the caption with the first file.
func (p *Phone) upload(up pageUpload) ([]int, error) {
	switch up.kind {
	case "photo":
		pictures := make([][]byte, 0, len(up.files))
		for _, f := range up.files {
			pictures = append(pictures, f.data)
		}
		return p.photos(pictures, up.caption)
	case "document", "voice":
		var ids []int
		for i, u := range up.files {
			f := file{name: u.name, mime: u.mime, data: u.data}
			if up.kind == "voice" {
				f.seconds = oggSeconds(u.data)
			}
			caption := ""
			if i == 0 {
				caption = up.caption
			}
			ids = append(ids, p.sendFile(up.kind, f, caption))
		}
		return ids, nil
	}
	return nil, fmt.Errorf("kind %q is none of photo, document, voice", up.kind)
}

func writeJSON(w http.ResponseWriter, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		writeProblem(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.Header().Set("Content-Type", "application/json")
	send(w, body)
}

func writeProblem(w http.ResponseWriter, status int, text string) {
	body, err := json.Marshal(map[string]string{"error": text})
	if err != nil {
		panic("simulator: " + err.Error())
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	send(w, body)
}

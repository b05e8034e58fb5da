package simulator

import (
	"cmp"
	"slices"
	"time"
)

// world is everything people and bot have made. Simulator.mu guards it.
type world struct {
	people   map[int64]*person
	order    []int64 // people as they were added
	chats    map[int64]*chat
	lastID   int // of messages in private chats and small groups, which share one count
	lastFile int
	uploads  map[string]*file // by file_id
	shown    map[string]*file // by file_unique_id
	paths    map[string]*file // by file_path
	queries  map[string]*query
	lastNum  int64 // makes ids of queries and albums
	commands map[commandKey][]botCommand
	profile  map[string]string // field and language to text
	wrongs   []string
}

func newWorld() world {
	return world{
		people:   map[int64]*person{},
		chats:    map[int64]*chat{},
		uploads:  map[string]*file{},
		shown:    map[string]*file{},
		paths:    map[string]*file{},
		queries:  map[string]*query{},
		commands: map[commandKey][]botCommand{},
		profile:  map[string]string{},
	}
}

// A chat is private (its id is the person's), a group or a supergroup.
type chat struct {
	id       int64
	kind     string
	title    string
	person   *person // of a private chat
	gone     bool    // the bot left or was removed
	migrated int64   // the supergroup a group became
	lastID   int     // of messages in a supergroup
	messages []*message
	byID     map[int]*message
	typing   time.Time // wall time until which the bot types
	keyboard *message  // whose reply keyboard is shown
	revision int64
	changed  chan struct{} // closed at the next change; made on demand
}

// A message is one bubble. Fields change under Simulator.mu only; view is the
// public picture of it and made anew after a change.
type message struct {
	id         int
	chat       *chat
	from       user
	sender     *apiChat // a chat that speaks: anonymous admin or channel
	viaBot     *user
	date       time.Time
	edited     time.Time
	text       string // or the caption
	entities   []Entity
	media      *media
	extra      map[string]any // other content in the Bot API's form
	markup     *inlineMarkup
	replyKeys  [][]string
	otherKeys  bool // the markup was a reply keyboard, its removal or a forced reply
	removeKeys bool
	label      string // names content that is not shown
	replyTo    *message
	origin     *origin
	album      string
	service    string
	protected  bool
	reaction   string
	view       *Message
}

// media is what a message carries besides text.
type media struct {
	kind  string // photo, document, voice, or another of the Bot API's words
	files []*file
}

func (m *media) best() *file { return m.files[len(m.files)-1] }

func (m *message) fromBot(s *Simulator) bool { return m.from.ID == s.bot.ID }

// A query is one press of a button that waits for its answer.
type query struct {
	id     string
	person int64
	made   time.Time
}

// Message is a message as a person sees it. It must not be changed.
type Message struct {
	ID            int        `json:"id"`
	From          string     `json:"from"` // "bot" or "user"
	Sender        int64      `json:"sender"`
	Date          time.Time  `json:"date"`
	Edited        bool       `json:"edited"`
	Text          string     `json:"text"` // or the caption
	Entities      []Entity   `json:"entities,omitempty"`
	Buttons       [][]Button `json:"buttons,omitempty"`
	ReplyKeyboard [][]string `json:"reply_keyboard,omitempty"`
	Photo         *PhotoInfo `json:"photo,omitempty"`
	Document      *FileInfo  `json:"document,omitempty"`
	Voice         *VoiceInfo `json:"voice,omitempty"`
	Album         string     `json:"album,omitempty"`
	ReplyTo       int        `json:"reply_to,omitempty"`
	Reaction      string     `json:"reaction,omitempty"`
	Service       string     `json:"service,omitempty"`
	Protected     bool       `json:"protected,omitempty"`
}

// Entity is a stretch of text with a meaning; offset and length count UTF-16
// units.
type Entity struct {
	Type     string `json:"type"`
	Offset   int    `json:"offset"`
	Length   int    `json:"length"`
	URL      string `json:"url,omitempty"`
	Language string `json:"language,omitempty"`
	User     *user  `json:"user,omitempty"`
	Emoji    string `json:"custom_emoji_id,omitempty"`
	UnixTime int64  `json:"unix_time,omitempty"`
	Format   string `json:"date_time_format,omitempty"`
}

// Button is an inline button. Its callback data is for tests and never leaves
// for the page.
type Button struct {
	Text  string `json:"text"`
	Style string `json:"style,omitempty"`
	URL   string `json:"url,omitempty"`
	Copy  string `json:"copy,omitempty"`
	Data  string `json:"-"`
}

// PhotoInfo is the largest size of a photo; File is its unique id.
type PhotoInfo struct {
	File   string `json:"file"`
	Width  int    `json:"w"`
	Height int    `json:"h"`
}

// FileInfo is a document; File is its unique id.
type FileInfo struct {
	File string `json:"file"`
	Name string `json:"name"`
	Size int    `json:"size"`
	MIME string `json:"mime"`
}

// VoiceInfo is a voice note; File is its unique id.
type VoiceInfo struct {
	File    string `json:"file"`
	Seconds int    `json:"seconds"`
}

// Chat is a chat as its people see it, the newest message last. Deleted
// messages are not in it. It must not be changed.
type Chat struct {
	ID       int64      `json:"id"`
	Kind     string     `json:"kind"`
	Typing   bool       `json:"typing"`
	Messages []*Message `json:"messages"`
	// Revision grows with every change of the chat.
	Revision int64 `json:"revision"`
}

// Last is the newest message, or nil.
func (c Chat) Last() *Message {
	if len(c.Messages) == 0 {
		return nil
	}
	return c.Messages[len(c.Messages)-1]
}

// Message is the message with that id, or nil.
func (c Chat) Message(id int) *Message {
	i := slices.IndexFunc(c.Messages, func(m *Message) bool { return m.ID == id })
	if i < 0 {
		return nil
	}
	return c.Messages[i]
}

// Chat returns the chat as it is. An unknown id gives an empty chat.
func (s *Simulator) Chat(id int64) Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.chats[id]
	if !ok {
		return Chat{ID: id, Kind: "private", Messages: []*Message{}}
	}
	return s.snapshot(c)
}

func (s *Simulator) snapshot(c *chat) Chat {
	out := Chat{
		ID: c.id, Kind: c.kind, Revision: c.revision,
		Typing:   wall().Before(c.typing),
		Messages: make([]*Message, len(c.messages)),
	}
	for i, m := range c.messages {
		if m.view == nil {
			m.view = m.picture(s)
		}
		out.Messages[i] = m.view
	}
	return out
}

// picture makes the public form of a message.
func (m *message) picture(s *Simulator) *Message {
	v := &Message{
		ID: m.id, From: "user", Sender: m.from.ID, Date: m.date, Edited: !m.edited.IsZero(),
		Text: m.text, Entities: m.entities, ReplyKeyboard: m.replyKeys, Album: m.album,
		Reaction: m.reaction, Service: cmp.Or(m.service, m.label), Protected: m.protected,
	}
	if m.fromBot(s) {
		v.From = "bot"
	}
	if m.replyTo != nil {
		v.ReplyTo = m.replyTo.id
	}
	if m.markup != nil {
		v.Buttons = m.markup.rows
	}
	if m.media == nil {
		return v
	}
	switch f := m.media.best(); m.media.kind {
	case "photo":
		v.Photo = &PhotoInfo{File: f.unique, Width: f.width, Height: f.height}
	case "voice":
		v.Voice = &VoiceInfo{File: f.unique, Seconds: f.seconds}
	default:
		v.Document = &FileInfo{File: f.unique, Name: f.name, Size: len(f.data), MIME: f.mime}
	}
	return v
}

// touch notes that a message changed and wakes those who watch its chat.
func (s *Simulator) touch(m *message) {
	m.view = nil
	s.touchChat(m.chat)
}

func (s *Simulator) touchChat(c *chat) {
	c.revision++
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
	s.watch.publish(event{chat: c.id})
	s.watch.changed()
}

// add puts a message into its chat under the next number.
func (s *Simulator) add(m *message) {
	c := m.chat
	if c.kind == "supergroup" {
		c.lastID++
		m.id = c.lastID
	} else {
		s.lastID++
		m.id = s.lastID
	}
	m.date = s.Now()
	c.messages = append(c.messages, m)
	c.byID[m.id] = m
	if keep := s.opts.Messages; keep > 0 && len(c.messages) >= 2*keep {
		for _, old := range c.messages[:len(c.messages)-keep] {
			delete(c.byID, old.id)
		}
		c.messages = append([]*message(nil), c.messages[len(c.messages)-keep:]...)
	}
	s.touch(m)
}

// remove takes a message out of its chat.
func (s *Simulator) remove(m *message) {
	c := m.chat
	if i := slices.Index(c.messages, m); i >= 0 {
		c.messages = slices.Delete(c.messages, i, i+1)
	}
	delete(c.byID, m.id)
	s.touchChat(c)
}

// privateChat returns the chat with a person, made at the first use.
func (s *Simulator) privateChat(p *person) *chat {
	c, ok := s.chats[p.ID]
	if !ok {
		c = &chat{id: p.ID, kind: "private", person: p, byID: map[int]*message{}}
		s.chats[p.ID] = c
	}
	return c
}

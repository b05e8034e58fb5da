package simulator

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Person can talk to the bot.
type Person struct {
	ID        int64
	FirstName string
	LastName  string
	Username  string
	Role      string // shown on the page: member, partner, leader, secretary, officer, director, office, stranger
	Lang      string // IETF tag as the client sends it; default zh-hans
}

// person is a Person with what happened to them.
type person struct {
	Person

	wrote   bool // the bot may write to them
	blocked bool
	toasts  []Toast
}

func (p *person) user() user {
	return user{
		ID: p.ID, FirstName: p.FirstName, LastName: p.LastName, Username: p.Username, LanguageCode: p.Lang,
	}
}

// Toast is an answer to a press, as the person saw it.
type Toast struct {
	User  int64  `json:"user"`
	Query string `json:"-"`
	Text  string `json:"text"` // empty: the spinner stopped and nothing was shown
	Alert bool   `json:"alert"`
	URL   string `json:"url,omitempty"`
}

// Errors of what people do. They are about the person's phone, not the bot.
var (
	ErrNoMessage = errors.New("no such message")
	ErrNoButton  = errors.New("no such button")
	ErrBlocked   = errors.New("the bot is blocked")
	ErrTooOld    = errors.New("the message is too old to be edited")
	ErrNotOwn    = errors.New("the message is not the person's own")
	ErrProtected = errors.New("the message is protected from forwarding")
)

// A Phone is a person's hand on their chats. The private chat is meant where a
// method names none. A person who blocked the bot and sends something unblocks
// it first, as the client makes them do.
type Phone struct {
	sim *Simulator
	who *person
}

// AddPerson makes a person known, or changes one. They have not written to the
// bot yet, so it cannot write to them.
func (s *Simulator) AddPerson(p Person) *Phone {
	if p.Lang == "" {
		p.Lang = "zh-hans"
	}
	if p.Role == "" {
		p.Role = "member"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	who, ok := s.people[p.ID]
	if !ok {
		who = &person{}
		s.people[p.ID] = who
		s.order = append(s.order, p.ID)
	}
	who.Person = p
	s.touchChat(s.privateChat(who))
	return &Phone{sim: s, who: who}
}

// Person is the phone of a person, or nil for an unknown id.
func (s *Simulator) Person(id int64) *Phone {
	s.mu.Lock()
	defer s.mu.Unlock()
	who, ok := s.people[id]
	if !ok {
		return nil
	}
	return &Phone{sim: s, who: who}
}

// Toasts are the answers to the person's presses, oldest first.
func (s *Simulator) Toasts(id int64) []Toast {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.people[id]; ok {
		return slices.Clone(p.toasts)
	}
	return nil
}

// Commands are the bot's commands in the person's private chat, as "name:
// description" in their order.
func (p *Phone) Commands() []string {
	p.sim.mu.Lock()
	defer p.sim.mu.Unlock()
	var out []string
	for _, c := range p.sim.commandsFor(p.who) {
		out = append(out, c.Command+": "+c.Description)
	}
	return out
}

// A Guise changes how a message presents its sender.
type Guise func(*message)

// The accounts Telegram puts in the place of senders who are chats.
var (
	groupAnonymousBot = user{ID: 1087968824, IsBot: true, FirstName: "Group", Username: "GroupAnonymousBot"}
	channelBot        = user{ID: 136817688, IsBot: true, FirstName: "Channel", Username: "Channel_Bot"}
)

// Anonymous sends as an anonymous administrator of the group.
func Anonymous() Guise {
	return func(m *message) {
		in := m.chat.api()
		m.from, m.sender = groupAnonymousBot, &in
	}
}

// AsChannel sends in the name of a channel.
func AsChannel(id int64, title string) Guise {
	return func(m *message) {
		m.from, m.sender = channelBot, &apiChat{ID: id, Type: "channel", Title: title}
	}
}

// ViaBot sends through another bot's inline mode.
func ViaBot(username string) Guise {
	return func(m *message) {
		m.viaBot = &user{ID: 777000777, IsBot: true, FirstName: username, Username: username}
	}
}

// say puts a message of a person into a chat and tells the bot.
func (p *Phone) say(in *chat, m *message, as ...Guise) int {
	s := p.sim
	m.chat, m.from = in, p.who.user()
	m.entities = detect(m.text, m.entities)
	for _, g := range as {
		g(m)
	}
	if in.kind == "private" {
		p.setBlocked(false)
		p.who.wrote = true
	}
	s.add(m)
	if s.reads(m) {
		s.queue.push("message", m.api(true), messageLife)
	}
	return m.id
}

// reads tells whether the bot gets a message: in groups only commands for it
// and replies to it.
func (s *Simulator) reads(m *message) bool {
	c := m.chat
	if c.kind == "private" {
		return true
	}
	if c.gone {
		return false
	}
	if m.service != "" || m.replyTo != nil && m.replyTo.fromBot(s) {
		return true
	}
	if len(m.entities) == 0 || m.entities[0].Type != "bot_command" || m.entities[0].Offset != 0 {
		return false
	}
	_, name, addressed := strings.Cut(m.text[:m.entities[0].Length], "@")
	return !addressed || strings.EqualFold(name, s.opts.BotUsername)
}

// tell is say in the private chat, with the lock taken.
func (p *Phone) tell(m *message, as ...Guise) int {
	p.sim.mu.Lock()
	defer p.sim.mu.Unlock()
	return p.say(p.sim.privateChat(p.who), m, as...)
}

// Send sends a text and returns the message's id. A text over 4096 UTF-16
// units goes out in several messages, as clients do; the id is the last one's.
func (p *Phone) Send(text string, as ...Guise) int {
	for utf16Len(text) > maxText {
		n, units := 0, 0
		for i, r := range text {
			if units += utf16Len(string(r)); units > maxText {
				n = i
				break
			}
		}
		p.tell(&message{text: text[:n]}, as...)
		text = text[n:]
	}
	return p.tell(&message{text: text}, as...)
}

// SendIn sends a text in a group.
func (p *Phone) SendIn(group int64, text string, as ...Guise) int {
	p.sim.mu.Lock()
	defer p.sim.mu.Unlock()
	return p.say(p.sim.group(group), &message{text: text}, as...)
}

// ReplyIn sends a text in a group as a reply to one of its messages.
func (p *Phone) ReplyIn(group int64, to int, text string) int {
	p.sim.mu.Lock()
	defer p.sim.mu.Unlock()
	in := p.sim.group(group)
	return p.say(in, &message{text: text, replyTo: in.byID[to]})
}

// Reply sends a text as a reply. If the message is gone it is a plain text.
func (p *Phone) Reply(to int, text string) int {
	p.sim.mu.Lock()
	defer p.sim.mu.Unlock()
	in := p.sim.privateChat(p.who)
	return p.say(in, &message{text: text, replyTo: in.byID[to]})
}

// Start opens a deep link, or presses the start button if the payload is "".
func (p *Phone) Start(payload string) int {
	return p.Send(strings.TrimSpace("/start " + payload))
}

// editAge is how long people can edit what they sent.
const editAge = 48 * time.Hour

// Edit changes the text or caption of a message of the person's own.
func (p *Phone) Edit(id int, text string) error {
	s := p.sim
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.privateChat(p.who).byID[id]
	switch {
	case !ok:
		return fmt.Errorf("edit message %d: %w", id, ErrNoMessage)
	case m.from.ID != p.who.ID:
		return fmt.Errorf("edit message %d: %w", id, ErrNotOwn)
	case s.Now().Sub(m.date) > editAge:
		return fmt.Errorf("edit message %d: %w", id, ErrTooOld)
	case p.who.blocked:
		return fmt.Errorf("edit message %d: %w", id, ErrBlocked)
	}
	m.text, m.entities, m.edited = text, detect(text, nil), s.Now()
	s.touch(m)
	s.queue.push("edited_message", m.api(true), messageLife)
	return nil
}

// Delete removes a message of the private chat for both. The bot is not told.
func (p *Phone) Delete(id int) error {
	s := p.sim
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.privateChat(p.who).byID[id]
	if !ok {
		return fmt.Errorf("delete message %d: %w", id, ErrNoMessage)
	}
	s.remove(m)
	return nil
}

// Press taps the inline button at a row and column, both from 0. A button with
// a link or a text to copy does not reach the bot.
func (p *Phone) Press(id, row, col int) error {
	s := p.sim
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.privateChat(p.who).byID[id]
	if !ok {
		return fmt.Errorf("press in message %d: %w", id, ErrNoMessage)
	}
	if m.markup == nil || row < 0 || row >= len(m.markup.rows) || col < 0 || col >= len(m.markup.rows[row]) {
		return fmt.Errorf("press in message %d row %d column %d: %w", id, row, col, ErrNoButton)
	}
	return p.press(m, m.markup.rows[row][col])
}

// PressLabel taps the button with that text on the newest message that has one.
func (p *Phone) PressLabel(text string) error {
	s := p.sim
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range slices.Backward(s.privateChat(p.who).messages) {
		if m.markup == nil {
			continue
		}
		for _, b := range slices.Concat(m.markup.rows...) {
			if b.Text == text {
				return p.press(m, b)
			}
		}
	}
	return fmt.Errorf("press %q: %w", text, ErrNoButton)
}

func (p *Phone) press(m *message, b Button) error {
	if p.who.blocked {
		return fmt.Errorf("press in message %d: %w", m.id, ErrBlocked)
	}
	if b.Data != "" {
		p.query(m.chat, m.id, b.Data)
	}
	return nil
}

// PressData sends a callback query with any data for any message id, as a
// forged client can. The message need not exist.
func (p *Phone) PressData(id int, data string) {
	p.sim.mu.Lock()
	defer p.sim.mu.Unlock()
	p.query(p.sim.privateChat(p.who), id, data)
}

// PressDataIn is [Phone.PressData] in another chat.
func (p *Phone) PressDataIn(chatID int64, id int, data string) {
	p.sim.mu.Lock()
	defer p.sim.mu.Unlock()
	if in, ok := p.sim.chats[chatID]; ok {
		p.query(in, id, data)
	}
}

// maxQueries is when presses that were never answered are forgotten.
const maxQueries = 10_000

func (p *Phone) query(in *chat, id int, data string) {
	s := p.sim
	now := s.Now()
	if len(s.queries) > maxQueries {
		for id, q := range s.queries {
			if now.Sub(q.made) > callbackLife {
				delete(s.queries, id)
			}
		}
	}
	q := &query{id: s.number(), person: p.who.ID, made: now}
	s.queries[q.id] = q
	var content any = inaccessible{Chat: in.api(), ID: id}
	if m, ok := in.byID[id]; ok && now.Sub(m.date) <= inaccessibleAge {
		content = m.api(true)
	}
	s.queue.push("callback_query", map[string]any{
		"id": q.id, "from": p.who.user(), "message": content,
		"chat_instance": fmt.Sprint(-in.id*7919 - 1), "data": data,
	}, callbackLife)
}

// Block stops the bot from writing to the person.
func (p *Phone) Block() {
	p.sim.mu.Lock()
	defer p.sim.mu.Unlock()
	p.setBlocked(true)
}

// Unblock lets the bot write again.
func (p *Phone) Unblock() {
	p.sim.mu.Lock()
	defer p.sim.mu.Unlock()
	p.setBlocked(false)
}

func (p *Phone) setBlocked(blocked bool) {
	if p.who.blocked == blocked {
		return
	}
	p.who.blocked = blocked
	in := p.sim.privateChat(p.who)
	before, after := "member", "kicked"
	if !blocked {
		before, after = after, before
	}
	p.sim.membership(in, p.who.user(), before, after)
	p.sim.touchChat(in)
}

// membership tells the bot that its standing in a chat changed.
func (s *Simulator) membership(in *chat, by user, before, after string) {
	member := func(status string) map[string]any {
		m := map[string]any{"user": s.bot, "status": status}
		if status == "kicked" {
			m["until_date"] = 0
		}
		return m
	}
	s.queue.push("my_chat_member", map[string]any{
		"chat": in.api(), "from": by, "date": s.Now().Unix(),
		"old_chat_member": member(before), "new_chat_member": member(after),
	}, messageLife)
}

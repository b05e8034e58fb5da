package simulator

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Lengths in UTF-16 units. The official server counts code points; this is
// the safe side.
const (
	maxText    = 4096
	maxCaption = 1024
)

// target finds the chat a call speaks of, or why the bot cannot speak there.
func (c *call) target(name string) (*chat, error) {
	id, err := strconv.ParseInt(c.values[name], 10, 64)
	if err != nil {
		return nil, badRequest("chat not found")
	}
	if p, ok := c.people[id]; ok {
		switch {
		case !p.wrote:
			return nil, forbidden("bot can't initiate conversation with a user")
		case p.blocked:
			return nil, forbidden("bot was blocked by the user")
		}
		return c.privateChat(p), nil
	}
	group, ok := c.chats[id]
	switch {
	case !ok:
		return nil, badRequest("chat not found")
	case group.migrated != 0:
		return nil, &callError{
			code: 400, migrateTo: group.migrated,
			description: "Bad Request: group chat was upgraded to a supergroup chat",
		}
	case group.gone:
		return nil, forbidden("bot is not a member of the " + group.kind + " chat")
	}
	return group, nil
}

// words reads a text or caption with its entities.
func (c *call) words(name, entitiesName string, limit int) (string, []Entity, error) {
	text := c.values[name]
	if utf16Len(text) > limit {
		if name == "caption" {
			return "", nil, c.mistake("message caption is too long")
		}
		return "", nil, c.mistake("message is too long")
	}
	entities, err := object[[]Entity](c.args, entitiesName)
	if err != nil {
		return "", nil, err
	}
	if fault := checkEntities(text, entities); fault != "" {
		return "", nil, c.mistake(fault)
	}
	return text, detect(text, entities), nil
}

func (c *call) text() (string, []Entity, error) {
	text, entities, err := c.words("text", "entities", maxText)
	if err == nil && strings.TrimSpace(text) == "" {
		err = c.mistake("message text is empty")
	}
	return text, entities, err
}

func (c *call) caption() (string, []Entity, error) {
	return c.words("caption", "caption_entities", maxCaption)
}

// markup reads reply_markup; what is wrong with it is the bot's mistake.
func (c *call) markup() (replyMarkup, error) {
	c.wrong = c.wrong || c.keysErr != nil
	return c.keys, c.keysErr
}

// draft makes a message of the bot from the parameters that all sending calls
// share. It is not in its chat yet.
func (c *call) draft() (*message, error) {
	to, err := c.target("chat_id")
	if err != nil {
		return nil, err
	}
	m := &message{chat: to, from: c.bot, protected: c.bool("protect_content")}
	keys, err := c.markup()
	if err != nil {
		return nil, err
	}
	m.markup, m.replyKeys, m.otherKeys, m.removeKeys = keys.inline, keys.keys, keys.other, keys.remove
	m.replyTo, err = c.replied(to)
	return m, err
}

// replied finds the message that reply_parameters name.
func (c *call) replied(in *chat) (*message, error) {
	reply, err := object[struct {
		MessageID int             `json:"message_id"`
		ChatID    json.RawMessage `json:"chat_id"`
		Anyway    bool            `json:"allow_sending_without_reply"`
	}](c.args, "reply_parameters")
	if err != nil || reply.MessageID == 0 {
		return nil, err
	}
	m, ok := in.byID[reply.MessageID]
	if id := string(reply.ChatID); id != "" && strings.Trim(id, `"`) != strconv.FormatInt(in.id, 10) {
		ok = false
	}
	if !ok && !reply.Anyway {
		return nil, badRequest("message to be replied not found")
	}
	return m, nil
}

// post puts a message of the bot into its chat.
func (c *call) post(m *message) *apiMessage {
	to := m.chat
	to.typing = time.Time{}
	if to.keyboard != nil && (m.removeKeys || m.replyKeys != nil) {
		to.keyboard.replyKeys = nil
		c.touch(to.keyboard)
		to.keyboard = nil
	}
	if m.replyKeys != nil {
		to.keyboard = m
	}
	c.add(m)
	return m.api(true)
}

func (c *call) sendMessage() (any, error) {
	m, err := c.draft()
	if err != nil {
		return nil, err
	}
	if m.text, m.entities, err = c.text(); err != nil {
		return nil, err
	}
	return c.post(m), nil
}

// sendFile is sendPhoto, sendDocument and sendVoice.
func (c *call) sendFile() (any, error) {
	kind := strings.ToLower(strings.TrimPrefix(c.method, "send"))
	m, err := c.draft()
	if err != nil {
		return nil, err
	}
	if m.text, m.entities, err = c.caption(); err != nil {
		return nil, err
	}
	ref := c.values[kind]
	if _, ok := c.files[kind]; ok {
		ref = "attach://" + kind
	}
	if m.media, err = c.media(kind, ref); err != nil {
		return nil, err
	}
	return c.post(m), nil
}

// An inputMedia is one item of an album, or the new content of a message.
type inputMedia struct {
	Type     string   `json:"type"`
	Media    string   `json:"media"`
	Caption  string   `json:"caption"`
	Entities []Entity `json:"caption_entities"`
	Parse    string   `json:"parse_mode"`
}

// fill gives a message the content of an item.
func (c *call) fill(m *message, item inputMedia) error {
	switch {
	case item.Parse != "":
		return c.mistake("unsupported parse_mode: the simulator takes entities alone")
	case !slices.Contains([]string{"photo", "document"}, item.Type):
		return c.mistake("media type " + item.Type + " is not played by the simulator")
	case utf16Len(item.Caption) > maxCaption:
		return c.mistake("message caption is too long")
	}
	if fault := checkEntities(item.Caption, item.Entities); fault != "" {
		return c.mistake(fault)
	}
	var err error
	m.media, err = c.media(item.Type, item.Media)
	m.text, m.entities = item.Caption, detect(item.Caption, item.Entities)
	return err
}

func (c *call) sendMediaGroup() (any, error) {
	items, err := object[[]inputMedia](c.args, "media")
	if err != nil {
		return nil, err
	}
	to, err := c.target("chat_id")
	if err != nil {
		return nil, err
	}
	reply, err := c.replied(to)
	if err != nil {
		return nil, err
	}
	album := c.number()
	group := make([]*message, 0, len(items))
	for _, item := range items {
		if item.Type != items[0].Type {
			return nil, c.mistake("document can't be mixed with other media types")
		}
		m := &message{chat: to, from: c.bot, album: album, replyTo: reply, protected: c.bool("protect_content")}
		if err := c.fill(m, item); err != nil {
			return nil, err
		}
		group = append(group, m)
	}
	sent := make([]*apiMessage, 0, len(group))
	for _, m := range group {
		sent = append(sent, c.post(m))
	}
	return sent, nil
}

// number makes an id for queries and albums.
func (s *Simulator) number() string {
	s.lastNum++
	return fmt.Sprintf("%d%09d", s.bot.ID, s.lastNum)
}

// source finds the message to copy or forward.
func (c *call) source(verb string) (*message, error) {
	from, err := c.target("from_chat_id")
	if err != nil {
		return nil, err
	}
	m, ok := from.byID[int(c.int("message_id"))]
	if !ok {
		return nil, badRequest("message to " + verb + " not found")
	}
	if m.service != "" {
		return nil, badRequest("message can't be " + map[string]string{"copy": "copied", "forward": "forwarded"}[verb])
	}
	return m, nil
}

func (c *call) copyMessage() (any, error) {
	src, err := c.source("copy")
	if err != nil {
		return nil, err
	}
	m, err := c.draft()
	if err != nil {
		return nil, err
	}
	m.text, m.entities, m.media, m.extra = src.text, src.entities, src.media, src.extra
	if c.has("caption") && m.media != nil {
		if m.text, m.entities, err = c.caption(); err != nil {
			return nil, err
		}
	}
	c.post(m)
	return map[string]int{"message_id": m.id}, nil
}

func (c *call) forwardMessage() (any, error) {
	src, err := c.source("forward")
	if err != nil {
		return nil, err
	}
	if src.protected {
		return nil, badRequest("the message can't be forwarded")
	}
	m, err := c.draft()
	if err != nil {
		return nil, err
	}
	m.text, m.entities, m.media, m.extra = src.text, src.entities, src.media, src.extra
	m.origin = src.forwardOrigin()
	return c.post(m), nil
}

// forwardOrigin names the first author of a message.
func (m *message) forwardOrigin() *origin {
	if m.origin != nil {
		return m.origin
	}
	return &origin{Type: "user", Date: m.date.Unix(), Sender: m.from}
}

package simulator

import (
	"slices"
	"strings"
	"time"
)

// deleteAge is how old a message may be and still be deleted.
const deleteAge = 48 * time.Hour

const notModified = "message is not modified: specified new message content and reply markup are exactly the same " +
	"as a current content and reply markup of the message"

// edited finds the message of the bot that a call wants to change.
func (c *call) edited() (*message, error) {
	if !c.has("chat_id") || !c.has("message_id") {
		return nil, c.mistake("message identifier is not specified")
	}
	in, err := c.target("chat_id")
	if err != nil {
		return nil, err
	}
	m, ok := in.byID[int(c.int("message_id"))]
	switch {
	case !ok:
		return nil, badRequest("message to edit not found")
	case !m.fromBot(c.Simulator) || m.otherKeys || m.service != "":
		return nil, badRequest("message can't be edited")
	}
	return m, nil
}

// change puts new content into a message, whose keyboard becomes the call's.
func (c *call) change(m *message, next message) (any, error) {
	keys, err := c.markup()
	if err != nil {
		return nil, err
	}
	if m.text == next.text && slices.EqualFunc(m.entities, next.entities, sameEntity) &&
		sameMedia(m.media, next.media) && m.markup.same(keys.inline) {
		return nil, badRequest(notModified)
	}
	if m.text != next.text || !sameMedia(m.media, next.media) || !slices.EqualFunc(m.entities, next.entities, sameEntity) {
		m.edited = c.Now()
	}
	m.text, m.entities, m.media, m.markup = next.text, next.entities, next.media, keys.inline
	c.touch(m)
	return m.api(true), nil
}

func sameEntity(a, b Entity) bool {
	ua, ub := a.User, b.User
	a.User, b.User = nil, nil
	return a == b && (ua == nil) == (ub == nil) && (ua == nil || ua.ID == ub.ID)
}

func sameMedia(a, b *media) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.kind == b.kind && a.best() == b.best()
}

func (c *call) editMessageText() (any, error) {
	m, err := c.edited()
	if err != nil {
		return nil, err
	}
	if m.media != nil || m.extra != nil {
		return nil, badRequest("there is no text in the message to edit")
	}
	text, entities, err := c.text()
	if err != nil {
		return nil, err
	}
	return c.change(m, message{text: text, entities: entities})
}

func (c *call) editMessageCaption() (any, error) {
	m, err := c.edited()
	if err != nil {
		return nil, err
	}
	if m.media == nil {
		return nil, badRequest("there is no caption in the message to edit")
	}
	text, entities, err := c.caption()
	if err != nil {
		return nil, err
	}
	return c.change(m, message{text: text, entities: entities, media: m.media})
}

func (c *call) editMessageReplyMarkup() (any, error) {
	m, err := c.edited()
	if err != nil {
		return nil, err
	}
	return c.change(m, message{text: m.text, entities: m.entities, media: m.media})
}

func (c *call) editMessageMedia() (any, error) {
	m, err := c.edited()
	if err != nil {
		return nil, err
	}
	item, err := object[inputMedia](c.args, "media")
	if err != nil {
		return nil, err
	}
	next := message{chat: m.chat}
	if err := c.fill(&next, item); err != nil {
		return nil, err
	}
	return c.change(m, next)
}

// deletable says why the bot cannot delete a message, or "".
func (c *call) deletable(m *message) string {
	switch {
	case c.Now().Sub(m.date) > deleteAge:
		return "message can't be deleted for everyone"
	case m.chat.kind != "private" && !m.fromBot(c.Simulator):
		return "message can't be deleted"
	}
	return ""
}

func (c *call) deleteMessage() (any, error) {
	in, err := c.target("chat_id")
	if err != nil {
		return nil, err
	}
	m, ok := in.byID[int(c.int("message_id"))]
	if !ok {
		return nil, badRequest("message to delete not found")
	}
	if why := c.deletable(m); why != "" {
		return nil, badRequest(why)
	}
	c.remove(m)
	return true, nil
}

// deleteMessages skips what cannot be found, as Telegram does.
func (c *call) deleteMessages() (any, error) {
	in, err := c.target("chat_id")
	if err != nil {
		return nil, err
	}
	ids, err := object[[]int](c.args, "message_ids")
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if m, ok := in.byID[id]; ok {
			if why := c.deletable(m); why != "" {
				return nil, badRequest(why)
			}
			c.remove(m)
		}
	}
	return true, nil
}

func (c *call) setMessageReaction() (any, error) {
	in, err := c.target("chat_id")
	if err != nil {
		return nil, err
	}
	reactions, err := object[[]struct {
		Type  string `json:"type"`
		Emoji string `json:"emoji"`
	}](c.args, "reaction")
	if err != nil {
		return nil, err
	}
	m, ok := in.byID[int(c.int("message_id"))]
	switch {
	case !ok:
		return nil, badRequest("message to react not found")
	case len(reactions) > 1:
		return nil, c.mistake("REACTIONS_TOO_MANY")
	}
	m.reaction = ""
	for _, r := range reactions {
		if r.Type != "emoji" || !botAPI().emoji[strings.ReplaceAll(r.Emoji, "\ufe0f", "")] {
			return nil, c.mistake("REACTION_INVALID")
		}
		m.reaction = r.Emoji
	}
	c.touch(m)
	return true, nil
}

func (c *call) pinChatMessage() (any, error) {
	in, err := c.target("chat_id")
	if err != nil {
		return nil, err
	}
	m, ok := in.byID[int(c.int("message_id"))]
	if !ok {
		return nil, badRequest("message to pin not found")
	}
	if in.kind != "private" {
		return nil, badRequest("not enough rights to manage pinned messages in the chat")
	}
	c.add(&message{
		chat: in, from: c.bot, service: "pinned a message",
		extra: map[string]any{"pinned_message": m.api(false)},
	})
	return true, nil
}

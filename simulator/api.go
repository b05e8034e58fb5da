package simulator

import (
	"encoding/json"
	"time"
)

// user is the Bot API's User.
type user struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

// apiChat is the Bot API's Chat.
type apiChat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
}

func (c *chat) api() apiChat {
	a := apiChat{ID: c.id, Type: c.kind, Title: c.title}
	if c.person != nil {
		a.FirstName, a.LastName, a.Username = c.person.FirstName, c.person.LastName, c.person.Username
	}
	return a
}

// origin tells where a forwarded message came from.
type origin struct {
	Type   string `json:"type"`
	Date   int64  `json:"date"`
	Sender user   `json:"sender_user"`
}

// photoSize is the Bot API's PhotoSize.
type photoSize struct {
	FileID   string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	FileSize int    `json:"file_size"`
}

// apiMessage is the Bot API's Message, without the kinds of content that are
// added by [message.api].
type apiMessage struct {
	ID              int             `json:"message_id"`
	From            *user           `json:"from,omitempty"`
	SenderChat      *apiChat        `json:"sender_chat,omitempty"`
	Chat            apiChat         `json:"chat"`
	Date            int64           `json:"date"`
	EditDate        int64           `json:"edit_date,omitempty"`
	ForwardOrigin   *origin         `json:"forward_origin,omitempty"`
	ReplyTo         *apiMessage     `json:"reply_to_message,omitempty"`
	ViaBot          *user           `json:"via_bot,omitempty"`
	Protected       bool            `json:"has_protected_content,omitempty"`
	MediaGroupID    string          `json:"media_group_id,omitempty"`
	Text            string          `json:"text,omitempty"`
	Entities        []Entity        `json:"entities,omitempty"`
	Caption         string          `json:"caption,omitempty"`
	CaptionEntities []Entity        `json:"caption_entities,omitempty"`
	Photo           []photoSize     `json:"photo,omitempty"`
	Markup          json.RawMessage `json:"reply_markup,omitempty"`

	extra map[string]any
}

// MarshalJSON adds the fields of extra.
func (m *apiMessage) MarshalJSON() ([]byte, error) {
	type plain apiMessage
	body, err := json.Marshal((*plain)(m))
	if err != nil || len(m.extra) == 0 {
		return body, err
	}
	extra, err := json.Marshal(m.extra)
	if err != nil {
		return nil, err
	}
	body[len(body)-1] = ','
	return append(body, extra[1:]...), nil
}

// api makes the Bot API's form of a message. The result does not change with
// the message.
func (m *message) api(deep bool) *apiMessage {
	a := &apiMessage{
		ID: m.id, From: &m.from, SenderChat: m.sender, Chat: m.chat.api(), Date: m.date.Unix(),
		ForwardOrigin: m.origin, ViaBot: m.viaBot, Protected: m.protected, MediaGroupID: m.album,
	}
	if !m.edited.IsZero() {
		a.EditDate = m.edited.Unix()
	}
	if deep && m.replyTo != nil {
		a.ReplyTo = m.replyTo.api(false)
	}
	if m.markup != nil {
		a.Markup = m.markup.raw
	}
	if m.media == nil {
		a.Text, a.Entities, a.extra = m.text, m.entities, m.extra
		return a
	}
	a.Caption, a.CaptionEntities = m.text, m.entities
	if m.media.kind == "photo" {
		for _, f := range m.media.files {
			a.Photo = append(a.Photo, photoSize{f.id, f.unique, f.width, f.height, len(f.data)})
		}
		return a
	}
	a.extra = map[string]any{m.media.kind: m.media.object()}
	return a
}

// object is a file's object in a message: Document, Voice and the like.
func (m *media) object() map[string]any {
	f := m.best()
	o := map[string]any{"file_id": f.id, "file_unique_id": f.unique, "file_size": len(f.data)}
	if f.mime != "" {
		o["mime_type"] = f.mime
	}
	if f.name != "" {
		o["file_name"] = f.name
	}
	if m.kind == "voice" {
		o["duration"] = f.seconds
		delete(o, "file_name")
	}
	return o
}

// inaccessible is the Bot API's InaccessibleMessage: what a callback query
// carries when the message is gone or very old.
type inaccessible struct {
	Chat apiChat `json:"chat"`
	ID   int     `json:"message_id"`
	Date int     `json:"date"` // always 0
}

// inaccessibleAge is how old a message may be and still come whole with a
// press. Telegram names no age.
const inaccessibleAge = 48 * time.Hour
